"""The coking plant's carbon, energy and sulphur from composition and flow: what the ledger's account must equal.

Arrays of records, one place per operating point; results in kg/s and W. No output that stands in the ledger is read.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from plantsim.kernels.combustion import MOLAR_MASS_C, MOLAR_MASS_S
from plantsim.kernels.emissions import M_SO2, OXYGEN_IN_AIR
from plantsim.kernels.gas import H2O, O2
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.processes.coke_oven.codes import (
    DESULPHURISATION_DRY,
    DESULPHURISATION_NONE,
    VENT_DRY_SODIUM,
)
from plantsim.processes.coke_oven.emissions_to_air import REFERENCE_OXYGEN
from plantsim.processes.coke_oven.products import BENZOL_CARBON


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
    raw = x["coal_sulphur"] * x["sulphide_sulphur_share"] + d["tar_share"] * x["tar_sulphur"]
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
