"""Text from files as a terminal may show it: what would steer the terminal is shown, not sent."""

from __future__ import annotations

import unicodedata

KEPT = "\n\t"
STEERS = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Kinds of characters that a terminal acts on: controls, directions and joiners, half pairs, line separators."""
JOINERS = "\u200c\u200d"  # of letters and signs; harmless


def visible(text: str) -> str:
    """Return a text with each character that a terminal acts on as its code, such as ``\\x1b``."""
    if all(line.isprintable() for line in text.split("\n")):
        return text
    return "".join(_shown(c) for c in text)


def _shown(c: str) -> str:
    if c in KEPT or c in JOINERS or unicodedata.category(c) not in STEERS:
        return c
    code = ord(c)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
