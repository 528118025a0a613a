"""The whole cycle at design conditions: exhaust pressure, expansion, heaters, flows, work.

Solved by direct downward substitution; only an exhaust pressure that hangs on the cooling-water flow needs a
few repeats, since the heat to the condenser depends on it a little.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.steam import (
    T_ph,
    h_pT,
    liquid_enthalpy,
    s_pT,
    s_px,
    saturation_pressure,
    saturation_temperature,
    state_ph,
)
from plantsim.processes.coal_unit.codes import (
    CONDENSER_FLOW,
    CONDENSER_RISE,
    CONDENSER_TERMINAL_DIFFERENCE,
    COOLING_WATER_FLOW,
    COOLING_WATER_RISE,
    COOLING_WATER_TEMPERATURE,
    CYLINDERS,
    EXHAUST_PRESSURE,
    GLAND_SHARE,
    HEAT_RATE,
    HEATER_COUNT,
    IP,
    LP,
)
from plantsim.processes.coal_unit.expansion import expand, given
from plantsim.processes.coal_unit.flows import close_flows
from plantsim.processes.coal_unit.heaters import inlet_levels, line_pressure, out_of_service, outlet_levels
from plantsim.processes.coal_unit.leaks import forget_shares
from plantsim.processes.coal_unit.work import (
    close_balances,
    drive_feed_pump,
    follow_steam,
)
from plantsim.vocabulary.status import INCOMPLETE, NO_CONVERGENCE, NOT_FINITE, OK, OUTSIDE_RANGE

COOLING_WATER_PRESSURE = 0.2e6  # Pa: its heat capacity hardly depends on it (0.1 % per 2 MPa)
LEAST_RISE, GREATEST_RISE = 0.2, 50.0  # K, of cooling water: a balance outside is no condenser
FIRST_RISE = 10.0  # K, where the search begins
RISE_TOLERANCE = 1e-9  # K
MAX_STEPS = 12
SHARE_TOLERANCE = 1e-13  # of main steam
WET = 4  # IF97's number of the two-phase region
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
        rise = FIRST_RISE if by_flow else x.cooling_water_rise
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
def cycle_with_leaks(x, d, fit):
    """Solve the cycle like :func:`cycle_at`, until gland steam and what it joins agree on their mixture.

    Each repeat leaves a hundredth of the error or less. What the sheet is turned into is found anew each time.
    """
    if not d.leaks_join:
        return cycle_at(x, d, fit)
    eta_hp, eta_ip, eta_lp = x.hp_efficiency, x.ip_efficiency, x.lp_efficiency
    forget_shares(d)
    for _ in range(MAX_STEPS):
        ip, lp = d.passing_share[IP], d.passing_share[LP]
        if fit:
            x.hp_efficiency, x.ip_efficiency, x.lp_efficiency = eta_hp, eta_ip, eta_lp
        status = cycle_at(x, d, fit)
        if status != OK or abs(d.passing_share[IP] - ip) + abs(d.passing_share[LP] - lp) <= SHARE_TOLERANCE:
            return status
    d.design_status_variable = GLAND_SHARE
    return NO_CONVERGENCE


@kernel
def balanced_rise(x, d, rise):
    """Return the cooling-water rise [K] that the solved cycle's condenser heat makes at rated power.

    rise: the one that the cycle was solved with [K]; the water's mean heat capacity is taken over it.
    """
    steam = x.rated_power / (d.specific_work * x.mechanical_efficiency * x.generator_efficiency)
    t = x.cooling_water_temperature
    taken_up = h_pT(COOLING_WATER_PRESSURE, t + rise) - h_pT(COOLING_WATER_PRESSURE, t)
    return rise * steam * d.specific_condenser_heat / (x.cooling_water_flow * taken_up)


@kernel
def next_rise(before, error_before, rise, error, step):
    """Return the next estimate of the rise [K]: a secant step, or at first the rise that the heat makes."""
    if step == 0 or error == error_before:
        return rise - error
    return rise - error * (rise - before) / (error - error_before)


@kernel
def solve_cycle(x, d, fit):
    """Solve the cycle of plant x at design conditions into d; return a status, the blame in d.

    Where the exhaust pressure hangs on the cooling-water flow, rise and condenser heat are brought together by
    secant steps; the heat changes by about 1 % for 10 K, so that three or four do.
    """
    if not 0 <= x.heater_count <= MOST_HEATERS:
        d.design_status_variable = HEATER_COUNT
        return OUTSIDE_RANGE
    status = first_condensing(x, d)
    if status != OK:
        return status
    rise, before, error_before = FIRST_RISE, 0.0, 0.0
    for step in range(MAX_STEPS):
        status = cycle_with_leaks(x, d, fit and step == 0)
        if status != OK or x.condenser != CONDENSER_FLOW:
            return status
        error = rise - balanced_rise(x, d, rise)
        if abs(error) <= RISE_TOLERANCE:
            return OK
        new = next_rise(before, error_before, rise, error, step)
        before, error_before, rise = rise, error, new
        if not LEAST_RISE < rise < GREATEST_RISE:
            break
        t = x.cooling_water_temperature + rise + x.condenser_terminal_difference
        set_condensing(x, d, t, saturation_pressure(t))
    d.design_status_variable = COOLING_WATER_FLOW
    return NO_CONVERGENCE if LEAST_RISE < rise < GREATEST_RISE else OUTSIDE_RANGE


@kernel
def steam_state(p, h):
    """Return temperature [K], quality [-] (1 where superheated) and entropy [J/(kg K)] of steam at p [Pa], h [J/kg]."""
    region, T, extra = state_ph(p, h)
    if region == WET:
        return T, extra, s_px(p, extra)
    return T, 1.0, s_pT(p, T)


@kernel
def finish_cycle(x, d):
    """Write temperatures, qualities and entropies that only tables and pictures need."""
    for i in range(x.heater_count):
        p, h = d.point_pressure[i], d.point_enthalpy[i]
        d.point_temperature[i], d.point_quality[i], d.point_entropy[i] = steam_state(p, h)
        if d.water_outlet_enthalpy[i] != d.outlet_level[i] or out_of_service(x, i):
            d.water_outlet_temperature[i] = T_ph(line_pressure(x, d, i), d.water_outlet_enthalpy[i])
    for c in range(CYLINDERS):
        p, h = d.cylinder_exhaust_pressure[c], d.cylinder_exhaust_enthalpy[c]
        _, d.exhaust_point_quality, d.cylinder_exhaust_entropy[c] = steam_state(p, h)  # the last is the LP's
