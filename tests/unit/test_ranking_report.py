"""The ranking as it is read: ids drawn together, notes by text, columns that say one thing, widths."""

from __future__ import annotations

from plantsim.cli.show import column_widths
from plantsim.io.cases import read_case
from plantsim.library import library
from plantsim.report.ranking_words import tags_text, without_same
from plantsim.vocabulary.problems import Problems
from plantsim.vocabulary.tables import Column, Table


def test_tags_are_drawn_together_list_by_list():
    assert tags_text(["C2", "E1", "E10", "E2", "E3", "C1", "F1", "E5"]) == "E1~E3, E5, E10, C1, C2, F1"
    assert tags_text(["E7"]) == "E7"


def test_a_column_that_says_the_same_in_every_row_is_told_once():
    columns = (Column("a", {"en": "a"}), Column("evidence", {"en": "evidence"}))
    same = Table("t", {}, columns, (("1", "assumed"), ("2", "assumed")))
    told = without_same(same, "evidence", "note_same_evidence", "en")
    assert [c.key for c in told.columns] == ["a"]
    assert told.rows == (("1",), ("2",))
    assert "assumed" in told.notes[0]["en"]
    other = Table("t", {}, columns, (("1", "assumed"), ("2", "measured")))
    assert without_same(other, "evidence", "note_same_evidence", "en") == other


def test_room_goes_to_the_rows_before_the_heads():
    heads = ["a very long head of a narrow column", "b"]
    rows = [["1", "a row that wants to stand on one line"]]
    narrow, wide = column_widths([heads, *rows], 50)
    assert wide == len(rows[0][1])
    assert narrow == 50 - wide


def test_the_city_case_has_one_warning_per_steel_plant_and_no_other(root):
    problems = Problems()
    read_case(root / "cases" / "liupanshui", library(), problems)
    assert [(p.code, p.file.rpartition("/")[2]) for p in problems] == [
        ("declared_none", "shougang-shuigang-bf4.toml"),
        ("declared_missing", "shougang-shuigang-others.toml"),
    ]
