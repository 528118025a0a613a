"""Turbines: groups of stages, wetness, ports and part load, with steam tables for the states."""

from __future__ import annotations

from math import isnan, log

import pytest

from plantsim.kernels import small_turbine, steam, turbine
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_ORDER, OK, OUTSIDE_RANGE


def test_efficiency_and_its_expansion():
    assert turbine.isentropic_efficiency(3.2e6, 2.7e6, 2.6e6) == pytest.approx(5 / 6, rel=1e-13)
    assert isnan(turbine.isentropic_efficiency(3.2e6, 2.7e6, 3.3e6))
    h_in = steam.h_pT(1.7e6, 640.0)
    h_s = steam.h_ps(0.31e6, steam.s_pT(1.7e6, 640.0))
    assert turbine.expand_group(1.7e6, h_in, 0.31e6, 0.83) == pytest.approx(
        h_in - 0.83 * (h_in - h_s), rel=1e-9
    )


def baumann(h_in, drop, eta, a, h_liquid, h_vapour):
    """The efficiency that the mean wetness leaves, found by walking to and fro between it and the end."""
    h = h_in - eta * drop
    for _ in range(200):
        wetness = max(0.0, (h_vapour - h) / (h_vapour - h_liquid))
        h = h_in - eta * (1 - a * wetness / 2) * drop
    return h


def test_baumann_in_closed_form():
    case = (3.17e6, 0.97e6, 0.86, 0.83, 141e3, 2.563e6)
    assert turbine.wet_expansion_enthalpy(*case) == pytest.approx(baumann(*case), rel=1e-12)
    dry = (3.17e6, 0.61e6, 0.86, 0.83, 141e3, 2.563e6)
    assert turbine.wet_expansion_enthalpy(*dry) == pytest.approx(3.17e6 - 0.86 * 0.61e6, rel=1e-14)


@pytest.mark.parametrize("p_out", [0.31e6, 6e3])
@pytest.mark.parametrize("a", [0.0, 0.83])
def test_expansion_dry_and_wet(p_out, a):
    h_in, s_in = steam.h_pT(1.7e6, 640.0), steam.s_pT(1.7e6, 640.0)
    drop = h_in - steam.h_ps(p_out, s_in)
    h_liquid, h_vapour = steam.liquid_enthalpy(p_out), steam.vapour_enthalpy(p_out)
    by_hand = baumann(h_in, drop, 0.83, a, h_liquid, h_vapour)
    assert turbine.expansion_enthalpy(h_in, s_in, p_out, 0.83, a) == pytest.approx(by_hand, rel=1e-9)
    assert turbine.expansion_efficiency(h_in, s_in, p_out, by_hand, a) == pytest.approx(0.83, rel=1e-9)
    h, T_s, liquid, vapour = turbine.expansion_end(h_in, s_in, p_out, 0.83, a, 0.0)
    assert h == pytest.approx(by_hand, rel=1e-9)
    assert pytest.approx(steam.T_ps(p_out, s_in), rel=1e-9) == T_s
    if p_out == 6e3:
        assert (liquid, vapour) == (pytest.approx(h_liquid, rel=1e-9), pytest.approx(h_vapour, rel=1e-9))
    else:
        assert isnan(liquid)
        assert isnan(vapour)


def test_wetness_just_below_the_critical_pressure_and_none_above():
    """22.064 MPa: between the two lies the last wet steam, of some 4.4 kJ/(kg K)."""
    s_in = 4400.0
    h_in = steam.h_ps(29e6, s_in)
    for p_out, a in ((21.95e6, 0.9), (22.17e6, 0.0)):
        drop = h_in - steam.h_ps(p_out, s_in)
        by_hand = h_in - 0.83 * drop
        if a:
            ends = steam.liquid_enthalpy(p_out), steam.vapour_enthalpy(p_out)
            by_hand = baumann(h_in, drop, 0.83, a, *ends)
            assert by_hand > h_in - 0.83 * drop + 100.0
        assert turbine.expansion_enthalpy(h_in, s_in, p_out, 0.83, 0.9) == pytest.approx(by_hand, rel=1e-9)
        assert turbine.expansion_efficiency(h_in, s_in, p_out, by_hand, 0.9) == pytest.approx(0.83, rel=1e-7)


def test_small_turbine_s_efficiencies():
    size = small_turbine.efficiency_by_size
    assert size(7e6, 11e6, 0.79, 0.023, 0.6, 0.88) == pytest.approx(0.79 + 0.023 * log(7 / 11), rel=1e-13)
    assert size(11e9, 11e6, 0.79, 0.023, 0.6, 0.88) == 0.88
    assert size(11.0, 11e6, 0.79, 0.023, 0.6, 0.88) == 0.6
    assert isnan(size(0.0, 11e6, 0.79, 0.023, 0.6, 0.88))
    assert isnan(size(7e6, 0.0, 0.79, 0.023, 0.6, 0.88))
    part = small_turbine.part_load_efficiency(0.79, 0.63, 0.71, 0.54, -0.25)
    assert part == pytest.approx(0.79 * (0.71 + 0.54 * 0.63 - 0.25 * 0.63**2), rel=1e-13)
    generator = small_turbine.generator_efficiency
    losses = 0.037 * (0.43 + 0.57 * 0.63**2)
    assert generator(0.63, 0.963, 0.43) == pytest.approx(1 - losses / 0.63, rel=1e-13)
    assert generator(0.01, 0.963, 0.43) == 0.0  # losses of 1.6 % on a load of 1 %
    assert generator(-0.1, 0.963, 0.43) == 0.0


M, P_IN, T_IN = 11.0, 1.7e6, 640.0
H_IN = steam.h_pT(P_IN, T_IN)
ADMITTED = steam.h_pT(0.62e6, 470.0), steam.h_pT(0.21e6, 420.0)


