"""A coal-fired unit: the steam cycle at and off its design point, boiler, flue-gas cleaning, own power."""

from __future__ import annotations

from pathlib import Path

from plantsim._jit import batch_entry, kernel
from plantsim.processes.coal_unit.auxiliaries import keep_full_load, run_auxiliaries
from plantsim.processes.coal_unit.boiler import design_boiler, run_boiler
from plantsim.processes.coal_unit.boiler_gas import heats_condensate
from plantsim.processes.coal_unit.codes import ECONOMISER_HEAT, HOLD_NET_POWER, IP, LOAD, LP
from plantsim.processes.coal_unit.cold_end import (
    annulus_loss_of,
    cold_end_power,
    has_sized_condenser,
    size_condenser,
)
from plantsim.processes.coal_unit.exchangers import check_exchangers, check_steam, forget_figures
from plantsim.processes.coal_unit.expansion import forget_temperatures, given, keep_temperatures
from plantsim.processes.coal_unit.flue_gas import run_cleaning
from plantsim.processes.coal_unit.heat_supply import heat_led
from plantsim.processes.coal_unit.pressures import design_pressures, set_constants, size_heaters
from plantsim.processes.coal_unit.residues import run_catalyst, run_residues
from plantsim.processes.coal_unit.turbine import (
    TOLERANCE,
    electric_per_steam,
    pump_electricity,
    run_turbine,
    steam_suffices,
)
from plantsim.processes.coal_unit.turbine_cycle import finish_cycle, solve_cycle
from plantsim.processes.coal_unit.unknown import mark_unknown
from plantsim.processes.coal_unit.water import run_water
from plantsim.vocabulary.status import INFEASIBLE_ORDER, NO_CONVERGENCE, OK

MAX_ROUNDS = 20
FIRST_TOLERANCE, TIGHTER = (
    1e-3,
    1e-3,
)  # of the passes before the heat is known; their ratio from round to round
TIGHTER_FOR_POWER = 1e-4  # own power moves the state less than heat does
LAST_TOLERANCE = 1e-10  # of the passes, so that the heat can meet
HEAT_TOLERANCE = (
    1e-12  # of the boiler heat: how well heat from the flue gas meets what the cycle was solved with
)
NET_TOLERANCE, FIRST_NET_SLOPE = 1e-10, 0.95  # of the net power that is held; net over gross, to begin with


@kernel
def calibrate(x):
    """Return OK. Marks the plant as not yet fitted; the first :func:`design` of the row fits it.

    A fit needs the solved cycle, whose place is the design record. Fitted: efficiencies from the sheet's
    states, the pump turbine's drop, main steam flow at rated power, the stage groups' constants, the
    exhaust loss by velocity, condenser and tower. The first :func:`solve` keeps the gas side and the own power
    of full load.
    """
    x.reference_main_steam_flow = 0.0
    x.reference_gross_power = 0.0
    return OK


@kernel
def fit_plant(x, d, m):
    """Find what is kept of the plant at its design point with main steam flow m [kg/s]; return a status."""
    x.reference_main_steam_flow = m
    x.plant_lp_flow = m * d.inlet_share[LP]
    x.plant_annulus_loss = annulus_loss_of(x, d, m)
    return size_condenser(x, d, m * d.specific_condenser_heat) if has_sized_condenser(x) else OK


@kernel
def design(x, d):
    """Solve the cycle of this variant at design conditions into d, where every point begins; return OK.

    What failed stands in d.design_status and d.design_status_variable, and ``solve`` reports it: only there
    a variable can be blamed. Needs nothing of an operating point.
    """
    fit = not (x.reference_main_steam_flow > 0.0)
    d.design_status_variable = 0
    d.saturation_at_fault = 0.0
    design_pressures(x, d)
    forget_temperatures(x, d)
    d.design_status = solve_cycle(x, d, fit)
    if d.design_status == OK:
        m = x.rated_power / electric_per_steam(x, d)
        if fit:
            d.design_status = fit_plant(x, d, m)
        set_constants(x, d, m, fit)
        size_heaters(x, d, m)
        d.design_condensing_temperature = d.condensing_temperature
        d.design_condensing_pressure = d.condensing_pressure
        d.design_condenser_heat = m * d.specific_condenser_heat
        d.design_exhaust_enthalpy = d.cylinder_exhaust_enthalpy[LP]
        d.design_ip_drop = d.cylinder_inlet_enthalpy[IP] - d.cylinder_exhaust_enthalpy[IP]
        d.design_ip_drop /= d.cylinder_efficiency[IP]
        keep_temperatures(x, d)
        d.at_design = 1
        if d.design_status == OK:
            d.design_status = design_boiler(x, d, fit)
    return OK


