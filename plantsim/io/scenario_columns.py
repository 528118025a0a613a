"""Columns of scenarios as a notebook gives them, through the same door as the values of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from plantsim.vocabulary.case import Plant, scalar
from plantsim.vocabulary.declarations import Declaration, Variable
from plantsim.vocabulary.door import NOT_FINITE, NOT_WHOLE, first_fault
from plantsim.vocabulary.messages import show_problem, user_language
from plantsim.vocabulary.problems import BadInput, Problem, bad_input, nearest
from plantsim.vocabulary.units import UnitError, UnitTable

CODES = {NOT_FINITE: "scenario_not_finite", NOT_WHOLE: "scenario_not_whole"}
SHOWN = 60


@dataclass(frozen=True)
class Door:
    """What columns are read against: a plant, its process's variables, and the roles that may be given."""

    plant: Plant
    declaration: Declaration
    roles: tuple[str, ...]
    units: UnitTable


def read_columns(columns: Any, door: Door) -> tuple[int, dict[str, np.ndarray]]:
    """Return (number of scenarios, columns in SI by variable's name); no column is one scenario, the plant as it is.

    columns: name -> one value for each scenario; of a list variable as many as the plant has places, shape (n, places).
    Raises BadInput, which names the column and the scenario, counted from 0.
    """
    if not isinstance(columns, Mapping):
        raise bad_input("scenario_no_column", given=_shown(columns))
    found: dict[str, np.ndarray] = {}
    for name, values in columns.items():
        v = _variable(name, door)
        if v.name in found:
            raise bad_input("given_twice", key=v.name, name=str(name), other=v.name)
        found[v.name] = _column(v, _items(v, values), door)
    lengths = {name: len(column) for name, column in found.items()}
    if len(set(lengths.values())) > 1:
        raise bad_input("scenario_lengths", lengths=", ".join(f"{k}: {n}" for k, n in lengths.items()))
    n = next(iter(lengths.values()), 1)
    if n == 0:
        raise bad_input("scenario_empty")
    _check_counts(found, door)
    return n, found


def in_declared_units(columns: Mapping[str, np.ndarray], door: Door) -> dict[str, Any]:
    """Return columns as files hold them: quantities float64 in the declared unit, counts int64, choices as words."""
    found: dict[str, Any] = {}
    for name, si in columns.items():
        v = door.declaration.variables[name]
        if v.options:
            words = {number: word for word, number in v.options.items()}
            found[name] = _each(si, lambda x, words=words: words[int(x)])
        elif v.is_integer:
            found[name] = si.tolist()
        else:
            found[name] = np.asarray(door.units.from_si(si, v.unit, v.quantity), dtype=np.float64).tolist()
    return found


def _each(si: np.ndarray, of: Any) -> list[Any]:
    return [_each(row, of) if np.ndim(row) else of(row) for row in si]


def _variable(name: Any, door: Door) -> Variable:
    own = door.declaration.resolve(name) if isinstance(name, str) else ""
    if own and door.declaration.variables[own].role in door.roles:
        return door.declaration.variables[own]
    known = [v.name for v in door.declaration.with_role(*door.roles)]
    raise bad_input(
        "variable_not_found", given=_shown(name), nearest=nearest(str(name), known), known=", ".join(known)
    )


def _items(v: Variable, values: Any) -> Sequence[Any] | np.ndarray:
    """Return a column as an array of plain numbers, or as a list of what stands for each scenario."""
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise bad_input("scenario_no_column", key=v.name, given=_shown(values))
    if not isinstance(values, np.ndarray) and hasattr(values, "to_numpy"):  # a column of a table
        values = values.to_numpy()
    if isinstance(values, np.ndarray):
        if values.ndim == 0:
            raise bad_input("scenario_no_column", key=v.name, given=_shown(values))
        return values if values.dtype.kind in "fiu" and not v.options else values.tolist()
    return list(values)


def _column(v: Variable, values: Sequence[Any] | np.ndarray, door: Door) -> np.ndarray:
    """Return one column in SI, shape (n,), of a list variable (n, places)."""
    places = _places(v, door)
    if isinstance(values, np.ndarray):
        shape = values.shape[1:]
        if shape != ((places,) if v.length else ()):
            raise _wrong_shape(v, len(values), places)
        si = _array_in_si(v, values, door.units)
        given: Any = values
    elif v.length:
        rows = [r.tolist() if isinstance(r, np.ndarray) else r for r in values]
        if any(isinstance(r, str | bytes) or not isinstance(r, Sequence) or len(r) != places for r in rows):
            raise _wrong_shape(v, len(rows), places)
        si = np.array([[_one(v, item, n, door) for item in r] for n, r in enumerate(rows)], dtype=np.float64)
        si, given = si.reshape(len(rows), places), rows
    else:
        si = np.array([_one(v, item, n, door) for n, item in enumerate(values)], dtype=np.float64)
        given = values
    _check(v, si, given, door)
    return np.round(si).astype(np.int64) if v.is_integer else si


