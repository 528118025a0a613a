"""Concentrations in flue gas as the limits read them: dry, normal state, at a reference oxygen content. SI units."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

# kg/mol, from IUPAC's standard atomic weights (abridged, 2021): C 12.011, H 1.008, N 14.007, O 15.999, Na 22.990,
# S 32.06, Ca 40.078
M_NH3 = 0.017031
M_H2O = 0.018015
M_N2 = 0.028014
M_NO = 0.030006
M_O2 = 0.031998
M_CO2 = 0.044009
M_NO2 = 0.046005
M_UREA = 0.060056
M_SO2 = 0.064058
M_CALCIUM_HYDROXIDE = 0.074092
M_SO3 = 0.080057
M_SODIUM_BICARBONATE = 0.084006
M_LIMESTONE = 0.100086  # CaCO3
M_SODIUM_SULPHATE = 0.142036
M_CALCIUM_SULPHITE = 0.1291425  # CaSO3 . 1/2 H2O
M_GYPSUM = 0.172164  # CaSO4 . 2 H2O
OXYGEN_IN_AIR = 0.21  # mol/mol dry, the standards' rounded value (GB 13223-2011, GB 4915-2013)


@kernel
def at_reference_oxygen(c, oxygen, reference_oxygen):
    """Return (c_ref, status): a concentration at the reference oxygen content, in the unit of ``c``.

    c: as measured in dry gas; oxygen, reference_oxygen: in dry gas [mol/mol]. c_ref = c (21 - ref)/(21 - o2),
    GB 13223-2011. OUTSIDE_RANGE (and NaN) where either is not in 0 .. 0.21: air has no combustion oxygen.
    """
    if not (0.0 <= oxygen < OXYGEN_IN_AIR and 0.0 <= reference_oxygen < OXYGEN_IN_AIR):
        return float("nan"), OUTSIDE_RANGE
    return c * (OXYGEN_IN_AIR - reference_oxygen) / (OXYGEN_IN_AIR - oxygen), OK


@kernel(inline=True)
def mass_concentration(y, molar_mass):
    """Return [kg/Nm3] from a mole fraction y [mol/mol]: 1 ppm NO2 (how NOx is counted) is 2.0525 mg/Nm3."""
    return y * molar_mass / MOLAR_VOLUME


@kernel(inline=True)
def mole_fraction(c, molar_mass):
    """Return [mol/mol] from a mass concentration c [kg/Nm3] of a gas of ``molar_mass`` [kg/mol]."""
    return c * MOLAR_VOLUME / molar_mass


@kernel(inline=True)
def dry_basis(y_wet, water):
    """Return a mole fraction or concentration in dry gas from that in wet gas; water: in wet gas [mol/mol] < 1."""
    return y_wet / (1.0 - water)


@kernel(inline=True)
def excess_over_limit(c, limit):
    """Return how far c is above ``limit``, over the limit [-]: negative inside. A limit <= 0 means none: -1."""
    return c / limit - 1.0 if limit > 0.0 else -1.0
