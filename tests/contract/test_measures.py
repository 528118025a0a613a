"""What every measure of the library keeps to."""

from __future__ import annotations

import pytest

from plantsim.library import library
from plantsim.vocabulary.case import Change

LIB = library()
CHANGES = [
    pytest.param(process, name, change, id=f"{process}-{name}-{change.variable}")
    for process in LIB.processes
    for name, retrofit in LIB.retrofits(process).items()
    for change in retrofit.changes
]


@pytest.mark.parametrize(("process", "name", "change"), CHANGES)
def test_no_measure_loosens_what_a_plant_keeps_already(process: str, name: str, change: Change):
    """A concentration that is set is a limit downward: a plant that is below it stays there."""
    variable = LIB.declaration(process).variables[change.variable]
    if variable.quantity == "concentration" and change.action == "set":
        assert change.at_least is not None, f"{name}: {change.variable} needs at_least"
        assert change.at_least <= min(change.low, change.likely, change.high)
