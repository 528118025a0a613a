"""Pressures along the steam path: as the design sheet gives them, or as the flow through each group makes them.

A group of stages lies between a cylinder's inlet or an extraction and the next extraction or the exhaust.
Stodola's cone law, m = K sqrt((p1^2 - p2^2) / (p1 v1)) (Stodola, Steam and Gas Turbines, 1927), with K of
each group from the plant's design point. It is kept when a retrofit changes the unit, unless the passages are
new: then the retrofitted unit's own design point gives it.
"""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np

from plantsim._jit import kernel
from plantsim.processes.coal_unit.codes import (
    CONDENSATE_PUMP_AT_SPEED,
    CYLINDERS,
    FEED_PUMP_AT_SPEED,
    HEAT_STAGE,
    HEAT_ZERO_OUTPUT,
    HP,
    IP,
    LP,
    OPEN,
    PASSAGES_NEW,
    REHEAT_SINGLE,
    STEAM_THROTTLED,
)
from plantsim.processes.coal_unit.expansion import given, pressure_volume
from plantsim.processes.coal_unit.heaters import out_of_service

LEAST_DROP_FACTOR = 0.2  # so far from its drop a cylinder is no turbine any more; passes need some efficiency


@kernel
def design_pressures(x, d):
    """Write the pressures, terminal differences and exhaust loss of the design sheet; no heat is supplied."""
    d.off_design = 0
    d.steam_temperature, d.reheat_temperature = x.main_steam_temperature, x.hot_reheat_temperature
    d.steam_pressure = x.main_steam_pressure
    d.reheat_pressure = x.hot_reheat_pressure
    d.cylinder_exhaust_pressure[HP] = x.hp_exhaust_pressure
    d.cylinder_exhaust_pressure[IP] = x.ip_exhaust_pressure
    d.cylinder_inlet_pressure[HP] = x.main_steam_pressure * (1.0 - x.main_steam_loss)
    d.cylinder_inlet_pressure[IP] = x.hp_exhaust_pressure
    if x.reheat == REHEAT_SINGLE:
        d.cylinder_inlet_pressure[IP] = x.hot_reheat_pressure * (1.0 - x.intercept_valve_loss)
    d.cylinder_inlet_pressure[LP] = x.ip_exhaust_pressure * (1.0 - x.crossover_loss)
    for i in range(x.heater_count):
        d.point_pressure[i] = x.extraction_pressure[i]
        d.point_difference[i] = x.terminal_difference[i]
        d.heater_efficiency_now[i] = x.heater_efficiency * x.heater_efficiency_ratio[i]
    d.feed_line_pressure = x.feedwater_pressure
    d.condensate_line_pressure = x.condensate_pressure
    d.line_drop = 1.0
    d.exhaust_loss_now, d.exhaust_loss_slope = x.exhaust_loss, 0.0
    for c in range(CYLINDERS):
        d.efficiency_factor[c] = 1.0
    d.lp_without_work = 0
    d.heat_place = -1
    d.heat_share = d.return_share = d.return_enthalpy = d.heat_steam_enthalpy = 0.0
    d.external_heat = 0.0


@kernel
def scaled(p, p_c, part):
    """Return p [Pa] at ``part`` of the flow through all groups down to p_c [Pa]: the cone law over all of them."""
    return sqrt(max(p_c * p_c, p_c * p_c + part * part * (p * p - p_c * p_c)))


@kernel
def guess_operation(x, d, part):
    """Write a first state at ``part`` of the design flow [-], where passes begin.

    All pressures of the steam path by the cone law; temperatures, efficiencies and pump pressures as at this part of
    the flow in every cylinder.
    """
    m = part * x.reference_main_steam_flow
    p_c = d.condensing_pressure
    for c in range(CYLINDERS):
        d.cylinder_inlet_pressure[c] = scaled(d.cylinder_inlet_pressure[c], p_c, part)
        if c != LP:
            d.cylinder_exhaust_pressure[c] = scaled(d.cylinder_exhaust_pressure[c], p_c, part)
    for i in range(x.heater_count):
        d.point_pressure[i] = scaled(d.point_pressure[i], p_c, part)
    d.reheat_pressure = scaled(d.reheat_pressure, p_c, part)
    d.steam_pressure = boiler_pressure(x, d.cylinder_inlet_pressure[HP])
    follow_temperatures(x, d, m)
    follow_pumps(x, d, m)
    for c in range(CYLINDERS):
        d.efficiency_factor[c] = 1.0 - x.part_flow_loss * (1.0 - part) * (1.0 - part)


@kernel
def squared_constant(m, p, p_out, pv):
    """Return K^2 [m4] of a group: m [kg/s], pressures [Pa], p v before it [J/kg]; 0 where there is no group."""
    if not p * p > p_out * p_out or not m > 0.0:
        return 0.0
    return m * m * pv / (p * p - p_out * p_out)


@kernel
def pressure_before(k, m, p_out, pv):
    """Return the pressure [Pa] before a group: k [m4], m [kg/s]; pv: p v before it as far as known [J/kg]."""
    if not k > 0.0:
        return p_out
    return sqrt(p_out * p_out + m * m * pv / k)


