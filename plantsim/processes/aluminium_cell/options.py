"""Words of the options of models/aluminium_cell/variables.toml: what each is in kernels."""

from __future__ import annotations

from plantsim.kernels.bath import HIVES, RTA, WANG
from plantsim.processes.aluminium_cell.codes import (
    BATH_FOLLOWS,
    BATH_HELD,
    COVER,
    DESULPHURISATION_DEDUCTED,
    DISTANCE,
    HEAT_BALANCE_ON,
    HOLD_DISTANCE,
    HOLD_VOLTAGE,
    LINING,
    SEMI_DRY,
    STARTUP_DEDUCTED,
    WET_LIMESTONE,
)

OPTIONS = {
    "deduct_desulphurisation": {"no": 0, "yes": DESULPHURISATION_DEDUCTED},
    "deduct_startup": {"no": 0, "yes": STARTUP_DEDUCTED},
    "desulphurisation": {"none": 0, "wet_limestone": WET_LIMESTONE, "semi_dry": SEMI_DRY},
    "heat_balance": {"off": 0, "on": HEAT_BALANCE_ON},
    "bath_chemistry": {"held": BATH_HELD, "follows_ledge": BATH_FOLLOWS},
    "conductivity_formula": {"hives": HIVES, "wang": WANG, "rta": RTA},
    "thermal_handle": {"none": 0, "cover": COVER, "lining": LINING, "distance": DISTANCE},
    "hold": {"superheat": 0, "distance": HOLD_DISTANCE, "voltage": HOLD_VOLTAGE},
}
