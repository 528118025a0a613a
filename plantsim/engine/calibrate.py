"""Calibration of a plant to its own record: unknown inputs fitted by least squares within their bounds.

Minimised: the sum of ((model - record)/sd)^2 over the reported figures and ((fitted - given)/width)^2 over the
unknowns, whose width comes from their evidence (or their own ``sd``). So figures move an unknown only as far as
they outweigh what was known of it, and fewer figures than unknowns are no trouble. The uncertainties found are
those of the linearised problem at the solution.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from plantsim.engine.columns import in_unit
from plantsim.engine.evaluate import Solved, solve_process
from plantsim.engine.rows import join_records, plant_row, repeat_year, year_of
from plantsim.engine.sample import width_of
from plantsim.library import Library
from plantsim.processes import load, names
from plantsim.vocabulary.case import Case, OperatingPoint, Plant, Reported, Value, scalar
from plantsim.vocabulary.problems import BadInput, Problems, bad_input
from plantsim.vocabulary.status import OK, status_name

STEP = 1e-3  # of an unknown's width, for the derivatives
DISAGREES = 2.0  # standard uncertainties, as in the comparison of a baseline with its record
FAR = 1e3  # residual where the model has no solution: the search turns back
TEST_SECONDS = 3600.0  # a test stands for one hour; any length gives the same rates


@dataclass(frozen=True)
class Unknown:
    """An input before and after the fit, SI. sd: of the fitted value; at_bound: the fit wants to go further."""

    name: str
    given: float
    width: float
    fitted: float
    sd: float
    at_bound: bool


@dataclass(frozen=True)
class Compared:
    """A reported figure against the model, SI.

    pull: what the fit leaves, model less record, in the record's own uncertainty. NaN where nothing was fitted. How far
    the unknowns had to go for it stands with the unknowns: a sharp figure that the fit meets is no disagreement.
    """

    reported: Reported
    sd: float
    before: float
    after: float
    pull: float

    @property
    def disagrees(self) -> bool:
        """Whether the model after the fit misses the figure by more than its uncertainty allows."""
        return abs(self.after - scalar(self.reported.value)) > DISAGREES * self.sd


@dataclass(frozen=True)
class Contradiction:
    """Two figures of the same quantity, found in different ways: their difference and its uncertainty, SI."""

    first: Reported
    second: Reported
    difference: float
    sd: float


@dataclass(frozen=True)
class Calibration:
    """A plant fitted to its record. ``plant`` carries the fitted inputs; status: of the model as given or fitted."""

    plant: Plant
    unknowns: tuple[Unknown, ...]
    figures: tuple[Compared, ...]
    contradictions: tuple[Contradiction, ...]
    status: str = "ok"
    blame: str = ""


def record_sd(value: Value, lib: Library, quantity: str = "") -> float:
    """Return the standard uncertainty of a reported figure, SI, above 0: its own, else the library's.

    That is an absolute one of the quantity where a share of the value says nothing (1 % of a temperature in kelvin),
    else a share of the value; of a figure of zero, a small part of the unit in which it was given.
    """
    if value.sd:
        return value.sd
    rules = lib.data("common", "uncertainty.toml")["record"]
    absolute = rules.get("absolute", {}).get(quantity)
    if absolute:
        return lib.units.step(absolute["value"], quantity, absolute["unit"])
    share = float(rules["relative"]["value"]) * abs(scalar(value))
    if share > 0.0 or not quantity:
        return share
    return lib.units.step(rules["least"]["value"], quantity, value.unit or lib.units.si_unit(quantity))


def figure_sd(figure: Reported, plant: Plant, lib: Library) -> float:
    """Return the standard uncertainty of a figure that a plant reports, SI; see :func:`record_sd`."""
    of: Any = lib.indicators(plant.process).get(figure.name)
    of = of or lib.declaration(plant.process).variables.get(figure.name)
    return record_sd(figure.value, lib, getattr(of, "quantity", ""))


def contradictions(plant: Plant, lib: Library) -> tuple[Contradiction, ...]:
    """Return each pair of figures of the same quantity at the same place: what separates them."""
    found = []
    for i, first in enumerate(plant.record):
        for second in plant.record[i + 1 :]:
            if first.name == second.name and _place(first) == _place(second):
                difference = scalar(first.value) - scalar(second.value)
                sd = math.hypot(figure_sd(first, plant, lib), figure_sd(second, plant, lib))
                found.append(Contradiction(first, second, difference, sd))
    return tuple(found)


def _place(figure: Reported) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted((name, value.si) for name, value in figure.at.items()))


class _Model:
    """The figures of a plant's record as a function of its unknowns, over many rows at once."""

    def __init__(
        self, plant: Plant, lib: Library, figures: Sequence[Reported], unknowns: Sequence[str]
    ) -> None:
        self.lib, self.process = lib, load(plant.process)
        self.declaration = lib.declaration(plant.process)
        self.figures, self.unknowns = figures, unknowns
        self.row = plant_row(self.declaration, plant.values)
        places: dict[tuple, Sequence[OperatingPoint]] = {}
        for f in figures:
            places.setdefault(_place(f), plant.operation if not f.at else (_test_point(plant, f),))
        self.years = {place: year_of(self.declaration, [plan]) for place, plan in places.items()}
        self.failed: tuple[int, int] = (OK, 0)

    def values(self, rows: np.ndarray) -> np.ndarray:
        """Return the figures, shape (rows, figures), SI. rows: unknowns, shape (rows, unknowns); NaN: no solution."""
        x = join_records([self.row] * len(rows))
        for column, name in enumerate(self.unknowns):
            x[name] = rows[:, column]
        found = np.empty((len(rows), len(self.figures)))
        for place, year in self.years.items():
            solved = solve_process(self.process, self.lib, x.copy(), repeat_year(year, 0, len(rows)), 1)
            if solved.status[0] != OK:
                self.failed = (int(solved.status[0]), int(solved.blame[0]))
            for k, f in enumerate(self.figures):
                if _place(f) == place:
                    found[:, k] = model_figure(solved, f.name)
        return found


