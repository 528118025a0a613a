"""Gland steam between cylinders: what leaks from one place of the steam path to another, past the stages between.

It leaves with the steam's state at its source and is mixed with the steam that it joins: behind the HP exhaust and
what is tapped there, before the IP cylinder behind the reheater, or before the LP cylinder. The mixture's enthalpy
hangs on the share of steam that arrives there, which the heaters decide: passes bring them together.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.processes.coal_unit.codes import (
    GLAND_FROM_HP_EXHAUST,
    GLAND_FROM_HP_INLET,
    GLAND_FROM_IP_INLET,
    GLAND_TO_HP_EXHAUST,
    HP,
    IP,
    LP,
    REHEAT_SINGLE,
)

FIRST_SHARE_IP, FIRST_SHARE_LP = 0.85, 0.7  # of main steam, where the passes begin: usual units have these


@kernel
def leaks_join(x):
    """Return whether any gland steam joins the steam path again."""
    found = False
    for g in range(x.gland_flow_count):
        found |= x.gland_to[g] >= GLAND_TO_HP_EXHAUST and x.gland_share[g] > 0.0
    return found


@kernel
def forget_shares(d):
    """Let the passes over the mixtures begin anew."""
    d.passing_share[IP], d.passing_share[LP] = FIRST_SHARE_IP, FIRST_SHARE_LP


@kernel
def gland_source_enthalpy(d, source):
    """Return the enthalpy [J/kg] where a gland flow leaves."""
    if source == GLAND_FROM_HP_INLET:
        return d.cylinder_inlet_enthalpy[HP]
    if source == GLAND_FROM_HP_EXHAUST:
        return d.cylinder_exhaust_enthalpy[HP]
    if source == GLAND_FROM_IP_INLET:
        return d.cylinder_inlet_enthalpy[IP]
    return d.cylinder_exhaust_enthalpy[IP]


@kernel
def joining(x, d, to):
    """Return share [-] and heat [J/kg main steam] of the gland steam that joins the steam path at ``to``."""
    share = heat = 0.0
    if d.leaks_join:
        for g in range(x.gland_flow_count):
            m = x.gland_share[g]
            if x.gland_to[g] == to and m > 0.0:
                h = x.gland_enthalpy[g]
                share += m
                heat += m * (h if h > 0.0 else gland_source_enthalpy(d, x.gland_source[g]))
    return share, heat


@kernel
def before_cylinder(x, d, c):
    """Return share [-] and heat [J/kg main steam] of the gland steam that is mixed in before cylinder c.

    What joins behind the HP exhaust goes through the reheater; without one it comes before the IP cylinder.
    """
    share, heat = joining(x, d, GLAND_TO_HP_EXHAUST + c)
    if c == IP and x.reheat != REHEAT_SINGLE:
        more, with_it = joining(x, d, GLAND_TO_HP_EXHAUST)
        share, heat = share + more, heat + with_it
    return share, heat


@kernel
def mixed_inlet(x, d, c, h):
    """Return the enthalpy [J/kg] before cylinder c of steam of h [J/kg] and the gland steam that joins it."""
    if not d.leaks_join:
        return h
    share, heat = before_cylinder(x, d, c)
    return (d.passing_share[c] * h + heat) / (d.passing_share[c] + share) if share > 0.0 else h


@kernel
def reheated_more(x, d):
    """Return the heat [J/kg main steam] that gland steam brings to the reheater above that of the HP exhaust."""
    if not d.leaks_join or x.reheat != REHEAT_SINGLE:
        return 0.0
    share, heat = joining(x, d, GLAND_TO_HP_EXHAUST)
    return heat - share * d.cylinder_exhaust_enthalpy[HP]
