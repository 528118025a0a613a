"""Dry quenching from the boiler to the turbine: each state, flow and heat by steam tables and balances."""

from __future__ import annotations

import pytest
from plain_kernels import fields, plain

from plantsim.kernels import process_gas, steam
from plantsim.processes.coke_oven import cdq_boiler, cdq_codes, cdq_steam, cdq_turbine
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_ORDER, INFEASIBLE_PINCH, OK

NONE, BACK, EXTRACTION, CONDENSING = (
    cdq_codes.TURBINE_NONE, cdq_codes.TURBINE_BACK_PRESSURE, cdq_codes.TURBINE_EXTRACTION,
    cdq_codes.TURBINE_CONDENSING,
)  # fmt: skip
GAS = (0.705, 0.004, 0.129, 0.067, 0.071, 0.018, 0.004, 0.002)
LOW, HIGH = process_gas.polynomial(GAS, process_gas.COLD), process_gas.polynomial(GAS, process_gas.HOT)
P, T, ETA = 9.3e6, 813.0, 0.81
S = steam.s_pT(P, T)
H = steam.h_pT(P, T)


def expanded(p_out, h=H, s=S, eta=ETA):
    return h - eta * (h - steam.h_ps(p_out, s))


# ---------------------------------------------------------------- boiler


def test_gas_as_a_parabola():
    b, c = cdq_boiler.straightened(LOW, HIGH, 1190.0, 430.0)
    h = [process_gas.enthalpy(GAS, at) for at in (430.0, 810.0, 1190.0)]
    for i, j, hot, cold in ((1, 0, 810.0, 430.0), (2, 1, 1190.0, 810.0)):
        assert b * (hot - cold) + c * (hot**2 - cold**2) == pytest.approx(h[i] - h[j], rel=1e-11)


def test_feedwater():
    h, pump = cdq_boiler.feedwater(377.0, P, 0.71)
    p_d = steam.saturation_pressure(377.0)
    assert h == steam.h_pT(P, 377.0)
    assert pump == pytest.approx((P - p_d) * steam.liquid_volume(p_d) / 0.71, rel=1e-12)


def run_boiler(**change):
    case = {
        "gas_flow": 2240.0, "low": LOW, "high": HIGH, "T_in": 1190.0, "T_out_min": 430.0, "loss": 0.021, "p": P,
        "T_steam": T, "T_feed": 377.0, "reheat": 0.0, "T_reheat": 0.0, "approach": 9.0, "gap": 13.0,
        "blowdown": 0.017,
    }  # fmt: skip
    return cdq_boiler.cdq_boiler(*{**case, **change}.values())


def taken(T_steam=T, p=P):
    """Heat of a kilogram of steam with its blowdown from feedwater."""
    h_feed = steam.h_pT(p, 377.0)
    return steam.h_pT(p, T_steam) - h_feed + 0.017 * (steam.liquid_enthalpy(p) - h_feed)


@pytest.mark.parametrize("reheat", [0.0, 4.1e5])
def test_boiler(reheat):
    """Gas from 1 190 to 430 K gives the heat; 2.1 % of it is lost."""
    m, T_out, pinch, least, duty, code = run_boiler(reheat=reheat, T_reheat=793.0)
    heat = 2240 * 0.979 * (process_gas.enthalpy(GAS, 1190.0) - process_gas.enthalpy(GAS, 430.0))
    assert m == pytest.approx(heat / (taken() + reheat), rel=1e-9)
    assert (duty, code) == (pytest.approx(heat, rel=1e-9), OK)
    assert pytest.approx(430.0, abs=1e-6) == T_out
    # at the drum's pinch the gas has given what turns water, 9 K below the boil, to steam
    T_s = steam.saturation_temperature(P)
    h_water = steam.h_pT(P, T_s - 9.0)
    above = steam.h_pT(P, T) - h_water + 0.017 * (steam.liquid_enthalpy(P) - h_water) + reheat
    h = process_gas.enthalpy(GAS, 1190.0) - m * above / (2240 * 0.979)
    assert process_gas.enthalpy(GAS, T_s + pinch) == pytest.approx(h, abs=8.0)  # a parabola's 0.2 K
    assert least == pytest.approx(min(pinch, 430.0 - 377.0), rel=1e-9)


