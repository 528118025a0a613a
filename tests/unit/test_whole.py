"""Kernels that were compiled as a part of an entry are still kernels that Python can call."""

from __future__ import annotations

import subprocess
import sys

BOTH = """
import sys
from pathlib import Path
import numpy as np
from plantsim import _jit, _whole

@_jit.kernel
def least(a):
    return a * 0.5 if a > 1.0 else a

@_jit.kernel
def pruned(a, k):
    return least(a) if k > 1 else a

@_jit.kernel
def calibrate(x):
    return 0

@_jit.kernel
def design(x, d):
    d.v = pruned(x.v, 0) + pruned(x.v, 2)
    return 0

@_jit.kernel
def solve(x, d, o, y):
    y.v = d.v + least(o.v)
    return 0

def record(*fields):
    return np.zeros(1, np.dtype((np.record, [(f, t) for f, t in fields]), align=True))

x = record(("is_calibrated", "i8"), ("v", "f8"))
d, o = record(("v", "f8")), record(("v", "f8"))
y = record(("status", "i8"), ("v", "f8"))
x["v"], o["v"] = 4.0, 6.0
entry = _jit.batch_entry("sample", Path(sys.argv[1]), calibrate, design, solve)
entry(x, d, o, np.arange(2), y, 0, 1)
assert y["v"][0] == 4.0 + 2.0 + 3.0 and y["status"][0] == 0, y
"""

COMPILED = """
waits = [hasattr(c.library, "waits_for_entry") for c in least.overloads.values()]
assert all(waits) and waits, waits
assert least(8.0) == 4.0 and pruned(8.0, 2) == 4.0
entry(x, d, o, np.arange(2), y, 0, 1)
assert y["v"][0] == 9.0
print("whole" if _jit.WHOLE else "apart")
"""

LOADED = """
assert sum(entry.stats.cache_hits.values()) == 1, entry.stats
kept = next(iter(entry.overloads.values())).library._shared_module
names = [f.name for f in kept.functions]
assert names and all("sample_rows" in n for n in names), names
assert pruned(8.0, 2) == 4.0
print("loaded")
"""


def answer(tmp_path, monkeypatch, code, way):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("NUMBA_DISABLE_JIT", raising=False)
    monkeypatch.setenv("PLANTSIM_COMPILE_WHOLE", way)
    (tmp_path / "sources").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "sources")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_kernels_of_a_compiled_entry_answer_python(tmp_path, monkeypatch):
    assert answer(tmp_path, monkeypatch, BOTH + COMPILED, "1") == "whole"


def test_what_is_kept_of_an_entry_is_its_machine_code_and_its_names(tmp_path, monkeypatch):
    answer(tmp_path, monkeypatch, BOTH, "1")
    assert answer(tmp_path, monkeypatch, BOTH + LOADED, "0") == "loaded"
