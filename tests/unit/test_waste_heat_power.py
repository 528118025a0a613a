"""Waste-heat boiler and small turbine: balances by hand, pinches, ports, what cannot be."""

from __future__ import annotations

import math

import pytest

from plantsim.kernels import small_turbine as turbine
from plantsim.kernels import steam
from plantsim.kernels import waste_heat_boiler as boiler
from plantsim.vocabulary import status

GAS = (75.0, 1400.0, 0.1)  # Nm3/s, b, c: about 1.5 kJ/(Nm3 K)
ONE = {
    "levels": 1,
    "p": (1.3e6, 1.0, 1.0),
    "superheat": (120.0, 0.0, 0.0),
    "approach": (8.0, 0.0, 0.0),
    "pinch": (12.0, 0.0, 0.0),
}
TWO = {
    "levels": 2,
    "p": (1.3e6, 0.3e6, 1.0),
    "superheat": (100.0, 10.0, 0.0),
    "approach": (8.0, 6.0, 0.0),
    "pinch": (12.0, 12.0, 0.0),
}
THREE = {
    "levels": 3,
    "p": (9.8e6, 1.3e6, 0.3e6),
    "superheat": (200.0, 50.0, 10.0),
    "approach": (8.0, 8.0, 6.0),
    "pinch": (12.0, 12.0, 12.0),
}


def solve(
    case: dict,
    T_in: float,
    T_out_min: float = 300.0,
    gas=GAS,
    loss=0.02,
    blowdown=0.02,
    T_feed=330.0,
    reheat=0.0,
    hot_water=0.0,
    gap=5.0,
):
    """Run the boiler with the levels of ``case``."""
    return boiler.waste_heat_boiler(
        *gas, T_in, T_out_min, loss, *case.values(), blowdown, T_feed, reheat, hot_water, gap
    )


def test_gas_enthalpy_and_its_inverse():
    b, c = boiler.gas_coefficients(400.0, 1500.0, 600.0, 1550.0)
    assert b + 2 * c * 400 == pytest.approx(1500)
    assert b + 2 * c * 600 == pytest.approx(1550)
    for T in (300.0, 500.0, 1300.0):
        assert boiler.gas_temperature(boiler.gas_enthalpy(T, b, c), b, c) == pytest.approx(T)
        assert boiler.gas_temperature(boiler.gas_enthalpy(T, 1400.0, 0.0), 1400.0, 0.0) == pytest.approx(T)
    assert math.isnan(boiler.gas_temperature(1e9, 1000.0, -0.001))


def test_one_pressure_by_hand():
    m, _, _, T_out, pinch, least, duty, code = solve(ONE, 598.15, blowdown=0.0, loss=0.0)
    assert code == status.OK
    T_s = steam.saturation_temperature(1.3e6)
    h_steam, h_water = steam.h_pT(1.3e6, T_s + 120), steam.h_pT(1.3e6, T_s - 8)
    heat = 75 * (boiler.gas_enthalpy(598.15, 1400, 0.1) - boiler.gas_enthalpy(T_s + 12, 1400, 0.1))
    assert m == pytest.approx(heat / (h_steam - h_water))
    assert pinch == pytest.approx(12)
    assert least == pytest.approx(598.15 - T_s - 120 if 598.15 - T_s - 120 < 12 else 12)
    below = m * (h_water - steam.h_pT(1.3e6, 330.0))
    assert boiler.gas_enthalpy(T_s + 12, 1400, 0.1) - boiler.gas_enthalpy(T_out, 1400, 0.1) == pytest.approx(
        below / 75
    )
    assert duty == pytest.approx(heat + below)


def test_drying_temperature_opens_the_pinch():
    free = solve(ONE, 598.15, T_feed=440.0)
    held = solve(ONE, 598.15, T_out_min=free[3] + 20.0, T_feed=440.0)
    assert held[7] == status.OK
    assert held[3] == pytest.approx(free[3] + 20.0)
    assert held[4] > free[4] + 5.0
    assert held[0] < free[0]


