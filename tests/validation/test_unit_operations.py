"""Shared unit operations against published examples and figures, each with its source and its tolerance."""

from __future__ import annotations

import math

import pytest

from plantsim.kernels import condenser_cooling, fans, fgd, filters, small_turbine, steam
from plantsim.kernels import psychrometrics as moist
from plantsim.kernels import waste_heat_boiler as boiler
from plantsim.vocabulary import status


def test_wet_bulb_of_psychrolib():
    """7 degC, 61 %, 100 kPa: 3.9267 degC (psychrolib's own test; ASHRAE Fundamentals 2017 ch. 1, eq. 33 and 35).

    ASHRAE's enthalpies are linear in temperature; IF97's are not: 5 mK.
    """
    t_wet, code = moist.wet_bulb(280.15, 0.61, 1e5)
    assert code == status.OK
    assert t_wet - 273.15 == pytest.approx(3.92667, abs=5e-3)


def test_humidity_ratio_of_psychrolib():
    """3169.7 Pa of vapour at 95 461 Pa (500 m): 0.0213604 kg/kg, with a ratio of molar masses of 0.621945."""
    assert moist.humidity_ratio(3169.7, 95461.0, moist.M_AIR) == pytest.approx(2.13604e-2, rel=1e-4)


def test_cooling_tower_textbook_example():
    """Scilab textbook companion 3843, example 11.14: 10 000 kg/min from 40 to 25 degC, air 20 degC, 50 %.

    With its chart readings (37 and 110 kJ/kg, 7.3 and 30.2 g/kg, 167.5 and 104.9 kJ/kg of water) the balance is
    8867 kg/min of air and 203 kg/min of evaporation. Leaving air is 32 degC at 98 % there, saturated here: 3 %.
    """
    air = 10000 / 60 * (167.5 - 104.9) / (110 - 37 - (0.0302 - 0.0073) * 104.9)
    assert air * 60 == pytest.approx(8867, abs=1)
    w = moist.air_humidity(293.15, 0.5, 101325.0)
    assert w == pytest.approx(0.0073, abs=0.0001)
    heat = 10000 / 60 * (167.5 - 104.9) * 1e3
    ntu, code = condenser_cooling.calibrate_tower(298.15, heat, 10000 / 60, air, 293.15, w, 101325.0)
    assert code == status.OK
    T_out, evaporated, code = condenser_cooling.cooling_tower(
        heat, 10000 / 60, air, ntu, 293.15, w, 101325.0, 274.0
    )
    assert code == status.OK
    assert T_out == pytest.approx(298.15, abs=1e-6)
    assert evaporated * 60 == pytest.approx((0.0302 - 0.0073) * air * 60, rel=0.03)


def test_boiler_behind_a_gas_turbine_textbook_example():
    """Scilab textbook companion 2223, example 18.10: 115 kg/s of gas at 602.8 degC, steam 84 bar, 535 degC.

    The book has 17.32 kg/s of steam, stack 173.7 degC, pinch 28.0 K, with cp 1.1567 kJ/(kg K), water of 163.4
    kJ/kg and Mollier readings (3460 kJ/kg); IF97 has 3481: 1.5 % of flow and 3 K of stack.
    """
    cp = 1.33 / 0.33 * 287.0
    m_book = 21e6 / ((3460e3 - 2050e3) * 0.86)
    T_stack = 875.92974 - m_book * (3460e3 - 163.4e3) / (115 * cp)
    T_pinch = T_stack + m_book * (1336.1e3 - 163.4e3) / (115 * cp)
    pinch = T_pinch - (298.4 + 273.0)
    assert (m_book, T_stack - 273, pinch) == pytest.approx((17.32, 173.7, 28.0), abs=0.05)
    p = 8.4e6
    T_feed = steam.T_ph(p, 163.4e3)
    superheat = 535 + 273.15 - steam.saturation_temperature(p)
    m, _, _, T_out, _, _, _, code = boiler.waste_heat_boiler(
        115.0, cp, 0.0, 875.92974, 300.0, 0.0, 1, (p, 1.0, 1.0), (superheat, 0.0, 0.0), (0.0, 0.0, 0.0),
        (pinch, 0.0, 0.0), 0.0, T_feed, 0.0, 0.0, 5.0,
    )  # fmt: skip
    assert code == status.OK
    assert m == pytest.approx(m_book, rel=0.015)
    assert T_out == pytest.approx(T_stack, abs=3.0)


