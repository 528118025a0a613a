"""Water, solid waste, reagent and catalyst of a coal unit: worked by hand from what the point says."""

from __future__ import annotations

import numpy as np
import pytest
from coal_gas_rows import PARTS, solved
from coal_unit_rows import declaration

from plantsim.kernels.psychrometrics import CP_AIR, M_AIR, air_humidity, moist_enthalpy, saturated_ratio
from plantsim.vocabulary.status import OK

TOWER = {"cooling_water_source": 1.0, "cooling_water_flow": 36_000 / 3.6, "design_air_temperature": 288.15}
USED = {"fly_ash_used": 0.7, "bottom_ash_used": 0.4, "gypsum_used": 0.9}


@pytest.fixture(scope="module")
def known():
    return solved(PARTS, {**TOWER, **USED})


def test_what_comes_in_leaves(known):
    """Tower, cycle, absorber and slag, each by itself: in = evaporated + drift + waste + lost + with solids."""
    x, _d, _o, y = known
    assert y.status == OK
    assert y.tower_water == pytest.approx(y.water_evaporated + y.tower_drift + y.tower_blowdown, rel=1e-12)
    assert y.tower_water == pytest.approx(
        y.water_evaporated * x.tower_cycles / (x.tower_cycles - 1), rel=1e-12
    )
    assert y.tower_drift == pytest.approx(36_000 / 3.6 * 0.0001, rel=1e-12)
    steam = y.main_steam_flow
    assert y.demineralised_water == pytest.approx(steam * (0.007 + 0.003) + y.make_up_flow, rel=1e-12)
    assert y.treatment_water == pytest.approx(y.demineralised_water / 0.85, rel=1e-12)
    assert y.treatment_waste_water == pytest.approx(
        0.15 / 0.85 * y.demineralised_water + 0.003 * steam, rel=1e-12
    )
    assert y.ash_water == pytest.approx(y.bottom_ash_flow * 0.2 / 0.8, rel=1e-12)
    total = y.tower_water + y.treatment_water + y.fgd_water + y.ash_water
    assert y.fresh_water == pytest.approx(total, rel=1e-12)
    assert y.specific_fresh_water * y.gross_power == pytest.approx(y.fresh_water, rel=1e-12)


def test_evaporation_by_heat_where_no_condenser_is_sized(known):
    """Air from 15 degC leaves saturated 8 K below the condensing steam: heat over enthalpy risen, times water taken."""
    x, d, _o, y = known
    T, p = 288.15, x.air_pressure
    w = air_humidity(T, x.design_air_humidity, p)
    leaving = d.condensing_temperature - 8.0
    w_out = saturated_ratio(leaving, p, M_AIR)
    risen = moist_enthalpy(leaving, w_out, p, CP_AIR, M_AIR) - moist_enthalpy(T, w, p, CP_AIR, M_AIR)
    assert y.water_evaporated == pytest.approx(y.condenser_heat * (w_out - w) / risen, rel=1e-6)
    assert 0.7 < y.water_evaporated * 2.43e6 / y.condenser_heat < 0.9


@pytest.mark.parametrize("warmer", [0.0, 2.0, 4.0])
def test_no_more_evaporates_than_the_heat_can(warmer):
    """Air as warm as it leaves takes all heat as vapour; warmer air would add its own: 2.42 MJ/kg bound it."""
    leaving = solved(PARTS, TOWER)[1].condensing_temperature - 8.0
    hot = {"design_air_temperature": leaving + warmer, "design_air_humidity": 0.55}
    y = solved(PARTS, {**TOWER, **hot})[3]
    assert y.status == OK
    assert 0.94 < y.water_evaporated * 2.42e6 / y.condenser_heat < 1.02


def test_no_tower_described_no_water_known():
    _x, _d, _o, y = solved(PARTS, {"cooling_water_source": 0.0})
    assert y.status == OK
    for name in ("water_evaporated", "tower_water", "fresh_water", "waste_water", "specific_fresh_water"):
        assert np.isnan(y[name]), name
    assert y.treatment_water > 0.0
    assert y.fgd_fresh_water == y.fgd_water


