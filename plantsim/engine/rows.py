"""Plants to records and back: what kernels read, variants made by retrofits, and a year made of points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from plantsim.vocabulary.case import Change, OperatingPoint, Plant, Value
from plantsim.vocabulary.declarations import Declaration
from plantsim.vocabulary.status import OK

POSITION = {"low": 0, "likely": 1, "high": 2}
WRITABLE_ROLES = ("input", "calibrated")


@dataclass(frozen=True)
class Year:
    """A year's operating points of several rows: o records, their hours [s], and where each row's points start."""

    o: np.ndarray
    seconds: np.ndarray
    first_bin: np.ndarray

    def points(self, row: int) -> slice:
        """The places of a row's points."""
        return slice(int(self.first_bin[row]), int(self.first_bin[row + 1]))


@dataclass(frozen=True)
class Capped:
    """A change that did not go as far as it was declared to: variable, wanted and reached value in SI."""

    variable: str
    wanted: float
    reached: float


def _write(record: np.ndarray, name: str, si: float | tuple[float, ...]) -> None:
    if isinstance(si, tuple):
        record[name][0, : len(si)] = si
    else:
        record[name] = si


def plant_row(declaration: Declaration, values: Mapping[str, Value]) -> np.ndarray:
    """Return one x record, shape (1,), with every input of ``values``; optional inputs not given are NaN."""
    row = declaration.zeros("x", 1)
    for v in declaration.with_role("input"):
        if v.name in values:
            _write(row, v.name, values[v.name].si)
        elif v.optional and not v.is_integer:
            row[v.name] = np.nan
    return row


def year_of(declaration: Declaration, plans: Sequence[Sequence[OperatingPoint]]) -> Year:
    """Return the operating points of several plants in order; defaults fill what a point does not give."""
    points = [point for plan in plans for point in plan]
    o = declaration.zeros("o", len(points))
    for v in declaration.with_role("operating"):
        given = [point.values[v.name].si if v.name in point.values else v.default for point in points]
        o[v.name] = [np.nan if g is None else g for g in given]
    seconds = np.array([point.hours.si for point in points], dtype=np.float64)
    first = np.concatenate(([0], np.cumsum([len(plan) for plan in plans]))).astype(np.int64)
    return Year(o, seconds, first)


def join_records(arrays: Sequence[np.ndarray]) -> np.ndarray:
    """Return records of one type in a row, as records.

    Left to itself numpy makes plain structures of them, whose fields are no attributes in plain Python.
    """
    return np.concatenate(arrays, dtype=arrays[0].dtype)


def repeat_year(year: Year, row: int, times: int) -> Year:
    """Return ``times`` copies of the points of one row."""
    own = year.points(row)
    first = np.arange(times + 1, dtype=np.int64) * (own.stop - own.start)
    return Year(np.tile(year.o[own], times), np.tile(year.seconds[own], times), first)


