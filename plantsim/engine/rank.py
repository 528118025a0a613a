"""The main job: every plant before and after every proposal, what it saves and costs, and which come first."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from plantsim.engine.alternatives import compared, remedy
from plantsim.engine.appraisal import appraise
from plantsim.engine.batch import Batch, Block
from plantsim.engine.calibrate import DISAGREES, record_sd
from plantsim.engine.evaluate import by_process
from plantsim.engine.factors import read_factors, value_of
from plantsim.engine.figures import POLLUTANTS, Basis, Figures, carbon_of, figures, product_carrier
from plantsim.engine.finance import Finance, read_finance
from plantsim.engine.influence import evidence_words, moves
from plantsim.engine.plans import PlantPlans, lay_out
from plantsim.engine.ranking import BundleRow, PlantRow, ProposalRow, Ranking, Warnings
from plantsim.engine.sample import (
    DrawnPlant,
    PlantSpread,
    ProposalSpread,
    capex_draws,
    draw_plant,
    rank_spreads,
    spread,
)
from plantsim.engine.sectors import drawn_sector, sector_rows
from plantsim.engine.service import at_equal_product, read_references
from plantsim.engine.shares import shapley
from plantsim.engine.standards import UNGRADED, applicable, gb_level, reached
from plantsim.engine.tariffs import carbon_gain, deck_price, direct_carbon, electricity_surcharge
from plantsim.engine.terms import Stated, stated_terms
from plantsim.engine.value import RATE_STATUS, Numbers, cost_amount
from plantsim.library import Library
from plantsim.processes import load, names
from plantsim.vocabulary.case import Case, Plant, Proposal, Retrofit, Value, scalar, weakest, yearly_record
from plantsim.vocabulary.problems import BadInput, Problems
from plantsim.vocabulary.status import OK, status_name

LISTS = ("energy", "compliance", "flexibility")
CONVENTION_ERRORS = ("deck_unknown", "price_unknown", "factor_unknown")


@dataclass(frozen=True)
class _Group:
    """The solved plants of one process."""

    case: Case
    lib: Library
    batch: Batch
    basis: Basis
    finance: Finance
    plans: Sequence[PlantPlans] = field(default_factory=list)

    def status(self, *blocks: Block) -> tuple[int, str]:
        """Return the first failure among states, or OK."""
        for block in blocks:
            code, blame = self.batch.failed(block)
            if code != OK:
                return code, blame
        return OK, ""


def rank_case(
    case: Case,
    lib: Library,
    problems: Problems,
    threads: int | None = None,
    draws: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Ranking:
    """Simulate every plant of a case before and after every proposal and rank the proposals.

    Order: energy measures, then compliance, then flexibility; in each, plants whose own record agrees with the
    model before the others; then net present value at the case's deck, highest first; rows without one after those,
    failed rows last; ties by plant and proposal id. draws: number of draws of the uncertain inputs, effects, costs
    and prices; 0 for none. progress(done, all) is called after each plant drawn. Raises BadInput when a convention
    of the case names something unknown.
    """
    groups = [
        _solve_group(case, lib, name, plants, problems, threads)
        for name, plants in _groups(case, lib, problems)
    ]
    plants: list[PlantRow] = [declared_row(case, lib, p) for p in case.plants if p.process not in names()]
    proposals: list[ProposalRow] = []
    bundles: list[BundleRow] = []
    for group in groups:
        for plan in group.plans:
            base = _plant_row(group, plan)
            plants.append(base)
            proposals += _rows_of(group, plan, base)
            bundle = _bundle_row(group, plan, base)
            bundles += [bundle] if bundle else []
    sectors, points = sector_rows(case, lib, plants, bundles, proposals)
    proposals = [replace(r, share_points=points[r.plant.id, r.proposal.id]) for r in proposals]
    ranked = [replace(r, rank=i) for i, r in enumerate(sorted(proposals, key=_order), 1)]
    failed = sum(r.status != "ok" for r in plants if not r.declared) + sum(
        r.status != "ok" for r in proposals
    )
    factors = {g.batch.process.name: g.basis.factors for g in groups}
    ranking = Ranking(case, factors, tuple(plants), tuple(ranked), tuple(bundles), tuple(sectors), failed)
    return _drawn(ranking, groups, draws, threads, progress) if draws else ranking


def _drawn(
    ranking: Ranking,
    groups: Sequence[_Group],
    draws: int,
    threads: int | None,
    progress: Callable[[int, int], None] | None,
) -> Ranking:
    """Return the ranking with probabilities and intervals. Plants are drawn one after the other."""
    rows = {(r.plant.id, r.proposal.id): r for r in ranking.proposals}
    base = {r.plant.id: r for r in ranking.plants}
    spreads: dict[tuple[str, str], ProposalSpread] = {}
    plants: dict[str, PlantSpread] = {}
    whole, done = sum(len(g.plans) for g in groups), 0
    for group in groups:
        for plan in group.plans:
            done += 1
            row = base[plan.plant.id]
            if row.status == "ok":
                benchmark = row.threshold.benchmark if row.threshold else None
                extra = partial(_drawn_policy, group, plan.plant)
                drawn = draw_plant(
                    ranking.case, group.lib, group.batch, plan, group.basis, benchmark, draws, threads, extra
                )
                plants[plan.plant.id] = drawn.spread
                for k in plan.alone:
                    key = plan.plant.id, plan.plant.proposals[k].id
                    if rows[key].status == "ok":
                        spreads[key] = _spread_of(group, plan, k, drawn)
            if progress is not None:
                progress(done, whole)
    if not groups:
        return ranking
    settings = groups[0].lib.data("common", "uncertainty.toml")["ranking"]
    keys = [(r.plant.id, r.proposal.id) for r in ranking.proposals if (r.plant.id, r.proposal.id) in spreads]
    top, sure = float(settings["top_share"]["value"]), float(settings["confident"]["value"])
    placed = dict(zip(keys, rank_spreads([spreads[k] for k in keys], top), strict=True))
    gone = frozenset(b.plant.id for b in ranking.bundles if b.cancelled)
    sectors = tuple(drawn_sector(s, ranking.plants, plants, sure, gone) for s in ranking.sectors)
    return replace(ranking, draws=draws, spreads=placed, plant_spreads=plants, sectors=sectors)


def _drawn_policy(group: _Group, plant: Plant, batch: Batch, before: Block, after: Block) -> np.ndarray:
    allowances, surcharge = _policy_money(group, plant, batch, before, after)
    return np.asarray(allowances + surcharge, dtype=np.float64)


def _spread_of(group: _Group, plan: PlantPlans, k: int, drawn: DrawnPlant) -> ProposalSpread:
    """Return one proposal's spread: its gain and its cost drawn, life and rate as they are."""
    proposal = plan.plant.proposals[k]
    retrofit = group.lib.retrofits(plan.plant.process)[proposal.retrofit]
    stated = _terms(group, plan, proposal, retrofit, drawn.gain[k])
    capex = float(np.ravel(stated.terms.capex)[0])
    low, high = capex, capex
    if proposal.capex is None:
        solved, at = group.batch.stage(plan.before), plan.before.row
        low, _, high = cost_amount(retrofit.capex, plan.plant, solved.x[at : at + 1], solved.d[at : at + 1])
    costs = capex_draws(low, capex, high, drawn.cost_points[k], group.lib)
    found = appraise(replace(stated.terms, capex=costs), drawn.saving[k], with_rates=False)
    npv = np.broadcast_to(np.asarray(found.project.npv, dtype=np.float64), drawn.gain[k].shape)
    share = float(np.mean(np.isfinite(drawn.saving[k])))
    return ProposalSpread(spread(drawn.saving[k]), spread(npv), drawn.reaches[k], share, npv)


