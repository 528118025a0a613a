"""The gas side of a coal unit by hand: air heater, fans, SNCR, catalyst, filters, stack, cold end."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.kernels import condenser_cooling, filters, gas, scr
from plantsim.kernels.acid_dew_point import acid_dew_point_of_coal
from plantsim.kernels.heat_exchanger import ntu_condensing
from plantsim.kernels.psychrometrics import air_humidity
from plantsim.kernels.steam import (
    liquid_enthalpy,
    saturation_pressure,
    saturation_temperature,
    vapour_enthalpy,
    vapour_volume,
)
from plantsim.processes.coal_unit import boiler_gas, cold_end, denitration, draught, dust, flue_gas
from plantsim.processes.coal_unit.codes import (
    BYPASS_INSTALLED,
    CONDENSER_DRY,
    CONDENSER_FLOW,
    CONDENSER_RISE,
    CONDENSER_SURFACE,
    CONDENSER_TERMINAL_DIFFERENCE,
    COOLING_AIR_FLOW,
    COOLING_WATER_FLOW,
    COOLING_WATER_TEMPERATURE,
    DESIGN_AIR_TEMPERATURE,
    DRAUGHT_RISE,
    DUST_BAG,
    DUST_PRECIPITATOR,
    ECONOMISER_OXYGEN,
    EXHAUST_PRESSURE,
    FGD_INSTALLED,
    FORCED_FAN_RISE,
    LOW_ECONOMISER_HEAT,
    LP,
    PRECIPITATOR_REMOVAL,
    PRIMARY_FAN_RISE,
    RATED_ECONOMISER_GAS_TEMPERATURE,
    REAGENT_UREA,
    SCR_INSTALLED,
    SNCR_INSTALLED,
    SNCR_REDUCTION,
    WATER_FROM_TOWER,
)
from plantsim.vocabulary.status import (
    INCOMPLETE,
    INFEASIBLE_FLOW,
    INFEASIBLE_PINCH,
    INFEASIBLE_THERMAL,
    OK,
    OUTSIDE_RANGE,
)

NAN = math.nan
R = 8.314462618
P = 82e3
AIR = 0.0289655  # kg/mol, dry


def changed(record, **values):
    return fields(**{**vars(record), **values})


# ---------------------------------------------------------------- fans

FAN = fields(
    fan_flow_margin=0.08,
    fan_rise_margin=0.17,
    damper_constant=0.3,
    damper_linear=0.15,
    damper_square=0.55,
    air_pressure=P,
    boiler_air_temperature=301.0,
    air_fan_efficiency=0.82,
    air_fan_drive_efficiency=0.93,
    air_fan_recovery=0.4,
    gas_path_loss=2300.0,
    gas_cooler_loss=310.0,
    scr=SCR_INSTALLED,
    scr_pressure_loss=890.0,
    dust_filter=DUST_BAG,
    precipitator_pressure_loss=270.0,
    bag_pressure_loss=1250.0,
    fgd=FGD_INSTALLED,
    fgd_pressure_loss=1600.0,
    reference_filter_volume=0.0,
    reference_filter_density=NAN,
    reference_draught_rise=0.0,
    draught_fan_efficiency=0.79,
    draught_fan_drive_efficiency=0.94,
    draught_fan_recovery=0.35,
    mill_work=33e3,
    forced_fan_rise=3700.0,
    primary_fan_rise=9100.0,
    primary_fan_static_rise=4200.0,
    reference_secondary_air=0.0,
    reference_primary_air=0.0,
)


def controlled(v, rise, thin, v_made, rise_made, eta, drive, recovery):
    """Work of a fan between a damper's and its own; thin: density over that of the design point."""
    ideal = v * rise / eta
    part = v / v_made
    damper = v_made * rise_made / eta * thin * (0.3 + 0.15 * part + 0.55 * part**2)
    return (damper - recovery * (damper - ideal)) / drive


def test_losses_of_the_gas_path_add_up():
    full = plain(draught.full_draught)
    assert full(FAN) == 2300 + 310 + 890 + 1250 + 1600
    assert full(changed(FAN, dust_filter=DUST_PRECIPITATOR)) == 2300 + 310 + 890 + 270 + 1600
    assert full(changed(FAN, dust_filter=0, scr=0, fgd=0)) == 2300 + 310


def test_a_fan_is_made_with_margins():
    found, status = plain(draught.fan)(FAN, 150.0, 2500.0, 0.8, 180.0, 4000.0, 0.9, 0.79, 0.94, 0.35)
    by_hand = controlled(150.0, 2500.0, 0.8 / 0.9, 180 * 1.08, 4000 * 1.17, 0.79, 0.94, 0.35)
    assert (found, status) == (pytest.approx(by_hand, rel=1e-12), OK)


def test_the_draught_fan_sucks_through_all_but_the_absorber():
    """Full load as it is: 240 m3/s of 0.83. Now 200 of 0.80: 6350 * (200/240)^2 * 0.80/0.83; 1600 of 6350 lie behind.

    The plant as it was had a path of 7000 Pa: the fan is made for that.
    """
    x = changed(
        FAN, reference_filter_volume=240.0, reference_filter_density=0.83, reference_draught_rise=7000.0
    )
    y = fields(filter_volume=200.0, filter_density=0.80)
    assert plain(draught.run_draught_fan)(x, y) == OK
    rise = 6350 * (200 / 240) ** 2 * 0.80 / 0.83
    assert y.draught_rise == pytest.approx(rise, rel=1e-12)
    before = 1 - 1600 / 6350
    thin, thin_full = P / (P - before * rise), P / (P - before * 7000)
    density, density_full = 0.80 / thin, 0.83 / thin_full
    by_hand = controlled(
        200 * thin, rise, density / density_full, 240 * thin_full * 1.08, 7000 * 1.17, 0.79, 0.94, 0.35
    )
    assert y.draught_fan_power == pytest.approx(by_hand, rel=1e-12)


def test_at_full_load_as_is_the_draught_fan_is_made_for_what_it_finds():
    x = changed(FAN, fgd=0)
    y = fields(filter_volume=200.0, filter_density=0.80)
    assert plain(draught.run_draught_fan)(x, y) == OK
    assert y.draught_rise == pytest.approx(4750.0, rel=1e-12)
    thin = P / (P - 4750)  # all of it lies before the fan
    by_hand = controlled(200 * thin, 4750, 1.0, 200 * thin * 1.08, 4750 * 1.17, 0.79, 0.94, 0.35)
    assert y.draught_fan_power == pytest.approx(by_hand, rel=1e-12)


