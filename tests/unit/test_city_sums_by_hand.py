"""What a city adds up and divides: energy on both conventions, emissions and permits, sinks, shares, bands of power."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine import emitted as air
from plantsim.engine import service, trade
from plantsim.engine.factors import Factors
from plantsim.engine.ranking import CityTotal
from plantsim.engine.service import Reference, at_equal_product, made_up, taken
from plantsim.engine.shares import kendall_tau, last_in, pareto_layers, shapley
from plantsim.engine.sinks import Sold, divided, joint_shares, rooms, sold_by
from plantsim.engine.together import Bundle, together_with
from plantsim.engine.totals import city_totals
from plantsim.vocabulary.case import Value
from plantsim.vocabulary.problems import Problems

NAN = math.nan
CARRIERS = {"coal": {}, "coke": {"dual_control": "feedstock"}, "sun": {"dual_control": "renewable"}}
WORTH = Factors(
    {"coal": 1.1, "coke": 1.3, "sun": 0.9}, {"coal": 1.2, "coke": 1.7, "sun": 2.3}, {}, {}, {}, ""
)


def plant_row(name: str, energy: float, ledger: dict, district: str = ""):
    own = fields(id=name, process="p", district=district, capacity=None)
    return fields(plant=own, energy=energy, energy_equal_value=1.4 * energy, ledger=ledger)


def bundle(name: str, saved: float, ledger: dict, retired: bool = False, status: str = "ok"):
    return fields(
        plant=fields(id=name), saving_shared=saved, saving_shared_equal_value=1.9 * saved, ledger=ledger,
        retired=retired, status=status,
    )  # fmt: skip


# ---------------------------------------------------------------- totals


def test_totals_on_both_conventions():
    """a: 700 now, saves 60; b saves an amount that nobody knows; c is retired; d is not known; e has no proposal.

    Coke given out (-4) is no raw material, sun given out no renewable power taken in.
    """
    rows = [
        plant_row("a", 700.0, {"coal": 90.0, "coke": 30.0, "sun": 5.0}),
        plant_row("b", 300.0, {"coke": 7.0}),
        plant_row("c", 50.0, {"coke": 11.0, "sun": 3.0}),
        plant_row("d", NAN, {"coke": 1e4}),
        plant_row("e", 20.0, {"coke": -4.0, "sun": -2.0, "coal": 6.0}),
    ]
    done = [
        bundle("a", 60.0, {"coke": 22.0, "sun": 16.0}),
        bundle("b", NAN, {"coke": 1e3}),
        bundle("c", 45.0, {"coke": 1e3}, retired=True),
        bundle("d", 1e3, {"coke": 1e3}),
    ]
    equivalent, equal = city_totals(rows, done, {"p": WORTH}, fields(carriers=CARRIERS))
    assert equivalent.convention == "equivalent"
    assert equivalent.gross_now == pytest.approx(1070.0)
    assert equivalent.gross_then == pytest.approx(1070.0 - 105.0)
    assert equivalent.feedstock_now == pytest.approx(1.3 * (30 + 7 + 11))
    assert equivalent.feedstock_then == pytest.approx(1.3 * (22 + 7))
    assert equivalent.renewable_now == pytest.approx(0.9 * (5 + 3))
    assert equivalent.renewable_then == pytest.approx(0.9 * 16)
    assert equivalent.missing == ("d",)
    assert equal.convention == "equal_value"
    assert equal.gross_now == pytest.approx(1.4 * 1070.0)
    assert equal.gross_then == pytest.approx(1.4 * 1070.0 - 1.9 * 105.0)
    assert equal.feedstock_then == pytest.approx(1.7 * 29)
    assert equal.renewable_then == pytest.approx(2.3 * 16)


def test_net_leaves_out_raw_material_and_renewable_power_that_is_new():
    total = CityTotal("equivalent", 900.0, 800.0, 70.0, 60.0, 13.0, 30.0)
    assert total.net_now == 830.0
    assert total.net_then == 800.0 - 60.0 - 17.0


# ---------------------------------------------------------------- emissions


def test_emissions_by_plant_district_and_case():
    """b's NOx is not known; c is retired; d's bundle failed, so that it stays as it is; e's bundle tells no NOx."""
    rows = [
        plant_row("a", 1.0, {"nox": -9.0}, "north"),
        plant_row("b", 1.0, {}, "north"),
        plant_row("c", 1.0, {"nox": -5.0}, "south"),
        plant_row("d", 1.0, {"nox": -3.0}, "south"),
        plant_row("e", 1.0, {"nox": -2.0}),
    ]
    done = [
        bundle("a", 0.0, {"nox": -4.0}),
        bundle("b", 0.0, {"nox": -1.0}, retired=True),
        bundle("c", 0.0, {"nox": -4.5}, retired=True),
        bundle("d", 0.0, {"nox": -0.5}, status="no_heat"),
        bundle("e", 0.0, {}),
    ]
    found = air.emitted(rows, done, fields(data=lambda *_: {}))
    nox = {(e.scope, e.name): e for e in found if e.pollutant == "nox"}
    assert list(nox)[-3:] == [("district", "north"), ("district", "south"), ("case", "")]
    at = {key: (e.now, e.then) for key, e in nox.items()}
    assert at["plant", "a"] == (9.0, 4.0)
    assert at["plant", "c"] == (5.0, 0.0)
    assert at["plant", "d"] == (3.0, 3.0)
    assert at["plant", "e"] == (2.0, 2.0)
    assert all(math.isnan(v) for v in at["plant", "b"])
    assert at["district", "north"] == (9.0, 4.0)
    assert at["district", "south"] == (8.0, 3.0)
    assert at["case", ""] == (19.0, 9.0)
    assert nox["case", ""].unknown == ("b",)
    assert nox["plant", "a"].unknown == ()
    so2 = next(e for e in found if (e.scope, e.pollutant) == ("case", "so2"))
    assert math.isnan(so2.now)
    assert so2.unknown == ("a", "b", "c", "d", "e")


