"""What a plant's neighbours and its grid connection make of its flows: how much they take, and at which hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from plantsim.engine.factors import Factors
from plantsim.engine.tariffs import band_prices, own_use_value
from plantsim.engine.value import Numbers
from plantsim.library import Library
from plantsim.vocabulary.case import Case, Plant, scalar

POWER = "electricity"


@dataclass(frozen=True)
class BandedPower:
    """Power by peak, flat and valley: prices [CNY/J] of the connection, and how demand and recovery spread over them.

    demand, recovered: shares that sum to 1; standby: CNY/(W a) for the grid's readiness; seconds: of operation a
    year; usual: the price [CNY/J] beside which the bands were read, so that a drawn price moves them all.
    """

    prices: np.ndarray
    demand: np.ndarray
    recovered: np.ndarray
    standby: float
    seconds: float
    usual: float

    def worth(self, before: Numbers, after: Numbers, factors: Factors) -> Numbers:
        """Return CNY a year gained when a plant's net power falls from ``before`` to ``after`` [J/a, taken in]."""
        before, less = np.asarray(before, dtype=np.float64), np.asarray(before - after, dtype=np.float64)
        rise = np.asarray(factors.price[POWER]) / self.usual
        sold = np.asarray(factors.sold.get(POWER, factors.price[POWER]))
        shares = np.where(less[..., None] >= 0, self.recovered, self.demand)
        fee = self.standby * np.maximum(less, 0.0) / self.seconds
        return own_use_value(
            less[..., None] * shares,
            before[..., None] * self.demand,
            rise[..., None] * self.prices,
            sold[..., None],
            fee,
            bands=-1,
        ).value


@dataclass(frozen=True)
class Trade:
    """Limits of what is given out, by carrier, J or kg a year: as it is, and after; and power by band, if told."""

    before: Mapping[str, float] = field(default_factory=dict)
    after: Mapping[str, float] = field(default_factory=dict)
    power: BandedPower | None = None


FREE = Trade()


def banded_power(
    case: Case, lib: Library, plant: Plant, factors: Factors, seconds: float
) -> BandedPower | None:
    """Return a plant's power by band; None for a plant that does not tell its connection."""
    told = plant.tariff
    if told is None or POWER not in factors.price or seconds <= 0:
        return None
    prices = np.array([scalar(p) for p in band_prices(lib, case.price_deck, told.connection)])
    fee = 0.0 if told.standby_fee is None else scalar(told.standby_fee)
    return BandedPower(
        prices, np.array(told.demand), np.array(told.recovered), fee, seconds, float(factors.price[POWER])
    )
