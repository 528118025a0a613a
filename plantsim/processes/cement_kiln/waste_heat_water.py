"""Water of a kiln's waste-heat power: its cooling tower and the make-up of its boilers. SI units."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.steam import saturation_temperature
from plantsim.kernels.water import circulating_water, evaporation, tower_water, treated_water
from plantsim.processes.cement_kiln.part_codes import COOLED_BY_AIR, WASTE_HEAT_ORGANIC
from plantsim.vocabulary.status import OK


@kernel
def evaporated(x, heat):
    """Return the water [kg/s] that the tower evaporates for ``heat`` [W]; NaN in air that cannot take it.

    The air leaves saturated, x.whr_tower_difference below the temperature of condensation.
    """
    if x.whr_cooling == COOLED_BY_AIR or not heat > 0.0:
        return 0.0
    leaving = saturation_temperature(x.whr_condenser_pressure) - x.whr_tower_difference
    found, status = evaporation(heat, x.ambient_temperature, x.humidity_ratio, leaving, x.air_pressure)
    return found if status == OK else float("nan")


@kernel
def run_waste_heat_water(x, y):
    """Write what waste-heat power takes of water and gives out as waste water; 0 without waste-heat power."""
    y.whr_water_evaporated = evaporated(x, y.whr_condenser_heat)
    wet = x.whr_cooling != COOLED_BY_AIR and y.whr_condenser_heat > 0.0
    circulating = circulating_water(y.whr_condenser_heat, x.whr_cooling_rise) if wet else 0.0
    y.whr_tower_water, y.whr_tower_drift, blowdown, _ = tower_water(
        y.whr_water_evaporated, circulating, x.whr_tower_drift_share, x.whr_tower_cycles
    )
    steam = 0.0 if x.waste_heat_power == WASTE_HEAT_ORGANIC else y.whr_steam_flow + y.whr_low_steam_flow
    drained = steam * x.whr_blowdown
    y.whr_demineralised_water = steam * x.whr_water_loss + drained
    y.whr_treatment_water, waste = treated_water(y.whr_demineralised_water, x.whr_treatment_waste_share)
    y.whr_waste_water = blowdown + waste + drained
