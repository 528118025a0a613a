"""One cement kiln line: fuel solved so that mass and energy close, then gas cleaning, waste-heat power, mills, fans.

Order of a solved point: the kiln line with the cleaning of its hot gas, waste-heat power, mills, fans, the account.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from plantsim._jit import batch_entry, kernel
from plantsim.kernels.humid_air import holds_humidity, saturation_humidity
from plantsim.processes.cement_kiln.account import account, norm_status
from plantsim.processes.cement_kiln.cleaning import clean_cold, clean_hot, gas_volumes
from plantsim.processes.cement_kiln.codes import (
    AIR_HUMIDITY,
    CLINKER_LIME,
    COOLER_EFFICIENCY,
    COOLING_AIR,
    EXIT_OXYGEN,
    KILN_FUEL_SHARE,
    MODELLED,
    STAGES,
)
from plantsim.processes.cement_kiln.fit import fit_line, solve_fuel
from plantsim.processes.cement_kiln.fuels import ROUNDING, analyses_status
from plantsim.processes.cement_kiln.grinding import grind
from plantsim.processes.cement_kiln.part_codes import SNCR_ON, WASTE_HEAT_NONE
from plantsim.processes.cement_kiln.powers import design_fan, fans
from plantsim.processes.cement_kiln.results import write_results
from plantsim.processes.cement_kiln.tower import PLACES, ROWS, TEMPERATURE, start_temperatures, write_solids
from plantsim.processes.cement_kiln.waste_heat_power import recover_heat, vent_stack_temperature
from plantsim.processes.cement_kiln.waste_heat_streams import fit_streams
from plantsim.processes.cement_kiln.waste_heat_water import run_waste_heat_water
from plantsim.vocabulary.status import (
    INFEASIBLE_FLOW,
    INFEASIBLE_PINCH,
    INFEASIBLE_THERMAL,
    NOT_FINITE,
    OK,
    OUTSIDE_RANGE,
)

UNFELT = 1e-6  # K: rounding of air that takes no heat
SETTLING = 6  # rounds
SETTLED = 2e-6  # of the gas: the next round then changes less than SAME_GAS of cleaning.py
PASSES = 2  # line and cleaning: the heat of the ammonia water is then within 0.1 % of itself


@kernel
def calibrate(x):
    """Mark the line as not yet fitted; return OK. Its first solved point fits it: a fit needs a solved line.

    The site's humidity is written here: as given, else from its relative humidity.
    """
    x.rated_clinker = x.clinker_capacity
    x.fan_reference_drop = x.tower_pressure_drop
    x.reference_gas_flow = 0.0
    x.preheater_stream_factor, x.preheater_stream_rise = 1.0, 0.0
    x.cooler_stream_factor, x.cooler_stream_rise = 1.0, 0.0
    x.whr_rated_power = 0.0
    x.humidity_ratio = x.air_humidity
    if not x.air_humidity >= 0.0:
        x.humidity_ratio = x.relative_humidity * saturation_humidity(x.ambient_temperature, x.air_pressure)
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
def solve_gas(x, load, fitting, y, w):
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
            status = clean_hot(x, y)
        if status != OK:
            return status
    return status


@kernel
def possible(x, y):
    """Return OK, or what makes the inputs impossible whatever the line: its air, the analyses of its fuels."""
    if not holds_humidity(x.humidity_ratio, x.ambient_temperature, x.air_pressure):
        y.status_variable = AIR_HUMIDITY
        return OUTSIDE_RANGE
    return analyses_status(x, y)


@kernel
def clinker_status(x, y):
    """Return OK, or OUTSIDE_RANGE where no such clinker or no such raw meal exists."""
    phases = min(y.c3s, y.c2s, y.c3a, y.c4af)
    oxides = min(y.meal_lime, y.meal_silica, y.meal_alumina, y.meal_iron, y.meal_magnesia)
    if phases >= 0.0 and oxides >= -ROUNDING:
        return OK
    y.status_variable = CLINKER_LIME
    return OUTSIDE_RANGE


@kernel
def cooler_status(x, y):
    """Return OK, or what is impossible about the cooler's air: none left, colder than it came, hotter than clinker."""
    if not (y.vent_air_volume > 0.0 and y.recovered_air_volume > 0.0):
        y.status_variable = COOLING_AIR
        return INFEASIBLE_FLOW
    hottest = max(y.secondary_temperature, y.tertiary_temperature, y.vent_air_temperature)
    coldest = min(y.vent_air_temperature, y.boiler_air_temperature, y.cooled_clinker_temperature)
    if hottest <= x.burning_temperature + UNFELT and coldest >= x.ambient_temperature - UNFELT:
        return OK
    y.status_variable = COOLER_EFFICIENCY
    return INFEASIBLE_PINCH


