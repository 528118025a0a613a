"""Coke before and after quenching."""

from __future__ import annotations

from plantsim._jit import kernel


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
def coke_made(y):
    """Write what quenching leaves of the coke: its flow and its heat."""
    y.coke_rate = y.cdq_coke_flow
    y.coke_heat = y.coke_pushed_flow * y.coke_net_heating_value - y.cdq_burnt_heat
