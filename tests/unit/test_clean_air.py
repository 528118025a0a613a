"""Environmental tax and price support of clean coal power: worked by hand from yearly ledgers and concentrations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from studies import LIUPANSHUI, read

from plantsim.engine.clean_air import tax_rates
from plantsim.engine.groups import solve_groups
from plantsim.engine.rank import rank_solved
from plantsim.library import library
from plantsim.vocabulary.case import Value
from plantsim.vocabulary.problems import Problems

KWH = 3.6e6
LIMITS = {"nox": 100.0, "so2": 200.0, "dust": 30.0}  # mg/Nm3 in force at the plant
PER_KG = {
    "nox": 2.4 / 0.95,
    "so2": 2.4 / 0.95,
    "dust": 2.4 / 2.18,
    "fluoride": 2.4 / 0.87,
}  # CNY: Guizhou's 2.4 per pollutant equivalent


def ranked(root, values: dict[str, float] | None = None, **classes: str):
    """Return (solved group, row) of ultra-low emission alone at Yemazhai 1; values: what it says more, in SI."""
    lib, problems = library(), Problems()
    case, _ = read(LIUPANSHUI)
    (plant,) = (p for p in case.plants if p.id == "yemazhai-1")
    wanted = tuple(p for p in plant.proposals if p.retrofit == "ultra_low_emission")
    said = {name: Value(si) for name, si in (values or {}).items()}
    plant = replace(
        plant, proposals=wanted, classes={**plant.classes, **classes}, values={**plant.values, **said}
    )
    case = replace(case, plants=(plant,))
    groups = solve_groups(case, lib, problems, 1)
    return groups[0], rank_solved(case, lib, groups).proposals[0]


@pytest.fixture(scope="module")
def solved(root):
    return ranked(root)


def share(concentration: float, limit: float) -> float:
    return 0.5 if concentration <= 0.5 * limit else 0.75 if concentration <= 0.7 * limit else 1.0


def test_the_tax_of_what_is_no_longer_emitted_and_of_what_is_emitted_far_below_its_limit(solved):
    group, row = solved
    plan, batch, paid = group.plans[0], group.batch, []
    for block in (plan.before, plan.alone[0]["likely"]):
        ledger, of_state = batch.ledger(block), 0.0
        for pollutant, limit in LIMITS.items():
            concentration = batch.yearly(block, f"{pollutant}_concentration")[0] * 1e6
            due = share(concentration, limit)
            of_state += -ledger[pollutant][0] * PER_KG[pollutant] * due
        paid.append(of_state)
    assert paid[1] < 0.5 * paid[0]
    assert row.policy["tax"] == pytest.approx(
        paid[0] - paid[1], rel=0.005
    )  # the deck's rates have three digits


def test_the_rates_follow_from_the_equivalents(solved):
    deck = solved[0].case.price_deck
    waste = {"solid_waste_stored": 25.0 / 1000, "hazardous_waste_stored": 1000.0 / 1000}  # CNY/t, annex 1
    assert tax_rates(library(), deck, "coal_unit") == pytest.approx(PER_KG | waste, rel=0.005)
    general = {**PER_KG, **waste, "dust": 2.4 / 4.0}  # of ground, moved and smelted matter, not of combustion
    for process in ("aluminium_cell", "cement_kiln"):
        assert tax_rates(library(), deck, process) == pytest.approx(general, rel=0.005)


def test_waste_that_is_stored_is_taxed_and_what_is_put_to_use_is_not(root, solved):
    """Fly ash all used; 60 % of the slag and a quarter of the gypsum stored, at 25 CNY/t; the tax on air stays."""
    use = {"fly_ash_used": 1.0, "bottom_ash_used": 0.4, "gypsum_used": 0.75}
    group, row = ranked(root, use)
    plan, batch = group.plans[0], group.batch
    before, after = (batch.ledger(block) for block in (plan.before, plan.alone[0]["likely"]))
    stored = [0.6 * -ledger["bottom_ash"][0] + 0.25 * -ledger["gypsum"][0] for ledger in (before, after)]
    for ledger, amount in zip((before, after), stored, strict=True):
        assert -ledger["solid_waste_stored"][0] == pytest.approx(amount, rel=1e-9)
        assert -ledger["fly_ash_sold"][0] == pytest.approx(-ledger["fly_ash"][0], rel=1e-12)
    of_air = solved[1].policy["tax"]
    assert row.policy["tax"] == pytest.approx(of_air + 0.025 * (stored[0] - stored[1]), rel=1e-9)
    assert stored[1] > stored[0]  # more sulphur is taken: more gypsum
    assert row.policy["tax"] < of_air


def test_waste_whose_use_is_not_stated_is_neither_gain_nor_loss(solved):
    group, row = solved
    ledger = group.batch.ledger(group.plans[0].before)
    assert np.isnan(ledger["solid_waste_stored"][0])
    assert -ledger["fly_ash"][0] > 0.0
    assert np.isfinite(row.policy["tax"])


@pytest.mark.parametrize(
    ("classes", "fen"),
    [
        ({}, 0.0),  # prices of today hold it
        ({"clean_power_support": "paid"}, 1.0),
        ({"clean_power_support": "paid", "grid_connection": "from_2016"}, 0.5),
        ({"clean_power_support": "none"}, 0.0),
        ({"clean_power_support": "paid", "ultra_low_emission": "done"}, 0.0),
    ],
)
def test_support_of_ultra_low_power_by_the_unit_s_age_and_contracts(root, classes, fen):
    group, row = ranked(root, **classes)
    sold = -group.batch.ledger(group.plans[0].alone[0]["likely"])["electricity"][0] / KWH
    assert row.policy["support"] == pytest.approx(sold * fen / 100)


def test_neither_lowers_the_cost_of_a_tonne_and_both_are_in_the_net_present_value(root, solved):
    _, with_support = ranked(root, clean_power_support="paid")
    _, without = solved
    assert with_support.cost_of_pollutant == pytest.approx(without.cost_of_pollutant, rel=1e-12)
    assert with_support.yearly_gain - without.yearly_gain == pytest.approx(with_support.policy["support"])
    factor = (1 - 1.08**-15) / 0.08
    assert with_support.npv - without.npv == pytest.approx(with_support.policy["support"] * factor)
