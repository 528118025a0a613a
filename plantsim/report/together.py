"""What a proposal saves alone and with others, as a table."""

from __future__ import annotations

import math

from plantsim.engine.calibrate import figure_words
from plantsim.engine.columns import in_unit
from plantsim.engine.together import Bundle, Together
from plantsim.library import Library
from plantsim.report.plants import figure4
from plantsim.report.ranking_words import title
from plantsim.vocabulary.messages import in_language
from plantsim.vocabulary.tables import Cell, Column, Table

MOST_ROWS = 24  # on the screen; the largest bundle is always shown


def together_table(found: Together, lib: Library, lang: str) -> Table:
    """Return the bundles that hold a proposal: saved together, alone added up, and the difference."""
    unit, quantity, words = figure_words(found.plant, found.indicator, lib)
    columns = (
        Column("members", title("together_members")),
        Column("saving", title("together_saving"), "tce/a"),
        Column("apart", title("together_apart"), "tce/a"),
        Column("difference", title("together_difference"), "tce/a"),
        Column("indicator", words, unit),
    )
    shown = found.bundles
    if len(shown) > MOST_ROWS:
        shown = (*shown[: MOST_ROWS - 1], shown[-1])
    rows = tuple(_row(b, found.proposal, lib, lang, unit, quantity) for b in shown)
    before = in_unit(lib, found.before, unit, quantity)
    heading = title(
        "title_together",
        proposal=found.proposal,
        plant=in_language(found.plant.name, lang, found.plant.id),
        before="-" if before is None else f"{figure4(before)} {unit}",
    )
    notes = [title("note_together")]
    if len(shown) < len(found.bundles):
        notes.append(title("note_together_left_out", count=len(found.bundles) - len(shown)))
    return Table("together", heading, columns, rows, tuple(notes))


def _row(b: Bundle, proposal: str, lib: Library, lang: str, unit: str, quantity: str) -> tuple[Cell, ...]:
    def tce(si: float) -> str | None:
        if math.isnan(si):
            return None
        return f"{round(lib.units.from_si(si, 'tce/a', 'annual_energy')):,}"  # an integer has no minus zero

    others = [m for m in b.members if m != proposal]
    names = ", ".join(others) if others else in_language(title("together_alone"), lang)
    if b.status != "ok":
        return f"{names}: {in_language(lib.word(f'status_{b.status}'), lang)}", None, None, None, None
    after = in_unit(lib, b.indicator, unit, quantity)
    difference = None if not others else tce(b.interaction)
    return names, tce(b.saving), tce(b.apart), difference, None if after is None else figure4(after)
