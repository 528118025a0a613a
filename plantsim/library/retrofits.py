"""Reads models/<process>/retrofits.toml into records, in SI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plantsim.vocabulary.case import KINDS, Change, Cost, Flexibility, Origin, Retrofit, Value
from plantsim.vocabulary.declarations import Declaration, DeclarationError
from plantsim.vocabulary.units import UnitError, UnitTable

NOTHING_INSTEAD = "none"
"""What a proposal's counterfactual says when nothing would be done without it; else it names a measure."""
ACTIONS = ("set", "add", "scale")
FLEXIBILITY = {  # key -> quantity, unit of a bare number
    "threshold": ("fraction", ""),
    "minimum": ("fraction", ""),
    "hours": ("time", "h"),
    "readiness": ("fraction", ""),
}


def read_retrofits(
    process: str, data: Mapping[str, Any], declaration: Declaration, units: UnitTable
) -> dict[str, Retrofit]:
    """Return the measures of a process by name. Raises DeclarationError naming the entry that is wrong."""
    found: dict[str, Retrofit] = {}
    for name, e in data.items():
        try:
            found[name] = _retrofit(process, name, e, declaration, units)
        except (UnitError, KeyError, ValueError) as error:
            raise DeclarationError(f"{process} retrofit {name}: {error!r}") from error
    return found


def exclude_each_other(first: Retrofit, second: Retrofit) -> bool:
    """Return whether two measures can't be done at one plant: by exclusion, or being the same measure."""
    return first.name == second.name or first.name in second.excludes or second.name in first.excludes


def three(given: Any) -> tuple[Any, Any, Any]:
    """Return (low, likely, high) of a number or of a list of one or three numbers."""
    values = list(given) if isinstance(given, list) else [given]
    if len(values) == 1:
        values *= 3
    if len(values) != 3:
        raise ValueError(f"one number or [low, likely, high] is expected, not {given!r}")
    return values[0], values[1], values[2]


def read_change(
    entry: Mapping[str, Any],
    declaration: Declaration,
    units: UnitTable,
    origin: Origin,
    site_pressure: float | None = None,
) -> Change:
    """Return one change of a variable in SI. Raises KeyError, ValueError or UnitError.

    ``add`` to a temperature or gauge pressure is a difference: only the unit's factor is applied.
    site_pressure: of the plant [Pa], which gauge pressures and vacuum need; the library's changes know no site.
    """
    variable = declaration.variables[entry["variable"]]
    actions = [a for a in ACTIONS if a in entry]
    if len(actions) != 1:
        raise ValueError(f"one of {ACTIONS} is expected for {variable.name}")
    action = actions[0]
    unit = entry.get("unit", variable.unit)

    def si(value: Any, difference: bool = False) -> float:
        if variable.options:
            return float(variable.options[value])
        read = units.step if difference else units.parse
        found = read(value, variable.quantity, default_unit=unit, site_pressure=site_pressure)
        return found if isinstance(found, float) else found.si

    raw = three(entry[action])
    if action == "scale":
        low, likely, high = (float(v) for v in raw)
    else:
        low, likely, high = (si(v, difference=action == "add") for v in raw)
    return Change(
        variable=variable.name,
        action=action,
        low=low,
        likely=likely,
        high=high,
        at_most=si(entry["at_most"]) if "at_most" in entry else None,
        at_least=si(entry["at_least"]) if "at_least" in entry else None,
        origin=origin,
    )


