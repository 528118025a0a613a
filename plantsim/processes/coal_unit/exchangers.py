"""No stream is warmed above its source: the check of every heat exchanger of a solved point.

Each is looked at once, when the point is solved, by :mod:`plantsim.kernels.heat_exchanger`; a failure blames the
exchanger's own variable and leaves both temperatures in y. What is warmed elsewhere cannot come above its source: a
condenser that is sized, a tower and a heater whose terminal difference is above zero are found from an effectiveness
below 1.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.heat_exchanger import COUNTERFLOW, check_condensing, check_exchanger
from plantsim.kernels.steam import T_ph, saturation_temperature, vapour_enthalpy, water_sT_ph
from plantsim.kernels.steam.constants import P_CRITICAL
from plantsim.processes.coal_unit.codes import (
    COOLING_WATER_TEMPERATURE,
    DRAIN_COOLER_APPROACH,
    DRAIN_NEXT,
    HEAT_BACK_PRESSURE,
    HEAT_RETURN_TEMPERATURE,
    HOT_REHEAT_TEMPERATURE,
    IP,
    LOW_ECONOMISER_GAS_OUTLET,
    LOW_ECONOMISER_HEAT,
    MAIN_STEAM_TEMPERATURE,
    NETWORK_STEAM_PRESSURE,
    NETWORK_SUPPLY_TEMPERATURE,
    OPEN,
    RATED_ECONOMISER_GAS_TEMPERATURE,
    REHEAT_SINGLE,
    TERMINAL_DIFFERENCE,
)
from plantsim.processes.coal_unit.cold_end import hangs_on_cooling
from plantsim.processes.coal_unit.expansion import given
from plantsim.processes.coal_unit.flows import bypassed_heaters
from plantsim.processes.coal_unit.flue_gas import cooled_temperature
from plantsim.processes.coal_unit.heat_supply import heat_demand
from plantsim.processes.coal_unit.heaters import line_pressure, out_of_service
from plantsim.vocabulary.status import INFEASIBLE_ORDER, INFEASIBLE_PINCH, OK

NAN = float("nan")
IDLE = 1e-9  # of the water's enthalpy, and of main steam: less heat or steam than this is none


@kernel
def forget_figures(y):
    """Say that no exchanger, no steam and no efficiency is at fault."""
    y.exchanger_hot_temperature = y.exchanger_cold_temperature = y.saturation_found = NAN
    y.boiler_efficiency_listed = NAN
    y.exchanger_number = 0


@kernel
def refuse(y, variable, t_hot, t_cold, number):
    """Blame ``variable`` for an exchanger whose nearer end has t_hot and t_cold [K]; return INFEASIBLE_PINCH."""
    y.status_variable = variable
    y.exchanger_hot_temperature, y.exchanger_cold_temperature = t_hot, t_cold
    y.exchanger_number = number
    return INFEASIBLE_PINCH


@kernel
def desuperheater(x, d, i, t_out):
    """Return (status, t_hot, t_cold) of closed heater i, whose water leaves at t_out [K] above saturation.

    Wet steam cannot do that. Superheated steam gives what it has above saturation to the water that leaves; where
    it begins to condense that water may be at saturation at most.
    """
    p, t_s = d.heater_pressure[i], d.heater_saturation_temperature[i]
    h, h_v = d.point_enthalpy[i], vapour_enthalpy(p)
    if not h > h_v:
        return INFEASIBLE_PINCH, t_s, t_out
    given_up = d.heater_efficiency_now[i] * d.extraction_share[i] * (h - h_v) / d.water_share[i]
    t_bend = water_sT_ph(line_pressure(x, d, i), d.water_outlet_enthalpy[i] - given_up, t_s)[1]
    return check_exchanger(T_ph(p, h), t_s, t_bend, t_out, COUNTERFLOW, 0.0)


@kernel
def warmest_source(x, d, i):
    """Return the temperature [K] of the warmest that enters heater i where its own steam gives nothing; NaN: unknown.

    Drains from above; gland steam and heat from outside, which is looked at by itself, are taken as warm enough.
    """
    if d.heat_from_outside[i] > 0.0 or d.gland_into_share[i] > 0.0:
        return NAN
    above = i - 1
    while above >= 0 and out_of_service(x, above):
        above -= 1
    t_s = d.heater_saturation_temperature[i]
    if above >= 0 and x.heater_kind[above] != OPEN and x.drain_to[above] == DRAIN_NEXT:
        return max(t_s, d.drain_temperature[above])
    return t_s


@kernel
def check_heater(x, d, y, i):
    """Return a status: whether closed heater i warms its water with what is warmer."""
    t_s, t_in, t_out = (
        d.heater_saturation_temperature[i],
        d.water_inlet_temperature[i],
        d.water_outlet_temperature[i],
    )
    if d.water_outlet_enthalpy[i] != d.outlet_level[i]:
        t_out = T_ph(line_pressure(x, d, i), d.water_outlet_enthalpy[i])
    if d.extraction_share[i] > IDLE:
        if t_out > t_s:
            status, t_hot, t_cold = desuperheater(x, d, i, t_out)
            if status != OK:
                return refuse(y, TERMINAL_DIFFERENCE, t_hot, t_cold, i + 1)
        if d.drain_temperature[i] < t_in or t_s < t_in:
            status, t_hot, t_cold = check_exchanger(t_s, d.drain_temperature[i], t_in, t_in, COUNTERFLOW, 0.0)
            if status != OK:
                return refuse(y, DRAIN_COOLER_APPROACH, t_hot, t_cold, i + 1)
    elif d.water_outlet_enthalpy[i] > d.water_inlet_enthalpy[i] * (1.0 + IDLE):
        source = warmest_source(x, d, i)
        if t_out > source:
            return refuse(y, TERMINAL_DIFFERENCE, source, t_out, i + 1)
    return OK


@kernel
def check_steam(x, d, y):
    """Return INFEASIBLE_ORDER where main or reheat steam is not above its saturation, as it can be at low load."""
    for c in range(2):
        p, t = (d.reheat_pressure, d.reheat_temperature) if c else (d.steam_pressure, d.steam_temperature)
        rated = x.hot_reheat_temperature if c else x.main_steam_temperature
        if t < rated and p < P_CRITICAL and (not c or x.reheat == REHEAT_SINGLE):
            t_s = saturation_temperature(p)
            if not t > t_s:
                y.saturation_found = t_s
                y.status_variable = HOT_REHEAT_TEMPERATURE if c else MAIN_STEAM_TEMPERATURE
                return INFEASIBLE_ORDER
    return OK


@kernel
def check_network(x, d, o, y):
    """Return a status: whether the heating steam is warm enough for the network, and has the pressure it needs."""
    y.heating_steam_pressure = NAN
    if not heat_demand(x, o) > 0.0:
        return OK
    supply = x.network_supply_temperature
    if x.heat_supply == HEAT_BACK_PRESSURE:
        t_s = d.condensing_temperature
        if given(supply):
            status, t_hot, t_cold = check_exchanger(t_s, t_s, supply, supply, COUNTERFLOW, 0.0)
            if status != OK:
                return refuse(y, NETWORK_SUPPLY_TEMPERATURE, t_hot, t_cold, 0)
        return OK
    if (
        x.heat_return_part > 0.0 and x.heat_return_temperature > supply > 0.0
    ):  # a network that gives heat back
        return refuse(y, HEAT_RETURN_TEMPERATURE, supply, x.heat_return_temperature, 0)
    p = d.point_pressure[d.heat_place] if d.heat_place >= 0 else d.cylinder_exhaust_pressure[IP]
    y.heating_steam_pressure = p
    h, t_s, back = d.heat_steam_enthalpy, saturation_temperature(p), x.heat_return_temperature
    if given(x.network_steam_pressure) and not p >= x.network_steam_pressure:
        y.exchanger_hot_temperature = t_s
        y.exchanger_cold_temperature = saturation_temperature(x.network_steam_pressure)
        y.status_variable = NETWORK_STEAM_PRESSURE
        return INFEASIBLE_ORDER
    if x.heat_return_part > 0.0:
        status, t_hot, t_cold = check_exchanger(t_s, t_s, back, back, COUNTERFLOW, 0.0)
        if status != OK:
            return refuse(y, HEAT_RETURN_TEMPERATURE, t_hot, t_cold, 0)
    if given(supply):
        before = max(0.0, h - vapour_enthalpy(p))
        T = T_ph(p, h)
        status, t_hot, t_cold = check_condensing(
            T, t_s, min(back, t_s), before, h - d.return_enthalpy, min(back, supply), supply, 0.0
        )
        if status != OK:
            return refuse(y, NETWORK_SUPPLY_TEMPERATURE, t_hot, t_cold, 0)
    return OK


@kernel
def check_economiser(x, d, y):
    """Return a status: whether the gas is warmer than the condensate at both ends of a low-temperature economiser.

    The condensate goes round the heaters from ``economiser_from`` to ``economiser_to`` and comes back as warm as
    the water that it joins, or warmer where all of it would be needed.
    """
    if not y.economiser_heat > 0.0 or x.heater_count == 0:
        return OK
    T_out, status = cooled_temperature(y)
    if status != OK:
        return status
    first, last = bypassed_heaters(x)
    h_in = d.water_inlet_enthalpy[first]
    h_out = max(
        d.water_outlet_enthalpy[last], h_in + y.economiser_heat / (y.main_steam_flow * d.water_share[first])
    )
    t_in, t_out = T_ph(line_pressure(x, d, first), h_in), T_ph(line_pressure(x, d, last), h_out)
    status, t_hot, t_cold = check_exchanger(y.flue_gas_temperature, T_out, t_in, t_out, COUNTERFLOW, 0.0)
    if status != OK:
        blamed = LOW_ECONOMISER_HEAT if given(x.low_economiser_heat) else LOW_ECONOMISER_GAS_OUTLET
        return refuse(y, blamed, t_hot, t_cold, first + 1)
    return OK


@kernel
def check_boiler_economiser(y):
    """Return a status: whether the gas behind the boiler's economiser is warmer than its feedwater, where it is known.

    What an economiser bypass mixes in comes behind it.
    """
    T_gas = y.economiser_gas_temperature - y.bypass_rise
    if 0.0 < T_gas <= y.feedwater_temperature:  # 0: no gas is known
        return refuse(y, RATED_ECONOMISER_GAS_TEMPERATURE, T_gas, y.feedwater_temperature, 0)
    return OK


@kernel
def check_condenser(x, d, o, y):
    """Return a status: whether cooling water stated beside a given exhaust pressure is colder than the steam."""
    if hangs_on_cooling(x) or not y.condenser_heat > 0.0:
        return OK
    T_water = o.water_temperature if given(o.water_temperature) else x.cooling_water_temperature
    if given(T_water) and x.cooling_water_rise > 0.0:
        T_water += x.cooling_water_rise
    if T_water > d.condensing_temperature:
        return refuse(y, COOLING_WATER_TEMPERATURE, d.condensing_temperature, T_water, 0)
    return OK


@kernel
def check_exchangers(x, d, o, y):
    """Return a status of the solved point: whether heat runs downhill in every exchanger of the unit."""
    status = check_steam(x, d, y)
    if status == OK:
        status = check_network(x, d, o, y)
    for i in range(x.heater_count):
        if status == OK and x.heater_kind[i] != OPEN and not out_of_service(x, i):
            status = check_heater(x, d, y, i)
    if status == OK:
        status = check_economiser(x, d, y)
    if status == OK:
        status = check_boiler_economiser(y)
    if status == OK:
        status = check_condenser(x, d, o, y)
    return status
