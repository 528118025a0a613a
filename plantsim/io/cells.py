"""One entry of a case file against its declaration: number, unit, bounds, choice, list, status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plantsim.io.structure import SHOWN, dotted, kind_fields, note_unknown_key
from plantsim.io.toml_lines import KeyPath, LocatedToml
from plantsim.vocabulary.case import EVIDENCE, PLANT_STATUS, Origin, Value
from plantsim.vocabulary.declarations import Variable
from plantsim.vocabulary.door import OUTSIDE, first_fault, inside
from plantsim.vocabulary.problems import Problems
from plantsim.vocabulary.units import Parsed, UnitError, UnitTable

DETAIL_KEYS = ("value", "unit", "status", "sd", "source", "note", "year", "method")
REFERENCE_KEYS = ("value", "unit", "evidence", "sd", "source", "note")
FAR_OFF = 3.0  # times the typical band: from here on, a value that is allowed may be one in another unit


@dataclass
class Reading:
    """What reading a file needs at hand, and the list of names that stand without a status."""

    toml: LocatedToml
    units: UnitTable
    problems: Problems
    site_pressure: float | None = None
    evidence: str = ""  # of a reference plant; a case gives a status to each value instead
    source: str = ""
    without_status: list[str] = field(default_factory=list)
    coals: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # models/common/coals.toml

    def place(self, path: KeyPath) -> dict[str, Any]:
        """Return file, line and key for a problem at ``path``."""
        return {"file": self.toml.shown, "line": self.toml.line(*path), "key": dotted(path)}

    def error(self, code: str, path: KeyPath, **fields: Any) -> None:
        """Note an error at a key."""
        self.problems.error(code, **self.place(path), **fields)

    def warning(self, code: str, path: KeyPath, **fields: Any) -> None:
        """Note a warning at a key."""
        self.problems.warning(code, **self.place(path), **fields)


def labels(words: Mapping[str, str], name: str) -> dict[str, Any]:
    """Return label_en and label_zh for a message, the name where a label is missing."""
    return {f"label_{lang}": words.get(lang) or name for lang in ("en", "zh")}


def quoted(value: object) -> str:
    """Return a value as a message repeats it: one line, of bounded length."""
    try:
        text = f'"{value}"' if isinstance(value, str) else str(value)
    except (ValueError, RecursionError):  # integers of thousands of digits
        text = "..."
    text = "".join(c if c.isprintable() else "?" for c in text[: SHOWN + 1])
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."


def read_value(reading: Reading, variable: Variable, raw: Any, path: KeyPath) -> Value | None:
    """Return an entry as a Value in SI, or None after noting what is wrong with it."""
    detail = _detail(reading, raw, path)
    if detail is None:
        return None
    given = detail["value"]
    where = (*path, "value") if isinstance(raw, Mapping) else path
    items: Sequence[Any]
    if variable.length:
        if not isinstance(given, list):
            reading.error("list_expected", where, name=variable.name, **labels(variable.label, variable.name))
            return None
        if len(given) > variable.length:
            reading.error("list_too_long", where, count=len(given), allowed=variable.length)
            return None
        items = given
    else:
        items = [given]
    unit = str(detail.get("unit", "") or variable.unit)
    read: list[tuple[float, str] | None] = []
    for n, item in enumerate(items):
        at = (*where, n) if variable.length else where
        read.append(
            _choice(reading, variable, item, at)
            if variable.options
            else _number(reading, variable, item, unit, at)
        )
    good = [pair for pair in read if pair is not None]
    if len(good) < len(read):
        return None
    si = tuple(number for number, _ in good) if variable.length else good[0][0]
    shown_unit = good[0][1] if good else unit
    sd = read_sd(reading, detail.get("sd"), variable.quantity, shown_unit, (*path, "sd"))
    return Value(si, shown_unit, origin_of(reading, variable.name, detail, given, shown_unit, path), sd)


def read_amount(
    reading: Reading, raw: Any, quantity: str, unit: str, path: KeyPath, evidence: str = ""
) -> Value | None:
    """Return an amount that no process declares (money, altitude), or None after noting the error."""
    detail = _detail(reading, raw, path)
    if detail is None:
        return None
    where = (*path, "value") if isinstance(raw, Mapping) else path
    parsed = parse(reading, detail["value"], quantity, str(detail.get("unit", "") or unit), where)
    if parsed is None:
        return None
    if evidence and "status" not in detail:
        detail = {**detail, "status": evidence}
    sd = read_sd(reading, detail.get("sd"), quantity, parsed.unit, (*path, "sd"))
    return Value(
        parsed.si, parsed.unit, origin_of(reading, "", detail, detail["value"], parsed.unit, path), sd
    )


def parse(reading: Reading, raw: Any, quantity: str, unit: str, path: KeyPath) -> Parsed | None:
    """Return one number with its unit read, or None after noting what is wrong."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        reading.error("wrong_kind", path, **kind_fields(raw, "number", "text"))
        return None
    try:
        return reading.units.parse(
            raw, quantity, default_unit=unit or None, site_pressure=reading.site_pressure
        )
    except UnitError as error:
        reading.error(error.code, path, **error.fields)
        return None


