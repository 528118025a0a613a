"""Money of proposals by hand: policies, surcharges, what a plant earns, flexibility, several appraised at once."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine import money
from plantsim.engine.appraisal import Terms, appraise
from plantsim.engine.factors import Factors
from plantsim.engine.money import PolicyGain
from plantsim.engine.terms import Stated
from plantsim.vocabulary.case import Contract, Flexibility, Origin, Value

NAN = math.nan


def test_what_policies_give_together():
    gain = PolicyGain(3.0, 5.0, 7.0, 11.0)
    assert (gain.for_clean_air, gain.total) == (18.0, 26.0)
    assert PolicyGain(3.0, 5.0).total == 8.0


def group(**more):
    declaration = fields(capacity_quantity="power")
    return fields(
        **{
            "lib": "lib",
            "case": fields(price_deck="deck", date="2026-01-01"),
            "batch": fields(declaration=declaration),
            "sector": "s",
            **more,
        }
    )


@pytest.fixture
def deck(monkeypatch):
    prices = {"ancillary_peaking": (1e-7, 2e-7, 4e-7), "capacity_payment": (200.0, 300.0, 500.0)}
    monkeypatch.setattr(
        money,
        "deck_range",
        lambda lib, deck, key, of: (prices[key], f"{deck}.{key}") if key in prices else None,
    )
    return prices


OFFER = Flexibility((0.4, 0.5, 0.6), (0.25, 0.3, 0.35), (3e6, 4e6, 6e6), (0.01, 0.02, 0.05))


def test_flexibility_of_a_power_plant(deck):
    """600 MW: 2 % of the payment of 300, and 20 points of load for 4e6 s at 2e-7."""
    plant = fields(capacity=Value(600e6))
    found = money.flexibility_gain(group(), plant, OFFER)
    assert found == pytest.approx(600e6 * 300 * 0.02 + 600e6 * 0.2 * 4e6 * 2e-7)
    low = money.flexibility_gain(group(), plant, OFFER, lambda ends, name: ends[0 if name else 2])
    assert low == pytest.approx(600e6 * 200 * 0.05 + 600e6 * 0.25 * 6e6 * 1e-7)
    deep = Flexibility((0.3,) * 3, (0.35,) * 3, (4e6,) * 3)  # it cannot go below what is paid for
    assert money.flexibility_gain(group(), plant, deep) == 0.0
    assert money.flexibility_gain(group(), plant, None) == 0.0
    assert money.flexibility_prices(group()) == ["deck.ancillary_peaking", "deck.capacity_payment"]


def test_flexibility_that_is_not_valued(deck):
    plant = fields(capacity=Value(600e6))
    assert math.isnan(money.flexibility_gain(group(), fields(capacity=None), OFFER))
    mass = group(batch=fields(declaration=fields(capacity_quantity="mass_flow")))
    assert math.isnan(money.flexibility_gain(mass, plant, OFFER))
    del deck["capacity_payment"]
    assert math.isnan(money.flexibility_gain(group(), plant, OFFER))
    assert money.flexibility_prices(group()) == ["deck.ancillary_peaking"]


def test_a_surcharge_is_paid_on_power_that_is_bought(monkeypatch):
    asked = []

    def surcharge(lib, sector, date, classes, indicators):
        asked.append((lib.name, sector, date, classes, {n: float(v[0]) for n, v in indicators.items()}))
        return fields(price=np.array([0.2, 0.3]), rule="r")

    monkeypatch.setattr(money, "electricity_surcharge", surcharge)
    own = group(lib=fields(name="lib", indicators=lambda process: ["i", "j"]))
    batch = fields(
        indicator=lambda block, name: np.array([{"i": 3.0, "j": 4.0}[name]]),
        ledger=lambda block: {"electricity": np.array([50.0, -7.0])} if block == "b" else {},
    )
    paid, rule = money.surcharge_paid(own, fields(process="p", classes="c"), batch, "b")
    assert (paid.tolist(), rule.rule) == ([10.0, 0.0], "r")
    assert asked == [("lib", "s", "2026-01-01", "c", {"i": 3.0, "j": 4.0})]
    assert money.surcharge_paid(own, fields(process="p", classes="c"), batch, "none")[0].tolist() == [
        0.0,
        0.0,
    ]


def test_what_a_running_plant_earns(monkeypatch):
    """60 of metal at 10 less 40 of coal at 3, heat that a sink takes at 5, and 30 of surcharge; never below zero."""
    monkeypatch.setattr(money, "product_carrier", lambda batch: "metal")
    monkeypatch.setattr(money, "surcharge_paid", lambda *_: (30.0, None))
    factors = Factors({}, {}, {}, {"metal": 10.0, "coal": 3.0, "heat": 5.0}, {}, "")
    ledger = {
        "metal": np.array([-60.0, -6.0]),
        "coal": np.array([40.0, 40.0]),
        "heat": np.array([-9.0, -9.0]),
    }
    own = group(trade=lambda plant: fields(before={"heat": 4.0}))
    basis = fields(factors=factors, product="metal")
    found = money.yearly_margin(own, None, fields(ledger=lambda block: ledger), basis, None)
    assert found.tolist() == [600 + 20 - 120 - 30, 0.0]
    assert (
        money.yearly_margin(
            own, None, None, fields(factors=Factors({}, {}, {}, {"coal": 3.0}, {}, ""), product="metal"), None
        )
        is None
    )


def test_terms_are_less_those_of_what_would_be_done_anyway(monkeypatch):
    calls = []

    def stated(plant, proposal, measure, x, d, gain, rate, finance, yearly_margin):
        calls.append((plant, proposal.retrofit, measure.name, x, d, gain, rate, finance, yearly_margin))
        return Stated(
            Terms(capex={"m": 900.0, "n": 300.0}[measure.name], gain=gain, rate=rate, life=10.0),
            {},
            "published",
        )

    monkeypatch.setattr(money, "stated_terms", stated)
    instead = [None]
    monkeypatch.setattr(money, "anyway", lambda lib, plant, proposal: instead[0])
    solved = fields(x=["x0", "x1", "x2"], d=["d0", "d1", "d2"])
    own = group(
        batch=fields(first=lambda block: (solved, 1)),
        rate=Value(0.08, origin=Origin(evidence="assumed")),
        finance="finance",
    )
    plan = fields(plant="plant", before="before")
    proposal = fields(id="a", retrofit="m")
    found = money.terms_of(own, plan, proposal, fields(name="m"), 70.0, None)
    assert calls == [("plant", "m", "m", ["x1"], ["d1"], 70.0, 0.08, "finance", 0.0)]
    assert (found.terms.capex, found.avoided, found.evidence) == (900.0, 0.0, "assumed")
    instead[0] = fields(name="n")
    found = money.terms_of(own, plan, proposal, fields(name="m"), 70.0, 33.0)
    assert [c[1:3] for c in calls[1:]] == [("m", "m"), ("n", "n")]
    assert calls[1][-1] == 33.0
    assert (found.terms.capex, found.avoided) == (pytest.approx(600.0), pytest.approx(300.0))


def test_several_are_appraised_as_each_by_itself():
    """Those with a contract and those without, in their own order."""
    plain = [
        Terms(capex=c, gain=g, rate=0.07, life=8.0, tax_rate=0.25, operating_cost=5.0)
        for c, g in ((400.0, 90.0), (700.0, 210.0))
    ]
    shared = Terms(capex=500.0, gain=150.0, rate=0.07, life=9.0, tax_rate=0.25, contract=Contract(0.7, 4.0))
    rows = [(plain[0], 11.0, 3.0), (shared, 13.0, 5.0), (plain[1], 17.0, 7.0)]
    for one, (terms, saving, carbon) in zip(money.appraise_all(rows), rows, strict=True):
        own = appraise(terms, saving, carbon)
        assert one.project.npv == pytest.approx(own.project.npv, rel=1e-12)
        assert one.owner.npv_after_tax == pytest.approx(own.owner.npv_after_tax, rel=1e-12)
        assert one.cost_of_saved_energy == pytest.approx(own.cost_of_saved_energy, rel=1e-12)
        assert one.payback_simple == pytest.approx(own.payback_simple, rel=1e-12)
        assert (one.contractor is None) == (own.contractor is None)
        if own.contractor is not None:
            assert one.contractor.npv == pytest.approx(own.contractor.npv, rel=1e-12)
    stacked = money.stacked(plain)
    assert (stacked.capex.tolist(), stacked.gain.tolist(), stacked.contract) == (
        [400.0, 700.0],
        [90.0, 210.0],
        None,
    )
    both = money.stacked([shared, shared])
    assert (both.contract.share.tolist(), both.contract.years.tolist()) == ([0.7, 0.7], [4.0, 4.0])
