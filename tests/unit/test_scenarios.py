"""Many scenarios of one plant: in memory, streamed, interrupted and resumed."""

from __future__ import annotations

import numpy as np
import pytest

from plantsim import api
from plantsim.vocabulary.problems import BadInput


@pytest.fixture(scope="module")
def case():
    return api.load_case("tests/data/two_potlines")


@pytest.fixture(scope="module")
def line(case):
    return case.plants[0].id


def chunks(count: int = 3, rows: int = 50):
    for i in range(count):
        step = np.linspace(0, 1, rows)
        yield {"cell_voltage": 3.9 + 0.1 * step + 0.01 * i, "current_efficiency": 93.0 - 2.0 * step}


def test_numbers_are_in_the_declared_unit_and_texts_say_theirs(case, line):
    by_number = api.scenarios(case, line, {"current_efficiency": np.array([91.0, 93.0])})
    by_text = api.scenarios(case, line, {"current_efficiency": ["91 %", "93 %"]})
    assert by_number["metal_rate"].tolist() == by_text["metal_rate"].tolist()
    ratio = by_number["metal_rate"][1] / by_number["metal_rate"][0]
    assert ratio == pytest.approx(93 / 91, rel=1e-12)


def test_changes_to_the_plant_are_not_another_plant(case, line):
    lower = {"cathode_voltage_drop": np.array([250.0, 300.0])}
    described = api.scenarios(case, line, lower)
    changed = api.scenarios(case, line, lower, recalibrate=False)
    # another plant with the same mean voltage takes the same power; the same plant with a changed cathode does not
    assert described["dc_power"][0] == pytest.approx(described["dc_power"][1], rel=1e-12)
    assert changed["dc_power"][0] < changed["dc_power"][1]


def test_outside_the_bounds_names_the_row(case, line):
    with pytest.raises(BadInput) as caught:
        api.scenarios(case, line, {"current_efficiency": np.array([92.0, 192.0])})
    problem = caught.value.problems.errors[0]
    assert (problem.code, problem.fields["row"]) == ("scenario_outside", "1")


def test_unknown_input_names_the_nearest(case, line):
    with pytest.raises(BadInput) as caught:
        api.scenarios(case, line, {"cell_votage": [4.0]})
    assert caught.value.problems.errors[0].fields["nearest"] == "cell_voltage"


def test_streamed_is_the_same_as_in_memory(case, line, tmp_path):
    import pyarrow.parquet as pq

    counts = api.stream_scenarios(case, line, chunks(), tmp_path, threads=2)
    assert counts == {"rows": 150, "failed": 0, "kept": 0}
    for i, chunk in enumerate(chunks()):
        table = pq.read_table(tmp_path / f"part-{i:06d}.parquet")
        whole = api.scenarios(case, line, chunk, threads=1)
        assert table["input.cell_voltage"].to_pylist() == chunk["cell_voltage"].tolist()
        assert table["dc_power"].to_pylist() == whole["dc_power"].tolist()
        assert table["indicator.liquid_ac_power"].to_pylist() == whole["indicator.liquid_ac_power"].tolist()


def test_interrupted_work_resumes_and_ends_with_the_same_bytes(case, line, tmp_path):
    def broken():
        yield from list(chunks())[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        api.stream_scenarios(case, line, broken(), tmp_path / "a")
    (tmp_path / "a" / "part-000001.parquet").write_bytes(b"torn off")
    counts = api.stream_scenarios(case, line, chunks(), tmp_path / "a")
    assert counts["kept"] == 1
    api.stream_scenarios(case, line, chunks(), tmp_path / "b")
    for i in range(3):
        name = f"part-{i:06d}.parquet"
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_changed_chunk_is_made_anew(case, line, tmp_path):
    api.stream_scenarios(case, line, chunks(count=1), tmp_path)
    other = [{"cell_voltage": np.array([4.2]), "current_efficiency": np.array([92.0])}]
    assert api.stream_scenarios(case, line, other, tmp_path)["kept"] == 0


def test_bad_input_reads_as_a_sentence_in_a_notebook(case, line, monkeypatch):
    monkeypatch.setenv("PLANTSIM_LANG", "en")
    with pytest.raises(BadInput, match="is a unit of power"):
        api.scenarios(case, line, {"cell_voltage": ["4 kW"]})
    monkeypatch.setenv("PLANTSIM_LANG", "zh")
    with pytest.raises(BadInput, match="没有装置"):
        api.scenarios(case, "nobody", {})
