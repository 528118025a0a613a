"""Draws by hand: where a uniform number leads in each distribution, who is drawn, points of the lattice."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine import sample
from plantsim.engine.points import multipliers, points, price_points
from plantsim.engine.sample import NO_SPREAD, Places, Spread, spread
from plantsim.vocabulary.case import Change, Origin, Value
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


def test_percentiles_are_of_what_is_known():
    """Of 3, 5 and 11: a tenth of two steps beyond the first, and eight tenths beyond the second."""
    assert spread(np.array([11.0, NAN, 3.0, math.inf, 5.0])) == Spread(
        pytest.approx(3.4), 5.0, pytest.approx(9.8)
    )
    assert spread(np.array([NAN])) == NO_SPREAD


def test_a_triangle_by_its_area():
    """From 2 over 5 to 11: below 5 lies a third of it. At u the area left is u: (x - 2)^2 / 27 = u."""
    u = np.array([0.0, 0.12, 1 / 3, 0.76, 1.0])
    by_hand = [2.0, 2 + math.sqrt(0.12 * 27), 5.0, 11 - math.sqrt(0.24 * 54), 11.0]
    assert sample.triangle(u, 2.0, 5.0, 11.0) == pytest.approx(by_hand, rel=1e-12)
    assert sample.triangle(u, 11.0, 5.0, 2.0) == pytest.approx(by_hand, rel=1e-12)  # either order
    right = 2 + 9 * np.sqrt(u)  # likely beyond the high end: it stands there
    assert sample.triangle(u, 2.0, 13.0, 11.0) == pytest.approx(right, rel=1e-12)
    assert sample.triangle(u, 2.0, 1.0, 11.0) == pytest.approx(11 - 9 * np.sqrt(1 - u), rel=1e-12)
    assert sample.triangle(u, 4.0, 9.0, 4.0).tolist() == [4.0] * 5


def test_a_normal_that_is_cut():
    """Mean 20, width 4, from 17 to 26: between the shares below -0.75 and 1.5."""
    u = np.array([0.3, 0.9])
    a, b = BELL.cdf(-0.75), BELL.cdf(1.5)
    by_hand = [20 + 4 * BELL.inv_cdf(a + (b - a) * n) for n in u]
    assert sample.truncated_normal(u, 20.0, 4.0, 17.0, 26.0) == pytest.approx(by_hand, rel=1e-12)
    assert sample.truncated_normal(u, 20.0, 0.0, 17.0, 26.0).tolist() == [20.0, 20.0]
    assert np.all(sample.truncated_normal(np.array([1e-12, 1 - 1e-12]), 20.0, 4.0, 19.5, 20.5) >= 19.5)


@pytest.mark.parametrize(
    ("typical", "si", "sd"),
    [
        ((100.0, 180.0), 640.0, 1.6),  # 2 % of a band of 80 against 0.5 % of 640: the smaller
        ((100.0, 180.0), 60.0, 0.3),
        ((100.0, 180.0), 0.0, 1.6),  # of nothing half a percent is nothing: the band's
        (None, 640.0, 3.2),
    ],
)
def test_widths_follow_from_the_evidence(typical, si, sd):
    value = Value(si, origin=Origin(evidence="measured"))
    assert sample.width_of(variable(typical=typical), value, LIB) == pytest.approx(sd, rel=1e-12)


def test_widths_of_rows_and_of_words_that_nobody_knows():
    row = Value((3.0, -50.0, 20.0), origin=Origin(evidence="measured"))
    assert sample.width_of(variable(typical=(1.0, 2.0), length=3), row, LIB) == pytest.approx(0.25)
    assert sample.width_of(variable(), Value(70.0), LIB) == pytest.approx(2.8)
    assert sample.width_of(variable(), Value(70.0, origin=Origin(evidence="hearsay")), LIB) == pytest.approx(
        2.8
    )
    assert sample.width_of(variable(), Value(70.0, sd=0.9), LIB) == 0.9


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


def test_rows_of_draws():
    """a: 20 with 0.5 % of it; r: one factor for all, 0.5 % of 8 over 8, where 8 stands at its bound and stays."""
    d = Declared()
    plant = fields(
        values={
            n: Value(s, origin=Origin(evidence="measured")) for n, s in (("a", 20.0), ("r", (4.0, 8.0, 6.0)))
        }
    )
    u = np.array([[0.3, 0.8, 0.5], [0.6, 0.1, 0.5]])
    x = sample.drawn_rows(d, d.row(), plant, ["a", "r"], u, LIB)
    assert x["a"] == pytest.approx([20 + 0.1 * BELL.inv_cdf(n) for n in (0.3, 0.6)], rel=1e-9)
    factor = [1 + 0.005 * BELL.inv_cdf(n) for n in (0.8, 0.1)]
    assert x["r"] == pytest.approx(np.array([[4 * f, 8.0, 6 * f] for f in factor]), rel=1e-9)
    assert x["b"].tolist() == [70.0, 70.0]
    assert sample.drawn_rows(d, d.row(), plant, [], u, LIB)["a"].tolist() == [20.0, 20.0]
    # wide draws stop at the bounds, and a factor between nothing and twice
    wide = fields(values={"a": Value(20.0, sd=9.0), "r": Value((4.0, 8.0, 6.0), sd=12.0)})
    ends = sample.drawn_rows(d, d.row(), wide, ["a", "r"], np.array([[1e-12] * 2, [1 - 1e-12] * 2]), LIB)
    assert ends["a"] == pytest.approx([10.0, 24.0], rel=1e-6)
    assert ends["r"] == pytest.approx(np.array([[0.5, 8.0, 0.5], [8.0, 8.0, 8.0]]), rel=1e-6)


def test_rows_at_the_lower_bound_stay_too():
    d = Declared()
    row = d.row()
    row["r"] = (0.5, 4.0, 2.0)
    plant = fields(values={"r": Value((0.5, 4.0, 2.0), sd=0.4)})
    x = sample.drawn_rows(d, row, plant, ["r"], np.array([[0.9]]), LIB)
    assert x["r"][0] == pytest.approx(
        [0.5, *(np.array([4.0, 2.0]) * (1 + 0.1 * BELL.inv_cdf(0.9)))], rel=1e-9
    )


def test_an_effect_goes_from_little_to_much_whichever_way_it_is_written():
    """Low 2, likely 3, high 6 and low -2, likely -3, high -6 at the same u: little in both."""
    u = np.array([0.04, 0.91])
    found = sample.effect_amounts(
        [Change("a", "add", 2.0, 3.0, 6.0), Change("b", "add", -2.0, -3.0, -6.0)], u
    )
    by_hand = [2 + math.sqrt(0.04 * 4), 6 - math.sqrt(0.09 * 12)]
    assert found[0] == pytest.approx(by_hand, rel=1e-12)
    assert found[1] == pytest.approx([-a for a in by_hand], rel=1e-12)
    assert sample.effect_amounts([Change("c", "set", 5.0, 5.0, 5.0)], u)[0].tolist() == [5.0, 5.0]


def test_costs_are_a_triangle_where_there_is_a_range_and_lognormal_elsewhere():
    u = np.array([0.2, 0.97])
    by_hand = [300 * math.exp(0.17 * BELL.inv_cdf(n)) for n in u]
    assert sample.capex_draws(300.0, 300.0, 300.0, u, LIB) == pytest.approx(by_hand, rel=1e-12)
    assert sample.capex_draws(200.0, 300.0, 700.0, u, LIB)[0] == pytest.approx(200 + math.sqrt(0.2 * 5e4))


def test_places_of_effects_and_costs():
    places = Places(("i", "j"), (7, 3), np.arange(12.0).reshape(2, 6), lambda _: None)
    assert [places.of_effect(k).tolist() for k in (7, 3)] == [[2.0, 8.0], [3.0, 9.0]]
    assert [places.of_cost(k).tolist() for k in (7, 3)] == [[4.0, 10.0], [5.0, 11.0]]


def test_random_places_have_a_column_for_each_input_effect_and_cost(monkeypatch):
    monkeypatch.setattr(sample, "uncertain_inputs", lambda group, plan: ["i", "j", "k"])
    plan = fields(alone={4: None, 9: None}, plant=fields(id="works"))
    found = sample.random_places(fields(case=fields(seed=11)), plan, 16)
    assert (found.inputs, found.proposals) == (("i", "j", "k"), (4, 9))
    assert np.array_equal(found.u, points(7, 16, 11, "works"))
    assert np.array_equal(found.price("coal"), points(1, 16, 11, "price coal")[:, 0])
    assert np.array_equal(price_points(16, 11, "coal"), found.price("coal"))


def test_who_is_drawn(monkeypatch):
    """a moves the indicator, b one saving, c neither; d is no input of the plant; e hangs together with others."""
    names = ("a", "b", "c", "d", "e")
    indicators = {"now": np.array([50.0]), "moved": np.array([50.1, 50.0, 50.0 * (1 + 1e-10), 51.0, 52.0])}
    batch = fields(
        indicator=lambda block, name: {"i": indicators}[name][block],
        declaration=fields(variables={n: variable(n, drawn=n != "e") for n in names}),
    )
    plan = fields(
        before="now",
        moved="moved",
        moved_names=names,
        moved_alone={3: "moved alone"},
        alone={3: {"likely": "after"}},
        plant=fields(values=dict.fromkeys("abce")),
    )
    group = fields(
        batch=batch,
        basis_of=lambda _: fields(indicator="i"),
        compare=lambda _, block: fields(saving={"after": np.array([8.0])}[block]),
        between=lambda _, first, block: fields(
            saving={("moved", "moved alone"): np.array([8.0, 8.3, 8.0, 8.0, 8.0])}[first, block]
        ),
    )
    monkeypatch.setattr(sample, "singly", lambda _, plant: (group, plan))
    assert sample.uncertain_inputs(None, plan) == ["a", "b"]


def test_multipliers_keep_the_error_of_smooth_figures_least():
    """Each next one makes the mean over k of the product of 1 + 2 pi^2 B2(kz/n)/column^2 smallest."""
    n = 211
    free = list(range(1, n // 2 + 1))  # 211 is prime, and z and n - z are one

    def bernoulli(z: int) -> np.ndarray:
        x = np.arange(n) * z % n / n
        return 2 * math.pi**2 * (x * x - x + 1 / 6)

    found = multipliers(10, n)
    product = np.ones(n)
    for column, z in enumerate(found, 1):
        errors = {other: float(bernoulli(other) @ product) for other in free}
        assert errors[z] == pytest.approx(min(errors.values()), abs=1e-9)
        product = product * (1 + bernoulli(z) / column**2)
        free.remove(z)
    assert sorted(multipliers(6, 13)) == [1, 2, 3, 4, 5, 6]
    assert all(math.gcd(k, 12) == 1 for k in multipliers(9, 12))
    assert len(multipliers(3, 100_003)) == 3


def test_points_are_a_lattice_moved_by_whole_cells():
    n = 13
    u = points(3, n, 5, "works")
    cells = (u * n).astype(int)
    z = multipliers(3, n)
    for column in (1, 2):  # cells of two columns hang together but for the shift
        assert len(set(((cells[:, 0] * z[column] - cells[:, column] * z[0]) % n).tolist())) == 1
    shifts = set()
    for stream in "abcdefgh":
        cells_of = (points(2, n, 5, stream) * n).astype(int)[0]
        shifts.add(int(cells_of[0] * z[1] - cells_of[1] * z[0]) % n)
    assert len(shifts) > 2
    inside = u * n - cells
    assert inside.min() < 0.2
    assert inside.max() > 0.8
    assert len(set(cells[:, 0].tolist())) == n
