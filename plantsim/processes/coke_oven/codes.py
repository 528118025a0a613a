"""What the choices of variables.toml mean in kernels, and codes of the variables that this process blames."""

from __future__ import annotations

from plantsim.vocabulary.status import variable_code

# options of variables.toml: options.py says which word each is
OVEN_CONVENTIONAL = 0
CHARGE_STAMP = 1
QUENCH_WET, QUENCH_DRY = 0, 1
RISER_STEAM = 1
BOILER_STEAM = 1
SCR_LOW_TEMPERATURE = 1
DESULPHURISATION_NONE, DESULPHURISATION_DRY, DESULPHURISATION_SEMI_DRY = 0, 1, 2
AMMONIA_SOLUTION = 1
VENT_DRY_SODIUM = 1
SULPHURIC_ACID = 1
AMMONIUM_SULPHATE = 1
BOILER_BEFORE_SCR = 1
DRYING_BY_FLUE_GAS = 1
BASIS_STEAM_HEAT, BASIS_POWER_EQUIVALENT, BASIS_POWER_EQUAL_VALUE = 0, 1, 2
CREDIT_GROSS = 1
VOC_RETURNED = 1
POWER_NONE, POWER_ADMISSION = 0, 1

OVEN_KIND = variable_code("oven_kind")
COAL_HYDROGEN = variable_code("coal_hydrogen")
COAL_VOLATILE_MATTER = variable_code("coal_volatile_matter")
COAL_HEATING_VALUE = variable_code("coal_heating_value")
COKE_YIELD = variable_code("coke_yield")
AMMONIA_YIELD = variable_code("ammonia_yield")
RAW_GAS_HYDROGEN_SULPHIDE = variable_code("raw_gas_hydrogen_sulphide")
MOISTURE_REMOVED = variable_code("moisture_removed")
AIR_RATIO = variable_code("air_ratio")
SURFACE_LOSS_SHARE = variable_code("surface_loss_share")
RAW_GAS_LEAKAGE = variable_code("raw_gas_leakage")
FEEDWATER_TEMPERATURE = variable_code("feedwater_temperature")
SURPLUS_STEAM_TURBINE = variable_code("surplus_steam_turbine")
VOC_EMISSION = variable_code("voc_emission")
RISER_OUTLET_TEMPERATURE = variable_code("riser_outlet_temperature")
FLUE_BOILER_OUTLET_TEMPERATURE = variable_code("flue_boiler_outlet_temperature")
LIQUOR_HEAT_DROP = variable_code("liquor_heat_drop")
SCR_TEMPERATURE = variable_code("scr_temperature")
SCR_CONVERSION = variable_code("scr_conversion")
SCR_ACTIVITY_LEFT = variable_code("scr_activity_left")
COKE_OVEN_GAS_OUT = variable_code("coke_oven_gas_out")
COAL_HEAT = variable_code("coal_heat")
