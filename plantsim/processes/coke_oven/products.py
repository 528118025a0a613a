"""Coal turned into coke, tar, benzol, water, ammonia, hydrogen sulphide and gas: one closure of its elements.

All amounts are per kg of dry coal. Two ways, one result:
    by proximate analysis   the coke yield is given or follows from volatile matter and temperature; the gas takes the
                            rest of the mass with the make-up given; the coal's C, H and O are what the products hold
    by ultimate analysis    C, H and O of the coal are given; hydrogen and oxygen left for the gas fix its amount by
                            the proportions of its make-up; the carbon that is left is the coke's, so the yield follows
Ash stays in the coke; sulphur and nitrogen not named elsewhere go to the coke and, as N2, to the gas.
Yield formulas: Yao Zhaozhang, 炼焦学, remembered with high confidence; 20 % < Vdaf < 33 % or so.
"""

from __future__ import annotations

from math import isnan

from plantsim._jit import kernel
from plantsim.kernels.combustion import (
    MOLAR_MASS_C,
    MOLAR_MASS_H,
    MOLAR_MASS_N,
    MOLAR_MASS_O,
    MOLAR_MASS_S,
    MOLAR_MASS_WATER,
)
from plantsim.kernels.gas import (
    C2H4,
    C6H6,
    CH4,
    CO,
    CO2,
    H2,
    H2O,
    H2S,
    MOLAR_MASS,
    N2,
    NH3,
    NORMAL_MOLAR_VOLUME,
    O2,
    SPECIES,
    T_NORMAL,
)
from plantsim.processes.coke_oven.codes import (
    AMMONIA_YIELD,
    COAL_HYDROGEN,
    COAL_VOLATILE_MATTER,
    COKE_YIELD,
    RAW_GAS_HYDROGEN_SULPHIDE,
)
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

COKE_BASE, COKE_PER_VOLATILE, COKE_PER_KELVIN = (
    1.0319,
    0.75,
    6.7e-5,
)  # 炼焦学: K = 103.19 - 0.75 Vd - 0.0067 t, in %
TAR_0, TAR_1, TAR_2 = -0.1836, 1.53, -2.6  # 炼焦学, of daf coal: -18.36 + 1.53 V - 0.026 V2, in %
BENZOL_0, BENZOL_1, BENZOL_2 = -0.016, 0.144, -0.16  # 炼焦学, of daf coal: -1.6 + 0.144 V - 0.0016 V2, in %
BENZOL_CARBON = 6.0 * MOLAR_MASS_C / float(MOLAR_MASS[C6H6])  # crude benzol taken as benzene
OXYGEN_OF_AIR, NITROGEN_OF_AIR = 0.21, 0.79  # mol/mol of dry air, argon counted as nitrogen


@kernel
def formula_yields(x, d):
    """Write the yields of tar and benzol, given or by formula."""
    v_daf = x.coal_volatile_matter / (1.0 - x.coal_ash)
    combustible = 1.0 - x.coal_ash
    tar = combustible * (TAR_0 + v_daf * (TAR_1 + v_daf * TAR_2))
    benzol = combustible * (BENZOL_0 + v_daf * (BENZOL_1 + v_daf * BENZOL_2))
    d.tar_share = tar if isnan(x.tar_yield) else x.tar_yield
    d.benzol_share = benzol if isnan(x.benzol_yield) else x.benzol_yield


@kernel
def sulphide(x, d, sulphur):
    """Write hydrogen sulphide and the sulphur that stays in the coke; sulphur: of the sulphide [kg per kg dry coal]."""
    d.sulphide_share = sulphur * (MOLAR_MASS[H2S] / MOLAR_MASS_S)
    d.sulphur_in_coke = x.coal_sulphur - sulphur - d.tar_share * x.tar_sulphur


