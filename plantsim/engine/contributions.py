"""What makes a plant's indicator uncertain: each input moved by its own standard uncertainty, alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plantsim.engine.calibrate import model_figure
from plantsim.engine.evaluate import solve_process
from plantsim.engine.influence import movable, moves
from plantsim.engine.rows import plant_row, repeat_year, year_of
from plantsim.engine.sample import width_of
from plantsim.library import Library
from plantsim.processes import load
from plantsim.vocabulary.case import Plant, Value
from plantsim.vocabulary.declarations import Variable


@dataclass(frozen=True)
class Contribution:
    """One input: its value and standard uncertainty, and how far that moves the indicator; all SI.

    effect: of one standard uncertainty upward (downward where the bounds allow no more); NaN without a solution.
    share: of the indicator's variance, the inputs taken as independent.
    """

    name: str
    value: Value
    sd: float
    effect: float
    share: float


@dataclass(frozen=True)
class IndicatorRoad:
    """An indicator of a plant as it is, SI, its standard uncertainty, and what is behind it, weightiest first."""

    plant: Plant
    name: str
    value: float
    sd: float
    contributions: tuple[Contribution, ...]


def indicator_road(plant: Plant, lib: Library, name: str) -> IndicatorRoad:
    """Return what an indicator (or an output with a yearly figure) of a plant rests on.

    Like the ranking's draws it leaves out ratings that hang together (``drawn = false``).
    """
    declaration = lib.declaration(plant.process)
    row = plant_row(declaration, plant.values)
    inputs = [
        v for v in declaration.with_role("input") if v.drawn and v.name in plant.values and movable(v, row)
    ]
    sds = [width_of(v, plant.values[v.name], lib) for v in inputs]
    x = np.repeat(row, len(inputs) + 1)
    for k, (v, sd) in enumerate(zip(inputs, sds, strict=True)):
        x[v.name][k + 1] = _moved(v, row[v.name][0].astype(np.float64), sd)
    year = repeat_year(year_of(declaration, [plant.operation]), 0, len(x))
    found = model_figure(solve_process(load(plant.process), lib, x, year), name)
    value, effects = float(found[0]), found[1:] - found[0]
    variance = float(np.nansum(effects**2))
    rows = [
        Contribution(
            v.name, plant.values[v.name], sd, float(e), float(e) ** 2 / variance if variance else 0.0
        )
        for v, sd, e in zip(inputs, sds, effects, strict=True)
        if sd > 0 and moves(value, value + float(e))
    ]
    return IndicatorRoad(plant, name, value, math.sqrt(variance), tuple(_weightiest_first(rows)))


def _moved(v: Variable, value: np.ndarray, sd: float) -> np.ndarray:
    """Return a value moved by its standard uncertainty: all places of a row in proportion, as the draws move them, and
    none that stands at a hard bound: dry steam is not made wet.
    """
    low, high = v.bounds or (-math.inf, math.inf)
    step = np.full_like(value, sd)
    if v.length:
        step = value * sd / (float(np.nanmax(np.abs(value))) or 1.0)
        step = np.where((value == low) | (value == high), 0.0, step)
    return value - step if np.any(value + step > high) else value + step


def _weightiest_first(rows: Sequence[Contribution]) -> list[Contribution]:
    return sorted(rows, key=lambda c: (-math.inf if math.isnan(c.effect) else -abs(c.effect), c.name))
