"""Where a plant stands: its air pressure, given as such or by its altitude."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from plantsim.io.cells import Reading, check_range, labels, parse, read_amount
from plantsim.vocabulary.case import Value, scalar
from plantsim.vocabulary.declarations import Variable
from plantsim.vocabulary.site import SiteError, standard_pressure

AGREEMENT = 0.03
"""Share by which a given air pressure may differ from that of the altitude; weather makes about 1 %."""


def read_site(reading: Reading, head: Mapping[str, Any], variable: Variable) -> Value | None:
    """Return the site's air pressure from [plant], or None after noting why there is none."""
    given = head.get("air_pressure")
    altitude = head.get("altitude")
    if given is None and altitude is None:
        reading.error("site_missing", ("plant",), **labels(variable.label, variable.name))
        return None
    measured = None if given is None else _measured(reading, given, variable)
    computed = None if altitude is None else _from_altitude(reading, altitude)
    if measured is None or computed is None:
        return None if given is not None and altitude is not None else measured or computed
    if abs(scalar(measured) - scalar(computed)) > AGREEMENT * scalar(computed):
        shown = reading.units.format(scalar(computed), variable.unit, variable.quantity)
        texts = {"given": measured.origin.text, "altitude": computed.origin.text, "computed": shown}
        reading.error("site_disagrees", ("plant", "air_pressure"), **texts)
        return None
    return measured


def _measured(reading: Reading, raw: Any, variable: Variable) -> Value | None:
    path = ("plant", "air_pressure")
    value = read_amount(reading, raw, variable.quantity, variable.unit, path, "measured")
    if value is None:
        return None
    inner = raw["value"] if isinstance(raw, Mapping) else raw
    parsed = parse(reading, inner, variable.quantity, value.unit, path)
    return value if parsed is not None and check_range(reading, variable, parsed, path) else None


def _from_altitude(reading: Reading, raw: Any) -> Value | None:
    path = ("plant", "altitude")
    altitude = read_amount(reading, raw, "length", "m", path, "public")
    if altitude is None:
        return None
    try:
        pressure = standard_pressure(scalar(altitude))
    except SiteError as error:
        reading.error(error.code, path, **error.fields)
        return None
    # the standard atmosphere is a computation on a public figure: no stronger than that figure
    return Value(pressure, "kPa", replace(altitude.origin, source=altitude.origin.source or "iso-2533-1975"))
