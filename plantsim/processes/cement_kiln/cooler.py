"""The grate cooler: clinker moves along the grate, air rises through the bed; cells in cross flow.

Heat capacities are constant in the bed (the shares of heat that come out are then put on true enthalpies), the air is
spread evenly over the grate. A fitted share of the heat takes no part: what lumps keep in their cores; below zero where
the last part of the grate cools better than the mean. The hottest air is the secondary air,
the next the tertiary air, the rest is vented.
"""

from __future__ import annotations

from math import exp, log

from plantsim._jit import kernel
from plantsim.processes.cement_kiln.codes import COOLER_EFFICIENCY, EFFICIENCY, MEASURED
from plantsim.processes.cement_kiln.streams import NM3, amount, clinker_h, gas_h, gas_temperature, moist_air
from plantsim.processes.cement_kiln.tower import BED
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

LAYERS = 8  # of the bed's depth: a place each in the workspace
COLUMNS = 24  # along the grate; three times as many change the efficiency by less than 0.2 points
FLOW_EXPONENT = 0.4  # transfer units fall with the air, NTU ~ G^-0.4: Wakao and Kaguei 1982, Nu ~ Re^0.6
LEAST_UNITS, MOST_UNITS = 0.3, 60.0
MOST_REST = 0.05  # of the efficiency that the bed may leave unexplained
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
    for _ in range(COLUMNS):
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

    held: MEASURED or MODELLED efficiency and clinker temperature; secondary, recovered: shares of the air.
    """
    if held == MEASURED or x.cooler_model == EFFICIENCY:
        return held_shares(x, secondary, recovered)
    first, second, left = bed_shares(transfer_units(x), air_capacity(x), secondary, recovered, w)
    free = 1.0 - x.cooler_idle_share
    return free * first, free * second, x.cooler_idle_share + free * left


@kernel
def bed_mismatch(x, units, secondary, recovered, w):
    """Return (modelled less given efficiency [-], share not exchanged [-]) of a bed with these transfer units."""
    _, _, kept = held_shares(x, secondary, recovered)
    first, second, left = bed_shares(units, air_capacity(x), secondary, recovered, w)
    idle = (kept - left) / (1.0 - left)
    return (1.0 - idle) * (first + second) - x.cooler_efficiency, idle


@kernel
def fit_cooler(x, secondary, recovered, y, w):
    """Fit the bed's transfer units and its idle share to efficiency and clinker temperature; return a status.

    Where no bed reaches the efficiency, the nearest one is kept and the rest reported with the results; OUTSIDE_RANGE
    for more than MOST_REST: more air or less efficiency is true.
    """
    x.reference_cooling_air = x.cooling_air
    low, high = log(LEAST_UNITS), log(MOST_UNITS)
    f_low, _ = bed_mismatch(x, LEAST_UNITS, secondary, recovered, w)
    f_high, _ = bed_mismatch(x, MOST_UNITS, secondary, recovered, w)
    f, at, side = f_low, low, 0
    if f_high < 0.0:
        f, at = f_high, high
    for _ in range(60):
        if not (f_low < 0.0 < f_high) or abs(f) < 1e-12:
            break
        at = low - f_low * (high - low) / (f_high - f_low)
        f, _ = bed_mismatch(x, exp(at), secondary, recovered, w)
        if f > 0.0:
            high, f_high = at, f
            f_low *= 0.5 if side > 0 else 1.0
            side = 1
        else:
            low, f_low = at, f
            f_high *= 0.5 if side < 0 else 1.0
            side = -1
    x.cooler_transfer = exp(at)
    _, x.cooler_idle_share = bed_mismatch(x, x.cooler_transfer, secondary, recovered, w)
    if abs(f) > MOST_REST:
        y.status_variable = COOLER_EFFICIENCY
        return OUTSIDE_RANGE
    return OK


@kernel
def air_temperature(x, moles, heat):
    """Return the temperature [K] of moist air: ``moles`` of dry air [mol] with ``heat`` [J] above ambient."""
    if not moles > 0.0:
        return x.ambient_temperature
    air = moist_air(x)
    h = gas_h(air, x.ambient_temperature) + heat / moles
    return gas_temperature(air, h, x.ambient_temperature + heat / moles / (MEAN_AIR_CP * amount(air)))
