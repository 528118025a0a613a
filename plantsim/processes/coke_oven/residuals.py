"""Do the balances close? Elements and energy of the ovens and carbon of the plant, from streams, not from yields."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.combustion import (
    MOLAR_MASS_C,
    MOLAR_MASS_H,
    MOLAR_MASS_N,
    MOLAR_MASS_O,
    MOLAR_MASS_S,
    MOLAR_MASS_WATER,
)
from plantsim.kernels.emissions import M_CO2
from plantsim.kernels.gas import ELEMENT_C, ELEMENT_H, ELEMENT_N, ELEMENT_O, ELEMENT_S, elements_of
from plantsim.processes.coke_oven.oven import WATER_LATENT
from plantsim.processes.coke_oven.products import BENZOL_CARBON, tar_carbon
from plantsim.processes.coke_oven.raw_gas import kept


@kernel
def element_residuals(x, d, y):
    """Write what dry coal holds less what coke, tar and raw gas hold, over dry coal. Charged water is taken off."""
    d.product_elements[0] = 0.0
    elements_of(d.raw_gas, d.product_elements)
    water = d.charge_water / MOLAR_MASS_WATER
    gas = d.product_elements
    k, t = d.coke_share, d.tar_share
    carbon = k * y.coke_carbon + t * tar_carbon(x) + gas[ELEMENT_C] * MOLAR_MASS_C
    hydrogen = k * y.coke_hydrogen + t * x.tar_hydrogen + (gas[ELEMENT_H] - 2.0 * water) * MOLAR_MASS_H
    oxygen = k * y.coke_oxygen + t * x.tar_oxygen + (gas[ELEMENT_O] - water) * MOLAR_MASS_O
    y.carbon_residual = d.own_carbon - carbon
    y.hydrogen_residual = d.own_hydrogen - hydrogen
    y.oxygen_residual = d.own_oxygen - oxygen
    y.nitrogen_residual = (
        x.coal_nitrogen - k * y.coke_nitrogen - t * x.tar_nitrogen - gas[ELEMENT_N] * MOLAR_MASS_N
    )
    y.sulphur_residual = (
        x.coal_sulphur - k * y.coke_sulphur - t * x.tar_sulphur - gas[ELEMENT_S] * MOLAR_MASS_S
    )
    y.ash_residual = x.coal_ash - k * y.coke_ash
    y.analysis_gap_carbon = x.coal_carbon - d.own_carbon  # NaN where the coal's analysis is not given
    y.analysis_gap_hydrogen = x.coal_hydrogen - d.own_hydrogen


@kernel
def energy_residual(x, d, coal, y):
    """Write coal and underfiring heat less all that leaves the ovens, over the coal's heating value.

    Products leave with their heating values and their heat; water of coking was counted from the liquid, which a
    net heating value does not hold.
    """
    out = y.coke_pushed_flow * y.coke_net_heating_value + y.gas_heat + y.tar_heat
    out += coal * kept(x) * (d.benzol_chemical_heat + d.light_chemical_heat)
    out -= coal * x.pyrolysis_water * WATER_LATENT
    out += y.coke_sensible_heat + y.gas_sensible_heat + y.tar_sensible_heat + y.light_sensible_heat
    out += y.water_sensible_heat + y.flue_gas_heat + y.surface_loss
    y.energy_residual = (y.coal_heat + y.underfiring_power - out) / y.coal_heat


@kernel
def plant_carbon(x, d, n, y):
    """Write the carbon of coal and blast-furnace gas less that of products and of what is burnt, over the coal's.

    n: underfiring gas [mol/s].
    """
    coal = y.dry_coal_flow * d.own_carbon
    bought = x.blast_furnace_gas_share * (1.0 - x.bfg_moisture)
    bought *= n * (x.bfg_carbon_monoxide + x.bfg_carbon_dioxide) * MOLAR_MASS_C
    out = y.coke_pushed_flow * y.coke_carbon - y.cdq_burnt_carbon
    out += y.tar_flow * tar_carbon(x) + (y.benzol_flow + y.voc_made_flow) * BENZOL_CARBON
    out += d.gas_carbon * (y.coke_oven_gas_out - y.voc_returned_heat) / d.gas_chemical_heat
    out += y.combustion_co2_rate * (MOLAR_MASS_C / M_CO2)
    y.plant_carbon_residual = (coal + bought - out) / coal
