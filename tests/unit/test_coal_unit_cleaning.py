"""Flue-gas cleaning of a coal unit: what each part takes out and what it costs, and what it can't do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from coal_gas_rows import COAL, PARTS, blamed, changed, plant, solved
from coal_unit_rows import complete

from plantsim.engine.evaluate import solve_process
from plantsim.engine.rows import plant_rows
from plantsim.io.plants import reference_plant
from plantsim.kernels.emissions import M_CO2, M_LIMESTONE, M_NH3, M_NO2, M_SO2, M_SO3, M_UREA
from plantsim.library import library
from plantsim.processes import load
from plantsim.processes.coal_unit.checks import check
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_THERMAL, OK


@pytest.fixture(scope="module")
def clean():
    """The unit with every part."""
    return solved(PARTS)


def test_a_plant_without_parts_emits_what_its_boiler_makes():
    _x, _d, _o, y = solved()
    assert y.status == OK
    assert (y.nox, y.dust) == (y.boiler_nox, y.fly_ash_flow)
    assert y.so2 + y.so3_concentration * y.dry_gas_volume * M_SO2 / M_SO3 == pytest.approx(
        y.boiler_so2, rel=1e-12
    )
    assert (y.scr_power, y.precipitator_power, y.fgd_power, y.ammonia, y.fgd_water) == (0, 0, 0, 0, 0)
    assert y.stack_gas_temperature == y.flue_gas_temperature


def test_without_a_coal_nothing_is_said_about_emissions():
    _x, _d, _o, y = solved(PARTS, dict.fromkeys(COAL, float("nan")))
    assert y.status == OK
    unknown = (
        "nox", "so2", "dust", "co2_reagents", "co2_direct", "dry_gas_volume", "draught_fan_power", "mill_power",
        "nox_concentration", "emission_to_ultra_low_limit", "emission_to_national_limit", "ammonia", "gypsum",
        "fgd_limestone", "coal_carbon_flow",
    )  # fmt: skip
    assert [name for name in unknown if not np.isnan(y[name])] == []
    assert y.auxiliary_rate == pytest.approx(0.06, rel=1e-12)


def test_without_the_boilers_nox_only_what_hangs_on_it_is_unknown():
    _x, _d, _o, y = solved(PARTS, {"boiler_nox_concentration": float("nan")})
    assert y.status == OK
    assert all(
        np.isnan(y[name]) for name in ("nox", "nox_concentration", "emission_to_ultra_low_limit", "ammonia")
    )
    assert y.so2 > 0.0
    assert y.dust > 0.0
    assert y.auxiliary_rate == pytest.approx(0.06, rel=1e-12)


def test_targets_are_met_and_no_more(clean):
    y = clean[3]
    assert y.status == OK
    assert y.nox_concentration == pytest.approx(40e-6, rel=1e-9)
    assert y.so2_concentration == pytest.approx(25e-6, rel=1e-9)
    assert y.emission_to_ultra_low_limit == pytest.approx(
        max(40 / 50, 25 / 35, y.dust_concentration / 10e-6), rel=1e-9
    )
    assert y.emission_to_national_limit < y.emission_to_ultra_low_limit


def test_sulphur_balance(clean):
    """SO2 of the boiler leaves as SO2, as SO3 or as gypsum, whose calcium is the limestone's that gave off CO2."""
    x, y = clean[0], clean[3]
    taken = y.co2_reagents / M_CO2  # mol/s: no urea here
    so3 = y.so3_concentration * y.dry_gas_volume / M_SO3
    assert y.so2 / M_SO2 + so3 + taken == pytest.approx(y.boiler_so2 / M_SO2, rel=1e-12)
    calcium = y.fgd_limestone * x.fgd_limestone_purity / M_LIMESTONE
    assert calcium == pytest.approx(taken * x.fgd_calcium_ratio, rel=1e-12)


