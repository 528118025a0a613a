"""Changed results need a new version of models/ and a line in the changelog."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

from plantsim.library import library

ROOT = Path(__file__).resolve().parents[2]
FROZEN = ROOT / "tests" / "frozen"
SAID = tomllib.loads((FROZEN / "versions.toml").read_text(encoding="utf-8"))
ENTRIES = SAID["version"]
ADDED = SAID.get("added", [])
ADVICE = "new version in models/common/version.toml, a line in CHANGELOG.md, python tests/frozen/test_frozen_cases.py"


def belonging(version: str) -> dict[str, str]:
    """Return case -> digest of its results, those of cases that came later with it."""
    rows = [e["results"].items() for e in (*ENTRIES, *ADDED) if e["models"] == version]
    return dict(pair for row in rows for pair in row)


def test_the_frozen_results_are_those_of_the_version_in_force():
    newest = ENTRIES[-1]
    assert newest["models"] == library().version, ADVICE
    found = {
        p.parent.name: hashlib.sha256(p.read_bytes()).hexdigest()
        for p in FROZEN.glob("schema-*/results.json")
    }
    assert belonging(newest["models"]) == found, f"results changed: {ADVICE}"


def test_a_version_stands_once():
    names = [e["models"] for e in ENTRIES]
    assert len(set(names)) == len(names)


def test_what_is_added_to_a_version_is_new_and_changes_nothing_of_it():
    pairs = [(e["models"], case) for e in (*ENTRIES, *ADDED) for case in e["results"]]
    assert len(set(pairs)) == len(pairs)
    assert {e["models"] for e in ADDED} <= {e["models"] for e in ENTRIES}


@pytest.mark.parametrize("version", [e["models"] for e in ENTRIES[1:]] or [library().version])
def test_every_version_has_its_line_in_the_changelog(version):
    assert f"models {version}:" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), ADVICE


def test_the_manifest_names_the_version():
    from plantsim import api

    assert api.manifest(api.load_case("tests/data/simple_lines"))["models_version"] == library().version
