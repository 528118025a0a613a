"""Round trips, borders, gaps and limits of the steam kernels."""

from __future__ import annotations

from math import isnan, nan, nextafter

import numpy as np
import pytest
from counts import count, examples, seed
from hypothesis import given
from hypothesis import strategies as st

from plantsim._jit import kernel
from plantsim.kernels import steam
from plantsim.kernels.steam.constants import P_13, P_CRITICAL, P_TRIPLE, T_13, T_25
from plantsim.kernels.steam.region1 import region1_hs
from plantsim.kernels.steam.region2 import region2_hs
from plantsim.kernels.steam.region3 import region3_properties, region3_v_pT
from plantsim.kernels.steam.region5 import region5_hs
from plantsim.kernels.steam.saturation import boundary23_pressure, boundary23_temperature

TOLERANCE = 1e-9
H_SMALL, S_SMALL = 1e3, 10.0  # J/kg, J/(kg K): errors are taken relative to these where h or s is smaller


@kernel
def round_trips(p, T, x, error):  # type: ignore[no-untyped-def]
    """Write the errors of T(p,h), T(p,s) (x < 0), or of x(p,h), x(p,s) where x is a quality."""
    for i in range(p.shape[0]):
        if x[i] < 0.0:
            h, s = steam.h_pT(p[i], T[i]), steam.s_pT(p[i], T[i])
            h_back = steam.h_pT(p[i], steam.T_ph(p[i], h))
            s_back = steam.s_pT(p[i], steam.T_ps(p[i], s))
        else:
            h, s = steam.h_px(p[i], x[i]), steam.s_px(p[i], x[i])
            h_back = steam.h_px(p[i], steam.x_ph(p[i], h))
            s_back = steam.s_px(p[i], steam.x_ps(p[i], s))
        error[i, 0] = abs(h_back - h) / max(abs(h), H_SMALL)
        error[i, 1] = abs(s_back - s) / max(abs(s), S_SMALL)


