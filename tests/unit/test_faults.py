"""The faults that tests/mutation.py puts into the sources: what each kind makes of a line, and that draws repeat."""

from __future__ import annotations

import ast
import shutil

import pytest
from faults.choose import Map
from faults.kept import Places, helpers
from faults.sites import KINDS, codes_in, drawn, faults_of, sample, standing, statements

SOURCE = """
from plantsim.vocabulary.status import OK

OPEN = 1
GAIN = 0.25
MAX_STEPS = 40


def work(p, h, x):
    m = f(p, h) - 2.0 * x**2
    if x.kind == OPEN:
        m = min(m, GAIN * h)
    for i in range(MAX_STEPS):
        m += p[i + 1]
    return m, OK
"""
LINES = {
    "sign": {"m = f(p, h) + (2.0 * x**2)", "m -= p[i + 1]"},
    "coefficient": {
        "GAIN = 0.2525",
        "GAIN = 0.2475",
        "m = f(p, h) - 2.02 * x**2",
        "m = f(p, h) - 1.98 * x**2",
    },
    "exponent": {"m = f(p, h) - 2.0 * x ** 3", "m = f(p, h) - 2.0 * x ** 1"},
    "swapped argument": {"m = f(h, p) - 2.0 * x**2"},
    "comparison": {"if x.kind != OPEN:"},
    "clamp": {"m = m", "m = (GAIN * h)", "m = max(m, GAIN * h)"},
    "option code": {"if x.kind == (OPEN + 1):", "return m, (OK + 1)"},
    "deleted term": {
        "m = f(p, h)",
        "m = -(2.0 * x**2)",
        "m = min(m, GAIN)",
        "m = min(m, h)",
        "pass",
    },
}


def faults_of_source():
    name = "plantsim/processes/any/codes.py"
    status = "OK = 0\nNO_CONVERGENCE = 1\n"
    codes = codes_in({name: SOURCE, "plantsim/vocabulary/status.py": status})
    return faults_of(name, SOURCE, codes[name])


@pytest.mark.parametrize("kind", KINDS)
def test_what_each_kind_makes_of_a_line(kind):
    found = [f for f in faults_of_source() if f.kind == kind]
    assert {f.lines(SOURCE)[1] for f in found} == LINES[kind]
    for f in found:
        ast.parse(f.apply(SOURCE))
        assert f.lines(SOURCE)[0] == " ".join(SOURCE.splitlines()[f.line - 1].split())


def test_one_commit_draws_the_same_faults_and_fewer_are_the_first_of_more(root, tmp_path):
    kept = (
        "kernels/fans.py",
        "kernels/fgd.py",
        "processes/coal_unit/codes.py",
        "processes/coal_unit/pressures.py",
    )
    for name in (*kept, "vocabulary/status.py"):
        (tmp_path / "plantsim" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / "plantsim" / name, tmp_path / "plantsim" / name)
    few, more, other = (sample(tmp_path, seed, n) for seed, n in (("a", 24), ("a", 48), ("b", 24)))
    names = [[f.name(text) for f, text in s] for s in (few, more, other)]
    assert names[0] == names[1][:24]
    assert len(set(names[1])) == 48
    assert names[0] != names[2]
    assert [f.kind for f, _ in few] == [*KINDS] * 3


def test_the_tests_of_a_constant_are_those_that_run_what_reads_it():
    """GAIN is read in one place, the eighth statement; the test that runs it comes, the other doesn't."""
    texts = {"plantsim/kernels/a.py": SOURCE}
    fault = next(
        f for f in faults_of("plantsim/kernels/a.py", SOURCE, set()) if "GAIN = 0.2525" in f.lines(SOURCE)
    )
    numbered = sorted(
        (n for n in ast.walk(ast.parse(SOURCE)) if isinstance(n, ast.stmt)),
        key=lambda n: (n.lineno, n.col_offset),
    )
    reader = next(i for i, s in enumerate(numbered) if ast.unparse(s) == "m = min(m, GAIN * h)")
    found = Map({"plantsim/kernels/a.py": 0}, texts)
    test = {"seconds": 0.1, "dropped": ""}
    tests = {
        "t::reads": {**test, "ran": hex(1 << reader)},
        "t::does_not": {**test, "ran": hex(1 << reader - 1)},
    }
    found.add("t", "", {"always": "0x0", "tests": tests})
    assert found.rounds(fault) == [{"t::reads": 0.1}]


