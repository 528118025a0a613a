"""What a solved kiln line hands on, per second: products, fuels, CO2, gases for boilers and filters, closure."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.combustion import MOLAR_MASS_C
from plantsim.kernels.gas import H2O, species_h
from plantsim.processes.cement_kiln.codes import HELD
from plantsim.processes.cement_kiln.flows import (
    M_SO3,
    ash_of,
    bound_sulphur,
    burnt_fuels,
    combined_water,
)
from plantsim.processes.cement_kiln.fuels import fuel_mass, sludge_heat
from plantsim.processes.cement_kiln.line import (
    STEAM,
    calciner_gas,
    calciner_reactions,
    carbonate_heat,
    enrichment,
    heat_out,
    hood_leak,
    masses,
    reference,
    sensible,
    split_air,
    stated_air,
    write_air_temperatures,
)
from plantsim.processes.cement_kiln.raw_mix import CALCITE_HEAT, M_CAO, write_phases
from plantsim.processes.cement_kiln.streams import (
    AIR_O2,
    M_AIR,
    M_CO2,
    M_H2O,
    NM3,
    WATER_CP,
    amount,
    clinker_h,
    coal_h,
    evaporation_heat,
    gas_h,
    mass,
    meal_h,
    moist_air,
    plus,
)
from plantsim.processes.cement_kiln.tower import TEMPERATURE, approach, passed


@kernel
def write_gases(x, clinker, gas, feed, meal, secondary, recovered, cooling, air, bypass, kiln_gas, y):
    """Write the gases and air per kg of clinker and per second; amounts [mol per kg clinker], clinker [kg/s]."""
    whole = amount(gas)
    of_air = amount(moist_air(x)) * NM3
    y.exit_gas_volume = whole * NM3
    y.preheater_gas_flow = clinker * mass(gas)
    y.preheater_gas_co2 = gas[0] / whole
    y.preheater_gas_h2o = gas[1] / whole
    y.preheater_gas_n2 = gas[2] / whole
    y.preheater_gas_o2 = gas[3] / whole
    y.reached_exit_oxygen = gas[3] / (whole - gas[1])
    y.exit_dust_ratio = feed - meal
    y.preheater_dust_flow = clinker * (feed - meal)
    y.combustion_air_volume = air * of_air
    y.recovered_air_volume = recovered * of_air
    y.vent_air_volume = (cooling - recovered) * of_air
    y.cooling_air_volume = cooling * of_air
    y.vent_air_flow = clinker * (cooling - recovered) * M_AIR * (1.0 + x.humidity_ratio)
    y.kiln_gas_volume = amount(kiln_gas) * NM3


@kernel
def write_products(x, clinker, meal, wet, lime, y):
    """Write products, fuels and CO2 per second; meal, wet [kg], lime sources [mol] per kg of clinker."""
    q, h_sludge = y.heat_consumption, sludge_heat(x)
    a = x.alternative_heat_share
    coal = (1.0 - a) * (q - h_sludge)
    y.fossil_heat_consumption = coal
    y.clinker_flow = clinker
    y.cement_flow = clinker * x.ground_share / x.clinker_factor
    y.meal_ratio = meal
    y.raw_meal_flow = clinker * (meal + (1.0 - x.dust_return_share) * y.exit_dust_ratio)
    y.raw_meal_moisture = wet / meal
    y.fuel_coal_flow = clinker * coal / x.coal_heating_value
    y.coal_heat = clinker * coal
    y.alternative_heat = clinker * (a * (q - h_sludge) + max(h_sludge, 0.0))
    y.sludge_heat_demand = clinker * max(-h_sludge, 0.0)  # which the other fuels bring
    y.total_heat = clinker * q
    y.coal_carbon_flow = y.fuel_coal_flow * x.coal_carbon
    y.process_co2_flow = clinker * (lime[0] + lime[1]) * M_CO2
    other = a * (q - h_sludge) / x.alternative_heating_value * x.alternative_carbon
    of_sludge = x.sludge_ratio * (1.0 - x.sludge_moisture) * x.sludge_dry_carbon
    per_carbon = M_CO2 / MOLAR_MASS_C
    y.alternative_co2_flow = per_carbon * clinker * (1.0 - x.alternative_biogenic_share) * other
    y.fuel_co2_flow = per_carbon * y.coal_carbon_flow + y.alternative_co2_flow
    y.biogenic_co2_flow = per_carbon * clinker * (x.alternative_biogenic_share * other + of_sludge)
    y.co2_flow = y.process_co2_flow + y.fuel_co2_flow


@kernel
def write_raw_mix(x, meal, ash, lime, made, y):
    """Write the dry raw meal's oxides that give this clinker with this ash [kg/kg]; arguments per kg of clinker."""
    y.meal_lime = (lime[0] + lime[2]) * M_CAO / meal
    y.meal_silica = (made * x.clinker_silica - ash * x.ash_silica) / meal
    y.meal_alumina = (made * x.clinker_alumina - ash * x.ash_alumina) / meal
    y.meal_iron = (made * x.clinker_iron - ash * x.ash_iron) / meal
    y.meal_magnesia = (made * x.clinker_magnesia - ash * x.ash_magnesia) / meal
    y.loss_on_ignition = ((lime[0] + lime[1]) * M_CO2 + combined_water(lime) * M_H2O) / meal


