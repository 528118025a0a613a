"""The main job: every plant before and after every proposal, what it saves and costs, and which come first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from plantsim.engine.evaluate import Solved, by_process, distinct, solve_process
from plantsim.engine.factors import Factors, read_factors
from plantsim.engine.influence import evidence_words, moved_rows
from plantsim.engine.rows import Capped, Year, changed_row, join_years, plant_rows, repeat_year
from plantsim.engine.standards import REACHED, UNGRADED, Share, applicable, gb_level, reached, share_of
from plantsim.engine.value import (
    cost_amount,
    cost_of_saved_energy,
    internal_rate,
    net_present_value,
    simple_payback,
)
from plantsim.library import Level, Library
from plantsim.processes import Process, load
from plantsim.vocabulary.case import Case, Change, Plant, Proposal, Retrofit, Value, weakest
from plantsim.vocabulary.problems import BadInput, Problems
from plantsim.vocabulary.status import OK, status_name


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
    solved: Solved
    row: int


@dataclass(frozen=True)
class ProposalRow:
    """A proposal, simulated alone at its plant. Numbers in SI, money in CNY, NaN where nothing can be said.

    saving, saving_low, saving_high: joules of standard coal per year at equal product, by equivalent value;
    saving_equal_value: the same by equal value; carbon: kg CO2 per year less.
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
    capex: float
    yearly_gain: float
    npv: float
    irr: float
    payback: float
    cost_of_saved_energy: float
    share_points: float
    evidence: str
    money_evidence: str
    warnings: tuple[tuple[str, dict[str, str]], ...] = ()
    rank: int = 0


@dataclass(frozen=True)
class SectorRow:
    """A sector's share now and with every proposal of every plant done together."""

    sector: str
    now: Share
    then: Share
    target: float | None


@dataclass(frozen=True)
class Ranking:
    """All that ``plantsim rank`` shows."""

    case: Case
    factors: dict[str, Factors]
    plants: tuple[PlantRow, ...]
    proposals: tuple[ProposalRow, ...]
    sectors: tuple[SectorRow, ...]
    failed: int = 0


@dataclass
class _States:
    """Solved rows of one process: plants as they are and with one input moved (before), and variants (after)."""

    process: Process
    plants: list[Plant]
    before: Solved
    after: Solved | None
    moved: list[tuple[tuple[str, ...], int]]  # per plant: names and the first row of ``before``
    variants: dict[tuple[int, int, str], int] = field(
        default_factory=dict
    )  # (before row, proposal, case) -> row
    capped: dict[tuple[int, int], list[Capped]] = field(default_factory=dict)
    bundles: dict[int, int] = field(default_factory=dict)  # plant -> row of ``after``
    left_out: dict[int, list[str]] = field(default_factory=dict)


def rank_case(case: Case, lib: Library, problems: Problems, threads: int | None = None) -> Ranking:
    """Simulate every plant of a case before and after every proposal and rank the proposals.

    Order: net present value at the case's deck, highest first; rows without one after those, failed rows last;
    ties by plant and proposal id. Problems with conventions are noted in ``problems``.
    """
    factors_of = {name: read_factors(case, lib, name, problems) for name in by_process(case.plants)}
    if problems.errors:
        raise BadInput(problems)
    plant_rows_: list[PlantRow] = []
    proposal_rows: list[ProposalRow] = []
    bundle_levels: dict[str, str] = {}
    for name, group in by_process(case.plants).items():
        states = _solve_states(load(name), lib, group, threads)
        factors = factors_of[name]
        for i, plant in enumerate(group):
            row = _plant_row(case, lib, factors, states, i)
            plant_rows_.append(row)
            bundle_levels[plant.id] = _bundle_level(states, i, row)
            for k in range(len(plant.proposals)):
                proposal_rows.append(_proposal_row(case, lib, factors, states, i, k, row))
    sectors, points = _shares(case, lib, plant_rows_, bundle_levels, proposal_rows)
    proposal_rows = [replace(r, share_points=points[r.plant.id, r.proposal.id]) for r in proposal_rows]
    ordered = sorted(proposal_rows, key=_order)
    ranked = [replace(r, rank=i) for i, r in enumerate(ordered, 1)]
    failed = sum(r.status != "ok" for r in [*plant_rows_, *proposal_rows])
    return Ranking(case, factors_of, tuple(plant_rows_), tuple(ranked), tuple(sectors), failed)


def _order(r: ProposalRow) -> tuple[int, float, str, str]:
    group = 2 if r.status != "ok" else 1 if math.isnan(r.npv) else 0
    return group, -r.npv if group == 0 else 0.0, r.plant.id, r.proposal.id


