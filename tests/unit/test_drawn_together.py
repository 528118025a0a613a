"""Draws of a plant: sheet values that bind each other move together, and the rest of the plant stays."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest
from coal_unit_rows import complete, declaration, read_reference, write

from plantsim.engine.sample import drawn_rows
from plantsim.library import library
from plantsim.vocabulary.case import Origin, Value

N300 = read_reference("n300-16.67-537-537")


def drawn(names, u, **changed):
    """Draw the named inputs of the N300 reference with a standard deviation of 1 % of each."""
    d = declaration()
    row = d.zeros("x", 1)
    values = complete(N300 | changed)
    write(row[0], values)
    origin = Origin("case.toml", 1, "", "measured")
    given = {
        n: dataclasses.replace(
            Value(values[n], d.variables[n].unit, origin), sd=0.01 * float(np.max(np.abs(values[n])))
        )
        for n in names
    }
    plant = SimpleNamespace(values=given)
    return row[0], drawn_rows(d, row, plant, names, np.asarray(u, dtype=np.float64), library())


def test_extraction_pressures_keep_their_place_between_main_steam_and_exhaust():
    """The lowest extraction lies at ln(25.67/5.39)/ln(16670/5.39) = 0.194 of the way up: 0.806 of the move."""
    own, x = drawn(("exhaust_pressure",), [[0.5], [0.975]])
    assert x["extraction_pressure"][0] == pytest.approx(own["extraction_pressure"], rel=1e-12)
    ratio = x["exhaust_pressure"][1] / own["exhaust_pressure"]
    assert ratio == pytest.approx(1.0196, abs=1e-4)  # 1.96 standard deviations
    moved = x["extraction_pressure"][1, 7] / own["extraction_pressure"][7]
    assert moved == pytest.approx(ratio**0.8058, rel=1e-5)
    assert x["main_steam_pressure"][1] == own["main_steam_pressure"]


def test_what_is_drawn_itself_deviates_from_where_it_follows_to():
    """Both at their 84th percentile: the exhaust pressure has its own 1 %, times what warmer water makes."""
    one = 0.8413447460685429  # one standard deviation
    own, x = drawn(("cooling_water_temperature", "exhaust_pressure"), [[one, one], [one, 0.5], [0.5, one]])
    warmer = x["cooling_water_temperature"] / own["cooling_water_temperature"]
    assert warmer == pytest.approx([1.01, 1.01, 1.0], rel=1e-9)
    followed = warmer**17
    assert x["exhaust_pressure"] / own["exhaust_pressure"] == pytest.approx(
        followed * np.array([1.01, 1.0, 1.01]), rel=1e-9
    )


def test_what_hangs_on_nothing_drawn_stays_as_it_is():
    own, x = drawn(("mechanical_efficiency",), [[0.3], [0.9]])
    for name in x.dtype.names:
        if name != "mechanical_efficiency":
            assert np.array_equal(x[name][1], own[name], equal_nan=True), name


def test_states_that_a_sheet_gives_stay_given():
    """Efficiencies would say the same as the sheet's states, which are not left out of a draw."""
    own, x = drawn(("exhaust_enthalpy", "extraction_temperature"), [[0.2, 0.7]])
    assert np.isfinite(x["exhaust_enthalpy"]).all()
    ratio = x["extraction_temperature"][0, :8] / own["extraction_temperature"][:8]
    assert ratio == pytest.approx(ratio[0], rel=1e-12)
    assert abs(ratio[0] - 1.0) > 1e-4
