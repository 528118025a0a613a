"""Plants by their owners' figures, sectors, notes, choices, failures, points of the year, rows and chunks: by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields

from plantsim.engine import alternatives, bins, chunks, declared, failed, notices, rows, sectors
from plantsim.engine.batch import Block
from plantsim.engine.carbon import CarbonRule
from plantsim.engine.factors import Factors
from plantsim.engine.money import PolicyGain
from plantsim.engine.standards import Share
from plantsim.engine.terms import Stated
from plantsim.vocabulary.case import Change, Claim, Origin, Value
from plantsim.vocabulary.status import NOT_RUN, OK

NAN = math.nan
CARRIERS = {c: {} for c in ("coal", "power", "metal", "nox", "so2", "co2_direct")}
FACTORS = Factors(
    {"coal": 1.1, "power": 1.3}, {"coal": 1.2, "power": 2.9}, {"coal": 0.09, "power": 0.14},
    {"coal": 3.0, "power": 11.0, "metal": 60.0}, {}, "",
)  # fmt: skip


def told(si: float, word: str = "measured") -> Value:
    return Value(si, origin=Origin(evidence=word))


@pytest.fixture
def house(monkeypatch):
    fakes = {
        "read_factors": lambda case, lib, process, problems: FACTORS,
        "carbon_rule": lambda lib, sector: CarbonRule(frozenset({"coal"})),
        "tax_rates": lambda lib, deck, *_: {"nox": 2.5, "so2": 7.0},
        "rule_of": lambda lib, process: "rule",
        "completed": lambda rule, plant, ratio, completing=False: (rule, plant.id, completing),
        "discount_rate": lambda case, lib, sector: Value(0.07),
        "read_finance": lambda lib: "finance",
        "compared": lambda case, lib, plant: "i",
        "level_of": lambda case, lib, plant, which: level_of(which),
        "stated_terms": lambda plant, proposal, retrofit, x, d, gain, rate, finance: Stated(
            (gain, rate, finance), {}, "unverified"
        ),
        "replace": lambda base, calibrated: (base, calibrated),
    }
    for name, fake in fakes.items():
        monkeypatch.setattr(declared, name, fake)
    return fields(carriers=CARRIERS, declaration=lambda process: fields(sector="s"))


def level_of(which: str):
    limits = {"ndrc": (100.0, 120.0, (None,)), "gb": (None, None, (99.0, 112.0))}[which]
    return fields(
        benchmark=limits[0], baseline=limits[1], levels=limits[2], of_levels=("i",) * len(limits[2])
    )


def owner(capacity=None, **figures):
    return fields(id="p", process="q", declared={n: told(v) for n, v in figures.items()}, capacity=capacity)


def test_a_plant_by_its_owner_s_figures(house):
    """Coal 50, power 20, 6 of CO2 besides: 55 + 26, 60 + 58; 4.5 + 2.8 + 6 of CO2."""
    found = declared.declared_row(None, house, owner(i=110.0, coal=50.0, power=20.0, co2_direct=-6.0))
    assert (found.value, found.level, found.gb, found.indicator) == (110.0, "between", 2, "i")
    assert (found.energy, found.energy_equal_value) == (pytest.approx(81.0), pytest.approx(118.0))
    assert found.carbon == pytest.approx(4.5 + 2.8 + 6)
    assert math.isnan(found.carbon_physical)  # nobody tells the coal's carbon
    assert (found.carbon_basis, found.evidence, found.declared, found.seconds) == (
        "default",
        "measured",
        True,
        0.0,
    )
    assert found.ledger == {"coal": 50.0, "power": 20.0, "co2_direct": -6.0}
    assert found.ultra_low == ("rule", "p", False)
    silent = declared.declared_row(None, house, owner())
    assert all(math.isnan(v) for v in (silent.value, silent.energy, silent.energy_equal_value, silent.carbon))
    assert (silent.level, silent.gb, silent.carbon_basis, silent.evidence, silent.ledger) == (
        "ungraded",
        0,
        "",
        "",
        {},
    )
    unmarked = owner()
    unmarked.declared["i"] = Value(130.0)
    assert declared.declared_row(None, house, unmarked).evidence == "assumed"


def proposal(claim=None, basis="", replacement=None, cancels=False, name="m", **figures):
    return fields(
        id=name,
        retrofit=name,
        claim=Claim(None if claim is None else told(claim, "practice"), basis),
        cancels_capacity=cancels,
        replacement=None if replacement is None else told(replacement),
        declared={n: told(v, "public") for n, v in figures.items()},
    )


def base_of(plant, value=110.0, energy=NAN, equal=NAN):
    return fields(
        plant=plant,
        value=value,
        energy=energy,
        energy_equal_value=equal,
        indicator="i",
        threshold=level_of("ndrc"),
        evidence="measured",
        level="between",
        ledger={"coal": 50.0},
    )


def of_figures(house, plant, asked, kind="energy", **base):
    return declared._figures(FACTORS, base_of(plant, **base), asked, fields(kind=kind), house)


def test_what_a_proposal_changes_by_flows_on_both_sides(house):
    """Coal 50 to 42, power stays, NOx 9 to 4, SO2 told afterwards only; metal 3 to 3.5 at 60, coal at 3."""
    plant = owner(coal=50.0, power=20.0, nox=-9.0, metal=-3.0, co2_direct=-6.0)
    asked = proposal(coal=42.0, nox=-4.0, so2=-1.0, metal=-3.5, co2_direct=-5.0)
    saving, equal, carbons, gain, less, notes = of_figures(house, plant, asked)
    assert (saving, equal) == (pytest.approx(8.8), pytest.approx(9.6))
    assert carbons[0] == pytest.approx(0.09 * 8 + 1)
    assert math.isnan(carbons[1])
    assert gain == pytest.approx(3 * 8 + 60 * 0.5)
    assert less["nox"] == pytest.approx(5.0)
    assert all(math.isnan(less[p]) for p in ("so2", "dust", "voc"))
    assert [code for code, _ in notes] == ["declared_not_simulated"]


@pytest.mark.parametrize(
    ("claim", "basis", "above"),
    [(8.7, "", False), (8.9, "", True), (9.5, "equal_value", False), (9.7, "equal_value", True)],
)
def test_a_claim_above_what_the_flows_give_is_said(house, claim, basis, above):
    notes = of_figures(house, owner(coal=50.0), proposal(claim, basis, coal=42.0))[-1]
    assert [code for code, _ in notes[1:]] == (["claim_above_declared"] if above else [])
    if above:
        assert notes[1][1]["claimed"] == repr(claim)
        assert float(notes[1][1]["declared"]) == pytest.approx(9.6 if basis else 8.8)


def test_without_flows_a_claim_stands_as_it_is(house):
    for plant, asked in ((owner(), proposal(7.0, coal=42.0)), (owner(coal=5.0), proposal(7.0))):
        saving, equal, carbons, gain, less, notes = of_figures(house, plant, asked)
        assert saving == 7.0
        assert all(math.isnan(v) for v in (equal, *carbons, gain, *less.values()))
        assert [code for code, _ in notes] == ["declared_not_simulated", "saving_is_claimed"]
    saving, equal, *_ = of_figures(house, owner(), proposal(7.0, "equal_value"))
    assert math.isnan(saving)
    assert equal == 7.0
    silent = of_figures(house, owner(), proposal())
    assert [code for code, _ in silent[-1]] == ["declared_not_simulated"]
    assert math.isnan(silent[0])


def test_what_retiring_saves(house):
    """Energy 880 at 110 makes 8; elsewhere at 70 that takes 560. Without energy by the capacity of 5."""
    known = of_figures(house, owner(), proposal(replacement=70.0), "retire", energy=880.0, equal=1000.0)
    assert (known[0], known[1]) == (pytest.approx(320.0), pytest.approx(440.0))
    assert [code for code, _ in known[-1]] == ["declared_not_simulated"]
    sized = of_figures(house, owner(Value(5.0)), proposal(replacement=70.0), "retire")
    assert (sized[0], sized[1]) == (pytest.approx(200.0), pytest.approx(200.0))
    unknown = of_figures(house, owner(), proposal(replacement=70.0), "retire")
    assert all(math.isnan(v) for v in unknown[:2])
    nowhere = of_figures(house, owner(Value(5.0)), proposal(), "retire", energy=880.0)
    assert (nowhere[0], nowhere[1]) == (0.0, 0.0)
    assert [code for code, _ in nowhere[-1]] == ["declared_not_simulated", "retired_without_replacement"]
    claimed = of_figures(house, owner(), proposal(9.0), "retire")
    assert (claimed[0], [code for code, _ in claimed[-1]][1:]) == (9.0, ["saving_is_claimed"])


def test_a_draft_of_a_declared_proposal(house):
    """5 of NOx less at 2.5: the tax adds to the gain of the flows."""
    plant = owner(coal=50.0, nox=-9.0)
    base = base_of(plant)
    asked = proposal(i=99.0, coal=42.0, nox=-4.0)
    found = declared._draft(fields(price_deck="d"), house, plant, asked, fields(kind="energy"), base)
    assert found.stated.terms == (pytest.approx(24.0 + 12.5), 0.07, "finance")
    assert found.for_clean_air == pytest.approx(12.5)
    f = found.figures
    assert (f.before[0], f.after[0], f.saving[0], f.saving_equal_value[0]) == (
        110.0,
        99.0,
        pytest.approx(8.8),
        pytest.approx(9.6),
    )
    assert (f.gain[0], f.carbon[0], f.pollutants["nox"][0]) == (
        pytest.approx(36.5),
        pytest.approx(0.72),
        pytest.approx(5.0),
    )
    assert math.isnan(f.carbon_physical[0])
    o = found.others
    assert (o["level_after"], o["evidence"], o["money_evidence"], o["policy"]) == (
        "benchmark",
        "public",
        "unverified",
        {"tax": pytest.approx(12.5)},
    )
    assert (o["saving_low"], o["saving_high"], o["declared"], o["status"]) == (
        f.saving[0],
        f.saving[0],
        True,
        "ok",
    )
    assert found.base == (base, False)
    claimed = declared._draft(
        fields(price_deck="d"), house, owner(), proposal(9.0), fields(kind="retire"), base
    )
    assert (claimed.others["evidence"], claimed.others["level_after"]) == ("practice", "ungraded")
    assert math.isnan(claimed.figures.after[0])


def test_proposals_of_a_declared_plant_that_the_library_has(house, monkeypatch):
    monkeypatch.setattr(declared, "_draft", lambda case, lib, plant, p, retrofit, base: (p.id, retrofit))
    plant = fields(process="q", proposals=[proposal(name="m"), proposal(name="x"), proposal(name="n")])
    house.retrofits = lambda process: {"m": "M", "n": "N"}
    assert declared.declared_drafts(None, house, plant, None) == [("m", "M"), ("n", "N")]


def declared_proposal(name, kind="energy", after=NAN, saving=NAN, equal=NAN, carbon=NAN, cancels=False):
    return fields(
        proposal=proposal(name=name, cancels=cancels), retrofit=fields(kind=kind), after=after, saving=saving,
        saving_equal_value=equal, carbon=carbon,
    )  # fmt: skip


def test_the_best_single_figure_counts_for_all_of_a_declared_plant(house):
    house.retrofits = lambda process: {
        "m": fields(completes=()),
        "n": fields(completes=("ultra_low_emission",)),
        "r": fields(completes=("ultra_low_emission",)),
    }
    base = base_of(owner())
    of = [
        declared_proposal("m", after=99.0, saving=7.0, carbon=5.0),
        declared_proposal("n", after=105.0, equal=11.0, saving=4.0),
        declared_proposal("r", "retire", saving=90.0, cancels=True),
    ]
    found = declared.declared_bundle(None, house, base, of)
    assert (found.proposals, found.after, found.level_after) == (("m", "n"), 99.0, "benchmark")
    assert (found.saving, found.saving_shared, found.sum_of_parts) == (7.0, 7.0, 11.0)
    assert (found.saving_shared_equal_value, found.carbon_shared) == (11.0, 5.0)
    assert (found.cancelled, found.retired, found.ledger) == (False, False, {"coal": 50.0})
    assert found.ultra_low == ("rule", "p", True)
    none = declared.declared_bundle(None, house, base, [of[0], of[2]])
    assert none.ultra_low == ("rule", "p", False)
    assert none.sum_of_parts == 7.0
    gone = declared.declared_bundle(None, house, base, [of[2]])
    assert (gone.cancelled, gone.retired, gone.saving, gone.proposals, gone.sum_of_parts) == (
        True,
        True,
        90.0,
        ("r",),
        0,
    )
    assert (gone.level_after, math.isnan(gone.after)) == ("between", True)
    kept = declared.declared_bundle(None, house, base, [declared_proposal("r", "retire")])
    assert (kept.cancelled, kept.retired, kept.saving) == (False, True, 0.0)
    silent = declared.declared_bundle(None, house, base, [declared_proposal("m")])
    assert (silent.after, silent.level_after) == (110.0, "between")
    assert declared.declared_bundle(None, house, base, []) is None


# ---------------------------------------------------------------- sectors


def member(name: str, size: float, value: float, level: str = "worse", product: float = NAN, **more):
    own = {
        "threshold": level_of("ndrc"),
        "ledger": {},
        "indicator": "i",
        "ultra_low": None,
        "declared": False,
    }
    plant = fields(id=name, process="q", capacity=Value(size))
    return fields(**{"plant": plant, "value": value, "level": level, "product": product, **own, **more})


def all_done(name, level="benchmark", after=NAN, cancelled=False, retired=False, ultra_low=None, ledger=None):
    return fields(
        plant=fields(id=name),
        level_after=level,
        after=after,
        cancelled=cancelled,
        retired=retired,
        ultra_low=ultra_low,
        ledger=ledger or {},
    )


def test_what_a_proposal_adds_to_the_share():
    """A sector of 200 of which 60 reach the benchmark. 40 that rise, fall, or are cancelled."""
    now = Share("s", 200.0, 60.0, 0.0, 0.0)

    def of(before, after="ungraded", cancels=False, size=40.0, now=now):
        plant = fields(capacity=Value(size))
        return sectors._points(
            fields(
                plant=plant, level_before=before, level_after=after, proposal=fields(cancels_capacity=cancels)
            ),
            now,
        )

    assert of("worse", "benchmark") == pytest.approx(0.2)
    assert of("benchmark", "between") == pytest.approx(-0.2)
    assert of("benchmark", "benchmark") == 0.0
    assert of("benchmark") == 0.0  # nobody knows
    assert of("worse", cancels=True) == pytest.approx(60 / 160 - 0.3)
    assert of("benchmark", cancels=True) == pytest.approx(20 / 160 - 0.3)
    assert of("benchmark", cancels=True, size=200.0) == 0.0  # nothing would be left
    assert of("worse", "benchmark", now=Share("s", 0.0, 0.0, 0.0, 0.0)) == 0.0
    assert (
        sectors.size_of(fields(capacity=None)) == sectors.size_of(fields(capacity=Value((1.0, 2.0)))) == 0.0
    )


def test_the_worst_leave_first_as_far_as_the_cap_allows():
    """Of 200 half may go. Worst first: c (1.5 of its benchmark), a (1.2), d (1.1), then b without a value."""
    members = [
        member("a", 70.0, 120.0),
        member("b", 10.0, NAN),
        member("c", 30.0, 150.0),
        member("d", 40.0, 110.0),
        member("e", 50.0, 900.0),
    ]
    done = {n: all_done(n, cancelled=n != "e") for n in "abcde"}
    assert sectors.retired_within(members, done, 0.5) == (frozenset("ac"), ("d", "b"))
    assert sectors.retired_within(members, done, 0.499) == (frozenset("cdb"), ("a",))
    assert sectors.retired_within(members, done, None) == (frozenset("abcd"), ())
    assert sectors.retired_within(members, {}, None) == (frozenset(), ())
    tenths = [member("a", 0.1, 150.0), member("b", 0.2, 140.0), member("e", 0.7, 1.0)]
    assert sectors.retired_within(tenths, done, 0.3) == (frozenset("ab"), ())  # 0.1 + 0.2 by rounding
    bare = fields(benchmark=None, baseline=100.0)
    assert sectors._worst_first(member("f", 1.0, 130.0, threshold=bare)) == (pytest.approx(-1.3), "f")
    assert sectors._worst_first(member("f", 1.0, 130.0, threshold=None)) == (math.inf, "f")


POWER = {"coal": {"kind": "energy", "quantity": "energy"}, "gas": {"kind": "energy", "quantity": "energy"},
         "electricity": {"kind": "energy", "quantity": "energy"}, "lime": {"kind": "material", "quantity": "mass"},
         "green_electricity": {"kind": "energy", "quantity": "energy"}}  # fmt: skip


def power_house(carrier="electricity"):
    product = fields(ledger=fields(carrier=carrier))
    declaration = fields(variables={"out": product}, product="out", sector="s", main_indicator="main")
    return fields(declaration=lambda process: declaration, carriers=POWER)


def test_fuel_over_power_without_credit():
    ledgers = [
        {"coal": 70.0, "gas": -5.0, "electricity": -30.0, "lime": 9.0},
        {"coal": 20.0, "green_electricity": 8.0, "electricity": -10.0},
    ]
    assert sectors._uncredited(power_house(), "q", ledgers) == pytest.approx(90 / 40)
    assert math.isnan(sectors._uncredited(power_house("heat"), "q", ledgers))
    assert math.isnan(sectors._uncredited(power_house(), "q", [{"coal": 1.0}]))


def test_a_sector_now_and_with_everything_done():
    """a rises to the benchmark; b is retired and cancelled; c is retired beyond the cap, and stays; d has no bundle."""
    members = [
        member("a", 60.0, 110.0, "worse", 5.0, ledger={"coal": 700.0, "electricity": -5.0}, ultra_low=True),
        member("b", 20.0, 150.0, "worse", 2.0, ledger={"coal": 400.0, "electricity": -2.0}, ultra_low=False),
        member("c", 50.0, 130.0, "worse", 3.0, ledger={"coal": 500.0, "electricity": -3.0}),
        member("d", 70.0, 90.0, "benchmark", 7.0, ledger={"coal": 600.0, "electricity": -7.0}),
    ]
    bundles = [
        all_done("a", "benchmark", 95.0, ledger={"coal": 640.0, "electricity": -6.0}, ultra_low=True),
        all_done("b", "ungraded", cancelled=True, retired=True),
        all_done("c", "worse", cancelled=True, retired=True, ultra_low=False),
    ]
    targets = (
        fields(sector="t", share_above=0.9, mean_at_most=Value(1.0), retire_at_most=1.0),
        fields(sector="s", share_above=None, mean_at_most=Value(97.0), retire_at_most=None),
        fields(sector="s", share_above=0.6, mean_at_most=None, retire_at_most=0.15),
    )
    proposals = [
        fields(
            plant=members[0].plant,
            proposal=fields(id="m", cancels_capacity=False),
            level_before="worse",
            level_after="benchmark",
        )
    ]
    (found,), points = sectors.sector_rows(
        fields(targets=targets), power_house(), members, bundles, proposals
    )
    assert points == {("a", "m"): pytest.approx(60 / 200)}
    assert (found.now.benchmark, found.now.total, found.then.benchmark, found.then.total) == (
        70.0,
        200.0,
        130.0,
        180.0,
    )
    assert (found.then_kept.benchmark, found.then_kept.total, found.then_kept.ungraded) == (
        130.0,
        200.0,
        20.0,
    )
    assert (found.retired, found.retire_cap, found.retired_over) == (20.0, pytest.approx(30.0), ("c",))
    assert (found.target, found.target_mean, found.indicator) == (0.6, 97.0, "i")
    assert found.mean_indicator_now == pytest.approx((110 * 5 + 150 * 2 + 130 * 3 + 90 * 7) / 17)
    assert found.mean_indicator_then == pytest.approx((95 * 6 + 90 * 7) / 13)
    assert found.uncredited_now == pytest.approx(2200 / 17)
    assert found.uncredited_then == pytest.approx(1240 / 13)
    assert (found.ultra_low_now, found.ultra_low_unknown) == (pytest.approx(0.3), pytest.approx(0.6))
    assert found.ultra_low_then == pytest.approx(60 / 180)


def test_means_are_of_plants_that_are_held_against_the_same_figure():
    lib = power_house()
    same = [member("a", 1.0, 1.0), member("b", 1.0, 1.0)]
    assert sectors._held_against(lib, "q", same) == ("i", same)
    mixed = [*same, member("c", 1.0, 1.0, indicator="main")]
    assert sectors._held_against(lib, "q", mixed) == ("main", mixed[2:])
    assert sectors._mean([3.0, 9.0, NAN, 5.0], [2.0, 1.0, 4.0, -1.0]) == pytest.approx(5.0)
    assert math.isnan(sectors._mean([NAN], [1.0]))
    assert math.isnan(sectors._share([], True))
    row = member("a", 1.0, 80.0, product=4.0)
    assert sectors._after(row, {"a": all_done("a", after=NAN)}) == 80.0
    made = {"a": all_done("a", ledger={"electricity": -6.0})}
    assert sectors._made(row, made, lib) == 6.0
    assert sectors._made(row, {"a": all_done("a")}, lib) == 4.0
    row.declared = True
    assert sectors._made(row, made, lib) == 4.0


# ---------------------------------------------------------------- notes


def said(found) -> list[str]:
    return [code for code, _ in found]


def test_what_of_a_gain_hangs_on_a_policy():
    full = PolicyGain(7.0, -3.0, 5e4, -6e4, "r", "published")
    found = notices.of_policy(full, 9.0)
    assert said(found) == [
        "gain_from_surcharge",
        "gain_from_allowances",
        "gain_from_environment_tax",
        "gain_from_support",
        "gain_from_flexibility",
    ]
    assert [of["sum"] for _, of in found] == ["-3.0", "7.0", "50000.0", "-60000.0", "9.0"]
    assert (found[0][1]["rule"], found[0][1]["evidence"]) == ("r", "published")
    assert said(notices.of_policy(PolicyGain(0.0, 0.0, 4.9e4, 4.9e4), 0.0)) == []
    assert said(notices.of_policy(PolicyGain(NAN, NAN), NAN)) == ["flexibility_not_valued"]


def test_what_a_standstill_costs():
    def of(own, shelf, loss=8.0, known=True):
        return notices.of_outage(fields(outage=own), fields(outage=shelf), loss, known)

    days = Value(3.0 * 86400)
    assert of(days, None) == (("outage_valued", {"days": "3", "sum": "8.0"}),)
    assert of(None, days, 0.0) == (("outage_free", {"days": "3"}),)
    assert of(Value(2.0 * 86400), days, 8.0, False) == (("outage_not_valued", {"days": "2"}),)
    assert of(Value(0.0), days) == of(None, None) == ()


@pytest.mark.parametrize(
    ("given", "alone", "together", "codes"),
    [
        (8.0, 7.9, 5.0, ["sink_full"]),
        (8.0, 8.0, 5.0, ["sink_shared"]),
        (8.0, 9.0, 8.0, []),
        (8.0, 8.0 * (1 - 5e-10), 8.0, []),
        (8.0, 8.0 * (1 - 3e-9), 8.0, ["sink_full"]),
        (5e-10, 0.0, 0.0, []),
        (2e-9, 0.0, 0.0, ["sink_full"]),
    ],
)
def test_what_a_sink_does_not_take(given, alone, together, codes):
    ledgers = {
        "now": {"metal": np.array([-4.0])},
        "after": {"metal": np.array([-2.0]), "heat": np.array([-given / 2])},
    }
    room = fields(alone=alone, together=together, sink="town")
    group = fields(
        rooms={"p": {"heat": room, "steam": fields(alone=0.0, together=0.0, sink="mill")}},
        batch=fields(ledger=ledgers.__getitem__),
        basis=fields(product="metal", references={}),
    )
    found = notices.of_sinks(group, fields(plant=fields(id="p"), before="now"), "after")
    assert said(found) == codes
    for code, of in found:
        most = {"sink_full": alone, "sink_shared": together}[code]
        assert of == {"carrier": "heat", "sink": "town", "given": repr(given), "taken": repr(most)}


def state_of_points(value, least, status=None):
    """A batch whose one row stands at points 1 and following: point 0 is another's."""
    n = len(value)
    y = np.zeros(n + 1, dtype=[("out", float), ("dew", float), ("status", int)])
    y["out"][1:], y["dew"][1:], y["status"][1:] = value, least, status or [OK] * n
    y["out"][0] = -1e9
    return fields(y=y, year=fields(points=lambda row: slice(1, n + 1)))


