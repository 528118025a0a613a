"""Rows of proposals in two steps: what each does, then what all of them are worth, in one appraisal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from plantsim.engine.alternatives import compared
from plantsim.engine.appraisal import yearly_cost
from plantsim.engine.figures import POLLUTANTS, Figures
from plantsim.engine.groups import Group
from plantsim.engine.influence import moves
from plantsim.engine.money import (
    PolicyGain,
    appraise_all,
    flexibility_gain,
    terms_of,
)
from plantsim.engine.notices import (
    of_cautions,
    of_counterfactual,
    of_outage,
    of_policy,
    of_proposal,
    of_sinks,
    remedy_of,
)
from plantsim.engine.plans import PlantPlans
from plantsim.engine.policies import Policies
from plantsim.engine.ranking import LISTS, POLICIES, PlantRow, ProposalRow, Warnings
from plantsim.engine.shares import shapley
from plantsim.engine.standards import UNGRADED, reached
from plantsim.engine.terms import Stated
from plantsim.engine.value import RATE_STATUS, Numbers, per_saved
from plantsim.vocabulary.case import Plant, Proposal, Retrofit, scalar, weakest
from plantsim.vocabulary.status import status_name


@dataclass(frozen=True)
class Draft:
    """A proposal with its figures and terms, not yet appraised. ``others``: further fields of its row."""

    plant: Plant
    proposal: Proposal
    retrofit: Retrofit
    base: PlantRow
    stated: Stated
    figures: Figures
    for_clean_air: float = 0.0  # of the gain, CNY a year: no cost of a pollutant is lowered by it
    others: dict[str, Any] = field(default_factory=dict)


def rows_of(drafts: Sequence[Draft]) -> list[ProposalRow]:
    """Return the rows of proposals: all are appraised together."""
    parts = [(d.stated.terms, float(d.figures.saving[0]), float(d.figures.carbon[0])) for d in drafts]
    return [_row(d, money) for d, money in zip(drafts, appraise_all(parts), strict=True)]


def _row(d: Draft, money: Any) -> ProposalRow:
    f, terms = d.figures, d.stated.terms
    pollutants = {p: float(a[0]) for p, a in f.pollutants.items()}
    cost = yearly_cost(terms) - terms.gain - terms.carbon_gain + d.for_clean_air

    def one(value: Numbers) -> float:
        return float(np.ravel(value)[0])

    others = dict(d.others)
    if math.isnan(one(terms.life)) and not math.isnan(one(terms.capex)):
        others["warnings"] = (*others.get("warnings", ()), ("life_not_known", {}))
    return ProposalRow(
        plant=d.plant,
        proposal=d.proposal,
        retrofit=d.retrofit,
        before=d.base.value,
        after=float(f.after[0]),
        level_before=d.base.level,
        saving=float(f.saving[0]),
        saving_equal_value=float(f.saving_equal_value[0]),
        carbon=float(f.carbon[0]),
        carbon_physical=float(f.carbon_physical[0]),
        carbon_basis=d.base.carbon_basis,
        pollutants=pollutants,
        capex=one(terms.capex) + d.stated.avoided,
        yearly_gain=one(terms.yearly),
        npv=one(money.project.npv),
        npv_after_tax=one(money.project.npv_after_tax),
        npv_owner=one(money.owner.npv),
        irr=one(money.project.irr),
        irr_status=RATE_STATUS[int(one(money.project.irr_status))],
        payback=one(money.payback_simple),
        payback_discounted=one(money.payback_discounted),
        cost_of_saved_energy=one(money.cost_of_saved_energy),
        cost_of_carbon=one(money.cost_of_carbon),
        investment_per_saving=one(money.investment_per_saving),
        cost_of_pollutant=one(per_saved(cost, sum(a for a in pollutants.values() if not math.isnan(a)))),
        share_points=0.0,
        indicator=d.base.indicator,
        calibrated=d.base.calibrated,
        list=d.retrofit.kind if d.retrofit.kind in LISTS else LISTS[0],
        **others,
    )


def drafts_of(group: Group, plan: PlantPlans, base: PlantRow, policies: Policies) -> list[Draft]:
    """Return the drafts of a simulated plant's proposals, in the plant's order."""
    parts = _shapley_shares(group, plan)
    shelf = group.lib.retrofits(plan.plant.process)
    drafts = []
    for k, proposal in enumerate(plan.plant.proposals):
        if shelf[proposal.retrofit].kind == "retire":
            drafts.append(_retired(group, plan, proposal, base, policies))
        elif k in plan.alone:
            draft = _simulated(group, plan, k, base, policies)
            own = {name: shares[k] for name, shares in parts.items() if k in shares}
            others = {
                **draft.others,
                "saving_in_bundle": own.pop("saving", math.nan),
                "pollutants_in_bundle": own,
            }
            drafts.append(replace(draft, others=others))
    return drafts


def _shapley_shares(group: Group, plan: PlantPlans) -> dict[str, dict[int, float]]:
    """Return each member's Shapley share of what the largest bundle saves, and of each pollutant less, by figure.

    A figure is left out where a part of the bundle can't be solved, or where it is not known.
    """
    parts = plan.parts
    if not parts:
        return {}
    found = group.each(plan, plan.before, list(parts.values()))
    shares: dict[str, dict[int, float]] = {}
    for name, figure in {"saving": found.saving, **found.pollutants}.items():
        if not np.any(np.isnan(figure)):
            values = dict(zip(parts, map(float, figure), strict=True))
            shares[name] = {int(k): v for k, v in shapley(values).items()}  # type: ignore[call-overload]
    return shares


def _simulated(group: Group, plan: PlantPlans, k: int, base: PlantRow, policies: Policies) -> Draft:
    plant, proposal = plan.plant, plan.plant.proposals[k]
    retrofit = group.lib.retrofits(plant.process)[proposal.retrofit]
    block, base_block = plan.alone[k]["likely"], plan.baseline(k)
    each = group.each(plan, base_block, list(plan.alone[k].values()))
    found = {c: each.row(i) for i, c in enumerate(plan.alone[k])}
    likely = found["likely"]
    code, blame = group.status(plan.before, base_block, block)
    known = [s for s in (float(f.saving[0]) for f in found.values()) if not math.isnan(s)]
    worth = _worth(group, plan, k, likely, policies)
    policy, stated = worth.policy, worth.stated
    evidence = weakest([*_rests_on(group, plan, k, likely), retrofit.evidence])
    prices = group.basis.factors.evidence("price", likely.moved) or "unverified"
    after = float(likely.after[0])
    others: dict[str, Any] = {
        "status": status_name(code),
        "blame": blame,
        "level_after": reached(base.threshold, after),
        "saving_low": min(known, default=math.nan),
        "saving_high": max(known, default=math.nan),
        "evidence": evidence,
        "money_evidence": weakest([evidence, stated.evidence, prices]),
        "warnings": (
            *of_proposal(plan, k, retrofit, found),
            *of_sinks(group, plan, block),
            *of_cautions(group, base_block, block),
            *of_outage(proposal, retrofit, _first(stated.terms.outage_loss), worth.margin is not None),
            *group.failure(plan.before, block),
            *remedy_of(group, block),
            *of_policy(policy, worth.flexibility),
            *of_counterfactual(group, plan, proposal, stated.avoided),
        ),
        "policy": {name: getattr(policy, name) for name in POLICIES},
        "alternatives": compared(
            group.batch, lambda a, b: group.freely(plan, a, b), plan.before, block, plan.alternatives[k]
        ),
    }
    return Draft(plant, proposal, retrofit, base, stated, likely, float(policy.for_clean_air), others)


@dataclass(frozen=True)
class Worth:
    """What a simulated proposal is worth at a price deck: CNY a year by policy and by the market, and its terms.

    margin: CNY a year that the running plant earns, None where it is not known.
    """

    policy: PolicyGain
    flexibility: float
    margin: float | None
    stated: Stated


def _worth(group: Group, plan: PlantPlans, k: int, likely: Figures, policies: Policies) -> Worth:
    plant, proposal = plan.plant, plan.plant.proposals[k]
    retrofit = group.lib.retrofits(plant.process)[proposal.retrofit]
    policy, margin = policies.gain[plant.id, k], policies.margin[plant.id]
    flexibility = float(flexibility_gain(group, plant, proposal.flexibility or retrofit.flexibility))
    gain = float(likely.gain[0]) + policy.total + (0.0 if math.isnan(flexibility) else flexibility)
    return Worth(policy, flexibility, margin, terms_of(group, plan, proposal, retrofit, gain, margin))


def repriced(
    group: Group, plan: PlantPlans, base: PlantRow, rows: Mapping[str, ProposalRow], policies: Policies
) -> Iterator[Draft]:
    """Yield the drafts of a simulated plant's proposals at another price deck. rows: those of the case's deck, by id;
    what no price moves is theirs.
    """
    for k, proposal in enumerate(plan.plant.proposals):
        row = rows[proposal.id]
        others: dict[str, Any] = {name: getattr(row, name) for name in UNPRICED}
        if k not in plan.alone:
            yield replace(_retired(group, plan, proposal, base, policies), others=others)
            continue
        likely = group.between(plan, plan.baseline(k), plan.alone[k]["likely"])
        worth = _worth(group, plan, k, likely, policies)
        for_clean_air = float(worth.policy.for_clean_air)
        yield Draft(plan.plant, proposal, row.retrofit, base, worth.stated, likely, for_clean_air, others)


UNPRICED = (
    "status",
    "blame",
    "level_after",
    "saving_low",
    "saving_high",
    "evidence",
    "money_evidence",
    "warnings",
)
"""Fields of a row that a further deck takes from the case's."""