def read_sd(reading: Reading, raw: Any, quantity: str, unit: str, path: KeyPath) -> float | None:
    """Return a standard uncertainty in SI: a difference, so that an offset of its unit does not count."""
    if raw is None:
        return None
    parsed = parse(reading, raw, quantity, unit, path)
    if parsed is None:
        return None
    zero = reading.units.parse(0, quantity, default_unit=parsed.unit, site_pressure=reading.site_pressure).si
    sd = parsed.si - zero
    if sd < 0:
        reading.error("sd_negative", path, text=quoted(raw))
        return None
    return sd


def _detail(reading: Reading, raw: Any, path: KeyPath) -> dict[str, Any] | None:
    """Return an entry as a table with ``value``, its keys and words checked."""
    if not isinstance(raw, Mapping):
        return {"value": raw}
    known = REFERENCE_KEYS if reading.evidence else DETAIL_KEYS
    fine = True
    for key, item in raw.items():
        if key not in known:
            note_unknown_key(reading.problems, reading.place((*path, key)), key, known)
            fine = False
        elif key == "year":
            fine &= _is(reading, item, (*path, key), "number")
        elif key not in ("value", "sd"):
            fine &= _is(reading, item, (*path, key), "text")
    if "value" not in raw:
        reading.error("key_missing", path, name="value")
        return None
    for key, words in (("status", PLANT_STATUS), ("evidence", EVIDENCE)):
        if fine and key in raw and raw[key] not in words:
            reading.error("word_unknown", (*path, key), text=quoted(raw[key]), known=", ".join(words))
            fine = False
    return dict(raw) if fine else None


def _is(reading: Reading, value: Any, path: KeyPath, kind: str) -> bool:
    fits = (
        isinstance(value, str) if kind == "text" else isinstance(value, int) and not isinstance(value, bool)
    )
    if not fits:
        reading.error("wrong_kind", path, **kind_fields(value, kind))
    return fits


def origin_of(
    reading: Reading, name: str, detail: Mapping[str, Any], given: Any, unit: str, path: KeyPath
) -> Origin:
    """Return where an entry came from; notes ``name`` where it stands without a status."""
    evidence = reading.evidence
    if evidence:
        evidence = detail.get("evidence", evidence)
    else:
        evidence = detail.get("status", "")
        if not evidence:
            evidence = "assumed"
            if name:
                reading.without_status.append(name)
    return Origin(
        file=reading.toml.shown,
        line=reading.toml.line(*path),
        text=as_written(given, unit),
        evidence=evidence,
        source=detail.get("source", reading.source),
        note=detail.get("note", ""),
        method=detail.get("method", ""),
        year=detail.get("year", 0),
    )


def as_written(given: Any, unit: str) -> str:
    """Return what stood in the file; a bare number gets the unit with which it was read."""
    if isinstance(given, list):
        return "[" + ", ".join(as_written(item, unit) for item in given) + "]"
    if isinstance(given, str):
        return given
    return f"{given}" if unit in ("", "1") else f"{given} {unit}"


def _choice(reading: Reading, variable: Variable, raw: Any, path: KeyPath) -> tuple[float, str] | None:
    if isinstance(raw, str) and raw in variable.options:
        return float(variable.options[raw]), ""
    if not isinstance(raw, str):
        reading.error("wrong_kind", path, **kind_fields(raw, "text"))
    else:
        known = ", ".join(variable.options)
        reading.error("word_unknown", path, text=quoted(raw), known=known)
    return None


