"""Cleaning of the flue gas of one operating point, and what it takes: reagents, water, CO2, outlet concentrations.

The gas's way: furnace (SNCR), economiser, SCR, air heater, low-temperature economiser, dust filter, fan, absorber,
wet precipitator, stack. A plant without a part is the same model with that part off. SI units.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.emissions import M_H2O, M_SO2, M_SO3, OXYGEN_IN_AIR
from plantsim.kernels.gas import H2O, O2, amount, mass, mixture_cp, mixture_h, species_cp, temperature_from_h
from plantsim.kernels.gas_flow import GAS_CONSTANT, MOLAR_VOLUME
from plantsim.kernels.reagents import AMMONIA_IN_SOLUTION, solution_flow, urea_co2, urea_flow
from plantsim.processes.coal_unit.codes import LOW_ECONOMISER_HEAT, REAGENT_SOLUTION, REAGENT_UREA
from plantsim.processes.coal_unit.denitration import run_scr, run_sncr
from plantsim.processes.coal_unit.desulphurisation import run_fgd
from plantsim.processes.coal_unit.dust import run_filter, run_wet_precipitator
from plantsim.processes.coal_unit.mercury import forget_mercury, run_mercury
from plantsim.vocabulary.status import OK

REFERENCE_OXYGEN = 0.06  # mol/mol dry, coal boilers: GB 13223-2011 (unverified)


@kernel
def clear_cleaning(y):
    """Write 0 into every output that a plant without the part leaves alone."""
    y.dry_gas_volume = 0.0
    y.filter_gas_flow, y.filter_gas_temperature, y.filter_volume, y.filter_density = 0.0, 0.0, 0.0, 0.0
    y.scr_temperature, y.scr_temperature_margin, y.scr_load, y.scr_reduction = 0.0, 0.0, 0.0, 0.0
    y.scr_inlet_concentration, y.ammonia_ratio, y.ammonia_slip, y.so3_concentration, y.scr_volume = (
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
    )
    y.ammonia, y.urea, y.scr_power, y.filter_removal, y.precipitator_power = 0.0, 0.0, 0.0, 0.0, 0.0
    y.stack_gas_temperature, y.stack_gas_volume, y.absorber_volume, y.fgd_load = 0.0, 0.0, 0.0, 0.0
    y.fgd_removal_found, y.fgd_limestone, y.gypsum, y.fgd_water, y.fgd_power = 0.0, 0.0, 0.0, 0.0, 0.0
    y.fgd_waste_water, y.ammonia_solution = 0.0, 0.0
    y.nox, y.so2, y.dust, y.co2_reagents, y.co2_direct = 0.0, 0.0, 0.0, 0.0, 0.0
    y.nox_concentration, y.so2_concentration, y.dust_concentration = 0.0, 0.0, 0.0
    y.ammonia_slip_allowed = y.slip_to_limit = y.scr_margin_needed = 0.0
    forget_mercury(y)
    y.emission_to_national_limit, y.emission_to_ultra_low_limit = 0.0, 0.0


@kernel
def cooled_temperature(y):
    """Return (T [K], status): gas behind the low-temperature economiser, which takes y.economiser_heat [W]."""
    if not y.economiser_heat > 0.0:
        return y.flue_gas_temperature, OK
    h = mixture_h(y.flue_gas, y.flue_gas_temperature) - y.economiser_heat
    T, status = temperature_from_h(y.flue_gas, h)
    if status != OK:
        y.status_variable = LOW_ECONOMISER_HEAT
    return T, status


@kernel
def write_reagents(x, y, ammonia):
    """Write the reagent in the form in which it comes, the power of its preparation; return the CO2 of urea [kg/s].

    ammonia: pure [kg/s]. A solution is counted as one of 20 %, as its carrier is.
    """
    y.scr_power = ammonia * x.reagent_work
    if x.reagent == REAGENT_SOLUTION:
        y.ammonia_solution = solution_flow(ammonia, AMMONIA_IN_SOLUTION)
        return 0.0
    if x.reagent != REAGENT_UREA:
        y.ammonia = ammonia
        return 0.0
    y.urea = urea_flow(ammonia, x.urea_conversion)
    return urea_co2(y.urea)


@kernel
def write_concentrations(x, y):
    """Write concentrations at 6 % O2 and the worst of them over its limit."""
    v = y.dry_gas_volume
    y.nox_concentration, y.so2_concentration, y.dust_concentration = y.nox / v, y.so2 / v, y.dust / v
    y.emission_to_national_limit = max(
        y.nox_concentration / x.nox_limit,
        y.so2_concentration / x.so2_limit,
        y.dust_concentration / x.dust_limit,
    )
    if y.mercury_concentration > 0.0:
        of_mercury = y.mercury_concentration / x.mercury_limit
        y.emission_to_national_limit = max(y.emission_to_national_limit, of_mercury)
    y.emission_to_ultra_low_limit = max(
        y.nox_concentration / x.ultra_low_nox,
        y.so2_concentration / x.ultra_low_so2,
        y.dust_concentration / x.ultra_low_dust,
    )


@kernel
def denitrate(x, y, wet):
    """Run SNCR and SCR on the boiler's gas; return (SO2 [kg/s], CO2 of urea [kg/s], status).

    wet: gas at the economiser's outlet [mol/s]. SO3 counts as SO2 until its concentration is written.
    """
    v = y.dry_gas_volume
    wanted = x.nox_target * v if x.nox_target > 0.0 else 0.0
    heat_ratio = y.coal_heat / x.reference_coal_heat if x.reference_coal_heat > 0.0 else 1.0
    by_sncr = 0.0 if x.reference_sncr_free > 0.0 else wanted  # it doses on as it did without a target
    left, ammonia, slip, status = run_sncr(x, y, y.boiler_nox, by_sncr, heat_ratio)
    if status != OK:
        return 0.0, 0.0, status
    y.scr_inlet_concentration = left / v
    design = x.reference_scr_inlet if x.reference_scr_inlet > 0.0 else y.scr_inlet_concentration
    if x.scr_design_nox > 0.0:
        design = x.scr_design_nox
    if wanted > 0.0:  # nor does the SCR convert less than it did without a target
        wanted = min(wanted, left * (1.0 - x.reference_free_conversion))
    so3 = y.boiler_so2 * x.so3_formation
    left, more, so2, so3, status = run_scr(x, y, left, wanted, slip, y.boiler_so2 - so3, so3, wet, design * v)
    y.nox = left
    y.so3_concentration = so3 * (M_SO3 / M_SO2) / v
    y.ammonia_slip_allowed = x.ammonia_slip_limit
    y.slip_to_limit = y.ammonia_slip / x.ammonia_slip_limit
    y.scr_volume = wet * GAS_CONSTANT * y.economiser_gas_temperature / x.air_pressure
    return so2, write_reagents(x, y, ammonia + more), status


@kernel
def run_cleaning(x, d, o, y):
    """Write reagents, water, power, CO2 and what leaves the stack; return a status.

    Without a gas (no coal analysis) nothing is said: :func:`unknown.mark_unknown`.
    """
    clear_cleaning(y)
    gas = amount(y.boiler_gas)
    if not gas > 0.0:
        return OK
    wet, water = amount(y.flue_gas), y.flue_gas[H2O]
    dry = wet - water
    oxygen = y.flue_gas[O2] / dry
    y.dry_gas_volume = dry * MOLAR_VOLUME * (OXYGEN_IN_AIR - oxygen) / (OXYGEN_IN_AIR - REFERENCE_OXYGEN)
    so2, co2, status = denitrate(x, y, gas)
    if status != OK:
        return status
    T, status = cooled_temperature(y)
    if status != OK:
        return status
    gas_mass = mass(y.flue_gas)
    y.filter_gas_flow, y.filter_gas_temperature = wet, T
    y.filter_volume = wet * GAS_CONSTANT * T / x.air_pressure
    y.filter_density = gas_mass / y.filter_volume
    dust, status = run_filter(x, y, y.fly_ash_flow, y.filter_volume, y.dry_gas_volume)
    if status != OK:
        return status
    dry_mass = gas_mass - water * M_H2O
    heat = mixture_cp(y.flue_gas, T) - water * species_cp(H2O, T)
    wanted = x.so2_target * y.dry_gas_volume if x.so2_target > 0.0 else 0.0
    y.so2, co2_limestone, status = run_fgd(x, y, so2, wanted, T, wet, water, dry_mass, heat / dry_mass)
    if status != OK:
        return status
    if y.absorber_volume > 0.0:
        dust *= 1.0 - x.fgd_dust_removal
    y.dust = run_wet_precipitator(x, y, dust, y.stack_gas_volume)
    y.co2_reagents = y.furnace_limestone_co2 + co2 + co2_limestone
    y.co2_direct = y.co2_coal + y.co2_reagents
    run_mercury(x, y)
    write_concentrations(x, y)
    return OK
