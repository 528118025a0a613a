"""Condensers, cooling towers and exchangers: effectiveness and balances worked out beside them."""

from __future__ import annotations

from math import exp, isnan, log, sqrt

import pytest

from plantsim.kernels import condenser_cooling as cold
from plantsim.kernels import heat_exchanger as exchanger
from plantsim.kernels import psychrometrics, steam
from plantsim.vocabulary.status import INFEASIBLE_PINCH, INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE

SITE = 80.3e3
CP_WATER, CP_AIR = 4181.0, 1006.0


def test_coefficient_of_a_condenser():
    """Berman's 1 - 0.42e-3 sqrt(0.85) (35 - t)^2 over its value at 21.11 degC, 70 degF."""
    k = 0.42e-3 * sqrt(0.85)
    at_hei = 1 - k * (35.0 - 21.11) ** 2
    assert cold.inlet_water_factor(273.15 + 14.7) == pytest.approx((1 - k * 20.3**2) / at_hei, rel=1e-9)
    assert cold.inlet_water_factor(273.15 + 38.0) == pytest.approx(1 / at_hei, rel=1e-9)
    assert cold.inlet_water_factor(273.15 - 20.0) == 0.1
    u = cold.hei_coefficient(2705.0, 1.83, 0.94, 0.89, 0.81)
    assert u == pytest.approx(2705 * sqrt(1.83) * 0.94 * 0.89 * 0.81, rel=1e-13)
    assert cold.hei_coefficient(2705.0, -1.0, 0.94, 0.89, 0.81) == 0.0


def test_condenser():
    rise = 371e6 / (11.3e3 * CP_WATER)
    T_s = 294.0 + rise / (1 - exp(-2410.0 * 14.7e3 / (11.3e3 * CP_WATER)))
    p, found, T_out, code = cold.condenser(371e6, 11.3e3, 294.0, 14.7e3, 2410.0)
    assert (found, T_out, code) == (pytest.approx(T_s, rel=1e-13), pytest.approx(294.0 + rise, rel=1e-13), OK)
    assert p == pytest.approx(steam.saturation_pressure(T_s), rel=1e-11)
    area, code = cold.condenser_area(371e6, 11.3e3, 294.0, p, 2410.0)
    assert (area, code) == (pytest.approx(14.7e3, rel=1e-8), OK)
    assert cold.condenser_area(371e6, 11.3e3, 294.0, steam.saturation_pressure(294.0 + rise - 0.01), 2410.0) == (
        pytest.approx(float("nan"), nan_ok=True), INFEASIBLE_THERMAL,
    )  # fmt: skip
    for change in ((0.0, 1.0, 294.0, 1.0, 1.0), (1.0, 0.0, 294.0, 1.0, 1.0), (1.0, 1.0, 273.1, 1.0, 1.0),
                   (1.0, 1.0, 294.0, 0.0, 1.0), (1.0, 1.0, 294.0, 1.0, 0.0)):  # fmt: skip
        assert cold.condenser(*change)[3] == OUTSIDE_RANGE
    assert cold.condenser(1e9, 500.0, 294.0, 14.7e3, 2410.0)[3] == OUTSIDE_RANGE  # above the critical point
    for heat, water, p, u in (
        (0.0, 1.0, 5e3, 1.0),
        (1.0, 0.0, 5e3, 1.0),
        (1.0, 1.0, 100.0, 1.0),
        (1.0, 1.0, 5e3, 0.0),
    ):
        assert cold.condenser_area(heat, water, 294.0, p, u)[1] == OUTSIDE_RANGE


T_AIR, HUMIDITY = 297.0, 0.63
W_AIR = psychrometrics.air_humidity(T_AIR, HUMIDITY, SITE)
H_AIR = psychrometrics.moist_enthalpy(T_AIR, W_AIR, SITE, CP_AIR, psychrometrics.M_AIR)


def saturated(T):
    return psychrometrics.saturated_enthalpy(T, SITE, CP_AIR, psychrometrics.M_AIR)


