"""Filters and desulphurisation, by hand."""

from __future__ import annotations

import math

import pytest

from plantsim.kernels import emissions as e
from plantsim.kernels import fgd, filters
from plantsim.kernels import psychrometrics as moist
from plantsim.vocabulary import status

SITE = 81489.0  # Pa, 1800 m


def test_precipitator_by_hand_and_back():
    removal, code = filters.precipitator_removal(10000.0, 100.0, 0.06, 1.0)
    assert (removal, code) == (pytest.approx(1 - math.exp(-6)), status.OK)
    for exponent in (1.0, 0.5):
        w, _ = filters.migration_velocity(0.998, 24000.0, 300.0, exponent)
        assert filters.precipitator_removal(24000.0, 300.0, w, exponent)[0] == pytest.approx(0.998)
        assert filters.plates_for(0.998, 300.0, w, exponent)[0] == pytest.approx(24000.0)
        # the same plates in the larger volume of 1800 m let more dust through
        thin = filters.precipitator_removal(24000.0, 300.0 * 101325 / SITE, w, exponent)[0]
        assert 1.5 < (1 - thin) / 0.002 < 4.0
    assert filters.precipitator_removal(1.0, 0.0, 0.1, 1.0)[1] == status.OUTSIDE_RANGE
    assert filters.precipitator_power(24000.0, 15.0, 0.75, 1e5) == pytest.approx(580e3)


def test_bag_filter_by_hand():
    """u = 1/60 m/s, 10 g/m3, 600 s: mean load 0.05 kg/m2; (30e3 + 60e3 x 0.05)/60 + 300 = 850 Pa."""
    loss, code = filters.bag_pressure_loss(10.0, 600.0, 30e3, 60e3, 0.01, 600.0, 300.0, 0.8, 0.8)
    assert (loss, code) == (pytest.approx(850.0), status.OK)
    assert filters.bag_pressure_loss(10.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)[1] == status.OUTSIDE_RANGE
    assert filters.cleaning_air(600.0, 0.02, 600.0) == pytest.approx(0.02)


def test_removal_for_a_limit():
    assert filters.removal_for(0.02, 1e-5) == (pytest.approx(0.9995), status.OK)
    assert filters.dust_out(0.02, 0.9995) == pytest.approx(1e-5)
    assert filters.removal_for(5e-6, 1e-5) == (0.0, status.OK)
    assert filters.removal_for(1.0, 0.0)[1] == status.INFEASIBLE_FLOW


def test_limestone_per_tonne_of_sulphur_dioxide():
    """1 t SO2 at Ca/S 1.03, 90 % CaCO3: 1.788 t limestone, 2.688 t gypsum, 0.687 t CO2."""
    limestone, solids, gypsum, co2, oxygen, water = fgd.limestone_balance(1.0, 1.03, 0.90)
    assert (limestone, gypsum, co2) == (
        pytest.approx(1.7881, abs=2e-4),
        pytest.approx(2.6876, abs=2e-4),
        pytest.approx(0.6870, abs=2e-4),
    )
    assert 1.0 + limestone + oxygen + water == pytest.approx(solids + co2, abs=1e-6)
    assert gypsum < solids


def test_lime_and_bicarbonate_close():
    lime, solids, water = fgd.lime_balance(1.0, 1.4, 0.9)
    assert 1.0 + lime == pytest.approx(solids + water, abs=1e-6)
    exact = fgd.bicarbonate_balance(1.0, 1.0, 1.0)
    soda, solids, co2, water, oxygen = exact
    assert soda == pytest.approx(2 * e.M_SODIUM_BICARBONATE / e.M_SO2)
    assert solids == pytest.approx(fgd.sulphate_formed(1.0), abs=1e-5)  # all of it is sulphate
    assert co2 == pytest.approx(2 * e.M_CO2 / e.M_SO2)
    soda, solids, co2, water, oxygen = fgd.bicarbonate_balance(1.0, 1.2, 0.95)
    assert 1.0 + soda + oxygen == pytest.approx(solids + co2 + water)
    assert co2 > exact[2]


def test_spray_tower_ratio_and_back():
    """95 % needs 3 transfer units; 98.5 % with a power of 0.8 needs 1.53 times the slurry."""
    ntu = -math.log(0.05)
    ratio, code = fgd.liquid_ratio_for(0.985, ntu, 0.8)
    assert (ratio, code) == (pytest.approx((-math.log(0.015) / ntu) ** 1.25), status.OK)
    assert fgd.spray_removal(ntu, ratio, 0.8) == pytest.approx(0.985)
    assert fgd.liquid_ratio_for(1.0, ntu, 0.8)[1] == status.OUTSIDE_RANGE


def test_water_of_a_wet_absorber():
    """Flue gas at 130 degC saturates at 46 to 52 degC and takes 3 to 5 % of its mass; colder at 1800 m."""
    at = {p: fgd.absorber_water(1.0, 403.15, 0.05, p, 1030.0, 0.0305, 293.15, 0.0) for p in (101325.0, SITE)}
    for T_out, evaporated, drift, code in at.values():
        assert code == status.OK
        assert 319.0 < T_out < 325.0
        assert 0.03 < evaporated < 0.05
        assert drift == 0.0
    assert at[SITE][0] < at[101325.0][0]
    assert fgd.outlet_humidity(at[SITE][0], SITE, 0.0305)[0] == pytest.approx(0.05 + at[SITE][1])
    assert fgd.outlet_humidity(390.0, SITE, 0.0305)[1] == status.INFEASIBLE_FLOW


def test_spray_cooling_closes_its_heat_balance():
    gas, T, w, T_out, T_water = 10.0, 453.15, 0.05, 343.15, 293.15
    water, approach, code = fgd.spray_cooling(gas, T, w, T_out, SITE, 1030.0, 0.0305, T_water)
    assert code == status.OK
    assert approach > 10.0
    h = [moist.moist_enthalpy(t, v, SITE, 1030.0, 0.0305) for t, v in ((T, w), (T_out, w + water / gas))]
    assert h[1] - h[0] == pytest.approx(water / gas * fgd.h_pT(SITE, T_water), abs=0.5)
    assert fgd.spray_cooling(gas, T, w, 310.0, SITE, 1030.0, 0.0305, T_water)[2] == status.INFEASIBLE_THERMAL


def test_pumps_and_oxidation_air():
    assert fgd.slurry_pump_power(2.0, 1100.0, 20.0, 0.75) == pytest.approx(2 * 1100 * 9.80665 * 20 / 0.75)
    # 1 kg/s SO2, all by blown air at twice the need: 15.611 mol/s O2, 1.666 Nm3/s
    assert fgd.oxidation_air(1.0, 0.0, 2.0) == pytest.approx(1.6662, rel=1e-4)
    assert fgd.grinding_power(1.0, 36e3) == 36e3
