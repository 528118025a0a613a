"""The gas kernels against Cantera, on the same species and the same data."""

from __future__ import annotations

import counts
import numpy as np
import pytest
from gas_fuels import GASES, coal_fuel, composition, gas_fuel, simple_air

from plantsim.kernels import combustion, equilibrium, gas
from plantsim.library import make_gas_table

cantera = pytest.importorskip("cantera")

EQUILIBRIUM = [
    gas.N2,
    gas.O2,
    gas.AR,
    gas.CO2,
    gas.H2O,
    gas.CO,
    gas.H2,
    gas.OH,
    gas.H,
    gas.O,
    gas.NO,
    gas.SO2,
]
H_TOLERANCE = 1e-12  # of h, cp, s of a species, relative to the largest of the value, R T (h) and R
T_TOLERANCE = 1e-5  # K, HP equilibrium
X_TOLERANCE = 1e-8  # mole fraction


@pytest.fixture(scope="module")
def species() -> list:
    return [row[2] for row in make_gas_table.load(cantera)]


@pytest.fixture(scope="module")
def solution(species):
    return cantera.Solution(thermo="ideal-gas", species=[species[i] for i in EQUILIBRIUM])


def test_table_on_disk_is_the_one_that_cantera_s_data_give():
    if cantera.__version__ not in make_gas_table.TARGET.read_text(encoding="utf-8"):
        pytest.skip("the table names another version of Cantera; see the next test")
    assert make_gas_table.TARGET.read_text(encoding="utf-8") == make_gas_table.table_text(cantera)


def test_species_agree(species):
    worst = 0.0
    for T in np.concatenate([np.linspace(200.0, 3500.0, 331), [999.999, 1000.001]]):
        for i, thermo in enumerate(s.thermo for s in species):
            for own, other, scale in (
                (gas.species_h(i, T), thermo.h(T) / 1e3, gas.R * T),
                (gas.species_cp(i, T), thermo.cp(T) / 1e3, gas.R),
                (gas.species_s(i, T), thermo.s(T) / 1e3, gas.R),
            ):
                worst = max(worst, abs(own - other) / max(abs(other), scale))
    assert worst < H_TOLERANCE


def test_mixture_agrees(species):
    mixture = cantera.Solution(thermo="ideal-gas", species=species[: gas.SPECIES])
    rng = np.random.default_rng(4)
    for _ in range(200):
        x, T, p = rng.dirichlet(np.ones(gas.SPECIES)), rng.uniform(250.0, 3400.0), rng.uniform(5e4, 5e5)
        mixture.TPX = T, p, x
        scale = gas.R * T / mixture.mean_molecular_weight * 1e3
        assert abs(gas.specific_h(x, T) - mixture.h) < H_TOLERANCE * max(abs(mixture.h), scale)
        assert gas.specific_cp(x, T) == pytest.approx(mixture.cp, rel=H_TOLERANCE)
        assert gas.specific_s(x, T, p) == pytest.approx(mixture.s, rel=H_TOLERANCE)
        assert gas.density(x, T, p) == pytest.approx(mixture.density, rel=H_TOLERANCE)
        w = np.zeros(gas.SPECIES)
        gas.mole_to_mass_fractions(x, w)
        np.testing.assert_allclose(w, mixture.Y, rtol=1e-12)


def draw(rng, name):
    """Return elements, enthalpy, unburnt mixture [mol] (None for coal), at a random point of the campaign."""
    air = simple_air(rng.uniform(0.21, 0.35))
    ratio, T_air, p = rng.uniform(0.6, 2.0), rng.uniform(273.15, 1573.15), rng.choice([8.2e4, 101325.0, 3e5])
    e, h = coal_fuel() if name == "coal" else gas_fuel(name)
    return e, h, air, T_air, ratio, p


