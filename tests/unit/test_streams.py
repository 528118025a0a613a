"""Scenarios streamed into a folder: only what this run made counts as made, and only one run at a time makes it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from counts import campaign_seed, seed

from plantsim import api
from plantsim.engine import manifest as of_engine
from plantsim.io import results, streams
from plantsim.vocabulary.problems import BadInput


@pytest.fixture(scope="module")
def case():
    return api.load_case("tests/data/two_potlines")


@pytest.fixture(scope="module")
def line(case):
    return case.plants[0].id


def chunks(count: int = 3, rows: int = 20):
    for i in range(count):
        step = np.linspace(0, 1, rows)
        yield {"cell_voltage": 3.9 + 0.1 * step + 0.01 * i, "current_efficiency": 93.0 - 2.0 * step}


def content(folder) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def names(folder) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


WHOLE = ["manifest.json", "part-000000.parquet", "part-000001.parquet", "part-000002.parquet"]


def test_a_whole_run_lists_its_parts_and_leaves_nothing_else(case, line, tmp_path):
    api.stream_scenarios(case, line, chunks(), tmp_path)
    assert names(tmp_path) == WHOLE
    listed = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert [e["part"] for e in listed["parts"]] == WHOLE[1:]
    assert [e["sha256"] for e in listed["parts"]] == [streams.file_sha256(tmp_path / n) for n in WHOLE[1:]]
    assert listed["made_from"]["plant"] == line
    before = content(tmp_path)
    assert api.stream_scenarios(case, line, chunks(), tmp_path)["kept"] == 3
    assert content(tmp_path) == before


def test_whole_numbers_and_fractions_make_one_table(case, line, tmp_path):
    given = [{"cell_voltage": [4, 4]}, {"cell_voltage": [4.0, 4.05]}, {"cell_voltage": ["4 V", "4050 mV"]}]
    api.stream_scenarios(case, line, given, tmp_path)
    types = {pq.read_schema(p).field("input.cell_voltage").type for p in tmp_path.glob("*.parquet")}
    assert [str(t) for t in types] == ["double"]
    table = ds.dataset(sorted(map(str, tmp_path.glob("*.parquet")))).to_table().sort_by("input.cell_voltage")
    assert table["input.cell_voltage"].to_pylist() == [4.0, 4.0, 4.0, 4.0, 4.05, 4.05]


def test_the_same_values_in_another_guise_are_the_same_part(case, line, tmp_path):
    """Object columns were hashed by where they stood in memory."""
    first = [{"cell_voltage": np.array(["4 V", "4.05 V"], dtype=object)}]
    api.stream_scenarios(case, line, first, tmp_path)
    for same in (["4 V", "4.05 V"], [4.0, 4.05], np.array([4.0, 4.05], dtype=object), np.array([4.0, 4.05])):
        assert api.stream_scenarios(case, line, [{"cell_voltage": same}], tmp_path)["kept"] == 1
    other = [{"cell_voltage": np.array(["4 V", "4.06 V"], dtype=object)}]
    assert api.stream_scenarios(case, line, other, tmp_path)["kept"] == 0


def test_parts_of_other_code_or_of_another_case_in_memory_are_made_anew(case, line, tmp_path, monkeypatch):
    api.stream_scenarios(case, line, chunks(), tmp_path)
    plant = case.plants[0]
    value = plant.values["cathode_voltage_drop"]
    moved = {**plant.values, "cathode_voltage_drop": replace(value, si=value.si * 1.01)}
    other = replace(case, plants=(replace(plant, values=moved), *case.plants[1:]))
    assert api.stream_scenarios(other, line, chunks(), tmp_path)["kept"] == 0
    assert api.stream_scenarios(other, line, chunks(), tmp_path)["kept"] == 3
    monkeypatch.setattr(of_engine, "code_sha256", lambda: "0" * 64)  # an edit, the version as it was
    assert api.stream_scenarios(other, line, chunks(), tmp_path)["kept"] == 0


def test_the_hash_of_the_code_is_of_its_content(tmp_path):
    assert len(of_engine.code_sha256()) == 64
    assert of_engine.code_sha256() == of_engine.code_sha256()


@pytest.mark.parametrize("where", [0.2, 0.5, 0.9, 0.99])
def test_a_flipped_bit_is_made_anew(case, line, tmp_path, where):
    api.stream_scenarios(case, line, chunks(), tmp_path)
    before = content(tmp_path)
    path = tmp_path / WHOLE[2]
    data = bytearray(path.read_bytes())
    data[int(where * len(data))] ^= 4
    path.write_bytes(bytes(data))
    assert api.stream_scenarios(case, line, chunks(), tmp_path)["kept"] == 2
    assert content(tmp_path) == before


def test_what_a_longer_run_left_behind_goes(case, line, tmp_path):
    api.stream_scenarios(case, line, chunks(5), tmp_path)
    counts = api.stream_scenarios(case, line, chunks(3), tmp_path)
    assert counts == {"rows": 60, "failed": 0, "kept": 3}
    assert names(tmp_path) == WHOLE


def test_what_no_run_wrote_is_refused_and_stays(case, line, tmp_path):
    foreign = tmp_path / "part-000001.parquet"
    foreign.write_bytes(b"somebody's own")
    with pytest.raises(BadInput) as caught:
        api.stream_scenarios(case, line, chunks(), tmp_path)
    (problem,) = caught.value.problems.errors
    assert (problem.code, problem.fields["name"]) == ("stream_foreign", foreign.name)
    assert names(tmp_path) == [foreign.name]
    assert foreign.read_bytes() == b"somebody's own"


def test_a_manifest_that_is_no_manifest_lists_nothing(case, line, tmp_path):
    api.stream_scenarios(case, line, chunks(), tmp_path)
    for text in ("", "[]", "null", '{"kind": "plantsim scenarios 1", "parts": [3]}', '{"kind": 1}'):
        (tmp_path / "manifest.json").write_text(text)
        assert api.stream_scenarios(case, line, chunks(), tmp_path)["kept"] == 0


def test_chunks_of_other_inputs_are_refused(case, line, tmp_path):
    given = [{"cell_voltage": [4.0]}, {"current_efficiency": [92.0]}]
    with pytest.raises(BadInput) as caught:
        api.stream_scenarios(case, line, given, tmp_path)
    assert caught.value.problems.errors[0].code == "stream_columns_differ"


def test_a_second_writer_is_told_who_the_first_is(case, line, tmp_path):
    def then_another():
        yield next(chunks())
        with pytest.raises(BadInput) as caught:
            api.stream_scenarios(case, line, chunks(), tmp_path)
        (problem,) = caught.value.problems.errors
        assert problem.code == "stream_locked"
        assert f"process {os.getpid()}" in problem.fields["owner"]

    assert api.stream_scenarios(case, line, then_another(), tmp_path)["rows"] == 20
    assert names(tmp_path) == WHOLE[:2]
    assert api.stream_scenarios(case, line, chunks(), tmp_path)["kept"] == 1  # the lock went with its owner


def test_two_writers_of_one_file_never_share_a_part(tmp_path):
    path = tmp_path / "x.parquet"
    with results.ParquetWriter(path, {"a": "int"}, {}) as first:
        first.write({"a": [1, 2]})
        with results.ParquetWriter(path, {"a": "int"}, {}) as second:
            second.write({"a": [3]})
        assert pq.read_table(path)["a"].to_pylist() == [3]
    assert pq.read_table(path)["a"].to_pylist() == [1, 2]
    assert names(tmp_path) == ["x.parquet"]


def test_a_missing_folder_is_one_only_where_there_is_none(tmp_path):
    assert results.unwritable(tmp_path / "x", FileNotFoundError(2, "gone")).problems.errors[0].code == (
        "file_unwritable"
    )
    missing = results.unwritable(tmp_path / "no" / "x", FileNotFoundError(2, "gone"))
    assert missing.problems.errors[0].code == "folder_missing"


def test_bytes_are_on_the_disk_before_they_have_their_name(tmp_path, monkeypatch):
    done = []
    fsync, put = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("sync"), fsync(handle))[1])
    monkeypatch.setattr(os, "replace", lambda a, b: (done.append("rename"), put(a, b))[1])
    results.write_bytes(tmp_path / "x", b"1")
    assert done[:2] == ["sync", "rename"]


STREAM = """
import sys
import numpy as np
from plantsim import api

