"""The cyclone tower: N - 1 exchange stages above one bottom cyclone that stays at calciner temperature.

A stage gets gas from below, meal from above and the dust that the gas of the stage below carries; gas and meal leave
it with a fixed difference, the cyclone lets part of the solids pass, false air and a wall loss cool it. Meal counts
as not calcined in the tower. Temperatures by Newton's method on all stages at once (a tridiagonal system).

The workspace ``w`` holds rows of length PLACES, one place per stage from the top, the bottom cyclone last.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.gas import H2O, species_h
from plantsim.processes.cement_kiln.streams import (
    M_H2O,
    WATER_CP,
    amount,
    evaporation_heat,
    gas_cp,
    gas_h,
    meal_cp,
    meal_h,
    moist_air,
    plus,
)
from plantsim.vocabulary.status import NO_CONVERGENCE, OK, OUTSIDE_RANGE

PLACES = 8  # of a workspace row: at most seven stages
SOLIDS, TEMPERATURE, GAS_H, GAS_CP, MEAL_H, MEAL_CP, UPPER, RIGHT, BED = range(9)
ROWS = 9
MAX_STEPS = 40
MOST_PASSED = 0.7  # [-], of any cyclone: beyond, solids run in a circle
COLDEST, HOTTEST = 250.0, 1500.0  # K, of any stage
TOLERANCE = 1e-11  # of temperatures, relative


@kernel
def approach(x):
    """Return the difference [K] between gas and meal that leave a stage: the given one and the fitted excess."""
    return x.stage_approach + x.approach_excess


@kernel
def passed(x, i, n):
    """Return what the cyclone of place i lets pass [-]; n: place of the bottom cyclone.

    The fitted factor acts on all but the top cyclone, whose loss is measured as dust.
    """
    if i == 0:
        return 1.0 - x.top_efficiency
    eta = x.bottom_efficiency if i == n else x.stage_efficiency
    return min(MOST_PASSED, x.tower_penetration * (1.0 - eta))


@kernel
def write_solids(x, w):
    """Write into w the solids that enter each stage per mass of feed; return the dust that leaves [kg/kg feed].

    S_i = (1 - p_(i-1)) S_(i-1) + p_(i+1) S_(i+1), with the feed on top.
    """
    n = x.stage_count - 1
    before = 0.0
    for i in range(n + 1):
        above = -(1.0 - passed(x, i - 1, n)) if i > 0 else 0.0
        pivot = 1.0 - above * before
        before = -passed(x, i + 1, n) / pivot if i < n else 0.0
        w[UPPER, i] = before
        right = 1.0 if i == 0 else 0.0
        w[RIGHT, i] = (right - (above * w[RIGHT, i - 1] if i > 0 else 0.0)) / pivot
    s = 0.0
    for k in range(n + 1):
        i = n - k
        s = w[RIGHT, i] - w[UPPER, i] * s
        w[SOLIDS, i] = s
    return passed(x, 0, n) * w[SOLIDS, 0]


@kernel
def start_temperatures(x, w):
    """Write a first guess of the temperatures [K]: a straight fall to the measured exit temperature."""
    n = x.stage_count - 1
    for i in range(n + 1):
        share = i / float(n)
        w[TEMPERATURE, i] = x.preheater_exit_temperature * (1.0 - share) + x.calciner_temperature * share


@kernel
def write_enthalpies(x, gas, water, w):
    """Write into w enthalpy and heat capacity of gas and meal per kg of clinker at each place's temperature.

    gas: at the calciner's exit [mol]; water: steam of the free water, which joins the gas of the top stage [mol].
    """
    n = x.stage_count - 1
    air = moist_air(x)
    whole, of_air = amount(gas), amount(air)
    for i in range(n + 1):
        T = w[TEMPERATURE, i]
        grown = (1.0 + x.stage_false_air) ** float(n - i) - 1.0
        g = plus(gas, grown * whole / of_air, air)
        if i == 0:
            g = plus(g, water, (0.0, 1.0, 0.0, 0.0, 0.0))
        w[GAS_H, i] = gas_h(g, T)
        w[GAS_CP, i] = gas_cp(g, T)
        meal = T if i == n else T - approach(x)
        w[MEAL_H, i] = meal_h(meal)
        w[MEAL_CP, i] = meal_cp(meal)


@kernel
def newton_step(x, loss, feed, h_feed, cold, w):
    """Take one step of all stage temperatures; return the largest relative change.

    loss: per stage; feed: kiln feed with returned dust [kg]; h_feed: its enthalpy with its water [J]; cold: enthalpy of
    the false air of one mole of gas [J/mol] times the gas at the bottom [mol]; all per kg of clinker.
    """
    n = x.stage_count - 1
    before, right = 0.0, 0.0
    for i in range(n):
        solids = feed * w[SOLIDS, i]
        carried = feed * passed(x, i + 1, n) * w[SOLIDS, i + 1]
        false_air = cold * x.stage_false_air * (1.0 + x.stage_false_air) ** float(n - i - 1)
        gain = w[GAS_H, i + 1] + false_air + carried * w[MEAL_H, i + 1] - loss
        gain -= w[GAS_H, i] + solids * w[MEAL_H, i]
        lower = 0.0
        if i == 0:
            gain += h_feed
        else:
            above = (1.0 - passed(x, i - 1, n)) * feed * w[SOLIDS, i - 1]
            gain += above * w[MEAL_H, i - 1]
            lower = above * w[MEAL_CP, i - 1]
        diagonal = -(w[GAS_CP, i] + solids * w[MEAL_CP, i])
        upper = w[GAS_CP, i + 1] + carried * w[MEAL_CP, i + 1] if i < n - 1 else 0.0
        pivot = diagonal - lower * before
        right = (-gain - lower * right) / pivot
        before = upper / pivot
        w[UPPER, i] = before
        w[RIGHT, i] = right
    step, largest = 0.0, 0.0
    for k in range(n):
        i = n - 1 - k
        step = w[RIGHT, i] - w[UPPER, i] * step
        T = min(HOTTEST, max(COLDEST, w[TEMPERATURE, i] + step))
        largest = max(largest, abs(step) / T)
        w[TEMPERATURE, i] = T
    return largest


@kernel
def solve_tower(x, gas, water, feed, loss, T_ref, w):
    """Solve the stage temperatures in w, from those that stand there; return a status.

    gas: at the calciner's exit, combined water counted [mol]; water: free water of the feed [mol]; feed: with returned
    dust [kg]; loss: per stage [J]; per kg of clinker. T_ref: where the heat of evaporation is taken [K].
    """
    n = x.stage_count - 1
    if not (n >= 2 and n < PLACES):
        return OUTSIDE_RANGE
    w[TEMPERATURE, n] = x.calciner_temperature
    liquid = species_h(H2O, T_ref) + M_H2O * (
        WATER_CP * (x.meal_temperature - T_ref) - evaporation_heat(T_ref)
    )
    h_feed = feed * meal_h(x.meal_temperature) + water * liquid
    air = moist_air(x)
    cold = amount(gas) * gas_h(air, x.ambient_temperature) / amount(air)
    for _ in range(MAX_STEPS):
        write_enthalpies(x, gas, water, w)
        if newton_step(x, loss, feed, h_feed, cold, w) < TOLERANCE:
            return OK
    return NO_CONVERGENCE
