"""Steam cycle of waste-heat power: preheater and cooler boilers with one turbine. Pressures as arguments, rest in x.

Water is warmed in the cooler boiler's economiser, for both boilers: up to the approach below saturation (one
pressure, flash), or to that of the low pressure (two pressures; the preheater boiler's own economiser does the
rest). The preheater boiler cools its gas down to the drying temperature at the most. Two pressures: the cooler
boiler also makes low-pressure steam for the turbine's port, where its gas has heat left for it. Flash: its economiser
warms more water than becomes steam; let down to the low pressure, it gives steam for the port, and the rest goes round
again.
"""

from __future__ import annotations

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.small_turbine import small_turbine
from plantsim.kernels.steam import h_pT, liquid_enthalpy, saturation_temperature, vapour_enthalpy
from plantsim.kernels.waste_heat_boiler import (
    evaporation_heat,
    flash_share,
    gas_enthalpy,
    gas_temperature,
    heating_heat,
    steam_enthalpy,
    waste_heat_boiler,
    water_enthalpy,
)
from plantsim.processes.cement_kiln.part_codes import (
    BOTH_BOILERS,
    PREHEATER_BOILER,
    WASTE_HEAT_DUAL,
    WASTE_HEAT_FLASH,
    WHR_CONDENSER_PRESSURE,
    WHR_FEED_TEMPERATURE,
    WHR_LOW_PRESSURE,
    WHR_STEAM_PRESSURE,
)
from plantsim.vocabulary.status import INFEASIBLE_ORDER, INFEASIBLE_PINCH, INFEASIBLE_THERMAL, OK

HALVINGS = 40  # of the share of the room that a flash may use


@kernel
def superheat_of(T_gas, T_s, T_steam, difference):
    """Return the superheat [K]: steam no hotter than T_steam [K], nor nearer than ``difference`` [K] to T_gas [K]."""
    return max(0.0, min(T_steam, T_gas - difference) - T_s)


@kernel
def flash_of(x, feed, gas, b, c, T_gas, p, T_hot, p_low, gap):
    """Return (steam, T_out, heat): the flash of the cooler boiler's economiser [kg/s], gas outlet [K], heat [W].

    feed: of both boilers [kg/s]; gas [mol/s], b, c: of the cooler boiler, heat loss taken off; T_gas: behind it without
    flash [K]; water leaves the economiser at p [Pa], T_hot [K] and is let down to p_low [Pa]; its rest returns to
    the feed as saturated liquid, whose mixture stays ``gap`` [K] below the gas that leaves.
    """
    h_gas = gas_enthalpy(T_gas, b, c)
    room = gas * (h_gas - gas_enthalpy(x.whr_cooler_outlet, b, c))
    h_hot, T_low = water_enthalpy(p, T_hot), saturation_temperature(p_low)
    share = flash_share(h_hot, p_low)
    per_water = h_hot - share * h_pT(p, x.whr_feed_temperature) - (1.0 - share) * liquid_enthalpy(p_low)
    if not (room > 0.0 and per_water > 0.0):
        return 0.0, T_gas, 0.0
    low, high, part = 0.0, 1.0, 1.0  # part: of the room that is used
    for _ in range(HALVINGS):
        water = part * room / per_water
        back = (1.0 - share) * water
        steady = feed + share * water
        T_mixed = (steady * x.whr_feed_temperature + back * T_low) / (steady + back)
        if gas_temperature(h_gas - part * room / gas, b, c) - T_mixed >= gap:
            low = part
            if part == 1.0:
                break
            part = 0.5 * (part + high)
        else:
            high = part
            part = 0.5 * (low + part)
    return share * low * room / per_water, gas_temperature(h_gas - low * room / gas, b, c), low * room


@kernel
def _nothing(status, blame):
    """Return what :func:`steam_power` returns when there is no cycle."""
    nan = float("nan")
    return nan, nan, nan, nan, nan, nan, nan, status, blame


@kernel
def generator_power(x, shaft):
    """Return the power [W] at the generator's terminals for that at its shaft; part of its loss is fixed.

    The fixed part belongs to the plant as it is (x.whr_rated_power); one that is yet to be built has the efficiency.
    """
    if not x.whr_rated_power > 0.0:
        return shaft * x.whr_generator_efficiency
    rated = x.whr_rated_power / x.whr_generator_efficiency
    share = shaft / rated
    fixed = x.whr_generator_fixed_share
    return shaft - (1.0 - x.whr_generator_efficiency) * rated * (fixed + (1.0 - fixed) * share * share)


