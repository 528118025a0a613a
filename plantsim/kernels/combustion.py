"""Combustion of coal and gas: air, flue gas, oxygen, heating values, adiabatic flame temperature.

A fuel is an array of element amounts e = (C, H, O, N, S, Ar) [mol], per kg of coal or per mole of gas, water
included; what follows is per the same unit of fuel. Air and flue gas are composition arrays of ``gas``. The air
ratio (lambda) is air over the air of complete combustion. All combustion here is complete, to CO2, H2O, SO2 and
N2, but for :func:`equilibrium_flame_temperature`. Unburnt carbon is left out of the coal's carbon by the caller.
"""

from __future__ import annotations

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.equilibrium import equilibrium_hp
from plantsim.kernels.gas import (
    AR,
    ATOMS,
    CO2,
    ELEMENT_AR,
    ELEMENT_C,
    ELEMENT_H,
    ELEMENT_N,
    ELEMENT_O,
    ELEMENT_S,
    ELEMENTS,
    H2O,
    MOLAR_MASS,
    N2,
    O2,
    SO2,
    SPECIES,
    H,
    N,
    O,
    amount,
    mixture_h,
    temperature_from_h,
)
from plantsim.kernels.gas_coefficients import H_REFERENCE, H_WATER_LIQUID
from plantsim.vocabulary.status import NOT_FINITE, OK, OUTSIDE_RANGE

MOLAR_MASS_C = float(MOLAR_MASS[CO2] - MOLAR_MASS[O2])  # kg/mol
MOLAR_MASS_H = float(MOLAR_MASS[H])
MOLAR_MASS_O = float(MOLAR_MASS[O])
MOLAR_MASS_N = float(MOLAR_MASS[N])
MOLAR_MASS_S = float(MOLAR_MASS[SO2] - MOLAR_MASS[O2])
MOLAR_MASS_WATER = float(MOLAR_MASS[H2O])
HEAT_OF_CONDENSATION = float(H_REFERENCE[H2O] - H_WATER_LIQUID)  # J/mol at 298.15 K

# By element, per mole of atoms: O2 taken, and enthalpy of the oxide less that of the O2 (zero but for rounding)
OXYGEN_DEMAND = np.array([1.0, 0.25, -0.5, 0.0, 1.0, 0.0])
OXIDES = np.array([CO2, H2O, O2, N2, SO2, AR])
OXIDE_ATOMS = np.array([1.0, 2.0, 2.0, 2.0, 1.0, 1.0])
OXIDE_H = H_REFERENCE[OXIDES] / OXIDE_ATOMS * np.array([1.0, 1.0, 0.0, 1.0, 1.0, 1.0])
OXIDE_H = OXIDE_H - OXYGEN_DEMAND * H_REFERENCE[O2]
LOWER_HEATING_VALUE = (H_REFERENCE - ATOMS @ OXIDE_H)[:SPECIES]  # J/mol at 298.15 K
HIGHER_HEATING_VALUE = LOWER_HEATING_VALUE + 0.5 * ATOMS[:SPECIES, ELEMENT_H] * HEAT_OF_CONDENSATION


@kernel
def coal_elements(carbon, hydrogen, oxygen, nitrogen, sulphur, moisture, e):
    """Write into e [mol/kg] the elements of coal from its ultimate analysis as received [kg/kg].

    hydrogen and oxygen without those of the moisture; ash is what is missing to 1. e: shape (6,).
    """
    water = moisture / MOLAR_MASS_WATER
    e[ELEMENT_C] = carbon / MOLAR_MASS_C
    e[ELEMENT_H] = hydrogen / MOLAR_MASS_H + 2.0 * water
    e[ELEMENT_O] = oxygen / MOLAR_MASS_O + water
    e[ELEMENT_N] = nitrogen / MOLAR_MASS_N
    e[ELEMENT_S] = sulphur / MOLAR_MASS_S
    e[ELEMENT_AR] = 0.0


