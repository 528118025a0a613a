"""Condenser, cooling tower and dry cooling at site pressure."""

from __future__ import annotations

import math

import pytest

from plantsim.kernels import condenser_cooling as cold
from plantsim.kernels import psychrometrics as moist
from plantsim.kernels import steam
from plantsim.vocabulary import status

SITE = 81489.0  # Pa, 1800 m


def test_condenser_by_hand_and_back():
    u = cold.hei_coefficient(2705.0, 2.0, 1.0, 0.92, 0.85)
    assert u == pytest.approx(2705 * math.sqrt(2) * 0.92 * 0.85)
    p, T_s, T_out, code = cold.condenser(400e6, 12000.0, 293.15, 15000.0, u)
    rise = 400e6 / (12000 * 4181)
    ntu = u * 15000 / (12000 * 4181)
    assert code == status.OK
    assert T_s == pytest.approx(293.15 + rise / (1 - math.exp(-ntu)))
    assert T_out == pytest.approx(293.15 + rise)
    assert p == steam.saturation_pressure(T_s)
    assert cold.condenser_area(400e6, 12000.0, 293.15, p, u) == (pytest.approx(15000), status.OK)
    assert cold.condenser_area(400e6, 12000.0, 293.15, 2500.0, u)[1] == status.INFEASIBLE_THERMAL
    assert cold.condenser(-1.0, 12000.0, 293.15, 15000.0, u)[3] == status.OUTSIDE_RANGE


def test_inlet_water_factor():
    assert cold.inlet_water_factor(294.26) == pytest.approx(1.0)
    assert 0.80 < cold.inlet_water_factor(283.15) < 0.85
    assert 1.05 < cold.inlet_water_factor(303.15) < 1.09
    assert cold.inlet_water_factor(330.0) == cold.inlet_water_factor(308.15)


def tower(T_air: float, humidity: float, p: float, heat: float, fans: float = 1.0, ntu: float = 0.0):
    """A tower of 12 000 kg/s of water; its fans move 10 500 m3/s."""
    w = moist.air_humidity(T_air, humidity, p)
    air = fans * 10500.0 * p * moist.M_AIR / (8.314463 * T_air)
    if not ntu:
        return cold.calibrate_tower(
            moist.wet_bulb(T_air, humidity, p)[0] + 5.0, heat, 12000.0, air, T_air, w, p
        )
    return cold.cooling_tower(heat, 12000.0, air, ntu, T_air, w, p, 274.0)


def test_tower_keeps_its_design_point_and_moves_with_it():
    ntu, code = tower(298.15, 0.7, SITE, 400e6)
    assert code == status.OK
    T_wb = moist.wet_bulb(298.15, 0.7, SITE)[0]
    T_out, evaporated, code = tower(298.15, 0.7, SITE, 400e6, ntu=ntu)
    assert code == status.OK
    assert T_out == pytest.approx(T_wb + 5.0, abs=1e-6)
    assert 0.7 < evaporated * 2.45e6 / 400e6 < 1.0  # most of the heat leaves as vapour
    half = tower(298.15, 0.7, SITE, 200e6, ntu=ntu)[0]
    assert T_wb < half < T_out
    winter = tower(278.15, 0.7, SITE, 400e6, ntu=ntu)[0]
    assert winter < T_out
    assert winter - moist.wet_bulb(278.15, 0.7, SITE)[0] > 5.0  # the approach widens in cold air
    assert tower(298.15, 0.7, SITE, 400e6, fans=0.7, ntu=ntu)[0] > T_out


def test_tower_at_sea_level_in_the_same_air():
    """Thinner air carries less, but takes up more vapour per kilogram: both effects are in."""
    ntu, _ = tower(298.15, 0.7, 101325.0, 400e6)
    sea, high = (tower(298.15, 0.7, p, 400e6, ntu=ntu)[0] for p in (101325.0, SITE))
    assert high != pytest.approx(sea, abs=0.05)
    assert abs(high - sea) < 3.0


def test_towers_that_cannot_be():
    assert (
        cold.cooling_tower(4e9, 12000.0, 10000.0, 1.0, 298.15, 0.01, SITE, 274.0)[2]
        == status.INFEASIBLE_THERMAL
    )
    assert cold.cooling_tower(4e8, 0.0, 10000.0, 1.0, 298.15, 0.01, SITE, 274.0)[2] == status.OUTSIDE_RANGE
    assert (
        cold.calibrate_tower(290.0, 4e8, 12000.0, 10000.0, 298.15, 0.018, SITE)[1]
        == status.INFEASIBLE_THERMAL
    )
    assert cold.tower_ntu(1.2, 1.0, 0.4) == 1.2


def test_dry_condenser_at_altitude():
    """The same fans and bundles at 1800 m: an initial temperature difference 10 to 25 % larger."""
    itd = {}
    for p in (101325.0, SITE):
        p_s, T_s, code = cold.dry_condenser(400e6, 30000.0, 293.15, p, 40e6, 36000.0, 0.5)
        assert code == status.OK
        assert p_s == steam.saturation_pressure(T_s)
        itd[p] = T_s - 293.15
    assert 1.10 < itd[SITE] / itd[101325.0] < 1.25
    assert cold.dry_condenser(400e6, 0.0, 293.15, SITE, 40e6, 36000.0, 0.5)[2] == status.OUTSIDE_RANGE


def test_saturated_air_and_its_inverse():
    for T in (275.0, 300.0, 340.0):
        h = moist.saturated_enthalpy(T, SITE, moist.CP_AIR, moist.M_AIR)
        assert cold.saturated_temperature(h, SITE) == (pytest.approx(T), status.OK)
    w = moist.air_humidity(300.0, 0.5, SITE)
    assert moist.vapour_pressure(w, SITE, moist.M_AIR) == pytest.approx(
        0.5 * steam.saturation_pressure(300.0)
    )
    assert moist.wet_bulb(300.0, 1.0, SITE)[0] == pytest.approx(300.0)
    assert moist.wet_bulb(300.0, 1.2, SITE)[1] == status.OUTSIDE_RANGE
    assert moist.wet_bulb(272.0, 0.5, SITE)[1] == status.OUTSIDE_RANGE
    assert moist.adiabatic_saturation(300.0, 0.05, SITE, 1006.0, moist.M_AIR, 0.0)[2] == status.OUTSIDE_RANGE
