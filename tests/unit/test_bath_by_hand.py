"""Cryolite baths and cell voltage: every term of the published fits, in their own units (wt%, degC, A/cm2, cm)."""

from __future__ import annotations

import math

import pytest

from plantsim.kernels import bath, cell_voltage
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

AF, CA, AL, LI, MG, KF = 10.6, 4.7, 2.9, 1.3, 0.8, 0.6  # wt%
BATH = tuple(v / 100 for v in (AF, CA, AL, LI, MG, KF))
R, F = 8.314462618, 96485.33212
RATIO = 1.14  # NaF/AlF3 by weight


def test_liquidus_by_solheim():
    """Solheim et al. 1996, primary field of cryolite, degC."""
    t = 1011 + 0.50 * AF - 0.13 * AF**2.2 - 3.45 * CA / (1 + 0.0173 * CA) + 0.124 * CA * AF
    t -= 0.00542 * (CA * AF) ** 1.5
    t -= 7.93 * AL / (1 + 0.0936 * AL - 0.0017 * AL**2 - 0.0023 * AF * AL)
    t -= 8.90 * LI / (1 + 0.0047 * LI + 0.0010 * AF**2) + 3.95 * MG + 3.95 * KF
    assert bath.liquidus(*BATH) == pytest.approx(t + 273.15, rel=1e-12)
    pure = bath.liquidus(0.0, 0.0, 0.03, 0.0, 0.0, 0.0)
    assert bath.liquidus(-0.01, -0.01, 0.03, -0.01, 0.0, 0.0) == pure
    assert bath.liquidus(0.0, 0.0, -0.03, 0.0, 0.0, 0.0) == pytest.approx(1284.15, rel=1e-12)


def test_saturation_by_skybakmoen():
    """Skybakmoen 1997 at 961 degC, wt%."""
    factor = 11.9 - 0.062 * AF - 0.0031 * AF**2 - 0.2 * CA - 0.5 * LI - 0.3 * MG
    factor += 42 * AF * LI / (2000 + AF * LI)
    exponent = 4.8 - 0.048 * AF + 2.2 * LI**1.5 / (10 + LI + 0.001 * AF**3)
    found = bath.saturation(961 + 273.15, BATH[0], BATH[1], BATH[3], BATH[4])
    assert found == pytest.approx(factor / 100 * 0.961**exponent, rel=1e-12)
    assert bath.saturation(200.0, BATH[0], BATH[1], BATH[3], BATH[4]) == pytest.approx(
        factor / 100 * 0.001**exponent, rel=1e-12
    )
    assert bath.saturation_terms(0.1, 0.04, -0.02, 0.0) == bath.saturation_terms(0.1, 0.04, 0.0, 0.0)


def test_ratio_and_excess():
    """Of cryolite (3 NaF on 1 AlF3, 1.5 by weight) and its excess: NaF is 0.6 of the one."""
    share = AF / (100 - CA - AL - LI - MG - KF)
    naf, alf3 = 0.6 * (1 - share), 0.4 * (1 - share) + share
    assert bath.weight_ratio(*BATH) == pytest.approx(naf / alf3, rel=1e-12)
    assert bath.excess_alf3(naf / alf3, *BATH[1:]) == pytest.approx(AF / 100, rel=1e-12)


@pytest.mark.parametrize("formula", [bath.HIVES, bath.WANG, bath.RTA])
def test_conductivity(formula):
    """Hives 1996, Wang 1992, and the form of published code; S/cm at 1 234.15 K."""
    ratio = bath.weight_ratio(*BATH)
    naf = 0.6 * (100 - AF - AL - CA - LI - MG)
    moles = (naf / 41.99 + LI / 25.94 - MG / 62.31) / 2 / ((AF + 2 / 3 * naf) / 83.98)
    hives = 1.977 - 0.0200 * AL - 0.0131 * AF - 0.0060 * CA - 0.0106 * MG - 0.0019 * KF + 0.0121 * LI
    wang = 2.0156 - 0.0207 * AL - 0.0049 * CA - 0.0166 * MG + 0.0178 * LI + 0.4349 * ratio
    rta = 1.9362 + 0.3092 * moles - 0.004132 * CA - 0.01755 * AL + 0.008123 * LI - 0.00398 * MG
    by_hand = {bath.HIVES: (hives, 1204.3), bath.WANG: (wang, 2068.4), bath.RTA: (rta, 1751.1)}
    constant, slope = by_hand[formula]
    found = bath.conductivity(formula, 1234.15, *BATH)
    assert found == pytest.approx(100 * math.exp(constant - slope / 1234.15), rel=1e-12)


def test_activity_by_haupin():
    """Haupin 1998, equation 10, at 0.37 of saturation."""
    r = 0.37
    by_hand = -0.03791 * r + 2.364 * r**2 - 2.194 * r**3 + 0.8686 * r**4
    assert bath.alumina_activity(r) == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize(("place", "most"), [(0, 0.20), (1, 0.10), (3, 0.05), (4, 0.05), (5, 0.05)])
