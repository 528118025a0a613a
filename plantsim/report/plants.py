"""Plants as they are: for each plant its figures, and the process's own tables (such as a heat balance)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from plantsim.engine.columns import in_unit
from plantsim.engine.evaluate import Solved, value_evidence
from plantsim.engine.failed import failed_point
from plantsim.engine.operating import points_of, state_of, tables_at
from plantsim.engine.standards import applicable, gb_level, reached
from plantsim.library import Indicator, Level, Library
from plantsim.report.plant_energy import energy_table, use_of_capacity, with_use
from plantsim.report.ranking_words import evidence_word, figure, label, level_word, title
from plantsim.vocabulary.case import Case, Plant
from plantsim.vocabulary.declarations import Caution, Declaration, Variable
from plantsim.vocabulary.messages import LANGUAGES, in_language, text
from plantsim.vocabulary.tables import Cell, Column, Table


def plant_tables(
    case: Case,
    results: Mapping[str, tuple[list[Plant], Solved]],
    lib: Library,
    lang: str,
    everything: bool = False,
    point: str = "",
) -> list[Table]:
    """Return the tables of every plant in the case's order: indicators, the year, single operating points.

    everything: also outputs that are declared as details; point: which operating points (engine.operating).
    """
    tables = {}
    for plants, solved in results.values():
        for i, plant in enumerate(plants):
            tables[plant.id] = _tables_of(case, plant, solved, i, lib, lang, everything, point)
    return [t for plant in case.plants if plant.id in tables for t in tables[plant.id]]


def _tables_of(
    case: Case, plant: Plant, solved: Solved, i: int, lib: Library, lang: str, everything: bool, point: str
) -> list[Table]:
    outcome = solved.outcome(i, plant.id, value_evidence(plant))
    name = in_language(plant.name, lang, plant.id)
    if outcome.status != "ok":
        variable = solved.declaration.variables.get(outcome.blame)
        blame = f" {in_language(variable.label, lang)} ({outcome.blame})" if variable else ""
        head = title(
            "title_plant_failed",
            plant=name,
            reason=in_language(lib.word(f"status_{outcome.status}"), lang) + blame,
        )
        return [Table(plant.id, head, (), (), _figures_of_failure(solved, i, lib))]
    tables = [
        _indicators(case, plant, outcome.indicators, lib, lang, name),
        _year(plant, solved, i, lib, lang, everything),
        energy_table(case, plant, outcome, lib, lang),
    ]
    for k in points_of(point, solved, i):
        words = point_words(solved, i, k, lib)
        tables += [_at_point(t, words) for t in tables_at(solved, i, k)]
    return tables


def point_words(solved: Solved, row: int, point: int, lib: Library) -> dict[str, str]:
    """Return which of a plant's operating points one is, its hours and its state; empty for a year of one point."""
    own = solved.year.points(row)
    if own.stop - own.start < 2:
        return dict.fromkeys(LANGUAGES, "")
    fields = {
        "number": str(point - own.start + 1),
        "count": str(own.stop - own.start),
        "hours": f"{float(solved.year.seconds[point]) / 3600.0:,.0f}",
    }
    state = state_of(solved, row, point)
    return {
        lang: text(
            "point_words", lang, {**fields, "state": figures_text(solved.declaration, state, lib, lang)}
        )
        for lang in LANGUAGES
    }


def _at_point(table: Table, words: Mapping[str, str]) -> Table:
    """Return a table whose title says which operating point it shows."""
    named = {lang: f"{said} - {words[lang]}" if words[lang] else said for lang, said in table.title.items()}
    return replace(table, title=named)


def figures_text(declaration: Declaration, figures: Mapping[str, float], lib: Library, lang: str) -> str:
    """Return figures [SI] of one point as one text, "" where there are none."""
    shown = []
    for name, si in figures.items():
        v = declaration.variables[name]
        value = in_unit(lib, si, v.unit, v.quantity)
        if value is not None:
            number = f"{figure4(value)} {symbol(lib, v)}".removesuffix(" 1").rstrip()
            shown.append(f"{in_language(v.label, lang)} {number}")
    return ("、" if lang == "zh" else ", ").join(shown)


def _figures_of_failure(solved: Solved, i: int, lib: Library) -> tuple[dict[str, str], ...]:
    """Return the figures of the first point that failed, in one sentence; none where nothing is blamed."""
    number, found = failed_point(solved, i)
    texts = {lang: figures_text(solved.declaration, found, lib, lang) for lang in LANGUAGES}
    if not texts["en"]:
        return ()
    return (
        {
            lang: text("note_failed_point", lang, {"number": number, "figures": said})
            for lang, said in texts.items()
        },
    )


def _indicators(
    case: Case, plant: Plant, values: Mapping[str, float], lib: Library, lang: str, name: str
) -> Table:
    columns = (
        Column("indicator", label(lib, "indicator")),
        Column("value", label(lib, "value")),
        Column("unit", label(lib, "unit_of_measure")),
        Column("benchmark", label(lib, "benchmark_level")),
        Column("baseline", label(lib, "baseline_level")),
        Column("level", label(lib, "level_reached")),
        Column("gb", label(lib, "gb_level")),
    )
    rows: list[tuple[Cell, ...]] = []
    for key, indicator in lib.indicators(plant.process).items():
        ndrc = applicable(lib, plant.process, plant.classes, case.date, "ndrc", key)
        gb = applicable(lib, plant.process, plant.classes, case.date, "gb", key)

        def shown(si: float | None, of: Indicator = indicator) -> str | None:
            value = None if si is None else in_unit(lib, si, of.unit, of.quantity)
            return None if value is None else figure(value)

        rows.append(
            (
                in_language(indicator.label, lang),
                shown(values[key]),
                indicator.unit,
                shown(ndrc.benchmark) if ndrc else None,
                shown(ndrc.baseline) if ndrc else None,
                level_word(lib, reached(ndrc, values[key]), lang, ndrc, values[key]) if ndrc else None,
                _grade(gb, key, values, lang),
            )
        )
    evidence = evidence_word(lib, value_evidence(plant), lang)
    return Table(
        plant.id, title("title_plant", plant=name, id=plant.id, evidence=evidence), columns, tuple(rows)
    )


