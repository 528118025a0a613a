"""Money holds together for any terms: the parties' parts add up, the internal rate is a root, order by gain."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantsim.engine.appraisal import Terms, _project_flows, appraise
from plantsim.engine.shares import pareto_layers, shapley
from plantsim.engine.tariffs import Tier, own_use_value, tier_price
from plantsim.vocabulary.case import Contract

MONEY = st.floats(0.0, 1e9)
SHARE = st.floats(0.0, 1.0)


@st.composite
def terms(draw, contract=None):
    return Terms(
        capex=draw(st.floats(1.0, 1e9)),
        gain=draw(st.floats(-1e8, 1e9)),
        rate=draw(st.floats(0.0, 0.3)),
        life=draw(st.floats(0.5, 40.0)),
        operating_cost=draw(st.floats(0.0, 1e8)),
        building_time=draw(st.floats(0.0, 5.0)),
        tax_rate=draw(st.floats(0.0, 0.5)),
        depreciation_years=draw(st.floats(1.0, 20.0)),
        residual_share=draw(st.floats(0.0, 0.2)),
        outage_loss=draw(MONEY),
        subsidy=draw(st.floats(0.0, 1e8)),
        contract=contract,
    )


@given(terms())
def test_money_is_finite_and_a_rate_is_a_root(t):
    a = appraise(t)
    assert math.isfinite(a.project.npv)
    assert math.isfinite(a.project.npv_after_tax)
    assert a.payback_simple >= t.building_time
    assert a.payback_discounted >= a.payback_simple * (1 - 1e-9)
    if int(a.project.irr_status) == 0:
        flows = _project_flows(t, 0.0)
        size = sum(abs(flows.present_value(a.project.irr * f)) for f in (1 - 1e-6, 1 + 1e-6)) + 1e-6 * t.capex
        assert abs(flows.present_value(a.project.irr)) <= size


@given(terms(), st.floats(1.0, 1e8))
def test_more_gain_is_worth_more(t, more):
    better = replace(t, gain=t.gain + more)
    assert appraise(better).project.npv > appraise(t).project.npv
    assert appraise(better).payback_simple <= appraise(t).payback_simple


@given(terms(Contract(0.8, 5.0)), SHARE, st.floats(0.5, 12.0))
def test_owner_and_contractor_share_the_project(t, share, years):
    a = appraise(replace(t, contract=Contract(share, years)))
    assert a.contractor is not None
    scale = abs(t.capex) + abs(t.yearly) * t.life + t.outage_loss + t.subsidy
    assert a.owner.npv + a.contractor.npv == pytest.approx(a.project.npv, abs=1e-9 * scale)


@given(st.lists(st.floats(0, 1e3), min_size=1, max_size=5), st.floats(0, 2e3))
def test_shares_of_a_capped_resource_add_up_to_it(claims, cap):
    members = range(len(claims))
    values = {
        frozenset(s): min(cap, sum(claims[m] for m in s))
        for s in chain.from_iterable(combinations(members, n) for n in range(len(claims) + 1))
    }
    shares = shapley(values)
    assert sum(shares.values()) == pytest.approx(values[frozenset(members)], abs=1e-9)
    assert all(-1e-9 <= shares[m] <= claims[m] + 1e-9 for m in members)


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=1, max_size=30))
def test_nothing_is_dominated_by_its_own_or_a_later_layer(items):
    cost, benefit = (np.array(column) for column in zip(*items, strict=True))
    layers = pareto_layers(cost, benefit)
    assert layers.min() == 1
    no_worse = (cost[:, None] <= cost) & (benefit[:, None] >= benefit)
    dominates = no_worse & ((cost[:, None] < cost) | (benefit[:, None] > benefit))
    assert not (dominates & (layers[:, None] >= layers)).any()


@given(MONEY, MONEY, st.floats(0, 2), st.floats(0, 2))
def test_own_use_and_surplus_are_all_that_was_recovered(recovered, demand, price, surplus_price):
    worth = own_use_value(recovered, demand, price, surplus_price)
    assert worth.own + worth.surplus == pytest.approx(recovered)
    assert 0 <= worth.own <= demand or worth.own == 0


@given(st.floats(0, 2000), st.integers(1, 100))
def test_a_tier_is_a_staircase_that_never_falls(x, step):
    tier = Tier("t", "steps", "", "", 1000.0, 0.01, float(step))
    here, there = tier_price(tier, x), tier_price(tier, x + step)
    assert there >= here >= 0.0
    if x > 1000.0:
        assert there - here == pytest.approx(0.01)
