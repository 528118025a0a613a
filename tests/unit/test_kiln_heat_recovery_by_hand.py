"""Waste-heat power of a kiln line in its parts: streams, drying, warmed water, flash, pressures that slide."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields, plain

from plantsim.kernels import steam
from plantsim.kernels.waste_heat_boiler import gas_enthalpy
from plantsim.processes.cement_kiln import hot_gases, part_codes, waste_heat_power, waste_heat_streams
from plantsim.processes.cement_kiln import waste_heat_steam as cycle
from plantsim.vocabulary.status import INFEASIBLE_ORDER, INFEASIBLE_PINCH, INFEASIBLE_THERMAL, OK

NAN = math.nan
NORMAL = 8.31446261815324 * 273.15 / 101325.0  # m3/mol
B, C = 29.3, 2.7e-3  # J/(mol K), J/(mol K2): enthalpy B T + C T^2
P = 1.27e6  # Pa, drum
BOTH, FIRST, COOLER = part_codes.BOTH_BOILERS, part_codes.PREHEATER_BOILER, part_codes.COOLER_BOILER


def h(T, b=B, c=C):
    return b * T + c * T * T


# ---------------------------------------------------------------- streams


def line(**values):
    x = fields(
        middle_take_off=0.62, coal_drying_gas_share=0.07, coal_drying_air_share=0.04, whr_air_leak=0.03,
        ambient_temperature=291.0, preheater_stream_factor=1.0, preheater_stream_rise=0.0, cooler_stream_factor=1.0,
        cooler_stream_rise=0.0, measured_preheater_boiler_gas=NAN, measured_preheater_boiler_inlet=NAN,
        measured_cooler_boiler_gas=NAN, measured_cooler_boiler_inlet=NAN, mill_exit_temperature=363.0,
        whr_drying_temperature=471.0, scr=0, scr_cooling=0.0,
    )  # fmt: skip
    x.__dict__.update(values)
    y = fields(
        preheater_gas_h2o=0.06, preheater_gas_co2=0.31, preheater_gas_o2=0.03, preheater_gas_n2=0.60,
        preheater_gas_flow=103.0, preheater_gas_temperature=603.0, vent_air_flow=71.0, boiler_air_temperature=641.0,
        preheater_dust_flow=4.3, raw_mill_heat_demand=0.0, status_variable=0,
    )  # fmt: skip
    return x, y


# kg/mol of the wet gas and of dry air (21 % of oxygen, the rest nitrogen and argon as the line has them)
GAS = 0.06 * 18.015e-3 + 0.31 * 44.009e-3 + 0.03 * 31.998e-3 + 0.60 * 28.014e-3
AIR = hot_gases.OXYGEN * 31.998e-3 + hot_gases.NITROGEN * 28.014e-3


def test_what_the_line_gives_the_boilers():
    x, y = line()
    plain(waste_heat_streams.line_streams)(x, y)
    assert y.preheater_boiler_gas_flow == pytest.approx(0.93 * 103.0 / GAS * NORMAL, rel=1e-4)
    assert y.cooler_boiler_gas_flow == pytest.approx(0.96 * 0.62 * 71.0 / AIR * NORMAL, rel=1e-4)


def test_measured_streams_are_a_factor_and_a_difference_each():
    x, y = line()
    plain(waste_heat_streams.fit_streams)(x, y)
    kept = (x.preheater_stream_factor, x.preheater_stream_rise, x.cooler_stream_factor, x.cooler_stream_rise)
    assert kept == (1.0, 0.0, 1.0, 0.0)  # nothing measured, nothing fitted
    x, y = line(
        measured_preheater_boiler_gas=81.0, measured_preheater_boiler_inlet=599.0, measured_cooler_boiler_gas=29.0,
        measured_cooler_boiler_inlet=650.0,
    )  # fmt: skip
    plain(waste_heat_streams.fit_streams)(x, y)
    assert x.preheater_stream_factor == pytest.approx(81.0 / y.preheater_boiler_gas_flow, rel=1e-12)
    assert x.cooler_stream_factor == pytest.approx(29.0 / y.cooler_boiler_gas_flow, rel=1e-12)
    assert (x.preheater_stream_rise, x.cooler_stream_rise) == (-4.0, 9.0)
    amount, T, b, c = plain(waste_heat_streams.cooler_stream)(x, y)
    assert (amount, T) == (pytest.approx(29.0 / NORMAL, rel=1e-9), 650.0)
    # air: 1.01 kJ/(kg K) from 291 to 650 K or so, here by the mole
    assert (h(650.0, b, c) - h(291.0, b, c)) / 359.0 / AIR == pytest.approx(1030.0, rel=0.02)
    x.middle_take_off = 0.0  # no air to the boiler: its factor stays
    x.cooler_stream_factor = 1.1
    plain(waste_heat_streams.fit_streams)(x, y)
    assert x.cooler_stream_factor == 1.1


def test_gas_of_the_preheater_with_leaking_air():
    """Dust adds its heat capacity; 3 % of air at 291 K mixes in: the heat stays."""
    x, y = line(preheater_stream_factor=0.97, preheater_stream_rise=-4.0)
    plain(waste_heat_streams.line_streams)(x, y)
    amount, T, b, c = plain(waste_heat_streams.preheater_stream)(x, y)
    own = y.preheater_boiler_gas_flow / NORMAL
    assert amount == pytest.approx(own * 0.97 * 1.03, rel=1e-9)
    _, b_gas, c_gas = hot_gases.wet_gas(0.06, 0.31, 0.03, 0.60)
    b_dusty, c_dusty = hot_gases.with_dust(b_gas, c_gas, 0.93 * 4.3 / own)
    _, b_air, c_air = hot_gases.wet_gas(0.0, 0.0, hot_gases.OXYGEN, hot_gases.NITROGEN)
    mixed = h(599.0, b_dusty, c_dusty) + 0.03 * h(291.0, b_air, c_air)
    assert 1.03 * gas_enthalpy(T, b, c) == pytest.approx(mixed, rel=1e-9)


def drying(demand, air=1900.0):
    x, y = line()
    y.raw_mill_heat_demand = demand
    found = plain(waste_heat_streams.drying)(x, y, 3300.0, 601.0, B, C, air, 637.0, B + 1.0, C)
    return found, y.status_variable


def test_the_raw_mill_takes_its_heat_first():
    """Above 363 K: the gas behind the boiler no colder than 471 K, and than what the mill's heat asks for."""
    (T, air, status), _ = drying(3300.0 * (h(450.0) - h(363.0)))
    assert (T, air, status) == (471.0, 1900.0, OK)
    (T, air, status), _ = drying(3300.0 * (h(520.0) - h(363.0)))
    assert (T, air, status) == (pytest.approx(520.0, abs=1e-6), 1900.0, OK)
    missing = 4e6  # W beyond all that the gas has: vent air from 637 K gives it
    (T, air, status), _ = drying(3300.0 * (h(601.0) - h(363.0)) + missing)
    of_air = h(637.0, B + 1.0) - h(363.0, B + 1.0)
    assert (air, status) == (pytest.approx(1900.0 - missing / of_air, rel=1e-9), OK)
    (_, _, status), blamed = drying(3300.0 * (h(601.0) - h(363.0)) + missing, air=0.99 * missing / of_air)
    assert (status, blamed) == (INFEASIBLE_THERMAL, part_codes.RAW_MATERIAL_MOISTURE)


