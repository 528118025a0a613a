"""Rows before and after: plants as they are are solved first, what is changed about them starts from there.

A variant keeps what calibration fitted to the plant as it is, so every variant names the block that it comes
from. Two runs of the kernel do it all, however many plants, proposals, bundles and draws there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from plantsim.engine.evaluate import Solved, distinct, solve_process
from plantsim.engine.rows import (
    Amounts,
    Capped,
    Year,
    change_rows,
    join_records,
    join_years,
    pick_years,
    points_of,
)
from plantsim.library import Library
from plantsim.processes import Process
from plantsim.vocabulary.case import Change

FEW = 20_000
"""Up to this many rows are compared bit by bit, so that twins are solved once."""
MOSTLY = 0.9
"""Where more rows than this are distinct, all are solved: copying results to twins would take longer."""


@dataclass(frozen=True)
class Block:
    """Rows start .. stop - 1 of a batch's ``before`` (stage 0) or ``after`` (stage 1)."""

    stage: int
    start: int
    stop: int

    @property
    def rows(self) -> slice:
        """The block as a slice of the stage's arrays."""
        return slice(self.start, self.stop)

    @property
    def row(self) -> int:
        """The first row: the only one of a block that holds a single state."""
        return self.start


@dataclass(frozen=True)
class Several:
    """Rows of one stage from anywhere, each a state of its own: read as a :class:`Block` is."""

    stage: int
    rows: np.ndarray


def in_one(blocks: Sequence[Block]) -> Several:
    """Return the first rows of blocks of one stage, to be read together."""
    return Several(blocks[0].stage, np.array([b.row for b in blocks]))


@dataclass
class _Variant:
    source: Block
    steps: Sequence[tuple[Sequence[Change], Amounts]]
    capped: list[Capped] = field(default_factory=list)


class Batch:
    """States of plants of one process, gathered first and solved together."""

    def __init__(self, process: Process, lib: Library) -> None:
        self.process, self.lib = process, lib
        self.declaration = lib.declaration(process.name)
        self._x: list[np.ndarray] = []
        self._years: list[Year] = []
        self._variants: list[_Variant] = []
        self._sizes = [0, 0]
        self.before: Solved | None = None
        self.after: Solved | None = None

    def _place(self, stage: int, n: int) -> Block:
        start = self._sizes[stage]
        self._sizes[stage] += n
        return Block(stage, start, start + n)

    def add(self, x: np.ndarray, year: Year) -> Block:
        """Add plants as they are: uncalibrated records and their years. Return where they will stand."""
        self._x.append(x)
        self._years.append(year)
        return self._place(0, len(x))

    def change(
        self,
        source: Block,
        steps: Sequence[tuple[Sequence[Change], Amounts]],
        capped: list[Capped] | None = None,
    ) -> Block:
        """Add variants of every row of ``source`` (a block of plants as they are). Return where they will stand.

        steps: retrofits one after the other, each its changes and how far they go (see change_rows).
        capped: filled, when solved, with what a cap held back.
        """
        self._variants.append(_Variant(source, steps, [] if capped is None else capped))
        return self._place(1, source.stop - source.start)

    def solve(self, threads: int | None = None, twins: bool = True) -> None:
        """Solve everything that was added. ``before`` and ``after`` then hold the results.

        twins: whether rows may be the same, bit by bit: such rows are solved once.
        """
        year = join_years(self._years)
        solve = self._solve_distinct if twins else self._solve
        self.before = solve(join_records(self._x), year, threads)
        if not self._variants:
            return
        sources = np.concatenate([np.arange(v.source.start, v.source.stop) for v in self._variants])
        x, start = self.before.x[sources], 0
        for v in self._variants:
            own = x[start : start + v.source.stop - v.source.start]
            for changes, amounts in v.steps:
                v.capped += change_rows(own, changes, amounts)
            start += len(own)
        self.after = solve(x, pick_years(year, sources), threads)

    def _solve(self, x: np.ndarray, year: Year, threads: int | None) -> Solved:
        return solve_process(self.process, self.lib, x, year, threads)

    def _solve_distinct(self, x: np.ndarray, year: Year, threads: int | None) -> Solved:
        if len(x) > FEW:
            return self._solve(x, year, threads)
        first, same = distinct(x, year)
        if len(first) > MOSTLY * len(x):
            return self._solve(x, year, threads)
        return _spread(self._solve(x[first], pick_years(year, first), threads), same, year)

    def stage(self, block: Block | Several) -> Solved:
        """Return the solved rows that a block belongs to."""
        solved = self.after if block.stage else self.before
        assert solved is not None, "solve() comes first"
        return solved

    def indicator(self, block: Block | Several, name: str) -> np.ndarray:
        """Return an indicator of a block's rows, SI."""
        return self.stage(block).indicators[name][block.rows]

    def yearly(self, block: Block | Several, name: str) -> np.ndarray:
        """Return a yearly output of a block's rows, SI."""
        return self.stage(block).yearly[name][block.rows]

    def ledger(self, block: Block | Several) -> dict[str, np.ndarray]:
        """Return the yearly ledger of a block's rows by carrier, SI, positive into the plant."""
        return {c: a[block.rows] for c, a in self.stage(block).ledger.items()}

    def failed(self, block: Block) -> tuple[int, str]:
        """Return (status, variable at fault) of a block's first row."""
        solved = self.stage(block)
        code = int(solved.blame[block.row])
        return int(solved.status[block.row]), self.declaration.name_of_code(code) if code else ""


def _spread(solved: Solved, same: np.ndarray, year: Year) -> Solved:
    """Return results of distinct rows in the place of every row."""

    def over(arrays: dict) -> dict:
        return {k: v[same] for k, v in arrays.items()}

    return replace(
        solved,
        x=solved.x[same],
        d=solved.d[same],
        year=year,
        y=solved.y[points_of(solved.year, same)[0]],
        status=solved.status[same],
        blame=solved.blame[same],
        yearly=over(dict(solved.yearly)),
        ledger=over(dict(solved.ledger)),
        indicators=over(dict(solved.indicators)),
    )
