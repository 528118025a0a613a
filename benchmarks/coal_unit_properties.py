"""Calls of steam properties in a load point of the coal unit: how many of each, and what one costs.

    python benchmarks/coal_unit_properties.py PLANT FILE     (with NUMBA_DISABLE_JIT=1: writes the calls' states)

Plain Python counts: every module that holds a property kernel gets a wrapper in its place, which keeps the
arguments. Compiled code is then timed over these very states, in the order in which they occurred.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
LOADS = (0.4, 0.55, 0.7, 0.85)
REPEATS = 15
STEAM = "plantsim.kernels.steam"


def count_calls(states: dict[str, list[tuple[float, ...]]]) -> None:
    """Put a wrapper in the place of each property kernel that a module outside the steam kernels holds."""
    from plantsim.kernels import steam

    names = [n for n in steam.__all__ if not n.endswith("_array")]

    def counting(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: float) -> Any:
            states.setdefault(name, []).append(arguments)
            return function(*arguments)

        return call

    wrappers = {n: counting(n, getattr(steam, n)) for n in names}
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("plantsim.") and not module_name.startswith(STEAM):
            for n in names:
                if getattr(module, n, None) is getattr(steam, n):
                    setattr(module, n, wrappers[n])


def write_states(plant: str, file: str) -> None:
    """Solve the plant's design and one load at a time in plain Python; write the arguments of all calls."""
    from coal_unit_rows import read_reference, resolve, run

    x, d, o, y = run([read_reference(plant)])
    states: dict[str, list[tuple[float, ...]]] = {}
    count_calls(states)
    for load in LOADS:
        o["load"] = load
        resolve(x, d, o, y)
        if y["status"][0] != 0:
            raise RuntimeError(f"{plant} at load {load}: status {y['status'][0]}")
    np.savez(file, **{name: np.array(calls) for name, calls in states.items()})


def calls_of(plant: str) -> dict[str, np.ndarray]:
    """Return the arguments of all property calls by function, shape (calls, arguments)."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "states.npz")
        env = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
        subprocess.run([sys.executable, __file__, plant, file], env=env, check=True)
        with np.load(file) as kept:
            return {name: kept[name] for name in kept.files}


def looped(name: str, arguments: int, several: bool) -> Callable[..., float]:
    """Return a compiled loop over the states that calls the kernel and sums the results (or the first of several)."""
    from plantsim import _jit
    from plantsim.kernels import steam

    given = ", ".join(f"z[{k}, i]" for k in range(arguments))
    names: dict[str, Any] = {name: getattr(steam, name)}
    call = f"{name}({given})" + ("[0]" if several else "")
    source = (
        f"def loop(z):\n    t = 0.0\n    for i in range(z.shape[1]):\n        t += {call}\n    return t\n"
    )
    exec(source, names)
    return _jit.kernel(names["loop"])  # type: ignore[no-any-return]


def seconds_per_call(name: str, calls: np.ndarray) -> float:
    """Return the shortest time of one compiled call over the states [s]."""
    from plantsim.kernels import steam

    z = np.ascontiguousarray(np.tile(calls, (max(1, 20_000 // len(calls)), 1)).T)
    several = isinstance(getattr(steam, name)(*calls[0]), tuple)
    loop = looped(name, len(z), several)
    loop(z)
    best = float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        loop(z)
        best = min(best, time.perf_counter() - start)
    return best / z.shape[1]


def property_table(plant: str) -> tuple[list[tuple[str, float, float]], float, float]:
    """Return rows (function, calls per point, seconds per call), calls per point and their mean time [s]."""
    states = calls_of(plant)
    rows = [(name, len(z) / len(LOADS), seconds_per_call(name, z)) for name, z in states.items()]
    rows.sort(key=lambda row: -row[1] * row[2])
    calls = sum(n for _, n, _ in rows)
    return rows, calls, sum(n * t for _, n, t in rows) / calls


if __name__ == "__main__":
    write_states(sys.argv[1], sys.argv[2])
