"""The linear model of a pass, against differences of the balances that it stands for: a cycle of four heaters."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.processes.coal_unit import look_ahead
from plantsim.processes.coal_unit.codes import (
    DRAIN_FORWARD,
    DRAIN_HOTWELL,
    DRAIN_NEXT,
    HP,
    IP,
    LP,
    OPEN,
    PUMP_BY_TURBINE,
    REHEAT_SINGLE,
)

NAN = math.nan
CLOSED, MOTOR = 0, 0
ETA = 0.98
# heaters from the highest pressure: the first at the cold reheat, an open one third, the lowest's drain pumped forward
H = np.array([3050e3, 3310e3, 3020e3, 2710e3])  # J/kg, steam
P = np.array([4.1e6, 1.9e6, 0.9e6, 0.2e6])  # Pa
PV = np.array([260e3, 330e3, 240e3, 180e3])  # J/kg
SATURATION = np.array([525.0, 483.0, 448.5, 393.4])  # K
T_OUT = np.array([522.0, 480.0, 448.5, 390.0])
T_IN = np.array([480.0, 448.5, 390.0, 310.0])
CAPACITY = np.array([4.6e3, 4.4e3, 4.3e3, 4.2e3])  # J/(kg K), of the water in each heater
H_IN = 4.2e3 * (T_IN - 273.15)
H_OUT = H_IN + CAPACITY * (T_OUT - T_IN)
H_DRAIN = np.array([4.4e3 * 212.0, 4.3e3 * 181.0, NAN, 4.2e3 * 120.2])
TOP, REHEATED, END = 3400e3, 3530e3, 2370e3  # J/kg: before HP, before IP, LP exhaust
COLD, P_COLD = 3050e3, 4.1e6
P_IN = np.array([16.7e6, 3.7e6, 0.9e6])
P_CONDENSING = 5.1e3
STEP_P = np.array([3.0, 2.0, 1.5, 1.1])  # relative changes, times what they are scaled by
STEP_IN = np.array([2.5, 2.8, 1.4])
STEP_CONDENSING = 0.9
SCALE = 1e-6


def saturation_step(T, step):
    """Clausius and Clapeyron with dT/d ln p = T^2/(5913 - 2.3 T)."""
    return T**2 / (5913.0 - 2.3 * T) * step


def inlet_step(c):
    return -9.5e-3 * P_IN[c] * STEP_IN[c]


def along(c, step_p, p, pv):
    """Steam behind the inlet of cylinder c: 0.88 v dp, and what is left of the change at the inlet."""
    return 0.88 * pv * (step_p - STEP_IN[c]) + (1 - 0.35 * (1 - p / P_IN[c])) * inlet_step(c)


STEP_H = np.array([along(HP if i < 1 else IP, STEP_P[i], P[i], PV[i]) for i in range(4)])
STEP_T = np.array(
    [*(saturation_step(t, s) for t, s in zip(SATURATION, STEP_P, strict=True)), saturation_step(306.0, 0.9)]
)
# the first heater's drain is cooled by the water that enters, the second's and the fourth's is at saturation
STEP_DRAIN = np.array([CAPACITY[0] * STEP_T[1], CAPACITY[1] * STEP_T[1], 0.0, CAPACITY[3] * STEP_T[3]])


def shares(e):
    """Extraction of each heater by its own balance, the state moved by ``e``; the water that enters each."""
    h = H + e * STEP_H
    rise = H_OUT - H_IN + e * CAPACITY * (STEP_T[:4] - STEP_T[1:])
    h_out = H_OUT + e * CAPACITY * STEP_T[:4]
    drain = H_DRAIN + e * STEP_DRAIN
    a1 = rise[0] / (ETA * (h[0] - drain[0]))
    a2 = (rise[1] - ETA * a1 * (drain[0] - drain[1])) / (ETA * (h[1] - drain[1]))
    entering = a1 + a2
    # whole outlet 1: (1 - entering - a) rise = eta (a (h - h_out) + entering (drain - h_out))
    a3 = ((1 - entering) * rise[2] - ETA * entering * (drain[1] - h_out[2])) / (
        ETA * (h[2] - h_out[2]) + rise[2]
    )
    water = 1 - entering - a3
    a4 = water * rise[3] / (ETA * (h[3] - drain[3]))
    return np.array([a1, a2, a3, a4]), np.array([1.0, 1.0, water, water])


A, WATER = shares(0.0)


def work(e, extracted):
    """Work of the cylinders [J/kg of main steam]: in, reheat, extractions, exhaust."""
    cold = COLD + e * along(HP, STEP_IN[IP], P_COLD, product(COLD))
    reheat = REHEATED + e * inlet_step(IP) - cold
    end = END + e * along(IP, STEP_CONDENSING, P_CONDENSING, 1.35e5)
    whole = extracted.sum()
    return (
        TOP
        + e * inlet_step(HP)
        + (1 - extracted[0]) * reheat
        - extracted @ (H + e * STEP_H)
        - (1 - whole) * end
    )


def product(h):
    return plain(look_ahead.product_of)(h, NAN, NAN)


def records(drive=MOTOR, lowest=DRAIN_HOTWELL):
    x = fields(
        heater_count=4, heater_kind=[CLOSED, CLOSED, OPEN, CLOSED], heater_state=[0] * 4,
        drain_to=[DRAIN_NEXT, DRAIN_NEXT, DRAIN_NEXT, lowest], drain_cooler_approach=[5.5, 0.0, 0.0, 0.0],
        feed_pump_drive=drive, pump_turbine_source=0, reheat=REHEAT_SINGLE, part_flow_loss=0.013,
    )  # fmt: skip
    d = fields(
        cylinder_stop=[1, 3, 4], point_enthalpy=H, point_pressure=P, point_pressure_volume=PV, drain_enthalpy=H_DRAIN,
        extraction_share=A, heater_efficiency_now=[ETA] * 4, heater_saturation_temperature=SATURATION,
        water_outlet_enthalpy=H_OUT, water_inlet_enthalpy=H_IN, water_outlet_temperature=T_OUT,
        water_inlet_temperature=T_IN, water_share=WATER, heater_units=[0.0] * 4, point_difference=[3.0, 3.0, 0.0, 3.4],
        step_pressure=SCALE * STEP_P, step_inlet_pressure=SCALE * STEP_IN, step_condensing=SCALE * STEP_CONDENSING,
        step_difference=[0.0] * 4, step_share=[0.0] * 4, cylinder_inlet_pressure=P_IN, condensing_temperature=306.0,
        condensing_pressure=P_CONDENSING, cylinder_inlet_enthalpy=[TOP, REHEATED, 3020e3],
        cylinder_exhaust_enthalpy=[COLD, 3020e3, END], cylinder_exhaust_pressure=[P_COLD, 0.93e6, P_CONDENSING],
        inlet_share=[1.0, 1 - A[0], 1 - A[:3].sum()], exhaust_share=1 - A.sum(), highest_open_heater=3,
        pump_turbine_flow_share=0.05,
    )  # fmt: skip
    return x, d


def test_shares_and_work_move_as_the_balances_say():
    """To first order: differences of the balances over twice the step are as good as 1e-6 of themselves."""
    x, d = records()
    moved = plain(look_ahead.step_shares)(x, d)
    (more, _), (less, _) = shares(SCALE), shares(-SCALE)
    each = np.diff(d.step_share, prepend=0.0)
    assert each == pytest.approx((more - less) / 2, rel=1e-5)
    assert moved == pytest.approx((work(SCALE, more) - work(-SCALE, less)) / 2, rel=1e-5)


def test_a_pump_turbine_takes_its_steam_with_the_boiler_s_pressure():
    """5 % of main steam at the open heater's pressure, and 2.5e-6 more of it with the pressure before HP."""
    x, d = records()
    moved = plain(look_ahead.step_shares)(x, d)
    x, tapped = records(PUMP_BY_TURBINE)
    with_pump = plain(look_ahead.step_shares)(x, tapped)
    more = 0.05 * SCALE * STEP_IN[HP]
    difference = np.array(tapped.step_share) - np.array(d.step_share)
    assert difference == pytest.approx([0.0, 0.0, more, more], abs=1e-15)
    assert moved - with_pump == pytest.approx(more * (H[2] - END), rel=1e-6)


