"""Levels that a plant reaches, terms of a proposal and published claims, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine import claims, standards
from plantsim.engine.appraisal import Terms
from plantsim.engine.terms import Stated, less_what_is_avoided, stated_terms
from plantsim.library import Level
from plantsim.vocabulary.case import Contract, Cost, GreenCredit, Origin, Proposal, Value

NAN = math.nan

# ---------------------------------------------------------------- levels


def level(
    edition="e1",
    start="2020-01-01",
    end="",
    classes=None,
    which="ndrc",
    indicator="i",
    of=(),
    beside=False,
    **values,
):
    own = {"benchmark": 100.0, "baseline": 120.0, "levels": ()} | values
    return Level(
        which,
        edition,
        indicator,
        "",
        classes or {},
        own["benchmark"],
        own["baseline"],
        own["levels"],
        start,
        end,
        "",
        "",
        "",
        of,
        beside,
    )


def chosen(rows, date="2026-01-01", classes=None, accounting=None, which="ndrc"):
    plant = fields(process="p", classes=classes or {})
    case = fields(date=date, accounting=accounting or {})
    found = standards.level_of(case, fields(levels=lambda _: rows), plant, which)
    return None if found is None else rows.index(found)


def test_the_row_that_decides():
    rows = [
        level(end="2023-12-31"), level("e2", "2024-01-01"), level("e2", "2024-01-01", classes={"size": "large"}),
        level("e3", "2025-06-01"), level("e4", which="gb"), level("e5", "2025-12-01", beside=True),
    ]  # fmt: skip
    assert chosen(rows, "2019-12-31") is None
    assert (chosen(rows, "2020-01-01"), chosen(rows, "2023-12-31"), chosen(rows, "2024-01-01")) == (0, 0, 1)
    assert chosen(rows) == 3  # the latest of those with as many filters
    assert chosen(rows, classes={"size": "large"}) == 2  # more filters go before a later day
    assert chosen(rows, classes={"size": "small"}) == 3
    assert chosen(rows, accounting={"level.p": "e1"}) == 0
    assert chosen(rows, accounting={"level.p": "e4"}) == 3  # no edition of this set
    assert chosen(rows, accounting={"level.q": "e1"}) == 3
    assert chosen(rows, which="gb") == 4


def test_limits_of_one_indicator():
    rows = [level(), level(indicator="k", beside=True), level("e2", which="gb", indicator="i", of=("m", "n"))]
    indicators = {
        "other": fields(convention_of="k"),
        "k": fields(convention_of=""),
        "i": fields(convention_of=""),
    }
    lib = fields(levels=lambda _: rows, indicators=lambda _: indicators)

    def of(indicator, which="ndrc"):
        found = standards.applicable(lib, "p", {}, "2026-01-01", which, indicator)
        return None if found is None else rows.index(found)

    assert (of("i"), of("k"), of("other"), of("n", "gb"), of("i", "gb"), of("x")) == (0, 1, 1, 2, 2, None)


def test_which_indicator_a_plant_is_compared_by():
    def of(rows, accounting=None):
        lib = fields(levels=lambda _: rows, declaration=lambda _: fields(main_indicator="main"))
        return standards.compared(
            fields(date="2026-01-01", accounting=accounting or {}), lib, fields(process="p", classes={})
        )

    both = [level(which="gb", indicator="g"), level(indicator="n")]
    assert (of(both), of(both[:1]), of([]), of(both, {"indicator.p": "own"})) == ("n", "g", "main", "own")


def test_grades():
    grade = standards.reached
    both = level()
    assert [grade(both, v) for v in (100.0, 100.01, 120.0, 120.01, NAN)] == [
        "benchmark",
        "between",
        "between",
        "worse",
        "ungraded",
    ]
    assert grade(level(baseline=None), 1e9) == "between"
    alone = level(benchmark=None)
    assert [grade(alone, v) for v in (1.0, 120.0, 120.01)] == ["ungraded", "ungraded", "worse"]
    assert grade(level(benchmark=None, baseline=None), 1e9) == "ungraded"
    assert grade(None, 1.0) == "ungraded"
    gb = level(levels=(90.0, 95.0, None), of=("a", "b", "a"))
    assert [
        standards.gb_level(gb, {"a": a, "b": b}) for a, b in ((90.0, 96.0), (90.1, 95.0), (90.1, 95.1))
    ] == [1, 2, 0]
    assert standards.gb_level(gb, {"a": 91.0}) == 0
    assert standards.gb_level(None, {"a": 1.0}) == 0


def test_shares_by_capacity():
    plants = [
        fields(capacity=c)
        for c in (Value(30.0), Value(50.0), Value(7.0), Value(11.0), None, Value((1.0, 2.0)))
    ]
    found = standards.share_of(
        "s", plants, ["benchmark", "worse", "between", "ungraded", "benchmark", "worse"]
    )
    assert (found.total, found.benchmark, found.worse, found.ungraded) == (98.0, 30.0, 50.0, 11.0)
    assert found.share == pytest.approx(30 / 98)
    assert math.isnan(standards.share_of("s", [], []).share)


# ---------------------------------------------------------------- terms


def test_terms_less_what_would_be_done_anyway():
    """A measure of 500 that lasts 4 years, renewed: for 10 years it costs 500 times the ratio of the annuities."""
    terms = Terms(capex=900.0, gain=300.0, rate=0.08, life=10.0, operating_cost=50.0, outage_loss=40.0)
    other = Terms(capex=500.0, gain=0.0, rate=0.08, life=4.0, operating_cost=13.0, outage_loss=9.0)
    found = less_what_is_avoided(Stated(terms, {"capex": "owner"}, "published"), Stated(other, {}, "assumed"))
    annuity = [sum(1.08**-t for t in range(1, n + 1)) for n in (10, 4)]
    avoided = 500 * annuity[0] / annuity[1]
    assert found.avoided == pytest.approx(avoided, rel=1e-12)
    assert found.terms.capex == pytest.approx(900 - avoided, rel=1e-12)
    assert (found.terms.operating_cost, found.terms.outage_loss, found.terms.gain) == (37.0, 31.0, 300.0)
    assert (found.evidence, found.origin) == ("assumed", {"capex": "owner"})
    for_ever = Stated(Terms(capex=500.0, gain=0.0, rate=0.08, life=NAN), {}, "")
    assert less_what_is_avoided(Stated(terms, {}, ""), for_ever).avoided == 500.0


MONEY = fields(
    maintenance=0.03,
    tax_rate=0.25,
    depreciation_years=9.0,
    residual_share=0.04,
    loan_rate=0.05,
    loan_years=3.0,
    equity_share=0.2,
    exempt_years=2.0,
    half_tax_years=4.0,
    used={
        n: Value(0.0, origin=Origin(evidence=e))
        for n, e in (
            ("maintenance", "practice"),
            ("loan_rate", "published"),
            ("equity_share", "unverified"),
            ("loan_years", "assumed"),
        )
    },
)
PLAIN = fields(capacity=Value(11.0))


def told(si: float, word: str = "measured") -> Value:
    return Value(si, origin=Origin(evidence=word))


def stated(proposal: Proposal, take="likely", **shelf_of):
    measure = fields(**{"capex": None, "operating_cost": None, "life": None, "outage": None, **shelf_of})
    return stated_terms(PLAIN, proposal, measure, None, None, 70.0, 0.07, MONEY, 5.0, 365.0, take)


def test_terms_of_the_library_and_by_convention():
    cost = Cost(2.0, 3.0, 5.0, "capacity", Origin(evidence="published"))
    for take, si in (("low", 22.0), ("likely", 33.0), ("high", 55.0)):
        found = stated(Proposal("a", "m"), take, capex=cost, outage=told(86400.0 * 2))
        assert found.terms.capex == si
        assert found.terms.operating_cost == pytest.approx(0.03 * si)
    t = found.terms
    assert (t.gain, t.rate, t.carbon_gain, t.building_time, t.subsidy) == (70.0, 0.07, 5.0, 0.0, 0.0)
    assert (t.tax_rate, t.depreciation_years, t.residual_share) == (0.25, 9.0, 0.04)
    assert (t.credit_gain, t.exempt_years, t.half_tax_years, t.contract) == (0.0, 0.0, 0.0, None)
    assert t.outage_loss == pytest.approx(2.0)
    assert math.isnan(t.life)
    assert found.evidence == "practice"
    running = stated(Proposal("a", "m"), capex=cost, operating_cost=Cost(7.0, 8.0, 9.0))
    assert (running.terms.operating_cost, running.evidence) == (8.0, "published")
    assert running.origin == {"capex": "library", "operating_cost": "library"}


def test_a_green_loan_of_a_proposal():
    """What nobody states is capex less a fifth over 3 years; stated, 50 over 2. Rate 5 % less 2 %."""
    usual = stated(
        Proposal(
            "a", "m", capex=told(900.0), contract=Contract(0.6, 4.0), green_credit=GreenCredit(told(0.02))
        )
    )
    by_hand = 0.03 * (720 / 1.07 + 480 / 1.07**2 + 240 / 1.07**3)
    assert usual.terms.credit_gain == pytest.approx(by_hand, rel=1e-12)
    assert (usual.evidence, usual.origin["green_credit"]) == ("unverified", "owner")
    assert (usual.terms.exempt_years, usual.terms.half_tax_years) == (2.0, 4.0)
    own = GreenCredit(told(0.02), told(50.0), told(2.4))
    own = stated(Proposal("a", "m", capex=told(900.0), operating_cost=told(1.0), green_credit=own))
    assert own.terms.credit_gain == pytest.approx(0.03 * (50 / 1.07 + 25 / 1.07**2), rel=1e-12)
    assert own.evidence == "published"
    short = GreenCredit(told(0.02), told(50.0), told(0.3))  # one year at least
    short = stated(Proposal("a", "m", capex=told(900.0), green_credit=short))
    assert short.terms.credit_gain == pytest.approx(0.03 * 50 / 1.07, rel=1e-12)


# ---------------------------------------------------------------- claims


def audited(
    monkeypatch,
    saving,
    readings=(0.0, 0.0),
    stated=True,
    physics=False,
    status=0,
    bound=None,
    most=400.0,
    efficiency=0.9,
):
    """The plant reads 500 and after the stated change 500 less a number; its state after the physics has a status."""
    monkeypatch.setattr(claims, "load", lambda process: process)
    monkeypatch.setattr(claims, "plant_rows", lambda declaration, plants: (plants[0].values, None))
    monkeypatch.setattr(claims, "changed_rows", lambda x, changes: (changes, []))
    monkeypatch.setattr(claims, "join_records", lambda rows: rows)
    monkeypatch.setattr(claims, "repeat_year", lambda year, row, times: times)
    monkeypatch.setattr(
        claims, "state_remedy", lambda solved, row: ("output", 7.0) if solved.status[0] else None
    )

    def solve(process, lib, x, year, threads):
        if bound is not None:
            return fields(
                status=[status], indicators={"i": np.array([most])}, y={"eff": np.array([efficiency])}, x=x
            )
        if isinstance(x, list):
            return fields(indicators={"i": np.array([500.0, 500.0 - x[1][0]])})
        return fields(status=[status], x=x)

    monkeypatch.setattr(claims, "solve_process", solve)
    monkeypatch.setattr(claims, "replace", lambda plant, values: fields(values=values, process="p"))
    claim = fields(
        values={}, full_model={}, indicator="i", saving=saving, stated=(readings[0],) if stated else (),
        physics=("change",) if physics else (), bound=bound,
    )  # fmt: skip
    return claims.audit_claim(claim, fields(values={}, process="p"), fields(declaration=lambda _: None))


@pytest.mark.parametrize(
    ("saving", "reads", "mismatch", "verdict"),
    [
        ((30.0, 40.0), 35.0, 0.0, "passes"),
        ((30.0, 40.0), 20.0, 0.5, "flagged"),
        ((21.9, 40.0), 20.0, 0.095, "passes"),
        ((22.1, 40.0), 20.0, 0.105, "flagged"),
        ((30.0, 36.1), 40.0, -0.0975, "passes"),
        ((30.0, 35.9), 40.0, -0.1025, "flagged"),
        ((30.0, 40.0), 0.0, math.inf, "flagged"),
    ],
)
def test_a_claim_against_its_own_readings(monkeypatch, saving, reads, mismatch, verdict):
    found = audited(monkeypatch, saving, (reads,))
    assert (found.recomputed, found.verdict, found.status) == (pytest.approx(reads), verdict, "")
    assert found.mismatch == pytest.approx(mismatch)


def test_a_claim_whose_plant_does_not_run_is_flagged(monkeypatch):
    runs = audited(monkeypatch, (30.0, 40.0), (35.0,), physics=True)
    assert (runs.verdict, runs.status, runs.remedy) == ("passes", "ok", None)
    stops = audited(monkeypatch, (30.0, 40.0), (35.0,), physics=True, status=3)
    assert (stops.verdict, stops.remedy) == ("flagged", ("output", 7.0))
    unread = audited(monkeypatch, (30.0, 40.0), stated=False, physics=True)
    assert (unread.verdict, math.isnan(unread.recomputed)) == ("more_evidence", True)
    assert audited(monkeypatch, (30.0, 40.0), stated=False, physics=True, status=3).verdict == "flagged"


@pytest.mark.parametrize(
    ("nearest", "most", "verdict"),
    [
        (390.0, 400.0, "passes"),
        (410.0, 400.0, "flagged"),
        (450.0, 400.0, "rejected"),
        (450.0, 0.0, "more_evidence"),
    ],
)
def test_a_claimed_level_against_the_most_that_a_plant_reaches(monkeypatch, nearest, most, verdict):
    """0.9 at 400: 450 would be 1.0125, above 1; 410 is 0.9225."""
    bound = fields(values={}, efficiency="eff", most=1.0)
    found = audited(monkeypatch, (nearest, 999.0), bound=bound, most=most)
    assert (found.verdict, found.bound) == (verdict, most)
    known = most > 0
    assert found.efficiency == pytest.approx(0.9 * nearest / 400 if known else NAN, nan_ok=True)
    assert found.mismatch == pytest.approx(nearest / 400 - 1 if known else NAN, nan_ok=True)
    assert (
        audited(monkeypatch, (nearest, 999.0), bound=bound, most=400.0, status=2).verdict == "more_evidence"
    )
