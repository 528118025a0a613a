"""A plant against its own record: the fitted inputs, the reported figures, and what contradicts what."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from plantsim.engine.calibrate import (
    DISAGREES,
    Calibration,
    Compared,
    compare_record,
    difference_in_unit,
    figure_words,
)
from plantsim.engine.columns import in_unit
from plantsim.library import Library
from plantsim.report.plants import figure4, symbol
from plantsim.report.ranking_words import label, title
from plantsim.vocabulary.case import Plant, Reported, scalar
from plantsim.vocabulary.messages import LANGUAGES, in_language, text
from plantsim.vocabulary.tables import Cell, Column, Table


def calibration_tables(fit: Calibration, lib: Library, lang: str) -> list[Table]:
    """Return the fitted inputs, and the reported figures before and after."""
    tables = [_unknowns(fit, lib, lang)] if fit.unknowns else []
    return [*tables, _figures(fit, lib, lang, fitted=True)]


def record_tables(plants: Sequence[Plant], lib: Library, lang: str) -> list[Table]:
    """Return for each plant its reported figures beside the model's, as it stands."""
    found = [compare_record(p, lib) for p in plants]
    return [_figures(c, lib, lang, fitted=False) for c in found if c.figures]


def _shown(value: float | None) -> str | None:
    return None if value is None else figure4(value)


def _plant_name(fit: Calibration, lang: str) -> str:
    return in_language(fit.plant.name, lang, fit.plant.id)


def _words(code: str) -> Mapping[str, str]:
    return {lang: text(code, lang) for lang in LANGUAGES}


def _unknowns(fit: Calibration, lib: Library, lang: str) -> Table:
    columns = (
        Column("input", label(lib, "variable")),
        Column("given", _words("calibration_given")),
        Column("fitted", _words("calibration_fitted")),
        Column("unit", label(lib, "unit_of_measure")),
        Column("remark", _words("calibration_remark")),
    )
    declaration = lib.declaration(fit.plant.process)
    rows: list[tuple[Cell, ...]] = []
    for u in fit.unknowns:
        v = declaration.variables[u.name]

        def pair(si: float, sd: float, unit: str = v.unit, quantity: str = v.quantity) -> str:
            spread = difference_in_unit(lib, sd, unit, quantity)
            return f"{_shown(in_unit(lib, si, unit, quantity))}±{_digits2(spread)}"

        rows.append(
            (
                in_language(v.label, lang),
                pair(u.given, u.width),
                pair(u.fitted, u.sd),
                symbol(lib, v),
                _remark(u.given, u.fitted, u.width, u.at_bound, lang),
            )
        )
    return Table("unknowns", title("title_calibration", plant=_plant_name(fit, lang)), columns, tuple(rows))


def _digits2(value: float | None) -> str:
    return "-" if value is None else f"{value:.2g}"


def _remark(given: float, fitted: float, width: float, at_bound: bool, lang: str) -> str:
    if at_bound:
        return text("calibration_at_bound", lang)
    moved = abs(fitted - given) / width if width > 0 else 0.0
    return text("calibration_far", lang, {"times": f"{moved:.1f}"}) if moved > DISAGREES else ""


def _figures(fit: Calibration, lib: Library, lang: str, fitted: bool) -> Table:
    columns = [
        Column("figure", label(lib, "indicator")),
        Column("method", _words("calibration_method")),
        Column("record", _words("calibration_record")),
        Column("model", _words("calibration_model" if not fitted else "calibration_before")),
    ]
    if fitted:
        columns.append(Column("after", _words("calibration_after")))
    columns += [
        Column("gap", _words("calibration_gap")),
        Column("unit", label(lib, "unit_of_measure")),
        Column("verdict", _words("calibration_verdict")),
    ]
    rows = [_figure(fit, c, lib, lang, fitted) for c in fit.figures]
    notes = [_contradiction(fit, lib, c.first, c.second, c.difference, c.sd) for c in fit.contradictions]
    if fit.status != "ok":
        notes.append(_unsolved(fit, lib))
    heading = title("title_record", plant=_plant_name(fit, lang))
    return Table("record", heading, tuple(columns), tuple(rows), tuple(notes))


def _unsolved(fit: Calibration, lib: Library) -> Mapping[str, str]:
    reason = lib.word(f"status_{fit.status}")
    return {
        lang: text(
            "calibration_unsolved",
            lang,
            {"reason": in_language(reason, lang), "variable": fit.blame or "-"},
        )
        for lang in LANGUAGES
    }


def _figure(fit: Calibration, c: Compared, lib: Library, lang: str, fitted: bool) -> tuple[Cell, ...]:
    unit, quantity, words = figure_words(fit.plant, c.reported.name, lib)
    record = scalar(c.reported.value)
    spread = difference_in_unit(lib, c.sd, unit, quantity)
    row: list[Cell] = [
        in_language(words, lang),
        _found_how(c.reported, lang),
        f"{_shown(in_unit(lib, record, unit, quantity))}±{_digits2(spread)}",
        _shown(in_unit(lib, c.before, unit, quantity)),
    ]
    if fitted:
        row.append(_shown(in_unit(lib, c.after, unit, quantity)))
    gap = None if math.isnan(c.after) else difference_in_unit(lib, c.after - record, unit, quantity)
    row += [None if gap is None else f"{gap:+.3g}", unit, _verdict(c, lang)]
    return tuple(row)


def _verdict(c: Compared, lang: str) -> str:
    if math.isnan(c.after):
        return "-"
    times = abs(c.after - scalar(c.reported.value)) / c.sd
    return text(
        "calibration_disagrees" if c.disagrees else "calibration_agrees", lang, {"times": f"{times:.1f}"}
    )


METHODS = ("direct", "heat_losses", "test", "meter", "inventory")


def _found_how(figure: Reported, lang: str) -> str:
    method = figure.value.origin.method
    parts = [text(f"method_{method}", lang) if method in METHODS else method]
    parts += [f"{name} {v.origin.text}" for name, v in figure.at.items()]
    if figure.value.origin.year:
        parts.append(str(figure.value.origin.year))
    return ", ".join(p for p in parts if p)


def _contradiction(
    fit: Calibration, lib: Library, first: Reported, second: Reported, difference: float, sd: float
) -> Mapping[str, str]:
    unit, quantity, words = figure_words(fit.plant, first.name, lib)
    span, spread = (difference_in_unit(lib, si, unit, quantity) for si in (difference, sd))
    code = "record_contradicts" if abs(difference) > DISAGREES * sd else "record_differs"
    return {
        lang: text(
            code,
            lang,
            {
                "figure": in_language(words, lang),
                "first": _found_how(first, lang),
                "second": _found_how(second, lang),
                "difference": f"{span:+.3g} {unit}",
                "sd": f"{_digits2(spread)} {unit}",
            },
        )
        for lang in LANGUAGES
    }
