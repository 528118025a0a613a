"""Tonnes given to the air: each counted once, the unknown never as none, permits by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from plantsim.engine.emitted import emitted, permitted
from plantsim.engine.ranking import BundleRow, PlantRow
from plantsim.library import library
from plantsim.vocabulary.case import Plant, Value

LIB = library()


def row(name: str, district: str, **ledger: float) -> PlantRow:
    plant = Plant(name, {}, "cement_kiln", "", Value(1.5e9), district, Value(82e3), {}, ())
    return PlantRow(plant, "ok", "", "", 1.0, "", 0, None, 1.0, 1.0, 1.0, "", 1.0, ledger=ledger)


def bundle(of: PlantRow, status: str = "ok", **ledger: float) -> BundleRow:
    return BundleRow(of.plant, ("p",), status, 1.0, "", 0.0, 0.0, ledger=ledger)


def test_sums_by_district_and_case_with_the_unknown_named():
    rows = [
        row("a", "north", nox=-900e3, dust=-20e3),
        row("b", "north", nox=-300e3, dust=math.nan),
        row("c", "south", nox=-70e3),
    ]
    done = [bundle(rows[0], nox=-250e3, dust=-15e3), bundle(rows[2], "infeasible_pinch", nox=math.nan)]
    found = {(e.scope, e.name, e.pollutant): e for e in emitted(rows, done, LIB)}
    north = found["district", "north", "nox"]
    assert (north.now, north.then, north.unknown) == (1200e3, 550e3, ())
    whole = found["case", "", "nox"]
    assert (whole.now, whole.then) == (1270e3, 620e3)  # what failed stays as it is
    dust = found["case", "", "dust"]
    assert (dust.now, dust.then, dust.unknown) == (20e3, 15e3, ("b", "c"))
    assert math.isnan(found["plant", "b", "dust"].now)
    assert math.isnan(found["district", "south", "dust"].now)


def test_a_retired_plant_emits_nothing():
    a = row("a", "north", nox=-900e3)
    found = emitted([a], [replace(bundle(a), retired=True)], LIB)
    assert next(e for e in found if e.pollutant == "nox").then == 0.0


def test_the_permit_of_a_kiln():
    """By hand: 400 mg/Nm3 x 2 500 Nm3/t x 1.5 Mt/a = 1 500 t/a of NOx; SO2 750 t/a."""
    plant = row("a", "").plant
    assert permitted(plant, "nox", LIB) == pytest.approx(1.5e6, rel=1e-12)
    assert permitted(plant, "so2", LIB) == pytest.approx(0.75e6, rel=1e-12)
    assert math.isnan(permitted(plant, "voc", LIB))
    assert math.isnan(permitted(replace(plant, process="coal_unit"), "nox", LIB))
