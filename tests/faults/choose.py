"""Which tests can notice a fault: those that run its statement, or what reads the constant that it changes."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from faults.runs import MAP_LIMIT
from faults.sites import Fault, statements

FIRST_FILES = 5  # test files of the first round: each file costs its imports
BUDGET = 60.0  # s, of the second round: what the tests chosen take without a fault


@dataclass
class Test:
    """A test: its name, seconds, and statements run, one bit each."""

    nodeid: str
    seconds: float
    ran: int
    file: str


@dataclass
class Map:
    """What all tests run.

    always: by test file, what its imports run; shared: seconds of its longest test, which may make what others use;
    alone: what tests that are left out run.
    """

    first: Mapping[str, int]
    texts: Mapping[str, str]
    tests: list[Test] = field(default_factory=list)
    always: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, str] = field(default_factory=dict)
    file_texts: dict[str, str] = field(default_factory=dict)
    shared: dict[str, float] = field(default_factory=dict)
    alone: int = 0

    def add(self, file: str, text: str, result: Mapping[str, Any]) -> None:
        """Take in what a test file runs."""
        self.file_texts[file] = text
        if result.get("broken") or "tests" not in result:
            self.dropped[file] = f"cannot be collected in plain Python: {result.get('broken', result)}"
            return
        self.always[file] = int(result["always"], 16)
        self.shared[file] = max((test["seconds"] for test in result["tests"].values()), default=0.0)
        for nodeid, test in result["tests"].items():
            slow = "too slow" if test["seconds"] > MAP_LIMIT else ""
            if test["dropped"] or slow:
                self.dropped[nodeid] = test["dropped"] or slow
                self.alone |= int(test["ran"], 16)
            else:
                self.tests.append(Test(nodeid, max(test["seconds"], 1e-4), int(test["ran"], 16), file))

    def only_dropped(self) -> int:
        """Return how many statements run only in tests that are left out."""
        kept = 0
        for test in self.tests:
            kept |= test.ran
        for bits in self.always.values():
            kept |= bits
        return (self.alone & ~kept).bit_count()

    def rounds(self, fault: Fault) -> list[dict[str, float]]:
        """Return the tests that can notice a fault, with their seconds: a quick first round, and the rest."""
        tree = ast.parse(self.texts[fault.path])
        listed = statements(tree)
        statement = listed[fault.statement]
        mask = 1 << (self.first[fault.path] + fault.statement)
        by_import = 0
        mentioned: set[str] = set()
        if statement.col_offset == 0 or _in_class(tree, statement):
            mask |= self._readers(fault.path, tree, statement)
            mentioned = self._mention(fault.path, statement)
            if not mask & (
                mask - 1
            ):  # nothing in the sources is known to read it: whatever runs in this file
                by_import = ((1 << len(listed)) - 1) << self.first[fault.path]
        else:
            by_import = mask
        chosen = [t for t in self.tests if t.ran & mask or t.file in mentioned]
        known = {t.nodeid for t in chosen}
        late = [
            t
            for t in self.tests
            if t.nodeid not in known and (t.ran & by_import or self.always[t.file] & by_import)
        ]
        return _in_rounds(chosen, late)

    def _readers(self, path: str, tree: ast.Module, statement: ast.stmt) -> int:
        """Return the statements, in any file, that read what a statement outside functions assigns."""
        mask, seen = 0, set()
        wanted = [(path, name) for name in _assigned(statement)]
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):  # a default: whatever the function does
            mask |= self._inner(path, tree, statement)
        while wanted:
            home, name = wanted.pop()
            if (home, name) in seen:
                continue
            seen.add((home, name))
            module = home.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
            for other, text in self.texts.items():
                if name not in text:
                    continue
                other_tree = tree if other == path else ast.parse(text)
                if other != home and not _imports(other_tree, module, name):
                    continue
                for number, reader in enumerate(statements(other_tree)):
                    if reader is statement or not _reads(reader, name):
                        continue
                    if reader.col_offset == 0 and not isinstance(reader, (ast.FunctionDef, ast.ClassDef)):
                        wanted += [(other, n) for n in _assigned(reader)]
                    elif isinstance(reader, (ast.FunctionDef, ast.ClassDef)):
                        mask |= self._inner(other, other_tree, reader)
                    else:
                        mask |= 1 << (self.first[other] + number)
        return mask

    def _inner(self, path: str, tree: ast.Module, outer: ast.stmt) -> int:
        """Return the statements inside a function or a class."""
        inside = {id(n) for n in ast.walk(outer) if n is not outer}
        return sum(1 << (self.first[path] + i) for i, s in enumerate(statements(tree)) if id(s) in inside)

    def _mention(self, path: str, statement: ast.stmt) -> set[str]:
        """Return the test files that name the module, or what the statement assigns."""
        module = path.removesuffix(".py").replace("/", ".")
        folder, _, last = module.rpartition(".")
        words = [re.escape(n) for n in _assigned(statement)]
        words += [re.escape(module), re.escape(folder) + r" import [^\n]*" + re.escape(last)]
        pattern = re.compile(r"\b(?:" + "|".join(words) + r")\b")
        return {file for file, text in self.file_texts.items() if pattern.search(text)}


def _in_rounds(chosen: Sequence[Test], late: Sequence[Test]) -> list[dict[str, float]]:
    """Return the first round (few files, those whose tests run least besides) and the second, quickest first."""
    by_file: dict[str, list[Test]] = {}
    for test in chosen:
        by_file.setdefault(test.file, []).append(test)
    files = sorted(by_file, key=lambda f: min(t.ran.bit_count() + 2000 * t.seconds for t in by_file[f]))
    first = [t for f in files[:FIRST_FILES] for t in sorted(by_file[f], key=lambda t: t.seconds)]
    first = [t for t in first if t.seconds < 5.0]
    taken = {t.nodeid for t in first}
    rest = sorted((t for t in chosen if t.nodeid not in taken), key=lambda t: t.seconds)
    rest += sorted(late, key=lambda t: t.seconds)
    second, spent = [], 0.0
    for test in rest:
        spent += test.seconds
        if spent > BUDGET:
            break
        second.append(test)
    files = list(dict.fromkeys(t.file for t in second))
    second.sort(
        key=lambda t: files.index(t.file)
    )  # a file's tests together, since they share what they solve
    return [{t.nodeid: t.seconds for t in part} for part in (first, second) if part]


def _assigned(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [n.id for t in targets if t is not None for n in ast.walk(t) if isinstance(n, ast.Name)]


def _in_class(tree: ast.Module, statement: ast.stmt) -> bool:
    return any(isinstance(n, ast.ClassDef) and statement in n.body for n in tree.body)


def _imports(tree: ast.Module, module: str, name: str) -> bool:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = {a.name for a in node.names}
            if (node.module == module and name in names) or module in {f"{node.module}.{n}" for n in names}:
                return True
        if isinstance(node, ast.Import) and any(a.name == module for a in node.names):
            return True
    return False


def _reads(statement: ast.stmt, name: str) -> bool:
    """Return whether a statement, without the statements inside it, reads a name, its own or a module's."""
    todo: list[ast.AST] = [statement]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
            return True
        if isinstance(node, ast.Attribute) and node.attr == name:
            return True
        todo += [c for c in ast.iter_child_nodes(node) if not isinstance(c, ast.stmt)]
    return False
