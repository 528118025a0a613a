"""Appraisal, the parts that one party alone sees: the owner's tax, lives shorter than contracts, costs by size."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine import drawn, money, tariffs
from plantsim.engine.appraisal import Terms, appraise
from plantsim.engine.carbon import CarbonRule
from plantsim.engine.factors import Factors
from plantsim.engine.figures import Basis
from plantsim.engine.sample import capex_draws, triangle
from plantsim.engine.trade import FREE
from plantsim.engine.value import cost_amount, discounted_payback, simple_payback
from plantsim.library import library
from plantsim.vocabulary.case import Contract, Value

RATE = 0.07


def worth(flows: dict[float, float]) -> float:
    return sum(amount * 1.07**-year for year, amount in flows.items())


def test_the_owner_pays_tax_on_what_he_keeps_and_on_what_he_is_left():
    """Half a year of building, 4 years of contract at 65 %, 7 years of life, tax of 25 %, nothing to depreciate."""
    terms = Terms(
        capex=700.0, gain=240.0, operating_cost=15.0, rate=RATE, life=7.0, building_time=0.5, tax_rate=0.25,
        residual_share=0.06, outage_loss=28.0, subsidy=33.0, carbon_gain=9.0, contract=Contract(0.65, 4.0),
    )  # fmt: skip
    kept = 240.0 + 9.0 - 15.0
    flows = {0.5: -28.0}
    flows |= {0.5 + t: 0.35 * kept for t in range(1, 5)} | {0.5 + t: kept for t in range(5, 8)}
    flows[7.5] += 0.06 * 700.0
    found = appraise(terms)
    assert found.owner.npv == pytest.approx(worth(flows), rel=1e-9)
    assert found.owner.npv_after_tax == pytest.approx(0.75 * worth(flows), rel=1e-9)
    assert found.contractor is not None
    # the contractor: 700 paid, 33 got, 65 % of the gain, of which a quarter of what depreciation leaves is tax
    income = 0.65 * kept
    tax = 0.25 * (income - (700.0 - 33.0) / 4)
    shared = worth({0.5 + t: income - tax for t in range(1, 5)})
    assert found.contractor.npv_after_tax == pytest.approx(-700.0 + 33.0 * 1.07**-0.5 + shared, rel=1e-9)


def test_a_contract_longer_than_the_life_ends_with_it():
    """3 years of life, 5 of contract, 4 free of tax, so that no tax falls due at all."""
    terms = Terms(
        capex=400.0, gain=200.0, rate=RATE, life=3.0, tax_rate=0.25, contract=Contract(0.9, 5.0), exempt_years=4.0,
        half_tax_years=2.0,
    )  # fmt: skip
    found = appraise(terms)
    assert found.contractor is not None
    contractor = -400.0 + worth(dict.fromkeys(range(1, 4), 180.0))
    assert found.contractor.npv == pytest.approx(contractor, rel=1e-9)
    assert found.contractor.npv_after_tax == pytest.approx(contractor, rel=1e-9)
    assert found.owner.npv == pytest.approx(worth(dict.fromkeys(range(1, 4), 20.0)), rel=1e-9)


def test_half_tax_ends_with_the_contract():
    """1 year free, 5 at half tax, of a contract of 3: the second and third year at half."""
    terms = Terms(
        capex=300.0, gain=200.0, rate=RATE, life=6.0, tax_rate=0.25, contract=Contract(0.9, 3.0), exempt_years=1.0,
        half_tax_years=5.0,
    )  # fmt: skip
    found = appraise(terms)
    assert found.contractor is not None
    tax = 0.125 * (180.0 - 100.0)
    by_hand = -300.0 + worth({1: 180.0, 2: 180.0 - tax, 3: 180.0 - tax})
    assert found.contractor.npv_after_tax == pytest.approx(by_hand, rel=1e-9)


def test_depreciation_ends_before_the_life():
    """600 over 3 of 5 years, less 8 % that is left: 184 a year."""
    terms = Terms(
        capex=600.0,
        gain=170.0,
        rate=RATE,
        life=5.0,
        tax_rate=0.25,
        depreciation_years=3.0,
        residual_share=0.08,
    )
    flows = {t: 0.75 * 170.0 + (0.25 * 184.0 if t <= 3 else 0.0) for t in range(1, 6)}
    flows[5] += 48.0
    assert appraise(terms).project.npv_after_tax == pytest.approx(worth(flows) - 600.0, rel=1e-9)


def test_paybacks_count_the_cheaper_loan_and_the_years_of_building():
    terms = Terms(
        capex=500.0,
        gain=150.0,
        rate=RATE,
        life=9.0,
        building_time=2.0,
        outage_loss=20.0,
        subsidy=60.0,
        credit_gain=25.0,
    )
    found = appraise(terms)
    assert found.payback_simple == pytest.approx(2.0 + (500.0 - 25.0 + 20.0 - 60.0) / 150.0, rel=1e-12)
    outlay = 475.0 * 1.07**2 + 20.0 - 60.0  # at the start of operation: 503.8
    three = 150.0 * (1 / 1.07 + 1 / 1.07**2 + 1 / 1.07**3)
    assert found.payback_discounted == pytest.approx(5.0 + (outlay - three) * 1.07**4 / 150.0, rel=1e-9)
    paid_by_others = appraise(Terms(capex=50.0, gain=15.0, rate=RATE, life=9.0, subsidy=60.0))
    assert paid_by_others.payback_simple == 0.0
    assert paid_by_others.payback_discounted == 0.0


@pytest.mark.parametrize("place", range(4))
def test_what_is_not_known_is_not_reckoned_with(place):
    args = [100.0, 30.0, 0.05, 12.0]
    args[place] = math.nan
    assert math.isnan(discounted_payback(*args))
    if place < 2:
        assert math.isnan(simple_payback(*args[:2]))


@pytest.mark.parametrize(
    ("per", "times"), [("", 1.0), ("capacity", 45e6), ("cell_count", 223.0), ("shell_area", 61.0)]
)
def test_a_cost_by_what_it_is_counted_by(per, times):
    cost = fields(low=2.0, likely=3.0, high=5.0, per=per)
    x = np.array([(223.0,)], dtype=[("cell_count", float)])
    d = np.array([(61.0,)], dtype=[("shell_area", float)])
    plant = fields(capacity=fields(si=45e6))
    assert cost_amount(cost, plant, x, d) == (2.0 * times, 3.0 * times, 5.0 * times)
    assert all(math.isnan(v) for v in cost_amount(None, plant, x, d))
    if per == "capacity":
        for unknown in (None, fields(si=(1.0, 2.0))):
            assert all(math.isnan(v) for v in cost_amount(cost, fields(capacity=unknown), x, d))


# ---------------------------------------------------------------- tariffs


def test_recovered_power_is_used_first_and_the_rest_is_sold():
    """Peak, flat, valley: 5, 3, 4 recovered; 7, 2, 1 needed; the grid's readiness costs 11."""
    found = tariffs.own_use_value(
        np.array([5.0, 3.0, 4.0]), np.array([7.0, 2.0, 1.0]), np.array([9.0, 6.0, 2.0]),
        np.array([3.5, 3.0, 1.5]), 11.0, bands=-1,
    )  # fmt: skip
    assert (found.own, found.surplus) == (8.0, 4.0)
    assert found.value == pytest.approx(5 * 9 + 2 * 6 + 1 * 2 + 1 * 3 + 3 * 1.5 - 11)
    sold = tariffs.own_use_value(5.0, -2.0, 9.0, 3.5)  # who gives power out already needs none
    assert (sold.own, sold.surplus, sold.value) == (0.0, 5.0, 17.5)
    assert tariffs.standby_fee(3e6, 0.024) == pytest.approx(12 * 3e6 * 0.024)


