"""``plantsim library list``: one function per kind of entry, each returning tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from plantsim.library import Level, Library
from plantsim.library.library import Indicator
from plantsim.report.shelf_words import (
    band,
    columns,
    cost_text,
    evidence,
    in_declared_unit,
    joined,
    number,
    unit_of,
    without_empty,
    words,
)
from plantsim.vocabulary.declarations import ROLES, Variable
from plantsim.vocabulary.messages import LANGUAGES, in_language, text
from plantsim.vocabulary.tables import Cell, Column, Table

Processes = Sequence[str]


def variable_tables(lib: Library, processes: Processes, lang: str) -> list[Table]:
    """Return the variables of each process, a table for each role, in the order of the declaration."""
    head = columns(lib, "name", "label", "unit_of_measure", "typical", "default")
    tables = []
    for process in processes:
        declaration = lib.declaration(process)
        for role in ROLES:
            rows = tuple(_variable_cells(lib, v, lang) for v in declaration.with_role(role))
            label = {f"role_{n}": text(f"shelf_role_{role}", n) for n in LANGUAGES}
            title = words("title_variables", process=process, **_labels(declaration.label, process), **label)
            if rows:
                tables.append(without_empty(Table(f"variables-{process}-{role}", title, head, rows)))
    return tables


def _variable_cells(lib: Library, v: Variable, lang: str) -> tuple[Cell, ...]:
    typical = band(lib.units, v, v.typical, "..")
    if v.options:
        choices = joined(list(v.options))
        typical = choices if len(choices) <= SHORT else text("shelf_choices", lang, {"count": len(v.options)})
    default = in_declared_unit(lib.units, v, v.default)
    return v.name, in_language(v.label, lang), unit_of(v), typical, default


def reference_tables(lib: Library, processes: Processes, lang: str) -> list[Table]:
    """Return the typical plants that a case can start from."""
    rows = tuple(
        (r.id, in_language(r.label, lang), r.process, evidence(lib, r.evidence, lang), r.source)
        for r in lib.references.values()
        if r.process in processes
    )
    head = columns(lib, "name", "label", "process", "evidence", "source")
    return [Table("references", words("title_references"), head, rows)]


def retrofit_tables(lib: Library, processes: Processes, lang: str) -> list[Table]:
    """Return one table of measures per process, with their cost and life."""
    tables = []
    for process in processes:
        raw = lib.data(process, "retrofits.toml") if lib.retrofits(process) else {}
        rows: list[tuple[Cell, ...]] = []
        for r in lib.retrofits(process).values():
            life = raw[r.name].get("life")
            kind, cost = (
                text(f"shelf_kind_{r.kind}", lang),
                cost_text(lib, process, raw[r.name].get("capex"), lang),
            )
            years = f"{number(life['value'])} {life['unit']}" if life else None
            word = evidence(lib, r.evidence, lang)
            rows.append((r.name, in_language(r.label, lang), kind, cost, years, word))
        head = columns(lib, "name", "label", "kind", "capex", "service_life", "evidence")
        title = words("title_retrofits", process=process, **_labels(lib.declaration(process).label, process))
        tables.append(Table(f"retrofits-{process}", title, head, tuple(rows)))
    return tables


def standard_tables(lib: Library, processes: Processes, lang: str) -> list[Table]:
    """Return the threshold rows of each indicator: every set, edition and class."""
    return [t for p in processes for name in lib.indicators(p) for t in level_tables(lib, p, name, lang)]


def level_tables(lib: Library, process: str, indicator: str, lang: str) -> list[Table]:
    """Return the threshold rows of one indicator, values in its unit: a table for each set."""
    i = lib.indicators(process)[indicator]
    names = ("edition", "class", "benchmark_level", "baseline_level", "level_1", "level_2", "level_3")
    head = columns(lib, *names, "valid_from", "valid_to", "evidence")
    rows: dict[str, list[tuple[Cell, ...]]] = {}
    for level in lib.levels(process):
        if level.indicator == indicator:
            rows.setdefault(level.set, []).append(_level_cells(lib, level, i, lang))
    tables = []
    for which, cells in rows.items():
        fields = {"process": process, "unit": i.unit, **_labels(i.label, indicator)}
        for n in LANGUAGES:
            fields[f"set_{n}"] = text(f"shelf_set_{which}", n)
        key = f"standards-{process}-{indicator}-{which}"
        tables.append(without_empty(Table(key, words("title_standards", **fields), head, tuple(cells))))
    return tables


def _level_cells(lib: Library, level: Level, indicator: Indicator, lang: str) -> tuple[Cell, ...]:
    def shown(si: float | None) -> str | None:
        return None if si is None else number(lib.units.from_si(si, indicator.unit, indicator.quantity))

    return (
        level.edition,
        joined(list(level.classes.values())),
        shown(level.benchmark),
        shown(level.baseline),
        *([shown(v) for v in level.levels] + [None] * 3)[:3],
        level.valid_from,
        level.valid_to or None,
        evidence(lib, level.evidence, lang),
    )


def source_tables(lib: Library, processes: Processes, lang: str) -> list[Table]:
    """Return where numbers come from; the full reference stands on each source's page."""
    rows = tuple(
        (name, in_language(s["title"], lang), text(f"shelf_source_{s['kind']}", lang), str(s["year"]))
        for name, s in lib.sources.items()
    )
    return [Table("sources", words("title_sources"), columns(lib, "name", "title", "kind", "year"), rows)]


