"""Solve plants drawn from the typical bands and save what came out; run by test_jit_disabled.py.

python solve_drawn_rows.py PROCESS ROWS FILE.npz
"""

from __future__ import annotations

import sys

import numpy as np

from plantsim.engine.chunks import solve_rows
from plantsim.engine.rows import plant_rows
from plantsim.io.plants import reference_plant
from plantsim.library import library
from plantsim.processes import load

POINTS = 2  # operating points of each row
STEP = 0.02  # of the way from the reference to a place in the typical band
STEP_OF_PARTS = 0.003  # relative; heater pressures and the like are to keep their order


def drawn(record: np.ndarray, variables: list, draw: np.random.Generator, only_far: bool = False) -> None:
    """Move numbers of ``record`` towards a place in their typical bands; choices and counts stay.

    Half of the records take any value of all the bands. Each of the others has one number moved a little: a
    unit described by its heat balance sheet allows no more without contradicting itself. What the reference
    leaves out (NaN) stays out. only_far: leave the other half as it is.
    """
    moved = [
        v for v in variables if not v.is_integer and v.name != "air_pressure" and (v.length or v.typical)
    ]
    n = len(record)
    far, chosen = np.arange(n) < n // 2, draw.integers(0, max(len(moved), 1), n)
    if only_far:
        chosen[:] = -1
    for place, v in enumerate(moved):
        old, near = record[v.name], chosen == place
        if v.length:
            step = STEP_OF_PARTS * draw.uniform(-1, 1, (n, v.length))
            record[v.name] = np.where((far | near)[:, np.newaxis], old * (1 + step), old)
        else:
            step = np.where(far, 1.0, np.where(near, STEP, 0.0))
            record[v.name] = old + step * (draw.uniform(*v.typical, n) - old)


def main(process: str, rows: int, file: str) -> None:
    """Draw, solve on one thread, save x, d, y field by field."""
    lib, draw = library(), np.random.default_rng(20260801)
    declaration = lib.declaration(process)
    plants = [reference_plant(r.id, lib) for r in lib.references.values() if r.process == process]
    base, year = plant_rows(declaration, plants)
    x = base[np.arange(rows) % len(plants)].copy()
    o = year.o[np.repeat(year.first_bin[:-1][np.arange(rows) % len(plants)], POINTS)].copy()
    drawn(x, declaration.with_role("input"), draw)
    drawn(o, declaration.with_role("operating"), draw, only_far=True)
    first = np.arange(rows + 1, dtype=np.int64) * POINTS
    d, y = solve_rows(load(process).entry, declaration, x, o, first, threads=1)
    records = {"x": x, "d": d, "y": y}
    np.savez(file, **{f"{r}.{name}": a[name] for r, a in records.items() for name in a.dtype.names or ()})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