def test_boiler_that_pinches():
    """The reheater may come no nearer to the gas than the gap; nor may the steam."""
    for gap_left, code in ((13.1, OK), (12.9, INFEASIBLE_PINCH)):
        found = run_boiler(reheat=4.1e5, T_reheat=1190.0 - gap_left)
        assert found[5] == code
        assert found[3] == pytest.approx(gap_left, rel=1e-9)
        assert run_boiler(reheat=0.0, T_reheat=1190.0 - gap_left)[5] == OK
    for gap_left, code in ((13.1, OK), (12.9, INFEASIBLE_PINCH)):
        assert run_boiler(T_steam=1190.0 - gap_left)[5] == code
    assert run_boiler(T_steam=500.0)[0] == pytest.approx(
        run_boiler(T_steam=steam.saturation_temperature(P))[0], rel=1e-12
    )


# ---------------------------------------------------------------- turbine


def test_reheat():
    h_1, h_2 = cdq_turbine.reheat_states(P, T, 2.1e6, 797.0, ETA)
    assert h_1 == pytest.approx(expanded(2.1e6), rel=1e-9)
    assert h_2 == steam.h_pT(2.1e6, 797.0)


P_D = steam.saturation_pressure(377.0)


def test_expansion_of_each_kind():
    """To each pressure straight from the inlet; 377 K in the deaerator have 116 kPa."""
    run = cdq_turbine.expansion
    h_d, h_out = expanded(P_D), expanded(7e3)
    assert run(NONE, P, T, 0.9e6, 377.0, 7e3, ETA) == (H, H, H, OK)
    assert run(CONDENSING, P, T, 0.9e6, 377.0, 7e3, ETA) == (
        H, pytest.approx(h_d, rel=1e-9), pytest.approx(h_out, rel=1e-9), OK,
    )  # fmt: skip
    assert run(EXTRACTION, P, T, 0.9e6, 377.0, 7e3, ETA) == (
        pytest.approx(expanded(0.9e6), rel=1e-9), pytest.approx(h_d, rel=1e-9), pytest.approx(h_out, rel=1e-9), OK,
    )  # fmt: skip
    back = pytest.approx(expanded(0.4e6), rel=1e-9)
    assert run(BACK, P, T, 0.9e6, 377.0, 0.4e6, ETA) == (H, back, back, OK)


@pytest.mark.parametrize(
    ("kind", "p_extraction", "p_out", "code"),
    [
        (BACK, 0.9e6, 0.99 * P_D, INFEASIBLE_ORDER),
        (BACK, 0.9e6, 1.01 * P_D, OK),
        (BACK, 0.9e6, P, INFEASIBLE_ORDER),
        (CONDENSING, 0.9e6, 1.01 * P_D, INFEASIBLE_ORDER),
        (CONDENSING, 0.9e6, 0.99 * P_D, OK),
        (EXTRACTION, 1.01 * P, 7e3, INFEASIBLE_ORDER),
        (EXTRACTION, P, 7e3, OK),
        (EXTRACTION, 0.99 * P_D, 7e3, INFEASIBLE_ORDER),
        (EXTRACTION, 1.01 * P_D, 7e3, OK),
        (EXTRACTION, 0.9e6, 1.01 * P_D, INFEASIBLE_ORDER),
    ],
)
def test_pressures_that_must_fall(kind, p_extraction, p_out, code):
    assert cdq_turbine.expansion(kind, P, T, p_extraction, 377.0, p_out, ETA)[3] == code


def test_condensing_turbine_below_the_deaerator_s_pressure():
    assert cdq_turbine.expansion(CONDENSING, 0.99 * P_D, 420.0, 0.9e6, 377.0, 7e3, ETA)[3] == INFEASIBLE_ORDER


