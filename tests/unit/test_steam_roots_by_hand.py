"""Steam around the critical point: sub-regions of the release, roots found again from afar, saturated volumes."""

from __future__ import annotations

import numpy as np
import pytest

from plantsim.kernels import steam
from plantsim.kernels.steam import backward_hs, region2, region3, volume3
from plantsim.kernels.steam.backward_sums import t2c_ps
from plantsim.kernels.steam.tables import P2A_HS, P2B_HS, P2C_HS, table_sum

P_643 = 21.043367318975355  # MPa, saturation at 643.15 K
# IAPWS SR5-05, Tables 2 and 10: upper bound [MPa] and sub-regions from cold to hot
PRINTED = [
    (100.0, "ab"), (40.0, "cdef"), (25.0, "cghijk"), (23.5, "clhijk"), (23.0, "clmnopjk"), (22.5, "cquvwxrk"),
    (22.11, "cquyzxrk"), (21.93161551, "cquzxrk"), (21.90096265, "cquxrk"), (P_643, "csrk"), (20.5, "cst"),
    (19.00881189173929, "ct"),
]  # fmt: skip


@pytest.mark.parametrize("row", range(len(PRINTED)))
def test_sub_regions_from_cold_to_hot(row):
    """Just below the upper bound of each band, and just above the lower one."""
    top, sequence = PRINTED[row]
    bottom = PRINTED[row + 1][0] if row + 1 < len(PRINTED) else 16.6
    for p in (top * (1 - 1e-4) * 1e6, bottom * (1 + 1e-4) * 1e6):
        T = [np.linspace(623.16, 863.0, 250), np.linspace(640.0, 657.0, 900)]
        at = steam.saturation_temperature(p)
        if at == at:  # below the critical pressure some sub-regions are as narrow as hundredths of a kelvin
            T.append(at + np.linspace(-0.2, 0.2, 400))
        found = ""
        for t in np.sort(np.concatenate(T)):
            name = "abcdefghijklmnopqrstuvwxyz"[volume3.subregion3(p, t)]
            if not found.endswith(name):
                found += name
        assert found == sequence


def test_volumes_beyond_a_border_s_root():
    """Some equations take a root of what falls to zero at their end: it stays zero."""
    for k, row in enumerate(volume3.V3_PARAMETERS):
        _, p_star, T_star, a, b, c, d, _ = row
        p, T = p_star * a * 1e6, T_star * b
        if c == 0.5:
            assert volume3.subregion_volume(k, 0.999 * p, T) == volume3.subregion_volume(k, p, T)
        if d == 0.25:
            assert volume3.subregion_volume(k, 1.01 * p, 0.999 * T) == volume3.subregion_volume(
                k, 1.01 * p, T
            )


STATES = [
    (620.0, 631.0),
    (530.0, 651.0),
    (322.0, 657.0),
    (180.0, 645.0),
    (160.0, 661.0),
    (390.0, 811.0),
]  # kg/m3, K


@pytest.mark.parametrize(("rho", "T"), STATES)
def test_roots_of_region_3_from_near_and_far(rho, T):
    """p, h and s of the basic equation, whose values are the release's; their roots from up to 40 % and 60 K away."""
    p, h, s, _, _ = region3.region3_properties(rho, T)
    assert steam.region_pT(p, T) == 3
    assert region3.region3_v_pT(p, T) == pytest.approx(1 / rho, rel=1e-8)
    for off in (0.7, 1.0, 1.4):
        assert region3.solve_volume(p, T, off / rho, 0.00125, 0.0095) == pytest.approx(1 / rho, rel=1e-8)
    for off, shift in ((1.0, 0.0), (0.8, 25.0), (1.3, -20.0), (1.0, 60.0)):
        for given in ((h, float("nan")), (float("nan"), s)):
            found = region3.solve_energy(p, *given, off / rho, T + shift)
            assert found == pytest.approx((1 / rho, T), rel=1e-7)
    assert steam.T_ph(p, h) == pytest.approx(T, rel=1e-9)
    assert steam.T_ps(p, s) == pytest.approx(T, rel=1e-9)


