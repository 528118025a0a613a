"""Selective non-catalytic reduction: a temperature window times a saturating function of the NH3 : NO ratio.

The form eta = eta_max w(T) (1 - exp(-a NSR)) and every number that goes into it are unverified: practice gives
50 to 75 % at NSR 1.2 to 1.6 in a calciner, 40 to 65 % in a boiler, inside 1070 to 1370 K. Calibrate ``a`` and the
slip to the plant's own test. nsr: NH3 over inlet NO [mol/mol]. SI units.
"""

from __future__ import annotations

from math import exp, log

from plantsim._jit import kernel
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK, OUTSIDE_RANGE


@kernel
def window(T, T_best, width_cold, width_hot):
    """Return the temperature window [-], 1 at T_best [K] and 1/e at one width [K] on either side of it."""
    d = (T - T_best) / (width_cold if T_best > T else width_hot)
    return exp(-d * d)


@kernel
def calibrate_rise(eta, nsr, eta_max, w):
    """Return (a, status): the rise [-] of the reduction with NSR from one tested point.

    eta: tested NO reduction [-]; eta_max: the most at the best temperature [-]; w: window at the test's
    temperature [-]. INFEASIBLE_FLOW where eta is not below eta_max w, or above nsr.
    """
    if not (nsr > 0.0 and eta >= 0.0 and 0.0 < eta_max <= 1.0 and w > 0.0):
        return float("nan"), OUTSIDE_RANGE
    if not (eta < eta_max * w and eta <= nsr):
        return float("nan"), INFEASIBLE_FLOW
    return -log(1.0 - eta / (eta_max * w)) / nsr, OK


@kernel
def reduction(T, nsr, T_best, width_cold, width_hot, eta_max, a):
    """Return (eta, status): the NO reduction [-] at T [K] and nsr [mol/mol].

    T_best, width_cold, width_hot: of the window [K]; eta_max, a [-]: see :func:`calibrate_rise`. Never more
    than nsr: one NH3 takes one NO. OUTSIDE_RANGE for a negative nsr or widths not above zero.
    """
    if not (nsr >= 0.0 and width_cold > 0.0 and width_hot > 0.0 and 0.0 < eta_max <= 1.0 and a >= 0.0):
        return float("nan"), OUTSIDE_RANGE
    eta = eta_max * window(T, T_best, width_cold, width_hot) * (1.0 - exp(-a * nsr))
    return min(eta, nsr), OK


@kernel
def ratio_for(eta, T, T_best, width_cold, width_hot, eta_max, a):
    """Return (nsr, status): the NH3 : NO ratio for the reduction eta [-]; arguments as in :func:`reduction`.

    INFEASIBLE_FLOW where the window does not reach eta.
    """
    if not (eta >= 0.0 and width_cold > 0.0 and width_hot > 0.0 and 0.0 < eta_max <= 1.0 and a > 0.0):
        return float("nan"), OUTSIDE_RANGE
    most = eta_max * window(T, T_best, width_cold, width_hot)
    if not eta < most:
        return float("nan"), INFEASIBLE_FLOW
    return max(eta, -log(1.0 - eta / most) / a), OK


@kernel
def slip(T, nsr, eta, T_best, share_best, fall):
    """Return the NH3 slip over inlet NO [-].

    Of the ammonia that takes no NO (nsr - eta), a share slips and the rest burns: share_best [-] at T_best [K],
    falling by a factor e for each ``fall`` [K] above, at most all of it. Unverified.
    """
    share = share_best * exp(-(T - T_best) / fall)
    return max(0.0, nsr - eta) * min(1.0, share)
