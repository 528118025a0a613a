"""capacity of [plant]: approved, nameplate and actual, kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from plantsim.io.cells import Reading, quoted, read_amount
from plantsim.io.conventions import CAPACITIES, CAPACITY_KEYS
from plantsim.io.structure import note_unknown_key
from plantsim.io.toml_lines import KeyPath
from plantsim.vocabulary.case import PLANT_STATUS, Value
from plantsim.vocabulary.declarations import Declaration

APPROVED, NAMEPLATE = "approved", "nameplate"


def read_capacities(reading: Reading, raw: Any, declaration: Declaration) -> dict[str, Value]:
    """Return the capacities given, by key of CAPACITIES; a plain amount is the approved one."""
    quantity, unit = declaration.capacity_quantity, declaration.capacity_unit
    if raw is None or not quantity:
        return {}
    path: KeyPath = ("plant", "capacity")
    if not isinstance(raw, Mapping):
        value = positive(reading, read_amount(reading, raw, quantity, unit, path, "public"), path)
        return {} if value is None else {APPROVED: value}
    for key in raw:
        if key not in CAPACITY_KEYS:
            note_unknown_key(reading.problems, reading.place((*path, key)), key, CAPACITY_KEYS)
    status = raw.get("status")
    if status is not None and status not in PLANT_STATUS:
        reading.error("word_unknown", (*path, "status"), text=quoted(status), known=", ".join(PLANT_STATUS))
    found: dict[str, Value] = {}
    for key, word in CAPACITIES.items():
        if key in raw:
            at = (*path, key)
            value = read_amount(reading, raw[key], quantity, unit, at, str(status or word))
            value = positive(reading, value, at)
            if value is not None:
                texts: dict[str, Any] = {n: raw[n] for n in ("source", "note") if isinstance(raw.get(n), str)}
                found[key] = replace(value, origin=replace(value.origin, **texts))
    if not {APPROVED, NAMEPLATE} & set(raw) and set(raw) <= set(CAPACITY_KEYS):
        reading.error("key_missing", path, name=APPROVED)
    return found


def counted(capacities: Mapping[str, Value]) -> Value | None:
    """Return the capacity that counts in shares: the approved one, or else the nameplate."""
    return capacities.get(APPROVED) or capacities.get(NAMEPLATE)


def positive(reading: Reading, value: Value | None, path: KeyPath) -> Value | None:
    """Return a value that is greater than 0, or None after noting that it isn't."""
    if value is not None and not (isinstance(value.si, float) and value.si > 0):
        reading.error("not_positive", path, text=value.origin.text)
        return None
    return value
