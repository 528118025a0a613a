"""Raw gas on its way from the oven: heat caught in the risers, heat of the circulating liquor, what cooling takes."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.heat_exchanger import COUNTERFLOW, check_exchanger
from plantsim.kernels.steam import h_pT, saturation_temperature, vapour_enthalpy
from plantsim.processes.coke_oven.codes import (
    FEEDWATER_TEMPERATURE,
    LIQUOR_HEAT_DROP,
    RISER_OUTLET_TEMPERATURE,
    RISER_STEAM,
)
from plantsim.processes.coke_oven.oven import (
    WATER,
    dry_gas_heat,
    light_heat,
    raw_gas_heat,
    sensible,
    tar_heat,
)
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_ORDER, OK

COLLECTING_MAIN = 355.15  # K, 82 degC, the gas after the liquor's spray
LIQUOR_HEAT_CAPACITY = 4190.0  # J/(kg K), as water at 350 K
STEAM_STEPS = 12  # secant steps to the mean temperature after the risers; four are enough


@kernel
def kept(x):
    """Return the share of the raw gas that does not leak into the flues [-]."""
    return 1.0 - x.raw_gas_leakage


@kernel
def steam_gain(x):
    """Return (net, gross) heat of a kilogram of low-pressure steam [J/kg]: above feedwater, above water at 0 degC."""
    gross = vapour_enthalpy(x.steam_pressure)
    return gross - h_pT(x.steam_pressure, x.feedwater_temperature), gross


@kernel
def steam_order(x, y):
    """Return OK where low-pressure steam is hotter than the water that it is made of; else INFEASIBLE_ORDER."""
    T_steam = saturation_temperature(x.steam_pressure)
    if x.feedwater_temperature < T_steam:
        return OK
    y.exchanger_hot_temperature, y.exchanger_cold_temperature = T_steam, x.feedwater_temperature
    y.status_variable = FEEDWATER_TEMPERATURE
    return INFEASIBLE_ORDER


@kernel
def cooled_temperature(x, d, heat):
    """Return the temperature [K] at which the raw gas holds ``heat`` [J per kg dry coal]: Newton by secants."""
    T = x.raw_gas_temperature
    for _ in range(STEAM_STEPS):
        miss = raw_gas_heat(x, d, T) - heat
        slope = (raw_gas_heat(x, d, T + 1.0) - raw_gas_heat(x, d, T - 1.0)) / 2.0
        step = miss / slope
        T -= step
        if abs(step) < 1e-10 * T:
            break
    return T


@kernel
def risers(x, d, coal, net, y):
    """Write heat and steam of the risers; return a status. coal: dry [kg/s]; net: heat of steam [J/kg]."""
    y.riser_heat = 0.0
    y.riser_steam_flow = 0.0
    y.raw_gas_cooled_to = x.raw_gas_temperature
    if x.riser_recovery != RISER_STEAM:
        return OK
    if not x.riser_outlet_temperature < x.raw_gas_temperature:
        y.status_variable = RISER_OUTLET_TEMPERATURE
        return INFEASIBLE_ORDER
    T_steam = saturation_temperature(x.steam_pressure)  # the jackets boil all along the gas
    status, T_hot, T_cold = check_exchanger(
        x.raw_gas_temperature, x.riser_outlet_temperature, T_steam, T_steam, COUNTERFLOW, 0.0
    )
    if status != OK:
        y.exchanger_hot_temperature, y.exchanger_cold_temperature = T_hot, T_cold
        y.status_variable = RISER_OUTLET_TEMPERATURE
        return status
    inlet = raw_gas_heat(x, d, x.raw_gas_temperature)
    taken = x.riser_use * (inlet - raw_gas_heat(x, d, x.riser_outlet_temperature))
    y.riser_heat = coal * kept(x) * taken
    y.riser_steam_flow = y.riser_heat * (1.0 - x.riser_loss) / net
    y.raw_gas_cooled_to = cooled_temperature(x, d, inlet - taken)
    return OK


@kernel
def dry_heat(x, d, T):
    """Return the heat [J] of the raw gas at T [K] that cooling gives off without condensing its water."""
    water = sensible(WATER, d.raw_gas[WATER], T)
    return dry_gas_heat(d, T) + tar_heat(x, d, T) + light_heat(d, T) + water


@kernel
def liquor(x, d, coal, y):
    """Write the heat that users take from the circulating liquor; return a status.

    It cannot be more than the raw gas brings to the collecting main: what the risers took is gone.
    """
    y.liquor_heat = coal * x.liquor_circulation * LIQUOR_HEAT_CAPACITY * x.liquor_heat_drop
    if not y.liquor_heat > 0.0:
        return OK
    left = dry_heat(x, d, y.raw_gas_cooled_to) - dry_heat(x, d, COLLECTING_MAIN)
    if y.liquor_heat > coal * kept(x) * left:
        y.status_variable = LIQUOR_HEAT_DROP
        return INFEASIBLE_FLOW
    return OK
