"""SO2 of the kiln's gas: dry lime, semi-dry, wet limestone; what each takes, uses and gives off. SI units.

All stand behind the raw mill, on the gas of the tower with its water, at the tail fan's temperature: the mill's water,
which wets the gas further, is left out, so that a little too much water is evaporated. Each has a most that it removes.
"""

from __future__ import annotations

from math import log

from plantsim._jit import kernel
from plantsim.kernels.emissions import M_H2O
from plantsim.kernels.fans import compressor_power, fan_power
from plantsim.kernels.fgd import (
    absorber_water,
    grinding_power,
    lime_balance,
    limestone_balance,
    liquid_ratio_for,
    oxidation_air,
    slurry_pump_power,
    spray_cooling,
)
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.kernels.psychrometrics import adiabatic_saturation
from plantsim.kernels.reagents import T_FREEZING
from plantsim.processes.cement_kiln.hot_gases import wet_gas
from plantsim.processes.cement_kiln.part_codes import (
    DESULPHURISATION,
    DESULPHURISATION_NONE,
    DESULPHURISATION_SEMI_DRY,
    DESULPHURISATION_WET,
    FGD_APPROACH,
)
from plantsim.vocabulary.status import OK

KAPPA = 1.4  # isentropic exponent of air and flue gas (kernels.gas: 1.33 to 1.40)
GAS_CONSTANT = 8.31446261815324  # J/(mol K), CODATA 2018


@kernel
def removal_for(after, before, most):
    """Return (removal [-], what is left): from ``before`` to ``after`` in one unit, at most ``most`` [-] of it."""
    if not before > after >= 0.0:
        return 0.0, before
    wanted = 1.0 - after / before
    if wanted <= most:
        return wanted, after
    return most, before * (1.0 - most)


@kernel
def dry_gas(x, y, wet):
    """Return (dry gas [kg/s], humidity [kg/kg], heat capacity [J/(kg K)], molar mass [kg/mol]) of wet [mol/s]."""
    left = 1.0 - y.preheater_gas_h2o
    M, b, c = wet_gas(0.0, y.preheater_gas_co2 / left, y.preheater_gas_o2 / left, y.preheater_gas_n2 / left)
    mass = wet * left * M
    return mass, wet * y.preheater_gas_h2o * M_H2O / mass, (b + 2.0 * c * x.tail_gas_temperature) / M, M


@kernel
def no_desulphurisation(y):
    """Write a line that takes up no SO2 behind its tower."""
    y.so2_wanted, y.so2_removal = float("nan"), 0.0
    y.lime_flow, y.limestone_flow, y.gypsum_flow, y.fgd_residue_flow = 0.0, 0.0, 0.0, 0.0
    y.gypsum_sold, y.fgd_solids_stored = 0.0, 0.0
    y.fgd_water_flow, y.fgd_waste_water, y.fgd_power = 0.0, 0.0, 0.0
    y.fgd_gas_temperature, y.fgd_gas_h2o = float("nan"), float("nan")


@kernel
def wet_absorber(x, taken, removal, wet, y):
    """Write the wet absorber: taken [kg/s] of SO2; wet gas [mol/s]. Return (CO2 of the limestone [kg/s], status)."""
    dry, w, cp, M = dry_gas(x, y, wet)
    T_out, evaporated, _, status = absorber_water(
        dry, x.tail_gas_temperature, w, x.air_pressure, cp, M, 0.0, 0.0
    )
    if status != OK:
        y.status_variable = DESULPHURISATION
        return 0.0, status
    limestone, solids, _, co2, _, bound = limestone_balance(
        taken, x.fgd_calcium_ratio, x.fgd_limestone_purity
    )
    write_gas(y, wet, T_out, evaporated)
    y.limestone_flow = limestone
    y.gypsum_flow = solids / (1.0 - x.gypsum_moisture)
    y.fgd_waste_water = evaporated * x.fgd_bleed
    y.fgd_water_flow = evaporated + y.fgd_waste_water + bound + y.gypsum_flow * x.gypsum_moisture
    # pumps are built for the most removal; those in service follow the one there is, as far as the fewest
    ratio, _ = liquid_ratio_for(removal, -log(1.0 - x.fgd_most_removal), x.fgd_liquid_exponent)
    saturated = (wet + evaporated / M_H2O) * GAS_CONSTANT * T_out / x.air_pressure
    slurry = x.fgd_liquid_ratio * max(x.fgd_least_liquid, ratio) * saturated
    power = slurry_pump_power(slurry, x.fgd_slurry_density, x.fgd_pump_head, x.fgd_pump_efficiency)
    air = oxidation_air(taken, x.fgd_natural_oxidation, x.fgd_oxygen_ratio)
    p = x.air_pressure
    y.fgd_power = power + grinding_power(limestone, x.fgd_grinding_work)
    y.fgd_power += compressor_power(
        air, x.ambient_temperature, p, p + x.fgd_blower_rise, x.fgd_blower_efficiency, 1.0, KAPPA
    )
    return co2, OK


