"""The coal unit over random inputs: balances, statuses, direction of effects, the same bits again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import counts
import numpy as np
import pytest
from coal_unit_rows import complete, declaration, read_reference, resolve, rows, run

from plantsim.vocabulary.status import (
    INCOMPLETE,
    INFEASIBLE_FLOW,
    INFEASIBLE_ORDER,
    INFEASIBLE_PINCH,
    INFEASIBLE_THERMAL,
    OK,
    OUTSIDE_RANGE,
)

REFERENCES = ("n600-24.2-566-566", "n300-16.67-537-537", "n200-12.75-535-535")
DRAWN = (
    "main_steam_pressure", "main_steam_temperature", "hot_reheat_temperature", "exhaust_pressure",
    "hp_efficiency", "ip_efficiency", "lp_efficiency", "heater_efficiency", "feed_pump_efficiency",
    "condensate_pump_efficiency", "pump_turbine_efficiency", "pump_turbine_mechanical_efficiency",
    "mechanical_efficiency", "generator_efficiency", "boiler_efficiency", "pipe_efficiency",
    "main_steam_loss", "intercept_valve_loss", "crossover_loss", "main_steam_heat_loss", "cold_reheat_heat_loss",
    "exhaust_loss", "condensate_external_heat", "wetness_coefficient", "deaerator_height",
)  # fmt: skip
LADDER = ("hp_exhaust_pressure", "hot_reheat_pressure", "ip_exhaust_pressure", "extraction_pressure")
NAMED = {OUTSIDE_RANGE, INFEASIBLE_FLOW, INFEASIBLE_ORDER, INFEASIBLE_PINCH, INFEASIBLE_THERMAL, INCOMPLETE}


def draw(n: int, band: str, seed: int = 7):
    """Return n plants with inputs drawn over their typical bands or hard bounds, on the three reference trains.

    The pressures between main steam and exhaust are one ladder: the reference's, stretched (in logarithms) between
    the drawn ends, with each terminal difference within half a rung. Independent draws of ten pressures would
    hardly ever be in order, and a heater whose terminal difference is more than its rung is no heater. Water
    lines have more pressure than what they feed, and auxiliaries cover a feed pump of the lowest efficiency.
    Efficiencies stand for the sheet's states.
    """
    rng, dec = np.random.default_rng(counts.seed(seed)), declaration()
    plants = [complete(read_reference(name)) for name in REFERENCES]
    for p in plants:
        for name in ("extraction_temperature", "extraction_quality", "exhaust_quality", "exhaust_enthalpy"):
            p[name] = float("nan")
    x, d, o, first, y = rows([plants[i] for i in rng.integers(0, 3, n)])
    p0, pc = np.log(x["main_steam_pressure"]), np.log(x["exhaust_pressure"])
    stated = x["boiler_efficiency"].copy()
    for name in DRAWN:
        low, high = getattr(dec.variables[name], band)
        x[name] = rng.uniform(low, high, n)
    # more than the references' coals leave is refused (test_coal_unit_impossible)
    x["boiler_efficiency"] = np.minimum(x["boiler_efficiency"], stated + 0.015)
    top, bottom = np.log(x["main_steam_pressure"]), np.log(x["exhaust_pressure"])
    for name in LADDER:
        at = (slice(None), None) if name == "extraction_pressure" else slice(None)
        with np.errstate(divide="ignore"):
            place = (np.log(x[name]) - pc[at]) / (p0 - pc)[at]
        x[name] = np.exp(bottom[at] + place * (top - bottom)[at])
    x["feedwater_pressure"] = x["main_steam_pressure"] * rng.uniform(1.15, 1.4, n)
    x["condensate_pressure"] = x["extraction_pressure"][:, 3] * rng.uniform(1.3, 3.0, n)
    x["pump_turbine_exhaust_pressure"] = x["exhaust_pressure"] * rng.uniform(1.0, 1.3, n)
    k = dec.dimensions["heaters"].size
    below = np.concatenate([x["extraction_pressure"][:, 1:8], x["exhaust_pressure"][:, None]], axis=1)
    with np.errstate(divide="ignore"):  # ln p falls by about 1 for 25 K near 1 bar: half a rung in kelvin
        rung = np.pad(12.0 * np.log(x["extraction_pressure"][:, :8] / below), ((0, 0), (0, k - 8)))
    low, high = getattr(dec.variables["terminal_difference"], band)
    # only a desuperheater brings water above saturation, and over the hard bounds the steam may be wet
    own = np.minimum(x["terminal_difference"], 0.0) if band == "typical" else 0.0 * x["terminal_difference"]
    low, high = np.maximum(np.maximum(low, own), -0.5 * rung), np.minimum(high, rung)
    x["terminal_difference"] = low + rng.random((n, k)) * (high - low)
    low, high = getattr(dec.variables["drain_cooler_approach"], band)
    x["drain_cooler_approach"] = rng.uniform(low, high, (n, k))
    x["drain_to"] = np.where(rng.random((n, k)) < 0.2, 3, x["drain_to"])
    x["drain_to"][:, 7] = rng.integers(1, 4, n)
    x["open_heater_loss"] = rng.integers(0, 2, n)
    x["feed_pump_drive"] = rng.integers(0, 2, n)
    x["pump_turbine_share"] = np.nan
    x["condensate_external_heat"] = np.minimum(x["condensate_external_heat"], 2e3 * rung[:, 7])  # half a rung
    x["auxiliary_power_rate"] = rng.uniform(0.07, 0.10, n) if band == "typical" else 0.20
    return x, d, o, first, y


def solve_drawn(n: int, band: str):
    x, d, o, first, y = draw(n, band)
    resolve(x, d, o, y, first)
    return x, d, y


def balances_close(n: int) -> None:
    for band in ("typical", "bounds"):
        _x, d, y = solve_drawn(n, band)
        ok = y["status"] == OK
        assert y["mass_residual"][ok].max() < 1e-9
        assert y["energy_residual"][ok].max() < 1e-9
        assert np.isfinite(y["heat_rate"][ok]).all()
        assert d["extraction_share"][ok].min() >= 0.0


@pytest.mark.drawn
def test_balances_close():
    balances_close(counts.count(100_000))


def test_share_of_cycles_that_is_solved():
    """Of cycles drawn with the inputs above 99 % are solved, 90 % over their hard bounds; the others name a variable.

    Whole plants, with all inputs at once and around every reference, are in test_coal_unit_typical.py.
    """
    dec = declaration()
    for band, least in (("typical", 0.99), ("bounds", 0.90)):
        _x, _d, y = solve_drawn(10_000, band)
        share = np.mean(y["status"] == OK)
        failed = y[y["status"] != OK]
        assert set(failed["status"].tolist()) <= NAMED
        assert all(dec.name_of_code(int(code)) for code in np.unique(failed["status_variable"]))
        assert share >= least, (band, share, np.unique(failed["status"], return_counts=True))


@pytest.mark.parametrize(
    ("name", "step", "sign"),
    [
        ("hp_efficiency", 0.01, -1),
        ("ip_efficiency", 0.01, -1),
        ("lp_efficiency", 0.01, -1),
        ("exhaust_pressure", 500.0, +1),
        ("terminal_difference", 3.0, +1),
        ("main_steam_loss", 0.01, +1),
        ("heater_efficiency", -0.01, +1),
        ("mechanical_efficiency", -0.005, +1),
        ("exhaust_loss", 5e3, +1),
    ],
)
def test_direction_of_effects(name, step, sign):
    """Better efficiency lowers the heat rate; higher back-pressure, TTD and losses raise it: in every case drawn."""
    x, d, o, first, y = draw(500, "typical")
    x["condenser"] = 0
    if name == "main_steam_loss":  # else the flow alone decides what pressure the first stages get
        x["stage_pressures"] = 1
    resolve(x, d, o, y, first)
    before, ok = y["heat_rate"].copy(), y["status"] == OK
    x[name] += step
    resolve(x, d, o, y, first)
    both = ok & (y["status"] == OK)
    assert both.sum() > 400
    assert (sign * (y["heat_rate"] - before)[both] > 0.0).all()


def test_cooling_water_decides_the_exhaust_pressure():
    """Rise given, or the flow that makes this rise: the same pressure; less flow raises pressure and heat rate."""
    base = {
        **read_reference(REFERENCES[0]),
        "condenser": 1.0,
        "cooling_water_temperature": 293.15,
        "cooling_water_rise": 9.0,
        "condenser_terminal_difference": 5.0,
    }
    _x, d, _o, y = run(base)
    assert d.condensing_temperature == pytest.approx(293.15 + 14.0)
    flow = y.condenser_heat / (4182.0 * 9.0)  # cp of water at 25 degC [J/(kg K)]: only a start
    results = []
    for factor in (1.0, 0.8):
        plant = {**base, "condenser": 2.0, "cooling_water_flow": flow * factor}
        _, d2, _, y2 = run(plant)
        assert y2.status == OK
        assert y2.energy_residual < 1e-9
        results.append((d2.condensing_pressure, y2.heat_rate))
    assert results[0][0] == pytest.approx(d.condensing_pressure, rel=2e-3)
    assert results[1][0] > results[0][0]
    assert results[1][1] > results[0][1]


def at_loads(n: int, band: str, lowest: float = 0.3):
    """Return drawn plants solved once at any load from ``lowest`` to 100 %, half of them supplying heat."""
    x, d, o, first, y = draw(n, band)
    rng = np.random.default_rng(counts.seed(11))
    x["heat_supply"] = np.where(rng.random(n) < 0.5, 0, rng.integers(1, 3, n))
    x["heat_stage"] = 5
    o["load"] = rng.uniform(lowest, 1.0, n)
    supplied = 0.3 * x["rated_power"] * o["load"]
    o["heat"] = np.where(x["heat_supply"] > 0, supplied, 0.0)
    x["largest_flow_share"] = 1.3
    x["heat_return_temperature"] = (
        320.0  # no valve holds the steam's pressure up: it condenses at 60 degC and more
    )
    x["heat_return_part"], x["heat_return_to"] = rng.random(n), rng.integers(0, 2, n)
    x["condensate_heat"] = np.where(rng.random(n) < 0.3, 0.02 * x["rated_power"], 0.0)
    x["condensate_pump_control"], x["feed_pump_control"] = rng.integers(0, 2, n), rng.integers(0, 2, n)
    x["pressure_control"] = rng.integers(0, 2, n)
    resolve(x, d, o, y, first)
    return x, d, o, y


def off_design_closes(n: int) -> None:
    dec = declaration()
    for band, least in (("typical", 0.99), ("bounds", 0.75)):
        _x, d, _o, y = at_loads(n, band)
        ok = y["status"] == OK
        assert y["mass_residual"][ok].max() < 1e-9
        assert y["energy_residual"][ok].max() < 1e-9
        assert d["extraction_share"][ok].min() >= 0.0
        assert np.isfinite(y["heat_rate"][ok]).all()
        assert all(dec.name_of_code(int(code)) for code in np.unique(y["status_variable"][~ok]))
        assert ok.mean() >= least, (band, ok.mean(), np.unique(y["status"][~ok], return_counts=True))


def test_balances_close_at_any_load_with_heat():
    off_design_closes(5_000)


@pytest.mark.campaign
def test_balances_close_at_any_load_with_heat_campaign():
    off_design_closes(100_000)


def test_a_point_does_not_depend_on_the_points_before_it():
    plant = read_reference(REFERENCES[1]) | {"heat_supply": 1.0, "heat_supply_pressure": 0.3e6}
    x, d, o, y = run([plant])
    o, y = np.repeat(o, 5), np.repeat(y, 5)
    o["load"], o["heat"] = [1.0, 0.5, 0.8, 1.0, 0.5], [0.0, 0.0, 60e6, 0.0, 0.0]
    resolve(x, d, o, y, np.array([0, 5]))
    assert (y["status"] == OK).all()
    assert y[0].tobytes() == y[3].tobytes()
    assert y[1].tobytes() == y[4].tobytes()


def test_heat_takes_power_and_gives_fuel_back():
    """At equal main steam more heat leaves less power, and each way to share the fuel charges heat with more."""
    x, d, o, y = run([read_reference(REFERENCES[2]) | {"heat_supply": 1.0, "heat_supply_pressure": 0.25e6}])
    o["hold"] = 1
    powers, shares = [], []
    for heat in (0.0, 40e6, 80e6, 120e6):
        o["heat"] = heat
        resolve(x, d, o, y)
        assert y["status"][0] == OK
        assert y["heat_supplied"][0] == pytest.approx(heat, rel=1e-6)
        powers.append(y["gross_power"][0])
        shares.append([y[f"heat_share_by_{way}"][0] for way in ("quantity", "drop", "exergy")])
    assert (np.diff(powers) < 0.0).all()
    assert (np.diff(shares, axis=0) > 0.0).all()
    assert (np.array(shares)[1:, 0] > np.array(shares)[1:, 2]).all()


def test_demand_beyond_the_unit_is_named():
    """Each form of supply refuses 600 MW and names the demand; without one, others supply it."""
    dec = declaration()
    base = read_reference(REFERENCES[2]) | {"heat_supply_pressure": 0.25e6, "heating_exhaust_pressure": 45e3}
    x, d, o, y = run([base])
    o["heat"] = 600e6
    resolve(x, d, o, y)
    assert (y["status"][0], y["heat_supplied"][0]) == (OK, 0.0)
    for form in (1.0, 3.0, 4.0):
        x, d, o, y = run([base | {"heat_supply": form}])
        o["heat"] = 600e6
        resolve(x, d, o, y)
        assert y["status"][0] == INFEASIBLE_FLOW
        assert dec.name_of_code(int(y["status_variable"][0])) == "heat"


def test_power_follows_heat_without_lp_output_and_with_back_pressure():
    """The more heat the more power, and hardly any heat is left for the cooling water."""
    base = read_reference(REFERENCES[2]) | {"heat_supply_pressure": 0.25e6, "heating_exhaust_pressure": 45e3}
    for form in (3.0, 4.0):
        x, d, o, y = run([base | {"heat_supply": form}])
        powers = []
        for heat in (150e6, 200e6, 250e6):
            o["heat"] = heat
            resolve(x, d, o, y)
            assert y["status"][0] == OK
            assert y["heat_supplied"][0] == pytest.approx(heat, rel=1e-6)
            powers.append(y["gross_power"][0])
        assert (np.diff(powers) > 0.0).all()
        assert y["condenser_heat"][0] < 0.05 * y["boiler_heat"][0]


def test_throttled_costs_more_than_sliding_and_speed_less_than_valves():
    x, d, o, y = run([read_reference(REFERENCES[1])])
    o["load"] = 0.6
    rates = []
    for control, pump in ((0, 0), (1, 0), (0, 1)):
        x["pressure_control"], x["feed_pump_control"] = control, pump
        resolve(x, d, o, y)
        rates.append(y["heat_rate"][0])
    assert rates[0] < min(rates[1:])


def test_held_pressures_know_only_full_load():
    x, d, o, first, y = rows([complete(read_reference(REFERENCES[2]))])
    o["load"], x["stage_pressures"] = 0.8, 1
    resolve(x, d, o, y, first)
    assert y["status"][0] == OUTSIDE_RANGE
    assert declaration().name_of_code(int(y["status_variable"][0])) == "load"


def test_held_main_steam_gives_more_power():
    x, d, o, y = run([read_reference(REFERENCES[2])], hold="main_steam_flow")
    power = y["gross_power"][0]
    assert power == pytest.approx(200e6, rel=1e-12)
    x["lp_efficiency"] += 0.02
    resolve(x, d, o, y)
    assert y["gross_power"][0] > power * 1.005
    assert y["main_steam_flow"][0] == x["reference_main_steam_flow"][0]


def test_better_motor_pump_lowers_the_auxiliary_power():
    """The pump's saving, less what the gas side takes for the heat that it no more puts into the water."""
    parts = [
        n + "_power"
        for n in ("mill", "draught_fan", "forced_fan", "primary_fan", "scr", "precipitator", "fgd")
    ]
    x, d, o, y = run([read_reference(REFERENCES[2])])
    assert y["auxiliary_rate"][0] == pytest.approx(0.088, abs=1e-12)
    pump, gas = y["cycle_pump_electricity"][0], sum(y[name][0] for name in parts)
    x["feed_pump_efficiency"] += 0.05
    resolve(x, d, o, y)
    less = pump - y["cycle_pump_electricity"][0]
    more = sum(y[name][0] for name in parts) - gas
    assert 0.0 < more < 0.02 * less
    assert (0.088 - y["auxiliary_rate"][0]) * y["gross_power"][0] == pytest.approx(less - more, rel=1e-9)