def price_tables(lib: Library, processes: Processes, lang: str) -> list[Table]:
    """Return the price decks."""
    rows = tuple(
        (
            name,
            in_language(deck["label"], lang),
            str(deck["date"]),
            deck.get("extends"),
            text(f"shelf_take_{deck['take']}", lang) if "take" in deck else None,
        )
        for name, deck in lib.data("common", "prices.toml")["deck"].items()
    )
    head = columns(lib, "name", "label", "date", "extends", "take")
    return [Table("prices", words("title_prices"), head, rows)]


def carrier_tables(lib: Library, processes: Processes, lang: str) -> list[Table]:
    """Return the carriers of the ledger, and the price that each is valued with."""
    rows = tuple(
        (
            name,
            in_language(c["label"], lang),
            text(f"shelf_carrier_{c['kind']}", lang),
            c["unit"],
            c.get("price"),
        )
        for name, c in lib.carriers.items()
    )
    head = columns(lib, "name", "label", "kind", "unit_of_measure", "price")
    return [Table("carriers", words("title_carriers"), head, rows)]


def unit_tables(lib: Library, processes: Processes, lang: str) -> list[Table]:
    """Return every quantity with the units that may be written for it."""
    units = lib.units
    rows = tuple(
        (q, units.label(q, lang), units.si_unit(q), joined(units.units_of(q))) for q in units.quantities()
    )
    head = columns(lib, "quantity", "label", "base_unit", "units_accepted")
    return [Table("units", words("title_units"), head, rows)]


def glossary_tables(lib: Library, processes: Processes, lang: str) -> list[Table]:
    """Return the trade's own words."""
    rows = tuple(
        (name, t["zh"], t["en"], joined(t.get("also", ())), joined(t.get("avoid", ())))
        for name, t in lib.glossary.items()
    )
    head = columns(lib, "name", "chinese", "english", "also", "avoid")
    return [Table("glossary", words("title_glossary"), head, rows)]


LISTS: dict[str, Callable[[Library, Processes, str], list[Table]]] = {
    "variables": variable_tables,
    "references": reference_tables,
    "retrofits": retrofit_tables,
    "standards": standard_tables,
    "sources": source_tables,
    "prices": price_tables,
    "carriers": carrier_tables,
    "units": unit_tables,
    "glossary": glossary_tables,
}
SHORT = 16  # characters of a choice's options that a list shows; its page names them all
OF_A_PROCESS = ("variables", "references", "retrofits", "standards")
"""Kinds that ``--process`` can narrow; the others stand in models/common and belong to every process."""


def summary_table(lib: Library, processes: Processes, narrowed: bool, lang: str) -> Table:
    """Return how many entries there are of each kind."""
    rows = []
    for kind, listed in LISTS.items():
        if not narrowed or kind in OF_A_PROCESS:
            count = sum(len(table.rows) for table in listed(lib, processes, lang))
            rows.append((kind, text(f"shelf_kinds_{kind}", lang), count))
    head = (*columns(lib, "kind", "content"), Column("count", words("count"), digits=0))
    return Table("all", words("title_all", processes=joined(processes)), head, tuple(rows))


def _labels(label: dict[str, str] | object, name: str) -> dict[str, str]:
    return {f"label_{lang}": in_language(label, lang, name) for lang in ("en", "zh")}  # type: ignore[arg-type]
