"""The boiler of a coal unit by hand: losses that leave the stated efficiency, what load and retrofits do to them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.kernels import gas
from plantsim.processes.coal_unit import boiler, boiler_table
from plantsim.processes.coal_unit.boiler_losses import fuel_heat
from plantsim.processes.coal_unit.codes import (
    BOILER_EFFICIENCY,
    ECONOMISER_OXYGEN,
    GAS_WITHOUT_LEAKAGE,
    HEAT_RATE,
    LOSSES_BY_PTC_4,
    RADIATION_GIVEN,
    RATED_FLUE_GAS_TEMPERATURE,
)
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_PINCH, INFEASIBLE_THERMAL, NOT_FINITE, OK

NAN = math.nan
LOSSES = (
    "loss_dry_gas",
    "loss_hydrogen",
    "loss_fuel_moisture",
    "loss_air_moisture",
    "loss_unburnt_gas",
    "loss_unburnt_carbon",
    "loss_ash",
    "loss_desulphurisation",
    "loss_surface",
    "loss_unlisted",
)


def unit(**values):
    x = fields(
        boiler_capacity=NAN,
        reference_main_steam_flow=280.0,
        boiler_efficiency=0.925,
        pipe_efficiency=0.99,
        air_heater_leakage=0.06,
        coal_heating_value=20.1e6,
        coal_carbon=0.52,
        coal_hydrogen=0.029,
        coal_oxygen=0.055,
        coal_nitrogen=0.009,
        coal_sulphur=0.012,
        coal_moisture=0.083,
        coal_ash=0.27,
        calcium_sulphur_ratio=0.0,
        calcination_share=0.9,
        furnace_sulphur_capture=0.0,
        limestone_purity=0.92,
        fly_ash_share=0.88,
        fly_ash_carbon=0.03,
        bottom_ash_carbon=0.02,
        combustion_air_humidity=0.01,
        economiser_oxygen=0.035,
        carbon_monoxide=80e-6,
        rated_flue_gas_temperature=401.0,
        flue_gas_temperature_basis=GAS_WITHOUT_LEAKAGE,
        boiler_air_temperature=298.0,
        boiler_reference_temperature=293.0,
        boiler_method=LOSSES_BY_PTC_4 + 1,
        bottom_ash_temperature=1073.0,
        radiation_method=RADIATION_GIVEN,
        radiation_loss=0.002,
        boiler_kind=0,
        fly_ash_carbon_rise=0.02,
        economiser_oxygen_rise=0.03,
        flue_gas_temperature_fall=40.0,
        rated_economiser_gas_temperature=640.0,
        economiser_gas_temperature_fall=90.0,
        economiser_bypass=0,
        scr=0,
        air_heater_leakage_exponent=0.5,
        reference_gas_flow=0.0,
        least_primary_air=0.0,
        reference_primary_air=0.0,
        primary_air_share=0.23,
        boiler_nox_concentration=NAN,
        air_pressure=82e3,
        low_economiser_heat=NAN,
        low_economiser_gas_outlet=NAN,
        reference_boiler_heat=700e6,
        reference_boiler_efficiency=NAN,
        boiler_loss_remainder=0.0,
        reference_air_heater_leakage=0.06,
    )
    x.__dict__.update(values)
    return x


def state():
    return fields(
        specific_heat_input=2500e3,
        design_status_variable=0,
        rated_gas=np.zeros(gas.SPECIES),
        coal_elements=np.zeros(6),
        combustion_air=np.zeros(gas.SPECIES),
    )


def out(heat=700e6, steam=280.0):
    return fields(
        boiler_heat=heat,
        main_steam_flow=steam,
        boiler_gas=np.zeros(gas.SPECIES),
        flue_gas=np.zeros(gas.SPECIES),
        status_variable=0,
        boiler_efficiency_listed=NAN,
        exchanger_hot_temperature=NAN,
        exchanger_cold_temperature=NAN,
    )


def designed(**values):
    x, d = unit(**values), state()
    assert plain(boiler.design_boiler)(x, d, 1) == OK
    return x, d


def run(x, d, heat=700e6, steam=280.0):
    y = out(heat, steam)
    return plain(boiler.run_boiler)(x, d, fields(), y), y


@pytest.mark.parametrize("method", [LOSSES_BY_PTC_4 + 1, LOSSES_BY_PTC_4])
def test_at_full_load_the_stated_efficiency_stands_and_the_losses_are_the_rest(method):
    """Heat 280 * 2.5 MJ/kg; what the method does not list of the stated efficiency is kept."""
    x, d = designed(boiler_method=method)
    assert (x.reference_boiler_heat, x.reference_boiler_efficiency, x.reference_air_heater_leakage) == (
        700e6,
        0.925,
        0.06,
    )
    assert d.boiler_rated_flow == 280.0
    status, y = run(x, d)
    assert status == OK
    assert y.boiler_efficiency_found == pytest.approx(0.925, rel=1e-9)
    assert y.coal_heat == pytest.approx(700e6 / (0.925 * 0.99), rel=1e-9)
    assert y.coal_flow == pytest.approx(y.coal_heat / 20.1e6)
    lost = sum(getattr(y, name) for name in LOSSES) - y.air_heat_credit
    by_method = 700e6 / 0.99 / y.coal_flow
    base = by_method / (1.0 - lost)  # the heating value that the losses are shares of
    higher = 20.1e6 + 206e3 * 2.9 + 23e3 * 8.3
    assert base == pytest.approx(
        20.1e6 if method != LOSSES_BY_PTC_4 else higher, rel=2e-3 if method == LOSSES_BY_PTC_4 else 1e-9
    )
    assert y.boiler_efficiency_higher == pytest.approx(
        by_method / (base if method == LOSSES_BY_PTC_4 else higher), rel=1e-6
    )
    assert y.boiler_residual < 1e-8
    assert y.loss_surface == pytest.approx(0.002, rel=1e-9)


def test_at_part_load():
    """At 0.6 of the heat: 1.2 points of oxygen more, gas 16 K colder, economiser 36 K, 0.8 points of carbon in ash."""
    x, d = designed()
    status, y = run(x, d, 420e6, 170.0)
    assert status == OK
    n = y.boiler_gas
    dry = n.sum() - n[gas.H2O]
    assert n[gas.O2] / dry == pytest.approx(0.035 + 0.012, rel=1e-4)
    assert y.leak_free_gas_temperature == pytest.approx(401 - 16)
    assert y.economiser_gas_temperature == pytest.approx(640 - 36)
    assert d.fly_ash_ratio == pytest.approx(0.27 * 0.88 / (1 - 0.038), rel=1e-9)
    lost = sum(getattr(y, name) for name in LOSSES) - y.air_heat_credit
    assert y.boiler_efficiency_found == pytest.approx(1 - lost, rel=1e-9)
    assert y.loss_surface == pytest.approx(0.002 * 280 / 170)
    assert y.loss_unlisted == pytest.approx(x.boiler_loss_remainder, rel=1e-9)
    assert y.boiler_residual < 1e-8
    flow = 420e6 / 0.99 / (y.boiler_efficiency_found * 20.1e6)
    assert y.coal_flow == pytest.approx(flow, rel=1e-9)
    over, more = run(x, d, 770e6, 308.0)
    assert over == OK
    assert d.fly_ash_ratio == pytest.approx(0.27 * 0.88 / 0.97, rel=1e-9)  # no less carbon above full load
    assert more.leak_free_gas_temperature == pytest.approx(405.0)


def test_a_surface_that_loses_the_same_at_any_load():
    """EN 12952-15: a share of the useful heat, so that efficiency (1 + share) is what the other losses leave."""
    x, d = designed(radiation_method=RADIATION_GIVEN + 1)
    for heat, steam in ((700e6, 280.0), (420e6, 170.0)):
        status, y = run(x, d, heat, steam)
        assert status == OK
        lost = sum(getattr(y, name) for name in LOSSES) - y.air_heat_credit
        assert y.boiler_efficiency_found == pytest.approx(1 - lost, rel=1e-9)
        share = 0.022 * (700 / 0.99) ** -0.3 * 280 / steam
        assert y.loss_surface == pytest.approx(share * y.boiler_efficiency_found, rel=1e-9)
        assert y.boiler_residual < 1e-8
        if steam == 280.0:
            assert y.boiler_efficiency_found == pytest.approx(0.925, rel=1e-9)
    x.boiler_efficiency = 0.99
    _, y = run(x, d)
    kept = 1 - (lost_at_full(x, d) - x.boiler_loss_remainder)
    assert y.boiler_efficiency_listed == pytest.approx(kept / (1 + 0.022 * (700 / 0.99) ** -0.3), rel=1e-6)


def lost_at_full(x, d):
    """All losses at full load but the surface's, as they were with the stated efficiency of 0.925."""
    x.boiler_efficiency, raised = 0.925, x.boiler_efficiency
    _, y = run(x, d)
    x.boiler_efficiency = raised
    return sum(getattr(y, name) for name in LOSSES if name != "loss_surface") - y.air_heat_credit


