"""Audit of a kiln's heat balance from somebody's own measured terms: what fuel closes it, or how far it is open.

Nothing is simulated. A term is a heat, or a flow with heat capacity and temperature, or a duct's pitot readings in
place of the flow, or only a share of the whole where a publication prints no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan, sqrt

IN, OUT = "in", "out"
NORMAL_PRESSURE = 101325.0  # Pa
NORMAL_TEMPERATURE = 273.15  # K


@dataclass(frozen=True)
class Pitot:
    """Pitot readings in a duct: tube's constant [-], pressures [Pa] above the site's, T [K], area [m2]."""

    constant: float
    dynamic: float
    static: float
    temperature: float
    area: float
    normal_density: float  # kg/Nm3
    air_pressure: float  # Pa

    @property
    def density(self) -> float:
        """Density in the duct [kg/m3]: an ideal gas."""
        p = self.air_pressure + self.static
        return self.normal_density * p / NORMAL_PRESSURE * NORMAL_TEMPERATURE / self.temperature

    @property
    def velocity(self) -> float:
        """Velocity in the duct [m/s]."""
        return self.constant * sqrt(2.0 * max(0.0, self.dynamic) / self.density)

    @property
    def mass_flow(self) -> float:
        """Mass flow in the duct [kg/s]."""
        return self.density * self.velocity * self.area


@dataclass(frozen=True)
class Term:
    """A term of the balance per kg of clinker: heat [J/kg], or its share [-] of the whole; NaN where not given."""

    name: str
    side: str
    heat: float = nan
    share: float = nan
    is_fuel: bool = False


@dataclass(frozen=True)
class BalanceAudit:
    """What became of a balance. Heats in J per kg of clinker; NaN where the terms do not tell.

    total: of the side that sets it; fuel: as given, else what closes the balance; residual: in less out, over in.
    closed_by_fuel: whether the fuel was solved, so that the residual says nothing.
    """

    terms: tuple[Term, ...]
    total: float
    fuel: float
    residual: float
    closed_by_fuel: bool


def sensible(flow: float, heat_capacity: float, temperature: float, reference: float) -> float:
    """Return the heat [J/kg clinker] of a flow [kg/kg] with a heat capacity [J/(kg K)] above the reference [K]."""
    return flow * heat_capacity * (temperature - reference)


def audit_balance(terms: Sequence[Term]) -> BalanceAudit:
    """Return the audit of a balance.

    Without a fuel the one that closes it is solved: the sum of what leaves less what else comes in. With a fuel the
    residual is what no term explains. A term known by its share alone gets its heat from the total, where there is one.
    """
    given = [t for t in terms if t.is_fuel and not isnan(t.heat)]
    heats_in = _sum(terms, IN)
    heats_out = _sum(terms, OUT)
    shares_out = sum(t.share for t in terms if t.side == OUT and isnan(t.heat) and not isnan(t.share))
    if given:
        fuel, total = sum(t.heat for t in given), heats_in
        residual = (total - heats_out - shares_out * total) / total
        return BalanceAudit(_filled(terms, total), total, fuel, residual, False)
    if not heats_out > 0.0:
        return BalanceAudit(tuple(terms), nan, nan, nan, False)
    total = heats_out / (1.0 - shares_out)
    return BalanceAudit(_filled(terms, total), total, total - heats_in, 0.0, True)


def _sum(terms: Sequence[Term], side: str) -> float:
    return sum(t.heat for t in terms if t.side == side and not isnan(t.heat))


def _filled(terms: Sequence[Term], total: float) -> tuple[Term, ...]:
    filled = []
    for t in terms:
        heat = t.share * total if isnan(t.heat) else t.heat
        filled.append(Term(t.name, t.side, heat, heat / total, t.is_fuel))
    return tuple(filled)
