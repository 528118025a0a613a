"""Tables of the ranked proposals: energy, further figures of them, compliance, flexibility, uncertainty, tornado."""

from __future__ import annotations

import math
from collections.abc import Sequence

from plantsim.engine.columns import columns as file_columns
from plantsim.engine.columns import in_unit, rank_records
from plantsim.engine.figures import POLLUTANTS
from plantsim.engine.ranking import LISTS, ProposalRow, Ranking
from plantsim.engine.tornado import Tornado
from plantsim.library import Library
from plantsim.report.ranking_words import (
    MONEY,
    evidence_word,
    figure,
    label,
    level_short,
    percent,
    title,
    weakest_of,
    without_same,
)
from plantsim.vocabulary.messages import in_language
from plantsim.vocabulary.problems import bad_input, nearest
from plantsim.vocabulary.tables import Cell, Column, Table

IRR = {"en": "IRR", "zh": "内部收益率"}
RANK = Column("rank", {"en": "#", "zh": "#"})
ENERGY, COMPLIANCE, FLEXIBILITY = LISTS
EMITTED = ("nox", "so2", "dust")  # what is burnt for energy gives out


def _members(ranking: Ranking, name: str) -> list[ProposalRow]:
    return [r for r in ranking.proposals if r.list == name and not r.says_nothing]


def _money(si: float, lang: str) -> float | None:
    return si / MONEY[lang][1] if math.isfinite(si) else None


def _digits(lang: str) -> int:
    return 0 if lang == "zh" else 1


def _who(r: ProposalRow, lib: Library, lang: str) -> str:
    mark = f" ({in_language(lib.word('declared_figures'), lang)})" if r.declared else ""
    return f"{in_language(r.plant.name, lang, r.plant.id)}\n{in_language(r.retrofit.label, lang)}{mark}"


def _basis(ranking: Ranking, code: str) -> dict[str, str]:
    return title(code, deck=ranking.case.price_deck, date=ranking.case.date)


def energy_table(ranking: Ranking, lib: Library, lang: str) -> Table:
    """Return the proposals that save energy, by net present value."""
    unit, _ = MONEY[lang]
    columns = (
        RANK,
        Column("plant", label(lib, "plant_and_retrofit")),
        Column("indicator", label(lib, "indicator_before_after")),
        Column("level", label(lib, "level_after")),
        Column("saving", label(lib, "heading_saving"), "tce/a"),
        Column("capex", label(lib, "heading_capex"), unit, _digits(lang)),
        Column("npv", label(lib, "heading_npv"), unit, _digits(lang)),
        Column("payback", label(lib, "heading_payback"), "a", 1),
        Column("evidence", label(lib, "evidence")),
    )
    rows = tuple(_energy_cells(r, lib, lang) for r in _members(ranking, ENERGY))
    notes = (_basis(ranking, "note_ranking_basis"), title("note_level_short"))
    table = Table("proposals", title("title_proposals"), columns, rows, notes)
    return without_same(table, "evidence", "note_same_evidence", lang)


def _energy_cells(r: ProposalRow, lib: Library, lang: str) -> tuple[Cell, ...]:
    declaration = lib.declaration(r.plant.process)
    indicator = lib.indicators(r.plant.process)[r.indicator or declaration.main_indicator]

    def shown(si: float) -> str:
        value = in_unit(lib, si, indicator.unit, indicator.quantity)
        return "-" if value is None else figure(value)

    if r.status != "ok":
        nothing: tuple[Cell, ...] = (None,) * 4
        state = in_language(lib.word(f"status_{r.status}"), lang)
        return (r.place, _who(r, lib, lang), state, "-", *nothing, "-")
    return (
        r.place,
        _who(r, lib, lang),
        f"{shown(r.before)}\n→ {shown(r.after)}",
        level_short(r.level_after, lang),
        _band(r, lib),
        _money(r.capex, lang),
        _money(r.npv, lang),
        r.payback if math.isfinite(r.payback) else None,
        evidence_word(lib, weakest_of(r), lang),
    )


def _band(r: ProposalRow, lib: Library) -> str:
    """Return the saving with its low and high effect below it."""
    saving, low, high = (
        in_unit(lib, v, "tce/a", "annual_energy") for v in (r.saving, r.saving_low, r.saving_high)
    )
    band = "-" if saving is None else f"{saving:,.0f}"
    if low is not None and high is not None and low != high:
        band += f"\n({low:,.0f}~{high:,.0f})"
    return band


