"""CO2 by two counts, and what is not known: hand-calculated ledgers, and the plants of Liupanshui."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from plantsim.engine.carbon import CO2_PER_CARBON, CarbonRule, accounted, carbon_rule, physical
from plantsim.engine.evaluate import evaluate_plants, known_flows, ledger_of
from plantsim.engine.factors import Factors
from plantsim.engine.figures import Basis, compare, known_alike
from plantsim.engine.service import Reference
from plantsim.io.cases import read_case
from plantsim.io.plants import reference_plant
from plantsim.library import library
from plantsim.report.plants import plant_tables
from plantsim.vocabulary.case import Origin
from plantsim.vocabulary.problems import Problems

LIB = library()
TCE = 29.3076e9  # J
LIUPANSHUI = Path(__file__).parents[2] / "cases" / "liupanshui"
FACTORS = Factors(
    equivalent={"coal": 1.0, "electricity": 1.0},
    equal_value={"coal": 1.0, "electricity": 1.0},
    carbon={"coal": 3.282e3 / TCE, "electricity": 0.5 / 3.6e6},
    price={"coal": 1e-8, "limestone": 0.1},
    used={},
    deck="test",
)
KILN = CarbonRule(frozenset({"coal"}))


def ledger(**amounts: float) -> dict[str, np.ndarray]:
    return {c: np.array([a]) for c, a in amounts.items()}


def test_a_kilns_fuel_counts_once():
    """1 000 tce whose coal holds 62 % carbon at 24 MJ/kg: 757.1 t C, 2 774.1 t CO2; 500 t of calcination; 3 282 t by
    the rule's default.
    """
    carbon = 1000 * TCE / 24e6 * 0.62
    own = ledger(coal=1000 * TCE, fuel_carbon=carbon, co2_direct=-500e3, clinker=-1.0)
    assert physical(FACTORS, KILN, own) == pytest.approx(2774.1e3 + 500e3, rel=1e-5)
    assert accounted(FACTORS, KILN, own) == pytest.approx(3282e3 + 500e3, rel=1e-12)


def test_measured_carbon_counts_where_the_rule_takes_it():
    """Coal power: 0.99 of the carbon as fired, no reagents; the ash's carbon is no emission of the plant itself."""
    plant = reference_plant("n300-16.67-537-537", LIB)
    measured = replace(plant.values["coal_carbon"], origin=Origin("", 0, "", "measured", ""))
    with_analysis = replace(plant, values={**plant.values, "coal_carbon": measured})
    default, own = (carbon_rule(LIB, "coal_power", p) for p in (plant, with_analysis))
    assert (default.basis, own.basis) == ("default", "measured")
    assert carbon_rule(LIB, "cement", with_analysis).basis == "default"
    book = ledger(coal=1000 * TCE, fuel_carbon=700e3, residue_carbon=-20e3, co2_direct=-9e3)
    assert accounted(FACTORS, own, book) == pytest.approx(0.99 * 700e3 * 44.009 / 12.011, rel=1e-12)
    assert accounted(FACTORS, default, book) == pytest.approx(3282e3, rel=1e-12)
    assert physical(FACTORS, own, book) == pytest.approx(680e3 * CO2_PER_CARBON + 9e3, rel=1e-12)


def test_perfluorocarbons_count_in_the_accounted_figure_alone():
    """100 t of anode CO2 and 0.6 t CF4, 0.0726 t C2F6: 6 630 and 11 100 times CO2, by the rule of aluminium only."""
    equivalent = 600.0 * 6630 + 72.6 * 11100
    book = ledger(co2_direct=-100e3, cf4=-600.0, c2f6=-72.6, pfc_co2e=-equivalent)
    aluminium, cement = (carbon_rule(LIB, sector) for sector in ("aluminium", "cement"))
    assert accounted(FACTORS, aluminium, book) == pytest.approx(100e3 + equivalent, rel=1e-12)
    assert physical(FACTORS, aluminium, book) == pytest.approx(100e3, rel=1e-12)
    assert accounted(FACTORS, cement, book) == pytest.approx(100e3, rel=1e-12)