def _test_point(plant: Plant, figure: Reported) -> OperatingPoint:
    """Return the operating point of a test: the plant's first bin with what the test was run at."""
    base = plant.operation[0]
    hours = replace(base.hours, si=TEST_SECONDS)
    return OperatingPoint(hours, {**base.values, **figure.at})


def model_figure(solved: Solved, name: str) -> np.ndarray:
    """Return an indicator, or an output as its mean in operation, of each row, SI; NaN for a row that failed."""
    if name in solved.indicators:
        return np.asarray(solved.indicators[name])
    v = solved.declaration.variables[name]
    if v.yearly != "integral":
        return np.asarray(solved.yearly[name])
    seconds = np.add.reduceat(solved.year.seconds, solved.year.first_bin[:-1])
    return np.asarray(solved.yearly[name] / seconds)


def comparable(plant: Plant, lib: Library) -> tuple[Reported, ...]:
    """Return the figures of a plant's record that the model computes."""
    declaration, indicators = lib.declaration(plant.process), lib.indicators(plant.process)

    def computed(name: str) -> bool:
        v = declaration.variables.get(name)
        return name in indicators or (
            v is not None and v.role == "output" and bool(v.yearly) and not v.length
        )

    return tuple(f for f in plant.record if computed(f.name) and not isinstance(f.value.si, tuple))


def measured_figures(plant: Plant, lib: Library) -> tuple[Reported, ...]:
    """Return the inputs that the plant measured, as figures of the outputs that they are measurements of.

    An input that only measures counts wherever it is given; one that the model needs, where the plant measured it.
    """
    found = []
    for v in lib.declaration(plant.process).with_role("input"):
        value = plant.values.get(v.name)
        if not v.measures or value is None or math.isnan(scalar(value)):
            continue
        if v.optional or value.origin.evidence == "measured":
            at = {name: replace(value, si=si, sd=None) for name, si in v.measures_at.items()}
            at = {name: replace(of, origin=replace(of.origin, text=f"{of.si:g}")) for name, of in at.items()}
            found.append(Reported(v.measures, value, at))
    return tuple(found)


