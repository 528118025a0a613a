"""Steam properties over arrays: float64, one dimension, all of one length. SI units; NaN outside the range.

Each function writes into ``out`` and allocates nothing that grows with the arrays. ``h2_pT_array`` is
straight-line code without branches, which the compiler vectorises; the general functions sort nothing.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.steam.constants import P_2, T_2, R
from plantsim.kernels.steam.state_ph import T_ph
from plantsim.kernels.steam.state_ps import state_ps
from plantsim.kernels.steam.state_pt import h_pT, s_pT, v_pT
from plantsim.kernels.steam.sums import region2_t_plain

region2_t_inlined = kernel(region2_t_plain, inline=True)


@kernel
def h2_pT_array(p, T, out):
    """Write the enthalpy [J/kg] of region 2 at p [Pa], T [K] into out. No range is checked."""
    for i in range(out.shape[0]):
        out[i] = R * T_2 * region2_t_inlined(p[i] / P_2, T_2 / T[i])


@kernel
def h_pT_array(p, T, out):
    """Write the enthalpy [J/kg] at p [Pa], T [K] into out."""
    for i in range(out.shape[0]):
        out[i] = h_pT(p[i], T[i])


@kernel
def v_pT_array(p, T, out):
    """Write the specific volume [m3/kg] at p [Pa], T [K] into out."""
    for i in range(out.shape[0]):
        out[i] = v_pT(p[i], T[i])


@kernel
def s_pT_array(p, T, out):
    """Write the entropy [J/(kg K)] at p [Pa], T [K] into out."""
    for i in range(out.shape[0]):
        out[i] = s_pT(p[i], T[i])


@kernel
def T_ph_array(p, h, out):
    """Write the temperature [K] at p [Pa], h [J/kg] into out."""
    for i in range(out.shape[0]):
        out[i] = T_ph(p[i], h[i])


@kernel
def T_ps_array(p, s, out):
    """Write the temperature [K] at p [Pa], s [J/(kg K)] into out."""
    for i in range(out.shape[0]):
        out[i] = state_ps(p[i], s[i])[1]


@kernel
def h_ps_array(p, s, out):
    """Write the enthalpy [J/kg] at p [Pa], s [J/(kg K)] into out."""
    for i in range(out.shape[0]):
        out[i] = state_ps(p[i], s[i])[3]
