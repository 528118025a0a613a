"""Counter-current bed of lumps cooled or heated by gas, steady, in one dimension. SI units.

What the solid gives the gas takes, so that the solid's temperature alone tells that of the gas, and the height is a
quadrature over it: between two temperatures of the solid a cell is as high as its duty over conductance and
logarithmic mean difference. The cell is exact for constant properties, second order in its size otherwise. The
unknown is the solid's outlet temperature, found inside a bracket.

Film: Wakao and Kaguei. Inside the lump: a sphere's mean resistance, d/(10 k). Channelling and uneven descent:
one factor on the conductance, the calibration parameter. Pressure: Ergun's equation times a factor.
Axial conduction, radiation between lumps and reactions are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log, sqrt
from typing import Any

from plantsim._jit import kernel
from plantsim.kernels.gas_flow import GAS_CONSTANT
from plantsim.kernels.process_gas import h_cp, mass, polynomial, temperature, transport
from plantsim.kernels.roots import bracketed_root
from plantsim.vocabulary.status import NOT_FINITE, OK, OUTSIDE_RANGE

CLOSEST = 24.0  # the outlet's approach to the gas inlet, as minus its logarithm, is not followed further
LEAST = 1e-9  # the other end of the search: hardly any heat
TOLERANCE = 1e-8  # of that logarithm: 1e-5 K of the outlet at the most
CAP = 4.0  # a bed that cannot do this duty, however high, counts as higher than wanted by this factor
SPHERE_RESISTANCE = 10.0  # mean resistance of a sphere d/(10 k): linear driving force (Glueckauf 1955)
LAMINAR, TURBULENT = 150.0, 1.75  # Ergun, Chem. Eng. Prog. 48 (1952) 89


@kernel
def wakao_film(flux, cp, d, mu, k):
    """Return the film coefficient [W/(m2 K)] between gas and lumps: Nu = 2 + 1.1 Pr^(1/3) Re^0.6.

    flux: mass flow over the empty cross-section [kg/(m2 s)]; cp [J/(kg K)]; d: diameter [m]; mu [Pa s]; k [W/(m K)].
    Re 15 to 8500. Source: Wakao and Kaguei, Heat and Mass Transfer in Packed Beds, 1982.
    """
    return k / d * (2.0 + 1.1 * (mu * cp / k) ** (1.0 / 3.0) * (flux * d / mu) ** 0.6)


@kernel
def bed_conductance(film, d, k_solid, voidage, sphericity, factor):
    """Return the conductance per volume of bed [W/(m3 K)].

    film [W/(m2 K)]; d: diameter of the lumps [m]; k_solid: their conductivity [W/(m K)]; voidage [-]; sphericity [-];
    factor: what channelling leaves of it [-], 0 to 1.
    """
    area = 6.0 * (1.0 - voidage) / (sphericity * d)
    return factor * area / (1.0 / film + d / (SPHERE_RESISTANCE * k_solid))


@kernel
def ergun_square(flux, molar_mass, T_mean, mu, length, d, voidage, multiplier):
    """Return half the difference of the squares of the pressures below and above [Pa2]: ideal gas, Ergun's law.

    flux [kg/(m2 s)]; molar_mass [kg/mol]; T_mean: over the height [K]; mu: viscosity there [Pa s]; length [m]; d: lumps
    times sphericity [m]; voidage [-]; multiplier: of a measured bed over Ergun's law [-].
    """
    solid = 1.0 - voidage
    viscous = LAMINAR * mu * solid * solid / (voidage**3 * d * d) * flux
    inertial = TURBULENT * solid / (voidage**3 * d) * flux * flux
    return multiplier * (viscous + inertial) * length * GAS_CONSTANT * T_mean / molar_mass


@kernel
def _parabola(x_1, x_2, y_1, y_m, y_2):
    """Return the middle and the coefficients (0, 1, 2) of the parabola in x - middle through two ends and middle."""
    half = 0.5 * (x_2 - x_1)
    return x_1 + half, y_m, 0.5 * (y_2 - y_1) / half, 0.5 * (y_1 + y_2 - 2.0 * y_m) / (half * half)


@kernel
def _conductance(T, flux, gas, d, k_solid, voidage, sphericity, factor):
    """Return the conductance per volume [W/(m3 K)] at the gas temperature T [K]; arguments as below."""
    mu, k = transport(gas, T)
    low = polynomial(gas, T)
    cp = h_cp(low, low, T)[1] / mass(gas)
    film = wakao_film(flux, cp, d, mu, k)
    return bed_conductance(film, d, k_solid, voidage, sphericity, factor)


@kernel
def conductance_law(T_1, T_2, flux, gas, d, k_solid, voidage, sphericity, factor):
    """Return the conductance per volume [W/(m3 K)] as a parabola in T between T_1 and T_2 [K]: middle and three terms.

    flux [kg/(m2 s)]; gas: amounts (process_gas); the rest as :func:`bed_conductance`.
    """
    u_1 = _conductance(T_1, flux, gas, d, k_solid, voidage, sphericity, factor)
    u_m = _conductance(0.5 * (T_1 + T_2), flux, gas, d, k_solid, voidage, sphericity, factor)
    u_2 = _conductance(T_2, flux, gas, d, k_solid, voidage, sphericity, factor)
    return _parabola(T_1, T_2, u_1, u_m, u_2)


@kernel
def log_mean(a, b):
    """Return the logarithmic mean of a and b, both above zero; no logarithm is taken where they are close."""
    s = (a - b) / (a + b)
    if abs(s) < 0.02:  # the series of the logarithm: the next term is below 2e-9
        s2 = s * s
        return 0.5 * (a + b) / (1.0 + s2 * (1.0 / 3.0 + 0.2 * s2))
    return (a - b) / log(a / b)


def counterflow_bed(solid_enthalpy: Any) -> Callable[..., Any]:
    """Return the kernel ``bed`` for a solid; solid_enthalpy(T, solid) -> [J/kg] at T [K] stands at module level.

    ``bed(solid_flow, solid, T_solid, gas_flow, low, high, T_gas, law, volume, cells)``
    -> (T_solid_out [K], T_gas_out [K], duty [W], T_mean [K], status)

    solid_flow [kg/s]; solid: tuple for solid_enthalpy; T_solid: inlet [K]; gas_flow [mol/s]; low, high: enthalpy of one
    mole (process_gas.polynomial); T_gas: inlet [K], below T_solid; law: (middle, three terms) of the conductance per
    volume, as :func:`conductance_law`; volume: of the bed [m3]; cells: 8 to 400, see the tests for what they cost.
    T_mean: of the gas over the height. Duty and outlet temperatures close to rounding, whatever the cells.
    """

    @kernel
    def march(excess, arguments):
        """Return the volume [m3] for an outlet ``excess`` [K] above the gas inlet, and its integral of T [m3 K]."""
        solid_flow, solid, T_solid, gas_flow, low, high, T_gas, law, wanted, cells = arguments
        middle, u_0, u_1, u_2 = law
        T_s, T_g, D = T_gas + excess, T_gas, excess
        h_g, cp = h_cp(low, high, T_g)
        h_s = solid_enthalpy(T_s, solid)
        start = h_g - solid_flow / gas_flow * h_s
        step = (T_solid - T_s) / cells
        volume = heat = 0.0
        for i in range(1, cells + 1):
            T_s = T_solid - step * (cells - i)
            h = solid_enthalpy(T_s, solid)
            target = start + solid_flow / gas_flow * h
            T_new = T_g + (target - h_g) / cp
            h_g, cp = h_cp(low, high, T_new)
            T_new += (target - h_g) / cp  # one Newton step: the first guess is 0.1 K off at most
            D_new = T_s - T_new
            if not D_new > 0.0:
                return CAP * wanted + wanted, T_gas * wanted
            x = 0.5 * (T_g + T_new) - middle
            part = solid_flow * (h - h_s) / ((u_0 + x * (u_1 + x * u_2)) * log_mean(D, D_new))
            volume += part
            heat += part * (x + middle)
            h_g, T_g, D, h_s = target, T_new, D_new, h
        return volume, heat

    @kernel
    def misfit(w, arguments):
        """Return volume over the wanted one, less 1, for the outlet exp(-w) of the way above the gas inlet."""
        T_solid, T_gas, wanted = arguments[2], arguments[6], arguments[8]
        return march((T_solid - T_gas) * exp(-w), arguments)[0] / wanted - 1.0

    find = bracketed_root(misfit)

    @kernel
    def bed(solid_flow, solid, T_solid, gas_flow, low, high, T_gas, law, volume, cells):
        nan = float("nan")
        if not (solid_flow > 0.0 and gas_flow > 0.0 and T_solid > T_gas and volume > 0.0 and cells >= 1):
            return nan, nan, nan, nan, OUTSIDE_RANGE
        arguments = (solid_flow, solid, T_solid, gas_flow, low, high, T_gas, law, volume, cells)
        w, status, _ = find(LEAST, CLOSEST, TOLERANCE, arguments)
        if status == OUTSIDE_RANGE:  # even at the closest the bed is higher than needed
            w, status = CLOSEST, OK
        if status != OK:
            return nan, nan, nan, nan, status
        excess = (T_solid - T_gas) * exp(-w)
        T_out = T_gas + excess
        duty = solid_flow * (solid_enthalpy(T_solid, solid) - solid_enthalpy(T_out, solid))
        h_gas = h_cp(low, high, T_gas)[0] + duty / gas_flow
        T_gas_out = temperature(low, high, h_gas, T_solid)
        used, heat = march(excess, arguments)
        heat += max(0.0, volume - used) * T_gas  # what is left over of a bed too high lies at the cold end
        return T_out, T_gas_out, duty, heat / max(volume, used), OK if T_gas_out == T_gas_out else NOT_FINITE

    return bed


@kernel
def bed_pressure_loss(flux, molar_mass, T_mean, mu, length, d, voidage, multiplier, p_out):
    """Return the pressure loss [Pa] of a bed whose gas leaves at p_out [Pa]; arguments as :func:`ergun_square`."""
    square = ergun_square(flux, molar_mass, T_mean, mu, length, d, voidage, multiplier)
    return sqrt(p_out * p_out + 2.0 * max(0.0, square)) - p_out