def test_a_drain_pumped_forward_is_no_water_of_the_heaters_below():
    """Of two heaters below each other the upper's drain joins the water above: the lower warms so much less."""
    steps = {}
    for where in (DRAIN_FORWARD, DRAIN_HOTWELL):
        x, d = records()
        x.heater_kind = [CLOSED] * 4
        x.drain_to = [DRAIN_NEXT, DRAIN_NEXT, where, DRAIN_HOTWELL]
        d.drain_enthalpy = np.array([*H_DRAIN[:2], 4.2e3 * 175.3, H_DRAIN[3]])
        plain(look_ahead.step_shares)(x, d)
        steps[where] = np.diff(d.step_share, prepend=0.0)
    upper = steps[DRAIN_FORWARD][:3].sum()  # all that condenses above and is pumped forward here
    assert steps[DRAIN_FORWARD][:3] == pytest.approx(steps[DRAIN_HOTWELL][:3], rel=1e-12)
    less = upper * (H_OUT[3] - H_IN[3]) / (ETA * (H[3] - H_DRAIN[3]))
    assert steps[DRAIN_HOTWELL][3] - steps[DRAIN_FORWARD][3] == pytest.approx(less, rel=1e-9)


def test_a_difference_that_follows_its_heater_s_transfer_units():
    """With units known, 3.4 K of 83.4 K stay of what the steam is warmed more than the entering water."""
    x, d = records()
    d.heater_units = [0.0, 0.0, 0.0, 3.2]
    plain(look_ahead.step_shares)(x, d)
    by_hand = 3.4 / 83.4 * (STEP_T[3] - STEP_T[4]) * SCALE
    assert d.step_difference == pytest.approx([0.0, 0.0, 0.0, by_hand], rel=1e-9)


