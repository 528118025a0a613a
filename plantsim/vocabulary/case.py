"""What a user describes and what comes out: Case, Plant, Proposal, Retrofit, Outcome.

Plain records without behaviour. All numbers are in the SI base of their quantity; where a number came from
stands beside it (:class:`Origin`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plantsim.vocabulary.problems import Problem

PLANT_STATUS = ("measured", "nameplate", "public", "assumed")  # of a plant's values, strongest first
EVIDENCE = ("standard", "published", "computed", "practice", "unverified")  # of numbers in models/
STRENGTH = {
    word: rank
    for rank, words in enumerate(
        (
            ("standard", "measured"),
            ("published", "nameplate"),
            ("computed", "public"),
            ("practice",),
            ("assumed",),
            ("unverified",),
        )
    )
    for word in words
}
"""Strength of evidence, 0 the strongest. A result carries the weakest word that it rests on."""

KINDS = ("energy", "compliance", "supply", "flexibility", "retire")


def weakest(words: list[str]) -> str:
    """Return the weakest evidence word of a list; "" for an empty list."""
    return max(words, key=lambda w: STRENGTH.get(w, 99)) if words else ""


@dataclass(frozen=True)
class Origin:
    """Where a value came from: file and line as read, the text as written, its evidence word and source.

    method, year: of a plant's own figure, such as "direct", 2023; "" and 0 when not said.
    """

    file: str = ""
    line: int = 0
    text: str = ""
    evidence: str = ""
    source: str = ""
    note: str = ""
    method: str = ""
    year: int = 0


@dataclass(frozen=True)
class Value:
    """A number (or a row of numbers) in SI with its origin; ``sd`` is its standard uncertainty, SI."""

    si: float | tuple[float, ...]
    unit: str = ""
    origin: Origin = Origin()
    sd: float | None = None


def scalar(value: Value) -> float:
    """Return the number, SI, of a value that is no row of numbers."""
    assert not isinstance(value.si, tuple)
    return float(value.si)


@dataclass(frozen=True)
class Change:
    """What a retrofit does to one variable: set, add or scale; (low, likely, high) in SI; at most / at least."""

    variable: str
    action: str  # set | add | scale
    low: float
    likely: float
    high: float
    at_most: float | None = None
    at_least: float | None = None
    origin: Origin = Origin()


@dataclass(frozen=True)
class Cost:
    """A cost as declared: (low, likely, high) per ``per`` unit; ``per`` is "" for an absolute sum."""

    low: float
    likely: float
    high: float
    per: str = ""  # "", or the capacity basis: "capacity", or a variable's name (such as cell_count)
    origin: Origin = Origin()


@dataclass(frozen=True)
class Flexibility:
    """What a measure lets a power plant offer the grid: (low, likely, high) each.

    threshold: load, as a share of capacity, below which the market pays; minimum: load that can be held after the
    measure; hours: s a year that it is asked for; readiness: share of the capacity payment earned in addition.
    """

    threshold: tuple[float, float, float]
    minimum: tuple[float, float, float]
    hours: tuple[float, float, float]
    readiness: tuple[float, float, float] = (0.0, 0.0, 0.0)
    origin: Origin = Origin()


@dataclass(frozen=True)
class Retrofit:
    """A measure of models/<process>/retrofits.toml.

    where: choices that the plant must have made, by input the words that do; within: by input the range [SI] that the
    measure is made for; needs: inputs that the plant must give.
    """

    name: str
    process: str
    kind: str
    label: Mapping[str, str]
    note: Mapping[str, str]
    caveat: Mapping[str, str]
    changes: tuple[Change, ...]
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    capped_by: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    capex: Cost | None = None
    operating_cost: Cost | None = None
    life: Value | None = None
    outage: Value | None = None
    flexibility: Flexibility | None = None
    completes: tuple[str, ...] = ()  # duties that it fulfils, such as ultra_low_emission
    evidence: str = "unverified"
    source: str = ""


@dataclass(frozen=True)
class Claim:
    """What the owner of a proposal claims: saving [J of standard-coal heat per year], on which basis.

    basis: "equivalent" (当量), "equal_value" (等价), or "" when the claim doesn't say.
    """

    saving: Value | None = None
    basis: str = ""


@dataclass(frozen=True)
class Contract:
    """Contract energy management (合同能源管理): the contractor pays the investment and takes a share of the gain."""

    share: float  # of the yearly gain, 0 to 1
    years: float  # a


@dataclass(frozen=True)
class GreenCredit:
    """A cheaper loan for a proposal (绿色信贷): its rate [1/a]; loan [CNY] and years, None as the library has them."""

    rate: Value
    loan: Value | None = None
    years: Value | None = None


@dataclass(frozen=True)
class Proposal:
    """A retrofit asked for at a plant. Money in CNY; what is None comes from the library's retrofit.

    replacement: energy [J of standard coal per SI unit of main product] at which a retired plant's product is made
    elsewhere; without it a retirement saves nothing. cancels_capacity: the retired capacity leaves the register.
    declared: for a plant without a model, its owner's figures after the proposal, by indicator or carrier.
    """

    id: str
    retrofit: str
    state: str = ""
    counterfactual: str = "none"
    capex: Value | None = None
    claim: Claim = Claim()
    changes: tuple[Change, ...] = ()  # the proposal's own figures, in place of the library's
    origin: Origin = Origin()
    operating_cost: Value | None = None  # CNY/a
    life: Value | None = None  # a
    building_time: Value | None = None  # a
    outage: Value | None = None  # s of standstill while it is built in
    subsidy: Value | None = None  # CNY, paid once
    contract: Contract | None = None
    replacement: Value | None = None
    cancels_capacity: bool = False
    declared: Mapping[str, Value] = field(default_factory=dict)
    green_credit: GreenCredit | None = None
    flexibility: Flexibility | None = None  # the proposal's own, in place of the library's


@dataclass(frozen=True)
class PowerTariff:
    """How a plant buys power: connection (a price of the deck: <connection>_peak and so on), and shares by band.

    demand, recovered: shares of the year's net demand and of recovered power in peak, flat and valley hours;
    standby_fee: CNY/(W a) of own generation, None where nothing is charged.
    """

    connection: str
    demand: tuple[float, float, float]
    recovered: tuple[float, float, float]
    standby_fee: Value | None = None


@dataclass(frozen=True)
class OperatingPoint:
    """A bin of a year: hours [s] and the values of the operating variables."""

    hours: Value
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Reported:
    """A figure that the plant itself reports: of its year, or of a test at the operating variables ``at``."""

    name: str  # an indicator or an output of the process
    value: Value
    at: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Plant:
    """One unit of account of a sector. ``values`` holds every input, with defaults and reference filled in.

    fit: the inputs that are to be fitted to ``record`` before anything is simulated.
    """

    id: str
    name: Mapping[str, str]
    process: str
    reference: str
    capacity: Value | None
    district: str
    air_pressure: Value
    values: Mapping[str, Value]
    operation: tuple[OperatingPoint, ...]
    record: tuple[Reported, ...] = ()
    fit: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    classes: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    enterprise: str = ""
    capacities: Mapping[str, Value] = field(default_factory=dict)  # approved, nameplate, actual
    declared: Mapping[str, Value] = field(default_factory=dict)  # indicators of a plant without a model
    sells_to: Mapping[str, str] = field(default_factory=dict)  # carrier -> id of the sink that takes it
    tariff: PowerTariff | None = None
    origin: Origin = Origin()


def yearly_record(plant: Plant, name: str) -> Value | None:
    """Return what the plant reports of ``name`` for its year: by direct balance (正平衡) where it says so."""
    found = [r.value for r in plant.record if r.name == name and not r.at]
    return next((v for v in found if v.origin.method == "direct"), found[0] if found else None)


@dataclass(frozen=True)
class Target:
    """A target of the portfolio, by sector: one of the two is given.

    share_above: share (strictly above) of the sector's capacity at the benchmark level.
    mean_at_most: capacity-weighted mean of the sector's main indicator.
    retire_at_most: share of the sector's capacity whose retirement may count in the share with everything done.
    """

    sector: str
    share_above: float | None = None
    mean_at_most: Value | None = None
    retire_at_most: float | None = None
    origin: Origin = Origin()


@dataclass(frozen=True)
class Sink:
    """Who takes a carrier from plants: no more than ``demand`` a year (J or kg) is worth anything."""

    id: str
    carrier: str
    demand: Value
    origin: Origin = Origin()


@dataclass(frozen=True)
class Case:
    """A portfolio of plants, or a single plant file, with the conventions that its evaluation uses."""

    name: Mapping[str, str]
    folder: str
    date: str
    price_deck: str
    discount_rate: Value | None
    targets: tuple[Target, ...]
    accounting: Mapping[str, str]
    plants: tuple[Plant, ...]
    files: tuple[tuple[str, str], ...] = ()  # (path as shown, SHA-256) of everything read
    decks: tuple[str, ...] = ()  # further price decks, to show how the order changes
    sinks: tuple[Sink, ...] = ()
    seed: int = 0
    schema: int = 1
    problems: tuple[Problem, ...] = ()  # what was wrong or doubtful where it was read


@dataclass(frozen=True)
class Outcome:
    """One state of one plant over a year (as it is, or with a retrofit).

    status: name of the status code of the worst operating point; blame: the variable at fault, if any.
    yearly: outputs over the year in SI; ledger: yearly amount by carrier, positive into the plant.
    indicators: by name, in the SI base of their quantity.
    """

    plant: str
    status: str
    blame: str
    yearly: Mapping[str, float]
    ledger: Mapping[str, float]
    indicators: Mapping[str, float]
    evidence: str
    seconds: float = 0.0  # operating time in the year
    points: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
