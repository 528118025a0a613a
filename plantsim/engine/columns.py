"""Results as flat records under fixed column names: what the screen, JSON, parquet and DataFrames share.

Units leave with the numbers: a column's name ends in its unit. Missing numbers are None.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from plantsim.engine.evaluate import Solved, value_evidence
from plantsim.engine.ranking import POLICIES, PlantRow, ProposalRow, Ranking, SectorRow
from plantsim.engine.sample import NO_SPREAD, ProposalSpread
from plantsim.engine.shares import pareto_layers
from plantsim.library import Library
from plantsim.vocabulary.case import Plant
from plantsim.vocabulary.tables import Column

# key, glossary term, unit, decimals
_RANK = (
    ("rank", "rank", "", 0),
    ("plant", "plant", "", 0),
    ("proposal", "proposal", "", 0),
    ("retrofit", "retrofit", "", 0),
    ("kind", "retrofit_kind", "", 0),
    ("indicator", "indicator", "", 0),
    ("indicator_unit", "unit_of_measure", "", 0),
    ("indicator_before", "indicator_before", "", 1),
    ("indicator_after", "indicator_after", "", 1),
    ("level_before", "level_before", "", 0),
    ("level_after", "level_after", "", 0),
    ("saving_tce_per_a", "energy_saving_equivalent", "tce/a", 0),
    ("saving_low_tce_per_a", "energy_saving_low", "tce/a", 0),
    ("saving_high_tce_per_a", "energy_saving_high", "tce/a", 0),
    ("saving_equal_value_tce_per_a", "energy_saving_equal_value", "tce/a", 0),
    ("co2_t_per_a", "co2_reduction", "t/a", 0),
    ("co2_accounted_t_per_a", "co2_reduction_accounted", "t/a", 0),
    ("co2_physical_t_per_a", "co2_reduction_physical", "t/a", 0),
    ("co2_basis", "co2_basis", "", 0),
    ("saving_in_bundle_tce_per_a", "saving_in_bundle", "tce/a", 0),
    ("list", "ranking_list", "", 0),
    ("calibrated", "baseline_calibrated", "", 0),
    ("pareto_layer", "pareto_layer", "", 0),
    ("capex_cny", "capex", "CNY", 0),
    ("yearly_gain_cny_per_a", "yearly_net_gain", "CNY/a", 0),
    ("npv_cny", "net_present_value", "CNY", 0),
    ("npv_after_tax_cny", "npv_after_tax", "CNY", 0),
    ("npv_owner_cny", "npv_owner", "CNY", 0),
    ("irr", "internal_rate_of_return", "1", 4),
    ("irr_status", "irr_status", "", 0),
    ("payback_a", "simple_payback", "a", 1),
    ("payback_discounted_a", "discounted_payback", "a", 1),
    ("carbon_cost_cny_per_t", "cost_of_carbon", "CNY/t", 0),
    ("investment_cny_per_tce", "cost_per_saving", "CNY/tce", 0),
    ("cost_per_share_point_cny", "cost_per_share_point", "CNY", 0),
    ("saved_energy_cost_cny_per_tce", "levelised_cost_of_saved_energy", "CNY/tce", 0),
    ("share_gain", "benchmark_share_gain", "1", 4),
    ("nox_t_per_a", "nox_reduction", "t/a", 1),
    ("so2_t_per_a", "so2_reduction", "t/a", 1),
    ("dust_t_per_a", "dust_reduction", "t/a", 1),
    ("voc_t_per_a", "voc_reduction", "t/a", 1),
    ("fluoride_t_per_a", "fluoride_reduction", "t/a", 1),
    ("nox_in_bundle_t_per_a", "nox_in_bundle", "t/a", 1),
    ("so2_in_bundle_t_per_a", "so2_in_bundle", "t/a", 1),
    ("dust_in_bundle_t_per_a", "dust_in_bundle", "t/a", 1),
    ("voc_in_bundle_t_per_a", "voc_in_bundle", "t/a", 1),
    ("fluoride_in_bundle_t_per_a", "fluoride_in_bundle", "t/a", 1),
    ("benchmark_probability", "benchmark_probability", "1", 3),
    ("top_group_probability", "top_group_probability", "1", 3),
    ("rank_p10", "rank_p10", "", 0),
    ("rank_p90", "rank_p90", "", 0),
    ("saving_p10_tce_per_a", "saving_p10", "tce/a", 0),
    ("saving_p90_tce_per_a", "saving_p90", "tce/a", 0),
    ("npv_p10_cny", "npv_p10", "CNY", 0),
    ("npv_p90_cny", "npv_p90", "CNY", 0),
    ("evidence", "evidence", "", 0),
    ("money_evidence", "money_evidence", "", 0),
    ("status", "status", "", 0),
    ("blame", "variable_at_fault", "", 0),
    ("warnings", "warnings", "", 0),
    ("declared", "declared_figures", "", 0),
    ("energy_penalty_tce_per_a", "energy_penalty", "tce/a", 0),
    ("pollutant_cost_cny_per_t", "cost_per_tonne_pollutant", "CNY/t", 0),
    ("gain_allowances_cny_per_a", "gain_of_allowances", "CNY/a", 0),
    ("gain_surcharge_cny_per_a", "gain_of_surcharge", "CNY/a", 0),
    ("gain_tax_cny_per_a", "gain_of_environment_tax", "CNY/a", 0),
    ("gain_support_cny_per_a", "gain_of_clean_power_support", "CNY/a", 0),
)
_SHARES = (
    ("sector", "sector", "", 0),
    ("process", "process", "", 0),
    ("capacity", "capacity", "", 1),
    ("capacity_unit", "unit_of_measure", "", 0),
    ("share_now", "benchmark_share_now", "1", 4),
    ("share_with_all", "benchmark_share_with_all", "1", 4),
    ("target_above", "share_target", "1", 4),
    ("target_met_now", "target_met_now", "", 0),
    ("target_met_with_all", "target_met_with_all", "", 0),
    ("mean_share_now", "mean_share_now", "1", 4),
    ("mean_share_with_all", "mean_share_with_all", "1", 4),
    ("confident_share_with_all", "confident_share_with_all", "1", 4),
    ("worse_than_baseline_now", "share_worse_than_baseline", "1", 4),
    ("ungraded_now", "share_ungraded", "1", 4),
    ("share_without_retirement", "share_without_retirement", "1", 4),
    ("retired_capacity", "retired_capacity", "", 1),
    ("retired_over_cap", "retired_over_cap", "", 0),
    ("mean_indicator_now", "mean_indicator_now", "", 1),
    ("mean_indicator_with_all", "mean_indicator_with_all", "", 1),
    ("uncredited_now", "uncredited_now", "", 1),
    ("uncredited_with_all", "uncredited_with_all", "", 1),
    ("target_mean", "target_mean", "", 1),
    ("indicator_unit", "unit_of_measure", "", 0),
    ("ultra_low_now", "ultra_low_now", "1", 4),
    ("ultra_low_with_all", "ultra_low_with_all", "1", 4),
    ("ultra_low_unknown", "ultra_low_unknown", "1", 4),
)
_TOTALS = (
    ("convention", "accounting_convention", "", 0),
    ("gross_now_tce_per_a", "gross_now", "tce/a", 0),
    ("gross_with_all_tce_per_a", "gross_with_all", "tce/a", 0),
    ("feedstock_now_tce_per_a", "feedstock_now", "tce/a", 0),
    ("feedstock_with_all_tce_per_a", "feedstock_with_all", "tce/a", 0),
    ("renewable_added_tce_per_a", "renewable_added", "tce/a", 0),
    ("net_now_tce_per_a", "net_now", "tce/a", 0),
    ("net_with_all_tce_per_a", "net_with_all", "tce/a", 0),
    ("plants_missing", "plants_missing", "", 0),
)
_DECKS = (
    ("deck", "price_deck", "", 0),
    ("kendall_tau", "kendall_tau", "1", 3),
    ("rank", "rank", "", 0),
    ("plant", "plant", "", 0),
    ("proposal", "proposal", "", 0),
    ("npv_cny", "net_present_value", "CNY", 0),
)
_TORNADO = (
    ("kind", "uncertain_kind", "", 0),
    ("name", "uncertain_thing", "", 0),
    ("saving_low_tce_per_a", "saving_at_p10", "tce/a", 0),
    ("saving_high_tce_per_a", "saving_at_p90", "tce/a", 0),
    ("npv_low_cny", "npv_at_p10", "CNY", 0),
    ("npv_high_cny", "npv_at_p90", "CNY", 0),
)
_EMISSIONS = (
    ("scope", "scope", "", 0),
    ("name", "plant", "", 0),
    ("pollutant", "pollutant", "", 0),
    ("now_t_per_a", "emitted_now", "t/a", 1),
    ("with_all_t_per_a", "emitted_with_all", "t/a", 1),
    ("less_t_per_a", "emitted_less", "t/a", 1),
    ("permit_t_per_a", "emission_permit", "t/a", 1),
    ("plants_unknown", "plants_missing", "", 0),
)
_LIMITS = (
    ("plant", "plant", "", 0),
    ("process", "process", "", 0),
    ("pollutant", "pollutant", "", 0),
    ("limit_mg_per_m3", "limit_in_force", "mg/m3", 1),
    ("now_mg_per_m3", "mean_now", "mg/m3", 1),
    ("state_now", "compliance_now", "", 0),
    ("with_all_mg_per_m3", "mean_with_all", "mg/m3", 1),
    ("state_with_all", "compliance_with_all", "", 0),
)
_BINS = (
    ("plant", "plant", "", 0),
    ("proposal", "proposal", "", 0),
    ("point", "operating_point", "", 0),
    ("hours", "operating_hours", "h", 0),
    ("state", "operating_state", "", 0),
    ("saving_tce_per_a", "energy_saving_equivalent", "tce/a", 0),
    ("co2_t_per_a", "co2_reduction", "t/a", 0),
)
_RUN = (
    ("plant", "plant", "", 0),
    ("process", "process", "", 0),
    ("status", "status", "", 0),
    ("blame", "variable_at_fault", "", 0),
    ("kind", "result_kind", "", 0),
    ("name", "variable", "", 0),
    ("value", "value", "", 4),
    ("unit", "unit_of_measure", "", 0),
    ("evidence", "evidence", "", 0),
    ("point", "operating_point", "", 0),
)


TABLES = {
    "rank": _RANK,
    "shares": _SHARES,
    "run": _RUN,
    "totals": _TOTALS,
    "decks": _DECKS,
    "tornado": _TORNADO,
    "bins": _BINS,
    "emissions": _EMISSIONS,
    "limits": _LIMITS,
}


def columns(lib: Library, which: str) -> tuple[Column, ...]:
    """Return the columns of one of TABLES with their labels from the glossary."""
    rows = TABLES[which]
    return tuple(Column(key, lib.word(term), unit, digits) for key, term, unit, digits in rows)


def number(value: float) -> float | None:
    """Return a number fit for a table: None for NaN and infinities."""
    return value if math.isfinite(value) else None


def in_unit(lib: Library, si: float, unit: str, quantity: str) -> float | None:
    """Return an SI number in a unit; None when it isn't finite."""
    return number(lib.units.from_si(si, unit, quantity)) if math.isfinite(si) else None


