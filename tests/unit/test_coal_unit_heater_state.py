"""Heaters out of service, a heater added to the train, and steam temperatures that the boiler no longer holds."""

from __future__ import annotations

import numpy as np
import pytest
from coal_unit_rows import declaration, read_reference, resolve, run

from plantsim.vocabulary.status import INCOMPLETE

KWH = 3600.0
OUT = 1.0


def out(*numbers, count=8):
    """Return the row of states with these heaters (from 1) out of service."""
    return tuple(OUT if i + 1 in numbers else 0.0 for i in range(count))


def with_row(values, place, row):
    """Return the plant with one more heater at ``place`` (from 0); ``row``: its inputs by name."""
    whole = dict(values)
    for name, value in row.items():
        old = whole[name]
        whole[name] = (*old[:place], value, *old[place:])
    return whole


def at_load(values, load):
    """Solve the plant at design conditions, then at ``load``; return x, d, o, y."""
    x, d, o, y = run([values])
    o["load"] = load
    resolve(x, d, o, y)
    return x, d, o, y


@pytest.mark.parametrize("numbers", [(1,), (1, 2, 3), (5,), (8,), (1, 7, 8)])
@pytest.mark.parametrize("load", [1.0, 0.5])
def test_balances_close_with_heaters_out(numbers, load):
    """No steam to them, and mass and energy of the whole cycle still meet, also where glands heat the lowest."""
    values = read_reference("n600-24.2-566-566") | {"heater_state": out(*numbers)}
    x, d, o, y = at_load(values, load)
    assert y["status"][0] == 0
    assert y["energy_residual"][0] < 1e-11
    assert y["mass_residual"][0] < 1e-11
    for number in numbers:
        assert d["extraction_share"][0, number - 1] == 0.0


def test_drains_that_would_go_to_a_heater_below_the_lowest_are_named_though_it_is_out():
    """Drains from above pass the lowest heater by: without a place to go they would be lost to both balances."""
    base = read_reference("n600-24.2-566-566")
    values = base | {"heater_state": out(8), "drain_to": (*base["drain_to"][:7], 0.0)}
    _, _, _, y = run([values])
    assert y["status"][0] == INCOMPLETE
    assert declaration().name_of_code(int(y["status_variable"][0])) == "drain_to"


def test_top_heaters_out_cool_the_feedwater_and_cost_heat():
    """Feedwater falls to the deaerator's pump outlet with all high-pressure heaters out; the heat rate rises."""
    base = read_reference("n600-24.2-566-566")
    whole = run([base])[3][0]
    x, d, o, y = run([base])
    first = y["heat_rate"][0]
    x["heater_state"][0, :3] = 1
    resolve(x, d, o, y)
    assert y["status"][0] == 0
    assert y["feedwater_temperature"][0] == pytest.approx(d["water_inlet_temperature"][0, 2], abs=1e-6)
    assert whole.feedwater_temperature - y["feedwater_temperature"][0] > 80.0
    assert 100.0 < (y["heat_rate"][0] - first) * KWH < 500.0


def test_heater_put_into_service_by_a_measure_is_the_sheets_heater():
    """A ninth heater in the HP cylinder, built by a measure, warms the feedwater and lowers the heat rate a little."""
    row = {
        "heater_kind": 0.0, "extraction_pressure": 8.3e6, "extraction_loss": 0.03, "terminal_difference": 0.0,
        "drain_cooler_approach": 5.6, "drain_to": 0.0,
        "extraction_temperature": float("nan"), "extraction_quality": 1.0,
    }  # fmt: skip
    values = with_row(read_reference("n600-24.2-566-566"), 0, row)
    values["gland_to"] = tuple(to + 1.0 if 0.0 < to < 11.0 else to for to in values["gland_to"])
    values["heater_state"] = out(1, count=9)
    plain = run([read_reference("n600-24.2-566-566")])[3][0]
    x, d, o, y = run([values])
    assert y["heat_rate"][0] == pytest.approx(plain.heat_rate, rel=1e-9)
    before, water = y["heat_rate"][0], y["feedwater_temperature"][0]
    for load in (1.0, 0.5):
        o["load"] = load
        x["heater_state"][0, 0] = 1
        resolve(x, d, o, y)
        before, water = y["heat_rate"][0], y["feedwater_temperature"][0]
        x["heater_state"][0, 0] = 0
        resolve(x, d, o, y)
        assert y["status"][0] == 0
        assert y["energy_residual"][0] < 1e-11
        assert 12.0 < y["feedwater_temperature"][0] - water < 30.0
        assert -60.0 < (y["heat_rate"][0] - before) * KWH < -10.0


def test_pumped_drain_of_a_heater_out_of_service_is_refused():
    values = read_reference("n600-24.2-566-566") | {"heater_state": out(6)}
    values["drain_to"] = (*values["drain_to"][:5], 3.0, *values["drain_to"][6:])
    y = run([values])[3]
    assert y["status"][0] != 0


def test_steam_temperatures_fall_only_below_their_load():
    """10 K less reheat at 40 % costs heat; above half load nothing changes."""
    rates = {}
    for fall in (0.0, 100.0):
        values = read_reference("n300-16.67-537-537") | {"reheat_temperature_fall": fall}
        for load in (0.6, 0.4):
            x, d, o, y = at_load(values, load)
            rates[fall, load] = y["heat_rate"][0] * KWH
            assert y["status"][0] == 0
    assert rates[0.0, 0.6] == rates[100.0, 0.6]
    assert 5.0 < rates[100.0, 0.4] - rates[0.0, 0.4] < 40.0
    assert np.isfinite(list(rates.values())).all()
