"""Names that users write stay readable: what was recorded is still there, or has an alias."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import typer
from public_api import HOUSE, RECORDED, recorded, variable_lines
from public_cli import parameter_lines
from public_tables import IN_JSON, ranking_json, written

from plantsim.engine.columns import TABLES, columns
from plantsim.library import library
from plantsim.vocabulary.declarations import DeclarationError, read_declaration

LIB = library()
KEEP = (
    "{gone} is gone, or its role or unit has changed. Case files and results name it. If it was renamed, keep the "
    "old name on "
    'the new entry of models/{process}/variables.toml: aliases = [{{ name = "{gone}", until = "YYYY-MM-DD" }}]'
)
RECORD = "new names: record them with `python tests/contract/public_api.py`"


GONE = (
    "gone, moved or changed: programs read it. Keep the old one for a release beside the new, or say in CHANGELOG.md "
    "that it went and why; then record with `python tests/contract/public_api.py`"
)


@pytest.mark.parametrize("name", HOUSE)
def test_what_users_rely_on_is_as_recorded(name):
    today, before = HOUSE[name](), recorded(name)
    assert before, RECORD
    assert [line for line in before if line not in today] == [], GONE
    assert [line for line in today if line not in before] == [], RECORD
    assert today == before, f"the order has changed. {GONE}"


def test_every_recorded_process_is_there():
    assert {p.stem for p in RECORDED.glob("*.txt")} - set(HOUSE) <= set(LIB.processes)


# --- tables: what leaves has the columns that are declared ------------------------------------------------


def columns_of(file: Path) -> list[str]:
    if file.suffix == ".csv":
        return file.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    if file.suffix == ".parquet":
        return pq.read_schema(file).names
    rows = json.loads(file.read_text(encoding="utf-8"))["results"]
    return list(rows[0]) if rows else []


@pytest.mark.parametrize("suffix", [".csv", ".json", ".parquet"])
def test_files_hold_the_declared_columns_in_their_order(tmp_path, suffix):
    seen = set()
    for verb in ("rank", "run"):
        for file in written(verb, tmp_path / verb, suffix):
            if file.suffix == suffix and not file.name.endswith(".manifest.json"):
                which = file.stem.partition("-")[2] or verb
                found = columns_of(file)
                if found or suffix != ".json":  # a list without records names no columns
                    assert found == [c.key for c in columns(LIB, which)], file.name
                    seen.add(which)
    assert seen == set(TABLES) - ({"decks"} if suffix == ".json" else set())


def test_records_in_json_have_the_declared_columns():
    body = ranking_json()
    assert {"manifest", "plants", *IN_JSON} == set(body)
    for place, which in IN_JSON.items():
        for row in body[place]:
            assert set(row) == {c.key for c in columns(LIB, which)}, place
    assert [place for place in IN_JSON if not body[place]] == ["decks"]  # the case has one price deck


# --- the command line -------------------------------------------------------------------------------------


def test_a_parameter_is_shown_as_it_is_typed():
    def verb(case: str = typer.Argument(...), n: int = typer.Option(3, "--number", "-n", min=0)): ...

    assert parameter_lines(verb) == ["argument CASE str required", "option --number -n int default 3 least 0"]


# --- names of a process -----------------------------------------------------------------------------------


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
