"""The plant's water: the tower of its turbines, its boilers, quenching, what leaves as waste water. SI units.

Coal brings moisture and makes water of its own hydrogen; both leave the raw gas as ammonia liquor and, behind the
still, as waste water. So does low-pressure steam whose condensate does not return. Fresh water goes to the tower, to
the treatment for the boilers, to quenching and to gas cleaning. Towers of gas cleaning are part of what the plant
states as process water. What losses and blowdown of the boilers take of heat beside dry quenching's blowdown is left
out: some tenths of a percent of the steam's heat.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.psychrometrics import air_humidity
from plantsim.kernels.steam import saturation_temperature
from plantsim.kernels.water import circulating_water, evaporation, reused, tower_water, treated_water
from plantsim.processes.coke_oven.cdq_codes import COOLED_BY_AIR
from plantsim.vocabulary.status import OK


@kernel
def tower_evaporated(x, heat):
    """Return the water [kg/s] that the tower evaporates for ``heat`` [W]; NaN in air that cannot take it.

    The air leaves saturated, x.tower_difference below the temperature at which the turbines' exhaust condenses.
    """
    if x.turbine_cooling == COOLED_BY_AIR or not heat > 0.0:
        return 0.0
    w = air_humidity(x.tower_air_temperature, x.tower_air_humidity, x.air_pressure)
    leaving = saturation_temperature(x.cdq_exhaust_pressure) - x.tower_difference
    found, status = evaporation(heat, x.tower_air_temperature, w, leaving, x.air_pressure)
    return found if status == OK else float("nan")


@kernel
def run_tower(x, y):
    """Write evaporation, drift, blowdown and make-up of the tower behind all turbines of the plant."""
    y.condenser_heat = y.cdq_condenser_heat + y.surplus_condenser_heat
    y.tower_evaporated = tower_evaporated(x, y.condenser_heat)
    wet = x.turbine_cooling != COOLED_BY_AIR and y.condenser_heat > 0.0
    flow = circulating_water(y.condenser_heat, x.tower_cooling_rise) if wet else 0.0
    y.tower_make_up, y.tower_drift, y.tower_blowdown, _ = tower_water(
        y.tower_evaporated, flow, x.tower_drift_share, x.tower_cycles
    )


@kernel
def run_steam_water(x, net, y):
    """Write treated water for all boilers, its raw water, and the steam used whose condensate does not return.

    net: heat of a kilogram of low-pressure steam above its feedwater [J/kg].
    """
    made = y.steam_recovered
    own = min(y.steam_demand, made)
    if y.turbine_steam_own > 0.0:
        own += y.cdq_export_steam_flow * y.turbine_steam_own / y.cdq_export_heat
    y.condensate_returned = x.condensate_return * own
    drained = x.low_pressure_blowdown * made
    used = y.cdq_makeup_water_flow + made + drained + x.boiler_water_loss * (made + y.cdq_steam_flow)
    # of steam to a turbine the condensate comes back
    used -= y.condensate_returned + y.surplus_turbine_heat / net
    y.demineralised_water = used
    y.treatment_water, waste = treated_water(used, x.treatment_waste_share)
    y.treatment_waste_water = waste + drained + x.cdq_blowdown * y.cdq_steam_flow
    y.steam_to_waste = (1.0 - x.condensate_return) * (own + y.heat_bought / net)


@kernel
def run_water(x, net, y):
    """Write the plant's water: every flow that comes fresh or leaves as waste water, and their sums. net: as above."""
    run_tower(x, y)
    run_steam_water(x, net, y)
    y.process_water_flow = x.process_water * y.coke_rate
    process_waste = x.process_waste_share * y.process_water_flow
    sprayed = y.quench_water_flow + y.coke_water_flow + y.semi_dry_water
    dirty = y.liquor_flow + y.steam_to_waste + process_waste
    treated = reused(dirty, sprayed, x.waste_water_reused)
    blown = reused(y.tower_blowdown, sprayed - treated, x.blowdown_reused)
    y.reused_water = treated + blown
    y.quench_fresh_water = sprayed - y.reused_water
    if y.quench_fresh_water < 0.0:  # by rounding, where all of it is reused
        y.quench_fresh_water = 0.0
    y.fresh_water_flow = y.tower_make_up + y.treatment_water + y.process_water_flow + y.quench_fresh_water
    y.still_waste_water = dirty - treated
    y.tower_waste_water = y.tower_blowdown - blown
    y.waste_water_flow = y.still_waste_water + y.tower_waste_water + y.treatment_waste_water