def disagreements(plants: Sequence[Plant], lib: Library) -> list[tuple[Plant, Compared]]:
    """Return what plants report or measured and the model misses by more than the figure's uncertainty allows."""
    found = []
    for plant in plants:
        if plant.process in names() and (plant.record or measured_figures(plant, lib)):
            found += [(plant, c) for c in compare_record(plant, lib).figures if c.disagrees]
    return found


def default_unknowns(plant: Plant, lib: Library) -> tuple[str, ...]:
    """Return the inputs that may be fitted and that the plant has."""
    inputs = lib.declaration(plant.process).with_role("input")
    given = [v.name for v in inputs if v.fitted and v.name in plant.values]
    return tuple(name for name in given if not math.isnan(scalar(plant.values[name])))


def calibrate_plant(plant: Plant, lib: Library, unknowns: Sequence[str] = ()) -> Calibration:
    """Fit a plant's unknown inputs to its record.

    unknowns: names of inputs declared as ``fitted``; else those of the plant's [calibration], else all that the
    plant has. Raises BadInput: calibrate_no_model, calibrate_no_record, calibrate_nothing_to_fit, calibrate_cannot_fit.
    """
    if plant.process not in names():
        raise bad_input("calibrate_no_model", plant=plant.id, process=plant.process)
    figures = comparable(plant, lib)
    if not figures:
        raise bad_input("calibrate_no_record", plant=plant.id)
    chosen = tuple(unknowns) or plant.fit or default_unknowns(plant, lib)
    if not chosen:
        raise bad_input("calibrate_nothing_to_fit", plant=plant.id, process=plant.process)
    plant = _with_what_sheets_give(plant, lib, chosen)
    for name in chosen:
        _may_be_fitted(plant, lib, name)
    # what is exactly known is not moved: it has no width that figures could outweigh
    chosen = tuple(n for n in chosen if _width(plant, lib, n) > 0.0)
    if not chosen:
        raise bad_input("calibrate_nothing_to_fit", plant=plant.id, process=plant.process)
    model = _Model(plant, lib, figures, chosen)
    start = np.array([scalar(plant.values[n]) for n in chosen])
    before = model.values(start[None, :])[0]
    if model.failed[0] != OK:
        return _unsolved(plant, lib, figures, model)
    return _fit(plant, lib, model, start, before)


def _with_what_sheets_give(plant: Plant, lib: Library, chosen: Sequence[str]) -> Plant:
    """Return the plant with inputs that it leaves to its heat-balance sheet as the solved plant finds them.

    A cylinder's efficiency follows from the sheet's states; a fit starts there, and moves the efficiency with the
    sheet's shape of the line kept.
    """
    declaration = lib.declaration(plant.process)
    unsaid = [n for n in chosen if n in plant.values and n in declaration.variables]
    unsaid = [n for n in unsaid if declaration.variables[n].fitted and math.isnan(scalar(plant.values[n]))]
    if not unsaid:
        return plant
    year = year_of(declaration, [plant.operation])
    solved = solve_process(load(plant.process), lib, plant_row(declaration, plant.values), year, 1)
    if solved.status[0] != OK:
        return plant
    found = {n: float(solved.x[n][0]) for n in unsaid}
    values = {n: replace(plant.values[n], si=si) for n, si in found.items() if not math.isnan(si)}
    return replace(plant, values={**plant.values, **values})


def _may_be_fitted(plant: Plant, lib: Library, name: str) -> None:
    declaration = lib.declaration(plant.process)
    v = declaration.variables.get(name)
    if v is None or not v.fitted or name not in plant.values or math.isnan(scalar(plant.values[name])):
        known = ", ".join(default_unknowns(plant, lib)) or "-"
        raise bad_input("calibrate_cannot_fit", plant=plant.id, name=name, known=known)


def _width(plant: Plant, lib: Library, name: str) -> float:
    return width_of(lib.declaration(plant.process).variables[name], plant.values[name], lib)


