"""Dust filters: electrostatic precipitator and bag filter, with the power that they take. SI units.

Both see the actual gas volume: at 1800 m the same filter has 1.24 times the velocity of sea level, a smaller
specific collecting area and a higher face velocity.
"""

from __future__ import annotations

from math import exp, log

from plantsim._jit import kernel
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK, OUTSIDE_RANGE


@kernel
def precipitator_removal(area, v, w, exponent):
    """Return (removal [-], status) of an electrostatic precipitator: 1 - exp[-(w area / v)^exponent].

    area: collecting plates [m2]; v: actual gas volume flow [m3/s] > 0; w: effective migration velocity [m/s];
    exponent: 1 Deutsch (Ann. Phys. 373:335, 1922), about 0.5 Matts and Ohnfeldt 1964 for a spread of particle
    sizes (unverified); w belongs to its exponent.
    """
    if not (area >= 0.0 and v > 0.0 and w >= 0.0 and exponent > 0.0):
        return float("nan"), OUTSIDE_RANGE
    return 1.0 - exp(-((w * area / v) ** exponent)), OK


@kernel
def migration_velocity(removal, area, v, exponent):
    """Return (w [m/s], status) from a test: removal [-] at ``area`` [m2] and actual ``v`` [m3/s]; exponent [-]."""
    if not (0.0 <= removal < 1.0 and area > 0.0 and v > 0.0 and exponent > 0.0):
        return float("nan"), OUTSIDE_RANGE
    return (-log(1.0 - removal)) ** (1.0 / exponent) * v / area, OK


@kernel
def plates_for(removal, v, w, exponent):
    """Return (area [m2], status) for a removal [-] at actual ``v`` [m3/s]; w [m/s], exponent [-] as above."""
    if not (0.0 <= removal < 1.0 and v >= 0.0 and w > 0.0 and exponent > 0.0):
        return float("nan"), OUTSIDE_RANGE
    return (-log(1.0 - removal)) ** (1.0 / exponent) * v / w, OK


@kernel
def precipitator_power(area, corona_density, eta_supply, auxiliaries):
    """Return the power [W]: corona_density [W/m2] on ``area`` [m2], over the supply's efficiency, and heaters.

    eta_supply: transformer and rectifier [-]; a high-frequency supply has a higher one and a lower corona_density
    for the same dust; auxiliaries: rappers, hopper and insulator heaters [W].
    """
    return corona_density * area / eta_supply + auxiliaries


@kernel
def bag_pressure_loss(v, cloth, residual_drag, cake_drag, dust, interval, housing, density, density_design):
    """Return (loss [Pa], status) of a bag filter, averaged over the cleaning interval.

    v: actual gas volume flow [m3/s]; cloth: area in use [m2] > 0; residual_drag: of cleaned bags [Pa s/m];
    cake_drag: [Pa s m/kg]; dust: in the actual gas [kg/m3]; interval: between two cleanings of a bag [s];
    housing: loss of inlet, outlet and dampers at the design density [Pa] at 1 m/min of face velocity, growing
    with its square; density, density_design [kg/m3]. Drag model: loss = (residual + cake_drag W) u with the dust
    load W growing by dust u over the interval (Cooper and Alley, Air Pollution Control, chapter 6; unverified).
    """
    if not (cloth > 0.0 and v >= 0.0 and density_design > 0.0):
        return float("nan"), OUTSIDE_RANGE
    u = v / cloth
    mean_load = 0.5 * dust * u * interval
    ratio = 60.0 * u  # of 1 m/min
    return (
        residual_drag + cake_drag * mean_load
    ) * u + housing * ratio * ratio * density / density_design, OK


@kernel
def cleaning_air(cloth, pulse_air, interval):
    """Return the compressed air [Nm3/s] of pulse-jet cleaning: ``pulse_air`` [Nm3/m2] of cloth every interval [s]."""
    return cloth * pulse_air / interval


@kernel(inline=True)
def dust_out(dust_in, removal):
    """Return the dust [kg/s or kg/Nm3] that passes: dust_in (1 - removal)."""
    return dust_in * (1.0 - removal)


@kernel
def removal_for(c_in, c_out):
    """Return (removal [-], status) that takes c_in to c_out, in the same unit; 0 where c_in is already below.

    INFEASIBLE_FLOW for c_out <= 0 with dust at the inlet.
    """
    if not (c_in >= 0.0):
        return float("nan"), OUTSIDE_RANGE
    if c_in <= c_out:
        return 0.0, OK
    if not c_out > 0.0:
        return float("nan"), INFEASIBLE_FLOW
    return 1.0 - c_out / c_in, OK
