"""Steam to power behind coke dry quenching: condensing, extraction or back-pressure, with reheat. SI units.

Flows per kg of boiler steam. No steam is let in, so that the expansion does not depend on what is taken out: states
come first, then the deaerator's steam from its balance, then the power.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.steam import h_pT, liquid_enthalpy, s_pT, saturation_pressure
from plantsim.kernels.turbine import expansion_enthalpy
from plantsim.processes.coke_oven.cdq_codes import TURBINE_BACK_PRESSURE, TURBINE_EXTRACTION, TURBINE_NONE
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_ORDER, INFEASIBLE_PINCH, OK

WATER_PRESSURE = 0.2e6  # Pa: at which cold water's enthalpy is taken; it hardly depends on it


@kernel
def reheat_states(p, T, p_reheat, T_reheat, eta):
    """Return enthalpies [J/kg] of the steam to the reheater and from it.

    p, T: before the turbine [Pa], [K]; p_reheat [Pa]; T_reheat [K]; eta: of the part before the reheater [-].
    """
    h = h_pT(p, T)
    return expansion_enthalpy(h, s_pT(p, T), p_reheat, eta, 0.0), h_pT(p_reheat, T_reheat)


@kernel
def expansion(kind, p, T, p_extraction, T_deaerator, p_out, eta):
    """Return (h_extraction, h_deaerator_steam, h_out [J/kg], status) of steam from p [Pa], T [K].

    kind: TURBINE_*; p_extraction [Pa]: of steam for others; T_deaerator [K]: its pressure is that of its port; p_out
    [Pa]: condenser or network; eta: isentropic, from the inlet to each of these pressures, wetness included [-].
    Without a turbine everything is as the boiler gives it; behind a back-pressure turbine the deaerator takes exhaust.
    INFEASIBLE_ORDER for pressures that do not fall, exhaust that condenses below the deaerator it would heat included.
    """
    h = h_pT(p, T)
    if kind == TURBINE_NONE:
        return h, h, h, OK
    s = s_pT(p, T)
    h_out = expansion_enthalpy(h, s, p_out, eta, 0.0)
    p_d = saturation_pressure(T_deaerator)
    if kind == TURBINE_BACK_PRESSURE:
        return h, h_out, h_out, OK if p_d <= p_out < p else INFEASIBLE_ORDER
    h_d = expansion_enthalpy(h, s, p_d, eta, 0.0)
    if kind != TURBINE_EXTRACTION:
        return h, h_d, h_out, OK if p > p_d > p_out else INFEASIBLE_ORDER
    h_a = expansion_enthalpy(h, s, p_extraction, eta, 0.0)
    return h_a, h_d, h_out, OK if p >= p_extraction >= p_d > p_out else INFEASIBLE_ORDER


@kernel
def feed_water(kind, extracted, blowdown, p_condenser, T_makeup):
    """Return (condensate, make-up [kg per kg of steam], their enthalpies [J/kg]) before the deaerator takes its steam.

    kind: TURBINE_*; extracted: steam for others [kg/kg]; blowdown [kg/kg]; p_condenser [Pa]; T_makeup [K].
    """
    if kind in (TURBINE_NONE, TURBINE_BACK_PRESSURE):
        return 0.0, 1.0 + blowdown, 0.0, h_pT(WATER_PRESSURE, T_makeup)
    return 1.0 - extracted, extracted + blowdown, liquid_enthalpy(p_condenser), h_pT(WATER_PRESSURE, T_makeup)


@kernel
def deaerator(condensate, makeup, h_condensate, h_makeup, supplied, T_deaerator, h_steam):
    """Return (steam, condensate, make-up [kg per kg of boiler steam], status) of a deaerator at T_deaerator [K].

    Arguments of :func:`feed_water`; supplied: heat into the water before [J per kg of steam]; h_steam [J/kg]. Its
    steam takes the place of condensate, or of make-up where there is none. INFEASIBLE_PINCH where the heat supplied
    would bring the water to the boil.
    """
    h = liquid_enthalpy(saturation_pressure(T_deaerator))
    missing = condensate * (h - h_condensate) + makeup * (h - h_makeup) - supplied
    steam = missing / (h_steam - (h_condensate if condensate > 0.0 else h_makeup))
    status = OK if steam >= 0.0 else INFEASIBLE_PINCH
    if condensate > 0.0:
        return steam, condensate - steam, makeup, status
    return steam, condensate, makeup - steam, status


@kernel
def turbine_flows(kind, extraction_share, deaerator):
    """Return (extracted, exhaust, exported, status) [kg per kg of steam] after the deaerator's own steam [kg/kg]."""
    extracted = extraction_share if kind == TURBINE_EXTRACTION else 0.0
    exhaust = 1.0 - extracted - deaerator
    exported = exhaust if kind in (TURBINE_NONE, TURBINE_BACK_PRESSURE) else extracted
    return extracted, exhaust, exported, OK if exhaust >= 0.0 else INFEASIBLE_FLOW


@kernel
def turbine_work(kind, h, extracted, h_extraction, deaerator, h_deaerator, h_out):
    """Return the work [J per kg of steam] of the expansion from h [J/kg] on; other arguments as above."""
    if kind == TURBINE_NONE:
        return 0.0
    if kind == TURBINE_BACK_PRESSURE:
        return h - h_out
    work = h - h_extraction + (1.0 - extracted) * (h_extraction - h_deaerator)
    return work + (1.0 - extracted - deaerator) * (h_deaerator - h_out)