# ---------------------------------------------------------------- cycle


def plant(**values):
    x = fields(
        whr_feed_temperature=316.0, whr_pinch=11.0, whr_cooler_outlet=361.0, whr_heat_loss=0.02, whr_blowdown=0.03,
        whr_approach=7.0, whr_rated_power=NAN, whr_generator_efficiency=0.965, whr_generator_fixed_share=0.4,
    )  # fmt: skip
    x.__dict__.update(values)
    return x


def test_superheat_is_held_by_the_gas_or_by_what_is_wanted():
    superheat = plain(cycle.superheat_of)
    assert superheat(600.0, 460.0, 573.0, 15.0) == pytest.approx(113.0)
    assert superheat(580.0, 460.0, 573.0, 15.0) == pytest.approx(105.0)
    assert superheat(470.0, 460.0, 573.0, 15.0) == 0.0


def warmed(water, T_hot=450.0, aqc=1100.0, T_gas=560.0):
    return plain(cycle.warmed_water)(plant(), water, aqc, B, C, T_gas, P, T_hot)


def test_feed_that_the_cooler_boiler_warms():
    """1.03 kg of water per kg of steam, 98 % of the gas's heat; as far as the gas goes at 361 K."""
    T, T_out, heat = warmed(3.0)
    assert pytest.approx(450.0) == T
    assert heat == pytest.approx(3.0 * 1.03 * (steam.h_pT(P, 450.0) - steam.h_pT(P, 316.0)), rel=1e-12)
    assert 0.98 * 1100.0 * (h(560.0) - h(T_out)) == pytest.approx(heat, rel=1e-9)
    room = 0.98 * 1100.0 * (h(560.0) - h(361.0))
    water = 1.4 * room / (1.03 * (steam.h_pT(P, 450.0) - steam.h_pT(P, 316.0)))
    T, T_out, heat = warmed(water)  # too much water for the gas: 134 K shrink to 134/1.4 K
    assert pytest.approx(316.0 + 134.0 / 1.4, rel=1e-9) == T
    assert heat == pytest.approx(water * 1.03 * (steam.h_pT(P, T) - steam.h_pT(P, 316.0)), rel=1e-12)
    assert T_out == pytest.approx(361.0, abs=4.0)
    assert warmed(3.0, T_gas=459.0)[0] == pytest.approx(448.0)  # a pinch below the gas
    for none in (warmed(3.0, T_hot=315.0), warmed(0.0), warmed(3.0, T_gas=360.0)):
        assert (none[0], none[2]) == (316.0, 0.0)


