"""What is simulated of each plant: as it is, with its inputs moved, each proposal alone, and every feasible bundle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from plantsim.engine.alternatives import choices
from plantsim.engine.batch import Batch, Block
from plantsim.engine.influence import moved_by_word, moved_rows
from plantsim.engine.rows import Amounts, Capped, plant_rows, repeat_year
from plantsim.library import Library, retrofits
from plantsim.vocabulary.case import Change, Plant, Proposal, Retrofit

CASES = ("low", "likely", "high")
EXACT_UP_TO = 8  # proposals of one plant: every feasible bundle of them is simulated (2^8 states)


@dataclass
class PlantPlans:
    """Where a plant's states stand in the batch. Proposals are told by their place in ``plant.proposals``."""

    plant: Plant
    before: Block
    moved_names: tuple[str, ...]  # of what is moved in each row: a word of evidence, or an input
    moved: Block
    alone: dict[int, dict[str, Block]] = field(default_factory=dict)
    moved_alone: dict[int, Block] = field(default_factory=dict)
    instead: dict[int, Block] = field(
        default_factory=dict
    )  # what would be done anyway, where a proposal names it
    moved_instead: dict[int, Block] = field(default_factory=dict)
    alternatives: dict[int, dict[str, Block]] = field(default_factory=dict)  # by word of the process's option
    capped: dict[int, list[Capped]] = field(default_factory=dict)
    bundles: dict[frozenset[int], Block] = field(default_factory=dict)
    together: frozenset[int] = frozenset()  # the largest feasible bundle, earlier proposals first
    left_out: tuple[tuple[int, int], ...] = ()  # (proposal, the earlier one that excludes it)

    def baseline(self, k: int) -> Block:
        """The state that a proposal is compared with: the plant as it is, or with what would be done anyway."""
        return self.instead.get(k, self.before)

    @property
    def parts(self) -> dict[frozenset[int], Block]:
        """The states with parts of what is done together, each proposal alone first; nothing where one is missing."""
        blocks = {frozenset({k}): self.alone[k]["likely"] for k in self.together} | self.bundles
        found = {bundle: block for bundle, block in blocks.items() if bundle <= self.together}
        return found if found and len(found) + 1 >= 2 ** len(self.together) else {}

    @property
    def done(self) -> Block:
        """The state with everything done that can be done together; the plant as it is where nothing can."""
        if not self.together:
            return self.before
        return self.bundles.get(self.together) or self.alone[min(self.together)]["likely"]


def changes_of(lib: Library, plant: Plant, proposal: Proposal) -> tuple[Change, ...]:
    """Return the changes of a proposal: its own figures where it gives them, else the library's.

    A proposal's own change keeps the library's cap: a claim can't move a variable past it.
    """
    own = {c.variable: c for c in proposal.changes}
    merged = []
    for declared in lib.retrofits(plant.process)[proposal.retrofit].changes:
        c = own.pop(declared.variable, None)
        merged.append(declared if c is None else _capped_like(c, declared))
    return (*merged, *own.values())


def anyway(lib: Library, plant: Plant, proposal: Proposal) -> Retrofit | None:
    """Return the measure that would be done at a plant without a proposal; None where nothing would."""
    if proposal.counterfactual == retrofits.NOTHING_INSTEAD:
        return None
    return lib.retrofits(plant.process)[proposal.counterfactual]


def _capped_like(own: Change, declared: Change) -> Change:
    from dataclasses import replace

    most = [m for m in (own.at_most, declared.at_most) if m is not None]
    least = [m for m in (own.at_least, declared.at_least) if m is not None]
    return replace(own, at_most=min(most, default=None), at_least=max(least, default=None))


def exclude_each_other(lib: Library, plant: Plant, a: int, b: int) -> bool:
    """Return whether two proposals of a plant can't be done together: by exclusion, or being the same measure."""
    shelf = lib.retrofits(plant.process)
    first, second = shelf[plant.proposals[a].retrofit], shelf[plant.proposals[b].retrofit]
    return retrofits.exclude_each_other(first, second)


def feasible(lib: Library, plant: Plant, bundle: Sequence[int]) -> bool:
    """Return whether a bundle holds no exclusion and everything that its members require."""
    if any(exclude_each_other(lib, plant, a, b) for a, b in combinations(bundle, 2)):
        return False
    shelf = lib.retrofits(plant.process)
    present = {plant.proposals[k].retrofit for k in bundle}
    return all(set(shelf[name].requires) <= present for name in present)


