"""Sectors: capacity by level reached, shares, targets, and what each proposal adds to them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from plantsim.engine.ranking import BundleRow, PlantRow, ProposalRow, SectorRow
from plantsim.engine.sample import PlantSpread
from plantsim.engine.standards import REACHED, UNGRADED, share_of
from plantsim.library import Library
from plantsim.vocabulary.case import Case, Plant


def size_of(plant: Plant) -> float:
    """Return the capacity that counts in shares, SI; 0 for a plant without one."""
    return float(plant.capacity.si) if plant.capacity and not isinstance(plant.capacity.si, tuple) else 0.0


def sector_rows(
    case: Case,
    lib: Library,
    rows: Sequence[PlantRow],
    bundles: Sequence[BundleRow],
    proposals: Sequence[ProposalRow],
) -> tuple[list[SectorRow], dict[tuple[str, str], float]]:
    """Return each process's share now and with everything done, and what each proposal adds to it alone.

    A plant whose retirement cancels its capacity leaves the denominator; a retired one that does not stays in it.
    """
    by_process: dict[str, list[PlantRow]] = {}
    for row in rows:
        by_process.setdefault(row.plant.process, []).append(row)
    done = {b.plant.id: b for b in bundles}
    sectors = []
    for process, members in sorted(by_process.items()):
        sectors.append(_sector_row(case, lib, process, members, done))
    total = {p: s.now.total for s in sectors for p in [s.process]}
    cancelled = {(p.plant.id, p.proposal.id) for p in proposals if p.proposal.cancels_capacity}
    points = {}
    for p in proposals:
        key, whole = (p.plant.id, p.proposal.id), total[p.plant.process]
        reached_now = next(s.now.benchmark for s in sectors if s.process == p.plant.process)
        if key in cancelled and whole > size_of(p.plant):
            mine = size_of(p.plant) * (p.level_before == REACHED)
            points[key] = (reached_now - mine) / (whole - size_of(p.plant)) - reached_now / whole
        elif whole > 0 and p.level_after != UNGRADED:
            points[key] = (
                ((p.level_after == REACHED) - (p.level_before == REACHED)) * size_of(p.plant) / whole
            )
        else:
            points[key] = 0.0
    return sectors, points


def _sector_row(
    case: Case, lib: Library, process: str, members: Sequence[PlantRow], done: Mapping[str, BundleRow]
) -> SectorRow:
    sector = lib.declaration(process).sector
    target = next((t for t in case.targets if t.sector == sector), None)
    plants = [m.plant for m in members]
    gone = {m.plant.id for m in members if m.plant.id in done and done[m.plant.id].cancelled}
    left = [m for m in members if m.plant.id not in gone]
    after = [done[m.plant.id].level_after if m.plant.id in done else m.level for m in left]
    value_after = [done[m.plant.id].after if m.plant.id in done else m.value for m in left]
    mean_limit = None
    if target is not None and target.mean_at_most is not None:
        mean_limit = float(target.mean_at_most.si)  # type: ignore[arg-type]
    return SectorRow(
        sector=sector,
        process=process,
        now=share_of(sector, plants, [m.level for m in members]),
        then=share_of(sector, [m.plant for m in left], after),
        target=target.share_above if target else None,
        target_mean=mean_limit,
        mean_indicator_now=_mean([m.value for m in members], [m.product for m in members]),
        mean_indicator_then=_mean(value_after, [m.product for m in left]),
    )


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """Return the weighted mean over plants that have both; NaN when none has."""
    pairs = [(v, w) for v, w in zip(values, weights, strict=True) if math.isfinite(v) and w > 0]
    whole = sum(w for _, w in pairs)
    return sum(v * w for v, w in pairs) / whole if whole > 0 else math.nan


def drawn_sector(
    s: SectorRow, rows: Sequence[PlantRow], drawn: Mapping[str, PlantSpread], sure: float
) -> SectorRow:
    """Return a sector with its mean and confident shares; a plant without draws or level counts as not reaching.

    sure: probability from which on a plant counts in the confident share.
    """
    if not s.now.total:
        return s
    mean_now = mean_then = confident = 0.0
    for row in rows:
        if row.plant.process != s.process or row.plant.id not in drawn:
            continue
        weight, d = size_of(row.plant) / s.now.total, drawn[row.plant.id]
        mean_now += weight * float(np.nan_to_num(d.reaches_now))
        mean_then += weight * float(np.nan_to_num(d.reaches_with_all))
        confident += weight * (float(np.nan_to_num(d.reaches_with_all)) >= sure)
    return replace(s, mean_now=mean_now, mean_then=mean_then, confident_then=confident)