def test_water_before_the_deaerator():
    h_makeup = steam.h_pT(0.2e6, 294.0)
    for kind in (NONE, BACK):
        assert cdq_turbine.feed_water(kind, 0.23, 0.017, 7e3, 294.0) == (0.0, 1.017, 0.0, h_makeup)
    for kind in (EXTRACTION, CONDENSING):
        found = cdq_turbine.feed_water(kind, 0.23, 0.017, 7e3, 294.0)
        assert found == (
            pytest.approx(0.77, rel=1e-14), pytest.approx(0.247, rel=1e-14), steam.liquid_enthalpy(7e3), h_makeup,
        )  # fmt: skip


@pytest.mark.parametrize("condensate", [0.77, 0.0])
def test_deaerator(condensate):
    """What comes in, steam too, boils at 377 K; the steam takes the place of condensate or of make-up."""
    h = steam.liquid_enthalpy(P_D)
    m, c, makeup, code = cdq_turbine.deaerator(condensate, 0.247, 163e3, 88e3, 21e3, 377.0, 2.63e6)
    assert code == OK
    assert m + c + makeup == pytest.approx(condensate + 0.247, rel=1e-13)
    assert (c == 0.0) == (condensate == 0.0)
    assert makeup == pytest.approx(0.247 - (0.0 if condensate else m), rel=1e-13)
    held = m * 2.63e6 + c * 163e3 + makeup * 88e3 + 21e3
    assert held == pytest.approx((condensate + 0.247) * h, rel=1e-12)
    needed = condensate * (h - 163e3) + 0.247 * (h - 88e3)
    for supplied, code in ((needed - 1.0, OK), (needed + 1.0, INFEASIBLE_PINCH)):
        assert cdq_turbine.deaerator(condensate, 0.247, 163e3, 88e3, supplied, 377.0, 2.63e6)[3] == code


def test_flows_and_work_of_each_kind():
    flows, work = cdq_turbine.turbine_flows, cdq_turbine.turbine_work
    ends = (3.42e6, 2.91e6, 2.63e6, 2.29e6)  # inlet, extraction, deaerator's, exhaust

    def of(kind):
        return work(kind, ends[0], 0.23, ends[1], 0.071, ends[2], ends[3])

    assert flows(EXTRACTION, 0.23, 0.071) == (0.23, pytest.approx(0.699), 0.23, OK)
    assert of(EXTRACTION) == pytest.approx(0.51e6 + 0.77 * 0.28e6 + 0.699 * 0.34e6, rel=1e-12)
    assert flows(CONDENSING, 0.23, 0.071) == (0.0, pytest.approx(0.929), 0.0, OK)
    for kind in (NONE, BACK):
        assert flows(kind, 0.23, 0.071) == (0.0, pytest.approx(0.929), pytest.approx(0.929), OK)
    assert of(NONE) == 0.0
    assert of(BACK) == pytest.approx(1.13e6, rel=1e-12)
    assert flows(EXTRACTION, 0.93, 0.071)[3] == INFEASIBLE_FLOW
    assert flows(EXTRACTION, 0.92, 0.071)[3] == OK


# ---------------------------------------------------------------- the record


def record(kind=EXTRACTION, **change):
    return fields(**{
        "cdq_turbine": kind, "cdq_steam_pressure": P, "cdq_steam_temperature": T, "cdq_turbine_efficiency": ETA,
        "cdq_feedwater_temperature": 377.0, "cdq_pump_efficiency": 0.71, "cdq_reheat": 1 - cdq_codes.REHEAT_SINGLE,
        "cdq_reheat_pressure": 2.1e6, "cdq_reheat_temperature": 797.0, "cdq_back_pressure": 0.41e6,
        "cdq_exhaust_pressure": 7e3, "cdq_extraction_pressure": 0.9e6, "cdq_boiler_loss": 0.021,
        "cdq_boiler_approach": 9.0, "cdq_boiler_gap": 13.0, "cdq_blowdown": 0.017,
        "cdq_last_economiser": cdq_codes.LAST_ECONOMISER, "cdq_gas_inlet_temperature": 407.0,
        "cdq_makeup_temperature": 294.0, "steam_pressure": 0.8e6, "surplus_steam_used": 0.43,
        "cdq_extraction_share": 0.31, **change,
    })  # fmt: skip


