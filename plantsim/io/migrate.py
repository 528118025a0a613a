"""Older case files to the present schema and present variable names, in place: comments and layout stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from plantsim.io.conventions import SCHEMA
from plantsim.io.plants import check_schema
from plantsim.io.text_files import TextFile
from plantsim.io.toml_lines import KeyPath, LocatedToml, parse_toml
from plantsim.library import Library
from plantsim.vocabulary.declarations import Declaration
from plantsim.vocabulary.problems import Problems

Step = Callable[[str], tuple[str, list[str]]]

STEPS: dict[int, Step] = {}
"""From a schema to the next: schema number -> step, which returns the new text and what it changed."""

_SCHEMA_LINE = re.compile(r"(?m)^(\s*schema\s*=\s*)\d+")


def migrate_text(text: str, library: Library, shown: str, problems: Problems) -> tuple[str, list[str]]:
    """Return (new text, changes); the text is returned as it was when it can't be read (see ``problems``).

    Steps lead from the file's schema to today's; then variables get today's names. shown: the file's name in
    messages. A newer schema than ours is refused.
    """
    toml = parse_toml(TextFile(shown, text, ""), problems)
    if toml is None:
        return text, []
    own = Problems()
    if "schema" in toml.data and (not check_schema(toml, own) or own.errors):
        problems.extend(own)
        return text, []
    new, changes = _to_present_schema(text, toml)
    present = parse_toml(TextFile(shown, new, ""), problems)
    if present is None:
        return text, []
    return _rename(new, present, library, changes, problems)


def _to_present_schema(text: str, toml: LocatedToml) -> tuple[str, list[str]]:
    changes: list[str] = []
    if "schema" not in toml.data:
        text = _insert_first(text, f"schema = {SCHEMA}")
        changes.append(f"+ schema = {SCHEMA}")
    version = int(toml.data.get("schema", SCHEMA))
    while version < SCHEMA:
        text, done = STEPS[version](text)
        version += 1
        text = _SCHEMA_LINE.sub(rf"\g<1>{version}", text, count=1)
        changes += [*done, f"schema {version - 1} -> {version}"]
    return text, changes


def _insert_first(text: str, line: str) -> str:
    """Put a line before the first that is neither empty nor a comment."""
    rows = text.splitlines(keepends=True)
    at = next((n for n, row in enumerate(rows) if row.strip() and not row.lstrip().startswith("#")), 0)
    end = "\r\n" if rows and rows[0].endswith("\r\n") else "\n"
    return "".join([*rows[:at], line + end, *rows[at:]])


def _rename(
    text: str, toml: LocatedToml, library: Library, changes: list[str], problems: Problems
) -> tuple[str, list[str]]:
    plant = toml.data.get("plant")
    process = plant.get("process") if isinstance(plant, Mapping) else None
    if not isinstance(process, str) or process not in library.processes:
        return text, changes
    rows = text.split("\n")
    declaration = library.declaration(process)
    for path, old, is_text in _old_names(toml.data, declaration):
        today = declaration.resolve(old)
        line = toml.line(*path)
        if not is_text and today in _at(toml.data, path[:-1]):
            problems.error("given_twice", toml.shown, line, ".".join(map(str, path)), name=old, other=today)
            continue
        pattern = (
            rf'(=\s*["\']){re.escape(old)}(?=["\'])'
            if is_text
            else rf"(^|[\s{{,.\"']){re.escape(old)}(?=[\s=.\"'])"
        )
        new, times = re.subn(pattern, rf"\g<1>{today}", rows[line - 1], count=1)
        if times:
            rows[line - 1] = new
            changes.append(f"{line}: {old} -> {today}")
    return "\n".join(rows), changes


def _old_names(data: Mapping[str, Any], declaration: Declaration) -> list[tuple[KeyPath, str, bool]]:
    """Return (path, old name, whether it stands as text rather than as a key) of every name to change."""
    found: list[tuple[KeyPath, str, bool]] = []

    def is_old(name: object) -> bool:
        return isinstance(name, str) and declaration.resolve(name) not in ("", name)

    tables: list[tuple[KeyPath, Any]] = [((name,), data.get(name)) for name in ("values", "record")]
    tables += [(("operation", n), t) for n, t in enumerate(_list(data.get("operation")))]
    for path, table in tables:
        if isinstance(table, Mapping):
            found += [((*path, name), name, False) for name in table if is_old(name)]
    calibration = data.get("calibration")
    fit = _list(calibration.get("fit")) if isinstance(calibration, Mapping) else []
    found += [(("calibration", "fit", n), name, True) for n, name in enumerate(fit) if is_old(name)]
    for p, proposal in enumerate(_list(data.get("proposal"))):
        changes = proposal.get("changes") if isinstance(proposal, Mapping) else None
        for c, change in enumerate(_list(changes)):
            name = change.get("variable") if isinstance(change, Mapping) else None
            if is_old(name):
                found.append((("proposal", p, "changes", c, "variable"), str(name), True))
    return found


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _at(data: Any, path: KeyPath) -> Any:
    for part in path:
        data = data[part]
    return data
