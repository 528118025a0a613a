"""Coal, furnace limestone, ash and gas per kg of coal as received: what burns, what stays, what the gas holds."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.combustion import (
    MOLAR_MASS_S,
    air_amount,
    air_ratio_from_dry_oxygen,
    burn,
    coal_elements,
    dry_amount,
)
from plantsim.kernels.emissions import M_CO2, M_LIMESTONE, M_SO3
from plantsim.kernels.gas import CO, CO2, ELEMENT_C, ELEMENT_O, H2O, MOLAR_MASS, O2, SPECIES, mass
from plantsim.kernels.humid_air import DRY_AIR_O2, dry_air, holds_humidity, saturation_humidity
from plantsim.processes.coal_unit.codes import COAL_SULPHUR, FLY_ASH_CARBON
from plantsim.processes.coal_unit.expansion import given
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_THERMAL, OK

# J/mol at 298.15 K, from heats of formation of the NBS tables (1982): CaCO3 -1206.92, CaO -635.09,
# CaSO4 -1434.11, CO2 -393.51, SO2 -296.83 kJ/mol. Remembered: unverified
HEAT_OF_CALCINATION = 178.32e3  # CaCO3 -> CaO + CO2, taken up
CARBON_HEAT = 33727e3  # J/kg of unburnt carbon, GB/T 10184-2015, remembered
MOST_UNBURNT = 0.5  # of the coal's heat: no flame and no bed holds itself with less than half of it
HEAT_OF_SULPHATION = 502.19e3  # CaO + SO2 + 1/2 O2 -> CaSO4, given off


@kernel
def has_coal(x):
    """Return whether a coal is given, so that there is a gas side."""
    return given(x.coal_heating_value) and given(x.coal_carbon)


@kernel
def moist_air(x, d):
    """Write the mole fractions of the combustion air from its humidity; return whether air can hold that.

    Measured: as given. Else the usual one, or what air that is too cold for it holds: a default fails no plant.
    """
    T, p = x.boiler_air_temperature, x.air_pressure
    humidity = x.combustion_air_humidity  # kg of water per kg of dry air
    if not humidity >= 0.0:  # NaN: not given
        humidity = min(x.usual_air_humidity, saturation_humidity(T, p))
    dry_air(DRY_AIR_O2, d.combustion_air)
    water = humidity * mass(d.combustion_air) / MOLAR_MASS[H2O]  # mol per mol of dry air
    for i in range(SPECIES):
        d.combustion_air[i] /= 1.0 + water
    d.combustion_air[H2O] = water / (1.0 + water)
    return holds_humidity(humidity, T, p)


@kernel
def charge_furnace(x, d, fly_ash_carbon):
    """Write per kg of coal what burns, ash and slag, and furnace limestone; return a status.

    fly_ash_carbon: carbon in fly ash at this load [kg/kg].

    Bound sulphur leaves the fuel's elements with the 3/2 O2 that it takes, limestone's CO2 joins them: the
    air that they ask for is then right. Sulphur bound without limestone is bound by the ash's own calcium.
    """
    sulphur = x.coal_sulphur / MOLAR_MASS_S
    limestone = x.calcium_sulphur_ratio * sulphur
    calcined, bound = limestone * x.calcination_share, x.furnace_sulphur_capture * sulphur
    d.limestone_ratio = limestone * M_LIMESTONE / x.limestone_purity
    d.limestone_carbon_dioxide = calcined * M_CO2
    d.desulphurisation_heat = calcined * HEAT_OF_CALCINATION - bound * HEAT_OF_SULPHATION
    ash = x.coal_ash + d.limestone_ratio - calcined * M_CO2 + bound * M_SO3
    d.fly_ash_ratio = ash * x.fly_ash_share / (1.0 - fly_ash_carbon)
    d.bottom_ash_ratio = ash * (1.0 - x.fly_ash_share) / (1.0 - x.bottom_ash_carbon)
    d.unburnt_carbon = d.fly_ash_ratio * fly_ash_carbon + d.bottom_ash_ratio * x.bottom_ash_carbon
    if not (d.unburnt_carbon < x.coal_carbon):
        d.design_status_variable = FLY_ASH_CARBON
        return INFEASIBLE_FLOW
    if not (d.unburnt_carbon * CARBON_HEAT < MOST_UNBURNT * x.coal_heating_value):
        d.design_status_variable = FLY_ASH_CARBON
        return INFEASIBLE_THERMAL
    e = d.coal_elements
    coal_elements(
        x.coal_carbon - d.unburnt_carbon,
        x.coal_hydrogen,
        x.coal_oxygen,
        x.coal_nitrogen,
        x.coal_sulphur * (1.0 - x.furnace_sulphur_capture),
        x.coal_moisture,
        e,
    )
    d.coal_elements[ELEMENT_C] += calcined
    d.coal_elements[ELEMENT_O] += 2.0 * calcined - 3.0 * bound
    if e[ELEMENT_O] < 0.0:  # more oxygen bound by sulphur than coal and limestone carry: no coal is like that
        d.design_status_variable = COAL_SULPHUR
        return INFEASIBLE_FLOW
    return OK


@kernel
def fire(x, d, oxygen, n):
    """Write into n [mol] the gas per kg of coal at ``oxygen`` in dry gas; return the air [mol] and a status.

    Carbon monoxide leaves half its oxygen unused, which the oxygen that is measured counts.
    """
    e, air = d.coal_elements, d.combustion_air
    ratio, status = air_ratio_from_dry_oxygen(e, air, max(oxygen - 0.5 * x.carbon_monoxide, 0.0))
    if status == OK:
        status = burn(e, air, ratio, n)
    if status != OK:
        return 0.0, status
    monoxide = min(x.carbon_monoxide * dry_amount(n), n[CO2])  # almost all carbon may stay in the ash
    n[CO] += monoxide
    n[CO2] -= monoxide
    n[O2] += 0.5 * monoxide
    return air_amount(e, air, ratio), OK
