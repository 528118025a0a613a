"""Steam that a power takes, where the condensing state begins, steam at low load: a coal unit by hand."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields, plain

from plantsim.kernels import steam
from plantsim.processes.coal_unit import exchangers, turbine, turbine_cycle
from plantsim.processes.coal_unit.codes import (
    BOILER_CAPACITY,
    CONDENSER_DRY,
    CONDENSER_FLOW,
    CONDENSER_RISE,
    CONDENSER_TERMINAL_DIFFERENCE,
    COOLING_WATER_FLOW,
    COOLING_WATER_RISE,
    COOLING_WATER_TEMPERATURE,
    EXHAUST_PRESSURE,
    HEAT,
    HEAT_CROSSOVER,
    HEAT_NONE,
    HEAT_ZERO_OUTPUT,
    HEATER_OUT,
    HOLD_MAIN_STEAM,
    HOT_REHEAT_TEMPERATURE,
    LOAD,
    MAIN_STEAM_TEMPERATURE,
    MINIMUM_LOAD,
    OPEN,
    PUMP_BY_TURBINE,
    REHEAT_SINGLE,
)
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_FLOW, INFEASIBLE_ORDER, OK, OUTSIDE_RANGE

NAN = math.nan
MPA = 1e6
h_pT, h_px, s_ph, t_s = (plain(f) for f in (steam.h_pT, steam.h_px, steam.s_ph, steam.saturation_temperature))


def changed(record, **values):
    return fields(**{**vars(record), **values})


# ---------------------------------------------------------------- power, flow, the first state


def test_power_and_pumps_per_kilogram_of_steam():
    x = fields(
        mechanical_efficiency=0.99,
        generator_efficiency=0.98,
        feed_pump_drive=PUMP_BY_TURBINE,
        feed_pump_motor_efficiency=0.93,
    )
    d = fields(
        specific_work=1150e3,
        lift_pump_power=310.0,
        condensate_share=0.8,
        condensate_pump_rise=2.1e3,
        feed_pump_share=1.01,
        feed_pump_rise=27e3,
    )
    assert plain(turbine.electric_per_steam)(x, d) == pytest.approx(1150e3 * 0.99 * 0.98)
    assert plain(turbine.pump_electricity)(x, d) == pytest.approx((310 + 0.8 * 2.1e3) / 0.93)
    by_motor = changed(x, feed_pump_drive=PUMP_BY_TURBINE + 1)
    assert plain(turbine.pump_electricity)(by_motor, d) == pytest.approx(
        (310 + 0.8 * 2.1e3 + 1.01 * 27e3) / 0.93
    )


def test_steam_that_the_wanted_power_takes():
    """Power plus what the heating steam of the last pass does no more, over work per kilogram with it given back."""
    x = fields(
        mechanical_efficiency=0.99,
        generator_efficiency=0.98,
        heat_supply=HEAT_CROSSOVER,
        reference_main_steam_flow=290.0,
    )
    d = fields(
        specific_work=1000e3,
        power_wanted=250e6,
        heat_share=0.0,
        heat_steam_enthalpy=3010e3,
        cylinder_exhaust_enthalpy=[0, 0, 2400e3],
        point_flow=270.0,
    )
    o = fields(hold=0, load=0.8, heat=50e6, steam_demand=0.0)
    flow = plain(turbine.main_steam_flow)
    electric = 1000e3 * 0.9702
    assert flow(x, d, o) == pytest.approx(250e6 / electric)
    d.heat_share = 0.12
    kept = 610e3 * 0.9702
    assert flow(x, d, o) == pytest.approx((250e6 + 270 * 0.12 * kept) / (electric + 0.12 * kept))
    assert flow(x, d, changed(o, hold=HOLD_MAIN_STEAM)) == pytest.approx(232.0)


def test_steam_that_suffices():
    x = fields(
        largest_flow_share=1.08,
        reference_main_steam_flow=290.0,
        minimum_load=0.4,
        boiler_capacity=300.0,
        heat_supply=HEAT_NONE,
    )
    o = fields(heat=0.0, steam_demand=0.0)

    def of(m, x=x, o=o):
        y = fields(main_steam_flow=m, boiler_load=m / 300.0, status_variable=0)
        return plain(turbine.steam_suffices)(x, o, y), y.status_variable

    assert of(300.0) == (OK, 0)
    assert of(300.1) == (INFEASIBLE_FLOW, BOILER_CAPACITY)
    alone = changed(x, boiler_capacity=NAN)
    assert (of(313.0, alone), of(313.5, alone)) == ((OK, 0), (INFEASIBLE_FLOW, LOAD))
    heated = changed(alone, heat_supply=HEAT_ZERO_OUTPUT)
    demand = changed(o, heat=90e6)
    assert of(313.5, heated, demand) == (INFEASIBLE_FLOW, HEAT)
    assert (of(115.9, heated, demand), of(116.1, heated, demand)) == ((OUTSIDE_RANGE, MINIMUM_LOAD), (OK, 0))
    assert of(100.0, alone) == (OK, 0)


@pytest.mark.parametrize(
    ("kind", "values", "missing"),
    [
        (CONDENSER_RISE, {"cooling_water_temperature": NAN}, COOLING_WATER_TEMPERATURE),
        (CONDENSER_RISE, {"condenser_terminal_difference": NAN}, CONDENSER_TERMINAL_DIFFERENCE),
        (CONDENSER_RISE, {"cooling_water_rise": NAN}, COOLING_WATER_RISE),
        (CONDENSER_RISE, {"cooling_water_flow": NAN}, 0),
        (CONDENSER_FLOW, {"cooling_water_flow": NAN}, COOLING_WATER_FLOW),
        (CONDENSER_FLOW, {"cooling_water_rise": NAN}, 0),
        (CONDENSER_DRY, {"exhaust_pressure": NAN}, EXHAUST_PRESSURE),
        (CONDENSER_DRY, {"cooling_water_temperature": NAN}, 0),
    ],
)
def test_where_the_condensing_state_begins(kind, values, missing):
    own = {
        "exhaust_pressure": 5.3e3,
        "cooling_water_temperature": 293.0,
        "condenser_terminal_difference": 4.0,
        "cooling_water_rise": 8.0,
        "cooling_water_flow": 9e3,
    }
    x = fields(condenser=kind, **{**own, **values})
    d = fields(design_status_variable=0)
    found = plain(turbine_cycle.first_condensing)(x, d)
    assert (found, d.design_status_variable) == (INCOMPLETE if missing else OK, missing)
    if not missing:
        T = {CONDENSER_RISE: 305.0, CONDENSER_FLOW: 307.0, CONDENSER_DRY: t_s(5.3e3)}[kind]
        assert d.condensing_temperature == pytest.approx(T)
        assert d.condensing_pressure == pytest.approx(plain(steam.saturation_pressure)(T))
        assert d.hotwell_enthalpy == pytest.approx(plain(steam.liquid_enthalpy)(d.condensing_pressure))


def test_the_rise_that_the_condenser_s_heat_makes():
    x = fields(
        rated_power=300e6,
        mechanical_efficiency=0.99,
        generator_efficiency=0.98,
        cooling_water_temperature=293.0,
        cooling_water_flow=9e3,
    )
    d = fields(specific_work=1100e3, specific_condenser_heat=1350e3)
    steam_flow = 300e6 / (1100e3 * 0.9702)
    cp = (h_pT(0.2 * MPA, 302.0) - h_pT(0.2 * MPA, 293.0)) / 9.0
    assert plain(turbine_cycle.balanced_rise)(x, d, 9.0) == pytest.approx(
        steam_flow * 1350e3 / (9e3 * cp), rel=1e-9
    )
    step = plain(turbine_cycle.next_rise)
    assert step(0.0, 0.0, 10.0, 1.3, 0) == pytest.approx(8.7)
    assert step(10.0, 1.3, 8.7, -0.1, 1) == pytest.approx(8.7 + 0.1 * (8.7 - 10) / (-0.1 - 1.3))
    assert step(10.0, 1.3, 8.7, 1.3, 1) == pytest.approx(7.4)


def test_a_state_of_steam():
    of = plain(turbine_cycle.steam_state)
    wet = h_px(5e3, 0.9)
    assert of(5e3, wet) == (
        pytest.approx(t_s(5e3)),
        pytest.approx(0.9),
        pytest.approx(plain(steam.s_px)(5e3, 0.9)),
    )
    T, quality, s = of(1 * MPA, 3100e3)
    assert (h_pT(1 * MPA, T), quality) == (pytest.approx(3100e3), 1.0)
    assert s == pytest.approx(s_ph(1 * MPA, 3100e3))


# ---------------------------------------------------------------- steam at low load, a heater's source


@pytest.mark.parametrize(
    ("values", "state", "blamed"),
    [
        ({}, {}, 0),
        ({}, {"steam_temperature": 600.0}, MAIN_STEAM_TEMPERATURE),
        ({}, {"reheat_temperature": 500.0}, HOT_REHEAT_TEMPERATURE),
        ({"reheat": 0}, {"reheat_temperature": 500.0}, 0),
        ({"main_steam_temperature": 600.0}, {"steam_temperature": 600.0}, 0),  # as rated: looked at by itself
        ({}, {"steam_temperature": 600.0, "steam_pressure": 23 * MPA}, 0),
    ],
)
def test_steam_stays_above_its_saturation(values, state, blamed):
    x = fields(
        **{
            "main_steam_temperature": 811.0,
            "hot_reheat_temperature": 811.0,
            "reheat": REHEAT_SINGLE,
            **values,
        }
    )
    own = {
        "steam_pressure": 15 * MPA,
        "steam_temperature": 790.0,
        "reheat_pressure": 3 * MPA,
        "reheat_temperature": 780.0,
    }
    y = fields(status_variable=0, saturation_found=NAN)
    assert plain(exchangers.check_steam)(x, fields(**{**own, **state}), y) == (
        INFEASIBLE_ORDER if blamed else OK
    )
    assert y.status_variable == blamed
    if blamed:
        assert y.saturation_found == pytest.approx(
            t_s(15 * MPA if blamed == MAIN_STEAM_TEMPERATURE else 3 * MPA)
        )


def test_the_warmest_that_enters_a_heater():
    """The drain of the next heater in service above, where it cascades."""
    x = fields(heater_count=3, heater_kind=[0, 0, 0], heater_state=[0, HEATER_OUT, 0], drain_to=[0, 0, 0])
    d = fields(
        heat_from_outside=[0.0] * 3,
        gland_into_share=[0.0] * 3,
        heater_saturation_temperature=[520.0, 480.0, 440.0],
        drain_temperature=[470.0, 465.0, 400.0],
    )
    warmest = plain(exchangers.warmest_source)
    assert [warmest(x, d, i) for i in (0, 2)] == [520.0, 470.0]
    assert warmest(changed(x, heater_state=[0, 0, 0]), d, 2) == 465.0
    assert warmest(changed(x, drain_to=[1, 0, 0]), d, 2) == 440.0
    assert warmest(changed(x, heater_kind=[OPEN, 0, 0]), d, 2) == 440.0
    assert warmest(x, changed(d, drain_temperature=[430.0, 0.0, 0.0]), 2) == 440.0
    assert math.isnan(warmest(x, changed(d, heat_from_outside=[0.0, 0.0, 1.0]), 2))
    assert math.isnan(warmest(x, changed(d, gland_into_share=[0.0, 0.0, 0.01]), 2))
