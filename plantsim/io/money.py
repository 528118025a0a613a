"""Money of a [[proposal]]: costs, dates, subsidy, contract, and what replaces a plant that is retired."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plantsim.io.capacity import positive
from plantsim.io.cells import Reading, read_amount
from plantsim.io.declared import RETIRE
from plantsim.io.toml_lines import KeyPath
from plantsim.library import Library
from plantsim.library.retrofits import FLEXIBILITY
from plantsim.vocabulary.case import Contract, Flexibility, GreenCredit, Origin, Retrofit, Value, scalar
from plantsim.vocabulary.declarations import Declaration

AMOUNTS = {  # key -> quantity, unit of a bare number
    "capex": ("money", "CNY"),
    "operating_cost": ("annual_money", "CNY/a"),
    "life": ("life", "a"),
    "building_time": ("life", "a"),
    "outage": ("time", "d"),
    "subsidy": ("money", "CNY"),
}
MAY_BE_NEGATIVE = ("operating_cost",)  # what the owner saves on upkeep; named all the same
PER_PRODUCT = {"annual_mass": ("specific_coal", "kgce/t"), "power": ("coal_rate", "gce/kWh")}
YEAR = 8760 * 3600.0  # s


def read_money(
    reading: Reading,
    declaration: Declaration,
    library: Library,
    retrofit: Retrofit | None,
    table: Mapping[str, Any],
    path: KeyPath,
) -> dict[str, Any]:
    """Return the fields of a Proposal that are money, dates and replacement; what is wrong is noted.

    retrofit: the library's, None where there is none of that name.
    """
    fields: dict[str, Any] = {name: _amount(reading, table, name, path) for name in AMOUNTS}
    if fields["life"] is not None and scalar(fields["life"]) <= 0:
        reading.error("not_positive", (*path, "life"), text=fields["life"].origin.text)
    retires = retrofit is not None and retrofit.kind == RETIRE
    if retires and "replacement" not in table:
        reading.warning("replacement_missing", path)
    fields["contract"] = _contract(reading, table.get("contract"), (*path, "contract"))
    fields["green_credit"] = _green_credit(reading, table.get("green_credit"), (*path, "green_credit"))
    fields["flexibility"] = _flexibility(reading, table.get("flexibility"), (*path, "flexibility"))
    fields["replacement"] = _replacement(reading, declaration, table, path)
    cancels = table.get("cancels_capacity", False)
    fields["cancels_capacity"] = cancels if isinstance(cancels, bool) else False
    if fields["cancels_capacity"] and retrofit is not None and not retires:
        reading.error("cancels_without_retiring", (*path, "cancels_capacity"))
    return fields


def _amount(reading: Reading, table: Mapping[str, Any], name: str, path: KeyPath) -> Value | None:
    if name not in table:
        return None
    at = (*path, name)
    value = read_amount(reading, table[name], *AMOUNTS[name], at, "assumed")
    if value is None or not _finite(reading, value, at):
        return None
    if scalar(value) < 0:
        if name not in MAY_BE_NEGATIVE:
            reading.error("is_negative", at, text=value.origin.text)
            return None
        reading.warning("operating_cost_negative", at, text=value.origin.text)
    return value


def _finite(reading: Reading, value: Value, path: KeyPath) -> bool:
    if abs(scalar(value)) < float("inf"):
        return True
    reading.error("number_not_finite", path, text=value.origin.text)
    return False


def _contract(reading: Reading, table: Any, path: KeyPath) -> Contract | None:
    if not isinstance(table, Mapping) or not {"share", "years"} <= set(table):
        return None  # noted with the structure
    share = read_amount(reading, table["share"], "fraction", "", (*path, "share"), "assumed")
    years = read_amount(reading, table["years"], "life", "a", (*path, "years"), "assumed")
    if share is not None and not 0 < scalar(share) <= 1:
        reading.error("share_outside", (*path, "share"), text=share.origin.text)
        return None
    if years is not None and not (scalar(years) > 0 and _finite(reading, years, (*path, "years"))):
        if scalar(years) <= 0:
            reading.error("not_positive", (*path, "years"), text=years.origin.text)
        return None
    return None if share is None or years is None else Contract(scalar(share), scalar(years))


def _green_credit(reading: Reading, table: Any, path: KeyPath) -> GreenCredit | None:
    if not isinstance(table, Mapping) or "rate" not in table:
        return None  # noted with the structure
    rate = read_amount(reading, table["rate"], "fraction", "", (*path, "rate"), "assumed")
    if rate is not None and not 0 <= scalar(rate) < 1:
        reading.error("share_outside", (*path, "rate"), text=rate.origin.text)
        return None
    found: dict[str, Value | None] = {}
    for name, quantity, unit in (("loan", "money", "CNY"), ("years", "life", "a")):
        if name in table:
            at = (*path, name)
            found[name] = positive(
                reading, read_amount(reading, table[name], quantity, unit, at, "assumed"), at
            )
            if found[name] is None:
                return None
    return None if rate is None else GreenCredit(rate, **found)


def _flexibility(reading: Reading, table: Any, path: KeyPath) -> Flexibility | None:
    if not isinstance(table, Mapping):
        return None
    found: dict[str, tuple[float, float, float]] = {}
    for name, (quantity, unit) in FLEXIBILITY.items():
        if name not in table:
            continue
        at = (*path, name)
        value = read_amount(reading, table[name], quantity, unit, at, "assumed")
        if value is None:
            return None
        most = YEAR if quantity == "time" else 1.0
        if not 0 <= scalar(value) <= most:
            code = "hours_outside" if quantity == "time" else "share_outside"
            reading.error(code, at, text=value.origin.text)
            return None
        found[name] = (scalar(value),) * 3
    if not {"threshold", "minimum", "hours"} <= set(found):
        return None  # noted with the structure
    origin = Origin(reading.toml.shown, reading.toml.line(*path), evidence="assumed")
    return Flexibility(**found, origin=origin)


def _replacement(
    reading: Reading, declaration: Declaration, table: Mapping[str, Any], path: KeyPath
) -> Value | None:
    if "replacement" not in table:
        return None
    at = (*path, "replacement")
    quantity, unit = PER_PRODUCT.get(declaration.capacity_quantity, ("specific_coal", "kgce/t"))
    value = read_amount(reading, table["replacement"], quantity, unit, at, "assumed")
    if value is not None and scalar(value) < 0:
        reading.error("is_negative", at, text=value.origin.text)
        return None
    return value
