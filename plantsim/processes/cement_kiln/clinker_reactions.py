"""Calcination and clinker minerals in a slice of the bed: amounts, rates, heats. SI units.

Bed: an array of molar flows [mol/s] in the order of the index constants. Rates are those of a step's end (implicit),
so a step may be long against a reaction. Melting, alkalis and dust are left out.
"""

from __future__ import annotations

from math import exp

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.gas import CO2, species_h
from plantsim.processes.cement_kiln.streams import clinker_h, meal_h

CACO3, CAO, SIO2, AL2O3, FE2O3, C2S, C3S, C3A, C4AF, INERT = range(10)
SPECIES = 10
GAS_CONSTANT = 8.31446261815324  # J/(mol K), CODATA 2018
ATMOSPHERE = 101325.0  # Pa
T_STANDARD = 298.15  # K

_CAO, _SIO2, _AL2O3, _FE2O3, _CO2 = 0.056077, 0.060084, 0.101961, 0.159688, 0.044009  # kg/mol, IUPAC 2021
MOLAR_MASS = np.array(
    [_CAO + _CO2, _CAO, _SIO2, _AL2O3, _FE2O3, 2 * _CAO + _SIO2, 3 * _CAO + _SIO2, 3 * _CAO + _AL2O3,
     4 * _CAO + _AL2O3 + _FE2O3, 1.0]
)  # fmt: skip
"""[kg/mol]; what takes no part counts in kilograms."""

# Heats taken in [J/mol] at 298 K: calcite 178 to 179; the minerals by Mastorakos et al. 1999 (unverified): C2S from
# 2 CaO + SiO2, C3S from C2S + CaO, C3A and C4AF from the oxides
HEATS = (178.5e3, -127.6e3, 16.0e3, 21.8e3, -41.3e3)
# Rate constants k0 and activation energies [J/mol] of the same authors: calcination [1/s], minerals [m3/(kg s)]
K_0 = (1e8, 1e7, 1e9, 1e8, 1e8)
ENERGY = (175.7e3, 240e3, 420e3, 310e3, 330e3)


@kernel
def equilibrium_pressure(T):
    """Return the CO2 pressure [Pa] over calcite and lime at T [K]: 10^(7.079 - 8308/T) atm (Barker 1973)."""
    return ATMOSPHERE * 10.0 ** (7.079 - 8308.0 / T)


@kernel
def rate(i, T):
    """Return the rate constant of reaction i at T [K]: [1/s] for calcination, [m3/(kg s)] for a mineral."""
    return K_0[i] * exp(-ENERGY[i] / (GAS_CONSTANT * T))


@kernel
def calcination_heat(T):
    """Return the heat [J/mol] of calcite to lime and CO2, all at T [K]: less than at 298.15 K, by 8 kJ/mol at 1150 K.

    Lime has the clinker's heat capacity, as in the line's balance.
    """
    lime = MOLAR_MASS[CAO] * (clinker_h(T) - clinker_h(T_STANDARD))
    calcite = MOLAR_MASS[CACO3] * (meal_h(T) - meal_h(T_STANDARD))
    return HEATS[0] + species_h(CO2, T) - species_h(CO2, T_STANDARD) + lime - calcite


@kernel
def mass_flow(n):
    """Return the mass [kg/s] of a bed's molar flows."""
    whole = 0.0
    for i in range(SPECIES):
        whole += n[i] * MOLAR_MASS[i]
    return whole


@kernel
def _used(amount, k, dt):
    """Return what a first-order reaction of rate k [1/s] uses of ``amount`` in dt [s], at its end's rate."""
    return amount * (1.0 - 1.0 / (1.0 + k * dt))


@kernel
def react(n, T, dt, density, p_co2, new):
    """Write into ``new`` the bed n after dt [s] at T [K]; return (heat taken in [W], CO2 given off [mol/s]).

    density: of the bed [kg/m3]; p_co2: of the gas in it [Pa], against which calcite is stable. Each mineral's rate is
    first order in its oxide (C2S for C3S) and in lime, and uses no more lime than there is.
    """
    for i in range(SPECIES):
        new[i] = n[i]
    drive = max(0.0, 1.0 - p_co2 / equilibrium_pressure(T))
    co2 = _used(n[CACO3], rate(0, T) * drive, dt)
    new[CACO3] -= co2
    new[CAO] += co2
    lime = density * new[CAO] * MOLAR_MASS[CAO] / max(1e-12, mass_flow(new))  # kg/m3
    c2s = min(_used(n[SIO2], rate(1, T) * lime, dt), 0.5 * new[CAO])
    new[SIO2] -= c2s
    new[C2S] += c2s
    new[CAO] -= 2.0 * c2s
    c4af = min(_used(n[FE2O3], rate(4, T) * lime, dt), 0.25 * new[CAO], new[AL2O3])
    new[FE2O3] -= c4af
    new[AL2O3] -= c4af
    new[C4AF] += c4af
    new[CAO] -= 4.0 * c4af
    spare = max(0.0, new[AL2O3] - new[FE2O3])  # the ferrite's alumina waits for it, as Bogue has it
    c3a = min(_used(spare, rate(3, T) * lime, dt), new[CAO] / 3.0)
    new[AL2O3] -= c3a
    new[C3A] += c3a
    new[CAO] -= 3.0 * c3a
    left = density * new[CAO] * MOLAR_MASS[CAO] / max(1e-12, mass_flow(new))
    c3s = min(_used(new[C2S], rate(2, T) * left, dt), new[CAO])
    new[C2S] -= c3s
    new[C3S] += c3s
    new[CAO] -= c3s
    heat = co2 * calcination_heat(T) + c2s * HEATS[1] + c3s * HEATS[2] + c3a * HEATS[3] + c4af * HEATS[4]
    return heat, co2
