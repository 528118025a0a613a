"""A process gas of eight species as a tuple: enthalpy, temperature from enthalpy, viscosity, conductivity. SI units.

For gases whose composition is worked out in scalars, such as the loop gas of coke dry quenching: a tuple of amounts
[mol] in the order N2, O2, CO2, H2O, CO, H2, CH4, SO2; argon counts as nitrogen. Enthalpies are those of ``gas``,
heats of formation included. Transport properties: 300 to 1600 K, SO2 left out.
"""

from __future__ import annotations

from math import log, sqrt

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels import gas
from plantsim.kernels.gas import polynomial_h_cp
from plantsim.kernels.gas_coefficients import COEFFICIENTS, T_SWITCH
from plantsim.kernels.gas_coefficients import MOLAR_MASS as ALL_MASSES
from plantsim.kernels.transport_coefficients import CONDUCTIVITY, VISCOSITY

N2, O2, CO2, H2O, CO, H2, CH4, SO2 = range(8)
SPECIES = 8
WITH_TRANSPORT = 7
INDEX = np.array([gas.N2, gas.O2, gas.CO2, gas.H2O, gas.CO, gas.H2, gas.CH4, gas.SO2])
FIT = np.ascontiguousarray(COEFFICIENTS[INDEX])
MASSES = np.ascontiguousarray(ALL_MASSES[INDEX])  # kg/mol
COLD, HOT = 300.0, 1500.0  # K, one in each range of the polynomials
STEPS = 20  # Newton steps of a temperature at most; four do
T_TOLERANCE = 1e-12  # relative


@kernel
def polynomial(n, T):
    """Return the six coefficients of the enthalpy of n [mol] in the range of T [K]; see COLD and HOT."""
    k = 7 if T > T_SWITCH else 0
    a1, a2, a3, a4, a5, a6 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(SPECIES):
        x = n[i]
        a1 += x * FIT[i, k]
        a2 += x * FIT[i, k + 1]
        a3 += x * FIT[i, k + 2]
        a4 += x * FIT[i, k + 3]
        a5 += x * FIT[i, k + 4]
        a6 += x * FIT[i, k + 5]
    return a1, a2, a3, a4, a5, a6


@kernel
def h_cp(low, high, T):
    """Return enthalpy [J] and heat capacity [J/K] at T [K] from the coefficients of both ranges."""
    a1, a2, a3, a4, a5, a6 = high if T > T_SWITCH else low
    return polynomial_h_cp(a1, a2, a3, a4, a5, a6, T)


@kernel
def enthalpy(n, T):
    """Return the enthalpy [J], heats of formation included, of n [mol] at T [K]."""
    a1, a2, a3, a4, a5, a6 = polynomial(n, T)
    return polynomial_h_cp(a1, a2, a3, a4, a5, a6, T)[0]


@kernel
def temperature(low, high, h, T):
    """Return the temperature [K] where the enthalpy is h [J], by Newton from T [K]; NaN outside 200 to 3500 K."""
    for _ in range(STEPS):
        now, cp = h_cp(low, high, T)
        step = (h - now) / cp
        T = min(3600.0, max(150.0, T + step))
        if abs(step) <= T_TOLERANCE * T:
            break
    return T if gas.T_MIN <= T <= gas.T_MAX else float("nan")


@kernel
def amount(n):
    """Return the sum [mol] of n [mol]."""
    whole = 0.0
    for i in range(SPECIES):
        whole += n[i]
    return whole


@kernel
def mass(n):
    """Return the mass [kg] of n [mol]."""
    whole = 0.0
    for i in range(SPECIES):
        whole += n[i] * MASSES[i]
    return whole


@kernel
def _fitted(a, i, log_T):
    """Return the polynomial in ln T of row i."""
    return a[i, 0] + log_T * (a[i, 1] + log_T * (a[i, 2] + log_T * (a[i, 3] + log_T * a[i, 4])))


@kernel
def transport(n, T):
    """Return viscosity [Pa s] and thermal conductivity [W/(m K)] of the mixture n (any amounts) at T [K].

    Wilke's rule for the viscosity (J. Chem. Phys. 18 (1950) 517); for the conductivity the mean of the molar
    average and its harmonic counterpart (Mathur, Tondon and Saxena, Mol. Phys. 12 (1967) 569).
    """
    log_T, root_T = log(T), sqrt(T)
    whole = amount(n) - n[SO2]
    viscosity = upper = lower = 0.0
    for i in range(WITH_TRANSPORT):
        x = n[i] / whole
        if x > 0.0:
            a_i = _fitted(VISCOSITY, i, log_T)  # the root of the viscosity over T^(1/4)
            weight = 0.0
            for j in range(WITH_TRANSPORT):
                if n[j] > 0.0:
                    ratio = MASSES[j] / MASSES[i]
                    term = 1.0 + a_i / _fitted(VISCOSITY, j, log_T) * sqrt(sqrt(ratio))
                    weight += n[j] / whole * term * term / sqrt(8.0 * (1.0 + 1.0 / ratio))
            viscosity += x * a_i * a_i * root_T / weight
            conductivity = _fitted(CONDUCTIVITY, i, log_T) * root_T
            upper += x * conductivity
            lower += x / conductivity
    return viscosity, 0.5 * (upper + 1.0 / lower)
