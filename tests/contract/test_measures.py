"""What every measure of the library keeps to."""

from __future__ import annotations

import numpy as np
import pytest
from test_books import solved

from plantsim.engine.evaluate import ledger_of
from plantsim.engine.figures import POLLUTANTS
from plantsim.engine.rows import changed_rows
from plantsim.library import library
from plantsim.processes import load, names
from plantsim.vocabulary.case import Change
from plantsim.vocabulary.status import NOT_RUN, OK

LIB = library()
CLEANING = [
    pytest.param(process, name, id=f"{process}-{name}")
    for process in names()
    for name, retrofit in LIB.retrofits(process).items()
    if retrofit.kind == "compliance"
]
ROWS = 500
GAS = 5e-3  # more gas at the concentration that is held already: what a measure injects takes heat, and that fuel
FOR = 0.99  # of what is emitted: a measure is for the pollutants that it brings below in most rows
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


def emissions(process: str, y: np.ndarray) -> dict[str, np.ndarray]:
    """Return what solved rows give to the air [kg/s], by pollutant."""
    declaration = LIB.declaration(process)
    outputs = {v.name: y[v.name] for v in declaration.with_role("output") if not v.length}
    return {p: -a for p, a in ledger_of(declaration, outputs).items() if p in POLLUTANTS}


@pytest.mark.parametrize(("process", "name"), CLEANING)
def test_no_measure_raises_the_pollutant_that_it_is_for(process: str, name: str):
    """Over drawn lines, which have other cleaning already or none: what it lowers in most of them it raises in none."""
    x, _, o, y = solved(process, ROWS, seed=17)
    declaration = LIB.declaration(process)
    changed, _ = changed_rows(x, LIB.retrofits(process)[name].changes)
    d, after = declaration.zeros("d", len(x)), declaration.zeros("y", len(x))
    after["status"] = NOT_RUN
    load(process).entry(changed, d, o, np.arange(len(x) + 1, dtype=np.int64), after, 0, len(x))
    both = after["status"] == OK
    assert both.mean() > 0.5, f"{name}: {both.mean():.2f} of the rows are solved"
    was, is_ = emissions(process, y[both]), emissions(process, after[both])
    for pollutant in was:
        emitted = was[pollutant] > 0.0  # nothing, or not known: nothing to compare
        ratio = is_[pollutant][emitted] / was[pollutant][emitted]
        if len(ratio) and np.median(ratio) < FOR:
            assert np.nanmax(ratio) <= 1.0 + GAS, f"{name}: {pollutant} times {np.nanmax(ratio):.4f}"
