"""The unit's carbon, energy and sulphur from composition and flow: what the ledger's account must equal.

Arrays of records, one place per operating point; results in kg/s and W. No output that stands in the ledger is read.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from plantsim.kernels.combustion import MOLAR_MASS_C, MOLAR_MASS_S
from plantsim.kernels.emissions import M_NH3, M_SO2, M_SO3
from plantsim.kernels.gas import CO, CO2, SO2
from plantsim.processes.coal_unit.codes import FGD_INSTALLED, REAGENT_UREA

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
