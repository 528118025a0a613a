"""Are a line's own figures possible together? Looked at before the line is solved, with its heat balance on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plantsim.kernels.bath import excess_alf3, liquidus
from plantsim.processes.aluminium_cell.cell import enthalpy_voltage
from plantsim.processes.aluminium_cell.codes import HEAT_BALANCE_ON
from plantsim.vocabulary.problems import Finding

FAR = 15.0  # K; Solheim's fit is good to a few kelvin, baths rich in LiF and KF leave its range by more
BATH = (
    "calcium_fluoride",
    "alumina_content",
    "lithium_fluoride",
    "magnesium_fluoride",
    "potassium_fluoride",
)


def plain(kernel: Callable[..., float]) -> Callable[..., float]:
    """Return a kernel that calls no other as plain Python: compiling it for one call takes longer than a run."""
    return getattr(kernel, "py_func", kernel)


def check(values: Mapping[str, object]) -> list[Finding]:
    """Return what is wrong or doubtful about the inputs taken together. values: by name, SI."""
    if values.get("heat_balance") != HEAT_BALANCE_ON:
        return []
    x = {name: float(v) for name, v in values.items() if isinstance(v, int | float)}
    findings = []
    if all(name in x for name in ("bath_ratio", "bath_temperature", "superheat", *BATH)):
        rest = [x[name] for name in BATH]
        excess = plain(excess_alf3)(0.5 * x["bath_ratio"], *rest)
        formula = plain(liquidus)(excess, *rest)
        own = x["bath_temperature"] - x["superheat"]
        if abs(own - formula) > FAR:
            fields = {"own": f"{own - 273.15:.0f}", "formula": f"{formula - 273.15:.0f}"}
            findings.append(Finding("liquidus_far", "bath_temperature", fields, "warning"))
    if all(name in x for name in ("cell_voltage", "external_voltage_drop", "current_efficiency")):
        bound = plain(enthalpy_voltage)(x["current_efficiency"])
        left = x["cell_voltage"] - x["external_voltage_drop"] - bound
        if left <= 0.0:
            findings.append(Finding("no_heat_left", "cell_voltage", {"left": f"{1000 * left:.0f}"}))
    return findings
