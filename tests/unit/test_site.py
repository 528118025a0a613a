"""Standard atmosphere against the published table of ISO 2533 (by geopotential altitude)."""

from __future__ import annotations

import math

import pytest

from plantsim.vocabulary import site

# ISO 2533:1975, table by geopotential altitude: m, Pa, six figures
PUBLISHED = [
    (0.0, 101325.0), (500.0, 95460.8), (1000.0, 89874.6), (1400.0, 85598.8), (1500.0, 84556.0),
    (1600.0, 83523.5), (1700.0, 82501.3), (1800.0, 81489.2), (1900.0, 80487.2), (2000.0, 79495.2),
    (2500.0, 74682.5), (5000.0, 54019.9), (10000.0, 26436.3), (11000.0, 22632.1),
]  # fmt: skip


@pytest.mark.parametrize(("altitude", "pressure"), PUBLISHED)
def test_published_pressures(altitude: float, pressure: float) -> None:
    assert site.standard_pressure(altitude) == pytest.approx(pressure, abs=0.06)  # last printed figure
    assert site.standard_altitude(pressure) == pytest.approx(altitude, abs=0.02)


@pytest.mark.parametrize(("altitude", "density"), [(0.0, 1.225), (1000.0, 1.11164), (2000.0, 1.00649)])
def test_published_densities(altitude: float, density: float) -> None:
    assert 1.225 * site.standard_density_ratio(altitude) == pytest.approx(density, abs=6e-6)


def test_the_way_back() -> None:
    for altitude in range(-500, 11001, 250):
        assert site.standard_altitude(site.standard_pressure(altitude)) == pytest.approx(altitude, abs=1e-8)


@pytest.mark.parametrize("altitude", [-501.0, 11000.1, math.nan, math.inf])
def test_altitudes_outside(altitude: float) -> None:
    with pytest.raises(site.SiteError) as caught:
        site.standard_pressure(altitude)
    assert caught.value.code == "altitude_outside_range"
    assert caught.value.fields["highest"] == "11000"


@pytest.mark.parametrize("pressure", [0.0, 22000.0, 108000.0, 0.0818, math.nan])
def test_pressures_outside(pressure: float) -> None:
    with pytest.raises(site.SiteError) as caught:
        site.standard_altitude(pressure)
    assert caught.value.code == "pressure_outside_range"
