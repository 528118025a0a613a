"""The parts of a cell's voltage after Haupin 1998 (doi 10.1007/978-3-319-48156-2_21). SI floats in, volts out.

t: bath temperature [K]; i: anodic current density on the effective anode area [A/m2]; ratio: NaF/AlF3 by weight
[1]; alumina: dissolved Al2O3 [kg/kg]. The published forms use A/cm2, cm and weight per cent. Ranges are mostly
remembered: 930 to 1050 degC, 0.01 to 1.5 A/cm2.
"""

from __future__ import annotations

import math

from plantsim._jit import kernel
from plantsim.kernels.bath import PERCENT

GAS_CONSTANT = 8.31446261815324  # J/(mol K), CODATA 2018
FARADAY = 96485.33212  # C/mol, CODATA 2018
SQUARE_CENTIMETRES = 1e4  # cm2 in 1 m2
CENTIMETRES = 100.0  # cm in 1 m
LEAST_DENSITY = 0.01  # A/cm2; below it the Tafel law of the anode reaction is not used (Haupin)
LEAST_ALUMINA_MARGIN = (
    0.01  # wt%; the coverage's fit is singular at -0.136: alumina stays above the effect's by this
)
MOST_OF_LIMITING = (
    0.98  # share of the limiting current density above which the cell stands before an anode effect
)


@kernel
def reversible(t, activity):
    """Return the reversible potential [V]; activity of alumina [1], > 0. Haupin eq. 5."""
    a = max(activity, 1e-9)
    return 1.896 - 0.000572 * t + GAS_CONSTANT * t / (12.0 * FARADAY) * math.log(1.0 / (a * a))


@kernel
def reaction_density(alumina):
    """Return the exchange-like current density [A/m2] of the anode reaction: 0.0029 x wt%^0.56 A/cm2. Haupin eq. 26."""
    return 0.0029 * (max(alumina, 1e-6) * PERCENT) ** 0.56 * SQUARE_CENTIMETRES


@kernel
def anode_reaction(t, i, i_r):
    """Return the anodic reaction overvoltage [V]; i > 100 A/m2, i_r from reaction_density [A/m2]. Haupin eq. 26."""
    return t / 12533.0 * math.log(max(i, LEAST_DENSITY * SQUARE_CENTIMETRES) / i_r)


@kernel
def limiting_factor(alumina, anode_area):
    """Return what of the limiting density the temperature leaves alone [A/m2]; anode_area: of one anode [m2]."""
    size = (max(anode_area, 1e-6) * SQUARE_CENTIMETRES) ** -0.1
    root = math.sqrt(max(alumina, 0.0) * PERCENT)
    return size * (root - 0.4) * SQUARE_CENTIMETRES


@kernel
def limiting_density(t, factor):
    """Return the anodic limiting current density [A/m2]; factor from limiting_factor.

    Grjotheim and Welch, ch. 5 eq. 13 (Haupin eq. 23). Positive above 0.16 wt% alumina.
    """
    return (5.5 + 0.018 * (t - 1323.0)) * factor


@kernel
def anode_concentration(t, i, i_c):
    """Return the anodic concentration overvoltage [V]; i_c: limiting density [A/m2]. Held at 98 % of i_c."""
    share = min(i / i_c, MOST_OF_LIMITING) if i_c > 0.0 else MOST_OF_LIMITING
    return -GAS_CONSTANT * t / (2.0 * FARADAY) * math.log(1.0 - share)


@kernel
def cathode(t, i_cathode, ratio):
    """Return the cathodic overvoltage [V]; i_cathode [A/m2] on the metal pad. Haupin eq. 28."""
    density = max(i_cathode / SQUARE_CENTIMETRES, LEAST_DENSITY)
    return GAS_CONSTANT * t / (1.5 * FARADAY) * (1.375 - 0.25 * ratio) * math.log(density / 0.257)


@kernel
def bubble_thickness(i):
    """Return the thickness [m] of the gas layer under an anode. Haupin eq. 30."""
    j = i / SQUARE_CENTIMETRES
    return (0.5517 + j) / (1.0 + 2.167 * j) / CENTIMETRES


@kernel
def bubble_coverage(i, ratio, alumina, alumina_at_effect):
    """Return the share [1] of the anode that gas covers; alumina_at_effect: content [kg/kg] at the anode effect.

    Haupin eq. 31. The margin to the anode effect is held at 0.01 wt% from below: the fit is singular at -0.136.
    """
    j = i / SQUARE_CENTIMETRES
    margin = max((alumina - alumina_at_effect) * PERCENT, LEAST_ALUMINA_MARGIN)
    by_density = 0.509 + j * (0.1823 + j * (-0.1723 + j * 0.05504))
    by_ratio = (0.4322 - 0.3781 * ratio) / (1.0 + 1.637 * ratio)
    by_alumina = (0.431 - 0.1437 * margin) / (1.0 + 7.353 * margin)
    return 0.9 * (by_density + by_ratio + by_alumina)


@kernel
def bubble(i, kappa, thickness, coverage):
    """Return the voltage [V] of the gas layer: bath of kappa [S/m], thickness [m], coverage [1] < 1. Haupin eq. 32."""
    return i * thickness * coverage / (kappa * (1.0 - coverage))


@kernel
def bath(i, kappa, distance, thickness):
    """Return the voltage [V] of the bath below the gas layer; distance: anode to metal [m].

    Haupin subtracts the gas layer from the distance; practice that does not is about 0.12 V higher.
    """
    return i * (distance - thickness) / kappa


@kernel
def anode_effects(frequency, duration, overvoltage):
    """Return the mean voltage [V] that anode effects add: effects per second, their length [s], volts above normal."""
    return frequency * duration * overvoltage
