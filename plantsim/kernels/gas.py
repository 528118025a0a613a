"""Ideal gases and their mixtures: heat capacity, enthalpy, entropy, density, temperature from enthalpy.

A mixture is an array of SPECIES amounts [mol] in the order of the index constants below (N2, O2, ...). The
functions are linear in the amounts: with mole fractions the results are per mole, with the amounts per kg of fuel
they are per kg of fuel. Enthalpies include the heat of formation at 298.15 K.

Data: NASA polynomials of GRI-Mech 3.0 and NASA TM-4513 (gas_coefficients.py names the file of each species).
Range: T_MIN to T_MAX; N2, Ar and the sulphur species are fitted from 300 K and extrapolated below. No range is
checked but in :func:`temperature_from_h`. Real-gas effects are left out: below 1 MPa and above 300 K they stay
below 0.5 % of the density of air and flue gas.
"""

from __future__ import annotations

from math import log

from plantsim._jit import kernel
from plantsim.kernels.gas_coefficients import ATOMS, COEFFICIENTS, MOLAR_MASS, NAMES, P_REFERENCE, T_SWITCH
from plantsim.vocabulary.status import NO_CONVERGENCE, NOT_FINITE, OK, OUTSIDE_RANGE

N2, O2, AR, CO2, H2O, CO, H2, OH, H, O, NO, SO2 = range(12)  # noqa: E741
CH4, C2H4, C2H6, C2H2, C3H6, C3H8, C4H10, C6H6 = range(12, 20)
NO2, N2O, NH3, HCN, SO3, H2S, COS, N = range(20, 28)
SPECIES = 28  # length of a composition array
GRAPHITE = 28  # a solid, for coke and char: an index for the functions of one species only
SPECIES_NAMES = NAMES[:SPECIES]

ELEMENT_C, ELEMENT_H, ELEMENT_O, ELEMENT_N, ELEMENT_S, ELEMENT_AR = range(6)
ELEMENTS = 6  # length of an array of element amounts

R = 8.31446261815324  # J/(mol K), exact in the SI of 2019 (CODATA 2018)
T_REFERENCE = 298.15  # K, of heats of formation and heating values
T_MIN, T_MAX = 200.0, 3500.0  # K, range of the GRI-Mech fits
T_NORMAL = 273.15  # K, normal state, GB/T 10184 and GB 13223
P_NORMAL = 101325.0  # Pa
NORMAL_MOLAR_VOLUME = R * T_NORMAL / P_NORMAL  # m3/mol

MAX_STEPS = 60  # bisection alone closes the bracket to rounding in 56
T_TOLERANCE = 1e-12  # relative


@kernel
def species_cp(i, T):
    """Return the molar heat capacity [J/(mol K)] of species i at T [K]."""
    k = 7 if T > T_SWITCH else 0
    a = COEFFICIENTS
    return R * (a[i, k] + T * (a[i, k + 1] + T * (a[i, k + 2] + T * (a[i, k + 3] + T * a[i, k + 4]))))


@kernel
def species_h(i, T):
    """Return the molar enthalpy [J/mol], heat of formation included, of species i at T [K]."""
    k = 7 if T > T_SWITCH else 0
    a = COEFFICIENTS
    power = a[i, k + 2] / 3.0 + T * (a[i, k + 3] / 4.0 + T * a[i, k + 4] / 5.0)
    return R * (a[i, k + 5] + T * (a[i, k] + T * (a[i, k + 1] / 2.0 + T * power)))


@kernel
def species_s(i, T):
    """Return the molar entropy [J/(mol K)] of species i at T [K] and the reference pressure, 101 325 Pa."""
    k = 7 if T > T_SWITCH else 0
    a = COEFFICIENTS
    power = a[i, k + 2] / 2.0 + T * (a[i, k + 3] / 3.0 + T * a[i, k + 4] / 4.0)
    return R * (a[i, k] * log(T) + a[i, k + 6] + T * (a[i, k + 1] + T * power))


