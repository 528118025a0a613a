"""Chemical equilibrium of flue gas: CO2, CO, H2O, H2, O2, N2, OH, H, O, NO, with SO2 and Ar carried along.

All sulphur is SO2 (right for oxidising gas; in reducing gas below 1500 K it would be H2S and COS), and soot,
methane, ammonia and NO2 are left out: air ratios from 0.6, temperatures from 1000 K. Method: let u be the root
of the oxygen pressure. At given u and T the mass-action laws turn the balances of C, H and N into one division
and two quadratic equations. What remains is one equation for u, the balance of the oxygen that is left over
against what is left unburnt, which rises with log u, and the sum of the pressures for the scale phi. Both are
solved by Newton steps, the first in a bracket. Pressures below are over the reference pressure.

Source: mass-action laws as in any text, e.g. B. J. McBride, S. Gordon, NASA RP-1311 (1994), chapter 2, with
reaction constants from the same Gibbs energies, in place of element potentials.
"""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.gas import (
    AR,
    CO,
    CO2,
    ELEMENT_AR,
    ELEMENT_C,
    ELEMENT_H,
    ELEMENT_N,
    ELEMENT_O,
    ELEMENT_S,
    ELEMENTS,
    H2,
    H2O,
    N2,
    NO,
    O2,
    OH,
    SO2,
    SPECIES,
    T_MAX,
    T_MIN,
    H,
    O,
    mixture_h_cp,
)
from plantsim.kernels.gas_coefficients import COEFFICIENTS, P_REFERENCE, T_SWITCH
from plantsim.vocabulary.status import NO_CONVERGENCE, NOT_FINITE, OK, OUTSIDE_RANGE

MAX_STEPS = 100  # of the equation for u: bisection from 400 to the rounding takes 60
STEEP = 10.0  # slope of the miss in log u: 1 to 4 everywhere but near the upper end
MAX_SCALE_STEPS = 40
MAX_HEAT_STEPS = 80
STEP_TOLERANCE = 1e-8  # of log u and, relative, of phi: the miss after such a step is its square
T_TOLERANCE = 5e-10  # K, of the heat balance: 1e-12 of the sensible heat of cool gas
LEAST_OTHERS = 1e-3  # of the oxygen atoms: what sets the scale of the pressures must not vanish
LOWEST_LOG_U = -400.0  # an oxygen pressure of 1e-347: below any equilibrium at T_MIN
# Coefficients of product less reactants: CO2 from CO + 1/2 O2, H2O from H2 + 1/2 O2, and OH, H, O and NO from
# 1/2 H2, 1/2 O2 and 1/2 N2
REACTION = np.stack(
    [
        COEFFICIENTS[CO2] - COEFFICIENTS[CO] - 0.5 * COEFFICIENTS[O2],
        COEFFICIENTS[H2O] - COEFFICIENTS[H2] - 0.5 * COEFFICIENTS[O2],
        COEFFICIENTS[OH] - 0.5 * COEFFICIENTS[H2] - 0.5 * COEFFICIENTS[O2],
        COEFFICIENTS[H] - 0.5 * COEFFICIENTS[H2],
        COEFFICIENTS[O] - 0.5 * COEFFICIENTS[O2],
        COEFFICIENTS[NO] - 0.5 * COEFFICIENTS[N2] - 0.5 * COEFFICIENTS[O2],
    ]
)
START_T = 1800.0  # K, an ordinary flame


@kernel
def reaction_constant(j, T, log_T):
    """Return the constant [-] of reaction j of REACTION at T [K], pressures over P_REFERENCE; ``log_T``: log(T)."""
    k = 7 if T > T_SWITCH else 0
    d = REACTION
    power = d[j, k + 2] / 6.0 + T * (d[j, k + 3] / 12.0 + T * d[j, k + 4] / 20.0)
    entropy = d[j, k] * (log_T - 1.0) + d[j, k + 6] + T * (d[j, k + 1] / 2.0 + T * power)
    return exp(entropy - d[j, k + 5] / T)


