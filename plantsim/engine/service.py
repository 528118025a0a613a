"""Equal service: two states of a plant are compared only when both deliver the same.

Saving = plant before + what it lacked - plant after - what that lacks. A product with a declared reference (heat:
the boilers displaced; power: the grid) is made up by it. The main product without a reference is made up by the
plant itself at its own consumption per tonne.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from plantsim.engine.factors import entry_at, value_of
from plantsim.library import Library
from plantsim.vocabulary.case import Case, Value, scalar
from plantsim.vocabulary.problems import Problems

Ledger = dict[str, np.ndarray]
AMOUNT_QUANTITY = {("energy", "energy"): "dimensionless", ("mass", "mass"): "mass_ratio"}
EMISSION_QUANTITY = {"energy": "mass_per_energy", "mass": "mass_ratio"}


@dataclass(frozen=True)
class Reference:
    """What supplies a carrier when the plant does not: carriers taken in, and pollutants given out, per unit supplied,
    SI.
    """

    name: str
    carrier: str
    inputs: Mapping[str, float]
    values: Mapping[str, Value]
    emissions: Mapping[str, float] = field(default_factory=dict)


def read_references(case: Case, lib: Library, problems: Problems) -> dict[str, Reference]:
    """Return the references of a case by the carrier that they supply.

    Each carrier of carriers.toml may name its reference in references.toml; the accounting key
    ``reference.<carrier>`` of the case names another one. An unknown one is an error in ``problems``.
    """
    table = lib.data("common", "references.toml")
    found: dict[str, Reference] = {}
    for carrier, e in lib.carriers.items():
        name = case.accounting.get(f"reference.{carrier}", e.get("reference", ""))
        if not name:
            continue
        if name not in table or table[name]["supplies"] != carrier:
            problems.error(
                "factor_unknown", key=f"accounting.reference.{carrier}", path=name, table="references.toml"
            )
            continue
        values = {}
        for taken in table[name]["inputs"]:
            pair = (lib.carriers[taken]["quantity"], e["quantity"])
            entry = entry_at(table[name]["inputs"], taken)
            path = f"{name}.inputs.{taken}"
            values[taken] = value_of(entry, AMOUNT_QUANTITY[pair], lib, "models/common/references.toml", path)
        inputs = {k: scalar(v) for k, v in values.items()}
        given = {}
        for pollutant, entry in table[name].get("emissions", {}).items():
            quantity = EMISSION_QUANTITY[e["quantity"]]
            path = f"{name}.emissions.{pollutant}"
            values[pollutant] = value_of(entry, quantity, lib, "models/common/references.toml", path)
            given[pollutant] = scalar(values[pollutant])
        found[carrier] = Reference(name, carrier, inputs, values, given)
    return found


def at_equal_product(
    before: Ledger, after: Ledger, product: str, references: Mapping[str, Reference]
) -> Ledger:
    """Return ``after`` scaled to the main product made before, unless that product has a reference.

    product: carrier of the main product. NaN where nothing is made after.
    """
    if product in references or product not in before:
        return dict(after)
    made, makes = -before[product], -after[product]
    scale = np.divide(made, makes, out=np.full_like(made, np.nan), where=makes > 0)
    return {c: a * scale for c, a in after.items()}


def at_equal_service(
    before: Ledger, after: Ledger, product: str, references: Mapping[str, Reference]
) -> tuple[Ledger, Ledger]:
    """Return both ledgers with what each side lacks supplied by references. Shapes (rows,), SI."""
    return made_up(before, at_equal_product(before, after, product, references), references)


def taken(ledger: Ledger, at_most: Mapping[str, float]) -> Ledger:
    """Return a ledger in which no more of a carrier is given out than its sink takes in a year [J or kg]."""
    capped = {c: np.maximum(a, -at_most[c]) for c, a in ledger.items() if c in at_most}
    return {**ledger, **capped} if capped else ledger


def made_up(before: Ledger, after: Ledger, references: Mapping[str, Reference]) -> tuple[Ledger, Ledger]:
    """Return both ledgers, of the same main product, with what each side lacks supplied by references.

    What a reference gives out of a pollutant counts only where the plant's own is in the ledger: it would be credited
    with what others emit, and not debited with its own. One that is not known there stays so.
    """
    sides = (dict(before), dict(after))
    for carrier, reference in references.items():
        if carrier not in before and carrier not in after:
            continue
        nothing = np.zeros_like(next(iter(before.values())))
        out = [-side.get(carrier, nothing) for side in sides]
        out = [np.maximum(o, 0.0) for o in out]  # a plant that takes a carrier in is no supplier of it
        lacks = (np.maximum(out[1] - out[0], 0.0), np.maximum(out[0] - out[1], 0.0))
        for side, lack in zip(sides, lacks, strict=True):
            side[carrier] = side.get(carrier, nothing) - lack
            for used, per in reference.inputs.items():
                side[used] = side.get(used, nothing) + per * lack
            for given, per in reference.emissions.items():
                if given in before and given in after:
                    side[given] = side[given] - per * lack
    return sides