@kernel
def write_quench(x, clinker, bypass, y):
    """Write the air that quenches the bypass gas [Nm3/kg], and the gas behind it [Nm3/s]; bypass [mol], dust in y."""
    y.bypass_quench_air, y.bypass_gas_flow = 0.0, 0.0
    T_hot, T = x.kiln_gas_temperature, x.bypass_quench_temperature
    if not amount(bypass) > 0.0 or not T_hot > T > x.ambient_temperature:
        return
    heat = gas_h(bypass, T_hot) - gas_h(bypass, T)
    heat += y.bypass_dust_ratio * (clinker_h(T_hot) - clinker_h(T))
    air = moist_air(x)
    moles = heat / (gas_h(air, T) - gas_h(air, x.ambient_temperature)) * amount(air)
    y.bypass_quench_air = moles * NM3
    y.bypass_gas_flow = clinker * (moles + amount(bypass)) * NM3


@kernel
def write_drying(x, y):
    """Write the heat that the raw mill asks of the gas [W]: evaporation, heating of meal and vapour, its losses."""
    water = y.raw_meal_flow * x.raw_material_moisture / (1.0 - x.raw_material_moisture)
    evaporated = max(0.0, water - y.raw_meal_flow * x.meal_moisture / (1.0 - x.meal_moisture))
    rise = x.mill_exit_temperature - x.ambient_temperature
    steam = species_h(H2O, x.mill_exit_temperature) - species_h(H2O, x.ambient_temperature)
    heat = evaporated * (evaporation_heat(x.ambient_temperature) + steam / M_H2O)
    heat += y.raw_meal_flow * (meal_h(x.mill_exit_temperature) - meal_h(x.ambient_temperature))
    heat += (water - evaporated) * WATER_CP * rise
    y.raw_mill_heat_demand = (1.0 + x.mill_heat_loss) * heat


@kernel
def write_closure(x, gas, bypass, air, meal, wet, lime, made, y):
    """Write the residuals of mass and elements: what goes in less what comes out, over what goes in."""
    q = y.heat_consumption
    fuel = fuel_mass(x, q - sludge_heat(x))
    supply = enrichment(x, 1.0)
    e, _ = burnt_fuels(x, q)
    out = plus(gas, 1.0, bypass)
    water = wet / M_H2O
    humid = air * x.humidity_ratio * M_AIR / M_H2O
    mass_in = meal + wet + fuel + x.sludge_ratio + air * M_AIR * (1.0 + x.humidity_ratio) + mass(supply)
    y.mass_residual = abs(mass_in - made - mass(out)) / mass_in
    carbon = e[0] + lime[0] + lime[1]
    y.carbon_residual = abs(carbon - out[0]) / carbon
    hydrogen = 0.5 * e[1] + e[5] + humid + water + combined_water(lime)
    y.hydrogen_residual = abs(hydrogen - out[1]) / hydrogen
    nitrogen = 0.5 * e[3] + (1.0 - AIR_O2) * air + supply[2]
    y.nitrogen_residual = abs(nitrogen - out[2]) / nitrogen
    sulphur = bound_sulphur(x, e) / M_SO3
    y.sulphur_residual = abs(e[4] - sulphur - out[4]) / max(e[4], 1e-9)
    oxygen = e[2] + e[5] + 2.0 * AIR_O2 * air + 2.0 * supply[3] + humid + water
    oxygen += 2.0 * (lime[0] + lime[1]) + combined_water(lime)  # that of CO2 and water, not of the oxides
    burnt = 2.0 * out[0] + out[1] + 2.0 * out[3] + 2.0 * out[4] + 3.0 * sulphur
    y.oxygen_residual = abs(oxygen - burnt) / oxygen
    calcium = (lime[0] + lime[2]) * M_CAO + ash_of(x, q) * x.ash_lime
    y.calcium_residual = abs(calcium - made * x.clinker_lime) / calcium
    y.energy_residual = abs(q + y.sensible_heat_in - heat_out(y)) / q


