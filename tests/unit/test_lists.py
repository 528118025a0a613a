"""Compliance and flexibility measures in lists of their own, worked by hand on made-up measures."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from studies import LIUPANSHUI, SIMPLE_LINES, fitted

from plantsim.engine.groups import solve_groups
from plantsim.engine.rank import rank_case
from plantsim.engine.tornado import tornado
from plantsim.engine.value import present_value_factor
from plantsim.io.cases import read_case
from plantsim.library import Library, library
from plantsim.report.ranking import ranking_tables
from plantsim.report.ranking_notes import ranking_notes
from plantsim.vocabulary.case import Flexibility, Proposal, Value
from plantsim.vocabulary.problems import Problems

TCE = 29307.6e6
KWH = 3.6e6
MEASURES = """
[scrubber]
label = { en = "made-up scrubber", zh = "虚构脱硫" }
kind = "compliance"
completes = ["ultra_low_emission"]
changes = [
  { variable = "pfc_slope", scale = 0.2 },
  { variable = "rectifier_efficiency", add = -0.5, unit = "%" },
]
life = { value = 10, unit = "a", evidence = "unverified", source = "definition" }
source = "definition"
evidence = "unverified"

[small_scrubber]
label = { en = "made-up small scrubber", zh = "虚构小脱硫" }
kind = "compliance"
changes = [{ variable = "pfc_slope", scale = 0.999 }]
life = { value = 10, unit = "a", evidence = "unverified", source = "definition" }
source = "definition"
evidence = "unverified"

[no_scrubber]
label = { en = "made-up idle scrubber", zh = "虚构无效脱硫" }
kind = "compliance"
life = { value = 10, unit = "a", evidence = "unverified", source = "definition" }
source = "definition"
evidence = "unverified"
"""


@pytest.fixture(scope="module")
def made_up(tmp_path_factory) -> Library:
    """The library with made-up measures; the cell's anode effects count as SO2."""
    folder = tmp_path_factory.mktemp("lists") / "models"
    shutil.copytree(library().folder, folder)
    variables = folder / "aluminium_cell" / "variables.toml"
    text = variables.read_text(encoding="utf-8")
    variables.write_text(text.replace('carrier = "cf4"', 'carrier = "so2"'), encoding="utf-8")
    with (folder / "aluminium_cell" / "retrofits.toml").open("a", encoding="utf-8") as file:
        file.write(MEASURES)
    return Library(folder)


@pytest.fixture(scope="module")
def ranking(made_up):
    full = fitted(SIMPLE_LINES)
    line = next(p for p in full.plants if p.id == "shuangyuan-1")
    proposals = (
        Proposal("a-none", "no_scrubber", capex=Value(1e6)),
        Proposal("big", "scrubber", capex=Value(20e6)),
        Proposal("small", "small_scrubber", capex=Value(20e6)),
        next(p for p in line.proposals if p.retrofit == "rectifier_upgrade"),
    )
    plant = replace(line, proposals=proposals, classes={"ultra_low_emission": "open"})
    return rank_case(replace(full, plants=(plant,)), made_up, Problems(), threads=1, draws=32)


def row(ranking, name):
    return next(r for r in ranking.proposals if r.proposal.id == name)


def test_compliance_has_its_own_list_by_cost_per_tonne(ranking):
    lists = [(r.list, r.proposal.id, r.rank, r.tag) for r in ranking.proposals]
    assert lists == [
        ("energy", "shuangyuan-1-rectifier", 1, "E1"),
        ("compliance", "big", 1, "C1"),
        ("compliance", "small", 2, "C2"),
        ("compliance", "a-none", 3, "C3"),
    ]
    assert row(ranking, "small").cost_of_pollutant > row(ranking, "big").cost_of_pollutant > 0


def test_cost_per_tonne_counts_the_energy_penalty_by_hand(ranking):
    r = row(ranking, "big")
    # half a point less of rectifier efficiency: power of all cells at 4.02 V
    kwh = 223 * 0.98 * 240e3 * 8760 / 1000 * 4.02 * (1 / 0.97 - 1 / 0.975)
    assert -r.saving / TCE == pytest.approx(kwh * 0.1229 / 1000, rel=1e-4)
    spread = (20e6 - 0.05 * 20e6 / 1.1**10) / present_value_factor(0.10, 10)
    energy = r.yearly_gain + 0.025 * 20e6 - r.policy["tax"]  # tax not paid is no part of the cost
    cost = spread + 0.025 * 20e6 - energy
    assert r.cost_of_pollutant == pytest.approx(cost / r.pollutants["so2"], rel=1e-9)
    assert r.yearly_gain < -kwh * 0.42  # the power bought, and the tiers that it climbs
    assert r.pollutants["so2"] > 0


def test_compliance_draws_are_ranked_among_compliance_only(ranking):
    spreads = {key[1]: s for key, s in ranking.spreads.items()}
    assert spreads["shuangyuan-1-rectifier"].rank.p90 == 1.0
    assert spreads["a-none"].rank.p10 == 3.0
    assert spreads["big"].rank.p50 == 1.0


def test_a_measure_completes_ultra_low_emission(ranking):
    sector = ranking.sectors[0]
    assert (sector.ultra_low_now, sector.ultra_low_then, sector.ultra_low_unknown) == (0.0, 1.0, 0.0)


