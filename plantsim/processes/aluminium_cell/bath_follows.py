"""A bath to which nothing is added: it follows the ledge. What freezes is cryolite, the rest stays in what is left.

A thicker ledge leaves a smaller bath, richer in everything but cryolite: its liquidus falls with its temperature, and
the superheat moves less than in a bath that is held by dosing. Steady states here; minutes: dynamics.py.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.bath import weight_ratio
from plantsim.processes.aluminium_cell.calibration import bath_terms
from plantsim.processes.aluminium_cell.heat_balance import steady_state
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, NO_CONVERGENCE, OK, variable_code

LEDGE_THICKNESS = variable_code("ledge_thickness")
LEAST_SHARE = 0.25  # of the bath as calibrated: far below any cell that still runs
STEPS = 80  # a search takes 5 to 8; halving alone would resolve the bracket in 40
CLOSED = 1e-11  # m, of the ledge


@kernel
def additives(d):
    """Return what cryolite is not [kg/kg]: (excess AlF3, CaF2, LiF, MgF2, KF) of the bath in d."""
    return (
        d.excess_aluminium_fluoride,
        d.bath_calcium,
        d.bath_lithium,
        d.bath_magnesium,
        d.bath_potassium,
    )


@kernel
def dilute(x, d, own, share):
    """Write into d the bath that is ``share`` of its own mass: cryolite froze or melted, alumina is fed as before.

    own: of :func:`additives`. What else the bath settles is written too.
    """
    a, c, li = own[0] / share, own[1] / share, own[2] / share
    m, k = own[3] / share, own[4] / share
    d.bath_calcium, d.bath_lithium, d.bath_magnesium, d.bath_potassium = c, li, m, k
    d.weight_ratio = weight_ratio(a, c, x.alumina_content, li, m, k)
    bath_terms(x, d)


@kernel
def state_at(x, d, o, y, own, per_metre, ledge):
    """Solve the cell whose bath is that of a ``ledge`` [m]; return (ledge that it makes less this one [m], status)."""
    dilute(x, d, own, 1.0 - per_metre * (ledge - x.ledge_thickness))
    y.status_variable = 0
    status = steady_state(x, d, o, y)
    return y.operating_ledge_thickness - ledge, status


@kernel
def following_state(x, d, o, y):
    """Solve the steady state whose bath and ledge belong together; return its status. d holds that bath then.

    Search between no ledge and the ledge that leaves LEAST_SHARE of the bath, secant steps inside what is known.
    """
    own = additives(d)
    per_metre = x.ledge_density * x.ledge_area / x.bath_mass  # share of the bath that a metre of ledge takes
    low, high = 0.0, x.ledge_thickness + (1.0 - LEAST_SHARE) / per_metre
    last, f_last = high, -high
    ledge = x.ledge_thickness
    for _ in range(STEPS):
        f, status = state_at(x, d, o, y, own, per_metre, ledge)
        if abs(f) <= CLOSED:
            return status
        if f > 0.0:
            low = ledge
        else:
            high = ledge
        if high - low <= CLOSED:  # an end: all ledge melted, or the bath frozen down to the least share
            y.status_variable = LEDGE_THICKNESS
            return status if status != OK else INFEASIBLE_THERMAL
        following = ledge - f * (ledge - last) / (f - f_last) if f != f_last else low
        last, f_last = ledge, f
        ledge = following if low < following < high else 0.5 * (low + high)
    return NO_CONVERGENCE