def test_the_gas_leaves_no_nearer_to_the_feed_than_the_pinch():
    x = plant(whr_feed_temperature=355.0)
    room = 0.98 * 1100.0 * (h(560.0) - h(366.0))
    water = 2.0 * room / (1.03 * (steam.h_pT(P, 450.0) - steam.h_pT(P, 355.0)))
    T, _, _ = plain(cycle.warmed_water)(x, water, 1100.0, B, C, 560.0, P, 450.0)
    assert pytest.approx(355.0 + 95.0 / 2.0, rel=1e-9) == T


def heat_of_steam(T_water, superheat):
    """Of a kilogram of steam and its 3 % of blowdown, from water at T_water."""
    boils = steam.saturation_temperature(P)
    water = steam.h_pT(P, T_water)
    return steam.h_pT(P, boils + superheat) - water + 0.03 * (steam.liquid_enthalpy(P) - water)


def test_steam_of_the_preheater_boiler():
    """No colder than 471 K behind it, where the pinch leaves that."""
    m, T_out, duty, status = plain(cycle.preheater_steam)(
        plant(), P, 440.0, 2900.0, B, C, 610.0, 498.0, 90.0, 8.0
    )
    assert (status, T_out) == (OK, pytest.approx(498.0, abs=1e-6))
    assert duty == pytest.approx(0.98 * 2900.0 * (h(610.0) - h(498.0)), rel=1e-9)
    assert m * heat_of_steam(440.0, 90.0) == pytest.approx(duty, rel=1e-9)


