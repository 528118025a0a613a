"""The coking plant's balances from composition and flow, element by element: what the ledger's account must equal.

Arrays of records, one place per operating point; results in kg/s and W. No output that stands in the ledger is read.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from plantsim.kernels.combustion import MOLAR_MASS_C, MOLAR_MASS_N, MOLAR_MASS_S
from plantsim.kernels.emissions import (
    M_CALCIUM_HYDROXIDE,
    M_CALCIUM_SULPHITE,
    M_CO2,
    M_H2O,
    M_NH3,
    M_NO2,
    M_O2,
    M_SO2,
    M_SODIUM_BICARBONATE,
    OXYGEN_IN_AIR,
)
from plantsim.kernels.gas import H2O, MOLAR_MASS, NH3, O2
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.kernels.reagents import AMMONIA_IN_SOLUTION
from plantsim.processes.coke_oven.codes import (
    AMMONIUM_SULPHATE,
    DESULPHURISATION_DRY,
    DESULPHURISATION_NONE,
    DESULPHURISATION_SEMI_DRY,
    QUENCH_DRY,
    SCR_LOW_TEMPERATURE,
    VENT_DRY_SODIUM,
)
from plantsim.processes.coke_oven.emissions_to_air import REFERENCE_OXYGEN
from plantsim.processes.coke_oven.products import BENZOL_CARBON
from plantsim.processes.coke_oven.sulphur import M_AMMONIUM_SULPHATE

M_CA, M_NA = 0.040078, 0.02299  # kg/mol, IUPAC's standard atomic weights (abridged, 2021)


def underfiring(d: Any, y: Any) -> np.ndarray:
    """Return the gas burnt in the flues [mol/s]."""
    return y["dry_coal_flow"] * d["fuel_demand"] / d["fuel_heat"]


def kept(x: Any, y: Any) -> np.ndarray:
    """Return the dry coal [kg/s] whose raw gas does not leak into the flues."""
    return y["dry_coal_flow"] * (1.0 - x["raw_gas_leakage"])


def own_gas(x: Any, d: Any, y: Any) -> np.ndarray:
    """Return the share of the plant's gas that it burns itself, in flues and for reheating [-]."""
    flues = underfiring(d, y) * d["fuel_heat"] * (1.0 - d["bfg_heat_share"])
    return (flues + y["reheat_gas"]) / (kept(x, y) * d["gas_chemical_heat"])


