"""A coal-fired unit at design conditions: the steam cycle, with boiler, pipes and auxiliaries as rates."""

from __future__ import annotations

from pathlib import Path

from plantsim._jit import batch_entry, kernel
from plantsim.processes.coal_unit.codes import (
    AUXILIARY_POWER_RATE,
    HEAT_RATE,
    HOLD_MAIN_STEAM,
    LOAD,
    PUMP_BY_TURBINE,
)
from plantsim.processes.coal_unit.turbine_cycle import finish_cycle, solve_cycle
from plantsim.vocabulary.status import NOT_FINITE, OK, OUTSIDE_RANGE

FULL_LOAD = 1e-6  # loads within this of 100 % are design conditions


@kernel
def calibrate(x):
    """Return OK. Marks the plant as not yet fitted; the first :func:`design` of the row fits it.

    A fit needs the solved cycle, whose place is the design record. Fitted: efficiencies from the sheet's
    states, the pump turbine's drop, main steam flow at rated power, the cycle pumps' share of the power.
    """
    x.reference_main_steam_flow = 0.0
    return OK


@kernel
def electric_per_steam(x, d):
    """Return generator output per kg of main steam [J/kg]."""
    return d.specific_work * x.mechanical_efficiency * x.generator_efficiency


@kernel
def pump_electricity(x, d):
    """Return the electricity of the cycle's motor-driven pumps per kg of main steam [J/kg]."""
    power = d.lift_pump_power + d.condensate_share * d.condensate_pump_rise
    if x.feed_pump_drive != PUMP_BY_TURBINE:
        power += d.feed_pump_share * d.feed_pump_rise
    return power / x.feed_pump_motor_efficiency


@kernel
def design(x, d):
    """Solve the cycle of this variant at design conditions into d; return OK.

    What failed stands in d.design_status and d.design_status_variable, and ``solve`` reports it: only there
    a variable can be blamed. Needs nothing of an operating point.
    """
    fit = not (x.reference_main_steam_flow > 0.0)
    d.design_status_variable = 0
    d.design_status = solve_cycle(x, d, fit)
    if d.design_status == OK:
        finish_cycle(x, d)
        if fit:
            electric = electric_per_steam(x, d)
            x.reference_main_steam_flow = x.rated_power / electric
            x.reference_pump_share = pump_electricity(x, d) / electric
    return OK


@kernel
def solve(x, d, o, y):
    """Solve one operating point; return a status.

    Loads other than 100 % are refused with OUTSIDE_RANGE: extraction pressures, efficiencies and exhaust
    pressure would change. ``o.hold`` keeps gross power, or the main steam flow of the plant as it is.
    """
    y.status_variable = d.design_status_variable
    if d.design_status != OK:
        return d.design_status
    if abs(o.load - 1.0) > FULL_LOAD:
        y.status_variable = LOAD
        return OUTSIDE_RANGE
    electric = electric_per_steam(x, d)
    m = x.reference_main_steam_flow if o.hold == HOLD_MAIN_STEAM else x.rated_power / electric
    y.main_steam_flow = m
    y.reheat_flow = m * d.reheat_share
    y.exhaust_flow = m * d.exhaust_share
    y.gross_power = m * electric
    y.boiler_heat = m * d.specific_heat_input
    y.condenser_heat = m * d.specific_condenser_heat
    y.feed_pump_power = m * d.feed_pump_share * d.feed_pump_rise
    y.cycle_pump_electricity = m * pump_electricity(x, d)
    pump_share = y.cycle_pump_electricity / y.gross_power
    y.auxiliary_rate = x.auxiliary_power_rate - x.reference_pump_share + pump_share
    y.auxiliary_power = y.auxiliary_rate * y.gross_power
    y.net_power = y.gross_power - y.auxiliary_power
    y.coal_heat = y.boiler_heat / (x.boiler_efficiency * x.pipe_efficiency)
    y.heat_rate = y.boiler_heat / y.gross_power
    by_motor = (
        0.0 if x.feed_pump_drive == PUMP_BY_TURBINE else y.feed_pump_power / x.feed_pump_motor_efficiency
    )
    y.heat_rate_net_of_pump = y.boiler_heat / (y.gross_power - by_motor)
    y.steam_rate = 1.0 / electric
    y.operating_exhaust_pressure = d.condensing_pressure
    y.feedwater_temperature = d.final_feedwater_temperature
    y.mass_residual = d.cycle_mass_residual
    y.energy_residual = d.cycle_energy_residual
    if not (y.auxiliary_rate >= pump_share):  # less than the cycle's own pumps take
        y.status_variable = AUXILIARY_POWER_RATE
        return OUTSIDE_RANGE
    if not (y.coal_heat > 0.0 and y.coal_heat < 1e12):
        y.status_variable = HEAT_RATE
        return NOT_FINITE
    return OK


entry = batch_entry("coal_unit", Path(__file__).parent, calibrate, design, solve)
