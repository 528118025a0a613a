"""``plantsim calibrate``: plants fitted to their own records."""

from __future__ import annotations

import json

import typer

from plantsim.cli.compiling import prepare
from plantsim.cli.context import cache_warnings, context, ending, open_case
from plantsim.cli.show import print_table


def calibrate(
    case: str = typer.Argument(...),
    plant: str = typer.Option("", "--plant", "-p"),
    fit: str = typer.Option("", "--fit", "-f"),
    as_json: bool = typer.Option(False, "--json"),
) -> int:
    """Fit and show each plant that has a record; exit code 1 when one has no solution or its figures disagree."""
    from plantsim.engine.calibrate import calibrate_plant, compared_records, unknown_records
    from plantsim.processes import names
    from plantsim.report.calibration import calibration_tables
    from plantsim.report.selection import chosen_plants
    from plantsim.vocabulary.problems import BadInput, bad_input

    read, lib, problems = open_case(case, show_warnings=False)
    plants = [p for p in chosen_plants(read, plant) if (plant or p.record) and p.process in names()]
    if not plants:
        raise bad_input("calibrate_nothing", case=case)
    prepare(sorted({p.process for p in plants}))
    unknowns = [name.strip() for name in fit.split(",") if name.strip()]
    fits = []
    for p in plants:
        try:
            fits.append(calibrate_plant(p, lib, unknowns))
        except BadInput as error:  # the other plants are fitted all the same
            problems.extend(error.problems, p.origin.file, p.origin.line)
            context().problems(error.problems)
    context().shown = len(problems)
    cache_warnings()
    if not fits:
        return 2
    if as_json:
        body = {
            "unknowns": [r for f in fits for r in unknown_records(f, lib)],
            "figures": [r for f in fits for r in compared_records(f, lib)],
        }
        typer.echo(json.dumps(body, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        for found in fits:
            for table in calibration_tables(found, lib, context().lang):
                print_table(table, context().lang)
    poor = any(f.status != "ok" or any(c.disagrees for c in f.figures) for f in fits)
    return ending(poor, problems, "ended_fits_poor")
