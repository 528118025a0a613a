"""Levels of a coal unit's heaters by hand: saturation, water in and out, drains, and the pumps between."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields, plain

from plantsim.kernels import pump, steam
from plantsim.processes.coal_unit import heaters
from plantsim.processes.coal_unit.codes import (
    CONDENSATE_PRESSURE,
    DRAIN_CONDENSER,
    DRAIN_COOLER_APPROACH,
    DRAIN_FORWARD,
    DRAIN_NEXT,
    DRAIN_TO,
    EXTRACTION_PRESSURE,
    FEEDWATER_PRESSURE,
    HEATER_OUT,
    HEATER_STATE,
    OPEN,
    REHEAT_SINGLE,
    TERMINAL_DIFFERENCE,
)
from plantsim.vocabulary.status import (
    INCOMPLETE,
    INFEASIBLE_ORDER,
    INFEASIBLE_PINCH,
    OK,
    OUTSIDE_RANGE,
)

NAN = math.nan
ETA = 0.98
MPA = 1e6
saturated_at = plain(steam.saturation_temperature)


def changed(record, **values):
    return fields(**{**vars(record), **values})


def cycle(n=1, **values):
    """What describes a cycle of n heaters, all closed with cascading drains."""
    x = fields(
        heater_count=n,
        heater_kind=[0] * n,
        heater_state=[0] * n,
        drain_to=[DRAIN_NEXT] * n,
        heater_efficiency=ETA,
        open_heater_loss=0,
        drain_cooler_approach=[NAN] * n,
        extraction_loss=[0.05] * n,
        extraction_fraction=[NAN] * n,
        heater_water_pressure=[0.0] * n,
        heater_efficiency_ratio=[1.0] * n,
        gland_flow_count=0,
        gland_share=[],
        gland_source=[],
        gland_to=[],
        gland_enthalpy=[],
        economiser_from=0,
        economiser_to=0,
        heat_return_to=0,
        condensate_pump_efficiency=0.78,
        feed_pump_efficiency=0.83,
        deaerator_height=21.0,
        condensate_external_heat=0.0,
        reheat=REHEAT_SINGLE,
        feed_pump_drive=0,
        feedwater_pressure=20 * MPA,
        condensate_pressure=1.8 * MPA,
    )
    return changed(x, **values)


def state(n=1, **values):
    """Numbers of a cycle's state that no test hangs on unless it says so."""
    arrays = [
        "point_enthalpy",
        "drain_enthalpy",
        "water_outlet_enthalpy",
        "water_inlet_enthalpy",
        "outlet_level",
        "extraction_share",
        "drain_share",
        "water_share",
        "gland_into_share",
        "gland_into_heat",
        "heat_from_outside",
        "drain_pump_rise",
        "heater_pressure",
        "heater_saturation_temperature",
        "water_outlet_temperature",
        "water_inlet_temperature",
        "drain_temperature",
        "point_pressure",
        "point_difference",
        "onward_share",
    ]
    d = fields(
        **{name: [0.0] * n for name in arrays},
        heater_efficiency_now=[ETA] * n,
        fits_heaters=0,
        leaks_join=0,
        line_drop=1.0,
        gland_heater_share=0.0,
        gland_heater_heat=0.0,
        gland_condenser_share=0.0,
        gland_condenser_heat=0.0,
        hotwell_enthalpy=140e3,
        drain_hotwell_share=0.0,
        drain_hotwell_heat=0.0,
        return_share=0.0,
        return_enthalpy=0.0,
        external_heat=0.0,
        off_design=0,
        highest_open_heater=0,
        feed_line_pressure=20 * MPA,
        condensate_line_pressure=1.8 * MPA,
        design_status_variable=0,
    )
    return changed(d, **values)


def test_which_heater_is_open_or_out():
    assert plain(heaters.highest_open)(cycle(3, heater_kind=[0, OPEN, OPEN])) == 2
    assert plain(heaters.highest_open)(cycle(2)) == 0
    x = cycle(2, heater_state=[HEATER_OUT, HEATER_OUT], heater_kind=[0, OPEN])
    assert [bool(plain(heaters.out_of_service)(x, i)) for i in (0, 1)] == [True, False]
    assert not plain(heaters.out_of_service)(cycle(1), 0)
    at = plain(heaters.line_pressure)
    x = cycle(4)
    d = state(4, highest_open_heater=2)
    assert [at(x, d, i) for i in (0, 1, 2)] == [20 * MPA, 20 * MPA, 1.8 * MPA]
    d.highest_open_heater = 0
    assert at(x, d, 3) == 20 * MPA


def levels(n=2, point=(4.0 * MPA, 0.5 * MPA), **values):
    x = cycle(n, heater_kind=[0, OPEN][:n], drain_to=[DRAIN_NEXT, DRAIN_NEXT][:n])
    d = state(
        n,
        point_pressure=list(point),
        point_enthalpy=[3100e3, 3000e3],
        **{"point_difference": [3.0, 0.0], **values},
    )
    return x, d