def test_steam_hotter_than_boiling_water_and_that_than_feedwater():
    T_s = steam.saturation_temperature(P)
    assert cdq_steam.steam_status(P, T, 377.0) == (OK, 0)
    assert cdq_steam.steam_status(P, T, T_s) == (INFEASIBLE_ORDER, cdq_codes.CDQ_FEEDWATER_TEMPERATURE)
    assert cdq_steam.steam_status(P, T_s, 377.0) == (INFEASIBLE_ORDER, cdq_codes.CDQ_STEAM_TEMPERATURE)


@pytest.mark.parametrize("kind", [NONE, BACK, EXTRACTION, CONDENSING])
@pytest.mark.parametrize("reheated", [False, True])
def test_states(kind, reheated):
    x = record(kind, cdq_reheat=cdq_codes.REHEAT_SINGLE if reheated else 1 - cdq_codes.REHEAT_SINGLE)
    y = fields()
    h_feed, pump = cdq_boiler.feedwater(377.0, P, 0.71)
    states, code = plain(cdq_steam.turbine_states)(x, y)
    assert code == OK
    h_1 = h_2 = H
    p, T_1 = P, T
    if reheated and kind != NONE:
        h_1, h_2, p, T_1 = expanded(2.1e6), steam.h_pT(2.1e6, 797.0), 2.1e6, 797.0
    p_out = 0.41e6 if kind == BACK else 7e3
    a, b, out, _ = cdq_turbine.expansion(kind, p, T_1, 0.9e6, 377.0, p_out, ETA)
    assert states == pytest.approx((H, h_1, h_2, a, b, out, h_feed, pump), rel=1e-9)


@pytest.mark.parametrize(
    ("kind", "change", "code", "blamed"),
    [
        (CONDENSING, {"cdq_steam_temperature": 570.0}, INFEASIBLE_ORDER, cdq_codes.CDQ_STEAM_TEMPERATURE),
        (BACK, {"cdq_back_pressure": 0.11e6}, INFEASIBLE_ORDER, cdq_codes.CDQ_BACK_PRESSURE),
        (
            EXTRACTION,
            {"cdq_extraction_pressure": 0.11e6},
            INFEASIBLE_ORDER,
            cdq_codes.CDQ_EXTRACTION_PRESSURE,
        ),
    ],
)
def test_states_that_cannot_be(kind, change, code, blamed):
    y = fields()
    found = plain(cdq_steam.turbine_states)(record(kind, **change), y)
    assert (found[1], y.status_variable) == (code, blamed)


def test_reheat_at_a_higher_pressure_or_to_colder_steam():
    single = cdq_codes.REHEAT_SINGLE
    for change in ({"cdq_reheat_pressure": 9.4e6}, {"cdq_reheat_temperature": 560.0}):
        y = fields()
        assert plain(cdq_steam.turbine_states)(record(cdq_reheat=single, **change), y)[1] == INFEASIBLE_ORDER
        assert y.status_variable == cdq_codes.CDQ_REHEAT_PRESSURE


STATES = (H, H, H, 2.91e6, 2.63e6, 2.29e6, 441e3, 14e3)


def test_boiler_of_the_record():
    y = fields(cdq_boiler_gas_temperature=1190.0)
    states = (H, 3.11e6, 3.47e6, *STATES[3:])
    by_hand = run_boiler(reheat=0.36e6, T_reheat=797.0)
    m, behind, given, code = plain(cdq_steam.boiler_stage)(record(), y, states, LOW, HIGH, 2240.0, 430.0)
    assert (m, behind, code) == (by_hand[0], by_hand[1], OK)
    assert given == pytest.approx(by_hand[4] / 0.979, rel=1e-12)
    found = y.cdq_gas_behind_boiler, y.cdq_drum_pinch, y.cdq_least_difference, y.cdq_boiler_duty
    assert found == by_hand[1:5]


