"""The cell minute by minute: it rests where the steady model rests, and its balances close."""

from __future__ import annotations

import numpy as np
import pytest
from aluminium_rows import row_of, solve_rows

from plantsim.processes.aluminium_cell.dynamics import STEP, Melt, alumina_demand, simulate

DAY = 24 * 60  # minutes


@pytest.fixture(scope="module")
def line():
    solved = solve_rows(row_of())
    return solved.x, solved.d


def constant(value: float, minutes: int = DAY) -> np.ndarray:
    return np.full(minutes, value)


def test_a_steady_cell_stays_where_the_steady_model_has_it(line):
    x, d = line
    h = simulate(x, d, constant(400e3, 7 * DAY), constant(alumina_demand(x), 7 * DAY))
    assert h.temperature[-1] == pytest.approx(950 + 273.15, abs=1e-6)
    assert h.superheat[-1] == pytest.approx(8.0, abs=1e-6)
    assert h.ledge[-1] == pytest.approx(0.08, rel=1e-6)
    assert h.voltage[-1] == pytest.approx(3.98, abs=1e-6)
    assert not h.anode_effect.any()


def test_less_current_grows_the_ledge_and_the_bath_steadies_itself(line):
    x, d = line
    h = simulate(x, d, constant(392e3), constant(alumina_demand(x) * 0.98))
    assert h.ledge[-1] > 0.088
    assert h.bath_mass[-1] < h.bath_mass[0]
    assert h.temperature[-1] < h.temperature[0]
    # what freezes out enriches the rest: the liquidus falls
    assert h.temperature[-1] - h.superheat[-1] < h.temperature[0] - h.superheat[0]
    # within a day the ledge has found its new place: a fortieth of its growth in the last hour
    assert abs(h.ledge[-1] - h.ledge[-61]) < (h.ledge[-1] - h.ledge[0]) / 40


def test_masses_balance(line):
    x, d = line
    melt = Melt()
    feed = constant(alumina_demand(x), DAY)
    feed[300:420] = 0.0
    h = simulate(x, d, constant(410e3), feed, melt)
    solid = melt.ledge_density * x["ledge_area"][0] * h.ledge
    assert h.bath_mass + solid == pytest.approx((h.bath_mass + solid)[0], rel=1e-12)
    assert h.bath_mass[0] == pytest.approx(14.11 * 400)


def test_heat_balance_of_the_first_minute_by_hand(line):
    x, d = line
    h = simulate(x, d, constant(404e3, 1), constant(alumina_demand(x), 1))
    volts = h.voltage[0] - 0.2 * 1.01 - 1.648 - 0.48 * 0.925
    lost = 400e3 * (3.98 - 0.2 - 1.648 - 0.48 * 0.925)
    assert h.stored_heat[1] == pytest.approx((404e3 * volts - lost) * STEP, rel=1e-9)
    capacity = 14.11 * 400 * 1200 + 64.77 * 400 * 880
    assert h.temperature[1] - h.temperature[0] == pytest.approx(h.stored_heat[1] / capacity, rel=1e-9)


def test_a_stopped_feeder_ends_in_an_anode_effect(line):
    x, d = line
    h = simulate(x, d, constant(400e3, 300), constant(0.0, 300))
    first = int(np.argmax(h.anode_effect))
    assert h.anode_effect[first]
    # 2.5 to 1.2 wt% of the bath and the sludge on hand, at the cell's demand: bath that melts stretches it a little
    stock = (0.025 - 0.012) * h.bath_mass[0] + h.sludge[0]
    assert first == pytest.approx(stock / alumina_demand(x) / 60, rel=0.10)
    assert h.voltage[first] > 20.0
    assert np.all(np.diff(h.alumina[:first]) < 0)


def test_overfeeding_settles_as_sludge(line):
    x, d = line
    h = simulate(x, d, constant(400e3, 120), constant(1.5 * alumina_demand(x), 120))
    assert h.sludge[-1] == pytest.approx(1.5 * h.sludge[0], rel=1e-3)
    assert h.alumina[-1] > h.alumina[0]


def test_a_line_without_heat_balance_is_refused():
    solved = solve_rows(row_of(heat_balance=0))
    with pytest.raises(ValueError, match="heat balance"):
        simulate(solved.x, solved.d, constant(400e3, 1), constant(1.0, 1))
