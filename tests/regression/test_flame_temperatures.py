"""Frozen flame temperatures, NO and SO3 at equilibrium, enthalpy of a flue gas.

Computed once with Cantera 3.2.0: gri30.yaml with its 53 species (nasa_gas.yaml for SO3), to 0.01 K. They tell a
change in data or method; they are no measurements. The species left out here are worth 0.05 K.
"""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest
from gas_fuels import composition, gas_fuel, simple_air

from plantsim.kernels import combustion, equilibrium, gas

COLD, HOT = 298.15, 1273.15
FLAMES = [
    ("methane", 1.0, 0.21, COLD, 2224.22),
    ("methane", 1.2, 0.21, COLD, 2043.94),
    ("methane", 1.0, 0.30, COLD, 2524.12),
    ("methane", 1.15, 0.21, 573.15, 2238.7),
    ("blast_furnace_gas", 1.0, 0.21, COLD, 1567.16),
    ("blast_furnace_gas", 1.0, 0.25, COLD, 1632.77),
    ("blast_furnace_gas", 1.0, 0.30, COLD, 1695.32),
    ("blast_furnace_gas", 1.2, 0.21, COLD, 1492.73),
    ("blast_furnace_gas", 1.15, 0.21, HOT, 1832.6),
    ("coke_oven_gas", 1.0, 0.21, COLD, 2283.83),
    ("coke_oven_gas", 1.2, 0.21, COLD, 2119.52),
    ("coke_oven_gas", 1.2, 0.30, COLD, 2460.84),
    ("coke_oven_gas", 1.15, 0.21, HOT, 2569.2),
]


@pytest.mark.parametrize(("fuel", "ratio", "oxygen", "T_air", "expected"), FLAMES)
def test_flame_temperature(fuel, ratio, oxygen, T_air, expected):
    e, h = gas_fuel(fuel)
    mixed, n = np.zeros(gas.ELEMENTS), np.zeros(gas.SPECIES)
    T, status = combustion.equilibrium_flame_temperature(
        e, h, simple_air(oxygen), T_air, ratio, 101325.0, mixed, n
    )
    assert status == 0
    assert pytest.approx(expected, abs=0.05) == T


@pytest.mark.parametrize(("T", "expected"), [(1800.0, 1361.7), (2000.0, 2483.7)])
def test_nitric_oxide(T, expected):
    e, _ = gas_fuel("methane")
    mixed, n = np.zeros(gas.ELEMENTS), np.zeros(gas.SPECIES)
    combustion.add_air(e, simple_air(0.21), 1.15, mixed)
    assert equilibrium.equilibrium_tp(mixed, T, 101325.0, n) == 0
    assert combustion.wet_share(n, gas.NO) * 1e6 == pytest.approx(expected, rel=5e-4)


@pytest.mark.parametrize(("T", "expected"), [(653.15, 0.9945), (1173.15, 0.0566)])
def test_sulphur_trioxide(T, expected):
    g = [gas.species_g_over_RT(i, T, log(T)) for i in (gas.SO2, gas.O2, gas.SO3)]
    # 3.5 % O2 less what the reaction takes of 1000 ppm SO2, at 1 atm
    oxygen = 0.035 - 0.0005 * expected
    ratio = exp(g[0] + 0.5 * g[1] - g[2]) * sqrt(oxygen)
    assert ratio / (1.0 + ratio) == pytest.approx(expected, abs=5e-4)


def test_enthalpy_of_flue_gas():
    x = composition({"N2": 0.74, "CO2": 0.14, "H2O": 0.08, "O2": 0.04})
    assert gas.sensible_h(x, 1000.0, 298.15) == pytest.approx(23550.705, abs=0.001)
