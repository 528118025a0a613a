"""The generated sums are those that the generator writes, and the constants are the equations' own values."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from plantsim.kernels.steam import constants, generate, limits, tables
from plantsim.kernels.steam.region1 import region1_hs
from plantsim.kernels.steam.region2 import region2_hs
from plantsim.kernels.steam.region3 import S_CRITICAL, region3_properties
from plantsim.kernels.steam.region5 import region5_hs
from plantsim.kernels.steam.saturation import (
    boundary23_temperature,
    saturation_pressure,
    saturation_temperature,
)

FOLDER = Path(generate.__file__).parent


def test_generated_files_are_up_to_date() -> None:
    assert (FOLDER / "sums.py").read_text(encoding="utf-8") == generate.forward_source()
    assert (FOLDER / "backward_sums.py").read_text(encoding="utf-8") == generate.backward_source()


def test_derivative_of_a_table() -> None:
    rows = [(2, 3, 5.0), (0, 1, 7.0)]
    assert generate.derivative(rows, 1, 0) == [(1, 3, 10.0)]
    assert generate.derivative(rows, 1, 0, -1) == [(1, 3, -10.0)]
    assert generate.derivative(rows, 0, 2) == [(2, 1, 30.0)]


def test_table_sum_is_the_plain_sum() -> None:
    x, y = 0.37, 1.21
    for k in range(len(tables.START) - 1):
        rows = range(tables.START[k], tables.START[k + 1])
        terms = [
            tables.FACTOR[r] * x ** float(tables.POWER_X[r]) * y ** float(tables.POWER_Y[r]) for r in rows
        ]
        assert tables.table_sum(np.int64(k), x, y) == pytest.approx(
            sum(terms), abs=1e-13 * sum(map(abs, terms))
        )


def test_ends_of_the_saturation_line() -> None:
    assert pytest.approx(saturation_pressure(constants.T_MIN), rel=1e-14) == constants.P_TRIPLE
    assert pytest.approx(saturation_pressure(constants.T_13), rel=1e-14) == constants.P_13
    assert saturation_temperature(constants.P_TRIPLE) == pytest.approx(constants.T_MIN, rel=1e-14)
    assert saturation_temperature(constants.P_13) == pytest.approx(constants.T_13, rel=1e-14)
    assert region3_properties(322.0, 647.096)[2] == pytest.approx(S_CRITICAL, rel=1e-12)


def test_bounds_hold_at_the_corners_of_the_regions() -> None:
    p_low, p_13 = constants.P_TRIPLE, constants.P_13
    h_liquid, s_liquid = region1_hs(p_13, 623.15)
    h_vapour, s_vapour = region2_hs(p_13, 623.15)
    assert 0.0 < limits.H_LIQUID_MAX / h_liquid - 1.0 < 3e-4
    assert 0.0 < limits.S_LIQUID_MAX / s_liquid - 1.0 < 3e-4
    assert 0.0 < 1.0 - limits.H_SAT3_MIN / h_liquid < 3e-4
    assert 0.0 < limits.H_SAT3_MAX / h_vapour - 1.0 < 3e-4
    assert 0.0 < 1.0 - limits.S_SAT3_MIN / s_liquid < 3e-4
    assert 0.0 < limits.S_SAT3_MAX / s_vapour - 1.0 < 3e-4
    assert region1_hs(p_low, 273.15)[0] > limits.H_MIN
    assert region1_hs(100e6, 273.15)[1] > limits.S_MIN
    assert region5_hs(1e-3, 2273.15)[0] < limits.H_MAX
    assert 0.0 < limits.H_25 / region2_hs(1e-3, 1073.15)[0] - 1.0 < 3e-4
    assert 0.0 < limits.S_25 / (region2_hs(1.0, 1073.15)[1] + constants.R * np.log(1e-6)) - 1.0 < 3e-4
    along_23 = [region2_hs(p, boundary23_temperature(p)) for p in np.linspace(p_13, 100e6, 500)]
    assert min(h for h, _ in along_23) > limits.H_23_MIN
    assert min(s for _, s in along_23) > limits.S_23_MIN
    along_13 = [region1_hs(p, 623.15) for p in np.linspace(p_13, 100e6, 500)]
    assert max(h for h, _ in along_13) < limits.H_LIQUID_MAX
    assert max(s for _, s in along_13) < limits.S_LIQUID_MAX


def test_floors_lie_below_saturated_vapour() -> None:
    for T in np.linspace(273.15, 623.15, 2001):
        h, s = region2_hs(saturation_pressure(T), T)
        assert 1e3 < h - limits.vapour_enthalpy_floor(T) < 43.1e3
        assert 5.0 < s - limits.vapour_entropy_floor(T) < 61.0
