"""Status codes: how a kernel says what went wrong. Kernels never raise.

A kernel returns one of these integers; ``y.status_variable`` may hold the code of the variable that is
to blame, made by :func:`variable_code`. The words for it stand in the glossary under ``status_<name>``.
"""

from __future__ import annotations

from zlib import crc32

OK = 0
NO_CONVERGENCE = 1  # an iteration reached its bound
OUTSIDE_RANGE = 2  # an argument left the validity range of a correlation or of a property formulation
INFEASIBLE_THERMAL = 3  # no steady state exists that keeps the plant warm (or cool) enough
INFEASIBLE_FLOW = 4  # more is drawn from a stream than it carries
INFEASIBLE_ORDER = 5  # pressures, temperatures or sizes that must fall (or rise) along the process do not
INFEASIBLE_PINCH = 6  # heat would have to flow from cold to hot
INCOMPLETE = 7  # a part that the chosen structure needs is not given
NOT_FINITE = 8  # the result is not a finite number
NOT_RUN = 99  # what the engine writes before a kernel runs: a row that keeps it was never solved

NAMES: dict[int, str] = {
    OK: "ok",
    NO_CONVERGENCE: "no_convergence",
    OUTSIDE_RANGE: "outside_range",
    INFEASIBLE_THERMAL: "infeasible_thermal",
    INFEASIBLE_FLOW: "infeasible_flow",
    INFEASIBLE_ORDER: "infeasible_order",
    INFEASIBLE_PINCH: "infeasible_pinch",
    INCOMPLETE: "incomplete",
    NOT_FINITE: "not_finite",
    NOT_RUN: "not_run",
}


def variable_code(name: str) -> int:
    """Return the integer that stands for the variable ``name`` in ``y.status_variable``.

    CRC-32 of the name: it does not depend on the order of declarations, and kernels can freeze it as a
    module constant. A contract test proves that no two variables of a process share a code and that each
    code used in a kernel belongs to a declared variable.
    """
    return crc32(name.encode("utf-8"))


def status_name(code: int) -> str:
    """Return the name of a status code; an unknown code is shown as ``status_<code>``."""
    return NAMES.get(int(code), f"status_{int(code)}")
