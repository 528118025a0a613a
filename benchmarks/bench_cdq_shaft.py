"""Speed and accuracy of the cooling shaft, and speed of the whole dry-quenching stage, on one core.

    python benchmarks/bench_cdq_shaft.py

The shaft: microseconds and the largest difference of the coke's outlet temperature from 4000 cells, by cells, over
rows drawn at run time. The stage: all of quenching over inputs drawn from their typical bands.
"""

from __future__ import annotations

import math
import time

import numpy as np

from plantsim._jit import kernel
from plantsim.library import library
from plantsim.processes.coke_oven.dry_quenching import quench_dry
from plantsim.processes.coke_oven.shaft import cooling_shaft

ROWS = 500
REPEATS = 40  # short runs: the best of them is the one that nothing disturbed
SECTION = math.pi / 4 * 81.0  # m2, diameter 9.0 m


@kernel
def shafts(gas_flow, factor, cells, out):
    """Write the coke's outlet temperature [K] of each row."""
    gas = (0.70, 0.0, 0.13, 0.07, 0.08, 0.02, 0.0, 0.0)
    size = (SECTION, 8.0, 0.055, 1.0, 0.47, 1.5)
    for i in range(len(out)):
        out[i] = cooling_shaft(
            37.5, (74.77, 0.125), 1323.15, gas_flow[i], gas, 403.15, size, factor[i], 1.0, 101325.0, cells
        )[0]


@kernel
def stages(x, d, o, y):
    """Solve the stage for each row."""
    for i in range(len(x)):
        y[i].status = quench_dry(x[i], d[0], o[0], y[i])


def best(function, *arguments) -> float:
    """Return the shortest of some runs [s], after one that compiles."""
    function(*arguments)
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        function(*arguments)
        times.append(time.perf_counter() - start)
    return min(times)


def drawn(n: int, draw: np.random.Generator):
    """Return x, y of plants drawn from typical bands, with coke pushed."""
    declaration = library().declaration("coke_oven")
    x, y = declaration.zeros("x", n), declaration.zeros("y", n)
    for v in declaration.with_role("input"):
        if v.default is not None:
            x[v.name] = v.default
        elif v.optional and not v.is_integer:
            x[v.name] = np.nan
        if v.name.startswith("cdq_") and v.drawn and v.typical:
            x[v.name] = draw.uniform(*v.typical, n)
    x["quenching"], x["cdq_turbine"], x["air_pressure"] = 1, 1, draw.uniform(78e3, 102e3, n)
    y["coke_pushed_flow"], y["coke_pushed_temperature"] = draw.uniform(15, 60, n), draw.uniform(1220, 1330, n)
    shares = {"carbon": 0.862, "hydrogen": 0.0035, "oxygen": 0.003, "nitrogen": 0.009, "sulphur": 0.006}
    for name, share in shares.items():
        y[f"coke_{name}"] = share
    y["coke_ash"], y["coke_net_heating_value"] = 1 - sum(shares.values()), 28.8e6
    return declaration, x, y


def main() -> None:
    """Print the table."""
    draw = np.random.default_rng(20260801)
    gas_flow = draw.uniform(1200, 1550, ROWS) * 0.0375 / 0.022414
    factor, out = draw.uniform(0.1, 0.25, ROWS), np.zeros(ROWS)
    fine = np.zeros(ROWS)
    shafts(gas_flow, factor, 4000, fine)
    for cells in (12, 24, 40, 60):
        seconds = best(shafts, gas_flow, factor, cells, out)
        error = np.abs(out - fine).max()
        print(f"shaft, {cells:3d} cells  {1e6 * seconds / ROWS:6.1f} us   within {error:.3f} K of 4000 cells")
    declaration, x, y = drawn(ROWS, draw)
    seconds = best(stages, x, declaration.zeros("d", 1), declaration.zeros("o", 1), y)
    print(f"whole stage       {1e6 * seconds / ROWS:6.1f} us   {100 * np.mean(y['status'] == 0):.1f} % ok")


if __name__ == "__main__":
    main()