@kernel
def oxygen_demand(e):
    """Return the O2 [mol] that complete combustion of the elements e [mol] takes."""
    return e[ELEMENT_C] + 0.25 * e[ELEMENT_H] + e[ELEMENT_S] - 0.5 * e[ELEMENT_O]


@kernel
def air_amount(e, air, ratio):
    """Return the amount [mol] of air, with the mole fractions ``air``, at the air ratio."""
    return ratio * oxygen_demand(e) / air[O2]


@kernel
def fuel_status(e, air):
    """Return OK when e can burn in this air, else OUTSIDE_RANGE (no oxygen needed or none there), NOT_FINITE."""
    for k in range(ELEMENTS):
        if not (e[k] >= 0.0 and e[k] < 1e300):
            return NOT_FINITE
    if not (oxygen_demand(e) > 0.0 and air[O2] > 0.0):
        return OUTSIDE_RANGE
    return OK


@kernel
def burn(e, air, ratio, n):
    """Write into n [mol] the flue gas of complete combustion at the air ratio; return a status.

    e: elements of the fuel [mol]; air: mole fractions, its CO2, water and argon counted. Errors: OUTSIDE_RANGE
    for a ratio below 1 or a fuel that needs no oxygen, NOT_FINITE; n is then left as it was.
    """
    status = fuel_status(e, air)
    if status != OK:
        return status
    if not (ratio >= 1.0 and ratio < 1e6):
        return OUTSIDE_RANGE
    fresh = air_amount(e, air, ratio)
    for i in range(SPECIES):
        n[i] = fresh * air[i]
    n[CO2] += e[ELEMENT_C]
    n[H2O] += 0.5 * e[ELEMENT_H]
    n[SO2] += e[ELEMENT_S]
    n[N2] += 0.5 * e[ELEMENT_N]
    n[AR] += e[ELEMENT_AR]
    n[O2] = (ratio - 1.0) * oxygen_demand(e)
    return OK


@kernel
def dry_amount(n):
    """Return the dry part [mol] of the gas n [mol]; times gas.NORMAL_MOLAR_VOLUME its normal volume [m3]."""
    return amount(n) - n[H2O]


@kernel
def dry_share(n, i):
    """Return the mole fraction of species i in the dry gas n (any amounts)."""
    return n[i] / dry_amount(n)


@kernel
def wet_share(n, i):
    """Return the mole fraction of species i in the wet gas n (any amounts)."""
    return n[i] / amount(n)


@kernel
def air_ratio(demand, gas, fresh, oxygen, oxygen_of_air):
    """Return the air ratio at an O2 share of the gas, and a status.

    demand: O2 of complete combustion; gas, fresh: flue gas and air at the ratio 1 [mol], both wet or both dry;
    oxygen_of_air: the O2 share of that air. Flue gas and oxygen grow linearly with the ratio, hence no iteration.
    """
    if not (oxygen >= 0.0 and oxygen < oxygen_of_air and demand > 0.0):
        return 0.0, OUTSIDE_RANGE
    return 1.0 + oxygen * gas / (demand - oxygen * fresh), OK


@kernel
def complete_gas(e):
    """Return the amounts [mol] of dry gas and of water that the elements e [mol] of the fuel turn to, burnt."""
    return e[ELEMENT_C] + e[ELEMENT_S] + 0.5 * e[ELEMENT_N] + e[ELEMENT_AR], 0.5 * e[ELEMENT_H]


@kernel
def air_ratio_from_dry_oxygen(e, air, oxygen):
    """Return the air ratio at which dry flue gas holds ``oxygen`` O2 [mol/mol], and a status.

    Error: OUTSIDE_RANGE where the share is negative or not below that of the dry air, and as :func:`burn`.
    """
    status = fuel_status(e, air)
    if status != OK:
        return 0.0, status
    demand = oxygen_demand(e)
    fresh = demand / air[O2] * (1.0 - air[H2O])
    dry, _ = complete_gas(e)
    return air_ratio(demand, dry + fresh - demand, fresh, oxygen, air[O2] / (1.0 - air[H2O]))


