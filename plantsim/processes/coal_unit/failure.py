"""Which figures to show beside the variable that a point which could not be solved blames."""

from __future__ import annotations

# a heater's number and temperatures of the end where heat would run uphill
PINCH = ("exchanger_hot_temperature", "exchanger_cold_temperature")

FIGURES: dict[str, tuple[str, ...]] = {
    "fly_ash_carbon": ("fly_ash_carbon", "bottom_ash_carbon", "coal_ash", "coal_heating_value"),
    "boiler_efficiency": ("boiler_efficiency", "boiler_efficiency_listed"),
    "terminal_difference": ("exchanger_number", *PINCH),
    "drain_cooler_approach": ("exchanger_number", *PINCH),
    "low_economiser_gas_outlet": ("exchanger_number", *PINCH),
    "low_economiser_heat": ("low_economiser_heat", "exchanger_number", *PINCH),
    "rated_flue_gas_temperature": ("rated_flue_gas_temperature", *PINCH),
    "rated_economiser_gas_temperature": ("rated_economiser_gas_temperature", *PINCH),
    "cooling_water_temperature": ("cooling_water_temperature", *PINCH),
    "heat_return_temperature": ("heat", "heating_steam_pressure", *PINCH),
    "network_supply_temperature": ("heat", "heating_steam_pressure", *PINCH),
    "network_steam_pressure": ("network_steam_pressure", "heating_steam_pressure", *PINCH),
    "heat_supply_pressure": ("heat_supply_pressure", "ip_exhaust_pressure", "heat_valve_most"),
    "main_steam_temperature": ("main_steam_temperature", "main_steam_pressure", "saturation_found"),
    "hot_reheat_temperature": ("hot_reheat_temperature", "hot_reheat_pressure", "saturation_found"),
    "heat": ("heat", "heat_supplied", "main_steam_flow"),
    "scr_temperature": ("scr_temperature", "scr_temperature_margin"),
    "scr_capacity": ("scr_capacity", "scr_load"),
    "fgd_capacity": ("fgd_capacity", "fgd_load"),
    "boiler_capacity": ("boiler_capacity", "main_steam_flow", "boiler_load"),
    "minimum_load": ("minimum_load", "load", "heat"),  # power may follow heat
}
