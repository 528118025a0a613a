"""The cold end of one operating point: exhaust pressure from heat, cooling water or air; exhaust loss; its power.

Condensers and towers are sized once, from the plant's own design point (calibrated), and kept: less flow, worse
cleanliness, warmer air or thinner air then act by themselves.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.condenser_cooling import (
    calibrate_tower,
    condenser,
    condenser_area,
    cooling_tower,
    dry_condenser,
    hei_coefficient,
    inlet_water_factor,
)
from plantsim.kernels.gas_flow import gas_density
from plantsim.kernels.heat_exchanger import ntu_condensing
from plantsim.kernels.psychrometrics import CP_AIR, M_AIR, air_humidity
from plantsim.kernels.pump import GRAVITY
from plantsim.kernels.steam import (
    liquid_enthalpy,
    saturation_pressure,
    saturation_temperature,
    vapour_enthalpy,
    vapour_volume,
)
from plantsim.processes.coal_unit.codes import (
    CONDENSER_DRY,
    CONDENSER_FLOW,
    CONDENSER_RISE,
    CONDENSER_SURFACE,
    CONDENSER_TERMINAL_DIFFERENCE,
    COOLING_AIR_FLOW,
    COOLING_WATER_FLOW,
    COOLING_WATER_TEMPERATURE,
    DESIGN_AIR_TEMPERATURE,
    EXHAUST_PRESSURE,
    LP,
    WATER_FROM_TOWER,
)
from plantsim.processes.coal_unit.expansion import given
from plantsim.processes.coal_unit.turbine_cycle import set_condensing
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE

# wetness terms of the exhaust loss: Spencer, Cotton and Cannon, ASME 62-WA-209 (1963); unverified
WETNESS_FACTOR, WETNESS_FIRST, WETNESS_SECOND = 0.87, 1.0, 0.65


@kernel
def tube_coefficient(x, T_in, cleanliness):
    """Return the condenser's heat transfer coefficient [W/(m2 K)] with inlet water of T_in [K]; cleanliness [-]."""
    velocity = x.tube_velocity * x.cooling_water_flow / x.plant_cooling_flow
    return hei_coefficient(
        x.tube_coefficient,
        velocity,
        inlet_water_factor(T_in),
        x.tube_material_factor,
        cleanliness,
    )


@kernel
def size_condenser(x, d, heat):
    """Find the condenser's surface, the tower's transfer units or the dry condenser's UA; return a status.

    heat: of the plant's design point at rated power [W]. The exhaust pressure and the cooling water or air of
    that point must be given.
    """
    if not given(x.exhaust_pressure):
        d.design_status_variable = EXHAUST_PRESSURE
        return INCOMPLETE
    if x.condenser == CONDENSER_DRY:
        return size_dry_condenser(x, d, heat)
    if not (given(x.cooling_water_temperature) and given(x.cooling_water_flow)):
        known = given(x.cooling_water_temperature)
        d.design_status_variable = COOLING_WATER_FLOW if known else COOLING_WATER_TEMPERATURE
        return INCOMPLETE
    T_in = x.cooling_water_temperature
    x.plant_cooling_flow = x.cooling_water_flow
    cleanliness = x.design_cleanliness if given(x.design_cleanliness) else x.condenser_cleanliness
    coefficient = tube_coefficient(x, T_in, cleanliness)
    area, status = condenser_area(heat, x.cooling_water_flow, T_in, x.exhaust_pressure, coefficient)
    x.condenser_surface = area
    if status != OK:
        d.design_status_variable = COOLING_WATER_FLOW
        return status
    if x.cooling_water_source == WATER_FROM_TOWER:
        x.tower_air = x.cooling_water_flow / x.tower_water_per_air
        T, p = x.design_air_temperature, x.air_pressure
        w = air_humidity(T, x.design_air_humidity, p)
        x.tower_units, status = calibrate_tower(T_in, heat, x.cooling_water_flow, x.tower_air, T, w, p)
        x.tower_air_volume = x.tower_air / gas_density(M_AIR, T, p)
        if status != OK:
            d.design_status_variable = COOLING_WATER_TEMPERATURE
    return status


