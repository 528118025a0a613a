"""Selective catalytic reduction: Eley-Rideal plug flow with one activity, in closed form. SI units.

x: NO conversion [-]; alpha: NH3 over NO at the inlet [mol/mol]; k_av: activity over area velocity [-];
kc: adsorption constant times inlet NO concentration, K C0 [-]; slip: NH3 out over NO in, alpha - x [-].
With the rate k C_NO K C_NH3 / (1 + K C_NH3) and one NH3 per NO, the plug-flow balance integrates to
    k_av = -ln(1 - x) + ln[(alpha - x) / (alpha (1 - x))] / [kc (alpha - 1)],
    k_av = -ln(1 - x) + x / [(1 - x) kc]  for alpha = 1,
with external and internal diffusion inside the lumped activity. The activity is calibrated to the maker's
guarantee (conversion and slip at design conditions, end of life) and never taken as universal.
Limits: kc -> infinity gives x = min(alpha, 1 - exp(-k_av)); 0 <= x <= min(1, alpha).
"""

from __future__ import annotations

from math import exp, expm1, log, log1p

from plantsim._jit import kernel
from plantsim.kernels.roots import bracketed_root
from plantsim.vocabulary.status import INFEASIBLE_FLOW, INFEASIBLE_THERMAL, NO_CONVERGENCE, OK, OUTSIDE_RANGE

MAX_STEPS = 80  # bracketed Newton needs about 6; bisection alone 60
TOLERANCE = 1e-14  # relative, of ln(min(1, alpha) - x): the slip is then good to 12 digits or more
ROUNDING = 4e-16  # of 1 + k_av, as the closed form gives k_av back
T_UNDERFLOW = -700.0  # exp(-700) is 1e-304, the smallest slip that is still told from none
T_WHOLE = -37.0  # exp(-37) is below what rounding leaves of 1 - x
K_AV_MAX = 700.0  # beyond, exp(-k_av) is no longer told from zero
GAS_CONSTANT = 8.31446261815324  # J/(mol K), CODATA 2018
GAS_CONSTANT_CAL = 1.987  # cal/(mol K), rounded as in the computed rows that go with the ABS data
ATMOSPHERE = 101325.0  # Pa, the unit of the ABS data

# NH3 adsorption on V2O5/TiO2, Beeckman and Hegedus 1991 (doi 10.1021/ie00053a020), unverified
K_ADSORPTION = 2.68e-17  # m3/mol
E_ADSORPTION = 243e3  # J/mol

# p_NH3 p_SO3 = A exp(-E / R T) [atm2], E in cal/mol, in the form of Matsuda 1982 (doi 10.1021/i300007a004),
# unverified. Both bracket the 500 to 520 K measured for formation in air preheaters (Fuel 90:2445, 2011).
ABS_EARLY = 0  # forms 12 to 18 K earlier on cooling: the safe one for a minimum temperature
ABS_LATE = 1
ABS_EARLY_A, ABS_EARLY_E = 1.14e12, 53000.0
ABS_LATE_A, ABS_LATE_E = 2.97e13, 54950.0


@kernel
def _balance(t, alpha, kc):
    """Return x, k_av and d k_av / dt at t = ln(min(1, alpha) - x)."""
    e = exp(max(t, T_UNDERFLOW))
    if alpha < 1.0:
        x, no_left, nh3_left = alpha - e, (1.0 - alpha) + e, e
    else:
        x, no_left, nh3_left = 1.0 - e, e, (alpha - 1.0) + e
    log_no = t if alpha >= 1.0 else log(no_left)
    z = x / (
        alpha * no_left
    )  # ln[(alpha - x)/(alpha (1 - x))] = ln[1 + (alpha - 1) z], smooth through alpha = 1
    excess = alpha - 1.0
    if abs(excess * z) < 0.5:
        share = z if excess == 0.0 else log1p(excess * z) / excess
    else:
        log_nh3 = t if alpha < 1.0 else log(nh3_left)
        share = (log_nh3 - log(alpha) - log_no) / excess
    slope = -e / no_left * (1.0 + 1.0 / (kc * nh3_left))
    return x, -log_no + share / kc, slope