@pytest.mark.parametrize(
    ("before", "after", "warned"),
    [
        ((95.0, 90.0), (88.0, 90.0), True), ((95.0, 90.0), (91.0, 90.0), False), ((85.0, 90.0), (84.9095, 90.0), True),
        ((85.0, 90.0), (84.9105, 90.0), False), ((85.0, 90.0), (86.0, 90.0), False),
    ],
)  # fmt: skip
def test_cautions(before, after, warned):
    """A thousandth of the least of 90 is felt: 0.09."""
    solved = {"b": state_of_points([before[0]], [before[1]]), "a": state_of_points([after[0]], [after[1]])}
    caution = fields(output="out", least="dew", note={"en": "n"})
    group = fields(
        batch=fields(first=lambda block: (solved[block], 0), declaration=fields(cautions=[caution]))
    )
    found = notices.of_cautions(group, "b", "a")
    assert said(found) == (["falls_below"] if warned else [])
    if warned:
        assert found[0][1] == {
            "variable": "out",
            "value": repr(after[0]),
            "other": "dew",
            "least": "90.0",
            "en": "n",
        }


def test_the_nearest_solved_point_counts():
    caution = fields(output="out", least="dew")
    several = state_of_points([96.0, 97.0, 50.0, 120.0], [90.0, 95.0, 90.0, 99.0], [OK, OK, 3, OK])
    batch = fields(first=lambda block: (several, 0))
    assert notices._nearest(batch, None, caution) == (97.0, 95.0)
    failed_all = state_of_points([1.0], [2.0], [3])
    assert all(
        math.isnan(v) for v in notices._nearest(fields(first=lambda block: (failed_all, 0)), None, caution)
    )


