"""Gas of eight species, its transport, and beds of lumps: printed laws, and a bed's height by its own quadrature."""

from __future__ import annotations

from math import log, sqrt

import pytest
from plain_kernels import plain

from plantsim._jit import kernel
from plantsim.kernels import packed_bed, process_gas
from plantsim.kernels.gas_coefficients import COEFFICIENTS, NAMES
from plantsim.kernels.transport_coefficients import CONDUCTIVITY, VISCOSITY
from plantsim.vocabulary.status import NOT_FINITE, OK, OUTSIDE_RANGE

R = 8.31446261815324
SPECIES = ("N2", "O2", "CO2", "H2O", "CO", "H2", "CH4", "SO2")
MOLAR = (28.014, 31.998, 44.009, 18.015, 28.010, 2.016, 16.043, 64.06)  # g/mol
GAS = (1.31, 0.07, 0.29, 0.17, 0.19, 0.05, 0.023, 0.011)  # mol


def enthalpy(T, n=GAS):
    """NASA's polynomial, summed species by species [J]."""
    h = 0.0
    for name, x in zip(SPECIES, n, strict=True):
        a = COEFFICIENTS[NAMES.index(name)]
        a = a[7:] if T > 1000.0 else a[:7]
        h += x * R * (a[0] * T + a[1] * T**2 / 2 + a[2] * T**3 / 3 + a[3] * T**4 / 4 + a[4] * T**5 / 5 + a[5])
    return h


LOW, HIGH = process_gas.polynomial(GAS, process_gas.COLD), process_gas.polynomial(GAS, process_gas.HOT)


@pytest.mark.parametrize("T", [331.0, 999.9, 1000.1, 1470.0])
def test_enthalpy_and_its_inverse(T):
    assert process_gas.enthalpy(GAS, T) == pytest.approx(enthalpy(T), rel=1e-12)
    h, cp = process_gas.h_cp(LOW, HIGH, T)
    assert h == pytest.approx(enthalpy(T), rel=1e-12)
    assert process_gas.temperature(LOW, HIGH, h, 640.0) == pytest.approx(T, rel=1e-9)
    if abs(T - 1000.0) > 1.0:
        assert cp == pytest.approx((enthalpy(T + 0.1) - enthalpy(T - 0.1)) / 0.2, rel=1e-7)


def test_no_temperature_beyond_the_ends():
    for T, inside in ((199.0, False), (201.0, True), (3499.0, True), (3501.0, False)):
        found = process_gas.temperature(LOW, HIGH, process_gas.h_cp(LOW, HIGH, T)[0], T)
        assert (found == found) == inside


def test_amount_and_mass():
    assert process_gas.amount(GAS) == pytest.approx(sum(GAS), rel=1e-14)
    assert process_gas.mass(GAS) == pytest.approx(
        sum(x * m for x, m in zip(GAS, MOLAR, strict=True)) / 1000, rel=5e-5
    )


def fit(row, T):
    return sum(a * log(T) ** k for k, a in enumerate(row))


def by_wilke(n, T):
    """Wilke 1950 for the viscosity, half of both averages for the conductivity; SO2 left out."""
    whole = sum(n[:7])
    mu = [sqrt(T) * fit(VISCOSITY[i], T) ** 2 for i in range(7)]
    k = [sqrt(T) * fit(CONDUCTIVITY[i], T) for i in range(7)]
    viscosity = 0.0
    for i in range(7):
        phi = [
            (1 + sqrt(mu[i] / mu[j]) * (MOLAR[j] / MOLAR[i]) ** 0.25) ** 2
            / sqrt(8 * (1 + MOLAR[i] / MOLAR[j]))
            for j in range(7)
        ]
        viscosity += n[i] * mu[i] / sum(n[j] * phi[j] for j in range(7)) if n[i] else 0.0
    molar = sum(n[i] * k[i] for i in range(7)) / whole
    harmonic = whole / sum(n[i] / k[i] for i in range(7))
    return viscosity, (molar + harmonic) / 2