def test_a_preheater_boiler_alone_takes_warmed_water():
    """Its water comes as warm as the cooler boiler makes 1.3 times what it would need from cold feed."""
    x = plant()
    m, T_ph, T_aqc, duty, status = plain(cycle.preheater_alone)(
        x, P, 2900.0, B, C, 610.0, 498.0, 300.0, B + 1.0, C, 560.0, 90.0, 8.0
    )
    assert status == OK
    given = 0.98 * 2900.0 * (h(610.0) - h(498.0))
    cold = given / heat_of_steam(316.0, 90.0)
    hot = steam.saturation_temperature(P) - 7.0
    T_water = plain(cycle.warmed_water)(x, 1.3 * cold, 300.0, B + 1.0, C, 560.0, P, hot)[0]
    assert T_water < hot - 20.0  # the cooler boiler's gas is too little for all of it
    assert T_ph == pytest.approx(498.0, abs=1e-6)
    assert m == pytest.approx(given / heat_of_steam(T_water, 90.0), rel=1e-9)
    of_air = m * 1.03 * (steam.h_pT(P, T_water) - steam.h_pT(P, 316.0))
    assert duty == pytest.approx(given + of_air, rel=1e-9)
    assert 0.98 * 300.0 * (h(560.0, B + 1.0) - h(T_aqc, B + 1.0)) == pytest.approx(of_air, rel=1e-9)


@pytest.mark.parametrize("gap", [8.0, 31.0])
def test_flash_of_the_economiser_s_water(gap):
    """Water at 455 K let down to 0.2 MPa: what does not become steam returns; it mixes with the feed by temperature."""
    x = plant()
    feed, gas, p_low, T_hot = 9.0, 1100.0, 0.2e6, 455.0
    made, T_out, heat = plain(cycle.flash_of)(x, feed, gas, B, C, 433.0, P, T_hot, p_low, gap)
    liquid, vapour = steam.liquid_enthalpy(p_low), steam.vapour_enthalpy(p_low)
    share = (steam.h_pT(P, T_hot) - liquid) / (vapour - liquid)
    water = made / share
    per_water = steam.h_pT(P, T_hot) - share * steam.h_pT(P, 316.0) - (1 - share) * liquid
    assert heat == pytest.approx(water * per_water, rel=1e-9)
    assert heat == pytest.approx(gas * (h(433.0) - h(T_out)), rel=1e-9)
    back, new = (1 - share) * water, feed + share * water
    mixed = (new * 316.0 + back * steam.saturation_temperature(p_low)) / (new + back)
    if gap == 8.0:  # all the room that the outlet leaves
        assert T_out == pytest.approx(361.0, abs=1e-6)
        assert T_out - mixed > gap
    else:
        assert T_out - mixed == pytest.approx(gap, abs=1e-6)
        assert T_out > 362.0


def test_no_flash_where_the_gas_leaves_no_room():
    found = plain(cycle.flash_of)(plant(), 9.0, 1100.0, B, C, 360.0, P, 455.0, 0.2e6, 8.0)
    assert found == (0.0, 360.0, 0.0)


def test_a_generator_that_stands_has_a_fixed_loss():
    """20 MW at the shaft of 25/0.965: of 3.5 % at full load 40 % stay, the rest goes with the load squared."""
    generated = plain(cycle.generator_power)
    assert generated(plant(), 20e6) == pytest.approx(19.3e6, rel=1e-12)
    rated = 25e6 / 0.965
    by_hand = 20e6 - 0.035 * rated * (0.4 + 0.6 * (20e6 / rated) ** 2)
    assert generated(plant(whr_rated_power=25e6), 20e6) == pytest.approx(by_hand, rel=1e-12)


# ---------------------------------------------------------------- pressures


