"""The potline's carbon, sulphur, fluorine and energy from composition and flow: what the ledger must equal.

Arrays of records, one place per operating point; results in kg/s and W. No output that stands in the ledger is read.
The carbon of perfluorocarbons (about 1e-5 of the anode's) counts as CO2, as the rules of reporting have it, and they
count beside it. What the roof gives off follows from composition, what the stack does from its concentration.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from plantsim.kernels.combustion import MOLAR_MASS_C, MOLAR_MASS_S
from plantsim.kernels.emissions import M_CO2, M_SO2
from plantsim.processes.aluminium_cell.codes import HEAT_BALANCE_ON, WET_LIMESTONE
from plantsim.processes.aluminium_cell.kernel import METAL_PER_CHARGE


def carbon(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the carbon [kg/s] that leaves as CO2: of anodes, cast-house fuel and limestone, by the metal made."""
    metal = METAL_PER_CHARGE * y["effective_charge_rate"]
    fuel = x["casting_fuel_per_tonne"] * x["casting_fuel_factor"] * MOLAR_MASS_C / M_CO2
    taken = x["hooding_efficiency"] * _sulphur(x, y) - _stack_sulphur(y)  # a carbonate for each sulphur
    limestone = np.where(x["desulphurisation"] == WET_LIMESTONE, taken / MOLAR_MASS_S * MOLAR_MASS_C, 0.0)
    return metal * (x["net_anode_consumption"] * x["anode_carbon_content"] + fuel) + limestone


def sulphur(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the sulphur [kg/s] that leaves as SO2: of the anodes less what is kept, by roof and stack."""
    return (1.0 - x["hooding_efficiency"]) * _sulphur(x, y) + _stack_sulphur(y)


def fluorine(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the fluorine [kg/s] that is fed: what lining and bath keep, and what leaves by roof and stack."""
    metal = METAL_PER_CHARGE * y["effective_charge_rate"]
    roof = metal * x["fluoride_evolution"] * (1.0 - x["hooding_efficiency"])
    return metal * x["fluorine_kept"] + roof + y["fluoride_concentration"] * y["fume_flow"]


def _sulphur(x: Any, y: Any) -> np.ndarray:
    """Return the sulphur [kg/s] of the anodes that becomes SO2."""
    metal = METAL_PER_CHARGE * y["effective_charge_rate"]
    return metal * x["net_anode_consumption"] * x["anode_sulphur"] * (1.0 - x["sulphur_retained"])


def _stack_sulphur(y: Any) -> np.ndarray:
    return y["so2_concentration"] * y["fume_flow"] / M_SO2 * MOLAR_MASS_S


def energy(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the energy [W] that stays: electricity of cells, rectifier, services, cast-house fuel, less heat."""
    cells = x["cell_count"] * o["cells_in_operation"]
    direct = cells * x["line_current"] * y["operating_voltage"]
    services = y["auxiliary_power"] + y["casting_power"] + y["startup_power"]
    services = services + METAL_PER_CHARGE * y["effective_charge_rate"] * x["casting_fuel_per_tonne"]
    heat = x["shell_heat_share"] * y["side_heat_loss"] + x["gas_heat_share"] * y["top_heat_loss"]
    return (
        direct / x["rectifier_efficiency"]
        + services
        - np.where(x["heat_balance"] == HEAT_BALANCE_ON, heat, 0.0)
    )
