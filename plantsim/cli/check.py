"""``plantsim check``: all problems of a case at once."""

from __future__ import annotations

import typer

from plantsim.cli.context import context


def check(case: str = typer.Argument(...)) -> int:
    """Read a case and report; exit code 2 when anything in it can't be used."""
    from plantsim.io.cases import read_case
    from plantsim.library import library
    from plantsim.vocabulary.problems import Problems

    problems = Problems()
    read = read_case(case, library(), problems)
    context().problems(problems)
    plants = len(read.plants) if read else 0
    proposals = sum(len(p.proposals) for p in read.plants) if read else 0
    counts = {"errors": len(problems.errors), "warnings": len(problems.warnings)}
    typer.echo(context().say("check_summary", plants=plants, proposals=proposals, **counts))
    return 2 if problems.errors else 0
