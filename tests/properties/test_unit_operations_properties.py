"""What physics says about the shared unit operations, over random arguments."""

from __future__ import annotations

import math

import pytest
from counts import examples
from hypothesis import given
from hypothesis import strategies as st

from plantsim.kernels import condenser_cooling, fans, filters, scr, sncr, steam
from plantsim.kernels import psychrometrics as moist
from plantsim.kernels import waste_heat_boiler as boiler
from plantsim.vocabulary import status


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


ACTIVITY, ADSORPTION = numbers(1e-3, 30.0), numbers(1e-2, 1e4)
RATIO = numbers(1e-3, 3.0) | st.sampled_from([1.0, 1 - 1e-12, 1 + 1e-12])


@given(ACTIVITY, RATIO, ADSORPTION)
@examples(500)
def test_conversion_stays_in_bounds_and_solves_the_closed_form(k_av, alpha, kc):
    x, slip, code = scr.conversion(k_av, alpha, kc)
    assert code == status.OK
    assert 0.0 <= x <= min(1.0, alpha)
    assert x <= 1.0 - math.exp(-k_av) + 1e-14  # no more than without any lack of ammonia
    assert slip > 0.0
    assert x + slip == pytest.approx(alpha, rel=1e-12)
    if slip > 1e-6 and x < 1.0 - 1e-6:  # else x has no digits left to give k_av back
        back, code = scr.activity_for(x, alpha, kc)
        assert code == status.OK
        assert back == pytest.approx(k_av, rel=1e-7, abs=1e-9)


@given(ACTIVITY, RATIO, ADSORPTION, numbers(1.01, 2.0))
@examples(300)
def test_conversion_rises_with_activity_ammonia_and_adsorption(k_av, alpha, kc, factor):
    x, slip, _ = scr.conversion(k_av, alpha, kc)
    for args in ((k_av * factor, alpha, kc), (k_av, alpha * factor, kc), (k_av, alpha, kc * factor)):
        assert scr.conversion(*args)[0] >= x - 1e-13
    assert scr.conversion(k_av * factor, alpha, kc)[1] <= slip * (1 + 1e-12)
    assert scr.conversion(k_av, alpha * factor, kc)[1] >= slip * (1 - 1e-12)


@given(numbers(0.05, 0.99), numbers(1.02, 20.0), ADSORPTION)
@examples(300)
def test_ammonia_for_a_target_reaches_it(x, margin, kc):
    k_av = -math.log1p(-x) * margin
    alpha, slip, code = scr.ratio_for(x, k_av, kc)
    assert code == status.OK
    assert alpha >= x
    reached, slip_again, _ = scr.conversion(k_av, alpha, kc)
    assert reached == pytest.approx(x, rel=1e-8)
    if slip > 1e-8:
        assert slip_again == pytest.approx(slip, rel=1e-5)


@given(numbers(900.0, 1600.0), numbers(0.0, 4.0), numbers(0.1, 1.0), numbers(0.05, 4.0))
@examples(100)
def test_sncr_never_takes_more_than_the_ammonia(T, nsr, eta_max, a):
    eta, code = sncr.reduction(T, nsr, 1213.0, 120.0, 110.0, eta_max, a)
    slip = sncr.slip(T, nsr, eta, 1213.0, 0.1, 60.0)
    assert code == status.OK
    assert 0.0 <= eta <= min(nsr, eta_max)
    assert 0.0 <= slip <= nsr - eta + 1e-15


@given(numbers(275.0, 330.0), numbers(0.0, 1.0), numbers(60e3, 104e3))
@examples(300)
def test_wet_bulb_lies_below_the_air_and_falls_with_pressure(T, humidity, p):
    T_wb, code = moist.wet_bulb(T, humidity, p)
    if code == status.OUTSIDE_RANGE:  # below freezing
        dry, _, _ = moist.adiabatic_saturation(T, 0.0, p, moist.CP_AIR, moist.M_AIR, 0.0)
        assert not dry >= 274.0
        return
    assert code == status.OK
    assert 273.15 < T_wb <= T + 1e-9
    lower, code = moist.wet_bulb(T, humidity, 0.9 * p)
    if code == status.OK:
        assert lower <= T_wb + 1e-6


LEVELS = st.sampled_from([1, 2, 3])


