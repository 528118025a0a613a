"""Organic Rankine cycle: saturated vapour to the turbine, recuperator, condenser. SI units.

Properties come from the tables of organic_fluids.py by cubic interpolation: within 0.05 % of CoolProp's enthalpy
differences, which a test proves.
"""

from __future__ import annotations

from math import exp

from plantsim._jit import kernel
from plantsim.kernels.organic_fluids import SATURATION, T_HIGH, T_LOW, VAPOUR, VAPOUR_S, VAPOUR_T
from plantsim.vocabulary.status import INFEASIBLE_ORDER, OK, OUTSIDE_RANGE

LN_P, H_LIQUID, H_VAPOUR, S_LIQUID, S_VAPOUR, DENSITY = range(6)
NODES = SATURATION.shape[1]
T_NODES, S_NODES = VAPOUR.shape[1], VAPOUR.shape[2]


@kernel
def _weights(u):
    """Return the four weights of cubic interpolation at u, counted from the second of four equal steps."""
    return (
        -u * (u - 1.0) * (u - 2.0) / 6.0,
        (u + 1.0) * (u - 1.0) * (u - 2.0) / 2.0,
        -(u + 1.0) * u * (u - 2.0) / 2.0,
        (u + 1.0) * u * (u - 1.0) / 6.0,
    )


@kernel
def _place(at, low, high, nodes):
    """Return (first, u): the first of the four nodes around ``at``, and where it stands among them."""
    z = (at - low) / (high - low) * (nodes - 1)
    first = min(max(int(z) - 1, 0), nodes - 4)
    return first, z - (first + 1)


@kernel
def saturated(fluid, column, T):
    """Return a column of the saturation table at T [K]: LN_P, H_LIQUID, H_VAPOUR [J/kg], S_... [J/(kg K)], DENSITY."""
    first, u = _place(T, T_LOW, T_HIGH[fluid], NODES)
    w_0, w_1, w_2, w_3 = _weights(u)
    table = SATURATION
    return (
        w_0 * table[fluid, first, column]
        + w_1 * table[fluid, first + 1, column]
        + w_2 * table[fluid, first + 2, column]
        + w_3 * table[fluid, first + 3, column]
    )


@kernel
def superheated_enthalpy(fluid, T, s):
    """Return the enthalpy [J/kg] above saturated vapour at the saturation pressure of T [K], s above its entropy."""
    first, u = _place(T, VAPOUR_T[0], VAPOUR_T[1], T_NODES)
    w = _weights(u)
    start, v = _place(s, VAPOUR_S[0], VAPOUR_S[1], S_NODES)
    z = _weights(v)
    h = 0.0
    for i in range(4):
        for j in range(4):
            h += w[i] * z[j] * VAPOUR[fluid, first + i, start + j]
    return h


@kernel
def organic_cycle(fluid, T_e, T_c, eta_turbine, eta_pump, recuperation):
    """Return (work, heat, boiling, p_e, status) of one kg of fluid.

    fluid: CYCLOPENTANE or R245FA; T_e, T_c: evaporation and condensation [K]; eta_turbine, eta_pump: isentropic
    [-]; recuperation: share of the exhaust's superheat that warms the liquid [-]. work: turbine less pump [J/kg];
    heat: taken in from the recuperator's outlet to saturated vapour [J/kg], of which ``boiling`` at T_e; p_e [Pa].
    OUTSIDE_RANGE: temperatures or expansion outside the tables; INFEASIBLE_ORDER: T_e not above T_c.
    """
    nan = float("nan")
    if not (T_LOW <= T_c <= VAPOUR_T[1] and T_e <= T_HIGH[fluid] and eta_pump > 0.0):
        return nan, nan, nan, nan, OUTSIDE_RANGE
    if not T_e > T_c:
        return nan, nan, nan, nan, INFEASIBLE_ORDER
    h_1, h_v = saturated(fluid, H_LIQUID, T_c), saturated(fluid, H_VAPOUR, T_c)
    p_e = exp(saturated(fluid, LN_P, T_e))
    rise = p_e - exp(saturated(fluid, LN_P, T_c))
    pump = rise / saturated(fluid, DENSITY, T_c) / eta_pump
    h_3, s_3 = saturated(fluid, H_VAPOUR, T_e), saturated(fluid, S_VAPOUR, T_e)
    s_more = s_3 - saturated(fluid, S_VAPOUR, T_c)
    if s_more > VAPOUR_S[1]:
        return nan, nan, nan, nan, OUTSIDE_RANGE
    h_s = h_v + (superheated_enthalpy(fluid, T_c, s_more) if s_more > 0.0 else T_c * s_more)
    turbine = eta_turbine * (h_3 - h_s)
    h_4 = h_3 - turbine
    recovered = recuperation * max(0.0, h_4 - h_v)
    boiling = h_3 - saturated(fluid, H_LIQUID, T_e)
    heat = max(boiling, h_3 - h_1 - pump - recovered)
    return turbine - pump, heat, boiling, p_e, OK
