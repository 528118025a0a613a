"""Claims of waste-heat power against the most that the line's gases could give."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plantsim import api
from plantsim.engine.claims import audit_claim
from plantsim.io.plants import reference_plant
from plantsim.library import library

LIB = library()


def audit(name: str, kwh_per_t: float | None = None):
    claim = LIB.claims("cement_kiln")[name]
    if kwh_per_t is not None:
        claim = replace(claim, saving=(kwh_per_t * 3600, kwh_per_t * 3600))
    return audit_claim(claim, reference_plant(claim.reference, LIB), LIB)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("five_stage_2013", "passes"),
        ("six_stage_3000", "passes"),  # with the exhaust of a five-stage line and more
        ("six_stage_3000_low_loss", "rejected"),
        ("exam_186_t_per_hour", "rejected"),
        ("demonstration_data", "rejected"),
        ("stream_potential_5000", "rejected"),
    ],
)
def test_verdicts(name, verdict):
    assert audit(name).verdict == verdict


def test_just_above_the_optimum_is_flagged_and_far_above_rejected():
    bound = audit("five_stage_2013").bound / 3600
    assert 30 < bound < 37
    assert audit("five_stage_2013", 0.999 * bound).verdict == "passes"
    above = audit("five_stage_2013", 1.01 * bound)
    assert above.verdict == "flagged"
    assert above.mismatch == pytest.approx(0.01)
    assert 0.5 < above.efficiency < 0.6
    assert audit("five_stage_2013", 1.12 * bound).verdict == "rejected"


def test_the_frame_shows_bound_and_efficiency():
    frame = api.claims("cement_kiln").set_index("claim")
    assert frame.loc["five_stage_2013", "claimed_high"] == pytest.approx(28.0)
    assert frame.loc["exam_186_t_per_hour", "efficiency"] > 1.0
    assert set(frame["unit"]) == {"kWh/t"}
