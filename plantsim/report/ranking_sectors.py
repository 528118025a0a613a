"""Tables of the sectors: shares, means and their target, ultra-low emission, and the case's energy in all."""

from __future__ import annotations

import math

from plantsim.engine.columns import in_unit
from plantsim.engine.emitted import emitted
from plantsim.engine.limits import graded
from plantsim.engine.ranking import Ranking, SectorRow
from plantsim.library import Library
from plantsim.report.ranking_words import figure, label, percent, size_text, title
from plantsim.vocabulary.messages import in_language, text
from plantsim.vocabulary.tables import Cell, Column, Table

CONVENTION_TERM = {"equivalent": "equivalent_value", "equal_value": "equal_value"}


def sector_table(ranking: Ranking, lib: Library, lang: str) -> Table:
    """Return the shares of capacity at the benchmark level, against their targets."""
    columns = (
        Column("sector", label(lib, "sector")),
        Column("capacity", label(lib, "capacity"), digits=1),
        Column("share_now", label(lib, "benchmark_share_now")),
        Column("share_with_all", label(lib, "benchmark_share_with_all")),
        Column("target", label(lib, "share_target")),
        Column("met", label(lib, "target_met_with_all")),
        Column("mean", label(lib, "mean_share_with_all")),
        Column("confident", label(lib, "confident_share_with_all")),
        Column("worse", label(lib, "share_worse_than_baseline")),
    )
    rows = tuple(_share_cells(s, lib, lang) for s in ranking.sectors)
    return Table("sectors", title("title_sectors"), columns, rows, _retirement(ranking, lib))


def _share_cells(s: SectorRow, lib: Library, lang: str) -> tuple[Cell, ...]:
    declaration = lib.declaration(s.process)
    capacity = in_unit(lib, s.now.total, declaration.capacity_unit, declaration.capacity_quantity)
    share, met = (None if s.target is None else f"> {percent(s.target, 0)}"), None
    if s.target is not None and not math.isnan(s.then.share):
        met = s.then.share > s.target
    elif s.target is None and s.target_mean is not None:
        share = f"≤ {_mean(s, s.target_mean, lib)} {_unit(s, lib)}"
        met = None if math.isnan(s.mean_indicator_then) else s.mean_indicator_then <= s.target_mean
    return (
        in_language(declaration.label, lang),
        size_text(capacity, declaration.capacity_unit),
        percent(s.now.share),
        percent(s.then.share),
        share,
        None if met is None else text("word_yes" if met else "word_no", lang),
        percent(s.mean_then),
        percent(s.confident_then),
        percent(s.now.worse / s.now.total if s.now.total else math.nan),
    )


def _retirement(ranking: Ranking, lib: Library) -> tuple[dict[str, str], ...]:
    """Return what retirement does to the shares: with and without it, and what the cap of a sector keeps."""
    notes = []
    for s in ranking.sectors:
        if not (s.retired or s.retired_over) or s.then_kept is None:
            continue
        declaration = lib.declaration(s.process)
        size = in_unit(lib, s.retired, declaration.capacity_unit, declaration.capacity_quantity)
        fields = {
            "retired": size_text(size, declaration.capacity_unit),
            "share": percent(s.then.share) or "-",
            "kept": percent(s.then_kept.share) or "-",
            "over": ", ".join(s.retired_over) or "-",
        }
        words = {lang: in_language(declaration.label, lang) for lang in ("en", "zh")}
        notes.append(
            {lang: text("note_retirement", lang, {**fields, "sector": words[lang]}) for lang in words}
        )
    return tuple(notes)


def _mean(s: SectorRow, si: float | None, lib: Library) -> str:
    indicator = lib.indicators(s.process)[s.indicator or lib.declaration(s.process).main_indicator]
    value = None if si is None else in_unit(lib, si, indicator.unit, indicator.quantity)
    return "-" if value is None else figure(value)


def _unit(s: SectorRow, lib: Library) -> str:
    return lib.indicators(s.process)[s.indicator or lib.declaration(s.process).main_indicator].unit


def mean_table(ranking: Ranking, lib: Library, lang: str) -> Table:
    """Return the mean indicator of each sector that has a target on it, with and without credit for heat supplied."""
    columns = (
        Column("sector", label(lib, "sector")),
        Column("unit", label(lib, "unit_of_measure")),
        Column("now", label(lib, "mean_indicator_now")),
        Column("then", label(lib, "mean_indicator_with_all")),
        Column("target", label(lib, "target_mean")),
        Column("met", label(lib, "target_met_with_all")),
        Column("plain_now", label(lib, "uncredited_now")),
        Column("plain_then", label(lib, "uncredited_with_all")),
    )
    rows: list[tuple[Cell, ...]] = []
    for s in ranking.sectors:
        if s.target_mean is None:
            continue
        met = s.mean_indicator_then <= s.target_mean
        rows.append(
            (
                in_language(lib.declaration(s.process).label, lang),
                _unit(s, lib),
                _mean(s, s.mean_indicator_now, lib),
                _mean(s, s.mean_indicator_then, lib),
                _mean(s, s.target_mean, lib),
                text("word_yes" if met else "word_no", lang),
                _mean(s, s.uncredited_now, lib),
                _mean(s, s.uncredited_then, lib),
            )
        )
    return Table("means", title("title_means"), columns, tuple(rows), (title("note_means"),))


