"""The grate cooler: clinker moves along the grate, air rises through the bed; cells in cross flow.

Heat capacities are constant in the bed (the shares of heat that come out are then put on true enthalpies); the air of
the plant as it is is spread evenly over the grate. A fitted share of the heat takes no part: what lumps keep in their
cores; below zero where the last part of the grate cools better than the mean. The hottest air is the secondary air,
the next the tertiary air, the rest is vented.
"""

from __future__ import annotations

from math import exp, log

from plantsim._jit import kernel
from plantsim.processes.cement_kiln.codes import EFFICIENCY, MEASURED, VENT_HELD
from plantsim.processes.cement_kiln.streams import NM3, amount, clinker_h, gas_h, gas_temperature, moist_air
from plantsim.processes.cement_kiln.tower import BED

LAYERS = 8  # of the bed's depth: a place each in the workspace
COLUMNS = 24  # along the grate; three times as many change the efficiency by less than 0.2 points
FLOW_EXPONENT = 0.4  # transfer units fall with the air, NTU ~ G^-0.4: Wakao and Kaguei 1982, Nu ~ Re^0.6
LEAST_UNITS, MOST_UNITS = 0.3, 60.0
MOST_REST = 0.05  # of the given efficiency that is held although no evenly blown bed explains it
MEAN_AIR_CP = 31.6  # J/(mol K), air between 25 and 700 degC (kernels.gas)
MEAN_CLINKER_CP = 1101.0  # J/(kg K), clinker between 25 and 1400 degC (streams.clinker_h)


@kernel
def grips(units, capacity):
    """Return (grip of a layer [-], share of its clinker's temperature that a column's air meets on the mean [-]).

    units: transfer units of the whole depth, air side; capacity: air of a column over the clinker of a layer.
    """
    grip = 1.0 - exp(-units / LAYERS)
    fall = capacity * grip
    return grip, (1.0 - exp(-fall)) / fall


@kernel
def bed_shares(units, capacity, zone, density, secondary, recovered, tapped, w):
    """Return the shares of the clinker's heat in (secondary air, tertiary air, air to the boiler, clinker that leaves).

    units: transfer units of the whole depth, air side, where the air's density is 1; capacity: air's heat capacity over
    the clinker's at density 1 all over; zone: share of the grate, from its hot end, that is blown with ``density``
    times the air of the rest; secondary, recovered, tapped: shares of all cooling air up to the end of the secondary
    air, of the tertiary air, and of the vent air that goes to the boiler.
    """
    border = zone * COLUMNS
    stream = capacity * LAYERS / COLUMNS
    grip_cold, mean_cold = grips(units, stream)
    grip_hot, mean_hot, hot_units = grip_cold, mean_cold, units
    if density != 1.0:
        hot_units = units * density ** (-FLOW_EXPONENT)
        grip_hot, mean_hot = grips(hot_units, stream * density)
    for i in range(LAYERS):
        w[BED, i] = 1.0
    whole = border * density + COLUMNS - border
    first, both, all_three, edge = 0.0, 0.0, 0.0, 0.0
    for j in range(COLUMNS):
        grip, mean, own = grip_cold, mean_cold, 1.0
        if j + 1.0 <= border:
            grip, mean, own = grip_hot, mean_hot, density
        elif j < border and density != 1.0:  # the column in which the zones meet
            own = 1.0 + (border - j) * (density - 1.0)
            grip, mean = grips(units * own ** (-FLOW_EXPONENT), stream * own)
        air, part = 0.0, stream * own
        for i in range(LAYERS):
            out = air + grip * mean * (w[BED, i] - air)
            w[BED, i] -= part * (out - air)
            air = out
        first += air * min(own, max(0.0, secondary * whole - edge))
        both += air * min(own, max(0.0, recovered * whole - edge))
        all_three += air * min(own, max(0.0, tapped * whole - edge))
        edge += own
    left = 0.0
    for i in range(LAYERS):
        left += w[BED, i]
    per_column = capacity / COLUMNS
    return per_column * first, per_column * (both - first), per_column * (all_three - both), left / LAYERS


