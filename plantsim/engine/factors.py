"""What a unit of each carrier is worth: standard coal on both conventions, CO2, money; with its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from plantsim.library import Library
from plantsim.vocabulary.case import Case, Origin, Value, scalar, weakest
from plantsim.vocabulary.problems import Problem, Problems, nearest
from plantsim.vocabulary.units import UnitError

COAL_QUANTITY = {"energy": ("coal_rate", "heat_coal_rate"), "mass": ("specific_coal",)}
CARBON_QUANTITY = {"energy": ("emission_factor",), "mass": ("emission_factor_mass",)}
PRICE_QUANTITY = {"energy": ("energy_price",), "mass": ("mass_price",), "volume": ("volume_price",)}
TAKE = ("low", "likely", "high")
CONVENTIONS = ("equivalent", "equal_value")


@dataclass(frozen=True)
class Factors:
    """Worth of carriers, per SI unit (J, kg or m3): joules of standard coal, kg CO2, CNY. Missing means nothing.

    ``used`` holds the value and origin of every factor, by (kind, carrier), for the report.
    """

    equivalent: Mapping[str, float]
    equal_value: Mapping[str, float]
    carbon: Mapping[str, float]
    price: Mapping[str, float]
    used: Mapping[tuple[str, str], Value]
    deck: str
    price_range: Mapping[str, tuple[float, float]] = field(
        default_factory=dict
    )  # low and high of a deck's ranges
    sold: Mapping[str, float] = field(default_factory=dict)  # what is given out, where its price differs
    sold_range: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def total(self, kind: str, ledger: Mapping[str, np.ndarray | float]) -> np.ndarray | float:
        """Return the yearly total of a ledger: positive for what the plant takes in."""
        worth = getattr(self, kind)
        return sum((amount * worth[c] for c, amount in ledger.items() if c in worth), 0.0)

    def money(self, ledger: Mapping[str, np.ndarray | float]) -> np.ndarray | float:
        """Return CNY a year paid for a ledger: carriers of ``sold`` have another price going out than coming in."""
        paid = self.total("price", ledger)
        for carrier, price in self.sold.items():
            if carrier in ledger and carrier in self.price:
                given = np.minimum(ledger[carrier], 0.0)
                paid = paid + given * (price - self.price[carrier])
        return paid

    def evidence(self, kind: str, carriers: list[str]) -> str:
        """Return the weakest evidence of the factors of ``carriers``."""
        return weakest([self.used[kind, c].origin.evidence for c in carriers if (kind, c) in self.used])


def entry_at(data: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """Return the entry at a dotted path; a step into a list of tables names the ``id`` of one. Raises KeyError."""
    node: Any = data
    for part in path.split("."):
        if isinstance(node, list):
            node = {e["id"]: e for e in node}
        if not isinstance(node, Mapping) or part not in node:
            raise KeyError(path)
        node = node[part]
    return node


def quantity_of(unit: str, quantities: Sequence[str], lib: Library) -> str:
    """Return the first of ``quantities`` that the unit belongs to; the first of all when none has it."""
    for quantity in quantities:
        try:
            lib.units.unit(unit, quantity)
        except UnitError:
            continue
        return quantity
    return quantities[0]


def value_of(
    entry: Mapping[str, Any], quantity: str, lib: Library, file: str, path: str, take: str = "likely"
) -> Value:
    """Return a number entry in SI; of a range the low, likely or high end."""
    number = entry["value"]
    if isinstance(number, list):
        number = number[TAKE.index(take)]
    text = f"{number} {entry['unit']}"
    origin = Origin(file, 0, text, entry.get("evidence", "unverified"), entry.get("source", ""), path)
    return Value(lib.units.parse(number, quantity, default_unit=entry["unit"]).si, entry["unit"], origin)


def read_factors(case: Case, lib: Library, process: str, problems: Problems) -> Factors:
    """Return the factors of a case for one process; what is wrong with its conventions is added to ``problems``."""
    factors, found = _read(lib, process, case.price_deck, tuple(sorted(case.accounting.items())))
    problems.extend(found)
    return factors


@lru_cache(maxsize=256)  # every plant, deck and list of a ranking asks for the same few
def _read(
    lib: Library, process: str, deck: str, conventions: tuple[tuple[str, str], ...]
) -> tuple[Factors, list[Problem]]:
    """Return the factors of a case for one process: carriers.toml's own, replaced by what the process's
    declaration says of prices, and by the case's accounting conventions.

    An accounting key ``<kind>.<carrier>`` (such as ``carbon.electricity``) names another entry of energy.toml
    or emissions.toml, ``price.<carrier>`` another price of the deck. A deck or an entry that doesn't exist is
    an error in ``problems``.
    """
    accounting, problems = dict(conventions), Problems()
    files = {"equivalent": "energy.toml", "equal_value": "energy.toml", "carbon": "emissions.toml"}
    quantities: Mapping[str, Mapping[str, tuple[str, ...]]] = {
        "equivalent": COAL_QUANTITY,
        "equal_value": COAL_QUANTITY,
        "carbon": CARBON_QUANTITY,
    }
    used: dict[tuple[str, str], Value] = {}
    for carrier, e in lib.carriers.items():
        for kind, file in files.items():
            path = accounting.get(f"{kind}.{carrier}", e.get(kind, ""))
            if not path:
                continue
            try:
                entry = entry_at(lib.data("common", file), path)
                quantity = quantity_of(str(entry["unit"]), quantities[kind][e["quantity"]], lib)
                used[kind, carrier] = value_of(entry, quantity, lib, f"models/common/{file}", path)
            except KeyError:
                problems.error("factor_unknown", key=f"accounting.{kind}.{carrier}", path=path, table=file)
    ranges = _read_prices(deck, accounting, lib, process, problems, used)
    by_kind: dict[str, dict[str, float]] = {k: {} for k in (*files, "price", "sold")}
    for (kind, carrier), value in used.items():
        by_kind[kind][carrier] = scalar(value)
    by_use: dict[str, dict[str, tuple[float, float]]] = {"price": {}, "sold": {}}
    for (kind, carrier), ends in ranges.items():
        by_use[kind][carrier] = ends
    factors = Factors(
        used=used,
        deck=deck,
        price_range=by_use["price"],
        sold_range=by_use["sold"],
        **by_kind,
    )
    return factors, list(problems)


def price_entry(decks: Mapping[str, Any], deck: str, key: str) -> tuple[Mapping[str, Any], str, str] | None:
    """Return (entry, its path, which end of a range) of a price in a deck or in the deck that it extends."""
    take, name = decks[deck].get("take", "likely"), deck
    while name:
        prices = decks[name].get("price", {})
        if key in prices:
            return prices[key], f"deck.{name}.price.{key}", take
        name = decks[name].get("extends", "")
    return None


def _read_prices(
    deck: str,
    accounting: Mapping[str, str],
    lib: Library,
    process: str,
    problems: Problems,
    used: dict[tuple[str, str], Value],
) -> dict[tuple[str, str], tuple[float, float]]:
    """Add the prices to ``used``; return (low, high) of those for which the deck keeps a range, by (kind, carrier).

    kind: ``price``, or ``sold`` for what is given out at another price than it is bought for. A main product has
    one price.
    """
    decks = lib.data("common", "prices.toml")["deck"]
    ranges: dict[tuple[str, str], tuple[float, float]] = {}
    if deck not in decks:
        known = sorted(decks)
        near = nearest(deck, known)
        problems.error("deck_unknown", key="price_deck", given=deck, nearest=near, known=", ".join(known))
        return ranges
    declaration = lib.declaration(process)
    product = declaration.variables.get(declaration.product)
    for carrier, e in lib.carriers.items():
        keys = {
            "price": accounting.get(f"price.{carrier}", declaration.prices.get(carrier, e.get("price", "")))
        }
        if product is None or product.ledger is None or product.ledger.carrier != carrier:
            keys["sold"] = e.get("price_sold", "")
        for kind, key in keys.items():
            if key:
                _read_price(deck, lib, (kind, carrier), key, problems, used, ranges)
    return ranges


def _read_price(
    deck: str,
    lib: Library,
    what: tuple[str, str],
    key: str,
    problems: Problems,
    used: dict[tuple[str, str], Value],
    ranges: dict[tuple[str, str], tuple[float, float]],
) -> None:
    found = price_entry(lib.data("common", "prices.toml")["deck"], deck, key)
    if found is None:
        problems.error("price_unknown", key=f"accounting.price.{what[1]}", price=key, deck=deck)
        return
    entry, path, take = found
    quantity = quantity_of(entry["unit"], PRICE_QUANTITY[lib.carriers[what[1]]["quantity"]], lib)
    file = "models/common/prices.toml"
    used[what] = value_of(entry, quantity, lib, file, path, take)
    if take == "likely" and isinstance(entry["value"], list):
        low, high = (value_of(entry, quantity, lib, file, path, end) for end in ("low", "high"))
        ranges[what] = (scalar(low), scalar(high))
