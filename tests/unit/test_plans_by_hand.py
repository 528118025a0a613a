"""What is simulated of a plant by hand: whose figures a proposal takes, bundles, and inputs that hang together."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine import plans, typical
from plantsim.library import retrofits
from plantsim.vocabulary.case import Change
from plantsim.vocabulary.declarations import Variable

NAN = math.nan


def measure(name, kind="energy", requires=(), excludes=(), changes=()):
    return fields(name=name, kind=kind, requires=requires, excludes=excludes, capped_by=(), changes=changes)


def house(*measures):
    shelf = {m.name: m for m in measures}
    return fields(retrofits=lambda process: shelf)


def works(*names):
    return fields(
        process="p",
        proposals=[
            fields(id=f"{n}{k}", retrofit=n, counterfactual="none", changes=()) for k, n in enumerate(names)
        ],
    )


def test_a_proposal_s_own_figures_under_the_library_s_cap():
    """The library raises a up to 9 and lowers b down to 2; the proposal says more of a, and has a change of its own."""
    lib = house(
        measure(
            "m",
            changes=(
                Change("a", "add", 1.0, 2.0, 3.0, at_most=9.0),
                Change("b", "add", -1.0, -2.0, -3.0, at_least=2.0),
            ),
        )
    )
    own = (
        Change("c", "set", 5.0, 5.0, 5.0),
        Change("a", "set", 12.0, 12.0, 12.0, at_most=11.0, at_least=1.0),
    )
    found = plans.changes_of(lib, fields(process="p"), fields(retrofit="m", changes=own))
    assert [(c.variable, c.action, c.likely, c.at_most, c.at_least) for c in found] == [
        ("a", "set", 12.0, 9.0, 1.0), ("b", "add", -2.0, None, 2.0), ("c", "set", 5.0, None, None),
    ]  # fmt: skip
    lower = plans._capped_like(
        Change("b", "set", 1.0, 1.0, 1.0, at_least=0.5, at_most=4.0),
        Change("b", "add", 1.0, 1.0, 1.0, at_least=2.0),
    )
    assert (lower.at_least, lower.at_most, lower.likely) == (2.0, 4.0, 1.0)
    lower = plans._capped_like(
        Change("b", "set", 1.0, 1.0, 1.0, at_least=3.0),
        Change("b", "add", 1.0, 1.0, 1.0, at_least=2.0, at_most=7.0),
    )
    assert (lower.at_least, lower.at_most) == (3.0, 7.0)


def test_what_would_be_done_anyway():
    lib = house(measure("m"), measure("n"))
    assert plans.anyway(lib, fields(process="p"), fields(counterfactual=retrofits.NOTHING_INSTEAD)) is None
    assert plans.anyway(lib, fields(process="p"), fields(counterfactual="n")).name == "n"


LIB = house(
    measure("a", excludes=("b",)),
    measure("b"),
    measure("c", requires=("a",)),
    measure("d", requires=("x",)),
    measure("r", "retire"),
    measure("e"),
)


@pytest.mark.parametrize(
    ("names", "together", "left_out"),
    [
        ("ae", {0, 1}, ()),
        ("abe", {0, 2}, ((1, 0),)),
        ("bae", {0, 2}, ((1, 0),)),
        ("rae", {1, 2}, ()),
        ("ce", {1}, ((0, 0),)),
        ("ca", {0, 1}, ()),
        ("bca", {0}, ((2, 0), (1, 1))),
        ("d", set(), ((0, 0),)),
        ("aa", {0}, ((1, 0),)),
        ("r", set(), ()),
    ],
)
def test_what_is_done_together(names, together, left_out):
    """Earlier ones first; who lacks what it requires is left out by itself; retiring is no change of the record."""
    plant = works(*names)
    found, out = plans.largest_bundle(LIB, plant)
    assert (found, out) == (frozenset(together), left_out)
    assert plans.simulated(LIB, plant) == [k for k, n in enumerate(names) if n != "r"]


def test_bundles_that_can_be_done():
    """c needs a, so that c and e alone are none; a, c, e are all of three."""
    plant = works("a", "c", "e")
    assert plans.bundles_of(LIB, plant) == [frozenset({0, 1}), frozenset({0, 2}), frozenset({0, 1, 2})]
    assert not plans.feasible(LIB, plant, (1, 2))
    assert not plans.feasible(LIB, works("a", "b"), (0, 1))
    assert plans.feasible(LIB, plant, ())
    many = house(*(measure(f"m{k}") for k in range(9)))
    eight, nine = (works(*(f"m{k}" for k in range(n))) for n in (8, 9))
    assert len(plans.bundles_of(many, eight)) == 2**8 - 9
    found = plans.bundles_of(many, nine)  # above eight: all, and all less one
    assert found[0] == frozenset(range(9))
    assert found[1:] == [frozenset(range(9)) - {k} for k in range(9)]


def test_where_a_plan_s_states_stand():
    plan = plans.PlantPlans(
        None,
        "now",
        (),
        None,
        alone={2: {"likely": "A"}, 4: {"likely": "B"}},
        instead={4: "other"},
        bundles={frozenset({2, 4}): "AB"},
    )
    assert (plan.baseline(2), plan.baseline(4), plan.done) == ("now", "other", "now")
    plan.together = frozenset({4})
    assert plan.done == "B"
    plan.together = frozenset({2, 4})
    assert plan.done == "AB"


# ---------------------------------------------------------------- plants around one


def declared(**of):
    variables = {n: Variable(n, "input", "pressure", "Pa", **more) for n, more in of.items()}
    return fields(
        with_role=lambda role: list(variables.values()),
        variables=variables,
        dimensions={"rows": fields(count="n")},
    )


def follow(name, declaration, plant, **moved):
    """Return what an input becomes where others have moved to these values."""
    kinds = [(n, float, np.shape(v)) for n, v in plant.items()]
    own = np.zeros(1, dtype=kinds)
    for n, v in plant.items():
        own[n] = v
    x = own.copy()
    for n, v in moved.items():
        x[n] = v
    typical._follow(x, own[0], declaration.variables[name], declaration)
    return x[name][0]


def test_a_pressure_between_two_others_keeps_its_place_in_logarithms():
    """4 lies halfway between 1 and 16: with 2 and 18 it is 6. What is not there stays 0."""
    d = declared(
        low={},
        high={},
        p={"hangs_on": {"between": ["high", "low"]}},
        row={"length": 3, "dimension": "rows", "hangs_on": {"between": ["high", "low"]}},
    )
    assert follow("p", d, {"low": 1.0, "high": 16.0, "p": 4.0}, low=2.0, high=18.0) == pytest.approx(6.0)
    row = follow("row", d, {"low": 1.0, "high": 16.0, "row": (8.0, 4.0, 0.0)}, low=2.0, high=18.0)
    assert row == pytest.approx([2**0.25 * 18**0.75, 6.0, 0.0])


def test_powers_and_shifts_of_another_stay_within_bounds():
    d = declared(
        a={},
        q={"hangs_on": {"power_of": "a", "exponent": 1.5}, "bounds": (0.0, 60.0)},
        s={"hangs_on": {"shifts_with": "a", "factor": 0.5}, "bounds": (0.0, 30.0)},
    )
    assert follow("q", d, {"a": 4.0, "q": 5.0}, a=9.0) == pytest.approx(5 * 2.25**1.5)
    assert follow("q", d, {"a": 4.0, "q": 50.0}, a=9.0) == 60.0
    assert follow("q", d, {"a": NAN, "q": 5.0}, a=9.0) == 5.0  # nobody tells what it hangs on
    assert follow("s", d, {"a": 4.0, "s": 7.0}, a=9.0) == pytest.approx(9.5)
    assert follow("s", d, {"a": 4.0, "s": 29.0}, a=9.0) == 30.0


def test_places_of_a_row_are_drawn_upward_from_their_own():
    d = declared(
        n={}, row={"length": 3, "dimension": "rows", "typical": (-5.0, 9.0), "hangs_on": {"own_times": 2.0}}
    )
    x = np.zeros(400, dtype=[("n", float), ("row", float, 3)])
    x["n"], x["row"] = 2, (-3.0, 2.0, 7.0)
    typical._draw_places(x, d.variables["row"], d, np.random.default_rng(1))
    first, second, third = x["row"].T
    assert np.all(first == -3.0)  # twice a value below zero is no room: it stays
    assert (second.min() >= 0.0, second.max() <= 4.0) == (True, True)
    assert second.max() - second.min() > 3.5
    assert np.all(third == 7.0)  # a place that the plant has not