def tier(rule: str, **more) -> tariffs.Tier:
    return tariffs.Tier("t", rule, "i", "e", 300.0, 0.3, **more)


def test_tiers():
    steps = tier("steps", step=20.0)
    at = [(280.0, 0.0), (300.0, 0.0), (300.1, 0.3), (320.0, 0.3), (320.1, 0.6), (355.0, 0.9)]
    for indicator, price in at:
        assert tariffs.tier_price(steps, indicator) == pytest.approx(price, abs=1e-12)
    bands = tier("bands", second_threshold=340.0, second_surcharge=0.8)
    for indicator, price in [(300.0, 0.0), (301.0, 0.3), (340.0, 0.3), (341.0, 0.8)]:
        assert tariffs.tier_price(bands, indicator) == price
    assert tariffs.tier_charge(bands, 341.0, 7.0) == pytest.approx(0.8 * 341 * 7)


@pytest.mark.parametrize(
    ("sector", "process", "counted"),
    [
        ("steel", True, 0.09 * 20 + 2),  # coal and what is direct; power and heat are others' emissions
        ("steel", False, 0.09 * 20),  # of a rule that counts no reagents
        ("coal_power", True, 0.09 * 20 + 2 + 0.14 * 8 + 0.11 * 5 + 0.15 * 3),
    ],
)
def test_direct_carbon_leaves_out_what_others_emit(monkeypatch, sector, process, counted):
    """20 of coal, 8 and 3 of power, 5 of heat and 2 of direct CO2 less; allowances at 0.07."""
    factors = Factors(
        {}, {}, {"coal": 0.09, "electricity": 0.14, "heat": 0.11, "grid_electricity": 0.15}, {}, {}, ""
    )
    ledgers = [
        {"coal": 50.0, "electricity": 20.0, "heat": 9.0, "grid_electricity": 4.0, "co2_direct": -6.0, "p": -1.0},
        {"coal": 30.0, "electricity": 12.0, "heat": 4.0, "grid_electricity": 1.0, "co2_direct": -4.0, "p": -1.0},
    ]  # fmt: skip
    sides = [{c: np.array([a]) for c, a in ledger.items()} for ledger in ledgers]
    for name in ("environment_tax_saved", "clean_power_support"):
        monkeypatch.setattr(money, name, lambda *_: 0.0)
    monkeypatch.setattr(money, "surcharge_paid", lambda *_: (0.0, fields(rule="", evidence="")))
    monkeypatch.setattr(money, "deck_price", lambda *_: Value(0.07))
    group = fields(case=fields(price_deck=""), lib=library(), sector=sector, trade=lambda _: FREE)
    basis = Basis(factors, {}, "p", "", CarbonRule(frozenset({"coal"}), process=process))
    found = money.policy_gain(group, None, None, fields(ledger=sides.__getitem__), basis, 0, 1)
    assert found.allowances == pytest.approx(np.array([0.07 * counted]), rel=1e-12)


