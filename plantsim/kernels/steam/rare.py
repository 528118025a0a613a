"""States around the critical point (region 3), above 1073.15 K (region 5), and in gaps at borders. SI units.

One code for both inverses: each function takes h [J/kg] and s [J/(kg K)], and the one that is not given is
NaN. A plant asks for these states rarely, so they stand apart and are compiled once.
"""

from __future__ import annotations

from math import nan

from plantsim._jit import kernel
from plantsim.kernels.steam.constants import P_CRITICAL, P_MAX_5, T_13, T_25, T_MAX
from plantsim.kernels.steam.limits import (
    EDGE,
    GAP_STEP,
    GAP_STEP_23,
    H_SAT3_MAX,
    H_SAT3_MIN,
    MARGIN_3,
    S_SAT3_MAX,
    S_SAT3_MIN,
)
from plantsim.kernels.steam.region1 import region1_hs
from plantsim.kernels.steam.region2 import region2_hs
from plantsim.kernels.steam.region3 import (
    backward3_ph,
    backward3_ps,
    region3_properties,
    region3_v_pT,
    saturation3_h,
    saturation3_s,
    solve_energy,
)
from plantsim.kernels.steam.region5 import region5_hs, region5_hT
from plantsim.kernels.steam.saturated import saturated3
from plantsim.kernels.steam.saturation import boundary23_pressure, boundary23_temperature


@kernel
def _nearer(wanted, by_h, cold, hot):
    """Return whether h or s is nearer to the (h, s) of a gap's cold side than to those of its hot side."""
    k = 0 if by_h else 1
    return wanted - cold[k] <= hot[k] - wanted


@kernel
def state5(p, h, s, T2):
    """Return region, T, extra, h of a state that region 2 puts at T2 > 1073.15 K: region 5, or outside."""
    cold = region2_hs(p, T_25)
    if p > P_MAX_5:
        return (2, T_25, 0.0, cold[0]) if T2 <= T_25 + EDGE else (0, nan, nan, nan)
    h_5, T = region5_hT(p, h, s)
    if T > T_25:
        return (5, min(T, T_MAX), 0.0, h_5) if T <= T_MAX + EDGE else (0, nan, nan, nan)
    by_h = h == h
    hot = region5_hs(p, T_25)
    if _nearer(h if by_h else s, by_h, cold, hot):
        return 2, T_25, 0.0, cold[0]
    return 5, T_25 * (1.0 + GAP_STEP), 0.0, hot[0]


@kernel
def _wet3(p, wanted, by_h):
    """Return T, quality, h of wet steam above 16.5292 MPa; a quality outside 0..1 where it is not wet."""
    if p >= P_CRITICAL:
        return nan, -1.0, nan
    if by_h:
        if wanted <= H_SAT3_MIN or wanted >= H_SAT3_MAX or p > saturation3_h(wanted) * (1.0 + MARGIN_3):
            return nan, -1.0, nan
    elif wanted <= S_SAT3_MIN or wanted >= S_SAT3_MAX or p > saturation3_s(wanted) * (1.0 + MARGIN_3):
        return nan, -1.0, nan
    T, _, h_liquid, s_liquid, _, h_vapour, s_vapour = saturated3(p)
    if by_h:
        return T, (wanted - h_liquid) / (h_vapour - h_liquid), wanted
    x = (wanted - s_liquid) / (s_vapour - s_liquid)
    return T, x, h_liquid + x * (h_vapour - h_liquid)


@kernel
def state3(p, h, s):
    """Return region, T, extra, h for p > 16.5292 MPa between 1 and 2: region 3, wet steam, or a gap."""
    by_h = h == h
    wanted = h if by_h else s
    T, x, h_wet = _wet3(p, wanted, by_h)
    if 0.0 <= x <= 1.0:
        return 4, T, x, h_wet
    v, T = backward3_ph(p, h) if by_h else backward3_ps(p, s)
    v, T = solve_energy(p, h, s, v, T)
    if T <= T_13 or p <= boundary23_pressure(T):
        at_1 = T <= T_13
        T_23 = boundary23_temperature(p)
        T = T_13 * (1.0 + GAP_STEP) if at_1 else T_23 * (1.0 - GAP_STEP_23)
        v = region3_v_pT(p, T)
        _, h_3, s_3, _, _ = region3_properties(1.0 / v, T)
        if at_1:
            cold = region1_hs(p, T_13)
            if _nearer(wanted, by_h, cold, (h_3, s_3)):
                return 1, T_13, 0.0, cold[0]
        else:
            hot = region2_hs(p, T_23)
            if not _nearer(wanted, by_h, (h_3, s_3), hot):
                return 2, T_23 * (1.0 + GAP_STEP_23), 0.0, hot[0]
        return 3, T, v, h_3
    return 3, T, v, h if by_h else region3_properties(1.0 / v, T)[1]
