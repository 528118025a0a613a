"""Words of the options of models/coke_oven/variables.toml: what each is in kernels."""

from __future__ import annotations

from plantsim.processes.coke_oven.cdq_codes import (
    FAN_VARIABLE_SPEED,
    LAST_ECONOMISER,
    REHEAT_SINGLE,
    TURBINE_BACK_PRESSURE,
    TURBINE_CONDENSING,
    TURBINE_EXTRACTION,
    TURBINE_NONE,
)
from plantsim.processes.coke_oven.codes import (
    BASIS_POWER_EQUAL_VALUE,
    BASIS_POWER_EQUIVALENT,
    BASIS_STEAM_HEAT,
    BOILER_BEFORE_SCR,
    BOILER_STEAM,
    CHARGE_STAMP,
    CREDIT_GROSS,
    DESULPHURISATION_DRY,
    DRYING_BY_FLUE_GAS,
    OVEN_CONVENTIONAL,
    POWER_ADMISSION,
    POWER_NONE,
    QUENCH_DRY,
    QUENCH_WET,
    RISER_STEAM,
    SCR_LOW_TEMPERATURE,
    VOC_RETURNED,
)

OPTIONS = {
    "oven_kind": {"conventional": OVEN_CONVENTIONAL, "heat_recovery": 1},
    "charging": {"top": 0, "stamp": CHARGE_STAMP},
    "moisture_heat": {"steam": 0, "flue_gas": DRYING_BY_FLUE_GAS},
    "quenching": {"wet": QUENCH_WET, "dry": QUENCH_DRY},
    "cdq_reheat": {"none": 0, "single": REHEAT_SINGLE},
    "cdq_last_economiser": {"none": 0, "yes": LAST_ECONOMISER},
    "cdq_turbine": {
        "none": TURBINE_NONE,
        "condensing": TURBINE_CONDENSING,
        "extraction": TURBINE_EXTRACTION,
        "back_pressure": TURBINE_BACK_PRESSURE,
    },
    "cdq_fan_control": {"damper": 0, "variable_speed": FAN_VARIABLE_SPEED},
    "riser_recovery": {"none": 0, "steam": RISER_STEAM},
    "flue_boiler": {"none": 0, "steam": BOILER_STEAM},
    "denitration": {"none": 0, "low_temperature_scr": SCR_LOW_TEMPERATURE},
    "flue_order": {"scr_before_boiler": 0, "boiler_before_scr": BOILER_BEFORE_SCR},
    "desulphurisation": {"none": 0, "dry_sodium": DESULPHURISATION_DRY},
    "surplus_steam_turbine": {"none": POWER_NONE, "admission": POWER_ADMISSION, "own": 2},
    "voc_treatment": {"none": 0, "returned": VOC_RETURNED},
    "recovered_energy_basis": {
        "steam_heat": BASIS_STEAM_HEAT,
        "power_equivalent": BASIS_POWER_EQUIVALENT,
        "power_equal_value": BASIS_POWER_EQUAL_VALUE,
    },
    "steam_credit": {"net": 0, "gross": CREDIT_GROSS},
}
