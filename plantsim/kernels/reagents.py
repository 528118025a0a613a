"""Reagents against NOx: ammonia and urea flows, and the CO2 of urea. SI units."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.emissions import M_CO2, M_NH3, M_NO2, M_UREA
from plantsim.kernels.steam import h_pT

AMMONIA_IN_SOLUTION = 0.20  # kg/kg: the strength that the carrier ammonia_solution is counted at
NH3_PER_UREA = 2.0  # mol/mol: CO(NH2)2 + H2O -> 2 NH3 + CO2
T_FREEZING = 273.15  # K: where IF97 begins
COLD_WATER_CP = 4219.0  # J/(kg K), liquid water at 0 degC and 0.1 MPa (IAPWS-IF97)
VAPOUR_SHARE = (
    0.1  # mol/mol: water in flue gas, for its partial pressure, which moves its enthalpy by 0.1 % at most
)


@kernel(inline=True)
def ammonia_flow(nox, alpha):
    """Return the ammonia [kg/s] for ``nox`` [kg/s, counted as NO2] entering and alpha = NH3 : NOx [mol/mol]."""
    return nox / M_NO2 * alpha * M_NH3


@kernel(inline=True)
def urea_flow(ammonia, conversion):
    """Return the urea [kg/s] that gives ``ammonia`` [kg/s]; conversion: urea that turns into NH3 [-] > 0."""
    return ammonia / M_NH3 / NH3_PER_UREA * M_UREA / conversion


@kernel(inline=True)
def urea_co2(urea):
    """Return the CO2 [kg/s] of ``urea`` [kg/s]: all its carbon, 0.733 kg/kg."""
    return urea * (M_CO2 / M_UREA)


@kernel(inline=True)
def solution_flow(reagent, strength):
    """Return the flow [kg/s] of a solution with ``strength`` [kg/kg] of ``reagent`` [kg/s], e.g. 0.20 ammonia water."""
    return reagent / strength


@kernel
def solution_water_enthalpy(p, T):
    """Return the enthalpy [J/kg] of a solution's liquid water at p [Pa], T [K], 233 K at the least.

    Below 0 degC that of supercooled water with the heat capacity at 0 degC, within 1 % of it to -30 degC (Angell 1982,
    unverified): ammonia water of 20 % freezes near -35 degC (unverified).
    """
    return h_pT(p, max(T, T_FREEZING)) - COLD_WATER_CP * max(0.0, T_FREEZING - T)


@kernel
def injection_heat(water, T_in, T_gas, p):
    """Return the heat [W] that ``water`` [kg/s] of an injected solution takes from the gas.

    T_in: of the solution [K], liquid, 233 K at the least; T_gas: of the gas after mixing [K], at most 2273 K; p: of the
    gas [Pa].
    """
    return water * (h_pT(VAPOUR_SHARE * p, T_gas) - solution_water_enthalpy(p, T_in))
