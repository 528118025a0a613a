"""The expansion line of a coal unit by hand: what its sheet says, efficiencies, states, refusals."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields, plain

from plantsim.kernels import steam
from plantsim.kernels.turbine import expansion_efficiency, expansion_enthalpy
from plantsim.processes.coal_unit import expansion
from plantsim.processes.coal_unit.codes import (
    EXHAUST_PRESSURE,
    EXTRACTION_PRESSURE,
    EXTRACTION_QUALITY,
    EXTRACTION_TEMPERATURE,
    HOT_REHEAT_PRESSURE,
    HOT_REHEAT_TEMPERATURE,
    HP,
    HP_EFFICIENCY,
    HP_EXHAUST_PRESSURE,
    IP,
    IP_EFFICIENCY,
    IP_EXHAUST_PRESSURE,
    LP,
    LP_EFFICIENCY,
    MAIN_STEAM_TEMPERATURE,
    REHEAT_SINGLE,
)
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_ORDER, OK, OUTSIDE_RANGE

NAN = math.nan
MPA = 1e6
h_pT, h_px, s_ph, t_s = (plain(f) for f in (steam.h_pT, steam.h_px, steam.s_ph, steam.saturation_temperature))


def changed(record, **values):
    return fields(**{**vars(record), **values})


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