def simulated(lib: Library, plant: Plant) -> list[int]:
    """Return the proposals that change the plant's record; retiring it does not."""
    shelf = lib.retrofits(plant.process)
    return [k for k, p in enumerate(plant.proposals) if shelf[p.retrofit].kind != "retire"]


def largest_bundle(lib: Library, plant: Plant) -> tuple[frozenset[int], tuple[tuple[int, int], ...]]:
    """Return the proposals done together when all are, earlier ones first, and (left out, because of) pairs."""
    taken: list[int] = []
    left_out: list[tuple[int, int]] = []
    for k in simulated(lib, plant):
        blocking = [t for t in taken if exclude_each_other(lib, plant, t, k)]
        if blocking:
            left_out.append((k, blocking[0]))
        else:
            taken.append(k)
    while taken and not feasible(lib, plant, taken):  # a prerequisite is missing: drop who needs it
        shelf = lib.retrofits(plant.process)
        present = {plant.proposals[k].retrofit for k in taken}
        needy = [k for k in taken if not set(shelf[plant.proposals[k].retrofit].requires) <= present]
        taken = [k for k in taken if k not in needy]
        left_out += [(k, k) for k in needy]
    return frozenset(taken), tuple(left_out)


def bundles_of(lib: Library, plant: Plant) -> list[frozenset[int]]:
    """Return the feasible bundles of two and more proposals; above EXACT_UP_TO only the largest and those less one."""
    members, _ = largest_bundle(lib, plant)
    if len(simulated(lib, plant)) <= EXACT_UP_TO:
        chosen = [c for n in range(2, len(members) + 1) for c in combinations(sorted(members), n)]
    else:
        chosen = [tuple(sorted(members)), *(tuple(sorted(members - {k})) for k in sorted(members))]
    return [frozenset(c) for c in chosen if len(c) > 1 and feasible(lib, plant, c)]


def lay_out(batch: Batch, lib: Library, plants: Sequence[Plant]) -> list[PlantPlans]:
    """Add every state of the plants of one process to a batch; return where they stand."""
    x, year = plant_rows(batch.declaration, plants)
    plans = []
    for i, plant in enumerate(plants):
        row = x[i : i + 1]
        moved = moved_by_word(batch.declaration, row, year, i, plant)
        plan = PlantPlans(
            plant=plant,
            before=batch.add(row, repeat_year(year, i, 1)),
            moved_names=moved.names,
            moved=batch.add(moved.x, moved.year),
        )
        _lay_out_proposals(batch, lib, plan)
        plans.append(plan)
    return plans


def lay_out_singly(batch: Batch, lib: Library, plant: Plant) -> PlantPlans:
    """Add a plant as it is and with each input moved alone, without and with each proposal; return where they stand."""
    row, year = plant_rows(batch.declaration, [plant])
    moved = moved_rows(batch.declaration, row, year, 0)
    plan = PlantPlans(
        plant=plant,
        before=batch.add(row, year),
        moved_names=moved.names,
        moved=batch.add(moved.x, moved.year),
    )
    for k in simulated(lib, plant):
        changes = changes_of(lib, plant, plant.proposals[k])
        plan.alone[k] = {"likely": batch.change(plan.before, [(changes, "likely")])}
        plan.moved_alone[k] = batch.change(plan.moved, [(changes, "likely")])
    return plan


def _lay_out_proposals(batch: Batch, lib: Library, plan: PlantPlans) -> None:
    plant = plan.plant
    likely: Mapping[int, tuple[Sequence[Change], Amounts]] = {
        k: (changes_of(lib, plant, plant.proposals[k]), "likely") for k in simulated(lib, plant)
    }
    for k, (changes, _) in likely.items():
        plan.capped[k] = []
        held = {"likely": plan.capped[k]}
        plan.alone[k] = {c: batch.change(plan.before, [(changes, c)], held.get(c)) for c in CASES}
        plan.moved_alone[k] = batch.change(plan.moved, [(changes, "likely")])
        instead = anyway(lib, plant, plant.proposals[k])
        if instead is not None:
            plan.instead[k] = batch.change(plan.before, [(instead.changes, "likely")])
            plan.moved_instead[k] = batch.change(plan.moved, [(instead.changes, "likely")])
        plan.alternatives[k] = {
            word: batch.change(plan.before, [(other, "likely")])
            for word, other in choices(batch.declaration, changes).items()
        }
    plan.together, plan.left_out = largest_bundle(lib, plant)
    for bundle in bundles_of(lib, plant):
        plan.bundles[bundle] = batch.change(plan.before, [likely[k] for k in sorted(bundle)])
