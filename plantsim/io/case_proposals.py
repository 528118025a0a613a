"""[[proposal]] of case.toml and of proposals.toml: retrofits asked for at plants of the case, by their id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from plantsim.io.cells import Reading
from plantsim.io.conventions import SCHEMA
from plantsim.io.declared import note_missing, says_nothing
from plantsim.io.heads import Head
from plantsim.io.plants import check_schema
from plantsim.io.portfolio import rows_without_error
from plantsim.io.proposals import read_proposal
from plantsim.io.structure import SHOWN, check_structure, dotted, near
from plantsim.io.toml_lines import LocatedToml, read_toml
from plantsim.library import Library
from plantsim.vocabulary.case import Plant, Proposal, scalar
from plantsim.vocabulary.problems import Problems

PROPOSALS_FILE = "proposals.toml"

Files = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Seen:
    """Ids that stand in plant files, read or left out, with the place of each."""

    plants: dict[str, str]
    proposals: dict[str, str]
    folded: dict[tuple[str, str], str] = field(
        default_factory=dict
    )  # by what ids have in common when read alike


def with_proposals(
    plants: Sequence[Plant],
    head: Head,
    file: Path | None,
    library: Library,
    problems: Problems,
    seen: Seen,
    single: bool,
) -> tuple[tuple[Plant, ...], Files]:
    """Return the plants with the case's proposals added, and (path, SHA-256) of proposals.toml if it was read.

    single: only one plant of the portfolio was asked for; proposals for others are none of its business.
    A proposal with an error is left out, and so is one for a plant that isn't there; both are named.
    """
    added: dict[str, list[Proposal]] = {p.id: [] for p in plants}
    by_id = {p.id: p for p in plants}
    files: Files = ()
    if head.toml is not None:
        _add(head.toml, head.proposals, by_id, added, library, problems, seen, single)
    if file is not None and file.is_file():
        toml = read_toml(file, problems)
        if toml is not None and check_schema(toml, problems):
            files = ((toml.shown, toml.sha256),)
            _add(toml, _rows(toml, problems), by_id, added, library, problems, seen, single)
    return tuple(replace(p, proposals=(*p.proposals, *added[p.id])) for p in plants), files


def _rows(toml: LocatedToml, problems: Problems) -> list[int]:
    from plantsim.io.case_models import ProposalsFile

    own = Problems()
    check_structure(ProposalsFile, LocatedToml(toml.shown, {**toml.data, "schema": SCHEMA}, toml.lines), own)
    problems.extend(own)
    return rows_without_error(toml.data, "proposal", own)


def _add(
    toml: LocatedToml,
    rows: Iterable[int],
    plants: dict[str, Plant],
    added: dict[str, list[Proposal]],
    library: Library,
    problems: Problems,
    seen: Seen,
    single: bool,
) -> None:
    for n in rows:
        table, path = toml.data["proposal"][n], ("proposal", n)
        where: dict[str, Any] = {
            "file": toml.shown,
            "line": toml.line(*path, "plant"),
            "key": dotted((*path, "plant")),
        }
        plant = plants.get(table["plant"])
        if plant is None:
            if not single:
                _note_plant(table["plant"], where, seen, problems)
            continue
        if table["id"] in seen.proposals:
            at: dict[str, Any] = {
                "file": toml.shown,
                "line": toml.line(*path, "id"),
                "key": dotted((*path, "id")),
            }
            problems.error("proposal_twice", **at, id=table["id"][:SHOWN], other=seen.proposals[table["id"]])
            continue
        own = Problems()
        reading = Reading(toml, library.units, own, scalar(plant.air_pressure))
        declaration = library.declaration(plant.process)
        proposal = read_proposal(reading, declaration, library, table, path)
        if says_nothing(declaration, library, table):
            by_itself = replace(reading, problems=problems)  # it is listed all the same
            note_missing(by_itself, declaration, library, path, [table["id"][:SHOWN]])
        if reading.without_status:
            reading.warning("status_missing", (*path, "declared"), names=", ".join(reading.without_status))
        problems.extend(own)
        seen.proposals[table["id"]] = f"{toml.shown}:{toml.line(*path, 'id')}"
        if proposal is not None and not own.errors:
            added[plant.id].append(proposal)


def _note_plant(name: str, where: dict, seen: Seen, problems: Problems) -> None:
    if name in seen.plants:
        problems.error("proposal_plant_left_out", **where, name=name[:SHOWN], other=seen.plants[name])
        return
    guess = near(name, list(seen.plants))
    code = "proposal_plant_unknown_near" if guess else "proposal_plant_unknown"
    problems.error(code, **where, name=name[:SHOWN], guess=guess)
