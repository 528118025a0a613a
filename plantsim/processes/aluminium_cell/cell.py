"""One cell at a bath temperature and an anode-cathode distance: its voltage, current efficiency and heat losses.

x, d, y: records of the line (variables.toml). t: bath temperature [K]; distance: anode to metal [m]; superheat [K].
"""

from __future__ import annotations

import math

from plantsim._jit import kernel
from plantsim.kernels import cell_voltage
from plantsim.kernels.bath import CENTIMETRES, ZERO_CELSIUS, alumina_activity

ENTHALPY_VOLTAGE_BASE = 1.648  # V, alumina and carbon at 25 degC; remembered, Haupin's form, confidence high
ENTHALPY_VOLTAGE_SLOPE = 0.48  # V per unit of current efficiency; same
DAY = 86400.0  # s; anode effects are counted per cell and day
PER_CENTIMETRE = 100.0  # cm in 1 m: the sensitivities to distance are declared per cm
LEAST_EFFICIENCY = 0.5  # far below any cell: keeps a wild sensitivity from turning metal into a loss of metal


@kernel
def enthalpy_voltage(efficiency):
    """Return the voltage [V] that the reaction binds at a current efficiency [1]."""
    return ENTHALPY_VOLTAGE_BASE + ENTHALPY_VOLTAGE_SLOPE * efficiency


@kernel
def anode_effect_voltage(x):
    """Return what anode effects add to the mean voltage [V]."""
    return cell_voltage.anode_effects(
        x.anode_effect_frequency / DAY, x.anode_effect_duration, x.anode_effect_overvoltage
    )


@kernel
def efficiency_terms(x, d, superheat):
    """Return the part of the current efficiency [1] that its sensitivities give, distance left out."""
    return (
        x.efficiency_per_superheat * superheat
        + x.efficiency_per_alf3 * d.excess_aluminium_fluoride
        + x.efficiency_per_lif * d.bath_lithium
    )


@kernel
def efficiency(x, d, superheat, distance):
    """Return the current efficiency [1]: the line's own value moved by the declared sensitivities."""
    own = x.current_efficiency + x.efficiency_offset + efficiency_terms(x, d, superheat)
    floor = x.distance_floor - x.floor_shift
    if distance >= floor:
        own += x.efficiency_per_cm * PER_CENTIMETRE * (distance - floor)
    else:
        own -= x.efficiency_loss_below_floor * PER_CENTIMETRE * (floor - distance)
    return min(max(own, LEAST_EFFICIENCY), max(x.efficiency_ceiling, x.current_efficiency))


@kernel
def conductivity(d, t):
    """Return the conductivity [S/m] of the line's bath."""
    return CENTIMETRES * math.exp(d.conductivity_constant + d.conductivity_slope / t)


@kernel
def voltage_terms(x, d, t):
    """Return (volts at distance 0, volts per metre of distance) of the whole cell at t [K], busbars included."""
    kappa = conductivity(d, t)
    i = d.current_density
    reversible, anode, cathode, gas = potentials(x, d, t, kappa)
    fixed = reversible + anode + cathode + gas + ohmic_drops(x) + anode_effect_voltage(x)
    fixed -= i * d.bubble_thickness / kappa
    return fixed, i / kappa


@kernel
def ohmic_drops(x):
    """Return anode, cathode and external drop together [V] at the line's current."""
    drops = x.anode_voltage_drop + x.cathode_voltage_drop + x.external_voltage_drop
    return drops * (x.line_current / x.reference_current)


@kernel
def potentials(x, d, t, kappa):
    """Return (reversible, anodic and cathodic overvoltage, gas layer) [V] at t [K] and a conductivity [S/m]."""
    i = d.current_density
    saturated = d.saturation_factor * ((t - ZERO_CELSIUS) / 1000.0) ** d.saturation_exponent
    reversible = cell_voltage.reversible(t, alumina_activity(min(x.alumina_content / saturated, 1.0)))
    anode = cell_voltage.anode_reaction(t, i, d.reaction_density)
    anode += cell_voltage.anode_concentration(t, i, cell_voltage.limiting_density(t, d.limiting_factor))
    cathode = cell_voltage.cathode(t, i / x.cathode_area_ratio, d.weight_ratio)
    gas = cell_voltage.bubble(i, kappa, d.bubble_thickness, d.bubble_coverage)
    return reversible, anode, cathode, gas


@kernel
def released_heat(x, voltage, current_efficiency):
    """Return the heat [W] that one cell releases inside its shell: neither busbars nor reaction."""
    external = x.external_voltage_drop * (x.line_current / x.reference_current)
    return x.line_current * (voltage - external - enthalpy_voltage(current_efficiency))


@kernel
def lost_heat(x, t, superheat, top, bottom):
    """Return the heat [W] that one cell loses; top, bottom: its conductances [W/K]."""
    side = x.ledge_film_coefficient * x.ledge_area * superheat
    return (top + bottom) * (t - x.ambient_temperature) + side


@kernel
def ledge_thickness(x, t_liquidus, superheat):
    """Return the ledge thickness [m] at which what reaches it flows on through the wall; negative: no ledge holds.

    Its inner face is at the liquidus. superheat > 0.
    """
    flux = x.ledge_film_coefficient * superheat
    resistance = (t_liquidus - x.ambient_temperature) / flux - x.side_wall_resistance
    return x.ledge_conductivity * resistance
