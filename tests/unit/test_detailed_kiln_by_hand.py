"""The kiln along its axis: heat transfer of a slice, reactions and bed depth of a step, marches; printed laws."""

from __future__ import annotations

import itertools
from math import acos, cos, exp, log, pi, sin, sqrt, tan
from types import SimpleNamespace

import numpy as np
import pytest
from plain_kernels import plain

from plantsim.kernels import gas, gas_flow
from plantsim.processes.cement_kiln import clinker_reactions as chem
from plantsim.processes.cement_kiln import (
    detailed_burning,
    detailed_kiln,
    kiln_bed,
    kiln_radiation,
    kiln_slice,
)
from plantsim.processes.cement_kiln.streams import clinker_h, meal_h
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

SIGMA = 5.670374419e-8
R = 8.31446261815324
FREE = 80.33 * 1.163  # kcal/h to W


# ---------------------------------------------------------------- a slice


def test_shapes_of_a_slice():
    """A bed 0.43 m deep in a kiln of 3.9 m."""
    angle = 2 * acos(1 - 0.43 / 1.95)
    fill = (angle - sin(angle)) / (2 * pi)
    assert kiln_slice.bed_angle(fill) == pytest.approx(angle, rel=1e-9)
    assert kiln_bed.angle_of(0.43, 1.95) == pytest.approx(angle, rel=1e-13)
    assert kiln_bed.fill_of(0.43, 1.95) == pytest.approx(fill, rel=1e-13)
    assert kiln_bed.angle_of(-0.1, 1.95) == 0.0
    assert kiln_bed.angle_of(4.0, 1.95) == pytest.approx(2 * pi, rel=1e-13)
    assert kiln_slice.beam_length(3.9, angle) == pytest.approx(0.95 * (3.9 - 0.43), rel=1e-12)
    wetted = 1.95 * (2 * pi - angle) + 2 * 1.95 * sin(angle / 2)
    by_hand = 4 * pi * 1.95**2 * (1 - fill) / wetted
    assert kiln_slice.hydraulic_diameter(3.9, angle) == pytest.approx(by_hand, rel=1e-12)


def test_convection_conduction_and_covered_wall():
    bed, wall = kiln_slice.convection(5300.0, 470.0, 0.113)
    assert bed == pytest.approx(0.46 * 5300**0.535 * 470**0.104 * 0.113**-0.341, rel=1e-12)
    assert wall == pytest.approx(1.54 * 5300**0.575 * 470**-0.292, rel=1e-12)
    maxwell = 0.083 * (1.7 + 2 * 0.083 + 2 * 0.53 * (1.7 - 0.083)) / (1.7 + 2 * 0.083 - 0.53 * (1.7 - 0.083))
    assert kiln_slice.bed_conductivity(0.083, 1.7, 0.53) == pytest.approx(maxwell, rel=1e-12)
    # gas film of a tenth of the particles; penetration 2 sqrt(2 k rho cp n / angle)
    penetration = 2 * sqrt(2 * 0.31 * 1130 * 1090 * 0.061 / 1.3)
    by_hand = 1 / (0.1 * 0.0087 / 0.083 + 1 / penetration)
    found = kiln_slice.covered_wall(0.083, 0.31, 1130.0, 1090.0, 0.0087, 0.061, 1.3)
    assert found == pytest.approx(by_hand, rel=1e-12)


def outside(T, radius, e_shell, T_air):
    free = FREE * ((T + T_air) / 2) ** -0.724 * (T - T_air) ** 1.333
    return 2 * pi * radius * (free + e_shell * SIGMA * (T**4 - T_air**4))


def test_what_passes_the_shell():
    """Through brick that conducts 1 + 0.0004 T and the other layers; outside free convection and radiation."""
    loss, T = kiln_slice.shell_loss(1310.0, 2.31, 0.031, 4e-4, 0.0113, 0.79, 291.0)
    assert loss == pytest.approx((1310 - T) / (0.0113 + 0.031 / (1 + 4e-4 * (1310 + T) / 2)), rel=1e-8)
    assert loss == pytest.approx(outside(T, 2.31, 0.79, 291.0), rel=1e-8)
    cold, T = kiln_slice.shell_loss(280.0, 2.31, 0.031, 4e-4, 0.0113, 0.79, 291.0)
    assert (cold, T) == (0.0, pytest.approx(291.0, abs=1e-5))


