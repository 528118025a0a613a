"""[[operation]]: the bins of a year with their hours and operating variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plantsim.io.cells import Reading, read_value
from plantsim.io.structure import kind_fields
from plantsim.io.toml_lines import KeyPath
from plantsim.io.values import lengths, note_missing, variable_named
from plantsim.vocabulary.case import OperatingPoint, Origin, Value, scalar
from plantsim.vocabulary.declarations import Declaration, Variable

HOURS = Variable(
    "hours", "operating", "time", "h", label={"en": "hours of the bin in a year", "zh": "该工况年小时数"}
)
HOUR = 3600.0  # s
HOURS_IN_YEAR = 8760
HOURS_AT_MOST = 8784  # of a leap year


def read_operation(
    reading: Reading,
    declaration: Declaration,
    reference: Sequence[OperatingPoint],
    inputs: Mapping[str, Value],
) -> tuple[OperatingPoint, ...]:
    """Return the points of a year: the case's, else the reference plant's, else a full year of defaults."""
    bins = reading.toml.data.get("operation")
    if bins is not None and not isinstance(bins, list):
        return ()  # noted with the structure
    if not bins and reference:
        return tuple(reference)
    if not bins:
        if reading.evidence:  # a reference plant may leave its year open
            return ()
        reading.warning("operation_missing", ("operation",), hours=HOURS_IN_YEAR)
        origin = Origin(reading.toml.shown, 0, f"{HOURS_IN_YEAR} h", "assumed")
        values = _complete(reading, declaration, {}, reference, inputs, ("operation",), set())
        return (OperatingPoint(Value(HOURS_IN_YEAR * HOUR, "h", origin), values),)
    points = [
        _point(reading, declaration, reference, inputs, table, ("operation", n))
        for n, table in enumerate(bins)
        if isinstance(table, Mapping)
    ]
    read = tuple(p for p in points if p is not None)
    total = sum(scalar(p.hours) for p in read) / HOUR
    if total > HOURS_AT_MOST * (1 + 1e-9):
        reading.error("hours_too_many", ("operation",), total=f"{total:.6g}", allowed=HOURS_AT_MOST)
    return read


def _point(
    reading: Reading,
    declaration: Declaration,
    reference: Sequence[OperatingPoint],
    inputs: Mapping[str, Value],
    table: Mapping[str, Any],
    path: KeyPath,
) -> OperatingPoint | None:
    hours = _hours(reading, table, path)
    given: dict[str, Value] = {}
    tried: set[str] = set()
    candidates = ["hours", *(v.name for v in declaration.with_role("operating"))]
    for name, raw in table.items():
        if name == "hours":
            continue
        at = (*path, name)
        v = variable_named(reading, name, declaration, candidates, at)
        if v is None:
            continue
        tried.add(v.name)
        if v.role != "operating":
            code = "belongs_to_values" if v.role == "input" else "is_computed"
            reading.error(
                code, at, name=v.name, label_en=v.label.get("en", v.name), label_zh=v.label.get("zh", v.name)
            )
        elif v.name != name and v.name in table:
            reading.error("given_twice", at, name=name, other=v.name)
        else:
            value = read_value(reading, v, raw, at)
            if value is not None:
                given[v.name] = value
    values = _complete(reading, declaration, given, reference, inputs, path, tried)
    return OperatingPoint(hours, values) if hours is not None else None


def _hours(reading: Reading, table: Mapping[str, Any], path: KeyPath) -> Value | None:
    if "hours" not in table:
        reading.error("hours_missing", path)
        return None
    raw = table["hours"]
    if isinstance(raw, list):
        reading.error("wrong_kind", (*path, "hours"), **kind_fields(raw, "number", "text"))
        return None
    before = len(reading.without_status)
    value = read_value(reading, HOURS, raw, (*path, "hours"))
    del reading.without_status[before:]  # hours are what the user asks about; they need no status
    if value is None:
        return None
    if scalar(value) <= 0:
        reading.error("not_positive", (*path, "hours"), text=value.origin.text)
        return None
    return value


def _complete(
    reading: Reading,
    declaration: Declaration,
    given: Mapping[str, Value],
    reference: Sequence[OperatingPoint],
    inputs: Mapping[str, Value],
    path: KeyPath,
    tried: set[str],
) -> dict[str, Value]:
    """Return every operating variable: given, else the same in all points of the reference, else its default.

    tried: names that were given; one that could not be read has been noted and isn't reported as missing too.
    """
    complete: dict[str, Value] = {}
    for v in declaration.with_role("operating"):
        shared = _shared(v, reference)
        if v.name in given:
            complete[v.name] = given[v.name]
        elif v.name in tried:
            continue
        elif shared is not None:
            complete[v.name] = shared
        elif v.default is not None:
            complete[v.name] = _default(declaration, v, inputs)
        elif not v.optional and not reading.evidence:
            note_missing(reading, v, path)
    return complete


def _shared(v: Variable, reference: Sequence[OperatingPoint]) -> Value | None:
    found = [p.values[v.name] for p in reference if v.name in p.values]
    same = len(found) == len(reference) and len({f.si for f in found}) == 1
    return found[0] if same and found else None


def _default(declaration: Declaration, v: Variable, inputs: Mapping[str, Value]) -> Value:
    origin = Origin(f"models/{declaration.process}/variables.toml", 0, v.default_text, v.evidence, v.source)
    assert v.default is not None
    if not v.length:
        return Value(v.default, v.unit, origin)
    n = max(lengths(declaration, inputs, v.dimension).values(), default=v.length)
    return Value((v.default,) * n, v.unit, origin)
