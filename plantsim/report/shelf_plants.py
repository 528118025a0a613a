"""Reference plants of the library: what each gives, what the declaration fills in, and how two differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plantsim.library import Library
from plantsim.report.shelf_words import columns, evidence, facts, in_declared_unit, number, unit_of, words
from plantsim.vocabulary.case import OperatingPoint
from plantsim.vocabulary.declarations import Declaration, Variable
from plantsim.vocabulary.messages import in_language
from plantsim.vocabulary.tables import Cell, Column, Table


@dataclass(frozen=True)
class Given:
    """A value of a reference plant as shown: number in the declared unit, SI where there is one, whose it is."""

    shown: str
    si: float | tuple[float, ...] | None
    is_default: bool
    evidence: str
    source: str


def given_values(lib: Library, name: str) -> dict[str, Given]:
    """Return the values of a reference plant by variable, defaults filled in, in the declaration's order.

    A gauge pressure or a vacuum has no value before a site is known: it is shown as it stands in the file.
    """
    from plantsim.io.plants import read_reference

    reference = lib.references[name]
    read = read_reference(name, lib, None).values
    written = lib.data(reference.process, "reference", reference.path.name).get("values", {})
    found: dict[str, Given] = {}
    for v in lib.declaration(reference.process).with_role("input"):
        if v.name in read:
            value = read[v.name]
            shown = in_declared_unit(lib.units, v, value.si) or "-"
            found[v.name] = Given(shown, value.si, False, value.origin.evidence, value.origin.source)
        elif v.name in written:
            raw = written[v.name]
            text = str(raw.get("value", "") if isinstance(raw, Mapping) else raw)
            found[v.name] = Given(text, None, False, reference.evidence, reference.source)
        elif v.default is not None:
            shown = in_declared_unit(lib.units, v, v.default) or "-"
            found[v.name] = Given(shown, v.default, True, v.evidence, v.source)
    return found


def reference_page(lib: Library, name: str, title: Mapping[str, str], lang: str) -> list[Table]:
    """Return a reference plant: its head, its values, and its year."""
    from plantsim.io.plants import read_reference

    reference = lib.references[name]
    declaration = lib.declaration(reference.process)
    rows: list[tuple[str, Cell]] = [
        ("process", reference.process),
        ("source", reference.source),
        ("evidence", evidence(lib, reference.evidence, lang)),
    ]
    values = []
    for variable, given in given_values(lib, name).items():
        v = declaration.variables[variable]
        shown = f"{given.shown}*" if given.is_default else given.shown
        word = evidence(lib, given.evidence, lang)
        values.append((variable, in_language(v.label, lang), shown, unit_of(v), word, given.source))
    head = columns(lib, "variable", "label", "value", "unit_of_measure", "evidence", "source")
    return [
        facts(lib, name, title, rows, lang),
        Table(f"{name}-values", words("title_values"), head, tuple(values), (words("note_default"),)),
        _year(lib, declaration, read_reference(name, lib, None).operation),
    ]


def _year(lib: Library, declaration: Declaration, operation: tuple[OperatingPoint, ...]) -> Table:
    """Return the operating points with their hours; a variable that no point gives has no column."""
    given = [
        v for v in declaration.with_role("operating") if any(v.name in point.values for point in operation)
    ]
    rows: list[tuple[Cell, ...]] = []
    for point in operation:
        cells: list[Cell] = [in_declared_unit(lib.units, HOURS, point.hours.si)]
        for v in given:
            cells.append(
                in_declared_unit(lib.units, v, point.values[v.name].si) if v.name in point.values else None
            )
        rows.append(tuple(cells))
    head = (
        Column("hours", lib.word("operating_hours"), "h"),
        *(Column(v.name, v.label, unit_of(v)) for v in given),
    )
    return Table("operation", words("title_operation"), head, tuple(rows))


HOURS = Variable("hours", "operating", "time", "h")  # of an operating point; no process declares it


def compare_references(lib: Library, first: str, second: str, lang: str) -> list[Table]:
    """Return the values in which two reference plants of one process differ; defaults are filled in."""
    a, b = given_values(lib, first), given_values(lib, second)
    rows: list[tuple[Cell, ...]] = []
    same = 0
    for v in lib.declaration(lib.references[first].process).with_role("input"):
        left, right = a.get(v.name), b.get(v.name)
        if left is None and right is None:
            continue
        if left is not None and right is not None and left.shown == right.shown:
            same += 1
            continue
        shown = [None if g is None else f"{g.shown}*" if g.is_default else g.shown for g in (left, right)]
        rows.append(
            (v.name, in_language(v.label, lang), *shown, _difference(lib, v, left, right), unit_of(v))
        )
    named = (Column(name, {"en": name, "zh": name}) for name in (first, second))
    head = (*columns(lib, "variable", "label"), *named, *columns(lib, "difference", "unit_of_measure"))
    notes = (words("note_same", count=same), words("note_default"))
    return [Table("diff", words("title_diff", first=first, second=second), head, tuple(rows), notes)]


def _difference(lib: Library, v: Variable, first: Given | None, second: Given | None) -> str | None:
    """Return second minus first in the declared unit; nothing for choices, lists and missing values."""
    if first is None or second is None or v.options:
        return None
    if not isinstance(first.si, float | int) or not isinstance(second.si, float | int):
        return None
    a, b = (lib.units.from_si(float(si), v.unit, v.quantity) for si in (first.si, second.si))
    shown = number(b - a)
    return f"+{shown}" if b > a else shown
