"""The kiln along its axis against measured pilot kilns: Barr (gas-fired, 5.5 m), Tscheng (hot air, 2.4 m); sand beds.

Passed below 60 K (gas) and 40 K (bed), root mean square over the stations between the two given ends.

Barr: the bed's first station and the gas's last one off the wall are given. (The last one off the bed stands beside
the flame: in T4 it leaps by 47 K while the one off the wall goes on by its trend; with the mean of the two T4's bed
is missed by 55 K.) Volumes at 25 degC, which give the 0.0727 kg/s of another open model of T4. T4's own readings lose
6 of 27 kW: the gas gives 27.6 kW, the bed takes 10.0 and the lining, at its published conductivity, 11.6.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from plantsim.kernels.emissions import M_CO2, M_H2O, M_N2, M_O2
from plantsim.kernels.gas import CO2, H2O, N2, O2, species_h
from plantsim.processes.cement_kiln.detailed_kiln import kiln_record, solve_inert
from plantsim.vocabulary import status

RUNS = json.loads((Path(__file__).parent / "pilot_kilns.json").read_text())
ROOM = 298.15
P = 101325.0
GAS_CONSTANT = 8.314462618
SAND = {"solids": 0.0, "solid_conductivity": 2.0, "cp_0": 183.3, "cp_1": 2.2766, "cp_2": -1.29789e-3}
"""Quartz: heat capacity fitted to NIST's Shomate equations from 300 to 1100 K (its own peak at 847 K is smoothed)."""
SOLID = 2627.0  # kg/m3


def burnt(fuel: float, air: float) -> tuple[float, dict[str, float]]:
    """Flow [kg/s] and mole fractions of methane burnt in air; volumes in L/s."""
    n = P / GAS_CONSTANT / ROOM / 1e3
    amounts = {"co2": fuel, "h2o": 2 * fuel, "o2": 0.2095 * air - 2 * fuel, "n2": 0.7905 * air}
    whole = sum(amounts.values())
    y = {key: value / whole for key, value in amounts.items()}
    return whole * n * molar_mass(y), y


def molar_mass(y: dict[str, float]) -> float:
    return y["co2"] * M_CO2 + y["h2o"] * M_H2O + y["o2"] * M_O2 + y["n2"] * M_N2


def rms(errors) -> float:
    return float(np.sqrt(np.mean(np.square(errors))))


def kiln(run: dict, diameter: float, length: float, layers, flow: float, y: dict[str, float], bulk: float):
    values = {
        "turns": run["RPM"] / 60, "ambient": ROOM, "pressure": P, "e_wall": 0.85, "e_bed": 0.9, "e_shell": 0.8,
        "gas_flow": flow, "molar_mass": molar_mass(y), "bed_flow": run["solidFeedRate"] / 3600, "bed_density": bulk,
        "particle": run["particleDiameter"], **y, **SAND, "solids": bulk / SOLID,
    }  # fmt: skip
    return kiln_record(diameter, length, run["solidLoading"], layers, **values)


def barr(name: str):
    """Solve a run; return its data and the profile with x from the feed end."""
    run = RUNS["barr"][name]
    flow, y = burnt(run["inGasFlow"], run["primaryAir"] + run["secondaryAir"])
    start, end = run["x_bed"][0], run["x_gas_off_wall"][-1]
    lining = [(0.093, 0.2475, 5.85e-4), (0.006, 57.0, 0.0)]
    k = kiln(run, 0.411, end - start, lining, flow, y, 1460.0)
    p = solve_inert(k, run["y_gas_off_wall"][-1], run["y_bed"][0])
    assert p.status == status.OK
    return run, p.x + start, p


@pytest.mark.parametrize("name", ["T1", "T2", "T3", "T4"])
def test_barr(name):
    run, x, p = barr(name)
    gas = [np.interp(run[f"x_gas_{at}"], x, p.gas) - run[f"y_gas_{at}"] for at in ("off_wall", "off_bed")]
    assert rms(np.concatenate([gas[0][:-1], gas[1][:-1]])) < 60.0
    assert rms(np.interp(run["x_bed"][1:], x, p.bed) - run["y_bed"][1:]) < 40.0
    assert rms(np.interp(run["x_wall"], x, p.wall) - run["y_wall"]) < 40.0


def test_volumes_of_barr_are_at_room_temperature():
    """0.072651 kg/s in an open model of T4 (the same case of Hanein 2017, doi 10.1080/17436753.2017.1303261)."""
    assert burnt(1.97, 60.4)[0] == pytest.approx(0.072651, rel=3e-3)


def tscheng(name: str) -> tuple[float, float, float]:
    """Errors of gas and bed [K] over the insulated part, 1.25 to 1.78 m, and the bed's measured rise [K]."""
    run, y = RUNS["tscheng"][name], {"co2": 0.0, "h2o": 0.01, "o2": 0.207, "n2": 0.783}
    layers = [(0.001, 0.294, 0.0), (0.00635, 45.2, 0.0), (0.00635, 0.16, 0.0), (0.01487, 0.08, 0.0)]
    start, end = run["x_bed"][2], run["x_bed"][3]
    k = kiln(run, 0.1885, end - start, layers, run["primaryAir"] / 3600, y, 1650.0)
    p = solve_inert(k, run["y_gas_off_wall"][3], run["y_bed"][2], steps=20)
    assert p.status == status.OK
    rise = run["y_bed"][3] - run["y_bed"][2]
    return p.gas[0] - run["y_gas_off_wall"][2], p.bed[-1] - run["y_bed"][3], rise


def test_tscheng_over_the_insulated_part():
    """22 runs; the bed's rise, which is what is measured there, on the whole within 10 %."""
    gas, bed, rise = np.array([tscheng(name) for name in RUNS["tscheng"]]).T
    assert rms(gas) < 10.0
    assert rms(bed) < 10.0
    assert (bed + rise).sum() == pytest.approx(rise.sum(), rel=0.10)


def test_heat_given_is_heat_taken_and_lost():
    run, x, p = barr("T2")
    flow, y = burnt(run["inGasFlow"], run["primaryAir"] + run["secondaryAir"])
    which = {"co2": CO2, "h2o": H2O, "o2": O2, "n2": N2}
    molar = sum(y[key] * (species_h(i, p.gas[-1]) - species_h(i, p.gas[0])) for key, i in which.items())
    given = flow / molar_mass(y) * molar
    T = np.array([p.bed[0], p.bed[-1]])
    content = T * (SAND["cp_0"] + T * (SAND["cp_1"] / 2 + T * SAND["cp_2"] / 3))
    taken = run["solidFeedRate"] / 3600 * np.diff(content)[0]
    lost = np.trapezoid(p.loss, p.x)
    assert given == pytest.approx(taken + lost, rel=1e-3)  # of sixty steps