def test_fewer_anode_effects_save_what_they_no_longer_give_off():
    """145 kt/a, from 0.10 to 0.03 effects a cell and day of 3 min: 0.143 kg CF4/t per minute, 12.1 % of it C2F6.

    0.143 x 0.21 min x (6 630 + 0.121 x 11 100) kg/t are 239.4 kg CO2e/t, 34 700 t/a.
    """
    per_tonne = 0.143 * 0.07 * 3.0 * (6630 + 0.121 * 11100)
    assert per_tonne * 145e3 / 1e3 == pytest.approx(34_718, abs=1)
    line = reference_plant("prebake-240ka", LIB)
    fewer = replace(
        line, values={**line.values, "anode_effect_frequency": replace(line.values["line_current"], si=0.03)}
    )
    (_, solved) = evaluate_plants([line, fewer], LIB, 1)["aluminium_cell"]
    books = [{c: a[i : i + 1] for c, a in solved.ledger.items()} for i in (0, 1)]
    metal = -books[0]["liquid_aluminium"][0] / 1e3
    rule = carbon_rule(LIB, "aluminium")
    power = replace(FACTORS, carbon={})
    saved = accounted(power, rule, books[0]) - accounted(power, rule, books[1])
    assert saved == pytest.approx(per_tonne * metal, rel=1e-9)
    assert physical(power, rule, books[0]) == pytest.approx(physical(power, rule, books[1]), rel=1e-12)


def test_without_an_analysis_only_the_default_is_known():
    book = ledger(coal=1000 * TCE, fuel_carbon=math.nan, residue_carbon=math.nan, co2_direct=math.nan)
    rule = carbon_rule(LIB, "coal_power")
    assert accounted(FACTORS, rule, book) == pytest.approx(3282e3, rel=1e-12)
    assert np.isnan(physical(FACTORS, rule, book)).all()
    assert np.isnan(physical(FACTORS, rule, ledger(coal=TCE))).all()  # a plant that declares its coal only


def test_what_a_reference_burns_counts_by_its_factor_in_both():
    """Heat no more given out: boilers burn 1.25 times as much coal, at the default; its own falls by 100 tce."""
    boilers = Reference("boilers", "heat", {"coal": 1.25}, {})
    before = ledger(coal=1000 * TCE, fuel_carbon=700e3, residue_carbon=0.0, co2_direct=0.0, heat=-80 * TCE)
    after = ledger(coal=900 * TCE, fuel_carbon=630e3, residue_carbon=0.0, co2_direct=0.0, heat=0.0)
    basis = Basis(FACTORS, {"heat": boilers}, "none", "x", carbon_rule(LIB, "coal_power"))
    before["none"] = after["none"] = np.array([-1.0])
    found = compare(before, after, np.ones(1), np.ones(1), basis)
    assert found.carbon == pytest.approx((100 - 1.25 * 80) * 3282.0, abs=1e-6)
    assert found.carbon_physical == pytest.approx(70e3 * CO2_PER_CARBON - 100 * 3282.0, rel=1e-9)


def test_what_is_not_known_is_neither_gain_nor_loss():
    before = ledger(coal=1e10, limestone=math.nan, product=-1.0, nox=math.nan)
    after = ledger(coal=0.9e10, limestone=math.nan, product=-1.0, nox=math.nan)
    found = compare(before, after, np.ones(1), np.ones(1), Basis(FACTORS, {}, "product", "x"))
    assert found.gain == pytest.approx(0.1e10 * 1e-8)
    assert np.isnan(found.pollutants["nox"]).all()
    assert np.isnan(found.pollutants["so2"]).all()  # nobody says
    failed = ledger(coal=math.nan, limestone=math.nan, product=math.nan, nox=math.nan)
    assert np.isnan(known_alike(before, failed, "product")[1]["coal"]).all()


