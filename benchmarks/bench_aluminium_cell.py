"""Speed of the potline model: steady cells per second on one core, and the first compile.

    python benchmarks/bench_aluminium_cell.py            cells per second by what is held
    python benchmarks/bench_aluminium_cell.py --cold     seconds of the first compile, in an empty cache

Inputs are arrays drawn from the typical bands at run time. A calibrated line is solved as a variant of itself: its
cathode, anode and distance are changed, as a retrofit would.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time

import numpy as np

CELLS = 200_000
REPEATS = 5


def cold() -> float:
    """Return seconds to compile the process in an empty cache folder."""
    os.environ["NUMBA_CACHE_DIR"] = tempfile.mkdtemp(prefix="bench-aluminium-")
    from plantsim import api

    start = time.perf_counter()
    api.warm("aluminium_cell")
    return time.perf_counter() - start


def lines(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (declaration's x records drawn from typical bands, random draws in 0 .. 1)."""
    from plantsim.library import library

    declaration = library().declaration("aluminium_cell")
    draw = np.random.default_rng(20260801)
    x = declaration.zeros("x", n)
    for v in declaration.with_role("input"):
        x[v.name] = draw.uniform(*v.typical, n) if v.typical else v.default
    x["heat_balance"] = 1
    return x, draw.uniform(size=(4, n))


def rates(n: int = CELLS) -> dict[str, float]:
    """Return cells per second by case."""
    from plantsim.library import library
    from plantsim.processes import load

    declaration, entry = library().declaration("aluminium_cell"), load("aluminium_cell").entry
    x, draws = lines(n)
    d, y, o = declaration.zeros("d", n), declaration.zeros("y", n), declaration.zeros("o", n)
    o["cells_in_operation"] = 1.0
    first = np.arange(n + 1, dtype=np.int64)

    def rate(records: np.ndarray, calibrate: bool = False) -> float:
        best = np.inf
        for _ in range(REPEATS):
            if calibrate:
                records["is_calibrated"] = 0
            start = time.perf_counter()
            entry(records, d, o, first, y, 0, n)
            best = min(best, time.perf_counter() - start)
        return n / best

    found = {"calibrate and solve": rate(x, calibrate=True)}
    x["cathode_voltage_drop"] -= 0.06 * draws[0]
    x["anode_voltage_drop"] -= 0.03 * draws[1]
    x["anode_cathode_distance"] -= 0.003 * draws[2]
    for word, handle in declaration.variables["thermal_handle"].options.items():
        x["thermal_handle"] = handle
        found[f"hold superheat, handle {word}"] = rate(x)
        ok = np.mean(y["status"] == 0)
        print(f"  {word}: {100 * ok:.1f} % ok", file=sys.stderr)
    x["thermal_handle"] = (4 * draws[3]).astype(np.int64)
    found["hold superheat, mixed handles"] = rate(x)
    for word, hold in declaration.variables["hold"].options.items():
        if word != "superheat":
            o["hold"] = hold
            found[f"hold {word}"] = rate(x)
    return found


if __name__ == "__main__":
    if "--cold" in sys.argv:
        print(f"first compile: {cold():.1f} s")
    else:
        for name, per_second in rates().items():
            print(f"{name:34s} {per_second:12,.0f} cells/s")
