"""SNCR in the calciner and SCR, before the boiler or behind it: NOx, ammonia, slip, catalyst, reagent. SI units.

A catalyst outside its temperature window is given no ammonia, and one that cannot reach its target no more than the
slip limit allows: what is missed is said, not hidden. What slips from the SNCR reacts in the catalyst first.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels import scr, sncr
from plantsim.kernels.emissions import M_NH3, M_NO2, M_UREA, mole_fraction
from plantsim.kernels.fans import fan_power
from plantsim.kernels.reagents import (
    AMMONIA_IN_SOLUTION,
    T_FREEZING,
    ammonia_flow,
    injection_heat,
    solution_flow,
    urea_co2,
    urea_flow,
)
from plantsim.processes.cement_kiln.part_codes import REAGENT_AMMONIA_WATER, REAGENT_UREA, SNCR_ON
from plantsim.vocabulary.status import OK

KAPPA_GAS = (
    1.38  # isentropic exponent of flue gas near 600 K, from its c_p; 1.40 moves the fan's power by 0.1 %
)
SLIP_TO_NOX = M_NH3 / M_NO2  # kg of NH3 per kg of NOx, mole for mole
ROUNDING = 1e-3  # K: of a fitted exit temperature
# CO(NH2)2 (s) + H2O (g) -> 2 NH3 + CO2: -45.9, -393.5, -333.1, -241.8 kJ/mol, CODATA and NIST WebBook (unverified)
UREA_HEAT = 89.6e3  # J/mol, its water as vapour


@kernel
def burn_ratio(after, before, T, T_best, cold, hot, most, tested, tested_ratio, ratio_most):
    """Return (nsr, reduction) [-] of an SNCR that takes NOx from ``before`` to ``after``, the best it can.

    T, T_best: calciner and best temperature [K]; cold, hot: widths of the window [K]; most: reduction with much ammonia
    at T_best, tested: that of a test at tested_ratio, at T_best too; ratio_most: NH3 : NOx that may be dosed.
    """
    if not before > after >= 0.0:
        return 0.0, 0.0
    a, status = sncr.calibrate_rise(tested, tested_ratio, most, 1.0)
    if status != OK:
        return 0.0, 0.0
    ratio, status = sncr.ratio_for(1.0 - after / before, T, T_best, cold, hot, most, a)
    if status != OK or ratio > ratio_most:
        ratio = ratio_most
    reached, _ = sncr.reduction(T, ratio, T_best, cold, hot, most, a)
    return ratio, reached


@kernel
def catalyst(
    after, before, carried, slip_most, y_no, T, p, T_design, guaranteed, slip_guaranteed, energy, life
):
    """Return (alpha, reduction, slip over inlet NOx) [-] of an SCR from ``before`` to ``after``, the best it may.

    carried: NH3 : NOx that comes with the gas, slip_most: slip over inlet NOx that is allowed [-]; y_no: NO at its
    inlet [mol/mol]; T, T_design [K], p [Pa]; guaranteed: conversion at the end of life at T_design with slip_guaranteed
    [mol/mol]; energy [J/mol]; life: activity over that at the end of life [-]. Never more than one NH3 per NO is
    dosed for want of activity, and what is carried reacts, whatever slips.
    """
    if not (before > 0.0 and after >= 0.0 and y_no > 0.0):
        return carried, 0.0, carried
    kc = scr.coverage_number(y_no, T, p)
    k_av, _, status = scr.calibrate_activity(guaranteed, slip_guaranteed / y_no, kc)
    if status != OK:
        return carried, 0.0, carried
    k_av = scr.activity_at(k_av, T, T_design, energy, 1.0, life)
    wanted = max(0.0, 1.0 - after / before)
    alpha, slip, status = scr.ratio_for(wanted, k_av, kc)
    if status == OK and slip <= slip_most and alpha >= carried:
        return alpha, wanted, slip
    reached = wanted
    if not (status == OK and slip <= slip_most):
        reached, alpha, status = scr.conversion_at_slip(slip_most, k_av, kc)
        slip = slip_most
    if alpha > 1.0 or status != OK:
        alpha = 1.0
        reached, slip, _ = scr.conversion(k_av, alpha, kc)
    if carried > alpha:
        alpha = carried
        reached, slip, _ = scr.conversion(k_av, alpha, kc)
    return alpha, reached, slip


@kernel
def burn_ammonia(x, volume, y):
    """Run the SNCR: write NOx, slip [kg/Nm3], ammonia dosed [kg/s], heat of its water [W]; volume [Nm3/s]."""
    raw = y.nox_before_cleaning
    y.nox_concentration, y.ammonia_slip, y.ammonia_flow = raw, 0.0, 0.0
    y.sncr_ratio, y.sncr_heat, y.sncr_slip, y.nox_wanted = 0.0, 0.0, 0.0, float("nan")
    if x.sncr != SNCR_ON:
        return
    T = x.calciner_temperature
    ratio, reached = burn_ratio(
        x.nox_after_sncr, raw, T, x.sncr_best_temperature, x.sncr_width_cold, x.sncr_width_hot,
        x.sncr_most_reduction, x.sncr_tested_reduction, x.sncr_tested_ratio, x.sncr_ratio_most,
    )  # fmt: skip
    left = sncr.slip(T, ratio, reached, x.sncr_best_temperature, x.sncr_slip_share, x.sncr_slip_fall)
    y.nox_wanted = x.nox_after_sncr
    y.nox_concentration = near(raw * (1.0 - reached), x.nox_after_sncr)
    y.ammonia_slip = left * raw * SLIP_TO_NOX
    y.sncr_slip = y.ammonia_slip
    y.ammonia_flow = ammonia_flow(raw * volume, ratio)
    y.sncr_ratio = ratio
    y.sncr_heat = spray_heat(x, y.ammonia_flow, T)


@kernel
def near(c, target):
    """Return c, or the target where rounding alone lies between them."""
    return target if abs(c - target) <= 1e-12 * target else c


@kernel
def spray_heat(x, ammonia, T):
    """Return the heat [W] that the reagent of ``ammonia`` [kg/s] takes from gas at T [K]: its water, urea's own.

    Anhydrous ammonia comes as a gas: none. Ammonia water stands outside, liquid in any winter; a urea solution would
    freeze or crystallise and is kept at 0 degC at the least.
    """
    if x.reagent == REAGENT_UREA:
        urea = urea_flow(ammonia, x.urea_conversion)
        water = solution_flow(urea, x.urea_strength) - urea
        T_in = max(x.ambient_temperature, T_FREEZING)
        return injection_heat(water, T_in, T, x.air_pressure) + urea / M_UREA * UREA_HEAT
    if x.reagent != REAGENT_AMMONIA_WATER:
        return 0.0
    water = solution_flow(ammonia, x.ammonia_strength) - ammonia
    return injection_heat(water, x.ambient_temperature, T, x.air_pressure)


@kernel
def no_catalyst(y):
    """Write a line without catalyst."""
    y.scr_ratio, y.scr_power, y.catalyst_volume, y.catalyst_flow = 0.0, 0.0, 0.0, 0.0
    y.scr_inlet_concentration = float("nan")
    y.spent_catalyst = 0.0
    y.scr_gas_temperature = float("nan")
    y.scr_least_allowed, y.scr_most_allowed = float("nan"), float("nan")


@kernel
def reduce(x, T, wet, volume, factor, y):
    """Pass the gas through the catalyst: NOx, slip, ammonia, power, catalyst used; return the gas's temperature [K].

    T: before it [K]; wet: gas [Nm3/s]; volume: dry gas at the reference oxygen [Nm3/s]; factor: concentration there
    over that in the dry gas [-].
    """
    nox = y.nox_concentration
    y.scr_inlet_concentration, y.nox_wanted = nox, x.nox_after_scr
    low, high = x.scr_least_temperature, x.scr_most_temperature
    at = min(max(T, low), high)  # within rounding of an end of the window it stands there
    y.scr_gas_temperature = at if abs(T - at) <= ROUNDING else T
    y.scr_least_allowed, y.scr_most_allowed = low, high
    if y.scr_gas_temperature == at and nox > 0.0:
        y_no = mole_fraction(nox / factor, M_NO2) * (1.0 - y.preheater_gas_h2o)
        carried = y.ammonia_slip / (nox * SLIP_TO_NOX)
        allowed = x.ammonia_limit / (nox * SLIP_TO_NOX) if x.ammonia_limit > 0.0 else 1.0
        alpha, reached, left = catalyst(
            x.nox_after_scr, nox, carried, allowed, y_no, T, x.air_pressure, x.scr_design_temperature,
            x.scr_conversion, x.scr_slip_guaranteed, x.scr_activity_energy, x.scr_activity_left,
        )  # fmt: skip
        y.ammonia_flow += ammonia_flow(nox * volume, max(0.0, alpha - carried))
        y.ammonia_slip = near(left * nox * SLIP_TO_NOX, x.ammonia_limit)
        y.nox_concentration = near(nox * (1.0 - reached), x.nox_after_scr)
        y.scr_ratio = alpha
    built = x.reference_gas_flow * x.rated_clinker  # the reactor is made for the plant at full load
    y.catalyst_volume = x.scr_gas_time * (built if built > 0.0 else wet)
    y.catalyst_flow = y.catalyst_volume / x.catalyst_life
    y.spent_catalyst = y.catalyst_flow * x.spent_catalyst_density
    inlet = x.air_pressure - x.tower_pressure_drop - x.scr_pressure_drop
    out = T - x.scr_cooling
    fan, _ = fan_power(
        wet, out, inlet, x.scr_pressure_drop, x.fan_efficiency, x.fan_drive_efficiency, KAPPA_GAS
    )
    y.scr_power = fan + x.scr_blowing_work * y.clinker_flow
    return out


@kernel
def write_reagent(x, y):
    """Write the reagent by its form [kg/s] and return the CO2 of urea [kg/s]; ammonia water counts as 20 %."""
    y.ammonia_water_flow, y.anhydrous_ammonia_flow, y.urea_flow = 0.0, 0.0, 0.0
    y.reagent_water_flow = 0.0  # ammonia water is bought with its own
    if x.reagent == REAGENT_UREA:
        y.urea_flow = urea_flow(y.ammonia_flow, x.urea_conversion)
        y.reagent_water_flow = solution_flow(y.urea_flow, x.urea_strength) - y.urea_flow
        return urea_co2(y.urea_flow)
    if x.reagent == REAGENT_AMMONIA_WATER:
        y.ammonia_water_flow = solution_flow(y.ammonia_flow, AMMONIA_IN_SOLUTION)
    else:
        y.anhydrous_ammonia_flow = y.ammonia_flow
    return 0.0
