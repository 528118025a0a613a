"""Denitration of one operating point: SNCR in the furnace, SCR behind the economiser. SI units; NOx as NO2."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels import scr, sncr
from plantsim.kernels.emissions import M_NH3, M_NO2, M_SO2
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.kernels.reagents import ammonia_flow
from plantsim.processes.coal_unit.codes import (
    SCR_CAPACITY,
    SCR_CONVERSION,
    SCR_INJECTION_STOPS,
    SCR_INSTALLED,
    SCR_TEMPERATURE,
    SNCR_INSTALLED,
    SNCR_REDUCTION,
)
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_THERMAL, OK

WITHIN = 1e-9  # a capacity that is met to rounding is met


@kernel
def full_flow(capacity, reference, now):
    """Return the gas [mol/s] that a part is made for.

    capacity: as given [Nm3/s], NaN if it is not; else reference: that of the plant as it is at full load [mol/s], 0
    while that is being found, when it is the present one.
    """
    if capacity > 0.0:
        return capacity / MOLAR_VOLUME
    return reference if reference > 0.0 else now


@kernel
def run_sncr(x, y, nox, wanted, heat_ratio):
    """Return (nox left [kg/s], NH3 used [kg/s], NH3 that slips [kg/s], status) behind the furnace.

    nox: from the burners [kg/s]; wanted: what may be left [kg/s], 0 for the tested ratio; heat_ratio: coal heat
    over that at full load as is [-], by which the place of injection cools. The tested ratio is the most injected.
    """
    if x.sncr != SNCR_INSTALLED or not nox > 0.0:
        return nox, 0.0, 0.0, OK
    best, cold, hot = x.sncr_best_temperature, x.sncr_width_cold, x.sncr_width_hot
    T = x.sncr_temperature - x.sncr_temperature_fall * (1.0 - heat_ratio)
    w = sncr.window(x.sncr_temperature, best, cold, hot)
    most = min(1.0, x.sncr_reduction / (x.sncr_saturation * w))
    rise, status = sncr.calibrate_rise(x.sncr_reduction, x.sncr_ratio, most, w)
    if status != OK:
        y.status_variable = SNCR_REDUCTION
        return nox, 0.0, 0.0, status
    ratio = x.sncr_ratio
    if wanted > 0.0:
        needed, status = sncr.ratio_for(max(0.0, 1.0 - wanted / nox), T, best, cold, hot, most, rise)
        if status == OK:
            ratio = min(ratio, needed)
    eta, status = sncr.reduction(T, ratio, best, cold, hot, most, rise)
    moles = nox / M_NO2
    slip = moles * sncr.slip(T, ratio, eta, best, x.sncr_slip_share, x.sncr_slip_fall) * M_NH3
    return nox * (1.0 - eta), ammonia_flow(nox, ratio) * x.ammonia_excess, slip, status


@kernel
def catalyst(x, T, share, design_share, volume_ratio):
    """Return (k_av [-], kc [-], status): the catalyst's activity and NH3 coverage at one operating point.

    T [K]; share, design_share: NO in the wet gas now and at the guarantee [mol/mol]; volume_ratio: actual gas
    volume over that of the guarantee [-]. The guarantee is conversion and slip at the end of the catalyst's life.
    """
    kc_design = scr.coverage_number(design_share, x.scr_design_temperature, x.air_pressure)
    k_design, _, status = scr.calibrate_activity(x.scr_conversion, x.scr_slip / design_share, kc_design)
    if status != OK:
        return 0.0, 1.0, status
    k_av = scr.activity_at(
        k_design, T, x.scr_design_temperature, x.scr_activity_energy, volume_ratio, x.scr_activity_left
    )
    return k_av, scr.coverage_number(share, T, x.air_pressure), OK


@kernel
def run_scr(x, y, nox, wanted, slip_in, so2, so3, wet, design_nox):
    """Return (nox left, NH3 used, SO2 left, SO3, status), flows in kg/s; writes the catalyst's outputs into y.

    nox, so2, so3: at the reactor's inlet; wanted: NOx that may be left [kg/s], 0 for the guaranteed conversion;
    slip_in: NH3 of an SNCR in the gas [kg/s], used first; wet: gas flow [mol/s]; design_nox: NOx of the guarantee
    in this gas [kg/s]. Below its lowest temperature a reactor is refused, or injection stops, as the plant says.
    """
    y.ammonia_slip = slip_in / M_NH3 / wet
    if x.scr != SCR_INSTALLED:
        return nox, 0.0, so2, so3, OK
    T = y.economiser_gas_temperature
    full = full_flow(x.scr_capacity, x.reference_gas_flow, wet)
    y.scr_temperature, y.scr_load = T, wet / full
    if y.scr_load > 1.0 + WITHIN and x.scr_capacity > 0.0:
        y.status_variable = SCR_CAPACITY
        return nox, 0.0, so2, so3, INFEASIBLE_FLOW
    if not (nox > 0.0 and design_nox > 0.0):
        return nox, 0.0, so2, so3, OK
    share = nox / M_NO2 / wet
    volume_ratio = wet * T / (full * x.scr_design_temperature)
    k_av, kc, status = catalyst(x, T, share, design_nox / M_NO2 / wet, volume_ratio)
    if status != OK:
        y.status_variable = SCR_CONVERSION
        return nox, 0.0, so2, so3, status
    converted = max(0.0, 1.0 - wanted / nox) if wanted > 0.0 else x.scr_conversion
    alpha, slip, status = scr.ratio_for(converted, k_av, kc)
    if status != OK or alpha > x.scr_most_ratio:  # the catalyst does not reach it: as much as it is given
        alpha = x.scr_most_ratio
        converted, slip, status = scr.conversion(k_av, alpha, kc)
    so3_share = so3 / M_SO2 / wet  # both counted as SO2
    y.scr_temperature_margin = T - scr.minimum_temperature(
        alpha * share, so3_share, x.air_pressure, scr.ABS_EARLY, x.scr_pore_rise
    )
    if alpha > 0.0 and not y.scr_temperature_margin >= 0.0:
        if x.scr_low_temperature != SCR_INJECTION_STOPS:
            y.status_variable = SCR_TEMPERATURE
            return nox, 0.0, so2, so3, INFEASIBLE_THERMAL
        alpha, converted, slip = 0.0, 0.0, y.ammonia_slip / share
    oxidised = so2 * scr.so2_oxidation(
        x.scr_so2_oxidation, T, x.scr_design_temperature, x.scr_so2_oxidation_energy, wet / full, 1.0, 1.0
    )
    y.scr_reduction, y.ammonia_ratio, y.ammonia_slip = converted, alpha, slip * share
    ammonia = max(0.0, ammonia_flow(nox, alpha) * x.ammonia_excess - slip_in)
    return nox * (1.0 - converted), ammonia, so2 - oxidised, so3 + oxidised, status
