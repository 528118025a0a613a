"""A process that the cache lacks is compiled by another Python; when that fails, here and in numba's own way."""

from __future__ import annotations

import json

WARM = """
import json, sys
{before}
from plantsim.api import is_compiled, warm
from plantsim.processes import load
before = is_compiled("aluminium_cell")
warm("aluminium_cell")
stats = load("aluminium_cell").entry.stats
print(json.dumps([before, is_compiled("aluminium_cell"), *(sum(s.values()) for s in stats[1:])]))
"""


def environment(cache, **more):
    return {"NUMBA_CACHE_DIR": str(cache), "NUMBA_DISABLE_JIT": None, "PLANTSIM_COMPILE_WHOLE": None, **more}


def test_the_first_use_in_a_notebook_loads_what_another_python_compiled(run_python, tmp_path):
    done = run_python(["-c", WARM.format(before="")], env=environment(tmp_path / "cache"))
    before, after, loaded, compiled = json.loads(done.stdout)
    assert (before, after, loaded, compiled) == (False, True, 1, 0)


def test_a_cache_that_cannot_be_written_is_no_hindrance(run_python, tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = run_python(["-c", WARM.format(before="")], env=environment(tmp_path / "file" / "below"))
    before, after, loaded, compiled = json.loads(done.stdout)
    assert (before, after, loaded, compiled) == (False, False, 1, 0)


def test_the_command_line_says_so_for_one_process_too(run_python, tmp_path):
    env = environment(tmp_path / "cache")
    done = run_python(["-m", "plantsim", "--lang", "en", "warmup", "-p", "aluminium_cell"], env=env)
    assert "Compiling aluminium_cell" in done.stderr
    assert "aluminium_cell: ready after" in done.stdout
    assert len(list((tmp_path / "cache").rglob("*.nbc"))) == 1


SAMPLE = """
import sys
from pathlib import Path
import numpy as np
{before}
from plantsim import _jit

@_jit.kernel
def calibrate(x):
    return 0

@_jit.kernel
def design(x, d):
    return 0

@_jit.kernel
def solve(x, d, o, y):
    y.v = 2.0 * x.v
    return 0

def record(*fields):
    return np.zeros(1, np.dtype((np.record, [(f, t) for f, t in fields]), align=True))

x, y = record(("is_calibrated", "i8"), ("v", "f8")), record(("status", "i8"), ("v", "f8"))
d, o = record(("v", "f8")), record(("v", "f8"))
x["v"] = 4.0
entry = _jit.batch_entry("sample", Path(sys.argv[1]), calibrate, design, solve)
entry(x, d, o, np.arange(2), y, 0, 1)
assert y["v"][0] == 8.0
print(sum(entry.stats.cache_misses.values()))
"""


def test_where_the_other_python_fails_this_one_compiles(run_python, tmp_path):
    """It knows no such process, cannot be started, or ends at once."""
    (tmp_path / "sources").mkdir()
    ends = "sys.executable = 'false'"
    for number, before in enumerate(("", "sys.executable = ''", "sys.executable = '/no/such/python'", ends)):
        code = SAMPLE.format(before=before)
        env = environment(tmp_path / f"cache {number}")
        done = run_python(["-c", code, str(tmp_path / "sources")], env=env)
        assert done.stdout.strip() == "1", before