def _solve_distinct(process: Process, lib: Library, x: np.ndarray, year: Year, threads: int | None) -> Solved:
    """Solve each distinct row once; return the results in the place of every row."""
    first, same = distinct(x, year)
    if len(first) == len(x):
        return solve_process(process, lib, x, year, threads)
    years = [repeat_year(year, int(i), 1) for i in first]
    solved = solve_process(process, lib, x[first], join_years(years), threads)
    points = [np.arange(solved.year.first_bin[s], solved.year.first_bin[s + 1]) for s in same]

    def spread(arrays: dict) -> dict:
        return {k: v[same] for k, v in arrays.items()}

    return replace(
        solved,
        x=solved.x[same],
        d=solved.d[same],
        year=year,
        y=solved.y[np.concatenate(points)],
        status=solved.status[same],
        blame=solved.blame[same],
        yearly=spread(dict(solved.yearly)),
        ledger=spread(dict(solved.ledger)),
        indicators=spread(dict(solved.indicators)),
    )


def _solve_states(process: Process, lib: Library, plants: list[Plant], threads: int | None) -> _States:
    declaration = lib.declaration(process.name)
    x, year = plant_rows(declaration, plants)
    moved = [moved_rows(declaration, x[i : i + 1], year, i) for i in range(len(plants))]
    starts = len(plants) + np.concatenate(([0], np.cumsum([len(m.names) for m in moved]))).astype(int)
    before = _solve_distinct(
        process,
        lib,
        np.concatenate([x, *(m.x for m in moved)]),
        join_years([year, *(m.year for m in moved)]),
        threads,
    )
    states = _States(
        process, plants, before, None, [(m.names, int(s)) for m, s in zip(moved, starts, strict=False)]
    )
    rows, years = _variants(states, lib)
    if rows:
        states.after = _solve_distinct(process, lib, np.concatenate(rows), join_years(years), threads)
    return states


def _variants(states: _States, lib: Library) -> tuple[list[np.ndarray], list[Year]]:
    """Lay out the records after each proposal: low, likely, high; likely for each moved input; and the bundle."""
    rows: list[np.ndarray] = []
    years: list[Year] = []

    def add(source: int, row: np.ndarray) -> int:
        rows.append(row)
        years.append(repeat_year(states.before.year, source, 1))
        return len(rows) - 1

    for i, plant in enumerate(states.plants):
        names, start = states.moved[i]
        for k, proposal in enumerate(plant.proposals):
            changes = changes_of(lib, plant, proposal)
            for which in ("low", "likely", "high"):
                row, capped = changed_row(states.before.x[i : i + 1], changes, which)
                states.variants[i, k, which] = add(i, row)
                if which == "likely":
                    states.capped[i, k] = capped
            for source in range(start, start + len(names)):
                row, _ = changed_row(states.before.x[source : source + 1], changes)
                states.variants[source, k, "likely"] = add(source, row)
        bundle, left_out = feasible_bundle(lib, plant)
        states.left_out[i] = left_out
        if bundle:
            row = states.before.x[i : i + 1]
            for proposal in bundle:
                row, _ = changed_row(row, changes_of(lib, plant, proposal))
            states.bundles[i] = add(i, row)
    return rows, years


def changes_of(lib: Library, plant: Plant, proposal: Proposal) -> tuple[Change, ...]:
    """Return the changes of a proposal: its own figures where it gives them, else the library's."""
    own = {c.variable: c for c in proposal.changes}
    declared = lib.retrofits(plant.process)[proposal.retrofit].changes
    merged = [own.pop(c.variable, c) for c in declared]
    return (*merged, *own.values())


def feasible_bundle(lib: Library, plant: Plant) -> tuple[list[Proposal], list[str]]:
    """Return the proposals of a plant that can be done together, in the case's order, and ids left out.

    A proposal is left out when its retrofit excludes, or is excluded by, one taken before it.
    """
    taken: list[Proposal] = []
    left_out: list[str] = []
    retrofits = lib.retrofits(plant.process)
    for proposal in plant.proposals:
        mine = retrofits[proposal.retrofit]
        others = [retrofits[t.retrofit] for t in taken]
        if any(o.name in mine.excludes or mine.name in o.excludes or o.name == mine.name for o in others):
            left_out.append(proposal.id)
        else:
            taken.append(proposal)
    return taken, left_out