def test_air_fans_lift_a_bed_s_weight_at_any_flow():
    """7 kmol/s of 8 at full load: 4200 Pa stay, 4900 fall with the square of the flow."""
    kernel = plain(draught.air_fan_power)
    per_mole = R * 301.0 / P
    found, status = kernel(FAN, 7000.0, 8000.0, 9100.0, 4200.0)
    rise = 4200 + 4900 * (7 / 8) ** 2
    by_hand = controlled(7000 * per_mole, rise, 1.0, 8000 * per_mole * 1.08, 9100 * 1.17, 0.82, 0.93, 0.4)
    assert (found, status) == (pytest.approx(by_hand, rel=1e-9), OK)
    first, _ = kernel(FAN, 7000.0, 0.0, 9100.0, 12e3)  # more static rise than there is: all of it
    by_hand = controlled(7000 * per_mole, 9100, 1.0, 7000 * per_mole * 1.08, 9100 * 1.17, 0.82, 0.93, 0.4)
    assert first == pytest.approx(by_hand, rel=1e-9)
    by_hand = controlled(7000 * per_mole, 9100, 1.0, 8000 * per_mole * 1.08, 9100 * 1.17, 0.82, 0.93, 0.4)
    assert kernel(FAN, 7000.0, 8000.0, 9100.0, 12e3)[0] == pytest.approx(by_hand, rel=1e-9)
    assert kernel(FAN, 0.0, 8000.0, 9100.0, 0.0) == kernel(FAN, 7000.0, 8000.0, 0.0, 0.0) == (0.0, OK)


def air_side(**values):
    own = {
        "filter_gas_flow": 9000.0,
        "coal_flow": 31.0,
        "filter_volume": 200.0,
        "filter_density": 0.80,
        "primary_air_flow": 2100.0,
        "secondary_air_flow": 6300.0,
        "leak_air": 420.0,
        "status_variable": 0,
    }
    return fields(**{**own, **values})


def test_leaked_air_is_blown_by_both_fans():
    """420 mol/s leak beside 8400: a twentieth more of each."""
    y = air_side()
    assert plain(draught.run_fans)(FAN, y) == OK
    kernel = plain(draught.air_fan_power)
    assert y.mill_power == pytest.approx(31 * 33e3)
    assert y.forced_fan_power == pytest.approx(kernel(FAN, 6615.0, 0.0, 3700.0, 0.0)[0], rel=1e-12)
    assert y.primary_fan_power == pytest.approx(kernel(FAN, 2205.0, 0.0, 9100.0, 4200.0)[0], rel=1e-12)
    assert y.draught_fan_power > 0.0
    full = changed(FAN, reference_secondary_air=7000.0, reference_primary_air=2500.0)
    assert plain(draught.run_fans)(full, y) == OK
    assert y.forced_fan_power == pytest.approx(kernel(FAN, 6615.0, 7000.0, 3700.0, 0.0)[0], rel=1e-12)
    assert y.primary_fan_power == pytest.approx(kernel(FAN, 2205.0, 2500.0, 9100.0, 4200.0)[0], rel=1e-12)
    none = air_side(filter_gas_flow=0.0)
    assert plain(draught.run_fans)(FAN, none) == OK
    assert (none.draught_rise, none.draught_fan_power, none.forced_fan_power, none.primary_fan_power) == (
        0.0,
        0.0,
        0.0,
        0.0,
    )
    assert none.mill_power == pytest.approx(31 * 33e3)


@pytest.mark.parametrize(
    ("values", "blamed"),
    [
        (
            {
                "reference_filter_volume": 100.0,
                "reference_filter_density": 0.8,
                "reference_draught_rise": 6350.0,
            },
            DRAUGHT_RISE,
        ),
        ({"reference_secondary_air": 3000.0}, FORCED_FAN_RISE),
        ({"reference_primary_air": 900.0}, PRIMARY_FAN_RISE),
    ],
)
def test_which_fan_is_too_small(values, blamed):
    """Fans with a damper, asked for more than twice the flow that they are made for."""
    small = changed(
        FAN, draught_fan_recovery=0.0, air_fan_recovery=0.0, primary_fan_static_rise=0.0, **values
    )
    y = air_side()
    assert plain(draught.run_fans)(small, y) == INFEASIBLE_FLOW
    assert y.status_variable == blamed


# ---------------------------------------------------------------- SNCR and the catalyst


def test_what_a_part_is_made_for():
    full = plain(denitration.full_flow)
    assert full(250.0, 9.0, 7.0) == pytest.approx(250 / (R * 273.15 / 101325), rel=1e-9)
    assert full(NAN, 9.0, 7.0) == 9.0
    assert full(NAN, 0.0, 7.0) == 7.0


SNCR = fields(
    sncr=SNCR_INSTALLED,
    sncr_best_temperature=1230.0,
    sncr_width_cold=95.0,
    sncr_width_hot=120.0,
    sncr_temperature=1190.0,
    sncr_temperature_fall=140.0,
    sncr_reduction=0.41,
    sncr_saturation=0.8,
    sncr_ratio=1.3,
    sncr_slip_share=0.09,
    sncr_slip_fall=55.0,
    ammonia_excess=1.07,
)
WINDOW_TEST = math.exp(-((40 / 95) ** 2))
MOST = 0.41 / (0.8 * WINDOW_TEST)
RISE = -math.log(1 - 0.8) / 1.3  # the tested reduction is 0.8 of what much ammonia gives


def run_sncr(wanted=0.0, heat_ratio=0.7, nox=0.9, **values):
    y = fields(status_variable=0)
    return plain(denitration.run_sncr)(changed(SNCR, **values), y, nox, wanted, heat_ratio), y


def test_sncr_at_its_tested_ratio():
    """At 0.7 of the heat the place is 42 K colder: 1148 K, 82 below the best."""
    (left, ammonia, slip, status), _ = run_sncr()
    eta = MOST * math.exp(-((82 / 95) ** 2)) * 0.8
    assert status == OK
    assert left == pytest.approx(0.9 * (1 - eta), rel=1e-9)
    assert ammonia == pytest.approx(0.9 / 46.005e-3 * 1.3 * 17.031e-3 * 1.07, rel=1e-4)
    share = 0.09 * math.exp(82 / 55)
    assert slip == pytest.approx(0.9 / 46.005e-3 * (1.3 - eta) * share * 17.031e-3, rel=1e-4)


