"""Where a fault can be put into the sources, and what the faulty line then reads.

A fault is one small change of one expression: of the text between two places of a file. Eight kinds stand in KINDS.
Left out are what another program writes (sums of IAPWS-IF97, tables of coefficients as printed), words, places in
lists, bounds of loops, and conditions that only guard the number of steps: faults there are either found by
anything, or change nothing that a user could see.
"""

from __future__ import annotations

import ast
import hashlib
import io
import random
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

KINDS = (
    "sign",
    "coefficient",
    "exponent",
    "swapped argument",
    "comparison",
    "clamp",
    "option code",
    "deleted term",
)
FOLDERS = ("plantsim/kernels", "plantsim/processes", "plantsim/engine")
STATUS = "plantsim/vocabulary/status.py"
SYMMETRIC = {
    "min",
    "max",
    "hypot",
    "minimum",
    "maximum",
    "isclose",
    "allclose",
    "array_equal",
    "logaddexp",
    "gcd",
}
NO_ARITHMETIC = {
    "range",
    "isinstance",
    "getattr",
    "setattr",
    "hasattr",
    "open",
    "print",
    "round",
    "variable_code",
}
STEPS = ("STEPS", "ROUNDS", "TOLERANCE", "SMALL")  # names that end so bound an iteration: see the module
OPPOSITE = {
    ast.Lt: ">=",
    ast.GtE: "<",
    ast.Gt: "<=",
    ast.LtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
}
NEIGHBOUR = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}


@dataclass(frozen=True)
class Fault:
    """One change: ``text[start:end]`` of the file becomes ``new``; statement: number of its statement in the file."""

    path: str
    kind: str
    line: int
    start: int
    end: int
    new: str
    statement: int

    def apply(self, text: str) -> str:
        """Return the file with the fault in it."""
        return text[: self.start] + self.new + text[self.end :]

    def lines(self, text: str) -> tuple[str, str]:
        """Return the lines it touches, before and after, each joined to one without its indent."""
        begin = text.rfind("\n", 0, self.start) + 1
        stop = text.find("\n", self.end)
        stop = len(text) if stop < 0 else stop
        was, becomes = text[begin:stop], text[begin : self.start] + self.new + text[self.end : stop]
        return " ".join(was.split()), " ".join(becomes.split())

    def name(self, text: str) -> str:
        """Return a name that stays when lines above it come or go."""
        was, becomes = self.lines(text)
        nth = text[: self.start].count(text[self.start : self.end]) if text.count(was) > 1 else 0
        return hashlib.sha256(f"{self.path}|{was}|{becomes}|{nth}".encode()).hexdigest()[:16]


def sources(root: Path) -> dict[str, str]:
    """Return path -> text of every file that faults are put into."""
    files = (file for folder in FOLDERS for file in sorted((root / folder).rglob("*.py")))
    return _of_hand({f.relative_to(root).as_posix(): f.read_text(encoding="utf-8") for f in files})


def sources_at(root: Path, commit: str) -> tuple[dict[str, str], str]:
    """Return the same as they stood at a commit, and the text of the status codes there."""
    git = ["git", "-C", str(root), "archive", "--format=tar", commit, "--", *FOLDERS, STATUS]
    packed = subprocess.run(git, check=True, capture_output=True).stdout
    texts = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        for member in sorted(tar.getmembers(), key=lambda m: Path(m.name)):
            file = tar.extractfile(member) if member.name.endswith(".py") else None
            if file is not None:
                texts[member.name] = file.read().decode()
    status = texts.pop(STATUS)
    by_folder = {n: texts[n] for folder in FOLDERS for n in texts if n.startswith(folder + "/")}
    return _of_hand(by_folder), status


def _of_hand(texts: dict[str, str]) -> dict[str, str]:
    """Return the files that another program did not write."""
    tables = ("coefficients_", "generate")
    return {
        n: t
        for n, t in texts.items()
        if not n.rpartition("/")[2].startswith(tables) and "Written by " not in t[:400]
    }


def bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """Yield the lists of statements that a node holds."""
    for name in ("body", "orelse", "finalbody"):
        part = getattr(node, name, None)
        if isinstance(part, list) and part and isinstance(part[0], ast.stmt):
            yield part


def statements(tree: ast.Module) -> list[ast.stmt]:
    """Return every statement in the order of the text; its number is its place here."""
    return sorted(
        (n for n in ast.walk(tree) if isinstance(n, ast.stmt)), key=lambda n: (n.lineno, n.col_offset)
    )


def faults_of(path: str, text: str, codes: set[str]) -> list[Fault]:
    """Return every fault that can be put into a file; codes: names there that are codes."""
    return _Finder(path, text, codes).find()


