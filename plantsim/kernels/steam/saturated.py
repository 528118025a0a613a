"""Saturated liquid and vapour, and wet steam between them. SI units.

Below 16.5292 MPa the phases are regions 1 and 2; above, both lie in region 3, at the saturation temperature
of Eq. (31) and at the volumes where Eq. (28) has the saturation pressure.
"""

from __future__ import annotations

from math import nan

from plantsim._jit import kernel
from plantsim.kernels.steam.constants import P_13, P_CRITICAL, P_TRIPLE
from plantsim.kernels.steam.region1 import region1_h, region1_hs, region1_v
from plantsim.kernels.steam.region2 import region2_h, region2_hs, region2_v
from plantsim.kernels.steam.region3 import region3_properties, region3_saturated_volumes
from plantsim.kernels.steam.saturation import saturation_temperature


@kernel
def saturated3(p):
    """Return T, then v, h, s of saturated liquid, then of vapour, for 16.5292 MPa < p <= 22.064 MPa."""
    T = saturation_temperature(p)
    v_liquid, v_vapour = region3_saturated_volumes(p, T)
    _, h_liquid, s_liquid, _, _ = region3_properties(1.0 / v_liquid, T)
    _, h_vapour, s_vapour, _, _ = region3_properties(1.0 / v_vapour, T)
    return T, v_liquid, h_liquid, s_liquid, v_vapour, h_vapour, s_vapour


@kernel
def saturated_enthalpies(p):
    """Return h [J/kg] of saturated liquid and of saturated vapour at p [Pa]; NaN outside the line."""
    if not (P_TRIPLE <= p <= P_CRITICAL):
        return nan, nan
    if p > P_13:
        _, _, h_liquid, _, _, h_vapour, _ = saturated3(p)
        return h_liquid, h_vapour
    T = saturation_temperature(p)
    return region1_h(p, T), region2_h(p, T)


@kernel
def saturated_entropies(p):
    """Return s [J/(kg K)] of saturated liquid and of saturated vapour at p [Pa]; NaN outside the line."""
    if not (P_TRIPLE <= p <= P_CRITICAL):
        return nan, nan
    if p > P_13:
        _, _, _, s_liquid, _, _, s_vapour = saturated3(p)
        return s_liquid, s_vapour
    T = saturation_temperature(p)
    return region1_hs(p, T)[1], region2_hs(p, T)[1]


@kernel
def saturated_volumes(p):
    """Return v [m3/kg] of saturated liquid and of saturated vapour at p [Pa]; NaN outside the line."""
    if not (P_TRIPLE <= p <= P_CRITICAL):
        return nan, nan
    if p > P_13:
        return region3_saturated_volumes(p, saturation_temperature(p))
    T = saturation_temperature(p)
    return region1_v(p, T), region2_v(p, T)


@kernel
def liquid_enthalpy(p):
    """Return the enthalpy [J/kg] of saturated liquid at p [Pa], 611.213 Pa to 22.064 MPa; NaN outside."""
    if P_TRIPLE <= p <= P_13:  # one side alone takes half the time
        return region1_h(p, saturation_temperature(p))
    return saturated_enthalpies(p)[0]


@kernel
def vapour_enthalpy(p):
    """Return the enthalpy [J/kg] of saturated vapour at p [Pa], 611.213 Pa to 22.064 MPa; NaN outside."""
    if P_TRIPLE <= p <= P_13:  # one side alone takes half the time
        return region2_h(p, saturation_temperature(p))
    return saturated_enthalpies(p)[1]


@kernel(inline=True)
def liquid_entropy(p):
    """Return the entropy [J/(kg K)] of saturated liquid at p [Pa], 611.213 Pa to 22.064 MPa; NaN outside."""
    return saturated_entropies(p)[0]


@kernel(inline=True)
def vapour_entropy(p):
    """Return the entropy [J/(kg K)] of saturated vapour at p [Pa], 611.213 Pa to 22.064 MPa; NaN outside."""
    return saturated_entropies(p)[1]


@kernel
def liquid_volume(p):
    """Return the volume [m3/kg] of saturated liquid at p [Pa], 611.213 Pa to 22.064 MPa; NaN outside."""
    if P_TRIPLE <= p <= P_13:  # one side alone takes half the time
        return region1_v(p, saturation_temperature(p))
    return saturated_volumes(p)[0]


@kernel
def vapour_volume(p):
    """Return the volume [m3/kg] of saturated vapour at p [Pa], 611.213 Pa to 22.064 MPa; NaN outside."""
    if P_TRIPLE <= p <= P_13:  # one side alone takes half the time
        return region2_v(p, saturation_temperature(p))
    return saturated_volumes(p)[1]


@kernel(inline=True)
def _mixed(x, ends):
    """Return the value between two saturated ends at the vapour quality x; NaN where x is not in 0..1."""
    return ends[0] + x * (ends[1] - ends[0]) if 0.0 <= x <= 1.0 else nan


@kernel(inline=True)
def h_px(p, x):
    """Return the enthalpy [J/kg] of wet steam at p [Pa] and the vapour quality x, 0 to 1; NaN outside."""
    return _mixed(x, saturated_enthalpies(p))


@kernel(inline=True)
def s_px(p, x):
    """Return the entropy [J/(kg K)] of wet steam at p [Pa] and the vapour quality x, 0 to 1; NaN outside."""
    return _mixed(x, saturated_entropies(p))


@kernel(inline=True)
def v_px(p, x):
    """Return the volume [m3/kg] of wet steam at p [Pa] and the vapour quality x, 0 to 1; NaN outside."""
    return _mixed(x, saturated_volumes(p))
