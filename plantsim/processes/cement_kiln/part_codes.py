"""Codes of the variables and options of waste-heat power, grinding and gas cleaning."""

from __future__ import annotations

from plantsim.vocabulary.status import variable_code

# options of variables.toml
WASTE_HEAT_NONE, WASTE_HEAT_SINGLE, WASTE_HEAT_DUAL, WASTE_HEAT_FLASH, WASTE_HEAT_ORGANIC = range(5)
PRESSURE_OPTIMUM = 1
COOLED_BY_AIR = 1
SNCR_ON = 1
SCR_HIGH_DUST, SCR_AFTER_BOILER = 1, 2
REAGENT_AMMONIA_WATER, REAGENT_ANHYDROUS, REAGENT_UREA = range(3)
DESULPHURISATION_NONE, DESULPHURISATION_DRY_LIME, DESULPHURISATION_SEMI_DRY, DESULPHURISATION_WET = range(4)

# which boilers make steam of the first pressure
BOTH_BOILERS, PREHEATER_BOILER, COOLER_BOILER = range(3)

WASTE_HEAT_POWER = variable_code("waste_heat_power")
WHR_STEAM_PRESSURE = variable_code("whr_steam_pressure")
WHR_LOW_PRESSURE = variable_code("whr_low_pressure")
WHR_CONDENSER_PRESSURE = variable_code("whr_condenser_pressure")
WHR_DRYING_TEMPERATURE = variable_code("whr_drying_temperature")
WHR_ORGANIC_EVAPORATION = variable_code("whr_organic_evaporation")
RAW_MATERIAL_MOISTURE = variable_code("raw_material_moisture")
WHR_FEED_TEMPERATURE = variable_code("whr_feed_temperature")
PREHEATER_GAS_O2 = variable_code("preheater_gas_o2")
REFERENCE_OXYGEN = variable_code("reference_oxygen")
DESULPHURISATION = variable_code("desulphurisation")
FGD_APPROACH = variable_code("fgd_approach")
