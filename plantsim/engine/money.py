"""Money of proposals: what policies add to the gain, the terms of each, and the appraisal of all in one call."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from plantsim.engine.appraisal import Appraisal, Party, Terms, appraise
from plantsim.engine.batch import Batch, States
from plantsim.engine.carbon import accounted
from plantsim.engine.clean_air import clean_power_support, environment_tax_saved
from plantsim.engine.figures import Basis, known_alike, product_carrier
from plantsim.engine.groups import Group
from plantsim.engine.plans import PlantPlans, anyway
from plantsim.engine.service import at_equal_product, taken
from plantsim.engine.tariffs import (
    INDIRECT,
    Surcharge,
    carbon_gain,
    deck_price,
    deck_range,
    electricity_surcharge,
    flexibility_income,
)
from plantsim.engine.terms import Stated, less_what_is_avoided, stated_terms
from plantsim.engine.trade import POWER
from plantsim.engine.value import Numbers, plain
from plantsim.vocabulary.case import Contract, Flexibility, Plant, Proposal, Retrofit, scalar, weakest

Three = tuple[float, float, float]
Pick = Callable[[Three, str], Numbers]
FLEXIBILITY_PRICES = {"ancillary_peaking": "electricity_price", "capacity_payment": "annual_cost_power"}


def likely(ends: Three, name: str) -> float:
    """Return the likely one of (low, likely, high)."""
    return ends[1]


@dataclass(frozen=True)
class PolicyGain:
    """CNY a year that hang on a policy: allowances not needed, tiered and differential prices not paid, environmental
    tax not paid, price support of clean coal power.

    rule, evidence: of the surcharge.
    """

    allowances: Numbers
    surcharge: Numbers
    tax: Numbers = 0.0
    support: Numbers = 0.0
    rule: str = ""
    evidence: str = ""

    @property
    def total(self) -> Numbers:
        """All together."""
        return self.allowances + self.surcharge + self.for_clean_air

    @property
    def for_clean_air(self) -> Numbers:
        """Tax and support: payments between owner and state that no tonne of pollutant costs."""
        return self.tax + self.support


def policy_gain(
    group: Group,
    plant: Plant,
    retrofit: Retrofit,
    batch: Batch,
    basis: Basis,
    before: States,
    after: States,
) -> PolicyGain:
    """Return what policies give for a change, row by row; the rows may be those of a batch of draws."""
    case, lib = group.case, group.lib
    trade, sides = group.trade(plant), [batch.ledger(before), batch.ledger(after)]
    own = taken(at_equal_product(sides[0], sides[1], basis.product, basis.references), trade.after)
    less = [accounted(basis.factors, basis.rule, side) for side in (sides[0], own)]
    of_plant = [
        accounted(basis.factors, basis.rule, {c: a for c, a in side.items() if c not in INDIRECT})
        for side in (sides[0], own)
    ]
    direct = of_plant[0] - of_plant[1]
    indirect = less[0] - less[1] - direct
    price = deck_price(lib, case.price_deck, "carbon", "mass_price")
    allowances = 0.0 if price is None else carbon_gain(lib, group.sector, direct, indirect, scalar(price))
    paid = [surcharge_paid(group, plant, batch, block) for block in (before, after)]
    return PolicyGain(
        allowances=allowances,
        surcharge=paid[0][0] - paid[1][0],
        tax=environment_tax_saved(case, lib, batch, (before, sides[0]), (after, own)),
        support=clean_power_support(lib, plant, retrofit, batch, before, after, own),
        rule=paid[0][1].rule,
        evidence=paid[0][1].evidence,
    )


def surcharge_paid(group: Group, plant: Plant, batch: Batch, block: States) -> tuple[Numbers, Surcharge]:
    """Return CNY a year of tiered and differential prices on the power bought, row by row, and their rule."""
    indicators = {n: batch.indicator(block, n) for n in group.lib.indicators(plant.process)}
    found = electricity_surcharge(group.lib, group.sector, group.case.date, plant.classes, indicators)
    return found.price * np.maximum(batch.ledger(block).get(POWER, np.zeros(1)), 0.0), found


def yearly_margin(group: Group, plant: Plant, batch: Batch, basis: Basis, block: States) -> np.ndarray | None:
    """Return CNY a year that the running plant earns: products less what it takes in; None where a price is missing.

    Wages and other costs that go on during a standstill are no part of it. A plant that loses money on each tonne
    loses nothing by standing still: 0.
    """
    if product_carrier(batch) not in basis.factors.price:
        return None
    ledger = taken(batch.ledger(block), group.trade(plant).before)
    ledger, _ = known_alike(ledger, ledger, basis.product)
    paid = basis.factors.money(ledger) + surcharge_paid(group, plant, batch, block)[0]
    return np.maximum(-np.asarray(paid, dtype=np.float64), 0.0)


def flexibility_gain(group: Group, plant: Plant, offer: Flexibility | None, pick: Pick = likely) -> Numbers:
    """Return CNY a year from ancillary services and capacity payments of the deck; 0 without an offer.

    pick: takes a number of a (low, likely, high); the name of the deck's price, or "" for the offer itself. NaN for a
    plant whose capacity is no power, or a deck without these prices.
    """
    if offer is None:
        return 0.0
    found = [deck_range(group.lib, group.case.price_deck, key, of) for key, of in FLEXIBILITY_PRICES.items()]
    if None in found or plant.capacity is None:
        return math.nan
    if group.batch.declaration.capacity_quantity != "power":
        return math.nan
    service, payment = (pick(*ends) for ends in found if ends is not None)
    threshold, minimum, hours, readiness = (
        pick(of, "") for of in (offer.threshold, offer.minimum, offer.hours, offer.readiness)
    )
    power = scalar(plant.capacity)
    shifted = power * np.maximum(threshold - minimum, 0.0) * hours
    return flexibility_income(power, payment, readiness, shifted, service)


def flexibility_prices(group: Group) -> list[str]:
    """Return the deck's prices of flexibility, as draws name them."""
    found = [deck_range(group.lib, group.case.price_deck, key, of) for key, of in FLEXIBILITY_PRICES.items()]
    return [ends[1] for ends in found if ends is not None]