def _plant_row(case: Case, lib: Library, factors: Factors, states: _States, i: int) -> PlantRow:
    plant, solved = states.plants[i], states.before
    declaration = solved.declaration
    name = declaration.main_indicator
    value = float(solved.indicators[name][i])
    ndrc = applicable(lib, plant.process, plant.classes, case.date, "ndrc", name)
    gb = applicable(lib, plant.process, plant.classes, case.date, "gb", name)
    ledger = {c: float(a[i]) for c, a in solved.ledger.items()}
    names, start = states.moved[i]
    effects = solved.indicators[name][start : start + len(names)]
    rests_on = [n for n, e in zip(names, effects, strict=True) if e != value]
    return PlantRow(
        plant=plant,
        status=status_name(solved.status[i]),
        blame=declaration.name_of_code(int(solved.blame[i])) if solved.blame[i] else "",
        indicator=name,
        value=value,
        level=reached(ndrc, value),
        gb=gb_level(gb, value),
        threshold=ndrc,
        energy=float(factors.total("equivalent", ledger)),
        energy_equal_value=float(factors.total("equal_value", ledger)),
        carbon=_carbon(factors, ledger),
        evidence=weakest([*evidence_words(plant, rests_on), *([ndrc.evidence] if ndrc else [])]),
        solved=solved,
        row=i,
    )


def _carbon(factors: Factors, ledger: dict[str, float]) -> float:
    """Return kg CO2 a year: through energy carriers by their factors, and what leaves the plant as CO2."""
    return float(factors.total("carbon", ledger)) - ledger.get("co2_direct", 0.0)


def _bundle_level(states: _States, i: int, row: PlantRow) -> str:
    if i not in states.bundles or states.after is None:
        return row.level
    at = states.bundles[i]
    if states.after.status[at] != OK:
        return row.level
    return reached(row.threshold, float(states.after.indicators[row.indicator][at]))