@pytest.mark.parametrize(
    ("change", "states", "ends", "code", "blamed"),
    [
        ({}, STATES, (815.0, T), INFEASIBLE_PINCH, cdq_codes.CDQ_STEAM_TEMPERATURE),
        ({"cdq_reheat_temperature": 816.0}, (H, 3.1e6, 3.4e6, *STATES[3:]), (815.0, 816.0), INFEASIBLE_PINCH,
         cdq_codes.CDQ_STEAM_TEMPERATURE),
        ({"cdq_reheat_temperature": 816.0}, STATES, (815.0, T), INFEASIBLE_PINCH, cdq_codes.CDQ_STEAM_TEMPERATURE),
        ({"cdq_feedwater_temperature": 577.0}, STATES, (430.0, 577.0), INFEASIBLE_ORDER,
         cdq_codes.CDQ_FEEDWATER_TEMPERATURE),
    ],
)  # fmt: skip
def test_boiler_that_is_blamed(change, states, ends, code, blamed):
    """Gas of 815 K comes 2 K near to the steam; the worse end is told."""
    y = fields(cdq_boiler_gas_temperature=815.0)
    found = plain(cdq_steam.boiler_stage)(record(**change), y, states, LOW, HIGH, 2240.0, 430.0)
    assert (found[3], y.status_variable) == (code, blamed)
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == ends


def test_water_of_the_last_economiser():
    """Before the deaerator, condensate of 7 kPa and make-up of 294 K; warmed to the gap below gas and deaerator."""
    x = record()
    T_c = steam.saturation_temperature(7e3)
    mixed = ((1 - 0.23) * T_c + (0.23 + 0.017) * 294.0) / 1.017
    assert plain(cdq_steam.cold_temperature)(x, 0.23) == pytest.approx(mixed, rel=1e-12)
    for kind in (NONE, BACK):
        assert plain(cdq_steam.cold_temperature)(record(kind), 0.23) == 294.0
    h_mixed = (0.77 * steam.liquid_enthalpy(7e3) + 0.247 * steam.h_pT(0.2e6, 294.0)) / 1.017
    for T_most, T_hot in ((355.0, 355.0), (371.0, 377.0 - 13.0)):
        T_cold, needed = plain(cdq_steam.cold_water)(x, T_most, 0.23)
        assert pytest.approx(mixed, rel=1e-12) == T_cold
        assert needed == pytest.approx(steam.h_pT(0.2e6, T_hot) - h_mixed, rel=1e-9)
    assert plain(cdq_steam.cold_water)(x, 290.0, 0.23)[1] == 0.0


def test_last_economiser():
    x, y = record(), fields(cdq_boiler_duty=9e7)
    run = plain(cdq_steam.last_economiser)
    _, needed = plain(cdq_steam.cold_water)(x, 421.0 - 13.0, 0.23)
    for left in (0.7 * needed * 24.0, 1.3 * needed * 24.0):
        assert run(x, y, 24.0, left, 421.0, 0.23) == OK
        assert y.cdq_water_heat == pytest.approx(min(left, needed * 24.0), rel=1e-12)
        assert y.cdq_unused_heat == pytest.approx(left - y.cdq_water_heat, abs=1e-6)
    assert run(x, y, 24.0, -1.0, 405.0, 0.23) == INFEASIBLE_PINCH
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (405.0, 407.0)
    # water of 306 K mixed, asked for at a gas of 318 K: nearer than 13 K
    x.cdq_gas_inlet_temperature = T_in = plain(cdq_steam.cold_temperature)(x, 0.23) + 12.0
    assert run(x, y, 24.0, 1e6, 421.0, 0.23) == INFEASIBLE_PINCH
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (T_in, pytest.approx(T_in - 12.0))
    x.cdq_gas_inlet_temperature = T_in + 2.0
    assert run(x, y, 24.0, 1e6, 421.0, 0.23) == OK


def test_no_last_economiser_takes_no_heat():
    """What rounding leaves, a millionth of the boiler's heat, is none."""
    x, y = record(cdq_last_economiser=1 - cdq_codes.LAST_ECONOMISER), fields(cdq_boiler_duty=9e7)
    run = plain(cdq_steam.last_economiser)
    for left, code in ((89.0, OK), (-89.0, OK), (91.0, INFEASIBLE_PINCH), (-91.0, INFEASIBLE_PINCH)):
        assert run(x, y, 24.0, left, 421.0, 0.23) == code
        assert (y.cdq_water_heat, y.cdq_unused_heat) == (max(left, 0.0), 0.0)


