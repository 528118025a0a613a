"""An operating point of a coal unit by hand: beginning and end, next estimates, tables and pictures."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.processes.coal_unit import kernel, tables, turbine
from plantsim.processes.coal_unit.codes import (
    CONDENSER_RISE,
    GLAND_FROM_HP_INLET,
    HEAT_NONE,
    LOAD,
    MINIMUM_LOAD,
    OPEN,
    PRESSURES_HELD,
    PUMP_BY_TURBINE,
    REHEAT_SINGLE,
)
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

NAN = math.nan


def changed(record, **values):
    return fields(**{**vars(record), **values})


def out():
    return fields(
        status_variable=0,
        exchanger_hot_temperature=NAN,
        exchanger_cold_temperature=NAN,
        exchanger_number=0,
        heating_steam_pressure=NAN,
    )


# ---------------------------------------------------------------- where a point begins and ends


@pytest.mark.parametrize(
    ("load", "held", "status", "blamed"),
    [
        (0.4, False, OK, 0),
        (0.39, False, OUTSIDE_RANGE, MINIMUM_LOAD),
        (0.0, False, OUTSIDE_RANGE, LOAD),
        (0.9, True, OUTSIDE_RANGE, LOAD),
        (1.0, True, OK, 0),
        (0.4 * (1 - 0.9e-6), False, OK, 0),
        (1.0 + 0.9e-6, True, OK, 0),
        (1.0 + 1.1e-6, True, OUTSIDE_RANGE, LOAD),
    ],
)
def test_loads_that_are_solved(load, held, status, blamed):
    """At full load the design point stands already; the first state of others is not looked at here."""
    x = fields(
        stage_pressures=PRESSURES_HELD if held else PRESSURES_HELD + 1,
        minimum_load=0.4,
        reference_main_steam_flow=300.0,
        heat_supply=HEAT_NONE,
    )
    d = fields(at_design=1, off_design=0)
    y = out()
    o = fields(load=load, heat=0.0, steam_demand=0.0)
    if status == OK and abs(load - 1.0) > 1e-6:
        with pytest.raises(AttributeError):  # goes on to the pressures of the sheet
            plain(turbine.begin_point)(x, d, o, y)
        assert (d.point_flow, d.at_design) == (pytest.approx(300 * load), 0)
        return
    assert (plain(turbine.begin_point)(x, d, o, y), y.status_variable) == (status, blamed)
    if status == OK:
        assert (d.off_design, d.at_design, d.point_flow) == (1, 1, pytest.approx(300.0, rel=1e-5))


def test_outputs_of_a_solved_point():
    x = fields(
        mechanical_efficiency=0.99,
        generator_efficiency=0.98,
        feed_pump_drive=PUMP_BY_TURBINE + 1,
        feed_pump_motor_efficiency=0.93,
        heat_supply=HEAT_NONE,
        heater_count=0,
        heater_kind=[],
        drain_to=[],
        boiler_capacity=NAN,
        reference_main_steam_flow=300.0,
        condenser=CONDENSER_RISE,
        cooling_water_flow=NAN,
        extraction_tolerance=0.0,
    )
    d = fields(
        specific_work=1150e3,
        lift_pump_power=300.0,
        condensate_share=0.8,
        condensate_pump_rise=2e3,
        feed_pump_share=1.01,
        feed_pump_rise=27e3,
        reheat_share=0.88,
        exhaust_share=0.62,
        specific_heat_input=2600e3,
        specific_condenser_heat=1400e3,
        condensing_pressure=5e3,
        steam_pressure=15e6,
        exhaust_loss_now=20e3,
        final_feedwater_temperature=520.0,
        cycle_mass_residual=1e-12,
        cycle_energy_residual=2e-12,
        heat_share=0.0,
        extraction_furthest=NAN,
    )
    y = out()
    assert plain(turbine.finish_point)(x, d, fields(heat=0.0, steam_demand=0.0), y, 250.0) == OK
    gross = 250 * 1150e3 * 0.9702
    assert y.gross_power == pytest.approx(gross)
    assert (y.reheat_flow, y.exhaust_flow) == (pytest.approx(220.0), pytest.approx(155.0))
    assert (y.boiler_heat, y.condenser_heat) == (pytest.approx(650e6), pytest.approx(350e6))
    pump = 250 * 1.01 * 27e3
    assert y.feed_pump_power == pytest.approx(pump)
    assert y.cycle_pump_electricity == pytest.approx((pump + 250 * (300 + 1600)) / 0.93)
    assert y.heat_rate == pytest.approx(650e6 / gross)
    assert y.heat_rate_net_of_pump == pytest.approx(650e6 / (gross - pump / 0.93))
    assert y.steam_rate == pytest.approx(1 / (1150e3 * 0.9702))
    assert (y.boiler_load, y.feedwater_temperature, y.operating_exhaust_loss) == (
        pytest.approx(250 / 300),
        520.0,
        20e3,
    )
    assert (y.operating_exhaust_pressure, y.operating_main_steam_pressure) == (5e3, 15e6)
    assert (y.mass_residual, y.energy_residual) == (1e-12, 2e-12)
    plain(turbine.finish_point)(
        changed(x, feed_pump_drive=PUMP_BY_TURBINE, boiler_capacity=320.0),
        d,
        fields(heat=0.0, steam_demand=0.0),
        y,
        250.0,
    )
    assert y.heat_rate_net_of_pump == pytest.approx(650e6 / gross)
    assert y.boiler_load == pytest.approx(250 / 320)


# ---------------------------------------------------------------- next estimates


def test_the_next_gross_power_for_a_net_power():
    """First by a slope of a little below one; then by the secant, where that is near one."""
    step = plain(kernel.meeting_power)
    first = step(0.0, 0.0, 300e6, 280e6, 285e6)
    assert first == pytest.approx(300e6 + 5e6 / kernel.FIRST_NET_SLOPE)
    assert step(290e6, 271e6, 300e6, 280e6, 285e6) == pytest.approx(300e6 + 5e6 / 0.9)
    for last in (276e6, 264e6, 280e6):  # slopes of 0.4, 1.6 and 0
        assert step(290e6, last, 300e6, 280e6, 285e6) == pytest.approx(first)
    assert step(300e6, 279e6, 300e6, 280e6, 285e6) == pytest.approx(first)


def test_the_next_heat_from_the_gas():
    """The line through (10, 12) and (12, 12.6) of slope 0.3 meets found = before at 9/0.7."""
    step = plain(kernel.meeting_heat)
    assert step(10.0, 12.0, 12.0, 12.6, 1) == pytest.approx(9 / 0.7)
    assert step(10.0, 12.0, 12.0, 12.6, 0) == 12.6
    assert step(10.0, 12.0, 12.0, 13.1, 1) == 13.1  # a slope above a half is not trusted
    assert step(10.0, 3.0, 12.0, 2.5, 1) == pytest.approx((2.5 + 0.25 * 12) / 1.25)
    assert step(3.0, -3.5, 1.0, -3.0, 1) == 0.0  # never a heat below zero


# ---------------------------------------------------------------- tables


def rows_of(table):
    return [dict(zip([c.key for c in table.columns], row, strict=True)) for row in table.rows]


def test_heaters_in_the_units_of_their_table():
    x = fields(heater_count=2, heater_kind=[0, OPEN])
    d = fields(
        heater_saturation_temperature=[503.15, 443.15],
        water_outlet_temperature=[501.15, 443.15],
        water_inlet_temperature=[450.15, 400.15],
        heater_pressure=[2.8e6, 0.79e6],
        water_outlet_enthalpy=[980e3, 718e3],
        drain_temperature=[456.15, 443.15],
        drain_enthalpy=[777e3, 718e3],
        extraction_share=[0.05, 0.03],
        drain_share=[0.06, 0.0],
        extraction_furthest=NAN,
    )
    closed, mixed = rows_of(tables.heater_table(x, d, fields(main_steam_flow=200.0)))
    assert closed == pytest.approx(
        {
            "heater": "1",
            "pressure_mpa": 2.8,
            "saturation_c": 230.0,
            "water_in_c": 177.0,
            "water_out_c": 228.0,
            "water_out_kj_per_kg": 980.0,
            "ttd_k": 2.0,
            "dca_k": 6.0,
            "drain_kj_per_kg": 777.0,
            "steam_t_per_h": 36.0,
            "drain_t_per_h": 43.2,
        }
    )
    assert (
        mixed["heater"],
        mixed["ttd_k"],
        mixed["dca_k"],
        mixed["drain_kj_per_kg"],
        mixed["drain_t_per_h"],
    ) == ("2*", None, None, None, None)
    assert mixed["steam_t_per_h"] == pytest.approx(21.6)


def test_cylinders_in_the_units_of_their_table():
    d = fields(
        cylinder_exhaust_pressure=[4e6, 3.6e6 * (1 - 0.9e-6), 5e3],
        cylinder_inlet_pressure=[16e6, 3.6e6, 0.9e6],
        cylinder_inlet_enthalpy=[3400e3, 3500e3, 3000e3],
        cylinder_exhaust_enthalpy=[3050e3, 3500e3, 2400e3],
        cylinder_efficiency=[0.88, 1.0, 0.86],
        cylinder_work=[340e3, 0.0, 410e3],
    )
    found = rows_of(tables.cylinder_table(None, d, fields(main_steam_flow=200.0)))
    assert len(found) == 2  # one without extent is none
    assert found[0] == pytest.approx(
        {
            "cylinder": found[0]["cylinder"],
            "inlet_mpa": 16.0,
            "inlet_kj_per_kg": 3400.0,
            "exhaust_mpa": 4.0,
            "exhaust_kj_per_kg": 3050.0,
            "efficiency": 88.0,
            "power_mw": 68.0,
        }
    )
    assert found[1]["power_mw"] == pytest.approx(82.0)


def test_the_steam_path_in_its_order():
    x = fields(
        reheat=REHEAT_SINGLE,
        heater_count=2,
        feed_pump_drive=PUMP_BY_TURBINE,
        pump_turbine_source=0,
        gland_flow_count=1,
        gland_source=[GLAND_FROM_HP_INLET],
        gland_enthalpy=[NAN],
        gland_share=[0.01],
        gland_to=[1],
    )
    d = fields(
        steam_pressure=16.7e6,
        steam_temperature=811.15,
        main_steam_enthalpy=3400e3,
        reheat_temperature=810.15,
        hot_reheat_enthalpy=3530e3,
        reheat_pressure=3.6e6,
        reheat_share=0.88,
        cylinder_exhaust_pressure=[4e6, 0.9e6, 5e3],
        point_pressure=[4e6, 0.1e6],
        point_temperature=[610.15, 373.15],
        point_quality=[1.0, 0.98],
        point_enthalpy=[3050e3, 2640e3],
        extraction_share=[0.08, 0.04],
        condensing_temperature=306.15,
        exhaust_point_quality=0.92,
        condensing_pressure=5e3,
        cylinder_exhaust_enthalpy=[3050e3, 3000e3, 2390e3],
        exhaust_share=0.6,
        highest_open_heater=1,
        pump_turbine_flow_share=0.03,
        cylinder_inlet_pressure=[16e6, 3.5e6, 0.88e6],
        cylinder_inlet_enthalpy=[3398e3, 3530e3, 3000e3],
    )
    found = tables.steam_table(x, d, fields(main_steam_flow=200.0)).rows
    assert [row[0] for row in found] == ["0", "1", "RH", "2", "C", "BFPT", "G1"]
    by = {row[0]: row for row in found}
    assert by["0"][1:] == pytest.approx((16.7, 538.0, None, 3400.0, 720.0, 100.0))
    assert by["2"][1:] == pytest.approx((0.1, 100.0, 0.98, 2640.0, 28.8, 4.0))
    assert by["1"][1:] == pytest.approx((4.0, 337.0, None, 3050.0, 57.6, 8.0))
    assert by["RH"][1:] == pytest.approx((3.6, 537.0, None, 3530.0, 633.6, 88.0))
    assert by["C"][1:] == pytest.approx((5e-3, 33.0, 0.92, 2390.0, 432.0, 60.0))
    assert by["BFPT"][1:] == pytest.approx((4.0, 337.0, None, 3050.0, 21.6, 3.0))
    assert (by["G1"][1], by["G1"][4], by["G1"][5]) == (
        pytest.approx(16.0),
        pytest.approx(3398.0),
        pytest.approx(7.2),
    )
    sourced = changed(x, pump_turbine_source=2, gland_enthalpy=[3100e3])
    by = {row[0]: row for row in tables.steam_table(sourced, d, fields(main_steam_flow=200.0)).rows}
    assert (by["BFPT"][4], by["G1"][4]) == (pytest.approx(2640.0), pytest.approx(3100.0))


def test_gland_steam_by_its_source():
    p, h = [16e6, 3.5e6, 0.88e6], [3398e3, 3530e3, 3000e3]
    x = fields(
        reheat=0,
        heater_count=0,
        feed_pump_drive=PUMP_BY_TURBINE + 1,
        gland_flow_count=4,
        gland_source=[0, 1, 2, 3],
        gland_enthalpy=[NAN] * 4,
        gland_share=[0.01, 0.02, 0.03, 0.04],
        gland_to=[1] * 4,
    )
    d = fields(
        steam_pressure=16.7e6,
        steam_temperature=811.15,
        main_steam_enthalpy=3400e3,
        cylinder_exhaust_pressure=[4e6, 0.9e6, 5e3],
        condensing_temperature=306.15,
        exhaust_point_quality=0.92,
        condensing_pressure=5e3,
        cylinder_exhaust_enthalpy=[3050e3, 2990e3, 2390e3],
        exhaust_share=0.6,
        cylinder_inlet_pressure=p,
        cylinder_inlet_enthalpy=h,
    )
    found = {row[0]: row for row in tables.steam_table(x, d, fields(main_steam_flow=200.0)).rows}
    assert list(found) == ["0", "C", "G1", "G2", "G3", "G4"]
    assert [(found[f"G{g}"][1], found[f"G{g}"][4]) for g in (1, 2, 3, 4)] == [
        (pytest.approx(a), pytest.approx(b))
        for a, b in ((16.0, 3398.0), (4.0, 3050.0), (3.5, 3530.0), (0.9, 2990.0))
    ]
    assert found["G4"][5] == pytest.approx(28.8)


def test_the_line_of_expansion_and_the_lines_of_the_heaters():
    """Cylinders with one extraction each, but the IP with none; heat taken up from the lowest heater to the highest."""
    x = fields(heater_count=2)
    d = fields(
        cylinder_inlet_entropy=[6400.0, 7200.0, 7300.0],
        cylinder_inlet_enthalpy=[3400e3, 3530e3, 3000e3],
        cylinder_exhaust_pressure=[4e6, 0.9e6, 5e3],
        point_pressure=[4e6, 0.1e6],
        point_entropy=[6500.0, 7400.0],
        point_enthalpy=[3050e3, 2640e3],
        cylinder_exhaust_entropy=[6500.0, 7300.0, 7800.0],
        cylinder_exhaust_enthalpy=[3050e3, 2990e3, 2390e3],
        water_share=[1.0, 0.8],
        water_outlet_enthalpy=[900e3, 400e3],
        water_inlet_enthalpy=[700e3, 150e3],
        water_inlet_temperature=[440.15, 309.15],
        water_outlet_temperature=[485.15, 368.15],
        heater_saturation_temperature=[488.15, 371.15],
    )
    hp, ip, lp = tables.expansion_picture(x, d).series
    assert (hp.x, hp.y) == (pytest.approx((6.4, 6.5, 6.5)), pytest.approx((3400.0, 3050.0, 3050.0)))
    assert (ip.x, ip.y) == (pytest.approx((7.2, 7.3)), pytest.approx((3530.0, 2990.0)))
    assert (lp.x, lp.y) == (pytest.approx((7.3, 7.4, 7.8)), pytest.approx((3000.0, 2640.0, 2390.0)))
    water, condensing = tables.heater_picture(x, d, fields(main_steam_flow=200.0)).series
    assert water.x == condensing.x == pytest.approx((0.0, 40.0, 40.0, 80.0))
    assert water.y == pytest.approx((36.0, 95.0, 167.0, 212.0))
    assert condensing.y == pytest.approx((98.0, 98.0, 215.0, 215.0))


def test_supplied_heat_in_the_units_of_a_contract():
    """100 MW of heat take 120 of coal: 1.2 J/J, 1.2e3/29.3076 kgce/GJ; own power of 8 MW, a fifth of it the heat's."""
    values = {
        "heat_supplied": 100e6,
        "heating_steam_flow": 40.0,
        "coal_heat": 600e6,
        "heat_share_by_quantity": 0.2,
        "gross_power": 200e6,
        "auxiliary_power": 8e6,
        "circulating_pump_power": 0.0,
        "cooling_fan_power": 0.0,
    }
    y = np.rec.array([tuple(values.values())], dtype=[(name, float) for name in values])[0]
    (found,) = rows_of(tables.heat_supply_table(y))
    net = 480 / (192 + 1.6)
    assert found == pytest.approx(
        {
            "heat_mw": 100.0,
            "heat_gj_per_h": 360.0,
            "steam_t_per_h": 144.0,
            "heat_coal_rate_kgce_per_gj": 1.2e3 / 29.3076,
            "heat_coal_rate_with_power_kgce_per_gj": (1.2 + 0.016 * net) * 1e3 / 29.3076,
            "heat_power_rate_kwh_per_gj": 0.016 / 3.6e-3,
        }
    )
