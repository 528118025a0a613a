"""An operating point of a coal unit by hand: beginning and end, heat that runs downhill, next estimates, tables."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.kernels import steam
from plantsim.processes.coal_unit import exchangers, kernel, tables, turbine
from plantsim.processes.coal_unit.codes import (
    CONDENSER_RISE,
    DRAIN_COOLER_APPROACH,
    GLAND_FROM_HP_INLET,
    HEAT_BACK_PRESSURE,
    HEAT_CROSSOVER,
    HEAT_NONE,
    HEAT_RETURN_TEMPERATURE,
    HEATER_OUT,
    LOAD,
    LOW_ECONOMISER_GAS_OUTLET,
    LOW_ECONOMISER_HEAT,
    MINIMUM_LOAD,
    NETWORK_STEAM_PRESSURE,
    NETWORK_SUPPLY_TEMPERATURE,
    OPEN,
    PRESSURES_HELD,
    PUMP_BY_TURBINE,
    REHEAT_SINGLE,
    TERMINAL_DIFFERENCE,
)
from plantsim.vocabulary.status import INFEASIBLE_ORDER, INFEASIBLE_PINCH, OK, OUTSIDE_RANGE

NAN = math.nan
MPA = 1e6
h_pT, t_s, T_ph, h_v = (
    plain(f) for f in (steam.h_pT, steam.saturation_temperature, steam.T_ph, steam.vapour_enthalpy)
)


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


# ---------------------------------------------------------------- heaters


def heater(p=2 * MPA, h=3100e3, t_out=None, t_in=420.0, drain=430.0, share=0.06, **values):
    """The second of two heaters, in the feedwater's line."""
    T = t_s(p)
    t_out = T - 3 if t_out is None else t_out
    line = 20 * MPA
    x = fields(
        heater_count=2,
        heater_kind=[0, 0],
        heater_state=[0, 0],
        heater_efficiency=0.98,
        drain_to=[0, 0],
        heater_water_pressure=[0.0, 0.0],
        feedwater_pressure=line,
        condensate_pressure=1.8 * MPA,
    )
    d = fields(
        heater_pressure=[0.0, p],
        heater_saturation_temperature=[T + 40, T],
        point_enthalpy=[0.0, h],
        extraction_share=[0.0, share],
        water_share=[1.0, 0.9],
        water_outlet_enthalpy=[0.0, h_pT(line, t_out)],
        outlet_level=[0.0, h_pT(line, t_out)],
        water_inlet_enthalpy=[0.0, h_pT(line, t_in)],
        water_inlet_temperature=[0.0, t_in],
        water_outlet_temperature=[0.0, t_out],
        drain_temperature=[T + 5, drain],
        feed_line_pressure=line,
        condensate_line_pressure=1.8 * MPA,
        highest_open_heater=0,
        heat_from_outside=[0.0, 0.0],
        gland_into_share=[0.0, 0.0],
        heater_efficiency_now=[0.98, 0.98],
        line_drop=1.0,
    )
    return x, changed(d, **values), out()


def test_a_heater_that_is_sound():
    x, d, y = heater()
    assert plain(exchangers.check_heater)(x, d, y, 1) == OK
    assert y.exchanger_number == 0


@pytest.mark.parametrize(
    ("above", "share", "sound"), [(2.0, 0.06, True), (2.0, 0.0015, False), (70.0, 0.06, False)]
)
def test_superheat_warms_water_above_saturation(above, share, sound):
    """Where the steam begins to condense the water may be at saturation at most: 2 K take 9 kJ/kg of 0.06 * 300."""
    p = 2 * MPA
    x, d, y = heater(t_out=t_s(p) + above, share=share)
    assert (plain(exchangers.check_heater)(x, d, y, 1) == OK) is sound
    status, t_hot, t_cold = plain(exchangers.desuperheater)(x, d, 1, t_s(p) + above)
    bend = T_ph(20 * MPA, d.water_outlet_enthalpy[1] - 0.98 * share / 0.9 * (3100e3 - h_v(p)))
    ends = {(T_ph(p, 3100e3), t_s(p) + above), (t_s(p), bend)}
    nearest = min(ends, key=lambda e: e[0] - e[1])
    assert (t_hot, t_cold) == (pytest.approx(nearest[0], abs=1e-3), pytest.approx(nearest[1], abs=1e-3))
    if not sound:
        assert (status, y.status_variable, y.exchanger_number) == (INFEASIBLE_PINCH, TERMINAL_DIFFERENCE, 2)
        assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (t_hot, t_cold)


