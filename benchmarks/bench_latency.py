"""What a user waits for: plain --help (target 0.2 s) and a warm run of one plant (target 1.5 s).

    python benchmarks/bench_latency.py

Medians of five new processes each, in turn, and the ratio to a bare Python.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / "cases" / "liupanshui" / "plants" / "shuangyuan-1.toml"
TIMES = 5
COMMANDS = {
    "python -c pass": (["-c", "pass"], None),
    "plantsim --help": (["-m", "plantsim", "--help"], 0.2),
    "plantsim run (one potline, warm)": (["-m", "plantsim", "run", str(CASE)], 1.5),
    "plantsim rank (one potline, warm)": (["-m", "plantsim", "rank", str(CASE)], None),
}


def seconds(arguments: list[str]) -> float:
    """Return the wall time of a new process, which must succeed."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=env)
    return time.perf_counter() - start


def main() -> None:
    """Print medians."""
    for arguments, _ in COMMANDS.values():
        seconds(arguments)  # compiles, and brings files into memory
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(TIMES):
        for name, (arguments, _) in COMMANDS.items():
            times[name].append(seconds(arguments))
    bare = statistics.median(times["python -c pass"])
    for name, (_, target) in COMMANDS.items():
        median = statistics.median(times[name])
        aim = f", target {target} s" if target else ""
        print(
            f"{name:36} {median:6.3f} s = {median / bare:5.1f} times a bare Python (best {min(times[name]):.3f}{aim})"
        )


if __name__ == "__main__":
    main()
