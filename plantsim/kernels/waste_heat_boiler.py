"""Waste-heat boiler: one to three pressures on one gas stream, by pinch. SI units.

Along the gas, from hot to cold: superheater and evaporator of the first (highest) pressure, then those of the
second with the first's economiser beside them, and so on; a common economiser last. Each pressure has
    T_s (saturation), its superheat, its approach (saturation less the water that enters the evaporator),
    its pinch (gas leaving the evaporator less saturation).
Gas: a flow with enthalpy b T + c T^2 per unit of flow (normal cubic metre or kilogram), T in K. Two such numbers
fit a real gas within 0.1 % over 300 K; they come from the gas kernels or from a table.
"""

from __future__ import annotations

from math import sqrt

from plantsim._jit import kernel
from plantsim.kernels.steam import h_pT, liquid_enthalpy, saturation_temperature, vapour_enthalpy
from plantsim.vocabulary.status import (
    INFEASIBLE_ORDER,
    INFEASIBLE_PINCH,
    INFEASIBLE_THERMAL,
    OK,
    OUTSIDE_RANGE,
)

STRAIGHT = 1e-12  # c T below this share of b: the enthalpy is a straight line
T_FEED_MIN = 273.16  # K, water above freezing
ROUNDING = 1e-9  # K: a difference this much below what is asked for is it


@kernel(inline=True)
def gas_enthalpy(T, b, c):
    """Return b T + c T^2 [J per unit of flow] at T [K]; b [J/(unit K)], c [J/(unit K2)]."""
    return T * (b + c * T)


@kernel
def gas_temperature(h, b, c):
    """Return T [K] of the enthalpy h [J per unit of flow], the inverse of :func:`gas_enthalpy`; NaN for none."""
    if abs(c) * h <= STRAIGHT * b * b:
        return h / b
    root = b * b + 4.0 * c * h
    if not root >= 0.0:
        return float("nan")
    return 2.0 * h / (b + sqrt(root))


@kernel
def gas_coefficients(T_1, cp_1, T_2, cp_2):
    """Return (b, c) of a gas whose heat capacity is cp_1 at T_1 and cp_2 at T_2, linear between: cp = b + 2 c T."""
    c = 0.5 * (cp_2 - cp_1) / (T_2 - T_1)
    return cp_1 - 2.0 * c * T_1, c


@kernel
def steam_enthalpy(p, superheat):
    """Return the enthalpy [J/kg] of steam at p [Pa] with ``superheat`` [K]; saturated for 0; NaN outside IF97."""
    h_saturated = vapour_enthalpy(p)
    if not superheat > 0.0:
        return h_saturated
    h = h_pT(p, saturation_temperature(p) + superheat)
    # a superheat lost in rounding leaves IF97 on the saturation line, where it takes the liquid
    return h_saturated if h < h_saturated else h


@kernel
def water_enthalpy(p, T):
    """Return the enthalpy [J/kg] of water at p [Pa] and T [K], saturated liquid where T is saturation or above."""
    return liquid_enthalpy(p) if saturation_temperature(p) <= T else h_pT(p, T)


@kernel
def evaporation_heat(p, superheat, approach, blowdown):
    """Return the heat [J per kg of steam] from the evaporator's inlet water to steam, blowdown [kg/kg] included."""
    h_water = water_enthalpy(p, saturation_temperature(p) - approach)
    return steam_enthalpy(p, superheat) - h_water + blowdown * (liquid_enthalpy(p) - h_water)


@kernel
def heating_heat(p, T_cold, T_hot, blowdown):
    """Return the heat [J per kg of steam] that its feed takes from T_cold to T_hot [K] at p [Pa]."""
    return (1.0 + blowdown) * (water_enthalpy(p, T_hot) - water_enthalpy(p, T_cold))


@kernel
def _levels_fault(levels, p, superheat, approach, pinch):
    """Return a status: what is wrong with the pressures as asked for."""
    if not 1 <= levels <= 3:
        return OUTSIDE_RANGE
    for i in range(levels):
        if not (approach[i] >= 0.0 and superheat[i] >= 0.0 and pinch[i] > 0.0):
            return OUTSIDE_RANGE
        if not steam_enthalpy(p[i], superheat[i]) > 0.0:
            return OUTSIDE_RANGE
        if i > 0 and not saturation_temperature(p[i]) + pinch[i] < saturation_temperature(p[i - 1]):
            return INFEASIBLE_ORDER
    return OK


@kernel
def _water_heat(m_1, m_2, m_3, p, T_cold, T_hot, blowdown):
    """Return the heat [W] that the feed of three steam flows [kg/s] takes from T_cold to T_hot [K]."""
    heat = m_1 * heating_heat(p[0], T_cold, T_hot, blowdown) if m_1 > 0.0 else 0.0
    if m_2 > 0.0:
        heat += m_2 * heating_heat(p[1], T_cold, T_hot, blowdown)
    if m_3 > 0.0:
        heat += m_3 * heating_heat(p[2], T_cold, T_hot, blowdown)
    return heat


@kernel
def _failed(status):
    """Return a boiler's results for a status that leaves none."""
    nan = float("nan")
    return nan, nan, nan, nan, nan, nan, nan, status


