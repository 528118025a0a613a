"""What a ranking holds: plants, proposals, bundles and sectors. Plain records; numbers in SI, money in CNY."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from plantsim.engine.alternatives import Alternative
from plantsim.engine.factors import Factors
from plantsim.engine.sample import PlantSpread, ProposalSpread
from plantsim.engine.standards import Share
from plantsim.library import Level
from plantsim.vocabulary.case import Case, Plant, Proposal, Retrofit

Warnings = tuple[tuple[str, dict[str, str]], ...]


@dataclass(frozen=True)
class PlantRow:
    """A plant as it is. Numbers in SI; energy as joules of standard coal per year."""

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


@dataclass(frozen=True)
class ProposalRow:
    """A proposal, simulated alone at its plant. Numbers in SI, money in CNY, NaN where nothing can be said.

    saving, saving_low, saving_high: joules of standard coal per year at equal service, by equivalent value;
    saving_equal_value: the same by equal value; carbon: kg CO2 per year less. saving_in_bundle: its Shapley share
    of what all proposals of the plant save together (NaN when it is not in that bundle). npv: of the project before
    tax; npv_owner: the owner's under a contract. calibrated: whether the plant's own record agrees with the model;
    list: energy, compliance or flexibility, each ranked by itself.
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
    calibrated: bool = False
    list: str = "energy"
    warnings: Warnings = ()
    alternatives: tuple[Alternative, ...] = ()
    rank: int = 0


@dataclass(frozen=True)
class BundleRow:
    """All proposals of a plant that can be done together, simulated as a whole. Savings in J a year."""

    plant: Plant
    proposals: tuple[str, ...]
    status: str
    after: float
    level_after: str
    saving: float
    sum_of_parts: float
    cancelled: bool = False  # retired, and its capacity leaves the register


@dataclass(frozen=True)
class SectorRow:
    """The share of one process of a sector, now and with every proposal of every plant done together.

    Blast furnaces and converters are counted apart, so a row is one process. mean_indicator_now, _then: weighted by
    the main product; target_mean: at most this (coal units: 318 gce/kWh). SI.

    mean_now, mean_then: capacity weighted by each plant's probability of meeting the benchmark level;
    confident_then: capacity of plants that meet it with a probability of at least 0.8 (uncertainty.toml). NaN
    without draws.
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
    mean_indicator_now: float = math.nan
    mean_indicator_then: float = math.nan


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
    spreads: Mapping[tuple[str, str], ProposalSpread] = field(default_factory=dict)  # by plant and proposal
    plant_spreads: Mapping[str, PlantSpread] = field(default_factory=dict)
