"""A coal-fired unit at design conditions: the steam cycle, with boiler, pipes and auxiliaries as rates."""

from __future__ import annotations

from pathlib import Path

from plantsim._jit import batch_entry, kernel
from plantsim.processes.coal_unit.auxiliaries import run_auxiliaries
from plantsim.processes.coal_unit.boiler import run_boiler
from plantsim.processes.coal_unit.flue_gas import run_cleaning
from plantsim.processes.coal_unit.turbine import electric_per_steam, pump_electricity, run_turbine
from plantsim.processes.coal_unit.turbine_cycle import finish_cycle, solve_cycle
from plantsim.vocabulary.status import OK


@kernel
def calibrate(x):
    """Return OK. Marks the plant as not yet fitted; the first :func:`design` of the row fits it.

    A fit needs the solved cycle, whose place is the design record. Fitted: efficiencies from the sheet's
    states, the pump turbine's drop, main steam flow at rated power, the cycle pumps' share of the power.
    """
    x.reference_main_steam_flow = 0.0
    return OK


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
    """Solve one operating point, from the turbine to the stack; return a status."""
    y.status_variable = d.design_status_variable
    if d.design_status != OK:
        return d.design_status
    status = run_turbine(x, d, o, y)
    if status == OK:
        status = run_boiler(x, d, o, y)
    if status == OK:
        status = run_cleaning(x, d, o, y)
    if status == OK:
        status = run_auxiliaries(x, d, o, y)
    return status


entry = batch_entry("coal_unit", Path(__file__).parent, calibrate, design, solve)
