"""case.toml: names, dates, decks, targets, sinks and conventions that hold for a whole portfolio."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plantsim.io.cells import Reading, quoted, read_amount
from plantsim.io.conventions import SCHEMA
from plantsim.io.pairing import PAIRINGS, read_pairing
from plantsim.io.plants import check_schema, words
from plantsim.io.portfolio import ROWS, Enterprise, good_rows, read_enterprises, read_sinks
from plantsim.io.structure import SHOWN, check_structure, near
from plantsim.io.toml_lines import KeyPath, LocatedToml, read_toml
from plantsim.library import Library
from plantsim.vocabulary.case import Origin, Sink, Target, Value, scalar
from plantsim.vocabulary.problems import Problems

ACCOUNTING_KINDS = ("equivalent", "equal_value", "carbon", "price", "reference")
"""What an accounting key <kind>.<carrier> may replace."""


@dataclass
class Head:
    """What case.toml says, or stands in for it where there is none. proposals: its rows that are well formed."""

    name: dict[str, str]
    date: str = ""
    price_deck: str = ""
    decks: tuple[str, ...] = ()
    discount_rate: Value | None = None
    targets: tuple[Target, ...] = ()
    sinks: tuple[Sink, ...] = ()
    enterprises: tuple[Enterprise, ...] = ()
    accounting: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    files: tuple[tuple[str, str], ...] = ()
    toml: LocatedToml | None = None
    proposals: tuple[int, ...] = ()


def read_head(path: Path, library: Library, problems: Problems, otherwise: dict[str, str]) -> Head | None:
    """Return what case.toml says; None when it can't be used, since its conventions change every result."""
    from plantsim.io.case_models import CaseFile

    own, rows = Problems(), Problems()
    toml = read_toml(path, own)
    head = None
    if toml is not None and check_schema(toml, own):
        plain = {k: v for k, v in toml.data.items() if k not in ROWS}
        file = check_structure(
            CaseFile, LocatedToml(toml.shown, {**plain, "schema": SCHEMA}, toml.lines), own
        )
        reading = Reading(toml, library.units, own)
        data = toml.data.get("case", {})
        data = data if isinstance(data, Mapping) else {}
        good = good_rows(toml, rows)
        row_reading = Reading(toml, library.units, rows)
        head = Head(
            name=words(file.case.name if file else None, otherwise["zh"]),
            date=_date(reading, data.get("date")),
            price_deck=_deck(reading, data.get("price_deck"), library, ("case", "price_deck")),
            decks=_further_decks(reading, data.get("decks"), library, row_reading),
            discount_rate=_rate(reading, data.get("discount_rate")),
            targets=_targets(row_reading, good["target"], library),
            sinks=read_sinks(row_reading, good["sink"], library),
            enterprises=read_enterprises(row_reading, good["enterprise"], library),
            accounting=_accounting(reading, toml.data.get("accounting"), library),
            seed=file.case.seed if file else 0,
            files=((toml.shown, toml.sha256),),
            toml=toml,
            proposals=tuple(good["proposal"]),
        )
    problems.extend(own)
    problems.extend(rows)  # a bad sink, enterprise or proposal is left out; the rest still holds
    return None if own.errors else head


def _date(reading: Reading, given: Any) -> str:
    if given is None or given == "":
        return ""
    if isinstance(given, datetime.date) and not isinstance(given, datetime.datetime):
        return given.isoformat()
    try:
        return datetime.date.fromisoformat(given).isoformat() if isinstance(given, str) else _raise(given)
    except ValueError:
        reading.error("date_wrong", ("case", "date"), text=quoted(given))
        return ""


def _raise(given: object) -> str:
    raise ValueError(given)


def _decks(library: Library) -> dict[str, Any]:
    try:
        return library.data("common", "prices.toml").get("deck", {})
    except FileNotFoundError:
        return {}


def _deck(reading: Reading, given: Any, library: Library, path: KeyPath) -> str:
    if not isinstance(given, str) or not given:
        return ""
    decks = _decks(library)
    known = list(decks)
    if given not in known:
        guess = near(given, known)
        code = "price_deck_unknown_near" if guess else "price_deck_unknown"
        reading.error(code, path, name=given[:SHOWN], guess=guess, known=", ".join(known))
    elif not decks[given].get("date"):
        reading.error("price_deck_undated", path, name=given)
    return given


def _further_decks(reading: Reading, given: Any, library: Library, rows: Reading) -> tuple[str, ...]:
    """Return the further decks; one without a date is left out while the rest holds. rows: takes that error."""
    if not isinstance(given, list):
        return ()  # noted with the structure
    found = []
    for n, name in enumerate(given):
        undated = isinstance(name, str) and name in _decks(library) and not _decks(library)[name].get("date")
        deck = _deck(rows if undated else reading, name, library, ("case", "decks", n))
        found += [] if undated or not deck else [deck]
    return tuple(dict.fromkeys(found))


