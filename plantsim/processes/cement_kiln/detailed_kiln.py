"""A rotary kiln along its axis: gas against bed, with the wall between them. Outside the batch path. SI units.

x runs from the solids' inlet to the burner; gas flows against it. The bed's inlet and the gas's inlet are given, so
the gas that leaves is searched until the march along x meets the gas that enters.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.gas import CO2, H2O, N2, O2, species_cp
from plantsim.kernels.gas_flow import air_viscosity, gas_density
from plantsim.processes.cement_kiln.kiln_radiation import gas_emissivity
from plantsim.processes.cement_kiln.kiln_slice import (
    beam_length,
    bed_angle,
    bed_conductivity,
    convection,
    covered_wall,
    hydraulic_diameter,
    wall_state,
)
from plantsim.vocabulary.status import NO_CONVERGENCE, OK, OUTSIDE_RANGE

PRANDTL = 0.70  # of air and flue gas, 300 to 1500 K: White, Viscous Fluid Flow, 3rd ed. 2006
RUNAWAY = 4000.0  # K: a march that gets here began with gas too hot
SEARCHES = 60

FIELDS = (
    "diameter", "length", "filling", "angle", "turns", "ambient", "pressure",
    "e_wall", "e_bed", "e_shell", "shell_radius", "brick", "brick_slope", "fixed_layers",
    "gas_flow", "molar_mass", "co2", "h2o", "o2", "n2", "haze",
    "bed_flow", "bed_density", "solids", "solid_conductivity", "particle", "cp_0", "cp_1", "cp_2",
)  # fmt: skip
KILN = np.dtype((np.record, np.dtype([(name, np.float64) for name in FIELDS])))


@dataclass(frozen=True)
class Profile:
    """Along x [m]: gas, bed, wall and shell temperatures [K], loss through the shell [W/m]; status of the search."""

    x: np.ndarray
    gas: np.ndarray
    bed: np.ndarray
    wall: np.ndarray
    shell: np.ndarray
    loss: np.ndarray
    status: int


def kiln_record(
    diameter: float, length: float, fill: float, layers: list[tuple[float, float, float]], **values: float
) -> np.record:
    """Return the record of a kiln.

    diameter: inside the brick, length [m]; fill [-]; layers: from the inside out, (thickness [m], conductivity at 0 K
    [W/(m K)], its rise per kelvin over itself [1/K]), of which one may have a rise. values: the other FIELDS.
    """
    radius, brick, slope, fixed = 0.5 * diameter, 0.0, 0.0, 0.0
    for thickness, conductivity, rise in layers:
        resistance = log(1.0 + thickness / radius) / (2.0 * pi * conductivity)
        if rise:
            brick, slope = brick + resistance, rise
        else:
            fixed += resistance
        radius += thickness
    k = np.zeros(1, KILN)[0]
    given = {
        "diameter": diameter, "length": length, "filling": fill, "angle": bed_angle(fill), "shell_radius": radius,
        "brick": brick, "brick_slope": slope, "fixed_layers": fixed, **values,
    }  # fmt: skip
    for name, value in given.items():
        k[name] = value
    return k


@kernel
def gas_heat(k, T):
    """Return the heat capacity [J/(kg K)] of the kiln's gas at T [K]."""
    molar = k.co2 * species_cp(CO2, T) + k.h2o * species_cp(H2O, T) + k.o2 * species_cp(O2, T)
    return (molar + k.n2 * species_cp(N2, T)) / k.molar_mass


@kernel
def bed_heat(k, T):
    """Return the heat capacity [J/(kg K)] of the bed at T [K]."""
    return k.cp_0 + T * (k.cp_1 + T * k.cp_2)


