"""Desulphurisation: reagents and side products from the reactions, with molar masses written out."""

from __future__ import annotations

import math

import pytest
from plain_kernels import plain

from plantsim.kernels import fgd
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE

# g/mol from the atoms C 12.011, H 1.008, N 14.007, O 15.999, Na 22.990, S 32.06, Ca 40.078
SO2 = 32.06 + 2 * 15.999
CO2 = 12.011 + 2 * 15.999
H2O = 2 * 1.008 + 15.999
O2 = 2 * 15.999
CACO3 = 40.078 + 12.011 + 3 * 15.999
GYPSUM = 40.078 + 32.06 + 4 * 15.999 + 2 * H2O
CAOH2 = 40.078 + 2 * (15.999 + 1.008)
SULPHITE = 40.078 + 32.06 + 3 * 15.999 + 0.5 * H2O
NAHCO3 = 22.990 + 1.008 + 12.011 + 3 * 15.999
NA2CO3 = 2 * 22.990 + 12.011 + 3 * 15.999
NA2SO4 = 2 * 22.990 + 32.06 + 4 * 15.999
TAKEN = 0.64  # kg/s of SO2
NEAR = 3e-5  # molar masses of the kernels have five digits


def test_limestone():
    """CaCO3 + SO2 + 1/2 O2 + 2 H2O -> CaSO4.2H2O + CO2, with 4 % too much limestone of 91 %."""
    n = TAKEN / SO2
    limestone, solids, gypsum, co2, oxygen, water = fgd.limestone_balance(TAKEN, 1.04, 0.91)
    fed = n * 1.04 * CACO3 / 0.91
    assert limestone == pytest.approx(fed, rel=NEAR)
    assert gypsum == pytest.approx(n * GYPSUM, rel=NEAR)
    assert solids == pytest.approx(n * GYPSUM + fed - n * CACO3, rel=NEAR)
    assert co2 == pytest.approx(n * CO2, rel=NEAR)
    assert oxygen == pytest.approx(n * O2 / 2, rel=NEAR)
    assert water == pytest.approx(n * 2 * H2O, rel=NEAR)


def test_lime():
    """Ca(OH)2 + SO2 -> CaSO3.1/2H2O + 1/2 H2O, 1.4 times the lime, 88 % pure."""
    n = TAKEN / SO2
    lime, solids, water = fgd.lime_balance(TAKEN, 1.4, 0.88)
    fed = n * 1.4 * CAOH2 / 0.88
    assert lime == pytest.approx(fed, rel=NEAR)
    assert solids == pytest.approx(n * SULPHITE + fed - n * CAOH2, rel=NEAR)
    assert water == pytest.approx(n * H2O / 2, rel=NEAR)


def test_bicarbonate_and_what_its_surplus_gives_off():
    """2 NaHCO3 + SO2 + 1/2 O2 -> Na2SO4 + 2 CO2 + H2O; of the 25 % too much, 2 NaHCO3 -> Na2CO3 + CO2 + H2O."""
    n = TAKEN / SO2
    surplus = 2 * n * 0.25
    bicarbonate, solids, co2, water, oxygen = fgd.bicarbonate_balance(TAKEN, 1.25, 0.96)
    fed = (2 * n + surplus) * NAHCO3 / 0.96
    assert bicarbonate == pytest.approx(fed, rel=NEAR)
    assert co2 == pytest.approx((2 * n + surplus / 2) * CO2, rel=NEAR)
    assert water == pytest.approx((n + surplus / 2) * H2O, rel=NEAR)
    assert oxygen == pytest.approx(n / 2 * O2, rel=NEAR)
    assert solids == pytest.approx(n * NA2SO4 + surplus / 2 * NA2CO3 + 0.04 * fed, rel=NEAR)
    assert fgd.sulphate_formed(TAKEN) == pytest.approx(n * NA2SO4, rel=NEAR)