def test_sncr_gives_no_more_ammonia_than_the_limit_asks_for():
    (left, ammonia, _, status), _ = run_sncr(wanted=0.72, heat_ratio=1.0)
    ratio = -math.log(1 - 0.2 / (MOST * WINDOW_TEST)) / RISE
    assert (left, status) == (pytest.approx(0.72, rel=1e-9), OK)
    assert ammonia == pytest.approx(0.9 / 46.005e-3 * ratio * 17.031e-3 * 1.07, rel=1e-4)
    more, _ = run_sncr(wanted=0.1, heat_ratio=1.0)  # the window does not reach it: as at the test
    assert more[0] == pytest.approx(0.9 * 0.59, rel=1e-9)
    dear, _ = run_sncr(
        wanted=0.9 * 0.52, heat_ratio=1.0
    )  # more ammonia than at the test would: it is the most
    assert dear[0] == pytest.approx(0.9 * 0.59, rel=1e-9)
    none, _ = run_sncr(wanted=0.95, heat_ratio=1.0)
    assert none[:3] == (pytest.approx(0.9), 0.0, 0.0)


def test_sncr_that_is_not_there_or_cannot_be():
    for (left, ammonia, slip, status), _ in (run_sncr(sncr=0), run_sncr(nox=0.0)):
        assert (ammonia, slip, status) == (0.0, 0.0, OK)
        assert left in (0.9, 0.0)
    (left, ammonia, slip, status), y = run_sncr(sncr_saturation=1.0)  # the test is all that ammonia can
    assert (left, ammonia, slip, status, y.status_variable) == (
        0.9,
        0.0,
        0.0,
        INFEASIBLE_FLOW,
        SNCR_REDUCTION,
    )
    # no more than all of the NOx at the best temperature
    (left, *_), _ = run_sncr(sncr_reduction=0.7, sncr_saturation=0.75, heat_ratio=1 - 40 / 140 * -1)
    w = math.exp(-((40 / 95) ** 2))
    rise = -math.log(1 - 0.7 / w) / 1.3
    assert left == pytest.approx(0.9 * (1 - (1 - math.exp(-rise * 1.3))), rel=1e-9)


CATALYST = fields(
    air_pressure=P,
    scr_design_temperature=640.0,
    scr_conversion=0.86,
    scr_slip=2.4e-6,
    scr_activity_energy=27e3,
    scr_activity_left=1.12,
)


def test_the_catalyst_keeps_its_guarantee_and_moves_with_temperature_and_volume():
    """k_av = -ln(1-x) + ln[(a - x)/(a (1 - x))]/[kc (a - 1)] at x = 0.86, a - x = 2.4e-6/290e-6."""
    k_av, kc, status = plain(denitration.catalyst)(CATALYST, 610.0, 210e-6, 290e-6, 0.83)
    slip = 2.4 / 290
    a = 0.86 + slip
    kc_design = plain(scr.coverage_number)(290e-6, 640.0, P)
    design = -math.log(0.14) + math.log(slip / (a * 0.14)) / (kc_design * (a - 1))
    moved = design * math.exp(-27e3 / R * (1 / 610 - 1 / 640)) * 1.12 / 0.83
    assert (k_av, status) == (pytest.approx(moved, rel=1e-9), OK)
    assert kc == pytest.approx(plain(scr.coverage_number)(210e-6, 610.0, P), rel=1e-12)
    wrong = changed(CATALYST, scr_slip=0.0)
    assert plain(denitration.catalyst)(wrong, 610.0, 210e-6, 290e-6, 0.83) == (0.0, 1.0, INFEASIBLE_FLOW)


# ---------------------------------------------------------------- dust

DUST = fields(
    dust_filter=DUST_PRECIPITATOR, reference_filter_volume=300.0, precipitator_area=71.0, precipitator_removal=0.993,
    precipitator_exponent=0.6, corona_density=13.0, precipitator_supply_efficiency=0.83, bag_outlet=8e-6,
    wet_precipitator_removal=0.72, wet_precipitator_work=390.0,
)  # fmt: skip


def run_filter(volume=250.0, normal=160.0, dust_in=6.2, **values):
    y = fields(status_variable=0)
    left, status = plain(dust.run_filter)(changed(DUST, **values), y, dust_in, volume, normal)
    return left, status, y


def test_a_precipitator_sized_at_full_load_takes_more_at_less():
    """(w A/v)^0.6 = -ln 0.007 at 300 m3/s; at 250 it is (300/250)^0.6 as much."""
    left, status, y = run_filter()
    removal = 1 - math.exp(math.log(0.007) * 1.2**0.6)
    assert (y.filter_removal, status) == (pytest.approx(removal, rel=1e-12), OK)
    assert left == pytest.approx(6.2 * (1 - removal), rel=1e-9)
    assert y.precipitator_power == pytest.approx(13 * 71 * 300 / 0.83, rel=1e-12)
    as_is = run_filter(reference_filter_volume=0.0)[2]
    assert as_is.filter_removal == pytest.approx(0.993, rel=1e-12)
    assert as_is.precipitator_power == pytest.approx(13 * 71 * 250 / 0.83, rel=1e-12)
    left, status, y = run_filter(precipitator_removal=1.0)
    assert (left, status, y.status_variable) == (6.2, OUTSIDE_RANGE, PRECIPITATOR_REMOVAL)


def test_a_bag_filter_has_an_outlet_and_no_filter_takes_nothing():
    left, status, y = run_filter(dust_filter=DUST_BAG)
    assert (left, status, y.precipitator_power) == (pytest.approx(8e-6 * 160), OK, 0.0)
    assert y.filter_removal == pytest.approx(1 - 8e-6 * 160 / 6.2)
    assert run_filter(dust_filter=DUST_BAG, normal=0.0)[0] == 6.2
    assert run_filter(dust_filter=0)[0] == 6.2


def test_a_wet_precipitator():
    y = fields(precipitator_power=1000.0)
    assert plain(dust.run_wet_precipitator)(DUST, y, 0.5, 210.0) == pytest.approx(0.14)
    assert y.precipitator_power == pytest.approx(1000 + 390 * 210)
    none = fields(precipitator_power=1000.0)
    assert (
        plain(dust.run_wet_precipitator)(changed(DUST, wet_precipitator_removal=0.0), none, 0.5, 210.0) == 0.5
    )
    assert none.precipitator_power == 1000.0


