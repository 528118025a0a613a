"""Load plantsim with changed sources: with a fault in one file, or with a mark before each statement.

The marks say which statements a test runs. They are written into the syntax tree: a tenth of a tracer's cost, and
a place that other code of Python's (a debugger, a coverage tool) needs stays free.
"""

from __future__ import annotations

import ast
import builtins
import functools
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Callable, Mapping
from types import CodeType, ModuleType
from typing import Any

from faults.sites import bodies, statements

NAME = "__marks_of_faults__"


class Marks:
    """Which statements have run since the last :meth:`take`; a statement's number is its place over all files."""

    def __init__(self, root: str, texts: Mapping[str, str]) -> None:
        self.first: dict[str, int] = {}
        self.codes: dict[str, CodeType] = {}
        count = 0
        for path, text in sorted(texts.items()):
            self.first[path] = count
            tree = ast.parse(text)
            numbers = {id(s): count + i for i, s in enumerate(statements(tree))}
            count += len(numbers)
            self.codes[path] = compile(_marked(tree, numbers), f"{root}/{path}", "exec", dont_inherit=True)
        self.array = bytearray(count)
        setattr(builtins, NAME, self.array)
        self.on_import = 0

    def take(self) -> int:
        """Return what has run as a whole number of bits, eight a statement, and begin anew."""
        taken = int.from_bytes(self.array, "little")
        self.array[:] = bytes(len(self.array))
        return taken

    def put(self, taken: int) -> None:
        """Count what was taken as run."""
        now = int.from_bytes(self.array, "little") | taken
        self.array[:] = now.to_bytes(len(self.array), "little")

    def apart(self, run: Callable[[], Any]) -> tuple[Any, int]:
        """Return what ``run()`` returns and the statements that it ran; they count as run besides."""
        before = self.take()
        try:
            result = run()
        finally:
            own = self.take()
            self.put(before | own)
        return result, own

    def remember_caches(self) -> None:
        """Let functools' caches give, with a value that they kept, the statements that made it.

        Without it only the first test that asks for a kept value would seem to run what makes it.
        """
        real = functools.lru_cache

        def lru_cache(maxsize: Any = 128, typed: bool = False) -> Any:
            if callable(maxsize):
                return decorate(maxsize, 128, False)
            return lambda function: decorate(function, maxsize, typed)

        def decorate(function: Callable[..., Any], maxsize: int | None, typed: bool) -> Any:
            made: dict[Any, int] = {}

            def make(*args: Any, **named: Any) -> Any:
                result, own = self.apart(lambda: function(*args, **named))
                made[functools._make_key(args, named, typed)] = own  # type: ignore[attr-defined]
                return result

            kept = real(maxsize, typed)(make)

            @functools.wraps(function)
            def call(*args: Any, **named: Any) -> Any:
                result = kept(*args, **named)
                self.put(made.get(functools._make_key(args, named, typed), 0))  # type: ignore[attr-defined]
                return result

            call.cache_clear = kept.cache_clear  # type: ignore[attr-defined]
            call.cache_info = kept.cache_info  # type: ignore[attr-defined]
            return call

        functools.lru_cache = lru_cache  # type: ignore[assignment]
        functools.cache = lambda function: decorate(function, None, False)  # type: ignore[assignment]


def load_instead(root: str, codes: Mapping[str, CodeType], marks: Marks | None = None) -> None:
    """Let every later import of plantsim take these codes, by path below root, in the place of the files'."""

    class Loader(importlib.machinery.SourceFileLoader):
        def get_code(self, fullname: str) -> CodeType:
            return codes[self.path[len(root) + 1 :]]

        def exec_module(self, module: ModuleType) -> None:
            if marks is None:
                super().exec_module(module)
                return
            _, own = marks.apart(lambda: super(Loader, self).exec_module(module))
            marks.on_import |= own

    class Finder(importlib.abc.MetaPathFinder):
        def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
            if not fullname.startswith("plantsim."):
                return None
            spec = importlib.machinery.PathFinder.find_spec(fullname, path)
            if spec is not None and (spec.origin or "").removeprefix(root + "/") in codes:
                spec.loader = Loader(fullname, spec.origin)
            return spec

    assert "plantsim" not in sys.modules, "what is loaded already would stay as it is"
    sys.meta_path.insert(0, Finder())


def _marked(tree: ast.Module, numbers: Mapping[int, int]) -> ast.Module:
    """Put ``marks[number] = 1`` before each statement but the first that must stay first."""
    lists = [part for node in ast.walk(tree) for part in bodies(node)]
    for part in lists:
        out: list[ast.stmt] = []
        for statement in part:
            first = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
            words = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
            if not (first or words):
                mark = ast.parse(f"{NAME}[{numbers[id(statement)]}] = 1").body[0]
                for node in ast.walk(mark):
                    ast.copy_location(node, statement)
                out.append(mark)
            out.append(statement)
        part[:] = out
    return tree
