"""Which fields of the records x, d, o, y a process's sources use, by parsing them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

RECORDS = ("x", "d", "o", "y")
NOT_FIELDS = set(dir(np.record)) | set(dir(np.ndarray))  # x.copy() is no use of a variable


@dataclass
class Use:
    """Fields read and written by record, variables blamed, and yearly amounts that indicators take."""

    read: dict[str, set[str]] = field(default_factory=lambda: {r: set() for r in RECORDS})
    written: dict[str, set[str]] = field(default_factory=lambda: {r: set() for r in RECORDS})
    blamed: set[str] = field(default_factory=set)
    yearly: set[str] = field(default_factory=set)

    def of(self, record: str) -> set[str]:
        """Fields of a record that are read or written."""
        return self.read[record] | self.written[record]


def record_use(files: list[Path]) -> Use:
    """Return what the sources use. ``x.name``, ``x[i].name`` and ``x["name"]`` count, under these very names."""
    use = Use()
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        stored = set(_stored_elements(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                record = _name(node.value)
                if record in RECORDS and node.attr not in NOT_FIELDS:
                    writes = isinstance(node.ctx, ast.Store) or node in stored
                    (use.written if writes else use.read)[record].add(node.attr)
            elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                key, of = node.slice.value, _name(node.value)
                if isinstance(key, str) and of in RECORDS:
                    (use.written if isinstance(node.ctx, ast.Store) else use.read)[of].add(key)
                elif isinstance(key, str) and of == "year":
                    use.yearly.add(key)
            elif isinstance(node, ast.Call) and _name(node.func) == "variable_code":
                use.blamed.update(a.value for a in node.args if isinstance(a, ast.Constant))
    return use


def _stored_elements(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield ``y.name`` of every ``y.name[i] = ...``: writing a place of a row writes the field."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            yield node.value


def _name(node: ast.AST) -> str:
    """Return the name under an expression: x of ``x`` and of ``x[i]``."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
