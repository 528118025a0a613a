"""Fans, compressors and ducts: every term of their laws, worked with numbers that none of them leaves out."""

from __future__ import annotations

import math

import pytest

from plantsim.kernels import fans, gas_flow
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK, OUTSIDE_RANGE

MOLAR_VOLUME = 8.314462618 * 273.15 / 101325.0  # m3/mol at the normal state


def test_fan_power():
    """37 Nm3/s at 410 K and 79 kPa are 71.23 m3/s; 4.1 kPa more, isentropic with 1.38."""
    v = 37.0 * 410.0 / 273.15 * 101325.0 / 79e3
    k = 0.38 / 1.38
    work = 79e3 / k * ((1 + 4.1 / 79.0) ** k - 1.0)  # J/m3 at the inlet
    power, status = fans.fan_power(37.0, 410.0, 79e3, 4100.0, 0.81, 0.93, 1.38)
    assert (power, status) == (pytest.approx(v * work / (0.81 * 0.93), rel=1e-9), OK)


def test_fans_and_compressors_that_cannot_be():
    for i, wrong in ((1, 0.0), (2, 0.0), (3, -1.0), (4, 0.0), (5, 0.0), (6, 1.0)):
        args = [37.0, 410.0, 79e3, 4100.0, 0.81, 0.93, 1.38]
        args[i] = wrong
        power, status = fans.fan_power(*args)
        assert math.isnan(power)
        assert status == OUTSIDE_RANGE
    assert fans.fan_power(37.0, 410.0, 79e3, 0.0, 0.81, 0.93, 1.38) == (0.0, OK)
    for i, wrong in ((2, 0.0), (3, 0.0), (4, 0.0), (5, 0.0), (6, 1.0)):
        args = [2.3, 305.0, 80e3, 175e3, 0.72, 0.94, 1.4]
        args[i] = wrong
        assert math.isnan(fans.compressor_power(*args))


def test_small_rises_follow_the_series():
    """(1 + r)^k over k r is 1 + (k - 1) r / 2 near 0: for 1.4, 1 - 0.357 r."""
    r = 4e-7
    assert fans.compressibility_factor(0.03, 75e3, 1.4) - 1.0 == pytest.approx(-0.5 * (1 / 1.4) * r, rel=1e-6)


def test_a_damper_s_power_is_in_proportion_to_the_density():
    """A fan made for 120 m3/s, 5.5 kPa at 0.75 kg/m3, run at 84 m3/s, 2.1 kPa and 0.66 kg/m3."""
    damper = 120.0 * 5500.0 / 0.79 * (0.66 / 0.75) * (0.37 + 0.97 * 0.7 - 0.34 * 0.7**2)
    ideal = 84.0 * 2100.0 / 0.79
    shaft = damper - 0.45 * (damper - ideal)
    power, status = fans.controlled_fan_power(
        84.0, 2100.0, 0.66, 120.0, 5500.0, 0.75, 0.79, 0.92, 0.45, 0.37, 0.97, -0.34
    )
    assert (power, status) == (pytest.approx(shaft / 0.92, rel=1e-12), OK)


@pytest.mark.parametrize(
    ("over", "recovery", "status"), [(1.015, 0.5, OK), (1.025, 0.5, INFEASIBLE_FLOW), (1.025, 1.0, OK)]
)
def test_a_throttled_fan_gives_two_percent_more_than_it_is_made_for(over, recovery, status):
    args = (0.7, 100.0, 6000.0, 0.7, 0.8, 0.9, recovery, 0.4, 0.9, -0.3)
    assert fans.controlled_fan_power(100.0, 6000.0 * over, *args)[1] == status


@pytest.mark.parametrize(
    "wrong", [(0, -1.0), (1, -1.0), (3, 0.0), (4, 0.0), (5, 0.0), (6, 0.0), (7, 0.0), (8, 1.1)]
)
def test_what_no_fan_can_be(wrong):
    args = [84.0, 2100.0, 0.66, 120.0, 5500.0, 0.75, 0.79, 0.92, 0.45, 0.37, 0.97, -0.34]
    args[wrong[0]] = wrong[1]
    power, status = fans.controlled_fan_power(*args)
    assert math.isnan(power)
    assert status == OUTSIDE_RANGE


def test_a_parabola_through_the_design_point_and_the_shutoff():
    rise = fans.available_rise(84.0, 0.66, 120.0, 0.75, 5500.0, 1.3)
    assert rise == pytest.approx(5500.0 * 0.66 / 0.75 * (1.3 - 0.3 * 0.7**2), rel=1e-12)


def test_compressor_power():
    """2.3 Nm3/s of air at 305 K from 80 to 175 kPa, 72 % isentropic, 94 % drive."""
    k = 0.4 / 1.4
    work = 8.314462618 * 305.0 / k * ((175.0 / 80.0) ** k - 1.0)  # J/mol
    power = fans.compressor_power(2.3, 305.0, 80e3, 175e3, 0.72, 0.94, 1.4)
    assert power == pytest.approx(2.3 / MOLAR_VOLUME * work / 0.72 / 0.94, rel=1e-9)
    assert (
        fans.compressor_power(2.3, 305.0, 80e3, 70e3, 0.72, 0.94, 1.4) == 0.0
    )  # an expander gives nothing back


def test_ducts():
    assert gas_flow.actual_volume_flow(37.0, 410.0, 79e3) == pytest.approx(
        37.0 * 410.0 / 273.15 * 101325.0 / 79e3, rel=1e-12
    )
    assert gas_flow.gas_density(0.0298, 410.0, 79e3) == pytest.approx(
        79e3 * 0.0298 / (8.314462618 * 410.0), rel=1e-9
    )
    loss = gas_flow.scaled_pressure_loss(1700.0, 90.0, 0.61, 120.0, 0.73, 1.8)
    assert loss == pytest.approx(1700.0 * 0.75**1.8 * (0.61 / 0.73) ** 0.8, rel=1e-12)
    assert gas_flow.scaled_pressure_loss(1700.0, -3.0, 0.61, 120.0, 0.73, 1.8) == 0.0
    for v, density in ((0.0, 0.73), (120.0, 0.0)):
        assert math.isnan(gas_flow.scaled_pressure_loss(1700.0, 90.0, 0.61, v, density, 1.8))


def test_air_s_viscosity_by_sutherland():
    """Constants 1.716e-5 Pa s at 273.15 K and 110.4 K."""
    by_hand = 1.716e-5 * (650.0 / 273.15) ** 1.5 * (273.15 + 110.4) / (650.0 + 110.4)
    assert gas_flow.air_viscosity(650.0) == pytest.approx(by_hand, rel=1e-12)


def test_honeycomb_channels():
    """Darcy f Re of 56.908 in a square; 5.2 m/s, 0.9 m long, 6.3 mm wide, 1.7 heads of fittings."""
    loss = gas_flow.channel_pressure_loss(5.2, 0.9, 0.0063, 0.57, 3.1e-5, 1.7)
    by_hand = 56.90832 / 2 * 3.1e-5 * 5.2 * 0.9 / 0.0063**2 + 1.7 * 0.57 / 2 * 5.2**2
    assert loss == pytest.approx(by_hand, rel=1e-12)
    assert gas_flow.channel_reynolds(5.2, 0.0063, 0.57, 3.1e-5) == pytest.approx(
        0.57 * 5.2 * 0.0063 / 3.1e-5, rel=1e-12
    )
