"""The same proposal under each choice of one option of its process (such as what holds a cell's superheat).

A process names that option as ``alternative`` in the head of its variables.toml; a proposal whose changes set it is
simulated with every word that it knows, so that nobody has to guess what the choice is worth; with
``alternative_always`` every proposal of the process is. ``remedies`` of the same head names, by status, the output
that says what would help a state that failed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from plantsim.engine.batch import Batch, Block
from plantsim.engine.evaluate import Solved
from plantsim.engine.figures import Figures
from plantsim.vocabulary.case import Change
from plantsim.vocabulary.declarations import Declaration
from plantsim.vocabulary.status import OK, status_name

UNFELT = 1e-6  # of a saving: two choices that differ by less are one


@dataclass(frozen=True)
class Alternative:
    """One choice for one proposal: saving in J of standard coal a year and the indicator, NaN where it failed."""

    word: str
    status: str
    saving: float
    after: float
    chosen: bool  # the choice that the proposal itself makes


def choices(declaration: Declaration, changes: Sequence[Change]) -> dict[str, tuple[Change, ...]]:
    """Return by option word the changes with that choice made; nothing when they leave the option alone.

    Where the process asks for it always, changes that leave it alone are compared as well.
    """
    name = declaration.alternative
    if not name or not (declaration.alternative_always or any(c.variable == name for c in changes)):
        return {}
    return {
        word: (*changes, Change(name, "set", float(number), float(number), float(number)))
        for word, number in declaration.variables[name].options.items()
    }


def compared(
    batch: Batch,
    between: Callable[[Block, Block], Figures],
    before: Block,
    chosen: Block,
    blocks: Mapping[str, Block],
) -> tuple[Alternative, ...]:
    """Return what each choice gives; nothing when the plant does not feel the option at all.

    between: what leads from one state to another, whatever sinks take.
    """
    if not blocks:
        return ()
    name = batch.declaration.alternative
    solved, row = batch.first(chosen)
    own = int(solved.x[name][row])
    found = []
    for word, block in blocks.items():
        code, _ = batch.failed(block)
        f = between(before, block)
        saving, after = (float(f.saving[0]), float(f.after[0])) if code == OK else (math.nan, math.nan)
        is_own = batch.declaration.variables[name].options[word] == own
        found.append(Alternative(word, status_name(code), saving, after, is_own))
    felt = any(
        a.status != found[0].status or not math.isclose(a.saving, found[0].saving, rel_tol=UNFELT)
        for a in found
    )
    return tuple(found) if felt else ()


def remedy(batch: Batch, block: Block) -> tuple[str, float] | None:
    """Return (output, its value in SI at the first failed point) that would help a failed state, if one is declared."""
    return state_remedy(*batch.first(block))


def state_remedy(solved: Solved, row: int) -> tuple[str, float] | None:
    """Return what would help a failed row of solved states; see :func:`remedy`."""
    code = int(solved.status[row])
    name = solved.declaration.remedies.get(status_name(code))
    if code == OK or name is None:
        return None
    y = solved.y[solved.year.points(row)]
    value = float(y[name][y["status"] != OK][0])
    return None if math.isnan(value) else (name, value)
