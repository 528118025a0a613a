"""Plants of a ranking by hand: ledgers of a year, rows as they are, bundles, retirements, single points."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine import evaluate, operating, plant_rows
from plantsim.engine.carbon import CarbonRule
from plantsim.engine.factors import Factors
from plantsim.engine.rows import Year
from plantsim.library import library
from plantsim.vocabulary.case import Origin, Value
from plantsim.vocabulary.problems import BadInput
from plantsim.vocabulary.status import OK
from plantsim.vocabulary.tables import Column, Table

NAN = math.nan


# ---------------------------------------------------------------- a year


def flows(*of):
    """Outputs: (name, carrier or None, direction)."""
    outputs = [
        fields(name=n, ledger=None if c is None else fields(carrier=c, direction=s), length=0)
        for n, c, s in of
    ]
    return fields(with_role=lambda role: outputs)


def test_flows_of_one_carrier_add_up_with_their_direction():
    """Coal in by two flows, power out by one and in by another; a temperature is no flow."""
    declared = flows(
        ("a", "coal", 1), ("b", "coal", 1), ("out", "power", -1), ("own", "power", 1), ("t", None, 0)
    )
    yearly = {
        "a": np.array([5.0, 6.0, 7.0]),
        "b": np.array([2.0, NAN, NAN]),
        "out": np.array([9.0, NAN, 4.0]),
        "own": np.array([1.0, 3.0, NAN]),
        "t": 0.0,
    }
    ledger = evaluate.ledger_of(declared, yearly)
    assert ledger["coal"][0] == 7.0
    assert ledger["power"][0] == -8.0
    assert np.isnan(ledger["coal"][1:]).tolist() == np.isnan(ledger["power"][1:]).tolist() == [True, True]
    known = evaluate.known_flows(declared, yearly)
    assert known["coal"].tolist() == [7.0, 6.0, 7.0]
    assert known["power"].tolist() == [-8.0, 3.0, -4.0]
    nothing = evaluate.known_flows(
        flows(("a", "coal", 1), ("b", "coal", 1)), {"a": np.array([NAN]), "b": np.array([NAN])}
    )
    assert math.isnan(nothing["coal"][0])


def test_twins_are_the_same_bit_by_bit():
    x = np.array([(1.0,), (2.0,), (1.0,), (1.0,), (1.0,)], dtype=[("a", float)])
    o = np.array([(5.0,), (5.0,), (5.0,), (6.0,), (5.0,)], dtype=[("load", float)])
    year = Year(o, np.array([3.0, 3.0, 3.0, 3.0, 4.0]), np.arange(6))
    first, same = evaluate.distinct(x, year)
    assert first.tolist() == [0, 1, 3, 4]
    assert same.tolist() == [0, 1, 0, 2, 3]


def test_plants_by_process_and_their_weakest_evidence(monkeypatch):
    monkeypatch.setattr(evaluate, "names", lambda: ("a", "b"))
    plants = [fields(id=n, process=p) for n, p in (("1", "b"), ("2", "c"), ("3", "a"), ("4", "b"))]
    found = evaluate.by_process(plants)
    assert [(p, [m.id for m in of]) for p, of in found.items()] == [("a", ["3"]), ("b", ["1", "4"])]
    values = {
        n: Value(1.0, origin=Origin(evidence=w)) for n, w in (("x", "measured"), ("y", "assumed"), ("z", ""))
    }
    plant = fields(values=values)
    assert evaluate.value_evidence(plant) == "assumed"
    assert evaluate.value_evidence(plant, ["x", "z", "none"]) == "measured"
    solved = {True: [OK, OK], False: [OK, 3]}
    assert [evaluate.all_ok(fields(y={"status": np.array(s)})) for s in solved.values()] == [True, False]
    of = fields(yearly={"a": np.array([1.0])}, x={"a": np.array([2.0]), "b": np.array([3.0])})
    assert (evaluate.figure_of(of, "a")[0], evaluate.figure_of(of, "b")[0]) == (1.0, 3.0)


def test_a_row_as_a_plain_record():
    declaration = fields(
        with_role=lambda role: [fields(name="q", length=0), fields(name="r", length=3)],
        name_of_code=lambda code: f"v{code}",
    )
    y = {"q": np.array([1.0, 2.0, 3.0])}
    solved = evaluate.Solved(
        declaration,
        None,
        None,
        Year(np.zeros(3), np.array([9.0, 4.0, 5.0]), np.array([0, 1, 3])),
        y,
        np.array([OK, 3]),
        np.array([0, 7]),
        {"q": np.array([1.0, 5.0])},
        {"coal": np.array([2.0, 6.0])},
        {"i": np.array([3.0, 7.0])},
        {},
    )
    second = solved.outcome(1, "works", "public")
    assert (second.plant, second.blame, second.seconds, second.evidence) == ("works", "v7", 9.0, "public")
    assert (second.yearly, second.ledger, second.indicators, second.points) == (
        {"q": 5.0},
        {"coal": 6.0},
        {"i": 7.0},
        {"q": (2.0, 3.0)},
    )
    assert (solved.outcome(0, "a").blame, solved.outcome(0, "a").status) == ("", "ok")


# ---------------------------------------------------------------- rows and bundles


@pytest.mark.parametrize(("record", "agrees"), [(102.0, True), (102.1, False), (98.0, True), (97.9, False)])
def test_a_record_agrees_within_two_standard_uncertainties(monkeypatch, record, agrees):
    monkeypatch.setattr(plant_rows, "yearly_record", lambda plant, name: Value(record, sd=1.0))
    assert plant_rows._against_record(None, None, "i", 100.0) == (pytest.approx(100 - record), agrees)
    gap, unknown = plant_rows._against_record(None, None, "i", NAN)
    assert (math.isnan(gap), unknown) == (True, False)
    monkeypatch.setattr(plant_rows, "yearly_record", lambda plant, name: Value(200.0))
    lib = fields(data=lambda *_: {"record": {"relative": {"value": 0.01}}})
    assert [plant_rows._against_record(None, lib, "i", v)[1] for v in (203.9, 204.1)] == [True, False]
    monkeypatch.setattr(plant_rows, "yearly_record", lambda plant, name: None)
    assert plant_rows._against_record(None, None, "i", 100.0)[1] is False


def retirement(replacement=None, cancels=False):
    return fields(id="r", retrofit="r", replacement=replacement, cancels_capacity=cancels)


def test_what_retiring_saves_against_its_replacement():
    """Product 8 at 70 elsewhere: 560 of 900 by equivalent value, of 1300 by equal value."""
    base = fields(product=8.0, energy=900.0, energy_equal_value=1300.0, level="worse", ultra_low=True)
    plan = fields(plant=fields(id="p"))
    found = plant_rows._retired_bundle(None, plan, [retirement(), retirement(Value(70.0), True)], base)
    assert (found.saving, found.saving_shared, found.saving_shared_equal_value, found.sum_of_parts) == (
        340.0,
        340.0,
        740.0,
        340.0,
    )
    assert (found.cancelled, found.retired, found.level_after, found.ultra_low, found.proposals) == (
        True,
        True,
        "worse",
        True,
        ("r", "r"),
    )
    nowhere = plant_rows._retired_bundle(None, plan, [retirement()], base)
    assert (nowhere.saving, nowhere.saving_shared_equal_value, nowhere.cancelled) == (0.0, 0.0, False)


class Group:
    """A plant of two measures that can be done together, and one retirement."""

    def __init__(self, monkeypatch, status=OK):
        self.savings = {"A": 5.0, "B": 3.0, "AB": 7.0}
        shelf = {
            "m": fields(kind="energy", completes=("ultra_low_emission",)),
            "n": fields(kind="energy", completes=()),
            "r": fields(kind="retire", completes=()),
        }
        proposals = [fields(id="m1", retrofit="m"), fields(id="n1", retrofit="n"), retirement()]
        self.plan = fields(
            plant=fields(id="p", process="q", proposals=proposals), together=frozenset({0, 1}), before="now", done="AB",
            alone={0: {"likely": "A"}, 1: {"likely": "B"}},
        )  # fmt: skip
        ledgers = {"AB": {"heat": np.array([-9.0]), "coal": np.array([40.0])}}
        self.group = fields(
            lib=fields(
                retrofits=lambda process: shelf,
                indicators=lambda process: {
                    "i": fields(convention_of=""),
                    "j": fields(convention_of="i"),
                    "k": fields(convention_of="x"),
                },
            ),
            status=lambda *blocks: {("now", "AB"): (status, "b")}[blocks],
            compare=lambda plan, block, together=False: fields(
                saving=np.array([self.savings[block] - 0.5 * together]),
                saving_equal_value=np.array([11.0]),
                carbon=np.array([13.0]),
                after=np.array([95.0]),
            ),
            trade=lambda plant, together=False: fields(after={"heat": 6.0 if together else 7.0}),
            batch=fields(
                ledger=ledgers.__getitem__,
                declaration=fields(process="q"),
                first=lambda block: (block, {"AB": 1, "now": 0}[block]),
                indicator=lambda block, name: np.array([{("AB", "j"): 96.0}[block, name]]),
            ),
        )
        # what stands at the stack beside its limits has tests of its own
        monkeypatch.setattr(plant_rows, "_stack", lambda *_, **__: {}, raising=False)
        monkeypatch.setattr(plant_rows, "rule_of", lambda lib, process: "rule")
        monkeypatch.setattr(plant_rows, "worst_ratio", lambda rule, solved: np.array([0.4, 0.9]))
        monkeypatch.setattr(
            plant_rows, "completed", lambda rule, plant, ratio, completing: (rule, ratio, completing)
        )


def test_all_that_can_be_done_together(monkeypatch):
    """7 of 8 together, half of that less where all plants share a sink that takes 6 of heat."""
    case = Group(monkeypatch)
    base = fields(threshold=fields(benchmark=96.0, baseline=None), level="worse", indicator="i")
    found = plant_rows.bundle_row(case.group, case.plan, base)
    assert (found.proposals, found.status, found.after, found.level_after) == (
        ("m1", "n1"),
        "ok",
        95.0,
        "benchmark",
    )
    assert (found.saving, found.sum_of_parts, found.saving_shared) == (7.0, 8.0, 6.5)
    assert (found.saving_shared_equal_value, found.carbon_shared) == (11.0, 13.0)
    assert found.ledger == {"heat": -6.0, "coal": 40.0}
    assert (found.ultra_low, found.conventions) == (("rule", 0.9, True), {"j": 96.0})
    assert plant_rows._ultra_low(case.group, case.plan, done=False) == ("rule", 0.4, False)
    failed = Group(monkeypatch, 3)
    assert plant_rows.bundle_row(failed.group, failed.plan, base).level_after == "worse"
    case.plan.together = frozenset({1})
    assert plant_rows._ultra_low(case.group, case.plan, done=True)[2] is False
    case.plan.together = frozenset()
    base = fields(product=8.0, energy=900.0, energy_equal_value=1300.0, level="worse", ultra_low=None)
    assert plant_rows.bundle_row(case.group, case.plan, base).retired
    case.plan.plant.proposals = case.plan.plant.proposals[:2]
    assert plant_rows.bundle_row(case.group, case.plan, base) is None


def test_factors_add_up_a_ledger():
    """Taken in counts, given out is subtracted; what is sold at another price is paid at that."""
    f = Factors(
        {"coal": 1.1, "power": 1.3},
        {},
        {},
        {"coal": 3.0, "power": 11.0, "heat": 5.0},
        {},
        "",
        sold={"power": 8.0, "heat": 4.0, "tar": 9.0},
    )
    ledger = {
        "coal": np.array([50.0, 50.0]),
        "power": np.array([20.0, -6.0]),
        "heat": np.array([-2.0, 3.0]),
        "tar": np.array([-1.0, -1.0]),
    }
    assert f.total("equivalent", ledger) == pytest.approx([55 + 26.0, 55 - 7.8])
    assert f.money(ledger) == pytest.approx([150 + 220 - 8, 150 - 48 + 15.0])
    assert f.total("equivalent", {}) == 0.0
    assert CarbonRule(frozenset()).basis == "default"


# ---------------------------------------------------------------- single points


def points(n=3):
    o = np.array([(0.9, 300.0), (0.7, 300.0), (0.7, NAN)][:n], dtype=[("load", float), ("air", float)])
    variables = [
        fields(name="load", options={}, default=1.0),
        fields(name="air", options={}, default=300.0),
        fields(name="way", options={"a": 0}, default=0),
    ]
    declaration = fields(with_role=lambda role: variables)
    return fields(declaration=declaration, year=Year(o, np.ones(n), np.array([0, 1, n])))


def test_what_tells_a_point_from_the_others(monkeypatch):
    solved = points()
    o = np.array(
        [(0.9, 300.0, 0), (0.7, 300.0, 0), (0.7, NAN, 1)],
        dtype=[("load", float), ("air", float), ("way", int)],
    )
    solved.year = Year(o, np.ones(3), np.array([0, 1, 3]))
    assert operating.state_of(solved, 0, 0) == {"load": 0.9}
    assert operating.state_of(solved, 1, 1) == {
        "load": 0.7,
        "air": 300.0,
    }  # the other one of the row is not known
    assert operating.state_of(solved, 1, 2) == {"load": 0.7}
    plain = Year(np.array([(1.0, 300.0, 0)], dtype=o.dtype), np.ones(1), np.array([0, 1]))
    assert operating.state_of(fields(declaration=solved.declaration, year=plain), 0, 0) == {}


def test_points_that_are_asked_for():
    solved = points()
    of = operating.points_of
    assert (of("", solved, 1), of("1", solved, 1), of("2", solved, 1), of("3", solved, 1)) == (
        [1],
        [1],
        [2],
        [],
    )
    assert (of("all", solved, 1), of("mean", solved, 1), of("all", solved, 0)) == ([1, 2], [], [0])
    results = {"q": ([fields(operation=[0]), fields(operation=[0, 0])], solved)}
    for word in ("", "1", "2", "mean", "all"):
        operating.check_point(word, results)
    for word in ("0", "3", "x", "-1", "²"):
        with pytest.raises(BadInput) as error:
            operating.check_point(word, results)
        (problem,) = error.value.problems
        assert (problem.code, problem.fields["given"], int(problem.fields["count"])) == (
            "point_unknown",
            word,
            2,
        )


def test_records_of_single_points(monkeypatch):
    """The second point of the second plant is solved, the third failed: its status, what is blamed, and no outputs."""
    lib = library()
    v = fields(name="power", length=0, options={}, unit="MW", quantity="power")
    row = fields(name="row", length=3, options={}, unit="MW", quantity="power")
    load = fields(name="load", options={}, default=1.0, unit="%", quantity="fraction")
    declaration = fields(
        process="q",
        with_role=lambda role: [load] if role == "operating" else [v, row],
        variables={"load": load},
        name_of_code=lambda code: f"v{code}",
    )
    o = np.array([(1.0,), (0.9,), (0.7,)], dtype=[("load", float)])
    y = {
        "status": np.array([OK, OK, 3]),
        "status_variable": np.array([9, 9, 7]),
        "power": np.array([1e6, 2e6, 3e6]),
    }
    solved = fields(
        declaration=declaration, y=y, year=Year(o, np.array([3600.0, 7200.0, 1800.0]), np.array([0, 1, 3]))
    )
    monkeypatch.setattr(
        operating,
        "tables_at",
        lambda solved, row, point: [Table("t", {}, (Column("p", {}, "MPa", 0),), ((float(point),),))],
    )
    plants = [
        fields(id=n, values={"a": Value(1.0, origin=Origin(evidence="public"))}, operation=[0])
        for n in ("first", "second")
    ]
    found = operating.point_records({"q": (plants, solved)}, lib)
    shown = [
        (r["plant"], r["point"], r["status"] == "ok", r["blame"], r["kind"], r["name"], r["value"], r["unit"])
        for r in found
    ]
    assert shown == [
        ("first", 1, True, "", "operating", "hours", 1.0, "h"),
        ("first", 1, True, "", "point", "power", pytest.approx(1.0), "MW"),
        ("first", 1, True, "", "table", "t.p", 0.0, "MPa"),
        ("second", 1, True, "", "operating", "hours", 2.0, "h"),
        ("second", 1, True, "", "operating", "load", pytest.approx(90.0), "%"),
        ("second", 1, True, "", "point", "power", pytest.approx(2.0), "MW"),
        ("second", 1, True, "", "table", "t.p", 1.0, "MPa"),
        ("second", 2, False, "v7", "operating", "hours", 0.5, "h"),
        ("second", 2, False, "v7", "operating", "load", pytest.approx(70.0), "%"),
    ]
    assert {r["evidence"] for r in found} == {"public"}
    only = operating.point_records({"q": (plants, solved)}, lib, "2")
    assert {(r["plant"], r["point"]) for r in only} == {("second", 2)}


def test_tables_of_a_point_that_was_solved(monkeypatch):
    solved = fields(
        declaration=fields(process="q"),
        y={"status": np.array([OK, 3])},
        x=["x0"],
        d=["d0"],
        year=fields(o=["o0", "o1"]),
    )
    y = np.array([(OK,), (3,)], dtype=[("status", int)])
    solved.y = y
    monkeypatch.setattr(
        operating, "load", lambda process: fields(tables=lambda x, d, o, y: (x, d, o, int(y["status"])))
    )
    assert operating.tables_at(solved, 0, 0) == ["x0", "d0", "o0", OK]
    assert operating.tables_at(solved, 0, 1) == []
    monkeypatch.setattr(operating, "load", lambda process: fields(tables=None))
    assert operating.tables_at(solved, 0, 0) == []


def test_numbers_of_a_table():
    """Named by their row where there are several; words and gaps are no numbers."""
    columns = tuple(Column(k, {}, u, 0) for k, u in (("name", ""), ("p", "MPa"), ("t", "K")))
    several = Table("steam", {}, columns, (("a", 1.0, None), ("b", 2.0, NAN)))
    assert operating._cells(several) == [
        ("steam.a.p", 1.0, "MPa"),
        ("steam.b.p", 2.0, "MPa"),
        ("steam.b.t", None, "K"),
    ]
    one = Table("whole", {}, columns, (("a", 1.0, 7),))
    assert operating._cells(one) == [("whole.p", 1.0, "MPa"), ("whole.t", 7.0, "K")]