@pytest.mark.parametrize("T", [625.0, 637.0, 645.0, 646.9])
def test_saturated_volumes_of_region_3(T):
    """Both have the saturation pressure; liquid below, vapour above the critical volume of 1/322."""
    p = steam.saturation_pressure(T)
    liquid, vapour = region3.region3_saturated_volumes(p, T)
    assert liquid < 1 / 322 < vapour
    for v in (liquid, vapour):
        assert region3.region3_properties(1 / v, T)[0] == pytest.approx(p, rel=1e-7)


@pytest.mark.parametrize(("p", "T"), [(2.3e6, 611.0), (0.11e6, 890.0), (17e6, 790.0)])
def test_speed_of_sound_from_neighbours(p, T):
    """w^2 = v^2 / (-(dv/dp)_T - T (dv/dT)_p^2 / cp), heat capacity and volume of region 2 by differences."""
    v, _, _, _, w = region2.region2_properties(p, T)
    dp, dT = 1e-4 * p, 0.05
    at = region2.region2_properties
    v_p = (at(p + dp, T)[0] - at(p - dp, T)[0]) / (2 * dp)
    v_T = (at(p, T + dT)[0] - at(p, T - dT)[0]) / (2 * dT)
    cp = (at(p, T + dT)[1] - at(p, T - dT)[1]) / (2 * dT)
    assert w == pytest.approx(v / (-v_p - T * v_T**2 / cp) ** 0.5, rel=1e-6)


@pytest.mark.parametrize(("p", "T"), [(2.3e6, 611.0), (0.11e6, 890.0), (17e6, 790.0)])
@pytest.mark.parametrize("off", [0.0, 3.0, -17.0])
def test_roots_of_region_2(p, T, off):
    h, s = region2.region2_hs(p, T)
    assert (h, s) == pytest.approx(region2.region2_properties(p, T)[1:3], rel=1e-12)
    assert region2.region2_T_ph(p, h, T + off) == pytest.approx(T, rel=1e-11)
    assert region2.region2_hT_ps(p, s, T + off) == pytest.approx((h, T), rel=1e-11)


def test_border_of_2a_and_2b():
    """SR2-01 prints 3 376.437 884 kJ/kg at 7 kJ/(kg K): below it equation 2a holds, above it 2b."""
    s = 7000.0
    for h, cold in ((3376.42e3, True), (3376.46e3, False)):
        if cold:
            by_hand = 4e6 * table_sum(P2A_HS, h / 4.2e6 - 0.5, s / 12e3 - 1.2) ** 4
        else:
            by_hand = 100e6 * table_sum(P2B_HS, h / 4.1e6 - 0.6, s / 7.9e3 - 1.01) ** 4
        assert backward_hs.backward2_hs(h, s) == pytest.approx(by_hand, rel=1e-12)
    # 2c below 5.85 kJ/(kg K), in p and s as well
    for s in (5849.0, 5851.0):
        c = 100e6 * table_sum(P2C_HS, 3.0e6 / 3.5e6 - 0.7, s / 5.9e3 - 1.1) ** 4
        assert (backward_hs.backward2_hs(3.0e6, s) == pytest.approx(c, rel=1e-12)) == (s < 5850)
        c = t2c_ps(11.0, 2.0 - s / 2925.1)
        assert (region2.backward2_ps(11e6, s) == c) == (s < 5850)


def test_ends_of_the_range():
    """Nothing beyond 100 MPa or 50 above 800 degC; water of 0 degC is met to rounding, colder is none."""
    for p, h, region in (
        (100e6, 2e6, 3),
        (100.1e6, 2e6, 0),
        (-1.0, 2e6, 0),
        (0.0, 2e6, 0),
        (50e6, 7e6, 5),
        (51e6, 7e6, 0),
    ):
        assert steam.region_ph(p, h) == region
    cold = steam.h_pT(1e6, 273.15)
    assert steam.T_ph(1e6, cold) == pytest.approx(273.15, rel=1e-9)
    assert steam.region_ph(1e6, cold - 100.0) == 0
    thin = steam.h_pT(300.0, 273.15)  # below the triple point steam alone
    assert steam.region_ph(300.0, thin + 1e3) == 2
    assert steam.region_ph(300.0, thin - 1e3) == 0
