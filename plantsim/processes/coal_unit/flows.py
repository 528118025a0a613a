"""Shares of steam and drains by downward substitution, from the highest heater to the hotwell.

Every heater's balance is linear in its own extraction once the water and drains from above are known. Only
three things look upward: water heated by a drain pumped forward, the lowest heater's inlet after the
gland-steam heater, and one after a drain into the hotwell. Their mass and energy are in the linear balances;
what they do to the temperature of a cooled drain is closed by repeating the substitution (a contraction: a
tenth of the error or less stays at each pass).
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.steam import water_sT_ph
from plantsim.processes.coal_unit.codes import (
    DRAIN_CONDENSER,
    DRAIN_FORWARD,
    DRAIN_HOTWELL,
    DRAIN_NEXT,
    EXTRACTION_FRACTION,
    EXTRACTION_PRESSURE,
    GLAND_TO,
    GLAND_TO_CONDENSER,
    GLAND_TO_HEATER,
    GLAND_TO_HP_EXHAUST,
    LOSS_OF_WHOLE_FEEDWATER,
    OPEN,
    RETURN_TO_HOTWELL,
)
from plantsim.processes.coal_unit.expansion import given
from plantsim.processes.coal_unit.heaters import drain_level, line_pressure, out_of_service
from plantsim.processes.coal_unit.leaks import gland_source_enthalpy
from plantsim.vocabulary.status import (
    INCOMPLETE,
    INFEASIBLE_FLOW,
    INFEASIBLE_ORDER,
    INFEASIBLE_THERMAL,
    NO_CONVERGENCE,
    OK,
)

MAX_PASSES = 80
LEAST_HELD, MOST_HELD = (
    0.8,
    1.05,
)  # efficiency of a heater by the sheet's fraction: outside, another figure is wrong
TOLERANCE = 1e-7  # J/kg: 1e-13 of an enthalpy of 1 MJ/kg


@kernel
def place_gland_flows(x, d):
    """Sum gland steam by destination and the heat that its pipes lose; return a status."""
    for i in range(x.heater_count):
        d.gland_into_share[i] = 0.0
        d.gland_into_heat[i] = 0.0
    d.gland_heater_share = d.gland_heater_heat = 0.0
    d.gland_condenser_share = d.gland_condenser_heat = 0.0
    d.gland_line_loss = 0.0
    for g in range(x.gland_flow_count):
        m = x.gland_share[g]
        if not given(m):
            continue
        h_out = gland_source_enthalpy(d, x.gland_source[g])
        h = x.gland_enthalpy[g] if given(x.gland_enthalpy[g]) else h_out
        d.gland_line_loss += m * (h_out - h)
        to = x.gland_to[g]
        if to == GLAND_TO_HEATER:
            d.gland_heater_share += m
            d.gland_heater_heat += m * h
        elif to == GLAND_TO_CONDENSER:
            d.gland_condenser_share += m
            d.gland_condenser_heat += m * h
        elif to >= GLAND_TO_HP_EXHAUST:
            c = to - GLAND_TO_HP_EXHAUST
            if x.gland_source[g] > c:  # steam does not run from low to high pressure
                d.design_status_variable = GLAND_TO
                return INFEASIBLE_ORDER
        elif to <= x.heater_count:
            d.gland_into_share[to - 1] += m
            d.gland_into_heat[to - 1] += m * h
        else:
            d.design_status_variable = GLAND_TO
            return INCOMPLETE
    return OK


@kernel
def closed_extraction(x, d, i, m, share, heat, extra, own_extra):
    """Return the extraction share of closed heater i.

    m: water share leaving it; share, heat: of drains and gland steam entering [-], [J/kg]; extra: heat that
    its water takes up before it, per kg main steam; own_extra: the same per kg of its own drain.
    """
    eta, h_d = d.heater_efficiency_now[i], d.drain_enthalpy[i]
    rise = d.water_outlet_enthalpy[i] - d.water_inlet_enthalpy[i]
    back = 1.0 if x.drain_to[i] == DRAIN_FORWARD else 0.0
    need = (m - back * share) * rise - extra - own_extra * share - eta * (heat - share * h_d)
    return need / (eta * (d.point_enthalpy[i] - h_d) + back * rise + own_extra)


@kernel
def open_extraction(x, d, i, m, share, heat, extra):
    """Return the extraction share of open heater i; arguments as in :func:`closed_extraction`."""
    eta, h_o, h_i = d.heater_efficiency_now[i], d.water_outlet_enthalpy[i], d.water_inlet_enthalpy[i]
    if x.open_heater_loss == LOSS_OF_WHOLE_FEEDWATER:
        need = m * (h_o - h_i) - extra - eta * (heat - share * h_i)
        return need / (eta * (d.point_enthalpy[i] - h_i))
    need = (m - share) * (h_o - h_i) - extra - eta * (heat - share * h_o)
    return need / (eta * (d.point_enthalpy[i] - h_o) + (h_o - h_i))


@kernel
def held_extraction(x, d, i, m, share, heat, extra, own_extra):
    """Return the sheet's extraction share of heater i, and keep the efficiency that its balance then has.

    Arguments as in :func:`closed_extraction`, whose balance this is, solved for the efficiency instead.
    """
    a, h, rise = (
        x.extraction_fraction[i],
        d.point_enthalpy[i],
        d.water_outlet_enthalpy[i] - d.water_inlet_enthalpy[i],
    )
    if x.heater_kind[i] != OPEN:
        base = d.drain_enthalpy[i]
        back = a + share if x.drain_to[i] == DRAIN_FORWARD else 0.0
        need = (m - back) * rise - extra - own_extra * (a + share)
    elif x.open_heater_loss == LOSS_OF_WHOLE_FEEDWATER:
        base = d.water_inlet_enthalpy[i]
        need = m * rise - extra
    else:
        base = d.water_outlet_enthalpy[i]
        need = (m - share - a) * rise - extra
    d.heater_efficiency_now[i] = need / (a * (h - base) + heat - share * base)
    x.heater_efficiency_ratio[i] = d.heater_efficiency_now[i] / x.heater_efficiency
    return a


@kernel
def holds_fraction(x, d, i):
    """Return whether the extraction share of heater i is the sheet's: only where the plant is fitted to it."""
    return d.fits_heaters and given(x.extraction_fraction[i])


