"""The two gas streams that feed waste-heat power: heat content, air that leaks in, drying temperature, exergy.

Enthalpy of a stream: b T + c T^2 [J/mol], T [K], as the waste-heat boiler's kernel takes it.
"""

from __future__ import annotations

from math import log

from plantsim._jit import kernel
from plantsim.kernels.emissions import M_CO2, M_H2O, M_N2, M_O2
from plantsim.kernels.gas import CO2, H2O, N2, O2, species_cp
from plantsim.kernels.waste_heat_boiler import gas_coefficients, gas_enthalpy, gas_temperature

T_COLD, T_HOT = 400.0, 600.0  # K: where the heat capacities are read; enthalpy differences within 0.1 %
OXYGEN, NITROGEN = (
    0.2095,
    0.7905,
)  # mol/mol of dry air, argon with the nitrogen (U.S. Standard Atmosphere 1976)
# Heat content of kiln dust above 0 degC, (0.201 + 101e-6 t) t kcal/kg: an open heat-balance tool for kilns
# (PyroHeatBalanceProjectPS1); 1 kcal = 4186.8 J
DUST_CP = 0.201 * 4186.8  # J/(kg K) at 0 degC
DUST_RISE = 2.0 * 101e-6 * 4186.8  # J/(kg K2)
T_ICE = 273.15  # K


@kernel
def wet_gas(h2o, co2, o2, n2):
    """Return (M, b, c) of a gas: molar mass [kg/mol] and heat capacity b + 2 c T [J/(mol K)].

    h2o, co2, o2, n2: mole fractions [-] that sum to 1 (argon counted as nitrogen).
    """
    cold = (
        h2o * species_cp(H2O, T_COLD)
        + co2 * species_cp(CO2, T_COLD)
        + o2 * species_cp(O2, T_COLD)
        + n2 * species_cp(N2, T_COLD)
    )
    hot = (
        h2o * species_cp(H2O, T_HOT)
        + co2 * species_cp(CO2, T_HOT)
        + o2 * species_cp(O2, T_HOT)
        + n2 * species_cp(N2, T_HOT)
    )
    b, c = gas_coefficients(T_COLD, cold, T_HOT, hot)
    return h2o * M_H2O + co2 * M_CO2 + o2 * M_O2 + n2 * M_N2, b, c


@kernel
def with_dust(b, c, dust):
    """Return (b, c) of a gas that carries ``dust`` [kg/mol of gas]."""
    return b + dust * (DUST_CP - DUST_RISE * T_ICE), c + 0.5 * dust * DUST_RISE


@kernel
def mixed(T, b, c, T_other, b_other, c_other, share):
    """Return (T, b, c) of one mole of the mixture of a gas with ``share`` [mol/mol of it] of another gas."""
    b_mix = (b + share * b_other) / (1.0 + share)
    c_mix = (c + share * c_other) / (1.0 + share)
    h = (gas_enthalpy(T, b, c) + share * gas_enthalpy(T_other, b_other, c_other)) / (1.0 + share)
    return gas_temperature(h, b_mix, c_mix), b_mix, c_mix


@kernel
def temperature_with(heat, gas, T_end, b, c):
    """Return the temperature [K] that ``gas`` [mol/s] needs to give ``heat`` [W] down to T_end [K]."""
    if not gas > 0.0:
        return T_end
    return gas_temperature(gas_enthalpy(T_end, b, c) + max(0.0, heat) / gas, b, c)


@kernel
def heat_above(T, T_end, b, c):
    """Return the heat [J/mol] that a gas gives from T to T_end [K]; 0 where it is colder."""
    return max(0.0, gas_enthalpy(T, b, c) - gas_enthalpy(T_end, b, c))


@kernel
def exergy_above(T, T_end, b, c, T_0):
    """Return the exergy [J/mol] that a gas gives from T to T_end [K] against surroundings at T_0 [K].

    Pressure losses are left out: h - T_0 s at constant pressure.
    """
    if not T > T_end > 0.0:
        return 0.0
    entropy = b * log(T / T_end) + 2.0 * c * (T - T_end)
    return heat_above(T, T_end, b, c) - T_0 * entropy
