"""Speed of the coal unit: cycles per second of the N600, against a TESPy re-solve, and the cold compile.

    python benchmarks/bench_coal_unit.py [--no-tespy]

Plant rows differ in five inputs and are run-time arrays; a row is design and solve of one variant through the
process's entry, on one core. Property calls are counted in plain Python and timed compiled, at the states of such
points (:mod:`coal_unit_properties`). The best of several repeats counts: others share the machine. The ratio to
TESPy is taken within this run: it re-solves its own N600 after a change of efficiency, from its last solution.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]
ROWS, REPEATS = 20_000, 9
REFERENCES = ("n600-24.2-566-566", "n300-16.67-537-537", "n200-12.75-535-535")
TARGET_POINTS = 10_000.0  # load points/s, one core
TARGET_CALL = 200e-9  # s, mean of the steam property calls of a load point
TARGET_RATE, TARGET_RATIO, TARGET_COMPILE = 100_000.0, 10_000.0, 60.0  # cycles/s, times, s


def varied(name: str, n: int):
    """Return n rows of a reference plant, fitted once, with five inputs varied."""
    from coal_unit_rows import declaration, read_reference, run

    x, _, o, _ = run([read_reference(name)])
    dec, rng = declaration(), np.random.default_rng(1)
    x, o = np.repeat(x, n), np.repeat(o, n)
    x["hp_efficiency"] += rng.uniform(-0.01, 0.01, n)
    x["lp_efficiency"] += rng.uniform(-0.01, 0.01, n)
    x["exhaust_pressure"] *= rng.uniform(0.9, 1.1, n)
    x["main_steam_temperature"] += rng.uniform(-5.0, 5.0, n)
    x["hot_reheat_temperature"] += rng.uniform(-5.0, 5.0, n)
    return x, dec.zeros("d", n), o, np.arange(n + 1, dtype=np.int64), dec.zeros("y", n)


def shortest(
    name: str, x: np.ndarray, d: np.ndarray, o: np.ndarray, first: np.ndarray, y: np.ndarray
) -> float:
    """Return the shortest time of a row over the repeats [s]; raises if any row failed."""
    from plantsim.processes.coal_unit.kernel import entry

    best = float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        entry(x, d, o, first, y, 0, len(x))
        best = min(best, time.perf_counter() - start)
    if np.any(y["status"] != 0):
        raise RuntimeError(f"{name}: {np.mean(y['status'] != 0):.1%} of the rows failed")
    return best / len(x)


def seconds_per_cycle(name: str, n: int = ROWS) -> float:
    """Return the shortest time of one cycle at the sheet's pressures [s]; raises if any row failed.

    Without a coal there is no gas side: the steam cycle alone, as TESPy's network has it.
    """
    x, d, o, first, y = varied(name, n)
    x["stage_pressures"], x["coal_heating_value"] = 1, np.nan
    return shortest(name, x, d, o, first, y)


def seconds_per_load_point(name: str, n: int = ROWS // 4) -> float:
    """Return the shortest time of one point at a load between 35 and 95 % [s], design of its variant included."""
    x, d, o, first, y = varied(name, n)
    o["load"] = np.random.default_rng(2).uniform(0.35, 0.95, n)
    return shortest(name, x, d, o, first, y)


def print_properties(name: str, point: float) -> None:
    """Print what the steam properties of a load point take, of ``point`` [s] in all."""
    from coal_unit_properties import property_table

    rows, calls, mean = property_table(name)
    wanted = f"<= {TARGET_CALL * 1e9:.0f} ns a call"
    cost = f"{calls:.0f} calls, {mean * 1e9:.0f} ns each, {calls * mean / point:.0%} of the time"
    print(f"| {name}, steam properties per load point | {cost} | {wanted} |")
    if name == REFERENCES[0]:
        for function, n, t in rows:
            print(f"| - {function} | {n:.1f} calls, {t * 1e9:.0f} ns each, {n * t * 1e6:.2f} us | |")


def cold_compile() -> tuple[float, float]:
    """Return wall and CPU seconds from importing the entry to its first result, with an empty cache.

    It is what any first run does: another Python compiles the process as a whole, whose CPU time is in the figure.
    """
    code = (
        "import os, sys, time; sys.path[:0] = [{!r}, {!r}]; w = time.perf_counter();"
        "from coal_unit_rows import read_reference, run; y = run(read_reference('n600-24.2-566-566'))[3];"
        "assert y.status == 0; print(time.perf_counter() - w, sum(os.times()[:4]))"
    ).format(str(ROOT), str(ROOT / "tests"))
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "NUMBA_CACHE_DIR": folder}
        done = subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
        )
    wall, cpu = done.stdout.split()
    return float(wall), float(cpu)


def tespy_seconds() -> float:
    """Return the shortest re-solve of TESPy's N600 [s]."""
    import tespy_n600

    network = tespy_n600.build()
    best = float("inf")
    for factor in (1.01, 0.99, 1.005, 0.995, 1.01):
        start = time.perf_counter()
        tespy_n600.re_solve(network, factor)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print the figures as a table."""
    wall, cpu = cold_compile()
    print("| what | figure | wanted |\n| --- | --- | --- |")
    print(f"| cold compile, wall | {wall:.1f} s | <= {TARGET_COMPILE:.0f} s |")
    print(f"| cold compile, CPU | {cpu:.1f} s | |")
    times = {name: seconds_per_cycle(name) for name in REFERENCES}
    for name, t in times.items():
        wanted = f">= {TARGET_RATE:,.0f}" if name == REFERENCES[0] else ""
        print(f"| {name}, cycles per second | {1.0 / t:,.0f} ({t * 1e6:.2f} us) | {wanted} |")
    for name in REFERENCES:
        t = seconds_per_load_point(name)
        print(
            f"| {name}, load points per second | {1.0 / t:,.0f} ({t * 1e6:.2f} us) | >= {TARGET_POINTS:,.0f} |"
        )
        print_properties(name, t)
    if "--no-tespy" not in sys.argv:
        resolve = tespy_seconds()
        print(f"| TESPy re-solve of the N600 | {resolve * 1e3:.1f} ms | |")
        print(f"| ratio | {resolve / times[REFERENCES[0]]:,.0f} | >= {TARGET_RATIO:,.0f} |")


if __name__ == "__main__":
    main()
