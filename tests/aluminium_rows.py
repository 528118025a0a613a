"""Potline records for tests: one line all year, from the defaults of variables.toml and what a test says."""

from __future__ import annotations

import numpy as np

from plantsim.engine.evaluate import Solved, solve_process
from plantsim.engine.rows import plant_row, year_of
from plantsim.library import library
from plantsim.processes import load
from plantsim.vocabulary.case import OperatingPoint, Value

DAY = 86400.0
HOLD = {"superheat": 0, "distance": 1, "voltage": 2}
HANDLE = {"none": 0, "cover": 1, "lining": 2, "distance": 3}
LINE = {
    "air_pressure": 101325.0,
    "cell_count": 1,
    "line_current": 400e3,
    "cell_voltage": 3.98,
    "cathode_voltage_drop": 0.300,
    "current_efficiency": 0.925,
    "rectifier_efficiency": 0.98,
    "heat_balance": 1,
}


def row_of(**values: float) -> np.ndarray:
    """Return one uncalibrated x record; values in SI."""
    declaration = library().declaration("aluminium_cell")
    defaults = {v.name: v.default for v in declaration.with_role("input") if v.default is not None}
    return plant_row(declaration, {k: Value(v) for k, v in {**defaults, **LINE, **values}.items()})


def solve_rows(row: np.ndarray, hold: str = "superheat") -> Solved:
    """Solve records, each all year in one point."""
    declaration = library().declaration("aluminium_cell")
    point = OperatingPoint(Value(365 * DAY), {"hold": Value(HOLD[hold])})
    return solve_process(
        load("aluminium_cell"), library(), row, year_of(declaration, [[point]] * len(row)), 1
    )


def calibrated(**values: float) -> np.ndarray:
    """Return one calibrated x record."""
    return solve_rows(row_of(**values)).x


def changed(row: np.ndarray, **changes: float) -> np.ndarray:
    """Return a copy of a record with fields set."""
    new = row.copy()
    for name, value in changes.items():
        new[name] = value
    return new