def _groups(case: Case, lib: Library, problems: Problems) -> list[tuple[str, list[Plant]]]:
    groups = list(by_process(case.plants).items())
    read_references(case, lib, problems)
    for name, _ in groups:
        read_factors(case, lib, name, problems)
    if problems.errors:
        fatal = Problems()
        fatal.extend([p for p in problems.errors if p.code in CONVENTION_ERRORS])
        if fatal.errors:
            raise BadInput(fatal)
    return groups


def _solve_group(
    case: Case, lib: Library, name: str, plants: list[Plant], problems: Problems, threads: int | None
) -> _Group:
    batch = Batch(load(name), lib)
    plans = lay_out(batch, lib, plants)
    batch.solve(threads)
    services = lib.declaration(name).services
    references = {c: r for c, r in read_references(case, lib, problems).items() if c in services}
    factors = read_factors(case, lib, name, problems)
    basis = Basis(factors, references, product_carrier(batch), batch.declaration.main_indicator)
    return _Group(case, lib, batch, basis, read_finance(lib), plans)


def _order(r: ProposalRow) -> tuple[int, int, int, float, str, str]:
    group = 2 if r.status != "ok" else 1 if math.isnan(r.npv) else 0
    npv = -r.npv if group == 0 else 0.0
    return group == 2, LISTS.index(r.list), not r.calibrated, (group, npv), r.plant.id, r.proposal.id  # type: ignore[return-value]


