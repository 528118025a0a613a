"""Gas cleaning of a kiln line: SNCR in the calciner, SCR before the boiler, lime, bag filters; limits at 10 % O2.

The SCR stands between the preheater and its boiler (high dust): what it takes in temperature the boiler lacks, what
it takes in pressure the fan gives. Concentrations are of dry gas at normal state and the reference oxygen.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels import scr, sncr
from plantsim.kernels.emissions import (
    M_NH3,
    M_NO2,
    OXYGEN_IN_AIR,
    at_reference_oxygen,
    dry_basis,
    excess_over_limit,
    mole_fraction,
)
from plantsim.kernels.fans import compressor_power, fan_power
from plantsim.kernels.fgd import lime_balance
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.kernels.reagents import ammonia_flow, injection_heat, solution_flow
from plantsim.processes.cement_kiln.hot_gases import NITROGEN, OXYGEN, wet_gas
from plantsim.processes.cement_kiln.part_codes import (
    PREHEATER_GAS_O2,
    REFERENCE_OXYGEN,
    SCR_HIGH_DUST,
    SNCR_ON,
)
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

KAPPA_GAS = (
    1.38  # isentropic exponent of flue gas near 600 K, from its c_p; 1.40 moves the fan's power by 0.1 %
)
KAPPA_AIR = 1.40  # of air, c_p/c_v of a diatomic gas


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
def catalyst(after, before, y_no, T, p, T_design, guaranteed, slip_guaranteed, energy, life):
    """Return (alpha, reduction, slip over inlet NOx) [-] of an SCR from ``before`` to ``after``, the best it can.

    y_no: NO at its inlet [mol/mol]; T, T_design [K], p [Pa]; guaranteed: conversion at the end of life at T_design,
    with slip_guaranteed [mol/mol]; energy [J/mol]; life: activity over that at the end of life [-].
    """
    if not (before > after >= 0.0 and y_no > 0.0):
        return 0.0, 0.0, 0.0
    kc = scr.coverage_number(y_no, T, p)
    k_av, _, status = scr.calibrate_activity(guaranteed, slip_guaranteed / y_no, kc)
    if status != OK:
        return 0.0, 0.0, 0.0
    k_av = scr.activity_at(k_av, T, T_design, energy, 1.0, life)
    wanted = 1.0 - after / before
    alpha, slip, status = scr.ratio_for(wanted, k_av, kc)
    if status == OK:
        return alpha, wanted, slip
    reached, slip, _ = scr.conversion(k_av, 1.0, kc)
    return 1.0, reached, slip


@kernel
def lime_for(after, before, volume, ratio, purity):
    """Return (lime [kg/s], SO2 left in the same unit as ``before``): hydrate dosed at ``ratio`` Ca : S taken up.

    after, before [kg/Nm3] at the oxygen of ``volume`` [Nm3/s] dry; purity [kg/kg].
    """
    if not before > after >= 0.0:
        return 0.0, before
    lime, _, _ = lime_balance((before - after) * volume, ratio, purity)
    return lime, after


@kernel
def filter_power(gas, air_share, p_pulse, p, T, eta, eta_drive):
    """Return the power [W] of a bag filter's cleaning air; gas [Nm3/s], air_share: pulse air over gas [-].

    p_pulse: above the site's pressure p [Pa]; T: of the air taken in [K]; eta: isentropic, eta_drive [-].
    """
    return compressor_power(air_share * gas, T, p, p + p_pulse, eta, eta_drive, KAPPA_AIR)


@kernel
def clean(x, d, o, y):
    """Write emissions, reagents and power of gas cleaning into y and cool the preheater's gas; return a status."""
    M_gas, _, _ = wet_gas(y.preheater_gas_h2o, y.preheater_gas_co2, y.preheater_gas_o2, y.preheater_gas_n2)
    M_air, _, _ = wet_gas(0.0, 0.0, OXYGEN, NITROGEN)
    wet = y.preheater_gas_flow / M_gas * MOLAR_VOLUME
    vent = y.vent_air_flow / M_air * MOLAR_VOLUME
    oxygen = dry_basis(y.preheater_gas_o2, y.preheater_gas_h2o)
    factor, status = at_reference_oxygen(1.0, oxygen, x.reference_oxygen)
    if status != OK:
        y.status_variable = PREHEATER_GAS_O2 if oxygen >= OXYGEN_IN_AIR else REFERENCE_OXYGEN
        return OUTSIDE_RANGE
    volume = wet * (1.0 - y.preheater_gas_h2o) / factor  # dry gas as if at the reference oxygen

    nox = x.raw_nox_concentration
    ammonia, slip = 0.0, 0.0
    y.sncr_ratio, y.sncr_heat = 0.0, 0.0
    if x.sncr == SNCR_ON:
        T = x.calciner_temperature
        ratio, reached = burn_ratio(
            x.nox_after_sncr, nox, T, x.sncr_best_temperature, x.sncr_width_cold, x.sncr_width_hot,
            x.sncr_most_reduction, x.sncr_tested_reduction, x.sncr_tested_ratio, x.sncr_ratio_most,
        )  # fmt: skip
        ammonia = ammonia_flow(nox * volume, ratio)
        left = sncr.slip(T, ratio, reached, x.sncr_best_temperature, x.sncr_slip_share, x.sncr_slip_fall)
        slip = left * nox * (M_NH3 / M_NO2)
        y.sncr_ratio = ratio
        water = solution_flow(ammonia, x.ammonia_strength) - ammonia
        y.sncr_heat = injection_heat(water, x.ambient_temperature, T, x.air_pressure)
        nox *= 1.0 - reached
    y.scr_ratio, y.scr_power = 0.0, 0.0
    if x.scr == SCR_HIGH_DUST:
        T = y.preheater_gas_temperature
        y_no = mole_fraction(nox / factor, M_NO2) * (1.0 - y.preheater_gas_h2o)
        alpha, reached, left = catalyst(
            x.nox_after_scr, nox, y_no, T, x.air_pressure, x.scr_design_temperature, x.scr_conversion,
            x.scr_slip_guaranteed, x.scr_activity_energy, x.scr_activity_left,
        )  # fmt: skip
        reused = min(alpha, slip / max(nox, 1e-12) * (M_NO2 / M_NH3))  # what slips from the SNCR reacts here
        ammonia += ammonia_flow(nox * volume, alpha - reused)
        slip = left * nox * (M_NH3 / M_NO2)
        nox *= 1.0 - reached
        y.scr_ratio = alpha
        inlet = x.air_pressure - x.tower_pressure_drop - x.scr_pressure_drop
        fan, _ = fan_power(
            wet,
            T - x.scr_cooling,
            inlet,
            x.scr_pressure_drop,
            x.fan_efficiency,
            x.fan_drive_efficiency,
            KAPPA_GAS,
        )
        y.scr_power = fan + x.scr_blowing_work * y.clinker_flow
        y.preheater_gas_temperature = T - x.scr_cooling
    y.lime_flow, so2 = lime_for(x.so2_target, x.raw_so2_concentration, volume, x.lime_ratio, x.lime_purity)

    y.ammonia_flow, y.ammonia_slip = ammonia, slip
    y.nox_concentration, y.so2_concentration = nox, so2
    y.nox_flow, y.so2_flow = nox * volume, so2 * volume
    y.dust_flow = x.dust_concentration * volume + x.vent_dust_concentration * vent
    y.nox_excess = excess_over_limit(nox, x.nox_limit)
    y.so2_excess = excess_over_limit(so2, x.so2_limit)
    y.dust_excess = excess_over_limit(max(x.dust_concentration, x.vent_dust_concentration), x.dust_limit)
    y.ammonia_excess = excess_over_limit(slip, x.ammonia_limit)
    y.filter_power = filter_power(
        wet + vent, x.filter_air_share, x.filter_pulse_pressure, x.air_pressure, x.ambient_temperature,
        x.compressor_efficiency, x.fan_drive_efficiency,
    )  # fmt: skip
    y.cleaning_power = y.scr_power + y.filter_power
    return OK
