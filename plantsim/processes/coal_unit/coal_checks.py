"""What is wrong with a unit's coal and boiler taken together, named with figures."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import TYPE_CHECKING

from plantsim.processes.coal_unit.codes import RADIATION_GIVEN
from plantsim.vocabulary.coal import (
    COAL_VARIABLES,
    MENDELEEV_MISFIT,
    PARTS,
    SUM_TOLERANCE,
    mendeleev,
    sum_fields,
)
from plantsim.vocabulary.problems import Finding

if TYPE_CHECKING:
    from plantsim.processes.coal_unit.checks import Inputs

CELSIUS = 273.15  # K


def percent(value: float) -> str:
    """Return a fraction as a message shows it."""
    return f"{value * 100:.4g} %"


def coal_complete(v: Inputs) -> Iterator[Finding]:
    """A coal of which parts are missing, that does not make 100 %, or whose heating value is another's."""
    values = {name: v.number(name) for name in COAL_VARIABLES}
    missing = [name for name, value in values.items() if isnan(value)]
    if len(missing) == len(values):
        if not v.given("boiler_efficiency"):
            yield Finding("coal_no_efficiency", "boiler_efficiency", {})
        yield Finding("coal_no_analysis", "coal_carbon", {}, "warning")
        return
    if missing:
        yield Finding("coal_incomplete", missing[0], {"missing": ", ".join(missing)})
        return
    parts = {part: values[f"coal_{part}"] for part in PARTS}
    if abs(sum(parts.values()) - 1.0) > SUM_TOLERANCE:
        yield Finding("coal_sum_wrong", "coal_carbon", sum_fields(parts))
        return
    heat, estimate = values["coal_heating_value"], mendeleev(parts)
    if abs(heat - estimate) > MENDELEEV_MISFIT * max(heat, estimate):
        fields = {"given": f"{heat / 1e6:.4g}", "estimate": f"{estimate / 1e6:.4g}"}
        yield Finding("coal_heating_value_contradicts", "coal_heating_value", fields)


def boiler_fits(v: Inputs) -> Iterator[Finding]:
    """Gas temperatures in the wrong order, more sulphur bound than limestone can, a surface loss not given."""
    flue, economiser = v.number("rated_flue_gas_temperature"), v.number("rated_economiser_gas_temperature")
    if flue >= economiser:
        fields = {"flue": f"{flue - CELSIUS:.4g}", "economiser": f"{economiser - CELSIUS:.4g}"}
        yield Finding("coal_gas_temperatures", "rated_flue_gas_temperature", fields)
    bound, ratio = v.number("furnace_sulphur_capture"), v.number("calcium_sulphur_ratio")
    lime = ratio * v.number("calcination_share")
    if ratio > 0.0 and bound > lime:
        fields = {"bound": percent(bound), "ratio": f"{ratio:.3g}", "most": percent(lime)}
        yield Finding("coal_capture_over_lime", "furnace_sulphur_capture", fields)
    if v.number("radiation_method") == RADIATION_GIVEN and isnan(v.number("radiation_loss")):
        yield Finding("coal_radiation_missing", "radiation_loss", {})


def low_economiser_fits(v: Inputs) -> Iterator[Finding]:
    """A low-temperature economiser that has no gas to cool, or that would have to heat it."""
    outlet = v.number("low_economiser_gas_outlet")
    if isnan(outlet) or v.given("low_economiser_heat"):
        return
    if not v.given("coal_heating_value"):
        yield Finding("coal_economiser_without_gas", "low_economiser_gas_outlet", {}, "warning")
    elif outlet >= v.number("rated_flue_gas_temperature"):
        fields = {
            "outlet": f"{outlet - CELSIUS:.4g}",
            "flue": f"{v.number('rated_flue_gas_temperature') - CELSIUS:.4g}",
        }
        yield Finding("coal_economiser_idle", "low_economiser_gas_outlet", fields, "warning")


COAL_CHECKS = (coal_complete, boiler_fits, low_economiser_fits)
