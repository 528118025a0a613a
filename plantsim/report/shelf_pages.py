"""``plantsim library show``: everything of one entry, whatever shelf it stands on."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plantsim.library import Library
from plantsim.report.shelf_lists import level_tables
from plantsim.report.shelf_plants import reference_page
from plantsim.report.shelf_prices import deck_page
from plantsim.report.shelf_words import (
    band,
    change_numbers,
    columns,
    cost_text,
    evidence,
    facts,
    in_declared_unit,
    joined,
    number,
    unit_of,
    with_unit,
    without_empty,
    words,
)
from plantsim.vocabulary.declarations import Variable
from plantsim.vocabulary.messages import in_language, text
from plantsim.vocabulary.tables import Cell, Table
from plantsim.vocabulary.units import UnitError


@dataclass(frozen=True)
class Entry:
    """Something that goes by a name: its shelf, its name as declared, and its process ("" in models/common)."""

    shelf: str
    name: str
    process: str = ""


def all_entries(lib: Library) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Yield every entry with the names that it goes by, labels included; units are looked up apart."""
    for process in lib.processes:
        yield Entry("process", process), (process, *lib.declaration(process).label.values())
        for v in lib.declaration(process).variables.values():
            yield Entry("variable", v.name, process), (v.name, *v.aliases, *v.label.values())
        for name, retrofit in lib.retrofits(process).items():
            yield Entry("retrofit", name, process), (name, *retrofit.label.values())
        for name, indicator in lib.indicators(process).items():
            yield Entry("indicator", name, process), (name, *indicator.label.values())
    for name, reference in lib.references.items():
        yield Entry("reference", name, reference.process), (name, *reference.label.values())
    for name in lib.sources:
        yield Entry("source", name), (name,)
    for name, deck in lib.data("common", "prices.toml")["deck"].items():
        yield Entry("deck", name), (name, *deck["label"].values())
    for name, carrier in lib.carriers.items():
        yield Entry("carrier", name), (name, *carrier["label"].values())
    for name in lib.units.quantities():
        yield Entry("quantity", name), (name, lib.units.label(name, "zh"))
    for name, t in lib.glossary.items():
        yield Entry("term", name), (name, t["zh"], t["en"], *t.get("also", ()), *t.get("avoid", ()))


def find_entries(lib: Library, asked: str) -> list[Entry]:
    """Return what goes by a name: as declared, as ``process.name``, by its label in either language, or a unit."""
    process, _, bare = asked.rpartition(".")
    if process in lib.processes:
        return [entry for entry, names in all_entries(lib) if entry.process == process and bare in names]
    found = [entry for entry, names in all_entries(lib) if asked in names]
    if _unit_rows(lib, asked):
        found.append(Entry("unit", asked))
    return found


def known_names(lib: Library) -> list[str]:
    """Return every name that :func:`find_entries` knows, but units."""
    return list(dict.fromkeys(name for _, names in all_entries(lib) for name in names))


def page_tables(lib: Library, entry: Entry, lang: str) -> list[Table]:
    """Return the tables of one entry."""
    return PAGES[entry.shelf](lib, entry, lang)


def _title(entry: Entry, label: Mapping[str, str]) -> dict[str, str]:
    head = {lang: in_language(label, lang, entry.name) for lang in ("en", "zh")}
    return {lang: f"{SHELVES[entry.shelf][lang]} {entry.name}: {head[lang]}" for lang in head}


