"""Plants without a model by hand: their owners' figures, retirements, the best of several claims."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields

from plantsim.engine import declared
from plantsim.engine.carbon import CarbonRule
from plantsim.engine.factors import Factors
from plantsim.engine.terms import Stated
from plantsim.vocabulary.case import Claim, Origin, Value

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
