"""The ranking as tables of at most 100 columns, and the notes that belong under them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from plantsim.engine.columns import in_unit
from plantsim.engine.ranking import PlantRow, ProposalRow, Ranking
from plantsim.engine.shares import kendall_tau
from plantsim.library import Level, Library
from plantsim.report.alternatives import alternative_tables
from plantsim.vocabulary.case import PLANT_STATUS
from plantsim.vocabulary.messages import LANGUAGES, in_language, text
from plantsim.vocabulary.tables import Cell, Column, Table

MONEY = {"zh": ("万元", 1e4), "en": ("M CNY", 1e6)}


def ranking_tables(ranking: Ranking, lib: Library, lang: str) -> list[Table]:
    """Return the sectors' shares, the plants as they are, and the ranked proposals."""
    tables = [_sectors(ranking, lib, lang), _plants(ranking, lib, lang)]
    if not ranking.proposals:
        return tables
    tables.append(_proposals(ranking, lib, lang))
    if ranking.draws:
        tables.append(_uncertainty(ranking, lib, lang))
    return tables + alternative_tables(ranking, lib, lang)


def label(lib: Library, term: str) -> Mapping[str, str]:
    """Return a heading from the glossary."""
    return lib.word(term)


def percent(value: float, digits: int = 1) -> str | None:
    """Return a share as text; None when it isn't a number."""
    return None if math.isnan(value) else f"{100 * value:.{digits}f} %"


def level_word(
    lib: Library, level: str, lang: str, threshold: Level | None = None, value: float = math.nan
) -> str:
    """Return a level reached in the user's words (达标杆 / 标杆与基准之间 / 劣于基准).

    threshold, value [SI]: they tell why there is no level: no value, or a class that has a baseline only.
    """
    terms = {
        "benchmark": "above_benchmark",
        "between": "between_levels",
        "worse": "below_baseline",
        "ungraded": "ungraded",
    }
    if level == "ungraded" and threshold is not None:
        return in_language(lib.word("value_missing" if math.isnan(value) else "baseline_only"), lang)
    return in_language(lib.word(terms[level]), lang)


def evidence_word(lib: Library, word: str, lang: str) -> str:
    """Return an evidence word in the user's language."""
    if not word:
        return "-"
    return in_language(lib.word(f"status_{word}" if word in PLANT_STATUS else f"evidence_{word}"), lang)


def title(code: str, **fields: object) -> dict[str, str]:
    """Return a title in both languages from the messages."""
    return {lang: text(code, lang, fields) for lang in LANGUAGES}


def _sectors(ranking: Ranking, lib: Library, lang: str) -> Table:
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
    rows: list[tuple[Cell, ...]] = []
    for s in ranking.sectors:
        declaration = lib.declaration(s.process)
        capacity = in_unit(lib, s.now.total, declaration.capacity_unit, declaration.capacity_quantity)
        met = None if s.target is None or math.isnan(s.then.share) else s.then.share > s.target
        rows.append(
            (
                in_language(declaration.label, lang),
                f"{capacity:,.0f} {declaration.capacity_unit}" if capacity is not None else None,
                percent(s.now.share),
                percent(s.then.share),
                None if s.target is None else f"> {percent(s.target, 0)}",
                None if met is None else text("word_yes" if met else "word_no", lang),
                percent(s.mean_then),
                percent(s.confident_then),
                percent(s.now.worse / s.now.total if s.now.total else math.nan),
            )
        )
    return Table("sectors", title("title_sectors"), columns, tuple(rows))


def _plants(ranking: Ranking, lib: Library, lang: str) -> Table:
    columns = (
        Column("plant", label(lib, "plant")),
        Column("indicator", label(lib, "indicator")),
        Column("value", label(lib, "value")),
        Column("benchmark", label(lib, "benchmark_level")),
        Column("baseline", label(lib, "baseline_level")),
        Column("level", label(lib, "level_reached")),
        Column("energy", label(lib, "energy_consumption_equivalent"), "tce/a", 0),
        Column("evidence", label(lib, "evidence")),
    )
    rows = tuple(_plant_cells(r, lib, lang) for r in ranking.plants)
    return Table("plants", title("title_plants"), columns, rows, (title("note_energy_use"),))


def _plant_cells(r: PlantRow, lib: Library, lang: str) -> tuple[Cell, ...]:
    indicator = lib.indicators(r.plant.process)[r.indicator]

    def shown(si: float | None) -> str | None:
        value = None if si is None else in_unit(lib, si, indicator.unit, indicator.quantity)
        return None if value is None else figure(value)

    value = shown(r.value)
    threshold = r.threshold
    status = (
        level_word(lib, r.level, lang, threshold, r.value)
        if r.status == "ok"
        else in_language(lib.word(f"status_{r.status}"), lang)
    )
    return (
        in_language(r.plant.name, lang, r.plant.id),
        f"{in_language(indicator.label, lang)} {indicator.unit}",
        value,
        shown(threshold.benchmark) if threshold else None,
        shown(threshold.baseline) if threshold else None,
        status,
        in_unit(lib, r.energy, "tce/a", "annual_energy"),
        evidence_word(lib, r.evidence, lang),
    )