def test_what_a_proposal_is_counted_against(monkeypatch):
    measure = fields(label={"en": "new burners", "zh": "x"}, name="burners")
    monkeypatch.setattr(
        notices,
        "anyway",
        lambda lib, plant, proposal: measure if (lib, plant, proposal) == ("lib", "p", "q") else None,
    )
    group, plan = fields(lib="lib"), fields(plant="p")
    assert notices.of_counterfactual(group, plan, "q", 5.0) == (
        ("against_counterfactual", {"en": "new burners", "zh": "x", "sum": "5.0"}),
    )
    assert notices.of_counterfactual(group, plan, "other", 5.0) == ()


def limit(name, at_most=None, at_least=None):
    return Change(name, "set", 1.0, 1.0, 1.0, at_most, at_least)


def capped(name, wanted, reached):
    return fields(variable=name, wanted=wanted, reached=reached)


def test_caps_of_a_proposal():
    """a is raised up to a limit: beyond it already is better; b is lowered down to one: below it already is better."""
    measure = fields(changes=[limit("a", at_most=5.0), limit("b", at_least=2.0), limit("c")])
    plan = fields(
        capped={
            0: [capped("a", 5.0, 6.0), capped("b", 2.0, 1.0)],
            1: [capped("a", 7.0, 5.0), capped("b", 1.0, 2.0)],
            2: [],
        }
    )
    assert [notices.needless(plan, k, measure) for k in (0, 1, 2)] == [True, False, False]
    assert not notices.needless(plan, 0, fields(changes=[limit("c")]))

    def of(k, retrofit=None, claim=None, basis="", capex=None, shelf_cost=None):
        own = fields(id=f"p{k}", claim=Claim(None if claim is None else Value(claim), basis), capex=capex)
        whole = fields(capped=plan.capped, left_out=((1, 0), (2, 1)), plant=fields(proposals=[own] * 3))
        of_measure = fields(changes=measure.changes, caveat=retrofit or {}, capex=shelf_cost)
        figures = {
            "low": fields(saving=np.array([4.0]), saving_equal_value=np.array([9.0])),
            "high": fields(saving=np.array([6.0]), saving_equal_value=np.array([8.0])),
        }
        return notices.of_proposal(whole, k, of_measure, figures)

    assert said(of(0)) == ["change_not_needed", "change_not_needed", "measure_not_needed"]
    assert said(of(1)) == ["change_capped", "change_capped", "not_in_bundle"]
    assert of(1)[0][1] == {"variable": "a", "wanted": "7.0", "reached": "5.0"}
    assert said(of(2, {"en": "careful"}, shelf_cost=fields(origin=Origin(evidence="practice")))) == [
        "retrofit_caveat",
        "capex_from_library",
        "not_in_bundle",
    ]
    assert said(of(2, capex=Value(1.0), shelf_cost=fields(origin=Origin()))) == ["not_in_bundle"]
    assert [said(of(2, claim=c))[1:] for c in (6.0, 6.1)] == [[], ["claim_above_model"]]
    assert [said(of(2, claim=c, basis="equal_value"))[1:] for c in (9.0, 9.1)] == [[], ["claim_above_model"]]
    assert of(2, claim=7.0)[1][1] == {"claimed": "7.0", "model": "6.0"}