def declared_row(case: Case, lib: Library, plant: Plant) -> PlantRow:
    """Return a plant without a model by its owner's figure: it counts in the share, nothing about it is simulated."""
    declaration = lib.declaration(plant.process)
    name = declaration.main_indicator
    given = plant.declared.get(name)
    value = math.nan if given is None else scalar(given)
    ndrc = applicable(lib, plant.process, plant.classes, case.date, "ndrc", name)
    gb = applicable(lib, plant.process, plant.classes, case.date, "gb", name)
    return PlantRow(
        plant=plant,
        status="ok",
        blame="",
        indicator=name,
        value=value,
        level=reached(ndrc, value),
        gb=gb_level(gb, value),
        threshold=ndrc,
        energy=math.nan,
        energy_equal_value=math.nan,
        carbon=math.nan,
        evidence=(given.origin.evidence or "assumed") if given else "",
        seconds=0.0,
        declared=True,
    )


def _plant_row(group: _Group, plan: PlantPlans) -> PlantRow:
    case, lib, plant, name = group.case, group.lib, plan.plant, group.basis.indicator
    value = float(group.batch.indicator(plan.before, name)[0])
    ndrc = applicable(lib, plant.process, plant.classes, case.date, "ndrc", name)
    gb = applicable(lib, plant.process, plant.classes, case.date, "gb", name)
    ledger = group.batch.ledger(plan.before)
    effects = group.batch.indicator(plan.moved, name)
    rests_on = [n for n, e in zip(plan.moved_names, effects, strict=True) if moves(value, float(e))]
    code, blame = group.status(plan.before)
    f = group.basis.factors
    gap, agrees = _against_record(plant, lib, name, value)
    return PlantRow(
        plant=plant,
        status=status_name(code),
        blame=blame,
        indicator=name,
        value=value,
        level=reached(ndrc, value),
        gb=gb_level(gb, value),
        threshold=ndrc,
        energy=float(np.ravel(f.total("equivalent", ledger))[0]),
        energy_equal_value=float(np.ravel(f.total("equal_value", ledger))[0]),
        carbon=float(carbon_of(f, ledger)[0]),
        evidence=weakest([*evidence_words(plant, rests_on), *([ndrc.evidence] if ndrc else [])]),
        seconds=float(np.sum([p.hours.si for p in plant.operation])),
        product=float(-ledger[group.basis.product][0]),
        record_gap=gap,
        calibrated=agrees,
    )


def _against_record(plant: Plant, lib: Library, indicator: str, value: float) -> tuple[float, bool]:
    """Return (model less the plant's record of its year, whether it is within two standard uncertainties of it)."""
    record = yearly_record(plant, indicator)
    if record is None or isinstance(record.si, tuple) or math.isnan(value):
        return math.nan, False
    gap = value - record.si
    return gap, abs(gap) <= DISAGREES * record_sd(record, lib)


