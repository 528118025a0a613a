"""The expansion line: inlet of each cylinder, its extractions and exhaust.

A cylinder's efficiency counts from its inlet to its exhaust. The loss (1 - efficiency) down to an extraction is
the cylinder's loss times ``expansion_shape``, which is 1 unless a heat-balance sheet gave the extraction's
state. So a retrofit that sets a cylinder's efficiency gets exactly that, with the sheet's shape of the line,
and no stage passes 100 % however good the cylinder becomes.
"""

from __future__ import annotations

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.steam import (
    h_pT,
    h_px,
    liquid_enthalpy,
    saturation_temperature,
    steam_sT_ph,
    vapour_enthalpy,
)
from plantsim.kernels.steam.constants import P_CRITICAL, T_CRITICAL
from plantsim.kernels.turbine import expansion_efficiency, expansion_end
from plantsim.processes.coal_unit.codes import (
    CYLINDERS,
    EXHAUST_PRESSURE,
    EXTRACTION_PRESSURE,
    EXTRACTION_QUALITY,
    EXTRACTION_TEMPERATURE,
    HOT_REHEAT_PRESSURE,
    HOT_REHEAT_TEMPERATURE,
    HP,
    HP_EFFICIENCY,
    HP_EXHAUST_PRESSURE,
    IP,
    IP_EFFICIENCY,
    IP_EXHAUST_PRESSURE,
    LP,
    LP_EFFICIENCY,
    MAIN_STEAM_TEMPERATURE,
    REHEAT_SINGLE,
    SAME_PRESSURE,
)
from plantsim.processes.coal_unit.leaks import mixed_inlet
from plantsim.processes.coal_unit.sheet import group_end
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_ORDER, OK, OUTSIDE_RANGE

NAN = float("nan")
CALLENDAR_SLOPE, CALLENDAR_ENTHALPY = 0.2308, 1.943e6  # -, J/kg: p v = 3/13 (h - 464.1 kcal/kg), Callendar
DENSE = 40e3  # J/kg: p v of water at 27 MPa and 650 K, IF97; a turbine inlet never comes so low
PRINTED = 0.3  # K: what 0.1 °C and three figures of the pressure leave open at saturation
DRY_ABOVE = 2.81e6  # J/kg: no saturated vapour has more, IF97 (2803 kJ/kg at 3 MPa)


@kernel
def given(value):
    """Return whether an optional input was given: NaN and 0 say that it was not."""
    return value > 0.0


@kernel
def forget_temperatures(x, d):
    """Let the next expansion search its states from nothing."""
    for i in range(x.heater_count):
        d.point_end_temperature[i] = 0.0
    for c in range(CYLINDERS):
        d.cylinder_inlet_temperature[c] = d.cylinder_end_temperature[c] = 0.0


@kernel
def keep_temperatures(x, d):
    """Keep the temperatures of the expansion at design."""
    for i in range(x.heater_count):
        d.design_point_temperature[i] = d.point_end_temperature[i]
    for c in range(CYLINDERS):
        d.design_inlet_temperature[c] = d.cylinder_inlet_temperature[c]
        d.design_end_temperature[c] = d.cylinder_end_temperature[c]


@kernel
def recall_temperatures(x, d):
    """Let the next expansion search its states from those at design, so that no point hangs on the one before it."""
    for i in range(x.heater_count):
        d.point_end_temperature[i] = d.design_point_temperature[i]
    for c in range(CYLINDERS):
        d.cylinder_inlet_temperature[c] = d.design_inlet_temperature[c]
        d.cylinder_end_temperature[c] = d.design_end_temperature[c]


@kernel
def product_of(h, h_liquid, h_vapour):
    """Return p v [J/kg] of steam of h [J/kg]: Callendar's equation, and x times that of dry steam if it is wet.

    h_liquid, h_vapour: at saturation [J/kg], NaN where the steam is known to be dry. Changes of p v count, since
    each constant rests on the same function: within 1 % of IF97 from 0.005 to 25 MPa.
    """
    if not h < h_vapour:
        return max(DENSE, CALLENDAR_SLOPE * (h - CALLENDAR_ENTHALPY))
    x = (h - h_liquid) / (h_vapour - h_liquid)
    return max(DENSE, x * CALLENDAR_SLOPE * (h_vapour - CALLENDAR_ENTHALPY))


