"""The preheater tower: its heat closes over its fence, false air of every stage and dust counted."""

from __future__ import annotations

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.processes.cement_kiln import tower
from plantsim.processes.cement_kiln.streams import gas_h, meal_h
from plantsim.vocabulary.status import OK

FALSE = 0.08  # of the gas, at each of the four stages above the calciner
FEED, WATER, LOSS = 1.61, 0.7, 9.3e3  # kg, mol, J per stage and kg of clinker
GAS = (14.0, 3.5, 41.0, 1.6, 0.0)  # mol: CO2, H2O, N2, O2, SO2


def test_heat_of_the_tower_closes_over_its_fence():
    """Gas grows by 8 % at each of four stages, with hot air, whose heat tells how much of it there is at each."""
    x = fields(
        stage_count=5, stage_approach=12.0, approach_excess=3.0, top_efficiency=0.94, bottom_efficiency=0.78,
        stage_efficiency=0.86, tower_penetration=1.1, preheater_exit_temperature=610.0, calciner_temperature=1140.0,
        stage_false_air=FALSE, ambient_temperature=520.0, humidity_ratio=0.011, meal_temperature=330.0,
    )  # fmt: skip
    w = np.zeros((tower.ROWS, tower.PLACES))
    dust = plain(tower.write_solids)(x, w)
    plain(tower.start_temperatures)(x, w)
    assert plain(tower.solve_tower)(x, GAS, WATER, FEED, LOSS, 298.15, w) == OK
    top, calciner = w[tower.TEMPERATURE, 0], 1140.0

    vapour = 0.011 * 28.85 / 18.015
    air = (0.0, vapour, 0.7905, 0.2095, 0.0)
    leaked = 60.1 / (1.0 + vapour) * (1.08**4 - 1.0)  # mol of dry air
    out = tuple(a + leaked * b for a, b in zip(GAS, air, strict=True))
    out = (out[0], out[1] + WATER, *out[2:])
    h = plain(gas_h)
    # liquid water from 25 degC, 44.0 kJ/mol below vapour; 4.187 kJ/(kg K)
    water = WATER * (h((0, 1, 0, 0, 0), 298.15) - 44.0e3 + 0.018015 * 4187.0 * (330.0 - 298.15))
    solids = plain(meal_h)
    into = h(GAS, calciner) + leaked * h(air, 520.0) + water + FEED * solids(330.0)
    into += FEED * min(0.7, 1.1 * 0.22) * w[tower.SOLIDS, 4] * solids(calciner)  # dust of the bottom cyclone
    meal = (1.0 - 1.1 * 0.14) * w[tower.SOLIDS, 3] * solids(w[tower.TEMPERATURE, 3] - 15.0)
    given = h(out, top) + 4 * LOSS + FEED * (meal + dust * solids(top - 15.0))
    heat = h(GAS, calciner) - h(GAS, top)
    assert into - given == pytest.approx(0.0, abs=1e-5 * heat)
    assert dust == pytest.approx(0.06 * w[tower.SOLIDS, 0], rel=1e-12)
    # solids of each stage: what the cyclone above drops and the one below lets pass, with the feed on top
    passes = [0.06, 1.1 * 0.14, 1.1 * 0.14, 1.1 * 0.14, 1.1 * 0.22, 0.0]
    s = [*w[tower.SOLIDS, :5], 0.0]
    for i in range(5):
        above = (1.0 - passes[i - 1]) * s[i - 1] if i else 1.0
        assert s[i] == pytest.approx(above + passes[i + 1] * s[i + 1], rel=1e-12)


@pytest.mark.parametrize(("penetration", "found"), [(1.1, 1.1 * 0.14), (6.0, 0.7)])
def test_what_a_cyclone_lets_pass(penetration, found):
    x = fields(
        top_efficiency=0.94, bottom_efficiency=0.78, stage_efficiency=0.86, tower_penetration=penetration
    )
    assert plain(tower.passed)(x, 2, 4) == pytest.approx(found, rel=1e-12)
    assert plain(tower.passed)(x, 0, 4) == pytest.approx(0.06, rel=1e-12)


def test_a_first_guess_is_straight():
    w = np.zeros((tower.ROWS, tower.PLACES))
    plain(tower.start_temperatures)(
        fields(stage_count=5, preheater_exit_temperature=610.0, calciner_temperature=1140.0), w
    )
    assert w[tower.TEMPERATURE, :5] == pytest.approx([610.0, 742.5, 875.0, 1007.5, 1140.0], rel=1e-12)