@kernel
def size_dry_condenser(x, d, heat):
    """Find the UA of the air-cooled condenser; return a status."""
    if not given(x.cooling_air_flow):
        d.design_status_variable = COOLING_AIR_FLOW
        return INCOMPLETE
    x.dry_air_design = x.cooling_air_flow * gas_density(M_AIR, x.design_air_temperature, x.air_pressure)
    capacity = x.dry_air_design * CP_AIR
    difference = d.condensing_temperature - x.design_air_temperature
    units = ntu_condensing(heat / (capacity * difference)) if difference > 0.0 else -1.0
    if not units > 0.0:
        d.design_status_variable = DESIGN_AIR_TEMPERATURE if not difference > 0.0 else COOLING_AIR_FLOW
        return INFEASIBLE_THERMAL
    x.dry_conductance = units * capacity
    return OK


@kernel
def ambient(x, o):
    """Return temperature [K] and relative humidity [-] of the air at this point: the design's unless given."""
    T = o.ambient_temperature if given(o.ambient_temperature) else x.design_air_temperature
    return T, o.ambient_humidity if given(o.ambient_humidity) else x.design_air_humidity


@kernel
def cooling_water_inlet(x, o, heat):
    """Return (T [K], evaporated [kg/s], status) of the cooling water that enters the condenser."""
    if x.cooling_water_source == WATER_FROM_TOWER and x.condenser == CONDENSER_SURFACE:
        T, humidity = ambient(x, o)
        w = air_humidity(T, humidity, x.air_pressure)
        air = x.tower_air_volume * gas_density(M_AIR, T, x.air_pressure)
        water = x.cooling_water_flow
        part = water / air * (x.tower_air / x.plant_cooling_flow)
        units = x.tower_units * part**x.tower_exponent * x.tower_fill_factor
        return cooling_tower(heat, water, air, units, T, w, x.air_pressure, x.least_tower_water)
    T = x.cooling_water_temperature
    return o.water_temperature if given(o.water_temperature) else T, 0.0, OK


@kernel
def least_pressure(x, d, m):
    """Return the least exhaust pressure [Pa] at main steam flow m [kg/s]: the maker's, or where the last stage chokes.

    A choked stage's pressure goes with its flow. Where the annulus is known the exhaust loss says it by itself.
    """
    least = x.least_exhaust_pressure if given(x.least_exhaust_pressure) else 0.0
    if given(x.annulus_area):
        return least
    part = m * d.inlet_share[LP] / d.design_inlet_flow[LP]
    return max(least, x.choking_share * part * d.design_condensing_pressure)


@kernel
def follow_condenser(x, d, o, y, m):
    """Write the condensing state that main steam flow m [kg/s] makes; return (what cools it [K], status), blame in d.

    What cools it is 0 where the least pressure is held: then the heat does not move it.

    Cooling water with a given rise or flow: rise and terminal difference go with the heat (the flow and the
    transfer units stay).
    """
    heat = m * d.specific_condenser_heat
    y.water_evaporated = 0.0
    if x.condenser == CONDENSER_DRY:
        T_in, _ = ambient(x, o)
        p, T, status = dry_condenser(
            heat, x.cooling_air_flow, T_in, x.air_pressure, x.dry_conductance, x.dry_air_design,
            x.dry_conductance_exponent,
        )  # fmt: skip
        blame = COOLING_AIR_FLOW
    else:
        T_in, y.water_evaporated, status = cooling_water_inlet(x, o, heat)
        y.water_inlet_temperature_found = T_in
        blame = COOLING_WATER_TEMPERATURE
        p = T = 0.0
        if status == OK and x.condenser == CONDENSER_SURFACE:
            area = x.condenser_surface * x.condenser_surface_factor
            coefficient = tube_coefficient(x, T_in, x.condenser_cleanliness)
            p, T, _, status = condenser(heat, x.cooling_water_flow, T_in, area, coefficient)
            blame = COOLING_WATER_FLOW
        elif status == OK:
            difference = d.design_condensing_temperature - x.cooling_water_temperature
            T = T_in + difference * heat / d.design_condenser_heat
            p = saturation_pressure(T)
            blame = CONDENSER_TERMINAL_DIFFERENCE
    least = least_pressure(x, d, m)
    T_least = saturation_temperature(least) if least > 0.0 else 0.0
    if 0.0 < T < T_least:  # colder water or air is of no use: the pressure is held
        set_condensing(x, d, T_least, least)
        return 0.0, OK
    if status == OK and not p > 0.0:
        status = OUTSIDE_RANGE
    if status != OK:
        d.design_status_variable = blame
        return T_in, status
    set_condensing(x, d, T, p)
    return T_in, OK


