"""States found from their last temperature are those that the general functions give."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pytest

from plantsim._jit import kernel
from plantsim.kernels import steam
from plantsim.kernels.steam.constants import P_CRITICAL, P_TRIPLE, T_13, T_25
from plantsim.kernels.steam.near import FAR

ROUNDING = 1e-11  # relative
CUBE = 40.0  # largest coefficient of the cubic error of one step, close to the critical point


@kernel
def differences(p, T, x, off, error):  # type: ignore[no-untyped-def]
    """Write the relative differences of h and s of steam, then of water, found from T + off [K]."""
    for i in range(p.shape[0]):
        if x[i] < 0.0:
            h, s = steam.h_pT(p[i], T[i]), steam.s_pT(p[i], T[i])
        else:
            h, s = steam.h_px(p[i], x[i]), steam.s_px(p[i], x[i])
        near = steam.T_ph(p[i], h) + off
        h_general, s_general = steam.h_ps(p[i], s), steam.s_ph(p[i], h)
        error[i, 0] = abs(steam.steam_hT_ps(p[i], s, near)[0] / h_general - 1.0)
        error[i, 1] = abs(steam.steam_sT_ph(p[i], h, near)[0] / s_general - 1.0)
        error[i, 2] = abs(steam.water_hT_ps(p[i], s, near)[0] / h_general - 1.0)
        error[i, 3] = abs(steam.water_sT_ph(p[i], h, near)[0] / s_general - 1.0)


def drawn_states(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return p, T, x of n states of water, steam and wet steam, as plants meet them and beyond."""
    rng = np.random.default_rng(7)
    p, T = 10 ** rng.uniform(np.log10(P_TRIPLE) + 0.01, 7.6, n), rng.uniform(280.0, T_25, n)
    x = np.where((rng.random(n) < 0.3) & (p < P_CRITICAL * 0.999), rng.uniform(0.05, 1.0, n), -1.0)
    return p, T, x


@pytest.mark.parametrize("off", [0.0, 1e-3, -0.05, 1.0, -4.0, 20.0, -70.0, 400.0])
def test_the_start_decides_no_more_than_the_cube_of_the_step(off):
    p, T, x = drawn_states(20_000)
    error = np.empty((len(p), 4))
    differences(p, T, x, off, error)
    step = abs(off) / 280.0 if abs(off) < FAR else 0.0
    assert np.isfinite(error).all()
    assert error[:, :2].max() <= ROUNDING + CUBE * step**3
    assert error[:, 2:].max() <= ROUNDING


def test_without_a_start_the_general_function_answers():
    for p, T in ((24e6, 850.0), (1e6, 600.0), (5e3, 400.0)):
        h, s = steam.h_pT(p, T), steam.s_pT(p, T)
        assert steam.steam_hT_ps(p, s, 0.0)[0] == steam.h_ps(p, s)
        assert steam.steam_sT_ph(p, h, 0.0) == (steam.s_ph(p, h), steam.T_ph(p, h))
        assert steam.water_hT_ps(p, s, 0.0)[0] == steam.h_ps(p, s)
        assert steam.water_sT_ph(p, h, 0.0) == (steam.s_ph(p, h), steam.T_ph(p, h))


@pytest.mark.parametrize("p", [5e3, 1e6, 15e6, 20e6])
def test_wet_steam_comes_with_both_ends(p):
    s = steam.s_px(p, 0.9)
    for near in (0.0, steam.saturation_temperature(p), steam.saturation_temperature(p) + 5.0):
        h, T, h_liquid, h_vapour = steam.steam_hT_ps(p, s, near)
        assert h == pytest.approx(steam.h_px(p, 0.9), rel=1e-12)
        assert steam.saturation_temperature(p) == T
        assert h_liquid == pytest.approx(steam.liquid_enthalpy(p), rel=1e-13)
        assert h_vapour == pytest.approx(steam.vapour_enthalpy(p), rel=1e-13)
    dry = steam.steam_hT_ps(1e6, steam.s_pT(1e6, 700.0), 690.0)
    assert isnan(dry[2])
    assert isnan(dry[3])


def test_water_without_a_look_at_saturation():
    assert steam.water_h_pT(20e6, 500.0) == steam.h_pT(20e6, 500.0)
    assert steam.water_h_pT(30e6, T_13 + 10.0) == steam.h_pT(30e6, T_13 + 10.0)
    assert isnan(steam.water_h_pT(1e6, 200.0))


def test_outside_the_range_is_no_number():
    for function in (steam.steam_hT_ps, steam.steam_sT_ph, steam.water_hT_ps, steam.water_sT_ph):
        assert isnan(function(2e8, 1e6, 500.0)[0])
        assert isnan(function(1e6, nan, 500.0)[0])
        assert isnan(function(1e6, 9e6, 500.0)[0])
