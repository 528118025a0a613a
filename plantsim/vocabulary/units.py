"""Units at the door: "12.75 MPa" in, 12750000.0 out, and back for tables and reports.

The table of quantities and units is data (models/common/units.toml, parsed by the caller); this module opens
no file. Arithmetic is exact until the one rounding to a float. A gauge pressure or a vacuum needs the site
pressure: there is no default for it.

Decisions on spelling. Case slips are accepted where they cannot mean anything else (kwh, KW, Mpa). A slip
between m and M as a prefix is refused with the right spelling as a hint: "mPa" and "mpa" are never taken for
MPa, nor "mW" for MW, although nobody measures a plant in millipascal, because a guess by nine powers of ten
is not ours to make. "kg/cm2" is refused too: old plants write it for gauge and for absolute pressures alike.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from plantsim.vocabulary.unit_expression import Atoms
from plantsim.vocabulary.unit_text import (
    UnitError,
    as_float,
    case_slip,
    exact,
    key,
    plain,
    shown,
    split,
    squeezed,
    words_pattern,
)

__all__ = ["Parsed", "UnitError", "UnitTable"]

UNITS_SHOWN = 10  # units that an error lists
MOST_SEEN = 10_000  # spellings that are remembered


class Parsed(NamedTuple):
    """A value as read: ``si`` [base unit of ``quantity``]; ``unit`` as in the table, ``text`` as given."""

    si: float
    unit: str
    text: str
    quantity: str


class Unit(NamedTuple):
    """si = factor * number + offset; where ``form`` is set, the offset is the site pressure.

    form: "" (absolute), "gauge" or "vacuum"; share: the site pressure times this is added to the factor,
    which makes "%(vac)" a share of it.
    """

    symbol: str
    factor: Fraction
    offset: Fraction = Fraction(0)
    form: str = ""
    share: Fraction = Fraction(0)


class UnitTable:
    """Quantities and their units, from the parsed units.toml. Reads units lazily, so making one is cheap."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """data: the parsed table. Raises UnitError unit_table_invalid where a section is missing."""
        try:
            self._quantities: Mapping[str, Mapping[str, Any]] = data["quantity"]
            self._forms: Mapping[str, Mapping[str, Any]] = data["form"]
            self._table_words = frozenset(data["word"])
            self._words = words_pattern(data["word"])
            self._words_below = words_pattern(data["word_below_the_line"])
            base = frozenset(data["base"]["units"])
            self._expression = Atoms(data["atom"], base, data["multiplier"], self._words).expression
        except (KeyError, TypeError) as error:
            raise UnitError("unit_table_invalid", entry=shown(error), reason="missing") from None
        self._cached_units: dict[str, dict[str, Unit]] = {}
        # files write the same units, and bounds, again and again
        self._seen: dict[tuple[str, str], Unit] = {}  # by (text, quantity)
        self._parsed = lru_cache(maxsize=MOST_SEEN, typed=True)(self._parse)

    # ------------------------------------------------------------ what there is
    def quantities(self) -> list[str]:
        """Return the names of all quantities, in the order of the table."""
        return list(self._quantities)

    def units_of(self, quantity: str) -> list[str]:
        """Return the symbols of the units of ``quantity``, the preferred first, each once."""
        return [unit.symbol for unit in self._distinct(quantity)]

    def si_unit(self, quantity: str) -> str:
        """Return the base unit of ``quantity``, in which :meth:`to_si` answers."""
        return str(self._declared(quantity)["si"])

    def label(self, quantity: str, language: str) -> str:
        """Return the name of ``quantity`` in "en" or "zh"."""
        return str(self._declared(quantity)["label"][language])

    def unit(self, unit: str, quantity: str) -> str:
        """Return the table's spelling of ``unit``. Raises UnitError like :meth:`parse`."""
        return self._find(unit, quantity, unit).symbol

    # ------------------------------------------------------------ conversion
    def parse(
        self,
        value: str | int | float,
        quantity: str,
        default_unit: str | None = None,
        site_pressure: float | None = None,
    ) -> Parsed:
        """Return what ``value`` means as ``quantity``.

        value: text with a number and a unit, or a number; default_unit: the unit of a bare number;
        site_pressure: absolute [Pa], for gauge pressures and vacuum.
        Raises UnitError: number_unreadable, number_grouping, number_range, number_not_finite, unit_missing,
        unit_unknown, unit_case, unit_wrong_quantity, unit_needs_site_pressure, site_pressure_invalid,
        vacuum_negative, below_absolute_zero, quantity_unknown.
        """
        try:
            return self._parsed(value, quantity, default_unit, site_pressure)
        except TypeError:  # a value that cannot be remembered: what is wrong with it is said as of any other
            return self._parse(value, quantity, default_unit, site_pressure)

    def _parse(
        self, value: str | int | float, quantity: str, default_unit: str | None, site_pressure: float | None
    ) -> Parsed:
        declared = self._declared(quantity)
        number, unit_text = split(value) if isinstance(value, str) else (exact(value), "")
        unit_text = unit_text or default_unit or declared.get("bare", "")
        if not unit_text:
            raise UnitError("unit_missing", text=shown(value), **self._about(quantity))
        unit = self._find(unit_text, quantity, value)
        si = self._apply(number, unit, quantity, site_pressure, value)
        return Parsed(si, unit.symbol, value if isinstance(value, str) else shown(value), quantity)

    def step(
        self,
        value: str | int | float,
        quantity: str,
        default_unit: str | None = None,
        site_pressure: float | None = None,
    ) -> float:
        """Return what ``value`` means as a difference of ``quantity`` in SI: an offset of its unit does not count.

        Arguments and errors as of :meth:`parse`; a difference may be negative.
        """
        number, unit_text = split(value) if isinstance(value, str) else (exact(value), "")
        unit_text = unit_text or default_unit or self._declared(quantity).get("bare", "")
        if not unit_text:
            raise UnitError("unit_missing", text=shown(value), **self._about(quantity))
        unit = self._find(unit_text, quantity, value)
        factor, offset = self._line(unit, site_pressure, value)
        zero, amount = as_float(offset, value), as_float(abs(number) * factor + offset, value)
        return zero - amount if number < 0 else amount - zero

    def to_si(self, number: Any, unit: str, quantity: str, site_pressure: float | None = None) -> Any:
        """Return ``number`` [unit] in the base unit of ``quantity``. Errors as in :meth:`parse`.

        number: a number (exact arithmetic, rounded once, checked), or an array (plain float arithmetic, to
        2 units in the last place, not checked: NaN stays NaN).
        """
        found = self._find(unit, quantity, f"{shown(number)} {unit}")
        if getattr(number, "ndim", 0):
            factor, offset = self._line(found, site_pressure, unit)
            return (number * float(factor.numerator)) / float(factor.denominator) + float(offset)
        return self._apply(exact(number), found, quantity, site_pressure, f"{shown(number)} {unit}")

    def from_si(self, si: Any, unit: str, quantity: str, site_pressure: float | None = None) -> Any:
        """Return ``si`` [base unit of ``quantity``] as a number in ``unit``: the inverse of :meth:`to_si`."""
        found = self._find(unit, quantity, unit)
        factor, offset = self._line(found, site_pressure, si)
        if getattr(si, "ndim", 0):
            return (si - float(offset)) * float(factor.denominator) / float(factor.numerator)
        return as_float((exact(si) - offset) / factor, si)

    def format(
        self, si: float, unit: str, quantity: str, digits: int = 4, site_pressure: float | None = None
    ) -> str:
        """Return ``si`` as "12.75 MPa", with ``digits`` significant digits; :meth:`parse` reads it back."""
        found = self._find(unit, quantity, unit)
        number = self.from_si(si, unit, quantity, site_pressure)
        text = f"{number:.{digits}g}"
        if "e" in text and 1e-4 <= abs(number) < 1e15:
            text = f"{float(text):.0f}"
        return text if found.symbol == "1" else f"{text} {found.symbol}"

    def check(self) -> None:
        """Build every quantity. Raises UnitError unit_table_invalid (entry, reason) for the first fault."""
        for quantity in self._quantities:
            self._units(quantity)

    def _line(self, unit: Unit, site_pressure: float | None, text: object) -> tuple[Fraction, Fraction]:
        """Return (factor, offset) of ``unit``, with the site pressure worked in where it needs one."""
        if not unit.form:
            return unit.factor, unit.offset
        if site_pressure is None:
            raise UnitError("unit_needs_site_pressure", text=shown(text), unit=unit.symbol)
        site = exact(site_pressure)
        if site <= 0:
            raise UnitError("site_pressure_invalid", text=shown(site_pressure))
        return unit.factor + unit.share * site, site

    def _apply(
        self, number: Fraction, unit: Unit, quantity: str, site_pressure: float | None, text: object
    ) -> float:
        if unit.form == "vacuum" and number < 0:
            raise UnitError("vacuum_negative", text=shown(text))
        factor, offset = self._line(unit, site_pressure, text)
        si = number * factor + offset
        if si < 0 and self._quantities[quantity].get("not_negative"):
            raise UnitError("below_absolute_zero", text=shown(text), **self._about(quantity))
        return as_float(si, text)

    # ------------------------------------------------------------ finding a unit
    def _declared(self, quantity: str) -> Mapping[str, Any]:
        try:
            return self._quantities[quantity]
        except (KeyError, TypeError):
            near = _nearest(str(quantity), self._quantities)
            raise UnitError("quantity_unknown", quantity=shown(quantity), nearest=near) from None

    def _about(self, quantity: str) -> dict[str, str]:
        """Return the fields that describe ``quantity`` in an error: its name, labels and units."""
        distinct = self._distinct(quantity)
        listed = [u.symbol for u in distinct if not u.form][:UNITS_SHOWN]
        for form in ("gauge", "vacuum"):  # one of each is enough to show how it is written
            listed += [u.symbol for u in distinct if u.form == form][:1]
        more = " ..." if len(listed) < len(distinct) else ""
        return {
            "quantity": quantity,
            "quantity_en": self.label(quantity, "en"),
            "quantity_zh": self.label(quantity, "zh"),
            "allowed": ", ".join(listed) + more,
        }

    def _keys(self, text: str) -> list[str]:
        """Return the spellings under which to look up ``text``: as written, then with words replaced."""
        raw = squeezed(text)
        head, slash, tail = raw.partition("/")
        below = self._words(head + slash + self._words_below(tail))
        return list(dict.fromkeys([key(raw), key(self._words(raw)), key(below)]))

    def _find(self, text: str, quantity: str, value: object) -> Unit:
        """Return the unit that ``text`` names for ``quantity``, or raise the error that helps most."""
        try:
            return self._seen[text, quantity]
        except (KeyError, TypeError):  # not seen yet, or no text at all
            pass
        found = self._look_up(text, quantity, value)
        if len(self._seen) < MOST_SEEN:
            self._seen[text, quantity] = found
        return found

    def _look_up(self, text: str, quantity: str, value: object) -> Unit:
        units = self._units(quantity)
        if not isinstance(text, str) or len(text) > 200:
            raise UnitError(
                "unit_unknown", text=shown(value), unit=shown(text), nearest="-", **self._about(quantity)
            )
        keys = self._keys(text)
        for one in keys:
            if one in units:
                return units[one]
        slips = {u.symbol: u for one in keys for k, u in units.items() if k.casefold() == one.casefold()}
        safe = {
            u.symbol: u
            for one in keys
            for k, u in units.items()
            if k.casefold() == one.casefold() and case_slip(one, k)
        }
        if len(slips) == 1 and len(safe) == 1:
            return next(iter(safe.values()))
        fields = {"text": shown(value), "unit": shown(plain(text)), **self._about(quantity)}
        if slips:
            raise UnitError("unit_case", nearest=", ".join(slips), **fields)
        meant = [q for q in self._quantities if any(one in self._units(q) for one in keys)]
        if meant:
            labels = {f"meant_{n}": ", ".join(self.label(q, n) for q in meant[:3]) for n in ("en", "zh")}
            raise UnitError("unit_wrong_quantity", **labels, **fields)
        raise UnitError("unit_unknown", nearest=self._nearest_units(keys[-1], quantity), **fields)

    def _nearest_units(self, written: str, quantity: str) -> str:
        units = self._units(quantity)
        near = dict.fromkeys(units[k].symbol for k in _close(written, units))
        return ", ".join(near) or self.units_of(quantity)[0]

    # ------------------------------------------------------------ reading the table
    def _units(self, quantity: str) -> dict[str, Unit]:
        """Return the units of ``quantity`` by lookup key; built at the first call."""
        found = self._cached_units.get(quantity)
        if found is None:
            declared = self._declared(quantity)
            try:
                found = self._build(declared)
            except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
                entry = f"quantity.{quantity}"
                raise UnitError("unit_table_invalid", entry=entry, reason=shown(error)) from None
            self._cached_units[quantity] = found
        return found

    def _distinct(self, quantity: str) -> list[Unit]:
        return list({unit.symbol: unit for unit in self._units(quantity).values()}.values())

    def _build(self, declared: Mapping[str, Any]) -> dict[str, Unit]:
        one, dimension = self._expression(declared["si"])
        if one != 1:
            raise ValueError(f"base unit {declared['si']} has the factor {one}")
        units: dict[str, Unit] = {}
        for entry in [*declared["units"], declared["si"]]:
            row = {"symbol": entry} if isinstance(entry, str) else entry
            symbol = row["symbol"]
            if "factor" in row:
                unit = Unit(symbol, exact(row["factor"]), exact(row.get("offset", 0)))
            else:
                factor, its_dimension = self._expression(symbol)
                if its_dimension != dimension:
                    raise ValueError(f"{symbol} is not a unit of the dimension of {declared['si']}")
                unit = Unit(symbol, factor)
            for spelling in (symbol, *row.get("aliases", ())):
                # a word of the table taken for another unit here (度: °C, elsewhere kWh) stands as written only;
                # and nothing is entered as it would read below the line: °C/K is no unit
                as_written = spelling != symbol and plain(spelling) in self._table_words
                for k in self._keys(spelling)[: 1 if as_written else 2]:
                    if units.setdefault(k, unit).symbol != symbol:
                        raise ValueError(f"{spelling} means both {units[k].symbol} and {symbol}")
        self._add_forms(units, declared)
        return units

    def _add_forms(self, units: dict[str, Unit], declared: Mapping[str, Any]) -> None:
        """Enter MPa(g), kPa(vac), %(vac) and their spellings, for the units that the quantity lists."""
        plain_units = dict(units)
        for name in ("gauge", "vacuum"):
            for symbol in declared.get(name, ()):
                full = symbol + self._forms[name]["symbol"]
                if symbol == "%":
                    unit = Unit(full, Fraction(0), form=name, share=Fraction(-1, 100))
                else:
                    sign = 1 if name == "gauge" else -1
                    unit = Unit(full, sign * self._expression(symbol)[0], form=name)
                spellings = [k for k, u in plain_units.items() if u.symbol == symbol] or [symbol]
                for word in self._forms[name]["aliases"]:
                    units.update((k + word, unit) for k in spellings)
        if "gauge" in declared:
            for word in self._forms["absolute"]["aliases"]:
                for k, unit in plain_units.items():
                    units.setdefault(k + word, unit)


def _close(written: str, known: Mapping[str, Any]) -> list[str]:
    from difflib import get_close_matches  # only for a message

    return get_close_matches(written, known, n=3, cutoff=0.5)


def _nearest(written: str, known: Mapping[str, Any]) -> str:
    return ", ".join(_close(written, known)) or ", ".join(list(known)[:3])
