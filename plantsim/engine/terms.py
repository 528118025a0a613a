"""The terms of a proposal: its own money where it states any, else the library's, else a convention."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from plantsim.engine.appraisal import Terms
from plantsim.engine.finance import Finance
from plantsim.engine.tariffs import green_credit_gain, outage_loss
from plantsim.engine.value import Numbers, cost_amount, present_value_factor
from plantsim.vocabulary.case import Cost, Plant, Proposal, Retrofit, Value, scalar, weakest

TAKE = ("low", "likely", "high")


@dataclass(frozen=True)
class Stated:
    """Terms, and where the costs came from: owner, library or convention, by name of the term.

    evidence: the weakest of what they rest on. avoided: of capex, CNY that what would be done anyway takes; the
    terms are less all that it costs.
    """

    terms: Terms
    origin: dict[str, str]
    evidence: str
    avoided: float = 0.0


def less_what_is_avoided(stated: Stated, other: Stated) -> Stated:
    """Return the terms less those of the measure that would be done anyway.

    Its capex is renewed at the end of its life, so that it counts for the proposal's life.
    """
    t, o = stated.terms, other.terms
    same_life = present_value_factor(t.rate, t.life) / present_value_factor(t.rate, o.life)
    avoided = float(o.capex * (1.0 if math.isnan(o.life) else same_life))
    terms = replace(
        t,
        capex=t.capex - avoided,
        operating_cost=t.operating_cost - o.operating_cost,
        outage_loss=t.outage_loss - o.outage_loss,
    )
    return Stated(terms, stated.origin, weakest([stated.evidence, other.evidence]), avoided)


def stated_terms(
    plant: Plant,
    proposal: Proposal,
    retrofit: Retrofit,
    x: np.ndarray,
    d: np.ndarray,
    gain: Numbers,
    rate: Numbers,
    finance: Finance,
    carbon_gain: Numbers = 0.0,
    yearly_margin: Numbers = 0.0,
    take: str = "likely",
) -> Stated:
    """Return the terms of a proposal at a plant. CNY, years; NaN where neither side states a cost.

    x, d: the plant's record and design before, shape (1,); gain: CNY a year from energy and products; rate: 1/a;
    yearly_margin: CNY a year that the running plant earns, lost during the outage; take: which end of the library's
    ranges of cost. Upkeep is a share of capex where nobody states an operating cost (finance.toml).
    """
    place = TAKE.index(take)
    origin: dict[str, str] = {}
    evidence: list[str] = []

    def cost(name: str, own: Value | None, shelf: Cost | None) -> float:
        if own is not None:
            origin[name] = "owner"
            evidence.append(own.origin.evidence)
            return scalar(own)
        if shelf is not None:
            origin[name] = "library"
            evidence.append(shelf.origin.evidence)
        return cost_amount(shelf, plant, x, d)[place]

    def years(name: str, own: Value | None, shelf: Value | None, otherwise: float) -> float:
        found = own if own is not None else shelf
        if found is None:
            return otherwise
        origin[name] = "owner" if own is not None else "library"
        evidence.append(found.origin.evidence)
        return scalar(found)

    capex = cost("capex", proposal.capex, retrofit.capex)
    operating = cost("operating_cost", proposal.operating_cost, retrofit.operating_cost)
    if math.isnan(operating):
        operating = finance.maintenance * capex
        origin["operating_cost"] = "convention"
        evidence.append(finance.used["maintenance"].origin.evidence)
    standstill = years("outage", proposal.outage, retrofit.outage, 0.0)  # s
    contract = proposal.contract
    terms = Terms(
        capex=capex,
        gain=gain,
        rate=rate,
        life=years("life", proposal.life, retrofit.life, math.nan),
        operating_cost=operating,
        building_time=years("building_time", proposal.building_time, None, 0.0),
        tax_rate=finance.tax_rate,
        depreciation_years=finance.depreciation_years,
        residual_share=finance.residual_share,
        outage_loss=outage_loss(standstill, yearly_margin),
        subsidy=0.0 if proposal.subsidy is None else scalar(proposal.subsidy),
        carbon_gain=carbon_gain,
        credit_gain=_credit_gain(proposal, capex, rate, finance, origin, evidence),
        contract=contract,
        exempt_years=finance.exempt_years if contract else 0.0,
        half_tax_years=finance.half_tax_years if contract else 0.0,
    )
    return Stated(terms, origin, weakest([e for e in evidence if e]))


def _credit_gain(
    proposal: Proposal,
    capex: float,
    rate: Numbers,
    finance: Finance,
    origin: dict[str, str],
    evidence: list[str],
) -> Numbers:
    """Return the present value [CNY] of a green loan's lower interest; 0 without one.

    The loan is what the proposal states, else capex less the usual equity; its years the usual term.
    """
    credit = proposal.green_credit
    if credit is None:
        return 0.0
    origin["green_credit"] = "owner"
    used = [finance.used["loan_rate"], credit.rate]
    loan, years = capex * (1.0 - finance.equity_share), finance.loan_years
    if credit.loan is not None:
        loan = scalar(credit.loan)
    else:
        used.append(finance.used["equity_share"])
    if credit.years is not None:
        years = scalar(credit.years)
    else:
        used.append(finance.used["loan_years"])
    evidence += [v.origin.evidence for v in used]
    return green_credit_gain(loan, finance.loan_rate, scalar(credit.rate), max(round(years), 1), rate)
