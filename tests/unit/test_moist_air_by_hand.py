"""Moist air, ice and dew points of acid: each law as printed, on either side of each bound."""

from __future__ import annotations

from math import exp, inf, isnan, log

import numpy as np
import pytest

from plantsim.kernels import acid_dew_point, gas, humid_air, psychrometrics, steam
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

M_WATER, M_DRY = 18.015e-3, 28.9655e-3
SITE = 80.3e3


# ---------------------------------------------------------------- ice, composition


def over_ice(T):
    """IAPWS R14-08, equation 6."""
    theta = T / 273.16
    a = (-0.212144006e2, 0.273203819e2, -0.610598130e1)
    b = (0.333333333e-2, 0.120666667e1, 0.170333333e1)
    return 611.657 * exp(sum(a_i * theta**b_i for a_i, b_i in zip(a, b, strict=True)) / theta)


def test_vapour_pressure_over_ice_and_water():
    """The release's own check value at 230 K is 8.947 35 Pa; steam tables at 40 degC 7 384 Pa."""
    assert humid_air.sublimation_pressure(230.0) == pytest.approx(8.94735, rel=1e-6)
    assert humid_air.sublimation_pressure(197.0) == pytest.approx(over_ice(197.0), rel=1e-12)
    assert humid_air.vapour_pressure(273.149) == pytest.approx(over_ice(273.149), rel=1e-12)
    assert humid_air.vapour_pressure(273.151) == steam.saturation_pressure(273.151)
    assert humid_air.vapour_pressure(313.15) == pytest.approx(7384.0, rel=2e-4)
    assert humid_air.vapour_pressure(180.0) == pytest.approx(over_ice(180.0), rel=1e-12)
    assert isnan(humid_air.vapour_pressure(179.9))
    assert humid_air.vapour_pressure(647.0) == steam.saturation_pressure(647.0)
    assert isnan(humid_air.vapour_pressure(647.2))


@pytest.mark.parametrize("T", [180.0, 197.0, 259.0, 273.1, 281.0, 402.0])
def test_dew_and_frost_points(T):
    assert humid_air.water_dew_point(humid_air.vapour_pressure(T)) == pytest.approx(T, abs=1e-6)


def test_dew_points_at_the_ends():
    """Between ice and water of 0 degC, 611.154 and 611.213 Pa, and below 180 K."""
    assert humid_air.water_dew_point(611.2) == 273.15
    assert isnan(humid_air.water_dew_point(0.999 * over_ice(180.0)))


def test_air_of_iso_2533():
    x = np.full(gas.SPECIES, 7.0)
    humid_air.dry_air(0.271, x)
    rest = 0.729 / (1 - 0.209476)
    by_hand = {
        gas.O2: 0.271, gas.AR: 0.00934 * rest, gas.CO2: 0.000314 * rest,
        gas.N2: (1 - 0.209476 - 0.00934 - 0.000314) * rest,
    }  # fmt: skip
    assert x == pytest.approx([by_hand.get(i, 0.0) for i in range(gas.SPECIES)], rel=1e-13)
    assert pytest.approx(28.9645e-3, rel=5e-5) == humid_air.DRY_AIR_MASS
    # ISO 2533: sum of its shares times masses
    summed = 0.209476 * 31.998 + 0.00934 * 39.948 + 0.000314 * 44.009 + 0.78087 * 28.014
    assert pytest.approx(summed / 1000, rel=1e-5) == humid_air.DRY_AIR_MASS


def test_humid_air():
    x = np.full(gas.SPECIES, 7.0)
    assert humid_air.humid_air(297.0, SITE, 0.63, 0.271, x) == OK
    water = 0.63 * steam.saturation_pressure(297.0) / SITE
    dry = np.zeros(gas.SPECIES)
    humid_air.dry_air(0.271, dry)
    by_hand = dry * (1 - water)
    by_hand[gas.H2O] = water
    assert x == pytest.approx(by_hand, rel=1e-12)
    masses = {gas.O2: 31.998, gas.AR: 39.948, gas.CO2: 44.009, gas.N2: 28.014}
    w = water * 18.015 / sum(x[i] * m for i, m in masses.items())
    assert humid_air.humidity_ratio(3.0 * x) == pytest.approx(w, rel=2e-5)
    for T, p, humidity, share, code in (
        (297.0, SITE, 0.0, 1.0, OK),
        (297.0, SITE, 1.0, 0.271, OK),
        (297.0, SITE, -0.01, 0.271, OUTSIDE_RANGE),
        (297.0, SITE, 1.01, 0.271, OUTSIDE_RANGE),
        (297.0, 0.0, 0.63, 0.271, OUTSIDE_RANGE),
        (297.0, SITE, 0.63, 0.0, OUTSIDE_RANGE),
        (297.0, SITE, 0.63, 1.01, OUTSIDE_RANGE),
        (297.0, 0.9 * 0.63 * steam.saturation_pressure(297.0), 0.63, 0.271, OUTSIDE_RANGE),
    ):
        assert humid_air.humid_air(T, p, humidity, share, x) == code


