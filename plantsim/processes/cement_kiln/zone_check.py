"""The line's fast kiln zone against the kiln along its axis: same fuel, air and feed, and how the heat then divides.

The zone takes the gas temperature at the kiln inlet, the clinker's and the shell's loss as given and finds the feed's
calcination; the detailed kiln is given that feed and finds the three. Both close their heat, so that their misses
cancel; each alone says how far the zone's assumptions are from a kiln of this size.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan
from typing import Any

import numpy as np

from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.processes.cement_kiln import clinker_reactions as chem
from plantsim.processes.cement_kiln.clinker_reactions import T_STANDARD
from plantsim.processes.cement_kiln.detailed_burning import Burning, ClinkerProfile, solve_burning
from plantsim.processes.cement_kiln.detailed_kiln import kiln_record
from plantsim.processes.cement_kiln.streams import M_AIR, coal_h, gas_h, gas_temperature, moist_air

M_C, M_H, M_O, M_H2O = 0.012011, 0.001008, 0.015999, 0.018015  # kg/mol, IUPAC 2021
OXYGEN = 0.2095  # mol/mol of dry air
# Bed of clinker: heat capacity from the mean (0.186 + 54e-6 t) kcal/(kg K) of an open heat-balance tool (unverified)
CP_0, CP_1 = 655.2, 0.4522


@dataclass(frozen=True)
class KilnShape:
    """A kiln as it stands, with the names and units of ``rotary_kiln`` in models/common/equipment.toml, in SI.

    coating, brick, shell: (thickness [m], conductivity [W/(m K)]); slope [-], repose [rad], turns [1/s]; hazes [1/m].
    """

    diameter: float
    length: float
    coating: tuple[float, float]
    brick: tuple[float, float]
    shell: tuple[float, float]
    wall_emissivity: float
    bed_emissivity: float
    shell_emissivity: float
    slope: float
    repose: float
    dam: float
    turns: float
    bed_density: float
    bed_solids: float
    solid_conductivity: float
    particle: float
    flame_length: float
    flame_haze: float
    dust_haze: float


@dataclass(frozen=True)
class ZoneCheck:
    """gas, clinker: temperatures [K], loss [J per kg clinker], each of the detailed kiln less the zone's."""

    profile: ClinkerProfile
    gas: float
    clinker: float
    loss: float


def check_zone(x: Any, y: Any, shape: KilnShape) -> ZoneCheck:
    """Return the detailed kiln of a solved line less its zone; x, y: the line's records (coal as the kiln's fuel)."""
    m = float(y.clinker_flow)
    fire = _fire(x, y, m, shape)
    k = kiln_record(
        shape.diameter,
        shape.length,
        0.1,  # replaced at each slice by the bed's depth
        [
            (thickness, conductivity, 0.0)
            for thickness, conductivity in (shape.coating, shape.brick, shape.shell)
        ],
        turns=shape.turns,
        ambient=x.ambient_temperature,
        pressure=x.air_pressure,
        e_wall=shape.wall_emissivity,
        e_bed=shape.bed_emissivity,
        e_shell=shape.shell_emissivity,
        bed_density=shape.bed_density,
        solids=shape.bed_solids,
        solid_conductivity=shape.solid_conductivity,
        particle=shape.particle,
        cp_0=CP_0,
        cp_1=CP_1,
        cp_2=0.0,
    )
    feed = _feed(x, float(y.calcination_degree), m)
    p = solve_burning(k, fire, feed, x.calciner_temperature, atan(shape.slope), shape.repose, shape.dam)
    loss = float(np.trapezoid(p.loss, p.x)) / m
    return ZoneCheck(
        p,
        gas=float(p.gas[0] - x.kiln_gas_temperature),
        clinker=float(p.bed[-1] - x.burning_temperature),
        loss=float(loss - x.kiln_shell_loss),
    )


def _fire(x: Any, y: Any, m: float, shape: KilnShape) -> Burning:
    heat = float(x.kiln_fuel_share * y.heat_consumption) * m
    coal = heat / x.coal_heating_value
    c, h = coal * x.coal_carbon / M_C, coal * x.coal_hydrogen / M_H
    o, w = coal * x.coal_oxygen / M_O, coal * x.coal_moisture / M_H2O
    oxygen = c + h / 4.0 - o / 2.0
    air = x.kiln_air_ratio * oxygen / OXYGEN
    primary = min(1.0, x.primary_air_share * y.combustion_air_volume * m / MOLAR_VOLUME / air)
    humid = air * x.humidity_ratio * M_AIR / M_H2O
    mole = moist_air(x)
    hot, cold = gas_h(mole, float(y.secondary_temperature)), gas_h(mole, float(x.ambient_temperature))
    gas_in = gas_temperature(mole, (1.0 - primary) * hot + primary * cold, float(y.secondary_temperature))
    warm = coal * (coal_h(x.coal_temperature) - coal_h(T_STANDARD))
    return Burning(
        c, h / 2.0 + w + humid, OXYGEN * air - oxygen, (1.0 - OXYGEN) * air, float(gas_in), heat + warm,
        shape.flame_length, shape.flame_haze, shape.dust_haze, OXYGEN * air, humid,
    )  # fmt: skip


def _feed(x: Any, calcined: float, m: float) -> np.ndarray:
    n = np.zeros(chem.SPECIES)
    lime = x.clinker_lime * m / chem.MOLAR_MASS[chem.CAO]
    n[chem.CACO3], n[chem.CAO] = lime * (1.0 - calcined), lime * calcined
    shares = {chem.SIO2: x.clinker_silica, chem.AL2O3: x.clinker_alumina, chem.FE2O3: x.clinker_iron}
    for i, share in shares.items():
        n[i] = share * m / chem.MOLAR_MASS[i]
    n[chem.INERT] = (1.0 - x.clinker_lime - sum(shares.values())) * m
    return n
