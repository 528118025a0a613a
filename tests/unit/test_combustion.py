"""Combustion, humid air, dew points and equilibrium: hand-checked cases and every error."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pytest
from gas_fuels import composition, gas_fuel, simple_air

from plantsim.kernels import acid_dew_point, combustion, equilibrium, gas, humid_air
from plantsim.vocabulary.status import NOT_FINITE, OK, OUTSIDE_RANGE

AIR = simple_air(0.21)


@pytest.fixture
def n():
    return np.full(gas.SPECIES, 7.0)  # a mark: kernels that fail leave it


def test_methane_by_hand(n):
    e, _ = gas_fuel("methane")
    assert combustion.oxygen_demand(e) == 2.0
    assert combustion.air_amount(e, AIR, 1.5) == pytest.approx(3.0 / 0.21, rel=1e-14)
    assert combustion.burn(e, AIR, 1.5, n) == OK
    assert n[gas.CO2] == pytest.approx(1.0, rel=1e-15)
    assert n[gas.H2O] == pytest.approx(2.0, rel=1e-15)
    assert n[gas.O2] == pytest.approx(1.0, rel=1e-15)
    assert n[gas.N2] == pytest.approx(3.0 / 0.21 * 0.79, rel=1e-14)


def test_stoichiometric_air_of_carbon():
    # GB/T 10184 and every textbook: 0.0889 m3 of air (21 % O2) per percent of carbon
    e = np.zeros(gas.ELEMENTS)
    combustion.coal_elements(0.01, 0.0, 0.0, 0.0, 0.0, 0.0, e)
    assert combustion.air_amount(e, AIR, 1.0) * gas.NORMAL_MOLAR_VOLUME == pytest.approx(0.0889, rel=0.001)


@pytest.mark.parametrize("ratio", [0.99, -1.0, nan])
def test_burn_refuses_too_little_air(n, ratio):
    e, _ = gas_fuel("methane")
    assert combustion.burn(e, AIR, ratio, n) == OUTSIDE_RANGE
    assert np.all(n == 7.0)


def test_what_cannot_burn_is_refused(n):
    e = np.zeros(gas.ELEMENTS)
    gas.elements_of(composition({"CO2": 1.0}), e)
    assert combustion.burn(e, AIR, 1.2, n) == OUTSIDE_RANGE
    assert combustion.flame_temperature(e, 0.0, AIR, 300.0, 1.2, n)[1] == OUTSIDE_RANGE
    assert combustion.air_ratio_from_dry_oxygen(e, AIR, 0.03)[1] == OUTSIDE_RANGE
    e[gas.ELEMENT_H] = nan
    assert combustion.burn(e, AIR, 1.2, n) == NOT_FINITE
    e, _ = gas_fuel("methane")
    assert combustion.burn(e, composition({"N2": 1.0}), 1.2, n) == OUTSIDE_RANGE


@pytest.mark.parametrize("oxygen", [-0.01, 0.21, 0.3, nan])
def test_oxygen_that_no_air_ratio_gives(oxygen):
    e, _ = gas_fuel("methane")
    assert combustion.air_ratio_from_dry_oxygen(e, AIR, oxygen)[1] == OUTSIDE_RANGE
    assert combustion.air_ratio_from_wet_oxygen(e, AIR, oxygen)[1] == OUTSIDE_RANGE


def test_standard_air():
    x = np.zeros(gas.SPECIES)
    humid_air.dry_air(humid_air.DRY_AIR_O2, x)
    assert x.sum() == pytest.approx(1.0, abs=1e-15)
    assert gas.mean_molar_mass(x) == pytest.approx(0.028964420, rel=1e-4)  # ISO 2533:1975, kg/mol
    assert gas.R / gas.mean_molar_mass(x) == pytest.approx(287.05287, rel=1e-4)
    humid_air.dry_air(0.30, x)
    assert x[gas.O2] == 0.30
    assert x.sum() == pytest.approx(1.0, abs=1e-15)


def test_humid_air_holds_more_water_on_a_mountain():
    low, high = np.zeros(gas.SPECIES), np.zeros(gas.SPECIES)
    assert humid_air.humid_air(293.15, 101325.0, 0.8, 0.21, low) == OK
    assert humid_air.humid_air(293.15, 81500.0, 0.8, 0.21, high) == OK
    assert humid_air.humidity_ratio(low) == pytest.approx(0.0117, abs=0.0002)  # psychrometric chart
    assert high[gas.H2O] / low[gas.H2O] == pytest.approx(101325.0 / 81500.0, rel=1e-12)
    assert high[gas.O2] / (1.0 - high[gas.H2O]) == pytest.approx(0.21, rel=1e-14)


@pytest.mark.parametrize(
    "arguments",
    [
        (293.15, 1e5, 1.1, 0.21),
        (293.15, 1e5, nan, 0.21),
        (293.15, 0.0, 0.5, 0.21),
        (293.15, 1e5, 0.5, 0.0),
        (150.0, 1e5, 0.5, 0.21),
        (400.0, 1e5, 1.0, 0.21),
        (nan, 1e5, 0.5, 0.21),
    ],
)
def test_humid_air_refuses(n, arguments):
    assert humid_air.humid_air(*arguments, n) == OUTSIDE_RANGE
    assert np.all(n == 7.0)


def test_dew_points_fall_with_the_site_pressure():
    sea, high = (humid_air.water_dew_point(0.08 * p) for p in (101325.0, 81500.0))
    assert sea - 273.15 == pytest.approx(41.8, abs=0.2)  # steam tables: 8.106 kPa
    assert 3.5 < sea - high < 4.5
    acids = [acid_dew_point.acid_dew_point(0.08 * p, 1e-5 * p) for p in (101325.0, 81500.0)]
    assert 390.0 < acids[1] < acids[0] < 420.0


def test_dew_points_of_nothing():
    assert isnan(humid_air.water_dew_point(0.0))
    assert isnan(humid_air.water_dew_point(nan))
    assert isnan(acid_dew_point.acid_dew_point(8000.0, 0.0))
    assert isnan(acid_dew_point.acid_dew_point_of_coal(310.0, 0.01, 0.3, 0.9, 0.0))


def test_acid_dew_point_of_coal_rises_with_sulphur():
    rise = [
        acid_dew_point.acid_dew_point_of_coal(315.0, s, 0.33, 0.9, 20.04e6) - 315.0
        for s in (0.005, 0.015, 0.03)
    ]
    assert 0.0 < rise[0] < rise[1] < rise[2] < 130.0
    assert rise[1] / rise[0] == pytest.approx(3.0 ** (1.0 / 3.0), rel=1e-12)
    assert acid_dew_point.acid_dew_point_of_coal(315.0, 0.0, 0.33, 0.9, 20.04e6) == 315.0


def test_equilibrium_refuses_soot_and_nonsense(n):
    e = np.array([1.0, 4.0, 0.9, 0.0, 0.0, 0.0])
    assert equilibrium.equilibrium_tp(e, 1500.0, 1e5, n) == OUTSIDE_RANGE
    assert equilibrium.equilibrium_hp(e, 0.0, 1e5, n)[1] == OUTSIDE_RANGE
    assert (
        equilibrium.equilibrium_tp(np.array([0.0, 0.0, 2.0, 0.0, 0.0, 0.0]), 1500.0, 1e5, n) == OUTSIDE_RANGE
    )
    e[gas.ELEMENT_O] = 4.0
    for T, p in ((100.0, 1e5), (4000.0, 1e5), (nan, 1e5), (1500.0, 0.0), (1500.0, nan)):
        assert equilibrium.equilibrium_tp(e, T, p, n) == OUTSIDE_RANGE
    assert equilibrium.equilibrium_hp(e, nan, 1e5, n)[1] == NOT_FINITE
    e[gas.ELEMENT_N] = nan
    assert equilibrium.equilibrium_tp(e, 1500.0, 1e5, n) == NOT_FINITE
    assert np.all(n == 7.0)


@pytest.mark.parametrize("h", [-1e8, 1e8])
def test_equilibrium_beyond_the_range_of_temperature(n, h):
    e = np.array([1.0, 4.0, 4.4, 15.0, 0.0, 0.0])
    assert equilibrium.equilibrium_hp(e, h, 1e5, n)[1] == OUTSIDE_RANGE


@pytest.mark.parametrize(
    "e",
    [
        [0, 2, 1, 0, 0, 0],
        [0, 0, 1, 1, 0, 0],
        [1, 0, 2, 0, 0, 0],
        [0, 0, 1, 0, 0, 1],
        [0, 2, 1.2, 4, 0.01, 0.1],
    ],
)
def test_equilibrium_without_some_elements(n, e):
    e = np.array(e, dtype=float)
    for T in (300.0, 1200.0, 3000.0):
        assert equilibrium.equilibrium_tp(e, T, 1e5, n) == OK
        found = np.zeros(gas.ELEMENTS)
        gas.elements_of(n, found)
        np.testing.assert_allclose(found, e, atol=1e-12)
        assert np.all(n >= 0.0)