def test_a_permit_is_limit_times_gas_times_capacity(monkeypatch):
    """Dust stands as pm: 0.03 of it in 2500 of gas per unit of 11; NOx has no limit."""
    data = {
        "permit": {"p": {"limit": "b", "gas": 2500.0}},
        "limit": [{"id": "a", "pm": 7.0}, {"id": "b", "pm": 0.03}],
    }
    monkeypatch.setattr(
        air,
        "value_of",
        lambda entry, quantity, *_: Value(
            {"specific_normal_volume": entry, "concentration": entry}[quantity]
        ),
    )
    lib = fields(data=lambda *_: data)

    def of(capacity, pollutant="dust", process="p"):
        return air.permitted(fields(process=process, capacity=capacity), pollutant, lib)

    assert of(Value(11.0)) == pytest.approx(0.03 * 2500 * 11)
    for unknown in (of(Value(11.0), "nox"), of(None), of(Value((1.0, 2.0))), of(Value(11.0), process="q")):
        assert math.isnan(unknown)


# ---------------------------------------------------------------- shares


def test_shapley_by_every_order():
    """Worths of three that overlap, one of which spoils another; the mean over the six orders of joining."""
    worth = dict(
        zip(["a", "b", "c", "ab", "ac", "bc", "abc"], (10.0, 7.0, 3.0, 13.0, 14.0, 6.5, 17.0), strict=True)
    )
    values = {frozenset(k): v for k, v in worth.items()} | {frozenset(): 1.5}
    by_orders = dict.fromkeys("abc", 0.0)
    for order in permutations("abc"):
        for n, member in enumerate(order):
            gain = values[frozenset(order[: n + 1])] - values[frozenset(order[:n])]
            by_orders[member] += gain / 6
    assert shapley(values) == pytest.approx(by_orders, rel=1e-12)
    assert last_in(values) == pytest.approx({"a": 10.5, "b": 3.0, "c": 4.0})
    assert last_in({frozenset("a"): 4.0, frozenset(): 1.5}) == {"a": 2.5}
    assert last_in({frozenset("a"): 4.0}) == {"a": 4.0}
    del values[frozenset()]
    assert sum(shapley(values).values()) == pytest.approx(17.0)  # the empty set is worth nothing
    assert shapley({}) == {}


def test_ten_members_are_the_most():
    def flat(n: int) -> dict:
        from itertools import combinations

        return {frozenset(m): float(len(m)) for k in range(n + 1) for m in combinations(range(n), k)}

    assert shapley(flat(10)) == pytest.approx(dict.fromkeys(range(10), 1.0))
    with pytest.raises(ValueError, match="11"):
        shapley({frozenset(range(11)): 1.0})


