"""City totals as the dual control of energy (能耗双控) counts them: gross, and net of what it leaves out.

Left out are energy used as raw material (原料用能) and renewable power added (新增可再生能源电力). A carrier of
carriers.toml says with ``dual_control`` that it is one of the two.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from plantsim.engine.factors import CONVENTIONS, Factors
from plantsim.engine.ranking import BundleRow, CityTotal, PlantRow
from plantsim.library import Library

FEEDSTOCK, RENEWABLE = "feedstock", "renewable"


def city_totals(
    rows: Sequence[PlantRow], bundles: Sequence[BundleRow], factors: Mapping[str, Factors], lib: Library
) -> tuple[CityTotal, ...]:
    """Return the case's totals on both conventions. factors: by process.

    Gross with everything done is gross now less the savings at equal service; a plant without figures counts
    nothing and is named.
    """
    return tuple(_total(kind, rows, bundles, factors, lib) for kind in CONVENTIONS)


def _total(
    kind: str,
    rows: Sequence[PlantRow],
    bundles: Sequence[BundleRow],
    factors: Mapping[str, Factors],
    lib: Library,
) -> CityTotal:
    done = {b.plant.id: b for b in bundles}
    known = [r for r in rows if not math.isnan(r.energy)]
    sums = dict.fromkeys(
        (f"{what}_{when}" for what in (FEEDSTOCK, RENEWABLE) for when in ("now", "then")), 0.0
    )
    gross = saved = 0.0
    for row in known:
        gross += row.energy if kind == "equivalent" else row.energy_equal_value
        bundle = done.get(row.plant.id)
        after = row.ledger
        if bundle is not None and not math.isnan(bundle.saving_shared):
            saved += bundle.saving_shared if kind == "equivalent" else bundle.saving_shared_equal_value
            after = {} if bundle.retired else bundle.ledger
        worth = getattr(factors[row.plant.process], kind)
        for what in (FEEDSTOCK, RENEWABLE):
            for when, ledger in (("now", row.ledger), ("then", after)):
                sums[f"{what}_{when}"] += _part(lib, what, ledger, worth)
    missing = tuple(r.plant.id for r in rows if math.isnan(r.energy))
    return CityTotal(kind, gross, gross - saved, missing=missing, **sums)


def _part(lib: Library, what: str, ledger: Mapping[str, float], worth: Mapping[str, float]) -> float:
    """Return the energy taken in by carriers that the dual control treats as ``what``."""
    return sum(
        max(amount, 0.0) * worth.get(carrier, 0.0)
        for carrier, amount in ledger.items()
        if lib.carriers[carrier].get("dual_control") == what
    )
