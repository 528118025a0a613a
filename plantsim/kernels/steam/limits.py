"""Where regions meet, in enthalpy and in entropy: bounds that sort most states at once. SI units.

Each is the equation's value at the stated corner, moved outwards by about 1e-4: a state beyond a bound is
decided by it, a state inside is decided by the exact test. A property test recomputes the corners.
"""

from __future__ import annotations

from plantsim._jit import kernel

H_MIN = -50.0  # J/kg, below region 1 (-41.6 J/kg at 273.15 K and 611 Pa)
H_MAX = 7.3780e6  # J/kg, above region 5 (7376.98 kJ/kg at 2273.15 K and p -> 0)
H_SAT3_MIN = 1.6708e6  # J/kg, below saturated liquid of region 3 (1670.86 kJ/kg at 623.15 K)
H_SAT3_MAX = 2.5637e6  # J/kg, above saturated vapour of region 3 (2563.59 kJ/kg at 623.15 K)
S_MIN = -10.0  # J/(kg K), below region 1 (-8.58 J/(kg K) at 273.15 K and 100 MPa)
S_SAT3_MIN = 3.7780e3  # J/(kg K), below saturated liquid of region 3 (3.7783 kJ/(kg K) at 623.15 K)
S_SAT3_MAX = 5.2112e3  # J/(kg K), above saturated vapour of region 3 (5.2110 kJ/(kg K) at 623.15 K)
H_LIQUID_MAX = 1.6711e6  # J/kg, above saturated liquid of region 1 (1670.86 kJ/kg at 623.15 K)
H_23_MIN = 2.5630e6  # J/kg, below region 2 on its boundary with region 3 (2563.59 kJ/kg at 16.5292 MPa)
H_25 = 4.1612e6  # J/kg, above region 2 at 1073.15 K (4160.66 kJ/kg at p -> 0)
S_LIQUID_MAX = 3.7790e3  # J/(kg K), above saturated liquid of region 1 (3.7783 kJ/(kg K) at 623.15 K)
S_23_MIN = 5.0475e3  # J/(kg K), below region 2 on its boundary with region 3 (5.0482 kJ/(kg K) at 100 MPa)
S_25 = 8.5070e3  # J/(kg K), above s + R ln(p / 1 MPa) of region 2 at 1073.15 K (8.5058 at p -> 0)
NEAR = 1.0  # K: a start further than this beyond saturation is two-phase; the backward equations err by 25 mK
ROUNDING = 1e-13  # relative: temperatures this near to saturation are on it
EDGE = 1e-9  # K: an inverse that misses a limit of the range by less is on it
MARGIN_3 = 2e-4  # relative: saturation pressures of region 3 from h or s are trusted beyond this
GAP_STEP = 1e-14  # relative: to the hot side of a border at a fixed temperature
GAP_STEP_23 = 1e-11  # relative, to a side of the border of 2 and 3: Eqs. (5) and (6) agree to 1e-12


@kernel(inline=True)
def vapour_enthalpy_floor(T):
    """Return an enthalpy [J/kg], 1 to 43 kJ/kg below that of saturated vapour at T [K], 273.15 K to 623.15 K.

    Deep in the wet region the backward equations of region 2 give anything: below the floor they are not
    asked. Cubic fit to regions 2 and 4, made for this purpose; a property test holds it below.
    """
    t = T * 1e-3
    return ((-24.8592e6 * t + 26.1113e6) * t - 7.42542e6) * t + 3.0655e6


@kernel(inline=True)
def vapour_entropy_floor(T):
    """Return an entropy [J/(kg K)], 5 to 61 J/(kg K) below that of saturated vapour at T [K]; as above."""
    t = T * 1e-3
    return ((-105788.0 * t + 160301.0) * t - 87823.8) * t + 23280.0
