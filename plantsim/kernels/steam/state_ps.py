"""Properties from pressure and entropy. SI units; NaN outside the range of IAPWS-IF97.

As from pressure and enthalpy: backward equation, polish on the basic equation, the nearer side of a gap.
"""

from __future__ import annotations

from math import log, nan

from plantsim._jit import kernel
from plantsim.kernels.steam.constants import (
    P_2,
    P_13,
    P_MAX,
    P_TRIPLE,
    T_13,
    T_25,
    T_MAX,
    T_MIN,
    R,
)
from plantsim.kernels.steam.limits import (
    EDGE,
    NEAR,
    ROUNDING,
    S_23_MIN,
    S_25,
    S_LIQUID_MAX,
    S_MIN,
    vapour_entropy_floor,
)
from plantsim.kernels.steam.rare import state3, state5
from plantsim.kernels.steam.region1 import backward1_ps, region1_hs, region1_hT_ps
from plantsim.kernels.steam.region2 import backward2_ps, region2_hs, region2_hT_ps
from plantsim.kernels.steam.saturation import (
    boundary23_temperature,
    saturation_temperature,
)
from plantsim.kernels.steam.state_ph import quality, volume


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
        if T_sat + NEAR > T:
            h, T = region1_hT_ps(p, s, T)
            if T < T_MIN:
                return (1, T_MIN, 0.0, h) if T >= T_MIN - EDGE else (0, nan, nan, nan)
            if T_sat * (1.0 - ROUNDING) > T or (T <= T_13 and not low):
                return 1, T, 0.0, h
    elif s > (vapour_entropy_floor(T_sat) if low else S_23_MIN):
        if s + R * log(p / P_2) > S_25:
            return state5(p, nan, s, T_MAX)
        T_low = T_sat if low else boundary23_temperature(p)
        T = backward2_ps(p, s)
        if T_low - NEAR < T:
            h, T = region2_hT_ps(p, s, T)
            if T > T_25:
                return state5(p, nan, s, T)
            if T_low * (1.0 + ROUNDING) <= T:
                return 2, T, 0.0, h
            if p < P_TRIPLE:
                return (2, T_MIN, 0.0, h) if T >= T_MIN - EDGE else (0, nan, nan, nan)
    if not low:
        return state3(p, nan, s)
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
