"""How the library's entries are worded on a screen: headings, numbers in declared units, bands, evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from plantsim.library import Library
from plantsim.vocabulary.case import Change
from plantsim.vocabulary.declarations import Variable
from plantsim.vocabulary.messages import LANGUAGES, in_language, text
from plantsim.vocabulary.tables import Cell, Column, Table
from plantsim.vocabulary.units import UnitTable

DIGITS = 6  # significant digits of a number from a file: as many as anybody declares


def words(code: str, **fields: object) -> dict[str, str]:
    """Return a text of messages_library.toml in both languages."""
    return {lang: text(f"shelf_{code}", lang, fields) for lang in LANGUAGES}


def term(lib: Library, name: str, otherwise: str = "") -> dict[str, str]:
    """Return a heading from the glossary where it has the term, else from the messages."""
    return lib.word(name) if name in lib.glossary else words(otherwise or name)


def columns(lib: Library, *names: str) -> tuple[Column, ...]:
    """Return text columns headed by glossary terms or by the shelves' own words."""
    return tuple(Column(name, term(lib, name)) for name in names)


def without_empty(table: Table) -> Table:
    """Return a table without the columns in which nothing stands."""
    if not table.rows:
        return table
    filled = [i for i in range(len(table.columns)) if any(row[i] not in ("", None) for row in table.rows)]
    rows = tuple(tuple(row[i] for i in filled) for row in table.rows)
    return replace(table, columns=tuple(table.columns[i] for i in filled), rows=rows)


def facts(
    lib: Library, key: str, title: Mapping[str, str], rows: Sequence[tuple[str, Cell]], lang: str
) -> Table:
    """Return one entry as a table of (heading, what stands there); headings without content are left out."""
    shown = tuple((in_language(term(lib, name), lang), cell) for name, cell in rows if cell not in ("", None))
    return Table(key, title, (Column("field", words("field")), Column("content", words("content"))), shown)


def number(value: float | None) -> str | None:
    """Return a number without needless digits; thousands are separated from 10 000 up. None for no number."""
    if value is None or math.isnan(value):
        return None
    shown = f"{value:.{DIGITS}g}"
    if "e" in shown and 1e-3 <= abs(value) < 1e9:
        shown = f"{value:.0f}"
    if abs(value) >= 1e4 and "e" not in shown:
        shown = f"{float(shown):,.10g}" if "." not in shown else f"{float(shown):,}"
    return shown


def with_unit(shown: str | None, unit: str) -> str | None:
    """Return "12.75 MPa"; nothing is put after a bare number."""
    return shown if shown is None or unit in ("", "1") else f"{shown} {unit}"


def in_declared_unit(units: UnitTable, v: Variable, si: float | tuple[float, ...] | None) -> str | None:
    """Return a value of a variable as text in its declared unit, the unit left out; rows as "a, b, c"."""
    if si is None:
        return None
    if isinstance(si, tuple):
        return ", ".join(in_declared_unit(units, v, one) or "-" for one in si)
    if v.options:
        return next((name for name, code in v.options.items() if code == si), number(si))
    return number(units.from_si(si, v.unit, v.quantity))


def band(units: UnitTable, v: Variable, pair: tuple[float, float] | None, joint: str = " .. ") -> str | None:
    """Return "0.002 .. 0.06" in the declared unit; a joint without blanks is not broken over lines."""
    if pair is None:
        return None
    return joint.join(in_declared_unit(units, v, si) or "-" for si in pair)


def three(given: Any) -> str:
    """Return a declared number, or "low / likely / high" of a range; one number when they are alike."""
    values = list(given) if isinstance(given, list | tuple) else [given]
    shown = [number(v) or "-" if isinstance(v, int | float) else str(v) for v in values]
    return shown[0] if len(set(shown)) == 1 else " / ".join(shown)


def change_numbers(units: UnitTable, v: Variable, change: Change) -> str:
    """Return a change's numbers in the variable's declared unit: a factor for scale, a difference for add."""
    numbers = (change.low, change.likely, change.high)
    if change.action == "scale":
        return three(numbers)
    if change.action == "add":
        zero = units.from_si(0.0, v.unit, v.quantity)
        shown = [f"{units.from_si(n, v.unit, v.quantity) - zero:+.{DIGITS}g}" for n in numbers]
        return shown[0] if len(set(shown)) == 1 else " / ".join(shown)
    shown = [in_declared_unit(units, v, n) or "-" for n in numbers]
    return shown[0] if len(set(shown)) == 1 else " / ".join(shown)


def unit_of(v: Variable) -> str:
    """Return the unit of a variable as shown; nothing for choices and bare numbers."""
    return "" if v.options or v.unit == "1" else v.unit


def cost_text(lib: Library, process: str, entry: Mapping[str, Any] | None, lang: str) -> str:
    """Return a declared cost: "150 / 250 / 400 CNY/kW, per rated DC power"."""
    if not entry:
        return ""
    shown = f"{three(entry['value'])} {entry['unit']}"
    per = entry.get("per", "")
    if not per:
        return shown
    declared = lib.declaration(process).variables.get(per)
    of = in_language(declared.label, lang) if declared else in_language(lib.word(per), lang)
    return shown + text("shelf_cost_per", lang, {"of": of})


def evidence(lib: Library, word: str, lang: str) -> str:
    """Return an evidence word in the user's language."""
    return in_language(lib.word(f"evidence_{word}"), lang) if word else ""


def joined(names: Sequence[str]) -> str:
    """Return names as a list on one line."""
    return ", ".join(names)