@pytest.mark.parametrize("n", [GAS, (1.3, 0.0, 0.4, 0.0, 0.0, 0.2, 0.0, 0.1)])
def test_transport(n):
    assert process_gas.transport(n, 871.0) == pytest.approx(by_wilke(n, 871.0), rel=2e-5)


# ---------------------------------------------------------------- beds


def test_film_and_conductance():
    """Wakao and Kaguei: Nu = 2 + 1.1 Pr^(1/3) Re^0.6; 6 (1 - e)/(sphericity d) m2/m3; d/10 k inside."""
    reynolds, prandtl = 1.31 * 0.057 / 3.3e-5, 3.3e-5 * 1130.0 / 0.056
    film = 0.056 / 0.057 * (2 + 1.1 * prandtl ** (1 / 3) * reynolds**0.6)
    assert packed_bed.wakao_film(1.31, 1130.0, 0.057, 3.3e-5, 0.056) == pytest.approx(film, rel=1e-13)
    by_hand = 0.17 * 6 * 0.53 / (0.83 * 0.057) / (1 / film + 0.057 / (10 * 1.7))
    found = packed_bed.bed_conductance(film, 0.057, 1.7, 0.47, 0.83, 0.17)
    assert found == pytest.approx(by_hand, rel=1e-13)


def test_ergun():
    """dp/dz = 150 mu (1-e)^2/(e^3 d^2) u + 1.75 (1-e)/(e^3 d) rho u^2, times p for an ideal gas."""
    G, M, T, mu, L, d, e = 1.31, 0.0293, 743.0, 3.3e-5, 7.7, 0.047, 0.43
    rho = 1.0  # drops out: u = G/rho, and p = rho R T/M
    slope = 150 * mu * (1 - e) ** 2 / (e**3 * d**2) * G / rho + 1.75 * (1 - e) / (e**3 * d) * G**2 / rho
    square = 1.37 * slope * L * rho * R * T / M
    assert packed_bed.ergun_square(G, M, T, mu, L, d, e, 1.37) == pytest.approx(square, rel=1e-12)
    loss = packed_bed.bed_pressure_loss(G, M, T, mu, L, d, e, 1.37, 80.3e3)
    assert loss == pytest.approx(sqrt(80.3e3**2 + 2 * square) - 80.3e3, rel=1e-9)
    assert packed_bed.bed_pressure_loss(G, M, T, mu, L, d, e, -1.37, 80.3e3) == 0.0


def test_conductance_as_a_parabola():
    middle, *terms = packed_bed._parabola(3.1, 7.7, 1.9, 2.3, 4.1)
    for x, y in ((3.1, 1.9), (5.4, 2.3), (7.7, 4.1)):
        assert sum(c * (x - middle) ** k for k, c in enumerate(terms)) == pytest.approx(y, rel=1e-13)
    law = packed_bed.conductance_law(411.0, 1311.0, 1.31, GAS, 0.057, 1.7, 0.47, 0.83, 0.17)
    mass = sum(x * m for x, m in zip(GAS, MOLAR, strict=True)) / 1000
    for T in (411.0, 861.0, 1311.0):
        cp = (enthalpy(T + 0.1) - enthalpy(T - 0.1)) / 0.2 / mass
        mu, k = by_wilke(GAS, T)
        reynolds = 1.31 * 0.057 / mu
        film = k / 0.057 * (2 + 1.1 * (mu * cp / k) ** (1 / 3) * reynolds**0.6)
        by_hand = 0.17 * 6 * 0.53 / (0.83 * 0.057) / (1 / film + 0.057 / (10 * 1.7))
        x = T - law[0]
        assert law[1] + x * (law[2] + x * law[3]) == pytest.approx(by_hand, rel=3e-5)


def test_log_mean():
    for a, b in ((31.0, 17.0), (17.0, 31.0), (1.0, 1.038), (1.0, 1.043), (0.31, 0.30)):
        assert packed_bed.log_mean(a, b) == pytest.approx((a - b) / log(a / b), rel=3e-9)


@kernel
def quadratic(T, solid):
    """Enthalpy of a solid whose heat capacity grows with T [J/kg]."""
    return T * (solid[0] + solid[1] * T)