def _number(
    reading: Reading, variable: Variable, raw: Any, unit: str, path: KeyPath
) -> tuple[float, str] | None:
    parsed = parse(reading, raw, variable.quantity, unit, path)
    if parsed is None:
        return None
    fault = first_fault(variable, parsed.si)
    if fault and fault.code != OUTSIDE:
        reading.error(fault.code, path, text=quoted(raw))
        return None
    if not check_range(reading, variable, parsed, path):
        return None
    return parsed.si, parsed.unit


def _widened(band: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return a band FAR_OFF times as wide at either end: inside it, a unit is hardly mistaken."""
    if band is None:
        return None
    return min(band[0], band[0] / FAR_OFF), max(band[1], band[1] * FAR_OFF)


def check_range(reading: Reading, variable: Variable, parsed: Parsed, path: KeyPath) -> bool:
    """Whether a value is inside the hard bounds; outside is an error, outside the typical band a warning."""
    fine = inside(parsed.si, variable.bounds)
    if fine and inside(parsed.si, variable.typical):
        return True
    fields: dict[str, object] = {
        "text": as_written(parsed.text, "")
        if not _is_bare(parsed.text)
        else as_written(parsed.text, "") + " " + parsed.unit,
        "range": show_band(reading, variable, variable.bounds, parsed.unit),
        "typical": show_band(reading, variable, variable.typical, parsed.unit),
        **labels(variable.label, variable.name),
    }
    far_off = not fine or not inside(parsed.si, _widened(variable.typical))
    guess = _other_reading(reading, variable, parsed) if far_off else ""
    if fine and not guess and _is_explained(reading, path):
        return True
    code = "outside_bounds" if not fine else "outside_typical"
    if guess:
        code += "_unit"
        fields["guess"] = guess
    if not fine and variable.typical is None:
        code += "_bare"
    note = reading.error if not fine else reading.warning
    note(code, path, **fields)
    return fine


def _is_explained(reading: Reading, path: KeyPath) -> bool:
    """Return whether the entry says in a note why its value is what it is."""
    entry: Any = reading.toml.data
    for key in path[:-1]:
        try:
            entry = entry[key]
        except (KeyError, IndexError, TypeError):
            return False
    return path[-1] == "value" and isinstance(entry, Mapping) and bool(entry.get("note"))


def _is_bare(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def show_band(reading: Reading, variable: Variable, band: tuple[float, float] | None, unit: str) -> str:
    """Return "0.002 .. 0.06 MPa", or "" for no band."""
    if band is None:
        return ""
    low, high = (_in_unit(reading, si, unit, variable.quantity) for si in band)
    return f"{plain_number(low)} .. {plain_number(high)} {unit if unit != '1' else ''}".strip()


def plain_number(number: float) -> str:
    """Return a number with 5 significant digits, without a power of ten where that is readable."""
    text = f"{number:.5g}"
    return f"{float(text):.0f}" if "e" in text and 1 <= abs(number) < 1e12 else text


def _in_unit(reading: Reading, si: float, unit: str, quantity: str) -> float:
    return reading.units.from_si(si, unit, quantity, site_pressure=reading.site_pressure)


def _other_reading(reading: Reading, variable: Variable, parsed: Parsed) -> str:
    """Return the same number with the unit that would make it typical, or ""; the declared unit first."""
    band = variable.typical or variable.bounds
    if band is None:
        return ""
    number = _in_unit(reading, parsed.si, parsed.unit, variable.quantity)
    for unit in (variable.unit, *reading.units.units_of(variable.quantity)):
        if not unit or unit == parsed.unit:
            continue
        try:
            si = reading.units.to_si(number, unit, variable.quantity, site_pressure=reading.site_pressure)
        except UnitError:
            continue
        if inside(si, band):
            if unit == "1":  # 0.842 meant as a share: say it in the declared unit
                return (
                    f"{plain_number(_in_unit(reading, si, variable.unit, variable.quantity))} {variable.unit}"
                )
            return f"{plain_number(number)} {unit}"
    return ""