@kernel
def species_g_over_RT(i, T, log_T):
    """Return the Gibbs energy over RT [-] of species i at T [K], 101 325 Pa; ``log_T``: log(T), shared."""
    k = 7 if T > T_SWITCH else 0
    a = COEFFICIENTS
    power = a[i, k + 2] / 6.0 + T * (a[i, k + 3] / 12.0 + T * a[i, k + 4] / 20.0)
    return a[i, k] * (1.0 - log_T) + a[i, k + 5] / T - a[i, k + 6] - T * (a[i, k + 1] / 2.0 + T * power)


@kernel
def species_specific_cp(i, T):
    """Return the heat capacity [J/(kg K)] of species i at T [K]."""
    return species_cp(i, T) / MOLAR_MASS[i]


@kernel
def species_specific_h(i, T):
    """Return the enthalpy [J/kg], heat of formation included, of species i at T [K]."""
    return species_h(i, T) / MOLAR_MASS[i]


@kernel
def species_specific_s(i, T):
    """Return the entropy [J/(kg K)] of species i at T [K], 101 325 Pa."""
    return species_s(i, T) / MOLAR_MASS[i]


@kernel
def mixture_polynomial(n, high):
    """Return a1 .. a6 of the polynomial of the mixture n [mol], above the switching temperature if ``high``."""
    k = 7 if high else 0
    a1, a2, a3, a4, a5, a6 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(SPECIES):
        x = n[i]
        if x != 0.0:
            a1 += x * COEFFICIENTS[i, k]
            a2 += x * COEFFICIENTS[i, k + 1]
            a3 += x * COEFFICIENTS[i, k + 2]
            a4 += x * COEFFICIENTS[i, k + 3]
            a5 += x * COEFFICIENTS[i, k + 4]
            a6 += x * COEFFICIENTS[i, k + 5]
    return a1, a2, a3, a4, a5, a6


@kernel
def polynomial_h_cp(a1, a2, a3, a4, a5, a6, T):
    """Return the enthalpy [J] and the heat capacity [J/K] at T [K] of a mixture's polynomial."""
    h = a6 + T * (a1 + T * (a2 / 2.0 + T * (a3 / 3.0 + T * (a4 / 4.0 + T * a5 / 5.0))))
    cp = a1 + T * (a2 + T * (a3 + T * (a4 + T * a5)))
    return R * h, R * cp


@kernel
def mixture_h_cp(n, T):
    """Return the enthalpy [J] and the heat capacity [J/K] of the mixture n [mol] at T [K]."""
    a1, a2, a3, a4, a5, a6 = mixture_polynomial(n, T > T_SWITCH)
    return polynomial_h_cp(a1, a2, a3, a4, a5, a6, T)


@kernel
def mixture_h(n, T):
    """Return the enthalpy [J], heats of formation included, of the mixture n [mol] at T [K]."""
    return mixture_h_cp(n, T)[0]


@kernel
def mixture_cp(n, T):
    """Return the heat capacity [J/K] of the mixture n [mol] at T [K]."""
    return mixture_h_cp(n, T)[1]


@kernel
def sensible_h(n, T, T_base):
    """Return the enthalpy [J] of the mixture n [mol] at T [K] above that at T_base [K]."""
    return mixture_h_cp(n, T)[0] - mixture_h_cp(n, T_base)[0]


@kernel
def mixture_s(n, T, p):
    """Return the entropy [J/K], mixing included, of the mixture n [mol] at T [K], p [Pa]."""
    whole = amount(n)
    s = 0.0
    for i in range(SPECIES):
        if n[i] > 0.0:
            s += n[i] * (species_s(i, T) - R * log(n[i] / whole))
    return s - whole * R * log(p / P_REFERENCE)


@kernel
def amount(n):
    """Return the sum [mol] of the mixture n [mol]."""
    whole = 0.0
    for i in range(SPECIES):
        whole += n[i]
    return whole


@kernel
def mass(n):
    """Return the mass [kg] of the mixture n [mol]."""
    whole = 0.0
    for i in range(SPECIES):
        whole += n[i] * MOLAR_MASS[i]
    return whole


