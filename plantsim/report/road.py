"""The road of one number as tables."""

from __future__ import annotations

import math

from plantsim.engine.explain import Effect, Road
from plantsim.library import Library
from plantsim.report.plants import figure4
from plantsim.report.ranking import evidence_word, label, level_word, title
from plantsim.vocabulary.messages import in_language, text
from plantsim.vocabulary.tables import Cell, Column, Table


def road_tables(road: Road, lib: Library, lang: str) -> list[Table]:
    """Return where the number comes from, what a step of it moves, and what it does to the proposals."""
    tables = [_origin(road, lib, lang)]
    if road.step:
        tables.append(_effects(road, lib, lang))
    if road.proposals:
        tables.append(_proposals(road, lib, lang))
    return tables


def _shown(road: Road, si: float, lib: Library) -> str:
    v = road.variable
    if v.options:
        return next((name for name, number in v.options.items() if number == si), str(si))
    return "-" if math.isnan(si) else f"{figure4(lib.units.from_si(si, v.unit, v.quantity))} {v.unit}"


def _range(road: Road, pair: tuple[float, float] | None, lib: Library) -> str:
    return "-" if pair is None else f"{_shown(road, pair[0], lib)} .. {_shown(road, pair[1], lib)}"


def _origin(road: Road, lib: Library, lang: str) -> Table:
    v, value = road.variable, road.value
    rows: list[tuple[Cell, ...]] = [
        (text("road_label", lang), in_language(v.label, lang)),
        (text("road_role", lang), text(f"role_{v.role}", lang)),
    ]
    if value is not None:
        o = value.origin
        numbers = value.si if isinstance(value.si, tuple) else (value.si,)
        place = f"{o.file}:{o.line}" if o.line else o.file or "-"
        rows += [
            (text("road_read", lang), f"{place}  {o.text}"),
            (
                text("road_evidence", lang),
                evidence_word(lib, o.evidence, lang) + (f" [{o.source}]" if o.source else ""),
            ),
            (text("road_si", lang), ", ".join(repr(n) for n in numbers) + f"  {lib_si(lib, v.quantity)}"),
            (text("road_bounds", lang), _range(road, v.bounds, lib)),
            (text("road_typical", lang), _range(road, v.typical, lib)),
        ]
        if o.note:
            rows.append((text("road_note", lang), o.note))
    rows.append((text("road_field", lang), road.field))
    rows.append((text("road_values", lang), ", ".join(_shown(road, n, lib) for n in road.outputs)))
    note = in_language(v.note, lang)
    if note:
        rows.append((text("road_meaning", lang), note))
    r = road.plant_row
    indicator = lib.indicators(road.plant.process)[r.indicator]
    shown = (
        "-"
        if math.isnan(r.value)
        else figure4(lib.units.from_si(r.value, indicator.unit, indicator.quantity))
    )
    level = level_word(lib, r.level, lang)
    rows.append((in_language(indicator.label, lang), f"{shown} {indicator.unit}, {level}"))
    columns = (Column("step", {"en": "", "zh": ""}), Column("what", {"en": "", "zh": ""}))
    head = title("title_road", variable=v.name, plant=road.plant.id)
    return Table("road", head, columns, tuple(rows))


def lib_si(lib: Library, quantity: str) -> str:
    """Return the SI base unit of a quantity; "" for choices."""
    return lib.units.si_unit(quantity) if quantity != "choice" else ""


def _effect_cells(e: Effect, road: Road, lib: Library, lang: str) -> tuple[Cell, ...]:
    if e.kind == "indicator":
        i = lib.indicators(road.plant.process)[e.name]
        name, unit, quantity, per = in_language(i.label, lang), i.unit, i.quantity, 1.0
    elif e.kind == "ledger":
        c = lib.carriers[e.name]
        name, unit, quantity, per = in_language(c["label"], lang), c["unit"], c["quantity"], 1.0
    else:
        v = lib.declaration(road.plant.process).variables[e.name]
        per = road.plant_row.seconds if v.yearly == "integral" else 1.0
        name, unit, quantity = in_language(v.label, lang), v.unit, v.quantity

    def shown(si: float) -> str:
        return "-" if math.isnan(si) else figure4(lib.units.from_si(si / per, unit, quantity))

    change = (e.after - e.before) / e.before if e.before else math.nan
    share = "-" if math.isnan(change) else f"{100 * change:+.3f} %"
    return text(f"effect_{e.kind}", lang), name, unit, shown(e.before), shown(e.after), share


def _effects(road: Road, lib: Library, lang: str) -> Table:
    columns = (
        Column("kind", label(lib, "result_kind")),
        Column("name", label(lib, "variable")),
        Column("unit", label(lib, "unit_of_measure")),
        Column("before", label(lib, "value")),
        Column("after", label(lib, "value_after_step")),
        Column("change", label(lib, "relative_change")),
    )
    rows = tuple(_effect_cells(e, road, lib, lang) for e in road.effects)
    v = road.variable
    step = (
        figure4(road.step * lib.units.from_si(1.0, v.unit, v.quantity))
        if not _offset(lib, v)
        else repr(road.step)
    )
    notes = () if rows else (title("note_nothing_moves"),)
    return Table("effects", title("title_effects", step=f"{step} {v.unit}"), columns, rows, notes)


def _offset(lib: Library, v: object) -> bool:
    return lib.units.from_si(0.0, v.unit, v.quantity) != 0.0  # type: ignore[attr-defined]


def _proposals(road: Road, lib: Library, lang: str) -> Table:
    columns = (
        Column("rank", label(lib, "rank"), digits=0),
        Column("proposal", label(lib, "proposal")),
        Column("saving", label(lib, "energy_saving_equivalent"), "tce/a"),
        Column("after", label(lib, "value_after_step"), "tce/a"),
        Column("npv", label(lib, "net_present_value"), "CNY", 0),
    )

    def tce(si: float) -> str | None:
        return None if math.isnan(si) else figure4(lib.units.from_si(si, "tce/a", "annual_energy"))

    rows = tuple(
        (r.rank, r.proposal.id, tce(now), tce(after), None if math.isnan(r.npv) else r.npv)
        for r, now, after in road.proposals
    )
    return Table("proposals", title("title_road_proposals"), columns, rows)
