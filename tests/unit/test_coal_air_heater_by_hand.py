"""Behind a coal unit's furnace, by hand: air heater, leaked air, bypass, heat of the condensate, emissions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.kernels import gas
from plantsim.kernels.acid_dew_point import acid_dew_point_of_coal
from plantsim.kernels.steam import (
    saturation_temperature,
)
from plantsim.processes.coal_unit import boiler_gas, flue_gas
from plantsim.processes.coal_unit.codes import (
    BYPASS_INSTALLED,
    ECONOMISER_OXYGEN,
    LOW_ECONOMISER_HEAT,
    RATED_ECONOMISER_GAS_TEMPERATURE,
    SCR_INSTALLED,
)
from plantsim.vocabulary.status import (
    INFEASIBLE_PINCH,
    OK,
    OUTSIDE_RANGE,
)

NAN = math.nan
R = 8.314462618
P = 82e3


def changed(record, **values):
    return fields(**{**vars(record), **values})


def moles(**of) -> np.ndarray:
    n = np.zeros(gas.SPECIES)
    for name, amount in of.items():
        n[getattr(gas, name)] = amount
    return n


FRESH = moles(N2=0.7800, O2=0.2070, H2O=0.0130)
FLUE = moles(N2=6300.0, O2=310.0, CO2=1130.0, H2O=680.0, SO2=4.0)
HEATER = fields(
    air_heater_leakage=0.061,
    air_heater_leakage_exponent=0.4,
    reference_gas_flow=0.0,
    reference_air_heater_leakage=0.07,
    rated_flue_gas_temperature=405.0,
    boiler_air_temperature=298.0,
    least_primary_air=0.0,
    primary_air_share=0.23,
    reference_primary_air=0.0,
    economiser_bypass=BYPASS_INSTALLED,
    scr=SCR_INSTALLED,
    bypass_held_temperature=585.0,
    bypass_most_rise=25.0,
    rated_economiser_gas_temperature=640.0,
)


def masses(n) -> float:
    of = {"N2": 28.014, "O2": 31.998, "CO2": 44.009, "H2O": 18.015, "SO2": 64.06}
    return sum(n[getattr(gas, s)] * m for s, m in of.items()) / 1000


def test_leakage_is_a_share_of_the_gas_s_mass():
    leak = plain(boiler_gas.leakage)(0.061, FLUE, FRESH)
    assert leak == pytest.approx(0.061 * masses(FLUE) / masses(FRESH), rel=1e-4)
    share = plain(boiler_gas.leaking_share)
    assert share(HEATER, fields(boiler_gas=FLUE)) == 0.061
    part = FLUE.sum() / 12000
    assert share(changed(HEATER, reference_gas_flow=12000.0), fields(boiler_gas=FLUE)) == pytest.approx(
        0.061 * part**-0.6, rel=1e-12
    )


def heat(n, T, T0=298.15) -> float:
    return plain(gas.sensible_h)(n, T, T0)


def test_gas_without_its_leaked_air_is_warmer():
    d = fields(rated_gas=FLUE, combustion_air=FRESH)
    T, status = plain(boiler_gas.leak_free_temperature)(HEATER, d)
    leak = 0.07 * masses(FLUE) / masses(FRESH)
    assert status == OK
    assert heat(FLUE, T, 405.0) == pytest.approx(leak * heat(FRESH, 405.0, 298.0), rel=1e-4)


def test_the_air_heater_closes_its_heat():
    """What the gas gives from the economiser on the air takes; leaked air comes in at the air's temperature."""
    y = fields(
        boiler_gas=FLUE, flue_gas=np.zeros(gas.SPECIES), economiser_gas_temperature=630.0, status_variable=0
    )
    d = fields(combustion_air=FRESH)
    assert plain(boiler_gas.pass_air_heater)(HEATER, d, y, 410.0, 9100.0) == OK
    leak = 0.061 * masses(FLUE) / masses(FRESH)
    assert y.leak_air == pytest.approx(leak, rel=1e-4)
    assert y.flue_gas == pytest.approx(FLUE + leak * FRESH, rel=1e-4)
    assert heat(FLUE, 410.0, y.flue_gas_temperature) == pytest.approx(
        leak * heat(FRESH, y.flue_gas_temperature, 298.0), rel=1e-3
    )
    assert 9100 * heat(FRESH, y.hot_air_temperature, 298.0) == pytest.approx(
        heat(FLUE, 630.0, 410.0), rel=1e-9
    )
    assert (y.primary_air_flow, y.secondary_air_flow) == (
        pytest.approx(0.23 * 9100),
        pytest.approx(0.77 * 9100),
    )
    assert y.leak_free_gas_temperature == 410.0
    held = changed(HEATER, least_primary_air=0.9, reference_primary_air=3000.0)
    plain(boiler_gas.pass_air_heater)(held, d, y, 410.0, 9100.0)
    assert y.primary_air_flow == pytest.approx(2700 / (1 + y.leak_air / 9100), rel=1e-12)
    much = changed(HEATER, least_primary_air=9.0, reference_primary_air=3000.0)
    plain(boiler_gas.pass_air_heater)(much, d, y, 410.0, 9100.0)
    assert (y.primary_air_flow, y.secondary_air_flow) == (9100.0, 0.0)


