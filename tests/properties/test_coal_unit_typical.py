"""Whole plants drawn around every reference, all inputs at once: solved, closed, and no stream above its source."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from coal_unit_rows import complete, declaration, read_reference, rows

from plantsim.engine.typical import typical_plants
from plantsim.kernels.steam import T_ph, h_pT, saturation_temperature, vapour_enthalpy
from plantsim.library import library
from plantsim.processes.coal_unit.kernel import entry
from plantsim.vocabulary.status import OK, status_name

REFERENCES = sorted(r.id for r in library().references.values() if r.process == "coal_unit")
NEAR = 1e-6  # K
CP_WATER = 4181.0  # J/(kg K)


def drawn(name: str, n: int, seed: int):
    """Return x, d, o, y of n plants drawn around a reference, at full load and not solved yet."""
    x, _d, o, _first, _y = rows([complete(read_reference(name))])
    dec = declaration()
    return typical_plants(dec, x[0].copy(), n, seed), dec.zeros("d", n), np.repeat(o, n), dec.zeros("y", n)


def solve(x, d, o, y) -> None:
    entry(x, d, o, np.arange(len(x) + 1, dtype=np.int64), y, 0, len(x))


def causes(y) -> list[tuple[str, int]]:
    """Return the failures by status and variable at fault, most first."""
    dec, failed = declaration(), y[y["status"] != OK]
    names = [f"{status_name(r.status)} {dec.name_of_code(int(r.status_variable))}" for r in failed]
    return Counter(names).most_common()


def typical_band_is_solved(n: int) -> None:
    dec = declaration()
    for name in REFERENCES:
        x, d, o, y = drawn(name, n, 3)
        solve(x, d, o, y)
        ok = y["status"] == OK
        assert ok.mean() >= 0.95, (name, ok.mean(), causes(y))
        assert all(dec.name_of_code(int(code)) for code in np.unique(y["status_variable"][~ok]))
        for residual in ("mass_residual", "energy_residual", "boiler_residual"):
            assert y[residual][ok].max() < 1e-9, (name, residual)
        assert np.isfinite(y["coal_heat"][ok]).all()


def test_typical_band_is_solved():
    typical_band_is_solved(1_250)


@pytest.mark.parametrize("load", [0.75, 0.5])
def test_typical_band_is_solved_at_part_load(load):
    """95 % too: an SCR that is too cold stops dosing; where that is refused instead, that alone is blamed."""
    refuses = declaration().variables["scr_low_temperature"].options["refused"]
    for name in REFERENCES:
        x, d, o, y = drawn(name, 600, 3)
        refused = x.copy()
        refused["scr_low_temperature"], o["load"] = refuses, load
        solve(x, d, o, y)
        ok = y["status"] == OK
        assert ok.mean() >= 0.95, (name, ok.mean(), causes(y))
        for residual in ("mass_residual", "energy_residual", "boiler_residual"):
            assert y[residual][ok].max() < 1e-9, (name, residual)
        again = declaration().zeros("y", len(x))
        solve(refused, declaration().zeros("d", len(x)), o, again)
        more = (again["status"] != OK) & ok
        assert {declaration().name_of_code(int(c)) for c in again["status_variable"][more]} <= {
            "scr_temperature"
        }


@pytest.mark.campaign
def test_typical_band_is_solved_campaign():
    typical_band_is_solved(12_500)


def test_drawn_plants_hang_together():
    """Pressures fall, the coal makes 100 %, sizes go with the power, and every other input moves over its band."""
    dec = declaration()
    x, _d, _o, _y = drawn("n300-16.67-w-flame", 2_000, 5)
    steps = np.concatenate([x["extraction_pressure"][:, :8], x["exhaust_pressure"][:, None]], axis=1)
    assert (np.diff(steps) < 0.0).all()
    assert (x["feedwater_pressure"] > x["main_steam_pressure"]).all()
    parts = sum(
        x[f"coal_{part}"]
        for part in ("carbon", "hydrogen", "oxygen", "nitrogen", "sulphur", "ash", "moisture")
    )
    assert parts == pytest.approx(1.0, abs=1e-12)
    assert x["cooling_water_flow"] / x["rated_power"] == pytest.approx(36000 / 3.6 / 300e6, rel=1e-9)
    plant = complete(read_reference("n300-16.67-w-flame"))
    for v in dec.with_role("input"):
        if v.typical is None or v.hangs_on or v.is_integer or v.length or plant[v.name] != plant[v.name]:
            continue
        if v.name in ("coal_ash", "coal_moisture", "coal_sulphur", "damper_linear", "damper_square"):
            continue  # these give way where too little would be left for what fills up
        low, high = v.typical
        assert x[v.name].min() < low + 0.01 * (high - low), v.name
        assert x[v.name].max() > high - 0.01 * (high - low), v.name


# --- heat runs downhill ----------------------------------------------------------------------------------------------


def anywhere(name: str, n: int, seed: int):
    """Return solved plants at any load, with economisers, heat supplies and terminal differences at any place."""
    rng = np.random.default_rng(seed)
    x, d, o, y = drawn(name, n, seed)
    heaters = int(x["heater_count"][0])
    o["load"] = rng.uniform(0.3, 1.0, n)
    x["scr_low_temperature"] = 1
    x["low_economiser_gas_outlet"] = np.where(rng.random(n) < 0.3, rng.uniform(340.0, 400.0, n), np.nan)
    x["low_economiser_heat"] = np.where(rng.random(n) < 0.1, 0.02 * x["rated_power"], np.nan)
    x["economiser_from"] = rng.integers(0, heaters + 1, n)
    x["economiser_to"] = rng.integers(0, heaters + 1, n)
    some = rng.random(n) < 0.3
    x["terminal_difference"][some] = rng.uniform(-6.0, 8.0, (some.sum(), x["terminal_difference"].shape[1]))
    x["heat_supply"] = rng.integers(0, 5, n)
    x["heat_stage"] = rng.integers(4, heaters + 1, n)
    x["heat_supply_pressure"] = np.where(
        rng.random(n) < 0.5, x["ip_exhaust_pressure"] * rng.uniform(0.3, 1.5, n), np.nan
    )
    x["heating_exhaust_pressure"] = rng.uniform(30e3, 54e3, n)
    x["network_supply_temperature"] = np.where(rng.random(n) < 0.3, rng.uniform(330.0, 410.0, n), np.nan)
    x["heat_return_temperature"] = rng.uniform(310.0, 390.0, n)
    o["heat"] = np.where(rng.random(n) < 0.5, rng.uniform(0.1, 1.0, n) * x["rated_power"] * o["load"], 0.0)
    x["main_steam_temperature_fall"], x["reheat_temperature_fall"] = (
        rng.uniform(0, 300, n),
        rng.uniform(0, 300, n),
    )
    solve(x, d, o, y)
    return x, d, o, y


def line(x, d, i):
    """Return the pressure of the water in heater i [Pa]."""
    high = (i < d.highest_open_heater) or d.highest_open_heater == 0
    return d.feed_line_pressure if high else d.condensate_line_pressure


def uphill(x, d, o, y) -> list[str]:
    """Return which exchangers of a solved point warm a stream above its source, from its states alone."""
    found = []
    outside = y.economiser_heat > 0.0
    for i in range(int(x.heater_count)):
        if x.heater_kind[i] == 1 or d.extraction_share[i] < 1e-8 or d.heat_from_outside[i] > 0.0:
            continue
        p, h = d.heater_pressure[i], d.point_enthalpy[i]
        t_s, t_out = saturation_temperature(p), T_ph(line(x, d, i), d.water_outlet_enthalpy[i])
        if t_out > T_ph(p, h) + NEAR:
            found.append(f"heater {i + 1}: water above its steam")
        above = (
            max(0.0, h - vapour_enthalpy(p)) * x.heater_efficiency * d.extraction_share[i] / d.water_share[i]
        )
        if d.water_outlet_enthalpy[i] - above > h_pT(line(x, d, i), t_s) + 50.0 and t_out > t_s + NEAR:
            found.append(f"heater {i + 1}: water above where its steam condenses")
        if d.drain_temperature[i] < d.water_inlet_temperature[i] - NEAR:
            found.append(f"heater {i + 1}: drain below the water that cools it")
    if outside:
        first = (
            int(x.economiser_from) - 1 if 0 < x.economiser_from <= x.heater_count else int(x.heater_count) - 1
        )
        if T_ph(line(x, d, first), d.water_inlet_enthalpy[first]) > y.filter_gas_temperature + NEAR:
            found.append("economiser: condensate above the gas that leaves")
    if y.boiler_gas.sum() > 0.0:
        if y.hot_air_temperature > y.economiser_gas_temperature + NEAR:
            found.append("air heater: air above the gas")
        if x.boiler_air_temperature > y.leak_free_gas_temperature + NEAR:
            found.append("air heater: gas below the air")
    cooled = x.condenser == 3 and not (o.heat > 0.0 and x.heat_supply == 4)
    if cooled and d.condensing_temperature < y.water_inlet_temperature_found:
        found.append("condenser: water above its steam")
    if y.heating_steam_flow > 0.0 and x.heat_supply in (1, 2, 3):
        p = d.point_pressure[d.heat_place] if d.heat_place >= 0 else d.cylinder_exhaust_pressure[1]
        for t in (x.heat_return_temperature, x.network_supply_temperature):
            if t > T_ph(p, d.heat_steam_enthalpy) + NEAR:
                found.append("network: water above its steam")
    for p, t, what in (
        (d.steam_pressure, d.steam_temperature, "main steam"), (d.reheat_pressure, d.reheat_temperature, "reheat"),
    ):  # fmt: skip
        if p < 22.0e6 and t <= saturation_temperature(p):
            found.append(f"{what} below saturation")
    return found


def no_heat_uphill(n: int) -> None:
    solved = 0
    for k, name in enumerate(REFERENCES):
        x, d, o, y = anywhere(name, n, 20 + k)
        ok = np.flatnonzero(y["status"] == OK)
        solved += len(ok)
        assert all(
            declaration().name_of_code(int(c)) for c in np.unique(y["status_variable"][y["status"] != OK])
        )
        assert y["energy_residual"][ok].max() < 1e-9
        wrong = Counter(w for i in ok for w in uphill(x[i], d[i], o[i], y[i]))
        assert not wrong, (name, wrong)
        pinched = [c for c in causes(y) if c[0].startswith("infeasible_pinch")]
        assert pinched, "nothing was drawn that could run uphill"
    assert solved > 0.2 * n * len(REFERENCES)


def test_no_stream_is_warmed_above_its_source():
    no_heat_uphill(1_250)


@pytest.mark.campaign
def test_no_stream_is_warmed_above_its_source_campaign():
    no_heat_uphill(12_500)
