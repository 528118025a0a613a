"""Money: present value, internal rate, payback, cost of saved energy. All before tax, in the deck's CNY."""

from __future__ import annotations

import math

import numpy as np

from plantsim.vocabulary.case import Cost, Plant


def present_value_factor(rate: float, years: float) -> float:
    """Return the present value of 1 CNY a year, paid at each year's end [a]; a part of a year counts in part.

    rate: discount rate per year, > -1; years: life >= 0. The annuity formula for whole years.
    """
    whole = int(years)
    part = years - whole
    annuity = float(whole) if rate == 0 else (1 - (1 + rate) ** -whole) / rate
    return annuity + (part * (1 + rate) ** -(whole + 1) if part > 0 else 0.0)


def net_present_value(capex: float, yearly: float, rate: float, years: float) -> float:
    """Return the net present value [CNY] of paying ``capex`` now and gaining ``yearly`` CNY for ``years``."""
    return yearly * present_value_factor(rate, years) - capex


def internal_rate(capex: float, yearly: float, years: float) -> float:
    """Return the discount rate at which the net present value is 0; NaN when no rate in (-0.99, 10) does it.

    One outlay followed by equal gains: at most one root, so bisection is safe.
    """
    if capex <= 0 or yearly <= 0 or years <= 0:
        return math.nan
    low, high = -0.99, 10.0
    if net_present_value(capex, yearly, low, years) < 0 or net_present_value(capex, yearly, high, years) > 0:
        return math.nan
    for _ in range(200):
        middle = 0.5 * (low + high)
        if net_present_value(capex, yearly, middle, years) > 0:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def simple_payback(capex: float, yearly: float) -> float:
    """Return years until the gains, undiscounted, equal the outlay; infinite when there is no gain."""
    return capex / yearly if yearly > 0 else math.inf


def cost_of_saved_energy(capex: float, operating: float, saved: float, rate: float, years: float) -> float:
    """Return CNY per joule of standard coal saved, capex spread over the life; NaN when nothing is saved."""
    return (capex / present_value_factor(rate, years) + operating) / saved if saved > 0 else math.nan


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
