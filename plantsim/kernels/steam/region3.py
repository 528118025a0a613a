"""Region 3 of IAPWS-IF97: around the critical point. No range is checked here. SI units.

Sources: IAPWS R7-97(2012), Eq. (28) and Table 31 (properties); IAPWS SR3-03(2014) (backward equations).
"""

from __future__ import annotations

from math import log, sqrt

from plantsim._jit import kernel
from plantsim.kernels.steam.coefficients_forward import REGION_3_LOGARITHM
from plantsim.kernels.steam.coefficients_region3 import BOUNDARY_3AB
from plantsim.kernels.steam.constants import RHO_CRITICAL, T_CRITICAL, R
from plantsim.kernels.steam.sums import region3_all
from plantsim.kernels.steam.tables import (
    PSAT3_H,
    PSAT3_S,
    T3A_PH,
    T3A_PS,
    T3B_PH,
    T3B_PS,
    V3A_PH,
    V3A_PS,
    V3B_PH,
    V3B_PS,
    table_sum,
)
from plantsim.kernels.steam.volume3 import subregion3, subregion_volume

MAX_STEPS = 60
BESIDE = 1e-9  # relative: to the liquid's and the vapour's side of a saturation temperature
V_LOW, V_HIGH = 0.00125, 0.0095  # m3/kg, beyond the volumes of region 3
(N1,) = REGION_3_LOGARITHM
B1, B2, B3, B4 = BOUNDARY_3AB
S_CRITICAL = 4412.02148223476  # J/(kg K), boundary of 3a and 3b: IAPWS SR3-03(2014), section 4.3


@kernel
def region3_properties(rho, T):
    """Return p [Pa], h [J/kg], s, cp [J/(kg K)] and the speed of sound w [m/s] at rho [kg/m3], T [K]."""
    delta, tau = rho / RHO_CRITICAL, T_CRITICAL / T
    f, f_t, f_d, f_tt, f_dt, f_dd = region3_all(delta, tau)
    d = N1 + delta * f_d
    dd = delta * delta * f_dd - N1
    along = d - delta * tau * f_dt
    slope = 2.0 * d + dd
    heat = -tau * tau * f_tt
    cp = R * (heat + along * along / slope)
    w = sqrt(max(0.0, R * T * (slope + along * along / heat)))
    s = R * (tau * f_t - f - N1 * log(delta))
    return rho * R * T * d, R * T * (tau * f_t + d), s, cp, w


@kernel
def solve_volume(p, T, v, low, high):
    """Return the specific volume [m3/kg] between low and high at which region 3 has the pressure p [Pa].

    Newton's steps from v, halving where a step leaves the bracket, to the rounding of the pressure.
    """
    tau = T_CRITICAL / T
    wanted = p / (R * T)
    for _ in range(MAX_STEPS):
        rho = 1.0 / v
        delta = rho / RHO_CRITICAL
        _, _, f_d, _, _, f_dd = region3_all(delta, tau)
        d = N1 + delta * f_d
        miss = rho * d - wanted
        if miss > 0.0:  # the pressure is too high: the volume must grow
            low = v
        else:
            high = v
        slope = -rho * rho * (2.0 * d + delta * delta * f_dd - N1)
        new = v - miss / slope if slope < 0.0 else low - 1.0
        if not (low <= new <= high):
            new = 0.5 * (low + high)
        change = abs(new - v)
        v = new
        if change <= 1e-9 * v:
            break
    return v


@kernel
def region3_v_pT(p, T):
    """Return the specific volume [m3/kg] of region 3 at p [Pa], T [K]: the release's v(p,T), made exact."""
    v = subregion_volume(subregion3(p, T), p, T)
    return solve_volume(p, T, v, V_LOW, V_HIGH)


@kernel
def region3_saturated_volumes(p, T):
    """Return the volumes [m3/kg] of saturated liquid and vapour at p [Pa] > 16.5292 MPa and its T [K]."""
    v_critical = 1.0 / RHO_CRITICAL
    v_liquid = min(v_critical, subregion_volume(subregion3(p, T * (1.0 - BESIDE)), p, T))
    v_vapour = max(v_critical, subregion_volume(subregion3(p, T * (1.0 + BESIDE)), p, T))
    v_liquid = solve_volume(p, T, v_liquid, V_LOW, v_critical)
    return v_liquid, solve_volume(p, T, v_vapour, v_critical, V_HIGH)