@kernel
def first_of_cylinder(d, c):
    """Return the index of the first extraction of cylinder c."""
    return d.cylinder_stop[c - 1] if c > 0 else np.int64(0)


@kernel
def find_constants(x, d, m):
    """Write the groups' constants into d from the solved design point with main steam flow m [kg/s]."""
    for c in range(CYLINDERS):
        p, flow = d.cylinder_inlet_pressure[c], m * d.inlet_share[c]
        pv = pressure_volume(p, d.cylinder_inlet_enthalpy[c])
        for i in range(first_of_cylinder(d, c), d.cylinder_stop[c] + 1):
            last = i == d.cylinder_stop[c]
            p_out = d.cylinder_exhaust_pressure[c] if last else d.point_pressure[i]
            k = squared_constant(flow, p, p_out, pv)
            if i == first_of_cylinder(d, c):
                d.inlet_constant[c] = k
            else:
                d.stage_constant[i - 1] = k
            if not last:
                p, pv, flow = p_out, d.point_pressure_volume[i], m * d.onward_share[i]


@kernel
def set_constants(x, d, m, fit):
    """Write the groups' constants in force and the cylinders' flows at design.

    The constants are the plant's, or this variant's own where its passages are new.

    m: main steam flow of this variant at rated power [kg/s]; fit: whether the plant's are still to be found.
    """
    if fit or x.flow_passages == PASSAGES_NEW:
        find_constants(x, d, m)
    for c in range(CYLINDERS):
        d.design_inlet_flow[c] = m * d.inlet_share[c]
        if fit:
            x.plant_inlet_constant[c] = d.inlet_constant[c]
        if x.flow_passages != PASSAGES_NEW:
            d.inlet_constant[c] = x.plant_inlet_constant[c]
    for i in range(x.heater_count):
        if fit:
            x.plant_stage_constant[i] = d.stage_constant[i]
        if x.flow_passages != PASSAGES_NEW:
            d.stage_constant[i] = x.plant_stage_constant[i]


@kernel
def boiler_pressure(x, p_in):
    """Return the main steam pressure [Pa] that goes with p_in before the first stages [Pa].

    Sliding: the valves stay as at design, but the pressure goes no lower than the boiler's minimum; more than
    the rated pressure comes only after the valves are wide open. Throttled: the rated pressure.
    """
    rated = x.main_steam_pressure
    if x.pressure_control == STEAM_THROTTLED:
        return max(rated, p_in)
    sliding = p_in / (1.0 - x.main_steam_loss)
    if x.valve_reserve > 0.0:
        sliding = max(sliding, min(rated, sliding / (1.0 - x.valve_reserve)))
    return max(min(rated, sliding), p_in, x.least_pressure_share * rated)


@kernel
def regulated_pressure(x, d, p):
    """Return p [Pa], or the pressure that the heating steam must have where the valve behind it keeps that."""
    if not d.heat_share > 0.0:
        return p
    if given(x.heat_supply_pressure):
        return max(p, x.heat_supply_pressure)
    return max(p, x.ip_exhaust_pressure) if x.heat_supply == HEAT_ZERO_OUTPUT else p


@kernel
def exhaust_before(x, d, c):
    """Write and return the exhaust pressure [Pa] of cylinder c, not the last, from the inlet of the next."""
    if c == IP:
        p = d.cylinder_inlet_pressure[LP] / (1.0 - x.crossover_loss)
        if d.heat_place < 0 and x.heat_supply != HEAT_STAGE:
            p = regulated_pressure(x, d, p)
    else:
        p = d.cylinder_inlet_pressure[IP]
        if x.reheat == REHEAT_SINGLE:
            d.reheat_pressure = p / (1.0 - x.intercept_valve_loss)
            p = d.reheat_pressure * x.hp_exhaust_pressure / x.hot_reheat_pressure
    d.cylinder_exhaust_pressure[c] = p
    return p


@kernel
def pipe_ratio(x, c, i):
    """Return the pressure of the last extraction i of cylinder c over the exhaust's [-]: below 1 in the pipe behind."""
    exhaust = x.hp_exhaust_pressure if c == HP else x.ip_exhaust_pressure
    return min(1.0, x.extraction_pressure[i] / exhaust)


