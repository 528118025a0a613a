"""A cement line's catalyst, by the closed form of plug flow that its guarantee and its point must both meet."""

from __future__ import annotations

import math

import pytest
from cement_gas_rows import MOLAR_VOLUME, cleaned
from plain_kernels import plain

from plantsim.processes.cement_kiln import denitration

R = 8.314462618
Y_NO, T, P, T_DESIGN, ENERGY = 310e-6, 600.0, 82e3, 620.0, 38e3


def coverage(y_no: float) -> float:
    return 2.68e-17 * math.exp(243e3 / (R * T)) * y_no * P / (R * T)


def activity(x: float, alpha: float, kc: float) -> float:
    """-ln(1 - x) + ln[(alpha - x) / (alpha (1 - x))] / [kc (alpha - 1)]."""
    return -math.log(1 - x) + math.log((alpha - x) / (alpha * (1 - x))) / (kc * (alpha - 1))


def test_a_catalyst_colder_and_younger_than_its_guarantee():
    """85 % with 3 ppm of slip at 620 K, asked for 72 % at 600 K with 1.2 times the activity."""
    slip = 3e-6 / Y_NO
    kc = coverage(Y_NO)
    there = activity(0.85, 0.85 + slip, kc) * math.exp(-ENERGY / R * (1 / T - 1 / T_DESIGN)) * 1.2
    alpha, reached, left = plain(denitration.catalyst)(
        28e-6, 100e-6, 0.0, 0.1, Y_NO, T, P, T_DESIGN, 0.85, 3e-6, ENERGY, 1.2
    )
    assert reached == pytest.approx(0.72, rel=1e-12)
    assert alpha == pytest.approx(0.72 + left, rel=1e-12)
    # the slip itself, where alpha less 0.72 has lost its digits
    by_hand = -math.log(0.28) + math.log(left / (alpha * 0.28)) / (kc * (alpha - 1))
    assert by_hand == pytest.approx(there, rel=1e-9)


SPENT = (Y_NO, T, P, T_DESIGN, 0.85, 3e-6, ENERGY, 0.4)


def spent_activity() -> float:
    return (
        activity(0.85, 0.85 + 3e-6 / Y_NO, coverage(Y_NO))
        * math.exp(-ENERGY / R * (1 / T - 1 / T_DESIGN))
        * 0.4
    )


def test_a_catalyst_that_cannot_reach_it_slips_as_much_as_is_allowed():
    """5 % of the inlet NOx may slip: alpha = x + 0.05 in the closed form gives the activity back."""
    alpha, reached, left = plain(denitration.catalyst)(1e-6, 100e-6, 0.0, 0.05, *SPENT)
    assert (alpha, left) == (pytest.approx(reached + 0.05, rel=1e-12), 0.05)
    assert activity(reached, alpha, coverage(Y_NO)) == pytest.approx(spent_activity(), rel=1e-9)
    assert reached < 0.99


def test_nor_is_it_given_more_than_one_to_one_where_much_may_slip():
    kc = coverage(Y_NO)
    alpha, reached, left = plain(denitration.catalyst)(1e-6, 100e-6, 0.0, 1.0, *SPENT)
    assert (alpha, left) == (1.0, pytest.approx(1.0 - reached, rel=1e-12))
    assert -math.log(1 - reached) + reached / ((1 - reached) * kc) == pytest.approx(
        spent_activity(), rel=1e-9
    )
    nothing = (1e-6, 1e-4, 0.02, 0.05, 0.0, T, P, T_DESIGN, 0.85, 3e-6, ENERGY, 1.0)
    assert plain(denitration.catalyst)(*nothing) == (0.02, 0.0, 0.02)


def test_what_comes_with_the_gas_reacts_whether_it_is_asked_for_or_not():
    """No NOx is asked for; 20 % of ammonia is in the gas: the closed form at alpha = 0.2."""
    alpha, reached, left = plain(denitration.catalyst)(1e-4, 1e-4, 0.2, 0.05, *SPENT)
    assert (alpha, left) == (0.2, pytest.approx(0.2 - reached, rel=1e-9))
    by_hand = -math.log(1 - reached) + math.log(left / (0.2 * (1 - reached))) / (coverage(Y_NO) * (0.2 - 1))
    assert by_hand == pytest.approx(spent_activity(), rel=1e-9)


SCR = {
    "scr": 1, "nox_after_scr": 45e-6, "scr_design_temperature": 620.0, "scr_conversion": 0.9,
    "scr_slip_guaranteed": 3e-6,
    "scr_least_temperature": 550.0, "scr_most_temperature": 680.0, "scr_gas_time": 1.5, "catalyst_life": 8e7,
    "spent_catalyst_density": 500.0,
    "scr_activity_energy": 38e3, "scr_activity_left": 2.1, "tower_pressure_drop": 5100.0, "scr_pressure_drop": 900.0,
    "scr_cooling": 12.0, "fan_efficiency": 0.78, "scr_blowing_work": 1.3e3,
}  # fmt: skip
SNCR = {
    "sncr": 1, "nox_after_sncr": 320e-6, "calciner_temperature": 1235.0, "sncr_best_temperature": 1220.0,
    "sncr_width_cold": 130.0, "sncr_width_hot": 90.0, "sncr_most_reduction": 0.85, "sncr_tested_reduction": 0.60,
    "sncr_tested_ratio": 1.4, "sncr_ratio_most": 1.8, "sncr_slip_share": 0.12, "sncr_slip_fall": 60.0,
    "ammonia_strength": 0.2,
}  # fmt: skip
FACTOR = 11 / (21 - 4.5 / 0.93)  # of a concentration in dry gas of 4.84 % oxygen, at 10 %


