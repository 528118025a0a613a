"""Words and figures that the ranking's tables share."""

from __future__ import annotations

import math
from collections.abc import Mapping

from plantsim.engine.ranking import ProposalRow
from plantsim.library import Level, Library
from plantsim.vocabulary.case import PLANT_STATUS
from plantsim.vocabulary.messages import LANGUAGES, in_language, text

MONEY = {"zh": ("万元", 1e4), "en": ("M CNY", 1e6)}


def label(lib: Library, term: str) -> Mapping[str, str]:
    """Return a heading from the glossary."""
    return lib.word(term)


def percent(value: float, digits: int = 1) -> str | None:
    """Return a share as text; None when it isn't a number."""
    return None if math.isnan(value) else f"{100 * value:.{digits}f} %"


def level_word(
    lib: Library, level: str, lang: str, threshold: Level | None = None, value: float = math.nan
) -> str:
    """Return a level reached in the user's words (达标杆 / 标杆与基准之间 / 劣于基准).

    threshold, value [SI]: they tell why there is no level: no value, or a class that has a baseline only.
    """
    terms = {
        "benchmark": "above_benchmark",
        "between": "between_levels",
        "worse": "below_baseline",
        "ungraded": "ungraded",
    }
    if level == "ungraded" and threshold is not None:
        return in_language(lib.word("value_missing" if math.isnan(value) else "baseline_only"), lang)
    return in_language(lib.word(terms[level]), lang)


def evidence_word(lib: Library, word: str, lang: str) -> str:
    """Return an evidence word in the user's language."""
    if not word:
        return "-"
    return in_language(lib.word(f"status_{word}" if word in PLANT_STATUS else f"evidence_{word}"), lang)


def title(code: str, **fields: object) -> dict[str, str]:
    """Return a title in both languages from the messages."""
    return {lang: text(code, lang, fields) for lang in LANGUAGES}


def figure(value: float) -> str:
    """Return an indicator's figure: no decimals from 1000 up, one from 100, two below."""
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2
    return f"{value:,.{digits}f}"


def weakest_of(r: ProposalRow) -> str:
    """Return the weakest evidence that a row rests on, money included."""
    return r.money_evidence or r.evidence
