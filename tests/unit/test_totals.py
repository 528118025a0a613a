"""City totals of the dual control, retirement caps, means with and without heat, ultra-low emission: by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import pytest
from studies import LIUPANSHUI, SIMPLE_LINES, fitted, study

from plantsim import api
from plantsim.engine.declared import declared_drafts, declared_row
from plantsim.engine.drafts import rows_of
from plantsim.engine.factors import read_factors
from plantsim.engine.rank import rank_case, ranked
from plantsim.engine.ranking import BundleRow, PlantRow
from plantsim.engine.sectors import retired_within, sector_rows
from plantsim.engine.standards import level_of
from plantsim.engine.tornado import tornado
from plantsim.engine.totals import city_totals
from plantsim.library import library
from plantsim.report.ranking import ranking_tables
from plantsim.report.ranking_lists import chosen_table, tornado_table
from plantsim.report.ranking_notes import ranking_notes
from plantsim.report.ranking_sectors import total_table
from plantsim.vocabulary.case import Claim, Plant, Proposal, Target, Value
from plantsim.vocabulary.problems import BadInput, Problems

TCE = 29307.6e6
GCE_PER_KWH = 29307.6 / 3.6e6  # J/J


@pytest.fixture(scope="module")
def lines():
    return fitted(SIMPLE_LINES, "aluminium_cell")


# ---------------------------------------------------------------- dual control


def test_added_renewable_power_leaves_the_net_total_but_not_the_gross_one(lines):
    green = Proposal("green", "green_power_purchase", capex=Value(0.0))
    plant = replace(lines.plants[0], proposals=(green,))
    found = rank_case(replace(lines, plants=(plant,)), library(), Problems(), threads=1)
    total = next(t for t in found.totals if t.convention == "equivalent")
    ledger = found.plants[0].ledger
    bought = ledger["electricity"] + ledger.get("green_electricity", 0.0)
    added = 0.30 * bought * 0.1229 * GCE_PER_KWH * 1000  # 30 % of all power, at 0.1229 kgce/kWh
    # no power is saved: both sums of some 1e16 J agree to the last place
    assert total.gross_now == pytest.approx(total.gross_then, rel=5e-16)
    assert total.net_now == total.gross_now
    assert total.net_now - total.net_then == pytest.approx(added, rel=1e-6)


def test_feedstock_is_left_out_on_both_sides():
    lib = library()
    case = fitted(SIMPLE_LINES)
    factors = {"blast_furnace": read_factors(case, lib, "blast_furnace", Problems())}
    feed = "coal"

    shelf = SimpleNamespace(
        carriers={**lib.carriers, feed: {**lib.carriers[feed], "dual_control": "feedstock"}}
    )
    plant = furnace("a", 100.0, 390.0)
    row = replace(declared_row(case, lib, plant), energy=10 * TCE, energy_equal_value=12 * TCE)
    row = replace(row, ledger={feed: 4 * TCE, "electricity": 1.0})
    done = BundleRow(
        plant, ("x",), "ok", 0.0, "", 2 * TCE, 2 * TCE, saving_shared=2 * TCE, ledger={feed: 3 * TCE}
    )
    total = city_totals([row], [done], factors, shelf)[0]
    assert total.gross_now / TCE == pytest.approx(10)
    assert total.gross_then / TCE == pytest.approx(8)
    assert total.net_now / TCE == pytest.approx(10 - 4)
    assert total.net_then / TCE == pytest.approx(8 - 3)


def test_plants_without_figures_are_named(lines):
    full = fitted(LIUPANSHUI)
    blast = tuple(p for p in full.plants if p.process == "blast_furnace" and not p.declared)
    found = rank_case(replace(full, plants=blast), library(), Problems(), threads=1)
    assert found.totals[0].missing == (blast[0].id,)
    table = total_table(found, library(), "en")
    assert blast[0].id in table.notes[-1]["en"]


# ---------------------------------------------------------------- declared plants


def furnace(name: str, capacity: float, energy: float, **more) -> Plant:
    declared = {"hot_metal_energy": Value(energy * 29307.6)}  # kgce/t in J/kg
    return Plant(
        name,
        {},
        "blast_furnace",
        "",
        Value(capacity),
        "",
        Value(82e3),
        {},
        (),
        declared={**declared, **more.pop("flows", {})},
        **more,
    )


def declared(plant, case):
    lib = library()
    base = declared_row(case, lib, plant)
    return rows_of(declared_drafts(case, lib, plant, base))


def test_a_declared_proposal_shows_its_owners_figures_and_says_so(lines):
    after = Proposal(
        "stove",
        "hot_stove_upgrade",
        capex=Value(30e6),
        life=Value(15.0),
        claim=Claim(Value(9000 * TCE), "equivalent"),
        declared={"hot_metal_energy": Value(358 * 29307.6)},
    )
    (row,) = declared(furnace("a", 100.0, 390.0, proposals=(after,)), lines)
    assert (row.level_before, row.level_after) == ("between", "benchmark")
    assert row.saving == 9000 * TCE
    assert math.isnan(row.npv)  # nothing tells what the saved energy is
    assert {c for c, _ in row.warnings} == {"declared_not_simulated", "saving_is_claimed"}
    assert row.declared


def test_declared_flows_give_saving_and_money_and_hold_the_claim_against_them(lines):
    flows = {"coal": Value(600e3 * TCE)}
    after = Proposal(
        "stove",
        "hot_stove_upgrade",
        capex=Value(30e6),
        life=Value(15.0),
        claim=Claim(Value(9000 * TCE), "equivalent"),
        declared={"coal": Value(592e3 * TCE)},
    )
    (row,) = declared(furnace("a", 100.0, 390.0, flows=flows, proposals=(after,)), lines)
    assert row.saving == pytest.approx(8000 * TCE)
    assert row.yearly_gain == pytest.approx(8000 * 950 - 0.025 * 30e6)  # 950 CNY/tce, 2.5 % upkeep
    assert row.carbon == pytest.approx(8000e3 * 3.282)
    assert "claim_above_declared" in {c for c, _ in row.warnings}


def test_ultra_low_of_a_declared_plant_is_ranked_by_cost_per_tonne(lines):
    flows = {n: Value(-a * 1000.0) for n, a in (("nox", 2000.0), ("so2", 3000.0), ("dust", 500.0))}
    clean = {n: Value(-a * 1000.0) for n, a in (("nox", 500.0), ("so2", 700.0), ("dust", 100.0))}
    after = Proposal("ule", "ultra_low_emission", capex=Value(200e6), life=Value(20.0), declared=clean)
    (row,) = declared(furnace("a", 100.0, 390.0, flows=flows, proposals=(after,)), lines)
    assert row.list == "compliance"
    assert math.isnan(row.pollutants["voc"])  # on neither side declared
    tax = 2.53 * (1500e3 + 2300e3) + 1.10 * 400e3  # CNY a year, the deck's rates per kg
    assert row.policy["tax"] == pytest.approx(tax)
    assert {p: row.pollutants[p] / 1000 for p in ("nox", "so2", "dust")} == pytest.approx(
        {"nox": 1500.0, "so2": 2300.0, "dust": 400.0}
    )
    growth = 1.11
    spread = (200e6 - 0.05 * 200e6 / growth**20) / ((1 - growth**-20) / 0.11)
    assert row.cost_of_pollutant * 1000 == pytest.approx((spread + 0.025 * 200e6) / 4200, rel=1e-9)


def test_declared_proposals_rank_after_simulated_ones_in_their_list(lines):
    after = Proposal(
        "stove",
        "hot_stove_upgrade",
        capex=Value(1.0),
        life=Value(15.0),
        declared={"coal": Value(1e3 * TCE)},
    )
    flows = {"coal": Value(600e3 * TCE)}
    rich = furnace("a", 100.0, 390.0, flows=flows, proposals=(after,))
    found = rank_case(replace(lines, plants=(*lines.plants, rich)), library(), Problems(), threads=1)
    last = found.proposals[-1]
    assert last.proposal.id == "stove"
    assert last.npv > max(r.npv for r in found.proposals[:-1])
    assert ranked(found.proposals)[-1].rank == len(found.proposals)
    for lang in ("en", "zh"):
        assert ranking_notes(found, library(), lang)


# ---------------------------------------------------------------- retirement


def row_of(name: str, capacity: float, value: float, case) -> PlantRow:
    return declared_row(case, library(), furnace(name, capacity, value))


def gone(row: PlantRow) -> BundleRow:
    return BundleRow(
        row.plant, ("retire",), "ok", math.nan, row.level, 0.0, 0.0, cancelled=True, retired=True
    )


def test_a_sector_retires_its_worst_first_and_no_more_than_its_cap(lines):
    rows = [
        row_of("good", 60.0, 355.0, lines),
        row_of("bad", 20.0, 440.0, lines),
        row_of("worse", 20.0, 460.0, lines),
    ]
    done = {r.plant.id: gone(r) for r in rows[1:]}
    assert retired_within(rows, done, None) == (frozenset({"bad", "worse"}), ())
    assert retired_within(rows, done, 0.25) == (frozenset({"worse"}), ("bad",))
    assert retired_within(rows, done, 0.1) == (frozenset(), ("worse", "bad"))
    case = replace(lines, targets=(Target("steel", share_above=0.3), Target("steel", retire_at_most=0.25)))
    (sector,), _ = sector_rows(case, library(), rows, list(done.values()), [])
    assert sector.now.share == pytest.approx(0.6)
    assert sector.then.share == pytest.approx(60 / 80)
    assert sector.then_kept.share == pytest.approx(0.6)
    assert (sector.retired, sector.retired_over, sector.target) == (20.0, ("bad",), 0.3)


# ---------------------------------------------------------------- ultra-low emission and means


def test_ultra_low_completion_counts_capacity_and_tells_what_nobody_says(lines):
    words = ({"ultra_low_emission": "done"}, {"ultra_low_emission": "open"}, {})
    rows = [
        declared_row(lines, library(), furnace(f"p{i}", 10.0 * (i + 1), 390.0, classes=w))
        for i, w in enumerate(words)
    ]
    (sector,), _ = sector_rows(lines, library(), rows, [], [])
    assert sector.ultra_low_now == pytest.approx(10 / 60)
    assert sector.ultra_low_unknown == pytest.approx(30 / 60)


def unit_row(case, coal: float, power: float, value: float) -> PlantRow:
    plant = replace(case.plants[0], id=f"u{power}", process="coal_unit", capacity=Value(power), proposals=())
    row = declared_row(case, library(), furnace("x", 1.0, 390.0))
    flows = {"coal": coal, "electricity": -power, "heat": -0.1 * power}
    return replace(
        row, plant=plant, value=value, product=power, ledger=flows, level="ungraded", threshold=None
    )


def test_the_mean_is_weighted_by_generation_and_shown_without_credit_for_heat(lines):
    case = replace(
        lines, targets=(Target("coal_power", mean_at_most=Value(318 * GCE_PER_KWH * 1000 / 1000)),)
    )
    rows = [unit_row(case, 3.0, 1.0, 2.6), unit_row(case, 8.4, 3.0, 2.7)]
    (sector,), _ = sector_rows(case, library(), rows, [], [])
    assert sector.mean_indicator_now == pytest.approx((2.6 + 3 * 2.7) / 4)
    assert sector.uncredited_now == pytest.approx(11.4 / 4)
    assert sector.target_mean is not None


# ---------------------------------------------------------------- pairings


def test_levels_of_another_edition_are_used_when_the_case_says_so(lines):
    lib, plant = library(), furnace("a", 1.0, 390.0)
    in_force = level_of(lines, lib, plant, "gb")
    chosen = level_of(replace(lines, accounting={"level.blast_furnace": "2013"}), lib, plant, "gb")
    assert (in_force.edition, chosen.edition) == ("2025", "2013")
    assert level_of(
        replace(lines, accounting={"level.blast_furnace": "2013"}), lib, plant, "ndrc"
    ) == level_of(lines, lib, plant, "ndrc")


@pytest.mark.parametrize(
    ("line", "code", "severity"),
    [
        ('level = { blast_furnace = "2013" }', "pairing_edition", "warning"),
        ('level = { blast_furnace = "1999" }', "word_unknown", "error"),
        ('level = { blast_furnance = "2013" }', "plant_process_unknown_near", "error"),
        ('indicator = { coal_unit = "gross_coal_rate" }', "pairing_indicator", "warning"),
        ('indicator = { coal_unit = "no_such" }', "word_unknown", "error"),
    ],
)
def test_another_pairing_warns(tmp_path, house, line, code, severity):
    from plantsim.io.heads import read_head

    file = tmp_path / "case.toml"
    file.write_text(f"schema = 1\n[accounting]\n{line}\n", encoding="utf-8")
    problems = Problems()
    read_head(file, house, problems, {"zh": "x", "en": "x"})
    assert (code, severity) in {(p.code, p.severity) for p in problems}


def test_a_pairing_with_another_indicator_is_the_one_that_is_held_against_the_levels(lines):
    case = replace(lines, accounting={"indicator.aluminium_cell": "liquid_comprehensive_ac_power"})
    plain = study(SIMPLE_LINES, "aluminium_cell").ranking
    other = rank_case(case, library(), Problems(), threads=1)
    assert {p.indicator for p in other.plants} == {"liquid_comprehensive_ac_power"}
    assert [p.threshold for p in other.plants] == [p.threshold for p in plain.plants]
    assert all(b.value > a.value for a, b in zip(plain.plants, other.plants, strict=True))


# ---------------------------------------------------------------- tornado and chosen columns


def test_the_tornado_puts_the_widest_first_and_its_middle_is_the_median():
    lib = library()
    groups = study(SIMPLE_LINES, "aluminium_cell").groups
    found = tornado(groups, "shuangyuan-1-cathode", 1)
    widths = [abs(b.npv[1] - b.npv[0]) for b in found.bars]
    assert widths == sorted(widths, reverse=True)
    effect = next(b for b in found.bars if b.kind == "effect")
    # 40, 60 and 83 mV less, a triangle: its 10th and 90th percentile, and nothing else, move the saving so far
    low = 40 + math.sqrt(0.1 * 43 * 20)
    high = 83 - math.sqrt(0.1 * 43 * 23)
    per_mv = 223 * 0.98 * 240e3 * 1e-3 * 8760 / 0.975 / 1000 * 0.1229 / 1000 * TCE  # J a year
    # the rectifier's median lies a trace off 97.5 %: its distribution is cut at a bound
    assert effect.saving == pytest.approx((low * per_mv, high * per_mv), rel=1e-7)
    assert {b.kind for b in found.bars} >= {"input", "effect", "cost", "price"}
    cost = next(b for b in found.bars if b.kind == "cost")
    assert cost.saving[0] == cost.saving[1] == found.saving
    assert cost.npv[0] > found.npv > cost.npv[1]
    for lang in ("en", "zh"):
        table = tornado_table(found, "aluminium_cell", lib, lang)
        assert len(table.rows) == len(found.bars)
    with pytest.raises(BadInput) as caught:
        tornado(groups, "shuangyuan-1-cathod", 1)
    assert caught.value.problems.errors[0].fields["nearest"] == "shuangyuan-1-cathode"


def test_any_column_of_the_file_reaches_the_screen():
    found = study(SIMPLE_LINES, "aluminium_cell").ranking
    table = chosen_table(found, ["irr", "so2_t_per_a"], library(), "en")
    assert [c.key for c in table.columns] == ["rank", "proposal", "irr", "so2_t_per_a"]
    assert table.rows[0][2] == pytest.approx(found.proposals[0].irr)
    with pytest.raises(BadInput) as caught:
        chosen_table(found, ["ir"], library(), "en")
    assert caught.value.problems.errors[0].fields["nearest"] == "irr"
    keys = [t.key for t in ranking_tables(found, library(), "en")]
    assert keys[:2] == ["sectors", "plants"]  # nobody says anything of ultra-low emission
    assert keys[-1] == "totals"


def test_totals_and_tornado_come_as_tables(lines):
    totals = api.totals(lines, threads=1)
    assert list(totals["convention"]) == ["equivalent", "equal_value"]
    assert (totals["gross_now_tce_per_a"] > totals["gross_with_all_tce_per_a"]).all()
    bars = api.tornado(lines, "shuangyuan-1-cathode", threads=1)
    assert set(bars["kind"]) >= {"input", "effect", "cost", "price"}
    assert len(bars) > 5


def test_declared_proposals_count_in_the_share_with_everything_done(lines):
    """Two measures of one furnace: the better declared figure counts, not their sum; a retired one leaves."""
    after = [
        Proposal(f"m{e}", "hot_stove_upgrade", declared={"hot_metal_energy": Value(e * 29307.6)})
        for e in (370, 359)
    ]
    clean = Proposal("ule", "ultra_low_emission", capex=Value(1e8))
    upgraded = furnace("a", 100.0, 390.0, proposals=(*after, clean), classes={"ultra_low_emission": "open"})
    retired = furnace("b", 100.0, 440.0, proposals=(Proposal("stop", "retire", cancels_capacity=True),))
    kept = furnace("c", 50.0, 400.0)
    found = rank_case(
        replace(lines, plants=(*lines.plants, upgraded, retired, kept)), library(), Problems(), 1, draws=16
    )
    sector = next(s for s in found.sectors if s.process == "blast_furnace")
    assert sector.now.share == 0.0
    assert sector.then.share == pytest.approx(100 / 150)
    assert sector.then_kept.share == pytest.approx(100 / 250)
    assert sector.mean_then == sector.confident_then == pytest.approx(100 / 150)
    assert (sector.ultra_low_now, sector.ultra_low_then) == (0.0, pytest.approx(100 / 150))


def test_a_declared_plant_is_retired_against_what_replaces_it(lines):
    """600 000 tce at 400 kgce/t are 1.5 Mt; made at 350 kgce/t elsewhere they take 525 000 tce."""
    stop = Proposal("stop", "retire", capex=Value(5e6), life=Value(20.0), replacement=Value(350 * 29307.6))
    flows = {"coal": Value(600e3 * TCE)}
    (row,) = declared(furnace("a", 100.0, 400.0, flows=flows, proposals=(stop,)), lines)
    assert row.saving / TCE == pytest.approx(75e3)
    (silent,) = declared(
        furnace("a", 100.0, 400.0, flows=flows, proposals=(replace(stop, replacement=None),)), lines
    )
    assert silent.saving == 0.0
    assert not silent.left_out