def _bundle_row(group: _Group, plan: PlantPlans, base: PlantRow) -> BundleRow | None:
    """Return what all feasible proposals do together; None for a plant without any."""
    shelf = group.lib.retrofits(plan.plant.process)
    retired = [p for p in plan.plant.proposals if shelf[p.retrofit].kind == "retire"]
    members = sorted(plan.together)
    if not members:
        if not retired:
            return None
        gone = any(p.cancels_capacity for p in retired)
        return BundleRow(plan.plant, tuple(p.id for p in retired), "ok", math.nan, base.level, 0.0, 0.0, gone)
    block = plan.bundles.get(plan.together) or plan.alone[members[0]]["likely"]
    code, _ = group.status(plan.before, block)
    found = figures(group.batch, plan.before, block, group.basis)
    alone = [figures(group.batch, plan.before, plan.alone[k]["likely"], group.basis) for k in members]
    after = float(found.after[0])
    return BundleRow(
        plant=plan.plant,
        proposals=tuple(plan.plant.proposals[k].id for k in members),
        status=status_name(code),
        after=after,
        level_after=reached(base.threshold, after) if code == OK else base.level,
        saving=float(found.saving[0]),
        sum_of_parts=float(sum(a.saving[0] for a in alone)),
    )


def _rows_of(group: _Group, plan: PlantPlans, base: PlantRow) -> list[ProposalRow]:
    parts = _shapley_shares(group, plan)
    shelf = group.lib.retrofits(plan.plant.process)
    rows = []
    for k, proposal in enumerate(plan.plant.proposals):
        if shelf[proposal.retrofit].kind == "retire":
            rows.append(_retired_row(group, plan, proposal, base))
        elif k in plan.alone:
            rows.append(replace(_proposal_row(group, plan, k, base), saving_in_bundle=parts.get(k, math.nan)))
    return rows


def _shapley_shares(group: _Group, plan: PlantPlans) -> dict[int, float]:
    """Return each member's Shapley share of what the largest bundle saves; none where a part of it can't be solved."""
    blocks = {frozenset({k}): plan.alone[k]["likely"] for k in plan.together} | plan.bundles
    values: dict[frozenset[int], float] = {frozenset(): 0.0}
    for bundle, block in blocks.items():
        if bundle <= plan.together:
            values[bundle] = float(figures(group.batch, plan.before, block, group.basis).saving[0])
    complete = len(values) == 2 ** len(plan.together) and not any(math.isnan(v) for v in values.values())
    return {int(k): v for k, v in shapley(values).items()} if plan.together and complete else {}  # type: ignore[call-overload]


def _proposal_row(group: _Group, plan: PlantPlans, k: int, base: PlantRow) -> ProposalRow:
    plant, proposal = plan.plant, plan.plant.proposals[k]
    retrofit = group.lib.retrofits(plant.process)[proposal.retrofit]
    found = {c: figures(group.batch, plan.before, block, group.basis) for c, block in plan.alone[k].items()}
    likely = found["likely"]
    code, blame = group.status(plan.before, plan.alone[k]["likely"])
    savings = [float(f.saving[0]) for f in found.values()]
    known = [s for s in savings if not math.isnan(s)]
    policy = _policy_money(group, plant, group.batch, plan.before, plan.alone[k]["likely"])
    allowances, surcharge = (float(np.ravel(m)[0]) for m in policy)
    stated = _terms(group, plan, proposal, retrofit, float(likely.gain[0]) + allowances + surcharge)
    evidence = weakest([*_rests_on(group, plan, k, likely), retrofit.evidence])
    prices = group.basis.factors.evidence("price", list(likely.moved)) or "unverified"
    after = float(likely.after[0])
    return _row(
        plant,
        proposal,
        retrofit,
        base,
        stated,
        likely,
        status=status_name(code),
        blame=blame,
        level_after=reached(base.threshold, after),
        saving_low=min(known, default=math.nan),
        saving_high=max(known, default=math.nan),
        evidence=evidence,
        money_evidence=weakest([evidence, stated.evidence, prices]),
        warnings=(
            *_warnings(plan, k, retrofit, found),
            *_remedy(group, plan.alone[k]["likely"]),
            *_policy_warnings(group, plant, allowances, surcharge),
        ),
        alternatives=compared(
            group.batch, group.basis, plan.before, plan.alone[k]["likely"], plan.alternatives[k]
        ),
    )


