"""Words and figures that the ranking's tables share."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from plantsim.engine.ranking import LISTS, ProposalRow
from plantsim.library import Level, Library
from plantsim.vocabulary.case import PLANT_STATUS
from plantsim.vocabulary.messages import LANGUAGES, in_language, text
from plantsim.vocabulary.tables import Table

LIST_INITIALS = "".join(name[0].upper() for name in LISTS)
RANKED = re.compile(f"[{LIST_INITIALS}][0-9]+")  # what a row with a rank is called
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


def level_short(level: str, lang: str) -> str:
    """Return a level reached in one word, as narrow columns have it; a dash where there is none to tell."""
    return text(f"level_short_{level}", lang) if level != "ungraded" else "-"


def without_same(table: Table, key: str, code: str, lang: str) -> Table:
    """Return the table with a column that says the same in several rows told once below, by message ``code``."""
    at = [c.key for c in table.columns].index(key)
    said = {str(row[at]) for row in table.rows}
    if len(table.rows) < 2 or len(said) != 1:
        return table
    return replace(
        table,
        columns=table.columns[:at] + table.columns[at + 1 :],
        rows=tuple(row[:at] + row[at + 1 :] for row in table.rows),
        notes=(*table.notes, {lang: text(code, lang, {"word": said.pop()})}),
    )


def without_unknown(table: Table, keys: Collection[str]) -> Table:
    """Return the table without those of the columns ``keys`` of which no row knows anything."""
    filled = [
        i
        for i, column in enumerate(table.columns)
        if column.key not in keys or any(row[i] is not None for row in table.rows)
    ]
    return replace(
        table,
        columns=tuple(table.columns[i] for i in filled),
        rows=tuple(tuple(row[i] for i in filled) for row in table.rows),
    )


def tags_text(tags: Iterable[str]) -> str:
    """Return tags with runs drawn together: E1~E3, E5, C1; ids of what has no rank behind them."""
    given = set(tags)
    ids = sorted(t for t in given if not RANKED.fullmatch(t))
    found = sorted(given - set(ids), key=lambda t: (LIST_INITIALS.index(t[0]), int(t[1:])))
    runs: list[list[str]] = []
    for tag in found:
        if runs and runs[-1][-1][0] == tag[0] and int(tag[1:]) == int(runs[-1][-1][1:]) + 1:
            runs[-1].append(tag)
        else:
            runs.append([tag])
    return ", ".join([*(f"{r[0]}~{r[-1]}" if len(r) > 2 else ", ".join(r) for r in runs), *ids])


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


def size_text(value: float | None, unit: str) -> str | None:
    """Return a capacity with its unit, to four digits or whole units, whichever is finer; None without one."""
    if value is None:
        return None
    return f"{value:,.0f} {unit}" if abs(value) >= 1000 else f"{value:.4g} {unit}"


def weakest_of(r: ProposalRow) -> str:
    """Return the weakest evidence that a row rests on, money included."""
    return r.money_evidence or r.evidence
