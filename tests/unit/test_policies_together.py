"""Policies of many proposals in one call are those of each by itself, bit by bit, whatever the plants' rules."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from plantsim.engine.groups import solve_groups
from plantsim.engine.money import policy_gain, yearly_margin
from plantsim.engine.policies import policies_of
from plantsim.library import library
from plantsim.vocabulary.problems import Problems

LIB = library()
LINES = """
[[proposal]]
id = "{id}-a"
retrofit = "low_resistance_cathode"
[[proposal]]
id = "{id}-b"
retrofit = "rectifier_upgrade"
"""
UNITS = """
[[operation]]
load = "75 %"
hours = "5000 h"
[[proposal]]
id = "{id}-a"
retrofit = "ultra_low_emission"
[[proposal]]
id = "{id}-b"
retrofit = "seal_upgrade"
"""


def plant(name, process, reference, size, rest, classes=""):
    return f"""schema = 1
[plant]
id = "{name}"
name = {{ zh = "{name}", en = "{name}" }}
process = "{process}"
reference = "{reference}"
capacity = "{size}"
altitude = "1800 m"
{classes}
{rest.format(id=name)}"""


@pytest.fixture(scope="module")
def groups(rank_plants):
    words = {
        "paid": 'class = { clean_power_support = "paid" }',
        "old": 'class = { clean_power_support = "paid", grid_connection = "before_2016" }',
        "none": "",
    }
    plants = {
        n: plant(n, "coal_unit", "n300-16.67-537-537", "300 MW", UNITS, word) for n, word in words.items()
    }
    for n in ("line-1", "line-2"):
        plants[n] = plant(n, "aluminium_cell", "prebake-240ka", "150 kt/a", LINES)
    return solve_groups(rank_plants(plants).case, LIB, Problems(), 1)


def test_each_by_itself(groups):
    seen = 0
    for group in groups:
        together = policies_of(group)
        shelf = group.lib.retrofits(group.batch.process.name)
        for plan in group.plans:
            margin = yearly_margin(group, plan.plant, group.batch, group.basis, plan.before)
            own = together.margin[plan.plant.id]
            assert own is margin is None or own == float(margin[0])
            for k, ends in plan.alone.items():
                retrofit = shelf[plan.plant.proposals[k].retrofit]
                basis = group.basis_of(plan.plant)
                states = plan.baseline(k), ends["likely"]
                alone = policy_gain(group, plan.plant, retrofit, group.batch, basis, *states)
                found = together.gain[plan.plant.id, k]
                for f in fields(found):
                    was, is_ = getattr(alone, f.name), getattr(found, f.name)
                    assert is_ == (was if isinstance(was, str) else float(np.ravel(was)[0])), f.name
                seen += 1
    assert seen == 10


def test_support_is_each_plants_own(groups):
    gain = {key: p for group in groups for key, p in policies_of(group).gain.items()}
    assert gain["paid", 0].support > 0.0
    assert gain["old", 0].support > gain["paid", 0].support
    assert gain["none", 0].support == gain["paid", 1].support == 0.0