def test_concentrations_against_both_limits():
    """Each over its own limit, the worst of the three counts."""
    limits = {"nox": (100e-6, 50e-6), "so2": (200e-6, 35e-6), "dust": (30e-6, 10e-6)}
    x = fields(
        **{f"{p}_limit": a for p, (a, _) in limits.items()},
        **{f"ultra_low_{p}": b for p, (_, b) in limits.items()},
    )
    for worst, (_, ultra) in limits.items():
        amounts = {p: 0.3 * limits[p][1] * 250 for p in limits} | {worst: 0.9 * ultra * 250}
        y = fields(mercury_concentration=0.0, dry_gas_volume=250.0, **amounts)
        plain(flue_gas.write_concentrations)(x, y)
        for p in limits:
            assert getattr(y, f"{p}_concentration") == pytest.approx(amounts[p] / 250)
        assert y.emission_to_ultra_low_limit == pytest.approx(0.9)
        shares = [amounts[p] / 250 / limits[p][0] for p in limits]
        assert y.emission_to_national_limit == pytest.approx(max(shares))
    for worst in limits:  # of the national limits too
        y = fields(
            dry_gas_volume=250.0, **{p: (0.8 if p == worst else 0.1) * limits[p][0] * 250 for p in limits}
        )
        plain(flue_gas.write_concentrations)(x, y)
        assert y.emission_to_national_limit == pytest.approx(0.8)


def test_ammonia_or_urea():
    """One urea gives two ammonia and one CO2."""
    x = fields(reagent=REAGENT_UREA, reagent_work=7.7e6, urea_conversion=0.95)
    y = fields()
    co2 = plain(flue_gas.write_reagents)(x, y, 0.04)
    assert y.scr_power == pytest.approx(0.04 * 7.7e6)
    assert y.urea == pytest.approx(0.04 / 17.031 / 2 * 60.056 / 0.95, rel=1e-4)
    assert co2 == pytest.approx(y.urea * 44.009 / 60.056, rel=1e-4)
    y = fields()
    assert plain(flue_gas.write_reagents)(changed(x, reagent=0), y, 0.04) == 0.0
    assert (y.ammonia, y.scr_power) == (0.04, pytest.approx(0.04 * 7.7e6))


# ---------------------------------------------------------------- air heater


def moles(**of) -> np.ndarray:
    n = np.zeros(gas.SPECIES)
    for name, amount in of.items():
        n[getattr(gas, name)] = amount
    return n


FRESH = moles(N2=0.7800, O2=0.2070, H2O=0.0130)
FLUE = moles(N2=6300.0, O2=310.0, CO2=1130.0, H2O=680.0, SO2=4.0)
HEATER = fields(
    air_heater_leakage=0.061,
    air_heater_leakage_exponent=0.4,
    reference_gas_flow=0.0,
    reference_air_heater_leakage=0.07,
    rated_flue_gas_temperature=405.0,
    boiler_air_temperature=298.0,
    least_primary_air=0.0,
    primary_air_share=0.23,
    reference_primary_air=0.0,
    economiser_bypass=BYPASS_INSTALLED,
    scr=SCR_INSTALLED,
    bypass_held_temperature=585.0,
    bypass_most_rise=25.0,
    rated_economiser_gas_temperature=640.0,
)


def masses(n) -> float:
    of = {"N2": 28.014, "O2": 31.998, "CO2": 44.009, "H2O": 18.015, "SO2": 64.06}
    return sum(n[getattr(gas, s)] * m for s, m in of.items()) / 1000


def test_leakage_is_a_share_of_the_gas_s_mass():
    leak = plain(boiler_gas.leakage)(0.061, FLUE, FRESH)
    assert leak == pytest.approx(0.061 * masses(FLUE) / masses(FRESH), rel=1e-4)
    share = plain(boiler_gas.leaking_share)
    assert share(HEATER, fields(boiler_gas=FLUE)) == 0.061
    part = FLUE.sum() / 12000
    assert share(changed(HEATER, reference_gas_flow=12000.0), fields(boiler_gas=FLUE)) == pytest.approx(
        0.061 * part**-0.6, rel=1e-12
    )


def heat(n, T, T0=298.15) -> float:
    return plain(gas.sensible_h)(n, T, T0)


def test_gas_without_its_leaked_air_is_warmer():
    d = fields(rated_gas=FLUE, combustion_air=FRESH)
    T, status = plain(boiler_gas.leak_free_temperature)(HEATER, d)
    leak = 0.07 * masses(FLUE) / masses(FRESH)
    assert status == OK
    assert heat(FLUE, T, 405.0) == pytest.approx(leak * heat(FRESH, 405.0, 298.0), rel=1e-4)


def test_the_air_heater_closes_its_heat():
    """What the gas gives from the economiser on the air takes; leaked air comes in at the air's temperature."""
    y = fields(
        boiler_gas=FLUE, flue_gas=np.zeros(gas.SPECIES), economiser_gas_temperature=630.0, status_variable=0
    )
    d = fields(combustion_air=FRESH)
    assert plain(boiler_gas.pass_air_heater)(HEATER, d, y, 410.0, 9100.0) == OK
    leak = 0.061 * masses(FLUE) / masses(FRESH)
    assert y.leak_air == pytest.approx(leak, rel=1e-4)
    assert y.flue_gas == pytest.approx(FLUE + leak * FRESH, rel=1e-4)
    assert heat(FLUE, 410.0, y.flue_gas_temperature) == pytest.approx(
        leak * heat(FRESH, y.flue_gas_temperature, 298.0), rel=1e-3
    )
    assert 9100 * heat(FRESH, y.hot_air_temperature, 298.0) == pytest.approx(
        heat(FLUE, 630.0, 410.0), rel=1e-9
    )
    assert (y.primary_air_flow, y.secondary_air_flow) == (
        pytest.approx(0.23 * 9100),
        pytest.approx(0.77 * 9100),
    )
    assert y.leak_free_gas_temperature == 410.0
    held = changed(HEATER, least_primary_air=0.9, reference_primary_air=3000.0)
    plain(boiler_gas.pass_air_heater)(held, d, y, 410.0, 9100.0)
    assert y.primary_air_flow == pytest.approx(2700 / (1 + y.leak_air / 9100), rel=1e-12)
    much = changed(HEATER, least_primary_air=9.0, reference_primary_air=3000.0)
    plain(boiler_gas.pass_air_heater)(much, d, y, 410.0, 9100.0)
    assert (y.primary_air_flow, y.secondary_air_flow) == (9100.0, 0.0)