def test_outlets_are_a_terminal_difference_below_saturation():
    x, d = levels()
    assert plain(heaters.outlet_levels)(x, d) == OK
    t_s = saturated_at(3.8 * MPA)
    assert d.highest_open_heater == 2
    assert d.heater_pressure == pytest.approx([3.8 * MPA, 0.475 * MPA])
    assert d.heater_saturation_temperature[0] == pytest.approx(t_s)
    assert d.water_outlet_temperature[0] == pytest.approx(t_s - 3)
    assert (
        d.outlet_level[0]
        == d.water_outlet_enthalpy[0]
        == pytest.approx(plain(steam.h_pT)(20 * MPA, t_s - 3), rel=1e-9)
    )
    assert d.outlet_level[1] == pytest.approx(plain(steam.liquid_enthalpy)(0.475 * MPA))
    assert d.water_outlet_temperature[1] == pytest.approx(saturated_at(0.475 * MPA))
    above = levels(point_difference=[-2.0, 0.0])[1]  # a desuperheater
    assert plain(heaters.outlet_levels)(x, above) == OK
    assert above.outlet_level[0] == pytest.approx(plain(steam.h_pT)(20 * MPA, t_s + 2), rel=1e-9)


@pytest.mark.parametrize(
    ("change", "status", "blamed"),
    [
        ({"point_pressure": [30 * MPA, 0.5 * MPA]}, OUTSIDE_RANGE, EXTRACTION_PRESSURE),
        ({"feed_line_pressure": 3.7 * MPA}, INFEASIBLE_ORDER, FEEDWATER_PRESSURE),
        ({"point_enthalpy": [1000e3, 3000e3]}, OUTSIDE_RANGE, TERMINAL_DIFFERENCE),
    ],
)
def test_levels_that_cannot_be(change, status, blamed):
    x, d = levels()
    d = changed(d, **change)
    assert (plain(heaters.outlet_levels)(x, d), d.design_status_variable) == (status, blamed)


def test_the_lowest_heater_has_no_next_one_and_its_line_its_own_pump():
    x = cycle(2, heater_kind=[OPEN, 0])
    d = state(
        2, point_pressure=[0.5 * MPA, 0.1 * MPA], point_difference=[0.0, 3.0], point_enthalpy=[3000e3, 2700e3]
    )
    assert (plain(heaters.outlet_levels)(x, d), d.design_status_variable) == (INCOMPLETE, DRAIN_TO)
    x.drain_to = [DRAIN_NEXT, DRAIN_CONDENSER]
    assert plain(heaters.outlet_levels)(x, d) == OK
    d.condensate_line_pressure = 0.09 * MPA
    assert (plain(heaters.outlet_levels)(x, d), d.design_status_variable) == (
        INFEASIBLE_ORDER,
        CONDENSATE_PRESSURE,
    )
    x.heater_state = [0, HEATER_OUT]
    assert plain(heaters.outlet_levels)(x, d) == OK


def test_the_pump_above_an_open_heater():
    """The highest one's is the feed pump, 21 m below it; another lifts to the condensate line's pressure."""
    p = 0.475 * MPA
    t_s, v, h = (
        saturated_at(p),
        plain(steam.liquid_volume)(p),
        plain(steam.liquid_enthalpy)(p),
    )
    d = state(
        2,
        highest_open_heater=1,
        heater_pressure=[p, p],
        heater_saturation_temperature=[t_s, t_s],
        water_outlet_enthalpy=[h, h],
    )
    out, T = plain(heaters.pump_above)(cycle(2), d, 0)
    by_hand = plain(pump.pump_outlet_enthalpy)(p + 9.80665 * 21 / v, h, 20 * MPA, 0.83)
    assert out == pytest.approx(by_hand, rel=1e-7)
    assert d.feed_pump_rise == pytest.approx(by_hand - h, rel=1e-4)
    assert pytest.approx(plain(steam.T_ph)(20 * MPA, out), rel=1e-7) == T
    lifted, T = plain(heaters.pump_above)(cycle(2), d, 1)
    assert lifted == pytest.approx(h + (1.8 * MPA - p) * v / 0.78, rel=1e-9)
    assert pytest.approx(plain(steam.T_ph)(1.8 * MPA, lifted), rel=1e-6) == T


def test_condensate_before_the_lowest_heater():
    p = 5e3
    h, v = plain(steam.liquid_enthalpy)(p), plain(steam.liquid_volume)(p)
    d = state(
        1,
        highest_open_heater=1,
        condensing_pressure=p,
        condensing_temperature=saturated_at(p),
        hotwell_enthalpy=h,
    )
    x = cycle(1, condensate_external_heat=2.5e3)
    found, T = plain(heaters.base_condensate)(x, d)
    rise = (1.8 * MPA - p) * v / 0.78
    assert d.condensate_pump_rise == pytest.approx(rise, rel=1e-9)
    assert found == pytest.approx(h + rise + 2.5e3, rel=1e-9)
    assert pytest.approx(plain(steam.T_ph)(1.8 * MPA, found), rel=1e-6) == T
    d.highest_open_heater = 0  # the feed pump stands here too
    found, T = plain(heaters.base_condensate)(x, d)
    by_hand = plain(pump.pump_outlet_enthalpy)(1.8 * MPA, h + rise, 20 * MPA, 0.83)
    assert found == pytest.approx(by_hand + 2.5e3, rel=1e-6)
    assert d.feed_pump_rise == pytest.approx(by_hand - h - rise, rel=1e-3)
    assert pytest.approx(plain(steam.T_ph)(20 * MPA, found), rel=1e-6) == T


