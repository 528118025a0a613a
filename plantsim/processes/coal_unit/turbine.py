"""The turbine side of one operating point: flows and powers from the cycle solved per kg of main steam."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.processes.coal_unit.codes import HOLD_MAIN_STEAM, LOAD, PUMP_BY_TURBINE
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

FULL_LOAD = 1e-6  # loads within this of 100 % are design conditions


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
def run_turbine(x, d, o, y):
    """Write steam flows, gross power, the heat that the cycle takes up and rejects; return a status.

    ``o.hold`` keeps gross power, or the main steam flow of the plant as it is. Loads other than 100 % are
    refused with OUTSIDE_RANGE: extraction pressures, efficiencies and exhaust pressure would change.
    """
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
    return OK
