"""Which uncertain thing moves a proposal most: each at the 10th and the 90th percentile of its own distribution, all
others at their median. Plant, proposal and money see the same values before and after, as in the draws.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plantsim.engine.drawn import valued
from plantsim.engine.groups import Group
from plantsim.engine.money import flexibility_prices
from plantsim.engine.plans import PlantPlans
from plantsim.engine.sample import Places, draw_plant, price_name, uncertain_inputs
from plantsim.vocabulary.problems import bad_input, nearest

LOW, MEDIAN, HIGH = 0.1, 0.5, 0.9
INPUT, EFFECT, COST, PRICE = "input", "effect", "cost", "price"


@dataclass(frozen=True)
class Bar:
    """One uncertain thing. Savings in J of standard coal a year, values in CNY, with it low and with it high.

    kind: input, effect, cost or price; name: the input's, or the price of the deck; "" otherwise.
    """

    kind: str
    name: str
    saving: tuple[float, float]
    npv: tuple[float, float]


@dataclass(frozen=True)
class Tornado:
    """A proposal's bars, the widest in net present value first; saving, npv: with everything at its median."""

    plant: str
    proposal: str
    saving: float
    npv: float
    bars: tuple[Bar, ...]


def tornado(groups: Sequence[Group], proposal: str, threads: int | None = None) -> Tornado:
    """Return the bars of a simulated proposal, told by its id. Raises BadInput naming the nearest one."""
    known = {p.plant.proposals[k].id: (g, p, k) for g in groups for p in g.plans for k in p.alone}
    if proposal not in known:
        near = nearest(proposal, list(known))
        raise bad_input("tornado_unknown", given=proposal, nearest=near, known=", ".join(known))
    return _tornado(*known[proposal], threads)


def _tornado(group: Group, plan: PlantPlans, k: int, threads: int | None) -> Tornado:
    inputs, proposals = tuple(uncertain_inputs(group, plan)), tuple(plan.alone)
    factors = group.basis.factors
    ranges = {"price": factors.price_range, "sold": factors.sold_range}
    named = [price_name(factors, kind, c) for kind, of in ranges.items() for c in of]
    prices = list(dict.fromkeys([*named, *flexibility_prices(group)]))
    at = proposals.index(k)
    things = [(INPUT, name, place) for place, name in enumerate(inputs)]
    things.append((EFFECT, "", len(inputs) + at))
    things.append((COST, "", len(inputs) + len(proposals) + at))
    things += [(PRICE, name, -1) for name in prices]
    u = np.full((1 + 2 * len(things), len(inputs) + 2 * len(proposals)), MEDIAN)
    rows = {name: np.full(len(u), MEDIAN) for name in prices}
    for i, (_, name, column) in enumerate(things):
        target = rows[name] if column < 0 else u[:, column]
        target[1 + 2 * i], target[2 + 2 * i] = LOW, HIGH
    middle = np.full(len(u), MEDIAN)
    places = Places(inputs, proposals, u, lambda name: rows.get(name, middle))
    drawn = draw_plant(group, plan, None, places, threads)
    npv, _ = valued(group, plan, k, drawn)
    saving = drawn.saving[k]

    def pair(values: np.ndarray, i: int) -> tuple[float, float]:
        return float(values[1 + 2 * i]), float(values[2 + 2 * i])

    bars = [Bar(kind, name, pair(saving, i), pair(npv, i)) for i, (kind, name, _) in enumerate(things)]
    bars = [b for b in bars if width(b.npv) > 0 or width(b.saving) > 0]
    bars.sort(key=lambda b: (-width(b.npv), -width(b.saving), b.kind, b.name))
    return Tornado(plan.plant.id, plan.plant.proposals[k].id, float(saving[0]), float(npv[0]), tuple(bars))


def width(ends: tuple[float, float]) -> float:
    """Return how far apart two ends are; 0 where one is not known."""
    span = abs(ends[1] - ends[0])
    return 0.0 if math.isnan(span) else span