@kernel
def small_products(x, d):
    """Write ammonia, hydrogen sulphide, pyrolysis water and where nitrogen and sulphur go [kg per kg dry coal]."""
    in_ammonia = x.coal_nitrogen * x.ammonia_nitrogen_share
    if x.ammonia_yield >= 0.0:  # measured
        in_ammonia = x.ammonia_yield * (MOLAR_MASS_N / MOLAR_MASS[NH3])
    d.ammonia_share = in_ammonia * (MOLAR_MASS[NH3] / MOLAR_MASS_N)
    sulphide(x, d, x.coal_sulphur * x.sulphide_sulphur_share)
    d.nitrogen_in_coke = x.coal_nitrogen * x.coke_nitrogen_share
    d.nitrogen_in_gas = x.coal_nitrogen * (1.0 - x.coke_nitrogen_share) - in_ammonia
    d.nitrogen_in_gas -= d.tar_share * x.tar_nitrogen


@kernel
def hydrogen_elsewhere(x, d):
    """Return the hydrogen [kg/kg] in tar, benzol, pyrolysis water, ammonia and hydrogen sulphide."""
    hydrogen = d.tar_share * x.tar_hydrogen + d.benzol_share * (1.0 - BENZOL_CARBON)
    hydrogen += x.pyrolysis_water * (2.0 * MOLAR_MASS_H / MOLAR_MASS_WATER)
    hydrogen += d.ammonia_share * (3.0 * MOLAR_MASS_H / MOLAR_MASS[NH3])
    return hydrogen + d.sulphide_share * (2.0 * MOLAR_MASS_H / MOLAR_MASS[H2S])


@kernel
def oxygen_elsewhere(x, d):
    """Return the oxygen [kg/kg] in tar and pyrolysis water."""
    return d.tar_share * x.tar_oxygen + x.pyrolysis_water * (MOLAR_MASS_O / MOLAR_MASS_WATER)


@kernel
def tar_carbon(x):
    """Return the carbon in tar [kg/kg], by difference."""
    return 1.0 - x.tar_hydrogen - x.tar_oxygen - x.tar_nitrogen - x.tar_sulphur


@kernel
def gas_amounts(x, d, fuels, oxides):
    """Write the raw gas [mol per kg dry coal]: hydrogen, methane and ethylene in proportion to ``fuels`` (the mole
    fractions of the make-up times it), carbon oxides to ``oxides``, nitrogen of the coal, and the small products."""
    for i in range(SPECIES):
        d.raw_gas[i] = 0.0
    d.raw_gas[H2] = fuels * x.gas_hydrogen
    d.raw_gas[CH4] = fuels * x.gas_methane
    d.raw_gas[C2H4] = fuels * x.gas_ethylene
    d.raw_gas[CO] = oxides * x.gas_carbon_monoxide
    d.raw_gas[CO2] = oxides * x.gas_carbon_dioxide
    d.raw_gas[N2] = d.nitrogen_in_gas / (2.0 * MOLAR_MASS_N)
    d.dry_gas_share = 0.0
    for i in range(SPECIES):
        d.dry_gas_share += d.raw_gas[i] * MOLAR_MASS[i]
    d.raw_gas[H2O] = (d.charge_water + x.pyrolysis_water) / MOLAR_MASS_WATER
    d.raw_gas[NH3] = d.ammonia_share / MOLAR_MASS[NH3]
    d.raw_gas[H2S] = d.sulphide_share / MOLAR_MASS[H2S]
    d.raw_gas[C6H6] = d.benzol_share / MOLAR_MASS[C6H6]


@kernel
def by_proximate(x, d):
    """Write coke yield and gas from volatile matter or a given yield; the coal's C, H and O follow."""
    formula = COKE_BASE - COKE_PER_VOLATILE * x.coal_volatile_matter
    formula -= COKE_PER_KELVIN * (x.coke_temperature - T_NORMAL)
    d.coke_share = formula if isnan(x.coke_yield) else x.coke_yield
    gas = 1.0 - d.coke_share - d.tar_share - d.benzol_share - x.pyrolysis_water
    gas -= d.ammonia_share + d.sulphide_share + d.nitrogen_in_gas
    per_make_up = x.gas_hydrogen * MOLAR_MASS[H2] + x.gas_methane * MOLAR_MASS[CH4]
    per_make_up += x.gas_ethylene * MOLAR_MASS[C2H4] + x.gas_carbon_monoxide * MOLAR_MASS[CO]
    per_make_up += x.gas_carbon_dioxide * MOLAR_MASS[CO2]
    n = gas / per_make_up
    gas_amounts(x, d, n, n)
    return OK