def asked(monkeypatch, answer):
    """Put ``answer(which, p, p_low) -> (power, status)`` in the place of the steam cycle; return what is asked."""
    seen = []

    def steam_power(x, mode, which, p, p_low, *rest):
        seen.append((int(which), p, p_low))
        power, status = answer(int(which), p, p_low)
        return power, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, status, 0

    for name in ("sliding_steam_power", "best_steam_power"):
        monkeypatch.setitem(plain(getattr(waste_heat_power, name)).__globals__, "steam_power", steam_power)
    whole = plain(waste_heat_power.plant_steam_power)
    monkeypatch.setitem(whole.__globals__, "sliding_steam_power", plain(waste_heat_power.sliding_steam_power))
    return seen


GIVEN = (1.0, B, C, 600.0, 480.0, 1.0, B, C, 560.0)
TURBINE = fields(whr_turbine_efficiency=0.84, whr_wetness_loss=0.9)


def test_pressure_slides_down_until_there_is_steam(monkeypatch):
    """Below 0.7 of 2 MPa there is: 0.85^3. The low pressure keeps its ratio."""
    seen = asked(monkeypatch, lambda which, p, low: (p, OK if p < 1.4e6 else INFEASIBLE_PINCH))
    p, found = plain(waste_heat_power.sliding_steam_power)(TURBINE, 1, BOTH, 2e6, 0.3e6, *GIVEN)
    assert (p, found[7]) == (pytest.approx(2e6 * 0.85**3, rel=1e-12), OK)
    expected = [(BOTH, 2e6 * 0.85**k, 0.3e6 * 0.85**k) for k in range(4)]
    assert [s[1:] for s in seen] == [pytest.approx(e[1:], rel=1e-12) for e in expected]


def test_pressure_slides_no_further_than_its_least(monkeypatch):
    seen = asked(monkeypatch, lambda which, p, low: (0.0, INFEASIBLE_PINCH))
    p, found = plain(waste_heat_power.sliding_steam_power)(TURBINE, 1, BOTH, 0.4e6, 0.06e6, *GIVEN)
    assert (p, found[7]) == (0.3e6, INFEASIBLE_PINCH)
    assert [round(s[1]) for s in seen] == [400000, 340000, 300000]
    seen = asked(monkeypatch, lambda which, p, low: (0.0, INFEASIBLE_ORDER))
    p, found = plain(waste_heat_power.sliding_steam_power)(TURBINE, 1, BOTH, 2e6, 0.3e6, *GIVEN)
    assert (p, found[7], len(seen)) == (2e6, INFEASIBLE_ORDER, 1)  # less pressure is no help


@pytest.mark.parametrize(
    ("both", "first", "cooler", "best"),
    [
        ((1.0, 2.0), (3.0, 2.0), (4.0, 2.0), (2.0, 1.0)),  # both as given: nothing else is asked
        ((5.0, 1.5), (3.0, 2.0), (4.0, 2.0), (1.445, 5.0)),  # both at less pressure are best
        ((2.0, 1.5), (3.0, 2.0), (4.0, 2.0), (2.0, 4.0)),
        ((2.0, 1.5), (6.0, 2.0), (4.0, 2.0), (2.0, 6.0)),
        ((None, 0.0), (3.0, 2.0), (None, 0.0), (2.0, 3.0)),
        ((None, 0.0), (None, 0.0), (4.0, 1.8), (1.7, 4.0)),
        ((4.0, 1.5), (4.0, 2.0), (None, 0.0), (1.445, 4.0)),  # as good is no reason to leave both
    ],
)
def test_the_most_power_of_both_and_of_either_boiler(monkeypatch, both, first, cooler, best):
    """(power, highest pressure [MPa] with steam) of each; best: (pressure, power)."""
    cases = {BOTH: both, FIRST: first, COOLER: cooler}

    def answer(which, p, low):
        power, most = cases[which]
        return (power or 0.0), OK if power is not None and p <= most * 1e6 else INFEASIBLE_PINCH

    seen = asked(monkeypatch, answer)
    p, found = plain(waste_heat_power.plant_steam_power)(TURBINE, 1, 2e6, 0.3e6, *GIVEN)
    assert (p / 1e6, found[0], found[7]) == (pytest.approx(best[0], rel=1e-12), best[1], OK)
    assert (len(seen) == 1) == (best == (2.0, 1.0))


