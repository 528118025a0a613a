"""Records, years, changes with their caps, points of a year and chunks of rows, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine import bins, chunks, rows
from plantsim.engine.batch import Block
from plantsim.engine.carbon import CarbonRule
from plantsim.engine.factors import Factors
from plantsim.vocabulary.case import Change, Origin, Value
from plantsim.vocabulary.status import NOT_RUN, OK

NAN = math.nan


def told(si: float, word: str = "measured") -> Value:
    return Value(si, origin=Origin(evidence=word))


def test_parts_of_a_year_follow_its_amount():
    parts = np.array([6.0, -2.0])
    assert bins._in_proportion(parts, np.array([4.0]), np.array([7.0])).tolist() == [10.5, -3.5]
    assert bins._in_proportion(parts, np.array([0.0]), np.array([7.0])) is parts


class Points:
    """A plant of two points whose product falls to half after the change, and whose heat finds no sink then."""

    def __init__(self) -> None:
        self.case = {
            "before": {"metal": [-3.0, -5.0], "coal": [30.0, 70.0], "heat": [-4.0, -6.0]},
            "after": {"metal": [-1.0, -3.0], "coal": [9.0, 21.0], "heat": [-3.0, -5.0]},
        }
        hours = np.array([2.0, 3.0])
        flows = [fields(name=n, ledger=fields(carrier=n, direction=1)) for n in ("metal", "coal", "heat")]
        declaration = fields(with_role=lambda role: [*flows, fields(name="t", ledger=None)])
        self.solved = {}
        for name, of in self.case.items():
            y = {n: np.array([99.0, *(np.array(v) / hours)]) for n, v in of.items()}
            year = fields(points=lambda row: slice(1, 3), seconds=np.array([7.0, 2.0, 3.0]))
            self.solved[name] = (fields(declaration=declaration, y=y, year=year), 0)
        batch = fields(
            ledger=lambda b: {n: np.array([sum(v)]) for n, v in self.case[b].items()},
            first=self.solved.__getitem__,
        )
        factors = Factors({"coal": 1.1, "heat": 0.9}, {}, {"coal": 0.2}, {}, {}, "")
        room = fields(before={"heat": 8.0}, after={"heat": 12.0})
        self.group = fields(
            batch=batch,
            plans=[],
            status=lambda before, after: (0, ""),
            trade=lambda plant: room,
            basis_of=lambda plant: fields(
                factors=factors, references={}, product="metal", indicator="i", rule=CarbonRule(frozenset())
            ),
            between=lambda plan, before, after: fields(saving=np.array([5.5])),
        )
        self.plan = fields(
            plant=fields(id="p", proposals=[fields(id="m"), fields(id="n")]),
            baseline=lambda k: "before",
            alone={1: {"likely": "after"}},
        )


def test_a_saving_by_operating_point(monkeypatch):
    """Equal metal: all of the changed plant's doubles. Heat: 8 of 10 are taken before, 12 of 16 after, in proportion.

    Coal saved 30 - 18 and 70 - 42 at 1.1; heat given 3.2 and 4.8, then 4.5 and 7.5 at 0.9.
    """
    monkeypatch.setattr(bins, "state_of", lambda solved, row, point: {"load": float(point)})
    case = Points()
    case.group.plans = [case.plan]
    (found,) = bins.bins_of([case.group], "n")
    assert (found.proposal, found.saving, found.plant.id) == ("n", 5.5, "p")
    assert [(b.number, b.seconds, b.state) for b in found.bins] == [
        (1, 2.0, {"load": 1.0}),
        (2, 3.0, {"load": 2.0}),
    ]
    assert [b.saving for b in found.bins] == pytest.approx(
        [1.1 * 12 + 0.9 * (4.5 - 3.2), 1.1 * 28 + 0.9 * (7.5 - 4.8)]
    )
    assert [b.carbon for b in found.bins] == pytest.approx([0.2 * 12, 0.2 * 28])
    assert bins.bins_of([case.group]) == [found] or len(bins.bins_of([case.group])) == 1
    assert bins.bins_of([case.group], "m") == []
    case.group.status = lambda before, after: (3, "load")
    assert bins.bins_of([case.group]) == []


class Yearly:
    """Outputs of every kind, and their declaration."""

    def __init__(self) -> None:
        kinds = {
            "rate": "integral",
            "mean": "mean",
            "by": "mean",
            "most": "maximum",
            "least": "minimum",
            "none": "",
            "row": "mean",
        }
        self.variables = [
            fields(name=n, yearly=k, length=2 if n == "row" else 0, weight="rate" if n == "by" else "")
            for n, k in kinds.items()
        ]

    def with_role(self, role):
        return self.variables


def test_a_year_of_outputs():
    """Row 0: 2 h at 3 and 5 h at 7; row 1: a point; row 2 fails at its second point; row 3: by a rate of nothing."""
    seconds = np.array([2.0, 5.0, 4.0, 1.0, 1.0, 9.0])
    year = rows.Year(np.zeros(6), seconds, np.array([0, 2, 3, 5, 6]))
    y = np.zeros(
        6,
        dtype=[(n, float) for n in ("rate", "mean", "by", "most", "least")]
        + [("status", int), ("status_variable", int)],
    )
    y["rate"] = (3.0, 7.0, 6.0, 5.0, NAN, 0.0)
    for name in ("mean", "by", "most", "least"):
        y[name] = (10.0, 30.0, 8.0, 5.0, NAN, 2.0)
    y["status"], y["status_variable"] = (OK, OK, OK, OK, 3, OK), (9, 9, 9, 9, 4, 9)
    found = rows.yearly_amounts(Yearly(), y, year)
    assert set(found) == {"rate", "mean", "by", "most", "least"}
    assert found["rate"][[0, 1, 3]] == pytest.approx([6 + 35, 24.0, 0.0])
    assert found["mean"][[0, 1, 3]] == pytest.approx([170 / 7, 8.0, 2.0])
    assert found["by"][:2] == pytest.approx([(10 * 6 + 30 * 35) / 41, 8.0])
    assert math.isnan(found["by"][3])
    assert found["most"][[0, 3]].tolist() == [30.0, 2.0]
    assert found["least"][[0, 3]].tolist() == [10.0, 2.0]
    assert all(math.isnan(a[2]) for a in found.values())
    y["status"][3] = 5
    y["status_variable"][3] = 6
    status, blame = rows.worst_points(y, year)
    assert status.tolist() == [OK, OK, 5, OK]
    assert blame.tolist() == [0, 0, 6, 0]


def test_points_of_rows_are_picked_repeated_and_joined():
    o = np.array([(float(k),) for k in range(6)], dtype=[("load", float)])
    year = rows.Year(o, 10.0 * np.arange(6), np.array([0, 1, 3, 6]))
    assert year.points(1) == slice(1, 3)
    thrice = rows.repeat_year(year, 1, 3)
    assert (thrice.o["load"].tolist(), thrice.first_bin.tolist()) == ([1.0, 2.0] * 3, [0, 2, 4, 6])
    picked = rows.pick_years(year, np.array([2, 0, 2]))
    assert picked.seconds.tolist() == [30.0, 40.0, 50.0, 0.0, 30.0, 40.0, 50.0]
    assert picked.first_bin.tolist() == [0, 3, 4, 7]
    joined = rows.join_years([rows.pick_years(year, np.array([1])), year])
    assert joined.first_bin.tolist() == [0, 2, 3, 5, 8]
    assert joined.o["load"].tolist() == [1.0, 2.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0]


def x_of(**values):
    found = np.zeros(
        2, dtype=[(n, float, np.shape(v)[1:] if np.ndim(v) > 1 else ()) for n, v in values.items()]
    )
    for n, v in values.items():
        found[n] = v
    return found


@pytest.mark.parametrize(
    ("change", "amounts", "becomes", "held"),
    [
        (Change("a", "set", 1.0, 2.0, 3.0), "low", (1.0, 1.0), None),
        (Change("a", "add", 1.0, 2.0, 3.0), "high", (13.0, 23.0), None),
        (Change("a", "scale", 1.1, 1.2, 1.4), "likely", (12.0, 24.0), None),
        (Change("a", "add", 1.0, 2.0, 3.0), {0: np.array([4.0, -5.0])}, (14.0, 15.0), None),
        (
            Change("a", "set", 18.0, 18.0, 18.0, at_most=15.0),
            "likely",
            (15.0, 20.0),
            (18.0, 15.0),
        ),  # the second is better already
        (Change("a", "set", 14.0, 14.0, 14.0, at_most=15.0), "likely", (14.0, 20.0), None),
        (Change("a", "add", 2.0, 2.0, 2.0, at_most=11.0), "likely", (11.0, 20.0), (12.0, 11.0)),
        (Change("a", "set", 5.0, 5.0, 5.0, at_least=12.0), "likely", (10.0, 12.0), (5.0, 10.0)),
        (Change("a", "scale", 0.7, 0.8, 0.9, at_least=7.0), "likely", (8.0, 16.0), None),
    ],
)
def test_changes_and_their_caps(change, amounts, becomes, held):
    new, caps = rows.changed_rows(x_of(a=[10.0, 20.0]), [change], amounts)
    assert new["a"] == pytest.approx(becomes)
    assert [(c.variable, c.wanted, c.reached) for c in caps] == ([] if held is None else [("a", *held)])


def test_a_change_between_two_caps_and_of_places():
    both = Change("a", "set", 3.0, 3.0, 3.0, at_most=15.0, at_least=12.0)
    new, caps = rows.changed_rows(x_of(a=[20.0, 13.0]), [both])
    assert new["a"].tolist() == [20.0, 13.0]  # raised at most to 15, and never lowered
    assert [(c.wanted, c.reached) for c in caps] == [(3.0, 20.0)]
    of_places = Change("r", "add", 1.0, 2.0, 3.0)
    new, _ = rows.changed_rows(
        x_of(r=[[1.0, 5.0], [7.0, 9.0]]),
        [Change("r", "scale", 1.0, 1.0, 1.0), of_places],
        {0: np.ones(2), 1: np.array([0.5, -2.0])},
    )
    assert new["r"].tolist() == [[1.5, 5.5], [5.0, 7.0]]


class Inputs:
    """Inputs a, r (three places), c (an integer), n (optional, not given), and one operating variable."""

    def __init__(self) -> None:
        own = {"optional": True, "is_integer": False, "default": None}
        self.all = {
            "input": [
                fields(name=n, **{**own, "is_integer": n == "c", "optional": n != "a"})
                for n in ("a", "r", "c", "n")
            ],
            "operating": [fields(name="load", default=0.9), fields(name="air", default=None)],
        }

    def with_role(self, role):
        return self.all[role]

    def zeros(self, kind, n):
        kinds = {
            "x": [("a", float), ("r", float, 3), ("c", int), ("n", float)],
            "o": [("load", float), ("air", float)],
        }
        return np.zeros(n, dtype=kinds[kind])


def test_records_of_a_plant_and_its_year():
    row = rows.plant_row(Inputs(), {"a": Value(4.0), "r": Value((5.0, 6.0))})
    assert (row["a"].tolist(), row["r"].tolist(), row["c"].tolist()) == ([4.0], [[5.0, 6.0, 0.0]], [0])
    assert math.isnan(row["n"][0])
    assert math.isnan(rows.plant_row(Inputs(), {"a": Value(4.0)})["r"][0][0])
    points = [
        [fields(hours=Value(3.0), values={"load": Value(0.5)}), fields(hours=Value(4.0), values={})],
        [fields(hours=Value(5.0), values={"air": Value(7.0)})],
    ]
    year = rows.year_of(Inputs(), points)
    assert year.o["load"].tolist() == [0.5, 0.9, 0.9]
    assert np.isnan(year.o["air"]).tolist() == [True, True, False]
    assert (year.seconds.tolist(), year.first_bin.tolist()) == ([3.0, 4.0, 5.0], [0, 2, 3])
    plants = [fields(values={"a": Value(v)}, operation=points[k]) for k, v in enumerate((4.0, 8.0))]
    x, both = rows.plant_rows(Inputs(), plants)
    assert (x["a"].tolist(), both.first_bin.tolist()) == ([4.0, 8.0], [0, 2, 3])
    assert len(rows.plant_rows(Inputs(), [])[0]) == 0


def test_an_input_that_was_not_given_holds_nothing_back():
    new, caps = rows.changed_rows(x_of(a=[NAN, 9.0]), [Change("a", "set", 6.0, 6.0, 6.0, at_most=8.0)])
    assert (new["a"].tolist(), caps) == ([6.0, 9.0], [])


def test_size_of_chunks():
    """Four to a thread, between 256 and 4096 rows; one thread takes the most."""
    assert [chunks.chunk_size(n, 2) for n in (10, 2049, 16_001, 10**6)] == [256, 257, 2001, 4096]
    assert chunks.chunk_size(10, 1) == 4096


@pytest.mark.parametrize(("threads", "ahead", "most"), [(2, 0, 3), (2, 3, 6), (1, 5, 1)])
def test_no_more_jobs_are_begun_than_may_wait(threads, ahead, most):
    begun = []

    def jobs():
        for n in range(9):
            begun.append(n)
            yield n

    running = chunks.in_order(jobs(), lambda n: 10 * n, threads, ahead)
    assert next(running) == 0
    assert len(begun) == most
    assert list(running) == [10 * n for n in range(1, 9)]


def test_threads(monkeypatch):
    monkeypatch.setenv("PLANTSIM_THREADS", "5")
    assert [chunks.thread_count(n) for n in (None, 0, 3, -2)] == [5, 5, 3, 1]
    for word in ("0", "x", ""):
        monkeypatch.setenv("PLANTSIM_THREADS", word)
        monkeypatch.setattr(chunks.os, "sched_getaffinity", lambda pid: {1, 2, 3}, raising=False)
        assert chunks.thread_count() == 3
    monkeypatch.setattr(chunks.os, "sched_getaffinity", lambda pid: set(), raising=False)
    assert chunks.thread_count() == 1
    monkeypatch.delattr(chunks.os, "sched_getaffinity")
    monkeypatch.setattr(chunks.os, "cpu_count", lambda: 6)
    assert chunks.thread_count() == 6


def test_rows_are_solved_chunk_by_chunk():
    declaration = fields(zeros=lambda kind, n: np.zeros(n, dtype=[("status", int), ("place", float)]))
    x, told = np.zeros(7), []

    def entry(x, d, o, first_bin, y, start, stop):
        told.append((start, stop))
        d["place"][start:stop] = range(start, stop)
        y["status"][start : min(stop, 6)] = OK

    progress = []
    d, y = chunks.solve_rows(
        entry, declaration, x, np.zeros(7), np.arange(8), 1, 3, lambda done, of: progress.append((done, of))
    )
    assert told == [(0, 3), (3, 6), (6, 7)]
    assert progress == [(3, 7), (6, 7), (7, 7)]
    assert d["place"].tolist() == list(range(7))
    assert y["status"].tolist() == [OK] * 6 + [NOT_RUN]


def test_a_block_of_a_batch():
    block = Block(1, 4, 9)
    assert (block.rows, block.row) == (slice(4, 9), 4)