def kiln(**change):
    layers = [(0.047, 1.3, 0.0), (0.19, 2.3, 4e-4), (0.031, 43.0, 0.0)]
    values = {
        "turns": 0.061, "ambient": 291.0, "pressure": 80.3e3, "e_wall": 0.83, "e_bed": 0.91, "e_shell": 0.79,
        "gas_flow": 31.0, "molar_mass": 0.0307, "co2": 0.21, "h2o": 0.073, "o2": 0.021, "n2": 0.696, "haze": 0.17,
        "bed_flow": 47.0, "bed_density": 1130.0, "solids": 0.53, "solid_conductivity": 1.7, "particle": 0.0087,
        "cp_0": 655.0, "cp_1": 0.47, "cp_2": -3.1e-5, **change,
    }  # fmt: skip
    return detailed_kiln.kiln_record(3.9, 61.0, 0.113, layers, **values)


def plain_kiln(**change):
    """The same fields, of a plain object that plain kernels read fast."""
    k = kiln(**change)
    return SimpleNamespace(**{name: float(k[name]) for name in detailed_kiln.FIELDS})


def test_record_of_a_kiln():
    """Layers of a cylinder: ln(outer/inner)/(2 pi k); the brick's rise stands apart."""
    k = kiln()
    fixed = log(1.997 / 1.95) / (2 * pi * 1.3) + log(2.218 / 2.187) / (2 * pi * 43)
    assert float(k["fixed_layers"]) == pytest.approx(fixed, rel=1e-12)
    assert float(k["brick"]) == pytest.approx(log(2.187 / 1.997) / (2 * pi * 2.3), rel=1e-12)
    assert (float(k["brick_slope"]), float(k["shell_radius"])) == (4e-4, pytest.approx(2.218, rel=1e-13))
    assert (float(k["diameter"]), float(k["length"]), float(k["filling"])) == (3.9, 61.0, 0.113)
    angle = float(k["angle"])
    assert angle - sin(angle) == pytest.approx(2 * pi * 0.113, rel=1e-9)


def heats(k, T):
    cp = {gas.CO2: 0.21, gas.H2O: 0.073, gas.O2: 0.021, gas.N2: 0.696}
    return sum(x * gas.species_cp(i, T) for i, x in cp.items()) / 0.0307


def test_coefficients_of_a_slice():
    """Gas of 1 630 K over a bed of 1 210 K: Prandtl 0.70, Reynolds with the free section's diameter."""
    k = plain_kiln()
    mu, cp = gas_flow.air_viscosity(1630.0), heats(k, 1630.0)
    d = kiln_slice.hydraulic_diameter(3.9, k.angle)
    re = 31.0 * d / (pi * 1.95**2 * (1 - 0.113)) / mu
    density = 80.3e3 * 0.0307 / (R * 1630)
    rotation = density * 2 * pi * 0.061 * d**2 / mu
    bed, wall = kiln_slice.convection(re, rotation, 0.113)
    conducts = mu * cp / 0.70
    void = gas_flow.air_viscosity(1210.0) * heats(k, 1210.0) / 0.70
    k_bed = kiln_slice.bed_conductivity(void, 1.7, 0.53)
    cp_bed = 655.0 + 0.47 * 1210 - 3.1e-5 * 1210**2
    cover = kiln_slice.covered_wall(void, k_bed, 1130.0, cp_bed, 0.0087, 0.061, k.angle)
    beam = kiln_slice.beam_length(3.9, k.angle)
    e = kiln_radiation.gas_emissivity(1630.0, 0.21, 0.073, beam, 80.3e3, 0.17)
    found = plain(detailed_kiln.coefficients)(k, 1630.0, 1210.0)
    assert found == pytest.approx((e, bed * conducts / d, wall * conducts / d, cover), rel=1e-9)
    assert plain(detailed_kiln.bed_heat)(k, 1210.0) == pytest.approx(cp_bed, rel=1e-12)
    assert plain(detailed_kiln.gas_heat)(k, 1630.0) == pytest.approx(cp, rel=1e-12)


