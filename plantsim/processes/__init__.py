"""The plant models. One folder per process; each knows only kernels and vocabulary.

A process offers
    kernel.py       calibrate(x), design(x, d), solve(x, d, o, y) and the cached ``entry`` made from them
    indicators.py   one function per indicator of its standards.toml: arrays of yearly amounts -> SI array
    options.py      ``OPTIONS``: option -> word -> the constant that kernels compare with; held against variables.toml
    checks.py       optional: ``check(x)`` -> findings about one plant's record before it is solved
    failure.py      optional: ``FIGURES``: blamed variable -> the variables whose figures belong beside it
    tables.py       optional: ``tables(x, d, o, y)`` and ``pictures(x, d, o, y)`` of one plant at one point
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from plantsim.vocabulary.problems import Finding


@dataclass(frozen=True)
class Process:
    """The loaded parts of a process."""

    name: str
    entry: Callable[..., None]
    indicators: Any
    check: Callable[[Any], list[Finding]] | None
    tables: Callable[..., list] | None
    pictures: Callable[..., list] | None
    failure_figures: Mapping[str, tuple[str, ...]]


def names() -> tuple[str, ...]:
    """Return the processes that have a model, in order, without importing any."""
    return tuple(sorted(p.parent.name for p in Path(__file__).parent.glob("*/kernel.py")))


def _part(process: str, module: str, attribute: str) -> Any:
    path = f"plantsim.processes.{process}.{module}"
    return getattr(import_module(path), attribute, None) if find_spec(path) else None


def checker(process: str) -> Callable[[Any], list[Finding]] | None:
    """Return the input check of a process without loading its kernels; None when it has none."""
    return _part(process, "checks", "check")


def load(process: str) -> Process:
    """Return a process with its compiled (or cached) entry. Raises KeyError when there is no such process."""
    if process not in names():
        raise KeyError(process)
    return Process(
        name=process,
        entry=import_module(f"plantsim.processes.{process}.kernel").entry,
        indicators=import_module(f"plantsim.processes.{process}.indicators"),
        check=_part(process, "checks", "check"),
        tables=_part(process, "tables", "tables"),
        pictures=_part(process, "tables", "pictures"),
        failure_figures=_part(process, "failure", "FIGURES") or {},
    )