def terms_of(
    group: Group,
    plan: PlantPlans,
    proposal: Proposal,
    retrofit: Retrofit,
    gain: Numbers,
    margin: Numbers | None,
) -> Stated:
    """Return the terms of a proposal, less those of what would be done anyway. gain: CNY a year; margin: CNY a year
    lost in a standstill, None if not known.
    """
    solved, at = group.batch.first(plan.before)

    def stated(of: Proposal, measure: Retrofit) -> Stated:
        return stated_terms(
            plan.plant,
            of,
            measure,
            solved.x[at : at + 1],
            solved.d[at : at + 1],
            gain,
            scalar(group.rate),
            group.finance,
            yearly_margin=0.0 if margin is None else margin,
        )

    found = stated(proposal, retrofit)
    instead = anyway(group.lib, plan.plant, proposal)
    if instead is not None:
        found = less_what_is_avoided(found, stated(Proposal(proposal.id, instead.name), instead))
    return replace(found, evidence=weakest([w for w in (found.evidence, group.rate.origin.evidence) if w]))


def appraise_all(rows: Sequence[tuple[Terms, float, float]]) -> list[Appraisal]:
    """Return the appraisal of each (terms, saving [J/a], carbon [kg/a]): one call for those with a contract, one for
    those without.
    """
    found: dict[int, Appraisal] = {}
    for with_contract in (False, True):
        places = [i for i, (terms, _, _) in enumerate(rows) if (terms.contract is not None) == with_contract]
        if not places:
            continue
        saving, carbon = (np.array([rows[i][n] for i in places], dtype=np.float64) for n in (1, 2))
        together = appraise(stacked([rows[i][0] for i in places]), saving, carbon)
        for place, i in enumerate(places):
            found[i] = _at(together, place)
    return [found[i] for i in range(len(rows))]


def stacked(terms: Sequence[Terms]) -> Terms:
    """Return several terms as one of arrays; all have a contract, or none has."""
    numbers: dict[str, Any] = {
        f.name: np.array([float(np.ravel(getattr(t, f.name))[0]) for t in terms])
        for f in fields(Terms)
        if f.name != "contract"
    }
    contracts = [t.contract for t in terms if t.contract is not None]
    if not contracts:
        return Terms(**numbers)
    share, years = (np.array([getattr(c, n) for c in contracts]) for n in ("share", "years"))
    return Terms(**numbers, contract=Contract(share, years))  # type: ignore[arg-type]


def _at(appraisal: Appraisal, place: int) -> Appraisal:
    """Return one project of an appraisal of several."""

    def one(value: Numbers) -> Numbers:
        return plain(np.asarray(value)[place]) if np.ndim(value) else value

    def party(p: Party | None) -> Party | None:
        return None if p is None else Party(**{f.name: one(getattr(p, f.name)) for f in fields(Party)})

    parties = ("project", "owner", "contractor")
    numbers = {f.name: one(getattr(appraisal, f.name)) for f in fields(Appraisal) if f.name not in parties}
    return Appraisal(**{n: party(getattr(appraisal, n)) for n in parties}, **numbers)  # type: ignore[arg-type]
