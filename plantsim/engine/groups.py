"""The solved plants of a case, process by process: solved once, valued as often as there are price decks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from plantsim.engine.batch import Batch, Block, Several, in_one
from plantsim.engine.carbon import carbon_rule
from plantsim.engine.evaluate import by_process
from plantsim.engine.factors import read_factors, value_of
from plantsim.engine.failed import failed_point
from plantsim.engine.figures import Basis, Figures, figures, product_carrier
from plantsim.engine.finance import Finance, read_finance
from plantsim.engine.pairs import Key, key_of, worked_out
from plantsim.engine.plans import PlantPlans, lay_out
from plantsim.engine.service import read_references
from plantsim.engine.sinks import Room, rooms, sold_by
from plantsim.engine.standards import compared
from plantsim.engine.trade import FREE, Trade, banded_power
from plantsim.library import Library
from plantsim.processes import load
from plantsim.vocabulary.case import Case, Plant, Value, scalar
from plantsim.vocabulary.problems import BadInput, Problems
from plantsim.vocabulary.status import OK

T = TypeVar("T")

CONVENTION_ERRORS = ("deck_unknown", "price_unknown", "factor_unknown")


@dataclass(frozen=True)
class Group:
    """The solved plants of one process, and the conventions that value them."""

    case: Case
    lib: Library
    batch: Batch
    basis: Basis
    finance: Finance
    rate: Value  # discount rate, 1/a
    plans: Sequence[PlantPlans]
    rooms: Mapping[str, Mapping[str, Room]] = field(default_factory=dict)  # by plant and carrier
    worked: Mapping[Key, Figures] = field(default_factory=dict)  # figures that were worked out together
    _kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def sector(self) -> str:
        """The sector of the process."""
        return self.batch.declaration.sector

    def status(self, *blocks: Block) -> tuple[int, str]:
        """Return the first failure among states, or OK."""
        for block in blocks:
            code, blame = self.batch.failed(block)
            if code != OK:
                return code, blame
        return OK, ""

    def failure(self, *blocks: Block) -> tuple[tuple[str, dict[str, str]], ...]:
        """Return the figures of the first failure among states as a row's warning; nothing where none is known."""
        for block in blocks:
            number, found = failed_point(*self.batch.first(block))
            if found:
                fields = {name: repr(value) for name, value in found.items()}
                return (("failed_point", {"number": str(number), **fields}),)
        return ()

    def trade(self, plant: Plant, together: bool = False) -> Trade:
        """Return what a plant's sinks take and how its power is paid; together: everything done at all plants."""
        return self._once((plant.id, together), lambda: self._trade(plant, together))

    def _once(self, key: object, make: Callable[[], T]) -> T:
        """Return what ``make`` gives, made once: the same for every proposal of a plant."""
        if key not in self._kept:
            self._kept[key] = make()
        found: T = self._kept[key]
        return found

    def _trade(self, plant: Plant, together: bool) -> Trade:
        own = self.rooms.get(plant.id, {})
        seconds = sum(scalar(p.hours) for p in plant.operation)
        return Trade(
            before={c: r.before for c, r in own.items()},
            after={c: r.together if together else r.alone for c, r in own.items()},
            power=banded_power(self.case, self.lib, plant, self.basis.factors, seconds),
        )

    def basis_of(self, plant: Plant) -> Basis:
        """Return the conventions with the plant's own: what its level is written on, what it measures of its carbon."""

        def own() -> Basis:
            indicator = compared(self.case, self.lib, plant)
            return replace(self.basis, indicator=indicator, rule=carbon_rule(self.lib, self.sector, plant))

        return self._once(plant.id, own)

    def compare(self, plan: PlantPlans, after: Block, together: bool = False) -> Figures:
        """Return what leads from a plant as it is to a changed state of it."""
        return self.between(plan, plan.before, after, together)

    def each(self, plan: PlantPlans, before: Block, after: Sequence[Block]) -> Figures:
        """Return what leads from one state of a plant to each of several changed ones, one a row."""
        return self.between(plan, in_one([before] * len(after)), in_one(after))

    def between(
        self, plan: PlantPlans, before: Block | Several, after: Block | Several, together: bool = False
    ) -> Figures:
        """Return what leads from states of a plant to changed ones, row by row."""
        trade = self.trade(plan.plant, together)
        if trade == FREE:
            return self.freely(plan, before, after)
        return figures(self.batch, before, after, self.basis_of(plan.plant), trade)

    def freely(self, plan: PlantPlans, before: Block | Several, after: Block | Several) -> Figures:
        """Return what leads from states of a plant to changed ones, were all sold and power at one price."""
        found = self.worked.get(key_of(before, after))
        return figures(self.batch, before, after, self.basis_of(plan.plant)) if found is None else found


