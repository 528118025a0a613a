"""Waste-heat power of a kiln line: balances by hand, what binds, the search for pressures, the organic cycle."""

from __future__ import annotations

import pytest
from cement_streams import STREAMS, inputs, streams

from plantsim.kernels import steam
from plantsim.kernels.waste_heat_boiler import gas_enthalpy
from plantsim.processes.cement_kiln import hot_gases
from plantsim.processes.cement_kiln.waste_heat_power import recover_heat
from plantsim.processes.cement_kiln.waste_heat_steam import generator_power
from plantsim.vocabulary import status

LINE = "5000-5-stage"
SINGLE, DUAL, FLASH, ORGANIC = 1, 2, 3, 4


def solve(case: str = LINE, stream: dict | None = None, **values):
    x, y = inputs(**values), streams(case, **(stream or {}))
    return x, y, recover_heat(x, x, x, y)


def per_tonne(y) -> float:
    """Gross kWh/t of clinker."""
    return y.whr_gross_power / y.clinker_flow / 3600


def test_mixing_keeps_the_enthalpy():
    _, b, c = hot_gases.wet_gas(0.06, 0.3, 0.03, 0.61)
    _, b_air, c_air = hot_gases.wet_gas(0.0, 0.0, 0.21, 0.79)
    T, b_mix, c_mix = hot_gases.mixed(598.15, b, c, 288.15, b_air, c_air, 0.1)
    whole = gas_enthalpy(598.15, b, c) + 0.1 * gas_enthalpy(288.15, b_air, c_air)
    assert 1.1 * gas_enthalpy(T, b_mix, c_mix) == pytest.approx(whole, rel=1e-12)
    assert 560 < T < 580


def test_exergy_is_less_than_heat_and_none_at_the_surroundings():
    _, b, c = hot_gases.wet_gas(0.0, 0.0, 0.21, 0.79)
    heat = hot_gases.heat_above(600.0, 300.0, b, c)
    assert 0.2 * heat < hot_gases.exergy_above(600.0, 300.0, b, c, 300.0) < 0.4 * heat
    assert hot_gases.exergy_above(300.0, 300.0, b, c, 300.0) == 0.0


@pytest.mark.parametrize("mode", [SINGLE, DUAL, FLASH])
def test_heat_of_the_gases_is_power_and_rejected_heat(mode):
    """What both gases give, less losses, is the shaft's work, the condenser's heat and the blowdown's."""
    x, y, code = solve(waste_heat_power=mode)
    assert code == status.OK
    M, b, c = hot_gases.wet_gas(
        y.preheater_gas_h2o, y.preheater_gas_co2, y.preheater_gas_o2, y.preheater_gas_n2
    )
    M_air, b_air, c_air = hot_gases.wet_gas(0.0, 0.0, hot_gases.OXYGEN, hot_gases.NITROGEN)
    gas, air = y.preheater_gas_flow / M, y.vent_air_flow / M_air
    b, c = hot_gases.with_dust(b, c, y.preheater_dust_flow / gas)
    leak = x.whr_air_leak
    entering = gas * gas_enthalpy(y.preheater_gas_temperature, b, c)
    entering += gas * leak * gas_enthalpy(x.ambient_temperature, b_air, c_air)
    _, b_mix, c_mix = hot_gases.mixed(500.0, b, c, 500.0, b_air, c_air, leak)
    given = entering - gas * (1 + leak) * gas_enthalpy(y.preheater_boiler_outlet_temperature, b_mix, c_mix)
    given += air * hot_gases.heat_above(
        y.vent_air_temperature, y.cooler_boiler_outlet_temperature, b_air, c_air
    )
    shaft = y.whr_gross_power / x.whr_generator_efficiency / x.whr_mechanical_efficiency
    # the feed enters as liquid at feed temperature, the condensate leaves at the condenser's
    warmer = steam.h_pT(x.whr_steam_pressure, x.whr_feed_temperature) - steam.liquid_enthalpy(
        x.whr_condenser_pressure
    )
    flow = y.whr_steam_flow + y.whr_low_steam_flow
    blowdown = x.whr_blowdown * flow * steam.liquid_enthalpy(x.whr_steam_pressure)
    taken = shaft + y.whr_condenser_heat - flow * warmer
    rest = given * (1 - x.whr_heat_loss) - taken
    assert 0.0 < rest < blowdown  # blowdown leaves with part of its heat above the feed


def test_the_drying_temperature_binds_and_the_mill_can_ask_for_more():
    _, y, _ = solve()
    assert y.preheater_boiler_outlet_temperature == pytest.approx(478.15)
    _, wet, _ = solve(stream={"raw_mill_heat_demand": 17e6})
    assert wet.preheater_boiler_outlet_temperature > 485.0
    assert wet.whr_gross_power < 0.95 * y.whr_gross_power
    _, none, code = solve(stream={"raw_mill_heat_demand": 80e6})
    assert code == status.INFEASIBLE_THERMAL
    assert none.whr_gross_power == 0.0


