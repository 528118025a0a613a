"""What each test runs, kept over changes of the sources: by file and statement, taken over where the text stands.

A kept map holds the digests of the sources that it was made with, and those sources lie beside it. A function that
reads as it did takes its marks over to where it stands now. Where a function that one of the file's tests ran reads
otherwise, or the test file or a helper of it does, the file is mapped anew. Data (models/) is not looked at: what is
stale here can hide a test from a fault, never call a fault noticed, since that takes a test which fails.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from faults.sites import statements

Block = tuple[int, int, int]  # first statement before, first statement now, count


def text_digest(text: str) -> str:
    """Return the hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def blocks(tree: ast.Module) -> dict[str, tuple[int, int, int]]:
    """Return what stands outermost, by its syntax: first statement, count, and bits of what is inside functions."""
    listed = statements(tree)
    place = {id(s): i for i, s in enumerate(listed)}
    inner = {
        id(s)
        for f in ast.walk(tree)
        if isinstance(f, (ast.FunctionDef, ast.AsyncFunctionDef))
        for part in f.body
        for s in ast.walk(part)
        if isinstance(s, ast.stmt)
    }
    found: dict[str, tuple[int, int, int]] = {}
    for node in tree.body:
        numbers = [place[id(s)] for s in ast.walk(node) if isinstance(s, ast.stmt)]
        own = sum(1 << i for i in numbers if id(listed[i]) in inner)
        found.setdefault(ast.dump(node), (min(numbers), len(numbers), own))
    return found


def aligned(before: str, now: str) -> tuple[list[Block], int]:
    """Return what reads the same in both texts, and the bits, before, inside functions that do not."""
    old, new = blocks(ast.parse(before)), blocks(ast.parse(now))
    same = [(old[k][0], new[k][0], old[k][1]) for k in old if k in new]
    changed = 0
    for k in old:
        if k not in new:
            changed |= old[k][2]
    return same, changed


def moved(bits: int, same: list[Block]) -> int:
    """Return bits of statements before as bits of statements now."""
    found = 0
    for old, new, count in same:
        found |= ((bits >> old) & ((1 << count) - 1)) << new
    return found


class Places:
    """Marks over all files as one number, and the same by file, whose texts may have been others."""

    def __init__(self, kept: Path, first: Mapping[str, int], texts: Mapping[str, str], total: int) -> None:
        self.folder = kept / "sources"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.first, self.texts = first, texts
        ends = [*sorted(first.values())[1:], total]
        starts = sorted(first, key=lambda p: first[p])
        self.count = {p: ends[i] - first[p] for i, p in enumerate(starts)}
        self.digests = {p: text_digest(t) for p, t in texts.items()}
        self.known: dict[tuple[str, str], tuple[list[Block], int]] = {}

    def by_file(self, bits: int) -> dict[str, str]:
        """Return one number over all files as one a file, where it has any."""
        found = {}
        for path, at in self.first.items():
            own = (bits >> at) & ((1 << self.count[path]) - 1)
            if own:
                found[path] = hex(own)
        return found

    def pack(self, result: Mapping[str, Any]) -> dict[str, Any]:
        """Return the map of a test file as it is kept, and keep the sources that it was made with."""
        for path, text in self.texts.items():
            place = self.folder / f"{self.digests[path]}.py"
            if not place.exists():
                place.write_text(text, encoding="utf-8")
        tests = {n: t | {"ran": self.by_file(int(t["ran"], 16))} for n, t in result["tests"].items()}
        always = self.by_file(int(result["always"], 16))
        used = set(always) | {p for t in tests.values() for p in t["ran"]}
        sources = {p: self.digests[p] for p in sorted(used)}
        return {"sources": sources, "always": always, "tests": tests, "broken": result.get("broken", "")}

    def unpack(self, kept: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return a kept map for the sources of now, or None where its tests run something that reads otherwise."""
        changed = {}
        for path, was in kept["sources"].items():
            if self.digests.get(path) != was:
                before = self.folder / f"{was}.py"
                if path not in self.texts or not before.exists():
                    return None
                if (path, was) not in self.known:
                    self.known[path, was] = aligned(before.read_text(encoding="utf-8"), self.texts[path])
                changed[path] = self.known[path, was]
        for path, (_, other) in changed.items():
            taking_part = (t for t in kept["tests"].values() if not t["dropped"])
            if any(int(t["ran"].get(path, "0"), 16) & other for t in taking_part):
                return None

        def whole(parts: Mapping[str, str]) -> str:
            bits = 0
            for path, own in parts.items():
                here = moved(int(own, 16), changed[path][0]) if path in changed else int(own, 16)
                bits |= here << self.first[path]
            return hex(bits)

        tests = {n: t | {"ran": whole(t["ran"])} for n, t in kept["tests"].items()}
        return {"always": whole(kept["always"]), "tests": tests, "broken": kept["broken"]}


def helpers(file: Path, tests: Path) -> list[Path]:
    """Return the files of tests/ that a test file uses, by way of others too, and every conftest.py above it."""
    found = {
        c for folder in file.parents for c in [folder / "conftest.py"] if c.exists() and tests in c.parents
    }
    todo = [file, *found]
    while todo:
        text = todo.pop().read_text(encoding="utf-8")
        for name in re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE):
            other = tests / f"{name}.py"
            if other.exists() and other not in found:
                found.add(other)
                todo.append(other)
    return sorted(found)