# ---------------------------------------------------------------- choices and failures


def choice_house(always=False, name="handle"):
    variables = {"handle": fields(options={"hold": 0, "let": 3})}
    return fields(alternative=name, alternative_always=always, variables=variables)


def test_every_choice_is_made_where_the_option_is_touched():
    touched, other = Change("handle", "set", 3.0, 3.0, 3.0), Change("x", "add", 1.0, 2.0, 3.0)
    found = alternatives.choices(choice_house(), [other, touched])
    assert {w: [(c.variable, c.likely) for c in of] for w, of in found.items()} == {
        "hold": [("x", 2.0), ("handle", 3.0), ("handle", 0.0)], "let": [("x", 2.0), ("handle", 3.0), ("handle", 3.0)],
    }  # fmt: skip
    assert alternatives.choices(choice_house(), [other]) == {}
    assert set(alternatives.choices(choice_house(always=True), [other])) == {"hold", "let"}
    assert alternatives.choices(choice_house(always=True, name=""), [touched]) == {}


@pytest.mark.parametrize(
    ("apart", "status", "felt"), [(0.9e-6, OK, False), (1.2e-6, OK, True), (0.0, 3, True)]
)
def test_choices_are_shown_where_the_plant_feels_them(monkeypatch, apart, status, felt):
    savings = {"A": 50.0, "B": 50.0 * (1 + apart)}
    monkeypatch.setattr(
        alternatives,
        "figures",
        lambda batch, before, block, basis: fields(saving=[savings[block]], after=[7.0]),
    )
    batch = fields(
        declaration=choice_house(), first=lambda block: (fields(x={"handle": np.array([0, 3])}), 1),
        failed=lambda block: (status if block == "B" else OK, ""),
    )  # fmt: skip
    found = alternatives.compared(batch, None, "now", "chosen", {"hold": "A", "let": "B"})
    assert len(found) == (2 if felt else 0)
    if felt:
        assert [(a.word, a.chosen) for a in found] == [("hold", False), ("let", True)]
        assert (found[0].saving, found[0].after) == (50.0, 7.0)
        assert math.isnan(found[1].saving) == (status != OK)
    assert alternatives.compared(batch, None, "now", "chosen", {}) == ()


