"""The main job: every plant before and after every proposal, what it saves and costs, and which come first."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from plantsim.engine.declared import declared_bundle, declared_drafts, declared_row
from plantsim.engine.drafts import Draft, drafts_of, repriced, rows_of
from plantsim.engine.drawn import with_draws
from plantsim.engine.factors import read_factors
from plantsim.engine.groups import Group, at_deck, compared_together, solve_groups
from plantsim.engine.plant_rows import bundle_row, plant_row
from plantsim.engine.policies import policies_of
from plantsim.engine.ranking import LISTS, BundleRow, PlantRow, ProposalRow, Ranking, Warnings
from plantsim.engine.sectors import sector_rows
from plantsim.engine.totals import city_totals
from plantsim.library import Library
from plantsim.processes import names
from plantsim.vocabulary.case import Case
from plantsim.vocabulary.problems import Problems

SIMULATED, DECLARED, FAILED = range(
    3
)  # bands of a list, after which those that agree with their record come first


def rank_case(
    case: Case,
    lib: Library,
    problems: Problems,
    threads: int | None = None,
    draws: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Ranking:
    """Simulate every plant of a case before and after every proposal and rank the proposals.

    Three lists, each ranked by itself: energy, compliance, flexibility. In each, plants whose own record agrees with
    the model come before the others, then declared proposals, failed rows last. Within such a band: net present value
    at the case's deck, highest first; of compliance measures the cost per tonne of pollutant, lowest first; rows
    without it after those; ties by plant and proposal id. draws: number of draws of the uncertain inputs, effects,
    costs and prices; 0 for none. progress(done, all) is called after each plant drawn. Raises BadInput when a
    convention of the case names something unknown.
    """
    return rank_solved(case, lib, solve_groups(case, lib, problems, threads), threads, draws, progress)


def rank_decks(
    case: Case,
    lib: Library,
    groups: Sequence[Group],
    threads: int | None = None,
    draws: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Ranking, dict[str, Ranking]]:
    """Return the ranking of a case's solved plants, and that at each of its further price decks.

    Raises BadInput for a deck that lacks a price.
    """

    ranking = rank_solved(case, lib, groups)

    def others(base: Ranking) -> dict[str, Ranking]:
        return {deck: repriced_ranking(base, lib, groups, deck) for deck in case.decks}

    if not draws:
        return ranking, others(ranking)
    with ThreadPoolExecutor(1) as beside:  # while kernels draw without Python's lock
        found = beside.submit(others, ranking)
        ranking = with_draws(ranking, groups, draws, threads, progress)
        return ranking, found.result()


def repriced_ranking(ranking: Ranking, lib: Library, groups: Sequence[Group], deck: str) -> Ranking:
    """Return the order of a case's proposals at another price deck: rows with the money of that deck; shares, sums and
    evidence are those of the case's. Raises BadInput for a deck that lacks a price.
    """
    case = replace(ranking.case, price_deck=deck)
    plants = {r.plant.id: r for r in ranking.plants}
    rows: dict[str, dict[str, ProposalRow]] = {}
    for row in ranking.proposals:
        rows.setdefault(row.plant.id, {})[row.proposal.id] = row
    drafts: list[Draft] = []
    for plant in case.plants:
        if plant.process not in names():
            drafts += declared_drafts(case, lib, plant, plants[plant.id])
    for group in compared_together(at_deck(groups, deck), priced=True):
        policies = policies_of(group)
        for plan in group.plans:
            drafts += repriced(group, plan, plants[plan.plant.id], rows.get(plan.plant.id, {}), policies)
    return replace(ranking, case=case, proposals=ranked(rows_of(drafts)))


def rank_solved(
    case: Case,
    lib: Library,
    groups: Sequence[Group],
    threads: int | None = None,
    draws: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Ranking:
    """Return the ranking of solved plants; see :func:`rank_case`."""
    groups = compared_together(groups)
    plants: list[PlantRow] = []
    bundles: list[BundleRow] = []
    drafts: list[Draft] = []
    for plant in case.plants:
        if plant.process not in names():
            base = declared_row(case, lib, plant)
            plants.append(base)
            drafts += declared_drafts(case, lib, plant, base)
    for group in groups:
        policies = policies_of(group)
        for plan in group.plans:
            base = plant_row(group, plan)
            plants.append(base)
            drafts += drafts_of(group, plan, base, policies)
            bundle = bundle_row(group, plan, base)
            bundles += [bundle] if bundle else []
    proposals = rows_of(drafts)
    for base in plants:
        if base.declared:
            own = [r for r in proposals if r.plant.id == base.plant.id]
            bundle = declared_bundle(case, lib, base, own)
            bundles += [bundle] if bundle else []
    sectors, points = sector_rows(case, lib, plants, bundles, proposals)
    proposals = [replace(r, share_points=points[r.plant.id, r.proposal.id]) for r in proposals]
    failed = sum(r.status != "ok" for r in plants if not r.declared) + sum(
        r.status != "ok" for r in proposals
    )
    factors = {g.batch.process.name: g.basis.factors for g in groups}
    for row in plants:
        if row.plant.process not in factors:
            factors[row.plant.process] = read_factors(case, lib, row.plant.process, Problems())
    ranking = Ranking(
        case,
        factors,
        tuple(plants),
        ranked(proposals),
        tuple(bundles),
        tuple(sectors),
        failed,
        totals=city_totals(plants, bundles, factors, lib),
        rooms={name: room for g in groups[:1] for name, room in g.rooms.items()},
    )
    return with_draws(ranking, groups, draws, threads, progress) if draws else ranking


def ranked(proposals: Sequence[ProposalRow]) -> tuple[ProposalRow, ...]:
    """Return the rows list by list in their order, each list counted from 1; at its end, with rank 0, those that are
    left out for want of a cost or of any figure.
    """
    found: list[ProposalRow] = []
    for name in LISTS:
        members = sorted((r for r in proposals if r.list == name), key=_order)
        placed = [r for r in members if not r.left_out]
        found += [replace(r, rank=i) for i, r in enumerate(placed, 1)]
        found += [replace(r, rank=0, warnings=_said(r)) for r in members if r.left_out]
    return tuple(found)


def _said(r: ProposalRow) -> Warnings:
    return r.warnings if r.says_nothing else (*r.warnings, ("left_out_without_cost", {}))


def _order(r: ProposalRow) -> tuple[int, bool, bool, float, str, str]:
    band = FAILED if r.status != "ok" else DECLARED if r.declared else SIMULATED
    measure = r.cost_of_pollutant if r.list == "compliance" else -r.npv
    known = not math.isnan(measure)
    return band, not r.calibrated, not known, measure if known else 0.0, r.plant.id, r.proposal.id
