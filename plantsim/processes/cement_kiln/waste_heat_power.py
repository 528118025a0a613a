"""Waste-heat power of a kiln line (余热发电): what its two gas streams give, and the most that they could give."""

from __future__ import annotations

from math import exp, log

from plantsim._jit import kernel
from plantsim.processes.cement_kiln.hot_gases import (
    NITROGEN,
    OXYGEN,
    exergy_above,
    mixed,
    temperature_with,
    wet_gas,
    with_dust,
)
from plantsim.processes.cement_kiln.part_codes import (
    PRESSURE_OPTIMUM,
    WASTE_HEAT_NONE,
    WASTE_HEAT_ORGANIC,
    WASTE_HEAT_POWER,
    WHR_DRYING_TEMPERATURE,
)
from plantsim.processes.cement_kiln.waste_heat_organic import organic_power
from plantsim.processes.cement_kiln.waste_heat_steam import steam_power
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_THERMAL, OK

# the search for the best pressures: its own box and steps
P_LEAST, P_MOST = 0.3e6, 4.0e6  # Pa, drum
LOW_LEAST, LOW_MOST = 0.06, 0.60  # low pressure over the drum's [-]
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
                    x, mode, p, p_low, eta, wetness_loss, ph, b_ph, c_ph, T_ph, T_dry, aqc, b_aqc, c_aqc, T_aqc
                )  # fmt: skip
                if status == OK and power > best:
                    best, p_best, low_best, new, new_low = power, p, p_low, at, at_low
        mid, mid_low = new, new_low
        half, half_low = half / 3.0, half_low / 3.0
    return p_best, low_best


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
def recover_heat(x, d, o, y):
    """Write the waste-heat power of one operating point into y; return a status.

    Reads from y the gas behind the preheater and the vent air of the cooler (flow, composition, temperature), its
    dust and the raw mill's heat demand. The gas goes to the raw mill no colder than x.whr_drying_temperature and
    than what the mill's heat asks for above x.mill_exit_temperature.
    """
    M_gas, b_gas, c_gas = wet_gas(
        y.preheater_gas_h2o, y.preheater_gas_co2, y.preheater_gas_o2, y.preheater_gas_n2
    )
    M_air, b_air, c_air = wet_gas(0.0, 0.0, OXYGEN, NITROGEN)
    gas, air = y.preheater_gas_flow / M_gas, y.vent_air_flow / M_air
    T_0 = x.ambient_temperature
    y.whr_condenser_heat = 0.0
    y.whr_exergy_efficiency = 0.0
    y.whr_pressure = 0.0
    _write(y, 0.0, 0.0, 0.0, 0.0, y.preheater_gas_temperature, y.vent_air_temperature)
    if x.waste_heat_power == WASTE_HEAT_NONE:
        return OK
    if not (gas > 0.0 and air > 0.0):
        y.status_variable = WASTE_HEAT_POWER
        return INFEASIBLE_FLOW
    b_gas, c_gas = with_dust(b_gas, c_gas, y.preheater_dust_flow / gas)
    T_ph, b_ph, c_ph = mixed(y.preheater_gas_temperature, b_gas, c_gas, T_0, b_air, c_air, x.whr_air_leak)
    ph = gas * (1.0 + x.whr_air_leak)
    demand = temperature_with(y.raw_mill_heat_demand, ph, x.mill_exit_temperature, b_ph, c_ph)
    T_dry = max(x.whr_drying_temperature, demand)
    if not T_dry < T_ph:
        y.status_variable = WHR_DRYING_TEMPERATURE
        return INFEASIBLE_THERMAL
    T_aqc = y.vent_air_temperature
    if x.waste_heat_power == WASTE_HEAT_ORGANIC:
        power, steam, T_ph_out, T_aqc_out, duty, rejected, status, blame = organic_power(
            x, ph, b_ph, c_ph, T_ph, T_dry, air, b_air, c_air, T_aqc
        )
        low, y.whr_pressure = 0.0, 0.0
    else:
        p, p_low = x.whr_steam_pressure, x.whr_low_pressure
        eta, wetness = x.whr_turbine_efficiency, x.whr_wetness_loss
        if x.whr_pressure_choice == PRESSURE_OPTIMUM:
            p, p_low = best_steam_power(
                x, x.waste_heat_power, eta, wetness, ph, b_ph, c_ph, T_ph, T_dry, air, b_air, c_air, T_aqc, p, p_low
            )  # fmt: skip
        power, steam, low, T_ph_out, T_aqc_out, duty, rejected, status, blame = steam_power(
            x,
            x.waste_heat_power,
            p,
            p_low,
            eta,
            wetness,
            ph,
            b_ph,
            c_ph,
            T_ph,
            T_dry,
            air,
            b_air,
            c_air,
            T_aqc,
        )
        y.whr_pressure = p
    if status != OK:
        y.status_variable = blame
        return status
    _write(y, power, x.whr_own_use, steam, low, T_ph_out, T_aqc_out)
    y.whr_condenser_heat = rejected
    offered = ph * exergy_above(T_ph, T_dry, b_ph, c_ph, T_0) + air * exergy_above(
        T_aqc, T_0, b_air, c_air, T_0
    )
    y.whr_exergy_efficiency = power / offered if offered > 0.0 else 0.0
    return OK
