"""Region 5 of IAPWS-IF97: steam from 1073.15 K to 2273.15 K, to 50 MPa. No range is checked. SI units.

Source: IAPWS R7-97(2012), Eqs. (32) to (34) and Table 41. The release has no backward equations here.
"""

from __future__ import annotations

from math import exp, log, sqrt

from plantsim._jit import kernel
from plantsim.kernels.steam.constants import P_2, T_5, R
from plantsim.kernels.steam.sums import region5_all, region5_caloric

MAX_STEPS = 20
SMALL_STEP = 1e-5  # relative: the step that follows would be its cube, below the rounding of T
TAU_LOW, TAU_HIGH = 0.4, 1.0  # 2500 K and 1000 K: beyond the ends of the region, for the iteration


@kernel
def region5_properties(p, T):
    """Return v [m3/kg], h [J/kg], s, cp [J/(kg K)] and the speed of sound w [m/s] at p [Pa], T [K]."""
    pi, tau = p / P_2, T_5 / T
    g, g_t, g_p, g_tt, g_pt, g_pp = region5_all(pi, tau)
    flow = 1.0 + pi * g_p
    along = flow - tau * pi * g_pt
    w = sqrt(R * T * flow * flow / (1.0 - pi * pi * g_pp + along * along / (tau * tau * g_tt)))
    return R * T / p * flow, R * T_5 * g_t, R * (tau * g_t - g - log(pi)), -R * tau * tau * g_tt, w


@kernel(inline=True)
def region5_hs(p, T):
    """Return the specific enthalpy [J/kg] and entropy [J/(kg K)] at p [Pa], T [K]."""
    g, g_t, _, _ = region5_caloric(p / P_2, T_5 / T)
    return R * T_5 * g_t, R * (T_5 / T * g_t - g - log(p / P_2))


@kernel
def region5_hT(p, h, s):
    """Return h [J/kg] and T [K] of region 5 at p [Pa] and h, or s [J/(kg K)] where h is NaN.

    Third-order steps from a straight line through the ideal gas's enthalpy, or from a power law of its
    entropy; steps are kept inside 1000 K to 2500 K, where both rise with the temperature.
    """
    pi = p / P_2
    by_h = h == h
    wanted = h / (R * T_5) if by_h else s / R + log(pi)
    # only a start, which the steps correct: it meets the ideal gas at both ends of the region
    start = 1.0 / max(1.0, 1.073 + (wanted - 9.0) / 5.9) if by_h else exp((18.03 - wanted) / 5.73)
    tau = min(TAU_HIGH, max(TAU_LOW, start))
    for _ in range(MAX_STEPS):
        g, g_t, g_tt, g_ttt = region5_caloric(pi, tau)
        if by_h:
            step = (g_t - wanted) / g_tt
            bend = g_ttt / g_tt
        else:
            step = (tau * g_t - g - wanted) / (tau * g_tt)
            bend = 1.0 / tau + g_ttt / g_tt
        tau = min(TAU_HIGH, max(TAU_LOW, tau - step * (1.0 + 0.5 * step * bend)))
        if abs(step) < SMALL_STEP:
            break
    return (h if by_h else R * T_5 * region5_caloric(pi, tau)[1]), T_5 / tau