def test_ammonia_balance(clean):
    """NH3 injected = NOx converted + slip, at the reactor; more is used by the excess."""
    x, y = clean[0], clean[3]
    inlet = y.scr_inlet_concentration * y.dry_gas_volume / M_NO2
    wet = y.filter_gas_flow - y.leak_air
    assert y.ammonia_ratio * inlet == pytest.approx(y.scr_reduction * inlet + y.ammonia_slip * wet, rel=1e-12)
    assert y.ammonia / M_NH3 == pytest.approx(y.ammonia_ratio * inlet * x.ammonia_excess, rel=1e-12)


def test_urea_gives_the_same_ammonia_and_its_own_carbon_dioxide(clean):
    y, u = clean[3], changed(*clean, reagent=1)
    assert u.ammonia == 0.0
    assert u.urea == pytest.approx(y.ammonia / M_NH3 / 2.0 * M_UREA / 0.95, rel=1e-12)
    assert u.co2_reagents - y.co2_reagents == pytest.approx(u.urea * M_CO2 / M_UREA, rel=1e-9)


def test_a_spent_catalyst_misses_the_target_and_slips(clean):
    y = changed(*clean, scr_activity_left=0.4)
    assert y.status == OK
    assert y.ammonia_ratio == 1.0
    assert y.nox_concentration > 40e-6
    assert y.ammonia_slip > 5.0 * clean[3].ammonia_slip


@pytest.mark.parametrize(("stops", "status"), [(0, INFEASIBLE_THERMAL), (1, OK)])
def test_a_catalyst_that_is_too_cold_is_named_or_left_without_ammonia(clean, stops, status):
    y = changed(*clean, rated_economiser_gas_temperature=573.15, scr_low_temperature=stops)
    assert y.status == status
    assert y.scr_temperature_margin < 0.0
    if stops:
        assert (y.ammonia, y.nox) == (0.0, y.boiler_nox)
    else:
        assert blamed(y) == "scr_temperature"


LOW = {"load": 0.25, "minimum_load": 0.2}


def test_a_bypass_keeps_the_catalyst_warm_and_costs_exit_gas_temperature(clean):
    """At a quarter of the load: too cold without a bypass; with one the gas is held, and part of the rise leaves.

    Without it a unit stops injecting, as units do, and says by how much its gas is too cold; or is refused where the
    plant must not run so.
    """
    cold = changed(*clean, **LOW, scr_low_temperature=0)
    assert (cold.status, blamed(cold)) == (INFEASIBLE_THERMAL, "scr_temperature")
    left = changed(*clean, **LOW)
    assert (left.ammonia, left.nox) == (0.0, left.boiler_nox)
    assert left.scr_temperature_margin < left.scr_margin_needed == 0.0
    held = changed(*clean, **LOW, economiser_bypass=1)
    assert (left.status, held.status) == (OK, OK)
    assert held.scr_temperature == pytest.approx(320.0 + 273.15, abs=1e-9)
    assert held.bypass_rise == pytest.approx(held.scr_temperature - left.scr_temperature, abs=1e-9)
    assert held.scr_temperature_margin > 10.0
    assert held.nox_concentration == pytest.approx(40e-6, rel=1e-9)
    # the air heater keeps its temperature efficiency
    air = clean[0].boiler_air_temperature
    share = (left.leak_free_gas_temperature - air) / (left.economiser_gas_temperature - air)
    risen = held.leak_free_gas_temperature - left.leak_free_gas_temperature
    assert risen == pytest.approx(share * held.bypass_rise, rel=1e-9)
    assert 5.0 < risen < 10.0
    lost = left.boiler_efficiency_found - held.boiler_efficiency_found
    assert 0.04e-2 < lost / risen < 0.10e-2  # 0.053 points per K at full load, more air at low load
    assert held.coal_heat / left.coal_heat == pytest.approx(
        left.boiler_efficiency_found / held.boiler_efficiency_found, rel=1e-9
    )
    assert held.hot_air_temperature > left.hot_air_temperature
    assert held.boiler_residual < 1e-12


def test_a_bypass_acts_only_where_it_is_needed(clean):
    for values in ({}, {"load": 0.75}, LOW | {"scr": 0}):
        without, with_it = (changed(*clean, **values, economiser_bypass=on) for on in (0, 1))
        assert with_it.bypass_rise == 0.0, values
        assert with_it.coal_heat == without.coal_heat, values
    most = changed(*clean, **LOW, economiser_bypass=1, bypass_most_rise=8.0, scr_low_temperature=1)
    assert most.bypass_rise == 8.0


