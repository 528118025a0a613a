"""The steam path of a coal unit by hand: expansion line, stage groups by the cone law, pressures, loads, refusals."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields, plain

from plantsim.kernels import steam
from plantsim.kernels.turbine import expansion_efficiency, expansion_enthalpy
from plantsim.processes.coal_unit import exchangers, expansion, pressures, turbine, turbine_cycle
from plantsim.processes.coal_unit.codes import (
    BOILER_CAPACITY,
    CONDENSATE_PUMP_AT_SPEED,
    CONDENSER_DRY,
    CONDENSER_FLOW,
    CONDENSER_RISE,
    CONDENSER_TERMINAL_DIFFERENCE,
    COOLING_WATER_FLOW,
    COOLING_WATER_RISE,
    COOLING_WATER_TEMPERATURE,
    EXHAUST_PRESSURE,
    EXTRACTION_PRESSURE,
    EXTRACTION_QUALITY,
    EXTRACTION_TEMPERATURE,
    FEED_PUMP_AT_SPEED,
    HEAT,
    HEAT_CROSSOVER,
    HEAT_NONE,
    HEAT_STAGE,
    HEAT_ZERO_OUTPUT,
    HEATER_OUT,
    HOLD_MAIN_STEAM,
    HOT_REHEAT_PRESSURE,
    HOT_REHEAT_TEMPERATURE,
    HP,
    HP_EFFICIENCY,
    HP_EXHAUST_PRESSURE,
    IP,
    IP_EFFICIENCY,
    IP_EXHAUST_PRESSURE,
    LOAD,
    LP,
    LP_EFFICIENCY,
    MAIN_STEAM_TEMPERATURE,
    MINIMUM_LOAD,
    OPEN,
    PASSAGES_NEW,
    PUMP_BY_TURBINE,
    REHEAT_SINGLE,
    STEAM_THROTTLED,
)
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_FLOW, INFEASIBLE_ORDER, OK, OUTSIDE_RANGE

NAN = math.nan
MPA = 1e6
h_pT, h_px, s_ph, t_s = (plain(f) for f in (steam.h_pT, steam.h_px, steam.s_ph, steam.saturation_temperature))


def changed(record, **values):
    return fields(**{**vars(record), **values})


# ---------------------------------------------------------------- what a sheet says


def sheet(**values):
    x = fields(
        heater_count=3,
        extraction_pressure=[3.9 * MPA, 1.1 * MPA, 0.08 * MPA],
        extraction_temperature=[NAN] * 3,
        extraction_quality=[NAN] * 3,
        extraction_enthalpy=[NAN] * 3,
        hp_exhaust_enthalpy=3040e3,
        ip_exhaust_enthalpy=2990e3,
        exhaust_enthalpy=NAN,
        exhaust_quality=NAN,
        exhaust_pressure=5e3,
        hp_efficiency=0.87,
        ip_efficiency=0.91,
        lp_efficiency=0.86,
        wetness_coefficient=0.9,
        expansion_shape=[1.0] * 3,
        stage_efficiency=[NAN] * 3,
        last_stage_efficiency=[NAN] * 3,
        reheat=REHEAT_SINGLE,
        main_steam_heat_loss=1.5e3,
        hot_reheat_pressure=3.5 * MPA,
        hot_reheat_temperature=811.0,
        hp_exhaust_pressure=3.9 * MPA,
        ip_exhaust_pressure=0.9 * MPA,
        main_steam_pressure=16.7 * MPA,
        main_steam_temperature=811.0,
    )
    return changed(x, **values)


def test_callendar_s_product():
    """p v = 0.2308 (h - 1943 kJ/kg); of wet steam the share of dry steam's; never below that of dense water."""
    of = plain(expansion.product_of)
    assert of(3100e3, NAN, NAN) == pytest.approx(0.2308 * 1157e3)
    assert of(2300e3, 200e3, 2600e3) == pytest.approx(2100 / 2400 * 0.2308 * 657e3)
    assert of(1960e3, NAN, NAN) == 40e3
    assert of(300e3, 200e3, 2600e3) == 40e3
    volume = plain(expansion.pressure_volume)
    assert volume(1 * MPA, 2900e3) == pytest.approx(0.2308 * 957e3)
    quality = (2300e3 - plain(steam.liquid_enthalpy)(5e3)) / (
        plain(steam.vapour_enthalpy)(5e3) - plain(steam.liquid_enthalpy)(5e3)
    )
    assert volume(5e3, 2300e3) == pytest.approx(
        quality * 0.2308 * (plain(steam.vapour_enthalpy)(5e3) - 1943e3)
    )
    assert volume(5e3, 2811e3) == pytest.approx(0.2308 * 868e3)


@pytest.mark.parametrize(
    ("above", "quality", "enthalpy", "blamed"),
    [
        (5.0, NAN, NAN, 0),
        (-0.2, NAN, NAN, 0),
        (-0.4, NAN, NAN, EXTRACTION_TEMPERATURE),
        (0.2, 0.96, NAN, 0),
        (0.4, 0.96, NAN, EXTRACTION_QUALITY),
        (-0.4, 0.96, NAN, 0),
        (5.0, 1.0, NAN, 0),
        (-9.0, 0.5, 2800e3, 0),
        (NAN, 0.96, NAN, 0),
    ],
)
def test_figures_of_an_extraction_that_go_together(above, quality, enthalpy, blamed):
    p = 1.1 * MPA
    x = sheet(
        extraction_temperature=[NAN, t_s(p) + above, NAN],
        extraction_quality=[NAN, quality, NAN],
        extraction_enthalpy=[NAN, enthalpy, NAN],
    )
    assert plain(expansion.sheet_blame)(x, 1) == blamed
    found = plain(expansion.sheet_enthalpy)(x, 1)
    if enthalpy > 0:
        assert found == enthalpy
    elif quality < 1:
        assert found == pytest.approx(h_px(p, 0.96))
    elif above <= 0:
        assert found == pytest.approx(h_px(p, 1.0))
    else:
        assert found == pytest.approx(h_pT(p, t_s(p) + above))
    assert math.isnan(plain(expansion.sheet_enthalpy)(sheet(), 1))
    assert math.isnan(
        plain(expansion.above_saturation)(
            sheet(extraction_pressure=[23 * MPA], extraction_temperature=[700.0]), 0
        )
    )


