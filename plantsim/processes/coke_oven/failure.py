"""Which figures to show beside the variable that a point which could not be solved blames."""

from __future__ import annotations

ENDS = ("exchanger_hot_temperature", "exchanger_cold_temperature")
FIGURES: dict[str, tuple[str, ...]] = {
    "feedwater_temperature": ("feedwater_temperature", "steam_pressure", *ENDS),
    "riser_outlet_temperature": ("riser_outlet_temperature", *ENDS),
    "flue_boiler_outlet_temperature": ("flue_boiler_outlet_temperature", *ENDS),
    "moisture_removed": ("moisture_removed", *ENDS),
    "cdq_steam_temperature": ("cdq_steam_temperature", "cdq_boiler_gas_temperature", *ENDS),
    "cdq_boiler_gas_limit": ("cdq_boiler_gas_limit", "cdq_boiler_gas_temperature"),
    "cdq_vent_so2": ("cdq_vent_so2", "cdq_explained_vent_so2"),
    "cdq_gas_inlet_temperature": ("cdq_gas_inlet_temperature", "cdq_gas_behind_boiler", *ENDS),
    "coke_oven_gas_out": ("coke_oven_gas_out", "underfiring_power", "reheat_gas"),
}