@kernel
def calciner_closure(x, load, gas, air, kiln_gas, bypass, tertiary_heat, feed, lime, made, y, w):
    """Return heat in less heat out of the calciner over the fuel [-]: what no equation of the line asks for.

    It closes only where tower, kiln and cooler close with the same streams. NaN where the exit temperature is held.
    """
    if x.tower_model == HELD:
        return float("nan")
    T_ref, T_c, n = reference(x), x.calciner_temperature, x.stage_count - 1
    q = y.heat_consumption
    fuel = q - x.kiln_fuel_share * (q - sludge_heat(x))
    solid = (1.0 - x.kiln_fuel_share) * fuel_mass(x, q - sludge_heat(x))
    heat = fuel + solid * (coal_h(x.coal_temperature) - coal_h(T_ref)) + tertiary_heat
    heat += sensible(plus(kiln_gas, -1.0, bypass), x.kiln_gas_temperature, T_ref)
    cold = plus(
        enrichment(x, 1.0 - x.kiln_fuel_share), hood_leak(x, load) * stated_air(x, air, gas), moist_air(x)
    )
    heat += sensible(cold, x.ambient_temperature, T_ref)
    falling = (1.0 - passed(x, n - 1, n)) * feed * w[0, n - 1]
    rising = passed(x, n, n) * feed * w[0, n]
    heat += falling * (meal_h(w[TEMPERATURE, n - 1] - approach(x)) - meal_h(T_ref))
    heat -= rising * (meal_h(T_c) - meal_h(T_ref))
    heat -= sensible(calciner_gas(x, gas), T_c, T_ref)
    heat -= made * (clinker_h(T_c) - clinker_h(T_ref))
    heat -= (1.0 - y.calcination_degree) * lime[0] * carbonate_heat(x, T_ref)
    heat -= y.calcination_degree * lime[0] * CALCITE_HEAT + calciner_reactions(lime)
    heat -= x.calciner_loss / load + x.unaccounted_loss + y.injection_heat - x.tower_rest_exchange
    return abs(heat) / q


@kernel
def write_results(x, load, dust, y, w):
    """Write all that a solved line hands on, from the fuel in y and the tower in w."""
    lime, meal, wet, burner_gas, kiln_air, bypass, air, gas = masses(x, y.heat_consumption, y)
    secondary, tertiary, recovered, cooling = split_air(x, load, air, kiln_air, gas)
    feed = meal / (1.0 - dust)
    made = 1.0 + y.bypass_dust_ratio
    kiln_gas = plus(burner_gas, (1.0 - y.calcination_degree) * lime[0], (1.0, 0.0, 0.0, 0.0, 0.0))
    exit_all = plus(gas, wet / M_H2O, STEAM)
    clinker = load * x.rated_clinker
    write_gases(x, clinker, exit_all, feed, meal, secondary, recovered, cooling, air, bypass, kiln_gas, y)
    write_products(x, clinker, meal, wet, lime, y)
    write_raw_mix(x, meal, ash_of(x, y.heat_consumption), lime, made, y)
    write_drying(x, y)
    write_phases(x, y)
    at_calciner = calciner_gas(x, gas)
    y.calciner_oxygen = at_calciner[3] / (amount(at_calciner) - at_calciner[1])
    write_air_temperatures(x, load, secondary, recovered, cooling, y, w)
    write_quench(x, clinker, bypass, y)
    y.exit_temperature_deviation = y.preheater_gas_temperature - x.preheater_exit_temperature
    y.cooler_efficiency_deviation = y.reached_cooler_efficiency - x.cooler_efficiency
    y.explained_exit_temperature = y.preheater_gas_temperature + (
        x.explained_exit_temperature_fit - x.preheater_exit_temperature
    )
    y.explained_cooler_efficiency = y.reached_cooler_efficiency + (
        x.explained_cooler_efficiency_fit - x.cooler_efficiency
    )
    y.explained_heat_consumption = y.heat_consumption - y.unaccounted_heat
    write_closure(x, exit_all, bypass, air, meal, wet, lime, made, y)
    base = sensible(moist_air(x), y.tertiary_temperature, reference(x))
    y.calciner_residual = calciner_closure(
        x, load, gas, air, kiln_gas, bypass, tertiary * base, feed, lime, made, y, w
    )
    for i in range(len(y.stage_temperature)):
        y.stage_temperature[i] = w[TEMPERATURE, i] if i < x.stage_count else float("nan")