@pytest.mark.parametrize(("name", "load"), [("scr_capacity", "scr_load"), ("fgd_capacity", "fgd_load")])
def test_capacity_is_a_limit_only_where_it_is_given(clean, name, load):
    """A plant whose gas is 5 % above what the part is made for is not solved; at 105 % of it, it is."""
    flow = clean[0]["reference_gas_flow" if name == "scr_capacity" else "reference_filter_flow"]
    normal = flow * 0.022413969545  # Nm3/mol
    assert clean[3][load] == pytest.approx(1.0)
    y = changed(*clean, **{name: normal / 1.05})
    assert (y.status, blamed(y)) == (INFEASIBLE_FLOW, name)
    y = changed(*clean, **{name: normal * 1.05})
    assert y.status == OK
    assert y[load] == pytest.approx(1.0 / 1.05, rel=1e-6)


def test_less_sulphur_takes_pumps_out_of_service(clean):
    """With half the target's margin to spare the slurry, and with it the power, is less; without a target it is all."""
    easy, full = changed(*clean, so2_target=100e-6), changed(*clean, so2_target=float("nan"))
    assert easy.fgd_power < clean[3].fgd_power < full.fgd_power
    assert full.fgd_removal_found == pytest.approx(0.994, rel=1e-12)
    assert easy.so2_concentration == pytest.approx(100e-6, rel=1e-9)


def test_cooler_gas_is_filtered_better_and_takes_less_water(clean):
    """A gas cooler before the filter: less volume, so a larger area per volume, and less water evaporated."""
    y = changed(*clean, low_economiser_heat=9e6, gas_cooler_loss=400.0)
    assert y.status == OK
    assert y.filter_gas_temperature == pytest.approx(clean[3].filter_gas_temperature - 23.0, abs=3.0)
    assert y.filter_removal > clean[3].filter_removal
    assert y.fgd_water < 0.9 * clean[3].fgd_water


def test_sncr_alone_reaches_what_its_window_allows():
    x, d, o, y = solved(sncr=1.0, nox_target=250e-6)
    assert y.nox_concentration == pytest.approx(250e-6, rel=1e-9)
    assert 0.0 < y.ammonia_slip < 20e-6
    hard = changed(x, d, o, y, nox_target=50e-6)
    assert hard.nox == pytest.approx(
        0.5 * hard.boiler_nox, rel=1e-9
    )  # the tested reduction, at the tested ratio
    elsewhere = changed(x, d, o, y, nox_target=50e-6, sncr_temperature=1143.15)
    assert elsewhere.nox == pytest.approx(hard.nox, rel=1e-9)  # the test was made at that temperature then
    frozen = changed(x, d, o, y, nox_target=50e-6, sncr_temperature=1073.15)
    assert (frozen.status, blamed(frozen)) == (INFEASIBLE_FLOW, "sncr_reduction")


def test_sncr_before_scr_leaves_the_catalyst_less(clean):
    y = changed(*clean, sncr=1.0)
    assert y.scr_inlet_concentration == pytest.approx(0.5 * clean[3].scr_inlet_concentration, rel=1e-9)
    assert y.nox_concentration == pytest.approx(40e-6, rel=1e-9)
    assert y.scr_reduction < clean[3].scr_reduction


def test_bag_filter_holds_its_outlet_and_costs_draught(clean):
    y = changed(*clean, dust_filter=2.0, wet_precipitator_removal=0.0, fgd_dust_removal=0.0)
    assert y.dust_concentration == pytest.approx(10e-6, rel=1e-12)
    assert y.precipitator_power == 0.0
    assert y.draught_rise == pytest.approx(clean[3].draught_rise + 1000.0, rel=1e-9)


