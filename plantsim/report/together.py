"""What a proposal saves alone and with others, as a table."""

from __future__ import annotations

import math

from plantsim.engine.bins import Bins
from plantsim.engine.calibrate import figure_words
from plantsim.engine.columns import in_unit
from plantsim.engine.together import Bundle, Together
from plantsim.library import Library
from plantsim.report.plants import figure4, figures_text
from plantsim.report.ranking_words import label, title
from plantsim.vocabulary.messages import in_language, text
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


def bins_table(found: Bins, lib: Library, lang: str) -> Table:
    """Return where in the year a proposal's saving arises: one row per operating point, and their sum."""
    columns = (
        Column("point", label(lib, "operating_point")),
        Column("hours", label(lib, "operating_hours"), "h", 0),
        Column("state", label(lib, "operating_state")),
        Column("saving", title("bins_saving"), "tce", 0),
        Column("per_hour", title("bins_per_hour"), "kgce/h", 1),
        Column("co2", label(lib, "co2_reduction"), "t", 0),
    )
    declaration = lib.declaration(found.plant.process)
    rows: list[tuple[Cell, ...]] = []
    for b in found.bins:
        tce = in_unit(lib, b.saving, "tce", "energy")
        hours = b.seconds / 3600.0
        per_hour = None if tce is None or not hours else 1000.0 * tce / hours
        state = figures_text(declaration, b.state, lib, lang)
        rows.append((str(b.number), hours, state, tce, per_hour, b.carbon / 1000.0))
    hours = math.fsum(b.seconds for b in found.bins) / 3600.0
    carbon = math.fsum(b.carbon for b in found.bins) / 1000.0
    rows.append(
        (text("word_total", lang), hours, "", in_unit(lib, found.saving, "tce", "energy"), None, carbon)
    )
    return Table("bins", title("title_bins", proposal=found.proposal), columns, tuple(rows))


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