@kernel
def by_ultimate(x, d):
    """Write coke yield and gas from the coal's C, H and O. Linear in the coke yield, so solved at once."""
    h_make_up = MOLAR_MASS_H * (2.0 * x.gas_hydrogen + 4.0 * x.gas_methane + 4.0 * x.gas_ethylene)
    c_make_up = MOLAR_MASS_C * (x.gas_methane + 2.0 * x.gas_ethylene)
    o_oxides = MOLAR_MASS_O * (x.gas_carbon_monoxide + 2.0 * x.gas_carbon_dioxide)
    c_oxides = MOLAR_MASS_C * (x.gas_carbon_monoxide + x.gas_carbon_dioxide)
    c_per_h, c_per_o = c_make_up / h_make_up, c_oxides / o_oxides
    hydrogen = x.coal_hydrogen - hydrogen_elsewhere(x, d)
    oxygen = x.coal_oxygen - oxygen_elsewhere(x, d)
    carbon = x.coal_carbon - d.tar_share * tar_carbon(x) - d.benzol_share * BENZOL_CARBON
    rest = x.coal_ash + d.nitrogen_in_coke + d.sulphur_in_coke
    own = 1.0 - x.residual_hydrogen * (1.0 + c_per_h) - x.residual_oxygen * (1.0 + c_per_o)
    d.coke_share = (rest + carbon - c_per_h * hydrogen - c_per_o * oxygen) / own
    fuels = (hydrogen - x.residual_hydrogen * d.coke_share) / h_make_up
    oxides = (oxygen - x.residual_oxygen * d.coke_share) / o_oxides
    gas_amounts(x, d, fuels, oxides)
    return OK if fuels > 0.0 and oxides >= 0.0 else OUTSIDE_RANGE


@kernel
def coke_composition(x, d):
    """Write the elements of dry coke [kg/kg of it], carbon by difference."""
    d.coke_share_hydrogen = x.residual_hydrogen
    d.coke_share_oxygen = x.residual_oxygen
    d.coke_share_nitrogen = d.nitrogen_in_coke / d.coke_share
    d.coke_share_sulphur = d.sulphur_in_coke / d.coke_share
    d.coke_share_ash = x.coal_ash / d.coke_share
    d.coke_share_carbon = 1.0 - d.coke_share_hydrogen - d.coke_share_oxygen - d.coke_share_nitrogen
    d.coke_share_carbon -= d.coke_share_sulphur + d.coke_share_ash


@kernel
def coal_composition(x, d):
    """Write the elements of dry coal [kg/kg]: what its products hold."""
    d.own_carbon = d.coke_share * d.coke_share_carbon + d.tar_share * tar_carbon(x)
    d.own_carbon += d.benzol_share * BENZOL_CARBON
    d.own_carbon += d.gas_carbon
    d.own_hydrogen = d.coke_share * d.coke_share_hydrogen + hydrogen_elsewhere(x, d)
    d.own_hydrogen += MOLAR_MASS_H * (2.0 * d.raw_gas[H2] + 4.0 * d.raw_gas[CH4] + 4.0 * d.raw_gas[C2H4])
    d.own_oxygen = d.coke_share * d.coke_share_oxygen + oxygen_elsewhere(x, d)
    d.own_oxygen += MOLAR_MASS_O * (d.raw_gas[CO] + 2.0 * d.raw_gas[CO2])


