"""Speed of the kiln along its axis: pilot kiln (inert bed) and cement kiln (flame and reactions), one at a time.

    python benchmarks/bench_detailed_kiln.py

Fuel and feed differ between solves and are run-time values. The best of several repeats counts: others share the
machine. The first solve, which compiles, is told apart.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "unit"), str(ROOT / "tests" / "validation")]
SOLVES, REPEATS = 10, 5
TARGET = 0.050  # s


def seconds(solve) -> tuple[float, float]:
    """Return (first solve, shortest mean of later ones) [s]; ``solve(share)`` takes a share in 0 .. 1."""
    start = time.perf_counter()
    solve(0.5)
    first, best = time.perf_counter() - start, float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        for share in np.linspace(0.0, 1.0, SOLVES):
            solve(share)
        best = min(best, (time.perf_counter() - start) / SOLVES)
    return first, best


def main() -> int:
    """Print the times; return 1 where one misses the target."""
    from test_detailed_burning import plant
    from test_detailed_kiln_pilots import barr

    missed = False
    for name, solve in (
        ("pilot kiln", lambda share: barr("T2" if share < 0.5 else "T3")),
        ("cement kiln", lambda share: plant(fuel=(0.35 + 0.03 * share) * 3039e3)),
    ):
        first, each = seconds(solve)
        missed |= each > TARGET
        print(
            f"{name:12s} first {first:6.2f} s, then {1e3 * each:6.1f} ms each (target {1e3 * TARGET:.0f} ms)"
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
