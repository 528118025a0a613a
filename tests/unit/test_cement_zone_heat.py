"""The kiln along its axis beside the line's zone: heat of each from 298.15 K, term by term, per kg of clinker.

What once lay between them: calcite that warmed with the clinker's heat capacity but calcined with its own (42 kJ/kg
that the march lost), air mixed by temperature instead of by heat and taken as dry (19), the coal's warmth (2). What is
left is the heat of the minerals: 22 kJ/kg more by zur Strassen's coefficients than by those of the kinetic scheme.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from cement_kiln_rows import solved

from plantsim.engine.kiln_check import kiln_shape
from plantsim.kernels.gas import CO2, H2O, N2, O2, species_h
from plantsim.library import library
from plantsim.processes.cement_kiln import clinker_reactions as chem
from plantsim.processes.cement_kiln import zone_check
from plantsim.processes.cement_kiln.streams import clinker_h, meal_h

ROOM = 298.15


def rise(species: int, T: float) -> float:
    return float(species_h(species, T) - species_h(species, ROOM))


@lru_cache(maxsize=1)
def terms():
    """Return (heats of the detailed kiln [J/kg], misses of the zone [K, K, J/kg], line's records x, y)."""
    s = solved()
    x, y, shape = s.x[0], s.y[0], kiln_shape(library())
    m = float(y["clinker_flow"])
    found = zone_check.check_zone(x, y, shape)
    fire, p = zone_check._fire(x, y, m, shape), found.profile
    fed, left = p.flows[0], p.flows[-1]
    co2 = fed[chem.CACO3] - left[chem.CACO3]
    made = left - fed
    T = float(p.gas[0])
    calcite = fed[chem.CACO3] * chem.MOLAR_MASS[chem.CACO3]
    T_feed = float(x["calciner_temperature"])
    heats = {
        "fuel": fire.heat,
        "air": fire.air_o2 * rise(O2, fire.gas_in) + fire.n2 * rise(N2, fire.gas_in)
        + fire.air_h2o * rise(H2O, fire.gas_in),
        "feed": (chem.mass_flow(fed) - calcite) * (clinker_h(T_feed) - clinker_h(ROOM))
        + calcite * (meal_h(T_feed) - meal_h(ROOM)),
        "gas": -(fire.co2 + co2) * rise(CO2, T) - fire.h2o * rise(H2O, T) - fire.o2 * rise(O2, T)
        - fire.n2 * rise(N2, T),
        "clinker": -chem.mass_flow(left) * (clinker_h(float(p.bed[-1])) - clinker_h(ROOM)),
        "loss": -float(np.trapezoid(p.loss, p.x)),
        "calcination": -co2 * chem.HEATS[0],
        "minerals": -chem.HEATS[1] * (made[chem.C2S] + made[chem.C3S]) - chem.HEATS[2] * made[chem.C3S]
        - chem.HEATS[3] * made[chem.C3A] - chem.HEATS[4] * made[chem.C4AF],
    }  # fmt: skip
    return {name: heat / m for name, heat in heats.items()}, found, x, y, fire, m


def test_the_detailed_kiln_closes_from_the_temperature_of_heating_values():
    heats = terms()[0]
    assert sum(heats.values()) == pytest.approx(0.0, abs=5e3)  # steps of the march: 0.2 % of what comes in
    assert heats["fuel"] + heats["air"] + heats["feed"] > 2.5e6


def test_the_air_brings_what_secondary_and_primary_air_hold():
    """Mixed by heat, with its vapour: 19 Nm3 of each 20 or so at the secondary temperature, the rest at ambient."""
    heats, _, x, y, fire, m = terms()
    dry = fire.air_o2 / 0.2095
    primary = x["primary_air_share"] * y["combustion_air_volume"] * m / 22.414e-3 / dry
    T = float(y["secondary_temperature"])
    humid = x["humidity_ratio"] * 28.85 / 18.015
    mole = 0.2095 * rise(O2, T) + 0.7905 * rise(N2, T) + humid * rise(H2O, T)
    assert heats["air"] == pytest.approx((1 - primary) * dry * mole / m, rel=2e-3)


def test_zone_and_detailed_kiln_differ_by_the_heat_of_the_minerals():
    """Gas, clinker and shell together take what the zone gives them, less 22 kJ/kg of minerals, with some magnesia."""
    heats, found, x, y, fire, m = terms()
    T, T_zone = float(found.profile.gas[0]), float(x["kiln_gas_temperature"])
    co2 = fire.co2 + found.profile.flows[0][chem.CACO3]
    gas = sum(
        n * (rise(s, T) - rise(s, T_zone))
        for s, n in ((CO2, co2), (H2O, fire.h2o), (O2, fire.o2), (N2, fire.n2))
    )
    end = float(found.profile.bed[-1])
    apart = gas / m + clinker_h(end) - clinker_h(float(x["burning_temperature"])) + found.loss
    assert apart == pytest.approx(-14e3, abs=4e3)
    assert heats["minerals"] == pytest.approx(428e3, abs=2e3)
