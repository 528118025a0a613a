"""What quenching writes: coke, losses, loop, steam and power as means over running time, and its two balances."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.combustion import (
    LOWER_HEATING_VALUE,
    MOLAR_MASS_C,
    MOLAR_MASS_H,
    MOLAR_MASS_N,
    MOLAR_MASS_O,
    MOLAR_MASS_S,
)
from plantsim.kernels.emissions import M_SO2
from plantsim.kernels.gas import CO as CARBON_MONOXIDE
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.kernels.process_gas import CH4, CO, CO2, H2, H2O, N2, O2, SO2, amount
from plantsim.kernels.process_gas import MASSES as MASS
from plantsim.kernels.steam import liquid_enthalpy
from plantsim.processes.coke_oven.cdq_codes import (
    TURBINE_BACK_PRESSURE,
    TURBINE_CONDENSING,
    TURBINE_EXTRACTION,
    TURBINE_NONE,
)
from plantsim.processes.coke_oven.cdq_steam import own_use
from plantsim.processes.coke_oven.loop_gas import OXYGEN_OF_AIR

NAN = float("nan")
CO_HEATING_VALUE = float(LOWER_HEATING_VALUE[CARBON_MONOXIDE])  # J/mol at 298.15 K


@kernel
def no_dry_quenching(x, y):
    """Write the results of a plant all of whose coke is quenched wet."""
    pushed = y.coke_pushed_flow
    y.cdq_coke_flow = pushed
    y.cdq_coke_ash = y.coke_ash
    y.cdq_coke_net_heating_value = y.coke_net_heating_value
    y.cdq_dry_flow = y.cdq_breeze_flow = 0.0
    y.cdq_burnt_carbon = y.cdq_burnt_sulphur = y.cdq_burnt_heat = 0.0
    y.cdq_vent_dry_flow = 0.0
    y.cdq_explained_vent_so2 = y.cdq_vent_so2_concentration = y.cdq_stack_so2 = y.cdq_stack_so2_wanted = NAN
    y.cdq_burnt_share = y.cdq_fixed_carbon_share = y.cdq_volatile_share = y.cdq_vented_co_share = 0.0
    y.cdq_nitrogen_flow = y.cdq_vent_flow = 0.0
    y.cdq_vent_co2_flow = y.cdq_vent_co_flow = y.cdq_vent_so2_flow = y.cdq_vent_co_heat = 0.0
    y.cdq_steam_flow = y.cdq_steam_heat_net = y.cdq_steam_heat_gross = y.cdq_reheat_heat = 0.0
    y.cdq_water_heat = y.cdq_unused_heat = 0.0
    y.cdq_export_steam_flow = y.cdq_export_heat = y.cdq_export_own_heat = y.cdq_makeup_water_flow = 0.0
    y.cdq_condenser_heat = 0.0
    y.cdq_gross_power = y.cdq_fan_power = y.cdq_own_power = 0.0
    y.cdq_steam_per_coke = y.cdq_power_per_coke = 0.0
    y.cdq_coke_allowed = NAN
    y.cdq_coke_temperature = y.cdq_shaft_gas_temperature = y.cdq_boiler_gas_temperature = NAN
    y.cdq_gas_behind_boiler = y.cdq_drum_pinch = y.cdq_least_difference = y.cdq_shaft_pressure_loss = NAN
    y.cdq_loop_co2 = y.cdq_boiler_duty = y.cdq_exergy_efficiency = NAN
    y.cdq_exergy_in = y.cdq_exergy_out = 0.0
    y.cdq_element_residual = y.cdq_energy_residual = 0.0
    write_wet(x, y, pushed)


@kernel
def write_wet(x, y, wet):
    """Write water, moisture and dust of quenching when ``wet`` [kg/s] of the coke is quenched wet, the rest dry.

    Reads y.cdq_coke_flow. Moisture of wet coke is water that quenching takes beside what it evaporates; that of dry
    coke comes with sprays against dust.
    """
    dry = y.coke_pushed_flow - wet
    y.quench_water_flow = x.quench_water * wet
    carried = wet * x.wet_coke_moisture / (1.0 - x.wet_coke_moisture)
    carried += (y.cdq_coke_flow - wet) * x.dry_coke_moisture / (1.0 - x.dry_coke_moisture)
    y.coke_water_flow = carried
    y.cdq_dust_flow = x.wet_quench_dust * wet + x.cdq_stack_dust * dry
    share = wet / (wet + dry) if wet + dry > 0.0 else 1.0
    y.coke_moisture = x.wet_coke_moisture * share + x.dry_coke_moisture * (1.0 - share)


@kernel
def write_coke(x, y, flow, left, lost, burnt_heat, T_out):
    """Write coke delivered and what it lost.

    flow [kg/s] into the shaft; left: of burn_off.coke_left; lost: (C, H, O, N, S) [mol/s]; burnt_heat [W]; T_out [K].
    """
    on = x.cdq_availability
    pushed, dry = y.coke_pushed_flow, on * flow
    y.cdq_dry_flow = dry
    y.cdq_coke_flow = pushed - dry + on * left[0]
    y.cdq_coke_ash = y.coke_ash * pushed / y.cdq_coke_flow
    y.cdq_burnt_heat = on * burnt_heat
    y.cdq_coke_net_heating_value = (pushed * y.coke_net_heating_value - on * burnt_heat) / y.cdq_coke_flow
    y.cdq_breeze_flow = x.cdq_breeze_rate * on * left[0]
    y.cdq_burnt_carbon = on * lost[0] * MOLAR_MASS_C
    y.cdq_burnt_sulphur = on * lost[4] * MOLAR_MASS_S
    y.cdq_burnt_share = 1.0 - left[0] / flow
    bound = min(lost[0], lost[2])  # the oxygen that hot coke gives off takes its carbon along as CO
    y.cdq_fixed_carbon_share = (lost[0] - bound) * MOLAR_MASS_C / flow
    y.cdq_volatile_share = (
        bound * MOLAR_MASS_C
        + lost[1] * MOLAR_MASS_H
        + lost[2] * MOLAR_MASS_O
        + lost[3] * MOLAR_MASS_N
        + lost[4] * MOLAR_MASS_S
    ) / flow
    y.cdq_coke_temperature, y.cdq_coke_allowed = T_out, x.cdq_coke_limit
    write_wet(x, y, pushed - dry)


@kernel
def write_loop(x, y, vent, nitrogen, T_shaft, T_boiler, shaft_loss):
    """Write the vent's flows, the loop's temperatures and its CO2; vent, nitrogen [mol/s] while the shaft runs."""
    on = x.cdq_availability
    flow = y.cdq_dry_flow / on
    y.cdq_nitrogen_flow = on * nitrogen * MASS[N2]
    y.cdq_vent_flow = on * amount(vent) * MOLAR_VOLUME
    y.cdq_vent_co2_flow = on * vent[CO2] * MASS[CO2]
    y.cdq_vent_co_flow = on * vent[CO] * MASS[CO]
    y.cdq_vent_so2_flow = on * vent[SO2] * M_SO2
    y.cdq_vent_dry_flow = on * (amount(vent) - vent[H2O]) * MOLAR_VOLUME
    y.cdq_vent_so2_concentration = y.cdq_vent_so2_flow / y.cdq_vent_dry_flow
    y.cdq_vent_co_heat = on * vent[CO] * CO_HEATING_VALUE
    y.cdq_vented_co_share = vent[CO] * MOLAR_MASS_C / flow
    y.cdq_loop_co2 = vent[CO2] / (amount(vent) - vent[H2O])
    y.cdq_shaft_gas_temperature = T_shaft
    y.cdq_boiler_gas_temperature = T_boiler
    y.cdq_shaft_pressure_loss = shaft_loss
    y.cdq_element_residual = element_residual(x, y, vent, nitrogen, flow)


@kernel
def element_residual(x, y, vent, nitrogen, flow):
    """Return the largest imbalance of C, H, O, N, S and ash over the coke, the vent taken by its species.

    Over the carbon of the dry-quenched coke, before quenching. The coke left is counted with what remains of y's
    pushed and delivered flows, which the vent does not enter.
    """
    on = x.cdq_availability
    gone = (y.coke_pushed_flow - y.cdq_coke_flow) / on  # mass that left the coke [kg/s]
    air = flow * x.cdq_air / MOLAR_VOLUME
    dry_air = air * (1.0 - x.air_moisture)
    brought = dry_air * (OXYGEN_OF_AIR * MASS[O2] + (1.0 - OXYGEN_OF_AIR) * MASS[N2])
    brought += air * x.air_moisture * MASS[H2O] + nitrogen * MASS[N2]
    vented = 0.0
    for i in range(8):
        vented += vent[i] * MASS[i]
    carbon = (vent[CO2] + vent[CO] + vent[CH4]) * MOLAR_MASS_C - y.cdq_burnt_carbon / on
    oxygen = 2.0 * (vent[CO2] + vent[O2] + vent[SO2]) + vent[CO] + vent[H2O]
    oxygen -= 2.0 * OXYGEN_OF_AIR * dry_air + air * x.air_moisture
    oxygen = oxygen * MOLAR_MASS_O - x.cdq_volatile_release * y.coke_oxygen * flow
    hydrogen = 2.0 * (vent[H2O] + vent[H2] + 2.0 * vent[CH4] - air * x.air_moisture) * MOLAR_MASS_H
    hydrogen -= x.cdq_volatile_release * y.coke_hydrogen * flow
    nitrogen_left = 2.0 * (vent[N2] - nitrogen - (1.0 - OXYGEN_OF_AIR) * dry_air) * MOLAR_MASS_N
    nitrogen_left -= x.cdq_volatile_release * y.coke_nitrogen * flow
    worst = max(abs(carbon), abs(oxygen), abs(hydrogen), abs(nitrogen_left), abs(gone + brought - vented))
    return worst / (flow * y.coke_carbon)


@kernel
def write_steam(x, y, states, steam, flows, fan_power, flow):
    """Write steam, power and water; states, flows: of cdq_steam; steam [kg/s]; fan_power [W]; flow: coke [kg/s]."""
    on = x.cdq_availability
    _, exhaust, exported, _, makeup, work = flows
    y.cdq_steam_flow = on * steam
    y.cdq_steam_heat_gross = on * steam * states[0]
    y.cdq_steam_heat_net = on * steam * (states[0] - states[6])
    y.cdq_reheat_heat = on * steam * (states[2] - states[1])
    h_export = states[5] if x.cdq_turbine == TURBINE_BACK_PRESSURE else states[3]
    y.cdq_export_steam_flow = on * steam * exported
    export = steam * exported * (h_export - states[6])
    y.cdq_export_heat = on * export
    y.cdq_export_own_heat = on * own_use(x, y, export)
    y.cdq_makeup_water_flow = on * steam * makeup
    condenses = x.cdq_turbine == TURBINE_CONDENSING or x.cdq_turbine == TURBINE_EXTRACTION
    if condenses:
        y.cdq_condenser_heat = on * steam * exhaust * (states[5] - liquid_enthalpy(x.cdq_exhaust_pressure))
    generated = steam * work * x.cdq_mechanical_efficiency * x.cdq_generator_efficiency
    y.cdq_gross_power = on * generated if x.cdq_turbine != TURBINE_NONE else 0.0
    pump = steam * (1.0 + x.cdq_blowdown) * states[7] / x.cdq_motor_efficiency
    others = x.cdq_other_power * flow + x.cdq_station_use * y.cdq_gross_power / on
    y.cdq_fan_power = on * fan_power
    y.cdq_water_heat *= on
    y.cdq_unused_heat *= on
    y.cdq_own_power = on * (fan_power + pump + others)
    y.cdq_steam_per_coke = steam / flow
    y.cdq_power_per_coke = y.cdq_gross_power / on / flow


@kernel
def write_balances(x, y, h_in, heat_given, left, fan_heat, h_vent, flow):
    """Write the loop's energy residual, over the coke's heating value.

    h_in: of coke, air and nitrogen less that of the coke that leaves [W]; heat_given: to boiler and its loss [W];
    left: between fan and shaft [W]; fan_heat [W]; h_vent [W], heats of formation included; flow: coke [kg/s].
    """
    open_end = h_in + fan_heat - heat_given - left - h_vent
    y.cdq_energy_residual = open_end / (flow * y.coke_net_heating_value)