def test_water_that_leaves_a_heater_or_what_is_below_it():
    x, d = records()
    d.step_difference = [0.0, 2e-6, 0.0, 0.0]
    outlet = plain(look_ahead.outlet_step)
    assert outlet(x, d, 0) == pytest.approx(SCALE * STEP_T[0], rel=1e-12)
    assert outlet(x, d, 1) == pytest.approx(SCALE * STEP_T[1] - 2e-6, rel=1e-12)
    assert outlet(x, d, 4) == pytest.approx(SCALE * STEP_T[4], rel=1e-12)


def test_work_by_the_part_of_the_flow():
    """Efficiency 1 - 0.013 (1 - part)^2 of each cylinder: its work moves by 2 * 0.013 (1 - part) part over it."""
    x, d = records()
    d.point_flow, d.design_inlet_flow = 200.0, [250.0, 230.0, 210.0]
    d.cylinder_work = [350e3, 480e3, 520e3]
    part = [200.0 * s / f for s, f in zip(d.inlet_share, d.design_inlet_flow, strict=True)]
    d.efficiency_factor = [1 - 0.013 * (1 - p) ** 2 for p in part]
    d.step_loss = 7.0
    by_hand = -d.exhaust_share * 7.0
    for w, p in zip(d.cylinder_work, part, strict=True):
        more, less = (1 - 0.013 * (1 - p * (1 + s)) ** 2 for s in (1e-6, -1e-6))
        by_hand += w * (more - less) / 2e-6 / (1 - 0.013 * (1 - p) ** 2) * 1e-4
    assert plain(look_ahead.work_by_flow)(x, d, 1e-4) == pytest.approx(by_hand, rel=1e-6)


@pytest.mark.parametrize("T_cold", [0.0, 294.0])
def test_the_condenser_follows_its_heat(T_cold):
    """Heat: exhaust share times (steam less hotwell); its temperature above what cools it goes with flow times heat."""
    x, d = records()
    d.step_share = SCALE * np.array([0.1, 0.3, 0.4, 0.6])
    d.hotwell_enthalpy, d.specific_condenser_heat = 137e3, 1.61e6
    d.exhaust_loss_slope, d.exhaust_loss_now = 31e3, 19e3
    step_m = 1.7 * SCALE
    end = along(IP, 0.0, P_CONDENSING, 1.35e5)  # at the condenser's pressure so far

    def rejected(e):
        """Flow of main steam times heat of its exhaust, which has lost what is extracted."""
        left = d.exhaust_share - 0.6 * e
        return (1 + 1.7 * e) * (
            1.61e6 + left * (END + e * end - 137e3) - d.exhaust_share * (END - 137e3)
        ) / 1.61e6 - 1

    step = (rejected(SCALE) - rejected(-SCALE)) / 2 * (306.0 - 294.0) / saturation_step(306.0, 1.0)
    step = step if T_cold else 0.0
    plain(look_ahead.follow_condensing)(x, d, T_cold, step_m)
    assert d.step_condensing == pytest.approx(step, rel=1e-5)
    exhaust = step_m - 0.6 * SCALE / d.exhaust_share
    assert d.step_loss == pytest.approx(31e3 * (exhaust - step), rel=1e-5)
    assert d.exhaust_loss_now == pytest.approx(19e3 + d.step_loss, rel=1e-12)


def test_pressure_before_a_group_by_the_ellipse():
    """m^2 proportional to (p^2 - p_out^2)/(p v): p = 1.9, p_out = 0.9 MPa."""
    m, out, pv = 1.7, 1.1, 0.6  # relative changes, times e

    def before(e):
        constant = (1.9**2 - 0.9**2) / 1.0
        return math.sqrt((0.9 * (1 + out * e)) ** 2 + constant * (1 + m * e) ** 2 * (1 + pv * e))

    e = 1e-6
    slope = (before(e) - before(-e)) / (2 * e) / 1.9
    found = plain(look_ahead.step_before)(1.9e6, 0.9e6, out * e, m * e, pv * e)
    assert found / e == pytest.approx(slope, rel=1e-6)


def test_a_cycle_without_heaters_has_no_extraction():
    x, d = records()
    x.heater_count = 0
    d.hotwell_enthalpy, d.specific_condenser_heat = 137e3, 1.61e6
    d.exhaust_loss_slope, d.exhaust_loss_now = 31e3, 0.0
    plain(look_ahead.follow_condensing)(x, d, 0.0, 3e-6)
    assert d.step_loss == pytest.approx(31e3 * 3e-6, rel=1e-12)
    assert LP == 2
