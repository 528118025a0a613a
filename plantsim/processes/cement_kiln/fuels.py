"""The fuels of a kiln line: elements per joule of the mixed fuel, and of the sludge per mass of clinker."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.combustion import (
    MOLAR_MASS_C,
    MOLAR_MASS_H,
    MOLAR_MASS_N,
    MOLAR_MASS_O,
    MOLAR_MASS_S,
    MOLAR_MASS_WATER,
)
from plantsim.processes.cement_kiln.codes import ALTERNATIVE_CARBON, COAL_CARBON, SLUDGE_CARBON
from plantsim.processes.cement_kiln.streams import evaporation_heat
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

T_HEATING_VALUE = 298.15  # K, of heating values
ROUNDING = 1e-12  # of an analysis


@kernel
def coal_ash(x):
    """Return the ash of the coal as fired [kg/kg]: what its other parts leave."""
    combustible = x.coal_carbon + x.coal_hydrogen + x.coal_oxygen + x.coal_nitrogen + x.coal_sulphur
    return 1.0 - combustible - x.coal_moisture


@kernel
def alternative_oxygen(x):
    """Return the oxygen of the alternative fuel [kg/kg]: no more than carbon, hydrogen and moisture leave.

    An ultimate analysis finds oxygen by difference: where the parts sum to more than the whole, it is the one that is
    wrong. A case file that gives such parts is refused where it is read.
    """
    return min(
        x.alternative_oxygen, 1.0 - x.alternative_carbon - x.alternative_hydrogen - x.alternative_moisture
    )


@kernel
def alternative_ash(x):
    """Return the ash of the alternative fuel [kg/kg]: what its other parts leave."""
    parts = x.alternative_carbon + x.alternative_hydrogen + alternative_oxygen(x) + x.alternative_moisture
    return 1.0 - parts


@kernel
def analyses_status(x, y):
    """Return OK, or OUTSIDE_RANGE where a fuel that is burnt has parts of more than its whole."""
    if not coal_ash(x) >= -ROUNDING:
        y.status_variable = COAL_CARBON
        return OUTSIDE_RANGE
    if x.alternative_heat_share > 0.0 and not alternative_oxygen(x) >= 0.0:
        y.status_variable = ALTERNATIVE_CARBON
        return OUTSIDE_RANGE
    if not sludge_ash(x) >= -ROUNDING:
        y.status_variable = SLUDGE_CARBON
        return OUTSIDE_RANGE
    return OK


@kernel
def fuel_ash(x):
    """Return the ash [kg] per joule of the mixed fuel, coal and alternative fuel."""
    a = x.alternative_heat_share
    return (1.0 - a) * coal_ash(x) / x.coal_heating_value + a * alternative_ash(
        x
    ) / x.alternative_heating_value


@kernel
def sludge_ash(x):
    """Return the ash of the sludge [kg] per kg of clinker."""
    dry = 1.0 - x.sludge_dry_carbon - x.sludge_dry_hydrogen - x.sludge_dry_oxygen
    return x.sludge_ratio * (1.0 - x.sludge_moisture) * dry


@kernel
def sludge_heat(x):
    """Return the lower heating value of the sludge [J] per kg of clinker; below zero where it is very wet."""
    water = x.sludge_moisture * evaporation_heat(T_HEATING_VALUE)
    return x.sludge_ratio * ((1.0 - x.sludge_moisture) * x.sludge_dry_heating_value - water)


@kernel
def elements(carbon, hydrogen, oxygen, nitrogen, sulphur, moisture):
    """Return (C, H, O, N, S, H2O) [mol/kg] of a fuel from its analysis as fired [kg/kg]."""
    return (
        carbon / MOLAR_MASS_C,
        hydrogen / MOLAR_MASS_H,
        oxygen / MOLAR_MASS_O,
        nitrogen / MOLAR_MASS_N,
        sulphur / MOLAR_MASS_S,
        moisture / MOLAR_MASS_WATER,
    )


@kernel
def weighted(e, k, f, m):
    """Return k e + m f of two sets of elements [mol]."""
    return (
        k * e[0] + m * f[0],
        k * e[1] + m * f[1],
        k * e[2] + m * f[2],
        k * e[3] + m * f[3],
        k * e[4] + m * f[4],
        k * e[5] + m * f[5],
    )


@kernel
def mixed_fuel(x):
    """Return (C, H, O, N, S, H2O) [mol/J] of coal and alternative fuel by their shares of the heat."""
    coal = elements(
        x.coal_carbon, x.coal_hydrogen, x.coal_oxygen, x.coal_nitrogen, x.coal_sulphur, x.coal_moisture
    )
    other = elements(
        x.alternative_carbon, x.alternative_hydrogen, alternative_oxygen(x), 0.0, 0.0, x.alternative_moisture
    )
    a = x.alternative_heat_share
    return weighted(coal, (1.0 - a) / x.coal_heating_value, other, a / x.alternative_heating_value)


@kernel
def sludge(x):
    """Return (C, H, O, N, S, H2O) [mol] of the sludge per kg of clinker; its N and S are left out."""
    d = x.sludge_ratio * (1.0 - x.sludge_moisture)
    return elements(
        d * x.sludge_dry_carbon,
        d * x.sludge_dry_hydrogen,
        d * x.sludge_dry_oxygen,
        0.0,
        0.0,
        x.sludge_ratio * x.sludge_moisture,
    )


@kernel
def oxygen_demand(e, retention):
    """Return the O2 [mol] that the elements e [mol] take, sulphur bound as SO3 by ``retention`` [-]."""
    return e[0] + 0.25 * e[1] - 0.5 * e[2] + e[4] * (1.0 + 0.5 * retention)


@kernel
def burnt(e, retention):
    """Return the gas [mol] that the elements e [mol] burn to, the oxygen taken with a minus sign."""
    return e[0], 0.5 * e[1] + e[5], 0.5 * e[3], -oxygen_demand(e, retention), e[4] * (1.0 - retention)


@kernel
def fuel_mass(x, heat):
    """Return the mass [kg] of coal and alternative fuel with the ``heat`` [J]."""
    a = x.alternative_heat_share
    return heat * ((1.0 - a) / x.coal_heating_value + a / x.alternative_heating_value)