def drawn_states(n: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return p, T, x of n states over all regions; x is -1 where the state is given by p and T."""
    rng = np.random.default_rng(seed)
    T = rng.uniform(273.15, T_25, n)
    around_3 = rng.random(n) < 0.25
    T[around_3] = rng.uniform(T_13, 870.0, around_3.sum())
    hot = rng.random(n) < 0.15
    T[hot] = rng.uniform(T_25, 2273.15, hot.sum())
    p = np.where(
        rng.random(n) < 0.5, 10 ** rng.uniform(np.log10(P_TRIPLE), 8.0, n), rng.uniform(P_TRIPLE, 1e8, n)
    )
    p[hot] *= 0.5
    x = np.where(rng.random(n) < 0.25, rng.random(n), -1.0)
    wet = x >= 0.0
    p[wet] = 10 ** rng.uniform(np.log10(P_TRIPLE * 1.000001), np.log10(P_CRITICAL * 0.99999), wet.sum())
    return p, T, x


def assert_round_trips(n: int, seed: int) -> None:
    p, T, x = drawn_states(n, seed)
    error = np.empty((n, 2))
    round_trips(p, T, x, error)
    bad = np.flatnonzero(~(error.max(axis=1) <= TOLERANCE))
    assert bad.size == 0, (
        f"{bad.size} states, first: p={p[bad[0]]!r}, T={T[bad[0]]!r}, x={x[bad[0]]!r}, {error[bad[0]]}"
    )


@pytest.mark.drawn
def test_round_trips() -> None:
    assert_round_trips(count(1_000_000), seed(20240))


@given(
    logarithm=st.floats(np.log10(P_TRIPLE) + 1e-9, 8.0),
    T=st.floats(273.15, 2273.15),
)
@examples(500)
def test_inverses_return_the_state(logarithm: float, T: float) -> None:
    p = min(10.0**logarithm, 1e8 if T <= T_25 else 5e7)
    h, s = steam.h_pT(p, T), steam.s_pT(p, T)
    assert steam.h_pT(p, steam.T_ph(p, h)) == pytest.approx(h, rel=TOLERANCE, abs=TOLERANCE * H_SMALL)
    assert steam.s_pT(p, steam.T_ps(p, s)) == pytest.approx(s, rel=TOLERANCE, abs=TOLERANCE * S_SMALL)
    assert steam.h_ps(p, s) == pytest.approx(h, rel=1e-5, abs=1.0)  # two regions overlap a little at borders
    assert steam.v_ph(p, h) == pytest.approx(steam.v_pT(p, T), rel=1e-3)
    assert steam.s_ph(p, h) == pytest.approx(s, rel=1e-5, abs=1e-2)


@given(logarithm=st.floats(np.log10(P_TRIPLE) + 1e-9, np.log10(P_CRITICAL) - 1e-5), x=st.floats(0.0, 1.0))
@examples(500)
def test_wet_states(logarithm: float, x: float) -> None:
    p = 10.0**logarithm
    h, s, v = steam.h_px(p, x), steam.s_px(p, x), steam.v_px(p, x)
    assert steam.T_ph(p, h) == pytest.approx(steam.saturation_temperature(p), rel=1e-9)
    assert steam.T_ps(p, s) == pytest.approx(steam.saturation_temperature(p), rel=1e-9)
    assert steam.x_ph(p, h) == pytest.approx(x, abs=1e-8)
    assert steam.h_ps(p, s) == pytest.approx(h, rel=1e-9, abs=1e-6)
    assert steam.s_ph(p, h) == pytest.approx(s, rel=1e-9, abs=1e-8)
    assert steam.v_ph(p, h) == pytest.approx(v, rel=1e-7)
    assert steam.v_ps(p, s) == pytest.approx(v, rel=1e-7)


def test_enthalpy_and_entropy_rise_along_isobars() -> None:
    for p in 10 ** np.linspace(np.log10(P_TRIPLE), 8.0, 60):
        T = np.linspace(273.15, 2273.15 if p <= 5e7 else T_25, 4000)
        for function in (steam.h_pT, steam.s_pT, steam.v_pT):
            y = np.array([function(p, t) for t in T])
            falls = np.diff(y) / np.abs(y[1:]).clip(1e-3)
            if function is steam.v_pT:  # water contracts to 4 degrees C
                falls = falls[T[1:] > 278.0]
            assert falls.min() > -1e-4, (function, p)  # only the gaps and overlaps at borders


def test_temperature_rises_with_enthalpy_and_entropy_through_all_regions() -> None:
    """T(p,h) and T(p,s) never fall by more than an overlap of two regions is worth, and never fail."""
    for p in 10 ** np.linspace(np.log10(P_TRIPLE * 1.0001), 8.0, 80):
        top = 2273.0 if p <= 5e7 else T_25
        for function, low, high in (
            (steam.T_ph, steam.h_pT(p, 273.15), steam.h_pT(p, top)),
            (steam.T_ps, steam.s_pT(p, 273.15), steam.s_pT(p, top)),
        ):
            T = np.array([function(p, y) for y in np.linspace(low, high, 3000)])
            assert not np.isnan(T).any(), (p, function)
            assert np.diff(T).min() > -0.05, (p, function)  # K: overlaps of the basic equations


def gap_states(which: str, p: float) -> tuple[tuple[float, float], tuple[float, float], float]:
    """Return (h, s) on the cold and on the hot side of a border at p, and the border's temperature."""
    if which == "2-5":
        return region2_hs(p, T_25), region5_hs(p, T_25), T_25
    T = T_13 if which == "1-3" else boundary23_temperature(p)
    side_3 = region3_properties(1.0 / region3_v_pT(p, T), T)[1:3]
    return (region1_hs(p, T), side_3, T) if which == "1-3" else (side_3, region2_hs(p, T), T)


@pytest.mark.parametrize(
    ("which", "p_low", "p_high"), [("1-3", P_13, 1e8), ("3-2", P_13, 1e8), ("2-5", 1e3, 5e7)]
)
def test_a_gap_gets_the_nearer_side(which: str, p_low: float, p_high: float) -> None:
    cold_region, hot_region = int(which[0]), int(which[2])
    gaps = 0
    for p in np.linspace(p_low * 1.001, p_high, 200):
        cold, hot, T = gap_states(which, p)
        for k, T_of, region_of in ((0, steam.T_ph, steam.region_ph), (1, steam.T_ps, steam.region_ps)):
            if hot[k] - cold[k] <= 1e-9 * hot[k]:
                continue
            gaps += 1
            for part, region in ((0.25, cold_region), (0.75, hot_region)):
                y = cold[k] + part * (hot[k] - cold[k])
                assert region_of(p, y) == region
                assert T_of(p, y) == pytest.approx(T, rel=2e-11)
                assert steam.region_pT(p, T_of(p, y)) == region
    assert gaps > 20


def test_borders_belong_to_the_colder_region() -> None:
    assert steam.region_pT(20e6, T_13) == 1
    assert steam.region_pT(20e6, nextafter(T_13, 1e3)) == 3
    assert steam.region_pT(10e6, T_25) == 2
    assert steam.region_pT(10e6, nextafter(T_25, 2e3)) == 5
    assert steam.region_pT(boundary23_pressure(700.0), 700.0) == 2
    assert steam.region_pT(boundary23_pressure(700.0) * (1 + 1e-12), 700.0) == 3
    assert steam.region_pT(steam.saturation_pressure(500.0), 500.0) == 1


@pytest.mark.parametrize(
    ("p", "T"),
    [
        (1e6, 273.14),
        (1e6, 2273.16),
        (100.1e6, 500.0),
        (50.1e6, 1100.0),
        (0.0, 500.0),
        (-1e5, 500.0),
        (nan, 500.0),
        (1e6, nan),
    ],
)
def test_outside_the_range_is_nan(p: float, T: float) -> None:
    assert steam.region_pT(p, T) == 0
    for function in (steam.v_pT, steam.h_pT, steam.s_pT, steam.cp_pT, steam.w_pT):
        assert isnan(function(p, T))


@pytest.mark.parametrize(
    ("p", "h", "s"),
    [
        (1e6, -1e3, -20.0),
        (1e6, 7.5e6, 12e3),
        (60e6, 4.2e6, 8e3),
        (100.1e6, 2e6, 4e3),
        (1e6, nan, nan),
        (nan, 2e6, 4e3),
        (1e6, -1e9, -1e9),
        (1e6, 1e12, 1e12),
        (100.0, 1e6, 4e3),
        (30e6, -1e9, 1e9),
    ],
)
def test_outside_the_range_of_the_inverses_is_nan(p: float, h: float, s: float) -> None:
    assert steam.region_ph(p, h) == 0
    assert steam.region_ps(p, s) == 0
    for function in (steam.T_ph, steam.x_ph, steam.v_ph, steam.s_ph, steam.cp_ph, steam.w_ph):
        assert isnan(function(p, h)), function
    for function in (steam.T_ps, steam.x_ps, steam.h_ps, steam.v_ps):
        assert isnan(function(p, s)), function


def test_steam_below_the_triple_point() -> None:
    h = steam.h_pT(100.0, 300.0)
    assert steam.T_ph(100.0, h) == pytest.approx(300.0, rel=1e-12)
    assert steam.T_ps(100.0, steam.s_pT(100.0, 300.0)) == pytest.approx(300.0, rel=1e-12)


def test_limits_of_the_range_are_inside() -> None:
    for p, T in ((1e8, 273.15), (1e8, T_25), (5e7, 2273.15), (P_TRIPLE * 1.001, 273.15), (1e3, 2273.15)):
        assert steam.T_ph(p, steam.h_pT(p, T)) == pytest.approx(T, rel=1e-11)
        assert steam.T_ps(p, steam.s_pT(p, T)) == pytest.approx(T, rel=1e-11)


def test_saturation_functions_are_inverse() -> None:
    for T in np.linspace(273.15, 647.096, 500):
        assert steam.saturation_temperature(min(P_CRITICAL, steam.saturation_pressure(T))) == pytest.approx(
            T, rel=1e-10
        )
    assert isnan(steam.saturation_pressure(273.14))
    assert isnan(steam.saturation_temperature(22.065e6))


def test_arrays_are_the_scalars() -> None:
    p, T, _ = drawn_states(500, 5)
    h = np.array([steam.h_pT(a, b) for a, b in zip(p, T, strict=True)])
    s = np.array([steam.s_pT(a, b) for a, b in zip(p, T, strict=True)])
    for name, second in (("h_pT", T), ("v_pT", T), ("s_pT", T), ("T_ph", h), ("T_ps", s), ("h_ps", s)):
        out = np.empty_like(p)
        getattr(steam, f"{name}_array")(p, second, out)
        scalar = getattr(steam, name)
        np.testing.assert_array_equal(out, [scalar(a, b) for a, b in zip(p, second, strict=True)])
    in_2 = np.array([steam.region_pT(a, b) == 2 for a, b in zip(p, T, strict=True)])
    out = np.empty(in_2.sum())
    steam.h2_pT_array(p[in_2], T[in_2], out)
    np.testing.assert_allclose(out, h[in_2], rtol=1e-14)