@pytest.mark.parametrize(("case", "T_in"), [(ONE, 598.15), (TWO, 598.15), (THREE, 898.15)])
def test_heat_balance(case, T_in):
    *m, T_out, _, _, duty, code = solve(case, T_in, hot_water=2e5)
    assert code == status.OK
    given = 0.98 * 75 * (boiler.gas_enthalpy(T_in, 1400, 0.1) - boiler.gas_enthalpy(T_out, 1400, 0.1))
    assert duty == pytest.approx(given, rel=1e-12)
    taken = 2e5
    for flow, p, superheat in zip(m, case["p"], case["superheat"], strict=True):
        if flow:
            h_feed = steam.h_pT(p, 330.0)
            taken += flow * (
                boiler.steam_enthalpy(p, superheat) - h_feed + 0.02 * (steam.liquid_enthalpy(p) - h_feed)
            )
    assert duty == pytest.approx(taken, rel=1e-12)


def test_a_second_pressure_recovers_more():
    one, two = (solve(case, 598.15) for case in ({**TWO, "levels": 1}, TWO))
    assert two[0] == pytest.approx(one[0])  # the first pressure does not change
    assert two[1] > 0.2 * two[0]
    assert two[3] < one[3]
    assert two[6] > one[6]


def test_reheat_costs_steam():
    plain, reheated = (solve(THREE, 898.15, reheat=r) for r in (0.0, 5e5))
    assert reheated[0] < plain[0]
    assert reheated[7] == status.OK


@pytest.mark.parametrize(
    ("case", "change", "code"),
    [
        (ONE, {"T_in": 470.0}, status.INFEASIBLE_PINCH),  # colder than the pinch
        (ONE, {"T_in": 580.0}, status.INFEASIBLE_PINCH),  # steam hotter than the gas
        (ONE, {"T_out_min": 600.0}, status.INFEASIBLE_THERMAL),
        (ONE, {"T_feed": 464.0}, status.INFEASIBLE_ORDER),
        ({**TWO, "p": (1.3e6, 1.2e6, 1.0)}, {}, status.INFEASIBLE_ORDER),
        ({**ONE, "levels": 4}, {}, status.OUTSIDE_RANGE),
        ({**ONE, "p": (30e6, 1.0, 1.0)}, {}, status.OUTSIDE_RANGE),
        (ONE, {"loss": 1.0}, status.OUTSIDE_RANGE),
        (ONE, {"gap": 15.0}, status.INFEASIBLE_PINCH),
    ],
)
def test_what_cannot_be(case, change, code):
    assert solve(case, **{"T_in": 598.15, **change})[7] == code


def test_hot_water_economiser():
    heat, T_out, code = boiler.economiser(80.0, 1300.0, 0.0, 500.0, 0.0, 20.0, 2e6, 313.15, 443.15, 8.0)
    assert code == status.OK
    assert heat == pytest.approx(20 * (steam.h_pT(2e6, 443.15) - steam.h_pT(2e6, 313.15)))
    assert T_out == pytest.approx(500 - heat / (80 * 1300))
    assert (
        boiler.economiser(80.0, 1300.0, 0.0, 445.0, 0.0, 20.0, 2e6, 313.15, 443.15, 8.0)[2]
        == status.INFEASIBLE_PINCH
    )
    share = boiler.flash_share(steam.h_pT(2e6, 443.15), 0.2e6)
    assert share == pytest.approx(0.098, abs=0.002)
    assert boiler.flash_share(4e5, 0.2e6) == 0.0


