"""Whatever happens to a case with sinks, enterprises, declared plants and proposals: a case or messages."""

from __future__ import annotations

import shutil
from pathlib import Path

from counts import examples
from hypothesis import given
from hypothesis import strategies as st
from test_mutated_cases import QUIET, UNFILLED, mutated

from plantsim.io import read_case
from plantsim.library import library
from plantsim.vocabulary.messages import catalogue, show_problem, text
from plantsim.vocabulary.problems import Problems

DATA = Path(__file__).parents[1] / "data" / "steel_works"
FILES = ("case.toml", "proposals.toml", "plants/bf-1.toml")


def test_the_case_as_it_is():
    problems = Problems()
    case = read_case(DATA, library(), problems)
    assert not list(problems)
    assert case is not None
    assert [[p.id for p in plant.proposals] for plant in case.plants] == [
        ["bf-1-oxygen", "bf-1-stove"],
        ["bf-2-oxygen", "bf-2-retire"],
    ]


@examples(600, suppress_health_check=QUIET)
@given(st.sampled_from(FILES), st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_a_mutated_portfolio_gets_an_answer(tmp_path, name, seed, times):
    folder = Path(shutil.copytree(DATA, tmp_path / "case", dirs_exist_ok=True))
    (folder / name).write_bytes(mutated((DATA / name).read_text(encoding="utf-8"), seed, times))
    problems = Problems()
    case = read_case(folder, library(), problems)
    assert case is not None or problems.errors
    for p in problems:
        assert p.file
        for lang in ("zh", "en"):
            assert p.code in catalogue()
            assert not UNFILLED.search(text(p.code, lang, dict.fromkeys(p.fields, ""))), p
            assert len(show_problem(p, lang)) < 2000
    if case is not None:
        sinks = {s.id for s in case.sinks}
        for plant in case.plants:
            assert set(plant.sells_to.values()) <= sinks
            ids = [p.id for p in plant.proposals]
            assert len(set(ids)) == len(ids)
