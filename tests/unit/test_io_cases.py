"""Cases: what is read, where it came from, and what each mistake is answered with."""

from __future__ import annotations

import hashlib
import math
import shutil
from pathlib import Path

import pytest
from conftest import codes

from plantsim import processes
from plantsim.io import read_case
from plantsim.io.cases import case_files
from plantsim.vocabulary.problems import Finding, Problems

CASE = Path(__file__).parents[1] / "data" / "two_potlines"
LINE = CASE / "plants" / "line-1.toml"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A copy of the two potlines, in a folder with a Chinese name and a space."""
    return Path(shutil.copytree(CASE, tmp_path / "两个 系列"))


def read(path: Path, lib):
    problems = Problems()
    return read_case(path, lib, problems), problems


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# ---------------------------------------------------------------- the whole case


def test_the_whole_case(house, monkeypatch):
    monkeypatch.chdir(CASE.parents[2])
    case, problems = read(CASE, house)
    assert not list(problems)
    assert [p.id for p in case.plants] == ["line-1", "line-2"]
    assert (case.date, case.price_deck, case.discount_rate.si) == ("2026-08-01", "liupanshui-2026-base", 0.08)
    assert case.name == {"zh": "两个电解系列", "en": "Two potlines"}
    assert case.accounting == {"equal_value.electricity": "electricity.equal_value.2024"}
    assert [(t.sector, t.share_above) for t in case.targets] == [("aluminium", 0.3)]
    shown = "tests/data/two_potlines/plants/line-1.toml"
    assert dict(case.files)[shown] == hashlib.sha256(LINE.read_bytes()).hexdigest()
    plant = case.plants[0]
    current = plant.values["line_current"]
    assert (current.si, current.sd, current.unit) == (242e3, 1e3, "kA")
    assert (current.origin.file, current.origin.line, current.origin.text) == (shown, 13, "242 kA")
    assert current.origin.evidence == "measured"
    assert plant.capacity.si == 150e6
    (reported,) = plant.record
    assert (reported.name, reported.at) == ("liquid_ac_power", {})
    assert reported.value.si == pytest.approx(13350 * 3.6e6 / 1000)
    assert (reported.value.origin.method, reported.value.origin.year) == ("meter", 2023)
    assert [p.hours.si / 3600 for p in plant.operation] == [7000, 1760]
    assert plant.operation[1].values["cells_in_operation"].si == 0.9
    cathode, rectifier = plant.proposals
    assert (cathode.capex.si, cathode.claim.basis) == (45e6, "equivalent")
    assert cathode.claim.saving.si == pytest.approx(14000 * 29.3076e9)
    assert (rectifier.capex.si, rectifier.claim.basis) == (30e6, "equal_value")
    assert (rectifier.changes[0].low, rectifier.changes[0].at_most) == (0.98, 0.988)


def test_precedence_case_reference_default(house):
    values = read(CASE, house)[0].plants[0].values
    assert values["cathode_voltage_drop"].origin.text == "330 mV"
    reference = values["cell_count"].origin
    assert (reference.file, reference.evidence) == (
        "models/aluminium_cell/reference/prebake_240ka.toml",
        "unverified",
    )
    assert reference.line > 0
    default = values["casting_power_per_tonne"].origin
    assert (default.file, default.source) == ("models/aluminium_cell/variables.toml", "practice-aluminium")


def test_one_file_a_folder_of_files_and_case_toml_itself(house, two):
    whole = read(two / "case.toml", house)[0]
    assert len(whole.plants) == 2
    single = read(two / "plants" / "line-2.toml", house)[0]
    assert [p.id for p in single.plants] == ["line-2"]
    assert (single.price_deck, single.targets) == ("liupanshui-2026-base", ())
    bare, problems = read(two / "plants", house)
    assert len(bare.plants) == 2
    assert {"price_deck_missing", "date_missing"} == {p.code for p in problems}
    assert bare.price_deck
    assert bare.date
    assert [p.name for p in case_files(two, Problems())] == ["case.toml", "line-1.toml", "line-2.toml"]


def test_a_bad_plant_is_left_out_and_the_rest_runs(house, two):
    edit(two / "plants" / "line-1.toml", '"242 kA"', '"242 MPa"')
    (two / "plants" / "notes.toml").write_bytes(b"\0\0")
    case, problems = read(two, house)
    assert [p.id for p in case.plants] == ["line-2"]
    assert codes(problems) == {"unit_wrong_quantity": 13, "file_binary": 0}


def test_missing_case_names_the_nearest(house, two, monkeypatch):
    monkeypatch.chdir(two.parent)
    case, problems = read(Path("两个系列"), house)
    assert case is None
    assert [(p.code, p.fields["guess"]) for p in problems] == [("case_missing_near", "两个 系列")]
    assert read(Path("nothing\0"), house)[1].errors[0].code.startswith("case_missing")


def test_folder_without_plants(house, tmp_path):
    case, problems = read(tmp_path, house)
    assert case is None
    assert codes(problems) == {"no_plants": 0}


def test_ids_that_stand_twice(house, two):
    shutil.copy(two / "plants" / "line-1.toml", two / "plants" / "line-3.toml")
    case, problems = read(two, house)
    assert [p.id for p in case.plants] == ["line-1", "line-2"]
    assert [p.code for p in problems] == ["plant_twice", "proposal_twice", "proposal_twice"]
    first = problems.errors[0]
    assert first.file.endswith("line-3.toml")
    assert first.fields["other"].endswith("line-1.toml:4")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("date = 2026-08-01", 'date = "1 August"', "date_wrong"),
        ('"liupanshui-2026-base"', '"liupanshui-2025-base"', "price_deck_unknown_near"),
        ('discount_rate = "8 %"', "discount_rate = 8", "unit_missing"),
        ('discount_rate = "8 %"', 'discount_rate = "800 %"', "share_outside"),
        ("equal_value.electricity", "equal_value.electricty", "accounting_unknown_near"),
        ("schema = 1", "schema = 2", "schema_newer"),
        ("[accounting]", "[acounting]", "key_unknown_near"),
    ],
)
def test_mistakes_in_case_toml(house, two, old, new, code):
    edit(two / "case.toml", old, new)
    case, problems = read(two, house)
    assert case is None
    assert [p.code for p in problems] == [code]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('sector = "aluminium"', 'sector = "aluminum"', "sector_unknown_near"),
        ('share_above = "30 %"', 'share_above = "130 %"', "share_outside"),
        ('share_above = "30 %"', "", "target_one_of"),
        ('share_above = "30 %"', "share = 3", "key_unknown_near"),
        ("[[target]]", "[target]", "wrong_kind"),
    ],
)
def test_a_bad_target_is_named_and_the_rest_holds(house, two, old, new, code):
    edit(two / "case.toml", old, new)
    case, problems = read(two, house)
    assert case.targets == ()
    assert len(case.plants) == 2
    assert [p.code for p in problems.errors] == [code]


def test_target_as_a_mean_of_the_main_indicator(house, two):
    edit(two / "case.toml", 'share_above = "30 %"', 'mean_at_most = "13200 kWh/t"')
    target = read(two, house)[0].targets[0]
    assert target.share_above is None
    assert target.mean_at_most.si == pytest.approx(13200 * 3600)


# ---------------------------------------------------------------- one mistake at a time

MISTAKES = [
    ("schema = 1", "", "schema_missing", 1),
    ("schema = 1", "schema = 7", "schema_newer", 1),
    ("schema = 1", 'schema = "1"', "schema_wrong", 1),
    ('id = "line-1"\n', "\n", "key_missing", 3),
    ('id = "line-1"', 'id = "a/b"', "id_wrong", 4),
    ('id = "line-1"', "id = 3", "wrong_kind", 4),
    ('id = "line-1"', 'id = ""', "text_empty", 4),
    ('district = "水城区"', 'distrikt = "水城区"', "key_unknown_near", 9),
    ('zh = "电解一系列"', 'cn = "电解一系列"', "key_unknown", 5),
    ('process = "aluminium_cell"', 'process = "aluminum_cell"', "plant_process_unknown_near", 6),
    ('"prebake-240ka"', '"prebake-240"', "reference_unknown_near", 7),
    ('"150 kt/a"', '"150 MW"', "unit_wrong_quantity", 8),
    ('"150 kt/a"', '"-150 kt/a"', "not_positive", 8),
    ("approved =", "aproved =", "key_unknown_near", 8),
    ('altitude = "1800 m"', "", "site_missing", 3),
    ('altitude = "1800 m"', 'altitude = "1800 m"\nair_pressure = "101 kPa"', "site_disagrees", 11),
    ('altitude = "1800 m"', 'altitude = "18000 m"', "altitude_outside_range", 10),
    ('altitude = "1800 m"', 'air_pressure = "81.5 MPa"', "outside_bounds_unit", 10),
    ("line_current =", "line_curent =", "variable_unknown_near", 13),
    ("line_current =", "xyz =", "variable_unknown", 13),
    ("line_current =", "ac_power =", "is_computed", 13),
    ("line_current =", "cells_in_operation =", "belongs_to_operation", 13),
    ("line_current =", "air_pressure =", "belongs_to_plant", 13),
    ('"242 kA"', '"242 A"', "outside_bounds_unit", 13),
    ('"242 kA"', '"24.2 kA"', "outside_bounds", 13),
    ('"242 kA"', '"242"', None, 0),
    ('"242 kA"', "nan", "number_not_finite", 13),
    ('"242 kA"', "true", "wrong_kind", 13),
    ('"242 kA"', "[1, 2]", "wrong_kind", 13),
    ('"242 kA"', "1979-05-27", "wrong_kind", 13),
    ('sd = "1 kA"', 'sd = "-1 kA"', "sd_negative", 13),
    ('sd = "1 kA"', 'ds = "1 kA"', "key_unknown", 13),
    ('{ value = "4.02 V", ', "{ ", "key_missing", 14),
    ('value = "4.02 V", status = "measured"', 'value = "4.02 V", status = "guess"', "word_unknown", 14),
    ('value = "4.02 V"', 'value = "5.02 V"', "outside_typical", 14),
    ('"91.5 %"', "0.915", "outside_bounds_unit", 16),
    ("liquid_ac_power =", "liquid_ac_powr =", "variable_unknown_near", 19),
    ('hours = "7000 h"', 'hours = "7100 h"', "hours_too_many", 21),
    ('hours = "7000 h"', 'hours = "0 h"', "not_positive", 22),
    ('hours = "7000 h"\n', "\n", "hours_missing", 21),
    ('hours = "7000 h"', 'hours = "7000 h"\ncell_count = 3', "belongs_to_values", 23),
    ('hours = "7000 h"', 'hours = "7000 h"\nhold = "power"', "word_unknown", 23),
    ('"low_resistance_cathode"', '"low_resistance_cathodes"', "retrofit_unknown_near", 31),
    ('capex = "45e6 CNY"', 'capex = "-45e6 CNY"', "is_negative", 34),
    ('capex = "45e6 CNY"', 'capex = "45e6 kWh"', "unit_wrong_quantity", 34),
    ('basis = "当量"', 'basis = "x"', "word_unknown", 35),
    (', basis = "当量"', "", "claim_basis_missing", 35),
    ('counterfactual = "none"', 'counterfactual = "nothing"', "counterfactual_unknown", 33),
    ('variable = "rectifier_efficiency"', 'variable = "ac_power"', "change_not_input", 44),
    ('variable = "rectifier_efficiency"', 'variable = "rectifier"', "variable_unknown_near", 44),
    ("set = [98.0, 98.2, 98.4]", "set = [98.0, 98.2]", "change_numbers", 44),
    ("set = [98.0, 98.2, 98.4]", 'set = "x"', "number_unreadable", 44),
    ("set = [98.0, 98.2, 98.4]", "scale = [nan]", "number_not_finite", 44),
    ("set = [98.0, 98.2, 98.4]", "set = 98, add = 3", "change_action", 44),
]


@pytest.mark.parametrize(("old", "new", "code", "line"), MISTAKES)
def test_one_mistake_one_message_at_its_line(house, two, old, new, code, line):
    file = two / "plants" / "line-1.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    case, problems = read(two, house)
    found = [(p.code, p.line) for p in problems]
    assert found == ([(code, line)] if code else [])
    of_proposals = [p for p in problems.errors if p.key.startswith("proposal")]
    assert (len(case.plants) == 2) == (len(problems.errors) == len(of_proposals))
    if of_proposals:  # the plant stays, without that proposal
        number = int(of_proposals[0].key.partition("[")[2].partition("]")[0])
        left = "line-1-cathode" if number == 2 else "line-1-rectifier"
        assert [p.id for p in case.plants[0].proposals] == [left]


def test_values_without_status_are_named_once(house, two):
    file = two / "plants" / "line-1.toml"
    edit(file, '{ value = "242 kA", status = "measured", sd = "1 kA" }', '"242 kA"')
    edit(file, '{ value = "91.5 %", status = "public", source = "plant-report" }', "91.5")
    case, problems = read(two, house)
    assert [(p.code, p.fields["names"]) for p in problems] == [
        ("status_missing", "line_current, current_efficiency")
    ]
    value = case.plants[0].values["current_efficiency"]
    assert (value.si, value.origin.evidence, value.origin.text) == (0.915, "assumed", "91.5 %")


def test_no_operation_means_a_full_year(house, two):
    case, problems = read(two, house)
    assert case.plants[1].operation[0].hours.si == 8760 * 3600  # the reference plant's year
    file = two / "plants" / "line-2.toml"
    edit(file, 'reference = "prebake-410ka"', "")
    text = 'line_current = "410 kA"\ncathode_voltage_drop = "260 mV"\ncurrent_efficiency = "93 %"\n'
    edit(file, "[values]", "[values]\n" + text + 'rectifier_efficiency = "98 %"')
    case, problems = read(two, house)
    assert [p.code for p in problems] == ["operation_missing", "status_missing"]
    assert case.plants[1].operation[0].hours.si == 8760 * 3600


def test_the_message_of_a_missing_value(house, two):
    file = two / "plants" / "line-2.toml"
    edit(file, 'reference = "prebake-410ka"', "")
    problems = read(two, house)[1]
    missing = {p.key: p.fields for p in problems.errors if p.code == "missing"}
    assert missing["values.line_current"] == {
        "name": "line_current",
        "label_en": "line current",
        "label_zh": "系列电流",
        "typical": "150 .. 700 kA",
        "example": 'line_current = "... kA"',
    }


def test_findings_of_the_process_stand_at_their_line(house, two, monkeypatch):
    seen = {}

    def check(x):
        seen.update(x)
        return [
            Finding("not_positive", "cell_voltage", {"text": "a"}),
            Finding("not_positive", "cell_count", {}, "warning"),
        ]

    monkeypatch.setattr(processes, "checker", lambda process: check)
    case, problems = read(LINE, house)
    assert case is None
    assert seen["line_current"] == 242e3
    assert [(p.severity, p.line, p.key) for p in problems] == [
        ("warning", 12, "values.cell_count"),
        ("error", 14, "values.cell_voltage"),
    ]


# ---------------------------------------------------------------- lists, choices, old names, optional inputs

ROW = """
[values]
extraction_pressure = { value = ["5 MPa", 2, "300 kPa"], status = "measured" }
exhaust_pressure = { value = "5.6 kPa", status = "measured" }
[[operation]]
hours = 8000
load = { value = 80, status = "assumed" }
"""


def test_lists_fill_the_count_and_the_defaults(rows, plant):
    case, problems = plant(rows, ROW)
    assert codes(problems) == {}
    values = case.plants[0].values
    assert values["extraction_pressure"].si == (5e6, 2e6, 3e5)
    assert values["extraction_pressure"].origin.text == "[5 MPa, 2 MPa, 300 kPa]"
    assert values["heater_count"].si == 3
    assert values["terminal_difference"].si == (3.0, 3.0, 3.0)
    assert math.isnan(values["drain_temperature"].si)
    assert values["drive"].si == 0
    assert case.plants[0].options == {"drive": "motor"}
    assert values["air_pressure"].si == 101325


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('["5 MPa", 2, "300 kPa"]', '"5 MPa"', "list_expected"),
        ('["5 MPa", 2, "300 kPa"]', "[5, 4, 3, 2, 1]", "list_too_long"),
        ('["5 MPa", 2, "300 kPa"]', "[5, 4, 0.0001]", "outside_bounds_unit"),
        ("[values]", "[values]\nheater_count = 2", "count_differs"),
        ("[values]", "[values]\nterminal_difference = [1, 2]", "lists_unequal"),
        ("[values]", '[values]\ndrive = "steam"', "word_unknown"),
        ("[values]", "[values]\ndrive = 1", "wrong_kind"),
        ("[values]", "[values]\nback_pressure = 5", "given_twice"),
        ('load = { value = 80, status = "assumed" }', "", "missing"),
    ],
)
def test_mistakes_in_lists_and_choices(rows, plant, old, new, code):
    assert old in ROW
    case, problems = plant(rows, ROW.replace(old, new))
    assert case is None
    assert [p.code for p in problems.errors] == [code]


def test_a_slightly_unusual_value_gets_no_guess_of_its_unit(rows, plant):
    problems = plant(rows, ROW.replace('"5 MPa"', '"6.5 MPa"'))[1]
    assert codes(problems) == {"outside_typical": 8}  # although 6.5 bar would be typical


def test_an_old_name_is_read_with_a_warning(rows, plant):
    case, problems = plant(rows, ROW.replace("exhaust_pressure", "back_pressure"))
    assert case.plants[0].values["exhaust_pressure"].si == pytest.approx(5600)
    assert codes(problems) == {"variable_renamed": 9}


def test_vacuum_is_read_with_the_pressure_of_the_site(rows, plant):
    body = ROW.replace('"5.6 kPa"', '"75 kPa(vac)"')
    case, _ = plant(rows, body, head='air_pressure = "81 kPa"')
    assert case.plants[0].values["exhaust_pressure"].si == pytest.approx(6000)


def test_the_unit_that_was_probably_meant(rows, plant):
    problems = plant(rows, ROW.replace("5.6 kPa", "5.6 MPa"))[1]
    found = problems.errors[0]
    assert found.code == "outside_bounds_unit"
    assert found.fields["text"] == "5.6 MPa"
    assert found.fields["range"] == "0.002 .. 0.06 MPa"
    assert found.fields["typical"] == "0.004 .. 0.012 MPa"
    assert found.fields["guess"] == "5.6 kPa"
