"""Choices of quenching and the variables that quenching blames."""

from __future__ import annotations

from plantsim.vocabulary.status import variable_code

# options of variables.toml: options.py says which word each is
TURBINE_NONE, TURBINE_CONDENSING, TURBINE_EXTRACTION, TURBINE_BACK_PRESSURE = 0, 1, 2, 3
REHEAT_SINGLE = 1
LAST_ECONOMISER = 1
FAN_VARIABLE_SPEED = 1
COOLED_BY_AIR = 1

CDQ_AIR = variable_code("cdq_air")
CDQ_CAPACITY = variable_code("cdq_capacity")
CDQ_GAS_INLET_TEMPERATURE = variable_code("cdq_gas_inlet_temperature")
CDQ_CIRCULATING_GAS = variable_code("cdq_circulating_gas")
CDQ_BACK_PRESSURE = variable_code("cdq_back_pressure")
CDQ_FEEDWATER_TEMPERATURE = variable_code("cdq_feedwater_temperature")
CDQ_REHEAT_TEMPERATURE = variable_code("cdq_reheat_temperature")
CDQ_STEAM_TEMPERATURE = variable_code("cdq_steam_temperature")
CDQ_STEAM_PRESSURE = variable_code("cdq_steam_pressure")
CDQ_REHEAT_PRESSURE = variable_code("cdq_reheat_pressure")
CDQ_EXTRACTION_PRESSURE = variable_code("cdq_extraction_pressure")
CDQ_EXTRACTION_SHARE = variable_code("cdq_extraction_share")
CDQ_BOILER_GAS_LIMIT = variable_code("cdq_boiler_gas_limit")
CDQ_VENT_SO2 = variable_code("cdq_vent_so2")
CDQ_GROSS_POWER = variable_code("cdq_gross_power")