def test_wet_steam_and_cold_drains():
    p = 0.05 * MPA
    x, d, y = heater(p, 2500e3, t_out=t_s(p) + 0.5, t_in=320.0, drain=330.0)
    assert plain(exchangers.check_heater)(x, d, y, 1) == INFEASIBLE_PINCH
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (t_s(p), t_s(p) + 0.5)
    x, d, y = heater(t_in=431.0)  # a drain colder than the water that cools it
    assert plain(exchangers.check_heater)(x, d, y, 1) == INFEASIBLE_PINCH
    assert (y.status_variable, y.exchanger_number) == (DRAIN_COOLER_APPROACH, 2)
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (430.0, 431.0)
    x, d, y = heater(t_in=490.0, drain=495.0)
    assert plain(exchangers.check_heater)(x, d, y, 1) == INFEASIBLE_PINCH
    assert y.exchanger_hot_temperature == t_s(2 * MPA)


def test_a_heater_below_one_that_is_out():
    """Nothing comes from above: without steam it warms to its own saturation at most."""
    T = t_s(2 * MPA)
    for t_out, sound in ((T - 0.1, True), (T + 0.1, False)):
        x, d, y = heater(share=0.0, t_out=t_out)
        x.heater_state = [HEATER_OUT, 0]
        assert (plain(exchangers.check_heater)(x, d, y, 1) == OK) is sound
    x, d, y = heater(share=0.0, t_out=T + 9)
    d.water_inlet_enthalpy[1] = d.water_outlet_enthalpy[1] / (1 + 0.5e-9)  # as little is none
    assert plain(exchangers.check_heater)(x, d, y, 1) == OK
    d.water_inlet_enthalpy[1] = d.water_outlet_enthalpy[1] / (1 + 2e-9)
    assert plain(exchangers.check_heater)(x, d, y, 1) == INFEASIBLE_PINCH


def test_a_heater_without_steam_is_warmed_by_drains_at_most():
    """From above comes a drain of saturation + 5 K."""
    T = t_s(2 * MPA)
    line = 20 * MPA
    for t_out, sound in ((T + 4.9, True), (T + 5.1, False)):
        x, d, y = heater(share=0.0, t_out=t_out)
        assert (plain(exchangers.check_heater)(x, d, y, 1) == OK) is sound
    assert (y.status_variable, y.exchanger_number) == (TERMINAL_DIFFERENCE, 2)
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (T + 5, pytest.approx(T + 5.1))
    x, d, y = heater(share=0.0, t_out=T - 9)
    d.water_outlet_enthalpy[1] = h_pT(line, T + 9.0)  # what it has too much of stands in the enthalpy
    assert plain(exchangers.check_heater)(x, d, y, 1) == INFEASIBLE_PINCH
    assert y.exchanger_cold_temperature == pytest.approx(T + 9, abs=1e-3)
    x, d, y = heater(share=0.0, t_out=T + 9)
    d.water_inlet_enthalpy[1] = d.water_outlet_enthalpy[1]  # it warms nothing
    assert plain(exchangers.check_heater)(x, d, y, 1) == OK


# ---------------------------------------------------------------- network, low-temperature economiser


