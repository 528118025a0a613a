"""Records of what stands beside the ranking: the case's energy, the order at other price decks, a tornado."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plantsim.engine.bins import Bins
from plantsim.engine.columns import in_unit, number
from plantsim.engine.emitted import Emitted
from plantsim.engine.limits import Graded
from plantsim.engine.ranking import LISTS, ProposalRow, Ranking
from plantsim.engine.shares import kendall_tau
from plantsim.engine.tornado import Tornado
from plantsim.library import Library


def total_records(ranking: Ranking, lib: Library) -> list[dict[str, Any]]:
    """Return the case's energy as the dual control counts it: one record per convention."""

    def tce(value: float) -> float | None:
        return in_unit(lib, value, "tce/a", "annual_energy")

    return [
        {
            "convention": t.convention,
            "gross_now_tce_per_a": tce(t.gross_now),
            "gross_with_all_tce_per_a": tce(t.gross_then),
            "feedstock_now_tce_per_a": tce(t.feedstock_now),
            "feedstock_with_all_tce_per_a": tce(t.feedstock_then),
            "renewable_added_tce_per_a": tce(t.renewable_then - t.renewable_now),
            "net_now_tce_per_a": tce(t.net_now),
            "net_with_all_tce_per_a": tce(t.net_then),
            "plants_missing": " ".join(t.missing),
        }
        for t in ranking.totals
    ]


def tornado_records(found: Tornado, lib: Library) -> list[dict[str, Any]]:
    """Return one record per uncertain thing of a proposal, the one that moves it most first."""

    def tce(value: float) -> float | None:
        return in_unit(lib, value, "tce/a", "annual_energy")

    return [
        {
            "kind": b.kind,
            "name": b.name,
            "saving_low_tce_per_a": tce(b.saving[0]),
            "saving_high_tce_per_a": tce(b.saving[1]),
            "npv_low_cny": number(b.npv[0]),
            "npv_high_cny": number(b.npv[1]),
        }
        for b in found.bars
    ]


def emission_records(found: Sequence[Emitted]) -> list[dict[str, Any]]:
    """Return one record per pollutant of each plant, each district and the case."""
    return [
        {
            "scope": e.scope,
            "name": e.name,
            "pollutant": e.pollutant,
            "now_t_per_a": number(e.now / 1000.0),
            "with_all_t_per_a": number(e.then / 1000.0),
            "less_t_per_a": number((e.now - e.then) / 1000.0),
            "permit_t_per_a": number(e.permit / 1000.0),
            "plants_unknown": " ".join(e.unknown),
        }
        for e in found
    ]


def limit_records(found: Sequence[Graded], lib: Library) -> list[dict[str, Any]]:
    """Return one record per pollutant of each plant's stack."""

    def mg(value: float) -> float | None:
        return in_unit(lib, value, "mg/m3", "concentration")

    return [
        {
            "plant": g.plant.id,
            "process": g.plant.process,
            "pollutant": g.pollutant,
            "limit_mg_per_m3": mg(g.limit),
            "now_mg_per_m3": mg(g.now),
            "state_now": g.state_now,
            "with_all_mg_per_m3": mg(g.then),
            "state_with_all": g.state_then,
        }
        for g in found
    ]


def bin_records(found: Sequence[Bins], lib: Library) -> list[dict[str, Any]]:
    """Return one record per operating point of each proposal; state: <variable>=<value unit>, with blanks between."""
    records = []
    for bins in found:
        variables = lib.declaration(bins.plant.process).variables
        for b in bins.bins:
            state = []
            for name, si in b.state.items():
                v = variables[name]
                state.append(f"{name}={lib.units.from_si(si, v.unit, v.quantity):.6g}{v.unit}")
            records.append(
                {
                    "plant": bins.plant.id,
                    "proposal": bins.proposal,
                    "point": b.number,
                    "hours": b.seconds / 3600.0,
                    "state": " ".join(state),
                    "saving_tce_per_a": in_unit(lib, b.saving, "tce/a", "annual_energy"),
                    "co2_t_per_a": number(b.carbon / 1000.0),
                }
            )
    return records


def energy_list(ranking: Ranking) -> list[ProposalRow]:
    """Return the energy measures that have a rank, in order."""
    return [r for r in ranking.proposals if r.list == LISTS[0] and r.rank]


def agreement(ranking: Ranking, other: Ranking) -> float:
    """Return Kendall's tau between the orders of energy measures of two rankings."""
    orders = [[(r.plant.id, r.proposal.id) for r in energy_list(one)] for one in (ranking, other)]
    return kendall_tau(*orders)


def deck_records(ranking: Ranking, others: Mapping[str, Ranking]) -> list[dict[str, Any]]:
    """Return one record per energy measure at each further price deck, and how the order agrees with the case's."""
    tau = {deck: number(agreement(ranking, other)) for deck, other in others.items()}  # once per deck
    return [
        {
            "deck": deck,
            "kendall_tau": tau[deck],
            "rank": r.rank,
            "plant": r.plant.id,
            "proposal": r.proposal.id,
            "npv_cny": number(r.npv),
        }
        for deck, other in others.items()
        for r in energy_list(other)
    ]