def solve_groups(case: Case, lib: Library, problems: Problems, threads: int | None) -> list[Group]:
    """Simulate all plants of a case that have a model, before and after everything that is proposed.

    Raises BadInput when a convention of the case names something unknown.
    """
    by_name = list(by_process(case.plants).items())
    _check_conventions(case, lib, [name for name, _ in by_name], problems)
    found = [_solve(case, lib, name, plants, problems, threads) for name, plants in by_name]
    room = rooms(case, [s for group in found for plan in group.plans for s in _sold(group, plan)])
    return [replace(group, rooms=room) for group in found]


def at_deck(groups: Sequence[Group], deck: str) -> list[Group]:
    """Return the same solved plants with the prices of another deck: nothing is simulated again.

    Raises BadInput for a deck that lacks a price.
    """
    found = []
    for group in groups:
        case = replace(group.case, price_deck=deck)
        own = Problems()
        factors = read_factors(case, group.lib, group.batch.process.name, own)
        if own.errors:
            raise BadInput(own)
        found.append(replace(group, case=case, basis=replace(group.basis, factors=factors), worked={}))
    return found


def compared_together(groups: Sequence[Group], priced: bool = False) -> list[Group]:
    """Return the groups with the figures that a ranking asks for, worked out together.

    priced: only those that another price deck asks for.
    """
    return [replace(group, worked=worked_out(group, priced)) for group in groups]


def discount_rate(case: Case, lib: Library, sector: str) -> Value:
    """Return the discount rate per year of a case, or the library's for the sector."""
    if case.discount_rate is not None:
        return case.discount_rate
    rates = lib.data("common", "finance.toml")["discount_rate"]
    key = sector if sector in rates else "default"
    path = f"discount_rate.{key}.rate"
    return value_of(rates[key]["rate"], "fraction", lib, "models/common/finance.toml", path)


def _check_conventions(case: Case, lib: Library, names: Sequence[str], problems: Problems) -> None:
    read_references(case, lib, problems)
    for name in names:
        read_factors(case, lib, name, problems)
    fatal = Problems()
    fatal.extend([p for p in problems.errors if p.code in CONVENTION_ERRORS])
    if fatal.errors:
        raise BadInput(fatal)


def _solve(
    case: Case, lib: Library, name: str, plants: list[Plant], problems: Problems, threads: int | None
) -> Group:
    batch = Batch(load(name), lib)
    plans = lay_out(batch, lib, plants)
    batch.solve(threads)
    services = lib.declaration(name).services
    references = {c: r for c, r in read_references(case, lib, problems).items() if c in services}
    factors = read_factors(case, lib, name, problems)
    rule = carbon_rule(lib, batch.declaration.sector)
    basis = Basis(factors, references, product_carrier(batch), batch.declaration.main_indicator, rule)
    rate = discount_rate(case, lib, batch.declaration.sector)
    return Group(case, lib, batch, basis, read_finance(lib), rate, plans)


def _sold(group: Group, plan: PlantPlans) -> list:
    """Return what a plant sells to sinks, as it is and with everything done that can be done together."""
    done = plan.done
    return sold_by(plan.plant, group.batch.ledger(plan.before), group.batch.ledger(done), group.basis)
