"""The unit's own power of one operating point: parts that are modelled, and a remainder from the plant's own figure."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.gas import amount
from plantsim.processes.coal_unit.codes import (
    AUXILIARY_POWER_RATE,
    FGD_INSTALLED,
    SCR_INSTALLED,
    SNCR_INSTALLED,
)
from plantsim.processes.coal_unit.draught import run_fans
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE


@kernel
def water_pumps(y):
    """Return the power [W] of the cycle's pumps and of the cold end."""
    return y.cycle_pump_electricity + y.circulating_pump_power + y.cooling_fan_power


@kernel
def gas_side(y):
    """Return the power [W] of mills, fans and flue-gas cleaning."""
    return (
        y.mill_power
        + y.draught_fan_power
        + y.forced_fan_power
        + y.primary_fan_power
        + y.scr_power
        + y.precipitator_power
        + y.fgd_power
    )


@kernel
def keep_cleaning_without_target(x):
    """Keep what the cleaning as it is does where no target is stated: a measure's target loosens nothing."""
    free = not x.nox_target > 0.0
    x.reference_sncr_free = 1.0 if free and x.sncr == SNCR_INSTALLED else 0.0
    x.reference_free_conversion = x.scr_conversion if free and x.scr == SCR_INSTALLED else 0.0
    free = not x.so2_target > 0.0
    x.reference_free_removal = x.fgd_removal if free and x.fgd == FGD_INSTALLED else 0.0


@kernel
def keep_full_load(x, y):
    """Keep the full load of the plant as it is, solved into y: what a retrofit and part load are measured by.

    The plant's own rate counts everything. What the modelled parts leave of it is the remainder. Where they come to
    more, the gas side's parts, whose figures are the least certain, are lessened in proportion.
    """
    x.reference_coal_heat = y.coal_heat
    x.reference_gas_flow = amount(y.boiler_gas)
    x.reference_scr_inlet = y.scr_inlet_concentration
    x.reference_filter_flow = y.filter_gas_flow
    x.reference_fgd_removal = x.fgd_removal
    keep_cleaning_without_target(x)
    x.reference_filter_volume, x.reference_filter_density = y.filter_volume, y.filter_density
    x.reference_draught_rise = y.draught_rise
    air = y.primary_air_flow + y.secondary_air_flow
    with_leak = 1.0 + y.leak_air / air if air > 0.0 else 1.0
    x.reference_secondary_air = y.secondary_air_flow * with_leak
    x.reference_primary_air = y.primary_air_flow * with_leak
    left = x.auxiliary_power_rate * y.gross_power - water_pumps(y)
    parts = gas_side(y)
    if parts <= left:
        x.auxiliary_part_factor, x.auxiliary_remainder = 1.0, left - parts
    else:
        x.auxiliary_part_factor, x.auxiliary_remainder = max(0.0, left) / parts, min(0.0, left)
    x.reference_gross_power = y.gross_power
    x.reference_net_power = (1.0 - x.auxiliary_power_rate) * y.gross_power


@kernel
def run_auxiliaries(x, d, o, y):
    """Write auxiliary and net power; return a status.

    Pumps, fans, mills and cleaning follow load and retrofits; the remainder has a share that the load leaves alone.
    """
    status = run_fans(x, y)
    if status != OK:
        return status
    if not x.reference_gross_power > 0.0:  # the plant's own full load: its rate is what it says
        y.auxiliary_power = x.auxiliary_power_rate * y.gross_power
    else:
        fixed = x.auxiliary_fixed_share
        remainder = x.auxiliary_remainder * (fixed + (1.0 - fixed) * y.gross_power / x.reference_gross_power)
        y.auxiliary_power = water_pumps(y) + x.auxiliary_part_factor * gas_side(y) + remainder
    y.auxiliary_rate = y.auxiliary_power / y.gross_power
    y.net_power = y.gross_power - y.auxiliary_power
    y.output_factor = y.gross_power / x.rated_power
    y.limit_factor_applied, y.limit_addition_applied = x.limit_factor, x.limit_addition
    if not (x.auxiliary_remainder >= 0.0 and y.auxiliary_power >= water_pumps(y)):
        y.status_variable = AUXILIARY_POWER_RATE  # less than the cycle's own pumps take
        return OUTSIDE_RANGE
    return OK
