"""Saturation line (region 4) and the boundary between regions 2 and 3. SI units."""

from __future__ import annotations

from math import nan, sqrt

from plantsim._jit import kernel
from plantsim.kernels.steam.coefficients_forward import BOUNDARY_23, SATURATION
from plantsim.kernels.steam.constants import P_CRITICAL, P_TRIPLE, T_CRITICAL, T_MIN

N1, N2, N3, N4, N5, N6, N7, N8, N9, N10 = SATURATION
B1, B2, B3, B4, B5 = BOUNDARY_23


@kernel
def saturation_pressure(T):
    """Return the saturation pressure [Pa] at T [K], 273.15 K to 647.096 K; NaN outside.

    Source: IAPWS R7-97(2012), Eq. (30).
    """
    if not (T_MIN <= T <= T_CRITICAL):
        return nan
    theta = T + N9 / (T - N10)
    a = theta * theta + N1 * theta + N2
    b = N3 * theta * theta + N4 * theta + N5
    c = N6 * theta * theta + N7 * theta + N8
    root = 2.0 * c / (-b + sqrt(b * b - 4.0 * a * c))
    return 1e6 * (root * root) * (root * root)


@kernel
def saturation_temperature(p):
    """Return the saturation temperature [K] at p [Pa], 611.213 Pa to 22.064 MPa; NaN outside.

    Source: IAPWS R7-97(2012), Eq. (31).
    """
    if not (P_TRIPLE <= p <= P_CRITICAL):
        return nan
    square = sqrt(p * 1e-6)
    beta = sqrt(square)
    e = square + N3 * beta + N6
    f = N1 * square + N4 * beta + N7
    g = N2 * square + N5 * beta + N8
    d = 2.0 * g / (-f - sqrt(f * f - 4.0 * e * g))
    return 0.5 * (N10 + d - sqrt((N10 + d) * (N10 + d) - 4.0 * (N9 + N10 * d)))


@kernel(inline=True)
def boundary23_pressure(T):
    """Return the pressure [Pa] on the boundary of regions 2 and 3 at T [K], 623.15 K to 863.15 K.

    Source: IAPWS R7-97(2012), Eq. (5).
    """
    return 1e6 * (B1 + T * (B2 + T * B3))


@kernel(inline=True)
def boundary23_temperature(p):
    """Return the temperature [K] on the boundary of regions 2 and 3 at p [Pa], 16.5292 MPa to 100 MPa.

    Source: IAPWS R7-97(2012), Eq. (6).
    """
    return B4 + sqrt((p * 1e-6 - B5) / B3)
