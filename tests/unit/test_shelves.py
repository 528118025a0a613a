"""``plantsim library``: every entry of models/ can be listed and shown, in both languages, on 100 columns."""

import re

import pytest
from rich.cells import cell_len

from plantsim.cli.show import print_table
from plantsim.library import library
from plantsim.report.shelf_pages import all_entries, page_tables
from plantsim.report.shelf_words import number, three
from plantsim.report.shelves import KINDS, diff_tables, list_tables, show_tables
from plantsim.vocabulary.messages import LANGUAGES, show_problem
from plantsim.vocabulary.problems import BadInput

LIB = library()
UNRESOLVED = re.compile(r"shelf_|\{[a-z_]+\}")


def printed(tables, lang, capsys) -> str:
    for table in tables:
        print_table(table, lang)
    return capsys.readouterr().out


def cells(tables) -> list[str]:
    return [str(cell) for table in tables for row in table.rows for cell in row]


def refused(call, *args) -> list[str]:
    """Return what both languages say of the bad input that a call raises."""
    with pytest.raises(BadInput) as caught:
        call(*args)
    (problem,) = caught.value.problems.errors
    said = [show_problem(problem, lang) for lang in LANGUAGES]
    assert not any(UNRESOLVED.search(text) or problem.code in text for text in said), said
    return said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_listed_on_100_columns(kind, lang, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    tables = list_tables(LIB, kind, "", lang)
    assert any(table.rows for table in tables)
    shown = printed(tables, lang, capsys)
    assert max(cell_len(line) for line in shown.splitlines()) <= 100
    assert not UNRESOLVED.search(shown)
    for table in tables:  # what can be asked for by name stands unbroken
        if table.columns[0].key == "name":
            assert all(str(row[0]) in shown for row in table.rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_entry_has_a_page(lang):
    entries = dict(all_entries(LIB))
    assert len(entries) > 500
    for entry in entries:
        tables = page_tables(LIB, entry, lang)
        assert any(table.rows for table in tables), entry
        words = [*cells(tables), *(table.title[lang] for table in tables)]
        words += [column.label[lang] for table in tables for column in table.columns]
        assert not [word for word in words if UNRESOLVED.search(word)], entry


@pytest.mark.parametrize("process", LIB.processes)
def test_a_variable_is_shown_as_it_is_declared(process):
    for v in LIB.declaration(process).variables.values():
        declared = (
            LIB.data("common", "variables.toml").get(v.name) or LIB.data(process, "variables.toml")[v.name]
        )
        table = show_tables(LIB, f"{process}.{v.name}", "en")[
            0
        ]  # an indicator may bear the name of its output
        page = dict(table.rows)
        if "bounds" in declared:
            unit = "" if declared["unit"] == "1" else f" {declared['unit']}"
            low, high = page["allowed range"].removesuffix(unit).split(" .. ")
            assert [float(low.replace(",", "")), float(high.replace(",", ""))] == declared["bounds"]
        assert page.get("note", "") == declared.get("note", {}).get("en", "")
        assert page.get("source", "") == declared.get("source", "")


def test_lists_count_what_is_declared():
    (table,) = list_tables(LIB, "all", "", "en")
    counts = {row[0]: row[2] for row in table.rows}
    assert counts["variables"] == sum(len(LIB.declaration(p).variables) for p in LIB.processes)
    assert counts["standards"] == sum(len(LIB.levels(p)) for p in LIB.processes)
    assert counts["sources"] == len(LIB.sources)
    (narrow,) = list_tables(LIB, "all", LIB.processes[0], "en")
    assert {row[0] for row in narrow.rows} == {"variables", "references", "retrofits", "standards"}


def test_a_retrofit_says_what_it_changes_in_declared_units():
    changes = show_tables(LIB, "low_resistance_cathode", "en")[1]
    row = dict(zip([c.key for c in changes.columns], changes.rows[0], strict=True))
    assert row["variable"] == "cathode_voltage_drop"
    assert row["range"] == "-40 / -60 / -83"
    assert row["unit_of_measure"] == "mV"
    assert row["limit"] == ">= 170"


def test_a_reference_plant_is_shown_with_the_defaults_marked():
    values = {row[0]: row for row in show_tables(LIB, "prebake-240ka", "en")[1].rows}
    assert values["line_current"][2:4] == ("240", "kA")
    assert values["net_anode_consumption"][2] == "410*"


def test_labels_and_words_of_the_trade_are_names_too():
    titles = [t.title["zh"] for t in show_tables(LIB, "炉底压降", "zh")]
    assert any("aluminium_cell.cathode_voltage_drop" in t for t in titles)
    assert any(t.startswith("术语") for t in titles)
    assert show_tables(LIB, "蓖冷机", "zh")  # a word to avoid leads to the right one


def test_a_source_names_the_files_that_cite_it():
    page = dict(show_tables(LIB, "gb-21346-2022", "en")[0].rows)
    cited = re.search(r"aluminium_cell/standards.toml \((\d+)\)", page["cited in models/ (times)"])
    assert cited
    text = (LIB.folder / "aluminium_cell" / "standards.toml").read_text(encoding="utf-8")
    assert int(cited[1]) == text.count('"gb-21346-2022"')


def test_two_reference_plants_differ_value_by_value():
    (table,) = diff_tables(LIB, "prebake-240ka", "prebake-410ka", "en")
    rows = {row[0]: row for row in table.rows}
    assert rows["line_current"][2:] == ("240", "410", "+170", "kA")
    assert "net_anode_consumption" not in rows  # the same default in both
    (same,) = diff_tables(LIB, "prebake-240ka", "prebake-240ka", "en")
    assert not same.rows


def test_two_decks_differ_by_the_end_of_the_range_that_they_use():
    (table,) = diff_tables(LIB, "liupanshui-2026-low", "liupanshui-2026-high", "en")
    base = LIB.data("common", "prices.toml")["deck"]["liupanshui-2026-base"]["price"]
    rows = {row[0]: row for row in table.rows}
    assert rows["coke"][1:3] == (number(base["coke"]["value"][0]), number(base["coke"]["value"][2]))
    assert rows["carbon"][1:3] == ("50", "150")  # each deck lists its own


def test_two_retrofits_differ_in_cost_and_changes():
    (table,) = diff_tables(LIB, "rectifier_upgrade", "low_resistance_cathode", "zh")
    headings = [row[0] for row in table.rows]
    assert {"总投资", "整流效率", "炉底压降"} <= set(headings)


def test_what_cannot_be_found_or_compared_is_refused_in_both_languages():
    assert "variables" in refused(list_tables, LIB, "variable_s", "", "en")[1]
    assert "aluminium_cell" in refused(list_tables, LIB, "variables", "aluminum_cell", "en")[1]
    assert "--process" in refused(list_tables, LIB, "units", "aluminium_cell", "en")[1]
    assert "current_efficiency" in refused(show_tables, LIB, "curent_efficiency", "en")[1]
    refused(show_tables, LIB, "qqqqqq", "en")
    assert "reference plant" in refused(diff_tables, LIB, "prebake-240ka", "rectifier_upgrade", "en")[1]
    assert "is a unit" in refused(diff_tables, LIB, "prebake-240ka", "MW", "en")[1]


def test_numbers_lose_no_declared_digit():
    assert [number(v) for v in (0.0005, 97.6, 1889.5, 13350, 150000, 2.0, -40)] == [
        *("0.0005", "97.6", "1889.5", "13,350", "150,000", "2", "-40")
    ]
    assert three([1, 2, 3]) == "1 / 2 / 3"
    assert three([5, 5, 5]) == three(5) == "5"
