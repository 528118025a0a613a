"""``coal`` of [values]: an analysis as a laboratory writes it, or the name of a coal of models/common/coals.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from plantsim.io.cells import DETAIL_KEYS, REFERENCE_KEYS, Reading, as_written, check_range, origin_of, parse
from plantsim.io.structure import SHOWN, kind_fields, near
from plantsim.io.toml_lines import KeyPath
from plantsim.vocabulary.basis import BasisError, parse_symbol
from plantsim.vocabulary.case import Value
from plantsim.vocabulary.coal import ANALYSES, COAL_VARIABLES, ESTIMATE_SOURCE, Coal, read_coal
from plantsim.vocabulary.declarations import Declaration
from plantsim.vocabulary.units import Parsed

COAL = "coal"  # the name of the entry
HEATING_VALUE, SHARE = ("specific_energy", "MJ/kg"), ("mass_fraction", "%")  # unit of bare numbers
EXAMPLE = (
    'coal = { analysis = "proximate", Mt = "7 %", Aar = "33 %", Vdaf = "32 %", St_ar = "1.5 %", '
    'Qnet_ar = "20.04 MJ/kg", status = "measured" }'
)


def takes_coal(declaration: Declaration) -> bool:
    """Return whether a process burns a coal that is known by its analysis."""
    return all(name in declaration.variables for name in COAL_VARIABLES)


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
    for name, si in coal.variables().items():
        v = declaration.variables[name]
        shown = f"{reading.units.from_si(si, v.unit, v.quantity):.4g} {v.unit}"
        if check_range(reading, v, Parsed(si, v.unit, shown, v.quantity), path):
            found[name] = Value(si, v.unit, guessed if name in coal.estimated else origin)
    return found
