"""Heat losses of the boiler per kg of coal, and the energy balance over it by absolute enthalpies.

Heat-loss method (反平衡): GB/T 10184-2015, form remembered; ASME PTC 4 lists the same losses over the higher
heating value. Losses are counted from the gas as it would be without air-heater leakage: what leaks in takes
no heat from the boiler where it comes in at air temperature.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.combustion import (
    HEAT_OF_CONDENSATION,
    LOWER_HEATING_VALUE,
    MOLAR_MASS_H,
    MOLAR_MASS_WATER,
    fuel_enthalpy,
)
from plantsim.kernels.gas import CO, H2O, T_REFERENCE, mixture_h, sensible_h, species_h
from plantsim.processes.coal_unit.coal_firing import CARBON_HEAT
from plantsim.processes.coal_unit.codes import (
    FLUIDISED_BED,
    LOSSES_BY_PTC_4,
    RADIATION_BY_GB_1988,
    RADIATION_GIVEN,
)
from plantsim.vocabulary.basis import (
    GAS_WORK_AT_PRESSURE,
    HYDROGEN_HEAT,
    HYDROGEN_HEAT_AT_PRESSURE,
    MOISTURE_HEAT,
    MOISTURE_HEAT_AT_PRESSURE,
)

GB_SURFACE_FACTOR, GB_SURFACE_EXPONENT = 0.0582, -0.38  # of rated t/h, GB 10184-88, remembered
EN_SURFACE_HARD_COAL, EN_SURFACE_FLUIDISED = 0.022, 0.0315  # MW per MW^0.7, EN 12952-15, remembered
EN_SURFACE_EXPONENT = 0.7
ASH_CP, ASH_CP_RISE = 710.0, 0.502  # J/(kg K), J/(kg K2): mean from 0 degC to t, GB/T 10184-2015, remembered
T_ZERO = 273.15  # K


@kernel
def ash_heat(T, T_base):
    """Return the heat [J/kg] of ash at T [K] above that at T_base [K]. Evidence: unverified."""
    t, t0 = T - T_ZERO, T_base - T_ZERO
    return t * (ASH_CP + ASH_CP_RISE * t) - t0 * (ASH_CP + ASH_CP_RISE * t0)


@kernel
def residue_heat(x, d, T_gas, T_base):
    """Return the heat [J per kg of coal] that fly ash, at T_gas [K], and slag carry off above T_base [K]."""
    fly = d.fly_ash_ratio * ash_heat(T_gas, T_base)
    return fly + d.bottom_ash_ratio * ash_heat(x.bottom_ash_temperature, T_base)


@kernel
def gas_losses(x, d, n, air, T):
    """Return dry-gas heat, heat per mole of water vapour, and credit of the air [J, per kg of coal].

    n: gas, air: combustion air [mol per kg of coal]; T: leak-free gas temperature [K].
    """
    T_ref = x.boiler_reference_temperature
    water = species_h(H2O, T) - species_h(H2O, T_ref)
    dry = sensible_h(n, T, T_ref) - n[H2O] * water
    return dry, water, air * sensible_h(d.combustion_air, x.boiler_air_temperature, T_ref)


@kernel
def water_of_coal(x):
    """Return water [mol per kg of coal] from the coal's hydrogen, and from its moisture."""
    return 0.5 * x.coal_hydrogen / MOLAR_MASS_H, x.coal_moisture / MOLAR_MASS_WATER


@kernel
def higher_heating_value(x):
    """Return the coal's higher heating value [J/kg], at constant volume: the one that its net value came from.

    Qgr,v = Qnet,v + 206 H + 23 M in kJ/kg and %, GB/T 213: a gross value that a plant gives comes back as it is.
    """
    return x.coal_heating_value + HYDROGEN_HEAT * x.coal_hydrogen + MOISTURE_HEAT * x.coal_moisture


@kernel
def fuel_heat(x):
    """Return the heat [J per kg of coal] that the method sets free: its lower heating value.

    GB/T 213: the plant's own, at constant volume. PTC 4: at constant pressure, Qgr,v - 212 H - 0.8 (O + N) - 24.4 M.
    """
    if x.boiler_method != LOSSES_BY_PTC_4:
        return x.coal_heating_value
    heat = higher_heating_value(x) - HYDROGEN_HEAT_AT_PRESSURE * x.coal_hydrogen
    heat -= GAS_WORK_AT_PRESSURE * (x.coal_oxygen + x.coal_nitrogen)
    return heat - MOISTURE_HEAT_AT_PRESSURE * x.coal_moisture


@kernel
def loss_base(x):
    """Return the heating value [J/kg] that the method's losses are shares of.

    PTC 4: the higher one at constant pressure, where the water of hydrogen and moisture is condensed again: within
    0.2 % of the bomb's, at constant volume.
    """
    if x.boiler_method != LOSSES_BY_PTC_4:
        return x.coal_heating_value
    burnt, moist = water_of_coal(x)
    return fuel_heat(x) + (burnt + moist) * HEAT_OF_CONDENSATION