def test_states_of_the_exhausts():
    of = plain(expansion.sheet_exhaust_enthalpy)
    assert (of(sheet(), HP), of(sheet(), IP)) == (3040e3, 2990e3)
    assert of(sheet(exhaust_enthalpy=2400e3, exhaust_quality=0.9), LP) == 2400e3
    assert of(sheet(exhaust_quality=0.9), LP) == pytest.approx(h_px(5e3, 0.9))
    assert math.isnan(of(sheet(exhaust_quality=0.9, exhaust_pressure=NAN), LP))
    assert math.isnan(of(sheet(), LP))
    stated, code = plain(expansion.stated_efficiency), plain(expansion.efficiency_code)
    assert [stated(sheet(), c) for c in (HP, IP, LP)] == [0.87, 0.91, 0.86]
    assert [code(c) for c in (HP, IP, LP)] == [HP_EFFICIENCY, IP_EFFICIENCY, LP_EFFICIENCY]


def path(**values):
    """State of a path of three extractions: at the HP exhaust, within the IP cylinder, within the LP cylinder."""
    d = fields(
        point_pressure=[3.9 * MPA, 1.1 * MPA, 0.08 * MPA],
        cylinder_exhaust_pressure=[3.9 * MPA, 0.9 * MPA, 5e3],
        cylinder_inlet_pressure=[16 * MPA, 3.4 * MPA, 0.88 * MPA],
        cylinder_inlet_enthalpy=[3400e3, 3530e3, 3000e3],
        cylinder_inlet_entropy=[s_ph(16 * MPA, 3400e3), s_ph(3.4 * MPA, 3530e3), s_ph(0.88 * MPA, 3000e3)],
        design_status_variable=0,
        off_design=0,
        steam_pressure=16.7 * MPA,
        steam_temperature=811.0,
        reheat_pressure=3.5 * MPA,
        reheat_temperature=811.0,
        leaks_join=0,
        cylinder_exhaust_enthalpy=[3040e3, 2990e3, 0.0],
        cylinder_inlet_temperature=[0.0] * 3,
        cylinder_end_temperature=[0.0] * 3,
        cylinder_efficiency=[0.0] * 3,
        cylinder_stop=[0] * 3,
        efficiency_factor=[1.0] * 3,
        lp_without_work=0,
        point_end_temperature=[0.0] * 3,
        point_enthalpy=[0.0] * 3,
        point_pressure_volume=[0.0] * 3,
        exhaust_loss_now=21e3,
        condensing_pressure=5e3,
        main_steam_enthalpy=0.0,
        hot_reheat_enthalpy=0.0,
        passing_share=[0.0] * 3,
    )
    return changed(d, **values)


def test_an_extraction_at_the_exhaust_is_the_exhaust():
    at = plain(expansion.point_of_exhaust)
    assert at(sheet(), path(), HP, 0, 1) == 0
    assert at(sheet(), path(), IP, 1, 2) == -1
    assert at(sheet(), path(), HP, 0, 0) == -1
    assert at(sheet(), path(cylinder_exhaust_pressure=[3.9 * MPA / (1 + 0.9e-6), 0, 0]), HP, 0, 1) == 0
    assert at(sheet(), path(cylinder_exhaust_pressure=[3.9 * MPA / (1 + 1.1e-6), 0, 0]), HP, 0, 1) == -1
    to = plain(expansion.expanded_to)
    assert (to(path(), HP, 3 * MPA), to(path(), HP, 5 * MPA), to(path(), LP, 1e3)) == (
        3.9 * MPA,
        5 * MPA,
        1e3,
    )


def test_which_extractions_belong_to_a_cylinder():
    """One between an exhaust and the next inlet is taken from the pipe between them."""
    last = plain(expansion.last_of_cylinder)
    assert [last(sheet(), path(), c, f) for c, f in ((HP, 0), (IP, 1), (LP, 2))] == [1, 2, 3]
    pipe = path(point_pressure=[3.6 * MPA, 0.885 * MPA, 0.08 * MPA])
    assert [last(sheet(), pipe, c, f) for c, f in ((HP, 0), (IP, 1))] == [1, 2]
    assert last(sheet(), path(point_pressure=[3.4 * MPA * (1 - 0.9e-6), 1 * MPA, 8e4]), HP, 0) == 1
    assert last(sheet(), path(point_pressure=[3.4 * MPA * (1 - 1.1e-6), 1 * MPA, 8e4]), HP, 0) == 0


@pytest.mark.parametrize(
    ("change", "cylinder", "places", "blamed"),
    [
        ({}, HP, (0, 1), 0),
        ({}, IP, (1, 2), 0),
        ({"point_pressure": [16.1 * MPA, 1.1 * MPA, 8e4]}, HP, (0, 1), EXTRACTION_PRESSURE),
        ({"point_pressure": [5 * MPA, 5 * MPA, 8e4]}, HP, (0, 2), EXTRACTION_PRESSURE),
        ({"cylinder_exhaust_pressure": [16.1 * MPA, 0.9 * MPA, 5e3]}, HP, (0, 1), HP_EXHAUST_PRESSURE),
        ({"cylinder_exhaust_pressure": [3.9 * MPA, 3.5 * MPA, 5e3]}, IP, (1, 1), IP_EXHAUST_PRESSURE),
        ({"cylinder_exhaust_pressure": [3.9 * MPA, 0.9 * MPA, 9e4]}, LP, (2, 3), 0),
        ({"cylinder_exhaust_pressure": [3.9 * MPA, 0.9 * MPA, 9e5]}, LP, (2, 3), EXHAUST_PRESSURE),
        (
            {"point_pressure": [5 * MPA, 4 * MPA, 8e4], "cylinder_exhaust_pressure": [5.1 * MPA, 1.0, 1.0]},
            HP,
            (0, 2),
            HP_EXHAUST_PRESSURE,
        ),
    ],
)
def test_pressures_fall_along_a_cylinder(change, cylinder, places, blamed):
    d = path(**change)
    found = plain(expansion.check_order)(sheet(), d, cylinder, *places)
    assert (found, d.design_status_variable) == (INFEASIBLE_ORDER if blamed else OK, blamed)


