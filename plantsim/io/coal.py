"""``coal`` of [values]: an analysis as a laboratory writes it, or the name of a coal of models/common/coals.toml.

The same door for every process: its declaration says on which basis it takes its coal. A heating value alone, beside a
reference's analysis, is the same coal with more or less ash.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from plantsim.io.cells import DETAIL_KEYS, REFERENCE_KEYS, Reading, as_written, check_range, origin_of, parse
from plantsim.io.structure import SHOWN, kind_fields, near
from plantsim.io.toml_lines import KeyPath
from plantsim.vocabulary.basis import BasisError, parse_symbol
from plantsim.vocabulary.case import Value, scalar
from plantsim.vocabulary.coal import (
    ANALYSES,
    AS_FIRED,
    AS_RECEIVED,
    COAL_VARIABLES,
    COMBUSTIBLE,
    DRY,
    ESTIMATE_SOURCE,
    Coal,
    at_moisture,
    read_coal,
    with_heating_value,
)
from plantsim.vocabulary.declarations import Declaration
from plantsim.vocabulary.units import Parsed

COAL = "coal"  # the name of the entry
HEATING_VALUE_NAME = "coal_heating_value"
HEATING_VALUE, SHARE = ("specific_energy", "MJ/kg"), ("mass_fraction", "%")  # unit of bare numbers
EXAMPLE = (
    'coal = { analysis = "proximate", Mt = "7 %", Aar = "33 %", Vdaf = "32 %", St_ar = "1.5 %", '
    'Qnet_ar = "20.04 MJ/kg", status = "measured" }'
)


def takes_coal(declaration: Declaration) -> bool:
    """Return whether a process takes a coal that is known by its analysis."""
    return bool(declaration.coal)


def read_coal_entry(
    reading: Reading, raw: Any, table: Mapping[str, Any], declaration: Declaration
) -> dict[str, Value]:
    """Return the coal's inputs; none of them after noting what is wrong. table: [values], where it stands."""
    path: KeyPath = ("values", COAL)
    twice = [name for name in COAL_VARIABLES if name in table]
    if twice:
        reading.error("given_twice", ("values", twice[0]), name=twice[0], other=COAL)
        return {}
    if isinstance(raw, str):
        named = reading.coals.get(raw)
        if named is None:
            guess = near(raw, list(reading.coals))
            reading.error(
                "analysis_coal_unknown", path, name=raw[:SHOWN], guess=guess, known=", ".join(reading.coals)
            )
            return {}
        known = {k: v for k, v in named.items() if k != "label"}
        if not reading.evidence:
            known["status"] = "assumed"
            known.pop("evidence", None)
        return _read(reading, known, path, declaration, raw)
    if not isinstance(raw, Mapping):
        reading.error("wrong_kind", path, **kind_fields(raw, "table", "text"))
        return {}
    return _read(reading, raw, path, declaration, "")


def _read(
    reading: Reading, raw: Mapping[str, Any], path: KeyPath, declaration: Declaration, name: str
) -> dict[str, Value]:
    """Return the inputs of an analysis. name: of a coal of the list, whose lines are not in this file."""
    details = set(REFERENCE_KEYS if reading.evidence else DETAIL_KEYS) - {"value", "unit", "sd"}
    analysis = raw.get("analysis")
    if analysis not in ANALYSES:
        given = "" if analysis is None else str(analysis)[:SHOWN]
        reading.error("analysis_kind_unknown", path, given=given, known=", ".join(ANALYSES), example=EXAMPLE)
        return {}
    parts: dict[tuple[str, str], float] = {}
    written: list[str] = []
    fine = True
    for symbol, item in raw.items():
        if symbol == "analysis" or symbol in details:
            continue
        at = path if name else (*path, symbol)
        try:
            key = parse_symbol(symbol)
        except BasisError as error:
            reading.error(error.code, at, **error.fields)
            fine = False
            continue
        heat = key[0].startswith("Q")
        of, unit = HEATING_VALUE if heat else SHARE
        parsed = parse(reading, item, of, unit, at)
        fine &= parsed is not None
        if parsed is not None:
            parts[key] = parsed.si
            written.append(f"{symbol} {as_written(item, unit)}")
    if not fine:
        return {}
    try:
        coal = read_coal(analysis, parts)
    except BasisError as error:
        reading.error(error.code, path, **error.fields)
        return {}
    head = f"{name}: " if name else ""
    return _values(reading, raw, path, declaration, coal, f"{head}{analysis}, {', '.join(written)}")


