"""What the catalogue's measures do at the reference units: cold end, added heater, and uprates beyond a capacity."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coal_unit_rows import declaration, read_reference, resolve, run

from plantsim.io.applicable import with_applicable_proposals
from plantsim.io.plants import reference_plant
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.library import library
from plantsim.processes import load
from plantsim.vocabulary.case import Proposal
from plantsim.vocabulary.messages import text
from plantsim.vocabulary.problems import Problems
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK

KWH = 3600.0
SIZED = ("n600-16.67-537-537", "n300-16.67-w-flame", "n300-16.67-fluidised-bed")
GIVEN = ("n200-12.75-535-535", "n300-16.67-537-537", "n600-24.2-566-566")


def apply(record, measure):
    """Give the plant the likely values of a measure."""
    for change in library().retrofits("coal_unit")[measure].changes:
        if change.action == "set":
            record[change.variable] = change.likely
        elif change.action == "add":
            record[change.variable] += change.likely
        else:
            record[change.variable] *= change.likely


def gain(name, measure, load_share=1.0, **values):
    """Return the change of the heat rate [kJ/kWh] by a measure at a load."""
    x, d, o, y = run([read_reference(name) | {"air_pressure": 82e3} | values])
    o["load"] = load_share
    resolve(x, d, o, y)
    before = y["heat_rate"][0]
    apply(x, measure)
    resolve(x, d, o, y)
    assert y["status"][0] == OK
    return (y["heat_rate"][0] - before) * KWH


@pytest.mark.parametrize("name", SIZED)
@pytest.mark.parametrize("measure", ["condenser_cleaning", "tower_fill"])
def test_cold_end_measures_lower_the_heat_rate(name, measure):
    assert -40.0 < gain(name, measure) < -5.0


@pytest.mark.parametrize("name", GIVEN)
def test_a_sized_cold_end_keeps_full_load_and_lowers_part_load(name):
    values = read_reference(name) | {"air_pressure": 82e3}
    found = {}
    for condenser in (0.0, 3.0):
        for part in (1.0, 0.5):
            x, d, o, y = run([values | {"condenser": condenser}])
            o["load"] = part
            resolve(x, d, o, y)
            found[condenser, part] = y[0].copy()
    assert found[3.0, 1.0].heat_rate == pytest.approx(found[0.0, 1.0].heat_rate, rel=1e-8)
    assert found[3.0, 1.0].auxiliary_rate == pytest.approx(found[0.0, 1.0].auxiliary_rate, rel=1e-8)
    assert found[3.0, 0.5].operating_exhaust_pressure < 0.7 * found[0.0, 0.5].operating_exhaust_pressure
    assert found[3.0, 0.5].heat_rate < found[0.0, 0.5].heat_rate


@pytest.mark.parametrize("part", [1.0, 0.5])
def test_top_heater_of_the_600_mw_unit(part):
    assert -60.0 < gain("n600-16.67-537-537", "top_heater", part) < -15.0


@pytest.mark.parametrize(("name", "kept"), [("n600-16.67-537-537", ["top"]), ("n200-12.75-535-535", [])])
def test_a_top_heater_needs_a_row_that_is_not_built(name, kept):
    plant = replace(reference_plant(name, library()), proposals=(Proposal("top", "top_heater"),))
    (after,) = with_applicable_proposals([plant], library(), Problems())
    assert [p.id for p in after.proposals] == kept


@pytest.mark.parametrize(
    ("name", "measure", "figures"),
    [
        ("n600-24.2-566-566", "high_temperature_upgrade", ("24.2 MPa", "8 MPa", "20 MPa")),
        ("n600-24.2-566-566", "flow_path_upgrade", ("600 MW", "50 MW", "260 MW")),
        ("n200-12.75-535-535", "flow_path_upgrade_600", ("200 MW", "400 MW", "1100 MW")),
        ("n600-16.67-537-537", "flow_path_upgrade_600", ()),
        ("n200-12.75-535-535", "high_temperature_upgrade", ()),
    ],
)
def test_a_measure_for_other_units_is_refused_with_the_figures(name, measure, figures):
    plant = replace(reference_plant(name, library()), proposals=(Proposal("asked", measure),))
    problems = Problems()
    (after,) = with_applicable_proposals([plant], library(), problems)
    assert [p.id for p in after.proposals] == ([] if figures else ["asked"])
    for problem in problems:
        for lang in ("en", "zh"):
            said = text(problem.code, lang, problem.fields)
            assert all(figure in said.replace("\u00a0", " ") for figure in figures), said


def test_a_lower_minimum_load_keeps_its_catalyst_warm():
    """At 25 % load NOx leaves untreated; after the measure it does not, and the unit burns more than its share."""
    x, d, o, y = run([read_reference("n600-16.67-537-537") | {"minimum_load": 0.4}])
    o["load"] = 0.25
    resolve(x, d, o, y)
    assert declaration().name_of_code(int(y["status_variable"][0])) == "minimum_load"
    x["minimum_load"] = 0.25
    resolve(x, d, o, y)
    assert y["status"][0] == OK
    assert y["scr_temperature_margin"][0] < 0.0
    assert y["nox"][0] == y["boiler_nox"][0]
    apply(x, "minimum_load_cut")
    x["minimum_load"] = 0.25
    resolve(x, d, o, y)
    assert y["status"][0] == OK
    assert y["scr_temperature_margin"][0] > 0.0
    assert y["nox"][0] < 0.5 * y["boiler_nox"][0]
    assert 20.0 < y["bypass_rise"][0] < 30.0
    held = y["coal_heat"][0]
    x["economiser_bypass"], x["scr_low_temperature"] = 0, 1
    resolve(x, d, o, y)
    assert 1.003 < held / y["coal_heat"][0] < 1.01


@pytest.mark.parametrize(
    ("capacity", "load_of"),
    [("boiler_capacity", "boiler_load"), ("scr_capacity", "scr_load"), ("fgd_capacity", "fgd_load")],
)
def test_an_uprate_stops_at_each_capacity(capacity, load_of):
    """10 % more power from better cylinders needs more steam and gas than parts made for full load can take."""
    x, d, o, y = run([read_reference("n600-16.67-537-537")])
    made_for = {
        "boiler_capacity": x["reference_main_steam_flow"][0],
        "scr_capacity": x["reference_gas_flow"][0] * MOLAR_VOLUME,
        "fgd_capacity": x["reference_filter_flow"][0] * MOLAR_VOLUME,
    }[capacity]
    apply(x, "flow_path_upgrade_600")
    x[capacity] = made_for
    resolve(x, d, o, y)
    assert y["status"][0] == OK
    assert 0.9 < y[load_of][0] < 1.0
    x["rated_power"] *= 1.1
    resolve(x, d, o, y)
    assert y["status"][0] == INFEASIBLE_FLOW
    assert declaration().name_of_code(int(y["status_variable"][0])) == capacity
    assert y[load_of][0] > 1.0
    assert load_of in load("coal_unit").failure_figures[capacity]
    assert capacity in library().retrofits("coal_unit")["flow_path_upgrade_600"].capped_by


def test_bundle_differs_from_the_sum_of_its_parts():
    """Flow path, cleaning and top heater together do not save what they save alone, added up."""
    name, whole = "n600-16.67-537-537", ("flow_path_upgrade_600", "condenser_cleaning", "top_heater")
    x, d, o, y = run([read_reference(name) | {"air_pressure": 82e3}])
    before = y["heat_rate"][0]
    for measure in whole:
        apply(x, measure)
    resolve(x, d, o, y)
    together = (y["heat_rate"][0] - before) * KWH
    parts = sum(gain(name, measure) for measure in whole)
    assert together < -300.0
    assert abs(parts - together) > 5.0