@kernel
def warmed_water(x, water, aqc, b, c, T_gas, p, T_hot):
    """Return (T [K], T_gas_out [K], heat [W]): feed that the cooler boiler only warms, not above T_hot [K].

    water: feed per kelvin of warming at p [Pa], [kg/s]; the gas leaves no colder than allowed, nor nearer to the feed
    than the pinch.
    """
    T_feed = x.whr_feed_temperature
    T = min(T_hot, T_gas - x.whr_pinch)
    outlet = max(x.whr_cooler_outlet, T_feed + x.whr_pinch)
    keep = aqc * (1.0 - x.whr_heat_loss)
    room = keep * (gas_enthalpy(T_gas, b, c) - gas_enthalpy(outlet, b, c))
    if not (T_feed < T and room > 0.0 and water > 0.0):
        return T_feed, T_gas, 0.0
    heat = water * heating_heat(p, T_feed, T, x.whr_blowdown)
    if heat > room:
        T = T_feed + (T - T_feed) * room / heat
        heat = water * heating_heat(p, T_feed, T, x.whr_blowdown)
    return T, gas_temperature(gas_enthalpy(T_gas, b, c) - heat / keep, b, c), heat


@kernel
def preheater_steam(x, p, T_water, ph, b, c, T_gas, T_dry, superheat, gap):
    """Return (steam [kg/s], T_out [K], duty [W], status) of the preheater boiler; its water enters at T_water [K]."""
    pressures, approach, pinch = (p, p, p), x.whr_approach, x.whr_pinch
    m, _, _, T_out, _, _, duty, status = waste_heat_boiler(
        ph, b, c, T_gas, T_dry, x.whr_heat_loss, np.int64(1), pressures, (superheat, 0.0, 0.0),
        (approach, approach, approach), (pinch, pinch, pinch), x.whr_blowdown, T_water, 0.0, 0.0, gap,
    )  # fmt: skip
    return m, T_out, duty, status


@kernel
def preheater_alone(x, p, ph, b, c, T_gas, T_dry, aqc, b_aqc, c_aqc, T_aqc, superheat, gap):
    """Return (steam [kg/s], T_ph_out, T_aqc_out [K], duty [W], status): the cooler boiler only warms the water."""
    T_hot = saturation_temperature(p) - x.whr_approach
    m, T_out, duty, status = preheater_steam(
        x, p, x.whr_feed_temperature, ph, b, c, T_gas, T_dry, superheat, gap
    )
    if status != OK:
        return m, T_out, T_aqc, duty, status
    T_water, _, _ = warmed_water(
        x, 1.3 * m, aqc, b_aqc, c_aqc, T_aqc, p, T_hot
    )  # warmer water makes more steam
    m, T_out, duty, status = preheater_steam(x, p, T_water, ph, b, c, T_gas, T_dry, superheat, gap)
    _, T_aqc_out, heat = warmed_water(x, m, aqc, b_aqc, c_aqc, T_aqc, p, T_water)
    return m, T_out, T_aqc_out, duty + heat, status


@kernel
def without_low_steam(x, p, sh_p, T_hot, hot_water, aqc, b, c, T_gas, gap):
    """Return (steam [kg/s], T_out [K], duty [W], status) of a cooler boiler of two pressures that makes no low steam.

    Its evaporator of the low pressure stands idle; the economiser still warms the water of the preheater boiler to
    T_hot [K], drawn where its own goes on to the evaporator: hot_water [W]. One pressure in all else, so that both are
    the same where the low steam ends. sh_p: superheat [K]; gap: least difference, at the draw-off too [K].
    """
    T_top = saturation_temperature(p) - x.whr_approach
    m, _, _, T_out, _, _, duty, status = waste_heat_boiler(
        aqc, b, c, T_gas, x.whr_cooler_outlet, x.whr_heat_loss, np.int64(1), (p, p, p), (sh_p, 0.0, 0.0),
        (x.whr_approach, x.whr_approach, x.whr_approach), (x.whr_pinch, x.whr_pinch, x.whr_pinch), x.whr_blowdown,
        x.whr_feed_temperature, 0.0, hot_water, gap,
    )  # fmt: skip
    if status == OK:
        above = evaporation_heat(p, sh_p, x.whr_approach, x.whr_blowdown)
        above += heating_heat(p, T_hot, T_top, x.whr_blowdown)
        left = gas_enthalpy(T_gas, b, c) - m * above / (aqc * (1.0 - x.whr_heat_loss))
        if not gas_temperature(left, b, c) - T_hot >= gap:
            status = INFEASIBLE_PINCH
    return m, T_out, duty, status


