"""Accounting keys level.<process> and indicator.<process>: levels or indicators other than those that belong together.

A threshold row names the edition and the corrections of the indicator that it is written on. Holding another
indicator, or a row out of its time, against a plant is allowed, and said.
"""

from __future__ import annotations

from plantsim.io.cells import Reading, quoted
from plantsim.io.structure import SHOWN, near
from plantsim.io.toml_lines import KeyPath
from plantsim.library import Library

PAIRINGS = ("level", "indicator")


def read_pairing(
    reading: Reading, kind: str, process: str, entry: str, path: KeyPath, library: Library
) -> bool:
    """Return whether an override can be used, after noting what is unusual or wrong about it."""
    if process not in library.processes:
        known = list(library.processes)
        guess = near(process, known)
        code = "plant_process_unknown_near" if guess else "plant_process_unknown"
        reading.error(code, path, name=process[:SHOWN], guess=guess, known=", ".join(known))
        return False
    main = library.declaration(process).main_indicator
    rows = [r for r in library.levels(process) if not r.beside]
    if kind == "level":
        editions = {r.edition: r for r in rows}
        if entry not in editions:
            reading.error("word_unknown", path, text=quoted(entry), known=", ".join(editions))
            return False
        row = editions[entry]
        valid = f"{row.valid_from} - {row.valid_to}" if row.valid_to else f"{row.valid_from} -"
        reading.warning(
            "pairing_edition", path, process=process, edition=entry, computed_by=row.computed_by, valid=valid
        )
        return True
    known_indicators = library.indicators(process)
    same = [n for n, i in known_indicators.items() if i.quantity == known_indicators[main].quantity]
    if entry not in same:
        reading.error("word_unknown", path, text=quoted(entry), known=", ".join(same))
        return False
    by = ", ".join(dict.fromkeys(r.computed_by for r in rows if r.indicator == main)) or "-"
    reading.warning("pairing_indicator", path, process=process, indicator=entry, main=main, computed_by=by)
    return True
