"""Proposals under each choice of an option of their process: what each choice saves, and which are not possible."""

from __future__ import annotations

import math

from plantsim.engine.alternatives import Alternative
from plantsim.engine.columns import in_unit
from plantsim.engine.ranking import Ranking
from plantsim.library import Library
from plantsim.vocabulary.messages import LANGUAGES, in_language, text
from plantsim.vocabulary.tables import Cell, Column, Table


def alternative_tables(ranking: Ranking, lib: Library, lang: str) -> list[Table]:
    """Return one table per process that has such an option, proposals in order of rank; none when nobody feels it."""
    processes = dict.fromkeys(r.plant.process for r in ranking.proposals if r.alternatives)
    return [_table(ranking, process, lib, lang) for process in processes]


def _table(ranking: Ranking, process: str, lib: Library, lang: str) -> Table:
    option = lib.declaration(process).variables[lib.declaration(process).alternative]
    columns = (
        Column("rank", {"en": "#", "zh": "#"}, digits=0),
        Column("proposal", lib.word("plant_and_retrofit")),
        *(Column(word, lib.word(f"{option.name}_{word}"), "tce/a") for word in option.options),
    )
    rows: list[tuple[Cell, ...]] = []
    for r in ranking.proposals:
        if r.plant.process == process and r.alternatives:
            who = f"{in_language(r.plant.name, lang, r.plant.id)}: {in_language(r.retrofit.label, lang)}"
            rows.append((r.place, who, *(_saving(a, lib, lang) for a in r.alternatives)))
    label = {n: text("title_alternatives", n, {"option": in_language(option.label, n)}) for n in LANGUAGES}
    return Table(f"alternatives-{process}", label, columns, tuple(rows), (option.note,))


def _saving(a: Alternative, lib: Library, lang: str) -> str:
    if a.status != "ok" or math.isnan(a.saving):
        return in_language(lib.word(f"status_{a.status}"), lang)
    saving = round(in_unit(lib, a.saving, "tce/a", "annual_energy") or 0.0) or 0  # no minus zero
    return f"{saving:,}" + (" *" if a.chosen else "")
