"""Cases that many tests look at: read, solved and ranked once in a session. Nobody changes them (``replace``)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from plantsim.engine.calibrate import fitted_case
from plantsim.engine.groups import solve_groups
from plantsim.engine.rank import rank_solved
from plantsim.io.cases import read_case
from plantsim.library import library
from plantsim.vocabulary.case import Case
from plantsim.vocabulary.problems import Problem, Problems

ROOT = Path(__file__).resolve().parents[1]
LIUPANSHUI = "cases/liupanshui"
SIMPLE_LINES, TWO_POTLINES = "tests/data/simple_lines", "tests/data/two_potlines"


@dataclass(frozen=True)
class Study:
    """A case with what it gives without draws."""

    case: Case
    groups: Any
    ranking: Any


@cache
def read(folder: str) -> tuple[Case, tuple[Problem, ...]]:
    """Return a case of this checkout as its files have it, and its problems."""
    problems = Problems()
    case = read_case(ROOT / folder, library(), problems)
    assert case is not None
    return case, tuple(problems)


@cache
def fitted(folder: str, process: str = "") -> Case:
    """Return a case with the [calibration] of its plants carried out; process: of its plants alone."""
    problems = Problems()
    case = fitted_case(read(folder)[0], library(), problems)
    assert not problems.errors
    return replace(case, plants=tuple(p for p in case.plants if process in ("", p.process)))


@cache
def study(folder: str, process: str = "") -> Study:
    """Return a case solved and ranked without draws; process: its plants of this process alone."""
    case, problems = fitted(folder, process), Problems()
    groups = solve_groups(case, library(), problems, 1)
    assert not problems.errors
    return Study(case, groups, rank_solved(case, library(), groups, 1))


def study_of(process: str) -> Study:
    """Return the frozen case of a process, which has a plant, measures, two decks and several points of operation."""
    return study(f"tests/frozen/schema-1-{process}/case")
