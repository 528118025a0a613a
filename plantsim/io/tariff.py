"""tariff of [plant]: how it buys power, and how its demand and its recovered power spread over the day's prices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plantsim.io.cells import Reading, quoted, read_amount
from plantsim.io.structure import SHOWN, near
from plantsim.io.toml_lines import KeyPath
from plantsim.library import Library
from plantsim.vocabulary.case import PowerTariff, Value, scalar

BANDS = ("peak", "flat", "valley")
ROUNDING = 1e-3  # shares may sum to 1 within this: percentages are rounded
EVEN = (8 / 24, 8 / 24, 8 / 24)  # eight hours of each in the day (models/common/tariffs.toml, time_of_use)


def read_tariff(reading: Reading, table: Any, library: Library) -> PowerTariff | None:
    """Return how a plant buys power; None where it does not say, or after noting what is wrong."""
    if not isinstance(table, Mapping):
        return None  # noted with the structure
    path: KeyPath = ("plant", "tariff")
    connection = table.get("connection")
    known = _connections(library)
    if not isinstance(connection, str):
        return None
    if connection not in known:
        guess = near(connection, known)
        code = "connection_unknown_near" if guess else "connection_unknown"
        fields = {"name": connection[:SHOWN], "guess": guess, "known": ", ".join(known)}
        reading.error(code, (*path, "connection"), **fields)
        return None
    demand = _shares(reading, table.get("demand"), (*path, "demand"))
    recovered = _shares(reading, table.get("recovered"), (*path, "recovered"))
    fee = _fee(reading, table, path)
    return None if demand is None or recovered is None else PowerTariff(connection, demand, recovered, fee)


def _connections(library: Library) -> list[str]:
    """Return the connections of which a price deck knows all bands."""
    found: list[str] = []
    for deck in library.data("common", "prices.toml")["deck"].values():
        prices = deck.get("price", {})
        names = [p.removesuffix("_valley") for p in prices if p.endswith("_valley")]
        found += [n for n in names if all(f"{n}_{band}" in prices for band in BANDS)]
    return list(dict.fromkeys(found))


def _shares(reading: Reading, raw: Any, path: KeyPath) -> tuple[float, float, float] | None:
    """Return three shares by band; even over the hours of the day where none are given."""
    if raw is None:
        return EVEN
    if not isinstance(raw, list) or len(raw) != len(BANDS):
        reading.error("bands_three", path, text=quoted(raw))
        return None
    values = [read_amount(reading, item, "fraction", "", (*path, n), "assumed") for n, item in enumerate(raw)]
    found = [scalar(v) for v in values if v is not None]
    if len(found) < len(BANDS):
        return None
    if min(found) < 0 or abs(sum(found) - 1) > ROUNDING:
        reading.error("bands_sum", path, text=quoted(raw))
        return None
    whole = sum(found)
    return found[0] / whole, found[1] / whole, found[2] / whole


def _fee(reading: Reading, table: Mapping[str, Any], path: KeyPath) -> Value | None:
    if "standby_fee" not in table:
        return None
    at = (*path, "standby_fee")
    value = read_amount(reading, table["standby_fee"], "annual_cost_power", "CNY/(kW month)", at, "assumed")
    if value is not None and scalar(value) < 0:
        reading.error("is_negative", at, text=value.origin.text)
        return None
    return value
