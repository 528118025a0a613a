"""Two-pressure waste-heat power where its low-pressure steam ends: nothing else ends there."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from cement_kiln_rows import solved

from plantsim.kernels.waste_heat_boiler import waste_heat_boiler
from plantsim.vocabulary import status

PLANT = {"air_pressure": 81489.0}  # Pa, 1 800 m
BORDERS = [  # input, where there is low steam, where there is none
    ("cooling_air", {}, 1.70, 1.60),
    ("coal_heating_value", {}, 24.0e6, 19.2e6),
    ("measured_heat_consumption", {"cooling_air": 1.70}, 3.2e6, 3.4e6),
]
FIGURES = (
    "whr_gross_power", "whr_steam_flow", "cooler_boiler_outlet_temperature", "whr_condenser_heat",
    "preheater_boiler_outlet_temperature", "whr_pressure",
)  # fmt: skip


def line(name: str, given: dict[str, float], value: float) -> np.void:
    found = solved("cn-5000-5stage-tested", **{**PLANT, **given, name: value}).y[0]
    assert found["status"] == status.OK
    return found


@pytest.mark.parametrize(("name", "given", "wet", "dry"), BORDERS)
def test_nothing_steps_where_the_low_steam_ends(name, given, wet, dry):
    """Bisected to the border; on its two sides every figure of the cycle is the same to 1e-6.

    The cooler boiler used to vanish there, from 7.0 to 4.5 MW.
    """
    assert line(name, given, wet)["whr_low_steam_flow"] > 0.0
    assert line(name, given, dry)["whr_low_steam_flow"] == 0.0
    for _ in range(34):
        middle = 0.5 * (wet + dry)
        if line(name, given, middle)["whr_low_steam_flow"] > 0.0:
            wet = middle
        else:
            dry = middle
    before, after = line(name, given, wet), line(name, given, dry)
    assert 0.0 < before["whr_low_steam_flow"] < 1e-6
    for figure in FIGURES:
        assert after[figure] == pytest.approx(before[figure], rel=1e-6), figure


@pytest.mark.parametrize(("name", "given", "wet", "dry"), BORDERS)
def test_power_goes_on_evenly_beyond_the_border(name, given, wet, dry):
    power = [line(name, given, v)["whr_gross_power"] for v in np.linspace(wet, dry, 41)]
    whole = max(power) - min(power)
    assert max(abs(b - a) for a, b in pairwise(power)) < 0.25 * whole


def test_the_boiler_without_low_steam_is_the_single_pressure_boiler():
    """Where hot water for the other boiler leaves no low steam, one pressure gives the same steam, gas and duty."""

    def boiler(levels: int, hot_water: float):
        return waste_heat_boiler(
            2500.0, 29.0, 2.0e-3, 690.0, 368.15, 0.02, np.int64(levels), (1.6e6, 0.35e6, 0.35e6), (150.0, 15.0, 0.0),
            (8.0, 8.0, 8.0), (12.0, 12.0, 12.0), 0.02, 318.15, 0.0, hot_water, 8.0,
        )  # fmt: skip

    few, many = 0.0, 30e6
    assert boiler(2, few)[7] == status.OK
    assert boiler(2, many)[7] == status.INFEASIBLE_THERMAL
    for _ in range(60):
        middle = 0.5 * (few + many)
        few, many = (middle, many) if boiler(2, middle)[7] == status.OK else (few, middle)
    two, one = boiler(2, few), boiler(1, few)
    assert two[1] == pytest.approx(0.0, abs=1e-9)
    assert one[7] == status.OK
    assert (one[0], one[3], one[6]) == pytest.approx((two[0], two[3], two[6]), rel=1e-9)
