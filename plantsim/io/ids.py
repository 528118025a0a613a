"""Ids of plants and proposals: they stand in tables, sheets, file names and commands, and none is taken for another."""

from __future__ import annotations

import unicodedata

LONGEST = 64
MARKS = "-_.#"  # 1# and 2# are how this trade names units
KEPT_NAMES = {"con", "prn", "aux", "nul"} | {f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10)}
"""Names that Windows keeps for devices, whatever follows a dot."""
SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC")
"""Scripts whose letters look like each other's; a name mixes none of them."""


def folded(name: str) -> str:
    """Return what two ids have in common when one may be taken for the other: width and case do not count."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def is_odd(name: str) -> bool:
    """Return whether an id that can be read is none that travels well."""
    letters = [c for c in name if c not in MARKS]
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in letters} & set(SCRIPTS)
    return (
        len(name) > LONGEST
        or unicodedata.normalize("NFC", name) != name
        or not all(unicodedata.category(c)[0] in "LN" for c in letters)
        or len(scripts) > 1
        or name.casefold().split(".")[0] in KEPT_NAMES
    )
