"""A plant's year by carrier: amount, heat, standard coal on both conventions; and how much of its capacity it used."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from plantsim.engine.columns import in_unit
from plantsim.engine.factors import CONVENTIONS, entry_at, read_factors, value_of
from plantsim.library import Library
from plantsim.report.ranking_words import label, title
from plantsim.vocabulary.case import Case, Outcome, Plant, scalar
from plantsim.vocabulary.messages import LANGUAGES, in_language, text
from plantsim.vocabulary.problems import Problems
from plantsim.vocabulary.tables import Cell, Column, Table


def energy_table(case: Case, plant: Plant, outcome: Outcome, lib: Library, lang: str) -> Table:
    """Return the yearly ledger: what is taken in and given out, energy in GJ and tce as well, and its sum.

    Gases also as what flows in operation, by their heating values.
    """
    columns: tuple[Column, ...] = (
        Column("carrier", label(lib, "carrier")),
        Column("amount", label(lib, "yearly_amount")),
        Column("unit", label(lib, "unit_of_measure")),
        Column("heat", label(lib, "heat_content"), "GJ", 0),
        Column("equivalent", title("word_equivalent"), "tce", 0),
        Column("equal_value", title("word_equal_value"), "tce", 0),
    )
    factors = read_factors(case, lib, plant.process, Problems())
    rows: list[tuple[Cell, ...]] = []
    flows: list[Cell] = []
    known: dict[str, str] = {}  # heating value by carrier, as it is printed
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
        value = heating_value(plant.process, outcome, carrier, lib)
        flows.append(None if value is None else in_unit(lib, abs(si) / outcome.seconds / value, *FLOW))
        if value is not None:
            known[carrier] = lib.units.format(value, "MJ/Nm3", "energy_per_normal_volume", 4)
    total = [_tce(lib, float(np.ravel(factors.total(c, outcome.ledger))[0])) for c in CONVENTIONS]
    rows.append((text("word_total", lang), None, None, None, *total))
    notes = [title("note_plant_energy")]
    if known:
        columns += (Column("gas_flow", title("word_in_operation"), FLOW[0], 0),)
        rows = [(*row, flow) for row, flow in zip(rows, [*flows, None], strict=True)]
        notes.append(_by_heating_value(known, lib))
    return Table(f"{plant.id}-energy", title("title_plant_energy"), columns, tuple(rows), tuple(notes))


FLOW = ("Nm3/h", "normal_volume_flow")


def heating_value(process: str, outcome: Outcome, carrier: str, lib: Library) -> float | None:
    """Return the net heating value [J/Nm3] of a gas: the plant's own, else that of the list; None of other carriers."""
    own = lib.declaration(process).heating_values.get(carrier)
    if own:
        value = float(np.ravel(outcome.yearly[own])[0])
        return value if value > 0.0 else None
    path = lib.carriers[carrier].get("heating_value")
    if not path:
        return None
    entry = entry_at(lib.data("common", "energy.toml"), path)
    return scalar(value_of(entry, "energy_per_normal_volume", lib, "models/common/energy.toml", path))


def _by_heating_value(known: Mapping[str, str], lib: Library) -> dict[str, str]:
    """Say by which heating values gas flows are shown."""
    return {
        lang: text(
            "note_gas_flow",
            lang,
            {
                "values": ("、" if lang == "zh" else ", ").join(
                    f"{in_language(lib.carriers[c]['label'], lang)} {shown}" for c, shown in known.items()
                )
            },
        )
        for lang in LANGUAGES
    }


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