def test_what_would_help_is_told_at_the_first_failed_point():
    y = np.array([(9.0, OK), (5.0, OK), (7.0, 3), (8.0, 3)], dtype=[("lacks", float), ("status", int)])
    name = __import__("plantsim.vocabulary.status", fromlist=["status_name"]).status_name(3)

    def of(code, remedies):
        return alternatives.state_remedy(
            fields(
                status=[OK, code],
                declaration=fields(remedies=remedies),
                y=y,
                year=fields(points=lambda row: slice(1, 4)),
            ),
            1,
        )

    assert of(3, {name: "lacks"}) == ("lacks", 7.0)
    assert of(3, {}) is None
    assert of(OK, {"ok": "lacks"}) is None
    y["lacks"][2] = NAN
    assert of(3, {name: "lacks"}) is None


def test_figures_of_the_first_failed_point(monkeypatch):
    """Points 2 to 4 are the row's; the second of them fails. An output that is still 0 was not come to."""
    monkeypatch.setattr(
        failed,
        "load",
        lambda process: fields(
            failure_figures={"bad": ("bad", "load", "out", "zero", "row", "choice", "gone")}
        ),
    )
    role = {
        "bad": "input",
        "load": "operating",
        "out": "output",
        "zero": "output",
        "row": "input",
        "choice": "input",
        "gone": "output",
    }
    variables = {
        n: fields(role=r, length=3 if n == "row" else 0, options={"a": 1} if n == "choice" else {})
        for n, r in role.items()
    }
    declaration = fields(
        variables=variables, process="p", name_of_code=lambda code: {7: "bad", 8: "other"}[code]
    )
    y = {
        n: np.array(v)
        for n, v in (
            ("out", [0.0, 0.0, 1.0, 2.0, 3.0]),
            ("zero", [0.0] * 5),
            ("gone", [NAN] * 5),
            ("status", [3, OK, OK, 3, 3]),
        )
    }

    def solved(status=3, blame=7):
        rows_of = np.rec.fromarrays(list(y.values()), names=list(y))
        o = np.rec.fromarrays([np.array([0.1, 0.2, 0.3, 0.4, 0.5])], names=["load"])
        x = {0: None, 1: {"bad": 0.0, "choice": 1, "row": (1.0, 2.0, 3.0)}}
        return fields(
            declaration=declaration,
            status=[OK, status],
            blame=[0, blame],
            year=fields(points=lambda row: slice(2, 5), o=o),
            y=rows_of,
            x=x,
        )

    assert failed.failed_point(solved(), 1) == (2, {"bad": 0.0, "load": 0.4, "out": 2.0})
    for nothing in (solved(OK), solved(blame=0), solved(blame=8)):
        assert failed.failed_point(nothing, 1) == (0, {})


