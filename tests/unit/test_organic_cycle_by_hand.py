"""Organic Rankine cycles: interpolation of cubics is exact, the cycle state by state."""

from __future__ import annotations

from math import exp, isnan

import pytest

from plantsim.kernels import organic_rankine as cycle
from plantsim.kernels.organic_fluids import CYCLOPENTANE, R245FA, SATURATION, VAPOUR
from plantsim.vocabulary.status import INFEASIBLE_ORDER, OK, OUTSIDE_RANGE


@pytest.mark.parametrize("u", [-1.0, -0.3, 0.0, 0.41, 1.0, 1.7, 2.0])
def test_weights_reproduce_a_cubic(u):
    """Nodes at -1, 0, 1, 2."""

    def cubic(x):
        return 3.1 + 0.7 * x - 1.3 * x**2 + 0.43 * x**3

    weights = cycle._weights(u)
    assert sum(w * cubic(x) for w, x in zip(weights, (-1, 0, 1, 2), strict=True)) == pytest.approx(
        cubic(u), rel=1e-13
    )


def test_the_four_nodes_around_a_place():
    """Eleven nodes from 300 to 350, five apart: of 317 the nodes 310 to 325, 0.4 after the second."""
    assert cycle._place(317.0, 300.0, 350.0, 11) == (2, pytest.approx(0.4, rel=1e-12))
    assert cycle._place(301.0, 300.0, 350.0, 11) == (0, pytest.approx(-0.8, rel=1e-12))
    assert cycle._place(349.0, 300.0, 350.0, 11) == (7, pytest.approx(1.8, rel=1e-12))


@pytest.mark.parametrize("fluid", [CYCLOPENTANE, R245FA])
def test_nodes_are_met(fluid):
    """Nodes every 5 K or 3.125 K from 290 K; entropy above saturation in steps of 50 J/(kg K), condensing by 10 K."""
    step = 5.0 if fluid == CYCLOPENTANE else 3.125
    for node in (0, 1, 17, 39, 40):
        for column in range(6):
            found = cycle.saturated(fluid, column, 290.0 + step * node)
            assert found == pytest.approx(SATURATION[fluid][node][column], rel=1e-12, abs=1e-9)
    for i, j in ((0, 0), (2, 3), (6, 8)):
        found = cycle.superheated_enthalpy(fluid, 290.0 + 10 * i, 50.0 * j)
        assert found == pytest.approx(VAPOUR[fluid][i][j], rel=1e-12, abs=1e-9)


def lagrange(x, nodes, values):
    """Lagrange's polynomial through nodes and values, at x."""
    total = 0.0
    for i, value in enumerate(values):
        for j, other in enumerate(nodes):
            if i != j:
                value *= (x - other) / (nodes[i] - other)
        total += value
    return total


@pytest.mark.parametrize("fluid", [CYCLOPENTANE, R245FA])
def test_between_nodes_by_lagrange(fluid):
    """The cubic through two nodes on either side, at 0.37 of a step after the twelfth; of two such after the third."""
    step = 5.0 if fluid == CYCLOPENTANE else 3.125
    nodes = [290.0 + step * i for i in range(41)]
    T = nodes[12] + 0.37 * step
    for column in range(6):
        by_hand = lagrange(T, nodes[11:15], [SATURATION[fluid][i][column] for i in range(11, 15)])
        assert cycle.saturated(fluid, column, T) == pytest.approx(by_hand, rel=1e-12)
    T, s = 323.7, 218.5
    rows = [lagrange(s, [150.0, 200.0, 250.0, 300.0], VAPOUR[fluid][i][3:7]) for i in range(2, 6)]
    by_hand = lagrange(T, [310.0, 320.0, 330.0, 340.0], rows)
    assert cycle.superheated_enthalpy(fluid, T, s) == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize(
    ("fluid", "T_e", "T_c"),
    [(CYCLOPENTANE, 447.0, 312.0), (R245FA, 391.0, 303.0), (CYCLOPENTANE, 327.0, 296.0)],
)
@pytest.mark.parametrize("recuperation", [0.0, 0.71])
def test_cycle(fluid, T_e, T_c, recuperation):
    """Liquid of T_c, pumped; vapour of T_e, expanded; a falling entropy of vapour ends wet, by T_c ds."""

    def at(column, T):
        return cycle.saturated(fluid, column, T)

    p_e, p_c = exp(at(cycle.LN_P, T_e)), exp(at(cycle.LN_P, T_c))
    pump = (p_e - p_c) / at(cycle.DENSITY, T_c) / 0.67
    s_more = at(cycle.S_VAPOUR, T_e) - at(cycle.S_VAPOUR, T_c)
    wet = T_c * s_more
    h_s = at(cycle.H_VAPOUR, T_c) + (cycle.superheated_enthalpy(fluid, T_c, s_more) if s_more > 0 else wet)
    assert (s_more < 0) == (T_e == 327.0)
    turbine = 0.79 * (at(cycle.H_VAPOUR, T_e) - h_s)
    h_4 = at(cycle.H_VAPOUR, T_e) - turbine
    recovered = recuperation * max(0.0, h_4 - at(cycle.H_VAPOUR, T_c))
    boiling = at(cycle.H_VAPOUR, T_e) - at(cycle.H_LIQUID, T_e)
    heat = at(cycle.H_VAPOUR, T_e) - (at(cycle.H_LIQUID, T_c) + pump) - recovered
    found = cycle.organic_cycle(fluid, T_e, T_c, 0.79, 0.67, recuperation)
    assert found == (
        pytest.approx(turbine - pump, rel=1e-12), pytest.approx(heat, rel=1e-12), pytest.approx(boiling, rel=1e-12),
        pytest.approx(p_e, rel=1e-12), OK,
    )  # fmt: skip


def test_a_recuperator_does_not_boil():
    """Liquid warmed to T_e at the most: an efficiency of nothing leaves all superheat to it."""
    work, heat, boiling, _, code = cycle.organic_cycle(R245FA, 311.0, 303.0, 1e-6, 0.67, 9.0)
    assert code == OK
    assert heat == boiling
    assert work < 0.0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((289.9, 391.0, 0.67), OUTSIDE_RANGE), ((290.0, 391.0, 0.67), OK), ((350.0, 391.0, 0.67), OK),
        ((350.1, 391.0, 0.67), OUTSIDE_RANGE), ((303.0, 415.0, 0.67), OK), ((303.0, 415.1, 0.67), OUTSIDE_RANGE),
        ((303.0, 391.0, 0.0), OUTSIDE_RANGE), ((303.0, 303.0, 0.67), INFEASIBLE_ORDER),
    ],
)  # fmt: skip
def test_what_is_refused(change, code):
    T_c, T_e, eta_pump = change
    found = cycle.organic_cycle(R245FA, T_e, T_c, 0.79, eta_pump, 0.71)
    assert found[4] == code
    assert isnan(found[0]) == (code != OK)
