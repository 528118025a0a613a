"""Texts for the user: every code used has its text in both languages with the same fields, and none is idle."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from public_messages import fields_of

from plantsim.engine.columns import columns
from plantsim.library import library
from plantsim.vocabulary.case import EVIDENCE, PLANT_STATUS
from plantsim.vocabulary.messages import LANGUAGES, catalogue, text
from plantsim.vocabulary.status import NAMES

PACKAGE = Path(__file__).resolve().parents[2] / "plantsim"
# call -> place of the code among its arguments
TAKES_CODE = {
    **dict.fromkeys(("error", "warning", "say", "text", "bad_input", "Finding"), 0),
    **dict.fromkeys(("CodedError", "UnitError", "BasisError", "SiteError"), 0),
    "Problem": 1,
}
PLACE = {"file", "line", "key"}  # where a problem stands: no fields of its text
LOGGERS = {"LOG", "getLogger", "logging"}


@dataclass(frozen=True)
class Say:
    """One place where a message is made: its code ("" where it is computed), and its fields if all are visible."""

    where: str
    code: str
    fields: frozenset[str] | None


@cache
def trees() -> dict[str, ast.AST]:
    return {
        p.relative_to(PACKAGE).as_posix(): ast.parse(p.read_text(encoding="utf-8"))
        for p in sorted(PACKAGE.rglob("*.py"))
    }


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        owner = node.func.value
        names = {n.id for n in ast.walk(owner) if isinstance(n, ast.Name)}
        return "" if names & LOGGERS else node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


@cache
def says() -> list[Say]:
    found = []
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or _called(node) not in TAKES_CODE:
                continue
            at, name = TAKES_CODE[_called(node)], _called(node)
            if len(node.args) <= at:
                continue
            codes = [c.value for c in ast.walk(node.args[at]) if isinstance(c, ast.Constant)]
            simple = isinstance(node.args[at], ast.Constant | ast.IfExp)
            if isinstance(node.args[at], ast.IfExp):  # the condition is no code
                branches = (node.args[at].body, node.args[at].orelse)
                codes = [b.value for b in branches if isinstance(b, ast.Constant)]
            given = None
            if all(k.arg for k in node.keywords) and name not in {"text", "Finding", "Problem"}:
                given = frozenset(re.sub(r"_(en|zh)$", "", str(k.arg)) for k in node.keywords)
                given -= PLACE if name in {"error", "warning", "bad_input"} else set()
            for code in codes if simple else []:
                if isinstance(code, str):
                    found.append(Say(f"{file}:{node.lineno}", code, given))
    return found


@cache
def patterns() -> list[re.Pattern]:
    """f-strings of the package that could be a code, such as f"status_{name}"."""
    found = []
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(v.value) if isinstance(v, ast.Constant) else r"\w+" for v in node.values]
                if re.fullmatch(r"\w+", "".join(p for p in parts if p != r"\w+") or "-"):
                    found.append(re.compile("".join(parts)))
    return found


@cache
def strings() -> set[str]:
    return {
        n.value
        for tree in trees().values()
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }


def test_many_messages_are_found():
    assert len(says()) > 40
    assert len({s.code for s in says()}) > 20


def test_every_code_used_has_a_text():
    missing = sorted(f"{s.where} {s.code}" for s in says() if s.code not in catalogue())
    assert not missing, "add these to plantsim/vocabulary/messages*.toml"


def test_every_text_stands_in_both_languages_with_the_same_fields():
    for code, texts in catalogue().items():
        assert texts.keys() == set(LANGUAGES), code
        assert all(t.strip() for t in texts.values()), code
        assert fields_of(texts["en"]) == fields_of(texts["zh"]), code
        if re.search("[A-Za-z]", re.sub(r"\{\w+\}", "", texts["en"])):  # there is more than fields in it
            assert any("\u4e00" <= c <= "\u9fff" for c in texts["zh"]), code
        plain = re.sub(r'"[^"]*"', "", texts["en"])  # Chinese to be typed stands in quotation marks
        assert not any("\u4e00" <= c <= "\u9fff" for c in plain), code


def test_every_field_of_a_text_is_given():
    short = []
    for s in says():
        if s.fields is not None and s.code in catalogue():
            missing = set(fields_of(catalogue()[s.code]["en"])) - s.fields
            if missing:
                short.append(f"{s.where} {s.code}: {sorted(missing)}")
    assert not short, "the text names fields that the call doesn't give"


def test_no_text_is_idle():
    idle = [c for c in catalogue() if c not in strings() and not any(p.fullmatch(c) for p in patterns())]
    assert not idle, "nothing in the package uses these codes"


def test_every_word_asked_for_is_in_the_glossary():
    asked = {f"status_{name}" for name in NAMES.values()} | {f"evidence_{word}" for word in EVIDENCE}
    asked |= {f"status_{word}" for word in PLANT_STATUS}
    for tree in trees().values():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and _called(node) == "word"
                and isinstance(node.args[0], ast.Constant)
            ):
                asked.add(node.args[0].value)
    lib = library()
    for which in ("rank", "shares", "run"):
        labels = [c.label for c in columns(lib, which)]
        assert all(
            label in [{"en": t["en"], "zh": t["zh"]} for t in lib.glossary.values()] for label in labels
        )
    assert not asked - set(lib.glossary)


def test_a_text_with_a_missing_field_shows_its_name_instead_of_failing():
    assert text("file_written", "en", {}) == "Written: {file}"
    assert text("no_such_code", "zh", {"a": 1}) == "no_such_code {'a': 1}"
