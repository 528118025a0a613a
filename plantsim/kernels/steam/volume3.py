"""The equations v(p,T) of region 3, which give the start for the exact volume. SI units.

Source: IAPWS SR5-05(2016). They are evaluated from tables, not unrolled: a state in region 3 is rare in a
plant, and 850 unrolled terms would be compiled into every plant that asks for one.
"""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.steam import coefficients_borders3 as borders
from plantsim.kernels.steam.coefficients_volume3 import PARAMETERS, V3
from plantsim.kernels.steam.constants import P_CRITICAL, T_CRITICAL
from plantsim.kernels.steam.saturation import saturation_temperature

A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R_, S, T_, U, V, W, X, Y, Z = range(26)  # noqa: E741
V3_START = np.cumsum([0] + [len(V3[row[0]]) for row in PARAMETERS])
V3_I = np.array([row[0] for letter in V3 for row in V3[letter]], dtype=np.int64)
V3_J = np.array([row[1] for letter in V3 for row in V3[letter]], dtype=np.int64)
V3_N = np.array([row[2] for letter in V3 for row in V3[letter]])
V3_PARAMETERS = np.array([row[1:] for row in PARAMETERS])

# Pressures that part the sub-regions [MPa]: IAPWS SR5-05(2016), Tables 2 and 10
P_3CD = 19.00881189173929
P_SAT_643 = 21.043367318975355  # saturation pressure at 643.15 K
P_YZ_LIQUID = 21.93161551
P_YZ_VAPOUR = 21.90096265
PC, TC = P_CRITICAL * 1e-6, T_CRITICAL


def _dense(table: tuple[tuple[int, float], ...]) -> tuple[float, ...]:
    """Return the coefficients of a border by rising power, from the lowest."""
    return tuple(n for _, n in sorted(table))


CD, GH, IJ, JK = (_dense(t) for t in (borders.BORDER_CD, borders.BORDER_GH, borders.BORDER_IJ, borders.BORDER_JK))
MN, QU, RX, UV = (_dense(t) for t in (borders.BORDER_MN, borders.BORDER_QU, borders.BORDER_RX, borders.BORDER_UV))
AB, OP, WX = (_dense(t) for t in (borders.BORDER_AB, borders.BORDER_OP, borders.BORDER_WX))


@kernel
def cubic(n, p):
    """Return a border temperature [K] with four coefficients at p [MPa]: Eq. (1)."""
    return n[0] + p * (n[1] + p * (n[2] + p * n[3]))


@kernel
def quartic(n, p):
    """Return a border temperature [K] with five coefficients at p [MPa]: Eq. (1)."""
    return n[0] + p * (n[1] + p * (n[2] + p * (n[3] + p * n[4])))


@kernel
def logarithmic(n, p):
    """Return the border temperature [K] of 3a/3b, 3o/3p or 3w/3x at p [MPa]: Eq. (2), powers -2 to 2."""
    x = log(p)
    return (n[0] / x + n[1]) / x + n[2] + x * (n[3] + x * n[4])


@kernel
def border_ef(p):
    """Return the border temperature [K] of 3e/3f at p [MPa]: Eq. (3)."""
    return 3.727888004 * (p - PC) + TC


@kernel
def _above_23(p, T):
    """Return the sub-region at p [MPa] > 23, T [K]: Table 2."""
    if p > 40.0:
        return A if T <= logarithmic(AB, p) else B
    if T <= cubic(CD, p):
        return C
    if p > 25.0:
        if T <= logarithmic(AB, p):
            return D
        return E if T <= border_ef(p) else F
    if T <= quartic(GH, p):
        return G if p > 23.5 else L
    if T <= border_ef(p):
        return H
    if T <= quartic(IJ, p):
        return I
    return J if T <= quartic(JK, p) else K


@kernel
def _below_23(p, T):
    """Return the sub-region at 22.5 < p <= 23 MPa, T [K]: Table 2."""
    if T <= cubic(CD, p):
        return C
    if T <= quartic(GH, p):
        return L
    if T <= cubic(MN, p):
        return M
    if T <= border_ef(p):
        return N
    if T <= logarithmic(OP, p):
        return O
    if T <= quartic(IJ, p):
        return P
    return J if T <= quartic(JK, p) else K


@kernel
def _near_critical(p, T):
    """Return the sub-region 3u to 3z at p [MPa], T [K]: Table 10."""
    if p > PC:
        if T <= cubic(UV, p):
            return U
        if T <= border_ef(p):
            return V if p > 22.11 else Y
        if T <= logarithmic(WX, p):
            return W if p > 22.11 else Z
        return X
    if T > saturation_temperature(p * 1e6):
        return Z if p > P_YZ_VAPOUR and T <= logarithmic(WX, p) else X
    return Y if p > P_YZ_LIQUID and T > cubic(UV, p) else U


@kernel
def subregion3(p, T):
    """Return the sub-region of region 3 (0 for 3a to 25 for 3z) at p [Pa], T [K]."""
    p = p * 1e-6
    if p > 23.0:
        return _above_23(p, T)
    if p > 22.5:
        return _below_23(p, T)
    if p > P_SAT_643:
        if T <= cubic(CD, p):
            return C
        if T <= cubic(QU, p):
            return Q
        if T <= cubic(RX, p):
            return _near_critical(p, T)
        return R_ if T <= quartic(JK, p) else K
    if T > saturation_temperature(p * 1e6):
        if p > 20.5:
            return R_ if T <= quartic(JK, p) else K
        return T_
    return S if p > P_3CD and T > cubic(CD, p) else C


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
def subregion_volume(k, p, T):
    """Return the specific volume [m3/kg] by the equation of sub-region k (0 for 3a) at p [Pa], T [K].

    Source: IAPWS SR5-05(2016), Eqs. (4) and (5).
    """
    v, p_star, T_star, a, b, c, d, e = V3_PARAMETERS[k]
    x = p * 1e-6 / p_star - a
    y = T / T_star - b
    if c == 0.5:
        x = sqrt(max(0.0, x))
    if d == 0.25:
        y = sqrt(sqrt(max(0.0, y)))
    if x == 0.0:
        x = 1e-15  # negative powers of zero: plain Python would raise
    if y == 0.0:
        y = 1e-15
    total = 0.0
    for row in range(V3_START[k], V3_START[k + 1]):
        total += V3_N[row] * integer_power(x, V3_I[row]) * integer_power(y, V3_J[row])
    if e == 0.0:
        return v * exp(total)
    if e == 4.0:
        return v * (total * total) * (total * total)
    return v * total
