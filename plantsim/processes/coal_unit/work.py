"""Work, heat and losses of the cycle per kg of main steam, and the two balances over the whole of it.

The balances are not how the cycle was solved: steam is followed through the turbine stage by stage, water
through the heaters; mass meets at the hotwell and energy at the plant's border.
"""

from __future__ import annotations

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.steam import h_ps, s_ph
from plantsim.processes.coal_unit.codes import (
    CYLINDERS,
    DRAIN_FORWARD,
    DRAIN_NEXT,
    EXTRACTION_PRESSURE,
    GLAND_FROM_HP_EXHAUST,
    GLAND_FROM_HP_INLET,
    GLAND_FROM_IP_EXHAUST,
    GLAND_FROM_IP_INLET,
    GLAND_SHARE,
    GLAND_TO_HP_EXHAUST,
    HP,
    IP,
    LOSS_OF_WHOLE_FEEDWATER,
    LP,
    OPEN,
    PUMP_BY_TURBINE,
    PUMP_TURBINE_EXHAUST_PRESSURE,
    PUMP_TURBINE_SHARE,
    PUMP_TURBINE_SOURCE,
    REHEAT_SINGLE,
)
from plantsim.processes.coal_unit.expansion import given, last_of_cylinder
from plantsim.processes.coal_unit.leaks import before_cylinder, joining, reheated_more
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_FLOW, INFEASIBLE_THERMAL, OK


@kernel
def pump_turbine_place(x, d):
    """Return the index of the extraction that feeds the pump turbine; -1 where there is none."""
    number = x.pump_turbine_source if x.pump_turbine_source > 0 else d.highest_open_heater
    return number - 1 if number <= x.heater_count else -1


@kernel
def drive_feed_pump(x, d, fit):
    """Write the pump turbine's steam share and exhaust enthalpy; return a status. A motor needs no steam.

    With the sheet's share the enthalpy drop is fitted once (fit) and kept; else efficiency and exhaust
    pressure give it.
    """
    d.pump_turbine_flow_share = 0.0
    d.pump_turbine_exhaust_enthalpy = d.hotwell_enthalpy
    if x.feed_pump_drive != PUMP_BY_TURBINE:
        return OK
    i = pump_turbine_place(x, d)
    if i < 0:
        d.design_status_variable = PUMP_TURBINE_SOURCE
        return INCOMPLETE
    h, eta_m = d.point_enthalpy[i], x.pump_turbine_mechanical_efficiency
    if given(x.pump_turbine_share):
        if fit:
            x.pump_turbine_drop = d.feed_pump_share * d.feed_pump_rise / (eta_m * x.pump_turbine_share)
        drop = x.pump_turbine_drop
    else:
        p_out = x.pump_turbine_exhaust_pressure
        if not given(p_out):
            d.design_status_variable = PUMP_TURBINE_EXHAUST_PRESSURE
            return INCOMPLETE
        drop = x.pump_turbine_efficiency * (h - h_ps(p_out, s_ph(d.point_pressure[i], h)))
    if not (0.0 < drop < h - d.hotwell_enthalpy):
        d.design_status_variable = (
            PUMP_TURBINE_SHARE if given(x.pump_turbine_share) else PUMP_TURBINE_EXHAUST_PRESSURE
        )
        return INFEASIBLE_THERMAL
    d.pump_turbine_flow_share = d.feed_pump_share * d.feed_pump_rise / (eta_m * drop)
    d.pump_turbine_exhaust_enthalpy = h - drop
    return OK


@kernel
def gland_leaving(x, source):
    """Return the share of gland steam that leaves at this place."""
    total = 0.0
    for g in range(x.gland_flow_count):
        if x.gland_source[g] == source and given(x.gland_share[g]):
            total += x.gland_share[g]
    return total


