"""Laws of the kiln line, each term worked out here from the printed equation: gas, calcite, meal, heats."""

from __future__ import annotations

from math import exp
from types import SimpleNamespace

import pytest

from plantsim.processes.cement_kiln import clinker_reactions, fuels, kiln_radiation, streams

P = 101325.0  # Pa


def three_grey_gases(ks, weights, path):
    return sum(w * (1.0 - exp(-k * path)) for k, w in zip(ks, weights, strict=True))


def test_emissivity_of_a_gas_with_less_and_with_more_than_three_halves_of_water():
    """Smith, Shen and Friedman 1982 at 1500 K, by their table; H2O : CO2 decides between its two sets at 1.5.

    b0 + b1 T + b2 T2 + b3 T3 at 1500 K, first set: 0.515 - 0.345450 + 0.220028 - 0.050423 = 0.339155;
    0.07749 + 0.50985 - 0.516825 + 0.127238 = 0.197753; 0.1907 - 0.2736 + 0.12618 - 0.017287 = 0.025993.
    Second: 0.6508 - 0.83265 + 0.681525 - 0.180664 = 0.319011; -0.02504 + 0.9168 - 0.87345 + 0.22032 = 0.238630;
    0.2718 - 0.4677 + 0.274725 - 0.054405 = 0.024420.
    """
    for co2, h2o, ks, weights in (
        (0.20, 0.25, (0.4303, 7.055, 178.1), (0.339155, 0.197753, 0.025993)),  # 1.25
        (
            0.10,
            0.16,
            (0.4201, 6.516, 131.9),
            (0.319011, 0.238630, 0.024420),
        ),  # 1.6, though both are below 1.5
    ):
        clear = three_grey_gases(ks, weights, (co2 + h2o) * 2.0)
        emitted = kiln_radiation.gas_emissivity(1500.0, co2, h2o, 2.0, P, 0.0)
        assert emitted == pytest.approx(clear, abs=3e-6)
        # dust of 0.3 1/m over 2 m adds to what the gas absorbs
        hazy = kiln_radiation.gas_emissivity(1500.0, co2, h2o, 2.0, P, 0.3)
        assert hazy == pytest.approx(1.0 - (1.0 - clear) * exp(-0.6), abs=3e-6)


def test_emissivity_beyond_its_range_is_that_of_the_range_s_end():
    at = [kiln_radiation.gas_emissivity(T, 0.2, 0.2, 1.0, P, 0.0) for T in (500.0, 600.0, 2400.0, 2600.0)]
    assert at[0] == at[1]
    assert at[2] == at[3]
    assert at[1] > at[2]


def test_absorptivity_by_hottel_s_rule():
    """Gas 2000 K, wall 1280 K: the beam shortens by 0.64, and the square root of 1/0.64 is 1.25."""
    clear = 1.25 * kiln_radiation.gas_emissivity(1280.0, 0.2, 0.1, 1.28, P, 0.0)
    absorbed = kiln_radiation.gas_absorptivity(2000.0, 1280.0, 0.2, 0.1, 2.0, P, 0.1)
    assert absorbed == pytest.approx(1.0 - (1.0 - clear) * exp(-0.2), rel=1e-12)


def test_exchange_of_a_black_enclosure_without_gas():
    """Gas that neither emits nor absorbs, all black: the bed gets bed * sigma * (wall^4 - bed^4), the wall loses it."""
    sigma = 5.670374419e-8
    into_wall, into_bed = kiln_radiation.exchange(1800.0, 1400.0, 1200.0, 0.0, 0.0, 0.0, 1.0, 1.0, 8.0, 3.0)
    assert into_bed == pytest.approx(3.0 * sigma * (1400.0**4 - 1200.0**4), rel=1e-12)
    assert into_wall == pytest.approx(-into_bed, rel=1e-12)


def test_exchange_of_black_surfaces_with_a_gas():
    """Black bed: e sigma T_gas^4 + (1 - a_wall) sigma T_wall^4 - sigma T_bed^4 on each m2."""
    sigma = 5.670374419e-8
    gas, wall, bed = 0.3 * sigma * 1800.0**4, sigma * 1400.0**4, sigma * 1200.0**4
    into_wall, into_bed = kiln_radiation.exchange(1800.0, 1400.0, 1200.0, 0.3, 0.4, 0.5, 1.0, 1.0, 8.0, 2.0)
    assert into_bed == pytest.approx(2.0 * (gas + 0.6 * wall - bed), rel=1e-12)
    # a quarter of what the wall sees is bed, three quarters are wall
    assert into_wall == pytest.approx(8.0 * (gas + 0.5 * 0.25 * bed + 0.6 * 0.75 * wall - wall), rel=1e-12)


def test_exchange_of_grey_surfaces_in_balance_is_none():
    """One temperature everywhere, and a gas that absorbs what it emits: nothing flows, whatever the emissivities."""
    into_wall, into_bed = kiln_radiation.exchange(1300.0, 1300.0, 1300.0, 0.3, 0.3, 0.3, 0.8, 0.6, 8.0, 3.0)
    scale = 5.670374419e-8 * 1300.0**4
    assert into_wall / scale == pytest.approx(0.0, abs=1e-12)
    assert into_bed / scale == pytest.approx(0.0, abs=1e-12)


