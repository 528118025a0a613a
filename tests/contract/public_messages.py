"""Codes that programs read: messages with their fields, statuses with their numbers, words of result columns."""

from __future__ import annotations

import re
import string


def message_lines() -> list[str]:
    """Return one line per message code with its fields, per status code, and per word of a column of results."""
    from plantsim.vocabulary.messages import catalogue
    from plantsim.vocabulary.status import NAMES

    lines = [f"status {code} {name}" for code, name in sorted(NAMES.items())]
    for column, words in column_words().items():
        lines += [f"word {column} {word}" for word in words]
    messages = catalogue().items()
    return lines + sorted(
        f"message {code} {' '.join(fields_of(texts['en']))}".rstrip() for code, texts in messages
    )


def column_words() -> dict[str, tuple[str, ...]]:
    """Return the words that a column of results may hold, in their order."""
    from plantsim.engine import claims, factors, figures, ranking, standards, value
    from plantsim.vocabulary import case

    return {
        "evidence": case.EVIDENCE,
        "plant_status": case.PLANT_STATUS,
        "kind": case.KINDS,
        "list": ranking.LISTS,
        "policy": ranking.POLICIES,
        "convention": factors.CONVENTIONS,
        "pollutant": figures.POLLUTANTS,
        "irr_status": value.RATE_STATUS,
        "level": (standards.REACHED, standards.BETWEEN, standards.WORSE, standards.UNGRADED),
        "verdict": (claims.PASSES, claims.FLAGGED, claims.REJECTED, claims.MORE_EVIDENCE),
    }


def fields_of(message: str) -> list[str]:
    """Return the fields of a text, sorted; those with a text per language (label_en, label_zh) count as one."""
    found = {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}
    return sorted({re.sub(r"_(en|zh)$", "", name) for name in found})