def test_a_measure_raises_the_efficiency_itself():
    x, d = designed()
    x.boiler_efficiency = 0.937
    assert plain(boiler.unlisted_loss)(x) == pytest.approx(x.boiler_loss_remainder - 0.012)
    _, y = run(x, d)
    assert y.boiler_efficiency_found == pytest.approx(0.937, rel=1e-9)
    for none in ({"boiler_efficiency": NAN}, {"reference_boiler_efficiency": NAN}):
        assert plain(boiler.unlisted_loss)(fields(**{**vars(x), **none})) == 0.0
    by_ptc, d = designed(boiler_method=LOSSES_BY_PTC_4)
    by_ptc.boiler_efficiency = 0.937
    raised = 0.012 * 20.1e6 / plain(fuel_heat)(by_ptc)
    assert plain(boiler.unlisted_loss)(by_ptc) == pytest.approx(by_ptc.boiler_loss_remainder - raised)


def test_an_efficiency_that_leaves_no_room_for_the_losses():
    """The listed losses alone leave less than 3 points below what is stated."""
    x, d = designed()
    _, y = run(x, d)
    listed = 0.925 + x.boiler_loss_remainder
    for beyond, status in ((0.0299, OK), (0.0301, INFEASIBLE_THERMAL)):
        x.boiler_efficiency = listed + beyond
        found, y = run(x, d)
        assert found == status
    assert y.status_variable == BOILER_EFFICIENCY
    assert y.boiler_efficiency_listed == pytest.approx(listed, rel=1e-9)
    x.boiler_efficiency, x.boiler_loss_remainder = 0.925, 1.0
    assert (run(x, d)[0], run(x, d)[1].status_variable) == (INFEASIBLE_THERMAL, BOILER_EFFICIENCY)


