"""Filters, reagents and concentrations: every term, worked with numbers that none of them leaves out."""

from __future__ import annotations

import math

import pytest
from plain_kernels import plain

from plantsim.kernels import emissions, filters, reagents, sncr
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK, OUTSIDE_RANGE

MOLAR_VOLUME = 8.314462618 * 273.15 / 101325.0  # m3/mol at the normal state


def test_bag_filter():
    """1.4 m/min on 430 m2; 7.5 g/m3 over 900 s; housing loss in proportion to the density."""
    v = 430.0 * 1.4 / 60.0
    u = v / 430.0
    load = 0.5 * 0.0075 * u * 900.0
    by_hand = (21e3 + 47e3 * load) * u + 260.0 * 1.4**2 * 0.68 / 0.83
    loss, status = filters.bag_pressure_loss(v, 430.0, 21e3, 47e3, 0.0075, 900.0, 260.0, 0.68, 0.83)
    assert (loss, status) == (pytest.approx(by_hand, rel=1e-12), OK)
    assert filters.cleaning_air(430.0, 0.03, 900.0) == pytest.approx(430.0 * 0.03 / 900.0, rel=1e-12)


def test_precipitator():
    """0.07 m/s on 18 000 m2 in 260 m3/s: 4.846 to the power 0.6."""
    passes = math.exp(-((0.07 * 18000 / 260) ** 0.6))
    removal, status = filters.precipitator_removal(18000.0, 260.0, 0.07, 0.6)
    assert (removal, status) == (pytest.approx(1.0 - passes, rel=1e-12), OK)
    assert filters.migration_velocity(removal, 18000.0, 260.0, 0.6) == (pytest.approx(0.07, rel=1e-9), OK)
    assert filters.plates_for(removal, 260.0, 0.07, 0.6) == (pytest.approx(18000.0, rel=1e-9), OK)
    power = filters.precipitator_power(18000.0, 13.0, 0.74, 45e3)
    assert power == pytest.approx(13.0 * 18000 / 0.74 + 45e3, rel=1e-12)
    for wrong in (
        (1.0, 260.0, 0.07, 0.6),
        (0.9, -1.0, 0.07, 0.6),
        (0.9, 260.0, 0.0, 0.6),
        (0.9, 260.0, 0.07, 0.0),
    ):
        assert filters.plates_for(*wrong)[1] == OUTSIDE_RANGE
    for wrong in (
        (1.0, 9.0, 260.0, 0.6),
        (0.9, 0.0, 260.0, 0.6),
        (0.9, 9.0, 0.0, 0.6),
        (0.9, 9.0, 260.0, 0.0),
    ):
        assert filters.migration_velocity(*wrong)[1] == OUTSIDE_RANGE


def test_removal_that_a_limit_asks_for():
    assert filters.removal_for(0.031, 0.008) == (pytest.approx(23 / 31, rel=1e-12), OK)
    assert filters.removal_for(0.008, 0.031) == (0.0, OK)
    assert filters.removal_for(-1.0, 0.01)[1] == OUTSIDE_RANGE
    assert filters.removal_for(0.031, 0.0)[1] == INFEASIBLE_FLOW
    assert filters.dust_out(0.031, 0.83) == pytest.approx(0.031 * 0.17, rel=1e-12)


def test_concentrations():
    """NOx of 312 mg/Nm3 at 4.5 % oxygen, as 10 %; 46.005 g/mol; 9 % water."""
    at, status = emissions.at_reference_oxygen(312e-6, 0.045, 0.10)
    assert (at, status) == (pytest.approx(312e-6 * (21 - 10) / (21 - 4.5), rel=1e-12), OK)
    for wrong in ((0.21, 0.10), (-0.01, 0.10), (0.05, 0.21), (0.05, -0.01)):
        assert emissions.at_reference_oxygen(1.0, *wrong)[1] == OUTSIDE_RANGE
    c = emissions.mass_concentration(163e-6, 0.046005)
    assert c == pytest.approx(163e-6 * 0.046005 / MOLAR_VOLUME, rel=1e-9)
    assert emissions.mole_fraction(c, 0.046005) == pytest.approx(163e-6, rel=1e-12)
    assert emissions.dry_basis(163e-6, 0.09) == pytest.approx(163e-6 / 0.91, rel=1e-12)
    assert emissions.excess_over_limit(43e-6, 50e-6) == pytest.approx(-0.14, rel=1e-9)
    assert emissions.excess_over_limit(43e-6, 0.0) == -1.0