@pytest.mark.parametrize(("sector", "counted"), [("coal_power", 8.0 + 3.0), ("steel", 8.0), ("glass", 0.0)])
def test_the_market_counts_direct_emissions_of_some_and_all_of_power(sector, counted):
    assert tariffs.carbon_gain(library(), sector, 8.0, 3.0, 0.07) == pytest.approx(0.07 * counted)


def test_lumps_and_services():
    assert tariffs.outage_loss(86400.0 * 23, 365e6) == pytest.approx(23e6)
    # 1 000 paid back in 4 parts: interest of 2.1 % less on 1 000, 750, 500 and 250
    saved = [0.021 * left / 1.07 ** (k + 1) for k, left in enumerate((1000.0, 750.0, 500.0, 250.0))]
    assert tariffs.green_credit_gain(1000.0, 0.052, 0.031, 4, RATE) == pytest.approx(sum(saved), rel=1e-9)
    assert tariffs.flexibility_income(3e8, 0.1, 0.9, 7e13, 2e-7) == pytest.approx(
        3e8 * 0.1 * 0.9 + 7e13 * 2e-7
    )


# ---------------------------------------------------------------- draws


def test_places_in_a_triangle():
    """2, 5, 11: the mode at a third of the area; below it 2 + sqrt(27 u), above it 11 - sqrt(54 (1 - u))."""
    u = np.array([0.12, 1 / 3, 0.8])
    by_hand = [2 + math.sqrt(27 * 0.12), 5.0, 11 - math.sqrt(54 * 0.2)]
    assert triangle(u, 2.0, 5.0, 11.0) == pytest.approx(by_hand, rel=1e-9)


def test_costs_without_a_range_are_drawn_from_a_lognormal():
    """The median, and the value one standard deviation above it, at 84.1345 %."""
    spread = library().data("common", "uncertainty.toml")["capex"]["spread"]["value"]
    found = capex_draws(70.0, 70.0, 70.0, np.array([0.5, 0.8413447460685429]), library())
    assert found == pytest.approx([70.0, 70.0 * math.exp(spread)], rel=1e-9)
    assert capex_draws(2.0, 5.0, 11.0, np.array([0.8]), library())[0] == pytest.approx(
        11 - math.sqrt(54 * 0.2)
    )


def test_a_compliance_measure_is_ordered_by_its_cost_per_kg_in_each_draw(monkeypatch):
    """Capex of 100 a year for 5 years at 0 %: 20 and 3 of upkeep, less a gain of which 4 is tax and support."""
    terms = Terms(capex=100.0, gain=np.array([11.0, 13.0]), rate=0.0, life=5.0, operating_cost=3.0)
    monkeypatch.setattr(drawn, "terms_of", lambda *_: fields(terms=terms, avoided=0.0))
    monkeypatch.setattr(drawn, "capex_draws", lambda low, likely, high, u, lib: np.array([100.0, 150.0]))
    proposal = fields(retrofit="m", capex=object())
    plan = fields(plant=fields(proposals=[proposal], process="p"))
    found = fields(
        gain={0: np.array([11.0, 13.0])}, margin=None, cost_points={0: None}, saving={0: np.ones(2)},
        for_clean_air={0: np.array([4.0, 5.0])}, pollutant={0: np.array([2.0, 4.0])},
    )  # fmt: skip
    for kind in ("compliance", "energy"):
        group = fields(lib=fields(retrofits=lambda process, kind=kind: {"m": fields(kind=kind)}))
        npv, order = drawn.valued(group, plan, 0, found)
        assert npv == pytest.approx([5 * 8 - 100, 5 * 10 - 150], rel=1e-12)
        costs = [-(20 + 3 - 11 + 4) / 2, -(30 + 3 - 13 + 5) / 4]
        assert order == pytest.approx(costs if kind == "compliance" else npv, rel=1e-12)