def carbon(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the carbon [kg/s] that leaves as CO2: of coal and gas bought less that of coke, tar, benzol, gas sold.

    Raw gas that leaks into the flues is burnt there. Vapours of benzol stay benzol, lost or sold with the gas.
    """
    coal = y["dry_coal_flow"]
    bought = x["blast_furnace_gas_share"] * (1.0 - x["bfg_moisture"]) * underfiring(d, y)
    bought = bought * (x["bfg_carbon_monoxide"] + x["bfg_carbon_dioxide"]) * MOLAR_MASS_C
    tar = 1.0 - x["tar_hydrogen"] - x["tar_oxygen"] - x["tar_nitrogen"] - x["tar_sulphur"]
    products = y["coke_pushed_flow"] * y["coke_carbon"] - y["cdq_burnt_carbon"]
    products = products + kept(x, y) * (d["tar_share"] * tar + d["benzol_share"] * BENZOL_CARBON)
    sold = kept(x, y) * d["gas_carbon"] * (1.0 - own_gas(x, d, y))
    return coal * d["own_carbon"] + bought - products - sold + of_bicarbonate(x, d, y)


def of_bicarbonate(x: Any, d: Any, y: Any) -> np.ndarray:
    """Return the carbon [kg/s] that dry desulphurisation sets free: 2 per SO2 caught, half of what is dosed beyond."""
    per_so2 = 2.0 + (x["desulphurisation_stoichiometry"] - 1.0)
    dry = np.where(x["desulphurisation"] == DESULPHURISATION_DRY, caught_in_chimney(x, d, y), 0.0)
    return (dry + caught_in_vent(x, y)) / M_SO2 * per_so2 * MOLAR_MASS_C


def energy(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the energy [W] that stays: heating values in less heating values out, electricity and steam."""
    coal = y["dry_coal_flow"]
    fuel = coal * d["coal_net_heat"] + underfiring(d, y) * d["fuel_heat"] * d["bfg_heat_share"]
    coke = y["coke_pushed_flow"] * y["coke_net_heating_value"] - y["cdq_burnt_heat"]
    gas = kept(x, y) * d["gas_chemical_heat"] * (1.0 - own_gas(x, d, y)) + y["voc_returned_heat"]
    others = kept(x, y) * (d["tar_share"] * x["tar_net_heating_value"] + d["benzol_chemical_heat"])
    share = np.where(d["benzol_share"] > 0.0, d["benzol_share"], np.inf)
    others = others - y["voc_made_flow"] * d["benzol_chemical_heat"] / share
    steam = y["steam_short_heat"] - y["steam_surplus_heat"] - y["turbine_steam_used"] - y["liquor_heat"]
    power = y["power_demand"] - y["cdq_gross_power"] - y["surplus_steam_power"]
    return fuel - coke - gas - others + steam + power


def reference_gas(d: Any, y: Any) -> np.ndarray:
    """Return the dry flue gas [Nm3/s] as it would be at the reference oxygen."""
    gas = d["flue_gas"]
    dry = np.sum(gas, axis=1) - gas[:, H2O]
    volume = underfiring(d, y) * dry * MOLAR_VOLUME
    return volume * (OXYGEN_IN_AIR - gas[:, O2] / dry) / (OXYGEN_IN_AIR - REFERENCE_OXYGEN)


def burnt_sulphur(x: Any, d: Any, y: Any) -> np.ndarray:
    """Return the sulphur [kg/s] that the flues burn: of plant's gas, blast-furnace gas, and raw gas that leaks in."""
    fuel, share = underfiring(d, y), x["blast_furnace_gas_share"]
    own = fuel * (1.0 - share) / d["gas_amount"] * d["gas_sulphur"] * MOLAR_MASS_S
    bought = fuel * share * (1.0 - x["bfg_moisture"]) * x["bfg_sulphur"] * MOLAR_VOLUME
    leak = y["dry_coal_flow"] * x["raw_gas_leakage"]
    raw = d["raw_sulphur"] * MOLAR_MASS_S + d["tar_share"] * x["tar_sulphur"]
    return own + bought + leak * raw


def caught_in_chimney(x: Any, d: Any, y: Any) -> np.ndarray:
    """Return the SO2 [kg/s] that desulphurisation of the flue gas takes."""
    before = burnt_sulphur(x, d, y) * x["so2_factor"] * (M_SO2 / MOLAR_MASS_S)
    left = np.maximum(
        np.minimum(before, x["flue_so2_limit"] * reference_gas(d, y)),
        before * (1.0 - x["desulphurisation_most"]),
    )
    return np.where(x["desulphurisation"] == DESULPHURISATION_NONE, 0.0, before - left)


def vent(y: Any) -> np.ndarray:
    """Return the SO2 [kg/s] of dry quenching before its own desulphurisation: the sulphur that left the coke."""
    return y["cdq_burnt_sulphur"] * (M_SO2 / MOLAR_MASS_S)


def caught_in_vent(x: Any, y: Any) -> np.ndarray:
    """Return the SO2 [kg/s] that desulphurisation of the vent takes."""
    before = vent(y)
    stack = y["cdq_vent_dry_flow"] + x["cdq_dedusting_air"] * y["cdq_dry_flow"]
    left = np.maximum(
        np.minimum(before, x["cdq_stack_so2_limit"] * stack), before * (1.0 - x["desulphurisation_most"])
    )
    return np.where(x["cdq_vent_desulphurisation"] == VENT_DRY_SODIUM, before - left, 0.0)


def sulphur(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the sulphur [kg/s] that leaves as SO2: burnt, of quenching, charging and pushing, less what is caught."""
    reheating = y["reheat_gas"] / d["gas_chemical_heat"] * d["gas_sulphur"] * MOLAR_MASS_S
    kept_raw = kept(x, y) * (d["raw_sulphur"] - d["gas_sulphur"]) * MOLAR_MASS_S
    factors = (x["charging_so2"] + x["pushing_so2"]) * y["coke_pushed_flow"] * (MOLAR_MASS_S / M_SO2)
    caught = (caught_in_chimney(x, d, y) + caught_in_vent(x, y)) * (MOLAR_MASS_S / M_SO2)
    out = burnt_sulphur(x, d, y) * x["so2_factor"] + y["cdq_burnt_sulphur"] + reheating
    return out + np.minimum(kept_raw, factors) - caught


def contents(x: Any) -> dict[str, dict[str, np.ndarray | float]]:
    """Return what the flows of the ledger hold, kg per kg, by element and output."""
    dry = 1.0 - x["coal_moisture"]
    return {
        "nitrogen": {
            "wet_coal_flow": dry * x["coal_nitrogen"],
            "tar_flow": x["tar_nitrogen"],
            "ammonium_sulphate_made": 2.0 * MOLAR_MASS_N / M_AMMONIUM_SULPHATE,
            "ammonia_anhydrous_flow": MOLAR_MASS_N / M_NH3,
            "ammonia_solution_flow": AMMONIA_IN_SOLUTION * MOLAR_MASS_N / M_NH3,
            "nox_rate": MOLAR_MASS_N / M_NO2,
        },
        "calcium": {"lime_flow": x["lime_purity"] * (M_CA / M_CALCIUM_HYDROXIDE)},
        "sodium": {"sodium_bicarbonate_flow": x["sodium_purity"] * (M_NA / M_SODIUM_BICARBONATE)},
        "water": {"fresh_water_flow": 1.0, "waste_water_flow": 1.0},
        "ash": {"wet_coal_flow": dry * x["coal_ash"], "desulphurisation_ash_flow": 1.0},
    }


def nitrogen(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the nitrogen [kg/s] that stays in the coke or leaves as N2 and slip: of coal, raw gas and ammonia dosed.

    Ammonia that no product takes is burnt, as is what leaks into the flues; NOx takes its nitrogen from the air.
    """
    coal, leak = y["dry_coal_flow"], x["raw_gas_leakage"]
    in_ammonia = d["ammonia_share"] * (MOLAR_MASS_N / float(MOLAR_MASS[NH3]))
    burnt = np.where(x["ammonia_product"] == AMMONIUM_SULPHATE, leak, 1.0) * in_ammonia
    of_coal = y["coke_pushed_flow"] * y["coke_nitrogen"] + coal * (
        d["nitrogen_in_gas"] + burnt + leak * d["tar_share"] * x["tar_nitrogen"]
    )
    raw = reference_gas(d, y) * x["flue_nox"] * (MOLAR_MASS_N / M_NO2)
    slip = y["ammonia_slip"] / (x["flue_nox"] * (M_NH3 / M_NO2))
    on = x["denitration"] == SCR_LOW_TEMPERATURE
    reacted = np.where(on, y["scr_ratio"] - slip, 0.0)
    dosed = np.where(on, y["scr_ratio"] * x["ammonia_ratio"], 0.0)
    return of_coal + raw * (dosed - (1.0 - reacted))


def by_lime(x: Any, d: Any, y: Any) -> np.ndarray:
    """Return the SO2 [mol/s] that lime takes in the chimney."""
    lime = x["desulphurisation"] == DESULPHURISATION_SEMI_DRY
    return np.where(lime, caught_in_chimney(x, d, y), 0.0) / M_SO2


def by_sodium(x: Any, d: Any, y: Any) -> np.ndarray:
    """Return the SO2 [mol/s] that bicarbonate takes, in chimney and vent."""
    dry = x["desulphurisation"] == DESULPHURISATION_DRY
    return (np.where(dry, caught_in_chimney(x, d, y), 0.0) + caught_in_vent(x, y)) / M_SO2


def calcium(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the calcium [kg/s] that the SO2 taken asks for."""
    return by_lime(x, d, y) * x["lime_ratio"] * M_CA


def sodium(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the sodium [kg/s] that the SO2 taken asks for: two per mole, and what is dosed beyond."""
    return by_sodium(x, d, y) * 2.0 * x["desulphurisation_stoichiometry"] * M_NA


def ash(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the ash [kg/s] that stays in coke, burnt-off coke's too, less what reagents leave.

    Sulphite with unused lime and its inerts; sulphate with the carbonate of what is dosed beyond. Dust counts as coke.
    """
    lime, sodium_taken = by_lime(x, d, y), by_sodium(x, d, y)
    slaked = M_CALCIUM_HYDROXIDE * (x["lime_ratio"] / x["lime_purity"] - 1.0)
    left = lime * (M_CALCIUM_SULPHITE + slaked)
    ratio = x["desulphurisation_stoichiometry"]
    sulphate = 2.0 * M_NA + M_SO2 + M_O2  # Na2SO4
    carbonate = 2.0 * M_SODIUM_BICARBONATE - M_CO2 - M_H2O  # Na2CO3
    inert = 2.0 * ratio * M_SODIUM_BICARBONATE * (1.0 / x["sodium_purity"] - 1.0)
    left = left + sodium_taken * (sulphate + (ratio - 1.0) * carbonate + inert)
    return y["cdq_coke_flow"] * y["cdq_coke_ash"] - left


def sprayed(x: Any, y: Any) -> np.ndarray:
    """Return the water [kg/s] that quenching and semi-dry desulphurisation evaporate and coke carries off."""
    dry = np.where(x["quenching"] == QUENCH_DRY, y["cdq_dry_flow"], 0.0)
    wet = y["coke_pushed_flow"] - dry
    of_wet, of_dry = (x[n] / (1.0 - x[n]) for n in ("wet_coke_moisture", "dry_coke_moisture"))
    carried = wet * of_wet + (y["cdq_coke_flow"] - wet) * of_dry
    return wet * x["quench_water"] + carried + y["semi_dry_water"]


def steam_gone(x: Any, y: Any) -> np.ndarray:
    """Return steam [kg/s] of the plant's boilers that is lost, vented or given to others, less bought steam that stays.

    The heat of a kilogram is that of what is short or too much, whichever there is.
    """
    made, demand = y["steam_recovered"], y["steam_demand"]
    too_much, short = np.maximum(made - demand, 0.0), np.maximum(demand - made, 0.0)
    surplus = y["steam_surplus_heat"] + y["steam_unused_heat"] + y["surplus_turbine_heat"]
    condensed = np.where(
        surplus > 0.0, y["surplus_turbine_heat"] / np.where(surplus > 0.0, surplus, 1.0), 0.0
    )
    needed = np.where(y["steam_short_heat"] > 0.0, y["steam_short_heat"], 1.0)
    bought = short * (1.0 - y["turbine_steam_own"] / needed)
    exported = np.where(y["cdq_export_heat"] > 0.0, y["cdq_export_heat"], 1.0)
    of_turbine = y["cdq_export_steam_flow"] * (1.0 - y["turbine_steam_own"] / exported)
    lost = x["boiler_water_loss"] * (made + y["cdq_steam_flow"])
    return too_much * (1.0 - condensed) + of_turbine + lost - (1.0 - x["condensate_return"]) * bought


def water(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the water [kg/s] that leaves as vapour, drops, steam and with coke, less that of coal and bought steam."""
    of_coal = kept(x, y) * (d["charge_water"] + x["pyrolysis_water"])
    process = (1.0 - x["process_waste_share"]) * x["process_water"] * y["cdq_coke_flow"]
    gone = y["tower_evaporated"] + y["tower_drift"] + process
    return gone + sprayed(x, y) + steam_gone(x, y) - of_coal
