"""One cement kiln line: fuel solved so that mass and energy close, then gas cleaning, waste-heat power, mills, fans.

Order of a solved point: the kiln line, cleaning of the hot gas, waste-heat power, mills, fans, the account.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from plantsim._jit import batch_entry, kernel
from plantsim.processes.cement_kiln.account import account
from plantsim.processes.cement_kiln.codes import COAL_CARBON, COOLING_AIR, KILN_FUEL_SHARE
from plantsim.processes.cement_kiln.fit import fit_line, solve_fuel
from plantsim.processes.cement_kiln.fuels import coal_ash
from plantsim.processes.cement_kiln.powers import design_fan, fans
from plantsim.processes.cement_kiln.results import write_results
from plantsim.processes.cement_kiln.tower import PLACES, ROWS, start_temperatures, write_solids
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_THERMAL, NOT_FINITE, OK, OUTSIDE_RANGE


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
def fit(x, y, w):
    """Fit the line to its own test and keep the flows that later variants are compared with; return a status."""
    status = fit_line(x, y, w)
    if status != OK:
        return status
    status = solve_line(x, 1.0, y, w)
    x.reference_gas_flow = y.exit_gas_volume
    x.reference_exit_temperature = y.preheater_gas_temperature
    return status


@kernel
def solve_line(x, load, y, w):
    """Solve fuel, tower, cooler and kiln at a load [-] and write their results; return a status."""
    if not coal_ash(x) >= 0.0:
        y.status_variable = COAL_CARBON
        return OUTSIDE_RANGE
    start_temperatures(x, w)
    y.heat_consumption = 0.0
    y.calcination_degree = 0.85  # a guess
    y.bypass_dust_ratio = 0.0
    dust = write_solids(x, w)
    status = solve_fuel(x, load, dust, False, False, y, w)
    if status == OK:
        write_results(x, load, dust, y, w)
    return status


@kernel
def line_status(y):
    """Return OK, or what makes the solved line impossible: no vent air left, a kiln too cold or too hot for its feed."""
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
    status = OK
    if not x.reference_gas_flow > 0.0:
        status = fit(x, y, w)
    if status == OK:
        status = solve_line(x, o.load, y, w)
    if status == OK:
        status = line_status(y)
    if status != OK:
        return status
    design_fan(x, d)
    y.cleaning_power = 0.0
    status = fans(x, d, y, 0.0, y.preheater_gas_temperature, y.vent_air_temperature)
    account(x, y)
    return status


entry = batch_entry("cement_kiln", Path(__file__).parent, calibrate, design, solve)
