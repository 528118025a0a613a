"""Masses of a kiln line per kg of clinker, for a given fuel heat: meal, gases, air, linear in the fuel."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.gas import MOLAR_MASS, SO3
from plantsim.processes.cement_kiln.fuels import (
    burnt,
    fuel_ash,
    mixed_fuel,
    oxygen_demand,
    sludge,
    sludge_ash,
    sludge_heat,
    weighted,
)
from plantsim.processes.cement_kiln.raw_mix import M_AL2O3, M_CAO, M_CAOH2, M_MGO, WATER_OF_KAOLINITE
from plantsim.processes.cement_kiln.streams import AIR_O2, M_CO2, M_H2O, NM3, amount, moist_air, plus

M_SO3 = float(MOLAR_MASS[SO3])


@kernel
def ash_of(x, q):
    """Return the fuels' ash [kg per kg clinker] at the fuel heat q [J/kg clinker]."""
    return fuel_ash(x) * (q - sludge_heat(x)) + sludge_ash(x)


@kernel
def burnt_fuels(x, q):
    """Return the elements [mol per kg clinker] of (all fuels, those of the kiln's burner) at the fuel heat q."""
    mix = mixed_fuel(x)
    rest = q - sludge_heat(x)
    return weighted(mix, rest, sludge(x), 1.0), weighted(mix, x.kiln_fuel_share * rest, mix, 0.0)


@kernel
def kiln_combustion(x, e):
    """Return (gas [mol], dry air [mol]) of the kiln's burner, per kg of clinker; e: its elements [mol]."""
    enriched = x.kiln_fuel_share * x.oxygen_supply / NM3
    need = oxygen_demand(e, x.sulphur_retention)
    air = (x.kiln_air_ratio * need - enriched) / AIR_O2
    gas = plus(burnt(e, x.sulphur_retention), air, moist_air(x))
    nitrogen = enriched * (1.0 / x.oxygen_purity - 1.0)
    return plus(gas, 1.0, (0.0, 0.0, nitrogen, enriched, 0.0)), air


@kernel
def lime_sources(x, ash, made):
    """Return (CaCO3, MgCO3, Ca(OH)2, kaolinite) of the meal [mol per kg clinker].

    ash: of the fuels; made: clinker-like solids, bypass dust counted [kg per kg clinker].
    """
    slag = x.carbide_lime_share * made * x.clinker_lime / M_CAO
    calcite = (made * x.clinker_lime - ash * x.ash_lime) / M_CAO - slag
    magnesite = (made * x.clinker_magnesia - ash * x.ash_magnesia) / M_MGO
    kaolinite = x.hydrate_share * (made * x.clinker_alumina - ash * x.ash_alumina) / M_AL2O3
    return calcite, magnesite, slag, kaolinite


@kernel
def bound_sulphur(x, e):
    """Return the SO3 [kg] that the clinker takes from the fuels, elements e [mol]."""
    return x.sulphur_retention * e[4] * M_SO3


@kernel
def combined_water(lime):
    """Return the combined water [mol] of hydrates, from :func:`lime_sources`."""
    return lime[2] + WATER_OF_KAOLINITE * lime[3]


@kernel
def dry_meal(ash, made, lime, so3):
    """Return the dry raw meal [kg per kg clinker]: solids made, less what fuels bring, and what the meal gives off."""
    return made - ash - so3 + (lime[0] + lime[1]) * M_CO2 + combined_water(lime) * M_H2O


@kernel
def free_water(x, meal, lime):
    """Return the water [kg per kg clinker] that enters the tower unbound, with meal and carbide slag."""
    return meal * x.meal_moisture / (1.0 - x.meal_moisture) + lime[2] * M_CAOH2 * x.carbide_moisture


@kernel
def tower_growth(x):
    """Return the gas at the tower's exit over that of the calciner [-], evaporated water not counted."""
    return (1.0 + x.stage_false_air) ** float(x.stage_count - 1)


@kernel
def combustion_air(x, e, calcined, water, bypass):
    """Return the dry air [mol per kg clinker]: what the calciner needs, and the false air of the tower.

    The calciner's oxygen is held: that which gives x.exit_oxygen, dry, behind the tower of the plant as it is (its
    growth is x.reference_growth). Where the tower then draws less false air, the exit's oxygen falls.
    e: elements of all fuels [mol]; calcined: CO2 of the meal, water: its combined water [mol]; bypass: gas taken out
    at the kiln inlet [mol].
    """
    made = burnt(e, x.sulphur_retention)
    supply = x.oxygen_supply / NM3
    oxygen = made[3] + supply - bypass[3]  # without the air
    dry = amount(made) - made[1] + calcined + supply / x.oxygen_purity - (amount(bypass) - bypass[1])
    wet = dry + made[1] + water - bypass[1]
    of_air = amount(moist_air(x))
    short = AIR_O2 - x.exit_oxygen
    of_tower = (x.reference_growth - 1.0) / of_air  # false air, dry, over the calciner's gas
    calciner = (x.exit_oxygen * dry - oxygen - short * of_tower * wet) / (short * x.reference_growth)
    return calciner + (tower_growth(x) - 1.0) * (wet / of_air + calciner)


@kernel
def exit_gas(x, e, calcined, water, air, bypass):
    """Return the gas behind the top cyclone [mol per kg clinker].

    water: all water that the meal gives off [mol]; air: dry combustion air [mol]; others as above.
    """
    g = plus(burnt(e, x.sulphur_retention), air, moist_air(x))
    supply = x.oxygen_supply / NM3
    nitrogen = supply * (1.0 / x.oxygen_purity - 1.0)
    g = plus(g, 1.0, (calcined, water, nitrogen, supply, 0.0))
    return plus(g, -1.0, bypass)


@kernel
def tower_false_air(x, gas, stages):
    """Return the false air [mol] of ``stages`` stages that end in the gas [mol], evaporated water not counted."""
    return gas * (1.0 - (1.0 + x.stage_false_air) ** (-float(stages)))
