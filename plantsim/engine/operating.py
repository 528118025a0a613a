"""A plant's operating points one by one: which are asked for, what tells them apart, and their figures as records."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from plantsim.engine.columns import in_unit, number
from plantsim.engine.evaluate import Solved, value_evidence
from plantsim.library import Library
from plantsim.processes import load
from plantsim.vocabulary.case import Plant
from plantsim.vocabulary.problems import bad_input
from plantsim.vocabulary.status import OK, status_name
from plantsim.vocabulary.tables import Table

MEAN, ALL = "mean", "all"


def check_point(word: str, results: Mapping[str, tuple[list[Plant], Solved]]) -> None:
    """Raise BadInput (point_unknown) unless ``word`` names an operating point of at least one plant.

    word: a number from 1, ``mean`` (the year alone), ``all``, or "" (the first one).
    """
    most = max((len(p.operation) for plants, _ in results.values() for p in plants), default=0)
    if word in ("", MEAN, ALL) or (word.isascii() and word.isdigit() and 1 <= int(word) <= most):
        return
    raise bad_input("point_unknown", given=word, count=most)


def points_of(word: str, solved: Solved, row: int) -> list[int]:
    """Return the places, among all of ``solved``, of the operating points of a row that ``word`` asks for."""
    own = solved.year.points(row)
    every = list(range(own.start, own.stop))
    if word == MEAN:
        return []
    return every if word == ALL else every[int(word or 1) - 1 :][:1]


def state_of(solved: Solved, row: int, point: int) -> dict[str, float]:
    """Return what tells an operating point from the plant's others, or from the defaults, by variable, SI."""
    own, found = solved.year.points(row), {}
    for v in solved.declaration.with_role("operating"):
        values = solved.year.o[v.name][own]
        value = float(solved.year.o[v.name][point])
        differs = any(float(other) != value for other in values)
        if not v.options and not math.isnan(value) and (differs or value != v.default):
            found[v.name] = value
    return found


def tables_at(solved: Solved, row: int, point: int) -> list[Table]:
    """Return the process's own tables of one operating point; none where it has none or the point failed."""
    make = load(solved.declaration.process).tables
    if make is None or solved.y["status"][point] != OK:
        return []
    return list(make(solved.x[row], solved.d[row], solved.year.o[point], solved.y[point]))


def point_records(
    results: Mapping[str, tuple[list[Plant], Solved]], lib: Library, word: str = ALL
) -> list[dict[str, Any]]:
    """Return records of single operating points, under the columns of ``run``.

    kind ``operating``: hours and the state asked for; ``output``: what the model gives there; ``table``: a cell of the
    process's tables, named <table>.<first cell>.<column> (<table>.<column> in a table of one row). A point that
    failed has its status and no outputs.
    """
    return [
        record
        for plants, solved in results.values()
        for row, plant in enumerate(plants)
        for point in points_of(word, solved, row)
        for record in _of_point(solved, row, point, plant, lib)
    ]


def _of_point(solved: Solved, row: int, point: int, plant: Plant, lib: Library) -> list[dict[str, Any]]:
    declaration, y = solved.declaration, solved.y
    status = int(y["status"][point])
    blame = int(y["status_variable"][point])
    head = {
        "plant": plant.id,
        "process": declaration.process,
        "status": status_name(status),
        "blame": declaration.name_of_code(blame) if status != OK and blame else "",
        "evidence": value_evidence(plant),
        "point": point - solved.year.points(row).start + 1,
    }
    figures: list[tuple[str, str, Any, str]] = [
        ("operating", "hours", float(solved.year.seconds[point]) / 3600.0, "h")
    ]
    for name, si in state_of(solved, row, point).items():
        v = declaration.variables[name]
        figures.append(("operating", name, in_unit(lib, si, v.unit, v.quantity), v.unit))
    if status == OK:
        for v in declaration.with_role("output"):
            if not v.length and not v.options:
                value = in_unit(lib, float(y[v.name][point]), v.unit, v.quantity)
                figures.append(("point", v.name, value, v.unit))
        for table in tables_at(solved, row, point):
            figures += [("table", *cell) for cell in _cells(table)]
    return [{**head, "kind": kind, "name": name, "value": v, "unit": unit} for kind, name, v, unit in figures]


def _cells(table: Table) -> list[tuple[str, float | None, str]]:
    """Return the numbers of a table as (name, value, unit)."""
    found = []
    for row in table.rows:
        label = row[0]["en"] if isinstance(row[0], Mapping) else row[0]
        labelled = isinstance(label, str) and len(table.rows) > 1
        for column, cell in zip(table.columns, row, strict=True):
            if isinstance(cell, (int, float)):
                parts: Sequence[str] = (
                    (table.key, str(label), column.key) if labelled else (table.key, column.key)
                )
                found.append((".".join(parts), number(float(cell)), column.unit))
    return found
