"""Tables on a screen of 100 columns. rich is imported here, and only when a table is drawn."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence

from plantsim.vocabulary.messages import in_language
from plantsim.vocabulary.tables import Cell, Table

WIDTH = 100  # columns, where the screen does not say
WORD = 14  # a longer word may be broken


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
    texts = [[cell_text(c, column.digits) for c, column in zip(row, table.columns, strict=True)] for row in table.rows]
    for i, column in enumerate(table.columns):
        right = _is_numeric([row[i] for row in table.rows])
        unit = f"\n{column.unit}" if column.unit else ""
        head = in_language(column.label, lang, column.key) + unit
        # no narrower than the longest number, or than the longest word up to WORD: headings wrap, figures do not
        longest = max((_widest_word(t[i]) for t in [*texts, [head] * len(table.columns)]), default=1)
        drawn.add_column(Text(head), justify="right" if right else "left", overflow="fold", min_width=min(longest, WORD))
    for row_texts in texts:
        drawn.add_row(*(Text(t) for t in row_texts))
    title = in_language(table.title, lang)
    if title:
        console.print(title, style="bold", soft_wrap=True)
    console.print(drawn)
    for note in table.notes:
        console.print(in_language(note, lang))


def _widest_word(text: str) -> int:
    """Return the columns that the longest unbreakable part takes; Chinese breaks anywhere, two columns a sign."""
    from rich.cells import cell_len

    return max((cell_len(word) if word.isascii() else min(4, cell_len(word)) for word in text.split()), default=1)


def _is_numeric(cells: Sequence[Cell]) -> bool:
    return any(isinstance(c, int | float) for c in cells) and not any(isinstance(c, str) for c in cells)
