"""The road of one number: from its line in a file, through the model, to the rank of proposals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from plantsim.engine.evaluate import Solved, solve_process
from plantsim.engine.influence import moves, step_of
from plantsim.engine.rank import rank_case
from plantsim.engine.ranking import PlantRow, ProposalRow
from plantsim.engine.rows import plant_rows
from plantsim.library import Library
from plantsim.processes import load
from plantsim.vocabulary.case import Case, Plant, Value
from plantsim.vocabulary.coal import COAL_VARIABLES
from plantsim.vocabulary.declarations import Variable
from plantsim.vocabulary.problems import BadInput, Problems, bad_input, nearest

STEP = 0.01  # the variable is moved by 1 %
SUGGESTED = 5  # names in a message about an unknown one


@dataclass(frozen=True)
class Effect:
    """What a step of the variable does to one figure, in SI."""

    kind: str  # output | indicator | ledger
    name: str
    before: float
    after: float


@dataclass(frozen=True)
class Road:
    """One variable at one plant. ``step`` is the change in SI behind ``effects``; 0 when it can't be moved."""

    plant: Plant
    variable: Variable
    value: Value | None
    field: str
    outputs: tuple[float, ...]  # where the variable is an output: its value at each operating point
    step: float
    effects: tuple[Effect, ...]
    plant_row: PlantRow
    proposals: tuple[tuple[ProposalRow, float, float], ...]  # row, saving now, saving after the step [J/a]


def explain_variable(
    case: Case, plants: Sequence[Plant], lib: Library, name: str, problems: Problems
) -> list[Road]:
    """Return the road of a variable for each of ``plants`` whose process has it.

    Raises BadInput naming the nearest variable when none has it.
    """
    found = [(p, own) for p in plants for own in _named(p, lib, name)]
    if not found:
        raise _unknown(plants, lib, name)
    ranking = rank_case(case, lib, problems)
    rows = {r.plant.id: r for r in ranking.plants}
    return [_road(case, lib, p, own, rows[p.id], ranking.proposals, problems) for p, own in found]


def _named(plant: Plant, lib: Library, name: str) -> list[str]:
    """Return the variables that a name stands for at a plant: one, a coal's parts, or none."""
    own = lib.declaration(plant.process).resolve(name)
    if own:
        return [own]
    return [v for v in COAL_VARIABLES if v in plant.values] if name == "coal" else []


def _unknown(plants: Sequence[Plant], lib: Library, name: str) -> BadInput:
    """Return the error for a name that is no variable of any plant's process."""
    known = sorted({v for p in plants for v in lib.declaration(p.process).variables})
    known += sorted({i for p in plants for i in lib.indicators(p.process)})
    near = get_close_matches(name, known, n=SUGGESTED) or [nearest(name, known)]
    return bad_input("explain_not_found", given=name, nearest=", ".join(near))


def _road(
    case: Case,
    lib: Library,
    plant: Plant,
    name: str,
    row: PlantRow,
    proposals: Sequence[ProposalRow],
    problems: Problems,
) -> Road:
    declaration = lib.declaration(plant.process)
    v = declaration.variables[name]
    record = {"input": "x", "calibrated": "x", "design": "d", "operating": "o", "output": "y"}[v.role]
    value = plant.values.get(name) or (plant.air_pressure if name == "air_pressure" else None)
    if v.role == "operating" and plant.operation:
        value = plant.operation[0].values.get(name)
    x, year = plant_rows(declaration, [plant])
    solved = solve_process(load(plant.process), lib, x, year, 1)
    outputs = _where(v, solved, 0, 0, len(solved.y))
    step = 0.0
    effects: tuple[Effect, ...] = ()
    own = [r for r in proposals if r.plant.id == plant.id]
    if v.role in {"input", "operating"} and not v.is_integer and value is not None:
        step, effects, moved_case = _moved(case, lib, plant, v)
        after = {r.proposal.id: r.saving for r in rank_case(moved_case, lib, problems).proposals}
        moved = [(r, r.saving, after.get(r.proposal.id, float("nan"))) for r in own]
    else:
        moved = [(r, r.saving, r.saving) for r in own]
    return Road(plant, v, value, f"{record}.{name}", outputs, step, effects, row, tuple(moved))


def _where(v: Variable, solved: Solved, at: int, a: int, b: int) -> tuple[float, ...]:
    """Return a variable's value in the solved records: one per operating point, or the plant's one."""
    if v.role == "output":
        return tuple(float(x) for x in np.ravel(solved.y[v.name][a:b]))
    if v.role == "operating":
        return tuple(float(x) for x in np.ravel(solved.year.o[v.name][a:b]))
    record = solved.d if v.role == "design" else solved.x
    return tuple(float(x) for x in np.ravel(record[v.name][at]))


def _moved(case: Case, lib: Library, plant: Plant, v: Variable) -> tuple[float, tuple[Effect, ...], Case]:
    """Move a variable by STEP; return (step in SI, effects on the plant, the case with the plant moved)."""
    from dataclasses import replace

    def moved_value(value: Value) -> Value:
        array = np.asarray(value.si, dtype=np.float64)
        new = array + step_of(v, array, STEP)
        return replace(value, si=tuple(float(x) for x in new) if new.ndim else float(new))

    if v.role == "operating":
        points = tuple(
            replace(p, values={**p.values, v.name: moved_value(p.values[v.name])})
            if v.name in p.values
            else p
            for p in plant.operation
        )
        other = replace(plant, operation=points)
    else:
        other = replace(plant, values={**plant.values, v.name: moved_value(plant.values[v.name])})
    declaration = lib.declaration(plant.process)
    x, year = plant_rows(declaration, [plant, other])
    solved = solve_process(load(plant.process), lib, x, year, 1)
    first = np.ravel(np.asarray(plant.values[v.name].si if v.role == "input" else solved.year.o[v.name][:1]))
    step = float(np.ravel(step_of(v, first, STEP))[0])
    effects = []
    groups: Mapping[str, Mapping[str, np.ndarray]] = {
        "output": solved.yearly,
        "indicator": solved.indicators,
        "ledger": solved.ledger,
    }
    for kind, figures in groups.items():
        for figure, values in figures.items():
            if moves(float(values[0]), float(values[1])) and not figure.endswith("_residual"):
                effects.append(Effect(kind, figure, float(values[0]), float(values[1])))
    plants = tuple(other if p.id == plant.id else p for p in case.plants)
    return step, tuple(effects), replace(case, plants=plants)