def test_second_pressure_and_flash_use_the_cooler_gas():
    one, two, flash = (solve(waste_heat_power=m)[1] for m in (SINGLE, DUAL, FLASH))
    assert two.whr_gross_power > 1.04 * one.whr_gross_power
    assert flash.whr_gross_power > 1.04 * one.whr_gross_power
    assert flash.cooler_boiler_outlet_temperature < one.cooler_boiler_outlet_temperature - 20
    assert flash.whr_steam_flow == pytest.approx(one.whr_steam_flow)


@pytest.mark.parametrize("case", STREAMS)
@pytest.mark.parametrize("mode", [SINGLE, DUAL, FLASH])
def test_the_search_finds_no_less_than_the_given_pressures(case, mode):
    best = solve(case, waste_heat_power=mode, whr_pressure_choice=1)[1]
    for p in (0.7e6, 1.0e6, 1.3e6, 1.9e6):
        for low in (0.12e6, 0.25e6, 0.4e6):
            _, y, code = solve(case, waste_heat_power=mode, whr_steam_pressure=p, whr_low_pressure=low)
            if code == status.OK:
                assert per_tonne(y) <= per_tonne(best) + 0.05


def test_leaks_and_losses_cost_power():
    base = per_tonne(solve()[1])
    assert per_tonne(solve(whr_air_leak=0.06)[1]) < base - 0.5
    assert per_tonne(solve(whr_condenser_pressure=12e3)[1]) < base - 0.7
    assert per_tonne(solve(whr_heat_loss=0.03)[1]) < base
    x, y, _ = solve(whr_own_use=0.1)
    assert y.whr_net_power == pytest.approx(0.9 * y.whr_gross_power)


def test_no_waste_heat_power_leaves_the_gas_alone():
    _, y, code = solve(waste_heat_power=0)
    assert code == status.OK
    assert y.whr_gross_power == 0.0
    assert y.preheater_boiler_outlet_temperature == y.preheater_gas_temperature


def test_pressure_slides_down_where_the_gas_is_too_cold():
    """Steam of 4.9 MPa boils at 263 degC, gas of 265 degC cannot make it: the drums stand lower, and that is said."""
    _, y, code = solve("5000-6-stage", whr_steam_pressure=4.9e6)
    assert code == status.OK
    assert steam.saturation_temperature(y.whr_pressure) < y.preheater_gas_temperature - 12.0
    _, given, _ = solve("5000-6-stage", whr_steam_pressure=0.9e6)
    assert given.whr_pressure == 0.9e6


def test_steam_colder_than_its_feedwater_is_refused():
    _, y, code = solve(whr_feed_temperature=383.15, whr_steam_pressure=0.12e6)
    assert code in (status.INFEASIBLE_ORDER, status.INFEASIBLE_PINCH)
    assert y.whr_gross_power == 0.0


def test_a_boiler_whose_gas_is_too_cold_warms_water():
    """Vent air of 130 degC makes no steam of 1.2 MPa (188 degC); it still warms the feed, and the power says so."""
    _, base, _ = solve(stream={"boiler_air_temperature": 403.15, "vent_air_temperature": 403.15})
    _, none, code = solve(stream={"boiler_air_temperature": 330.0, "vent_air_temperature": 330.0})
    assert code == status.OK
    assert base.whr_gross_power > 1.03 * none.whr_gross_power
    assert base.cooler_boiler_outlet_temperature < 403.15 - 10.0
    assert none.cooler_boiler_outlet_temperature == pytest.approx(330.0)


def test_the_generators_fixed_loss_stays_at_part_load():
    """By hand: 10 MW of 96 %, half its loss fixed: at half the shaft power 0.04 (0.5 + 0.5/4) of 10.417 MW go."""
    x, _, _ = solve(whr_generator_efficiency=0.96, whr_generator_fixed_share=0.5, whr_rated_power=10e6)
    rated = 10e6 / 0.96
    assert generator_power(x, rated) == pytest.approx(10e6)
    assert generator_power(x, 0.5 * rated) == pytest.approx(0.5 * rated - 0.04 * rated * 0.625)


def test_the_organic_cycle_is_bound_by_its_pinch():
    base = solve(waste_heat_power=ORGANIC)[1]
    assert 20 < per_tonne(base) < 30
    base = solve("5000-6-stage", waste_heat_power=ORGANIC)[1]
    hotter = solve("5000-6-stage", waste_heat_power=ORGANIC, whr_organic_evaporation=478.15)[1]
    assert hotter.cooler_boiler_outlet_temperature > base.cooler_boiler_outlet_temperature + 20
    _, _, code = solve(waste_heat_power=ORGANIC, whr_organic_fluid=1, whr_organic_evaporation=450.0)
    assert code == status.OUTSIDE_RANGE
