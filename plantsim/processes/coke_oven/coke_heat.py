"""Heat in coke and char: Merrick's two-term Einstein form for the carbon, a linear heat capacity for the ash."""

from __future__ import annotations

from math import expm1

from plantsim._jit import kernel

GAS_CONSTANT = 8.31446261815324  # J/(mol K), exact in the SI of 2019 (CODATA 2018)
ZERO_CELSIUS = 273.15  # K
T_REFERENCE = 298.15  # K, of heating values
THETA_1, THETA_2 = 380.0, 1800.0  # K, Merrick, Fuel 62 (1983) 534; remembered, high confidence
ATOM_C, ATOM_H, ATOM_O, ATOM_N, ATOM_S = 12.011, 1.008, 15.999, 14.007, 32.06  # g/mol, IUPAC 2021 abridged
ASH_CP, ASH_CP_SLOPE = 754.0, 0.586  # J/(kg K), J/(kg K degC); Merrick 1983, remembered, high confidence


@kernel
def atoms_per_mass(carbon, hydrogen, oxygen, nitrogen, sulphur):
    """Return the atoms [mol/kg] in a solid from its mass fractions [kg/kg]."""
    atoms = carbon / ATOM_C + hydrogen / ATOM_H + oxygen / ATOM_O + nitrogen / ATOM_N + sulphur / ATOM_S
    return 1000.0 * atoms


@kernel
def char_enthalpy(T):
    """Return the enthalpy of ash-free char over R [K], to be multiplied by R and the atoms [mol/kg]; T > 0 [K]."""
    return THETA_1 / expm1(THETA_1 / T) + 2.0 * THETA_2 / expm1(THETA_2 / T)


@kernel
def ash_enthalpy(T):
    """Return the enthalpy of ash [J/kg] above 0 degC at T [K]."""
    t = T - ZERO_CELSIUS
    return t * (ASH_CP + 0.5 * ASH_CP_SLOPE * t)


@kernel
def coke_enthalpy(T, atoms, ash):
    """Return the enthalpy of coke [J/kg dry] above 25 degC at T [K].

    atoms: of :func:`atoms_per_mass`, per kg of dry coke; ash [kg/kg dry]. 273 to 1500 K.
    """
    char = GAS_CONSTANT * atoms * (char_enthalpy(T) - char_enthalpy(T_REFERENCE))
    return char + ash * (ash_enthalpy(T) - ash_enthalpy(T_REFERENCE))