@kernel
def monoxide_loss(n):
    """Return the heat [J] that the carbon monoxide of the gas n [mol] would give."""
    return n[CO] * LOWER_HEATING_VALUE[CO]


@kernel
def surface_loss(x, d, flow):
    """Return the surface loss as a share of the coal's heat (fuel_heat), and as a share of the boiler's useful heat.

    One of the two is 0. flow: main steam [kg/s]. Given: a share of what the method's losses are shares of.
    GB 10184-88: 5.82 De^-0.38 De/D [%], De in t/h, of the coal's heat. EN 12952-15: C Q^0.7 [MW] whatever the load,
    Q the useful heat at capacity.
    """
    relative = flow / d.boiler_rated_flow
    if x.radiation_method == RADIATION_GIVEN:
        loss = x.radiation_loss if x.radiation_loss > 0.0 else 0.0
        return loss * loss_base(x) / fuel_heat(x) / relative, 0.0
    if x.radiation_method == RADIATION_BY_GB_1988:
        rated = d.boiler_rated_flow * 3.6  # t/h
        return GB_SURFACE_FACTOR * rated**GB_SURFACE_EXPONENT / relative, 0.0
    useful = (
        x.reference_boiler_heat / x.pipe_efficiency * d.boiler_rated_flow / x.reference_main_steam_flow / 1e6
    )
    factor = EN_SURFACE_FLUIDISED if x.boiler_kind == FLUIDISED_BED else EN_SURFACE_HARD_COAL
    return 0.0, factor * useful ** (EN_SURFACE_EXPONENT - 1.0) / relative


@kernel
def listed_losses(x, d, n, T, dry, water, credit):
    """Return the losses less the air's credit [-] over the coal's heat (fuel_heat), the surface's left out.

    n: gas [mol per kg of coal]; T: leak-free gas temperature [K]; the rest as :func:`gas_losses` returns it.
    """
    heat = dry + n[H2O] * water + monoxide_loss(n) + d.unburnt_carbon * CARBON_HEAT
    heat += residue_heat(x, d, T, x.boiler_reference_temperature) + d.desulphurisation_heat - credit
    return heat / fuel_heat(x)


@kernel
def list_losses(x, d, y, T, dry, water, credit):
    """Write each loss over the heating value that the method counts on (loss_base); return the coal's heat over that.

    y.boiler_gas: [mol per kg of coal]; other arguments as :func:`listed_losses`.
    """
    burnt, moist = water_of_coal(x)
    heat = loss_base(x)
    latent = HEAT_OF_CONDENSATION if x.boiler_method == LOSSES_BY_PTC_4 else 0.0
    y.loss_dry_gas = dry / heat
    y.loss_hydrogen = burnt * (water + latent) / heat
    y.loss_fuel_moisture = moist * (water + latent) / heat
    y.loss_air_moisture = (y.boiler_gas[H2O] - burnt - moist) * water / heat
    y.loss_unburnt_gas = monoxide_loss(y.boiler_gas) / heat
    y.loss_unburnt_carbon = d.unburnt_carbon * CARBON_HEAT / heat
    y.loss_ash = residue_heat(x, d, T, x.boiler_reference_temperature) / heat
    y.loss_desulphurisation = d.desulphurisation_heat / heat
    y.air_heat_credit = credit / heat
    return fuel_heat(x) / heat


@kernel
def balance_residual(x, d, y, air, heat_out, lost):
    """Return the boiler's energy balance residual over coal heat, by absolute enthalpies of all streams.

    Independent of the loss list: coal, air and limestone in; water and steam, gas behind the air heater, ash,
    slag and unburnt carbon out, each with its heat of formation. air: combustion air [mol per kg of coal];
    heat_out: into water and steam [W]; lost: surface and unlisted losses [W]. The heating value holds at
    298.15 K; what the losses' reference temperature shifts is given back here.
    """
    T_air, T_ref = x.boiler_air_temperature, x.boiler_reference_temperature
    flow = y.coal_flow
    # elements of limestone's CO2 and bound sulphur stand in the fuel's: their oxides' enthalpy is in the gas
    burnt = fuel_heat(x) - d.unburnt_carbon * CARBON_HEAT - d.desulphurisation_heat
    into = flow * fuel_enthalpy(d.coal_elements, burnt)
    into += (flow * air + y.leak_air) * mixture_h(d.combustion_air, T_air)
    shift = sensible_h(y.boiler_gas, T_ref, T_REFERENCE)
    shift -= flow * air * sensible_h(d.combustion_air, T_ref, T_REFERENCE)
    shift += flow * (d.fly_ash_ratio + d.bottom_ash_ratio) * ash_heat(T_ref, T_REFERENCE)
    out = mixture_h(y.flue_gas, y.flue_gas_temperature)
    out += flow * residue_heat(x, d, y.leak_free_gas_temperature, T_REFERENCE)
    return abs(into + shift - out - heat_out - lost) / y.coal_heat
