"""All that a ranking compares of the plants of one process, worked out together.

Plants whose flows no sink limits and whose power has one price are compared by the same conventions: their states
make one array, however many plants and proposals there are. The others are compared one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from plantsim.engine.batch import Block, Several, in_one
from plantsim.engine.figures import Basis, Figures, figures
from plantsim.engine.plans import PlantPlans
from plantsim.engine.trade import FREE

if TYPE_CHECKING:
    from plantsim.engine.groups import Group

Key = tuple[object, ...]
"""What tells a comparison from the others: the rows of its two states."""
Asked = tuple[PlantPlans, Block | Several, Block | Several]


def key_of(before: Block | Several, after: Block | Several) -> Key:
    """Return the key of a comparison."""
    return (*_rows_key(before), *_rows_key(after))


def _rows_key(states: Block | Several) -> Key:
    if isinstance(states, Block):
        return states.stage, states.start, states.stop
    return states.stage, states.rows.tobytes()


def asked_of(plan: PlantPlans, priced: bool = False) -> Iterator[Asked]:
    """Yield what a ranking compares of one plant; priced: only what another price deck asks for."""
    for k, ends in plan.alone.items():
        base = plan.baseline(k)
        if priced:
            yield plan, base, ends["likely"]
            continue
        yield plan, in_one([base] * len(ends)), in_one(list(ends.values()))
        yield plan, plan.before, ends["likely"]
        yield plan, plan.moved_instead.get(k, plan.moved), plan.moved_alone[k]
        for other in plan.alternatives[k].values():
            yield plan, plan.before, other
    if priced:
        return
    parts = list(plan.parts.values())
    if parts:
        yield plan, in_one([plan.before] * len(parts)), in_one(parts)
    if plan.together:
        yield plan, plan.before, plan.done


def worked_out(group: Group, priced: bool = False) -> dict[Key, Figures]:
    """Return the figures of what a ranking compares, by key, of the plants that share their conventions.

    priced: only what another price deck asks for.
    """
    alike: dict[Key, list[Asked]] = {}
    conventions: dict[Key, Basis] = {}
    for plan in group.plans:
        if group.trade(plan.plant) != FREE or group.trade(plan.plant, together=True) != FREE:
            continue
        basis = group.basis_of(plan.plant)
        for asked in asked_of(plan, priced):
            kind: Key = (basis.indicator, basis.rule, asked[1].stage, asked[2].stage)
            conventions.setdefault(kind, basis)
            alike.setdefault(kind, []).append(asked)
    found: dict[Key, Figures] = {}
    for kind, several in alike.items():
        found.update(_together(group, conventions[kind], several))
    return found


def _together(group: Group, basis: Basis, several: Sequence[Asked]) -> dict[Key, Figures]:
    sources = [_places(before) for _, before, _ in several]
    targets = [_places(after) for _, _, after in several]
    _, source, target = several[0]
    whole = figures(
        group.batch,
        Several(source.stage, np.concatenate(sources)),
        Several(target.stage, np.concatenate(targets)),
        basis,
    )
    found, start = {}, 0
    for (_, before, after), rows in zip(several, sources, strict=True):
        found[key_of(before, after)] = whole.rows(slice(start, start + len(rows)))
        start += len(rows)
    return found


def _places(states: Block | Several) -> np.ndarray:
    return np.arange(states.start, states.stop) if isinstance(states, Block) else states.rows
