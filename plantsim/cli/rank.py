"""``plantsim rank``: the main job."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer

from plantsim.cli.compiling import prepare
from plantsim.cli.context import cache_warnings, context, ending, fit_case, open_case, progress_line
from plantsim.cli.show import print_lines, print_table


def rank(
    case: str = typer.Argument(...),
    as_json: bool = typer.Option(False, "--json"),
    out: str = typer.Option("", "--out", "-o"),
    draws: int = typer.Option(256, "--draws", min=0, max=1_000_000),
    threads: int = typer.Option(0, "--threads"),
    columns: str = typer.Option("", "--columns"),
    tornado: str = typer.Option("", "--tornado"),
) -> int:
    """Rank the proposals of a case; exit code 1 when a row failed or a file could not be used.

    columns: of the results file, with commas between, in a table of their own; tornado: a proposal's id. Files beside
    ``out``: <stem>-shares, <stem>-totals, <stem>-decks, <stem>-emissions, <stem>-limits, <stem>-bins
    (savings by operating point) and <stem>-tornado.
    """
    from plantsim.engine.bins import bins_of
    from plantsim.engine.calibrate import disagreements
    from plantsim.engine.case_records import (
        bin_records,
        deck_records,
        emission_records,
        limit_records,
        tornado_records,
        total_records,
    )
    from plantsim.engine.columns import plant_records, rank_records, share_records
    from plantsim.engine.emitted import emitted
    from plantsim.engine.groups import solve_groups
    from plantsim.engine.limits import graded
    from plantsim.engine.manifest import run_manifest
    from plantsim.engine.rank import rank_decks
    from plantsim.engine.tornado import tornado as tornado_of
    from plantsim.processes import names
    from plantsim.report.disagreements import disagreement_lines

    if out:
        from plantsim.io.results import check_suffix

        check_suffix(out)
    read, lib, problems = open_case(case)
    progress = progress_line(context().say("progress_draws"))
    prepare(sorted({p.process for p in read.plants if p.process in names()}))
    read = fit_case(read, lib, problems)
    groups = solve_groups(read, lib, problems, threads or None)
    moved = tornado_of(groups, tornado, threads or None) if tornado else None
    ranking, others = rank_decks(read, lib, groups, threads or None, draws, progress)
    cache_warnings()
    results = {
        "rank": rank_records(ranking, lib),
        "shares": share_records(ranking, lib),
        "totals": total_records(ranking, lib),
        "decks": deck_records(ranking, others),
        "emissions": emission_records(emitted(ranking.plants, ranking.bundles, lib)),
        "limits": limit_records(graded(ranking.plants, ranking.bundles), lib),
        "bins": bin_records(bins_of(groups), lib) if out or as_json else [],
    }
    if moved is not None:
        results["tornado"] = tornado_records(moved, lib)
    manifest = run_manifest(read, lib, draws)
    if out:
        _write(Path(out), results, manifest, lib)
    if as_json:
        body = {
            "manifest": manifest,
            "sectors": results["shares"],
            "plants": plant_records(ranking.plants, lib),
            "proposals": results["rank"],
            "totals": results["totals"],
            "decks": results["decks"],
            "emissions": results["emissions"],
            "limits": results["limits"],
            "bins": results["bins"],
            **({"tornado": results["tornado"]} if moved is not None else {}),
        }
        typer.echo(json.dumps(body, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        _show(ranking, others, moved, [c.strip() for c in columns.split(",") if c.strip()], lib)
        print_lines(disagreement_lines(disagreements(read.plants, lib), lib, context().lang))
    return ending(bool(ranking.failed), problems)


def _write(out: Path, results: dict[str, list[dict[str, Any]]], manifest: dict[str, Any], lib: Any) -> None:
    """Write the ranking to ``out``, and the other results beside it."""
    from plantsim.engine.columns import columns
    from plantsim.io.results import write_records

    for which, records in results.items():
        path = out if which == "rank" else out.with_name(f"{out.stem}-{which}{out.suffix}")
        write_records(path, [c.key for c in columns(lib, which)], records, manifest)
        context().note(context().say("file_written", file=str(path)))


def _show(ranking: Any, others: Any, moved: Any, keys: list[str], lib: Any) -> None:
    """Draw the tables and the lines under them."""
    from plantsim.report.ranking import ranking_tables
    from plantsim.report.ranking_lists import chosen_table, tornado_table
    from plantsim.report.ranking_notes import deck_lines, ranking_notes

    lang = context().lang
    extra = [chosen_table(ranking, keys, lib, lang)] if keys else []
    if moved is not None:
        process = next(p.plant.process for p in ranking.plants if p.plant.id == moved.plant)
        extra.append(tornado_table(moved, process, lib, lang))
    for table in [*ranking_tables(ranking, lib, lang), *extra]:
        print_table(table, lang)
    print_lines([*ranking_notes(ranking, lib, lang), *deck_lines(ranking, others, lang)])
