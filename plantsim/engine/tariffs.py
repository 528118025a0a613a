"""Prices that depend on what a plant does: recovered power, surcharges on electricity, allowances, flexibility."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from plantsim.engine.factors import TAKE, entry_at, price_entry, value_of
from plantsim.engine.value import Numbers, plain
from plantsim.library import Library
from plantsim.vocabulary.case import Value, scalar

FILE = "models/common/tariffs.toml"
YEAR = 31_536_000.0  # s of 8760 h
MONTHS = 12
BANDS = ("peak", "flat", "valley")
INDIRECT = ("electricity", "grid_electricity", "heat")  # bought from elsewhere: no direct emission
STEP_ROUNDING = 1e-9  # of a step: 13 320 kWh/t must not start the second step above 13 300 by rounding
CAPACITY_CLASS = "capacity_class"
"""Key of a plant's ``class`` that says eliminated, restricted or capacity_cut_missed (差别电价)."""


# ---------------------------------------------------------------- recovered power


@dataclass(frozen=True)
class OwnUse:
    """Recovered power in a year: own use and surplus [J/a], and what both are worth [CNY/a]."""

    own: Numbers
    surplus: Numbers
    value: Numbers


def own_use_value(
    recovered: Numbers,
    demand: Numbers,
    purchase_price: Numbers,
    surplus_price: Numbers,
    standby_fee: Numbers = 0.0,
    bands: int | None = None,
) -> OwnUse:
    """Return what recovered power is worth: own use first, at the price of power not bought; the rest sold.

    recovered, demand: J/a; prices: CNY/J; standby_fee: CNY/a for the grid's readiness (系统备用费).
    bands: axis of peak, flat and valley, over which everything is summed: power recovered in the valley
    cannot be used at the peak. None when there is one price.
    """
    own = np.minimum(recovered, np.maximum(demand, 0.0))
    surplus = recovered - own
    value = own * purchase_price + surplus * surplus_price
    if bands is not None:
        own, surplus, value = (np.sum(np.asarray(a), axis=bands) for a in (own, surplus, value))
    return OwnUse(plain(own), plain(surplus), plain(value - standby_fee))


def standby_fee(power: Numbers, price: Numbers) -> Numbers:
    """Return CNY a year. power: W of own generation that the grid stands by for; price: CNY/(W month)."""
    return plain(MONTHS * power * np.asarray(price))


def band_prices(lib: Library, deck: str, connection: str = "electricity_10kv") -> tuple[Value, ...]:
    """Return the peak, flat and valley price [CNY/J] of a deck. Raises KeyError where it has none."""
    decks, found = lib.data("common", "prices.toml")["deck"], []
    for band in BANDS:
        entry = price_entry(decks, deck, f"{connection}_{band}")
        if entry is None:
            raise KeyError(f"{connection}_{band}")
        found.append(value_of(entry[0], "electricity_price", lib, "models/common/prices.toml", *entry[1:]))
    return tuple(found)


def band_hours(lib: Library, region: str = "guizhou") -> np.ndarray:
    """Return the hours a day of peak, flat and valley. Raises KeyError for an unknown region."""
    entry = lib.data("common", "tariffs.toml")["time_of_use"][region]
    return np.array(
        [sum(end - start for start, end in entry[f"{band}_hours"]) for band in BANDS], dtype=float
    )


def deck_price(lib: Library, deck: str, key: str, quantity: str) -> Value | None:
    """Return a price of a deck in SI, or None where it has none."""
    entry = price_entry(lib.data("common", "prices.toml")["deck"], deck, key)
    if entry is None:
        return None
    return value_of(entry[0], quantity, lib, "models/common/prices.toml", entry[1], entry[2])


def deck_range(
    lib: Library, deck: str, key: str, quantity: str
) -> tuple[tuple[float, float, float], str] | None:
    """Return ((low, likely, high) in SI, path) of a price; three times the end that the deck takes of its ranges."""
    entry = price_entry(lib.data("common", "prices.toml")["deck"], deck, key)
    if entry is None:
        return None
    number, path, take = entry
    ends = TAKE if take == "likely" else (take,) * 3
    low, likely, high = (
        scalar(value_of(number, quantity, lib, "models/common/prices.toml", path, end)) for end in ends
    )
    return (low, likely, high), path


# ---------------------------------------------------------------- surcharges on electricity


@dataclass(frozen=True)
class Tier:
    """A tiered price. Thresholds in SI of ``indicator``; surcharges in CNY/J.

    rule "steps": ``surcharge`` for each started ``step`` above ``threshold``; rule "bands": ``surcharge`` above
    ``threshold``, ``second_surcharge`` above ``second_threshold``.
    """

    id: str
    rule: str
    indicator: str
    edition: str
    threshold: float
    surcharge: float
    step: float = 0.0
    second_threshold: float = np.inf
    second_surcharge: float = 0.0
    evidence: str = ""
    source: str = ""


@dataclass(frozen=True)
class Surcharge:
    """What a policy adds to a plant's electricity price [CNY/J].

    status: applied; not_found (the policy has tiers, their thresholds are not known, so none is applied);
    no_indicator (the plant has none of the figure that the tiers are written on); no_rule (no policy in force).
    indicator, edition: what the tiers are written on; "" without tiers.
    """

    price: Numbers
    status: str
    rule: str = ""
    indicator: str = ""
    edition: str = ""
    evidence: str = ""


def aluminium_tier(lib: Library, date: str) -> Tier | None:
    """Return the tiered price of electrolytic aluminium in force on a day (YYYY-MM-DD), or None."""
    for entry in lib.data("common", "tariffs.toml")["aluminium_tier"]:
        if str(entry["from"]) <= date <= str(entry.get("to", "9999")):
            return _tier(entry, lib)
    return None


