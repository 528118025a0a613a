"""What a ranking says beside its figures, by hand: notes, choices of an option, figures of a failure."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine import alternatives, failed, notices
from plantsim.engine.money import PolicyGain
from plantsim.vocabulary.case import Change, Claim, Origin, Value
from plantsim.vocabulary.status import OK

NAN = math.nan


def told(si: float, word: str = "measured") -> Value:
    return Value(si, origin=Origin(evidence=word))


def proposal(claim=None, basis="", replacement=None, cancels=False, name="m", **figures):
    return fields(
        id=name,
        retrofit=name,
        claim=Claim(None if claim is None else told(claim, "practice"), basis),
        cancels_capacity=cancels,
        replacement=None if replacement is None else told(replacement),
        declared={n: told(v, "public") for n, v in figures.items()},
    )


# ---------------------------------------------------------------- notes


def said(found) -> list[str]:
    return [code for code, _ in found]


def test_what_of_a_gain_hangs_on_a_policy():
    full = PolicyGain(7.0, -3.0, 5e4, -6e4, "r", "published")
    found = notices.of_policy(full, 9.0)
    assert said(found) == [
        "gain_from_surcharge",
        "gain_from_allowances",
        "gain_from_environment_tax",
        "gain_from_support",
        "gain_from_flexibility",
    ]
    assert [of["sum"] for _, of in found] == ["-3.0", "7.0", "50000.0", "-60000.0", "9.0"]
    assert (found[0][1]["rule"], found[0][1]["evidence"]) == ("r", "published")
    assert said(notices.of_policy(PolicyGain(0.0, 0.0, 4.9e4, 4.9e4), 0.0)) == []
    assert said(notices.of_policy(PolicyGain(NAN, NAN), NAN)) == ["flexibility_not_valued"]


def test_what_a_standstill_costs():
    def of(own, shelf, loss=8.0, known=True):
        return notices.of_outage(fields(outage=own), fields(outage=shelf), loss, known)

    days = Value(3.0 * 86400)
    assert of(days, None) == (("outage_valued", {"days": "3", "sum": "8.0"}),)
    assert of(None, days, 0.0) == (("outage_free", {"days": "3"}),)
    assert of(Value(2.0 * 86400), days, 8.0, False) == (("outage_not_valued", {"days": "2"}),)
    assert of(Value(0.0), days) == of(None, None) == ()


@pytest.mark.parametrize(
    ("given", "alone", "together", "codes"),
    [
        (8.0, 7.9, 5.0, ["sink_full"]),
        (8.0, 8.0, 5.0, ["sink_shared"]),
        (8.0, 9.0, 8.0, []),
        (8.0, 8.0 * (1 - 5e-10), 8.0, []),
        (8.0, 8.0 * (1 - 3e-9), 8.0, ["sink_full"]),
        (5e-10, 0.0, 0.0, []),
        (2e-9, 0.0, 0.0, ["sink_full"]),
    ],
)
def test_what_a_sink_does_not_take(given, alone, together, codes):
    ledgers = {
        "now": {"metal": np.array([-4.0])},
        "after": {"metal": np.array([-2.0]), "heat": np.array([-given / 2])},
    }
    room = fields(alone=alone, together=together, sink="town")
    group = fields(
        rooms={"p": {"heat": room, "steam": fields(alone=0.0, together=0.0, sink="mill")}},
        batch=fields(ledger=ledgers.__getitem__),
        basis=fields(product="metal", references={}),
    )
    found = notices.of_sinks(group, fields(plant=fields(id="p"), before="now"), "after")
    assert said(found) == codes
    for code, of in found:
        most = {"sink_full": alone, "sink_shared": together}[code]
        assert of == {"carrier": "heat", "sink": "town", "given": repr(given), "taken": repr(most)}


def state_of_points(value, least, status=None):
    """A batch whose one row stands at points 1 and following: point 0 is another's."""
    n = len(value)
    y = np.zeros(n + 1, dtype=[("out", float), ("dew", float), ("status", int)])
    y["out"][1:], y["dew"][1:], y["status"][1:] = value, least, status or [OK] * n
    y["out"][0] = -1e9
    return fields(y=y, year=fields(points=lambda row: slice(1, n + 1)))


