"""The cold end of a coal unit by hand: condenser, tower, dry condenser, exhaust loss, own power."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields, plain

from plantsim.kernels import condenser_cooling, filters
from plantsim.kernels.heat_exchanger import ntu_condensing
from plantsim.kernels.psychrometrics import air_humidity
from plantsim.kernels.steam import (
    liquid_enthalpy,
    saturation_pressure,
    saturation_temperature,
    vapour_enthalpy,
    vapour_volume,
)
from plantsim.processes.coal_unit import cold_end
from plantsim.processes.coal_unit.codes import (
    CONDENSER_DRY,
    CONDENSER_FLOW,
    CONDENSER_RISE,
    CONDENSER_SURFACE,
    CONDENSER_TERMINAL_DIFFERENCE,
    COOLING_AIR_FLOW,
    COOLING_WATER_FLOW,
    COOLING_WATER_TEMPERATURE,
    DESIGN_AIR_TEMPERATURE,
    EXHAUST_PRESSURE,
    LP,
    WATER_FROM_TOWER,
)
from plantsim.vocabulary.status import (
    INCOMPLETE,
    INFEASIBLE_THERMAL,
    OK,
    OUTSIDE_RANGE,
)

NAN = math.nan
R = 8.314462618
P = 82e3
AIR = 0.0289655  # kg/mol, dry


def changed(record, **values):
    return fields(**{**vars(record), **values})


COLD = fields(
    condenser=CONDENSER_SURFACE,
    exhaust_pressure=5.1e3,
    cooling_water_temperature=294.0,
    cooling_water_flow=8200.0,
    plant_cooling_flow=9000.0,
    tube_velocity=2.1,
    tube_coefficient=2700.0,
    tube_material_factor=0.92,
    condenser_cleanliness=0.8,
    design_cleanliness=0.87,
    cooling_water_source=0,
    condenser_surface_factor=1.1,
    tower_water_per_air=1.4,
    design_air_temperature=289.0,
    design_air_humidity=0.71,
    air_pressure=P,
    tower_exponent=0.35,
    tower_fill_factor=1.15,
    least_tower_water=0.2,
    cooling_air_flow=31e3,
    dry_conductance_exponent=0.45,
    least_exhaust_pressure=NAN,
    choking_share=0.4,
    annulus_area=NAN,
)


def test_the_condenser_s_coefficient_follows_the_velocity_of_its_water():
    found = plain(cold_end.tube_coefficient)(COLD, 291.0, 0.8)
    factor = plain(condenser_cooling.inlet_water_factor)(291.0)
    assert found == pytest.approx(2700 * math.sqrt(2.1 * 8200 / 9000) * factor * 0.92 * 0.8, rel=1e-9)


def size(heat_of=310e6, **values):
    x, d = changed(COLD, **values), fields(design_status_variable=0, condensing_temperature=318.0)
    return plain(cold_end.size_condenser)(x, d, heat_of), x, d


def test_a_condenser_is_sized_at_its_design_cleanliness():
    """UA = m cp ln[(Ts - T1)/(Ts - T2)] of the rise that the heat makes."""
    status, x, _ = size()
    coefficient = plain(cold_end.tube_coefficient)(changed(COLD, plant_cooling_flow=8200.0), 294.0, 0.87)
    area, _ = plain(condenser_cooling.condenser_area)(310e6, 8200.0, 294.0, 5.1e3, coefficient)
    assert (status, x.plant_cooling_flow) == (OK, 8200.0)
    assert x.condenser_surface == pytest.approx(area, rel=1e-12)
    unknown = size(design_cleanliness=NAN)[1]
    assert unknown.condenser_surface == pytest.approx(area * 0.87 / 0.8, rel=1e-9)


def test_a_tower_is_sized_with_its_condenser():
    status, x, _ = size(cooling_water_source=WATER_FROM_TOWER)
    w = plain(air_humidity)(289.0, 0.71, P)
    assert status == OK
    assert x.tower_air == pytest.approx(8200 / 1.4)
    units, _ = plain(condenser_cooling.calibrate_tower)(294.0, 310e6, 8200.0, 8200 / 1.4, 289.0, w, P)
    assert x.tower_units == pytest.approx(units, rel=1e-12)
    assert x.tower_air_volume == pytest.approx(8200 / 1.4 * R * 289 / (P * AIR), rel=1e-4)
    status, x, d = size(
        cooling_water_source=WATER_FROM_TOWER, cooling_water_temperature=280.0
    )  # below the wet bulb
    assert status != OK
    assert d.design_status_variable == COOLING_WATER_TEMPERATURE


@pytest.mark.parametrize(
    ("values", "blamed", "status"),
    [
        ({"exhaust_pressure": NAN}, EXHAUST_PRESSURE, INCOMPLETE),
        ({"cooling_water_temperature": NAN}, COOLING_WATER_TEMPERATURE, INCOMPLETE),
        ({"cooling_water_flow": NAN}, COOLING_WATER_FLOW, INCOMPLETE),
        ({"cooling_water_flow": 2000.0}, COOLING_WATER_FLOW, None),
        ({"condenser": CONDENSER_DRY, "cooling_air_flow": NAN}, COOLING_AIR_FLOW, INCOMPLETE),
        (
            {"condenser": CONDENSER_DRY, "design_air_temperature": 318.0},
            DESIGN_AIR_TEMPERATURE,
            INFEASIBLE_THERMAL,
        ),
        ({"condenser": CONDENSER_DRY, "cooling_air_flow": 9e3}, COOLING_AIR_FLOW, INFEASIBLE_THERMAL),
    ],
)
def test_what_a_cold_end_lacks(values, blamed, status):
    found, _, d = size(**values)
    assert found != OK
    assert status is None or found == status
    assert d.design_status_variable == blamed


def test_a_dry_condenser_by_its_effectiveness():
    """Air of 31 000 m3/s: 310 MW of what a difference of 29 K could give."""
    status, x, _ = size(condenser=CONDENSER_DRY)
    flow = 31e3 * P * AIR / (R * 289)
    assert (status, x.dry_air_design) == (OK, pytest.approx(flow, rel=1e-4))
    capacity = x.dry_air_design * cold_end.CP_AIR
    assert x.dry_conductance == pytest.approx(-capacity * math.log(1 - 310e6 / (capacity * 29)), rel=1e-9)
    assert x.dry_conductance == pytest.approx(
        capacity * plain(ntu_condensing)(310e6 / (capacity * 29)), rel=1e-12
    )


def test_air_of_a_point_stands_over_the_design_s():
    o = fields(ambient_temperature=303.0, ambient_humidity=0.4, water_temperature=299.0)
    none = fields(ambient_temperature=NAN, ambient_humidity=NAN, water_temperature=NAN)
    assert plain(cold_end.ambient)(COLD, o) == (303.0, 0.4)
    assert plain(cold_end.ambient)(COLD, none) == (289.0, 0.71)
    inlet = plain(cold_end.cooling_water_inlet)
    assert inlet(COLD, o, 300e6) == (299.0, 0.0, OK)
    assert inlet(COLD, none, 300e6) == (294.0, 0.0, OK)


def test_a_tower_in_other_air():
    """Transfer units go with (water over air)^0.35; its air is a volume, so that warm air weighs less."""
    sized = {"tower_air": 6000.0, "tower_air_volume": 7100.0, "tower_units": 1.7}
    x = changed(COLD, cooling_water_source=WATER_FROM_TOWER, **sized)
    o = fields(ambient_temperature=303.0, ambient_humidity=0.4, water_temperature=999.0)
    T, evaporated, status = plain(cold_end.cooling_water_inlet)(x, o, 300e6)
    air = 7100 * P * AIR / (R * 303)
    units = 1.7 * ((8200 / air) / (9000 / 6000)) ** 0.35 * 1.15
    w = plain(air_humidity)(303.0, 0.4, P)
    by_hand = plain(condenser_cooling.cooling_tower)(300e6, 8200.0, air, units, 303.0, w, P, 0.2)
    assert status == OK
    assert (T, evaporated) == (pytest.approx(by_hand[0], rel=1e-6), pytest.approx(by_hand[1], rel=1e-4))
    dry = changed(x, condenser=CONDENSER_FLOW)
    assert plain(cold_end.cooling_water_inlet)(dry, o, 300e6) == (999.0, 0.0, OK)


def test_the_least_pressure():
    """A choked last stage: 0.4 of the design pressure at 0.9 of its flow; or the maker's, if that is more."""
    d = fields(
        inlet_share=[1.0, 0.9, 0.72], design_inlet_flow=[1.0, 1.0, 160.0], design_condensing_pressure=5e3
    )
    least = plain(cold_end.least_pressure)
    assert least(COLD, d, 200.0) == pytest.approx(0.4 * 0.9 * 5e3)
    assert least(changed(COLD, least_exhaust_pressure=2.5e3), d, 200.0) == 2.5e3
    assert least(changed(COLD, least_exhaust_pressure=1.5e3), d, 200.0) == pytest.approx(1.8e3)
    assert least(changed(COLD, annulus_area=30.0), d, 200.0) == 0.0


