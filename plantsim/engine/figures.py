"""What a change of a plant does, at equal service: energy on both conventions, CO2, pollutants, money, indicator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from plantsim.engine.batch import Batch, Block, Several
from plantsim.engine.carbon import BY_FACTORS, CarbonRule, accounted, by_references, physical
from plantsim.engine.factors import Factors
from plantsim.engine.service import Ledger, Reference, at_equal_product, made_up, taken
from plantsim.engine.trade import FREE, POWER, Trade
from plantsim.engine.value import Numbers

POLLUTANTS = ("nox", "so2", "dust", "voc", "fluoride")


@dataclass(frozen=True)
class Basis:
    """The conventions of one process in one case: factors, references, the main product and indicator, CO2's rule."""

    factors: Factors
    references: Mapping[str, Reference]
    product: str  # carrier of the main product
    indicator: str
    rule: CarbonRule = BY_FACTORS


@dataclass(frozen=True)
class Figures:
    """Arrays of shape (rows,): indicators in SI; savings in J of standard coal a year; kg, CNY a year.

    carbon: CO2 less, as accounted; carbon_physical: by the plant's own carbon, NaN where that is not known; pollutants:
    less, NaN where the plant's own are not known.
    """

    before: np.ndarray
    after: np.ndarray
    saving: np.ndarray
    saving_equal_value: np.ndarray
    carbon: np.ndarray
    carbon_physical: np.ndarray
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
        return self.rows(slice(i, i + 1))

    def rows(self, own: slice) -> Figures:
        """Return some rows by themselves."""
        return Figures(
            before=self.before[own],
            after=self.after[own],
            saving=self.saving[own],
            saving_equal_value=self.saving_equal_value[own],
            carbon=self.carbon[own],
            carbon_physical=self.carbon_physical[own],
            pollutants={p: a[own] for p, a in self.pollutants.items()},
            gain=self.gain[own],
            changed={c: a[own] for c, a in self.changed.items()},
        )


def product_carrier(batch: Batch) -> str:
    """Return the carrier of a process's main product."""
    flow = batch.declaration.variables[batch.declaration.product].ledger
    assert flow is not None, "a contract test proves that the main product is a flow of the ledger"
    return flow.carrier


def known_alike(before: Ledger, after: Ledger, product: str) -> tuple[Ledger, Ledger]:
    """Return both ledgers with 0 on both sides for what is not known on one: it's neither gain nor loss.

    Rows without a main product are left alone: there the plant itself is not solved.
    """
    sides = (dict(before), dict(after))
    for c in before:
        if c == product or c not in after:
            continue
        unknown = (np.isnan(before[c]) | np.isnan(after[c])) & ~np.isnan(before[product] + after[product])
        if np.any(unknown):
            for side in sides:
                side[c] = np.where(unknown, 0.0, side[c])
    return sides


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
    own_before = taken(before, trade.before)
    own_after = taken(at_equal_product(before, after, basis.product, basis.references), trade.after)
    changed = {c: (before[c] != own_after[c]) & ~np.isnan(before[c]) for c in before}
    return replace(of_sides(own_before, own_after, was, is_, basis, trade), changed=changed)


def of_sides(
    own_before: Ledger, own_after: Ledger, was: np.ndarray, is_: np.ndarray, basis: Basis, trade: Trade = FREE
) -> Figures:
    """Return the figures of two ledgers of the same main product, less what no sink takes; see :func:`compare`."""
    f = basis.factors
    equal_before, equal_after = made_up(own_before, own_after, basis.references)

    def less(kind: str, first: Ledger, second: Ledger) -> np.ndarray:
        return np.asarray(f.total(kind, first) - f.total(kind, second), dtype=np.float64)

    def co2(count: Callable[..., np.ndarray]) -> np.ndarray:
        return (
            count(f, basis.rule, own_before)
            - count(f, basis.rule, own_after)
            + by_references(f, own_before, equal_before)
            - by_references(f, own_after, equal_after)
        )

    unknown = np.full_like(was, np.nan)
    return Figures(
        before=was,
        after=is_,
        saving=less("equivalent", equal_before, equal_after),
        saving_equal_value=less("equal_value", equal_before, equal_after),
        carbon=co2(accounted),
        carbon_physical=co2(physical),
        pollutants={p: equal_after.get(p, unknown) - equal_before.get(p, unknown) for p in POLLUTANTS},
        gain=_gain(f, *known_alike(own_before, own_after, basis.product), trade),
    )


def _gain(f: Factors, before: Ledger, after: Ledger, trade: Trade) -> np.ndarray:
    """Return CNY a year; power by band where the plant tells its connection, else own use first at one price."""
    power: Numbers = 0.0
    if trade.power is not None and POWER in before:
        power = trade.power.worth(before[POWER], after[POWER], f)
        before, after = ({c: a for c, a in side.items() if c != POWER} for side in (before, after))
    return np.asarray(f.money(before) - f.money(after) + power, dtype=np.float64)
