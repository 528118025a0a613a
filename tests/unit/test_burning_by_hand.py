"""Combustion by its own balances: elements, oxygen, air, flue gas, heats of formation, enthalpy of the flame."""

from __future__ import annotations

import numpy as np
import pytest

from plantsim.kernels import combustion, gas
from plantsim.vocabulary.status import NOT_FINITE, OK, OUTSIDE_RANGE

C, H, O, N, S, A = 43.0, 39.0, 5.3, 0.9, 0.37, 0.11  # noqa: E741  mol of atoms
E = np.array([C, H, O, N, S, A])
OXYGEN = C + H / 4 + S - O / 2  # mol
RATIO = 1.37
# heats of formation at 298.15 K, JANAF [J/mol]
H_CO2, H_STEAM, H_WATER, H_SO2 = -393.51e3, -241.826e3, -285.83e3, -296.84e3


def mixture(**shares):
    x = np.zeros(gas.SPECIES)
    for name, share in shares.items():
        x[gas.SPECIES_NAMES.index(name)] = share
    return x


AIR = mixture(O2=0.203, N2=0.747, H2O=0.031, AR=0.011, CO2=0.005, SO2=0.003)


def test_elements_of_coal():
    """Shares of mass over atomic masses, g/mol; the moisture's own atoms on top."""
    e = np.full(6, 9.0)
    combustion.coal_elements(0.53, 0.034, 0.071, 0.0093, 0.0124, 0.083, e)
    water = 83 / 18.015
    by_hand = [530 / 12.011, 34 / 1.008 + 2 * water, 71 / 15.999 + water, 9.3 / 14.007, 12.4 / 32.06, 0.0]
    assert e == pytest.approx(by_hand, rel=2e-4)


def test_oxygen_and_air():
    assert combustion.oxygen_demand(E) == pytest.approx(OXYGEN, rel=1e-14)
    assert combustion.air_amount(E, AIR, RATIO) == pytest.approx(RATIO * OXYGEN / 0.203, rel=1e-14)


def flue_gas(ratio):
    air = ratio * OXYGEN / 0.203
    return {
        "CO2": C + 0.005 * air, "H2O": H / 2 + 0.031 * air, "SO2": S + 0.003 * air, "N2": N / 2 + 0.747 * air,
        "AR": A + 0.011 * air, "O2": (ratio - 1) * OXYGEN,
    }  # fmt: skip


def test_flue_gas():
    n = np.full(gas.SPECIES, 7.0)
    assert combustion.burn(E, AIR, RATIO, n) == OK
    by_hand = flue_gas(RATIO)
    assert n == pytest.approx(mixture(**by_hand), rel=1e-13, abs=1e-14)
    whole = sum(by_hand.values())
    assert combustion.dry_amount(n) == pytest.approx(whole - by_hand["H2O"], rel=1e-13)
    assert combustion.wet_share(n, gas.CO2) == pytest.approx(by_hand["CO2"] / whole, rel=1e-13)
    dry = by_hand["CO2"] / (whole - by_hand["H2O"])
    assert combustion.dry_share(n, gas.CO2) == pytest.approx(dry, rel=1e-13)
    assert combustion.complete_gas(E) == pytest.approx((C + S + N / 2 + A, H / 2), rel=1e-14)
    assert combustion.burn(E, AIR, 1.0, n) == OK
    assert combustion.burn(E, AIR, 999e3, n) == OK
    for wrong in (0.999, 1e6):
        assert combustion.burn(E, AIR, wrong, n) == OUTSIDE_RANGE


def test_what_does_not_burn():
    for k in range(6):
        for bad in (-1e-9, 1e300, float("nan")):
            e = E.copy()
            e[k] = bad
            assert combustion.fuel_status(e, AIR) == NOT_FINITE
    e = E.copy()
    e[3] = 0.0
    assert combustion.fuel_status(e, AIR) == OK
    e[2] = 2 * C + H / 2 + 2 * S  # burnt already
    assert combustion.fuel_status(e, AIR) == OUTSIDE_RANGE
    assert combustion.fuel_status(E, mixture(N2=1.0)) == OUTSIDE_RANGE


def test_air_ratio_from_the_oxygen_left_over():
    by_hand = flue_gas(RATIO)
    wet = by_hand["O2"] / sum(by_hand.values())
    dry = by_hand["O2"] / (sum(by_hand.values()) - by_hand["H2O"])
    assert combustion.air_ratio_from_wet_oxygen(E, AIR, wet) == (pytest.approx(RATIO, rel=1e-12), OK)
    assert combustion.air_ratio_from_dry_oxygen(E, AIR, dry) == (pytest.approx(RATIO, rel=1e-12), OK)
    assert combustion.air_ratio_from_wet_oxygen(E, AIR, 0.0) == (1.0, OK)
    # dry air holds 0.203/0.969 = 0.20949
    for oxygen, code in ((0.2094, OK), (0.2096, OUTSIDE_RANGE), (-0.01, OUTSIDE_RANGE)):
        assert combustion.air_ratio_from_dry_oxygen(E, AIR, oxygen)[1] == code
    for oxygen, code in ((0.2029, OK), (0.2031, OUTSIDE_RANGE), (-0.01, OUTSIDE_RANGE)):
        assert combustion.air_ratio_from_wet_oxygen(E, AIR, oxygen)[1] == code
    assert combustion.air_ratio(0.0, 5.0, 6.0, 0.03, 0.2)[1] == OUTSIDE_RANGE
    bad = np.full(6, -1.0)
    assert combustion.air_ratio_from_dry_oxygen(bad, AIR, 0.03)[1] == NOT_FINITE
    assert combustion.air_ratio_from_wet_oxygen(bad, AIR, 0.03)[1] == NOT_FINITE


