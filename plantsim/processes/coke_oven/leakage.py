"""Raw gas that leaks through the walls into the flues: it burns there, and tar and benzol with it.

What leaks is raw gas as it is made, tar and water with it. Its heating value replaces underfiring gas, its carbon
leaves by the chimney, and the plant has less gas, tar and benzol to give. The air ratio is that of all that burns.
"""

from __future__ import annotations

from math import isnan

from plantsim._jit import kernel
from plantsim.kernels.combustion import (
    MOLAR_MASS_C,
    MOLAR_MASS_H,
    MOLAR_MASS_N,
    MOLAR_MASS_O,
    MOLAR_MASS_S,
    air_amount,
    air_ratio_from_dry_oxygen,
    burn,
)
from plantsim.kernels.gas import (
    ELEMENT_C,
    ELEMENT_H,
    ELEMENT_N,
    ELEMENT_O,
    ELEMENT_S,
    T_REFERENCE,
    elements_of,
    sensible_h,
)
from plantsim.processes.coke_oven.codes import AIR_RATIO, RAW_GAS_LEAKAGE
from plantsim.processes.coke_oven.oven import LEAST_USEFUL, WATER_LATENT, wanted_heat
from plantsim.processes.coke_oven.products import tar_carbon
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, OK

# Between leak per underfiring gas and underfiring; each is some 20 times closer than the one before, where a fifth of
# the raw gas leaks only 1.5 times.
STEPS = 200
RESOLVED = 1e-14


@kernel
def raw_gas_elements(x, d):
    """Write the elements [mol per kg dry coal] of the whole raw gas, tar and water vapour included."""
    d.raw_gas_elements[0] = 0.0
    elements_of(d.raw_gas, d.raw_gas_elements)
    tar = d.tar_share
    d.raw_gas_elements[ELEMENT_C] += tar * tar_carbon(x) / MOLAR_MASS_C
    d.raw_gas_elements[ELEMENT_H] += tar * x.tar_hydrogen / MOLAR_MASS_H
    d.raw_gas_elements[ELEMENT_O] += tar * x.tar_oxygen / MOLAR_MASS_O
    d.raw_gas_elements[ELEMENT_N] += tar * x.tar_nitrogen / MOLAR_MASS_N
    d.raw_gas_elements[ELEMENT_S] += tar * x.tar_sulphur / MOLAR_MASS_S


@kernel
def burn_together(x, d, per_fuel):
    """Write flue gas, air and air ratio of a mole of underfiring gas with its leak; return a status.

    per_fuel: raw gas of how much dry coal leaks in beside a mole of underfiring gas [kg/mol].
    """
    for i in range(len(d.flue_elements)):
        d.flue_elements[i] = d.fuel_elements[i] + per_fuel * d.raw_gas_elements[i]
    status = OK
    if not isnan(x.flue_oxygen):
        d.operating_air_ratio, status = air_ratio_from_dry_oxygen(d.flue_elements, d.air, x.flue_oxygen)
    if status == OK:
        status = burn(d.flue_elements, d.air, d.operating_air_ratio, d.flue_gas)
    d.flue_air = air_amount(d.flue_elements, d.air, d.operating_air_ratio)
    return status


@kernel
def leaking_ovens(x, d):
    """Write the underfiring heat [J per kg dry coal] and the flue gas of ovens that leak; return a status.

    Everything else of the ovens' balance stands in d already, the underfiring of tight ovens among it.
    """
    share = x.raw_gas_leakage
    raw_gas_elements(x, d)
    d.leaked_carbon = share * d.raw_gas_elements[ELEMENT_C] * MOLAR_MASS_C
    d.leaked_heat = share * (
        d.gas_chemical_heat + d.tar_chemical_heat + d.benzol_chemical_heat + d.light_chemical_heat
    )
    latent = (
        share * (d.charge_water + x.pyrolysis_water) * WATER_LATENT
    )  # it was liquid, and leaves as vapour
    wanted = wanted_heat(x, d) + latent - d.leaked_heat * (1.0 - x.surface_loss_share)
    carried = 0.0
    for _ in range(STEPS):
        before = d.fuel_demand
        status = burn_together(x, d, share * d.fuel_heat / before)
        if status != OK:
            d.design_status_variable = AIR_RATIO
            return status
        carried = sensible_h(d.flue_gas, x.flue_temperature, T_REFERENCE) / d.fuel_heat
        left = 1.0 - x.surface_loss_share - carried
        if not (left > LEAST_USEFUL and wanted > 0.0):
            d.design_status_variable = RAW_GAS_LEAKAGE
            return INFEASIBLE_THERMAL
        d.fuel_demand = wanted / left
        if abs(d.fuel_demand - before) <= RESOLVED * before:
            break
    heat = d.fuel_demand + d.leaked_heat
    d.surface_heat = x.surface_loss_share * heat
    d.flue_heat = carried * d.fuel_demand + latent
    d.flue_share = d.flue_heat / heat
    return OK
