"""Are a kiln line's own figures possible together? Looked at before the line is solved."""

from __future__ import annotations

from collections.abc import Mapping

from plantsim.processes.cement_kiln.codes import CELLS
from plantsim.vocabulary.problems import Finding

COAL = ("carbon", "hydrogen", "oxygen", "nitrogen", "sulphur", "moisture")
ALTERNATIVE = ("carbon", "hydrogen", "oxygen", "moisture")
ASH = ("lime", "silica", "alumina", "iron", "magnesia")
CLINKER = ("lime", "silica", "alumina", "iron", "magnesia")
FAR = 0.06  # of the heating value: Dulong's formula is good to 3 or 4 % for hard coal
LEAST_KH, MOST_KH = 0.82, 0.97  # outside: no clinker that is sold; 0.88 to 0.92 are aimed at
# Dulong's formula, in J per kg of element: heating values of C, H (less that of the water that it forms) and S
DULONG_C, DULONG_H, DULONG_S, LATENT = 33.9e6, 120.0e6, 9.2e6, 2.44e6  # trade's rule, remembered


def _sum(v: Mapping[str, float], prefix: str, names: tuple[str, ...]) -> float:
    return sum(v.get(f"{prefix}_{name}", 0.0) for name in names)


def _percent(value: float) -> str:
    return f"{100.0 * value:.4g} %"


def dulong(v: Mapping[str, float]) -> float:
    """Return the lower heating value [J/kg] that the coal's analysis as fired lets expect."""
    hydrogen = v["coal_hydrogen"] - v["coal_oxygen"] / 8.0
    heat = DULONG_C * v["coal_carbon"] + DULONG_H * hydrogen + DULONG_S * v["coal_sulphur"]
    return heat - LATENT * (v["coal_moisture"] + 9.0 * v["coal_oxygen"] / 8.0)


def check(values: Mapping[str, object]) -> list[Finding]:
    """Return what is wrong or doubtful about the inputs taken together. values: by name, SI."""
    v = {name: float(given) for name, given in values.items() if isinstance(given, int | float)}
    findings = []
    for prefix, names, blame in (
        ("coal", COAL, "coal_carbon"),
        ("alternative", ALTERNATIVE, "alternative_carbon"),
        ("ash", ASH, "ash_silica"),
        ("clinker", CLINKER, "clinker_lime"),
    ):
        total = _sum(v, prefix, names)
        if total > 1.0:
            findings.append(Finding("kiln_sum_over_100", blame, {"what": prefix, "total": _percent(total)}))
    if all(f"coal_{n}" in v for n in (*COAL, "heating_value")):
        expected = dulong(v)
        if abs(expected - v["coal_heating_value"]) > FAR * expected:
            fields = {"given": f"{v['coal_heating_value'] / 1e3:.0f}", "expected": f"{expected / 1e3:.0f}"}
            findings.append(Finding("kiln_coal_heat_far", "coal_heating_value", fields, "warning"))
    if all(f"clinker_{n}" in v for n in CLINKER):
        kh = v["clinker_lime"] - 1.65 * v["clinker_alumina"] - 0.35 * v["clinker_iron"]
        kh /= 2.8 * v["clinker_silica"]
        if not LEAST_KH <= kh <= MOST_KH:
            fields = {"kh": f"{kh:.3f}", "low": f"{LEAST_KH}", "high": f"{MOST_KH}"}
            findings.append(Finding("kiln_lime_saturation", "clinker_lime", fields, "warning"))
    return findings + _cooler(v)


def _cooler(v: Mapping[str, float]) -> list[Finding]:
    """Return whether the cooler leaves more heat in the clinker than its efficiency allows."""
    if (
        v.get("cooler_model", CELLS) != CELLS
        or "cooler_efficiency" not in v
        or "clinker_temperature" not in v
    ):
        return []
    rise = v["clinker_temperature"] - v.get("ambient_temperature", 288.15)
    kept = 0.8 * rise / (1.1 * 1375.0)  # heat capacities of cold clinker and of its whole cooling [kJ/(kg K)]
    if v["cooler_efficiency"] + kept < 0.97:
        return []
    fields = {"efficiency": _percent(v["cooler_efficiency"]), "kept": _percent(kept)}
    return [Finding("kiln_cooler_no_vent", "cooler_efficiency", fields)]
