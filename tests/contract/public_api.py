"""What users write and programs read, as text to be kept: names, tables, verbs, codes.

    python tests/contract/public_api.py        records today's in tests/contract/public_api/

    api.txt         names of plantsim.api with their parameters
    PROCESS.txt     variables, indicators, retrofits, reference plants: part of case files, which are kept for years
    tables.txt      columns of results, in order, with their units
    cli.txt         verbs, arguments, options, defaults, exit codes
    messages.txt    message codes with their fields, status codes, words of result columns

Record a removal only when its alias has expired, or with a line in the changelog: somebody reads the old name.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path

from public_cli import cli_lines
from public_messages import message_lines
from public_tables import table_lines

RECORDED = Path(__file__).resolve().parent / "public_api"


def api_lines() -> list[str]:
    """Return one line per public name of plantsim.api, with its parameters and their defaults."""
    from plantsim import api

    return sorted(f"{name}{_plain(inspect.signature(getattr(api, name)))}" for name in api.__all__)


def _plain(signature: inspect.Signature) -> inspect.Signature:
    parameters = [p.replace(annotation=p.empty) for p in signature.parameters.values()]
    return signature.replace(parameters=parameters, return_annotation=signature.empty)


def variable_lines(process: str) -> list[str]:
    """Return one line per name that a case file or a result of this process may hold: role, name, unit.

    The unit belongs to it: it is what a bare number in a case file means, and the unit of the results.
    """
    from plantsim.library import library

    lib = library()
    lines = [f"{v.role} {v.name} {v.unit}".rstrip() for v in lib.declaration(process).variables.values()]
    lines += [f"indicator {i.name} {i.unit}" for i in lib.indicators(process).values()]
    lines += [f"retrofit {name}" for name in lib.retrofits(process)]
    return sorted(lines + [f"reference {r.id}" for r in lib.references.values() if r.process == process])


HOUSE: dict[str, Callable[[], list[str]]] = {
    "api": api_lines,
    "tables": table_lines,
    "cli": cli_lines,
    "messages": message_lines,
}
"""What does not belong to a process: file name -> its lines of today."""


def recorded(name: str) -> list[str]:
    """Return what was recorded under ``name``; nothing for a new process."""
    file = RECORDED / f"{name}.txt"
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def record() -> None:
    """Write today's names."""
    from plantsim.library import library

    RECORDED.mkdir(exist_ok=True)
    for name in (*HOUSE, *library().processes):
        lines = HOUSE[name]() if name in HOUSE else variable_lines(name)
        (RECORDED / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    record()
