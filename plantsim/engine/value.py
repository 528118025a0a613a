"""Money, the parts: present value, internal rate, payback, cost of saved energy, declared costs. CNY, years.

Everything takes floats or arrays that broadcast, such as one entry per draw, and returns the same. What a
project is worth as a whole is put together in :mod:`plantsim.engine.appraisal`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from plantsim.vocabulary.case import Cost, Plant

Numbers = Any
"""A float or an array of floats."""

LOWEST_RATE, HIGHEST_RATE = -0.99, 10.0  # 1/a; an internal rate is looked for between these
GRID = 257  # rates at which the present value's sign is looked at, evenly spaced in log(1 + rate)
HALVINGS = 60  # of a grid cell: far below the spacing of doubles
RATE_STATUS = ("one", "none", "several")
"""What is known of an internal rate, by code: it is one, there is none, or several (then none is given)."""


def plain(values: Numbers) -> Numbers:
    """Return a float for a number without axes, else the array."""
    array = np.asarray(values, dtype=np.float64)
    return array if array.ndim else float(array)


def present_value_factor(rate: Numbers, years: Numbers) -> Numbers:
    """Return the present value of 1 CNY a year, paid at each year's end [a]; a part of a year counts in part.

    rate: discount rate per year, > -1; years: life >= 0. The annuity formula for whole years.
    """
    rate, years = np.asarray(rate, dtype=np.float64), np.asarray(years, dtype=np.float64)
    whole = np.floor(years)
    safe = np.where(rate == 0, 1.0, rate)
    # expm1 and log1p: at small rates the plain formula is a difference of nearly equal numbers
    annuity = np.where(rate == 0, whole, -np.expm1(-whole * np.log1p(safe)) / safe)
    return plain(annuity + (years - whole) * np.exp(-(whole + 1) * np.log1p(rate)))


def net_present_value(capex: Numbers, yearly: Numbers, rate: Numbers, years: Numbers) -> Numbers:
    """Return the net present value [CNY] of paying ``capex`` now and gaining ``yearly`` CNY for ``years``."""
    return plain(yearly * present_value_factor(rate, years) - capex)


def internal_rate(capex: Numbers, yearly: Numbers, years: Numbers) -> Numbers:
    """Return the discount rate at which the net present value is 0; NaN when no rate in (-0.99, 10) does it.

    One outlay followed by equal gains: at most one root.
    """
    capex, yearly, years = (np.asarray(a, dtype=np.float64) for a in (capex, yearly, years))
    possible = (capex > 0) & (yearly > 0) & (years > 0)
    found, _ = internal_rates(lambda rate: net_present_value(capex, yearly, rate, years))
    return plain(np.where(possible, found, np.nan))


def internal_rates(npv: Callable[[np.ndarray], Numbers]) -> tuple[np.ndarray, np.ndarray]:
    """Return (rate, code of RATE_STATUS) at which ``npv`` is 0: the rate is NaN unless there is exactly one.

    npv: net present value at a rate [1/a]; it is called with arrays whose first axis is one longer than its
    own values need, and must broadcast. Two roots within one step of the grid (1.04 times in 1 + rate) are
    not told apart from none.
    """
    logs = np.linspace(math.log1p(LOWEST_RATE), math.log1p(HIGHEST_RATE), GRID)
    axes = np.ndim(npv(np.float64(0.0)))  # type: ignore[arg-type]
    values = np.asarray(npv(np.expm1(logs).reshape(-1, *[1] * axes)))
    above = values > 0
    changes = above[1:] != above[:-1]
    count = changes.sum(axis=0)
    status = np.where(count == 1, 0, np.where(count == 0, 1, 2)).astype(np.int8)
    cell = changes.argmax(axis=0)
    low, high = logs[cell], logs[cell + 1]
    positive_below = np.take_along_axis(above, cell[None, ...], axis=0)[0]
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        same_side = (np.asarray(npv(np.expm1(middle))) > 0) == positive_below
        low, high = np.where(same_side, middle, low), np.where(same_side, high, middle)
    return np.where(status == 0, np.expm1(0.5 * (low + high)), np.nan), status


def simple_payback(capex: Numbers, yearly: Numbers) -> Numbers:
    """Return years until the gains, undiscounted, equal the outlay; infinite when there is no gain."""
    capex, yearly = np.asarray(capex, dtype=np.float64), np.asarray(yearly, dtype=np.float64)
    return plain(np.where(yearly > 0, capex / np.where(yearly > 0, yearly, 1.0), np.inf))


def discounted_payback(outlay: Numbers, yearly: Numbers, rate: Numbers, life: Numbers) -> Numbers:
    """Return years until the gains, discounted, equal the outlay; infinite when they don't within the life.

    outlay: in money of the day from which the years count; yearly: paid at each year's end, a part of a year
    in part, as in :func:`present_value_factor`, of which this is the inverse.
    """
    outlay, yearly, rate, life = (np.asarray(a, dtype=np.float64) for a in (outlay, yearly, rate, life))
    needed = np.maximum(outlay, 0.0) / np.where(yearly > 0, yearly, 1.0)
    safe = np.where(rate == 0, 1.0, rate)
    left = 1.0 - rate * needed  # of 1 CNY a year for ever, what is not yet needed
    reachable = (yearly > 0) & (left > 0)
    years = np.where(rate == 0, needed, -np.log(np.where(reachable, left, 1.0)) / np.log1p(safe))
    whole = np.floor(np.where(reachable, years, 0.0) + 1e-9)
    rest = needed - np.asarray(present_value_factor(rate, whole))
    years = whole + np.maximum(rest, 0.0) * np.exp((whole + 1) * np.log1p(rate))
    return plain(np.where(reachable & (years <= life * (1 + 1e-12)), years, np.inf))


def cost_of_saved_energy(
    capex: Numbers, operating: Numbers, saved: Numbers, rate: Numbers, years: Numbers
) -> Numbers:
    """Return CNY per joule of standard coal saved, capex spread over the life; NaN when nothing is saved."""
    return per_saved(capex / present_value_factor(rate, years) + operating, saved)


def per_saved(cost: Numbers, saved: Numbers) -> Numbers:
    """Return cost per unit saved; NaN where nothing is saved."""
    saved = np.asarray(saved, dtype=np.float64)
    return plain(np.where(saved > 0, cost / np.where(saved > 0, saved, 1.0), np.nan))


def cost_amount(cost: Cost | None, plant: Plant, x: np.ndarray, d: np.ndarray) -> tuple[float, float, float]:
    """Return (low, likely, high) CNY of a declared cost at a plant; NaN when what it is counted by is missing.

    x, d: the plant's record and design before the retrofit, shape (1,).
    """
    if cost is None:
        return math.nan, math.nan, math.nan
    if not cost.per:
        times = 1.0
    elif cost.per == "capacity":
        times = (
            float(plant.capacity.si)
            if plant.capacity and not isinstance(plant.capacity.si, tuple)
            else math.nan
        )
    elif cost.per in (x.dtype.names or ()):
        times = float(x[cost.per][0])
    else:
        times = float(d[cost.per][0])
    return cost.low * times, cost.likely * times, cost.high * times
