"""One cement kiln line: fuel solved so that mass and energy close, then gas cleaning, waste-heat power, mills, fans.

Order of a solved point: the kiln line, cleaning of the hot gas, waste-heat power, mills, fans and the account.
"""

from __future__ import annotations

from pathlib import Path

from plantsim._jit import batch_entry, kernel
from plantsim.vocabulary.status import OK


@kernel
def calibrate(x):
    """Fit the line to the plant as it is; return a status."""
    x.rated_clinker = x.clinker_capacity
    return OK


@kernel
def design(x, d):
    """Write the sizes of this variant; return a status."""
    d.fan_design_volume = x.rated_clinker
    return OK


@kernel
def solve(x, d, o, y):
    """Solve one operating point; return a status."""
    y.clinker_flow = o.load * x.rated_clinker
    return OK


entry = batch_entry("cement_kiln", Path(__file__).parent, calibrate, design, solve)