@kernel
def steam_power(
    x, mode, which, p, p_low, eta, wetness_loss, ph, b_ph, c_ph, T_ph, T_dry, aqc, b_aqc, c_aqc, T_aqc
):
    """Return (power [W], steam, low steam [kg/s], T_ph_out, T_aqc_out [K], duty, condenser heat [W], status, blame).

    x: record with the whr_* inputs; mode: WASTE_HEAT_SINGLE, _DUAL or _FLASH; which: boilers that make steam of the
    first pressure (only BOTH_BOILERS have a second pressure or a flash); p, p_low: drum pressures [Pa]; eta,
    wetness_loss: turbine [-]; ph, aqc: gas of the preheater and of the cooler boiler [mol/s]; b, c: their
    enthalpies; T: at the inlets [K]; T_dry: coldest gas behind the preheater boiler [K]. power: at the
    generator's terminals; blame: code of the variable to look at.
    """
    T_s, T_low = saturation_temperature(p), saturation_temperature(p_low)
    approach, pinch, T_feed = x.whr_approach, x.whr_pinch, x.whr_feed_temperature
    difference, loss, blowdown = x.whr_terminal_difference, x.whr_heat_loss, x.whr_blowdown
    gap = min(pinch, difference)
    both = which == BOTH_BOILERS
    T_hot = (T_low if both and mode == WASTE_HEAT_DUAL else T_s) - approach
    sh_ph = superheat_of(T_ph, T_s, x.whr_steam_temperature, difference)
    sh_aqc = superheat_of(T_aqc, T_s, x.whr_steam_temperature, difference)
    sh_low = superheat_of(T_s + pinch, T_low, T_low + x.whr_low_superheat, pinch)
    if T_hot < T_feed:
        return _nothing(INFEASIBLE_ORDER, WHR_FEED_TEMPERATURE)
    m_ph, m_aqc, m_low, T_ph_out, T_aqc_out, duty, status = 0.0, 0.0, 0.0, T_ph, T_aqc, 0.0, OK
    if which == PREHEATER_BOILER:
        m_ph, T_ph_out, T_aqc_out, duty, status = preheater_alone(
            x, p, ph, b_ph, c_ph, T_ph, T_dry, aqc, b_aqc, c_aqc, T_aqc, sh_ph, gap
        )
    elif both:
        m_ph, T_ph_out, duty, status = preheater_steam(x, p, T_hot, ph, b_ph, c_ph, T_ph, T_dry, sh_ph, gap)
    if status != OK:
        return _nothing(status, WHR_STEAM_PRESSURE)
    if which != PREHEATER_BOILER:
        hot_water = m_ph * heating_heat(p, T_feed, T_hot, blowdown)
        levels = np.int64(2) if both and mode == WASTE_HEAT_DUAL else np.int64(1)
        m_aqc, m_low, _, T_aqc_out, _, _, more, status = waste_heat_boiler(
            aqc, b_aqc, c_aqc, T_aqc, x.whr_cooler_outlet, loss, levels, (p, p_low, p_low), (sh_aqc, sh_low, 0.0),
            (approach, approach, approach), (pinch, pinch, pinch), blowdown, T_feed, 0.0, hot_water, gap,
        )  # fmt: skip
        if levels == 2 and status in (INFEASIBLE_PINCH, INFEASIBLE_THERMAL):
            m_aqc, T_aqc_out, more, without = without_low_steam(
                x, p, sh_aqc, T_hot, hot_water, aqc, b_aqc, c_aqc, T_aqc, gap
            )
            m_low, status = 0.0, OK if without == OK else status
        duty += more
        if status != OK:
            return _nothing(status, WHR_LOW_PRESSURE if levels == 2 else WHR_STEAM_PRESSURE)
    h_low, p_a = 0.0, 0.0
    if both and mode == WASTE_HEAT_DUAL:
        h_low, p_a = steam_enthalpy(p_low, sh_low), p_low
    elif both and mode == WASTE_HEAT_FLASH:
        m_low, T_aqc_out, more = flash_of(
            x, m_ph + m_aqc, aqc * (1.0 - loss), b_aqc, c_aqc, T_aqc_out, p, T_hot, p_low, gap
        )  # fmt: skip
        duty += more
        h_low, p_a = vapour_enthalpy(p_low), p_low
    m = m_ph + m_aqc
    h = (m_ph * steam_enthalpy(p, sh_ph) + m_aqc * steam_enthalpy(p, sh_aqc)) / m
    left = 1.0 - x.whr_pipe_loss
    shaft, _, _, h_out, m_out, _, status = small_turbine(
        m, p * left, h, p_a * left, m_low, h_low, 0.0, 0.0, 0.0, x.whr_condenser_pressure, eta, eta, eta,
        wetness_loss, x.whr_mechanical_efficiency, 0.0,
    )  # fmt: skip
    if status != OK:
        return _nothing(status, WHR_CONDENSER_PRESSURE)
    rejected = m_out * (h_out - liquid_enthalpy(x.whr_condenser_pressure))
    return generator_power(x, shaft), m, m_low, T_ph_out, T_aqc_out, duty, rejected, OK, np.int64(0)