def test_both_lists_are_drawn_in_both_languages(ranking, made_up):
    for lang in ("en", "zh"):
        tables = {t.key: t for t in ranking_tables(ranking, made_up, lang)}
        assert [r[0] for r in tables["compliance"].rows] == ["C1", "C2", "C3"]
        assert [r[0] for r in tables["proposals"].rows] == ["E1"]
        assert "flexibility" not in tables
        assert ranking_notes(ranking, made_up, lang)


# ---------------------------------------------------------------- flexibility

OFFER = Flexibility((0.5,) * 3, (0.3,) * 3, (600 * 3600.0,) * 3, (0.02,) * 3)


@pytest.fixture(scope="module")
def deep(tmp_path_factory) -> Library:
    """The library with a made-up measure that lets a unit go lower."""
    folder = tmp_path_factory.mktemp("flexible") / "models"
    shutil.copytree(library().folder, folder)
    with (folder / "coal_unit" / "retrofits.toml").open("a", encoding="utf-8") as file:
        file.write(
            """
[go_lower]
label = { en = "made-up low load", zh = "虚构深度调峰" }
kind = "flexibility"
flexibility = { threshold = "50 %", minimum = ["35 %", "30 %", "25 %"], hours = "600 h", readiness = "2 %" }
capex = { value = 1e7, unit = "CNY", evidence = "unverified", source = "definition" }
life = { value = 15, unit = "a", evidence = "unverified", source = "definition" }
source = "definition"
evidence = "unverified"
"""
        )
    return Library(folder)


def test_flexibility_is_valued_by_what_the_market_pays(deep):
    full = fitted(LIUPANSHUI)
    unit = next(p for p in full.plants if p.id == "yemazhai-1")
    lower = Proposal("lower", "go_lower")
    deeper = Proposal("deeper", "go_lower", flexibility=replace(OFFER, minimum=(0.2,) * 3))
    case = replace(full, plants=(replace(unit, proposals=(lower, deeper)),))
    found = rank_case(case, deep, Problems(), threads=1)
    assert [(r.list, r.proposal.id, r.tag) for r in found.proposals] == [
        ("flexibility", "deeper", "F1"),
        ("flexibility", "lower", "F2"),
    ]
    r = row(found, "lower")
    # 200 MW, 20 points below the threshold for 600 h at 0.25 CNY/kWh; 2 % more of 165 CNY/(kW a); 2.5 % upkeep
    market = 200e3 * 0.20 * 600 * 0.25 + 200e3 * 165 * 0.02
    assert r.yearly_gain == pytest.approx(market - 0.025 * 1e7, rel=1e-9)
    assert r.saving == pytest.approx(0.0, abs=1e-3 * TCE)
    drawn = rank_case(case, deep, Problems(), threads=1, draws=512)
    spread = drawn.spreads[unit.id, "lower"]
    # 0.10 to 0.50 CNY/kWh, 100 to 165 CNY/(kW a) and 35 to 25 % of load: as wide as the market's prices
    assert spread.npv.p90 - spread.npv.p10 > 0.5 * r.npv
    bars = tornado(solve_groups(case, deep, Problems(), 1), "lower", 1).bars
    assert {b.name.rpartition(".")[2] for b in bars if b.kind == "price"} >= {
        "ancillary_peaking",
        "capacity_payment",
    }
    assert ("gain_from_flexibility", {"sum": repr(market)}) in [(c, f) for c, f in r.warnings]


def test_flexibility_of_a_plant_whose_capacity_is_no_power_is_not_valued(made_up):
    full = fitted(SIMPLE_LINES)
    line = next(p for p in full.plants if p.id == "shuangyuan-1")
    proposal = replace(line.proposals[1], flexibility=OFFER)
    case = replace(full, plants=(replace(line, proposals=(proposal,)),))
    found = rank_case(case, library(), Problems(), threads=1)
    assert "flexibility_not_valued" in [code for code, _ in found.proposals[0].warnings]


def test_a_case_states_its_own_offer(plant, house):
    body = """
[[proposal]]
id = "x"
retrofit = "flow_path_upgrade"
flexibility = { threshold = "50 %", minimum = "30 %", hours = "400 h" }
green_credit = { rate = "2.8 %", years = "6 a" }
"""
    head = 'altitude = "0 m"\nreference = "n200-12.75-535-535"\ncapacity = "200 MW"'
    case, problems = plant(house, body, head, "coal_unit")
    assert not problems.errors
    proposal = case.plants[0].proposals[0]
    assert proposal.flexibility.minimum == (0.3, 0.3, 0.3)
    assert proposal.flexibility.hours[1] == 400 * 3600.0
    assert proposal.green_credit.rate.si == pytest.approx(0.028)
    for wrong, code in (
        ('hours = "9000 h"', "hours_outside"),
        ('hours = "4 h", readiness = "120 %"', "share_outside"),
    ):
        _, problems = plant(house, body.replace('hours = "400 h"', wrong), head, "coal_unit")
        assert code in {p.code for p in problems.errors}


def test_the_city_case_still_reads(house):
    problems = Problems()
    assert read_case("cases/liupanshui", house, problems) is not None
    assert not problems.errors
