"""Catalysts: the integrated rate, adsorption, oxidation of SO2 and bisulphate, each from its printed equation."""

from __future__ import annotations

from math import exp, isnan, log

import pytest

from plantsim.kernels import scr
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE

R = 8.31446261815324


def closed(x, alpha, kc):
    """k_av of the integral of dx/dz = k_av (1 - x) K C / (1 + K C), printed for alpha apart from 1, and for 1."""
    if alpha == 1.0:
        return -log(1 - x) + x / ((1 - x) * kc)
    return -log(1 - x) + log((alpha - x) / (alpha * (1 - x))) / (kc * (alpha - 1))


POINTS = [
    (0.83, 0.87, 17.0),
    (0.31, 0.93, 2.3),
    (0.74, 1.0, 5.5),
    (0.66, 1.13, 3.1),
    (0.985, 1.4, 0.7),
    (0.42, 2.6, 9.0),
    (0.996, 1.3, 4.1),
]


@pytest.mark.parametrize(("x", "alpha", "kc"), POINTS)
def test_activity_conversion_and_ratio_of_one_closed_form(x, alpha, kc):
    k_av = closed(x, alpha, kc)
    assert scr.activity_for(x, alpha, kc) == (pytest.approx(k_av, rel=1e-12), OK)
    assert scr.conversion(k_av, alpha, kc) == (
        pytest.approx(x, rel=1e-12), pytest.approx(alpha - x, rel=1e-11), OK,
    )  # fmt: skip
    assert scr.ratio_for(x, k_av, kc) == (
        pytest.approx(alpha, rel=1e-9),
        pytest.approx(alpha - x, rel=1e-9),
        OK,
    )
    found = scr.calibrate_activity(x, alpha - x, kc)
    assert found == (pytest.approx(k_av, rel=1e-12), pytest.approx(alpha, rel=1e-14), OK)


@pytest.mark.parametrize(("x", "alpha", "kc"), POINTS)
def test_slope_and_bound_of_the_search(x, alpha, kc):
    """t is the logarithm of min(1, alpha) - x; the activity's slope in it by the difference of two neighbours."""
    most = min(1.0, alpha)
    t = log(most - x)
    k_av = closed(x, alpha, kc)
    found = scr._balance(t, alpha, kc)
    by_hand = (closed(most - exp(t + 1e-4), alpha, kc) - closed(most - exp(t - 1e-4), alpha, kc)) / 2e-4
    assert found == (
        pytest.approx(x, rel=1e-12),
        pytest.approx(k_av, rel=1e-11),
        pytest.approx(by_hand, rel=1e-6),
    )
    if alpha < 1:  # by the ammonia's term alone, or by that of the NO
        bounds = [log(alpha * (1 - alpha)) - k_av * kc * (1 - alpha)]
        bounds += [log(exp(-k_av) - (1 - alpha))] if exp(-k_av) > 1 - alpha else []
        bound = max(bounds)
    else:
        bound = -k_av
    assert scr._lower_bound(k_av, alpha, kc) == pytest.approx(max(bound, -700.0) - 1e-6, rel=1e-9)
    assert scr._lower_bound(k_av, alpha, kc) < t


def test_what_a_catalyst_cannot_do():
    for x, alpha, kc in ((-0.01, 0.9, 3.0), (0.5, 0.0, 3.0), (0.5, 0.9, 0.0)):
        k_av, code = scr.activity_for(x, alpha, kc)
        assert isnan(k_av)
        assert code == OUTSIDE_RANGE
    for x, alpha in ((0.7, 0.7), (0.8, 0.7), (1.0, 1.2), (1.1, 1.2)):
        assert scr.activity_for(x, alpha, 3.0)[1] == INFEASIBLE_FLOW
    assert scr.activity_for(0.0, 0.7, 3.0) == (0.0, OK)
    assert scr.calibrate_activity(0.7, -0.1, 3.0)[2] == INFEASIBLE_FLOW
    for k_av, alpha, kc in ((-0.1, 0.9, 3.0), (1.0, -0.1, 3.0), (1.0, 0.9, 0.0)):
        assert scr.conversion(k_av, alpha, kc)[2] == OUTSIDE_RANGE
    assert scr.conversion(0.0, 0.9, 3.0) == (0.0, 0.9, OK)
    assert scr.conversion(1.3, 0.0, 3.0) == (0.0, 0.0, OK)


def test_ratios_that_no_catalyst_needs_or_reaches():
    for x, k_av, kc in ((-0.01, 1.0, 3.0), (0.5, -0.1, 3.0), (0.5, 1.0, 0.0)):
        assert scr.ratio_for(x, k_av, kc)[2] == OUTSIDE_RANGE
    assert scr.ratio_for(0.0, 1.0, 3.0) == (0.0, 0.0, OK)
    assert scr.ratio_for(1.0, 1.0, 3.0)[2] == INFEASIBLE_FLOW
    # 1 - exp(-0.9) = 0.593430: with no end of ammonia the rate is that of NO alone
    assert scr.ratio_for(0.5935, 0.9, 3.0)[2] == INFEASIBLE_FLOW
    alpha, _, code = scr.ratio_for(0.5933, 0.9, 3.0)
    assert code == OK
    assert closed(0.5933, alpha, 3.0) == pytest.approx(0.9, rel=1e-9)
    # what slips of half is exp(-115 000): none
    assert scr.ratio_for(0.5, 3.0, 1e5) == (0.5, 0.0, OK)


