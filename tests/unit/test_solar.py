"""A year of photovoltaics: the draw keeps the month's clearness, the sun stands where it should, self-consumption."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from cement_streams import inputs, streams

from plantsim import api
from plantsim.library import library, solar
from plantsim.processes.cement_kiln.own_solar import use_solar
from plantsim.vocabulary.problems import BadInput

LIB = library()
SITE, PANEL = solar.read_site(LIB, "liupanshui"), solar.read_panel(LIB)
MONTH = np.repeat(np.arange(12), solar.DAYS * 24)


def test_numbers_are_read_in_si():
    assert SITE.temperature[0] == pytest.approx(276.65)
    assert SITE.clearness.shape == (12,)
    assert (PANEL.losses, PANEL.temperature_coefficient) == pytest.approx((0.14, -0.0032))
    with pytest.raises(BadInput, match="liupanshui"):
        solar.read_site(LIB, "atlantis")
    for wrong in ({"capacity": "-10 MW"}, {"load": "-5 MW"}, {"age": "-1 a"}, {"running_hours": "-1 h"}):
        with pytest.raises(BadInput, match="negative"):
            api.solar(**{"capacity": "10 MW", "load": "5 MW", **wrong})


def test_the_draw_keeps_each_month_and_never_passes_the_clear_sky():
    day = np.maximum(0.0, np.cos(2 * np.pi * (np.arange(24) - 12) / 24))
    outside = np.tile(1361.0 * day, 365)
    clear = 0.75 * outside
    ghi = solar.drawn_irradiance(SITE.clearness, MONTH, outside, clear, seed=3)
    assert np.all(ghi <= clear + 1e-9)
    for k in range(12):
        assert ghi[k == MONTH].sum() == pytest.approx(SITE.clearness[k] * outside[k == MONTH].sum(), rel=1e-9)
    again = solar.drawn_irradiance(SITE.clearness, MONTH, outside, clear, seed=3)
    assert np.array_equal(ghi, again)
    days = ghi.reshape(365, 24).sum(axis=1)
    assert days.std() > 0.2 * days.mean()  # dull and clear days
    bright = solar.drawn_irradiance(np.full(12, 0.9), MONTH, outside, clear, seed=3)
    assert bright == pytest.approx(clear)


def a_year(power: np.ndarray) -> solar.SolarYear:
    return solar.SolarYear(power, np.zeros(solar.HOURS))


def test_self_use_by_hand():
    power = np.zeros(solar.HOURS)
    power[:1000] = 1.0
    use = solar.self_use(a_year(power), 10e6, 6e6, 1e6, 0.75 * solar.HOURS)
    assert use.generated == pytest.approx(1000 * 10e6 * 3600)
    assert use.used == pytest.approx(1000 * 3600 * (0.75 * 6e6 + 0.25 * 1e6))
    assert use.exported == pytest.approx(use.generated - use.used)
    assert use.mean_power == pytest.approx(6e6 * 1000 / 8760)
    assert use.share == pytest.approx(0.475)
    assert solar.self_use(a_year(0 * power), 10e6, 6e6, 1e6, 7000.0).share == 0.0


def test_a_line_uses_no_more_than_it_needs():
    x, y = inputs(pv_power=3e6), streams("5000-5-stage")
    assert use_solar(x, x, x, y, 20e6) == 3e6
    assert use_solar(x, x, x, y, 1e6) == 1e6
    assert y.pv_used_power == 1e6
    assert use_solar(x, x, x, y, -1e6) == 0.0


@pytest.fixture(scope="module")
def year() -> solar.SolarYear:
    pytest.importorskip("pvlib", reason="the extra `solar`")
    return solar.solar_year(SITE, PANEL)


def test_yield_of_liupanshui(year):
    """Bands as remembered, no looked-up source: 1250 to 1450 kWh/m2, 950 to 1150 kWh/kWp at a fixed tilt."""
    assert 1250 < year.irradiation < 1450
    assert 950 < year.yield_hours < 1150


def test_spring_is_the_best_season(year):
    season = [
        year.power[np.isin(MONTH, months)].sum() for months in ((11, 0, 1), (2, 3, 4), (5, 6, 7), (8, 9, 10))
    ]
    assert max(season) == season[1]


def test_no_power_at_night_and_clipping_at_the_inverter(year):
    by_hour = year.power.reshape(365, 24)
    assert by_hour[:, [0, 1, 2, 3, 4, 22, 23]].max() == 0.0
    assert year.power.max() <= 1 / PANEL.dc_over_ac + 1e-9
    noon = by_hour.mean(axis=0).argmax()
    assert noon in {12, 13}  # local solar noon is at 13:01 of Beijing time: 104.8 degrees east


def test_age_and_heat_cost_yield(year):
    old = solar.solar_year(SITE, PANEL, age=10.0)
    assert old.yield_hours / year.yield_hours == pytest.approx(0.996**10, rel=5e-3)
    hot = solar.solar_year(replace(SITE, temperature=SITE.temperature + 15), PANEL)
    assert hot.yield_hours / year.yield_hours == pytest.approx(1 - 15 * 0.0032, abs=8e-3)


def test_the_api_gives_the_input_of_a_line(year):
    got = api.solar("20 MW", load="25 MW", standstill_load="3 MW")
    assert got["yield_kwh_per_kwp"] == pytest.approx(year.yield_hours)
    assert got["used_mwh"] + got["exported_mwh"] == pytest.approx(got["generated_mwh"])
    assert got["pv_power_mw"] == pytest.approx(20 * year.yield_hours / 8760)  # the line takes all of it
    with pytest.raises(BadInput):
        api.solar("20 kg", load="25 MW")
