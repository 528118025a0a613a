"""``plantsim library list|show|diff``: what stands in models/."""

from __future__ import annotations

import typer

from plantsim.cli.context import context
from plantsim.cli.show import print_table


def list_(kind: str = typer.Argument("all"), process: str = typer.Option("", "--process", "-p")) -> int:
    """List entries of a kind: variables, references, retrofits, standards, sources, prices, units, glossary."""
    from plantsim.library import library
    from plantsim.report.shelves import list_tables

    for table in list_tables(library(), kind, process, context().lang):
        print_table(table, context().lang)
    return 0


def show(name: str = typer.Argument(...)) -> int:
    """Show everything of one entry: a variable, reference plant, retrofit, source, unit, price deck or term."""
    from plantsim.library import library
    from plantsim.report.shelves import show_tables

    for table in show_tables(library(), name, context().lang):
        print_table(table, context().lang)
    return 0


def diff(first: str = typer.Argument(...), second: str = typer.Argument(...)) -> int:
    """Show where two reference plants, retrofits or price decks differ."""
    from plantsim.library import library
    from plantsim.report.shelves import diff_tables

    for table in diff_tables(library(), first, second, context().lang):
        print_table(table, context().lang)
    return 0
