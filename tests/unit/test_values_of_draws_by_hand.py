"""What a result rests on, bars of a tornado, and what is made of the draws, by hand."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine import contributions, drawn, influence, tornado
from plantsim.engine.appraisal import Terms
from plantsim.engine.factors import Factors
from plantsim.engine.sample import NO_SPREAD, ProposalSpread, Spread
from plantsim.engine.terms import Stated
from plantsim.engine.value import per_saved
from plantsim.vocabulary.case import Origin, Value
from plantsim.vocabulary.declarations import Variable

NAN = math.nan
BELL = NormalDist()


def widths(word: str, key: str) -> float:
    table = {"measured": (0.02, 0.005), "unverified": (0.13, 0.04)}
    return table[word][("band", "relative").index(key)]


WIDTH = {w: {k: widths(w, k) for k in ("band", "relative")} for w in ("measured", "unverified")}
LIB = fields(data=lambda *_: {"width": WIDTH, "capex": {"spread": {"value": 0.17}}})


def variable(name: str = "v", **more) -> Variable:
    return Variable(name, "input", "temperature", "K", **more)


class Declared:
    """A process of a scalar a, a row r of three places, and an integer choice."""

    process = "p"

    def __init__(self) -> None:
        self.variables = {
            "a": variable("a", bounds=(10.0, 24.0)), "r": variable("r", bounds=(0.5, 8.0), length=3),
            "b": variable("b"),
        }  # fmt: skip

    def row(self) -> np.ndarray:
        found = np.zeros(1, dtype=[("a", float), ("r", float, 3), ("b", float)])
        found["a"], found["r"], found["b"] = 20.0, (4.0, 8.0, 6.0), 70.0
        return found

    def with_role(self, role):
        return list(self.variables.values())


# ---------------------------------------------------------------- influence and contributions


def test_a_figure_moves_beyond_rounding():
    assert not influence.moves(5.0, 5.0)
    assert not influence.moves(NAN, NAN)
    assert influence.moves(5.0, NAN)
    assert influence.moves(NAN, 5.0)
    assert not influence.moves(-4.0, -4.0 * (1 + 0.9e-9))
    assert influence.moves(-4.0, -4.0 * (1 + 1.1e-9))
    assert influence.moves(0.0, 1e-30)


@pytest.mark.parametrize(
    ("bounds", "value", "step"),
    [
        ((5.0, 25.0), -20.0, 0.06),
        ((5.0, 25.0), 0.0, 0.06),  # 3 thousandths of 20
        ((5.0, 25.0), 24.99, -0.07497),
        ((5.0, 25.0), 24.9, 0.0747),
        (None, 0.0, 0.003),
        (None, 500.0, 1.5),
    ],
)
def test_steps(bounds, value, step):
    found = influence.step_of(variable(bounds=bounds), np.array(value), 0.003)
    assert float(found) == pytest.approx(step, rel=1e-12)


def test_places_at_a_bound_make_no_step():
    row = variable(bounds=(0.5, 1.0), length=3)
    assert influence.step_of(row, np.array([0.5, 0.8, 1.0]), 0.01) == pytest.approx([0.0, 0.008, 0.0])
    assert influence.step_of(variable(bounds=(0.5, 1.0)), np.array(1.0), 0.01) == pytest.approx(-0.01)
    assert float(influence.step_of(variable(), np.array(70.0))) == pytest.approx(0.007)


def test_one_input_moves_in_each_record():
    d = Declared()
    d.variables["n"] = Variable("n", "input", "count", "1", options={"x": 0})
    row = d.row()
    row["b"] = NAN
    year = fields(points=lambda i: slice(0, 2), o=np.zeros(2), seconds=np.array([3.0, 4.0]))
    found = influence.moved_rows(d, row, year, 0, 0.01)
    assert found.names == ("a", "r")  # b is not given, n is a choice
    assert found.x["a"] == pytest.approx([20.2, 20.0])
    assert found.x["r"] == pytest.approx(np.array([[4.0, 8.0, 6.0], [4.04, 8.0, 6.06]]))
    assert found.year.first_bin.tolist() == [0, 2, 4]


def test_all_inputs_of_a_word_move_at_once_each_by_its_own_step():
    """a and r are measured, b is not said: one record each; the second input goes by 1 + (sqrt 5 - 1) / 2 steps."""
    d = Declared()
    row = d.row()
    row["b"] = 10.0
    told = Value(1.0, origin=Origin(evidence="measured"))
    plant = fields(values={"a": told, "r": told}, air_pressure=None)
    year = fields(points=lambda i: slice(0, 1), o=np.zeros(1), seconds=np.array([3.0]))
    found = influence.moved_by_word(d, row, year, 0, plant, 0.01)
    assert found.names == ("measured", "unverified")
    assert found.x["a"] == pytest.approx([20.0 * 1.01, 20.0], rel=1e-12)
    golden = (math.sqrt(5.0) - 1.0) / 2.0
    b, r = (list(d.variables).index(name) for name in ("b", "r"))
    assert found.x["b"] == pytest.approx([10.0, 10.0 * (1 + 0.01 * (1 + b * golden % 1.0))], rel=1e-12)
    by = 1 + 0.01 * (1 + r * golden % 1.0)
    assert found.x["r"] == pytest.approx(np.array([[4.0 * by, 8.0, 6.0 * by], [4.0, 8.0, 6.0]]), rel=1e-12)


def test_evidence_of_inputs():
    told = Value(1.0, origin=Origin(evidence="measured"))
    plant = fields(
        values={"a": told, "b": Value(2.0)}, air_pressure=Value(9e4, origin=Origin(evidence="public"))
    )
    words = influence.evidence_words(plant, ["a", "b", "c", "air_pressure"])
    assert words == ["measured", "unverified", "unverified", "public"]


def test_an_input_moves_by_its_uncertainty_and_downward_at_its_bound():
    moved = contributions._moved
    assert float(moved(variable(bounds=(0.0, 10.0)), np.array(9.0), 0.8)) == pytest.approx(9.8)
    assert float(moved(variable(bounds=(0.0, 10.0)), np.array(9.5), 0.8)) == pytest.approx(8.7)
    assert float(moved(variable(), np.array(9.5), 0.8)) == pytest.approx(10.3)
    row = variable(bounds=(1.0, 10.0), length=4)
    found = moved(row, np.array([1.0, 4.0, 10.0, 8.0]), 0.5)  # in proportion: 0.5 of the largest, 10
    assert found == pytest.approx([1.0, 4.2, 10.0, 8.4])
    assert moved(row, np.array([4.0, 9.9]), 0.5) == pytest.approx([4 - 2 / 9.9, 9.4])


def test_contributions_by_hand(monkeypatch):
    """50 + 3 a - 2 b of uncertainties 0.5 and 2: effects of 1.5 and -4, a variance of 18.25; c moves nothing."""
    names = ("a", "b", "c", "d", "e")
    declaration = fields(with_role=lambda role: [variable(n, drawn=n != "d") for n in names])
    row = np.array([(20.0, 70.0, 5.0, 1.0, 6.0)], dtype=[(n, float) for n in names])
    sds = {"a": 0.5, "b": 2.0, "c": 1.0, "e": 0.0}
    fakes = {
        "plant_row": lambda *_: row, "width_of": lambda v, value, lib: sds[v.name], "load": lambda p: p,
        "year_of": lambda *_: None, "repeat_year": lambda year, place, times: times,
        "solve_process": lambda process, lib, x, year: x,
        "model_figure": lambda x, name: 50 + 3 * x["a"] - 2 * x["b"] + 900 * (x["d"] - 1) + 7 * x["e"],
    }  # fmt: skip
    for name, fake in fakes.items():
        monkeypatch.setattr(contributions, name, fake)
    plant = fields(process="p", operation=None, values={n: Value(float(row[n][0])) for n in names})
    found = contributions.indicator_road(plant, fields(declaration=lambda _: declaration), "i")
    assert found.value == pytest.approx(50 + 60 - 140 + 42)
    assert found.sd == pytest.approx(math.sqrt(18.25))
    rows = [(c.name, c.sd, c.effect, c.share) for c in found.contributions]
    assert rows == [
        ("b", 2.0, pytest.approx(-4.0), pytest.approx(16 / 18.25)),
        ("a", 0.5, pytest.approx(1.5), pytest.approx(2.25 / 18.25)),
    ]


def test_what_is_not_known_weighs_most_and_a_vanishing_effect_least():
    of = {"a": 1.0, "b": NAN, "c": -3.0, "d": 1.0}
    rows = [fields(name=n, effect=e) for n, e in sorted(of.items(), reverse=True)]
    assert [c.name for c in contributions._weightiest_first(rows)] == ["b", "c", "a", "d"]


# ---------------------------------------------------------------- tornado


def test_bars_hold_all_else_at_the_median(monkeypatch):
    """Proposal 2 of (4, 2): columns are i, effects of 4 and 2, costs of 4 and 2. Bars by width of the value."""
    kept = {}

    def draw_plant(group, plan, benchmark, places, threads):
        i, other_effect, effect, other_cost, cost = places.u.T
        stray = 1e6 * (other_effect - 0.5) + 1e6 * (other_cost - 0.5) + places.price("unheard of") - 0.5
        kept["npv"] = (
            1000
            + 3 * i
            + 50 * effect
            - 20 * cost
            - 90 * places.price("d.coal")
            + 4 * places.price("d.sold")
            + stray
        )
        return fields(saving={2: 100 + 10 * i + 7 * effect + stray})

    fakes = {
        "uncertain_inputs": lambda *_: ["i"], "draw_plant": draw_plant, "valued": lambda *_: (kept["npv"], None),
        "flexibility_prices": lambda _: ["d.coal", "d.peak"],
    }  # fmt: skip
    for name, fake in fakes.items():
        monkeypatch.setattr(tornado, name, fake)
    used = {
        key: fields(origin=fields(note=note))
        for key, note in ((("price", "coal"), "d.coal"), (("sold", "heat"), "d.sold"))
    }
    factors = Factors(
        {}, {}, {}, {}, used, "", price_range={"coal": (1.0, 2.0)}, sold_range={"heat": (1.0, 2.0)}
    )
    plan = fields(
        alone={4: None, 2: None}, plant=fields(id="works", proposals=[fields(id=f"p{k}") for k in range(5)])
    )
    found = tornado.tornado([fields(plans=[plan], basis=fields(factors=factors))], "p2")
    assert (found.plant, found.proposal) == ("works", "p2")
    assert (found.saving, found.npv) == (pytest.approx(108.5), pytest.approx(1000 + 1.5 + 25 - 10 - 45 + 2))
    bars = {
        (b.kind, b.name): (np.array(b.saving) - found.saving, np.array(b.npv) - found.npv) for b in found.bars
    }
    assert list(bars) == [
        ("price", "d.coal"),
        ("effect", ""),
        ("cost", ""),
        ("price", "d.sold"),
        ("input", "i"),
    ]
    assert bars["price", "d.coal"][1] == pytest.approx([36.0, -36.0])
    assert bars["effect", ""][0] == pytest.approx([-2.8, 2.8])
    assert bars["effect", ""][1] == pytest.approx([-20.0, 20.0])
    assert bars["cost", ""][1] == pytest.approx([8.0, -8.0])
    assert bars["input", "i"][0] == pytest.approx([-4.0, 4.0])
    assert bars["input", "i"][1] == pytest.approx([-1.2, 1.2])
    assert tornado.width((3.0, -4.5)) == 7.5
    assert tornado.width((NAN, 1.0)) == 0.0


# ---------------------------------------------------------------- values of draws


def valued(monkeypatch, kind: str, capex: Value | None):
    """Costs of 250 to 700, likely 400, of which 100 would be spent anyway; rate 8 %, 6 years, 20 a year to run."""
    terms = Terms(capex=300.0, gain=np.array([150.0, 90.0]), rate=0.08, life=6.0, operating_cost=20.0)
    monkeypatch.setattr(drawn, "terms_of", lambda *_: Stated(terms, {}, "", 100.0))
    monkeypatch.setattr(drawn, "cost_amount", lambda *_: (250.0, 400.0, 700.0))
    measure = fields(kind=kind, capex=None)
    group = fields(
        lib=fields(retrofits=lambda _: {"m": measure}, data=LIB.data),
        batch=fields(first=lambda _: (fields(x=np.zeros(1), d=np.zeros(1)), 0)),
    )  # fmt: skip
    plan = fields(before=None, plant=fields(process="p", proposals=[fields(retrofit="m", capex=capex)]))
    draws = fields(
        gain={0: terms.gain}, margin=None, saving={0: np.array([5.0, 5.0])}, cost_points={0: np.array([0.1, 0.7])},
        for_clean_air={0: np.array([11.0, 13.0])}, pollutant={0: np.array([3.0, 0.0])},
    )  # fmt: skip
    return drawn.valued(group, plan, 0, draws)


ANNUITY = sum(1.08**-t for t in range(1, 7))


def test_values_over_the_draws(monkeypatch):
    costs = np.array([250 + math.sqrt(0.1 * 450 * 150), 700 - math.sqrt(0.3 * 450 * 300)]) - 100
    npv, order = valued(monkeypatch, "energy", None)
    by_hand = np.array([130.0, 70.0]) * ANNUITY - costs
    assert npv == pytest.approx(by_hand, rel=1e-9)
    assert order is npv
    npv, order = valued(monkeypatch, "compliance", None)
    assert npv == pytest.approx(by_hand, rel=1e-9)
    # cheapest per tonne first; tax and support are no saving of cost; nothing less emitted comes last
    assert order[0] == pytest.approx(-(costs[0] / ANNUITY + 20 - 150 + 11) / 3.0, rel=1e-9)
    assert order[1] == -math.inf
    assert math.isnan(per_saved(1.0, 0.0))


def test_a_stated_sum_is_drawn_around_itself_with_what_it_avoids(monkeypatch):
    npv, _ = valued(monkeypatch, "energy", Value(300.0))
    costs = [400 * math.exp(0.17 * BELL.inv_cdf(u)) - 100 for u in (0.1, 0.7)]
    assert npv == pytest.approx([130 * ANNUITY - costs[0], 70 * ANNUITY - costs[1]], rel=1e-9)


def test_points_of_a_draw():
    plan = fields(alone=[1, 2, 3], instead=[1], plant=fields(operation=[0] * 5))
    assert drawn._points(plan) == 30


def proposal_row(plant: str, name: str, of: str, rank: int):
    return fields(plant=fields(id=plant), proposal=fields(id=name), list=of, rank=rank, status="ok")


def test_each_list_is_placed_by_itself():
    def of(*order):
        return ProposalSpread(NO_SPREAD, NO_SPREAD, 0.0, 1.0, np.array([]), np.array(order, dtype=float))

    rows = [
        proposal_row("p", "a", "energy", 1),
        proposal_row("p", "b", "energy", 2),
        proposal_row("p", "c", "energy", 0),
        proposal_row("p", "d", "compliance", 1),
        proposal_row("p", "e", "energy", 3),
        proposal_row("p", "f", "flexibility", 1),
    ]
    spreads = {
        ("p", n): of(*o)
        for n, o in (("a", (1, 9)), ("b", (2, 8)), ("c", (7, 7)), ("d", (0, 0)), ("f", (5, 5)))
    }
    found = drawn._placed(fields(proposals=rows), spreads, 0.5)
    tops = [found["p", n].top for n in "abdf"]
    assert tops == [0.5, 0.5, 1.0, 1.0]
    assert found["p", "a"].rank == Spread(pytest.approx(1.1), 1.5, pytest.approx(1.9))
    assert math.isnan(found["p", "c"].top)
    assert set(found) == set(spreads)


def test_a_proposal_s_spread(monkeypatch):
    monkeypatch.setattr(drawn, "valued", lambda *_: (np.array([4.0, 8.0]), np.array([5.0, 6.0])))
    draws = fields(saving={3: np.array([1.0, NAN, 3.0, 2.0])}, reaches={3: 0.625})
    found = drawn._spread_of(None, None, 3, draws)
    assert (found.saving.p50, found.npv.p50, found.reaches, found.solved) == (2.0, 6.0, 0.625, 0.75)
    assert found.order.tolist() == [5.0, 6.0]


class Sector:
    """Two plants drawn, one that failed, one without a benchmark level; who of the proposals has spreads."""

    def __init__(self, monkeypatch, threads: int = 1) -> None:
        self.calls, self.placed, self.progress = [], [], []
        group = fields(
            lib=fields(
                data=lambda *_: {"ranking": {"top_share": {"value": 0.3}, "confident": {"value": 0.8}}}
            )
        )
        self.group = fields(**vars(group), plans=[self.plan(n) for n in "abc"])

        def draw_plant(group, plan, benchmark, places, workers):
            self.calls.append((plan.plant.id, benchmark, places, workers))
            return fields(spread=f"spread of {plan.plant.id}")

        fakes = {
            "random_places": lambda group, plan, draws: (group is self.group, plan.plant.id, draws),
            "draw_plant": draw_plant,
            "_spread_of": lambda group, plan, k, drawn: (plan.plant.id, k, drawn.spread),
            "drawn_sector": lambda s, rows, plants, sure, gone, bundles: (
                s.name,
                rows,
                plants,
                sure,
                gone,
                set(bundles),
            ),
            "_placed": lambda ranking, spreads, top: {**spreads, "top": top},
            "replace": lambda ranking, **named: named,
        }
        for name, fake in fakes.items():
            monkeypatch.setattr(drawn, name, fake)

    def plan(self, name: str):
        proposals = [fields(id=f"{name}{k}") for k in range(3)]
        return fields(
            plant=fields(id=name, proposals=proposals, operation=[0]), alone={0: None, 2: None}, instead=()
        )

    def ranking(self):
        proposals = [
            fields(plant=fields(id=n), proposal=fields(id=f"{n}{k}"), status="no_heat" if (n, k) == ("b", 2) else "ok")
            for n in "abc" for k in range(3)
        ]  # fmt: skip
        levels = {"a": fields(benchmark=318.0), "b": None, "c": fields(benchmark=5.0)}
        plants = [
            fields(plant=fields(id=n), status="no_heat" if n == "c" else "ok", threshold=levels[n])
            for n in "abc"
        ]
        bundles = [fields(plant=fields(id=n), cancelled=n != "a") for n in "abc"]
        sectors = [fields(name="s", retired_over=("b",)), fields(name="t", retired_over=("a",))]
        return fields(proposals=proposals, plants=plants, bundles=bundles, sectors=sectors)


def test_a_ranking_with_draws(monkeypatch):
    s = Sector(monkeypatch)
    told = s.ranking()
    found = drawn.with_draws(told, [s.group], 64, 1, lambda done, of: s.progress.append((done, of)))
    assert s.calls == [("a", 318.0, (True, "a", 64), 1), ("b", None, (True, "b", 64), 1)]
    assert s.progress == [(1, 3), (2, 3), (3, 3)]
    assert found["draws"] == 64
    assert found["plant_spreads"] == {"a": "spread of a", "b": "spread of b"}
    assert found["spreads"] == {
        ("a", "a0"): ("a", 0, "spread of a"),
        ("a", "a2"): ("a", 2, "spread of a"),
        ("b", "b0"): ("b", 0, "spread of b"),
        "top": 0.3,
    }
    # c is cancelled; b too, but beyond what its sector may retire
    expected = (told.plants, found["plant_spreads"], 0.8, frozenset("c"), {"a", "b", "c"})
    assert found["sectors"] == (("s", *expected), ("t", *expected))
    assert drawn.with_draws(told, [], 64, 1, None) is told
