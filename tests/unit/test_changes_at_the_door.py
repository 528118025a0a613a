"""Numbers of a proposal's own changes: read as in [values], with the plant's site, or refused as no number."""

from __future__ import annotations

import pytest

from plantsim.io.cells import Reading
from plantsim.io.plants import reference_plant
from plantsim.io.proposals import _change
from plantsim.io.toml_lines import LocatedToml
from plantsim.library import library
from plantsim.vocabulary.problems import Problems
from plantsim.vocabulary.units import UnitError

UNIT = reference_plant("n300-16.67-537-537", library())


def change(**entry):
    """Return (the change, codes of what is wrong) of an entry at a plant whose air has 80 kPa."""
    problems = Problems()
    reading = Reading(LocatedToml("x.toml", {}, {}), library().units, problems, 80_000.0)
    found = _change(reading, library().declaration("coal_unit"), entry, ("proposal", 0, "changes", 0))
    return found, [p.code for p in problems]


@pytest.mark.parametrize(
    ("text", "si"),
    [
        ("-0.4 kPa", -400.0),
        ("−0.4 kPa", -400.0),  # U+2212
        ("–0.4 kPa", -400.0),
        ("- 0.4 kPa", -400.0),
        ("+0.4 kPa", 400.0),
        ("+0.4 kPa(g)", 400.0),
        ("0.4 kPa(vac)", -400.0),  # more vacuum is less pressure
        ("-0.4 kPa(vac)", 400.0),
    ],
)
def test_a_step_is_read_with_its_sign(text, si):
    found, codes = change(variable="exhaust_pressure", add=text)
    assert codes == []
    assert found.likely == pytest.approx(si, rel=1e-12)


@pytest.mark.parametrize(
    "text", ["+-0.4 kPa", "--0.4 kPa", "-+0.4 kPa", "++0.4 kPa", "−-0.4 kPa", "−−0.4 kPa"]
)
def test_two_signs_are_no_number(text):
    assert change(variable="exhaust_pressure", add=text) == (None, ["number_unreadable"])
    with pytest.raises(UnitError):
        library().units.parse(text, "pressure")


def test_gauge_and_vacuum_are_those_of_the_site():
    assert change(variable="exhaust_pressure", set="75 kPa(vac)")[0].likely == 5_000.0
    assert change(variable="main_steam_pressure", set="16.67 MPa(g)")[0].likely == 16.75e6
    low, high = change(variable="exhaust_pressure", set="5 kPa", at_most="74 kPa(vac)")[0].at_most, 6_000.0
    assert low == high


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"variable": "exhaust_pressure", "set": "5 MPa"}, "outside_bounds_bare"),
        ({"variable": "heater_count", "set": 7.5}, "whole_number_expected"),
        ({"variable": "heater_count", "add": 0.5}, "whole_number_expected"),
        ({"variable": "exhaust_pressure", "scale": float("inf")}, "number_not_finite"),
    ],
)
def test_what_cannot_be_a_value_is_refused(entry, code):
    assert change(**entry) == (None, [code])


def test_a_step_of_a_temperature_knows_no_zero():
    """5 degC more are 5 K; and a step that is given in K is the same."""
    steps = [change(variable="main_steam_temperature", add=t)[0].likely for t in ("5 degC", "5 K", "−5 K", 5)]
    assert steps == pytest.approx([5.0, 5.0, -5.0, 5.0], rel=1e-12)
