"""What policies give for all proposals of the plants of one process, and what each plant earns: in few calls.

Plants under the same rules are worked out together, as their figures are (see ``pairs``): their states make one array.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from plantsim.engine.batch import Block, in_one
from plantsim.engine.clean_air import SUPPORT
from plantsim.engine.groups import Group
from plantsim.engine.money import PolicyGain, policy_gain, yearly_margin
from plantsim.engine.plans import PlantPlans
from plantsim.engine.trade import FREE
from plantsim.engine.value import Numbers
from plantsim.vocabulary.case import Plant, Retrofit

WORDS = ("rule", "evidence")
"""Fields of a policy's gain that are the same for all that one rule values."""


@dataclass(frozen=True)
class Asked:
    """A proposal whose policies are asked for: its plant's states without and with it."""

    plan: PlantPlans
    k: int
    retrofit: Retrofit
    before: Block
    after: Block


@dataclass(frozen=True)
class Policies:
    """gain: CNY a year by plant and place of the proposal; margin: CNY a year that a running plant earns, None where
    that is not known.
    """

    gain: Mapping[tuple[str, int], PolicyGain]
    margin: Mapping[str, float | None]


def policies_of(group: Group) -> Policies:
    """Return what policies give for each simulated proposal of a group, and what its plants earn as they are."""
    shelf = group.lib.retrofits(group.batch.process.name)
    gains: dict[tuple[str, int], PolicyGain] = {}
    for alike in _by_rules(group, _asked(group, shelf)):
        first = alike[0]
        found = policy_gain(
            group,
            first.plan.plant,
            first.retrofit,
            group.batch,
            group.basis_of(first.plan.plant),
            in_one([a.before for a in alike]),
            in_one([a.after for a in alike]),
        )
        for place, a in enumerate(alike):
            gains[a.plan.plant.id, a.k] = _at(found, place)
    return Policies(gains, _margins(group))


def _asked(group: Group, shelf: Mapping[str, Retrofit]) -> Iterable[Asked]:
    for plan in group.plans:
        for k, ends in plan.alone.items():
            retrofit = shelf[plan.plant.proposals[k].retrofit]
            yield Asked(plan, k, retrofit, plan.baseline(k), ends["likely"])


def _by_rules(group: Group, asked: Iterable[Asked]) -> list[list[Asked]]:
    """Return the proposals in lists of those that the same rules value; states of a list are of the same stages."""
    found: dict[object, list[Asked]] = {}
    for a in asked:
        plant, stages = a.plan.plant, (a.before.stage, a.after.stage)
        rules = stages, group.basis_of(plant).rule, _rules_key(group, plant), tuple(a.retrofit.completes)
        found.setdefault(rules, []).append(a)
    return list(found.values())


def _rules_key(group: Group, plant: Plant) -> object:
    """Return what tells plants apart that other rules value: its classes; itself, where its flows or its support are
    its own.
    """
    if group.trade(plant) != FREE or SUPPORT in plant.classes:
        return plant.id
    return tuple(sorted(plant.classes.items()))


def _at(found: PolicyGain, place: int) -> PolicyGain:
    """Return one row of several; what is the same for all may stand there once."""
    numbers: dict[str, Any] = {
        f.name: _row(getattr(found, f.name), place) for f in fields(PolicyGain) if f.name not in WORDS
    }
    return replace(found, **numbers)


def _row(value: Numbers, place: int) -> float:
    every = np.ravel(value)
    return float(every[place if len(every) > 1 else 0])


def _margins(group: Group) -> dict[str, float | None]:
    alike: dict[object, list[PlantPlans]] = {}
    for plan in group.plans:
        alike.setdefault(_rules_key(group, plan.plant), []).append(plan)
    found: dict[str, float | None] = {}
    for plans in alike.values():
        states = in_one([plan.before for plan in plans])
        margin = yearly_margin(group, plans[0].plant, group.batch, group.basis, states)
        for place, plan in enumerate(plans):
            found[plan.plant.id] = None if margin is None else _row(margin, place)
    return found