def test_an_efficiency_and_a_shape_from_the_sheet():
    """Extraction and exhaust of the IP cylinder: the shape is (1 - eta of the one)/(1 - eta of the other)."""
    x = sheet(extraction_enthalpy=[NAN, 3195e3, NAN], ip_efficiency=NAN)
    d = path()
    assert plain(expansion.fit_cylinder)(x, d, IP, 1, 2) == OK
    h, s = 3530e3, d.cylinder_inlet_entropy[IP]
    part = plain(expansion_efficiency)(h, s, 1.1 * MPA, 3195e3, 0.9)
    whole = plain(expansion_efficiency)(h, s, 0.9 * MPA, 2990e3, 0.9)
    assert whole != pytest.approx(part, rel=1e-3)
    assert x.ip_efficiency == pytest.approx(whole, rel=1e-12)
    assert x.expansion_shape[1] == pytest.approx((1 - part) / (1 - whole), rel=1e-12)
    stated = sheet(
        extraction_enthalpy=[NAN, 3195e3, NAN]
    )  # a stated one has precedence; the shape stays the sheet's
    assert plain(expansion.fit_cylinder)(stated, d, IP, 1, 2) == OK
    assert (stated.ip_efficiency, stated.expansion_shape[1]) == (0.91, pytest.approx(x.expansion_shape[1]))
    plain_shape = sheet(ip_exhaust_enthalpy=NAN, ip_efficiency=0.93)
    assert plain(expansion.fit_cylinder)(plain_shape, d, IP, 1, 2) == OK
    assert plain_shape.expansion_shape[1] == 1.0
    last = sheet(extraction_enthalpy=[NAN, 3195e3, NAN], ip_exhaust_enthalpy=NAN, ip_efficiency=NAN)
    assert (
        plain(expansion.fit_cylinder)(last, d, IP, 1, 2) == OK
    )  # the last extraction stands for the cylinder
    assert (last.ip_efficiency, last.expansion_shape[1]) == (
        pytest.approx(part, rel=1e-12),
        pytest.approx(1.0),
    )


def test_each_cylinder_s_own_efficiency_is_fitted():
    for c, name, h_out, p in ((HP, "hp", 3040e3, 3.9 * MPA), (LP, "lp", 2380e3, 4e3)):
        x = sheet(**{f"{name}_efficiency": NAN}, exhaust_enthalpy=2380e3, exhaust_pressure=4e3)
        d = path()
        assert plain(expansion.fit_cylinder)(x, d, c, 0, 0) == OK
        by_hand = plain(expansion_efficiency)(
            d.cylinder_inlet_enthalpy[c], d.cylinder_inlet_entropy[c], p, h_out, 0.9
        )
        assert getattr(x, f"{name}_efficiency") == pytest.approx(by_hand, rel=1e-12)
    x = sheet(lp_efficiency=NAN, exhaust_enthalpy=2380e3, exhaust_pressure=NAN)
    plain(expansion.fit_cylinder)(x, d, LP, 0, 0)
    by_hand = plain(expansion_efficiency)(3000e3, d.cylinder_inlet_entropy[LP], 5e3, 2380e3, 0.9)
    assert x.lp_efficiency == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize(("c", "blamed"), [(HP, HP_EFFICIENCY), (IP, IP_EFFICIENCY), (LP, LP_EFFICIENCY)])
def test_a_cylinder_without_any_figure(c, blamed):
    none = {
        "hp_exhaust_enthalpy": NAN,
        "ip_exhaust_enthalpy": NAN,
        "hp_efficiency": NAN,
        "ip_efficiency": NAN,
        "lp_efficiency": NAN,
    }
    d = path()
    assert plain(expansion.fit_cylinder)(sheet(**none), d, c, 0, 0) == INCOMPLETE
    assert d.design_status_variable == blamed
    x = sheet(**none)
    d.cylinder_inlet_pressure[c] = d.cylinder_exhaust_pressure[c] * (
        1 + 0.9e-6
    )  # without extent it needs none
    assert plain(expansion.fit_cylinder)(x, d, c, 0, 0) == OK
    assert plain(expansion.stated_efficiency)(x, c) == 1.0
    wrong = sheet(extraction_temperature=[300.0, NAN, NAN])
    assert (plain(expansion.fit_cylinder)(wrong, d, HP, 0, 1), d.design_status_variable) == (
        OUTSIDE_RANGE,
        EXTRACTION_TEMPERATURE,
    )


@pytest.mark.parametrize(
    ("c", "change", "status", "blamed"),
    [
        (HP, {}, OK, 0),
        (HP, {"steam_temperature": 620.0}, INFEASIBLE_ORDER, MAIN_STEAM_TEMPERATURE),
        (IP, {}, OK, 0),
        (IP, {"reheat_temperature": 510.0}, INFEASIBLE_ORDER, HOT_REHEAT_TEMPERATURE),
        (LP, {}, OK, 0),
    ],
)
def test_steam_enters_a_cylinder(c, change, status, blamed):
    d = path(**change)
    assert plain(expansion.enter_cylinder)(sheet(), d, c) == status
    assert d.design_status_variable == blamed
    if status == OK:
        h = [h_pT(16.7 * MPA, 811.0) - 1.5e3, h_pT(3.5 * MPA, 811.0), 2990e3][c]
        assert d.cylinder_inlet_enthalpy[c] == pytest.approx(h, rel=1e-12)
        assert d.cylinder_inlet_entropy[c] == pytest.approx(s_ph(d.cylinder_inlet_pressure[c], h), rel=1e-9)
    else:
        d.off_design = 1  # at low load it is looked at elsewhere
        assert plain(expansion.enter_cylinder)(sheet(), d, c) != INFEASIBLE_ORDER


def test_what_reheating_needs():
    enter = plain(expansion.enter_cylinder)
    for change, status, blamed in (
        ({"hot_reheat_pressure": NAN}, INCOMPLETE, HOT_REHEAT_PRESSURE),
        ({"hot_reheat_temperature": NAN}, INCOMPLETE, HOT_REHEAT_TEMPERATURE),
        ({"hot_reheat_pressure": 4 * MPA}, INFEASIBLE_ORDER, HOT_REHEAT_PRESSURE),
    ):
        d = path()
        assert (enter(sheet(**change), d, IP), d.design_status_variable) == (status, blamed)
    d = path()
    assert enter(sheet(reheat=0), d, IP) == OK
    assert d.cylinder_inlet_enthalpy[IP] == 3040e3
    above = plain(expansion.superheated)
    assert above(sheet(), path(steam_temperature=630.0, steam_pressure=22.1 * MPA), HP)
    assert above(sheet(), path(steam_temperature=648.0), HP)
    assert above(sheet(reheat=0), path(reheat_temperature=300.0), IP)
    assert above(sheet(), path(steam_temperature=t_s(16.7 * MPA) + 0.1), HP)
    assert not above(sheet(), path(steam_temperature=t_s(16.7 * MPA)), HP)