@kernel
def surplus(x, d, i, m, share, heat, extra, own_extra):
    """Return the heat [J/kg main steam] that is too much for closed heater i though it takes no steam.

    So it is with little load, when the drains and the heat from outside bring the water to more than the
    steam could. m: water share through it; other arguments as in :func:`closed_extraction`.
    """
    given_up = d.heater_efficiency_now[i] * (heat - share * d.drain_enthalpy[i])
    rise = d.outlet_level[i] - d.water_inlet_enthalpy[i]
    return given_up + extra + own_extra * share - m * rise


@kernel
def bypassed_heaters(x):
    """Return the indices of the first and last heater (upwards) that water with heat from outside goes round."""
    first = x.economiser_from - 1 if 0 < x.economiser_from <= x.heater_count else x.heater_count - 1
    return first, min(first, x.economiser_to - 1 if x.economiser_to > 0 else first)


@kernel
def share_heat_from_outside(x, d):
    """Share the heat that the condensate takes from outside among the heaters that it bypasses, by their rise."""
    if x.heater_count == 0:
        return
    first, last = bypassed_heaters(x)
    whole = 0.0
    for i in range(x.heater_count):
        d.heat_from_outside[i] = 0.0
        if last <= i <= first:
            d.heat_from_outside[i] = max(0.0, d.outlet_level[i] - d.water_inlet_enthalpy[i])
            whole += d.heat_from_outside[i]
    for i in range(last, first + 1):
        part = d.heat_from_outside[i] / whole if whole > 0.0 else 1.0 / (first - last + 1)
        d.heat_from_outside[i] = part * d.external_heat


@kernel
def closed_heater(x, d, i, m, share, heat, extra, own_extra):
    """Return the extraction share of closed heater i and write its water outlet; see :func:`closed_extraction`."""
    d.water_outlet_enthalpy[i] = d.outlet_level[i]
    if holds_fraction(x, d, i):
        return held_extraction(x, d, i, m, share, heat, extra, own_extra)
    a = closed_extraction(x, d, i, m, share, heat, extra, own_extra)
    if a < 0.0 and d.off_design:
        water = m - share if x.drain_to[i] == DRAIN_FORWARD else m
        d.water_outlet_enthalpy[i] += surplus(x, d, i, water, share, heat, extra, own_extra) / water
        return 0.0
    return a


