"""A bath that follows its ledge: masses by hand, the calibrated state is found again, what cannot be is refused."""

from __future__ import annotations

import pytest
from aluminium_rows import calibrated, changed, row_of, solve_rows

from plantsim.kernels.bath import excess_alf3
from plantsim.library import library
from plantsim.processes.aluminium_cell.tables import tables
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE

FOLLOWS = {"bath_chemistry": 1, "bath_mass": 8000.0}
DECLARATION = library().declaration("aluminium_cell")


def test_the_calibrated_state_is_found_again_and_nothing_is_left_changed():
    s = solve_rows(row_of(**FOLLOWS), "distance")
    held = solve_rows(row_of(), "distance")
    assert s.y["operating_temperature"][0] == pytest.approx(held.y["operating_temperature"][0], abs=1e-8)
    for name in ("bath_ratio", "calcium_fluoride", "lithium_fluoride", "magnesium_fluoride"):
        assert s.x[name][0] == held.x[name][0], name


def test_what_freezes_is_cryolite_by_hand():
    line = calibrated(**FOLLOWS)
    y = solve_rows(changed(line, line_current=392e3), "distance").y[0]
    assert y.status == OK
    frozen = 3000.0 * line["ledge_area"][0] * (y.operating_ledge_thickness - 0.08)
    assert frozen > 0.0
    share = 1.0 - frozen / 8000.0
    own = excess_alf3(0.5 * 2.4, 0.05, 0.025, 0.015, 0.005, 0.01)
    assert y.operating_excess_alf3 == pytest.approx(own / share, rel=1e-9)
    assert y.operating_bath_ratio < 2.4
    held = solve_rows(changed(line, line_current=392e3, bath_chemistry=0), "distance").y[0]
    assert y.operating_temperature < held.operating_temperature
    assert y.operating_superheat > held.operating_superheat  # the liquidus fell with the temperature
    assert y.operating_ledge_thickness < held.operating_ledge_thickness


def test_more_bath_moves_less():
    def temperature(mass):
        line = calibrated(**{**FOLLOWS, "bath_mass": mass})
        return solve_rows(changed(line, line_current=392e3), "distance").y[0].operating_temperature

    held = solve_rows(changed(calibrated(), line_current=392e3), "distance").y[0].operating_temperature
    assert temperature(4000.0) < temperature(8000.0) < temperature(50e3) < held
    assert temperature(50e6) == pytest.approx(held, abs=3e-3)


def test_without_the_bath_s_mass_nothing_is_followed():
    y = solve_rows(row_of(bath_chemistry=1)).y[0]
    assert y.status == INCOMPLETE
    assert DECLARATION.name_of_code(int(y.status_variable)) == "bath_mass"


@pytest.mark.parametrize("current", [250e3, 600e3])
def test_a_cell_that_freezes_or_loses_its_ledge_is_refused(current):
    y = solve_rows(changed(calibrated(**FOLLOWS), line_current=current), "distance").y[0]
    assert y.status in (INFEASIBLE_THERMAL, OUTSIDE_RANGE)  # too hot, or a bath so rich that no formula holds
    assert y.status_variable != 0


@pytest.mark.parametrize("chemistry", [0, 1])
def test_the_table_says_what_the_bath_does(chemistry):
    s = solve_rows(row_of(bath_mass=8000.0, bath_chemistry=chemistry))
    state = tables(s.x[0], s.d[0], s.year.o[0], s.y[0])[-1]
    assert ("follows the ledge" if chemistry else "held by dosing") in state.notes[0]["en"]
    assert len(state.rows[0]) == len(state.columns)


def test_energy_of_ingot_by_hand():
    """0.5 GJ of gas per tonne are 17.06 kgce; each kWh 0.1229. Its CO2: 15.3 t of carbon per TJ, 99 % burnt."""
    s = solve_rows(row_of())
    ingot = {k: float(v[0]) for k, v in s.indicators.items()}
    power = 0.1229 * ingot["ingot_comprehensive_ac_power"] / 3.6e3
    metal = 0.335573 / 0.3355  # the standard's tonne is a little larger than Faraday's
    assert ingot["ingot_energy"] / 29307.6 == pytest.approx(power + 500 / 29.3076 * metal, rel=1e-6)
    y = s.y[0]
    assert y.casting_co2_rate / y.metal_rate == pytest.approx(0.5e-3 * 15.3 * 0.99 * 44.01 / 12.011, rel=1e-3)
    none = solve_rows(row_of(casting_fuel_per_tonne=0.0)).y[0]
    assert none.casting_co2_rate == none.casting_fuel == 0.0