def rank_records(ranking: Ranking, lib: Library) -> list[dict[str, Any]]:
    """Return one record per proposal, in order of rank."""
    nothing = ProposalSpread(NO_SPREAD, NO_SPREAD, math.nan, math.nan, np.empty(0), np.empty(0))
    layers = _layers(ranking)
    return [
        _rank_record(r, ranking.spreads.get((r.plant.id, r.proposal.id), nothing), layer, lib)
        for r, layer in zip(ranking.proposals, layers, strict=True)
    ]


def _layers(ranking: Ranking) -> list[int | None]:
    """Return each proposal's Pareto layer by capex and energy saved: 1 is dominated by none; None without figures."""
    known = [i for i, r in enumerate(ranking.proposals) if math.isfinite(r.capex) and math.isfinite(r.saving)]
    layers: list[int | None] = [None] * len(ranking.proposals)
    if known:
        cost = np.array([ranking.proposals[i].capex for i in known])
        benefit = np.array([ranking.proposals[i].saving for i in known])
        for i, layer in zip(known, pareto_layers(cost, benefit), strict=True):
            layers[i] = int(layer)
    return layers


def _rank_record(r: ProposalRow, s: ProposalSpread, layer: int | None, lib: Library) -> dict[str, Any]:
    declaration = lib.declaration(r.plant.process)
    indicator = lib.indicators(r.plant.process)[r.indicator or declaration.main_indicator]

    def tce(value: float) -> float | None:
        return in_unit(lib, value, "tce/a", "annual_energy")

    return {
        "rank": r.rank or None,
        "plant": r.plant.id,
        "proposal": r.proposal.id,
        "retrofit": r.proposal.retrofit,
        "kind": r.retrofit.kind,
        "indicator": indicator.name,
        "indicator_unit": indicator.unit,
        "indicator_before": in_unit(lib, r.before, indicator.unit, indicator.quantity),
        "indicator_after": in_unit(lib, r.after, indicator.unit, indicator.quantity),
        "level_before": r.level_before,
        "level_after": r.level_after,
        "saving_tce_per_a": tce(r.saving),
        "saving_low_tce_per_a": tce(r.saving_low),
        "saving_high_tce_per_a": tce(r.saving_high),
        "saving_equal_value_tce_per_a": tce(r.saving_equal_value),
        "co2_t_per_a": number(r.carbon / 1000.0),  # for one release: co2_accounted_t_per_a
        "co2_accounted_t_per_a": number(r.carbon / 1000.0),
        "co2_physical_t_per_a": number(r.carbon_physical / 1000.0),
        "co2_basis": r.carbon_basis or None,
        "saving_in_bundle_tce_per_a": tce(r.saving_in_bundle),
        "list": r.list,
        "calibrated": r.calibrated,
        "pareto_layer": layer,
        "capex_cny": number(r.capex),
        "yearly_gain_cny_per_a": number(r.yearly_gain),
        "npv_cny": number(r.npv),
        "npv_after_tax_cny": number(r.npv_after_tax),
        "npv_owner_cny": number(r.npv_owner),
        "irr": number(r.irr),
        "irr_status": r.irr_status,
        "payback_a": number(r.payback),
        "payback_discounted_a": number(r.payback_discounted),
        "carbon_cost_cny_per_t": number(r.cost_of_carbon * 1000.0),
        "investment_cny_per_tce": number(r.investment_per_saving * lib.units.to_si(1, "tce", "energy")),
        "cost_per_share_point_cny": number(r.capex / (100 * r.share_points)) if r.share_points > 0 else None,
        "saved_energy_cost_cny_per_tce": number(r.cost_of_saved_energy * lib.units.to_si(1, "tce", "energy")),
        "share_gain": r.share_points,
        **{f"{p}_t_per_a": number(a / 1000.0) for p, a in r.pollutants.items()},
        **{
            f"{p}_in_bundle_t_per_a": number(r.pollutants_in_bundle.get(p, math.nan) / 1000.0)
            for p in r.pollutants
        },
        "benchmark_probability": number(s.reaches),
        "top_group_probability": number(s.top),
        "rank_p10": number(s.rank.p10),
        "rank_p90": number(s.rank.p90),
        "saving_p10_tce_per_a": tce(s.saving.p10),
        "saving_p90_tce_per_a": tce(s.saving.p90),
        "npv_p10_cny": number(s.npv.p10),
        "npv_p90_cny": number(s.npv.p90),
        "evidence": r.evidence,
        "money_evidence": r.money_evidence,
        "status": r.status,
        "blame": r.blame,
        "warnings": " ".join(code for code, _ in r.warnings),
        "declared": r.declared,
        "energy_penalty_tce_per_a": tce(-r.saving) if r.list == "compliance" else None,
        # of other measures it would be a ratio with a negative cost, which orders nothing
        "pollutant_cost_cny_per_t": number(r.cost_of_pollutant * 1000.0) if r.list == "compliance" else None,
        **{f"gain_{p}_cny_per_a": number(r.policy[p]) if p in r.policy else None for p in POLICIES},
    }


