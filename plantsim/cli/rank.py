"""``plantsim rank``: the main job."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import typer

from plantsim.cli.compiling import prepare
from plantsim.cli.context import cache_warnings, context, open_case, progress_line
from plantsim.cli.show import print_table


def rank(
    case: str = typer.Argument(...),
    as_json: bool = typer.Option(False, "--json"),
    out: str = typer.Option("", "--out", "-o"),
    draws: int = typer.Option(1024, "--draws", min=0, max=1_000_000),
    threads: int = typer.Option(0, "--threads"),
) -> int:
    """Rank the proposals of a case; exit code 1 when a row failed or a file could not be used."""
    from plantsim.engine.calibrate import fitted_case
    from plantsim.engine.columns import columns, plant_records, rank_records, share_records
    from plantsim.engine.manifest import run_manifest
    from plantsim.engine.rank import rank_case
    from plantsim.processes import names
    from plantsim.report.ranking import deck_lines, ranking_notes, ranking_tables

    if out:
        from plantsim.io.results import check_suffix, write_records

        check_suffix(out)
    read, lib, problems = open_case(case)
    progress = progress_line(context().say("progress_draws"))
    prepare(sorted({p.process for p in read.plants if p.process in names()}))
    read = fitted_case(read, lib, problems)
    ranking = rank_case(read, lib, problems, threads or None, draws, progress)
    cache_warnings()
    records, manifest = rank_records(ranking, lib), run_manifest(read, lib)
    if out:
        write_records(Path(out), [c.key for c in columns(lib, "rank")], records, manifest)
        context().note(context().say("file_written", file=out))
    if as_json:
        body = {
            "manifest": manifest,
            "sectors": share_records(ranking, lib),
            "plants": plant_records(ranking.plants, lib),
            "proposals": records,
        }
        typer.echo(json.dumps(body, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        for table in ranking_tables(ranking, lib, context().lang):
            print_table(table, context().lang)
        others = {
            d: rank_case(replace(read, price_deck=d), lib, problems, threads or None) for d in read.decks
        }
        for line in [
            *ranking_notes(ranking, lib, context().lang),
            *deck_lines(ranking, others, context().lang),
        ]:
            typer.echo(line)
    return 1 if ranking.failed or problems.errors else 0
