"""The whole cycle at design conditions: exhaust pressure, expansion, heaters, flows, work.

Solved by direct downward substitution; only an exhaust pressure that hangs on the cooling-water flow needs a
root, since the heat to the condenser depends on it a little.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.roots import bracketed_root
from plantsim.kernels.steam import (
    T_ph,
    cp_pT,
    liquid_enthalpy,
    saturation_pressure,
    saturation_temperature,
    x_ph,
)
from plantsim.processes.coal_unit.codes import (
    CONDENSER_FLOW,
    CONDENSER_RISE,
    CONDENSER_TERMINAL_DIFFERENCE,
    COOLING_WATER_FLOW,
    COOLING_WATER_RISE,
    COOLING_WATER_TEMPERATURE,
    EXHAUST_PRESSURE,
    HEAT_RATE,
    HEATER_COUNT,
    LP,
    OPEN,
)
from plantsim.processes.coal_unit.expansion import expand, given
from plantsim.processes.coal_unit.flows import close_flows
from plantsim.processes.coal_unit.heaters import inlet_levels, outlet_levels
from plantsim.processes.coal_unit.work import (
    close_balances,
    drive_feed_pump,
    follow_steam,
    forward_reaches_top,
)
from plantsim.vocabulary.status import INCOMPLETE, NOT_FINITE, OK, OUTSIDE_RANGE

COOLING_WATER_PRESSURE = 0.2e6  # Pa: its heat capacity hardly depends on it (0.01 % per MPa)
LEAST_RISE, GREATEST_RISE = 0.2, 50.0  # K, of cooling water: the bracket in which a balance is sought
RISE_TOLERANCE = 1e-10  # K
MOST_HEATERS = 10  # size of the dimension in variables.toml


@kernel
def set_condensing(x, d, t, p):
    """Write the condensing state from temperature [K] and pressure [Pa]."""
    d.condensing_temperature = t
    d.condensing_pressure = p
    d.hotwell_enthalpy = liquid_enthalpy(p)


@kernel
def first_condensing(x, d):
    """Write the exhaust pressure, or a first guess of it where it hangs on the flow; return a status."""
    if x.condenser != CONDENSER_RISE and x.condenser != CONDENSER_FLOW:
        set_condensing(x, d, saturation_temperature(x.exhaust_pressure), x.exhaust_pressure)
        if not given(x.exhaust_pressure):
            d.design_status_variable = EXHAUST_PRESSURE
            return INCOMPLETE
    else:
        by_flow = x.condenser == CONDENSER_FLOW
        missing = 0
        if not given(x.cooling_water_temperature):
            missing = COOLING_WATER_TEMPERATURE
        elif not given(x.condenser_terminal_difference):
            missing = CONDENSER_TERMINAL_DIFFERENCE
        elif by_flow and not given(x.cooling_water_flow):
            missing = COOLING_WATER_FLOW
        elif not by_flow and not given(x.cooling_water_rise):
            missing = COOLING_WATER_RISE
        if missing:
            d.design_status_variable = missing
            return INCOMPLETE
        rise = 10.0 if by_flow else x.cooling_water_rise  # K, a guess that the balance replaces
        t = x.cooling_water_temperature + rise + x.condenser_terminal_difference
        set_condensing(x, d, t, saturation_pressure(t))
    if not (d.hotwell_enthalpy > 0.0):
        d.design_status_variable = EXHAUST_PRESSURE
        return OUTSIDE_RANGE
    return OK


@kernel
def cycle_at(x, d, fit):
    """Solve the cycle at the condensing state in d; return a status. fit: turn the sheet into efficiencies."""
    status = expand(x, d, fit)
    if status == OK:
        status = outlet_levels(x, d)
    if status == OK:
        status = inlet_levels(x, d)
    if status == OK:
        status = close_flows(x, d)
    if status == OK:
        status = drive_feed_pump(x, d, fit)
    if status == OK:
        status = follow_steam(x, d)
    if status == OK:
        close_balances(x, d)
        if not (d.specific_heat_input > 0.0 and d.specific_heat_input < 1e8):
            d.design_status_variable = HEAT_RATE
            status = NOT_FINITE
    return status


@kernel
def rise_error(rise, arguments):
    """Return by how much [K] a cooling-water rise differs from the one that the condenser heat makes; NaN if unsolved."""
    x, d = arguments
    t = x.cooling_water_temperature + rise + x.condenser_terminal_difference
    set_condensing(x, d, t, saturation_pressure(t))
    d.design_status = cycle_at(x, d, False)
    if d.design_status != OK:
        return float("nan")
    steam = x.rated_power / (d.specific_work * x.mechanical_efficiency * x.generator_efficiency)
    c = cp_pT(COOLING_WATER_PRESSURE, x.cooling_water_temperature)
    return rise - steam * d.specific_condenser_heat / (x.cooling_water_flow * c)


balanced_rise = bracketed_root(rise_error)


@kernel
def solve_cycle(x, d, fit):
    """Solve the cycle of plant x at design conditions into d; return a status, the blame in d."""
    if not 0 <= x.heater_count <= MOST_HEATERS:
        d.design_status_variable = HEATER_COUNT
        return OUTSIDE_RANGE
    status = first_condensing(x, d)
    if status == OK:
        status = cycle_at(x, d, fit)
    if status == OK and x.condenser == CONDENSER_FLOW:
        rise, status, _ = balanced_rise(LEAST_RISE, GREATEST_RISE, RISE_TOLERANCE, (x, d))
        if status == NOT_FINITE:
            return d.design_status
        if status != OK:
            d.design_status_variable = COOLING_WATER_FLOW
            return status
        rise_error(rise, (x, d))
        status = d.design_status
    return status


@kernel
def finish_cycle(x, d):
    """Write temperatures and qualities that only tables and outputs need."""
    for i in range(x.heater_count):
        p, h = x.extraction_pressure[i], d.point_enthalpy[i]
        d.point_temperature[i] = T_ph(p, h)
        d.point_quality[i] = x_ph(p, h)
    d.exhaust_point_quality = x_ph(d.condensing_pressure, d.cylinder_exhaust_enthalpy[LP])
    if x.heater_count > 0 and not forward_reaches_top(x) and x.heater_kind[0] != OPEN:
        d.final_feedwater_temperature = d.water_outlet_temperature[0]
    else:
        d.final_feedwater_temperature = T_ph(x.feedwater_pressure, d.feedwater_enthalpy)