def test_water_warmed_to_boiling_is_held_against_the_saturation_temperature():
    """Asked for 500 K at 0.5 MPa, water boils at 424.98 K: gas of 440 K comes 15 K near, not below."""
    boiling = steam.saturation_temperature(0.5e6)
    assert boiling == pytest.approx(424.98, abs=0.01)
    near, far = (
        boiler.economiser(80.0, 1300.0, 0.0, boiling + gap, 0.0, 1.0, 0.5e6, 373.15, 500.0, 8.0)[2]
        for gap in (7.9, 8.1)
    )
    assert near == status.INFEASIBLE_PINCH
    assert far == status.OK


STEAM = (10.0, 1.2e6, steam.h_pT(1.2e6, 583.15))
NONE = (0.0, 0.0, 0.0)


def run(*ports: float, p_out: float = 7e3, eta: float = 0.8, a: float = 0.0, least: float = 0.0):
    return turbine.small_turbine(*STEAM, *ports, p_out, eta, eta, eta, a, 1.0, least)


def test_turbine_without_ports():
    power, h_a, h_b, h_out, m_out, x, code = run(*NONE, *NONE)
    h_s = steam.h_ps(7e3, steam.s_pT(1.2e6, 583.15))
    assert code == status.OK
    assert power == pytest.approx(10 * 0.8 * (STEAM[2] - h_s))
    assert (h_a, h_b, m_out) == (STEAM[2], STEAM[2], 10.0)
    assert x == pytest.approx(steam.x_ph(7e3, h_out))
    assert run(*NONE, *NONE, a=1.0)[0] < power  # wet steam costs


def test_admission_adds_and_extraction_takes():
    plain = run(*NONE, *NONE)
    port = (0.3e6, 2.0, steam.h_pT(0.3e6, 430.0))
    more, _, _, h_out, m_out, _, _ = run(*port, *NONE)
    assert m_out == 12.0
    assert more > plain[0] * 1.08
    less, h_a, _, _, m_left, _, _ = run(0.3e6, -2.0, 0.0, *NONE)
    assert m_left == 8.0
    assert less < plain[0]
    # energy: what enters less what leaves
    assert less == pytest.approx(10 * STEAM[2] - 2 * h_a - 8 * run(0.3e6, -2.0, 0.0, *NONE)[3])
    assert more == pytest.approx(10 * STEAM[2] + 2 * port[2] - 12 * h_out)


def test_back_pressure_ends_dry():
    power, *_, x, code = run(*NONE, *NONE, p_out=0.5e6)
    assert (code, x) == (status.OK, 1.0)
    assert 0 < power < run(*NONE, *NONE)[0]


@pytest.mark.parametrize(
    ("ports", "options", "code"),
    [
        ((2e6, 1.0, 3e6, *NONE), {}, status.INFEASIBLE_ORDER),
        ((0.2e6, 0.0, 0.0, 0.3e6, 0.0, 0.0), {}, status.INFEASIBLE_ORDER),
        ((0.3e6, -11.0, 0.0, *NONE), {}, status.INFEASIBLE_FLOW),
        ((0.3e6, -9.0, 0.0, *NONE), {"least": 2.0}, status.INFEASIBLE_FLOW),
        ((*NONE, *NONE), {"a": 2.0}, status.OUTSIDE_RANGE),
    ],
)
def test_turbines_that_cannot_be(ports, options, code):
    assert run(*ports, **options)[6] == code


def test_efficiencies():
    assert turbine.efficiency_by_size(10e6, 10e6, 0.80, 0.02, 0.6, 0.88) == 0.80
    assert turbine.efficiency_by_size(1e9, 10e6, 0.80, 0.02, 0.6, 0.88) == 0.88
    assert turbine.part_load_efficiency(0.8, 1.0, 0.7, 0.5, -0.2) == pytest.approx(0.8)
    assert turbine.generator_efficiency(1.0, 0.965, 0.5) == pytest.approx(0.965)
    assert turbine.generator_efficiency(0.5, 0.965, 0.5) == pytest.approx(1 - 0.035 * 0.625 / 0.5)
    assert turbine.generator_efficiency(0.0, 0.965, 0.5) == 0.0
