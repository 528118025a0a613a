"""Rows of case.toml beside the plants: sinks and enterprises, and what must hold for all plants together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plantsim.io.capacity import positive
from plantsim.io.cells import Reading, read_amount
from plantsim.io.declared import YEARLY_QUANTITY
from plantsim.io.structure import SHOWN, check_structure, near
from plantsim.io.toml_lines import LocatedToml
from plantsim.library import Library
from plantsim.vocabulary.case import Origin, Plant, Sink, Target, Value, scalar
from plantsim.vocabulary.problems import Problems

ROWS = ("target", "sink", "enterprise", "proposal")
"""Tables of case.toml of which a bad row is left out while the others hold."""

ADDS_UP = 0.005
"""Share by which the lines of an enterprise may differ from its total: lists of capacities are rounded."""

_ROW = re.compile(r"(\w+)\[(\d+)\]")


@dataclass(frozen=True)
class Enterprise:
    """An enterprise's approved capacity in one process, to which its lines must add up."""

    id: str
    process: str
    capacity: Value
    origin: Origin


def good_rows(toml: LocatedToml, problems: Problems) -> dict[str, list[int]]:
    """Return the numbers of the well-formed rows of each of ROWS; what is wrong with the others is noted."""
    from plantsim.io.case_models import RowsFile

    own = Problems()
    data = {name: toml.data[name] for name in ROWS if name in toml.data}
    check_structure(RowsFile, LocatedToml(toml.shown, data, toml.lines), own)
    problems.extend(own)
    return {name: rows_without_error(data, name, own) for name in ROWS}


def rows_without_error(data: Mapping[str, Any], name: str, problems: Problems) -> list[int]:
    """Return the numbers of the rows of a list of tables that no error was noted for."""
    bad = {int(m[2]) - 1 for e in problems.errors if (m := _ROW.match(e.key)) and m[1] == name}
    rows = data.get(name, [])
    return [n for n in range(len(rows)) if n not in bad] if isinstance(rows, list) else []


def read_sinks(reading: Reading, rows: Iterable[int], library: Library) -> tuple[Sink, ...]:
    """Return the sinks of these rows; problems of the others are noted."""
    found: dict[str, Sink] = {}
    for n in rows:
        table, path = reading.toml.data["sink"][n], ("sink", n)
        name, carrier = table["id"], table["carrier"]
        known = [c for c, e in library.carriers.items() if e["quantity"] in YEARLY_QUANTITY]
        if name in found:
            reading.error("row_twice", (*path, "id"), id=name)
        elif carrier not in known:
            guess = near(carrier, known)
            code = "carrier_unknown_near" if guess else "carrier_unknown"
            reading.error(code, (*path, "carrier"), name=carrier[:SHOWN], guess=guess, known=", ".join(known))
        else:
            quantity, unit = YEARLY_QUANTITY[library.carriers[carrier]["quantity"]]
            at = (*path, "demand")
            demand = positive(
                reading, read_amount(reading, table["demand"], quantity, unit, at, "assumed"), at
            )
            if demand is not None:
                found[name] = Sink(name, carrier, demand, _origin(reading, path, table))
    return tuple(found.values())


def read_enterprises(reading: Reading, rows: Iterable[int], library: Library) -> tuple[Enterprise, ...]:
    """Return the enterprises of these rows; one may stand once for each of its processes."""
    found: dict[tuple[str, str], Enterprise] = {}
    for n in rows:
        table, path = reading.toml.data["enterprise"][n], ("enterprise", n)
        name, process = table["id"], table["process"]
        if (name, process) in found:
            reading.error("row_twice", (*path, "id"), id=name)
        elif process not in library.processes:
            known = list(library.processes)
            guess = near(process, known)
            code = "plant_process_unknown_near" if guess else "plant_process_unknown"
            reading.error(code, (*path, "process"), name=process[:SHOWN], guess=guess, known=", ".join(known))
        else:
            declaration, at = library.declaration(process), (*path, "capacity")
            amount = read_amount(
                reading,
                table["capacity"],
                declaration.capacity_quantity,
                declaration.capacity_unit,
                at,
                "public",
            )
            capacity = positive(reading, amount, at)
            if capacity is not None:
                found[name, process] = Enterprise(name, process, capacity, _origin(reading, path, table))
    return tuple(found.values())


def _origin(reading: Reading, path: tuple[str, int], table: dict[str, Any]) -> Origin:
    source, note = table.get("source", ""), table.get("note", "")
    return Origin(reading.toml.shown, reading.toml.line(*path), source=source, note=note)


# ---------------------------------------------------------------- all plants together


def check_portfolio(
    plants: Sequence[Plant],
    targets: Sequence[Target],
    enterprises: Sequence[Enterprise],
    library: Library,
    problems: Problems,
    complete: bool,
) -> tuple[Target, ...]:
    """Return the targets of sectors that have plants; notes the others, and enterprises that don't add up.

    complete: whether every plant file could be read: otherwise what is missing has been named already.
    """
    sectors = {library.declaration(p.process).sector for p in plants}
    if complete:
        for target in targets:
            if target.sector not in sectors:
                where: dict[str, Any] = {
                    "file": target.origin.file,
                    "line": target.origin.line,
                    "key": "target",
                }
                problems.error("target_without_plants", **where, sector=target.sector)
        for enterprise in enterprises:
            _check_sum(enterprise, plants, library, problems)
    _check_names(plants, enterprises, problems)
    return tuple(t for t in targets if t.sector in sectors)


def _check_sum(enterprise: Enterprise, plants: Sequence[Plant], library: Library, problems: Problems) -> None:
    lines = [p for p in plants if p.enterprise == enterprise.id and p.process == enterprise.process]
    where: dict[str, Any] = {
        "file": enterprise.origin.file,
        "line": enterprise.origin.line,
        "key": "enterprise",
    }
    if not lines:
        problems.error("enterprise_without_lines", **where, id=enterprise.id, process=enterprise.process)
        return
    without = [p.id for p in lines if p.capacity is None]
    if without:
        problems.error(
            "enterprise_line_without_capacity", **where, id=enterprise.id, lines=", ".join(without)
        )
        return
    total = sum(scalar(p.capacity) for p in lines if p.capacity is not None)
    stated = scalar(enterprise.capacity)
    if abs(total - stated) > ADDS_UP * stated:
        declaration = library.declaration(enterprise.process)
        unit, quantity = enterprise.capacity.unit, declaration.capacity_quantity
        problems.error(
            "enterprise_sum",
            **where,
            id=enterprise.id,
            stated=enterprise.capacity.origin.text,
            total=library.units.format(total, unit, quantity),
            lines=", ".join(p.id for p in lines),
        )


def _check_names(plants: Sequence[Plant], enterprises: Sequence[Enterprise], problems: Problems) -> None:
    known = [e.id for e in enterprises]
    for plant in plants:
        if plant.enterprise and known and plant.enterprise not in known:
            guess = near(plant.enterprise, known)
            code = "enterprise_unknown_near" if guess else "enterprise_unknown"
            where: dict[str, Any] = {
                "file": plant.origin.file,
                "line": plant.origin.line,
                "key": "plant.enterprise",
            }
            problems.warning(
                code, **where, name=plant.enterprise[:SHOWN], guess=guess, known=", ".join(known)
            )
