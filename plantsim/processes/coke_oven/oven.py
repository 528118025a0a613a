"""Heat of the ovens: what leaves with coke and raw gas, what the flues must bring, and heating values that close.

Per kg of dry coal; sensible heats above 25 degC, water, tar and benzol counted from the liquid. The heat of the
reactions at 25 degC is an input (about zero); with it the heating values of coal and coke come from one balance: coal =
products less heat of reaction. A measured heating value of the coal leaves the coke the rest.
"""

from __future__ import annotations

from math import isnan

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.combustion import (
    HEAT_OF_CONDENSATION,
    LOWER_HEATING_VALUE,
    MOLAR_MASS_S,
    MOLAR_MASS_WATER,
    air_amount,
    air_ratio_from_dry_oxygen,
    burn,
    lower_heating_value,
)
from plantsim.kernels.gas import (
    C2H4,
    C6H6,
    CH4,
    CO,
    CO2,
    ELEMENT_S,
    H2,
    H2O,
    H2S,
    MOLAR_MASS,
    N2,
    NH3,
    NORMAL_MOLAR_VOLUME,
    O2,
    SPECIES,
    T_REFERENCE,
    elements_of,
    sensible_h,
    species_h,
)
from plantsim.processes.coke_oven.codes import (
    AIR_RATIO,
    COAL_HEATING_VALUE,
    SURFACE_LOSS_SHARE,
)
from plantsim.processes.coke_oven.coke_heat import atoms_per_mass, coke_enthalpy
from plantsim.processes.coke_oven.products import NITROGEN_OF_AIR, OXYGEN_OF_AIR
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE

# places of species, as arrays and int64: plain integers would compile a kernel for each
DRY_GAS = np.array([H2, CH4, C2H4, CO, CO2, N2])
LIGHT = np.array([C6H6, NH3, H2S])
WATER = np.int64(H2O)

# J/mol at 25 degC, heat of formation included; by plain Python, which does not compile for it
H_REFERENCE = np.array([getattr(species_h, "py_func", species_h)(i, T_REFERENCE) for i in range(SPECIES)])
WATER_LATENT = HEAT_OF_CONDENSATION / MOLAR_MASS_WATER  # J/kg at 25 degC
BENZOL_LATENT = 433e3  # J/kg of benzene at 25 degC, remembered
HYDROGEN_HEAT = float(LOWER_HEATING_VALUE[H2] / MOLAR_MASS[H2])  # J/kg
SULPHUR_HEAT = 9.26e6  # J/kg to SO2: heat of formation of SO2, -296.8 kJ/mol (CODATA)
FARTHEST = 0.2  # of a coke's heating value: beyond, the measured coal has nothing to do with its analysis
LEAST_USEFUL = 0.3  # of the heat input must reach the charge: test results lie between 0.70 and 0.75
OXYGEN_BINDS = 2.016 / 15.999  # kg of hydrogen that a kg of oxygen in coke is taken to hold, as Dulong does


@kernel
def sensible(i, n, T):
    """Return the sensible heat [J] of n [mol] of species i at T [K]."""
    return n * (species_h(i, T) - H_REFERENCE[i])


@kernel
def steam_heat_of_water(T):
    """Return the heat [J/kg] of water vapour at T [K] above liquid water at 25 degC, ideal gas."""
    return WATER_LATENT + sensible(WATER, 1.0 / MOLAR_MASS_WATER, T)


@kernel
def dry_gas_heat(d, T):
    """Return the sensible heat [J] of the gas proper, without water, tar and light products, at T [K]."""
    heat = 0.0
    for i in DRY_GAS:
        heat += sensible(i, d.raw_gas[i], T)
    return heat


@kernel
def tar_heat(x, d, T):
    """Return the heat [J] of tar vapour at T [K] above liquid tar at 25 degC."""
    return d.tar_share * (x.tar_latent_heat + x.tar_heat_capacity * (T - T_REFERENCE))


@kernel
def light_heat(d, T):
    """Return the heat [J] of benzol, ammonia and hydrogen sulphide at T [K]; benzol above its liquid."""
    heat = d.benzol_share * BENZOL_LATENT
    for i in LIGHT:
        heat += sensible(i, d.raw_gas[i], T)
    return heat


@kernel
def raw_gas_heat(x, d, T):
    """Return the heat [J] of the whole raw gas, tar and water as vapours, at T [K]."""
    water = (d.charge_water + x.pyrolysis_water) * steam_heat_of_water(T)
    return dry_gas_heat(d, T) + tar_heat(x, d, T) + light_heat(d, T) + water


@kernel
def product_heats(x, d):
    """Write the heats that leave the chamber with its products [J per kg dry coal]."""
    atoms = atoms_per_mass(
        d.coke_share_carbon,
        d.coke_share_hydrogen,
        d.coke_share_oxygen,
        d.coke_share_nitrogen,
        d.coke_share_sulphur,
    )
    d.coke_heat_out = d.coke_share * coke_enthalpy(x.coke_temperature, atoms, d.coke_share_ash)
    T, kept = x.raw_gas_temperature, 1.0 - x.raw_gas_leakage  # what leaks does not leave by the riser
    d.gas_heat_out = kept * dry_gas_heat(d, T)
    d.tar_heat_out = kept * tar_heat(x, d, T)
    d.light_heat_out = kept * light_heat(d, T)
    d.water_heat_out = kept * (d.charge_water + x.pyrolysis_water) * steam_heat_of_water(T)


