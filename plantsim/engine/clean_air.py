"""What clean air is worth to a plant's owner: environmental tax not paid, and price support of clean coal power.

Tax is due on what is given to the air and on waste that is stored: on every carrier that a deck has a rate for.
Both are payments between owner and state, so that a measure's cost per tonne of pollutant leaves them out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from plantsim.engine.batch import Batch, States
from plantsim.engine.evaluate import figure_of
from plantsim.engine.factors import entry_at, value_of
from plantsim.engine.service import Ledger
from plantsim.engine.tariffs import FILE, deck_price
from plantsim.engine.ultra_low import COMPLETED, ORGANISED, rule_of, stated, worst_ratio
from plantsim.library import Library
from plantsim.vocabulary.case import Case, Plant, Retrofit, scalar

POWER = "electricity"
CONNECTED = "grid_connection"
"""Key of a plant's ``class``: before_2016 or from_2016, on which the support of ultra-low emission depends."""
SUPPORT, PAID = "clean_power_support", "paid"
"""Key of a plant's ``class``: paid where the support comes on top of the price that it sells at."""


@lru_cache(maxsize=64)
def tax_rates(lib: Library, deck: str, process: str) -> dict[str, float]:
    """Return the environmental tax [CNY/kg] of a process by carrier, of those that a deck has a rate for.

    The law knows a pollutant by kinds (dust of combustion, general dust): tariffs.toml says which is a process's.
    """
    kind = _rules(lib)["kind"].get(process, {})
    found = {
        c: deck_price(lib, deck, f"environment_tax_{kind.get(c, c)}", "mass_price") for c in lib.carriers
    }
    return {p: scalar(v) for p, v in found.items() if v is not None}


def environment_tax_saved(
    case: Case,
    lib: Library,
    batch: Batch,
    before: tuple[States, Ledger],
    after: tuple[States, Ledger],
) -> np.ndarray:
    """Return CNY a year of environmental tax that a change saves, row by row; sides: a block and its yearly ledger.

    A pollutant whose amount is not known on both sides is neither gain nor loss. A concentration well below the limit
    in force lowers the rate (article 13 of the law), where the process tells its concentrations.
    """
    saved = np.zeros(len(before[0]))
    for pollutant, rate in tax_rates(lib, case.price_deck, batch.declaration.process).items():
        if pollutant in before[1] and pollutant in after[1]:
            was, is_ = (
                rate * np.maximum(-ledger[pollutant], 0.0) * _rate_share(lib, batch, block, pollutant)
                for block, ledger in (before, after)
            )
            saved = saved + np.nan_to_num(was - is_)
    return saved


def _rate_share(lib: Library, batch: Batch, block: States, pollutant: str) -> np.ndarray:
    """Return the share of the full rate that is due on a pollutant of a plant: each outlet by itself."""
    process = batch.declaration.process
    due = _due(lib, batch, block, _rules(lib)["concentration"].get(process, {}).get(pollutant))
    elsewhere = _rules(lib)["elsewhere"].get(process, {}).get(pollutant)
    if elsewhere is None:
        return due
    all_ = -batch.ledger(block)[pollutant]
    amount = _figure(batch, block, elsewhere["amount"])
    part = np.divide(amount, all_, out=np.zeros_like(due), where=all_ > 0.0)
    return due + part * (_due(lib, batch, block, elsewhere.get("concentration")) - due)


def _due(lib: Library, batch: Batch, block: States, names: Sequence[str] | None) -> np.ndarray:
    """Return the share of the full rate that is due at an outlet. names: its concentration and the limit in force."""
    share = np.ones(len(block))
    if names is None:
        return share
    is_, most = (_figure(batch, block, name) for name in names)
    for at_most, due in _reductions(lib):
        # a concentration that is not known earns nothing: the full rate
        share = np.where((is_ > 0) & (is_ <= at_most * most), np.minimum(share, due), share)
    return share


@lru_cache(maxsize=16)
def _reductions(lib: Library) -> tuple[tuple[float, float], ...]:
    """Return (at most this share of the limit, share of the rate that is then due)."""

    def read(name: str, key: str) -> float:
        entry = _rules(lib)["reduction"][name][key]
        return scalar(value_of(entry, "fraction", lib, FILE, f"environment_tax.reduction.{name}.{key}"))

    return tuple((read(name, "at_most"), read(name, "due")) for name in _rules(lib)["reduction"])


def _rules(lib: Library) -> Any:
    return lib.data("common", "tariffs.toml")["environment_tax"]


def _figure(batch: Batch, block: States, name: str) -> np.ndarray:
    """Return an input, or the year's mean of an output, of a block's rows."""
    solved, rows = batch.where(block)
    return figure_of(solved, name)[rows]


def clean_power_support(
    lib: Library,
    plant: Plant,
    retrofit: Retrofit,
    batch: Batch,
    before: States,
    after: States,
    ledger: Ledger,
) -> np.ndarray:
    """Return CNY a year of price support that a measure earns by what it completes, row by row; 0 outside coal power.

    ledger: of the changed plant. Prices of today hold the support: it is counted where the plant says that it is paid
    apart, on the power that is sold. Nothing is earned for what the plant has already. Ultra-low emission earns it for
    the hours within the limits: in full from 99 % of them on, in proportion from 80 %, less what it earned before.
    """
    nothing = np.zeros(len(after))
    if batch.declaration.sector != "coal_power" or plant.classes.get(SUPPORT) != PAID:
        return nothing
    price = np.zeros_like(nothing)
    for duty in retrofit.completes:
        path = _supported(lib, plant, duty)
        if path:
            entry = entry_at(lib.data("common", "tariffs.toml"), path)
            due = np.full_like(nothing, scalar(value_of(entry, "electricity_price", lib, FILE, path)))
            if duty == COMPLETED:
                earned = _share_earned(lib, batch, after) - _share_earned(lib, batch, before)
                due = due * np.maximum(earned, 0.0)
            price = price + due
    return price * np.maximum(-ledger.get(POWER, nothing), 0.0)


def _supported(lib: Library, plant: Plant, duty: str) -> str:
    """Return the path of the support in tariffs.toml; "" where there is none to be had."""
    table = lib.data("common", "tariffs.toml")["coal_power_support"]
    if duty != COMPLETED:
        return f"coal_power_support.{duty}" if duty in table else ""
    if stated(plant, ORGANISED):
        return ""
    built = "before_2016" if plant.classes.get(CONNECTED) == "before_2016" else "from_2016"
    return f"coal_power_support.ultra_low_built_{built}"


def _share_earned(lib: Library, batch: Batch, block: States) -> np.ndarray:
    """Return the share of the support that the hours within the limits earn; 0 where nothing tells them."""
    rule = rule_of(lib, batch.declaration.process)
    solved, rows = batch.where(block)
    table = lib.data("common", "tariffs.toml")["coal_power_support"]["hours"]
    least, full = (
        scalar(value_of(table[key], "fraction", lib, FILE, f"coal_power_support.hours.{key}"))
        for key in ("least", "full")
    )
    hours = np.nan_to_num(rule.share_of_hours(worst_ratio(rule, solved)[rows]))
    return np.where(hours >= full, 1.0, np.where(hours >= least, hours, 0.0))
