"""Flue-gas desulphurisation: wet limestone, lime spray dryer, dry bicarbonate; what each uses and gives off.

Reactions (all SO2 taken up ends as written):
    CaCO3 + SO2 + 1/2 O2 + 2 H2O -> CaSO4.2H2O + CO2          wet limestone, forced oxidation
    Ca(OH)2 + SO2 -> CaSO3.1/2H2O + 1/2 H2O                   spray dryer
    2 NaHCO3 + SO2 + 1/2 O2 -> Na2SO4 + 2 CO2 + H2O           dry bicarbonate
SI units. Power at site pressure through :mod:`plantsim.kernels.fans`.
"""

from __future__ import annotations

from math import exp, log

from plantsim._jit import kernel
from plantsim.kernels.emissions import (
    M_CALCIUM_HYDROXIDE,
    M_CALCIUM_SULPHITE,
    M_CO2,
    M_GYPSUM,
    M_H2O,
    M_LIMESTONE,
    M_O2,
    M_SO2,
    M_SODIUM_BICARBONATE,
    M_SODIUM_SULPHATE,
    OXYGEN_IN_AIR,
)
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.kernels.psychrometrics import adiabatic_saturation, moist_enthalpy, saturated_ratio
from plantsim.kernels.steam import h_pT
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE

GRAVITY = 9.80665  # m/s2, standard gravity (3rd CGPM 1901)


@kernel
def spray_removal(ntu_design, liquid_ratio, exponent):
    """Return the SO2 removal [-] of a spray tower: 1 - exp(-NTU), NTU = ntu_design liquid_ratio^exponent.

    ntu_design: transfer units at the design point [-]; liquid_ratio: slurry over actual gas volume (L/G), over
    its design value [-]. The power law and its exponent (0.6 to 0.9) are unverified; calibrate to a test.
    """
    return 1.0 - exp(-ntu_design * max(0.0, liquid_ratio) ** exponent)


@kernel
def liquid_ratio_for(removal, ntu_design, exponent):
    """Return (liquid_ratio [-], status): L/G over its design value for a removal [-]; see :func:`spray_removal`."""
    if not (0.0 <= removal < 1.0 and ntu_design > 0.0 and exponent > 0.0):
        return float("nan"), OUTSIDE_RANGE
    return (-log(1.0 - removal) / ntu_design) ** (1.0 / exponent), OK


@kernel
def limestone_balance(so2, stoichiometry, purity):
    """Return (limestone, solids, gypsum, CO2, oxygen, water) of wet limestone FGD, all [kg/s].

    so2: taken up [kg/s]; stoichiometry: Ca : S fed [mol/mol] >= 1; purity: CaCO3 in limestone [kg/kg] > 0.
    solids: gypsum, unused limestone and inerts, dry; oxygen: used by the reaction, of flue gas and air together;
    water: bound in gypsum. The unused limestone gives off no CO2: it leaves with the solids.
    Mass closes: so2 + limestone + oxygen + water = solids + CO2.
    """
    n = so2 / M_SO2
    limestone = n * stoichiometry * M_LIMESTONE / purity
    gypsum = n * M_GYPSUM
    rest = limestone - n * M_LIMESTONE
    return limestone, gypsum + rest, gypsum, n * M_CO2, 0.5 * n * M_O2, 2.0 * n * M_H2O


@kernel
def lime_balance(so2, stoichiometry, purity):
    """Return (lime, solids, water) of a lime spray dryer [kg/s]: so2 [kg/s], Ca : S [mol/mol], purity [kg/kg].

    lime: as Ca(OH)2 with its inerts; water: given off by the reaction. so2 + lime = solids + water. The CO2 of
    burning the lime belongs to the lime works.
    """
    n = so2 / M_SO2
    lime = n * stoichiometry * M_CALCIUM_HYDROXIDE / purity
    return lime, n * M_CALCIUM_SULPHITE + lime - n * M_CALCIUM_HYDROXIDE, 0.5 * n * M_H2O