@kernel
def fit_full_load(x, d, o, y):
    """Find what is kept of the plant's gas side and own power at full load, as it is; return a status.

    Turbine and boiler stand in d as designed. Heat of a low-temperature economiser that the plant has already is
    taken from the gas, but its cycle is that of the design point: 1 % of the steam at most.
    """
    m = x.reference_main_steam_flow
    y.economiser_heat = 0.0
    y.main_steam_flow = m
    y.gross_power = m * electric_per_steam(x, d)
    y.boiler_heat = m * d.specific_heat_input
    y.cycle_pump_electricity = m * pump_electricity(x, d)
    cold_end_power(x, y)
    status = run_boiler(x, d, o, y)
    if status == OK:
        status = run_cleaning(x, d, o, y)
    if status == OK:
        status = run_auxiliaries(x, d, o, y)
    if status == OK:
        keep_full_load(x, y)
    return status


@kernel
def run_gas_and_own_power(x, d, o, y):
    """Write flue-gas cleaning and the unit's own power; return a status."""
    status = run_cleaning(x, d, o, y)
    return run_auxiliaries(x, d, o, y) if status == OK else status


@kernel
def meeting_power(power_last, net_last, power, net, wanted):
    """Return the gross power [W] to solve with next so that the net power is ``wanted`` [W]: a secant step.

    At first own power is taken to grow with the gross power as slowly as it does (a twentieth).
    """
    slope = FIRST_NET_SLOPE
    if power_last > 0.0 and abs(power - power_last) > NET_TOLERANCE * power:
        found = (net - net_last) / (power - power_last)
        slope = found if 0.5 < found < 1.5 else slope
    return power + (wanted - net) / slope


@kernel
def meeting_heat(before_last, found_last, before, found, step):
    """Return the heat [W] to solve the cycle with next: a secant step, at first the heat that was found."""
    change = before - before_last
    if step == 0 or not abs(found - found_last) < 0.5 * abs(change):
        return found
    slope = (found - found_last) / change
    return max(0.0, (found - slope * before) / (1.0 - slope))


@kernel
def solve(x, d, o, y):
    """Solve one operating point, from the turbine to the stack; return a status.

    Heat that the condensate takes from the flue gas couples turbine and boiler, a net power that is held couples both
    with the own power: they are repeated until it meets.
    """
    y.status_variable = d.design_status_variable
    forget_figures(y)
    if d.design_status != OK:
        y.saturation_found = d.saturation_at_fault if d.saturation_at_fault > 0.0 else y.saturation_found
        return d.design_status
    if not x.reference_gross_power > 0.0:
        status = fit_full_load(x, d, o, y)
        if status != OK:
            return status
    status, closed, again = OK, False, False
    y.economiser_heat = before_last = found_last = 0.0
    d.power_wanted, net, power_last, net_last = o.load * x.rated_power, 0.0, 0.0, 0.0
    heats, holds_net = heats_condensate(x), o.hold == HOLD_NET_POWER and not heat_led(x, o)
    if holds_net:
        net = o.net_power_wanted if given(o.net_power_wanted) else o.load * x.reference_net_power
        d.power_wanted = net / (1.0 - x.auxiliary_power_rate)
    tolerance = FIRST_TOLERANCE if heats or holds_net else TOLERANCE
    for step in range(MAX_ROUNDS):
        before = y.economiser_heat
        status = run_turbine(x, d, o, y, again, tolerance)
        if status == OK and not (heats or holds_net):
            status = steam_suffices(x, o, y)
        if status == OK:
            status = run_boiler(x, d, o, y)
        found = y.economiser_heat
        closed = abs(found - before) <= HEAT_TOLERANCE * y.boiler_heat and tolerance <= TOLERANCE
        if holds_net and status == OK:
            status = run_gas_and_own_power(x, d, o, y)
            closed = closed and abs(net - y.net_power) <= NET_TOLERANCE * net
        if closed or (status != OK and tolerance <= TOLERANCE):
            break
        again = status == OK
        if again:
            y.economiser_heat = meeting_heat(before_last, found_last, before, found, step)
            before_last, found_last = before, found
            if holds_net:
                power = d.power_wanted
                d.power_wanted = meeting_power(power_last, net_last, power, y.net_power, net)
                power_last, net_last = power, y.net_power
            tolerance = max(LAST_TOLERANCE, tolerance * (TIGHTER if heats else TIGHTER_FOR_POWER))
        else:  # a state that is only nearly solved says nothing against the point
            y.status_variable = 0
            y.economiser_heat, tolerance = before, LAST_TOLERANCE
    if status == OK and not closed:
        y.status_variable = LOAD if holds_net else ECONOMISER_HEAT
        status = NO_CONVERGENCE
    if status == OK and (heats or holds_net):  # with the heat it takes less steam than in the first round
        status = steam_suffices(x, o, y)
    if status == OK:
        status = check_exchangers(x, d, o, y)
    elif check_steam(x, d, y) != OK:  # why the passes did not meet
        status = INFEASIBLE_ORDER
    if status == OK:
        if d.states_wanted:
            finish_cycle(x, d)
        if not holds_net:
            status = run_gas_and_own_power(x, d, o, y)
    if status == OK:
        mark_unknown(x, y)
        run_water(x, d, o, y)
        run_residues(x, y)
        run_catalyst(x, y)
    return status


entry = batch_entry("coal_unit", Path(__file__).parent, calibrate, design, solve)
