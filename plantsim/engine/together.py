"""A proposal and the others of its plant: what each saves alone, what they save together, and how far that differs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from plantsim.engine.alternatives import Alternative, compared
from plantsim.engine.groups import Group
from plantsim.engine.plans import PlantPlans
from plantsim.vocabulary.case import Plant, Retrofit
from plantsim.vocabulary.status import status_name


@dataclass(frozen=True)
class Bundle:
    """Proposals done together, simulated as a whole. J of standard coal a year by equivalent value; indicator in SI.

    apart: what its members save alone, added up; NaN where one of them or the whole has no solution.
    """

    members: tuple[str, ...]
    saving: float
    apart: float
    indicator: float
    status: str

    @property
    def interaction(self) -> float:
        """What doing them together adds to (or takes from) the sum of them."""
        return self.saving - self.apart


@dataclass(frozen=True)
class Together:
    """The bundles of a plant that hold one proposal, the smallest first; the first is the proposal alone."""

    plant: Plant
    proposal: str
    indicator: str
    before: float
    bundles: tuple[Bundle, ...]


def together_with(groups: Sequence[Group], proposal: str) -> Together | None:
    """Return a simulated proposal with every bundle that holds it; None where no plant has it."""
    for group in groups:
        for plan in group.plans:
            for k in plan.alone:
                if plan.plant.proposals[k].id == proposal:
                    return _bundles(group, plan, k)
    return None


def under_choices(
    groups: Sequence[Group], proposal: str
) -> tuple[Plant, Retrofit, tuple[Alternative, ...]] | None:
    """Return a simulated proposal under each choice of its process's option; None where no plant has it or feels it."""
    for group in groups:
        for plan in group.plans:
            for k, blocks in plan.alternatives.items():
                if plan.plant.proposals[k].id == proposal:
                    block, between = plan.alone[k]["likely"], partial(group.freely, plan)
                    found = compared(group.batch, between, plan.before, block, blocks)
                    retrofit = group.lib.retrofits(plan.plant.process)[plan.plant.proposals[k].retrofit]
                    return (plan.plant, retrofit, found) if found else None
    return None


def _bundles(group: Group, plan: PlantPlans, k: int) -> Together:
    ids = [p.id for p in plan.plant.proposals]
    blocks = {frozenset({i}): of["likely"] for i, of in plan.alone.items()} | plan.bundles
    alone = {i: float(group.compare(plan, plan.alone[i]["likely"]).saving[0]) for i in plan.alone}
    found = []
    for members, block in sorted(blocks.items(), key=lambda item: (len(item[0]), sorted(item[0]))):
        if k in members:
            code, _ = group.status(plan.before, block)
            figures = group.compare(plan, block)
            found.append(
                Bundle(
                    members=tuple(ids[i] for i in sorted(members)),
                    saving=float(figures.saving[0]),
                    apart=math.fsum(alone[i] for i in members),
                    indicator=float(figures.after[0]),
                    status=status_name(code),
                )
            )
    name = group.basis_of(plan.plant).indicator
    before = float(group.batch.indicator(plan.before, name)[0])
    return Together(plan.plant, ids[k], name, before, tuple(found))
