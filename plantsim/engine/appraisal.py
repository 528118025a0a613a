"""What a project is worth: to the plant's owner, or to owner and contractor under a contract.

Dates count from the start of building. Capex is paid at the start; outage loss and subsidy fall on the day when
building ends; gains and operating cost come at the end of each year of operation, a part of a year in part; the
residual value at the end of life. All money is of constant value, with the price deck's date, and the discount
rate is a real one.

Tax: income tax at the firm's rate on gain less operating cost, depreciation and outage loss. Depreciation is
straight, of capex less residual value and subsidy; what isn't written off at the end of life is then. The firm has
other profits, so that a loss is worth the tax that it saves. A subsidy isn't taxed, and isn't depreciated.

Contract (合同能源管理, shared savings): the contractor pays the capex, gets the subsidy and a share of the yearly
gain less operating cost for some years, and depreciates within them; the plant's outage is the owner's loss, and
the equipment is the owner's in the end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plantsim.engine.value import (
    NO_RATE,
    Numbers,
    discounted_payback,
    internal_rates,
    per_saved,
    plain,
    present_value_factor,
    simple_payback,
)
from plantsim.vocabulary.case import Contract


@dataclass(frozen=True)
class Terms:
    """What is paid and gained. Floats, or arrays that broadcast (one entry per draw). CNY, years, shares.

    gain: CNY a year before tax, from energy and products; carbon_gain: CNY a year from allowances;
    credit_gain: present value of a cheaper loan, at the start of building.
    contract: the contractor's share and years; exempt_years, half_tax_years: of the contractor's income tax.
    """

    capex: Numbers
    gain: Numbers
    rate: Numbers
    life: Numbers
    operating_cost: Numbers = 0.0
    building_time: Numbers = 0.0
    tax_rate: Numbers = 0.0
    depreciation_years: Numbers = 10.0
    residual_share: Numbers = 0.0
    outage_loss: Numbers = 0.0
    subsidy: Numbers = 0.0
    carbon_gain: Numbers = 0.0
    credit_gain: Numbers = 0.0
    contract: Contract | None = None
    exempt_years: Numbers = 0.0
    half_tax_years: Numbers = 0.0

    @property
    def yearly(self) -> Numbers:
        """What is gained in a year of operation after operating cost [CNY/a]."""
        return self.gain + self.carbon_gain - self.operating_cost


@dataclass(frozen=True)
class Flows:
    """Payments of one party. lumps: (CNY, date in years from the start); streams: (CNY a year, from, to)
    with dates in years of operation, which begins at ``start``.
    """

    start: Numbers
    lumps: tuple[tuple[Numbers, Numbers], ...]
    streams: tuple[tuple[Numbers, Numbers, Numbers], ...]

    def present_value(self, rate: Numbers) -> Numbers:
        """Return the value of everything at the start [CNY]."""
        growth = np.log1p(np.asarray(rate, dtype=np.float64))
        total: Numbers = 0.0
        for amount, date in self.lumps:
            total = total + amount * np.exp(-growth * date)
        for amount, begin, end in self.streams:
            years = present_value_factor(rate, end) - present_value_factor(rate, begin)
            total = total + amount * years * np.exp(-growth * self.start)
        return plain(total)


@dataclass(frozen=True)
class Party:
    """What the project is worth to one side. CNY, 1/a; codes of ``value.RATE_STATUS``."""

    npv: Numbers
    npv_after_tax: Numbers
    irr: Numbers
    irr_status: Numbers
    irr_after_tax: Numbers
    irr_after_tax_status: Numbers


@dataclass(frozen=True)
class Appraisal:
    """What a project is worth. Shapes as the terms broadcast.

    project: as if its owner paid for it himself. owner, contractor: under the contract (the owner is the project,
    and there is no contractor, without one).
    payback_simple, payback_discounted: years from the start of building; infinite where it never pays back.
    cost_of_saved_energy: CNY/J; cost_of_carbon: CNY/kg, less the gain of energy and products, allowances left out;
    investment_per_saving: CNY per J saved a year (单位节能量投资). NaN where nothing is saved.
    """

    project: Party
    owner: Party
    contractor: Party | None
    payback_simple: Numbers
    payback_discounted: Numbers
    cost_of_saved_energy: Numbers
    cost_of_carbon: Numbers
    investment_per_saving: Numbers


def appraise(
    terms: Terms, saving: Numbers = np.nan, carbon: Numbers = np.nan, with_rates: bool = True
) -> Appraisal:
    """Return what a project is worth. saving: J of standard coal a year; carbon: kg CO2 a year.

    with_rates: False leaves the internal rates NaN with status "none": over draws they take most of the time.
    """

    def party(before: Flows, after: Flows) -> Party:
        return _party(terms, before, after, with_rates)

    project = party(_project_flows(terms, 0.0), _project_flows(terms, terms.tax_rate))
    owner, contractor = project, None
    if terms.contract is not None:
        owner = party(_owner_flows(terms, 0.0), _owner_flows(terms, terms.tax_rate))
        contractor = party(_contractor_flows(terms, 0.0), _contractor_flows(terms, terms.tax_rate))
    ready = np.exp(-np.log1p(np.asarray(terms.rate, dtype=np.float64)) * terms.building_time)
    # all that is spent once, in money of the day on which operation begins
    outlay = (terms.capex - terms.credit_gain) / ready + terms.outage_loss - terms.subsidy
    spread = yearly_cost(terms)
    spent = terms.capex - terms.credit_gain + terms.outage_loss - terms.subsidy
    return Appraisal(
        project=project,
        owner=owner,
        contractor=contractor,
        payback_simple=plain(terms.building_time + simple_payback(np.maximum(spent, 0.0), terms.yearly)),
        payback_discounted=plain(
            terms.building_time + discounted_payback(outlay, terms.yearly, terms.rate, terms.life)
        ),
        cost_of_saved_energy=per_saved(spread, saving),
        cost_of_carbon=per_saved(spread - terms.gain, carbon),
        investment_per_saving=per_saved(terms.capex, saving),
    )


def yearly_cost(terms: Terms) -> Numbers:
    """Return what the project costs in each year of operation [CNY/a]: all outlay spread over its life, and
    the operating cost; before tax.
    """
    growth = np.log1p(np.asarray(terms.rate, dtype=np.float64))
    ready = np.exp(-growth * terms.building_time)
    once = (terms.capex - terms.credit_gain) / ready + terms.outage_loss - terms.subsidy
    once = once - terms.residual_share * terms.capex * np.exp(-growth * terms.life)
    return plain(once / present_value_factor(terms.rate, terms.life) + terms.operating_cost)


def _party(terms: Terms, before: Flows, after: Flows, with_rates: bool) -> Party:
    npv, npv_after = before.present_value(terms.rate), after.present_value(terms.rate)
    irr, status = np.full(np.shape(npv), np.nan), np.full(np.shape(npv), NO_RATE, dtype=np.int8)
    irr_after, status_after = irr, status
    if with_rates:
        irr, status = internal_rates(before.present_value)
        irr_after, status_after = internal_rates(after.present_value)
    return Party(
        npv=npv,
        npv_after_tax=npv_after,
        irr=plain(irr),
        irr_status=status,
        irr_after_tax=plain(irr_after),
        irr_after_tax_status=status_after,
    )


def _project_flows(t: Terms, tax: Numbers) -> Flows:
    residual = t.residual_share * t.capex
    base = t.capex - residual - t.subsidy
    written = np.minimum(t.depreciation_years, t.life)
    left = base * (1.0 - written / np.asarray(t.depreciation_years, dtype=np.float64))
    end = t.building_time + t.life
    return Flows(
        start=t.building_time,
        lumps=(
            (t.credit_gain - t.capex, 0.0),
            (t.subsidy - (1.0 - tax) * t.outage_loss, t.building_time),
            (residual + tax * left, end),
        ),
        streams=(
            ((1.0 - tax) * t.yearly, 0.0, t.life),
            (tax * base / t.depreciation_years, 0.0, written),
        ),
    )


def _owner_flows(t: Terms, tax: Numbers) -> Flows:
    assert t.contract is not None
    shared = np.minimum(t.contract.years, t.life)
    kept = (1.0 - tax) * t.yearly
    return Flows(
        start=t.building_time,
        lumps=(
            (-(1.0 - tax) * t.outage_loss, t.building_time),
            ((1.0 - tax) * t.residual_share * t.capex, t.building_time + t.life),
        ),
        streams=(((1.0 - t.contract.share) * kept, 0.0, shared), (kept, shared, t.life)),
    )


def _contractor_flows(t: Terms, tax: Numbers) -> Flows:
    assert t.contract is not None
    shared = np.minimum(t.contract.years, t.life)
    income = t.contract.share * t.yearly
    taxed = income - (t.capex - t.subsidy) / shared  # income less depreciation
    free = np.minimum(t.exempt_years, shared)
    half = np.minimum(free + t.half_tax_years, shared)
    return Flows(
        start=t.building_time,
        lumps=((t.credit_gain - t.capex, 0.0), (t.subsidy, t.building_time)),
        streams=(
            (income, 0.0, shared),
            (-0.5 * tax * taxed, free, half),
            (-tax * taxed, half, shared),
        ),
    )