@kernel
def follow_steam(x, d):
    """Follow the steam through the cylinders, writing their work and shares; return a status."""
    m = 1.0 - gland_leaving(x, GLAND_FROM_HP_INLET)
    tapped = pump_turbine_place(x, d) if x.feed_pump_drive == PUMP_BY_TURBINE else -1
    d.specific_work = 0.0
    first = np.int64(0)  # a bare 0 would compile last_of_cylinder twice
    for c in range(CYLINDERS):
        if c == IP:
            m -= gland_leaving(x, GLAND_FROM_HP_EXHAUST)
            d.reheat_share = 0.0
            if x.reheat == REHEAT_SINGLE:
                m += joining(x, d, GLAND_TO_HP_EXHAUST)[0]
                d.reheat_share = m
            d.passing_share[c] = m
            m += before_cylinder(x, d, c)[0]
            m -= gland_leaving(x, GLAND_FROM_IP_INLET)
        elif c == LP:
            m -= gland_leaving(x, GLAND_FROM_IP_EXHAUST)
            if d.heat_place < 0:
                m -= d.heat_share
                d.heat_steam_enthalpy = d.cylinder_exhaust_enthalpy[IP]
            d.passing_share[c] = m
            m += before_cylinder(x, d, c)[0]
        d.inlet_share[c] = m
        stop = last_of_cylinder(x, d, c, first)
        h = d.cylinder_inlet_enthalpy[c]
        work = 0.0
        for i in range(first, stop):
            work += m * (h - d.point_enthalpy[i])
            h = d.point_enthalpy[i]
            m -= d.extraction_share[i]
            if i == tapped:
                m -= d.pump_turbine_flow_share
            if i == d.heat_place:
                m -= d.heat_share
                d.heat_steam_enthalpy = h
            d.onward_share[i] = m
        work += m * (h - d.cylinder_exhaust_enthalpy[c])
        d.cylinder_work[c] = work
        d.specific_work += work
        if not (m > 0.0):
            d.design_status_variable = EXTRACTION_PRESSURE if x.heater_count > 0 else GLAND_SHARE
            return INFEASIBLE_FLOW
        first = stop
    d.exhaust_share = m
    if not (d.specific_work > 0.0):
        d.design_status_variable = EXTRACTION_PRESSURE
        return INFEASIBLE_FLOW
    return OK


@kernel
def heater_loss(x, d):
    """Return the heat lost from all heaters per kg of main steam [J/kg], by the definition of their efficiency."""
    lost = 0.0
    share = heat = 0.0
    for i in range(x.heater_count):
        eta = d.heater_efficiency_now[i]
        share += d.gland_into_share[i]
        heat += d.gland_into_heat[i]
        a, h_x, h_d = d.extraction_share[i], d.point_enthalpy[i], d.drain_enthalpy[i]
        if x.heater_kind[i] == OPEN:
            base = d.water_inlet_enthalpy[i] if x.open_heater_loss == LOSS_OF_WHOLE_FEEDWATER else h_d
            lost += (1.0 - eta) * (a * (h_x - base) + heat - share * base)
            share = heat = 0.0
        else:
            lost += (1.0 - eta) * (a * (h_x - h_d) + heat - share * h_d)
            cascades = x.drain_to[i] == DRAIN_NEXT
            share = d.drain_share[i] if cascades else 0.0
            heat = share * h_d
    return lost + (1.0 - x.heater_efficiency) * (
        d.gland_heater_heat - d.gland_heater_share * d.hotwell_enthalpy
    )


@kernel
def close_balances(x, d):
    """Write heat input, condenser heat, losses, and both residuals."""
    h_c = d.hotwell_enthalpy
    reheated = d.hot_reheat_enthalpy - d.cylinder_exhaust_enthalpy[HP] + x.cold_reheat_heat_loss
    d.specific_heat_input = d.main_steam_enthalpy - d.feedwater_enthalpy + d.reheat_share * reheated
    d.specific_heat_input -= reheated_more(x, d)
    into_condenser = (
        d.exhaust_share * (d.cylinder_exhaust_enthalpy[LP] - h_c)
        + d.pump_turbine_flow_share * (d.pump_turbine_exhaust_enthalpy - h_c)
        + d.drain_condenser_heat
        - d.drain_condenser_share * h_c
        + d.gland_condenser_heat
        - d.gland_condenser_share * h_c
    )
    d.specific_condenser_heat = into_condenser
    lines = x.main_steam_heat_loss + d.reheat_share * x.cold_reheat_heat_loss + d.gland_line_loss
    by_turbine = x.feed_pump_drive == PUMP_BY_TURBINE
    feed_pump = d.feed_pump_share * d.feed_pump_rise
    bearing = feed_pump * (1.0 / x.pump_turbine_mechanical_efficiency - 1.0) if by_turbine else 0.0
    d.specific_losses = lines + heater_loss(x, d) + bearing
    pumps = d.lift_pump_power + d.condensate_share * d.condensate_pump_rise
    if not by_turbine:
        pumps += feed_pump
    brought = d.specific_heat_input + pumps + d.condensate_share * x.condensate_external_heat
    brought += d.external_heat
    supplied = d.heat_share * d.heat_steam_enthalpy - d.return_share * d.return_enthalpy
    taken = supplied + d.specific_work + d.specific_condenser_heat + d.specific_losses
    d.cycle_energy_residual = abs(brought - taken) / d.specific_heat_input
    steam = d.exhaust_share + d.pump_turbine_flow_share + d.drain_condenser_share + d.drain_hotwell_share
    steam += d.gland_condenser_share + d.gland_heater_share
    d.cycle_mass_residual = abs(steam - d.condensate_share)


@kernel
def forward_reaches_top(x):
    """Return whether the highest heater's drain is pumped into the feedwater behind it."""
    return x.heater_count > 0 and x.heater_kind[0] != OPEN and x.drain_to[0] == DRAIN_FORWARD
