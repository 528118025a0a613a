"""Fans and compressors: power from normal volumes at site pressure, and what their control wastes. SI units.

At 1800 m the same normal flow against the same pressure rise takes 1.24 times the power of sea level. A given
duct resists a thinner gas more as well: its loss rises by the same factor at equal mass flow.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.gas_flow import GAS_CONSTANT, MOLAR_VOLUME, actual_volume_flow
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK, OUTSIDE_RANGE


@kernel
def compressibility_factor(rise, p_in, kappa):
    """Return isentropic work over v dp [-], 1 for an incompressible gas and 0.97 at 6 kPa above 75 kPa.

    rise: pressure rise [Pa] > -p_in; p_in: absolute inlet pressure [Pa]; kappa: isentropic exponent [-] > 1,
    infinite for no correction. Source: isentropic compression of an ideal gas (compare ISO 5801, clause 15).
    """
    r = rise / p_in
    k = 1.0 - 1.0 / kappa
    if abs(r) < 1e-6:  # the limit, before 0/0 spoils it
        return 1.0 + 0.5 * (k - 1.0) * r
    return ((1.0 + r) ** k - 1.0) / (k * r)


@kernel
def fan_power(v_normal, T_in, p_in, rise, eta_fan, eta_drive, kappa):
    """Return (power [W], status) at a fan's terminals.

    v_normal [Nm3/s] wet; T_in [K], p_in [Pa]: absolute, at the fan's inlet, i.e. site pressure less the
    draught before an induced-draught fan; rise: total pressure rise [Pa] >= 0; eta_fan: fan at this point [-];
    eta_drive: motor, coupling, converter [-]; kappa: isentropic exponent [-], infinite for none.
    OUTSIDE_RANGE for pressures or efficiencies that are not above zero, or a negative rise.
    """
    if not (p_in > 0.0 and T_in > 0.0 and rise >= 0.0 and eta_fan > 0.0 and eta_drive > 0.0 and kappa > 1.0):
        return float("nan"), OUTSIDE_RANGE
    v = actual_volume_flow(v_normal, T_in, p_in)
    return v * rise * compressibility_factor(rise, p_in, kappa) / (eta_fan * eta_drive), OK


@kernel
def available_rise(v, density, v_design, density_design, rise_design, shutoff):
    """Return the rise [Pa] that a fan at full speed, fully open, makes at another flow and density.

    v, v_design: volume flows at the inlet [m3/s]; density, density_design [kg/m3]; rise_design [Pa];
    shutoff: rise at no flow over rise_design [-]. A parabola through the two points: an assumption (unverified),
    fair between 0.4 and 1.2 of the design flow for backward-curved wheels.
    """
    x = v / v_design
    return rise_design * (density / density_design) * (shutoff - (shutoff - 1.0) * x * x)


@kernel
def damper_power_ratio(x, c_0, c_1, c_2):
    """Return shaft power over design shaft power [-] of a fan throttled by a damper, at the flow ratio x [-].

    c_0 + c_1 x + c_2 x^2, at equal gas density: the fan runs back on its own curve whatever the duct resists.
    """
    return c_0 + x * (c_1 + x * c_2)


@kernel
def controlled_fan_power(
    v, rise, density, v_design, rise_design, density_design, eta_fan, eta_drive, recovery, c_0, c_1, c_2
):
    """Return (power [W], status) of a fan at part load, with its way of control.

    v, v_design: actual inlet volume flows [m3/s]; rise, rise_design: what the duct asks for, now and at the
    design point [Pa]; density, density_design: at the inlet [kg/m3]; eta_fan: at the design point [-];
    eta_drive: at this load [-], converter included; c_0, c_1, c_2: the damper's law (damper_power_ratio).
    recovery: share of the damper's loss that the control avoids [-]: 0 damper, 1 variable speed, between them
    inlet vanes (0.45 to 0.60 between flow ratios of 0.5 and 0.9 by the EnergyPlus curves).
    power = damper - recovery (damper - ideal), ideal = v rise / eta_fan. So -1 kPa in the duct saves its whole
    work at variable speed, part of it with vanes, and nothing with a damper, which closes further instead.
    INFEASIBLE_FLOW: the ideal work is above what the throttled fan takes, i.e. the fan is too small.
    """
    if not (v >= 0.0 and rise >= 0.0 and v_design > 0.0 and rise_design > 0.0 and density_design > 0.0):
        return float("nan"), OUTSIDE_RANGE
    if not (eta_fan > 0.0 and eta_drive > 0.0 and 0.0 <= recovery <= 1.0):
        return float("nan"), OUTSIDE_RANGE
    ideal = v * rise / eta_fan
    damper = v_design * rise_design / eta_fan * (density / density_design)
    damper *= damper_power_ratio(v / v_design, c_0, c_1, c_2)
    shaft = damper - recovery * (damper - ideal)
    # a fan asked for slightly more than its design point is still within its margin
    status = OK if recovery == 1.0 or ideal <= 1.02 * damper else INFEASIBLE_FLOW
    return shaft / eta_drive, status


@kernel
def compressor_power(v_normal, T_in, p_in, p_out, eta, eta_drive, kappa):
    """Return the power [W] of a blower or compressor for ``v_normal`` [Nm3/s].

    T_in [K]; p_in, p_out: absolute [Pa], p_in is the site's pressure less the filter's loss; eta: isentropic
    [-]; eta_drive [-]; kappa [-]. Isentropic compression of an ideal gas. NaN for pressures not above zero.
    """
    if not (p_in > 0.0 and p_out > 0.0 and eta > 0.0 and eta_drive > 0.0 and kappa > 1.0):
        return float("nan")
    k = 1.0 - 1.0 / kappa
    work = GAS_CONSTANT * T_in / k * ((p_out / p_in) ** k - 1.0)  # J/mol
    return max(0.0, work) * v_normal / MOLAR_VOLUME / (eta * eta_drive)
