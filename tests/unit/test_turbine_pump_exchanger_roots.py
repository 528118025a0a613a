"""Shared unit operations against values worked out by hand or printed in textbooks."""

from __future__ import annotations

from math import exp, isnan, log

import numpy as np
import pytest

from plantsim._jit import kernel
from plantsim.kernels.heat_exchanger import (
    COUNTERFLOW,
    PARALLEL,
    check_condensing,
    check_exchanger,
    condensing_temperature,
    effectiveness_condensing,
    effectiveness_counterflow,
    log_mean_difference,
    ntu_condensing,
    ntu_counterflow,
    pinch_difference,
)
from plantsim.kernels.pump import pump_outlet, pump_outlet_enthalpy, pump_rise, static_head
from plantsim.kernels.roots import bracketed_root, secant_inside
from plantsim.kernels.steam import T_ph, h_ps, h_pT, liquid_enthalpy, liquid_volume, s_ph, vapour_enthalpy
from plantsim.kernels.turbine import (
    expand_group,
    expansion_efficiency,
    expansion_end,
    expansion_enthalpy,
    isentropic_efficiency,
    wet_expansion_enthalpy,
)
from plantsim.vocabulary.status import INFEASIBLE_PINCH, NOT_FINITE, OK, OUTSIDE_RANGE


def test_moran_shapiro_turbine_stages():
    """Example 8.5: h1 3348.4, h2 2832.8, h3 2249.3 kJ/kg (older steam tables: 1.5 kJ/kg)."""
    h1 = h_pT(8e6, 480.0 + 273.15)
    h2 = expand_group(8e6, h1, 0.7e6, 0.85)
    h3 = expand_group(0.7e6, h2, 8e3, 0.85)
    assert np.array([h1, h2, h3]) / 1e3 == pytest.approx([3348.4, 2832.8, 2249.3], abs=1.5)
    assert isentropic_efficiency(h1, h2, h_ps(0.7e6, s_ph(8e6, h1))) == pytest.approx(0.85, rel=1e-12)


def test_efficiency_without_a_drop_is_no_number():
    assert isnan(isentropic_efficiency(3e6, 2.9e6, 3e6))


@pytest.mark.parametrize("a", [0.0, 1.0])
@pytest.mark.parametrize("p_out", [0.5e6, 0.1e6, 5e3])
def test_expansion_and_its_efficiency_are_inverse(a, p_out):
    h_in = h_pT(1e6, 623.15)
    s_in = s_ph(1e6, h_in)
    h = expansion_enthalpy(h_in, s_in, p_out, 0.87, a)
    assert expansion_efficiency(h_in, s_in, p_out, h, a) == pytest.approx(0.87, rel=1e-12)


@pytest.mark.parametrize("a", [0.0, 1.0])
@pytest.mark.parametrize(("p_in", "p_out"), [(24e6, 6e6), (1e6, 0.5e6), (1e6, 0.1e6), (1e6, 5e3)])
def test_an_expansion_solved_again_ends_where_it_ended(a, p_in, p_out):
    h_in = h_pT(p_in, 643.15 if p_in < 2e6 else 840.0)
    s_in = s_ph(p_in, h_in)
    once = expansion_end(h_in, s_in, p_out, 0.87, a, 0.0)
    assert once[0] == pytest.approx(expansion_enthalpy(h_in, s_in, p_out, 0.87, a), rel=1e-13)
    again = expansion_end(h_in, s_in, p_out, 0.87, a, once[1] + 1e-3)
    assert again[0] == pytest.approx(once[0], rel=1e-12)
    assert again[1] == pytest.approx(once[1], rel=1e-9)
    assert (once[2] > 0.0) == (h_ps(p_out, s_in) < vapour_enthalpy(p_out))


def test_baumann_closed_form_meets_its_definition():
    """y = 0.1 of wetness at the end and a = 1: the efficiency is 0.9 (1 - 0.05)."""
    h_liquid, h_vapour, drop, h_in = 138e3, 2561e3, 1e6, 3.174e6
    h = wet_expansion_enthalpy(h_in, drop, 0.9, 1.0, h_liquid, h_vapour)
    y = (h_vapour - h) / (h_vapour - h_liquid)
    assert (h_in - h) / drop == pytest.approx(0.9 * (1.0 - y / 2.0), rel=1e-12)
    assert y > 0.05
    assert wet_expansion_enthalpy(h_in, 1e5, 0.9, 1.0, h_liquid, h_vapour) == h_in - 0.9e5