def test_the_whole_line():
    """Each cylinder from its inlet; an extraction's loss is its cylinder's times its shape."""
    x = sheet(expansion_shape=[1.1, 1.2, 0.8])
    d = path(efficiency_factor=[0.97, 0.98, 0.99])
    assert plain(expansion.expand)(x, d, False) == OK
    assert d.cylinder_efficiency == pytest.approx([0.87 * 0.97, 0.91 * 0.98, 0.86 * 0.99])
    assert d.cylinder_stop == [1, 2, 3]
    end = plain(expansion_enthalpy)
    h = [h_pT(16.7 * MPA, 811.0) - 1.5e3, h_pT(3.5 * MPA, 811.0)]
    s = [s_ph(16 * MPA, h[0]), s_ph(3.4 * MPA, h[1])]
    eta = d.cylinder_efficiency
    assert d.point_enthalpy[0] == pytest.approx(
        end(h[0], s[0], 3.9 * MPA, 1 - (1 - eta[0]) * 1.1, 0.9), rel=1e-9
    )
    assert d.cylinder_exhaust_enthalpy[HP] == d.point_enthalpy[0]
    assert d.point_enthalpy[1] == pytest.approx(
        end(h[1], s[1], 1.1 * MPA, 1 - (1 - eta[1]) * 1.2, 0.9), rel=1e-9
    )
    ip_out = end(h[1], s[1], 0.9 * MPA, eta[1], 0.9)
    assert d.cylinder_exhaust_enthalpy[IP] == pytest.approx(ip_out, rel=1e-9)
    s_lp = s_ph(0.88 * MPA, ip_out)
    assert d.point_enthalpy[2] == pytest.approx(
        end(ip_out, s_lp, 0.08 * MPA, 1 - (1 - eta[2]) * 0.8, 0.9), rel=1e-9
    )
    assert d.cylinder_exhaust_enthalpy[LP] == pytest.approx(
        end(ip_out, s_lp, 5e3, eta[2], 0.9) + 21e3, rel=1e-9
    )
    assert d.point_pressure_volume[1] == pytest.approx(0.2308 * (d.point_enthalpy[1] - 1943e3), rel=1e-9)
    # where the search for each state begins next: none where steam is wet
    assert [t > 500.0 for t in d.point_end_temperature] == [True, True, False]
    assert d.point_end_temperature[2] == 0.0
    assert (d.cylinder_end_temperature[IP] > 500.0, d.cylinder_end_temperature[LP]) == (True, 0.0)
    fitted = sheet(ip_efficiency=NAN)
    state = path()
    assert plain(expansion.expand)(fitted, state, True) == OK
    whole = plain(expansion_efficiency)(h[1], s[1], 0.9 * MPA, 2990e3, 0.9)
    assert fitted.ip_efficiency == pytest.approx(whole, rel=1e-9)
    assert state.cylinder_exhaust_enthalpy[IP] == pytest.approx(2990e3, rel=1e-9)
    idle = path(lp_without_work=1)
    assert plain(expansion.expand)(x, idle, False) == OK
    assert idle.cylinder_efficiency[LP] == 0.0
    assert idle.point_enthalpy[2] == pytest.approx(idle.cylinder_inlet_enthalpy[LP])
    missing = path()
    assert (
        plain(expansion.expand)(sheet(ip_efficiency=NAN), missing, False),
        missing.design_status_variable,
    ) == (INCOMPLETE, IP_EFFICIENCY)


def test_a_line_that_cannot_be():
    expand = plain(expansion.expand)
    order = path(
        point_pressure=[3.9 * MPA, 17 * MPA, 0.08 * MPA],
        cylinder_inlet_pressure=[16 * MPA, 3.4 * MPA, 0.88 * MPA],
    )
    assert (expand(sheet(), order, True), order.design_status_variable) == (
        INFEASIBLE_ORDER,
        EXTRACTION_PRESSURE,
    )
    rising = path()  # a loss above the whole drop
    found = expand(sheet(expansion_shape=[1.0, 30.0, 1.0]), rising, False)
    assert (found, rising.design_status_variable) == (INFEASIBLE_ORDER, EXTRACTION_PRESSURE)
    unknown = path()
    found = expand(sheet(expansion_shape=[1.0, NAN, 1.0]), unknown, False)
    assert (found, unknown.design_status_variable) == (OUTSIDE_RANGE, EXTRACTION_PRESSURE)
    for c, blamed in ((IP, IP_EFFICIENCY), (LP, EXHAUST_PRESSURE)):
        d = path(cylinder_efficiency=[NAN] * 3)
        assert plain(expansion.expand_to_exhaust)(sheet(), d, c, 0, 0) == OUTSIDE_RANGE
        assert d.design_status_variable == blamed
    d = path(cylinder_inlet_enthalpy=[3400e3, 3530e3, NAN], cylinder_exhaust_enthalpy=[3040e3, NAN, 0.0])
    assert (plain(expansion.enter_cylinder)(sheet(), d, LP), d.design_status_variable) == (
        OUTSIDE_RANGE,
        IP_EXHAUST_PRESSURE,
    )


def test_a_cylinder_without_extent_leaves_its_steam_as_it_is():
    """Two pressures within a millionth are the same."""
    for apart, same in ((0.9e-6, True), (1.1e-6, False)):
        d = path(
            cylinder_exhaust_pressure=[3.9 * MPA, 3.4 * MPA * (1 - apart), 5e3], cylinder_efficiency=[0.9] * 3
        )
        assert plain(expansion.expand_to_exhaust)(sheet(), d, IP, 0, 0) == OK
        assert (d.cylinder_exhaust_enthalpy[IP] == 3530e3) is same
    for apart, status in ((0.9e-6, OK), (1.1e-6, INFEASIBLE_ORDER)):
        d = path(cylinder_exhaust_pressure=[3.9 * MPA, 3.4 * MPA * (1 + 1e-6 + apart), 5e3])
        assert plain(expansion.check_order)(sheet(), d, IP, 1, 1) == status
        d = path(point_pressure=[16 * MPA * (1 + apart), 1 * MPA, 8e4])
        assert plain(expansion.check_order)(sheet(), d, HP, 0, 1) == status
    below = path(
        cylinder_exhaust_pressure=[3.2 * MPA, 0.9 * MPA, 5e3], point_pressure=[3.3 * MPA, 1 * MPA, 8e4]
    )
    assert plain(expansion.last_of_cylinder)(sheet(), below, HP, 0) == 1
    assert plain(expansion.enter_cylinder)(sheet(), path(reheat_temperature=300.0), LP) == OK
    at_exhaust = sheet(
        extraction_enthalpy=[3060e3, NAN, NAN], hp_efficiency=NAN
    )  # the extraction there is the exhaust
    d = path()
    assert plain(expansion.fit_cylinder)(at_exhaust, d, HP, 0, 1) == OK
    by_hand = plain(expansion_efficiency)(3400e3, d.cylinder_inlet_entropy[HP], 3.9 * MPA, 3060e3, 0.9)
    assert at_exhaust.hp_efficiency == pytest.approx(by_hand, rel=1e-12)


