"""Uncertainty: the same draws before and after, reduced plant by plant to probabilities and intervals.

Inputs that a result rests on are drawn from truncated normals whose width comes from their evidence (or from the
plant's own ``sd``), effects and library costs from triangles (low, likely, high), stated sums from lognormals,
prices from the deck's ranges, shared by all plants. Points of a lattice, seeded by the case's seed and the plant's
id, so that adding a plant does not change another's draws.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from plantsim.engine.batch import Batch, Block
from plantsim.engine.factors import Factors
from plantsim.engine.figures import figures
from plantsim.engine.groups import Group
from plantsim.engine.influence import moves
from plantsim.engine.money import Three, flexibility_gain, policy_gain, yearly_margin
from plantsim.engine.normal import quantile, share_below
from plantsim.engine.plans import PlantPlans, anyway, changes_of, lay_out_singly
from plantsim.engine.points import points, price_points
from plantsim.engine.rows import plant_rows, repeat_year
from plantsim.engine.typical import follow_drawn
from plantsim.library import Library
from plantsim.vocabulary.case import Change, Plant, Value
from plantsim.vocabulary.declarations import Declaration, Variable


@dataclass(frozen=True)
class Spread:
    """A figure over the draws that solved: 10th, 50th and 90th percentile; NaN when none did."""

    p10: float
    p50: float
    p90: float


NO_SPREAD = Spread(math.nan, math.nan, math.nan)


@dataclass(frozen=True)
class ProposalSpread:
    """A proposal under uncertainty. ``reaches``: probability that its plant then meets the benchmark level."""

    saving: Spread
    npv: Spread
    reaches: float
    solved: float  # share of draws that have a solution
    npv_draws: np.ndarray
    order: np.ndarray  # what its list is ordered by, draw by draw: more comes first
    top: float = math.nan  # probability of staying in the top group
    rank: Spread = NO_SPREAD


@dataclass(frozen=True)
class PlantSpread:
    """A plant under uncertainty: probability that it meets the benchmark level now and with everything done."""

    reaches_now: float
    reaches_with_all: float
    indicator: Spread


def spread(values: np.ndarray) -> Spread:
    """Return percentiles of the finite values."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return NO_SPREAD
    p10, p50, p90 = (float(p) for p in np.percentile(finite, (10, 50, 90)))
    return Spread(p10, p50, p90)


def triangle(u: np.ndarray, low: float, likely: float, high: float) -> np.ndarray:
    """Return the inverse distribution of a triangle at ``u``; low and high may stand in either order."""
    a, b = min(low, high), max(low, high)
    if a == b:
        return np.full_like(u, a)
    c = min(max(likely, a), b)
    split = (c - a) / (b - a)
    left = a + np.sqrt(u * (b - a) * (c - a))
    right = b - np.sqrt((1 - u) * (b - a) * (b - c))
    return np.where(u < split, left, right)


def truncated_normal(
    u: np.ndarray, mean: np.ndarray, sd: np.ndarray | float, low: np.ndarray | float, high: np.ndarray | float
) -> np.ndarray:
    """Return the inverse of normal distributions cut at low and high, at ``u``; the mean itself where sd is 0."""
    wide = np.asarray(sd) > 0
    width = np.where(wide, sd, 1.0)
    a, b = share_below((low - mean) / width), share_below((high - mean) / width)
    return np.where(wide, np.clip(mean + width * quantile(a + (b - a) * u), low, high), mean)


def width_of(v: Variable, value: Value, lib: Library) -> float:
    """Return the standard deviation of an input in SI: its own sd, else by its evidence."""
    if value.sd is not None:
        return value.sd
    widths = lib.data("common", "uncertainty.toml")["width"]
    width = widths.get(value.origin.evidence or "unverified", widths["unverified"])
    by_value = float(width["relative"]) * float(np.max(np.abs(value.si)))
    if v.typical is None or v.length:
        return by_value
    by_band = float(width["band"]) * (v.typical[1] - v.typical[0])
    return min(by_band, by_value) if by_value > 0 else by_band


def uncertain_inputs(group: Group, plan: PlantPlans) -> list[str]:
    """Return the inputs that the indicator or a saving of the plant rests on: the others need no draws.

    Ratings that hang together (a turbine's pressures) are declared with ``drawn = false``: drawn one by one they
    would describe no plant at all. They follow where they hang on what is drawn.
    """
    group, plan = singly(group, plan.plant)
    batch, indicator = group.batch, group.basis_of(plan.plant).indicator
    value = float(batch.indicator(plan.before, indicator)[0])
    effects = batch.indicator(plan.moved, indicator)
    found = {n for n, e in zip(plan.moved_names, effects, strict=True) if moves(value, float(e))}
    for k, block in plan.moved_alone.items():
        saving = float(group.compare(plan, plan.alone[k]["likely"]).saving[0])
        savings = group.between(plan, plan.moved, block).saving
        found |= {n for n, s in zip(plan.moved_names, savings, strict=True) if moves(saving, float(s))}
    variables = batch.declaration.variables
    return [n for n in plan.moved_names if n in found and n in plan.plant.values and variables[n].drawn]