def test_feed_pump_rise_lies_between_its_volumes():
    """v dp with the volume before and after the pump are bounds of the isentropic rise."""
    p_in, p_out, h_in = 1e6, 30e6, liquid_enthalpy(0.9e6)
    h_out = pump_outlet_enthalpy(p_in, h_in, p_out, 1.0)
    upper = pump_rise(liquid_volume(0.9e6), p_in, p_out, 1.0)
    assert 0.97 * upper < h_out - h_in < upper
    assert pump_outlet_enthalpy(p_in, h_in, p_out, 0.8) - h_in == pytest.approx(
        (h_out - h_in) / 0.8, rel=1e-9
    )
    assert pump_rise(1e-3, 2e6, 1e6, 0.8) == 0.0


@pytest.mark.parametrize("guess", [0.0, 448.0, 452.0, 600.0])
def test_pump_outlet_whatever_the_temperature_before_was_taken_for(guess):
    p_in, p_out, h_in = 1e6, 30e6, liquid_enthalpy(0.9e6)
    h, T = pump_outlet(p_in, h_in, guess, p_out, 0.8)
    assert h == pytest.approx(pump_outlet_enthalpy(p_in, h_in, p_out, 0.8), rel=1e-12)
    assert pytest.approx(T_ph(p_out, h), rel=1e-12) == T


def test_static_head_of_cold_water():
    assert static_head(10.0, 1e-3) == pytest.approx(98066.5)


def test_effectiveness_against_printed_values():
    """Incropera table 11.3: counterflow NTU 2, ratio 0.5: 0.775; balanced NTU 1: 0.5; condenser NTU 1: 0.632."""
    assert effectiveness_counterflow(2.0, 0.5) == pytest.approx(
        (1 - exp(-1)) / (1 - 0.5 * exp(-1)), rel=1e-14
    )
    assert effectiveness_counterflow(2.0, 0.5) == pytest.approx(0.775, abs=5e-4)
    assert effectiveness_counterflow(1.0, 1.0) == 0.5
    assert effectiveness_counterflow(1.0, 1.0 - 1e-8) == pytest.approx(0.5, abs=1e-7)
    assert effectiveness_condensing(1.0) == pytest.approx(0.632, abs=5e-4)
    assert effectiveness_counterflow(0.0, 0.5) == 0.0


@pytest.mark.parametrize("ratio", [0.0, 0.4, 0.999999, 1.0])
@pytest.mark.parametrize("ntu", [0.1, 1.0, 5.0])
def test_ntu_is_the_inverse(ratio, ntu):
    assert ntu_counterflow(effectiveness_counterflow(ntu, ratio), ratio) == pytest.approx(ntu, rel=1e-6)
    assert ntu_condensing(effectiveness_condensing(ntu)) == pytest.approx(ntu, rel=1e-12)


def test_impossible_effectiveness_is_no_number():
    assert isnan(ntu_counterflow(1.0, 0.5))
    assert isnan(ntu_condensing(-0.1))
    assert isnan(log_mean_difference(10.0, 0.0))
    assert isnan(condensing_temperature(293.15, 10.0, 0.0))


def test_condenser_temperature_and_mean_difference_agree():
    """UA = Q / LMTD: with NTU 2 the mean difference is half the rise."""
    t = condensing_temperature(293.15, 10.0, 2.0)
    assert log_mean_difference(t - 293.15, t - 303.15) == pytest.approx(10.0 / 2.0, rel=1e-12)
    assert log_mean_difference(20.0, 10.0) == pytest.approx(10.0 / log(2.0), rel=1e-14)
    assert log_mean_difference(10.0, 10.0) == 10.0


def test_pinch_at_the_bend():
    """Steam 300 to 200 degC with 20 % of the heat, condenses at 200; water 150 to 195: pinch 200 - 186 = 14 K."""
    assert pinch_difference(573.15, 473.15, 473.15, 0.2, 1.0, 423.15, 468.15) == pytest.approx(14.0, abs=1e-9)
    assert pinch_difference(573.15, 440.15, 440.15, 0.2, 1.0, 423.15, 468.15) < 0.0


@kernel
def cubic(x, arguments):
    (c,) = arguments
    return x * x * x - c


