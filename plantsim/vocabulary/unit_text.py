"""Reading what people write: a number and a unit out of one text, and one spelling for each unit.

Nothing here knows a unit. Numbers come out as exact fractions, so that a factor is applied before the one
rounding to a float: "84.2 %" is 0.842 to the last bit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from fractions import Fraction
from numbers import Real

from plantsim.vocabulary.errors import CodedError

SHOWN_LENGTH = 60  # characters of a text that an error repeats
DIGITS_LIMIT = 60  # digits of a number; more is not a measurement
EXPONENT_LIMIT = 300  # powers of ten; keeps exact arithmetic small and the result within a float


class UnitError(CodedError):
    """A value that cannot be read as the quantity asked for; ``code`` and ``fields`` make the message."""


# Before NFKC, which would turn the ring into a space and the ordinal into an o
_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "﹣": "-", "˚": "°", "º": "°", "☓": "x", "×": "x", "＊": "*"}
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
# Patterns are compiled at their first use (re keeps them): importing this module must cost next to nothing
_POWER_OF_TEN = r"(?<=10)[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+"
_NUMBER = (
    r"\s*(?P<sign>[+-]?)\s*"
    r"(?P<digits>"
    r"(?:[0-9]{1,3}(?P<group>[ ,])[0-9]{3}(?:(?P=group)[0-9]{3})*(?![0-9])|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)"
    r"(?:[eE](?P<e>[+-]?[0-9]+)|\s*[x*]\s*10(?:\^|\*\*)(?P<ten>[+-]?[0-9]+))?"
)
_NOT_FINITE = r"(?i)\s*[+-]?(nan|inf|infinity|∞)\b"
_IGNORED_IN_UNITS = r"[\s.·•⋅∙*^]|(?<=[A-Za-z])-(?=[A-Za-z])"
_PARENTHESES = r"\(([^()]*)\)"


def shown(value: object) -> str:
    """Return ``value`` as an error repeats it: printable, one line, at most SHOWN_LENGTH characters."""
    try:
        text = value if isinstance(value, str) else str(value)
    except ValueError:  # an integer of more digits than Python will write
        text = "..."
    text = "".join(c if c.isprintable() else "?" for c in text[: SHOWN_LENGTH + 1])
    return text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH] + "..."


def plain(text: str) -> str:
    """Return ``text`` in half-width characters (NFKC), with one minus, one degree sign and 10⁶ as 10^6."""
    text = re.sub(_POWER_OF_TEN, lambda m: "^" + m.group().translate(_SUPERSCRIPTS), text.translate(_SIGNS))
    return unicodedata.normalize("NFKC", text)


def exact(number: object) -> Fraction:
    """Return a number as the exact fraction of its shortest decimal spelling (0.1 is 1/10).

    Raises UnitError: number_unreadable (not a number, or a boolean), number_not_finite.
    """
    if not isinstance(number, Real) or isinstance(number, bool):
        raise UnitError("number_unreadable", text=shown(number))
    if isinstance(number, (int, Fraction)):
        return Fraction(number)
    try:
        return Fraction(repr(float(number)))
    except (ValueError, OverflowError):
        raise UnitError("number_not_finite", text=shown(number)) from None


def as_float(value: Fraction, text: object) -> float:
    """Return the nearest float. Raises UnitError number_not_finite when it is too large for one."""
    try:
        return float(value)
    except OverflowError:
        raise UnitError("number_not_finite", text=shown(text)) from None


def split(text: str) -> tuple[Fraction, str]:
    """Return (number, unit text) of a text such as "4,500 万元"; the unit is "" for a bare number.

    Thousands may stand in groups of three with commas or spaces. Raises UnitError: number_unreadable,
    number_grouping (a comma that groups other than three digits), number_range, number_not_finite.
    """
    if len(text) > 10 * SHOWN_LENGTH:
        raise UnitError("number_unreadable", text=shown(text))
    clean = plain(text)
    match = re.match(_NUMBER, clean)
    if match is None:
        code = "number_not_finite" if re.match(_NOT_FINITE, clean) else "number_unreadable"
        raise UnitError(code, text=shown(text))
    rest = clean[match.end() :].strip()
    if re.match(r"[,，][0-9]", rest):
        raise UnitError("number_grouping", text=shown(text))
    if re.match(r"(-|~|～|至|到|\.\.+)\s*[0-9]", rest):
        raise UnitError("number_range", text=shown(text))
    if re.match(r"(?!1/[^0-9])[0-9.,+-]", rest):  # 1/min is a unit
        raise UnitError("number_unreadable", text=shown(text))
    digits = match["digits"].replace(match["group"] or ",", "")
    exponent = match["e"] or match["ten"] or "0"
    if len(digits) > DIGITS_LIMIT:
        raise UnitError("number_unreadable", text=shown(text))
    if len(exponent) > 6 or abs(int(exponent)) > EXPONENT_LIMIT:
        raise UnitError("number_not_finite", text=shown(text))
    return Fraction(f"{match['sign']}{digits}e{exponent}"), rest


def words_pattern(words: Mapping[str, str]) -> Callable[[str], str]:
    """Return a function that replaces each word by its symbol, the longest first.

    Words in Latin letters count only where no other Latin letter touches them.
    """
    if not words:
        return lambda text: text
    spellings = sorted(words, key=len, reverse=True)
    parts = [
        rf"(?<![A-Za-z]){re.escape(w)}(?![A-Za-z])" if w.isascii() and w.isalpha() else re.escape(w)
        for w in spellings
    ]
    pattern = re.compile("|".join(parts))
    return lambda text: pattern.sub(lambda m: words[m.group()], text)


def squeezed(text: str) -> str:
    """Return a unit's text without the characters that do not count in units (spaces, dots, · and ^)."""
    return re.sub(_IGNORED_IN_UNITS, "", plain(text))


def key(text: str) -> str:
    """Return the spelling under which a squeezed unit is looked up.

    kJ/(kgK), kJ/kg/K and kJ/kgK are one; CNY/(t/a) is not CNY/t/a and keeps its inner slash as ÷.
    """
    text = re.sub(_PARENTHESES, lambda m: m.group(1).replace("/", "÷"), text)
    head, slash, tail = text.partition("/")
    return head + slash + tail.replace("/", "")


def case_slip(written: str, known: str) -> bool:
    """Return whether ``written`` is ``known`` but for a harmless slip of case (kwh, Mpa, KW).

    Not harmless: m for M or M for m in front of another letter, since milli is not mega; and MT, which is
    somebody's metric tonne and somebody else's million tonnes.
    """
    for one, other in zip(re.split("[/÷]", written), re.split("[/÷]", known), strict=False):
        first, second = one.lstrip("千万百亿"), other.lstrip("千万百亿")
        if first[:1] != second[:1] and first[:1] in "mM" and first[1:2].isalpha():
            return False
        if first == "MT":
            return False
    return True