@kernel
def coefficients(k, T_gas, T_bed):
    """Return (emissivity of the gas [-], gas to bed, gas to wall, covered wall to bed [W/(m2 K)]) of a slice."""
    radius = 0.5 * k.diameter
    e_gas = gas_emissivity(T_gas, k.co2, k.h2o, beam_length(k.diameter, k.angle), k.pressure, k.haze)
    viscosity, cp = air_viscosity(T_gas), gas_heat(k, T_gas)
    d_e = hydraulic_diameter(k.diameter, k.angle)
    free = pi * radius * radius * (1.0 - k.filling)
    density = gas_density(k.molar_mass, T_gas, k.pressure)
    re = k.gas_flow * d_e / (free * viscosity)
    re_rotation = density * 2.0 * pi * k.turns * d_e * d_e / viscosity
    bed, wall = convection(re, re_rotation, k.filling)
    per_nusselt = viscosity * cp / PRANDTL / d_e
    k_void = air_viscosity(T_bed) * gas_heat(k, T_bed) / PRANDTL
    k_bed = bed_conductivity(k_void, k.solid_conductivity, k.solids)
    cover = covered_wall(k_void, k_bed, k.bed_density, bed_heat(k, T_bed), k.particle, k.turns, k.angle)
    return e_gas, bed * per_nusselt, wall * per_nusselt, cover


@kernel
def slopes(k, T_gas, T_bed, T_guess):
    """Return (dT_gas/dx, dT_bed/dx [K/m], T_wall, T_shell [K], loss [W/m]) of a slice."""
    e_gas, h_bed, h_wall, h_cover = coefficients(k, T_gas, T_bed)
    given, taken, lost, T_wall, T_shell = wall_state(k, T_gas, T_bed, T_guess, e_gas, h_bed, h_wall, h_cover)
    return (
        given / (k.gas_flow * gas_heat(k, T_gas)),
        taken / (k.bed_flow * bed_heat(k, T_bed)),
        T_wall,
        T_shell,
        lost,
    )


@kernel
def march(k, T_gas_out, T_bed_in, out):
    """Fill the rows of ``out`` (gas, bed, wall, shell [K], loss [W/m]) from the solids' inlet; return the last gas [K].

    T_gas_out: gas where the solids enter [K]. Heun's method in equal steps; RUNAWAY ends it early.
    """
    steps = out.shape[0] - 1
    dx = k.length / steps
    T_gas, T_bed, T_wall = T_gas_out, T_bed_in, 0.5 * (T_gas_out + T_bed_in)
    for i in range(steps + 1):
        d_gas, d_bed, T_wall, T_shell, lost = slopes(k, T_gas, T_bed, T_wall)
        out[i, 0], out[i, 1], out[i, 2], out[i, 3], out[i, 4] = T_gas, T_bed, T_wall, T_shell, lost
        if i == steps:
            break
        g_gas, g_bed, T_wall, _, _ = slopes(k, T_gas + dx * d_gas, T_bed + dx * d_bed, T_wall)
        T_gas += 0.5 * dx * (d_gas + g_gas)
        T_bed += 0.5 * dx * (d_bed + g_bed)
        if not (T_gas < RUNAWAY and T_bed < RUNAWAY):
            return RUNAWAY
    return T_gas


@kernel
def shoot(k, T_gas_in, T_bed_in, out):
    """Fill ``out`` as :func:`march` does, with the gas entering at T_gas_in [K]; return a status."""
    low, high = 0.5 * T_bed_in, T_gas_in
    f_low, f_high = march(k, low, T_bed_in, out) - T_gas_in, march(k, high, T_bed_in, out) - T_gas_in
    if not (f_low <= 0.0 <= f_high):
        return OUTSIDE_RANGE
    for i in range(SEARCHES):
        T = (
            high - f_high * (high - low) / (f_high - f_low)
            if f_high > f_low and i % 6 < 5
            else 0.5 * (low + high)
        )
        if not low < T < high:
            T = 0.5 * (low + high)
        f = march(k, T, T_bed_in, out) - T_gas_in
        if abs(f) < 1e-6 or high - low < 1e-9:
            return OK
        if f > 0.0:
            high, f_high = T, f
            f_low *= 0.5
        else:
            low, f_low = T, f
            f_high *= 0.5
    return NO_CONVERGENCE


def solve_inert(k: np.record, gas_in: float, bed_in: float, steps: int = 60) -> Profile:
    """Return the profile of a kiln whose bed only warms; gas_in: at the burner's end, bed_in: at the other [K]."""
    out = np.zeros((steps + 1, 5))
    status = shoot(k, gas_in, bed_in, out)
    gas, bed, wall, shell, loss = out.T
    return Profile(np.linspace(0.0, k.length, steps + 1), gas, bed, wall, shell, loss, int(status))