def test_molar_masses_are_the_sums_of_their_atoms():
    c, h, n, o, na, s, ca = 12.011, 1.008, 14.007, 15.999, 22.990, 32.06, 40.078
    water = 2 * h + o
    sums = {
        "NH3": n + 3 * h, "H2O": water, "N2": 2 * n, "NO": n + o, "O2": 2 * o, "CO2": c + 2 * o, "NO2": n + 2 * o,
        "UREA": c + o + 2 * (n + 2 * h), "SO2": s + 2 * o, "SO3": s + 3 * o, "CALCIUM_HYDROXIDE": ca + 2 * (o + h),
        "SODIUM_BICARBONATE": na + h + c + 3 * o, "LIMESTONE": ca + c + 3 * o, "SODIUM_SULPHATE": 2 * na + s + 4 * o,
        "CALCIUM_SULPHITE": ca + s + 3 * o + water / 2, "GYPSUM": ca + s + 4 * o + 2 * water,
    }  # fmt: skip
    found = {k.removeprefix("M_"): v for k, v in vars(emissions).items() if k.startswith("M_")}
    assert found == pytest.approx({k: v / 1000 for k, v in sums.items()}, rel=4e-5)
    assert emissions.OXYGEN_IN_AIR == 0.21


def test_reagents():
    """0.9 mol NH3 per mol NO2; half a mole of urea for each, 96 % of which turns; all its carbon leaves."""
    ammonia = reagents.ammonia_flow(0.21, 0.9)
    assert ammonia == pytest.approx(0.21 / 46.005 * 0.9 * 17.031, rel=1e-9)
    urea = reagents.urea_flow(ammonia, 0.96)
    assert urea == pytest.approx(ammonia / 17.031 / 2 * 60.056 / 0.96, rel=1e-9)
    assert reagents.urea_co2(urea) == pytest.approx(urea * 44.009 / 60.056, rel=1e-9)
    assert reagents.solution_flow(urea, 0.42) == pytest.approx(urea / 0.42, rel=1e-12)


def test_heat_of_injected_water():
    """0.3 kg/s of water at 17.85 degC, 75.0 kJ/kg, to steam of 826.85 degC at 8 kPa.

    Steam tables at 10 kPa have 4 161 kJ/kg at 800 degC and 4 398 at 900.
    """
    heat = plain(reagents.injection_heat)(0.3, 291.0, 1100.0, 80e3)
    steam = 4161e3 + 0.2685 * (4398e3 - 4161e3)
    assert heat == pytest.approx(0.3 * (steam - 75.0e3), rel=5e-4)


def test_non_catalytic_reduction():
    """Window of 1220 K, 90 K wide below and 120 K above; NSR 1.35."""
    cold, hot = math.exp(-((50 / 90) ** 2)), math.exp(-((70 / 120) ** 2))
    assert sncr.window(1170.0, 1220.0, 90.0, 120.0) == pytest.approx(cold, rel=1e-12)
    assert sncr.window(1290.0, 1220.0, 90.0, 120.0) == pytest.approx(hot, rel=1e-12)
    eta, status = sncr.reduction(1170.0, 1.35, 1220.0, 90.0, 120.0, 0.83, 1.6)
    assert (eta, status) == (pytest.approx(0.83 * cold * (1 - math.exp(-1.6 * 1.35)), rel=1e-12), OK)
    assert sncr.reduction(1220.0, 0.1, 1220.0, 90.0, 120.0, 0.83, 16.0) == (0.1, OK)  # one NH3 takes one NO
    assert sncr.calibrate_rise(eta, 1.35, 0.83, cold) == (pytest.approx(1.6, rel=1e-9), OK)
    assert sncr.ratio_for(eta, 1170.0, 1220.0, 90.0, 120.0, 0.83, 1.6) == (pytest.approx(1.35, rel=1e-9), OK)
    assert sncr.ratio_for(0.1, 1220.0, 1220.0, 90.0, 120.0, 0.83, 16.0) == (0.1, OK)
    assert sncr.ratio_for(0.83 * cold + 1e-3, 1170.0, 1220.0, 90.0, 120.0, 0.83, 1.6)[1] == INFEASIBLE_FLOW
    assert sncr.calibrate_rise(0.83 * cold + 1e-3, 1.35, 0.83, cold)[1] == INFEASIBLE_FLOW
    assert sncr.calibrate_rise(0.3, 0.25, 0.83, cold)[1] == INFEASIBLE_FLOW


def test_slip():
    """Of the ammonia that takes no NO, 14 % slips at the best temperature, e times less 60 K above."""
    found = sncr.slip(1250.0, 1.35, 0.55, 1220.0, 0.14, 60.0)
    assert found == pytest.approx((1.35 - 0.55) * 0.14 * math.exp(-30 / 60), rel=1e-12)
    assert sncr.slip(900.0, 1.35, 0.55, 1220.0, 0.14, 60.0) == pytest.approx(0.8, rel=1e-12)
    assert sncr.slip(1250.0, 0.5, 0.55, 1220.0, 0.14, 60.0) == 0.0
