"""The turbine side of one operating point: the cycle at its own pressures, its flows and powers.

Passes: the cycle is solved for the pressures, heat and differences as far as known; flow, pressures, condensing
state, exhaust loss and terminal differences follow from it. Balances close in every pass; what the passes bring
together is only where the cycle works. An error falls to a seventh in each, to a thirtieth with :mod:`look_ahead`.
"""

from __future__ import annotations

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.steam import T_ph
from plantsim.processes.coal_unit.codes import (
    BOILER_CAPACITY,
    HEAT,
    HEAT_BACK_PRESSURE,
    HOLD_MAIN_STEAM,
    IP,
    LOAD,
    LP,
    MINIMUM_LOAD,
    PRESSURES_HELD,
    PUMP_BY_TURBINE,
)
from plantsim.processes.coal_unit.cold_end import (
    cold_end_power,
    follow_condenser,
    follow_exhaust_loss,
    hangs_on_cooling,
)
from plantsim.processes.coal_unit.expansion import forget_temperatures, given, recall_temperatures
from plantsim.processes.coal_unit.heat_supply import (
    begin_heat,
    finish_heat,
    flow_for_heat,
    follow_heat,
    heat_demand,
    heat_led,
    work_kept_back,
)
from plantsim.processes.coal_unit.heaters import line_pressure, out_of_service
from plantsim.processes.coal_unit.look_ahead import LARGEST_STEP, look_ahead
from plantsim.processes.coal_unit.pressures import (
    design_pressures,
    follow_efficiency,
    follow_flow,
    follow_heaters,
    follow_pumps,
    follow_temperatures,
    guess_operation,
)
from plantsim.processes.coal_unit.turbine_cycle import cycle_at, set_condensing
from plantsim.processes.coal_unit.work import forward_reaches_top
from plantsim.vocabulary.status import INFEASIBLE_FLOW, NO_CONVERGENCE, OK, OUTSIDE_RANGE

FULL_LOAD = 1e-6  # loads within this of 100 % are design conditions
MAX_PASSES = 80
TOLERANCE = 1e-8  # of pressures, flow and shares, whose error is then 1e-9; balances do not hang on it
MOST_STEAM = 1e5  # kg/s: beyond this a pass has lost its way; the largest units take 900
FALLS = 0.5  # to which part of the last one a change must fall where passes are helped
PER_KELVIN = 1e-2  # 1/K: weight of a terminal difference's change beside a pressure's


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
def main_steam_flow(x, d, o):
    """Return the main steam flow [kg/s] by what is held: d.power_wanted, or the steam.

    The work that heating steam does no more counts as known.
    """
    if heat_led(x, o):
        return flow_for_heat(x, d, o)
    if o.hold == HOLD_MAIN_STEAM:
        return o.load * x.reference_main_steam_flow
    electric = electric_per_steam(x, d)
    power = d.power_wanted
    if not d.heat_share > 0.0:
        return power / electric
    kept = work_kept_back(x, d) * x.mechanical_efficiency * x.generator_efficiency
    return (power + d.point_flow * d.heat_share * kept) / (electric + d.heat_share * kept)


@kernel
def begin_point(x, d, o, y):
    """Set d back to the sheet, at this point's part of the flow; return a status."""
    held = x.stage_pressures == PRESSURES_HELD
    if (held and abs(o.load - 1.0) > FULL_LOAD) or not o.load > 0.0:
        y.status_variable = LOAD
        return OUTSIDE_RANGE
    if o.load < x.minimum_load * (1.0 - FULL_LOAD):
        y.status_variable = MINIMUM_LOAD
        return OUTSIDE_RANGE
    d.point_flow = o.load * x.reference_main_steam_flow
    if d.at_design and abs(o.load - 1.0) <= FULL_LOAD and not heat_demand(x, o) > 0.0:
        d.off_design = 1
        return OK
    d.at_design = 0
    design_pressures(x, d)
    d.passing_share[IP], d.passing_share[LP] = d.design_passing_share[IP], d.design_passing_share[LP]
    if abs(o.load - 1.0) <= FULL_LOAD:  # design conditions again: solved as they were
        forget_temperatures(x, d)
    else:
        recall_temperatures(x, d)
    set_condensing(x, d, d.design_condensing_temperature, d.design_condensing_pressure)
    d.off_design = 1
    status = begin_heat(x, d, o, y)
    if not held:
        guess_operation(x, d, o.load)
    return status


@kernel
def follow(x, d, o, y, m, ahead):
    """Bring the state to main steam flow m [kg/s] and the last pass's shares; return (largest change, status).

    ahead: whether to go on to what further passes would bring.
    """
    step_m = m / d.point_flow - 1.0
    change = abs(step_m)
    change = max(change, follow_heat(x, d, o, m))
    outside = (x.condensate_heat + y.economiser_heat) / m
    change = max(change, abs(outside - d.external_heat) / d.specific_heat_input)
    d.external_heat = outside
    T_cold = d.step_condensing = 0.0
    if hangs_on_cooling(x) and not (heat_demand(x, o) > 0.0 and x.heat_supply == HEAT_BACK_PRESSURE):
        before = d.condensing_pressure
        T_cold, status = follow_condenser(x, d, o, y, m)
        if status != OK:
            return change, status
        d.step_condensing = d.condensing_pressure / before - 1.0
        change = max(change, abs(d.step_condensing))
    if x.stage_pressures == PRESSURES_HELD:
        d.point_flow = m
        return change, OK
    change = max(change, follow_flow(x, d, m), PER_KELVIN * follow_heaters(x, d, m))
    follow_exhaust_loss(x, d, m)
    if ahead and TOLERANCE < change < LARGEST_STEP:
        m = look_ahead(x, d, step_m, o.hold != HOLD_MAIN_STEAM, T_cold)
    d.point_flow = m
    follow_temperatures(x, d, m)
    follow_efficiency(x, d, m)
    follow_pumps(x, d, m)
    return change, OK


