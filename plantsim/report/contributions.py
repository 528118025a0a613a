"""What an indicator rests on, as a table."""

from __future__ import annotations

import math

from plantsim.engine.calibrate import difference_in_unit, figure_words
from plantsim.engine.columns import in_unit
from plantsim.engine.contributions import Contribution, IndicatorRoad
from plantsim.library import Library
from plantsim.report.plants import figure4, symbol
from plantsim.report.ranking_words import evidence_word, label, percent, title
from plantsim.vocabulary.case import scalar
from plantsim.vocabulary.messages import LANGUAGES, in_language, text
from plantsim.vocabulary.tables import Cell, Column, Table

SHOWN_SHARE = 1e-3  # of the variance: inputs below are counted, not listed


def indicator_table(road: IndicatorRoad, lib: Library, lang: str) -> Table:
    """Return the inputs behind an indicator, the weightiest first, with where each comes from."""
    unit, quantity, words = figure_words(road.plant, road.name, lib)
    shown = [c for c in road.contributions if math.isnan(c.effect) or c.share >= SHOWN_SHARE]
    spread = difference_in_unit(lib, road.sd, unit, quantity)
    value = in_unit(lib, road.value, unit, quantity)
    columns = (
        Column("input", label(lib, "variable")),
        Column("value", label(lib, "value")),
        Column("evidence", label(lib, "evidence")),
        Column("place", {of: text("road_read", of) for of in LANGUAGES}),
        Column("effect", {of: text("contribution_effect", of) for of in LANGUAGES}, unit),
        Column("share", {of: text("contribution_share", of) for of in LANGUAGES}),
    )
    heads = {
        of: text(
            "title_contributions",
            of,
            {
                "figure": in_language(words, of),
                "plant": in_language(road.plant.name, of, road.plant.id),
                "value": "-" if value is None else f"{figure4(value)} ± {_spread(spread)} {unit}",
            },
        )
        for of in LANGUAGES
    }
    rest = len(road.contributions) - len(shown)
    notes = [title("note_contributions", rest=rest)]
    return Table(
        "contributions", heads, columns, tuple(_row(c, road, lib, lang) for c in shown), tuple(notes)
    )


def _spread(value: float | None) -> str:
    """Return a standard uncertainty to two significant digits, without a power of ten."""
    return "-" if value is None else f"{float(f'{value:.2g}'):,.10g}"


def _row(c: Contribution, road: IndicatorRoad, lib: Library, lang: str) -> tuple[Cell, ...]:
    v = lib.declaration(road.plant.process).variables[c.name]
    unit, quantity, _ = figure_words(road.plant, road.name, lib)
    origin = c.value.origin
    if isinstance(c.value.si, tuple):
        numbers = [figure4(lib.units.from_si(si, v.unit, v.quantity)) for si in c.value.si]
        value = f"{numbers[0]} ... {numbers[-1]} {symbol(lib, v)}"
    else:
        sd = difference_in_unit(lib, c.sd, v.unit, v.quantity)
        value = f"{figure4(lib.units.from_si(scalar(c.value), v.unit, v.quantity))}±{_spread(sd)} {symbol(lib, v)}"
    effect = difference_in_unit(lib, c.effect, unit, quantity)
    return (
        in_language(v.label, lang),
        value,
        evidence_word(lib, origin.evidence, lang),
        f"{origin.file.rpartition('/')[2]}:{origin.line}" if origin.line else origin.file.rpartition("/")[2],
        text("contribution_unsolved", lang) if effect is None else f"{effect:+.3g}",
        None if math.isnan(c.effect) else percent(c.share),
    )
