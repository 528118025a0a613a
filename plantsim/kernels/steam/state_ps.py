"""Properties from pressure and entropy. SI units; NaN outside the range of IAPWS-IF97.

As from pressure and enthalpy: backward equation, polish on the basic equation, the nearer side of a gap.
"""

from __future__ import annotations

from math import log, nan

from plantsim._jit import kernel
from plantsim.kernels.steam.constants import (
    P_13,
    P_2,
    P_CRITICAL,
    P_MAX,
    P_MAX_5,
    P_TRIPLE,
    T_13,
    T_25,
    T_MAX,
    T_MIN,
    R,
)
from plantsim.kernels.steam.limits import (
    EDGE,
    GAP_STEP,
    MARGIN_3,
    NEAR,
    ROUNDING,
    S_23_MIN,
    S_25,
    S_LIQUID_MAX,
    S_MIN,
    S_SAT3_MAX,
    S_SAT3_MIN,
    vapour_entropy_floor,
)
from plantsim.kernels.steam.region1 import backward1_ps, region1_hs, region1_hT_ps
from plantsim.kernels.steam.region2 import backward2_ps, region2_hs, region2_hT_ps
from plantsim.kernels.steam.region3 import (
    backward3_ps,
    region3_properties,
    region3_v_pT,
    saturation3_s,
    solve_energy,
)
from plantsim.kernels.steam.region5 import region5_hs, region5_hT_ps
from plantsim.kernels.steam.saturated import saturated3
from plantsim.kernels.steam.saturation import boundary23_temperature, saturation_temperature
from plantsim.kernels.steam.state_ph import quality, volume


@kernel
def hot_state_ps(p, s, T2):
    """Return region, T, extra, h of a state that region 2 puts at T2 [K] > 1073.15 K: region 5, or outside."""
    h_25, s_25 = region2_hs(p, T_25)
    if p > P_MAX_5:
        return (2, T_25, 0.0, h_25) if T2 <= T_25 + EDGE else (0, nan, nan, nan)
    h, T = region5_hT_ps(p, s)
    if T > T_25:
        return (5, min(T, T_MAX), 0.0, h) if T <= T_MAX + EDGE else (0, nan, nan, nan)
    h_5, s_5 = region5_hs(p, T_25)
    if s - s_25 <= s_5 - s:
        return 2, T_25, 0.0, h_25
    return 5, T_25 * (1.0 + GAP_STEP), 0.0, h_5


@kernel
def state3_ps(p, s):
    """Return region, T, extra, h for p > 16.5292 MPa between regions 1 and 2: region 3, wet steam, or a gap."""
    if p < P_CRITICAL and S_SAT3_MIN < s < S_SAT3_MAX:
        p_sat = saturation3_s(s)
        if p < p_sat * (1.0 + MARGIN_3):
            T, _, h_liquid, s_liquid, _, h_vapour, s_vapour = saturated3(p)
            if s_liquid <= s <= s_vapour:
                x = (s - s_liquid) / (s_vapour - s_liquid)
                return 4, T, x, h_liquid + x * (h_vapour - h_liquid)
    v, T = backward3_ps(p, s)
    v, T = solve_energy(p, nan, s, v, T)
    T_23 = boundary23_temperature(p)
    if T <= T_13:
        T = T_13 * (1.0 + GAP_STEP)
        v = region3_v_pT(p, T)
        h_1, s_1 = region1_hs(p, T_13)
        if s - s_1 <= region3_properties(1.0 / v, T)[2] - s:
            return 1, T_13, 0.0, h_1
    elif T >= T_23:
        T = T_23 * (1.0 - GAP_STEP)
        v = region3_v_pT(p, T)
        h_2, s_2 = region2_hs(p, T_23)
        if s - region3_properties(1.0 / v, T)[2] > s_2 - s:
            return 2, T_23 * (1.0 + GAP_STEP), 0.0, h_2
    return 3, T, v, region3_properties(1.0 / v, T)[1]


@kernel
def state_ps(p, s):
    """Return region, T [K], an extra value and h [J/kg] at p [Pa], s [J/(kg K)]: region 0 and NaN outside.

    extra: the vapour quality in region 4 (wet steam), the specific volume [m3/kg] in region 3, else 0.
    """
    if not (0.0 < p <= P_MAX and S_MIN <= s <= 1e5):
        return 0, nan, nan, nan
    low = p <= P_13
    T_sat = T_MIN  # below the triple point there is no liquid, and steam ends at the range's limit
    if p >= P_TRIPLE:
        T_sat = saturation_temperature(p) if low else T_13
    if s < S_LIQUID_MAX and p >= P_TRIPLE:
        T = backward1_ps(p, s)
        if T < T_sat + NEAR:
            h, T = region1_hT_ps(p, s, T)
            if T < T_MIN:
                return (1, T_MIN, 0.0, h) if T >= T_MIN - EDGE else (0, nan, nan, nan)
            if T < T_sat * (1.0 - ROUNDING) or (T <= T_13 and not low):
                return 1, T, 0.0, h
    elif s > (vapour_entropy_floor(T_sat) if low else S_23_MIN):
        if s + R * log(p / P_2) > S_25:
            return hot_state_ps(p, s, T_MAX)
        T_low = T_sat if low else boundary23_temperature(p)
        T = backward2_ps(p, s)
        if T > T_low - NEAR:
            h, T = region2_hT_ps(p, s, T)
            if T > T_25:
                return hot_state_ps(p, s, T)
            if T >= T_low * (1.0 + ROUNDING):
                return 2, T, 0.0, h
            if p < P_TRIPLE:
                return (2, T_MIN, 0.0, h) if T >= T_MIN - EDGE else (0, nan, nan, nan)
    if not low:
        return state3_ps(p, s)
    if p < P_TRIPLE:
        return 0, nan, nan, nan
    h_liquid, s_liquid = region1_hs(p, T_sat)
    h_vapour, s_vapour = region2_hs(p, T_sat)
    x = min(1.0, max(0.0, (s - s_liquid) / (s_vapour - s_liquid)))
    return 4, T_sat, x, h_liquid + x * (h_vapour - h_liquid)


@kernel(inline=True)
def region_ps(p, s):
    """Return the region (1, 2, 3, 5, or 4 for wet steam) at p [Pa], s [J/(kg K)]; 0 outside the range."""
    return state_ps(p, s)[0]


@kernel(inline=True)
def T_ps(p, s):
    """Return the temperature [K] at p [Pa], s [J/(kg K)]; NaN outside the range."""
    return state_ps(p, s)[1]


@kernel(inline=True)
def h_ps(p, s):
    """Return the enthalpy [J/kg] at p [Pa], s [J/(kg K)]; NaN outside the range."""
    return state_ps(p, s)[3]


@kernel
def x_ps(p, s):
    """Return the vapour quality at p [Pa], s [J/(kg K)]; as ``x_ph``."""
    region, T, extra, _ = state_ps(p, s)
    return quality(region, p, T, extra)


@kernel
def v_ps(p, s):
    """Return the specific volume [m3/kg] at p [Pa], s [J/(kg K)]; NaN outside the range."""
    region, T, extra, _ = state_ps(p, s)
    return volume(region, p, T, extra)