def _places(v: Variable, door: Door) -> int:
    """Return how many values a list variable has in this plant."""
    own = door.plant.values.get(v.name)
    if own is not None and isinstance(own.si, tuple):
        return len(own.si)
    if not v.length:
        return 0
    dimension = door.declaration.dimensions[v.dimension]
    count = door.plant.values.get(dimension.count)
    return v.length if count is None or isinstance(count.si, tuple) else int(count.si)


def _wrong_shape(v: Variable, rows: int, places: int) -> BadInput:
    if not v.length:
        return bad_input("scenario_one_place", key=v.name, name=v.name)
    return bad_input(
        "scenario_places", key=v.name, name=v.name, dimension=v.dimension, places=places, rows=rows
    )


def _array_in_si(v: Variable, values: np.ndarray, units: UnitTable) -> np.ndarray:
    """Return an array of numbers in the declared unit in SI: through the unit's factor at once."""
    if v.is_integer:
        return values.astype(np.float64)
    zero, one = units.to_si(0.0, v.unit, v.quantity), units.to_si(1.0, v.unit, v.quantity)
    return zero + (one - zero) * values if zero != 0.0 else one * values


def _one(v: Variable, item: Any, row: int, door: Door) -> float:
    """Return one value in SI; None (not known) of an input that may be left out is NaN."""
    if item is None and v.optional and not v.is_integer:
        return np.nan
    if isinstance(item, np.generic):
        item = item.item()
    if v.options:
        if not isinstance(item, str) or item not in v.options:
            raise bad_input("word_unknown", key=v.name, text=_shown(item), known=", ".join(v.options))
        return float(v.options[item])
    try:
        site = scalar(door.plant.air_pressure)
        return door.units.parse(item, v.quantity, default_unit=v.unit, site_pressure=site).si
    except UnitError as error:
        lang = user_language()
        if error.code == NOT_FINITE:
            raise bad_input(CODES[NOT_FINITE], key=v.name, row=row, given=_shown(item)) from error
        what = show_problem(Problem("error", error.code, dict(error.fields)), lang)
        raise bad_input(
            "scenario_value", key=v.name, row=row, given=_shown(item), name=v.name, what=what
        ) from error


def _check(v: Variable, si: np.ndarray, given: Any, door: Door) -> None:
    """Raise BadInput for the first number that cannot be one of ``v``."""
    flat = si.ravel()
    unknown = np.zeros(len(flat), dtype=bool)  # an array of numbers has no None
    if not isinstance(given, np.ndarray):
        unknown[:] = [x is None for row in given for x in (row if si.ndim > 1 else [row])]
    fault = first_fault(v, flat[~unknown]) if not v.options else None
    if fault is None:
        return
    at = np.flatnonzero(~unknown)[fault.place]
    row = int(at) // (si.shape[1] if si.ndim > 1 else 1)
    if fault.code in CODES:
        raise bad_input(CODES[fault.code], key=v.name, row=row, given=f"{flat[at]:g}")
    assert v.bounds is not None
    low, high = (door.units.format(b, v.unit, v.quantity) for b in v.bounds)
    shown = door.units.format(float(flat[at]), v.unit, v.quantity)
    raise bad_input("scenario_outside", key=v.name, row=row, given=shown, low=low, high=high)


def _check_counts(found: Mapping[str, np.ndarray], door: Door) -> None:
    """Refuse a number of places that differs from the lists of the plant that it counts."""
    for dimension in door.declaration.dimensions.values():
        counts = found.get(dimension.count)
        if counts is None:
            continue
        for name, value in door.plant.values.items():
            v = door.declaration.variables.get(name)
            if v is None or v.dimension != dimension.name or not isinstance(value.si, tuple):
                continue
            if np.any(counts != len(value.si)) and value.origin.evidence:
                fields: dict[str, Any] = {"name": dimension.count, "list": name, "length": len(value.si)}
                raise bad_input("count_differs", key=dimension.count, **fields)


def _shown(value: Any) -> str:
    text = repr(value) if not isinstance(value, str) else value
    text = "".join(c if c.isprintable() else "?" for c in text[: SHOWN + 1])
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."
