"""Prices that depend on what a plant does, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from plantsim.engine.tariffs import (
    aluminium_tier,
    band_hours,
    band_prices,
    carbon_gain,
    deck_price,
    electricity_surcharge,
    flexibility_income,
    green_credit_gain,
    outage_loss,
    own_use_value,
    tier_charge,
    tier_price,
)
from plantsim.library import library

LIB = library()
KWH = 3.6e6
PER_TONNE = 3600.0  # J/kg in a kWh/t
BASE = "liupanshui-2026-base"


# ---------------------------------------------------------------- recovered power


def test_own_use_first_the_rest_is_sold():
    """30 GWh recovered, 20 GWh used: 20 x 0.6 + 10 x 0.35 million CNY, less the standby fee."""
    worth = own_use_value(30e6 * KWH, 20e6 * KWH, 0.6 / KWH, 0.35 / KWH, 0.4e6)
    assert (worth.own / KWH, worth.surplus / KWH) == pytest.approx((20e6, 10e6))
    assert worth.value == pytest.approx(12e6 + 3.5e6 - 0.4e6)


def test_power_of_the_valley_is_not_used_at_the_peak():
    """9 GWh in equal parts against a demand of 5, 3 and 1 GWh: 2 GWh of the valley's are left to sell."""
    peak, flat, valley = (p.si for p in band_prices(LIB, BASE))
    assert [round(p * KWH, 4) for p in (peak, flat, valley)] == [0.884, 0.562, 0.24]
    assert band_hours(LIB).tolist() == [8, 8, 8]
    demand = np.array([5e6, 3e6, 1e6]) * KWH
    worth = own_use_value(
        np.full(3, 3e6 * KWH), demand, np.array([peak, flat, valley]), np.full(3, 0.35 / KWH), bands=-1
    )
    assert worth.value == pytest.approx(3e6 * 0.884 + 3e6 * 0.562 + 1e6 * 0.24 + 2e6 * 0.35)
    assert worth.own == pytest.approx(7e6 * KWH)
    one_price = own_use_value(9e6 * KWH, 9e6 * KWH, flat, 0.35 / KWH)
    assert one_price.surplus == 0.0


def test_draws_of_recovered_power():
    recovered = np.array([10.0, 20.0, 30.0])
    assert own_use_value(recovered, 20.0, 2.0, 1.0).value.tolist() == [20.0, 40.0, 50.0]


# ---------------------------------------------------------------- aluminium's tiers


@pytest.mark.parametrize(
    ("consumption", "steps"),
    [(13299.0, 0), (13300.0, 0), (13300.001, 1), (13320.0, 1), (13320.001, 2), (13350.0, 3), (13500.0, 10)],
)
def test_each_started_20_kwh_counts(consumption, steps):
    tier = aluminium_tier(LIB, "2026-11-01")
    assert tier.id == "aluminium-2025"
    assert tier_price(tier, consumption * PER_TONNE) * KWH == pytest.approx(0.01 * steps, abs=1e-15)


def test_one_step_costs_133_yuan_a_tonne_and_ten_1350():
    """Against about 11 CNY/t for the energy of one step: the facts' worked example, at 145 kt/a."""
    tier = aluminium_tier(LIB, "2026-11-01")
    assert tier_charge(tier, 13301 * PER_TONNE, 1000.0) == pytest.approx(133.01)
    assert tier_charge(tier, 13500 * PER_TONNE, 1000.0) == pytest.approx(1350.0)
    assert tier_charge(tier, 13301 * PER_TONNE, 145e6) == pytest.approx(19.3e6, rel=2e-3)


def test_a_line_at_the_benchmark_level_may_still_pay():
    """13 000 kWh/t of liquid AC and 330 of auxiliaries: at the benchmark, and two steps above the tier."""
    found = electricity_surcharge(
        LIB, "aluminium", "2026-11-01", {}, {"liquid_comprehensive_ac_power": 13330 * PER_TONNE}
    )
    assert (found.status, found.rule, found.indicator) == (
        "applied",
        "aluminium-2025",
        "liquid_comprehensive_ac_power",
    )
    assert found.price * KWH == pytest.approx(0.02)


