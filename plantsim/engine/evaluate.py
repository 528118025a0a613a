"""Plants over a year: solve rows of one process and return what a year adds up to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from plantsim.engine.chunks import solve_rows
from plantsim.engine.rows import Year, plant_rows, worst_points, yearly_amounts
from plantsim.library import Library
from plantsim.processes import Process, load, names
from plantsim.vocabulary.case import Outcome, Plant, weakest
from plantsim.vocabulary.declarations import Declaration
from plantsim.vocabulary.status import OK, status_name


@dataclass(frozen=True)
class Solved:
    """Rows of one process after a run. Arrays have one place per row, but y has one per operating point.

    ledger: NaN for a carrier of which any flow is not known; known: the sum of those that are (NaN where none is).
    """

    declaration: Declaration
    x: np.ndarray
    d: np.ndarray
    year: Year
    y: np.ndarray
    status: np.ndarray
    blame: np.ndarray
    yearly: Mapping[str, np.ndarray]
    ledger: Mapping[str, np.ndarray]
    indicators: Mapping[str, np.ndarray]
    known: Mapping[str, np.ndarray]

    def outcome(self, row: int, plant: str, evidence: str = "") -> Outcome:
        """Return one row as a plain record."""
        own = self.year.points(row)
        scalars = [v for v in self.declaration.with_role("output") if not v.length]
        return Outcome(
            plant=plant,
            status=status_name(self.status[row]),
            blame=self.declaration.name_of_code(int(self.blame[row])) if self.blame[row] else "",
            yearly={k: float(v[row]) for k, v in self.yearly.items()},
            ledger={k: float(v[row]) for k, v in self.ledger.items()},
            indicators={k: float(v[row]) for k, v in self.indicators.items()},
            evidence=evidence,
            seconds=float(np.sum(self.year.seconds[own])),
            points={v.name: tuple(float(p) for p in self.y[v.name][own]) for v in scalars},
        )


def figure_of(solved: Solved, name: str) -> np.ndarray:
    """Return an output's yearly figure, or an input, of every row."""
    return np.asarray(solved.yearly[name] if name in solved.yearly else solved.x[name], dtype=np.float64)


def ledger_of(declaration: Declaration, yearly: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return yearly amounts by carrier in SI, positive into the plant, from the declared flows."""
    ledger: dict[str, np.ndarray] = {}
    for v in declaration.with_role("output"):
        if v.ledger is not None:
            amount = v.ledger.direction * yearly[v.name]
            ledger[v.ledger.carrier] = (
                ledger[v.ledger.carrier] + amount if v.ledger.carrier in ledger else amount
            )
    return ledger


def known_flows(declaration: Declaration, yearly: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the ledger of what is known: flows that are not known are left out of their carrier's sum.

    What a change does to the known flows of a carrier counts, whatever the others are.
    """
    ledger: dict[str, np.ndarray] = {}
    for v in declaration.with_role("output"):
        if v.ledger is not None:
            amount, have = v.ledger.direction * yearly[v.name], ledger.get(v.ledger.carrier)
            if have is not None:
                amount = np.where(np.isnan(amount), have, np.where(np.isnan(have), amount, have + amount))
            ledger[v.ledger.carrier] = amount
    return ledger


def solve_process(
    process: Process,
    lib: Library,
    x: np.ndarray,
    year: Year,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Solved:
    """Solve rows of one process over their years."""
    declaration = lib.declaration(process.name)
    d, y = solve_rows(process.entry, declaration, x, year.o, year.first_bin, threads, progress=progress)
    yearly = yearly_amounts(declaration, y, year)
    status, blame = worst_points(y, year)
    with np.errstate(invalid="ignore", divide="ignore"):
        indicators = {
            name: getattr(process.indicators, name)(yearly) for name in lib.indicators(process.name)
        }
    return Solved(
        declaration,
        x,
        d,
        year,
        y,
        status,
        blame,
        yearly,
        ledger_of(declaration, yearly),
        indicators,
        known_flows(declaration, yearly),
    )


def distinct(x: np.ndarray, year: Year) -> tuple[np.ndarray, np.ndarray]:
    """Return (first, same): rows to solve, and for each row the place of its twin among them.

    Two plants are the same when every bit of their records and of their years is.
    """
    seen: dict[bytes, int] = {}
    first: list[int] = []
    same = np.empty(len(x), dtype=np.int64)
    for i in range(len(x)):
        own = year.points(i)
        key = x[i].tobytes() + b"|" + year.o[own].tobytes() + b"|" + year.seconds[own].tobytes()
        if key not in seen:
            seen[key] = len(first)
            first.append(i)
        same[i] = seen[key]
    return np.array(first, dtype=np.int64), same


def by_process(plants: Sequence[Plant]) -> dict[str, list[Plant]]:
    """Return plants that can be simulated, by process in alphabetical order, plants in the case's order.

    Plants whose process has no model are left out: their owner's figures stand in ``declared``.
    """
    groups: dict[str, list[Plant]] = {}
    modelled = names()
    for plant in plants:
        if plant.process in modelled:
            groups.setdefault(plant.process, []).append(plant)
    return dict(sorted(groups.items()))


def evaluate_plants(
    plants: Sequence[Plant], lib: Library, threads: int | None = None
) -> dict[str, tuple[list[Plant], Solved]]:
    """Simulate plants as they are; return by process the plants and their solved rows, in the case's order."""
    results = {}
    for name, group in by_process(plants).items():
        x, year = plant_rows(lib.declaration(name), group)
        results[name] = (group, solve_process(load(name), lib, x, year, threads))
    return results


def value_evidence(plant: Plant, names: Sequence[str] | None = None) -> str:
    """Return the weakest evidence of the plant's values (of ``names`` only, when given)."""
    chosen = plant.values if names is None else [n for n in names if n in plant.values]
    return weakest([plant.values[n].origin.evidence for n in chosen if plant.values[n].origin.evidence])


def all_ok(solved: Solved) -> bool:
    """Return whether no operating point failed."""
    return bool(np.all(solved.y["status"] == OK))