def points_of(year: Year, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (the places of some rows' points, where each row's begin among them); rows may come more than once."""
    counts = np.diff(year.first_bin)[rows]
    first = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return np.arange(first[-1]) + np.repeat(year.first_bin[rows] - first[:-1], counts), first


def pick_years(year: Year, rows: np.ndarray) -> Year:
    """Return the points of some rows, in their order."""
    points, first = points_of(year, rows)
    return Year(year.o[points], year.seconds[points], first)


def join_years(years: Sequence[Year]) -> Year:
    """Return the points of several sets of rows, one after the other."""
    counts = np.concatenate([np.diff(y.first_bin) for y in years])
    first = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return Year(join_records([y.o for y in years]), np.concatenate([y.seconds for y in years]), first)


Amounts = str | Mapping[int, np.ndarray]
"""How far changes go: low, likely or high; or, by place in the list of changes, one amount per row in SI."""


def changed_rows(
    x: np.ndarray, changes: Sequence[Change], amounts: Amounts = "likely"
) -> tuple[np.ndarray, list[Capped]]:
    """Return a changed copy of calibrated x records, and what a cap held back; see :func:`change_rows`."""
    new = x.copy()
    return new, change_rows(new, changes, amounts)


def change_rows(x: np.ndarray, changes: Sequence[Change], amounts: Amounts = "likely") -> list[Capped]:
    """Apply changes to x records where they stand; return what a cap held back in the first row.

    ``at_most`` marks a change that raises its variable: it stops there, and a plant that is better already is
    left alone; ``at_least`` the same downward.
    """
    capped = []
    for place, change in enumerate(changes):
        old = x[change.variable].astype(np.float64)
        amount: float | np.ndarray
        if isinstance(amounts, str):
            amount = (change.low, change.likely, change.high)[POSITION[amounts]]
        else:
            amount = np.asarray(amounts[place]).reshape((-1,) + (1,) * (old.ndim - 1))
        if change.action == "set":
            wanted = np.broadcast_to(amount, old.shape)
        else:
            wanted = old + amount if change.action == "add" else old * amount
        reached = wanted
        if change.at_most is not None or change.at_least is not None:
            had = np.where(np.isnan(old), wanted, old)  # an input that was not given holds nothing back
            if change.at_most is not None:
                reached = np.minimum(np.maximum(wanted, had), np.maximum(change.at_most, had))
            if change.at_least is not None:
                reached = np.maximum(np.minimum(reached, had), np.minimum(change.at_least, had))
            if not np.array_equal(reached[0], wanted[0], equal_nan=True):
                capped.append(Capped(change.variable, float(wanted.flat[0]), float(reached.flat[0])))
        x[change.variable] = reached
    return capped


def yearly_amounts(declaration: Declaration, y: np.ndarray, year: Year) -> dict[str, np.ndarray]:
    """Return each output over the year, shape (rows,), in SI; rows with a failed point are NaN.

    integral: rate x time (J from W, kg from kg/s); mean: weighted by time, or by another output x time.
    Outputs of a dimension and outputs without ``yearly`` have no yearly amount.
    """
    bad = y["status"] != OK
    whole = not np.any(bad)
    one_each = len(year.first_bin) - 1 == len(y)  # a sum of one point is that point
    starts = year.first_bin[:-1]
    failed = np.maximum.reduceat(bad.astype(np.int64), starts) > 0

    def over_points(of: np.ufunc, values: np.ndarray) -> np.ndarray:
        return values if one_each else np.asarray(of.reduceat(values, starts))

    def read(name: str) -> np.ndarray:
        # what a failed point holds may be anything: its row is NaN in the end
        values = y[name].astype(np.float64)
        return values if whole else np.where(bad, 0.0, values)

    weights: dict[str, tuple[np.ndarray, np.ndarray]] = {}  # of means: weight of each point, their sum
    amounts: dict[str, np.ndarray] = {}
    for v in declaration.with_role("output"):
        if not v.yearly or v.length:
            continue
        values = read(v.name)
        if v.yearly == "integral":
            total = over_points(np.add, values * year.seconds)
        elif v.yearly == "mean":
            if v.weight not in weights:
                weight = year.seconds * read(v.weight) if v.weight else year.seconds
                weights[v.weight] = weight, over_points(np.add, weight)
            weight, over = weights[v.weight]
            total = over_points(np.add, values * weight)
            total = np.divide(total, over, out=np.full_like(total, np.nan), where=over != 0)
        elif v.yearly == "maximum":
            total = over_points(np.maximum, values)
        else:
            total = over_points(np.minimum, values)
        amounts[v.name] = total if whole else np.where(failed, np.nan, total)
    return amounts


def worst_points(y: np.ndarray, year: Year) -> tuple[np.ndarray, np.ndarray]:
    """Return per row the status of its first failed point (OK when none failed) and what that point blames."""
    rows = len(year.first_bin) - 1
    status, blame = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    row_of_point = np.repeat(np.arange(rows), np.diff(year.first_bin))
    bad = np.flatnonzero(y["status"] != OK)[::-1]  # reversed: the first failed point is written last
    status[row_of_point[bad]] = y["status"][bad]
    blame[row_of_point[bad]] = y["status_variable"][bad]
    return status, blame


def plant_rows(declaration: Declaration, plants: Sequence[Plant]) -> tuple[np.ndarray, Year]:
    """Return the x records and the year of several plants of one process."""
    rows = [plant_row(declaration, p.values) for p in plants]
    x = join_records(rows) if rows else declaration.zeros("x", 0)
    return x, year_of(declaration, [p.operation for p in plants])
