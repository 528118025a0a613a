"""The main job: every plant before and after every proposal, what it saves and costs, and which come first."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from plantsim.engine.alternatives import Alternative, compared, remedy
from plantsim.engine.batch import Batch, Block
from plantsim.engine.evaluate import by_process
from plantsim.engine.factors import Factors, read_factors, value_of
from plantsim.engine.figures import Basis, Figures, carbon_of, figures, product_carrier
from plantsim.engine.influence import evidence_words, moves
from plantsim.engine.plans import PlantPlans, lay_out
from plantsim.engine.sample import (
    DrawnPlant,
    PlantSpread,
    ProposalSpread,
    capex_draws,
    draw_plant,
    rank_spreads,
    spread,
)
from plantsim.engine.service import read_references
from plantsim.engine.standards import REACHED, UNGRADED, Share, applicable, gb_level, reached, share_of
from plantsim.engine.value import (
    cost_amount,
    cost_of_saved_energy,
    internal_rate,
    net_present_value,
    present_value_factor,
    simple_payback,
)
from plantsim.library import Level, Library
from plantsim.processes import load
from plantsim.vocabulary.case import Case, Plant, Proposal, Retrofit, Value, weakest
from plantsim.vocabulary.problems import BadInput, Problems
from plantsim.vocabulary.status import OK, status_name

Warnings = tuple[tuple[str, dict[str, str]], ...]


@dataclass(frozen=True)
class PlantRow:
    """A plant as it is. Numbers in SI; energy as joules of standard coal per year."""

    plant: Plant
    status: str
    blame: str
    indicator: str
    value: float
    level: str
    gb: int
    threshold: Level | None
    energy: float
    energy_equal_value: float
    carbon: float
    evidence: str
    seconds: float  # operating time in the year


@dataclass(frozen=True)
class ProposalRow:
    """A proposal, simulated alone at its plant. Numbers in SI, money in CNY, NaN where nothing can be said.

    saving, saving_low, saving_high: joules of standard coal per year at equal service, by equivalent value;
    saving_equal_value: the same by equal value; carbon: kg CO2 per year less. saving_in_bundle: its Shapley share
    of what all proposals of the plant save together (NaN when it is not in that bundle).
    """

    plant: Plant
    proposal: Proposal
    retrofit: Retrofit
    status: str
    blame: str
    before: float
    after: float
    level_before: str
    level_after: str
    saving: float
    saving_low: float
    saving_high: float
    saving_equal_value: float
    carbon: float
    pollutants: Mapping[str, float]
    capex: float
    yearly_gain: float
    npv: float
    irr: float
    payback: float
    cost_of_saved_energy: float
    share_points: float
    evidence: str
    money_evidence: str
    saving_in_bundle: float = math.nan
    warnings: Warnings = ()
    alternatives: tuple[Alternative, ...] = ()
    rank: int = 0


@dataclass(frozen=True)
class BundleRow:
    """All proposals of a plant that can be done together, simulated as a whole. Savings in J a year."""

    plant: Plant
    proposals: tuple[str, ...]
    status: str
    after: float
    level_after: str
    saving: float
    sum_of_parts: float


@dataclass(frozen=True)
class SectorRow:
    """A sector's share now and with every proposal of every plant done together.

    mean_now, mean_then: capacity weighted by each plant's probability of meeting the benchmark level;
    confident_then: capacity of plants that meet it with a probability of at least 0.8 (uncertainty.toml). NaN
    without draws.
    """

    sector: str
    now: Share
    then: Share
    target: float | None
    mean_now: float = math.nan
    mean_then: float = math.nan
    confident_then: float = math.nan


@dataclass(frozen=True)
class Ranking:
    """All that ``plantsim rank`` shows."""

    case: Case
    factors: Mapping[str, Factors]
    plants: tuple[PlantRow, ...]
    proposals: tuple[ProposalRow, ...]
    bundles: tuple[BundleRow, ...]
    sectors: tuple[SectorRow, ...]
    failed: int = 0
    draws: int = 0
    spreads: Mapping[tuple[str, str], ProposalSpread] = field(default_factory=dict)  # by plant and proposal
    plant_spreads: Mapping[str, PlantSpread] = field(default_factory=dict)


@dataclass(frozen=True)
class _Group:
    """The solved plants of one process."""

    case: Case
    lib: Library
    batch: Batch
    basis: Basis
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

    Order: net present value at the case's deck, highest first; rows without one after those, failed rows last;
    ties by plant and proposal id. draws: number of draws of the uncertain inputs, effects, costs and prices; 0
    for none. progress(done, all) is called after each plant drawn. Raises BadInput when a convention of the case
    names something unknown.
    """
    groups = [
        _solve_group(case, lib, name, plants, problems, threads)
        for name, plants in _groups(case, lib, problems)
    ]
    plants: list[PlantRow] = []
    proposals: list[ProposalRow] = []
    bundles: list[BundleRow] = []
    for group in groups:
        for plan in group.plans:
            base = _plant_row(group, plan)
            plants.append(base)
            bundle = _bundle_row(group, plan, base)
            bundles += [bundle] if bundle else []
            proposals += [_proposal_row(group, plan, k, base) for k in plan.alone]
    sectors, points = _shares(case, lib, plants, bundles, proposals)
    proposals = [replace(r, share_points=points[r.plant.id, r.proposal.id]) for r in proposals]
    ranked = [replace(r, rank=i) for i, r in enumerate(sorted(proposals, key=_order), 1)]
    failed = sum(r.status != "ok" for r in plants) + sum(r.status != "ok" for r in proposals)
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
    whole, done = len(ranking.plants), 0
    for group in groups:
        for plan in group.plans:
            done += 1
            row = base[plan.plant.id]
            if row.status == "ok":
                benchmark = row.threshold.benchmark if row.threshold else None
                drawn = draw_plant(
                    ranking.case, group.lib, group.batch, plan, group.basis, benchmark, draws, threads
                )
                plants[plan.plant.id] = drawn.spread
                for k in plan.alone:
                    key = plan.plant.id, plan.plant.proposals[k].id
                    if rows[key].status == "ok":
                        spreads[key] = _spread_of(group, plan, k, drawn)
            if progress is not None:
                progress(done, whole)
    top = (
        float(groups[0].lib.data("common", "uncertainty.toml")["ranking"]["top_share"]["value"])
        if groups
        else 0.2
    )
    keys = [(r.plant.id, r.proposal.id) for r in ranking.proposals if (r.plant.id, r.proposal.id) in spreads]
    placed = dict(zip(keys, rank_spreads([spreads[k] for k in keys], top), strict=True))
    sectors = tuple(_drawn_sector(ranking, s, plants, groups[0].lib) for s in ranking.sectors)
    return replace(ranking, draws=draws, spreads=placed, plant_spreads=plants, sectors=sectors)