def singly(group: Group, plant: Plant) -> tuple[Group, PlantPlans]:
    """Return a plant solved by itself with each of its inputs moved alone, and where that stands."""
    own = Batch(group.batch.process, group.lib)
    plan = lay_out_singly(own, group.lib, plant)
    own.solve(threads=1)
    return replace(group, batch=own), plan


def drawn_rows(
    declaration: Declaration, row: np.ndarray, plant: Plant, names: Sequence[str], u: np.ndarray, lib: Library
) -> np.ndarray:
    """Return x records of the draws: ``row`` repeated with the named inputs drawn.

    All places of a row are drawn alike; one that stands at a hard bound stays there: dry steam has a quality of 1.
    What is declared to hang on a drawn input (``hangs_on``) moves with it: a sheet's figures bind each other.
    """
    x, shapes = np.repeat(row, len(u)), []
    for name in names:
        v, own = declaration.variables[name], row[name][0].astype(np.float64)
        sd = width_of(v, plant.values[name], lib)
        if v.length:  # a factor for all places
            shapes.append((1.0, sd / (float(np.nanmax(np.abs(own))) or 1.0), 0.0, 2.0))
        else:
            shapes.append((float(own), sd, *(v.bounds or (-math.inf, math.inf))))
    if not shapes:
        return x
    mean, width, lowest, highest = np.array(shapes).T
    drawn = truncated_normal(u[:, : len(names)], mean, width, lowest, highest)
    for place, name in enumerate(names):
        v, own = declaration.variables[name], row[name][0].astype(np.float64)
        if v.length:
            low, high = v.bounds or (-math.inf, math.inf)
            fixed = (own == low) | (own == high)
            x[name] = np.where(fixed, own, np.clip(own * drawn[:, place, None], low, high))
        else:
            x[name] = drawn[:, place]
    follow_drawn(x, row[0], names, declaration)
    return x


def effect_amounts(changes: Sequence[Change], u: np.ndarray) -> dict[int, np.ndarray]:
    """Return the drawn amounts of a retrofit's changes; one draw for the whole measure, from little to much."""
    return {i: triangle(u, c.low, c.likely, c.high) if c.low <= c.high else triangle(1 - u, c.low, c.likely, c.high)
            for i, c in enumerate(changes)}  # fmt: skip


def price_name(factors: Factors, kind: str, carrier: str) -> str:
    """Return the price of the deck that a carrier is valued with: carriers that share one share its draws."""
    return factors.used[kind, carrier].origin.note


def priced(factors: Factors, place: Callable[[str], np.ndarray]) -> Factors:
    """Return the factors with each price at a place of its range. place: price -> uniform numbers, one per row."""
    found: dict[str, dict[str, np.ndarray | float]] = {"price": {}, "sold": {}}
    for kind, ranges in (("price", factors.price_range), ("sold", factors.sold_range)):
        found[kind] = dict(getattr(factors, kind))
        for carrier, (low, high) in ranges.items():
            likely = getattr(factors, kind)[carrier]
            found[kind][carrier] = triangle(place(price_name(factors, kind, carrier)), low, likely, high)
    return replace(factors, **found)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Places:
    """Where the draws of one plant stand in their distributions.

    inputs: names of the uncertain inputs; u: uniform numbers, one row per draw and one column per input, then one per
    proposal for its effect, then one per proposal for its cost; price: of a price of the deck, the same for every
    plant.
    """

    inputs: tuple[str, ...]
    proposals: tuple[int, ...]
    u: np.ndarray
    price: Callable[[str], np.ndarray]

    def of_effect(self, k: int) -> np.ndarray:
        """The column of a proposal's effect."""
        return self.u[:, len(self.inputs) + self.proposals.index(k)]

    def of_cost(self, k: int) -> np.ndarray:
        """The column of a proposal's cost."""
        return self.u[:, len(self.inputs) + len(self.proposals) + self.proposals.index(k)]


@dataclass(frozen=True)
class DrawnPlant:
    """The draws of one plant: figures of each proposal, and how often levels are reached.

    pollutant: kg a year less of NOx, SO2 and dust; margin: CNY a year that the running plant earns, None if unknown.
    """

    spread: PlantSpread
    saving: Mapping[int, np.ndarray]
    gain: Mapping[int, np.ndarray]
    for_clean_air: Mapping[int, np.ndarray]  # of the gain: tax and support, CNY a year
    pollutant: Mapping[int, np.ndarray]
    reaches: Mapping[int, float]
    cost_points: Mapping[int, np.ndarray]  # uniform draws for the cost of each proposal
    margin: np.ndarray | None


