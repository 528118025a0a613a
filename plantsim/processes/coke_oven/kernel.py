"""A coking plant: coal to coke, gas and by-products, the heat that the ovens need, and what is caught again."""

from __future__ import annotations

from pathlib import Path

from plantsim._jit import batch_entry, kernel
from plantsim.kernels.combustion import dry_share
from plantsim.kernels.gas import N2, NORMAL_MOLAR_VOLUME, O2
from plantsim.processes.coke_oven.accounts import by_convention, counted, energy_flows
from plantsim.processes.coke_oven.codes import COAL_HEAT, MOISTURE_REMOVED, OVEN_CONVENTIONAL, OVEN_KIND
from plantsim.processes.coke_oven.corrections_2025 import corrections
from plantsim.processes.coke_oven.denitration import wet_flow
from plantsim.processes.coke_oven.dry_quenching import quench_dry
from plantsim.processes.coke_oven.emissions_to_air import explained_so2, to_the_air
from plantsim.processes.coke_oven.exergy import plant_exergy
from plantsim.processes.coke_oven.flue_gas import flue_fan, flue_gas_road
from plantsim.processes.coke_oven.leakage import leaking_ovens
from plantsim.processes.coke_oven.oven import oven_balance
from plantsim.processes.coke_oven.products import products
from plantsim.processes.coke_oven.quenching import coke_made, push
from plantsim.processes.coke_oven.raw_gas import kept, liquor, risers, steam_gain, steam_order
from plantsim.processes.coke_oven.residuals import element_residuals, energy_residual, plant_carbon
from plantsim.processes.coke_oven.services import services
from plantsim.processes.coke_oven.sulphur import plant_sulphur, sulphur_products
from plantsim.vocabulary.status import NOT_FINITE, OK, OUTSIDE_RANGE

EQUIVALENT_MOISTURE = 0.07  # 相当耗热量 is stated at 7 % moisture
PER_POINT_RICH, PER_POINT_LEAN = (
    29e3,
    33e3,
)  # J/kg wet coal per point of moisture; remembered, high confidence
POINT = 0.01


@kernel
def calibrate(x):
    """Mark the plant as not yet fitted; return OK. Its first solved point fits it: see ``as_it_is``."""
    x.reference_flue_flow = x.so2_factor = 0.0
    return OK


@kernel
def as_it_is(x, d, coal):
    """Keep of the plant as it is: its flue gas at full load, and measured SO2 over what its gas explains.

    A catalyst that a measure adds is made for that gas. coal: dry, at full load [kg/s].
    """
    x.reference_flue_flow = wet_flow(d, coal * d.fuel_demand / d.fuel_heat)
    x.so2_factor = 1.0
    explained = explained_so2(d)
    if x.flue_so2 >= 0.0 and explained > 0.0:
        x.so2_factor = x.flue_so2 / explained


@kernel
def design(x, d):
    """Write the balance of a kilogram of dry coal; return OK. What failed stands in d, and ``solve`` reports it."""
    d.design_status_variable = 0
    d.design_status = OK
    if x.oven_kind != OVEN_CONVENTIONAL:
        d.design_status_variable = OVEN_KIND
        d.design_status = OUTSIDE_RANGE
    elif not x.moisture_removed < x.coal_moisture:
        d.design_status_variable = MOISTURE_REMOVED
        d.design_status = OUTSIDE_RANGE
    else:
        d.design_status = products(x, d)
        if d.design_status == OK:
            d.design_status = oven_balance(x, d)
        if d.design_status == OK and x.raw_gas_leakage > 0.0:
            d.design_status = leaking_ovens(x, d)
    return OK


@kernel
def coal_and_gas(x, d, coal, y):
    """Write coal charged and gas made. coal: dry [kg/s]."""
    y.dry_coal_flow = coal
    y.wet_coal_flow = coal / (1.0 - x.coal_moisture)  # as taken in
    y.operating_coke_yield = d.coke_share
    y.gas_heating_value = d.gas_chemical_heat / (d.gas_amount * NORMAL_MOLAR_VOLUME)
    y.gas_nitrogen_content = d.coke_oven_gas[N2] / d.gas_amount
    y.gas_yield = kept(x) * d.gas_amount * NORMAL_MOLAR_VOLUME
    y.gas_made = coal * y.gas_yield
    y.liquor_flow = coal * kept(x) * (d.charge_water + x.pyrolysis_water)


