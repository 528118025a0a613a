"""Whole plants drawn around one: every input over its typical band at once, those that hang together moved together.

A sheet's figures bind each other: ten pressures drawn one by one are hardly ever in order. What an input hangs on is
declared with it (``hangs_on``): its place between two others in logarithms, a power of another, a shift with another,
the rest that fills up to a whole, or another that says the same; a place of a row can hang on its own value. Choices
stay as the plant has them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from plantsim.vocabulary.declarations import Declaration, Variable, hung_on


def typical_plants(declaration: Declaration, plant: np.ndarray, n: int, seed: int) -> np.ndarray:
    """Return x records of n plants drawn around ``plant`` (an input record that is not calibrated yet).

    An optional input that the plant does not give is left out, unless it says what a sheet's figures would.
    """
    rng = np.random.default_rng(seed)
    x = np.repeat(np.atleast_1d(plant), n)
    inputs = declaration.with_role("input")
    instead = {name for v in inputs if "said_by" in v.hangs_on for name in hung_on(v)}
    for v in inputs:
        if v.typical is None or v.is_integer or (v.hangs_on and "own_times" not in v.hangs_on):
            continue
        if v.length:
            _draw_places(x, v, declaration, rng)
        elif v.name in instead or not np.isnan(x[v.name][0]):
            x[v.name] = rng.uniform(*v.typical, n)
    for v in _in_order(inputs):
        _follow(x, plant, v, declaration)
    return x


def follow_drawn(x: np.ndarray, plant: np.ndarray, names: Sequence[str], declaration: Declaration) -> None:
    """Move what hangs on the named inputs, which stand drawn in x, with them; in x, from the record ``plant``.

    One that is drawn itself keeps its own deviation, on top of what it follows. What would say the same as another
    input stays: the plant says it.
    """
    moved = set(names)
    for v in _in_order(declaration.with_role("input")):
        if "said_by" in v.hangs_on or not moved & set(hung_on(v)):
            continue
        own = np.asarray(plant[v.name], dtype=np.float64)
        if not np.any(np.isfinite(own) & (own != 0.0)):
            continue
        shifted = "shifts_with" in v.hangs_on
        with np.errstate(divide="ignore", invalid="ignore"):
            apart = x[v.name] - own if shifted else np.where(own != 0.0, x[v.name] / own, 1.0)
        _follow(x, plant, v, declaration)
        if v.name in moved:
            x[v.name] = _held(v, x[v.name] + apart if shifted else x[v.name] * apart)
        moved.add(v.name)


def _draw_places(x: np.ndarray, v: Variable, declaration: Declaration, rng: np.random.Generator) -> None:
    """Draw each place of a row upwards from its own value, or from 0: what lies below zero depends on the place."""
    assert v.typical is not None
    count = declaration.dimensions[v.dimension].count
    places = int(x[count][0]) if count else v.length
    for k in range(places):
        own, high = float(x[v.name][0, k]), v.typical[1]
        low = max(v.typical[0], min(own, 0.0))
        if "own_times" in v.hangs_on:  # a valve in one pipe says nothing of the others
            high = max(low, min(high, v.hangs_on["own_times"] * own))
        x[v.name][:, k] = rng.uniform(low, high, len(x))


def _in_order(inputs: list[Variable]) -> list[Variable]:
    """Return the inputs that hang on others, each behind those that it hangs on."""
    left = {v.name: v for v in inputs if v.hangs_on and "own_times" not in v.hangs_on}
    ordered: list[Variable] = []
    while left:
        ready = [v for v in left.values() if not set(hung_on(v)) & set(left)]
        if not ready:
            raise ValueError(f"inputs that hang on each other: {sorted(left)}")
        for v in ready:
            ordered.append(left.pop(v.name))
    return ordered


def _follow(x: np.ndarray, plant: np.ndarray, v: Variable, declaration: Declaration) -> None:
    own = np.asarray(plant[v.name], dtype=np.float64)

    def moved(name: str) -> np.ndarray:
        return np.asarray(x[name] / plant[name])

    if "said_by" in v.hangs_on:
        x[v.name] = np.nan
    elif "between" in v.hangs_on:
        upper, lower = hung_on(v)
        top, bottom = np.log(float(plant[upper])), np.log(float(plant[lower]))
        with np.errstate(divide="ignore", invalid="ignore"):
            place = (np.log(own) - bottom) / (top - bottom)
        shape = (-1,) + (1,) * own.ndim
        place = np.where(own > 0.0, place, 0.0)  # of a row, what is not there stays 0
        scale = moved(lower).reshape(shape) ** (1.0 - place) * moved(upper).reshape(shape) ** place
        x[v.name] = own * scale
    elif "power_of" in v.hangs_on:
        shape = (-1,) + (1,) * own.ndim
        with np.errstate(divide="ignore", invalid="ignore"):
            factor = moved(hung_on(v)[0]).reshape(shape) ** v.hangs_on["exponent"]
        x[v.name] = _held(v, np.where(np.isfinite(factor), own * factor, own))
    elif "shifts_with" in v.hangs_on:
        name = hung_on(v)[0]
        x[v.name] = _held(v, own + v.hangs_on["factor"] * (x[name] - plant[name]))
    else:
        _fill(x, plant, v, declaration)


def _held(v: Variable, values: np.ndarray) -> np.ndarray:
    return np.clip(values, *v.bounds) if v.bounds else values


def _fill(x: np.ndarray, plant: np.ndarray, v: Variable, declaration: Declaration) -> None:
    """Let v take its share of what the others leave of the whole.

    They give way where one of those that fill up would leave its band.
    """
    others = hung_on(v)
    left = 1.0 - sum(x[name] for name in others)
    before = 1.0 - sum(float(plant[name]) for name in others)
    together = [w for w in declaration.with_role("input") if w.hangs_on == v.hangs_on and w.typical]
    least = max((before * w.typical[0] / float(plant[w.name]) for w in together if w.typical), default=0.0)
    too_much = np.where(left < least, (1.0 - least) / (1.0 - left), 1.0)
    for name in others:
        x[name] *= too_much
    x[v.name] = float(plant[v.name]) * np.maximum(left, least) / before
