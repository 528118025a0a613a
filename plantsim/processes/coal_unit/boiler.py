"""The boiler side of one operating point: the coal that the cycle's heat takes, its gas, and the losses.

Without a coal only the coal's heat is known, from the plant's own efficiency. With one the heat-loss method
decides how the efficiency moves with load, coal and retrofits; what it does not explain of the plant's own
figure at rated power is found once and kept (``boiler_loss_remainder``).
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.gas import SPECIES
from plantsim.kernels.heat_exchanger import COUNTERFLOW, check_exchanger
from plantsim.processes.coal_unit.boiler_gas import (
    bypass_economiser,
    gas_emissions,
    heat_condensate,
    leak_free_temperature,
    pass_air_heater,
)
from plantsim.processes.coal_unit.boiler_losses import (
    balance_residual,
    fuel_heat,
    gas_losses,
    higher_heating_value,
    list_losses,
    listed_losses,
    loss_base,
    surface_loss,
)
from plantsim.processes.coal_unit.coal_firing import charge_furnace, fire, has_coal, moist_air
from plantsim.processes.coal_unit.codes import (
    BOILER_EFFICIENCY,
    COMBUSTION_AIR_HUMIDITY,
    ECONOMISER_OXYGEN,
    GAS_WITHOUT_LEAKAGE,
    HEAT_RATE,
    LOSSES_BY_PTC_4,
    RATED_FLUE_GAS_TEMPERATURE,
)
from plantsim.processes.coal_unit.expansion import given
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_THERMAL, NOT_FINITE, OK, OUTSIDE_RANGE

LEAST_UNLISTED = (
    -0.03
)  # of the coal's heat: sheets leave 0.3 to 1.6 %; test and convention err by 1 to 2 points each
LEAST_COOLING = 5.0  # K that the gas stays above the air: an air heater needs a difference


@kernel
def design_boiler(x, d, fit):
    """Write what one kg of coal turns to at rated power; return a status, with d.design_status_variable.

    Needs the solved cycle. fit: the plant as it is, whose own efficiency gives the unlisted loss.
    """
    d.boiler_rated_flow = x.boiler_capacity if given(x.boiler_capacity) else x.reference_main_steam_flow
    if fit:
        x.reference_boiler_heat = x.reference_main_steam_flow * d.specific_heat_input
        x.reference_air_heater_leakage = x.air_heater_leakage
        x.reference_boiler_efficiency = x.boiler_efficiency
        x.boiler_loss_remainder = 0.0
    if not has_coal(x):
        if given(x.boiler_efficiency):
            return OK
        d.design_status_variable = BOILER_EFFICIENCY
        return INCOMPLETE
    if not moist_air(x, d):
        d.design_status_variable = COMBUSTION_AIR_HUMIDITY
        return OUTSIDE_RANGE
    status = charge_furnace(x, d, x.fly_ash_carbon)
    if status != OK:
        return status
    for i in range(SPECIES):  # a firing that fails leaves no gas of an earlier variant
        d.rated_gas[i] = 0.0
    air, status = fire(x, d, x.economiser_oxygen, d.rated_gas)
    if status != OK:
        d.design_status_variable = ECONOMISER_OXYGEN
        return status
    d.rated_leak_free_temperature = x.rated_flue_gas_temperature
    if x.flue_gas_temperature_basis != GAS_WITHOUT_LEAKAGE:
        d.rated_leak_free_temperature, status = leak_free_temperature(x, d)
        if status != OK:
            d.design_status_variable = RATED_FLUE_GAS_TEMPERATURE
            return status
    if fit and given(x.boiler_efficiency):
        T = d.rated_leak_free_temperature
        dry, water, credit = gas_losses(x, d, d.rated_gas, air, T)
        of_coal, of_useful = surface_loss(x, d, x.reference_main_steam_flow)
        explained = listed_losses(x, d, d.rated_gas, T, dry, water, credit) + of_coal
        own = x.boiler_efficiency * x.coal_heating_value / fuel_heat(x)
        x.boiler_loss_remainder = 1.0 - explained - own * (1.0 + of_useful)
    return OK


@kernel
def unlisted_loss(x):
    """Return the loss that the method does not list [-]; less where a measure raises the efficiency itself."""
    if not (given(x.boiler_efficiency) and given(x.reference_boiler_efficiency)):
        return 0.0
    raised = (x.boiler_efficiency - x.reference_boiler_efficiency) * x.coal_heating_value / fuel_heat(x)
    return x.boiler_loss_remainder - raised


@kernel
def run_gas_side(x, d, y, load):
    """Write efficiency, coal, air, gas and losses; return a status. load: heat over the rated heat."""
    if x.fly_ash_carbon_rise > 0.0:
        status = charge_furnace(x, d, x.fly_ash_carbon + x.fly_ash_carbon_rise * max(0.0, 1.0 - load))
        if status != OK:
            y.status_variable = d.design_status_variable
            d.design_status_variable = 0
            return status
    oxygen = x.economiser_oxygen + x.economiser_oxygen_rise * (1.0 - load)
    T = d.rated_leak_free_temperature - x.flue_gas_temperature_fall * (1.0 - load)
    y.economiser_gas_temperature = x.rated_economiser_gas_temperature
    y.economiser_gas_temperature -= x.economiser_gas_temperature_fall * (1.0 - load)
    T_air = x.boiler_air_temperature
    pinch, t_hot, t_cold = check_exchanger(T, T, T_air, T_air, COUNTERFLOW, LEAST_COOLING)
    if pinch != OK:
        y.status_variable = RATED_FLUE_GAS_TEMPERATURE
        y.exchanger_hot_temperature, y.exchanger_cold_temperature = t_hot, t_cold
        return pinch
    T = bypass_economiser(x, y, T)
    air, status = fire(x, d, oxygen, y.boiler_gas)
    if status != OK:
        y.status_variable = ECONOMISER_OXYGEN
        return status
    dry, water, credit = gas_losses(x, d, y.boiler_gas, air, T)
    of_coal, of_useful = surface_loss(x, d, y.main_steam_flow)
    unlisted = unlisted_loss(x)
    kept = 1.0 - listed_losses(x, d, y.boiler_gas, T, dry, water, credit) - of_coal - unlisted
    efficiency = kept / (1.0 + of_useful)
    if unlisted < LEAST_UNLISTED:  # the stated efficiency leaves no room for the losses that are known
        y.boiler_efficiency_listed = (kept + unlisted) / (1.0 + of_useful)
        y.status_variable = BOILER_EFFICIENCY
        return INFEASIBLE_THERMAL
    if not (efficiency > 0.0 and efficiency < 1.5):
        y.status_variable = BOILER_EFFICIENCY
        return INFEASIBLE_THERMAL
    lower = list_losses(x, d, y, T, dry, water, credit)
    surface = of_coal + of_useful * efficiency
    y.loss_surface = surface * lower
    y.loss_unlisted = unlisted * lower
    heat_out = y.boiler_heat / x.pipe_efficiency
    y.coal_flow = heat_out / (efficiency * fuel_heat(x))
    y.coal_heat = y.coal_flow * x.coal_heating_value
    y.boiler_efficiency_found = heat_out / y.coal_heat
    by_method = loss_base(x) if x.boiler_method == LOSSES_BY_PTC_4 else higher_heating_value(x)
    y.boiler_efficiency_higher = heat_out / (y.coal_flow * by_method)
    for i in range(SPECIES):
        y.boiler_gas[i] *= y.coal_flow
    status = pass_air_heater(x, d, y, T, air * y.coal_flow)
    if status == OK:
        status = gas_emissions(x, d, y)
    y.boiler_residual = balance_residual(
        x, d, y, air, heat_out, (surface + unlisted) * y.coal_flow * fuel_heat(x)
    )
    return status


@kernel
def clear_gas_side(y):
    """Write 0 for coal, air and gas that are not known, so that own power counts none of it apart.

    They may hold what an earlier solve of the record left; :mod:`unknown` marks them once the point is solved.
    """
    y.coal_flow = y.primary_air_flow = y.secondary_air_flow = y.leak_air = 0.0
    for i in range(SPECIES):
        y.boiler_gas[i] = y.flue_gas[i] = 0.0


@kernel
def run_boiler(x, d, o, y):
    """Write the coal that y.boiler_heat takes, and where a coal is given the gas side; return a status."""
    load = y.boiler_heat / x.reference_boiler_heat
    if has_coal(x):
        status = run_gas_side(x, d, y, load)
        if status != OK:
            return status
    else:
        clear_gas_side(y)
        y.boiler_efficiency_found = x.boiler_efficiency
        y.coal_heat = y.boiler_heat / (x.boiler_efficiency * x.pipe_efficiency)
    heat_condensate(x, y, load)
    if not (y.coal_heat > 0.0 and y.coal_heat < 1e12):
        y.status_variable = HEAT_RATE
        return NOT_FINITE
    return OK
