"""What a unit of each carrier is worth: standard coal on both conventions, CO2, money; with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from plantsim.library import Library
from plantsim.vocabulary.case import Case, Value, Origin, weakest
from plantsim.vocabulary.problems import Problems, nearest

COAL_QUANTITY = {"energy": "coal_rate", "mass": "specific_coal"}
CARBON_QUANTITY = {"energy": "emission_factor_energy", "mass": "emission_factor_mass"}
PRICE_QUANTITY = {"energy": "energy_price", "mass": "mass_price"}
CONVENTIONS = ("equivalent", "equal_value")


@dataclass(frozen=True)
class Factors:
    """Worth of carriers, per SI unit (J or kg): joules of standard coal, kg CO2, CNY. Missing means nothing.

    ``used`` holds the value and origin of every factor, by (kind, carrier), for the report.
    """

    equivalent: Mapping[str, float]
    equal_value: Mapping[str, float]
    carbon: Mapping[str, float]
    price: Mapping[str, float]
    used: Mapping[tuple[str, str], Value]
    deck: str

    def total(self, kind: str, ledger: Mapping[str, np.ndarray | float]) -> np.ndarray | float:
        """Return the yearly total of a ledger: positive for what the plant takes in."""
        worth = getattr(self, kind)
        return sum((amount * worth[c] for c, amount in ledger.items() if c in worth), 0.0)

    def evidence(self, kind: str, carriers: list[str]) -> str:
        """Return the weakest evidence of the factors of ``carriers``."""
        return weakest([self.used[kind, c].origin.evidence for c in carriers if (kind, c) in self.used])


def entry_at(data: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """Return the entry at a dotted path of a parsed file. Raises KeyError naming the path."""
    node: Any = data
    for part in path.split("."):
        if not isinstance(node, Mapping) or part not in node:
            raise KeyError(path)
        node = node[part]
    return node


def value_of(entry: Mapping[str, Any], quantity: str, lib: Library, file: str, path: str) -> Value:
    """Return a number entry in SI: the likely one of a range."""
    number = entry["value"]
    if isinstance(number, list):
        number = number[len(number) // 2]
    text = f"{number} {entry['unit']}"
    origin = Origin(file, 0, text, entry.get("evidence", "unverified"), entry.get("source", ""), path)
    return Value(lib.units.parse(number, quantity, default_unit=entry["unit"]).si, entry["unit"], origin)


def read_factors(case: Case, lib: Library, problems: Problems) -> Factors:
    """Return the factors of a case: carriers.toml's own, replaced by the case's accounting conventions.

    An accounting key ``<kind>.<carrier>`` (such as ``carbon.electricity``) names another entry of energy.toml
    or emissions.toml. A deck or an entry that doesn't exist is an error in ``problems``.
    """
    files = {"equivalent": "energy.toml", "equal_value": "energy.toml", "carbon": "emissions.toml"}
    quantities = {"equivalent": COAL_QUANTITY, "equal_value": COAL_QUANTITY, "carbon": CARBON_QUANTITY}
    used: dict[tuple[str, str], Value] = {}
    for carrier, e in lib.carriers.items():
        for kind, file in files.items():
            path = case.accounting.get(f"{kind}.{carrier}", e.get(kind, ""))
            if not path:
                continue
            try:
                entry = entry_at(lib.data("common", file), path)
                used[kind, carrier] = value_of(entry, quantities[kind][e["quantity"]], lib, f"models/common/{file}", path)
            except KeyError:
                problems.error("factor_unknown", key=f"accounting.{kind}.{carrier}", path=path, file_asked=file)
    _read_prices(case, lib, problems, used)
    by_kind: dict[str, dict[str, float]] = {k: {} for k in (*files, "price")}
    for (kind, carrier), value in used.items():
        by_kind[kind][carrier] = float(value.si)  # type: ignore[arg-type]
    return Factors(used=used, deck=case.price_deck, **by_kind)


def _read_prices(case: Case, lib: Library, problems: Problems, used: dict[tuple[str, str], Value]) -> None:
    decks = lib.data("common", "prices.toml")["deck"]
    if case.price_deck not in decks:
        known = sorted(decks)
        problems.error(
            "deck_unknown", key="price_deck", given=case.price_deck, nearest=nearest(case.price_deck, known), known=", ".join(known)
        )
        return
    deck = decks[case.price_deck]
    for carrier, e in lib.carriers.items():
        key = case.accounting.get(f"price.{carrier}", e.get("price", ""))
        if key and isinstance(deck.get(key), Mapping):
            path = f"deck.{case.price_deck}.{key}"
            used["price", carrier] = value_of(deck[key], PRICE_QUANTITY[e["quantity"]], lib, "models/common/prices.toml", path)