def follow(x, T_water=NAN, m=200.0, heat_of=1.5e6, **values):
    o = fields(ambient_temperature=NAN, ambient_humidity=NAN, water_temperature=T_water)
    d = fields(
        specific_condenser_heat=heat_of,
        inlet_share=[1.0, 0.9, 0.72],
        design_inlet_flow=[1.0, 1.0, 160.0],
        design_condensing_pressure=5e3,
        design_condensing_temperature=306.0,
        design_condenser_heat=310e6,
        design_status_variable=0,
        **values,
    )
    y = fields()
    return plain(cold_end.follow_condenser)(x, d, o, y, m), d, y


def test_a_given_rise_and_difference_go_with_the_heat():
    """12 K between condensing and water at 310 MW, at 300 MW 12 * 300/310."""
    x = changed(COLD, condenser=CONDENSER_RISE)
    (T_in, status), d, y = follow(x, 297.0)
    T = 297 + 12 * 300 / 310
    assert (T_in, status) == (297.0, OK)
    assert d.condensing_temperature == pytest.approx(T, rel=1e-12)
    assert d.condensing_pressure == pytest.approx(plain(saturation_pressure)(T), rel=1e-12)
    assert d.hotwell_enthalpy == pytest.approx(plain(liquid_enthalpy)(d.condensing_pressure), rel=1e-12)
    assert (y.water_evaporated, y.water_inlet_temperature_found) == (0.0, 297.0)
    cold, d, _ = follow(changed(x, least_exhaust_pressure=7e3), 276.0)  # colder water is of no use
    assert cold == (0.0, OK)
    assert (d.condensing_pressure, d.condensing_temperature) == (
        7e3,
        pytest.approx(plain(saturation_temperature)(7e3)),
    )
    (_, status), d, _ = follow(x, 700.0)
    assert (status, d.design_status_variable) == (OUTSIDE_RANGE, CONDENSER_TERMINAL_DIFFERENCE)


