"""Labels of models/*: both languages, the trade's own words, and one word for one thing."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantsim.library import library

MODELS = Path(__file__).resolve().parents[2] / "models"
FILES = ("variables", "retrofits", "standards")
GLOSSARY = tomllib.loads((MODELS / "common" / "glossary.toml").read_text(encoding="utf-8"))["term"]
CJK = re.compile(r"[\u4e00-\u9fff]")
NO_WORDS = {"CO2", "SO2", "NOx"}  # what both languages write alike


def labelled(data: dict, path: str = "") -> Iterator[tuple[str, dict]]:
    """Yield (path, label) of every ``label`` of a parsed file."""
    for key, child in data.items():
        for i, entry in enumerate(child if isinstance(child, list) else [child]):
            where = f"{path}.{key}[{i}]" if isinstance(child, list) else f"{path}.{key}".lstrip(".")
            if isinstance(entry, dict):
                if "label" in entry:
                    yield where, entry["label"]
                yield from labelled(entry, where)


def faults(label: dict[str, str], glossary: dict[str, dict]) -> list[str]:
    """Return what is wrong with a label: a missing language, a word to avoid, another Chinese word than the term's."""
    found = [f"no {lang}" for lang in ("en", "zh") if not str(label.get(lang, "")).strip()]
    if found:
        return found
    en, zh = label["en"], label["zh"]
    if not CJK.search(zh) and zh not in NO_WORDS:
        found.append(f"zh {zh!r} is not Chinese")
    if CJK.search(en):
        found.append(f"en {en!r} has Chinese signs")
    for entry in glossary.values():
        found += [f"{word} in {zh}: write {entry['zh']}" for word in entry.get("avoid", ()) if word in zh]
    terms = [entry["zh"] for entry in glossary.values() if entry["en"].casefold() == en.casefold()]
    if terms and zh not in terms:
        found.append(f"{en!r} is {' or '.join(terms)} in the glossary, not {zh}")
    return found


def files() -> list[Path]:
    return sorted(path for path in MODELS.glob("*/*.toml") if path.stem in FILES)


@pytest.mark.parametrize("path", files(), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_labels(path):
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    labels = dict(labelled(data))
    assert labels
    wrong = {where: fault for where, label in labels.items() if (fault := faults(label, GLOSSARY))}
    assert not wrong


@pytest.mark.parametrize("path", files(), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_entry_has_a_label(path):
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    entries = data["indicator"] if path.stem == "standards" else data
    assert [name for name, entry in entries.items() if "label" not in entry] == []


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ({"en": "cooler"}, "no zh"),
        ({"en": "cooler", "zh": "cooler"}, "not Chinese"),
        ({"en": "grate cooler", "zh": "蓖冷机"}, "篦冷机"),
        ({"en": "Current efficiency", "zh": "电流利用率"}, "电流效率"),
        ({"en": "水", "zh": "水"}, "Chinese signs"),
    ],
)
def test_a_wrong_label_is_found_and_the_right_word_named(label, named):
    assert any(named in fault for fault in faults(label, GLOSSARY))


def test_words_to_avoid_are_not_part_of_the_right_words():
    right = [word for t in GLOSSARY.values() for word in (t["zh"], *t.get("also", ()))]
    for entry in GLOSSARY.values():
        for word in entry.get("avoid", ()):
            assert not [r for r in right if word in r], word


@pytest.mark.parametrize("process", library().processes)
def test_choices_that_a_process_compares_have_headings(process):
    declaration = library().declaration(process)
    if declaration.alternative:
        words = declaration.variables[declaration.alternative].options
        assert {f"{declaration.alternative}_{word}" for word in words} <= set(GLOSSARY)
