"""Small steam turbine of waste-heat and captive power: two ports for admission or extraction, any exhaust. SI units.

Steam enters, expands to port a, to port b and to the exhaust, in that order of falling pressure. At a port, steam is
let in (flow above zero, mixed in) or taken out (below zero). A port at zero pressure does not exist; a
back-pressure turbine is one whose exhaust pressure is the network's.
"""

from __future__ import annotations

from math import log

from plantsim._jit import kernel
from plantsim.kernels.steam import s_ph, x_ph
from plantsim.kernels.turbine import expansion_enthalpy
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_ORDER, NOT_FINITE, OK, OUTSIDE_RANGE


@kernel
def efficiency_by_size(power, power_ref, eta_ref, slope, eta_min, eta_max):
    """Return the dry isentropic efficiency [-] at the design power [W]: eta_ref + slope ln(power/power_ref), bounded.

    slope [- per factor e]: small turbines lose more to short blades and leakage. Unverified form and numbers;
    a plant's own or its maker's efficiency goes before it.
    """
    if not (power > 0.0 and power_ref > 0.0):
        return float("nan")
    return min(eta_max, max(eta_min, eta_ref + slope * log(power / power_ref)))


@kernel
def part_load_efficiency(eta, load, c_0, c_1, c_2):
    """Return eta (c_0 + c_1 load + c_2 load^2) [-]; load: steam flow over the design flow [-]; c's sum to 1."""
    return eta * (c_0 + load * (c_1 + load * c_2))


@kernel
def generator_efficiency(load, eta_rated, fixed_share):
    """Return the efficiency [-] of a generator (with gear) at ``load``, shaft power over the rated one [-].

    eta_rated [-] at load 1; fixed_share: of the rated losses that stay at no load [-] (unverified, 0.4 to 0.6);
    the rest grows with the square of the load. Never below 0.
    """
    if not load > 0.0:
        return 0.0
    losses = (1.0 - eta_rated) * (fixed_share + (1.0 - fixed_share) * load * load)
    return max(0.0, 1.0 - losses / load)


@kernel
def _expand(p_in, h_in, p_out, eta, wetness_loss):
    """Return the enthalpy [J/kg] at p_out [Pa] after a section; as it came in where the pressure is the same."""
    if p_out >= p_in:
        return h_in
    return expansion_enthalpy(h_in, s_ph(p_in, h_in), p_out, eta, wetness_loss)


@kernel
def small_turbine(
    m, p, h, p_a, m_a, h_a, p_b, m_b, h_b, p_out, eta_1, eta_2, eta_3, wetness_loss, eta_mechanical, least
):
    """Return (power, h_at_a, h_at_b, h_out, m_out, x_out, status) of a turbine.

    m [kg/s], p [Pa], h [J/kg]: steam before the valve; p_a, p_b: ports [Pa], 0 for none; m_a, m_b: let in (> 0) or
    taken out (< 0) [kg/s]; h_a, h_b: of steam let in [J/kg], ignored otherwise; p_out: exhaust [Pa];
    eta_1, eta_2, eta_3: dry isentropic efficiencies of the sections to a, to b and to the exhaust [-]; wetness_loss:
    Baumann's loss of efficiency per mean wetness [-], 0 to 1; eta_mechanical [-]; least: flow that the last
    section needs for cooling [kg/s].
    power: at the coupling [W]; h_at_a, h_at_b: before mixing, which is what an extraction carries [J/kg]; h_out
    [J/kg], m_out [kg/s], x_out: exhaust (x_out 1 when dry).
    INFEASIBLE_ORDER: pressures that do not fall; INFEASIBLE_FLOW: more taken out than is there, or less than
    ``least`` left.
    """
    nan = float("nan")
    if not (
        m >= 0.0 and p > 0.0 and p_out > 0.0 and 0.0 <= wetness_loss <= 1.5 and 0.0 < eta_mechanical <= 1.0
    ):
        return nan, nan, nan, nan, nan, nan, OUTSIDE_RANGE
    low_a = p_a if p_a > 0.0 else p
    low_b = p_b if p_b > 0.0 else low_a
    if not (p >= low_a >= low_b >= p_out):
        return nan, nan, nan, nan, nan, nan, INFEASIBLE_ORDER
    h_1 = _expand(p, h, low_a, eta_1, wetness_loss)
    m_2 = m + (m_a if p_a > 0.0 else 0.0)
    h_2 = (m * h_1 + m_a * h_a) / m_2 if p_a > 0.0 and m_a > 0.0 else h_1
    h_3 = _expand(low_a, h_2, low_b, eta_2, wetness_loss)
    m_3 = m_2 + (m_b if p_b > 0.0 else 0.0)
    h_4 = (m_2 * h_3 + m_b * h_b) / m_3 if p_b > 0.0 and m_b > 0.0 else h_3
    if not (m_2 >= 0.0 and m_3 >= least):
        return nan, h_1, h_3, nan, m_3, nan, INFEASIBLE_FLOW
    h_out = _expand(low_b, h_4, p_out, eta_3, wetness_loss)
    power = eta_mechanical * (m * (h - h_1) + m_2 * (h_2 - h_3) + m_3 * (h_4 - h_out))
    return power, h_1, h_3, h_out, m_3, x_ph(p_out, h_out), OK if power == power else NOT_FINITE