@kernel
def bicarbonate_balance(so2, stoichiometry, purity):
    """Return (bicarbonate, solids, CO2, water, oxygen) of dry NaHCO3 injection [kg/s].

    so2: taken up [kg/s]; stoichiometry: NaHCO3 fed over the 2 mol per SO2 that it needs [-] >= 1; purity [kg/kg].
    The surplus calcines: 2 NaHCO3 -> Na2CO3 + CO2 + H2O, so it gives off CO2 and water as well; below about 410 K
    it does not (unverified). so2 + bicarbonate + oxygen = solids + CO2 + water.
    """
    n = so2 / M_SO2
    fed = 2.0 * n * stoichiometry
    surplus = fed - 2.0 * n
    bicarbonate = fed * M_SODIUM_BICARBONATE / purity
    co2 = (2.0 * n + 0.5 * surplus) * M_CO2
    water = (n + 0.5 * surplus) * M_H2O
    oxygen = 0.5 * n * M_O2
    return bicarbonate, so2 + bicarbonate + oxygen - co2 - water, co2, water, oxygen


@kernel(inline=True)
def sulphate_formed(so2):
    """Return the Na2SO4 [kg/s] of ``so2`` [kg/s] taken up by bicarbonate."""
    return so2 * (M_SODIUM_SULPHATE / M_SO2)


@kernel
def absorber_water(gas, T, w, p, cp, M_dry, T_water, drift):
    """Return (T_out [K], evaporated [kg/s], drift [kg/s], status) of a wet absorber, which saturates the gas.

    gas: dry [kg/s]; T [K], w [kg/kg dry]: at its inlet; p: site pressure [Pa]; cp [J/(kg K)], M_dry [kg/mol] of
    the dry gas; T_water: of the make-up [K], 0 for the absorber's own temperature; drift: droplets that leave,
    per dry gas [kg/kg]. Heat of reaction and blower heat are left out (below 2 % of the gas's heat).
    """
    T_out, evaporated, status = adiabatic_saturation(T, w, p, cp, M_dry, T_water)
    return T_out, gas * evaporated, gas * drift, status


@kernel
def spray_cooling(gas, T, w, T_out, p, cp, M_dry, T_water):
    """Return (water [kg/s], approach [K], status) that cools a gas by evaporation to T_out, as in a spray dryer.

    gas: dry [kg/s]; T, T_out [K]; w [kg/kg dry]; p [Pa]; cp, M_dry: dry gas; T_water [K]. approach: T_out less
    the adiabatic saturation temperature. INFEASIBLE_THERMAL below saturation or where T_out is above T.
    """
    T_s, _, status = adiabatic_saturation(T, w, p, cp, M_dry, T_water)
    if status != OK:
        return float("nan"), float("nan"), status
    if not T_s < T_out <= T:
        return float("nan"), T_out - T_s, INFEASIBLE_THERMAL
    h_in = moist_enthalpy(T, w, p, cp, M_dry)
    h_water = h_pT(p, T_water)
    # the vapour's partial pressure moves its enthalpy a little, so two passes are enough
    added = 0.0
    for _ in range(3):
        h_same = moist_enthalpy(T_out, w, p, cp, M_dry)
        h_more = moist_enthalpy(T_out, w + max(added, 1e-4), p, cp, M_dry)
        per_water = (h_more - h_same) / max(added, 1e-4)
        added = (h_in - h_same) / (per_water - h_water)
    return gas * added, T_out - T_s, OK


@kernel(inline=True)
def slurry_pump_power(slurry, density, head, eta):
    """Return the power [W] of recirculation pumps: slurry [m3/s], density [kg/m3], head [m], eta with motor [-]."""
    return slurry * density * GRAVITY * head / eta


@kernel
def oxidation_air(so2, natural, oxygen_ratio):
    """Return the air [Nm3/s] blown into the sump.

    so2: taken up [kg/s]; natural: share oxidised by the flue gas's own oxygen [-]; oxygen_ratio: O2 blown over the
    O2 that the rest needs [-], 2 to 3 for spargers and lances.
    """
    return 0.5 * so2 / M_SO2 * (1.0 - natural) * oxygen_ratio / OXYGEN_IN_AIR * MOLAR_VOLUME


@kernel
def grinding_power(limestone, work):
    """Return the power [W] of a wet limestone mill: limestone [kg/s], specific work [J/kg]."""
    return limestone * work


@kernel
def outlet_humidity(T_out, p, M_dry):
    """Return (w [kg/kg dry], status) of gas leaving an absorber saturated at T_out [K], p [Pa]; M_dry [kg/mol]."""
    w = saturated_ratio(T_out, p, M_dry)
    return w, OK if w >= 0.0 else INFEASIBLE_FLOW