@kernel
def activity_for(x, alpha, kc):
    """Return (k_av, status): the activity over area velocity [-] that converts x at alpha and kc.

    INFEASIBLE_FLOW where x is not below min(1, alpha); OUTSIDE_RANGE for x < 0, alpha <= 0 or kc <= 0.
    """
    if not (x >= 0.0 and alpha > 0.0 and kc > 0.0):
        return float("nan"), OUTSIDE_RANGE
    if not x < min(1.0, alpha):
        return float("nan"), INFEASIBLE_FLOW
    if x == 0.0:
        return 0.0, OK
    _, k_av, _ = _balance(log(min(1.0, alpha) - x), alpha, kc)
    return k_av, OK


@kernel
def calibrate_activity(x, slip, kc):
    """Return (k_av, alpha, status) of a guarantee point: conversion x and slip over inlet NO, both [-] > 0."""
    if not slip > 0.0:
        return float("nan"), float("nan"), INFEASIBLE_FLOW
    k_av, status = activity_for(x, x + slip, kc)
    return k_av, x + slip, status


@kernel
def _lower_bound(k_av, alpha, kc):
    """Return a t below the root, from each term of the closed form alone being at most k_av."""
    t = T_UNDERFLOW
    if alpha < 1.0:
        t = max(t, log(alpha * (1.0 - alpha)) - k_av * kc * (1.0 - alpha))
        left = exp(-k_av) - (1.0 - alpha)
        if left > 0.0:
            t = max(t, log(left))
        return t - 1e-6
    return max(t, -k_av) - 1e-6


@kernel
def conversion(k_av, alpha, kc):
    """Return (x, slip, status): NO conversion and NH3 out over NO in [-].

    k_av [-] >= 0; alpha [-] >= 0; kc [-] > 0. Solved in ln(min(1, alpha) - x), where the slip keeps its
    digits when the ammonia is used up; bracketed Newton. OUTSIDE_RANGE for other arguments.
    """
    if not (k_av >= 0.0 and alpha >= 0.0 and kc > 0.0):
        return float("nan"), float("nan"), OUTSIDE_RANGE
    most = min(1.0, alpha)
    if k_av == 0.0 or alpha == 0.0:
        return 0.0, alpha, OK
    k_av = min(k_av, K_AV_MAX)
    low, high = _lower_bound(k_av, alpha, kc), log(most)
    t, last = low, high - low
    for _ in range(MAX_STEPS):
        x, value, slope = _balance(t, alpha, kc)
        f = value - k_av
        if f > 0.0:
            low = t
        else:
            high = t
        # a residual of rounding moves a small slip by more than the tolerance: it ends the search as well
        rounded = abs(f) <= ROUNDING * (1.0 + k_av)
        # k_av(t) is convex and falls, exponentially far below the root: there its logarithm is straight
        change = -f / slope if f <= 2.0 * k_av else -value * log(value / k_av) / slope
        new = t + change
        if not (low <= new <= high and abs(change) <= 0.5 * last):  # else each step at least halves the last
            new = 0.5 * (low + high)
        if rounded:
            new = t
        step = abs(new - t)
        t, last = new, step
        if min(step, high - low) <= TOLERANCE * max(1.0, abs(t)):
            e = exp(t)
            return (alpha - e, e, OK) if alpha < 1.0 else (1.0 - e, (alpha - 1.0) + e, OK)
    return x, alpha - x, NO_CONVERGENCE


@kernel
def _ammonia_misfit(t, arguments):
    """Return how far the NH3 term at the slip alpha - x = exp(t) is above the wanted one, in logarithms [-]."""
    x, wanted = arguments
    slip = exp(t)
    alpha = x + slip
    excess = alpha - 1.0
    z = x / (alpha * (1.0 - x))
    if abs(excess * z) < 0.5:
        term = z if excess == 0.0 else log1p(excess * z) / excess
    else:
        term = (t - log(alpha) - log1p(-x)) / excess
    return log(term / wanted)


