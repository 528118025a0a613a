"""A heat-balance file: somebody's own measured terms of a kiln, for the audit of its closure.

    [balance]
    reference_temperature = "20 °C"
    clinker = "4127 t/d"                    # only with pitot readings
    heating_value = "6200 kcal/kg"          # optional: prints the coal per clinker
    air_pressure = "101.3 kPa"              # only with pitot readings

    [[term]]
    name = "clinker"
    side = "out"
    flow = "1 kg/kg"
    heat_capacity = "0.193 kcal/(kg K)"
    temperature = "128 °C"

A term gives ``heat``, or ``share``, or ``flow`` with ``heat_capacity`` and ``temperature``, or in place of the flow
``pitot = { constant, dynamic, static, area, normal_density }``. ``fuel = true`` marks the fuel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, nan
from pathlib import Path
from typing import Any

from plantsim.io.cells import Reading, quoted, read_amount
from plantsim.io.toml_lines import KeyPath, read_toml
from plantsim.library import Library
from plantsim.processes.cement_kiln.balance_audit import (
    IN,
    OUT,
    BalanceAudit,
    Pitot,
    Term,
    audit_balance,
    sensible,
)
from plantsim.vocabulary.case import scalar
from plantsim.vocabulary.problems import Problems

HEAD = {
    "reference_temperature": ("temperature", "°C"),
    "clinker": ("mass_flow", "t/d"),
    "heating_value": ("specific_energy", "kJ/kg"),
    "air_pressure": ("pressure", "kPa"),
}
TERM = {
    "heat": ("specific_energy", "kJ/kg"),
    "share": ("fraction", "%"),
    "flow": ("mass_ratio", "kg/kg"),
    "heat_capacity": ("specific_heat", "kJ/(kg K)"),
    "temperature": ("temperature", "°C"),
}
PITOT = {
    "constant": ("dimensionless", "1"),
    "dynamic": ("pressure_difference", "Pa"),
    "static": ("pressure_difference", "Pa"),
    "area": ("area", "m2"),
    "normal_density": ("normal_density", "kg/Nm3"),
}
TEXTS = ("name", "note")


@dataclass(frozen=True)
class HeatBalance:
    """An audited file: its name, heating value of the fuel [J/kg] or NaN, and the audit."""

    name: str
    heating_value: float
    audit: BalanceAudit


def read_heat_balance(path: Path, library: Library, problems: Problems) -> HeatBalance | None:
    """Return the audit of a heat-balance file, or None after noting why there is none."""
    toml = read_toml(path, problems)
    if toml is None:
        return None
    before = len(problems.errors)
    reading = Reading(toml, library.units, problems)
    head = toml.data.get("balance", {})
    if not isinstance(head, Mapping) or not isinstance(toml.data.get("term"), list):
        reading.error("balance_no_terms", ("balance",))
        return None
    numbers = _numbers(reading, head, HEAD, ("balance",), TEXTS)
    terms = [_term(reading, entry, numbers, ("term", i)) for i, entry in enumerate(toml.data["term"])]
    if len(problems.errors) > before:
        return None
    audit = audit_balance([t for t in terms if t is not None])
    return HeatBalance(str(head.get("name", toml.shown)), numbers["heating_value"], audit)


def _numbers(
    reading: Reading,
    table: Mapping[str, Any],
    known: Mapping[str, tuple[str, str]],
    path: KeyPath,
    also: tuple[str, ...],
) -> dict[str, float]:
    """Return each known number of a table in SI, NaN where it is not given; notes names that are not known."""
    found = dict.fromkeys(known, nan)
    for name, raw in table.items():
        if name in known:
            value = read_amount(reading, raw, *known[name], (*path, name), "measured")
            found[name] = nan if value is None else scalar(value)
        elif name not in also:
            reading.error(
                "balance_key_unknown", (*path, name), name=quoted(name), known=", ".join((*known, *also))
            )
    return found


def _term(reading: Reading, entry: Any, head: Mapping[str, float], path: KeyPath) -> Term | None:
    if not isinstance(entry, Mapping) or entry.get("side") not in (IN, OUT):
        reading.error("balance_side", path)
        return None
    name = str(entry.get("name", path[-1]))
    given = _numbers(reading, entry, TERM, path, (*TEXTS, "side", "fuel", "pitot"))
    heat = given["heat"]
    if "pitot" in entry:
        given["flow"] = _pitot_flow(reading, entry["pitot"], given["temperature"], head, (*path, "pitot"))
    if isnan(heat):
        heat = sensible(
            given["flow"], given["heat_capacity"], given["temperature"], head["reference_temperature"]
        )
    if isnan(heat) and isnan(given["share"]):
        reading.error("balance_term_incomplete", path, name=name)
        return None
    return Term(name, str(entry["side"]), heat, given["share"], entry.get("fuel") is True)


def _pitot_flow(reading: Reading, table: Any, T: float, head: Mapping[str, float], path: KeyPath) -> float:
    """Return the flow [kg per kg of clinker] that pitot readings give; NaN where something is missing."""
    if not isinstance(table, Mapping):
        reading.error("balance_pitot", path)
        return nan
    p = _numbers(reading, table, PITOT, path, ())
    pitot = Pitot(
        p["constant"], p["dynamic"], p["static"], T, p["area"], p["normal_density"], head["air_pressure"]
    )
    if isnan(
        pitot.constant
        + pitot.dynamic
        + pitot.static
        + T
        + pitot.area
        + pitot.normal_density
        + pitot.air_pressure
    ):
        reading.error("balance_pitot", path)
        return nan
    return pitot.mass_flow / head["clinker"]
