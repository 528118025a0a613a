"""Region 2 of IAPWS-IF97: steam to 1073.15 K, and its metastable part. No range is checked here. SI units.

Sources: IAPWS R7-97(2012), Eqs. (15) to (17) and Table 12 (properties), Eqs. (18) and (19) (metastable
vapour), Eqs. (20) to (27) (backward equations).
"""

from __future__ import annotations

from math import log, sqrt

from plantsim._jit import kernel
from plantsim.kernels.steam.backward_sums import t2a_ph, t2a_ps, t2b_ph, t2b_ps, t2c_ph, t2c_ps
from plantsim.kernels.steam.coefficients_backward import BOUNDARY_2BC
from plantsim.kernels.steam.constants import P_2, T_2, R
from plantsim.kernels.steam.sums import (
    metastable_all,
    region2_all,
    region2_caloric,
    region2_p,
    region2_t,
)

MAX_STEPS = 6
SMALL_STEP = 1e-4  # relative: the step that follows would be its cube, below the rounding of T
P_2AB = 4e6  # Pa, boundary between sub-regions 2a and 2b, section 6.3
S_2BC = 5850.0  # J/(kg K), boundary between sub-regions 2b and 2c in p and s, section 6.3
P_2BC = 6.54670e6  # Pa: below it there is no sub-region 2c, section 6.3
N1, N2, N3, N4, N5 = BOUNDARY_2BC


@kernel(inline=True)
def region2_v(p, T):
    """Return the specific volume [m3/kg] at p [Pa], T [K]."""
    return R * T / p * (1.0 + p / P_2 * region2_p(p / P_2, T_2 / T))


@kernel(inline=True)
def region2_h(p, T):
    """Return the specific enthalpy [J/kg] at p [Pa], T [K]."""
    return R * T_2 * region2_t(p / P_2, T_2 / T)


@kernel(inline=True)
def region2_hs(p, T):
    """Return the specific enthalpy [J/kg] and entropy [J/(kg K)] at p [Pa], T [K]."""
    g, g_t, _, _ = region2_caloric(p / P_2, T_2 / T)
    return R * T_2 * g_t, R * (T_2 / T * g_t - g - log(p / P_2))


@kernel(inline=True)
def _properties(p, T, tau, sums):
    """Return v, h, s, cp, w from the sums of a region whose ideal part is ln pi + a function of tau."""
    pi = p / P_2
    g, g_t, g_p, g_tt, g_pt, g_pp = sums
    flow = 1.0 + pi * g_p
    along = flow - tau * pi * g_pt
    w = sqrt(R * T * flow * flow / (1.0 - pi * pi * g_pp + along * along / (tau * tau * g_tt)))
    v = R * T / p * flow
    return v, R * T * tau * g_t, R * (tau * g_t - g - log(pi)), -R * tau * tau * g_tt, w


@kernel
def region2_properties(p, T):
    """Return v [m3/kg], h [J/kg], s, cp [J/(kg K)] and the speed of sound w [m/s] at p [Pa], T [K]."""
    return _properties(p, T, T_2 / T, region2_all(p / P_2, T_2 / T))


@kernel
def metastable_properties(p, T):
    """Return v, h, s, cp, w as above for metastable vapour, saturation line to 5 % moisture, to 10 MPa."""
    return _properties(p, T, T_2 / T, metastable_all(p / P_2, T_2 / T))


@kernel
def backward2_ph(p, h):
    """Return the temperature [K] from p [Pa], h [J/kg] by the backward equation alone (10 to 25 mK)."""
    pi = p * 1e-6
    if p <= P_2AB:
        return t2a_ph(pi, h / 2e6 - 2.1)
    if p < P_2BC or h > 1e3 * (N4 + sqrt((pi - N5) / N3)):
        return t2b_ph(pi - 2.0, h / 2e6 - 2.6)
    return t2c_ph(pi + 25.0, h / 2e6 - 1.8)


@kernel
def backward2_ps(p, s):
    """Return the temperature [K] from p [Pa], s [J/(kg K)] by the backward equation alone (10 to 25 mK)."""
    pi = p * 1e-6
    if p <= P_2AB:
        return t2a_ps(sqrt(sqrt(pi)), s / 2e3 - 2.0)
    if s >= S_2BC:
        return t2b_ps(pi, 10.0 - s / 785.3)
    return t2c_ps(pi, 2.0 - s / 2925.1)


@kernel
def region2_T_ph(p, h, T):
    """Return the temperature [K] at which region 2 has the enthalpy h [J/kg] at p [Pa].

    Third-order steps (Chebyshev) from T [K], the backward equation's; one is enough in nearly all states.
    """
    pi = p / P_2
    tau = T_2 / T
    for _ in range(MAX_STEPS):
        _, g_t, g_tt, g_ttt = region2_caloric(pi, tau)
        step = (g_t - h / (R * T_2)) / g_tt
        tau -= step * (1.0 + 0.5 * step * g_ttt / g_tt)
        if abs(step) < SMALL_STEP:
            break
    return T_2 / tau


@kernel
def region2_hT_ps(p, s, T):
    """Return h [J/kg] and T [K] at which region 2 has the entropy s [J/(kg K)] at p [Pa].

    Third-order steps from T [K], the backward equation's, and h from its series in s along the isobar, in
    which dh/ds = T and d2h/ds2 = T/cp.
    """
    pi = p / P_2
    wanted = s / R + log(pi)
    tau = T_2 / T
    h = 0.0
    for _ in range(MAX_STEPS):
        g, g_t, g_tt, g_ttt = region2_caloric(pi, tau)
        miss = tau * g_t - g - wanted
        slope = tau * g_tt
        step = miss / slope
        h = R * T_2 * (g_t - miss / tau * (1.0 + 0.5 * miss / (tau * slope)))
        tau -= step * (1.0 + 0.5 * step * (g_tt + tau * g_ttt) / slope)
        if abs(step) < SMALL_STEP:
            break
    return h, T_2 / tau
