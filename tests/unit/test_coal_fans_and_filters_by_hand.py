"""Fans, SNCR, catalyst, dust filters and limits of a coal unit by hand."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields, plain

from plantsim.kernels import scr
from plantsim.processes.coal_unit import denitration, draught, dust, flue_gas
from plantsim.processes.coal_unit.codes import (
    DRAUGHT_RISE,
    DUST_BAG,
    DUST_PRECIPITATOR,
    FGD_INSTALLED,
    FORCED_FAN_RISE,
    PRECIPITATOR_REMOVAL,
    PRIMARY_FAN_RISE,
    REAGENT_UREA,
    SCR_INSTALLED,
    SNCR_INSTALLED,
    SNCR_REDUCTION,
)
from plantsim.vocabulary.status import (
    INFEASIBLE_FLOW,
    OK,
    OUTSIDE_RANGE,
)

NAN = math.nan
R = 8.314462618
P = 82e3


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
            mercury_concentration=0.0,
            dry_gas_volume=250.0,
            **{p: (0.8 if p == worst else 0.1) * limits[p][0] * 250 for p in limits},
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
