"""The cold end: surface condenser, wet cooling tower, dry cooling, all at site pressure. SI units."""

from __future__ import annotations

from math import sqrt

from plantsim._jit import kernel
from plantsim.kernels.gas_flow import gas_density
from plantsim.kernels.heat_exchanger import (
    condensing_temperature,
    effectiveness_condensing,
    effectiveness_counterflow,
    ntu_condensing,
    ntu_counterflow,
)
from plantsim.kernels.psychrometrics import (
    CP_AIR,
    M_AIR,
    T_ICE_LEAST,
    T_TRIPLE,
    T_ZERO,
    moist_enthalpy,
    saturated_enthalpy,
    saturated_ratio,
)
from plantsim.kernels.roots import bracketed_root
from plantsim.kernels.steam import saturation_pressure, saturation_temperature
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE

# Berman's water temperature term 1 - k (35 - t)^2 (VTI, in A. V. Shcheglyaev, Steam Turbines), with k = 0.42e-3 a^0.5
# and a = 0.85; taken relative to 70 degF, where HEI's factor is 1 by definition. Unverified.
T_LEVEL = 308.15  # K, 35 degC: above it the coefficient no longer rises
T_HEI = 294.26  # K, 70 degF: HEI Standards for Steam Surface Condensers
WATER_SLOPE = 0.42e-3 * sqrt(0.85)  # 1/K2
CP_WATER = 4181.0  # J/(kg K), IF97 at 298 K and 0.3 MPa; 4178 to 4188 between 283 and 323 K
BOILING_MARGIN = 1.0  # K, below boiling: upper end of the tower's search


@kernel
def inlet_water_factor(T):
    """Return F_W [-], 1 at 294.26 K (70 degF): 0.82 at 283 K, 1.07 at 303 K. T: cooling water inlet [K]. Unverified."""
    d = max(0.0, T_LEVEL - T)
    d_hei = T_LEVEL - T_HEI
    return max(0.1, (1.0 - WATER_SLOPE * d * d) / (1.0 - WATER_SLOPE * d_hei * d_hei))


@kernel
def hei_coefficient(u_0, velocity, f_w, f_m, f_c):
    """Return U = u_0 sqrt(velocity) F_W F_M F_C [W/(m2 K)].

    u_0: 2705 for 7/8 and 1 inch tubes, 2746 for 5/8 and 3/4 inch [W/(m2 K) at 1 m/s] (unverified); velocity: in the
    tubes [m/s], 0.9 to 2.5; f_w: inlet temperature, f_m: material and wall, f_c: cleanliness, 0.85 by design
    [-]. Source: HEI Standards for Steam Surface Condensers (form).
    """
    return u_0 * sqrt(max(0.0, velocity)) * f_w * f_m * f_c


@kernel
def condenser(heat, water, T_in, area, u):
    """Return (p [Pa], T_s [K], T_out [K], status): where steam condenses.

    heat: given off by the steam [W] > 0; water: cooling flow [kg/s] > 0; T_in: its inlet [K]; area [m2]; u
    [W/(m2 K)]. T_s = T_in + rise/(1 - exp(-NTU)). OUTSIDE_RANGE for arguments not above zero, or T_s where
    IF97 has no saturation.
    """
    if not (heat > 0.0 and water > 0.0 and area > 0.0 and u > 0.0 and T_in >= T_ZERO):
        return float("nan"), float("nan"), float("nan"), OUTSIDE_RANGE
    capacity = water * CP_WATER
    rise = heat / capacity
    T_s = condensing_temperature(T_in, rise, u * area / capacity)
    p = saturation_pressure(T_s)
    status = OK if p > 0.0 else OUTSIDE_RANGE
    return p, T_s, T_in + rise, status


@kernel
def condenser_area(heat, water, T_in, p, u):
    """Return (area [m2], status) that condenses ``heat`` [W] at p [Pa]; the inverse of :func:`condenser`."""
    T_s = saturation_temperature(p)
    capacity = water * CP_WATER
    if not (heat > 0.0 and capacity > 0.0 and u > 0.0 and T_s > 0.0):
        return float("nan"), OUTSIDE_RANGE
    if not T_s - T_in > heat / capacity:
        return float("nan"), INFEASIBLE_THERMAL
    return ntu_condensing(heat / capacity / (T_s - T_in)) * capacity / u, OK


@kernel
def tower_ntu(ntu_design, water_per_air, exponent):
    """Return the transfer units [-] of a wet tower, on the air side.

    water_per_air: water over dry air [kg/kg], over its design value [-]; exponent: 1 + n with n about -0.6
    (Braun, Klein and Mitchell 1989, ASHRAE Trans. 95(2):164; value unverified).
    """
    return ntu_design * water_per_air**exponent


@kernel
def _tower_state(T_out, heat, water, air, h_air, p):
    """Return water inlet [K], capacity ratio m* [-] and the most heat [W] that the air could take."""
    T_in = T_out + heat / (water * CP_WATER)
    h_in = saturated_enthalpy(T_in, p, CP_AIR, M_AIR)
    h_out = saturated_enthalpy(T_out, p, CP_AIR, M_AIR)
    ratio = air * (h_in - h_out) / heat  # m* = air c_s / (water cp), c_s the mean slope of saturation
    return T_in, ratio, air * (h_in - h_air)