@kernel
def heating_values(x, d):
    """Write heating values [J per kg dry coal, or per kg of coke] from one balance; return a status."""
    per_coke = d.coke_share_carbon * x.coke_carbon_heat + d.coke_share_sulphur * SULPHUR_HEAT
    per_coke += HYDROGEN_HEAT * (d.coke_share_hydrogen - OXYGEN_BINDS * d.coke_share_oxygen)
    d.gas_chemical_heat = lower_heating_value(d.coke_oven_gas)
    d.tar_chemical_heat = d.tar_share * x.tar_net_heating_value
    d.benzol_chemical_heat = d.raw_gas[C6H6] * LOWER_HEATING_VALUE[C6H6] - d.benzol_share * BENZOL_LATENT
    d.light_chemical_heat = d.raw_gas[NH3] * LOWER_HEATING_VALUE[NH3]
    d.light_chemical_heat += d.raw_gas[H2S] * LOWER_HEATING_VALUE[H2S]
    others = d.gas_chemical_heat + d.tar_chemical_heat + d.benzol_chemical_heat + d.light_chemical_heat
    others -= x.pyrolysis_water * WATER_LATENT + x.reaction_heat
    if isnan(x.coal_heating_value):
        d.coke_heating_value = per_coke
        d.coal_net_heat = others + d.coke_share * per_coke
    else:
        d.coal_net_heat = x.coal_heating_value
        d.coke_heating_value = (x.coal_heating_value - others) / d.coke_share
    if not abs(d.coke_heating_value / per_coke - 1.0) <= FARTHEST:
        d.design_status_variable = COAL_HEATING_VALUE
        return OUTSIDE_RANGE
    return OK


@kernel
def underfiring_gas(x, d):
    """Write the mole fractions of the gas burnt in the flues, and its heating value [J/mol]."""
    share = x.blast_furnace_gas_share
    dry = 1.0 - x.bfg_moisture
    for i in range(SPECIES):
        d.fuel[i] = (1.0 - share) * d.coke_oven_gas[i] / d.gas_amount
        d.flue_gas[i] = 0.0
    d.fuel[CO] += share * dry * x.bfg_carbon_monoxide
    d.fuel[CO2] += share * dry * x.bfg_carbon_dioxide
    d.fuel[H2] += share * dry * x.bfg_hydrogen
    d.fuel[N2] += share * dry * (1.0 - x.bfg_carbon_monoxide - x.bfg_carbon_dioxide - x.bfg_hydrogen)
    d.fuel[H2O] += share * x.bfg_moisture
    d.fuel_heat = lower_heating_value(d.fuel)
    bfg = dry * (x.bfg_carbon_monoxide * LOWER_HEATING_VALUE[CO] + x.bfg_hydrogen * LOWER_HEATING_VALUE[H2])
    d.bfg_heat_share = share * bfg / d.fuel_heat


@kernel
def fuel_sulphur(x, d):
    """Add to d.fuel_elements the sulphur of a mole of underfiring gas [mol]."""
    share = x.blast_furnace_gas_share
    bought = x.bfg_sulphur * NORMAL_MOLAR_VOLUME / MOLAR_MASS_S * (1.0 - x.bfg_moisture)
    d.fuel_elements[ELEMENT_S] += (1.0 - share) * d.gas_sulphur / d.gas_amount + share * bought


@kernel
def flue(x, d):
    """Write the flue gas of a mole of fuel and its heat [J/J of fuel]; return a status."""
    for i in range(SPECIES):
        d.air[i] = 0.0
    d.air[O2] = OXYGEN_OF_AIR * (1.0 - x.air_moisture)
    d.air[N2] = NITROGEN_OF_AIR * (1.0 - x.air_moisture)
    d.air[H2O] = x.air_moisture
    d.fuel_elements[0] = 0.0
    elements_of(d.fuel, d.fuel_elements)
    fuel_sulphur(x, d)
    status = OK
    d.leaked_heat = d.leaked_carbon = 0.0
    d.operating_air_ratio = x.air_ratio
    if not isnan(x.flue_oxygen):
        d.operating_air_ratio, status = air_ratio_from_dry_oxygen(d.fuel_elements, d.air, x.flue_oxygen)
    if status == OK:
        status = burn(d.fuel_elements, d.air, d.operating_air_ratio, d.flue_gas)
    if status != OK:
        d.design_status_variable = AIR_RATIO
        return status
    d.flue_air = air_amount(d.fuel_elements, d.air, d.operating_air_ratio)
    d.flue_share = sensible_h(d.flue_gas, x.flue_temperature, T_REFERENCE) / d.fuel_heat
    return OK


@kernel
def wanted_heat(x, d):
    """Return the heat [J per kg dry coal] that coke, raw gas on its way out and the reactions take."""
    wanted = d.coke_heat_out + d.gas_heat_out + d.tar_heat_out + d.light_heat_out + d.water_heat_out
    return wanted + x.reaction_heat


@kernel
def heat_demand(x, d):
    """Write the underfiring heat [J per kg dry coal] of tight ovens; return a status."""
    wanted = wanted_heat(x, d)
    left = 1.0 - x.surface_loss_share - d.flue_share
    if not left > LEAST_USEFUL:
        d.design_status_variable = SURFACE_LOSS_SHARE
        return INFEASIBLE_THERMAL
    d.fuel_demand = wanted / left
    d.surface_heat = x.surface_loss_share * d.fuel_demand
    d.flue_heat = d.flue_share * d.fuel_demand
    return OK


@kernel
def oven_balance(x, d):
    """Write the heat balance of the ovens per kg of dry coal into d; return a status. Products come first."""
    product_heats(x, d)
    status = heating_values(x, d)
    if status != OK:
        return status
    underfiring_gas(x, d)
    status = flue(x, d)
    if status != OK:
        return status
    return heat_demand(x, d)