def test_layers_of_cost_and_benefit():
    """First: 1 at 5, 3 at 8 (twice). Second: 3 at 7 and 2 at 5, which 1 at 5 dominates. Third: 4 at 4. NaN: 0."""
    cost = [3.0, 1.0, 3.0, 4.0, 3.0, 2.0, NAN, 1.0]
    benefit = [8.0, 5.0, 8.0, 4.0, 7.0, 5.0, 9.0, math.inf]
    assert pareto_layers(np.array(cost), np.array(benefit)).tolist() == [1, 1, 1, 3, 2, 2, 0, 0]
    # equal in one only: who brings more for the same, or costs less for the same, dominates
    assert pareto_layers(np.array([2.0, 2.0]), np.array([6.0, 5.0])).tolist() == [1, 2]
    assert pareto_layers(np.array([-3.0, -2.0]), np.array([-5.0, -5.0])).tolist() == [1, 2]


def test_tau_counts_pairs_that_stand_alike():
    """Of abcd against bacd one of six pairs is turned: (5 - 1)/6. An item in one order only is left out."""
    assert kendall_tau("abcd", "bacd") == pytest.approx(4 / 6)
    assert kendall_tau("axbcd", "bacdy") == pytest.approx(4 / 6)
    assert kendall_tau("ab", "ba") == -1.0
    assert math.isnan(kendall_tau("ax", "ab"))


# ---------------------------------------------------------------- sinks


def sold(plant: str, before: float, after: float, sink: str = "town", carrier: str = "heat") -> Sold:
    return Sold(plant, carrier, sink, before, after)


def test_a_sink_that_is_overfilled_divides_in_proportion_and_what_is_freed_by_shapley():
    """10 taken of 8 + 12: 4 and 6. After: a gives 3 (1 less), b 15, c 2: kept 3 + 6, so 1 is left of claims 9 and 2.

    Two claims of 1 of more each: a half to each. Alone each gets what the others leave.
    """
    a, b, c = divided("town", 10.0, [sold("a", 8.0, 3.0), sold("b", 12.0, 15.0), sold("c", 0.0, 2.0)])
    assert (a.before, b.before, c.before) == pytest.approx((4.0, 6.0, 0.0))
    assert (a.alone, b.alone, c.alone) == pytest.approx((4.0, 6.0, 0.0))
    assert (a.together, b.together, c.together) == pytest.approx((3.0, 6.5, 0.5))
    assert (a.sink, a.demand) == ("town", 10.0)
    lone = divided("town", 10.0, [sold("a", 0.0, 0.0)])[0]
    assert (lone.before, lone.alone, lone.together) == (0.0, 10.0, 0.0)


def test_shares_of_room_are_exact_up_to_ten_and_in_proportion_above():
    """One claim of 3 and nine of 1 into 2: the large one joins k ones as member k + 1, each place a tenth.

    First it brings 2, second 1 (of 2 - 1), later nothing: 0.3; the others divide 1.7. With eleven askers 3/13 * 2.
    """
    ten = joint_shares([3.0, *[1.0] * 9, 0.0], 2.0)  # who asks for nothing is no eleventh
    assert ten[0] == pytest.approx(0.3, rel=1e-12)
    assert ten[1:] == pytest.approx([*[1.7 / 9] * 9, 0.0], rel=1e-12)
    assert joint_shares([3.0, 0.0, *[1.0] * 10], 2.0)[:3] == pytest.approx([6 / 13, 0.0, 2 / 13])
    assert joint_shares([4.0, 3.0], 7.0) == [4.0, 3.0]


def test_plants_without_a_model_sell_what_they_declare():
    """c declares 6 of heat given out, and steam taken in; a is simulated, so that what it declares does not count."""
    plants = (
        fields(id="a", sells_to={"heat": "town"}, declared={"heat": Value(-50.0)}),
        fields(
            id="c",
            sells_to={"heat": "town", "steam": "mill", "gas": "mill"},
            declared={"heat": Value(-6.0), "steam": Value(4.0)},
        ),
    )
    sinks = (fields(id="town", demand=Value(10.0)), fields(id="mill", demand=Value(8.0)))
    found = rooms(
        fields(plants=plants, sinks=sinks), [sold("a", 2.0, 7.0), sold("b", 1.0, 1.5, "mill", "steam")]
    )
    assert set(found) == {"a", "b", "c"}
    assert set(found["c"]) == {"heat"}
    a, b = found["a"]["heat"], found["b"]["steam"]
    assert (a.before, a.alone, a.together) == pytest.approx((2.0, 4.0, 4.0))
    assert (b.sink, b.alone, b.together) == ("mill", 8.0, 1.5)


