"""Sectors: capacity by level reached, shares, targets, retirement, and what each proposal adds to them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from plantsim.engine.ranking import BundleRow, PlantRow, ProposalRow, SectorRow
from plantsim.engine.sample import PlantSpread
from plantsim.engine.standards import REACHED, UNGRADED, Share, share_of
from plantsim.library import Library
from plantsim.vocabulary.case import Case, Plant, Target, scalar


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
    sectors = [
        _sector_row(case, lib, process, members, done) for process, members in sorted(by_process.items())
    ]
    now = {s.process: s.now for s in sectors}
    return sectors, {(p.plant.id, p.proposal.id): _points(p, now[p.plant.process]) for p in proposals}


def _points(p: ProposalRow, now: Share) -> float:
    """Return what a proposal alone adds to the share of its process."""
    size = size_of(p.plant)
    if p.proposal.cancels_capacity and now.total > size:
        mine = size * (p.level_before == REACHED)
        return (now.benchmark - mine) / (now.total - size) - now.benchmark / now.total
    if now.total > 0 and p.level_after != UNGRADED:
        return ((p.level_after == REACHED) - (p.level_before == REACHED)) * size / now.total
    return 0.0


def retired_within(
    members: Sequence[PlantRow], done: Mapping[str, BundleRow], cap: float | None
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return (plants that leave the register, plants whose retirement the sector's cap does not allow).

    cap: most of the sector's capacity that may be retired, None without one. Those furthest above their benchmark
    level go first, plants without a level last; one that does not fit any more is passed over.
    """
    leaving = [m for m in members if m.plant.id in done and done[m.plant.id].cancelled]
    whole = sum(size_of(m.plant) for m in members)
    gone: list[str] = []
    over: list[str] = []
    used = 0.0
    for m in sorted(leaving, key=_worst_first):
        size = size_of(m.plant)
        if cap is not None and used + size > cap * whole * (1 + 1e-12):
            over.append(m.plant.id)
            continue
        used += size
        gone.append(m.plant.id)
    return frozenset(gone), tuple(over)


def _worst_first(m: PlantRow) -> tuple[float, str]:
    limit = m.threshold.benchmark or m.threshold.baseline if m.threshold else None
    excess = m.value / limit if limit and not math.isnan(m.value) else -math.inf
    return -excess, m.plant.id


def _sector_row(
    case: Case, lib: Library, process: str, members: Sequence[PlantRow], done: Mapping[str, BundleRow]
) -> SectorRow:
    sector = lib.declaration(process).sector
    indicator, alike = _held_against(lib, process, members)
    targets = [t for t in case.targets if t.sector == sector]
    share_target = _first(targets, "share_above")
    mean_target = _first(targets, "mean_at_most")
    cap = _first(targets, "retire_at_most")
    gone, over = retired_within(members, done, cap)
    left = [m for m in members if m.plant.id not in gone]

    def then(m: PlantRow) -> str:
        return done[m.plant.id].level_after if m.plant.id in done else m.level

    working = [m for m in left if not (m.plant.id in done and done[m.plant.id].retired)]
    then_alike = [m for m in working if m in alike]
    size = sum(size_of(m.plant) for m in members)
    ultra = [(size_of(m.plant), m.ultra_low) for m in members]
    ultra_then = [
        (size_of(m.plant), done[m.plant.id].ultra_low if m.plant.id in done else m.ultra_low) for m in left
    ]
    return SectorRow(
        sector=sector,
        process=process,
        now=share_of(sector, [m.plant for m in members], [m.level for m in members]),
        then=share_of(sector, [m.plant for m in left], [then(m) for m in left]),
        target=share_target,
        target_mean=None if mean_target is None else scalar(mean_target),
        indicator=indicator,
        mean_indicator_now=_mean([m.value for m in alike], [m.product for m in alike]),
        mean_indicator_then=_mean(
            [_after(m, done) for m in then_alike], [_made(m, done, lib) for m in then_alike]
        ),
        then_kept=share_of(sector, [m.plant for m in members], [then(m) for m in members]),
        retired=sum(size_of(m.plant) for m in members if m.plant.id in gone),
        retire_cap=None if cap is None else cap * size,
        retired_over=over,
        uncredited_now=_uncredited(lib, process, [m.ledger for m in members]),
        uncredited_then=_uncredited(
            lib,
            process,
            [(done[m.plant.id].ledger if m.plant.id in done else {}) or m.ledger for m in working],
        ),
        ultra_low_now=_share(ultra, True),
        ultra_low_then=_share(ultra_then, True),
        ultra_low_unknown=_share(ultra, None),
    )


