"""Levels and shares: which threshold row applies to a plant, what it reaches, and what the sector adds up to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plantsim.library import Level, Library
from plantsim.vocabulary.case import Case, Plant

REACHED, BETWEEN, WORSE, UNGRADED = "benchmark", "between", "worse", "ungraded"


def level_of(case: Case, lib: Library, plant: Plant, which: str) -> Level | None:
    """Return the threshold row that a plant's main indicator is held against; None when there is none.

    which: ``ndrc`` or ``gb``. The row in force at the case's date, unless the case names another edition
    (accounting key level.<process>).
    """
    chosen = case.accounting.get(f"level.{plant.process}", "")
    known = {r.edition for r in lib.levels(plant.process) if r.set == which}
    edition = chosen if chosen in known else ""
    indicator = lib.declaration(plant.process).main_indicator
    return applicable(lib, plant.process, plant.classes, case.date, which, indicator, edition)


def applicable(
    lib: Library,
    process: str,
    classes: Mapping[str, str],
    date: str,
    which: str,
    indicator: str,
    edition: str = "",
) -> Level | None:
    """Return the threshold row in force at ``date`` (ISO) for a plant's classes; None when there is none.

    which: ``ndrc`` or ``gb``; edition: taken whatever the date, "" for the one in force. A row applies when each of
    its class filters equals the plant's; among those, the row with most filters, then the latest, is taken.
    """
    rows = [
        r
        for r in lib.levels(process)
        if r.set == which
        and r.indicator == indicator
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


def gb_level(level: Level | None, value: float) -> int:
    """Return the best GB level (1 to 3) that the value meets; 0 when it meets none or there is no row.

    Levels need not fall in order (level 2 of some coal units is stricter than level 1): each is tested.
    """
    if level is None or math.isnan(value):
        return 0
    return next((i for i, limit in enumerate(level.levels, 1) if limit is not None and value <= limit), 0)


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