def test_most_humidity():
    p_s = steam.saturation_pressure(297.0)
    most = 18.015 / 28.9645 * p_s / (SITE - p_s)
    assert humid_air.saturation_humidity(297.0, SITE) == pytest.approx(most, rel=1e-4)
    assert humid_air.saturation_humidity(297.0, p_s) == inf
    most = humid_air.saturation_humidity(297.0, SITE)
    for w, holds in (
        (0.0, True), (most, True), (most * (1 + 0.9e-9), True), (most * (1 + 1.2e-9), False), (-1e-6, False),
        (float("nan"), False),
    ):  # fmt: skip
        assert humid_air.holds_humidity(w, 297.0, SITE) == holds


# ---------------------------------------------------------------- psychrometrics


def test_ratio_and_vapour_pressure():
    w = M_WATER / M_DRY * 2.3e3 / (SITE - 2.3e3)
    assert psychrometrics.humidity_ratio(2.3e3, SITE, M_DRY) == pytest.approx(w, rel=2e-5)
    w = psychrometrics.humidity_ratio(2.3e3, SITE, M_DRY)
    assert psychrometrics.vapour_pressure(w, SITE, M_DRY) == pytest.approx(2.3e3, rel=1e-12)
    p_s = steam.saturation_pressure(311.0)
    full = psychrometrics.humidity_ratio(p_s, SITE, M_DRY)
    assert psychrometrics.saturated_ratio(311.0, SITE, M_DRY) == pytest.approx(full, rel=1e-13)
    assert isnan(psychrometrics.saturated_ratio(311.0, p_s, M_DRY))
    ratio = psychrometrics.humidity_ratio(0.41 * p_s, SITE, psychrometrics.M_AIR)
    assert psychrometrics.air_humidity(311.0, 0.41, SITE) == pytest.approx(ratio, rel=1e-13)
    assert pytest.approx(28.96546e-3, rel=1e-5) == psychrometrics.M_AIR  # CIPM-2007
    frost = psychrometrics.humidity_ratio(0.41 * over_ice(259.0), SITE, psychrometrics.M_AIR)
    assert psychrometrics.air_humidity(259.0, 0.41, SITE) == pytest.approx(frost, rel=1e-12)


def test_saturation_over_ice_and_water():
    assert psychrometrics.saturation_over(273.15) == steam.saturation_pressure(273.15)
    assert psychrometrics.saturation_over(273.14) == pytest.approx(over_ice(273.14), rel=1e-12)
    assert psychrometrics.saturation_over(223.15) == pytest.approx(over_ice(223.15), rel=1e-12)
    assert isnan(psychrometrics.saturation_over(223.14))


def test_enthalpy_of_vapour():
    """Steam tables: saturated vapour of 40 degC 2 573.5 kJ/kg; as an ideal gas 1.86 kJ/(kg K) below 0.01 degC."""
    vapour = psychrometrics.vapour_enthalpy_in_gas
    assert vapour(50e3, 313.15) == pytest.approx(2573.5e3, rel=1e-4)
    assert vapour(50e3, 313.15) == pytest.approx(
        steam.vapour_enthalpy(steam.saturation_pressure(313.15)), rel=1e-7
    )
    assert vapour(3e3, 393.0) == steam.h_pT(3e3, 393.0)
    assert vapour(0.0, 393.0) == steam.h_pT(1e-3, 393.0)
    assert vapour(3e3, 700.0) == steam.h_pT(3e3, 700.0)
    assert vapour(40e6, 640.0) == pytest.approx(
        steam.h_pT(steam.saturation_pressure(640.0) * (1 - 1e-9), 640.0), rel=1e-9
    )
    cold = steam.h_pT(1e-3, 273.16) - 1859.0 * 17.0
    assert vapour(80.0, 256.16) == pytest.approx(cold, rel=1e-13)


def test_enthalpy_of_moist_gas():
    w = psychrometrics.humidity_ratio(2.3e3, SITE, 31e-3)
    by_hand = 1090.0 * (351.0 - 273.15) + w * steam.h_pT(2.3e3, 351.0)
    assert psychrometrics.moist_enthalpy(351.0, w, SITE, 1090.0, 31e-3) == pytest.approx(by_hand, rel=1e-9)
    p_s = steam.saturation_pressure(321.0)
    full = psychrometrics.humidity_ratio(p_s, SITE, 31e-3)
    by_hand = 1090.0 * (321.0 - 273.15) + full * steam.vapour_enthalpy(p_s)
    assert psychrometrics.saturated_enthalpy(321.0, SITE, 1090.0, 31e-3) == pytest.approx(by_hand, rel=1e-8)


