"""Equal service at plants of the city case, simulated: each saving worked by hand from the two yearly ledgers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from studies import LIUPANSHUI, read

from plantsim.engine.rank import rank_case
from plantsim.library import library
from plantsim.vocabulary.problems import Problems

TCE = 29307.6e6
KWH = 3.6e6
EQUIVALENT = (
    0.1229 * TCE / 1e3 / KWH
)  # J of standard coal per J of power (energy.toml: electricity.equivalent.rounded)
GRID = 0.302 * TCE / 1e3 / KWH  # the same by equal value (electricity.equal_value.2024)
BOILERS = 1.33  # J of coal per J of heat that boilers would give (references.toml: displaced_coal_boilers)


def alone(root, plant_id: str, proposal_id: str):
    """Return (ledger before, ledger after, row) of one proposal, alone in its case [tce/a for what is energy]."""
    lib, problems = library(), Problems()
    case, _ = read(LIUPANSHUI)
    (plant,) = (p for p in case.plants if p.id == plant_id)
    wanted = tuple(p for p in plant.proposals if p.id == proposal_id)
    case = replace(case, plants=(replace(plant, proposals=wanted, record={}),))
    found = rank_case(case, lib, problems, 1)
    before, after = (
        {c: a / TCE for c, a in side.ledger.items()} for side in (found.plants[0], found.bundles[0])
    )
    return before, after, found.proposals[0]


def test_heat_of_a_unit_is_credited_with_boilers_and_its_lost_power_is_made_up_by_the_grid(root):
    before, after, row = alone(root, "yemazhai-1", "yemazhai-1-heat")
    more_coal = after["coal"] - before["coal"]
    lost_power = after["electricity"] - before["electricity"]
    heat = -after["heat"]
    assert more_coal > 0  # the unit burns more and gives less power:
    assert lost_power > 0
    assert -more_coal - lost_power * EQUIVALENT < 0  # without the heat's credit, a loss
    # power is J / 29307.6e6, so that one "tce" of it counts EQUIVALENT or GRID
    assert row.saving / TCE == pytest.approx(heat * BOILERS - more_coal - lost_power * GRID, rel=1e-9)
    for pollutant, of_boilers, of_grid in (
        ("nox", 0.24e-9, 0.133e-3 / KWH),
        ("dust", 0.048e-9, 0.017e-3 / KWH),
    ):
        own = (
            before[pollutant] - after[pollutant]
        ) * TCE  # out of the plant is negative: more is a positive number
        expected = of_boilers * heat * TCE - own - of_grid * lost_power * TCE
        assert own > 0
        assert row.pollutants[pollutant] == pytest.approx(expected, rel=1e-9)  # kg a year less
    # the change of the net coal rate alone would credit something else
    rate_before, rate_after = (side["coal"] / -side["electricity"] for side in (before, after))
    assert row.before > row.after
    assert row.saving / TCE != pytest.approx((rate_before - rate_after) * -after["electricity"], rel=0.05)


def test_more_power_of_dry_quenching_is_power_not_bought_and_no_coke(root):
    before, after, row = alone(root, "tianneng-1", "tianneng-1-cdq-hthp")
    more_power = before["electricity"] - after["electricity"]
    assert more_power > 0
    assert after["coke"] == pytest.approx(before["coke"], rel=1e-9)
    assert row.saving / TCE == pytest.approx(more_power * EQUIVALENT, rel=1e-3)
    assert row.saving_equal_value / TCE == pytest.approx(more_power * GRID, rel=1e-3)
    # by the heat of steam, the plant's own convention, the indicator shows nothing of it
    assert abs(row.after / row.before - 1) < 0.005


def test_solar_power_of_a_kiln_line_saves_power_and_leaves_the_indicator(root):
    before, after, row = alone(root, "conch-panjiang-1", "conch-panjiang-1-solar")
    less_power = before["electricity"] - after["electricity"]
    assert after["coal"] == pytest.approx(before["coal"], rel=1e-12)
    assert row.saving / TCE == pytest.approx(less_power * EQUIVALENT, rel=1e-9)
    assert row.saving_equal_value / TCE == pytest.approx(less_power * GRID, rel=1e-9)
    assert row.after == pytest.approx(row.before, rel=1e-12)  # electricity counts whatever its origin
