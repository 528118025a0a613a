"""Gas cleaning of a kiln line: SNCR in the calciner, SCR, desulphurisation, bag filters; limits at 10 % O2.

An SCR before the boiler (high dust) takes temperature from it; one behind it asks the boiler for as much. What it
takes in pressure the fan gives. No part is there unless the plant states it. Concentrations are of dry gas at normal
state and the reference oxygen.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.emissions import (
    OXYGEN_IN_AIR,
    at_reference_oxygen,
    dry_basis,
    excess_over_limit,
)
from plantsim.kernels.fans import compressor_power
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.processes.cement_kiln.denitration import burn_ammonia, no_catalyst, reduce, write_reagent
from plantsim.processes.cement_kiln.desulphurisation import desulphurise
from plantsim.processes.cement_kiln.hot_gases import NITROGEN, OXYGEN, wet_gas
from plantsim.processes.cement_kiln.part_codes import (
    PREHEATER_GAS_O2,
    REFERENCE_OXYGEN,
    SCR_AFTER_BOILER,
    SCR_HIGH_DUST,
)
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

SAME_GAS = 1e-7  # of the gas: as near as the ammonia water of the plant as it is settles in two rounds
KAPPA_AIR = 1.40  # of air, c_p/c_v of a diatomic gas


@kernel
def filter_power(gas, air_share, p_pulse, p, T, eta, eta_drive):
    """Return the power [W] of a bag filter's cleaning air; gas [Nm3/s], air_share: pulse air over gas [-].

    p_pulse: above the site's pressure p [Pa]; T: of the air taken in [K]; eta: isentropic, eta_drive [-].
    """
    return compressor_power(air_share * gas, T, p, p + p_pulse, eta, eta_drive, KAPPA_AIR)


@kernel
def gas_volumes(x, y):
    """Return (wet [Nm3/s], dry at the reference oxygen [Nm3/s], concentration there over that in dry gas, status)."""
    M_gas, _, _ = wet_gas(y.preheater_gas_h2o, y.preheater_gas_co2, y.preheater_gas_o2, y.preheater_gas_n2)
    wet = y.preheater_gas_flow / M_gas * MOLAR_VOLUME
    oxygen = dry_basis(y.preheater_gas_o2, y.preheater_gas_h2o)
    factor, status = at_reference_oxygen(1.0, oxygen, x.reference_oxygen)
    if status != OK:
        y.status_variable = PREHEATER_GAS_O2 if oxygen >= OXYGEN_IN_AIR else REFERENCE_OXYGEN
        return wet, 0.0, 1.0, OUTSIDE_RANGE
    return wet, wet * (1.0 - y.preheater_gas_h2o) / factor, factor, OK


@kernel
def write_raw(x, y, volume):
    """Write NOx and SO2 before all cleaning [kg/Nm3] from what makes them; volume: dry at the reference oxygen [Nm3/s].

    The plant states them in its own gas. Gas that a measure adds or saves thins or thickens them: SO2 comes from the
    meal's sulphides, as much per clinker as before, and NOx from the fuel, as much per heat.
    """
    y.nox_before_cleaning, y.so2_before_cleaning = x.raw_nox_concentration, x.raw_so2_concentration
    if x.reference_gas_flow > 0.0:  # fitted: there is a plant as it is
        of_clinker = x.reference_dry_gas * y.clinker_flow / volume
        of_heat = of_clinker * y.heat_consumption / x.reference_heat
        if abs(of_clinker - 1.0) > SAME_GAS:
            y.so2_before_cleaning *= of_clinker
        if abs(of_heat - 1.0) > SAME_GAS:
            y.nox_before_cleaning *= of_heat


@kernel
def clean_hot(x, y):
    """Clean the gas before the boiler: SNCR and SCR at high dust; cool the preheater's gas; return a status."""
    wet, volume, factor, status = gas_volumes(x, y)
    if status != OK:
        return status
    write_raw(x, y, volume)
    burn_ammonia(x, volume, y)
    no_catalyst(y)
    if x.scr == SCR_HIGH_DUST:
        y.preheater_gas_temperature = reduce(x, y.preheater_gas_temperature, wet, volume, factor, y)
    return OK


@kernel
def clean_cold(x, y):
    """Clean the gas behind the boiler, after :func:`clean_hot`: write emissions, reagents, power; return a status."""
    wet, volume, factor, status = gas_volumes(x, y)
    if status != OK:
        return status
    if x.scr == SCR_AFTER_BOILER:
        T = y.preheater_boiler_outlet_temperature
        y.preheater_boiler_outlet_temperature = reduce(x, T, wet, volume, factor, y)
    co2, status = desulphurise(x, wet, volume, y)
    if status != OK:
        return status
    y.cleaning_co2_flow = co2 + write_reagent(x, y)
    M_air, _, _ = wet_gas(0.0, 0.0, OXYGEN, NITROGEN)
    vent = y.vent_air_flow / M_air * MOLAR_VOLUME
    y.nox_flow, y.so2_flow = y.nox_concentration * volume, y.so2_concentration * volume
    y.vent_dust_flow = x.vent_dust_concentration * vent
    y.dust_flow = x.dust_concentration * volume + y.vent_dust_flow
    y.nox_excess = excess_over_limit(y.nox_concentration, x.nox_limit)
    y.so2_excess = excess_over_limit(y.so2_concentration, x.so2_limit)
    y.dust_excess = excess_over_limit(max(x.dust_concentration, x.vent_dust_concentration), x.dust_limit)
    y.ammonia_excess = excess_over_limit(y.ammonia_slip, x.ammonia_limit)
    y.ammonia_slip_allowed = x.ammonia_limit if x.ammonia_limit > 0.0 else float("nan")
    y.filter_power = filter_power(
        wet + vent, x.filter_air_share, x.filter_pulse_pressure, x.air_pressure, x.ambient_temperature,
        x.compressor_efficiency, x.fan_drive_efficiency,
    )  # fmt: skip
    y.cleaning_power = y.scr_power + y.filter_power + y.fgd_power
    return OK
