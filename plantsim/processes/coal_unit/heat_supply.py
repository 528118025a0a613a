"""Heat supply of one operating point: what steam it takes, what it leaves for power, how the fuel is split.

Forms: steam from the crossover or from a stage, the LP cylinder without output (all IP exhaust but a cooling
flow goes to the heat), and high back pressure (the network water is the cooling water). The first two take what
the demand needs at the power that is held; in the last two power follows heat, and the load is not kept.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.steam import h_pT, s_ph, s_pT, saturation_temperature
from plantsim.processes.coal_unit.codes import (
    HEAT,
    HEAT_BACK_PRESSURE,
    HEAT_NONE,
    HEAT_STAGE,
    HEAT_STAGE_NUMBER,
    HEAT_SUPPLY_PRESSURE,
    HEAT_ZERO_OUTPUT,
    HEATING_EXHAUST_PRESSURE,
    HP,
    IP,
    LP,
    REHEAT_SINGLE,
)
from plantsim.processes.coal_unit.cold_end import ambient
from plantsim.processes.coal_unit.expansion import given
from plantsim.processes.coal_unit.turbine_cycle import set_condensing
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_FLOW, INFEASIBLE_ORDER, OK

MOST_TAKEN = 0.95  # of the steam at the place, while passes still look for the flow
DEMAND_MET = 1e-6  # of the demand


@kernel
def heat_demand(x, o):
    """Return more than 0 where the unit has to give heat [W] or steam [kg/s]; others may supply its network."""
    return 0.0 if x.heat_supply == HEAT_NONE else o.heat + o.steam_demand


@kernel
def heat_wanted(x, d, o):
    """Return the heat [W] that the unit has to give, where a demand for steam is worth what its steam gives."""
    if not o.steam_demand > 0.0:
        return heat_demand(x, o)
    if x.heat_supply == HEAT_BACK_PRESSURE:  # its exhaust is the steam
        each = d.specific_condenser_heat * x.heat_exchanger_efficiency / d.exhaust_share
    else:
        each = useful_heat(x, d)
    return 0.0 if x.heat_supply == HEAT_NONE else o.heat + o.steam_demand * each


@kernel
def heat_led(x, o):
    """Return whether power follows heat at this point."""
    return heat_demand(x, o) > 0.0 and (
        x.heat_supply == HEAT_ZERO_OUTPUT or x.heat_supply == HEAT_BACK_PRESSURE
    )


@kernel
def begin_heat(x, d, o, y):
    """Write place, return water and a first share of the heating steam; return a status."""
    if not heat_demand(x, o) > 0.0:
        return OK
    if x.heat_supply == HEAT_STAGE:
        if not 1 <= x.heat_stage <= x.heater_count:
            y.status_variable = HEAT_STAGE_NUMBER
            return INCOMPLETE
        d.heat_place = x.heat_stage - 1
    if x.heat_supply != HEAT_BACK_PRESSURE and given(x.heat_supply_pressure):
        made_for = x.extraction_pressure[d.heat_place] if d.heat_place >= 0 else x.ip_exhaust_pressure
        if x.heat_supply_pressure > made_for * x.heat_valve_most:
            y.status_variable = HEAT_SUPPLY_PRESSURE
            return INFEASIBLE_ORDER
    if x.heat_supply == HEAT_BACK_PRESSURE:
        if not given(x.heating_exhaust_pressure):
            y.status_variable = HEATING_EXHAUST_PRESSURE
            return INCOMPLETE
        set_condensing(x, d, saturation_temperature(x.heating_exhaust_pressure), x.heating_exhaust_pressure)
        return OK
    d.lp_without_work = 1 if x.heat_supply == HEAT_ZERO_OUTPUT else 0
    back, fresh = x.heat_return_temperature, x.make_up_temperature
    d.return_enthalpy = x.heat_return_part * h_pT(x.condensate_pressure, back)
    d.return_enthalpy += (1.0 - x.heat_return_part) * h_pT(x.condensate_pressure, fresh)
    return OK


@kernel
def useful_heat(x, d):
    """Return the heat supplied per kg of heating steam [J/kg]."""
    return (d.heat_steam_enthalpy - d.return_enthalpy) * x.heat_exchanger_efficiency


@kernel
def share_at_place(d):
    """Return the share of main steam at the place where heating steam leaves, before it leaves."""
    onward = d.onward_share[d.heat_place] if d.heat_place >= 0 else d.inlet_share[LP]
    return onward + d.heat_share


@kernel
def flow_for_heat(x, d, o):
    """Return the main steam flow [kg/s] at which a unit whose power follows heat gives the demand."""
    if x.heat_supply == HEAT_BACK_PRESSURE:
        return heat_wanted(x, d, o) / (d.specific_condenser_heat * x.heat_exchanger_efficiency)
    return (heat_wanted(x, d, o) / useful_heat(x, d) + x.lp_cooling_flow) / share_at_place(d)


@kernel
def work_kept_back(x, d):
    """Return the work [J/kg] that a kg of heating steam does no more."""
    return max(0.0, d.heat_steam_enthalpy - d.cylinder_exhaust_enthalpy[LP]) if d.heat_share > 0.0 else 0.0


@kernel
def follow_heat(x, d, o, m):
    """Write the share of heating steam at main steam flow m [kg/s]; return its change [-]."""
    if not heat_demand(x, o) > 0.0 or x.heat_supply == HEAT_BACK_PRESSURE:
        return 0.0
    there = share_at_place(d)
    wanted = min(heat_wanted(x, d, o) / (useful_heat(x, d) * m), MOST_TAKEN * there)
    if x.heat_supply == HEAT_ZERO_OUTPUT:
        wanted = max(0.0, there - x.lp_cooling_flow / m)
    change = abs(wanted - d.heat_share)
    d.heat_share = d.return_share = wanted
    return change


@kernel
def finish_heat(x, d, o, y, m):
    """Write what is supplied and what it takes; return INFEASIBLE_FLOW where the demand is not met."""
    y.heat_supplied = y.heating_steam_flow = y.make_up_flow = 0.0
    y.heat_share_by_quantity = y.heat_share_by_drop = y.heat_share_by_exergy = 0.0
    if not heat_demand(x, o) > 0.0:
        return OK
    if x.heat_supply == HEAT_BACK_PRESSURE:
        taken = y.condenser_heat
        y.condenser_heat = 0.0
        flow, h = m * d.exhaust_share, d.cylinder_exhaust_enthalpy[LP]
    else:
        flow, h = m * d.heat_share, d.heat_steam_enthalpy
        taken = flow * (h - d.return_enthalpy)
        y.heating_steam_flow = flow
        y.make_up_flow = flow * (1.0 - x.heat_return_part)
    y.heat_supplied = taken * x.heat_exchanger_efficiency
    short = y.heat_supplied < heat_wanted(x, d, o) * (1.0 - DEMAND_MET)
    starved = m * d.inlet_share[LP] < x.lp_minimum_share * x.plant_lp_flow and not d.lp_without_work
    if short or (starved and x.heat_supply != HEAT_BACK_PRESSURE):
        y.status_variable = HEAT
        return INFEASIBLE_FLOW
    y.heat_share_by_quantity = taken / y.boiler_heat
    kept = flow * max(0.0, h - d.design_exhaust_enthalpy)
    y.heat_share_by_drop = kept / (m * d.specific_work + kept)
    y.heat_share_by_exergy = heat_exergy(x, d, o, taken, flow) / (m * boiler_exergy(x, d, o))
    return OK


@kernel
def heat_exergy(x, d, o, taken, flow):
    """Return the exergy [W] of the heat ``taken`` [W] with heating steam ``flow`` [kg/s], above ambient air."""
    T_0, _ = ambient(x, o)
    if x.heat_supply == HEAT_BACK_PRESSURE:
        return taken * (1.0 - T_0 / d.condensing_temperature)
    p = d.point_pressure[d.heat_place] if d.heat_place >= 0 else d.cylinder_exhaust_pressure[IP]
    back = x.heat_return_part * s_pT(x.condensate_pressure, x.heat_return_temperature)
    back += (1.0 - x.heat_return_part) * s_pT(x.condensate_pressure, x.make_up_temperature)
    return taken - T_0 * flow * (s_ph(p, d.heat_steam_enthalpy) - back)


@kernel
def boiler_exergy(x, d, o):
    """Return the exergy [J/kg main steam] that the cycle takes up in the boiler, above ambient air."""
    T_0, _ = ambient(x, o)
    gained = d.specific_heat_input
    risen = d.cylinder_inlet_entropy[HP] - s_ph(d.feed_line_pressure, d.feedwater_enthalpy)
    if x.reheat == REHEAT_SINGLE:
        cold = s_ph(d.cylinder_exhaust_pressure[HP], d.cylinder_exhaust_enthalpy[HP])
        risen += d.reheat_share * (d.cylinder_inlet_entropy[IP] - cold)
    return gained - T_0 * risen
