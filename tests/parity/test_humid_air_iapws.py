"""Vapour pressure over ice and water against the iapws package."""

from __future__ import annotations

import numpy as np
import pytest

from plantsim.kernels.humid_air import sublimation_pressure, vapour_pressure, water_dew_point

iapws = pytest.importorskip("iapws._iapws")
iapws97 = pytest.importorskip("iapws.iapws97")


def test_sublimation_pressure():
    for T in np.linspace(180.0, 273.16, 60):
        assert sublimation_pressure(T) == pytest.approx(iapws._Sublimation_Pressure(T) * 1e6, rel=1e-8)


def test_dew_point_inverts_the_vapour_pressure():
    for T in [*np.linspace(181.0, 273.1, 40), *np.linspace(273.2, 600.0, 40)]:
        assert water_dew_point(vapour_pressure(T)) == pytest.approx(T, abs=1e-6)
