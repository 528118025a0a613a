"""Moist air and moist flue gas at site pressure: saturation, wet bulb, adiabatic saturation. SI units.

Ideal gas mixture over IF97 water: no enhancement factor (0.4 % of the vapour pressure at 1 atm). w: water per dry
gas [kg/kg]. Dry gas of constant heat capacity cp [J/(kg K)] and molar mass M [kg/mol]. Range: 223.15 to 640 K,
below the boiling point where saturation is asked for; below 273.15 K saturation is that over ice.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.emissions import M_H2O
from plantsim.kernels.humid_air import sublimation_pressure
from plantsim.kernels.roots import bracketed_root
from plantsim.kernels.steam import h_pT, saturation_pressure, saturation_temperature
from plantsim.vocabulary.status import OUTSIDE_RANGE

T_ZERO = 273.15  # K, 0 degC: zero of the dry gas's enthalpy
T_CRITICAL = 647.096  # K, IAPWS R7-97(2012), above which water does not condense
T_TRIPLE = 273.16  # K, below which IF97 has no liquid
P_SATURATION_MIN = 611.2126774443449  # Pa, IF97 at 273.15 K
M_AIR = 0.0289655  # kg/mol, dry air: ISO 2533 and CIPM-2007 round to this
CP_AIR = 1006.0  # J/(kg K), dry air at 300 K and 1 atm, ASHRAE Fundamentals 2017 chapter 1
CP_VAPOUR_MOST = 2400.0  # J/(kg K), above steam's below 1 bar up to 1073 K: a bound
T_ICE_LEAST = 223.15  # K: colder air is not looked at
CP_VAPOUR_COLD = 1859.0  # J/(kg K), vapour as an ideal gas at 273 K, IF97 region 2; 0.4 % less at 230 K
LATENT_LEAST = 2.0e6  # J/kg, below what evaporation takes under 2.4 bar: a bound
TRACE = 1e-3  # Pa, vapour pressure of dry gas: its enthalpy there is the ideal gas's


@kernel(inline=True)
def humidity_ratio(p_vapour, p, M_dry):
    """Return w [kg/kg] from the vapour's partial pressure and the total pressure p [Pa]; M_dry [kg/mol]."""
    return M_H2O / M_dry * p_vapour / (p - p_vapour)


@kernel(inline=True)
def vapour_pressure(w, p, M_dry):
    """Return the partial pressure [Pa] of water from w [kg/kg] and the total pressure p [Pa]; M_dry [kg/mol]."""
    moles = w * M_dry / M_H2O
    return p * moles / (1.0 + moles)


@kernel
def saturation_over(T):
    """Return the saturation pressure of water [Pa] at T [K], over ice below 0 degC; NaN below 223.15 K."""
    if T >= T_ZERO:
        return saturation_pressure(T)
    return sublimation_pressure(T) if T >= T_ICE_LEAST else float("nan")


@kernel
def saturated_ratio(T, p, M_dry):
    """Return w [kg/kg] of saturated gas at T [K], p [Pa]; NaN at or above the boiling point and below 223.15 K."""
    p_s = saturation_over(T)
    if not p_s < p:
        return float("nan")
    return humidity_ratio(p_s, p, M_dry)


@kernel
def vapour_enthalpy_in_gas(p_vapour, T):
    """Return the enthalpy [J/kg] of water vapour at its partial pressure [Pa] and T [K]; saturated at the most."""
    if T < T_TRIPLE:  # below IF97: as little vapour as there is is an ideal gas
        return h_pT(TRACE, T_TRIPLE) - CP_VAPOUR_COLD * (T_TRIPLE - T)
    if T < T_CRITICAL:  # at saturation and above IF97 takes the liquid
        p_vapour = min(p_vapour, saturation_pressure(T) * (1.0 - 1e-9))
    return h_pT(max(TRACE, p_vapour), T)


