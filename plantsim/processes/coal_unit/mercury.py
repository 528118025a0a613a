"""Mercury of the coal, and what the gas cleaning takes of it though it is made for something else.

Above 1000 degC all of it is vapour of the element. On its way a part is oxidised, more over an SCR's catalyst; a dust
filter takes what has gone to the ash, a wet absorber what is oxidised and so dissolves. Nothing of it is known without
the coal's mercury.
"""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.processes.coal_unit.codes import DUST_BAG, DUST_PRECIPITATOR, SCR_INSTALLED
from plantsim.processes.coal_unit.expansion import given

UNKNOWN = float("nan")


@kernel
def forget_mercury(y):
    """Say that nothing is known of mercury."""
    y.mercury, y.mercury_concentration, y.mercury_removal, y.mercury_oxidised_found = (
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
    )


@kernel
def filter_takes(x):
    """Return the share of all mercury that the dust filter takes [-]."""
    if x.dust_filter == DUST_BAG:
        return x.bag_mercury_removal
    return x.precipitator_mercury_removal if x.dust_filter == DUST_PRECIPITATOR else 0.0


@kernel
def run_mercury(x, y):
    """Write the mercury of the stack [kg/s], its concentration at 6 % O2 [kg/Nm3], its removal and oxidised share [-].

    y.dry_gas_volume and y.absorber_volume must stand; none where the coal's mercury is not given.
    """
    if not given(x.coal_mercury):
        return
    oxidised = x.mercury_oxidised
    if x.scr == SCR_INSTALLED:
        oxidised += (1.0 - oxidised) * x.scr_mercury_oxidation
    left = 1.0 - filter_takes(x)
    if y.absorber_volume > 0.0:
        left *= 1.0 - oxidised * x.fgd_mercury_removal
    y.mercury_oxidised_found, y.mercury_removal = oxidised, 1.0 - left
    y.mercury = y.coal_flow * x.coal_mercury * left
    y.mercury_concentration = y.mercury / y.dry_gas_volume