case = api.load_case("tests/data/two_potlines")
line = case.plants[0].id

def chunks():
    for i in range(12):
        step = np.linspace(0, 1, 400)
        yield {"cell_voltage": 3.9 + 0.1 * step + 0.01 * i, "current_efficiency": 93.0 - 2.0 * step}

print("begins", flush=True)
print(api.stream_scenarios(case, line, chunks(), sys.argv[1], threads=1), flush=True)
"""


def killed_after(command, seconds, root, begins):
    """Start a command, kill it so many seconds after it has begun; return whether it had ended by itself."""
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as python:
        assert python.stdout is not None
        if begins:
            python.stdout.readline()
        try:
            python.wait(seconds)
        except subprocess.TimeoutExpired:
            python.send_signal(signal.SIGKILL)
            return False
        return True


@pytest.mark.drawn
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_killed_stream_resumes_to_the_same_bytes(root, tmp_path):
    """70 moments of a campaign, 7 in CI; with those of a ranking 100. Killed again and again until it is whole."""
    command = [sys.executable, "-c", STREAM]
    start = time.monotonic()
    done = subprocess.run([*command, str(tmp_path / "whole")], cwd=root, capture_output=True, check=True)
    assert done.stdout.splitlines()[-1] == b"{'rows': 4800, 'failed': 0, 'kept': 0}"
    expected = content(tmp_path / "whole")
    again = subprocess.run([*command, str(tmp_path / "again")], cwd=root, capture_output=True, check=True)
    assert again.returncode == 0
    assert content(tmp_path / "again") == expected
    drawn = np.random.default_rng(seed(18))
    kills, folder, number = 70 if campaign_seed() is not None else 7, tmp_path / "killed-0", 0
    longest = min(1.5, (time.monotonic() - start) / 4)
    while kills:
        if killed_after([*command, str(folder)], drawn.uniform(0.0, longest), root, begins=True):
            assert content(folder) == expected
            number += 1
            folder = tmp_path / f"killed-{number}"
        else:
            kills -= 1
            for path in folder.glob("part-*.parquet") if folder.exists() else ():
                assert path.read_bytes() == expected[path.name], "a part that has its name is not whole"
    subprocess.run([*command, str(folder)], cwd=root, capture_output=True, check=True)
    assert content(folder) == expected


@pytest.mark.drawn
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_killed_ranking_leaves_whole_files_or_none(root, tmp_path):
    """30 moments of a campaign, 3 in CI."""
    command = [sys.executable, "-m", "plantsim", "rank", "tests/data/two_potlines", "--draws", "64", "--out"]
    start = time.monotonic()
    (tmp_path / "whole").mkdir(exist_ok=True)
    done = subprocess.run(
        [*command, str(tmp_path / "whole" / "x.parquet")], cwd=root, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    longest = (time.monotonic() - start) / 1.5
    expected = content(tmp_path / "whole")
    assert len(expected) == 7
    drawn = np.random.default_rng(seed(19))
    seen = set()
    for number in range(30 if campaign_seed() is not None else 3):
        folder = tmp_path / str(number)
        folder.mkdir()
        killed_after(
            [*command, str(folder / "x.parquet")], drawn.uniform(0.3, 1.0) * longest, root, begins=False
        )
        found = {n: b for n, b in content(folder).items() if not n.endswith(".part")}
        assert found == {n: expected[n] for n in found}
        seen.add(len(found))
    subprocess.run([*command, str(folder / "x.parquet")], cwd=root, capture_output=True, check=True)
    assert {n: b for n, b in content(folder).items() if not n.endswith(".part")} == expected
