"""CO2 of a yearly ledger, by two counts.

Physical: what leaves by the plant's own analysis, the coal's carbon that is burnt and what materials give off.
Accounted: what the sector's rule of reporting takes: measured carbon where the rule takes it and the plant measures it,
else the factor that the rule gives for a coal without an analysis; and what it counts beside CO2 as its equivalent
(perfluorocarbons). Both count power and heat bought by the same factors. Money follows the accounted figure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from plantsim.engine.factors import Factors, entry_at, value_of
from plantsim.library import Library
from plantsim.vocabulary.case import Plant, scalar

Ledger = Mapping[str, np.ndarray]

DIRECT, FUEL_CARBON, RESIDUE_CARBON = "co2_direct", "fuel_carbon", "residue_carbon"
CO2_PER_CARBON = (
    44.009 / 12.011
)  # kg/kg, IUPAC's standard atomic weights (abridged, 2021), as the kernels use them
MEASURED, DEFAULT = "measured", "default"
MEASURED_BY = "coal_carbon"  # the input whose evidence says whether a plant measures its coal's carbon
FILE = "models/common/emissions.toml"


@dataclass(frozen=True)
class CarbonRule:
    """How a plant's CO2 is accounted.

    fuels: carriers whose carbon the plant's own analysis can tell; measured: kg CO2 per kg of carbon of these fuels,
    NaN where the carriers' factors count; process: whether CO2 of raw materials and reagents counts; equivalents:
    carriers of other greenhouse gases, in kg CO2 equivalent, that count too.
    """

    fuels: frozenset[str]
    measured: float = math.nan
    process: bool = True
    equivalents: tuple[str, ...] = ()

    @property
    def basis(self) -> str:
        """``measured`` or ``default``: what the CO2 of the fuels rests on."""
        return DEFAULT if math.isnan(self.measured) else MEASURED


BY_FACTORS = CarbonRule(frozenset())
"""All by the carriers' factors: where no process names fuels whose carbon it tells."""


def carbon_rule(lib: Library, sector: str, plant: Plant | None = None) -> CarbonRule:
    """Return the rule of a sector; with what a plant measures, where one is named."""
    data = lib.data("common", "emissions.toml")
    entry = data["accounting_rule"].get(sector, data["accounting_rule"]["default"])
    fuels = frozenset(c for c, e in lib.carriers.items() if e.get("own_carbon") == FUEL_CARBON)
    given = plant.values.get(MEASURED_BY) if plant is not None else None
    if not entry["measured_carbon"] or given is None or given.origin.evidence != MEASURED:
        return CarbonRule(fuels, process=entry["process"], equivalents=tuple(entry.get("equivalents", ())))
    path = entry["oxidised"]
    oxidised = scalar(value_of(entry_at(data, path), "fraction", lib, FILE, path))
    return CarbonRule(fuels, CO2_PER_CARBON * oxidised, entry["process"], tuple(entry.get("equivalents", ())))


def accounted(factors: Factors, rule: CarbonRule, ledger: Ledger) -> np.ndarray:
    """Return kg CO2 a year as the rule counts them, with the equivalents that it names."""
    if math.isnan(rule.measured):
        total = np.asarray(factors.total("carbon", ledger), dtype=np.float64)
    else:
        total = _without_fuels(factors, rule, ledger)
        total = total + rule.measured * np.asarray(ledger.get(FUEL_CARBON, 0.0), dtype=np.float64)
    for carrier in rule.equivalents:
        total = total - ledger.get(carrier, 0.0)
    return total - ledger[DIRECT] if rule.process and DIRECT in ledger else total


def physical(factors: Factors, rule: CarbonRule, ledger: Ledger) -> np.ndarray:
    """Return kg CO2 a year by the plant's own carbon; NaN where a fuel's carbon is not known."""
    return _without_fuels(factors, rule, ledger) + own_co2(rule, ledger)


def own_co2(rule: CarbonRule, ledger: Ledger) -> np.ndarray:
    """Return kg CO2 a year that leave the plant itself: burnt carbon of its fuels, and what is direct."""
    found = -np.asarray(ledger.get(DIRECT, 0.0), dtype=np.float64)
    if FUEL_CARBON in ledger:
        return found + CO2_PER_CARBON * (ledger[FUEL_CARBON] + ledger.get(RESIDUE_CARBON, 0.0))
    burnt = [np.asarray(ledger[c]) != 0.0 for c in rule.fuels if c in ledger]
    return np.where(np.any(burnt, axis=0), math.nan, found) if burnt else found


def by_references(factors: Factors, own: Ledger, whole: Ledger) -> np.ndarray:
    """Return kg CO2 a year, by the carriers' factors, of what references add to a plant's own ledger."""
    added = {c: whole[c] - own.get(c, 0.0) for c in whole if c in factors.carbon}
    return np.asarray(factors.total("carbon", added), dtype=np.float64)


def _without_fuels(factors: Factors, rule: CarbonRule, ledger: Ledger) -> np.ndarray:
    others = {c: a for c, a in ledger.items() if c not in rule.fuels}
    return np.asarray(factors.total("carbon", others), dtype=np.float64)
