"""Levels of the heaters: saturation, water outlet and inlet, drains, and the pumps between them."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.pump import pump_outlet, pump_rise, static_head
from plantsim.kernels.steam import (
    h_pT,
    liquid_enthalpy,
    liquid_volume,
    saturation_temperature,
    water_h_pT,
    water_sT_ph,
)
from plantsim.processes.coal_unit.codes import (
    CONDENSATE_PRESSURE,
    DRAIN_COOLER_APPROACH,
    DRAIN_FORWARD,
    DRAIN_NEXT,
    DRAIN_TO,
    EXTRACTION_PRESSURE,
    FEEDWATER_PRESSURE,
    HEATER_OUT,
    HEATER_STATE,
    HEATER_WATER_PRESSURE,
    OPEN,
    TERMINAL_DIFFERENCE,
)
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_ORDER, INFEASIBLE_PINCH, OK, OUTSIDE_RANGE


@kernel
def highest_open(x):
    """Return the number (from 1) of the open heater with the highest pressure; 0 when there is none."""
    for i in range(x.heater_count):
        if x.heater_kind[i] == OPEN:
            return i + 1
    return 0


@kernel
def out_of_service(x, i):
    """Return whether closed heater i is shut off: its water passes by, drains from above go on below it."""
    return x.heater_state[i] == HEATER_OUT and x.heater_kind[i] != OPEN


@kernel
def line_pressure(x, d, i):
    """Return the pressure [Pa] of the water in closed heater i.

    Its line's, or where the sheet states the heater's own: less than the line's by what the way takes at this flow.
    """
    fed = i < d.highest_open_heater or d.highest_open_heater == 0
    p = d.feed_line_pressure if fed else d.condensate_line_pressure
    if x.heater_water_pressure[i] > 0.0:
        p += (
            x.heater_water_pressure[i] - (x.feedwater_pressure if fed else x.condensate_pressure)
        ) * d.line_drop
    return p


@kernel
def line_blame(x, d, i):
    """Return the code of the input that the pressure of the water in closed heater i is stated by."""
    if x.heater_water_pressure[i] > 0.0:
        return HEATER_WATER_PRESSURE
    return (
        FEEDWATER_PRESSURE if i < d.highest_open_heater or d.highest_open_heater == 0 else CONDENSATE_PRESSURE
    )


@kernel
def outlet_levels(x, d):
    """Write heater pressures, saturation temperatures and water outlets; return a status."""
    d.highest_open_heater = highest_open(x)
    for i in range(x.heater_count):
        p = d.point_pressure[i] * (1.0 - x.extraction_loss[i])
        t_s = saturation_temperature(p)
        d.heater_pressure[i] = p
        d.heater_saturation_temperature[i] = t_s
        if not (t_s > 0.0):
            d.design_status_variable = EXTRACTION_PRESSURE
            return OUTSIDE_RANGE
        if x.heater_kind[i] == OPEN:
            d.water_outlet_temperature[i] = t_s
            d.water_outlet_enthalpy[i] = d.outlet_level[i] = liquid_enthalpy(p)
            continue
        if x.drain_to[i] == DRAIN_NEXT and i == x.heater_count - 1:
            d.design_status_variable = DRAIN_TO
            return INCOMPLETE
        if out_of_service(x, i):  # its levels are those of the water that passes by
            continue
        p_line = line_pressure(x, d, i)
        if not (p_line > p):  # the water would boil in the heater
            d.design_status_variable = line_blame(x, d, i)
            return INFEASIBLE_ORDER
        t = d.water_outlet_temperature[i] = t_s - d.point_difference[i]
        d.outlet_level[i] = water_h_pT(p_line, t) if t <= t_s else h_pT(p_line, t)
        d.water_outlet_enthalpy[i] = d.outlet_level[i]
        if not (d.water_outlet_enthalpy[i] < d.point_enthalpy[i]):
            d.design_status_variable = TERMINAL_DIFFERENCE
            return OUTSIDE_RANGE
    return OK


@kernel
def pump_above(x, d, i):
    """Return enthalpy [J/kg] and temperature [K] of water after the pump that stands above open heater i.

    The highest one is the feed pump, which also writes d.feed_pump_rise; the others lift to the pressure of
    the condensate line.
    """
    p, h, t_s = d.heater_pressure[i], d.water_outlet_enthalpy[i], d.heater_saturation_temperature[i]
    v = liquid_volume(p)
    if i + 1 == d.highest_open_heater:
        p_in = p + static_head(x.deaerator_height, v)
        h_out, t = pump_outlet(p_in, h, t_s, d.feed_line_pressure, x.feed_pump_efficiency)
        d.feed_pump_rise = h_out - h
        return h_out, t
    h += pump_rise(v, p, d.condensate_line_pressure, x.condensate_pump_efficiency)
    return h, water_sT_ph(d.condensate_line_pressure, h, t_s)[1]


@kernel
def base_condensate(x, d):
    """Return h [J/kg] and T [K] of condensate before the lowest heater, drains and gland steam not counted.

    Writes d.condensate_pump_rise; without an open heater the feed pump stands here too.
    """
    v = liquid_volume(d.condensing_pressure)
    d.condensate_pump_rise = pump_rise(
        v, d.condensing_pressure, d.condensate_line_pressure, x.condensate_pump_efficiency
    )
    h, t, p = (
        d.hotwell_enthalpy + d.condensate_pump_rise,
        d.condensing_temperature,
        d.condensate_line_pressure,
    )
    if d.highest_open_heater == 0:
        h_out, t = pump_outlet(p, h, t, d.feed_line_pressure, x.feed_pump_efficiency)
        d.feed_pump_rise, h, p = h_out - h, h_out, d.feed_line_pressure
    h += x.condensate_external_heat
    return h, water_sT_ph(p, h, t)[1]


@kernel
def drain_level(x, d, i):
    """Write temperature and enthalpy of the drain of closed heater i from its water inlet; return a status."""
    p, t_s = d.heater_pressure[i], d.heater_saturation_temperature[i]
    if x.drain_cooler_approach[i] > 0.0:
        t = d.water_inlet_temperature[i] + x.drain_cooler_approach[i]
        if t < t_s:
            d.drain_temperature[i] = t
            d.drain_enthalpy[i] = water_h_pT(p, t)
        else:  # the drain can't leave hotter than it condenses: the cooler has nothing to do
            d.drain_temperature[i] = t_s
            d.drain_enthalpy[i] = liquid_enthalpy(p)
    else:
        d.drain_temperature[i] = t_s
        d.drain_enthalpy[i] = liquid_enthalpy(p)
    if not (d.drain_enthalpy[i] < d.point_enthalpy[i]):
        d.design_status_variable = DRAIN_COOLER_APPROACH
        return OUTSIDE_RANGE
    return OK


@kernel
def water_from_below(x, d, i):
    """Return enthalpy [J/kg] and temperature [K] of the water that enters heater i; i = -1: the boiler.

    The lowest heater's and those above a drain pumped forward are first guesses that :mod:`flows` corrects.
    """
    below = i + 1
    while below < x.heater_count and out_of_service(x, below):
        below += 1
    if below == x.heater_count:
        return base_condensate(x, d)
    if x.heater_kind[below] == OPEN:
        return pump_above(x, d, below)
    return d.water_outlet_enthalpy[below], d.water_outlet_temperature[below]


@kernel
def inlet_levels(x, d):
    """Write water inlets and drains as far as they do not depend on flows; return a status."""
    for i in range(-1, x.heater_count):
        h, t = water_from_below(x, d, i)
        if not (t > 0.0):
            d.design_status_variable = FEEDWATER_PRESSURE
            return OUTSIDE_RANGE
        if i < 0:
            d.feedwater_enthalpy = h
            d.final_feedwater_temperature = t
            continue
        d.water_inlet_enthalpy[i] = h
        d.water_inlet_temperature[i] = t
        if out_of_service(x, i):
            d.outlet_level[i] = d.water_outlet_enthalpy[i] = h
            d.water_outlet_temperature[i] = t
            d.drain_temperature[i] = d.heater_saturation_temperature[i]
            d.drain_pump_rise[i] = 0.0
            if x.drain_to[i] == DRAIN_FORWARD:
                d.design_status_variable = HEATER_STATE
                return OUTSIDE_RANGE
            continue
        if not (d.water_outlet_enthalpy[i] > h) and not d.off_design:
            d.design_status_variable = EXTRACTION_PRESSURE if i < x.heater_count - 1 else TERMINAL_DIFFERENCE
            return INFEASIBLE_PINCH
        d.drain_pump_rise[i] = 0.0
        if x.heater_kind[i] == OPEN:
            d.drain_temperature[i] = d.heater_saturation_temperature[i]
            d.drain_enthalpy[i] = d.water_outlet_enthalpy[i]
            continue
        status = drain_level(x, d, i)
        if status != OK:
            return status
        if x.drain_to[i] == DRAIN_FORWARD:
            p, p_line = d.heater_pressure[i], line_pressure(x, d, i)
            d.drain_pump_rise[i] = pump_rise(liquid_volume(p), p, p_line, x.condensate_pump_efficiency)
    return OK