@pytest.mark.parametrize("guess", [1400.0, 300.0, 3000.0])
def test_the_wall_s_own_balance(guess):
    """What its free part takes, its covered part and the shell give."""
    k = plain_kiln()
    e, h_bed, h_wall, h_cover = plain(detailed_kiln.coefficients)(k, 1630.0, 1210.0)
    given, taken, lost, T, T_shell = plain(kiln_slice.wall_state)(
        k, 1630.0, 1210.0, guess, e, h_bed, h_wall, h_cover
    )
    chord, arc, covered = 3.9 * sin(k.angle / 2), 1.95 * (2 * pi - k.angle), 1.95 * k.angle
    beam = kiln_slice.beam_length(3.9, k.angle)
    a_wall, a_bed = (
        kiln_radiation.gas_absorptivity(1630.0, t, 0.21, 0.073, beam, 80.3e3, 0.17) for t in (T, 1210.0)
    )
    wall, bed = kiln_radiation.exchange(1630.0, T, 1210.0, e, a_wall, a_bed, 0.83, 0.91, arc, chord)
    wall += h_wall * arc * (1630 - T)
    through = h_cover * covered * (T - 1210)
    loss = kiln_slice.shell_loss(T, 2.218, k.brick, 4e-4, k.fixed_layers, 0.79, 291.0)
    assert (lost, T_shell) == (pytest.approx(loss[0], rel=1e-6), pytest.approx(loss[1], rel=1e-6))
    assert wall == pytest.approx(through + lost, rel=1e-6)
    bed += h_bed * chord * (1630 - 1210) + through
    assert taken == pytest.approx(bed, rel=1e-6)
    assert given == pytest.approx(bed + lost, rel=1e-6)
    d_gas, d_bed, *_ = plain(detailed_kiln.slopes)(k, 1630.0, 1210.0, guess)
    assert d_gas == pytest.approx(given / (31.0 * heats(k, 1630.0)), rel=1e-6)
    assert d_bed == pytest.approx(taken / (47.0 * (655.0 + 0.47 * 1210 - 3.1e-5 * 1210**2)), rel=1e-6)


def test_march_by_heun():
    """Two steps of 30.5 m: the mean of both ends' slopes."""
    k, out = plain_kiln(), np.zeros((3, 5))
    T_gas, T_bed, wall = 1130.0, 870.0, 1000.0
    end = plain(detailed_kiln.march)(k, T_gas, T_bed, out)
    slopes = plain(detailed_kiln.slopes)
    for i in range(3):
        g, b, wall, shell, lost = slopes(k, T_gas, T_bed, wall)
        assert out[i] == pytest.approx((T_gas, T_bed, wall, shell, lost), rel=1e-5)
        if i < 2:
            g_2, b_2, wall, _, _ = slopes(k, T_gas + 30.5 * g, T_bed + 30.5 * b, wall)
            T_gas += 30.5 * (g + g_2) / 2
            T_bed += 30.5 * (b + b_2) / 2
    assert end == pytest.approx(T_gas, rel=1e-6)
    assert plain(detailed_kiln.march)(plain_kiln(gas_flow=0.3), 1900.0, 870.0, out) == 4000.0


def test_search_for_the_gas_that_leaves():
    """The profile's last gas is the one that enters."""
    found = detailed_kiln.solve_inert(kiln(), 1520.0, 870.0, 6)
    assert found.status == OK
    assert found.gas[-1] == pytest.approx(1520.0, abs=1e-4)
    assert (found.x[0], found.x[-1], found.bed[0]) == (0.0, 61.0, 870.0)
    assert found.gas[0] < found.gas[-1]
    out = np.zeros((7, 5))
    assert plain(detailed_kiln.shoot)(plain_kiln(), 430.0, 870.0, out) == OUTSIDE_RANGE


