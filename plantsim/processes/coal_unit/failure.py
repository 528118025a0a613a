"""Which figures to show beside the variable that a point which could not be solved blames."""

from __future__ import annotations

FIGURES: dict[str, tuple[str, ...]] = {
    "heat": ("heat", "heat_supplied", "main_steam_flow"),
    "scr_temperature": ("scr_temperature", "scr_temperature_margin"),
    "scr_capacity": ("scr_capacity", "scr_load"),
    "fgd_capacity": ("fgd_capacity", "fgd_load"),
    "boiler_capacity": ("boiler_capacity", "main_steam_flow", "boiler_load"),
    "minimum_load": ("minimum_load", "load", "heat"),  # power may follow heat
}
