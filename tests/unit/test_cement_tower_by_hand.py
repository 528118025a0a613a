"""The preheater tower: its heat closes over its fence, false air of every stage and dust counted."""

from __future__ import annotations

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.processes.cement_kiln import tower
from plantsim.processes.cement_kiln.streams import gas_h, meal_h
from plantsim.vocabulary.status import OK

FALSE = 0.035  # of the gas, at each of the four stages above the calciner
FEED, WATER, LOSS = 1.61, 0.7, 9.3e3  # kg, mol, J per stage and kg of clinker
GAS = (14.0, 3.5, 41.0, 1.6, 0.0)  # mol: CO2, H2O, N2, O2, SO2


def test_heat_of_the_tower_closes_over_its_fence():
    """Gas grows by 3.5 % at each stage: four times its own air leaks into the lowest, and 1.035^4 of it leaves."""
    x = fields(
        stage_count=5, stage_approach=12.0, approach_excess=3.0, top_efficiency=0.94, bottom_efficiency=0.78,
        stage_efficiency=0.86, tower_penetration=1.1, preheater_exit_temperature=610.0, calciner_temperature=1140.0,
        stage_false_air=FALSE, ambient_temperature=292.0, air_humidity=0.011, meal_temperature=330.0,
    )  # fmt: skip
    w = np.zeros((tower.ROWS, tower.PLACES))
    dust = plain(tower.write_solids)(x, w)
    plain(tower.start_temperatures)(x, w)
    assert plain(tower.solve_tower)(x, GAS, WATER, FEED, LOSS, 298.15, w) == OK
    top, calciner = w[tower.TEMPERATURE, 0], 1140.0

    vapour = 0.011 * 28.85 / 18.015
    air = (0.0, vapour, 0.7905, 0.2095, 0.0)
    leaked = 60.1 / (1.0 + vapour) * (1.035**4 - 1.0)  # mol of dry air
    out = tuple(a + leaked * b for a, b in zip(GAS, air, strict=True))
    out = (out[0], out[1] + WATER, *out[2:])
    h = plain(gas_h)
    # liquid water from 25 degC, 44.0 kJ/mol below vapour; 4.187 kJ/(kg K)
    water = WATER * (h((0, 1, 0, 0, 0), 298.15) - 44.0e3 + 0.018015 * 4187.0 * (330.0 - 298.15))
    solids = plain(meal_h)
    into = h(GAS, calciner) + leaked * h(air, 292.0) + water + FEED * solids(330.0)
    into += FEED * min(0.7, 1.1 * 0.22) * w[tower.SOLIDS, 4] * solids(calciner)  # dust of the bottom cyclone
    meal = (1.0 - 1.1 * 0.14) * w[tower.SOLIDS, 3] * solids(w[tower.TEMPERATURE, 3] - 15.0)
    given = h(out, top) + 4 * LOSS + FEED * (meal + dust * solids(top - 15.0))
    heat = h(GAS, calciner) - h(GAS, top)
    assert into - given == pytest.approx(0.0, abs=2e-4 * heat)
    assert dust == pytest.approx(0.06 * w[tower.SOLIDS, 0], rel=1e-12)