def run(m=M, p_a=0.62e6, m_a=0.0, p_b=0.21e6, m_b=0.0, **change):
    case = {
        "m": m, "p": P_IN, "h": H_IN, "p_a": p_a, "m_a": m_a, "h_a": ADMITTED[0], "p_b": p_b, "m_b": m_b,
        "h_b": ADMITTED[1], "p_out": 7e3, "eta_1": 0.77, "eta_2": 0.81, "eta_3": 0.84, "wetness_loss": 0.83,
        "eta_mechanical": 0.987, "least": 1.3,
    }  # fmt: skip
    return small_turbine.small_turbine(*{**case, **change}.values())


def section(p_in, h_in, p_out, eta):
    s = steam.s_ph(p_in, h_in)
    ends = (steam.liquid_enthalpy(p_out), steam.vapour_enthalpy(p_out))
    return baumann(h_in, h_in - steam.h_ps(p_out, s), eta, 0.83, *ends)


@pytest.mark.parametrize(("m_a", "m_b"), [(1.9, 2.7), (-1.9, -2.7), (1.9, -2.7), (-1.9, 2.7)])
def test_two_ports(m_a, m_b):
    h_1 = section(P_IN, H_IN, 0.62e6, 0.77)
    m_2 = M + m_a
    h_2 = (M * h_1 + m_a * ADMITTED[0]) / m_2 if m_a > 0 else h_1
    h_3 = section(0.62e6, h_2, 0.21e6, 0.81)
    m_3 = m_2 + m_b
    h_4 = (m_2 * h_3 + m_b * ADMITTED[1]) / m_3 if m_b > 0 else h_3
    h_5 = section(0.21e6, h_4, 7e3, 0.84)
    power, at_a, at_b, h_out, m_out, x, code = run(m_a=m_a, m_b=m_b)
    assert (at_a, at_b, h_out) == pytest.approx((h_1, h_3, h_5), rel=1e-9)
    work = M * (H_IN - h_1) + m_2 * (h_2 - h_3) + m_3 * (h_4 - h_5)
    assert power == pytest.approx(0.987 * work, rel=1e-9)
    assert m_out == pytest.approx(m_3, rel=1e-14)
    h_liquid, h_vapour = steam.liquid_enthalpy(7e3), steam.vapour_enthalpy(7e3)
    assert x == pytest.approx((h_5 - h_liquid) / (h_vapour - h_liquid), rel=1e-9)
    assert code == OK


@pytest.mark.parametrize("port", ["a", "b"])
def test_one_port_does_not_read_the_other(port):
    """A port at zero pressure is none, whatever flow is given for it."""
    own = 0.62e6 if port == "a" else 0.21e6
    eta = 0.77 if port == "a" else 0.81
    h_1 = section(P_IN, H_IN, own, eta)
    h_in = (M * h_1 + 1.9 * ADMITTED[port == "b"]) / (M + 1.9)
    h_out = section(own, h_in, 7e3, 0.84)
    flows = {"m_a": 1.9, "m_b": 5.0, "p_b": 0.0} if port == "a" else {"m_b": 1.9, "m_a": 5.0, "p_a": 0.0}
    found = run(**flows)
    assert found[0] == pytest.approx(0.987 * (M * (H_IN - h_1) + (M + 1.9) * (h_in - h_out)), rel=1e-9)
    assert found[1:3] == pytest.approx((h_1, h_in) if port == "a" else (H_IN, h_1), rel=1e-9)
    assert found[4] == pytest.approx(M + 1.9, rel=1e-14)


def test_a_section_without_a_fall_of_pressure_does_no_work():
    power, at_a, at_b, h_out, _, _, code = run(p_a=P_IN, p_b=P_IN, p_out=P_IN)
    assert (power, at_a, at_b, h_out, code) == (0.0, H_IN, H_IN, H_IN, OK)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"m": -0.1}, OUTSIDE_RANGE), ({"p": 0.0}, OUTSIDE_RANGE), ({"p_out": 0.0}, OUTSIDE_RANGE),
        ({"wetness_loss": -0.1}, OUTSIDE_RANGE), ({"wetness_loss": 1.51}, OUTSIDE_RANGE),
        ({"wetness_loss": 1.5}, OK), ({"eta_mechanical": 0.0}, OUTSIDE_RANGE),
        ({"eta_mechanical": 1.01}, OUTSIDE_RANGE),
        ({"eta_mechanical": 1.0}, OK), ({"p_a": 1.71e6}, INFEASIBLE_ORDER), ({"p_b": 0.63e6}, INFEASIBLE_ORDER),
        ({"p_out": 0.22e6}, INFEASIBLE_ORDER), ({"p_b": 0.0, "p_out": 0.63e6}, INFEASIBLE_ORDER),
        ({"m_a": -11.1, "m_b": 13.0}, INFEASIBLE_FLOW), ({"m_a": -9.6}, OK), ({"m_a": -9.8}, INFEASIBLE_FLOW),
        ({"m_b": -9.6}, OK), ({"m_b": -9.8}, INFEASIBLE_FLOW),
    ],
)  # fmt: skip
def test_what_is_refused(change, code):
    found = run(**change)
    assert found[6] == code
    if code == INFEASIBLE_FLOW:  # what came to the ports is known all the same
        h_1 = section(P_IN, H_IN, 0.62e6, 0.77)
        assert found[1] == pytest.approx(h_1, rel=1e-9)
        assert found[4] == pytest.approx(11.0 + change.get("m_a", 0.0) + change.get("m_b", 0.0), rel=1e-9)
        assert isnan(found[0])
    elif code != OK:
        assert all(isnan(v) for v in found[:6])