# ---------------------------------------------------------------- points of a year, rows, chunks


def test_parts_of_a_year_follow_its_amount():
    parts = np.array([6.0, -2.0])
    assert bins._in_proportion(parts, np.array([4.0]), np.array([7.0])).tolist() == [10.5, -3.5]
    assert bins._in_proportion(parts, np.array([0.0]), np.array([7.0])) is parts


class Points:
    """A plant of two points whose product falls to half after the change, and whose heat finds no sink then."""

    def __init__(self) -> None:
        self.case = {
            "before": {"metal": [-3.0, -5.0], "coal": [30.0, 70.0], "heat": [-4.0, -6.0]},
            "after": {"metal": [-1.0, -3.0], "coal": [9.0, 21.0], "heat": [-3.0, -5.0]},
        }
        hours = np.array([2.0, 3.0])
        flows = [fields(name=n, ledger=fields(carrier=n, direction=1)) for n in ("metal", "coal", "heat")]
        declaration = fields(with_role=lambda role: [*flows, fields(name="t", ledger=None)])
        self.solved = {}
        for name, of in self.case.items():
            y = {n: np.array([99.0, *(np.array(v) / hours)]) for n, v in of.items()}
            year = fields(points=lambda row: slice(1, 3), seconds=np.array([7.0, 2.0, 3.0]))
            self.solved[name] = (fields(declaration=declaration, y=y, year=year), 0)
        batch = fields(
            ledger=lambda b: {n: np.array([sum(v)]) for n, v in self.case[b].items()},
            first=self.solved.__getitem__,
        )
        factors = Factors({"coal": 1.1, "heat": 0.9}, {}, {"coal": 0.2}, {}, {}, "")
        room = fields(before={"heat": 8.0}, after={"heat": 12.0})
        self.group = fields(
            batch=batch,
            plans=[],
            status=lambda before, after: (0, ""),
            trade=lambda plant: room,
            basis_of=lambda plant: fields(
                factors=factors, references={}, product="metal", indicator="i", rule=CarbonRule(frozenset())
            ),
            between=lambda plan, before, after: fields(saving=np.array([5.5])),
        )
        self.plan = fields(
            plant=fields(id="p", proposals=[fields(id="m"), fields(id="n")]),
            baseline=lambda k: "before",
            alone={1: {"likely": "after"}},
        )


