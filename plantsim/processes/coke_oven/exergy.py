"""Exergy of dry quenching and of the whole plant: what work its flows could do against surroundings of 25 degC.

Heating values alone make steam of coke's heat look like the heat itself; exergy does not. Chemical exergies: Szargut,
Morris and Steward, Exergy Analysis (1988), standard values of gases and ratios of exergy to net heating value of solid
and liquid fuels by their composition; remembered, high confidence. Air, water and ash count for nothing.
"""

from __future__ import annotations

from math import exp, expm1, log, log1p

from plantsim._jit import kernel
from plantsim.kernels.gas import C2H4, CH4, CO, CO2, H2, N2, O2
from plantsim.kernels.steam import s_ph, s_pT, saturation_temperature
from plantsim.processes.coke_oven.coke_heat import (
    ASH_CP,
    ASH_CP_SLOPE,
    GAS_CONSTANT,
    T_REFERENCE,
    THETA_1,
    THETA_2,
    ZERO_CELSIUS,
    atoms_per_mass,
    coke_enthalpy,
)

# J/mol at 298.15 K and 101.325 kPa, Szargut 1988
EXERGY_H2, EXERGY_CH4, EXERGY_C2H4, EXERGY_CO = 236.10e3, 831.65e3, 1361.10e3, 275.10e3
EXERGY_CO2, EXERGY_N2, EXERGY_O2, EXERGY_H2O = 19.87e3, 0.72e3, 3.97e3, 9.49e3
SULPHUR_EXERGY = 9.417e6  # J per kg of sulphur, beside what the ratio gives; Szargut 1988
WATER_CP, STEAM_WATER_CP = 4186.0, 4270.0  # J/(kg K), water at 330 K and at 405 K
BENZOL_RATIO = 3293.0 / 3135.6  # liquid benzene: standard exergy over net heating value, kJ/mol; same


@kernel
def solid_ratio(carbon, hydrogen, oxygen, nitrogen):
    """Return exergy over net heating value of coal or coke from mass fractions; oxygen up to 0.667 of the carbon."""
    return 1.0437 + (0.1896 * hydrogen + 0.0617 * oxygen + 0.0428 * nitrogen) / carbon


@kernel
def liquid_ratio(carbon, hydrogen, oxygen, sulphur):
    """Return exergy over net heating value of tar from mass fractions."""
    h = hydrogen / carbon
    return 1.0401 + 0.1728 * h + 0.0432 * oxygen / carbon + 0.2169 * sulphur / carbon * (1.0 - 2.0628 * h)


@kernel
def part(n, standard):
    """Return the exergy [J/mol of gas] of a species of mole fraction n: its own, less what mixing took."""
    if not n > 0.0:
        return 0.0
    return n * (standard + GAS_CONSTANT * T_REFERENCE * log(n))


@kernel
def own_gas_exergy(d):
    """Return the chemical exergy of the plant's gas [J per kg dry coal], mixing (half a percent of it) left out."""
    n = d.coke_oven_gas
    exergy = n[H2] * EXERGY_H2 + n[CH4] * EXERGY_CH4 + n[C2H4] * EXERGY_C2H4 + n[CO] * EXERGY_CO
    return exergy + n[CO2] * EXERGY_CO2 + n[N2] * EXERGY_N2 + n[O2] * EXERGY_O2


@kernel
def bought_gas_exergy(x):
    """Return the chemical exergy of blast-furnace gas [J/mol]."""
    dry = 1.0 - x.bfg_moisture
    nitrogen = 1.0 - x.bfg_carbon_monoxide - x.bfg_carbon_dioxide - x.bfg_hydrogen
    exergy = part(dry * x.bfg_carbon_monoxide, EXERGY_CO) + part(dry * x.bfg_hydrogen, EXERGY_H2)
    exergy += part(dry * x.bfg_carbon_dioxide, EXERGY_CO2) + part(dry * nitrogen, EXERGY_N2)
    return exergy + part(x.bfg_moisture, EXERGY_H2O)


@kernel
def char_entropy(T):
    """Return the entropy of ash-free char over R [-], to be multiplied by R and the atoms [mol/kg]; T > 0 [K]."""
    u, v = THETA_1 / T, THETA_2 / T
    return u / expm1(u) - log1p(-exp(-u)) + 2.0 * (v / expm1(v) - log1p(-exp(-v)))


@kernel
def coke_exergy(T, atoms, ash):
    """Return the exergy of coke's heat [J/kg dry] at T [K]; arguments of coke_heat.coke_enthalpy."""
    s = GAS_CONSTANT * atoms * (char_entropy(T) - char_entropy(T_REFERENCE))
    s += ash * (ASH_CP - ASH_CP_SLOPE * ZERO_CELSIUS) * log(T / T_REFERENCE)
    s += ash * ASH_CP_SLOPE * (T - T_REFERENCE)
    return coke_enthalpy(T, atoms, ash) - T_REFERENCE * s