def test_spray_tower():
    """2.4 transfer units at design; 1.3 times the slurry to the power 0.7."""
    assert fgd.spray_removal(2.4, 1.3, 0.7) == pytest.approx(1.0 - math.exp(-2.4 * 1.3**0.7), rel=1e-12)
    assert fgd.spray_removal(2.4, -0.5, 0.7) == 0.0
    ratio, status = fgd.liquid_ratio_for(0.97, 2.4, 0.7)
    assert (ratio, status) == (pytest.approx((-math.log(0.03) / 2.4) ** (1 / 0.7), rel=1e-12), OK)
    for wrong in ((-0.1, 2.4, 0.7), (1.0, 2.4, 0.7), (0.9, 0.0, 0.7), (0.9, 2.4, 0.0)):
        assert fgd.liquid_ratio_for(*wrong)[1] == OUTSIDE_RANGE


def test_power_and_air():
    assert fgd.slurry_pump_power(7.5, 1130.0, 23.0, 0.78) == pytest.approx(
        7.5 * 1130 * 9.80665 * 23 / 0.78, rel=1e-12
    )
    # half a mole of oxygen per mole of SO2, 15 % of it from the flue gas, 2.6 times the rest, of air with 21 %
    air = 0.5 * TAKEN / (SO2 / 1000) * 0.85 * 2.6 / 0.21 * (8.314462618 * 273.15 / 101325)
    assert fgd.oxidation_air(TAKEN, 0.15, 2.6) == pytest.approx(air, rel=1e-6)
    assert fgd.grinding_power(1.7, 43e3) == 1.7 * 43e3


def test_an_absorber_s_water_is_per_dry_gas():
    at = (398.15, 0.052, 86e3, 1025.0, 0.0303, 295.0)
    T, per_gas, drift, status = plain(fgd.absorber_water)(1.0, *at, 3e-5)
    T_more, more, drift_more, _ = plain(fgd.absorber_water)(7.0, *at, 3e-5)
    assert (T_more, more, drift_more) == (T, pytest.approx(7.0 * per_gas), pytest.approx(7.0 * 3e-5))
    assert (drift, status) == (3e-5, OK)
    # heat of the dry gas and its vapour (1.9 kJ/kg K) against heat of evaporation at some 48 degC, 2387 kJ/kg
    assert per_gas == pytest.approx(
        (1025 + 0.052 * 1900) * (398.15 - T) / (2387e3 + 4180 * (T - 295)), rel=0.01
    )


def test_a_spray_dryer_s_approach():
    """12 K above saturation, by the saturation that the absorber finds for the same gas."""
    at = (421.0, 0.043, 88e3)
    saturated = plain(fgd.absorber_water)(1.0, *at, 1025.0, 0.0303, 290.0, 0.0)[0]
    water, approach, status = plain(fgd.spray_cooling)(
        11.0, *at[:2], saturated + 12.0, 88e3, 1025.0, 0.0303, 290.0
    )
    assert (approach, status) == (pytest.approx(12.0, abs=1e-6), OK)
    # gas with its vapour gives off what the water takes: 83.9 kJ/kg less at 290 K than at 273 K
    heat = (1025.0 + 0.043 * 1900) * (421.0 - saturated - 12.0)
    evaporated = 2501e3 + 1.86e3 * (saturated + 12.0 - 273.15) - 4190 * 16.85
    assert water == pytest.approx(11.0 * heat / evaporated, rel=0.005)
    hot = plain(fgd.spray_cooling)(11.0, *at[:2], saturated - 3.0, 88e3, 1025.0, 0.0303, 290.0)
    assert math.isnan(hot[0])
    assert (hot[1], hot[2]) == (pytest.approx(-3.0, abs=1e-6), INFEASIBLE_THERMAL)


def test_humidity_at_the_outlet():
    """Saturation pressure at 325 K is 13.53 kPa: w = 18.015 / 30.3 x 13.53 / (86 - 13.53)."""
    w, status = plain(fgd.outlet_humidity)(325.0, 86e3, 0.0303)
    assert (w, status) == (pytest.approx(18.015 / 30.3 * 13.53 / (86 - 13.53), rel=1e-3), OK)
    assert plain(fgd.outlet_humidity)(375.0, 86e3, 0.0303)[1] == INFEASIBLE_FLOW
