"""The road of one number as tables."""

from __future__ import annotations

import math

from plantsim.engine.explain import Effect, Road
from plantsim.library import Library
from plantsim.report.alternatives import choices_of
from plantsim.report.plants import figure4, symbol
from plantsim.report.ranking_words import MONEY, evidence_word, label, level_word, title
from plantsim.vocabulary.declarations import Variable
from plantsim.vocabulary.messages import in_language, text
from plantsim.vocabulary.tables import Cell, Column, Table


def road_tables(road: Road, lib: Library, lang: str) -> list[Table]:
    """Return where the number comes from, what a step of it moves, and what it does to the proposals."""
    tables = [_origin(road, lib, lang)]
    if road.step:
        tables.append(_effects(road, lib, lang))
    if road.proposals and road.step:
        tables.append(_proposals(road, lib, lang))
    return tables + choices_of([r for r, _, _ in road.proposals], road.variable.name, lib, lang)


def _shown(road: Road, si: float, lib: Library) -> str:
    v = road.variable
    if v.options:
        return next((name for name, number in v.options.items() if number == si), str(si))
    return "-" if math.isnan(si) else f"{figure4(lib.units.from_si(si, v.unit, v.quantity))} {symbol(lib, v)}"


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
            (text("road_read", lang), f"{place}  {_as_read(v, o.text, lib, lang)}"),
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
    level = level_word(lib, r.level, lang, r.threshold, r.value)
    rows.append((in_language(indicator.label, lang), f"{shown} {indicator.unit}, {level}"))
    columns = (Column("step", title("shelf_field")), Column("what", title("shelf_content")))
    head = title("title_road", variable=v.name, plant=road.plant.id)
    return Table("road", head, columns, tuple(rows))


def _as_read(v: Variable, written: str, lib: Library, lang: str) -> str:
    """Return a value as it was written; where no unit was, with the unit that it was read in."""
    try:
        float(written)
    except ValueError:
        return written
    if v.is_integer or v.unit in ("", "1"):
        return written
    return f"{written} {text('note_bare_number', lang, {'unit': symbol(lib, v)})}"


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
        name, unit, quantity = in_language(v.label, lang), symbol(lib, v), v.quantity

    def shown(si: float) -> str:
        return "-" if math.isnan(si) else figure4(lib.units.from_si(si / per, unit, quantity))

    change = (e.after - e.before) / e.before if e.before else math.nan
    if math.isnan(change):
        share = "-"
    elif lib.units.from_si(0.0, unit, quantity):  # a share of a temperature in °C says nothing
        share = f"{e.after - e.before:+.3g} K"
    else:
        share = f"{100 * change:+.3f} %"
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
    cells = (_effect_cells(e, road, lib, lang) for e in road.effects)
    rows = tuple(c for c in cells if c[3] != "0" or c[4] != "0")  # what is left of sums that cancel
    v = road.variable
    step = (
        figure4(road.step * lib.units.from_si(1.0, v.unit, v.quantity))
        if not _offset(lib, v)
        else figure4(road.step)
    )
    step_unit = "K" if _offset(lib, v) else symbol(lib, v)
    notes: tuple[dict[str, str], ...] = () if rows else (title("note_nothing_moves"),)
    if road.effects and all(math.isnan(e.after) for e in road.effects):
        rows, notes = (), (title("note_step_unsolved"),)
    elif any(e.kind == "ledger" for e in road.effects):
        notes += (title("note_flow_signs"),)
    return Table("effects", title("title_effects", step=f"{step} {step_unit}"), columns, rows, notes)


def _offset(lib: Library, v: object) -> bool:
    return lib.units.from_si(0.0, v.unit, v.quantity) != 0.0  # type: ignore[attr-defined]


def _proposals(road: Road, lib: Library, lang: str) -> Table:
    unit, money = MONEY[lang]
    columns = (
        Column("rank", label(lib, "rank"), digits=0),
        Column("proposal", label(lib, "proposal")),
        Column("saving", label(lib, "energy_saving_equivalent"), "tce/a"),
        Column("after", label(lib, "value_after_step"), "tce/a"),
        Column("npv", label(lib, "net_present_value"), unit, 0 if lang == "zh" else 1),
    )

    def tce(si: float) -> str | None:
        return None if math.isnan(si) else figure4(lib.units.from_si(si, "tce/a", "annual_energy"))

    rows = tuple(
        (r.rank, r.proposal.id, tce(now), tce(after), None if math.isnan(r.npv) else r.npv / money)
        for r, now, after in road.proposals
    )
    return Table("proposals", title("title_road_proposals"), columns, rows)
