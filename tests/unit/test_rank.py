"""The main job on the city case: figures checked by hand calculation, order, evidence, bundles."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from studies import SIMPLE_LINES, TWO_POTLINES, fitted, study

from plantsim.engine.plans import largest_bundle
from plantsim.engine.rank import rank_case
from plantsim.engine.value import present_value_factor
from plantsim.library import library
from plantsim.vocabulary.case import Change, Origin
from plantsim.vocabulary.problems import BadInput, Problems

TCE = 29307.6e6


@pytest.fixture(scope="module")
def case():
    return fitted(TWO_POTLINES)


@pytest.fixture(scope="module")
def city():
    return fitted(SIMPLE_LINES, "aluminium_cell")


@pytest.fixture(scope="module")
def ranking():
    return study(SIMPLE_LINES, "aluminium_cell").ranking


def row(ranking, proposal):
    return next(r for r in ranking.proposals if r.proposal.id == proposal)


def test_cathode_saving_by_hand(ranking):
    # 223 cells x 98 % x 240 kA x 60 mV, all year, over 97.5 % rectifier efficiency; 0.1229 kgce/kWh
    r = row(ranking, "shuangyuan-1-cathode")
    kwh = 223 * 0.98 * 240e3 * 0.060 * 8760 / 0.975 / 1000
    assert r.saving / TCE == pytest.approx(kwh * 0.1229 / 1000, rel=1e-9)
    assert r.carbon == pytest.approx(kwh * 0.4989, rel=1e-9)
    assert r.saving_low / TCE == pytest.approx(kwh * 40 / 60 * 0.1229 / 1000, rel=1e-9)
    assert r.saving_high / TCE == pytest.approx(kwh * 83 / 60 * 0.1229 / 1000, rel=1e-9)
    # tiered price on comprehensive AC: 13 658 kWh/t is 18 started steps of 20 above 13 300, 13 459 is 8; 0.01 each
    before = (4.02 / 0.92 / 0.3355 * 1000 / 0.975) + 300 * 0.335573 / 0.3355
    after = before - 0.060 / 0.92 / 0.3355 * 1000 / 0.975
    steps = [math.ceil((e - 13300) / 20) for e in (before, after)]
    assert steps == [18, 8]
    bought = 223 * 0.98 * 240e3 * 8760 / 1000 * 4.02 / 0.975 + (300 + 50) * 141847
    surcharge = 0.01 * (steps[0] * bought - steps[1] * (bought - kwh))
    upkeep = 0.025 * 223 * 300000  # nobody states an operating cost
    gain = kwh * 0.42 + surcharge - upkeep
    # the metal in the auxiliary power is rounded to a tonne
    assert r.yearly_gain == pytest.approx(gain, rel=1e-5)
    assert r.capex == pytest.approx(223 * 300000)
    residual = 0.05 * r.capex / 1.10**6  # of finance.toml, at the end of the life
    # 23 days of standstill: metal at 19 000 CNY/t, alumina at 3200, net anode at 4500, power at 0.42 and its surcharge,
    # 0.5 GJ of gas per tonne at 80 CNY/GJ in the cast house, 18 kg of aluminium fluoride at 10 500 CNY/t
    ledger = next(p for p in ranking.plants if p.plant.id == "shuangyuan-1").ledger
    margin = (
        (19000 - 0.5 * 80 - 0.018 * 10500) * -ledger["liquid_aluminium"]
        - 3200 * ledger["alumina"]
        - 4500 * ledger["carbon_anode"]
    ) / 1000
    lost = 23 / 365 * (margin - (0.42 + 0.01 * steps[0]) * bought)
    expected = r.yearly_gain * present_value_factor(0.10, 6) - r.capex - lost + residual
    assert r.npv == pytest.approx(expected, rel=1e-6)
    assert any(code == "outage_valued" for code, _ in r.warnings)
    assert any(code == "gain_from_surcharge" for code, _ in r.warnings)


def test_indicator_by_hand(ranking):
    r = row(ranking, "shuangyuan-1-rectifier")
    dc = 4.02 / 0.92 / 0.3355 * 1000  # kWh/t by the standard's constant
    assert r.before / 3600 == pytest.approx(dc / 0.975, rel=1e-12)
    assert r.after / 3600 == pytest.approx(dc / 0.983, rel=1e-12)
    assert r.capex == pytest.approx(223 * 240 * 4.02 * 250, rel=1e-12)  # all cells, 250 CNY/kW of DC power


def test_savings_do_not_add(ranking, city):
    plant = next(p for p in city.plants if p.id == "shuangyuan-1")
    lib = library()
    alone = sum(row(ranking, p.id).saving for p in plant.proposals)
    bundle, left_out = largest_bundle(lib, plant)
    assert not left_out
    assert len(bundle) == 2
    changes = tuple(
        c for k in bundle for c in lib.retrofits(plant.process)[plant.proposals[k].retrofit].changes
    )
    together = replace(plant.proposals[0], id="both", changes=changes)
    both = rank_case(
        replace(city, plants=(replace(plant, proposals=(together,)),)), lib, Problems(), threads=1
    )
    assert both.proposals[0].saving < alone
    assert both.proposals[0].saving > max(row(ranking, p.id).saving for p in plant.proposals)


def test_order_is_by_net_present_value_and_complete(ranking):
    values = [r.npv for r in ranking.proposals]
    assert values == sorted(values, reverse=True)
    assert [r.rank for r in ranking.proposals] == list(range(1, len(values) + 1))


def test_shares_now_and_with_all(ranking):
    sector = next(s for s in ranking.sectors if s.sector == "aluminium")
    assert sector.now.share == 0.0
    assert sector.then.share == pytest.approx(150 / 295)
    r = row(ranking, "shuangyuan-2-cathode")
    assert r.share_points == pytest.approx(150 / 295)
    assert row(ranking, "shuangyuan-1-rectifier").share_points == 0.0


def test_evidence_is_the_weakest_that_the_figure_rests_on(ranking):
    plant = next(p for p in ranking.plants if p.plant.id == "shuangyuan-1")
    # auxiliary power is unverified, but the liquid AC indicator does not rest on it
    assert plant.evidence == "assumed"
    r = row(ranking, "shuangyuan-1-cathode")
    assert r.evidence == "assumed"
    assert r.money_evidence == "unverified"


def test_same_input_same_figures_whatever_the_threads(city):
    def figures(threads):
        found = rank_case(city, library(), Problems(), threads)
        return [(r.proposal.id, r.saving.hex(), r.npv.hex(), r.after.hex()) for r in found.proposals]

    assert figures(1) == figures(2) == figures(4)


def test_a_plant_that_freezes_is_reported_and_the_rest_ranks(city):
    lib = library()
    cold = replace(city.plants[0], values={**city.plants[0].values})
    change = Change("remaining_voltage", "add", -2.5, -2.5, -2.5, origin=Origin(evidence="assumed"))
    proposal = replace(cold.proposals[0], id="too-much", changes=(change,))
    both = replace(city, plants=(replace(cold, proposals=(proposal, *cold.proposals[1:])), *city.plants[1:]))
    ranking = rank_case(both, lib, Problems(), threads=1)
    bad = ranking.proposals[-1]
    assert (bad.proposal.id, bad.status) == ("too-much", "infeasible_thermal")
    assert math.isnan(bad.saving)
    assert ranking.failed == 1
    assert all(r.status == "ok" for r in ranking.proposals[:-1])


def test_unknown_price_deck_names_the_known_ones(city):
    with pytest.raises(BadInput) as caught:
        rank_case(replace(city, price_deck="liupanshui-2026-bse"), library(), Problems())
    problem = caught.value.problems.errors[0]
    assert problem.code == "deck_unknown"
    assert problem.fields["nearest"] == "liupanshui-2026-base"


def test_decks_order_the_value_of_a_saving(city):
    def npv(deck):
        found = rank_case(replace(city, price_deck=deck), library(), Problems(), threads=1)
        return row(found, "shuangyuan-2-cathode").npv

    assert npv("liupanshui-2026-low") < npv("liupanshui-2026-base") < npv("liupanshui-2026-high")


def test_a_cap_stops_a_change_and_is_told(city):
    plant = city.plants[0]
    low = replace(plant.values["cathode_voltage_drop"], si=0.200)
    changed = replace(plant, values={**plant.values, "cathode_voltage_drop": low})
    found = rank_case(replace(city, plants=(changed,)), library(), Problems(), threads=1)
    r = row(found, "shuangyuan-1-cathode")
    assert any(code == "change_capped" for code, _ in r.warnings)
    kwh = 223 * 0.98 * 240e3 * 0.030 * 8760 / 0.975 / 1000  # 200 mV can fall to 170 mV only
    assert r.saving / TCE == pytest.approx(kwh * 0.1229 / 1000, rel=1e-9)


def test_an_inflated_claim_is_flagged(city):
    from plantsim.vocabulary.case import Claim, Value

    plant = city.plants[0]
    claimed = replace(plant.proposals[0], claim=Claim(Value(20000 * TCE), "equivalent"))
    found = rank_case(
        replace(city, plants=(replace(plant, proposals=(claimed,)),)), library(), Problems(), threads=1
    )
    assert any(code == "claim_above_model" for code, _ in found.proposals[0].warnings)


def test_a_claim_cannot_move_a_variable_past_the_catalogues_cap(city):
    plant = city.plants[0]
    change = Change("cathode_voltage_drop", "set", 0.05, 0.05, 0.05, origin=Origin(evidence="assumed"))
    proposal = replace(plant.proposals[0], changes=(change,))
    found = rank_case(
        replace(city, plants=(replace(plant, proposals=(proposal,)),)), library(), Problems(), threads=1
    )
    kwh = 223 * 0.98 * 240e3 * 0.150 * 8760 / 0.975 / 1000  # 320 mV down to the cap of 170 mV, not to 50 mV
    assert found.proposals[0].saving / TCE == pytest.approx(kwh * 0.1229 / 1000, rel=1e-9)


def test_bundle_is_simulated_not_added(ranking):
    bundle = next(b for b in ranking.bundles if b.plant.id == "shuangyuan-1")
    assert bundle.proposals == ("shuangyuan-1-cathode", "shuangyuan-1-rectifier")
    dc = 223 * 0.98 * 240e3 * 8760 / 1000  # kWh per volt of DC
    joint = dc * (4.02 / 0.975 - 3.96 / 0.983)
    assert bundle.saving / TCE == pytest.approx(joint * 0.1229 / 1000, rel=1e-9)
    assert bundle.sum_of_parts > bundle.saving
