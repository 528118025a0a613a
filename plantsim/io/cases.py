"""Reads a case: a folder with case.toml and plants/, a folder of plant files, or a single plant file.

Every problem of every file is noted; a plant with an error is left out, and the rest still runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from plantsim.io.applicable import note_left_out, with_applicable_proposals
from plantsim.io.case_proposals import PROPOSALS_FILE, Seen, with_proposals
from plantsim.io.conventions import SCHEMA
from plantsim.io.heads import Head, fill_in_deck, read_head
from plantsim.io.ids import folded, is_odd
from plantsim.io.plants import read_plant
from plantsim.io.portfolio import check_portfolio
from plantsim.io.structure import SHOWN, dotted, near
from plantsim.io.text_files import show_path
from plantsim.io.toml_lines import KeyPath, LocatedToml, read_toml
from plantsim.library import Library
from plantsim.vocabulary.case import Case, Plant
from plantsim.vocabulary.problems import Problems

CASE_FILE = "case.toml"
PLANTS = "plants"
NO_PLANTS = (CASE_FILE, PROPOSALS_FILE)


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
        read = read_head(case_file, library, problems, head.name)
        if read is None:
            return None
        head = read
    single = path.is_file() and path.name != CASE_FILE
    if single:
        head.targets = ()  # a target is one of the whole portfolio
    plants, files, seen = _read_plants(plant_files, library, problems, head)
    if not plants:
        if not problems.errors:
            problems.error("no_plants", file=show_path(path))
        return None
    own_file = None if single and case_file is None else folder / PROPOSALS_FILE
    plants, further = with_proposals(plants, head, own_file, library, problems, seen, single)
    plants = with_applicable_proposals(plants, library, problems)
    note_left_out(plants, library, problems)
    if not single:
        complete = len(plants) == len(plant_files)
        head.targets = check_portfolio(plants, head.targets, head.enterprises, library, problems, complete)
    fill_in_deck(head, library, problems, show_path(case_file or path))
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
        files=(*head.files, *files, *further),
        decks=tuple(d for d in head.decks if d != head.price_deck),
        sinks=head.sinks,
        seed=head.seed,
        schema=SCHEMA,
    )


# ---------------------------------------------------------------- which files


def case_files(path: Path | str, problems: Problems) -> list[Path]:
    """Return the files of a case: case.toml and proposals.toml where there are any, then the plants in order."""
    found = _find(Path(path), problems)
    if found is None:
        return []
    folder, case_file, plants = found
    proposals = folder / PROPOSALS_FILE
    first = [f for f in (case_file, proposals if proposals.is_file() else None) if f is not None]
    return [*first, *plants]


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
        files = sorted(
            p for p in place.iterdir() if p.suffix.casefold() == ".toml" and p.name not in NO_PLANTS
        )
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
    files: list[Path], library: Library, problems: Problems, head: Head
) -> tuple[tuple[Plant, ...], tuple[tuple[str, str], ...], Seen]:
    plants: list[Plant] = []
    read: dict[str, str] = {}
    seen = Seen({}, {})
    for path in files:
        toml = read_toml(path, problems)
        if toml is None:
            continue
        read[toml.shown] = toml.sha256
        twice, lines = _note_twice(toml, seen, problems)
        plant, reference = read_plant(toml, library, problems, head.sinks)
        if reference is not None:
            read[reference[0]] = reference[1]
        if plant is not None and not twice:
            once = tuple(p for p in plant.proposals if p.origin.line not in lines)
            plants.append(replace(plant, proposals=once))
    return tuple(plants), tuple(read.items()), seen


def _note_twice(toml: LocatedToml, seen: Seen, problems: Problems) -> tuple[bool, set[int]]:
    """Return whether the plant's id stands elsewhere too, and the lines of the proposals whose ids do.

    The error names both places; such a proposal is left out, and the plant stays.
    """
    twice, lines = False, set()
    plant = toml.data.get("plant")
    entries: list[tuple[str, Any, KeyPath, dict[str, str]]] = [
        ("plant_twice", plant, ("plant", "id"), seen.plants)
    ]
    proposals = toml.data.get("proposal")
    for n, table in enumerate(proposals if isinstance(proposals, list) else []):
        entries.append(("proposal_twice", table, ("proposal", n, "id"), seen.proposals))
    for code, table, path, ids in entries:
        name = table.get("id") if isinstance(table, Mapping) else None
        if not isinstance(name, str):
            continue
        line = toml.line(*path)
        alike = seen.folded.setdefault((code, folded(name)), name)
        if alike != name:
            place: dict[str, Any] = {"file": toml.shown, "line": line, "key": dotted(path)}
            problems.error("id_like_another", **place, id=name[:SHOWN], other=alike, where=ids[alike])
        elif is_odd(name) and not problems.many and _can_be_read(name):
            problems.warning("id_odd", toml.shown, line, dotted(path), id=name[:SHOWN])
        if name in ids:
            problems.error(
                code, file=toml.shown, line=line, key=dotted(path), id=name[:SHOWN], other=ids[name]
            )
            if code == "plant_twice":
                twice = True
            else:
                lines.add(toml.line(*path[:-1]))
        else:
            ids[name] = f"{toml.shown}:{line}"
    return twice, lines


def _can_be_read(name: str) -> bool:
    """Return whether a name is an id at all; what is none gets its error where the file is read."""
    from pydantic import TypeAdapter, ValidationError

    from plantsim.io.case_models import Id

    try:
        TypeAdapter(Id).validate_python(name)
    except ValidationError:
        return False
    return True
