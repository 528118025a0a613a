"""Flue gas from the regenerators to the chimney: one sequence of temperatures that every user of it shares.

    scr_before_boiler   duct, desulphurisation, [reheat], catalyst, coal dryer, boiler, [reheat], chimney
    boiler_before_scr   duct, coal dryer, boiler, desulphurisation, [reheat], catalyst, [reheat], chimney
Reheating burns coke-oven gas where the catalyst or the hot-standby chimney asks for more than the gas has left. What
its burner adds to the amount of flue gas, and the vapour of semi-dry desulphurisation, are left out; heat, carbon and
sulphur of the burner are not. Without any plant in it the gas
goes to the chimney as it comes.
"""

from __future__ import annotations

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.fans import fan_power
from plantsim.kernels.gas import T_REFERENCE, amount, mixture_cp, mixture_h, sensible_h, temperature_from_h
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.kernels.heat_exchanger import COUNTERFLOW, check_exchanger
from plantsim.kernels.steam import saturation_temperature
from plantsim.kernels.waste_heat_boiler import gas_coefficients, waste_heat_boiler
from plantsim.processes.coke_oven.codes import (
    BOILER_BEFORE_SCR,
    BOILER_STEAM,
    DESULPHURISATION_NONE,
    DESULPHURISATION_SEMI_DRY,
    DRYING_BY_FLUE_GAS,
    FLUE_BOILER_OUTLET_TEMPERATURE,
    MOISTURE_REMOVED,
    SCR_LOW_TEMPERATURE,
)
from plantsim.processes.coke_oven.oven import WATER_LATENT
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, OK

WATER_VAPOUR_CP = 1870.0  # J/(kg K), at about 350 K
DRYER_VAPOUR = 353.15  # K, 80 degC: the vapour that leaves the coal dryer
DRYER_APPROACH = 10.0  # K, the gas leaves the dryer hotter than its vapour by at least this
KAPPA = 1.38  # isentropic exponent of flue gas at 450 K
WARM, HOT = 400.0, 550.0  # K, where the boiler's straight line of heat capacity meets the gas


@kernel
def treated(x):
    """Return whether anything stands in the way of the flue gas, so that its duct cools it and a fan is needed."""
    return (
        x.flue_boiler == BOILER_STEAM
        or x.denitration == SCR_LOW_TEMPERATURE
        or x.desulphurisation != DESULPHURISATION_NONE
        or (x.moisture_removed > 0.0 and x.moisture_heat == DRYING_BY_FLUE_GAS)
    )


@kernel
def heated(x, d, n, T, T_wanted, y):
    """Return the temperature [K] that the gas is brought to where it is colder than T_wanted; burns gas for it."""
    if T_wanted <= T:
        return T
    y.reheat_gas += n * sensible_h(d.flue_gas, T_wanted, T) / x.reheat_efficiency
    return T_wanted


@kernel
def catalyst(x, d, n, T, y):
    """Return the temperature [K] after desulphurisation and denitration."""
    if x.desulphurisation == DESULPHURISATION_SEMI_DRY:
        cooled = T - x.semi_dry_drop
        per_water = WATER_LATENT + WATER_VAPOUR_CP * (cooled - T_REFERENCE)
        y.semi_dry_water = n * sensible_h(d.flue_gas, T, cooled) / per_water
        T = cooled
    elif x.desulphurisation != DESULPHURISATION_NONE:
        T -= x.desulphurisation_drop
    if x.denitration == SCR_LOW_TEMPERATURE:
        T = heated(x, d, n, T, x.scr_temperature, y)
        y.scr_gas_temperature = T
        T -= x.scr_temperature_drop
    return T


@kernel
def dryer(x, d, n, coal, T, y):
    """Return (temperature [K], status) after the coal dryer; writes its heat. coal: dry [kg/s]."""
    y.drying_heat = 0.0
    if not x.moisture_removed > 0.0:
        return T, OK
    before = x.coal_moisture / (1.0 - x.coal_moisture)
    water = coal * (before - d.charge_water)
    per_water = WATER_LATENT + WATER_VAPOUR_CP * (DRYER_VAPOUR - T_REFERENCE)
    y.drying_heat = water * per_water / x.dryer_efficiency
    if x.moisture_heat != DRYING_BY_FLUE_GAS:
        return T, OK
    T_out, status = temperature_from_h(d.flue_gas, mixture_h(d.flue_gas, T) - y.drying_heat / n)
    if status == OK:
        status, T_hot, T_cold = check_exchanger(
            T, T_out, DRYER_VAPOUR, DRYER_VAPOUR, COUNTERFLOW, DRYER_APPROACH
        )
        if status != OK:
            y.exchanger_hot_temperature, y.exchanger_cold_temperature = T_hot, T_cold
    if status != OK:
        y.status_variable = MOISTURE_REMOVED
        return T, INFEASIBLE_THERMAL
    return T_out, OK