@kernel
def pressure_volume(p, h):
    """Return p v [J/kg] of steam at p [Pa], h [J/kg], as :func:`product_of`; dry above the critical pressure."""
    if h > DRY_ABOVE:
        return product_of(h, NAN, NAN)
    return product_of(h, liquid_enthalpy(p), vapour_enthalpy(p))


@kernel
def above_saturation(x, i):
    """Return by how much the sheet's temperature of extraction i is above saturation [K]; NaN where there is none."""
    p, T = x.extraction_pressure[i], x.extraction_temperature[i]
    if not (given(T) and p < P_CRITICAL):
        return NAN
    return T - saturation_temperature(p)


@kernel
def sheet_blame(x, i):
    """Return the code of what the sheet says wrongly of extraction i; 0 where its figures go together.

    A temperature below saturation is water's; a quality below 1 is no superheated steam's.
    """
    if given(x.extraction_enthalpy[i]):
        return np.int64(0)
    above, wet = (
        above_saturation(x, i),
        given(x.extraction_quality[i]) and x.extraction_quality[i] < 1.0,
    )
    if wet and above > PRINTED:
        return EXTRACTION_QUALITY
    return EXTRACTION_TEMPERATURE if above < -PRINTED and not wet else np.int64(0)


@kernel
def sheet_enthalpy(x, i):
    """Return the enthalpy [J/kg] that the sheet gives for extraction i; NaN where it gives none.

    A temperature that rounding has brought to saturation, or a little below, is that of dry saturated steam.
    """
    if given(x.extraction_enthalpy[i]):
        return x.extraction_enthalpy[i]
    if given(x.extraction_quality[i]) and x.extraction_quality[i] < 1.0:
        return h_px(x.extraction_pressure[i], x.extraction_quality[i])
    if not given(x.extraction_temperature[i]):
        return NAN
    if above_saturation(x, i) <= 0.0:
        return h_px(x.extraction_pressure[i], 1.0)
    return h_pT(x.extraction_pressure[i], x.extraction_temperature[i])


@kernel
def sheet_exhaust_enthalpy(x, c):
    """Return the enthalpy [J/kg] that the sheet gives for the exhaust of cylinder c; NaN where it gives none."""
    if c == HP:
        return x.hp_exhaust_enthalpy
    if c == IP:
        return x.ip_exhaust_enthalpy
    if given(x.exhaust_enthalpy):
        return x.exhaust_enthalpy
    if given(x.exhaust_quality) and given(x.exhaust_pressure):
        return h_px(x.exhaust_pressure, x.exhaust_quality)
    return NAN


@kernel
def stated_efficiency(x, c):
    """Return the efficiency [-] that the input states for cylinder c; NaN where it states none."""
    if c == HP:
        return x.hp_efficiency
    return x.ip_efficiency if c == IP else x.lp_efficiency


@kernel
def efficiency_code(c):
    """Return the code of the efficiency of cylinder c."""
    if c == HP:
        return HP_EFFICIENCY
    return IP_EFFICIENCY if c == IP else LP_EFFICIENCY


@kernel
def point_of_exhaust(x, d, c, first, stop):
    """Return the extraction (first .. stop - 1) that lies at the exhaust of cylinder c, or -1."""
    if stop > first and d.point_pressure[stop - 1] <= d.cylinder_exhaust_pressure[c] * (1.0 + SAME_PRESSURE):
        return stop - 1
    return -1


@kernel
def expanded_to(d, c, p):
    """Return the pressure [Pa] to which steam has worked that leaves cylinder c at p [Pa].

    What is taken from the pipe behind a cylinder was throttled below its exhaust.
    """
    return p if c == LP else max(p, d.cylinder_exhaust_pressure[c])


