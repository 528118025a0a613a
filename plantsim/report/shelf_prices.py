"""Price decks of the library: every price with its range and the end that the deck uses, and how two decks differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plantsim.engine.factors import TAKE, price_entry
from plantsim.library import Library
from plantsim.report.shelf_words import columns, evidence, facts, number, words
from plantsim.vocabulary.messages import text
from plantsim.vocabulary.tables import Cell, Column, Table


def deck_prices(lib: Library, name: str) -> dict[str, tuple[Mapping[str, Any], str]]:
    """Return every price of a deck, those of the decks that it extends included: (entry, which end is used)."""
    decks = lib.data("common", "prices.toml")["deck"]
    keys: dict[str, None] = {}
    deck = name
    while deck:
        keys = {**dict.fromkeys(decks[deck].get("price", {})), **keys}
        deck = decks[deck].get("extends", "")
    found = {}
    for key in keys:
        at = price_entry(decks, name, key)
        if at is not None:
            found[key] = (at[0], at[2])
    return found


def used_price(entry: Mapping[str, Any], take: str) -> float:
    """Return the number that a run uses: of a range the end that the deck takes."""
    value = entry["value"]
    return value[TAKE.index(take)] if isinstance(value, list) else value


def deck_page(lib: Library, name: str, title: Mapping[str, str], lang: str) -> list[Table]:
    """Return a price deck: its head and all its prices."""
    deck = lib.data("common", "prices.toml")["deck"][name]
    rows: list[tuple[str, Cell]] = [
        ("date", str(deck["date"])),
        ("currency", deck["currency"]),
        ("extends", deck.get("extends")),
        ("take", text(f"shelf_take_{deck.get('take', 'likely')}", lang)),
        ("vat", text("shelf_vat_included" if deck.get("vat_included") else "shelf_vat_excluded", lang)),
    ]
    prices = []
    for key, (entry, take) in deck_prices(lib, name).items():
        value = entry["value"]
        low, high = (value[0], value[2]) if isinstance(value, list) else (None, None)
        word = evidence(lib, entry["evidence"], lang)
        prices.append(
            (
                key,
                number(used_price(entry, take)),
                number(low),
                number(high),
                entry["unit"],
                word,
                entry["source"],
            )
        )
    head = columns(lib, "price", "used", "low", "high", "unit_of_measure", "evidence", "source")
    return [
        facts(lib, name, title, rows, lang),
        Table(f"{name}-prices", words("title_deck_prices"), head, tuple(prices)),
    ]


def compare_decks(lib: Library, first: str, second: str, lang: str) -> list[Table]:
    """Return the prices that a run with one deck and with the other uses differently."""
    a, b = deck_prices(lib, first), deck_prices(lib, second)
    rows: list[tuple[Cell, ...]] = []
    same = 0
    for key in dict.fromkeys([*a, *b]):
        left, right = (used_price(*d[key]) if key in d else None for d in (a, b))
        unit = (a.get(key) or b[key])[0]["unit"]
        if left == right:
            same += 1
            continue
        ratio = f"{right / left:.2f}" if left and right is not None and left > 0 else None
        rows.append((key, number(left), number(right), ratio, unit))
    named = (Column(name, {"en": name, "zh": name}) for name in (first, second))
    head = (*columns(lib, "price"), *named, *columns(lib, "ratio", "unit_of_measure"))
    notes = (words("note_same", count=same),)
    return [Table("diff", words("title_diff", first=first, second=second), head, tuple(rows), notes)]
