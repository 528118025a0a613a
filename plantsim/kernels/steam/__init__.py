"""Water and steam by IAPWS-IF97 (IAPWS R7-97(2012) and its supplementary releases).

Scalar kernels, SI units: p [Pa], T [K], h [J/kg], s and cp [J/(kg K)], v [m3/kg], w [m/s], x vapour quality.
A name gives the result, then the arguments: ``h_ps(p, s)`` is the enthalpy at p and s. A state outside the
range is NaN (region 0); nothing raises. Range: 273.15 K to 1073.15 K up to 100 MPa, to 2273.15 K up to
50 MPa; saturation from 611.213 Pa to 22.064 MPa. ``..._array(p, T, out)`` do the same over arrays.
"""

from __future__ import annotations

from plantsim.kernels.steam.arrays import (
    T_ph_array,
    T_ps_array,
    h2_pT_array,
    h_ps_array,
    h_pT_array,
    s_pT_array,
    v_pT_array,
)
from plantsim.kernels.steam.near import steam_hT_ps, steam_sT_ph, water_h_pT, water_hT_ps, water_sT_ph
from plantsim.kernels.steam.saturated import (
    h_px,
    liquid_enthalpy,
    liquid_entropy,
    liquid_volume,
    s_px,
    v_px,
    vapour_enthalpy,
    vapour_entropy,
    vapour_volume,
)
from plantsim.kernels.steam.saturation import saturation_pressure, saturation_temperature
from plantsim.kernels.steam.state_ph import T_ph, cp_ph, region_ph, s_ph, state_ph, v_ph, w_ph, x_ph
from plantsim.kernels.steam.state_ps import T_ps, h_ps, region_ps, state_ps, v_ps, x_ps
from plantsim.kernels.steam.state_pt import cp_pT, h_pT, properties_pT, region_pT, s_pT, v_pT, w_pT

__all__ = [
    "T_ph",
    "T_ph_array",
    "T_ps",
    "T_ps_array",
    "cp_pT",
    "cp_ph",
    "h2_pT_array",
    "h_pT",
    "h_pT_array",
    "h_ps",
    "h_ps_array",
    "h_px",
    "liquid_enthalpy",
    "liquid_entropy",
    "liquid_volume",
    "properties_pT",
    "region_pT",
    "region_ph",
    "region_ps",
    "s_pT",
    "s_pT_array",
    "s_ph",
    "s_px",
    "saturation_pressure",
    "saturation_temperature",
    "state_ph",
    "state_ps",
    "steam_hT_ps",
    "steam_sT_ph",
    "v_pT",
    "v_pT_array",
    "v_ph",
    "v_ps",
    "v_px",
    "vapour_enthalpy",
    "vapour_entropy",
    "vapour_volume",
    "w_pT",
    "w_ph",
    "water_hT_ps",
    "water_h_pT",
    "water_sT_ph",
    "x_ph",
    "x_ps",
]