def _held_against(lib: Library, process: str, members: Sequence[PlantRow]) -> tuple[str, list[PlantRow]]:
    """Return the indicator of a sector's mean, and the plants that are held against it.

    Plants whose rows are written on different figures have no common mean: it's that of the main indicator's.
    """
    held = {m.indicator for m in members}
    name = held.pop() if len(held) == 1 else lib.declaration(process).main_indicator
    return name, [m for m in members if m.indicator == name]


def _after(m: PlantRow, done: Mapping[str, BundleRow]) -> float:
    """Return a plant's indicator with everything done; as it is where that has no solution."""
    after = done[m.plant.id].after if m.plant.id in done else m.value
    return m.value if math.isnan(after) else after


def _made(m: PlantRow, done: Mapping[str, BundleRow], lib: Library) -> float:
    """Return the main product of a plant in a year with everything done, SI; as it is where that is not known."""
    declaration = lib.declaration(m.plant.process)
    product = declaration.variables.get(declaration.product)
    after = done[m.plant.id].ledger if m.plant.id in done else {}
    if m.declared or product is None or product.ledger is None:
        return m.product
    made = -after.get(product.ledger.carrier, math.nan)
    return m.product if math.isnan(made) else made


def _first(targets: Sequence[Target], name: str) -> Any:
    return next((found for t in targets if (found := getattr(t, name)) is not None), None)


def _share(sizes: Sequence[tuple[float, bool | None]], word: bool | None) -> float:
    whole = sum(size for size, _ in sizes)
    return sum(size for size, found in sizes if found is word) / whole if whole > 0 else math.nan


def _uncredited(lib: Library, process: str, ledgers: Sequence[Mapping[str, float]]) -> float:
    """Return fuel taken in over main product made, for a process whose main product is power; else NaN."""
    declaration = lib.declaration(process)
    product = declaration.variables.get(declaration.product)
    if product is None or product.ledger is None or product.ledger.carrier != "electricity":
        return math.nan
    power = {"electricity", "grid_electricity", "green_electricity"}
    fuels = [
        c
        for c, e in lib.carriers.items()
        if (e["kind"], e["quantity"]) == ("energy", "energy") and c not in power
    ]
    fuel = sum(max(ledger.get(c, 0.0), 0.0) for ledger in ledgers for c in fuels)
    made = sum(-ledger.get("electricity", 0.0) for ledger in ledgers)
    return fuel / made if made > 0 else math.nan


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """Return the weighted mean over plants that have both; NaN when none has."""
    pairs = [(v, w) for v, w in zip(values, weights, strict=True) if math.isfinite(v) and w > 0]
    whole = sum(w for _, w in pairs)
    return sum(v * w for v, w in pairs) / whole if whole > 0 else math.nan


def drawn_sector(
    s: SectorRow,
    rows: Sequence[PlantRow],
    drawn: Mapping[str, PlantSpread],
    sure: float,
    gone: frozenset[str],
    done: Mapping[str, BundleRow],
) -> SectorRow:
    """Return a sector with its mean and confident shares.

    A declared plant reaches what it declares; a plant without draws or level counts as not reaching. sure:
    probability from which on a plant counts in the confident share; gone: plants whose capacity is cancelled when
    everything is done, which leave those denominators; done: what all proposals do, by plant.
    """
    now = then = mean_now = mean_then = confident = 0.0
    for row in rows:
        if row.plant.process != s.process:
            continue
        size, d = size_of(row.plant), drawn.get(row.plant.id)
        level = done[row.plant.id].level_after if row.plant.id in done else row.level
        fixed, fixed_then = (float(row.declared and word == REACHED) for word in (row.level, level))
        before = fixed if d is None else float(np.nan_to_num(d.reaches_now))
        after = fixed_then if d is None else float(np.nan_to_num(d.reaches_with_all))
        now += size
        mean_now += size * before
        if row.plant.id not in gone:
            then += size
            mean_then += size * after
            confident += size * (after >= sure)
    return replace(
        s,
        mean_now=mean_now / now if now else math.nan,
        mean_then=mean_then / then if then else math.nan,
        confident_then=confident / then if then else math.nan,
    )
