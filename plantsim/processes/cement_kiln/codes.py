"""Integers that stand for the choices of models/cement_kiln/variables.toml, and the variables that kernels blame."""

from __future__ import annotations

from plantsim.vocabulary.status import variable_code

FORMULA_4_11, FORMULA_2_22 = 0, 1  # formation_formula
MEASURED, MODELLED = 1.0, 0.0  # what a solved line takes; numbers, since each literal bool is compiled anew
HELD, STAGES = 0, 1  # tower_model
EFFICIENCY, CELLS = 0, 1  # cooler_model
DAMPER, VANES, SPEED = 0, 1, 2  # fan_control
COOLING_HELD, VENT_HELD = 0, 1  # cooling_air_hold

EXIT_TEMPERATURE = variable_code("preheater_exit_temperature")
EXIT_OXYGEN = variable_code("exit_oxygen")
COOLING_AIR = variable_code("cooling_air")
COOLER_EFFICIENCY = variable_code("cooler_efficiency")
HEAT_CONSUMPTION = variable_code("heat_consumption")
KILN_FUEL_SHARE = variable_code("kiln_fuel_share")
COAL_CARBON = variable_code("coal_carbon")
CLINKER_LIME = variable_code("clinker_lime")
ALTERNATIVE_HEAT_SHARE = variable_code("alternative_heat_share")
STAGE_COUNT = variable_code("stage_count")
FAN_CONTROL = variable_code("fan_control")
AIR_HUMIDITY = variable_code("air_humidity")
ALTERNATIVE_CARBON = variable_code("alternative_carbon")
SLUDGE_CARBON = variable_code("sludge_dry_carbon")