@pytest.mark.parametrize(("behind", "air"), [(405.0, 9100.0), (630.0, 2500.0)])
def test_an_air_heater_that_cannot_be(behind, air):
    """Gas colder before it than behind, and air that would come above the gas."""
    y = fields(
        boiler_gas=FLUE, flue_gas=np.zeros(gas.SPECIES), economiser_gas_temperature=behind, status_variable=0
    )
    assert (
        plain(boiler_gas.pass_air_heater)(HEATER, fields(combustion_air=FRESH), y, 410.0, air)
        == INFEASIBLE_PINCH
    )
    assert y.status_variable == RATED_ECONOMISER_GAS_TEMPERATURE
    if behind > 410.0:
        assert y.exchanger_hot_temperature == 630.0
        assert y.exchanger_cold_temperature == y.hot_air_temperature > 630.0


@pytest.mark.parametrize(
    ("gas_at", "values", "rise"),
    [
        (570.0, {}, 15.0),
        (550.0, {}, 25.0),
        (590.0, {}, 0.0),
        (570.0, {"rated_economiser_gas_temperature": 577.0}, 7.0),
        (570.0, {"scr": 0}, None),
        (570.0, {"economiser_bypass": 0}, None),
        (395.0, {}, None),
    ],
)
def test_a_bypass_warms_the_reactor_and_the_stack(gas_at, values, rise):
    """Of each kelvin the air heater leaves (400 - 298)/(T - 298)."""
    y = fields(economiser_gas_temperature=gas_at)
    found = plain(boiler_gas.bypass_economiser)(changed(HEATER, **values), y, 400.0)
    assert y.bypass_rise == (rise or 0.0)
    assert y.economiser_gas_temperature == gas_at + (rise or 0.0)
    assert found == pytest.approx(400.0 + (102 / (gas_at - 298) * rise if rise else 0.0), rel=1e-12)


def test_heat_that_the_condensate_takes():
    x = fields(low_economiser_heat=9e6, low_economiser_gas_outlet=370.0)
    y = fields(flue_gas=FLUE, flue_gas_temperature=402.0)
    kernel = plain(boiler_gas.heat_condensate)
    kernel(x, y, 0.8)
    assert y.economiser_heat == pytest.approx(7.2e6)
    kernel(changed(x, low_economiser_heat=NAN), y, 0.8)
    assert y.economiser_heat == pytest.approx(heat(FLUE, 402.0, 370.0), rel=1e-12)
    kernel(changed(x, low_economiser_heat=NAN, low_economiser_gas_outlet=403.0), y, 0.8)
    assert y.economiser_heat == 0.0
    kernel(changed(x, low_economiser_heat=NAN, low_economiser_gas_outlet=NAN), y, 0.8)
    assert y.economiser_heat == 0.0
    for heats, outlet, found in ((9e6, NAN, True), (NAN, 370.0, True), (NAN, NAN, False)):
        assert (
            bool(
                plain(boiler_gas.heats_condensate)(
                    changed(x, low_economiser_heat=heats, low_economiser_gas_outlet=outlet)
                )
            )
            is found
        )


def test_cooled_gas_has_given_the_heat():
    y = fields(flue_gas=FLUE, flue_gas_temperature=402.0, economiser_heat=6e6)
    T, status = plain(flue_gas.cooled_temperature)(y)
    assert (heat(FLUE, 402.0, T), status) == (pytest.approx(6e6, rel=1e-9), OK)
    y.economiser_heat = 0.0
    assert plain(flue_gas.cooled_temperature)(y) == (402.0, OK)
    y.economiser_heat = 1e12  # more than there is
    assert plain(flue_gas.cooled_temperature)(y)[1] != OK
    assert y.status_variable == LOW_ECONOMISER_HEAT


def test_what_gas_and_ash_carry_off():
    """3.1 kmol/s of moist gas with 3.9 % of oxygen in the dry; NOx is told at 6 %, air at 20.95."""
    n = moles(N2=2200.0, O2=110.0, CO2=430.0, H2O=355.0, SO2=2.4)
    x = fields(
        boiler_nox_concentration=310e-6,
        coal_carbon=0.57,
        coal_sulphur=0.011,
        coal_ash=0.24,
        fly_ash_share=0.87,
        air_pressure=P,
        coal_heating_value=21.3e6,
        furnace_sulphur_capture=0.35,
    )
    d = fields(
        unburnt_carbon=0.009,
        limestone_carbon_dioxide=0.013,
        fly_ash_ratio=0.23,
        bottom_ash_ratio=0.034,
        limestone_ratio=0.05,
    )
    y = fields(boiler_gas=n, flue_gas=n + 300.0 * FRESH, coal_flow=9.0, status_variable=0)
    assert plain(boiler_gas.gas_emissions)(x, d, y) == OK
    dry = 2200 + 110 + 430 + 2.4
    assert y.flue_gas_oxygen == pytest.approx(110 / dry)
    volume = dry * R * 273.15 / 101325 * (0.2095 - 110 / dry) / (0.2095 - 0.06)
    assert y.boiler_nox == pytest.approx(310e-6 * volume, rel=1e-3)
    assert y.boiler_so2 == pytest.approx(2.4 * 64.06e-3, rel=1e-3)
    carbons = (y.coal_carbon_flow, y.unburnt_carbon_flow, y.co2_coal)
    assert carbons == pytest.approx((9 * 0.57, 9 * 0.009, 9 * 0.561 / 12.011 * 44.009), rel=1e-4)
    rest = (y.furnace_limestone_co2, y.fly_ash_flow, y.bottom_ash_flow, y.limestone_flow)
    assert rest == pytest.approx((9 * 0.013, 9 * 0.23, 9 * 0.034, 9 * 0.05))
    wet = (355 + 3.9) / (n.sum() + 300)
    water_dew = plain(saturation_temperature)(wet * P)
    by_hand = plain(acid_dew_point_of_coal)(water_dew, 0.011 * 0.65, 0.24, 0.87, 21.3e6)
    assert y.acid_dew_point == pytest.approx(by_hand, rel=1e-9)
    plain(boiler_gas.gas_emissions)(changed(x, boiler_nox_concentration=NAN, air_pressure=1.0), d, y)
    assert y.boiler_nox == 0.0
    frost = plain(acid_dew_point_of_coal)(273.15, 0.011 * 0.65, 0.24, 0.87, 21.3e6)
    assert y.acid_dew_point == pytest.approx(frost, rel=1e-6)  # drier gas has no dew point above freezing
    y.boiler_gas = moles(N2=100.0, O2=27.0)
    assert plain(boiler_gas.gas_emissions)(x, d, y) == OUTSIDE_RANGE
    assert y.status_variable == ECONOMISER_OXYGEN


