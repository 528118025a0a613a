"""Records under their columns: every figure in its own place, and in the unit that the column's name says."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields

from plantsim.engine import case_records, columns
from plantsim.engine.bins import Bin, Bins
from plantsim.engine.emitted import Emitted
from plantsim.engine.ranking import CityTotal
from plantsim.engine.sample import Spread
from plantsim.engine.standards import Share
from plantsim.engine.tornado import Bar, Tornado
from plantsim.library import library

NAN = math.nan
TCE = 29307.6e6  # J
LIB = library()


def near(value):
    return pytest.approx(value, rel=1e-9)


def proposal(**values):
    row = fields(
        plant=fields(id="works", process="aluminium_cell"),
        proposal=fields(id="m1", retrofit="m"),
        retrofit=fields(kind="energy"),
        rank=3,
        indicator="liquid_ac_power",
        before=13.5e3 * 3600,
        after=13.1e3 * 3600,
        level_before="worse",
        level_after="between",
        saving=7.0 * TCE,
        saving_low=5.0 * TCE,
        saving_high=11.0 * TCE,
        saving_equal_value=13.0 * TCE,
        carbon=17e3,
        carbon_physical=19e3,
        carbon_basis="default",
        saving_in_bundle=3.0 * TCE,
        list="energy",
        calibrated=True,
        capex=23e6,
        yearly_gain=2.9e6,
        npv=31e6,
        npv_after_tax=3.7e6,
        npv_owner=41e6,
        irr=0.43,
        irr_status="one",
        payback=4.7,
        payback_discounted=5.3,
        cost_of_carbon=0.59,
        investment_per_saving=6.1e-5,
        share_points=0.02,
        cost_of_saved_energy=6.7e-8,
        pollutants={"nox": 71e3, "dust": 73e3},
        pollutants_in_bundle={"nox": 79e3},
        evidence="measured",
        money_evidence="assumed",
        status="ok",
        blame="b",
        warnings=(("w1", {}), ("w2", {})),
        declared=False,
        cost_of_pollutant=0.83,
        policy={"tax": 8.9, "support": 9.7},
    )
    row.__dict__.update(values)
    return row


SPREAD = fields(
    reaches=0.11,
    top=0.13,
    rank=Spread(1.5, 2.0, 4.5),
    saving=Spread(0.5 * TCE, TCE, 1.5 * TCE),
    npv=Spread(1e6, 2e6, 3e6),
)


def test_a_proposal_in_its_columns():
    found = columns._rank_record(proposal(), SPREAD, 2, LIB)
    expected = {
        "rank": 3,
        "plant": "works",
        "proposal": "m1",
        "retrofit": "m",
        "kind": "energy",
        "indicator": "liquid_ac_power",
        "indicator_unit": "kWh/t",
        "indicator_before": near(13500.0),
        "indicator_after": near(13100.0),
        "level_before": "worse",
        "level_after": "between",
        "saving_tce_per_a": near(7.0),
        "saving_low_tce_per_a": near(5.0),
        "saving_high_tce_per_a": near(11.0),
        "saving_equal_value_tce_per_a": near(13.0),
        "co2_t_per_a": near(17.0),
        "co2_accounted_t_per_a": near(17.0),
        "co2_physical_t_per_a": near(19.0),
        "co2_basis": "default",
        "saving_in_bundle_tce_per_a": near(3.0),
        "list": "energy",
        "calibrated": True,
        "pareto_layer": 2,
        "capex_cny": 23e6,
        "yearly_gain_cny_per_a": 2.9e6,
        "npv_cny": 31e6,
        "npv_after_tax_cny": 3.7e6,
        "npv_owner_cny": 41e6,
        "irr": 0.43,
        "irr_status": "one",
        "payback_a": 4.7,
        "payback_discounted_a": 5.3,
        "carbon_cost_cny_per_t": near(590.0),
        "investment_cny_per_tce": near(6.1e-5 * TCE),
        "cost_per_share_point_cny": near(23e6 / 2),
        "saved_energy_cost_cny_per_tce": near(6.7e-8 * TCE),
        "share_gain": 0.02,
        "nox_t_per_a": 71.0,
        "dust_t_per_a": 73.0,
        "nox_in_bundle_t_per_a": 79.0,
        "dust_in_bundle_t_per_a": None,
        "benchmark_probability": 0.11,
        "top_group_probability": 0.13,
        "rank_p10": 1.5,
        "rank_p90": 4.5,
        "saving_p10_tce_per_a": near(0.5),
        "saving_p90_tce_per_a": near(1.5),
        "npv_p10_cny": 1e6,
        "npv_p90_cny": 3e6,
        "evidence": "measured",
        "money_evidence": "assumed",
        "status": "ok",
        "blame": "b",
        "warnings": "w1 w2",
        "declared": False,
        "energy_penalty_tce_per_a": None,
        "pollutant_cost_cny_per_t": None,
        "gain_allowances_cny_per_a": None,
        "gain_surcharge_cny_per_a": None,
        "gain_tax_cny_per_a": 8.9,
        "gain_support_cny_per_a": 9.7,
    }
    assert {k: found[k] for k in expected} == expected


def test_what_is_not_known_is_a_dash_and_a_duty_has_a_penalty():
    found = columns._rank_record(
        proposal(
            list="compliance", rank=0, share_points=0.0, npv=NAN, carbon_basis="", indicator="", irr=math.inf
        ),
        SPREAD,
        None,
        LIB,
    )
    assert (
        found["rank"],
        found["npv_cny"],
        found["irr"],
        found["co2_basis"],
        found["cost_per_share_point_cny"],
    ) == (None,) * 5
    assert found["energy_penalty_tce_per_a"] == near(-7.0)
    assert found["pollutant_cost_cny_per_t"] == near(830.0)
    assert found["indicator"] == LIB.declaration("aluminium_cell").main_indicator
    assert (
        columns.number(NAN)
        is columns.number(math.inf)
        is columns.in_unit(LIB, NAN, "tce/a", "annual_energy")
        is None
    )


def test_layers_of_proposals_that_have_a_cost_and_a_saving():
    """2 at 9 and 1 at 4 lie in front; 3 at 7 behind; one without a cost has none."""
    rows = [
        proposal(capex=c, saving=s) for c, s in ((3.0, 7.0), (2.0, 9.0), (NAN, 5.0), (1.0, 4.0), (1.0, NAN))
    ]
    assert columns._layers(fields(proposals=rows)) == [2, 1, None, 1, None]
    assert columns._layers(fields(proposals=rows[2:3])) == [None]


def test_a_sector_in_its_columns():
    s = fields(
        sector="aluminium",
        process="aluminium_cell",
        now=Share("a", 400e6, 100e6, 60e6, 40e6),
        then=Share("a", 300e6, 210e6, 0.0, 0.0),
        target=0.7,
        indicator="liquid_ac_power",
        mean_now=0.21,
        mean_then=0.22,
        confident_then=0.23,
        then_kept=Share("a", 400e6, 210e6, 0.0, 0.0),
        retired=100e6,
        retired_over=("p", "q"),
        mean_indicator_now=13.4e3 * 3600,
        mean_indicator_then=13.2e3 * 3600,
        uncredited_now=NAN,
        uncredited_then=13.9e3 * 3600,
        target_mean=13.3e3 * 3600,
        ultra_low_now=0.31,
        ultra_low_then=0.32,
        ultra_low_unknown=0.33,
    )
    declaration = LIB.declaration("aluminium_cell")
    found = columns._share_record(s, declaration, LIB)

    def size(si):
        return near(LIB.units.from_si(si, declaration.capacity_unit, declaration.capacity_quantity))

    assert found == {
        "sector": "aluminium",
        "process": "aluminium_cell",
        "capacity": size(400e6),
        "capacity_unit": declaration.capacity_unit,
        "share_now": near(0.25),
        "share_with_all": near(0.7),
        "target_above": 0.7,
        "target_met_now": False,
        "target_met_with_all": False,
        "mean_share_now": 0.21,
        "mean_share_with_all": 0.22,
        "confident_share_with_all": 0.23,
        "worse_than_baseline_now": near(0.15),
        "ungraded_now": near(0.1),
        "share_without_retirement": near(0.525),
        "retired_capacity": size(100e6),
        "retired_over_cap": "p q",
        "mean_indicator_now": near(13400.0),
        "mean_indicator_with_all": near(13200.0),
        "uncredited_now": None,
        "uncredited_with_all": near(13900.0),
        "target_mean": near(13300.0),
        "indicator_unit": "kWh/t",
        "ultra_low_now": 0.31,
        "ultra_low_with_all": 0.32,
        "ultra_low_unknown": 0.33,
    }
    s.target, s.then_kept, s.target_mean, s.now = None, None, None, Share("a", 0.0, 0.0, 0.0, 0.0)
    empty = columns._share_record(s, declaration, LIB)
    names = (
        "target_met_now",
        "share_without_retirement",
        "target_mean",
        "share_now",
        "worse_than_baseline_now",
        "ungraded_now",
    )
    assert [empty[n] for n in names] == [None] * 6
    s.target, s.then = 0.69, Share("a", 300e6, 210e6, 0.0, 0.0)
    assert columns._share_record(s, declaration, LIB)["target_met_with_all"] is True


def test_a_plant_in_its_columns():
    row = fields(
        plant=fields(id="works", process="aluminium_cell"),
        indicator="liquid_ac_power",
        value=13.5e3 * 3600,
        threshold=fields(benchmark=13e3 * 3600, baseline=None),
        level="worse",
        gb=0,
        energy=3.0 * TCE,
        energy_equal_value=5.0 * TCE,
        carbon=7e3,
        carbon_physical=NAN,
        carbon_basis="measured",
        evidence="public",
        status="ok",
        blame="",
    )
    (found,) = columns.plant_records([row], LIB)
    names = (
        "indicator_value",
        "indicator_unit",
        "benchmark",
        "baseline",
        "gb_level",
        "energy_tce_per_a",
        "energy_equal_value_tce_per_a",
    )
    assert [found[n] for n in names] == [
        near(13500.0),
        "kWh/t",
        near(13000.0),
        None,
        None,
        near(3.0),
        near(5.0),
    ]
    assert [
        found[n] for n in ("co2_t_per_a", "co2_accounted_t_per_a", "co2_physical_t_per_a", "co2_basis")
    ] == [7.0, 7.0, None, "measured"]
    row.threshold, row.gb = None, 2
    (found,) = columns.plant_records([row], LIB)
    assert (found["benchmark"], found["baseline"], found["gb_level"]) == (None, None, 2)


def test_figures_of_a_run():
    """A yearly integral is shown as its mean rate: 7.2e9 J in 3600 s are 2 MW."""
    indicators = LIB.indicators("aluminium_cell")
    o = fields(
        indicators=dict.fromkeys(indicators, NAN) | {"liquid_ac_power": 13.5e3 * 3600},
        ledger={"electricity": 3.6e9},
        yearly={"ac_power": 7.2e9},
        seconds=3600.0,
    )
    found = {
        (kind, name): (value, unit) for kind, name, value, unit in columns._figures("aluminium_cell", o, LIB)
    }
    assert found["indicator", "liquid_ac_power"] == (near(13500.0), "kWh/t")
    unit = LIB.carriers["electricity"]["unit"]
    assert found["ledger", "electricity"] == (near(LIB.units.from_si(3.6e9, unit, "energy")), f"{unit}/a")
    v = LIB.declaration("aluminium_cell").variables["ac_power"]
    assert found["mean_rate", "ac_power"] == (near(LIB.units.from_si(2e6, v.unit, v.quantity)), v.unit)
    o.seconds = 0.0
    assert {(k, n): v for k, n, v, _ in columns._figures("aluminium_cell", o, LIB)}[
        "mean_rate", "ac_power"
    ] is None


# ---------------------------------------------------------------- beside the ranking


def test_totals_tornado_emissions_and_points():
    total = CityTotal("equivalent", 90 * TCE, 80 * TCE, 7 * TCE, 6 * TCE, 2 * TCE, 5 * TCE, ("p", "q"))
    (found,) = case_records.total_records(fields(totals=[total]), LIB)
    assert list(found.values()) == [
        "equivalent",
        near(90.0),
        near(80.0),
        near(7.0),
        near(6.0),
        near(3.0),
        near(83.0),
        near(71.0),
        "p q",
    ]
    bar = Bar("price", "coal", (2 * TCE, 3 * TCE), (5e6, NAN))
    (found,) = case_records.tornado_records(Tornado("p", "m", 0.0, 0.0, (bar,)), LIB)
    assert list(found.values()) == ["price", "coal", near(2.0), near(3.0), 5e6, None]
    (found,) = case_records.emission_records([Emitted("plant", "p", "nox", 9e3, 4e3, NAN, ("p",))])
    assert list(found.values()) == ["plant", "p", "nox", 9.0, 4.0, 5.0, None, "p"]
    v = next(
        v for v in LIB.declaration("aluminium_cell").with_role("operating") if not v.options and v.unit == "%"
    )
    point = Bin(2, 7200.0, {v.name: 0.925}, 3 * TCE, 11e3)
    plant = fields(id="works", process="aluminium_cell")
    (found,) = case_records.bin_records([Bins(plant, "m", (point,), 0.0)], LIB)
    assert found == {
        "plant": "works",
        "proposal": "m",
        "point": 2,
        "hours": 2.0,
        "state": f"{v.name}=92.5%",
        "saving_tce_per_a": near(3.0),
        "co2_t_per_a": 11.0,
    }


def test_orders_of_two_decks():
    """a, b, c against b, a, c: one of three pairs is turned. Duties and what has no rank are left out."""

    def ranking(order):
        rows = [proposal(proposal=fields(id=n), rank=k) for k, n in enumerate(order, 1)]
        others = [
            proposal(proposal=fields(id="d"), list="compliance", rank=1),
            proposal(proposal=fields(id="e"), rank=0),
        ]
        return fields(proposals=[*others, *rows])

    one, other = ranking("abc"), ranking("bac")
    assert [r.proposal.id for r in case_records.energy_list(one)] == ["a", "b", "c"]
    assert case_records.agreement(one, other) == pytest.approx(1 / 3)
    found = case_records.deck_records(one, {"deck": other})
    assert [(r["deck"], r["rank"], r["proposal"], r["kendall_tau"], r["npv_cny"]) for r in found] == [
        ("deck", k, n, near(1 / 3), 31e6) for k, n in enumerate("bac", 1)
    ]
