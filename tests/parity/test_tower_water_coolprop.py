"""Water of a cooling tower against humid air of CoolProp and steam of iapws: which air gives which yearly figure.

A condenser of 20 MW at 0.007 MPa (39 degC), the air leaves saturated 8 K below it, 7440 h, 101.325 kPa.
"""

from __future__ import annotations

import pytest

from plantsim.kernels.psychrometrics import air_humidity
from plantsim.kernels.water import evaporation, tower_water

HEAT, P, SECONDS = 20e6, 101325.0, 7440 * 3600.0


def leaving() -> float:
    iapws = pytest.importorskip("iapws")
    return float(iapws.IAPWS97(P=0.007, x=0).T) - 8.0


def by_coolprop(T: float, humidity: float) -> float:
    """Return the evaporation [kg/s] from both states of the air."""
    moist = pytest.importorskip("CoolProp.HumidAirProp").HAPropsSI
    w, h = (
        [moist(of, "T", t, "P", P, "R", r) for t, r in ((T, humidity), (leaving(), 1.0))] for of in ("W", "H")
    )
    return HEAT * (w[1] - w[0]) / (h[1] - h[0])


@pytest.mark.parametrize("T", [273.15, 278.15, 288.15, 298.15, 301.15])
@pytest.mark.parametrize("humidity", [0.4, 0.75, 0.95])
def test_evaporation(T, humidity):
    found, status = evaporation(HEAT, T, air_humidity(T, humidity, P), leaving(), P)
    assert status == 0
    assert found == pytest.approx(by_coolprop(T, humidity), rel=6e-3)


@pytest.mark.parametrize(
    ("celsius", "cycles", "tonnes"), [(15, 4, 214_300), (15, 3, 241_100), (25, 4, 238_200)]
)
def test_make_up_of_a_year(celsius, cycles, tonnes):
    """Mean air of 15 degC and four cycles: 214,000 t. Air of 25 degC takes 238,000, three cycles about as much."""
    T = celsius + 273.15
    alone = by_coolprop(T, 0.75) * cycles / (cycles - 1.0) * SECONDS / 1e3
    assert alone == pytest.approx(tonnes, rel=2e-3)
    evaporated, _ = evaporation(HEAT, T, air_humidity(T, 0.75, P), leaving(), P)
    makeup, drift, blowdown, _ = tower_water(evaporated, HEAT / (4181.0 * 9.0), 0.0002, float(cycles))
    assert makeup * SECONDS / 1e3 == pytest.approx(alone, rel=6e-3)
    assert makeup == pytest.approx(evaporated + drift + blowdown, rel=1e-12)
