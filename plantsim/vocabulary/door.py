"""What a number must be to stand for a variable, whether it comes from a file, a proposal's change or a notebook."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from plantsim.vocabulary.declarations import Variable

ROUNDING = 1e-9  # of a bound: "84 %" converted twice must not fall outside a bound of 84

NOT_FINITE, NOT_WHOLE, OUTSIDE = "number_not_finite", "whole_number_expected", "outside_bounds"


class Fault(NamedTuple):
    """The first number that cannot stand for a variable: its place in the row of numbers, a message code."""

    place: int
    code: str


def inside(si: Any, band: tuple[float, float] | None) -> Any:
    """Return whether numbers lie in a band (None: any does), up to rounding."""
    if band is None:
        return np.ones(np.shape(si), dtype=bool) if np.ndim(si) else True
    slack = ROUNDING * max(abs(band[0]), abs(band[1]))
    return (band[0] - slack <= si) & (si <= band[1] + slack)


def first_fault(variable: Variable, si: Any) -> Fault | None:
    """Return what is wrong with the first number [SI] that cannot be one of ``variable``; None when all can.

    A number is finite, whole where the variable counts, and inside the hard bounds.
    """
    numbers = np.ravel(np.asarray(si, dtype=np.float64))
    finite = np.isfinite(numbers)
    whole = np.ones(len(numbers), dtype=bool)
    if variable.is_integer:
        whole[finite] = np.abs(numbers[finite] - np.round(numbers[finite])) <= ROUNDING
    within = inside(numbers, variable.bounds)
    bad = ~(finite & whole & within)
    if not np.any(bad):
        return None
    place = int(np.argmax(bad))
    code = NOT_FINITE if not finite[place] else NOT_WHOLE if not whole[place] else OUTSIDE
    return Fault(place, code)
