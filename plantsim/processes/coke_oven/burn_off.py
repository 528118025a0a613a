"""What coke loses in dry quenching: carbon burnt, volatiles given off, their heat, the coke that is left. SI units."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.combustion import (
    MOLAR_MASS_C,
    MOLAR_MASS_H,
    MOLAR_MASS_N,
    MOLAR_MASS_O,
    MOLAR_MASS_S,
    OXIDE_H,
)
from plantsim.processes.coke_oven.coke_heat import atoms_per_mass


@kernel
def carbon_enthalpy(carbon, hydrogen, oxygen, nitrogen, sulphur, heating_value):
    """Return the enthalpy of formation of coke, all of it on its carbon [J/mol C].

    Shares [kg/kg dry]; heating_value: net, of the same balance [J/kg dry]. Zero for graphite with free elements.
    """
    oxides = carbon / MOLAR_MASS_C * OXIDE_H[0] + hydrogen / MOLAR_MASS_H * OXIDE_H[1]
    oxides += oxygen / MOLAR_MASS_O * OXIDE_H[2] + nitrogen / MOLAR_MASS_N * OXIDE_H[3]
    oxides += sulphur / MOLAR_MASS_S * OXIDE_H[4]
    return (heating_value + oxides) * MOLAR_MASS_C / carbon


@kernel
def lost_heat(carbon, hydrogen, oxygen, nitrogen, sulphur, carbon_h):
    """Return the net heating value [W] of what left the coke [mol/s of atoms]; carbon_h: :func:`carbon_enthalpy`."""
    heat = carbon * (carbon_h - OXIDE_H[0]) - hydrogen * OXIDE_H[1] - oxygen * OXIDE_H[2]
    return heat - nitrogen * OXIDE_H[3] - sulphur * OXIDE_H[4]


@kernel
def given_off(flow, share, hydrogen, oxygen, nitrogen):
    """Return hydrogen, oxygen and nitrogen [mol/s of atoms] that hot coke gives off.

    flow: dry coke [kg/s]; share of these elements that leaves [-]; hydrogen, oxygen, nitrogen: in the coke [kg/kg].
    """
    released = flow * share
    return (
        released * hydrogen / MOLAR_MASS_H,
        released * oxygen / MOLAR_MASS_O,
        released * nitrogen / MOLAR_MASS_N,
    )


@kernel
def coke_left(flow, carbon, hydrogen, oxygen, nitrogen, sulphur, lost):
    """Return (flow [kg/s], carbon, hydrogen, oxygen, nitrogen, sulphur [kg/kg], atoms [mol/kg]) of the coke left.

    flow and shares: of the dry coke before [kg/s], [kg/kg]; lost: (C, H, O, N, S) [mol/s of atoms].
    """
    c = flow * carbon - lost[0] * MOLAR_MASS_C
    h = flow * hydrogen - lost[1] * MOLAR_MASS_H
    o = flow * oxygen - lost[2] * MOLAR_MASS_O
    n = flow * nitrogen - lost[3] * MOLAR_MASS_N
    s = flow * sulphur - lost[4] * MOLAR_MASS_S
    left = c + h + o + n + s + flow * (1.0 - carbon - hydrogen - oxygen - nitrogen - sulphur)
    return (
        left,
        c / left,
        h / left,
        o / left,
        n / left,
        s / left,
        atoms_per_mass(c / left, h / left, o / left, n / left, s / left),
    )
