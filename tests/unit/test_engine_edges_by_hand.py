"""What the engine does at the edges: what is no change, no gain, no margin, no replacement."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine import drafts, influence, value
from plantsim.engine.plans import PlantPlans

NAN = math.nan


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        (5.0, 5.0, False),
        (NAN, NAN, False),
        (NAN, 5.0, True),
        (5.0, NAN, True),
        (0.0, 1e-300, True),
        (1.0, 1.0 + 0.995e-9, False),
        (1.0, 1.0 + 1.005e-9, True),
        (-4.0, -4.0 - 3.98e-9, False),
        (-4.0, -4.0 - 4.02e-9, True),
    ],
)
def test_a_figure_rests_on_what_moves_it_by_a_billionth(before, after, moved):
    assert influence.moves(before, after) is moved


def test_what_gains_nothing_is_never_paid_back():
    """300 over 60 are five years; nothing, or a loss, never; nothing is divided by nothing."""
    with np.errstate(all="raise"):
        found = value.simple_payback(
            np.array([300.0, 300.0, 300.0, 0.0, NAN]), np.array([60.0, 0.0, -5.0, 60.0, 60.0])
        )
    assert found[:4].tolist() == [5.0, math.inf, math.inf, 0.0]
    assert math.isnan(found[4])


@pytest.mark.parametrize(("capex", "yearly", "years"), [(0.0, 5.0, 9.0), (7.0, 0.0, 9.0), (7.0, 5.0, 0.0)])
def test_no_outlay_no_gain_or_no_years_has_no_rate(capex, yearly, years):
    assert math.isnan(value.internal_rate(capex, yearly, years))
    # 100 now, 110 after a year: 10 %
    assert value.internal_rate(100.0, 110.0, 1.0) == pytest.approx(0.1, abs=1e-9)


# ---------------------------------------------------------------- a plant that is retired


def retired(monkeypatch, margin, replacement, together=()):
    """A plant that makes 2e9 kg with 30 PJ (32 PJ at equal value); a replacement needs 11 MJ/kg."""
    retrofit = fields(evidence="measured", kind="retire")
    group = fields(
        lib=fields(retrofits=lambda process: {"close": retrofit}),
        batch=fields(ledger=lambda k: {"product": np.array([-2e9])}),
        basis=fields(product="product"),
        status=lambda k: [0],
    )
    proposal = fields(id="p", retrofit="close", replacement=replacement)
    plan = fields(
        plant=fields(id="old", process="any", proposals=[fields(id="a"), fields(id="b")]),
        before=0,
        together=together,
    )
    base = fields(energy=30e15, energy_equal_value=32e15, value=15e6, evidence="measured")
    policies = fields(margin={"old": margin})
    asked = []

    def terms(group, plan, proposal, retrofit, yearly, other):
        asked.append(yearly)
        return fields(evidence="unverified")

    monkeypatch.setattr(drafts, "terms_of", terms)
    return drafts._retired(group, plan, proposal, base, policies), asked


def test_a_retired_plant_saves_what_its_replacement_does_not_take(monkeypatch):
    """30 - 2e9 * 11e6 = 8 PJ; what it earned a year, 40 M, is lost for good."""
    draft, asked = retired(monkeypatch, 40e6, fields(si=11e6))
    assert draft.figures.saving[0] == pytest.approx(8e15, rel=1e-12)
    assert draft.figures.saving_equal_value[0] == pytest.approx(10e15, rel=1e-12)
    assert asked == [-40e6]
    assert draft.others["warnings"] == ()
    assert (draft.others["saving_low"], draft.others["saving_high"]) == (8e15, 8e15)
    assert (draft.others["evidence"], draft.others["money_evidence"]) == ("measured", "unverified")


def test_what_is_not_known_of_a_retired_plant_is_told(monkeypatch):
    draft, asked = retired(monkeypatch, None, fields(si=11e6), together=(1,))
    assert [w[0] for w in draft.others["warnings"]] == ["margin_not_known", "not_in_bundle"]
    assert draft.others["warnings"][1][1] == {"because": "b"}
    assert asked == [0.0]
    draft, _ = retired(monkeypatch, 40e6, None)
    assert [w[0] for w in draft.others["warnings"]] == ["retired_without_replacement"]
    assert draft.figures.saving[0] == 0.0


# ---------------------------------------------------------------- shares of a bundle

SAVED = {(0,): 10.0, (1,): 20.0, (2,): 30.0, (0, 1): 28.0, (0, 2): 40.0, (1, 2): 45.0, (0, 1, 2): 52.0}


def shares_without(*missing, unknown=()):
    """Shares of three measures whose blocks are named by what they hold; missing: not solved."""
    saved = {frozenset(k): v for k, v in SAVED.items() if k not in missing}
    plan = fields(
        together=frozenset({0, 1, 2}),
        alone={k: {"likely": frozenset({k})} for k in range(3)},
        bundles={k: k for k in saved if len(k) > 1},
        before=0,
    )
    plan.parts = PlantPlans.parts.fget(plan)

    def each(plan, before, blocks):
        less = [math.nan if unknown and set(b) == set(unknown) else 0.1 * saved[b] for b in blocks]
        return fields(saving=np.array([saved[b] for b in blocks]), pollutants={"dust": np.array(less)})

    return drafts._shapley_shares(fields(each=each), plan)


def test_shares_in_a_bundle_of_three():
    """Each measure's mean over the six orders of what it adds: a 10/3 + 8/6 + 10/6 + 7/3, and so on."""
    a = 10 / 3 + (28 - 20) / 6 + (40 - 30) / 6 + (52 - 45) / 3
    b = 20 / 3 + (28 - 10) / 6 + (45 - 30) / 6 + (52 - 40) / 3
    c = 30 / 3 + (40 - 10) / 6 + (45 - 20) / 6 + (52 - 28) / 3
    assert a + b + c == pytest.approx(52.0)
    found = shares_without()
    assert found["saving"] == pytest.approx({0: a, 1: b, 2: c}, rel=1e-12)
    assert found["dust"] == pytest.approx({0: 0.1 * a, 1: 0.1 * b, 2: 0.1 * c}, rel=1e-12)
    assert set(shares_without(unknown=(0, 1))) == {"saving"}


def test_no_shares_where_a_part_of_the_bundle_is_not_solved():
    assert shares_without((0, 1)) == {}
    assert shares_without((0, 1), (1, 2), (0, 1, 2)) == {}
