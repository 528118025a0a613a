"""Texts for the user, in both languages: messages*.toml beside this file, one entry per code."""

from __future__ import annotations

import os
import string
import sys
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from plantsim.vocabulary.problems import MOST, Problem

LANGUAGES = ("zh", "en")


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, str]]:
    """Return all messages: code -> {"en": text, "zh": text}."""
    merged: dict[str, dict[str, str]] = {}
    for file in sorted(Path(__file__).parent.glob("messages*.toml")):
        for code, texts in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if code in merged:
                raise ValueError(f"message {code} stands twice; the second time in {file.name}")
            merged[code] = texts
    return merged


def user_language(asked: str | None = None) -> str:
    """Return "zh" or "en": what was asked for, else PLANTSIM_LANG, else the locale's language, else English."""
    for word in (asked, os.environ.get("PLANTSIM_LANG"), os.environ.get("LC_ALL"), os.environ.get("LANG")):
        if word:
            folded = word.casefold()
            if folded.startswith(("zh", "chinese", "cn")):
                return "zh"
            if folded not in {"c", "posix", "c.utf-8"}:
                return "en"
    if sys.platform == "win32":
        import locale

        if (locale.getlocale()[0] or "").casefold().startswith(("zh", "chinese")):
            return "zh"
    return "en"


class _Lenient(string.Formatter):
    """Fills a text in; a field that nobody gave is shown by its name rather than raising."""

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, object]) -> object:
        return kwargs.get(str(key), "{" + str(key) + "}")


def text(code: str, lang: str, fields: Mapping[str, object] | None = None) -> str:
    """Return the message ``code`` in ``lang`` with its fields filled in; the code itself if unknown."""
    entry = catalogue().get(code)
    if entry is None:
        return f"{code} {dict(fields or {})}"
    return _Lenient().vformat(entry[lang], (), dict(fields or {}))


def in_language(words: Mapping[str, str], lang: str, otherwise: str = "") -> str:
    """Return the text of ``words`` in ``lang``, or in the other language, or ``otherwise``."""
    return words.get(lang) or next((w for w in words.values() if w), otherwise)


def show_problem(problem: Problem, lang: str) -> str:
    """Return a problem as its user reads it: file:line  key, then the text on a line of its own."""
    place = problem.file + (f":{problem.line}" if problem.line else "")
    head = "  ".join(part for part in (place, problem.key) if part)
    body = text(problem.code, lang, problem.fields).strip()
    indented = "\n".join("  " + line for line in body.splitlines())
    return f"{head}\n{indented}" if head else body


def show_problems(problems: Iterable[Problem], lang: str) -> list[str]:
    """Return problems as their user reads them: the first hundred, and how many there are beside them."""
    found = list(problems)
    shown = [show_problem(p, lang) for p in found[:MOST]]
    if len(found) > MOST:
        shown.append(text("problems_more", lang, {"count": len(found) - MOST}))
    return shown
