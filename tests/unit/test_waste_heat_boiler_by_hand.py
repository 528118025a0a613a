"""Waste-heat boilers by balances from the gas inlet down to each pinch, with steam tables for the water."""

from __future__ import annotations

from math import isnan

import pytest

from plantsim.kernels import steam
from plantsim.kernels import waste_heat_boiler as boiler
from plantsim.vocabulary.status import (
    INFEASIBLE_ORDER,
    INFEASIBLE_PINCH,
    INFEASIBLE_THERMAL,
    OK,
    OUTSIDE_RANGE,
)

FLOW, B, C, LOSS = 73.0, 1387.0, 0.113, 0.031  # Nm3/s, J/(Nm3 K), J/(Nm3 K2)
P = (9.3e6, 1.4e6, 0.31e6)
SUPERHEAT = (183.0, 47.0, 13.0)
APPROACH = (7.5, 9.0, 6.0)
PINCH = (13.0, 16.0, 11.0)
BLOWDOWN, T_FEED, REHEAT, HOT_WATER = 0.023, 334.0, 2.7e5, 3.1e5
T_IN = 893.0
T_S = [steam.saturation_temperature(p) for p in P]


def gas(T):
    return B * T + C * T * T


def gas_back(h):
    """The root of c T^2 + b T = h by Newton."""
    T = h / B
    for _ in range(50):
        T -= (gas(T) - h) / (B + 2 * C * T)
    return T


def taken(j, T):
    """Heat of one kg of steam of pressure j with its blowdown, from water of T."""
    water = steam.h_pT(P[j], T)
    h = steam.h_pT(P[j], T_S[j] + SUPERHEAT[j]) - water + BLOWDOWN * (steam.liquid_enthalpy(P[j]) - water)
    return h + (REHEAT if j == 0 else 0.0)


def run(levels=3, **change):
    case = {
        "gas": FLOW, "b": B, "c": C, "T_in": T_IN, "T_out_min": 300.0, "loss": LOSS, "levels": levels, "p": P,
        "superheat": SUPERHEAT, "approach": APPROACH, "pinch": PINCH, "blowdown": BLOWDOWN, "T_feed": T_FEED,
        "reheat": REHEAT, "hot_water": HOT_WATER, "gap": 4.0,
    }  # fmt: skip
    return boiler.waste_heat_boiler(*{**case, **change}.values())


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_steam_of_each_pressure(levels):
    """From the gas inlet down to a pinch, all pressures above it have come from that place's water to steam."""
    net = FLOW * (1 - LOSS)
    m = []
    for i in range(levels):
        T_water = T_S[i] - APPROACH[i]
        given = net * (gas(T_IN) - gas(T_S[i] + PINCH[i]))
        m.append((given - sum(m[j] * taken(j, T_water) for j in range(i))) / taken(i, T_water))
    duty = sum(m[j] * taken(j, T_FEED) for j in range(levels)) + HOT_WATER
    T_out = gas_back(gas(T_IN) - duty / net)
    *found, T_end, last, least, heat, code = run(levels)
    assert found == pytest.approx([*m, 0.0, 0.0][:3], rel=1e-10)
    assert pytest.approx(T_out, rel=1e-12) == T_end
    assert last == pytest.approx(PINCH[levels - 1], rel=1e-9)
    assert heat == pytest.approx(duty, rel=1e-12)
    assert least == pytest.approx(min(PINCH[:levels]), rel=1e-9)
    assert code == OK


def test_gas_that_may_not_leave_colder():
    """Held at 383 K the gas gives less; the last pressure makes what is left, its pinch opens."""
    net = FLOW * (1 - LOSS)
    duty = net * (gas(T_IN) - gas(383.0))
    m_1, m_2 = run()[:2]
    m_3 = (duty - HOT_WATER - m_1 * taken(0, T_FEED) - m_2 * taken(1, T_FEED)) / taken(2, T_FEED)
    found = run(T_out_min=383.0)
    assert found[:3] == pytest.approx((m_1, m_2, m_3), rel=1e-10)
    assert found[3] == pytest.approx(383.0, rel=1e-12)
    T_water = T_S[2] - APPROACH[2]
    above = sum(m * taken(j, T_water) for j, m in enumerate((m_1, m_2, m_3)))
    assert found[4] == pytest.approx(gas_back(gas(T_IN) - above / net) - T_S[2], rel=1e-9)
    assert found[6] == pytest.approx(duty, rel=1e-12)
    # one kelvin more than leaves any steam of the last pressure
    T_least = gas_back(gas(T_IN) - (HOT_WATER + m_1 * taken(0, T_FEED) + m_2 * taken(1, T_FEED)) / net)
    assert run(T_out_min=T_least - 1.0)[7] == OK
    assert run(T_out_min=T_least + 1.0)[7] == INFEASIBLE_THERMAL


