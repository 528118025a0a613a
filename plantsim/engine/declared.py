"""Plants without a model: their owner's figures before and after. Nothing of them is simulated, and they say so."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from plantsim.engine.carbon import DEFAULT, accounted, carbon_rule, physical
from plantsim.engine.clean_air import tax_rates
from plantsim.engine.drafts import Draft
from plantsim.engine.factors import Factors, read_factors
from plantsim.engine.figures import POLLUTANTS, Figures
from plantsim.engine.finance import read_finance
from plantsim.engine.groups import discount_rate
from plantsim.engine.money import PolicyGain
from plantsim.engine.notices import of_policy
from plantsim.engine.ranking import BundleRow, PlantRow, ProposalRow, Warnings
from plantsim.engine.standards import UNGRADED, compared, gb_level, level_of, reached
from plantsim.engine.terms import stated_terms
from plantsim.engine.ultra_low import COMPLETED, completed, rule_of
from plantsim.library import Library
from plantsim.vocabulary.case import Case, Plant, Proposal, Retrofit, Value, scalar, weakest
from plantsim.vocabulary.problems import Problems

NO_RECORD = np.zeros(1, dtype=[("unused", np.float64)])


def declared_row(case: Case, lib: Library, plant: Plant) -> PlantRow:
    """Return a plant without a model by its owner's figure: it counts in the share, nothing about it is simulated."""
    name = compared(case, lib, plant)
    given = plant.declared.get(name)
    value = math.nan if given is None else scalar(given)
    ndrc, gb = (level_of(case, lib, plant, which) for which in ("ndrc", "gb"))
    flows = _flows(plant.declared, lib)
    factors = read_factors(case, lib, plant.process, Problems())
    energy = {kind: _total(factors, kind, flows) for kind in ("equivalent", "equal_value")}
    rule = carbon_rule(lib, lib.declaration(plant.process).sector)
    return PlantRow(
        plant=plant,
        status="ok",
        blame="",
        indicator=name,
        value=value,
        level=reached(ndrc, value),
        gb=gb_level(gb, {name: value}),
        threshold=ndrc,
        energy=energy["equivalent"],
        energy_equal_value=energy["equal_value"],
        carbon=float(np.ravel(accounted(factors, rule, flows))[0]) if flows else math.nan,
        carbon_physical=float(np.ravel(physical(factors, rule, flows))[0]) if flows else math.nan,
        carbon_basis=DEFAULT if flows else "",
        evidence=(given.origin.evidence or "assumed") if given else "",
        seconds=0.0,
        declared=True,
        ledger={c: float(a[0]) for c, a in flows.items()},
        ultra_low=completed(rule_of(lib, plant.process), plant, math.nan),
    )


def _flows(declared: Mapping[str, Value], lib: Library) -> dict[str, np.ndarray]:
    return {c: np.array([scalar(v)]) for c, v in declared.items() if c in lib.carriers}


def _total(factors: Factors, kind: str, flows: Mapping[str, np.ndarray]) -> float:
    return float(np.ravel(factors.total(kind, flows))[0]) if flows else math.nan


def declared_drafts(case: Case, lib: Library, plant: Plant, base: PlantRow) -> list[Draft]:
    """Return the proposals of a plant without a model, by what their owner declares."""
    shelf = lib.retrofits(plant.process)
    return [
        _draft(case, lib, plant, p, shelf[p.retrofit], base) for p in plant.proposals if p.retrofit in shelf
    ]


def declared_bundle(
    case: Case, lib: Library, base: PlantRow, rows: Sequence[ProposalRow]
) -> BundleRow | None:
    """Return what all proposals of a plant without a model do together; None for a plant without any.

    Nobody simulates them together, and what is declared does not add up: the best single figure counts.
    """
    plant, shelf = base.plant, lib.retrofits(base.plant.process)
    if not rows:
        return None
    working = [r for r in rows if r.retrofit.kind != "retire"]
    retired = not working
    best = min((r.after for r in working if not math.isnan(r.after)), default=base.value)
    saving, equal, carbon = (
        max((v for v in (getattr(r, name) for r in working or rows) if not math.isnan(v)), default=0.0)
        for name in ("saving", "saving_equal_value", "carbon")
    )
    completes = any(COMPLETED in shelf[r.proposal.retrofit].completes for r in working)
    return BundleRow(
        plant=plant,
        proposals=tuple(r.proposal.id for r in working or rows),
        status="ok",
        after=math.nan if retired else best,
        level_after=base.level if retired else reached(base.threshold, best),
        saving=saving,
        sum_of_parts=sum(r.saving for r in working),
        cancelled=retired and any(r.proposal.cancels_capacity for r in rows),
        retired=retired,
        saving_shared=saving,
        saving_shared_equal_value=equal,
        carbon_shared=carbon,
        ledger=dict(base.ledger),
        ultra_low=completed(rule_of(lib, plant.process), plant, math.nan, completes),
    )


