"""What the cooler's bed is handed, and what is made of its answer: zones of the grate, warm air, the fitted factor."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.processes.cement_kiln import cooler
from plantsim.processes.cement_kiln.codes import COOLING_HELD, VENT_HELD
from plantsim.processes.cement_kiln.streams import clinker_h, gas_h

NORMAL = 8.31446261815324 * 273.15 / 101325.0  # m3/mol
AMBIENT, BURNING = 291.0, 1673.0


def line(**values):
    x = fields(
        humidity_ratio=0.009, cooling_air_hold=VENT_HELD, reference_recovered_air=0.82, cooling_air=1.95,
        middle_take_off=0.6, ambient_temperature=AMBIENT, burning_temperature=BURNING, clinker_temperature=371.0,
        held_efficiency=0.71, cooler_gain=1.0, cooler_idle_share=0.02, cooler_model=99, cooler_transfer=2.3,
        reference_cooling_air=2.0,
    )  # fmt: skip
    x.__dict__.update(values)
    return x


def test_zones_of_the_grate():
    """81 mol of dry air and its 0.9 % of water by mass; the fans under what is recovered follow, the others stay."""
    volume = 81.0 * (1.0 + 0.009 * 28.96 / 18.015) * NORMAL
    zones = plain(cooler.zones)
    even = pytest.approx((volume, 1.0, 1.0), rel=1e-4)
    assert zones(line(cooling_air_hold=COOLING_HELD), 0.45, 81.0) == even
    assert zones(line(reference_recovered_air=0.0), 0.45, 81.0) == even
    assert zones(line(reference_recovered_air=1.95), 0.45, 81.0) == even
    found = zones(line(), 0.45, 81.0)
    assert found == pytest.approx((1.95, 0.82 / 1.95, 0.45 * volume / 0.82), rel=1e-4)


def test_shares_of_a_held_efficiency():
    """71 % of the heat, by air; what stays in clinker of 371 K."""
    kept = (clinker_h(371.0) - clinker_h(AMBIENT)) / (clinker_h(BURNING) - clinker_h(AMBIENT))
    found = plain(cooler.held_shares)(line(), 0.12, 0.4)
    assert found == pytest.approx((0.71 * 0.3, 0.71 * 0.7, 0.6, kept), rel=1e-12)
    assert plain(cooler.held_shares)(line(), 0.0, 0.0)[:2] == (0.0, 0.71)


def test_no_air_gets_hotter_than_the_clinker():
    """A factor of 1.3 on shares of heat: as far as air of the clinker's temperature holds it."""
    x = line()
    air = (0.0, 0.009 * 28.9647 / 18.01528, 0.7905, 0.2095, 0.0)
    hottest = 81.0 * (gas_h(air, BURNING) - gas_h(air, AMBIENT)) / (clinker_h(BURNING) - clinker_h(AMBIENT))
    gained = plain(cooler.gained)
    assert gained(x, 0.9, 0.2, 0.4, 0.1, 0.4, 81.0) == pytest.approx((0.18, 0.36), rel=1e-12)
    assert gained(x, 1.3, 0.05, 0.1, 0.1, 0.4, 81.0) == pytest.approx((0.065, 0.13), rel=1e-12)
    found = gained(x, 1.3, 0.9, 0.9, 0.1, 0.4, 81.0)
    assert found == pytest.approx((0.1 * hottest, 0.3 * hottest), rel=1e-3)


def bed(monkeypatch, name, asked):
    run = plain(getattr(cooler, name))

    def shares(units, capacity, zone, density, secondary, recovered, edge, w):
        asked.append((units, capacity, zone, density, secondary, recovered, edge))
        return 0.2, 0.35, 0.11, 0.07

    warm = plain(cooler.warm_shares)
    monkeypatch.setitem(warm.__globals__, "bed_shares", shares)
    monkeypatch.setitem(run.__globals__, "warm_shares", warm)
    return run


def test_a_bed_that_is_blown_with_warm_air(monkeypatch):
    """Air at the share theta of the clinker's temperature: all streams are theta higher, less is exchanged."""
    asked = []
    run = bed(monkeypatch, "warm_shares", asked)
    grate = (1.9, 0.45, 1.1)
    x = line()
    assert run(x, 2.3, grate, 0.12, 0.4, 0.0, None) == (0.2, 0.35, 0.11, 0.07)
    edge = 0.4 + 0.6 * 0.6
    capacity = plain(cooler.air_capacity)
    assert asked[0] == (2.3, capacity(1.9), 0.45, 1.1, 0.12, 0.4, pytest.approx(edge))
    theta = 0.03 / capacity(1.9 * (1 + 0.45 * 0.1))
    cold = 1 - theta
    by_hand = (
        0.03 * 0.12 + cold * 0.2, 0.03 * 0.28 + cold * 0.35, 0.03 * (edge - 0.4) + cold * 0.11, theta + cold * 0.07
    )  # fmt: skip
    assert run(x, 2.3, grate, 0.12, 0.4, 0.03, None) == pytest.approx(by_hand, rel=1e-12)


def test_shares_of_a_cooler_with_idle_clinker(monkeypatch):
    """2 % of the clinker meet no air; the boiler's air has 0.11 of what the vent air has, 1 - 0.2 - 0.35 - 0.07."""
    asked = []
    run = bed(monkeypatch, "cooler_shares", asked)
    monkeypatch.setitem(run.__globals__, "transfer_units", lambda x, load, volume: 2.3)
    x = line(cooling_air_hold=COOLING_HELD)
    found = run(x, 1.0, -1, 0.12, 0.4, 81.0, 0.0, np.zeros((16, 64)))
    by_hand = (0.98 * 0.2, 0.98 * 0.35, 0.11 / (1 - 0.2 - 0.35 - 0.07), 0.02 + 0.98 * 0.07)
    assert found == pytest.approx(by_hand, rel=1e-12)
    assert asked[0][0] == 2.3
    assert not math.isnan(sum(found))


def test_misfit_of_a_bed(monkeypatch):
    """What the clinker keeps beyond the bed's 7 % is idle; modelled efficiency less the given one."""
    run = bed(monkeypatch, "bed_mismatch", [])
    x = line(cooler_efficiency=0.5)
    kept = (clinker_h(371.0) - clinker_h(AMBIENT)) / (clinker_h(BURNING) - clinker_h(AMBIENT))
    idle = (kept - 0.07) / 0.93
    found = run(x, 2.3, 0.12, 0.4, 0.0, None)
    assert found == pytest.approx(((1 - idle) * 0.55 - 0.5, idle), rel=1e-9)
