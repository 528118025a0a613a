"""Steam, electricity and water of the whole plant: what it needs, recovers, buys and gives."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.processes.coke_oven.codes import DRYING_BY_FLUE_GAS, VOC_RETURNED


@kernel
def low_pressure_steam(x, net, y):
    """Write low-pressure steam needed, recovered and bought. net: heat of a kilogram above feedwater [J/kg].

    Riser and flue-gas steam serve the plant first, then steam that the turbine of dry quenching gives off; a surplus
    counts only as far as somebody takes it.
    """
    y.steam_demand = x.process_steam * y.coke_rate + x.still_steam * y.liquor_flow
    if x.moisture_heat != DRYING_BY_FLUE_GAS:
        y.steam_demand += y.drying_heat / net
    y.steam_recovered = y.riser_steam_flow + y.flue_boiler_steam_flow
    y.steam_short_heat = max(0.0, y.steam_demand - y.steam_recovered) * net
    y.steam_surplus_heat = x.surplus_steam_used * max(0.0, y.steam_recovered - y.steam_demand) * net
    from_turbine = min(y.cdq_export_heat, y.steam_short_heat)
    y.heat_bought = y.steam_short_heat - from_turbine
    y.turbine_steam_used = from_turbine + x.surplus_steam_used * (y.cdq_export_heat - from_turbine)
    y.heat_supplied = y.steam_surplus_heat + y.turbine_steam_used - from_turbine + y.liquor_heat


@kernel
def electricity(x, y):
    """Write electricity used, and taken less made [W]."""
    y.power_demand = x.plant_power * y.coke_rate + x.still_power * y.liquor_flow
    y.power_demand += y.cdq_own_power + y.flue_fan_power
    if x.voc_treatment == VOC_RETURNED:
        y.power_demand += x.voc_power * y.coke_rate
    y.grid_power = y.power_demand - y.cdq_gross_power


@kernel
def services(x, d, coal, net, y):
    """Write liquor, steam, electricity and water. coal: dry [kg/s]; net: heat of steam [J/kg]."""
    low_pressure_steam(x, net, y)
    electricity(x, y)
    y.fresh_water_flow = x.process_water * y.coke_rate + y.quench_water_flow + y.cdq_makeup_water_flow