def test_catalyst_behind_the_tower():
    y, _ = cleaned(**SCR)
    volume = y.nox_flow / 45e-6
    assert y.nox_concentration == pytest.approx(45e-6, rel=1e-9)
    y_no = 640e-6 / FACTOR * MOLAR_VOLUME / 0.046005 * 0.93
    alpha, reached, left = plain(denitration.catalyst)(
        45e-6, 640e-6, 0.0, 0.03, y_no, 600.0, 82e3, 620.0, 0.9, 3e-6, 38e3, 2.1
    )
    assert (y.scr_ratio, reached) == (pytest.approx(alpha, rel=1e-6), pytest.approx(1 - 45 / 640, rel=1e-9))
    assert y.ammonia_flow == pytest.approx(640e-6 * volume / 46.005 * alpha * 17.031, rel=1e-6)
    assert y.ammonia_slip == pytest.approx(left * 640e-6 * 17.031 / 46.005, rel=1e-4)
    molar = (0.07 * 18.015 + 0.29 * 44.009 + 0.045 * 31.998 + 0.595 * 28.014) / 1000
    wet = 120.0 / molar * MOLAR_VOLUME
    p, k = 82e3 - 6000, 0.38 / 1.38
    volume_in = wet * 588 / 273.15 * 101325 / p
    fan = volume_in * p / k * (((p + 900) / p) ** k - 1) / 0.78 / 0.94
    assert y.scr_power == pytest.approx(fan + 1.3e3 * 54, rel=1e-4)
    assert y.preheater_gas_temperature == 588.0
    assert y.catalyst_volume == pytest.approx(1.5 * wet, rel=1e-4)
    assert y.catalyst_flow == pytest.approx(1.5 * wet / 8e7, rel=1e-4)
    assert y.cleaning_power == pytest.approx(y.scr_power + y.filter_power, rel=1e-12)


def test_what_slips_from_the_calciner_is_used_in_the_catalyst():
    before, _ = cleaned(**SNCR)
    both, _ = cleaned(**SNCR, **SCR)
    volume = before.nox_flow / 320e-6
    moles = 320e-6 * volume / 0.046005  # mol/s of NOx before the catalyst
    needed = both.scr_ratio * moles * 0.017031
    assert both.ammonia_flow == pytest.approx(
        before.ammonia_flow + needed - before.ammonia_slip * volume, rel=1e-6
    )
    rich, _ = cleaned(
        **{**SNCR, "sncr_slip_share": 1.0, "sncr_slip_fall": 6000.0, "sncr_ratio_most": 9.0}, **SCR
    )
    assert rich.ammonia_flow >= before.ammonia_flow  # more than is needed slips: nothing is added


@pytest.mark.parametrize("window", [(601.0, 680.0), (500.0, 599.0)])
def test_outside_its_window_a_catalyst_is_given_no_ammonia_and_says_so(window):
    """The gas is at 600 K."""
    y, status = cleaned(**{**SCR, "scr_least_temperature": window[0], "scr_most_temperature": window[1]})
    assert status == 0
    assert (y.nox_concentration, y.ammonia_flow, y.ammonia_slip, y.scr_ratio) == (640e-6, 0.0, 0.0, 0.0)
    assert not y.scr_least_allowed <= y.scr_gas_temperature <= y.scr_most_allowed
    assert y.nox_wanted < y.nox_concentration
    assert y.scr_power > 0.0


def test_reagents_by_their_form():
    """Per 20 % of ammonia water; urea: half a mole of CO(NH2)2 (60.056) per NH3, its carbon as CO2 (44.009)."""
    water, _ = cleaned(**SNCR)
    assert water.ammonia_water_flow == pytest.approx(water.ammonia_flow / 0.20, rel=1e-12)
    strong, _ = cleaned(**{**SNCR, "ammonia_strength": 0.25})
    assert strong.ammonia_water_flow == water.ammonia_water_flow  # the price follows the ammonia in it
    assert strong.sncr_heat == pytest.approx(0.75 * water.sncr_heat, rel=1e-9)  # 3 kg of water, not 4
    gas, _ = cleaned(**SNCR, reagent=1)
    assert (gas.anhydrous_ammonia_flow, gas.ammonia_water_flow, gas.sncr_heat) == (gas.ammonia_flow, 0.0, 0.0)
    urea, _ = cleaned(**SNCR, reagent=2, urea_strength=0.1, urea_conversion=0.95)
    dosed = urea.ammonia_flow / 17.031 / 2 * 60.056 / 0.95
    assert urea.urea_flow == pytest.approx(dosed, rel=1e-9)
    assert urea.cleaning_co2_flow == pytest.approx(dosed / 60.056 * 44.009, rel=1e-9)
    assert (urea.ammonia_water_flow, urea.anhydrous_ammonia_flow) == (0.0, 0.0)
    # 9 kg of water per kg of urea, as with ammonia water 4 per kg; 89.6 kJ/mol of urea
    of_water = 9 * dosed * water.sncr_heat / (4 * water.ammonia_flow)
    assert urea.sncr_heat == pytest.approx(of_water + dosed / 0.060056 * 89.6e3, rel=1e-9)
