"""Enthalpies of what flows through a kiln line, per amount, and the constants that they rest on.

Gases are tuples of amounts [mol] in the order CO2, H2O, N2, O2, SO2; argon of the air counts as nitrogen. Their
enthalpies hold the heats of formation at 298.15 K, which cancel wherever nothing reacts; ``sensible`` takes a
reference temperature instead. Solids are counted from 0 degC.
"""

from __future__ import annotations

from math import sqrt

from plantsim._jit import kernel
from plantsim.kernels.gas import CO2, H2O, MOLAR_MASS, N2, NORMAL_MOLAR_VOLUME, O2, SO2, species_cp, species_h

ZERO_CELSIUS = 273.15  # K
KCAL = 4186.8  # J, international table calorie (ISO 80000-5)
AIR_O2 = 0.2095  # mol/mol dry air, U.S. Standard Atmosphere 1976; the rest counts as nitrogen
M_CO2 = float(MOLAR_MASS[CO2])
M_H2O = float(MOLAR_MASS[H2O])
M_N2 = float(MOLAR_MASS[N2])
M_O2 = float(MOLAR_MASS[O2])
M_SO2 = float(MOLAR_MASS[SO2])
M_AIR = AIR_O2 * M_O2 + (1.0 - AIR_O2) * M_N2  # dry
WATER_CP = 4187.0  # J/(kg K), liquid, 0 to 100 degC within 0.5 % (IAPWS-IF97)
NM3 = NORMAL_MOLAR_VOLUME  # Nm3/mol


@kernel
def gas_h(g, T):
    """Return the enthalpy [J], heats of formation included, of the gas g [mol] at T [K]."""
    h = g[0] * species_h(CO2, T) + g[1] * species_h(H2O, T)
    return h + g[2] * species_h(N2, T) + g[3] * species_h(O2, T) + g[4] * species_h(SO2, T)


@kernel
def gas_cp(g, T):
    """Return the heat capacity [J/K] of the gas g [mol] at T [K]."""
    c = g[0] * species_cp(CO2, T) + g[1] * species_cp(H2O, T)
    return c + g[2] * species_cp(N2, T) + g[3] * species_cp(O2, T) + g[4] * species_cp(SO2, T)


@kernel
def amount(g):
    """Return the sum [mol] of the gas g [mol]."""
    return g[0] + g[1] + g[2] + g[3] + g[4]


@kernel
def mass(g):
    """Return the mass [kg] of the gas g [mol]."""
    return g[0] * M_CO2 + g[1] * M_H2O + g[2] * M_N2 + g[3] * M_O2 + g[4] * M_SO2


@kernel
def plus(g, k, f):
    """Return the gas g + k f [mol]."""
    return g[0] + k * f[0], g[1] + k * f[1], g[2] + k * f[2], g[3] + k * f[3], g[4] + k * f[4]


@kernel
def moist_air(x):
    """Return the air of the site [mol] that holds one mole of dry air."""
    return 0.0, x.humidity_ratio * M_AIR / M_H2O, 1.0 - AIR_O2, AIR_O2, 0.0


@kernel
def gas_temperature(g, h, T):
    """Return the temperature [K] at which the gas g [mol] holds h [J]; T: a guess [K]. 200 to 3500 K."""
    for _ in range(12):
        step = (h - gas_h(g, T)) / gas_cp(g, T)
        T = min(3500.0, max(200.0, T + step))
        if abs(step) < 1e-10 * T:
            return T
    return T


@kernel
def clinker_h(T):
    """Return the enthalpy [J/kg] of clinker above 0 degC at T [K], to 1450 degC.

    Mean heat capacity 0.186 + 54e-6 t kcal/(kg K): kiln-room formula of an open audit tool (unverified).
    """
    t = T - ZERO_CELSIUS
    return KCAL * t * (0.186 + 54e-6 * t)


@kernel
def clinker_temperature(h):
    """Return the temperature [K] of clinker with the enthalpy h [J/kg] above 0 degC."""
    return ZERO_CELSIUS + 2.0 * h / KCAL / (0.186 + sqrt(max(0.0, 0.186 * 0.186 + 4.0 * 54e-6 * h / KCAL)))


# Heat capacity of calcite, a + b T + c/T2 in J/(mol K): Kelley 1960, U.S. Bureau of Mines Bulletin 584 (unverified)
CALCITE_A, CALCITE_B, CALCITE_C = 99.715, 26.92e-3, -21.576e5
M_CALCITE = 0.1000869  # kg/mol, IUPAC 2021 abridged
CALCITE_ZERO = (
    CALCITE_A * ZERO_CELSIUS + 0.5 * CALCITE_B * ZERO_CELSIUS**2 - CALCITE_C / ZERO_CELSIUS
) / M_CALCITE


@kernel
def meal_h(T):
    """Return the enthalpy [J/kg] of dry raw meal above 0 degC at T [K], not calcined: that of calcite."""
    return (T * (CALCITE_A + 0.5 * CALCITE_B * T) - CALCITE_C / T) / M_CALCITE - CALCITE_ZERO


@kernel
def meal_cp(T):
    """Return the heat capacity [J/(kg K)] of dry raw meal at T [K]: that of calcite."""
    return (CALCITE_A + CALCITE_B * T + CALCITE_C / (T * T)) / M_CALCITE


@kernel
def coal_h(T):
    """Return the enthalpy [J/kg] of solid fuel above 0 degC at T [K].

    Mean heat capacity 0.262 + 390e-6 t kcal/(kg K): kiln-room formula of an open audit tool (unverified).
    """
    t = T - ZERO_CELSIUS
    return KCAL * t * (0.262 + 390e-6 * t)


@kernel
def evaporation_heat(T):
    """Return the heat of evaporation of water [J/kg] at T [K], 0 to 100 degC within 0.3 % (IAPWS-IF97)."""
    return 2.5009e6 - 2.372e3 * (T - ZERO_CELSIUS)