@kernel(inline=True)
def boundary3ab(p):
    """Return the enthalpy [J/kg] on the boundary of sub-regions 3a and 3b at p [Pa]: SR3-03, Eq. (1)."""
    pi = p * 1e-6
    return 1e3 * (B1 + pi * (B2 + pi * (B3 + pi * B4)))


@kernel
def backward3_ph(p, h):
    """Return v [m3/kg] and T [K] of region 3 from p [Pa], h [J/kg]: SR3-03, Eqs. (2) to (5)."""
    pi = p * 1e-8
    if h <= boundary3ab(p):
        v = 0.0028 * table_sum(V3A_PH, pi + 0.128, h / 2.1e6 - 0.727)
        return v, 760.0 * table_sum(T3A_PH, pi + 0.240, h / 2.3e6 - 0.615)
    v = 0.0088 * table_sum(V3B_PH, pi + 0.0661, h / 2.8e6 - 0.720)
    return v, 860.0 * table_sum(T3B_PH, pi + 0.298, h / 2.8e6 - 0.720)


@kernel
def backward3_ps(p, s):
    """Return v [m3/kg] and T [K] of region 3 from p [Pa], s [J/(kg K)]: SR3-03, Eqs. (6) to (9)."""
    pi = p * 1e-8
    if s <= S_CRITICAL:
        v = 0.0028 * table_sum(V3A_PS, pi + 0.187, s / 4.4e3 - 0.755)
        return v, 760.0 * table_sum(T3A_PS, pi + 0.240, s / 4.4e3 - 0.703)
    v = 0.0088 * table_sum(V3B_PS, pi + 0.298, s / 5.3e3 - 0.816)
    return v, 860.0 * table_sum(T3B_PS, pi + 0.760, s / 5.3e3 - 0.818)


@kernel(inline=True)
def saturation3_h(h):
    """Return the saturation pressure [Pa] above 623.15 K as a function of h [J/kg]: SR3-03, Eq. (10)."""
    return 22e6 * table_sum(PSAT3_H, h / 2.6e6 - 1.02, h / 2.6e6 - 0.608)


@kernel(inline=True)
def saturation3_s(s):
    """Return the saturation pressure [Pa] above 623.15 K as a function of s [J/(kg K)]: Eq. (11)."""
    return 22e6 * table_sum(PSAT3_S, s / 5.2e3 - 1.03, s / 5.2e3 - 0.699)


@kernel
def solve_energy(p, h, s, v, T):
    """Return v [m3/kg], T [K] of region 3 at p [Pa] and h [J/kg], or s [J/(kg K)] where h is NaN.

    Newton's method in rho and T on the basic equation, from the v and T given.
    """
    rho = 1.0 / v
    for _ in range(MAX_STEPS):
        delta, tau = rho / RHO_CRITICAL, T_CRITICAL / T
        f, f_t, f_d, f_tt, f_dt, f_dd = region3_all(delta, tau)
        d = N1 + delta * f_d
        along = d - delta * tau * f_dt
        slope = d + delta * delta * f_dd - N1 + d
        heat = -tau * tau * f_tt
        p_miss = p / (R * T) - rho * d  # all divided by R T, or by R where it is an entropy
        p_rho, p_T = slope, rho * along / T
        if h == h:
            miss = h / (R * T) - (tau * f_t + d)
            by_rho, by_T = (slope - along) / rho, (heat + along) / T
        else:
            miss = s / R - (tau * f_t - f - N1 * log(delta))
            by_rho, by_T = -along / rho, heat / T
        determinant = p_rho * by_T - p_T * by_rho
        d_rho = (p_miss * by_T - p_T * miss) / determinant
        d_T = (p_rho * miss - p_miss * by_rho) / determinant
        rho += min(0.2 * rho, max(-0.2 * rho, d_rho))
        T += min(20.0, max(-20.0, d_T))
        if abs(d_rho) <= 1e-8 * rho and abs(d_T) <= 1e-8 * T:
            break
    return 1.0 / rho, T
