"""Water of towers, treatment and absorbers: worked by hand, from tables of moist air and balances of salt."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pytest

from plantsim.kernels.condenser_cooling import cooling_tower, saturated_temperature
from plantsim.kernels.psychrometrics import CP_AIR, M_AIR, air_humidity, moist_enthalpy
from plantsim.kernels.water import (
    chloride_waste_water,
    circulating_water,
    reused,
    tower_evaporation,
    tower_water,
    treated_water,
)
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE

SEA = 101325.0


def test_evaporation_by_the_table_of_moist_air():
    """ASHRAE, moist air at 101.325 kPa: 20 degC dry; 30 degC saturated: W 0.02733, h 100.0 kJ/kg; h 20.1 dry."""
    evaporated, sensible, status = tower_evaporation(1e6, 293.15, 0.0, 303.15, SEA)
    assert status == OK
    assert evaporated == pytest.approx(1000.0 * 0.02733 / (100.0 - 20.12), rel=0.004)
    assert sensible == pytest.approx(10.06 / (100.0 - 20.12), rel=0.004)


def test_colder_air_takes_more_sensible_heat():
    shares = []
    for t in (5.0, 15.0, 25.0):
        w = air_humidity(273.15 + t, 0.6, SEA)
        _, share, status = tower_evaporation(1e6, 273.15 + t, w, 273.15 + 20.0 + 0.5 * t, SEA)
        assert status == OK
        shares.append(share)
    assert shares[0] > shares[1] > shares[2] > 0.1
    # 5 degC, 60 %: w 0.00324, h 13.2; 22.5 degC saturated: w 0.01723, h 66.5; dry and vapour risen: 17.7 kJ/kg
    assert shares[0] == pytest.approx(17.7 / (66.45 - 13.16), rel=0.01)


def test_the_same_as_the_solved_tower_where_its_air_leaves_as_said():
    """The tower's own leaving air put in gives the tower's own evaporation."""
    heat, water, air, p = 300e6, 9000.0, 9500.0, 82000.0
    T_air, w = 293.15, air_humidity(293.15, 0.7, 82000.0)
    _, evaporated, status = cooling_tower(heat, water, air, 1.6, T_air, w, p, 278.15)
    leaving, _ = saturated_temperature(moist_enthalpy(T_air, w, p, CP_AIR, M_AIR) + heat / air, p)
    found, sensible, _ = tower_evaporation(heat, T_air, w, leaving, p)
    assert status == OK
    assert found == pytest.approx(evaporated, rel=1e-6)
    vapour = 2.501e6 + 1860.0 * (leaving - 273.15)
    assert found * vapour / heat == pytest.approx(1.0 - sensible, rel=0.005)


def test_air_that_is_no_air_and_air_that_takes_no_heat():
    assert tower_evaporation(1e6, 293.15, 0.05, 303.15, SEA)[2] == OUTSIDE_RANGE
    assert tower_evaporation(1e6, nan, 0.0, 303.15, SEA)[2] == OUTSIDE_RANGE
    assert tower_evaporation(1e6, 303.15, 0.015, 288.15, SEA)[2] == INFEASIBLE_THERMAL


def test_blowdown_keeps_the_salt():
    """Make-up with 200 g/t, 4 cycles: 800 g/t leave with drift and blowdown; 300 t/h evaporate: 100 t/h go out."""
    make_up, drift, blowdown, status = tower_water(300.0, 20_000.0, 0.0005, 4.0)
    assert status == OK
    assert (drift, blowdown, make_up) == pytest.approx((10.0, 90.0, 400.0), rel=1e-12)
    assert make_up * 200.0 == pytest.approx((drift + blowdown) * 800.0, rel=1e-12)
    assert tower_water(300.0, 20_000.0, 0.0005, 1.0)[3] == OUTSIDE_RANGE


def test_much_drift_leaves_no_blowdown():
    make_up, drift, blowdown, _ = tower_water(100.0, 60_000.0, 0.002, 5.0)
    assert (drift, blowdown, make_up) == (120.0, 0.0, 220.0)


def test_circulating_water_of_a_condenser():
    """20 MW of waste-heat power reject about 70 MW: at 8 K these are 7,500 t/h."""
    assert circulating_water(70e6, 8.0) * 3.6 == pytest.approx(70e6 / (4181 * 8) * 3.6, rel=1e-12)
    assert circulating_water(70e6, 8.0) * 3.6 == pytest.approx(7534, rel=1e-3)


def test_demineralised_water_with_its_waste():
    """30 t/h used and a fifth of the raw water lost by reverse osmosis: 37.5 t/h raw, 7.5 t/h waste."""
    assert treated_water(30.0, 0.2) == pytest.approx((37.5, 7.5), rel=1e-12)
    assert treated_water(30.0, 0.0) == (30.0, 0.0)


def test_waste_water_by_chloride():
    """250 t/h coal with 0.03 % Cl bring 75 kg/h; 15 g/kg in the slurry's water: 5 t/h."""
    assert chloride_waste_water(250_000 * 0.0003, 0.015) == pytest.approx(5000.0, rel=1e-12)
    assert isnan(chloride_waste_water(nan, 0.015))


def test_reuse_is_never_more_than_offer_or_need():
    assert reused(100.0, 40.0, 1.0) == 40.0
    assert reused(100.0, 40.0, 0.25) == 25.0
    assert reused(nan, 40.0, 0.0) == 0.0
    assert isnan(reused(nan, 40.0, 0.5))
    assert isnan(reused(100.0, nan, 0.5))


def test_unknown_evaporation_stays_unknown():
    make_up, _, blowdown, status = tower_water(nan, 1000.0, 0.0001, 4.0)
    assert status == OK
    assert isnan(make_up)
    assert isnan(blowdown)


def test_balances_close_over_random_towers():
    draw = np.random.default_rng(17)
    for _ in range(2000):
        e, c, d, n = (draw.uniform(*r) for r in ((0, 900), (0, 9e4), (0, 0.002), (1.5, 8)))
        make_up, drift, blowdown, _ = tower_water(e, c, d, n)
        assert abs(make_up - e - drift - blowdown) <= 1e-12 * make_up
        assert min(drift, blowdown) >= 0.0