def _policy_warnings(
    group: _Group, plant: Plant, allowances: float, surcharge: float
) -> list[tuple[str, dict[str, str]]]:
    """Say what of the gain hangs on a policy: tiered prices can outweigh the energy itself."""
    found: list[tuple[str, dict[str, str]]] = []
    if surcharge:
        sector = group.batch.declaration.sector
        rule = electricity_surcharge(
            group.lib,
            sector,
            group.case.date,
            plant.classes,
            dict.fromkeys(group.lib.indicators(plant.process), 0.0),
        )
        found.append(
            ("gain_from_surcharge", {"sum": repr(surcharge), "rule": rule.rule, "evidence": rule.evidence})
        )
    if allowances:
        found.append(("gain_from_allowances", {"sum": repr(allowances)}))
    return found


def _row(
    plant: Plant,
    proposal: Proposal,
    retrofit: Retrofit,
    base: PlantRow,
    stated: Stated,
    f: Figures,
    **others: Any,
) -> ProposalRow:
    saving, carbon = float(f.saving[0]), float(f.carbon[0])
    money = appraise(stated.terms, saving, carbon)

    def one(value: Numbers) -> float:
        return float(np.ravel(value)[0])

    return ProposalRow(
        plant=plant,
        proposal=proposal,
        retrofit=retrofit,
        before=base.value,
        after=float(f.after[0]),
        level_before=base.level,
        saving=saving,
        saving_equal_value=float(f.saving_equal_value[0]),
        carbon=carbon,
        pollutants={p: float(a[0]) for p, a in f.pollutants.items()},
        capex=one(stated.terms.capex),
        yearly_gain=one(stated.terms.yearly),
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
        share_points=0.0,
        calibrated=base.calibrated,
        list=retrofit.kind if retrofit.kind in LISTS else "energy",
        **others,
    )


def _retired_row(group: _Group, plan: PlantPlans, proposal: Proposal, base: PlantRow) -> ProposalRow:
    """Return a retirement: its product is made elsewhere by a named replacement; without one nothing is saved."""
    plant = plan.plant
    retrofit = group.lib.retrofits(plant.process)[proposal.retrofit]
    before = {c: float(a[0]) for c, a in group.batch.ledger(plan.before).items()}
    zero = np.zeros(1)
    saving = equal = zero
    warnings: Warnings = (("retired_without_replacement", {}),)
    if proposal.replacement is not None and not isinstance(proposal.replacement.si, tuple):
        made = -before[group.basis.product]
        replaced = made * proposal.replacement.si
        saving, equal = np.array([base.energy - replaced]), np.array([base.energy_equal_value - replaced])
        warnings = ()
    f = Figures(
        np.array([base.value]),
        np.full(1, math.nan),
        saving,
        equal,
        zero,
        dict.fromkeys(POLLUTANTS, zero),
        zero,
        (),
    )
    stated = _terms(group, plan, proposal, retrofit, 0.0)
    return _row(
        plant,
        proposal,
        retrofit,
        base,
        stated,
        f,
        status=status_name(group.status(plan.before)[0]),
        blame="",
        level_after=UNGRADED,
        saving_low=float(saving[0]),
        saving_high=float(saving[0]),
        evidence=weakest([base.evidence, retrofit.evidence]),
        money_evidence=weakest([base.evidence, retrofit.evidence, stated.evidence]),
        warnings=warnings,
    )


def _rests_on(group: _Group, plan: PlantPlans, k: int, likely: Figures) -> list[str]:
    """Return the evidence words of the inputs that move the saving or the indicator of a proposal."""
    moved = figures(group.batch, plan.moved, plan.moved_alone[k], group.basis)
    saving, after = float(likely.saving[0]), float(likely.after[0])
    found = [
        name
        for n, name in enumerate(plan.moved_names)
        if moves(saving, float(moved.saving[n])) or moves(after, float(moved.after[n]))
    ]
    return evidence_words(plan.plant, found)


