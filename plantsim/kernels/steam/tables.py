"""Sums that are evaluated from their tables, by a loop: the equations that a plant asks for rarely.

Unrolled, the 1300 terms of region 3's backward equations and of p(h,s) would be compiled into every plant
that may come near the critical point. The loop is a few times slower and costs one small function.
"""

from __future__ import annotations

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.steam import coefficients_hs as chs
from plantsim.kernels.steam import coefficients_region3 as c3
from plantsim.kernels.steam.coefficients_volume3 import V3

_TABLES = (
    *V3.values(),  # 0 to 25: v(p,T) of sub-regions 3a to 3z
    c3.T3A_PH,
    c3.T3B_PH,
    c3.V3A_PH,
    c3.V3B_PH,
    c3.T3A_PS,
    c3.T3B_PS,
    c3.V3A_PS,
    c3.V3B_PS,
    c3.PSAT3_H,
    c3.PSAT3_S,
    chs.P1_HS,
    chs.P2A_HS,
    chs.P2B_HS,
    chs.P2C_HS,
    chs.P3A_HS,
    chs.P3B_HS,
)
T3A_PH, T3B_PH, V3A_PH, V3B_PH, T3A_PS, T3B_PS, V3A_PS, V3B_PS, PSAT3_H, PSAT3_S = np.arange(26, 36)
P1_HS, P2A_HS, P2B_HS, P2C_HS, P3A_HS, P3B_HS = np.arange(36, 42)
"""numpy integers: a Python integer would be a literal type, and each table one more compiled function."""

START = np.cumsum([0] + [len(table) for table in _TABLES])
POWER_X = np.array([row[0] for table in _TABLES for row in table], dtype=np.int64)
POWER_Y = np.array([row[1] for table in _TABLES for row in table], dtype=np.int64)
FACTOR = np.array([row[2] for table in _TABLES for row in table])
NOT_ZERO = 1e-15  # stands for a base of zero, whose negative powers plain Python refuses


@kernel
def integer_power(x, n):
    """Return x to an integer power, by squaring: the same in compiled and in plain code."""
    if n < 0:
        x = 1.0 / x
        n = -n
    result = 1.0
    while n > 0:
        if n & 1:
            result *= x
        x *= x
        n >>= 1
    return result


@kernel
def table_sum(table, x, y):
    """Return the sum over n x^I y^J of the numbered table."""
    if x == 0.0:
        x = NOT_ZERO
    if y == 0.0:
        y = NOT_ZERO
    total = 0.0
    for row in range(START[table], START[table + 1]):
        total += FACTOR[row] * integer_power(x, POWER_X[row]) * integer_power(y, POWER_Y[row])
    return total