def test_range_of_compositions(place, most):
    inside = [*BATH[:place], most, *BATH[place + 1 :]]
    assert bath.composition_status(*inside) == OK
    for outside in (most + 1e-6, -1e-6):
        inside[place] = outside
        assert bath.composition_status(*inside) == OUTSIDE_RANGE


def test_a_bath_is_half_cryolite_and_holds_alumina():
    assert bath.composition_status(0.10, 0.05, 0.0, 0.0, 0.0, 0.0) == OUTSIDE_RANGE
    assert bath.composition_status(0.19, 0.09, 0.09, 0.04, 0.04, 0.04) == OK
    assert bath.composition_status(0.19, 0.09, 0.12, 0.04, 0.04, 0.04) == OUTSIDE_RANGE


# ---------------------------------------------------------------- voltage


def test_reversible_potential():
    """Haupin, equation 5: 1.896 - 0.000572 T + RT/12F ln(1/a^2)."""
    by_hand = 1.896 - 0.000572 * 1234 + R * 1234 / (12 * F) * math.log(1 / 0.22**2)
    assert cell_voltage.reversible(1234.0, 0.22) == pytest.approx(by_hand, rel=1e-9)
    assert cell_voltage.reversible(1234.0, 0.0) == cell_voltage.reversible(1234.0, 1e-9)


def test_anode_overvoltages():
    """Equations 26 and 23: 0.82 A/cm2 on anodes of 15 000 cm2 in 2.9 % alumina."""
    i_r = 0.0029 * AL**0.56
    assert cell_voltage.reaction_density(AL / 100) == pytest.approx(i_r * 1e4, rel=1e-12)
    reaction = 1234 / 12533 * math.log(0.82 / i_r)
    assert cell_voltage.anode_reaction(1234.0, 8200.0, i_r * 1e4) == pytest.approx(reaction, rel=1e-12)
    assert cell_voltage.anode_reaction(1234.0, 1.0, i_r * 1e4) == pytest.approx(
        1234 / 12533 * math.log(0.01 / i_r), rel=1e-12
    )
    i_c = (5.5 + 0.018 * (1234 - 1323)) * 15000**-0.1 * (math.sqrt(AL) - 0.4)
    factor = cell_voltage.limiting_factor(AL / 100, 1.5)
    assert cell_voltage.limiting_density(1234.0, factor) == pytest.approx(i_c * 1e4, rel=1e-12)
    share = 0.82 / i_c
    concentration = -R * 1234 / (2 * F) * math.log(1 - share)
    assert cell_voltage.anode_concentration(1234.0, 8200.0, i_c * 1e4) == pytest.approx(
        concentration, rel=1e-9
    )
    held = -R * 1234 / (2 * F) * math.log(0.02)
    for limit in (8200.0, 0.0):
        assert cell_voltage.anode_concentration(1234.0, 8200.0, limit) == pytest.approx(held, rel=1e-9)


def test_cathode_overvoltage():
    """Equation 28 at 0.71 A/cm2, above and below the 0.257 at which it changes its sign."""
    for density in (0.71, 0.12):
        by_hand = R * 1234 / (1.5 * F) * (1.375 - 0.25 * RATIO) * math.log(density / 0.257)
        assert cell_voltage.cathode(1234.0, density * 1e4, RATIO) == pytest.approx(by_hand, rel=1e-9)
    assert cell_voltage.cathode(1234.0, 1.0, RATIO) == cell_voltage.cathode(1234.0, 100.0, RATIO)


def test_gas_layer():
    """Equations 30 to 32 at 0.82 A/cm2; 2.9 % alumina, effect at 1.7 %."""
    j = 0.82
    thickness = (0.5517 + j) / (1 + 2.167 * j)  # cm
    assert cell_voltage.bubble_thickness(8200.0) == pytest.approx(thickness / 100, rel=1e-12)
    coverage = 0.509 + 0.1823 * j - 0.1723 * j**2 + 0.05504 * j**3
    coverage += (0.4322 - 0.3781 * RATIO) / (1 + 1.637 * RATIO)
    coverage += (0.431 - 0.1437 * 1.2) / (1 + 7.353 * 1.2)
    found = cell_voltage.bubble_coverage(8200.0, RATIO, 0.029, 0.017)
    assert found == pytest.approx(0.9 * coverage, rel=1e-9)
    nearest = cell_voltage.bubble_coverage(8200.0, RATIO, 0.0171, 0.017)
    assert cell_voltage.bubble_coverage(8200.0, RATIO, 0.010, 0.017) == pytest.approx(nearest, rel=1e-9)
    kappa = 218.0  # S/m
    layer = cell_voltage.bubble(8200.0, kappa, thickness / 100, found)
    assert layer == pytest.approx(8200 * thickness / 100 / kappa * found / (1 - found), rel=1e-12)
    drop = cell_voltage.bath(8200.0, kappa, 0.045, thickness / 100)
    assert drop == pytest.approx(8200 * (0.045 - thickness / 100) / kappa, rel=1e-12)


def test_anode_effects():
    assert cell_voltage.anode_effects(0.13 / 86400, 110.0, 23.0) == pytest.approx(
        0.13 * 110 * 23 / 86400, rel=1e-12
    )
