"""What a ranking says of a plant or a measure that could not be solved: named, with the figures; the others run."""

from __future__ import annotations

import pytest

from plantsim.library import library
from plantsim.report.ranking_notes import ranking_notes

PLANT = """schema = 1
[plant]
id = "{id}"
name = {{ zh = "{id}", en = "{id}" }}
process = "coal_unit"
reference = "n200-12.75-535-535"
capacity = "200 MW"
altitude = "1800 m"
[values]
{values}
[[operation]]
load = "75 %"
hours = "4000 h"
heat = "{heat}"
[[proposal]]
id = "{id}-asked"
retrofit = "{retrofit}"
"""
REFUSED = 'rated_economiser_gas_temperature = "315 °C"\nscr_low_temperature = "refused"'
PLANTS = {
    "good": ("", "0 MW", "seal_upgrade"),
    "cold": (REFUSED, "0 MW", "seal_upgrade"),
    "hot": ("", "400 MW", "heat_supply_extraction"),
    "small": ("", "30 MW", "heat_supply_back_pressure"),
}


@pytest.fixture(scope="module")
def ranking(rank_plants):
    return rank_plants(
        {
            name: PLANT.format(id=name, values=values, heat=heat, retrofit=retrofit)
            for name, (values, heat, retrofit) in PLANTS.items()
        }
    )


def test_the_others_are_ranked(ranking):
    statuses = {p.plant.id: p.status for p in ranking.plants}
    assert statuses == {"good": "ok", "cold": "infeasible_thermal", "hot": "ok", "small": "ok"}
    assert {r.plant.id for r in ranking.proposals if r.status == "ok"} == {"good"}
    assert next(r for r in ranking.proposals if r.plant.id == "good").saving > 0.0


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("heat demand 400 MW, heat supplied 3", "gas temperature at the SCR 29", "heat demand 30 MW")),
        ("zh", ("热负荷 400 MW、供热量 3", "SCR 烟温 29", "热负荷 30 MW")),
    ],
)
def test_what_failed_is_told_with_its_figures(ranking, lang, words):
    lines = ranking_notes(ranking, library(), lang)
    for word in words:
        assert any(word in line for line in lines), lines
    assert not any("nan" in line for line in lines), lines
    (plant,) = (line for line in lines if line.startswith("cold"))
    assert words[1] in plant