@kernel
def mean_molar_mass(n):
    """Return the mean molar mass [kg/mol] of the mixture n (any amounts)."""
    return mass(n) / amount(n)


@kernel
def specific_h(n, T):
    """Return the enthalpy [J/kg], heats of formation included, of the mixture n (any amounts) at T [K]."""
    return mixture_h(n, T) / mass(n)


@kernel
def specific_cp(n, T):
    """Return the heat capacity [J/(kg K)] of the mixture n (any amounts) at T [K]."""
    return mixture_cp(n, T) / mass(n)


@kernel
def specific_s(n, T, p):
    """Return the entropy [J/(kg K)] of the mixture n (any amounts) at T [K], p [Pa]."""
    return mixture_s(n, T, p) / mass(n)


@kernel
def density(n, T, p):
    """Return the density [kg/m3] of the mixture n (any amounts) at T [K] and the absolute pressure p [Pa]."""
    return mean_molar_mass(n) * p / (R * T)


@kernel
def normal_volume(n):
    """Return the volume [m3] of the mixture n [mol] at 0 degC and 101.325 kPa."""
    return amount(n) * NORMAL_MOLAR_VOLUME


@kernel
def mole_to_mass_fractions(x, w):
    """Write into w [kg/kg] the mass fractions of the mixture x (mole fractions or any amounts)."""
    whole = mass(x)
    for i in range(SPECIES):
        w[i] = x[i] * MOLAR_MASS[i] / whole


@kernel
def mass_to_mole_fractions(w, x):
    """Write into x [mol/mol] the mole fractions of the mixture w (mass fractions or any masses)."""
    whole = 0.0
    for i in range(SPECIES):
        whole += w[i] / MOLAR_MASS[i]
    for i in range(SPECIES):
        x[i] = w[i] / MOLAR_MASS[i] / whole


@kernel
def elements_of(n, e):
    """Write into e [mol] the amounts of C, H, O, N, S and Ar atoms in the mixture n [mol]."""
    for k in range(ELEMENTS):
        e[k] = 0.0
    for i in range(SPECIES):
        if n[i] != 0.0:
            for k in range(ELEMENTS):
                e[k] += n[i] * ATOMS[i, k]


@kernel
def temperature_from_h(n, h):
    """Return T [K] at which the mixture n [mol] has the enthalpy h [J], and a status.

    Newton steps inside a bracket, on the one polynomial of the mixture that holds there. Errors: OUTSIDE_RANGE
    when h lies outside its values at T_MIN and T_MAX (T is then the nearer end), NOT_FINITE when h or n is not
    finite. At 1000 K the fits of N2 jump by 5 mJ/mol, so that T is sharp to 2e-4 K only there.
    """
    h_switch, cp = mixture_h_cp(n, T_SWITCH)
    if not (abs(h) < 1e300 and abs(h_switch) < 1e300 and cp > 0.0):
        return 0.0, NOT_FINITE
    high = h > h_switch
    a1, a2, a3, a4, a5, a6 = mixture_polynomial(n, high)
    low, top = (T_SWITCH, T_MAX) if high else (T_MIN, T_SWITCH)
    end = T_MAX if high else T_MIN
    h_end, _ = polynomial_h_cp(a1, a2, a3, a4, a5, a6, end)
    if (high and h > h_end) or (not high and h < h_end):
        return end, OUTSIDE_RANGE
    T = min(top, max(low, T_SWITCH + (h - h_switch) / cp))
    for _ in range(MAX_STEPS):
        miss, cp = polynomial_h_cp(a1, a2, a3, a4, a5, a6, T)
        miss -= h
        if miss > 0.0:
            top = T
        else:
            low = T
        new = T - miss / cp
        if not (new >= low and new <= top):
            new = 0.5 * (low + top)
        step, T = abs(new - T), new
        if step <= T_TOLERANCE * T:
            return T, OK
    return T, NO_CONVERGENCE
