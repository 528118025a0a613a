"""Recovered power by own use, surplus and band; standstill and green credit in the net present value: by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from studies import SIMPLE_LINES, fitted

from plantsim.engine.factors import Factors, read_factors
from plantsim.engine.figures import Basis, compare
from plantsim.engine.finance import read_finance
from plantsim.engine.money import appraise_all
from plantsim.engine.rank import rank_case
from plantsim.engine.tariffs import green_credit_gain
from plantsim.engine.trade import FREE, BandedPower, Trade
from plantsim.library import library
from plantsim.vocabulary.case import Contract, GreenCredit, PowerTariff, Value
from plantsim.vocabulary.problems import Problems

KWH = 3.6e6
ONE = np.ones(1)


def basis(price: float, sold: float) -> Basis:
    """Power at CNY/kWh bought and sold."""
    factors = Factors(
        equivalent={},
        equal_value={},
        carbon={},
        price={"electricity": price / KWH},
        used={},
        deck="test",
        sold={"electricity": sold / KWH},
    )
    return Basis(factors, {}, "clinker", "x")


def ledger(gwh: float) -> dict[str, np.ndarray]:
    """A plant that takes in so much power for one unit of product."""
    return {"clinker": -ONE, "electricity": np.array([gwh * 1e6 * KWH])}


def gain(before: float, after: float, trade: Trade = FREE, price: float = 0.6, sold: float = 0.35) -> float:
    return float(compare(ledger(before), ledger(after), ONE, ONE, basis(price, sold), trade).gain[0])


def test_own_use_goes_first_and_the_rest_is_sold_for_less():
    # 30 GWh recovered against a demand of 20: 20 x 0.6 + 10 x 0.35 million CNY, not 30 x 0.6
    assert gain(20.0, -10.0) == pytest.approx(12e6 + 3.5e6)
    assert gain(20.0, 5.0) == pytest.approx(15 * 0.6e6)
    assert gain(-5.0, -10.0) == pytest.approx(5 * 0.35e6)
    assert gain(5.0, 20.0) == pytest.approx(-15 * 0.6e6)


def test_power_recovered_at_the_valley_is_not_used_at_the_peak():
    prices = np.array([0.884, 0.562, 0.240]) / KWH
    shares = np.array([0.5, 0.3, 0.2])
    sun = np.array([0.6, 0.4, 0.0])
    power = BandedPower(prices, shares, sun, standby=0.0, seconds=3.15e7, usual=0.618 / KWH)
    # 10 GWh of demand: 5, 3, 2; 12 GWh recovered: 7.2 and 4.8. Used 5 and 3, sold 2.2 and 1.8
    found = gain(10.0, -2.0, Trade(power=power), price=0.618)
    assert found == pytest.approx(5e6 * 0.884 + 3e6 * 0.562 + 4e6 * 0.35)
    # a plant that takes more pays by its own demand's hours
    more = gain(10.0, 11.0, Trade(power=power), price=0.618)
    assert more == pytest.approx(-1e6 * (0.5 * 0.884 + 0.3 * 0.562 + 0.2 * 0.240))


def test_the_standby_fee_is_paid_for_the_mean_power_recovered():
    flat = np.full(3, 1 / 3)
    seconds = 8000 * 3600.0
    power = BandedPower(np.full(3, 0.6 / KWH), flat, flat, 0.42, seconds, 0.6 / KWH)  # 35 CNY/(kW month)
    # 8 GWh in 8000 h are 1 MW: 420 000 CNY a year
    assert gain(20.0, 12.0, Trade(power=power)) == pytest.approx(8e6 * 0.6 - 420e3)


def test_a_drawn_price_moves_all_bands():
    flat = np.full(3, 1 / 3)
    power = BandedPower(np.full(3, 0.6 / KWH), flat, flat, 0.0, 1.0, 0.6 / KWH)
    assert gain(20.0, 12.0, Trade(power=power), price=0.9) == pytest.approx(8e6 * 0.9)


@pytest.fixture(scope="module")
def line():
    full = fitted(SIMPLE_LINES)
    plant = next(p for p in full.plants if p.id == "shuangyuan-1")
    cathode = next(p for p in plant.proposals if p.retrofit == "low_resistance_cathode")
    return replace(full, plants=(replace(plant, proposals=(cathode,)),))


def ranked(case, **changes):
    plant = case.plants[0]
    proposal = replace(plant.proposals[0], **changes)
    return rank_case(
        replace(case, plants=(replace(plant, proposals=(proposal,)),)), library(), Problems(), threads=1
    ).proposals[0]


def test_a_main_product_has_one_price_and_power_sold_by_a_smelter_another(line):
    lib = library()
    smelter = read_factors(line, lib, "aluminium_cell", Problems())
    unit = read_factors(line, lib, "coal_unit", Problems())
    assert smelter.sold["electricity"] * KWH == pytest.approx(0.35)
    assert "electricity" not in unit.sold


def test_a_green_loan_is_worth_its_lower_interest(line):
    plain = ranked(line)
    rate = Value(0.028)
    green = ranked(line, green_credit=GreenCredit(rate))
    finance = read_finance(library())
    by_hand = green_credit_gain(
        plain.capex * (1 - finance.equity_share), finance.loan_rate, 0.028, round(finance.loan_years), 0.10
    )
    assert green.npv - plain.npv == pytest.approx(by_hand, rel=1e-9)
    stated = ranked(line, green_credit=GreenCredit(rate, Value(10e6), Value(4.0)))
    left = sum((1 - k / 4) / 1.1 ** (k + 1) for k in range(4))
    assert stated.npv - plain.npv == pytest.approx((0.038 - 0.028) * 10e6 * left, rel=1e-6)


def test_a_longer_standstill_costs_the_margin_of_its_days(line):
    day = 86400.0
    short, long = (ranked(line, outage=Value(n * day)) for n in (10, 20))
    lost = short.npv - long.npv
    assert lost > 0
    none = ranked(line, outage=Value(0.0))
    assert none.npv - short.npv == pytest.approx(lost, rel=1e-9)
    codes = [code for code, _ in short.warnings]
    assert "outage_valued" in codes
    assert "outage_not_valued" not in codes


def test_a_tariff_is_read_and_used(plant, house):
    head = 'altitude = "0 m"\nreference = "prebake-240ka"\ncapacity = "145 kt/a"\n'
    told = head + (
        'tariff = { connection = "electricity_10kv", recovered = ["60 %", "40 %", "0 %"], '
        'standby_fee = "35 CNY/(kW month)" }'
    )
    case, problems = plant(house, "", told, "aluminium_cell")
    assert not problems.errors
    found = case.plants[0].tariff
    assert isinstance(found, PowerTariff)
    assert found.recovered == (0.6, 0.4, 0.0)
    assert found.demand == pytest.approx((1 / 3,) * 3)
    assert found.standby_fee.si == pytest.approx(0.42)
    for tariff, code in (
        ('{ connection = "electricity_10kw" }', "connection_unknown_near"),
        ('{ connection = "electricity_10kv", demand = ["50 %", "50 %"] }', "bands_three"),
        ('{ connection = "electricity_10kv", demand = ["50 %", "50 %", "10 %"] }', "bands_sum"),
    ):
        _, problems = plant(house, "", f"{head}tariff = {tariff}", "aluminium_cell")
        assert code in {p.code for p in problems.errors}


def test_one_appraisal_of_many_gives_what_each_gives_by_itself(line):
    from plantsim.engine.appraisal import Terms, appraise

    terms = [
        Terms(capex=100.0, gain=20.0, rate=0.08, life=10.0, tax_rate=0.25, operating_cost=2.0),
        Terms(capex=50.0, gain=30.0, rate=0.1, life=5.0, contract=Contract(0.7, 3.0), exempt_years=3.0),
        Terms(capex=80.0, gain=-1.0, rate=0.12, life=8.0),
    ]
    rows = [(t, 5.0, 7.0) for t in terms]
    for (t, saving, carbon), found in zip(rows, appraise_all(rows), strict=True):
        alone = appraise(t, saving, carbon)
        assert found.project.npv == alone.project.npv
        assert found.owner.npv == alone.owner.npv
        assert (found.contractor is None) == (alone.contractor is None)
        assert found.cost_of_saved_energy == alone.cost_of_saved_energy
        assert float(found.project.irr) == pytest.approx(float(alone.project.irr), nan_ok=True, rel=1e-12)
