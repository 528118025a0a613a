"""Limits in force at stacks: means against them now and with everything done, the unknown never as within."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from coke_rows import row_of, solve_rows
from test_emitted import bundle, row

from plantsim.engine.evaluate import evaluate_plants
from plantsim.engine.limits import graded, held_against, limit_of, state
from plantsim.io.plants import reference_plant
from plantsim.library import library
from plantsim.vocabulary.case import Value

LIB = library()
MG = 1e-6  # kg/Nm3


def test_states_of_a_mean():
    assert state(200 * MG, 200 * MG) == "within"
    assert state(200.1 * MG, 200 * MG) == "above"
    assert state(math.nan, 200 * MG) == "not_known"
    assert state(10 * MG, math.nan) == "not_known"


def test_now_and_with_everything_done():
    stack = {"so2": (231 * MG, 200 * MG), "dust": (math.nan, 20 * MG)}
    plants = [replace(row(name, ""), stack=stack) for name in ("a", "b", "c", "d")]
    cleaned = {"so2": (35 * MG, 200 * MG), "dust": (math.nan, 20 * MG)}
    done = [
        replace(bundle(plants[0]), stack=cleaned),
        replace(bundle(plants[1], "infeasible_thermal"), stack=cleaned),
        replace(bundle(plants[2]), retired=True),
    ]
    found = {(g.plant.id, g.pollutant): g for g in graded(plants, done)}
    a, b, c, d = (found[name, "so2"] for name in ("a", "b", "c", "d"))
    assert (a.limit, a.now, a.then) == pytest.approx((200 * MG, 231 * MG, 35 * MG))
    assert (a.state_now, a.state_then) == ("above", "within")
    assert (b.then, b.state_then) == (b.now, "above")  # what failed stays as it is
    assert (math.isnan(c.then), c.state_then) == (True, "stopped")
    assert (d.state_now, d.state_then) == ("above", "above")
    assert found["a", "dust"].state_now == found["a", "dust"].state_then == "not_known"


def test_the_row_in_force_on_the_day():
    """GB 16171 of 2012 until the end of 2026 for existing ovens: 500 mg/m3 of NOx, then 150."""
    assert limit_of(LIB, "coke_oven_stack", "nox", "2026-11-01") == pytest.approx(500 * MG)
    assert limit_of(LIB, "coke_oven_stack", "nox", "2027-01-01") == pytest.approx(150 * MG)
    assert math.isnan(limit_of(LIB, "coke_oven_stack", "hg", "2026-11-01"))


def test_means_of_a_potline_and_of_a_coal_unit():
    """410 kg of net anode with 2 % sulphur in 80 000 Nm3, 98 % of it drawn: 200.7 mg SO2; 2.45 mg of fluoride."""
    line = reference_plant("prebake-240ka", LIB)
    (_, solved) = evaluate_plants([line], LIB, 1)["aluminium_cell"]
    found = held_against(LIB, "aluminium_cell", "2026-11-01", solved, 0)
    so2 = 410e-3 * 0.02 * (64.058 / 32.06) * 0.98 / 80.0
    assert found["so2"] == pytest.approx((so2, 200 * MG), rel=1e-5)
    assert so2 == pytest.approx(200.7 * MG, rel=1e-3)
    assert found["fluoride"] == pytest.approx((20e-3 * 0.98 * 0.01 / 80.0, 3 * MG), rel=1e-9)
    assert found["dust"] == pytest.approx((5 * MG, 20 * MG), rel=1e-9)


def test_a_coking_plant_is_held_against_its_chimney_s_limits():
    """NOx, SO2 and dust of the chimney against GB 16171 of the day; slip against the plant's own limit."""
    solved = solve_rows(row_of(flue_nox=620 * MG, flue_so2=45 * MG, flue_dust=12 * MG))
    found = held_against(LIB, "coke_oven", "2026-11-01", solved, 0)
    assert found["nox"] == pytest.approx((620 * MG, 500 * MG))
    assert found["so2"] == pytest.approx((45 * MG, 50 * MG))
    assert found["dust"] == pytest.approx((12 * MG, 30 * MG))
    assert found["ammonia"] == pytest.approx((0.0, 8 * MG))
    cleaned = solve_rows(row_of(flue_nox=620 * MG, denitration=1, flue_nox_limit=115 * MG))
    mean, limit = held_against(LIB, "coke_oven", "2027-01-01", cleaned, 0)["nox"]
    assert (mean, limit) == pytest.approx((115 * MG, 150 * MG))


@pytest.mark.parametrize(
    ("kiln", "vent", "worst"), [(10.0, 24.0, 24.0), (24.0, 10.0, 24.0), (31.0, 10.0, 31.0)]
)
def test_the_worst_outlet_of_a_kiln_decides(kiln, vent, worst):
    """Dust behind the kiln and behind the cooler have one limit, 30 mg/Nm3."""
    own = {"dust_concentration": Value(kiln * MG), "vent_dust_concentration": Value(vent * MG)}
    line = reference_plant("cn-5000-5stage-3rd", LIB)
    line = replace(line, values={**line.values, **own})
    (_, solved) = evaluate_plants([line], LIB, 1)["cement_kiln"]
    assert held_against(LIB, "cement_kiln", "2026-11-01", solved, 0)["dust"] == pytest.approx(
        (worst * MG, 30 * MG)
    )


def test_the_stack_of_dry_quenching_has_its_own_limit():
    """100 mg/m3 of GB 16171: a vent above it decides, however clean the chimney is."""
    solved = solve_rows(row_of(flue_so2=20 * MG, quenching=1))
    chimney = held_against(LIB, "coke_oven", "2026-11-01", solved, 0)["so2"]
    stack = solved.yearly["cdq_stack_so2"][0]
    assert stack > 0.0
    (ratio,) = {max(20 * MG / (50 * MG), stack / (100 * MG))}
    assert chimney[0] / chimney[1] == pytest.approx(ratio, rel=1e-9)
