"""Reads models/<process>/claims.toml: what publications claim of measures, in SI."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plantsim.library.retrofits import read_change
from plantsim.vocabulary.case import Change, Origin, Value
from plantsim.vocabulary.declarations import Declaration, DeclarationError
from plantsim.vocabulary.units import UnitError, UnitTable


@dataclass(frozen=True)
class Bound:
    """The most that an indicator can reach. values: inputs of the plant at that optimum; efficiency: the output that
    says how good it is there; most: its value [-] above which a claim is rejected."""

    name: str
    values: Mapping[str, Value]
    efficiency: str
    most: float


@dataclass(frozen=True)
class PublishedClaim:
    """A claim. Numbers in SI; ``saving`` is (low, high), the claimed fall of ``indicator``, or with a ``bound`` the
    level that it is said to reach.

    values: what of the reference plant is replaced; stated: the plant's own readings that are said to change;
    physics: the same measure as changes of the calibrated plant, () where the publication does not tell; full_model:
    inputs that switch the whole physics on for it.
    """

    name: str
    process: str
    label: Mapping[str, str]
    reference: str
    values: Mapping[str, Value]
    full_model: Mapping[str, Value]
    stated: tuple[Change, ...]
    indicator: str
    saving: tuple[float, float]
    physics: tuple[Change, ...]
    source: str
    bound: Bound | None = None


def read_claims(
    process: str,
    data: Mapping[str, Any],
    declaration: Declaration,
    indicators: Mapping[str, str],
    units: UnitTable,
) -> dict[str, PublishedClaim]:
    """Return the claims of a process by name; indicators: name -> quantity. Raises DeclarationError."""
    found, bounds = {}, {}
    for name, e in data.items():
        try:
            if name == "bound":
                bounds = {key: _bound(process, key, row, declaration, units) for key, row in e.items()}
                continue
            found[name] = _claim(process, name, e, declaration, indicators, units, bounds)
        except (UnitError, KeyError, ValueError) as error:
            raise DeclarationError(f"{process} claim {name}: {error!r}") from error
    return found


def _bound(
    process: str, name: str, e: Mapping[str, Any], declaration: Declaration, units: UnitTable
) -> Bound:
    origin = Origin(file=f"models/{process}/claims.toml", source=e["source"], evidence=e["evidence"])
    most = units.parse(e["most"], declaration.variables[e["efficiency"]].quantity).si
    return Bound(name, _values(e["values"], declaration, units, origin), e["efficiency"], most)


def _claim(
    process: str,
    name: str,
    e: Mapping[str, Any],
    declaration: Declaration,
    indicators: Mapping[str, str],
    units: UnitTable,
    bounds: Mapping[str, Bound],
) -> PublishedClaim:
    origin = Origin(file=f"models/{process}/claims.toml", source=e["source"], evidence="published")
    stated = e["level"] if "bound" in e else e["saving"]
    claimed, unit = stated["value"], stated["unit"]
    ends = claimed if isinstance(claimed, list) else [claimed, claimed]
    low, high = (units.parse(n, indicators[e["indicator"]], default_unit=unit).si for n in ends)
    return PublishedClaim(
        name=name,
        process=process,
        label=e["label"],
        reference=e["reference"],
        values=_values(e.get("values", {}), declaration, units, origin),
        full_model=_values(e.get("full_model", {}), declaration, units, origin),
        stated=tuple(read_change(c, declaration, units, origin) for c in e.get("stated", [])),
        indicator=e["indicator"],
        saving=(low, high),
        physics=tuple(read_change(c, declaration, units, origin) for c in e.get("physics", [])),
        source=e["source"],
        bound=bounds[e["bound"]] if "bound" in e else None,
    )


def _values(
    given: Mapping[str, Any], declaration: Declaration, units: UnitTable, origin: Origin
) -> dict[str, Value]:
    found = {}
    for key, raw in given.items():
        v = declaration.variables[key]
        si = float(v.options[raw]) if v.options else units.parse(raw, v.quantity, default_unit=v.unit).si
        found[key] = Value(si, v.unit, origin)
    return found