# ---------------------------------------------------------------- reactions

NAMES = ("CACO3", "CAO", "SIO2", "AL2O3", "FE2O3", "C2S", "C3S", "C3A", "C4AF", "INERT")
MOLAR = dict(
    zip(
        NAMES,
        (100.086, 56.077, 60.084, 101.961, 159.688, 172.238, 228.315, 270.192, 485.957, 1000.0),
        strict=True,
    )
)
BED = dict(zip(NAMES, (171.0, 490.0, 130.0, 23.0, 11.0, 71.0, 17.0, 5.0, 3.0, 2.1), strict=True))


def constant(k_0, energy, T):
    return k_0 * exp(-energy / (R * T))


def react(bed, T, dt, density, p_co2):
    """Implicit first order, one reaction after the other: calcite, C2S, C4AF, C3A, C3S."""
    n = dict(bed)

    def concentration():
        return density * n["CAO"] * 56.077 / sum(n[k] * MOLAR[k] for k in NAMES)

    def used(amount, k):
        return amount * k * dt / (1 + k * dt)

    p = 101325 * 10 ** (7.079 - 8308 / T)
    co2 = used(n["CACO3"], constant(1e8, 175.7e3, T) * max(0.0, 1 - p_co2 / p))
    n["CACO3"] -= co2
    n["CAO"] += co2
    lime = concentration()
    c2s = min(used(n["SIO2"], constant(1e7, 240e3, T) * lime), n["CAO"] / 2)
    n["SIO2"], n["C2S"], n["CAO"] = n["SIO2"] - c2s, n["C2S"] + c2s, n["CAO"] - 2 * c2s
    c4af = min(used(n["FE2O3"], constant(1e8, 330e3, T) * lime), n["CAO"] / 4, n["AL2O3"])
    n["FE2O3"], n["AL2O3"], n["C4AF"] = n["FE2O3"] - c4af, n["AL2O3"] - c4af, n["C4AF"] + c4af
    n["CAO"] -= 4 * c4af
    spare = max(0.0, n["AL2O3"] - n["FE2O3"])
    c3a = min(used(spare, constant(1e8, 310e3, T) * lime), n["CAO"] / 3)
    n["AL2O3"], n["C3A"], n["CAO"] = n["AL2O3"] - c3a, n["C3A"] + c3a, n["CAO"] - 3 * c3a
    c3s = min(used(n["C2S"], constant(1e9, 420e3, T) * concentration()), n["CAO"])
    n["C2S"], n["C3S"], n["CAO"] = n["C2S"] - c3s, n["C3S"] + c3s, n["CAO"] - c3s
    lime_h = 56.077e-3 * (clinker_h(T) - clinker_h(298.15))
    calcite_h = 100.086e-3 * (meal_h(T) - meal_h(298.15))
    calcined = 178.5e3 + gas.species_h(gas.CO2, T) - gas.species_h(gas.CO2, 298.15) + lime_h - calcite_h
    heat = co2 * calcined - 127.6e3 * c2s + 16.0e3 * c3s + 21.8e3 * c3a - 41.3e3 * c4af
    return [n[k] for k in NAMES], heat, co2


def changed(**amounts):
    return {**BED, **amounts}


@pytest.mark.parametrize(
    ("bed", "T", "dt"),
    [
        (BED, 1130.0, 23.0), (BED, 1530.0, 23.0), (BED, 1690.0, 41.0),
        (changed(CACO3=0.0, CAO=31.0), 1690.0, 4e5),  # no lime left for what follows C2S
        (changed(CACO3=0.0, CAO=31.0, SIO2=0.0), 1690.0, 4e5),  # nor for what follows the ferrite
        (changed(CACO3=0.0, CAO=61.0, SIO2=0.0, FE2O3=1.0), 1690.0, 4e5),  # nor for what follows C3A
        (changed(CACO3=0.0, CAO=31.0, SIO2=0.0, FE2O3=0.0, AL2O3=0.0), 1690.0, 4e5),  # lime is short for C3S
        (changed(AL2O3=5.0), 1690.0, 4e5),  # alumina is short for the ferrite
        (changed(AL2O3=5.0), 1300.0, 23.0),  # and none is spare for C3A
    ],
)  # fmt: skip
def test_reactions_of_a_step(bed, T, dt):
    new = np.empty(10)
    heat, co2 = chem.react(np.array(list(bed.values())), T, dt, 1130.0, 21e3, new)
    amounts, by_hand, released = react(bed, T, dt, 1130.0, 21e3)
    assert new == pytest.approx(amounts, rel=1e-9, abs=1e-9)
    assert co2 == pytest.approx(released, rel=1e-9, abs=1e-12)
    assert heat == pytest.approx(by_hand, rel=1e-9)