def test_gas_as_cold_as_the_air_and_air_without_end():
    x, d = designed(flue_gas_temperature_fall=300.0)
    status, y = run(x, d, 450e6, 180.0)
    assert (status, y.status_variable) == (INFEASIBLE_PINCH, RATED_FLUE_GAS_TEMPERATURE)
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (
        pytest.approx(401 - 300 * 250 / 700),
        298.0,
    )
    for short, too_cold in ((5.1, False), (4.9, True)):  # 5 K are left for an air heater
        x, d = designed(flue_gas_temperature_fall=(103.0 - short) / 0.4)
        _, y = run(x, d, 420e6, 170.0)
        assert (y.status_variable == RATED_FLUE_GAS_TEMPERATURE) is too_cold
    x, d = designed(economiser_oxygen_rise=1.0)
    status, y = run(x, d, 420e6, 170.0)
    assert status != OK
    assert y.status_variable == ECONOMISER_OXYGEN
    bare = unit(economiser_oxygen=0.3)
    record = state()
    assert plain(boiler.design_boiler)(bare, record, 1) != OK
    assert record.design_status_variable == ECONOMISER_OXYGEN


def test_a_boiler_without_a_coal_or_with_too_few_figures():
    x, d = designed(coal_carbon=NAN)
    status, y = run(x, d, 500e6)
    assert (status, y.boiler_efficiency_found) == (OK, 0.925)
    assert y.coal_heat == pytest.approx(500e6 / (0.925 * 0.99))
    assert (y.coal_flow, y.leak_air, y.economiser_heat, y.boiler_gas.sum()) == (0.0, 0.0, 0.0, 0.0)
    lacking = unit(coal_carbon=NAN, boiler_efficiency=NAN)
    assert (plain(boiler.design_boiler)(lacking, d, 1), d.design_status_variable) == (
        INCOMPLETE,
        BOILER_EFFICIENCY,
    )
    status, y = run(x, d, 1e12)
    assert (status, y.status_variable) == (NOT_FINITE, HEAT_RATE)
    large = unit(boiler_capacity=300.0)
    assert plain(boiler.design_boiler)(large, d, 1) == OK
    assert d.boiler_rated_flow == 300.0


