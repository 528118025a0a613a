"""The two gas streams of waste-heat power: what the line gives the boilers, as measured where the plant says so."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.kernels.waste_heat_boiler import gas_enthalpy
from plantsim.processes.cement_kiln.hot_gases import (
    NITROGEN,
    OXYGEN,
    mixed,
    temperature_with,
    wet_gas,
    with_dust,
)
from plantsim.processes.cement_kiln.part_codes import RAW_MATERIAL_MOISTURE, SCR_AFTER_BOILER
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, OK


@kernel
def line_streams(x, y):
    """Write what the line gives the boilers: normal flows [Nm3/s]; the temperatures stand in y."""
    M_gas, _, _ = wet_gas(y.preheater_gas_h2o, y.preheater_gas_co2, y.preheater_gas_o2, y.preheater_gas_n2)
    M_air, _, _ = wet_gas(0.0, 0.0, OXYGEN, NITROGEN)
    gas, air = y.preheater_gas_flow / M_gas, x.middle_take_off * y.vent_air_flow / M_air
    y.preheater_boiler_gas_flow = (1.0 - x.coal_drying_gas_share) * gas * MOLAR_VOLUME
    y.cooler_boiler_gas_flow = (1.0 - x.coal_drying_air_share) * air * MOLAR_VOLUME


@kernel
def fit_streams(x, y):
    """Write what lies between the streams of the plant as it is and the measured ones.

    A variant's own streams are then moved by as much: flows by a factor, temperatures by a difference.
    """
    line_streams(x, y)
    if x.measured_preheater_boiler_gas > 0.0 and y.preheater_boiler_gas_flow > 0.0:
        x.preheater_stream_factor = x.measured_preheater_boiler_gas / y.preheater_boiler_gas_flow
    if x.measured_preheater_boiler_inlet > 0.0:
        x.preheater_stream_rise = x.measured_preheater_boiler_inlet - y.preheater_gas_temperature
    if x.measured_cooler_boiler_gas > 0.0 and y.cooler_boiler_gas_flow > 0.0:
        x.cooler_stream_factor = x.measured_cooler_boiler_gas / y.cooler_boiler_gas_flow
    if x.measured_cooler_boiler_inlet > 0.0:
        x.cooler_stream_rise = x.measured_cooler_boiler_inlet - y.boiler_air_temperature


@kernel
def preheater_stream(x, y):
    """Return (gas [mol/s], T [K], b, c) at the preheater boiler, dust and leaking air counted."""
    _, b, c = wet_gas(y.preheater_gas_h2o, y.preheater_gas_co2, y.preheater_gas_o2, y.preheater_gas_n2)
    _, b_air, c_air = wet_gas(0.0, 0.0, OXYGEN, NITROGEN)
    own = y.preheater_boiler_gas_flow / MOLAR_VOLUME
    dust = (1.0 - x.coal_drying_gas_share) * y.preheater_dust_flow
    b, c = with_dust(b, c, dust / own if own > 0.0 else 0.0)
    T = y.preheater_gas_temperature + x.preheater_stream_rise
    leak = x.whr_air_leak
    T, b, c = mixed(T, b, c, x.ambient_temperature, b_air, c_air, leak)
    return own * x.preheater_stream_factor * (1.0 + leak), T, b, c


@kernel
def cooler_stream(x, y):
    """Return (air [mol/s], T [K], b, c) at the cooler boiler."""
    _, b, c = wet_gas(0.0, 0.0, OXYGEN, NITROGEN)
    own = y.cooler_boiler_gas_flow / MOLAR_VOLUME
    return own * x.cooler_stream_factor, y.boiler_air_temperature + x.cooler_stream_rise, b, c


@kernel
def drying(x, y, ph, T_ph, b_ph, c_ph, air, T_air, b_air, c_air):
    """Return (T_dry [K], air left [mol/s], status): what the raw mill leaves the boilers.

    The gas goes to the mill no colder than x.whr_drying_temperature and than what its heat asks for above
    x.mill_exit_temperature; a catalyst behind the boiler cools it before. Where all of the gas's heat is too little,
    vent air gives the rest; INFEASIBLE_THERMAL where that is too little as well: such raw materials need a furnace of
    their own.
    """
    T_mill = x.mill_exit_temperature
    demand = temperature_with(y.raw_mill_heat_demand, ph, T_mill, b_ph, c_ph)
    T_dry = max(x.whr_drying_temperature, demand)
    if x.scr == SCR_AFTER_BOILER:
        T_dry += x.scr_cooling
    if demand <= T_ph:
        return T_dry, air, OK
    missing = y.raw_mill_heat_demand - ph * (
        gas_enthalpy(T_ph, b_ph, c_ph) - gas_enthalpy(T_mill, b_ph, c_ph)
    )
    of_air = gas_enthalpy(T_air, b_air, c_air) - gas_enthalpy(T_mill, b_air, c_air)
    if not of_air * air >= missing:
        y.status_variable = RAW_MATERIAL_MOISTURE
        return T_dry, air, INFEASIBLE_THERMAL
    return T_dry, air - missing / of_air, OK