def test_the_search_for_the_best_pressures(monkeypatch):
    """A hill over the logarithms of both: its top at 1.1 MPa and 0.17 of that is found to 1 %."""

    def hill(which, p, low):
        return 9.0 - math.log(p / 1.1e6) ** 2 - math.log(low / p / 0.17) ** 2, OK

    seen = asked(monkeypatch, hill)
    search = plain(waste_heat_power.best_steam_power)
    p, low = search(TURBINE, 1, 0.84, 0.9, *GIVEN, 2e6, 0.3e6)
    assert (p, low / p) == (pytest.approx(1.1e6, rel=0.02), pytest.approx(0.17, rel=0.02))
    assert len(seen) == 180
    assert min(s[1] for s in seen) == pytest.approx(0.3e6, rel=1e-9)
    assert max(s[1] for s in seen) == pytest.approx(4e6, rel=1e-9)
    ratios = [s[2] / s[1] for s in seen]
    assert (min(ratios), max(ratios)) == (pytest.approx(0.06, rel=1e-9), pytest.approx(0.6, rel=1e-9))
    asked(monkeypatch, lambda which, p, low: (p, INFEASIBLE_PINCH))
    assert search(TURBINE, 1, 0.84, 0.9, *GIVEN, 2e6, 0.3e6) == (2e6, 0.3e6)


def status_of(T_ph=600.0, T_aqc=560.0, out_ph=490.0, out_aqc=370.0, feed=316.0, mode=1):
    x = fields(
        whr_feed_temperature=feed, whr_organic_evaporation=400.0, waste_heat_power=mode, whr_pinch=11.0
    )
    y = fields(
        whr_pressure=P, preheater_boiler_outlet_temperature=out_ph, cooler_boiler_outlet_temperature=out_aqc,
        exchanger_hot_temperature=NAN, exchanger_cold_temperature=NAN, status_variable=0,
    )  # fmt: skip
    found = plain(waste_heat_power.boilers_status)(x, y, T_ph, T_aqc)
    return found, (y.exchanger_hot_temperature, y.exchanger_cold_temperature), y.status_variable


def test_no_boiler_warms_its_gas():
    """Gas in above what boils, gas out above the feed; a boiler that is off is not looked at."""
    boils = steam.saturation_temperature(P)
    assert status_of()[0] == OK
    found, ends, blamed = status_of(out_aqc=315.0)
    assert (found, ends, blamed) == (INFEASIBLE_PINCH, (315.0, 316.0), part_codes.WHR_FEED_TEMPERATURE)
    found, ends, _ = status_of(T_ph=460.0, out_ph=450.0)
    assert (found, ends) == (INFEASIBLE_PINCH, (460.0, pytest.approx(boils)))
    assert status_of(T_aqc=460.0)[0] == OK  # it may only warm water
    assert status_of(T_ph=460.0, out_ph=460.0)[0] == OK
    assert status_of(T_ph=410.0, out_ph=405.0, mode=part_codes.WASTE_HEAT_ORGANIC)[0] == OK
    found, ends, _ = status_of(T_ph=399.0, out_ph=390.0, mode=part_codes.WASTE_HEAT_ORGANIC)
    assert (found, ends) == (INFEASIBLE_PINCH, (399.0, 400.0))


def test_vent_air_behind_the_boiler():
    """62 % of it passed the boiler, which cooled it by 200 K."""
    x = fields(middle_take_off=0.62)
    y = fields(
        boiler_air_temperature=640.0, vent_air_temperature=560.0, cooler_boiler_outlet_temperature=440.0
    )
    assert plain(waste_heat_power.vent_stack_temperature)(x, y) == pytest.approx(560.0 - 124.0)
