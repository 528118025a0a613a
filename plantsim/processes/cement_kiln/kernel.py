"""One cement kiln line: fuel solved so that mass and energy close, then gas cleaning, waste-heat power, mills, fans.

Order of a solved point: the kiln line with the cleaning of its hot gas, waste-heat power, mills, fans, the account.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from plantsim._jit import batch_entry, kernel
from plantsim.processes.cement_kiln.account import account
from plantsim.processes.cement_kiln.cleaning import clean
from plantsim.processes.cement_kiln.codes import COAL_CARBON, COOLING_AIR, KILN_FUEL_SHARE, MODELLED, STAGES
from plantsim.processes.cement_kiln.fit import fit_line, solve_fuel
from plantsim.processes.cement_kiln.fuels import coal_ash
from plantsim.processes.cement_kiln.grinding import grind
from plantsim.processes.cement_kiln.part_codes import SNCR_ON
from plantsim.processes.cement_kiln.powers import design_fan, fans
from plantsim.processes.cement_kiln.results import write_results
from plantsim.processes.cement_kiln.tower import PLACES, ROWS, TEMPERATURE, start_temperatures, write_solids
from plantsim.processes.cement_kiln.waste_heat_power import recover_heat
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_THERMAL, NOT_FINITE, OK, OUTSIDE_RANGE

PASSES = 2  # line and cleaning: the heat of the ammonia water is then within 0.1 % of itself


@kernel
def calibrate(x):
    """Mark the line as not yet fitted; return OK. Its first solved point fits it: a fit needs a solved line."""
    x.rated_clinker = x.clinker_capacity
    x.fan_reference_drop = x.tower_pressure_drop
    x.reference_gas_flow = 0.0
    return OK


@kernel
def design(x, d):
    """Return OK. The ID fan's size needs the fitted line: :func:`solve` writes it."""
    return OK


@kernel
def solve_line(x, load, fitting, y, w):
    """Solve fuel, tower, cooler and kiln at a load [-] and write their results; return a status.

    fitting: whether the line is fitted to its own test first.
    """
    status = fit_line(x, y, w) if fitting else OK
    if status != OK:
        return status
    dust = write_solids(x, w)
    status = solve_fuel(x, load, dust, MODELLED, MODELLED, y, w)
    if status == OK:
        write_results(x, load, dust, y, w)
    return status


@kernel
def solve_gas(x, d, o, load, fitting, y, w):
    """Solve the line and clean its gas at a load [-]; return a status.

    The ammonia water of SNCR takes heat in the calciner, so that line and cleaning are solved twice where it is on.
    """
    y.injection_heat = 0.0
    start_temperatures(x, w)
    y.heat_consumption = 0.0
    y.calcination_degree = 0.85  # a guess
    y.bypass_dust_ratio = 0.0
    status = OK
    for k in range(PASSES if x.sncr == SNCR_ON else 1):
        if k > 0:
            y.injection_heat = y.sncr_heat / y.clinker_flow
        status = solve_line(x, load, fitting, y, w)
        if status == OK:
            status = clean(x, d, o, y)
        if status != OK:
            return status
    return status


@kernel
def line_status(x, y):
    """Return OK, or what makes the solved line impossible: no vent air left, a kiln that cannot heat its feed."""
    if not coal_ash(x) >= 0.0:
        y.status_variable = COAL_CARBON
        return OUTSIDE_RANGE
    if not (y.heat_consumption > 0.0 and y.heat_consumption < 1e8):
        return NOT_FINITE
    if not (y.vent_air_volume > 0.0 and y.recovered_air_volume > 0.0):
        y.status_variable = COOLING_AIR
        return INFEASIBLE_FLOW
    if not (y.calcination_degree >= 0.0 and y.calcination_degree <= 1.0):
        y.status_variable = KILN_FUEL_SHARE
        return INFEASIBLE_THERMAL
    return OK


@kernel
def solve(x, d, o, y):
    """Solve one operating point of the line; return a status.

    Mass, each element and energy close; residuals are outputs. Fails with INFEASIBLE_THERMAL where the kiln's share
    of the fuel cannot heat its feed, INFEASIBLE_FLOW where the line takes more air than the cooler blows.
    """
    w = np.zeros((ROWS, PLACES))
    fitting = not x.reference_gas_flow > 0.0
    for k in range(2 if fitting else 1):
        fit_now = fitting and k == 0
        status = solve_gas(x, d, o, 1.0 if fit_now else o.load, fit_now, y, w)
        if status == OK:
            status = line_status(x, y)
        if status != OK:
            return status
        if fit_now:
            x.reference_gas_flow = y.exit_gas_volume
            x.reference_exit_temperature = (
                w[TEMPERATURE, 0] if x.tower_model == STAGES else x.preheater_exit_temperature
            )
    design_fan(x, d)
    status = recover_heat(x, d, o, y)
    if status != OK:
        return status
    grind(x, d, o, y)
    leak = x.whr_air_leak if y.whr_gross_power > 0.0 else 0.0
    status = fans(x, d, y, leak, y.preheater_boiler_outlet_temperature, y.cooler_boiler_outlet_temperature)
    account(x, d, o, y)
    return status


entry = batch_entry("cement_kiln", Path(__file__).parent, calibrate, design, solve)