def network(form=HEAT_CROSSOVER, p=0.5 * MPA, h=2950e3, supply=NAN, back=340.0, **values):
    x = fields(
        heat_supply=form,
        network_supply_temperature=supply,
        network_steam_pressure=NAN,
        heat_return_temperature=back,
        **{"heat_return_part": 0.8, **values},
    )
    d = fields(
        heat_place=-1,
        cylinder_exhaust_pressure=[0.0, p, 0.0],
        point_pressure=[9.0],
        heat_steam_enthalpy=h,
        return_enthalpy=300e3,
        condensing_temperature=360.0,
    )
    y = out()
    return plain(exchangers.check_network)(x, d, fields(heat=1e8, steam_demand=0.0), y), y


def test_steam_that_is_warm_enough_for_the_network():
    status, y = network(supply=400.0)
    assert (status, y.heating_steam_pressure) == (OK, 0.5 * MPA)
    T = t_s(0.5 * MPA)
    status, y = network(back=T + 1)
    assert (status, y.status_variable) == (INFEASIBLE_PINCH, HEAT_RETURN_TEMPERATURE)
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (
        pytest.approx(T),
        pytest.approx(T + 1),
    )
    # superheat of 200 of 2650 kJ/kg warms the last of the water above the bend
    bend = 200.0 / 2650.0
    before = 2950e3 - h_v(0.5 * MPA)
    share = before / 2650e3
    most = (T - share * 340) / (1 - share)  # where the water is at saturation at the bend
    assert share == pytest.approx(bend, rel=0.02)
    assert network(supply=most - 0.1)[0] == OK
    status, y = network(supply=most + 0.1)
    assert (status, y.status_variable) == (INFEASIBLE_PINCH, NETWORK_SUPPLY_TEMPERATURE)
    assert y.exchanger_hot_temperature == pytest.approx(T)


def test_pressure_that_the_network_needs_and_back_pressure():
    status, y = _with_pressure(0.6 * MPA)
    assert (status, y.status_variable) == (INFEASIBLE_ORDER, NETWORK_STEAM_PRESSURE)
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (
        pytest.approx(t_s(0.5 * MPA)),
        pytest.approx(t_s(0.6 * MPA)),
    )
    assert _with_pressure(0.5 * MPA)[0] == OK
    status, y = network(HEAT_BACK_PRESSURE, supply=361.0)
    assert (status, y.status_variable) == (INFEASIBLE_PINCH, NETWORK_SUPPLY_TEMPERATURE)
    assert network(HEAT_BACK_PRESSURE, supply=359.0)[0] == network(HEAT_BACK_PRESSURE)[0] == OK
    assert network(HEAT_NONE, supply=999.0, back=999.0)[0] == OK


def test_wet_steam_and_fresh_water_for_the_network():
    """Wet steam has no superheat; water that does not come back may be hotter than the steam."""
    T = t_s(0.5 * MPA)
    wet = h_v(0.5 * MPA) - 100e3
    assert network(h=wet, supply=T - 0.01)[0] == OK
    status, y = network(h=wet, supply=T + 0.01)
    assert (status, y.exchanger_hot_temperature) == (INFEASIBLE_PINCH, pytest.approx(T))
    fresh = {"heat_return_part": 0.0}
    assert network(back=T + 5, supply=T - 5, **fresh)[0] == OK
    assert network(back=T + 5, supply=T + 4, **fresh)[0] == INFEASIBLE_PINCH


def _with_pressure(needed):
    x = fields(
        heat_supply=HEAT_CROSSOVER,
        network_supply_temperature=NAN,
        network_steam_pressure=needed,
        heat_return_temperature=340.0,
        heat_return_part=0.8,
    )
    d = fields(
        heat_place=0,
        cylinder_exhaust_pressure=[0.0, 9.0, 0.0],
        point_pressure=[0.5 * MPA],
        heat_steam_enthalpy=2950e3,
        return_enthalpy=300e3,
    )
    y = out()
    return plain(exchangers.check_network)(x, d, fields(heat=1e8, steam_demand=0.0), y), y