@kernel
def recirculated_heat(x, cooling):
    """Return the heat above ambient [J] that exhaust brings back with the cooling air [mol dry]."""
    if not x.recirculated_share > 0.0:
        return 0.0
    air = moist_air(x)
    warm = gas_h(air, x.recirculated_temperature) - gas_h(air, x.ambient_temperature)
    return x.recirculated_share * cooling * warm


@kernel
def air_capacity(volume):
    """Return the heat capacity of cooling air [Nm3 per kg clinker] over that of the clinker [-]."""
    return volume / NM3 * MEAN_AIR_CP / MEAN_CLINKER_CP


@kernel
def transfer_units(x, load, volume):
    """Return the transfer units of the bed at this load and this air [Nm3 per kg clinker] all over the grate [-]."""
    return x.cooler_transfer * (x.reference_cooling_air / (load * volume)) ** FLOW_EXPONENT


@kernel
def zones(x, recovered, cooling):
    """Return (air at density 1 [Nm3 per kg clinker], zone, density) of the grate, as :func:`bed_shares` takes them.

    recovered: share of the cooling air [mol dry]. Evenly blown as given. Where the vent air is held, the fans under
    what goes to kiln and calciner follow it, and those of the rest stay.
    """
    volume = cooling * amount(moist_air(x)) * NM3
    reference = x.reference_recovered_air
    if x.cooling_air_hold != VENT_HELD or not 0.0 < reference < x.cooling_air:
        return volume, 1.0, 1.0
    return x.cooling_air, reference / x.cooling_air, recovered * volume / reference


@kernel
def tapped_edge(x, recovered):
    """Return the share of the cooling air [-] that is recovered or goes to the boiler, the hottest of the vent air."""
    return recovered + x.middle_take_off * (1.0 - recovered)


@kernel
def held_shares(x, secondary, recovered):
    """Return the shares of heat as :func:`cooler_shares`, from the efficiency held and the clinker temperature.

    All vent air has one temperature: where no bed is solved, a take-off is no hotter than the rest.
    """
    h_0 = clinker_h(x.ambient_temperature)
    whole = clinker_h(x.burning_temperature) - h_0
    part = secondary / recovered if recovered > 0.0 else 0.0
    kept = (clinker_h(x.clinker_temperature) - h_0) / whole
    return x.held_efficiency * part, x.held_efficiency * (1.0 - part), x.middle_take_off, kept


@kernel
def warm_shares(x, units, grate, secondary, recovered, warmth, w):
    """Return the shares as :func:`bed_shares` of a bed whose air brings the heat ``warmth`` [-] of the clinker's.

    grate: as :func:`zones` returns it. The bed is linear: with air at the share theta of the clinker's temperature
    each stream lies theta higher, and what the clinker gives is 1 - theta of what it gives to cold air.
    """
    volume, zone, density = grate
    edge = tapped_edge(x, recovered)
    first, second, tapped, left = bed_shares(
        units, air_capacity(volume), zone, density, secondary, recovered, edge, w
    )
    if not warmth > 0.0:
        return first, second, tapped, left
    theta = warmth / air_capacity(volume * (1.0 + zone * (density - 1.0)))
    cold = 1.0 - theta
    first = warmth * secondary + cold * first
    second = warmth * (recovered - secondary) + cold * second
    return first, second, warmth * (edge - recovered) + cold * tapped, theta + cold * left


@kernel
def gained(x, gain, first, second, secondary, recovered, cooling):
    """Return the shares of heat of secondary and tertiary air with the fitted factor ``gain`` on them.

    Neither air gets hotter than the clinker that enters. secondary, recovered: shares of the cooling air [mol dry].
    """
    if not gain > 1.0:
        return gain * first, gain * second
    air = moist_air(x)
    hottest = cooling * (gas_h(air, x.burning_temperature) - gas_h(air, x.ambient_temperature))
    hottest /= clinker_h(x.burning_temperature) - clinker_h(x.ambient_temperature)
    return min(gain * first, secondary * hottest), min(gain * second, (recovered - secondary) * hottest)


