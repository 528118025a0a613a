"""Equal service: worked examples in which the naive difference of two yearly ledgers is wrong."""

from __future__ import annotations

import math

import numpy as np
import pytest

from plantsim.engine.factors import Factors
from plantsim.engine.figures import Basis, compare
from plantsim.engine.service import Reference, at_equal_service

GCE = 29307.6e3  # J of standard coal per kgce
KWH = 3.6e6
EQUIVALENT, GRID = 0.1229 * GCE / KWH, 0.302 * GCE / KWH  # J of standard coal per J of electricity


def basis(product: str, *references: Reference) -> Basis:
    coal_price, power_price, heat_price = 1e-8, 1e-7, 1e-8  # CNY/J
    factors = Factors(
        equivalent={"coal": 1.0, "electricity": EQUIVALENT, "grid_electricity": GRID, "heat": 1.0},
        equal_value={"coal": 1.0, "electricity": GRID, "grid_electricity": GRID, "heat": 1.0},
        carbon={"coal": 9e-8, "electricity": 1.4e-7, "grid_electricity": 1.4e-7},
        price={"coal": coal_price, "electricity": power_price, "heat": heat_price},
        used={},
        deck="test",
    )
    return Basis(factors, {r.carrier: r for r in references}, product, "x")


BOILERS = Reference("boilers", "heat", {"coal": 1.25}, {})
THE_GRID = Reference("grid", "electricity", {"grid_electricity": 1.0}, {})


def ledger(**amounts: float) -> dict[str, np.ndarray]:
    return {k: np.array([float(v)]) for k, v in amounts.items()}


def figures(before, after, of: Basis):
    one = np.ones(1)
    return compare(before, after, one, one, of)


def test_heat_supply_is_credited_with_the_boilers_that_it_displaces():
    # the unit burns 30 more to give 100 of heat; net coal consumption alone would call that a loss of 30
    before = ledger(coal=1000, electricity=-380)
    after = ledger(coal=1030, electricity=-380, heat=-100)
    before["heat"] = np.zeros(1)
    found = figures(before, after, basis("electricity", BOILERS, THE_GRID))
    assert found.saving[0] == pytest.approx(1.25 * 100 - 30)
    assert found.carbon[0] == pytest.approx(9e-8 * 95)


def test_displaced_boilers_and_the_grid_bring_their_pollutants():
    boilers = Reference("boilers", "heat", {"coal": 1.25}, {}, {"nox": 2.0, "dust": 0.5})
    grid = Reference("grid", "electricity", {"grid_electricity": 1.0}, {}, {"nox": 0.1})
    before = ledger(coal=1000, electricity=-380, heat=0, nox=-900, so2=-400, dust=math.nan)
    after = ledger(coal=1030, electricity=-360, heat=-100, nox=-930, so2=-410, dust=math.nan)
    found = figures(before, after, basis("electricity", boilers, grid))
    # 30 more of the unit's own and 0.1 of the grid for each of 20, against 2 of the boilers for each of 100
    assert found.pollutants["nox"][0] == pytest.approx(2.0 * 100 - 30 - 0.1 * 20)
    assert found.pollutants["so2"][0] == pytest.approx(-10)  # neither reference declares any
    assert math.isnan(found.pollutants["dust"][0])  # the unit's own is not known: nothing is credited alone


def test_heat_that_costs_power_has_the_power_made_up_by_the_grid():
    before = ledger(coal=1000, electricity=-380, heat=0)
    after = ledger(coal=1000, electricity=-360, heat=-100)
    found = figures(before, after, basis("electricity", BOILERS, THE_GRID))
    assert found.saving[0] == pytest.approx(125 - 20 * GRID)
    # the naive difference books the lost power at its heat equivalent only
    naive = (1000 - 380 * EQUIVALENT) - (1000 - 360 * EQUIVALENT - 100)
    assert naive != pytest.approx(found.saving[0], rel=0.05)


def test_an_uprate_is_no_saving_by_itself():
    # 5 % more power from 5 % more coal at an efficiency like the grid's: nothing is saved
    before = ledger(coal=1000 * GRID, electricity=-1000)
    after = ledger(coal=1050 * GRID, electricity=-1050)
    found = figures(before, after, basis("electricity", THE_GRID))
    assert found.saving[0] == pytest.approx(0.0, abs=1e-9)
    assert found.gain[0] == pytest.approx(50 * 1e-7 - 50 * GRID * 1e-8)  # but it is sold


def test_power_of_dry_quenching_counts_as_power_not_as_fuel():
    # a coke oven makes 50 of power from coke heat and burns 8 of coke for it: the grid need not make 50
    before = ledger(coke=-1000, coal=1300, electricity=40)
    after = ledger(coke=-1000, coal=1308, electricity=-10)
    found = figures(before, after, basis("coke"))
    assert found.saving[0] == pytest.approx(50 * EQUIVALENT - 8)
    assert found.saving_equal_value[0] == pytest.approx(50 * GRID - 8)
    assert found.saving[0] < found.saving_equal_value[0]


def test_solar_power_of_a_plant_is_power_not_bought():
    before, after = (
        ledger(clinker=-100, coal=300, electricity=60),
        ledger(clinker=-100, coal=300, electricity=52),
    )
    found = figures(before, after, basis("clinker"))
    assert found.saving[0] == pytest.approx(8 * EQUIVALENT)
    assert found.gain[0] == pytest.approx(8 * 1e-7)


def test_more_product_is_neither_a_loss_nor_a_saving():
    # a cell with a better current efficiency makes 2 % more metal from the same power
    before, after = ledger(metal=-100, electricity=1000), ledger(metal=-102, electricity=1000)
    found = figures(before, after, basis("metal"))
    assert found.saving[0] == pytest.approx(1000 * (1 - 100 / 102) * EQUIVALENT)


def test_a_plant_that_makes_nothing_after_has_no_figure():
    found = figures(ledger(metal=-100, electricity=1000), ledger(metal=0, electricity=0), basis("metal"))
    assert np.isnan(found.saving[0])


def test_both_sides_end_with_the_same_services():
    before, after = ledger(coal=1000, electricity=-380, heat=0), ledger(coal=1010, electricity=-370, heat=-90)
    references = basis("electricity", BOILERS, THE_GRID).references
    first, second = at_equal_service(before, after, "electricity", references)
    for carrier in ("electricity", "heat"):
        assert first[carrier] == second[carrier]
