"""Solids that the unit leaves at one operating point, by what the plant says of their use; catalyst used. SI units."""

from __future__ import annotations

from plantsim._jit import kernel
from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.processes.coal_unit.codes import SCR_INSTALLED
from plantsim.processes.coal_unit.denitration import full_flow
from plantsim.processes.coal_unit.expansion import given


@kernel
def run_residues(x, y):
    """Write ash and gypsum that are sold and stored: NaN where the plant does not say what is put to use."""
    y.fly_ash_caught = y.fly_ash_flow * y.filter_removal
    y.fly_ash_sold = y.fly_ash_caught * x.fly_ash_used
    y.bottom_ash_sold = y.bottom_ash_flow * x.bottom_ash_used
    y.gypsum_sold = y.gypsum * x.gypsum_used
    y.fly_ash_stored = y.fly_ash_caught - y.fly_ash_sold
    y.bottom_ash_stored = y.bottom_ash_flow - y.bottom_ash_sold
    y.gypsum_stored = y.gypsum - y.gypsum_sold


@kernel
def catalyst_volume(x, y):
    """Return the catalyst [m3]: as given, or by the gas that the reactor is made for."""
    if given(x.scr_catalyst_volume):
        return x.scr_catalyst_volume
    gas = full_flow(x.scr_capacity, x.reference_gas_flow, x.reference_gas_flow)
    return gas * MOLAR_VOLUME * x.scr_space_time


@kernel
def run_catalyst(x, y):
    """Write the catalyst used up [m3/s], volume over life while in operation, and what is left of it [kg/s]."""
    y.catalyst_used = y.spent_catalyst = y.spent_catalyst_stored = 0.0
    if x.scr != SCR_INSTALLED:
        return
    y.catalyst_used = catalyst_volume(x, y) / x.scr_catalyst_life
    spent = y.catalyst_used * x.spent_catalyst_density
    y.spent_catalyst = spent * x.spent_catalyst_handed
    y.spent_catalyst_stored = spent - y.spent_catalyst