def discount_rate(case: Case, lib: Library, sector: str) -> Value:
    """Return the discount rate per year of a case, or the library's for the sector."""
    if case.discount_rate is not None:
        return case.discount_rate
    rates = lib.data("common", "finance.toml")["discount_rate"]
    key = sector if sector in rates else "default"
    path = f"discount_rate.{key}.rate"
    return value_of(rates[key]["rate"], "fraction", lib, "models/common/finance.toml", path)


def _terms(group: _Group, plan: PlantPlans, proposal: Proposal, retrofit: Retrofit, gain: Numbers) -> Stated:
    solved, at = group.batch.stage(plan.before), plan.before.row
    rate = discount_rate(group.case, group.lib, group.batch.declaration.sector)
    found = stated_terms(
        plan.plant,
        proposal,
        retrofit,
        solved.x[at : at + 1],
        solved.d[at : at + 1],
        gain,
        scalar(rate),
        group.finance,
    )
    return replace(found, evidence=weakest([w for w in (found.evidence, rate.origin.evidence) if w]))


def _policy_money(
    group: _Group, plant: Plant, batch: Batch, before: Block, after: Block
) -> tuple[Numbers, Numbers]:
    """Return CNY a year, row by row: allowances not needed, and tiered and differential power prices not paid."""
    sector = group.batch.declaration.sector
    sides = [batch.ledger(before), batch.ledger(after)]
    equal = at_equal_product(sides[0], sides[1], group.basis.product, group.basis.references)
    f = group.basis.factors
    direct = direct_carbon(f, sides[0]) - direct_carbon(f, equal)
    indirect = carbon_of(f, sides[0]) - carbon_of(f, equal) - direct
    price = deck_price(group.lib, group.case.price_deck, "carbon", "mass_price")
    allowances = 0.0 if price is None else carbon_gain(group.lib, sector, direct, indirect, scalar(price))
    paid = []
    for block, ledger in zip((before, after), sides, strict=True):
        indicators = {n: batch.indicator(block, n) for n in group.lib.indicators(plant.process)}
        found = electricity_surcharge(group.lib, sector, group.case.date, plant.classes, indicators)
        paid.append(found.price * np.maximum(ledger.get("electricity", np.zeros(1)), 0.0))
    return allowances, paid[0] - paid[1]


def _remedy(group: _Group, block: Block) -> Warnings:
    """Return what would help a state that failed, where the process can say it."""
    found = remedy(group.batch, block)
    return (("remedy", {"variable": found[0], "value": repr(found[1])}),) if found else ()


def _warnings(
    plan: PlantPlans, k: int, retrofit: Retrofit, found: Mapping[str, Figures]
) -> list[tuple[str, dict[str, str]]]:
    proposal = plan.plant.proposals[k]
    warnings: list[tuple[str, dict[str, str]]] = []
    for c in plan.capped[k]:
        fields = {"variable": c.variable, "wanted": repr(c.wanted), "reached": repr(c.reached)}
        warnings.append(("change_capped", fields))
    if retrofit.caveat:
        warnings.append(
            ("retrofit_caveat", {"en": retrofit.caveat.get("en", ""), "zh": retrofit.caveat.get("zh", "")})
        )
    if proposal.capex is None and retrofit.capex is not None:
        warnings.append(("capex_from_library", {"evidence": retrofit.capex.origin.evidence}))
    outage = proposal.outage if proposal.outage is not None else retrofit.outage
    if outage is not None and scalar(outage) > 0:
        warnings.append(("outage_not_valued", {"days": f"{scalar(outage) / 86400:.0f}"}))
    for left, blocker in plan.left_out:
        if left == k:
            warnings.append(("not_in_bundle", {"because": plan.plant.proposals[blocker].id}))
    claim = proposal.claim.saving
    if claim is not None and not isinstance(claim.si, tuple):
        equal = proposal.claim.basis == "equal_value"
        ours = [float((f.saving_equal_value if equal else f.saving)[0]) for f in found.values()]
        if claim.si > max(ours):  # both in J of standard coal per year, on the claim's own convention
            warnings.append(
                ("claim_above_model", {"claimed": repr(float(claim.si)), "model": repr(max(ours))})
            )
    return warnings