@pytest.mark.parametrize(
    ("kind", "change", "serves"),
    [
        (EXTRACTION, {}, True), (EXTRACTION, {"cdq_extraction_pressure": 0.79e6}, False),
        (BACK, {}, False), (BACK, {"cdq_back_pressure": 0.81e6}, True),
        (NONE, {"cdq_back_pressure": 0.1e6, "cdq_extraction_pressure": 0.1e6}, True),
        (NONE, {"cdq_steam_pressure": 0.79e6}, False), (EXTRACTION, {"steam_pressure": 0.9e6}, True),
    ],
)  # fmt: skip
def test_steam_for_the_plant_s_own_network(kind, change, serves):
    y = fields(steam_short_heat=3.1e6)
    own = plain(cdq_steam.own_use)(record(kind, **change), y, 5.3e6)
    assert own == (3.1e6 if serves else 0.0)
    if serves:
        assert plain(cdq_steam.own_use)(record(kind, **change), y, 1.7e6) == 1.7e6


def test_share_that_is_taken_out():
    """Up to 31 % of 24 kg/s: what the plant needs first, then 43 % of the rest for others."""
    per_share = 24.0 * (2.91e6 - 441e3)
    y = fields(steam_short_heat=3.1e6)
    share = (3.1e6 + 0.43 * (0.31 * per_share - 3.1e6)) / per_share
    assert plain(cdq_steam.extraction_share)(record(), y, STATES, 24.0) == pytest.approx(share, rel=1e-12)
    assert plain(cdq_steam.extraction_share)(record(CONDENSING), y, STATES, 24.0) == 0.0


@pytest.mark.parametrize("kind", [NONE, BACK, EXTRACTION, CONDENSING])
def test_cycle(kind):
    x, y = record(kind), fields(steam_short_heat=3.1e6, cdq_boiler_duty=9e7)
    states = (H, H - 0.31e6, H - 0.04e6, *STATES[3:])
    flows, code = plain(cdq_steam.steam_cycle)(x, y, states, 24.0, 2.3e6, 421.0)
    assert code == OK
    assert y.cdq_water_heat == 2.3e6
    wanted = plain(cdq_steam.extraction_share)(x, y, states, 24.0)
    assert (wanted > 0) == (kind == EXTRACTION)
    water = cdq_turbine.feed_water(kind, wanted, 0.017, 7e3, 294.0)
    m, _, makeup, _ = cdq_turbine.deaerator(*water, 2.3e6 / 24.0, 377.0, 2.63e6)
    extracted, exhaust, exported, _ = cdq_turbine.turbine_flows(kind, wanted, m)
    work = cdq_turbine.turbine_work(kind, states[2], extracted, 2.91e6, m, 2.63e6, 2.29e6)
    by_hand = (extracted, exhaust, exported, m, makeup, work + 0.31e6)
    assert flows == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize(
    ("change", "left", "T_fan", "code", "blamed"),
    [
        ({}, -1.0, 405.0, INFEASIBLE_PINCH, cdq_codes.CDQ_GAS_INLET_TEMPERATURE),
        ({"cdq_boiler_gap": 0.0, "cdq_makeup_temperature": 376.0, "cdq_exhaust_pressure": 0.11e6,
          "cdq_last_economiser": 1 - cdq_codes.LAST_ECONOMISER}, 9e7, 421.0, INFEASIBLE_PINCH,
         cdq_codes.CDQ_GAS_INLET_TEMPERATURE),
        ({"cdq_extraction_share": 0.99, "surplus_steam_used": 1.0}, 1.0, 421.0, INFEASIBLE_FLOW,
         cdq_codes.CDQ_EXTRACTION_SHARE),
    ],
)  # fmt: skip
def test_cycles_that_do_not_close(change, left, T_fan, code, blamed):
    x, y = record(**change), fields(steam_short_heat=3.1e6, cdq_boiler_duty=9e14)
    flows, found = plain(cdq_steam.steam_cycle)(x, y, STATES, 24.0, left, T_fan)
    assert (found, y.status_variable) == (code, blamed)
    assert flows == (0.0,) * 6
