"""The line's carbon, energy and sulphur from composition and flow: what the ledger's account must equal.

Arrays of records, one place per operating point; results in kg/s and W. No output that stands in the ledger is read.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from plantsim.kernels.combustion import MOLAR_MASS_C, MOLAR_MASS_S
from plantsim.kernels.emissions import M_SO2, OXYGEN_IN_AIR
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.processes.cement_kiln.fuels import T_HEATING_VALUE
from plantsim.processes.cement_kiln.part_codes import WASTE_HEAT_ORGANIC
from plantsim.processes.cement_kiln.raw_mix import M_CAO
from plantsim.processes.cement_kiln.streams import M_CO2, M_H2O, M_N2, M_O2, NM3, evaporation_heat


def clinker(x: Any, o: Any) -> np.ndarray:
    """Return the clinker made [kg/s]."""
    return x["rated_clinker"] * o["load"]


def sludge_heat(x: Any) -> np.ndarray:
    """Return the lower heating value of the sludge [J per kg clinker]; below zero where it is very wet."""
    dry = (1.0 - x["sludge_moisture"]) * x["sludge_dry_heating_value"]
    return x["sludge_ratio"] * (dry - x["sludge_moisture"] * evaporation_heat(T_HEATING_VALUE))


def fuels(x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the heat of coal and of alternative fuel [J per kg clinker]; the sludge's own left out."""
    rest = y["heat_consumption"] - sludge_heat(x)
    a = x["alternative_heat_share"]
    return (1.0 - a) * rest, a * rest


def carbon(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the carbon [kg/s] that leaves as CO2 of fossil fuel and raw meal: that of all gas less the biogenic."""
    coal, other = fuels(x, y)
    other_carbon = other / x["alternative_heating_value"] * x["alternative_carbon"]
    of_sludge = x["sludge_ratio"] * (1.0 - x["sludge_moisture"]) * x["sludge_dry_carbon"]
    burner = coal / x["coal_heating_value"] * x["coal_carbon"] + other_carbon
    made = 1.0 + y["bypass_dust_ratio"]
    slag = x["carbide_lime_share"] * made * x["clinker_lime"] / M_CAO
    calcite = y["meal_lime"] * y["meal_ratio"] / M_CAO - slag
    at_inlet = x["kiln_fuel_share"] * burner / MOLAR_MASS_C + (1.0 - y["calcination_degree"]) * calcite
    moles = y["preheater_gas_co2"] * y["exit_gas_volume"] / NM3 + x["bypass_share"] * at_inlet
    biogenic = x["alternative_biogenic_share"] * other_carbon + of_sludge
    return clinker(x, o) * (moles * MOLAR_MASS_C - biogenic)


def energy(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the energy [W] that is taken in: heat of the fuels, the sludge's where it gives any, and electricity.

    Heat is what the line's balance gives off, less what comes in warm.
    """
    out = (
        y["formation_heat"]
        + y["exit_gas_heat"]
        + y["exit_dust_heat"]
        + y["evaporation_heat"]
        + y["vent_heat"]
    )
    out = out + y["clinker_heat"] + y["surface_heat"] + y["bypass_heat"] + y["unaccounted_heat"]
    heat = out + y["injection_heat"] - y["sensible_heat_in"] + np.maximum(-sludge_heat(x), 0.0)
    power = y["kiln_line_power"] + y["cleaning_power"] + y["raw_mill_power"] + y["coal_mill_power"]
    power = power + y["cement_mill_power"] - y["whr_net_power"]
    return clinker(x, o) * heat + power - y["pv_used_power"]


def sulphur(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the sulphur [kg/s] that leaves as SO2, by its concentration in the dry gas of the tower."""
    water, co2, o2, n2 = (y[f"preheater_gas_{s}"] for s in ("h2o", "co2", "o2", "n2"))
    moles = y["preheater_gas_flow"] / (water * M_H2O + co2 * M_CO2 + o2 * M_O2 + n2 * M_N2)
    oxygen = o2 / (1.0 - water)
    volume = moles * MOLAR_VOLUME * (1.0 - water)
    volume = volume * (OXYGEN_IN_AIR - oxygen) / (OXYGEN_IN_AIR - x["reference_oxygen"])
    return y["so2_concentration"] * volume / M_SO2 * MOLAR_MASS_S


def contents(x: Any) -> dict[str, dict[str, np.ndarray | float]]:
    """Return what the flows of the ledger hold, kg per kg, by element and output."""
    return {"water": dict.fromkeys(("whr_tower_water", "whr_treatment_water", "whr_waste_water"), 1.0)}


def water(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the water [kg/s] of waste-heat power that leaves as vapour, drops and steam that does not return."""
    steam = y["whr_steam_flow"] + y["whr_low_steam_flow"]
    lost = np.where(x["waste_heat_power"] == WASTE_HEAT_ORGANIC, 0.0, steam * x["whr_water_loss"])
    return y["whr_water_evaporated"] + y["whr_tower_drift"] + lost
