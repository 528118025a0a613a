"""Coke as it is pushed, and quenching, wet or dry."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.processes.coke_oven.dry_quenching import quench_dry


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
def quench(x, d, o, y):
    """Write what becomes of the coke pushed; return a status."""
    status = quench_dry(x, d, o, y)
    y.coke_rate = y.cdq_coke_flow
    y.coke_heat = y.coke_pushed_flow * y.coke_net_heating_value - y.cdq_burnt_heat
    return status