@kernel
def moist_enthalpy(T, w, p, cp, M_dry):
    """Return [J/kg of dry gas] at T [K], w [kg/kg], p [Pa]: zero for dry gas at 0 degC and liquid at 0 degC."""
    return cp * (T - T_ZERO) + w * vapour_enthalpy_in_gas(vapour_pressure(w, p, M_dry), T)


@kernel
def saturated_enthalpy(T, p, cp, M_dry):
    """Return the enthalpy [J/kg of dry gas] of saturated gas at T [K], p [Pa]; NaN where it cannot be saturated."""
    w = saturated_ratio(T, p, M_dry)
    return cp * (T - T_ZERO) + w * vapour_enthalpy_in_gas(p, T)


@kernel
def _saturation_misfit(T_s, arguments):
    """Return h_out - h_in - water, per dry gas [J/kg], of gas that leaves saturated at T_s [K]."""
    h_in, w, p, cp, M_dry, T_water = arguments
    T_w = T_water if T_water > 0.0 else T_s
    added = saturated_ratio(T_s, p, M_dry) - w
    return saturated_enthalpy(T_s, p, cp, M_dry) - h_in - added * h_pT(p, T_w)


_find_saturation = bracketed_root(_saturation_misfit)


@kernel
def adiabatic_saturation(T, w, p, cp, M_dry, T_water):
    """Return (T_s [K], evaporated [kg/kg of dry gas], status) of gas sprayed with water until it is saturated.

    T [K], w [kg/kg]: of the gas; p: its pressure [Pa]; cp, M_dry: of the dry gas; T_water: of the water added
    [K], 0 for T_s itself (the thermodynamic wet bulb). OUTSIDE_RANGE: no saturated state above 0 degC, or
    gas above saturation already, or T above 1073 K.
    """
    low, high = T_TRIPLE, min(T, saturation_temperature(max(p, P_SATURATION_MIN)) - 1e-3)
    if not (p > P_SATURATION_MIN and w >= 0.0 and high > low and T < 1073.15):
        return float("nan"), float("nan"), OUTSIDE_RANGE
    h_in = moist_enthalpy(T, w, p, cp, M_dry)
    if high == T and w >= saturated_ratio(T, p, M_dry) * (1.0 - 1e-12):
        if w > saturated_ratio(T, p, M_dry) * (1.0 + 1e-9):
            return float("nan"), float("nan"), OUTSIDE_RANGE
        return T, 0.0, 0
    # no drier than the gas, no wetter than all its heat above freezing makes it: a bracket of some 20 K
    low = max(low, saturation_temperature(max(P_SATURATION_MIN, vapour_pressure(w, p, M_dry))))
    wettest = w + (cp + CP_VAPOUR_MOST * w) * (T - T_TRIPLE) / LATENT_LEAST
    high = min(high, saturation_temperature(max(P_SATURATION_MIN, vapour_pressure(wettest, p, M_dry))) + 1e-3)
    T_s, status, _ = _find_saturation(low, high, 1e-9, (h_in, w, p, cp, M_dry, T_water))
    return T_s, saturated_ratio(T_s, p, M_dry) - w, status


@kernel
def wet_bulb(T, humidity, p):
    """Return (T_wb [K], status): the thermodynamic wet bulb of air at T [K], relative humidity [-], p [Pa].

    At 303 K and 50 % it is 0.5 K lower at 1800 m than at sea level. OUTSIDE_RANGE below 0 degC.
    """
    if not 0.0 <= humidity <= 1.0:
        return float("nan"), OUTSIDE_RANGE
    w = humidity_ratio(humidity * saturation_pressure(T), p, M_AIR)
    T_wb, _, status = adiabatic_saturation(T, w, p, CP_AIR, M_AIR, 0.0)
    return T_wb, status


@kernel
def air_humidity(T, humidity, p):
    """Return w [kg/kg] of air at T [K], relative humidity [-], p [Pa]."""
    return humidity_ratio(humidity * saturation_over(T), p, M_AIR)
