"""Pumps for water: enthalpy rise from pressures and isentropic efficiency."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.steam import h_ps, s_ph, water_hT_ps, water_sT_ph

GRAVITY = 9.80665  # m/s2, standard gravity (3rd CGPM 1901)


@kernel
def pump_outlet_enthalpy(p_in, h_in, p_out, eta):
    """Return the enthalpy [J/kg] after a pump.

    p_in, p_out: [Pa]; h_in: [J/kg]; eta: isentropic efficiency [-]. Exact in IF97, for feed pumps whose water
    is compressed noticeably (v dp is 1 % too high at 30 MPa). NaN where IF97 has no state.
    """
    return h_in + (h_ps(p_out, s_ph(p_in, h_in)) - h_in) / eta


@kernel
def pump_outlet(p_in, h_in, T_in, p_out, eta):
    """Return the enthalpy [J/kg] as :func:`pump_outlet_enthalpy`, and the temperature [K], after a pump.

    T_in: of the water before it, as near as it is known [K]: where the search for both states begins.
    """
    s, T = water_sT_ph(p_in, h_in, T_in)
    h_s, T_s = water_hT_ps(p_out, s, T)
    h = h_in + (h_s - h_in) / eta
    return h, water_sT_ph(p_out, h, T_s)[1]


@kernel
def pump_rise(v, p_in, p_out, eta):
    """Return the enthalpy rise [J/kg] of incompressible water: v [m3/kg], pressures [Pa], eta [-].

    Within 0.1 % of the isentropic rise below 4 MPa. Zero where no pressure is to be gained.
    """
    return max(0.0, p_out - p_in) * v / eta


@kernel
def static_head(height, v):
    """Return the pressure [Pa] under a column of water: height [m], specific volume v [m3/kg]."""
    return GRAVITY * height / v
