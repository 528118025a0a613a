"""Rows before and after: plants as they are are solved first, what is changed about them starts from there.

A variant keeps what calibration fitted to the plant as it is, so every variant names the block that it comes
from. Two runs of the kernel do it all, however many plants, proposals, bundles and draws there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

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
)
from plantsim.library import Library
from plantsim.processes import Process
from plantsim.vocabulary.case import Change

FEW = 20_000
"""Up to this many rows are compared bit by bit, so that twins are solved once."""
MOSTLY = 0.9
"""Where more rows than this are distinct, all are solved: to pick them would take longer."""


@dataclass(frozen=True)
class Block:
    """Rows start .. stop - 1 of a batch's ``before`` (stage 0) or ``after`` (stage 1)."""

    stage: int
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

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

    def __len__(self) -> int:
        return len(self.rows)


States = Block | Several


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
        self._solved: list[Solved] = []
        self._twins: list[np.ndarray | None] = []

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
        return self._place(1, len(source))

    def solve(self, threads: int | None = None, twins: bool = True) -> None:
        """Solve everything that was added: first all plants as they are, then all variants.

        twins: whether rows may be the same, bit by bit: such rows are solved once, and share their results.
        """
        year = join_years(self._years)
        self._solve(join_records(self._x), year, threads, twins)
        if not self._variants:
            return
        sources = np.concatenate([np.arange(v.source.start, v.source.stop) for v in self._variants])
        before, places = self._solved[0], self._twins[0]
        x, start = before.x[sources if places is None else places[sources]], 0
        for v in self._variants:
            own = x[start : start + len(v.source)]
            for changes, amounts in v.steps:
                v.capped += change_rows(own, changes, amounts)
            start += len(own)
        self._solve(x, pick_years(year, sources), threads, twins)

    def _solve(self, x: np.ndarray, year: Year, threads: int | None, twins: bool) -> None:
        places = None
        if twins and len(x) <= FEW:
            first, same = distinct(x, year)
            if len(first) <= MOSTLY * len(x):
                x, year, places = x[first], pick_years(year, first), same
        self._solved.append(solve_process(self.process, self.lib, x, year, threads))
        self._twins.append(places)

    def where(self, block: States) -> tuple[Solved, slice | np.ndarray]:
        """Return the solved rows that hold a block's states, and the places of its rows among them."""
        places = self._twins[block.stage]
        return self._solved[block.stage], block.rows if places is None else places[block.rows]

    def first(self, block: Block) -> tuple[Solved, int]:
        """Return the solved rows that hold a block's states, and the place of its first row among them."""
        places = self._twins[block.stage]
        return self._solved[block.stage], block.row if places is None else int(places[block.row])

    def indicator(self, block: States, name: str) -> np.ndarray:
        """Return an indicator of a block's rows, SI."""
        solved, rows = self.where(block)
        return solved.indicators[name][rows]

    def yearly(self, block: States, name: str) -> np.ndarray:
        """Return a yearly output of a block's rows, SI."""
        solved, rows = self.where(block)
        return solved.yearly[name][rows]

    def ledger(self, block: States) -> dict[str, np.ndarray]:
        """Return the yearly ledger of a block's rows by carrier, SI, positive into the plant: what is known of it."""
        solved, rows = self.where(block)
        return {c: a[rows] for c, a in solved.known.items()}

    def failed(self, block: Block) -> tuple[int, str]:
        """Return (status, variable at fault) of a block's first row."""
        solved, row = self.first(block)
        code = int(solved.blame[row])
        return int(solved.status[row]), self.declaration.name_of_code(code) if code else ""
