"""Conduction into a coke-oven charge: heat content, conductivity, and the balance of each cell over a step."""

from __future__ import annotations

import numpy as np
import pytest

from plantsim.processes.coke_oven import conduction

C, WATER = 1430.0, 0.117  # J/(kg K), kg/kg of dry charge


def heat(T, boiled=0.0):
    """Heat content [J/kg dry] above 0 degC of dry charge and water, and of what of the water is steam already."""
    if T < 373.15:
        return (C + 4200 * WATER) * (T - 273.15)
    return (C + 4200 * WATER) * 100.0 + (boiled if T == 373.15 else 1.0) * 2.257e6 * WATER + C * (T - 373.15)


@pytest.mark.parametrize(
    ("T", "boiled"), [(321.0, 0.0), (373.15, 0.0), (373.15, 0.37), (373.15, 1.0), (641.0, 1.0)]
)
def test_temperature_of_a_heat_content(T, boiled):
    assert conduction.temperature_of(heat(T, boiled), C, WATER) == pytest.approx(T, rel=1e-13)


def test_conductivity():
    """Coal's to 400 degC, coke's from 900 on, between them k + (k2 - k1) z (2 - z)."""
    for T, z in ((600.0, 0.0), (673.15, 0.0), (823.15, 0.3), (1173.15, 1.0), (1300.0, 1.0)):
        by_hand = 0.23 + (1.31 - 0.23) * (2 * z - z**2)
        assert conduction.conductivity_of(T, 0.23, 1.31) == pytest.approx(by_hand, rel=1e-13)


def test_each_cell_keeps_what_flows_in():
    """Cells of 1 010, 740 and 373 K (boiling) under a flue of 1 560 K: backward Euler, at the new temperatures."""
    dt, dx, density, resistance = 47.0, 0.0113, 731.0, 0.051
    old = np.array([heat(1010.0), heat(740.0), heat(373.15, 0.4)])
    T = np.array([1010.0, 740.0, 373.15])
    new = np.empty(3)
    conduction.step(old, new, T, dt, dx, C, WATER, density, 0.23, 1.31, 1560.0, resistance)
    assert pytest.approx([conduction.temperature_of(h, C, WATER) for h in new], rel=1e-12) == T
    k = [conduction.conductivity_of(t, 0.23, 1.31) for t in T]
    from_flue = (1560.0 - T[0]) / (resistance + dx / 2 / k[0])
    # between middles: half a cell of either
    between = [(T[i] - T[i + 1]) / (dx / 2 / k[i] + dx / 2 / k[i + 1]) for i in (0, 1)]
    flows = [from_flue, *between, 0.0]
    for i in range(3):
        gained = density * dx * (new[i] - old[i]) / dt
        assert gained == pytest.approx(
            flows[i] - flows[i + 1], abs=1e-2
        )  # of 10 kW/m2: the sweeps end at a uK
        assert abs(gained) > 100.0


def test_course_of_a_chamber():
    """The first state is the start; the last the first whose centre has the end temperature, steps of a minute."""
    chamber = conduction.Chamber(width=0.12, moisture=0.07, start=311.0)
    found = conduction.coking(chamber, 1560.0, 1100.0, 6)
    assert found.centre[0] == found.wall[0] == 311.0
    assert found.centre[-1] >= 1100.0 > found.centre[-2]
    assert found.time == 60.0 * (len(found.centre) - 1) == found.times[-1]
    assert (found.wall > found.centre - 1e-9).all()
    # the same by single steps
    water, dx = 0.07 / 0.93, 0.12 / 2 / 6
    h = np.full(6, (1450 + 4200 * water) * (311.0 - 273.15))
    T, new = np.full(6, 311.0), np.empty(6)
    for j in range(5):
        assert (found.wall[j], found.centre[j]) == (pytest.approx(T[0]), pytest.approx(T[5]))
        conduction.step(h, new, T, 60.0, dx, 1450.0, water, 740.0, 0.20, 1.2, 1560.0, 0.10 / 1.9)
        h = new.copy()
    with pytest.raises(ValueError, match="too cold"):
        conduction.coking(conduction.Chamber(width=0.08), 1090.0, 1100.0, 2)
