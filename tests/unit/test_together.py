"""What a proposal saves with others: the numbers of the ranking, and a difference where both cut the same power."""

from __future__ import annotations

import pytest
from studies import TWO_POTLINES, study

from plantsim.engine.columns import rank_records
from plantsim.engine.together import together_with
from plantsim.library import library
from plantsim.report.together import together_table


@pytest.fixture(scope="module")
def found():
    shared = study(TWO_POTLINES)
    proposal = next(p for plant in shared.case.plants if len(plant.proposals) > 1 for p in plant.proposals)
    return together_with(shared.groups, proposal.id), rank_records(shared.ranking, library())


def test_alone_is_the_ranking_s_saving(found):
    together, ranking = found
    (row,) = (r for r in ranking if r["proposal"] == together.proposal)
    alone = together.bundles[0]
    assert alone.members == (together.proposal,)
    assert library().units.from_si(alone.saving, "tce/a", "annual_energy") == pytest.approx(
        row["saving_tce_per_a"]
    )
    assert alone.interaction == 0.0


def test_voltage_and_rectifier_overlap(found):
    """A better rectifier saves a share of the direct current's power, of which less is left at a lower voltage."""
    together, _ = found
    pair = next(b for b in together.bundles if len(b.members) == 2)
    assert pair.interaction < 0.0
    assert abs(pair.interaction) < 0.05 * pair.apart


def test_the_table_shows_the_difference(found):
    together, _ = found
    table = together_table(together, library(), "en")
    assert table.rows[0][0] == "nothing else"
    assert table.rows[0][3] is None
    assert any(str(row[3]).startswith("-") for row in table.rows[1:])


def test_a_proposal_that_no_plant_has():
    assert together_with([], "nobody") is None