@kernel
def write_gas(y, wet, T, water):
    """Write the gas behind the cleaning: at T [K], with ``water`` [kg/s] more than the wet gas [mol/s] brings."""
    vapour = wet * y.preheater_gas_h2o + water / M_H2O
    y.fgd_gas_temperature = T
    y.fgd_gas_h2o = vapour / (wet * (1.0 - y.preheater_gas_h2o) + vapour)


@kernel
def semi_dry_absorber(x, wet, given_off, y):
    """Write the water [kg/s] that cools the gas of a semi-dry absorber near its saturation; return a status.

    wet: gas [mol/s]; given_off: water of the reaction [kg/s], whose heat is left out.
    """
    dry, w, cp, M = dry_gas(x, y, wet)
    T, p = x.tail_gas_temperature, x.air_pressure
    T_water = max(x.ambient_temperature, T_FREEZING)  # a pipe that is kept from freezing
    T_s, _, status = adiabatic_saturation(T, w, p, cp, M, T_water)
    if status == OK:
        T_out = min(T, T_s + x.fgd_approach)
        y.fgd_water_flow, _, status = spray_cooling(dry, T, w, T_out, p, cp, M, T_water)
        write_gas(y, wet, T_out, y.fgd_water_flow + given_off)
    if status != OK:
        y.status_variable = FGD_APPROACH
    return status


@kernel
def write_use(x, y):
    """Write what of gypsum and solids goes into cement, and what is stored [kg/s]."""
    y.gypsum_sold = x.gypsum_used * y.gypsum_flow
    y.fgd_solids_stored = y.gypsum_flow - y.gypsum_sold + (1.0 - x.fgd_residue_used) * y.fgd_residue_flow


@kernel
def desulphurise(x, gas, volume, y):
    """Take SO2 from the gas as the plant can; return (CO2 of limestone [kg/s], status).

    gas: wet [Nm3/s]; volume: dry at the reference oxygen [Nm3/s].
    """
    no_desulphurisation(y)
    y.so2_concentration = y.so2_before_cleaning
    part = x.desulphurisation
    if part == DESULPHURISATION_NONE:
        return 0.0, OK
    y.so2_wanted = x.so2_target
    y.so2_removal, y.so2_concentration = removal_for(x.so2_target, y.so2_before_cleaning, x.fgd_most_removal)
    taken = y.so2_removal * y.so2_before_cleaning * volume
    wet = gas / MOLAR_VOLUME
    co2, status = 0.0, OK
    if part == DESULPHURISATION_WET:
        co2, status = wet_absorber(x, taken, y.so2_removal, wet, y)
    else:
        y.lime_flow, y.fgd_residue_flow, given_off = lime_balance(taken, x.lime_ratio, x.lime_purity)
        write_gas(y, wet, x.tail_gas_temperature, given_off)
        if part == DESULPHURISATION_SEMI_DRY:
            status = semi_dry_absorber(x, wet, given_off, y)
    loss = x.fgd_pressure_loss
    fan, _ = fan_power(
        gas,
        x.tail_gas_temperature,
        x.air_pressure - loss,
        loss,
        x.fan_efficiency,
        x.fan_drive_efficiency,
        KAPPA,
    )
    y.fgd_power += fan + x.fgd_other_work * gas
    write_use(x, y)
    return co2, status
