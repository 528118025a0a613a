"""Corrections of GB 21342-2025 to the energy per tonne of coke: fuel, raw material, age of the ovens, wet quenching.

Table of the standard as found in a public copy; [kgce/t] here, J/kg where they leave. The table of volatile matter
ends: outside it the correction is not a number, never an extrapolation.
"""

from __future__ import annotations

import numpy as np

from plantsim._jit import kernel
from plantsim.processes.coke_oven.codes import CHARGE_STAMP, QUENCH_WET

KGCE_PER_TONNE = 29307.6  # J/kg: 1 kgce/t
FUEL_TOP, FUEL_STAMP = 8.00, 12.00  # kgce/t at all the year on mixed gas, GB 21342-2025
MOISTURE_BASE_TOP, MOISTURE_SLOPE_TOP = 0.100, 367.0  # kgce/t per unit of moisture: 3.67 per point, same
MOISTURE_BASE_STAMP, MOISTURE_SLOPE_STAMP = 0.105, 371.0  # 3.71 per point, same
FIRST_TOP, FIRST_STAMP = 21.0, 25.0  # % Vd, first place of the tables, same
VOLATILE_TOP = np.array([-8.30, -4.20, 0.0, 4.25, 8.55, 11.00, 14.08, 18.71])  # kgce/t at 21 .. 28 % Vd, same
VOLATILE_STAMP = np.array(
    [0.0, 3.20, 6.44, 11.40, 14.65, 17.93, 21.23, 24.50]
)  # kgce/t at 25 .. 32 % Vd, same
AGE_OLD, AGE_OLDER = 15.0, 25.0  # a, same
AGE_CORRECTION_OLD, AGE_CORRECTION_OLDER = 2.50, 5.50  # kgce/t, same
ROUNDING = 1e-9  # points of volatile matter: 28 % is 0.28 kg/kg, and 100 * 0.28 is above 28
WET_QUENCHING = 46.46  # kgce/t, level 3 only, same


@kernel
def volatile_correction(volatile, stamp):
    """Return the correction [kgce/t] for volatile matter Vd [kg/kg], linear between points; NaN outside the table."""
    table = VOLATILE_STAMP if stamp else VOLATILE_TOP
    place = 100.0 * volatile - (FIRST_STAMP if stamp else FIRST_TOP)
    last = len(table) - 1
    if not -ROUNDING <= place <= last + ROUNDING:
        return np.nan
    i = min(max(int(place), 0), last - 1)
    return table[i] + (place - i) * (table[i + 1] - table[i])


@kernel
def corrections(x, y):
    """Write the corrections [J/kg coke], to be taken off the energy per tonne before it is held against a level."""
    stamp = x.charging == CHARGE_STAMP
    y.correction_fuel = KGCE_PER_TONNE * x.mixed_gas_time_share * (FUEL_STAMP if stamp else FUEL_TOP)
    moisture = x.coal_moisture - x.moisture_removed
    if stamp:
        raw = MOISTURE_SLOPE_STAMP * (moisture - MOISTURE_BASE_STAMP)
    else:
        raw = MOISTURE_SLOPE_TOP * (moisture - MOISTURE_BASE_TOP)
    raw += volatile_correction(x.coal_volatile_matter, stamp)
    y.correction_raw_material = KGCE_PER_TONNE * raw
    age = 0.0
    if x.oven_age > AGE_OLDER:
        age = AGE_CORRECTION_OLDER
    elif x.oven_age > AGE_OLD:
        age = AGE_CORRECTION_OLD
    y.correction_age = KGCE_PER_TONNE * age
    y.correction_wet_quenching = KGCE_PER_TONNE * (WET_QUENCHING if x.quenching == QUENCH_WET else 0.0)
