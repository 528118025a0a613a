"""``plantsim check``: all problems of a case at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from plantsim.cli.context import context

if TYPE_CHECKING:
    from plantsim.vocabulary.case import Case
    from plantsim.vocabulary.problems import Problems


def check(case: str = typer.Argument(...)) -> int:
    """Read a case and report; exit code 2 when anything in it can't be used.

    Plants that report or measured figures are simulated: what the model does not explain is a warning.
    """
    from plantsim.io.cases import read_case
    from plantsim.library import library
    from plantsim.vocabulary.problems import Problems

    problems = Problems()
    read = read_case(case, library(), problems)
    _hold_against_model(read, problems)
    context().problems(problems)
    plants = len(read.plants) if read else 0
    proposals = sum(len(p.proposals) for p in read.plants) if read else 0
    counts = {"errors": len(problems.errors), "warnings": len(problems.warnings)}
    typer.echo(context().say("check_summary", plants=plants, proposals=proposals, **counts))
    return 2 if problems.errors else 0


def _hold_against_model(case: Case | None, problems: Problems) -> None:
    """Warn of what plants report or measured and the model misses."""
    from plantsim.engine.calibrate import disagreements, measured_figures
    from plantsim.library import library
    from plantsim.processes import names
    from plantsim.report.disagreements import disagreement_fields

    lib = library()
    plants = [
        p
        for p in (case.plants if case else ())
        if p.process in names() and (p.record or measured_figures(p, lib))
    ]
    if not plants:
        return
    from plantsim.cli.compiling import prepare

    prepare(sorted({p.process for p in plants}))
    for plant, found in disagreements(plants, lib):
        fields: dict[str, Any] = dict(disagreement_fields(plant, found, lib, context().lang))
        problems.warning("measured_disagrees", plant.origin.file, plant.origin.line, **fields)
