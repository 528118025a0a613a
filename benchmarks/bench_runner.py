"""The chunk runner: two threads against one, on kernels of 10 us and more a row. Target: 1.7 times.

    python benchmarks/bench_runner.py

The ratio is taken within one run, threads and plain rounds in turn, since other work on the machine comes and
goes. Data are run-time arguments: constants would be folded.
"""

from __future__ import annotations

import math
import statistics
import time

import numpy as np

from plantsim._jit import kernel
from plantsim.engine.chunks import solve_rows
from plantsim.library import library

ROUNDS = 7
TARGET = 1.7
DECLARATION = library().declaration("aluminium_cell")


@kernel
def busy(x, d, o, first_bin, y, start, stop):
    """Write a sum of sines per row: ``cell_count`` terms, so that the cost of a row is a run-time argument."""
    for i in range(start, stop):
        total = 0.0
        for k in range(x[i].cell_count):
            total += math.sin(x[i].line_current * k)
        y[i].heat_loss = total
        y[i].status = 0


def seconds(threads: int, x: np.ndarray, o: np.ndarray, first: np.ndarray) -> float:
    """Return the wall time of one run."""
    start = time.perf_counter()
    solve_rows(busy, DECLARATION, x, o, first, threads, chunk=256)
    return time.perf_counter() - start


def measure(terms: int, rows: int) -> tuple[float, float]:
    """Return (microseconds per row on one thread, ratio of one thread's time to two threads')."""
    x, o = DECLARATION.zeros("x", rows), DECLARATION.zeros("o", rows)
    x["cell_count"], x["line_current"] = terms, np.linspace(0.1, 1.0, rows)
    first = np.arange(rows + 1, dtype=np.int64)
    seconds(1, x[:8], o[:8], first[:9])  # compiles
    pairs = [(seconds(1, x, o, first), seconds(2, x, o, first)) for _ in range(ROUNDS)]
    one, two = (min(times) for times in zip(*pairs, strict=True))
    ratios = [a / b for a, b in pairs]
    print(f"  rounds: {' '.join(f'{r:.2f}' for r in ratios)}, median {statistics.median(ratios):.2f}")
    return one / rows * 1e6, one / two


def main() -> None:
    """Print the ratios."""
    for terms, rows in ((1_000, 20_000), (2_000, 20_000), (20_000, 2_000)):
        cost, ratio = measure(terms, rows)
        print(f"{cost:8.1f} us a row: two threads {ratio:.2f} times one (best rounds; target {TARGET})")


if __name__ == "__main__":
    main()
