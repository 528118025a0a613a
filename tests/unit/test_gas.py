"""Gas properties: constants, conversions, temperature from enthalpy and its errors."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest
from gas_fuels import composition

from plantsim.kernels import gas
from plantsim.kernels.gas_coefficients import ATOMS, MOLAR_MASS, NAMES
from plantsim.vocabulary.status import NOT_FINITE, OK, OUTSIDE_RANGE

FLUE_GAS = composition({"N2": 0.74, "CO2": 0.14, "H2O": 0.08, "O2": 0.04})


def test_index_constants_follow_the_table():
    for index, name in enumerate(NAMES):
        assert getattr(gas, name) == index
    assert len(NAMES) == gas.SPECIES + 1
    assert gas.NAMES[gas.GRAPHITE] == "GRAPHITE"


def test_atoms_make_the_molar_masses():
    carbon, hydrogen, nitrogen = 0.012011, 0.001008, 0.014007  # kg/mol, IUPAC, abridged
    assert MOLAR_MASS[gas.CH4] == pytest.approx(carbon + 4 * hydrogen, rel=1e-12)
    masses, *_ = np.linalg.lstsq(ATOMS, MOLAR_MASS, rcond=None)
    np.testing.assert_allclose(ATOMS @ masses, MOLAR_MASS, rtol=1e-9)
    np.testing.assert_allclose(masses[[0, 1, 3]], [carbon, hydrogen, nitrogen], rtol=1e-9)


def test_normal_volume_of_one_mole():
    assert gas.normal_volume(FLUE_GAS) == pytest.approx(0.022413969545, rel=1e-9)  # CODATA 2018, m3/mol


def test_density_falls_with_the_site_pressure():
    air = composition({"N2": 0.79, "O2": 0.21})
    sea, high = gas.density(air, 293.15, 101325.0), gas.density(air, 293.15, 81500.0)
    assert sea == pytest.approx(1.2, rel=0.01)
    assert high / sea == pytest.approx(81500.0 / 101325.0, rel=1e-12)


def test_fractions_go_there_and_back():
    w, x = np.zeros(gas.SPECIES), np.zeros(gas.SPECIES)
    gas.mole_to_mass_fractions(FLUE_GAS, w)
    gas.mass_to_mole_fractions(w, x)
    assert w.sum() == pytest.approx(1.0, abs=1e-15)
    np.testing.assert_allclose(x, FLUE_GAS, atol=1e-15)


def test_elements_have_no_heat_of_formation():
    for i in (gas.O2, gas.H2, gas.AR, gas.GRAPHITE):
        assert abs(gas.species_h(i, 298.15)) < 0.1
    assert abs(gas.species_h(gas.N2, 298.15)) < 1.5  # J/mol, what the old fit of GRI-Mech leaves


def test_temperature_from_enthalpy_at_the_ends_and_beyond():
    for T in (gas.T_MIN, 999.99999, 1000.0, 1000.00001, gas.T_MAX):
        found, status = gas.temperature_from_h(FLUE_GAS, gas.mixture_h(FLUE_GAS, T))
        assert status == OK
        assert found == pytest.approx(T, abs=1e-3)
    low, high = gas.mixture_h(FLUE_GAS, gas.T_MIN) - 1.0, gas.mixture_h(FLUE_GAS, gas.T_MAX) + 1.0
    assert gas.temperature_from_h(FLUE_GAS, low) == (gas.T_MIN, OUTSIDE_RANGE)
    assert gas.temperature_from_h(FLUE_GAS, high) == (gas.T_MAX, OUTSIDE_RANGE)


@pytest.mark.parametrize("h", [nan, inf, -inf])
def test_temperature_from_no_enthalpy(h):
    assert gas.temperature_from_h(FLUE_GAS, h)[1] == NOT_FINITE


def test_temperature_of_nothing():
    assert gas.temperature_from_h(np.zeros(gas.SPECIES), 0.0)[1] == NOT_FINITE
