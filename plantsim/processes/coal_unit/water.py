"""The unit's water at one operating point: tower, make-up of the cycle, absorber, slag; what is fresh, what leaves.

Written after the point is solved and what is not known is marked: what hangs on that is NaN too. SI units.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.psychrometrics import air_humidity
from plantsim.kernels.steam import liquid_enthalpy, vapour_enthalpy
from plantsim.kernels.water import circulating_water, evaporation, reused, tower_water, treated_water
from plantsim.processes.coal_unit.codes import (
    CONDENSER_DRY,
    CONDENSER_RISE,
    CONDENSER_SURFACE,
    REAGENT_UREA,
    WATER_FROM_TOWER,
)
from plantsim.processes.coal_unit.cold_end import ambient
from plantsim.processes.coal_unit.expansion import given
from plantsim.vocabulary.status import OK

UNKNOWN = float("nan")


@kernel
def evaporated_in_tower(x, d, o, y):
    """Return the water [kg/s] that the tower evaporates: as solved, or by its heat; NaN where none is described.

    By heat: the condenser is not sized, and the air leaves saturated a given difference below the condensing steam. No
    more is evaporated than the condenser's heat can: air that comes in warmer than it leaves would add heat of its own,
    and means a tower that does not hold the stated pressure.
    """
    if x.condenser == CONDENSER_DRY or not y.condenser_heat > 0.0:
        return 0.0
    if x.cooling_water_source != WATER_FROM_TOWER:
        return UNKNOWN
    if x.condenser == CONDENSER_SURFACE:
        return y.water_evaporated
    T, humidity = ambient(x, o)
    w = air_humidity(T, humidity, x.air_pressure)
    leaving = d.condensing_temperature - x.tower_air_difference
    evaporated, status = evaporation(y.condenser_heat, T, w, leaving, x.air_pressure)
    latent = vapour_enthalpy(d.condensing_pressure) - liquid_enthalpy(d.condensing_pressure)
    return min(evaporated, y.condenser_heat / latent) if status == OK else UNKNOWN


@kernel
def circulating(x, y):
    """Return the cooling water [kg/s] in circulation; NaN where neither it nor its rise is given."""
    if x.condenser == CONDENSER_DRY or not y.condenser_heat > 0.0:
        return 0.0
    if given(x.cooling_water_flow):
        return x.cooling_water_flow
    if x.condenser == CONDENSER_RISE and x.cooling_water_rise > 0.0:
        return circulating_water(y.condenser_heat, x.cooling_water_rise)
    return UNKNOWN


@kernel
def run_tower_water(x, d, o, y):
    """Write evaporation, drift, blowdown and make-up of the tower."""
    y.water_evaporated = evaporated_in_tower(x, d, o, y)
    y.tower_water, y.tower_drift, y.tower_blowdown, _ = tower_water(
        y.water_evaporated, circulating(x, y), x.tower_drift_share, x.tower_cycles
    )


@kernel
def run_make_up(x, y):
    """Write what cycle, heat supply and reagent take of treated water, and the raw water and waste of its making."""
    dilution = y.urea * (1.0 - x.urea_strength) / x.urea_strength if x.reagent == REAGENT_UREA else 0.0
    drained = y.main_steam_flow * x.boiler_blowdown
    used = y.main_steam_flow * x.cycle_water_loss + drained + y.make_up_flow + dilution
    y.demineralised_water = used
    y.treatment_water, waste = treated_water(used, x.treatment_waste_share)
    y.treatment_waste_water = waste + drained


@kernel
def run_water(x, d, o, y):
    """Write the unit's water: every flow that comes fresh or leaves as waste water, and their sums."""
    run_tower_water(x, d, o, y)
    run_make_up(x, y)
    y.ash_water = y.bottom_ash_flow * x.bottom_ash_moisture / (1.0 - x.bottom_ash_moisture)
    taken = reused(y.tower_blowdown, y.fgd_water + y.ash_water, x.blowdown_reused)
    to_absorber = min(taken, y.fgd_water) if taken > 0.0 else taken
    to_slag = min(taken - to_absorber, y.ash_water) if taken > 0.0 else taken
    y.reused_water = to_absorber + to_slag
    y.fgd_fresh_water = y.fgd_water - to_absorber
    y.ash_fresh_water = y.ash_water - to_slag
    y.tower_waste_water = y.tower_blowdown - y.reused_water
    if y.tower_waste_water < 0.0:  # by rounding, where all is reused
        y.tower_waste_water = 0.0
    y.fresh_water = y.tower_water + y.treatment_water + y.fgd_fresh_water + y.ash_fresh_water
    y.waste_water = y.tower_waste_water + y.treatment_waste_water + y.fgd_waste_water
    y.specific_fresh_water = y.fresh_water / y.gross_power if y.gross_power > 0.0 else UNKNOWN
