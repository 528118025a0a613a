"""Energy flows of the plant at its fence, and what the standard's indicator counts of them, by every convention.

Electricity counts at the equivalent value of the standard, 0.1229 kgce/kWh. Steam that goes to a turbine counts by its
heat where the boiler gives it, above feedwater or above water at 0 degC, and what the plant then takes from the turbine
is no gain; or by the power made of it, and then what the turbine gives off as steam is one. The heat of reheating is
heat of the same steam: at one boiler duty the pressure moves no credit. What a meter of live steam alone would give
stands beside.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.processes.coke_oven.codes import (
    BASIS_POWER_EQUAL_VALUE,
    BASIS_STEAM_HEAT,
    COKE_OVEN_GAS_OUT,
    CREDIT_GROSS,
    VOC_EMISSION,
    VOC_RETURNED,
)
from plantsim.processes.coke_oven.raw_gas import kept
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK

# 0.1229 kgce/kWh in J/J, GB/T 2589-2020 as the norms of products use it
EQUIVALENT_VALUE = 0.1229 * 29307.6 / 3600.0


@kernel
def benzol_and_vapours(x, d, coal, y):
    """Write benzol and what tanks and ovens lose of it as vapour, to the air or into the gas; return a status.

    Vapours of the tanks alone can be returned. All count as the benzol that they were: carbon, heating value of the
    liquid.
    """
    made = coal * kept(x) * d.benzol_share
    tanks, ovens = x.voc_emission * y.coke_rate, x.oven_voc * y.coke_rate
    y.voc_made_flow = tanks + ovens
    y.voc_returned_flow = tanks * x.voc_returned_share if x.voc_treatment == VOC_RETURNED else 0.0
    y.benzol_flow = made - y.voc_made_flow
    if y.benzol_flow < 0.0:
        y.status_variable = VOC_EMISSION
        return INFEASIBLE_FLOW
    heating_value = d.benzol_chemical_heat / d.benzol_share if d.benzol_share > 0.0 else 0.0
    y.benzol_heat = y.benzol_flow * heating_value
    y.voc_returned_heat = y.voc_returned_flow * heating_value
    return OK


@kernel
def gas_volumes(x, d, n, y):
    """Write the gas that flues, reheating and others burn [Nm3/s]; n: underfiring gas [mol/s].

    Vapours returned into the gas are not in its volume.
    """
    y.blast_furnace_gas_flow = n * x.blast_furnace_gas_share * MOLAR_VOLUME
    y.heating_gas_flow = n * MOLAR_VOLUME - y.blast_furnace_gas_flow
    y.reheat_gas_flow = y.reheat_gas / y.gas_heating_value
    y.surplus_gas_flow = y.gas_made - y.heating_gas_flow - y.reheat_gas_flow


@kernel
def energy_flows(x, d, coal, n, y):
    """Write the energy that crosses the fence [W]; return a status. n: underfiring gas [mol/s].

    Raw gas that leaked into the flues is burnt there and no gas, tar or benzol any more.
    """
    y.coal_heat = coal * d.coal_net_heat
    y.coal_net_heating_value = d.coal_net_heat
    y.gas_heat = coal * kept(x) * d.gas_chemical_heat
    y.blast_furnace_gas_in = n * d.fuel_heat * d.bfg_heat_share
    own = n * d.fuel_heat - y.blast_furnace_gas_in
    y.tar_flow = coal * kept(x) * d.tar_share
    y.tar_heat = coal * kept(x) * d.tar_chemical_heat
    status = benzol_and_vapours(x, d, coal, y)
    if status != OK:
        return status
    y.coke_oven_gas_out = y.gas_heat + y.voc_returned_heat - own - y.reheat_gas
    gas_volumes(x, d, n, y)
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
    to_turbine = y.surplus_turbine_heat
    y.credit_steam_meter = y.cdq_steam_heat_net + others + to_turbine
    y.credit_steam_net = y.credit_steam_meter + y.cdq_reheat_heat
    y.credit_steam_gross = y.cdq_steam_heat_gross + y.cdq_reheat_heat + y.liquor_heat
    y.credit_steam_gross += (y.steam_surplus_heat + to_turbine) * (gross / net)
    by_power = others + y.turbine_steam_used
    power = y.cdq_gross_power + y.surplus_steam_power
    y.credit_power_equivalent = EQUIVALENT_VALUE * power + by_power
    y.credit_power_equal_value = x.power_equal_value * power + by_power


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