BED = plain(packed_bed.counterflow_bed(quadratic))
SOLID = (790.0, 0.31)
ONE = tuple(x / sum(GAS) for x in GAS)
LOW_1, HIGH_1 = process_gas.polynomial(ONE, process_gas.COLD), process_gas.polynomial(ONE, process_gas.HOT)
T_SOLID, T_GAS, SOLID_FLOW, GAS_FLOW = 1311.0, 407.0, 37.0, 1900.0
LAW = (870.0, 640.0, 0.21, -1.7e-4)


def height(T_out, parts=200):
    """Volume [m3], its mean gas temperature [K] and the gas outlet [K] by Simpson's rule over the solid's temperature.

    dV = m dh / (U (T_solid - T_gas)); the gas takes what the solid gives.
    """

    def at(T):
        h = enthalpy(T_GAS, ONE) + SOLID_FLOW / GAS_FLOW * (quadratic(T, SOLID) - quadratic(T_out, SOLID))
        low, high = 150.0, 3000.0
        for _ in range(60):
            low, high = (
                ((low + high) / 2, high) if enthalpy((low + high) / 2, ONE) < h else (low, (low + high) / 2)
            )
        x = low - LAW[0]
        U = LAW[1] + LAW[2] * x + LAW[3] * x**2
        return SOLID_FLOW * (SOLID[0] + 2 * SOLID[1] * T) / (U * (T - low)), low

    step = (T_SOLID - T_out) / parts
    volume = heat = 0.0
    for i in range(parts + 1):
        weight = 1 if i in (0, parts) else 4 if i % 2 else 2
        f, T = at(T_out + i * step)
        volume += weight * f
        heat += weight * f * T
    return volume * step / 3, heat / volume, at(T_SOLID)[1]


def test_a_bed_s_height():
    volume, mean, T_gas_out = height(493.0)
    arguments = (SOLID_FLOW, SOLID, T_SOLID, GAS_FLOW, LOW_1, HIGH_1, T_GAS, LAW)
    T_out, T_gas, duty, T_mean, code = BED(*arguments, volume, 300)
    assert code == OK
    assert pytest.approx(493.0, abs=2e-3) == T_out
    assert pytest.approx(T_gas_out, abs=2e-3) == T_gas
    assert duty == pytest.approx(
        SOLID_FLOW * (quadratic(T_SOLID, SOLID) - quadratic(T_out, SOLID)), rel=1e-12
    )
    assert pytest.approx(mean, rel=1e-5) == T_mean


def test_a_bed_higher_than_it_needs():
    """Far more height: the solid leaves at the gas inlet's temperature, and what is left over has the gas inlet's."""
    arguments = (SOLID_FLOW, SOLID, T_SOLID, GAS_FLOW, LOW_1, HIGH_1, T_GAS, LAW)
    found = [BED(*arguments, volume, 60) for volume in (3e5, 6e5)]
    T_out, _, duty, _, code = found[0]
    assert code == OK
    assert pytest.approx(T_GAS, abs=1e-6) == T_out
    assert duty == pytest.approx(SOLID_FLOW * (quadratic(T_SOLID, SOLID) - quadratic(T_GAS, SOLID)), rel=1e-9)
    # above the gas inlet's temperature only what was needed counts, whatever the height
    more = [(found[0][3] - T_GAS) * 3e5, (found[1][3] - T_GAS) * 6e5]
    assert more[0] == pytest.approx(more[1], rel=1e-9)
    assert more[0] > 0.0


def test_beds_that_are_refused():
    good = (SOLID_FLOW, SOLID, T_SOLID, GAS_FLOW, LOW_1, HIGH_1, T_GAS, LAW, 200.0, 30)
    for i, bad in ((0, 0.0), (2, T_GAS), (3, 0.0), (8, 0.0), (9, 0)):
        assert BED(*good[:i], bad, *good[i + 1 :])[4] == OUTSIDE_RANGE
    assert BED(*good[:9], 1)[4] == OK
    assert BED(*good[:1], (float("nan"), 0.31), *good[2:])[4] == NOT_FINITE