def test_a_surface_condenser_follows_flow_area_and_cleanliness():
    x = changed(COLD, condenser_surface=15e3)
    (_, status), d, _ = follow(x, 297.0)
    coefficient = plain(cold_end.tube_coefficient)(COLD, 297.0, 0.8)
    p, T, _, _ = plain(condenser_cooling.condenser)(300e6, 8200.0, 297.0, 15e3 * 1.1, coefficient)
    assert status == OK
    assert (d.condensing_pressure, d.condensing_temperature) == (
        pytest.approx(p, rel=1e-12),
        pytest.approx(T, rel=1e-12),
    )


@pytest.mark.parametrize(
    ("values", "blamed"),
    [
        (
            {
                "condenser": CONDENSER_DRY,
                "dry_conductance": 14e6,
                "dry_air_design": 30e3,
                "cooling_air_flow": 0.0,
            },
            COOLING_AIR_FLOW,
        ),
        (
            {
                "cooling_water_source": WATER_FROM_TOWER,
                "tower_air": 6e3,
                "tower_air_volume": 7e3,
                "tower_units": NAN,
            },
            COOLING_WATER_TEMPERATURE,
        ),
        ({"condenser_surface": 15e3, "cooling_water_flow": 120.0}, COOLING_WATER_FLOW),
    ],
)
def test_what_is_blamed_for_a_cold_end_that_cannot_be(values, blamed):
    (_, status), d, _ = follow(changed(COLD, **values), 297.0)
    assert status != OK
    assert d.design_status_variable == blamed


def test_a_dry_condenser_follows_its_air():
    x = changed(COLD, condenser=CONDENSER_DRY, dry_conductance=14e6, dry_air_design=30e3)
    (T_in, status), d, _ = follow(x)
    p, T, _ = plain(condenser_cooling.dry_condenser)(300e6, 31e3, 289.0, P, 14e6, 30e3, 0.45)
    assert (T_in, status) == (289.0, OK)
    assert (d.condensing_pressure, d.condensing_temperature) == (
        pytest.approx(p, rel=1e-12),
        pytest.approx(T, rel=1e-12),
    )


@pytest.mark.parametrize(
    ("kind", "hangs", "sized"),
    [
        (0, False, False),
        (CONDENSER_RISE, True, False),
        (CONDENSER_FLOW, True, False),
        (CONDENSER_SURFACE, True, True),
        (CONDENSER_DRY, True, True),
    ],
)
def test_which_condensers_make_the_pressure(kind, hangs, sized):
    x = fields(condenser=kind)
    assert bool(plain(cold_end.hangs_on_cooling)(x)) is hangs
    assert bool(plain(cold_end.has_sized_condenser)(x)) is sized


EXHAUST = fields(
    turn_up_velocity=170.0, turn_up_loss=31e3, annulus_area=24.0, exhaust_loss=18e3, plant_annulus_loss=15e3
)


