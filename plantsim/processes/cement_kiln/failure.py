"""Which figures to show beside the variable that a point which could not be solved blames."""

from __future__ import annotations

FIGURES: dict[str, tuple[str, ...]] = {
    "preheater_exit_temperature": ("preheater_exit_temperature", "preheater_gas_temperature"),
    "cooler_efficiency": ("cooler_efficiency", "secondary_temperature", "vent_air_temperature"),
    "cooling_air": ("cooling_air", "recovered_air_volume", "vent_air_volume"),
    "exit_oxygen": ("exit_oxygen", "calciner_oxygen", "stage_false_air"),
    "kiln_fuel_share": ("kiln_fuel_share", "calcination_degree"),
    "clinker_lime": ("clinker_lime", "c3s", "c2s", "c3a"),
    "alternative_heat_share": ("alternative_heat_share", "coal_heat", "credit_heat", "credit_heat_2012"),
    "raw_material_moisture": ("raw_material_moisture", "raw_mill_heat_demand"),
    "whr_feed_temperature": (
        "whr_feed_temperature",
        "exchanger_hot_temperature",
        "exchanger_cold_temperature",
    ),
}
