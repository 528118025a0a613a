"""Balances of combustion close, inverses invert, and flames behave as physics says, whatever the input."""

from __future__ import annotations

import numpy as np
import pytest
from gas_fuels import simple_air
from hypothesis import assume, given
from hypothesis import strategies as st

from plantsim.kernels import combustion, equilibrium, gas, humid_air
from plantsim.vocabulary.status import OK

share = st.floats(0.0, 1.0)
ATOM_TOLERANCE = 1e-14  # of the largest amount
HEAT_TOLERANCE = 1e-12  # of the heat set free


@st.composite
def coals(draw):
    """Element amounts [mol/kg] of an ultimate analysis that sums to at most 1."""
    carbon, hydrogen = draw(st.floats(0.2, 0.85)), draw(st.floats(0.0, 0.06))
    oxygen, nitrogen, sulphur = (
        draw(st.floats(0.0, 0.12)),
        draw(st.floats(0.0, 0.02)),
        draw(st.floats(0.0, 0.05)),
    )
    moisture = draw(st.floats(0.0, 1.0)) * max(0.0, 1.0 - carbon - hydrogen - oxygen - nitrogen - sulphur)
    e = np.zeros(gas.ELEMENTS)
    combustion.coal_elements(carbon, hydrogen, oxygen, nitrogen, sulphur, moisture, e)
    return e


@st.composite
def fuel_gases(draw):
    """Mole fractions of a gas that needs at least 0.05 mol O2 per mole."""
    burning = [gas.CO, gas.H2, gas.CH4, gas.C2H4, gas.C2H6, gas.C3H8, gas.H2S]
    x = np.zeros(gas.SPECIES)
    for i in (*burning, gas.N2, gas.CO2, gas.H2O, gas.O2):
        x[i] = draw(share) ** 3
    assume(x[burning].sum() > 0.0)
    x /= x.sum()
    e = np.zeros(gas.ELEMENTS)
    gas.elements_of(x, e)
    assume(combustion.oxygen_demand(e) > 0.05)
    return x


@st.composite
def airs(draw):
    """Mole fractions of humid air, with up to 35 % O2 in the dry gas."""
    x = np.zeros(gas.SPECIES)
    T, p = draw(st.floats(240.0, 318.0)), draw(st.floats(6e4, 1.1e5))
    assert humid_air.humid_air(T, p, draw(share), draw(st.floats(0.2, 0.35)), x) == OK
    return x


def atoms_of(n):
    e = np.zeros(gas.ELEMENTS)
    gas.elements_of(n, e)
    return e


@given(coals(), airs(), st.floats(1.0, 3.0))
def test_atoms_and_mass_of_burning_balance(e, air, ratio):
    n, mixed = np.zeros(gas.SPECIES), np.zeros(gas.ELEMENTS)
    assert combustion.burn(e, air, ratio, n) == OK
    combustion.add_air(e, air, ratio, mixed)
    assert np.abs(atoms_of(n) - mixed).max() <= ATOM_TOLERANCE * mixed.max()
    assert np.all(n >= 0.0)


@given(coals(), airs(), st.floats(1.0, 3.0))
def test_oxygen_gives_the_air_ratio_back(e, air, ratio):
    n = np.zeros(gas.SPECIES)
    combustion.burn(e, air, ratio, n)
    dry = combustion.air_ratio_from_dry_oxygen(e, air, combustion.dry_share(n, gas.O2))
    wet = combustion.air_ratio_from_wet_oxygen(e, air, combustion.wet_share(n, gas.O2))
    assert dry[1] == wet[1] == OK
    assert dry[0] == pytest.approx(ratio, rel=1e-12)
    assert wet[0] == pytest.approx(ratio, rel=1e-12)