def test_temperatures_are_kept_forgotten_and_recalled():
    x = fields(heater_count=2)
    names = ("point_end", "cylinder_inlet", "cylinder_end")
    d = fields(
        point_end_temperature=[500.0, 400.0],
        cylinder_inlet_temperature=[800.0, 810.0, 600.0],
        cylinder_end_temperature=[590.0, 580.0, 306.0],
        design_point_temperature=[0.0] * 2,
        design_inlet_temperature=[0.0] * 3,
        design_end_temperature=[0.0] * 3,
    )
    before = [list(getattr(d, f"{n}_temperature")) for n in names]
    plain(expansion.keep_temperatures)(x, d)
    plain(expansion.forget_temperatures)(x, d)
    assert [getattr(d, f"{n}_temperature") for n in names] == [[0.0] * 2, [0.0] * 3, [0.0] * 3]
    plain(expansion.recall_temperatures)(x, d)
    assert [getattr(d, f"{n}_temperature") for n in names] == before


# ---------------------------------------------------------------- the cone law


def test_stodola_s_constant_and_its_inverse():
    k = plain(pressures.squared_constant)(250.0, 9 * MPA, 4 * MPA, 280e3)
    assert k == pytest.approx(250**2 * 280e3 / (81 - 16) / 1e12)
    before = plain(pressures.pressure_before)
    assert before(k, 250.0, 4 * MPA, 280e3) == pytest.approx(9 * MPA)
    assert before(k, 125.0, 1 * MPA, 260e3) == pytest.approx(math.sqrt(1e12 + 125**2 * 260e3 / k))
    assert before(0.0, 125.0, 1 * MPA, 260e3) == 1 * MPA
    none = plain(pressures.squared_constant)
    assert none(250.0, 4 * MPA, 4 * MPA, 280e3) == none(0.0, 9 * MPA, 4 * MPA, 280e3) == 0.0
    part = plain(pressures.scaled)
    assert part(9 * MPA, 4 * MPA, 0.6) == pytest.approx(math.sqrt(16 + 0.36 * 65) * MPA)
    assert part(9 * MPA, 5e3, 0.6) == pytest.approx(math.sqrt(5e3**2 + 0.36 * (81e12 - 5e3**2)))
    assert part(1e3, 5e3, 2.0) == 5e3


def stages(**values):
    """One extraction in each cylinder, at the HP exhaust in the first."""
    x = fields(
        heater_count=3,
        main_steam_pressure=16.7 * MPA,
        main_steam_loss=0.03,
        pressure_control=0,
        valve_reserve=0.0,
        least_pressure_share=0.3,
        hp_exhaust_pressure=4 * MPA,
        hot_reheat_pressure=3.6 * MPA,
        ip_exhaust_pressure=0.9 * MPA,
        intercept_valve_loss=0.02,
        crossover_loss=0.025,
        extraction_pressure=[3.8 * MPA, 1.5 * MPA, 0.1 * MPA],
        reheat=REHEAT_SINGLE,
        heat_supply=HEAT_NONE,
        heat_supply_pressure=NAN,
        flow_passages=0,
        plant_inlet_constant=[0.0] * 3,
        plant_stage_constant=[0.0] * 3,
    )
    d = fields(
        cylinder_stop=[1, 2, 3],
        cylinder_inlet_pressure=[16 * MPA, 3.5 * MPA, 0.88 * MPA],
        cylinder_exhaust_pressure=[4 * MPA, 0.9 * MPA, 5e3],
        cylinder_inlet_enthalpy=[3400e3, 3530e3, 3010e3],
        cylinder_exhaust_enthalpy=[3050e3, 3000e3, 2400e3],
        inlet_share=[0.99, 0.85, 0.7],
        onward_share=[0.86, 0.78, 0.64],
        point_pressure=[3.8 * MPA, 1.5 * MPA, 0.1 * MPA],
        point_pressure_volume=[255e3, 280e3, 170e3],
        inlet_constant=[0.0] * 3,
        stage_constant=[0.0] * 3,
        design_inlet_flow=[0.0] * 3,
        heat_place=-1,
        heat_share=0.0,
        condensing_pressure=5e3,
        step_pressure=[0.0] * 3,
        step_inlet_pressure=[0.0] * 3,
        steam_pressure=0.0,
        reheat_pressure=0.0,
    )
    return changed(x, **{k: v for k, v in values.items() if hasattr(x, k)}), changed(
        d, **{k: v for k, v in values.items() if hasattr(d, k)}
    )


def constant(m, p, p_out, pv):
    return m * m * pv / (p * p - p_out * p_out)


def test_constants_of_every_group():
    """p v of dry steam is Callendar's at the inlets, the expansion's at the extractions."""
    x, d = stages()
    plain(pressures.find_constants)(x, d, 300.0)
    pv = [0.2308 * (h - 1943e3) for h in (3400e3, 3530e3, 3010e3)]
    # the HP's last group lies between the extraction and its exhaust pressure, which is higher: none
    assert d.inlet_constant == pytest.approx(
        [
            constant(297.0, 16 * MPA, 3.8 * MPA, pv[0]),
            constant(255.0, 3.5 * MPA, 1.5 * MPA, pv[1]),
            constant(210.0, 0.88 * MPA, 0.1 * MPA, pv[2]),
        ],
        rel=1e-9,
    )
    assert d.stage_constant == pytest.approx(
        [0.0, constant(234.0, 1.5 * MPA, 0.9 * MPA, 280e3), constant(192.0, 0.1 * MPA, 5e3, 170e3)], rel=1e-9
    )
    assert [plain(pressures.first_of_cylinder)(d, c) for c in (HP, IP, LP)] == [0, 1, 2]


