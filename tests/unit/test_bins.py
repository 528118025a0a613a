"""Savings by operating point: they add up to the ranking's, and arise where the measure works."""

from __future__ import annotations

import pytest

from plantsim import api


@pytest.fixture(scope="module")
def case(root):
    return api.load_case(root / "tests/data/two_potlines")


def test_points_add_up_to_the_ranking_s_saving_and_carbon(case):
    bins, rows = api.bins(case), api.rank(case)
    simulated = rows[(rows["status"] == "ok") & rows["saving_tce_per_a"].notna()]
    assert len(bins) >= len(simulated[simulated["kind"] != "retire"]) > 0
    for (plant, proposal), own in bins.groupby(["plant", "proposal"]):
        (row,) = rows[(rows["plant"] == plant) & (rows["proposal"] == proposal)].to_dict("records")
        assert own["saving_tce_per_a"].sum() == pytest.approx(row["saving_tce_per_a"], rel=1e-9, abs=1e-9)
        assert own["co2_t_per_a"].sum() == pytest.approx(row["co2_t_per_a"], rel=1e-9, abs=1e-9)
