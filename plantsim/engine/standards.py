"""Levels and shares: which threshold row applies to a plant, what it reaches, and what the sector adds up to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plantsim.library import Level, Library
from plantsim.vocabulary.case import Case, Plant

REACHED, BETWEEN, WORSE, UNGRADED = "benchmark", "between", "worse", "ungraded"


def level_of(case: Case, lib: Library, plant: Plant, which: str) -> Level | None:
    """Return the threshold row that decides a plant's level; None when there is none.

    which: ``ndrc`` or ``gb``. The row in force at the case's date, unless the case names another edition
    (accounting key level.<process>). The row says which indicator is compared: an edition may be written on another
    one than the edition before.
    """
    chosen = case.accounting.get(f"level.{plant.process}", "")
    known = {r.edition for r in lib.levels(plant.process) if r.set == which}
    edition = chosen if chosen in known else ""
    return _row(lib, plant.process, plant.classes, case.date, which, "", edition)


def compared(case: Case, lib: Library, plant: Plant) -> str:
    """Return the name of the indicator that a plant is compared and ranked by.

    The case's own choice (accounting key indicator.<process>); else what the benchmark-level row that applies is
    written on, else the GB row; the process's main indicator where no row applies.
    """
    chosen = case.accounting.get(f"indicator.{plant.process}", "")
    if chosen:
        return chosen
    rows = (level_of(case, lib, plant, which) for which in ("ndrc", "gb"))
    return next((r.indicator for r in rows if r), lib.declaration(plant.process).main_indicator)


def applicable(
    lib: Library,
    process: str,
    classes: Mapping[str, str],
    date: str,
    which: str,
    indicator: str,
    edition: str = "",
) -> Level | None:
    """Return the threshold row of one indicator in force at ``date`` (ISO) for a plant's classes; None without one.

    which: ``ndrc`` or ``gb``; edition: taken whatever the date, "" for the one in force. A row applies when each of
    its class filters equals the plant's; among those, the row with most filters, then the latest, is taken. Limits
    that stand beside the deciding ones count too. An indicator that is another one counted by another convention is
    held against that one's rows.
    """
    other = lib.indicators(process)[indicator].convention_of if indicator in lib.indicators(process) else ""
    found = _row(lib, process, classes, date, which, indicator, edition)
    return found or (_row(lib, process, classes, date, which, other, edition) if other else None)


def _row(
    lib: Library,
    process: str,
    classes: Mapping[str, str],
    date: str,
    which: str,
    indicator: str,
    edition: str,
) -> Level | None:
    """Return the row that applies; indicator: "" for the one that decides, whatever it is written on."""
    rows = [
        r
        for r in lib.levels(process)
        if r.set == which
        and (indicator == r.indicator or indicator in r.level_indicators if indicator else not r.beside)
        and (r.edition == edition if edition else _in_force(r, date))
        and all(classes.get(k) == v for k, v in r.classes.items())
    ]
    return max(rows, key=lambda r: (len(r.classes), r.valid_from), default=None)


def _in_force(row: Level, date: str) -> bool:
    return row.valid_from <= date and (not row.valid_to or date <= row.valid_to)


def reached(level: Level | None, value: float) -> str:
    """Return benchmark, between or worse for an indicator's value in SI; ungraded without a benchmark level.

    A class that has a baseline level only (coal units up to 200 MW) can be worse than it, never better.

    Values are compared in full precision (GB/T 8170, full-value comparison); equal to the threshold reaches it.
    """
    if level is None or math.isnan(value):
        return UNGRADED
    if level.benchmark is None:
        return WORSE if level.baseline is not None and value > level.baseline else UNGRADED
    if value <= level.benchmark:
        return REACHED
    return BETWEEN if level.baseline is None or value <= level.baseline else WORSE


def gb_level(level: Level | None, values: Mapping[str, float]) -> int:
    """Return the best GB level (1 to 3) that a plant meets; 0 when it meets none or there is no row.

    values: indicators by name, SI; each level is held against the one that it is written on. Levels need not fall in
    order (level 2 of some coal units is stricter than level 1): each is tested.
    """
    if level is None:
        return 0
    tested = zip(level.levels, level.of_levels, strict=True)
    met = (limit is not None and values.get(name, math.nan) <= limit for limit, name in tested)
    return next((i for i, yes in enumerate(met, 1) if yes), 0)


@dataclass(frozen=True)
class Share:
    """A sector's capacities in SI, by level reached."""

    sector: str
    total: float
    benchmark: float
    worse: float
    ungraded: float

    @property
    def share(self) -> float:
        """Capacity at the benchmark level over all capacity; NaN for a sector without capacity."""
        return self.benchmark / self.total if self.total > 0 else math.nan


def share_of(sector: str, plants: Sequence[Plant], levels: Sequence[str]) -> Share:
    """Return a sector's share from each plant's level; a plant without capacity counts nothing."""
    sums = {REACHED: 0.0, WORSE: 0.0, UNGRADED: 0.0, BETWEEN: 0.0}
    for plant, word in zip(plants, levels, strict=True):
        sums[word] += (
            float(plant.capacity.si) if plant.capacity and not isinstance(plant.capacity.si, tuple) else 0.0
        )
    return Share(sector, sum(sums.values()), sums[REACHED], sums[WORSE], sums[UNGRADED])
