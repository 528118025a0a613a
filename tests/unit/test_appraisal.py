"""What a project is worth: figures worked by hand, year by year, against the closed formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest

from plantsim.engine.appraisal import Terms, appraise, yearly_cost
from plantsim.engine.finance import read_finance
from plantsim.engine.tariffs import own_use_value, standby_fee
from plantsim.engine.value import (
    RATE_STATUS,
    discounted_payback,
    internal_rates,
    present_value_factor,
)
from plantsim.library import library
from plantsim.vocabulary.case import Contract

ONE, NONE, SEVERAL = range(3)


def by_years(flows: dict[int, float], rate: float) -> float:
    return sum(amount * (1 + rate) ** -year for year, amount in flows.items())


def test_capital_recovery_factors_as_published_tables_have_them():
    # 8 % over 15 years, 10 % over 20 years
    assert 1 / present_value_factor(0.08, 15) == pytest.approx(0.1168295449, abs=5e-11)
    assert 1 / present_value_factor(0.10, 20) == pytest.approx(0.1174596248, abs=5e-11)


def test_without_extras_it_is_the_plain_present_value():
    a = appraise(Terms(capex=1000.0, gain=300.0, rate=0.1, life=5.0))
    assert a.project.npv == pytest.approx(-1000 + 300 * sum(1.1**-t for t in range(1, 6)))
    assert a.project.irr == pytest.approx(0.15238237, abs=1e-7)
    assert a.project.npv == a.project.npv_after_tax
    assert a.payback_simple == pytest.approx(1000 / 300)
    assert a.owner is a.project
    assert a.contractor is None


def test_building_time_outage_subsidy_residual_and_tax_year_by_year():
    """1 year of building; 4 years of life; 5 years of depreciation, of which the last falls in the fourth year."""
    terms = Terms(
        capex=1000.0, gain=500.0, operating_cost=100.0, life=4.0, building_time=1.0, rate=0.08, tax_rate=0.25,
        depreciation_years=5.0, residual_share=0.05, outage_loss=40.0, subsidy=60.0, carbon_gain=20.0,
    )  # fmt: skip
    before = {0: -1000.0, 1: -40 + 60, 2: 420.0, 3: 420.0, 4: 420.0, 5: 420 + 50}
    depreciation = (1000 - 50 - 60) / 5  # 178 a year, and 178 more at the end
    taxed = 0.75 * 420 + 0.25 * depreciation
    after = {
        0: -1000.0,
        1: -0.75 * 40 + 60,
        2: taxed,
        3: taxed,
        4: taxed,
        5: taxed + 50 + 0.25 * depreciation,
    }
    a = appraise(terms, saving=10.0, carbon=4.0)
    assert a.project.npv == pytest.approx(by_years(before, 0.08), rel=1e-12)
    assert a.project.npv_after_tax == pytest.approx(by_years(after, 0.08), rel=1e-12)
    assert by_years(before, a.project.irr) == pytest.approx(0.0, abs=1e-8)
    assert by_years(after, a.project.irr_after_tax) == pytest.approx(0.0, abs=1e-8)
    assert a.payback_simple == pytest.approx(1 + (1000 + 40 - 60) / 420)
    # what is gained by year 3, 4 and in part of year 5, against all that was spent, at the start of operation
    owed = 1000 * 1.08 + 40 - 60
    two_years = 420 / 1.08 + 420 / 1.08**2
    assert a.payback_discounted == pytest.approx(1 + 2 + (owed - two_years) / (420 / 1.08**3))
    spread = (owed - 50 / 1.08**4) / sum(1.08**-t for t in range(1, 5)) + 100
    assert yearly_cost(terms) == pytest.approx(spread)
    assert a.cost_of_saved_energy == pytest.approx(spread / 10)
    assert a.cost_of_carbon == pytest.approx((spread - 500) / 4)
    assert a.investment_per_saving == pytest.approx(100.0)


def test_a_contract_divides_the_project_between_the_two():
    terms = Terms(
        capex=600.0, gain=260.0, operating_cost=10.0, life=10.0, building_time=0.5, rate=0.1, tax_rate=0.25,
        residual_share=0.05, outage_loss=30.0, subsidy=20.0, contract=Contract(0.8, 6.0), exempt_years=3.0,
        half_tax_years=2.0,
    )  # fmt: skip
    a = appraise(terms)
    assert a.contractor is not None
    assert a.owner.npv + a.contractor.npv == pytest.approx(a.project.npv, rel=1e-12)
    late = 1.1**-0.5
    contractor = -600 + late * (20 + by_years(dict.fromkeys(range(1, 7), 200.0), 0.1))
    assert a.contractor.npv == pytest.approx(contractor, rel=1e-12)
    taxed = 200 - 580 / 6  # no tax for 3 years, half for 2, all in the sixth
    tax = late * by_years({4: 0.125 * taxed, 5: 0.125 * taxed, 6: 0.25 * taxed}, 0.1)
    assert a.contractor.npv_after_tax == pytest.approx(contractor - tax, rel=1e-12)
    owner = dict.fromkeys(range(1, 7), 50.0) | dict.fromkeys(range(7, 11), 250.0)
    owner[10] += 30.0
    assert a.owner.npv == pytest.approx(late * (by_years(owner, 0.1) - 30), rel=1e-12)


def test_an_owner_who_risks_nothing_has_no_internal_rate():
    a = appraise(Terms(capex=100.0, gain=50.0, rate=0.1, life=5.0, contract=Contract(0.7, 3.0)))
    assert math.isnan(a.owner.irr)
    assert RATE_STATUS[int(a.owner.irr_status)] == "none"
    assert a.owner.npv > 0


def test_several_internal_rates_are_not_reduced_to_one():
    # -100 now, +230 after a year, -132 after two: zero at 10 % and at 20 %
    rate, status = internal_rates(lambda r: -100 + 230 / (1 + r) - 132 / (1 + r) ** 2)
    assert (int(status), math.isnan(float(rate))) == (SEVERAL, True)
    # the same within a project: paid for at once by the subsidy, then a cost each year, then a residual value
    a = appraise(
        Terms(
            capex=100.0, gain=-40.0, rate=0.08, life=3.0, building_time=1.0, subsidy=215.0, residual_share=0.1
        )
    )
    assert int(a.project.irr_status) == SEVERAL
    assert math.isnan(a.project.irr)


def test_draws_are_the_same_as_one_by_one():
    rng = np.random.default_rng(7)
    capex, gain, life = rng.uniform(50, 500, 40), rng.uniform(-20, 120, 40), rng.uniform(2, 25, 40)
    rate, building = rng.uniform(0, 0.15, 40), rng.uniform(0, 3, 40)
    rate[0] = 0.0
    many = appraise(Terms(capex=capex, gain=gain, rate=rate, life=life, building_time=building), gain, capex)
    for k in range(40):
        one = appraise(
            Terms(
                capex=float(capex[k]), gain=float(gain[k]), rate=float(rate[k]), life=float(life[k]),
                building_time=float(building[k]),
            ),
            float(gain[k]),
            float(capex[k]),
        )  # fmt: skip
        for name in ("payback_simple", "payback_discounted", "cost_of_saved_energy", "cost_of_carbon"):
            assert getattr(many, name)[k] == pytest.approx(getattr(one, name), rel=1e-12, nan_ok=True), name
        assert many.project.npv[k] == pytest.approx(one.project.npv, rel=1e-12)
        assert many.project.irr[k] == pytest.approx(one.project.irr, rel=1e-9, nan_ok=True)
    assert np.isinf(many.payback_simple[gain <= 0]).all()
    assert np.isnan(many.project.irr[gain <= 0]).all()


@pytest.mark.parametrize("years", [0.4, 1.0, 3.0, 7.25])
@pytest.mark.parametrize("rate", [0.0, 1e-9, 0.08])
def test_discounted_payback_inverts_the_present_value_factor(years, rate):
    outlay = 30.0 * present_value_factor(rate, years)
    assert discounted_payback(outlay, 30.0, rate, 20.0) == pytest.approx(years, rel=1e-9)
    assert math.isinf(discounted_payback(outlay, 30.0, rate, 0.9 * years))


def test_never_paid_back():
    assert math.isinf(discounted_payback(1000.0, 50.0, 0.08, 100.0))  # 625 is the most that ever comes
    assert math.isinf(discounted_payback(10.0, 0.0, 0.08, 100.0))


def test_combined_heat_and_power_as_the_amo_tools_have_it():
    """AMO-Tools-Suite, CHP: 2080 USD/kW less an incentive of 200 000 USD; cost of generating 4.867 cents/kWh;
    90 % of the price is avoided, or all of it against a standby rate of 9.75 USD per kW and month.
    """
    power = 23781908 / 4160  # kW
    generated = power * 4160 * 0.95
    cost = 0.0486734726 * generated
    avoided = own_use_value(generated, 23781908, 0.9 * 0.214, 0.0).value
    a = appraise(Terms(2080 * power, avoided, 0.1, 20.0, operating_cost=cost, subsidy=200000.0))
    assert avoided - cost == pytest.approx(3251705.06182641, rel=1e-8)
    assert a.payback_simple == pytest.approx(3.595330381, rel=1e-8)
    fee = standby_fee(power, 9.75)
    standby = own_use_value(generated, 23781908, 0.214, 0.0, fee).value
    a = appraise(Terms(2080 * power, standby, 0.1, 20.0, operating_cost=cost, subsidy=200000.0))
    assert standby - cost == pytest.approx(3066325.0889664106, rel=1e-7)
    assert a.payback_simple == pytest.approx(3.8126922817, rel=1e-7)


def test_conventions_are_read_with_their_evidence():
    finance = read_finance(library())
    assert (finance.tax_rate, finance.depreciation_years, finance.residual_share) == (0.25, 12.0, 0.05)
    assert (finance.exempt_years, finance.half_tax_years) == (3.0, 3.0)
    assert finance.maintenance == pytest.approx(0.025)
    assert finance.evidence == "unverified"