def test_targets_without_parts_are_told_and_a_test_that_can_not_be_is_refused():
    found = {f.code: f for f in check(complete(plant(nox_target=50e-6, so2_target=35e-6)))}
    assert found["coal_target_without_part"].severity == "warning"
    bad = plant(sncr=1.0, sncr_reduction=0.9, sncr_temperature=1073.15)
    finding = next(f for f in check(complete(bad)) if f.code == "coal_sncr_test")
    assert finding.fields["tested"] == "90 %"
    assert not any(f.code.startswith("coal_target") for f in check(complete(plant(PARTS))))


def test_default_limits_are_those_of_the_shared_table():
    """The plant's limits by default are rows of models/common/pollutant_limits.toml, not figures of their own."""
    lib = library()
    rows = {r["id"]: r for r in lib.data("common", "pollutant_limits.toml")["limit"]}
    variables = lib.declaration("coal_unit").variables
    for row, names in (
        ("coal-power-national-existing", ("dust_limit", "so2_limit", "nox_limit")),
        ("coal-power-ultra-low", ("ultra_low_dust", "ultra_low_so2", "ultra_low_nox")),
    ):
        for name, key in zip(names, ("pm", "so2", "nox"), strict=True):
            limit = lib.units.parse(
                rows[row][key]["value"], "concentration", default_unit=rows[row][key]["unit"]
            )
            assert variables[name].default == pytest.approx(limit.si, rel=1e-12), name
    assert COAL["boiler_nox_concentration"] > variables["ultra_low_nox"].default


def test_water_of_tower_absorber_and_heat_supply_is_in_the_ledger():
    """Tower, treatment, absorber and slag: each is there once, over the year's hours, and the tower's is the most."""
    lib = library()
    reference = reference_plant("n300-16.67-w-flame", lib)
    hot = {
        name: replace(reference.values["reheat"], si=si)
        for name, si in (("heat_supply", 1), ("heat_supply_pressure", 0.4e6), ("heat_return_part", 0.6))
    }
    values = {
        **reference.values,
        **hot,
        "air_pressure": replace(reference.values["main_steam_pressure"], si=82e3),
    }
    bin_ = reference.operation[0]
    heated = replace(bin_, values={**bin_.values, "heat": replace(bin_.hours, si=60e6)})
    plant_ = replace(reference, values=values, operation=(heated,))
    x, year = plant_rows(lib.declaration("coal_unit"), [plant_])
    found = solve_process(load("coal_unit"), lib, x, year, 1)
    y, seconds = found.y[0], float(year.seconds[0])
    assert y.status == OK
    parts = [y.tower_water, y.treatment_water, y.fgd_fresh_water, y.ash_fresh_water]
    assert min(parts) > 0.0
    assert y.tower_water == max(parts)
    assert y.treatment_water > y.make_up_flow / 0.85 > 0.0
    assert found.ledger["water"][0] == pytest.approx(sum(parts) * seconds, rel=1e-12)
    gone = [y.tower_waste_water, y.treatment_waste_water, y.fgd_waste_water]
    assert found.ledger["waste_water"][0] == pytest.approx(-sum(gone) * seconds, rel=1e-12)


@pytest.mark.parametrize("load_", [1.0, 0.6])
def test_a_target_loosens_nothing_that_was_done_without_one(load_):
    """All slurry pumps and the guaranteed conversion as it is: a loose target stated by a measure leaves both alone."""
    free = {"nox_target": float("nan"), "so2_target": float("nan"), "sncr": 1.0}
    found = solved(PARTS, free)
    point = changed(*found, load=load_)
    after = changed(*found, load=load_, nox_target=150e-6, so2_target=150e-6)
    assert after.so2 == pytest.approx(point.so2, rel=1e-9)
    assert after.nox <= point.nox * (1.0 + 1e-9)
    tight = changed(*found, load=load_, nox_target=10e-6, so2_target=5e-6, fgd_removal=0.999)
    assert tight.so2 <= point.so2 * (1.0 + 1e-9)
    assert (
        tight.nox < point.nox
    )  # a tight one is followed as far as all NH3 goes; the slip is judged elsewhere


def test_a_stated_target_may_still_be_moved_by_its_owner():
    found = solved(PARTS)
    after = changed(*found, nox_target=60e-6)
    assert after.nox_concentration == pytest.approx(60e-6, rel=1e-6)
