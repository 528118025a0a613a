"""The shape of a cement kiln that is looked at in detail, by hand: what is recommended, and what is given."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from plain_kernels import fields

from plantsim.engine import kiln_check
from plantsim.library import library
from plantsim.vocabulary.case import Plant, Value
from plantsim.vocabulary.problems import BadInput
from plantsim.vocabulary.status import OK

UNCERTAINTY = {"record": {"relative": {"value": 0.013}}}


def plant_of(record=(), values=None, **more) -> Plant:
    own = {"record": tuple(record), "fit": (), "operation": (), **more}
    return Plant("works", {}, "p", "", None, "", Value(8e4), values or {}, **own)


def house(variables=(), indicators=()):
    of = {v.name: v for v in variables}
    declaration = fields(
        variables=of,
        with_role=lambda role: [v for v in variables if v.role == role],
        name_of_code=lambda code: {7: "wall"}[code],
        process="p",
    )
    return fields(
        data=lambda *_: UNCERTAINTY,
        declaration=lambda p: declaration,
        indicators=lambda p: dict.fromkeys(indicators),
        units=library().units,
    )


def test_the_recommended_kiln_and_what_is_given_in_its_place():
    kiln = kiln_check.kiln_shape(library())
    rows = library().data("common", "equipment.toml")["rotary_kiln"]

    def number(name):
        value = rows[name]["value"]
        return value[1] if isinstance(value, list) else value

    assert (kiln.diameter, kiln.length, kiln.dam) == (number("diameter"), number("length"), number("dam"))
    for layer in ("coating", "brick", "shell"):
        assert getattr(kiln, layer) == (number(f"{layer}_thickness"), number(f"{layer}_conductivity"))
    assert kiln.turns == pytest.approx(number("speed") / 60)
    assert kiln.repose == pytest.approx(number("repose") * math.pi / 180)
    assert kiln.slope == pytest.approx(number("slope") / 100)
    assert (kiln.flame_haze, kiln.dust_haze, kiln.particle) == (
        number("flame_haze"),
        number("dust_haze"),
        number("particle"),
    )
    own = kiln_check.kiln_shape(library(), length=61.0, brick=(0.22, 1.9))
    assert (own.length, own.brick, own.diameter) == (61.0, (0.22, 1.9), kiln.diameter)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"lenght": 60.0}, "kiln_word_unknown"),
        ({"length": 0.0}, "kiln_word_wrong"),
        ({"length": (1.0, 2.0)}, "kiln_word_wrong"),
        ({"brick": (0.2,)}, "kiln_word_wrong"),
        ({"brick": (0.2, -1.0)}, "kiln_word_wrong"),
        ({"brick": 0.2}, "kiln_word_wrong"),
        ({"length": "long"}, "kiln_word_wrong"),
    ],
)
def test_words_of_a_kiln(given, code):
    with pytest.raises(BadInput) as error:
        kiln_check.kiln_shape(library(), **given)
    (problem,) = error.value.problems
    assert problem.code == code
    if code == "kiln_word_unknown":
        assert (problem.fields["given"], problem.fields["nearest"]) == ("lenght", "length")
    else:
        assert problem.fields["name"] == next(iter(given))
        assert problem.fields["what"] == ("(m, W/(m K))" if "brick" in given else "1 SI")


def test_only_a_solved_cement_line_has_a_kiln(monkeypatch):
    with pytest.raises(BadInput) as error:
        kiln_check.check_kiln(plant_of(), None, None)
    (problem,) = error.value.problems
    assert (problem.code, problem.fields["plant"], problem.fields["process"]) == (
        "kiln_no_kiln",
        "works",
        "p",
    )
    line = fields(
        status=[3],
        blame=[7],
        declaration=fields(name_of_code=lambda code: f"name of {code}"),
        x=["x"],
        y=["y"],
    )
    monkeypatch.setattr(kiln_check, "plant_rows", lambda declaration, plants: ("x", "year"))
    monkeypatch.setattr(kiln_check, "load", lambda process: process)
    monkeypatch.setattr(
        kiln_check,
        "solve_process",
        lambda process, lib, x, year, threads: {("cement_kiln", "x", "year", 1): line}[
            process, x, year, threads
        ],
    )
    monkeypatch.setattr(kiln_check, "check_zone", lambda x, y, shape: (x, y, shape))
    plant = replace(plant_of(), process="cement_kiln")
    for blame, name in ((7, "name of 7"), (0, "-")):
        line.blame = [blame]
        with pytest.raises(BadInput) as error:
            kiln_check.check_kiln(plant, house(), None)
        (problem,) = error.value.problems
        assert (problem.code, problem.fields["variable"]) == ("kiln_no_line", name)
    line.status = [OK]
    assert kiln_check.check_kiln(plant, house(), "shape") == ("x", "y", "shape")
