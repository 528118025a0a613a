"""The boiler side of one operating point: the coal that the cycle's heat takes."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.processes.coal_unit.codes import HEAT_RATE
from plantsim.vocabulary.status import NOT_FINITE, OK


@kernel
def run_boiler(x, d, o, y):
    """Write the coal heat that y.boiler_heat takes; return a status."""
    y.coal_heat = y.boiler_heat / (x.boiler_efficiency * x.pipe_efficiency)
    if not (y.coal_heat > 0.0 and y.coal_heat < 1e12):
        y.status_variable = HEAT_RATE
        return NOT_FINITE
    return OK