@kernel
def clean_gas(x, d):
    """Write the gas as it is sold and burnt [mol per kg dry coal]: dry, washed, with the air that leaked in."""
    n = 0.0
    for i in range(SPECIES):
        d.coke_oven_gas[i] = d.raw_gas[i]
    d.coke_oven_gas[H2O] = d.coke_oven_gas[NH3] = d.coke_oven_gas[H2S] = d.coke_oven_gas[C6H6] = 0.0
    for i in range(SPECIES):
        n += d.coke_oven_gas[i]
    air = n * x.gas_oxygen / (OXYGEN_OF_AIR - x.gas_oxygen)
    d.coke_oven_gas[O2] += OXYGEN_OF_AIR * air
    d.coke_oven_gas[N2] += NITROGEN_OF_AIR * air
    d.gas_amount = n + air
    d.gas_carbon = MOLAR_MASS_C * (d.raw_gas[CO] + d.raw_gas[CO2] + d.raw_gas[CH4] + 2.0 * d.raw_gas[C2H4])


@kernel
def gas_sulphur(x, d):
    """Write the sulphur of raw and of cleaned gas [mol per kg dry coal]; the gas's amount comes first."""
    d.raw_sulphur = d.sulphide_share / MOLAR_MASS[H2S]
    organic = x.organic_sulphur_share * d.raw_sulphur
    sulphide = x.gas_hydrogen_sulphide * NORMAL_MOLAR_VOLUME * d.gas_amount / MOLAR_MASS[H2S]
    d.gas_sulphur = min(d.raw_sulphur, organic + sulphide)


@kernel
def gas_made(x, d, ultimate):
    """Write coke, raw and cleaned gas; return a status. ultimate: from the coal's C, H and O."""
    status = by_ultimate(x, d) if ultimate else by_proximate(x, d)
    clean_gas(x, d)
    return status


@kernel
def measured_sulphide(x, d, ultimate):
    """Write products whose raw gas holds the hydrogen sulphide that is measured; return a status.

    The gas's amount is linear in its sulphide, so that two amounts tell the third.
    """
    per_gas = x.raw_gas_hydrogen_sulphide * NORMAL_MOLAR_VOLUME / (1.0 - x.organic_sulphur_share)  # kg/mol
    per_gas *= MOLAR_MASS_S / MOLAR_MASS[H2S]
    before, n = d.sulphide_share * (MOLAR_MASS_S / MOLAR_MASS[H2S]), d.gas_amount
    once = per_gas * n
    sulphide(x, d, once)
    status = gas_made(x, d, ultimate)
    if once != before:
        slope = (d.gas_amount - n) / (once - before)
        sulphide(x, d, per_gas * (n - slope * before) / (1.0 - per_gas * slope))
        status = gas_made(x, d, ultimate)
    return status


@kernel
def products(x, d):
    """Write yields, gas, coke and coal by elements; return a status, with the variable to blame in d."""
    charge_moisture = x.coal_moisture - x.moisture_removed
    d.charge_water = charge_moisture / (1.0 - charge_moisture)
    formula_yields(x, d)
    small_products(x, d)
    ultimate = isnan(x.coke_yield) and not (
        isnan(x.coal_carbon) or isnan(x.coal_hydrogen) or isnan(x.coal_oxygen)
    )
    status = gas_made(x, d, ultimate)
    if x.raw_gas_hydrogen_sulphide >= 0.0:
        status = measured_sulphide(x, d, ultimate)
    coke_composition(x, d)
    gas_sulphur(x, d)
    coal_composition(x, d)
    if status != OK or not d.raw_gas[H2] > 0.0:
        d.design_status_variable = COAL_HYDROGEN if ultimate else COKE_YIELD
        return OUTSIDE_RANGE
    if not d.sulphur_in_coke >= 0.0 and x.raw_gas_hydrogen_sulphide >= 0.0:
        d.design_status_variable = RAW_GAS_HYDROGEN_SULPHIDE
        return OUTSIDE_RANGE
    if not d.nitrogen_in_gas >= 0.0 and x.ammonia_yield >= 0.0:
        d.design_status_variable = AMMONIA_YIELD
        return OUTSIDE_RANGE
    if not (
        d.tar_share >= 0.0 and d.benzol_share >= 0.0 and d.nitrogen_in_gas >= 0.0 and d.sulphur_in_coke >= 0.0
    ):
        d.design_status_variable = COAL_VOLATILE_MATTER
        return OUTSIDE_RANGE
    return OK
