"""Cases of every schema version are still read, still give what they gave, and still look as they did."""

from __future__ import annotations

import json

import freezing
import pytest
from freezing import CASES, HERE, SCREENS, differences, results, screen, screen_file


def test_there_is_a_frozen_case_for_every_schema_and_process():
    from plantsim.io.conventions import SCHEMA
    from plantsim.processes import names

    schemas = {name.split("-")[1] for name in CASES}
    assert {str(i) for i in range(1, SCHEMA + 1)} == schemas
    assert set(names()) <= {name.split("-")[-1] for name in CASES}


@pytest.mark.parametrize("name", CASES)
def test_a_frozen_case_still_gives_what_it_gave(name):
    was = json.loads((HERE / name / "results.json").read_text(encoding="utf-8"))
    assert differences(was, results(name)) == []


@pytest.fixture(scope="module")
def compiled():
    freezing.compile_all()


@pytest.mark.parametrize(("name", "asked", "lang"), SCREENS)
def test_a_frozen_screen_still_looks_as_it_did(compiled, name, asked, lang):
    was = screen_file(name, asked, lang).read_text(encoding="utf-8")
    assert screen(name, asked, lang).splitlines() == was.splitlines()


def test_every_frozen_screen_is_asked_for():
    found = {p for p in HERE.glob("schema-*/screens/*") if p.is_file()}
    assert found == {screen_file(*which) for which in SCREENS}


def test_a_difference_is_found():
    was = {"a": 1.0, "b": [1.0, "t"], "c": "word", "d_residual": [1e-16, "1"]}
    assert differences(was, {**was, "new": 3}) == []
    assert differences(was, {**was, "a": 1.0 + 3e-12}) == ["/a: 1.0 -> 1.000000000003"]
    assert len(differences(was, {"b": [1.0, "kg"], "c": "other", "d_residual": [1e-3, "1"]})) == 4
    fitted = {"fits": {"u": {"fitted": 1.0}}}
    assert differences(fitted, {"fits": {"u": {"fitted": 1.0 + 1e-8}}}) == []
    assert len(differences(fitted, {"fits": {"u": {"fitted": 1.0001}}})) == 1


def test_what_is_written_down_is_what_was_found():
    found = {"problems": ["a"], "plants": {"p": {"x": 0.1, "y": None}, "q": {"x": 1e-300}}, "tornado": {}}
    assert json.loads(freezing.compact(found)) == found


if __name__ == "__main__":
    freezing.freeze()