def test_a_saving_by_operating_point(monkeypatch):
    """Equal metal: all of the changed plant's doubles. Heat: 8 of 10 are taken before, 12 of 16 after, in proportion.

    Coal saved 30 - 18 and 70 - 42 at 1.1; heat given 3.2 and 4.8, then 4.5 and 7.5 at 0.9.
    """
    monkeypatch.setattr(bins, "state_of", lambda solved, row, point: {"load": float(point)})
    case = Points()
    case.group.plans = [case.plan]
    (found,) = bins.bins_of([case.group], "n")
    assert (found.proposal, found.saving, found.plant.id) == ("n", 5.5, "p")
    assert [(b.number, b.seconds, b.state) for b in found.bins] == [
        (1, 2.0, {"load": 1.0}),
        (2, 3.0, {"load": 2.0}),
    ]
    assert [b.saving for b in found.bins] == pytest.approx(
        [1.1 * 12 + 0.9 * (4.5 - 3.2), 1.1 * 28 + 0.9 * (7.5 - 4.8)]
    )
    assert [b.carbon for b in found.bins] == pytest.approx([0.2 * 12, 0.2 * 28])
    assert bins.bins_of([case.group]) == [found] or len(bins.bins_of([case.group])) == 1
    assert bins.bins_of([case.group], "m") == []
    case.group.status = lambda before, after: (3, "load")
    assert bins.bins_of([case.group]) == []


class Yearly:
    """Outputs of every kind, and their declaration."""

    def __init__(self) -> None:
        kinds = {
            "rate": "integral",
            "mean": "mean",
            "by": "mean",
            "most": "maximum",
            "least": "minimum",
            "none": "",
            "row": "mean",
        }
        self.variables = [
            fields(name=n, yearly=k, length=2 if n == "row" else 0, weight="rate" if n == "by" else "")
            for n, k in kinds.items()
        ]

    def with_role(self, role):
        return self.variables


def test_a_year_of_outputs():
    """Row 0: 2 h at 3 and 5 h at 7; row 1: a point; row 2 fails at its second point; row 3: by a rate of nothing."""
    seconds = np.array([2.0, 5.0, 4.0, 1.0, 1.0, 9.0])
    year = rows.Year(np.zeros(6), seconds, np.array([0, 2, 3, 5, 6]))
    y = np.zeros(
        6,
        dtype=[(n, float) for n in ("rate", "mean", "by", "most", "least")]
        + [("status", int), ("status_variable", int)],
    )
    y["rate"] = (3.0, 7.0, 6.0, 5.0, NAN, 0.0)
    for name in ("mean", "by", "most", "least"):
        y[name] = (10.0, 30.0, 8.0, 5.0, NAN, 2.0)
    y["status"], y["status_variable"] = (OK, OK, OK, OK, 3, OK), (9, 9, 9, 9, 4, 9)
    found = rows.yearly_amounts(Yearly(), y, year)
    assert set(found) == {"rate", "mean", "by", "most", "least"}
    assert found["rate"][[0, 1, 3]] == pytest.approx([6 + 35, 24.0, 0.0])
    assert found["mean"][[0, 1, 3]] == pytest.approx([170 / 7, 8.0, 2.0])
    assert found["by"][:2] == pytest.approx([(10 * 6 + 30 * 35) / 41, 8.0])
    assert math.isnan(found["by"][3])
    assert found["most"][[0, 3]].tolist() == [30.0, 2.0]
    assert found["least"][[0, 3]].tolist() == [10.0, 2.0]
    assert all(math.isnan(a[2]) for a in found.values())
    y["status"][3] = 5
    y["status_variable"][3] = 6
    status, blame = rows.worst_points(y, year)
    assert status.tolist() == [OK, OK, 5, OK]
    assert blame.tolist() == [0, 0, 6, 0]


def test_points_of_rows_are_picked_repeated_and_joined():
    o = np.array([(float(k),) for k in range(6)], dtype=[("load", float)])
    year = rows.Year(o, 10.0 * np.arange(6), np.array([0, 1, 3, 6]))
    assert year.points(1) == slice(1, 3)
    thrice = rows.repeat_year(year, 1, 3)
    assert (thrice.o["load"].tolist(), thrice.first_bin.tolist()) == ([1.0, 2.0] * 3, [0, 2, 4, 6])
    picked = rows.pick_years(year, np.array([2, 0, 2]))
    assert picked.seconds.tolist() == [30.0, 40.0, 50.0, 0.0, 30.0, 40.0, 50.0]
    assert picked.first_bin.tolist() == [0, 3, 4, 7]
    joined = rows.join_years([rows.pick_years(year, np.array([1])), year])
    assert joined.first_bin.tolist() == [0, 2, 3, 5, 8]
    assert joined.o["load"].tolist() == [1.0, 2.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0]


def x_of(**values):
    found = np.zeros(
        2, dtype=[(n, float, np.shape(v)[1:] if np.ndim(v) > 1 else ()) for n, v in values.items()]
    )
    for n, v in values.items():
        found[n] = v
    return found


@pytest.mark.parametrize(
    ("change", "amounts", "becomes", "held"),
    [
        (Change("a", "set", 1.0, 2.0, 3.0), "low", (1.0, 1.0), None),
        (Change("a", "add", 1.0, 2.0, 3.0), "high", (13.0, 23.0), None),
        (Change("a", "scale", 1.1, 1.2, 1.4), "likely", (12.0, 24.0), None),
        (Change("a", "add", 1.0, 2.0, 3.0), {0: np.array([4.0, -5.0])}, (14.0, 15.0), None),
        (
            Change("a", "set", 18.0, 18.0, 18.0, at_most=15.0),
            "likely",
            (15.0, 20.0),
            (18.0, 15.0),
        ),  # the second is better already
        (Change("a", "set", 14.0, 14.0, 14.0, at_most=15.0), "likely", (14.0, 20.0), None),
        (Change("a", "add", 2.0, 2.0, 2.0, at_most=11.0), "likely", (11.0, 20.0), (12.0, 11.0)),
        (Change("a", "set", 5.0, 5.0, 5.0, at_least=12.0), "likely", (10.0, 12.0), (5.0, 10.0)),
        (Change("a", "scale", 0.7, 0.8, 0.9, at_least=7.0), "likely", (8.0, 16.0), None),
    ],
)
def test_changes_and_their_caps(change, amounts, becomes, held):
    new, caps = rows.changed_rows(x_of(a=[10.0, 20.0]), [change], amounts)
    assert new["a"] == pytest.approx(becomes)
    assert [(c.variable, c.wanted, c.reached) for c in caps] == ([] if held is None else [("a", *held)])


