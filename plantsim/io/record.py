"""[record] and [calibration]: what a plant itself reports, and which of its inputs are fitted to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plantsim.io.cells import Reading, labels, read_value
from plantsim.io.structure import kind_fields
from plantsim.io.toml_lines import KeyPath
from plantsim.io.values import variable_named
from plantsim.library import Library
from plantsim.vocabulary.case import Reported, Value
from plantsim.vocabulary.declarations import Declaration, Variable


def read_record(
    reading: Reading, table: Mapping[str, Any], declaration: Declaration, library: Library
) -> tuple[Reported, ...]:
    """Return the plant's own figures: variables, outputs and indicators of its process.

    A figure that was found in several ways (by direct balance, by heat losses) is a list of entries. ``at`` in an
    entry says at which operating variables it was measured; without it the figure is of the year.
    """
    found: list[Reported] = []
    indicators = library.indicators(declaration.process)
    known = [*indicators, *declaration.variables]
    indicator_labels = {name: of.label for name, of in indicators.items()}
    for name, raw in table.items():
        path: KeyPath = ("record", name)
        if name in indicators and not declaration.resolve(name):
            of = indicators[name]
            v: Variable | None = Variable(name, "output", of.quantity, of.unit, label=of.label)
        else:
            v = variable_named(reading, name, declaration, known, path, indicator_labels)
        if v is None:
            continue
        several = isinstance(raw, list) and not v.length
        for n, entry in enumerate(raw if several else [raw]):
            figure = _figure(reading, declaration, v, entry, (*path, n) if several else path)
            found += [figure] if figure else []
    return tuple(found)


def _figure(
    reading: Reading, declaration: Declaration, v: Variable, raw: Any, path: KeyPath
) -> Reported | None:
    at: Mapping[str, Value] | None = {}
    if isinstance(raw, Mapping) and "at" in raw:
        at = _operating(reading, declaration, raw["at"], (*path, "at"))
        raw = {key: item for key, item in raw.items() if key != "at"}
    value = read_value(reading, v, raw, path)
    return None if value is None or at is None else Reported(v.name, value, at)


def _operating(
    reading: Reading, declaration: Declaration, raw: Any, path: KeyPath
) -> Mapping[str, Value] | None:
    if not isinstance(raw, Mapping):
        reading.error("wrong_kind", path, **kind_fields(raw, "table"))
        return None
    names = [v.name for v in declaration.with_role("operating")]
    found: dict[str, Value] = {}
    for name, entry in raw.items():
        v = variable_named(reading, name, declaration, names, (*path, name))
        if v is None:
            return None
        if v.role != "operating":
            reading.error("not_operating", (*path, name), name=v.name, known=", ".join(names))
            return None
        before = len(reading.without_status)
        value = read_value(reading, v, entry, (*path, name))
        del reading.without_status[before:]  # it says what the figure is of; the figure has the status
        if value is None:
            return None
        found[v.name] = value
    return found


def read_fit(reading: Reading, raw: Any, declaration: Declaration) -> tuple[str, ...]:
    """Return the inputs that are to be fitted to the record; one that cannot be is noted."""
    path: KeyPath = ("calibration", "fit")
    known = [v.name for v in declaration.with_role("input") if v.fitted]
    found: list[str] = []
    for name in raw if isinstance(raw, list) else []:
        v = variable_named(reading, str(name), declaration, known, path)
        if v is None:
            continue
        if not v.fitted:
            shown = ", ".join(known) or "-"
            reading.error("cannot_be_fitted", path, name=v.name, known=shown, **labels(v.label, v.name))
        else:
            found.append(v.name)
    return tuple(dict.fromkeys(found))
