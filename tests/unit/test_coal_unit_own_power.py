"""The unit's own power: modelled parts, the remainder from the plant's own figure, fans and their control."""

from __future__ import annotations

import pytest
from coal_gas_rows import PARTS, blamed, changed, solved

from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

GAS_SIDE = (
    "mill_power", "draught_fan_power", "forced_fan_power", "primary_fan_power", "scr_power", "precipitator_power",
    "fgd_power",
)  # fmt: skip


def gas_side(y) -> float:
    return sum(float(y[name]) for name in GAS_SIDE)


@pytest.fixture(scope="module")
def clean():
    return solved(PARTS)


@pytest.fixture(scope="module")
def bare():
    return solved()


@pytest.mark.parametrize("parts", [{}, PARTS])
def test_at_full_load_the_plants_own_rate_stands(parts):
    x, _d, _o, y = solved(parts)
    assert y.auxiliary_rate == pytest.approx(x.auxiliary_power_rate, rel=1e-12)
    assert x.auxiliary_remainder > 0.0
    assert x.auxiliary_part_factor == 1.0


def test_parts_added_later_cost_their_power(bare):
    """SCR, filter and absorber on a plant without them: the own power rises by their power and the fans' work."""
    before, after = bare[3], changed(*bare, **{k: v for k, v in PARTS.items() if k != "air_pressure"})
    assert after.status == OK
    added = after.auxiliary_power - before.auxiliary_power
    assert added == pytest.approx(gas_side(after) - gas_side(before), rel=1e-9)
    assert after.draught_rise == pytest.approx(before.draught_rise + 1000.0 + 200.0 + 1500.0, rel=1e-9)
    assert 0.012 < added / after.gross_power < 0.03


def test_variable_speed_recovers_what_the_damper_wastes(clean):
    """Damper > vanes > variable speed; at full speed losses only fan, drive and converter stand between."""
    powers = [changed(*clean, draught_fan_recovery=r).draught_fan_power for r in (0.0, 0.52, 1.0)]
    assert powers[0] > powers[1] > powers[2]
    x, y = clean[0], clean[3]
    rise_before_absorber = y.draught_rise - x.fgd_pressure_loss
    p = x.air_pressure - rise_before_absorber
    volume = y.filter_volume * x.air_pressure / p
    ideal = volume * y.draught_rise / (x.draught_fan_efficiency * x.draught_fan_drive_efficiency)
    assert powers[2] == pytest.approx(ideal, rel=1e-9)


def test_less_leakage_saves_all_three_fans(clean):
    y = changed(*clean, air_heater_leakage=0.05)
    for name in ("draught_fan_power", "forced_fan_power", "primary_fan_power"):
        assert y[name] < clean[3][name], name
    saved = (clean[3].auxiliary_power - y.auxiliary_power) / y.gross_power
    assert 0.0004 < saved < 0.0025  # 0.1 to 0.15 points of own power for 3 to 4 of leakage, remembered


def test_a_lower_loss_saves_nothing_by_a_damper_and_all_by_speed(clean):
    """-1 kPa in the duct: a damper closes further instead, variable speed saves the work."""
    saved = []
    for recovery in (0.0, 1.0):
        base = changed(*clean, draught_fan_recovery=recovery)
        less = changed(*clean, draught_fan_recovery=recovery, gas_path_loss=1500.0)
        saved.append(base.draught_fan_power - less.draught_fan_power)
    assert saved[1] > 0.6e6
    assert saved[0] < 0.05 * saved[1]


def test_site_pressure_sets_the_fans(clean):
    """The same unit at sea level: as its pressure losses are given, fan work goes with the volume, 1/p."""
    sea = solved(PARTS, air_pressure=101325.0)[3]
    x, y = clean[0], clean[3]
    lower = y.draught_rise - x.fgd_pressure_loss
    expected = (101325.0 - lower) / (82e3 - lower)
    assert y.draught_fan_power / sea.draught_fan_power == pytest.approx(expected, rel=0.01)
    assert y.forced_fan_power / sea.forced_fan_power == pytest.approx(101325.0 / 82e3, rel=1e-9)


def test_parts_above_the_plants_own_rate_are_lessened(clean):
    """2 % for a unit whose fans and absorber take 4 %: the figures contradict each other, and the factor shows it."""
    x, _d, _o, y = solved(PARTS, auxiliary_power_rate=0.02)
    assert y.status == OK
    assert y.auxiliary_rate == pytest.approx(0.02, rel=1e-12)
    assert 0.3 < x.auxiliary_part_factor < 0.6
    assert x.auxiliary_remainder == 0.0


def test_less_than_the_cycles_own_pumps_is_refused():
    _x, _d, _o, y = solved(auxiliary_power_rate=0.01, feed_pump_drive=0.0)
    assert (y.status, blamed(y)) == (OUTSIDE_RANGE, "auxiliary_power_rate")


def test_worse_coal_costs_mills_and_fans(clean):
    """Ash for carbon: more coal to grind, more ash to catch."""
    y = changed(
        *clean, coal_carbon=0.466, coal_hydrogen=0.028, coal_oxygen=0.037, coal_nitrogen=0.008, coal_sulphur=0.021,
        coal_ash=0.365, coal_moisture=0.075, coal_heating_value=18.32e6,
    )  # fmt: skip
    assert y.status == OK
    assert y.mill_power == pytest.approx(clean[3].mill_power * y.coal_flow / clean[3].coal_flow, rel=1e-12)
    assert y.mill_power > 1.05 * clean[3].mill_power
    assert y.fgd_limestone > 1.3 * clean[3].fgd_limestone
    assert y.auxiliary_rate > clean[3].auxiliary_rate
