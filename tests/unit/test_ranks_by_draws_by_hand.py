"""Ranks and prices under uncertainty, and when a record disagrees: each figure worked out by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from plantsim.engine.calibrate import Compared
from plantsim.engine.factors import Factors
from plantsim.engine.sample import NO_SPREAD, ProposalSpread, priced, rank_spreads


def of(*order):
    return ProposalSpread(NO_SPREAD, NO_SPREAD, 0.0, 1.0, np.array([]), np.array(order, dtype=float))


@pytest.mark.parametrize(
    ("share", "group"), [(0.1, 1), (0.34, 2), (0.5, 2), (0.75, 3), (1.0, 4)]
)  # rounded up of four, one at least
def test_the_top_group_is_the_share_rounded_up(share, group):
    """Four proposals in the same order in both draws: the first ``group`` of them are always in the top group."""
    ranked = rank_spreads([of(9, 9), of(7, 7), of(5, 5), of(3, 3)], share)
    assert [s.top for s in ranked] == [1.0 if i < group else 0.0 for i in range(4)]


def test_no_share_still_leaves_one_in_the_top_group():
    first, second = rank_spreads([of(1, 3), of(2, 2)], 0.0)
    assert (first.top, second.top) == (0.5, 0.5)


def test_prices_are_drawn_from_their_own_triangle():
    """Low 1, likely 2, high 5: the split is at (2 - 1)/(5 - 1) = 0.25, where the price is likely.

    Below it 1 + sqrt(u * 4 * 1), above it 5 - sqrt((1 - u) * 4 * 3).
    """
    note = SimpleNamespace(origin=SimpleNamespace(note="coal"))
    factors = Factors(
        equivalent={}, equal_value={}, carbon={}, price={"coal": 2.0, "power": 0.5},
        used={("price", "coal"): note}, deck="", price_range={"coal": (1.0, 5.0)},
    )  # fmt: skip
    asked = []

    def place(name):
        asked.append(name)
        return np.array([0.0, 0.0625, 0.25, 0.8125, 1.0])

    drawn = priced(factors, place).price
    assert asked == ["coal"]
    expected = [1.0, 1.5, 2.0, 5.0 - np.sqrt(0.1875 * 12.0), 5.0]
    assert drawn["coal"] == pytest.approx(expected, rel=1e-12)
    assert drawn["power"] == 0.5  # no range, no draw


@pytest.mark.parametrize(
    ("after", "pull", "disagrees"),
    [(119.9, 0.0, False), (120.1, 0.0, True), (79.9, 0.0, True), (119.9, -2.01, False), (120.1, 1.99, True)],
)
def test_a_figure_disagrees_beyond_two_standard_uncertainties(after, pull, disagrees):
    """100 reported with 10: from 80 to 120 agrees, whatever the pull on the way there."""
    reported = SimpleNamespace(value=SimpleNamespace(si=100.0))
    assert Compared(reported, 10.0, 100.0, after, pull).disagrees is disagrees