@kernel
def cooler_shares(x, load, held, secondary, recovered, cooling, warmth, w):
    """Return the shares of heat (secondary, tertiary air; boiler's air of the vent's; left in the clinker).

    Heat above ambient; what unevenly spread air recovers beyond the bed it takes from the vent air. held: MEASURED or
    MODELLED efficiency and clinker temperature; secondary, recovered: shares of the air; cooling [mol dry per kg
    clinker]; warmth: heat of recirculated exhaust over that of the clinker [-].
    """
    if held == MEASURED or x.cooler_model == EFFICIENCY:
        return held_shares(x, secondary, recovered)
    grate = zones(x, recovered, cooling)
    units = transfer_units(x, load, grate[0])
    first, second, tapped, left = warm_shares(x, units, grate, secondary, recovered, warmth, w)
    idle = x.cooler_idle_share
    free = 1.0 - idle
    vent = 1.0 + warmth - first - second - left
    part = min(1.0, tapped / vent) if vent > 0.0 else x.middle_take_off
    first, second = gained(x, x.cooler_gain, free * first, free * second, secondary, recovered, cooling)
    return first, second, part, idle + free * left


@kernel
def bed_mismatch(x, units, secondary, recovered, warmth, w):
    """Return (modelled less given efficiency [-], share not exchanged [-]) of a bed with these transfer units."""
    _, _, _, kept = held_shares(x, secondary, recovered)
    grate = (x.cooling_air, 1.0, 1.0)
    first, second, _, left = warm_shares(x, units, grate, secondary, recovered, warmth, w)
    idle = (kept - left) / (1.0 - left)
    return (1.0 - idle) * (first + second) - x.cooler_efficiency, idle


@kernel
def fit_cooler(x, secondary, recovered, cooling, warmth, w):
    """Fit the bed's transfer units and its idle share to efficiency and clinker temperature.

    Where no evenly blown bed reaches the efficiency, the nearest one is kept with a factor on what it recovers. More
    than MOST_REST beyond the bed is not held: with so little air recovered it cannot be. What the bed explains is
    reported with the results. Arguments as in :func:`cooler_shares`.
    """
    low, high = log(LEAST_UNITS), log(MOST_UNITS)
    f_low, _ = bed_mismatch(x, LEAST_UNITS, secondary, recovered, warmth, w)
    f_high, _ = bed_mismatch(x, MOST_UNITS, secondary, recovered, warmth, w)
    f, at, side = f_low, low, 0
    if f_high < 0.0:
        f, at = f_high, high
    for _ in range(60):
        if not (f_low < 0.0 < f_high) or abs(f) < 1e-12:
            break
        at = low - f_low * (high - low) / (f_high - f_low)
        f, _ = bed_mismatch(x, exp(at), secondary, recovered, warmth, w)
        if f > 0.0:
            high, f_high = at, f
            f_low *= 0.5 if side > 0 else 1.0
            side = 1
        else:
            low, f_low = at, f
            f_high *= 0.5 if side < 0 else 1.0
            side = -1
    x.cooler_transfer = exp(at)
    _, x.cooler_idle_share = bed_mismatch(x, x.cooler_transfer, secondary, recovered, warmth, w)
    explained = x.cooler_efficiency + f
    x.explained_cooler_efficiency_fit = explained
    wanted = min(explained + MOST_REST, max(explained - MOST_REST, x.cooler_efficiency))
    x.cooler_gain = wanted / explained
    grate = (x.cooling_air, 1.0, 1.0)
    first, second, _, _ = warm_shares(x, x.cooler_transfer, grate, secondary, recovered, warmth, w)
    free = 1.0 - x.cooler_idle_share
    first, second = gained(x, x.cooler_gain, free * first, free * second, secondary, recovered, cooling)
    x.held_efficiency = first + second


@kernel
def air_temperature(x, moles, heat):
    """Return the temperature [K] of moist air: ``moles`` of dry air [mol] with ``heat`` [J] above ambient."""
    if not moles > 0.0:
        return x.ambient_temperature
    air = moist_air(x)
    h = gas_h(air, x.ambient_temperature) + heat / moles
    return gas_temperature(air, h, x.ambient_temperature + heat / moles / (MEAN_AIR_CP * amount(air)))
