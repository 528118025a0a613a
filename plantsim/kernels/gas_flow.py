"""Gas in ducts: normal volumes at site pressure, viscosity, pressure losses and how they scale. SI units.

A normal cubic metre is a gas at 273.15 K and 101 325 Pa: an amount, not a volume. Every actual volume here asks
for the pressure at the place, since at 1800 m it is 1.24 times what sea level makes of the same gas.
"""

from __future__ import annotations

from plantsim._jit import kernel

NORMAL_TEMPERATURE = 273.15  # K, ISO 10780:1994, 标准状态 of GB 13223
NORMAL_PRESSURE = 101325.0  # Pa, as above
GAS_CONSTANT = 8.31446261815324  # J/(mol K), CODATA 2018, exact
MOLAR_VOLUME = GAS_CONSTANT * NORMAL_TEMPERATURE / NORMAL_PRESSURE  # m3/mol of ideal gas, 0.0224140
MU_0 = 1.716e-5  # Pa s, air at 273.15 K: White, Viscous Fluid Flow, 3rd ed. 2006, table 1-2 (unverified)
SUTHERLAND_AIR = 110.4  # K, air: U.S. Standard Atmosphere 1976, table 2
SQUARE_DUCT = (
    56.90832  # Darcy f Re of developed laminar flow in a square duct: Shah and London 1978, a test sums it
)


@kernel(inline=True)
def actual_volume_flow(v_normal, T, p):
    """Return the volume flow [m3/s] of ``v_normal`` [Nm3/s] at T [K] and absolute pressure p [Pa] > 0."""
    return v_normal * (T / NORMAL_TEMPERATURE) * (NORMAL_PRESSURE / p)


@kernel(inline=True)
def gas_density(molar_mass, T, p):
    """Return the density [kg/m3] of an ideal gas of ``molar_mass`` [kg/mol] at T [K] > 0 and p [Pa]."""
    return p * molar_mass / (GAS_CONSTANT * T)


@kernel
def air_viscosity(T):
    """Return the dynamic viscosity [Pa s] of air at T [K], 200 to 1500 K; flue gas is 0 to 8 % below.

    Source: Sutherland's law with White's constants (Viscous Fluid Flow, 3rd ed. 2006), unverified.
    """
    ratio = T / NORMAL_TEMPERATURE
    return MU_0 * ratio * ratio**0.5 * (NORMAL_TEMPERATURE + SUTHERLAND_AIR) / (T + SUTHERLAND_AIR)


@kernel
def scaled_pressure_loss(loss, v, density, v_design, density_design, exponent):
    """Return the pressure loss [Pa] of a given duct at another flow.

    loss: at the design point [Pa]; v, v_design: actual volume flows [m3/s]; density, density_design [kg/m3];
    exponent: of the volume flow [-], 2 for turbulent ducts and cyclones, 1 for laminar channels, where the
    loss does not depend on the density: it enters with the power exponent - 1.
    """
    if not (v_design > 0.0 and density_design > 0.0):
        return float("nan")
    return loss * (max(0.0, v) / v_design) ** exponent * (density / density_design) ** (exponent - 1.0)


@kernel
def channel_pressure_loss(velocity, length, width, density, viscosity, fittings):
    """Return the pressure loss [Pa] of laminar flow through square channels, such as a honeycomb catalyst.

    velocity: in the channel [m/s]; length, width: of the channel [m]; density [kg/m3]; viscosity [Pa s];
    fittings: loss coefficient of inlet, outlet and ducts on the channel's dynamic pressure [-].
    Valid for Re = density velocity width / viscosity below about 2300: :func:`channel_reynolds` tells.
    Source: Shah and London, Laminar Flow Forced Convection in Ducts, 1978: Darcy f Re = 56.908.
    """
    friction = 0.5 * SQUARE_DUCT * viscosity * velocity * length / (width * width)
    return friction + 0.5 * fittings * density * velocity * velocity


@kernel(inline=True)
def channel_reynolds(velocity, width, density, viscosity):
    """Return the Reynolds number [-] of a square channel: velocity [m/s], width [m], density, viscosity."""
    return density * velocity * width / viscosity
