"""A proposal under each choice of its process's option: what each saves, and what would help one that fails."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from studies import SIMPLE_LINES, fitted

from plantsim.engine.alternatives import choices
from plantsim.engine.rank import rank_case
from plantsim.library import library
from plantsim.report.ranking import ranking_tables
from plantsim.report.ranking_notes import ranking_notes
from plantsim.vocabulary.case import Change, Value
from plantsim.vocabulary.problems import Problems


@pytest.fixture(scope="module")
def lines():
    """Two lines with their heat balance on."""
    case = fitted(SIMPLE_LINES)
    on = [replace(p, values={**p.values, "heat_balance": Value(1.0)}) for p in case.plants]
    return replace(case, plants=tuple(on))


def ranked(case):
    return rank_case(case, library(), Problems(), threads=1)


def row(ranking, proposal):
    return next(r for r in ranking.proposals if r.proposal.id == proposal)


def test_every_handle_is_simulated_and_the_proposal_s_own_is_marked(lines):
    r = row(ranked(lines), "shuangyuan-1-cathode")
    found = {a.word: a for a in r.alternatives}
    assert list(found) == ["none", "cover", "lining", "distance"]
    assert [a.word for a in r.alternatives if a.chosen] == ["lining"]
    assert found["lining"].saving == r.saving
    assert found["cover"].saving == pytest.approx(r.saving, rel=1e-9)
    assert found["none"].saving > r.saving  # a colder bath has a higher current efficiency
    # with distance alone the gain is given back: no saving, and the table says so
    assert found["distance"].saving == pytest.approx(0.0, abs=1e-6 * r.saving)


def test_a_measure_that_leaves_the_option_alone_has_no_alternatives(lines):
    assert row(ranked(lines), "shuangyuan-1-rectifier").alternatives == ()


def test_a_line_without_heat_balance_feels_no_handle():
    r = row(ranked(fitted(SIMPLE_LINES)), "shuangyuan-1-cathode")
    assert r.alternatives == ()


def test_choices_come_after_the_proposal_s_own_change():
    declaration = library().declaration("aluminium_cell")
    own = Change("thermal_handle", "set", 2.0, 2.0, 2.0)
    other = Change("cathode_voltage_drop", "add", -0.04, -0.06, -0.08)
    assert choices(declaration, (other,)) == {}
    found = choices(declaration, (other, own))
    assert [c[-1].likely for c in found.values()] == [0.0, 1.0, 2.0, 3.0]
    assert all(c[:2] == (other, own) for c in found.values())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_and_what_would_restore_a_frozen_cell(lines, lang):
    plant = lines.plants[0]
    own = (
        Change("anode_cathode_distance", "add", -0.012, -0.012, -0.012),
        Change("thermal_handle", "set", 0.0, 0.0, 0.0),
    )
    frozen = replace(plant.proposals[0], id="frozen", changes=own)
    ranking = ranked(replace(lines, plants=(replace(plant, proposals=(frozen,)),)))
    r = row(ranking, "frozen")
    assert r.status == "infeasible_thermal"
    assert math.isnan(r.saving)
    (code, fields), *_ = [w for w in r.warnings if w[0] == "remedy"]
    assert code == "remedy"
    assert float(fields["value"]) > 0
    word = {"en": "What would restore it", "zh": "恢复可行所需"}[lang]
    assert any(word in line for line in ranking_notes(ranking, library(), lang))
    table = next(t for t in ranking_tables(ranking, library(), lang) if t.key.startswith("alternatives"))
    assert len(table.rows) == 1
    assert len(table.rows[0]) == 6