@kernel
def pass_by(x, d, i, m, share, heat, extra):
    """Write the levels of heater i out of service: drains go on as they came, water keeps what came from outside.

    m: water share through it; share, heat: of what enters [-], [J/kg]; extra: heat that its water takes up before
    it, per kg main steam [J/kg].
    """
    d.drain_enthalpy[i] = heat / share if share > 0.0 else d.water_inlet_enthalpy[i]
    d.outlet_level[i] = d.water_inlet_enthalpy[i]
    own = 0.0
    if i == x.heater_count - 1 and x.drain_to[i] == DRAIN_HOTWELL:
        own = share * (d.drain_enthalpy[i] - d.hotwell_enthalpy)
    d.water_outlet_enthalpy[i] = d.water_inlet_enthalpy[i] + (extra + own) / m


@kernel
def substitute(x, d):
    """Go down the heaters once, writing shares; return the water share leaving the hotwell's pump."""
    n = x.heater_count
    m = 1.0
    share = heat = 0.0
    d.drain_condenser_share = d.drain_condenser_heat = 0.0
    to_hotwell = d.highest_open_heater == 0 or x.heat_return_to == RETURN_TO_HOTWELL
    d.drain_hotwell_share = d.return_share if to_hotwell else 0.0
    d.drain_hotwell_heat = d.drain_hotwell_share * d.return_enthalpy
    gland_heat = x.heater_efficiency * (d.gland_heater_heat - d.gland_heater_share * d.hotwell_enthalpy)
    for i in range(n):
        share += d.gland_into_share[i]
        heat += d.gland_into_heat[i]
        extra, own_extra = d.heat_from_outside[i], 0.0
        if i == n - 1:
            extra += gland_heat + d.drain_hotwell_heat - d.drain_hotwell_share * d.hotwell_enthalpy
            if x.heater_kind[i] != OPEN and x.drain_to[i] == DRAIN_HOTWELL:
                own_extra = d.drain_enthalpy[i] - d.hotwell_enthalpy
        if x.heater_kind[i] == OPEN:
            back = d.return_share if i + 1 == d.highest_open_heater and not to_hotwell else 0.0
            extra += back * (d.return_enthalpy - d.water_inlet_enthalpy[i])
            if holds_fraction(x, d, i):
                a = held_extraction(x, d, i, m, share, heat, extra, 0.0)
            else:
                a = open_extraction(x, d, i, m, share, heat, extra)
            d.drain_share[i] = 0.0
            m -= a + share + back
            share = heat = 0.0
        else:
            if out_of_service(x, i):
                a = 0.0
                pass_by(x, d, i, m, share, heat, extra)
            else:
                a = closed_heater(x, d, i, m, share, heat, extra, own_extra)
            out = a + share
            d.drain_share[i] = out
            share = heat = 0.0
            to = x.drain_to[i]
            if to == DRAIN_NEXT:
                share, heat = out, out * d.drain_enthalpy[i]
            elif to == DRAIN_CONDENSER:
                d.drain_condenser_share += out
                d.drain_condenser_heat += out * d.drain_enthalpy[i]
            elif to == DRAIN_HOTWELL:
                d.drain_hotwell_share += out
                d.drain_hotwell_heat += out * d.drain_enthalpy[i]
            else:
                m -= out
        d.extraction_share[i] = a
        d.water_share[i] = m
    return m


@kernel
def correct_level(x, d, i, h):
    """Give heater i the water inlet enthalpy h [J/kg] for its drain's temperature; return a status."""
    t = d.water_inlet_temperature[i]
    d.water_inlet_temperature[i] = water_sT_ph(line_pressure(x, d, i), h, t)[1]
    if x.heater_kind[i] == OPEN or out_of_service(x, i):
        return OK
    return drain_level(x, d, i)


@kernel
def mixed_enthalpy(d, i):
    """Return the enthalpy [J/kg] of the water above heater i, whose drain is pumped forward into it."""
    m, out = d.water_share[i], d.drain_share[i]
    pumped = d.drain_enthalpy[i] + d.drain_pump_rise[i]
    return (m * d.water_outlet_enthalpy[i] + out * pumped) / (m + out)


