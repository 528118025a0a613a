"""``tests/same.py`` names what differs: in files that it compares, and of changes of one line planted in a commit."""

from __future__ import annotations

import json
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import same
from same_compare import compare_files, compare_folders


def differences(tmp_path, name, was, now):
    for folder, content in (("was", was), ("now", now)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(content, encoding="utf-8")
    return [str(d) for d in compare_files(tmp_path / "was" / name, tmp_path / "now" / name)]


@pytest.mark.parametrize(
    ("name", "was", "now", "found"),
    [
        ("a.json", '{"a": 1.0, "b": "x"}', '{"a": 1.0, "b": "x"}', []),
        ("a.json", '{"a": [4.0]}', '{"a": [4.1]}', ["a[0]: 4.0 -> 4.1  (2.4e-02)"]),
        ("a.json", '{"a": null}', '{"a": 0.0}', ["a: None -> 0.0"]),
        ("a.json", '{"a": 1, "b": 2}', '{"b": 2, "a": 1}', ["order: a, b -> b, a"]),
        ("a.json", '{"a": 1}', '{"a":1}', ["bytes: 8 bytes -> 7 other bytes"]),
        ("a.csv", "x,y\n1,2\n", "y,x\n2,1\n", ["order columns: x, y -> y, x"]),
        ("a.csv", "x\n1\n2\n", "x\n1\n2.5\n", ["row 2.x: 2.0 -> 2.5  (2.0e-01)"]),
        ("a.csv", "x\n1\n", "z\n1\n", ["columns x: there -> gone", "columns z: not there -> new"]),
        ("a.txt", "NPV  1,000.5\n", "NPV  1,000.0\n", ["line 1: NPV  1,000.5 -> NPV  1,000.0  (5.0e-04)"]),
        ("a.txt", "a\nb\n", "a\nc\n", ["line 2: b -> c"]),
        ("a.txt", "a\n", "a\nb\n", ["line 2: (nothing) -> b"]),
        ("a.bin", "ab", "ac", ["bytes: 2 bytes -> 2 other bytes"]),
    ],
)
def test_a_difference_is_named_with_its_size(tmp_path, name, was, now, found):
    assert differences(tmp_path, name, was, now) == found


def test_a_parquet_file_is_read(tmp_path):
    from plantsim.io.results import write_parquet

    for folder, values, seed in (("was", [1.0, None], 1), ("now", [1.0, 2.0], 2)):
        (tmp_path / folder).mkdir()
        write_parquet(tmp_path / folder / "a.parquet", {"x": values, "y": ["a", "b"]}, {"seed": seed})
    found = compare_folders(tmp_path / "was", tmp_path / "now")
    assert [str(d) for d in found["a.parquet"]] == [
        "metadata.plantsim.seed: 1 -> 2  (5.0e-01)",
        "row 2.x: None -> 2.0",
    ]


def test_a_file_that_one_side_lacks_is_named_and_the_same_difference_is_said_once(tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        for folder in ("was", "now"):
            (tmp_path / folder).mkdir(exist_ok=True)
            if (folder, name) != ("now", "c.txt"):
                (tmp_path / folder / name).write_text(f"{folder}\n", encoding="utf-8")
    lines = same.report(compare_folders(tmp_path / "was", tmp_path / "now"))
    assert lines == [
        "a.txt and 1 more: line 1: was -> now",
        "c.txt: file: is written -> is not written",
        "3 outputs differ",
    ]


def test_a_case_that_is_refused_is_not_taken_for_the_same(tmp_path):
    for name, code in (("a/rank/csv", 0), ("b/run/json", 1), ("c/rank/csv", 2), ("c/rank/xlsx", 2)):
        (tmp_path / "cases" / name).mkdir(parents=True)
        (tmp_path / "cases" / name / "said.txt").write_text(f"exit code {code}\n", encoding="utf-8")
    assert same.refusals(tmp_path) == ["cases/c/rank/csv/said.txt"]


# ---------------------------------------------------------------- changes of one line


@dataclass(frozen=True)
class Planted:
    """A change of one line of a file, and the parts of the outputs that have to name it."""

    what: str
    file: str
    line: str  # a part of it that stands once in the file
    instead: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return self.what.replace(" ", "-")


COAL, KILN, LINE, CITY = (
    f"cases/frozen-schema-1-{name}-case" for name in ("coal_unit", "cement_kiln", "aluminium_cell", "city")
)
CHANGES = [
    Planted(
        "a coefficient that no case reads",
        "models/common/emissions.toml",
        "co2 = { value = 1.742,",
        "co2 = { value = 1.743,",
        ("library",),
    ),
    Planted(
        "the likely effect of a measure",
        "models/cement_kiln/retrofits.toml",
        'variable = "cooler_transfer", scale = [1.25, 1.45, 1.75]',
        'variable = "cooler_transfer", scale = [1.25, 1.46, 1.75]',
        (KILN,),
    ),
    Planted(
        "a price of the deck",
        "models/common/prices.toml",
        "electricity_aluminium = { value = [0.33, 0.42, 0.55]",
        "electricity_aluminium = { value = [0.33, 0.421, 0.55]",
        (LINE,),
    ),
    Planted("a Chinese label", "models/common/glossary.toml", 'zh = "工艺类型"', 'zh = "工艺"', ("library",)),
    Planted("a unit", "models/common/units.toml", "atm = [101325,", "atm = [101320,", ("library",)),
    Planted(
        "the sign of a saved surcharge",
        "plantsim/engine/money.py",
        "surcharge=paid[0][0] - paid[1][0],",
        "surcharge=paid[1][0] - paid[0][0],",
        (LINE,),
    ),
    Planted(
        "the sign of a saved tax",
        "plantsim/engine/clean_air.py",
        "            saved = saved + np.nan_to_num(was - is_)",
        "            saved = saved + np.nan_to_num(is_ - was)",
        (KILN,),
    ),
    Planted(
        "a percentile of the draws",
        "plantsim/engine/sample.py",
        "np.percentile(finite, (10, 50, 90))",
        "np.percentile(finite, (11, 50, 90))",
        (LINE,),
    ),
    Planted(
        "who comes first in a tie",
        "plantsim/engine/rank.py",
        "measure if known else 0.0, r.plant.id, r.proposal.id",
        "measure if known else 0.0, -len(r.plant.id), r.proposal.id",
        (CITY,),
    ),
    Planted(
        "equal service for what a sink takes",
        "plantsim/engine/sinks.py",
        "extra = joint_shares(more, max(demand - sum(kept), 0.0))",
        "extra = joint_shares(more, demand)",
        (CITY,),
    ),
    Planted(
        "the order of columns",
        "plantsim/engine/columns.py",
        '    ("level_before", "level_before", "", 0),\n    ("level_after", "level_after", "", 0),',
        '    ("level_after", "level_after", "", 0), ("level_before", "level_before", "", 0),',
        (LINE,),
    ),
    Planted(
        "a decimal on the screen",
        "plantsim/engine/columns.py",
        '("indicator_before", "indicator_before", "", 1)',
        '("indicator_before", "indicator_before", "", 2)',
        (CITY,),
    ),
    Planted(
        "an English message",
        "plantsim/vocabulary/messages.toml",
        'en = "Written: {file}"',
        'en = "Wrote: {file}"',
        ("commands",),
    ),
    Planted(
        "the most hours of a year",
        "plantsim/io/operation.py",
        "HOURS_AT_MOST = 8784",
        "HOURS_AT_MOST = 8760",
        ("broken",),
    ),
    Planted(
        "an option's default",
        "plantsim/cli/rank.py",
        "typer.Option(256,",
        "typer.Option(250,",
        ("commands",),
    ),
    Planted(
        "an exit code",
        "plantsim/cli/context.py",
        "    if not failed and not problems.errors:",
        "    if not failed:",
        ("broken",),
    ),
    Planted(
        "what the manifest says", "plantsim/engine/manifest.py", '"seed": case.seed', '"seed": 0', (LINE,)
    ),
    Planted(
        "the mark at the head of a CSV file",
        "plantsim/io/results.py",
        r'b"\xef\xbb\xbf" + out.getvalue()',
        "out.getvalue()",
        (LINE,),
    ),
    Planted(
        "a coefficient of the potline",
        "plantsim/processes/aluminium_cell/cell.py",
        "ENTHALPY_VOLTAGE_BASE = 1.648",
        "ENTHALPY_VOLTAGE_BASE = 1.649",
        (LINE,),
    ),
    Planted(
        "a reagent of the coke ovens",
        "plantsim/processes/coke_oven/denitration.py",
        "ammonia_flow(volume * x.flue_nox, alpha * x.ammonia_ratio)",
        "ammonia_flow(volume * x.flue_nox, x.ammonia_ratio)",
        (CITY,),
    ),
    Planted(
        "an exponent of the coal unit's fans",
        "plantsim/processes/coal_unit/draught.py",
        "(full_rise - static) * ratio * ratio,",
        "(full_rise - static) * ratio,",
        (COAL,),
    ),
]


def test_the_planted_changes_stand_where_they_are_looked_for(root):
    for change in CHANGES:
        assert (root / change.file).read_text(encoding="utf-8").count(change.line) == 1, change.what
    assert len({c.what for c in CHANGES}) == len(CHANGES) >= 20


@pytest.fixture(scope="module")
def head():
    return same.git("rev-parse", "HEAD")


@pytest.fixture(scope="module")
def was(head):
    return same.outputs_of(head, same.cache_folder())


def asked_again(head, tmp_path, change=None, parts=()):
    """Return what a commit's outputs are with a change of one line."""
    cache = same.cache_folder()
    with same.worktree(head, cache) as tree:
        if change is not None:
            file = tree / change.file
            file.write_text(file.read_text(encoding="utf-8").replace(change.line, change.instead), "utf-8")
        same.lay_out_cases(tmp_path / "cases", tree, same.ROOT)
        same.ask(
            tree, tmp_path / "cases", tmp_path / "now", {"NUMBA_CACHE_DIR": str(cache / "compiled")}, parts
        )
    return tmp_path / "now"


@pytest.mark.campaign
@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_planted_change_is_named(head, was, tmp_path, change):
    now = asked_again(head, tmp_path, change, change.parts)
    found = {
        output: [d for d in differences if not d.where.endswith("library_sha256")]
        for part in change.parts
        for output, differences in compare_folders(was / part, now / part).items()
    }
    lines = same.report({output: differences for output, differences in found.items() if differences})
    print(json.dumps({"change": change.what, "report": lines[:3] + lines[-1:]}, ensure_ascii=False))
    assert lines, "nothing but the hash of models/ differs"


@pytest.mark.campaign
def test_nothing_differs_where_nothing_was_changed(head, was, tmp_path):
    assert same.report(compare_folders(was, asked_again(head, tmp_path))) == []
    assert str(same.cache_folder() / "tree") not in same.git("worktree", "list")
    shutil.rmtree(tmp_path / "now")


def test_tables_of_notebooks_can_be_asked(root, tmp_path):
    """What is asked of a tree follows the names of its own api; the other parts are asked by the frozen screens."""
    same.lay_out_cases(tmp_path / "cases", root, root)
    same.ask(root, tmp_path / "cases", tmp_path / "now", {}, ("api",))
    found = {file.stem: file.read_text(encoding="utf-8") for file in (tmp_path / "now" / "api").iterdir()}
    assert len(found) >= 7
    assert not [name for name, text in found.items() if re.match(r"\w+Error: ", text)]