def test_a_drain_is_cooled_towards_the_water():
    p = 0.5 * MPA
    t_s = saturated_at(p)
    x = cycle(1, drain_cooler_approach=[6.0])
    d = state(
        1,
        heater_pressure=[p],
        heater_saturation_temperature=[t_s],
        water_inlet_temperature=[390.0],
        point_enthalpy=[2900e3],
    )
    assert plain(heaters.drain_level)(x, d, 0) == OK
    assert d.drain_temperature == [396.0]
    assert d.drain_enthalpy[0] == pytest.approx(plain(steam.h_pT)(p, 396.0), rel=1e-9)
    for approach, inlet in ((NAN, 390.0), (6.0, t_s - 5.0)):  # no cooler, or one with nothing to do
        d.water_inlet_temperature, x.drain_cooler_approach = [inlet], [approach]
        assert plain(heaters.drain_level)(x, d, 0) == OK
        assert (d.drain_temperature[0], d.drain_enthalpy[0]) == (
            t_s,
            pytest.approx(plain(steam.liquid_enthalpy)(p)),
        )
    d.point_enthalpy = [600e3]
    assert (plain(heaters.drain_level)(x, d, 0), d.design_status_variable) == (
        OUTSIDE_RANGE,
        DRAIN_COOLER_APPROACH,
    )


def inlets(**values):
    """A closed heater above an open one above a closed one, whose drain is pumped forward."""
    x = cycle(3, heater_kind=[0, OPEN, 0], drain_to=[DRAIN_NEXT, DRAIN_NEXT, DRAIN_FORWARD], **values)
    d = state(
        3,
        point_pressure=[3 * MPA, 0.6 * MPA, 0.1 * MPA],
        point_difference=[2.0, 0.0, 3.0],
        point_enthalpy=[3100e3, 3000e3, 2700e3],
        condensing_pressure=5e3,
        condensing_temperature=saturated_at(5e3),
        hotwell_enthalpy=plain(steam.liquid_enthalpy)(5e3),
    )
    assert plain(heaters.outlet_levels)(x, d) == OK
    return x, d


def test_water_flows_from_below():
    x, d = inlets()
    assert plain(heaters.inlet_levels)(x, d) == OK
    base, t = plain(heaters.base_condensate)(x, d)
    assert (d.water_inlet_enthalpy[2], d.water_inlet_temperature[2]) == (base, t)
    assert d.water_inlet_enthalpy[1] == d.water_outlet_enthalpy[2]
    assert d.water_inlet_temperature[1] == d.water_outlet_temperature[2]
    assert d.water_inlet_enthalpy[0] == plain(heaters.pump_above)(x, d, 1)[0]
    assert (d.feedwater_enthalpy, d.final_feedwater_temperature) == (
        d.water_outlet_enthalpy[0],
        d.water_outlet_temperature[0],
    )
    assert (d.drain_temperature[1], d.drain_enthalpy[1]) == (
        d.heater_saturation_temperature[1],
        d.water_outlet_enthalpy[1],
    )
    p = 0.095 * MPA
    assert d.drain_pump_rise == [
        0.0,
        0.0,
        pytest.approx((1.8 * MPA - p) * plain(steam.liquid_volume)(p) / 0.78),
    ]


def test_water_passes_a_heater_that_is_out():
    x, d = inlets(heater_state=[HEATER_OUT, 0, 0])
    assert plain(heaters.inlet_levels)(x, d) == OK
    h, t = plain(heaters.pump_above)(x, d, 1)
    assert (
        d.water_outlet_enthalpy[0]
        == d.outlet_level[0]
        == d.water_inlet_enthalpy[0]
        == d.feedwater_enthalpy
        == h
    )
    assert d.water_outlet_temperature[0] == t
    assert (d.drain_temperature[0], d.drain_pump_rise[0]) == (d.heater_saturation_temperature[0], 0.0)
    x, d = inlets(heater_state=[0, 0, HEATER_OUT])  # its drain cannot be pumped forward
    assert (plain(heaters.inlet_levels)(x, d), d.design_status_variable) == (OUTSIDE_RANGE, HEATER_STATE)


@pytest.mark.parametrize(("place", "blamed"), [(1, EXTRACTION_PRESSURE), (2, TERMINAL_DIFFERENCE)])
def test_water_is_warmed_in_every_heater(place, blamed):
    x, d = inlets()
    d.water_outlet_enthalpy[place] = 100e3
    assert (plain(heaters.inlet_levels)(x, d), d.design_status_variable) == (INFEASIBLE_PINCH, blamed)
    if place == 1:
        d.off_design = 1
        assert plain(heaters.inlet_levels)(x, d) != INFEASIBLE_PINCH
