"""The ranking as tables of at most 100 columns: sectors, plants as they are, the three lists, what is uncertain."""

from __future__ import annotations

import math
from collections.abc import Sequence

from plantsim.engine.columns import in_unit
from plantsim.engine.ranking import PlantRow, Ranking
from plantsim.engine.standards import reached
from plantsim.library import Library
from plantsim.report.alternatives import alternative_tables
from plantsim.report.ranking_lists import (
    compliance_table,
    effects_table,
    energy_table,
    flexibility_table,
    further_table,
    uncertainty_tables,
)
from plantsim.report.ranking_sectors import (
    emission_table,
    limit_table,
    mean_table,
    pollutant_table,
    sector_table,
    total_table,
)
from plantsim.report.ranking_words import (
    evidence_word,
    figure,
    label,
    level_short,
    level_word,
    title,
    without_same,
)
from plantsim.vocabulary.messages import in_language
from plantsim.vocabulary.tables import Cell, Column, Table

SAME = 1e-9  # of a figure: two conventions that count alike


def ranking_tables(ranking: Ranking, lib: Library, lang: str) -> list[Table]:
    """Return the sectors, the plants as they are, and the ranked proposals, list by list; empty ones are left out."""
    tables = [
        sector_table(ranking, lib, lang),
        mean_table(ranking, lib, lang),
        emission_table(ranking, lib, lang),
        plants_table(ranking.plants, lib, lang),
        conventions_table(ranking, lib, lang),
        energy_table(ranking, lib, lang),
        further_table(ranking, lib, lang),
        effects_table(ranking, lib, lang),
        compliance_table(ranking, lib, lang),
        flexibility_table(ranking, lib, lang),
        *uncertainty_tables(ranking, lib, lang),
        *alternative_tables(ranking, lib, lang),
        limit_table(ranking, lib, lang),
        pollutant_table(ranking, lib, lang),
        total_table(ranking, lib, lang),
    ]
    return [t for t in tables if t.rows]


def plants_table(plants: Sequence[PlantRow], lib: Library, lang: str) -> Table:
    """Return the plants as they are."""
    columns = (
        Column("plant", label(lib, "plant")),
        Column("indicator", label(lib, "indicator")),
        Column("value", label(lib, "value")),
        Column("benchmark", label(lib, "benchmark_level")),
        Column("baseline", label(lib, "baseline_level")),
        Column("level", label(lib, "level_reached")),
        Column("gb", label(lib, "gb_level")),
        Column("energy", label(lib, "energy_consumption_equivalent"), "tce/a", 0),
        Column("evidence", label(lib, "evidence")),
    )
    rows = tuple(_plant_cells(r, lib, lang) for r in plants)
    table = Table(
        "plants",
        title("title_plants"),
        columns,
        rows,
        (title("note_energy_use"), title("note_level_short"), title("note_gb_level")),
    )
    return without_same(table, "evidence", "note_same_evidence", lang)


def conventions_table(ranking: Ranking, lib: Library, lang: str) -> Table:
    """Return the indicator of each plant as every convention in use counts it, now and with all proposals."""
    columns = (
        Column("plant", label(lib, "plant")),
        Column("indicator", label(lib, "indicator")),
        Column("now", title("word_now")),
        Column("then", title("word_with_all")),
        Column("level", label(lib, "level_reached")),
    )
    bundles = {b.plant.id: b.conventions for b in ranking.bundles}
    rows: list[tuple[Cell, ...]] = []
    for p in ranking.plants:
        for name, value in p.conventions.items():
            of = lib.indicators(p.plant.process)[name]
            then = bundles.get(p.plant.id, {}).get(name)
            mark = " *" if math.isclose(value, p.value, rel_tol=SAME) else ""
            after = None if then is None else in_unit(lib, then, of.unit, of.quantity)
            before = in_unit(lib, value, of.unit, of.quantity)
            rows.append(
                (
                    in_language(p.plant.name, lang, p.plant.id),
                    f"{in_language(of.label, lang)} {of.unit}",
                    None if before is None else figure(before) + mark,
                    None if after is None else figure(after),
                    level_short(reached(p.threshold, value), lang),
                )
            )
    notes = (title("note_conventions"), title("note_level_short"))
    return Table("conventions", title("title_conventions"), columns, tuple(rows), notes)


def _plant_cells(r: PlantRow, lib: Library, lang: str) -> tuple[Cell, ...]:
    indicator = lib.indicators(r.plant.process)[r.indicator]

    def shown(si: float | None) -> str | None:
        value = None if si is None else in_unit(lib, si, indicator.unit, indicator.quantity)
        return None if value is None else figure(value)

    value = shown(r.value)
    threshold = r.threshold
    if r.status != "ok":
        status = in_language(lib.word(f"status_{r.status}"), lang)
    elif r.level == "ungraded":
        status = level_word(lib, r.level, lang, threshold, r.value)
    else:
        status = level_short(r.level, lang)
    return (
        in_language(r.plant.name, lang, r.plant.id),
        f"{in_language(indicator.label, lang)} {indicator.unit}",
        value,
        shown(threshold.benchmark) if threshold else None,
        shown(threshold.baseline) if threshold else None,
        status,
        str(r.gb) if r.gb else None,
        in_unit(lib, r.energy, "tce/a", "annual_energy"),
        evidence_word(lib, r.evidence, lang),
    )
