"""What is wrong or doubtful about a coking plant's inputs taken together, before anything is solved."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

from plantsim.processes.coke_oven.cdq_codes import TURBINE_BACK_PRESSURE, TURBINE_EXTRACTION
from plantsim.processes.coke_oven.codes import CHARGE_STAMP, OVEN_CONVENTIONAL, QUENCH_DRY
from plantsim.vocabulary.problems import Finding

ANALYSIS = ("coal_carbon", "coal_hydrogen", "coal_oxygen", "coal_nitrogen", "coal_sulphur", "coal_ash")
SUM_TOLERANCE = 0.01  # of the dry coal: analyses with oxygen measured add up to a percent
GAS = ("gas_hydrogen", "gas_methane", "gas_ethylene", "gas_carbon_monoxide", "gas_carbon_dioxide")
STAMP_MOISTURE = 0.085  # kg/kg: below, a stamped cake falls apart; remembered (9 to 12 % is the rule)
FORMULA = (0.20, 0.33)  # kg/kg daf, where the yield formulas of tar and benzol hold


def check(values: Mapping[str, object]) -> list[Finding]:
    """Return what is wrong or doubtful about the inputs taken together. values: by name, SI."""
    x = {name: float(v) for name, v in values.items() if isinstance(v, int | float)}
    return [*_ovens(x), *_coal(x), *_gas(x), *_steam(x)]


def _steam(values: Mapping[str, float]) -> list[Finding]:
    """Steam of the dry-quenching turbine that comes too low for the plant's own network."""
    if values.get("quenching") != QUENCH_DRY or not _given(values, "cdq_turbine", "steam_pressure"):
        return []
    given_off = {TURBINE_EXTRACTION: "cdq_extraction_pressure", TURBINE_BACK_PRESSURE: "cdq_back_pressure"}
    name = given_off.get(int(values["cdq_turbine"]), "")
    if not name or not _given(values, name) or values[name] >= values["steam_pressure"]:
        return []
    fields = {"given": f"{values[name] / 1e6:.3g}", "network": f"{values['steam_pressure'] / 1e6:.3g}"}
    return [Finding("coke_turbine_steam_low", name, fields, "warning")]


def _percent(value: float) -> str:
    return f"{100 * value:.3g}"


def _given(values: Mapping[str, float], *names: str) -> bool:
    return all(name in values and not isnan(values[name]) for name in names)


def _ovens(values: Mapping[str, float]) -> list[Finding]:
    if values.get("oven_kind", OVEN_CONVENTIONAL) != OVEN_CONVENTIONAL:
        return [Finding("coke_heat_recovery_oven", "oven_kind", {})]
    if not _given(values, "charging", "coal_moisture") or values["charging"] != CHARGE_STAMP:
        return []
    charged = values["coal_moisture"] - values.get("moisture_removed", 0.0)
    if charged >= STAMP_MOISTURE:
        return []
    return [Finding("coke_stamp_dry", "coal_moisture", {"charged": _percent(charged)}, "warning")]


def _coal(values: Mapping[str, float]) -> list[Finding]:
    found = []
    if _given(values, *ANALYSIS):
        total = sum(values[name] for name in ANALYSIS)
        if abs(total - 1.0) > SUM_TOLERANCE:
            found.append(Finding("coke_analysis_sum", "coal_carbon", {"total": _percent(total)}))
    elif any(_given(values, n) for n in ANALYSIS[:3]) and not _given(values, *ANALYSIS[:3]):
        missing = ", ".join(n for n in ANALYSIS[:3] if not _given(values, n))
        found.append(Finding("coke_analysis_incomplete", "coal_carbon", {"missing": missing}, "warning"))
    formula = not (_given(values, "tar_yield") and _given(values, "benzol_yield"))
    if formula and _given(values, "coal_volatile_matter", "coal_ash") and values["coal_ash"] < 1.0:
        v = values["coal_volatile_matter"] / (1.0 - values["coal_ash"])
        if not FORMULA[0] <= v <= FORMULA[1]:
            found.append(Finding("coke_yield_formula", "coal_volatile_matter", {"v": _percent(v)}, "warning"))
    return found


def _gas(values: Mapping[str, float]) -> list[Finding]:
    if not _given(values, *GAS, "gas_oxygen"):
        return []
    total = sum(values[name] for name in GAS) + values["gas_oxygen"]
    if total <= 1.0:
        return []
    return [Finding("coke_gas_sum", "gas_hydrogen", {"total": _percent(total)})]