@kernel
def boiling(h, arguments):
    (p,) = arguments
    return h - vapour_enthalpy(p) if h < 4e6 else float("nan")


def test_root_of_a_cubic():
    root, status, steps = bracketed_root(cubic)(0.0, 10.0, 1e-13, (2.0,))
    assert status == OK
    assert root == pytest.approx(2.0 ** (1.0 / 3.0), abs=1e-12)
    assert steps < 30


def test_root_finder_says_what_is_wrong():
    find = bracketed_root(cubic)
    assert find(2.0, 10.0, 1e-12, (1.0,))[1] == OUTSIDE_RANGE
    assert find(1.0, 10.0, 1e-12, (1.0,)) == (1.0, OK, 0)
    assert bracketed_root(boiling)(1e6, 5e6, 1e-6, (1e5,))[1] == NOT_FINITE


def test_secant_stays_inside():
    assert 0.0 < secant_inside(0.0, -1.0, 1.0, 1e-30) < 1.0
    assert secant_inside(0.0, -1.0, 1.0, 3.0) == 0.25


@pytest.mark.parametrize(
    ("ends", "flow", "gap", "seen"),
    [
        # counterflow: 100 -> 60 against 20 -> 70: ends 30 and 40 K apart
        ((100.0, 60.0, 20.0, 70.0), COUNTERFLOW, 0.0, (OK, 100.0, 70.0)),
        ((100.0, 60.0, 20.0, 70.0), COUNTERFLOW, 30.0, (OK, 100.0, 70.0)),
        ((100.0, 60.0, 20.0, 70.0), COUNTERFLOW, 31.0, (INFEASIBLE_PINCH, 100.0, 70.0)),
        # the same in parallel flow: outlets would cross, 60 below 70
        ((100.0, 60.0, 20.0, 70.0), PARALLEL, 0.0, (INFEASIBLE_PINCH, 60.0, 70.0)),
        ((100.0, 75.0, 20.0, 70.0), PARALLEL, 5.0, (OK, 75.0, 70.0)),
        # gas of 144 -> 100 degC against water that enters at 171.8 degC: the cold end crosses by 71.8 K
        ((144.0, 100.0, 171.8, 185.0), COUNTERFLOW, 0.0, (INFEASIBLE_PINCH, 100.0, 171.8)),
        # both cold ends cross: the worse one is told, wherever it is
        ((50.0, 45.0, 60.0, 52.0), COUNTERFLOW, 0.0, (INFEASIBLE_PINCH, 45.0, 60.0)),
    ],
)
def test_one_check_for_every_exchanger(ends, flow, gap, seen):
    assert check_exchanger(*ends, flow, gap) == seen


@pytest.mark.parametrize("hole", range(4))
@pytest.mark.parametrize("flow", [COUNTERFLOW, PARALLEL])
def test_an_exchanger_without_a_temperature_is_not_passed(hole, flow):
    ends = [100.0, 60.0, 20.0, 40.0]
    ends[hole] = float("nan")
    assert check_exchanger(*ends, flow, 0.0)[0] == INFEASIBLE_PINCH


@pytest.mark.parametrize(
    ("t_cold_out", "q_bend", "seen"),
    [
        # steam 200 -> condenses at 100 -> drain 100; a quarter of the heat before it condenses: water there
        # is 95 - 0.25 (95 - 15) = 75 degC
        (95.0, 0.25, (OK, 100.0, 75.0)),
        # warmed to 120, which the ends alone would allow: water at the bend 120 - 0.25 x 105 = 93.75
        (120.0, 0.25, (OK, 100.0, 93.75)),
        # with a tenth of the heat 120 - 0.1 x 105 = 109.5, warmer than the steam that condenses
        (120.0, 0.1, (INFEASIBLE_PINCH, 100.0, 109.5)),
        # wet steam has no bend of its own: 100 against 103
        (103.0, 0.0, (INFEASIBLE_PINCH, 100.0, 103.0)),
    ],
)
def test_the_check_sees_where_steam_begins_to_condense(t_cold_out, q_bend, seen):
    t_in = 200.0 if q_bend else 100.0
    assert check_condensing(t_in, 100.0, 100.0, q_bend, 1.0, 15.0, t_cold_out, 0.0) == seen
    least = pinch_difference(t_in, 100.0, 100.0, q_bend, 1.0, 15.0, t_cold_out)
    assert least == pytest.approx(seen[1] - seen[2], abs=1e-12)
