"""The generated reference says all that models/ declares, alike each time."""

from make_reference import cell_text, make

from plantsim.library import library
from plantsim.vocabulary.messages import LANGUAGES


def test_pages_are_the_same_each_time_and_link_to_each_other(tmp_path):
    first, second = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in make(tmp_path / n)} for n in ("one", "two")
    )
    assert first == second
    for path, content in first.items():
        if path.name == "index.md":
            for other in first:
                if other.parent == path.parent and other != path:
                    assert f"({other.name})".encode() in content


def test_every_declared_name_stands_in_the_reference(tmp_path):
    lib = library()
    written = {p.relative_to(tmp_path).as_posix(): p.read_text(encoding="utf-8") for p in make(tmp_path)}
    for lang in LANGUAGES:
        for process in lib.processes:
            text = written[f"{lang}/reference/{process}.md"]
            names = [*lib.declaration(process).variables, *lib.retrofits(process)]
            names += [r.id for r in lib.references.values() if r.process == process]
            assert [n for n in names if n not in text] == []
            labels = [v.label[lang] for v in lib.declaration(process).variables.values()]
            assert [label for label in labels if cell_text(label, lang) not in text] == []
        for page, entries in (
            ("sources", lib.sources),
            ("units", lib.units.quantities()),
            ("glossary", lib.glossary),
        ):
            assert [n for n in entries if n not in written[f"{lang}/reference/{page}.md"]] == []


def test_every_table_has_as_many_cells_in_each_row(tmp_path):
    for path in make(tmp_path):
        width = 0
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.replace("\\|", "").count("|") if line.startswith("|") else 0
            assert not (width and cells) or cells == width, (path.name, line)
            width = cells
