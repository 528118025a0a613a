"""Properties from pressure and temperature. SI units; NaN outside the range of IAPWS-IF97.

Range: 273.15 K to 1073.15 K up to 100 MPa, to 2273.15 K up to 50 MPa, p > 0. On the saturation line the
state is liquid.
"""

from __future__ import annotations

from math import nan

from plantsim._jit import kernel
from plantsim.kernels.steam.constants import P_MAX, P_MAX_5, T_13, T_25, T_MAX, T_MIN
from plantsim.kernels.steam.region1 import region1_h, region1_hs, region1_properties, region1_v
from plantsim.kernels.steam.region2 import region2_h, region2_hs, region2_properties, region2_v
from plantsim.kernels.steam.region3 import region3_properties, region3_v_pT
from plantsim.kernels.steam.region5 import region5_hs, region5_properties
from plantsim.kernels.steam.saturation import boundary23_pressure, saturation_pressure


@kernel
def region_pT(p, T):
    """Return the region (1, 2, 3 or 5) at p [Pa], T [K]; 0 outside the range.

    Source: IAPWS R7-97(2012), section 3 and Figure 1.
    """
    if not (p > 0.0 and T >= T_MIN and T <= T_MAX and p <= P_MAX):
        return 0
    if T <= T_13:
        return 1 if p >= saturation_pressure(T) else 2
    if T <= T_25:
        return 2 if p <= boundary23_pressure(T) else 3
    return 5 if p <= P_MAX_5 else 0


@kernel
def rare_hs(region, p, T):
    """Return h [J/kg] and s [J/(kg K)] at p [Pa], T [K] in region 3 or 5; NaN for any other region."""
    if region == 3:
        _, h, s, _, _ = region3_properties(1.0 / region3_v_pT(p, T), T)
        return h, s
    if region == 5:
        return region5_hs(p, T)
    return nan, nan


@kernel
def v_pT(p, T):
    """Return the specific volume [m3/kg] at p [Pa], T [K]; NaN outside the range."""
    region = region_pT(p, T)
    if region == 2:
        return region2_v(p, T)
    if region == 1:
        return region1_v(p, T)
    if region == 3:
        return region3_v_pT(p, T)
    return region5_properties(p, T)[0] if region == 5 else nan


@kernel
def h_pT(p, T):
    """Return the specific enthalpy [J/kg] at p [Pa], T [K]; NaN outside the range."""
    region = region_pT(p, T)
    if region == 2:
        return region2_h(p, T)
    if region == 1:
        return region1_h(p, T)
    return rare_hs(region, p, T)[0]


@kernel
def s_pT(p, T):
    """Return the specific entropy [J/(kg K)] at p [Pa], T [K]; NaN outside the range."""
    region = region_pT(p, T)
    if region == 2:
        return region2_hs(p, T)[1]
    if region == 1:
        return region1_hs(p, T)[1]
    return rare_hs(region, p, T)[1]


@kernel
def region_properties(region, p, T):
    """Return v, h, s, cp, w by the equations of the given region at p [Pa], T [K]; NaN for region 0 or 4."""
    if region == 2:
        return region2_properties(p, T)
    if region == 1:
        return region1_properties(p, T)
    if region == 5:
        return region5_properties(p, T)
    if region == 3:
        v = region3_v_pT(p, T)
        _, h, s, cp, w = region3_properties(1.0 / v, T)
        return v, h, s, cp, w
    return nan, nan, nan, nan, nan


@kernel(inline=True)
def properties_pT(p, T):
    """Return v [m3/kg], h [J/kg], s, cp [J/(kg K)] and w [m/s] at p [Pa], T [K]; NaN outside the range."""
    return region_properties(region_pT(p, T), p, T)


@kernel(inline=True)
def cp_pT(p, T):
    """Return the isobaric heat capacity [J/(kg K)] at p [Pa], T [K]; NaN outside the range."""
    return properties_pT(p, T)[3]


@kernel(inline=True)
def w_pT(p, T):
    """Return the speed of sound [m/s] at p [Pa], T [K]; NaN outside the range."""
    return properties_pT(p, T)[4]