@kernel
def reaction_constants(T):
    """Return the constants [-] at T [K] of the reactions that form CO2, H2O, OH, H, O and NO."""
    log_T = log(T)
    k_CO2, k_H2O = reaction_constant(0, T, log_T), reaction_constant(1, T, log_T)
    k_OH, k_H = reaction_constant(2, T, log_T), reaction_constant(3, T, log_T)
    k_O, k_NO = reaction_constant(4, T, log_T), reaction_constant(5, T, log_T)
    return k_CO2, k_H2O, k_OH, k_H, k_O, k_NO


@kernel
def root_of_pressure(a, b, c):
    """Return the positive root x of 2 a x**2 + b x = c, for a, b > 0, c >= 0: root of the pressure of H2 or N2."""
    return 2.0 * c / (b + sqrt(b * b + 8.0 * a * c))


@kernel
def others(e):
    """Return the moles that the atoms [mol] other than oxygen make as CO, H2, N2, Ar and SO2."""
    return e[ELEMENT_C] + 0.5 * (e[ELEMENT_H] + e[ELEMENT_N]) + e[ELEMENT_AR] + e[ELEMENT_S]


@kernel
def scale_of_pressures(u, phi, pressure, e, k_H2O, k_OH, k_H, k_O, k_NO):
    """Return phi, pressure per mole, at which the pressures add up at a given u, and whether it was found.

    The sum of the pressures is concave in phi: Newton steps come from below and cannot pass the root.
    """
    atoms = others(e)
    a, b, c = 1.0 + k_H2O * u, k_OH * u + k_H, k_NO * u
    rest = u * u + k_O * u - pressure
    for _ in range(MAX_SCALE_STEPS):
        w = root_of_pressure(a, b, e[ELEMENT_H] * phi)
        v = root_of_pressure(1.0, c, e[ELEMENT_N] * phi)
        miss = phi * atoms + 0.5 * (b * w + c * v) + rest
        slope = atoms + 0.5 * (b * e[ELEMENT_H] / (4.0 * a * w + b) + c * e[ELEMENT_N] / (4.0 * v + c))
        new = max(0.01 * phi, phi - miss / slope)
        step, phi = abs(new - phi), new
        if step <= STEP_TOLERANCE * phi:
            return phi, True
    return phi, False


@kernel
def oxygen_miss(u, phi, surplus, e, k_CO2, k_H2O, k_OH, k_H, k_O, k_NO):
    """Return the logarithmic miss of the oxygen balance at u, phi, its slope in log u and that of phi.

    Slopes are along the states whose pressures add up.
    surplus [mol]: oxygen atoms beyond complete combustion, negative when oxygen is short.
    """
    a, b, c = 1.0 + k_H2O * u, k_OH * u + k_H, k_NO * u
    w = root_of_pressure(a, b, e[ELEMENT_H] * phi)
    v = root_of_pressure(1.0, c, e[ELEMENT_N] * phi)
    slope_w, slope_v = 4.0 * a * w + b, 4.0 * v + c
    w_phi, v_phi = e[ELEMENT_H] / slope_w, e[ELEMENT_N] / slope_v
    w_u = -(2.0 * k_H2O * u * w + k_OH * u) * w / slope_w
    v_u = -c * v / slope_v
    p_CO = e[ELEMENT_C] * phi / (1.0 + k_CO2 * u)
    p_O2, p_O, p_NO, half_OH = u * u, k_O * u, c * v, 0.5 * k_OH * u * w
    free = 2.0 * p_O2 + p_O + p_NO + half_OH  # oxygen atoms that are not in CO2, H2O, CO, SO2
    free_u = 4.0 * p_O2 + p_O + c * (v + v_u) + 0.5 * k_OH * u * (w + w_u)
    free_phi = c * v_phi + 0.5 * k_OH * u * w_phi
    lack = p_CO + w * w + 0.5 * k_H * w  # oxygen atoms that CO, H2 and H would take
    lack_u = -p_CO * k_CO2 * u / (1.0 + k_CO2 * u) + (2.0 * w + 0.5 * k_H) * w_u
    lack_phi = p_CO / phi + (2.0 * w + 0.5 * k_H) * w_phi
    atoms = others(e)
    sum_u = 2.0 * p_O2 + p_O + 0.5 * (k_OH * u * w + b * w_u + c * (v + v_u))
    sum_phi = atoms + 0.5 * (b * w_phi + c * v_phi)
    phi_u = -sum_u / sum_phi
    if surplus >= 0.0:  # the logarithms keep the slope between 1 and 4 on either side of complete combustion
        lack, lack_u, lack_phi = lack + surplus * phi, lack_u, lack_phi + surplus
    else:
        free, free_u, free_phi = free - surplus * phi, free_u, free_phi - surplus
    slope = (free_u + free_phi * phi_u) / free - (lack_u + lack_phi * phi_u) / lack
    return log(free / lack), slope, phi_u