@kernel
def run_turbine(x, d, o, y, again, tolerance):
    """Write steam flows, gross power, the heat that the cycle takes up and rejects; return a status.

    ``o.hold`` keeps gross power, or main steam at its share of the plant's as it is. again: whether the point was
    solved before, with another y.economiser_heat [W]: then passes go on from there. tolerance: of the last pass's
    change. With pressures held as on the sheet, only 100 % load is solved.
    """
    if not again:
        status = begin_point(x, d, o, y)
        if status != OK:
            return status
    ahead, before = not heat_demand(x, o) > 0.0, 1.0
    helped = False
    for i in range(MAX_PASSES):
        status = OK if d.at_design else cycle_at(x, d, np.bool_(False))  # a bare False would compile it twice
        d.at_design = 0
        m = main_steam_flow(x, d, o) if status == OK else 0.0
        change = 0.0
        if status == OK and not 0.0 < m < MOST_STEAM:
            d.design_status_variable = LOAD
            status = INFEASIBLE_FLOW
        if status == OK:
            change, status = follow(x, d, o, y, m, ahead)
        if status != OK and helped:  # the point itself may be sound: once more, and unhelped
            helped = ahead = False
            d.design_status_variable = 0
            status = begin_point(x, d, o, y)
            if status == OK:
                continue
        if status != OK:
            y.status_variable = d.design_status_variable
            d.design_status_variable = 0
            if heat_demand(x, o) > 0.0 and status == INFEASIBLE_FLOW:
                y.status_variable = HEAT
            return status
        if change <= tolerance:
            return finish_point(x, d, o, y, m)
        helped = helped or ahead
        # a linear model that leads astray is asked no more; heat from outside is first felt in the second pass
        ahead = ahead and (i < 2 or change < FALLS * before)
        before = change
    y.status_variable = HEAT if heat_demand(x, o) > 0.0 else LOAD
    return NO_CONVERGENCE


@kernel
def finish_point(x, d, o, y, m):
    """Write the outputs of the solved point; return a status where the heat demand is not met."""
    electric = electric_per_steam(x, d)
    y.main_steam_flow = m
    y.reheat_flow = m * d.reheat_share
    y.exhaust_flow = m * d.exhaust_share
    y.gross_power = m * electric
    y.boiler_heat = m * d.specific_heat_input
    y.condenser_heat = m * d.specific_condenser_heat
    y.feed_pump_power = m * d.feed_pump_share * d.feed_pump_rise
    y.cycle_pump_electricity = m * pump_electricity(x, d)
    status = finish_heat(x, d, o, y, m)
    if status != OK:
        return status
    to_power = y.boiler_heat * (1.0 - y.heat_share_by_quantity)
    y.heat_rate = to_power / y.gross_power
    by_motor = (
        0.0 if x.feed_pump_drive == PUMP_BY_TURBINE else y.feed_pump_power / x.feed_pump_motor_efficiency
    )
    y.heat_rate_net_of_pump = to_power / (y.gross_power - by_motor)
    y.steam_rate = 1.0 / electric
    y.operating_exhaust_pressure = d.condensing_pressure
    y.operating_main_steam_pressure = d.steam_pressure
    y.operating_exhaust_loss = d.exhaust_loss_now
    changed = x.heater_count > 0 and (d.water_outlet_enthalpy[0] != d.outlet_level[0] or out_of_service(x, 0))
    if forward_reaches_top(x) or changed:
        d.final_feedwater_temperature = T_ph(line_pressure(x, d, 0), d.feedwater_enthalpy)
    y.feedwater_temperature = d.final_feedwater_temperature
    y.extraction_disagreement, y.extraction_disagreement_allowed = (
        d.extraction_furthest,
        x.extraction_tolerance,
    )
    y.mass_residual = d.cycle_mass_residual
    y.energy_residual = d.cycle_energy_residual
    cold_end_power(x, y)
    capacity = x.boiler_capacity if given(x.boiler_capacity) else x.reference_main_steam_flow
    y.boiler_load = m / capacity
    return OK


@kernel
def steam_suffices(x, o, y):
    """Return INFEASIBLE_FLOW where a solved point takes more steam than turbine or boiler can give.

    A heat demand so small that power would fall below the least load is OUTSIDE_RANGE.
    """
    most = x.largest_flow_share * x.reference_main_steam_flow
    if heat_led(x, o) and y.main_steam_flow < x.minimum_load * x.reference_main_steam_flow:
        y.status_variable = MINIMUM_LOAD
        return OUTSIDE_RANGE
    by_boiler = given(x.boiler_capacity) and y.boiler_load > 1.0 + FULL_LOAD
    if by_boiler or y.main_steam_flow > most:
        y.status_variable = BOILER_CAPACITY if by_boiler else LOAD
        if heat_demand(x, o) > 0.0:
            y.status_variable = HEAT
        return INFEASIBLE_FLOW
    return OK