def _drawn_sector(
    ranking: Ranking, s: SectorRow, drawn: Mapping[str, PlantSpread], lib: Library
) -> SectorRow:
    """Return a sector with its mean and confident shares; a plant without draws or level counts as not reaching."""
    if not s.now.total:
        return s
    sure = float(lib.data("common", "uncertainty.toml")["ranking"]["confident"]["value"])
    mean_now = mean_then = confident = 0.0
    for row in ranking.plants:
        capacity = row.plant.capacity
        if (
            lib.declaration(row.plant.process).sector != s.sector
            or capacity is None
            or row.plant.id not in drawn
        ):
            continue
        weight, d = float(capacity.si) / s.now.total, drawn[row.plant.id]  # type: ignore[arg-type]
        mean_now += weight * np.nan_to_num(d.reaches_now)
        mean_then += weight * np.nan_to_num(d.reaches_with_all)
        confident += weight * (np.nan_to_num(d.reaches_with_all) >= sure)
    return replace(s, mean_now=float(mean_now), mean_then=float(mean_then), confident_then=float(confident))


def _spread_of(group: _Group, plan: PlantPlans, k: int, drawn: DrawnPlant) -> ProposalSpread:
    """Return one proposal's spread: its gain and its cost drawn, life and rate as they are."""
    proposal = plan.plant.proposals[k]
    retrofit = group.lib.retrofits(plan.plant.process)[proposal.retrofit]
    money = _money(group, plan, proposal, retrofit, 0.0)
    capex = capex_draws(*money.capex_range, drawn.cost_points[k], group.lib)
    factor = present_value_factor(money.rate, money.life) if math.isfinite(money.life) else math.nan
    npv = (drawn.gain[k] - money.operating) * factor - capex
    solved = float(np.mean(np.isfinite(drawn.saving[k])))
    return ProposalSpread(spread(drawn.saving[k]), spread(npv), drawn.reaches[k], solved, npv)