@pytest.mark.parametrize(("behind", "air"), [(405.0, 9100.0), (630.0, 2500.0)])
def test_an_air_heater_that_cannot_be(behind, air):
    """Gas colder before it than behind, and air that would come above the gas."""
    y = fields(
        boiler_gas=FLUE, flue_gas=np.zeros(gas.SPECIES), economiser_gas_temperature=behind, status_variable=0
    )
    assert (
        plain(boiler_gas.pass_air_heater)(HEATER, fields(combustion_air=FRESH), y, 410.0, air)
        == INFEASIBLE_PINCH
    )
    assert y.status_variable == RATED_ECONOMISER_GAS_TEMPERATURE
    if behind > 410.0:
        assert y.exchanger_hot_temperature == 630.0
        assert y.exchanger_cold_temperature == y.hot_air_temperature > 630.0


@pytest.mark.parametrize(
    ("gas_at", "values", "rise"),
    [
        (570.0, {}, 15.0),
        (550.0, {}, 25.0),
        (590.0, {}, 0.0),
        (570.0, {"rated_economiser_gas_temperature": 577.0}, 7.0),
        (570.0, {"scr": 0}, None),
        (570.0, {"economiser_bypass": 0}, None),
        (395.0, {}, None),
    ],
)
def test_a_bypass_warms_the_reactor_and_the_stack(gas_at, values, rise):
    """Of each kelvin the air heater leaves (400 - 298)/(T - 298)."""
    y = fields(economiser_gas_temperature=gas_at)
    found = plain(boiler_gas.bypass_economiser)(changed(HEATER, **values), y, 400.0)
    assert y.bypass_rise == (rise or 0.0)
    assert y.economiser_gas_temperature == gas_at + (rise or 0.0)
    assert found == pytest.approx(400.0 + (102 / (gas_at - 298) * rise if rise else 0.0), rel=1e-12)


def test_heat_that_the_condensate_takes():
    x = fields(low_economiser_heat=9e6, low_economiser_gas_outlet=370.0)
    y = fields(flue_gas=FLUE, flue_gas_temperature=402.0)
    kernel = plain(boiler_gas.heat_condensate)
    kernel(x, y, 0.8)
    assert y.economiser_heat == pytest.approx(7.2e6)
    kernel(changed(x, low_economiser_heat=NAN), y, 0.8)
    assert y.economiser_heat == pytest.approx(heat(FLUE, 402.0, 370.0), rel=1e-12)
    kernel(changed(x, low_economiser_heat=NAN, low_economiser_gas_outlet=403.0), y, 0.8)
    assert y.economiser_heat == 0.0
    kernel(changed(x, low_economiser_heat=NAN, low_economiser_gas_outlet=NAN), y, 0.8)
    assert y.economiser_heat == 0.0
    for heats, outlet, found in ((9e6, NAN, True), (NAN, 370.0, True), (NAN, NAN, False)):
        assert (
            bool(
                plain(boiler_gas.heats_condensate)(
                    changed(x, low_economiser_heat=heats, low_economiser_gas_outlet=outlet)
                )
            )
            is found
        )


def test_cooled_gas_has_given_the_heat():
    y = fields(flue_gas=FLUE, flue_gas_temperature=402.0, economiser_heat=6e6)
    T, status = plain(flue_gas.cooled_temperature)(y)
    assert (heat(FLUE, 402.0, T), status) == (pytest.approx(6e6, rel=1e-9), OK)
    y.economiser_heat = 0.0
    assert plain(flue_gas.cooled_temperature)(y) == (402.0, OK)
    y.economiser_heat = 1e12  # more than there is
    assert plain(flue_gas.cooled_temperature)(y)[1] != OK
    assert y.status_variable == LOW_ECONOMISER_HEAT


