"""Tables on a screen of 100 columns. rich is imported here, and only when a table is drawn."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence

from plantsim.vocabulary.messages import in_language
from plantsim.vocabulary.tables import Cell, Table

WIDTH = 100  # columns, where the screen does not say


def screen_width() -> int:
    """Return the width to draw for: the terminal's, COLUMNS, or 100."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit():
        return max(60, shutil.get_terminal_size((WIDTH, 24)).columns)
    return WIDTH


def cell_text(cell: Cell, digits: int) -> str:
    """Return a cell as text: numbers with thousands separators, a dash where nothing applies."""
    if cell is None:
        return "-"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return f"{cell:,.{digits}f}" if digits else f"{round(cell):,}"
    return cell


def print_table(table: Table, lang: str) -> None:
    """Draw a table on standard output with its title above and its notes below."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    console = Console(width=screen_width(), file=sys.stdout, highlight=False, emoji=False, markup=False)
    drawn = RichTable(box=box.SIMPLE_HEAD, padding=(0, 1), collapse_padding=True, pad_edge=False)
    numeric = [_is_numeric([row[i] for row in table.rows]) for i in range(len(table.columns))]
    for column, right in zip(table.columns, numeric, strict=True):
        unit = f"\n{column.unit}" if column.unit else ""
        head = Text(in_language(column.label, lang, column.key) + unit)
        drawn.add_column(head, justify="right" if right else "left", overflow="fold", no_wrap=right)
    for row in table.rows:
        drawn.add_row(*(Text(cell_text(c, column.digits)) for c, column in zip(row, table.columns, strict=True)))
    title = in_language(table.title, lang)
    if title:
        console.print(title, style="bold", soft_wrap=True)
    console.print(drawn)
    for note in table.notes:
        console.print(in_language(note, lang))


def _is_numeric(cells: Sequence[Cell]) -> bool:
    return any(isinstance(c, int | float) for c in cells) and not any(isinstance(c, str) for c in cells)
