"""What leaves the potroom with its gas: SO2 of the anodes, fluoride, dust; dry scrubber, roof, desulphurisation. SI.

The hoods draw a gas that hardly follows the metal made. What they miss leaves by the roof untreated. The dry scrubber
takes fluoride on alumina, which goes back to the cells: a tonne of metal then needs as much aluminium fluoride as
lining and bath keep and as is given off. Behind it a desulphurisation, where the line has one, takes what the target
asks for, as far as it reaches. Fluoride that it takes beside SO2 and its own droplets are left out.
"""

from __future__ import annotations

from math import log

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.combustion import MOLAR_MASS_S
from plantsim.kernels.emissions import M_SO2, excess_over_limit
from plantsim.kernels.fans import fan_power
from plantsim.kernels.fgd import (
    absorber_water,
    grinding_power,
    lime_balance,
    limestone_balance,
    liquid_ratio_for,
    slurry_pump_power,
    spray_cooling,
)
from plantsim.kernels.filters import removal_for
from plantsim.kernels.gas_flow import GAS_CONSTANT, MOLAR_VOLUME
from plantsim.kernels.psychrometrics import adiabatic_saturation
from plantsim.processes.aluminium_cell.codes import SEMI_DRY, WET_LIMESTONE
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE, variable_code

M_AIR, CP_AIR = (
    0.028964,
    1006.0,
)  # kg/mol, J/(kg K): the gas is potroom air; CO and CO2 of the anodes are below 1 %
KAPPA = 1.40  # of air
M_WATER = 0.018015  # kg/mol
FROST_FREE = 278.15  # K, 5 degC: piped water is no colder, whatever the air
FUME_TEMPERATURE = variable_code("fume_temperature")
ALUMINIUM_FLUORIDE = variable_code("aluminium_fluoride_consumption")
SO2_PER_SULPHUR = M_SO2 / MOLAR_MASS_S


@kernel
def fluoride_given_off(x):
    """Return the fluoride [kg/kg of metal] that leaves by roof and stack."""
    return x.fluoride_evolution * (1.0 - x.hooding_efficiency * x.fluoride_scrubbing)


@kernel
def fluorine_fed(x):
    """Return the fluorine [kg/kg of metal] of aluminium fluoride and cryolite as the line states them."""
    return (
        x.aluminium_fluoride_consumption * x.aluminium_fluoride_fluorine
        + x.cryolite_consumption * x.cryolite_fluorine
    )


@kernel
def calibrate_fume(x, metal_per_cell):
    """Complete what the line does not say: gas per cell, and the fluorine that lining and bath keep.

    metal_per_cell: of a cell in operation [kg/s].
    """
    if np.isnan(x.cell_gas_flow):
        x.cell_gas_flow = x.gas_per_tonne * metal_per_cell
    x.fluorine_kept = fluorine_fed(x) - fluoride_given_off(x)


@kernel
def fumes(x, cells, y):
    """Write what metal and cells give off, what cleaning takes and what it needs; return a status.

    cells: in operation. Removal never passes what the plant reaches; a target that is missed stays to be seen.
    """
    y.fume_flow = cells * x.cell_gas_flow
    sulphur = y.anode_rate * x.anode_sulphur
    so2 = sulphur * (1.0 - x.sulphur_retained) * SO2_PER_SULPHUR
    y.sulphur_retained_rate = sulphur * x.sulphur_retained
    missed = 1.0 - x.hooding_efficiency
    y.roof_so2_rate = so2 * missed
    fluoride = x.fluoride_evolution * y.metal_rate
    y.roof_fluoride_rate = fluoride * missed
    dust = x.dust_evolution * y.metal_rate
    y.roof_dust_rate = dust * missed

    drawn_so2 = so2 * x.hooding_efficiency
    status = desulphurise(x, drawn_so2, y)
    left_so2 = drawn_so2 - y.so2_removed
    left_fluoride = fluoride * x.hooding_efficiency * (1.0 - x.fluoride_scrubbing)
    left_dust = min(dust * x.hooding_efficiency, x.stack_dust * y.fume_flow)
    y.so2_rate = y.roof_so2_rate + left_so2
    y.fluoride_rate = y.roof_fluoride_rate + left_fluoride
    y.dust_rate = y.roof_dust_rate + left_dust
    y.so2_concentration = y.fluoride_concentration = y.dust_concentration = np.nan  # of no gas
    if y.fume_flow > 0.0:
        y.so2_concentration = left_so2 / y.fume_flow
        y.fluoride_concentration = left_fluoride / y.fume_flow
        y.dust_concentration = left_dust / y.fume_flow
    y.so2_excess = excess_over_limit(y.so2_concentration, x.so2_limit)
    y.fluoride_excess = excess_over_limit(y.fluoride_concentration, x.fluoride_limit)
    y.dust_excess = excess_over_limit(y.dust_concentration, x.dust_limit)
    y.cryolite_rate = x.cryolite_consumption * y.metal_rate
    needed = (x.fluorine_kept + fluoride_given_off(x)) * y.metal_rate - y.cryolite_rate * x.cryolite_fluorine
    y.aluminium_fluoride_rate = needed / x.aluminium_fluoride_fluorine
    if status == OK and not (x.fluorine_kept >= 0.0 and needed >= 0.0):
        y.status_variable = ALUMINIUM_FLUORIDE  # more leaves than is fed
        return OUTSIDE_RANGE
    return status


