"""Energy flows of the plant at its fence, and what the standard's indicator counts of them, by every convention.

Electricity counts at the equivalent value of the standard, 0.1229 kgce/kWh. Recovered steam counts by its heat, above
feedwater or above water at 0 degC, or by the power made of it.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.processes.coke_oven.codes import (
    BASIS_POWER_EQUAL_VALUE,
    BASIS_STEAM_HEAT,
    COKE_OVEN_GAS_OUT,
    CREDIT_GROSS,
)
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK

EQUIVALENT_VALUE = (
    0.1229 * 29307.6 / 3600.0
)  # 0.1229 kgce/kWh in J/J, GB/T 2589-2020 as the norms of products use it


@kernel
def energy_flows(x, d, coal, n, y):
    """Write the energy that crosses the fence [W]; return a status. n: underfiring gas [mol/s]."""
    y.coal_heat = coal * d.coal_net_heat
    y.coal_net_heating_value = d.coal_net_heat
    y.gas_heat = coal * d.gas_chemical_heat
    y.blast_furnace_gas_in = n * d.fuel_heat * d.bfg_heat_share
    own = n * d.fuel_heat - y.blast_furnace_gas_in
    y.coke_oven_gas_out = y.gas_heat - own - y.reheat_gas
    y.tar_flow = coal * d.tar_share
    y.tar_heat = coal * d.tar_chemical_heat
    y.benzol_flow = coal * d.benzol_share
    y.benzol_heat = coal * d.benzol_chemical_heat
    if y.coke_oven_gas_out < 0.0:
        y.status_variable = COKE_OVEN_GAS_OUT
        return INFEASIBLE_FLOW
    return OK


@kernel
def counted(x, net, gross, y):
    """Write what the indicator counts [W]; net, gross: heat of a kilogram of low-pressure steam [J/kg]."""
    y.counted_coal_heat = y.coal_heat * (1.0 + x.coal_heating_value_error)
    y.counted_coke_heat = y.coke_heat * (1.0 + x.coke_heating_value_error)
    y.counted_products_heat = y.coke_oven_gas_out + y.tar_heat + y.benzol_heat
    y.counted_gas_in = y.blast_furnace_gas_in
    y.counted_power_use = EQUIVALENT_VALUE * y.power_demand
    y.counted_steam_net = y.heat_bought
    y.counted_steam_gross = y.heat_bought * (gross / net)
    surplus = y.heat_supplied - y.liquor_heat
    others = y.liquor_heat + surplus
    y.credit_steam_net = y.cdq_steam_heat_net + others
    y.credit_steam_gross = y.cdq_steam_heat_gross + y.liquor_heat + surplus * (gross / net)
    y.credit_power_equivalent = EQUIVALENT_VALUE * y.cdq_gross_power + others
    y.credit_power_equal_value = x.power_equal_value * y.cdq_gross_power + others


@kernel
def by_convention(x, y):
    """Write energy taken in less given off and recovered [W], as the plant's own convention counts it."""
    balance = y.counted_coal_heat + y.counted_gas_in + y.counted_power_use
    balance -= y.counted_coke_heat + y.counted_products_heat
    if x.recovered_energy_basis == BASIS_STEAM_HEAT:
        if x.steam_credit == CREDIT_GROSS:
            balance += y.counted_steam_gross - y.credit_steam_gross
        else:
            balance += y.counted_steam_net - y.credit_steam_net
    elif x.recovered_energy_basis == BASIS_POWER_EQUAL_VALUE:
        balance += y.counted_steam_net - y.credit_power_equal_value
    else:
        balance += y.counted_steam_net - y.credit_power_equivalent
    y.convention_balance = balance
