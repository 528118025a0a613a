"""Parts of the kiln line: checks of inputs, tables, indicators, statuses, heat-balance files."""

from __future__ import annotations

import numpy as np
import pytest
from cement_kiln_rows import changed, reference_values, row_of, solve_rows, solved

from plantsim import api
from plantsim.processes.cement_kiln import indicators
from plantsim.processes.cement_kiln.balance_audit import Term, audit_balance
from plantsim.processes.cement_kiln.checks import check
from plantsim.processes.cement_kiln.tables import tables
from plantsim.vocabulary.problems import BadInput
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK, OUTSIDE_RANGE

STANDARD_COAL = 29307.6e3


def codes(**values: float) -> set[str]:
    return {f.code for f in check({**reference_values("cn-5000-5stage-3rd"), **values})}


def test_the_reference_plants_have_nothing_to_complain_about():
    assert codes() == set()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"coal_carbon": 0.9}, "kiln_sum_over_100"),
        ({"clinker_lime": 0.70}, "kiln_sum_over_100"),
        ({"coal_heating_value": 19e6}, "kiln_coal_heat_far"),
        ({"clinker_lime": 0.60}, "kiln_lime_saturation"),
        ({"cooler_efficiency": 0.88, "clinker_temperature": 520.0}, "kiln_cooler_no_vent"),
    ],
)
def test_inputs_that_contradict_each_other(values, code):
    assert code in codes(**values)


def test_a_line_that_draws_more_air_than_its_cooler_blows():
    y = solved(cooler_model=0, cooling_air=0.8).y[0]
    assert y["status"] == INFEASIBLE_FLOW


def test_an_exit_temperature_that_no_tower_explains():
    y = solved(stage_count=3, preheater_exit_temperature=273.15 + 200.0).y[0]
    assert y["status"] == OUTSIDE_RANGE


def test_a_gap_that_separation_cannot_explain_is_reported():
    """The measured temperature is held by what the meal takes beyond the tower's stages; what they explain is told."""
    s = solved(preheater_exit_temperature=273.15 + 262.0)
    assert s.y["status"][0] == OK
    assert abs(s.y["exit_temperature_deviation"][0]) < 1e-3
    assert s.y["explained_exit_temperature"][0] > 273.15 + 270.0
    assert s.x["tower_rest_exchange"][0] > 10e3
    assert s.x["tower_penetration"][0] < 0.1


def test_the_fit_reproduces_the_test_and_keeps_it_through_a_solved_copy():
    s = solved()
    assert abs(s.y["exit_temperature_deviation"][0]) < 1e-4
    assert abs(s.y["cooler_efficiency_deviation"][0]) < 1e-6
    again = solve_rows(s.x, load=1.0)
    assert again.y["heat_consumption"][0] == pytest.approx(s.y["heat_consumption"][0], rel=1e-10)


def test_tables_of_a_solved_line_and_none_of_a_failed_one():
    s = solved()
    point = (s.x[0], None, None, s.y[0])
    made = {t.key: t for t in tables(*point)}
    assert set(made) == {"kiln_heat_balance", "kiln_tower", "kiln_streams", "kiln_electricity", "kiln_test"}
    balance = made["kiln_heat_balance"].rows
    out = sum(row[1] for row in balance if row[0]["en"].startswith("out"))
    assert out == pytest.approx(balance[-1][1], rel=1e-9)
    assert len(made["kiln_tower"].rows) == 5
    assert tables(s.x[0], None, None, solved(cooler_model=0, cooling_air=0.8).y[0]) == []


def test_the_fourth_generation_cooler_recovers_more_and_vents_less():
    base = solved()
    better = changed(base.x, cooler_transfer=1.7 * base.x["cooler_transfer"], cooling_air=1.70)
    after = solve_rows(better, load=1.0).y[0]
    assert 0.02 < after["reached_cooler_efficiency"] - base.y["reached_cooler_efficiency"][0] < 0.06
    saved = base.y["heat_consumption"][0] - after["heat_consumption"]
    assert 30e3 < saved < 120e3
    assert after["whr_gross_power"] < base.y["whr_gross_power"][0]


