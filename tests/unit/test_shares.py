"""Shares and orders: the literature's examples, exactly, and brute force on small random ones."""

from __future__ import annotations

import math
from itertools import chain, combinations, permutations

import numpy as np
import pytest

from plantsim.engine.shares import kendall_tau, last_in, pareto_layers, shapley


def subsets(members):
    return map(frozenset, chain.from_iterable(combinations(members, n) for n in range(len(members) + 1)))


def test_standalone_savings_of_4_3_and_2_percent():
    alone = {"a": 0.04, "b": 0.03, "c": 0.02}
    values = {s: 1 - math.prod(1 - alone[m] for m in s) for s in subsets(alone)}
    assert values[frozenset("abc")] == pytest.approx(0.087424, abs=1e-12)
    expected = {"a": 0.039008, "b": 0.029108, "c": 0.019308}
    assert shapley(values) == pytest.approx(expected, abs=1e-12)
    assert sum(shapley(values).values()) == pytest.approx(0.087424, abs=1e-15)
    assert last_in(values) == pytest.approx({"a": 0.038024, "b": 0.028224, "c": 0.018624}, abs=1e-12)


def test_three_who_share_heat_for_10():
    claims = {"a": 7.0, "b": 6.0, "c": 2.0}
    values = {s: min(10.0, sum(claims[m] for m in s)) for s in subsets(claims)}
    del values[frozenset()]
    assert shapley(values) == pytest.approx({"a": 29 / 6, "b": 23 / 6, "c": 4 / 3}, abs=1e-12)
    assert last_in(values) == pytest.approx({"a": 2.0, "b": 1.0, "c": 0.0}, abs=1e-12)


def test_shares_are_the_mean_over_all_orders():
    rng = np.random.default_rng(3)
    members = "abcde"
    values = {s: float(rng.normal()) for s in subsets(members)}
    mean = dict.fromkeys(members, 0.0)
    for order in permutations(members):
        for n, member in enumerate(order):
            mean[member] += values[frozenset(order[: n + 1])] - values[frozenset(order[:n])]
    mean = {m: total / math.factorial(5) for m, total in mean.items()}
    assert shapley(values) == pytest.approx(mean, abs=1e-12)


def test_one_member_takes_all_and_eleven_are_too_many():
    assert shapley({frozenset("a"): 3.0}) == {"a": 3.0}
    assert shapley({}) == {}
    with pytest.raises(ValueError, match="11 members"):
        shapley({frozenset(range(11)): 1.0})
    with pytest.raises(KeyError):
        shapley({frozenset("ab"): 1.0, frozenset("a"): 1.0})


def test_taylor_negative_costs():
    """By cost per tonne the order is A, C, B, although B and C dominate A (Taylor 2012)."""
    cost, abatement = np.array([-100.0, -100.0, -150.0]), np.array([10.0, 100.0, 60.0])
    assert ["ABC"[i] for i in np.argsort(cost / abatement)] == ["A", "C", "B"]
    assert pareto_layers(cost, abatement).tolist() == [2, 1, 1]


def test_layers_by_brute_force():
    rng = np.random.default_rng(11)
    cost, benefit = rng.integers(0, 8, 60).astype(float), rng.integers(0, 8, 60).astype(float)
    cost[5] = np.nan
    expected, left, layer = np.zeros(60, dtype=int), {k for k in range(60) if k != 5}, 0

    def dominates(i, j):
        no_worse = cost[i] <= cost[j] and benefit[i] >= benefit[j]
        return no_worse and (cost[i] < cost[j] or benefit[i] > benefit[j])

    while left:
        layer += 1
        front = {j for j in left if not any(dominates(i, j) for i in left)}
        expected[list(front)] = layer
        left -= front
    assert pareto_layers(cost, benefit).tolist() == expected.tolist()
    assert layer > 3


def test_agreement_of_orders():
    assert kendall_tau("abcd", "abcd") == 1.0
    assert kendall_tau("abcd", "dcba") == -1.0
    assert kendall_tau("abcd", "bacd") == pytest.approx(4 / 6)  # one of six pairs is turned
    assert kendall_tau("abxcd", "bacdy") == pytest.approx(4 / 6)
    assert math.isnan(kendall_tau("a", "a"))
