"""Money: hand-calculated values and limits."""

from __future__ import annotations

import math

import pytest

from plantsim.engine.value import (
    cost_of_saved_energy,
    internal_rate,
    net_present_value,
    present_value_factor,
    simple_payback,
)


def test_present_value_factor_by_hand():
    assert present_value_factor(0.08, 20) == pytest.approx(sum(1.08**-t for t in range(1, 21)), rel=1e-14)
    assert present_value_factor(0.0, 7) == 7
    # half of the third year's payment, at that year's end
    assert present_value_factor(0.1, 2.5) == pytest.approx(1 / 1.1 + 1 / 1.21 + 0.5 / 1.331, rel=1e-14)


def test_net_present_value_is_zero_at_the_internal_rate():
    rate = internal_rate(1000.0, 300.0, 5)
    assert net_present_value(1000.0, 300.0, rate, 5) == pytest.approx(0.0, abs=1e-9)
    assert rate == pytest.approx(0.15238237, abs=1e-7)  # tables of annuities: 15.24 %


def test_no_internal_rate_without_gain():
    assert math.isnan(internal_rate(1000.0, -1.0, 5))
    assert math.isnan(internal_rate(1000.0, 0.1, 1))  # more than 99 % a year would be lost
    assert internal_rate(1000.0, 100.0, 5) == pytest.approx(-0.18, abs=0.02)  # 500 back of 1000


def test_payback_and_cost_of_saved_energy():
    assert simple_payback(1000.0, 250.0) == 4.0
    assert math.isinf(simple_payback(1000.0, -5.0))
    assert cost_of_saved_energy(1000.0, 50.0, 100.0, 0.0, 10) == pytest.approx(1.5)
    assert math.isnan(cost_of_saved_energy(1000.0, 50.0, 0.0, 0.08, 10))
