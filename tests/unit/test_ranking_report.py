"""The ranking as it is read: ids drawn together, notes by text, columns that say one thing, widths."""

from __future__ import annotations

from dataclasses import replace

from studies import LIUPANSHUI, read

from plantsim.cli.show import column_widths
from plantsim.engine.rank import rank_case
from plantsim.io.cases import read_case
from plantsim.library import library
from plantsim.report.ranking import ranking_tables
from plantsim.report.ranking_notes import ranking_notes
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


def test_a_note_beside_an_unusual_value_ends_its_warning_but_not_that_of_a_mistaken_unit(root, tmp_path):
    text = (root / "cases" / "liupanshui" / "plants" / "dawan-1.toml").read_text(encoding="utf-8")
    unit = 'mill_work = { value = "2 kWh/t", status = "assumed"'
    assert unit + ", note" in text

    def said(changed: str) -> list[str]:
        (tmp_path / "plant.toml").write_text(changed, encoding="utf-8")
        problems = Problems()
        read_case(tmp_path / "plant.toml", library(), problems)
        return [p.code for p in problems if "mill_work" in p.key]

    unusual = text.replace('"2 kWh/t"', '"1.5 kWh/t"')
    assert said(unusual) == []
    assert (
        said(
            unusual.replace(
                '"1.5 kWh/t", status = "assumed", note', '"1.5 kWh/t", status = "assumed", source'
            )
        )
        != []
    )
    outside = said(text.replace('"2 kWh/t"', '"2000 kWh/t"'))
    assert outside
    assert outside[0].startswith("outside_bounds")


def test_declared_proposals_without_figures_stand_in_one_line_and_in_no_table(root):
    lib, problems = library(), Problems()
    case, _ = read(LIUPANSHUI)
    furnaces = [p for p in case.plants if p.process == "blast_furnace"]
    silent = [
        replace(p, declared={}, proposals=tuple(replace(q, declared={}, capex=None) for q in p.proposals))
        for p in furnaces
    ]
    steel = replace(case, plants=tuple(silent))
    found = rank_case(steel, lib, problems, 1)
    assert len(found.proposals) == 4
    assert all(r.says_nothing for r in found.proposals)
    assert {r.rank for r in found.proposals} == {0}
    for lang in ("en", "zh"):
        assert not {"proposals", "further", "compliance"} & {t.key for t in ranking_tables(found, lib, lang)}
        lines = [line for line in ranking_notes(found, lib, lang) if "shuigang-bf4-oxygen" in line]
        assert len(lines) == 1
        assert "shuigang-bf4-trt" in lines[0]


def test_every_convention_of_coking_and_cement_is_printed_and_the_plants_own_has_a_star(root):
    lib, problems = library(), Problems()
    case, _ = read(LIUPANSHUI)
    wanted = ("bohong-1", "tianneng-1")
    some = replace(case, plants=tuple(replace(p, proposals=()) for p in case.plants if p.id in wanted))
    found = rank_case(some, lib, problems, 1)
    table = next(t for t in ranking_tables(found, lib, "en") if t.key == "conventions")
    names = [row[1] for row in table.rows]
    assert sum("kgce/kWh" in n for n in names) == 3  # 0.1229, 0.30, 0.404
    # steam net, gross and by its meter alone (reheat left out), power by equivalent and by equal value
    assert sum("coke" in n for n in names) == 5
    # the meter alone reads the same where no steam is reheated
    assert [str(row[2]).endswith("*") for row in table.rows].count(True) == 3


def test_the_city_case_warns_of_the_steel_plant_without_figures_and_of_nothing_else(root):
    _, problems = read(LIUPANSHUI)
    assert [(p.code, p.file.rpartition("/")[2]) for p in problems] == [
        ("declared_missing", "shougang-shuigang-others.toml"),
    ]
