"""What goes out: results, schemas, templates, migrated files."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest

from plantsim.io import migrate, read_case
from plantsim.io.migrate import migrate_text
from plantsim.io.plants import reference_plant
from plantsim.io.results import MANIFEST_KEY, ParquetWriter, check_suffix, write_columns, write_records
from plantsim.io.schema import json_schema, portfolio_schema
from plantsim.io.templates import new_case_text
from plantsim.vocabulary.problems import BadInput, Problems

COLUMNS = {
    "plant": ["a", "六盘水"],
    "saving": [1.5, None],
    "n": [1, 2],
    "met": [True, False],
    "npv": [float("nan"), 2e9],
}
MANIFEST = {"plantsim": "0.1.0", "case": {"zh": "案例"}}

# ---------------------------------------------------------------- results


@pytest.mark.parametrize("suffix", ["parquet", "csv", "json"])
def test_same_results_same_bytes_and_nothing_left_over(tmp_path, suffix):
    first, second = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    for path in (first, second):
        write_columns(path, COLUMNS, MANIFEST)
    assert first.read_bytes() == second.read_bytes()
    assert not list(tmp_path.glob("*.part"))


def test_parquet_keeps_types_missing_values_and_the_manifest(tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    write_columns(tmp_path / "a.parquet", COLUMNS, MANIFEST)
    table = pq.read_table(tmp_path / "a.parquet")
    assert [str(f.type) for f in table.schema] == ["string", "double", "int64", "bool", "double"]
    assert table["saving"].to_pylist() == [1.5, None]
    assert np.isnan(table["npv"].to_pylist()[0])
    assert json.loads(table.schema.metadata[MANIFEST_KEY]) == MANIFEST


def test_csv_and_json_leave_missing_numbers_empty(tmp_path):
    write_columns(tmp_path / "a.csv", COLUMNS, MANIFEST)
    text = (tmp_path / "a.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")  # Excel
    assert text.decode("utf-8-sig") == "plant,saving,n,met,npv\na,1.5,1,True,\n六盘水,,2,False,2000000000.0\n"
    assert json.loads((tmp_path / "a.csv.manifest.json").read_text("utf-8")) == MANIFEST
    write_columns(tmp_path / "a.json", COLUMNS, MANIFEST)
    body = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert body["manifest"] == MANIFEST
    assert body["results"][0] == {"plant": "a", "saving": 1.5, "n": 1, "met": True, "npv": None}


def test_records_are_written_in_the_order_of_the_columns(tmp_path):
    write_records(tmp_path / "a.csv", ["b", "a"], [{"a": 1, "b": 2}, {"b": 3}], {})
    assert (tmp_path / "a.csv").read_text("utf-8-sig") == "b,a\n2,1\n3,\n"


def test_an_unknown_suffix_is_refused_before_the_work():
    check_suffix("")
    check_suffix("x.PARQUET")
    with pytest.raises(BadInput) as caught:
        check_suffix("results.xls")
    assert caught.value.problems.errors[0].code == "suffix_unknown"


def test_a_folder_that_is_not_there(tmp_path):
    for name in ("a.csv", "a.parquet"):
        with pytest.raises(BadInput) as caught:
            write_columns(tmp_path / "nowhere" / name, COLUMNS, {})
        assert caught.value.problems.errors[0].code == "folder_missing"


def test_chunks_make_one_file_and_a_failure_leaves_none(tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    types = {"x": "float", "name": "text"}
    with ParquetWriter(path, types, {}) as writer:
        writer.write({"x": np.arange(3.0), "name": ["a", "b", "c"]})
        assert not path.exists()
        writer.write({"x": np.arange(2.0), "name": ["d", "e"]})
    assert pq.read_table(path)["x"].to_pylist() == [0, 1, 2, 0, 1]
    before = path.read_bytes()
    with pytest.raises(KeyError), ParquetWriter(path, types, {}) as writer:
        writer.write({"x": np.arange(1.0)})  # a column is missing
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


# ---------------------------------------------------------------- templates


def parts(si):
    """A row of parts that holds none: with its count given as 0 it is empty, without one it is all NaN."""
    none = isinstance(si, tuple) and all(math.isnan(s) for s in si)
    return () if none else si


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_new_plant_file_runs_as_it_is_and_with_every_line_in_use(house, tmp_path, lang):
    for reference in house.references:
        text = new_case_text(house, reference, lang)
        used = re.sub(r"(?m)^# (\w+ = (?!.*\.\.\.))", r"\1", text.split("# [record]")[0])
        assert used.count("\n#") < text.count("\n#")
        for n, body in enumerate((text, used)):
            file = tmp_path / f"{reference}-{n}.toml"
            file.write_text(body, encoding="utf-8")
            problems = Problems()
            case = read_case(file, house, problems)
            assert not problems.errors
            typical = reference_plant(reference, house).values
            for name, value in case.plants[0].values.items():
                assert parts(value.si) == pytest.approx(parts(typical[name].si), rel=1e-7, nan_ok=True), name
            if n == 1:
                line = case.plants[0].values["cell_voltage"].origin if "cell_voltage" in typical else None
                assert line is None or line.evidence == "assumed"


def test_a_template_shows_every_input(house):
    text = new_case_text(house, "prebake-240ka", "zh")
    for v in house.declaration("aluminium_cell").with_role("input"):
        assert v.name == "air_pressure" or f"# {v.label['zh']}" in text
    assert "常见值 150 .. 700 kA" in text


# ---------------------------------------------------------------- migration

OLD = """# a file of old
schema = 1

