"""Words of the options of models/cement_kiln/variables.toml: what each is in kernels."""

from __future__ import annotations

from plantsim.kernels.organic_fluids import CYCLOPENTANE, R245FA
from plantsim.processes.cement_kiln.codes import (
    CELLS,
    COOLING_HELD,
    DAMPER,
    EFFICIENCY,
    FORMULA_2_22,
    FORMULA_4_11,
    HELD,
    SPEED,
    STAGES,
    VANES,
    VENT_HELD,
)
from plantsim.processes.cement_kiln.part_codes import (
    COOLED_BY_AIR,
    DESULPHURISATION_DRY_LIME,
    DESULPHURISATION_NONE,
    DESULPHURISATION_SEMI_DRY,
    DESULPHURISATION_WET,
    PRESSURE_OPTIMUM,
    REAGENT_AMMONIA_WATER,
    REAGENT_ANHYDROUS,
    REAGENT_UREA,
    SCR_AFTER_BOILER,
    SCR_HIGH_DUST,
    SNCR_ON,
    WASTE_HEAT_DUAL,
    WASTE_HEAT_FLASH,
    WASTE_HEAT_NONE,
    WASTE_HEAT_ORGANIC,
    WASTE_HEAT_SINGLE,
)

OPTIONS = {
    "formation_formula": {"alumina_4_11": FORMULA_4_11, "alumina_2_22": FORMULA_2_22},
    "tower_model": {"held": HELD, "stages": STAGES},
    "cooler_model": {"efficiency": EFFICIENCY, "cells": CELLS},
    "cooling_air_hold": {"cooling_air": COOLING_HELD, "vent_air": VENT_HELD},
    "fan_control": {"damper": DAMPER, "vanes": VANES, "speed": SPEED},
    "reference_temperature": {"c0": 0, "c20": 20, "c25": 25},  # the temperature itself, degC
    "waste_heat_power": {
        "none": WASTE_HEAT_NONE,
        "single": WASTE_HEAT_SINGLE,
        "dual": WASTE_HEAT_DUAL,
        "flash": WASTE_HEAT_FLASH,
        "organic": WASTE_HEAT_ORGANIC,
    },
    "whr_pressure_choice": {"given": 0, "optimum": PRESSURE_OPTIMUM},
    "whr_cooling": {"tower": 0, "air": COOLED_BY_AIR},
    "whr_organic_fluid": {"cyclopentane": CYCLOPENTANE, "r245fa": R245FA},
    "sncr": {"off": 0, "on": SNCR_ON},
    "scr": {"off": 0, "high_dust": SCR_HIGH_DUST, "after_boiler": SCR_AFTER_BOILER},
    "reagent": {
        "ammonia_water": REAGENT_AMMONIA_WATER,
        "anhydrous_ammonia": REAGENT_ANHYDROUS,
        "urea": REAGENT_UREA,
    },
    "desulphurisation": {
        "none": DESULPHURISATION_NONE,
        "dry_lime": DESULPHURISATION_DRY_LIME,
        "semi_dry": DESULPHURISATION_SEMI_DRY,
        "wet": DESULPHURISATION_WET,
    },
}
