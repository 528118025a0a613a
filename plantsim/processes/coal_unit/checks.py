"""What is wrong with a unit's inputs taken together, before anything is solved: named, with figures.

Knows no properties of steam: what only a solved cycle can show comes out as a status instead.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from math import isnan

from plantsim.processes.coal_unit.cleaning_checks import CLEANING_CHECKS
from plantsim.processes.coal_unit.coal_checks import COAL_CHECKS
from plantsim.processes.coal_unit.codes import (
    CONDENSER_DRY,
    CONDENSER_FLOW,
    CONDENSER_RISE,
    CONDENSER_SURFACE,
    DRAIN_FORWARD,
    DRAIN_HOTWELL,
    DRAIN_NEXT,
    GLAND_TO_CONDENSER,
    GLAND_TO_HP_EXHAUST,
    OPEN,
    PUMP_BY_TURBINE,
    REHEAT_SINGLE,
    SAME_PRESSURE,
)
from plantsim.vocabulary.problems import Finding

Values = Mapping[str, float | tuple[float, ...]]
STANDARD_ATMOSPHERE = (
    101325.0  # Pa, exact by definition (10th CGPM 1954), where the site's pressure is not given
)
MOST_STEAM_TAKEN = 0.5  # of main steam by gland flows and pump turbine together; real units take below 0.1


class Inputs:
    """Reads values that may be missing: a scalar or a place of a row; NaN where nothing is given."""

    def __init__(self, values: Values) -> None:
        self._values = values
        count = self.number("heater_count")
        self.heaters = self._rows("extraction_pressure") if isnan(count) else int(count)

    def _rows(self, name: str) -> int:
        row = self._values.get(name, ())
        return len(row) if isinstance(row, tuple) else 0

    def number(self, name: str) -> float:
        """Return a scalar; NaN where it is missing."""
        value = self._values.get(name, float("nan"))
        return float("nan") if isinstance(value, tuple) else float(value)

    def at(self, name: str, i: int) -> float:
        """Return place i of a row; NaN where it is missing."""
        row = self._values.get(name, ())
        return float(row[i]) if isinstance(row, tuple) and 0 <= i < len(row) else float("nan")

    def given(self, name: str) -> bool:
        """Return whether a scalar is given (NaN and 0 say it is not)."""
        return self.number(name) > 0.0

    def is_open(self, i: int) -> bool:
        """Return whether heater i is open."""
        return self.at("heater_kind", i) == OPEN

    def highest_open(self) -> int:
        """Return the index of the open heater with the highest pressure, -1 when there is none."""
        return next((i for i in range(self.heaters) if self.is_open(i)), -1)

    def heater_pressure(self, i: int) -> float:
        """Return the pressure in heater i [Pa]."""
        loss = self.at("extraction_loss", i)
        return self.at("extraction_pressure", i) * (1.0 - (0.0 if isnan(loss) else loss))


def mpa(value: float) -> str:
    """Return a pressure as a message shows it."""
    return f"{value / 1e6:.4g} MPa"


def share(value: float) -> str:
    """Return a fraction as a message shows it."""
    return f"{value * 100:.3g} %"


def heaters_complete(v: Inputs) -> Iterator[Finding]:
    """Heaters without an extraction pressure, and a train without a deaerator."""
    for i in range(v.heaters):
        if not v.at("extraction_pressure", i) > 0.0:
            fields = {"number": str(i + 1), "count": str(v.heaters)}
            yield Finding("coal_heater_missing", "extraction_pressure", fields)
    if v.heaters == 0:
        yield Finding("coal_no_heaters", "heater_count", {}, "warning")
    elif v.highest_open() < 0:
        yield Finding("coal_no_deaerator", "heater_kind", {"count": str(v.heaters)}, "warning")


def pressures_fall(v: Inputs) -> Iterator[Finding]:
    """Pressures that do not fall along the steam path."""
    before, name = v.number("main_steam_pressure"), "main_steam_pressure"
    for i in range(v.heaters):
        p = v.at("extraction_pressure", i)
        if p >= before:
            fields = {"number": str(i + 1), "pressure": mpa(p), "before": mpa(before), "name": name}
            yield Finding("coal_extraction_order", "extraction_pressure", fields)
        if p > 0.0:
            before, name = p, f"extraction_pressure[{i + 1}]"
    chain = ["main_steam_pressure", "hp_exhaust_pressure", "ip_exhaust_pressure", "exhaust_pressure"]
    if v.number("reheat") == REHEAT_SINGLE:
        chain.insert(2, "hot_reheat_pressure")
    if v.number("condenser") in (CONDENSER_RISE, CONDENSER_FLOW):
        chain.remove("exhaust_pressure")
    for upper, lower in itertools.pairwise(chain):
        p, q = v.number(upper), v.number(lower)
        without_extent = upper == "hp_exhaust_pressure" and lower == "ip_exhaust_pressure"
        if q > p or (q == p and not without_extent):
            yield Finding(
                "coal_pressure_order",
                lower,
                {"lower": lower, "pressure": mpa(q), "upper": upper, "before": mpa(p)},
            )
    yield from _extractions_behind_reheat(v)
    last, exhaust = v.at("extraction_pressure", v.heaters - 1), v.number("exhaust_pressure")
    if v.number("condenser") not in (CONDENSER_RISE, CONDENSER_FLOW) and last <= exhaust:
        fields = {"number": str(v.heaters), "pressure": mpa(last), "exhaust": mpa(exhaust)}
        yield Finding("coal_extraction_below_exhaust", "extraction_pressure", fields)


def _extractions_behind_reheat(v: Inputs) -> Iterator[Finding]:
    """Extractions of the IP cylinder at or above the pressure with which steam enters it."""
    hot, cold = v.number("hot_reheat_pressure"), v.number("hp_exhaust_pressure")
    if v.number("reheat") != REHEAT_SINGLE:
        return
    for i in range(v.heaters):
        p = v.at("extraction_pressure", i)
        if hot <= p < cold * (1.0 - SAME_PRESSURE):
            fields = {
                "number": str(i + 1),
                "pressure": mpa(p),
                "before": mpa(hot),
                "name": "hot_reheat_pressure",
            }
            yield Finding("coal_extraction_order", "extraction_pressure", fields)


def drains_have_places(v: Inputs) -> Iterator[Finding]:
    """Drains that lead nowhere, and pumped ones whose line has no more pressure than the heater."""
    top = v.highest_open()
    for i in range(v.heaters):
        to = v.at("drain_to", i)
        if v.is_open(i):
            continue
        number = str(i + 1)
        if to == DRAIN_NEXT and i == v.heaters - 1:
            yield Finding("coal_drain_without_place", "drain_to", {"number": number})
        if to == DRAIN_HOTWELL and i < top:
            fields = {"number": number, "pressure": mpa(v.heater_pressure(i))}
            yield Finding("coal_drain_past_deaerator", "drain_to", fields, "warning")
        line = "feedwater_pressure" if i < top or top < 0 else "condensate_pressure"
        own = v.at("heater_water_pressure", i)
        pressure, line = (own, "heater_water_pressure") if own > 0.0 else (v.number(line), line)
        if v.heater_pressure(i) >= pressure:
            code = "coal_drain_pump_pressure" if to == DRAIN_FORWARD else "coal_water_boils"
            fields = {
                "number": number,
                "pressure": mpa(v.heater_pressure(i)),
                "line": mpa(pressure),
                "name": line,
            }
            yield Finding(code, line, fields)


def deaerator_fits(v: Inputs) -> Iterator[Finding]:
    """A deaerator that can't vent to the air, or that the condensate pump can't reach."""
    i = v.highest_open()
    if i < 0:
        return
    p, air = v.heater_pressure(i), v.number("air_pressure")
    air = STANDARD_ATMOSPHERE if isnan(air) else air
    if p < air:
        fields = {"number": str(i + 1), "pressure": mpa(p), "air": mpa(air)}
        yield Finding("coal_deaerator_below_air", "extraction_pressure", fields)
    if v.number("condensate_pressure") <= p:
        fields = {"pressure": mpa(v.number("condensate_pressure")), "deaerator": mpa(p)}
        yield Finding("coal_condensate_below_deaerator", "condensate_pressure", fields)


def pumps_fit(v: Inputs) -> Iterator[Finding]:
    """A feed pump below boiler pressure, or driven by steam that is not there."""
    if v.number("feedwater_pressure") <= v.number("main_steam_pressure"):
        fields = {
            "pressure": mpa(v.number("feedwater_pressure")),
            "steam": mpa(v.number("main_steam_pressure")),
        }
        yield Finding("coal_feedwater_below_steam", "feedwater_pressure", fields)
    if v.number("feed_pump_drive") != PUMP_BY_TURBINE:
        return
    source = v.number("pump_turbine_source")
    if source > v.heaters or (not source > 0 and v.highest_open() < 0):
        fields = {"source": f"{source:g}", "count": str(v.heaters)}
        yield Finding("coal_pump_turbine_source", "pump_turbine_source", fields)
    if not (v.given("pump_turbine_share") or v.given("pump_turbine_exhaust_pressure")):
        yield Finding("coal_pump_turbine_incomplete", "pump_turbine_exhaust_pressure", {})


def steam_suffices(v: Inputs) -> Iterator[Finding]:
    """More steam taken by gland flows and the pump turbine than a turbine can spare; gland flows without place."""
    count = v.number("gland_flow_count")
    taken = 0.0
    for g in range(0 if isnan(count) else int(count)):
        m, to = v.at("gland_share", g), v.at("gland_to", g)
        if to - GLAND_TO_HP_EXHAUST < v.at("gland_source", g) and to >= GLAND_TO_HP_EXHAUST:
            yield Finding("coal_gland_uphill", "gland_to", {"number": str(g + 1)})
        taken += 0.0 if isnan(m) else m
        if v.heaters < to < GLAND_TO_CONDENSER:
            fields = {"number": str(g + 1), "heater": f"{to:g}", "count": str(v.heaters)}
            yield Finding("coal_gland_without_place", "gland_to", fields)
    gland = taken
    turbine = v.number("pump_turbine_share") if v.number("feed_pump_drive") == PUMP_BY_TURBINE else 0.0
    taken += 0.0 if isnan(turbine) else turbine
    if taken >= MOST_STEAM_TAKEN:
        fields = {
            "taken": share(taken),
            "gland": share(gland),
            "turbine": share(taken - gland),
            "most": share(MOST_STEAM_TAKEN),
        }
        yield Finding(
            "coal_more_taken_than_steam", "gland_share" if gland > 0.0 else "pump_turbine_share", fields
        )


def sheet_flows_have_a_whole(v: Inputs) -> Iterator[Finding]:
    """Flows of a heat-balance sheet without the main steam flow that they are shares of."""
    count = v.number("gland_flow_count")
    rows = {"extraction_flow": v.heaters, "gland_flow": 0 if isnan(count) else int(count)}
    for name, places in rows.items():
        if any(v.at(name, i) > 0.0 for i in range(places)) and not v.given("sheet_main_steam_flow"):
            yield Finding("coal_sheet_without_flow", "sheet_main_steam_flow", {"name": name})


def states_suffice(v: Inputs) -> Iterator[Finding]:
    """Cylinders with neither an efficiency nor a sheet state, reheat and condenser without their figures."""
    p_hp, p_ip = v.number("hp_exhaust_pressure"), v.number("ip_exhaust_pressure")
    borders = {"hp": (p_hp, float("inf")), "ip": (p_ip, p_hp), "lp": (0.0, p_ip)}
    exhausts = {
        "hp": ("hp_exhaust_enthalpy",),
        "ip": ("ip_exhaust_enthalpy",),
        "lp": ("exhaust_enthalpy", "exhaust_quality"),
    }
    for cylinder, (low, high) in borders.items():
        low, high = low * (1.0 - SAME_PRESSURE), high * (1.0 - SAME_PRESSURE)
        known = v.given(f"{cylinder}_efficiency") or any(v.given(n) for n in exhausts[cylinder])
        known = known or v.at("last_stage_efficiency", ("hp", "ip", "lp").index(cylinder)) > 0.0
        for i in range(v.heaters):
            if low <= v.at("extraction_pressure", i) < high:
                known = known or any(v.at(f"extraction_{n}", i) > 0.0 for n in ("enthalpy", "temperature"))
                known = known or 0.0 < v.at("extraction_quality", i) < 1.0
                known = known or v.at("stage_efficiency", i) > 0.0
        if not known and not (cylinder == "ip" and p_ip == p_hp):
            yield Finding(
                "coal_efficiency_missing", f"{cylinder}_efficiency", {"name": f"{cylinder}_efficiency"}
            )
    if v.number("reheat") == REHEAT_SINGLE:
        for name in ("hot_reheat_pressure", "hot_reheat_temperature"):
            if not v.given(name):
                yield Finding("coal_reheat_incomplete", name, {"name": name})
    yield from _condenser_complete(v)


def _condenser_complete(v: Inputs) -> Iterator[Finding]:
    needed = ["exhaust_pressure"]
    if v.number("condenser") in (CONDENSER_RISE, CONDENSER_FLOW):
        by_flow = v.number("condenser") == CONDENSER_FLOW
        needed = ["cooling_water_temperature", "condenser_terminal_difference"]
        needed.append("cooling_water_flow" if by_flow else "cooling_water_rise")
    elif v.number("condenser") == CONDENSER_SURFACE:
        needed += ["cooling_water_temperature", "cooling_water_flow"]
    elif v.number("condenser") == CONDENSER_DRY:
        needed.append("cooling_air_flow")
    for name in needed:
        if not v.given(name):
            yield Finding("coal_condenser_incomplete", name, {"name": name})


CHECKS: tuple[Callable[[Inputs], Iterator[Finding]], ...] = (
    heaters_complete,
    pressures_fall,
    drains_have_places,
    deaerator_fits,
    pumps_fit,
    steam_suffices,
    sheet_flows_have_a_whole,
    states_suffice,
    *COAL_CHECKS,
    *CLEANING_CHECKS,
)


def check(values: Values) -> list[Finding]:
    """Return findings about a unit's inputs.

    values: inputs by name in SI, rows as tuples; missing ones are absent or NaN.
    """
    inputs = Inputs(values)
    return [finding for one in CHECKS for finding in one(inputs)]
