"""Corrections of GB 21342-2025: both tables point by point, both bases and slopes, every step of age."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields, plain

from plantsim.processes.coke_oven.codes import CHARGE_STAMP, QUENCH_DRY, QUENCH_WET
from plantsim.processes.coke_oven.corrections_2025 import corrections, volatile_correction

KGCE_PER_TONNE = 29307.6  # J/kg
TOP = {21: -8.30, 22: -4.20, 23: 0.0, 24: 4.25, 25: 8.55, 26: 11.00, 27: 14.08, 28: 18.71}
STAMP = {25: 0.0, 26: 3.20, 27: 6.44, 28: 11.40, 29: 14.65, 30: 17.93, 31: 21.23, 32: 24.50}


def found(**values):
    x = fields(
        charging=0, mixed_gas_time_share=0.35, coal_moisture=0.118, moisture_removed=0.007, quenching=QUENCH_DRY,
        coal_volatile_matter=0.264, oven_age=7.0,
    )  # fmt: skip
    x.__dict__.update(values)
    y = fields()
    plain(corrections)(x, y)
    return {n.removeprefix("correction_"): v / KGCE_PER_TONNE for n, v in vars(y).items()}


@pytest.mark.parametrize(("stamp", "table"), [(False, TOP), (True, STAMP)], ids=["top", "stamp"])
def test_volatile_matter_is_linear_between_the_points_of_the_table(stamp, table):
    kernel = plain(volatile_correction)
    for percent, points in table.items():
        assert kernel(percent / 100, stamp) == pytest.approx(points, abs=1e-9)
        if percent + 1 in table:
            between = 0.7 * points + 0.3 * table[percent + 1]
            assert kernel((percent + 0.3) / 100, stamp) == pytest.approx(between, abs=1e-9)
    assert math.isnan(kernel(min(table) / 100 - 1e-4, stamp))
    assert math.isnan(kernel(max(table) / 100 + 1e-4, stamp))


def test_raw_material_of_top_charged_ovens():
    """11.1 % moisture charged: 1.1 points above 10 %, 3.67 each; 26.4 % volatile matter."""
    assert found()["raw_material"] == pytest.approx(1.1 * 3.67 + 11.00 + 0.4 * 3.08, rel=1e-9)
    dry = found(coal_moisture=0.085)
    assert dry["raw_material"] == pytest.approx(-2.2 * 3.67 + 11.00 + 0.4 * 3.08, rel=1e-9)


def test_raw_material_of_stamped_coal():
    """11.1 % moisture charged: 0.6 points above 10.5 %, 3.71 each; 26.4 % volatile matter."""
    stamped = found(charging=CHARGE_STAMP)
    assert stamped["raw_material"] == pytest.approx(0.6 * 3.71 + 3.20 + 0.4 * 3.24, rel=1e-9)


def test_mixed_gas_counts_by_its_share_of_the_time():
    assert found()["fuel"] == pytest.approx(0.35 * 8.0, rel=1e-12)
    assert found(charging=CHARGE_STAMP)["fuel"] == pytest.approx(0.35 * 12.0, rel=1e-12)


@pytest.mark.parametrize(
    ("age", "points"), [(7.0, 0.0), (15.0, 0.0), (15.05, 2.5), (25.0, 2.5), (25.05, 5.5), (32.0, 5.5)]
)
def test_ovens_above_15_and_above_25_years(age, points):
    assert found(oven_age=age)["age"] == pytest.approx(points, abs=1e-12)


def test_wet_quenching():
    assert found()["wet_quenching"] == 0.0
    assert found(quenching=QUENCH_WET)["wet_quenching"] == pytest.approx(46.46, rel=1e-12)
