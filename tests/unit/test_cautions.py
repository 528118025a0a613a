"""What a measure is warned of by its process: flue gas that falls below its acid dew point."""

from __future__ import annotations

import pytest

from plantsim.library import library
from plantsim.report.ranking_notes import ranking_notes
from plantsim.vocabulary.declarations import DeclarationError, read_declaration

PLANT = """schema = 1
[plant]
id = "{id}"
name = {{ zh = "{id}", en = "{id}" }}
process = "coal_unit"
reference = "n200-12.75-535-535"
capacity = "200 MW"
altitude = "1800 m"
[values]
coal = "shuicheng"
boiler_nox_concentration = "450 mg/Nm3"
rated_flue_gas_temperature = "142 °C"
[[operation]]
load = "100 %"
hours = "1000 h"
[[operation]]
load = "75 %"
hours = "4000 h"
[[proposal]]
id = "{id}-economiser"
retrofit = "low_temperature_economiser"
[[proposal.changes]]
variable = "low_economiser_gas_outlet"
set = {outlet}
unit = "°C"
"""
OUTLETS = {"dry": 110, "wet": 96}  # °C, above and below the acid dew point of this coal


@pytest.fixture(scope="module")
def ranking(rank_plants):
    return rank_plants({name: PLANT.format(id=name, outlet=outlet) for name, outlet in OUTLETS.items()})


def test_only_the_outlet_below_the_dew_point_is_warned_of(ranking):
    said = {r.plant.id: dict(r.warnings).get("falls_below") for r in ranking.proposals}
    assert said["dry"] is None
    fields = said["wet"]
    assert fields["variable"] == "filter_gas_temperature"
    assert float(fields["value"]) == pytest.approx(96 + 273.15, abs=0.01)
    assert 96 + 273.15 < float(fields["least"]) < 110 + 273.15


@pytest.mark.parametrize(("lang", "words"), [("en", "falls below acid dew point"), ("zh", "低于烟气酸露点")])
def test_the_note_says_both_temperatures(ranking, lang, words):
    line = next(n for n in ranking_notes(ranking, library(), lang) if words in n)
    assert "96 °C" in line


def declared(**caution):
    output = {"role": "output", "quantity": "temperature", "unit": "°C", "label": {"en": "a", "zh": "b"}}
    data = {
        "process": {"cautions": [caution]},
        "hot": output,
        "cold": output,
        "heat": output | {"quantity": "power", "unit": "MW"},
    }
    return read_declaration("probe", data, {}, library().units)


def test_a_caution_compares_two_outputs_of_one_quantity():
    note = {"en": "a", "zh": "b"}
    assert declared(output="hot", least="cold", note=note).cautions[0].least == "cold"
    for wrong in ({"output": "hot", "least": "heat", "note": note}, {"output": "hot", "note": note}):
        with pytest.raises(DeclarationError, match="caution"):
            declared(**wrong)
