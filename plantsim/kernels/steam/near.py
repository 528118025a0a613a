"""States whose temperature is nearly known: what the general functions give, in half the time.

For a state that is solved again and again with small changes, from ``T_near`` [K], its last temperature; 0 where
none is known. Steam takes one step of the search: the error of h and s falls with the cube of the step, so that it
is gone when the changes are. Water is searched to rounding. Whatever is neither plain water (region 1), superheated
steam (region 2) nor wet steam between them, and whatever ends far from T_near, goes the general way. SI units; NaN
outside the range of IAPWS-IF97.
"""

from __future__ import annotations

from math import log, nan

from plantsim._jit import kernel
from plantsim.kernels.steam.constants import P_2, P_13, P_MAX, P_TRIPLE, T_2, T_13, T_25, T_MIN, R
from plantsim.kernels.steam.limits import (
    H_23_MIN,
    H_LIQUID_MAX,
    ROUNDING,
    S_23_MIN,
    S_LIQUID_MAX,
    vapour_enthalpy_floor,
    vapour_entropy_floor,
)
from plantsim.kernels.steam.region1 import region1_h, region1_hs, region1_hT_ps, region1_sT_ph
from plantsim.kernels.steam.region2 import region2_hs
from plantsim.kernels.steam.saturated import saturated_enthalpies
from plantsim.kernels.steam.saturation import boundary23_temperature, saturation_temperature
from plantsim.kernels.steam.state_ph import T_ph, s_ph
from plantsim.kernels.steam.state_ps import state_ps
from plantsim.kernels.steam.state_pt import h_pT
from plantsim.kernels.steam.sums import region2_caloric

FAR = 30.0  # K: third-order steps from within it end at the root to rounding, steps from beyond need not
LONG_STEP = 0.01  # relative: one step of this length leaves 1e-6 of h and s, a longer one is not trusted
MOST_CAPACITY = 4780.0  # J/(kg K): saturated water has at most this times its distance from 273.15 K
WET = 4  # IF97's number of the two-phase region


@kernel
def lowest_steam(p):
    """Return the temperature [K] where steam ends and h [J/kg], s [J/(kg K)] below which none is, at p [Pa].

    Saturation, or the border to region 3; the bounds lie a little below the steam there.
    """
    if p > P_13:
        return boundary23_temperature(p), H_23_MIN, S_23_MIN
    T = saturation_temperature(p)
    return T, vapour_enthalpy_floor(T), vapour_entropy_floor(T)


@kernel
def steam_sT_ph(p, h, T_near):
    """Return s [J/(kg K)] and T [K] of steam at p [Pa], h [J/kg]; one step from T_near [K].

    s from its series in h along the isobar, in which ds/dh = 1/T and d2s/dh2 = -1/(T2 cp).
    """
    if T_near > 0.0 and P_TRIPLE <= p <= P_MAX:
        T_low, h_low, _ = lowest_steam(p)
        if h > h_low:
            pi, tau = p / P_2, T_2 / T_near
            g, g_t, g_tt, _ = region2_caloric(pi, tau)
            miss = h / (R * T_2) - g_t
            step = miss / g_tt
            T = T_2 / (tau + step)
            if abs(step) <= LONG_STEP * tau and T_low * (1.0 + ROUNDING) <= T <= T_25:
                return R * (tau * g_t - g - log(pi) + miss * (tau + 0.5 * step)), T
    return s_ph(p, h), T_ph(p, h)


@kernel
def steam_hT_ps(p, s, T_near):
    """Return h [J/kg] and T [K] of steam at p [Pa], s [J/(kg K)], then h [J/kg] of saturated liquid and vapour.

    The last two are NaN where the state is not wet. One step from T_near [K]: h from its series in s along the
    isobar, in which dh/ds = T and d2h/ds2 = T/cp.
    """
    if P_TRIPLE <= p <= P_MAX:
        T_low, _, s_low = lowest_steam(p)
        if T_near > 0.0 and s > s_low:
            pi, tau = p / P_2, T_2 / T_near
            g, g_t, g_tt, _ = region2_caloric(pi, tau)
            miss = tau * g_t - g - s / R - log(pi)
            step = miss / (tau * g_tt)
            T = T_2 / (tau - step)
            if abs(step) <= LONG_STEP * tau and T_low * (1.0 + ROUNDING) <= T <= T_25:
                return R * T_2 * (g_t - miss / tau * (1.0 + 0.5 * step / tau)), T, nan, nan
        if p <= P_13:
            h_vapour, s_vapour = region2_hs(p, T_low)
            if s < s_vapour:
                h_liquid, s_liquid = region1_hs(p, T_low)
                x = (s - s_liquid) / (s_vapour - s_liquid)
                if x > 0.0:
                    return h_liquid + x * (h_vapour - h_liquid), T_low, h_liquid, h_vapour
    region, T, _, h = state_ps(p, s)
    if region == WET:
        h_liquid, h_vapour = saturated_enthalpies(p)
        return h, T, h_liquid, h_vapour
    return h, T, nan, nan


@kernel
def highest_water(p):
    """Return the temperature [K] where water ends and h [J/kg], s [J/(kg K)] above which none is, at p [Pa].

    Saturation, or the border to region 3; the bounds lie up to a seventh above the water there, and at most 2 %
    below it, where the general way is then gone.
    """
    if p > P_13:
        return T_13, H_LIQUID_MAX, S_LIQUID_MAX
    T = saturation_temperature(p)
    h = MOST_CAPACITY * (T - T_MIN)
    return T * (1.0 - ROUNDING), h, h / (0.5 * (T + T_MIN))


@kernel
def water_sT_ph(p, h, T_near):
    """Return s [J/(kg K)] and T [K] of water at p [Pa], h [J/kg]."""
    if T_near > 0.0 and P_TRIPLE <= p <= P_MAX:
        T_high, h_high, _ = highest_water(p)
        if h < h_high:
            s, T = region1_sT_ph(p, h, T_near)
            if abs(T - T_near) <= FAR and T_MIN <= T < T_high:
                return s, T
    return s_ph(p, h), T_ph(p, h)


@kernel
def water_hT_ps(p, s, T_near):
    """Return h [J/kg] and T [K] of water at p [Pa], s [J/(kg K)]."""
    if T_near > 0.0 and P_TRIPLE <= p <= P_MAX:
        T_high, _, s_high = highest_water(p)
        if s < s_high:
            h, T = region1_hT_ps(p, s, T_near)
            if abs(T - T_near) <= FAR and T_MIN <= T < T_high:
                return h, T
    _, T, _, h = state_ps(p, s)
    return h, T


@kernel
def water_h_pT(p, T):
    """Return the enthalpy [J/kg] at p [Pa], T [K], of water known to be liquid: no saturation line is asked."""
    return region1_h(p, T) if T_MIN <= T <= T_13 else h_pT(p, T)
