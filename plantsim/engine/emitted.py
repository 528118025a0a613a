"""What plants give to the air in a year, as they are and with everything done: each tonne counted once.

A reduction is that of the whole plant with all that is done there, simulated together, never the sum of its measures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plantsim.engine.factors import value_of
from plantsim.engine.figures import POLLUTANTS
from plantsim.engine.ranking import BundleRow, PlantRow
from plantsim.library import Library
from plantsim.vocabulary.case import Plant, scalar

FILE = "models/common/pollutant_limits.toml"


@dataclass(frozen=True)
class Emitted:
    """One pollutant of a plant, a district or the case [kg/a]; NaN where it is not known of any plant.

    then: with everything done; permit: what its permit allows, where a rule tells it; unknown: plants that are not in
    the sums.
    """

    scope: str  # plant, district, case
    name: str
    pollutant: str
    now: float
    then: float
    permit: float
    unknown: tuple[str, ...] = ()


def emitted(rows: Sequence[PlantRow], bundles: Sequence[BundleRow], lib: Library) -> list[Emitted]:
    """Return every pollutant by plant, by district and for the case, in the case's order."""
    done = {b.plant.id: b for b in bundles}
    found = [_of_plant(r, done.get(r.plant.id), p, lib) for r in rows for p in POLLUTANTS]
    district = {r.plant.id: r.plant.district for r in rows}
    names = list(dict.fromkeys(d for d in district.values() if d))
    sums = [
        _sum("district", name, p, [e for e in found if e.pollutant == p and district[e.name] == name])
        for name in names
        for p in POLLUTANTS
    ]
    whole = [_sum("case", "", p, [e for e in found if e.pollutant == p]) for p in POLLUTANTS]
    return [*found, *sums, *whole]


def _of_plant(row: PlantRow, bundle: BundleRow | None, pollutant: str, lib: Library) -> Emitted:
    now = -row.ledger[pollutant] if pollutant in row.ledger else math.nan
    then = now
    if bundle is not None and bundle.retired:
        then = 0.0 if not math.isnan(now) else math.nan
    elif bundle is not None and bundle.status == "ok" and pollutant in bundle.ledger:
        then = -bundle.ledger[pollutant]
    unknown = (row.plant.id,) if math.isnan(now) or math.isnan(then) else ()
    return Emitted("plant", row.plant.id, pollutant, now, then, permitted(row.plant, pollutant, lib), unknown)


def _sum(scope: str, name: str, pollutant: str, parts: Sequence[Emitted]) -> Emitted:
    known = [e for e in parts if not e.unknown]
    permits = [e.permit for e in known]

    def total(values: Sequence[float]) -> float:
        return math.fsum(values) if values else math.nan

    return Emitted(
        scope=scope,
        name=name,
        pollutant=pollutant,
        now=total([e.now for e in known]),
        then=total([e.then for e in known]),
        permit=total(permits),
        unknown=tuple(e.name for e in parts if e.unknown),
    )


def permitted(plant: Plant, pollutant: str, lib: Library) -> float:
    """Return what a permit allows a year [kg/a]: limit x gas per tonne x approved capacity; NaN without a rule."""
    data = lib.data("common", "pollutant_limits.toml")
    rule: Mapping[str, object] | None = data.get("permit", {}).get(plant.process)
    if rule is None or plant.capacity is None or isinstance(plant.capacity.si, tuple):
        return math.nan
    limit = next(r for r in data["limit"] if r["id"] == rule["limit"])
    name = {"dust": "pm"}.get(pollutant, pollutant)
    if name not in limit:
        return math.nan
    gas = scalar(value_of(rule["gas"], "specific_normal_volume", lib, FILE, f"permit.{plant.process}.gas"))  # type: ignore[arg-type]
    most = scalar(value_of(limit[name], "concentration", lib, FILE, f"{rule['limit']}.{name}"))
    return most * gas * plant.capacity.si
