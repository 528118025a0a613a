"""Properties of cryolite baths from their composition. SI floats in, SI floats out.

Arguments: ``a`` excess AlF3, ``c`` CaF2, ``o`` dissolved Al2O3, ``l`` LiF, ``m`` MgF2, ``k`` KF, all mass fractions
[kg/kg] of the whole bath; temperatures [K]. The published fits use weight per cent; :data:`PERCENT` turns one
into the other. Outside :func:`composition_status` the functions still return finite numbers, but not properties.
"""

from __future__ import annotations

import math

from plantsim._jit import kernel
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

PERCENT = 100.0  # weight per cent in a mass fraction of 1
ZERO_CELSIUS = 273.15  # K
CENTIMETRES = 100.0  # S/m in 1 S/cm

HIVES, WANG, RTA = 0, 1, 2  # formulas of conductivity

# Limits of the fitted melts, wt%; remembered, medium confidence (Solheim 1996: primary field of cryolite)
MOST_ALF3 = 20.0
MOST_CAF2 = 10.0
MOST_LIF = 5.0
MOST_MGF2 = 5.0
MOST_KF = 5.0
COLDEST, HOTTEST = 850.0, 1050.0  # degC; range of Skybakmoen's saturation and of Hives' cell measurements

MOLAR_MASS_NAF = 41.99  # g/mol, as printed in the RTA form
MOLAR_MASS_LIF = 25.94  # g/mol, same
MOLAR_MASS_MGF2 = 62.31  # g/mol, same
MOLAR_MASS_ALF3 = 83.98  # g/mol, same


@kernel
def composition_status(a, c, o, l, m, k):  # noqa: E741
    """Return OK inside the fitted range of compositions, else OUTSIDE_RANGE."""
    high = (
        a > MOST_ALF3 / PERCENT
        or c > MOST_CAF2 / PERCENT
        or l > MOST_LIF / PERCENT
        or m > MOST_MGF2 / PERCENT
        or k > MOST_KF / PERCENT
    )
    low = a < 0.0 or c < 0.0 or o <= 0.0 or l < 0.0 or m < 0.0 or k < 0.0
    return OUTSIDE_RANGE if high or low or a + c + o + l + m + k >= 0.5 else OK


@kernel
def weight_ratio(a, c, o, l, m, k):  # noqa: E741
    """Return the bath ratio NaF/AlF3 by weight [1]; the molar ratio (分子比) is twice it.

    Excess AlF3 over the part of the bath that is cryolite and AlF3. 0 <= a < that part.
    """
    x = a / (1.0 - o - c - l - m - k)
    return (1.0 - x) / (2.0 / 3.0 + x)


@kernel
def excess_alf3(ratio, c, o, l, m, k):  # noqa: E741
    """Return the excess AlF3 [kg/kg] of a bath with this NaF/AlF3 ratio by weight [1]: inverse of weight_ratio."""
    x = (1.0 - 2.0 / 3.0 * ratio) / (1.0 + ratio)
    return x * (1.0 - o - c - l - m - k)


@kernel
def liquidus(a, c, o, l, m, k):  # noqa: E741
    """Return the temperature [K] at which cryolite begins to freeze out.

    Solheim et al. 1996, primary field of cryolite. The LiF and KF terms are remembered (high confidence); their
    sum is the least certain part, and baths rich in both leave the fitted range. Negative fractions count as 0.
    """
    alf3 = max(a, 0.0) * PERCENT
    caf2 = max(c, 0.0) * PERCENT
    alumina = max(o, 0.0) * PERCENT
    lif = max(l, 0.0) * PERCENT
    product = caf2 * alf3
    t = 1011.0 + 0.50 * alf3 - 0.13 * alf3**2.2 - 3.45 * caf2 / (1.0 + 0.0173 * caf2)
    t += 0.124 * product - 0.00542 * product * math.sqrt(product)
    t -= 7.93 * alumina / (1.0 + 0.0936 * alumina - 0.0017 * alumina * alumina - 0.0023 * alf3 * alumina)
    t -= 8.90 * lif / (1.0 + 0.0047 * lif + 0.0010 * alf3 * alf3)
    t -= 3.95 * (m + k) * PERCENT
    return t + ZERO_CELSIUS


