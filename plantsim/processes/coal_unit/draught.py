"""Fans and mills of one operating point: induced draught, forced draught, primary air. SI units, site pressure.

A fan is made for the full load of the plant as it is, with margins. A variant that asks for more gets a larger one; one
that asks for less keeps the old one, and what its control makes of that is the saving.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.fans import controlled_fan_power
from plantsim.kernels.gas_flow import GAS_CONSTANT, scaled_pressure_loss
from plantsim.kernels.psychrometrics import M_AIR
from plantsim.processes.coal_unit.codes import (
    DRAUGHT_RISE,
    DUST_BAG,
    DUST_PRECIPITATOR,
    FGD_INSTALLED,
    FORCED_FAN_RISE,
    PRIMARY_FAN_RISE,
    SCR_INSTALLED,
)
from plantsim.vocabulary.status import OK

TURBULENT = 2.0  # exponent of the volume flow in ducts


@kernel
def full_draught(x):
    """Return the loss of the whole gas path [Pa] at full load of the plant as it is, with this variant's parts."""
    loss = x.gas_path_loss + x.gas_cooler_loss
    if x.scr == SCR_INSTALLED:
        loss += x.scr_pressure_loss
    if x.dust_filter == DUST_PRECIPITATOR:
        loss += x.precipitator_pressure_loss
    elif x.dust_filter == DUST_BAG:
        loss += x.bag_pressure_loss
    if x.fgd == FGD_INSTALLED:
        loss += x.fgd_pressure_loss
    return loss


@kernel
def fan(x, v, rise, density, v_full, full_rise, density_full, eta, drive, recovery):
    """Return (power [W], status) of a fan and its drive.

    v, v_full: volume at the inlet, now and at full load as is [m3/s]; rise, full_rise: asked for now, and made for
    without margin [Pa]; density, density_full: at the inlet [kg/m3]; eta: of the fan at its design point, drive: of
    motor and coupling [-]; recovery: share of the damper's loss that the control avoids [-].
    """
    return controlled_fan_power(
        v,
        rise,
        density,
        v_full * (1.0 + x.fan_flow_margin),
        full_rise * (1.0 + x.fan_rise_margin),
        density_full,
        eta,
        drive,
        recovery,
        x.damper_constant,
        x.damper_linear,
        x.damper_square,
    )


@kernel
def run_draught_fan(x, y):
    """Write rise and power of the induced-draught fan, boosters included; return a status.

    What lies before the fan lowers its inlet's pressure; the absorber lies behind it.
    """
    v_full, density_full = y.filter_volume, y.filter_density
    if x.reference_filter_volume > 0.0:
        v_full, density_full = x.reference_filter_volume, x.reference_filter_density
    full = full_draught(x)
    y.draught_rise = scaled_pressure_loss(
        full, y.filter_volume, y.filter_density, v_full, density_full, TURBULENT
    )
    before = 1.0 - (x.fgd_pressure_loss if x.fgd == FGD_INSTALLED else 0.0) / full
    made_for = max(full, x.reference_draught_rise)
    thinner = x.air_pressure / (x.air_pressure - before * y.draught_rise)
    thinner_full = x.air_pressure / (x.air_pressure - before * made_for)
    y.draught_fan_power, status = fan(
        x,
        y.filter_volume * thinner,
        y.draught_rise,
        y.filter_density / thinner,
        v_full * thinner_full,
        made_for,
        density_full / thinner_full,
        x.draught_fan_efficiency,
        x.draught_fan_drive_efficiency,
        x.draught_fan_recovery,
    )
    if status != OK:
        y.status_variable = DRAUGHT_RISE
    return status


@kernel
def air_fan_power(x, flow, full_flow, full_rise, static_rise):
    """Return (power [W], status) of the forced-draught or primary-air fans.

    flow, full_flow [mol/s]; full_rise [Pa]; static_rise: what of it does not fall with the flow [Pa], a bed's weight.
    """
    if not (flow > 0.0 and full_rise > 0.0):
        return 0.0, OK
    full_flow = full_flow if full_flow > 0.0 else flow
    ratio, static = flow / full_flow, min(static_rise, full_rise)
    per_mole = GAS_CONSTANT * x.boiler_air_temperature / x.air_pressure
    density = M_AIR / per_mole
    return fan(
        x,
        flow * per_mole,
        static + (full_rise - static) * ratio * ratio,
        density,
        full_flow * per_mole,
        full_rise,
        density,
        x.air_fan_efficiency,
        x.air_fan_drive_efficiency,
        x.air_fan_recovery,
    )


@kernel
def run_fans(x, y):
    """Write the power of fans and mills; return a status. All 0 without a coal analysis."""
    y.draught_rise, y.draught_fan_power, y.forced_fan_power, y.primary_fan_power = 0.0, 0.0, 0.0, 0.0
    y.mill_power = y.coal_flow * x.mill_work
    if not y.filter_gas_flow > 0.0:
        return OK
    status = run_draught_fan(x, y)
    air = y.primary_air_flow + y.secondary_air_flow
    with_leak = 1.0 + y.leak_air / air  # what leaks into the gas is blown as well, of both in proportion
    if status == OK:
        y.forced_fan_power, status = air_fan_power(
            x, y.secondary_air_flow * with_leak, x.reference_secondary_air, x.forced_fan_rise, 0.0
        )
        if status != OK:
            y.status_variable = FORCED_FAN_RISE
    if status == OK:
        y.primary_fan_power, status = air_fan_power(
            x,
            y.primary_air_flow * with_leak,
            x.reference_primary_air,
            x.primary_fan_rise,
            x.primary_fan_static_rise,
        )
        if status != OK:
            y.status_variable = PRIMARY_FAN_RISE
    return status
