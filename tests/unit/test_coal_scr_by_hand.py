"""The SCR reactor of a coal unit by hand: conversion, ammonia, slip, SO3, its lowest temperature, its capacity."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields, plain

from plantsim.kernels import scr
from plantsim.processes.coal_unit import denitration
from plantsim.processes.coal_unit.codes import (
    SCR_CAPACITY,
    SCR_CONVERSION,
    SCR_INJECTION_STOPS,
    SCR_INSTALLED,
    SCR_TEMPERATURE,
)
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_THERMAL, OK

NAN = math.nan
R = 8.314462618
P = 82e3
WET, NOX, DESIGN_NOX, SO2, SO3 = 11000.0, 0.16, 0.19, 0.71, 0.011  # mol/s, kg/s
M_NOX, M_AMMONIA, M_SO2 = 46.005e-3, 17.031e-3, 64.06e-3


def reactor(**values):
    x = fields(
        scr=SCR_INSTALLED,
        scr_capacity=NAN,
        reference_gas_flow=12500.0,
        air_pressure=P,
        scr_design_temperature=645.0,
        scr_conversion=0.86,
        scr_slip=2.4e-6,
        scr_activity_energy=27e3,
        scr_activity_left=1.0,
        scr_most_ratio=1.05,
        scr_pore_rise=21.0,
        scr_low_temperature=0,
        scr_so2_oxidation=0.009,
        scr_so2_oxidation_energy=95e3,
        ammonia_excess=1.06,
    )
    x.__dict__.update(values)
    return x


def run(wanted=0.0, T=638.0, slip_in=0.0, nox=NOX, design=DESIGN_NOX, so3=SO3, **values):
    y = fields(economiser_gas_temperature=T, status_variable=0)
    return plain(denitration.run_scr)(reactor(**values), y, nox, wanted, slip_in, SO2, so3, WET, design), y


def activity(T=638.0, full=12500.0):
    share = NOX / M_NOX / WET
    volume = WET * T / (full * 645.0)
    return *plain(denitration.catalyst)(reactor(), T, share, DESIGN_NOX / M_NOX / WET, volume)[:2], share


def test_the_guaranteed_conversion_and_what_it_takes():
    """0.86 of 0.16 kg/s; ammonia 6 % above that; SO2 burns to SO3 more slowly and longer."""
    (left, ammonia, so2, so3, status), y = run()
    k_av, kc, share = activity()
    alpha, slip, _ = plain(scr.ratio_for)(0.86, k_av, kc)
    assert status == OK
    assert left == pytest.approx(0.16 * 0.14, rel=1e-9)
    assert ammonia == pytest.approx(0.16 / M_NOX * alpha * M_AMMONIA * 1.06, rel=1e-4)
    assert (y.scr_reduction, y.ammonia_ratio) == (0.86, pytest.approx(alpha, rel=1e-4))
    assert y.ammonia_slip == pytest.approx(slip * share, rel=1e-3)
    assert alpha == pytest.approx(0.86 + slip, rel=1e-9)
    rate = -math.log(1 - 0.009) * math.exp(-95e3 / R * (1 / 638 - 1 / 645)) / (11000 / 12500)
    oxidised = 0.71 * (1 - math.exp(-rate))
    assert (so2, so3) == (pytest.approx(0.71 - oxidised, rel=1e-6), pytest.approx(0.011 + oxidised, rel=1e-6))
    assert (y.scr_temperature, y.scr_load) == (638.0, pytest.approx(11000 / 12500))
    least = plain(scr.bisulphate_temperature)(alpha * share, 0.011 / M_SO2 / WET, P, scr.ABS_EARLY) + 21.0
    assert y.scr_temperature_margin == pytest.approx(638.0 - least, rel=1e-3)


def test_no_more_than_the_limit_asks_for():
    (left, ammonia, *_), y = run(wanted=0.05)
    assert left == pytest.approx(0.05, rel=1e-9)
    assert y.scr_reduction == pytest.approx(1 - 0.05 / 0.16)
    assert run(wanted=0.2)[0][0] == pytest.approx(0.16)  # already below: nothing is injected
    assert run(wanted=0.2)[0][1] == 0.0
    # what slips from an SNCR is used first
    with_slip = run(wanted=0.05, slip_in=0.004)[0]
    assert with_slip[1] == pytest.approx(ammonia - 0.004, rel=1e-9)
    assert run(wanted=0.05, slip_in=1.0)[0][1] == 0.0


def test_a_catalyst_that_does_not_reach_it_is_given_as_much_as_is_allowed():
    (left, ammonia, *_, status), y = run(wanted=1e-6)
    k_av, kc, _ = activity()
    converted, _, _ = plain(scr.conversion)(k_av, 1.05, kc)
    assert status == OK
    assert y.ammonia_ratio == 1.05
    assert left == pytest.approx(0.16 * (1 - converted), rel=1e-4)
    assert ammonia == pytest.approx(0.16 / M_NOX * 1.05 * M_AMMONIA * 1.06, rel=1e-4)
    (left, *_), y = run(scr_most_ratio=0.5)  # less ammonia than the guarantee takes
    converted, _, _ = plain(scr.conversion)(k_av, 0.5, kc)
    assert (y.ammonia_ratio, left) == (0.5, pytest.approx(0.16 * (1 - converted), rel=1e-4))


def test_too_cold_for_ammonia():
    """Bisulphate would condense: refused, or injection stops, and what comes from the SNCR slips through."""
    found, y = run(T=500.0)
    assert found == (0.16, 0.0, 0.71, 0.011, INFEASIBLE_THERMAL)
    assert y.status_variable == SCR_TEMPERATURE
    assert y.scr_temperature_margin < 0.0
    (left, ammonia, so2, so3, status), y = run(
        T=500.0, slip_in=0.002, scr_low_temperature=SCR_INJECTION_STOPS
    )
    assert (left, ammonia, status) == (0.16, 0.0, OK)
    assert (y.scr_reduction, y.ammonia_ratio) == (0.0, 0.0)
    assert y.ammonia_slip == pytest.approx(0.002 / M_AMMONIA / WET, rel=1e-4)
    assert so2 + so3 == pytest.approx(0.721)
    # without ammonia it may be as cold as it is
    assert run(T=500.0, wanted=0.2)[0][4] == OK


def test_more_gas_than_it_is_made_for_and_a_guarantee_that_no_catalyst_has():
    volume = WET * R * 273.15 / 101325
    for room, status in ((1 - 0.5e-9, OK), (1 - 2e-9, INFEASIBLE_FLOW)):
        found, y = run(scr_capacity=volume * room)
        assert found[4] == status
        assert y.scr_load == pytest.approx(1.0)
    assert (found, y.status_variable) == ((0.16, 0.0, 0.71, 0.011, INFEASIBLE_FLOW), SCR_CAPACITY)
    assert run(reference_gas_flow=9000.0)[0][4] == OK  # the plant's own full load is no capacity
    found, y = run(scr_slip=0.0)
    assert (found, y.status_variable) == ((0.16, 0.0, 0.71, 0.011, INFEASIBLE_FLOW), SCR_CONVERSION)


def test_without_a_reactor_or_nox_the_gas_passes():
    for values in ({"scr": 0}, {"nox": 0.0}, {"design": 0.0}):
        found, y = run(slip_in=0.003, **values)
        assert found == (values.get("nox", 0.16), 0.0, 0.71, 0.011, OK)
        assert y.ammonia_slip == pytest.approx(0.003 / M_AMMONIA / WET, rel=1e-4)