def fill_in_deck(head: Head, library: Library, problems: Problems, shown: str) -> None:
    """Take the library's first price deck, and its date, where the case names none; the user is told."""
    decks = _decks(library)
    if not head.price_deck and decks:
        head.price_deck = next(iter(decks))
        problems.warning("price_deck_missing", file=shown, key="case.price_deck", deck=head.price_deck)
    if not head.date and head.price_deck in decks:
        head.date = str(decks[head.price_deck].get("date", ""))
        problems.warning("date_missing", file=shown, key="case.date", date=head.date, deck=head.price_deck)


def _rate(reading: Reading, given: Any) -> Value | None:
    if given is None:
        return None
    path = ("case", "discount_rate")
    value = read_amount(reading, given, "fraction", "", path, "assumed")
    if value is None:
        return None
    if not 0 <= scalar(value) < 1:
        reading.error("share_outside", path, text=value.origin.text)
        return None
    return value


def _targets(reading: Reading, rows: Iterable[int], library: Library) -> tuple[Target, ...]:
    sectors: dict[str, str] = {}
    for process in library.processes:
        sectors.setdefault(library.declaration(process).sector, process)
    found = [_target(reading, reading.toml.data["target"][n], sectors, library, n) for n in rows]
    return tuple(t for t in found if t is not None)


def _target(
    reading: Reading, table: Mapping[str, Any], sectors: dict[str, str], library: Library, n: int
) -> Target | None:
    path = ("target", n)
    sector = table.get("sector")
    if not isinstance(sector, str) or not sector:
        return None  # noted with the structure
    if sector not in sectors:
        known = list(sectors)
        guess = near(sector, known)
        code = "sector_unknown_near" if guess else "sector_unknown"
        reading.error(code, (*path, "sector"), name=sector[:SHOWN], guess=guess, known=", ".join(known))
        return None
    own = [k for k in ("share_above", "mean_at_most") if k in table]
    if len(own) > 1 or not (own or "retire_at_most" in table):
        reading.error("target_one_of", path)
        return None
    origin = Origin(reading.toml.shown, reading.toml.line(*path))
    retire = None
    if "retire_at_most" in table:
        at = (*path, "retire_at_most")
        cap = read_amount(reading, table["retire_at_most"], "fraction", "", at, "public")
        if cap is None or not 0 <= scalar(cap) <= 1:
            if cap is not None:
                reading.error("share_outside", at, text=cap.origin.text)
            return None
        retire = scalar(cap)
    if not own:
        return Target(sector, retire_at_most=retire, origin=origin)
    if "share_above" in table:
        at = (*path, "share_above")
        share = read_amount(reading, table["share_above"], "fraction", "", at, "public")
        if share is None or not 0 <= scalar(share) <= 1:
            if share is not None:
                reading.error("share_outside", at, text=share.origin.text)
            return None
        return Target(sector, share_above=scalar(share), retire_at_most=retire, origin=share.origin)
    declaration = library.declaration(sectors[sector])
    main = library.indicators(declaration.process).get(declaration.main_indicator)
    if main is None:
        reading.error("sector_without_indicator", (*path, "mean_at_most"), name=sector)
        return None
    mean = read_amount(
        reading, table["mean_at_most"], main.quantity, main.unit, (*path, "mean_at_most"), "public"
    )
    if mean is None or math.isnan(scalar(mean)):
        return None
    return Target(sector, mean_at_most=mean, retire_at_most=retire, origin=origin)


def _accounting(reading: Reading, given: Any, library: Library) -> dict[str, str]:
    """Return the conventions as <kind>.<carrier> -> entry; nested tables and dotted keys are the same."""
    if not isinstance(given, Mapping):
        return {}
    found: dict[str, str] = {}
    for kind, inner in given.items():
        path = ("accounting", kind)
        if isinstance(inner, Mapping):
            for carrier, entry in inner.items():
                _convention(reading, f"{kind}.{carrier}", entry, (*path, carrier), library, found)
        else:
            _convention(reading, kind, inner, path, library, found)
    return found


def _convention(
    reading: Reading, name: str, entry: Any, path: tuple[str, ...], library: Library, found: dict[str, str]
) -> None:
    kind, _, carrier = name.partition(".")
    if kind in PAIRINGS and isinstance(entry, str):
        if read_pairing(reading, kind, carrier, entry, path, library):
            found[name] = entry
        return
    known = [f"{k}.{c}" for k in ACCOUNTING_KINDS for c in library.carriers]
    if kind not in ACCOUNTING_KINDS or carrier not in library.carriers:
        guess = near(name, known)
        code = "accounting_unknown_near" if guess else "accounting_unknown"
        reading.error(code, path, name=name[:SHOWN], guess=guess, kinds=", ".join(ACCOUNTING_KINDS))
    elif isinstance(entry, str):
        found[name] = entry