def _groups(case: Case, lib: Library, problems: Problems) -> list[tuple[str, list[Plant]]]:
    groups = list(by_process(case.plants).items())
    known = len(problems.errors)  # of plants that could not be used: the rest is ranked
    read_references(case, lib, problems)
    for name, _ in groups:
        read_factors(case, lib, name, problems)
    if len(problems.errors) > known:
        raise BadInput(problems)
    return groups


def _solve_group(
    case: Case, lib: Library, name: str, plants: list[Plant], problems: Problems, threads: int | None
) -> _Group:
    batch = Batch(load(name), lib)
    plans = lay_out(batch, lib, plants)
    batch.solve(threads)
    references = {
        c: r for c, r in read_references(case, lib, problems).items() if c in lib.declaration(name).services
    }
    basis = Basis(
        read_factors(case, lib, name, problems),
        references,
        product_carrier(batch),
        batch.declaration.main_indicator,
    )
    return _Group(case, lib, batch, basis, plans)


def _order(r: ProposalRow) -> tuple[int, float, str, str]:
    group = 2 if r.status != "ok" else 1 if math.isnan(r.npv) else 0
    return group, -r.npv if group == 0 else 0.0, r.plant.id, r.proposal.id


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
    )


def _bundle_row(group: _Group, plan: PlantPlans, base: PlantRow) -> BundleRow | None:
    """Return what all feasible proposals do together; None for a plant without any."""
    members = sorted(plan.together)
    if not members:
        return None
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


def _proposal_row(group: _Group, plan: PlantPlans, k: int, base: PlantRow) -> ProposalRow:
    plant, proposal = plan.plant, plan.plant.proposals[k]
    retrofit = group.lib.retrofits(plant.process)[proposal.retrofit]
    found = {c: figures(group.batch, plan.before, block, group.basis) for c, block in plan.alone[k].items()}
    likely = found["likely"]
    code, blame = group.status(plan.before, plan.alone[k]["likely"])
    savings = [float(f.saving[0]) for f in found.values()]
    known = [s for s in savings if not math.isnan(s)]
    money = _money(group, plan, proposal, retrofit, float(likely.gain[0]))
    evidence = weakest([*_rests_on(group, plan, k, likely), retrofit.evidence])
    prices = group.basis.factors.evidence("price", list(likely.moved)) or "unverified"
    after, saving = float(likely.after[0]), float(likely.saving[0])
    return ProposalRow(
        plant=plant,
        proposal=proposal,
        retrofit=retrofit,
        status=status_name(code),
        blame=blame,
        before=base.value,
        after=after,
        level_before=base.level,
        level_after=reached(base.threshold, after),
        saving=saving,
        saving_low=min(known, default=math.nan),
        saving_high=max(known, default=math.nan),
        saving_equal_value=float(likely.saving_equal_value[0]),
        carbon=float(likely.carbon[0]),
        pollutants={p: float(a[0]) for p, a in likely.pollutants.items()},
        capex=money.capex,
        yearly_gain=money.gain,
        npv=net_present_value(money.capex, money.gain, money.rate, money.life),
        irr=internal_rate(money.capex, money.gain, money.life),
        payback=simple_payback(money.capex, money.gain),
        cost_of_saved_energy=cost_of_saved_energy(
            money.capex, money.operating, saving, money.rate, money.life
        ),
        share_points=0.0,
        evidence=evidence,
        money_evidence=weakest([evidence, *money.evidence, prices]),
        warnings=(*_warnings(plan, k, retrofit, found), *_remedy(group, plan.alone[k]["likely"])),
        alternatives=compared(
            group.batch, group.basis, plan.before, plan.alone[k]["likely"], plan.alternatives[k]
        ),
    )