@kernel
def _tower_misfit(T_out, arguments):
    """Return the heat that the tower gives off at the outlet T_out [K] less the heat wanted, over it [-]."""
    heat, water, air, ntu, h_air, p = arguments
    _, ratio, most = _tower_state(T_out, heat, water, air, h_air, p)
    if ratio <= 1.0:
        effectiveness = effectiveness_counterflow(ntu, ratio)
    else:  # hot water: the air's capacity is the larger one, and exp(ntu (ratio - 1)) would overflow
        effectiveness = effectiveness_counterflow(ntu * ratio, 1.0 / ratio) / ratio
    return effectiveness * most / heat - 1.0


_find_tower_outlet = bracketed_root(_tower_misfit)


@kernel
def cooling_tower(heat, water, air, ntu, T_air, w_air, p, T_least):
    """Return (T_out [K], evaporated [kg/s], status): the cooled water of a wet tower at site pressure.

    heat: to give off [W] > 0; water [kg/s]; air: dry [kg/s], at constant fan speed proportional to its density;
    ntu [-]: see :func:`tower_ntu`; T_air [K], w_air [kg/kg]; p: site pressure [Pa]. Air leaves saturated.
    Source: Braun, Klein and Mitchell 1989: effectiveness with the mean slope of the saturation enthalpy (form
    unverified; drift and blowdown are the caller's). T_least: coldest water that is let out [K], above 273.16: in
    colder air some of it goes past the fill. INFEASIBLE_THERMAL: the water would have to boil.
    """
    if not (heat > 0.0 and water > 0.0 and air > 0.0 and ntu > 0.0 and T_air > T_ICE_LEAST and p > 0.0):
        return float("nan"), float("nan"), OUTSIDE_RANGE
    h_air = moist_enthalpy(T_air, w_air, p, CP_AIR, M_AIR)
    low = max(T_TRIPLE, T_least)
    high = saturation_temperature(p) - BOILING_MARGIN - heat / (water * CP_WATER)
    if not high > low:
        return float("nan"), float("nan"), INFEASIBLE_THERMAL
    arguments = (heat, water, air, ntu, h_air, p)
    T_out, status = low, OK
    if _tower_misfit(low, arguments) < 0.0:
        T_out, status, _ = _find_tower_outlet(low, high, 1e-9, arguments)
    if status == OUTSIDE_RANGE:
        return float("nan"), float("nan"), INFEASIBLE_THERMAL
    h_leaving = h_air + heat / air
    T_leaving, status_air = saturated_temperature(h_leaving, p)
    evaporated = air * (saturated_ratio(T_leaving, p, M_AIR) - w_air)
    return T_out, max(0.0, evaporated), status if status != OK else status_air


@kernel
def _enthalpy_misfit(T, arguments):
    """Return the enthalpy of saturated air at T [K] less the wanted one [J/kg of dry air]."""
    h, p = arguments
    return saturated_enthalpy(T, p, CP_AIR, M_AIR) - h


_find_saturated_air = bracketed_root(_enthalpy_misfit)


@kernel
def saturated_temperature(h, p):
    """Return (T [K], status) of saturated air with the enthalpy h [J/kg of dry air] at p [Pa]."""
    T, status, _ = _find_saturated_air(T_ICE_LEAST, saturation_temperature(p) - BOILING_MARGIN, 1e-9, (h, p))
    return T, status


@kernel
def calibrate_tower(T_out, heat, water, air, T_air, w_air, p):
    """Return (ntu [-], status) of a tower that cools its water to T_out [K]; arguments as in :func:`cooling_tower`.

    INFEASIBLE_THERMAL where the air flow cannot take that heat, at any size.
    """
    if not (heat > 0.0 and water > 0.0 and air > 0.0 and T_out > T_TRIPLE and p > 0.0):
        return float("nan"), OUTSIDE_RANGE
    h_air = moist_enthalpy(T_air, w_air, p, CP_AIR, M_AIR)
    _, ratio, most = _tower_state(T_out, heat, water, air, h_air, p)
    effectiveness = heat / most if most > 0.0 else 2.0
    if not (effectiveness < 1.0 and effectiveness * ratio < 1.0):
        return float("nan"), INFEASIBLE_THERMAL
    return ntu_counterflow(effectiveness, ratio), OK


@kernel
def dry_condenser(heat, v_air, T_air, p, ua_design, air_design, exponent):
    """Return (p_s [Pa], T_s [K], status): where steam condenses in an air-cooled condenser.

    heat: given off by the steam [W] > 0; v_air: air through the fans at T_air [m3/s], which their speed keeps;
    T_air [K]; p: site pressure [Pa]; ua_design [W/K] at the air flow air_design [kg/s]; exponent: of the air
    flow on UA, about 0.5 (unverified). Thin air carries less heat: at 1800 m the initial temperature difference
    is a sixth to a quarter larger.
    """
    if not (heat > 0.0 and v_air > 0.0 and T_air > 0.0 and p > 0.0 and ua_design > 0.0 and air_design > 0.0):
        return float("nan"), float("nan"), OUTSIDE_RANGE
    air = v_air * gas_density(M_AIR, T_air, p)
    capacity = air * CP_AIR
    ntu = ua_design * (air / air_design) ** exponent / capacity
    T_s = T_air + heat / (capacity * effectiveness_condensing(ntu))
    p_s = saturation_pressure(T_s)
    return p_s, T_s, OK if p_s > 0.0 else OUTSIDE_RANGE
