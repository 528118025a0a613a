"""Speed of the kiln line: lines with waste-heat power per second on one core, and the first compile.

    python benchmarks/bench_cement_kiln.py            lines per second
    python benchmarks/bench_cement_kiln.py --cold     seconds of the first compile, in an empty cache

Rows are reference plants whose losses, oxygen, moisture and cooling air are drawn at run time. "retrofit rows" are
variants of fitted lines, which is what a ranking solves; "fitted rows" are fitted to their own test first.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time

import numpy as np

LINES = 20_000
REPEATS = 3
REFERENCES = ("cn-2500-5stage-3rd", "cn-5000-5stage-3rd", "cn-5000-5stage-4th", "cn-5000-6stage-4th")
MOVED = {  # input -> factors on the reference plant's value
    "exit_oxygen": (0.95, 1.25),
    "kiln_shell_loss": (0.85, 1.15),
    "meal_moisture": (0.7, 1.4),
    "cooling_air": (0.97, 1.05),
    "clinker_lime": (0.99, 1.01),
    "raw_mill_factor": (0.8, 1.1),
}


def cold() -> float:
    """Return seconds to compile the process in an empty cache folder."""
    os.environ["NUMBA_CACHE_DIR"] = tempfile.mkdtemp(prefix="bench-cement-")
    from plantsim import api

    start = time.perf_counter()
    api.warm("cement_kiln")
    return time.perf_counter() - start


def rates(n: int = LINES) -> dict[str, float]:
    """Return lines per second by case."""
    from plantsim.engine.evaluate import solve_process
    from plantsim.engine.rows import plant_rows
    from plantsim.io.plants import reference_plant
    from plantsim.library import library
    from plantsim.processes import load

    lib, process = library(), load("cement_kiln")
    declaration = lib.declaration("cement_kiln")
    base, year = plant_rows(declaration, [reference_plant(r, lib) for r in REFERENCES])
    fitted = solve_process(process, lib, base, year, 1).x
    draw = np.random.default_rng(20261101)
    x = fitted[np.arange(n) % len(REFERENCES)].copy()
    for name, factors in MOVED.items():
        x[name] *= draw.uniform(*factors, n)
    o = declaration.zeros("o", n)
    o["load"] = draw.uniform(0.9, 1.0, n)
    d, y, first = declaration.zeros("d", n), declaration.zeros("y", n), np.arange(n + 1, dtype=np.int64)

    def rate(name: str, fit: bool) -> float:
        best = np.inf
        for _ in range(REPEATS):
            rows = x.copy()
            if fit:
                rows["is_calibrated"] = 0
            start = time.perf_counter()
            process.entry(rows, d, o, first, y, 0, n)
            best = min(best, time.perf_counter() - start)
        print(f"  {name}: {100 * np.mean(y['status'] == 0):.1f} % ok", file=sys.stderr)
        return n / best

    found = {"retrofit rows": rate("retrofit rows", False)}
    x["sncr"] = 1
    found["retrofit rows with SNCR (solved twice)"] = rate("with SNCR", False)
    x["sncr"] = 0
    found["fitted rows"] = rate("fitted rows", True)
    return found


if __name__ == "__main__":
    if "--cold" in sys.argv:
        print(f"first compile: {cold():.1f} s")
    else:
        for name, per_second in rates().items():
            print(f"{name:40s} {per_second:12,.0f} lines/s")
