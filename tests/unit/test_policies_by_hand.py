"""Policies by hand: tiers of the power price, environmental tax, clean power, ultra-low emission, carbon."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine import carbon, clean_air, tariffs, ultra_low
from plantsim.engine.batch import Block
from plantsim.engine.factors import Factors
from plantsim.library import library
from plantsim.vocabulary.case import Origin, Value

NAN = math.nan
BELL = NormalDist()
UNITS = library().units
KWH = 3.6e6


def number(value, unit="1", **more) -> dict:
    return {"value": value, "unit": unit, "evidence": "published", **more}


def shelf(data: dict, **more):
    """A library that holds one table, and real units."""
    return fields(data=lambda *_: data, units=UNITS, **more)


# ---------------------------------------------------------------- surcharges

TIERS = [
    {
        "id": "old",
        "rule": "bands",
        "from": "2014-01-01",
        "to": "2021-12-31",
        "indicator": "i",
        "indicator_edition": "e1",
        "threshold": number(13700, "kWh/t"),
        "second_threshold": number(13800, "kWh/t"),
        "surcharge": number(0.03, "CNY/kWh"),
        "second_surcharge": number(0.07, "CNY/kWh"),
        "source": "s1",
    },
    {
        "id": "new",
        "rule": "steps",
        "from": "2022-01-01",
        "indicator": "j",
        "indicator_edition": "e2",
        "source": "s2",
        "threshold": number(13600, "kWh/t"),
        "step": number(30, "kWh/t"),
        "surcharge_per_step": number(0.02, "CNY/kWh"),
    },
]
RULES = {
    "aluminium_tier": TIERS,
    "steel": {
        "from": "2017-01-01",
        "restricted": number(0.13, "CNY/kWh"),
        "indicator": "q",
        "indicator_edition": "e3",
    },
    "cement": {
        "from": "2014-07-01",
        "eliminated": number(0.41, "CNY/kWh"),
        "indicator": "r",
        "indicator_edition": "e4",
    },
}


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2013-12-31", None),
        ("2014-01-01", "old"),
        ("2021-12-31", "old"),
        ("2022-01-01", "new"),
        ("2099-01-01", "new"),
    ],
)
def test_the_tier_in_force(day, name):
    found = tariffs.aluminium_tier(shelf(RULES), day)
    assert (found.id if found else None) == name


def test_tiers_are_read_in_si():
    bands, steps = (tariffs.aluminium_tier(shelf(RULES), day) for day in ("2020-01-01", "2026-01-01"))
    assert (bands.threshold, bands.second_threshold) == (
        pytest.approx(13700 * 3600.0),
        pytest.approx(13800 * 3600.0),
    )
    assert (bands.surcharge * KWH, bands.second_surcharge * KWH) == (pytest.approx(0.03), pytest.approx(0.07))
    assert (bands.rule, bands.indicator, bands.edition, bands.evidence, bands.source) == (
        "bands",
        "i",
        "e1",
        "published",
        "s1",
    )
    assert (steps.step, steps.surcharge * KWH, steps.step) == (
        pytest.approx(30 * 3600.0),
        pytest.approx(0.02),
        pytest.approx(108e3),
    )
    assert (steps.second_surcharge, steps.second_threshold, bands.step) == (0.0, math.inf, 0.0)
    assert tariffs.tier_price(steps, 13631 * 3600.0) * KWH == pytest.approx(0.04)
    assert (bands.id, steps.id, steps.rule) == ("old", "new", "steps")
    # a consumption that rounding has put a hair above a step does not start the next one
    assert tariffs.tier_price(steps, np.nextafter(13630 * 3600.0, 1e9)) * KWH == pytest.approx(0.02)


def surcharge(sector: str, date: str = "2026-01-01", classes=None, **indicators):
    return tariffs.electricity_surcharge(shelf(RULES), sector, date, classes or {}, indicators)


def test_surcharges():
    found = surcharge("aluminium", j=13661 * 3600.0)
    assert (found.price * KWH, found.status, found.rule) == (pytest.approx(0.06), "applied", "new")
    assert (found.indicator, found.edition, found.evidence) == ("j", "e2", "published")
    missing = surcharge("aluminium", i=1e9)
    assert (missing.price, missing.status, missing.rule, missing.indicator, missing.edition) == (
        0.0,
        "no_indicator",
        "new",
        "j",
        "e2",
    )
    assert surcharge("aluminium", "2013-01-01", i=1e9).status == "no_rule"
    of = {"capacity_class": "restricted"}
    found = surcharge("steel", classes=of)
    assert (found.price * KWH, found.status, found.rule, found.evidence) == (
        pytest.approx(0.13),
        "applied",
        "steel.restricted",
        "published",
    )
    found = surcharge("cement", classes=of)
    assert (found.price, found.status, found.rule, found.indicator, found.edition) == (
        0.0,
        "not_found",
        "cement",
        "r",
        "e4",
    )
    assert surcharge("cement", classes={"capacity_class": "eliminated"}).price * KWH == pytest.approx(0.41)
    assert surcharge("steel", classes={"capacity_class": "from"}).status == "not_found"
    assert [surcharge("steel", day, of).status for day in ("2016-12-31", "2017-01-01")] == [
        "no_rule",
        "applied",
    ]
    assert surcharge("coking", classes=of).status == "no_rule"


DECKS = {
    "deck": {
        "base": {
            "price": {
                "a": number([2, 3, 7], "CNY/kWh"),
                "c_peak": number(9, "CNY/kWh"),
                "c_flat": number(5, "CNY/kWh"),
            }
        },
        "low": {"extends": "base", "take": "high", "price": {"c_valley": number([1, 2, 4], "CNY/kWh")}},
    }
}


def test_prices_of_a_deck_and_of_the_one_that_it_extends():
    lib = shelf(DECKS)
    assert tariffs.deck_price(lib, "base", "a", "electricity_price").si * KWH == pytest.approx(3.0)
    assert tariffs.deck_price(lib, "low", "a", "electricity_price").si * KWH == pytest.approx(7.0)
    assert tariffs.deck_price(lib, "base", "x", "electricity_price") is None
    ends, path = tariffs.deck_range(lib, "base", "a", "electricity_price")
    assert (np.array(ends) * KWH, path) == (pytest.approx([2.0, 3.0, 7.0]), "deck.base.price.a")
    ends, path = tariffs.deck_range(lib, "low", "a", "electricity_price")
    assert (np.array(ends) * KWH, path) == (pytest.approx([7.0, 7.0, 7.0]), "deck.base.price.a")
    assert tariffs.deck_range(lib, "low", "x", "electricity_price") is None
    assert [p.si * KWH for p in tariffs.band_prices(lib, "low", "c")] == pytest.approx([9.0, 5.0, 4.0])
    with pytest.raises(KeyError, match="c_valley"):
        tariffs.band_prices(lib, "base", "c")


def test_hours_of_bands_and_income_of_flexibility():
    hours = {"peak_hours": [[10, 13], [17, 22]], "flat_hours": [[8, 10]], "valley_hours": [[0, 7]]}
    assert tariffs.band_hours(shelf({"time_of_use": {"r": hours}}), "r").tolist() == [8.0, 2.0, 7.0]
    assert tariffs.flexibility_income(300e6, 0.33, 0.06, 5e12, 4e-8) == pytest.approx(
        300e6 * 0.33 * 0.06 + 2e5
    )


def test_what_a_green_loan_saves_year_by_year():
    """900 in 3 parts at 5 % less 2 %: interest saved on 900, 600 and 300."""
    by_hand = 0.03 * (900 / 1.07 + 600 / 1.07**2 + 300 / 1.07**3)
    assert tariffs.green_credit_gain(900.0, 0.05, 0.02, 3, 0.07) == pytest.approx(by_hand, rel=1e-12)


# ---------------------------------------------------------------- environmental tax and clean power


def batch_of(**figures) -> object:
    """Three solved rows, of which a block takes the last two."""
    solved = fields(yearly={n: np.array([1e9, *v]) for n, v in figures.items()}, x=np.zeros(3))
    return fields(
        where=lambda block: (solved, slice(1, 3)), declaration=fields(process="p", sector="coal_power")
    )


TWO = Block(0, 1, 3)
TAX = {
    "environment_tax": {
        "reduction": {
            "b": {"at_most": number(0.5), "due": number(0.4)},
            "a": {"at_most": number(0.7), "due": number(0.75)},
        },
        "concentration": {"p": {"nox": ["is", "most"]}},
        "elsewhere": {},
    }
}


def test_reductions_are_read():
    assert clean_air._reductions.__wrapped__(shelf(TAX)) == ((0.5, 0.4), (0.7, 0.75))


@pytest.mark.parametrize(
    ("is_", "share"),
    [(0.71, 1.0), (0.7, 0.75), (0.51, 0.75), (0.5, 0.4), (0.01, 0.4), (0.0, 1.0), (NAN, 1.0)],
)
def test_a_concentration_well_below_its_limit_lowers_the_rate(monkeypatch, is_, share):
    monkeypatch.setattr(clean_air, "_reductions", lambda lib: ((0.5, 0.4), (0.7, 0.75)))
    batch = batch_of(**{"is": (is_ * 60.0, 60.0), "most": (60.0, 60.0)})
    assert clean_air._rate_share(shelf(TAX), batch, TWO, "nox") == pytest.approx([share, 1.0])
    assert clean_air._rate_share(shelf(TAX), batch, TWO, "so2").tolist() == [1.0, 1.0]


def test_each_outlet_is_taxed_by_itself(monkeypatch):
    """Of 9 kg, 4 leave by a vent at 90 %, then 40 % of its limit; of 9 others 2 by a roof at the full rate."""
    monkeypatch.setattr(clean_air, "_reductions", lambda lib: ((0.5, 0.4), (0.7, 0.75)))
    rules = {
        "reduction": {},
        "concentration": {"p": {"dust": ["is", "most"], "so2": ["is", "most"]}},
        "elsewhere": {
            "p": {"dust": {"amount": "vent", "concentration": ["vent_is", "most"]}, "so2": {"amount": "roof"}}
        },
    }
    batch = batch_of(**{
        "is": (30.0, 30.0), "most": (60.0, 60.0), "vent": (4.0, 4.0), "vent_is": (54.0, 24.0), "roof": (2.0, 0.0),
    })  # fmt: skip
    ledger = {"dust": np.array([-9.0, -9.0]), "so2": np.array([-9.0, -9.0])}
    monkeypatch.setattr(batch, "ledger", lambda block: ledger, raising=False)
    found = clean_air._rate_share(shelf({"environment_tax": rules}), batch, TWO, "dust")
    assert 9.0 * found == pytest.approx([5 * 0.4 + 4 * 1.0, 5 * 0.4 + 4 * 0.4], rel=1e-12)
    found = clean_air._rate_share(shelf({"environment_tax": rules}), batch, TWO, "so2")
    assert 9.0 * found == pytest.approx([7 * 0.4 + 2 * 1.0, 9 * 0.4], rel=1e-12)


def test_tax_that_a_change_saves(monkeypatch):
    """NOx at 2.5: 9 to 4, and 3 to a gift of 1, which is none; SO2 at 7 not known of one row; dust on one side only."""
    monkeypatch.setattr(
        clean_air, "tax_rates", lambda lib, deck, *_: {"d": {"nox": 2.5, "so2": 7.0, "dust": 11.0}}[deck]
    )
    shares = {"before": 0.75, "after": 0.4}
    monkeypatch.setattr(
        clean_air, "_rate_share", lambda lib, batch, block, p: shares[block.stage] if p == "nox" else 1.0
    )
    before = {"nox": np.array([-9.0, -3.0]), "so2": np.array([-5.0, NAN]), "dust": np.array([-8.0, -8.0])}
    after = {"nox": np.array([-4.0, 1.0]), "so2": np.array([-6.0, -2.0])}
    sides = (Block("before", 4, 6), before), (Block("after", 0, 2), after)
    found = clean_air.environment_tax_saved(fields(price_deck="d"), None, batch_of(), *sides)
    assert found == pytest.approx([2.5 * (9 * 0.75 - 4 * 0.4) - 7.0, 2.5 * 3 * 0.75])


SUPPORT = {"coal_power_support": {
    "denitration": number(0.01, "CNY/kWh"), "ultra_low_built_before_2016": number(0.012, "CNY/kWh"),
    "ultra_low_built_from_2016": number(0.005, "CNY/kWh"), "hours": {"least": number(0.8), "full": number(0.99)},
}}  # fmt: skip


def support(
    monkeypatch, duties, classes, shares=((0.1, 0.1), (1.0, 0.9)), power=(-50.0, -40.0), sector="coal_power"
):
    earned = dict(zip("ab", map(np.array, shares), strict=True))
    monkeypatch.setattr(clean_air, "_share_earned", lambda lib, batch, block: earned[block.stage])
    plant = fields(classes={"clean_power_support": "paid", **classes})
    batch = fields(declaration=fields(sector=sector, process="p"))
    ledger = {"electricity": np.array(power) * KWH} if power else {}
    return clean_air.clean_power_support(
        shelf(SUPPORT), plant, fields(completes=duties), batch, Block("a", 0, 2), Block("b", 3, 5), ledger
    )


def test_support_of_clean_power(monkeypatch):
    """Denitration earns 0.01 on all that is sold; ultra-low emission 0.005 for the share of hours that is new."""
    new = support(monkeypatch, ["denitration", "ultra_low_emission", "unheard_of"], {})
    assert new == pytest.approx([50 * (0.01 + 0.005 * 0.9), 40 * (0.01 + 0.005 * 0.8)])
    old = support(monkeypatch, ["ultra_low_emission"], {"grid_connection": "before_2016"})
    assert old == pytest.approx([50 * 0.012 * 0.9, 40 * 0.012 * 0.8])
    assert support(monkeypatch, ["ultra_low_emission"], {}, ((0.9, 0.2), (0.85, 0.8))) == pytest.approx(
        [0.0, 40 * 0.005 * 0.6]
    )
    # who bought power, has it done already, is not paid apart, or is no power plant
    assert support(monkeypatch, ["denitration"], {}, power=(50.0, -40.0)) == pytest.approx([0.0, 0.4])
    for found in (
        support(monkeypatch, ["denitration"], {}, power=()),
        support(monkeypatch, ["ultra_low_emission"], {"ultra_low_organised": "done"}),
        support(monkeypatch, ["denitration"], {"clean_power_support": "in_price"}),
        support(monkeypatch, ["denitration"], {}, sector="steel"),
    ):
        assert found.tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("hours", "share"), [(0.991, 1.0), (0.99, 1.0), (0.98, 0.98), (0.8, 0.8), (0.79, 0.0), (NAN, 0.0)]
)
def test_hours_within_the_limits_earn_in_full_in_part_or_nothing(monkeypatch, hours, share):
    rule = fields(share_of_hours=lambda ratio: hours + 0.0 * ratio)
    monkeypatch.setattr(clean_air, "rule_of", lambda lib, process: rule)
    monkeypatch.setattr(clean_air, "worst_ratio", lambda rule, solved: np.zeros(3))
    assert clean_air._share_earned(shelf(SUPPORT), batch_of(), TWO) == pytest.approx([share, share])


# ---------------------------------------------------------------- ultra-low emission

RULE = ultra_low.Rule(("organised", "transport"), 0.95, 0.4, {})
SIGMA = math.sqrt(math.log(1 + 0.16))


def test_hourly_means_scatter_log_normally_around_their_mean():
    """The mean of a log-normal is exp(mu + sigma^2/2): at a mean of 1 its 95th percentile is the room."""
    room = math.exp(-(SIGMA**2) / 2 + SIGMA * BELL.inv_cdf(0.95))
    assert RULE.room() == pytest.approx(room, rel=1e-12)
    within = RULE.share_of_hours(np.array([0.7, 1 / room, 1.3, 0.0, -1.0, NAN]))
    by_hand = [BELL.cdf((-math.log(r) + SIGMA**2 / 2) / SIGMA) for r in (0.7, 1.3)]
    assert within[[0, 2]] == pytest.approx(by_hand, rel=1e-12)
    assert within[1] == pytest.approx(0.95, rel=1e-12)
    assert np.all(np.isnan(within[3:]))


def test_the_worst_of_several_concentrations_counts():
    rule = ultra_low.Rule((), 0.95, 0.4, {"nox": ("n", 50.0), "so2": ("s", 35.0)})
    solved = fields(
        yearly={"n": np.array([40.0, 40.0, 5.0]), "s": np.array([21.0, 35.0, NAN])}, x=np.zeros(3)
    )
    assert ultra_low.worst_ratio(rule, solved)[:2] == pytest.approx([0.8, 1.0])
    assert math.isnan(ultra_low.worst_ratio(rule, solved)[2])
    assert np.isnan(ultra_low.worst_ratio(RULE, solved)).tolist() == [True] * 3
    solved.yearly["emission_to_ultra_low_limit"] = np.array([0.3, 0.0, -0.1])
    assert ultra_low.worst_ratio(rule, solved)[0] == 0.3
    assert np.isnan(ultra_low.worst_ratio(rule, solved)[1:]).tolist() == [True, True]


def test_the_rule_of_a_process_stands_over_the_general_one():
    data = {
        "ultra_low": {"default": {"conditions": ["organised"], "hours": number(95, "%"), "scatter": number(0.3)},
                      "p": {"hours": number(90, "%"), "outputs": {"nox": "n"}, "limit": "b"}},
        "limit": [{"id": "a", "nox": number(9, "mg/m3")}, {"id": "b", "nox": number(50, "mg/m3")}],
    }  # fmt: skip
    own, other = (ultra_low.rule_of.__wrapped__(shelf(data), p) for p in "pq")
    assert (own.conditions, own.hours, own.scatter) == (("organised",), pytest.approx(0.9), 0.3)
    assert own.outputs == {"nox": (("n",), pytest.approx(50e-6))}
    assert (other.hours, other.outputs) == (pytest.approx(0.95), {})


def test_conditions_of_completion():
    done = fields(classes={"ultra_low_emission": "done"})
    part = fields(classes={"ultra_low_emission": "done", "ultra_low_transport": "open"})
    some = fields(classes={"ultra_low_organised": "done"})
    least, most = 0.999 / RULE.room(), 1.001 / RULE.room()
    assert ultra_low.completed(RULE, done, NAN) is True
    assert ultra_low.completed(RULE, done, most) is False  # the stack says otherwise
    assert ultra_low.completed(RULE, done, least) is True
    assert ultra_low.completed(RULE, part, least) is False
    assert ultra_low.completed(RULE, some, NAN) is None
    assert ultra_low.completed(RULE, some, least) is None
    assert ultra_low.completed(RULE, some, most) is False
    assert ultra_low.completed(RULE, some, NAN, completing=True) is True
    assert ultra_low.completed(RULE, part, most, completing=True) is False
    clean = ultra_low.Rule(("transport",), 0.95, 0.4, {})
    assert ultra_low.completed(clean, done, most) is True  # the stack is not asked for


# ---------------------------------------------------------------- carbon

FACTORS = Factors({}, {}, {"coal": 0.09, "power": 0.14, "lime": 0.05}, {}, {}, "")
LEDGER = {
    "coal": 50.0,
    "power": 20.0,
    "fuel_carbon": 3.0,
    "residue_carbon": -0.25,
    "co2_direct": -6.0,
    "other": 1e3,
}
SIDES = {c: np.array([a]) for c, a in LEDGER.items()}


def test_accounted_by_factors_or_by_measured_carbon():
    by_factors = carbon.CarbonRule(frozenset({"coal"}))
    assert carbon.accounted(FACTORS, by_factors, SIDES) == pytest.approx([0.09 * 50 + 0.14 * 20 + 6])
    measured = carbon.CarbonRule(frozenset({"coal"}), 3.6)
    assert carbon.accounted(FACTORS, measured, SIDES) == pytest.approx([3.6 * 3 + 0.14 * 20 + 6])
    no_process = carbon.CarbonRule(frozenset({"coal"}), 3.6, process=False)
    assert carbon.accounted(FACTORS, no_process, SIDES) == pytest.approx([3.6 * 3 + 0.14 * 20])
    without = {"power": SIDES["power"]}
    assert carbon.accounted(FACTORS, measured, without) == pytest.approx([0.14 * 20])
    assert (by_factors.basis, measured.basis) == ("default", "measured")


def test_physical_is_the_carbon_that_burnt():
    """12 g of carbon make 44 of CO2: atomic masses 12.011 and 15.999."""
    rule = carbon.CarbonRule(frozenset({"coal", "gas"}))
    burnt = (12.011 + 2 * 15.999) / 12.011 * (3 - 0.25)
    assert carbon.physical(FACTORS, rule, SIDES) == pytest.approx([0.14 * 20 + 6 + burnt], rel=1e-12)
    assert carbon.own_co2(rule, SIDES) == pytest.approx([6 + burnt], rel=1e-12)
    unknown = {
        "coal": np.array([0.0, 5.0]),
        "gas": np.array([0.0, 0.0]),
        "co2_direct": np.array([-2.0, -2.0]),
    }
    found = carbon.own_co2(rule, unknown)
    assert found[0] == 2.0
    assert math.isnan(found[1])
    assert carbon.own_co2(rule, {"co2_direct": np.array([-2.0])}) == pytest.approx([2.0])
    assert float(carbon.own_co2(rule, {"power": np.array([2.0])})) == 0.0


def test_references_add_by_their_factors():
    whole = {**SIDES, "coal": np.array([62.0]), "lime": np.array([4.0])}
    assert carbon.by_references(FACTORS, SIDES, whole) == pytest.approx([0.09 * 12 + 0.05 * 4])


def test_the_rule_of_a_sector():
    data = {
        "accounting_rule": {"default": {"measured_carbon": False, "process": True},
                            "coal_power": {"measured_carbon": True, "process": False, "oxidised": "share.burnt"}},
        "share": {"burnt": number(98, "%")},
    }  # fmt: skip
    lib = shelf(data, carriers={"coal": {"own_carbon": "fuel_carbon"}, "gas": {}, "tar": {"own_carbon": "x"}})

    def of(sector, word=None):
        given = {} if word is None else {"coal_carbon": Value(0.5, origin=Origin(evidence=word))}
        return carbon.carbon_rule(lib, sector, fields(values=given))

    found = of("coal_power", "measured")
    assert found.measured == pytest.approx(0.98 * 44.009 / 12.011)
    assert (found.process, found.fuels) == (False, frozenset({"coal"}))
    for other in (of("coal_power", "assumed"), of("coal_power"), carbon.carbon_rule(lib, "coal_power")):
        assert (other.basis, other.process, other.fuels) == ("default", False, frozenset({"coal"}))
    assert (of("glass", "measured").basis, of("glass", "measured").process) == ("default", True)