def _retrofit(
    process: str, name: str, e: Mapping[str, Any], declaration: Declaration, units: UnitTable
) -> Retrofit:
    if e["kind"] not in KINDS:
        raise ValueError(f"kind {e['kind']!r} is none of {KINDS}")
    origin = Origin(file=f"models/{process}/retrofits.toml", evidence=e["evidence"], source=e["source"])
    return Retrofit(
        name=name,
        process=process,
        kind=e["kind"],
        label=e["label"],
        note=e.get("note", {}),
        caveat=e.get("caveat", {}),
        changes=tuple(read_change(c, declaration, units, origin) for c in e.get("changes", [])),
        requires=tuple(e.get("requires", ())),
        excludes=tuple(e.get("excludes", ())),
        capped_by=tuple(e.get("capped_by", ())),
        where=_where(e.get("where", {}), declaration),
        within=_within(e.get("within", {}), declaration, units),
        needs=tuple(declaration.variables[name].name for name in e.get("needs", ())),
        capex=_cost(process, e.get("capex"), units),
        operating_cost=_cost(process, e.get("operating_cost"), units),
        life=_value(process, e.get("life"), "life", units),
        outage=_value(process, e.get("outage"), "time", units),
        flexibility=_flexibility(e.get("flexibility"), units, origin),
        completes=tuple(e.get("completes", ())),
        evidence=e["evidence"],
        source=e["source"],
    )


def _where(given: Mapping[str, Any], declaration: Declaration) -> dict[str, tuple[str, ...]]:
    """Return the words that a choice of the plant must have for a measure. Raises KeyError for an unknown one."""
    found = {}
    for name, words in given.items():
        allowed = tuple(words) if isinstance(words, list) else (words,)
        for word in allowed:
            declaration.variables[name].options[word]
        found[name] = allowed
    return found


def _within(
    given: Mapping[str, Any], declaration: Declaration, units: UnitTable
) -> dict[str, tuple[float, float]]:
    """Return the range in SI that a number must lie in for a measure. Raises KeyError, ValueError, UnitError."""
    found = {}
    for name, (low, high) in given.items():
        v = declaration.variables[name]
        found[name] = (
            units.parse(low, v.quantity, default_unit=v.unit).si,
            units.parse(high, v.quantity, default_unit=v.unit).si,
        )
    return found


def _flexibility(e: Mapping[str, Any] | None, units: UnitTable, origin: Origin) -> Flexibility | None:
    """Return what a measure offers the grid: each number with its unit, or a list of low, likely and high."""
    if e is None:
        return None
    found: dict[str, tuple[float, float, float]] = {}
    for name, (quantity, unit) in FLEXIBILITY.items():
        if name in e:
            low, likely, high = (units.parse(v, quantity, default_unit=unit).si for v in three(e[name]))
            found[name] = (low, likely, high)
    return Flexibility(**found, origin=origin)


def _origin(process: str, e: Mapping[str, Any]) -> Origin:
    text = f"{e['value']} {e['unit']}"
    return Origin(
        f"models/{process}/retrofits.toml", 0, text, e.get("evidence", "unverified"), e.get("source", "")
    )


def _cost(process: str, e: Mapping[str, Any] | None, units: UnitTable) -> Cost | None:
    """Return a cost in CNY, per SI unit of what it is counted by. ``CNY/kW`` with ``per`` a power, and so on."""
    if e is None:
        return None
    quantity = _cost_quantity(e["unit"], units)
    low, likely, high = (units.parse(v, quantity, default_unit=e["unit"]).si for v in three(e["value"]))
    return Cost(
        low, likely, high, e.get("per", "" if quantity == "money" else "capacity"), _origin(process, e)
    )


def _cost_quantity(unit: str, units: UnitTable) -> str:
    """Return money, or the kind of specific investment that the unit says. Raises ValueError for neither."""
    for quantity in ("money", *(q for q in units.quantities() if q.startswith("specific_capex"))):
        try:
            units.unit(unit, quantity)
        except UnitError:
            continue
        return quantity
    raise ValueError(f"{unit} is no unit of a cost")


def _value(process: str, e: Mapping[str, Any] | None, quantity: str, units: UnitTable) -> Value | None:
    if e is None:
        return None
    return Value(units.parse(e["value"], quantity, default_unit=e["unit"]).si, e["unit"], _origin(process, e))
