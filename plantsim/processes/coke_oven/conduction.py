"""Half a chamber, minute by minute: from charging to the end of coking, between wall and centre.

Not on the path of a run: no engine calls it, and it compiles on first use. Heat enters from the flue through the brick
and is conducted through the charge; moisture boils at 100 degC and takes its heat, the charge becomes coke. One
dimension, cells of equal width, heat content as the state so that boiling costs nothing but its enthalpy. Implicit in
time: each step sweeps over the cells until no temperature moves any more.

What it is for: how coking time moves with the flue temperature, moisture and density. Its level rests on the
conductivities, which are remembered; calibrate one of them to the plant's own coking time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plantsim._jit import kernel

ZERO_CELSIUS = 273.15  # K
BOILING = 373.15  # K
LATENT = 2.257e6  # J/kg, water at 100 degC, IF97
WATER_HEAT_CAPACITY = 4200.0  # J/(kg K)
PLASTIC, COKE = (
    673.15,
    1173.15,
)  # K: between them the charge softens, sets and conducts ever better; remembered
CELLS = 40
PASSES = 300
STEP = 60.0  # s
LONGEST = 60 * 3600.0  # s
SMALL = 1e-6  # K, between passes


@dataclass(frozen=True)
class Chamber:
    """What conducts and stores. Lengths [m], conductivities [W/(m K)], heat capacity [J/(kg K)], density [kg/m3] dry.

    Remembered with low confidence: brick 1.9 W/(m K) (silica at 1200 degC); charge 0.2 dry coal, 1.2 coke with
    radiation at 900 degC (cubic in between); mean heat capacity 1.45, as the enthalpy of coke has it up to 1000 degC.
    """

    width: float = 0.45
    brick: float = 0.10
    brick_conductivity: float = 1.9
    coal_conductivity: float = 0.20
    coke_conductivity: float = 1.2
    heat_capacity: float = 1450.0
    density: float = 740.0
    moisture: float = 0.10
    start: float = 298.15


@dataclass(frozen=True)
class Coking:
    """Times [s] of each state; centre and wall: temperatures [K]; time: [s] until the centre reaches the end."""

    times: np.ndarray
    centre: np.ndarray
    wall: np.ndarray
    time: float


@kernel
def temperature_of(h, c, water):
    """Return the temperature [K] of a charge with h [J/kg dry] above 0 degC; c [J/(kg K)] dry; water [kg/kg dry]."""
    warm = c + WATER_HEAT_CAPACITY * water
    at_boiling = warm * (BOILING - ZERO_CELSIUS)
    if h <= at_boiling:
        return ZERO_CELSIUS + h / warm
    if h <= at_boiling + LATENT * water:
        return BOILING
    return BOILING + (h - at_boiling - LATENT * water) / c


@kernel
def conductivity_of(T, coal, coke):
    """Return the conductivity [W/(m K)] of the charge at T [K]: coal's until it softens, then towards coke's."""
    if T <= PLASTIC:
        return coal
    rise = min(1.0, (T - PLASTIC) / (COKE - PLASTIC))
    return coal + (coke - coal) * rise * (2.0 - rise)


@kernel
def step(h, new, T, dt, dx, c, water, density, coal, coke, T_flue, resistance):
    """Write into ``new`` the heat contents [J/kg dry] after dt [s]: backward Euler, Gauss-Seidel sweeps.

    h, new, T: of the cells, the wall's first; resistance: of the brick [m2 K/W].
    """
    n = len(h)
    for i in range(n):
        new[i] = h[i]
    capacity = density * dx / dt
    for _ in range(PASSES):
        change = 0.0
        for i in range(n):
            k = conductivity_of(T[i], coal, coke)
            if i == 0:
                left, T_left = 1.0 / (resistance + 0.5 * dx / k), T_flue
            else:
                k_left = conductivity_of(T[i - 1], coal, coke)
                left, T_left = 2.0 * k * k_left / (k + k_left) / dx, T[i - 1]
            right, T_right = 0.0, T[i]
            if i < n - 1:
                k_right = conductivity_of(T[i + 1], coal, coke)
                right, T_right = 2.0 * k * k_right / (k + k_right) / dx, T[i + 1]
            # flux at the new temperature, linear about the present one: stable for any step
            inflow = left * (T_left - T[i]) + right * (T_right - T[i])
            slope = (left + right) / c
            miss = capacity * (new[i] - h[i]) - inflow
            new[i] -= miss / (capacity + slope)
            T_new = temperature_of(new[i], c, water)
            change = max(change, abs(T_new - T[i]))
            T[i] = T_new
        if change < SMALL:
            break


@kernel
def coke_through(h, T, history, dt, dx, c, water, density, coal, coke, T_flue, resistance, T_end):
    """March until the centre is at T_end [K]; write (wall, centre) into history; return the steps taken."""
    new = np.empty_like(h)
    n = len(h)
    for j in range(len(history)):
        history[j, 0], history[j, 1] = T[0], T[n - 1]
        if T[n - 1] >= T_end:
            return j
        step(h, new, T, dt, dx, c, water, density, coal, coke, T_flue, resistance)
        for i in range(n):
            h[i] = new[i]
    return len(history) - 1


def coking(chamber: Chamber, flue_temperature: float, end: float = 1223.15, cells: int = CELLS) -> Coking:
    """Return the course of a chamber heated by flues at ``flue_temperature`` [K] until its centre is at ``end`` [K].

    Raises ValueError when it does not get there within 60 hours.
    """
    water = chamber.moisture / (1.0 - chamber.moisture)
    c, dx = chamber.heat_capacity, 0.5 * chamber.width / cells
    warm = c + WATER_HEAT_CAPACITY * water
    h = np.full(cells, warm * (chamber.start - ZERO_CELSIUS))
    T = np.full(cells, chamber.start)
    history = np.empty((int(LONGEST / STEP), 2))
    steps = coke_through(
        h,
        T,
        history,
        STEP,
        dx,
        c,
        water,
        chamber.density,
        chamber.coal_conductivity,
        chamber.coke_conductivity,
        flue_temperature,
        chamber.brick / chamber.brick_conductivity,
        end,
    )
    if history[steps, 1] < end:
        raise ValueError("the centre does not reach the end temperature: the flue is too cold")
    times = STEP * np.arange(steps + 1)
    return Coking(times, history[: steps + 1, 1], history[: steps + 1, 0], float(times[-1]))
