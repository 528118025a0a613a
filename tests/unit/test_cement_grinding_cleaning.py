"""Mills and gas cleaning of a kiln line: Bond by hand, altitude, targets reached or not, what limits see."""

from __future__ import annotations

import math

import pytest
from cement_streams import inputs, streams

from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.processes.cement_kiln import cleaning, grinding
from plantsim.processes.cement_kiln.hot_gases import wet_gas
from plantsim.vocabulary import status

LINE = "5000-5-stage"
DRY, SEMI_DRY, WET = 1, 2, 3


def cleaned(stream: dict | None = None, **values):
    x, y = inputs(**values), streams(LINE, **(stream or {}))
    code = cleaning.clean_hot(x, y) or cleaning.clean_cold(x, y)
    return x, y, code


def test_bond_by_hand():
    assert grinding.bond_work(36e3, 1e-2, 1e-4) == pytest.approx(36e3 * 10 * (1 / 10 - 1 / 100))
    assert grinding.bond_work(36e3, 1e-4, 1e-3) == 0.0
    assert math.isnan(grinding.bond_work(36e3, 0.0, 1e-3))
    assert grinding.finer(100.0, 400.0, 200.0, 1.5) == pytest.approx(100 * 2**1.5)


def test_altitude_costs_the_mill_fan():
    """Volumes at the fan's inlet; thinner air is compressed by a larger ratio, which takes 0.8 % off."""
    low, high = (grinding.mill_fan_work(1.6, 358.15, p, 8e3, 0.78, 0.95) for p in (101325.0, 81.5e3))
    assert high / low == pytest.approx((101325 - 8e3) / (81.5e3 - 8e3), rel=1e-2)


def test_power_follows_what_is_ground():
    x, y = inputs(), streams(LINE)
    grinding.grind(x, x, x, y)
    assert y.raw_mill_power == pytest.approx(y.raw_mill_rate * y.raw_meal_flow)
    assert y.cement_mill_power == pytest.approx(y.cement_mill_rate * y.cement_flow)
    twice = streams(LINE, cement_flow=2 * y.cement_flow)
    grinding.grind(x, x, x, twice)
    assert twice.cement_mill_power == pytest.approx(2 * y.cement_mill_power)
    assert twice.coal_mill_power == pytest.approx(y.coal_mill_power)


def test_nox_mass_is_that_of_the_gas():
    x, y, code = cleaned(sncr=0)
    assert code == status.OK
    M, *_ = wet_gas(y.preheater_gas_h2o, y.preheater_gas_co2, y.preheater_gas_o2, y.preheater_gas_n2)
    dry = y.preheater_gas_flow / M * MOLAR_VOLUME * (1 - y.preheater_gas_h2o)
    oxygen = y.preheater_gas_o2 / (1 - y.preheater_gas_h2o)
    assert y.nox_flow == pytest.approx(600e-6 * (0.21 - oxygen) / 0.11 * dry)
    assert y.nox_excess == pytest.approx(600 / 400 - 1)
    assert (y.ammonia_flow, y.sncr_heat, y.sncr_ratio) == (0.0, 0.0, 0.0)


def test_sncr_reaches_its_target_or_what_it_can():
    _, y, _ = cleaned(nox_after_sncr=350e-6)
    assert y.nox_concentration == pytest.approx(350e-6)
    _, most, _ = cleaned(nox_after_sncr=100e-6)
    assert most.nox_concentration > 150e-6
    assert most.sncr_ratio == pytest.approx(1.6)
    assert most.ammonia_slip > y.ammonia_slip
    assert most.sncr_heat > y.sncr_heat > 0.0


def test_scr_takes_what_slips_from_the_sncr():
    _, alone, _ = cleaned(scr=1, sncr=0)
    _, both, _ = cleaned(scr=1)
    assert (both.nox_concentration, alone.nox_concentration) == pytest.approx((45e-6, 45e-6))
    assert both.preheater_gas_temperature == pytest.approx(streams(LINE).preheater_gas_temperature - 10)
    assert alone.ammonia_flow < both.ammonia_flow  # a catalyst uses each NH3, the SNCR only part
    _, spent, _ = cleaned(scr=1, sncr=0, scr_activity_left=0.4)
    assert spent.nox_concentration > 60e-6
    assert spent.ammonia_slip == 10e-6  # dosed as far as the limit of the slip allows


@pytest.mark.parametrize("part", [DRY, SEMI_DRY, WET])
def test_sulphur_is_taken_only_above_the_target_and_only_as_far_as_the_part_can(part):
    _, y, _ = cleaned(desulphurisation=part)
    assert (y.lime_flow, y.limestone_flow, y.so2_removal) == (0.0, 0.0, 0.0)
    assert y.so2_concentration == 30e-6
    _, sour, _ = cleaned(desulphurisation=part, raw_so2_concentration=90e-6)
    assert sour.so2_concentration == sour.so2_wanted == 35e-6
    assert sour.lime_flow + sour.limestone_flow > 0.0
    _, much, _ = cleaned(desulphurisation=part, raw_so2_concentration=1500e-6, fgd_most_removal=0.8)
    assert much.so2_concentration == pytest.approx(300e-6, rel=1e-12)  # 80 % of 1500, not 35
    assert much.so2_concentration > much.so2_wanted


def test_a_line_without_desulphurisation_takes_no_sulphur():
    for raw in (150e-6, 1500e-6):
        _, y, _ = cleaned(raw_so2_concentration=raw)
        assert (y.so2_concentration, y.lime_flow, y.fgd_power) == (raw, 0.0, 0.0)
        assert math.isnan(y.so2_wanted)


def test_ultra_low_limits_are_a_matter_of_inputs():
    _, y, _ = cleaned(nox_limit=50e-6, scr=1, so2_limit=35e-6, dust_limit=10e-6)
    assert y.nox_excess < 0.0
    assert y.dust_excess == pytest.approx(0.0)
    _, old, _ = cleaned(nox_limit=50e-6)
    assert old.nox_excess == pytest.approx(320 / 50 - 1)


def test_gas_without_combustion_oxygen_is_refused():
    _, y, code = cleaned({"preheater_gas_o2": 0.205})
    assert code == status.OUTSIDE_RANGE
    assert y.status_variable != 0
