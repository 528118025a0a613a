"""NOx and SO2 before cleaning stay with what makes them when a measure adds or saves gas."""

from __future__ import annotations

import pytest
from cement_kiln_rows import changed, solve_rows, solved

REFERENCE = "cn-5000-5stage-tested"
SAME = 1e-7  # how near the plant's own ammonia water settles


def per(y, flow: str, what: str = "clinker_flow") -> float:
    return y[flow] / y[what]


@pytest.mark.parametrize("sncr", [0.0, 1.0])
def test_a_plant_as_it_is_has_the_gas_that_it_states(sncr):
    y = solved(REFERENCE, sncr=sncr).y[0]
    assert (y["so2_before_cleaning"], y["nox_before_cleaning"]) == pytest.approx((30e-6, 600e-6), rel=1e-12)


@pytest.mark.parametrize("sncr", [0.0, 1.0])
@pytest.mark.parametrize(
    "change",
    [{"stage_false_air": 0.005}, {"exit_oxygen": 0.035}, {"stage_count": 6}, {"cooling_air": 1.7}, {}],
)
def test_sulphur_of_the_meal_is_held(sncr, change):
    """No desulphurisation: as much SO2 per clinker as before, also when the SNCR comes or goes and at part load."""
    base = solved(REFERENCE, sncr=sncr)
    after = solve_rows(changed(base.x, sncr=1.0 - sncr, **change), load=0.85).y[0]
    assert per(after, "so2_flow") == pytest.approx(per(base.y[0], "so2_flow"), rel=SAME)


def test_ammonia_water_thins_what_the_meal_gives_off():
    base = solved(REFERENCE, sncr=0.0)
    after = solve_rows(changed(base.x, sncr=1.0), load=1.0).y[0]
    assert 0.99 * 30e-6 < after["so2_concentration"] < 30e-6


@pytest.mark.parametrize("change", [{"stage_count": 6}, {"stage_false_air": 0.005}])
def test_nox_follows_the_fuel(change):
    """Without SNCR: NOx per fuel heat as before, so that it falls by as much as the fuel."""
    base = solved(REFERENCE, sncr=0.0)
    after = solve_rows(changed(base.x, **change), load=1.0).y[0]
    before = base.y[0]
    less = after["heat_consumption"] / before["heat_consumption"]
    assert less < 0.999
    assert per(after, "nox_flow") / per(before, "nox_flow") == pytest.approx(less, rel=SAME)


def test_a_change_of_what_is_stated_scales_the_source():
    base = solved(REFERENCE, sncr=0.0)
    half = changed(base.x, raw_nox_concentration=300e-6, raw_so2_concentration=15e-6)
    after = solve_rows(half, load=1.0).y[0]
    for flow in ("nox_flow", "so2_flow"):
        assert after[flow] == pytest.approx(0.5 * base.y[0][flow], rel=1e-12)