def _process(lib: Library, entry: Entry, lang: str) -> list[Table]:
    d = lib.declaration(entry.name)
    counts = Counter(v.role for v in d.variables.values())
    main = lib.indicators(entry.name).get(d.main_indicator)
    rows: list[tuple[str, Cell]] = [
        (
            "sector",
            in_language(lib.word(f"sector_{d.sector}"), lang)
            if f"sector_{d.sector}" in lib.glossary
            else d.sector,
        ),
        ("capacity", d.capacity_unit),
        ("product", in_language(d.variables[d.product].label, lang) if d.product in d.variables else ""),
        ("indicator", f"{in_language(main.label, lang)} {main.unit}" if main else ""),
        ("variable", joined([f"{text(f'shelf_role_{role}', lang)} {n}" for role, n in counts.items()])),
        ("retrofit", joined(list(lib.retrofits(entry.name)))),
        ("reference_plant", joined([r.id for r in lib.references.values() if r.process == entry.name])),
    ]
    return [facts(lib, entry.name, _title(entry, d.label), rows, lang)]


def _other_defaults(v: Variable) -> list[str]:
    """Return the defaults of plants that chose otherwise: "boiler_kind = w_flame: 6 %"."""
    return [f"{n} = {word}: {text}" for n, by in v.default_where.items() for word, (_, text) in by.items()]


def _variable(lib: Library, entry: Entry, lang: str) -> list[Table]:
    v = lib.declaration(entry.process).variables[entry.name]
    unit = unit_of(v)
    sharing = [p for p in lib.processes if entry.name in lib.declaration(p).variables]
    default = in_declared_unit(lib.units, v, v.default)
    rows: list[tuple[str, Cell]] = [
        ("role", text(f"shelf_role_{v.role}", lang)),
        ("quantity", "" if v.options else f"{lib.units.label(v.quantity, lang)} ({v.quantity})"),
        ("unit_of_measure", unit),
        ("options", joined(list(v.options))),
        ("bounds", with_unit(band(lib.units, v, v.bounds), unit)),
        ("typical", with_unit(band(lib.units, v, v.typical), unit)),
        ("default", joined([*filter(None, [with_unit(default, unit)]), *_other_defaults(v)])),
        ("dimension", f"{v.dimension} (<= {v.length})" if v.dimension else ""),
        ("needed", _needed(v, lang)),
        ("yearly", text(f"shelf_yearly_{v.yearly}", lang) if v.yearly else ""),
        ("carrier", in_language(lib.carriers[v.ledger.carrier]["label"], lang) if v.ledger else ""),
        ("note", in_language(v.note, lang)),
        ("source", v.source),
        ("evidence", evidence(lib, v.evidence, lang)),
        ("old_names", joined(v.aliases)),
        ("process", joined(sharing)),
        (
            "moved_by",
            joined(
                [
                    n
                    for n, r in lib.retrofits(entry.process).items()
                    if any(c.variable == v.name for c in r.changes)
                ]
            ),
        ),
    ]
    title = _title(Entry("variable", f"{entry.process}.{v.name}"), v.label)
    return [facts(lib, v.name, title, rows, lang)]


def _needed(v: Variable, lang: str) -> str:
    if v.role != "input":
        return ""
    if v.default is not None:
        return text("shelf_needed_default", lang)
    return text("shelf_needed_optional" if v.optional else "shelf_needed_yes", lang)


