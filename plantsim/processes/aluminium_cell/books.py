"""The potline's carbon and energy from composition and flow: what the ledger's account must equal.

Arrays of records, one place per operating point; results in kg/s and W. No output that stands in the ledger is read.
The carbon of perfluorocarbons (about 1e-5 of the anode's) counts as CO2, as the rules of reporting have it, and they
count beside it. Sulphur of the anodes is not modelled.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from plantsim.kernels.combustion import MOLAR_MASS_C
from plantsim.kernels.emissions import M_CO2
from plantsim.processes.aluminium_cell.codes import HEAT_BALANCE_ON
from plantsim.processes.aluminium_cell.kernel import METAL_PER_CHARGE


def carbon(x: Any, d: Any, o: Any, y: Any) -> np.ndarray:
    """Return the carbon [kg/s] that leaves as CO2: the anode's and the cast-house fuel's, by the metal made."""
    metal = METAL_PER_CHARGE * y["effective_charge_rate"]
    fuel = x["casting_fuel_per_tonne"] * x["casting_fuel_factor"] * MOLAR_MASS_C / M_CO2
    return metal * (x["net_anode_consumption"] * x["anode_carbon_content"] + fuel)


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