def figure(value: float) -> str:
    """Return an indicator's figure: no decimals from 1000 up, one from 100, two below."""
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2
    return f"{value:,.{digits}f}"


def _proposals(ranking: Ranking, lib: Library, lang: str) -> Table:
    unit, _ = MONEY[lang]
    columns = (
        Column("rank", {"en": "#", "zh": "#"}, digits=0),
        Column("plant", label(lib, "plant_and_retrofit")),
        Column("indicator", label(lib, "indicator_before_after")),
        Column("level", label(lib, "level_after")),
        Column("saving", label(lib, "heading_saving"), "tce/a"),
        Column("carbon", label(lib, "heading_co2"), "t/a", 0),
        Column("capex", label(lib, "heading_capex"), unit, 0 if lang == "zh" else 1),
        Column("npv", label(lib, "heading_npv"), unit, 0 if lang == "zh" else 1),
        Column("payback", label(lib, "heading_payback"), "a", 1),
        Column("evidence", label(lib, "evidence")),
    )
    thresholds = {p.plant.id: p.threshold for p in ranking.plants}
    rows = tuple(_proposal_cells(r, thresholds.get(r.plant.id), lib, lang) for r in ranking.proposals)
    notes = tuple(
        title("note_ranking_basis", deck=ranking.case.price_deck, date=ranking.case.date) for _ in (0,)
    )
    return Table("proposals", title("title_proposals"), columns, rows, notes)


def _uncertainty(ranking: Ranking, lib: Library, lang: str) -> Table:
    unit, money = MONEY[lang]
    columns = (
        Column("rank", {"en": "#", "zh": "#"}, digits=0),
        Column("proposal", label(lib, "proposal")),
        Column("saving", label(lib, "heading_saving_band"), "tce/a"),
        Column("npv", label(lib, "heading_npv_band"), unit),
        Column("reaches", label(lib, "benchmark_probability")),
        Column("top", label(lib, "top_group_probability")),
        Column("ranks", label(lib, "heading_rank_band")),
    )
    rows: list[tuple[Cell, ...]] = []
    digits = 0 if lang == "zh" else 1
    for r in ranking.proposals:
        s = ranking.spreads.get((r.plant.id, r.proposal.id))
        if s is None:
            continue
        low, high = (in_unit(lib, v, "tce/a", "annual_energy") or 0.0 for v in (s.saving.p10, s.saving.p90))
        rows.append(
            (
                r.rank,
                r.proposal.id,
                f"{low:,.0f} ~ {high:,.0f}",
                f"{s.npv.p10 / money:,.{digits}f} ~ {s.npv.p90 / money:,.{digits}f}",
                percent(s.reaches, 0),
                percent(s.top, 0),
                f"{s.rank.p10:.0f} ~ {s.rank.p90:.0f}",
            )
        )
    notes = (title("note_uncertainty", draws=ranking.draws, seed=ranking.case.seed),)
    return Table("uncertainty", title("title_uncertainty"), columns, tuple(rows), notes)


def _proposal_cells(r: ProposalRow, threshold: Level | None, lib: Library, lang: str) -> tuple[Cell, ...]:
    declaration = lib.declaration(r.plant.process)
    indicator = lib.indicators(r.plant.process)[declaration.main_indicator]
    _, money = MONEY[lang]

    def shown(si: float) -> str:
        value = in_unit(lib, si, indicator.unit, indicator.quantity)
        return "-" if value is None else figure(value)

    def tce(si: float) -> float | None:
        return in_unit(lib, si, "tce/a", "annual_energy")

    who = f"{in_language(r.plant.name, lang, r.plant.id)}\n{in_language(r.retrofit.label, lang)}"
    if r.status != "ok":
        nothing: tuple[Cell, ...] = (None,) * 5
        return (r.rank, who, in_language(lib.word(f"status_{r.status}"), lang), "-", *nothing, "-")
    saving, low, high = tce(r.saving), tce(r.saving_low), tce(r.saving_high)
    band = "-" if saving is None else f"{saving:,.0f}"
    if low is not None and high is not None and low != high:
        band += f"\n({low:,.0f}~{high:,.0f})"
    return (
        r.rank,
        who,
        f"{shown(r.before)}\n→ {shown(r.after)}",
        level_word(lib, r.level_after, lang, threshold, r.after),
        band,
        None if math.isnan(r.carbon) else r.carbon / 1000.0,
        None if math.isnan(r.capex) else r.capex / money,
        None if math.isnan(r.npv) else r.npv / money,
        r.payback if math.isfinite(r.payback) else None,
        evidence_word(lib, weakest_of(r), lang),
    )


