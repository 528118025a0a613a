"""``plantsim rank``: chosen columns, the tornado, the files beside the ranking, decks that are not simulated again."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from plantsim.cli.main import run as run_command

CASE = Path(__file__).resolve().parents[2] / "tests" / "data" / "simple_lines"


@pytest.fixture
def rank(capsys, tmp_path, monkeypatch):
    """Run the verb in an empty folder; return (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANTSIM_LANG", "en")

    def run(*arguments: str) -> tuple[int, str, str]:
        code = run_command(["rank", str(CASE), "--draws", "0", *arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return run


def rows(file: str) -> list[dict[str, str]]:
    with open(file, encoding="utf-8-sig", newline="") as read:
        return list(csv.DictReader(read))


def test_files_stand_beside_the_ranking_and_are_the_same_again(rank):
    code, _, err = rank("--out", "r.csv", "--tornado", "shuangyuan-1-cathode")
    assert code == 0
    names = ["r.csv", "r-shares.csv", "r-totals.csv", "r-decks.csv", "r-tornado.csv"]
    assert all(f"Written: {name}" in err for name in names)
    first = [Path(name).read_bytes() for name in names]
    assert rows("r-tornado.csv")[0]["kind"] in {"input", "effect", "cost", "price"}
    assert [r["convention"] for r in rows("r-totals.csv")] == ["equivalent", "equal_value"]
    manifest = json.loads(Path("r-totals.csv.manifest.json").read_text(encoding="utf-8"))
    assert {"models_version", "library_sha256", "draws", "decks", "seed"} <= set(manifest)
    rank("--out", "r.csv", "--tornado", "shuangyuan-1-cathode")
    assert [Path(name).read_bytes() for name in names] == first


def test_chosen_columns_and_the_tornado_are_drawn(rank):
    code, out, _ = rank("--columns", "irr, so2_t_per_a", "--tornado", "shuangyuan-1-cathode")
    assert code == 0
    assert "Proposals, chosen columns" in out
    assert "What moves shuangyuan-1-cathode most" in out
    assert max(len(line) for line in out.splitlines()) <= 100


@pytest.mark.parametrize(
    ("option", "given", "near"),
    [("--columns", "ir", "irr"), ("--tornado", "shuangyuan-1-cathod", "shuangyuan-1-cathode")],
)
def test_a_wrong_name_is_told_with_the_nearest(rank, option, given, near):
    code, _, err = rank(option, given)
    assert code == 2
    assert f"{near}?" in err


def test_json_holds_all_tables(rank):
    _, out, _ = rank("--json", "--tornado", "shuangyuan-2-cathode")
    found = json.loads(out)
    assert set(found) == {
        "manifest",
        "sectors",
        "plants",
        "proposals",
        "totals",
        "decks",
        "emissions",
        "limits",
        "bins",
        "tornado",
    }
    assert found["totals"][0]["gross_now_tce_per_a"] > found["totals"][0]["gross_with_all_tce_per_a"]