[plant]
id = "p"
process = "heater_row"
[values]
back_pressure = "5 kPa"   # back_pressure by the meter
extraction_pressure = [2]
[[proposal]]
changes = [{ variable = "back_pressure", set = 5 }]
"""


def test_old_names_are_renamed_where_they_stand(rows):
    problems = Problems()
    new, changes = migrate_text(OLD, rows, "p.toml", problems)
    expected = OLD.replace('back_pressure = "5 kPa"', 'exhaust_pressure = "5 kPa"')
    assert new == expected.replace('"back_pressure"', '"exhaust_pressure"')
    assert changes == ["8: back_pressure -> exhaust_pressure", "11: back_pressure -> exhaust_pressure"]
    assert migrate_text(new, rows, "p.toml", problems) == (new, [])
    assert not list(problems)


def test_a_missing_schema_is_put_before_the_first_entry(rows):
    new, changes = migrate_text(OLD.replace("schema = 1\n", ""), rows, "p.toml", Problems())
    assert new.splitlines()[:3] == ["# a file of old", "", "schema = 1"]
    assert changes[0] == "+ schema = 1"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("schema = 1", "schema = 2", "schema_newer"),
        ("[values]", "[values]\nexhaust_pressure = 3", "given_twice"),
        ("[values]", "[values", "toml_syntax"),
    ],
)
def test_what_migration_refuses(rows, old, new, code):
    problems = Problems()
    text = OLD.replace(old, new)
    migrated, _ = migrate_text(text, rows, "p.toml", problems)
    assert [p.code for p in problems] == [code]
    assert "back_pressure = " in migrated


def test_steps_lead_to_the_present_schema(rows, monkeypatch):
    monkeypatch.setattr(migrate, "SCHEMA", 3)
    monkeypatch.setitem(migrate.STEPS, 1, lambda text: (text.replace("5 kPa", "6 kPa"), ["one"]))
    monkeypatch.setitem(migrate.STEPS, 2, lambda text: (text + "# end\n", ["two"]))
    new, changes = migrate_text(OLD, rows, "p.toml", Problems())
    assert new.startswith("# a file of old\nschema = 3\n")
    assert '"6 kPa"' in new
    assert changes[:4] == ["one", "schema 1 -> 2", "two", "schema 2 -> 3"]


# ---------------------------------------------------------------- schemas


def resolved(schema: dict, root: dict) -> None:
    """Follow every reference; a dangling one raises KeyError."""
    for key, item in schema.items():
        if key == "$ref":
            root["$defs"][item.removeprefix("#/$defs/")]
        for child in item if isinstance(item, list) else [item]:
            if isinstance(child, dict):
                resolved(child, root)


def test_schemas_name_every_variable_and_have_no_dangling_reference(house, rows):
    for lib, process in ((house, "aluminium_cell"), (rows, "heater_row"), (house, None)):
        schema = json_schema(lib, process)
        resolved(schema, schema)
        assert json.loads(json.dumps(schema)) == schema
    portfolio = portfolio_schema()
    resolved(portfolio, portfolio)
    tables = {"case", "target", "sink", "enterprise", "proposal", "accounting"}
    assert set(portfolio["properties"]) == {"schema", *tables}
    one = json_schema(house, "aluminium_cell")["properties"]
    inputs = {v.name for v in house.declaration("aluminium_cell").with_role("input")} - {"air_pressure"}
    assert set(one["values"]["properties"]) == inputs
    current = one["values"]["properties"]["line_current"]
    assert "系列电流 / line current" in current["description"]
    assert current["anyOf"][0]["anyOf"][0] == {"type": "number", "minimum": 30, "maximum": 800}
    assert "liquid_ac_power" in one["record"]["properties"]


def test_the_schema_of_all_has_a_branch_for_each_process(house):
    branches = json_schema(house)["allOf"]
    asked = [b["if"]["properties"]["plant"]["properties"]["process"]["const"] for b in branches]
    assert asked == list(house.processes)


def test_lists_choices_and_old_names_in_the_schema(rows):
    values = json_schema(rows, "heater_row")["properties"]["values"]["properties"]
    assert values["extraction_pressure"]["anyOf"][0]["maxItems"] == 4
    assert values["drive"]["anyOf"][0] == {"enum": ["motor", "turbine"]}
    assert values["back_pressure"]["deprecated"] is True


# ---------------------------------------------------------------- texts


def test_every_code_used_in_io_has_its_text():
    from plantsim.vocabulary.messages import catalogue

    folder = Path(migrate.__file__).parent
    source = "\n".join(f.read_text(encoding="utf-8") for f in sorted(folder.glob("*.py")))
    used = set(re.findall(r'(?:error|warning|bad_input|text)\(\s*"([a-z]+_[a-z_]+|missing)"', source))
    used |= set(re.findall(r'code = "([a-z_]+)"', source)) | set(
        re.findall(r'else "([a-z]+_[a-z_]+)"', source)
    )
    assert len(used) > 60
    assert used - set(catalogue()) - {"plant_files"} == set()
