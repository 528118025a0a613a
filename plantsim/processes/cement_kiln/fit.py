"""Fuel of a kiln line solved, and the line fitted to its own heat-balance test."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.processes.cement_kiln.codes import (
    CELLS,
    EXIT_TEMPERATURE,
    HEAT_CONSUMPTION,
    MEASURED,
    MODELLED,
    STAGES,
)
from plantsim.processes.cement_kiln.cooler import (
    LEAST_UNITS,
    MOST_UNITS,
    bed_mismatch,
    fit_cooler,
    recirculated_heat,
)
from plantsim.processes.cement_kiln.flows import tower_growth
from plantsim.processes.cement_kiln.line import burning_air, masses, split_air, surplus
from plantsim.processes.cement_kiln.streams import NM3, amount, clinker_h, meal_h, moist_air
from plantsim.processes.cement_kiln.tower import SOLIDS, TEMPERATURE, approach, passed, write_solids
from plantsim.vocabulary.status import NO_CONVERGENCE, OK, OUTSIDE_RANGE

FIRST_GUESS = 3.1e6  # J/kg
FIRST_SLOPE = 0.85  # of the surplus over the fuel, no unit
MAX_STEPS = 60
CLOSED = 2e-13  # of the fuel
STEADY = 1e-11  # of dust and calcination, which lag one guess behind
LEAST_PASSED = 0.01  # of the given penetration: cyclones that let next to nothing pass
BEST_FIT, WORST_FIT = (
    -1.99,
    1.5,
)  # of the tower's one number, see set_tower: the best and the worst of its stages
ONE_STAGE = (
    0.5  # of the heat that the meal lacks to the calciner: what one more stage gives, of like heat capacities
)
EXCESS = 100.0  # K per unit of it
EXCHANGE = 200e3  # J/kg per unit of it
MOST_EXIT_REST = 100.0  # K, that the tower may miss: beyond, it is not the tower that was measured
HOLDING_ROUNDS = 12
CLOSE_ENOUGH = 1e-8  # K


@kernel
def solve_fuel(x, load, dust, hold_exit, hold_cooler, y, w):
    """Solve the fuel heat y.heat_consumption so that the line's heat closes; return a status.

    Arguments as :func:`surplus`. Starts from the y.heat_consumption that stands there, where it is above zero.
    """
    q = y.heat_consumption if y.heat_consumption > 0.0 else FIRST_GUESS
    slope, q_before, r_before = FIRST_SLOPE, 0.0, 0.0
    for step in range(MAX_STEPS):
        passed, calcined = y.bypass_dust_ratio, y.calcination_degree
        r, status = surplus(x, load, dust, q, hold_exit, hold_cooler, y, w)
        if status != OK or not abs(r) < 1e12:
            y.status_variable = HEAT_CONSUMPTION
            return NO_CONVERGENCE
        moved = max(abs(y.bypass_dust_ratio - passed), x.bypass_share * abs(y.calcination_degree - calcined))
        if abs(r) < CLOSED * q and moved < STEADY:
            return OK
        if step and q != q_before:
            slope = min(2.0, max(0.2, (r - r_before) / (q - q_before)))
        q_before, r_before = q, r
        q = min(3e7, max(1e5, q - r / slope))
    y.status_variable = HEAT_CONSUMPTION
    return NO_CONVERGENCE


@kernel
def set_tower(x, u):
    """Set the tower by one number u [-].

    Above zero gas and meal part wider. Below zero cyclones let less pass; when next to nothing passes, gas and meal
    part at one temperature (BEST_FIT); beyond, the meal takes heat from the gas that the N - 1 stages of the model do
    not explain, such as in risers and bottom cyclone: it goes with the meal to the calciner. Beyond WORST_FIT the meal
    leaves as much in the gas.
    """
    x.tower_penetration = max(LEAST_PASSED, 1.0 + min(0.0, u))
    nearer = min(1.0, max(0.0, LEAST_PASSED - 1.0 - u))
    x.approach_excess = EXCESS * max(0.0, u) - x.stage_approach * nearer
    x.tower_rest_exchange = EXCHANGE * (max(0.0, BEST_FIT - u) - max(0.0, u - WORST_FIT))


@kernel
def fit_loss(x, dust, y, w):
    """Write the loss that closes the balance at the measured heat consumption; return a status."""
    y.heat_consumption = x.measured_heat_consumption
    x.unaccounted_loss = 0.0
    missing, status = 0.0, OK
    for _ in range(MAX_STEPS):
        passed, calcined = y.bypass_dust_ratio, y.calcination_degree
        missing, status = surplus(x, 1.0, dust, x.measured_heat_consumption, MEASURED, MEASURED, y, w)
        moved = abs(y.bypass_dust_ratio - passed) + x.bypass_share * abs(y.calcination_degree - calcined)
        if moved < STEADY:
            break
    x.unaccounted_loss = missing
    return status


@kernel
def measured_line(x, y, w):
    """Solve the line with exit temperature and cooler as measured; return (dust [kg per kg of feed], status).

    Where the heat consumption was measured too, it stands and the unaccounted loss is solved in place of the fuel.
    """
    dust = write_solids(x, w)
    if x.measured_heat_consumption > 0.0:
        return dust, fit_loss(x, dust, y, w)
    return dust, solve_fuel(x, 1.0, dust, MEASURED, MEASURED, y, w)


@kernel
def exit_rest(x, y, w):
    """Return (modelled less held exit temperature [K], status) of the tower as it is set, all else as measured."""
    dust, status = measured_line(x, y, w)
    if status == OK:
        _, status = surplus(x, 1.0, dust, y.heat_consumption, MODELLED, MEASURED, y, w)
    return y.preheater_gas_temperature - x.held_exit_temperature, status


@kernel
def exit_mismatch(x, u, y, w):
    """Return (modelled less held exit temperature [K], status) of the tower set by u, all else as measured."""
    set_tower(x, u)
    return exit_rest(x, y, w)


@kernel
def meet_exit(x, low, high, f_low, f_high, status, y, w):
    """Return (modelled less measured exit temperature [K], status) of the tower set between low and high [-].

    f_low, f_high: the differences at the ends; status: of these.
    """
    f, side = f_high, 0
    for _ in range(MAX_STEPS):
        if status != OK or not (f_low < 0.0 < f_high) or abs(f) < CLOSE_ENOUGH:
            break
        u = low - f_low * (high - low) / (f_high - f_low)
        f, status = exit_mismatch(x, u, y, w)
        if f > 0.0:
            high, f_high = u, f
            f_low *= 0.5 if side > 0 else 1.0
            side = 1
        else:
            low, f_low = u, f
            f_high *= 0.5 if side < 0 else 1.0
            side = -1
    return f, status


@kernel
def one_more_stage(x, y, w):
    """Return the heat [J per kg clinker] that the meal could take at the most in the bottom cyclone and its riser.

    The model counts the bottom cyclone as no exchange stage. Gas at the calciner's temperature and meal of the last
    stage, of about the same heat capacity, meet halfway.
    """
    n = x.stage_count - 1
    _, meal, _, _, _, _, _, _ = masses(x, y.heat_consumption, y)
    dust = write_solids(x, w)
    falling = (1.0 - passed(x, n - 1, n)) * meal / (1.0 - dust) * w[SOLIDS, n - 1]
    lacks = meal_h(x.calciner_temperature) - meal_h(w[TEMPERATURE, n - 1] - approach(x))
    return max(0.0, ONE_STAGE * falling * lacks)


@kernel
def fit_tower(x, y, w):
    """Fit the tower to the measured exit temperature; return a status.

    Regula falsi with the Illinois weight (Dowell and Jarratt 1971), each trial with its own dust and fuel. Where the
    best tower leaves the gas hotter, heat that the meal takes beyond it holds the measured temperature, and what the
    tower explains is reported with the results. What one stage more, or less, would not explain is not held;
    OUTSIDE_RANGE for more than MOST_EXIT_REST of it: stages, gas flow or temperature are not as given.
    """
    low, high = BEST_FIT, WORST_FIT
    f_low, status = exit_mismatch(x, low, y, w)
    f = f_low
    x.explained_exit_temperature_fit = x.preheater_exit_temperature + max(0.0, f_low)
    if status == OK and f_low > 0.0:
        high, f_high = low, f_low
        low = BEST_FIT - one_more_stage(x, y, w) / EXCHANGE
        f_low, status = exit_mismatch(x, low, y, w)
        f = f_low
        if status == OK and f_low < 0.0:
            f, status = meet_exit(x, low, high, f_low, f_high, status, y, w)
    elif status == OK:
        f_high, status = exit_mismatch(x, high, y, w)
        f = f_high
        if status == OK and f_high < 0.0:
            x.explained_exit_temperature_fit = x.preheater_exit_temperature + f_high
            low, f_low = high, f_high
            high = WORST_FIT + one_more_stage(x, y, w) / EXCHANGE
            f_high, status = exit_mismatch(x, high, y, w)
            f = f_high
        if status == OK and f_high > 0.0:
            f, status = meet_exit(x, low, high, f_low, f_high, status, y, w)
    for _ in range(HOLDING_ROUNDS):
        if status != OK or abs(f) < CLOSE_ENOUGH:
            break
        x.held_exit_temperature += f  # as near as the tower comes
        f, status = exit_rest(x, y, w)
    if status == OK and not abs(x.held_exit_temperature - x.preheater_exit_temperature) <= MOST_EXIT_REST:
        y.status_variable = EXIT_TEMPERATURE
        return OUTSIDE_RANGE
    return status


@kernel
def fit_bed(x, y, w):
    """Fit the cooler's bed to the line as it stands in y.

    Return (air recovered [mol dry per kg clinker], all combustion air over that which reaches the calciner [-]).
    """
    _, _, _, _, kiln_air, _, air, gas = masses(x, y.heat_consumption, y)
    secondary, _, recovered, cooling = split_air(x, 1.0, air, kiln_air, gas)
    if x.cooler_model == CELLS:
        h_0 = clinker_h(x.ambient_temperature)
        warmth = recirculated_heat(x, cooling) / (clinker_h(x.burning_temperature) - h_0)
        fit_cooler(x, secondary / cooling, recovered / cooling, cooling, warmth, w)
    return recovered, air / burning_air(x, air, gas)


@kernel
def bed_reaches(x, y, w):
    """Return whether an evenly blown bed reaches the given efficiency with the air of the line as it stands in y."""
    _, _, _, _, kiln_air, _, air, gas = masses(x, y.heat_consumption, y)
    secondary, _, recovered, cooling = split_air(x, 1.0, air, kiln_air, gas)
    h_0 = clinker_h(x.ambient_temperature)
    warmth = recirculated_heat(x, cooling) / (clinker_h(x.burning_temperature) - h_0)
    best, _ = bed_mismatch(x, MOST_UNITS, secondary / cooling, recovered / cooling, warmth, w)
    worst, _ = bed_mismatch(x, LEAST_UNITS, secondary / cooling, recovered / cooling, warmth, w)
    return worst < 0.0 < best


@kernel
def hold_efficiency(x, y, w):
    """Settle how much of the given cooler efficiency is held, which the air recovered decides; return a status.

    Less of it takes more fuel, whose air lets the bed recover more: a few rounds, none where all of it is held.
    """
    status = OK
    if x.cooler_model != CELLS or bed_reaches(x, y, w):
        return status
    for _ in range(HOLDING_ROUNDS):
        before = x.held_efficiency
        fit_bed(x, y, w)
        if abs(x.held_efficiency - before) < STEADY:
            break
        _, status = measured_line(x, y, w)
        if status != OK:
            break
    return status


@kernel
def fit_line(x, y, w):
    """Fit the line to its own figures at full load; return a status. Writes the calibrated fields of x."""
    set_tower(x, 0.0)
    x.explained_exit_temperature_fit, x.held_exit_temperature = (
        x.preheater_exit_temperature,
        x.preheater_exit_temperature,
    )
    x.explained_cooler_efficiency_fit, x.held_efficiency = x.cooler_efficiency, x.cooler_efficiency
    x.cooler_transfer, x.cooler_idle_share, x.cooler_gain = 1.0, 0.0, 1.0
    x.reference_cooling_air = x.cooling_air
    x.reference_recovered_air, x.reference_air_ratio = 0.0, 0.0
    x.reference_growth = tower_growth(x)
    x.unaccounted_loss = 0.0
    _, status = measured_line(x, y, w)
    if status == OK:
        status = hold_efficiency(x, y, w)
    if status == OK and x.tower_model == STAGES:
        status = fit_tower(x, y, w)
    if status == OK:
        recovered, ratio = fit_bed(x, y, w)
        x.reference_recovered_air = recovered * amount(moist_air(x)) * NM3
        x.reference_air_ratio = ratio
    return status
