"""Roots of one-dimensional functions inside a known bracket, with a bounded number of steps.

A cached kernel can't take a function as an argument without compiling anew in every run, so the finder is
made for one residual at module level: ``find = bracketed_root(residual)``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plantsim._jit import kernel
from plantsim.vocabulary.status import NO_CONVERGENCE, NOT_FINITE, OK, OUTSIDE_RANGE

MAX_STEPS = 60  # bisection alone needs 50 from 1 to 1e-15; the secant steps need about 6


@kernel
def secant_inside(a, f_a, b, f_b):
    """Return the secant's next point between a and b, or their middle where the secant leaves the bracket.

    f_a and f_b must differ in sign. Dimensions are the caller's.
    """
    x = b - f_b * (b - a) / (f_b - f_a)
    low, high = min(a, b), max(a, b)
    if not (low < x < high):
        return 0.5 * (a + b)
    return x


def bracketed_root(residual: Any) -> Callable[..., Any]:
    """Return a kernel ``find(lower, upper, tolerance, arguments)`` -> (root, status, steps).

    residual: a kernel ``residual(x, arguments)`` at module level, continuous between lower and upper and of
    different sign at the two; arguments: a tuple handed on to it. tolerance: width of x at which it stops.
    status: OUTSIDE_RANGE when the signs at the ends agree, NOT_FINITE when the residual is not a number,
    NO_CONVERGENCE after 60 steps. Secant steps, with the Illinois weight at an end that stays twice
    (Dowell and Jarratt 1971, doi 10.1007/BF01934364), fall back on bisection.
    """

    @kernel
    def find(lower, upper, tolerance, arguments):
        a, b = lower, upper
        f_a, f_b = residual(a, arguments), residual(b, arguments)
        if f_a == 0.0:
            return a, OK, 0
        if f_b == 0.0:
            return b, OK, 0
        if not (f_a - f_a == 0.0 and f_b - f_b == 0.0):
            return a, NOT_FINITE, 0
        if (f_a > 0.0) == (f_b > 0.0):
            return a, OUTSIDE_RANGE, 0
        for step in range(1, MAX_STEPS + 1):
            width = abs(b - a)
            x = secant_inside(a, f_a, b, f_b) if step % 8 else 0.5 * (a + b)
            f = residual(x, arguments)
            if f - f != 0.0:
                return x, NOT_FINITE, step
            if f == 0.0:
                return x, OK, step
            if (f > 0.0) == (f_b > 0.0):
                b, f_b = x, f
                f_a *= 0.5
            else:
                a, f_a, b, f_b = b, f_b, x, f
            if abs(b - a) <= tolerance or width <= tolerance or abs(x - a) <= tolerance:
                return x, OK, step
        return b, NO_CONVERGENCE, MAX_STEPS

    return find