def test_masses_of_the_bed():
    assert pytest.approx([m / 1000 for m in MOLAR.values()], rel=1e-12) == chem.MOLAR_MASS
    by_hand = sum(BED[k] * MOLAR[k] for k in NAMES) / 1000
    assert chem.mass_flow(np.array(list(BED.values()))) == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize("dam", [0.31, 0.0])
def test_depth_of_the_bed(dam):
    """Kramers and Croockewit from the discharge up, implicit thirds of a step; the mean fill without the last row."""
    radius, turns, volume, slope, repose = 1.95, 0.061, 0.043, 0.037, 0.61
    depth = np.zeros(5)
    fill = kiln_bed.bed_depth(volume, turns, radius, slope, repose, dam, 61.0, depth)
    h = max(dam, 1e-4 * radius)
    by_hand = [h]
    for _ in range(4):
        for _ in range(3):
            low, high = 1e-4 * radius, 1.9 * radius
            for _ in range(60):
                new = (low + high) / 2
                y = new / radius
                rise = 0.75 * tan(repose) * volume / (pi * turns * radius**3) / ((2 - y) * y) ** 1.5
                rise -= tan(slope) / cos(repose)
                low, high = (new, high) if new < h + 61.0 / 12 * rise else (low, new)
            h = low
        by_hand.insert(0, h)
    assert depth == pytest.approx(by_hand, rel=1e-8)
    assert fill == pytest.approx(sum(kiln_bed.fill_of(h, radius) for h in by_hand[:4]) / 4, rel=1e-8)


def test_a_kiln_that_is_fed_too_much_is_full():
    """Kept below 1.9 of the radius."""
    depth = np.zeros(4)
    kiln_bed.bed_depth(9.0, 0.061, 1.95, 0.037, 0.61, 0.31, 61.0, depth)
    assert depth[0] == pytest.approx(1.9 * 1.95, rel=1e-9)


# ---------------------------------------------------------------- the burning kiln


def test_gas_and_bed_of_a_burning_step():
    k = plain_kiln()
    plain(detailed_burning.set_gas)(k, (310.0, 170.0, 90.0, 1710.0), 230.0)
    whole = 2510.0
    shares = (540 / whole, 170 / whole, 90 / whole, 1710 / whole)
    assert (k.co2, k.h2o, k.o2, k.n2) == pytest.approx(shares, rel=1e-12)
    mass = sum(x * m for x, m in zip(shares, (44.009, 18.015, 31.998, 28.014), strict=True)) / 1000
    assert k.molar_mass == pytest.approx(mass, rel=1e-5)
    assert k.gas_flow == pytest.approx(whole * mass, rel=1e-5)
    n, new = np.array(list(BED.values())), np.empty(10)
    T, co2 = plain(detailed_burning.bed_after)(k, n, 1163.0, 11e6, 37.0, 21e3, new)
    _, heat, released = react(BED, T, 37.0, 1130.0, 21e3)
    middle = (1163.0 + T) / 2
    calcite = BED["CACO3"] * MOLAR["CACO3"] / 1000  # warms as calcite does, not as clinker
    warmed = (chem.mass_flow(n) - calcite) * (655.0 + 0.47 * middle - 3.1e-5 * middle**2) * (T - 1163.0)
    warmed += calcite * (meal_h(T) - meal_h(1163.0))
    assert warmed + heat == pytest.approx(11e6, rel=1e-6)
    assert co2 == pytest.approx(released, rel=1e-6)


