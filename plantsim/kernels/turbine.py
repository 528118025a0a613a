"""Steam turbine groups: expansion by isentropic efficiency, wetness, and what an efficiency was."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.steam import h_ps, liquid_enthalpy, s_ph, steam_hT_ps, vapour_enthalpy

CRITICAL_PRESSURE = 22.064e6  # Pa, IAPWS R2-83(1992)


@kernel
def isentropic_efficiency(h_in, h_out, h_s):
    """Return actual over isentropic enthalpy drop [-]; NaN where there is no drop. Enthalpies [J/kg]."""
    drop = h_in - h_s
    if not drop > 0.0:
        return float("nan")
    return (h_in - h_out) / drop


@kernel
def expand_group(p_in, h_in, p_out, eta):
    """Return the enthalpy [J/kg] after a group of stages.

    p_in, p_out: pressures before and after [Pa]; h_in: enthalpy before [J/kg]; eta: isentropic efficiency
    [-]. NaN where IF97 has no state.
    """
    return h_in - eta * (h_in - h_ps(p_out, s_ph(p_in, h_in)))


@kernel
def wet_expansion_enthalpy(h_in, drop, eta_dry, a, h_liquid, h_vapour):
    """Return the enthalpy [J/kg] after an expansion whose efficiency falls with the mean wetness (Baumann).

    h_in: before, dry [J/kg]; drop: isentropic enthalpy drop [J/kg]; eta_dry: efficiency without wetness [-];
    a: loss of efficiency per mean wetness [-], about 0.8 to 1 (Baumann 1921); h_liquid, h_vapour: saturation
    enthalpies at the end pressure [J/kg]. eta = eta_dry (1 - a y/2), y = end wetness: as the wetness is linear
    in the enthalpy, this is solved in closed form. Steam that ends dry expands with eta_dry.
    """
    h_dry = h_in - eta_dry * drop
    if h_dry >= h_vapour:
        return h_dry
    half = 0.5 * a * eta_dry * drop / (h_vapour - h_liquid)
    return (h_dry + half * h_vapour) / (1.0 + half)


@kernel
def expansion_enthalpy(h_in, s_in, p_out, eta, a):
    """Return the enthalpy [J/kg] at p_out [Pa] of an expansion from h_in [J/kg], s_in [J/(kg K)].

    eta: isentropic efficiency from the inlet to p_out [-]; a: Baumann's coefficient [-], 0 when eta is the
    efficiency as it is, wetness included. NaN where IF97 has no state.
    """
    drop = h_in - h_ps(p_out, s_in)
    if a > 0.0 and p_out < CRITICAL_PRESSURE:
        return wet_expansion_enthalpy(h_in, drop, eta, a, liquid_enthalpy(p_out), vapour_enthalpy(p_out))
    return h_in - eta * drop


@kernel
def expansion_end(h_in, s_in, p_out, eta, a, T_near):
    """Return what :func:`expansion_enthalpy` returns, and what was found on the way, for repeated solving.

    T_near: where the search for the isentropic end begins [K], 0 = not known; other arguments as there, eta at
    most 1. After the enthalpy: the temperature [K] of the isentropic end, and the enthalpies [J/kg] of saturated
    liquid and vapour at p_out where it is wet, else NaN.
    """
    h_s, T_s, h_liquid, h_vapour = steam_hT_ps(p_out, s_in, T_near)
    drop = h_in - h_s
    if a > 0.0 and h_liquid > 0.0:
        h = wet_expansion_enthalpy(h_in, drop, eta, a, h_liquid, h_vapour)
    else:
        h = h_in - eta * drop
    return h, T_s, h_liquid, h_vapour


@kernel
def expansion_efficiency(h_in, s_in, p_out, h_out, a):
    """Return the efficiency [-] that :func:`expansion_enthalpy` needs to end at h_out [J/kg]: its inverse."""
    eta = isentropic_efficiency(h_in, h_out, h_ps(p_out, s_in))
    if a > 0.0 and p_out < CRITICAL_PRESSURE:
        h_liquid, h_vapour = liquid_enthalpy(p_out), vapour_enthalpy(p_out)
        wetness = max(0.0, (h_vapour - h_out) / (h_vapour - h_liquid))
        return eta / (1.0 - 0.5 * a * wetness)
    return eta