def test_what_is_sold_after_a_change_is_that_of_equal_product():
    """Half the metal after: 6 of heat stand for 12; what is taken in, or not known, is not sold."""
    plant = fields(id="a", sells_to={"heat": "town", "power": "grid", "gas": "mill", "tar": "mill"})
    before = {
        "metal": np.array([-4.0]),
        "heat": np.array([-5.0]),
        "power": np.array([3.0]),
        "gas": np.array([NAN]),
    }
    after = {
        "metal": np.array([-2.0]),
        "heat": np.array([-6.0]),
        "power": np.array([-1.0]),
        "gas": np.array([-7.0]),
    }
    found = sold_by(plant, before, after, fields(product="metal", references={}))
    assert [(s.carrier, s.sink, s.before, s.after) for s in found] == [
        ("heat", "town", 5.0, 12.0), ("power", "grid", 0.0, 2.0), ("gas", "mill", 0.0, 14.0), ("tar", "mill", 0.0, 0.0),
    ]  # fmt: skip
    assert sold_by(fields(sells_to={}), before, after, None) == []


def test_both_sides_get_what_they_lack_and_a_reference_s_emissions_count_where_the_plant_s_do():
    reference = Reference("b", "heat", {"coal": 1.25, "power": 0.05}, {}, {"nox": 0.3, "so2": 0.7})
    before = {"heat": np.array([-10.0, -30.0]), "coal": np.array([70.0, 60.0]), "nox": np.array([-4.0, -4.0])}
    after = {
        "heat": np.array([-26.0, -22.0]),
        "coal": np.array([65.0, 55.0]),
        "nox": np.array([-3.0, -2.0]),
        "so2": np.array([-1.0, -1.0]),
    }
    was, is_ = made_up(
        before, after, {"heat": reference, "steam": Reference("s", "steam", {"coal": 9.0}, {})}
    )
    assert was["heat"].tolist() == [-26.0, -30.0]
    assert is_["heat"].tolist() == [-26.0, -30.0]
    assert was["coal"] == pytest.approx([70 + 1.25 * 16, 60.0])
    assert is_["coal"] == pytest.approx([65.0, 55 + 1.25 * 8])
    assert was["power"] == pytest.approx([0.8, 0.0])
    assert is_["power"] == pytest.approx([0.0, 0.4])
    assert was["nox"] == pytest.approx([-4 - 0.3 * 16, -4.0])
    assert is_["nox"] == pytest.approx([-3.0, -2 - 0.3 * 8])
    assert "so2" not in was
    assert is_["so2"].tolist() == [-1.0, -1.0]
    assert "steam" not in was


def test_who_takes_a_carrier_in_supplies_none_of_it():
    """12 taken in before, 30 given out after: the side before lacks 30, not 42; and the other way round."""
    boilers = {"heat": Reference("b", "heat", {"coal": 2.0}, {})}
    taker, giver = (
        {"heat": np.array([12.0]), "coal": np.array([1.0])},
        {"heat": np.array([-30.0]), "coal": np.array([1.0])},
    )
    was, is_ = made_up(taker, giver, boilers)
    assert (was["heat"][0], was["coal"][0], is_["heat"][0]) == (-18.0, 61.0, -30.0)
    was, is_ = made_up(giver, taker, boilers)
    assert (is_["heat"][0], is_["coal"][0], was["coal"][0]) == (-18.0, 61.0, 1.0)
    was, is_ = made_up(taker, {**taker, "heat": np.array([40.0])}, boilers)
    assert (was["heat"][0], is_["heat"][0], is_["coal"][0]) == (12.0, 40.0, 1.0)