@pytest.mark.parametrize(("air", "large"), [(6.3e3, False), (13.1e3, True)])
def test_tower(air, large):
    """Water of 300.4 K: effectiveness and mean slope of saturation give the transfer units."""
    heat, water, T_out = 371e6, 11.3e3, 300.4
    T_in = T_out + heat / (water * CP_WATER)
    effectiveness = heat / (air * (saturated(T_in) - H_AIR))
    ratio = air * (saturated(T_in) - saturated(T_out)) / heat
    assert (ratio > 1) == large
    ntu = log((1 - ratio * effectiveness) / (1 - effectiveness)) / (1 - ratio)
    found, code = cold.calibrate_tower(T_out, heat, water, air, T_AIR, W_AIR, SITE)
    assert (found, code) == (pytest.approx(ntu, rel=1e-9), OK)
    T, evaporated, code = cold.cooling_tower(heat, water, air, ntu, T_AIR, W_AIR, SITE, 274.0)
    assert (T, code) == (pytest.approx(T_out, abs=1e-6), OK)
    T_leaving, code = cold.saturated_temperature(H_AIR + heat / air, SITE)
    assert code == OK
    assert saturated(T_leaving) == pytest.approx(H_AIR + heat / air, rel=1e-9)
    full = psychrometrics.saturated_ratio(T_leaving, SITE, psychrometrics.M_AIR)
    assert evaporated == pytest.approx(air * (full - W_AIR), rel=1e-7)
    # held above: as cold as it is let out, and what evaporates stays, for it follows the heat
    held = cold.cooling_tower(heat, water, air, ntu, T_AIR, W_AIR, SITE, 303.0)
    assert held == (303.0, pytest.approx(evaporated, rel=1e-7), OK)
    assert cold.tower_ntu(1.37, 0.83, 0.41) == pytest.approx(1.37 * 0.83**0.41, rel=1e-13)


def test_towers_that_are_refused():
    good = (371e6, 11.3e3, 13.1e3, 1.4, T_AIR, W_AIR, SITE)
    for i, bad in ((0, 0.0), (1, 0.0), (2, 0.0), (3, 0.0), (4, 223.1), (6, 0.0)):
        wrong = [*good[:i], bad, *good[i + 1 :]]
        assert cold.cooling_tower(*wrong, 274.0)[2] == OUTSIDE_RANGE
    # water of 91 degC boils at 367 K here; asked for above it
    assert cold.cooling_tower(*good, 366.0)[2] == INFEASIBLE_THERMAL
    # 3 kg/s of air cannot carry the heat
    assert cold.cooling_tower(371e6, 11.3e3, 3.0, 1.4, T_AIR, W_AIR, SITE, 274.0)[2] == INFEASIBLE_THERMAL
    good = (300.4, 371e6, 11.3e3, 13.1e3, T_AIR, W_AIR, SITE)
    for i, bad in ((0, 273.1), (1, 0.0), (2, 0.0), (3, 0.0), (6, 0.0)):
        wrong = [*good[:i], bad, *good[i + 1 :]]
        assert cold.calibrate_tower(*wrong)[1] == OUTSIDE_RANGE
    # more than the air can take at the inlet, or so much air that it would have to pass the outlet's enthalpy
    T_in = 300.4 + 371e6 / (11.3e3 * CP_WATER)
    least_air = 371e6 / (saturated(T_in) - H_AIR)
    for air, code in ((least_air * 1.01, OK), (least_air * 0.99, INFEASIBLE_THERMAL)):
        assert cold.calibrate_tower(300.4, 371e6, 11.3e3, air, T_AIR, W_AIR, SITE)[1] == code
    wet_bulb = psychrometrics.wet_bulb(T_AIR, HUMIDITY, SITE)[0]
    for above, code in ((0.2, OK), (-0.2, INFEASIBLE_THERMAL)):
        found = cold.calibrate_tower(wet_bulb + above, 371e6, 11.3e3, 33e3, T_AIR, W_AIR, SITE)
        assert found[1] == code
    # no heat at all for air that is hotter than the water comes in
    assert cold.calibrate_tower(280.0, 1e6, 11.3e3, 13.1e3, T_AIR, W_AIR, SITE)[1] == INFEASIBLE_THERMAL


def test_dry_condenser():
    """19 700 m3/s of air of 291 K: 0.0289655 kg/mol p/RT."""
    air = 19.7e3 * SITE * 0.0289655 / (8.31446261815324 * 291.0)
    ntu = 31e6 * (air / 27e3) ** 0.47 / (air * CP_AIR)
    T_s = 291.0 + 371e6 / (air * CP_AIR * (1 - exp(-ntu)))
    p, found, code = cold.dry_condenser(371e6, 19.7e3, 291.0, SITE, 31e6, 27e3, 0.47)
    assert (found, code) == (pytest.approx(T_s, rel=1e-12), OK)
    assert p == pytest.approx(steam.saturation_pressure(T_s), rel=1e-11)
    for i in range(6):
        wrong = [371e6, 19.7e3, 291.0, SITE, 31e6, 27e3, 0.47]
        wrong[i] = 0.0
        assert cold.dry_condenser(*wrong)[2] == OUTSIDE_RANGE
    assert cold.dry_condenser(371e6, 500.0, 291.0, SITE, 31e6, 27e3, 0.47)[2] == OUTSIDE_RANGE


# ---------------------------------------------------------------- exchangers