def emission_table(ranking: Ranking, lib: Library, lang: str) -> Table:
    """Return how much of each sector's capacity has completed ultra-low emission, where anybody says."""
    columns = (
        Column("sector", label(lib, "sector")),
        Column("now", label(lib, "ultra_low_now")),
        Column("then", label(lib, "ultra_low_with_all")),
        Column("unknown", label(lib, "ultra_low_unknown")),
    )
    rows = tuple(
        (
            in_language(lib.declaration(s.process).label, lang),
            percent(s.ultra_low_now),
            percent(s.ultra_low_then),
            percent(s.ultra_low_unknown),
        )
        for s in ranking.sectors
        if s.ultra_low_unknown < 1.0
    )
    return Table("ultra-low", title("title_ultra_low"), columns, rows, (title("note_ultra_low"),))


def limit_table(ranking: Ranking, lib: Library, lang: str) -> Table:
    """Return each plant's means at the stack against the limits in force, now and with everything done."""
    columns = (
        Column("plant", label(lib, "plant")),
        Column("pollutant", label(lib, "pollutant")),
        Column("limit", label(lib, "limit_in_force"), "mg/m3", 1),
        Column("now", label(lib, "mean_now"), "mg/m3", 1),
        Column("state_now", label(lib, "compliance_now")),
        Column("then", label(lib, "mean_with_all"), "mg/m3", 1),
        Column("state_then", label(lib, "compliance_with_all")),
    )

    def mg(value: float) -> float | None:
        return in_unit(lib, value, "mg/m3", "concentration")

    rows: list[tuple[Cell, ...]] = [
        (
            in_language(g.plant.name, lang, g.plant.id),
            _pollutant(g.pollutant, lib, lang),
            mg(g.limit),
            mg(g.now),
            text(f"word_limit_{g.state_now}", lang),
            mg(g.then),
            text(f"word_limit_{g.state_then}", lang),
        )
        for g in graded(ranking.plants, ranking.bundles)
    ]
    return Table("limits", title("title_limits"), columns, tuple(rows), (title("note_limits"),))


def _pollutant(name: str, lib: Library, lang: str) -> str:
    """Return a pollutant's label; ammonia in flue gas is a slip, no reagent."""
    if name == "ammonia":
        return in_language(lib.word("ammonia_slip"), lang)
    return in_language(lib.carriers[name]["label"], lang)


def pollutant_table(ranking: Ranking, lib: Library, lang: str) -> Table:
    """Return what each district, and the case, gives to the air now and with everything done: each tonne once."""
    columns = (
        Column("where", label(lib, "district")),
        Column("pollutant", label(lib, "pollutant")),
        Column("now", label(lib, "emitted_now"), "t/a", 0),
        Column("then", label(lib, "emitted_with_all"), "t/a", 0),
        Column("less", label(lib, "emitted_less"), "t/a", 0),
        Column("permit", label(lib, "emission_permit"), "t/a", 0),
        Column("unknown", label(lib, "plants_not_known"), "", 0),
    )
    rows: list[tuple[Cell, ...]] = []
    for e in emitted(ranking.plants, ranking.bundles, lib):
        if e.scope == "plant" or math.isnan(e.now):
            continue
        tonnes = [None if math.isnan(kg) else kg / 1000.0 for kg in (e.now, e.then, e.now - e.then, e.permit)]
        where = e.name or text("word_all_plants", lang)
        rows.append((where, in_language(lib.carriers[e.pollutant]["label"], lang), *tonnes, len(e.unknown)))
    return Table("pollutants", title("title_pollutants"), columns, tuple(rows), (title("note_pollutants"),))


def total_table(ranking: Ranking, lib: Library, lang: str) -> Table:
    """Return the case's energy, gross and net of what the dual control leaves out."""
    columns = (
        Column("convention", label(lib, "accounting_convention")),
        Column("gross_now", label(lib, "gross_now"), "tce/a", 0),
        Column("gross_then", label(lib, "gross_with_all"), "tce/a", 0),
        Column("feedstock", label(lib, "feedstock_now"), "tce/a", 0),
        Column("renewable", label(lib, "renewable_added"), "tce/a", 0),
        Column("net_now", label(lib, "net_now"), "tce/a", 0),
        Column("net_then", label(lib, "net_with_all"), "tce/a", 0),
    )

    def tce(value: float) -> float | None:
        return in_unit(lib, value, "tce/a", "annual_energy")

    rows = tuple(
        (
            in_language(lib.word(CONVENTION_TERM[t.convention]), lang),
            tce(t.gross_now),
            tce(t.gross_then),
            tce(t.feedstock_now),
            tce(t.renewable_then - t.renewable_now),
            tce(t.net_now),
            tce(t.net_then),
        )
        for t in ranking.totals
    )
    missing = ranking.totals[0].missing if ranking.totals else ()
    notes = [title("note_totals")]
    if missing:
        notes.append(title("note_totals_missing", plants=", ".join(missing)))
    return Table("totals", title("title_totals"), columns, rows, tuple(notes))
