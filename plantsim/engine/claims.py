"""Published claims, recomputed: does the saving follow from the readings that the same publication states, and would
the plant still run?

A claim without readings cannot be recomputed: it needs more evidence. One whose saving misses its own readings by more
than TOLERANCE, or whose plant has no feasible state after the measure, is flagged. A claim of a level is held against
the most that its plant could reach: above it, it is flagged; where an efficiency would pass its own limit, rejected.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from plantsim.engine.alternatives import state_remedy
from plantsim.engine.evaluate import solve_process
from plantsim.engine.rows import changed_rows, join_records, plant_rows, repeat_year
from plantsim.library import Library
from plantsim.library.claims import Bound, PublishedClaim
from plantsim.processes import load
from plantsim.vocabulary.case import Plant
from plantsim.vocabulary.status import OK, status_name

TOLERANCE = 0.10  # of the recomputed saving: rounding of two printed readings is about half of it
PASSES, FLAGGED, REJECTED, MORE_EVIDENCE = "passes", "flagged", "rejected", "more_evidence"


@dataclass(frozen=True)
class Audit:
    """What became of a claim. Savings in the SI unit of its indicator; NaN where nothing could be recomputed.

    mismatch: how far the nearest end of the claimed range lies from the recomputed saving, as a share of it; status:
    of the plant after the measure ("" when the claim doesn't tell its physics); remedy: (output, value in SI) that
    would help a state that is not feasible. bound: the most that the plant could reach, efficiency: what the claim's
    nearest end would be there [-], both for a claim of a level.
    """

    claim: PublishedClaim
    verdict: str
    recomputed: float
    mismatch: float
    status: str
    remedy: tuple[str, float] | None
    bound: float = math.nan
    efficiency: float = math.nan


def audit_claim(claim: PublishedClaim, plant: Plant, lib: Library) -> Audit:
    """Return the audit of a claim; plant: its reference plant."""
    plant = replace(plant, values={**plant.values, **claim.values})
    if claim.bound is not None:
        return _against_bound(claim, claim.bound, plant, lib)
    recomputed, mismatch = _recomputed(claim, plant, lib) if claim.stated else (math.nan, math.nan)
    status, remedy = _after(claim, plant, lib) if claim.physics else ("", None)
    if (not abs(mismatch) <= TOLERANCE and claim.stated) or status not in {"", status_name(OK)}:
        verdict = FLAGGED
    else:
        verdict = PASSES if claim.stated else MORE_EVIDENCE
    return Audit(claim, verdict, recomputed, mismatch, status, remedy)


def _against_bound(claim: PublishedClaim, bound: Bound, plant: Plant, lib: Library) -> Audit:
    """Return the audit of a claimed level: against the plant with the bound's values."""
    best = replace(plant, values={**plant.values, **bound.values})
    declaration = lib.declaration(plant.process)
    x, year = plant_rows(declaration, [best])
    solved = solve_process(load(plant.process), lib, x, year, 1)
    status = status_name(int(solved.status[0]))
    most = float(solved.indicators[claim.indicator][0])
    nearest = claim.saving[0]
    efficiency = float(solved.y[bound.efficiency][0]) * nearest / most if most > 0.0 else math.nan
    if status != status_name(OK) or not most > 0.0:
        verdict = MORE_EVIDENCE
    elif efficiency > bound.most:
        verdict = REJECTED
    else:
        verdict = FLAGGED if nearest > most else PASSES
    beyond = nearest / most - 1.0 if most > 0.0 else math.nan
    return Audit(claim, verdict, math.nan, beyond, status, None, most, efficiency)


def _recomputed(claim: PublishedClaim, plant: Plant, lib: Library) -> tuple[float, float]:
    """Return the saving that the stated readings give, and how far the claimed range misses it."""
    declaration = lib.declaration(plant.process)
    x, year = plant_rows(declaration, [plant])
    after, _ = changed_rows(x, claim.stated)
    solved = solve_process(load(plant.process), lib, join_records([x, after]), repeat_year(year, 0, 2), 1)
    was, is_ = (float(v) for v in solved.indicators[claim.indicator])
    saving = was - is_
    low, high = claim.saving
    nearest = min(max(saving, low), high)
    return saving, (nearest - saving) / saving if saving else math.inf


def _after(claim: PublishedClaim, plant: Plant, lib: Library) -> tuple[str, tuple[str, float] | None]:
    """Return the status of the calibrated plant after the measure, and what would help it."""
    whole = replace(plant, values={**plant.values, **claim.full_model})
    declaration, process = lib.declaration(plant.process), load(plant.process)
    x, year = plant_rows(declaration, [whole])
    before = solve_process(process, lib, x, year, 1)
    after, _ = changed_rows(before.x, claim.physics)
    solved = solve_process(process, lib, after, year, 1)
    return status_name(int(solved.status[0])), state_remedy(solved, 0)


def audit_record(audit: Audit, lib: Library) -> dict[str, Any]:
    """Return an audit as a flat record; savings in the indicator's unit, None where there is no number."""
    claim = audit.claim
    of = lib.indicators(claim.process)[claim.indicator]

    def shown(si: float) -> float | None:
        return None if math.isnan(si) else lib.units.from_si(si, of.unit, of.quantity)

    return {
        "claim": claim.name,
        "indicator": claim.indicator,
        "unit": of.unit,
        "claimed_low": shown(claim.saving[0]),
        "claimed_high": shown(claim.saving[1]),
        "recomputed": shown(audit.recomputed),
        "bound": shown(audit.bound),
        "efficiency": None if math.isnan(audit.efficiency) else audit.efficiency,
        "mismatch": None if math.isnan(audit.mismatch) else audit.mismatch,
        "status": audit.status,
        "remedy": audit.remedy[0] if audit.remedy else "",
        "remedy_value": audit.remedy[1] if audit.remedy else None,
        "verdict": audit.verdict,
        "source": claim.source,
    }
