"""Names that users write stay readable: what was recorded is still there, or has an alias."""

from __future__ import annotations

from datetime import date

import pytest
from public_api import RECORDED, api_lines, recorded, variable_lines

from plantsim.library import library
from plantsim.vocabulary.declarations import DeclarationError, read_declaration

LIB = library()
KEEP = (
    "{gone} is gone, or its role or unit has changed. Case files and results name it. If it was renamed, keep the "
    "old name on "
    'the new entry of models/{process}/variables.toml: aliases = [{{ name = "{gone}", until = "YYYY-MM-DD" }}]'
)
RECORD = "new names: record them with `python tests/contract/public_api.py`"


def test_the_api_keeps_its_names_and_signatures():
    assert [line for line in recorded("api") if line not in api_lines()] == [], (
        "a name or a parameter has gone"
    )
    assert [line for line in api_lines() if line not in recorded("api")] == [], RECORD


def test_every_recorded_process_is_there():
    assert {p.stem for p in RECORDED.glob("*.txt")} - {"api"} <= set(LIB.processes)


@pytest.mark.parametrize("process", LIB.processes)
def test_variables_keep_their_names(process):
    declaration, today = LIB.declaration(process), variable_lines(process)
    for line in recorded(process):
        role, name, *unit = line.split()
        if line not in today:
            current = declaration.variables.get(declaration.resolve(name))
            assert current is not None, KEEP.format(gone=name, process=process)
            assert [current.role, current.unit] == [role, *unit], KEEP.format(gone=name, process=process)
    assert [line for line in today if line not in recorded(process)] == [], RECORD


@pytest.mark.parametrize("process", LIB.processes)
def test_no_alias_has_expired(process):
    expired = LIB.declaration(process).expired_aliases(date.today())
    assert not expired, f"take these aliases out of models/{process}/variables.toml and record the names anew"


def declared(aliases):
    entry = {"role": "input", "quantity": "voltage", "unit": "V", "bounds": [0, 1], "aliases": aliases}
    return read_declaration("probe", {"new_name": entry}, {}, LIB.units)


def test_an_alias_may_carry_the_day_on_which_it_ends():
    found = declared(["older", {"name": "old", "until": "2028-01-01"}])
    assert found.variables["new_name"].aliases == ("older", "old")
    assert found.resolve("old") == found.resolve("older") == "new_name"
    assert found.expired_aliases(date(2027, 12, 31)) == []
    assert found.expired_aliases(date(2028, 1, 1)) == [("new_name", "old")]


@pytest.mark.parametrize(
    "aliases", [[{"name": "old"}], [{"name": "old", "until": "soon"}], [3], ["new_name"], ["a", "a"]]
)
def test_a_wrong_alias_is_refused(aliases):
    with pytest.raises(DeclarationError):
        declared(aliases)
