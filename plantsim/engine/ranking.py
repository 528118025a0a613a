"""What a ranking holds: plants, proposals, bundles and sectors. Plain records; numbers in SI, money in CNY."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from plantsim.engine.alternatives import Alternative
from plantsim.engine.factors import Factors
from plantsim.engine.sample import PlantSpread, ProposalSpread
from plantsim.engine.sinks import Room
from plantsim.engine.standards import Share
from plantsim.library import Level
from plantsim.vocabulary.case import Case, Plant, Proposal, Retrofit

LISTS = ("energy", "compliance", "flexibility")
POLICIES = ("allowances", "surcharge", "tax", "support")
"""Parts of a yearly gain that hang on a policy: fields of money.PolicyGain."""
Warnings = tuple[tuple[str, dict[str, str]], ...]


@dataclass(frozen=True)
class PlantRow:
    """A plant as it is. Numbers in SI; energy as joules of standard coal per year.

    carbon: kg CO2 a year as accounted, whose fuels rest on carbon_basis (measured, default); carbon_physical: by the
    plant's own carbon (engine.carbon).
    """

    plant: Plant
    status: str
    blame: str
    indicator: str
    value: float
    level: str
    gb: int
    threshold: Level | None
    energy: float
    energy_equal_value: float
    carbon: float
    evidence: str
    seconds: float  # operating time in the year
    product: float = math.nan  # of the main product in a year, SI
    declared: bool = False  # its owner's figures, not simulated
    record_gap: float = (
        math.nan
    )  # model less the plant's own record of the indicator, SI; NaN without a record
    calibrated: bool = False  # the record agrees within its uncertainty
    ledger: Mapping[str, float] = field(default_factory=dict)  # yearly amounts by carrier, SI
    ultra_low: bool | None = None  # ultra-low emission done; None where nobody says
    conventions: Mapping[str, float] = field(
        default_factory=dict
    )  # the indicator counted otherwise, by name, SI
    warnings: Warnings = ()
    carbon_physical: float = math.nan
    carbon_basis: str = ""
    stack: Mapping[str, tuple[float, float]] = field(
        default_factory=dict
    )  # (mean of the year, limit in force) by pollutant, kg/Nm3 (engine.limits)


@dataclass(frozen=True)
class ProposalRow:
    """A proposal, simulated alone at its plant. Numbers in SI, money in CNY, NaN where nothing can be said.

    saving, saving_low, saving_high: joules of standard coal per year at equal service, by equivalent value;
    saving_equal_value: the same by equal value; carbon, carbon_physical: kg CO2 per year less, as accounted and by the
    plant's own carbon; carbon_basis: measured or default, of the first. saving_in_bundle: its Shapley share
    of what all proposals of the plant save together (NaN when it is not in that
    bundle); pollutants_in_bundle: likewise. npv: of the project before
    tax; npv_owner: the owner's under a contract. calibrated: whether the plant's own record agrees with the model;
    list: energy, compliance or flexibility, each ranked by itself: ``rank`` counts within the list, 0 for what is
    left out. cost_of_pollutant: CNY per kg of NOx, SO2, dust, VOC and fluoride together, energy and reagents counted.
    declared: its owner's figures, not simulated.
    """

    plant: Plant
    proposal: Proposal
    retrofit: Retrofit
    status: str
    blame: str
    before: float
    after: float
    level_before: str
    level_after: str
    saving: float
    saving_low: float
    saving_high: float
    saving_equal_value: float
    carbon: float
    pollutants: Mapping[str, float]
    capex: float
    yearly_gain: float
    npv: float
    npv_after_tax: float
    npv_owner: float
    irr: float
    irr_status: str
    payback: float
    payback_discounted: float
    cost_of_saved_energy: float
    cost_of_carbon: float
    investment_per_saving: float
    share_points: float
    evidence: str
    money_evidence: str
    saving_in_bundle: float = math.nan
    pollutants_in_bundle: Mapping[str, float] = field(default_factory=dict)
    calibrated: bool = False
    list: str = "energy"
    warnings: Warnings = ()
    alternatives: tuple[Alternative, ...] = ()
    rank: int = 0
    indicator: str = ""
    cost_of_pollutant: float = math.nan
    declared: bool = False
    policy: Mapping[str, float] = field(default_factory=dict)  # parts of the yearly gain, CNY, by POLICIES
    carbon_physical: float = math.nan
    carbon_basis: str = ""

    @property
    def pollutant(self) -> float:
        """NOx, SO2, dust, VOC and fluoride less, together [kg/a]."""
        return sum(a for a in self.pollutants.values() if not math.isnan(a))

    @property
    def tag(self) -> str:
        """The initial of the list with the rank in it, as tables and notes name it: E3, C1, F2; without one its id."""
        return self.list[0].upper() + str(self.rank) if self.rank else self.proposal.id

    @property
    def place(self) -> str:
        """The tag as a table's first column shows it: a row without a rank has none."""
        return self.tag if self.rank else "-"

    @property
    def left_out(self) -> bool:
        """Whether its place cannot be told: nobody states its cost, or a declared proposal says nothing."""
        return self.says_nothing or (self.status == "ok" and math.isnan(self.capex))

    @property
    def says_nothing(self) -> bool:
        """Whether a declared proposal holds no figure that could be compared."""
        figures = (self.after, self.saving, self.npv, self.cost_of_pollutant)
        return self.declared and all(math.isnan(f) for f in figures)