@pytest.mark.parametrize(
    ("velocity", "loss"), [(240.0, 28800.0), (170.0, 14450.0), (119.0, 7080.5 + 31e3 * 0.09)]
)
def test_exhaust_loss_and_its_slope(velocity, loss):
    by = plain(cold_end.loss_by_velocity)
    assert by(EXHAUST, velocity) == pytest.approx(loss, rel=1e-12)
    slope = (by(EXHAUST, velocity * 1.00001) - by(EXHAUST, velocity)) / 1e-5
    assert plain(cold_end.loss_slope)(EXHAUST, velocity) == pytest.approx(slope, rel=1e-3)


def test_exhaust_loss_of_wet_steam():
    """0.87 (1 - Y/100) (1 - 0.0065 Y) with Y before the loss; velocity of the dry part."""
    p = 5.1e3
    h_l, h_v = plain(liquid_enthalpy)(p), plain(vapour_enthalpy)(p)
    quality = 0.91
    h = h_l + quality * (h_v - h_l) + 14e3
    d = fields(
        condensing_pressure=p,
        cylinder_exhaust_enthalpy=[0.0, 0.0, h],
        exhaust_loss_now=14e3,
        exhaust_share=0.63,
        lp_without_work=0,
    )
    velocity = 200 * 0.63 * quality * plain(vapour_volume)(p) / 24
    factor = 0.87 * (1 - 0.09) * (1 - 0.65 * 0.09)
    assert plain(cold_end.annulus)(EXHAUST, d, 200.0) == (
        pytest.approx(velocity, rel=1e-9),
        pytest.approx(factor, rel=1e-9),
    )
    loss = plain(cold_end.loss_by_velocity)(EXHAUST, velocity) * factor
    assert plain(cold_end.annulus_loss_of)(EXHAUST, d, 200.0) == pytest.approx(loss, rel=1e-9)
    plain(cold_end.follow_exhaust_loss)(EXHAUST, d, 200.0)
    assert d.step_loss == pytest.approx(18e3 + loss - 15e3 - 14e3, rel=1e-9)
    assert d.exhaust_loss_now == pytest.approx(3e3 + loss, rel=1e-9)
    assert d.exhaust_loss_slope == pytest.approx(
        plain(cold_end.loss_slope)(EXHAUST, velocity) * factor, rel=1e-9
    )
    superheated = fields(
        **{**vars(d), "cylinder_exhaust_enthalpy": [0.0, 0.0, h_v + 90e3], "exhaust_loss_now": 14e3}
    )
    fast, dry = plain(cold_end.annulus)(EXHAUST, superheated, 200.0)
    assert (fast, dry) == (pytest.approx(200 * 0.63 * plain(vapour_volume)(p) / 24), pytest.approx(0.87))
    for x, without in ((changed(EXHAUST, annulus_area=NAN), 0), (EXHAUST, 1)):
        idle = fields(**{**vars(d), "exhaust_loss_now": 14e3, "lp_without_work": without})
        plain(cold_end.follow_exhaust_loss)(x, idle, 200.0)
        assert (idle.exhaust_loss_now, idle.exhaust_loss_slope) == (18e3, 0.0)
    assert plain(cold_end.annulus_loss_of)(changed(EXHAUST, annulus_area=NAN), d, 200.0) == 0.0
    assert LP == 2


def test_power_of_the_cold_end():
    x = changed(
        COLD,
        circulating_pump_head=21.0,
        circulating_pump_efficiency=0.78,
        tower_air_volume=7100.0,
        cooling_fan_rise=140.0,
        cooling_fan_efficiency=0.62,
    )
    lifted = 8200 * 9.80665 * 21 / 0.78

    def of(**values):
        y = fields()
        plain(cold_end.cold_end_power)(changed(x, **values), y)
        return y.circulating_pump_power, y.cooling_fan_power

    assert of() == (pytest.approx(lifted, rel=1e-9), 0.0)
    assert of(cooling_water_source=WATER_FROM_TOWER) == (
        pytest.approx(lifted),
        pytest.approx(7100 * 140 / 0.62),
    )
    assert of(condenser=CONDENSER_FLOW, cooling_water_source=WATER_FROM_TOWER) == (pytest.approx(lifted), 0.0)
    assert of(condenser=CONDENSER_RISE) == (0.0, 0.0)
    assert of(cooling_water_flow=NAN) == (0.0, 0.0)
    assert of(condenser=CONDENSER_DRY) == (0.0, pytest.approx(31e3 * 140 / 0.62))


def test_removal_of_a_precipitator_by_deutsch():
    """-ln(1 - 0.95) = w A/v of exponent 1."""
    w, status = plain(filters.migration_velocity)(0.95, 60.0, 20.0, 1.0)
    assert (w, status) == (pytest.approx(-math.log(0.05) / 3), OK)