def test_same_bits_again_in_any_order():
    x, d, o, first, y = draw(1000, "typical")
    resolve(x, d, o, y, first)
    want = y.tobytes()
    rng = np.random.default_rng(3)
    for _ in range(3):
        y[:] = 0
        resolve(x, d, o, y, first)
        assert y.tobytes() == want
    order = rng.permutation(1000)
    x2, d2, o2, y2 = x[order], d[order], o[order], y[order]
    resolve(x2, d2, o2, y2, first)
    assert y2.tobytes() == y[order].tobytes()


def test_one_cycle_a_thousand_times():
    x, d, o, y = run([read_reference(REFERENCES[0])])
    want = y.tobytes()
    for _ in range(1000):
        resolve(x, d, o, y)
        assert y.tobytes() == want


CHILD = """
import json, sys
sys.path[:0] = [{tests!r}, {properties!r}]
from test_coal_unit_properties import at_loads
out = {{}}
for band in ("typical", "bounds"):
    x, d, o, y = at_loads(100, band)
    out[band] = [y["status"].tolist(), y["heat_rate"].tolist(), y["coal_heat"].tolist(), d["extraction_share"].tolist()]
print(json.dumps(out))
"""


def test_compiled_equals_plain_python():
    here = Path(__file__).resolve().parent
    code = CHILD.format(tests=str(here.parent), properties=str(here))
    env = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, timeout=300
    )
    plain = json.loads(done.stdout)
    for band, want in plain.items():
        _x, d, _o, y = at_loads(100, band)
        assert y["status"].tolist() == want[0]
        ok = y["status"] == OK
        for got, plain_value in zip(
            (y["heat_rate"], y["coal_heat"], d["extraction_share"]), want[1:], strict=True
        ):
            np.testing.assert_allclose(got[ok], np.array(plain_value)[ok], rtol=1e-12, atol=1e-15)