@pytest.mark.parametrize(
    ("fuel", "formed", "c", "h", "s"),
    [
        ("CO", -110.53e3, 1, 0, 0), ("H2", 0.0, 0, 2, 0), ("CH4", -74.6e3, 1, 4, 0), ("C2H4", 52.4e3, 2, 4, 0),
        ("C6H6", 82.9e3, 6, 6, 0), ("NH3", -45.9e3, 0, 3, 0), ("H2S", -20.5e3, 0, 2, 1), ("COS", -138.4e3, 1, 0, 1),
        ("O2", 0.0, 0, 0, 0), ("N2", 0.0, 0, 0, 0), ("H2O", H_STEAM, 0, 2, 0), ("SO2", H_SO2, 0, 0, 1),
    ],
)  # fmt: skip
def test_heating_values_are_differences_of_heats_of_formation(fuel, formed, c, h, s):
    lower = formed - c * H_CO2 - h / 2 * H_STEAM - s * H_SO2
    higher = formed - c * H_CO2 - h / 2 * H_WATER - s * H_SO2
    n = mixture(**{fuel: 2.3})
    n[gas.N2] += 0.7
    assert combustion.lower_heating_value(n) == pytest.approx(2.3 * lower, abs=1.2e3)
    assert combustion.higher_heating_value(n) == pytest.approx(2.3 * higher, abs=1.2e3)


def test_enthalpy_of_a_fuel():
    """Burnt with oxygen of 25 degC to gas of 25 degC it gives off its heating value."""
    by_hand = 19.7e6 + C * H_CO2 + H / 2 * H_STEAM + S * H_SO2
    assert combustion.fuel_enthalpy(E, 19.7e6) == pytest.approx(by_hand, abs=500.0)  # of 17 MJ in the carbon


def test_flame_temperature_is_where_the_gas_holds_what_came_in():
    n = np.zeros(gas.SPECIES)
    h_fuel = C * H_CO2 + H / 2 * H_STEAM + S * H_SO2 + 19.7e6
    T, code = combustion.flame_temperature(E, h_fuel, AIR, 431.0, RATIO, n)
    assert code == OK
    assert n == pytest.approx(mixture(**flue_gas(RATIO)), rel=1e-13, abs=1e-14)
    came = h_fuel + RATIO * OXYGEN / 0.203 * gas.mixture_h(AIR, 431.0)
    assert gas.mixture_h(n, T) == pytest.approx(came, rel=1e-10)
    assert combustion.flame_temperature(E, h_fuel, AIR, 431.0, 0.9, n)[1] == OUTSIDE_RANGE
    assert combustion.flame_temperature(E, 1e9, AIR, 431.0, RATIO, n)[1] == OUTSIDE_RANGE


@pytest.mark.parametrize("ratio", [0.86, 1.21])
def test_flame_in_equilibrium_keeps_atoms_and_heat(ratio):
    n, mixed = np.zeros(gas.SPECIES), np.zeros(6)
    h_fuel = C * H_CO2 + H / 2 * H_STEAM + S * H_SO2 + 19.7e6
    T, code = combustion.equilibrium_flame_temperature(E, h_fuel, AIR, 431.0, ratio, 0.8e5, mixed, n)
    assert code == OK
    air = ratio * OXYGEN / 0.203
    oxygen = 2 * 0.203 + 0.031 + 2 * 0.005 + 2 * 0.003
    atoms = [
        C + 0.005 * air, H + 2 * 0.031 * air, O + oxygen * air, N + 2 * 0.747 * air, S + 0.003 * air, A + 0.011 * air,
    ]  # fmt: skip
    assert mixed == pytest.approx(atoms, rel=1e-13)
    found = np.zeros(6)
    gas.elements_of(n, found)
    assert found == pytest.approx(atoms, rel=1e-9)
    assert gas.mixture_h(n, T) == pytest.approx(h_fuel + air * gas.mixture_h(AIR, 431.0), rel=1e-8)
    assert (n[gas.CO] > n[gas.O2]) == (ratio < 1)


def test_flames_that_cannot_be():
    n, mixed = np.zeros(gas.SPECIES), np.zeros(6)
    flame = combustion.equilibrium_flame_temperature
    assert flame(-E, 0.0, AIR, 431.0, 1.1, 0.8e5, mixed, n) == (0.0, NOT_FINITE)
    for ratio in (0.0, 1e6):
        assert flame(E, 0.0, AIR, 431.0, ratio, 0.8e5, mixed, n) == (0.0, OUTSIDE_RANGE)
    # a tenth of the air turns not even the carbon to CO
    assert flame(E, 0.0, AIR, 431.0, 0.1, 0.8e5, mixed, n) == (0.0, OUTSIDE_RANGE)