def test_indicators_count_own_power_and_credit_it_in_the_coal_term():
    y = solved().yearly
    coal = y["coal_heat"] / y["clinker_flow"]
    electricity = y["clinker_power"] / y["clinker_flow"]
    net = y["whr_net_power"] / y["clinker_flow"]
    credit = 0.1229 * STANDARD_COAL / 3.6e6
    assert indicators.clinker_electricity(y) == pytest.approx(electricity)
    assert indicators.clinker_comprehensive_coal(y) == pytest.approx(coal - credit * net)
    assert indicators.clinker_comprehensive_energy(y) == pytest.approx(
        coal - credit * net + credit * electricity
    )
    assert indicators.clinker_energy_credit_equivalent(y) == pytest.approx(
        indicators.clinker_comprehensive_energy(y)
    )


def test_the_three_credits_and_the_two_editions_are_apart():
    y = solved(air_pressure=81489.0).yearly
    by_credit = [
        f(y)[0] / STANDARD_COAL * 1e3
        for f in (
            indicators.clinker_energy_credit_equivalent,
            indicators.clinker_energy_credit_middle,
            indicators.clinker_energy_credit_edition_2012,
        )
    ]
    assert by_credit[0] - by_credit[1] > 2
    assert by_credit[1] - by_credit[2] > 1.5
    ratio = indicators.comparable_clinker_energy(y)[0] / STANDARD_COAL * 1e3 / by_credit[2]
    assert ratio == pytest.approx(0.975 * 0.8968, rel=2e-3)  # strength of 58 MPa, 1 800 m


def test_alternative_fuel_is_not_counted_by_the_norm():
    base = solved()
    after = solve_rows(changed(base.x, alternative_heat_share=0.2), load=1.0)
    assert indicators.clinker_comprehensive_coal(after.yearly) < 0.85 * indicators.clinker_comprehensive_coal(
        base.yearly
    )


def test_a_fuel_that_is_given_leaves_a_residual():
    audit = audit_balance([Term("coal", "in", 100.0, is_fuel=True), Term("all", "out", 90.0)])
    assert audit.residual == pytest.approx(0.1)
    assert not audit.closed_by_fuel


def test_a_share_gets_its_heat_from_the_total():
    audit = audit_balance(
        [Term("air", "in", 10.0), Term("gas", "out", share=0.25), Term("rest", "out", 75.0)]
    )
    assert audit.total == pytest.approx(100.0)
    assert audit.fuel == pytest.approx(90.0)
    assert audit.terms[1].heat == pytest.approx(25.0)


BAD = """
[balance]
reference_temperature = "20 °C"
clinkr = "4000 t/d"

[[term]]
name = "gas"
side = "out"
flow = "2 kg/kg"
temperature = "320 °C"

[[term]]
name = "clinker"
side = "away"

[[term]]
name = "duct"
side = "out"
temperature = "300 °C"
heat_capacity = "1 kJ/(kg K)"
pitot = { constant = 0.85 }
"""


def test_all_faults_of_a_heat_balance_file_are_told_at_once(tmp_path):
    file = tmp_path / "balance.toml"
    file.write_text(BAD, encoding="utf-8")
    with pytest.raises(BadInput) as raised:
        api.heat_balance(file)
    found = {p.code for p in raised.value.problems.errors}
    assert {"balance_key_unknown", "balance_term_incomplete", "balance_side", "balance_pitot"} <= found
    assert all(p.line > 0 for p in raised.value.problems.errors)


def test_rows_of_one_plant_do_not_disturb_each_other():
    """A batch gives each row what it gives alone: the workspace is each point's own."""
    rows = np.concatenate(
        [row_of(), row_of("cn-5000-6stage-4th"), row_of(exit_oxygen=0.05)], dtype=row_of().dtype
    )
    together = solve_rows(rows, load=1.0).y["heat_consumption"]
    alone = [solve_rows(rows[i : i + 1], load=1.0).y["heat_consumption"][0] for i in range(3)]
    assert list(together) == alone