def codes_in(texts: dict[str, str]) -> dict[str, set[str]]:
    """Return per file the names there that say what an option, a status or a variable is: whole numbers, no amounts."""
    own: dict[str, set[str]] = {}
    for path, text in texts.items():
        whole = path.endswith(("codes.py", "status.py"))
        own[path] = set()
        for node in ast.parse(text).body:
            for name, value in _pairs(node) if isinstance(node, ast.Assign) else ():
                small = isinstance(value, ast.Constant) and type(value.value) is int and value.value < 100
                code = (small and whole) or _called(value) == "variable_code"
                if name.isupper() and code and not name.endswith(STEPS):
                    own[path].add(name)
    found = {}
    for path, text in texts.items():
        found[path] = set(own[path])
        for node in ast.parse(text).body:
            if isinstance(node, ast.ImportFrom) and node.module:
                home = own.get(node.module.replace(".", "/") + ".py", set())
                found[path] |= {a.name for a in node.names if a.name in home}
    return found


def sample(root: Path, seed: str, count: int) -> list[tuple[Fault, str]]:
    """Return ``count`` faults with their files' texts, drawn by ``seed``: the kinds in turn, each from all its places.

    The first faults of a longer sample are those of a shorter one.
    """
    return drawn(sources(root), (root / STATUS).read_text(encoding="utf-8"), seed, count)


def standing(
    chosen: list[tuple[Fault, str]], texts: dict[str, str], status: str
) -> list[tuple[Fault, str] | None]:
    """Return faults drawn from other texts where they stand in these; None for one whose line reads otherwise."""
    codes = codes_in({**texts, STATUS: status})
    here: dict[str, dict[str, Fault]] = {}
    found: list[tuple[Fault, str] | None] = []
    for fault, text in chosen:
        now = texts.get(fault.path)
        if now is not None and fault.path not in here:
            here[fault.path] = {f.name(now): f for f in faults_of(fault.path, now, codes[fault.path])}
        same = here.get(fault.path, {}).get(fault.name(text))
        found.append(None if same is None or now is None else (same, now))
    return found


def drawn(texts: dict[str, str], status: str, seed: str, count: int) -> list[tuple[Fault, str]]:
    """Return ``count`` faults of these texts with the text of their file, drawn by ``seed``."""
    codes = codes_in({**texts, STATUS: status})
    by_kind: dict[str, list[Fault]] = {k: [] for k in KINDS}
    for path, text in texts.items():
        for fault in faults_of(path, text, codes[path]):
            by_kind[fault.kind].append(fault)
    shuffled = []
    for kind in KINDS:
        places = by_kind[kind]
        random.Random(f"{seed} {kind}").shuffle(places)
        shuffled.append(places)
    taken: dict[str, tuple[Fault, str]] = {}
    for turn in range(max(map(len, shuffled))):
        for places in shuffled:
            if turn < len(places) and len(taken) < count:
                text = texts[places[turn].path]
                taken.setdefault(places[turn].name(text), (places[turn], text))
    return list(taken.values())