def test_where_gas_and_water_come_nearest():
    """At the superheater's end, at the second superheater's, and at the feed."""
    hot = (T_IN - T_S[0] - 8.0, *SUPERHEAT[1:])
    assert run(superheat=hot)[5] == pytest.approx(8.0, rel=1e-9)
    second = (SUPERHEAT[0], T_S[0] + PINCH[0] - T_S[1] - 6.0, SUPERHEAT[2])
    assert run(superheat=second)[5] == pytest.approx(6.0, rel=1e-9)
    for gap, code in ((5.999, OK), (6.001, INFEASIBLE_PINCH)):
        assert run(superheat=second, gap=gap)[7] == code
    *_, T_out, _, _, _, _ = run(hot_water=6.9e6)
    found = run(hot_water=6.9e6)
    assert T_out - T_FEED < 11.0  # nearer than the last pinch
    assert found[5] == pytest.approx(T_out - T_FEED, rel=1e-12)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"levels": 0}, OUTSIDE_RANGE),
        ({"levels": 4}, OUTSIDE_RANGE),
        ({"approach": (7.5, -0.1, 6.0)}, OUTSIDE_RANGE),
        ({"superheat": (183.0, 47.0, -0.1)}, OUTSIDE_RANGE),
        ({"pinch": (0.0, 16.0, 11.0)}, OUTSIDE_RANGE),
        ({"p": (23e6, 1.4e6, 0.31e6)}, OUTSIDE_RANGE),
        ({"gas": 0.0}, OUTSIDE_RANGE),
        ({"b": 0.0}, OUTSIDE_RANGE),
        ({"loss": -0.01}, OUTSIDE_RANGE),
        ({"loss": 1.0}, OUTSIDE_RANGE),
        ({"loss": 0.993, "hot_water": 0.0}, OK),
        ({"T_feed": 273.15}, OUTSIDE_RANGE),
        ({"T_feed": 273.17}, OK),
        ({"blowdown": -0.01}, OUTSIDE_RANGE),
        ({"blowdown": 0.0, "loss": 0.0}, OK),
        ({"approach": (0.0, 0.0, 0.0)}, OK),
        ({"superheat": (0.0, 0.0, 0.0)}, OK),
        ({"T_in": T_S[0] + PINCH[0] - 1.0}, INFEASIBLE_PINCH),
        ({"T_feed": T_S[2] - APPROACH[2] + 0.1, "hot_water": 0.0}, INFEASIBLE_ORDER),
        ({"T_feed": T_S[2] - APPROACH[2] - 0.1, "hot_water": 0.0}, OK),
    ],
)
def test_what_is_refused(change, code):
    found = run(**change)
    assert found[7] == code
    assert isnan(found[0]) == (code != OK)


def test_pressures_that_do_not_fall_enough():
    """The second pinch, 16 K, must find room between the saturation temperatures."""
    for room, code in ((15.9, INFEASIBLE_ORDER), (16.5, OK)):
        second = steam.saturation_pressure(T_S[0] - room)
        assert run(p=(P[0], second, P[2]), superheat=(183.0, 3.0, 13.0))[7] == code


