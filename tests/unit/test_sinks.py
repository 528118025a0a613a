"""Sinks that several plants share: worked examples in which claims add up to more than anybody takes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from studies import LIUPANSHUI, fitted

from plantsim.engine.rank import rank_case
from plantsim.engine.service import taken
from plantsim.engine.sinks import Sold, divided, joint_shares
from plantsim.library import library
from plantsim.vocabulary.case import Proposal, Sink, Value
from plantsim.vocabulary.problems import Problems

GJ = 1e9
TCE = 29307.6e6


def test_shared_heat_is_divided_by_shapley_shares():
    # Shapley's example of the shared resource: 10 is taken of claims of 7, 6 and 2
    assert joint_shares([7.0, 6.0, 2.0], 10.0) == pytest.approx([29 / 6, 23 / 6, 8 / 6], rel=1e-12)
    assert joint_shares([7.0, 0.0, 2.0], 10.0) == [7.0, 0.0, 2.0]
    assert sum(joint_shares([float(n) for n in range(1, 15)], 10.0)) == pytest.approx(10.0)


def test_a_plant_alone_gets_what_the_others_leave():
    # a delivers 4 of a demand of 10 and could give 9; b delivers nothing and could give 5
    a, b = divided("town", 10.0, [Sold("a", "heat", "town", 4.0, 9.0), Sold("b", "heat", "town", 0.0, 5.0)])
    assert (a.before, a.alone) == (4.0, 10.0)
    assert (b.before, b.alone) == (0.0, 6.0)
    # both: 6 are left for claims of 5 and 5
    assert (a.together, b.together) == pytest.approx((7.0, 3.0))


def test_plants_that_overfill_a_sink_deliver_in_proportion():
    a, b = divided("town", 6.0, [Sold("a", "heat", "town", 8.0, 8.0), Sold("b", "heat", "town", 4.0, 4.0)])
    assert (a.before, b.before) == pytest.approx((4.0, 2.0))
    assert (a.alone, b.alone) == pytest.approx((4.0, 2.0))
    assert (a.together, b.together) == pytest.approx((4.0, 2.0))


def test_what_a_plant_stops_delivering_is_left_to_others():
    a, b = divided("town", 10.0, [Sold("a", "heat", "town", 8.0, 3.0), Sold("b", "heat", "town", 0.0, 9.0)])
    assert (a.together, b.together) == pytest.approx((3.0, 7.0))


def test_a_ledger_gives_out_no_more_than_is_taken():
    ledger = {"heat": np.array([-8.0, -2.0]), "coal": np.array([5.0, 5.0])}
    assert taken(ledger, {"heat": 6.0})["heat"].tolist() == [-6.0, -2.0]
    assert taken(ledger, {"heat": 6.0})["coal"] is ledger["coal"]


@pytest.fixture(scope="module")
def lines():
    """Two potlines that can recover shell heat."""
    full = fitted(LIUPANSHUI)
    plants = tuple(
        replace(p, proposals=(Proposal(f"{p.id}-heat", "shell_heat_recovery", capex=Value(1e8)),))
        for p in full.plants
        if p.process == "aluminium_cell"
    )
    return replace(full, plants=plants)


def sold(case, demand):
    sink = Sink("town", "heat", Value(demand))
    plants = tuple(replace(p, sells_to={"heat": "town"}) for p in case.plants)
    return rank_case(replace(case, plants=plants, sinks=(sink,)), library(), Problems(), threads=1)


def test_heat_of_two_lines_is_capped_by_the_town_alone_and_together(lines):
    free = rank_case(lines, library(), Problems(), threads=1)
    full = {r.plant.id: -b.ledger["heat"] for r, b in zip(free.plants, free.bundles, strict=True)}
    most = 0.8 * max(full.values())
    found = sold(lines, most)
    # the heat boilers that one joule displaces, by equivalent value: alone each line is worth at most the demand
    per = {r.plant.id: r.saving / full[r.plant.id] for r in free.proposals}
    for r in found.proposals:
        assert r.saving == pytest.approx(per[r.plant.id] * min(most, full[r.plant.id]), rel=1e-9)
        assert r.saving == pytest.approx(1.33 * min(most, full[r.plant.id]), rel=1e-9)
    codes = {code for r in found.proposals for code, _ in r.warnings}
    assert "sink_full" in codes
    # together they are worth the demand once, not twice
    joint = sum(b.saving_shared for b in found.bundles)
    assert joint == pytest.approx(1.33 * most, rel=1e-9)
    assert joint < sum(r.saving for r in found.proposals)
    total = next(t for t in found.totals if t.convention == "equivalent")
    assert total.gross_now - total.gross_then == pytest.approx(joint, rel=1e-9)


def test_the_money_of_heat_that_nobody_takes_is_not_earned(lines):
    free = rank_case(lines, library(), Problems(), threads=1)
    found = sold(lines, 1e3 * GJ)
    for r in found.proposals:
        # 1000 GJ a year at 32 CNY, less upkeep at 2.5 % of capex
        assert r.yearly_gain == pytest.approx(1000 * 32 - 0.025 * 1e8, rel=1e-9)
        before = next(f for f in free.proposals if f.proposal.id == r.proposal.id)
        assert before.yearly_gain > r.yearly_gain


def test_a_bundle_shares_the_sink_among_its_own_measures(lines):
    plant = lines.plants[0]
    both = (*plant.proposals, Proposal("gas-heat", "flue_gas_heat_recovery", capex=Value(1e8)))
    case = replace(lines, plants=(replace(plant, proposals=both),))
    free = rank_case(case, library(), Problems(), threads=1)
    most = 0.9 * max(r.saving for r in free.proposals) / 1.33
    found = sold(case, most)
    bundle = found.bundles[0]
    assert bundle.saving == pytest.approx(1.33 * most, rel=1e-9)
    assert bundle.sum_of_parts > bundle.saving
    assert sum(r.saving_in_bundle for r in found.proposals) == pytest.approx(bundle.saving, rel=1e-9)