def further_table(ranking: Ranking, lib: Library, lang: str) -> Table:
    """Return further money of the proposals that save energy."""
    unit, money = MONEY[lang]
    tce = lib.units.to_si(1, "tce", "energy")
    columns = (
        RANK,
        Column("proposal", label(lib, "proposal")),
        Column("npv_after_tax", label(lib, "npv_after_tax"), unit, _digits(lang)),
        Column("irr", IRR, "%"),
        Column("payback", label(lib, "discounted_payback"), "a", 1),
        Column("saved", label(lib, "heading_saved_energy_cost"), "CNY/tce", 0),
        Column("investment", label(lib, "cost_per_saving"), "CNY/tce", 0),
        Column("point", label(lib, "heading_point_cost"), unit, _digits(lang)),
    )
    rows = tuple(
        (
            r.place,
            r.proposal.id,
            _money(r.npv_after_tax, lang),
            _rate(r, lib, lang),
            r.payback_discounted if math.isfinite(r.payback_discounted) else None,
            _finite(r.cost_of_saved_energy * tce),
            _finite(r.investment_per_saving * tce),
            _finite(r.capex / (100 * r.share_points) / money) if r.share_points > 0 else None,
        )
        for r in _members(ranking, ENERGY)
        if r.status == "ok"
    )
    return Table("further", title("title_further"), columns, rows, (title("note_further"),))


def effects_table(ranking: Ranking, lib: Library, lang: str) -> Table:
    """Return energy by equal value, the share of what is saved together, and emissions of the same proposals."""
    columns = (
        RANK,
        Column("proposal", label(lib, "proposal")),
        Column("equal_value", label(lib, "heading_saving_equal_value"), "tce/a", 0),
        Column("bundle", label(lib, "heading_saving_in_bundle"), "tce/a", 0),
        Column("carbon", label(lib, "heading_co2_accounted"), "t/a", 0),
        Column("carbon_physical", label(lib, "heading_co2_physical"), "t/a", 0),
        *(Column(p, label(lib, f"heading_{p}"), "t/a", 0) for p in EMITTED),
    )
    rows = tuple(
        (
            r.place,
            r.proposal.id,
            in_unit(lib, r.saving_equal_value, "tce/a", "annual_energy"),
            in_unit(lib, r.saving_in_bundle, "tce/a", "annual_energy"),
            _finite(r.carbon / 1000.0),
            _finite(r.carbon_physical / 1000.0),
            *(_finite(r.pollutants.get(p, math.nan) / 1000.0) for p in EMITTED),
        )
        for r in _members(ranking, ENERGY)
        if r.status == "ok"
    )
    return Table("effects", title("title_by_equal_value"), columns, rows, (title("note_by_equal_value"),))


def _rate(r: ProposalRow, lib: Library, lang: str) -> str | None:
    """Return the internal rate, or why there is none to give."""
    if math.isnan(r.irr) and r.irr_status in ("none", "several") and not math.isnan(r.npv):
        return in_language(lib.word(f"irr_{r.irr_status}"), lang)
    return None if math.isnan(r.irr) else f"{100 * r.irr:,.0f}"


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def compliance_table(ranking: Ranking, lib: Library, lang: str) -> Table:
    """Return the compliance measures, by cost per tonne of pollutant, with the energy that they cost."""
    unit, _ = MONEY[lang]
    columns = (
        RANK,
        Column("plant", label(lib, "plant_and_retrofit")),
        Column("nox", label(lib, "heading_nox"), "t/a", 0),
        Column("so2", label(lib, "heading_so2"), "t/a", 0),
        Column("dust", label(lib, "heading_dust"), "t/a", 0),
        Column("voc", label(lib, "heading_voc"), "t/a", 0),
        Column("fluoride", label(lib, "heading_fluoride"), "t/a", 0),
        Column("penalty", label(lib, "energy_penalty"), "tce/a", 0),
        Column("capex", label(lib, "heading_capex"), unit, _digits(lang)),
        Column("policy", label(lib, "tax_and_support"), f"{unit}/a", _digits(lang)),
        Column("npv", label(lib, "heading_npv"), unit, _digits(lang)),
        Column("cost", label(lib, "cost_per_tonne_pollutant"), "CNY/t", 0),
        Column("evidence", label(lib, "evidence")),
    )
    rows = tuple(
        (
            r.place,
            _who(r, lib, lang),
            *(_finite(r.pollutants.get(p, math.nan) / 1000.0) for p in POLLUTANTS),
            in_unit(lib, -r.saving, "tce/a", "annual_energy"),
            _money(r.capex, lang),
            _money(sum(r.policy.get(p, 0.0) for p in ("tax", "support")), lang),
            _money(r.npv, lang),
            _finite(r.cost_of_pollutant * 1000.0),
            evidence_word(lib, weakest_of(r), lang),
        )
        for r in _members(ranking, COMPLIANCE)
    )
    table = Table("compliance", title("title_compliance"), columns, rows, (title("note_compliance"),))
    return without_same(table, "evidence", "note_same_evidence", lang)