@given(fuel_gases(), airs(), st.floats(1.0, 3.0), st.floats(250.0, 1500.0))
def test_heat_of_burning_balances(x, air, ratio, T_air):
    e = atoms_of(x)
    n = np.zeros(gas.SPECIES)
    h = gas.mixture_h(x, 298.15)
    fresh = combustion.air_amount(e, air, ratio)
    T, status = combustion.flame_temperature(e, h, air, T_air, ratio, n)
    assume(status == OK)  # oxygen-rich hot flames without dissociation pass 3500 K
    heating_value = combustion.lower_heating_value(x)
    # what the fuel sets free at 298.15 K, and the sensible heat of the air, is the sensible heat of the gas
    brought = heating_value + fresh * gas.sensible_h(air, T_air, 298.15)
    assert abs(gas.sensible_h(n, T, 298.15) - brought) <= HEAT_TOLERANCE * (abs(h) + brought)
    assert combustion.fuel_enthalpy(e, heating_value) == pytest.approx(
        h, abs=HEAT_TOLERANCE * (abs(h) + brought)
    )
    assert combustion.higher_heating_value(x) >= heating_value > 0.0


@given(
    fuel_gases(), st.floats(0.21, 0.35), st.floats(0.6, 2.5), st.floats(250.0, 1573.0), st.floats(5e4, 1e6)
)
def test_equilibrium_flame_closes(x, oxygen, ratio, T_air, p):
    e = atoms_of(x)
    air = simple_air(oxygen)
    n, mixed, complete = np.zeros(gas.SPECIES), np.zeros(gas.ELEMENTS), np.zeros(gas.SPECIES)
    h = gas.mixture_h(x, 298.15)
    combustion.add_air(e, air, ratio, mixed)
    assume(mixed[gas.ELEMENT_O] > 1.02 * mixed[gas.ELEMENT_C] + 2.0 * mixed[gas.ELEMENT_S])
    T, status = combustion.equilibrium_flame_temperature(e, h, air, T_air, ratio, p, mixed, n)
    assume(T < 3499.0)
    assert status == OK
    assert np.abs(atoms_of(n) - mixed).max() <= ATOM_TOLERANCE * mixed.max()
    brought = combustion.air_amount(e, air, ratio) * gas.mixture_h(air, T_air) + h
    assert abs(gas.mixture_h(n, T) - brought) <= HEAT_TOLERANCE * (abs(h) + gas.sensible_h(n, T, 298.15))
    without, status = combustion.flame_temperature(e, h, air, T_air, ratio, complete)
    if status == OK:
        assert without + 0.05 >= T  # dissociation cools; the fits' own noise


@given(coals(), st.floats(1.0, 2.5), st.floats(15e6, 30e6))
def test_more_air_makes_a_colder_flame(e, ratio, heating_value):
    assume(heating_value < 32e3 * 12.011 * e[gas.ELEMENT_C])  # a heating value that the coal can have
    n, mixed = np.zeros(gas.SPECIES), np.zeros(gas.ELEMENTS)
    h = combustion.fuel_enthalpy(e, heating_value)
    air = simple_air(0.21)
    first, second = (
        combustion.equilibrium_flame_temperature(e, h, air, 300.0, r, 1e5, mixed, n)
        for r in (ratio, ratio + 0.05)
    )
    assert first[1] == second[1] == OK
    assert second[0] < first[0]


@given(
    st.lists(st.floats(0.0, 10.0), min_size=6, max_size=6),
    st.floats(0.001, 20.0),
    st.floats(200.0, 3500.0),
    st.floats(1e3, 1e7),
)
def test_equilibrium_never_fails(amounts, oxygen, T, p):
    e = np.array(amounts)
    e[gas.ELEMENT_O] = 1.0001 * e[gas.ELEMENT_C] + 2.0 * e[gas.ELEMENT_S] + oxygen
    assume(equilibrium.others(e) > 1.1e-3 * e[gas.ELEMENT_O])
    n = np.zeros(gas.SPECIES)
    assert equilibrium.equilibrium_tp(e, T, p, n) == OK
    assert np.all(n >= 0.0)
    assert np.abs(atoms_of(n) - e).max() <= 1e-12 * e.max()


@given(fuel_gases(), st.floats(200.0, 3500.0))
def test_temperature_comes_back_from_enthalpy(x, T):
    assume(abs(T - 1000.0) > 0.01)  # the fits of N2 jump there
    found, status = gas.temperature_from_h(x, gas.mixture_h(x, T))
    assert status == OK
    assert found == pytest.approx(T, rel=1e-11)
