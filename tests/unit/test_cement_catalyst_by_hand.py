"""A cement line's catalyst, by the closed form of plug flow that its guarantee and its point must both meet."""

from __future__ import annotations

import math

import pytest
from cement_gas_rows import MOLAR_VOLUME, cleaned
from plain_kernels import plain

from plantsim.processes.cement_kiln import cleaning

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
    alpha, reached, left = plain(cleaning.catalyst)(
        28e-6, 100e-6, Y_NO, T, P, T_DESIGN, 0.85, 3e-6, ENERGY, 1.2
    )
    assert reached == pytest.approx(0.72, rel=1e-12)
    assert alpha == pytest.approx(0.72 + left, rel=1e-12)
    # the slip itself, where alpha less 0.72 has lost its digits
    by_hand = -math.log(0.28) + math.log(left / (alpha * 0.28)) / (kc * (alpha - 1))
    assert by_hand == pytest.approx(there, rel=1e-9)


def test_a_catalyst_that_cannot_reach_it_is_given_one_to_one():
    kc = coverage(Y_NO)
    there = activity(0.85, 0.85 + 3e-6 / Y_NO, kc) * math.exp(-ENERGY / R * (1 / T - 1 / T_DESIGN)) * 0.4
    alpha, reached, left = plain(cleaning.catalyst)(
        1e-6, 100e-6, Y_NO, T, P, T_DESIGN, 0.85, 3e-6, ENERGY, 0.4
    )
    assert (alpha, left) == (1.0, pytest.approx(1.0 - reached, rel=1e-12))
    assert -math.log(1 - reached) + reached / ((1 - reached) * kc) == pytest.approx(there, rel=1e-9)
    for nothing in ((1e-4, 1e-4, Y_NO), (1e-6, 1e-4, 0.0)):
        assert plain(cleaning.catalyst)(*nothing, T, P, T_DESIGN, 0.85, 3e-6, ENERGY, 1.0) == (0.0, 0.0, 0.0)


SCR = {
    "scr": 1, "nox_after_scr": 45e-6, "scr_design_temperature": 620.0, "scr_conversion": 0.9,
    "scr_slip_guaranteed": 3e-6,
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
    alpha, reached, left = plain(cleaning.catalyst)(
        45e-6, 640e-6, y_no, 600.0, 82e3, 620.0, 0.9, 3e-6, 38e3, 2.1
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