@given(
    LEVELS, numbers(480.0, 1300.0), numbers(1000.0, 1600.0), numbers(0.0, 0.3), numbers(2.2e6, 14e6),
    numbers(0.6e6, 2.0e6), numbers(0.11e6, 0.5e6), numbers(0.0, 150.0), numbers(4.0, 30.0), numbers(0.0, 15.0),
    numbers(300.0, 370.0), numbers(310.0, 480.0), numbers(0.0, 0.05),
)  # fmt: skip
@examples(400)
def test_boiler_balances_or_says_why(
    levels, T_in, b, c, p_1, p_2, p_3, superheat, pinch, approach, T_feed, T_out_min, blowdown
):
    p = (p_1, p_2, p_3)
    *m, T_out, pinch_last, least, duty, code = boiler.waste_heat_boiler(
        50.0, b, c, T_in, T_out_min, 0.02, levels, p, (superheat, 0.3 * superheat, 0.0), (approach,) * 3, (pinch,) * 3,
        blowdown, T_feed, 0.0, 0.0, 3.0,
    )  # fmt: skip
    assert code in (status.OK, status.INFEASIBLE_PINCH, status.INFEASIBLE_THERMAL, status.INFEASIBLE_ORDER)
    if code != status.OK:
        return
    assert all(flow > 0 for flow in m[:levels])
    assert least >= 3.0 - 1e-9
    assert T_out >= T_out_min - 1e-6
    assert T_feed < T_out < T_in
    assert pinch_last >= pinch - 1e-6
    given = 0.98 * 50 * (boiler.gas_enthalpy(T_in, b, c) - boiler.gas_enthalpy(T_out, b, c))
    assert duty == pytest.approx(given, rel=1e-9)
    assert duty > sum(flow * 1.5e6 for flow in m)


@given(numbers(0.2, 1.0), numbers(0.3, 1.0), numbers(0.0, 1.0))
@examples(100)
def test_better_control_never_takes_more(flow, resistance, recovery):
    """Along the ducts of lower and lower resistance, at any flow."""
    args = (0.6, 100.0, 6000.0, 0.6, 0.78, 0.95)
    damper = (0.37073425, 0.97250253, -0.34240761)
    rise = 6000.0 * resistance * flow * flow
    powers = [fans.controlled_fan_power(100 * flow, rise, *args, r, *damper)[0] for r in (0.0, recovery, 1.0)]
    assert powers[0] >= powers[1] - 1e-6 >= powers[2] - 2e-6
    assert powers[2] > 0


@given(numbers(60e3, 104e3), numbers(280.0, 900.0), numbers(1.0, 8000.0))
@examples(100)
def test_fan_power_is_inverse_in_pressure(p, T, rise):
    high, _ = fans.fan_power(1.0, T, p, rise, 0.8, 0.95, math.inf)
    low, _ = fans.fan_power(1.0, T, 2 * p, rise, 0.8, 0.95, math.inf)
    assert high == pytest.approx(2 * low, rel=1e-9)


@given(numbers(0.0, 0.9999), numbers(100.0, 1e5), numbers(1.0, 2000.0), numbers(0.3, 1.0))
@examples(100)
def test_precipitator_calibration_returns(removal, area, v, exponent):
    w, code = filters.migration_velocity(removal, area, v, exponent)
    assert code == status.OK
    assert filters.precipitator_removal(area, v, w, exponent)[0] == pytest.approx(removal, abs=1e-9)


@given(numbers(276.0, 308.0), numbers(0.2, 1.0), numbers(70e3, 102e3), numbers(0.2, 1.2), numbers(0.5, 3.0))
@examples(200)
def test_tower_cools_towards_the_wet_bulb(T_air, humidity, p, load, ntu):
    w = moist.air_humidity(T_air, humidity, p)
    heat = 4e8 * load
    T_out, evaporated, code = condenser_cooling.cooling_tower(heat, 12000.0, 11000.0, ntu, T_air, w, p, 274.0)
    T_wb, wet = moist.wet_bulb(T_air, humidity, p)
    if code == status.OK and wet == status.OK:
        assert T_out > T_wb
        own = 11000.0 * 1006.0 * (T_air - 273.15)  # what warm, dry air gives up itself
        assert 0.0 <= evaporated < (heat + own) / 2.3e6
        warmer = condenser_cooling.cooling_tower(1.1 * heat, 12000.0, 11000.0, ntu, T_air, w, p, 274.0)
        # the mean slope of saturation bends the model by a few mK in towers far larger than are built
        assert warmer[2] != status.OK or warmer[0] > T_out - 0.02
    else:
        assert math.isnan(T_out) or T_out <= 274.0 or wet != status.OK


@given(numbers(1e6, 1e9), numbers(275.0, 305.0), numbers(1.0, 3.0))
@examples(100)
def test_condenser_pressure_rises_with_heat_and_fouling(heat, T_in, factor):
    water, area = heat / 4e4, heat / 3e4
    p, T_s, T_out, code = condenser_cooling.condenser(heat, water, T_in, area, 3000.0)
    assert code == status.OK
    assert T_s > T_out > T_in
    assert p == pytest.approx(steam.saturation_pressure(T_s))
    assert condenser_cooling.condenser(heat, water, T_in, area, 3000.0 / factor)[0] >= p
    assert condenser_cooling.condenser(heat * factor, water, T_in, area, 3000.0)[0] >= p