def test_constants_are_the_plant_s_unless_its_passages_are_new():
    x, d = stages()
    plain(pressures.set_constants)(x, d, 300.0, True)
    own = (list(d.inlet_constant), list(d.stage_constant))
    assert (x.plant_inlet_constant, x.plant_stage_constant) == own
    assert d.design_inlet_flow == pytest.approx([297.0, 255.0, 210.0])
    d.inlet_constant, d.stage_constant = [9.0] * 3, [9.0] * 3
    plain(pressures.set_constants)(x, d, 330.0, False)
    assert (d.inlet_constant, d.stage_constant) == own
    assert d.design_inlet_flow == pytest.approx([326.7, 280.5, 231.0])
    x.flow_passages = PASSAGES_NEW
    plain(pressures.set_constants)(x, d, 330.0, False)
    assert d.inlet_constant == pytest.approx([1.21 * k for k in own[0]])
    assert (x.plant_inlet_constant, x.plant_stage_constant) == own


def test_pressures_at_another_flow_from_the_condenser_upward():
    """At 240 kg/s each group by its constant; the HP's extraction keeps its ratio to the exhaust."""
    x, d = stages()
    plain(pressures.set_constants)(x, d, 300.0, True)
    d.heat_share = 0.0
    change = plain(pressures.follow_flow)(x, d, 240.0)
    k_in, k = d.inlet_constant, d.stage_constant
    pv = [0.2308 * (h - 1943e3) for h in (3400e3, 3530e3, 3010e3)]
    lp_point = math.sqrt(5e3**2 + (240 * 0.64) ** 2 * 170e3 / k[2])
    lp_in = math.sqrt(lp_point**2 + (240 * 0.7) ** 2 * pv[2] / k_in[2])
    ip_out = lp_in / 0.975
    ip_point = math.sqrt(ip_out**2 + (240 * 0.78) ** 2 * 280e3 / k[1])
    ip_in = math.sqrt(ip_point**2 + (240 * 0.85) ** 2 * pv[1] / k_in[1])
    reheat = ip_in / 0.98
    hp_out = reheat * 4 / 3.6
    hp_point = hp_out * 3.8 / 4
    hp_in = math.sqrt(hp_point**2 + (240 * 0.99) ** 2 * pv[0] / k_in[0])
    assert d.point_pressure == pytest.approx([hp_point, ip_point, lp_point], rel=1e-9)
    assert d.cylinder_inlet_pressure == pytest.approx([hp_in, ip_in, lp_in], rel=1e-9)
    assert d.cylinder_exhaust_pressure[:2] == pytest.approx([hp_out, ip_out], rel=1e-9)
    assert d.reheat_pressure == pytest.approx(reheat)
    assert d.steam_pressure == pytest.approx(hp_in / 0.97)
    steps = [hp_point / (3.8 * MPA) - 1, ip_point / (1.5 * MPA) - 1, lp_point / (0.1 * MPA) - 1]
    inlets = [hp_in / (16 * MPA) - 1, ip_in / (3.5 * MPA) - 1, lp_in / (0.88 * MPA) - 1]
    assert d.step_pressure == pytest.approx(steps)
    assert d.step_inlet_pressure == pytest.approx(inlets)
    assert change == pytest.approx(max(abs(s) for s in (*steps, *inlets)))


def test_the_largest_change_counts_wherever_it_is():
    for place in range(3):
        for name in ("point_pressure", "cylinder_inlet_pressure"):
            x, d = stages()
            plain(pressures.set_constants)(x, d, 300.0, True)
            plain(pressures.follow_flow)(x, d, 300.0)
            settled = getattr(d, name)[place]
            getattr(d, name)[place] = settled / 3
            found = plain(pressures.follow_flow)(x, d, 300.0)
            step = (d.step_pressure if name == "point_pressure" else d.step_inlet_pressure)[place]
            assert step > 1.5
            assert found == pytest.approx(max(abs(n) for n in (*d.step_pressure, *d.step_inlet_pressure)))


def test_several_extractions_of_one_cylinder():
    """Two in the LP cylinder: the lower one first, from the condenser upward."""
    x, d = stages()
    d.cylinder_stop, d.onward_share = [0, 0, 3], [0.66, 0.62, 0.6]
    d.point_pressure, d.stage_constant = [0.5 * MPA, 0.2 * MPA, 0.05 * MPA], [4.0, 9.0, 30.0]
    d.inlet_constant = [1.0, 1.0, 2.0]
    plain(pressures.follow_flow)(x, d, 200.0)
    p = 5e3
    by_hand = []
    for share, pv, k in ((0.6, 170e3, 30.0), (0.62, 280e3, 9.0), (0.66, 255e3, 4.0)):
        p = math.sqrt(p * p + (200 * share) ** 2 * pv / k)
        by_hand.append(p)
    assert d.point_pressure == pytest.approx(by_hand[::-1], rel=1e-9)


def test_a_first_state_at_part_load():
    x, d = stages()
    x = changed(
        x,
        reference_main_steam_flow=300.0,
        temperature_held_from=0.7,
        main_steam_temperature=811.0,
        main_steam_temperature_fall=90.0,
        hot_reheat_temperature=810.0,
        reheat_temperature_fall=140.0,
        part_flow_loss=0.08,
        feed_pump_control=FEED_PUMP_AT_SPEED,
        feedwater_pressure=20 * MPA,
        condensate_pump_control=0,
        condensate_pressure=1.8 * MPA,
        extraction_loss=[0.05] * 3,
    )
    d = changed(d, reheat_pressure=3.6 * MPA, efficiency_factor=[0.0] * 3, highest_open_heater=2)
    plain(pressures.guess_operation)(x, d, 0.6)
    of = plain(pressures.scaled)
    assert d.cylinder_inlet_pressure == pytest.approx([of(p * MPA, 5e3, 0.6) for p in (16, 3.5, 0.88)])
    assert d.cylinder_exhaust_pressure == pytest.approx([of(4 * MPA, 5e3, 0.6), of(0.9 * MPA, 5e3, 0.6), 5e3])
    assert d.point_pressure == pytest.approx([of(p * MPA, 5e3, 0.6) for p in (3.8, 1.5, 0.1)])
    assert d.reheat_pressure == pytest.approx(of(3.6 * MPA, 5e3, 0.6))
    assert d.steam_pressure == pytest.approx(d.cylinder_inlet_pressure[HP] / 0.97)
    assert (d.steam_temperature, d.reheat_temperature) == (pytest.approx(811 - 9), pytest.approx(810 - 14))
    assert d.feed_line_pressure == pytest.approx(d.steam_pressure + 3.3 * MPA * 0.36)
    assert d.efficiency_factor == pytest.approx([1 - 0.08 * 0.16] * 3)