def random_places(group: Group, plan: PlantPlans, draws: int) -> Places:
    """Return points for all that is uncertain about a plant and its proposals."""
    inputs = tuple(uncertain_inputs(group, plan))
    proposals = tuple(plan.alone)
    seed = group.case.seed
    u = points(len(inputs) + 2 * len(proposals), draws, seed, plan.plant.id)
    return Places(inputs, proposals, u, lambda name: price_points(draws, seed, name))


def draw_plant(
    group: Group,
    plan: PlantPlans,
    benchmark: float | None,
    places: Places,
    threads: int | None,
) -> DrawnPlant:
    """Simulate one plant over the draws: as it is, each proposal alone, and all that can be done together.

    benchmark: threshold of the indicator, SI, or None.
    """
    plant, u = plan.plant, places.u
    basis = replace(group.basis_of(plant), factors=priced(group.basis.factors, places.price))
    declaration = group.batch.declaration
    row, year = plant_rows(declaration, [plant])
    own = Batch(group.batch.process, group.lib)
    x = drawn_rows(declaration, row, plant, places.inputs, u, group.lib)
    before = own.add(x, repeat_year(year, 0, len(u)))
    steps = {}
    for k in places.proposals:
        changes = changes_of(group.lib, plant, plant.proposals[k])
        steps[k] = (changes, effect_amounts(changes, places.of_effect(k)))
    alone = {k: own.change(before, [steps[k]]) for k in places.proposals}
    if len(plan.together) > 1:
        together = own.change(before, [steps[k] for k in sorted(plan.together)])
    else:
        together = next((alone[k] for k in plan.together), before)
    measures = {k: anyway(group.lib, plant, plant.proposals[k]) for k in places.proposals}
    base = {
        k: before if m is None else own.change(before, [(m.changes, "likely")]) for k, m in measures.items()
    }
    own.solve(threads, twins=False)

    def share(block: Block) -> float:
        values = own.indicator(block, basis.indicator)
        if benchmark is None:
            return math.nan
        return float(np.mean(values <= benchmark))  # a draw without a solution does not reach it

    trade = group.trade(plant)
    found = {k: figures(own, base[k], block, basis, trade) for k, block in alone.items()}
    shelf = group.lib.retrofits(plant.process)
    policies = {
        k: policy_gain(group, plant, shelf[plant.proposals[k].retrofit], own, basis, base[k], block)
        for k, block in alone.items()
    }
    margin = yearly_margin(group, plant, own, basis, before)
    return DrawnPlant(
        spread=PlantSpread(share(before), share(together), spread(own.indicator(before, basis.indicator))),
        saving={k: f.saving for k, f in found.items()},
        gain={k: f.gain + policies[k].total + _offered(group, plan, k, places) for k, f in found.items()},
        for_clean_air={k: policy.for_clean_air for k, policy in policies.items()},
        pollutant={k: np.nansum(list(f.pollutants.values()), axis=0) for k, f in found.items()},
        reaches={k: share(block) for k, block in alone.items()},
        cost_points={k: places.of_cost(k) for k in places.proposals},
        margin=margin,
    )


def _offered(group: Group, plan: PlantPlans, k: int, places: Places) -> np.ndarray | float:
    """Return CNY a year that the market pays for a proposal's flexibility, draw by draw; 0 where that is not known."""
    proposal = plan.plant.proposals[k]
    offer = proposal.flexibility or group.lib.retrofits(plan.plant.process)[proposal.retrofit].flexibility

    def pick(ends: Three, name: str) -> np.ndarray:
        return triangle(places.price(name) if name else places.of_effect(k), *ends)

    found = flexibility_gain(group, plan.plant, offer, pick)
    return 0.0 if np.ndim(found) == 0 and math.isnan(found) else found


def capex_draws(low: float, likely: float, high: float, u: np.ndarray, lib: Library) -> np.ndarray:
    """Return drawn capital costs: a triangle where there is a range, else a lognormal of the library's spread."""
    if low != high:
        return triangle(u, low, likely, high)
    sd = float(lib.data("common", "uncertainty.toml")["capex"]["spread"]["value"])
    return likely * np.exp(sd * quantile(u))


def rank_spreads(spreads: Sequence[ProposalSpread], top_share: float) -> list[ProposalSpread]:
    """Return the spreads with each proposal's rank interval and its probability of staying in the top group.

    In each draw proposals are ordered by their list's measure; a draw without one puts a proposal last.
    """
    if not spreads:
        return []
    measure = np.stack([s.order for s in spreads])
    order = np.argsort(np.where(np.isfinite(measure), -measure, np.inf), axis=0, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(
        ranks, order, np.broadcast_to(np.arange(1, len(spreads) + 1)[:, None], order.shape), axis=0
    )
    group = max(1, math.ceil(top_share * len(spreads)))
    return [
        replace(s, top=float(np.mean(ranks[i] <= group)), rank=spread(ranks[i].astype(np.float64)))
        for i, s in enumerate(spreads)
    ]