def weakest_of(r: ProposalRow) -> str:
    """Return the weakest evidence that a row rests on, money included."""
    return r.money_evidence or r.evidence


def ranking_notes(ranking: Ranking, lib: Library, lang: str) -> list[str]:
    """Return the warnings of the rows, each once with the ranks that it concerns, and what failed and why."""
    found: dict[str, list[str]] = {}
    for r in ranking.proposals:
        if r.status != "ok":
            found.setdefault(_failure(r.status, r.blame, r.plant.process, lib, lang), []).append(f"#{r.rank}")
        for code, fields in r.warnings:
            found.setdefault(_warning(code, fields, r, lib, lang), []).append(f"#{r.rank}")
    for p in ranking.plants:
        if p.status != "ok":
            found.setdefault(_failure(p.status, p.blame, p.plant.process, lib, lang), []).append(p.plant.id)
    lines = [f"{', '.join(who)}: {line}" for line, who in found.items()]
    lines += _mean_lines(ranking, lib, lang)
    lines.append(text("note_evidence", lang))
    return lines


def _mean_lines(ranking: Ranking, lib: Library, lang: str) -> list[str]:
    """Return each sector's mean indicator, weighted by product, where a target is set on it."""
    lines = []
    for s in ranking.sectors:
        if s.target_mean is None:
            continue
        indicator = lib.indicators(s.process)[lib.declaration(s.process).main_indicator]
        means = (s.mean_indicator_now, s.mean_indicator_then, s.target_mean)
        now, then, limit = (in_unit(lib, v, indicator.unit, indicator.quantity) for v in means)
        fields = {
            "sector": in_language(lib.declaration(s.process).label, lang),
            "indicator": in_language(indicator.label, lang),
            "now": "-" if now is None else figure(now),
            "then": "-" if then is None else figure(then),
            "limit": "-" if limit is None else figure(limit),
            "unit": indicator.unit,
            "met": text("word_yes" if s.mean_indicator_then <= s.target_mean else "word_no", lang),
        }
        lines.append(text("note_mean_indicator", lang, fields))
    return lines


def deck_lines(ranking: Ranking, others: Mapping[str, Ranking], lang: str) -> list[str]:
    """Return how the order changes under other price decks: Kendall's tau and the first proposal of each."""
    order = [f"{r.plant.id}/{r.proposal.id}" for r in ranking.proposals]
    lines = []
    for deck, other in others.items():
        theirs = [f"{r.plant.id}/{r.proposal.id}" for r in other.proposals]
        tau = kendall_tau(order, theirs)
        fields = {
            "deck": deck,
            "tau": "-" if math.isnan(tau) else f"{tau:.2f}",
            "first": theirs[0] if theirs else "-",
        }
        lines.append(text("note_deck_order", lang, fields))
    return lines


def _failure(status: str, blame: str, process: str, lib: Library, lang: str) -> str:
    variable = lib.declaration(process).variables.get(blame)
    name = f" {in_language(variable.label, lang)} ({blame})" if variable else ""
    return in_language(lib.word(f"status_{status}"), lang) + name


def _warning(code: str, fields: Mapping[str, str], r: ProposalRow, lib: Library, lang: str) -> str:
    if code == "retrofit_caveat":
        return fields.get(lang) or fields.get("en", "")
    shown = dict(fields)
    declaration = lib.declaration(r.plant.process)
    if code == "change_capped":
        v = declaration.variables[fields["variable"]]
        shown["variable"] = in_language(v.label, lang)
        for key in ("wanted", "reached"):
            shown[key] = lib.units.format(float(fields[key]), v.unit, v.quantity)
    if code == "claim_above_model":
        for key in ("claimed", "model"):
            shown[key] = f"{lib.units.from_si(float(fields[key]), 'tce/a', 'annual_energy'):,.0f}"
    if code == "remedy":
        v = declaration.variables[fields["variable"]]
        shown["variable"] = in_language(v.label, lang)
        value = lib.units.from_si(float(fields["value"]), v.unit, v.quantity)
        shown["value"] = f"{value:,.3g} {v.unit}"
    if "sum" in shown:
        unit, money = MONEY[lang]
        shown["sum"] = f"{float(fields['sum']) / money:,.1f} {unit}/a"
        shown["evidence"] = evidence_word(lib, fields.get("evidence", ""), lang)
    if code == "capex_from_library":
        shown["evidence"] = evidence_word(lib, fields["evidence"], lang)
    return text(code, lang, shown)