def _tier(entry: Mapping[str, Any], lib: Library) -> Tier:
    def si(key: str, quantity: str) -> float:
        return float(value_of(entry[key], quantity, lib, FILE, f"{entry['id']}.{key}").si)  # type: ignore[arg-type]

    steps = entry["rule"] == "steps"
    return Tier(
        id=entry["id"],
        rule=entry["rule"],
        indicator=entry["indicator"],
        edition=entry["indicator_edition"],
        threshold=si("threshold", "specific_electricity"),
        surcharge=si("surcharge_per_step" if steps else "surcharge", "electricity_price"),
        step=si("step", "specific_electricity") if steps else 0.0,
        second_threshold=np.inf if steps else si("second_threshold", "specific_electricity"),
        second_surcharge=0.0 if steps else si("second_surcharge", "electricity_price"),
        evidence=entry["threshold"]["evidence"],
        source=entry["source"],
    )


def tier_price(tier: Tier, indicator: Numbers) -> Numbers:
    """Return the surcharge [CNY/J] at an indicator [J/kg]: a staircase, so a mean of it isn't that of a mean."""
    x = np.asarray(indicator, dtype=np.float64)
    if tier.rule == "steps":
        started = np.ceil((x - tier.threshold) / tier.step - STEP_ROUNDING)
        return plain(tier.surcharge * np.maximum(started, 0.0))
    first = np.where(x > tier.threshold, tier.surcharge, 0.0)
    return plain(np.where(x > tier.second_threshold, tier.second_surcharge, first))


def tier_charge(tier: Tier, indicator: Numbers, product: Numbers) -> Numbers:
    """Return CNY a year: the surcharge on all electricity of the product. indicator: J/kg; product: kg/a."""
    return plain(np.asarray(tier_price(tier, indicator)) * indicator * product)


def electricity_surcharge(
    lib: Library, sector: str, date: str, classes: Mapping[str, str], indicators: Mapping[str, Numbers]
) -> Surcharge:
    """Return what differential (差别电价) and tiered (阶梯电价) prices add for a plant.

    date: YYYY-MM-DD; classes: the plant's, of which ``capacity_class`` may say eliminated, restricted or
    capacity_cut_missed; indicators: its yearly indicators in SI. Where the thresholds of a sector's tiers are
    not known, none is applied, and the status says so.
    """
    if sector == "aluminium":
        tier = aluminium_tier(lib, date)
        if tier is None:
            return Surcharge(0.0, "no_rule")
        if tier.indicator not in indicators:
            return Surcharge(0.0, "no_indicator", tier.id, tier.indicator, tier.edition, tier.evidence)
        price = tier_price(tier, indicators[tier.indicator])
        return Surcharge(price, "applied", tier.id, tier.indicator, tier.edition, tier.evidence)
    rules = lib.data("common", "tariffs.toml")
    if sector not in ("steel", "cement") or str(rules[sector]["from"]) > date:
        return Surcharge(0.0, "no_rule")
    rule = rules[sector]
    named = classes.get(CAPACITY_CLASS, "")
    if named in ("eliminated", "restricted", "capacity_cut_missed") and named in rule:
        value = value_of(rule[named], "electricity_price", lib, FILE, f"{sector}.{named}")
        return Surcharge(value.si, "applied", f"{sector}.{named}", evidence=value.origin.evidence)
    return Surcharge(0.0, "not_found", sector, rule["indicator"], rule["indicator_edition"])


# ---------------------------------------------------------------- carbon, outage, credit, flexibility


def carbon_gain(lib: Library, sector: str, direct: Numbers, indirect: Numbers, price: Numbers) -> Numbers:
    """Return CNY a year from allowances not needed. direct, indirect: kg CO2 saved a year; price: CNY/kg.

    The national market counts direct emissions of steel, cement and aluminium: electricity saved there earns
    nothing. Coal power burns its own fuel. A sector outside the market earns nothing at all.
    """
    scope = entry_at(lib.data("common", "emissions.toml"), "scope.national_ets")
    nothing = 0.0 * np.asarray(direct, dtype=np.float64)
    if sector not in scope["sectors"]:
        return plain(nothing)
    counted = direct if sector in scope["direct_only"] else direct + indirect
    return plain(nothing + counted * price)


def outage_loss(outage: Numbers, yearly_margin: Numbers) -> Numbers:
    """Return CNY lost once. outage: s of standstill; yearly_margin: CNY a year that a running plant earns."""
    return plain(np.asarray(yearly_margin) * outage / YEAR)


def green_credit_gain(
    loan: Numbers, rate: Numbers, green_rate: Numbers, years: int, discount_rate: Numbers
) -> Numbers:
    """Return the present value [CNY] of a green loan's lower interest, at the day on which it is paid out.

    loan: CNY, paid back in equal parts at each year's end for ``years``; rates: 1/a.
    """
    left = 1.0 - np.arange(years) / years  # of the loan, in each year
    discount = [(1.0 + np.asarray(discount_rate)) ** -(k + 1) for k in range(years)]
    return plain(
        (np.asarray(rate) - green_rate) * loan * sum(s * v for s, v in zip(left, discount, strict=True))
    )


def flexibility_income(
    power: Numbers, capacity_payment: Numbers, available: Numbers, shifted: Numbers, service_price: Numbers
) -> Numbers:
    """Return CNY a year: capacity payment (容量电价) and ancillary service (深度调峰).

    power: W; capacity_payment: CNY/(W a) (deck: capacity_payment); available: share of it that is earned;
    shifted: J a year not generated below the threshold load; service_price: CNY/J (deck: ancillary_peaking).
    """
    return plain(power * np.asarray(capacity_payment) * available + shifted * np.asarray(service_price))