def test_gas_of_a_straight_or_a_falling_heat_capacity():
    b, c = boiler.gas_coefficients(391.0, 1410.0, 617.0, 1476.0)
    assert c == pytest.approx(66.0 / 226.0 / 2, rel=1e-13)
    assert b == pytest.approx(1410.0 - 391.0 * 66.0 / 226.0, rel=1e-13)
    assert boiler.gas_enthalpy(571.0, B, C) == pytest.approx(gas(571.0), rel=1e-14)
    assert boiler.gas_temperature(gas(571.0), B, C) == pytest.approx(571.0, rel=1e-14)
    assert boiler.gas_temperature(571.0 * B - 0.07 * 571.0**2, B, -0.07) == pytest.approx(571.0, rel=1e-13)
    assert boiler.gas_temperature(571.0 * B, B, 0.0) == pytest.approx(571.0, rel=1e-14)
    # b^2 - 4 |c| h below zero: b^2/(4 |c|) = 1387^2/0.28 = 6.8706 MJ
    assert isnan(boiler.gas_temperature(6.871e6, B, -0.07))
    assert not isnan(boiler.gas_temperature(6.870e6, B, -0.07))


def test_water_and_steam_at_their_ends():
    p, T_s = P[1], T_S[1]
    assert boiler.steam_enthalpy(p, 0.0) == steam.vapour_enthalpy(p)
    assert boiler.steam_enthalpy(p, -3.0) == steam.vapour_enthalpy(p)
    assert boiler.steam_enthalpy(p, 1e-14) == steam.vapour_enthalpy(p)
    assert boiler.steam_enthalpy(p, 47.0) == steam.h_pT(p, T_s + 47.0)
    assert boiler.water_enthalpy(p, T_s) == steam.liquid_enthalpy(p)
    assert boiler.water_enthalpy(p, T_s + 30.0) == steam.liquid_enthalpy(p)
    assert boiler.water_enthalpy(p, T_s - 30.0) == steam.h_pT(p, T_s - 30.0)
    warmed = boiler.heating_heat(p, 334.0, 411.0, BLOWDOWN)
    assert warmed == pytest.approx(1.023 * (steam.h_pT(p, 411.0) - steam.h_pT(p, 334.0)), rel=1e-13)


def test_economiser():
    """17 kg/s from 334 to 411 K at 1.4 MPa, saturated at 468.2 K."""
    heat = 17.0 * (steam.h_pT(P[1], 411.0) - steam.h_pT(P[1], 334.0))
    T_out = gas_back(gas(500.0) - heat / (FLOW * (1 - LOSS)))

    def run_one(T_in=500.0, T_hot=411.0, gap=5.0, **change):
        case = {
            "gas": FLOW, "b": B, "c": C, "T_in": T_in, "loss": LOSS, "water": 17.0, "p": P[1], "T_feed": 334.0,
            "T_hot": T_hot, "gap": gap,
        }  # fmt: skip
        return boiler.economiser(*{**case, **change}.values())

    assert run_one() == (pytest.approx(heat, rel=1e-12), pytest.approx(T_out, rel=1e-12), OK)
    cold_end, hot_end = T_out - 334.0, 500.0 - 411.0
    assert cold_end > hot_end
    for gap, code in ((hot_end - 0.01, OK), (hot_end + 0.01, INFEASIBLE_PINCH)):
        assert run_one(gap=gap)[2] == code
    # much water: the cold end is the near one; hot water as hot as its steam at the most
    much = run_one(water=30.0)
    assert much[1] - 334.0 < hot_end
    for gap, code in ((much[1] - 334.01, OK), (much[1] - 333.99, INFEASIBLE_PINCH)):
        assert run_one(water=30.0, gap=gap)[2] == code
    for gap, code in ((500.0 - T_S[1] - 0.01, OK), (500.0 - T_S[1] + 0.01, INFEASIBLE_PINCH)):
        assert run_one(water=1.0, T_hot=480.0, gap=gap)[2] == code
    for change in (
        {"gas": 0.0}, {"b": 0.0}, {"loss": -0.1}, {"loss": 1.0}, {"water": -1.0}, {"T_hot": 333.9}, {"T_feed": 273.1},
    ):  # fmt: skip
        assert run_one(**change)[2] == OUTSIDE_RANGE
    assert run_one(water=0.0, loss=0.0) == (0.0, pytest.approx(500.0, rel=1e-13), OK)


def test_flash():
    liquid, vapour = steam.liquid_enthalpy(P[2]), steam.vapour_enthalpy(P[2])
    assert boiler.flash_share(0.87 * liquid + 0.13 * vapour, P[2]) == pytest.approx(0.13, rel=1e-12)
    assert boiler.flash_share(liquid - 1e4, P[2]) == 0.0
    assert boiler.flash_share(vapour + 1e4, P[2]) == 1.0