def _grade(gb: Level | None, key: str, values: Mapping[str, float], lang: str) -> str | None:
    """Return the GB level that an indicator meets; None without limits, or where its value is not known.

    A figure that an edition corrects for one level is held against that level alone.
    """
    if gb is None or math.isnan(values[key]):
        return None
    if key in gb.level_indicators:
        own = tuple(v if n == key else None for v, n in zip(gb.levels, gb.of_levels, strict=True))
        gb = replace(gb, levels=own)
    grade = gb_level(gb, {**values, gb.indicator: values[key]})
    return str(grade) if grade else text("word_none_met", lang)


def _year(plant: Plant, solved: Solved, i: int, lib: Library, lang: str, everything: bool) -> Table:
    """Return the scalar outputs: mean over the year, and the year's amount where it adds up."""
    columns = (
        Column("variable", label(lib, "variable")),
        Column("mean", label(lib, "mean_in_operation")),
        Column("unit", label(lib, "unit_of_measure")),
        Column("year", label(lib, "yearly_amount")),
        Column("year_unit", label(lib, "unit_of_measure")),
    )
    outcome = solved.outcome(i, plant.id)
    rows: list[tuple[Cell, ...]] = []
    left_out = unknown = 0
    for name, amount in outcome.yearly.items():
        v = solved.declaration.variables[name]
        if v.detail and not everything:
            left_out += 1
            continue
        if v.yearly == "integral":
            mean = in_unit(lib, amount / outcome.seconds, v.unit, v.quantity)
            yearly, unit = _amount(lib, amount, v.quantity)
        else:
            mean, yearly, unit = in_unit(lib, amount, v.unit, v.quantity), None, ""
        if v.quantity == "temperature" and amount <= 0.0:
            mean = None  # a part that the plant does not have has no temperature
        unknown += math.isnan(amount)
        shown = None if mean is None else f"{mean:.1e}" if name.endswith("_residual") else figure4(mean)
        year = None if yearly is None else figure4(yearly)
        rows.append((in_language(v.label, lang), shown, symbol(lib, v), year, unit))
    hours = outcome.seconds / 3600.0
    notes = [title("note_details", count=left_out)] if left_out else []
    if unknown:
        notes.append(title("note_not_known"))
    notes += [_caution(solved, i, c, lib) for c in solved.declaration.cautions if _worst(solved, i, c) < 0.0]
    head = with_use(title("title_year", hours=f"{hours:,.0f}"), use_of_capacity(plant, outcome, lib))
    return Table(f"{plant.id}-year", head, columns, tuple(rows), tuple(notes))


def _margins(solved: Solved, i: int, c: Caution) -> np.ndarray:
    """Return by how much an output stays above its least at each operating point of a plant."""
    y = solved.y[solved.year.points(i)]
    return np.asarray(y[c.output] - y[c.least])


def _worst(solved: Solved, i: int, c: Caution) -> float:
    margins = _margins(solved, i, c)
    return float(np.nanmin(margins)) if np.isfinite(margins).any() else 0.0


def _caution(solved: Solved, i: int, c: Caution, lib: Library) -> dict[str, str]:
    """Say at which point of the year an output is furthest below its least, with both figures."""
    number = int(np.nanargmin(_margins(solved, i, c)))
    y = solved.y[solved.year.points(i)][number]
    fields = {}
    for lang in LANGUAGES:
        shown = {"number": str(number + 1), "words": in_language(c.note, lang)}
        for name, word, amount in ((c.output, "variable", "value"), (c.least, "other", "least")):
            v = solved.declaration.variables[name]
            shown[word] = in_language(v.label, lang)
            shown[amount] = lib.units.format(float(y[name]), v.unit, v.quantity, 3)
        fields[lang] = text("note_caution", lang, shown)
    return fields


def symbol(lib: Library, v: Variable) -> str:
    """Return a variable's unit as it is printed: °C, where the declaration writes degC."""
    return v.unit if v.unit in ("", "1") or v.options else lib.units.unit(v.unit, v.quantity)


YEARLY_UNIT = {
    "power": ("MWh", "energy"),
    "mass_flow": ("t", "mass"),
    "current": ("kAh", "charge"),
    "normal_volume_flow": ("Nm3", "normal_volume"),
}


def _amount(lib: Library, amount: float, quantity: str) -> tuple[float | None, str]:
    """Return a year's amount of a rate in a handy unit."""
    if quantity not in YEARLY_UNIT:
        return None, ""
    unit, of = YEARLY_UNIT[quantity]
    return in_unit(lib, amount, unit, of), unit


ROUNDING = 1e-11  # what is left of sums that cancel, in any unit that is shown


def figure4(value: float) -> str:
    """Return a number to five significant digits or to whole units, whichever is finer to read."""
    if abs(value) < ROUNDING:
        return "0"
    if abs(value) >= 1e4:
        return f"{value:,.0f}"
    return f"{value:,.5g}"
