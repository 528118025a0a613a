"""Fans and compressors at site pressure, and their control."""

from __future__ import annotations

import math

import pytest

from plantsim.kernels import fans, gas_flow
from plantsim.vocabulary import site, status

SEA, SITE = site.standard_pressure(0.0), site.standard_pressure(1800.0)
KWH = 3.6e6
DAMPER = (0.37073425, 0.97250253, -0.34240761)  # EnergyPlus, discharge dampers


def test_a_quarter_more_power_at_1800_m():
    low, high = (fans.fan_power(100.0, 400.0, p, 2000.0, 0.8, 0.95, math.inf)[0] for p in (SEA, SITE))
    assert 1.20 < high / low < 1.30
    # and a given duct resists the thinner gas in proportion too
    v = [gas_flow.actual_volume_flow(100.0, 400.0, p) for p in (SEA, SITE)]
    rho = [gas_flow.gas_density(0.03, 400.0, p) for p in (SEA, SITE)]
    assert gas_flow.scaled_pressure_loss(1000.0, v[1], rho[1], v[0], rho[0], 2.0) == pytest.approx(
        1000 * SEA / SITE
    )
    assert gas_flow.scaled_pressure_loss(1000.0, v[1], rho[1], v[0], rho[0], 1.0) == pytest.approx(
        1000 * SEA / SITE
    )


def id_fan(T: float, rise: float, kappa: float) -> float:
    """Cement ID fan [kWh/t clinker]: 1.35 Nm3/kg, fan 0.78 x motor 0.95, its whole rise as draught at 1800 m."""
    return fans.fan_power(1.35, T, SITE - rise, rise, 0.78, 0.95, kappa)[0] * 1000.0 / KWH


@pytest.mark.parametrize("kappa", [math.inf, 1.36])
@pytest.mark.parametrize(("T", "low", "high"), [(598.15, 1.50, 1.65), (478.15, 1.20, 1.35)])
def test_one_kilopascal_less_on_the_cement_fan(T, low, high, kappa):
    """6 to 5 kPa at 325 degC, and behind the preheater boiler at 205 degC, at the density of the fan's inlet."""
    saved = id_fan(T, 6000.0, kappa) - id_fan(T, 5000.0, kappa)
    assert low <= saved <= high


def test_scr_fan_penalty():
    """0.19 % of the output per 1000 Pa: 3.5 Nm3/kWh at 130 degC, fan 0.80 x motor 0.95, sea level."""
    power, code = fans.fan_power(3.5 / KWH, 403.15, SEA, 1000.0, 0.80, 0.95, math.inf)
    assert code == status.OK
    assert power == pytest.approx(0.0019, abs=0.00005)


def test_compressibility():
    assert fans.compressibility_factor(0.0, 1e5, 1.4) == 1.0
    assert fans.compressibility_factor(6000.0, 75500.0, 1.4) == pytest.approx(0.9728, abs=2e-4)
    assert fans.compressibility_factor(1e-3, 1e5, 1.4) == pytest.approx(
        fans.compressibility_factor(0.2, 1e5, 1.4), abs=1e-6
    )
    assert fans.compressibility_factor(6000.0, 75500.0, math.inf) == pytest.approx(1.0, abs=1e-15)
    # the whole isentropic work, p v k/(k-1) [(p2/p1)^((k-1)/k) - 1]
    work = 75500.0 * 3.5 * (1.08 ** (0.4 / 1.4) - 1)
    assert fans.compressibility_factor(0.08 * 75500.0, 75500.0, 1.4) * 0.08 * 75500.0 == pytest.approx(work)


def test_compressor_power_by_hand():
    """1 Nm3/s of air from 1 to 2 bar at 293.15 K: 44.6149 mol/s x 3.5 x 8.31446 x 293.15 x (2^(2/7) - 1)."""
    power = fans.compressor_power(1.0, 293.15, 1e5, 2e5, 1.0, 1.0, 1.4)
    assert power == pytest.approx(44.6149 * 3.5 * 8.314463 * 293.15 * (2 ** (2 / 7) - 1), rel=1e-5)
    assert fans.compressor_power(1.0, 293.15, 0.8e5, 1.8e5, 0.7, 0.95, 1.4) > power / 0.7 / 0.95  # altitude
    assert math.isnan(fans.compressor_power(1.0, 293.15, 0.0, 2e5, 1.0, 1.0, 1.4))


def control(v: float, rise: float, recovery: float) -> float:
    return fans.controlled_fan_power(v, rise, 0.6, 100.0, 6000.0, 0.6, 0.78, 0.95, recovery, *DAMPER)[0]


def test_control_at_part_flow():
    """Published part-load curves of fans: at 0.7 flow damper 0.88, vanes 0.60, ideal 0.34 of the design power."""
    design = control(100.0, 6000.0, 1.0)
    assert control(100.0, 6000.0, 0.0) == pytest.approx(
        design, rel=2e-3
    )  # the published curve sums to 1.0008
    ratios = [control(70.0, 6000.0 * 0.49, r) / design for r in (0.0, 0.52, 1.0)]
    assert ratios == pytest.approx([0.884, 0.60, 0.343], abs=0.01)


def test_lower_resistance_saves_by_control():
    """5 instead of 6 kPa at full flow: its whole work at variable speed, half with vanes, nothing with a damper."""
    saved = [control(100.0, 6000.0, r) - control(100.0, 5000.0, r) for r in (0.0, 0.5, 1.0)]
    assert saved[0] == 0.0
    assert saved[1] == pytest.approx(0.5 * saved[2])
    assert saved[2] == pytest.approx(100.0 * 1000.0 / 0.78 / 0.95)


def test_a_fan_that_is_too_small():
    args = (0.6, 100.0, 6000.0, 0.6, 0.78, 0.95, 0.5, *DAMPER)
    assert fans.controlled_fan_power(100.0, 7000.0, *args)[1] == status.INFEASIBLE_FLOW
    assert fans.controlled_fan_power(100.0, 6000.0, *args)[1] == status.OK
    assert fans.controlled_fan_power(100.0, -1.0, *args)[1] == status.OUTSIDE_RANGE
    assert fans.fan_power(1.0, 300.0, 0.0, 1.0, 0.8, 0.9, 1.4)[1] == status.OUTSIDE_RANGE
    assert fans.available_rise(100.0, 0.6, 100.0, 0.6, 6000.0, 1.25) == 6000.0
    assert fans.available_rise(0.0, 0.3, 100.0, 0.6, 6000.0, 1.25) == 3750.0
