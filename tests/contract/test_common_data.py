"""What every file in models/common promises: sourced numbers, known sources, two languages, no repeats."""

from __future__ import annotations

import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from plantsim.library import library

COMMON = Path(__file__).resolve().parents[2] / "models" / "common"
NUMBER_FILES = (
    "energy",
    "emissions",
    "prices",
    "tariffs",
    "finance",
    "pollutant_limits",
    "equipment",
    "weather",
    "references",
)
EVIDENCE = {"standard", "published", "computed", "practice", "unverified"}
CONFIDENCE = {"high", "medium", "low"}
KINDS = {"policy", "standard", "paper", "press", "database", "textbook", "remembered"}
SOURCE_KEYS = {"source", "standard", "policy", "edition", "indicator_edition"}
# Numbers that are not quantities: years of a row, hours of the day.
PLAIN_NUMBERS = {"year", "peak_hours", "flat_hours", "valley_hours"}
REQUIRED_WORDS = {
    *("低压缸零出力", "高背压", "上升管", "负压蒸氨", "篦冷机", "分解炉", "炉帮", "过热度"),
    *("达标杆", "标杆与基准之间", "劣于基准", "标杆水平", "基准水平", "供电煤耗", "铝液交流电耗"),
    *("槽平均电压", "电流效率", "极距", "分子比", "炉底压降", "效应系数", "整流效率", "铝液直流电耗"),
    *("调速级", "抽汽", "端差", "疏水端差", "凝汽器背压", "排汽压力", "轴封漏汽", "热耗率", "汽耗率"),
    *("主蒸汽", "再热蒸汽", "给水温度", "回热系统", "加热器", "除氧器", "凝结水泵", "给水泵汽轮机"),
    *("净现值", "内部收益率", "静态投资回收期", "动态投资回收期", "单位节能量投资"),
    *("拟建", "在建", "已建", "实测", "铭牌", "公开资料", "假定"),
    *("标准", "公开发表", "计算", "经验", "未核实"),
}


