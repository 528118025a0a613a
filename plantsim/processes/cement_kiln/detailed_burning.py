"""A cement kiln along its axis: flame, calcination, clinker minerals. Outside the batch path. SI units.

The march of detailed_kiln.py with a bed that reacts: the bed's temperature at the end of each step is the one at which
its heat and that of its reactions are what it took in. The flame gives its heat along its length from the burner;
the CO2 of the bed joins the gas at the bed's temperature.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np

from plantsim._jit import kernel
from plantsim.kernels.emissions import M_CO2, M_H2O, M_N2, M_O2
from plantsim.kernels.gas import CO2, H2O, O2, species_h
from plantsim.kernels.roots import bracketed_root
from plantsim.processes.cement_kiln.clinker_reactions import CACO3, MOLAR_MASS, SPECIES, mass_flow, react
from plantsim.processes.cement_kiln.detailed_kiln import RUNAWAY, bed_heat, coefficients, gas_heat
from plantsim.processes.cement_kiln.kiln_bed import angle_of, bed_depth, fill_of
from plantsim.processes.cement_kiln.kiln_slice import wall_state
from plantsim.processes.cement_kiln.streams import meal_h
from plantsim.vocabulary.status import OK

COLUMNS = 7  # gas, bed, wall, shell [K], loss [W/m], calcination [-], fill [-]; the bed's flows follow
T_LEAST, T_MOST = 250.0, 3500.0  # K, of the bed
HALVINGS = 40
T_HEATING_VALUE = 298.15  # K


@dataclass(frozen=True)
class Burning:
    """Gas and fire of a kiln: amounts [mol/s] of what the burnt fuel makes with its air (CO2, H2O, O2, N2).

    gas_in: temperature of air and fuel before they burn [K]; heat: of the fuel [W]; flame: its length [m]; flame_haze,
    dust_haze: absorption of flame and of dusty gas [1/m]; air_o2: of the air that enters [mol/s], its nitrogen being
    n2; 0 where the heat is counted at gas_in and not, as heating values are, at 298.15 K; air_h2o: vapour of that air
    [mol/s], part of h2o.
    """

    @property
    def heat_at_inlet(self) -> float:
        """Heat that burning gives to gas that is burnt at gas_in [W].

        The gas marches with the burnt gas's heat capacity from the burner on; what the burnt gas holds at gas_in
        beyond the air that enters is taken off the flame.
        """
        if not self.air_o2 > 0.0:
            return self.heat

        def rise(species: int) -> float:
            return float(species_h(species, self.gas_in) - species_h(species, T_HEATING_VALUE))

        burnt = (
            self.co2 * rise(CO2) + (self.h2o - self.air_h2o) * rise(H2O) + (self.o2 - self.air_o2) * rise(O2)
        )
        return self.heat - burnt

    co2: float
    h2o: float
    o2: float
    n2: float
    gas_in: float
    heat: float
    flame: float
    flame_haze: float
    dust_haze: float
    air_o2: float = 0.0
    air_h2o: float = 0.0


@dataclass(frozen=True)
class ClinkerProfile:
    """Along x [m] from the feed: temperatures [K], loss [W/m], calcination and fill [-], molar flows [mol/s]."""

    x: np.ndarray
    gas: np.ndarray
    bed: np.ndarray
    wall: np.ndarray
    shell: np.ndarray
    loss: np.ndarray
    calcination: np.ndarray
    fill: np.ndarray
    flows: np.ndarray
    residence: float
    status: int


@kernel
def bed_after(k, n, T, taken, dt, p_co2, new):
    """Return (T [K], CO2 [mol/s]) of the bed after it took in ``taken`` [W] in dt [s]; writes its flows into new.

    Calcite warms with its own heat capacity, which the heat of its calcination at the bed's temperature rests on.
    """
    low, high = T_LEAST, T_MOST
    calcite = n[CACO3] * MOLAR_MASS[CACO3]
    m, h_calcite = mass_flow(n) - calcite, meal_h(T)
    co2 = 0.0
    for _ in range(HALVINGS):
        T_new = 0.5 * (low + high)
        heat, co2 = react(n, T_new, dt, k.bed_density, p_co2, new)
        warming = m * bed_heat(k, 0.5 * (T + T_new)) * (T_new - T) + calcite * (meal_h(T_new) - h_calcite)
        if warming + heat < taken:
            low = T_new
        else:
            high = T_new
    return 0.5 * (low + high), co2


@kernel
def set_gas(k, fire, co2):
    """Write the gas of a slice into k; fire: (CO2, H2O, O2, N2, ...) of the burnt fuel, co2: of the bed [mol/s]."""
    whole = fire[0] + fire[1] + fire[2] + fire[3] + co2
    k.co2, k.h2o, k.o2, k.n2 = (fire[0] + co2) / whole, fire[1] / whole, fire[2] / whole, fire[3] / whole
    k.molar_mass = k.co2 * M_CO2 + k.h2o * M_H2O + k.o2 * M_O2 + k.n2 * M_N2
    k.gas_flow = whole * k.molar_mass


@kernel
def burn(k, fire, T_gas_out, T_bed_in, depth, n, new, out):
    """March from the feed with the gas leaving at T_gas_out [K]; return the gas [K] at the burner, before it burns.

    fire: (CO2, H2O, O2, N2 [mol/s], heat [W], flame [m], flame's and dust's haze [1/m]); depth: of the bed [m] at each
    row; n: the feed's flows, overwritten; new: work; out: rows of COLUMNS + SPECIES.
    """
    steps = out.shape[0] - 1
    dx, radius = k.length / steps, 0.5 * k.diameter
    T_gas, T_bed, T_wall = T_gas_out, T_bed_in, 0.5 * (T_gas_out + T_bed_in)
    fed = max(1e-12, n[CACO3])
    joined = n[CACO3]  # CO2 of the bed still to come, which is in the gas here
    for i in range(steps + 1):
        x = i * dx
        k.angle, k.filling = angle_of(depth[i], radius), fill_of(depth[i], radius)
        k.haze = fire[6] if x > k.length - fire[5] else fire[7]
        k.bed_flow = mass_flow(n)
        set_gas(k, fire, joined)
        e_gas, h_bed, h_wall, h_cover = coefficients(k, T_gas, T_bed)
        given, taken, lost, T_wall, T_shell = wall_state(
            k, T_gas, T_bed, T_wall, e_gas, h_bed, h_wall, h_cover
        )
        out[i, 0], out[i, 1], out[i, 2], out[i, 3], out[i, 4] = T_gas, T_bed, T_wall, T_shell, lost
        out[i, 5], out[i, 6] = 1.0 - n[CACO3] / fed, k.filling
        for j in range(SPECIES):
            out[i, COLUMNS + j] = n[j]
        if i == steps:
            break
        dt = dx * k.filling * pi * radius * radius * k.bed_density / k.bed_flow
        T_new, co2 = bed_after(k, n, T_bed, taken * dx, dt, k.co2 * k.pressure, new)
        s = min(1.0, max(0.0, (k.length - x) / fire[5]))
        s_next = min(1.0, max(0.0, (k.length - x - dx) / fire[5]))
        fuel = fire[4] * (s * s * (3.0 - 2.0 * s) - s_next * s_next * (3.0 - 2.0 * s_next))
        rest = (k.gas_flow - co2 * M_CO2) * gas_heat(k, T_gas)
        T_gas += (given * dx - fuel + co2 * M_CO2 * gas_heat(k, T_bed) * (T_gas - T_bed)) / rest
        for j in range(SPECIES):
            n[j] = new[j]
        joined -= co2
        T_bed = T_new
        if not (0.0 < T_gas < RUNAWAY):
            return RUNAWAY if T_gas > 0.0 else 0.0
    return T_gas


@kernel
def _misfit(T, arguments):
    """Return the gas at the burner [K] above what enters, for gas leaving at T [K]."""
    k, fire, T_gas_in, T_bed_in, depth, feed, n, new, out = arguments
    for j in range(SPECIES):
        n[j] = feed[j]
    return burn(k, fire, T, T_bed_in, depth, n, new, out) - T_gas_in


_find = bracketed_root(_misfit)


def solve_burning(
    k: np.record, fire: Burning, feed: np.ndarray, bed_in: float, slope: float, repose: float, dam: float,
    steps: int = 120,
) -> ClinkerProfile:  # fmt: skip
    """Return the profile of a cement kiln.

    k: record of the kiln (gas and filling are overwritten); feed: molar flows [mol/s] at bed_in [K]; slope: of the
    kiln, repose: of the bed [rad]; dam: depth at the discharge [m]. A status other than OK: no gas temperature
    between 600 and 2600 K at the feed meets the gas that enters.
    """
    out, depth = np.zeros((steps + 1, COLUMNS + SPECIES)), np.zeros(steps + 1)
    flow = float(mass_flow(feed))
    bed_depth(flow / k.bed_density, k.turns, 0.5 * k.diameter, slope, repose, dam, k.length, depth)
    amounts = (
        fire.co2, fire.h2o, fire.o2, fire.n2, fire.heat_at_inlet, fire.flame, fire.flame_haze, fire.dust_haze,
    )  # fmt: skip
    work = (feed.astype(float), np.zeros(SPECIES), np.zeros(SPECIES), out)
    T, status, _ = _find(600.0, 2600.0, 1e-4, (k, amounts, fire.gas_in, bed_in, depth, *work))
    if status == OK:
        _misfit(T, (k, amounts, fire.gas_in, bed_in, depth, *work))
    x = np.linspace(0.0, k.length, steps + 1)
    gas, bed, wall, shell, loss, calcination, fill = out[:, :COLUMNS].T
    held = float(np.trapezoid(fill, x)) * pi * (0.5 * k.diameter) ** 2 * float(k.bed_density)
    return ClinkerProfile(
        x, gas, bed, wall, shell, loss, calcination, fill, out[:, COLUMNS:], held / flow, int(status)
    )
