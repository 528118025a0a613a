"""A Python that compiles as a whole leaves out parts of numba; what kernels may use compiles and answers as before."""

from __future__ import annotations

CODE = """
import math, struct, sys
from pathlib import Path
import numpy as np
from plantsim import _jit

@_jit.kernel
def arrays(a):
    v = np.zeros(3)
    v += a
    w = (v * 2.0 + v) / 3.0  # fused where numba looks for it
    return w[0] + w[2]

@_jit.kernel
def lists(a):
    kept = np.array([a * k for k in range(4)])
    pair = [a, 1.0]
    return kept[3] + pair[1]

@_jit.kernel
def closures(a):
    def twice(b):
        return b + b
    return twice(a)

@_jit.kernel(inline=True)
def inlined(a, k):
    return a if k > 2 else -a

@_jit.kernel
def mixed(a, k, names=("x", "y")):
    total = 0.0
    for name in names:
        total += len(name)
    return (k + 1) // 2 + a ** k + (k % 3) * (a < 3.0) - abs(-k) + math.exp(-a) + total + max(a, k)

@_jit.kernel
def calibrate(x):
    return 0

@_jit.kernel
def design(x, d):
    d.v = arrays(x.v) + lists(x.v) + closures(x.v) + inlined(x.v, 3) + inlined(x.v, 1)
    return 0

@_jit.kernel
def solve(x, d, o, y):
    y.v = d.v
    for i in range(len(x.rows)):
        y.v += mixed(o.v + x.rows[i], i + 2)
    return 0

def record(*fields):
    return np.zeros(1, np.dtype((np.record, [(f, *t) for f, *t in fields]), align=True))

x = record(("is_calibrated", "i8"), ("v", "f8"), ("rows", "f8", 4))
d, o = record(("v", "f8")), record(("v", "f8"))
y = record(("status", "i8"), ("v", "f8"))
x["v"], x["rows"], o["v"] = 4.1, [0.1, 0.3, 0.7, 1.3], 1.7
entry = _jit.batch_entry("sample", Path(sys.argv[1]), calibrate, design, solve)
entry(x, d, o, np.arange(2), y, 0, 1)
print(_jit.WHOLE, y["v"][0].hex())
"""
PARTS = """
from plantsim import _lean
for part in _lean.PARTS:
    part()
"""


def test_kernels_answer_with_the_same_bits(run_python, tmp_path):
    (tmp_path / "sources").mkdir()

    def answer(way):
        env = {
            "NUMBA_CACHE_DIR": str(tmp_path / way),
            "NUMBA_DISABLE_JIT": None,
            "PLANTSIM_COMPILE_WHOLE": way,
        }
        whole, bits = run_python(["-c", CODE, str(tmp_path / "sources")], env=env).stdout.split()
        assert whole == str(way == "1")
        return bits

    assert answer("1") == answer("0")


def test_this_numba_has_every_name_that_a_part_rests_on(run_python):
    """Where one is lacking compiling is slower, without a word."""
    run_python(["-c", PARTS], env={"NUMBA_DISABLE_JIT": None})