def test_effectiveness_and_its_inverse():
    by_hand = (1 - exp(-1.7 * 0.37)) / (1 - 0.63 * exp(-1.7 * 0.37))
    assert exchanger.effectiveness_counterflow(1.7, 0.63) == pytest.approx(by_hand, rel=1e-13)
    assert exchanger.ntu_counterflow(by_hand, 0.63) == pytest.approx(1.7, rel=1e-12)
    assert exchanger.effectiveness_counterflow(1.7, 1.0) == pytest.approx(1.7 / 2.7, rel=1e-13)
    assert exchanger.ntu_counterflow(1.7 / 2.7, 1.0) == pytest.approx(1.7, rel=1e-13)
    for ntu in (0.0, -0.1):
        assert exchanger.effectiveness_counterflow(ntu, 0.63) == 0.0
        assert exchanger.effectiveness_condensing(ntu) == 0.0
    assert exchanger.effectiveness_condensing(1.7) == pytest.approx(1 - exp(-1.7), rel=1e-13)
    assert exchanger.ntu_condensing(1 - exp(-1.7)) == pytest.approx(1.7, rel=1e-12)
    for inverse in (exchanger.ntu_condensing, lambda e: exchanger.ntu_counterflow(e, 0.63)):
        assert inverse(0.0) == pytest.approx(0.0, abs=1e-15)
        assert isnan(inverse(-0.01))
        assert isnan(inverse(1.0))


def test_mean_difference_and_condensing_temperature():
    assert exchanger.log_mean_difference(31.0, 17.0) == pytest.approx(14 / log(31 / 17), rel=1e-13)
    assert exchanger.log_mean_difference(17.0, 31.0) == pytest.approx(14 / log(31 / 17), rel=1e-13)
    assert exchanger.log_mean_difference(17.0, 17.0 + 1e-6) == pytest.approx(17.0 + 5e-7, rel=1e-14)
    for ends in ((0.0, 17.0), (17.0, 0.0), (-3.0, -4.0)):
        assert isnan(exchanger.log_mean_difference(*ends))
    found = exchanger.condensing_temperature(294.0, 7.9, 1.7)
    assert found == pytest.approx(294.0 + 7.9 / (1 - exp(-1.7)), rel=1e-13)
    assert isnan(exchanger.condensing_temperature(294.0, 7.9, 0.0))


def test_pinch_of_a_hot_side_with_a_bend():
    """A fifth of the heat before the bend: cold side there 471 - 0.2 * 53 = 460.4 K."""
    pinch = exchanger.pinch_difference
    assert pinch(530.0, 470.0, 440.0, 0.4e6, 2e6, 418.0, 471.0) == pytest.approx(9.6, rel=1e-12)
    assert pinch(475.0, 470.0, 440.0, 0.4e6, 2e6, 418.0, 471.0) == pytest.approx(4.0, rel=1e-12)
    assert pinch(530.0, 470.0, 425.0, 0.4e6, 2e6, 418.0, 471.0) == pytest.approx(7.0, rel=1e-12)
    assert pinch(530.0, 470.0, 440.0, 0.4e6, 0.0, 418.0, 468.0) == pytest.approx(2.0, rel=1e-12)


def test_check_of_the_bend():
    check = exchanger.check_condensing
    assert check(530.0, 470.0, 440.0, 0.4e6, 2e6, 418.0, 471.0, 9.5) == (OK, 470.0, pytest.approx(460.4))
    assert check(530.0, 470.0, 440.0, 0.4e6, 2e6, 418.0, 471.0, 9.7)[0] == INFEASIBLE_PINCH
    assert check(475.0, 470.0, 440.0, 0.4e6, 2e6, 418.0, 471.0, 4.1) == (INFEASIBLE_PINCH, 475.0, 471.0)
    assert check(530.0, 470.0, 425.0, 0.4e6, 2e6, 418.0, 471.0, 7.1) == (INFEASIBLE_PINCH, 425.0, 418.0)
    assert check(530.0, 470.0, 440.0, 0.4e6, 0.0, 418.0, 468.0, 1.0) == (OK, 470.0, 468.0)
    # a shortfall of rounding is none
    assert check(530.0, 470.0, 440.0, 0.0, 2e6, 418.0, 460.0, 10.0 + 0.5e-9)[0] == OK
    assert (
        exchanger.check_exchanger(530.0, 440.0, 418.0, 471.0, exchanger.COUNTERFLOW, 22.0 + 0.5e-9)[0] == OK
    )
    assert (
        exchanger.check_exchanger(493.0, 470.0, 418.0, 471.0, exchanger.COUNTERFLOW, 22.0 + 0.5e-9)[0] == OK
    )