@kernel
def fit_cylinder(x, d, c, first, stop):
    """Find the shape of the line of cylinder c, and its efficiency if the input states none, from the sheet.

    Returns a status. Where the sheet gives no exhaust state, its last extraction stands for the cylinder.
    Stated efficiencies have precedence: the sheet then gives only the shape.
    """
    h_in, s_in, a = d.cylinder_inlet_enthalpy[c], d.cylinder_inlet_entropy[c], x.wetness_coefficient
    whole = NAN
    p_before, h_before = d.cylinder_inlet_pressure[c], h_in  # of the stage group that ends next
    for i in range(first, stop):
        by_group = given(x.stage_efficiency[i])
        blame = np.int64(0) if by_group else sheet_blame(x, i)
        if blame != 0:
            d.design_status_variable = blame
            return OUTSIDE_RANGE
        p = expanded_to(d, c, x.extraction_pressure[i])
        h = group_end(p_before, h_before, p, x.stage_efficiency[i]) if by_group else sheet_enthalpy(x, i)
        eta = expansion_efficiency(h_in, s_in, p, h, a) if given(h) else NAN
        x.expansion_shape[i] = eta
        if eta > 0.0:
            whole, p_before, h_before = eta, p, h
    p = x.exhaust_pressure if c == LP and given(x.exhaust_pressure) else d.cylinder_exhaust_pressure[c]
    h = sheet_exhaust_enthalpy(x, c)
    if given(x.last_stage_efficiency[c]):
        h = group_end(p_before, h_before, p, x.last_stage_efficiency[c])
    if given(h) and point_of_exhaust(x, d, c, first, stop) < 0:
        whole = expansion_efficiency(h_in, s_in, p, h, a)
    stated = stated_efficiency(x, c)
    base = whole if whole > 0.0 else stated
    for i in range(first, stop):
        eta = x.expansion_shape[i]
        x.expansion_shape[i] = (1.0 - eta) / (1.0 - base) if eta > 0.0 and base != 1.0 else 1.0
    if not given(stated):
        if not (whole > 0.0):
            if d.cylinder_exhaust_pressure[c] < d.cylinder_inlet_pressure[c] * (1.0 - SAME_PRESSURE):
                d.design_status_variable = efficiency_code(c)
                return INCOMPLETE
            whole = 1.0  # a cylinder without extent needs no efficiency
        if c == HP:
            x.hp_efficiency = whole
        elif c == IP:
            x.ip_efficiency = whole
        else:
            x.lp_efficiency = whole
    return OK


@kernel
def superheated(x, d, c):
    """Return whether main steam (c: HP) or reheat steam is above its saturation, which is kept where it is not."""
    if c == IP and x.reheat != REHEAT_SINGLE:
        return True
    p, t = (d.reheat_pressure, d.reheat_temperature) if c else (d.steam_pressure, d.steam_temperature)
    if t > T_CRITICAL or p >= P_CRITICAL:
        return True
    d.saturation_at_fault = saturation_temperature(p)
    return t > d.saturation_at_fault


@kernel
def enter_cylinder(x, d, c):
    """Write the inlet state of cylinder c, whose pressure stands in d; return a status."""
    if c == HP:
        d.main_steam_enthalpy = h_pT(d.steam_pressure, d.steam_temperature)
        h = d.main_steam_enthalpy - x.main_steam_heat_loss
        blame = MAIN_STEAM_TEMPERATURE
    elif c == IP and x.reheat == REHEAT_SINGLE:
        if not (given(x.hot_reheat_pressure) and given(x.hot_reheat_temperature)):
            no_pressure = not given(x.hot_reheat_pressure)
            d.design_status_variable = HOT_REHEAT_PRESSURE if no_pressure else HOT_REHEAT_TEMPERATURE
            return INCOMPLETE
        if x.hot_reheat_pressure > x.hp_exhaust_pressure:
            d.design_status_variable = HOT_REHEAT_PRESSURE
            return INFEASIBLE_ORDER
        d.hot_reheat_enthalpy = h_pT(d.reheat_pressure, d.reheat_temperature)
        h = d.hot_reheat_enthalpy
        blame = HOT_REHEAT_TEMPERATURE
    else:
        h = d.cylinder_exhaust_enthalpy[c - 1]
        blame = IP_EXHAUST_PRESSURE
    if not d.off_design and c < LP and not superheated(x, d, c):
        d.design_status_variable = blame
        return INFEASIBLE_ORDER
    if c > HP:
        h = mixed_inlet(x, d, c, h)
    d.cylinder_inlet_enthalpy[c] = h
    s, T = steam_sT_ph(d.cylinder_inlet_pressure[c], h, d.cylinder_inlet_temperature[c])
    d.cylinder_inlet_entropy[c], d.cylinder_inlet_temperature[c] = s, T
    if not (d.cylinder_inlet_entropy[c] > 0.0):
        d.design_status_variable = blame
        return OUTSIDE_RANGE
    return OK


@kernel
def last_of_cylinder(x, d, c, first):
    """Return the first extraction that does not belong to cylinder c any more.

    One whose pressure lies between the exhaust and the next cylinder's inlet is taken from the pipe between them.
    """
    i = first
    if c == LP:
        return x.heater_count
    border = min(d.cylinder_exhaust_pressure[c], d.cylinder_inlet_pressure[c + 1]) * (1.0 - SAME_PRESSURE)
    while i < x.heater_count and d.point_pressure[i] >= border:
        i += 1
    return i