@kernel
def saturation_terms(a, c, l, m):  # noqa: E741
    """Return (factor [kg/kg], exponent [1]) of the alumina saturation: what of it the temperature leaves alone.

    Skybakmoen 1997, doi 10.1007/s11663-997-0129-9.
    """
    alf3, lif = a * PERCENT, max(l, 0.0) * PERCENT
    factor = 11.9 - 0.062 * alf3 - 0.0031 * alf3 * alf3 - 0.2 * c * PERCENT - 0.5 * lif - 0.3 * m * PERCENT
    factor += 42.0 * alf3 * lif / (2000.0 + alf3 * lif)
    exponent = 4.8 - 0.048 * alf3 + 2.2 * lif * math.sqrt(lif) / (10.0 + lif + 0.001 * alf3**3)
    return factor / PERCENT, exponent


@kernel
def saturation(t, a, c, l, m):  # noqa: E741
    """Return the alumina [kg/kg] that a bath dissolves at t [K]. Skybakmoen 1997; 850 to 1050 degC (remembered)."""
    factor, exponent = saturation_terms(a, c, l, m)
    return factor * (max(t - ZERO_CELSIUS, 1.0) / 1000.0) ** exponent


@kernel
def alumina_activity(r):
    """Return the activity of alumina [1] at a relative saturation r [1], 0 <= r <= 1. Haupin 1998, eq. 10."""
    return r * (-0.03791 + r * (2.364 + r * (-2.194 + r * 0.8686)))


@kernel
def conductivity_terms(formula, a, c, o, l, m, k):  # noqa: E741
    """Return (constant, slope [K]) of ln kappa = constant + slope/T, kappa in S/cm: see conductivity."""
    alf3, caf2, alumina = a * PERCENT, c * PERCENT, o * PERCENT
    lif, mgf2, kf = l * PERCENT, m * PERCENT, k * PERCENT
    if formula == WANG:
        ratio = weight_ratio(a, c, o, l, m, k)
        constant = 2.0156 - 0.0207 * alumina - 0.0049 * caf2 - 0.0166 * mgf2 + 0.0178 * lif + 0.4349 * ratio
        return constant, -2068.4
    if formula == RTA:
        naf = 0.6 * (PERCENT - alf3 - alumina - caf2 - lif - mgf2)
        moles = naf / MOLAR_MASS_NAF + lif / MOLAR_MASS_LIF - mgf2 / MOLAR_MASS_MGF2
        ratio = 0.5 * moles / ((alf3 + 2.0 * naf / 3.0) / MOLAR_MASS_ALF3)
        constant = 1.9362 + 0.3092 * ratio - 0.004132 * caf2 - 0.01755 * alumina
        return constant + 0.008123 * lif - 0.00398 * mgf2, -1751.1
    constant = 1.977 - 0.0200 * alumina - 0.0131 * alf3 - 0.0060 * caf2
    return constant - 0.0106 * mgf2 - 0.0019 * kf + 0.0121 * lif, -1204.3


@kernel
def conductivity(formula, t, a, c, o, l, m, k):  # noqa: E741
    """Return the electric conductivity [S/m] of a bath at t [K].

    formula: HIVES (1996, doi 10.1007/BF02915051), WANG (1992, remembered, high confidence) or RTA (as used in
    published code). They differ by 5 % at an industrial bath: absolute voltages rest on a calibrated distance.
    """
    constant, slope = conductivity_terms(formula, a, c, o, l, m, k)
    return CENTIMETRES * math.exp(constant + slope / t)
