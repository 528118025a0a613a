"""Quenching of coke, wet or dry: one stage that takes the coke pushed and returns coke, steam, power and losses.

Dry: loop gas from its balance (loop_gas), shaft (shaft), the air's combustion above it, boiler (cdq_boiler), fan
(loop_fan), last economiser, deaerator and turbine (cdq_turbine). What burns is lumped above the shaft: heat set free
there reaches the boiler wherever it burns. The dust separators take coke from the gas at the coke's outlet temperature.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.combustion import MOLAR_MASS_C, MOLAR_MASS_S
from plantsim.kernels.emissions import M_SO2, mole_fraction
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.kernels.process_gas import COLD, H2O, HOT, SO2, amount, h_cp, mass, polynomial, temperature
from plantsim.processes.coke_oven.burn_off import carbon_enthalpy, coke_left, given_off, lost_heat
from plantsim.processes.coke_oven.cdq_codes import (
    CDQ_AIR,
    CDQ_BOILER_GAS_LIMIT,
    CDQ_CAPACITY,
    CDQ_CIRCULATING_GAS,
    CDQ_VENT_SO2,
    FAN_VARIABLE_SPEED,
    LAST_ECONOMISER,
    TURBINE_CONDENSING,
)
from plantsim.processes.coke_oven.cdq_results import (
    no_dry_quenching,
    write_balances,
    write_coke,
    write_loop,
    write_steam,
)
from plantsim.processes.coke_oven.cdq_steam import boiler_stage, cold_temperature, steam_cycle, turbine_states
from plantsim.processes.coke_oven.codes import QUENCH_DRY
from plantsim.processes.coke_oven.coke_heat import T_REFERENCE, atoms_per_mass, coke_enthalpy
from plantsim.processes.coke_oven.exergy import cdq_exergy
from plantsim.processes.coke_oven.loop_fan import loop_fan
from plantsim.processes.coke_oven.loop_gas import air_enthalpy, loop_balance, shares
from plantsim.processes.coke_oven.raw_gas import steam_gain
from plantsim.processes.coke_oven.services import low_pressure_steam
from plantsim.processes.coke_oven.shaft import cooling_shaft
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_THERMAL, OK

CELLS = 24  # of the shaft: within 0.2 K of 400 cells (tests), a third of the cost of 60
FAN_STEPS = 12  # between fan heat and boiler outlet, each 40 times closer than the one before
SULPHUR_PER_CARBON = MOLAR_MASS_C / MOLAR_MASS_S  # sulphur burns in proportion to the carbon


@kernel
def rated_flow(x, y):
    """Return the dry coke flow that the shaft is made for [kg/s]: as given, or all that is pushed."""
    return x.cdq_capacity if x.cdq_capacity > 0.0 else y.coke_pushed_flow


@kernel
def loop_of(x, y, flow):
    """Return (vent [mol/s], what left the coke (C, H, O, N, S) [mol/s], air, nitrogen [mol/s], status).

    flow: coke into the shaft [kg/s]. INFEASIBLE_FLOW also where the coke's oxygen would take more carbon than leaves.
    """
    air = flow * x.cdq_air / MOLAR_VOLUME
    nitrogen = flow * x.cdq_nitrogen / MOLAR_VOLUME
    h, o, n = given_off(flow, x.cdq_volatile_release, y.coke_hydrogen, y.coke_oxygen, y.coke_nitrogen)
    ratio = x.cdq_sulphur_release * y.coke_sulphur / y.coke_carbon * SULPHUR_PER_CARBON
    unburnt = (x.cdq_vent_co, x.cdq_vent_h2, x.cdq_vent_o2, x.cdq_vent_ch4)
    vent, carbon, status = loop_balance(air, x.air_moisture, nitrogen, h, o, n, ratio, *unburnt)
    if status == OK and not (amount(vent) > 0.0 and carbon >= o):
        status = INFEASIBLE_FLOW
    if status != OK:
        y.status_variable = CDQ_AIR if flow > 0.0 else CDQ_CAPACITY
        return vent, (carbon, h, o, n, ratio * carbon), air, nitrogen, status
    dry = amount(vent) - vent[H2O]
    y.cdq_explained_vent_so2 = vent[SO2] * M_SO2 / (dry * MOLAR_VOLUME)
    if x.cdq_vent_so2 >= 0.0:  # as measured: the vent's dry amount does not depend on its sulphur
        so2 = dry * mole_fraction(x.cdq_vent_so2, M_SO2)
        ratio = so2 / (carbon + vent[SO2] - so2)
        vent, carbon, status = loop_balance(air, x.air_moisture, nitrogen, h, o, n, ratio, *unburnt)
        if status != OK or not (ratio >= 0.0 and ratio * carbon * MOLAR_MASS_S < flow * y.coke_sulphur):
            status = INFEASIBLE_FLOW
            y.status_variable = CDQ_VENT_SO2
    return vent, (carbon, h, o, n, ratio * carbon), air, nitrogen, status


@kernel
def boiler_gas_temperature(low, high, loop, vent, T_shaft, h_lost, h_air):
    """Return the gas temperature [K] before the boiler, from the balance of the space above the shaft.

    loop: circulating gas [mol/s] at T_shaft [K]; vent: what is added to it [mol/s]; h_lost: of what left the coke,
    h_air: of air and nitrogen [W], heats of formation included.
    """
    h = (loop * h_cp(low, high, T_shaft)[0] + h_lost + h_air) / (loop + vent)
    return temperature(low, high, h, T_shaft)


@kernel
def shaft_size(x, rated):
    """Return what cooling_shaft takes for its size, for the rated coke flow [kg/s]."""
    section = rated / x.cdq_coke_flux
    return (
        section,
        x.cdq_shaft_height,
        x.cdq_lump_size,
        x.cdq_sphericity,
        x.cdq_voidage,
        x.cdq_coke_conductivity,
    )


@kernel
def fan_of(x, gas_flow, molar_mass, T, shaft_loss, load):
    """Return (power [W], power into the gas [W], status) of the circulating fan with its inlet at T [K]."""
    variable = x.cdq_fan_control == FAN_VARIABLE_SPEED
    drive = x.cdq_motor_efficiency * (x.cdq_converter_efficiency if variable else 1.0)
    curve = (x.cdq_damper_constant, x.cdq_damper_linear, x.cdq_damper_square)
    return loop_fan(
        gas_flow,
        molar_mass,
        T,
        x.air_pressure,
        shaft_loss,
        x.cdq_loop_pressure_loss,
        load,
        x.cdq_fan_margin,
        x.cdq_fan_efficiency,
        drive,
        1.0 if variable else 0.0,
        curve,
    )


@kernel
def wanted_outlet(x, low, high, gas_flow, molar_mass, shaft_loss, load):
    """Return the gas temperature [K] wanted behind the boiler.

    As given where a last economiser follows; else the one that the fan's heat brings to the shaft's inlet temperature.
    """
    if x.cdq_last_economiser == LAST_ECONOMISER:
        return x.cdq_boiler_outlet_temperature
    h_inlet = h_cp(low, high, x.cdq_gas_inlet_temperature)[0]
    T = x.cdq_gas_inlet_temperature
    for _ in range(FAN_STEPS):
        _, into_gas, _ = fan_of(x, gas_flow, molar_mass, T, shaft_loss, load)
        T = temperature(low, high, h_inlet - into_gas / gas_flow, T)
    return T


@kernel
def coke_behind(y, flow, lost):
    """Return burn_off.coke_left of the coke pushed: flow [kg/s] into the shaft, less what it lost [mol/s]."""
    c, h, o, n, s = y.coke_carbon, y.coke_hydrogen, y.coke_oxygen, y.coke_nitrogen, y.coke_sulphur
    return coke_left(flow, c, h, o, n, s, lost)


@kernel
def shaft_stage(x, y, rated, flow, loop, gas, low, high, vent, lost, air, nitrogen):
    """Cool the coke and burn above the shaft; return (enthalpy that stays in the loop [W], status).

    flow, rated: coke [kg/s]; loop: circulating gas [mol/s]; gas: its shares; low, high: its enthalpy; the rest as
    :func:`loop_of`. The enthalpy is that of coke, air and nitrogen less that of the coke that leaves.
    """
    shares_of_coke = (y.coke_carbon, y.coke_hydrogen, y.coke_oxygen, y.coke_nitrogen, y.coke_sulphur)
    c, h, o, n, s = shares_of_coke
    carbon_h = carbon_enthalpy(c, h, o, n, s, y.coke_net_heating_value)
    left = coke_behind(y, flow, lost)
    coke_flow, atoms = left[0], left[6]
    ash = flow * y.coke_ash / coke_flow
    T_in = y.coke_pushed_temperature
    T_out, T_shaft, _, shaft_loss, status = cooling_shaft(
        coke_flow,
        (atoms, ash),
        T_in,
        loop,
        gas,
        x.cdq_gas_inlet_temperature,
        shaft_size(x, rated),
        x.cdq_conductance_factor,
        x.cdq_ergun_factor,
        x.air_pressure,
        CELLS,
    )
    if status != OK:
        y.status_variable = CDQ_CIRCULATING_GAS
        return 0.0, status
    h_before = flow * coke_enthalpy(T_in, atoms_per_mass(c, h, o, n, s), y.coke_ash) + lost[0] * carbon_h
    h_lost = h_before - coke_flow * coke_enthalpy(T_in, atoms, ash)
    h_air = air_enthalpy(air, x.air_moisture, nitrogen, T_REFERENCE)
    T_boiler = boiler_gas_temperature(low, high, loop, amount(vent), T_shaft, h_lost, h_air)
    burnt_heat = lost_heat(lost[0], lost[1], lost[2], lost[3], lost[4], carbon_h)
    write_coke(x, y, flow, left, lost, burnt_heat, T_out)
    write_loop(x, y, vent, nitrogen, T_shaft, T_boiler, shaft_loss)
    if not T_boiler <= x.cdq_boiler_gas_limit:
        y.status_variable = CDQ_BOILER_GAS_LIMIT
        return 0.0, INFEASIBLE_THERMAL
    return h_before + h_air - coke_flow * coke_enthalpy(T_out, atoms, ash), status


@kernel
def fan_stage(x, y, low, high, gas_flow, molar_mass, T_behind, load):
    """Return (power [W], power into the gas [W], gas enthalpy [J/mol] and temperature [K] behind the fan, status)."""
    power, into_gas, status = fan_of(x, gas_flow, molar_mass, T_behind, y.cdq_shaft_pressure_loss, load)
    if status != OK:
        y.status_variable = CDQ_CIRCULATING_GAS
    h = h_cp(low, high, T_behind)[0] + into_gas / gas_flow
    return power, into_gas, h, temperature(low, high, h, T_behind), status


@kernel
def quench_dry(x, d, o, y):
    """Quench the coke in y; write y.cdq_*, water and moisture; return a status, y.status_variable says for what.

    Reads what the oven balance wrote: y.coke_pushed_flow [kg/s], y.coke_pushed_temperature [K], y.coke_carbon .. ash
    [kg/kg dry], y.coke_net_heating_value [J/kg dry]. Flows written are means over the year's running time: the share
    x.cdq_availability dry, the rest wet; temperatures and compositions are those while the shaft runs. The stages
    stand beside each other: each level of calls around the steam tables adds to the time to compile.
    """
    no_dry_quenching(x, y)
    if x.quenching != QUENCH_DRY:
        return OK
    rated = rated_flow(x, y)
    flow = min(y.coke_pushed_flow, rated)
    vent, lost, air, nitrogen, status = loop_of(x, y, flow)
    if status != OK:
        return status
    added = amount(vent)
    gas = shares(vent, added)
    low, high = polynomial(gas, COLD), polynomial(gas, HOT)
    loop = flow * x.cdq_circulating_gas / MOLAR_VOLUME
    gas_flow, molar_mass, load = loop + added, mass(gas), flow / rated
    h_in, status = shaft_stage(x, y, rated, flow, loop, gas, low, high, vent, lost, air, nitrogen)
    if status != OK:
        return status
    states, status = turbine_states(x, y)
    if status != OK:
        return status
    T_wanted = wanted_outlet(x, low, high, gas_flow, molar_mass, y.cdq_shaft_pressure_loss, load)
    steam, T_behind, heat_given, status = boiler_stage(x, y, states, low, high, gas_flow, T_wanted)
    if status != OK:
        return status
    power, into_gas, h_fan, T_fan, status = fan_stage(x, y, low, high, gas_flow, molar_mass, T_behind, load)
    if status != OK:
        return status
    if x.cdq_turbine != TURBINE_CONDENSING:  # it alone gives no steam to the plant
        low_pressure_steam(x, steam_gain(x)[0], y)
    left = loop * (h_fan - h_cp(low, high, x.cdq_gas_inlet_temperature)[0])
    flows, status = steam_cycle(x, y, states, steam, left, T_fan)
    if status != OK:
        return status
    write_steam(x, y, states, steam, flows, power, flow)
    cdq_exergy(x, y, states, steam, flow, coke_behind(y, flow, lost), cold_temperature(x, flows[0]))
    write_balances(x, y, h_in, heat_given, left, into_gas, added * h_fan, flow)
    return OK
