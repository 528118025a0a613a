"""A cell minute by minute: alumina, bath mass, temperature and ledge after a change of current or feeding.

Not on the path of a run: no engine calls it, and it compiles on first use. It starts from a calibrated line (a record
that the potline's entry has solved once) and keeps its distance and conductances. Ledge freezes as cryolite, so that
what it leaves behind grows richer in everything else: the liquidus falls, and the cell steadies itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plantsim._jit import kernel
from plantsim.processes.aluminium_cell.bath_follows import additives, dilute
from plantsim.processes.aluminium_cell.calibration import bath_of_line
from plantsim.processes.aluminium_cell.cell import (
    efficiency,
    released_heat,
    voltage_terms,
)
from plantsim.processes.aluminium_cell.codes import HEAT_BALANCE_ON
from plantsim.processes.aluminium_cell.kernel import METAL_PER_CHARGE

STEP = 60.0  # s
COLUMNS = ("temperature", "superheat", "ledge", "bath_mass", "alumina", "sludge", "voltage", "stored_heat")


@dataclass(frozen=True)
class Melt:
    """What a cell holds, per kA of line current, and how it stores heat.

    bath, metal: kg per kA, the 500 kA model's 7056 kg (0.18 m of bath less the anodes in it) and 32 384 kg; a line that
    says its ``bath_mass`` has that instead. Heat capacities [J/(kg K)], latent heat [J/kg], ledge density [kg/m3]: its
    published parameters. dissolved_at_once [1], dissolution [1/s]: the 126 kA model's.
    """

    bath: float = 14.11
    metal: float = 64.77
    bath_heat_capacity: float = 1200.0
    metal_heat_capacity: float = 880.0
    latent_heat: float = 310e3
    ledge_density: float = 3000.0
    dissolved_at_once: float = 0.6
    dissolution: float = 0.002


@dataclass(frozen=True)
class History:
    """Arrays over minutes, the state at the start first. temperature [K], superheat [K], ledge [m], bath_mass, alumina,
    sludge [kg], voltage [V], stored_heat [J] since the start; anode_effect: minutes below the effect's alumina."""

    temperature: np.ndarray
    superheat: np.ndarray
    ledge: np.ndarray
    bath_mass: np.ndarray
    alumina: np.ndarray
    sludge: np.ndarray
    voltage: np.ndarray
    stored_heat: np.ndarray
    anode_effect: np.ndarray


def alumina_demand(x: np.ndarray) -> float:
    """Return the alumina [kg/s] that one cell of a calibrated line, shape (1,), consumes at its own current."""
    metal = METAL_PER_CHARGE * float(x["line_current"][0]) * float(x["current_efficiency"][0])
    return metal * float(x["alumina_consumption"][0])


def simulate(
    x: np.ndarray, d: np.ndarray, current: np.ndarray, feed: np.ndarray, melt: Melt | None = None
) -> History:
    """Return the history of one cell of a line.

    x, d: calibrated and designed records, shape (1,), heat balance on; they are not changed. current [A], feed [kg/s of
    alumina to one cell]: one value per minute. Euler steps of one minute; the fastest time constant, of the bath's
    temperature, is about six minutes.
    """
    if int(x["heat_balance"][0]) != HEAT_BALANCE_ON or int(x["is_calibrated"][0]) != 1:
        raise ValueError("a calibrated line with its heat balance on is needed")
    melt, own = melt or Melt(), float(x["bath_mass"][0])
    n = len(current)
    table = np.empty((n + 1, len(COLUMNS)))
    effect = np.zeros(n + 1, dtype=np.bool_)
    m = np.array(
        [
            melt.bath * float(x["reference_current"][0]) / 1000.0 if np.isnan(own) else own,
            melt.metal * float(x["reference_current"][0]) / 1000.0,
            melt.bath_heat_capacity,
            melt.metal_heat_capacity,
            melt.latent_heat,
            melt.ledge_density,
            melt.dissolved_at_once,
            melt.dissolution,
        ]
    )
    _run(x.copy(), d.copy(), x.copy(), np.asarray(current, float), np.asarray(feed, float), m, table, effect)
    columns = {name: table[:, k].copy() for k, name in enumerate(COLUMNS)}
    return History(**columns, anode_effect=effect)


@kernel
def _run(x, d, own, current, feed, m, table, effect):
    """Fill the table; see simulate. x, d: working copies; own: the line as calibrated."""
    bath_0, metal, cp_bath, cp_metal, latent, density, at_once, rate = m
    row, line, design = x[0], own[0], d[0]
    bath_of_line(line, design)
    composition = additives(design)
    t = design.liquidus_temperature + line.superheat
    ledge, bath = line.ledge_thickness, bath_0
    consumed = METAL_PER_CHARGE * line.line_current * line.current_efficiency * line.alumina_consumption
    alumina, sludge = line.alumina_content * bath, (1.0 - at_once) * consumed / rate
    stored = 0.0
    distance = line.anode_cathode_distance
    for i in range(len(table)):
        row.alumina_content = alumina / bath
        row.line_current = current[min(i, len(current) - 1)]
        dilute(row, design, composition, bath / bath_0)
        superheat = t - design.liquidus_temperature
        fixed, gradient = voltage_terms(row, design, t)
        voltage = fixed + gradient * distance
        effect[i] = row.alumina_content < line.alumina_at_anode_effect
        if effect[i]:
            voltage += line.anode_effect_overvoltage
        table[i] = (t, superheat, ledge, bath, alumina, sludge, voltage, stored)
        if i == len(table) - 1:
            break
        ce = efficiency(row, design, superheat, distance)
        film = line.ledge_film_coefficient * line.ledge_area * superheat
        resistance = ledge / line.ledge_conductivity + line.side_wall_resistance
        through = line.ledge_area * (design.liquidus_temperature - line.ambient_temperature) / resistance
        drop = t - line.ambient_temperature
        lost = (line.top_conductance + line.bottom_conductance) * drop
        net = released_heat(row, voltage, ce) - lost - film
        capacity = bath * cp_bath + metal * cp_metal
        frozen = (through - film) / latent * STEP  # kg in this minute
        frozen = max(frozen, -ledge * density * line.ledge_area)  # no more melts than there is
        t += net * STEP / capacity
        stored += net * STEP
        ledge += frozen / (density * line.ledge_area)
        bath -= frozen
        used = METAL_PER_CHARGE * row.line_current * ce * line.alumina_consumption * STEP
        fed = feed[i] * STEP
        settled = rate * sludge * STEP
        alumina = max(alumina + at_once * fed + settled - used, 1e-6 * bath)
        sludge += (1.0 - at_once) * fed - settled