def _retrofit(lib: Library, entry: Entry, lang: str) -> list[Table]:
    r = lib.retrofits(entry.process)[entry.name]
    raw = lib.data(entry.process, "retrofits.toml")[entry.name]
    variables = lib.declaration(entry.process).variables

    def aged(key: str) -> str:
        e = raw.get(key)
        return (
            f"{number(e['value'])} {e['unit']} ({evidence(lib, e.get('evidence', 'unverified'), lang)})"
            if e
            else ""
        )

    def cost(key: str) -> str:
        e = raw.get(key)
        return (
            f"{cost_text(lib, entry.process, e, lang)} ({evidence(lib, e.get('evidence', 'unverified'), lang)})"
            if e
            else ""
        )

    rows: list[tuple[str, Cell]] = [
        ("process", entry.process),
        ("kind", text(f"shelf_kind_{r.kind}", lang)),
        ("capex", cost("capex")),
        ("operating_cost", cost("operating_cost")),
        ("service_life", aged("life")),
        ("outage", aged("outage")),
        ("requires", joined(r.requires)),
        ("where", joined([f"{name} = {' | '.join(words)}" for name, words in r.where.items()])),
        ("needs", joined(r.needs)),
        ("excludes", joined(r.excludes)),
        ("capped_by", joined(r.capped_by)),
        ("note", in_language(r.note, lang)),
        ("caveat", in_language(r.caveat, lang)),
        ("source", r.source),
        ("evidence", evidence(lib, r.evidence, lang)),
    ]
    changes = []
    for c in r.changes:
        v = variables[c.variable]
        limits = [
            f"{sign} {in_declared_unit(lib.units, v, si)}"
            for sign, si in (("<=", c.at_most), (">=", c.at_least))
            if si is not None
        ]
        unit = "" if c.action == "scale" else unit_of(v)
        numbers = change_numbers(lib.units, v, c)
        label = in_language(v.label, lang)
        changes.append(
            (c.variable, label, text(f"shelf_action_{c.action}", lang), numbers, unit, joined(limits))
        )
    tables = [facts(lib, entry.name, _title(entry, r.label), rows, lang)]
    if changes:
        head = columns(lib, "variable", "label", "action", "range", "unit_of_measure", "limit")
        tables.append(
            without_empty(Table(f"{entry.name}-changes", words("title_changes"), head, tuple(changes)))
        )
    return tables


def _indicator(lib: Library, entry: Entry, lang: str) -> list[Table]:
    i = lib.indicators(entry.process)[entry.name]
    is_main = lib.declaration(entry.process).main_indicator == entry.name
    rows: list[tuple[str, Cell]] = [
        ("process", entry.process),
        ("quantity", f"{lib.units.label(i.quantity, lang)} ({i.quantity})"),
        ("unit_of_measure", i.unit),
        ("graded", text("shelf_graded_main", lang) if is_main else ""),
        ("source", i.source),
    ]
    levels = level_tables(lib, entry.process, entry.name, lang)
    return [facts(lib, entry.name, _title(entry, i.label), rows, lang), *levels]


def _source(lib: Library, entry: Entry, lang: str) -> list[Table]:
    s = lib.sources[entry.name]
    rows: list[tuple[str, Cell]] = [
        ("kind", text(f"shelf_source_{s['kind']}", lang)),
        ("reference", s["reference"]),
        ("year", str(s["year"])),
        ("note", s.get("note")),
        ("cited", joined([f"{file} ({n})" for file, n in _citations(lib, entry.name)])),
    ]
    return [facts(lib, entry.name, _title(entry, s["title"]), rows, lang)]


def _citations(lib: Library, source: str) -> list[tuple[str, int]]:
    """Return the files below models/ that name a source, and how often."""
    found = []
    for path in sorted(lib.folder.rglob("*.toml")):
        if path.name != "sources.toml" and source in (content := path.read_text(encoding="utf-8")):
            n = sum(1 for value in _texts(tomllib.loads(content)) if value == source)
            if n:
                found.append((path.relative_to(lib.folder).as_posix(), n))
    return found


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for child in node.values():
            yield from _texts(child)
    elif isinstance(node, list):
        for child in node:
            yield from _texts(child)
    elif isinstance(node, str):
        yield node


def _carrier(lib: Library, entry: Entry, lang: str) -> list[Table]:
    from plantsim.engine.factors import entry_at

    c = lib.carriers[entry.name]
    rows: list[tuple[str, Cell]] = [
        ("kind", text(f"shelf_carrier_{c['kind']}", lang)),
        ("unit_of_measure", c["unit"]),
    ]
    for key, heading, file in (
        ("equivalent", "equivalent_value", "energy.toml"),
        ("equal_value", "equal_value", "energy.toml"),
        ("carbon", "carbon", "emissions.toml"),
    ):
        if key in c:
            e = entry_at(lib.data("common", file), c[key])
            word = evidence(lib, e["evidence"], lang)
            rows.append((heading, f"{number(e['value'])} {e['unit']}  {c[key]} ({word})"))
    rows.append(("price", c.get("price")))
    return [facts(lib, entry.name, _title(entry, c["label"]), rows, lang)]