def test_a_sink_takes_no_more_than_it_does():
    ledger = {"heat": np.array([-9.0, -3.0, 5.0]), "coal": np.array([7.0, 7.0, 7.0])}
    found = taken(ledger, {"heat": 6.0, "steam": 1.0})
    assert found["heat"].tolist() == [-6.0, -3.0, 5.0]
    assert found["coal"] is ledger["coal"]
    assert set(found) == {"heat", "coal"}
    assert taken(ledger, {"steam": 1.0}) is ledger


def test_nothing_made_is_compared_with_nothing():
    """Without a product after the change nobody knows what it would be at equal product."""
    before = {"metal": np.array([-3.0, -3.0]), "coal": np.array([5.0, 5.0])}
    after = {"metal": np.array([0.0, -2.0]), "coal": np.array([4.0, 4.0])}
    scaled = at_equal_product(before, after, "metal", {})
    assert math.isnan(scaled["coal"][0])
    assert scaled["coal"][1] == 6.0
    assert at_equal_product(before, after, "metal", {"metal": None})["coal"].tolist() == [4.0, 4.0]


def test_references_of_a_case(monkeypatch):
    """Heat by boilers of the library, unless the case names others; one that supplies something else is an error."""
    quantities = []

    def value_of(entry, quantity, lib, file, path):
        quantities.append((path, quantity))
        return Value(entry["value"])

    monkeypatch.setattr(service, "value_of", value_of)
    monkeypatch.setattr(service, "entry_at", lambda table, path: table[path])
    table = {
        "boilers": {
            "supplies": "heat",
            "inputs": {"coal": {"value": 1.25}, "lime": {"value": 0.01}},
            "emissions": {"nox": {"value": 0.3}},
        },
        "grid": {"supplies": "power", "inputs": {"coal": {"value": 2.5}}},
        "lake": {
            "supplies": "water",
            "inputs": {"lime": {"value": 0.5}},
            "emissions": {"nox": {"value": 0.7}},
        },
    }
    carriers = {
        "heat": {"quantity": "energy", "reference": "boilers"},
        "power": {"quantity": "energy"},
        "coal": {"quantity": "energy"},
        "lime": {"quantity": "mass"},
        "water": {"quantity": "mass", "reference": "lake"},
    }
    monkeypatch.setattr(
        service,
        "AMOUNT_QUANTITY",
        {("energy", "energy"): "EE", ("mass", "mass"): "MM", ("mass", "energy"): "ME"},
    )
    lib = fields(data=lambda *_: table, carriers=carriers)

    def of(**accounting):
        problems = Problems()
        named = {f"reference.{c}": n for c, n in accounting.items()}
        return service.read_references(fields(accounting=named), lib, problems), [
            p.fields["path"] for p in problems
        ]

    found, wrong = of()
    assert (set(found), wrong) == ({"heat", "water"}, [])
    assert (found["heat"].name, found["heat"].carrier) == ("boilers", "heat")
    assert (found["heat"].inputs, found["heat"].emissions) == ({"coal": 1.25, "lime": 0.01}, {"nox": 0.3})
    assert dict(quantities) == {
        "boilers.inputs.coal": "EE",
        "boilers.inputs.lime": "ME",
        "boilers.emissions.nox": "mass_per_energy",
        "lake.inputs.lime": "MM",
        "lake.emissions.nox": "mass_ratio",
    }
    assert set(of(power="grid")[0]) == {"heat", "power", "water"}
    found, wrong = of(power="boilers", heat="unheard of")
    assert (set(found), sorted(wrong)) == ({"water"}, ["boilers", "unheard of"])
    assert set(of(heat="")[0]) == {"water"}


# ---------------------------------------------------------------- power by band

BANDED = trade.BandedPower(
    np.array([9.0, 6.0, 2.0]), np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.3, 0.5]), 13.0, 26.0, 5.0
)
POWER = Factors({}, {}, {}, {"electricity": 6.0}, {}, "", sold={"electricity": 1.5})


def test_power_that_is_recovered_is_worth_its_bands():
    """Of 100 taken in, 40 are saved: 8, 12, 20 by band against a need of 50, 30, 20, all used, at prices 6/5 of these.

    The grid stands by for 40/26 W: 20. With 90 saved: 18, 27, 45 against 50, 30, 20: 25 of the valley are sold.
    """
    own = 1.2 * (8 * 9 + 12 * 6 + 20 * 2)
    assert BANDED.worth(100.0, 60.0, POWER) == pytest.approx(own - 13.0 * 40 / 26, rel=1e-12)
    much = 1.2 * (18 * 9 + 27 * 6 + 20 * 2) + 25 * 1.5
    assert BANDED.worth(100.0, 10.0, POWER) == pytest.approx(much - 13.0 * 90 / 26, rel=1e-12)