def _unsolved(plant: Plant, lib: Library, figures: Sequence[Reported], model: _Model) -> Calibration:
    rows = tuple(Compared(f, figure_sd(f, plant, lib), math.nan, math.nan, math.nan) for f in figures)
    blame = model.declaration.name_of_code(model.failed[1]) if model.failed[1] else ""
    return Calibration(plant, (), rows, contradictions(plant, lib), status_name(model.failed[0]), blame)


def _fit(plant: Plant, lib: Library, model: _Model, start: np.ndarray, before: np.ndarray) -> Calibration:
    from scipy.optimize import least_squares

    declaration, chosen = model.declaration, model.unknowns
    record = np.array([scalar(f.value) for f in model.figures])
    sd = np.array([figure_sd(f, plant, lib) for f in model.figures])
    width = np.array([width_of(declaration.variables[n], plant.values[n], lib) for n in chosen])
    unbounded = (-math.inf, math.inf)
    bounds = np.array([declaration.variables[n].bounds or unbounded for n in chosen]).reshape(-1, 2)

    def residuals(z: np.ndarray) -> np.ndarray:
        found = (model.values((start + width * z)[None, :])[0] - record) / sd
        return np.concatenate([np.where(np.isfinite(found), found, FAR), z])

    def slopes(z: np.ndarray) -> np.ndarray:
        half = len(z)
        moved = np.concatenate([np.eye(half), -np.eye(half), np.zeros((1, half))]) * STEP
        found = (model.values(start + width * (z + moved)) - record) / sd
        up, down, here = found[:half], found[half:-1], found[-1]
        # on the brink of what has a solution only one side is known, or none
        steps = np.isfinite(up).astype(float) + np.isfinite(down)
        rise = np.where(np.isfinite(up), up, here) - np.where(np.isfinite(down), down, here)
        slope = np.nan_to_num(rise) / (np.maximum(steps, 1.0) * STEP)
        return np.concatenate([slope.T, np.eye(half)])

    # a value may stand at its bound, or past it by what its unit was rounded to: the search begins inside
    low, high = ((bounds[:, side] - start) / width for side in (0, 1))
    low, high = np.minimum(low, 0.0), np.maximum(high, 0.0)
    try:
        solution = least_squares(residuals, np.zeros(len(chosen)), jac=slopes, bounds=(low, high), xtol=1e-10)
        z, jacobian = solution.x, slopes(solution.x)
        covariance = np.linalg.inv(jacobian.T @ jacobian)
    except (
        ValueError,
        ArithmeticError,
        np.linalg.LinAlgError,
    ) as error:  # figures that no arithmetic can follow
        raise bad_input("calibrate_no_end", plant=plant.id) from error
    after = model.values((start + width * z)[None, :])[0]
    if not np.all(np.isfinite(after)):
        raise bad_input("calibrate_no_end", plant=plant.id)
    pulls = (after - record) / sd
    unknowns = tuple(
        Unknown(
            name=name,
            given=float(start[i]),
            width=float(width[i]),
            fitted=float(start[i] + width[i] * z[i]),
            sd=float(width[i] * math.sqrt(covariance[i, i])),
            at_bound=bool(solution.active_mask[i] != 0),
        )
        for i, name in enumerate(chosen)
    )
    rows = tuple(
        Compared(f, float(sd[k]), float(before[k]), float(after[k]), float(pulls[k]))
        for k, f in enumerate(model.figures)
    )
    return Calibration(_fitted(plant, unknowns), unknowns, rows, contradictions(plant, lib))


def _fitted(plant: Plant, unknowns: Sequence[Unknown]) -> Plant:
    """Return the plant with the fitted inputs; each says in its note what it was and that it was fitted."""
    values: dict[str, Value] = dict(plant.values)
    for u in unknowns:
        old = values[u.name]
        note = f"[calibration] {old.origin.text} -> [record]"
        values[u.name] = replace(old, si=u.fitted, sd=u.sd, origin=replace(old.origin, note=note))
    return replace(plant, values=values, fit=())


