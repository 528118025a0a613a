"""Equilibrium of flue gas by what defines it: atoms that stay, and mass action with Gibbs energies of the table."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from plantsim.kernels import equilibrium, gas
from plantsim.kernels.gas_coefficients import COEFFICIENTS
from plantsim.vocabulary.status import NOT_FINITE, OK, OUTSIDE_RANGE

PLACE = {name: i for i, name in enumerate(gas.SPECIES_NAMES)}
# product: its parts, by formation from CO or H2, O2 and N2
FORMED = {
    "CO2": {"CO": 1, "O2": 0.5}, "H2O": {"H2": 1, "O2": 0.5}, "OH": {"H2": 0.5, "O2": 0.5}, "H": {"H2": 0.5},
    "O": {"O2": 0.5}, "NO": {"N2": 0.5, "O2": 0.5},
}  # fmt: skip
LEAN = np.array([1.1, 3.7, 4.9, 14.3, 0.03, 0.17])
RICH = np.array([1.1, 3.7, 2.9, 9.3, 0.02, 0.11])
JUST = np.array([1.1, 3.7, 4.05 + 0.06, 14.3, 0.03, 0.17])  # 2 C + H/2 + 2 S


def gibbs(name, T):
    """g/RT of the seven coefficients, enthalpy and entropy as NASA defines them."""
    i = PLACE[name]
    a = COEFFICIENTS[i, 7:14] if T > 1000.0 else COEFFICIENTS[i, :7]
    h = a[0] + a[1] * T / 2 + a[2] * T**2 / 3 + a[3] * T**3 / 4 + a[4] * T**4 / 5 + a[5] / T
    s = a[0] * log(T) + a[1] * T + a[2] * T**2 / 2 + a[3] * T**3 / 3 + a[4] * T**4 / 4 + a[6]
    return h - s


def constant(product, T):
    return exp(sum(nu * gibbs(part, T) for part, nu in FORMED[product].items()) - gibbs(product, T))


@pytest.mark.parametrize("T", [880.0, 1720.0, 2540.0])
def test_constants_of_the_six_reactions(T):
    by_hand = [constant(product, T) for product in FORMED]
    assert equilibrium.reaction_constants(T) == pytest.approx(by_hand, rel=1e-9)


def test_constants_of_tables():
    """JANAF at 2000 K, log10 of formation: CO2 10.353 less CO 7.469, H2O 3.540, NO -1.699, O -3.178, H -2.790.

    NO with the heat of formation of today, 91.27 in place of 90.29 kJ/mol: 0.98/(2.3026 R 2000) = 0.026 less.
    """
    k_CO2, k_H2O, _, k_H, k_O, k_NO = equilibrium.reaction_constants(2000.0)
    found = [log(k) / log(10.0) for k in (k_CO2, k_H2O, k_NO, k_O, k_H)]
    assert found == pytest.approx([2.884, 3.540, -1.725, -3.178, -2.790], abs=0.012)


@pytest.mark.parametrize("e", [LEAN, RICH, JUST], ids=["lean", "rich", "just"])
@pytest.mark.parametrize(("T", "p"), [(1080.0, 0.8e5), (1720.0, 1.3e5), (2540.0, 0.8e5), (3300.0, 0.4e5)])
def test_atoms_and_mass_action(e, T, p):
    n = np.full(gas.SPECIES, 7.0)
    assert equilibrium.equilibrium_tp(e, T, p, n) == OK
    atoms = np.zeros(6)
    gas.elements_of(n, atoms)
    assert atoms == pytest.approx(e, rel=1e-9)
    assert n[PLACE["SO2"]] == pytest.approx(e[4], rel=1e-15)
    assert n[PLACE["AR"]] == pytest.approx(e[5], rel=1e-15)
    pressure = {name: n[i] / n.sum() * p / 101325.0 for name, i in PLACE.items()}
    for product, parts in FORMED.items():
        by_hand = constant(product, T)
        for part, nu in parts.items():
            by_hand *= pressure[part] ** nu
        assert pressure[product] == pytest.approx(by_hand, rel=1e-7)
    there = {*FORMED, "CO", "O2", "H2", "N2", "SO2", "AR"}
    assert not n[[i for name, i in PLACE.items() if name not in there]].any()


def test_root_of_pressure():
    x = equilibrium.root_of_pressure(1.7, 0.31, 2.9)
    assert x > 0.0
    assert 2 * 1.7 * x**2 + 0.31 * x == pytest.approx(2.9, rel=1e-13)


@pytest.mark.parametrize("e", [LEAN, RICH], ids=["lean", "rich"])
@pytest.mark.parametrize("T", [1720.0, 2540.0, 3300.0])
@pytest.mark.parametrize("u", [0.007, 0.19])
def test_scale_and_slopes_of_the_search(e, T, u):
    """At the scale the partial pressures add up; the slopes are those of neighbours along such states."""
    k_CO2, *k = equilibrium.reaction_constants(T)
    k_H2O, k_OH, k_H, k_O, k_NO = k
    surplus = e[2] - 2 * (e[0] + e[4]) - e[1] / 2

    def at(log_u, start=1e-3):
        u = exp(log_u)
        phi, found = equilibrium.scale_of_pressures(u, start, 0.79, e, *k)
        assert found
        w = equilibrium.root_of_pressure(
            1 + k_H2O * u, k_OH * u + k_H, e[1] * phi
        )  # root of the pressure of H2
        v = equilibrium.root_of_pressure(1.0, k_NO * u, e[3] * phi)
        part = {
            "CO": e[0] * phi / (1 + k_CO2 * u), "H2": w * w, "H2O": k_H2O * u * w * w, "OH": k_OH * u * w,
            "H": k_H * w, "N2": v * v, "NO": k_NO * u * v, "O2": u * u, "O": k_O * u, "rest": (e[4] + e[5]) * phi,
        }  # fmt: skip
        part["CO2"] = e[0] * phi - part["CO"]
        assert sum(part.values()) == pytest.approx(0.79, rel=1e-9)
        assert 2 * (part["H2"] + part["H2O"]) + part["OH"] + part["H"] == pytest.approx(e[1] * phi, rel=1e-9)
        assert 2 * part["N2"] + part["NO"] == pytest.approx(e[3] * phi, rel=1e-9)
        free = 2 * part["O2"] + part["O"] + part["NO"] + part["OH"] / 2 + max(0.0, -surplus) * phi
        lack = part["CO"] + part["H2"] + part["H"] / 2 + max(0.0, surplus) * phi
        return log(free / lack), phi

    middle = log(u)
    value, phi = at(middle)
    assert at(middle, 1e2)[1] == pytest.approx(phi, rel=1e-9)
    (above, phi_above), (below, phi_below) = at(middle + 1e-4), at(middle - 1e-4)
    found = equilibrium.oxygen_miss(u, phi, surplus, e, k_CO2, *k)
    by_hand = (value, (above - below) / 2e-4, (phi_above - phi_below) / 2e-4)
    assert found == pytest.approx(by_hand, rel=1e-6)


@pytest.mark.parametrize("e", [LEAN, RICH], ids=["lean", "rich"])
@pytest.mark.parametrize("T", [640.0, 1720.0, 2540.0])
def test_temperature_from_the_enthalpy(e, T):
    n = np.zeros(gas.SPECIES)
    assert equilibrium.equilibrium_tp(e, T, 0.8e5, n) == OK
    h = gas.mixture_h(n, T)
    again = np.zeros(gas.SPECIES)
    assert equilibrium.equilibrium_hp(e, h, 0.8e5, again) == (pytest.approx(T, abs=1e-6), OK)
    assert again == pytest.approx(n, rel=1e-6, abs=1e-12)


def test_what_is_outside_the_range():
    n = np.zeros(gas.SPECIES)
    for k in range(6):
        for bad in (-1e-9, 1e300):
            e = LEAN.copy()
            e[k] = bad
            assert equilibrium.equilibrium_tp(e, 1500.0, 1e5, n) == NOT_FINITE
    for T in (199.9, 3500.1):
        assert equilibrium.equilibrium_tp(LEAN, T, 1e5, n) == OUTSIDE_RANGE
    for T in (200.0, 3500.0):
        assert equilibrium.equilibrium_tp(LEAN, T, 1e5, n) != OUTSIDE_RANGE
    for p in (0.0, 1e10):
        assert equilibrium.equilibrium_tp(LEAN, 1500.0, p, n) == OUTSIDE_RANGE
    # C + 2 S: 1.1 + 0.06
    for oxygen, code in ((1.159, OUTSIDE_RANGE), (1.17, OK)):
        e = LEAN.copy()
        e[2] = oxygen
        assert equilibrium.range_status(e, 1e5) == code
    # what is not oxygen: 1.1 + (3.7 + 14.3)/2 + 0.17 + 0.03 = 10.3, a thousandth of 10 300
    assert equilibrium.others(LEAN) == pytest.approx(10.3, rel=1e-14)
    for oxygen, code in ((10299.0, OK), (10301.0, OUTSIDE_RANGE)):
        e = LEAN.copy()
        e[2] = oxygen
        assert equilibrium.range_status(e, 1e5) == code
    assert equilibrium.equilibrium_hp(LEAN, 1e300, 1e5, n) == (0.0, NOT_FINITE)
    assert equilibrium.equilibrium_hp(-LEAN, 0.0, 1e5, n) == (0.0, NOT_FINITE)


def test_the_search_ends_at_the_range_s_ends():
    for T, code in ((200.0, OUTSIDE_RANGE), (200.1, OK), (3499.9, OK), (3500.0, OUTSIDE_RANGE)):
        assert equilibrium.end_of_search(T) == (T, code)
