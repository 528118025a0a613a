"""Waste-heat power of a kiln line (余热发电): what its two gas streams give, and the most that they could give."""

from __future__ import annotations

from math import exp, log

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.heat_exchanger import COUNTERFLOW, check_exchanger
from plantsim.kernels.steam import saturation_temperature
from plantsim.processes.cement_kiln.hot_gases import exergy_above
from plantsim.processes.cement_kiln.part_codes import (
    BOTH_BOILERS,
    COOLER_BOILER,
    PREHEATER_BOILER,
    PRESSURE_OPTIMUM,
    WASTE_HEAT_NONE,
    WASTE_HEAT_ORGANIC,
    WASTE_HEAT_POWER,
    WHR_FEED_TEMPERATURE,
)
from plantsim.processes.cement_kiln.waste_heat_organic import organic_power
from plantsim.processes.cement_kiln.waste_heat_steam import steam_power
from plantsim.processes.cement_kiln.waste_heat_streams import (
    cooler_stream,
    drying,
    line_streams,
    preheater_stream,
)
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_PINCH, OK

# the search for the best pressures: its own box and steps
P_LEAST, P_MOST = 0.3e6, 4.0e6  # Pa, drum
LOW_LEAST, LOW_MOST = 0.06, 0.60  # low pressure over the drum's [-]
SLIDE, SLIDES = 0.85, 20  # step of a pressure that slides down, and how many at the most
ROUNDS, STEPS = 5, 6  # each round searches STEPS x STEPS points of a box that shrinks to a third


@kernel
def best_steam_power(
    x, mode, eta, wetness_loss, ph, b_ph, c_ph, T_ph, T_dry, aqc, b_aqc, c_aqc, T_aqc, p_given, low_given
):
    """Return (p, p_low) [Pa] of the most power between P_LEAST and P_MOST; arguments as in ``steam_power``.

    p_given, low_given [Pa]: returned where no pair of pressures works. Pinches stay as they are.
    """
    mid, mid_low = 0.5 * (log(P_LEAST) + log(P_MOST)), 0.5 * (log(LOW_LEAST) + log(LOW_MOST))
    half, half_low = 0.5 * (log(P_MOST) - log(P_LEAST)), 0.5 * (log(LOW_MOST) - log(LOW_LEAST))
    best, p_best, low_best = 0.0, p_given, low_given
    for _ in range(ROUNDS):
        new, new_low = mid, mid_low
        for i in range(STEPS):
            at = mid + half * (2.0 * i / (STEPS - 1.0) - 1.0)
            for j in range(STEPS):
                at_low = mid_low + half_low * (2.0 * j / (STEPS - 1.0) - 1.0)
                p = min(P_MOST, max(P_LEAST, exp(at)))
                p_low = p * min(LOW_MOST, max(LOW_LEAST, exp(at_low)))
                power, _, _, _, _, _, _, status, _ = steam_power(
                    x, mode, np.int64(BOTH_BOILERS), p, p_low, eta, wetness_loss, ph, b_ph, c_ph, T_ph, T_dry, aqc,
                    b_aqc, c_aqc, T_aqc,
                )  # fmt: skip
                if status == OK and power > best:
                    best, p_best, low_best, new, new_low = power, p, p_low, at, at_low
        mid, mid_low = new, new_low
        half, half_low = half / 3.0, half_low / 3.0
    return p_best, low_best


@kernel
def sliding_steam_power(x, mode, which, p, p_low, ph, b_ph, c_ph, T_ph, T_dry, aqc, b_aqc, c_aqc, T_aqc):
    """Return (p [Pa], results of ``steam_power``): pressure slides down until these boilers make steam.

    The drums of both boilers stand at the pressure that the colder gas allows, as far as P_LEAST.
    """
    low = p_low
    found = steam_power(
        x, mode, which, p, low, x.whr_turbine_efficiency, x.whr_wetness_loss, ph, b_ph, c_ph, T_ph, T_dry, aqc, b_aqc,
        c_aqc, T_aqc,
    )  # fmt: skip
    now = p
    for _ in range(SLIDES):
        if found[7] != INFEASIBLE_PINCH or now <= P_LEAST:
            break
        now = max(P_LEAST, now * SLIDE)
        low = p_low * now / p
        found = steam_power(
            x, mode, which, now, low, x.whr_turbine_efficiency, x.whr_wetness_loss, ph, b_ph, c_ph, T_ph, T_dry, aqc,
            b_aqc, c_aqc, T_aqc,
        )  # fmt: skip
    return now, found


@kernel
def plant_steam_power(x, mode, p, p_low, ph, b_ph, c_ph, T_ph, T_dry, aqc, b_aqc, c_aqc, T_aqc):
    """Return (p [Pa], results of ``steam_power``) of the plant with the gas that it has.

    At the given pressure where both boilers make steam there. Else the most power of: both at a lower pressure, the
    preheater boiler with the cooler boiler warming its water, the cooler boiler alone. The status of the first where
    none works.
    """
    given = (ph, b_ph, c_ph, T_ph, T_dry, aqc, b_aqc, c_aqc, T_aqc)
    p_best, best = sliding_steam_power(x, mode, np.int64(BOTH_BOILERS), p, p_low, *given)
    if p_best == p and best[7] == OK:
        return p_best, best
    for which in (PREHEATER_BOILER, COOLER_BOILER):
        now, found = sliding_steam_power(x, mode, np.int64(which), p, p_low, *given)
        if found[7] == OK and not (best[7] == OK and best[0] >= found[0]):
            p_best, best = now, found
    return p_best, best