@kernel
def air_ratio_from_wet_oxygen(e, air, oxygen):
    """Return the air ratio at which wet flue gas holds ``oxygen`` O2 [mol/mol], and a status; errors as above."""
    status = fuel_status(e, air)
    if status != OK:
        return 0.0, status
    demand = oxygen_demand(e)
    fresh = demand / air[O2]
    dry, water = complete_gas(e)
    return air_ratio(demand, dry + water + fresh - demand, fresh, oxygen, air[O2])


@kernel
def lower_heating_value(n):
    """Return the lower heating value [J] at 298.15 K of the gas n [mol], from heats of formation, water as vapour.

    Per normal cubic metre: of mole fractions, divided by gas.NORMAL_MOLAR_VOLUME. Sulphur burns to SO2, nitrogen
    to N2. Ideal gas; heating values for other reference temperatures, 0 to 25 degC, differ by up to 0.2 %.
    """
    heat = 0.0
    for i in range(SPECIES):
        heat += n[i] * LOWER_HEATING_VALUE[i]
    return heat


@kernel
def higher_heating_value(n):
    """Return the higher heating value [J] at 298.15 K of the gas n [mol]: as the lower one, water as liquid.

    Water vapour in the gas itself condenses too.
    """
    heat = 0.0
    for i in range(SPECIES):
        heat += n[i] * HIGHER_HEATING_VALUE[i]
    return heat


@kernel
def fuel_enthalpy(e, heating_value):
    """Return the enthalpy [J] at 298.15 K, heat of formation included, of a fuel known by its elements e [mol].

    heating_value [J]: lower, as received. Moisture is liquid in coal, and the lower heating value counts that.
    """
    h = heating_value
    for k in range(ELEMENTS):
        h += e[k] * OXIDE_H[k]
    return h


@kernel
def flame_temperature(e, h_fuel, air, T_air, ratio, n):
    """Return the adiabatic flame temperature [K] of complete combustion, without dissociation, and a status.

    e, h_fuel: elements [mol] and enthalpy [J], heat of formation included, of the fuel as it enters; air: mole
    fractions, at T_air [K]. n [mol], shape (SPECIES,), is written. Errors: as :func:`burn`, and OUTSIDE_RANGE
    above gas.T_MAX.
    """
    status = burn(e, air, ratio, n)
    if status != OK:
        return 0.0, status
    return temperature_from_h(n, h_fuel + air_amount(e, air, ratio) * mixture_h(air, T_air))


@kernel
def add_air(e, air, ratio, mixed):
    """Write into mixed [mol], shape (6,), the elements of the fuel e [mol] and its air at the air ratio."""
    fresh = air_amount(e, air, ratio)
    for k in range(ELEMENTS):
        mixed[k] = e[k]
    for i in range(SPECIES):
        if air[i] != 0.0:
            for k in range(ELEMENTS):
                mixed[k] += fresh * air[i] * ATOMS[i, k]


@kernel
def equilibrium_flame_temperature(e, h_fuel, air, T_air, ratio, p, mixed, n):
    """Return the adiabatic flame temperature [K] at equilibrium, with dissociation, at p [Pa], and a status.

    Air ratios below 1 are allowed. mixed, shape (6,), and n [mol], shape (SPECIES,), are written: the elements of
    fuel and air, the composition. Other arguments as :func:`flame_temperature`; range and errors as
    :func:`plantsim.kernels.equilibrium.equilibrium_hp`.
    """
    status = fuel_status(e, air)
    if status != OK:
        return 0.0, status
    if not (ratio > 0.0 and ratio < 1e6):
        return 0.0, OUTSIDE_RANGE
    add_air(e, air, ratio, mixed)
    return equilibrium_hp(mixed, h_fuel + air_amount(e, air, ratio) * mixture_h(air, T_air), p, n)