@pytest.mark.parametrize(
    ("before", "after", "warned"),
    [
        ((95.0, 90.0), (88.0, 90.0), True), ((95.0, 90.0), (91.0, 90.0), False), ((85.0, 90.0), (84.9095, 90.0), True),
        ((85.0, 90.0), (84.9105, 90.0), False), ((85.0, 90.0), (86.0, 90.0), False),
    ],
)  # fmt: skip
def test_cautions(before, after, warned):
    """A thousandth of the least of 90 is felt: 0.09."""
    solved = {"b": state_of_points([before[0]], [before[1]]), "a": state_of_points([after[0]], [after[1]])}
    caution = fields(output="out", least="dew", note={"en": "n"})
    group = fields(
        batch=fields(first=lambda block: (solved[block], 0), declaration=fields(cautions=[caution]))
    )
    found = notices.of_cautions(group, "b", "a")
    assert said(found) == (["falls_below"] if warned else [])
    if warned:
        assert found[0][1] == {
            "variable": "out",
            "value": repr(after[0]),
            "other": "dew",
            "least": "90.0",
            "en": "n",
        }


def test_the_nearest_solved_point_counts():
    caution = fields(output="out", least="dew")
    several = state_of_points([96.0, 97.0, 50.0, 120.0], [90.0, 95.0, 90.0, 99.0], [OK, OK, 3, OK])
    batch = fields(first=lambda block: (several, 0))
    assert notices._nearest(batch, None, caution) == (97.0, 95.0)
    failed_all = state_of_points([1.0], [2.0], [3])
    assert all(
        math.isnan(v) for v in notices._nearest(fields(first=lambda block: (failed_all, 0)), None, caution)
    )


def test_what_a_proposal_is_counted_against(monkeypatch):
    measure = fields(label={"en": "new burners", "zh": "x"}, name="burners")
    monkeypatch.setattr(
        notices,
        "anyway",
        lambda lib, plant, proposal: measure if (lib, plant, proposal) == ("lib", "p", "q") else None,
    )
    group, plan = fields(lib="lib"), fields(plant="p")
    assert notices.of_counterfactual(group, plan, "q", 5.0) == (
        ("against_counterfactual", {"en": "new burners", "zh": "x", "sum": "5.0"}),
    )
    assert notices.of_counterfactual(group, plan, "other", 5.0) == ()


def limit(name, at_most=None, at_least=None):
    return Change(name, "set", 1.0, 1.0, 1.0, at_most, at_least)


def capped(name, wanted, reached):
    return fields(variable=name, wanted=wanted, reached=reached)


def test_caps_of_a_proposal():
    """a is raised up to a limit: beyond it already is better; b is lowered down to one: below it already is better."""
    measure = fields(changes=[limit("a", at_most=5.0), limit("b", at_least=2.0), limit("c")])
    plan = fields(
        capped={
            0: [capped("a", 5.0, 6.0), capped("b", 2.0, 1.0)],
            1: [capped("a", 7.0, 5.0), capped("b", 1.0, 2.0)],
            2: [],
        }
    )
    assert [notices.needless(plan, k, measure) for k in (0, 1, 2)] == [True, False, False]
    assert not notices.needless(plan, 0, fields(changes=[limit("c")]))

    def of(k, retrofit=None, claim=None, basis="", capex=None, shelf_cost=None):
        own = fields(id=f"p{k}", claim=Claim(None if claim is None else Value(claim), basis), capex=capex)
        whole = fields(capped=plan.capped, left_out=((1, 0), (2, 1)), plant=fields(proposals=[own] * 3))
        of_measure = fields(changes=measure.changes, caveat=retrofit or {}, capex=shelf_cost)
        figures = {
            "low": fields(saving=np.array([4.0]), saving_equal_value=np.array([9.0])),
            "high": fields(saving=np.array([6.0]), saving_equal_value=np.array([8.0])),
        }
        return notices.of_proposal(whole, k, of_measure, figures)

    assert said(of(0)) == ["change_not_needed", "change_not_needed", "measure_not_needed"]
    assert said(of(1)) == ["change_capped", "change_capped", "not_in_bundle"]
    assert of(1)[0][1] == {"variable": "a", "wanted": "7.0", "reached": "5.0"}
    assert said(of(2, {"en": "careful"}, shelf_cost=fields(origin=Origin(evidence="practice")))) == [
        "retrofit_caveat",
        "capex_from_library",
        "not_in_bundle",
    ]
    assert said(of(2, capex=Value(1.0), shelf_cost=fields(origin=Origin()))) == ["not_in_bundle"]
    assert [said(of(2, claim=c))[1:] for c in (6.0, 6.1)] == [[], ["claim_above_model"]]
    assert [said(of(2, claim=c, basis="equal_value"))[1:] for c in (9.0, 9.1)] == [[], ["claim_above_model"]]
    assert of(2, claim=7.0)[1][1] == {"claimed": "7.0", "model": "6.0"}


# ---------------------------------------------------------------- choices and failures


def choice_house(always=False, name="handle"):
    variables = {"handle": fields(options={"hold": 0, "let": 3})}
    return fields(alternative=name, alternative_always=always, variables=variables)


