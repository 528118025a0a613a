"""Speed of the gas kernels against Cantera, in one run: ``python benchmarks/bench_gas.py``.

Prints ns per h(T) of a flue gas, of T(h), of an adiabatic flame with and without dissociation, us per HP
equilibrium, the same from Cantera on the same species and data, and the seconds that compiling takes.
"""

from __future__ import annotations

from time import perf_counter

import cantera
import numpy as np

from plantsim._jit import kernel
from plantsim.kernels import gas
from plantsim.kernels.combustion import coal_elements, equilibrium_flame_temperature, flame_temperature
from plantsim.kernels.combustion import fuel_enthalpy as enthalpy_of_fuel
from plantsim.kernels.equilibrium import equilibrium_hp
from plantsim.kernels.humid_air import DRY_AIR_O2, humid_air
from plantsim.library.make_gas_table import load

EQUILIBRIUM = (
    *(gas.N2, gas.O2, gas.AR, gas.CO2, gas.H2O, gas.CO),
    *(gas.H2, gas.OH, gas.H, gas.O, gas.NO, gas.SO2),
)
COUNT = 20_000
CANTERA_COUNT = 300


@kernel
def many_h(n, temperatures):
    """Return the sum of h over the temperatures [K]."""
    total = 0.0
    for T in temperatures:
        total += gas.mixture_h(n, T)
    return total


@kernel
def many_T(n, enthalpies):
    """Return the sum of T over the enthalpies [J]."""
    total = 0.0
    for h in enthalpies:
        total += gas.temperature_from_h(n, h)[0]
    return total


@kernel
def many_flames(e, h, air, ratios, T_air, n):
    """Return the sum of flame temperatures without dissociation over the air ratios."""
    total = 0.0
    for ratio in ratios:
        total += flame_temperature(e, h, air, T_air, ratio, n)[0]
    return total


@kernel
def many_equilibria(e, h, air, ratios, T_air, mixed, n):
    """Return the sum of flame temperatures at equilibrium over the air ratios, and the worst status."""
    total, worst = 0.0, 0
    for ratio in ratios:
        T, status = equilibrium_flame_temperature(e, h, air, T_air, ratio, 101325.0, mixed, n)
        total += T
        worst = max(worst, status)
    return total, worst


def best(function, *arguments, repeats: int = 5) -> float:
    """Return the least time [s] of some calls."""
    times = []
    for _ in range(repeats):
        start = perf_counter()
        function(*arguments)
        times.append(perf_counter() - start)
    return min(times)


def compile_seconds() -> float:
    """Return the seconds that the first call of the equilibrium takes, after numba itself has started."""
    many_h(np.zeros(gas.SPECIES), np.array([500.0]))
    start = perf_counter()
    equilibrium_hp(np.array([1.0, 4.0, 4.2, 15.0, 0.0, 0.1]), -74600.0, 101325.0, np.zeros(gas.SPECIES))
    return perf_counter() - start


def main() -> None:
    """Print the table."""
    print(f"compile equilibrium_hp                {compile_seconds():8.2f} s")
    e, mixed = np.zeros(gas.ELEMENTS), np.zeros(gas.ELEMENTS)
    n, air = np.zeros(gas.SPECIES), np.zeros(gas.SPECIES)
    coal_elements(0.509, 0.031, 0.036, 0.009, 0.015, 0.07, e)
    humid_air(293.15, 82000.0, 0.7, DRY_AIR_O2, air)
    h = enthalpy_of_fuel(e, 20.04e6)
    rng = np.random.default_rng(1)
    ratios = rng.uniform(1.0, 2.0, COUNT)
    wide = rng.uniform(0.7, 2.0, COUNT)
    flame_temperature(e, h, air, 573.15, 1.2, n)
    flue = n.copy()
    temperatures = rng.uniform(300.0, 2300.0, COUNT)
    enthalpies = np.array([gas.mixture_h(flue, T) for T in temperatures])
    many_h(flue, temperatures), many_T(flue, enthalpies)
    many_flames(e, h, air, ratios[:2], 573.15, n), many_equilibria(e, h, air, wide[:2], 573.15, mixed, n)
    own_h = best(many_h, flue, temperatures) / COUNT
    own_hp = best(many_equilibria, e, h, air, wide, 573.15, mixed, n) / COUNT
    print(f"h(T) of flue gas                      {own_h * 1e9:8.0f} ns")
    print(f"T(h) of flue gas                      {best(many_T, flue, enthalpies) / COUNT * 1e9:8.0f} ns")
    flames = best(many_flames, e, h, air, ratios, 573.15, n) / COUNT
    print(f"flame temperature, no dissociation    {flames * 1e9:8.0f} ns")
    print(f"flame temperature, HP equilibrium     {own_hp * 1e6:8.2f} us")
    species = [row[2] for row in load(cantera)]
    solution = cantera.Solution(thermo="ideal-gas", species=[species[i] for i in EQUILIBRIUM])
    amounts = {species[i].name: flue[i] for i in EQUILIBRIUM}

    def cantera_h() -> None:
        for T in temperatures[:CANTERA_COUNT]:
            solution.TP = T, 101325.0
            _ = solution.enthalpy_mole

    def cantera_hp() -> None:
        for T in temperatures[:CANTERA_COUNT]:
            solution.TPX = 1000.0 + T, 101325.0, amounts
            solution.equilibrate("HP")

    solution.TPX = 1000.0, 101325.0, amounts
    other_h = best(cantera_h) / CANTERA_COUNT
    other_hp = best(cantera_hp, repeats=3) / CANTERA_COUNT
    print(f"Cantera h(T)                          {other_h * 1e9:8.0f} ns, ratio {other_h / own_h:6.0f}")
    print(f"Cantera HP equilibrium                {other_hp * 1e6:8.2f} us, ratio {other_hp / own_hp:6.0f}")


if __name__ == "__main__":
    main()
