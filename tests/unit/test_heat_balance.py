"""Modes, handles and their limits, by hand calculation where one is possible."""

from __future__ import annotations

import numpy as np
import pytest
from aluminium_rows import HANDLE, calibrated, changed, row_of, solve_rows

from plantsim.processes import load
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE

DECLARATION = solve_rows(row_of()).declaration


@pytest.fixture(scope="module")
def line():
    return calibrated()


def blamed(y) -> str:
    return DECLARATION.name_of_code(int(y.status_variable))


def less_cathode(line, volts: float, **more: float):
    return changed(line, cathode_voltage_drop=line["cathode_voltage_drop"][0] - volts, **more)


def test_calibration_by_hand(line):
    # 400 kA x (3.98 V - 0.2 V - 1.648 V - 0.48 V x 0.925) are released in the cell, half of it through the top
    heat = 400e3 * (3.98 - 0.2 - 1.648 - 0.48 * 0.925)
    assert line["top_conductance"][0] * (950 - 30) == pytest.approx(0.50 * heat)
    assert line["bottom_conductance"][0] * (950 - 30) == pytest.approx(0.17 * heat)
    flux = (942 - 30) / (0.08 / 1.5 + 0.055)  # liquidus to air, through 8 cm of ledge and the wall
    assert line["ledge_area"][0] == pytest.approx(0.33 * heat / flux)
    assert line["ledge_film_coefficient"][0] * 8 == pytest.approx(flux)


@pytest.mark.parametrize("handle", ["cover", "lining"])
def test_insulation_keeps_the_whole_gain(line, handle):
    y = solve_rows(less_cathode(line, 0.08, thermal_handle=HANDLE[handle])).y[0]
    assert y.operating_voltage == pytest.approx(3.90, abs=1e-12)
    assert y.operating_superheat == 8.0
    factor = y.top_loss_factor if handle == "cover" else y.bottom_loss_factor
    share = 0.50 if handle == "cover" else 0.17
    heat = 400e3 * (3.98 - 0.2 - 1.648 - 0.48 * 0.925)
    assert factor == pytest.approx(1 - 400e3 * 0.08 / (share * heat))


def test_insulation_to_restore_by_hand(line):
    y = solve_rows(less_cathode(line, 0.08), "distance").y[0]
    assert y.insulation_power == pytest.approx(400e3 * 0.08)
    heat = 400e3 * (3.98 - 0.2 - 1.648 - 0.48 * 0.925)
    assert y.insulation_to_restore == pytest.approx(400e3 * 0.08 / (0.67 * heat))
    restored = changed(
        less_cathode(line, 0.08),
        top_conductance=line["top_conductance"][0] * (1 - y.insulation_to_restore),
        bottom_conductance=line["bottom_conductance"][0] * (1 - y.insulation_to_restore),
    )
    assert solve_rows(restored, "distance").y["operating_superheat"][0] == pytest.approx(8.0, abs=1e-9)


def test_a_busbar_s_gain_needs_no_insulation(line):
    y = solve_rows(changed(line, external_voltage_drop=0.12)).y[0]
    assert y.operating_voltage == pytest.approx(3.90, abs=1e-12)
    assert y.operating_superheat == pytest.approx(8.0, abs=1e-9)


def test_a_handle_that_is_not_enough_lets_the_superheat_drift(line):
    y = solve_rows(less_cathode(line, 0.08, thermal_handle=HANDLE["lining"], lining_limit=0.10)).y[0]
    assert y.status == OK
    assert y.bottom_loss_factor == 0.9
    assert 5.0 < y.operating_superheat < 8.0


def test_the_distance_stops_at_its_floor(line):
    # better insulation lets the distance fall; the floor is at 4.1 cm, below it the cell runs hotter than held
    warm = changed(line, top_conductance=line["top_conductance"][0] * 0.93, thermal_handle=HANDLE["distance"])
    free = solve_rows(warm).y[0]
    assert free.operating_distance < 0.0415
    held = solve_rows(changed(warm, distance_floor=0.041 + 1e-3)).y[0]
    assert held.operating_distance == pytest.approx(0.042)
    assert held.operating_superheat > 8.0


def test_beyond_the_window_is_infeasible(line):
    y = solve_rows(less_cathode(line, 0.25)).y[0]
    assert y.status == INFEASIBLE_THERMAL
    assert blamed(y) == "superheat"
    assert y.insulation_to_restore > 0


def test_no_warm_state_at_all(line):
    y = solve_rows(less_cathode(line, 0.29, anode_cathode_distance=0.025), "distance").y[0]
    assert y.status == INFEASIBLE_THERMAL
    assert y.operating_superheat == 0.0


def test_a_cell_that_overheats_loses_its_ledge(line):
    y = solve_rows(changed(line, line_current=440e3), "distance").y[0]
    assert y.status == INFEASIBLE_THERMAL
    assert blamed(y) == "ledge_thickness"
    assert y.insulation_to_restore < 0


def test_a_set_voltage_is_kept(line):
    y = solve_rows(changed(line, cell_voltage=4.00), "voltage").y[0]
    assert y.operating_voltage == pytest.approx(4.00, abs=1e-12)
    assert y.operating_distance > line["anode_cathode_distance"][0]
    assert y.operating_superheat > 8.0