_find_slip = bracketed_root(_ammonia_misfit)


@kernel
def ratio_for(x, k_av, kc):
    """Return (alpha, slip, status): the NH3 : NO that reaches conversion x [-] with the activity there is.

    INFEASIBLE_FLOW where no amount of ammonia does: x >= 1 - exp(-k_av), the catalyst is spent.
    """
    if not (x >= 0.0 and k_av >= 0.0 and kc > 0.0):
        return float("nan"), float("nan"), OUTSIDE_RANGE
    if x == 0.0:
        return 0.0, 0.0, OK
    if x >= 1.0 or not -log1p(-x) < k_av:
        return float("nan"), float("nan"), INFEASIBLE_FLOW
    wanted = kc * (k_av + log1p(-x))
    high = max(3.0, 3.0 + log(-log1p(-x) / wanted))  # the term is -ln(1 - x)/alpha for much ammonia
    t, status, _ = _find_slip(T_UNDERFLOW, high, 1e-12, (x, wanted))
    if status == OUTSIDE_RANGE:  # the slip is below 1e-304
        return x, 0.0, OK
    return x + exp(t), exp(t), status


@kernel
def _allowed_misfit(t, arguments):
    """Return how far the activity that leaves 1 - x = exp(t) with the slip is below the given one [-]."""
    slip, k_av, kc = arguments
    left = exp(t)
    x = 1.0 - left
    alpha = x + slip
    z = x / (alpha * left)
    excess = alpha - 1.0
    if abs(excess * z) < 0.5:
        term = z if excess == 0.0 else log1p(excess * z) / excess
    else:
        term = (log(slip) - log(alpha) - t) / excess
    return k_av + t - term / kc


_find_left = bracketed_root(_allowed_misfit)


@kernel
def conversion_at_slip(slip, k_av, kc):
    """Return (x, alpha, status): the most conversion [-] whose slip is ``slip`` over inlet NO [-], and its NH3 : NO.

    slip >= 0; k_av [-] >= 0, kc [-] > 0 at this point, else OUTSIDE_RANGE. Without slip there is no conversion: the
    closed form leaves some ammonia behind at any activity.
    """
    if not (slip >= 0.0 and k_av >= 0.0 and kc > 0.0):
        return float("nan"), float("nan"), OUTSIDE_RANGE
    k_av = min(k_av, K_AV_MAX)
    if slip == 0.0 or k_av == 0.0:
        return 0.0, slip, OK
    low = max(-k_av, T_WHOLE)  # 1 - x is above exp(-k_av)
    if not _allowed_misfit(low, (slip, k_av, kc)) < 0.0:  # all but what rounding hides
        return -expm1(low), slip - expm1(low), OK
    t, status, _ = _find_left(low, 0.0, 1e-12, (slip, k_av, kc))
    if status != OK:  # where the curve is a corner, secant steps creep: the root is near by now
        t, status, _ = _find_left(max(low, 2.0 * t), 0.5 * t, 1e-12, (slip, k_av, kc))
    x = -expm1(t)
    return x, x + slip, status


@kernel(inline=True)
def adsorption_constant(T):
    """Return K_NH3 [m3/mol] at T [K]: K C0 is 11.3 at 633 K, 0.69 at 673 K for 195 ppm. Unverified."""
    return K_ADSORPTION * exp(E_ADSORPTION / (GAS_CONSTANT * T))


@kernel(inline=True)
def coverage_number(y_no, T, p):
    """Return kc = K C0 [-] for y_no [mol/mol] of NO in the gas at T [K], p [Pa]."""
    return adsorption_constant(T) * y_no * p / (GAS_CONSTANT * T)


@kernel(inline=True)
def arrhenius(T, T_ref, energy):
    """Return the factor [-] on a rate constant from T_ref to T [K]; energy: apparent, of activation [J/mol]."""
    return exp(-energy / GAS_CONSTANT * (1.0 / T - 1.0 / T_ref))