def _quantity(lib: Library, entry: Entry, lang: str) -> list[Table]:
    units = lib.units
    used = [
        f"{p}.{v.name}"
        for p in lib.processes
        for v in lib.declaration(p).variables.values()
        if v.quantity == entry.name and v.role in ("input", "operating")
    ]
    rows: list[tuple[str, Cell]] = [("base_unit", units.si_unit(entry.name)), ("variable", joined(used))]
    label = {n: units.label(entry.name, n) for n in ("en", "zh")}
    cells = tuple((u, _in_base(lib, u, entry.name, lang)) for u in units.units_of(entry.name))
    table = Table(
        f"{entry.name}-units", words("title_units_of"), columns(lib, "unit_of_measure", "in_base_unit"), cells
    )
    return [facts(lib, entry.name, _title(entry, label), rows, lang), table]


def _in_base(lib: Library, unit: str, quantity: str, lang: str) -> str:
    """Return what a unit is in the base unit of a quantity: "1000000 Pa"; with an offset "x + 273.15 K"."""
    base = lib.units.si_unit(quantity)
    try:
        zero = lib.units.to_si(0, unit, quantity)
        factor = lib.units.to_si(1, unit, quantity) - zero
    except UnitError:  # gauge pressure and vacuum count from the site's air pressure
        return text("shelf_from_site_pressure", lang)
    return f"{factor:.10g} {base}" if not zero else f"{factor:.10g} {base} + {zero:.10g} {base}"


def _unit_rows(lib: Library, unit: str) -> list[tuple[str, str]]:
    """Return (quantity, the table's spelling) for every quantity that takes a unit."""
    rows = []
    for quantity in lib.units.quantities():
        try:
            rows.append((quantity, lib.units.unit(unit, quantity)))
        except UnitError:
            continue
    return rows


def _unit(lib: Library, entry: Entry, lang: str) -> list[Table]:
    cells = tuple(
        (q, lib.units.label(q, lang), symbol, _in_base(lib, symbol, q, lang))
        for q, symbol in _unit_rows(lib, entry.name)
    )
    head = columns(lib, "quantity", "label", "unit_of_measure", "in_base_unit")
    return [Table(entry.name, words("title_unit", unit=entry.name), head, cells)]


def _term(lib: Library, entry: Entry, lang: str) -> list[Table]:
    t = lib.glossary[entry.name]
    rows: list[tuple[str, Cell]] = [
        ("chinese", t["zh"]),
        ("english", t["en"]),
        ("also", joined(t.get("also", ()))),
        ("avoid", joined(t.get("avoid", ()))),
        ("chapter", t["group"]),
    ]
    return [facts(lib, entry.name, _title(entry, lib.word(entry.name)), rows, lang)]


def _reference(lib: Library, entry: Entry, lang: str) -> list[Table]:
    return reference_page(lib, entry.name, _title(entry, lib.references[entry.name].label), lang)


def _deck(lib: Library, entry: Entry, lang: str) -> list[Table]:
    return deck_page(
        lib, entry.name, _title(entry, lib.data("common", "prices.toml")["deck"][entry.name]["label"]), lang
    )


PAGES: dict[str, Callable[[Library, Entry, str], list[Table]]] = {
    "process": _process,
    "variable": _variable,
    "retrofit": _retrofit,
    "indicator": _indicator,
    "reference": _reference,
    "source": _source,
    "deck": _deck,
    "carrier": _carrier,
    "quantity": _quantity,
    "unit": _unit,
    "term": _term,
}
SHELVES: dict[str, dict[str, str]] = {shelf: words(f"one_{shelf}") for shelf in PAGES}
