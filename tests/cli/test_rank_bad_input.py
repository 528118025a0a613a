"""``plantsim rank`` with proposals that can't be used: each is named with its file and line, the rest is ranked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from plantsim.cli.main import run as run_command

LINES = Path(__file__).resolve().parents[1] / "data" / "simple_lines"
GOOD = {"shuangyuan-1-cathode", "shuangyuan-1-rectifier", "shuangyuan-2-cathode"}


@pytest.fixture
def rank(capsys, tmp_path, monkeypatch):
    """Rank the two lines with rows added to a file of them; return (exit code, ids ranked, stderr)."""
    monkeypatch.setenv("PLANTSIM_LANG", "en")

    def run(file: str, added: str) -> tuple[int, dict[str, dict], str]:
        case = tmp_path / "case"
        shutil.copytree(LINES, case)
        path = case / file
        before = path.read_text(encoding="utf-8") if path.exists() else "schema = 1\n"
        path.write_text(before + added, encoding="utf-8")
        code = run_command(["rank", str(case), "--draws", "0", "--json"])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, {r["proposal"]: r for r in json.loads(out)["proposals"]}, err

    return run


def proposal(*rows: str, name: str = "added") -> str:
    return "\n".join(["", "[[proposal]]", f'id = "{name}"', *rows, ""])


@pytest.mark.parametrize(
    ("file", "added", "named"),
    [
        (
            "proposals.toml",
            proposal('plant = "shuangyuan-9"', 'retrofit = "rectifier_upgrade"'),
            ("proposals.toml:5", "no plant shuangyuan-9"),
        ),
        (
            "plants/shuangyuan-2.toml",
            proposal('retrofit = "rectifier_upgrade"', 'capex = "-30 万元"'),
            ("shuangyuan-2.toml:", "capex", "-30"),
        ),
        ("case.toml", '\n[[target]]\nsector = "coking"\nshare_above = "30 %"\n', ("case.toml:", "coking")),
        (
            "plants/shuangyuan-2.toml",
            proposal('retrofit = "rectifier_upgrad"'),
            ("shuangyuan-2.toml:", "rectifier_upgrade"),
        ),
    ],
)
def test_what_cannot_be_used_is_left_out_by_name_and_ends_with_1(rank, file, added, named):
    code, ranked, err = rank(file, added)
    assert all(word in err for word in named), err
    assert code == 1
    assert "added" not in ranked
    assert set(ranked) >= GOOD  # everything else, the plant's other proposals too


def test_measures_that_exclude_each_other_are_named_and_ranked_and_only_one_is_in_the_bundle(rank):
    rows = ('retrofit = "graphitised_cathode"', 'capex = "8000 万元"')
    code, ranked, err = rank("plants/shuangyuan-1.toml", proposal(*rows))
    assert code == 1
    assert "shuangyuan-1.toml:" in err
    assert "added and shuangyuan-1-cathode" in err
    assert set(ranked) == {*GOOD, "added"}
    assert None not in {r["rank"] for r in ranked.values()}
    assert ranked["added"]["saving_in_bundle_tce_per_a"] is None
    assert "not_in_bundle" in ranked["added"]["warnings"]


def test_a_proposal_without_any_cost_is_named_and_has_no_rank(rank):
    code, ranked, err = rank("plants/shuangyuan-2.toml", proposal('retrofit = "retire"'))
    assert "added has no capex" in err
    assert "shuangyuan-2.toml:" in err
    assert ranked["added"]["npv_cny"] is None
    assert ranked["added"]["rank"] is None
    assert "left_out_without_cost" in ranked["added"]["warnings"]
    assert sorted(ranked[p]["rank"] for p in GOOD) == [1, 2, 3]
    assert code == 1