def test_what_gas_and_ash_carry_off():
    """3.1 kmol/s of moist gas with 3.9 % of oxygen in the dry; NOx is told at 6 %, air at 20.95."""
    n = moles(N2=2200.0, O2=110.0, CO2=430.0, H2O=355.0, SO2=2.4)
    x = fields(
        boiler_nox_concentration=310e-6,
        coal_carbon=0.57,
        coal_sulphur=0.011,
        coal_ash=0.24,
        fly_ash_share=0.87,
        air_pressure=P,
        coal_heating_value=21.3e6,
        furnace_sulphur_capture=0.35,
    )
    d = fields(
        unburnt_carbon=0.009,
        limestone_carbon_dioxide=0.013,
        fly_ash_ratio=0.23,
        bottom_ash_ratio=0.034,
        limestone_ratio=0.05,
    )
    y = fields(boiler_gas=n, flue_gas=n + 300.0 * FRESH, coal_flow=9.0, status_variable=0)
    assert plain(boiler_gas.gas_emissions)(x, d, y) == OK
    dry = 2200 + 110 + 430 + 2.4
    assert y.flue_gas_oxygen == pytest.approx(110 / dry)
    volume = dry * R * 273.15 / 101325 * (0.2095 - 110 / dry) / (0.2095 - 0.06)
    assert y.boiler_nox == pytest.approx(310e-6 * volume, rel=1e-3)
    assert y.boiler_so2 == pytest.approx(2.4 * 64.06e-3, rel=1e-3)
    carbons = (y.coal_carbon_flow, y.unburnt_carbon_flow, y.co2_coal)
    assert carbons == pytest.approx((9 * 0.57, 9 * 0.009, 9 * 0.561 / 12.011 * 44.009), rel=1e-4)
    rest = (y.furnace_limestone_co2, y.fly_ash_flow, y.bottom_ash_flow, y.limestone_flow)
    assert rest == pytest.approx((9 * 0.013, 9 * 0.23, 9 * 0.034, 9 * 0.05))
    wet = (355 + 3.9) / (n.sum() + 300)
    water_dew = plain(saturation_temperature)(wet * P)
    by_hand = plain(acid_dew_point_of_coal)(water_dew, 0.011 * 0.65, 0.24, 0.87, 21.3e6)
    assert y.acid_dew_point == pytest.approx(by_hand, rel=1e-9)
    plain(boiler_gas.gas_emissions)(changed(x, boiler_nox_concentration=NAN, air_pressure=1.0), d, y)
    assert y.boiler_nox == 0.0
    frost = plain(acid_dew_point_of_coal)(273.15, 0.011 * 0.65, 0.24, 0.87, 21.3e6)
    assert y.acid_dew_point == pytest.approx(frost, rel=1e-6)  # drier gas has no dew point above freezing
    y.boiler_gas = moles(N2=100.0, O2=27.0)
    assert plain(boiler_gas.gas_emissions)(x, d, y) == OUTSIDE_RANGE
    assert y.status_variable == ECONOMISER_OXYGEN


def test_oxygen_at_which_nox_is_told_is_six_percent():
    """At 6 % of oxygen itself the volume is the dry one."""
    n = moles(N2=94.0, O2=6.0)
    x = fields(
        boiler_nox_concentration=1e-3,
        coal_carbon=0.5,
        coal_sulphur=0.01,
        coal_ash=0.2,
        fly_ash_share=0.9,
        air_pressure=P,
        coal_heating_value=2e7,
        furnace_sulphur_capture=0.0,
    )
    d = fields(
        unburnt_carbon=0.0,
        limestone_carbon_dioxide=0.0,
        fly_ash_ratio=0.2,
        bottom_ash_ratio=0.0,
        limestone_ratio=0.0,
    )
    y = fields(boiler_gas=n, flue_gas=n + FRESH, coal_flow=1.0)
    plain(boiler_gas.gas_emissions)(x, d, y)
    assert y.boiler_nox == pytest.approx(1e-3 * 100 * R * 273.15 / 101325, rel=1e-6)