def share_records(ranking: Ranking, lib: Library) -> list[dict[str, Any]]:
    """Return one record per sector."""
    return [_share_record(s, lib.declaration(s.process), lib) for s in ranking.sectors]


def _share_record(s: SectorRow, declaration: Any, lib: Library) -> dict[str, Any]:
    total = s.now.total
    indicator = lib.indicators(s.process)[s.indicator or declaration.main_indicator]

    def met(share: float) -> bool | None:
        return None if s.target is None or math.isnan(share) else share > s.target

    def mean(value: float) -> float | None:
        return in_unit(lib, value, indicator.unit, indicator.quantity)

    return {
        "sector": s.sector,
        "process": s.process,
        "capacity": in_unit(lib, total, declaration.capacity_unit, declaration.capacity_quantity),
        "capacity_unit": declaration.capacity_unit,
        "share_now": number(s.now.share),
        "share_with_all": number(s.then.share),
        "target_above": s.target,
        "target_met_now": met(s.now.share),
        "target_met_with_all": met(s.then.share),
        "mean_share_now": number(s.mean_now),
        "mean_share_with_all": number(s.mean_then),
        "confident_share_with_all": number(s.confident_then),
        "worse_than_baseline_now": number(s.now.worse / total) if total else None,
        "ungraded_now": number(s.now.ungraded / total) if total else None,
        "share_without_retirement": number(s.then_kept.share) if s.then_kept else None,
        "retired_capacity": in_unit(lib, s.retired, declaration.capacity_unit, declaration.capacity_quantity),
        "retired_over_cap": " ".join(s.retired_over),
        "mean_indicator_now": mean(s.mean_indicator_now),
        "mean_indicator_with_all": mean(s.mean_indicator_then),
        "uncredited_now": mean(s.uncredited_now),
        "uncredited_with_all": mean(s.uncredited_then),
        "target_mean": None if s.target_mean is None else mean(s.target_mean),
        "indicator_unit": indicator.unit,
        "ultra_low_now": number(s.ultra_low_now),
        "ultra_low_with_all": number(s.ultra_low_then),
        "ultra_low_unknown": number(s.ultra_low_unknown),
    }


