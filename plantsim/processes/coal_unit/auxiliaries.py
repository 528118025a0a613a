"""The unit's own power of one operating point."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.processes.coal_unit.codes import AUXILIARY_POWER_RATE
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE


@kernel
def run_auxiliaries(x, d, o, y):
    """Write auxiliary and net power; return a status.

    The plant's own rate counts everything; what changed pumps save or take is added to it.
    """
    pump_share = y.cycle_pump_electricity / y.gross_power
    y.auxiliary_rate = x.auxiliary_power_rate - x.reference_pump_share + pump_share
    y.auxiliary_power = y.auxiliary_rate * y.gross_power
    y.net_power = y.gross_power - y.auxiliary_power
    if not (y.auxiliary_rate >= pump_share):  # less than the cycle's own pumps take
        y.status_variable = AUXILIARY_POWER_RATE
        return OUTSIDE_RANGE
    return OK