def test_bled_turbine_textbook_example():
    """Scilab textbook companion 3733, example 22.11: 60 bar, 450 degC, bled at 3 bar, 0.07 bar, efficiency 0.87.

    27 MW at 0.95 x 0.98 takes 105.3 t/h with 0.156 kg/kg bled, by h-s chart (3296, 2606, 2163 kJ/kg): 1.5 %.
    """
    h_1 = steam.h_pT(6e6, 723.15)
    h_bled = small_turbine.small_turbine(
        1.0, 6e6, h_1, 0.3e6, 0.0, 0.0, 0.0, 0.0, 0.0, 7e3, 0.87, 0.87, 0.87, 0.0, 1.0, 0.0
    )[1]
    bled = (558 - 162) / ((558 - 162) + (h_bled / 1e3 - 558))
    assert bled == pytest.approx(0.156, abs=0.002)
    power, *_, code = small_turbine.small_turbine(
        1.0, 6e6, h_1, 0.3e6, -bled, 0.0, 0.0, 0.0, 0.0, 7e3, 0.87, 0.87, 0.87, 0.0, 1.0, 0.0
    )
    assert code == status.OK
    flow = 27e6 / (0.95 * 0.98) / power * 3.6
    assert flow == pytest.approx(105.3, rel=0.015)


def test_turbine_of_a_public_audit_tool():
    """AMO-Tools-Suite, Turbine.unit.cpp: P1 5.3511 MPa 824.7 K, P2 0.5846 MPa 623.8 K, generator 0.881, 28 581 kg/h.

    h2 3167.7567 kJ/kg and 9 650 581.9278 kJ/h, both IF97: the efficiency found from the outlet gives them back.
    """
    h_1, h_2 = steam.h_pT(5.3511e6, 824.7), steam.h_pT(0.5846e6, 623.8)
    assert h_2 == pytest.approx(3167.7566746314e3, rel=1e-10)
    eta = (h_1 - h_2) / (h_1 - steam.h_ps(0.5846e6, steam.s_pT(5.3511e6, 824.7)))
    power, *_, code = small_turbine.small_turbine(
        28581 / 3600, 5.3511e6, h_1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5846e6, eta, eta, eta, 0.0, 0.881, 0.0
    )
    assert code == status.OK
    assert power * 3.6 == pytest.approx(9650581.9278, rel=1e-9)


def test_precipitator_published_example():
    """ajdesigner.com, electrostatic precipitator: 5000 m2, 50 m3/s, 0.05 m/s: 99.326 %."""
    assert filters.precipitator_removal(5000.0, 50.0, 0.05, 1.0)[0] == pytest.approx(0.99326, abs=5e-6)


def test_spray_tower_work_of_borgwardt():
    """Borgwardt 1982 (doi 10.1021/bk-1982-0188.ch014): spray tower at 90 % removal of high-sulphur coal's SO2.

    Net work 82 ft lbf per ft3 of saturated gas at 125 degF, gross demand 3.4 W/cfm at 60 % pump efficiency. A
    tower of 13 L/m3, 18 m of head and 750 Pa stands for it (the abstract prints neither): 15 %.
    """
    net = 82 * 1.3558179 / 0.0283168466  # J/m3
    gross = 3.4 / (0.0283168466 / 60)
    slurry = fgd.slurry_pump_power(0.013, 1080.0, 18.0, 1.0)
    v_normal = 273.15 / (125 + 459.67) * 1.8  # Nm3 in a cubic metre at 125 degF
    fan, _ = fans.fan_power(v_normal, (125 + 459.67) / 1.8, 101325.0, 750.0, 1.0, 1.0, math.inf)
    assert fan == pytest.approx(750.0)
    assert slurry + fan == pytest.approx(net, rel=0.20)
    assert slurry / (0.60 * 0.93) + fan / (0.70 * 0.93) == pytest.approx(gross, rel=0.25)
