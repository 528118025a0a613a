"""Rates, taxes, lives and contracts where a case gives none: defaults of models/common/finance.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plantsim.engine.factors import entry_at, value_of
from plantsim.library import Library
from plantsim.vocabulary.case import Value, scalar, weakest

FILE = "models/common/finance.toml"
ENTRIES = {
    "tax_rate": ("tax.income", "fraction"),
    "depreciation_years": ("depreciation.years", "life"),
    "residual_share": ("depreciation.residual", "fraction"),
    "maintenance": ("operating_cost.maintenance", "annual_rate"),
    "loan_rate": ("loan.rate", "fraction"),
    "loan_years": ("loan.term", "life"),
    "equity_share": ("loan.equity_share", "fraction"),
    "exempt_years": ("energy_performance_contract.income_tax_exempt_years", "life"),
    "half_tax_years": ("energy_performance_contract.income_tax_half_years", "life"),
}


@dataclass(frozen=True)
class Finance:
    """Shares, years and 1/a. ``used``: each with its origin.

    maintenance: of capex a year, where neither the proposal nor its retrofit has an operating cost.
    exempt_years, half_tax_years: of a contractor's income tax. equity_share: of capex, what is not borrowed.
    """

    tax_rate: float
    depreciation_years: float
    residual_share: float
    maintenance: float
    loan_rate: float
    loan_years: float
    equity_share: float
    exempt_years: float
    half_tax_years: float
    used: Mapping[str, Value]

    @property
    def evidence(self) -> str:
        """The weakest evidence among them."""
        return weakest([v.origin.evidence for v in self.used.values()])


def read_finance(lib: Library) -> Finance:
    """Return the likely values of the library's conventions."""
    data = lib.data("common", "finance.toml")
    used = {
        name: value_of(entry_at(data, path), quantity, lib, FILE, path)
        for name, (path, quantity) in ENTRIES.items()
    }
    numbers = {name: scalar(value) for name, value in used.items()}
    return Finance(used=used, **numbers)
