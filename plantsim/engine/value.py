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
STEPS = (
    14  # of false position within a cell, where the present value is nearly straight: residual 4e-16 of capex
)
ONE_RATE, NO_RATE, SEVERAL_RATES = range(3)
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
    status = np.select([count == 1, count == 0], [ONE_RATE, NO_RATE], SEVERAL_RATES).astype(np.int8)
    cell = changes.argmax(axis=0)
    low, high = logs[cell], logs[cell + 1]
    at_low, at_high = (np.take_along_axis(values, (cell + k)[None, ...], axis=0)[0] for k in (0, 1))
    side = np.zeros_like(cell)  # which end moved last; an end that stays twice counts half (Illinois)
    middle = low
    for _ in range(STEPS):
        step = at_high - at_low
        middle = high - at_high * (high - low) / np.where(step == 0, 1.0, step)
        middle = np.clip(middle, low, high)
        at = np.asarray(npv(np.expm1(middle)))
        beyond = (at > 0) == (at_low > 0)  # the root lies above: the low end moves
        at_high = np.where(beyond & (side == 1), 0.5 * at_high, np.where(beyond, at_high, at))
        at_low = np.where(~beyond & (side == -1), 0.5 * at_low, np.where(beyond, at, at_low))
        low, high = np.where(beyond, middle, low), np.where(beyond, high, middle)
        side = np.where(beyond, 1, -1)
    return np.where(status == ONE_RATE, np.expm1(middle), np.nan), status


def simple_payback(capex: Numbers, yearly: Numbers) -> Numbers:
    """Return years until the gains, undiscounted, equal the outlay; infinite when there is no gain.

    NaN where either is not known.
    """
    capex, yearly = np.asarray(capex, dtype=np.float64), np.asarray(yearly, dtype=np.float64)
    found = np.where(yearly > 0, capex / np.where(yearly > 0, yearly, 1.0), np.inf)
    return plain(np.where(np.isnan(capex + yearly), np.nan, found))


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
    unknown = np.isnan(outlay + yearly + rate + life)
    return plain(
        np.where(unknown, np.nan, np.where(reachable & (years <= life * (1 + 1e-12)), years, np.inf))
    )


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
