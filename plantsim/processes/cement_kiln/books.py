"""The line's balances from composition and flow, element by element: what the ledger's account must equal.

Arrays of records, one place per operating point; results in kg/s and W. No output that stands in the ledger is read.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from plantsim.kernels.combustion import MOLAR_MASS_C, MOLAR_MASS_N, MOLAR_MASS_S
from plantsim.kernels.emissions import (
    M_CALCIUM_HYDROXIDE,
    M_CALCIUM_SULPHITE,
    M_GYPSUM,
    M_LIMESTONE,
    M_NH3,
    M_NO2,
    M_SO2,
    M_SO3,
    M_UREA,
    OXYGEN_IN_AIR,
)
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.kernels.reagents import AMMONIA_IN_SOLUTION
from plantsim.kernels.steam import saturation_pressure
from plantsim.processes.cement_kiln.fuels import T_HEATING_VALUE
from plantsim.processes.cement_kiln.part_codes import (
    DESULPHURISATION_SEMI_DRY,
    DESULPHURISATION_WET,
    REAGENT_UREA,
    WASTE_HEAT_ORGANIC,
)
from plantsim.processes.cement_kiln.raw_mix import M_CAO
from plantsim.processes.cement_kiln.streams import M_CO2, M_H2O, M_N2, M_O2, NM3, evaporation_heat

M_CA = 0.040078  # kg/mol, IUPAC's standard atomic weights (abridged, 2021)


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
    return clinker(x, o) * (moles * MOLAR_MASS_C - biogenic) + cleaning_carbon(x, y)


def gas_moles(y: Any) -> np.ndarray:
    """Return the tower's gas [mol/s] by its mass and composition."""
    water, co2, o2, n2 = (y[f"preheater_gas_{s}"] for s in ("h2o", "co2", "o2", "n2"))
    return y["preheater_gas_flow"] / (water * M_H2O + co2 * M_CO2 + o2 * M_O2 + n2 * M_N2)


def dry_volume(x: Any, y: Any) -> np.ndarray:
    """Return the tower's gas [Nm3/s], dry and at the reference oxygen."""
    water = y["preheater_gas_h2o"]
    oxygen = y["preheater_gas_o2"] / (1.0 - water)
    volume = gas_moles(y) * MOLAR_VOLUME * (1.0 - water)
    return volume * (OXYGEN_IN_AIR - oxygen) / (OXYGEN_IN_AIR - x["reference_oxygen"])


def sulphur_taken(x: Any, y: Any) -> np.ndarray:
    """Return the SO2 that desulphurisation takes up [mol/s]."""
    return (y["so2_before_cleaning"] - y["so2_concentration"]) * dry_volume(x, y) / M_SO2


def cleaning_carbon(x: Any, y: Any) -> np.ndarray:
    """Return the carbon [kg/s] of gas cleaning: one per SO2 that limestone takes up, one per two NH3 of urea."""
    of_stone = np.where(x["desulphurisation"] == DESULPHURISATION_WET, sulphur_taken(x, y), 0.0)
    urea = y["ammonia_flow"] / M_NH3 / 2.0 / x["urea_conversion"]
    return MOLAR_MASS_C * (of_stone + np.where(x["reagent"] == REAGENT_UREA, urea, 0.0))


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
    """Return the sulphur [kg/s] that gas cleaning takes in less what the ledger gives out: that of the raw gas."""
    return -y["so2_before_cleaning"] * dry_volume(x, y) / M_SO2 * MOLAR_MASS_S


def of_gypsum(x: Any) -> np.ndarray:
    """Return gypsum with its moisture and the limestone that is left over [kg] per mole of SO2."""
    solids = M_GYPSUM + x["fgd_calcium_ratio"] * M_LIMESTONE / x["fgd_limestone_purity"] - M_LIMESTONE
    return solids / (1.0 - x["gypsum_moisture"])


def of_residue(x: Any) -> np.ndarray:
    """Return sulphite with the lime that is left over [kg] per mole of SO2."""
    return M_CALCIUM_SULPHITE + (x["lime_ratio"] / x["lime_purity"] - 1.0) * M_CALCIUM_HYDROXIDE


def contents(x: Any) -> dict[str, dict[str, np.ndarray | float]]:
    """Return what the flows of the ledger hold, kg per kg, by element and output.

    Calcium is that of gas cleaning, lime that of meal and clinker: beside it the other would be too small to be seen.
    Ash is all mineral matter of the line. Gypsum and solids leave with what was fed too much.
    """
    water = ("whr_tower_water", "whr_treatment_water", "whr_waste_water", "fgd_water_flow", "fgd_waste_water")
    return {
        "sulphur": {
            "so2_flow": MOLAR_MASS_S / M_SO2,
            "gypsum_flow": MOLAR_MASS_S / of_gypsum(x),
            "fgd_residue_flow": MOLAR_MASS_S / of_residue(x),
        },
        "nitrogen": {
            "nox_flow": MOLAR_MASS_N / M_NO2,
            "ammonia_water_flow": AMMONIA_IN_SOLUTION * MOLAR_MASS_N / M_NH3,
            "anhydrous_ammonia_flow": MOLAR_MASS_N / M_NH3,
            "urea_flow": 2.0 * MOLAR_MASS_N / M_UREA,
        },
        "calcium": {
            "limestone_flow": x["fgd_limestone_purity"] * M_CA / M_LIMESTONE,
            "lime_flow": x["lime_purity"] * M_CA / M_CALCIUM_HYDROXIDE,
            "gypsum_flow": x["fgd_calcium_ratio"] * M_CA / of_gypsum(x),
            "fgd_residue_flow": x["lime_ratio"] * M_CA / of_residue(x),
        },
        "water": {
            **dict.fromkeys((*water, "reagent_water_flow"), 1.0),
            "gypsum_flow": x["gypsum_moisture"],
        },
        "lime": {"clinker_flow": x["clinker_lime"]},
        "ash": {"raw_meal_flow": 1.0, "clinker_flow": 1.0},
    }