@kernel
def solve_oxygen(T, p, e, log_u, n):
    """Write into n [mol] the equilibrium of the element amounts e [mol] at T [K], p [Pa]; return log u, status.

    log_u: start value, a neighbouring solution where there is one.
    """
    surplus = e[ELEMENT_O] - 2.0 * (e[ELEMENT_C] + e[ELEMENT_S]) - 0.5 * e[ELEMENT_H]
    pressure = p / P_REFERENCE
    k_CO2, k_H2O, k_OH, k_H, k_O, k_NO = reaction_constants(T)
    low, top = LOWEST_LOG_U, log(0.5 * (sqrt(k_O * k_O + 4.0 * pressure) - k_O)) - 1e-9
    log_u = min(top, max(low, log_u))
    atoms = others(e)
    phi = pressure / (atoms + max(0.0, 0.5 * surplus))
    status, step, miss_before = NO_CONVERGENCE, 0.0, 0.0
    for _ in range(MAX_STEPS):
        phi, found = scale_of_pressures(exp(log_u), phi, pressure, e, k_H2O, k_OH, k_H, k_O, k_NO)
        miss, slope, phi_u = oxygen_miss(exp(log_u), phi, surplus, e, k_CO2, k_H2O, k_OH, k_H, k_O, k_NO)
        if miss > 0.0:
            top = log_u
        else:
            low = log_u
        new = log_u - miss / slope
        # towards the upper end of u the scale phi vanishes and the miss grows without bound: Newton steps from
        # there are short and would pass for convergence
        steep = abs(miss) > 1.0 and slope > STEEP
        # oxygen that falls short bends the miss both ways: Newton steps may then jump to and fro for ever
        swings = miss * miss_before < 0.0 and abs(new - log_u) > 0.5 * step
        if steep or swings or not (new >= low and new <= top):
            new = 0.5 * (low + top)
        step, miss_before = abs(new - log_u), miss
        phi = max(0.1 * phi, phi + phi_u * (new - log_u))  # a better start for the next sum
        log_u = new
        if found and abs(miss) < 1e-3 and step <= STEP_TOLERANCE * max(1.0, abs(log_u)):
            status = OK
            break
    write_composition(exp(log_u), phi, e, k_CO2, k_H2O, k_OH, k_H, k_O, k_NO, n)
    return log_u, status


