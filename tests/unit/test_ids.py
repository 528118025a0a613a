"""Ids that would steer a terminal, run as a formula or be taken for another are refused; odd ones are told."""

from __future__ import annotations

import re
import time

import pytest

from plantsim.io.cases import read_case
from plantsim.io.ids import folded, is_odd
from plantsim.library import library
from plantsim.vocabulary.messages import show_problems
from plantsim.vocabulary.problems import Problems


def codes(tmp_path, *ids: str) -> list[str]:
    reference = next(r.id for r in library().references.values() if r.process == "aluminium_cell")
    for n, one in enumerate(ids):
        text = f'schema = 1\n[plant]\nid = "{one}"\nprocess = "aluminium_cell"\nreference = "{reference}"\n'
        (tmp_path / f"{n}.toml").write_text(text, encoding="utf-8")
    problems = Problems()
    read_case(tmp_path, library(), problems)
    return [p.code for p in problems if p.code.startswith("id_")]


BAD = [
    "=1+1",
    "@SUM(A1)",
    "-rf",
    "+1",
    ".hidden",
    r"a\u001b[2Jb",
    r"a\u009bb",
    r"a\u202eb",
    r"a\u200bb",
    "a b",
]


@pytest.mark.parametrize("name", BAD)
def test_dangerous_ids_are_refused(tmp_path, name):
    assert "id_wrong" in codes(tmp_path, name)


@pytest.mark.parametrize("name", ["1#", "2#", "盘北1#", "line-1", "a.b_c", "六盘水-A1", "é1", "Ж1"])
def test_usual_ids_pass(tmp_path, name):
    assert codes(tmp_path, name) == []
    assert not is_odd(name)


@pytest.mark.parametrize("name", ["CON", "nul.x", "a" * 65, "line(1)", "раnbei", "e\u0301", "a·b"])
def test_odd_ids_are_read_with_a_warning(tmp_path, name):
    assert codes(tmp_path, name) == ["id_odd"]


@pytest.mark.parametrize(
    ("one", "other"), [("Line-1", "line-1"), ("１#", "1#"), ("ﬁ", "fi"), ("straße", "STRASSE")]
)
def test_ids_that_are_read_alike_are_refused(tmp_path, one, other):
    assert folded(one) == folded(other)
    assert "id_like_another" in codes(tmp_path, one, other)


def test_many_problems_are_a_hundred_and_a_count(tmp_path):
    """300,000 unknown keys took half a minute, and 44 MB of messages."""
    reference = next(r.id for r in library().references.values() if r.process == "aluminium_cell")
    head = f'schema = 1\n[plant]\nid = "a"\nprocess = "aluminium_cell"\nreference = "{reference}"\n[values]\n'
    (tmp_path / "a.toml").write_text(head + "".join(f"no_such_{n} = 1\n" for n in range(3000)))
    problems = Problems()
    read_case(tmp_path, library(), problems)
    shown = show_problems(problems, "en")
    assert len(shown) == 101
    assert re.fullmatch(r"\.\.\. and \d{4} more\.", shown[-1])


@pytest.mark.parametrize("key", ["a.", '"a" . ', "'a'."])
def test_a_key_of_thousands_of_parts_is_refused_before_it_is_parsed(tmp_path, key):
    (tmp_path / "a.toml").write_text("schema = 1\n" + key * 50_000 + "a = 1\n")
    problems, start = Problems(), time.process_time()
    read_case(tmp_path, library(), problems)
    assert [p.code for p in problems] == ["toml_nested"]
    assert time.process_time() - start < 20.0  # minutes before; some ms now
