"""Units: what holds for every unit of the table and for any text at all."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plantsim.vocabulary.units import Parsed, UnitError, UnitTable

DATA = tomllib.loads((Path(__file__).parents[2] / "models/common/units.toml").read_text(encoding="utf-8"))
TABLE = UnitTable(DATA)
PAIRS = [(q, u) for q in TABLE.quantities() for u in TABLE.units_of(q)]
SITE = 81489.2  # Pa
FORMS = ("(g)", "(vac)")

ordinary = st.floats(min_value=1e-6, max_value=1e9)
pairs = st.sampled_from(PAIRS)
# Half of the garbage is made of what units are made of, to come close to the real thing
alphabet = sorted({c for _, u in PAIRS for c in u} | set("0123456789.,eE+-~ ％度吨标煤万元表压真空（）/·²³℃"))
garbage = st.one_of(st.text(max_size=40), st.text(alphabet=alphabet, max_size=25))


def outcome(value: Any, quantity: str, default: str | None, site: float | None) -> Parsed | UnitError:
    """Return what parsing gives, or the one kind of error that it may raise."""
    try:
        return TABLE.parse(value, quantity, default, site)
    except UnitError as error:
        return error


@given(pair=pairs, number=ordinary)
def test_round_trip(pair: tuple[str, str], number: float) -> None:
    quantity, unit = pair
    if unit.endswith(FORMS):  # stay above absolute zero
        number = min(number, {"MPa": 0.05, "bar": 0.5, "kgf": 0.5}.get(unit[:3], 20.0))
    si = TABLE.to_si(number, unit, quantity, SITE)
    back = TABLE.from_si(si, unit, quantity, SITE)
    offset = 273.15 if unit == "°C" else 0.0
    if unit.endswith(FORMS):  # the sum with the site pressure is rounded to a float of its size
        offset = abs(TABLE.from_si(0.0, unit, quantity, SITE))
    assert abs(back - number) <= 4e-16 * (abs(number) + offset)


@given(pair=pairs, number=ordinary, digits=st.integers(min_value=3, max_value=12))
def test_what_is_printed_can_be_read(pair: tuple[str, str], number: float, digits: int) -> None:
    quantity, unit = pair
    if unit.endswith(FORMS):  # stay above absolute zero
        number = min(number, {"MPa": 0.05, "bar": 0.5, "kgf": 0.5}.get(unit[:3], 20.0))
    si = TABLE.to_si(number, unit, quantity, SITE)
    text = TABLE.format(si, unit, quantity, digits, SITE)
    again = TABLE.parse(text, quantity, default_unit="1" if unit == "1" else None, site_pressure=SITE)
    assert again.unit == unit
    assert TABLE.from_si(again.si, unit, quantity, SITE) == pytest.approx(
        number, rel=0.6 * 10.0 ** (1 - digits), abs=1e-8
    )


@given(pair=pairs, one=ordinary, factor=st.floats(min_value=1.001, max_value=100))
def test_order_is_kept(pair: tuple[str, str], one: float, factor: float) -> None:
    quantity, unit = pair
    if unit.endswith(FORMS):
        return
    assert TABLE.to_si(one * factor, unit, quantity) > TABLE.to_si(one, unit, quantity)


@given(
    text=garbage, pair=pairs, site=st.one_of(st.none(), st.floats()), default=st.one_of(st.none(), garbage)
)
@example(text="1e99999999999999999999 m", pair=("length", "m"), site=None, default=None)
@example(text="9" * 5000 + " m", pair=("length", "m"), site=None, default=None)
@example(text="5 " + "(" * 300, pair=("length", "m"), site=None, default=None)
@example(text="٣ m", pair=("length", "m"), site=None, default=None)
@example(text="\ud800 m", pair=("length", "m"), site=None, default=None)
def test_no_text_is_fatal(text: str, pair: tuple[str, str], site: float | None, default: str | None) -> None:
    for quantity in (pair[0], text):
        parsed = outcome(text, quantity, default, site)
        if isinstance(parsed, UnitError):
            assert parsed.code
            assert all(isinstance(v, str) and len(v) < 400 for v in parsed.fields.values())
        else:
            assert math.isfinite(parsed.si)


@given(
    number=st.one_of(st.floats(), st.integers(), st.booleans(), st.none(), st.decimals(), st.binary()),
    pair=pairs,
)
def test_no_value_is_fatal(number: object, pair: tuple[str, str]) -> None:
    parsed = outcome(number, pair[0], pair[1], SITE)
    if isinstance(parsed, UnitError):
        codes = {"number_unreadable", "number_not_finite", "below_absolute_zero", "vacuum_negative"}
        assert parsed.code in codes
    else:
        assert math.isfinite(parsed.si)


@given(pair=pairs, number=ordinary)
def test_full_width_means_the_same(pair: tuple[str, str], number: float) -> None:
    quantity, unit = pair
    if unit == "1" or unit.endswith(FORMS):
        return
    text = f"{number!r} {unit}"
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert TABLE.parse(wide, quantity).si == TABLE.parse(text, quantity).si