def test_without_any_activity_left_to_tell_none_passes():
    """exp(-800) is no number above zero; the activity is cut at 700."""
    x, slip, code = scr.conversion(800.0, 1.2, 3.0)
    assert (x, code) == (1.0, OK)
    assert slip == pytest.approx(0.2, rel=1e-12)


def test_adsorption():
    """2.68e-17 m3/mol exp(243 kJ/mol / R T), times the concentration y p / R T; at 655 K and 83 kPa."""
    k = 2.68e-17 * exp(243e3 / (R * 655.0))
    assert scr.adsorption_constant(655.0) == pytest.approx(k, rel=1e-12)
    assert scr.coverage_number(210e-6, 655.0, 83e3) == pytest.approx(
        k * 210e-6 * 83e3 / (R * 655.0), rel=1e-12
    )


def test_activity_of_another_temperature_flow_and_age():
    change = exp(-37e3 / R * (1 / 611.0 - 1 / 648.0))
    assert scr.arrhenius(611.0, 648.0, 37e3) == pytest.approx(change, rel=1e-12)
    found = scr.activity_at(2.9, 611.0, 648.0, 37e3, 1.17, 0.79)
    assert found == pytest.approx(2.9 * change * 0.79 / 1.17, rel=1e-12)
    assert scr.activity_left(17e3, 62e3) == pytest.approx(exp(-17 / 62), rel=1e-12)


def test_oxidation_of_sulphur_dioxide():
    """First order: what is left is (1 - 0.9 %) to the power of what the rate constant and the time grow by."""
    power = exp(-96e3 / R * (1 / 663.0 - 1 / 641.0)) * 1.4 * 0.83 / 0.71
    found = scr.so2_oxidation(0.009, 663.0, 641.0, 96e3, 0.71, 1.4, 0.83)
    assert found == pytest.approx(1 - (1 - 0.009) ** power, rel=1e-10)
    assert scr.so2_oxidation(0.0, 663.0, 641.0, 96e3, 0.71, 1.4, 0.83) == 0.0
    for share, flow in ((-0.01, 0.7), (1.0, 0.7), (0.01, 0.0)):
        assert isnan(scr.so2_oxidation(share, 663.0, 641.0, 96e3, flow, 1.4, 0.83))


@pytest.mark.parametrize(
    ("form", "a", "energy"), [(scr.ABS_EARLY, 1.14e12, 53000.0), (scr.ABS_LATE, 2.97e13, 54950.0)]
)
def test_bisulphate(form, a, energy):
    """p p = A exp(-E/RT) in atm2, with R of 1.987 cal/(mol K); 4 ppm of NH3, 11 ppm of SO3 at 0.8 atm."""
    product = 4e-6 * 0.8 * 11e-6 * 0.8
    T = energy / (1.987 * log(a / product))
    assert scr.bisulphate_temperature(4e-6, 11e-6, 0.8 * 101325.0, form) == pytest.approx(T, rel=1e-12)
    assert scr.minimum_temperature(4e-6, 11e-6, 0.8 * 101325.0, form, 22.0) == pytest.approx(
        T + 22, rel=1e-12
    )
    assert scr.bisulphate_temperature(4e-6, 0.0, 81e3, form) == 0.0
    assert scr.bisulphate_temperature(0.0, 11e-6, 81e3, form) == 0.0
    assert isnan(scr.bisulphate_temperature(4e-6, 11e-6, 81e3, max(scr.ABS_EARLY, scr.ABS_LATE) + 1))


def test_reactor():
    """210 ppm of NO at 1.13 NH3 : NO; its lowest temperature counts the ammonia before the catalyst."""
    k_av = closed(0.66, 1.13, 3.1)
    T_least = 53000.0 / (1.987 * log(1.14e12 / (1.13 * 210e-6 * 0.8 * 11e-6 * 0.8))) + 22.0
    for above, expected in ((7.0, OK), (-7.0, INFEASIBLE_THERMAL)):
        x, slip, margin, code = scr.reactor(
            210e-6, 1.13, k_av, 3.1, T_least + above, 0.8 * 101325.0, 11e-6, scr.ABS_EARLY, 22.0
        )
        assert code == expected
        assert x == pytest.approx(0.66, rel=1e-10)
        assert slip == pytest.approx(0.47 * 210e-6, rel=1e-9)
        assert margin == pytest.approx(above, rel=1e-9)
    # without ammonia nothing condenses; what is wrong besides is told as it is
    assert scr.reactor(210e-6, 0.0, k_av, 3.1, 300.0, 81e3, 11e-6, scr.ABS_EARLY, 400.0)[3] == OK
    assert scr.reactor(210e-6, -1.0, k_av, 3.1, 300.0, 81e3, 11e-6, scr.ABS_EARLY, 22.0)[3] == OUTSIDE_RANGE
