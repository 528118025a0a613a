"""Coke as it is pushed, and quenching: wet, with its water, or dry."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.processes.coke_oven.codes import QUENCH_WET
from plantsim.vocabulary.status import INCOMPLETE, OK


@kernel
def push(x, d, coal, y):
    """Write what quenching takes over. coal: dry [kg/s]."""
    y.coke_pushed_flow = coal * d.coke_share
    y.coke_pushed_temperature = x.coke_temperature
    y.coke_carbon = d.coke_share_carbon
    y.coke_hydrogen = d.coke_share_hydrogen
    y.coke_oxygen = d.coke_share_oxygen
    y.coke_nitrogen = d.coke_share_nitrogen
    y.coke_sulphur = d.coke_share_sulphur
    y.coke_ash = d.coke_share_ash
    y.coke_net_heating_value = d.coke_heating_value


@kernel
def quench_wet(x, y):
    """Write wet quenching: nothing burns, nothing is recovered, water goes."""
    y.cdq_coke_flow = y.coke_pushed_flow
    y.cdq_burnt_carbon = 0.0
    y.cdq_burnt_heat = 0.0
    y.cdq_steam_flow = 0.0
    y.cdq_steam_heat_net = 0.0
    y.cdq_steam_heat_gross = 0.0
    y.cdq_gross_power = 0.0
    y.cdq_own_power = 0.0
    y.cdq_nitrogen_flow = 0.0
    y.cdq_vent_co2_flow = 0.0
    y.cdq_vent_co_flow = 0.0
    y.cdq_dust_flow = 0.0
    y.coke_moisture = x.wet_coke_moisture
    y.quench_water_flow = x.quench_water * y.coke_pushed_flow


@kernel
def quench(x, d, o, y):
    """Write what becomes of the coke pushed; return a status."""
    if x.quenching == QUENCH_WET:
        quench_wet(x, y)
        status = OK
    else:
        status = INCOMPLETE
        y.coke_moisture = x.dry_coke_moisture
        y.quench_water_flow = 0.0
    y.coke_rate = y.cdq_coke_flow
    y.coke_heat = y.coke_pushed_flow * y.coke_net_heating_value - y.cdq_burnt_heat
    return status
