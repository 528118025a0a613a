"""What the next passes would bring, by a linear model of the last one: only they take time, so fewer are made.

A pass answers a change of the state with a smaller one: warmer water from a heater whose pressure rises takes more
steam there and less above, the power held takes another flow, and both move the pressures (:mod:`pressures`). To
first order that needs no property of steam: dh = v dp along the expansion and Clausius and Clapeyron for the
heaters. The linear passes go on from the change of the last full one, so that its error falls to a thirtieth
instead of a seventh. How good the model is decides only how many full passes follow: a point is solved when a full
pass changes nothing. It knows nothing of heat that is supplied; there it isn't asked.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.steam import saturation_pressure
from plantsim.processes.coal_unit.codes import (
    CYLINDERS,
    DRAIN_FORWARD,
    DRAIN_NEXT,
    HP,
    IP,
    LP,
    OPEN,
    PUMP_BY_TURBINE,
    REHEAT_SINGLE,
)
from plantsim.processes.coal_unit.expansion import CALLENDAR_SLOPE, NAN, product_of
from plantsim.processes.coal_unit.heaters import out_of_service
from plantsim.processes.coal_unit.pressures import boiler_pressure, exhaust_before, first_of_cylinder
from plantsim.processes.coal_unit.turbine_cycle import set_condensing
from plantsim.processes.coal_unit.work import pump_turbine_place

LINEAR_PASSES = 3  # an eighth each: what is left is less than the linear model's own error
LARGEST_STEP = 0.3  # relative: from a change larger than this nothing is concluded
# Steam and water to within some per cent, from IAPWS-IF97: they decide how many passes follow, not what is found
STAGE = 0.88  # dh / (v dp) along the expansion line: its efficiency, nearly
DRYING = 0.063  # d ln(p v) / d ln p of wet steam by its quality, along the expansion
VAPOUR = 0.037  # the same by its vapour
DENSE_STEAM = 9.5e-3  # J/(kg Pa): how the enthalpy of steam at 540 to 570 C falls with its pressure
DENSE_LOST = 0.35  # of that, what is gone after an expansion to next to no pressure
EXHAUST_PRODUCT = 1.35e5  # J/kg: p v of LP exhaust steam
BOILING_1, BOILING_2 = 5913.0, 2.3  # K, -: T^2 / (dT/d ln p) of saturated steam from 300 to 570 K
WATER_CAPACITY = 4.3e3  # J/(kg K), where a heater's own rise does not tell
LEAST_RISE = 1.0  # K


@kernel
def boiling_step(T, step_p):
    """Return the change of the saturation temperature T [K] with a relative change of the pressure."""
    return T * T / (BOILING_1 - BOILING_2 * T) * step_p


@kernel
def outlet_step(x, d, i):
    """Return the change [K] of the water that leaves heater i, or what is in service below: at last the condenser."""
    while i < x.heater_count and out_of_service(x, i):
        i += 1
    if i >= x.heater_count:
        return boiling_step(d.condensing_temperature, d.step_condensing)
    step = boiling_step(d.heater_saturation_temperature[i], d.step_pressure[i])
    return step if x.heater_kind[i] == OPEN else step - d.step_difference[i]


@kernel
def heated_before(d, i):
    """Return the cylinder at whose inlet the steam of extraction i left the boiler, as if it were always reheated."""
    return HP if i < d.cylinder_stop[HP] else IP


@kernel
def inlet_enthalpy_step(d, c):
    """Return the change [J/kg] of the enthalpy at the inlet of cylinder c, whose temperature stays."""
    return -DENSE_STEAM * d.cylinder_inlet_pressure[c] * d.step_inlet_pressure[c]


@kernel
def expanded_step(d, c, step_p, p, pv):
    """Return the change of the enthalpy [J/kg] at p [Pa] behind the inlet of cylinder c; p v there: pv [J/kg]."""
    left = 1.0 - DENSE_LOST * (1.0 - p / d.cylinder_inlet_pressure[c])
    return STAGE * pv * (step_p - d.step_inlet_pressure[c]) + left * inlet_enthalpy_step(d, c)


@kernel
def enthalpy_step(d, i):
    """Return the change of the enthalpy [J/kg] at extraction i."""
    c = heated_before(d, i)
    return expanded_step(d, c, d.step_pressure[i], d.point_pressure[i], d.point_pressure_volume[i])


@kernel
def work_by_flow(x, d, step_m):
    """Return the change of the work [J/kg] by the cylinders' efficiency and the exhaust loss.

    step_m: relative change of the main steam flow.
    """
    work = 0.0
    for c in range(CYLINDERS):
        part = d.point_flow * d.inlet_share[c] / d.design_inlet_flow[c]
        fall = 2.0 * x.part_flow_loss * (1.0 - part) * part
        work += d.cylinder_work[c] * fall / d.efficiency_factor[c] * step_m
    return work - d.exhaust_share * d.step_loss


@kernel
def end_step(d):
    """Return the change of the exhaust enthalpy [J/kg]."""
    return expanded_step(d, IP, d.step_condensing, d.condensing_pressure, EXHAUST_PRODUCT)


@kernel
def follow_condensing(x, d, T_cold, step_m):
    """Write the changes of the exhaust pressure and the exhaust loss; step_m: of the main steam flow, relative.

    T_cold: what cools the condenser [K], its difference to the steam goes with the heat; 0 where the pressure stays.
    """
    step_exhaust = step_m
    if x.heater_count > 0:
        step_exhaust -= d.step_share[x.heater_count - 1] / d.exhaust_share
    d.step_condensing = 0.0
    if T_cold > 0.0:
        h, T = d.cylinder_exhaust_enthalpy[LP] - d.hotwell_enthalpy, d.condensing_temperature
        heat = d.exhaust_share * (end_step(d) + (step_exhaust - step_m) * h)
        step = step_m + heat / d.specific_condenser_heat
        d.step_condensing = step * (T - T_cold) / boiling_step(T, 1.0)
    d.step_loss = d.exhaust_loss_slope * (step_exhaust - d.step_condensing)
    d.exhaust_loss_now += d.step_loss


@kernel
def step_shares(x, d):
    """Write the change of the shares and differences that the state's makes; return that of the work [J/kg].

    d.step_share: of all steam extracted down to each heater.
    """
    h_end = d.cylinder_exhaust_enthalpy[LP]
    tapped = pump_turbine_place(x, d) if x.feed_pump_drive == PUMP_BY_TURBINE else -1
    reheated = 0.0
    if x.reheat == REHEAT_SINGLE:
        reheated = d.cylinder_inlet_enthalpy[IP] - d.cylinder_exhaust_enthalpy[HP]
    work = taken = water = 0.0
    share = step_drain = h_from = step_from = 0.0
    for i in range(x.heater_count):
        a, h, h_d = d.extraction_share[i], d.point_enthalpy[i], d.drain_enthalpy[i]
        eta = d.heater_efficiency_now[i]
        step_h = enthalpy_step(d, i)
        own = 0.0
        if a > 0.0:  # none where a heater is out of service or has heat enough from elsewhere
            boiling = boiling_step(d.heater_saturation_temperature[i], d.step_pressure[i])
            leaving, entering = outlet_step(x, d, i), outlet_step(x, d, i + 1)
            rise = d.water_outlet_enthalpy[i] - d.water_inlet_enthalpy[i]
            kelvin = d.water_outlet_temperature[i] - d.water_inlet_temperature[i]
            capacity = rise / kelvin if kelvin > LEAST_RISE else WATER_CAPACITY
            m = d.water_share[i]
            if x.heater_kind[i] == OPEN:
                h_o = d.water_outlet_enthalpy[i]
                need = (water - step_drain) * rise + m * capacity * (leaving - entering)
                need -= eta * (a * (step_h - capacity * leaving) + step_drain * (h_from - h_o))
                need -= eta * share * (step_from - capacity * leaving)
                own = need / (eta * (h - h_o) + rise)
                water -= own + step_drain
                share = step_drain = 0.0
            else:
                step_d = capacity * (entering if x.drain_cooler_approach[i] > 0.0 else boiling)
                need = water * rise + m * capacity * (leaving - entering)
                need -= eta * (
                    a * (step_h - step_d) + step_drain * (h_from - h_d) + share * (step_from - step_d)
                )
                own = need / (eta * (h - h_d))
                whole = d.heater_saturation_temperature[i] - d.water_inlet_temperature[i]
                left = d.point_difference[i]
                if d.heater_units[i] > 0.0 and whole > left:
                    d.step_difference[i] = left / whole * (boiling - entering)
                share, step_drain, h_from, step_from = share + a, step_drain + own, h_d, step_d
                if x.drain_to[i] != DRAIN_NEXT:
                    water -= step_drain if x.drain_to[i] == DRAIN_FORWARD else 0.0
                    share = step_drain = 0.0
        if i == tapped:
            own += d.pump_turbine_flow_share * d.step_inlet_pressure[HP]
        taken += own
        d.step_share[i] = taken
        work -= own * (h - h_end + (reheated if i < d.cylinder_stop[HP] else 0.0)) + a * step_h
    p, pv = d.cylinder_exhaust_pressure[HP], product_of(d.cylinder_exhaust_enthalpy[HP], NAN, NAN)
    step_cold = expanded_step(d, HP, d.step_inlet_pressure[IP], p, pv)
    reheat = inlet_enthalpy_step(d, IP) - step_cold
    return work + inlet_enthalpy_step(d, HP) + d.inlet_share[IP] * reheat - d.exhaust_share * end_step(d)


@kernel
def step_before(p, p_out, step_out, step_flow, step_product):
    """Return the relative change of the pressure p [Pa] before a group, from that of what it hangs on."""
    r = p_out / p
    return r * r * step_out + (1.0 - r * r) * (step_flow + 0.5 * step_product)


@kernel
def step_pressures(x, d, step_m):
    """Change the pressures of the steam path by what the last change of flow, shares and exhaust pressure makes."""
    p_out, step_out = d.condensing_pressure, d.step_condensing
    for back in range(CYLINDERS):
        c = CYLINDERS - 1 - back
        if c != LP:
            p_out = d.cylinder_exhaust_pressure[c]
            exhaust_before(x, d, c)
        first, stop = first_of_cylinder(d, c), d.cylinder_stop[c]
        for j in range(stop - first):
            i = stop - 1 - j
            product = CALLENDAR_SLOPE * enthalpy_step(d, i) / d.point_pressure_volume[i]
            if not d.point_end_temperature[i] > 0.0:
                product = (
                    DRYING * (d.step_pressure[i] - d.step_inlet_pressure[IP]) + VAPOUR * d.step_pressure[i]
                )
            flow = step_m - d.step_share[i] / d.onward_share[i]
            step_out = step_before(d.point_pressure[i], p_out, step_out, flow, product)
            d.step_pressure[i] = step_out
            p_out = d.point_pressure[i]
            d.point_pressure[i] *= 1.0 + step_out
        above = d.step_share[first - 1] if first > 0 else 0.0
        flow = step_m - above / d.inlet_share[c]
        h = d.cylinder_inlet_enthalpy[c]
        product = inlet_enthalpy_step(d, c) / product_of(h, NAN, NAN)
        if c == LP:
            product = STAGE * (d.step_inlet_pressure[LP] - d.step_inlet_pressure[IP])
        product *= CALLENDAR_SLOPE
        step_out = step_before(d.cylinder_inlet_pressure[c], p_out, step_out, flow, product)
        d.step_next_pressure[c] = step_out
        d.cylinder_inlet_pressure[c] *= 1.0 + step_out
    for c in range(CYLINDERS):
        d.step_inlet_pressure[c] = d.step_next_pressure[c]


@kernel
def look_ahead(x, d, step_m, by_power, T_cold):
    """Go on from the changes of the last pass; return the main steam flow [kg/s] to expect.

    step_m: relative change of the flow; by_power: whether it follows from the power; T_cold: as in
    :func:`follow_condensing`. Changes pressures, terminal differences and the condensing state.
    """
    m, T = d.point_flow * (1.0 + step_m), d.condensing_temperature
    for _ in range(LINEAR_PASSES):
        work = step_shares(x, d) + work_by_flow(x, d, step_m)
        step_m = -work / d.specific_work if by_power else 0.0
        follow_condensing(x, d, T_cold, step_m)
        step_pressures(x, d, step_m)
        for i in range(x.heater_count):
            by_flow = d.heater_units[i] * (1.0 - x.heater_conductance_exponent) * step_m
            d.step_difference[i] += d.point_difference[i] * by_flow
            d.point_difference[i] += d.step_difference[i]
        m *= 1.0 + step_m
        T += boiling_step(T, d.step_condensing)
    d.steam_pressure = boiler_pressure(x, d.cylinder_inlet_pressure[HP])
    if T_cold > 0.0:
        set_condensing(x, d, T, saturation_pressure(T))
    return m
