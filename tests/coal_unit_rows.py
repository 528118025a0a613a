"""Fills the records of coal_unit from a reference plant and overrides, and runs its entry."""

from __future__ import annotations

import tomllib
from typing import Any

import numpy as np

from plantsim.library import library
from plantsim.vocabulary.basis import parse_symbol
from plantsim.vocabulary.coal import read_coal

PROCESS = "coal_unit"


def declaration():
    """Return the declaration of the process."""
    return library().declaration(PROCESS)


def read_reference(name: str) -> dict[str, Any]:
    """Return the values of a reference plant in SI, rows as tuples."""
    path = library().references[name].path
    raw = tomllib.loads(path.read_text(encoding="utf-8"))["values"]
    named = raw.pop("coal", "")
    return {key: to_si(key, value) for key, value in raw.items()} | (coal(named) if named else {})


def coal(name: str) -> dict[str, float]:
    """Return the inputs of a coal of the list in SI."""
    entry = library().coals[name]
    parts = {}
    for symbol, value in entry.items():
        if symbol in ("label", "analysis", "source", "evidence"):
            continue
        quantity, basis = parse_symbol(symbol)
        of = "specific_energy" if quantity.startswith("Q") else "mass_fraction"
        parts[quantity, basis] = library().units.parse(value, of).si
    return read_coal(entry["analysis"], parts).variables()


def to_si(name: str, value: Any) -> Any:
    """Return one value in SI: a number or text, a choice, a table with value and unit, or a list of these."""
    v = declaration().variables[name]
    unit = v.unit
    if isinstance(value, dict):
        unit = value.get("unit", unit)
        value = value["value"]
    if isinstance(value, list):
        return tuple(_one(v, item, unit) for item in value)
    return _one(v, value, unit)


def _one(v, item: Any, unit: str) -> float:
    if v.options:
        return float(v.options[item])
    return library().units.parse(item, v.quantity, default_unit=unit).si


def complete(values: dict[str, Any]) -> dict[str, Any]:
    """Return all inputs: the given ones, counts of rows, defaults, NaN for optional ones that are missing."""
    d, whole = declaration(), dict(values)
    for dimension in d.dimensions.values():
        if dimension.count and dimension.count not in whole:
            rows = [len(x) for n, x in values.items() if d.variables[n].dimension == dimension.name]
            whole[dimension.count] = float(max(rows, default=0))
    chosen = {
        v.name: next(word for word, code in v.options.items() if code == whole[v.name])
        for v in d.with_role("input")
        if v.options and not v.length and v.name in whole
    }
    for v in d.with_role("input"):
        if v.name in whole:
            continue
        default = v.default_for(chosen)[0]
        fill = default if default is not None else float("nan")
        if v.name == "air_pressure":
            fill = 101325.0
        assert v.default is not None or v.optional or v.length or v.name == "air_pressure", (
            f"{v.name} is missing"
        )
        if v.length and fill != fill and v.is_integer:
            fill = 0.0
        whole[v.name] = (fill,) * v.length if v.length else fill
    return whole


def rows(plants: list[dict[str, Any]]):
    """Return x, d, o, first_bin, y for plants with one operating point each at design conditions."""
    d, n = declaration(), len(plants)
    x, o = d.zeros("x", n), d.zeros("o", n)
    for i, values in enumerate(plants):
        write(x[i], complete(values))
    for v in d.with_role("operating"):
        o[v.name] = np.nan if v.default is None else v.default
    o["load"] = 1.0
    return x, d.zeros("d", n), o, np.arange(n + 1, dtype=np.int64), d.zeros("y", n)


def write(record, values: dict[str, Any]) -> None:
    """Write values into one record; places of a row beyond the given ones stay 0."""
    for name, value in values.items():
        if isinstance(value, tuple):
            record[name][: len(value)] = value
        else:
            record[name] = value


def run(plants: list[dict[str, Any]] | dict[str, Any], hold: str = "power"):
    """Solve plants (or one plant) at design conditions; return x, d, o, y."""
    from plantsim.processes.coal_unit.kernel import entry

    one = isinstance(plants, dict)
    x, d, o, first, y = rows([plants] if one else plants)
    o["hold"] = declaration().variables["hold"].options[hold]
    entry(x, d, o, first, y, 0, len(x))
    return (x[0], d[0], o[0], y[0]) if one else (x, d, o, y)


def resolve(x, d, o, y, first=None) -> None:
    """Solve rows again in place, as a retrofitted variant would be: calibrated fields are kept."""
    from plantsim.processes.coal_unit.kernel import entry

    first = np.arange(len(x) + 1, dtype=np.int64) if first is None else first
    entry(x, d, o, first, y, 0, len(x))
