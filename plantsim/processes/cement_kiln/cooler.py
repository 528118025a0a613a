"""The grate cooler: clinker moves along the grate, air rises through the bed; cells in cross flow.

Heat capacities are constant in the bed (the shares of heat that come out are then put on true enthalpies), the air is
spread evenly over the grate. A fitted share of the heat takes no part: what lumps keep in their cores; below zero where
the last part of the grate cools better than the mean. The hottest air is the secondary air,
the next the tertiary air, the rest is vented.
"""

from __future__ import annotations

from math import exp

from plantsim._jit import kernel
from plantsim.processes.cement_kiln.codes import COOLER_EFFICIENCY, EFFICIENCY
from plantsim.processes.cement_kiln.streams import NM3, amount, clinker_h, gas_h, gas_temperature, moist_air
from plantsim.processes.cement_kiln.tower import BED
from plantsim.vocabulary.status import NO_CONVERGENCE, OK, OUTSIDE_RANGE

LAYERS = 8  # of the bed's depth: a place each in the workspace
COLUMNS = 24  # along the grate; three times as many change the efficiency by less than 0.2 points
FLOW_EXPONENT = 0.4  # transfer units fall with the air, NTU ~ G^-0.4: Wakao and Kaguei 1982, Nu ~ Re^0.6
LEAST_UNITS, MOST_UNITS = 0.3, 60.0
MEAN_AIR_CP = 31.6  # J/(mol K), air between 25 and 700 degC (kernels.gas)
MEAN_CLINKER_CP = 1101.0  # J/(kg K), clinker between 25 and 1400 degC (streams.clinker_h)


@kernel
def bed_shares(units, capacity, secondary, recovered, w):
    """Return the shares of the clinker's heat in (secondary air, tertiary air, clinker that leaves).

    units: transfer units of the whole depth, air side; capacity: air's heat capacity over the clinker's; secondary,
    recovered: shares of the cooling air that become secondary air, and secondary with tertiary air.
    """
    grip = 1.0 - exp(-units / LAYERS)
    stream = capacity * LAYERS / COLUMNS  # air of a column over the clinker of a layer
    fall = stream * grip
    mean = (1.0 - exp(-fall)) / fall  # of the clinker's temperature while it passes the column
    for i in range(LAYERS):
        w[BED, i] = 1.0
    first, both, edge = 0.0, 0.0, 0.0
    for j in range(COLUMNS):
        air = 0.0
        for i in range(LAYERS):
            out = air + grip * mean * (w[BED, i] - air)
            w[BED, i] -= stream * (out - air)
            air = out
        first += air * min(1.0, max(0.0, secondary * COLUMNS - edge))
        both += air * min(1.0, max(0.0, recovered * COLUMNS - edge))
        edge += 1.0
    left = 0.0
    for i in range(LAYERS):
        left += w[BED, i]
    per_column = capacity / COLUMNS
    return per_column * first, per_column * (both - first), left / LAYERS


@kernel
def air_capacity(x):
    """Return the heat capacity of the cooling air over that of the clinker [-]."""
    return x.cooling_air / NM3 * MEAN_AIR_CP / MEAN_CLINKER_CP


@kernel
def transfer_units(x):
    """Return the transfer units of the bed at the cooling air of this variant [-]."""
    return x.cooler_transfer * (x.reference_cooling_air / x.cooling_air) ** FLOW_EXPONENT


@kernel
def held_shares(x, secondary, recovered):
    """Return the shares of heat as :func:`bed_shares`, from the given efficiency and clinker temperature."""
    h_0 = clinker_h(x.ambient_temperature)
    whole = clinker_h(x.burning_temperature) - h_0
    part = secondary / recovered if recovered > 0.0 else 0.0
    kept = (clinker_h(x.clinker_temperature) - h_0) / whole
    return x.cooler_efficiency * part, x.cooler_efficiency * (1.0 - part), kept


@kernel
def cooler_shares(x, held, secondary, recovered, w):
    """Return the shares of the clinker's heat above ambient in (secondary air, tertiary air, clinker that leaves).

    held: whether efficiency and clinker temperature are taken as given; secondary, recovered: shares of the air.
    """
    if held or x.cooler_model == EFFICIENCY:
        return held_shares(x, secondary, recovered)
    first, second, left = bed_shares(transfer_units(x), air_capacity(x), secondary, recovered, w)
    free = 1.0 - x.cooler_core_share
    return free * first, free * second, x.cooler_core_share + free * left


@kernel
def fit_cooler(x, secondary, recovered, y, w):
    """Fit the bed's transfer units and the cores' share to efficiency and clinker temperature; return a status.

    OUTSIDE_RANGE when no bed reaches the efficiency with this much air: more air or less efficiency is true.
    """
    x.reference_cooling_air = x.cooling_air
    _, _, kept = held_shares(x, secondary, recovered)
    low, high = LEAST_UNITS, MOST_UNITS
    capacity = air_capacity(x)
    for step in range(60):
        units = (low * high) ** 0.5 if step else high
        first, second, left = bed_shares(units, capacity, secondary, recovered, w)
        core = (kept - left) / (1.0 - left)
        reached = (1.0 - core) * (first + second)
        if step == 0 and reached < x.cooler_efficiency:
            y.status_variable = COOLER_EFFICIENCY
            return OUTSIDE_RANGE
        if reached > x.cooler_efficiency:
            high = units
        else:
            low = units
        x.cooler_transfer = units
        x.cooler_core_share = core
        if abs(reached - x.cooler_efficiency) < 1e-12 or high - low < 1e-13 * high:
            return OK
    return OK if abs(reached - x.cooler_efficiency) < 1e-9 else NO_CONVERGENCE


@kernel
def air_temperature(x, moles, heat):
    """Return the temperature [K] of moist air: ``moles`` of dry air [mol] with ``heat`` [J] above ambient."""
    if not moles > 0.0:
        return x.ambient_temperature
    air = moist_air(x)
    h = gas_h(air, x.ambient_temperature) + heat / moles
    return gas_temperature(air, h, x.ambient_temperature + heat / moles / (MEAN_AIR_CP * amount(air)))
