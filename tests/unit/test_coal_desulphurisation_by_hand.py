"""Wet desulphurisation of a coal unit: its water, reagent, side product and power, term by term."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields, plain

from plantsim.processes.coal_unit import desulphurisation as fgd
from plantsim.processes.coal_unit.codes import FGD_INSTALLED
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK, OUTSIDE_RANGE

R = 8.314462618
WET, WATER = 13800.0, 1150.0  # mol/s
DRY_MASS = (WET - WATER) * 0.0304  # kg/s
T = 396.15
P = 82e3
SO2, WANTED = 1.31, 0.031  # kg/s


def unit(**values):
    x = fields(
        fgd=FGD_INSTALLED, air_pressure=P, fgd_capacity=float("nan"), reference_filter_flow=15000.0, fgd_removal=0.96,
        reference_fgd_removal=0.96, reference_free_removal=0.0,
        fgd_liquid_exponent=0.7, fgd_least_liquid=0.4, fgd_calcium_ratio=1.04, fgd_limestone_purity=0.91,
        gypsum_moisture=0.11, fgd_bleed=0.17, coal_chlorine=float("nan"), fgd_chloride=0.015,
        fgd_liquid_ratio=0.0148, fgd_slurry_density=1120.0, fgd_pump_head=22.0,
        fgd_pump_efficiency=0.77, fgd_grinding_work=41e3, fgd_other_share=0.0013, rated_power=310e6,
        fgd_natural_oxidation=0.14, fgd_oxygen_ratio=2.7, fgd_blower_rise=83e3, fgd_blower_efficiency=0.68,
    )  # fmt: skip
    x.__dict__.update(values)
    return x


def run(x, wanted=WANTED):
    y = fields()
    left, co2, status = plain(fgd.run_fgd)(x, y, SO2, wanted, T, WET, WATER, DRY_MASS, 1040.0)
    return y, left, co2, status


def test_no_more_slurry_than_the_target_asks_for():
    """0.031 of 1.31 kg/s left: 3.744 transfer units of the 3.219 at design, to the power 1/0.7."""
    y, left, _, status = run(unit(), wanted=0.1)
    assert status == OK
    assert y.fgd_load == pytest.approx(WET / 15000.0, rel=1e-12)
    assert left == pytest.approx(0.1, rel=1e-9)
    assert y.fgd_removal_found == pytest.approx(1 - 0.1 / SO2, rel=1e-9)
    ratio = plain(fgd.liquid_ratio)(unit(), SO2, 0.1, 15 / 13.8)
    assert ratio == pytest.approx((-math.log(0.1 / SO2) / -math.log(0.04)) ** (1 / 0.7), rel=1e-9)


def test_limits_of_the_slurry():
    """No less than 0.4 of all pumps, no more than all; all of them where no target is given."""
    kernel = plain(fgd.liquid_ratio)
    assert kernel(unit(), SO2, 0.9, 1.2) == pytest.approx(0.4 * 1.2, rel=1e-12)
    assert kernel(unit(), SO2, 1.5, 1.2) == pytest.approx(0.4 * 1.2, rel=1e-12)
    assert kernel(unit(), SO2, 0.001, 1.2) == 1.2
    assert kernel(unit(), SO2, 0.0, 1.2) == 1.2
    most = 1.0 - 0.04 ** ((15 / 13.8) ** 0.7)
    assert run(unit(), wanted=0.0)[0].fgd_removal_found == pytest.approx(most, rel=1e-9)


def test_water_is_what_evaporates_and_its_bleed_what_gypsum_binds_and_what_clings_to_it():
    y, left, co2, _ = run(unit())
    taken = (SO2 - left) / 0.064058  # mol/s
    limestone = taken * 1.04 * 0.100086 / 0.91
    solids = taken * 0.172164 + limestone - taken * 0.100086
    assert y.fgd_limestone == pytest.approx(limestone, rel=1e-9)
    assert y.gypsum == pytest.approx(solids / 0.89, rel=1e-9)
    assert co2 == pytest.approx(taken * 0.044009, rel=1e-9)
    # what evaporates, from the saturated volume
    assert y.absorber_volume == y.stack_gas_volume
    evaporated = (y.absorber_volume * P / (R * y.stack_gas_temperature) - WET) * 0.018015
    by_hand = 1.17 * evaporated + 2 * taken * 0.018015 + 0.11 * solids / 0.89
    assert y.fgd_water == pytest.approx(by_hand, rel=1e-6)
    # it is saturated: 611.21 exp((18.678 - t/234.5) t/(257.14 + t)) Pa, Buck 1996
    t = y.stack_gas_temperature - 273.15
    steam = evaporated / 0.018015 + WATER
    saturation = 611.21 * math.exp((18.678 - t / 234.5) * t / (257.14 + t))
    assert P * steam / (WET - WATER + steam) == pytest.approx(saturation, rel=2e-3)
    # ... and from the gas's heat: dry and its vapour, 1.9 kJ/(kg K), against 2 390 kJ/kg at some 46 degC
    heat = (1040.0 * DRY_MASS + 1900.0 * WATER * 0.018015) * (T - y.stack_gas_temperature)
    assert evaporated == pytest.approx(heat / 2390e3, rel=0.01)


# 96 % takes 3.2189 transfer units; the plant's liquid over gas belongs to the 2.3026 of 90 %, the 3.9120 of 98 %
MORE, LESS = ((math.log(0.04) / math.log(left)) ** (1 / 0.7) for left in (0.1, 0.02))


@pytest.mark.parametrize(
    ("was", "liquid"), [(0.96, 1.0), (0.9, MORE), (0.98, LESS), (0.0, 1.0), (1.0, 1.0), (float("nan"), 1.0)]
)
def test_power_of_pumps_mill_blower_and_the_rest(was, liquid):
    """The liquid that the plant states is that of the removal that it has; where none is known, of this one."""
    found = plain(fgd.fgd_power)(unit(reference_fgd_removal=was), 1.24, 2.2, 430.0, 0.8)
    pumps = 0.0148 * liquid * 0.8 * 430.0 * 1120.0 * 9.80665 * 22.0 / 0.77
    air = 0.5 * 1.24 / 0.064058 * 0.86 * 2.7 / 0.21  # mol/s
    k = 0.4 / 1.4
    blower = air * R * 293.15 / k * ((165 / 82) ** k - 1.0) / 0.68
    assert found == pytest.approx(pumps + 2.2 * 41e3 + 0.0013 * 310e6 + blower, rel=1e-6)


def test_power_follows_the_slurry_of_the_saturated_volume():
    y, left, _, _ = run(unit(), wanted=0.1)
    ratio = (math.log(0.1 / SO2) / math.log(0.04)) ** (1 / 0.7)
    by_hand = plain(fgd.fgd_power)(unit(), SO2 - left, y.fgd_limestone, y.absorber_volume, ratio)
    assert y.fgd_power == pytest.approx(by_hand, rel=1e-9)


def test_gas_that_is_not_washed_leaves_as_it_comes():
    y, left, co2, status = run(unit(fgd=FGD_INSTALLED - 1))
    assert (left, co2, status, y.stack_gas_temperature) == (SO2, 0.0, OK, T)
    assert y.stack_gas_volume == pytest.approx(WET * R * T / P, rel=1e-9)


def test_what_an_absorber_cannot_do():
    """Made for 300 Nm3/s, 13 385 mol/s: 13 800 are too many; 320 Nm3/s do."""
    assert run(unit(fgd_capacity=300.0))[3] == INFEASIBLE_FLOW
    assert run(unit(fgd_capacity=320.0))[3] == OK
    assert run(unit(fgd_capacity=WET * R * 273.15 / 101325.0))[3] == OK
    assert run(unit(fgd_capacity=300.0))[1:3] == (SO2, 0.0)
    assert run(unit(fgd_removal=1.0))[1:3] == (SO2, 0.0)
    assert run(unit(fgd_removal=1.0))[3] == OUTSIDE_RANGE
