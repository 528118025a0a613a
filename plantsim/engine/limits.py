"""Limits in force at stacks: for each plant and pollutant the limit, the year's mean now and with everything done.

A limit is held by hourly means. A mean of the year below it is no proof that every hour is; one above it is a proof
that hours are not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plantsim.engine.evaluate import Solved, figure_of
from plantsim.engine.factors import value_of
from plantsim.engine.ranking import BundleRow, PlantRow
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.library import Library
from plantsim.vocabulary.case import Plant, scalar

FILE = "models/common/pollutant_limits.toml"
WITHIN, ABOVE, UNKNOWN, STOPPED = "within", "above", "not_known", "stopped"
"""What a mean is to its limit. stopped: the plant is retired, and emits nothing."""


@dataclass(frozen=True)
class Graded:
    """One pollutant of a plant's stack against its limit [kg/Nm3]; NaN where it is not known."""

    plant: Plant
    pollutant: str
    limit: float
    now: float
    then: float
    state_now: str
    state_then: str


def held_against(
    lib: Library, process: str, date: str, solved: Solved, row: int
) -> dict[str, tuple[float, float]]:
    """Return (mean of the year, limit) [kg/Nm3] by pollutant of a solved row; NaN for what nobody tells.

    Of several outlets of a pollutant it is the one whose mean is highest over its limit.
    """
    found = {}
    for pollutant, told in _entries(lib).get(process, {}).items():
        outlets = [
            _outlet(lib, process, pollutant, entry, date, solved, row)
            for entry in (told if isinstance(told, list) else [told])
        ]
        known = [o for o in outlets if not math.isnan(o[0] / o[1])]
        found[pollutant] = max(known, key=lambda o: o[0] / o[1]) if known else outlets[0]
    return found


def _outlet(
    lib: Library, process: str, pollutant: str, entry: Mapping[str, Any], date: str, solved: Solved, row: int
) -> tuple[float, float]:
    scale = 1.0
    if "molar_mass" in entry:  # of a mole fraction
        path = f"compliance.{process}.{pollutant}.molar_mass"
        scale = scalar(value_of(entry["molar_mass"], "molar_mass", lib, FILE, path)) / MOLAR_VOLUME
    mean = scale * _figure(solved, entry["figure"], row) if "figure" in entry else math.nan
    limit = (
        scale * _figure(solved, entry["limit"], row)
        if "limit" in entry
        else limit_of(lib, entry["stack"], {"dust": "pm"}.get(pollutant, pollutant), date)
    )
    return mean, limit if limit > 0.0 else math.nan


def limit_of(lib: Library, stack: str, pollutant: str, date: str) -> float:
    """Return the national limit [kg/Nm3] of existing plants that is in force on a day (ISO); NaN without one."""
    rows = [
        r
        for r in lib.data("common", "pollutant_limits.toml")["limit"]
        if (r["stack"], r["set"], r["scope"]) == (stack, "national", "general")
        and pollutant in r
        and str(r.get("from_existing", "")) <= date
    ]
    if not rows:
        return math.nan
    row = max(rows, key=lambda r: str(r.get("from_existing", "")))
    return scalar(value_of(row[pollutant], "concentration", lib, FILE, f"{row['id']}.{pollutant}"))


def graded(rows: Sequence[PlantRow], bundles: Sequence[BundleRow]) -> list[Graded]:
    """Return every pollutant of every plant that has a limit, in the case's order."""
    done = {b.plant.id: b for b in bundles}
    return [_of_plant(r, p, done.get(r.plant.id)) for r in rows for p in r.stack]


def _of_plant(row: PlantRow, pollutant: str, bundle: BundleRow | None) -> Graded:
    now, limit = row.stack[pollutant]
    then, limit_then = now, limit
    if bundle is not None and bundle.status == "ok" and pollutant in bundle.stack:
        then, limit_then = bundle.stack[pollutant]
    retired = bundle is not None and bundle.retired
    return Graded(
        plant=row.plant,
        pollutant=pollutant,
        limit=limit,
        now=now,
        then=math.nan if retired else then,
        state_now=state(now, limit),
        state_then=STOPPED if retired else state(then, limit_then),
    )


def state(mean: float, limit: float) -> str:
    """Return within, above or not_known."""
    if math.isnan(mean) or math.isnan(limit):
        return UNKNOWN
    return WITHIN if mean <= limit else ABOVE


def _figure(solved: Solved, name: str, row: int) -> float:
    return float(figure_of(solved, name)[row])


def _entries(lib: Library) -> Mapping[str, Any]:
    found: Mapping[str, Any] = lib.data("common", "pollutant_limits.toml")["compliance"]
    return found
