"""The unit's balances from composition and flow, element by element: what the ledger's account must equal.

Arrays of records, one place per operating point; results in kg/s and W. No output that stands in the ledger is read.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from plantsim.kernels.combustion import MOLAR_MASS_C, MOLAR_MASS_S
from plantsim.kernels.emissions import (
    M_CO2,
    M_GYPSUM,
    M_H2O,
    M_LIMESTONE,
    M_NH3,
    M_NO2,
    M_SO2,
    M_SO3,
    M_UREA,
)
from plantsim.kernels.gas import CO, CO2, SO2
from plantsim.kernels.gas_flow import GAS_CONSTANT
from plantsim.kernels.reagents import AMMONIA_IN_SOLUTION
from plantsim.processes.coal_unit.codes import FGD_INSTALLED, REAGENT_UREA

M_N, M_CA = 0.014007, 0.040078  # kg/mol, IUPAC's standard atomic weights (abridged, 2021)
AMMONIA_PER_UREA = 2.0  # mol/mol: CO(NH2)2 + H2O -> 2 NH3 + CO2


def carbon(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the carbon [kg/s] that leaves as CO2 (CO burns outside): of the gas, of urea and of the absorber.

    The gas holds the coal's burnt carbon and that of furnace limestone; what the air brings is taken off.
    """
    gas, air = y["flue_gas"], d["combustion_air"][:, CO2]
    dry_air = y["leak_air"] + y["primary_air_flow"] + y["secondary_air_flow"]
    moles = gas[:, CO2] + gas[:, CO] - dry_air * air
    ammonia = y["scr_power"] / x["reagent_work"]
    urea = np.where(
        x["reagent"] == REAGENT_UREA, ammonia / M_NH3 / AMMONIA_PER_UREA / x["urea_conversion"], 0.0
    )
    return (moles + urea + absorbed(x, y) / M_SO2) * MOLAR_MASS_C


def absorbed(x: Any, y: Any) -> np.ndarray:
    """Return the SO2 [kg/s] that the absorber takes up: that of the gas, less what turned to SO3."""
    to_so3 = y["so3_concentration"] * y["dry_gas_volume"] * (M_SO2 / M_SO3)
    left = y["flue_gas"][:, SO2] * M_SO2 - to_so3
    return np.where(x["fgd"] == FGD_INSTALLED, left * y["fgd_removal_found"], 0.0)


