"""What a process or the engine hands to a screen, a report or a file: tables and pictures as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Cell = str | float | int | Mapping[str, str] | None


def words(en: str, zh: str) -> dict[str, str]:
    """Return a label or a title in both languages."""
    return {"en": en, "zh": zh}


@dataclass(frozen=True)
class Column:
    """A column: key (its name in files), label in both languages, unit shown, decimals of numbers."""

    key: str
    label: Mapping[str, str]
    unit: str = ""
    digits: int = 2


@dataclass(frozen=True)
class Table:
    """A table with a title; cells are text, text in both languages or numbers in the column's unit, None where
    nothing applies."""

    key: str
    title: Mapping[str, str]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Mapping[str, str], ...] = ()


def table(key: str, title: Mapping[str, str], columns: Sequence[Column], *rows: Sequence[Cell]) -> Table:
    """Return a table of these rows, without notes."""
    return Table(key, title, tuple(columns), tuple(tuple(row) for row in rows))


@dataclass(frozen=True)
class Series:
    """A line of a picture."""

    label: Mapping[str, str]
    x: tuple[float, ...]
    y: tuple[float, ...]
    text: tuple[str, ...] = ()
    dashed: bool = False


@dataclass(frozen=True)
class Picture:
    """A chart: axes in both languages and its series."""

    key: str
    title: Mapping[str, str]
    x_label: Mapping[str, str]
    y_label: Mapping[str, str]
    series: tuple[Series, ...] = field(default_factory=tuple)