@kernel
def boiler(x, d, n, T, y):
    """Return (temperature [K], status) after the flue-gas boiler; writes its steam. Designed by its pinch."""
    y.flue_boiler_heat = 0.0
    y.flue_boiler_steam_flow = 0.0
    y.flue_boiler_gas_inlet = y.flue_boiler_gas_outlet = np.nan
    if x.flue_boiler != BOILER_STEAM:
        return T, OK
    b, c = gas_coefficients(WARM, mixture_cp(d.flue_gas, WARM), HOT, mixture_cp(d.flue_gas, HOT))
    steam, _, _, _, _, _, duty, status = waste_heat_boiler(
        n,
        b,
        c,
        T,
        x.flue_boiler_outlet_temperature,
        x.flue_boiler_loss,
        np.int64(1),
        (x.steam_pressure, x.steam_pressure, x.steam_pressure),
        (0.0, 0.0, 0.0),
        (0.0, 0.0, 0.0),
        (x.flue_boiler_pinch, x.flue_boiler_pinch, x.flue_boiler_pinch),
        0.0,
        x.feedwater_temperature,
        0.0,
        0.0,
        x.flue_boiler_pinch,
    )
    T_steam = saturation_temperature(x.steam_pressure)
    if status != OK:
        y.exchanger_hot_temperature, y.exchanger_cold_temperature = T, T_steam
        y.status_variable = FLUE_BOILER_OUTLET_TEMPERATURE
        return T, status
    y.flue_boiler_steam_flow = steam
    y.flue_boiler_heat = duty / (1.0 - x.flue_boiler_loss)
    T_out, status = temperature_from_h(d.flue_gas, mixture_h(d.flue_gas, T) - y.flue_boiler_heat / n)
    y.flue_boiler_gas_inlet, y.flue_boiler_gas_outlet = T, T_out
    if status == OK:
        status, T_hot, T_cold = check_exchanger(T, T_out, x.feedwater_temperature, T_steam, COUNTERFLOW, 0.0)
        if status != OK:
            y.exchanger_hot_temperature, y.exchanger_cold_temperature = T_hot, T_cold
            y.status_variable = FLUE_BOILER_OUTLET_TEMPERATURE
    return T_out, status


@kernel
def flue_gas_road(x, d, n, coal, y):
    """Write temperatures, steam, drying and reheating along the flue gas; return a status.

    n: underfiring gas [mol/s]; coal: dry [kg/s].
    """
    y.reheat_gas = y.semi_dry_water = 0.0
    y.scr_gas_temperature = np.nan
    T = x.flue_temperature
    if treated(x):
        T -= x.flue_duct_drop
    if x.flue_order != BOILER_BEFORE_SCR:
        T = catalyst(x, d, n, T, y)
    T, status = dryer(x, d, n, coal, T, y)
    if status != OK:
        return status
    T, status = boiler(x, d, n, T, y)
    if status != OK:
        return status
    if x.flue_order == BOILER_BEFORE_SCR:
        T = catalyst(x, d, n, T, y)
    if treated(x):
        T = heated(x, d, n, T, x.chimney_temperature, y)
    y.chimney_gas_temperature = T
    y.chimney_heat = n * sensible_h(d.flue_gas, T, T_REFERENCE)
    return OK


@kernel
def flue_fan(x, d, n, y):
    """Write the power [W] of the fan that the treatment of flue gas needs; return a status."""
    y.flue_fan_power = 0.0
    if not treated(x):
        return OK
    rise = 0.0
    if x.flue_boiler == BOILER_STEAM:
        rise += x.flue_boiler_pressure_drop
    if x.denitration == SCR_LOW_TEMPERATURE:
        rise += x.scr_pressure_drop
    if x.desulphurisation != DESULPHURISATION_NONE:
        rise += x.desulphurisation_pressure_drop
    T, p = y.chimney_gas_temperature, x.air_pressure - rise
    volume = n * amount(d.flue_gas) * MOLAR_VOLUME
    y.flue_fan_power, status = fan_power(volume, T, p, rise, x.flue_fan_efficiency, 1.0, KAPPA)
    return status