def test_a_change_between_two_caps_and_of_places():
    both = Change("a", "set", 3.0, 3.0, 3.0, at_most=15.0, at_least=12.0)
    new, caps = rows.changed_rows(x_of(a=[20.0, 13.0]), [both])
    assert new["a"].tolist() == [20.0, 13.0]  # raised at most to 15, and never lowered
    assert [(c.wanted, c.reached) for c in caps] == [(3.0, 20.0)]
    of_places = Change("r", "add", 1.0, 2.0, 3.0)
    new, _ = rows.changed_rows(
        x_of(r=[[1.0, 5.0], [7.0, 9.0]]),
        [Change("r", "scale", 1.0, 1.0, 1.0), of_places],
        {0: np.ones(2), 1: np.array([0.5, -2.0])},
    )
    assert new["r"].tolist() == [[1.5, 5.5], [5.0, 7.0]]


class Inputs:
    """Inputs a, r (three places), c (an integer), n (optional, not given), and one operating variable."""

    def __init__(self) -> None:
        own = {"optional": True, "is_integer": False, "default": None}
        self.all = {
            "input": [
                fields(name=n, **{**own, "is_integer": n == "c", "optional": n != "a"})
                for n in ("a", "r", "c", "n")
            ],
            "operating": [fields(name="load", default=0.9), fields(name="air", default=None)],
        }

    def with_role(self, role):
        return self.all[role]

    def zeros(self, kind, n):
        kinds = {
            "x": [("a", float), ("r", float, 3), ("c", int), ("n", float)],
            "o": [("load", float), ("air", float)],
        }
        return np.zeros(n, dtype=kinds[kind])


def test_records_of_a_plant_and_its_year():
    row = rows.plant_row(Inputs(), {"a": Value(4.0), "r": Value((5.0, 6.0))})
    assert (row["a"].tolist(), row["r"].tolist(), row["c"].tolist()) == ([4.0], [[5.0, 6.0, 0.0]], [0])
    assert math.isnan(row["n"][0])
    assert math.isnan(rows.plant_row(Inputs(), {"a": Value(4.0)})["r"][0][0])
    points = [
        [fields(hours=Value(3.0), values={"load": Value(0.5)}), fields(hours=Value(4.0), values={})],
        [fields(hours=Value(5.0), values={"air": Value(7.0)})],
    ]
    year = rows.year_of(Inputs(), points)
    assert year.o["load"].tolist() == [0.5, 0.9, 0.9]
    assert np.isnan(year.o["air"]).tolist() == [True, True, False]
    assert (year.seconds.tolist(), year.first_bin.tolist()) == ([3.0, 4.0, 5.0], [0, 2, 3])
    plants = [fields(values={"a": Value(v)}, operation=points[k]) for k, v in enumerate((4.0, 8.0))]
    x, both = rows.plant_rows(Inputs(), plants)
    assert (x["a"].tolist(), both.first_bin.tolist()) == ([4.0, 8.0], [0, 2, 3])
    assert len(rows.plant_rows(Inputs(), [])[0]) == 0


def test_an_input_that_was_not_given_holds_nothing_back():
    new, caps = rows.changed_rows(x_of(a=[NAN, 9.0]), [Change("a", "set", 6.0, 6.0, 6.0, at_most=8.0)])
    assert (new["a"].tolist(), caps) == ([6.0, 9.0], [])


def test_size_of_chunks():
    """Four to a thread, between 256 and 4096 rows; one thread takes the most."""
    assert [chunks.chunk_size(n, 2) for n in (10, 2049, 16_001, 10**6)] == [256, 257, 2001, 4096]
    assert chunks.chunk_size(10, 1) == 4096


@pytest.mark.parametrize(("threads", "ahead", "most"), [(2, 0, 3), (2, 3, 6), (1, 5, 1)])
def test_no_more_jobs_are_begun_than_may_wait(threads, ahead, most):
    begun = []

    def jobs():
        for n in range(9):
            begun.append(n)
            yield n

    running = chunks.in_order(jobs(), lambda n: 10 * n, threads, ahead)
    assert next(running) == 0
    assert len(begun) == most
    assert list(running) == [10 * n for n in range(1, 9)]


def test_threads(monkeypatch):
    monkeypatch.setenv("PLANTSIM_THREADS", "5")
    assert [chunks.thread_count(n) for n in (None, 0, 3, -2)] == [5, 5, 3, 1]
    for word in ("0", "x", ""):
        monkeypatch.setenv("PLANTSIM_THREADS", word)
        monkeypatch.setattr(chunks.os, "sched_getaffinity", lambda pid: {1, 2, 3}, raising=False)
        assert chunks.thread_count() == 3
    monkeypatch.setattr(chunks.os, "sched_getaffinity", lambda pid: set(), raising=False)
    assert chunks.thread_count() == 1
    monkeypatch.delattr(chunks.os, "sched_getaffinity")
    monkeypatch.setattr(chunks.os, "cpu_count", lambda: 6)
    assert chunks.thread_count() == 6


def test_rows_are_solved_chunk_by_chunk():
    declaration = fields(zeros=lambda kind, n: np.zeros(n, dtype=[("status", int), ("place", float)]))
    x, told = np.zeros(7), []

    def entry(x, d, o, first_bin, y, start, stop):
        told.append((start, stop))
        d["place"][start:stop] = range(start, stop)
        y["status"][start : min(stop, 6)] = OK

    progress = []
    d, y = chunks.solve_rows(
        entry, declaration, x, np.zeros(7), np.arange(8), 1, 3, lambda done, of: progress.append((done, of))
    )
    assert told == [(0, 3), (3, 6), (6, 7)]
    assert progress == [(3, 7), (6, 7), (7, 7)]
    assert d["place"].tolist() == list(range(7))
    assert y["status"].tolist() == [OK] * 6 + [NOT_RUN]


def test_a_block_of_a_batch():
    block = Block(1, 4, 9)
    assert (block.rows, block.row) == (slice(4, 9), 4)
