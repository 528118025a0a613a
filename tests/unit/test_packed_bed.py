"""The counter-current bed: against closed forms, its own fine grid, and its limits."""

from __future__ import annotations

import math

import pytest

from plantsim._jit import kernel
from plantsim.kernels.heat_exchanger import effectiveness_counterflow
from plantsim.kernels.packed_bed import (
    bed_conductance,
    bed_pressure_loss,
    counterflow_bed,
    log_mean,
    wakao_film,
)
from plantsim.kernels.process_gas import COLD, HOT, h_cp, polynomial, transport
from plantsim.processes.coke_oven.shaft import cooling_shaft
from plantsim.vocabulary import status

NITROGEN = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
LOOP = (0.70, 0.0, 0.13, 0.07, 0.08, 0.02, 0.0, 0.0)
SIZE = (math.pi / 4 * 81.0, 8.0, 0.055, 1.0, 0.47, 1.5)
COKE = (74.77, 0.125)


@kernel
def plain_solid(T, solid):
    return solid[0] * T


plain_bed = counterflow_bed(plain_solid)


def shaft(gas_flow=2450.0, factor=0.15, cells=24, coke_flow=37.5, T_gas=403.15, height=8.0):
    size = (SIZE[0], height, *SIZE[2:])
    return cooling_shaft(coke_flow, COKE, 1323.15, gas_flow, LOOP, T_gas, size, factor, 1.0, 101325.0, cells)


@pytest.mark.parametrize("ratio", [0.5, 0.99, 1.6])
@pytest.mark.parametrize("ntu", [0.5, 3.0, 9.0])
def test_constant_properties_give_the_closed_form(ratio, ntu):
    """Nitrogen over 20 K has a heat capacity constant within 0.05 %; ratio: solid over gas capacity flow."""
    low, high = polynomial(NITROGEN, COLD), polynomial(NITROGEN, HOT)
    gas = h_cp(low, high, 410.0)[1]
    solid = ratio * gas
    volume = 1.0
    law = (410.0, ntu * min(gas, solid) / volume, 0.0, 0.0)
    T_out, T_gas, _, _, code = plain_bed(1.0, (solid,), 420.0, 1.0, low, high, 400.0, law, volume, 24)
    assert code == status.OK
    effectiveness = effectiveness_counterflow(ntu, min(ratio, 1 / ratio))
    moved = (420.0 - T_out) if ratio < 1 else (T_gas - 400.0)
    assert moved / 20.0 == pytest.approx(effectiveness, rel=2e-3)


@pytest.mark.parametrize("factor", [0.1, 0.15, 0.2, 1.0])
@pytest.mark.parametrize("per_tonne", [1250, 1465])
def test_few_cells_come_close_to_many(factor, per_tonne):
    gas = per_tonne * 0.0375 / 0.022414
    fine = shaft(gas, factor, 2000)
    assert shaft(gas, factor, 60)[0] == pytest.approx(fine[0], abs=0.03)
    assert shaft(gas, factor, 24)[0] == pytest.approx(fine[0], abs=0.2)
    assert shaft(gas, factor, 24)[3] == pytest.approx(fine[3], rel=5e-3 if factor < 1 else 0.02)


def test_error_falls_with_the_square_of_the_cells():
    fine = shaft(cells=4000)[0]
    assert (shaft(cells=10)[0] - fine) / (shaft(cells=20)[0] - fine) == pytest.approx(4.0, rel=0.15)


def test_gas_takes_what_the_coke_gives():
    from plantsim.processes.coke_oven.coke_heat import coke_enthalpy

    T_out, T_gas, duty, _, _ = shaft()
    low, high = polynomial(LOOP, COLD), polynomial(LOOP, HOT)
    gas = 2450.0 * (h_cp(low, high, T_gas)[0] - h_cp(low, high, 403.15)[0])
    solid = 37.5 * (coke_enthalpy(1323.15, *COKE) - coke_enthalpy(T_out, *COKE))
    assert gas == pytest.approx(solid, rel=1e-12) == duty


def test_a_bed_without_end_reaches_the_gas_inlet_or_the_solid_inlet():
    assert shaft(height=1e4, factor=1.0)[0] == pytest.approx(403.15, abs=1e-3)
    T_out, T_gas, *_, code = shaft(
        gas_flow=1000.0, height=1e3, factor=1.0
    )  # too little gas: pinch at the top
    assert code == status.OK
    assert T_gas == pytest.approx(1323.15, abs=1.0)
    assert T_out > 700.0


def test_what_cannot_be_is_refused():
    assert shaft(T_gas=1400.0)[4] == status.OUTSIDE_RANGE
    assert shaft(gas_flow=0.0)[4] == status.OUTSIDE_RANGE


def test_logarithmic_mean_has_no_seam():
    for ratio in (1.0405, 1.0409, 0.9607, 0.9611):
        assert log_mean(ratio, 1.0) == pytest.approx((ratio - 1) / math.log(ratio), rel=1e-8)
    assert log_mean(5.0, 5.0) == 5.0


def test_film_of_a_resting_gas_and_resistance_inside():
    mu, k = transport(NITROGEN, 800.0)
    assert wakao_film(0.0, 1100.0, 0.05, mu, k) == pytest.approx(2 * k / 0.05)
    inside = bed_conductance(1e12, 0.05, 1.5, 0.5, 1.0, 1.0)
    assert inside == pytest.approx(6 * 0.5 / 0.05 * 10 * 1.5 / 0.05)


def test_pressure_loss_grows_as_the_air_thins():
    here = bed_pressure_loss(1.3, 0.029, 700.0, 3e-5, 8.0, 0.055, 0.47, 1.0, 101325.0)
    high = bed_pressure_loss(1.3, 0.029, 700.0, 3e-5, 8.0, 0.055, 0.47, 1.0, 81000.0)
    assert high / here == pytest.approx(101325 / 81000, rel=0.015)
    assert bed_pressure_loss(0.0, 0.029, 700.0, 3e-5, 8.0, 0.055, 0.47, 1.0, 101325.0) == 0.0
