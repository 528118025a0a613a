"""Who brought what, and in which order: Shapley shares, Pareto layers, agreement of two orders."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations

import numpy as np

AT_MOST = 10  # members: 2^10 bundles are simulated for exact shares


def shapley(values: Mapping[frozenset, float]) -> dict[Hashable, float]:
    """Return the exact Shapley share of each member of the largest set in ``values``; they add up to its value.

    values: worth of every subset, by the set of its members; the empty set may be missing, and is worth 0.
    Raises ValueError for more than 10 members, KeyError when a subset is missing.
    Source: Shapley 1953, A value for n-person games.
    """
    members = sorted(_whole(values), key=str)
    n = len(members)
    if n > AT_MOST:
        raise ValueError(f"{n} members; exact shares are for at most {AT_MOST}")
    base = values.get(frozenset(), 0.0)
    shares: dict[Hashable, float] = {}
    for member in members:
        others = [m for m in members if m != member]
        total = 0.0
        for size in range(n):
            weight = math.factorial(size) * math.factorial(n - size - 1) / math.factorial(n)
            for chosen in combinations(others, size):
                without = frozenset(chosen)
                before = values[without] if without else base
                total += weight * (values[without | {member}] - before)
        shares[member] = total
    return shares


def last_in(values: Mapping[frozenset, float]) -> dict[Hashable, float]:
    """Return what each member adds to all the others: the least that it is worth where savings overlap."""
    whole = _whole(values)
    return {
        member: values[whole] - (values[whole - {member}] if len(whole) > 1 else values.get(frozenset(), 0.0))
        for member in sorted(whole, key=str)
    }


def _whole(values: Mapping[frozenset, float]) -> frozenset:
    return max(values, key=lambda members: len(members)) if values else frozenset()


def pareto_layers(cost: np.ndarray, benefit: np.ndarray) -> np.ndarray:
    """Return the layer of each item, 1 the best: those that no item of the same or a later layer dominates.

    cost, benefit: shape (n,), any unit; an item dominates another when it costs no more and brings no less, and
    one of the two is strict. Items with a NaN get layer 0. Unlike cost per benefit, this holds for
    negative costs too (Taylor 2012, Energy Policy 48:430).
    """
    cost, benefit = np.asarray(cost, dtype=np.float64), np.asarray(benefit, dtype=np.float64)
    layers = np.zeros(cost.shape, dtype=np.int64)
    left = np.flatnonzero(np.isfinite(cost) & np.isfinite(benefit))
    # cheapest first, of equal cost the most useful: whatever dominates an item stands before it
    left = left[np.lexsort((-benefit[left], cost[left]))]
    layer = 0
    while left.size:
        layer += 1
        best_before = np.concatenate(([-np.inf], np.maximum.accumulate(benefit[left])[:-1]))
        first = benefit[left] > best_before
        # equal in both: neither dominates the other
        for k in range(1, left.size):
            i, j = left[k - 1], left[k]
            if cost[i] == cost[j] and benefit[i] == benefit[j]:
                first[k] = first[k - 1]
        layers[left[first]] = layer
        left = left[~first]
    return layers


def kendall_tau(order_a: Sequence[Hashable], order_b: Sequence[Hashable]) -> float:
    """Return Kendall's tau between two orders of the same items: 1 the same, -1 reversed; NaN below two items.

    Items that stand in one order only are left out.
    """
    place = {item: n for n, item in enumerate(order_b)}
    ranks = [place[item] for item in order_a if item in place]
    n = len(ranks)
    if n < 2:
        return math.nan
    before: list[int] = []  # the places so far, in order
    swapped = 0
    for so_far, rank in enumerate(ranks):
        at = bisect(before, rank)
        swapped += so_far - at
        before.insert(at, rank)
    pairs = n * (n - 1) / 2
    return (pairs - 2 * swapped) / pairs
