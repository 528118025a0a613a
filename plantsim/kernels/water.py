"""A plant's water: cooling tower, demineralised water, absorber of the flue gas. SI units.

Every kernel splits water that is taken in into what leaves as gas or drops and what leaves as water, so that
taken in = evaporated + drift + waste water + with products holds in each.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.condenser_cooling import CP_WATER
from plantsim.kernels.psychrometrics import (
    CP_AIR,
    M_AIR,
    T_ICE_LEAST,
    T_ZERO,
    moist_enthalpy,
    saturated_enthalpy,
    saturated_ratio,
    vapour_enthalpy_in_gas,
)
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE


@kernel(inline=True)
def circulating_water(heat, rise):
    """Return the cooling water [kg/s] that takes ``heat`` [W] with a temperature rise [K] > 0."""
    return heat / (CP_WATER * rise)


@kernel
def evaporation(heat, T_air, w_air, T_leaving, p):
    """Return (evaporated [kg/s], status) of a wet tower; arguments as in :func:`tower_evaporation`.

    That w_air is no more than saturated air holds is the caller's to know.
    """
    if not (heat >= 0.0 and w_air >= 0.0 and T_air > T_ICE_LEAST and T_leaving > T_ICE_LEAST and p > 0.0):
        return float("nan"), OUTSIDE_RANGE
    w_out = saturated_ratio(T_leaving, p, M_AIR)
    if not w_out >= 0.0:
        return float("nan"), OUTSIDE_RANGE
    risen = CP_AIR * (T_leaving - T_ZERO) + w_out * vapour_enthalpy_in_gas(p, T_leaving)
    risen -= moist_enthalpy(T_air, w_air, p, CP_AIR, M_AIR)
    if not risen > 0.0:
        return float("nan"), INFEASIBLE_THERMAL
    return heat * max(0.0, w_out - w_air) / risen, OK


@kernel
def tower_evaporation(heat, T_air, w_air, T_leaving, p):
    """Return (evaporated [kg/s], sensible share [-], status) of a wet tower whose leaving air is known.

    heat: to the air [W] >= 0; T_air [K], w_air [kg/kg dry]: of the air that enters; T_leaving [K]: at which it leaves
    saturated; p: site pressure [Pa]. The air's heat and water follow from its two states, so that in cold air more of
    the heat is sensible (about 15 % in summer, 30 % and more in winter) and less evaporates. The make-up's enthalpy
    above 0 degC is left out (1 to 4 % of the heat). OUTSIDE_RANGE: no air of that kind, or one that is wetter than
    saturated; INFEASIBLE_THERMAL: the leaving air holds no more heat than that which enters.
    """
    nan = float("nan")
    w_most = saturated_ratio(T_air, p, M_AIR) if T_air > T_ICE_LEAST and p > 0.0 else nan
    if not 0.0 <= w_air <= w_most * (1.0 + 1e-9):
        return nan, nan, OUTSIDE_RANGE
    evaporated, status = evaporation(heat, T_air, w_air, T_leaving, p)
    if status != OK:
        return nan, nan, status
    h_air = moist_enthalpy(T_air, w_air, p, CP_AIR, M_AIR)
    # sensible: what the air that entered takes for its own temperature
    sensible = moist_enthalpy(T_leaving, w_air, p, CP_AIR, M_AIR) - h_air
    return evaporated, min(1.0, sensible / (saturated_enthalpy(T_leaving, p, CP_AIR, M_AIR) - h_air)), OK


@kernel
def tower_water(evaporated, circulating, drift_share, cycles):
    """Return (make-up, drift, blowdown, status) of a tower [kg/s]: make-up = evaporated + drift + blowdown.

    evaporated, circulating [kg/s] >= 0; drift_share: drops that leave with the air over the circulating water [-],
    0.00001 to 0.002; cycles: concentration of the circulating water over that of the make-up [-] > 1. Salt leaves with
    drift and blowdown alone: drift + blowdown = evaporated/(cycles - 1). Where drift is more than that, there is no
    blowdown and the water stays thinner. NaN stays NaN. Source: CTI, GB/T 50050-2017 (form; unverified).
    """
    if not cycles > 1.0:
        return float("nan"), float("nan"), float("nan"), OUTSIDE_RANGE
    drift = circulating * drift_share
    blowdown = evaporated / (cycles - 1.0) - drift
    if blowdown < 0.0:
        blowdown = 0.0
    return evaporated + drift + blowdown, drift, blowdown, OK


@kernel
def treated_water(used, waste_share):
    """Return (raw water, waste water) of a treatment plant [kg/s]: raw = used + waste.

    used: treated water [kg/s] >= 0; waste_share: of the raw water that leaves as waste (regeneration and rinsing of
    ion exchange, reject of reverse osmosis) [-], 0 to below 1.
    """
    raw = used / (1.0 - waste_share)
    return raw, raw - used


@kernel
def chloride_waste_water(chloride, allowed):
    """Return the waste water [kg/s] that keeps a scrubber's chloride: chloride that comes in over that allowed.

    chloride: taken up from the gas and brought by the water [kg/s] >= 0; allowed: in the slurry's water [kg/kg] > 0,
    0.01 to 0.02. What gypsum carries off is left out. NaN where either is not known.
    """
    return chloride / allowed


@kernel
def reused(offered, wanted, share):
    """Return the water [kg/s] that takes the place of fresh water: ``share`` [-] of ``offered``, ``wanted`` at most.

    NaN where the offer or the need is not known and something is to be reused; 0 where nothing is.
    """
    if not share > 0.0:
        return 0.0
    return min(offered * share, wanted) if offered >= 0.0 and wanted >= 0.0 else float("nan")