def test_a_measured_gas_temperature_is_that_of_gas_and_leaked_air():
    """What the leaked air took up is given back: the gas is warmer without it."""
    x, d = designed(flue_gas_temperature_basis=GAS_WITHOUT_LEAKAGE + 1)
    assert 401.0 + 3.0 < d.rated_leak_free_temperature < 401.0 + 9.0
    status, y = run(x, d)
    assert (status, y.flue_gas_temperature) == (OK, pytest.approx(401.0, abs=1e-6))
    assert y.boiler_efficiency_found == pytest.approx(0.925, rel=1e-9)
    # a retrofit that seals the air heater leaves the plant's own temperature without leakage
    x.air_heater_leakage = 0.02
    sealed = state()
    assert plain(boiler.design_boiler)(x, sealed, 0) == OK
    assert sealed.rated_leak_free_temperature == pytest.approx(d.rated_leak_free_temperature)


# ---------------------------------------------------------------- table


@pytest.fixture
def read(monkeypatch):
    """The tables of a boiler from a record of few fields."""
    for name in ("loss_base", "higher_heating_value"):
        monkeypatch.setattr(boiler_table, name, plain(getattr(boiler_table, name)))
    return loss_rows


def loss_rows(remainder=0.001, method=LOSSES_BY_PTC_4 + 1, **coal):
    x = unit(boiler_loss_remainder=remainder, reference_boiler_efficiency=0.925, boiler_method=method, **coal)
    parts = {
        name: 0.001 * k
        for k, name in enumerate(
            ("loss_dry_gas", "loss_hydrogen", "loss_fuel_moisture", "loss_air_moisture"), 1
        )
    }
    rest = {
        "loss_unburnt_gas": 0.011,
        "loss_unburnt_carbon": 0.012,
        "loss_surface": 0.013,
        "loss_ash": 0.014,
        "loss_desulphurisation": 0.015,
        "loss_unlisted": 0.016,
        "air_heat_credit": 0.017,
        "boiler_efficiency_found": 0.92,
        "boiler_efficiency_higher": 0.88,
    }
    y = np.rec.array(
        [(*parts.values(), *rest.values(), 404.15, 0.0375)],
        dtype=[(n, float) for n in (*parts, *rest, "leak_free_gas_temperature", "flue_gas_oxygen")],
    )[0]
    return boiler_table.boiler_tables(x, y)


def test_losses_in_percent(read):
    """Dry gas, hydrogen, moisture of coal and air are one loss of 1 %; the others stand by themselves."""
    whole, gas_part = read()
    row = dict(zip([c.key for c in whole.columns], whole.rows[0], strict=True))
    assert row["loss_flue_gas_percent"] == pytest.approx(1.0)
    assert (
        row["loss_unburnt_carbon_percent"],
        row["loss_surface_percent"],
        row["air_heat_credit_percent"],
    ) == pytest.approx((1.2, 1.3, 1.7))
    assert row["boiler_efficiency_found_percent"] == pytest.approx(92.0)
    assert "boiler_efficiency_higher_percent" not in row
    split = dict(zip([c.key for c in gas_part.columns], gas_part.rows[0], strict=True))
    assert split["loss_fuel_moisture_percent"] == pytest.approx(0.3)
    assert split["loss_flue_gas_percent"] == pytest.approx(1.0)
    assert "131.0 °C" in whole.notes[0]["en"]
    assert "3.75 %" in whole.notes[0]["en"]
    assert "20.10 MJ/kg" in whole.notes[0]["en"]
    assert len(whole.notes) == 2
    by_ptc = read(method=LOSSES_BY_PTC_4)[0]
    assert by_ptc.rows[0][-1] == pytest.approx(88.0)
    bomb = (20100 + 206 * 2.9 + 23 * 8.3) / 1000
    assert f"{bomb:.2f} MJ/kg by the bomb" in by_ptc.notes[0]["en"]


def test_a_stated_efficiency_above_what_the_losses_leave_is_told(read):
    """Half a point is what the listed losses are known to."""
    assert len(read(-0.0049)[0].notes) == 2
    note = read(-0.0123)[0].notes[1]
    for lang in ("en", "zh"):
        assert "92.50 %" in note[lang]
        assert "1.23" in note[lang]
    assert len(read(-0.0051)[0].notes) == 3
    for coal in ({"coal_carbon": NAN}, {"coal_heating_value": 0.0}):
        assert read(**coal) == []
