"""The gas of one operating point behind the furnace: air heater, low-temperature economiser, what it carries."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.acid_dew_point import acid_dew_point_of_coal
from plantsim.kernels.combustion import MOLAR_MASS_C, dry_amount, dry_share
from plantsim.kernels.emissions import M_CO2, M_SO2, OXYGEN_IN_AIR
from plantsim.kernels.gas import (
    H2O,
    NORMAL_MOLAR_VOLUME,
    O2,
    SO2,
    SPECIES,
    amount,
    mass,
    mixture_h,
    sensible_h,
    temperature_from_h,
)
from plantsim.kernels.heat_exchanger import COUNTERFLOW, check_exchanger
from plantsim.kernels.steam import saturation_temperature
from plantsim.kernels.steam.constants import P_TRIPLE
from plantsim.processes.coal_unit.codes import (
    BYPASS_INSTALLED,
    ECONOMISER_OXYGEN,
    RATED_ECONOMISER_GAS_TEMPERATURE,
    RATED_FLUE_GAS_TEMPERATURE,
    SCR_INSTALLED,
)
from plantsim.processes.coal_unit.expansion import given
from plantsim.vocabulary.status import INFEASIBLE_PINCH, OK, OUTSIDE_RANGE

NOX_REFERENCE_OXYGEN = 0.06  # mol/mol dry, coal-fired boilers, GB 13223-2011
LOWEST_VAPOUR_PRESSURE = P_TRIPLE  # Pa: drier gas has no water dew point above freezing


@kernel
def leakage(share, n, air):
    """Return the air [mol] that leaks into the gas n [mol]; share: of the gas's mass; air: mole fractions."""
    return share * mass(n) / mass(air)


@kernel
def leaking_share(x, y):
    """Return the leakage over the gas now [-]: its mass goes with the gas flow to a power far below 1."""
    if not x.reference_gas_flow > 0.0:  # at full load of the plant as it is
        return x.air_heater_leakage
    part = amount(y.boiler_gas) / x.reference_gas_flow
    return x.air_heater_leakage * part ** (x.air_heater_leakage_exponent - 1.0)


@kernel
def leak_free_temperature(x, d):
    """Return the rated flue gas temperature [K] without the plant's own leakage, and a status.

    A measured one is that of gas and leaked air mixed; without its air the gas is warmer.
    """
    T, n = x.rated_flue_gas_temperature, d.rated_gas
    leak = leakage(x.reference_air_heater_leakage, n, d.combustion_air)
    heat = mixture_h(n, T) + leak * sensible_h(d.combustion_air, T, x.boiler_air_temperature)
    return temperature_from_h(n, heat)


@kernel
def bypass_economiser(x, y, T):
    """Warm the SCR's gas by the economiser's bypass; return the leak-free flue gas temperature [K], T without it.

    The air heater's temperature efficiency at this point is kept: it gives back that share of the rise, and the rest
    leaves with the flue gas.
    """
    y.bypass_rise, T_gas = 0.0, y.economiser_gas_temperature
    if x.economiser_bypass != BYPASS_INSTALLED or x.scr != SCR_INSTALLED or not T_gas > T:
        return T
    held = min(x.bypass_held_temperature, x.rated_economiser_gas_temperature)
    y.bypass_rise = min(max(0.0, held - T_gas), x.bypass_most_rise)
    y.economiser_gas_temperature = T_gas + y.bypass_rise
    kept = (T - x.boiler_air_temperature) / (T_gas - x.boiler_air_temperature)
    return T + kept * y.bypass_rise