def fitted_case(case: Case, lib: Library, problems: Problems) -> Case:
    """Return the case with the [calibration] of its plants carried out; one that can't be fitted is noted and stays."""
    return replace(case, plants=tuple(_fitted_or_noted(p, lib, problems) for p in case.plants))


def _fitted_or_noted(plant: Plant, lib: Library, problems: Problems) -> Plant:
    if not plant.fit:
        return plant
    try:
        fit = calibrate_plant(plant, lib)
    except BadInput as error:
        problems.extend(error.problems, plant.origin.file, plant.origin.line)
        return plant
    if fit.status != status_name(OK):
        place: dict[str, Any] = {"file": plant.origin.file, "line": plant.origin.line}
        problems.warning("fit_failed", **place, plant=plant.id, status=fit.status, blame=fit.blame or "-")
    return fit.plant


def compare_record(plant: Plant, lib: Library) -> Calibration:
    """Return the figures of a plant's record, and what else it measured, beside the model's; nothing fitted."""
    figures = comparable(plant, lib) + measured_figures(plant, lib)
    if not figures:
        return Calibration(plant, (), (), contradictions(plant, lib))
    model = _Model(plant, lib, figures, ())
    found = model.values(np.empty((1, 0)))[0]
    if model.failed[0] != OK:
        return _unsolved(plant, lib, figures, model)
    rows = tuple(
        Compared(f, figure_sd(f, plant, lib), float(v), float(v), math.nan)
        for f, v in zip(figures, found, strict=True)
    )
    return Calibration(plant, (), rows, contradictions(plant, lib))


def unknown_records(fit: Calibration, lib: Library) -> list[dict[str, Any]]:
    """Return one flat record per fitted input, in its unit."""
    declaration = lib.declaration(fit.plant.process)
    records = []
    for u in fit.unknowns:
        v = declaration.variables[u.name]
        shown = [in_unit(lib, si, v.unit, v.quantity) for si in (u.given, u.fitted)]
        spans = [difference_in_unit(lib, si, v.unit, v.quantity) for si in (u.width, u.sd)]
        records.append(
            {
                "plant": fit.plant.id,
                "input": u.name,
                "unit": v.unit,
                "given": shown[0],
                "given_sd": spans[0],
                "fitted": shown[1],
                "fitted_sd": spans[1],
                "at_bound": u.at_bound,
            }
        )
    return records


def compared_records(fit: Calibration, lib: Library) -> list[dict[str, Any]]:
    """Return one flat record per reported figure: record, model before and after the fit, in the figure's unit."""
    records = []
    for c in fit.figures:
        unit, quantity, _ = figure_words(fit.plant, c.reported.name, lib)
        value = scalar(c.reported.value)
        shown = [in_unit(lib, si, unit, quantity) for si in (value, c.before, c.after)]
        records.append(
            {
                "plant": fit.plant.id,
                "figure": c.reported.name,
                "method": c.reported.value.origin.method,
                "at": ", ".join(f"{name} {v.origin.text}" for name, v in c.reported.at.items()),
                "unit": unit,
                "record": shown[0],
                "record_sd": difference_in_unit(lib, c.sd, unit, quantity),
                "model_before": shown[1],
                "model_after": shown[2],
                "pull": None if math.isnan(c.pull) else c.pull,
                "disagrees": c.disagrees,
            }
        )
    return records


def figure_words(plant: Plant, name: str, lib: Library) -> tuple[str, str, Mapping[str, str]]:
    """Return unit, quantity and label of a reported figure."""
    indicator = lib.indicators(plant.process).get(name)
    if indicator is not None:
        return indicator.unit, indicator.quantity, indicator.label
    v = lib.declaration(plant.process).variables[name]
    return v.unit, v.quantity, v.label


def difference_in_unit(lib: Library, si: float, unit: str, quantity: str) -> float | None:
    """Return a difference in a unit: the offset of a unit such as °C does not count."""
    zero = in_unit(lib, 0.0, unit, quantity)
    value = in_unit(lib, si, unit, quantity)
    return None if value is None or zero is None else value - zero