def flexibility_table(ranking: Ranking, lib: Library, lang: str) -> Table:
    """Return the flexibility measures, by net present value of what the market pays for them."""
    unit, _ = MONEY[lang]
    columns = (
        RANK,
        Column("plant", label(lib, "plant_and_retrofit")),
        Column("gain", label(lib, "yearly_net_gain"), f"{unit}/a", _digits(lang)),
        Column("saving", label(lib, "heading_saving"), "tce/a"),
        Column("capex", label(lib, "heading_capex"), unit, _digits(lang)),
        Column("npv", label(lib, "heading_npv"), unit, _digits(lang)),
        Column("payback", label(lib, "heading_payback"), "a", 1),
        Column("evidence", label(lib, "evidence")),
    )
    rows = tuple(
        (
            r.place,
            _who(r, lib, lang),
            _money(r.yearly_gain, lang),
            _band(r, lib),
            _money(r.capex, lang),
            _money(r.npv, lang),
            r.payback if math.isfinite(r.payback) else None,
            evidence_word(lib, weakest_of(r), lang),
        )
        for r in _members(ranking, FLEXIBILITY)
    )
    note = _basis(ranking, "note_flexibility")
    table = Table("flexibility", title("title_flexibility"), columns, rows, (note,))
    return without_same(table, "evidence", "note_same_evidence", lang)


def uncertainty_tables(ranking: Ranking, lib: Library, lang: str) -> list[Table]:
    """Return what the draws say of the proposals; nothing without draws."""
    unit, money = MONEY[lang]
    if not ranking.draws:
        return []
    columns = (
        RANK,
        Column("proposal", label(lib, "proposal")),
        Column("saving", label(lib, "heading_saving_band"), "tce/a"),
        Column("npv", label(lib, "heading_npv_band"), unit),
        Column("reaches", label(lib, "benchmark_probability")),
        Column("top", label(lib, "top_group_probability")),
        Column("ranks", label(lib, "heading_rank_band")),
    )
    rows: list[tuple[Cell, ...]] = []
    digits = _digits(lang)
    for r in ranking.proposals:
        s = ranking.spreads.get((r.plant.id, r.proposal.id))
        if s is None:
            continue
        low, high = (in_unit(lib, v, "tce/a", "annual_energy") or 0.0 for v in (s.saving.p10, s.saving.p90))
        rows.append(
            (
                r.place,
                r.proposal.id,
                f"{low:,.0f} ~ {high:,.0f}",
                _ends(s.npv.p10 / money, s.npv.p90 / money, digits),
                percent(s.reaches, 0),
                percent(s.top, 0),
                f"{s.rank.p10:.0f} ~ {s.rank.p90:.0f}",
            )
        )
    notes = (title("note_uncertainty", draws=ranking.draws, seed=ranking.case.seed),)
    return [Table("uncertainty", title("title_uncertainty"), columns, tuple(rows), notes)]


def _ends(low: float, high: float, digits: int) -> str | None:
    """Return "low ~ high"; None where either is no number."""
    if math.isnan(low) or math.isnan(high):
        return None
    return f"{low:,.{digits}f} ~ {high:,.{digits}f}"


def tornado_table(found: Tornado, process: str, lib: Library, lang: str) -> Table:
    """Return what moves a proposal most, the widest first."""
    unit, money = MONEY[lang]
    columns = (
        Column("thing", label(lib, "uncertain_thing")),
        Column("saving", label(lib, "heading_saving_band"), "tce/a"),
        Column("npv", label(lib, "heading_npv_band"), unit),
    )
    variables = lib.declaration(process).variables

    terms = {"effect": "uncertain_effect", "cost": "capex", "price": "uncertain_price"}

    def name(kind: str, of: str) -> str:
        if kind == "input":
            return f"{in_language(variables[of].label, lang)} ({of})"
        word = in_language(lib.word(terms[kind]), lang)
        return f"{word}: {of.rpartition('.')[2]}" if of else word

    def tce(si: float) -> float:
        return lib.units.from_si(si, "tce/a", "annual_energy")

    rows = tuple(
        (
            name(b.kind, b.name),
            _ends(tce(b.saving[0]), tce(b.saving[1]), 0),
            _ends(b.npv[0] / money, b.npv[1] / money, _digits(lang)),
        )
        for b in found.bars
    )
    fields = {
        "saving": f"{tce(found.saving):,.0f}",
        "npv": f"{found.npv / money:,.{_digits(lang)}f} {unit}",
    }
    heading = title("title_tornado", proposal=found.proposal)
    return Table("tornado", heading, columns, rows, (title("note_tornado", **fields),))


def chosen_table(ranking: Ranking, keys: Sequence[str], lib: Library, lang: str) -> Table:
    """Return the proposals with chosen columns of the results file. Raises BadInput naming the nearest column."""
    known = {c.key: c for c in file_columns(lib, "rank")}
    for key in keys:
        if key not in known:
            raise bad_input(
                "column_unknown", given=key, nearest=nearest(key, list(known)), known=", ".join(known)
            )
    records = rank_records(ranking, lib)
    columns = (RANK, Column("proposal", label(lib, "proposal")), *(known[k] for k in keys))
    rows = tuple(
        (r.place, r.proposal.id, *(record[k] for k in keys))
        for r, record in zip(ranking.proposals, records, strict=True)
    )
    return Table("chosen", title("title_chosen"), columns, rows)
