"""Heat exchangers: effectiveness and NTU, condensers, logarithmic mean difference, pinch, one check for all.

Source of the effectiveness relations: Kays and London, Compact Heat Exchangers, 3rd ed. 1984, chapter 2;
Incropera and DeWitt, Fundamentals of Heat and Mass Transfer, table 11.3.
"""

from __future__ import annotations

from math import exp, log

from plantsim._jit import kernel
from plantsim.vocabulary.status import INFEASIBLE_PINCH, OK

COUNTERFLOW, PARALLEL = 0, 1  # how the two streams run past each other
ROUNDING = 1e-9  # K: a difference this much below what is asked for is it
BALANCED = 1e-9  # capacity ratios closer to 1 than this use the balanced form, whose limit they are


@kernel
def effectiveness_counterflow(ntu, c_ratio):
    """Return the effectiveness [-] of a counterflow exchanger.

    ntu: UA over the smaller capacity flow [-], >= 0; c_ratio: smaller over larger capacity flow [-], 0 to 1.
    """
    if ntu <= 0.0:
        return 0.0
    if abs(1.0 - c_ratio) < BALANCED:
        return ntu / (1.0 + ntu)
    fall = exp(-ntu * (1.0 - c_ratio))
    return (1.0 - fall) / (1.0 - c_ratio * fall)


@kernel
def effectiveness_condensing(ntu):
    """Return the effectiveness [-] where one side keeps its temperature (condenser, evaporator); ntu [-] >= 0."""
    return 1.0 - exp(-ntu) if ntu > 0.0 else 0.0


@kernel
def ntu_counterflow(effectiveness, c_ratio):
    """Return the NTU [-] that a counterflow exchanger needs; NaN for an effectiveness outside 0 .. 1."""
    if not 0.0 <= effectiveness < 1.0:
        return float("nan")
    if abs(1.0 - c_ratio) < BALANCED:
        return effectiveness / (1.0 - effectiveness)
    return log((1.0 - c_ratio * effectiveness) / (1.0 - effectiveness)) / (1.0 - c_ratio)


@kernel
def ntu_condensing(effectiveness):
    """Return the NTU [-] of a condenser with this effectiveness; NaN outside 0 .. 1."""
    if not 0.0 <= effectiveness < 1.0:
        return float("nan")
    return -log(1.0 - effectiveness)


@kernel
def condensing_temperature(t_in, rise, ntu):
    """Return the temperature [K] at which steam condenses.

    t_in: cooling water inlet [K]; rise: its temperature rise [K]; ntu: UA over its capacity flow [-] > 0.
    NaN for ntu <= 0.
    """
    if not ntu > 0.0:
        return float("nan")
    return t_in + rise / effectiveness_condensing(ntu)


@kernel
def log_mean_difference(dt_1, dt_2):
    """Return the logarithmic mean of two end differences [K]; NaN unless both are above zero."""
    if not (dt_1 > 0.0 and dt_2 > 0.0):
        return float("nan")
    if abs(dt_1 - dt_2) <= 1e-6 * dt_1:  # the limit, before 0/0 spoils it
        return 0.5 * (dt_1 + dt_2)
    return (dt_1 - dt_2) / log(dt_1 / dt_2)


@kernel
def pinch_difference(t_hot_in, t_hot_bend, t_hot_out, q_bend, q_total, t_cold_in, t_cold_out):
    """Return the smallest temperature difference [K] of a counterflow exchanger whose hot side has one bend.

    t_hot_in, t_hot_bend, t_hot_out: hot side where it enters, at its bend (steam that begins to condense), and
    where it leaves [K]; q_bend: heat [W, or J/kg] given up before the bend, of q_total; t_cold_in, t_cold_out:
    cold side [K], of constant heat capacity. Negative: heat would flow from cold to hot.
    """
    share = q_bend / q_total if q_total > 0.0 else 0.0
    t_cold_bend = t_cold_out - share * (t_cold_out - t_cold_in)
    return min(t_hot_in - t_cold_out, t_hot_bend - t_cold_bend, t_hot_out - t_cold_in)


@kernel
def check_exchanger(t_hot_in, t_hot_out, t_cold_in, t_cold_out, flow, gap):
    """Return (status, t_hot, t_cold): whether heat runs downhill in an exchanger, and its nearer end's temperatures.

    t_hot_in, t_hot_out: the stream that gives heat [K]; t_cold_in, t_cold_out: the one that takes it [K], each of
    constant heat capacity or of constant temperature; flow: COUNTERFLOW or PARALLEL; gap: least difference that is
    allowed [K], 0 for the second law alone. INFEASIBLE_PINCH where an end is nearer or a temperature is NaN; the
    caller blames the exchanger's variable and shows t_hot and t_cold [K]. Not to be asked where no heat passes.
    """
    if flow == PARALLEL:
        t_cold_in, t_cold_out = t_cold_out, t_cold_in
    t_hot, t_cold = t_hot_in, t_cold_out
    if not t_hot_out - t_cold_in >= t_hot - t_cold:
        t_hot, t_cold = t_hot_out, t_cold_in
    downhill = t_hot_in - t_cold_out >= gap - ROUNDING and t_hot_out - t_cold_in >= gap - ROUNDING
    return OK if downhill else INFEASIBLE_PINCH, t_hot, t_cold


@kernel
def check_condensing(t_hot_in, t_hot_bend, t_hot_out, q_bend, q_total, t_cold_in, t_cold_out, gap):
    """Return (status, t_hot, t_cold), as :func:`check_exchanger`, in counterflow with one bend of the hot side.

    Steam that is cooled down, condenses and is drained has it where it begins to condense; arguments as in
    :func:`pinch_difference`. The ends and the bend are looked at.
    """
    status, t_hot, t_cold = check_exchanger(t_hot_in, t_hot_out, t_cold_in, t_cold_out, COUNTERFLOW, gap)
    share = q_bend / q_total if q_total > 0.0 else 0.0
    t_bend = t_cold_out - share * (t_cold_out - t_cold_in)
    if not t_hot_bend - t_bend >= t_hot - t_cold:
        t_hot, t_cold = t_hot_bend, t_bend
    return status if t_hot_bend - t_bend >= gap - ROUNDING else INFEASIBLE_PINCH, t_hot, t_cold