@kernel
def warming_exergy(heat, T_1, T_2):
    """Return the exergy in ``heat`` that warms water from T_1 to T_2 [K], its heat capacity taken as constant."""
    if not T_2 > T_1:
        return 0.0
    return heat * (1.0 - T_REFERENCE * log(T_2 / T_1) / (T_2 - T_1))


@kernel
def low_pressure_share(x, net):
    """Return the exergy in the heat of low-pressure steam [J/J]; net: of raw_gas.steam_gain [J/kg].

    Water warms at a constant heat capacity, then boils at one temperature: within 0.2 % of the steam tables.
    """
    T, T_feed = saturation_temperature(x.steam_pressure), x.feedwater_temperature
    warming = STEAM_WATER_CP * (T - T_feed)
    return ((net - warming) * (1.0 - T_REFERENCE / T) + warming_exergy(warming, T_feed, T)) / net


@kernel
def cdq_exergy(x, y, states, steam, flow, left, T_cold):
    """Write the exergy that dry quenching takes from coke and fan and what of it reaches steam and water [W].

    states: of cdq_steam.turbine_states; steam [kg/s]; flow: coke into the shaft [kg/s]; left: of burn_off.coke_left;
    T_cold: of the last economiser's water [K]. Flows of y are means of the year's running time already.
    """
    on, p, p_1 = x.cdq_availability, x.cdq_steam_pressure, x.cdq_reheat_pressure
    heat = steam * (states[0] - states[6])
    s = s_pT(p, x.cdq_steam_temperature) - s_pT(p, x.cdq_feedwater_temperature)
    gained = heat - T_REFERENCE * steam * s
    if states[2] > states[1]:
        s = s_pT(p_1, x.cdq_reheat_temperature) - s_ph(p_1, states[1])
        gained += steam * (states[2] - states[1] - T_REFERENCE * s)
    warmed = y.cdq_water_heat / on
    gained += warming_exergy(warmed, T_cold, T_cold + warmed / (steam * (1.0 + x.cdq_blowdown) * WATER_CP))
    atoms_out, coke_out = left[6], left[0]
    atoms_in = atoms_of_coke(y)
    given = flow * coke_exergy(y.coke_pushed_temperature, atoms_in, y.coke_ash)
    given -= coke_out * coke_exergy(y.cdq_coke_temperature, atoms_out, flow * y.coke_ash / coke_out)
    ratio = solid_ratio(y.coke_carbon, y.coke_hydrogen, y.coke_oxygen, y.coke_nitrogen)
    y.cdq_exergy_in = on * given + ratio * y.cdq_burnt_heat + y.cdq_fan_power
    y.cdq_exergy_out = on * gained
    y.cdq_exergy_efficiency = y.cdq_exergy_out / y.cdq_exergy_in


@kernel
def atoms_of_coke(y):
    """Return the atoms [mol/kg] of the coke pushed."""
    return atoms_per_mass(y.coke_carbon, y.coke_hydrogen, y.coke_oxygen, y.coke_nitrogen, y.coke_sulphur)


@kernel
def plant_exergy(x, d, n, net, y):
    """Write the exergy that the plant takes in and gives off [W], and its share.

    n: underfiring gas [mol/s]; net: of raw_gas.steam_gain [J/kg].
    """
    coal = y.dry_coal_flow
    steam = low_pressure_share(x, net)
    y.exergy_in = 0.0
    if x.blast_furnace_gas_share > 0.0:
        y.exergy_in = n * x.blast_furnace_gas_share * bought_gas_exergy(x)
    y.exergy_in += y.coal_heat * solid_ratio(d.own_carbon, d.own_hydrogen, d.own_oxygen, x.coal_nitrogen)
    y.exergy_in += coal * x.coal_sulphur * SULPHUR_EXERGY + steam * y.heat_bought + max(0.0, y.grid_power)
    coke = solid_ratio(y.coke_carbon, y.coke_hydrogen, y.coke_oxygen, y.coke_nitrogen)
    y.exergy_out = y.coke_heat * coke + y.cdq_coke_flow * y.coke_sulphur * SULPHUR_EXERGY
    y.exergy_out += y.coke_oven_gas_out * own_gas_exergy(d) / d.gas_chemical_heat
    tar = 1.0 - x.tar_hydrogen - x.tar_oxygen - x.tar_nitrogen - x.tar_sulphur
    y.exergy_out += y.tar_heat * liquid_ratio(tar, x.tar_hydrogen, x.tar_oxygen, x.tar_sulphur)
    y.exergy_out += y.benzol_heat * BENZOL_RATIO + steam * y.heat_supplied + max(0.0, -y.grid_power)
    y.exergy_efficiency = y.exergy_out / y.exergy_in