def test_the_tier_of_the_day():
    at = 13500 * PER_TONNE
    prices = {
        day: aluminium_tier(LIB, day) for day in ("2020-01-01", "2022-06-01", "2023-01-01", "2025-01-01")
    }
    assert [t.threshold / PER_TONNE for t in prices.values()] == pytest.approx([13700, 13650, 13450, 13300])
    assert [tier_price(t, at) * KWH for t in prices.values()] == pytest.approx([0.0, 0.0, 0.03, 0.10])
    old = prices["2020-01-01"]
    assert tier_price(old, np.array([13700.0, 13750.0, 13801.0]) * PER_TONNE) * KWH == pytest.approx(
        [0, 0.02, 0.08]
    )
    assert aluminium_tier(LIB, "2013-12-31") is None


def test_a_staircase_is_drawn_not_averaged():
    """Half of the draws just below the tier, half a step above: the mean surcharge is half a step's."""
    tier = aluminium_tier(LIB, "2026-11-01")
    draws = np.array([13299.0, 13302.0]) * PER_TONNE
    assert np.mean(tier_price(tier, draws)) * KWH == pytest.approx(0.005)
    assert tier_price(tier, draws.mean()) * KWH == pytest.approx(0.01)


def test_thresholds_that_nobody_found_are_not_applied_but_said():
    for sector, edition in (("steel", "gb-21256-2013"), ("cement", "gb-16780-2012")):
        found = electricity_surcharge(LIB, sector, "2026-11-01", {}, {})
        assert (found.price, found.status, found.edition) == (0.0, "not_found", edition)
    classes = {"capacity_class": "restricted"}
    steel = electricity_surcharge(LIB, "steel", "2026-11-01", classes, {})
    assert (steel.price * KWH, steel.status) == (pytest.approx(0.10), "applied")
    assert electricity_surcharge(LIB, "cement", "2026-11-01", classes, {}).status == "not_found"
    assert electricity_surcharge(LIB, "steel", "2016-01-01", classes, {}).status == "no_rule"
    assert electricity_surcharge(LIB, "coking", "2026-11-01", {}, {}).status == "no_rule"
    assert electricity_surcharge(LIB, "aluminium", "2026-11-01", {}, {}).status == "no_indicator"


# ---------------------------------------------------------------- carbon, outage, credit, flexibility


def test_electricity_saved_earns_no_allowance_where_direct_emissions_count():
    price = deck_price(LIB, BASE, "carbon", "mass_price")
    assert price.si * 1000 == pytest.approx(95.96)
    saved = {
        s: carbon_gain(LIB, s, 2e6, 3e6, price.si) for s in ("cement", "steel", "aluminium", "coal_power")
    }
    assert saved["cement"] == saved["steel"] == saved["aluminium"] == pytest.approx(2000 * 95.96)
    assert saved["coal_power"] == pytest.approx(5000 * 95.96)
    assert carbon_gain(LIB, "coking", 2e6, 3e6, price.si) == 0.0
    assert carbon_gain(LIB, "cement", np.array([1e6, 2e6]), 0.0, 0.1).tolist() == [1e5, 2e5]


def test_a_standstill_of_73_days_costs_a_fifth_of_the_year():
    assert outage_loss(73 * 86400.0, 50e6) == pytest.approx(10e6)


def test_interest_of_a_green_loan():
    """100 paid back in 4 parts; 1 % less interest: 1, 0.75, 0.5 and 0.25 at the years' ends."""
    by_hand = sum(amount / 1.08**year for year, amount in ((1, 1.0), (2, 0.75), (3, 0.5), (4, 0.25)))
    assert green_credit_gain(100.0, 0.045, 0.035, 4, 0.08) == pytest.approx(by_hand)


def test_flexibility_is_paid_for_readiness_and_for_what_is_shifted():
    payment = deck_price(LIB, BASE, "capacity_payment", "annual_cost_power").si
    service = deck_price(LIB, BASE, "ancillary_peaking", "electricity_price").si
    income = flexibility_income(200e6, payment, 0.9, 30e6 * KWH, service)
    assert income == pytest.approx(200e3 * 165 * 0.9 + 30e6 * 0.25)
    assert deck_price(LIB, BASE, "no_such_price", "mass_price") is None