def _rests_on(group: _Group, plan: PlantPlans, k: int, likely: Figures) -> list[str]:
    """Return the evidence words of the inputs that move the saving or the indicator of a proposal."""
    moved = figures(group.batch, plan.moved, plan.moved_alone[k], group.basis)
    saving, after = float(likely.saving[0]), float(likely.after[0])
    names = [
        name
        for n, name in enumerate(plan.moved_names)
        if moves(saving, float(moved.saving[n])) or moves(after, float(moved.after[n]))
    ]
    return evidence_words(plan.plant, names)


@dataclass(frozen=True)
class _Money:
    capex: float
    capex_range: tuple[float, float, float]
    gain: float
    operating: float
    rate: float
    life: float
    evidence: tuple[str, ...]


def discount_rate(case: Case, lib: Library, sector: str) -> Value:
    """Return the discount rate per year of a case, or the library's for the sector."""
    if case.discount_rate is not None:
        return case.discount_rate
    rates = lib.data("common", "finance.toml")["discount_rate"]
    key = sector if sector in rates else "default"
    path = f"discount_rate.{key}.rate"
    return value_of(rates[key]["rate"], "fraction", lib, "models/common/finance.toml", path)


def _money(group: _Group, plan: PlantPlans, proposal: Proposal, retrofit: Retrofit, gain: float) -> _Money:
    solved, at, plant = group.batch.stage(plan.before), plan.before.row, plan.plant
    x, d = solved.x[at : at + 1], solved.d[at : at + 1]
    words: list[str] = []
    if proposal.capex is not None and not isinstance(proposal.capex.si, tuple):
        capex = float(proposal.capex.si)
        capex_range = (capex, capex, capex)
        words.append(proposal.capex.origin.evidence or "assumed")
    else:
        capex_range = cost_amount(retrofit.capex, plant, x, d)
        capex = capex_range[1]
        words.append(retrofit.capex.origin.evidence if retrofit.capex else "unverified")
    operating = cost_amount(retrofit.operating_cost, plant, x, d)[1] if retrofit.operating_cost else 0.0
    life = retrofit.life
    rate = discount_rate(group.case, group.lib, group.batch.declaration.sector)
    words += [v.origin.evidence for v in (life, rate) if v is not None]
    years = float(life.si) if life and not isinstance(life.si, tuple) else math.nan
    evidence = tuple(w for w in words if w)
    return _Money(capex, capex_range, gain - operating, operating, float(rate.si), years, evidence)  # type: ignore[arg-type]


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


def _remedy(group: _Group, block: Block) -> Warnings:
    """Return what would help a state that failed, where the process can say it."""
    found = remedy(group.batch, block)
    return (("remedy", {"variable": found[0], "value": repr(found[1])}),) if found else ()


def _shares(
    case: Case,
    lib: Library,
    rows: Sequence[PlantRow],
    bundles: Sequence[BundleRow],
    proposals: Sequence[ProposalRow],
) -> tuple[list[SectorRow], dict[tuple[str, str], float]]:
    """Return each sector's share now and with everything done, and what each proposal adds alone."""
    by_sector: dict[str, list[PlantRow]] = {}
    for row in rows:
        by_sector.setdefault(lib.declaration(row.plant.process).sector, []).append(row)
    together = {b.plant.id: b.level_after for b in bundles}
    targets = {t.sector: t.share_above for t in case.targets}
    sectors, total = [], {}
    for sector, members in sorted(by_sector.items()):
        plants = [m.plant for m in members]
        now = share_of(sector, plants, [m.level for m in members])
        then = share_of(sector, plants, [together.get(m.plant.id, m.level) for m in members])
        sectors.append(SectorRow(sector, now, then, targets.get(sector)))
        total.update({m.plant.id: now.total for m in members})
    points = {}
    for p in proposals:
        gained = (p.level_after == REACHED) - (p.level_before == REACHED)
        size = (
            float(p.plant.capacity.si)
            if p.plant.capacity and not isinstance(p.plant.capacity.si, tuple)
            else 0.0
        )
        whole = total[p.plant.id]
        points[p.plant.id, p.proposal.id] = (
            gained * size / whole if whole > 0 and p.level_after != UNGRADED else 0.0
        )
    return sectors, points
