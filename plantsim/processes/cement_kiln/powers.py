"""Fans and drives of the kiln line, and the account of electricity."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.fans import controlled_fan_power, fan_power
from plantsim.kernels.gas_flow import actual_volume_flow, gas_density
from plantsim.processes.cement_kiln.codes import DAMPER, FAN_CONTROL, SPEED
from plantsim.processes.cement_kiln.streams import NM3
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

KAPPA = 1.4  # isentropic exponent of air and flue gas (kernels.gas: 1.33 to 1.40)


@kernel
def resistance(x, y):
    """Return the tower's pressure drop [Pa] at the gas flow of this point: by mass flow squared over density.

    The given drop belongs to the plant as it is, at full load; stages in series share it.
    """
    flow = y.exit_gas_volume * y.clinker_flow / (x.reference_gas_flow * x.rated_clinker)
    warmth = y.preheater_gas_temperature / x.reference_exit_temperature
    return x.tower_pressure_drop * flow * flow * warmth


@kernel
def design_fan(x, d):
    """Write the ID fan's design volume [m3/s] and rise [Pa]: margins on the plant as it is, boiler off."""
    rise = (1.0 + x.fan_pressure_margin) * x.fan_reference_drop
    v = (1.0 + x.fan_flow_margin) * x.reference_gas_flow * x.rated_clinker
    p_in = max(1e4, x.air_pressure - rise)
    d.fan_design_volume = actual_volume_flow(v, x.reference_exit_temperature, p_in)
    d.fan_design_rise = rise


@kernel
def id_fan(x, d, y, v, T, rise):
    """Write the ID fan's power; return a status. v [Nm3/s], T [K] at its inlet, rise [Pa] before and in it."""
    p_in = x.air_pressure - rise
    if x.fan_control == SPEED:
        power, status = fan_power(v, T, p_in, rise, x.fan_efficiency, x.fan_drive_efficiency, KAPPA)
    else:
        recovery = 0.0 if x.fan_control == DAMPER else x.vane_recovery
        whole = (
            x.damper_constant + x.damper_slope + x.damper_curvature
        )  # the law gives the design power at design flow
        if not whole > 0.0:
            y.status_variable = FAN_CONTROL
            return OUTSIDE_RANGE
        M = y.preheater_gas_flow / (y.exit_gas_volume * y.clinker_flow) * NM3
        power, status = controlled_fan_power(
            actual_volume_flow(v, T, p_in),
            rise,
            gas_density(M, T, p_in),
            d.fan_design_volume,
            d.fan_design_rise,
            gas_density(M, x.reference_exit_temperature, x.air_pressure - d.fan_design_rise),
            x.fan_efficiency,
            x.fan_drive_efficiency,
            recovery,
            x.damper_constant / whole,
            x.damper_slope / whole,
            x.damper_curvature / whole,
        )
    y.id_fan_power = power
    if status != OK:
        y.status_variable = FAN_CONTROL
    return status


@kernel
def drives(x, load, y):
    """Return the power [W] of kiln drive, blowers and the rest: given per mass at full load, in part whatever the load.

    Crushing and stores stop and go: they follow the clinker.
    """
    steady = (x.kiln_drive_power + x.blower_power + x.other_power) * y.clinker_flow / load
    follows = x.fixed_drive_share + (1.0 - x.fixed_drive_share) * load
    return steady * follows + x.crushing_power * y.clinker_flow


@kernel
def cooling_temperature(x):
    """Return the temperature of the cooling air before its fans [K], recirculated exhaust counted by amount."""
    return x.ambient_temperature + x.recirculated_share * (x.recirculated_temperature - x.ambient_temperature)


@kernel
def fans(x, d, load, y, leak, T_fan, T_vent):
    """Write the powers of all fans; return a status.

    load [-]: what filters, bed and grate resist falls with its square; leak: air drawn in between tower and ID fan
    over the gas [-]; T_fan, T_vent: at the ID fan and the cooler's exhaust fan [K].
    """
    v = y.exit_gas_volume * y.clinker_flow * (1.0 + leak)
    status = id_fan(x, d, y, v, T_fan, resistance(x, y))
    eta, drive, p, part = x.fan_efficiency, x.fan_drive_efficiency, x.air_pressure, load * load
    rise = part * x.tail_fan_pressure
    tail, _ = fan_power(v, x.tail_gas_temperature, p - rise, rise, eta, drive, KAPPA)
    y.tail_fan_power = tail
    rise = part * x.vent_fan_pressure
    vent = y.vent_air_volume * y.clinker_flow
    y.vent_fan_power, _ = fan_power(vent, T_vent, p - rise, rise, eta, drive, KAPPA)
    air = y.cooling_air_volume * y.clinker_flow
    y.cooler_fan_power, _ = fan_power(
        air, cooling_temperature(x), p, part * x.cooler_fan_pressure, eta, drive, KAPPA
    )
    rise = part * x.bypass_fan_pressure
    y.bypass_fan_power, _ = fan_power(
        y.bypass_gas_flow, x.bypass_quench_temperature, p - rise, rise, eta, drive, KAPPA
    )
    y.oxygen_power = x.oxygen_supply * y.clinker_flow * x.oxygen_power_rate
    line = y.id_fan_power + y.tail_fan_power + y.vent_fan_power + y.cooler_fan_power + y.oxygen_power
    y.kiln_line_power = line + y.bypass_fan_power + drives(x, load, y)
    return status
