"""Are a line's own figures possible together? Looked at before the line is solved, with its heat balance on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plantsim.kernels.bath import excess_alf3, liquidus
from plantsim.processes.aluminium_cell.cell import enthalpy_voltage
from plantsim.processes.aluminium_cell.codes import HEAT_BALANCE_ON
from plantsim.vocabulary.problems import Finding

FAR = 15.0  # K; Solheim's fit is good to a few kelvin, baths rich in LiF and KF leave its range by more
# kg of carbon per kg of metal: 3 mol of C for 4 of Al, 12.011 x 3/(4 x 26.982), no cell takes less
LEAST_ANODE = 12.011 * 3.0 / (4.0 * 26.9815385)
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


def anodes(given: Mapping[str, float]) -> list[Finding]:
    """Return what is wrong with gross anodes and butts: one without the other, or less left than the metal takes."""
    gross, butts = (given.get(name, float("nan")) for name in ("gross_anode_consumption", "anode_butts"))
    if (gross > 0.0) != (butts >= 0.0):
        missing = "anode_butts" if gross > 0.0 else "gross_anode_consumption"
        return [Finding("anodes_incomplete", missing, {"name": missing})]
    if gross - butts < LEAST_ANODE:
        shown = [f"{1000.0 * v:.0f}" for v in (gross, butts, gross - butts, LEAST_ANODE)]
        fields = dict(zip(("gross", "butts", "net", "least"), shown, strict=True))
        return [Finding("anodes_too_few", "anode_butts", fields)]
    return []


def check(values: Mapping[str, object]) -> list[Finding]:
    """Return what is wrong or doubtful about the inputs taken together. values: by name, SI."""
    given = {name: float(v) for name, v in values.items() if isinstance(v, int | float)}
    findings = anodes(given)
    if values.get("heat_balance") != HEAT_BALANCE_ON:
        return findings
    if given.get("measured_liquidus", 0.0) > 0.0 and "bath_temperature" in given:
        given["superheat"] = given["bath_temperature"] - given["measured_liquidus"]
        if given["superheat"] <= 0.0:
            fields = {
                "bath": f"{given['bath_temperature'] - 273.15:.1f}",
                "liquidus": f"{given['measured_liquidus'] - 273.15:.1f}",
            }
            return [*findings, Finding("liquidus_above_bath", "measured_liquidus", fields)]
    if all(name in given for name in ("bath_ratio", "bath_temperature", "superheat", *BATH)):
        rest = [given[name] for name in BATH]
        excess = plain(excess_alf3)(0.5 * given["bath_ratio"], *rest)
        formula = plain(liquidus)(excess, *rest)
        own = given["bath_temperature"] - given["superheat"]
        if abs(own - formula) > FAR:
            fields = {"own": f"{own - 273.15:.0f}", "formula": f"{formula - 273.15:.0f}"}
            findings.append(Finding("liquidus_far", "bath_temperature", fields, "warning"))
    if all(name in given for name in ("cell_voltage", "external_voltage_drop", "current_efficiency")):
        bound = plain(enthalpy_voltage)(given["current_efficiency"])
        left = given["cell_voltage"] - given["external_voltage_drop"] - bound
        if left <= 0.0:
            findings.append(Finding("no_heat_left", "cell_voltage", {"left": f"{1000 * left:.0f}"}))
    return findings
