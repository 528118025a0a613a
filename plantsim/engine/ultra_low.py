"""Ultra-low emission: conditions that a plant states, and whether its stack can hold the limits hour by hour.

Completion is asked for in up to four conditions (organised and unorganised emission, clean transport, monitoring),
which are the plant's to state. Of the organised one the model says more: hourly means scatter around a mean,
log-normally, and the share of hours that a policy asks for must stay below the limit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from plantsim.engine.evaluate import Solved, figure_of
from plantsim.engine.factors import value_of
from plantsim.engine.normal import quantile, share_below
from plantsim.library import Library
from plantsim.vocabulary.case import Plant, scalar

COMPLETED = "ultra_low_emission"
"""Key of a plant's ``class`` (done, open) for all conditions, and word in a retrofit's ``completes``."""
ORGANISED = "organised"
CONDITIONS = (ORGANISED, "unorganised", "transport", "monitoring")
"""Each is stated by itself as ``class = { ultra_low_<condition> = "done" }``."""
WORST_RATIO = "emission_to_ultra_low_limit"
"""Output of a process: its worst mean concentration over the ultra-low limit; NaN or 0 where nothing tells it."""
FILE = "models/common/pollutant_limits.toml"


@dataclass(frozen=True)
class Rule:
    """What completion asks for in a process: conditions, share of hours [-], scatter of hourly means [-].

    outputs: concentrations (outputs or inputs) of all outlets by pollutant with their limit [kg/m3], where there is no
    WORST_RATIO.
    """

    conditions: tuple[str, ...]
    hours: float
    scatter: float
    outputs: Mapping[str, tuple[tuple[str, ...], float]]

    def room(self) -> float:
        """Return the factor between a mean and the hourly mean that the share of hours stays below."""
        sigma = math.sqrt(math.log1p(self.scatter**2))
        return math.exp(sigma * float(quantile(np.array([self.hours]))[0]) - 0.5 * sigma**2)

    def share_of_hours(self, ratio: np.ndarray) -> np.ndarray:
        """Return the share of hourly means within the limit at a mean of ``ratio`` of it; NaN where that is NaN."""
        sigma = math.sqrt(math.log1p(self.scatter**2))
        known = np.where(ratio > 0.0, ratio, np.nan)
        z = (0.5 * sigma**2 - np.log(known)) / sigma
        return np.where(np.isnan(z), np.nan, share_below(np.where(np.isnan(z), 0.0, z)))


@lru_cache(maxsize=64)
def rule_of(lib: Library, process: str) -> Rule:
    """Return the rule of a process: its own entries over the general ones."""
    data = lib.data("common", "pollutant_limits.toml")
    table: dict[str, Any] = {**data["ultra_low"]["default"], **data["ultra_low"].get(process, {})}

    def share(key: str) -> float:
        return scalar(value_of(table[key], "fraction", lib, FILE, f"ultra_low.{process}.{key}"))

    limits = {r["id"]: r for r in data["limit"]}
    outputs = {}
    for pollutant, names in table.get("outputs", {}).items():
        entry = limits[table["limit"]][pollutant]
        limit = scalar(value_of(entry, "concentration", lib, FILE, f"{table['limit']}.{pollutant}"))
        outputs[pollutant] = ((names,) if isinstance(names, str) else tuple(names), limit)
    return Rule(tuple(table["conditions"]), share("hours"), share("scatter"), outputs)


def worst_ratio(rule: Rule, solved: Solved) -> np.ndarray:
    """Return the worst mean concentration over its limit, one for each solved row; NaN where it is not known."""
    if WORST_RATIO in solved.yearly:
        found = np.asarray(solved.yearly[WORST_RATIO], dtype=np.float64)
        return np.where(found > 0.0, found, np.nan)
    parts = [figure_of(solved, name) / limit for names, limit in rule.outputs.values() for name in names]
    return np.max(parts, axis=0) if parts else np.full(len(solved.x), np.nan)  # NaN where any is


def completed(rule: Rule, plant: Plant, ratio: float, completing: bool = False) -> bool | None:
    """Return whether a plant has completed ultra-low emission; None where a condition is not known. Without a rule that
    asks, what the plant itself says of a local one counts.

    ratio: worst mean concentration over its limit, NaN where no model tells; completing: by what is done to the plant.
    """
    if not rule.conditions:
        word = plant.classes.get(COMPLETED, "")
        return True if completing else (word == "done" if word else None)
    found = [True if completing else stated(plant, c) for c in rule.conditions]
    if ORGANISED in rule.conditions and not math.isnan(ratio):
        found[rule.conditions.index(ORGANISED)] = bool(ratio * rule.room() <= 1.0)
    if False in found:
        return False
    return None if None in found else True


def stated(plant: Plant, condition: str) -> bool | None:
    """Return what a plant says of one condition, by itself or of all; None where it says nothing."""
    word = plant.classes.get(f"ultra_low_{condition}") or plant.classes.get(COMPLETED, "")
    return None if not word else word == "done"
