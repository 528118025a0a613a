"""Low-temperature SCR of the flue gas: what the catalyst reaches at its temperature with the slip that is allowed.

The maker guarantees conversion and slip at a temperature, at the end of the catalyst's life, for a volume of catalyst
per gas; Eley-Rideal plug flow in closed form tells the rest (kernels/scr.py). Catalysts for 180 to 260 degC have
kinetics of their own: all ammonia is adsorbed there, so that the form becomes a first-order catalyst whose slip is
what it cannot use. Concentrations are of dry gas at the reference oxygen.
"""

from __future__ import annotations

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels import scr
from plantsim.kernels.combustion import dry_amount
from plantsim.kernels.emissions import M_NH3, M_NO2, mole_fraction
from plantsim.kernels.gas import amount
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.kernels.reagents import ammonia_flow, solution_flow
from plantsim.processes.coke_oven.codes import (
    AMMONIA_SOLUTION,
    SCR_ACTIVITY_LEFT,
    SCR_CONVERSION,
    SCR_LOW_TEMPERATURE,
)
from plantsim.vocabulary.status import OK

SOLUTION = 0.20  # kg/kg: what the carrier of ammonia solution is counted as, whatever its strength


@kernel
def wet_flow(d, n):
    """Return the wet flue gas [Nm3/s]; n: underfiring gas [mol/s]."""
    return n * amount(d.flue_gas) * MOLAR_VOLUME


@kernel
def catalyst_volume(x):
    """Return the catalyst [m3]: as stated, or as the plant's gas at full load takes by the guarantee."""
    if x.scr_catalyst_volume > 0.0:
        return x.scr_catalyst_volume
    return x.reference_flue_flow * x.scr_contact_time


@kernel
def activity(x, share, flow, T, volume):
    """Return (k_av [-], kc [-], status) at the catalyst.

    share: NO in the wet gas [mol/mol]; flow: wet gas [Nm3/s]; T: of the gas [K]; volume: of catalyst [m3].
    """
    kc = scr.coverage_number(share, x.scr_design_temperature, x.air_pressure)
    k_av, _, status = scr.calibrate_activity(x.scr_conversion, x.scr_slip / share, kc)
    if status != OK:
        return 0.0, 1.0, status
    area_velocity = flow * x.scr_contact_time / volume * T / x.scr_design_temperature
    k_av = scr.activity_at(
        k_av, T, x.scr_design_temperature, x.scr_activity_energy, area_velocity, x.scr_activity_left
    )
    return k_av, scr.coverage_number(share, T, x.air_pressure), OK


@kernel
def dosed(x, wanted, k_av, kc, slip_allowed):
    """Return (alpha, conversion, slip over inlet NOx, status): ammonia for ``wanted`` [-], no more than is allowed.

    slip_allowed: NH3 out over NO in [-]. A catalyst that does not reach it is dosed until the slip or the most ammonia
    that is fed is there.
    """
    alpha, slip, status = scr.ratio_for(wanted, k_av, kc)
    if status == OK and slip <= slip_allowed and alpha <= x.scr_most_ratio:
        return alpha, wanted, slip, OK
    reached, alpha, status = scr.conversion_at_slip(slip_allowed, k_av, kc)
    if status != OK or alpha <= x.scr_most_ratio:
        return alpha, reached, slip_allowed, status
    reached, slip, status = scr.conversion(k_av, x.scr_most_ratio, kc)
    return x.scr_most_ratio, reached, slip, status


@kernel
def without_denitration(x, y):
    """Write the results of a plant that has no catalyst."""
    y.nox_concentration = y.nox_wanted = x.flue_nox
    y.scr_ratio = y.ammonia_slip = y.ammonia_flow = y.ammonia_anhydrous_flow = y.ammonia_solution_flow = 0.0
    y.catalyst_volume = y.catalyst_flow = y.spent_catalyst_flow = 0.0
    y.scr_lowest = y.scr_highest = np.nan


@kernel
def denitration(x, d, n, volume, y):
    """Write NOx behind the catalyst, slip, ammonia and catalyst used; return a status. The gas's road comes first.

    n: underfiring gas [mol/s]; volume: dry gas at the reference oxygen [Nm3/s].
    """
    without_denitration(x, y)
    if x.denitration != SCR_LOW_TEMPERATURE:
        return OK
    y.scr_lowest, y.scr_highest = x.scr_lowest_temperature, x.scr_highest_temperature
    y.catalyst_volume = catalyst_volume(x)
    y.catalyst_flow = y.catalyst_volume / x.scr_catalyst_life
    y.spent_catalyst_flow = y.catalyst_flow * x.scr_catalyst_density
    y.nox_wanted = min(x.flue_nox, x.flue_nox_limit)
    if not (y.nox_wanted < x.flue_nox and n > 0.0):
        return OK
    flow = wet_flow(d, n)
    share = mole_fraction(x.flue_nox * volume / (n * dry_amount(d.flue_gas) * MOLAR_VOLUME), M_NO2)
    share *= dry_amount(d.flue_gas) / amount(d.flue_gas)
    k_av, kc, status = activity(x, share, flow, y.scr_gas_temperature, y.catalyst_volume)
    if status != OK:
        y.status_variable = SCR_CONVERSION
        return status
    per_slip = x.flue_nox * (M_NH3 / M_NO2)  # kg/Nm3 of NH3 for each mole that is left of a mole of NOx
    wanted = 1.0 - y.nox_wanted / x.flue_nox
    alpha, reached, slip, status = dosed(x, wanted, k_av, kc, x.ammonia_slip_limit / per_slip)
    if status != OK:
        y.status_variable = SCR_ACTIVITY_LEFT
        return status
    y.scr_ratio, y.ammonia_slip = alpha, slip * per_slip
    y.nox_concentration = y.nox_wanted if reached == wanted else x.flue_nox * (1.0 - reached)
    y.ammonia_flow = ammonia_flow(volume * x.flue_nox, alpha * x.ammonia_ratio)
    if x.ammonia_form == AMMONIA_SOLUTION:
        y.ammonia_solution_flow = solution_flow(y.ammonia_flow, SOLUTION)
    else:
        y.ammonia_anhydrous_flow = y.ammonia_flow
    return OK
