"""Write the reference pages from models/: ``python docs/make_reference.py [FOLDER]``.

The pages go to FOLDER/en/reference and FOLDER/zh/reference (FOLDER is this folder if not given). They are not
kept in git: what they say stands in models/, and ``plantsim library`` says the same. The same models make the
same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from plantsim.library import Library, library
from plantsim.report.shelf_pages import Entry, page_tables
from plantsim.report.shelves import list_tables
from plantsim.vocabulary.messages import LANGUAGES, in_language
from plantsim.vocabulary.tables import Cell, Table

TITLES = {
    "index": {"en": "Reference", "zh": "参考手册"},
    "sources": {"en": "Sources", "zh": "数据来源"},
    "units": {"en": "Quantities and units", "zh": "物理量与单位"},
    "prices": {"en": "Price decks", "zh": "价格方案"},
    "carriers": {"en": "Carriers of the ledger", "zh": "能源品种"},
    "glossary": {"en": "Glossary", "zh": "术语表"},
}
GENERATED = {
    "en": "Generated from models/ by `python docs/make_reference.py`. Change the numbers there, not here.",
    "zh": "本页由 `python docs/make_reference.py` 根据 models/ 生成。请在 models/ 中修改, 不要改本页。",
}


def cell_text(cell: Cell, lang: str) -> str:
    """Return a cell as Markdown: bars and line ends would break the table."""
    if isinstance(cell, Mapping):
        cell = in_language(cell, lang)
    text = "" if cell is None else f"{cell:,}" if isinstance(cell, int) else str(cell)
    return text.replace("|", "\\|").replace("\n", " ")


def markdown(table: Table, lang: str, level: int = 2) -> str:
    """Return a table under a heading of its title, with its notes below."""
    heads = [in_language(c.label, lang, c.key) + (f" [{c.unit}]" if c.unit else "") for c in table.columns]
    lines = [f"{'#' * level} {in_language(table.title, lang, table.key)}", ""]
    lines += [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    lines += [f"| {' | '.join(cell_text(c, lang) for c in row)} |" for row in table.rows]
    for note in table.notes:
        lines += ["", in_language(note, lang)]
    return "\n".join(lines)


def page(title: str, blocks: Iterable[str], lang: str) -> str:
    """Return a whole page."""
    return "\n\n".join([f"# {title}", f"*{GENERATED[lang]}*", *blocks]) + "\n"


def process_page(lib: Library, process: str, lang: str) -> str:
    """Return all that is declared of a process: variables, retrofits, levels, reference plants."""
    blocks = [
        markdown(t, lang)
        for kind in ("variables", "standards")
        for t in list_tables(lib, kind, process, lang)
    ]
    entries = [
        *(Entry("retrofit", name, process) for name in lib.retrofits(process)),
        *(Entry("reference", name, process) for name, r in lib.references.items() if r.process == process),
        *(
            Entry("variable", v.name, process)
            for v in lib.declaration(process).with_role("input", "operating")
        ),
    ]
    for entry in entries:
        head, *rest = page_tables(lib, entry, lang)
        blocks += [markdown(head, lang), *(markdown(t, lang, 3) for t in rest)]
    return page(in_language(lib.declaration(process).label, lang, process), blocks, lang)


def common_page(lib: Library, kind: str, lang: str) -> str:
    """Return all entries of a kind that belongs to every process."""
    blocks = [markdown(t, lang) for t in list_tables(lib, kind, "", lang)]
    if kind == "prices":
        for deck in lib.data("common", "prices.toml")["deck"]:
            head, prices = page_tables(lib, Entry("deck", deck), lang)
            blocks += [markdown(head, lang), markdown(prices, lang, 3)]
    if kind == "sources":
        rows = [
            f"- `{name}`: {in_language(s['title'], lang)}. {s['reference']}"
            for name, s in lib.sources.items()
        ]
        blocks = ["\n".join(rows)]
    return page(TITLES[kind][lang], blocks, lang)


def make(folder: Path) -> list[Path]:
    """Write the pages of both languages below ``folder``; return their paths."""
    lib, written = library(), []
    for lang in LANGUAGES:
        pages = {process: process_page(lib, process, lang) for process in lib.processes}
        pages |= {kind: common_page(lib, kind, lang) for kind in TITLES if kind != "index"}
        links = [f"- [{text.splitlines()[0].removeprefix('# ')}]({name}.md)" for name, text in pages.items()]
        pages["index"] = page(TITLES["index"][lang], ["\n".join(links)], lang)
        (folder / lang / "reference").mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            path = folder / lang / "reference" / f"{name}.md"
            path.write_text(text, encoding="utf-8", newline="\n")
            written.append(path)
    return written


if __name__ == "__main__":
    for made in make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent):
        print(made)