def plant_records(rows: Sequence[PlantRow], lib: Library) -> list[dict[str, Any]]:
    """Return one record per plant as it is: indicator, levels, energy, CO2."""
    records = []
    for r in rows:
        indicator = lib.indicators(r.plant.process)[r.indicator]
        threshold = r.threshold

        def si(value: float | None, of: Any = indicator) -> float | None:
            return None if value is None else in_unit(lib, value, of.unit, of.quantity)

        records.append(
            {
                "plant": r.plant.id,
                "indicator": r.indicator,
                "indicator_value": si(r.value),
                "indicator_unit": indicator.unit,
                "benchmark": si(threshold.benchmark) if threshold else None,
                "baseline": si(threshold.baseline) if threshold else None,
                "level": r.level,
                "gb_level": r.gb or None,
                "energy_tce_per_a": in_unit(lib, r.energy, "tce/a", "annual_energy"),
                "energy_equal_value_tce_per_a": in_unit(lib, r.energy_equal_value, "tce/a", "annual_energy"),
                "co2_t_per_a": number(r.carbon / 1000.0),  # for one release: co2_accounted_t_per_a
                "co2_accounted_t_per_a": number(r.carbon / 1000.0),
                "co2_physical_t_per_a": number(r.carbon_physical / 1000.0),
                "co2_basis": r.carbon_basis or None,
                "evidence": r.evidence,
                "status": r.status,
                "blame": r.blame,
            }
        )
    return records


