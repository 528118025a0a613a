"""Air as burners get it: composition, humidity, oxygen enrichment; dew or frost point of water.

Water vapour is taken as an ideal gas: the enhancement factor of saturated air (1.004 at 0.1 MPa) is left out.
"""

from __future__ import annotations

from math import exp, inf, log, nan

from plantsim._jit import kernel
from plantsim.kernels.gas import AR, CO2, H2O, MOLAR_MASS, N2, O2, SPECIES
from plantsim.kernels.steam.saturation import saturation_pressure, saturation_temperature
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

# Dry air by volume, ISO 2533:1975, Table 1; neon and the other traces (0.003 %) are counted as nitrogen
DRY_AIR_O2 = 0.209476
DRY_AIR_AR = 0.00934
DRY_AIR_CO2 = 0.000314
DRY_AIR_N2 = 1.0 - DRY_AIR_O2 - DRY_AIR_AR - DRY_AIR_CO2
DRY_AIR_MASS = (
    DRY_AIR_O2 * float(MOLAR_MASS[O2])
    + DRY_AIR_AR * float(MOLAR_MASS[AR])
    + DRY_AIR_CO2 * float(MOLAR_MASS[CO2])
    + DRY_AIR_N2 * float(MOLAR_MASS[N2])
)  # kg/mol
SATURATED = 1e-9  # of the humidity at saturation

# Sublimation pressure of ice, IAPWS R14-08(2011), Eq. (6) and Table 3, 50 K to 273.16 K
TRIPLE_T = 273.16  # K
TRIPLE_P = 611.657  # Pa
ICE_A = (-0.212144006e2, 0.273203819e2, -0.610598130e1)
ICE_B = (0.333333333e-2, 0.120666667e1, 0.170333333e1)
T_FREEZING = 273.15  # K: liquid above (lower end of IAPWS-IF97), ice below
T_LOWEST = 180.0  # K
T_CRITICAL = 647.096  # K, IAPWS
MAX_STEPS = 30


@kernel
def sublimation_pressure(T):
    """Return the vapour pressure [Pa] over ice at T [K], 50 K to 273.16 K. Source: IAPWS R14-08(2011), Eq. (6)."""
    theta = T / TRIPLE_T
    powers = ICE_A[0] * theta ** ICE_B[0] + ICE_A[1] * theta ** ICE_B[1] + ICE_A[2] * theta ** ICE_B[2]
    return TRIPLE_P * exp(powers / theta)


@kernel
def vapour_pressure(T):
    """Return the saturation pressure [Pa] of water at T [K]: over ice below 273.15 K, over liquid above.

    NaN outside 180 K to 647.096 K. Source: IAPWS R14-08(2011); IAPWS-IF97, Eq. (30).
    """
    if not (T >= T_LOWEST and T <= T_CRITICAL):
        return nan
    return sublimation_pressure(T) if T < T_FREEZING else saturation_pressure(T)


@kernel
def water_dew_point(p_vapour):
    """Return the dew point [K], or below 273.15 K the frost point, of water vapour at its pressure [Pa].

    At a site the vapour pressure is the wet mole fraction times the absolute gas pressure there. NaN outside
    0.0054 Pa (180 K) to 22.064 MPa. Source: as :func:`vapour_pressure`.
    """
    if p_vapour >= saturation_pressure(T_FREEZING):
        return saturation_temperature(p_vapour)
    if not p_vapour >= sublimation_pressure(T_LOWEST):
        return nan
    wanted = log(p_vapour)
    low, top = T_LOWEST, TRIPLE_T
    T = 260.0
    for _ in range(MAX_STEPS):
        # 1/T is all but linear in log p: two points make the step, the slope is that of the heat of sublimation
        here = log(sublimation_pressure(T))
        slope = (log(sublimation_pressure(T * 1.000001)) - here) / (1.0 / (T * 1.000001) - 1.0 / T)
        new = min(top, max(low, 1.0 / (1.0 / T + (wanted - here) / slope)))
        step, T = abs(new - T), new
        if step < 1e-11 * T:
            break
    return min(T, T_FREEZING)


@kernel
def dry_air(oxygen_share, x):
    """Write into x the mole fractions of dry air with ``oxygen_share`` O2 by volume (DRY_AIR_O2 for plain air).

    Oxygen takes the place of all other gases alike, as when pure oxygen is added. x: shape (SPECIES,).
    """
    rest = (1.0 - oxygen_share) / (1.0 - DRY_AIR_O2)
    for i in range(SPECIES):
        x[i] = 0.0
    x[O2] = oxygen_share
    x[N2] = rest * DRY_AIR_N2
    x[AR] = rest * DRY_AIR_AR
    x[CO2] = rest * DRY_AIR_CO2


@kernel
def humid_air(T, p, relative_humidity, oxygen_share, x):
    """Write into x the mole fractions of humid air; return a status.

    T [K], p [Pa]: state in which ``relative_humidity`` (0 .. 1) is measured, p the absolute pressure of the site.
    oxygen_share: O2 of the dry gas by volume, above 0 up to 1. x: shape (SPECIES,). Error: OUTSIDE_RANGE (x is
    left as it was), also where the vapour pressure would exceed p.
    """
    if not (relative_humidity >= 0.0 and relative_humidity <= 1.0 and p > 0.0):
        return OUTSIDE_RANGE
    if not (oxygen_share > 0.0 and oxygen_share <= 1.0):
        return OUTSIDE_RANGE
    share = relative_humidity * vapour_pressure(T) / p
    if not share < 1.0:  # also NaN, outside the range of T
        return OUTSIDE_RANGE
    dry_air(oxygen_share, x)
    for i in range(SPECIES):
        x[i] *= 1.0 - share
    x[H2O] = share
    return OK


@kernel
def humidity_ratio(x):
    """Return the water [kg] per kg of dry gas in the mixture x (mole fractions or any amounts)."""
    dry = 0.0
    for i in range(SPECIES):
        if i != H2O:
            dry += x[i] * MOLAR_MASS[i]
    return x[H2O] * MOLAR_MASS[H2O] / dry


@kernel
def saturation_humidity(T, p):
    """Return the most water [kg per kg of dry air] that air holds at T [K], p [Pa]; over ice below 273.15 K.

    Infinite at and above the boiling point. NaN outside 180 K to 647.096 K.
    """
    vapour = vapour_pressure(T)
    if vapour >= p:
        return inf
    return MOLAR_MASS[H2O] / DRY_AIR_MASS * vapour / (p - vapour)


@kernel
def holds_humidity(w, T, p):
    """Return whether air at T [K], p [Pa] can hold w [kg of water per kg of dry air]; False for NaN.

    What is above saturation by less than SATURATED is rounding of a given relative humidity of 100 %.
    """
    return bool(w >= 0.0 and w <= (1.0 + SATURATED) * saturation_humidity(T, p))
