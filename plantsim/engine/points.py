"""Points in the unit cube for draws: evenly spread, the same for the same seed and stream on every machine.

A rank-1 lattice found component by component (Sloan and Reztsov 2002, Math. Comp. 71:263), shifted by whole cells,
jittered inside them and put in random order, from a counter-based generator; columns beyond its sixteen are Latin
hypercubes, as every column is by itself. Means and percentiles of smooth figures scatter as with scrambled Sobol points
(tests/unit/test_points.py), whose library takes a second to import.
"""

from __future__ import annotations

from functools import lru_cache
from math import gcd
from zlib import crc32

import numpy as np

CANDIDATES = 256  # multipliers that are tried: more change little, and their table stays small
COLUMNS = 16  # of the lattice: with more, some pairs of columns hang together more than by chance
CLOSEST = 1e-12  # to 0 and 1, whose inverse distributions are infinite


@lru_cache(maxsize=64)
def multipliers(dimensions: int, n: int) -> tuple[int, ...]:
    """Return up to ``dimensions`` multipliers of a lattice of n points, the best for the first columns first.

    Each next one makes the mean squared error of smooth functions smallest, columns weighing less and less. Fewer than
    asked for where n has no more that differ, or beyond COLUMNS.
    """
    found = np.array([z for z in range(1, n // 2 + 1) if gcd(z, n) == 1], dtype=np.int64)
    if len(found) > CANDIDATES:
        found = found[np.linspace(0, len(found) - 1, CANDIDATES).astype(np.int64)]
    place = np.arange(n) / n
    kernel = 2.0 * np.pi**2 * (place * place - place + 1.0 / 6.0)
    table = kernel[found[:, None] * np.arange(n) % n]
    product, free = np.ones(n), np.ones(len(found), dtype=bool)
    chosen = []
    for column in range(min(dimensions, COLUMNS, len(found))):
        best = int(np.argmin(np.where(free, table @ product, np.inf)))
        free[best] = False
        chosen.append(int(found[best]))
        product *= 1.0 + table[best] / (column + 1.0) ** 2
    return tuple(chosen)


@lru_cache(maxsize=256)
def price_points(draws: int, seed: int, price: str) -> np.ndarray:
    """Return where the draws of a price stand, shape (draws,): the same for every plant. Not to be written to."""
    return points(1, draws, seed, f"price {price}")[:, 0]


def points(dimensions: int, draws: int, seed: int, stream: str) -> np.ndarray:
    """Return points in (0, 1), shape (draws, dimensions), the same for the same seed and stream.

    Streams do not depend on each other. Columns beyond those that the lattice has are Latin hypercubes.
    """
    generator = np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, crc32(stream.encode())])))
    order = generator.permutation(draws)
    z = multipliers(dimensions, draws)
    cells = np.empty((draws, dimensions), dtype=np.int64)
    cells[:, : len(z)] = (
        order[:, None] * np.array(z, dtype=np.int64) + generator.integers(0, draws, len(z))
    ) % draws
    for column in range(len(z), dimensions):
        cells[:, column] = generator.permutation(draws)
    return np.clip((cells + generator.random((draws, dimensions))) / draws, CLOSEST, 1.0 - CLOSEST)
