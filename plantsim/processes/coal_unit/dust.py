"""Dust of one operating point: electrostatic precipitator or bag filter, and a wet precipitator. SI units."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.filters import (
    dust_out,
    migration_velocity,
    precipitator_power,
    precipitator_removal,
    removal_for,
)
from plantsim.processes.coal_unit.codes import DUST_BAG, DUST_PRECIPITATOR, PRECIPITATOR_REMOVAL
from plantsim.vocabulary.status import OK


@kernel
def run_filter(x, y, dust, volume, normal):
    """Return (dust left [kg/s], status); writes removal and power into y.

    dust: in the gas [kg/s]; volume: actual gas [m3/s]; normal: dry gas at 6 % O2 [Nm3/s]. The precipitator's
    plates are sized on the gas of the plant as it is; its migration velocity follows from the removal there.
    """
    y.filter_removal, y.precipitator_power = 0.0, 0.0
    if x.dust_filter == DUST_PRECIPITATOR:
        v_full = x.reference_filter_volume if x.reference_filter_volume > 0.0 else volume
        area = x.precipitator_area * v_full
        w, status = migration_velocity(x.precipitator_removal, area, v_full, x.precipitator_exponent)
        if status != OK:
            y.status_variable = PRECIPITATOR_REMOVAL
            return dust, status
        y.filter_removal, status = precipitator_removal(area, volume, w, x.precipitator_exponent)
        y.precipitator_power = precipitator_power(
            area, x.corona_density, x.precipitator_supply_efficiency, 0.0
        )
    elif x.dust_filter == DUST_BAG and normal > 0.0:
        y.filter_removal, _ = removal_for(dust / normal, x.bag_outlet)
    return dust_out(dust, y.filter_removal), OK


@kernel
def run_wet_precipitator(x, y, dust, volume):
    """Return the dust [kg/s] behind a wet precipitator (removal 0: none); adds its power. volume: actual [m3/s]."""
    if x.wet_precipitator_removal > 0.0:
        y.precipitator_power += x.wet_precipitator_work * volume
    return dust_out(dust, x.wet_precipitator_removal)
