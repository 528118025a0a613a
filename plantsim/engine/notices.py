"""What a row of the ranking warns of: (code, fields) pairs, worded where they are shown."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from plantsim.engine.alternatives import remedy
from plantsim.engine.batch import Batch, Block
from plantsim.engine.figures import Figures
from plantsim.engine.groups import Group
from plantsim.engine.money import PolicyGain
from plantsim.engine.plans import PlantPlans, anyway
from plantsim.engine.ranking import Warnings
from plantsim.engine.service import at_equal_product
from plantsim.vocabulary.case import Proposal, Retrofit, scalar
from plantsim.vocabulary.declarations import Caution
from plantsim.vocabulary.messages import in_language
from plantsim.vocabulary.status import OK

SAID = 5e4  # CNY a year of tax or support from which a note says it; the files hold every amount
FELT = 1e-3  # relative: an output that a measure lowers by less than this was where it is before
TAKEN = 1e-9  # share of an amount that is no more than rounding


def remedy_of(group: Group, block: Block) -> Warnings:
    """Return what would help a state that failed, where the process can say it."""
    found = remedy(group.batch, block)
    return (("remedy", {"variable": found[0], "value": repr(found[1])}),) if found else ()


def of_policy(policy: PolicyGain, flexibility: float) -> Warnings:
    """Say what of the gain hangs on a policy: tiered prices can outweigh the energy itself."""
    found: list[tuple[str, dict[str, str]]] = []
    if policy.surcharge and not math.isnan(
        policy.surcharge
    ):  # NaN where the plant or the measure can't be solved
        fields = {"sum": repr(float(policy.surcharge)), "rule": policy.rule, "evidence": policy.evidence}
        found.append(("gain_from_surcharge", fields))
    if policy.allowances and not math.isnan(policy.allowances):
        found.append(("gain_from_allowances", {"sum": repr(float(policy.allowances))}))
    for code, amount in (("gain_from_environment_tax", policy.tax), ("gain_from_support", policy.support)):
        if abs(amount) >= SAID:
            found.append((code, {"sum": repr(float(amount))}))
    if math.isnan(flexibility):
        found.append(("flexibility_not_valued", {}))
    elif flexibility:
        found.append(("gain_from_flexibility", {"sum": repr(flexibility)}))
    return tuple(found)


def of_counterfactual(group: Group, plan: PlantPlans, proposal: Proposal, avoided: float) -> Warnings:
    """Say what the figures of a proposal are counted against, where that is not the plant as it is. avoided: CNY."""
    instead = anyway(group.lib, plan.plant, proposal)
    if instead is None:
        return ()
    words = {lang: in_language(instead.label, lang, instead.name) for lang in ("en", "zh")}
    return (("against_counterfactual", {**words, "sum": repr(avoided)}),)


def of_outage(proposal: Proposal, retrofit: Retrofit, loss: float, known: bool) -> Warnings:
    """Say what a standstill costs, or that it is not valued. loss: CNY."""
    outage = proposal.outage if proposal.outage is not None else retrofit.outage
    if outage is None or scalar(outage) <= 0:
        return ()
    days = f"{scalar(outage) / 86400:.0f}"
    if not known:
        return (("outage_not_valued", {"days": days}),)
    return (
        (("outage_valued", {"days": days, "sum": repr(loss)}),)
        if loss > 0
        else (("outage_free", {"days": days}),)
    )


def of_sinks(group: Group, plan: PlantPlans, after: Block) -> Warnings:
    """Say where a sink does not take what the plant would give out, alone or with everything done everywhere."""
    own = group.rooms.get(plan.plant.id, {})
    basis = group.basis
    ledger = at_equal_product(
        group.batch.ledger(plan.before), group.batch.ledger(after), basis.product, basis.references
    )
    found: list[tuple[str, dict[str, str]]] = []
    for carrier, room in own.items():
        given = -float(ledger[carrier][0]) if carrier in ledger else math.nan
        for code, most in (("sink_full", room.alone), ("sink_shared", room.together)):
            if given > most * (1 + TAKEN) + TAKEN:
                fields = {"carrier": carrier, "sink": room.sink, "given": repr(given), "taken": repr(most)}
                found.append((code, fields))
                break
    return tuple(found)


def of_cautions(group: Group, before: Block, after: Block) -> Warnings:
    """Say which outputs a measure brings below what its process declares as least, where most is missing."""
    found: list[tuple[str, dict[str, str]]] = []
    for c in group.batch.declaration.cautions:
        value, least = _nearest(group.batch, after, c)
        value_before, least_before = _nearest(group.batch, before, c)
        if value - least < min(0.0, value_before - least_before - FELT * abs(least)):
            fields = {"variable": c.output, "value": repr(value), "other": c.least, "least": repr(least)}
            found.append(("falls_below", {**fields, **c.note}))
    return tuple(found)


def _nearest(batch: Batch, block: Block, c: Caution) -> tuple[float, float]:
    """Return (output, least) at the solved point of a state where they are nearest; NaN where none is solved."""
    solved, row = batch.first(block)
    y = solved.y[solved.year.points(row)]
    y = y[y["status"] == OK]
    if not len(y):
        return math.nan, math.nan
    i = int(np.argmin(y[c.output] - y[c.least]))
    return float(y[c.output][i]), float(y[c.least][i])


def needless(plan: PlantPlans, k: int, retrofit: Retrofit) -> bool:
    """Return whether a plant is already at or beyond everything that a measure sets a limit to."""
    limited = {c.variable for c in retrofit.changes if c.at_most is not None or c.at_least is not None}
    raised = {c.variable for c in retrofit.changes if c.at_most is not None}
    held = {c.variable for c in plan.capped[k] if (c.reached > c.wanted) == (c.variable in raised)}
    return bool(limited) and limited <= held


def of_proposal(plan: PlantPlans, k: int, retrofit: Retrofit, found: Mapping[str, Figures]) -> Warnings:
    """Say what is special about a simulated proposal: caps, caveats, costs of the library, exclusions, its claim."""
    proposal = plan.plant.proposals[k]
    warnings: list[tuple[str, dict[str, str]]] = []
    for c in plan.capped[k]:
        fields = {"variable": c.variable, "wanted": repr(c.wanted), "reached": repr(c.reached)}
        raised = any(r.variable == c.variable and r.at_most is not None for r in retrofit.changes)
        better = c.reached > c.wanted if raised else c.reached < c.wanted
        warnings.append(("change_not_needed" if better else "change_capped", fields))
    if retrofit.caveat:
        words = {lang: retrofit.caveat.get(lang, "") for lang in ("en", "zh")}
        warnings.append(("retrofit_caveat", words))
    if proposal.capex is None and retrofit.capex is not None:
        warnings.append(("capex_from_library", {"evidence": retrofit.capex.origin.evidence}))
    for left, blocker in plan.left_out:
        if left == k:
            warnings.append(("not_in_bundle", {"because": plan.plant.proposals[blocker].id}))
    if needless(plan, k, retrofit):
        warnings.append(("measure_not_needed", {}))
    claim = proposal.claim.saving
    if claim is not None and not isinstance(claim.si, tuple):
        equal = proposal.claim.basis == "equal_value"
        ours = [float((f.saving_equal_value if equal else f.saving)[0]) for f in found.values()]
        if claim.si > max(ours):  # both in J of standard coal per year, on the claim's own convention
            fields = {"claimed": repr(float(claim.si)), "model": repr(max(ours))}
            warnings.append(("claim_above_model", fields))
    return tuple(warnings)