def test_oxygen_at_which_nox_is_told_is_six_percent():
    """At 6 % of oxygen itself the volume is the dry one."""
    n = moles(N2=94.0, O2=6.0)
    x = fields(
        boiler_nox_concentration=1e-3,
        coal_carbon=0.5,
        coal_sulphur=0.01,
        coal_ash=0.2,
        fly_ash_share=0.9,
        air_pressure=P,
        coal_heating_value=2e7,
        furnace_sulphur_capture=0.0,
    )
    d = fields(
        unburnt_carbon=0.0,
        limestone_carbon_dioxide=0.0,
        fly_ash_ratio=0.2,
        bottom_ash_ratio=0.0,
        limestone_ratio=0.0,
    )
    y = fields(boiler_gas=n, flue_gas=n + FRESH, coal_flow=1.0)
    plain(boiler_gas.gas_emissions)(x, d, y)
    assert y.boiler_nox == pytest.approx(1e-3 * 100 * R * 273.15 / 101325, rel=1e-6)


# ---------------------------------------------------------------- cold end

COLD = fields(
    condenser=CONDENSER_SURFACE,
    exhaust_pressure=5.1e3,
    cooling_water_temperature=294.0,
    cooling_water_flow=8200.0,
    plant_cooling_flow=9000.0,
    tube_velocity=2.1,
    tube_coefficient=2700.0,
    tube_material_factor=0.92,
    condenser_cleanliness=0.8,
    design_cleanliness=0.87,
    cooling_water_source=0,
    condenser_surface_factor=1.1,
    tower_water_per_air=1.4,
    design_air_temperature=289.0,
    design_air_humidity=0.71,
    air_pressure=P,
    tower_exponent=0.35,
    tower_fill_factor=1.15,
    least_tower_water=0.2,
    cooling_air_flow=31e3,
    dry_conductance_exponent=0.45,
    least_exhaust_pressure=NAN,
    choking_share=0.4,
    annulus_area=NAN,
)


def test_the_condenser_s_coefficient_follows_the_velocity_of_its_water():
    found = plain(cold_end.tube_coefficient)(COLD, 291.0, 0.8)
    factor = plain(condenser_cooling.inlet_water_factor)(291.0)
    assert found == pytest.approx(2700 * math.sqrt(2.1 * 8200 / 9000) * factor * 0.92 * 0.8, rel=1e-9)


def size(heat_of=310e6, **values):
    x, d = changed(COLD, **values), fields(design_status_variable=0, condensing_temperature=318.0)
    return plain(cold_end.size_condenser)(x, d, heat_of), x, d


def test_a_condenser_is_sized_at_its_design_cleanliness():
    """UA = m cp ln[(Ts - T1)/(Ts - T2)] of the rise that the heat makes."""
    status, x, _ = size()
    coefficient = plain(cold_end.tube_coefficient)(changed(COLD, plant_cooling_flow=8200.0), 294.0, 0.87)
    area, _ = plain(condenser_cooling.condenser_area)(310e6, 8200.0, 294.0, 5.1e3, coefficient)
    assert (status, x.plant_cooling_flow) == (OK, 8200.0)
    assert x.condenser_surface == pytest.approx(area, rel=1e-12)
    unknown = size(design_cleanliness=NAN)[1]
    assert unknown.condenser_surface == pytest.approx(area * 0.87 / 0.8, rel=1e-9)


def test_a_tower_is_sized_with_its_condenser():
    status, x, _ = size(cooling_water_source=WATER_FROM_TOWER)
    w = plain(air_humidity)(289.0, 0.71, P)
    assert status == OK
    assert x.tower_air == pytest.approx(8200 / 1.4)
    units, _ = plain(condenser_cooling.calibrate_tower)(294.0, 310e6, 8200.0, 8200 / 1.4, 289.0, w, P)
    assert x.tower_units == pytest.approx(units, rel=1e-12)
    assert x.tower_air_volume == pytest.approx(8200 / 1.4 * R * 289 / (P * AIR), rel=1e-4)
    status, x, d = size(
        cooling_water_source=WATER_FROM_TOWER, cooling_water_temperature=280.0
    )  # below the wet bulb
    assert status != OK
    assert d.design_status_variable == COOLING_WATER_TEMPERATURE


@pytest.mark.parametrize(
    ("values", "blamed", "status"),
    [
        ({"exhaust_pressure": NAN}, EXHAUST_PRESSURE, INCOMPLETE),
        ({"cooling_water_temperature": NAN}, COOLING_WATER_TEMPERATURE, INCOMPLETE),
        ({"cooling_water_flow": NAN}, COOLING_WATER_FLOW, INCOMPLETE),
        ({"cooling_water_flow": 2000.0}, COOLING_WATER_FLOW, None),
        ({"condenser": CONDENSER_DRY, "cooling_air_flow": NAN}, COOLING_AIR_FLOW, INCOMPLETE),
        (
            {"condenser": CONDENSER_DRY, "design_air_temperature": 318.0},
            DESIGN_AIR_TEMPERATURE,
            INFEASIBLE_THERMAL,
        ),
        ({"condenser": CONDENSER_DRY, "cooling_air_flow": 9e3}, COOLING_AIR_FLOW, INFEASIBLE_THERMAL),
    ],
)
def test_what_a_cold_end_lacks(values, blamed, status):
    found, _, d = size(**values)
    assert found != OK
    assert status is None or found == status
    assert d.design_status_variable == blamed