@kernel
def oven_heat(x, d, coal, y):
    """Write the heat balance of the ovens [W] and the figures that a heat test states. coal: dry [kg/s]."""
    y.underfiring_power = coal * d.fuel_demand
    y.leaked_gas_heat = coal * d.leaked_heat
    y.coke_sensible_heat = coal * d.coke_heat_out
    y.gas_sensible_heat = coal * d.gas_heat_out
    y.tar_sensible_heat = coal * d.tar_heat_out
    y.light_sensible_heat = coal * d.light_heat_out
    y.water_sensible_heat = coal * d.water_heat_out
    y.surface_loss = coal * d.surface_heat
    y.flue_gas_heat = coal * d.flue_heat
    y.dry_heat_consumption = d.fuel_demand
    y.wet_heat_consumption = d.fuel_demand / (1.0 + d.charge_water)
    points = (d.charge_water / (1.0 + d.charge_water) - EQUIVALENT_MOISTURE) / POINT
    lean = d.bfg_heat_share
    per_point = (1.0 - lean) * PER_POINT_RICH + lean * PER_POINT_LEAN
    y.equivalent_heat_consumption = y.wet_heat_consumption - per_point * points
    out = d.fuel_demand + d.leaked_heat - x.reaction_heat
    y.coke_heat_share = d.coke_heat_out / out
    gas = d.gas_heat_out + d.tar_heat_out + d.light_heat_out + d.water_heat_out
    y.raw_gas_heat_share = gas / out
    y.heat_efficiency = 1.0 - d.flue_share
    y.thermal_efficiency = 1.0 - d.flue_share - x.surface_loss_share
    y.flue_oxygen_content = dry_share(d.flue_gas, O2)


@kernel
def caught_heat(x, d, n, coal, net, y):
    """Write what raw gas and flue gas give on their way; return a status. Arguments as their functions take them."""
    y.exchanger_hot_temperature = y.exchanger_cold_temperature = 0.0  # until a check fails
    status = steam_order(x, y)
    if status == OK:
        status = risers(x, d, coal, net, y)
    if status == OK:
        status = liquor(x, d, coal, y)
    if status == OK:
        status = flue_gas_road(x, d, n, coal, y)
    if status == OK:
        status = flue_fan(x, d, n, y)
    return status


@kernel
def solve(x, d, o, y):
    """Solve one operating point; return a status.

    Order: ovens, raw gas, flue gas, quenching, services, what crosses the fence, emissions, what the indicator counts.
    Quenching comes after the heat that was caught, since its turbine gives the steam that is still missing.
    """
    y.status_variable = d.design_status_variable
    if d.design_status != OK:
        return d.design_status
    y.status_variable = 0
    charge = x.oven_count * x.chamber_volume * x.charge_density
    full = charge / x.coking_time
    coal = o.load * full
    if not x.reference_flue_flow > 0.0:
        as_it_is(x, d, full)
    n = coal * d.fuel_demand / d.fuel_heat
    coal_and_gas(x, d, coal, y)
    oven_heat(x, d, coal, y)
    push(x, d, coal, y)
    net, gross = steam_gain(x)
    status = caught_heat(x, d, n, coal, net, y)
    if status == OK:
        status = quench_dry(x, d, o, y)  # and wet
    if status != OK:
        return status
    coke_made(y)
    status = services(x, net, y)
    if status != OK:
        return status
    status = energy_flows(x, d, coal, n, y)
    air_status = to_the_air(x, d, n, y)
    sulphur_products(x, d, coal, y)
    if status == OK:
        status = air_status
    counted(x, net, gross, y)
    by_convention(x, y)
    corrections(x, y)
    y.exergy_in = y.exergy_out = y.exergy_efficiency = 0.0
    if coal > 0.0 and status == OK:
        plant_exergy(x, d, n, net, y)
    if coal > 0.0:
        element_residuals(x, d, y)
        energy_residual(x, d, coal, y)
        plant_carbon(x, d, n, y)
        plant_sulphur(x, d, n, coal, y)
    if status != OK:
        return status
    if not (y.coal_heat >= 0.0 and y.coal_heat < 1e13):
        y.status_variable = COAL_HEAT
        return NOT_FINITE
    return OK


entry = batch_entry("coke_oven", Path(__file__).parent, calibrate, design, solve)
