"""Calibration by hand: uncertainties, contradictions, a fit in closed form, what cannot be fitted."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine import calibrate
from plantsim.engine.calibrate import Calibration, Compared, Unknown
from plantsim.library import library
from plantsim.vocabulary.case import OperatingPoint, Origin, Plant, Reported, Value
from plantsim.vocabulary.declarations import Variable
from plantsim.vocabulary.problems import BadInput, Problems
from plantsim.vocabulary.status import OK

NAN = math.nan
UNCERTAINTY = {"record": {"relative": {"value": 0.013}}}


def told(si, sd=None, evidence="", method="", text=""):
    return Value(si, "", Origin(evidence=evidence, method=method, text=text), sd)


def plant_of(record=(), values=None, **more) -> Plant:
    own = {"record": tuple(record), "fit": (), "operation": (), **more}
    return Plant("works", {}, "p", "", None, "", Value(8e4), values or {}, **own)


def house(variables=(), indicators=()):
    of = {v.name: v for v in variables}
    declaration = fields(
        variables=of,
        with_role=lambda role: [v for v in variables if v.role == role],
        name_of_code=lambda code: {7: "wall"}[code],
        process="p",
    )
    return fields(
        data=lambda *_: UNCERTAINTY,
        declaration=lambda p: declaration,
        indicators=lambda p: dict.fromkeys(indicators),
        units=library().units,
    )


def test_a_figure_s_own_uncertainty_or_a_share_of_it():
    assert calibrate.record_sd(told(-200.0), house()) == pytest.approx(2.6)
    assert calibrate.record_sd(told(-200.0, 0.7), house()) == 0.7
    assert calibrate.record_sd(told(-200.0, 0.0), house()) == pytest.approx(2.6)


def test_figures_of_one_quantity_at_one_place_contradict_each_other():
    at = {"load": told(0.5), "air": told(3.0)}
    turned = {"air": told(3.0), "load": told(0.5)}
    record = [
        Reported("a", told(50.0, 3.0)),
        Reported("b", told(51.0)),
        Reported("a", told(57.0, 4.0)),
        Reported("a", told(9.0), at),
        Reported("a", told(10.0, 0.4), turned),
        Reported("a", told(9.0), {"load": told(0.6), "air": told(3.0)}),
    ]
    found = calibrate.contradictions(plant_of(record), house())
    assert [(c.first.value.si, c.second.value.si, c.difference) for c in found] == [
        (50.0, 57.0, -7.0),
        (9.0, 10.0, -1.0),
    ]
    assert found[0].sd == pytest.approx(5.0)
    assert found[1].sd == pytest.approx(math.hypot(9 * 0.013, 0.4))


def test_a_test_stands_for_one_hour_at_what_it_was_run_at():
    base = OperatingPoint(told(7e6), {"load": told(1.0), "air": told(3.0)})
    point = calibrate._test_point(
        plant_of(operation=(base, None)), Reported("a", told(1.0), {"load": told(0.5)})
    )
    assert point.hours.si == 3600.0
    assert {n: v.si for n, v in point.values.items()} == {"load": 0.5, "air": 3.0}


def test_figures_of_the_model():
    """A yearly integral as its mean in operation: 600 over 2 + 4 s, 90 over 9 s."""
    variables = {"sum": fields(yearly="integral"), "mean": fields(yearly="mean")}
    year = fields(seconds=np.array([2.0, 4.0, 9.0]), first_bin=np.array([0, 2, 3]))
    yearly = {"sum": np.array([600.0, 90.0]), "mean": np.array([5.0, 6.0])}
    solved = fields(
        indicators={"i": np.array([1.0, 2.0])},
        declaration=fields(variables=variables),
        year=year,
        yearly=yearly,
    )
    assert calibrate.model_figure(solved, "i").tolist() == [1.0, 2.0]
    assert calibrate.model_figure(solved, "mean").tolist() == [5.0, 6.0]
    assert calibrate.model_figure(solved, "sum").tolist() == [100.0, 10.0]


def variable(name, role="input", **more):
    return Variable(name, role, "temperature", "degC", **more)


def test_which_figures_the_model_computes():
    variables = [
        variable("out", "output", yearly="mean"),
        variable("row", "output", yearly="mean", length=3),
        variable("once", "output"),
        variable("inp", yearly="mean"),
    ]
    record = [Reported(n, told(1.0)) for n in ("i", "out", "row", "once", "inp", "x")]
    record.append(Reported("i", Value((1.0, 2.0))))
    found = calibrate.comparable(plant_of(record), house(variables, ["i"]))
    assert [f.name for f in found] == ["i", "out"]


def test_measured_inputs_are_figures():
    """One that only measures counts always; one that the model needs where it was measured."""
    of = {"measures": "out", "measures_at": {"load": 0.5}}
    variables = [
        variable("a", optional=True, **of), variable("b", measures="out"), variable("c", measures="out"), variable("d"),
        variable("e", optional=True, measures="out"), variable("f", measures="out"),
    ]  # fmt: skip
    values = {
        "a": told(3.0, 0.2),
        "b": told(4.0, evidence="measured"),
        "c": told(5.0, evidence="assumed"),
        "d": told(6.0, evidence="measured"),
        "e": told(NAN),
    }
    found = calibrate.measured_figures(plant_of(values=values), house(variables))
    assert [(f.name, f.value.si) for f in found] == [("out", 3.0), ("out", 4.0)]
    place = found[0].at["load"]
    assert (place.si, place.sd, place.origin.text) == (0.5, None, "0.5")
    assert found[1].at == {}


def test_what_may_be_fitted():
    variables = [
        variable("a", fitted=True),
        variable("b"),
        variable("c", fitted=True),
        variable("d", fitted=True),
    ]
    plant = plant_of(values={"a": told(1.0), "b": told(1.0), "c": told(NAN)})
    lib = house(variables)
    assert calibrate.default_unknowns(plant, lib) == ("a",)
    calibrate._may_be_fitted(plant, lib, "a")
    for name in ("b", "c", "d", "x"):
        with pytest.raises(BadInput) as error:
            calibrate._may_be_fitted(plant, lib, name)
        (problem,) = error.value.problems
        assert (problem.code, problem.fields["name"], problem.fields["known"]) == (
            "calibrate_cannot_fit",
            name,
            "a",
        )


class Line:
    """A model of two figures: u + 2 v and 3 u - v of unknowns u and v, from given 10 and 4."""

    unknowns = ("u", "v")

    def __init__(self, figures):
        self.figures = figures
        self.declaration = fields(
            variables={"u": variable("u", bounds=(0.0, 100.0)), "v": variable("v", bounds=(0.0, 100.0))},
            name_of_code=lambda code: "wall",
        )
        self.failed = (OK, 0)

    def values(self, rows):
        u, v = rows.T
        return np.stack([u + 2 * v, 3 * u - v], axis=1)


GIVEN = np.array([10.0, 4.0])
WIDTH = np.array([1.5, 0.8])
SLOPES = np.array([[1.0, 2.0], [3.0, -1.0]])


def fit_line(records, sds, bounds=None, monkeypatch=None):
    figures = tuple(Reported(n, told(r, s)) for n, r, s in zip("fg", records, sds, strict=True))
    model = Line(figures)
    for name, of in (bounds or {}).items():
        model.declaration.variables[name] = variable(name, bounds=of)
    values = {n: told(g, w, text=f"{g:g}") for n, g, w in zip("uv", GIVEN, WIDTH, strict=True)}
    before = model.values(GIVEN[None, :])[0]
    return calibrate._fit(plant_of(figures, values), house(), model, GIVEN, before)


def test_a_fit_in_closed_form():
    """(S'R^-1 S + W^-2) dz = S'R^-1 (record - model): normal equations of figures and of what was known."""
    record, sd = np.array([21.0, 24.5]), np.array([0.9, 0.6])
    found = fit_line(record, sd)
    left = record - SLOPES @ GIVEN
    normal = SLOPES.T @ np.diag(sd**-2) @ SLOPES + np.diag(WIDTH**-2)
    fitted = GIVEN + np.linalg.solve(normal, SLOPES.T @ (left / sd**2))
    spread = np.sqrt(np.diag(np.linalg.inv(normal)))
    assert [u.fitted for u in found.unknowns] == pytest.approx(fitted, rel=1e-6)
    assert [u.sd for u in found.unknowns] == pytest.approx(spread, rel=1e-6)
    assert [(u.name, u.given, u.width, u.at_bound) for u in found.unknowns] == [
        ("u", 10.0, 1.5, False),
        ("v", 4.0, 0.8, False),
    ]
    after = SLOPES @ fitted
    for c, before, then, r, s in zip(found.figures, SLOPES @ GIVEN, after, record, sd, strict=True):
        assert (c.before, c.sd) == (pytest.approx(before), s)
        assert c.after == pytest.approx(then, rel=1e-6)
        assert c.pull == pytest.approx((then - r) / s, rel=1e-5)
    new = found.plant.values["u"]
    assert (new.si, new.sd, found.plant.fit) == (found.unknowns[0].fitted, found.unknowns[0].sd, ())
    assert new.origin.note == "[calibration] 10 -> [record]"


def test_a_fit_stops_at_its_bounds():
    """u would rise; it may go to 10.2 only. v is then fitted alone: one unknown of a straight line."""
    record, sd = np.array([21.0, 29.5]), np.array([0.9, 0.6])
    found = fit_line(record, sd, {"u": (0.0, 10.2)})
    assert [u.at_bound for u in found.unknowns] == [True, False]
    assert found.unknowns[0].fitted == pytest.approx(10.2, rel=1e-6)
    left = record - SLOPES @ np.array([10.2, 4.0])
    slope = SLOPES[:, 1]
    v = 4 + np.sum(slope * left / sd**2) / (np.sum(slope**2 / sd**2) + 0.8**-2)
    assert found.unknowns[1].fitted == pytest.approx(v, rel=1e-5)
    low = fit_line(np.array([15.0, 24.5]), sd, {"v": (3.9, 9.0)})
    assert low.unknowns[1].at_bound
    assert low.unknowns[1].fitted == pytest.approx(3.9, rel=1e-6)


def test_the_search_turns_back_where_the_model_has_no_solution(monkeypatch):
    """It would go on to u = 13; beyond 10.6 there is no solution, and at the brink only one side has a slope."""
    own = Line.values

    def values(self, rows):
        found = own(self, rows)
        found[rows[:, 0] > 10.6] = NAN
        return found

    free = fit_line(np.array([30.0, 34.5]), np.array([0.9, 0.6]))
    assert free.unknowns[0].fitted > 12.0
    monkeypatch.setattr(Line, "values", values)
    found = fit_line(np.array([30.0, 34.5]), np.array([0.9, 0.6]))
    assert 10.2 < found.unknowns[0].fitted <= 10.6
    assert math.isfinite(found.figures[0].after)
    assert all(math.isfinite(u.sd) for u in found.unknowns)


class Square:
    """One figure, the square of u, known to be 3 with 0.5."""

    unknowns = ("u",)
    failed = (OK, 0)

    def __init__(self, figures):
        self.figures = figures
        self.declaration = fields(variables={"u": variable("u", bounds=(0.1, 100.0))})

    def values(self, rows):
        return rows**2


def test_a_fit_of_a_curve_takes_the_slope_where_it_ends():
    """(u^2 - 14)^2 / 1.2^2 + (u - 3)^2 / 0.5^2 is least where 2 u (u^2 - 14)/1.44 + (u - 3)/0.25 is 0."""
    figures = (Reported("f", told(14.0, 1.2)),)
    plant = plant_of(figures, {"u": told(3.0, 0.5, text="3")})
    found = calibrate._fit(plant, house(), Square(figures), np.array([3.0]), np.array([9.0]))
    low, high = 3.0, 4.0
    for _ in range(60):
        u = 0.5 * (low + high)
        low, high = (u, high) if 2 * u * (u * u - 14) / 1.44 + (u - 3) / 0.25 < 0 else (low, u)
    (one,) = found.unknowns
    assert one.fitted == pytest.approx(u, rel=1e-6)
    assert one.sd == pytest.approx(1 / math.sqrt((2 * u / 1.2) ** 2 + 4), rel=1e-5)


class Works:
    """A process of one input a: indicator i is 4 a + 2 load; it has no solution below a = 1. A sheet leaves a = 2.5."""

    def __init__(self, monkeypatch):
        self.variables = [
            variable("a", fitted=True, bounds=(0.0, 9.0)),
            variable("m", measures="i", optional=True),
        ]
        fakes = {
            "names": lambda: ("p",),
            "load": lambda process: process,
            "plant_row": lambda declaration, values: self.row(values),
            "year_of": lambda declaration, plans: (plans[0][0].values["load"].si, plans[0][0].hours.si),
            "repeat_year": lambda year, row, times: (*year, times),
            "join_records": np.concatenate,
            "solve_process": self.solve,
            "model_figure": lambda solved, name: solved.indicators[name],
            "status_name": lambda code: f"status {code}",
        }
        for name, fake in fakes.items():
            monkeypatch.setattr(calibrate, name, fake)
        self.lib = house(self.variables, ["i"])
        self.hours = []

    def row(self, values):
        given = values["a"].si
        return np.array([(given,)], dtype=[("a", float)])

    def solve(self, process, lib, x, year, threads):
        self.hours.append(year[1])
        x = x.copy()
        x["a"] = np.where(np.isnan(x["a"]), 2.5, x["a"])
        bad = x["a"] < 1.0
        figure = np.where(bad, NAN, 4 * x["a"] + 2 * year[0])
        return fields(status=np.where(bad, 3, OK), blame=np.where(bad, 7, 0), indicators={"i": figure}, x=x)

    def plant(self, a, record, **more):
        point = OperatingPoint(told(9.0), {"load": told(0.5)})
        return plant_of(record, {"a": told(a, 0.3), **more}, operation=(point,))


def test_a_model_is_asked_at_the_place_of_each_figure(monkeypatch):
    """4 * 2 + 2 * 0.5 in the year, 4 * 2 + 2 * 0.8 in the test; the test stands for an hour."""
    works = Works(monkeypatch)
    record = [Reported("i", told(10.0, 0.5)), Reported("i", told(9.0, 0.2), {"load": told(0.8)})]
    found = calibrate.compare_record(works.plant(2.0, record), works.lib)
    assert [(c.before, c.after) for c in found.figures] == [
        (9.0, 9.0),
        (pytest.approx(9.6), pytest.approx(9.6)),
    ]
    assert all(math.isnan(c.pull) for c in found.figures)
    assert [c.disagrees for c in found.figures] == [False, True]
    assert sorted(works.hours) == [9.0, 3600.0]
    assert found.status == "ok"
    failed = calibrate.compare_record(works.plant(0.5, record), works.lib)
    assert (failed.status, failed.blame, len(failed.figures)) == ("status 3", "wall", 2)
    nothing = calibrate.compare_record(works.plant(2.0, []), works.lib)
    assert (nothing.figures, nothing.status) == ((), "ok")


def test_what_a_plant_measured_stands_beside_its_record(monkeypatch):
    works = Works(monkeypatch)
    plant = works.plant(2.0, [Reported("i", told(9.0, 0.2))], m=told(11.0, 0.5))
    found = calibrate.compare_record(plant, works.lib)
    assert [c.reported.value.si for c in found.figures] == [9.0, 11.0]
    other = replace(plant, process="q")
    missed = calibrate.disagreements([plant, other, works.plant(2.0, [])], works.lib)
    assert [(p is plant, c.reported.value.si) for p, c in missed] == [(True, 11.0)]


def test_a_calibration_from_its_record(monkeypatch):
    """One straight line of slope 4 against what was known to 0.3, from 2: 9 to 9.8, told to 0.4."""
    works = Works(monkeypatch)
    record = [Reported("i", told(9.8, 0.4))]
    found = calibrate.calibrate_plant(works.plant(2.0, record), works.lib)
    weight = (4 / 0.4) ** 2 / ((4 / 0.4) ** 2 + 0.3**-2)
    assert found.unknowns[0].fitted == pytest.approx(2 + weight * 0.2, rel=1e-6)
    assert found.status == "ok"
    failed = calibrate.calibrate_plant(works.plant(0.5, record), works.lib)
    assert (failed.status, failed.unknowns) == ("status 3", ())
    left = calibrate.calibrate_plant(works.plant(NAN, record), works.lib, ("a",))  # the sheet gives it
    assert left.unknowns[0].given == 2.5
    assert left.plant.values["a"].si == left.unknowns[0].fitted


def test_a_plant_that_is_not_solved_has_no_figures():
    figures = (Reported("f", told(20.0)),)
    model = Line(figures)
    model.failed = (3, 7)
    found = calibrate._unsolved(plant_of(figures), house(), figures, model)
    (row,) = found.figures
    assert (found.unknowns, found.blame, row.sd) == ((), "wall", pytest.approx(0.26))
    assert all(math.isnan(v) for v in (row.before, row.after, row.pull))
    assert found.status not in ("", "ok")
    model.failed = (3, 0)
    assert calibrate._unsolved(plant_of(figures), house(), figures, model).blame == ""


def test_what_a_calibration_needs(monkeypatch):
    monkeypatch.setattr(calibrate, "names", lambda: ("p",))
    variables = [variable("a", fitted=True)]

    def code_of(plant, lib=None, chosen=()):
        with pytest.raises(BadInput) as error:
            calibrate.calibrate_plant(plant, lib or house(variables, ["i"]), chosen)
        return next(iter(error.value.problems)).code

    figure = [Reported("i", told(5.0))]
    assert code_of(replace(plant_of(figure), process="q")) == "calibrate_no_model"
    assert code_of(plant_of([Reported("x", told(5.0))])) == "calibrate_no_record"
    assert code_of(plant_of(figure)) == "calibrate_nothing_to_fit"
    assert code_of(plant_of(figure, {"a": told(1.0)}, fit=("b",))) == "calibrate_cannot_fit"
    assert code_of(plant_of(figure, {"a": told(1.0)}, fit=("a",)), chosen=("c",)) == "calibrate_cannot_fit"


def test_a_plant_that_cannot_be_fitted_is_noted_and_stays(monkeypatch):
    monkeypatch.setattr(calibrate, "names", lambda: ())
    problems = Problems()
    asked, other = plant_of(fit=("a",)), plant_of()
    asked = replace(asked, origin=Origin("works.toml", 12))
    assert calibrate._fitted_or_noted(other, None, problems) is other
    assert not list(problems)
    assert calibrate._fitted_or_noted(asked, None, problems) is asked
    (problem,) = problems
    assert (problem.code, problem.file, problem.line) == ("calibrate_no_model", "works.toml", 12)


def test_records_in_their_units():
    """25 and 30 degC, known to 2 K and fitted to 0.5 K: a difference has no zero point."""
    lib = house([variable("a")])
    unknown = Unknown("a", 298.15, 2.0, 303.15, 0.5, True)
    row = Compared(
        Reported("a", told(296.15, method="direct"), {"load": told(0.5, text="50 %")}),
        1.5,
        298.15,
        297.15,
        NAN,
    )
    fit = Calibration(plant_of(), (unknown,), (row,), ())
    (shown,) = calibrate.unknown_records(fit, lib)
    assert shown == {
        "plant": "works", "input": "a", "unit": "degC", "given": pytest.approx(25.0), "given_sd": pytest.approx(2.0),
        "fitted": pytest.approx(30.0), "fitted_sd": pytest.approx(0.5), "at_bound": True,
    }  # fmt: skip
    lib.indicators = lambda p: {}
    (shown,) = calibrate.compared_records(fit, lib)
    assert shown == {
        "plant": "works",
        "figure": "a",
        "method": "direct",
        "at": "load 50 %",
        "unit": "degC",
        "record": pytest.approx(23.0),
        "record_sd": pytest.approx(1.5),
        "model_before": pytest.approx(25.0),
        "model_after": pytest.approx(24.0),
        "pull": None,
        "disagrees": False,
    }
    assert (
        calibrate.compared_records(replace(fit, figures=(replace(row, after=300.0, pull=2.5),)), lib)[0][
            "pull"
        ]
        == 2.5
    )
    assert calibrate.difference_in_unit(lib, NAN, "degC", "temperature") is None