def _values(
    reading: Reading, raw: Mapping[str, Any], path: KeyPath, declaration: Declaration, coal: Coal, text: str
) -> dict[str, Value]:
    origin = origin_of(reading, COAL, raw, text, "", path)
    guessed = replace(
        origin, evidence="unverified" if reading.evidence else "assumed", source=ESTIMATE_SOURCE
    )
    found: dict[str, Value] = {}
    usual = declaration.variables["coal_moisture"].default or 0.0
    estimated = coal.estimates(declaration.coal)
    for name, si in coal.variables(declaration.coal, usual).items():
        v = declaration.variables.get(name)
        if v is None or (name in estimated and declaration.coal == DRY):
            continue  # coking makes its own estimates of what nobody measured
        shown = f"{reading.units.from_si(si, v.unit, v.quantity):.4g} {v.unit}"
        if check_range(reading, v, Parsed(si, v.unit, shown, v.quantity), path):
            found[name] = Value(si, v.unit, guessed if name in estimated else origin)
    return found


def with_own_heating_value(
    reading: Reading, declaration: Declaration, reference: Mapping[str, Value], given: Mapping[str, Value]
) -> dict[str, Value]:
    """Return the coal's elements where a case gives its heating value, but neither carbon nor ash.

    The known coal, of the reference plant or of the defaults, is taken with more or less ash.
    """
    if declaration.coal not in (AS_RECEIVED, AS_FIRED) or HEATING_VALUE_NAME not in given:
        return {}
    if "coal_carbon" in given or "coal_ash" in given:
        return {}
    parts = {name: _known(declaration, reference, f"coal_{name}") for name in (*COMBUSTIBLE, "moisture")}
    heat = _known(declaration, reference, HEATING_VALUE_NAME)
    if "coal_moisture" in given:  # the same coal, wetter or drier
        parts, heat = at_moisture(parts, heat, scalar(given["coal_moisture"]))
    return _scaled(reading, declaration, given, parts, heat)


def _known(declaration: Declaration, found: Mapping[str, Value], name: str) -> float:
    v = declaration.variables.get(name)
    value = found.get(name)
    if value is not None:
        return scalar(value)
    return math.nan if v is None or v.default is None else v.default


def _scaled(
    reading: Reading,
    declaration: Declaration,
    given: Mapping[str, Value],
    parts: Mapping[str, float],
    heat: float,
) -> dict[str, Value]:
    """Return the values of a known coal (parts, heat) at the heating value given; none where it is not known."""
    if math.isnan(heat + sum(parts.values())):
        return {}
    wanted = given[HEATING_VALUE_NAME]
    kept = frozenset(name for name in COMBUSTIBLE if f"coal_{name}" in given)
    try:
        scaled = with_heating_value(parts, heat, scalar(wanted), kept)
    except BasisError as error:
        reading.error(error.code, ("values", HEATING_VALUE_NAME), **error.fields)
        return {}
    ash = 1.0 - sum(scaled.get(name, parts[name]) for name in (*COMBUSTIBLE, "moisture"))
    values = {f"coal_{name}": si for name, si in scaled.items()} | {"coal_ash": ash}
    origin = replace(
        wanted.origin, evidence="unverified" if reading.evidence else "assumed", source=ESTIMATE_SOURCE
    )
    return {
        name: Value(si, declaration.variables[name].unit, origin)
        for name, si in values.items()
        if name in declaration.variables
    }