def test_known_flows_count_beside_one_that_is_not_known():
    declaration = LIB.declaration("coal_unit")
    yearly = {v.name: np.array([1.0]) for v in declaration.with_role("output") if v.ledger is not None}
    yearly["tower_water"] = np.array([math.nan])
    assert np.isnan(ledger_of(declaration, yearly)["water"]).all()
    known = known_flows(declaration, yearly)["water"]
    assert known == pytest.approx(3.0)  # the absorber's, the slag's and the treatment's


@pytest.fixture(scope="module")
def city():
    case = read_case(LIUPANSHUI / "case.toml", LIB, Problems())
    keep = ("yemazhai-1", "pannan-1", "panbei-1", "conch-panjiang-1")
    return replace(case, plants=tuple(p for p in case.plants if p.id in keep))


def test_own_carbon_of_the_citys_coals(city):
    """Burnt carbon over standard coal, t/tce, as worked out from the coals of the list and the carbon in their ash.

    Panbei, a fluidised bed: 0.255 kg C in 10.26 MJ; limestone of 90 %, 2.2 mol per mol of sulphur, 98 % of it calcined,
    and 85 % of the sulphur stay with the ash; 4 % carbon in fly ash at full load, 2 points more at none. The boiler
    gives 0.764 and 0.528 of its heat at 75 and 50 % of the power, where a 300 MW set needs some 2 and 6 % more heat.
    """
    sulphur = 0.02 / 0.03206
    ash = 0.57 + sulphur * (2.2 * (0.100087 / 0.90 - 0.98 * 0.04401) + 0.85 * 0.080063)
    points = [(900.0, 1.0), (2500.0, 0.764), (2600.0, 0.528)]  # h, heat of full load
    fly = [0.04 + 0.02 * (1.0 - heat) for _, heat in points]
    in_fly = sum(h * heat * c / (1 - c) for (h, heat), c in zip(points, fly, strict=True))
    in_fly *= 0.55 * ash / sum(h * heat for h, heat in points)
    panbei = (0.255 - in_fly - 0.45 * ash * 0.02 / 0.98) * CO2_PER_CARBON / 10.26e6 * TCE / 1e3
    found = {}
    for plants, solved in evaluate_plants(city.plants, LIB, 1).values():
        for i, plant in enumerate(plants):
            book = {c: a[i] for c, a in solved.ledger.items()}
            burnt = CO2_PER_CARBON * (book["fuel_carbon"] + book.get("residue_carbon", 0.0))
            found[plant.id] = burnt / 1e3 / (book["coal"] / TCE)
    assert found["yemazhai-1"] == pytest.approx(2.664, abs=1e-3)
    assert found["pannan-1"] == pytest.approx(2.672, abs=1e-3)
    assert found["panbei-1"] == pytest.approx(panbei, abs=1e-3)
    assert found["conch-panjiang-1"] == pytest.approx(2.774, abs=1e-3)


def test_an_unknown_indicator_has_no_grade(city):
    """Emissions of a unit without a coal: a dash, where it said "none met"."""
    unit = next(p for p in city.plants if p.id == "yemazhai-1")
    unknown = {n: replace(v, si=math.nan) for n, v in unit.values.items() if n.startswith("coal_")}
    case = replace(city, plants=(replace(unit, values={**unit.values, **unknown}),))
    tables = plant_tables(case, evaluate_plants(case.plants, LIB, 1), LIB, "en")
    rows = {row[0]: row for row in tables[0].rows}
    for name in ("emission_to_national_limit", "emission_to_ultra_low_limit", "nox_concentration"):
        row = rows[LIB.indicators("coal_unit")[name].label["en"]]
        assert row[1] is None
        assert row[-1] is None
    assert any("not known" in note["en"] for table in tables for note in table.notes)
