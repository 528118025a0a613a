"""Dew point of sulphuric acid in flue gas: two correlations, since they answer to different inputs."""

from __future__ import annotations

from math import log, nan

from plantsim._jit import kernel

PA_PER_MMHG = 133.322387415  # Pa, ISO 80000-4

# F. H. Verhoff, J. T. Banchero, Chemical Engineering Progress 70(8) (1974) 71-72, pressures in mmHg; read in
# V. Ganapathy's notes on cold-end corrosion (secondary), whose worked example is a test
VB_0, VB_WATER, VB_ACID, VB_BOTH = 2.276, -0.0294, -0.0858, 0.0062

# Soviet standard method of boiler heat calculation (1973), as commonly quoted in China. Unverified: remembered
SOVIET_FACTOR = 125.0  # K; 121 at a furnace air ratio of 1.2, 129 at 1.4 to 1.5
SOVIET_ASH_BASE = 1.05
SOVIET_REFERENCE_HEAT = 4186.8e3  # J/kg: the reduced contents are per 1000 kcal/kg


@kernel
def acid_dew_point(p_water, p_acid):
    """Return the dew point [K] of sulphuric acid at the partial pressures of water and SO3 [Pa] in the gas.

    Each is the wet mole fraction times the absolute pressure at the site. All SO3 is taken as H2SO4 vapour, true
    below 200 degC. NaN for pressures that are not positive. Source: Verhoff and Banchero (1974); their data span
    some 100 to 180 degC.
    """
    if not (p_water > 0.0 and p_acid > 0.0):
        return nan
    water, acid = log(p_water / PA_PER_MMHG), log(p_acid / PA_PER_MMHG)
    return 1000.0 / (VB_0 + VB_WATER * water + VB_ACID * acid + VB_BOTH * water * acid)


@kernel
def acid_dew_point_of_coal(T_water, sulphur, ash, fly_ash_share, lower_heating_value):
    """Return the acid dew point [K] from the coal alone, by the Soviet standard method. Evidence: unverified.

    T_water: dew point of the water in the gas [K]. sulphur, ash: as received [kg/kg]. fly_ash_share: share of the
    ash that leaves with the gas [-]. lower_heating_value [J/kg], as received. For pulverised coal at air ratios of
    1.2 to 1.5 without limestone; NaN for a heating value that is not positive.
    """
    if not (lower_heating_value > 0.0 and sulphur >= 0.0):
        return nan
    reduced_sulphur = 100.0 * sulphur * SOVIET_REFERENCE_HEAT / lower_heating_value  # %
    reduced_ash = 100.0 * ash * SOVIET_REFERENCE_HEAT / lower_heating_value  # %
    rise = SOVIET_FACTOR * reduced_sulphur ** (1.0 / 3.0)
    return T_water + rise / SOVIET_ASH_BASE ** (fly_ash_share * reduced_ash)
