"""Wet limestone desulphurisation of one operating point: removal, reagent, water, power. SI units."""

from __future__ import annotations

from math import log

from plantsim._jit import kernel
from plantsim.kernels.emissions import M_H2O
from plantsim.kernels.fans import compressor_power
from plantsim.kernels.fgd import (
    absorber_water,
    grinding_power,
    limestone_balance,
    liquid_ratio_for,
    oxidation_air,
    slurry_pump_power,
    spray_removal,
)
from plantsim.kernels.gas_flow import GAS_CONSTANT, NORMAL_TEMPERATURE
from plantsim.kernels.water import chloride_waste_water
from plantsim.processes.coal_unit.codes import FGD_CAPACITY, FGD_INSTALLED, FGD_REMOVAL, STACK_GAS_TEMPERATURE
from plantsim.processes.coal_unit.denitration import WITHIN, full_flow
from plantsim.processes.coal_unit.expansion import given
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK, OUTSIDE_RANGE


@kernel
def liquid_ratio(x, so2, wanted, flow_ratio):
    """Return the slurry over gas, over its design value [-], that the pumps in service give.

    so2, wanted: entering and what may be left [kg/s], wanted 0 for all pumps; flow_ratio: the gas that it is made
    for over that now [-]: with all pumps in service the slurry flow is the design one, whatever the gas.
    """
    if not wanted > 0.0:
        return flow_ratio
    removal = 1.0 - wanted / so2 if so2 > wanted else 0.0
    ratio, _ = liquid_ratio_for(removal, -log(1.0 - x.fgd_removal), x.fgd_liquid_exponent)
    return min(max(ratio, x.fgd_least_liquid * flow_ratio), flow_ratio)


@kernel
def design_liquid(x):
    """Return the slurry over gas [-] of the absorber's design removal.

    What the plant states belongs to the removal that it has; another one takes as many more transfer units, and the
    liquid that these take.
    """
    was = x.reference_fgd_removal
    if not (0.0 < was < 1.0) or was == x.fgd_removal:
        return x.fgd_liquid_ratio
    units = log(1.0 - x.fgd_removal) / log(1.0 - was)
    return x.fgd_liquid_ratio * units ** (1.0 / x.fgd_liquid_exponent)


@kernel
def fgd_power(x, so2, limestone, volume, ratio):
    """Return the power [W] of slurry pumps, oxidation blower, mill and the rest.

    so2: taken up [kg/s]; limestone [kg/s]; volume: saturated gas [m3/s]; ratio: as :func:`liquid_ratio` gives it.
    """
    slurry = design_liquid(x) * ratio * volume
    power = slurry_pump_power(slurry, x.fgd_slurry_density, x.fgd_pump_head, x.fgd_pump_efficiency)
    power += grinding_power(limestone, x.fgd_grinding_work) + x.fgd_other_share * x.rated_power
    air = oxidation_air(so2, x.fgd_natural_oxidation, x.fgd_oxygen_ratio)
    p = x.air_pressure
    return power + compressor_power(
        air, NORMAL_TEMPERATURE + 20.0, p, p + x.fgd_blower_rise, x.fgd_blower_efficiency, 1.0, 1.4
    )


@kernel
def waste_water(x, y, evaporated):
    """Return the absorber's waste water [kg/s]: by the coal's chlorine if it is given, else a share of evaporated."""
    if given(x.coal_chlorine):
        return chloride_waste_water(y.coal_flow * x.coal_chlorine, x.fgd_chloride)
    return evaporated * x.fgd_bleed


@kernel
def run_fgd(x, y, so2, wanted, T, wet, water, dry_mass, cp):
    """Return (SO2 left [kg/s], CO2 of the limestone [kg/s], status); writes its outputs into y.

    so2: entering [kg/s]; wanted: what may be left [kg/s], 0 for all pumps in service; T: of the gas [K]; wet, water:
    gas and its water [mol/s]; dry_mass [kg/s], cp [J/(kg K)]: of the dry gas. Water: evaporated, bound, bled.
    """
    y.stack_gas_temperature = T
    y.stack_gas_volume = wet * GAS_CONSTANT * T / x.air_pressure
    if x.fgd != FGD_INSTALLED:
        return so2, 0.0, OK
    y.fgd_load = wet / full_flow(x.fgd_capacity, x.reference_filter_flow, wet)
    if y.fgd_load > 1.0 + WITHIN and x.fgd_capacity > 0.0:
        y.status_variable = FGD_CAPACITY
        return so2, 0.0, INFEASIBLE_FLOW
    dry = wet - water
    T_out, evaporated, _, status = absorber_water(
        dry_mass, T, water * M_H2O / dry_mass, x.air_pressure, cp, dry_mass / dry, 0.0, 0.0
    )
    if status != OK:
        y.status_variable = STACK_GAS_TEMPERATURE
        return so2, 0.0, status
    volume = (wet + evaporated / M_H2O) * GAS_CONSTANT * T_out / x.air_pressure
    y.stack_gas_temperature, y.stack_gas_volume = T_out, volume
    y.absorber_volume = volume
    if not x.fgd_removal < 1.0:
        y.status_variable = FGD_REMOVAL
        return so2, 0.0, OUTSIDE_RANGE
    if wanted > 0.0 and x.reference_free_removal > 0.0:  # no less than the pumps did without a target
        units = -log(1.0 - x.reference_free_removal)
        wanted = min(wanted, so2 * (1.0 - spray_removal(units, 1.0 / y.fgd_load, x.fgd_liquid_exponent)))
    ratio = liquid_ratio(
        x, so2, wanted, 1.0 / y.fgd_load
    )  # of the least pumps too where there is nothing to take
    removal = spray_removal(-log(1.0 - x.fgd_removal), ratio, x.fgd_liquid_exponent)
    taken = so2 * removal
    limestone, solids, _, co2, _, bound = limestone_balance(
        taken, x.fgd_calcium_ratio, x.fgd_limestone_purity
    )
    y.fgd_removal_found = removal
    y.fgd_limestone = limestone
    y.gypsum = solids / (1.0 - x.gypsum_moisture)
    y.fgd_waste_water = waste_water(x, y, evaporated)
    y.fgd_water = evaporated + y.fgd_waste_water + bound + y.gypsum * x.gypsum_moisture
    y.fgd_power = fgd_power(x, taken, limestone, volume, ratio)
    return so2 - taken, co2, OK
