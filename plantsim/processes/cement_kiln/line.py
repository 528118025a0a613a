"""The kiln line at one guess of its fuel: masses, tower, cooler, kiln, and the heat that is missing or left over.

Everything is per kg of clinker. The record y serves as the place of intermediate results: what stands there after the
last guess is the result. Two small feedbacks are taken from the guess before: bypass dust and degree of calcination.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.gas import CO2, species_h
from plantsim.processes.cement_kiln.codes import HELD, MEASURED, MODELLED, VENT_HELD
from plantsim.processes.cement_kiln.cooler import air_temperature, cooler_shares, recirculated_heat
from plantsim.processes.cement_kiln.flows import (
    ash_of,
    bound_sulphur,
    burnt_fuels,
    combined_water,
    combustion_air,
    dry_meal,
    exit_gas,
    free_water,
    kiln_combustion,
    lime_sources,
    tower_false_air,
)
from plantsim.processes.cement_kiln.fuels import fuel_mass, sludge_heat
from plantsim.processes.cement_kiln.raw_mix import (
    CALCITE_HEAT,
    KAOLINITE_HEAT,
    M_CAO,
    M_MGO,
    MAGNESITE_HEAT,
    PORTLANDITE_HEAT,
    calcite_saving,
    formation_heat,
)
from plantsim.processes.cement_kiln.streams import (
    M_CALCITE,
    M_H2O,
    NM3,
    WATER_CP,
    ZERO_CELSIUS,
    amount,
    clinker_h,
    clinker_temperature,
    coal_h,
    evaporation_heat,
    gas_h,
    meal_h,
    moist_air,
    plus,
)
from plantsim.processes.cement_kiln.tower import TEMPERATURE, approach, solve_tower
from plantsim.vocabulary.status import OK

NO_GAS = (0.0, 0.0, 0.0, 0.0, 0.0)
CARBON_DIOXIDE = (1.0, 0.0, 0.0, 0.0, 0.0)
STEAM = (0.0, 1.0, 0.0, 0.0, 0.0)


@kernel
def reference(x):
    """Return the reference temperature of the balance [K]."""
    return ZERO_CELSIUS + x.reference_temperature


@kernel
def sensible(g, T, T_ref):
    """Return the enthalpy [J] of the gas g [mol] at T above that at T_ref [K]."""
    return gas_h(g, T) - gas_h(g, T_ref)


@kernel
def reaction_heat(x, made):
    """Return the heat of all reactions of the meal [J per kg clinker]: formation, less what carbide slag saves.

    made: clinker and bypass dust [kg per kg clinker]; the dust has lost its CO2 but formed no clinker phases.
    """
    c, m = x.clinker_lime, x.clinker_magnesia
    heat = formation_heat(c, x.clinker_silica, x.clinker_alumina, x.clinker_iron, m, x.formation_formula)
    heat -= made * x.carbide_lime_share * c * calcite_saving()
    return heat + (made - 1.0) * (c / M_CAO * CALCITE_HEAT + m / M_MGO * MAGNESITE_HEAT)


@kernel
def calciner_reactions(lime):
    """Return the heat [J] of all that reacts before the kiln but the calcite, from ``lime_sources`` [mol]."""
    return lime[1] * MAGNESITE_HEAT + lime[2] * PORTLANDITE_HEAT + lime[3] * KAOLINITE_HEAT


@kernel
def surface_loss(x):
    """Return the surface losses [J per kg clinker] at full load; per mass they rise at part load."""
    return x.stage_loss * (x.stage_count - 1) + x.calciner_loss + x.kiln_shell_loss + x.cooler_loss


@kernel
def enrichment(x, share):
    """Return a share [-] of the oxygen supply with the nitrogen that it holds [mol per kg clinker]."""
    oxygen = share * x.oxygen_supply / NM3
    return 0.0, 0.0, oxygen * (1.0 / x.oxygen_purity - 1.0), oxygen, 0.0


@kernel
def calciner_gas(x, gas):
    """Return the gas that leaves the calciner [mol]; gas: at the exit but for free water [mol]."""
    air = moist_air(x)
    return plus(gas, -tower_false_air(x, amount(gas), x.stage_count - 1) / amount(air), air)


@kernel
def burning_air(x, air, gas):
    """Return the dry air [mol] that reaches the calciner: all of it but the tower's false air, which burns nothing.

    air: all combustion air [mol dry]; gas: at the exit but for free water [mol].
    """
    return air - tower_false_air(x, amount(gas), x.stage_count - 1) / amount(moist_air(x))


@kernel
def stated_air(x, air, gas):
    """Return the dry air [mol] that primary air and hood leaks are shares of; arguments as :func:`burning_air`.

    All combustion air of the plant as it is. From then on both follow the air that reaches the calciner: a tower that
    is sealed takes nothing from the blower, and its hood leaks as before.
    """
    return burning_air(x, air, gas) * x.reference_air_ratio if x.reference_air_ratio > 0.0 else air


@kernel
def hood_leak(x, load):
    """Return the false air of hood, kiln inlet and calciner over the air that it is stated for [-].

    Their draught is held at any load, so that as much air leaks in per second: more per mass at part load.
    """
    return x.kiln_false_air / load


@kernel
def split_air(x, load, air, kiln_air, gas):
    """Return (secondary, tertiary, recovered, cooling) dry air [mol]: recovered is what the other sources leave.

    air: all combustion air; kiln_air: of the kiln's burner [mol dry]; gas: at the exit but for free water [mol].
    cooling: as given per kg of clinker; with VENT_HELD it follows what is recovered, and the vent air stays.
    """
    of_air = amount(moist_air(x))
    stated = stated_air(x, air, gas)
    recovered = burning_air(x, air, gas) - stated * (x.primary_air_share + hood_leak(x, load))
    secondary = min(recovered, max(0.0, kiln_air - x.primary_air_share * stated))
    cooling = x.cooling_air / NM3 / of_air
    if x.cooling_air_hold == VENT_HELD and x.reference_recovered_air > 0.0:
        cooling += recovered - x.reference_recovered_air / NM3 / of_air
    return secondary, recovered - secondary, recovered, cooling


@kernel
def carbonate_heat(x, T_ref):
    """Return the sensible heat [J/mol] that calcite at the calciner's temperature holds beyond its lime's."""
    calcite = meal_h(x.calciner_temperature) - meal_h(T_ref)
    return M_CALCITE * calcite - M_CAO * (clinker_h(x.calciner_temperature) - clinker_h(T_ref))


@kernel
def kiln_calcination(x, heat, lime, made, gas, T_ref):
    """Return the degree of calcination [-] of the meal that enters the kiln, from the kiln's own balance.

    heat: of the kiln's fuel, secondary and primary air less the shell loss [J]; gas: of its burner [mol]. What the
    kiln's fuel does not cover must have been calcined before.
    """
    if not lime[0] > 0.0:
        return 1.0
    h_ref = clinker_h(T_ref)
    heat += made * (clinker_h(x.calciner_temperature) - h_ref)
    heat -= clinker_h(x.burning_temperature) - h_ref
    heat -= (made - 1.0) * (clinker_h(x.kiln_gas_temperature) - h_ref)
    heat -= sensible(gas, x.kiln_gas_temperature, T_ref)
    heat -= reaction_heat(x, made) - calciner_reactions(lime)
    co2 = species_h(CO2, x.kiln_gas_temperature) - species_h(CO2, T_ref) - carbonate_heat(x, T_ref)
    return (lime[0] * co2 - heat) / (lime[0] * (co2 + CALCITE_HEAT))


@kernel
def cold_kiln_heat(x, q, primary, T_ref):
    """Return the heat [J] that fuel, primary air and oxygen bring to the kiln; primary: its air [mol dry]."""
    fuel = x.kiln_fuel_share * (q - sludge_heat(x))
    cold = plus(enrichment(x, x.kiln_fuel_share), primary, moist_air(x))
    solid = fuel_mass(x, fuel) * (coal_h(x.coal_temperature) - coal_h(T_ref))
    return fuel + solid + sensible(cold, x.ambient_temperature, T_ref)


@kernel
def incoming_heat(x, q, drawn, feed, wet, T_ref):
    """Return the sensible heat [J] of meal with its water, fuels, and air as it is drawn in; sludge has none.

    drawn: air [mol dry]; feed: kiln feed with returned dust [kg]; wet: its free water [kg]; per kg of clinker.
    """
    heat = sensible(plus(enrichment(x, 1.0), drawn, moist_air(x)), x.ambient_temperature, T_ref)
    heat += feed * (meal_h(x.meal_temperature) - meal_h(T_ref))
    heat += wet * WATER_CP * (x.meal_temperature - T_ref)
    return heat + fuel_mass(x, q - sludge_heat(x)) * (coal_h(x.coal_temperature) - coal_h(T_ref))


@kernel
def masses(x, q, y):
    """Return what flows at the fuel heat q [J], per kg of clinker.

    (lime sources [mol], dry meal [kg], free water [kg], gas of the kiln's burner [mol], its dry air [mol], bypass gas
    [mol], all dry combustion air [mol], exit gas but for the free water [mol]).
    """
    elements, of_kiln = burnt_fuels(x, q)
    ash = ash_of(x, q)
    made = 1.0 + y.bypass_dust_ratio
    lime = lime_sources(x, ash, made)
    meal = dry_meal(ash, made, lime, bound_sulphur(x, elements))
    kiln_gas, kiln_air = kiln_combustion(x, of_kiln)
    residual = (1.0 - y.calcination_degree) * lime[0]
    bypass = plus(NO_GAS, x.bypass_share, plus(kiln_gas, residual, CARBON_DIOXIDE))
    calcined = lime[0] + lime[1]
    air = combustion_air(x, elements, calcined, combined_water(lime), bypass)
    gas = exit_gas(x, elements, calcined, combined_water(lime), air, bypass)
    return lime, meal, free_water(x, meal, lime), kiln_gas, kiln_air, bypass, air, gas


@kernel
def cooler_heats(x, load, held, secondary, recovered, cooling, y, w):
    """Return the heat above ambient [J] of (secondary, tertiary, vent air, of it the boiler's); write the clinker's.

    held: MEASURED or MODELLED efficiency and clinker temperature; secondary, recovered, cooling [mol dry].
    """
    h_ambient = clinker_h(x.ambient_temperature)
    whole = clinker_h(x.burning_temperature) - h_ambient
    warmth = recirculated_heat(x, cooling)
    first, second, tapped, kept = cooler_shares(
        x, load, held, secondary / cooling, recovered / cooling, cooling, warmth / whole, w
    )
    # the surface takes its heat off all vent air alike; what is not tapped leaves colder than the mean
    vent = (1.0 - first - second - kept) * whole + warmth - x.cooler_loss / load
    y.recirculated_heat = warmth
    y.cooled_clinker_temperature = clinker_temperature(h_ambient + kept * whole)
    y.reached_cooler_efficiency = first + second
    return first * whole, second * whole, vent, tapped * vent


@kernel
def write_air_temperatures(x, load, secondary, recovered, cooling, y, w):
    """Write the temperatures of the air behind the cooler of a solved line [K]; arguments as above."""
    first, second, vent, tapped = cooler_heats(x, load, MODELLED, secondary, recovered, cooling, y, w)
    y.secondary_temperature = air_temperature(x, secondary, first)
    y.tertiary_temperature = air_temperature(x, recovered - secondary, second)
    y.vent_air_temperature = air_temperature(x, cooling - recovered, vent)
    y.boiler_air_temperature = y.vent_air_temperature
    if x.middle_take_off < 1.0:
        y.boiler_air_temperature = air_temperature(x, x.middle_take_off * (cooling - recovered), tapped)


@kernel
def write_losses(x, load, gas, feed, meal, wet, bypass, T_ref, y):
    """Write what the gas, dust, water, surfaces and bypass carry away [J per kg clinker].

    gas: behind the top cyclone, free water counted [mol]; others as in :func:`surplus`.
    """
    T = y.preheater_gas_temperature
    made = 1.0 + y.bypass_dust_ratio
    y.formation_heat = reaction_heat(x, made)
    y.exit_gas_heat = sensible(gas, T, T_ref)
    y.exit_dust_heat = (feed - meal) * (meal_h(T - approach(x)) - meal_h(T_ref))
    y.evaporation_heat = wet * evaporation_heat(T_ref)
    y.clinker_heat = clinker_h(y.cooled_clinker_temperature) - clinker_h(T_ref)
    y.surface_heat = surface_loss(x) / load
    dust = (made - 1.0) * (clinker_h(x.kiln_gas_temperature) - clinker_h(T_ref))
    y.bypass_heat = dust + sensible(bypass, x.kiln_gas_temperature, T_ref)
    y.unaccounted_heat = x.unaccounted_loss


@kernel
def heat_out(y):
    """Return the sum of the heat that leaves [J per kg clinker]."""
    out = y.formation_heat + y.exit_gas_heat + y.exit_dust_heat + y.evaporation_heat + y.vent_heat
    return out + y.clinker_heat + y.surface_heat + y.bypass_heat + y.unaccounted_heat + y.injection_heat


@kernel
def surplus(x, load, dust, q, hold_exit, hold_cooler, y, w):
    """Return (heat in less heat out [J per kg clinker], status) at the fuel heat q [J/kg]; write the balance into y.

    dust: what leaves the tower [kg per kg of kiln feed]; hold_exit, hold_cooler: MEASURED or MODELLED,
    of exit temperature and cooler.
    """
    T_ref = reference(x)
    lime, meal, wet, kiln_gas, kiln_air, bypass, air, gas = masses(x, q, y)
    secondary, tertiary, recovered, cooling = split_air(x, load, air, kiln_air, gas)
    feed = meal / (1.0 - dust)
    made = 1.0 + y.bypass_dust_ratio
    y.preheater_gas_temperature = x.held_exit_temperature
    status = OK
    if hold_exit != MEASURED and x.tower_model != HELD:
        at_calciner = calciner_gas(x, gas)
        lost = x.stage_loss / load + x.tower_rest_exchange / (x.stage_count - 1)
        status = solve_tower(x, at_calciner, wet / M_H2O, feed, lost, T_ref, w)
        y.preheater_gas_temperature = w[TEMPERATURE, 0]
    first, _, vent, _ = cooler_heats(x, load, hold_cooler, secondary, recovered, cooling, y, w)
    base = sensible(moist_air(x), x.ambient_temperature, T_ref)
    y.heat_consumption = q
    drawn = incoming_heat(x, q, air - recovered + cooling, feed, wet, T_ref)
    y.sensible_heat_in = drawn + y.recirculated_heat
    y.vent_heat = vent + (cooling - recovered) * base
    write_losses(x, load, plus(gas, wet / M_H2O, STEAM), feed, meal, wet, bypass, T_ref, y)
    kiln_heat = (
        cold_kiln_heat(x, q, x.primary_air_share * stated_air(x, air, gas), T_ref) + first + secondary * base
    )
    y.calcination_degree = kiln_calcination(
        x, kiln_heat - x.kiln_shell_loss / load, lime, made, kiln_gas, T_ref
    )
    y.bypass_dust_ratio = x.bypass_dust * amount(bypass) * NM3
    return q + y.sensible_heat_in - heat_out(y), status
