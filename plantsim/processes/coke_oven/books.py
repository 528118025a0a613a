"""The coking plant's carbon, energy and sulphur from composition and flow: what the ledger's account must equal.

Arrays of records, one place per operating point; results in kg/s and W. No output that stands in the ledger is read.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from plantsim.kernels.combustion import MOLAR_MASS_C, MOLAR_MASS_S
from plantsim.kernels.emissions import M_SO2, M_SODIUM_BICARBONATE, OXYGEN_IN_AIR
from plantsim.kernels.gas import H2O, O2
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.processes.coke_oven.codes import DESULPHURISATION_DRY
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
    return coal * d["own_carbon"] + bought - products - sold + of_bicarbonate(x, y)


def of_bicarbonate(x: Any, y: Any) -> np.ndarray:
    """Return the carbon [kg/s] that dry desulphurisation sets free: all that reacts, half of the surplus."""
    dosed = y["sodium_bicarbonate_flow"] * x["sodium_purity"] / M_SODIUM_BICARBONATE
    reacts = dosed / x["desulphurisation_stoichiometry"]
    return np.where(dosed > 0.0, (reacts + 0.5 * (dosed - reacts)) * MOLAR_MASS_C, 0.0)


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
    return fuel - coke - gas - others + steam + y["power_demand"] - y["cdq_gross_power"]


def sulphur(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the sulphur [kg/s] that leaves as SO2, by its concentration in the chimney, and with the vent."""
    gas = d["flue_gas"]
    dry = np.sum(gas, axis=1) - gas[:, H2O]
    volume = underfiring(d, y) * dry * MOLAR_VOLUME
    volume = volume * (OXYGEN_IN_AIR - gas[:, O2] / dry) / (OXYGEN_IN_AIR - REFERENCE_OXYGEN)
    held = np.minimum(x["flue_so2"], x["flue_so2_limit"])
    so2 = volume * np.where(x["desulphurisation"] == DESULPHURISATION_DRY, held, x["flue_so2"])
    return (so2 + y["cdq_vent_so2_flow"]) / M_SO2 * MOLAR_MASS_S
