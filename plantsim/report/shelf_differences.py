"""``plantsim library diff``: what two entries of one kind have that the other has not."""

from __future__ import annotations

from collections.abc import Callable

from plantsim.library import Library
from plantsim.report.shelf_pages import Entry, page_tables
from plantsim.report.shelf_plants import compare_references
from plantsim.report.shelf_prices import compare_decks
from plantsim.report.shelf_words import change_numbers, columns, unit_of, words
from plantsim.vocabulary.messages import in_language, text
from plantsim.vocabulary.problems import bad_input
from plantsim.vocabulary.tables import Cell, Column, Table


def _references(lib: Library, a: Entry, b: Entry, lang: str) -> list[Table]:
    if a.process != b.process:
        raise bad_input(
            "library_processes_differ",
            first=a.name,
            second=b.name,
            process_first=a.process,
            process_second=b.process,
        )
    return compare_references(lib, a.name, b.name, lang)


def _decks(lib: Library, a: Entry, b: Entry, lang: str) -> list[Table]:
    return compare_decks(lib, a.name, b.name, lang)


def _retrofits(lib: Library, a: Entry, b: Entry, lang: str) -> list[Table]:
    """Return the facts and the changes in which two measures differ."""
    left, right = (_retrofit_facts(lib, e, lang) for e in (a, b))
    rows: list[tuple[Cell, ...]] = []
    same = 0
    for heading in dict.fromkeys([*left, *right]):
        if left.get(heading) == right.get(heading):
            same += 1
        else:
            rows.append((heading, left.get(heading), right.get(heading)))
    named = (Column(e.name, {"en": e.name, "zh": e.name}) for e in (a, b))
    head = (*columns(lib, "field"), *named)
    notes = (words("note_same", count=same),)
    return [Table("diff", words("title_diff", first=a.name, second=b.name), head, tuple(rows), notes)]


def _retrofit_facts(lib: Library, entry: Entry, lang: str) -> dict[str, Cell]:
    """Return what a measure's page says, by heading, and what it does to each variable."""
    found: dict[str, Cell] = {str(row[0]): row[1] for row in page_tables(lib, entry, lang)[0].rows}
    variables = lib.declaration(entry.process).variables
    for c in lib.retrofits(entry.process)[entry.name].changes:
        v = variables[c.variable]
        unit = "" if c.action == "scale" else unit_of(v)
        action = text(f"shelf_action_{c.action}", lang)
        found[in_language(v.label, lang)] = f"{action} {change_numbers(lib.units, v, c)} {unit}".strip()
    return found


COMPARED: dict[str, Callable[[Library, Entry, Entry, str], list[Table]]] = {
    "reference": _references,
    "retrofit": _retrofits,
    "deck": _decks,
}
"""Shelves whose entries can be compared."""
