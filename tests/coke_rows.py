"""Coking-plant records for tests: one plant all year, from the defaults of variables.toml and what a test says."""

from __future__ import annotations

import numpy as np

from plantsim.engine.evaluate import Solved, solve_process
from plantsim.engine.rows import join_records, plant_row, year_of
from plantsim.library import library
from plantsim.processes import load
from plantsim.vocabulary.case import OperatingPoint, Value

YEAR = 365 * 86400.0
KGCE_PER_TONNE = 29307.6  # J/kg
PLANT = {
    "air_pressure": 101325.0,
    "oven_count": 110,
    "chamber_volume": 38.5,
    "charge_density": 740.0,
    "coking_time": 19 * 3600.0,
    "coal_volatile_matter": 0.26,
    "coal_ash": 0.105,
    "coal_moisture": 0.10,
}
BALANCE_B = {  # COMPUTED_B's inputs: blast-furnace gas, air ratio 1.2, 250 degC
    "blast_furnace_gas_share": 1.0,
    "air_ratio": 1.2,
    "flue_temperature": 523.15,
}


def row_of(**values: float) -> np.ndarray:
    """Return one uncalibrated x record; values in SI, options by number."""
    declaration = library().declaration("coke_oven")
    defaults = {v.name: v.default for v in declaration.with_role("input") if v.default is not None}
    return plant_row(declaration, {k: Value(v) for k, v in {**defaults, **PLANT, **values}.items()})


def rows_of(*each: dict[str, float]) -> np.ndarray:
    """Return one uncalibrated x record for each set of values."""
    return join_records([row_of(**values) for values in each])


def solve_rows(rows: np.ndarray, load_share: float = 1.0) -> Solved:
    """Solve records, each all year in one point."""
    declaration = library().declaration("coke_oven")
    point = OperatingPoint(Value(YEAR), {"load": Value(load_share)})
    return solve_process(load("coke_oven"), library(), rows, year_of(declaration, [[point]] * len(rows)), 1)


def solved(**values: float) -> np.ndarray:
    """Return the y record of one plant."""
    return solve_rows(row_of(**values)).y[0]


def indicator(name: str = "coke_unit_energy", **values: float) -> float:
    """Return an indicator of one plant [kgce/t]."""
    return float(solve_rows(row_of(**values)).indicators[name][0]) / KGCE_PER_TONNE


def status_of(y: np.ndarray) -> tuple[int, str]:
    """Return (status, name of the variable at fault) of a record."""
    return int(y["status"]), library().declaration("coke_oven").name_of_code(int(y["status_variable"]))
