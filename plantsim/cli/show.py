"""Tables on a screen of 100 columns. rich is imported here, and only when a table is drawn."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from typing import Any

from plantsim.vocabulary.messages import in_language
from plantsim.vocabulary.tables import Cell, Table
from plantsim.vocabulary.visible import visible

WIDTH = 100  # columns, where the screen does not say
GAP = "  "  # between columns


def screen_width() -> int:
    """Return the width to draw for: the terminal's, COLUMNS, or 100."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit():
        return max(60, shutil.get_terminal_size((WIDTH, 24)).columns)
    return WIDTH


def cell_text(cell: Cell, digits: int, lang: str) -> str:
    """Return a cell as text: numbers with thousands separators, a dash where nothing applies."""
    if cell is None:
        return "-"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return f"{cell:,.{digits}f}" if digits else f"{round(cell):,}"
    return cell if isinstance(cell, str) else in_language(cell, lang)


def _reader_gone() -> None:
    """What to do when nobody reads on: tell the caller. rich itself would end with exit code 1."""
    raise BrokenPipeError


def _console() -> Any:
    from rich.console import Console

    out: Any = getattr(
        sys.stdout, "plain", sys.stdout
    )  # its texts are made visible one by one, its bold is its own
    console = Console(width=screen_width(), file=out, highlight=False, emoji=False, markup=False)
    console.on_broken_pipe = _reader_gone  # type: ignore[method-assign]
    return console


def print_lines(lines: Sequence[str]) -> None:
    """Write lines on standard output, each broken where the screen ends."""
    from rich.text import Text

    console = _console()
    for line in lines:
        for part in Text(visible(line)).wrap(console, console.width):
            console.print(part.plain.rstrip(), soft_wrap=True)


def print_table(table: Table, lang: str) -> None:
    """Draw a table on standard output with its title above and its notes below.

    rich wraps and measures; its own tables draw each cell three times over, which a ranking's reader would wait for.
    """
    console = _console()
    texts = [
        [visible(cell_text(c, column.digits, lang)) for c, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    heads = [
        visible(in_language(c.label, lang, c.key)) + (f"\n{c.unit}" if c.unit else "") for c in table.columns
    ]
    names = bool(table.columns) and table.columns[0].key == "name"
    widths = column_widths([heads, *texts], console.width - len(GAP) * len(heads), names)
    right = [_is_numeric([row[i] for row in table.rows]) for i in range(len(heads))]
    title = visible(in_language(table.title, lang))
    if title:
        console.print(title, style="bold")
    lines = _drawn(console, heads, widths, right, foot=True)
    console.print("\n".join(lines), style="bold", soft_wrap=True)
    if heads:  # a plant that failed has tables without columns
        console.print("─" * (sum(widths) + len(GAP) * (len(widths) - 1)), soft_wrap=True)
    body = [line for row in texts for line in _drawn(console, row, widths, right)]
    if body:
        console.print("\n".join(body), soft_wrap=True)
    for note in table.notes:
        console.print(visible(in_language(note, lang)))
    console.print()


def _drawn(
    console: Any, texts: Sequence[str], widths: Sequence[int], right: Sequence[bool], foot: bool = False
) -> list[str]:
    """Return the lines of a row: each text wrapped to its column, and there from the top, or from the foot."""
    cells = [_wrapped(console, t, w) for t, w in zip(texts, widths, strict=True)]
    height = max((len(lines) for lines in cells), default=0)
    for lines in cells:
        at = 0 if foot else len(lines)
        lines[at:at] = [""] * (height - len(lines))
    return [
        GAP.join(_filled(lines[i], w, r) for lines, w, r in zip(cells, widths, right, strict=True))
        for i in range(height)
    ]


def _wrapped(console: Any, text: str, width: int) -> list[str]:
    """Return a text's lines of at most ``width`` columns; words longer than that are folded."""
    if "\n" not in text and _widest(text) <= width:
        return [text]
    from rich.text import Text

    return [line.plain.rstrip() for line in Text(text).wrap(console, width, overflow="fold")]


def _filled(line: str, width: int, right: bool) -> str:
    """Return a line filled up to the width of its column."""
    space = " " * (width - _widest(line))
    return space + line if right else line + space


def column_widths(texts: Sequence[Sequence[str]], room: int, names: bool = False) -> list[int]:
    """Return widths that sum up to at most ``room``: what each column wants, or its longest word and a fair share.

    texts: the heads and the rows. Room goes to the rows before the heads, which may break. Where even the longest words
    do not fit, the widest columns give way; with ``names``, the first, by which the rows are asked for, as the last.
    """
    columns = list(zip(*texts, strict=True))
    want = [max(_widest(line) for t in column for line in t.split("\n")) for column in columns]
    body = [
        max((_widest(line) for t in column[1:] for line in t.split("\n")), default=w)
        for w, column in zip(want, columns, strict=True)
    ]
    need = [min(w, max(_longest_word(t) for t in column)) for w, column in zip(want, columns, strict=True)]
    widths = need if sum(want) > room else want
    while sum(widths) > room and max(widths) > 4:
        others = [0, *widths[1:]] if names and max(widths[1:], default=0) > 8 else widths
        widths[others.index(max(others))] -= 1
    for goal in (body, want):
        goal = [max(g, have) for g, have in zip(goal, widths, strict=True)]
        while sum(widths) < min(room, sum(goal)):
            short = [(g - have) / max(g, 1) for g, have in zip(goal, widths, strict=True)]
            widths[short.index(max(short))] += 1
    return widths


def _widest(line: str) -> int:
    """Return the columns of the screen that a line takes: a Chinese sign takes two."""
    from rich.cells import cell_len

    return cell_len(line)


def _longest_word(text: str) -> int:
    """Return the columns that the longest unbreakable part takes; Chinese may be broken after any four columns."""
    return max(
        (_widest(word) if word.isascii() else min(8, _widest(word)) for word in text.split()), default=1
    )


def _is_numeric(cells: Sequence[Cell]) -> bool:
    return any(isinstance(c, int | float) for c in cells) and not any(isinstance(c, str) for c in cells)