@dataclass(frozen=True)
class BundleRow:
    """All proposals of a plant that can be done together, simulated as a whole. Savings in J a year.

    saving_shared, saving_shared_equal_value, carbon_shared [kg/a], ledger: with everything done at all other plants
    too, that share this one's sinks.
    """

    plant: Plant
    proposals: tuple[str, ...]
    status: str
    after: float
    level_after: str
    saving: float
    sum_of_parts: float
    cancelled: bool = False  # retired, and its capacity leaves the register
    retired: bool = False
    saving_shared: float = 0.0
    saving_shared_equal_value: float = 0.0
    carbon_shared: float = 0.0
    ledger: Mapping[str, float] = field(default_factory=dict)
    ultra_low: bool | None = None
    conventions: Mapping[str, float] = field(default_factory=dict)
    stack: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class SectorRow:
    """The share of one process of a sector, now and with every proposal of every plant done together.

    Blast furnaces and converters are counted apart, so a row is one process. mean_indicator_now, _then: weighted by
    the main product; target_mean: at most this (coal units: 318 gce/kWh). SI.

    mean_now, mean_then: capacity weighted by each plant's probability of meeting the benchmark level;
    confident_then: capacity of plants that meet it with a probability of at least 0.8 (uncertainty.toml). NaN
    without draws.

    then_kept: as ``then``, but nothing retired; retired: capacity that leaves the register; retire_cap: most of the
    sector's capacity that may, with retired_over: plants beyond it, which stay. uncredited_now, _then: the mean
    indicator with all fuel booked on the main product, no credit for heat supplied; NaN where that has no meaning.
    ultra_low_now, _then: share of capacity; ultra_low_unknown: of capacity of which nobody says.
    """

    sector: str
    process: str
    now: Share
    then: Share
    target: float | None
    mean_now: float = math.nan
    mean_then: float = math.nan
    confident_then: float = math.nan
    target_mean: float | None = None
    indicator: str = ""  # what its plants are held against; the main one where they differ
    mean_indicator_now: float = math.nan
    mean_indicator_then: float = math.nan
    then_kept: Share | None = None
    retired: float = 0.0
    retire_cap: float | None = None
    retired_over: tuple[str, ...] = ()
    uncredited_now: float = math.nan
    uncredited_then: float = math.nan
    ultra_low_now: float = math.nan
    ultra_low_then: float = math.nan
    ultra_low_unknown: float = math.nan


@dataclass(frozen=True)
class CityTotal:
    """The case's energy on one convention, J of standard coal a year, now and with everything done.

    feedstock: taken in as raw material; renewable: renewable power taken in. The dual control of energy leaves out
    feedstock, and renewable power added since now. missing: plants without figures, which count nothing.
    """

    convention: str  # equivalent | equal_value
    gross_now: float
    gross_then: float
    feedstock_now: float
    feedstock_then: float
    renewable_now: float
    renewable_then: float
    missing: tuple[str, ...] = ()

    @property
    def net_now(self) -> float:
        """Gross less feedstock."""
        return self.gross_now - self.feedstock_now

    @property
    def net_then(self) -> float:
        """Gross less feedstock and less renewable power added."""
        return self.gross_then - self.feedstock_then - (self.renewable_then - self.renewable_now)


@dataclass(frozen=True)
class Ranking:
    """All that ``plantsim rank`` shows."""

    case: Case
    factors: Mapping[str, Factors]
    plants: tuple[PlantRow, ...]
    proposals: tuple[ProposalRow, ...]
    bundles: tuple[BundleRow, ...]
    sectors: tuple[SectorRow, ...]
    failed: int = 0
    draws: int = 0
    totals: tuple[CityTotal, ...] = ()
    rooms: Mapping[str, Mapping[str, Room]] = field(default_factory=dict)  # of sinks, by plant and carrier
    spreads: Mapping[tuple[str, str], ProposalSpread] = field(default_factory=dict)  # by plant and proposal
    plant_spreads: Mapping[str, PlantSpread] = field(default_factory=dict)
