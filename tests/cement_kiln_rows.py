"""Kiln-line records for tests: the library's reference plants with what a test says, and their solved points."""

from __future__ import annotations

import numpy as np

from plantsim.engine.evaluate import Solved, solve_process
from plantsim.engine.rows import plant_row, year_of
from plantsim.library import library
from plantsim.processes import load
from plantsim.vocabulary.case import OperatingPoint, Value

ZERO_CELSIUS = 273.15
PROCESS = "cement_kiln"
HOURS = 7440 * 3600.0
HELD = {"tower_model": 0, "cooler_model": 0}  # exit temperature and cooler efficiency as given


def reference_values(reference: str) -> dict[str, float | tuple[float, ...]]:
    """Return the SI values of a reference plant of models/cement_kiln/reference, defaults filled in."""
    lib = library()
    declaration = lib.declaration(PROCESS)
    values = {v.name: v.default for v in declaration.with_role("input") if v.default is not None}
    values["air_pressure"] = 101325.0
    for name, given in lib.data(*lib.references[reference].path.relative_to(lib.folder).parts)[
        "values"
    ].items():
        v = declaration.variables[name]
        value = given["value"] if isinstance(given, dict) else given
        values[name] = (
            v.options[value] if v.options else lib.units.parse(value, v.quantity, default_unit=v.unit).si
        )
    return values


def row_of(reference: str = "cn-5000-5stage-3rd", **values: float) -> np.ndarray:
    """Return one uncalibrated x record of a reference plant; values in SI."""
    given = {**reference_values(reference), **values}
    return plant_row(library().declaration(PROCESS), {k: Value(v) for k, v in given.items()})


def solve_rows(rows: np.ndarray, **operating: float) -> Solved:
    """Solve records, each all year in one point."""
    point = OperatingPoint(Value(HOURS), {k: Value(v) for k, v in operating.items()})
    year = year_of(library().declaration(PROCESS), [[point]] * len(rows))
    return solve_process(load(PROCESS), library(), rows, year, 1)


def solved(reference: str = "cn-5000-5stage-3rd", load_: float = 1.0, **values: float) -> Solved:
    """Return a solved reference plant."""
    return solve_rows(row_of(reference, **values), load=load_)


def changed(row: np.ndarray, **changes: float) -> np.ndarray:
    """Return a copy of a fitted record with fields set, as a retrofit would."""
    new = row.copy()
    for name, value in changes.items():
        new[name] = value
    return new