@kernel
def follow_flow(x, d, m):
    """Write the pressures that main steam flow m [kg/s] with the solved shares makes; return the largest change [-].

    From the condenser upward, with the enthalpies of the last pass.
    """
    p_out, change = d.condensing_pressure, 0.0
    for back in range(CYLINDERS):
        c = CYLINDERS - 1 - back
        if c != LP:
            p_out = exhaust_before(x, d, c)
        first, stop = first_of_cylinder(d, c), d.cylinder_stop[c]
        for j in range(stop - first):
            i = stop - 1 - j
            old = d.point_pressure[i]
            flow = m * d.onward_share[i]
            p = pressure_before(d.stage_constant[i], flow, p_out, d.point_pressure_volume[i])
            if j == 0 and c != LP:
                p *= pipe_ratio(x, c, i)
            if i == d.heat_place and x.heat_supply == HEAT_STAGE:
                p = regulated_pressure(x, d, p)
            d.step_pressure[i] = (p - old) / old
            change = max(change, abs(d.step_pressure[i]))
            d.point_pressure[i] = p
            p_out = p
        old = d.cylinder_inlet_pressure[c]
        pv = pressure_volume(old, d.cylinder_inlet_enthalpy[c])
        p = pressure_before(d.inlet_constant[c], m * d.inlet_share[c], p_out, pv)
        d.step_inlet_pressure[c] = (p - old) / old
        change = max(change, abs(d.step_inlet_pressure[c]))
        d.cylinder_inlet_pressure[c] = p
    d.steam_pressure = boiler_pressure(x, d.cylinder_inlet_pressure[HP])
    return change


@kernel
def follow_temperatures(x, d, m):
    """Write both steam temperatures at main steam flow m [kg/s]: below a load the boiler holds them no more."""
    missing = max(0.0, x.temperature_held_from - m / x.reference_main_steam_flow)
    d.steam_temperature = x.main_steam_temperature - x.main_steam_temperature_fall * missing
    d.reheat_temperature = x.hot_reheat_temperature - x.reheat_temperature_fall * missing


@kernel
def other_drop_factor(d):
    """Return the IP cylinder's efficiency over that at its design drop [-], where heating steam sets its exhaust.

    Stages run at one speed: with another drop u/c is another, and an impulse stage at its best u/c has
    2 r - r^2 of its efficiency, r = sqrt(design drop / drop) (from its velocity triangles). Without heat the drop of
    an IP cylinder hardly changes with the flow.
    """
    drop = (d.cylinder_inlet_enthalpy[IP] - d.cylinder_exhaust_enthalpy[IP]) / d.cylinder_efficiency[IP]
    if not (drop > 0.0 and d.design_ip_drop > 0.0):
        return 1.0
    off = sqrt(d.design_ip_drop / drop) - 1.0
    return max(LEAST_DROP_FACTOR, 1.0 - off * off)


@kernel
def follow_efficiency(x, d, m):
    """Write by how much each cylinder's efficiency falls with its flow at main steam flow m [kg/s]."""
    for c in range(CYLINDERS):
        missing = 1.0 - m * d.inlet_share[c] / d.design_inlet_flow[c]
        d.efficiency_factor[c] = 1.0 - x.part_flow_loss * missing * missing
    if d.heat_share > 0.0 and d.heat_place < 0:
        d.efficiency_factor[IP] *= other_drop_factor(d)


@kernel
def follow_pumps(x, d, m):
    """Write the pressures of both water lines at main steam flow m [kg/s]: losses in them grow with its square."""
    part = m / x.reference_main_steam_flow
    d.line_drop = part * part
    if x.feed_pump_control == FEED_PUMP_AT_SPEED:
        lost = x.feedwater_pressure - x.main_steam_pressure
        d.feed_line_pressure = d.steam_pressure + lost * part * part
    i = d.highest_open_heater - 1
    if x.condensate_pump_control == CONDENSATE_PUMP_AT_SPEED and i >= 0:
        at_design = x.extraction_pressure[i] * (1.0 - x.extraction_loss[i])
        now = d.point_pressure[i] * (1.0 - x.extraction_loss[i])
        d.condensate_line_pressure = now + (x.condensate_pressure - at_design) * part * part


@kernel
def size_heaters(x, d, m):
    """Write the transfer units [-] of each closed heater and its water [kg/s] at this variant's design point.

    From the terminal difference, which is what is left of the steam's difference to the water behind it. 0 for
    one with a desuperheater (terminal difference of zero or less): it keeps its difference.
    """
    for i in range(x.heater_count):
        d.heater_units[i], d.heater_water[i] = 0.0, m * d.water_share[i]
        left, whole = (
            x.terminal_difference[i],
            d.heater_saturation_temperature[i] - d.water_inlet_temperature[i],
        )
        if x.heater_kind[i] != OPEN and not out_of_service(x, i) and 0.0 < left < whole:
            d.heater_units[i] = log(whole / left)


@kernel
def follow_heaters(x, d, m):
    """Write the terminal differences at main steam flow m [kg/s]; return the largest change [K].

    UA goes with the water flow to the power ``heater_conductance_exponent``.
    """
    change, part, factor = 0.0, 1.0, 1.0
    for i in range(x.heater_count):
        water = m * d.water_share[i]
        d.step_difference[i] = 0.0
        if d.heater_units[i] > 0.0 and water > 0.0:
            if water / d.heater_water[i] != part:  # heaters of one line have the same
                part = water / d.heater_water[i]
                factor = part ** (x.heater_conductance_exponent - 1.0)
            units = d.heater_units[i] * factor
            whole = d.heater_saturation_temperature[i] - d.water_inlet_temperature[i]
            left = max(0.0, whole) * exp(-units)
            d.step_difference[i] = left - d.point_difference[i]
            change = max(change, abs(d.step_difference[i]))
            d.point_difference[i] = left
    return change
