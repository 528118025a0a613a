"""Fuels and helpers that several tests of the gas kernels share."""

from __future__ import annotations

import numpy as np

from plantsim.kernels import combustion, gas

# Mole percent. Blast-furnace and coke-oven gas: the compositions of the frozen flame temperatures; converter gas:
# an ordinary one
GASES = {
    "methane": {"CH4": 100.0},
    "coke_oven_gas": {"H2": 58.0, "CH4": 25.0, "CO": 7.0, "CO2": 2.5, "N2": 4.0, "C2H4": 2.5, "O2": 1.0},
    "blast_furnace_gas": {"CO": 23.0, "CO2": 22.0, "H2": 3.0, "N2": 52.0},
    "converter_gas": {"CO": 60.0, "CO2": 15.0, "H2": 1.5, "N2": 23.0, "O2": 0.5},
}
# Ultimate analysis as received [kg/kg] C, H, O, N, S, moisture, and lower heating value [J/kg] (Mendeleev)
COAL = ((0.509, 0.031, 0.036, 0.009, 0.015, 0.07), 20.04e6)


def composition(parts: dict[str, float]) -> np.ndarray:
    """Return the composition array (mole fractions) of parts by species name."""
    x = np.zeros(gas.SPECIES)
    for name, share in parts.items():
        x[gas.SPECIES_NAMES.index(name)] = share
    return x / x.sum()


def simple_air(oxygen: float) -> np.ndarray:
    """Return the mole fractions of a gas of O2 and N2 alone."""
    return composition({"O2": oxygen, "N2": 1.0 - oxygen})


def gas_fuel(name: str, T: float = 298.15) -> tuple[np.ndarray, float]:
    """Return the elements [mol/mol] and the enthalpy [J/mol] of a gas of GASES at T [K]."""
    x, e = composition(GASES[name]), np.zeros(gas.ELEMENTS)
    gas.elements_of(x, e)
    return e, gas.mixture_h(x, T)


def coal_fuel() -> tuple[np.ndarray, float]:
    """Return the elements [mol/kg] and the enthalpy [J/kg] of COAL at 298.15 K."""
    analysis, heating_value = COAL
    e = np.zeros(gas.ELEMENTS)
    combustion.coal_elements(*analysis, e)
    return e, combustion.fuel_enthalpy(e, heating_value)