def economiser(heat=0.0, gas_in=400.0, stated=NAN, t_in=330.0, t_out=370.0, flow=200.0):
    from plantsim.kernels import gas

    n = np.zeros(gas.SPECIES)
    n[gas.N2], n[gas.H2O] = 7000.0, 800.0
    x = fields(
        heater_count=2,
        economiser_from=2,
        economiser_to=1,
        low_economiser_heat=stated,
        heater_water_pressure=[0.0, 0.0],
        feedwater_pressure=1.0,
        condensate_pressure=1.0,
    )
    d = fields(
        water_inlet_enthalpy=[h_pT(1.8 * MPA, 350.0), h_pT(1.8 * MPA, t_in)],
        water_outlet_enthalpy=[h_pT(1.8 * MPA, t_out), h_pT(1.8 * MPA, 350.0)],
        water_share=[0.9, 0.8],
        feed_line_pressure=1.8 * MPA,
        condensate_line_pressure=1.8 * MPA,
        highest_open_heater=0,
        line_drop=1.0,
    )
    y = changed(out(), economiser_heat=heat, flue_gas=n, flue_gas_temperature=gas_in, main_steam_flow=flow)
    return plain(exchangers.check_economiser)(x, d, y), y


def test_gas_is_warmer_than_condensate_at_both_ends():
    """7.8 kmol/s of gas give 5 MW by falling 21 K, against condensate from 330 to 370 K."""
    assert economiser(5e6)[0] == OK
    status, y = economiser(5e6, t_in=381.0)
    assert (status, y.status_variable, y.exchanger_number) == (INFEASIBLE_PINCH, LOW_ECONOMISER_GAS_OUTLET, 2)
    assert y.exchanger_cold_temperature == pytest.approx(381.0, abs=1e-3)
    status, y = economiser(5e6, t_out=401.0, stated=5e6)
    assert (status, y.status_variable) == (INFEASIBLE_PINCH, LOW_ECONOMISER_HEAT)
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (
        400.0,
        pytest.approx(401.0, abs=1e-3),
    )
    status, y = economiser(5e6, flow=20.0)  # all of the condensate would come warmer than what it joins
    found = T_ph(1.8 * MPA, h_pT(1.8 * MPA, 330.0) + 5e6 / 16.0)
    assert (status, y.exchanger_cold_temperature) == (INFEASIBLE_PINCH, pytest.approx(found, abs=1e-3))
    assert economiser(0.0, t_in=500.0)[0] == OK


def test_which_heaters_are_looked_at():
    """An open one, or one out of service, warms nothing by a terminal difference."""
    for kind, state, sound in ((0, 0, False), (OPEN, 0, True), (0, HEATER_OUT, True)):
        x, d, y = heater(t_in=431.0)
        x = changed(
            x,
            heater_kind=[OPEN, kind],
            heater_state=[0, state],
            heat_supply=HEAT_NONE,
            reheat=0,
            main_steam_temperature=811.0,
            hot_reheat_temperature=811.0,
        )
        d = changed(
            d,
            steam_pressure=15 * MPA,
            steam_temperature=811.0,
            reheat_pressure=3 * MPA,
            reheat_temperature=811.0,
        )
        y = changed(y, economiser_heat=0.0, saturation_found=NAN)
        assert (
            plain(exchangers.check_exchangers)(x, d, fields(heat=0.0, steam_demand=0.0), y) == OK
        ) is sound
    hot = changed(x, heat_supply=HEAT_CROSSOVER, network_steam_pressure=0.6 * MPA)
    d = changed(d, heat_place=-1, cylinder_exhaust_pressure=[0.0, 0.5 * MPA, 0.0], heat_steam_enthalpy=2950e3)
    of_network = changed(
        hot, network_supply_temperature=NAN, heat_return_temperature=340.0, heat_return_part=0.8
    )
    assert (
        plain(exchangers.check_exchangers)(of_network, d, fields(heat=1e8, steam_demand=0.0), y)
        == INFEASIBLE_ORDER
    )
    d.steam_temperature = 500.0
    assert plain(exchangers.check_exchangers)(x, d, fields(heat=0.0, steam_demand=0.0), y) == INFEASIBLE_ORDER


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
        extraction_furthest=0.0,
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
