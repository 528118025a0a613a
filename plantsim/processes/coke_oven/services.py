"""Steam, electricity and water of the whole plant: what it needs, recovers, buys and gives."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.steam import liquid_enthalpy, s_ph, vapour_enthalpy
from plantsim.kernels.turbine import expansion_enthalpy
from plantsim.processes.coke_oven.cdq_codes import TURBINE_CONDENSING, TURBINE_EXTRACTION
from plantsim.processes.coke_oven.codes import (
    DRYING_BY_FLUE_GAS,
    POWER_ADMISSION,
    POWER_NONE,
    QUENCH_DRY,
    SURPLUS_STEAM_TURBINE,
    VOC_RETURNED,
)
from plantsim.processes.coke_oven.water import run_water
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK


@kernel
def low_pressure_steam(x, net, y):
    """Write low-pressure steam needed and recovered. net: heat of a kilogram above feedwater [J/kg].

    Reads y.cdq_coke_flow. Riser and flue-gas steam serve the plant first; a surplus goes to others as far as somebody
    takes it.
    """
    y.steam_demand = x.process_steam * y.cdq_coke_flow + x.still_steam * y.liquor_flow
    if x.moisture_heat != DRYING_BY_FLUE_GAS:
        y.steam_demand += y.drying_heat / net
    y.steam_recovered = y.riser_steam_flow + y.flue_boiler_steam_flow
    y.steam_short_heat = max(0.0, y.steam_demand - y.steam_recovered) * net
    surplus = max(0.0, y.steam_recovered - y.steam_demand) * net
    y.steam_surplus_heat = x.surplus_steam_used * surplus
    y.steam_unused_heat = surplus - y.steam_surplus_heat


@kernel
def surplus_steam_power(x, net, y):
    """Write power of the surplus steam that nobody takes, where a turbine takes it; return a status.

    Saturated steam from x.steam_pressure to x.cdq_exhaust_pressure, wetness in the efficiency. Let into the turbine of
    dry quenching, it makes power while that runs. INFEASIBLE_FLOW where there is none with a condenser.
    """
    y.surplus_turbine_heat = y.surplus_steam_power = y.surplus_condenser_heat = 0.0
    if x.surplus_steam_turbine == POWER_NONE:
        return OK
    running = 1.0
    if x.surplus_steam_turbine == POWER_ADMISSION:
        condenses = x.cdq_turbine == TURBINE_CONDENSING or x.cdq_turbine == TURBINE_EXTRACTION
        if x.quenching != QUENCH_DRY or not condenses:
            y.status_variable = SURPLUS_STEAM_TURBINE
            return INFEASIBLE_FLOW
        running = x.cdq_availability
    h = vapour_enthalpy(x.steam_pressure)
    h_out = expansion_enthalpy(
        h, s_ph(x.steam_pressure, h), x.cdq_exhaust_pressure, x.surplus_turbine_efficiency, 0.0
    )
    y.surplus_turbine_heat = running * y.steam_unused_heat
    y.steam_unused_heat -= y.surplus_turbine_heat
    steam = y.surplus_turbine_heat / net
    y.surplus_condenser_heat = steam * (h_out - liquid_enthalpy(x.cdq_exhaust_pressure))
    y.surplus_steam_power = steam * (h - h_out)
    y.surplus_steam_power *= x.cdq_mechanical_efficiency * x.cdq_generator_efficiency
    return OK


@kernel
def turbine_steam(x, y):
    """Write what the plant and others take of the steam that the turbine of dry quenching gives, and what is bought.

    Steam of a lower pressure than the plant's own network serves others only.
    """
    y.turbine_steam_own = min(y.cdq_export_own_heat, y.steam_short_heat)
    y.heat_bought = y.steam_short_heat - y.turbine_steam_own
    others = x.surplus_steam_used * (y.cdq_export_heat - y.turbine_steam_own)
    y.turbine_steam_used = y.turbine_steam_own + others
    y.heat_supplied = y.steam_surplus_heat + others + y.liquor_heat


@kernel
def electricity(x, y):
    """Write electricity used, and taken less made [W]."""
    y.power_demand = x.plant_power * y.coke_rate + x.still_power * y.liquor_flow
    y.power_demand += y.cdq_own_power + y.flue_fan_power + x.cdq_station_use * y.surplus_steam_power
    if x.voc_treatment == VOC_RETURNED:
        y.power_demand += x.voc_power * y.coke_rate
    y.grid_power = y.power_demand - y.cdq_gross_power - y.surplus_steam_power


@kernel
def services(x, net, y):
    """Write liquor, steam, electricity and water; return a status. net: heat of steam [J/kg]."""
    low_pressure_steam(x, net, y)
    turbine_steam(x, y)
    status = surplus_steam_power(x, net, y)
    electricity(x, y)
    run_water(x, net, y)
    return status