def _at_equal_product(states: _States, source: int, target: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return the ledgers before and after, the latter scaled to the product made before.

    What a retrofit lets the plant make more is not counted as a saving, nor is less product.
    """
    assert states.after is not None
    before = {c: float(a[source]) for c, a in states.before.ledger.items()}
    after = {c: float(a[target]) for c, a in states.after.ledger.items()}
    product = states.before.declaration.product
    made = float(states.before.yearly[product][source])
    makes = float(states.after.yearly[product][target])
    scale = made / makes if makes > 0 else math.nan
    return before, {c: a * scale for c, a in after.items()}


def _saving(factors: Factors, kind: str, states: _States, source: int, target: int) -> float:
    before, after = _at_equal_product(states, source, target)
    return float(factors.total(kind, before)) - float(factors.total(kind, after))


def _proposal_row(
    case: Case, lib: Library, factors: Factors, states: _States, i: int, k: int, base: PlantRow
) -> ProposalRow:
    assert states.after is not None
    plant, proposal = states.plants[i], states.plants[i].proposals[k]
    retrofit = lib.retrofits(plant.process)[proposal.retrofit]
    at = {which: states.variants[i, k, which] for which in ("low", "likely", "high")}
    target = at["likely"]
    code = int(states.before.status[i]) or int(states.after.status[target])
    blame = int(states.before.blame[i]) or int(states.after.blame[target])
    savings = {which: _saving(factors, "equivalent", states, i, row) for which, row in at.items()}
    before, after = _at_equal_product(states, i, target)
    gain = float(factors.total("price", before)) - float(factors.total("price", after))
    value = float(states.after.indicators[base.indicator][target])
    evidence = weakest([*_rests_on(factors, states, i, k, base, savings["likely"]), retrofit.evidence])
    money = _money(case, lib, states, i, plant, proposal, retrofit, gain)
    ok = [s for s in savings.values() if not math.isnan(s)]
    carriers = [c for c, a in before.items() if a != after[c]]
    return ProposalRow(
        plant=plant,
        proposal=proposal,
        retrofit=retrofit,
        status=status_name(code),
        blame=states.before.declaration.name_of_code(blame) if blame else "",
        before=base.value,
        after=value,
        level_before=base.level,
        level_after=reached(base.threshold, value),
        saving=savings["likely"],
        saving_low=min(ok, default=math.nan),
        saving_high=max(ok, default=math.nan),
        saving_equal_value=_saving(factors, "equal_value", states, i, target),
        carbon=_carbon(factors, before) - _carbon(factors, after),
        capex=money.capex,
        yearly_gain=money.gain,
        npv=net_present_value(money.capex, money.gain, money.rate, money.life),
        irr=internal_rate(money.capex, money.gain, money.life),
        payback=simple_payback(money.capex, money.gain),
        cost_of_saved_energy=cost_of_saved_energy(
            money.capex, 0.0, savings["likely"], money.rate, money.life
        ),
        share_points=0.0,
        evidence=evidence,
        money_evidence=weakest(
            [evidence, *money.evidence, factors.evidence("price", carriers) or "unverified"]
        ),
        warnings=tuple(_warnings(states, i, k, retrofit, savings, proposal, factors, before, after)),
    )


def _rests_on(factors: Factors, states: _States, i: int, k: int, base: PlantRow, saving: float) -> list[str]:
    """Return the evidence words of the inputs that move the saving or the indicator of a proposal."""
    assert states.after is not None
    names, start = states.moved[i]
    value = float(states.after.indicators[base.indicator][states.variants[i, k, "likely"]])
    moving = []
    for n, name in enumerate(names):
        target = states.variants[start + n, k, "likely"]
        moved = _saving(factors, "equivalent", states, start + n, target)
        if moved != saving or float(states.after.indicators[base.indicator][target]) != value:
            moving.append(name)
    return evidence_words(states.plants[i], moving)


@dataclass(frozen=True)
class _Money:
    capex: float
    gain: float
    rate: float
    life: float
    evidence: tuple[str, ...]


def discount_rate(case: Case, lib: Library, sector: str) -> Value:
    """Return the discount rate per year of a case, or the library's for the sector."""
    if case.discount_rate is not None:
        return case.discount_rate
    from plantsim.engine.factors import value_of

    rates = lib.data("common", "finance.toml")["discount_rate"]
    key = sector if sector in rates else "default"
    return value_of(
        rates[key]["rate"], "fraction", lib, "models/common/finance.toml", f"discount_rate.{key}.rate"
    )


def _money(
    case: Case,
    lib: Library,
    states: _States,
    i: int,
    plant: Plant,
    proposal: Proposal,
    retrofit: Retrofit,
    gain: float,
) -> _Money:
    x, d = states.before.x[i : i + 1], states.before.d[i : i + 1]
    words: list[str] = []
    if proposal.capex is not None and not isinstance(proposal.capex.si, tuple):
        capex = float(proposal.capex.si)
        words.append(proposal.capex.origin.evidence or "assumed")
    else:
        capex = cost_amount(retrofit.capex, plant, x, d)[1]
        words.append(retrofit.capex.origin.evidence if retrofit.capex else "unverified")
    operating = cost_amount(retrofit.operating_cost, plant, x, d)[1] if retrofit.operating_cost else 0.0
    life = retrofit.life
    rate = discount_rate(case, lib, states.before.declaration.sector)
    words += [v.origin.evidence for v in (life, rate) if v is not None]
    years = float(life.si) if life and not isinstance(life.si, tuple) else math.nan
    return _Money(capex, gain - operating, float(rate.si), years, tuple(w for w in words if w))  # type: ignore[arg-type]


def _warnings(
    states: _States,
    i: int,
    k: int,
    retrofit: Retrofit,
    savings: dict[str, float],
    proposal: Proposal,
    factors: Factors,
    before: dict[str, float],
    after: dict[str, float],
) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    for c in states.capped[i, k]:
        found.append(
            ("change_capped", {"variable": c.variable, "wanted": repr(c.wanted), "reached": repr(c.reached)})
        )
    if retrofit.caveat:
        found.append(
            ("retrofit_caveat", {"en": retrofit.caveat.get("en", ""), "zh": retrofit.caveat.get("zh", "")})
        )
    if proposal.capex is None and retrofit.capex is not None:
        found.append(("capex_from_library", {"evidence": retrofit.capex.origin.evidence}))
    claim = proposal.claim.saving
    if claim is not None and not isinstance(claim.si, tuple):
        kind = "equal_value" if proposal.claim.basis in {"等价", "equal_value"} else "equivalent"
        ours = [float(factors.total(kind, before)) - float(factors.total(kind, after)), *savings.values()]
        top = max(ours) if kind == "equivalent" else ours[0]
        if claim.si > top:  # both in J of standard coal per year
            found.append(("claim_above_model", {"claimed": repr(float(claim.si)), "model": repr(top)}))
    return found


def _shares(
    case: Case,
    lib: Library,
    rows: Sequence[PlantRow],
    bundle_levels: dict[str, str],
    proposals: Sequence[ProposalRow],
) -> tuple[list[SectorRow], dict[tuple[str, str], float]]:
    """Return each sector's share now and with everything done, and what each proposal adds alone."""
    by_sector: dict[str, list[PlantRow]] = {}
    for row in rows:
        by_sector.setdefault(lib.declaration(row.plant.process).sector, []).append(row)
    targets = {t.sector: t.share_above for t in case.targets}
    sectors, total = [], {}
    for sector, members in sorted(by_sector.items()):
        plants = [m.plant for m in members]
        now = share_of(sector, plants, [m.level for m in members])
        then = share_of(sector, plants, [bundle_levels[m.plant.id] for m in members])
        sectors.append(SectorRow(sector, now, then, targets.get(sector)))
        for m in members:
            total[m.plant.id] = now.total
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
