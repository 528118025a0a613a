"""What a notebook may give as scenarios: through the same door as the values of a file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plantsim import api
from plantsim.io.plants import reference_plant
from plantsim.io.scenario_columns import Door, in_declared_units, read_columns
from plantsim.library import library
from plantsim.vocabulary.case import Value
from plantsim.vocabulary.messages import show_problem
from plantsim.vocabulary.problems import BadInput


def door_of(reference: str, roles=("input",)) -> Door:
    plant = reference_plant(reference, library())
    return Door(plant, library().declaration(plant.process), roles, library().units)


@pytest.fixture(scope="module")
def unit() -> Door:
    """A steam unit with eight heaters, at 80 kPa."""
    door = door_of("n300-16.67-537-537")
    high = replace(door.plant, air_pressure=Value(80_000.0, "kPa"))
    return replace(door, plant=high)


@pytest.fixture(scope="module")
def line() -> Door:
    name = next(r.id for r in library().references.values() if r.process == "aluminium_cell")
    return door_of(name)


def problem(columns, door):
    with pytest.raises(BadInput) as caught:
        read_columns(columns, door)
    (found,) = caught.value.problems.errors
    shown = {lang: show_problem(found, lang) for lang in ("en", "zh")}
    assert shown["en"] != shown["zh"]
    assert "\x1b" not in shown["en"] + shown["zh"]
    return found


HEATERS = 8


@pytest.mark.parametrize(
    "values",
    [
        np.linspace(1.0, 3.0, 10),  # once spread over the ten places of the record: ten equal results
        np.linspace(1.0, 3.0, HEATERS),
        [2.0] * 3,
        ["2 K"] * HEATERS,
        np.ones((3, HEATERS - 1)),
        np.ones((3, HEATERS, 1)),
        [[2.0] * HEATERS, [2.0] * (HEATERS - 1)],
        [[2.0] * HEATERS, "2 K"],
    ],
)
def test_a_list_needs_a_value_for_each_place(unit, values):
    found = problem({"terminal_difference": values}, unit)
    assert (found.code, found.fields["places"]) == ("scenario_places", str(HEATERS))


def test_a_list_for_each_scenario_is_taken_as_it_is(unit):
    given = np.arange(2 * HEATERS, dtype=float).reshape(2, HEATERS) / 10.0
    n, columns = read_columns({"terminal_difference": given}, unit)
    assert n == 2
    assert columns["terminal_difference"].tolist() == given.tolist()  # K is the SI unit of a difference
    texts = [[f"{x} K" for x in row] for row in given.tolist()]
    assert (
        read_columns({"terminal_difference": texts}, unit)[1]["terminal_difference"].tolist()
        == given.tolist()
    )
    back = in_declared_units(columns, unit)["terminal_difference"]
    assert back == given.tolist()


def test_one_number_is_no_list(line):
    assert problem({"cell_voltage": np.ones((2, 3))}, line).code == "scenario_one_place"
    assert problem({"cell_voltage": [[4.0, 4.1], [4.0, 4.1]]}, line).code == "scenario_value"


@pytest.mark.parametrize("values", [[160.7], np.array([160.0, 160.7]), ["160.7"]])
def test_a_count_is_whole(line, values):
    found = problem({"cell_count": values}, line)
    assert found.code == "scenario_not_whole"
    assert found.fields["given"] == "160.7"


def test_whole_numbers_come_as_integers(line):
    for values in ([160, 161.0], np.array([160.0, 161.0]), np.array([160, 161], dtype=np.uint16)):
        column = read_columns({"cell_count": values}, line)[1]["cell_count"]
        assert column.dtype == np.int64
        assert column.tolist() == [160, 161]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_refused_with_its_row(line, bad):
    for values in (np.array([4.0, bad]), [4.0, bad]):
        found = problem({"cell_voltage": values}, line)
        assert (found.code, found.fields["row"]) == ("scenario_not_finite", "1")


def test_columns_of_one_and_two_do_not_spread(line):
    found = problem({"cell_voltage": [4.0], "current_efficiency": [91.0, 92.0]}, line)
    assert found.code == "scenario_lengths"
    assert found.fields["lengths"] == "cell_voltage: 1, current_efficiency: 2"


@pytest.mark.parametrize("values", ["4 V", b"4", 4.0, None, {"a": 1}, np.array(4.0)])
def test_what_is_no_column_is_refused(line, values):
    assert problem({"cell_voltage": values}, line).code == "scenario_no_column"


@pytest.mark.parametrize("values", [[True], [object()], [None], [1j], np.array([True]), np.array(["x"])])
def test_what_is_no_number_is_refused(line, values):
    assert problem({"cell_voltage": values}, line).code == "scenario_value"


@pytest.mark.parametrize("columns", [[("cell_voltage", [4.0])], None, "cell_voltage"])
def test_what_is_no_mapping_is_refused(line, columns):
    assert problem(columns, line).code == "scenario_no_column"


@pytest.mark.parametrize("name", ["cell_votage", "", 7, None, ("cell_voltage",), "net_power\x1b[2J"])
def test_unknown_names_are_told_what_is_known(line, name):
    found = problem({name: [4.0]}, line)
    assert found.code == "variable_not_found"
    assert "cell_voltage" in found.fields["known"]
    assert "\x1b" not in found.fields["given"]


def test_an_empty_column_is_no_scenario(line):
    assert problem({"cell_voltage": []}, line).code == "scenario_empty"
    assert read_columns({}, line) == (1, {})


@pytest.mark.parametrize("bad", [1, "spead", None, 2.5])
def test_choices_are_their_words(unit, bad):
    name = next(v.name for v in unit.declaration.with_role("input") if v.options and not v.length)
    word, number = next(iter(unit.declaration.variables[name].options.items()))
    column = read_columns({name: [word, word]}, unit)[1]
    assert column[name].tolist() == [number, number]
    assert in_declared_units(column, unit)[name] == [word, word]
    assert problem({name: [word, bad]}, unit).code == "word_unknown"


def test_a_count_that_differs_from_the_lists_is_refused(unit):
    assert problem({"heater_count": [7]}, unit).code == "count_differs"
    assert read_columns({"heater_count": [HEATERS]}, unit)[1]["heater_count"].tolist() == [HEATERS]


def test_gauge_and_vacuum_are_those_of_the_site(unit):
    """At 80 kPa, 5 kPa absolute is a vacuum of 75 kPa, and 16.67 MPa(g) are 16.75 MPa."""
    absolute, vacuum = (
        read_columns({"exhaust_pressure": [text]}, unit)[1]["exhaust_pressure"][0]
        for text in ("5 kPa", "75 kPa(vac)")
    )
    assert absolute == vacuum == 5_000.0
    gauge = read_columns({"main_steam_pressure": ["16.67 MPa(g)"]}, unit)[1]["main_steam_pressure"][0]
    assert gauge == 16.75e6


def test_what_is_not_known_of_an_optional_input_is_none(unit):
    v = next(
        v
        for v in unit.declaration.with_role("input")
        if v.optional and not v.is_integer and not v.length and v.bounds
    )
    column = read_columns({v.name: [None, None]}, unit)[1][v.name]
    assert np.all(np.isnan(column))


def test_a_plant_without_a_model_says_so():
    case = api.load_case("cases/liupanshui")
    from plantsim.processes import names

    plant = next(p for p in case.plants if p.process not in names())
    with pytest.raises(BadInput) as caught:
        api.scenarios(case, plant.id, {})
    assert caught.value.problems.errors[0].code == "process_without_model"


@pytest.mark.parametrize("of", [api.warm, api.is_compiled, api.claims])
@pytest.mark.parametrize("name", ["aluminum_cell", "", "../cases"])
def test_an_unknown_process_is_told_what_is_known(of, name):
    with pytest.raises(BadInput) as caught:
        of(name)
    (found,) = caught.value.problems.errors
    assert found.code == "process_not_found"
    assert "aluminium_cell" in found.fields["known"]
