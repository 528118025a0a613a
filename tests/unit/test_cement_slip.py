"""Ammonia that slips from a kiln line: its limit is that of the shared table, and it is graded with the others."""

from __future__ import annotations

import pytest
from cement_kiln_rows import PROCESS, solved

from plantsim.engine.limits import ABOVE, WITHIN, graded
from plantsim.library import library
from plantsim.report.ranking import ranking_tables
from plantsim.vocabulary.messages import text

REFERENCES = [r.id for r in library().references.values() if r.process == PROCESS]
COLD = {
    "calciner_temperature": 820.0 + 273.15,
    "nox_after_sncr": 150e-6,
}  # much is dosed, little of it reacts
PLANT = """schema = 1
[plant]
id = "{id}"
name = {{ zh = "{id}", en = "{id}" }}
process = "cement_kiln"
reference = "cn-5000-5stage-3rd"
altitude = "0 m"
[values]
sncr = "on"
{values}
[[operation]]
load = "100 %"
hours = "7000 h"
[[proposal]]
id = "{id}-burner"
retrofit = "multi_channel_burner"
"""


def test_the_limit_is_that_of_the_shared_table():
    lib = library()
    limit = lib.data("common", "pollutant_limits.toml")["ammonia_slip"]["cement"]["limit"]
    v = lib.declaration(PROCESS).variables["ammonia_limit"]
    assert v.default == pytest.approx(
        lib.units.parse(limit["value"], "concentration", default_unit=limit["unit"]).si, rel=1e-12
    )
    assert limit["evidence"] == "unverified"


@pytest.mark.parametrize("reference", REFERENCES)
def test_references_with_sncr_keep_it_and_a_cold_calciner_does_not(reference):
    y = solved(reference, sncr=1).y[0]
    assert 0.0 < y["ammonia_slip"] <= y["ammonia_slip_allowed"]
    assert y["ammonia_excess"] <= 0.0
    cold = solved(reference, sncr=1, **COLD).y[0]
    assert cold["ammonia_slip"] > cold["ammonia_slip_allowed"]
    assert cold["ammonia_excess"] == pytest.approx(cold["ammonia_slip"] / 10e-6 - 1.0, rel=1e-9)


@pytest.mark.parametrize(("lang", "slip"), [("en", "slip"), ("zh", "氨逃逸")])
def test_slip_is_graded_with_the_other_pollutants(rank_plants, lang, slip):
    cold = 'calciner_temperature = "820 °C"\nnox_after_sncr = "150 mg/Nm3"'
    ranking = rank_plants(
        {"warm": PLANT.format(id="warm", values=""), "cold": PLANT.format(id="cold", values=cold)}
    )
    found = {g.plant.id: g for g in graded(ranking.plants, ranking.bundles) if g.pollutant == "ammonia"}
    assert (found["warm"].state_now, found["cold"].state_now) == (WITHIN, ABOVE)
    assert found["warm"].limit == pytest.approx(10e-6, rel=1e-12)
    table = next(t for t in ranking_tables(ranking, library(), lang) if t.key == "limits")
    for plant, state in (("warm", WITHIN), ("cold", ABOVE)):
        row = next(r for r in table.rows if r[0] == plant and slip in str(r[1]))
        assert row[4] == text(f"word_limit_{state}", lang)
