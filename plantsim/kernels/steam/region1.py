"""Region 1 of IAPWS-IF97: liquid water to 623.15 K. No range is checked here. SI units.

Sources: IAPWS R7-97(2012), Eq. (7) and Table 3 (properties), Eqs. (11) and (13) (backward equations).
"""

from __future__ import annotations

from math import sqrt

from plantsim._jit import kernel
from plantsim.kernels.steam.backward_sums import t1_ph, t1_ps
from plantsim.kernels.steam.constants import P_1, T_1, R
from plantsim.kernels.steam.sums import region1_all, region1_caloric, region1_p, region1_t

MAX_STEPS = 6
SMALL_STEP = 2e-4  # relative: the step that follows would be its cube, below the rounding of T


@kernel(inline=True)
def region1_v(p, T):
    """Return the specific volume [m3/kg] at p [Pa], T [K]."""
    return R * T / P_1 * region1_p(7.1 - p / P_1, T_1 / T - 1.222)


@kernel(inline=True)
def region1_h(p, T):
    """Return the specific enthalpy [J/kg] at p [Pa], T [K]."""
    return R * T_1 * region1_t(7.1 - p / P_1, T_1 / T - 1.222)


@kernel(inline=True)
def region1_hs(p, T):
    """Return the specific enthalpy [J/kg] and entropy [J/(kg K)] at p [Pa], T [K]."""
    g, g_t, _, _ = region1_caloric(7.1 - p / P_1, T_1 / T - 1.222)
    return R * T_1 * g_t, R * (T_1 / T * g_t - g)


@kernel
def region1_properties(p, T):
    """Return v [m3/kg], h [J/kg], s, cp [J/(kg K)] and the speed of sound w [m/s] at p [Pa], T [K]."""
    tau = T_1 / T
    g, g_t, g_p, g_tt, g_pt, g_pp = region1_all(7.1 - p / P_1, tau - 1.222)
    along = g_p - tau * g_pt
    w = sqrt(R * T * g_p * g_p / (along * along / (tau * tau * g_tt) - g_pp))
    return R * T / P_1 * g_p, R * T_1 * g_t, R * (tau * g_t - g), -R * tau * tau * g_tt, w


@kernel(inline=True)
def backward1_ph(p, h):
    """Return the temperature [K] from p [Pa], h [J/kg] by the backward equation alone (25 mK)."""
    return t1_ph(p * 1e-6, h / 2.5e6 + 1.0)


@kernel(inline=True)
def backward1_ps(p, s):
    """Return the temperature [K] from p [Pa], s [J/(kg K)] by the backward equation alone (25 mK)."""
    return t1_ps(p * 1e-6, s / 1000.0 + 2.0)


@kernel
def region1_T_ph(p, h, T):
    """Return the temperature [K] at which region 1 has the enthalpy h [J/kg] at p [Pa].

    Third-order steps (Chebyshev) from T [K], the backward equation's; one is enough in nearly all states.
    """
    x = 7.1 - p / P_1
    tau = T_1 / T
    for _ in range(MAX_STEPS):
        _, g_t, g_tt, g_ttt = region1_caloric(x, tau - 1.222)
        step = (g_t - h / (R * T_1)) / g_tt
        tau -= step * (1.0 + 0.5 * step * g_ttt / g_tt)
        if abs(step) < SMALL_STEP:
            break
    return T_1 / tau


@kernel
def region1_sT_ph(p, h, T):
    """Return s [J/(kg K)] and T [K] at which region 1 has the enthalpy h [J/kg] at p [Pa].

    Third-order steps from T [K], which is nearly known, and s from its series in h along the isobar, in which
    ds/dh = 1/T and d2s/dh2 = -1/(T2 cp).
    """
    x = 7.1 - p / P_1
    tau = T_1 / T
    s = 0.0
    for _ in range(MAX_STEPS):
        g, g_t, g_tt, g_ttt = region1_caloric(x, tau - 1.222)
        miss = h / (R * T_1) - g_t
        step = -miss / g_tt
        s = R * (tau * g_t - g + miss * (tau - 0.5 * step))
        tau -= step * (1.0 + 0.5 * step * g_ttt / g_tt)
        if abs(step) < SMALL_STEP:
            break
    return s, T_1 / tau


@kernel
def region1_hT_ps(p, s, T):
    """Return h [J/kg] and T [K] at which region 1 has the entropy s [J/(kg K)] at p [Pa].

    Third-order steps from T [K], the backward equation's, and h from its series in s along the isobar, in
    which dh/ds = T and d2h/ds2 = T/cp.
    """
    x = 7.1 - p / P_1
    tau = T_1 / T
    h = 0.0
    for _ in range(MAX_STEPS):
        g, g_t, g_tt, g_ttt = region1_caloric(x, tau - 1.222)
        miss = tau * g_t - g - s / R
        slope = tau * g_tt
        step = miss / slope
        h = R * T_1 * (g_t - miss / tau * (1.0 + 0.5 * miss / (tau * slope)))
        tau -= step * (1.0 + 0.5 * step * (g_tt + tau * g_ttt) / slope)
        if abs(step) < SMALL_STEP:
            break
    return h, T_1 / tau
