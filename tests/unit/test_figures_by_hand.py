"""Figures of a change at equal service, and a proposal's row: every figure apart, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine.appraisal import Terms
from plantsim.engine.carbon import CarbonRule, accounted
from plantsim.engine.drafts import Draft, rows_of
from plantsim.engine.factors import Factors
from plantsim.engine.figures import Basis, Figures, compare
from plantsim.engine.service import Reference, at_equal_service
from plantsim.engine.terms import Stated
from plantsim.engine.trade import Trade
from plantsim.vocabulary.case import Contract

FACTORS = Factors(
    equivalent={"coal": 1.0, "electricity": 1.1, "grid_electricity": 2.4, "heat": 1.05},
    equal_value={"coal": 1.02, "electricity": 2.6, "grid_electricity": 2.5, "heat": 1.3},
    carbon={"coal": 0.09, "electricity": 0.14, "grid_electricity": 0.15, "heat": 0.11},
    price={"coal": 3.0, "electricity": 11.0, "heat": 5.0, "metal": 70.0},
    used={},
    deck="test",
    sold={"electricity": 8.0},
)
RULE = CarbonRule(frozenset({"coal"}))
BOILERS = Reference("boilers", "heat", {"coal": 1.25, "electricity": 0.02}, {}, {"nox": 0.3})


def ledger(**amounts: float) -> dict[str, np.ndarray]:
    return {k: np.array([float(v)]) for k, v in amounts.items()}


@pytest.fixture(scope="module")
def found():
    """A plant makes 4 % more metal, sells 90 of heat of which 60 are taken, and generates: 5 sold for 37 bought.

    With 104 made, all of the year after counts 100 / 104; of heat and power 60 and 5 go out after that.
    """
    before = ledger(metal=-100, coal=500, electricity=37, heat=-20, nox=-9, so2=-7, dust=0, co2_direct=-31)
    after = ledger(
        metal=-104, coal=520.4, electricity=-5.2, heat=-93.6, nox=-8.32, so2=-2.08, dust=-1.04, co2_direct=-26
    )
    basis = Basis(FACTORS, {"heat": BOILERS}, "metal", "x", RULE)
    return compare(
        before, after, np.array([4.7]), np.array([4.1]), basis, Trade({"heat": 15.0}, {"heat": 60.0})
    )


# before: 15 of heat are taken, the boilers make the other 45 from 56.25 of coal and 0.9 of power
COAL = (500 + 1.25 * 45, 520.4 / 1.04)
POWER = (37 + 0.02 * 45, -5.0)


def test_energy_is_compared_at_equal_service_on_both_conventions(found):
    saved = [b - a for b, a in (COAL, POWER)]
    assert found.saving[0] == pytest.approx(1.0 * saved[0] + 1.1 * saved[1], rel=1e-12)
    assert found.saving_equal_value[0] == pytest.approx(1.02 * saved[0] + 2.6 * saved[1], rel=1e-12)
    assert (found.before[0], found.after[0]) == (4.7, 4.1)


def test_carbon_of_carriers_and_what_leaves_as_gas(found):
    saved = [b - a for b, a in (COAL, POWER)]
    assert found.carbon[0] == pytest.approx(0.09 * saved[0] + 0.14 * saved[1] + 31 - 25, rel=1e-12)
    assert accounted(FACTORS, RULE, ledger(coal=10, co2_direct=-3))[0] == pytest.approx(0.9 + 3, rel=1e-12)


def test_pollutants_of_the_boilers_that_are_displaced(found):
    """0.3 of NOx per heat; SO2 of the plant alone; dust is not known before, and its reference gives none."""
    assert found.pollutants["nox"][0] == pytest.approx((9 + 0.3 * 45) - 8, rel=1e-12)
    assert found.pollutants["so2"][0] == pytest.approx(7 - 2, rel=1e-12)
    assert found.pollutants["dust"][0] == pytest.approx(-1.0, rel=1e-12)
    assert np.isnan(found.pollutants["voc"][0])  # nobody tells it


def test_money_is_what_the_owner_pays_and_is_paid(found):
    """Metal cancels; the boilers are not his; 37 bought at 11, 5 sold at 8; heat that is taken at 5."""
    paid = (3 * 500 + 11 * 37 - 5 * 15, 3 * 520.4 / 1.04 - 8 * 5 - 5 * 60)
    assert found.gain[0] == pytest.approx(paid[0] - paid[1], rel=1e-12)


def test_carriers_that_move(found):
    assert set(found.moved) == {"coal", "electricity", "heat", "nox", "so2", "dust", "co2_direct"}
    assert found.row(0).saving_equal_value[0] == found.saving_equal_value[0]


def test_power_by_band_stands_in_the_place_of_one_price():
    power = fields(worth=lambda before, after, factors: 100.0 * before - after)
    before, after = (ledger(metal=-1, coal=500, electricity=37), ledger(metal=-1, coal=480, electricity=30))
    one = np.ones(1)
    banded = compare(before, after, one, one, Basis(FACTORS, {}, "metal", "x", RULE), Trade(power=power))
    assert banded.gain[0] == pytest.approx(3 * 20 + 100 * 37 - 30, rel=1e-12)


def test_a_service_that_one_side_only_gives_is_made_up_on_the_other():
    boilers = {"heat": BOILERS}
    made, alone = at_equal_service(ledger(coal=500), ledger(coal=520, heat=-40), "electricity", boilers)
    assert {c: a[0] for c, a in made.items()} == {
        "coal": 550.0,
        "heat": -40.0,
        "electricity": pytest.approx(0.8),
    }
    assert {c: a[0] for c, a in alone.items()} == {"coal": 520.0, "heat": -40.0, "electricity": 0.0}
    # who takes heat in supplies none: 12 less is no service of his
    made, _ = at_equal_service(ledger(coal=500, heat=12), ledger(coal=520, heat=-40), "electricity", boilers)
    assert made["heat"][0] == 12 - 40
    made, _ = at_equal_service(ledger(coal=500, heat=12), ledger(coal=520, heat=30), "electricity", boilers)
    assert made["heat"][0] == 12


def test_emissions_of_a_reference_count_on_neither_side_that_does_not_tell_its_own():
    boilers = {"heat": BOILERS}
    made, _ = at_equal_service(ledger(heat=0, nox=-4), ledger(heat=-40), "electricity", boilers)
    assert made["nox"][0] == -4


TERMS = Terms(
    capex=900.0, gain=330.0, rate=0.09, life=8.0, operating_cost=21.0, building_time=0.5, tax_rate=0.25,
    residual_share=0.04, outage_loss=35.0, subsidy=50.0, carbon_gain=17.0, credit_gain=12.0,
    contract=Contract(0.7, 5.0),
)  # fmt: skip


def by_year(years: range) -> float:
    return sum(1.09**-t for t in years)


@pytest.fixture(scope="module")
def row():
    figures = Figures(
        before=np.array([4.7]), after=np.array([4.1]), saving=np.array([64.0]), saving_equal_value=np.array([81.0]),
        carbon=np.array([23.0]), carbon_physical=np.array([21.0]), gain=np.array([330.0]),
        pollutants={p: np.array([a]) for p, a in (("nox", 2.0), ("so2", 1.5), ("dust", np.nan), ("voc", -0.4))},
    )  # fmt: skip
    base = fields(value=4.7, level="worse", indicator="x", calibrated=True, carbon_basis="default")
    others = {
        "status": "ok", "blame": "", "level_after": "between", "saving_low": 60.0, "saving_high": 70.0,
        "evidence": "measured", "money_evidence": "assumed", "warnings": (),
    }  # fmt: skip
    draft = Draft(
        fields(id="p"), fields(id="m"), fields(kind="compliance"), base, Stated(TERMS, {}, "assumed", 40.0), figures,
        for_clean_air=13.0, others=others,
    )  # fmt: skip
    return rows_of([draft])[0]


YEARLY = 330.0 + 17.0 - 21.0
READY = 1.09**-0.5


def test_the_owner_s_value_is_what_the_contract_leaves_him(row):
    """30 % of the gain for 5 years, all of it for 3 more, the residual value; the loss of the outage is his."""
    gains = YEARLY * (0.3 * by_year(range(1, 6)) + by_year(range(6, 9)))
    owner = READY * (gains - 35.0 + 0.04 * 900.0 * 1.09**-8)
    assert row.npv_owner == pytest.approx(owner, rel=1e-9)


def test_the_project_s_value(row):
    gains = YEARLY * by_year(range(1, 9)) - 35.0 + 50.0 + 36.0 * 1.09**-8
    assert row.npv == pytest.approx(12.0 - 900.0 + READY * gains, rel=1e-9)
    assert row.npv_after_tax < row.npv
    assert row.capex == pytest.approx(900.0 + 40.0)  # with what would be spent anyway
    assert row.yearly_gain == pytest.approx(YEARLY)
    assert row.payback == pytest.approx(0.5 + (900.0 - 12.0 + 35.0 - 50.0) / YEARLY, rel=1e-9)
    assert row.investment_per_saving == pytest.approx(900.0 / 64.0)


def test_costs_of_what_is_saved(row):
    once = (900.0 - 12.0) / READY + 35.0 - 50.0 - 36.0 * 1.09**-8
    spread = once / by_year(range(1, 9)) + 21.0
    assert row.cost_of_saved_energy == pytest.approx(spread / 64.0, rel=1e-9)
    assert row.cost_of_carbon == pytest.approx((spread - 330.0) / 23.0, rel=1e-9)
    # neither the tax nor the support that clean air brings lowers the cost of a pollutant
    assert row.cost_of_pollutant == pytest.approx((spread - 330.0 - 17.0 + 13.0) / 3.1, rel=1e-9)


def test_figures_stand_in_their_own_columns(row):
    assert (row.saving, row.saving_equal_value, row.carbon) == (64.0, 81.0, 23.0)
    assert (row.before, row.after, row.level_before, row.level_after) == (4.7, 4.1, "worse", "between")
    assert (row.saving_low, row.saving_high, row.list, row.calibrated) == (60.0, 70.0, "compliance", True)
    assert row.pollutant == pytest.approx(2.0 + 1.5 - 0.4)