@kernel
def hangs_on_cooling(x):
    """Return whether the exhaust pressure follows from the cooling water or air."""
    return CONDENSER_RISE <= x.condenser <= CONDENSER_DRY


@kernel
def has_sized_condenser(x):
    """Return whether the condenser is sized from the design point."""
    return x.condenser == CONDENSER_SURFACE or x.condenser == CONDENSER_DRY


@kernel
def loss_by_velocity(x, velocity):
    """Return the exhaust loss [J/kg] of dry steam at the annulus velocity [m/s].

    Its kinetic energy, and below x.turn_up_velocity what the last stages spend on turning the steam up.
    """
    missing = max(0.0, 1.0 - velocity / x.turn_up_velocity)
    return 0.5 * velocity * velocity + x.turn_up_loss * missing * missing


@kernel
def loss_slope(x, velocity):
    """Return by how much the loss of :func:`loss_by_velocity` changes [J/kg] per relative change of the velocity."""
    part = velocity / x.turn_up_velocity
    return velocity * velocity - 2.0 * x.turn_up_loss * max(0.0, 1.0 - part) * part


@kernel
def annulus(x, d, m):
    """Return (velocity [m/s], factor of the exhaust loss [-]) at the last stage's annulus; m: main steam flow [kg/s].

    The factor is 0.87 (1 - 0.01 Y) (1 - 0.0065 Y) with the wetness Y [%] before the loss.
    """
    p = d.condensing_pressure
    h, h_l, h_v = d.cylinder_exhaust_enthalpy[LP] - d.exhaust_loss_now, liquid_enthalpy(p), vapour_enthalpy(p)
    quality = min(1.0, (h - h_l) / (h_v - h_l))
    velocity = m * d.exhaust_share * quality * vapour_volume(p) / x.annulus_area
    wet = 1.0 - quality
    return velocity, WETNESS_FACTOR * (1.0 - WETNESS_FIRST * wet) * (1.0 - WETNESS_SECOND * wet)


@kernel
def annulus_loss_of(x, d, m):
    """Return the exhaust loss [J/kg] by the annulus velocity; m: main steam flow [kg/s]; 0 without an annulus area."""
    if not given(x.annulus_area):
        return 0.0
    velocity, factor = annulus(x, d, m)
    return loss_by_velocity(x, velocity) * factor


@kernel
def follow_exhaust_loss(x, d, m):
    """Write the exhaust loss: the given one, and how much more the annulus velocity makes than at design; its slope."""
    more = d.exhaust_loss_slope = 0.0
    if given(x.annulus_area) and not d.lp_without_work:
        velocity, factor = annulus(x, d, m)
        more = loss_by_velocity(x, velocity) * factor - x.plant_annulus_loss
        d.exhaust_loss_slope = loss_slope(x, velocity) * factor
    d.step_loss = x.exhaust_loss + more - d.exhaust_loss_now
    d.exhaust_loss_now += d.step_loss


@kernel
def cold_end_power(x, y):
    """Write the electricity of circulating pumps and cooling fans; 0 where they are not described."""
    y.circulating_pump_power = y.cooling_fan_power = 0.0
    if given(x.cooling_water_flow) and CONDENSER_FLOW <= x.condenser <= CONDENSER_SURFACE:
        lifted = x.cooling_water_flow * GRAVITY * x.circulating_pump_head
        y.circulating_pump_power = lifted / x.circulating_pump_efficiency
    air = x.cooling_air_flow if x.condenser == CONDENSER_DRY else 0.0
    if x.condenser == CONDENSER_SURFACE and x.cooling_water_source == WATER_FROM_TOWER:
        air = x.tower_air_volume
    if air > 0.0:
        y.cooling_fan_power = air * x.cooling_fan_rise / x.cooling_fan_efficiency