def test_reused_blowdown_takes_the_place_of_fresh_water(known):
    _x, _d, _o, whole = known
    _x, _d, _o, y = solved(PARTS, {**TOWER, **USED, "blowdown_reused": 0.3})
    assert y.reused_water == pytest.approx(
        min(0.3 * whole.tower_blowdown, whole.fgd_water + whole.ash_water), rel=1e-9
    )
    assert whole.fresh_water - y.fresh_water == pytest.approx(y.reused_water, rel=1e-9)
    assert whole.waste_water - y.waste_water == pytest.approx(y.reused_water, rel=1e-9)
    _x, _d, _o, most = solved(PARTS, {**TOWER, **USED, "blowdown_reused": 1.0, "tower_cycles": 1.5})
    assert most.fgd_fresh_water == 0.0
    assert most.ash_fresh_water == pytest.approx(0.0, abs=1e-12)
    assert most.tower_waste_water == pytest.approx(
        most.tower_blowdown - most.fgd_water - most.ash_water, rel=1e-9
    )


def test_waste_water_of_the_absorber_follows_the_coals_chlorine():
    """0.03 % chlorine and 15 g/kg in the slurry: 0.02 kg of waste water per kg of coal."""
    _x, _d, _o, y = solved(PARTS, {**TOWER, "coal_chlorine": 0.0003, "fgd_chloride": 0.015})
    assert y.fgd_waste_water == pytest.approx(0.02 * y.coal_flow, rel=1e-12)


def test_ash_by_what_is_put_to_use(known):
    _x, _d, _o, y = known
    assert y.fly_ash_caught == pytest.approx(y.fly_ash_flow * y.filter_removal, rel=1e-12)
    for name, made, used in (
        ("fly_ash", y.fly_ash_caught, 0.7),
        ("bottom_ash", y.bottom_ash_flow, 0.4),
        ("gypsum", y.gypsum, 0.9),
    ):
        assert y[f"{name}_sold"] == pytest.approx(used * made, rel=1e-12)
        assert y[f"{name}_stored"] == pytest.approx((1.0 - used) * made, rel=1e-9)


def test_use_that_is_not_stated_is_not_known():
    _x, _d, _o, y = solved(PARTS)
    assert y.fly_ash_caught > 0.0
    for name in ("fly_ash", "bottom_ash", "gypsum"):
        assert np.isnan(y[f"{name}_sold"])
        assert np.isnan(y[f"{name}_stored"])


def test_catalyst_by_volume_and_life(known):
    """Gas of full load at normal state x 1.2 s is the volume; it lasts 24,000 h; 500 kg/m3 leave as waste."""
    x, _d, _o, y = known
    volume = x.reference_gas_flow * 0.02241396954 * 1.2
    assert y.catalyst_used * 24_000 * 3600 == pytest.approx(volume, rel=1e-9)
    assert y.spent_catalyst == pytest.approx(y.catalyst_used * 500.0, rel=1e-12)
    assert y.spent_catalyst_stored == 0.0
    _x, _d, _o, given = solved(PARTS, {"scr_catalyst_volume": 300.0, "spent_catalyst_handed": 0.75})
    assert given.catalyst_used * 24_000 * 3600 == pytest.approx(300.0, rel=1e-12)
    assert given.spent_catalyst_stored == pytest.approx(0.25 * 500.0 * 300.0 / (24_000 * 3600), rel=1e-9)
    _x, _d, _o, without = solved()
    assert without.catalyst_used == 0.0


def test_a_reagent_in_each_of_its_forms():
    """Pure ammonia; 20 % of a solution are ammonia; urea gives two NH3 for 60.056 g, its solution is half water."""
    forms = declaration().variables["reagent"].options
    _x, _d, _o, pure = solved(PARTS, {"reagent": forms["ammonia"]})
    _x, _d, _o, solution = solved(PARTS, {"reagent": forms["ammonia_solution"]})
    x, _d, _o, urea = solved(PARTS, {"reagent": forms["urea"]})
    assert pure.ammonia > 0.0
    assert (pure.ammonia_solution, pure.urea) == (0.0, 0.0)
    assert solution.ammonia_solution == pytest.approx(5.0 * pure.ammonia, rel=1e-9)
    assert (solution.ammonia, solution.urea) == (0.0, 0.0)
    assert urea.urea * x.urea_conversion * 2.0 * 17.031 / 60.056 == pytest.approx(pure.ammonia, rel=1e-6)
    assert urea.demineralised_water - pure.demineralised_water == pytest.approx(urea.urea, rel=1e-6)
