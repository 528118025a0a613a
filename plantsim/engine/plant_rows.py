"""Rows of plants as they are, and of what all proposals of a plant do together."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from plantsim.engine.batch import Block
from plantsim.engine.calibrate import DISAGREES, record_sd
from plantsim.engine.carbon import accounted, physical
from plantsim.engine.groups import Group
from plantsim.engine.influence import moves
from plantsim.engine.limits import held_against
from plantsim.engine.plans import PlantPlans
from plantsim.engine.ranking import BundleRow, PlantRow
from plantsim.engine.service import taken
from plantsim.engine.standards import gb_level, level_of, reached
from plantsim.engine.ultra_low import COMPLETED, completed, rule_of, worst_ratio
from plantsim.library import Library
from plantsim.vocabulary.case import Plant, Proposal, scalar, weakest, yearly_record
from plantsim.vocabulary.status import OK, status_name


def plant_row(group: Group, plan: PlantPlans) -> PlantRow:
    """Return a simulated plant as it is."""
    case, lib, plant, name = group.case, group.lib, plan.plant, group.basis_of(plan.plant).indicator
    value = float(group.batch.indicator(plan.before, name)[0])
    ndrc, gb = (level_of(case, lib, plant, which) for which in ("ndrc", "gb"))
    graded = {n: float(group.batch.indicator(plan.before, n)[0]) for n in gb.of_levels} if gb else {}
    if gb and f"indicator.{plant.process}" in case.accounting:
        graded[gb.indicator] = value  # the case's own choice stands for the figure that the row is written on
    ledger = taken(group.batch.ledger(plan.before), group.trade(plant).before)
    effects = group.batch.indicator(plan.moved, name)
    words = [n for n, e in zip(plan.moved_names, effects, strict=True) if moves(value, float(e))]
    code, blame = group.status(plan.before)
    f, rule = group.basis.factors, group.basis_of(plant).rule
    gap, agrees = _against_record(plant, lib, name, value)
    return PlantRow(
        plant=plant,
        status=status_name(code),
        blame=blame,
        indicator=name,
        value=value,
        level=reached(ndrc, value),
        gb=gb_level(gb, graded),
        threshold=ndrc,
        energy=float(np.ravel(f.total("equivalent", ledger))[0]),
        energy_equal_value=float(np.ravel(f.total("equal_value", ledger))[0]),
        carbon=float(np.ravel(accounted(f, rule, ledger))[0]),
        carbon_physical=float(np.ravel(physical(f, rule, ledger))[0]),
        carbon_basis=rule.basis,
        evidence=weakest([*words, *([ndrc.evidence] if ndrc else [])]),
        seconds=float(np.sum([p.hours.si for p in plant.operation])),
        product=float(-ledger[group.basis.product][0]),
        record_gap=gap,
        calibrated=agrees,
        ledger={c: float(a[0]) for c, a in ledger.items()},
        ultra_low=_ultra_low(group, plan, done=False),
        conventions=_conventions(group, plan.before, name),
        warnings=group.failure(plan.before),
        stack=_stack(group, plan, done=False),
    )


def _stack(group: Group, plan: PlantPlans, done: bool) -> dict[str, tuple[float, float]]:
    """Return (mean of the year, limit in force) by pollutant at the plant's stack."""
    solved, row = group.batch.first(plan.done if done else plan.before)
    return held_against(group.lib, plan.plant.process, group.case.date, solved, row)


def _conventions(group: Group, block: Block, indicator: str) -> dict[str, float]:
    """Return an indicator as other conventions count it, by name, SI."""
    shelf = group.lib.indicators(group.batch.declaration.process)
    names = [n for n, i in shelf.items() if i.convention_of == indicator]
    return {n: float(group.batch.indicator(block, n)[0]) for n in names}


def _against_record(plant: Plant, lib: Library, indicator: str, value: float) -> tuple[float, bool]:
    """Return (model less the plant's record of its year, whether it is within two standard uncertainties of it)."""
    record = yearly_record(plant, indicator)
    if record is None or isinstance(record.si, tuple) or math.isnan(value):
        return math.nan, False
    gap = value - record.si
    return gap, abs(gap) <= DISAGREES * record_sd(record, lib)


def _ultra_low(group: Group, plan: PlantPlans, done: bool) -> bool | None:
    """Return whether ultra-low emission is completed: what the plant states and its proposals complete, and whether the
    model's concentrations hold the limits hour by hour.
    """
    rule = rule_of(group.lib, plan.plant.process)
    solved, row = group.batch.first(plan.done if done else plan.before)
    shelf = group.lib.retrofits(plan.plant.process)
    completing = done and any(
        COMPLETED in shelf[plan.plant.proposals[k].retrofit].completes for k in plan.together
    )
    return completed(rule, plan.plant, float(worst_ratio(rule, solved)[row]), completing)


def bundle_row(group: Group, plan: PlantPlans, base: PlantRow) -> BundleRow | None:
    """Return what all feasible proposals do together; None for a plant without any."""
    shelf = group.lib.retrofits(plan.plant.process)
    retired = [p for p in plan.plant.proposals if shelf[p.retrofit].kind == "retire"]
    members = sorted(plan.together)
    if not members:
        if not retired:
            return None
        return _retired_bundle(group, plan, retired, base)
    block = plan.done
    code, _ = group.status(plan.before, block)
    found, shared = group.compare(plan, block), group.compare(plan, block, together=True)
    alone = [group.compare(plan, plan.alone[k]["likely"]) for k in members]
    after = float(found.after[0])
    ledger = taken(group.batch.ledger(block), group.trade(plan.plant, together=True).after)
    return BundleRow(
        plant=plan.plant,
        proposals=tuple(plan.plant.proposals[k].id for k in members),
        status=status_name(code),
        after=after,
        level_after=reached(base.threshold, after) if code == OK else base.level,
        saving=float(found.saving[0]),
        sum_of_parts=float(sum(a.saving[0] for a in alone)),
        saving_shared=float(shared.saving[0]),
        saving_shared_equal_value=float(shared.saving_equal_value[0]),
        carbon_shared=float(shared.carbon[0]),
        ledger={c: float(a[0]) for c, a in ledger.items()},
        ultra_low=_ultra_low(group, plan, done=True),
        conventions=_conventions(group, block, base.indicator),
        stack=_stack(group, plan, done=True),
    )


def _retired_bundle(group: Group, plan: PlantPlans, retired: Sequence[Proposal], base: PlantRow) -> BundleRow:
    """Return what retiring a plant does: what it took in, less what its named replacement takes."""
    replacement = next((p.replacement for p in retired if p.replacement is not None), None)
    saving = equal = 0.0
    if replacement is not None:
        replaced = base.product * scalar(replacement)
        saving, equal = base.energy - replaced, base.energy_equal_value - replaced
    return BundleRow(
        plant=plan.plant,
        proposals=tuple(p.id for p in retired),
        status="ok",
        after=math.nan,
        level_after=base.level,
        saving=saving,
        sum_of_parts=saving,
        cancelled=any(p.cancels_capacity for p in retired),
        retired=True,
        saving_shared=saving,
        saving_shared_equal_value=equal,
        ultra_low=base.ultra_low,
    )
