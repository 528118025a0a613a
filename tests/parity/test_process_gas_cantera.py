"""Process gas against Cantera: transport table on disk, mixtures; enthalpies against the gas kernels."""

from __future__ import annotations

import numpy as np
import pytest

from plantsim.kernels import gas, process_gas
from plantsim.library import make_transport_table

cantera = pytest.importorskip("cantera")
LOOP = (0.70, 0.003, 0.12, 0.07, 0.08, 0.02, 0.007, 0.0)
NAMES = ("N2", "O2", "CO2", "H2O", "CO", "H2", "CH4")


def test_table_is_what_would_be_written():
    text = make_transport_table.TARGET.read_text(encoding="utf-8")
    if cantera.__version__ not in text:
        pytest.skip("written with another Cantera")
    assert text == make_transport_table.table_text(cantera)


@pytest.mark.parametrize("T", [350.0, 700.0, 1300.0])
def test_mixture_transport(T):
    mixture = cantera.Solution("gri30.yaml", transport_model="mixture-averaged")
    mixture.TPX = T, cantera.one_atm, dict(zip(NAMES, LOOP, strict=False))
    viscosity, conductivity = process_gas.transport(LOOP, T)
    assert viscosity == pytest.approx(mixture.viscosity, rel=1e-6)
    assert conductivity == pytest.approx(mixture.thermal_conductivity, rel=1e-6)


@pytest.mark.parametrize("T", [310.0, 999.0, 1001.0, 1500.0])
def test_enthalpy_is_that_of_the_gas_kernels(T):
    n = np.zeros(gas.SPECIES)
    n[process_gas.INDEX] = LOOP
    assert process_gas.enthalpy(LOOP, T) == pytest.approx(gas.mixture_h(n, T), rel=1e-12)
    low, high = process_gas.polynomial(LOOP, process_gas.COLD), process_gas.polynomial(LOOP, process_gas.HOT)
    assert process_gas.temperature(low, high, process_gas.enthalpy(LOOP, T), 700.0) == pytest.approx(T)
    assert process_gas.mass(LOOP) == pytest.approx(gas.mass(n), rel=1e-14)


def test_no_temperature_outside_the_fits():
    low, high = process_gas.polynomial(LOOP, process_gas.COLD), process_gas.polynomial(LOOP, process_gas.HOT)
    assert np.isnan(process_gas.temperature(low, high, 1e7, 700.0))
