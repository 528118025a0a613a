"""A published dynamic model of a 500 kA cell, as its authors give it, stepped to rest. Nothing of plantsim is in it.

Data-Driven-Dimension-Reduction @ba88d97 (MIT licence), cell_linear_simulation_min.m: three heat resistances, a lumped
voltage, a ledge that freezes as cryolite, linear fits of liquidus and current efficiency (coefficients of its .mat
files). Alumina is fed so that its content stays; degC, kg, W.
"""

from __future__ import annotations

from dataclasses import dataclass

LIQUIDUS = (-5.69543039, -4.36288536, -2.19744665, 1031.51530944)  # per % of Al2O3, AlF3, CaF2; at none
EFFICIENCY = (0.9114154, -0.00131737, 0.00263562, 0.00832484)  # at none; per K of superheat, % AlF3, % LiF
TOP, SIDE, BOTTOM = 0.001769, 0.000076, 0.003749  # K/W
LENGTH, WIDTH, BATH_HEIGHT, METAL_HEIGHT, DISTANCE = 16.0, 4.0, 0.18, 0.22, 0.03  # m
LEDGE_AREA = 2 * (LENGTH + WIDTH) * (BATH_HEIGHT + METAL_HEIGHT)
WALL = 0.25 / 47 + 1 / 22  # m2 K/W, steel of the shell as it has it and air
BATH = 2100 * (
    LENGTH * WIDTH * BATH_HEIGHT - 0.85 * LENGTH * WIDTH * (BATH_HEIGHT - DISTANCE)
)  # kg at 6.5 cm
METAL = 2300 * LENGTH * WIDTH * METAL_HEIGHT
FARADAY, ALUMINIUM, ALUMINA = 96485.0, 0.02698, 0.10196
ROOM, GAS = 30.0, 50.0  # degC around sides and bottom, over the crust
MINUTE = 60.0
CONTENT = {"alf3": 11.0, "caf2": 6.0, "lif": 1.5}  # % of the bath at 6.5 cm of ledge


@dataclass(frozen=True)
class Rest:
    temperature: float
    superheat: float
    ledge: float
    bath: float
    alf3: float
    caf2: float
    lif: float
    efficiency: float
    voltage: float
    top: float
    side: float
    bottom: float


def at_rest(current: float, days: int = 20) -> Rest:
    """Return the state [degC, K, m, kg, %, -, V, W] at a current [A] after so many days from the authors' start."""
    t, ledge, bath = 965.0, 0.065, BATH
    voltage = 2.16 + 3.58e-6 * current
    for _ in range(days * 1440):
        alf3, caf2, lif = (BATH / bath * CONTENT[k] for k in ("alf3", "caf2", "lif"))
        liquidus = LIQUIDUS[0] * 3.0 + LIQUIDUS[1] * alf3 + LIQUIDUS[2] * caf2 + LIQUIDUS[3]
        superheat = t - liquidus
        efficiency = EFFICIENCY[0] + EFFICIENCY[1] * superheat + EFFICIENCY[2] * alf3 + EFFICIENCY[3] * lif
        moles = current * efficiency / (3 * FARADAY)
        process = 0.596 * 3.6e6 * moles * ALUMINA / 2 + 5.474 * 3.6e6 * moles * ALUMINIUM
        top, side, bottom = (t - GAS) / TOP, superheat / SIDE, (t - ROOM) / BOTTOM
        through = LEDGE_AREA * (liquidus - ROOM) / (ledge / 1.5 + WALL)
        melted = MINUTE * (side - through) / 310e3
        t += MINUTE * (voltage * current - process - top - side - bottom) / (bath * 1200 + METAL * 880)
        bath += melted
        ledge -= melted / (3000 * LEDGE_AREA)
    return Rest(t, superheat, ledge, bath, alf3, caf2, lif, efficiency, voltage, top, side, bottom)