@kernel
def lowest_inlet(x, d):
    """Return the enthalpy [J/kg] of water entering the lowest heater, gland and hotwell heat mixed in."""
    i = x.heater_count - 1
    heat = x.heater_efficiency * (d.gland_heater_heat - d.gland_heater_share * d.hotwell_enthalpy)
    heat += d.drain_hotwell_heat - d.drain_hotwell_share * d.hotwell_enthalpy
    return d.water_inlet_enthalpy[i] + heat / d.water_share[i]


@kernel
def close_flows(x, d):
    """Write all shares so that every heater's balance holds exactly; return a status."""
    status = place_gland_flows(x, d)
    if status != OK:
        return status
    share_heat_from_outside(x, d)
    n = x.heater_count
    seen = d.water_inlet_enthalpy[n - 1] if n > 0 else 0.0
    for _ in range(MAX_PASSES):
        m = substitute(x, d)
        change = 0.0
        for i in range(1, n):
            forward = x.heater_kind[i] != OPEN and x.drain_to[i] == DRAIN_FORWARD
            follows = x.heater_kind[i] != OPEN and (d.off_design or out_of_service(x, i))
            if forward or follows:
                h = mixed_enthalpy(d, i) if forward else d.water_outlet_enthalpy[i]
                if h == d.water_inlet_enthalpy[i - 1]:
                    continue
                change = max(change, abs(h - d.water_inlet_enthalpy[i - 1]))
                d.water_inlet_enthalpy[i - 1] = h
                status = correct_level(x, d, i - 1, h)
                if status != OK:
                    return status
        if n > 0 and d.water_share[n - 1] > 0.0:
            h = lowest_inlet(x, d)
            if (
                abs(h - seen) > TOLERANCE
                and x.heater_kind[n - 1] != OPEN
                and x.drain_cooler_approach[n - 1] > 0.0
            ):
                change = max(change, abs(h - seen))
                status = correct_level(x, d, n - 1, h)
                if status != OK:
                    return status
            seen = h
        if change <= TOLERANCE:
            return finish_flows(x, d, m)
    d.design_status_variable = EXTRACTION_PRESSURE
    return NO_CONVERGENCE


@kernel
def finish_flows(x, d, m):
    """Write what follows from the shares; return INFEASIBLE_FLOW where steam would have to flow backwards."""
    n = x.heater_count
    d.condensate_share = m
    for i in range(n):
        if not (d.extraction_share[i] >= 0.0 and d.water_share[i] > 0.0):
            d.design_status_variable = EXTRACTION_PRESSURE
            return INFEASIBLE_FLOW
        if holds_fraction(x, d, i) and not LEAST_HELD <= d.heater_efficiency_now[i] <= MOST_HELD:
            d.design_status_variable = EXTRACTION_FRACTION
            return INFEASIBLE_THERMAL
    if n == 0:
        gland_heat = d.gland_heater_heat - d.gland_heater_share * d.hotwell_enthalpy
        d.feedwater_enthalpy += x.heater_efficiency * gland_heat + d.external_heat
        d.feedwater_enthalpy += d.drain_hotwell_heat - d.drain_hotwell_share * d.hotwell_enthalpy
    else:
        d.water_inlet_enthalpy[n - 1] = lowest_inlet(x, d)
        if x.heater_kind[0] != OPEN and x.drain_to[0] == DRAIN_FORWARD:
            d.feedwater_enthalpy = mixed_enthalpy(d, 0)
        elif x.heater_kind[0] != OPEN:
            d.feedwater_enthalpy = d.water_outlet_enthalpy[0]
    d.lift_pump_power = 0.0
    d.feed_pump_share = 1.0 if d.highest_open_heater > 0 else m
    for i in range(n):
        if i < d.highest_open_heater and x.heater_kind[i] != OPEN and x.drain_to[i] == DRAIN_FORWARD:
            d.feed_pump_share -= d.drain_share[i]
        d.lift_pump_power += d.drain_share[i] * d.drain_pump_rise[i]
        if x.heater_kind[i] == OPEN and i + 1 != d.highest_open_heater:
            leaving = d.water_share[i] + d.extraction_share[i] + d.gland_into_share[i]
            if i > 0 and x.heater_kind[i - 1] != OPEN and x.drain_to[i - 1] == DRAIN_NEXT:
                leaving += d.drain_share[i - 1]
            d.lift_pump_power += leaving * (d.water_inlet_enthalpy[i - 1] - d.water_outlet_enthalpy[i])
    return OK
