"""Shares and means of a sector: weights, thresholds and who counts, by hand."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import replace

import pytest
from plain_kernels import fields

from plantsim.engine.rank import ranked
from plantsim.engine.ranking import ProposalRow, SectorRow
from plantsim.engine.sample import NO_SPREAD, PlantSpread
from plantsim.engine.sectors import drawn_sector
from plantsim.library import library

SURE = 0.8


def plant(name: str, size: float, process: str = "steel", declared: bool = False, level: str = "worse"):
    return fields(
        plant=fields(id=name, process=process, capacity=fields(si=size)), declared=declared, level=level
    )


def drawn(rows, spreads, gone=(), done=None, sure=SURE):
    empty = SectorRow("steel", "steel", None, None, None)
    return drawn_sector(empty, rows, spreads, sure, frozenset(gone), done or {})


def spread(now: float, then: float) -> PlantSpread:
    return PlantSpread(now, then, NO_SPREAD)


def test_a_plant_counts_as_sure_from_a_probability_of_0_8_on():
    rows = [plant("a", 30.0), plant("b", 50.0), plant("c", 7.0), plant("other", 1e3, "cement_kiln")]
    spreads = {
        "a": spread(0.1, 0.8),
        "b": spread(0.85, 0.7999),
        "c": spread(0.3, 0.9),
        "other": spread(1.0, 1.0),
    }
    found = drawn(rows, spreads)
    assert found.mean_now == pytest.approx((3 + 42.5 + 2.1) / 87, rel=1e-12)
    assert found.mean_then == pytest.approx((30 * 0.8 + 50 * 0.7999 + 7 * 0.9) / 87, rel=1e-12)
    assert found.confident_then == pytest.approx(37 / 87, rel=1e-12)


def test_the_probability_is_the_library_s():
    settings = library().data("common", "uncertainty.toml")["ranking"]
    assert settings["confident"]["value"] == SURE


def test_who_is_not_drawn_counts_by_what_he_declares_and_who_is_cancelled_leaves_the_denominator():
    rows = [
        plant("a", 30.0, declared=True, level="benchmark"), plant("b", 50.0, declared=True),
        plant("c", 7.0, level="benchmark"), plant("d", 13.0), plant("e", 19.0),
    ]  # fmt: skip
    done = {"b": fields(level_after="benchmark"), "a": fields(level_after="between")}
    spreads = {"d": spread(math.nan, 0.95), "e": spread(0.6, math.nan)}
    found = drawn(rows, spreads, gone={"d"}, done=done)
    assert found.mean_now == pytest.approx((30 + 19 * 0.6) / 119, rel=1e-12)
    assert found.mean_then == pytest.approx(50 / 106, rel=1e-12)
    assert found.confident_then == pytest.approx(50 / 106, rel=1e-12)


def test_without_capacity_there_is_no_share():
    found = drawn([plant("a", 30.0)], {}, gone={"a"})
    assert found.mean_now == 0.0
    assert math.isnan(found.mean_then)
    assert math.isnan(found.confident_then)


def proposal(name: str, **values):
    needed = dict.fromkeys(
        (f.name for f in dataclasses.fields(ProposalRow) if f.default is dataclasses.MISSING), 1.0
    )
    own = {"plant": fields(id="p"), "proposal": fields(id=name), "status": "ok", "calibrated": True}
    shown = dict.fromkeys(("warnings", "alternatives"), ())
    return ProposalRow(**{**needed, **shown, "policy": {}, **own, **values})


def test_order_of_a_list():
    """Own record first, declared figures after it, failed rows last; in each the best first, unknown last."""
    rows = [
        replace(proposal("failed", npv=9e9), status="no_convergence"),
        proposal("declared", npv=8e9, declared=True),
        proposal("unknown", npv=math.nan),
        proposal("worse", npv=-3.0),
        proposal("better", npv=4.0),
        replace(proposal("disagrees", npv=5e9), calibrated=False),
        replace(proposal("dear", npv=7e9, cost_of_pollutant=6.0), list="compliance"),
        replace(proposal("cheap", npv=1.0, cost_of_pollutant=-2.0), list="compliance"),
        proposal("free", npv=1e10, capex=math.nan),
    ]
    found = [(r.proposal.id, r.tag) for r in ranked(rows)]
    assert found == [
        ("better", "E1"), ("worse", "E2"), ("unknown", "E3"), ("disagrees", "E4"), ("declared", "E5"), ("failed", "E6"),
        ("free", "free"), ("cheap", "C1"), ("dear", "C2"),
    ]  # fmt: skip
    assert ranked(rows)[6].warnings[-1][0] == "left_out_without_cost"


def test_equal_ones_stand_by_plant_and_proposal():
    rows = [
        replace(proposal(name, npv=5.0), plant=fields(id=plant))
        for name, plant in (("b", "q"), ("a", "q"), ("c", "p"))
    ]
    assert [r.proposal.id for r in ranked(rows)] == ["c", "a", "b"]