@kernel
def activity_at(k_av, T, T_design, energy, volume_ratio, life):
    """Return k_av [-] away from the design point.

    k_av: at the design point; T, T_design [K]; energy: apparent, of activation [J/mol]; volume_ratio: actual
    gas volume flow at T and p over the design one [-] > 0, as the area velocity; life: activity left, times
    layers added, over the design state [-].
    """
    return k_av * arrhenius(T, T_design, energy) * life / volume_ratio


@kernel(inline=True)
def activity_left(hours, time_constant):
    """Return K/K0 = exp(-hours/time_constant) [-]; both in the same unit of time. Form unverified."""
    return exp(-hours / time_constant)


@kernel
def so2_oxidation(share, T, T_design, energy, flow_ratio, wall_ratio, ammonia_factor):
    """Return the SO2 that becomes SO3 [mol/mol].

    share: at the design point [-], 0 to < 1; T, T_design [K]; energy: apparent [J/mol], which falls from 210 to
    84 kJ/mol as T rises (Svachula 1993, doi 10.1021/ie00017a009); flow_ratio: normal gas flow over the design
    one [-]; wall_ratio: catalyst wall volume over the design one [-]: the reaction is slow and uses the whole
    wall; ammonia_factor: NH3 inhibits [-], 1 as at the design point. First order in SO2: an assumption.
    """
    if not (0.0 <= share < 1.0 and flow_ratio > 0.0):
        return float("nan")
    rate = -log1p(-share) * arrhenius(T, T_design, energy) * wall_ratio * ammonia_factor / flow_ratio
    return 1.0 - exp(-rate)


@kernel
def bisulphate_temperature(y_nh3, y_so3, p, form):
    """Return the temperature [K] below which ammonium bisulphate condenses in bulk; 0 without NH3 or SO3.

    y_nh3, y_so3 [mol/mol]; p: of the gas [Pa]; form: ABS_EARLY or ABS_LATE, else NaN. Unverified.
    """
    if not (y_nh3 > 0.0 and y_so3 > 0.0):
        return 0.0
    if form == ABS_EARLY:
        a, energy = ABS_EARLY_A, ABS_EARLY_E
    elif form == ABS_LATE:
        a, energy = ABS_LATE_A, ABS_LATE_E
    else:
        return float("nan")
    product = (y_nh3 * p / ATMOSPHERE) * (y_so3 * p / ATMOSPHERE)
    return energy / (GAS_CONSTANT_CAL * (log(a) - log(product)))


@kernel(inline=True)
def minimum_temperature(y_nh3_in, y_so3, p, form, pore_rise):
    """Return the catalyst's lowest lasting temperature [K]: bulk condensation at inlet NH3 plus pore_rise [K].

    Bisulphate condenses earlier in pores (Kelvin), 15 to 30 K (unverified). y [mol/mol], p [Pa].
    """
    return bisulphate_temperature(y_nh3_in, y_so3, p, form) + pore_rise


@kernel
def reactor(y_no, alpha, k_av, kc, T, p, y_so3, form, pore_rise):
    """Return (x, y_slip [mol/mol], margin [K], status) of a reactor at one operating point.

    y_no: NO at the inlet [mol/mol]; alpha [-]; k_av, kc [-] at this point; T [K], p [Pa]; y_so3 at the inlet
    [mol/mol]; form, pore_rise: as in :func:`minimum_temperature`. margin: T less the lowest temperature.
    INFEASIBLE_THERMAL where the margin is negative while ammonia is injected; x is returned all the same.
    """
    x, slip, status = conversion(k_av, alpha, kc)
    margin = T - minimum_temperature(alpha * y_no, y_so3, p, form, pore_rise)
    if status == OK and alpha > 0.0 and not margin >= 0.0:
        status = INFEASIBLE_THERMAL
    return x, slip * y_no, margin, status
