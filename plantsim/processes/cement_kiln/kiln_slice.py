"""Heat transfer in one slice of a rotary kiln: convection, covered wall, shell; the wall's own balance. SI units."""

from __future__ import annotations

from math import cos, pi, sin, sqrt

from plantsim._jit import kernel
from plantsim.processes.cement_kiln.kiln_radiation import SIGMA, exchange, gas_absorptivity

BEAM = 0.95  # mean beam length over D - h: cylinder, Hottel and Sarofim 1967
# Free convection of a shell, 80.33 ((T + T_a)/2)^-0.724 (T - T_a)^1.333 kcal/(h m2): an open heat-balance tool for
# kilns (PyroHeatBalanceProjectPS1); 1 kcal/h = 1.163 W
FREE = 80.33 * 1.163
FILM = 0.1  # gas film between wall and particles over their size: Li et al. 2005 give 0.096 to 0.198
MAX_STEPS = 40
CLOSE = 1e-7  # K


@kernel
def bed_angle(fill):
    """Return the central angle [rad] of a bed that fills this share of the cross-section [-], 0 to 0.5."""
    low, high = 0.0, pi
    for _ in range(MAX_STEPS):
        angle = 0.5 * (low + high)
        if angle - sin(angle) < 2.0 * pi * fill:
            low = angle
        else:
            high = angle
    return 0.5 * (low + high)


@kernel
def beam_length(diameter, angle):
    """Return the mean beam [m] of the gas above a bed of this angle [rad]."""
    return BEAM * (diameter - 0.5 * diameter * (1.0 - cos(0.5 * angle)))


@kernel
def hydraulic_diameter(diameter, angle):
    """Return the equivalent diameter [m] of the free cross-section; the kiln's own for angle 0."""
    return 0.5 * diameter * (2.0 * pi - angle + sin(angle)) / (pi - 0.5 * angle + sin(0.5 * angle))


@kernel
def convection(re, re_rotation, fill):
    """Return the Nusselt numbers (gas to bed, gas to wall) [-]: Tscheng and Watkinson 1979.

    re: axial, re_rotation: of the rotation, both with the equivalent diameter. Fitted for 1600 < re < 7800 and
    20 < re_rotation < 800: industrial kilns are an extrapolation, where radiation is four fifths of the flux.
    """
    bed = 0.46 * re**0.535 * re_rotation**0.104 * fill ** (-0.341)
    return bed, 1.54 * re**0.575 * re_rotation ** (-0.292)


@kernel
def bed_conductivity(k_gas, k_solid, solids):
    """Return the conductivity [W/(m K)] of a bed whose voids hold gas: Maxwell; solids: volume share [-]."""
    rise = k_solid + 2.0 * k_gas
    return k_gas * (rise + 2.0 * solids * (k_solid - k_gas)) / (rise - solids * (k_solid - k_gas))


@kernel
def covered_wall(k_gas, k_bed, density, cp, particle, turns, angle):
    """Return the coefficient [W/(m2 K)] from the covered wall to the bed: gas film and penetration (Li et al. 2005).

    density: of the bed [kg/m3]; cp [J/(kg K)]; particle: size [m]; turns [1/s]; angle: of the bed [rad].
    """
    return 1.0 / (FILM * particle / k_gas + 0.5 / sqrt(2.0 * k_bed * density * cp * turns / angle))


@kernel
def shell_loss(T_wall, radius, brick, slope, fixed, e_shell, T_air):
    """Return (loss [W/m], shell temperature [K]) of a wall at T_wall [K].

    radius: of the shell [m]; brick: resistance [m K/W] of layers whose conductivity rises as 1 + slope T; fixed: of
    the others; e_shell [-]. Free convection and radiation outside.
    """
    low, high = T_air, max(T_wall, T_air)
    T = T_air + 0.3 * (high - T_air)
    flux = 0.0
    for _ in range(MAX_STEPS):
        resistance = fixed + brick / (1.0 + slope * 0.5 * (T_wall + T))
        through = (T_wall - T) / resistance
        d = max(0.0, T - T_air)
        free = FREE * (0.5 * (T + T_air)) ** (-0.724) * d**1.333
        flux = 2.0 * pi * radius * (free + e_shell * SIGMA * (T**4 - T_air**4))
        miss = through - flux
        if miss > 0.0:
            low = T
        else:
            high = T
        steep = 1.0 / resistance + 2.0 * pi * radius * (
            1.333 * free / max(d, 1e-3) + 4.0 * e_shell * SIGMA * T**3
        )
        new = T + miss / steep
        if not low < new < high:
            new = 0.5 * (low + high)
        step, T = abs(new - T), new
        if step < CLOSE:
            break
    return flux, T


@kernel
def wall_state(k, T_gas, T_bed, T_guess, e_gas, h_bed, h_wall, h_cover):
    """Return (from the gas, into the bed, lost [W/m], T_wall, T_shell [K]) of a slice.

    k: the kiln's record; T [K]; h: coefficients of gas to bed, gas to wall, covered wall to bed [W/(m2 K)]. The wall
    is one temperature around: what its free part takes, its covered part and the shell give.
    """
    radius = 0.5 * k.diameter
    chord, arc, cover = 2.0 * radius * sin(0.5 * k.angle), radius * (2.0 * pi - k.angle), radius * k.angle
    beam = beam_length(k.diameter, k.angle)
    a_bed = gas_absorptivity(T_gas, T_bed, k.co2, k.h2o, beam, k.pressure, k.haze)
    low, high = min(T_gas, T_bed, k.ambient), max(T_gas, T_bed)
    T = min(high, max(low, T_guess))
    to_wall, to_bed, lost, T_shell = 0.0, 0.0, 0.0, T
    last, miss_last = T, 0.0
    for i in range(MAX_STEPS):
        a_wall = gas_absorptivity(T_gas, T, k.co2, k.h2o, beam, k.pressure, k.haze)
        to_wall, to_bed = exchange(T_gas, T, T_bed, e_gas, a_wall, a_bed, k.e_wall, k.e_bed, arc, chord)
        to_wall += h_wall * arc * (T_gas - T)
        given = h_cover * cover * (T - T_bed)
        lost, T_shell = shell_loss(
            T, k.shell_radius, k.brick, k.brick_slope, k.fixed_layers, k.e_shell, k.ambient
        )
        miss = to_wall - given - lost
        if miss > 0.0:
            low = T
        else:
            high = T
        if i == 0 or miss == miss_last:
            steep = (
                h_wall * arc
                + h_cover * cover
                + 4.0 * e_gas * arc * SIGMA * T**3
                + 1.0 / (k.brick + k.fixed_layers)
            )
            new = T + miss / steep
        else:
            new = T - miss * (T - last) / (miss - miss_last)
        last, miss_last = T, miss
        if not low <= new <= high:
            new = 0.5 * (low + high)
        T = new
        if abs(T - last) < CLOSE * 100.0:
            break
    to_bed += h_bed * chord * (T_gas - T_bed) + h_cover * cover * (T - T_bed)
    return to_bed + lost, to_bed, lost, T, T_shell