def test_pumps_at_speed_follow_the_square_of_the_flow():
    """Half of the flow: a quarter of 3.3 MPa above the steam; the condensate line above the open heater's pressure."""
    x, d = stages()
    x = changed(
        x,
        reference_main_steam_flow=300.0,
        feed_pump_control=FEED_PUMP_AT_SPEED,
        feedwater_pressure=20 * MPA,
        condensate_pump_control=CONDENSATE_PUMP_AT_SPEED,
        condensate_pressure=1.8 * MPA,
        extraction_loss=[0.03, 0.05, 0.07],
    )
    for place in (1, 2):
        d = changed(
            d,
            steam_pressure=9 * MPA,
            highest_open_heater=place,
            condensate_line_pressure=0.0,
            point_pressure=[1.9 * MPA, 0.8 * MPA, 0.05 * MPA],
        )
        plain(pressures.follow_pumps)(x, d, 150.0)
        loss = (0.03, 0.05)[place - 1]
        design, now = ((3.8, 1.9), (1.5, 0.8))[place - 1]
        assert d.feed_line_pressure == pytest.approx(9 * MPA + 0.25 * 3.3 * MPA)
        assert d.condensate_line_pressure == pytest.approx(
            (now * (1 - loss) + 0.25 * (1.8 - design * (1 - loss))) * MPA
        )
    for still in (
        {
            "feed_pump_control": FEED_PUMP_AT_SPEED + 1,
            "condensate_pump_control": CONDENSATE_PUMP_AT_SPEED + 1,
        },
    ):
        d = changed(d, feed_line_pressure=7.0, condensate_line_pressure=8.0)
        plain(pressures.follow_pumps)(changed(x, **still), d, 150.0)
        assert (d.feed_line_pressure, d.condensate_line_pressure) == (7.0, 8.0)


def test_pressure_that_heating_steam_must_have():
    held = plain(pressures.regulated_pressure)
    x, d = stages(heat_share=0.1)
    assert held(x, d, 0.4 * MPA) == 0.4 * MPA
    assert held(changed(x, heat_supply_pressure=0.5 * MPA), d, 0.4 * MPA) == 0.5 * MPA
    assert held(changed(x, heat_supply_pressure=0.5 * MPA), d, 0.6 * MPA) == 0.6 * MPA
    assert held(changed(x, heat_supply=HEAT_ZERO_OUTPUT), d, 0.4 * MPA) == 0.9 * MPA
    assert held(changed(x, heat_supply=HEAT_ZERO_OUTPUT), d, 1.1 * MPA) == 1.1 * MPA
    assert (
        held(changed(x, heat_supply_pressure=0.5 * MPA), changed(d, heat_share=0.0), 0.4 * MPA) == 0.4 * MPA
    )
    before = plain(pressures.exhaust_before)
    crossover = changed(x, heat_supply=HEAT_CROSSOVER, heat_supply_pressure=1.2 * MPA)
    assert before(crossover, d, IP) == 1.2 * MPA == d.cylinder_exhaust_pressure[IP]
    assert before(changed(crossover, heat_supply=HEAT_STAGE), d, IP) == pytest.approx(0.88 / 0.975 * MPA)
    for place in (0, 1):
        assert before(crossover, changed(d, heat_place=place), IP) == pytest.approx(0.88 / 0.975 * MPA)
    assert before(changed(x, reheat=0), d, HP) == 3.5 * MPA
    assert before(x, d, HP) == pytest.approx(3.5 / 0.98 * 4 / 3.6 * MPA)
    ratio = plain(pressures.pipe_ratio)
    assert (ratio(x, HP, 0), ratio(x, IP, 1), ratio(x, IP, 2)) == (
        pytest.approx(0.95),
        1.0,
        pytest.approx(1 / 9),
    )
    # at a stage the valve stands behind that stage
    at_stage, state = stages(
        heat_share=0.1, heat_supply=HEAT_STAGE, heat_supply_pressure=1.9 * MPA, heat_place=1
    )
    plain(pressures.set_constants)(at_stage, state, 300.0, True)
    plain(pressures.follow_flow)(at_stage, state, 240.0)
    assert state.point_pressure[1] == 1.9 * MPA


@pytest.mark.parametrize(
    ("p_in", "values", "p"),
    [
        (12.0, {}, 12 / 0.97),
        (16.5, {}, 16.7),
        (18.0, {}, 18.0),
        (3.0, {}, 0.3 * 16.7),
        (12.0, {"pressure_control": STEAM_THROTTLED}, 16.7),
        (18.0, {"pressure_control": STEAM_THROTTLED}, 18.0),
        (12.0, {"valve_reserve": 0.05}, 12 / 0.97 / 0.95),
        (16.0, {"valve_reserve": 0.05}, 16.7),
        (16.4, {"valve_reserve": 0.05}, 16.7),
    ],
)
def test_pressure_of_the_boiler(p_in, values, p):
    """Sliding 3 % above the stages, no more than rated before the valves are open, no less than 30 % of it."""
    assert plain(pressures.boiler_pressure)(stages(**values)[0], p_in * MPA) == pytest.approx(p * MPA)