STATUS_TEXT = "OK = 0\nNO_CONVERGENCE = 1\n"


def test_faults_of_older_sources_stand_where_their_line_still_reads_the_same():
    """A line above comes, GAIN becomes another: all faults but those of GAIN's line move by one."""
    name = "plantsim/processes/any/codes.py"
    chosen = drawn({name: SOURCE}, STATUS_TEXT, "a", 40)
    now = SOURCE.replace("OPEN = 1\n", "OPEN = 1\nMORE = 3\n").replace("GAIN = 0.25", "GAIN = 0.5")
    found = standing(chosen, {name: now}, STATUS_TEXT)
    for (fault, text), there in zip(chosen, found, strict=True):
        if fault.lines(text)[0].startswith("GAIN"):
            assert there is None
        else:
            assert there is not None
            assert there[1] == now
            assert there[0].lines(now) == fault.lines(text)
            assert there[0].line == fault.line + (fault.line > 4)
    assert sum(f is None for f in found) == 2
    assert standing(chosen, {}, STATUS_TEXT) == [None] * len(chosen)


TWO = """
GAIN = 0.25


def first(x):
    y = x + 1.0
    return y


def second(x):
    return x - GAIN
"""


def places(folder, text):
    count = len(statements(ast.parse(text)))
    return Places(folder, {"plantsim/kernels/a.py": 0}, {"plantsim/kernels/a.py": text}, count)


def numbers(text, *lines):
    """Bits of the statements that begin with these texts."""
    listed = statements(ast.parse(text))
    return hex(sum(1 << i for i, s in enumerate(listed) if ast.unparse(s).startswith(lines)))


def test_a_kept_map_follows_what_stands_elsewhere_and_is_dropped_where_it_reads_otherwise(tmp_path):
    """A function comes before both; then the first reads otherwise: a test of the second alone keeps its map."""
    of_first, of_second = ("y = x", "return y"), ("return x - GAIN",)
    kept = {
        n: places(tmp_path, TWO).pack(
            {
                "always": numbers(TWO, "GAIN", "def"),
                "tests": {"t::a": {"seconds": 0.1, "dropped": "", "ran": numbers(TWO, *ran)}},
            }
        )
        for n, ran in (("first", of_first), ("second", of_second))
    }
    longer = TWO.replace("def first", "def before(x):\n    return 2.0 * x\n\n\ndef first")
    for name, ran in (("first", of_first), ("second", of_second)):
        found = places(tmp_path, longer).unpack(kept[name])
        assert found["tests"]["t::a"]["ran"] == numbers(longer, *ran)
        assert found["always"] == numbers(longer, "GAIN", "def first", "def second")
    other = TWO.replace("x + 1.0", "x + 2.0")
    assert places(tmp_path, other).unpack(kept["first"]) is None
    assert places(tmp_path, other).unpack(kept["second"])["tests"]["t::a"]["ran"] == numbers(
        other, *of_second
    )
    kept["first"]["tests"]["t::a"]["dropped"] = "too slow"  # it takes no part: nothing to find anew
    assert places(tmp_path, other).unpack(kept["first"]) is not None


def test_helpers_of_a_test_file_are_found_by_way_of_others(tmp_path):
    (tmp_path / "unit").mkdir()
    for name, text in {
        "conftest.py": "import shared\n",
        "shared.py": "",
        "rows.py": "from more import x\n",
        "more.py": "",
        "others.py": "",
        "unit/test_a.py": "import numpy\nfrom rows import y\n",
    }.items():
        (tmp_path / name).write_text(text)
    found = helpers(tmp_path / "unit" / "test_a.py", tmp_path)
    assert [f.name for f in found] == ["conftest.py", "more.py", "rows.py", "shared.py"]