def run_records(results: Mapping[str, tuple[list[Plant], Solved]], lib: Library) -> list[dict[str, Any]]:
    """Return one record per plant and figure: indicators, ledger by carrier, yearly outputs."""
    records = []
    for process, (plants, solved) in results.items():
        for i, plant in enumerate(plants):
            o = solved.outcome(i, plant.id, value_evidence(plant))
            head = {"plant": plant.id, "process": process, "status": o.status, "blame": o.blame}
            for kind, name, value, unit in _figures(process, o, lib):
                records.append(
                    {**head, "kind": kind, "name": name, "value": value, "unit": unit, "evidence": o.evidence}
                )
    return records


def _figures(process: str, outcome: Any, lib: Library) -> list[tuple[str, str, float | None, str]]:
    figures = []
    for name, indicator in lib.indicators(process).items():
        value = in_unit(lib, outcome.indicators[name], indicator.unit, indicator.quantity)
        figures.append(("indicator", name, value, indicator.unit))
    for carrier, amount in outcome.ledger.items():
        e = lib.carriers[carrier]
        figures.append(("ledger", carrier, in_unit(lib, amount, e["unit"], e["quantity"]), e["unit"] + "/a"))
    declaration = lib.declaration(process)
    for name, amount in outcome.yearly.items():
        v = declaration.variables[name]
        if v.yearly == "integral":
            rate = amount / outcome.seconds if outcome.seconds else math.nan
            figures.append(("mean_rate", name, in_unit(lib, rate, v.unit, v.quantity), v.unit))
        else:
            figures.append(("output", name, in_unit(lib, amount, v.unit, v.quantity), v.unit))
    return figures