def nitrogen(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the nitrogen [kg/s] of the reagent less that of NOx: what leaves as N2 and NH3, less that of raw NOx.

    N2: two per NO that is reduced, one per NH3 that burns in the calciner.
    """
    raw, out = y["nox_before_cleaning"], y["nox_concentration"]
    inlet = y["scr_inlet_concentration"]
    at_catalyst = np.where(np.isnan(inlet), out, inlet)
    slip, left = y["sncr_slip"] * M_NO2 / M_NH3, y["ammonia_slip"] * M_NO2 / M_NH3
    burnt = y["sncr_ratio"] * raw - (raw - at_catalyst) - slip
    gone = 2.0 * (raw - out) + burnt + left - raw  # less the raw NOx, as NO2 per volume
    fed = gone + out
    lost = np.where(x["reagent"] == REAGENT_UREA, fed * (1.0 / x["urea_conversion"] - 1.0), 0.0)
    return (gone + lost) * dry_volume(x, y) * MOLAR_MASS_N / M_NO2


def calcium(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the calcium [kg/s] of gas cleaning that stays: none, it leaves with gypsum or solids."""
    return 0.0 * clinker(x, o)


def fuel_ash(x: Any, y: Any) -> np.ndarray:
    """Return the ash of all fuels [kg per kg clinker]: what carbon, hydrogen and the rest leave of each."""
    coal, other = fuels(x, y)
    parts = sum(x[f"coal_{p}"] for p in ("carbon", "hydrogen", "oxygen", "nitrogen", "sulphur", "moisture"))
    without = x["alternative_carbon"] + x["alternative_hydrogen"] + x["alternative_moisture"]
    oxygen = np.minimum(x["alternative_oxygen"], 1.0 - without)
    dry = 1.0 - x["sludge_dry_carbon"] - x["sludge_dry_hydrogen"] - x["sludge_dry_oxygen"]
    ash = coal * (1.0 - parts) / x["coal_heating_value"]
    ash = ash + other * (1.0 - without - oxygen) / x["alternative_heating_value"]
    return ash + x["sludge_ratio"] * (1.0 - x["sludge_moisture"]) * dry


def lime(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the lime [kg/s] that bypass dust takes less that of raw meal and fuel ash."""
    dust = y["bypass_dust_ratio"] * x["clinker_lime"]
    return clinker(x, o) * (dust - y["meal_ratio"] * y["meal_lime"] - fuel_ash(x, y) * x["ash_lime"])


def ash(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the solids [kg/s] that do not become clinker, less those that fuels bring.

    Meal gives off its loss on ignition; dust of bypass and tower leaves; ash and sulphur of the fuels come in.
    """
    coal, _ = fuels(x, y)
    so3 = x["sulphur_retention"] * coal / x["coal_heating_value"] * x["coal_sulphur"] / MOLAR_MASS_S * M_SO3
    dust = y["bypass_dust_ratio"] + (1.0 - x["dust_return_share"]) * y["exit_dust_ratio"]
    lost = y["meal_ratio"] * y["loss_on_ignition"] + dust
    return clinker(x, o) * (lost - fuel_ash(x, y) - so3)


def absorbed_water(x: Any, y: Any) -> np.ndarray:
    """Return the water [kg/s] that the gas takes up in desulphurisation, with what gypsum binds and less lime's.

    Behind a wet absorber the gas is saturated, behind a semi-dry one its water is that of its composition; dry lime is
    sprayed with none.
    """
    moles, share, taken = gas_moles(y), y["preheater_gas_h2o"], sulphur_taken(x, y)
    part = x["desulphurisation"]
    with np.errstate(invalid="ignore"):
        pressure = np.vectorize(saturation_pressure)(y["fgd_gas_temperature"])
        wet = np.where(part == DESULPHURISATION_WET, pressure / x["air_pressure"], y["fgd_gas_h2o"])
        more = moles * ((1.0 - share) * wet / (1.0 - wet) - share)
    bound = np.where(part == DESULPHURISATION_WET, 2.0 * taken, -0.5 * taken)
    sprayed = (part == DESULPHURISATION_WET) | (part == DESULPHURISATION_SEMI_DRY)
    return np.where(sprayed, M_H2O * (more + bound), 0.0)


def water(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the water [kg/s] that leaves: of waste-heat power, with the gas, bound in gypsum, of urea's solution."""
    steam = y["whr_steam_flow"] + y["whr_low_steam_flow"]
    lost = np.where(x["waste_heat_power"] == WASTE_HEAT_ORGANIC, 0.0, steam * x["whr_water_loss"])
    lost = lost + y["whr_water_evaporated"] + y["whr_tower_drift"]
    urea = y["ammonia_flow"] / M_NH3 / 2.0 / x["urea_conversion"] * M_UREA
    solution = np.where(x["reagent"] == REAGENT_UREA, urea * (1.0 / x["urea_strength"] - 1.0), 0.0)
    return lost + solution + absorbed_water(x, y)
