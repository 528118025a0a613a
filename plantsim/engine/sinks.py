"""Shared sinks: what a buyer or a site takes of a carrier in a year, divided among the plants that sell to it.

Plants as they are deliver first, all in the same proportion where the sink cannot take them all. A change of one
plant alone gets what the others leave. With everything done, what is left is divided by Shapley shares of the joint
delivery, which is never more than the sink takes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from plantsim.engine.figures import Basis
from plantsim.engine.service import Ledger, at_equal_product
from plantsim.engine.shares import AT_MOST, shapley
from plantsim.vocabulary.case import Case, Plant, scalar


@dataclass(frozen=True)
class Sold:
    """What one plant would sell of a carrier to a sink, J or kg a year: as it is, and with everything done."""

    plant: str
    carrier: str
    sink: str
    before: float
    after: float


@dataclass(frozen=True)
class Room:
    """What a sink takes from one plant, J or kg a year: as it is; after a change of this plant alone; after all."""

    sink: str
    demand: float
    before: float
    alone: float
    together: float


def sold_by(plant: Plant, before: Ledger, after: Ledger, basis: Basis) -> list[Sold]:
    """Return what a plant sells to each of its sinks, at equal product; a state that failed sells nothing."""
    if not plant.sells_to:
        return []
    scaled = at_equal_product(before, after, basis.product, basis.references)

    def out(ledger: Ledger, carrier: str) -> float:
        amount = -float(ledger.get(carrier, np.zeros(1))[0])
        return 0.0 if math.isnan(amount) else max(amount, 0.0)

    return [Sold(plant.id, c, sink, out(before, c), out(scaled, c)) for c, sink in plant.sells_to.items()]


def rooms(case: Case, offers: Sequence[Sold]) -> dict[str, dict[str, Room]]:
    """Return what the sinks of a case take, by plant and carrier. Plants without a model sell what they declare."""
    demand = {s.id: scalar(s.demand) for s in case.sinks}
    simulated = {o.plant for o in offers}
    declared = [
        Sold(p.id, c, sink, amount, amount)
        for p in case.plants
        if p.id not in simulated
        for c, sink in p.sells_to.items()
        if c in p.declared and (amount := max(-scalar(p.declared[c]), 0.0)) > 0
    ]
    found: dict[str, dict[str, Room]] = {}
    for sink, most in demand.items():
        sellers = [o for o in (*offers, *declared) if o.sink == sink]
        for offer, room in zip(sellers, divided(sink, most, sellers), strict=True):
            found.setdefault(offer.plant, {})[offer.carrier] = room
    return found


def divided(sink: str, demand: float, sellers: Sequence[Sold]) -> list[Room]:
    """Return each seller's room; see the head of this file."""
    offered = sum(s.before for s in sellers)
    part = min(1.0, demand / offered) if offered > 0 else 1.0
    before = [s.before * part for s in sellers]
    kept = [min(b, s.after) for b, s in zip(before, sellers, strict=True)]
    more = [max(s.after - b, 0.0) for b, s in zip(before, sellers, strict=True)]
    extra = joint_shares(more, max(demand - sum(kept), 0.0))
    return [
        Room(sink, demand, b, demand - (sum(before) - b), k + e)
        for b, k, e in zip(before, kept, extra, strict=True)
    ]


def joint_shares(wanted: Sequence[float], room: float) -> list[float]:
    """Return Shapley shares of min(room, sum of what is wanted); in proportion above 10 that want anything."""
    asking = [i for i, w in enumerate(wanted) if w > 0]
    total = sum(wanted)
    if total <= room:
        return list(wanted)
    if len(asking) > AT_MOST:
        return [w * room / total for w in wanted]
    worth: Mapping[frozenset[int], float] = {
        frozenset(members): min(room, sum(wanted[i] for i in members))
        for n in range(len(asking) + 1)
        for members in combinations(asking, n)
    }
    shares = shapley(worth)
    return [float(shares.get(i, 0.0)) for i in range(len(wanted))]