@kernel
def check_order(x, d, c, first, stop):
    """Return INFEASIBLE_ORDER unless pressures fall along cylinder c, naming the first that does not."""
    p = d.cylinder_inlet_pressure[c] * (1.0 + SAME_PRESSURE)
    for i in range(first, stop):
        if not (d.point_pressure[i] < p):
            d.design_status_variable = EXTRACTION_PRESSURE
            return INFEASIBLE_ORDER
        p = d.point_pressure[i]
    if point_of_exhaust(x, d, c, first, stop) >= 0:
        p = d.cylinder_inlet_pressure[c] if stop - first < 2 else d.point_pressure[stop - 2]
    if not (d.cylinder_exhaust_pressure[c] <= p * (1.0 + SAME_PRESSURE)):
        blame = HP_EXHAUST_PRESSURE if c == HP else (IP_EXHAUST_PRESSURE if c == IP else EXHAUST_PRESSURE)
        d.design_status_variable = blame
        return INFEASIBLE_ORDER
    return OK


@kernel
def expand_to_exhaust(x, d, c, first, stop):
    """Write the exhaust enthalpy of cylinder c [J/kg]; return a status."""
    i = point_of_exhaust(x, d, c, first, stop)
    if i >= 0:
        h = d.point_enthalpy[i]
    else:
        p, eta = d.cylinder_exhaust_pressure[c], d.cylinder_efficiency[c]
        h_in, s_in = d.cylinder_inlet_enthalpy[c], d.cylinder_inlet_entropy[c]
        h = h_in
        if p < d.cylinder_inlet_pressure[c] * (1.0 - SAME_PRESSURE):
            T = d.cylinder_end_temperature[c]
            h, T, h_l, _ = expansion_end(h_in, s_in, p, eta, x.wetness_coefficient, T)
            d.cylinder_end_temperature[c] = 0.0 if h_l > 0.0 else T
    if c == LP:
        h += d.exhaust_loss_now
    d.cylinder_exhaust_enthalpy[c] = h
    if not (h > 0.0):
        d.design_status_variable = EXHAUST_PRESSURE if c == LP else efficiency_code(c)
        return OUTSIDE_RANGE
    return OK


@kernel
def expand(x, d, fit):
    """Write the expansion line of all cylinders; return a status.

    All pressures must stand in d (:mod:`pressures`); fit: whether the sheet's states are still to be turned into
    efficiencies. Fails with INCOMPLETE, INFEASIBLE_ORDER or OUTSIDE_RANGE.
    """
    d.cylinder_exhaust_pressure[LP] = d.condensing_pressure
    first = np.int64(0)  # a bare 0 would compile everything that it is handed to twice
    for c in range(CYLINDERS):
        status = enter_cylinder(x, d, c)
        if status != OK:
            return status
        stop = last_of_cylinder(x, d, c, first)
        status = check_order(x, d, c, first, stop)
        if status == OK and fit:
            status = fit_cylinder(x, d, c, first, stop)
        if status != OK:
            return status
        eta = stated_efficiency(x, c)
        if not given(eta):
            d.design_status_variable = efficiency_code(c)
            return INCOMPLETE
        eta *= d.efficiency_factor[c]
        if c == LP and d.lp_without_work:
            eta = 0.0
        d.cylinder_efficiency[c] = eta
        d.cylinder_stop[c] = stop
        h_in, s_in = d.cylinder_inlet_enthalpy[c], d.cylinder_inlet_entropy[c]
        for i in range(first, stop):
            reached = 1.0 - (1.0 - eta) * x.expansion_shape[i] if eta > 0.0 else 0.0
            p, T = expanded_to(d, c, d.point_pressure[i]), d.point_end_temperature[i]
            h, T, h_l, h_v = expansion_end(h_in, s_in, p, reached, x.wetness_coefficient, T)
            if not (0.0 < h < h_in or (h == h_in and eta == 0.0)):
                d.design_status_variable = EXTRACTION_PRESSURE
                return INFEASIBLE_ORDER if h >= h_in else OUTSIDE_RANGE
            d.point_enthalpy[i] = h
            d.point_end_temperature[i] = 0.0 if h_l > 0.0 else T  # wet steam's follows from its pressure
            d.point_pressure_volume[i] = product_of(h, h_l, h_v)
        status = expand_to_exhaust(x, d, c, first, stop)
        if status != OK:
            return status
        first = stop
    return OK