def test_temperatures_efficiencies_and_a_drop_that_heat_supply_changes():
    x = fields(
        temperature_held_from=0.6,
        reference_main_steam_flow=300.0,
        main_steam_temperature=811.0,
        main_steam_temperature_fall=90.0,
        hot_reheat_temperature=810.0,
        reheat_temperature_fall=140.0,
        part_flow_loss=0.08,
    )
    d = fields(
        inlet_share=[0.99, 0.85, 0.6],
        design_inlet_flow=[297.0, 255.0, 210.0],
        efficiency_factor=[0.0] * 3,
        heat_share=0.1,
        heat_place=-1,
        cylinder_inlet_enthalpy=[0.0, 3530e3, 0.0],
        cylinder_exhaust_enthalpy=[0.0, 3130e3, 0.0],
        cylinder_efficiency=[0.0, 0.9, 0.0],
        design_ip_drop=600e3,
    )
    plain(pressures.follow_temperatures)(x, d, 150.0)
    assert (d.steam_temperature, d.reheat_temperature) == (pytest.approx(811 - 9), pytest.approx(810 - 14))
    plain(pressures.follow_temperatures)(x, d, 200.0)
    assert (d.steam_temperature, d.reheat_temperature) == (811.0, 810.0)
    off = math.sqrt(600 / (400 / 0.9)) - 1
    assert plain(pressures.other_drop_factor)(d) == pytest.approx(1 - off**2)
    plain(pressures.follow_efficiency)(x, d, 240.0)
    by_flow = [
        1 - 0.08 * (1 - 240 * s / f) ** 2
        for s, f in zip((0.99, 0.85, 0.6), (297.0, 255.0, 210.0), strict=True)
    ]
    assert d.efficiency_factor == pytest.approx([by_flow[0], by_flow[1] * (1 - off**2), by_flow[2]])
    for change in ({"heat_share": 0.0}, {"heat_place": 1}, {"heat_place": 0}):
        other = changed(d, efficiency_factor=[0.0] * 3, **change)
        plain(pressures.follow_efficiency)(x, other, 240.0)
        assert other.efficiency_factor[1] == pytest.approx(by_flow[1])
    factor = plain(pressures.other_drop_factor)
    assert (
        factor(changed(d, design_ip_drop=0.0))
        == factor(changed(d, cylinder_exhaust_enthalpy=[0.0, 3600e3, 0.0]))
        == 1.0
    )
    assert factor(changed(d, design_ip_drop=9000e3)) == 0.2


def test_heaters_by_their_transfer_units():
    """ln(whole/left) at design; UA goes with the water to the power 0.6, so that units go with it to the power -0.4."""
    x = fields(
        heater_count=5,
        heater_kind=[0, 0, OPEN, 0, 0],
        heater_state=[0, 0, 0, HEATER_OUT, 0],
        terminal_difference=[3.0, -1.0, 0.0, 4.0, 90.0],
        heater_conductance_exponent=0.6,
    )
    d = fields(
        heater_units=[9.0] * 5,
        heater_water=[0.0] * 5,
        water_share=[1.0, 1.0, 0.9, 0.8, 0.7],
        heater_saturation_temperature=[520.0, 480.0, 440.0, 400.0, 350.0],
        water_inlet_temperature=[480.0, 445.0, 400.0, 350.0, 310.0],
        step_difference=[9.0] * 5,
        point_difference=[3.0, -1.0, 0.0, 4.0, 90.0],
    )
    plain(pressures.size_heaters)(x, d, 300.0)
    assert d.heater_units == pytest.approx([math.log(40 / 3), 0.0, 0.0, 0.0, 0.0])
    assert d.heater_water == pytest.approx([300.0, 300.0, 270.0, 240.0, 210.0])
    d.point_difference[0] = 5.0
    plain(pressures.follow_heaters)(x, d, 300.0)
    assert d.point_difference[0] == pytest.approx(3.0)  # at design flow as at design
    d.heater_units[4] = 2.0
    change = plain(pressures.follow_heaters)(x, d, 180.0)
    first, last = 40 * math.exp(-math.log(40 / 3) * 0.6**-0.4), 40 * math.exp(-2.0 * 0.6**-0.4)
    assert d.point_difference == pytest.approx([first, -1.0, 0.0, 4.0, last])
    assert d.step_difference == pytest.approx([first - 3, 0.0, 0.0, 0.0, last - 90])
    assert change == pytest.approx(90 - last)
    d.point_difference = [50.0, -1.0, 0.0, 4.0, last]
    assert plain(pressures.follow_heaters)(x, d, 180.0) == pytest.approx(
        50 - first
    )  # the largest, not the last
    d.water_inlet_temperature[0] = 530.0  # warmer than the steam: nothing is left
    plain(pressures.follow_heaters)(x, d, 180.0)
    assert d.point_difference[0] == 0.0


def test_pressures_of_the_sheet():
    x = fields(
        main_steam_temperature=811.0,
        hot_reheat_temperature=810.0,
        main_steam_pressure=16.7 * MPA,
        hot_reheat_pressure=3.6 * MPA,
        hp_exhaust_pressure=4 * MPA,
        ip_exhaust_pressure=0.9 * MPA,
        main_steam_loss=0.03,
        intercept_valve_loss=0.02,
        crossover_loss=0.025,
        reheat=REHEAT_SINGLE,
        heater_count=2,
        extraction_pressure=[4 * MPA, 1 * MPA],
        terminal_difference=[2.0, 0.0],
        feedwater_pressure=20 * MPA,
        condensate_pressure=1.8 * MPA,
        exhaust_loss=21e3,
        heater_efficiency=0.98,
        heater_efficiency_ratio=[1.0, 1.0],
    )
    d = fields(
        cylinder_exhaust_pressure=[0.0] * 3,
        cylinder_inlet_pressure=[0.0] * 3,
        point_pressure=[0.0] * 2,
        point_difference=[0.0] * 2,
        efficiency_factor=[0.0] * 3,
        heater_efficiency_now=[0.0] * 2,
    )
    plain(pressures.design_pressures)(x, d)
    assert (d.steam_temperature, d.reheat_temperature, d.steam_pressure, d.reheat_pressure) == (
        811.0,
        810.0,
        16.7 * MPA,
        3.6 * MPA,
    )
    assert d.cylinder_exhaust_pressure[:2] == [4 * MPA, 0.9 * MPA]
    assert d.cylinder_inlet_pressure == pytest.approx(
        [16.7 * 0.97 * MPA, 3.6 * 0.98 * MPA, 0.9 * 0.975 * MPA]
    )
    assert (d.point_pressure, d.point_difference, d.efficiency_factor) == (
        [4 * MPA, 1 * MPA],
        [2.0, 0.0],
        [1.0] * 3,
    )
    assert (d.feed_line_pressure, d.condensate_line_pressure) == (20 * MPA, 1.8 * MPA)
    assert (d.exhaust_loss_now, d.exhaust_loss_slope, d.off_design, d.heat_place, d.lp_without_work) == (
        21e3,
        0.0,
        0,
        -1,
        0,
    )
    assert (d.heat_share, d.return_share, d.external_heat) == (0.0, 0.0, 0.0)
    plain(pressures.design_pressures)(changed(x, reheat=0), d)
    assert d.cylinder_inlet_pressure[IP] == 4 * MPA


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