@kernel
def write_composition(u, phi, e, k_CO2, k_H2O, k_OH, k_H, k_O, k_NO, n):
    """Write into n [mol] the amounts at u and phi, of the element amounts e [mol]."""
    for i in range(SPECIES):
        n[i] = 0.0
    w = root_of_pressure(1.0 + k_H2O * u, k_OH * u + k_H, e[ELEMENT_H] * phi)
    v = root_of_pressure(1.0, k_NO * u, e[ELEMENT_N] * phi)
    n[CO] = e[ELEMENT_C] / (1.0 + k_CO2 * u)
    n[CO2] = n[CO] * k_CO2 * u
    n[H2] = w * w / phi
    n[H2O] = k_H2O * u * n[H2]
    n[OH] = k_OH * u * w / phi
    n[H] = k_H * w / phi
    n[N2] = v * v / phi
    n[NO] = k_NO * u * v / phi
    n[O2] = u * u / phi
    n[O] = k_O * u / phi
    n[AR] = e[ELEMENT_AR]
    n[SO2] = e[ELEMENT_S]


@kernel
def range_status(e, p):
    """Return OK when the element amounts e [mol] and p [Pa] can be solved.

    OUTSIDE_RANGE when less oxygen is there than turns all C to CO and all S to SO2 (soot would form), or next to
    nothing but oxygen.
    """
    for k in range(ELEMENTS):
        if not (e[k] >= 0.0 and e[k] < 1e300):
            return NOT_FINITE
    if not (p > 0.0 and p < 1e10):
        return OUTSIDE_RANGE
    if not (e[ELEMENT_O] > e[ELEMENT_C] + 2.0 * e[ELEMENT_S]):
        return OUTSIDE_RANGE
    if others(e) < LEAST_OTHERS * e[ELEMENT_O]:
        return OUTSIDE_RANGE
    return OK


@kernel
def equilibrium_tp(e, T, p, n):
    """Write into n [mol] the equilibrium composition at T [K], p [Pa]; return a status.

    e: amounts of C, H, O, N, S, Ar [mol], shape (6,); n: shape (SPECIES,). Range: T_MIN to T_MAX, more oxygen
    than C + 2 S, and not oxygen alone. Errors: OUTSIDE_RANGE, NOT_FINITE (n is left as it was), NO_CONVERGENCE.
    """
    status = range_status(e, p)
    if status != OK:
        return status
    if not (T >= T_MIN and T <= T_MAX):
        return OUTSIDE_RANGE
    return solve_oxygen(T, p, e, -5.0, n)[1]


@kernel
def equilibrium_hp(e, h, p, n):
    """Return T [K] of the equilibrium with the enthalpy h [J] at p [Pa], and a status; n [mol] is written.

    e: amounts of C, H, O, N, S, Ar [mol], shape (6,); n: shape (SPECIES,). h: heats of formation included. The
    enthalpy rises with T at equilibrium: secant steps inside a bracket. Errors: as :func:`equilibrium_tp`, with
    OUTSIDE_RANGE also where h lies outside its values at T_MIN and T_MAX.
    """
    status = range_status(e, p)
    if status != OK:
        return 0.0, status
    if not abs(h) < 1e300:
        return 0.0, NOT_FINITE
    low, top = T_MIN, T_MAX
    T, T_before, miss_before, log_u = START_T, 0.0, 0.0, -5.0
    for _ in range(MAX_HEAT_STEPS):
        log_u, status = solve_oxygen(T, p, e, log_u, n)
        if status != OK:
            return T, status
        h_here, cp = mixture_h_cp(n, T)
        miss = h_here - h
        if miss > 0.0:
            top = T
        else:
            low = T
        slope = (miss - miss_before) / (T - T_before) if T_before > 0.0 and T_before != T else cp
        new = T - miss / slope if slope > 0.0 else -1.0
        if abs(new - T) <= T_TOLERANCE or top - low <= T_TOLERANCE:
            return end_of_search(T)
        if not (new > low and new < top):
            new = 0.5 * (low + top)
        T_before, miss_before, T = T, miss, new
    return T, NO_CONVERGENCE


@kernel
def end_of_search(T):
    """Return T and OUTSIDE_RANGE when the search has run to an end of the range, else T and OK."""
    if T <= T_MIN + 1e-6 or T >= T_MAX - 1e-6:
        return T, OUTSIDE_RANGE
    return T, OK
