"""An input that cannot be is named: the status says what is wrong, the blamed variable is the one that was changed."""

from __future__ import annotations

import math

import cement_kiln_rows
import pytest
from coal_unit_rows import declaration, read_reference, resolve, run

from plantsim.library import library
from plantsim.vocabulary.status import (
    INCOMPLETE,
    INFEASIBLE_ORDER,
    INFEASIBLE_PINCH,
    OUTSIDE_RANGE,
    status_name,
)

UNIT = "n200-12.75-535-535"  # its cylinders' efficiencies are stated


@pytest.mark.parametrize(
    ("change", "status", "blamed"),
    [
        ({"hp_efficiency": math.nan}, INCOMPLETE, "hp_efficiency"),
        ({"ip_efficiency": math.nan}, INCOMPLETE, "ip_efficiency"),
        ({"lp_efficiency": math.nan}, INCOMPLETE, "lp_efficiency"),
        ({"economiser_oxygen": 0.21}, OUTSIDE_RANGE, "economiser_oxygen"),
        ({"rated_flue_gas_temperature": 290.0}, INFEASIBLE_PINCH, "rated_flue_gas_temperature"),
        ({"hot_reheat_pressure": 30e6}, INFEASIBLE_ORDER, "hot_reheat_pressure"),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)
def test_a_coal_unit_that_cannot_be_names_what_is_wrong(change, status, blamed):
    y = run(read_reference(UNIT) | change)[3]
    assert (status_name(y.status), declaration().name_of_code(int(y.status_variable))) == (
        status_name(status),
        blamed,
    )


@pytest.mark.parametrize(
    ("change", "blamed"),
    [
        ({"heat_supply": "stage", "heat_stage": 9.0}, "heat_stage"),  # of eight heaters
        ({"heat_supply": "stage", "heat_stage": 0.0}, "heat_stage"),
        ({"heat_supply": "back_pressure"}, "heating_exhaust_pressure"),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)
def test_heat_is_taken_from_a_place_that_exists(change, blamed):
    option = declaration().variables["heat_supply"].options[change["heat_supply"]]
    x, d, o, y = run([read_reference(UNIT)])
    for name, value in {**change, "heat_supply": option}.items():
        x[name] = value
    o["heat"] = 20e6
    resolve(x, d, o, y)
    assert y["status"][0] == INCOMPLETE
    assert declaration().name_of_code(int(y["status_variable"][0])) == blamed


@pytest.mark.parametrize(
    ("change", "status", "blamed"),
    [
        ({"reference_oxygen": 0.21}, OUTSIDE_RANGE, "reference_oxygen"),
    ],
)
def test_a_kiln_line_that_cannot_be_names_what_is_wrong(change, status, blamed):
    solved = cement_kiln_rows.solved(**change)
    named = library().declaration("cement_kiln").name_of_code(int(solved.blame[0]))
    assert (status_name(solved.status[0]), named) == (status_name(status), blamed)
