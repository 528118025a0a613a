"""What a result rests on: inputs are moved a little, before calibration, and the plant is solved again.

Its evidence asks only for the words: all inputs of a word are moved at once. Draws ask for the inputs, each alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plantsim.engine.rows import Year, repeat_year
from plantsim.vocabulary.case import Plant
from plantsim.vocabulary.declarations import Declaration, Variable

STEP = 1e-4
"""Relative step. Small enough to keep the operating state, large against the 1e-9 to which balances close."""


GOLDEN = 0.6180339887498949  # (sqrt 5 - 1) / 2: its multiples lie apart from each other, modulo 1


RESTS = 1e-9
"""A figure rests on an input when the step moves it by more than this share: an elasticity above 1e-5. Less is
the rounding of large sums that cancel."""


def moves(before: float, after: float) -> bool:
    """Return whether a figure moved by more than rounding; a figure that appears or vanishes has moved."""
    if before == after or (math.isnan(before) and math.isnan(after)):
        return False
    return not abs(after - before) <= RESTS * abs(before)


@dataclass(frozen=True)
class Moved:
    """Records of one plant with inputs moved by about STEP: row k has the input ``names[k]`` moved, or all inputs whose
    evidence is the word ``names[k]``.
    """

    names: tuple[str, ...]
    x: np.ndarray
    year: Year


def movable(v: Variable, row: np.ndarray) -> bool:
    """Return whether an input can be moved: numbers that are given. Choices and counts are structure."""
    return not v.is_integer and bool(np.any(np.isfinite(row[v.name])))


def step_of(v: Variable, value: np.ndarray, relative: float = STEP) -> np.ndarray:
    """Return the step of a value in SI: relative to it, or to its bounds where it is 0; inward at the upper bound.

    A place of a row that stands at a hard bound stays there, as in draws: a quality of 1 is superheated steam's.
    """
    span = (v.bounds[1] - v.bounds[0]) if v.bounds else 1.0
    step = np.where(value != 0, relative * np.abs(value), relative * span)
    if v.bounds:
        step = np.where(value + step > v.bounds[1], -step, step)
        if v.length:
            step = np.where((value == v.bounds[0]) | (value == v.bounds[1]), 0.0, step)
    return step


def moved_rows(
    declaration: Declaration, row: np.ndarray, year: Year, index: int, relative: float = STEP
) -> Moved:
    """Return one record per movable input of an uncalibrated x record, shape (1,), with that input moved."""
    inputs = [v for v in declaration.with_role("input") if movable(v, row)]
    x = np.repeat(row, len(inputs))
    for k, v in enumerate(inputs):
        value = row[v.name][0]
        x[v.name][k] = value + step_of(v, value, relative)
    return Moved(tuple(v.name for v in inputs), x, repeat_year(year, index, len(inputs)))


def moved_by_word(
    declaration: Declaration, row: np.ndarray, year: Year, index: int, plant: Plant, relative: float = STEP
) -> Moved:
    """Return one record per word of evidence, with all movable inputs of that word moved at once.

    Each goes by a step of its own between one and two of the usual: equal ones could cancel.
    """
    inputs = [v for v in declaration.with_role("input") if movable(v, row)]
    said = evidence_words(plant, [v.name for v in inputs])
    words = tuple(dict.fromkeys(said))
    x = np.repeat(row, len(words))
    for k, (v, word) in enumerate(zip(inputs, said, strict=True)):
        value = row[v.name][0]
        own = relative * (1.0 + k * GOLDEN % 1.0)
        x[v.name][words.index(word)] = value + step_of(v, value, own)
    return Moved(words, x, repeat_year(year, index, len(words)))


def evidence_words(plant: Plant, names: Sequence[str]) -> list[str]:
    """Return the evidence words of a plant's values for ``names``; a value without one counts as unverified."""
    words = []
    for name in names:
        value = plant.values.get(name)
        if value is None and name == "air_pressure":
            value = plant.air_pressure
        words.append((value.origin.evidence if value else "") or "unverified")
    return words
