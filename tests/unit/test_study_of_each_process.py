"""What holds of the study of any process: the city adds up its plants, one measure done is that measure, the order."""

from __future__ import annotations

import math

import pytest
from studies import study_of

from plantsim.processes import names


@pytest.mark.parametrize("process", names())
def test_the_total_is_the_sum_of_plants_and_falls_by_what_is_done(process):
    ranking = study_of(process).ranking
    (total,) = (t for t in ranking.totals if t.convention == "equivalent")
    assert not total.missing
    assert total.gross_now == pytest.approx(sum(p.energy for p in ranking.plants), rel=1e-12)
    done = sum(b.saving_shared for b in ranking.bundles)
    assert total.gross_now - total.gross_then == pytest.approx(done, rel=1e-9)
    assert done != 0.0


@pytest.mark.parametrize("process", names())
def test_measures_stand_in_the_order_of_their_value(process):
    """One plant: nothing but the list's own measure decides."""
    ranked = sorted((r for r in study_of(process).ranking.proposals if r.rank), key=lambda r: r.rank)
    energy = [r.npv for r in ranked if r.list == "energy"]
    assert energy
    assert energy == sorted(energy, reverse=True)
    assert all(map(math.isfinite, energy))


@pytest.mark.parametrize("process", names())
def test_a_measure_saves_less_than_its_plant_takes_and_its_ends_are_in_order(process):
    ranking = study_of(process).ranking
    before = {p.plant.id: p.energy for p in ranking.plants}
    for row in ranking.proposals:
        assert abs(row.saving) < before[row.plant.id]
        assert row.saving_low <= row.saving_high