@kernel
def line_status(x, y):
    """Return OK, or what makes the solved line impossible: no vent air left, a kiln that cannot heat its feed."""
    if not (y.heat_consumption > 0.0 and y.heat_consumption < 1e8):
        return NOT_FINITE
    status = cooler_status(x, y)
    if status != OK:
        return status
    if not y.calciner_oxygen >= 0.0:
        y.status_variable = EXIT_OXYGEN
        return INFEASIBLE_FLOW
    if not (y.calcination_degree >= 0.0 and y.calcination_degree <= 1.0):
        y.status_variable = KILN_FUEL_SHARE
        return INFEASIBLE_THERMAL
    return clinker_status(x, y)


@kernel
def note_plant(x, y, w):
    """Write into x what the plant as it is gives: sizes that a variant is held against, and its measured streams."""
    x.reference_gas_flow = y.exit_gas_volume
    x.reference_exit_temperature = (
        w[TEMPERATURE, 0] if x.tower_model == STAGES else x.preheater_exit_temperature
    )
    fit_streams(x, y)


@kernel
def note_gas(x, y):
    """Write into x the dry gas at the reference oxygen and the fuel heat in which the plant states its raw gas."""
    _, volume, _, _ = gas_volumes(x, y)
    x.reference_dry_gas = volume / y.clinker_flow
    x.reference_heat = y.heat_consumption


@kernel
def settle_gas(x, y, w):
    """Solve a line just fitted until its gas is what it is noted as; return a status.

    The heat of the ammonia water lags one pass, so that a fit's is another than a fitted line's.
    """
    for _ in range(SETTLING if x.sncr == SNCR_ON else 0):
        before = x.reference_dry_gas
        status = solve_gas(x, 1.0, False, y, w)
        if status != OK:
            return status
        note_gas(x, y)
        if abs(x.reference_dry_gas - before) < SETTLED * before:
            break
    return OK


@kernel
def solve_parts(x, d, o, y):
    """Solve what follows the line: waste-heat power, cold gas, mills, fans, the account; return a status."""
    status = recover_heat(x, d, o, y)
    if status == OK:
        status = clean_cold(x, y)
    if status != OK:
        return status
    run_waste_heat_water(x, y)
    grind(x, d, o, y)
    leak = x.whr_air_leak if y.whr_gross_power > 0.0 else 0.0
    T_vent = vent_stack_temperature(x, y)
    status = fans(x, d, o.load, y, leak, y.preheater_boiler_outlet_temperature, T_vent)
    account(x, d, o, y)
    return status if status != OK else norm_status(y)


@kernel
def solve(x, d, o, y):
    """Solve one operating point of the line; return a status.

    Mass, each element and energy close; residuals are outputs. Fails with INFEASIBLE_THERMAL where the kiln's share
    of the fuel cannot heat its feed, INFEASIBLE_FLOW where the line takes more air than the cooler blows,
    INFEASIBLE_PINCH where heat would flow from cold to hot, OUTSIDE_RANGE where air, fuel or clinker cannot be.
    """
    status = possible(x, y)
    if status != OK:
        return status
    w = np.zeros((ROWS, PLACES))
    fitting = not x.reference_gas_flow > 0.0
    for k in range(2 if fitting else 1):
        fit_now = fitting and k == 0
        status = solve_gas(x, 1.0 if fit_now else o.load, fit_now, y, w)
        if status == OK:
            status = line_status(x, y)
        if status == OK and fit_now:
            note_plant(x, y, w)
            note_gas(x, y)
            status = settle_gas(x, y, w)
            design_fan(x, d)
            if status == OK and x.waste_heat_power != WASTE_HEAT_NONE:
                status = recover_heat(x, d, o, y)
            x.whr_rated_power = y.whr_gross_power
        if status != OK:
            x.reference_gas_flow = 0.0 if fitting else x.reference_gas_flow
            return status
    design_fan(x, d)
    return solve_parts(x, d, o, y)


entry = batch_entry("cement_kiln", Path(__file__).parent, calibrate, design, solve)