def test_every_choice_is_made_where_the_option_is_touched():
    touched, other = Change("handle", "set", 3.0, 3.0, 3.0), Change("x", "add", 1.0, 2.0, 3.0)
    found = alternatives.choices(choice_house(), [other, touched])
    assert {w: [(c.variable, c.likely) for c in of] for w, of in found.items()} == {
        "hold": [("x", 2.0), ("handle", 3.0), ("handle", 0.0)], "let": [("x", 2.0), ("handle", 3.0), ("handle", 3.0)],
    }  # fmt: skip
    assert alternatives.choices(choice_house(), [other]) == {}
    assert set(alternatives.choices(choice_house(always=True), [other])) == {"hold", "let"}
    assert alternatives.choices(choice_house(always=True, name=""), [touched]) == {}


@pytest.mark.parametrize(
    ("apart", "status", "felt"), [(0.9e-6, OK, False), (1.2e-6, OK, True), (0.0, 3, True)]
)
def test_choices_are_shown_where_the_plant_feels_them(apart, status, felt):
    savings = {"A": 50.0, "B": 50.0 * (1 + apart)}

    def between(before, block):
        return fields(saving=[savings[block]], after=[7.0])

    batch = fields(
        declaration=choice_house(), first=lambda block: (fields(x={"handle": np.array([0, 3])}), 1),
        failed=lambda block: (status if block == "B" else OK, ""),
    )  # fmt: skip
    found = alternatives.compared(batch, between, "now", "chosen", {"hold": "A", "let": "B"})
    assert len(found) == (2 if felt else 0)
    if felt:
        assert [(a.word, a.chosen) for a in found] == [("hold", False), ("let", True)]
        assert (found[0].saving, found[0].after) == (50.0, 7.0)
        assert math.isnan(found[1].saving) == (status != OK)
    assert alternatives.compared(batch, between, "now", "chosen", {}) == ()


def test_what_would_help_is_told_at_the_first_failed_point():
    y = np.array([(9.0, OK), (5.0, OK), (7.0, 3), (8.0, 3)], dtype=[("lacks", float), ("status", int)])
    name = __import__("plantsim.vocabulary.status", fromlist=["status_name"]).status_name(3)

    def of(code, remedies):
        return alternatives.state_remedy(
            fields(
                status=[OK, code],
                declaration=fields(remedies=remedies),
                y=y,
                year=fields(points=lambda row: slice(1, 4)),
            ),
            1,
        )

    assert of(3, {name: "lacks"}) == ("lacks", 7.0)
    assert of(3, {}) is None
    assert of(OK, {"ok": "lacks"}) is None
    y["lacks"][2] = NAN
    assert of(3, {name: "lacks"}) is None


def test_figures_of_the_first_failed_point(monkeypatch):
    """Points 2 to 4 are the row's; the second of them fails. An output that is still 0 was not come to."""
    monkeypatch.setattr(
        failed,
        "load",
        lambda process: fields(
            failure_figures={"bad": ("bad", "load", "out", "zero", "row", "choice", "gone")}
        ),
    )
    role = {
        "bad": "input",
        "load": "operating",
        "out": "output",
        "zero": "output",
        "row": "input",
        "choice": "input",
        "gone": "output",
    }
    variables = {
        n: fields(role=r, length=3 if n == "row" else 0, options={"a": 1} if n == "choice" else {})
        for n, r in role.items()
    }
    declaration = fields(
        variables=variables, process="p", name_of_code=lambda code: {7: "bad", 8: "other"}[code]
    )
    y = {
        n: np.array(v)
        for n, v in (
            ("out", [0.0, 0.0, 1.0, 2.0, 3.0]),
            ("zero", [0.0] * 5),
            ("gone", [NAN] * 5),
            ("status", [3, OK, OK, 3, 3]),
        )
    }

    def solved(status=3, blame=7):
        rows_of = np.rec.fromarrays(list(y.values()), names=list(y))
        o = np.rec.fromarrays([np.array([0.1, 0.2, 0.3, 0.4, 0.5])], names=["load"])
        x = {0: None, 1: {"bad": 0.0, "choice": 1, "row": (1.0, 2.0, 3.0)}}
        return fields(
            declaration=declaration,
            status=[OK, status],
            blame=[0, blame],
            year=fields(points=lambda row: slice(2, 5), o=o),
            y=rows_of,
            x=x,
        )

    assert failed.failed_point(solved(), 1) == (2, {"bad": 0.0, "load": 0.4, "out": 2.0})
    for nothing in (solved(OK), solved(blame=0), solved(blame=8)):
        assert failed.failed_point(nothing, 1) == (0, {})
