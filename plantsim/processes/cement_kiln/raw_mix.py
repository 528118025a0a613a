"""Clinker: moduli, phases by Bogue, heat of formation, and what its carbonates and hydrates give off. SI units."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.processes.cement_kiln.codes import FORMULA_2_22
from plantsim.processes.cement_kiln.streams import KCAL

M_CAO, M_MGO, M_AL2O3 = 0.0560774, 0.0403044, 0.1019614  # kg/mol, IUPAC 2021 abridged
M_CAOH2 = 0.0740927  # kg/mol
CALCITE_HEAT = (
    178.8e3  # J/mol CaCO3 -> CaO + CO2 at 298 K: Robie and Hemingway 1995, USGS Bulletin 2131 (unverified)
)
MAGNESITE_HEAT = 117.0e3  # J/mol MgCO3 -> MgO + CO2, as above (unverified); published values 101 to 118
PORTLANDITE_HEAT = 109.2e3  # J/mol Ca(OH)2 -> CaO + steam, as above (unverified); published values 104 to 109
KAOLINITE_HEAT = 170e3  # J/mol to metakaolin and steam: Mastorakos 1999 and others, 145 to 200 (unverified)
WATER_OF_KAOLINITE = 2.0  # mol/mol Al2O3


@kernel
def moduli(c, s, a, f):
    """Return (KH, LSF, silica modulus, alumina modulus) [-] of a clinker.

    c, s, a, f: CaO, SiO2, Al2O3, Fe2O3 [kg/kg] > 0; free lime is not taken off, as in raw-mix control.
    KH = (C - 1.65 A - 0.35 F)/(2.8 S); LSF = C/(2.8 S + 1.18 A + 0.65 F): the trade's formulas.
    """
    kh = (c - 1.65 * a - 0.35 * f) / (2.8 * s)
    return kh, c / (2.8 * s + 1.18 * a + 0.65 * f), s / (a + f), a / f


@kernel
def bogue(c, s, a, f, so3, free_lime):
    """Return (C3S, C2S, C3A, C4AF) [kg/kg] of a clinker by Bogue; below an alumina modulus of 0.64 the ferrite is a
    solid solution and there is no C3A.

    c, s, a, f, so3, free_lime: CaO, SiO2, Al2O3, Fe2O3, SO3, free CaO [kg/kg]. ASTM C150 coefficients; those below
    0.64 from memory (unverified). A phase below zero: no such clinker.
    """
    if a < 0.64 * f:
        c3s = 4.071 * (c - free_lime) - 7.600 * s - 4.479 * a - 2.859 * f - 2.852 * so3
        return c3s, 2.867 * s - 0.7544 * c3s, 0.0, 2.100 * a + 1.702 * f
    c3s = 4.071 * (c - free_lime) - 7.600 * s - 6.718 * a - 1.430 * f - 2.852 * so3
    return c3s, 2.867 * s - 0.7544 * c3s, 2.650 * a - 1.692 * f, 3.043 * f


@kernel
def formation_heat(c, s, a, f, m, formula):
    """Return the heat of formation of clinker [J/kg] from carbonates and clay (zur Strassen).

    c, s, a, f, m: CaO, SiO2, Al2O3, Fe2O3, MgO [kg/kg]. In kcal/kg per %: 7.646 C - 5.116 S - 0.59 F + 6.48 M
    and 4.11 A (Peray; Chinese practice) or 2.22 A (Indian practice, BEE), by ``formula``.
    """
    alumina = 2.22 if formula == FORMULA_2_22 else 4.11
    return 100.0 * KCAL * (7.646 * c + alumina * a + 6.48 * m - 5.116 * s - 0.59 * f)


@kernel
def calcite_saving():
    """Return the heat [J/kg CaO] that lime from Ca(OH)2 takes less than lime from CaCO3."""
    return (CALCITE_HEAT - PORTLANDITE_HEAT) / M_CAO


@kernel
def write_phases(x, y):
    """Write moduli and phases of the clinker."""
    c, s, a, f = x.clinker_lime, x.clinker_silica, x.clinker_alumina, x.clinker_iron
    kh, lsf, silica, alumina = moduli(c, s, a, f)
    y.lime_saturation = kh
    y.lime_saturation_factor = lsf
    y.silica_modulus = silica
    y.alumina_modulus = alumina
    c3s, c2s, c3a, c4af = bogue(c, s, a, f, x.clinker_sulphate, x.free_lime)
    y.c3s = c3s
    y.c2s = c2s
    y.c3a = c3a
    y.c4af = c4af
