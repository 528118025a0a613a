"""Energy flows of the plant at its fence, and what the standard's indicator counts of them, by every convention.

Electricity counts at the equivalent value of the standard, 0.1229 kgce/kWh. Steam of dry quenching counts by its heat
at the boiler's meter, above feedwater or above water at 0 degC, and what the plant then takes from the turbine is no
gain; or by the power made of it, and then what the turbine gives off as steam is one.
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

# 0.1229 kgce/kWh in J/J, GB/T 2589-2020 as the norms of products use it
EQUIVALENT_VALUE = 0.1229 * 29307.6 / 3600.0


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
    y.counted_steam_net = y.steam_short_heat
    y.counted_steam_gross = y.steam_short_heat * (gross / net)
    others = y.liquor_heat + y.steam_surplus_heat
    y.credit_steam_net = y.cdq_steam_heat_net + others
    y.credit_steam_gross = y.cdq_steam_heat_gross + y.liquor_heat + y.steam_surplus_heat * (gross / net)
    by_power = others + y.turbine_steam_used
    y.credit_power_equivalent = EQUIVALENT_VALUE * y.cdq_gross_power + by_power
    y.credit_power_equal_value = x.power_equal_value * y.cdq_gross_power + by_power


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
