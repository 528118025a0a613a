"""The words of a process's options, as models/ declares them, against the integers that its kernels compare with.

``options.py`` of a process says by the constants of its kernels what each word is. Two ways to be wrong: a word with
another integer there than in variables.toml, and a kernel that compares an option with something else than a constant
of that very option. The second is found by parsing, through local names and arguments.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

Words = Mapping[str, Mapping[str, int]]
RECORDS = {"x", "o"}
READERS = {"number", "at", "get"}  # v.number("scr"), v.at("drain_to", i), values.get("charging")
PASSING = {"int", "float"}  # they hand on what they are given


def coded(process: str) -> Words | None:
    """Return ``OPTIONS`` of a process; None where it has none."""
    module = f"plantsim.processes.{process}.options"
    return getattr(import_module(module), "OPTIONS", None) if find_spec(module) else None


def disagreements(declared: Words, held: Words | None) -> list[str]:
    """Return what differs between the words of models/ and those of kernels."""
    if held is None:
        return ["the process has no options.py with OPTIONS: option -> word -> constant of its kernels"]
    found = []
    for name in sorted({*declared, *held}):
        models, kernels = declared.get(name, {}), held.get(name, {})
        for word in [*models, *(w for w in kernels if w not in models)]:
            if models.get(word) != kernels.get(word):
                found.append(
                    f"{name} {word}: {models.get(word)} in variables.toml, {kernels.get(word)} in kernels"
                )
    return found


def constants(source: str) -> dict[str, set[str]]:
    """Return the names of the constants that ``OPTIONS`` of an options.py gives each option."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "OPTIONS":
            assert isinstance(node.value, ast.Dict)
            return {
                str(ast.literal_eval(option)): {v.id for v in words.values if isinstance(v, ast.Name)}
                for option, words in zip(node.value.keys, node.value.values, strict=True)
                if option is not None and isinstance(words, ast.Dict)
            }
    return {}


class Sources:
    """The functions of a process, and those that they hand options to."""

    def __init__(self, files: Iterable[Path], called: Iterable[Path], names: Mapping[str, set[str]]) -> None:
        self.names = names
        self.functions: dict[str, ast.FunctionDef] = {}
        self.where: dict[str, str] = {}
        self.rows: dict[str, set[str]] = {}  # a file's tuples and lists: as their index an option has no name
        self.held: dict[str, dict[str, str]] = {}  # function -> its argument or local name -> option
        for file in [*called, *files]:  # a process's own function has precedence over a kernel of its name
            tree = ast.parse(file.read_text(encoding="utf-8"))
            self.rows[file.name] = {
                ast.unparse(node.targets[0])
                for node in tree.body
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple | ast.List)
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    self.functions[node.name], self.where[node.name] = node, file.name
        handed = [(name, *link) for name, f in self.functions.items() for link in self._handed(name, f)]
        found = -1
        while found < (found := self._pass_on(handed)):
            pass

    def _handed(self, name: str, function: ast.FunctionDef) -> Iterator[tuple[str, str, ast.expr]]:
        """Yield (function, its local name or argument, value) of what ``function`` assigns and hands on."""
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                yield name, node.targets[0].id, node.value
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                taker = self.functions.get(node.func.id)
                if taker is not None:
                    for argument, value in zip(taker.args.args, node.args, strict=False):
                        yield taker.name, argument.arg, value

    def _pass_on(self, handed: list[tuple[str, str, str, ast.expr]]) -> int:
        """Write down local names and arguments that hold an option; return how many there are by now."""
        for giver, taker, variable, value in handed:
            option = self.option(value, giver)
            if option:
                self.held.setdefault(taker, {})[variable] = option
        return sum(map(len, self.held.values()))

    def option(self, node: ast.AST, function: str) -> str:
        """Return the option that an expression inside ``function`` holds, or ""."""
        if isinstance(node, ast.Name):
            return self.held.get(function, {}).get(node.id, "")
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in RECORDS:
            return node.attr if node.attr in self.names else ""
        if isinstance(node, ast.Subscript):
            if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
                return node.slice.value if node.slice.value in self.names else ""
            return self.option(node.value, function)
        if isinstance(node, ast.Call) and node.args:
            first = node.args[0]
            if isinstance(node.func, ast.Name) and node.func.id in PASSING:
                return self.option(first, function)
            if isinstance(node.func, ast.Attribute) and node.func.attr in READERS:
                key = first.value if isinstance(first, ast.Constant) else ""
                return key if key in self.names else ""
        return ""

    def compared(self) -> Iterator[tuple[str, str, str]]:
        """Yield (option, constant, where) of each comparison with one of the option's own constants."""
        for _function, option, other, _, where in self._pairs():
            for one in other.elts if isinstance(other, ast.Tuple) else [other]:
                if isinstance(one, ast.Name) and one.id in self.names[option]:
                    yield option, one.id, where

    def faults(self) -> list[str]:
        """Return each place that asks an option otherwise than by its own constants."""
        found = []
        for name, option, other, equal, where in self._pairs():
            for one in other.elts if isinstance(other, ast.Tuple) else [other]:
                if isinstance(one, ast.Name):
                    fault = one.id not in self.names[option] and not one.id.islower()
                else:
                    fault = isinstance(one, ast.Constant) or (equal and not self.option(one, name))
                if fault:
                    found.append(f"{where}: {option} is compared with {ast.unparse(one)}")
        for name, function in self.functions.items():
            for node in ast.walk(function):
                by_option = isinstance(node, ast.Subscript) and self.option(node.slice, name)
                if by_option and ast.unparse(node.value) in self.rows[self.where[name]]:
                    found.append(
                        f"{self.where[name]} {name}: {ast.unparse(node)} counts on the options' order"
                    )
                asked = [node.test] if isinstance(node, ast.If | ast.IfExp | ast.While) else []
                asked += node.values if isinstance(node, ast.BoolOp) else []
                asked += (
                    [node.operand] if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) else []
                )
                found += [
                    f"{self.where[name]} {name}: {ast.unparse(one)} is asked as yes or no"
                    for one in asked
                    if self.option(one, name)
                ]
        return found

    def _pairs(self) -> Iterator[tuple[str, str, ast.expr, bool, str]]:
        """Yield (function, option, what it is compared with, whether for equality, place)."""
        for name, function in self.functions.items():
            for node in ast.walk(function):
                if not isinstance(node, ast.Compare):
                    continue
                sides = [node.left, *node.comparators]
                for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
                    equal = isinstance(operator, ast.Eq | ast.NotEq | ast.In | ast.NotIn)
                    where = f"{self.where[name]} {name}: {ast.unparse(node)}"
                    for side, other in ((left, right), (right, left)):
                        option = self.option(side, name)
                        if option:
                            yield name, option, other, equal, where