def test_ohmic_drops_follow_the_current(line):
    y = solve_rows(changed(line, line_current=408e3), "distance").y[0]
    assert y.operating_cathode_drop == pytest.approx(0.300 * 1.02)
    assert y.operating_external_drop == pytest.approx(0.200 * 1.02)


def test_efficiency_follows_its_sensitivities(line):
    y = solve_rows(less_cathode(line, 0.08), "distance").y[0]
    assert y.operating_efficiency == pytest.approx(0.925 - 0.00131737 * (y.operating_superheat - 8.0))


def test_below_the_floor_the_efficiency_falls(line):
    near = changed(line, anode_cathode_distance=0.037, cover_limit=0.5, thermal_handle=HANDLE["cover"])
    y = solve_rows(near).y[0]
    assert y.operating_efficiency == pytest.approx(0.925 - 0.03 * 100 * 0.001)


def test_figures_that_are_no_cell_say_so():
    y = solve_rows(row_of(cell_voltage=3.0, cathode_voltage_drop=0.5)).y[0]
    assert y.status == OUTSIDE_RANGE
    assert blamed(y) == "cell_voltage"
    y = solve_rows(row_of(alumina_content=0.09)).y[0]
    assert y.status == OUTSIDE_RANGE
    assert blamed(y) == "alumina_content"


def test_without_heat_balance_the_current_cannot_be_moved():
    simple = calibrated(heat_balance=0)
    y = solve_rows(changed(simple, line_current=410e3)).y[0]
    assert y.status == INCOMPLETE
    assert blamed(y) == "heat_balance"
    y = solve_rows(simple).y[0]
    assert y.status == OK
    assert y.operating_voltage == pytest.approx(3.98, abs=1e-12)
    assert np.isnan(y.operating_superheat)


@pytest.mark.parametrize("share", ["shell_heat_share", "gas_heat_share"])
def test_heat_given_out_asks_for_the_heat_balance(share):
    """It was shown as none: what shells and gas lose by themselves is not known without it."""
    y = solve_rows(row_of(heat_balance=0, **{share: 0.3})).y[0]
    assert y["status"] == INCOMPLETE
    assert blamed(y) == "heat_balance"


def test_anode_effects_and_perfluorocarbons_by_hand():
    y = solve_rows(
        row_of(anode_effect_frequency=0.2, anode_effect_duration=180.0, anode_effect_overvoltage=30.0)
    ).y[0]
    assert y.anode_effect_voltage == pytest.approx(0.2 * 3 / 1440 * 30)
    assert y.cf4_rate == pytest.approx(0.143 * 0.2 * 3 * y.metal_rate / 1000)
    assert y.c2f6_rate == pytest.approx(0.121 * y.cf4_rate)


def test_warming_potentials_and_slope_are_those_of_the_common_tables():
    from plantsim.library import library

    emissions = library().data("common", "emissions.toml")
    gwp, pfc = emissions["gwp"][emissions["gwp_default"]["set"]], emissions["process"]["pfc"]
    of = DECLARATION.variables
    assert of["gwp_cf4"].default == gwp["cf4"]["value"]
    assert of["gwp_c2f6"].default == gwp["c2f6"]["value"]
    assert of["pfc_slope"].default == pfc["slope"]["value"]
    assert of["pfc_c2f6_ratio"].default == pfc["c2f6_per_cf4"]["value"]


def test_recovered_heat_and_green_power_leave_the_indicators_alone(line):
    plain = solve_rows(line)
    other = solve_rows(changed(line, shell_heat_share=0.4, gas_heat_share=0.2, green_power_share=0.3))
    for name, values in plain.indicators.items():
        assert other.indicators[name][0] == values[0], name
    y = other.y[0]
    assert -other.ledger["heat"][0] == pytest.approx(
        (0.4 * y.side_heat_loss + 0.2 * y.top_heat_loss) * 365 * 86400
    )
    assert other.ledger["electricity"][0] == pytest.approx(0.7 * plain.ledger["electricity"][0])


def test_startup_energy_counts_unless_deducted():
    counted = solve_rows(row_of(startup_power_share=0.01))
    deducted = solve_rows(row_of(startup_power_share=0.01, deduct_startup=1))
    name = "liquid_ac_power"
    assert counted.indicators[name][0] == pytest.approx(1.01 * deducted.indicators[name][0])
    assert counted.ledger["electricity"][0] == deducted.ledger["electricity"][0]


def test_tables_and_checks(line):
    solved = solve_rows(line)
    process = load("aluminium_cell")
    voltage, heat, state = process.tables(solved.x[0], solved.d[0], solved.year.o[0], solved.y[0])
    assert sum(voltage.rows[0][:-1]) == pytest.approx(voltage.rows[0][-1])
    assert voltage.rows[0][-1] == pytest.approx(3980)
    assert sum(heat.rows[1][1:-1]) == pytest.approx(100.0)
    assert state.rows[0][2] == pytest.approx(8.0)
    values = {v.name: float(line[v.name][0]) for v in DECLARATION.with_role("input")}
    values["heat_balance"] = 1
    assert process.check(values) == []
    assert [f.code for f in process.check({**values, "superheat": 28.0})] == ["liquidus_far"]
    assert [f.code for f in process.check({**values, "cell_voltage": 2.2})] == ["no_heat_left"]
    assert process.check({**values, "heat_balance": 0, "cell_voltage": 2.2}) == []