@kernel
def no_desulphurisation(y):
    """Write that nothing is taken and nothing needed."""
    y.so2_removed = y.desulphurisation_power = y.desulphurisation_water = 0.0
    y.limestone_rate = y.lime_rate = y.gypsum_rate = y.dry_residue_rate = y.desulphurisation_co2_rate = 0.0


@kernel
def desulphurise(x, so2, y):
    """Write SO2 taken, reagent, product, water and power over zeros; return a status. so2: that is drawn [kg/s]."""
    if x.desulphurisation != WET_LIMESTONE and x.desulphurisation != SEMI_DRY:
        return OK
    if not y.fume_flow > 0.0:
        return OK
    wanted, status = removal_for(so2, x.so2_target * y.fume_flow)
    if status != OK:
        return status
    removal = min(wanted, x.desulphurisation_removal)
    y.so2_removed = so2 * removal
    dry = y.fume_flow / MOLAR_VOLUME * M_AIR  # kg/s; the hoods' flow is one of dry gas, as limits count it
    if x.desulphurisation == WET_LIMESTONE:
        return wet(x, dry, removal, y)
    return semi_dry(x, dry, y)


@kernel
def wet(x, dry, removal, y):
    """Write what a limestone absorber needs for ``removal`` [-] of ``dry`` gas [kg/s]; return a status."""
    taken = y.so2_removed
    T, evaporated, _, status = absorber_water(
        dry, x.fume_temperature, x.fume_humidity, x.air_pressure, CP_AIR, M_AIR, 0.0, 0.0
    )
    if status != OK:
        y.status_variable = FUME_TEMPERATURE
        return status
    limestone, solids, _, co2, _, bound = limestone_balance(taken, x.calcium_ratio, x.reagent_purity)
    y.limestone_rate, y.gypsum_rate, y.desulphurisation_co2_rate = limestone, solids, co2
    y.desulphurisation_water = evaporated + bound
    most = -log(1.0 - x.desulphurisation_removal)
    ratio, status = liquid_ratio_for(removal, most, x.liquid_exponent)
    if status != OK:
        return status
    moles = dry / M_AIR + (dry * x.fume_humidity + evaporated) / M_WATER
    slurry = x.liquid_ratio * ratio * moles * GAS_CONSTANT * T / x.air_pressure
    power = slurry_pump_power(slurry, x.slurry_density, x.slurry_head, x.slurry_pump_efficiency)
    return powers(x, power, limestone, y)


@kernel
def semi_dry(x, dry, y):
    """Write what a lime spray dryer needs for ``dry`` gas [kg/s]; return a status."""
    p = x.air_pressure
    saturated, _, status = adiabatic_saturation(x.fume_temperature, x.fume_humidity, p, CP_AIR, M_AIR, 0.0)
    if status == OK:
        water, _, status = spray_cooling(
            dry, x.fume_temperature, x.fume_humidity, saturated + x.spray_approach, p, CP_AIR, M_AIR,
            max(x.ambient_temperature, FROST_FREE),
        )  # fmt: skip
    if status != OK:
        y.status_variable = FUME_TEMPERATURE
        return status
    lime, residue, _ = lime_balance(y.so2_removed, x.calcium_ratio, x.reagent_purity)
    y.lime_rate, y.dry_residue_rate, y.desulphurisation_water = lime, residue, water
    return powers(x, 0.0, lime, y)


@kernel
def powers(x, pumps, reagent, y):
    """Write the power [W] of pumps, of preparing the reagent [kg/s] and of the fan; return a status."""
    wet_gas = y.fume_flow * (1.0 + x.fume_humidity * M_AIR / M_WATER)
    fan, status = fan_power(
        wet_gas,
        x.fume_temperature,
        x.air_pressure,
        x.desulphurisation_pressure_drop,
        x.fume_fan_efficiency,
        1.0,
        KAPPA,
    )
    y.desulphurisation_power = pumps + grinding_power(reagent, x.reagent_work) + fan
    return status
