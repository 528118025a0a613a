"""Where in the year a measure's saving arises: its figures by operating point, which add up to the year's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plantsim.engine.batch import Block
from plantsim.engine.evaluate import ledger_of
from plantsim.engine.figures import of_sides
from plantsim.engine.groups import Group
from plantsim.engine.operating import state_of
from plantsim.engine.plans import PlantPlans
from plantsim.engine.service import Ledger, at_equal_product, taken
from plantsim.vocabulary.case import Plant


@dataclass(frozen=True)
class Bin:
    """One operating point of a proposal. Saving in J of standard coal, carbon in kg CO2 in its hours; SI.

    state: what tells the point from the others, by variable; saving is at equal service, as the year's.
    """

    number: int
    seconds: float
    state: dict[str, float]
    saving: float
    carbon: float


@dataclass(frozen=True)
class Bins:
    """The operating points of a proposal, and the saving of its year [J of standard coal]."""

    plant: Plant
    proposal: str
    bins: tuple[Bin, ...]
    saving: float


def bins_of(groups: Sequence[Group], proposal: str = "") -> list[Bins]:
    """Return each simulated proposal (or one) by operating point; none for a proposal that failed at any."""
    return [
        found
        for group in groups
        for plan in group.plans
        for k, blocks in plan.alone.items()
        if proposal in ("", plan.plant.proposals[k].id)
        if (found := _bins(group, plan, k, blocks["likely"])) is not None
    ]


def _bins(group: Group, plan: PlantPlans, k: int, after: Block) -> Bins | None:
    before = plan.baseline(k)
    if group.status(before, after)[0] != 0:
        return None
    basis, trade = group.basis_of(plan.plant), group.trade(plan.plant)
    sides = []
    for block, room in ((before, trade.before), (after, trade.after)):
        year, parts = group.batch.ledger(block), _by_point(group, block)
        if block is after:
            scaled = at_equal_product(group.batch.ledger(before), year, basis.product, basis.references)
            parts = {c: _in_proportion(parts[c], year[c], scaled[c]) for c in parts}
            year = scaled
        left = taken(year, room)
        sides.append({c: _in_proportion(parts[c], year[c], left[c]) for c in parts})
    nothing = np.full(len(next(iter(sides[0].values()))), np.nan)
    found = of_sides(sides[0], sides[1], nothing, nothing, basis)
    solved, row = group.batch.first(before)
    own = solved.year.points(row)
    bins = tuple(
        Bin(
            i + 1,
            float(solved.year.seconds[p]),
            state_of(solved, row, p),
            float(found.saving[i]),
            float(found.carbon[i]),
        )
        for i, p in enumerate(range(own.start, own.stop))
    )
    whole = float(group.between(plan, before, after).saving[0])
    return Bins(plan.plant, plan.plant.proposals[k].id, bins, whole)


def _by_point(group: Group, block: Block) -> Ledger:
    """Return a state's ledger by operating point: shape (points,), SI, positive into the plant."""
    solved, row = group.batch.first(block)
    own = solved.year.points(row)
    flows = [v.name for v in solved.declaration.with_role("output") if v.ledger is not None]
    return ledger_of(solved.declaration, {n: solved.y[n][own] * solved.year.seconds[own] for n in flows})


def _in_proportion(parts: np.ndarray, whole: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Return the parts of a year's amount as they are when it becomes another one."""
    return parts * float(new[0] / whole[0]) if whole[0] != 0.0 else parts
