"""The figures of a point that could not be solved: what was asked for, and what there is."""

from __future__ import annotations

from math import isnan

from plantsim.engine.evaluate import Solved
from plantsim.processes import load
from plantsim.vocabulary.status import OK


def failed_point(solved: Solved, row: int) -> tuple[int, dict[str, float]]:
    """Return (number of a row's first failed point in its year, counted from 1; figures in SI by variable).

    The figures are those that the process shows beside the variable at fault; none where nothing is blamed.
    """
    declaration = solved.declaration
    blame = declaration.name_of_code(int(solved.blame[row])) if solved.blame[row] else ""
    if solved.status[row] == OK or blame not in declaration.variables:
        return 0, {}
    own = solved.year.points(row)
    point = next(k for k in range(own.start, own.stop) if solved.y["status"][k] != OK)
    records = {"input": solved.x[row], "operating": solved.year.o[point], "output": solved.y[point]}
    found = {}
    for name in load(declaration.process).failure_figures.get(blame, (blame,)):
        v = declaration.variables[name]
        if v.role in records and not v.length and not v.options:
            value = float(records[v.role][name])
            if not isnan(value) and (value != 0.0 or v.role != "output"):  # still 0: was not come to
                found[name] = value
    return point - own.start + 1, found