@pytest.mark.parametrize("T_water", [0.0, 291.0])
def test_gas_sprayed_until_it_is_saturated(T_water):
    """What enters, gas and water, has the enthalpy of what leaves."""
    T, w = 411.0, 0.037
    T_s, added, code = psychrometrics.adiabatic_saturation(T, w, SITE, 1090.0, 31e-3, T_water)
    assert code == OK
    assert added == pytest.approx(psychrometrics.saturated_ratio(T_s, SITE, 31e-3) - w, rel=1e-12)
    came = psychrometrics.moist_enthalpy(T, w, SITE, 1090.0, 31e-3) + added * steam.h_pT(SITE, T_water or T_s)
    assert psychrometrics.saturated_enthalpy(T_s, SITE, 1090.0, 31e-3) == pytest.approx(came, rel=1e-7)
    assert 300.0 < T_s < 340.0


def test_gas_that_cannot_be_sprayed():
    full = psychrometrics.saturated_ratio(311.0, SITE, 31e-3)
    for T, w, p, code in (
        (411.0, -0.001, SITE, OUTSIDE_RANGE),
        (411.0, 0.037, 611.0, OUTSIDE_RANGE),
        (273.0, 0.001, SITE, OUTSIDE_RANGE),
        (1073.2, 0.037, SITE, OUTSIDE_RANGE),
        (1073.1, 0.037, SITE, OK),
        (311.0, full * 1.001, SITE, OUTSIDE_RANGE),
        (411.0, 0.0, SITE, OK),
    ):
        assert psychrometrics.adiabatic_saturation(T, w, p, 1090.0, 31e-3, 0.0)[2] == code
    assert psychrometrics.adiabatic_saturation(311.0, full, SITE, 1090.0, 31e-3, 0.0) == (311.0, 0.0, OK)
    T_s, added, code = psychrometrics.adiabatic_saturation(311.0, full * 0.97, SITE, 1090.0, 31e-3, 0.0)
    assert code == OK
    assert 310.0 < T_s < 311.0
    assert added > 0.0


def test_wet_bulb():
    """Psychrometric chart at 101.325 kPa: 30 degC and 50 % have 22.0 degC."""
    T_wb, code = psychrometrics.wet_bulb(303.15, 0.5, 101325.0)
    assert code == OK
    assert pytest.approx(295.17, abs=0.1) == T_wb
    w = psychrometrics.humidity_ratio(0.5 * steam.saturation_pressure(303.15), 101325.0, psychrometrics.M_AIR)
    by_hand = psychrometrics.adiabatic_saturation(303.15, w, 101325.0, 1006.0, psychrometrics.M_AIR, 0.0)
    assert by_hand[0] == T_wb
    assert psychrometrics.wet_bulb(303.15, 0.0, SITE)[1] == OK
    for humidity in (-0.01, 1.01):
        assert psychrometrics.wet_bulb(303.15, humidity, SITE)[1] == OUTSIDE_RANGE


# ---------------------------------------------------------------- sulphuric acid


def test_dew_point_of_acid():
    """Verhoff and Banchero in mmHg of 133.322 Pa: 61 mmHg of water, 0.0093 of acid."""
    water, acid = log(61.0), log(0.0093)
    by_hand = 1000 / (2.276 - 0.0294 * water - 0.0858 * acid + 0.0062 * water * acid)
    found = acid_dew_point.acid_dew_point(61.0 * 133.322387415, 0.0093 * 133.322387415)
    assert found == pytest.approx(by_hand, rel=1e-12)
    assert isnan(acid_dew_point.acid_dew_point(0.0, 1.2))
    assert isnan(acid_dew_point.acid_dew_point(8e3, 0.0))


def test_dew_point_of_acid_from_the_coal():
    """125 S^(1/3) / 1.05^(share A), contents in % per 1000 kcal/kg: at 18.3 MJ/kg times 4.1868/18.3."""
    per = 100 * 4186.8e3 / 18.3e6
    by_hand = 317.0 + 125 * (0.0123 * per) ** (1 / 3) / 1.05 ** (0.87 * 0.271 * per)
    found = acid_dew_point.acid_dew_point_of_coal(317.0, 0.0123, 0.271, 0.87, 18.3e6)
    assert found == pytest.approx(by_hand, rel=1e-12)
    assert acid_dew_point.acid_dew_point_of_coal(317.0, 0.0, 0.271, 0.87, 18.3e6) == 317.0
    assert isnan(acid_dew_point.acid_dew_point_of_coal(317.0, -0.001, 0.271, 0.87, 18.3e6))
    assert isnan(acid_dew_point.acid_dew_point_of_coal(317.0, 0.0123, 0.271, 0.87, 0.0))