def test_power_that_is_taken_in_besides_is_spread_as_the_demand_and_nobody_stands_by_for_it():
    more = -1.2 * (15 * 9 + 9 * 6 + 6 * 2)
    assert BANDED.worth(np.array([100.0]), np.array([130.0]), POWER) == pytest.approx([more], rel=1e-12)
    one_price = Factors({}, {}, {}, {"electricity": 5.0}, {}, "")
    much = 18 * 9 + 27 * 6 + 20 * 2 + 25 * 5 - 13.0 * 90 / 26
    assert BANDED.worth(100.0, 10.0, one_price) == pytest.approx(much, rel=1e-12)


def test_bands_need_a_connection_a_price_and_hours(monkeypatch):
    monkeypatch.setattr(
        trade,
        "band_prices",
        lambda lib, deck, at: tuple(map(Value, {"d/35kv": (7.0, 5.0, 3.0)}[f"{deck}/{at}"])),
    )
    told = fields(
        connection="35kv", demand=(0.5, 0.3, 0.2), recovered=(0.1, 0.2, 0.7), standby_fee=Value(4.0)
    )

    def of(tariff=told, factors=POWER, seconds=50.0):
        return trade.banded_power(fields(price_deck="d"), None, fields(tariff=tariff), factors, seconds)

    found = of()
    assert found.prices.tolist() == [7.0, 5.0, 3.0]
    assert found.demand.tolist() == [0.5, 0.3, 0.2]
    assert found.recovered.tolist() == [0.1, 0.2, 0.7]
    assert (found.standby, found.seconds, found.usual) == (4.0, 50.0, 6.0)
    assert of(fields(**{**vars(told), "standby_fee": None})).standby == 0.0
    assert of(None) is None
    assert of(factors=Factors({}, {}, {}, {}, {}, "")) is None
    assert of(seconds=0.0) is None
    assert of(seconds=0.5) is not None


# ---------------------------------------------------------------- together


def test_bundles_that_hold_a_proposal():
    """Alone 5, 3 and 7; together with the first 6.5 of 8, with both 12 of 15; a bundle without it is left out."""
    savings = {"A": 5.0, "B": 3.0, "C": 7.0, "AB": 6.5, "AC": 9.0, "BC": 8.0, "ABC": 12.0}
    plan = fields(
        plant=fields(id="p", proposals=[fields(id=i) for i in "abc"]),
        before="now",
        alone={0: {"likely": "A"}, 1: {"likely": "B"}, 2: {"likely": "C"}},
        bundles={
            frozenset({0, 1, 2}): "ABC",
            frozenset({1, 2}): "BC",
            frozenset({0, 1}): "AB",
            frozenset({0, 2}): "AC",
        },
    )
    after = {name: 100.0 - saved for name, saved in savings.items()}
    group = fields(
        plans=[plan], basis_of=lambda _: fields(indicator="i"), status=lambda before, block: (0, ""),
        compare=lambda _, block: fields(saving=np.array([savings[block]]), after=np.array([after[block]])),
        batch=fields(indicator=lambda block, name: np.array([{("now", "i"): 100.0}[block, name]])),
    )  # fmt: skip
    found = together_with([group], "b")
    assert (found.proposal, found.indicator, found.before, found.plant.id) == ("b", "i", 100.0, "p")
    assert [(b.members, b.saving, b.apart, b.indicator, b.status) for b in found.bundles] == [
        (("b",), 3.0, 3.0, 97.0, "ok"), (("a", "b"), 6.5, 8.0, 93.5, "ok"), (("b", "c"), 8.0, 10.0, 92.0, "ok"),
        (("a", "b", "c"), 12.0, 15.0, 88.0, "ok"),
    ]  # fmt: skip
    assert found.bundles[1].interaction == -1.5
    assert Bundle((), 4.0, 1.5, 0.0, "ok").interaction == 2.5
    assert together_with([group], "x") is None
