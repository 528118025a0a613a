"""The lines under the ranking: warnings, each once with the rows that it concerns, and what the order rests on."""

from __future__ import annotations

import math
from collections.abc import Mapping

from plantsim.engine.case_records import agreement, energy_list
from plantsim.engine.ranking import PlantRow, ProposalRow, Ranking
from plantsim.library import Library
from plantsim.report.plants import figures_text
from plantsim.report.ranking_words import MONEY, evidence_word, tags_text
from plantsim.vocabulary.messages import in_language, text

AMOUNT_LINES = (
    "gain_from_surcharge",
    "gain_from_allowances",
    "gain_from_environment_tax",
    "gain_from_support",
    "outage_valued",
    "outage_not_valued",
    "outage_free",
)
"""Warnings that differ from row to row by an amount only: one line for all, with the amounts."""


def ranking_notes(ranking: Ranking, lib: Library, lang: str) -> list[str]:
    """Return the warnings of the rows, each once with the ranks that it concerns, and what failed and why."""
    found: dict[str, list[str]] = {}
    amounts: dict[str, dict[str, list[str]]] = {}
    for r in ranking.proposals:
        if r.status != "ok":
            found.setdefault(_failure(r.status, r.blame, r.plant.process, lib, lang), []).append(r.tag)
        for code, fields in () if r.says_nothing else r.warnings:
            shown = _shown(code, fields, r, lib, lang)
            if code in AMOUNT_LINES:
                line, amount = (text(f"{code}_{part}", lang, shown) for part in ("line", "amount"))
                amounts.setdefault(line, {}).setdefault(amount, []).append(r.tag)
            else:
                found.setdefault(_warning(code, shown, lang), []).append(r.tag)
    lines = [f"{tags_text(who)}: {line}" for line, who in found.items()]
    for line, by_amount in amounts.items():
        said = [f"{amount} ({tags_text(who)})" for amount, who in by_amount.items()]
        lines.append(f"{line}: {'; '.join(said)}")
    lines += _failed_plants(ranking, lib, lang) + _silent(ranking, lang) + _bands(ranking, lang)
    lines.append(text("note_evidence", lang))
    return lines


def _failed_plants(ranking: Ranking, lib: Library, lang: str) -> list[str]:
    found: dict[str, list[str]] = {}
    for p in ranking.plants:
        if p.status != "ok":
            line = _failure(p.status, p.blame, p.plant.process, lib, lang)
            for code, fields in p.warnings:
                line += ("。" if lang == "zh" else ". ") + _warning(
                    code, _shown(code, fields, p, lib, lang), lang
                )
            found.setdefault(line, []).append(p.plant.id)
    return [f"{', '.join(who)}: {line}" for line, who in found.items()]


def _silent(ranking: Ranking, lang: str) -> list[str]:
    """Name, plant by plant, the declared proposals without any figure to compare, which stand in no table."""
    found: dict[str, list[str]] = {}
    for r in ranking.proposals:
        if r.says_nothing:
            found.setdefault(in_language(r.plant.name, lang, r.plant.id), []).append(r.proposal.id)
    return [
        text("note_nothing_declared", lang, {"plant": plant, "proposals": ", ".join(ids)})
        for plant, ids in found.items()
    ]


def _bands(ranking: Ranking, lang: str) -> list[str]:
    """Say whose own record decided its place: the order of a list is by bands first."""
    simulated = [r for r in ranking.proposals if r.rank and not r.declared]
    first = [r.tag for r in simulated if r.calibrated]
    lines = []
    if first and len(first) < len(simulated):
        lines.append(text("note_calibrated_first", lang, {"rows": tags_text(first)}))
    elif simulated and not first:
        lines.append(text("note_nothing_calibrated", lang))
    against = [p for p in ranking.plants if not (p.calibrated or math.isnan(p.record_gap))]
    if against:
        names = ", ".join(in_language(p.plant.name, lang, p.plant.id) for p in against)
        lines.append(text("note_record_contradicted", lang, {"plants": names}))
    return lines


def deck_lines(ranking: Ranking, others: Mapping[str, Ranking], lang: str) -> list[str]:
    """Return how the order changes under other price decks: Kendall's tau and the first proposal of each."""
    lines = []
    for deck, other in others.items():
        theirs = [f"{r.plant.id}/{r.proposal.id}" for r in energy_list(other)]
        tau = agreement(ranking, other)
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


def _warning(code: str, shown: Mapping[str, str], lang: str) -> str:
    if code == "failed_point":
        return text("note_failed_point", lang, shown)
    if code == "retrofit_caveat":
        return shown.get(lang) or shown.get("en", "")
    return text(code, lang, shown)


def _shown(
    code: str, fields: Mapping[str, str], r: ProposalRow | PlantRow, lib: Library, lang: str
) -> Mapping[str, str]:
    """Return the fields of a warning as its message prints them."""
    shown = dict(fields)
    declaration = lib.declaration(r.plant.process)
    if code in ("change_capped", "change_not_needed"):
        v = declaration.variables[fields["variable"]]
        shown["variable"] = in_language(v.label, lang)
        for key in ("wanted", "reached"):
            shown[key] = lib.units.format(float(fields[key]), v.unit, v.quantity)
    for key in ("claimed", "model", "declared") if code.startswith("claim_above") else ():
        if key in fields:
            shown[key] = f"{lib.units.from_si(float(fields[key]), 'tce/a', 'annual_energy'):,.0f}"
    if code in ("sink_full", "sink_shared"):
        shown.update(_amounts(fields, lib, lang))
    if code == "failed_point":
        figures = {name: float(value) for name, value in fields.items() if name != "number"}
        shown = {"number": fields["number"], "figures": figures_text(declaration, figures, lib, lang)}
    if code == "remedy":
        v = declaration.variables[fields["variable"]]
        shown["variable"] = in_language(v.label, lang)
        value = lib.units.from_si(float(fields["value"]), v.unit, v.quantity)
        shown["value"] = f"{value:,.3g} {v.unit}"
    if code == "falls_below":
        for name, key in (("variable", "value"), ("other", "least")):
            v = declaration.variables[fields[name]]
            shown[name] = in_language(v.label, lang)
            shown[key] = lib.units.format(float(fields[key]), v.unit, v.quantity, 3)
        shown["words"] = in_language({k: fields[k] for k in ("en", "zh")}, lang)
    if "sum" in shown:
        unit, money = MONEY[lang]
        shown["sum"] = f"{float(fields['sum']) / money:,.1f} {unit}"
        shown["evidence"] = evidence_word(lib, fields.get("evidence", ""), lang)
    if code == "against_counterfactual":
        shown["measure"] = fields[lang]
    if code == "capex_from_library":
        shown["evidence"] = evidence_word(lib, fields["evidence"], lang)
    return shown


def _amounts(fields: Mapping[str, str], lib: Library, lang: str) -> dict[str, str]:
    """Return a carrier's name and what is given and taken of it in a year, as a sink's warning says them."""
    e = lib.carriers[fields["carrier"]]
    found = {"carrier": in_language(e["label"], lang)}
    for key in ("given", "taken"):
        amount = lib.units.from_si(float(fields[key]), e["unit"], e["quantity"])
        found[key] = f"{amount:,.0f} {e['unit']}/a"
    return found
