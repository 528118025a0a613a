"""Published claims, recomputed from their own readings and simulated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plantsim import api
from plantsim.engine.claims import TOLERANCE, audit_claim
from plantsim.io.plants import reference_plant
from plantsim.library import library

LIB = library()


def audit(name: str, **changes):
    claim = replace(LIB.claims("aluminium_cell")[name], **changes)
    return audit_claim(claim, reference_plant(claim.reference, LIB), LIB)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("full_graphite_300ka", "flagged"),
        ("full_graphite_300ka_english", "flagged"),
        ("cast_iron_rodding_200ka", "passes"),
        ("wave_cathode_insulated", "passes"),
        ("wave_cathode_uninsulated", "flagged"),
        ("double_bars_qinghai", "more_evidence"),
    ],
)
def test_verdicts(name, verdict):
    assert audit(name).verdict == verdict


@pytest.mark.parametrize(
    ("name", "kwh_per_t", "rounding"),
    [
        # by hand: 2980.6 V/CE from 3.98 V and 92 %
        ("full_graphite_300ka", 2980.6 * (3.98 / 0.92 - 3.911 / 0.9329), 0.05),
        ("full_graphite_300ka_english", 2980.6 * (3.98 / 0.92 - 3.909 / 0.9272), 0.05),
        ("cast_iron_rodding_200ka", 2980.6 * 0.083 / 0.92, 0.05),
    ],
)
def test_recomputed_savings(name, kwh_per_t, rounding):
    assert audit(name).recomputed / 3600 == pytest.approx(kwh_per_t, abs=rounding)


def test_the_tolerance_is_of_the_recomputed_saving():
    base = audit("cast_iron_rodding_200ka").recomputed
    just = base * (1 + 0.99 * TOLERANCE)
    more = base * (1 + 1.01 * TOLERANCE)
    assert audit("cast_iron_rodding_200ka", saving=(just, just)).verdict == "passes"
    found = audit("cast_iron_rodding_200ka", saving=(more, more))
    assert found.verdict == "flagged"
    assert found.mismatch == pytest.approx(1.01 * TOLERANCE)


def test_a_frozen_cell_says_what_insulation_it_lacks():
    found = audit("wave_cathode_uninsulated")
    assert found.status == "infeasible_thermal"
    name, share = found.remedy
    assert name == "insulation_to_restore"
    assert 0.1 < share < 0.5
    assert audit("wave_cathode_insulated").remedy is None


def test_the_frame_holds_every_claim():
    frame = api.claims("aluminium_cell")
    assert list(frame["claim"]) == list(LIB.claims("aluminium_cell"))
    flagged = frame.set_index("claim").loc["full_graphite_300ka"]
    assert flagged["mismatch"] == pytest.approx(521 / 398.8 - 1, abs=2e-3)
