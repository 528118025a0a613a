"""What an indicator rests on: effects of one standard uncertainty, against a hand calculation."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from plantsim.engine.contributions import indicator_road
from plantsim.io.plants import reference_plant
from plantsim.library import library
from plantsim.report.contributions import indicator_table


@pytest.fixture(scope="module")
def road():
    plant = reference_plant("prebake-240ka", library())
    voltage = replace(plant.values["cell_voltage"], sd=0.04)
    return indicator_road(
        replace(plant, values={**plant.values, "cell_voltage": voltage}), library(), "liquid_ac_power"
    )


def test_effect_of_the_voltage_by_hand(road):
    """2980 U / (current efficiency x rectifier): one sd of 0.04 V moves it in the ratio 0.04 V / U."""
    values = road.plant.values
    by_hand = road.value * 0.04 / values["cell_voltage"].si
    found = next(c for c in road.contributions if c.name == "cell_voltage")
    assert found.effect == pytest.approx(by_hand, rel=1e-6)


def test_shares_add_up_and_order_falls(road):
    assert sum(c.share for c in road.contributions) == pytest.approx(1.0)
    effects = [abs(c.effect) for c in road.contributions]
    assert effects == sorted(effects, reverse=True)
    assert road.sd == pytest.approx(math.sqrt(sum(e * e for e in effects)))
    declared = library().declaration("aluminium_cell").variables
    assert all(declared[c.name].drawn for c in road.contributions)


def test_the_table_says_where_each_comes_from(road):
    table = indicator_table(road, library(), "en")
    assert "240 kA" in table.title["en"]
    assert "±" in table.title["zh"]
    assert all(".toml" in str(row[3]) for row in table.rows)


def test_dry_steam_is_not_made_wet():
    """Moved with its row, a quality of 1 would cost a unit a tenth of its coal rate."""
    plant = reference_plant("n300-16.67-537-537", library())
    road = indicator_road(plant, library(), "net_coal_rate")
    quality = [c for c in road.contributions if c.name == "extraction_quality"]
    assert all(abs(c.effect) < 0.01 * road.value for c in quality)
    assert road.sd < 0.03 * road.value
