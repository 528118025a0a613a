"""Reads a case: a folder with case.toml and plants/, a folder of plant files, or a single plant file.

Every problem of every file is noted; a plant with an error is left out, and the rest still runs.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plantsim.io.cells import Reading, quoted, read_amount, scalar
from plantsim.io.conventions import SCHEMA
from plantsim.io.plants import check_schema, read_plant, words
from plantsim.io.structure import SHOWN, check_structure, dotted, near
from plantsim.io.text_files import show_path
from plantsim.io.toml_lines import KeyPath, LocatedToml, read_toml
from plantsim.library import Library
from plantsim.vocabulary.case import Case, Origin, Plant, Target, Value
from plantsim.vocabulary.problems import Problems

CASE_FILE = "case.toml"
PLANTS = "plants"
ACCOUNTING_KINDS = ("equivalent", "equal_value", "carbon", "price")
"""What an accounting key <kind>.<carrier> may replace."""


@dataclass
class Head:
    """What case.toml says, or stands in for it where there is none."""

    name: dict[str, str]
    date: str = ""
    price_deck: str = ""
    discount_rate: Value | None = None
    targets: tuple[Target, ...] = ()
    accounting: Mapping[str, str] = field(default_factory=dict)
    files: tuple[tuple[str, str], ...] = ()


def read_case(path: Path | str, library: Library, problems: Problems) -> Case | None:
    """Return a case with every plant that could be read; None when there is nothing to run.

    path: folder with case.toml and plants/*.toml, folder of plant files, case.toml itself, or one plant file.
    problems: gets every error and warning with its file and line. Never raises for what a user wrote.
    """
    path = Path(path)
    found = _find(path, problems)
    if found is None:
        return None
    folder, case_file, plant_files = found
    head = Head(_name_of(path))
    if case_file is not None:
        read = _read_head(case_file, library, problems, head.name)
        if read is None:
            return None
        head = read
    if path.is_file() and path.name != CASE_FILE:
        head.targets = ()  # a target is one of the whole portfolio
    plants, files = _read_plants(plant_files, library, problems)
    if not plants:
        if not problems.errors:
            problems.error("no_plants", file=show_path(path))
        return None
    _fill_in_deck(head, library, problems, show_path(case_file or path))
    if case_file is None and len(plants) == 1:
        head.name = dict(plants[0].name)
    return Case(
        name=head.name,
        folder=show_path(folder),
        date=head.date,
        price_deck=head.price_deck,
        discount_rate=head.discount_rate,
        targets=head.targets,
        accounting=head.accounting,
        plants=plants,
        files=(*head.files, *files),
        schema=SCHEMA,
    )


# ---------------------------------------------------------------- which files


def case_files(path: Path | str, problems: Problems) -> list[Path]:
    """Return the files of a case: case.toml first, where there is one, then the plants in order."""
    found = _find(Path(path), problems)
    if found is None:
        return []
    _, case_file, plants = found
    return [case_file, *plants] if case_file else plants


def _find(path: Path, problems: Problems) -> tuple[Path, Path | None, list[Path]] | None:
    """Return (folder, case.toml if there is one, plant files in order)."""
    try:
        is_folder, is_file = path.is_dir(), path.exists()
    except (OSError, ValueError):
        is_folder = is_file = False
    if not is_file:
        _note_missing(path, problems)
        return None
    if is_folder or path.name == CASE_FILE:
        folder = path if is_folder else path.parent
        return _find_in_folder(folder, problems)
    if path.parent.name == PLANTS and (path.parent.parent / CASE_FILE).is_file():
        # one plant of a portfolio is valued with the portfolio's own conventions
        return path.parent.parent, path.parent.parent / CASE_FILE, [path]
    return path.parent, None, [path]


def _find_in_folder(folder: Path, problems: Problems) -> tuple[Path, Path | None, list[Path]] | None:
    case_file = folder / CASE_FILE
    inner = folder / PLANTS
    try:
        place = inner if inner.is_dir() else folder
        files = sorted(p for p in place.iterdir() if p.suffix.casefold() == ".toml" and p.name != CASE_FILE)
        has_case = case_file.exists()
    except OSError as error:
        problems.error("file_unreadable", file=show_path(folder), reason=error.strerror or str(error))
        return None
    if not files:
        problems.error("no_plants", file=show_path(folder))
        return None
    return folder, case_file if has_case else None, files


def _note_missing(path: Path, problems: Problems) -> None:
    try:
        beside = sorted(p.name for p in path.parent.iterdir() if p.is_dir() or p.suffix == ".toml")
    except (OSError, ValueError):
        beside = []
    guess = near(path.name, beside)
    code = "case_missing_near" if guess else "case_missing"
    problems.error(
        code,
        file=show_path(str(path).replace("\0", "?")),
        guess=show_path(path.parent / guess) if guess else "",
    )


def _name_of(path: Path) -> dict[str, str]:
    name = path.resolve().name if path.is_dir() else path.stem
    return {"zh": name, "en": name}


# ---------------------------------------------------------------- plants


def _read_plants(
    files: list[Path], library: Library, problems: Problems
) -> tuple[tuple[Plant, ...], tuple[tuple[str, str], ...]]:
    plants: list[Plant] = []
    read: dict[str, str] = {}
    plant_ids: dict[str, str] = {}
    proposal_ids: dict[str, str] = {}
    for path in files:
        toml = read_toml(path, problems)
        if toml is None:
            continue
        read[toml.shown] = toml.sha256
        twice = _note_twice(toml, plant_ids, proposal_ids, problems)
        plant, reference = read_plant(toml, library, problems)
        if reference is not None:
            read[reference[0]] = reference[1]
        if plant is not None and not twice:
            plants.append(plant)
    return tuple(plants), tuple(read.items())


def _note_twice(
    toml: LocatedToml, plant_ids: dict[str, str], proposal_ids: dict[str, str], problems: Problems
) -> bool:
    """Whether an id of this file stands elsewhere too; the error names both places."""
    twice = False
    plant = toml.data.get("plant")
    entries: list[tuple[str, Any, KeyPath, dict[str, str]]] = [
        ("plant_twice", plant, ("plant", "id"), plant_ids)
    ]
    proposals = toml.data.get("proposal")
    for n, table in enumerate(proposals if isinstance(proposals, list) else []):
        entries.append(("proposal_twice", table, ("proposal", n, "id"), proposal_ids))
    for code, table, path, seen in entries:
        name = table.get("id") if isinstance(table, Mapping) else None
        if not isinstance(name, str):
            continue
        line = toml.line(*path)
        if name in seen:
            problems.error(
                code, file=toml.shown, line=line, key=dotted(path), id=name[:SHOWN], other=seen[name]
            )
            twice = True
        else:
            seen[name] = f"{toml.shown}:{line}"
    return twice


# ---------------------------------------------------------------- case.toml


def _read_head(path: Path, library: Library, problems: Problems, otherwise: dict[str, str]) -> Head | None:
    """Return what case.toml says; None when it can't be used, since its conventions change every result."""
    from plantsim.io.case_models import CaseFile

    own = Problems()
    toml = read_toml(path, own)
    head = None
    if toml is not None and check_schema(toml, own):
        fixed = LocatedToml(toml.shown, {**toml.data, "schema": SCHEMA}, toml.lines)
        file = check_structure(CaseFile, fixed, own)
        reading = Reading(toml, library.units, own)
        data = toml.data.get("case", {})
        data = data if isinstance(data, Mapping) else {}
        head = Head(
            name=words(file.case.name if file else None, otherwise["zh"]),
            date=_date(reading, data.get("date")),
            price_deck=_deck(reading, data.get("price_deck"), library),
            discount_rate=_rate(reading, data.get("discount_rate")),
            targets=_targets(reading, toml.data.get("target"), library),
            accounting=_accounting(reading, toml.data.get("accounting"), library),
            files=((toml.shown, toml.sha256),),
        )
    problems.extend(own)
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


def _deck(reading: Reading, given: Any, library: Library) -> str:
    if not isinstance(given, str) or not given:
        return ""
    known = list(_decks(library))
    if given not in known:
        guess = near(given, known)
        code = "price_deck_unknown_near" if guess else "price_deck_unknown"
        reading.error(code, ("case", "price_deck"), name=given[:SHOWN], guess=guess, known=", ".join(known))
    return given


def _fill_in_deck(head: Head, library: Library, problems: Problems, shown: str) -> None:
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


def _targets(reading: Reading, given: Any, library: Library) -> tuple[Target, ...]:
    if not isinstance(given, list):
        return ()
    sectors: dict[str, str] = {}
    for process in library.processes:
        sectors.setdefault(library.declaration(process).sector, process)
    found = [_target(reading, t, sectors, library, n) for n, t in enumerate(given) if isinstance(t, Mapping)]
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
    if ("share_above" in table) == ("mean_at_most" in table):
        reading.error("target_one_of", path)
        return None
    origin = Origin(reading.toml.shown, reading.toml.line(*path))
    if "share_above" in table:
        at = (*path, "share_above")
        share = read_amount(reading, table["share_above"], "fraction", "", at, "public")
        if share is None or not 0 <= scalar(share) <= 1:
            if share is not None:
                reading.error("share_outside", at, text=share.origin.text)
            return None
        return Target(sector, share_above=scalar(share), origin=share.origin)
    declaration = library.declaration(sectors[sector])
    main = library.indicators(declaration.process).get(declaration.main_indicator)
    if main is None:
        reading.error("sector_without_indicator", (*path, "mean_at_most"), name=sector)
        return None
    mean = read_amount(
        reading, table["mean_at_most"], main.quantity, main.unit, (*path, "mean_at_most"), "public"
    )
    return (
        None if mean is None or math.isnan(scalar(mean)) else Target(sector, mean_at_most=mean, origin=origin)
    )


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
    known = [f"{k}.{c}" for k in ACCOUNTING_KINDS for c in library.carriers]
    if kind not in ACCOUNTING_KINDS or carrier not in library.carriers:
        guess = near(name, known)
        code = "accounting_unknown_near" if guess else "accounting_unknown"
        reading.error(code, path, name=name[:SHOWN], guess=guess, kinds=", ".join(ACCOUNTING_KINDS))
    elif isinstance(entry, str):
        found[name] = entry
