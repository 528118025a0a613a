"""What a solved point says nothing about: NaN, so that nobody takes it for none.

Written last: inside the solve these amounts stand as 0, since what is not described apart is in the plant's own
efficiency and in the remainder of its own power.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.gas import SPECIES
from plantsim.processes.coal_unit.coal_firing import has_coal
from plantsim.processes.coal_unit.codes import (
    CONDENSER_DRY,
    CONDENSER_FLOW,
    CONDENSER_SURFACE,
    REAGENT_SOLUTION,
    REAGENT_UREA,
    SCR_INSTALLED,
    SNCR_INSTALLED,
    WATER_FROM_TOWER,
)
from plantsim.processes.coal_unit.expansion import given

UNKNOWN = float("nan")


@kernel
def mark_unknown(x, y):
    """Write NaN into the outputs of a solved point that what is given of the plant does not tell."""
    mark_cold_end(x, y)
    if not has_coal(x):
        mark_boiler(y)
        mark_gas(y)
        mark_cleaning(y)
        mark_emissions(y)
    elif not given(x.boiler_nox_concentration):
        mark_nox(x, y)


@kernel
def mark_cold_end(x, y):
    """Pumps and fans of a cold end that is not described."""
    tower = x.condenser == CONDENSER_SURFACE and x.cooling_water_source == WATER_FROM_TOWER
    if not (tower or x.condenser == CONDENSER_DRY):
        y.cooling_fan_power = UNKNOWN
    if x.condenser != CONDENSER_DRY and not (
        given(x.cooling_water_flow) and CONDENSER_FLOW <= x.condenser <= CONDENSER_SURFACE
    ):
        y.circulating_pump_power = UNKNOWN


@kernel
def mark_boiler(y):
    """The boiler's losses, coal, ash and air without a coal analysis."""
    y.boiler_efficiency_higher = UNKNOWN
    y.loss_dry_gas = y.loss_hydrogen = y.loss_fuel_moisture = y.loss_air_moisture = UNKNOWN
    y.loss_unburnt_gas = y.loss_unburnt_carbon = y.loss_surface = y.loss_ash = UNKNOWN
    y.loss_desulphurisation = y.loss_unlisted = y.air_heat_credit = y.boiler_residual = UNKNOWN
    y.coal_flow = y.coal_carbon_flow = y.unburnt_carbon_flow = y.co2_coal = UNKNOWN
    y.fly_ash_flow = y.bottom_ash_flow = y.limestone_flow = y.furnace_limestone_co2 = UNKNOWN
    y.primary_air_flow = y.secondary_air_flow = y.leak_air = y.hot_air_temperature = UNKNOWN
    y.mill_power = y.forced_fan_power = y.primary_fan_power = UNKNOWN


@kernel
def mark_gas(y):
    """The gas behind the furnace without a coal analysis."""
    for i in range(SPECIES):
        y.boiler_gas[i] = y.flue_gas[i] = UNKNOWN
    y.economiser_gas_temperature = y.bypass_rise = y.flue_gas_temperature = UNKNOWN
    y.leak_free_gas_temperature = y.flue_gas_oxygen = y.acid_dew_point = UNKNOWN
    y.boiler_nox = y.boiler_so2 = y.dry_gas_volume = UNKNOWN
    y.filter_gas_flow = y.filter_gas_temperature = y.filter_volume = y.filter_density = UNKNOWN
    y.stack_gas_temperature = y.stack_gas_volume = y.absorber_volume = UNKNOWN
    y.draught_rise = y.draught_fan_power = UNKNOWN


@kernel
def mark_cleaning(y):
    """What gas cleaning does and takes without a coal analysis."""
    y.scr_temperature = y.scr_temperature_margin = y.scr_load = y.scr_reduction = UNKNOWN
    y.scr_inlet_concentration = y.ammonia_ratio = y.ammonia_slip = y.so3_concentration = UNKNOWN
    y.scr_volume = y.ammonia = y.ammonia_solution = y.urea = y.scr_power = UNKNOWN
    y.filter_removal = y.precipitator_power = UNKNOWN
    y.fgd_load = y.fgd_removal_found = y.fgd_limestone = y.gypsum = y.fgd_water = y.fgd_power = UNKNOWN
    y.fgd_waste_water = UNKNOWN


@kernel
def mark_emissions(y):
    """What leaves the stack without a coal analysis."""
    y.nox = y.so2 = y.dust = y.co2_reagents = y.co2_direct = UNKNOWN
    y.nox_concentration = y.so2_concentration = y.dust_concentration = UNKNOWN
    y.emission_to_national_limit = y.emission_to_ultra_low_limit = UNKNOWN


@kernel
def mark_nox(x, y):
    """NOx, and what is dosed against it, of a boiler whose NOx is not given."""
    y.boiler_nox = y.nox = y.nox_concentration = y.scr_inlet_concentration = UNKNOWN
    y.emission_to_national_limit = y.emission_to_ultra_low_limit = UNKNOWN
    if x.scr != SCR_INSTALLED and x.sncr != SNCR_INSTALLED:
        return
    y.scr_reduction = y.scr_temperature_margin = y.ammonia_ratio = y.ammonia_slip = UNKNOWN
    y.so3_concentration = y.scr_power = UNKNOWN
    if x.reagent == REAGENT_UREA:
        y.urea = y.co2_reagents = y.co2_direct = UNKNOWN
    elif x.reagent == REAGENT_SOLUTION:
        y.ammonia_solution = UNKNOWN
    else:
        y.ammonia = UNKNOWN
