"""Sectors by hand: who leaves first, shares and means now and with everything done."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields

from plantsim.engine import sectors
from plantsim.engine.standards import Share
from plantsim.vocabulary.case import Value

NAN = math.nan


def level_of(which: str):
    limits = {"ndrc": (100.0, 120.0, (None,)), "gb": (None, None, (99.0, 112.0))}[which]
    return fields(
        benchmark=limits[0], baseline=limits[1], levels=limits[2], of_levels=("i",) * len(limits[2])
    )


def member(name: str, size: float, value: float, level: str = "worse", product: float = NAN, **more):
    own = {
        "threshold": level_of("ndrc"),
        "ledger": {},
        "indicator": "i",
        "ultra_low": None,
        "declared": False,
    }
    plant = fields(id=name, process="q", capacity=Value(size))
    return fields(**{"plant": plant, "value": value, "level": level, "product": product, **own, **more})


def all_done(name, level="benchmark", after=NAN, cancelled=False, retired=False, ultra_low=None, ledger=None):
    return fields(
        plant=fields(id=name),
        level_after=level,
        after=after,
        cancelled=cancelled,
        retired=retired,
        ultra_low=ultra_low,
        ledger=ledger or {},
    )


def test_what_a_proposal_adds_to_the_share():
    """A sector of 200 of which 60 reach the benchmark. 40 that rise, fall, or are cancelled."""
    now = Share("s", 200.0, 60.0, 0.0, 0.0)

    def of(before, after="ungraded", cancels=False, size=40.0, now=now):
        plant = fields(capacity=Value(size))
        return sectors._points(
            fields(
                plant=plant, level_before=before, level_after=after, proposal=fields(cancels_capacity=cancels)
            ),
            now,
        )

    assert of("worse", "benchmark") == pytest.approx(0.2)
    assert of("benchmark", "between") == pytest.approx(-0.2)
    assert of("benchmark", "benchmark") == 0.0
    assert of("benchmark") == 0.0  # nobody knows
    assert of("worse", cancels=True) == pytest.approx(60 / 160 - 0.3)
    assert of("benchmark", cancels=True) == pytest.approx(20 / 160 - 0.3)
    assert of("benchmark", cancels=True, size=200.0) == 0.0  # nothing would be left
    assert of("worse", "benchmark", now=Share("s", 0.0, 0.0, 0.0, 0.0)) == 0.0
    assert (
        sectors.size_of(fields(capacity=None)) == sectors.size_of(fields(capacity=Value((1.0, 2.0)))) == 0.0
    )


def test_the_worst_leave_first_as_far_as_the_cap_allows():
    """Of 200 half may go. Worst first: c (1.5 of its benchmark), a (1.2), d (1.1), then b without a value."""
    members = [
        member("a", 70.0, 120.0),
        member("b", 10.0, NAN),
        member("c", 30.0, 150.0),
        member("d", 40.0, 110.0),
        member("e", 50.0, 900.0),
    ]
    done = {n: all_done(n, cancelled=n != "e") for n in "abcde"}
    assert sectors.retired_within(members, done, 0.5) == (frozenset("ac"), ("d", "b"))
    assert sectors.retired_within(members, done, 0.499) == (frozenset("cdb"), ("a",))
    assert sectors.retired_within(members, done, None) == (frozenset("abcd"), ())
    assert sectors.retired_within(members, {}, None) == (frozenset(), ())
    tenths = [member("a", 0.1, 150.0), member("b", 0.2, 140.0), member("e", 0.7, 1.0)]
    assert sectors.retired_within(tenths, done, 0.3) == (frozenset("ab"), ())  # 0.1 + 0.2 by rounding
    bare = fields(benchmark=None, baseline=100.0)
    assert sectors._worst_first(member("f", 1.0, 130.0, threshold=bare)) == (pytest.approx(-1.3), "f")
    assert sectors._worst_first(member("f", 1.0, 130.0, threshold=None)) == (math.inf, "f")


POWER = {"coal": {"kind": "energy", "quantity": "energy"}, "gas": {"kind": "energy", "quantity": "energy"},
         "electricity": {"kind": "energy", "quantity": "energy"}, "lime": {"kind": "material", "quantity": "mass"},
         "green_electricity": {"kind": "energy", "quantity": "energy"}}  # fmt: skip


def power_house(carrier="electricity"):
    product = fields(ledger=fields(carrier=carrier))
    declaration = fields(variables={"out": product}, product="out", sector="s", main_indicator="main")
    return fields(declaration=lambda process: declaration, carriers=POWER)


def test_fuel_over_power_without_credit():
    ledgers = [
        {"coal": 70.0, "gas": -5.0, "electricity": -30.0, "lime": 9.0},
        {"coal": 20.0, "green_electricity": 8.0, "electricity": -10.0},
    ]
    assert sectors._uncredited(power_house(), "q", ledgers) == pytest.approx(90 / 40)
    assert math.isnan(sectors._uncredited(power_house("heat"), "q", ledgers))
    assert math.isnan(sectors._uncredited(power_house(), "q", [{"coal": 1.0}]))


def test_a_sector_now_and_with_everything_done():
    """a rises to the benchmark; b is retired and cancelled; c is retired beyond the cap, and stays; d has no bundle."""
    members = [
        member("a", 60.0, 110.0, "worse", 5.0, ledger={"coal": 700.0, "electricity": -5.0}, ultra_low=True),
        member("b", 20.0, 150.0, "worse", 2.0, ledger={"coal": 400.0, "electricity": -2.0}, ultra_low=False),
        member("c", 50.0, 130.0, "worse", 3.0, ledger={"coal": 500.0, "electricity": -3.0}),
        member("d", 70.0, 90.0, "benchmark", 7.0, ledger={"coal": 600.0, "electricity": -7.0}),
    ]
    bundles = [
        all_done("a", "benchmark", 95.0, ledger={"coal": 640.0, "electricity": -6.0}, ultra_low=True),
        all_done("b", "ungraded", cancelled=True, retired=True),
        all_done("c", "worse", cancelled=True, retired=True, ultra_low=False),
    ]
    targets = (
        fields(sector="t", share_above=0.9, mean_at_most=Value(1.0), retire_at_most=1.0),
        fields(sector="s", share_above=None, mean_at_most=Value(97.0), retire_at_most=None),
        fields(sector="s", share_above=0.6, mean_at_most=None, retire_at_most=0.15),
    )
    proposals = [
        fields(
            plant=members[0].plant,
            proposal=fields(id="m", cancels_capacity=False),
            level_before="worse",
            level_after="benchmark",
        )
    ]
    (found,), points = sectors.sector_rows(
        fields(targets=targets), power_house(), members, bundles, proposals
    )
    assert points == {("a", "m"): pytest.approx(60 / 200)}
    assert (found.now.benchmark, found.now.total, found.then.benchmark, found.then.total) == (
        70.0,
        200.0,
        130.0,
        180.0,
    )
    assert (found.then_kept.benchmark, found.then_kept.total, found.then_kept.ungraded) == (
        130.0,
        200.0,
        20.0,
    )
    assert (found.retired, found.retire_cap, found.retired_over) == (20.0, pytest.approx(30.0), ("c",))
    assert (found.target, found.target_mean, found.indicator) == (0.6, 97.0, "i")
    assert found.mean_indicator_now == pytest.approx((110 * 5 + 150 * 2 + 130 * 3 + 90 * 7) / 17)
    assert found.mean_indicator_then == pytest.approx((95 * 6 + 90 * 7) / 13)
    assert found.uncredited_now == pytest.approx(2200 / 17)
    assert found.uncredited_then == pytest.approx(1240 / 13)
    assert (found.ultra_low_now, found.ultra_low_unknown) == (pytest.approx(0.3), pytest.approx(0.6))
    assert found.ultra_low_then == pytest.approx(60 / 180)


def test_means_are_of_plants_that_are_held_against_the_same_figure():
    lib = power_house()
    same = [member("a", 1.0, 1.0), member("b", 1.0, 1.0)]
    assert sectors._held_against(lib, "q", same) == ("i", same)
    mixed = [*same, member("c", 1.0, 1.0, indicator="main")]
    assert sectors._held_against(lib, "q", mixed) == ("main", mixed[2:])
    assert sectors._mean([3.0, 9.0, NAN, 5.0], [2.0, 1.0, 4.0, -1.0]) == pytest.approx(5.0)
    assert math.isnan(sectors._mean([NAN], [1.0]))
    assert math.isnan(sectors._share([], True))
    row = member("a", 1.0, 80.0, product=4.0)
    assert sectors._after(row, {"a": all_done("a", after=NAN)}) == 80.0
    made = {"a": all_done("a", ledger={"electricity": -6.0})}
    assert sectors._made(row, made, lib) == 6.0
    assert sectors._made(row, {"a": all_done("a")}, lib) == 4.0
    row.declared = True
    assert sectors._made(row, made, lib) == 4.0