def compare_flame(solution, e, h, air, T_air, ratio, p):
    """Return the differences of T [K] and of the mole fractions at HP equilibrium, and T; None if too hot."""
    mixed, n = np.zeros(gas.ELEMENTS), np.zeros(gas.SPECIES)
    T, status = combustion.equilibrium_flame_temperature(e, h, air, T_air, ratio, p, mixed, n)
    if status == 2 and T > 3499.0:
        return None
    assert status == 0
    # the mixture goes to Cantera as atoms, which any fuel can be given as: CO, H2, N2, SO2, AR and O2
    amounts = np.zeros(gas.SPECIES)
    amounts[[gas.CO, gas.H2, gas.N2]] = (
        mixed[gas.ELEMENT_C],
        mixed[gas.ELEMENT_H] / 2,
        mixed[gas.ELEMENT_N] / 2,
    )
    amounts[[gas.SO2, gas.AR]] = mixed[gas.ELEMENT_S], mixed[gas.ELEMENT_AR]
    amounts[gas.O2] = (mixed[gas.ELEMENT_O] - mixed[gas.ELEMENT_C]) / 2 - mixed[gas.ELEMENT_S]
    total = h + combustion.air_amount(e, air, ratio) * gas.mixture_h(air, T_air)
    solution.TPX = T + 25.0, p, amounts[EQUILIBRIUM]
    solution.equilibrate(
        "TP", rtol=1e-10
    )  # a start near the answer: from far off Cantera's HP solver may fail
    solution.HP = total / gas.mass(amounts), p
    solution.equilibrate("HP", rtol=1e-12, max_steps=20_000, max_iter=500)
    return abs(solution.T - T), np.abs(solution.X - n[EQUILIBRIUM] / n.sum()).max(), T


def campaign(solution, count, seed):
    """Return the worst differences over ``count`` flames of each fuel, and the range of T."""
    rng = np.random.default_rng(seed)
    found = []
    for name in (*GASES, "coal"):
        rows = [compare_flame(solution, *draw(rng, name)) for _ in range(count)]
        found += [row for row in rows if row is not None]
    found = np.array(found)
    assert len(found) >= 0.99 * 5 * count
    return found[:, 0].max(), found[:, 1].max(), found[:, 2]


def test_flames_agree(solution):
    dT, dX, T = campaign(solution, 40, seed=7)
    assert dT < T_TOLERANCE
    assert dX < X_TOLERANCE
    assert T.min() < 1400.0
    assert T.max() > 2800.0


@pytest.mark.campaign
def test_flames_agree_campaign(solution):
    dT, dX, T = campaign(solution, 2000, seed=counts.seed(8))
    print(f"worst dT {dT:.2e} K, worst dX {dX:.2e}, T {T.min():.0f} to {T.max():.0f} K, {len(T)} flames")
    assert dT < T_TOLERANCE
    assert dX < X_TOLERANCE


def test_compositions_at_given_temperature_agree(solution):
    rng = np.random.default_rng(5)
    e, n = np.zeros(gas.ELEMENTS), np.zeros(gas.SPECIES)
    for T in rng.uniform(700.0, 3400.0, 150):
        x = np.zeros(gas.SPECIES)
        x[EQUILIBRIUM] = rng.dirichlet(np.full(len(EQUILIBRIUM), 0.5))
        x[gas.O2] += x[gas.CO] * rng.uniform(0.0, 0.6) + 0.5 * x[gas.H]
        x /= x.sum()
        gas.elements_of(x, e)
        assert equilibrium.equilibrium_tp(e, T, 1.2e5, n) == 0
        solution.TPX = T, 1.2e5, x[EQUILIBRIUM]
        solution.equilibrate("TP", rtol=1e-12)
        assert np.abs(solution.X - n[EQUILIBRIUM] / n.sum()).max() < X_TOLERANCE


def test_the_species_left_out_hardly_matter():
    """All 53 species of GRI-Mech move the flame temperature of cold gas and air by less than 0.1 K."""
    full = cantera.Solution("gri30.yaml")
    mixed, n = np.zeros(gas.ELEMENTS), np.zeros(gas.SPECIES)
    for name, parts in GASES.items():
        for ratio in (0.8, 1.0, 1.3):
            e, h = gas_fuel(name)
            air = simple_air(0.21)
            T, _ = combustion.equilibrium_flame_temperature(e, h, air, 298.15, ratio, 101325.0, mixed, n)
            fresh = combustion.air_amount(e, air, ratio)
            amounts = composition(parts) + fresh * air
            names = {gas.SPECIES_NAMES[i]: amounts[i] for i in range(gas.SPECIES) if amounts[i] > 0.0}
            full.TPX = 298.15, 101325.0, names
            full.equilibrate("HP", rtol=1e-9, max_steps=20_000)
            assert abs(full.T - T) < 0.1
