"""What a change of a plant does, at equal service: energy on both conventions, CO2, pollutants, money, indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from plantsim.engine.batch import Batch, Block, Several
from plantsim.engine.factors import Factors
from plantsim.engine.service import Ledger, Reference, at_equal_product, made_up, taken
from plantsim.engine.trade import FREE, POWER, Trade
from plantsim.engine.value import Numbers

POLLUTANTS = ("nox", "so2", "dust", "voc")


@dataclass(frozen=True)
class Basis:
    """The conventions of one process in one case: factors, references, the main product and indicator."""

    factors: Factors
    references: Mapping[str, Reference]
    product: str  # carrier of the main product
    indicator: str


@dataclass(frozen=True)
class Figures:
    """Arrays of shape (rows,): indicators in SI; savings in J of standard coal a year; kg, CNY a year."""

    before: np.ndarray
    after: np.ndarray
    saving: np.ndarray
    saving_equal_value: np.ndarray
    carbon: np.ndarray
    pollutants: Mapping[str, np.ndarray]
    gain: np.ndarray
    changed: Mapping[str, np.ndarray] = field(
        default_factory=dict
    )  # whether a carrier's amount does, by carrier

    @property
    def moved(self) -> list[str]:
        """Carriers whose amount changes in the first row."""
        return [c for c, rows in self.changed.items() if rows[0]]

    def row(self, i: int) -> Figures:
        """Return one row by itself."""
        own = slice(i, i + 1)
        return Figures(
            before=self.before[own],
            after=self.after[own],
            saving=self.saving[own],
            saving_equal_value=self.saving_equal_value[own],
            carbon=self.carbon[own],
            pollutants={p: a[own] for p, a in self.pollutants.items()},
            gain=self.gain[own],
            changed={c: a[own] for c, a in self.changed.items()},
        )


def product_carrier(batch: Batch) -> str:
    """Return the carrier of a process's main product."""
    flow = batch.declaration.variables[batch.declaration.product].ledger
    assert flow is not None, "a contract test proves that the main product is a flow of the ledger"
    return flow.carrier


def carbon_of(factors: Factors, ledger: Ledger) -> np.ndarray:
    """Return kg CO2 a year: what energy carriers bring by their factors, and what leaves the plant as CO2."""
    through = np.asarray(factors.total("carbon", ledger), dtype=np.float64)
    return through - ledger.get("co2_direct", np.zeros(1))


def figures(
    batch: Batch, source: Block | Several, target: Block | Several, basis: Basis, trade: Trade = FREE
) -> Figures:
    """Return what leads from ``source`` (as it is) to ``target`` (changed), row by row."""
    before, after = batch.ledger(source), batch.ledger(target)
    return compare(
        before,
        after,
        batch.indicator(source, basis.indicator),
        batch.indicator(target, basis.indicator),
        basis,
        trade,
    )


def compare(
    before: Ledger, after: Ledger, was: np.ndarray, is_: np.ndarray, basis: Basis, trade: Trade = FREE
) -> Figures:
    """Return the figures of two yearly ledgers; see :func:`figures`.

    Energy, CO2 and pollutants are compared at equal service. Money is what the owner pays and is paid: products
    other than the main one count as sold, references do not. What a sink does not take is worth nothing on either
    count.
    """
    f = basis.factors
    own_before = taken(before, trade.before)
    own_after = taken(at_equal_product(before, after, basis.product, basis.references), trade.after)
    equal_before, equal_after = made_up(own_before, own_after, basis.references)

    def less(kind: str, first: Ledger, second: Ledger) -> np.ndarray:
        return np.asarray(f.total(kind, first) - f.total(kind, second), dtype=np.float64)

    nothing = np.zeros_like(was)
    return Figures(
        before=was,
        after=is_,
        saving=less("equivalent", equal_before, equal_after),
        saving_equal_value=less("equal_value", equal_before, equal_after),
        carbon=carbon_of(f, equal_before) - carbon_of(f, equal_after),
        pollutants={p: equal_after.get(p, nothing) - equal_before.get(p, nothing) for p in POLLUTANTS},
        gain=_gain(f, own_before, own_after, trade),
        changed={c: before[c] != own_after[c] for c in before},
    )


def _gain(f: Factors, before: Ledger, after: Ledger, trade: Trade) -> np.ndarray:
    """Return CNY a year; power by band where the plant tells its connection, else own use first at one price."""
    power: Numbers = 0.0
    if trade.power is not None and POWER in before:
        power = trade.power.worth(before[POWER], after[POWER], f)
        before, after = ({c: a for c, a in side.items() if c != POWER} for side in (before, after))
    return np.asarray(f.money(before) - f.money(after) + power, dtype=np.float64)
