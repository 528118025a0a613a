"""What a heat-balance sheet states in other words than the model's: flows for shares, efficiencies of stage groups."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.steam import h_ps, s_ph
from plantsim.processes.coal_unit.codes import SHEET_MAIN_STEAM_FLOW
from plantsim.vocabulary.status import INCOMPLETE, OK


@kernel
def share_of(share, flow, whole):
    """Return the share [-]: as given, else flow over whole [kg/s]; NaN where it isn't known."""
    if share > 0.0 or not flow > 0.0:
        return share
    return flow / whole


@kernel
def read_sheet(x, d):
    """Write the shares that the sheet gives as flows, and that every heater has its efficiency; return a status."""
    whole, missing = x.sheet_main_steam_flow, False
    for i in range(x.heater_count):
        x.heater_efficiency_ratio[i] = 1.0
        missing |= x.extraction_flow[i] > 0.0
        x.extraction_fraction[i] = share_of(x.extraction_fraction[i], x.extraction_flow[i], whole)
    for g in range(x.gland_flow_count):
        missing |= x.gland_flow[g] > 0.0
        x.gland_share[g] = share_of(x.gland_share[g], x.gland_flow[g], whole)
    if missing and not whole > 0.0:
        d.design_status_variable = SHEET_MAIN_STEAM_FLOW
        return INCOMPLETE
    return OK


@kernel
def furthest_extraction(x):
    """Return by how much the efficiency of a heater by its extraction is off heater_efficiency [-], the furthest.

    That is also by how much, to first order, the heater's own balance asks for another flow than the sheet states.
    NaN where the sheet states none.
    """
    furthest = float("nan")
    for i in range(x.heater_count):
        if x.extraction_fraction[i] > 0.0:
            off = abs(x.heater_efficiency_ratio[i] - 1.0)
            furthest = off if not off < furthest else furthest
    return furthest


@kernel
def group_end(p_in, h_in, p, efficiency):
    """Return the enthalpy [J/kg] behind a stage group: state before it [Pa], [J/kg], p behind it [Pa], efficiency [-].

    As measured, moisture included.
    """
    return h_in - efficiency * (h_in - h_ps(p, s_ph(p_in, h_in)))