@kernel
def boilers_status(x, y, T_ph, T_aqc):
    """Return OK, or INFEASIBLE_PINCH where a boiler's gas would be warmed by its water.

    T_ph, T_aqc: gas before the boilers [K]; behind them as written in y. The water enters no colder than the feed.
    """
    T_feed, T_boiling = x.whr_feed_temperature, x.whr_organic_evaporation
    if x.waste_heat_power != WASTE_HEAT_ORGANIC:
        T_boiling = saturation_temperature(y.whr_pressure)
    for k in range(2):
        hot, out, T_warmed = T_ph, y.preheater_boiler_outlet_temperature, T_boiling
        if k == 1:  # it may only warm water
            hot, out, T_warmed = (
                T_aqc,
                y.cooler_boiler_outlet_temperature,
                min(T_boiling, T_aqc - x.whr_pinch),
            )
        if not hot > out:
            continue  # a boiler that is off
        status, T_hot, T_cold = check_exchanger(hot, out, T_feed, T_warmed, COUNTERFLOW, 0.0)
        if status != OK:
            y.exchanger_hot_temperature, y.exchanger_cold_temperature = T_hot, T_cold
            y.status_variable = WHR_FEED_TEMPERATURE
            return status
    return OK


@kernel
def _write(y, power, own_share, steam, low, T_ph, T_aqc):
    """Write the results of a cycle into y; steam flows [kg/s], gas temperatures behind the boilers [K]."""
    y.whr_gross_power = power
    y.whr_own_power = own_share * power
    y.whr_net_power = power - own_share * power
    y.whr_steam_flow = steam
    y.whr_low_steam_flow = low
    y.preheater_boiler_outlet_temperature = T_ph
    y.cooler_boiler_outlet_temperature = T_aqc


@kernel
def no_power(y):
    """Write a point without waste-heat power: the gas passes the boilers as it comes."""
    y.whr_condenser_heat = 0.0
    y.whr_exergy_efficiency = 0.0
    y.whr_pressure = 0.0
    _write(y, 0.0, 0.0, 0.0, 0.0, y.preheater_gas_temperature, y.boiler_air_temperature)


@kernel
def recover_heat(x, d, o, y):
    """Write the waste-heat power of one operating point into y; return a status.

    Reads from y the gas behind the preheater and the vent air of the cooler (flow, composition, temperature), its
    dust and the raw mill's heat demand.
    """
    line_streams(x, y)
    no_power(y)
    ph, T_ph, b_ph, c_ph = preheater_stream(x, y)
    air, T_aqc, b_air, c_air = cooler_stream(x, y)
    T_0 = x.ambient_temperature
    T_dry, air, status = drying(x, y, ph, T_ph, b_ph, c_ph, air, T_aqc, b_air, c_air)
    if status != OK or x.waste_heat_power == WASTE_HEAT_NONE:
        return status
    if not (ph > 0.0 and air >= 0.0):
        y.status_variable = WASTE_HEAT_POWER
        return INFEASIBLE_FLOW
    if x.waste_heat_power == WASTE_HEAT_ORGANIC:
        power, steam, T_ph_out, T_aqc_out, _, rejected, status, blame = organic_power(
            x, ph, b_ph, c_ph, T_ph, T_dry, air, b_air, c_air, T_aqc
        )
        low = 0.0
    else:
        p, p_low, mode = x.whr_steam_pressure, x.whr_low_pressure, x.waste_heat_power
        if x.whr_pressure_choice == PRESSURE_OPTIMUM:
            eta, wetness = x.whr_turbine_efficiency, x.whr_wetness_loss
            p, p_low = best_steam_power(
                x, mode, eta, wetness, ph, b_ph, c_ph, T_ph, T_dry, air, b_air, c_air, T_aqc, p, p_low
            )
        p, found = plant_steam_power(x, mode, p, p_low, ph, b_ph, c_ph, T_ph, T_dry, air, b_air, c_air, T_aqc)
        power, steam, low, T_ph_out, T_aqc_out, _, rejected, status, blame = found
        y.whr_pressure = p if status == OK else 0.0
    if status != OK:
        y.status_variable = blame
        return status
    _write(y, power, x.whr_own_use, steam, low, T_ph_out, T_aqc_out)
    y.whr_condenser_heat = rejected
    offered = ph * exergy_above(T_ph, T_dry, b_ph, c_ph, T_0) + air * exergy_above(
        T_aqc, T_0, b_air, c_air, T_0
    )
    y.whr_exergy_efficiency = power / offered if offered > 0.0 else 0.0
    return boilers_status(x, y, T_ph, T_aqc)


@kernel
def vent_stack_temperature(x, y):
    """Return the temperature [K] of all vent air at the exhaust fan: what passed the boiler, and what did not."""
    passed = x.middle_take_off
    before = y.boiler_air_temperature
    return y.vent_air_temperature + passed * (y.cooler_boiler_outlet_temperature - before)
