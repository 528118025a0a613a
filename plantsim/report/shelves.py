"""What stands in models/, as tables: ``plantsim library list``, ``show`` and ``diff``, and the reference pages."""

from __future__ import annotations

from typing import Any

from plantsim.library import Library
from plantsim.report.shelf_differences import COMPARED
from plantsim.report.shelf_lists import LISTS, OF_A_PROCESS, summary_table
from plantsim.report.shelf_pages import SHELVES, Entry, find_entries, known_names, page_tables
from plantsim.vocabulary.problems import bad_input, nearest
from plantsim.vocabulary.tables import Table

KINDS = ("all", *LISTS)


def list_tables(lib: Library, kind: str, process: str, lang: str) -> list[Table]:
    """Return the entries of a kind, of one process or (for "") of all.

    Raises BadInput: library_kind_unknown, plant_process_unknown, library_kind_of_all.
    """
    if kind not in KINDS:
        raise bad_input(
            "library_kind_unknown", given=kind, nearest=nearest(kind, list(KINDS)), known=", ".join(KINDS)
        )
    if process and process not in lib.processes:
        known = list(lib.processes)
        guess = nearest(process, known)
        code = "plant_process_unknown_near" if guess else "plant_process_unknown"
        raise bad_input(code, name=process, guess=guess, known=", ".join(known))
    processes = (process,) if process else lib.processes
    if kind == "all":
        return [summary_table(lib, processes, bool(process), lang)]
    if process and kind not in OF_A_PROCESS:
        raise bad_input("library_kind_of_all", given=kind, known=", ".join(OF_A_PROCESS))
    return LISTS[kind](lib, processes, lang)


def show_tables(lib: Library, name: str, lang: str) -> list[Table]:
    """Return everything that goes by a name; a variable may be written ``process.variable``.

    Raises BadInput library_name_unknown.
    """
    return [table for entry in _entries(lib, name) for table in page_tables(lib, entry, lang)]


def diff_tables(lib: Library, first: str, second: str, lang: str) -> list[Table]:
    """Return where two reference plants, retrofits or price decks differ.

    Raises BadInput: library_name_unknown, library_not_compared (no such kind of comparison),
    library_kinds_differ, library_processes_differ.
    """
    found = [_entries(lib, name) for name in (first, second)]
    pairs = [(a, b) for a in found[0] for b in found[1] if a.shelf == b.shelf and a.shelf in COMPARED]
    if pairs:
        a, b = pairs[0]
        return COMPARED[a.shelf](lib, a, b, lang)
    for name, entries in zip((first, second), found, strict=True):
        if not any(e.shelf in COMPARED for e in entries):
            raise bad_input("library_not_compared", given=name, **_kinds("kind", entries))
    raise bad_input(
        "library_kinds_differ",
        first=first,
        second=second,
        **_kinds("kind_first", found[0]),
        **_kinds("kind_second", found[1]),
    )


def _entries(lib: Library, name: str) -> list[Entry]:
    found = find_entries(lib, name)
    if not found:
        known = known_names(lib)
        near = nearest(name, known)
        code = "library_name_unknown_near" if near else "library_name_unknown"
        raise bad_input(code, given=name, nearest=near)
    return found


def _kinds(field: str, entries: list[Entry]) -> dict[str, Any]:
    """Return what entries are, in both languages, for a message."""
    shelves = dict.fromkeys(e.shelf for e in entries)
    return {f"{field}_{lang}": ", ".join(SHELVES[s][lang] for s in shelves) for lang in ("en", "zh")}
