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
WITHIN_A_ROW_OF_PARTS = (
    0.01  # heater pressures and the like keep their order: they move by this share at most
)


def drawn(record: np.ndarray, variables: list, draw: np.random.Generator) -> None:
    """Move the numbers of ``record`` within their typical bands; choices and counts stay."""
    n = len(record)
    for v in variables:
        if v.length and not v.is_integer:
            record[v.name] *= 1 + WITHIN_A_ROW_OF_PARTS * draw.uniform(-1, 1, (n, v.length))
        elif v.typical and not v.length and not v.is_integer and v.name != "air_pressure":
            given = np.isfinite(record[v.name])  # what the reference leaves out stays out
            record[v.name] = np.where(given, draw.uniform(*v.typical, n), record[v.name])


def main(process: str, rows: int, file: str) -> None:
    """Draw, solve on one thread, save x, d, y field by field."""
    lib, draw = library(), np.random.default_rng(20260801)
    declaration = lib.declaration(process)
    plants = [reference_plant(r.id, lib) for r in lib.references.values() if r.process == process]
    base, year = plant_rows(declaration, plants)
    x = base[np.arange(rows) % len(plants)].copy()
    o = year.o[np.repeat(year.first_bin[:-1][np.arange(rows) % len(plants)], POINTS)].copy()
    drawn(x, declaration.with_role("input"), draw)
    drawn(o, declaration.with_role("operating"), draw)
    first = np.arange(rows + 1, dtype=np.int64) * POINTS
    d, y = solve_rows(load(process).entry, declaration, x, o, first, threads=1)
    records = {"x": x, "d": d, "y": y}
    np.savez(file, **{f"{r}.{name}": a[name] for r, a in records.items() for name in a.dtype.names or ()})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