def test_a_dry_condenser_by_its_effectiveness():
    """Air of 31 000 m3/s: 310 MW of what a difference of 29 K could give."""
    status, x, _ = size(condenser=CONDENSER_DRY)
    flow = 31e3 * P * AIR / (R * 289)
    assert (status, x.dry_air_design) == (OK, pytest.approx(flow, rel=1e-4))
    capacity = x.dry_air_design * cold_end.CP_AIR
    assert x.dry_conductance == pytest.approx(-capacity * math.log(1 - 310e6 / (capacity * 29)), rel=1e-9)
    assert x.dry_conductance == pytest.approx(
        capacity * plain(ntu_condensing)(310e6 / (capacity * 29)), rel=1e-12
    )


def test_air_of_a_point_stands_over_the_design_s():
    o = fields(ambient_temperature=303.0, ambient_humidity=0.4, water_temperature=299.0)
    none = fields(ambient_temperature=NAN, ambient_humidity=NAN, water_temperature=NAN)
    assert plain(cold_end.ambient)(COLD, o) == (303.0, 0.4)
    assert plain(cold_end.ambient)(COLD, none) == (289.0, 0.71)
    inlet = plain(cold_end.cooling_water_inlet)
    assert inlet(COLD, o, 300e6) == (299.0, 0.0, OK)
    assert inlet(COLD, none, 300e6) == (294.0, 0.0, OK)


def test_a_tower_in_other_air():
    """Transfer units go with (water over air)^0.35; its air is a volume, so that warm air weighs less."""
    sized = {"tower_air": 6000.0, "tower_air_volume": 7100.0, "tower_units": 1.7}
    x = changed(COLD, cooling_water_source=WATER_FROM_TOWER, **sized)
    o = fields(ambient_temperature=303.0, ambient_humidity=0.4, water_temperature=999.0)
    T, evaporated, status = plain(cold_end.cooling_water_inlet)(x, o, 300e6)
    air = 7100 * P * AIR / (R * 303)
    units = 1.7 * ((8200 / air) / (9000 / 6000)) ** 0.35 * 1.15
    w = plain(air_humidity)(303.0, 0.4, P)
    by_hand = plain(condenser_cooling.cooling_tower)(300e6, 8200.0, air, units, 303.0, w, P, 0.2)
    assert status == OK
    assert (T, evaporated) == (pytest.approx(by_hand[0], rel=1e-6), pytest.approx(by_hand[1], rel=1e-4))
    dry = changed(x, condenser=CONDENSER_FLOW)
    assert plain(cold_end.cooling_water_inlet)(dry, o, 300e6) == (999.0, 0.0, OK)


def test_the_least_pressure():
    """A choked last stage: 0.4 of the design pressure at 0.9 of its flow; or the maker's, if that is more."""
    d = fields(
        inlet_share=[1.0, 0.9, 0.72], design_inlet_flow=[1.0, 1.0, 160.0], design_condensing_pressure=5e3
    )
    least = plain(cold_end.least_pressure)
    assert least(COLD, d, 200.0) == pytest.approx(0.4 * 0.9 * 5e3)
    assert least(changed(COLD, least_exhaust_pressure=2.5e3), d, 200.0) == 2.5e3
    assert least(changed(COLD, least_exhaust_pressure=1.5e3), d, 200.0) == pytest.approx(1.8e3)
    assert least(changed(COLD, annulus_area=30.0), d, 200.0) == 0.0


def follow(x, T_water=NAN, m=200.0, heat_of=1.5e6, **values):
    o = fields(ambient_temperature=NAN, ambient_humidity=NAN, water_temperature=T_water)
    d = fields(
        specific_condenser_heat=heat_of,
        inlet_share=[1.0, 0.9, 0.72],
        design_inlet_flow=[1.0, 1.0, 160.0],
        design_condensing_pressure=5e3,
        design_condensing_temperature=306.0,
        design_condenser_heat=310e6,
        design_status_variable=0,
        **values,
    )
    y = fields()
    return plain(cold_end.follow_condenser)(x, d, o, y, m), d, y


def test_a_given_rise_and_difference_go_with_the_heat():
    """12 K between condensing and water at 310 MW, at 300 MW 12 * 300/310."""
    x = changed(COLD, condenser=CONDENSER_RISE)
    (T_in, status), d, y = follow(x, 297.0)
    T = 297 + 12 * 300 / 310
    assert (T_in, status) == (297.0, OK)
    assert d.condensing_temperature == pytest.approx(T, rel=1e-12)
    assert d.condensing_pressure == pytest.approx(plain(saturation_pressure)(T), rel=1e-12)
    assert d.hotwell_enthalpy == pytest.approx(plain(liquid_enthalpy)(d.condensing_pressure), rel=1e-12)
    assert (y.water_evaporated, y.water_inlet_temperature_found) == (0.0, 297.0)
    cold, d, _ = follow(changed(x, least_exhaust_pressure=7e3), 276.0)  # colder water is of no use
    assert cold == (0.0, OK)
    assert (d.condensing_pressure, d.condensing_temperature) == (
        7e3,
        pytest.approx(plain(saturation_temperature)(7e3)),
    )
    (_, status), d, _ = follow(x, 700.0)
    assert (status, d.design_status_variable) == (OUTSIDE_RANGE, CONDENSER_TERMINAL_DIFFERENCE)


def test_a_surface_condenser_follows_flow_area_and_cleanliness():
    x = changed(COLD, condenser_surface=15e3)
    (_, status), d, _ = follow(x, 297.0)
    coefficient = plain(cold_end.tube_coefficient)(COLD, 297.0, 0.8)
    p, T, _, _ = plain(condenser_cooling.condenser)(300e6, 8200.0, 297.0, 15e3 * 1.1, coefficient)
    assert status == OK
    assert (d.condensing_pressure, d.condensing_temperature) == (
        pytest.approx(p, rel=1e-12),
        pytest.approx(T, rel=1e-12),
    )


@pytest.mark.parametrize(
    ("values", "blamed"),
    [
        (
            {
                "condenser": CONDENSER_DRY,
                "dry_conductance": 14e6,
                "dry_air_design": 30e3,
                "cooling_air_flow": 0.0,
            },
            COOLING_AIR_FLOW,
        ),
        (
            {
                "cooling_water_source": WATER_FROM_TOWER,
                "tower_air": 6e3,
                "tower_air_volume": 7e3,
                "tower_units": NAN,
            },
            COOLING_WATER_TEMPERATURE,
        ),
        ({"condenser_surface": 15e3, "cooling_water_flow": 120.0}, COOLING_WATER_FLOW),
    ],
)
def test_what_is_blamed_for_a_cold_end_that_cannot_be(values, blamed):
    (_, status), d, _ = follow(changed(COLD, **values), 297.0)
    assert status != OK
    assert d.design_status_variable == blamed


