"""A plant's year by carrier: amount, heat, standard coal on both conventions; and how much of its capacity it used."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from plantsim.engine.columns import in_unit
from plantsim.engine.factors import CONVENTIONS, read_factors
from plantsim.library import Library
from plantsim.report.ranking_words import label, title
from plantsim.vocabulary.case import Case, Outcome, Plant
from plantsim.vocabulary.messages import LANGUAGES, in_language, text
from plantsim.vocabulary.problems import Problems
from plantsim.vocabulary.tables import Cell, Column, Table


def energy_table(case: Case, plant: Plant, outcome: Outcome, lib: Library, lang: str) -> Table:
    """Return the yearly ledger: what is taken in and given out, energy in GJ and tce as well, and its sum."""
    columns = (
        Column("carrier", label(lib, "carrier")),
        Column("amount", label(lib, "yearly_amount")),
        Column("unit", label(lib, "unit_of_measure")),
        Column("heat", label(lib, "heat_content"), "GJ", 0),
        Column("equivalent", title("word_equivalent"), "tce", 0),
        Column("equal_value", title("word_equal_value"), "tce", 0),
    )
    factors = read_factors(case, lib, plant.process, Problems())
    rows: list[tuple[Cell, ...]] = []
    for carrier, si in outcome.ledger.items():
        if si == 0.0:
            continue
        e = lib.carriers[carrier]
        amount = in_unit(lib, si, e["unit"], e["quantity"])
        energy = in_unit(lib, si, "GJ", "energy") if e["quantity"] == "energy" else None
        worth = [
            _tce(lib, si * getattr(factors, c)[carrier]) if carrier in getattr(factors, c) else None
            for c in CONVENTIONS
        ]
        shown = None if amount is None else f"{amount:,.0f}" if abs(amount) >= 100 else f"{amount:,.3g}"
        rows.append((in_language(e["label"], lang), shown, e["unit"], energy, *worth))
    total = [_tce(lib, float(np.ravel(factors.total(c, outcome.ledger))[0])) for c in CONVENTIONS]
    rows.append((text("word_total", lang), None, None, None, *total))
    return Table(
        f"{plant.id}-energy", title("title_plant_energy"), columns, tuple(rows), (title("note_plant_energy"),)
    )


def _tce(lib: Library, si: float) -> float | None:
    return in_unit(lib, si, "tce", "energy")


def use_of_capacity(plant: Plant, outcome: Outcome, lib: Library) -> dict[str, str]:
    """Return how much of its capacity a plant used, after a comma: full-load hours, or a share; empty when not known.

    Full-load hours 利用小时: the year's amount over the capacity, for a capacity in units of power.
    """
    declaration = lib.declaration(plant.process)
    output = declaration.capacity_output or declaration.product
    made = outcome.yearly.get(output)
    if plant.capacity is None or isinstance(plant.capacity.si, tuple) or not made or not plant.capacity.si:
        return dict.fromkeys(LANGUAGES, "")
    code, value = "capacity_used", made / plant.capacity.si
    if declaration.capacity_quantity == "power":
        code, value = "full_load_hours", value / 3600.0
    return {
        lang: text(
            code, lang, {"value": f"{value:,.0f}" if code == "full_load_hours" else f"{100.0 * value:.1f}"}
        )
        for lang in LANGUAGES
    }


def with_use(head: Mapping[str, str], use: Mapping[str, str]) -> dict[str, str]:
    """Return a title with the use of capacity behind it."""
    return {lang: head[lang] + use[lang] for lang in LANGUAGES}