@kernel
def pass_air_heater(x, d, y, T, air):
    """Write the gas behind the air heater and the hot air's temperature; return a status.

    T: leak-free gas temperature [K]; air: combustion air [mol/s].
    """
    fresh, T_air = d.combustion_air, x.boiler_air_temperature
    cooled = mixture_h(y.boiler_gas, T)
    y.leak_free_gas_temperature = T
    y.leak_air = leakage(leaking_share(x, y), y.boiler_gas, fresh)
    for i in range(SPECIES):
        y.flue_gas[i] = y.boiler_gas[i] + y.leak_air * fresh[i]
    h_air = mixture_h(fresh, T_air)
    y.flue_gas_temperature, status = temperature_from_h(y.flue_gas, cooled + y.leak_air * h_air)
    if status != OK:
        y.status_variable = RATED_FLUE_GAS_TEMPERATURE
        return status
    given_up = mixture_h(y.boiler_gas, y.economiser_gas_temperature) - cooled
    y.hot_air_temperature, status = temperature_from_h(fresh, h_air + given_up / air)
    pinch, t_hot, t_cold = check_exchanger(
        y.economiser_gas_temperature, T, T_air, y.hot_air_temperature, COUNTERFLOW, 0.0
    )
    if pinch != OK or not given_up > 0.0:
        y.status_variable = RATED_ECONOMISER_GAS_TEMPERATURE
        y.exchanger_hot_temperature, y.exchanger_cold_temperature = t_hot, t_cold
        return INFEASIBLE_PINCH
    least = x.least_primary_air * x.reference_primary_air / (1.0 + y.leak_air / air)
    y.primary_air_flow = min(air, max(x.primary_air_share * air, least))
    y.secondary_air_flow = air - y.primary_air_flow
    return status


@kernel
def heats_condensate(x):
    """Return whether a low-temperature economiser gives heat of the flue gas to the condensate."""
    return given(x.low_economiser_heat) or given(x.low_economiser_gas_outlet)


@kernel
def heat_condensate(x, y, load):
    """Write the heat that a low-temperature economiser takes from the gas. load: heat over the rated heat."""
    y.economiser_heat = 0.0
    if given(x.low_economiser_heat):
        y.economiser_heat = x.low_economiser_heat * load
    elif given(x.low_economiser_gas_outlet) and y.flue_gas_temperature > x.low_economiser_gas_outlet:
        y.economiser_heat = sensible_h(y.flue_gas, y.flue_gas_temperature, x.low_economiser_gas_outlet)


@kernel
def gas_emissions(x, d, y):
    """Write what the gas and the ash carry off, and the acid dew point; return a status."""
    n = y.boiler_gas
    y.flue_gas_oxygen = dry_share(n, O2)
    if not (y.flue_gas_oxygen < OXYGEN_IN_AIR):
        y.status_variable = ECONOMISER_OXYGEN
        return OUTSIDE_RANGE
    y.boiler_nox = 0.0
    if given(x.boiler_nox_concentration):
        volume = dry_amount(n) * NORMAL_MOLAR_VOLUME
        volume *= (OXYGEN_IN_AIR - y.flue_gas_oxygen) / (OXYGEN_IN_AIR - NOX_REFERENCE_OXYGEN)
        y.boiler_nox = x.boiler_nox_concentration * volume
    y.boiler_so2 = n[SO2] * M_SO2
    y.coal_carbon_flow = y.coal_flow * x.coal_carbon
    y.unburnt_carbon_flow = y.coal_flow * d.unburnt_carbon
    y.co2_coal = y.coal_flow * (x.coal_carbon - d.unburnt_carbon) / MOLAR_MASS_C * M_CO2
    y.furnace_limestone_co2 = y.coal_flow * d.limestone_carbon_dioxide
    y.fly_ash_flow = y.coal_flow * d.fly_ash_ratio
    y.bottom_ash_flow = y.coal_flow * d.bottom_ash_ratio
    y.limestone_flow = y.coal_flow * d.limestone_ratio
    p_water = y.flue_gas[H2O] / amount(y.flue_gas) * x.air_pressure
    sulphur = x.coal_sulphur * (1.0 - x.furnace_sulphur_capture)
    y.acid_dew_point = acid_dew_point_of_coal(
        saturation_temperature(max(p_water, LOWEST_VAPOUR_PRESSURE)),
        sulphur,
        x.coal_ash,
        x.fly_ash_share,
        x.coal_heating_value,
    )
    return OK
