"""Proposals under each choice of an option of their process: what each choice saves, and which are not possible."""

from __future__ import annotations

import math
from collections.abc import Sequence

from plantsim.engine.alternatives import Alternative
from plantsim.engine.columns import in_unit
from plantsim.engine.ranking import ProposalRow, Ranking
from plantsim.library import Library
from plantsim.vocabulary.messages import LANGUAGES, in_language, text
from plantsim.vocabulary.tables import Column, Table

Row = tuple[str, str, tuple[Alternative, ...]]  # place in its list, name, choices


def alternative_tables(ranking: Ranking, lib: Library, lang: str) -> list[Table]:
    """Return one table per process that has such an option, proposals in order of rank; none when nobody feels it."""
    processes = dict.fromkeys(r.plant.process for r in ranking.proposals if r.alternatives)
    return [_table(ranking, process, lib, lang) for process in processes]


def _table(ranking: Ranking, process: str, lib: Library, lang: str) -> Table:
    rows = [r for r in ranking.proposals if r.plant.process == process]
    return choices_table(process, [_row(r, lang) for r in rows], lib, lang)


def _row(r: ProposalRow, lang: str) -> Row:
    who = f"{in_language(r.plant.name, lang, r.plant.id)}: {in_language(r.retrofit.label, lang)}"
    return r.place, who, r.alternatives


def choices_of(rows: Sequence[ProposalRow], variable: str, lib: Library, lang: str) -> list[Table]:
    """Return the table of a plant's proposals under each choice of ``variable``; none where it is not that option."""
    if not rows or lib.declaration(rows[0].plant.process).alternative != variable:
        return []
    table = choices_table(rows[0].plant.process, [_row(r, lang) for r in rows], lib, lang)
    return [table] if table.rows else []


def choices_table(process: str, proposals: Sequence[Row], lib: Library, lang: str) -> Table:
    """Return what each choice of the process's option saves, of the proposals that feel it: (place, name, choices)."""
    option = lib.declaration(process).variables[lib.declaration(process).alternative]
    columns = (
        Column("rank", {"en": "#", "zh": "#"}, digits=0),
        Column("proposal", lib.word("plant_and_retrofit")),
        *(Column(word, lib.word(f"{option.name}_{word}"), "tce/a") for word in option.options),
    )
    rows = tuple(
        (place, who, *(_saving(a, lib, lang) for a in found)) for place, who, found in proposals if found
    )
    label = {n: text("title_alternatives", n, {"option": in_language(option.label, n)}) for n in LANGUAGES}
    return Table(f"alternatives-{process}", label, columns, rows, (option.note,))


def _saving(a: Alternative, lib: Library, lang: str) -> str:
    if a.status != "ok" or math.isnan(a.saving):
        return in_language(lib.word(f"status_{a.status}"), lang)
    saving = round(in_unit(lib, a.saving, "tce/a", "annual_energy") or 0.0) or 0  # no minus zero
    return f"{saving:,}" + (" *" if a.chosen else "")