def _draft(
    case: Case, lib: Library, plant: Plant, proposal: Proposal, retrofit: Retrofit, base: PlantRow
) -> Draft:
    """Return a declared proposal. Its saving follows from declared flows on both sides, else it is the claim as it
    stands; its gain is known only from flows.
    """
    factors = read_factors(case, lib, plant.process, Problems())
    given = proposal.declared.get(base.indicator)
    after = math.nan if given is None else scalar(given)
    saving, equal, carbons, gain, pollutants, warnings = _figures(factors, base, proposal, retrofit, lib)
    rates = tax_rates(lib, case.price_deck, plant.process)  # in full: nobody declares concentrations
    tax = math.fsum(rates[p] * less for p, less in pollutants.items() if p in rates and not math.isnan(less))
    gain += tax
    rate = discount_rate(case, lib, lib.declaration(plant.process).sector)
    stated = stated_terms(
        plant, proposal, retrofit, NO_RECORD, NO_RECORD, gain, scalar(rate), read_finance(lib)
    )
    words = [v.origin.evidence or "assumed" for v in proposal.declared.values()]
    if not proposal.declared and proposal.claim.saving is not None:
        words.append(proposal.claim.saving.origin.evidence or "assumed")
    evidence = weakest([w for w in (base.evidence, *words) if w])
    figures = Figures(
        before=np.array([base.value]),
        after=np.array([after]),
        saving=np.array([saving]),
        saving_equal_value=np.array([equal]),
        carbon=np.array([carbons[0]]),
        carbon_physical=np.array([carbons[1]]),
        pollutants={p: np.array([a]) for p, a in pollutants.items()},
        gain=np.array([gain]),
    )
    others: dict[str, Any] = {
        "status": "ok",
        "blame": "",
        "level_after": UNGRADED if retrofit.kind == "retire" else reached(base.threshold, after),
        "saving_low": saving,
        "saving_high": saving,
        "evidence": evidence,
        "money_evidence": weakest([w for w in (evidence, stated.evidence) if w]),
        "warnings": (*warnings, *of_policy(PolicyGain(0.0, 0.0, tax), 0.0)),
        "declared": True,
        "policy": {"tax": tax},
    }
    return Draft(plant, proposal, retrofit, replace(base, calibrated=False), stated, figures, tax, others)


def _retired(base: PlantRow, proposal: Proposal) -> tuple[float, float]:
    """Return what retiring a declared plant saves, on both conventions: 0 without a named replacement.

    Its product is its declared energy over its declared indicator; without an amount of energy, its capacity.
    """
    if proposal.replacement is None:
        return 0.0, 0.0
    elsewhere = scalar(proposal.replacement)
    if not math.isnan(base.energy):
        made = base.energy / base.value
        return base.energy - made * elsewhere, base.energy_equal_value - made * elsewhere
    if base.plant.capacity is None:
        return math.nan, math.nan
    saving = scalar(base.plant.capacity) * (base.value - elsewhere)
    return saving, saving


def _figures(
    factors: Factors, base: PlantRow, proposal: Proposal, retrofit: Retrofit, lib: Library
) -> tuple[float, float, tuple[float, float], float, dict[str, float], Warnings]:
    """Return (saving, saving by equal value, CO2 less as accounted and by own carbon, gain, pollutants less, warnings).

    NaN where nothing is said.
    """
    before, after = _flows(base.plant.declared, lib), _flows(proposal.declared, lib)
    nothing, no_carbon = dict.fromkeys(POLLUTANTS, math.nan), (math.nan, math.nan)
    notes: list[tuple[str, dict[str, str]]] = [("declared_not_simulated", {})]
    claim = proposal.claim.saving
    claimed = math.nan if claim is None else scalar(claim)
    by_equal_value = proposal.claim.basis == "equal_value"
    if before and after:
        whole = {**before, **after}  # what the proposal does not name stays
        saving, equal = (
            _total(factors, kind, before) - _total(factors, kind, whole)
            for kind in ("equivalent", "equal_value")
        )
        rule = carbon_rule(lib, lib.declaration(base.plant.process).sector)
        counted, own = (
            float(np.ravel(count(factors, rule, before) - count(factors, rule, whole))[0])
            for count in (accounted, physical)
        )
        gain = float(np.ravel(factors.money(before) - factors.money(whole))[0])
        less = {
            p: float((whole[p] - before[p])[0]) if p in before and p in whole else math.nan
            for p in POLLUTANTS
        }
        ours = equal if by_equal_value else saving
        if claimed > ours:
            notes.append(("claim_above_declared", {"claimed": repr(claimed), "declared": repr(ours)}))
        return saving, equal, (counted, own), gain, less, tuple(notes)
    if retrofit.kind == "retire" and math.isnan(claimed):
        saving, equal = _retired(base, proposal)
        notes += [] if proposal.replacement else [("retired_without_replacement", {})]
        return saving, equal, no_carbon, math.nan, nothing, tuple(notes)
    if not math.isnan(claimed):
        notes.append(("saving_is_claimed", {}))
    saving, equal = (math.nan, claimed) if by_equal_value else (claimed, math.nan)
    return saving, equal, no_carbon, math.nan, nothing, tuple(notes)