def test_pressure_of_carbon_dioxide_over_calcite():
    """10^(7.079 - 8308/T) atm: at 8308/7.079 = 1173.61 K one atmosphere, at 1038.5 K 10^-0.921 = 0.119950 atm."""
    assert clinker_reactions.equilibrium_pressure(8308.0 / 7.079) == pytest.approx(P, rel=1e-12)
    assert clinker_reactions.equilibrium_pressure(1038.5) == pytest.approx(0.119950 * P, rel=1e-5)


def test_rates_of_the_five_reactions():
    """Mastorakos et al. 1999 at 1500 K: k0 exp(-E / (8.314463 * 1500)), 12 471.69 J/mol."""
    for i, (k_0, energy) in enumerate(
        ((1e8, 175.7e3), (1e7, 240e3), (1e9, 420e3), (1e8, 310e3), (1e8, 330e3))
    ):
        expected = k_0 * exp(-energy / 12471.694)
        assert clinker_reactions.rate(i, 1500.0) == pytest.approx(expected, rel=1e-5)


def test_meal_s_enthalpy_is_the_integral_of_its_heat_capacity_from_0_degc():
    """Kelley 1960, at 1000 K: 99.715 * 726.85 + 0.01346 * (1e6 - 74 610.92) + 2 157 600 * (1/1000 - 1/273.15).

    72 477.85 + 12 455.74 - 5741.37 = 79 192.22 J/mol, over 0.1000869 kg/mol 791 234 J/kg.
    """
    assert streams.meal_h(273.15) == pytest.approx(0.0, abs=1e-6)
    assert streams.meal_h(1000.0) == pytest.approx(791234.0, rel=2e-6)
    # cp at 1000 K: 99.715 + 26.92 - 2.1576 = 124.4774 J/(mol K)
    assert streams.meal_cp(1000.0) == pytest.approx(124.4774 / 0.1000869, rel=1e-6)


def test_clinker_coal_and_evaporation():
    """Clinker of 1000 degC: 4186.8 * 1000 * (0.186 + 0.054); coal of 60 degC: 4186.8 * 60 * (0.262 + 0.0234)."""
    assert streams.clinker_h(1273.15) == pytest.approx(1004832.0, rel=1e-12)
    assert streams.clinker_temperature(1004832.0) == pytest.approx(1273.15, rel=1e-12)
    assert streams.coal_h(333.15) == pytest.approx(71694.8, rel=1e-6)
    assert streams.evaporation_heat(373.15) == pytest.approx(2.5009e6 - 237.2e3, rel=1e-12)


def test_exchange_with_grey_surfaces_by_two_equations():
    """The two radiosities from their balance, solved by hand with Cramer's rule.

    J_bed = E_bed + 0.4 (0.6 J_wall + G), J_wall = E_wall + 0.2 (0.5 * 0.25 J_bed + 0.6 * 0.75 J_wall + G), emissivities
    0.6 and 0.8: (1 - 0.09) J_wall - 0.025 J_bed = E_wall + 0.2 G and -0.24 J_wall + J_bed = E_bed + 0.4 G; the
    determinant is 0.91 - 0.006 = 0.904.
    """
    sigma = 5.670374419e-8
    gas = 0.3 * sigma * 1800.0**4
    wall, bed = 0.8 * sigma * 1400.0**4, 0.6 * sigma * 1200.0**4
    right_wall, right_bed = wall + 0.2 * gas, bed + 0.4 * gas
    j_wall = (right_wall + 0.025 * right_bed) / 0.904
    j_bed = (0.91 * right_bed + 0.24 * right_wall) / 0.904
    into_wall, into_bed = kiln_radiation.exchange(1800.0, 1400.0, 1200.0, 0.3, 0.4, 0.5, 0.8, 0.6, 8.0, 2.0)
    assert into_bed == pytest.approx(2.0 * (0.6 * j_wall + gas - j_bed), rel=1e-12)
    assert into_wall == pytest.approx(8.0 * (0.125 * j_bed + 0.45 * j_wall + gas - j_wall), rel=1e-12)


def test_ash_and_heat_of_sludge():
    """0.1 kg per kg of clinker, four fifths water, half of the dry matter ash: 0.1 * 0.2 * 0.5 = 0.01 kg.

    Its dry matter's 12 MJ/kg less what its water takes at 25 degC, 2.5009 - 0.0593 = 2.4416 MJ/kg:
    0.1 * (0.2 * 12 - 0.8 * 2.4416) = 0.044672 MJ.
    """
    x = SimpleNamespace(
        sludge_ratio=0.1, sludge_moisture=0.8, sludge_dry_carbon=0.3, sludge_dry_hydrogen=0.04,
        sludge_dry_oxygen=0.16, sludge_dry_heating_value=12e6,
    )  # fmt: skip
    ash, heat = (
        getattr(f, "py_func", f) for f in (fuels.sludge_ash, fuels.sludge_heat)
    )  # take any such record
    assert ash(x) == pytest.approx(0.01, rel=1e-12)
    assert heat(x) == pytest.approx(44672.0, rel=1e-9)
