"""Steam side of coke dry quenching: boiler, reheat, last economiser, deaerator and turbine, from the record."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.heat_exchanger import COUNTERFLOW, check_exchanger
from plantsim.kernels.steam import h_pT, saturation_temperature
from plantsim.processes.coke_oven.cdq_boiler import cdq_boiler, feedwater
from plantsim.processes.coke_oven.cdq_codes import (
    CDQ_BACK_PRESSURE,
    CDQ_EXTRACTION_PRESSURE,
    CDQ_EXTRACTION_SHARE,
    CDQ_FEEDWATER_TEMPERATURE,
    CDQ_GAS_INLET_TEMPERATURE,
    CDQ_REHEAT_PRESSURE,
    CDQ_STEAM_TEMPERATURE,
    LAST_ECONOMISER,
    REHEAT_SINGLE,
    TURBINE_BACK_PRESSURE,
    TURBINE_EXTRACTION,
    TURBINE_NONE,
)
from plantsim.processes.coke_oven.cdq_turbine import (
    WATER_PRESSURE,
    deaerator,
    expansion,
    feed_water,
    reheat_states,
    turbine_flows,
    turbine_work,
)
from plantsim.vocabulary.status import INFEASIBLE_ORDER, INFEASIBLE_PINCH, OK, OUTSIDE_RANGE

NO_HEAT = 1e-6  # of the boiler's heat: what rounding leaves to a last economiser that is not there


@kernel
def steam_status(p, T, T_feed):
    """Return (status, variable at fault) of steam of p [Pa] and T [K] from water of T_feed [K]: each hotter in turn.

    Water < boiling < steam: below its boiling point IF97 would take "steam" for water.
    """
    T_boiling = saturation_temperature(p)
    if not T_feed < T_boiling:
        return INFEASIBLE_ORDER, CDQ_FEEDWATER_TEMPERATURE
    if not T_boiling < T:
        return INFEASIBLE_ORDER, CDQ_STEAM_TEMPERATURE
    return OK, 0


@kernel
def turbine_states(x, y):
    """Return (states [J/kg], status).

    States: steam, to the reheater, from it, extraction, deaerator steam, exhaust, feedwater; last the pump's work.
    """
    p, T, eta = x.cdq_steam_pressure, x.cdq_steam_temperature, x.cdq_turbine_efficiency
    h_feed, pump = feedwater(x.cdq_feedwater_temperature, p, x.cdq_pump_efficiency)
    h = h_pT(p, T)
    p_1, T_1, h_1, h_2 = p, T, h, h
    status, y.status_variable = steam_status(p, T, x.cdq_feedwater_temperature)
    if status == OK and x.cdq_reheat == REHEAT_SINGLE and x.cdq_turbine != TURBINE_NONE:
        p_1, T_1 = x.cdq_reheat_pressure, x.cdq_reheat_temperature
        h_1, h_2 = reheat_states(p, T, p_1, T_1, eta)
        if not (p_1 < p and h_2 > h_1):
            status = INFEASIBLE_ORDER
            y.status_variable = CDQ_REHEAT_PRESSURE
    if status != OK:
        return (h, h_1, h_2, h, h, h, h_feed, pump), status
    p_out = x.cdq_back_pressure if x.cdq_turbine == TURBINE_BACK_PRESSURE else x.cdq_exhaust_pressure
    h_a, h_b, h_out, status = expansion(
        x.cdq_turbine, p_1, T_1, x.cdq_extraction_pressure, x.cdq_feedwater_temperature, p_out, eta
    )
    if status == OK and not h_out > 0.0:
        status = OUTSIDE_RANGE
    if status != OK:
        back = x.cdq_turbine == TURBINE_BACK_PRESSURE
        y.status_variable = CDQ_BACK_PRESSURE if back else CDQ_EXTRACTION_PRESSURE
    return (h, h_1, h_2, h_a, h_b, h_out, h_feed, pump), status


@kernel
def boiler_stage(x, y, states, low, high, gas_flow, T_wanted):
    """Solve the boiler; return (steam [kg/s], gas behind [K], heat of gas [W], status).

    states: of :func:`turbine_states`; low, high: enthalpy of a mole of gas; gas_flow [mol/s]; T_wanted: behind [K].
    """
    steam, T_behind, pinch, least, duty, status = cdq_boiler(
        gas_flow,
        low,
        high,
        y.cdq_boiler_gas_temperature,
        T_wanted,
        x.cdq_boiler_loss,
        x.cdq_steam_pressure,
        x.cdq_steam_temperature,
        x.cdq_feedwater_temperature,
        states[2] - states[1],
        x.cdq_reheat_temperature,
        x.cdq_boiler_approach,
        x.cdq_boiler_gap,
        x.cdq_blowdown,
    )
    y.cdq_gas_behind_boiler = T_behind
    y.cdq_drum_pinch = pinch
    y.cdq_least_difference = least
    y.cdq_boiler_duty = duty
    if status != OK:
        T_top = max(x.cdq_steam_temperature, x.cdq_reheat_temperature if states[2] > states[1] else 0.0)
        _, y.exchanger_hot_temperature, y.exchanger_cold_temperature = check_exchanger(
            y.cdq_boiler_gas_temperature, T_wanted, x.cdq_feedwater_temperature, T_top, COUNTERFLOW, 0.0
        )
        y.status_variable = CDQ_FEEDWATER_TEMPERATURE if status == INFEASIBLE_ORDER else CDQ_STEAM_TEMPERATURE
    return steam, T_behind, duty / (1.0 - x.cdq_boiler_loss), status


@kernel
def last_economiser(x, y, steam, left, T_fan, taken_out):
    """Write heat of the last economiser that the water takes, and the rest; return a status.

    left: heat between fan and shaft [W]; T_fan: gas before it [K]; taken_out: steam extracted [kg/kg]. The water is
    warmed to cdq_boiler_gap below gas and deaerator at the most; the deaerator's own steam, which takes the place of
    water, is left out of the limit.
    """
    y.cdq_water_heat = max(0.0, left)  # below zero by rounding, or refused below
    y.cdq_unused_heat = 0.0
    if x.cdq_last_economiser != LAST_ECONOMISER:
        return OK if abs(left) <= NO_HEAT * y.cdq_boiler_duty else INFEASIBLE_PINCH
    gap = x.cdq_boiler_gap
    T_cold, h_needed = cold_water(x, T_fan - gap, taken_out)
    status, T_hot, T_water = check_exchanger(
        T_fan, x.cdq_gas_inlet_temperature, T_cold, T_cold, COUNTERFLOW, gap
    )
    if left < 0.0 or status != OK:  # less than nothing: the gas comes colder than it is wanted
        y.exchanger_hot_temperature = T_fan if left < 0.0 else T_hot
        y.exchanger_cold_temperature = x.cdq_gas_inlet_temperature if left < 0.0 else T_water
        return INFEASIBLE_PINCH
    y.cdq_water_heat = min(left, h_needed * steam)
    y.cdq_unused_heat = left - y.cdq_water_heat
    return OK


@kernel
def cold_temperature(x, extracted):
    """Return the temperature [K] of the water before the deaerator; extracted: steam for others [kg/kg]."""
    if x.cdq_turbine == TURBINE_NONE or x.cdq_turbine == TURBINE_BACK_PRESSURE:
        return x.cdq_makeup_temperature
    makeup = extracted + x.cdq_blowdown
    T = (1.0 - extracted) * saturation_temperature(x.cdq_exhaust_pressure) + makeup * x.cdq_makeup_temperature
    return T / (1.0 + x.cdq_blowdown)


@kernel
def cold_water(x, T_most, taken_out):
    """Return the water's temperature before the deaerator [K], and the heat that it can take [J per kg of steam].

    T_most: the gas allows no hotter water [K]; the deaerator, none nearer than cdq_boiler_gap; taken_out [kg/kg].
    """
    extracted, _, _, _ = turbine_flows(x.cdq_turbine, taken_out, 0.0)
    condensate, makeup, h_c, h_m = feed_water(
        x.cdq_turbine, extracted, x.cdq_blowdown, x.cdq_exhaust_pressure, x.cdq_makeup_temperature
    )
    water = condensate + makeup
    h = (condensate * h_c + makeup * h_m) / water
    T = cold_temperature(x, extracted)
    T_hot = min(T_most, x.cdq_feedwater_temperature - x.cdq_boiler_gap)
    return T, max(0.0, h_pT(WATER_PRESSURE, T_hot) - h)


@kernel
def own_use(x, y, heat):
    """Return what the plant's own network takes [W] of steam with ``heat`` [W] that the turbine house gives.

    Nothing where its pressure is below the network's. Reads y.steam_short_heat.
    """
    p = x.cdq_steam_pressure
    if x.cdq_turbine == TURBINE_EXTRACTION:
        p = x.cdq_extraction_pressure
    elif x.cdq_turbine == TURBINE_BACK_PRESSURE:
        p = x.cdq_back_pressure
    return min(heat, y.steam_short_heat) if p >= x.steam_pressure else 0.0


@kernel
def extraction_share(x, y, states, steam):
    """Return the steam taken out of an extraction turbine [kg per kg of its steam].

    What the plant still needs after its waste heat, and what others take of the rest, up to cdq_extraction_share:
    steam that nobody wants stays in the turbine. states: of :func:`turbine_states`; steam [kg/s].
    """
    if x.cdq_turbine != TURBINE_EXTRACTION:
        return 0.0
    per_share = steam * (states[3] - states[6])
    most = x.cdq_extraction_share * per_share
    own = own_use(x, y, most)
    return (own + x.surplus_steam_used * (most - own)) / per_share


@kernel
def steam_cycle(x, y, states, steam, left, T_fan):
    """Return ((extracted, exhaust, exported, deaerator steam, make-up, work [J]) per kg of steam, status).

    states: of :func:`turbine_states`; steam [kg/s]; left: heat between fan and shaft [W]; T_fan: behind the fan [K].
    """
    nothing = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    wanted = extraction_share(x, y, states, steam)
    status = last_economiser(x, y, steam, left, T_fan, wanted)
    if status != OK:
        y.status_variable = CDQ_GAS_INLET_TEMPERATURE
        return nothing, status
    extracted, _, _, _ = turbine_flows(x.cdq_turbine, wanted, 0.0)
    condensate, makeup, h_c, h_m = feed_water(
        x.cdq_turbine, extracted, x.cdq_blowdown, x.cdq_exhaust_pressure, x.cdq_makeup_temperature
    )
    T_d, supplied = x.cdq_feedwater_temperature, y.cdq_water_heat / steam
    deaerating, _, makeup, status = deaerator(condensate, makeup, h_c, h_m, supplied, T_d, states[4])
    if status != OK:
        y.status_variable = CDQ_GAS_INLET_TEMPERATURE
        return nothing, status
    extracted, exhaust, exported, status = turbine_flows(x.cdq_turbine, wanted, deaerating)
    if status != OK:
        y.status_variable = CDQ_EXTRACTION_SHARE
        return nothing, status
    work = turbine_work(x.cdq_turbine, states[2], extracted, states[3], deaerating, states[4], states[5])
    return (extracted, exhaust, exported, deaerating, makeup, work + states[0] - states[1]), OK