def _first(value: Numbers) -> float:
    return float(np.ravel(value)[0])


def _rests_on(group: Group, plan: PlantPlans, k: int, likely: Figures) -> list[str]:
    """Return the evidence words of the inputs that move the saving or the indicator of a proposal."""
    moved = group.between(plan, plan.moved_instead.get(k, plan.moved), plan.moved_alone[k])
    saving, after = float(likely.saving[0]), float(likely.after[0])
    return [
        word
        for n, word in enumerate(plan.moved_names)
        if moves(saving, float(moved.saving[n])) or moves(after, float(moved.after[n]))
    ]


def _retired(group: Group, plan: PlantPlans, proposal: Proposal, base: PlantRow, policies: Policies) -> Draft:
    """Return a retirement: its product is made elsewhere by a named replacement; without one nothing is saved.

    What the plant earns a year is lost for good where its margin is known.
    """
    retrofit = group.lib.retrofits(plan.plant.process)[proposal.retrofit]
    zero = np.zeros(1)
    saving = equal = zero
    warnings: Warnings = (("retired_without_replacement", {}),)
    if proposal.replacement is not None:
        made = float(-group.batch.ledger(plan.before)[group.basis.product][0])
        replaced = made * scalar(proposal.replacement)
        saving, equal = np.array([base.energy - replaced]), np.array([base.energy_equal_value - replaced])
        warnings = ()
    unknown = np.full(1, math.nan)  # what is emitted where the product is made instead
    less = dict.fromkeys(POLLUTANTS, unknown)
    f = Figures(np.array([base.value]), unknown, saving, equal, unknown, unknown, less, zero)
    margin = policies.margin[plan.plant.id]
    lost = 0.0 if margin is None else margin
    if margin is None:
        warnings = (*warnings, ("margin_not_known", {}))
    if plan.together:  # what is improved is not retired: the share with everything done keeps the plant
        kept = plan.plant.proposals[min(plan.together)].id
        warnings = (*warnings, ("not_in_bundle", {"because": kept}))
    stated = terms_of(group, plan, proposal, retrofit, -lost, None)
    others: dict[str, Any] = {
        "status": status_name(group.status(plan.before)[0]),
        "blame": "",
        "level_after": UNGRADED,
        "saving_low": float(saving[0]),
        "saving_high": float(saving[0]),
        "evidence": weakest([base.evidence, retrofit.evidence]),
        "money_evidence": weakest([base.evidence, retrofit.evidence, stated.evidence]),
        "warnings": warnings,
    }
    return Draft(plan.plant, proposal, retrofit, base, stated, f, others=others)
