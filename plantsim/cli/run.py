"""``plantsim run``: plants as they are."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from plantsim.cli.compiling import prepare
from plantsim.cli.context import cache_warnings, context, ending, fit_case, open_case
from plantsim.cli.show import print_lines, print_table


def run(
    case: str = typer.Argument(...),
    plant: str = typer.Option("", "--plant", "-p"),
    point: str = typer.Option("", "--point"),
    as_json: bool = typer.Option(False, "--json"),
    out: str = typer.Option("", "--out", "-o"),
    threads: int = typer.Option(0, "--threads"),
) -> int:
    """Simulate and show each plant; exit code 1 when any failed or a file could not be used.

    point: the operating points whose tables are shown: a number from 1 (the first one by default), mean (the year
    alone) or all. Files and --json hold every point unless one is chosen.
    """
    from plantsim.engine.calibrate import disagreements
    from plantsim.engine.columns import columns, run_records
    from plantsim.engine.evaluate import all_ok, evaluate_plants
    from plantsim.engine.manifest import run_manifest
    from plantsim.engine.operating import ALL, check_point, point_records
    from plantsim.processes import names
    from plantsim.report.calibration import record_tables
    from plantsim.report.disagreements import disagreement_lines
    from plantsim.report.plants import plant_tables
    from plantsim.report.selection import chosen_plants

    if out:
        from plantsim.io.results import check_suffix, write_records

        check_suffix(out)
    read, lib, problems = open_case(case)
    prepare(sorted({p.process for p in chosen_plants(read, plant) if p.process in names()}))
    read = fit_case(read, lib, problems)
    plants = chosen_plants(read, plant)
    results = evaluate_plants(plants, lib, threads or None)
    check_point(point, results)
    cache_warnings()
    failed = any(not all_ok(solved) for _, solved in results.values())
    records = (
        [*run_records(results, lib), *point_records(results, lib, point or ALL)] if out or as_json else []
    )
    manifest = run_manifest(read, lib)
    if out:
        write_records(Path(out), [c.key for c in columns(lib, "run")], records, manifest)
        context().note(context().say("file_written", file=out))
        from plantsim.report.pictures import write_pictures

        for path in write_pictures(Path(out), results, lib, context().lang, point):
            context().note(context().say("file_written", file=str(path)))
    if as_json:
        typer.echo(
            json.dumps(
                {"manifest": manifest, "results": records}, ensure_ascii=False, indent=1, allow_nan=False
            )
        )
    else:
        for table in plant_tables(read, results, lib, context().lang, context().verbose, point):
            print_table(table, context().lang)
        for table in record_tables([p for p in plants if p.process in names()], lib, context().lang):
            print_table(table, context().lang)
        print_lines(disagreement_lines(disagreements(plants, lib), lib, context().lang))
    return ending(failed, problems)
