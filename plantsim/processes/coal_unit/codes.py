"""Codes of the variables that this process blames, the cylinders, and what the choices mean in kernels."""

from __future__ import annotations

from plantsim.vocabulary.status import variable_code

HP, IP, LP = 0, 1, 2
CYLINDERS = 3

# options of variables.toml: options.py says which word each is
REHEAT_SINGLE = 1
CONDENSER_RISE, CONDENSER_FLOW = 1, 2
OPEN = 1
HEATER_OUT = 1
DRAIN_NEXT, DRAIN_CONDENSER, DRAIN_HOTWELL, DRAIN_FORWARD = 0, 1, 2, 3
LOSS_OF_WHOLE_FEEDWATER = 1
PUMP_BY_TURBINE = 1
GLAND_FROM_HP_INLET, GLAND_FROM_HP_EXHAUST, GLAND_FROM_IP_INLET, GLAND_FROM_IP_EXHAUST = 0, 1, 2, 3
GLAND_TO_HEATER, GLAND_TO_CONDENSER = 0, 11
HOLD_MAIN_STEAM, HOLD_NET_POWER = 1, 2
SCR_INSTALLED, SNCR_INSTALLED, FGD_INSTALLED = 1, 1, 1
SCR_INJECTION_STOPS = 1
BYPASS_INSTALLED = 1
REAGENT_UREA, REAGENT_SOLUTION = 1, 2
DUST_PRECIPITATOR, DUST_BAG = 1, 2
FLUIDISED_BED = 2
LOSSES_BY_PTC_4 = 1
GAS_WITHOUT_LEAKAGE = 1
RADIATION_BY_GB_1988, RADIATION_GIVEN = 0, 2

SAME_PRESSURE = 1e-6  # two pressures of a sheet that differ by less are the same point

MAIN_STEAM_PRESSURE = variable_code("main_steam_pressure")
MAIN_STEAM_TEMPERATURE = variable_code("main_steam_temperature")
HP_EXHAUST_PRESSURE = variable_code("hp_exhaust_pressure")
HOT_REHEAT_PRESSURE = variable_code("hot_reheat_pressure")
HOT_REHEAT_TEMPERATURE = variable_code("hot_reheat_temperature")
IP_EXHAUST_PRESSURE = variable_code("ip_exhaust_pressure")
HP_EFFICIENCY = variable_code("hp_efficiency")
IP_EFFICIENCY = variable_code("ip_efficiency")
LP_EFFICIENCY = variable_code("lp_efficiency")
EXTRACTION_PRESSURE = variable_code("extraction_pressure")
EXTRACTION_QUALITY = variable_code("extraction_quality")
EXTRACTION_TEMPERATURE = variable_code("extraction_temperature")
EXHAUST_PRESSURE = variable_code("exhaust_pressure")
COOLING_WATER_TEMPERATURE = variable_code("cooling_water_temperature")
COOLING_WATER_RISE = variable_code("cooling_water_rise")
COOLING_WATER_FLOW = variable_code("cooling_water_flow")
CONDENSER_TERMINAL_DIFFERENCE = variable_code("condenser_terminal_difference")
HEATER_COUNT = variable_code("heater_count")
HEATER_STATE = variable_code("heater_state")
TERMINAL_DIFFERENCE = variable_code("terminal_difference")
DRAIN_COOLER_APPROACH = variable_code("drain_cooler_approach")
DRAIN_TO = variable_code("drain_to")
FEEDWATER_PRESSURE = variable_code("feedwater_pressure")
CONDENSATE_PRESSURE = variable_code("condensate_pressure")
PUMP_TURBINE_SHARE = variable_code("pump_turbine_share")
PUMP_TURBINE_EXHAUST_PRESSURE = variable_code("pump_turbine_exhaust_pressure")
PUMP_TURBINE_SOURCE = variable_code("pump_turbine_source")
GLAND_SHARE = variable_code("gland_share")
GLAND_TO = variable_code("gland_to")
AUXILIARY_POWER_RATE = variable_code("auxiliary_power_rate")
LOAD = variable_code("load")
HEAT_RATE = variable_code("heat_rate")
SNCR_REDUCTION = variable_code("sncr_reduction")
SCR_CONVERSION = variable_code("scr_conversion")
SCR_CAPACITY = variable_code("scr_capacity")
SCR_TEMPERATURE = variable_code("scr_temperature")
PRECIPITATOR_REMOVAL = variable_code("precipitator_removal")
FGD_CAPACITY = variable_code("fgd_capacity")
FGD_REMOVAL = variable_code("fgd_removal")
STACK_GAS_TEMPERATURE = variable_code("stack_gas_temperature")
DRAUGHT_RISE = variable_code("draught_rise")
FORCED_FAN_RISE = variable_code("forced_fan_rise")
PRIMARY_FAN_RISE = variable_code("primary_fan_rise")
COAL_CARBON = variable_code("coal_carbon")
COAL_SULPHUR = variable_code("coal_sulphur")
COAL_HEATING_VALUE = variable_code("coal_heating_value")
FLY_ASH_CARBON = variable_code("fly_ash_carbon")
ECONOMISER_OXYGEN = variable_code("economiser_oxygen")
RATED_FLUE_GAS_TEMPERATURE = variable_code("rated_flue_gas_temperature")
RATED_ECONOMISER_GAS_TEMPERATURE = variable_code("rated_economiser_gas_temperature")
BOILER_EFFICIENCY = variable_code("boiler_efficiency")
LOW_ECONOMISER_HEAT = variable_code("low_economiser_heat")

# --- turbine off design, cold end, heat supply
CONDENSER_SURFACE, CONDENSER_DRY = 3, 4
WATER_FROM_TOWER = 1
PRESSURES_HELD = 1
PASSAGES_NEW = 1
STEAM_THROTTLED = 1
FEED_PUMP_AT_SPEED = 0
CONDENSATE_PUMP_AT_SPEED = 1
HEAT_NONE, HEAT_CROSSOVER, HEAT_STAGE, HEAT_ZERO_OUTPUT, HEAT_BACK_PRESSURE = 0, 1, 2, 3, 4
RETURN_TO_HOTWELL = 1

BOILER_CAPACITY = variable_code("boiler_capacity")
CLEANLINESS = variable_code("condenser_cleanliness")
COOLING_AIR_FLOW = variable_code("cooling_air_flow")
DESIGN_AIR_TEMPERATURE = variable_code("design_air_temperature")
HEAT = variable_code("heat")
HEAT_STAGE_NUMBER = variable_code("heat_stage")
HEATING_EXHAUST_PRESSURE = variable_code("heating_exhaust_pressure")
MINIMUM_LOAD = variable_code("minimum_load")
ECONOMISER_HEAT = variable_code("economiser_heat")
HEAT_SUPPLY_PRESSURE = variable_code("heat_supply_pressure")
HEAT_RETURN_TEMPERATURE = variable_code("heat_return_temperature")
NETWORK_SUPPLY_TEMPERATURE = variable_code("network_supply_temperature")
NETWORK_STEAM_PRESSURE = variable_code("network_steam_pressure")
LOW_ECONOMISER_GAS_OUTLET = variable_code("low_economiser_gas_outlet")