def _pairs(node: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """Yield (name, value) of an assignment to names, one by one where it is of tuples."""
    for target in node.targets:
        if isinstance(target, ast.Name):
            yield target.id, node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for t, v in zip(target.elts, node.value.elts, strict=False):
                if isinstance(t, ast.Name):
                    yield t.id, v
        elif isinstance(target, ast.Tuple) and _called(node.value) == "range":
            for t in target.elts:
                if isinstance(t, ast.Name):
                    yield t.id, ast.Constant(0)


def _called(node: ast.AST | None) -> str:
    """Return the last name of what a call calls, else an empty text."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


class _Finder:
    def __init__(self, path: str, text: str, codes: set[str]) -> None:
        self.path, self.text, self.codes = path, text, codes
        self.found: list[Fault] = []
        starts, at = [], 0
        for line in text.splitlines(keepends=True):
            starts.append(at)
            at += len(line)
        self.starts = starts
        self.bytes = [line.encode() for line in text.splitlines(keepends=True)]

    def find(self) -> list[Fault]:
        tree = ast.parse(self.text)
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                child.parent = node  # type: ignore[attr-defined]
        for number, statement in enumerate(statements(tree)):
            self.number = number
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                continue
            self.whole(statement)
            self.walk(statement, statement)
        return self.found

    def walk(self, node: ast.AST, statement: ast.stmt) -> None:
        """Look at the expressions of one statement, without the statements inside it."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.stmt, ast.JoinedStr, ast.Slice)):
                continue
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not isinstance(child, ast.arguments):
                continue  # decorators and types
            if child is getattr(node, "annotation", None) or child is getattr(node, "returns", None):
                continue
            if isinstance(node, ast.Subscript) and child is node.slice:
                continue
            self.expression(child)
            self.walk(child, statement)

    def place(self, node: ast.AST) -> tuple[int, int]:
        """Return where a node's text begins and ends."""

        def offset(line: int, column: int) -> int:
            return self.starts[line - 1] + len(self.bytes[line - 1][:column].decode())

        return offset(node.lineno, node.col_offset), offset(node.end_lineno, node.end_col_offset)

    def source(self, node: ast.AST) -> str:
        start, end = self.place(node)
        return self.text[start:end]

    def inside(self, node: ast.AST) -> str:
        """Return a node's text, in brackets where it would bind otherwise without them."""
        text = self.source(node)
        simple = (ast.Name, ast.Constant, ast.Attribute, ast.Subscript, ast.Call, ast.Tuple)
        return text if isinstance(node, simple) else f"({text})"

    def add(self, kind: str, node: ast.AST, new: str) -> None:
        start, end = self.place(node)
        if new != self.text[start:end]:
            line = self.text.count("\n", 0, start) + 1
            self.found.append(Fault(self.path, kind, line, start, end, new, self.number))

    def whole(self, node: ast.stmt) -> None:
        """Faults of a whole statement: a sum that isn't continued, a bound that isn't kept, codes swapped."""
        if isinstance(node, ast.AugAssign) and isinstance(node.op, (ast.Add, ast.Sub)):
            if not isinstance(node.value, (ast.List, ast.Tuple, ast.JoinedStr, ast.ListComp)):
                target, value = self.source(node.target), self.source(node.value)
                other = "-=" if isinstance(node.op, ast.Add) else "+="
                self.add("sign", node, f"{target} {other} {value}")
            self.add("deleted term", node, "pass")
        if isinstance(node, ast.If) and not node.orelse and len(node.body) == 1:
            only = node.body[0]
            if isinstance(node.test, ast.Compare) and isinstance(only, ast.Assign) and len(only.targets) == 1:
                compared = [ast.dump(node.test.left), *map(ast.dump, node.test.comparators)]
                bare = ast.dump(only.targets[0]).replace("ctx=Store()", "ctx=Load()")
                if bare in compared:  # if x > top: x = top
                    self.add("clamp", node.test, "False")
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Tuple)
            and self.path.endswith("codes.py")
        ):
            values = node.value.elts
            for a, b in pairwise(values):
                if _is_number(a) and _is_number(b):
                    texts = [self.source(v) for v in values]
                    i = values.index(a)
                    texts[i], texts[i + 1] = texts[i + 1], texts[i]
                    self.add("option code", node.value, ", ".join(texts))

    def expression(self, node: ast.AST) -> None:
        """Faults of one expression."""
        if isinstance(node, ast.BinOp):
            self.binary(node)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            self.add("sign", node, self.inside(node.operand))
        elif isinstance(node, ast.Compare):
            self.comparison(node)
        elif isinstance(node, ast.Call):
            self.call(node)
        elif _is_number(node):
            self.number_of(node)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in self.codes:
            self.code(node)

    def binary(self, node: ast.BinOp) -> None:
        """Faults of a sum, a product, a quotient or a power."""
        left, right = self.inside(node.left), self.inside(node.right)
        words = (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp, ast.Set, ast.Dict)
        parts = (node.left, node.right)
        if any(
            isinstance(p, words) or (isinstance(p, ast.Constant) and isinstance(p.value, str)) for p in parts
        ):
            return
        if isinstance(node.op, (ast.Add, ast.Sub)):
            self.add(
                "sign",
                node,
                f"{self.source(node.left)} {'-' if isinstance(node.op, ast.Add) else '+'} {right}",
            )
            self.add("deleted term", node, left)
            self.add("deleted term", node, right if isinstance(node.op, ast.Add) else f"-{right}")
        elif isinstance(node.op, (ast.Mult, ast.Div)):
            if ast.dump(node.left) == ast.dump(node.right):
                self.add("exponent", node, left)
            elif not (_is_number(node.left) or _is_number(node.right)):
                self.add("deleted term", node, left)
                if isinstance(node.op, ast.Mult):
                    self.add("deleted term", node, right)
        elif isinstance(node.op, ast.Pow):
            if _is_number(node.right):
                value = node.right.value  # type: ignore[attr-defined]
                if type(value) is int:
                    self.add("exponent", node, f"{left} ** {value + 1}")
                    self.add("exponent", node, f"{left} ** {value - 1}")
                else:
                    self.add("exponent", node, f"{left} ** {value * 1.1!r}")
                    self.add("exponent", node, f"{left} ** {value * 0.9!r}")
            else:
                self.add("exponent", node, f"{left} ** (1.1 * {right})")
                self.add("exponent", node, f"{left} ** (0.9 * {right})")

    def comparison(self, node: ast.Compare) -> None:
        """Faults of a comparison: its opposite, and its neighbour where whole numbers are compared."""
        operands = [node.left, *node.comparators]
        for i, op in enumerate(node.ops):
            a, b = self.place(operands[i])[1], self.place(operands[i + 1])[0]
            pair = (operands[i], operands[i + 1])
            if any(isinstance(n, ast.Name) and n.id.endswith(STEPS) for n in pair):
                continue
            whole = any(isinstance(n, ast.Constant) and type(n.value) is int for n in pair) or "len" in map(
                _called, pair
            )
            for new in (OPPOSITE[type(op)], NEIGHBOUR.get(type(op)) if whole else None):
                if new is not None:
                    line = self.text.count("\n", 0, a) + 1
                    gap = self.text[a:b]
                    closing = gap[: len(gap) - len(gap.lstrip(") \n\t"))]
                    opening = gap[len(gap.rstrip("( \n\t")) :]
                    self.found.append(
                        Fault(self.path, "comparison", line, a, b, f"{closing}{new}{opening}", self.number)
                    )

    def call(self, node: ast.Call) -> None:
        """Faults of a call: two arguments swapped, a bound taken for the other or dropped, a root not drawn."""
        name = _called(node)
        if name in ("sqrt", "cbrt") and len(node.args) == 1:
            self.add("exponent", node, self.inside(node.args[0]))
        if name in ("min", "max", "minimum", "maximum") and len(node.args) == 2 and not node.keywords:
            a, b = (self.inside(n) for n in node.args)
            if not any(isinstance(n, (ast.GeneratorExp, ast.Starred)) for n in node.args):
                for new in (a, b):
                    self.add("clamp", node, new)
                other = {"min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum"}[name]
                function = self.source(node.func)
                self.add(
                    "clamp",
                    node,
                    f"{function[: -len(name)]}{other}({', '.join(map(self.source, node.args))})",
                )
        if name == "clip" and len(node.args) == 3:
            self.add("clamp", node, self.inside(node.args[0]))
        if name in SYMMETRIC | NO_ARITHMETIC:
            return
        for a, b in pairwise(node.args):
            self.swap(a, b)
        for c, d in pairwise(node.keywords):
            if c.arg and d.arg:
                self.swap(c.value, d.value)

    def swap(self, a: ast.expr, b: ast.expr) -> None:
        """Swap two arguments that could be taken for each other: two amounts, not a text and a table."""
        amounts = (ast.Name, ast.Attribute, ast.Subscript, ast.BinOp, ast.Call)
        if ast.dump(a) == ast.dump(b) or not (isinstance(a, amounts) and isinstance(b, amounts)):
            return
        (start, middle), (again, end) = self.place(a), self.place(b)
        new = self.source(b) + self.text[middle:again] + self.source(a)
        line = self.text.count("\n", 0, start) + 1
        self.found.append(Fault(self.path, "swapped argument", line, start, end, new, self.number))

    def number_of(self, node: ast.AST) -> None:
        """Faults of a coefficient: a percent more, a percent less."""
        value, parent = node.value, node.parent  # type: ignore[attr-defined]
        if value == 0 or (
            isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Pow) and parent.right is node
        ):
            return
        product = isinstance(parent, ast.BinOp) and isinstance(
            parent.op, (ast.Mult, ast.Div, ast.Add, ast.Sub)
        )
        if type(value) is int and not (
            product and (isinstance(parent.op, (ast.Mult, ast.Div)) or value >= 100)
        ):
            return
        while not isinstance(parent, ast.stmt):
            if _called(parent) in NO_ARITHMETIC:
                return
            parent = parent.parent  # type: ignore[attr-defined]
        if isinstance(parent, ast.Assign):
            names = [n.id for t in parent.targets for n in ast.walk(t) if isinstance(n, ast.Name)]
            if any(n.endswith(STEPS) for n in names):
                return
        self.add("coefficient", node, f"{value * 1.01:.12g}")
        self.add("coefficient", node, f"{value * 0.99:.12g}")

    def code(self, node: ast.Name) -> None:
        """Fault of a code: the next one in its place."""
        parent = node.parent  # type: ignore[attr-defined]
        if not isinstance(parent, ast.BinOp) and _called(parent) != "range":
            self.add("option code", node, f"({node.id} + 1)")
