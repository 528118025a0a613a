"""Money of proposals, sinks, enterprises, declared plants and proposals of the case: read, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import codes

from plantsim.io import read_case
from plantsim.io.cases import case_files
from plantsim.io.schema import json_schema
from plantsim.library import Library
from plantsim.vocabulary.case import Contract
from plantsim.vocabulary.messages import show_problem
from plantsim.vocabulary.problems import Problems

CASE = Path(__file__).parents[1] / "data" / "two_potlines"
DAY = 86400.0
KGCE_PER_TONNE = 29307.6  # J/kg

FURNACE = """schema = 1
[plant]
id = "bf-1"
process = "blast_furnace"
enterprise = "works"
capacity = { approved = "120 万t/a", nameplate = "130 万t/a", actual = "125 万t/a" }
altitude = "1800 m"
[declared]
hot_metal_energy = { value = "392 kgce/t", sd = "6 kgce/t", status = "public", year = 2024 }
coal = { value = "60 万tce/a", status = "public" }
[[proposal]]
id = "bf-1-oxygen"
retrofit = "oxygen_enrichment"
capex = "8000 万元"
declared = { hot_metal_energy = { value = "384 kgce/t", status = "assumed" } }
"""


@pytest.fixture
def two(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CASE, tmp_path / "two"))


def read(path: Path, lib):
    problems = Problems()
    case = read_case(path, lib, problems)
    for p in problems:
        for lang in ("zh", "en"):
            shown = show_problem(p, lang)
            assert p.code not in shown, shown
    return case, problems


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(file: Path, text: str) -> None:
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(before + text, encoding="utf-8")


# ---------------------------------------------------------------- money of a proposal

MONEY = """
[[proposal]]
id = "line-2-all"
retrofit = "rectifier_upgrade"
capex = "3000 万元"
operating_cost = "20 万元/a"
life = "15 a"
building_time = "0.5 a"
outage = "12 d"
subsidy = "150 万元"
contract = { share = "70 %", years = "6 a" }
"""


def test_money_of_a_proposal(house, two):
    append(two / "plants" / "line-2.toml", MONEY)
    case, problems = read(two, house)
    assert not list(problems)
    p = case.plants[1].proposals[-1]
    assert (p.capex.si, p.operating_cost.si, p.subsidy.si) == (30e6, 200e3, 1.5e6)
    assert (p.life.si, p.building_time.si, p.outage.si) == (15.0, 0.5, 12 * DAY)
    assert p.contract == Contract(0.7, 6.0)
    assert (p.replacement, p.cancels_capacity, dict(p.declared)) == (None, False, {})
    assert p.operating_cost.origin.text == "20 万元/a"


def test_a_retirement_names_what_replaces_it(house, two):
    retire = '\n[[proposal]]\nid = "r"\nretrofit = "retire"\ncapex = "500 万元"\ncancels_capacity = true\n'
    append(two / "plants" / "line-2.toml", retire + 'replacement = "1600 kgce/t"\n')
    case, problems = read(two, house)
    assert not list(problems)
    p = case.plants[1].proposals[-1]
    assert p.cancels_capacity
    assert p.replacement.si == pytest.approx(1600 * KGCE_PER_TONNE)
    edit(two / "plants" / "line-2.toml", 'replacement = "1600 kgce/t"\n', "")
    _, problems = read(two, house)
    assert [p.code for p in problems] == ["replacement_missing"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"20 万元/a"', '"-20 万元/a"', "operating_cost_negative"),
        ('"20 万元/a"', '"20 万元"', "unit_wrong_quantity"),
        ('"15 a"', '"0 a"', "not_positive"),
        ('"15 a"', '"-1 a"', "is_negative"),
        ('"0.5 a"', '"-0.5 a"', "is_negative"),
        ('"12 d"', '"-12 d"', "is_negative"),
        ('"150 万元"', '"-150 万元"', "is_negative"),
        ('"150 万元"', "nan", "number_not_finite"),
        ('share = "70 %", ', "", "key_missing"),
        ('share = "70 %"', 'share = "170 %"', "share_outside"),
        ('years = "6 a"', 'years = "0 a"', "not_positive"),
        ('capex = "3000 万元"', "cancels_capacity = true", "cancels_without_retiring"),
        ('capex = "3000 万元"', "cancels_capacity = 1", "wrong_kind"),
        ('capex = "3000 万元"', 'replacement = "-3 kgce/t"', "is_negative"),
        ('capex = "3000 万元"', "declared = { liquid_ac_power = 3 }", "declared_of_modelled"),
        ('retrofit = "rectifier_upgrade"\ncapex = "3000 万元"', 'retrofit = "retire"', "capex_missing"),
    ],
)
def test_one_mistake_in_money_one_message_at_its_line(house, two, old, new, code):
    file = two / "plants" / "line-2.toml"
    append(file, MONEY.replace(old, new))
    _, problems = read(two, house)
    wanted = ["replacement_missing", code] if code == "capex_missing" else [code]
    assert [p.code for p in problems] == wanted
    at = file.read_text(encoding="utf-8").splitlines()[problems.errors[0].line - 1] if problems.errors else ""
    assert not at or new.split("\n")[0].split(" = ")[0] in at or code in ("key_missing", "capex_missing")
    assert code != "capex_missing" or at == "[[proposal]]"


# ---------------------------------------------------------------- plants without a model


def test_a_declared_plant(house, tmp_path):
    (tmp_path / "bf.toml").write_text(FURNACE, encoding="utf-8")
    case, problems = read(tmp_path / "bf.toml", house)
    assert set(codes(problems)) == set()
    (plant,) = case.plants
    assert {k: v.si / 1e7 for k, v in plant.capacities.items()} == pytest.approx(
        {"approved": 120.0, "nameplate": 130.0, "actual": 125.0}
    )
    assert plant.capacity == plant.capacities["approved"]
    assert plant.enterprise == "works"
    energy = plant.declared["hot_metal_energy"]
    assert (energy.si, energy.sd) == pytest.approx((392 * KGCE_PER_TONNE, 6 * KGCE_PER_TONNE))
    assert (energy.origin.evidence, energy.origin.year, energy.origin.line) == ("public", 2024, 9)
    assert plant.declared["coal"].si == pytest.approx(60e4 * 29307.6e6)
    assert plant.operation == ()
    assert set(plant.values) == {"air_pressure"}
    (proposal,) = plant.proposals
    assert proposal.declared["hot_metal_energy"].si == pytest.approx(384 * KGCE_PER_TONNE)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("hot_metal_energy = { value = \"392", "hot_metal_enrgy = { value = \"392", "declared_unknown_near", 9),
        ("hot_metal_energy = { value = \"392", "xyz = { value = \"392", "declared_unknown", 9),
        ('"392 kgce/t"', '"392 kWh/t"', "unit_wrong_quantity", 9),
        ("[declared]", "[values]\nline_current = 3\n[declared]", "declared_only", 8),
        ("[[proposal]]", '[[operation]]\nhours = "8000 h"\n[[proposal]]', "declared_only", 11),
        ('declared = { hot_metal_energy = { value = "384 kgce/t", status = "assumed" } }', "", "declared_nothing", 11),
        ('actual = "125 万t/a"', 'actual = "0 t/a"', "not_positive", 6),
        ('approved = "120 万t/a", nameplate = "130 万t/a", ', "", "key_missing", 6),
        ('retrofit = "oxygen_enrichment"', 'retrofit = "oxygen_enrichmnt"', "retrofit_unknown_near", 13),
    ],
)  # fmt: skip
def test_one_mistake_of_a_declared_plant(house, tmp_path, old, new, code, line):
    assert old in FURNACE
    (tmp_path / "bf.toml").write_text(FURNACE.replace(old, new, 1), encoding="utf-8")
    _, problems = read(tmp_path / "bf.toml", house)
    found = codes(problems)
    found.pop("declared_missing", None)  # said besides, where the indicator's name is wrong
    assert found == {code: line}


def test_without_its_indicator_a_declared_plant_stays_and_is_named(house, tmp_path):
    text = "\n".join(row for row in FURNACE.splitlines() if not row.startswith("hot_metal_energy"))
    (tmp_path / "bf.toml").write_text(text, encoding="utf-8")
    case, problems = read(tmp_path / "bf.toml", house)
    assert codes(problems) == {"declared_missing": 8}
    assert case.plants[0].capacity.si == pytest.approx(1.2e9)


def test_a_simulated_plant_declares_nothing(house, two):
    append(two / "plants" / "line-2.toml", '\n[declared]\nliquid_ac_power = "13000 kWh/t"\n')
    case, problems = read(two, house)
    assert [p.code for p in problems] == ["declared_of_modelled"]
    assert [p.id for p in case.plants] == ["line-1"]


def test_the_schema_of_a_declared_process(house):
    properties = json_schema(house, "blast_furnace")["properties"]
    assert "hot_metal_energy" in properties["declared"]["properties"]
    assert "coal" in properties["declared"]["properties"]
    assert "operating_cost" in json_schema(house)["$defs"]["ProposalTable"]["properties"]


# ---------------------------------------------------------------- the case: decks, sinks, seed, enterprises

SINK = '\n[[sink]]\nid = "town"\ncarrier = "heat"\ndemand = "200 万GJ/a"\n'


def test_decks_seed_and_sinks(house, two):
    edit(
        two / "case.toml",
        'discount_rate = "8 %"',
        'discount_rate = "8 %"\nseed = 17\n'
        'decks = ["liupanshui-2026-low", "liupanshui-2026-base", "liupanshui-2026-high"]',
    )
    append(two / "case.toml", SINK)
    edit(two / "plants" / "line-1.toml", "[values]", 'sells_to = { heat = "town" }\n\n[values]')
    case, problems = read(two, house)
    assert not list(problems)
    assert case.decks == ("liupanshui-2026-low", "liupanshui-2026-high")
    assert case.seed == 17
    (sink,) = case.sinks
    assert (sink.id, sink.carrier, sink.demand.si) == ("town", "heat", pytest.approx(2e6 * 1e9))
    assert dict(case.plants[0].sells_to) == {"heat": "town"}


@pytest.mark.parametrize(
    ("old", "new", "code", "plants"),
    [
        ('demand = "200 万GJ/a"', 'demand = "0 GJ/a"', "not_positive", 1),
        ('demand = "200 万GJ/a"', 'demand = "200 MW"', "unit_wrong_quantity", 1),
        ('demand = "200 万GJ/a"\n', "", "key_missing", 1),
        ('carrier = "heat"', 'carrier = "heats"', "carrier_unknown_near", 1),
        ('carrier = "heat"', 'carrier = "electricity"', "sink_other_carrier", 1),
        ('id = "town"', 'id = "twon"', "sink_unknown_near", 1),
        ("[[sink]]", "[[sinks]]", "key_unknown_near", 0),
    ],
)
def test_a_bad_sink_is_named_and_the_rest_holds(house, two, old, new, code, plants):
    """Of two plants, the one that sells to the sink is left out with it; the other is still there."""
    append(two / "case.toml", SINK.replace(old, new))
    edit(two / "plants" / "line-1.toml", "[values]", 'sells_to = { heat = "town" }\n\n[values]')
    case, problems = read(two, house)
    expected = {code} if plants == 0 or code.startswith("sink") else {code, "sink_unknown"}
    assert {p.code for p in problems} == expected
    assert (len(case.plants) if case else 0) == plants


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('decks = ["liupanshui-2026-lo"]', "price_deck_unknown_near"),
        ("decks = [3]", "wrong_kind"),
        ("seed = -1", "key_wrong"),
        ('seed = "1"', "wrong_kind"),
    ],
)
def test_bad_decks_and_seeds(house, two, line, code):
    edit(two / "case.toml", 'discount_rate = "8 %"', f'discount_rate = "8 %"\n{line}')
    case, problems = read(two, house)
    assert case is None
    assert [(p.code, p.line) for p in problems] == [(code, 8)]


def test_a_further_deck_without_a_date_is_left_out_and_the_rest_holds(two, tmp_path, house):
    folder = Path(shutil.copytree(house.folder, tmp_path / "models"))
    edit(two / "case.toml", 'discount_rate = "8 %"', 'discount_rate = "8 %"\ndecks = ["undated"]')
    edit(
        folder / "common" / "prices.toml",
        "[deck.liupanshui-2026-low]",
        '[deck.undated]\ntake = "low"\n\n[deck.liupanshui-2026-low]',
    )
    case, problems = read(two, Library(folder))
    assert [(p.code, p.line, p.fields["name"]) for p in problems.errors] == [
        ("price_deck_undated", 8, "undated")
    ]
    assert (case.price_deck, case.decks, len(case.plants)) == ("liupanshui-2026-base", (), 2)


def test_prices_without_a_date_are_refused(two, tmp_path, house):
    folder = Path(shutil.copytree(house.folder, tmp_path / "models"))
    prices = folder / "common" / "prices.toml"
    edit(prices, "date = 2026-08-01\n", "")
    case, problems = read(two, Library(folder))
    assert case is None
    assert [(p.code, p.line, p.fields["name"]) for p in problems] == [
        ("price_deck_undated", 6, "liupanshui-2026-base")
    ]


def test_a_target_for_a_sector_without_plants(house, two):
    append(two / "case.toml", '\n[[target]]\nsector = "steel"\nshare_above = "30 %"\n')
    case, problems = read(two, house)
    assert [(p.code, p.fields) for p in problems] == [("target_without_plants", {"sector": "steel"})]
    assert [t.sector for t in case.targets] == ["aluminium"]
    assert len(case.plants) == 2


def works(two: Path, total: str) -> None:
    (two / "plants" / "bf-1.toml").write_text(FURNACE, encoding="utf-8")
    second = FURNACE.replace("bf-1", "bf-2").replace("120 万t/a", "200 万t/a")
    (two / "plants" / "bf-2.toml").write_text(second, encoding="utf-8")
    append(
        two / "case.toml",
        f'\n[[enterprise]]\nid = "works"\nprocess = "blast_furnace"\ncapacity = "{total}"\n',
    )


def test_the_lines_of_an_enterprise_add_up(house, two):
    works(two, "3.2 Mt/a")
    case, problems = read(two, house)
    assert not list(problems)
    assert len(case.plants) == 4


def test_lines_that_do_not_add_up_are_named_with_both_sums(house, two):
    works(two, "5 Mt/a")
    case, problems = read(two, house)
    (problem,) = problems
    assert (problem.code, len(case.plants)) == ("enterprise_sum", 4)
    assert (problem.fields["total"], problem.fields["lines"]) == ("3.2 Mt/a", "bf-1, bf-2")
    assert (
        problem.line
        == (two / "case.toml").read_text(encoding="utf-8").splitlines().index("[[enterprise]]") + 1
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("case.toml", 'id = "works"', 'id = "work"', {"enterprise_without_lines", "enterprise_unknown_near"}),
        ("case.toml", '"blast_furnace"', '"blast_furnce"', {"plant_process_unknown_near"}),
        ("case.toml", '"3.2 Mt/a"', '"3.2 MW"', {"unit_wrong_quantity"}),
        ("plants/bf-1.toml", 'capacity = { approved = "120 万t/a", nameplate = "130 万t/a", actual = "125 万t/a" }', "",
         {"enterprise_line_without_capacity"}),
    ],
)  # fmt: skip
def test_enterprises_that_cannot_be_checked(house, two, file, old, new, code):
    works(two, "3.2 Mt/a")
    edit(two / file, old, new)
    case, problems = read(two, house)
    assert {p.code for p in problems} - {"enterprise_unknown"} == code
    assert len(case.plants) == 4


# ---------------------------------------------------------------- proposals of the case

ASKED = '\n[[proposal]]\nid = "asked-{n}"\nplant = "{plant}"\nretrofit = "{retrofit}"\ncapex = "100 万元"\n'


def asked(n: int, plant: str, retrofit: str = "rectifier_upgrade") -> str:
    return ASKED.format(n=n, plant=plant, retrofit=retrofit)


def test_proposals_of_the_case_and_of_their_own_file(house, two):
    append(two / "case.toml", asked(1, "line-2"))
    append(two / "proposals.toml", "schema = 1\n" + asked(2, "line-2") + asked(3, "line-1"))
    case, problems = read(two, house)
    # the same measure twice at one plant: both stay, and the later one is named with the earlier
    assert [(p.code, p.fields["name"], p.fields["kept"]) for p in problems] == [
        ("proposals_exclude", "asked-3", "line-1-rectifier"),
        ("proposals_exclude", "asked-2", "asked-1"),
    ]
    assert {Path(p.file).name for p in problems} == {"proposals.toml"}
    assert [p.id for p in case.plants[0].proposals][-1] == "asked-3"
    assert [p.id for p in case.plants[1].proposals][-2:] == ["asked-1", "asked-2"]
    assert Path(case.files[-1][0]).name == "proposals.toml"
    assert len(case.files[-1][1]) == 64
    names = [f.name for f in case_files(two, Problems())]
    assert names == ["case.toml", "proposals.toml", "line-1.toml", "line-2.toml"]
    single, problems = read(two / "plants" / "line-1.toml", house)
    assert [p.code for p in problems] == ["proposals_exclude"]
    assert single.plants[0].proposals[-1].id == "asked-3"


def test_a_proposal_for_an_unknown_plant_is_named_and_the_others_stay(house, two):
    append(two / "case.toml", asked(1, "line-3") + asked(2, "line-2") + asked(3, "kiln"))
    case, problems = read(two, house)
    rows = (two / "case.toml").read_text(encoding="utf-8").splitlines()
    assert [(p.code, rows[p.line - 1]) for p in problems] == [
        ("proposal_plant_unknown_near", 'plant = "line-3"'),
        ("proposal_plant_unknown", 'plant = "kiln"'),
    ]
    assert case.plants[1].proposals[-1].id == "asked-2"


def test_a_proposal_for_a_plant_that_was_left_out(house, two):
    edit(two / "plants" / "line-1.toml", '"242 kA"', '"242 MPa"')
    append(two / "case.toml", asked(1, "line-1"))
    case, problems = read(two, house)
    assert [p.code for p in problems] == ["unit_wrong_quantity", "proposal_plant_left_out"]
    assert [p.id for p in case.plants] == ["line-2"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('id = "asked-1"', 'id = "asked-2"', "proposal_twice"),
        ('id = "asked-1"\n', "", "key_missing"),
        ('plant = "line-1"\n', "", "key_missing"),
        ('plant = "line-1"', "plant = 3", "wrong_kind"),
        ('"rectifier_upgrade"', '"rectifier_upgrad"', "retrofit_unknown_near"),
        ('capex = "100 万元"', 'capex = "-100 万元"', "is_negative"),
        ("capex", "capx", "key_unknown_near"),
    ],
)
@pytest.mark.parametrize("where", ["case.toml", "proposals.toml"])
def test_a_bad_proposal_of_the_case_is_left_out_alone(house, two, where, old, new, code):
    first = asked(1, "line-1").replace(old, new, 1)
    start = "schema = 1\n" if where == "proposals.toml" else ""
    append(two / where, start + asked(2, "line-2") + first)
    case, problems = read(two, house)
    assert [p.code for p in problems] == [code]
    assert Path(problems.errors[0].file).name == where
    assert len(case.plants) == 2
    assert case.plants[1].proposals[-1].id == "asked-2"


def test_a_proposal_of_the_case_at_a_declared_plant(house, two):
    (two / "plants" / "bf-1.toml").write_text(FURNACE, encoding="utf-8")
    append(
        two / "case.toml",
        asked(1, "bf-1", "hot_stove_upgrade") + 'declared = { hot_metal_energy = "380 kgce/t" }\n',
    )
    case, problems = read(two, house)
    assert [(p.code, p.fields["names"]) for p in problems] == [("status_missing", "hot_metal_energy")]
    proposal = next(p for p in case.plants if p.id == "bf-1").proposals[-1]
    assert proposal.declared["hot_metal_energy"].si == pytest.approx(380 * KGCE_PER_TONNE)