def load(name: str) -> dict:
    with (COMMON / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def walk(node, path=""):
    """Yield (path, dict) for each table, and (path, value) for each plain value outside a number entry."""
    if isinstance(node, dict):
        yield path, node
        if "value" in node:
            return
        for key, child in node.items():
            yield from walk(child, f"{path}.{key}" if path else key)
    elif isinstance(node, list) and node and isinstance(node[0], dict):
        for index, child in enumerate(node):
            yield from walk(child, f"{path}[{child.get('id', index)}]")
    else:
        yield path, node


def entries(name: str) -> list[tuple[str, dict]]:
    return [(path, node) for path, node in walk(load(name)) if isinstance(node, dict) and "value" in node]


@pytest.fixture(scope="module")
def sources() -> dict:
    return load("sources")


def test_every_file_parses_and_is_known():
    found = {path.stem for path in COMMON.glob("*.toml")}
    assert {*NUMBER_FILES, "sources", "glossary"} <= found
    for name in found:
        assert load(name)


@pytest.mark.parametrize("name", NUMBER_FILES)
def test_entries_are_complete(name):
    faults = []
    for path, entry in entries(name):
        missing = {"unit", "source", "evidence"} - entry.keys()
        unknown = entry.keys() - {"value", "unit", "source", "evidence", "confidence", "note"}
        if missing or unknown or entry["evidence"] not in EVIDENCE:
            faults.append((path, missing, unknown, entry.get("evidence")))
        if entry.get("confidence", "high") not in CONFIDENCE:
            faults.append((path, entry["confidence"]))
    assert entries(name)
    assert not faults


@pytest.mark.parametrize("name", NUMBER_FILES)
def test_values_are_numbers_or_rising_ranges(name):
    for path, entry in entries(name):
        value = entry["value"]
        if isinstance(value, list) and len(value) == 12 and name == "weather":  # one for each month
            assert all(isinstance(month, int | float) for month in value), path
        elif isinstance(value, list):
            assert len(value) == 3, path
            assert value[0] <= value[1] <= value[2], path
            assert value[0] < value[2], path
        else:
            assert isinstance(value, int | float), path
            assert not isinstance(value, bool), path


@pytest.mark.parametrize("name", NUMBER_FILES)
def test_no_number_stands_outside_an_entry(name):
    stray = []
    for path, node in walk(load(name)):
        flat = node if isinstance(node, list) else [node]
        bare = any(isinstance(item, int | float) and not isinstance(item, bool) for item in flat)
        bare = bare or any(isinstance(item, list) for item in flat)
        if bare and path.rsplit(".", 1)[-1] not in PLAIN_NUMBERS:
            stray.append(path)
    assert not stray


@pytest.mark.parametrize("name", NUMBER_FILES)
def test_sources_are_listed(name, sources):
    unknown = []
    for path, node in walk(load(name)):
        if isinstance(node, dict):
            named = {node[key] for key in SOURCE_KEYS & node.keys() if isinstance(node[key], str)}
            unknown += [(path, source) for source in named if source not in sources]
    assert not unknown


@pytest.mark.parametrize("name", NUMBER_FILES)
def test_remembered_sources_never_carry_stronger_evidence(name, sources):
    strong = [
        path
        for path, entry in entries(name)
        if sources[entry["source"]]["kind"] == "remembered"
        and entry["evidence"] not in {"unverified", "practice"}
    ]
    assert not strong


@pytest.mark.parametrize("name", NUMBER_FILES)
def test_ids_are_unique(name):
    for key, rows in load(name).items():
        if isinstance(rows, list):
            repeated = [row for row, count in Counter(row["id"] for row in rows).items() if count > 1]
            assert not repeated, key


def has_cjk(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@pytest.mark.parametrize("name", NUMBER_FILES)
def test_labels_are_in_both_languages(name):
    for path, node in walk(load(name)):
        if isinstance(node, dict) and "label" in node:
            assert node["label"].keys() == {"en", "zh"}, path
            assert has_cjk(node["label"]["zh"]), path
            assert not has_cjk(node["label"]["en"]), path


def test_sources_say_what_they_are(sources):
    for key, source in sources.items():
        assert source.keys() - {"note"} == {"title", "kind", "reference", "year"}, key
        assert source["kind"] in KINDS, key
        assert source["title"]["en"], key
        assert has_cjk(source["title"]["zh"]), key
        assert source["reference"], key
        assert 1950 <= source["year"] <= 2030, key


# --- Energy conversion ---------------------------------------------------------------------------


@pytest.mark.parametrize(("table", "edition"), [("fuel", "gb-t-2589-2020"), ("fuel_2008", "gb-t-2589-2008")])
def test_coefficients_agree_with_heating_values(table, edition):
    """A printed coefficient is the heating value over standard coal; rounded to 1e-4 and to 1 kJ."""
    energy = load("energy")
    standard_coal = energy["standard_coal"][edition]["lhv"]["value"]
    checked = 0
    for name, row in energy[table].items():
        assert row["edition"] == edition, name
        if "lhv" not in row:
            continue
        ratio = row["lhv"]["value"] / standard_coal
        assert abs(ratio - row["coefficient"]["value"]) <= 0.5e-4 + 0.5 / standard_coal + 1e-12, name
        volume = row["lhv"]["unit"].endswith("/m3")
        assert row["coefficient"]["unit"] == ("kgce/m3" if volume else "kgce/kg"), name
        checked += 1
    assert checked >= (18 if table == "fuel" else 7)


def test_editions_are_not_mixed():
    """A 2020 heating value over the 2008 divisor would not give the printed coefficient."""
    energy = load("energy")
    row = energy["fuel"]["raw_coal"]
    wrong = row["lhv"]["value"] / energy["standard_coal"]["gb-t-2589-2008"]["lhv"]["value"]
    assert abs(wrong - row["coefficient"]["value"]) > 0.5e-4


def test_electricity_and_heat_follow_from_standard_coal():
    energy = load("energy")
    standard_coal = energy["standard_coal"]["gb-t-2589-2020"]["lhv"]["value"]
    assert energy["electricity"]["equivalent"]["exact"]["value"] == pytest.approx(
        3600 / standard_coal, abs=5.1e-6
    )
    assert energy["heat"]["equivalent"]["rounded"]["value"] == pytest.approx(1000 / standard_coal, abs=5e-6)
    assert energy["electricity"]["equivalent"]["rounded"]["value"] == 0.1229
    assert all(
        0.28 < row["value"] < 0.33
        for year, row in energy["electricity"]["equal_value"].items()
        if year.isdigit()
    )


# --- Emissions -----------------------------------------------------------------------------------


def test_fuel_co2_is_the_product_of_its_components():
    emissions = load("emissions")
    for name, row in emissions["fuel"].items():
        product = (
            row["ncv"]["value"] * row["carbon_content"]["value"] * 1e-3 * row["oxidised"]["value"] * 44 / 12
        )
        assert row["co2"]["value"] == pytest.approx(product, abs=0.51e-3), name


def test_process_emissions_follow_from_their_parts():
    process = load("emissions")["process"]
    anode = process["anode"]
    share = 1 - (anode["sulphur"]["value"] + anode["ash"]["value"]) / 100
    assert anode["co2"]["value"] == pytest.approx(anode["net_carbon"]["value"] * share * 44 / 12, abs=0.51e-3)
    assert process["clinker"]["cao_to_co2"]["value"] == pytest.approx(44 / 56, abs=5e-5)
    assert process["clinker"]["mgo_to_co2"]["value"] == pytest.approx(44 / 40, abs=5e-5)
    default = load("emissions")["power_mrv"]
    per_tce = (
        29.3076 * default["coal_carbon_default"]["value"] * 1e-3 * default["coal_oxidised"]["value"] * 44 / 12
    )
    assert default["co2_per_standard_coal"]["value"] == pytest.approx(per_tce, abs=0.51e-3)


def test_grid_defaults_exist_and_no_factor_is_given_twice():
    emissions = load("emissions")
    rows = emissions["grid_factor"]
    assert set(emissions["grid_default"].values()) <= {row["id"] for row in rows}
    keys = Counter((row["region"], row["year"], row["series"]) for row in rows)
    assert max(keys.values()) == 1
    assert emissions["gwp_default"]["set"] in emissions["gwp"]


# --- Prices and tariffs --------------------------------------------------------------------------


def test_decks_extend_known_decks_and_hold_the_same_prices():
    decks = load("prices")["deck"]
    base = decks["liupanshui-2026-base"]["price"]
    for name, deck in decks.items():
        assert deck["currency"] == "CNY", name
        if "extends" in deck:
            assert deck["extends"] in decks, name
            assert deck["take"] in {"low", "likely", "high"}, name
            assert deck["price"].keys() <= decks[deck["extends"]]["price"].keys(), name
            assert all(price["unit"] == base[key]["unit"] for key, price in deck["price"].items()), name


def test_electricity_price_is_the_sum_of_its_components():
    parts = load("tariffs")["components"]["guizhou-2026-08"]
    base = load("prices")["deck"]["liupanshui-2026-base"]["price"]
    ratios = load("tariffs")["time_of_use"]["guizhou"]
    funds = parts["government_funds"]["value"]
    for level in ("10kv", "35kv"):
        energy = parts["agency_purchase"]["value"] + parts["losses_and_system"]["value"]
        flat = energy + parts[f"transmission_{level}"]["value"] + funds
        assert base[f"electricity_{level}_flat"]["value"][1] == pytest.approx(flat, abs=1e-3)
        for period in ("peak", "valley"):
            expected = (flat - funds) * ratios[f"{period}_ratio"]["value"] + funds
            assert base[f"electricity_{level}_{period}"]["value"][1] == pytest.approx(expected, abs=1e-3)
        with_demand = flat + parts[f"demand_{level}"]["value"] * 12 / 8760 / 0.85
        assert base[f"electricity_{level}"]["value"][1] == pytest.approx(with_demand, abs=1e-3)


def test_the_day_is_covered_once_by_time_of_use():
    periods = load("tariffs")["time_of_use"]["guizhou"]
    spans = [span for name in ("peak", "flat", "valley") for span in periods[f"{name}_hours"]]
    assert sorted(hour for start, end in spans for hour in range(start, end)) == list(range(24))


def test_aluminium_tiers_follow_each_other():
    tiers = load("tariffs")["aluminium_tier"]
    for earlier, later in pairwise(tiers):
        assert (later["from"] - earlier["to"]).days == 1
        if earlier["rule"] == later["rule"]:
            assert later["threshold"]["value"] < earlier["threshold"]["value"]
    assert "to" not in tiers[-1]


def test_ultra_low_limits_are_not_looser_than_national_ones():
    rows = load("pollutant_limits")["limit"]
    pairs = 0
    for strict in (row for row in rows if row["set"] == "ultra_low"):
        for loose in (row for row in rows if row["set"] == "national" and row["stack"] == strict["stack"]):
            for pollutant in {"pm", "so2", "nox", "nh3"} & strict.keys() & loose.keys():
                assert strict[pollutant]["value"] <= loose[pollutant]["value"], (strict["id"], loose["id"])
                pairs += 1
    assert pairs > 20


# --- Glossary ------------------------------------------------------------------------------------


def test_terms_are_in_both_languages_and_unique():
    terms = load("glossary")["term"]
    for key, term in terms.items():
        assert term.keys() - {"also", "avoid"} == {"en", "zh", "group"}, key
        assert key == key.lower(), key
        assert key.isidentifier(), key
        assert has_cjk(term["zh"]), key
        assert term["en"], key
        assert not has_cjk(term["en"]), key
    repeated = [word for word, count in Counter(term["zh"] for term in terms.values()).items() if count > 1]
    assert not repeated


def test_required_words_are_present_and_avoided_ones_are_not_terms():
    terms = load("glossary")["term"]
    printed = {term["zh"] for term in terms.values()}
    assert printed >= REQUIRED_WORDS
    avoided = {word for term in terms.values() for word in term.get("avoid", [])}
    synonyms = Counter(word for term in terms.values() for word in term.get("also", []))
    assert not avoided & (printed | synonyms.keys())
    assert not printed & synonyms.keys()
    assert all(count == 1 for count in synonyms.values())


def test_what_is_held_against_limits_is_there():
    """Figures are outputs with a yearly mean, limits inputs of the same quantity, or a stack with national rows."""
    lib, data = library(), load("pollutant_limits")
    stacks = {r["stack"] for r in data["limit"] if (r["set"], r["scope"]) == ("national", "general")}
    for process, entries in data["compliance"].items():
        variables = lib.declaration(process).variables
        outlets = [
            (p, e) for p, told in entries.items() for e in (told if isinstance(told, list) else [told])
        ]
        for pollutant, entry in outlets:
            assert pollutant in lib.carriers, (process, pollutant)
            assert ("limit" in entry) != ("stack" in entry), (process, pollutant)
            assert entry.get("stack", next(iter(stacks))) in stacks, (process, pollutant)
            of = [variables[entry[key]] for key in ("figure", "limit") if key in entry]
            quantity = "mole_fraction" if "molar_mass" in entry else "concentration"
            assert {v.quantity for v in of} <= {quantity}, (process, pollutant)


def test_outlets_that_are_taxed_by_themselves_are_there():
    """Amounts are yearly amounts of the process, concentrations and limits are concentrations."""
    lib, rules = library(), load("tariffs")["environment_tax"]
    told = [
        (process, entry.get("amount"), entry.get("concentration", []))
        for process, entries in rules["elsewhere"].items()
        for entry in entries.values()
    ]
    told += [(p, None, names) for p, entries in rules["concentration"].items() for names in entries.values()]
    for process, amount, names in told:
        variables = lib.declaration(process).variables
        assert {variables[name].quantity for name in names} <= {"concentration"}, (process, names)
        if amount is not None:
            v = variables[amount]
            assert (v.role, v.quantity, v.yearly) == ("output", "mass_flow", "integral"), (process, amount)