@kernel
def waste_heat_boiler(
    gas,
    b,
    c,
    T_in,
    T_out_min,
    loss,
    levels,
    p,
    superheat,
    approach,
    pinch,
    blowdown,
    T_feed,
    reheat,
    hot_water,
    gap,
):
    """Return (m_1, m_2, m_3, T_out, pinch_last, least, duty, status) of a boiler designed by its pinches.

    gas: flow [unit/s], b, c: its enthalpy (see the top); T_in [K]; T_out_min: the gas may not leave colder [K],
    for drying or for the acid dew point; loss: share of the gas's heat lost to the outside [-].
    levels: 1 to 3; p [Pa], superheat, approach, pinch [K]: tuples of three floats, highest pressure first,
    unused ones ignored; blowdown: over steam [kg/kg]; T_feed: feedwater [K]; reheat: heat into returning steam
    in the first zone [J per kg of the first steam]; hot_water: heat drawn from the last economiser for other
    boilers [W]; gap: least difference allowed anywhere [K], not above the pinches.

    m: steam flows [kg/s]; T_out: gas outlet [K]; pinch_last: of the last pressure [K], wider than asked where
    T_out_min binds; least: smallest gas-water difference of all [K]; duty: heat into water and steam [W].
    Status: INFEASIBLE_PINCH where heat would flow from cold to hot or nearer than ``gap``; INFEASIBLE_THERMAL
    where T_out_min leaves no steam; INFEASIBLE_ORDER where the pressures do not fall by more than the pinch, or the
    feed is hotter than the water that it becomes.
    """
    status = _levels_fault(levels, p, superheat, approach, pinch)
    if status != OK:
        return _failed(status)
    if not (gas > 0.0 and b > 0.0 and 0.0 <= loss < 1.0 and T_feed >= T_FEED_MIN and blowdown >= 0.0):
        return _failed(OUTSIDE_RANGE)
    last = levels - 1
    if T_feed > saturation_temperature(p[last]) - approach[last]:
        return _failed(INFEASIBLE_ORDER)
    heat_flow = gas * (1.0 - loss)
    m_1, m_2, m_3 = 0.0, 0.0, 0.0
    T_gas, h_gas, T_water = T_in, gas_enthalpy(T_in, b, c), T_feed
    least, duty, T_s = T_in - T_feed, 0.0, 0.0
    for i in range(levels):
        T_s = saturation_temperature(p[i])
        T_i = T_s - approach[i]  # the water that leaves this zone upwards
        per_steam = evaporation_heat(p[i], superheat[i], approach[i], blowdown) + (reheat if i == 0 else 0.0)
        beside = _water_heat(m_1, m_2, m_3, p, T_i, T_water, blowdown)  # feed of the higher pressures
        m = (heat_flow * (h_gas - gas_enthalpy(T_s + pinch[i], b, c)) - beside) / per_steam
        if not m > 0.0:
            return _failed(INFEASIBLE_PINCH)
        if i == last:  # evaporator and economiser together may not cool the gas below T_out_min
            room = heat_flow * (h_gas - gas_enthalpy(T_out_min, b, c)) - beside - hot_water
            room -= _water_heat(m_1, m_2, m_3, p, T_feed, T_i, blowdown)
            m = min(m, room / (per_steam + heating_heat(p[i], T_feed, T_i, blowdown)))
            if not m > 0.0:
                return _failed(INFEASIBLE_THERMAL)
        least = min(least, T_gas - T_s - superheat[i])
        zone = m * per_steam + beside
        h_gas -= zone / heat_flow
        T_gas = gas_temperature(h_gas, b, c)
        least = min(least, T_gas - T_s)
        duty += zone
        if i == 0:
            m_1 = m
        elif i == 1:
            m_2 = m
        else:
            m_3 = m
        T_water = T_i
    pinch_last = T_gas - T_s
    economiser = _water_heat(m_1, m_2, m_3, p, T_feed, T_water, blowdown) + hot_water
    T_out = gas_temperature(h_gas - economiser / heat_flow, b, c)
    least = min(least, T_out - T_feed)
    status = OK if least >= gap - ROUNDING else INFEASIBLE_PINCH
    return m_1, m_2, m_3, T_out, pinch_last, least, duty + economiser, status


@kernel
def economiser(gas, b, c, T_in, loss, water, p, T_feed, T_hot, gap):
    """Return (heat [W], T_out [K], status) of a heat exchanger that warms water with gas, counterflow.

    gas [unit/s], b, c: as above; T_in [K]; loss [-]; water [kg/s] at p [Pa] from T_feed to T_hot [K], saturated
    liquid at the most; gap: least difference at its ends [K]. INFEASIBLE_PINCH where an end is nearer.
    """
    if not (gas > 0.0 and b > 0.0 and 0.0 <= loss < 1.0 and water >= 0.0 and T_hot >= T_feed >= T_FEED_MIN):
        return float("nan"), float("nan"), OUTSIDE_RANGE
    heat = water * heating_heat(p, T_feed, T_hot, 0.0)
    T_out = gas_temperature(gas_enthalpy(T_in, b, c) - heat / (gas * (1.0 - loss)), b, c)
    near = min(T_in - min(T_hot, saturation_temperature(p)), T_out - T_feed)
    return heat, T_out, OK if near >= gap - ROUNDING else INFEASIBLE_PINCH


@kernel
def flash_share(h, p):
    """Return the vapour [kg/kg] that water of enthalpy h [J/kg] gives when let down to p [Pa], 0 to 1."""
    liquid = liquid_enthalpy(p)
    return min(1.0, max(0.0, (h - liquid) / (vapour_enthalpy(p) - liquid)))