def energy(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the energy [W] that stays: fuel by its heating value less net power and heat given out."""
    with_coal = y["coal_flow"] * x["coal_heating_value"]
    without = y["boiler_heat"] / (x["boiler_efficiency"] * x["pipe_efficiency"])
    fuel = np.where(np.isnan(y["coal_flow"]), without, with_coal)
    heat = y["heat_share_by_quantity"] * y["boiler_heat"] * x["heat_exchanger_efficiency"]
    return fuel - (y["gross_power"] - y["auxiliary_power"]) - np.where(heat > 0.0, heat, 0.0)


def sulphur(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the sulphur [kg/s] that leaves as SO2: the coal's less that of ash, SO3 and gypsum."""
    free = y["coal_flow"] * x["coal_sulphur"] * (1.0 - x["furnace_sulphur_capture"])
    as_so3 = y["so3_concentration"] * y["dry_gas_volume"] / M_SO3 * MOLAR_MASS_S
    return free - as_so3 - absorbed(x, y) / M_SO2 * MOLAR_MASS_S


def contents(x: Any) -> dict[str, dict[str, np.ndarray | float]]:
    """Return what the flows of the ledger hold, kg per kg, by element and output.

    Gypsum leaves with the unused limestone, so that its calcium is that of what was fed.
    """
    per_so2 = M_GYPSUM + x["fgd_calcium_ratio"] * M_LIMESTONE / x["fgd_limestone_purity"] - M_LIMESTONE
    wet = per_so2 / (1.0 - x["gypsum_moisture"])
    return {
        "nitrogen": {
            "nox": M_N / M_NO2,
            "ammonia": M_N / M_NH3,
            "ammonia_solution": AMMONIA_IN_SOLUTION * M_N / M_NH3,
            "urea": 2.0 * M_N / M_UREA,
        },
        "calcium": {
            "fgd_limestone": x["fgd_limestone_purity"] * (M_CA / M_LIMESTONE),
            "limestone_flow": x["limestone_purity"] * (M_CA / M_LIMESTONE),
            "gypsum": x["fgd_calcium_ratio"] * M_CA / wet,
        },
        "water": {
            **dict.fromkeys(("tower_water", "treatment_water", "fgd_fresh_water", "ash_fresh_water"), 1.0),
            **dict.fromkeys(("tower_waste_water", "treatment_waste_water", "fgd_waste_water"), 1.0),
            "gypsum": x["gypsum_moisture"],
        },
        "ash": {"fly_ash_caught": 1.0, "bottom_ash_flow": 1.0, "dust": 1.0},
    }


def reagent(x: Any, y: Any) -> np.ndarray:
    """Return the ammonia [kg/s] that is dosed, by the electricity of its preparation."""
    return y["scr_power"] / x["reagent_work"]


def nitrogen(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the nitrogen [kg/s] of the reagent less that of NOx that leaves."""
    conversion = np.where(x["reagent"] == REAGENT_UREA, x["urea_conversion"], 1.0)
    left = y["scr_inlet_concentration"] * y["dry_gas_volume"] * (1.0 - y["scr_reduction"])
    return reagent(x, y) / conversion * (M_N / M_NH3) - left * (M_N / M_NO2)


def calcium(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the calcium [kg/s] that stays in the ash: that of the furnace's limestone."""
    return y["coal_flow"] * x["coal_sulphur"] / MOLAR_MASS_S * x["calcium_sulphur_ratio"] * M_CA


def water(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the water [kg/s] that leaves as vapour or drops, with slag and gypsum, as steam that does not return.

    What the absorber evaporates is the water of its saturated gas less that of the gas that enters.
    """
    lost = y["main_steam_flow"] * x["cycle_water_loss"] + y["make_up_flow"]
    urea = np.where(
        x["reagent"] == REAGENT_UREA,
        reagent(x, y) / M_NH3 / AMMONIA_PER_UREA / x["urea_conversion"] * M_UREA,
        0.0,
    )
    lost = lost + np.where(urea > 0.0, urea * (1.0 / x["urea_strength"] - 1.0), 0.0 * urea)
    saturated = y["absorber_volume"] * x["air_pressure"] / (GAS_CONSTANT * y["stack_gas_temperature"])
    absorber = (saturated - np.sum(y["flue_gas"], axis=1)) * M_H2O + 2.0 * M_H2O * absorbed(x, y) / M_SO2
    absorber = np.where(x["fgd"] == FGD_INSTALLED, absorber, 0.0 * y["dry_gas_volume"])
    _, bottom = residue(x, d, y)
    slag = bottom * x["bottom_ash_moisture"] / (1.0 - x["bottom_ash_moisture"])
    return y["water_evaporated"] + y["tower_drift"] + lost + absorber + slag


def residue(x: Any, d: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return fly ash and bottom ash [kg/s] behind the furnace: mineral matter with the carbon that is not burnt.

    Mineral: the coal's ash, what limestone leaves, bound SO3. Unburnt: the carbon that is missing in the gas.
    """
    sulphur = y["coal_flow"] * x["coal_sulphur"] / MOLAR_MASS_S
    limestone = sulphur * x["calcium_sulphur_ratio"]
    calcined = limestone * x["calcination_share"]
    mineral = y["coal_flow"] * x["coal_ash"] + limestone * (M_LIMESTONE / x["limestone_purity"])
    mineral = mineral - calcined * M_CO2 + sulphur * x["furnace_sulphur_capture"] * M_SO3
    gas, air = y["flue_gas"], d["combustion_air"][:, CO2]
    dry_air = y["leak_air"] + y["primary_air_flow"] + y["secondary_air_flow"]
    burnt = gas[:, CO2] + gas[:, CO] - dry_air * air - calcined
    unburnt = y["coal_flow"] * x["coal_carbon"] - burnt * MOLAR_MASS_C
    bottom = mineral * (1.0 - x["fly_ash_share"]) / (1.0 - x["bottom_ash_carbon"])
    return mineral + unburnt - bottom, bottom


def ash(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the ash [kg/s] given out dry, below zero: residue of the furnace less what wet cleaning catches."""
    fly, bottom = residue(x, d, y)
    passing = fly * (1.0 - y["filter_removal"])
    kept = np.where(x["fgd"] == FGD_INSTALLED, 1.0 - x["fgd_dust_removal"], 1.0)
    return -(fly + bottom - passing * (1.0 - kept * (1.0 - x["wet_precipitator_removal"])))
