"""The ranking under uncertainty: plants are drawn one after the other, and their proposals valued over the draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace

import numpy as np

from plantsim.engine.appraisal import appraise, yearly_cost
from plantsim.engine.chunks import in_order, thread_count
from plantsim.engine.groups import Group
from plantsim.engine.money import terms_of
from plantsim.engine.plans import PlantPlans
from plantsim.engine.ranking import Ranking
from plantsim.engine.sample import (
    DrawnPlant,
    PlantSpread,
    ProposalSpread,
    capex_draws,
    draw_plant,
    random_places,
    rank_spreads,
    spread,
)
from plantsim.engine.sectors import drawn_sector
from plantsim.engine.value import cost_amount, per_saved

MOST_SIDE_BY_SIDE = (
    4096  # draws: with more, one plant after the other, since all draws of a plant are in memory
)


def with_draws(
    ranking: Ranking,
    groups: Sequence[Group],
    draws: int,
    threads: int | None,
    progress: Callable[[int, int], None] | None,
) -> Ranking:
    """Return the ranking with probabilities and intervals. progress(done, all) is called after each plant."""
    rows = {(r.plant.id, r.proposal.id): r for r in ranking.proposals}
    base = {r.plant.id: r for r in ranking.plants}
    spreads: dict[tuple[str, str], ProposalSpread] = {}
    plants: dict[str, PlantSpread] = {}
    jobs = [(group, plan) for group in groups for plan in group.plans]
    workers = thread_count(threads)
    # either plants side by side, or the draws of one; the first leaves no thread idle while another prepares a plant
    side_by_side = len(jobs) > workers and draws <= MOST_SIDE_BY_SIDE
    begun, ahead = 1, 0
    if side_by_side:
        # one more than there are processors: while kernels run without Python's lock, another plant is prepared
        begun, ahead = workers + (workers > 1), len(jobs)
        # those with most to solve first, so that no thread is left with a large one at the end
        jobs.sort(key=lambda job: -_points(job[1]))

    def draw(job: tuple[Group, PlantPlans]) -> DrawnPlant | None:
        group, plan = job
        row = base[plan.plant.id]
        if row.status != "ok":
            return None
        benchmark = row.threshold.benchmark if row.threshold else None
        places = random_places(group, plan, draws)
        return draw_plant(group, plan, benchmark, places, 1 if side_by_side else workers)

    # closed, so that nothing more is begun when this is interrupted
    with closing(in_order(jobs, draw, begun, ahead)) as solved:
        for done, ((group, plan), drawn) in enumerate(zip(jobs, solved, strict=True), 1):
            if drawn is not None:
                plants[plan.plant.id] = drawn.spread
                for k in plan.alone:
                    key = plan.plant.id, plan.plant.proposals[k].id
                    if rows[key].status == "ok":
                        spreads[key] = _spread_of(group, plan, k, drawn)
            if progress is not None:
                progress(done, len(jobs))
    if not groups:
        return ranking
    settings = groups[0].lib.data("common", "uncertainty.toml")["ranking"]
    top, sure = float(settings["top_share"]["value"]), float(settings["confident"]["value"])
    gone = frozenset(b.plant.id for b in ranking.bundles if b.cancelled)
    gone -= {name for s in ranking.sectors for name in s.retired_over}
    bundles = {b.plant.id: b for b in ranking.bundles}
    sectors = tuple(drawn_sector(s, ranking.plants, plants, sure, gone, bundles) for s in ranking.sectors)
    placed = _placed(ranking, spreads, top)
    return replace(ranking, draws=draws, spreads=placed, plant_spreads=plants, sectors=sectors)


def _points(plan: PlantPlans) -> int:
    """Return how many operating points one draw of a plant solves, nearly."""
    return (2 + len(plan.alone) + len(plan.instead)) * len(plan.plant.operation)


def _placed(
    ranking: Ranking, spreads: Mapping[tuple[str, str], ProposalSpread], top: float
) -> dict[tuple[str, str], ProposalSpread]:
    """Return the spreads with rank intervals, each list by itself and by its own measure; without a rank as before."""
    found = dict(spreads)
    for name in dict.fromkeys(r.list for r in ranking.proposals):
        keys = [(r.plant.id, r.proposal.id) for r in ranking.proposals if r.list == name and r.rank]
        keys = [k for k in keys if k in spreads]
        found.update(zip(keys, rank_spreads([spreads[k] for k in keys], top), strict=True))
    return found


def _spread_of(group: Group, plan: PlantPlans, k: int, drawn: DrawnPlant) -> ProposalSpread:
    """Return one proposal's spread: its gain and its cost drawn, life and rate as they are."""
    npv, order = valued(group, plan, k, drawn)
    share = float(np.mean(np.isfinite(drawn.saving[k])))
    return ProposalSpread(spread(drawn.saving[k]), spread(npv), drawn.reaches[k], share, npv, order)


def valued(group: Group, plan: PlantPlans, k: int, drawn: DrawnPlant) -> tuple[np.ndarray, np.ndarray]:
    """Return (net present value, what the list is ordered by: higher comes first) of a proposal over the draws."""
    proposal = plan.plant.proposals[k]
    retrofit = group.lib.retrofits(plan.plant.process)[proposal.retrofit]
    stated = terms_of(group, plan, proposal, retrofit, drawn.gain[k], drawn.margin)
    capex = float(np.ravel(stated.terms.capex)[0]) + stated.avoided
    low, high = capex, capex
    if proposal.capex is None:
        solved, at = group.batch.first(plan.before)
        low, _, high = cost_amount(retrofit.capex, plan.plant, solved.x[at : at + 1], solved.d[at : at + 1])
    costs = capex_draws(low, capex, high, drawn.cost_points[k], group.lib) - stated.avoided
    found = appraise(replace(stated.terms, capex=costs), drawn.saving[k], with_rates=False)
    npv = np.broadcast_to(np.asarray(found.project.npv, dtype=np.float64), drawn.gain[k].shape)
    if retrofit.kind != "compliance":
        return npv, npv
    terms = replace(stated.terms, capex=costs)
    net = yearly_cost(terms) - terms.gain + drawn.for_clean_air[k]
    cost = np.asarray(per_saved(net, drawn.pollutant[k]))
    return npv, np.where(np.isnan(cost), -np.inf, -cost)  # cheapest per tonne first