def test_a_dry_condenser_follows_its_air():
    x = changed(COLD, condenser=CONDENSER_DRY, dry_conductance=14e6, dry_air_design=30e3)
    (T_in, status), d, _ = follow(x)
    p, T, _ = plain(condenser_cooling.dry_condenser)(300e6, 31e3, 289.0, P, 14e6, 30e3, 0.45)
    assert (T_in, status) == (289.0, OK)
    assert (d.condensing_pressure, d.condensing_temperature) == (
        pytest.approx(p, rel=1e-12),
        pytest.approx(T, rel=1e-12),
    )


@pytest.mark.parametrize(
    ("kind", "hangs", "sized"),
    [
        (0, False, False),
        (CONDENSER_RISE, True, False),
        (CONDENSER_FLOW, True, False),
        (CONDENSER_SURFACE, True, True),
        (CONDENSER_DRY, True, True),
    ],
)
def test_which_condensers_make_the_pressure(kind, hangs, sized):
    x = fields(condenser=kind)
    assert bool(plain(cold_end.hangs_on_cooling)(x)) is hangs
    assert bool(plain(cold_end.has_sized_condenser)(x)) is sized


EXHAUST = fields(
    turn_up_velocity=170.0, turn_up_loss=31e3, annulus_area=24.0, exhaust_loss=18e3, plant_annulus_loss=15e3
)


@pytest.mark.parametrize(
    ("velocity", "loss"), [(240.0, 28800.0), (170.0, 14450.0), (119.0, 7080.5 + 31e3 * 0.09)]
)
def test_exhaust_loss_and_its_slope(velocity, loss):
    by = plain(cold_end.loss_by_velocity)
    assert by(EXHAUST, velocity) == pytest.approx(loss, rel=1e-12)
    slope = (by(EXHAUST, velocity * 1.00001) - by(EXHAUST, velocity)) / 1e-5
    assert plain(cold_end.loss_slope)(EXHAUST, velocity) == pytest.approx(slope, rel=1e-3)


def test_exhaust_loss_of_wet_steam():
    """0.87 (1 - Y/100) (1 - 0.0065 Y) with Y before the loss; velocity of the dry part."""
    p = 5.1e3
    h_l, h_v = plain(liquid_enthalpy)(p), plain(vapour_enthalpy)(p)
    quality = 0.91
    h = h_l + quality * (h_v - h_l) + 14e3
    d = fields(
        condensing_pressure=p,
        cylinder_exhaust_enthalpy=[0.0, 0.0, h],
        exhaust_loss_now=14e3,
        exhaust_share=0.63,
        lp_without_work=0,
    )
    velocity = 200 * 0.63 * quality * plain(vapour_volume)(p) / 24
    factor = 0.87 * (1 - 0.09) * (1 - 0.65 * 0.09)
    assert plain(cold_end.annulus)(EXHAUST, d, 200.0) == (
        pytest.approx(velocity, rel=1e-9),
        pytest.approx(factor, rel=1e-9),
    )
    loss = plain(cold_end.loss_by_velocity)(EXHAUST, velocity) * factor
    assert plain(cold_end.annulus_loss_of)(EXHAUST, d, 200.0) == pytest.approx(loss, rel=1e-9)
    plain(cold_end.follow_exhaust_loss)(EXHAUST, d, 200.0)
    assert d.step_loss == pytest.approx(18e3 + loss - 15e3 - 14e3, rel=1e-9)
    assert d.exhaust_loss_now == pytest.approx(3e3 + loss, rel=1e-9)
    assert d.exhaust_loss_slope == pytest.approx(
        plain(cold_end.loss_slope)(EXHAUST, velocity) * factor, rel=1e-9
    )
    superheated = fields(
        **{**vars(d), "cylinder_exhaust_enthalpy": [0.0, 0.0, h_v + 90e3], "exhaust_loss_now": 14e3}
    )
    fast, dry = plain(cold_end.annulus)(EXHAUST, superheated, 200.0)
    assert (fast, dry) == (pytest.approx(200 * 0.63 * plain(vapour_volume)(p) / 24), pytest.approx(0.87))
    for x, without in ((changed(EXHAUST, annulus_area=NAN), 0), (EXHAUST, 1)):
        idle = fields(**{**vars(d), "exhaust_loss_now": 14e3, "lp_without_work": without})
        plain(cold_end.follow_exhaust_loss)(x, idle, 200.0)
        assert (idle.exhaust_loss_now, idle.exhaust_loss_slope) == (18e3, 0.0)
    assert plain(cold_end.annulus_loss_of)(changed(EXHAUST, annulus_area=NAN), d, 200.0) == 0.0
    assert LP == 2


def test_power_of_the_cold_end():
    x = changed(
        COLD,
        circulating_pump_head=21.0,
        circulating_pump_efficiency=0.78,
        tower_air_volume=7100.0,
        cooling_fan_rise=140.0,
        cooling_fan_efficiency=0.62,
    )
    lifted = 8200 * 9.80665 * 21 / 0.78

    def of(**values):
        y = fields()
        plain(cold_end.cold_end_power)(changed(x, **values), y)
        return y.circulating_pump_power, y.cooling_fan_power

    assert of() == (pytest.approx(lifted, rel=1e-9), 0.0)
    assert of(cooling_water_source=WATER_FROM_TOWER) == (
        pytest.approx(lifted),
        pytest.approx(7100 * 140 / 0.62),
    )
    assert of(condenser=CONDENSER_FLOW, cooling_water_source=WATER_FROM_TOWER) == (pytest.approx(lifted), 0.0)
    assert of(condenser=CONDENSER_RISE) == (0.0, 0.0)
    assert of(cooling_water_flow=NAN) == (0.0, 0.0)
    assert of(condenser=CONDENSER_DRY) == (0.0, pytest.approx(31e3 * 140 / 0.62))


def test_removal_of_a_precipitator_by_deutsch():
    """-ln(1 - 0.95) = w A/v of exponent 1."""
    w, status = plain(filters.migration_velocity)(0.95, 60.0, 20.0, 1.0)
    assert (w, status) == (pytest.approx(-math.log(0.05) / 3), OK)
