"""Properties from pressure and enthalpy. SI units; NaN outside the range of IAPWS-IF97.

The temperature comes from the release's backward equation and is polished on the basic equation until
h(p, T) returns the given h to rounding. Where the basic equations of two regions leave a gap at their
border, a state inside it gets the nearer side.
"""

from __future__ import annotations

from math import nan

from plantsim._jit import kernel
from plantsim.kernels.steam.constants import (
    P_13,
    P_CRITICAL,
    P_MAX,
    P_TRIPLE,
    T_13,
    T_25,
    T_MAX,
    T_MIN,
)
from plantsim.kernels.steam.limits import (
    EDGE,
    H_23_MIN,
    H_25,
    H_LIQUID_MAX,
    H_MAX,
    H_MIN,
    NEAR,
    ROUNDING,
    vapour_enthalpy_floor,
)
from plantsim.kernels.steam.rare import state3, state5
from plantsim.kernels.steam.region1 import backward1_ph, region1_h, region1_hs, region1_T_ph, region1_v
from plantsim.kernels.steam.region2 import backward2_ph, region2_h, region2_hs, region2_T_ph, region2_v
from plantsim.kernels.steam.region3 import (
    region3_properties,
)
from plantsim.kernels.steam.region5 import region5_hs, region5_properties
from plantsim.kernels.steam.saturated import saturated_entropies, saturated_volumes
from plantsim.kernels.steam.saturation import (
    boundary23_temperature,
    saturation_temperature,
)
from plantsim.kernels.steam.state_pt import region_properties


@kernel
def state_ph(p, h):
    """Return region, T [K] and an extra value at p [Pa], h [J/kg]: region 0 and NaN outside the range.

    extra: the vapour quality in region 4 (wet steam), the specific volume [m3/kg] in region 3, else 0.
    """
    if not (0.0 < p <= P_MAX and H_MIN <= h <= H_MAX):
        return 0, nan, nan
    low = p <= P_13
    T_sat = T_MIN  # below the triple point there is no liquid, and steam ends at the range's limit
    if p >= P_TRIPLE:
        T_sat = saturation_temperature(p) if low else T_13
    if h < H_LIQUID_MAX and p >= P_TRIPLE:
        T = backward1_ph(p, h)
        if T_sat + NEAR > T:
            T = region1_T_ph(p, h, T)
            if T < T_MIN:
                return (1, T_MIN, 0.0) if T >= T_MIN - EDGE else (0, nan, nan)
            if T_sat * (1.0 - ROUNDING) > T or (T <= T_13 and not low):
                return 1, T, 0.0
    elif h > H_25:
        region, T, extra, _ = state5(p, h, nan, T_MAX)
        return region, T, extra
    elif h > (vapour_enthalpy_floor(T_sat) if low else H_23_MIN):
        T_low = T_sat if low else boundary23_temperature(p)
        T = backward2_ph(p, h)
        if T_low - NEAR < T:
            T = region2_T_ph(p, h, T)
            if T > T_25:
                region, T, extra, _ = state5(p, h, nan, T)
                return region, T, extra
            if T_low * (1.0 + ROUNDING) <= T:
                return 2, T, 0.0
            if p < P_TRIPLE:
                return (2, T_MIN, 0.0) if T >= T_MIN - EDGE else (0, nan, nan)
    if not low:
        region, T, extra, _ = state3(p, h, nan)
        return region, T, extra
    if p < P_TRIPLE:
        return 0, nan, nan
    h_liquid, h_vapour = region1_h(p, T_sat), region2_h(p, T_sat)
    return 4, T_sat, min(1.0, max(0.0, (h - h_liquid) / (h_vapour - h_liquid)))


@kernel(inline=True)
def region_ph(p, h):
    """Return the region (1, 2, 3, 5, or 4 for wet steam) at p [Pa], h [J/kg]; 0 outside the range."""
    return state_ph(p, h)[0]


@kernel(inline=True)
def T_ph(p, h):
    """Return the temperature [K] at p [Pa], h [J/kg]; NaN outside the range."""
    return state_ph(p, h)[1]


@kernel(inline=True)
def quality(region, p, T, extra):
    """Return the vapour quality of a state: 0 for liquid, 1 for vapour, NaN for region 0.

    Region 3 is liquid-like, 0, below the critical temperature at more than the saturation pressure, and
    above the critical temperature at more than the critical pressure; region 1 is 0, regions 2 and 5 are 1.
    """
    if region == 4:
        return extra
    if region == 1:
        return 0.0
    if region == 3:
        return 0.0 if p >= P_CRITICAL or saturation_temperature(p) > T else 1.0
    return 1.0 if region != 0 else nan


@kernel
def x_ph(p, h):
    """Return the vapour quality at p [Pa], h [J/kg]: inside 0..1 for wet steam, else as below; NaN outside.

    0 for liquid and for region 3 above the critical pressure; 1 for steam (regions 2 and 5, and region 3
    hotter than saturation).
    """
    region, T, extra = state_ph(p, h)
    return quality(region, p, T, extra)


@kernel
def volume(region, p, T, extra):
    """Return the specific volume [m3/kg] of a state found from p and h, or from p and s."""
    if region == 2:
        return region2_v(p, T)
    if region == 1:
        return region1_v(p, T)
    if region == 3:
        return extra
    if region == 4:
        v_liquid, v_vapour = saturated_volumes(p)
        return v_liquid + extra * (v_vapour - v_liquid)
    return region5_properties(p, T)[0] if region == 5 else nan


@kernel
def v_ph(p, h):
    """Return the specific volume [m3/kg] at p [Pa], h [J/kg]; NaN outside the range."""
    region, T, extra = state_ph(p, h)
    return volume(region, p, T, extra)


@kernel
def s_ph(p, h):
    """Return the specific entropy [J/(kg K)] at p [Pa], h [J/kg]; NaN outside the range."""
    region, T, extra = state_ph(p, h)
    if region == 2:
        return region2_hs(p, T)[1]
    if region == 1:
        return region1_hs(p, T)[1]
    if region == 3:
        return region3_properties(1.0 / extra, T)[2]
    if region == 4:
        s_liquid, s_vapour = saturated_entropies(p)
        return s_liquid + extra * (s_vapour - s_liquid)
    return region5_hs(p, T)[1] if region == 5 else nan


@kernel
def cp_w_ph(p, h):
    """Return cp [J/(kg K)] and the speed of sound [m/s] at p [Pa], h [J/kg]; NaN in wet steam and outside."""
    region, T, extra = state_ph(p, h)
    if region == 3:
        _, _, _, cp, w = region3_properties(1.0 / extra, T)
        return cp, w
    _, _, _, cp, w = region_properties(region, p, T)
    return cp, w


@kernel(inline=True)
def cp_ph(p, h):
    """Return the isobaric heat capacity [J/(kg K)] at p [Pa], h [J/kg]; NaN in wet steam and outside."""
    return cp_w_ph(p, h)[0]


@kernel(inline=True)
def w_ph(p, h):
    """Return the speed of sound [m/s] at p [Pa], h [J/kg]; NaN in wet steam and outside the range."""
    return cp_w_ph(p, h)[1]