def test_march_of_a_burning_kiln():
    """Three steps: flame's heat by 3 s^2 - 2 s^3 over its length, CO2 of the bed joins the gas at the bed's T."""
    k, out, depth = plain_kiln(), np.zeros((4, 17)), np.array([0.71, 0.64, 0.53, 0.37])
    n, new = np.array(list(BED.values())), np.empty(10)
    fire = (310.0, 170.0, 90.0, 1710.0, 61e6, 33.0, 0.23, 0.11)
    start = n.copy()
    end = plain(detailed_burning.burn)(k, fire, 1390.0, 1163.0, depth, n, new, out)
    k = plain_kiln()
    n, T_gas, T_bed, wall, joined = start.copy(), 1390.0, 1163.0, 1276.5, 171.0
    dx = 61.0 / 3
    for i in range(4):
        x = i * dx
        k.angle, k.filling = kiln_bed.angle_of(depth[i], 1.95), kiln_bed.fill_of(depth[i], 1.95)
        k.haze = 0.23 if 61.0 - x < 33.0 else 0.11
        k.bed_flow = chem.mass_flow(n)
        plain(detailed_burning.set_gas)(k, fire, joined)
        e = plain(detailed_kiln.coefficients)(k, T_gas, T_bed)
        given, taken, lost, wall, shell = plain(kiln_slice.wall_state)(k, T_gas, T_bed, wall, *e)
        by_hand = [T_gas, T_bed, wall, shell, lost, 1 - n[0] / 171.0, k.filling, *n]
        assert out[i] == pytest.approx(by_hand, rel=1e-6, abs=1e-9)
        if i == 3:
            break
        dt = dx * k.filling * pi * 1.95**2 * 1130.0 / k.bed_flow
        T_new, co2 = plain(detailed_burning.bed_after)(k, n, T_bed, taken * dx, dt, k.co2 * 80.3e3, new)
        burnt = [min(1.0, (61.0 - at) / 33.0) for at in (x, x + dx)]
        part = [3 * s**2 - 2 * s**3 for s in burnt]
        fuel = 61e6 * (part[0] - part[1])
        cp = plain(detailed_kiln.gas_heat)
        came = co2 * 44.009e-3
        T_next = T_gas + (given * dx - fuel + came * cp(k, T_bed) * (T_gas - T_bed)) / (
            (k.gas_flow - came) * cp(k, T_gas)
        )
        n, T_gas, T_bed, joined = new.copy(), T_next, T_new, joined - co2
    assert end == pytest.approx(T_gas, rel=1e-6)


def test_search_of_a_burning_kiln():
    """The gas at the burner is what enters; bed as deep as its flow asks for; what it holds over that flow."""
    k = kiln()
    fire = detailed_burning.Burning(310.0, 170.0, 90.0, 1710.0, 1190.0, 61e6, 33.0, 0.23, 0.11)
    n = np.array(list(BED.values()))
    found = detailed_burning.solve_burning(k, fire, n, 1163.0, 0.037, 0.61, 0.31, 4)
    assert found.status == OK
    assert found.gas[-1] == pytest.approx(1190.0, abs=0.1)
    assert found.x == pytest.approx([0.0, 15.25, 30.5, 45.75, 61.0])
    flow = sum(BED[name] * MOLAR[name] for name in NAMES) / 1000
    depth = np.zeros(5)
    kiln_bed.bed_depth(flow / 1130.0, 0.061, 1.95, 0.037, 0.61, 0.31, 61.0, depth)
    fills = [kiln_bed.fill_of(h, 1.95) for h in depth]
    assert found.fill == pytest.approx(fills, rel=1e-12)
    volume = sum((a + b) / 2 for a, b in itertools.pairwise(fills)) * 15.25 * pi * 1.95**2
    assert found.residence == pytest.approx(volume * 1130.0 / flow, rel=1e-9)
    assert found.flows[0] == pytest.approx(n, rel=1e-12)
    assert (n == list(BED.values())).all()
    assert found.bed[0] == 1163.0
