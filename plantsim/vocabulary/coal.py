"""A coal as received from what its laboratory gives: ultimate analysis, or proximate analysis and heating value.

Mass fractions [kg/kg] and heating values [J/kg]. What an analysis does not give is estimated, and named, so
that nobody takes it for measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plantsim.vocabulary.basis import BASES, BasisError, CoalBasis

PARTS = ("carbon", "hydrogen", "oxygen", "nitrogen", "sulphur", "ash", "moisture")
CHINESE = {
    "carbon": "碳",
    "hydrogen": "氢",
    "oxygen": "氧",
    "nitrogen": "氮",
    "sulphur": "硫",
    "ash": "灰分",
    "moisture": "水分",
    "volatile matter": "挥发分",
    "fixed carbon": "固定碳",
}
COAL_VARIABLES = tuple(f"coal_{part}" for part in (*PARTS, "heating_value"))
ANALYSES = ("proximate", "ultimate")
ESTIMATE_SOURCE = "bee-coal-relations"  # models/common/sources.toml

SUM_TOLERANCE = 0.005  # kg/kg: an ultimate analysis rounds seven parts, and oxygen is often by difference

# Mendeleev: Qnet,ar = 339 C + 1030 H - 109 (O - S) - 25 M, kJ/kg and %, as received. Remembered
MENDELEEV_C, MENDELEEV_H, MENDELEEV_O, MENDELEEV_M = 33.9e6, 103.0e6, 10.9e6, 2.5e6  # J/kg
MENDELEEV_MISFIT = 0.08  # of the heating value: beyond it, analysis and heating value are of different coals

# Elements from a proximate analysis as received, in % (FC, VM, A, M), Bureau of Energy Efficiency (India),
# energy performance assessment for equipment, chapter on boilers; remembered:
# C = 0.97 FC + 0.7 (VM + 0.1 A) - M (0.6 - 0.01 M), H = 0.036 FC + 0.086 (VM - 0.1 A) - 0.0035 M2 (1 - 0.02 M)
# N = 2.10 - 0.020 VM
BEE_C = (0.97, 0.7, 0.1, 0.6, 0.01)
BEE_H = (0.036, 0.086, 0.1, 0.0035, 0.02)
BEE_N = (2.10, 0.020)

MOST_OXYGEN = 0.45  # kg/kg dry ash free: wood, at 0.44, is no coal any more

_OF_SYMBOL = {"C": "carbon", "H": "hydrogen", "O": "oxygen", "N": "nitrogen", "S": "sulphur", "St": "sulphur"}

Given = Mapping[tuple[str, str], float]  # (quantity, basis) as parse_symbol reads them -> SI


@dataclass(frozen=True)
class Coal:
    """A coal as received: ``parts`` by the names of PARTS, heating value, and which of them were estimated."""

    parts: Mapping[str, float]
    heating_value: float
    estimated: frozenset[str]

    def variables(self) -> dict[str, float]:
        """Return the values by the names of COAL_VARIABLES."""
        return {f"coal_{name}": value for name, value in self.parts.items()} | {
            "coal_heating_value": self.heating_value
        }


def read_coal(analysis: str, given: Given) -> Coal:
    """Return the coal of an analysis, ``proximate`` or ``ultimate``.

    Raises BasisError: analysis_symbol_missing, coal_sum_wrong, coal_heating_value_contradicts,
    analysis_heating_value_outside, and those of CoalBasis.
    """
    basis = _basis_of(given)
    if analysis == "ultimate":
        return _from_ultimate(given, basis)
    return _from_proximate(given, basis)


def sum_fields(parts: Mapping[str, float]) -> dict[str, str]:
    """Return the fields of coal_sum_wrong: the parts [kg/kg] and their sum in %, in both languages."""
    percent = {name: f"{100.0 * share:.4g} %" for name, share in parts.items()}
    return {
        "parts_en": " + ".join(f"{name} {text}" for name, text in percent.items()),
        "parts_zh": " + ".join(f"{CHINESE[name]} {text}" for name, text in percent.items()),
        "total": f"{100.0 * sum(parts.values()):.4g} %",
    }


def mendeleev(parts: Mapping[str, float]) -> float:
    """Return the net heating value [J/kg as received] by Mendeleev's formula (remembered; 3 % is usual)."""
    oxygen = parts["oxygen"] - parts["sulphur"]
    heat = MENDELEEV_C * parts["carbon"] + MENDELEEV_H * parts["hydrogen"]
    return heat - MENDELEEV_O * oxygen - MENDELEEV_M * parts["moisture"]


def _basis_of(given: Given) -> CoalBasis:
    ash_basis = next((b for b in BASES if ("A", b) in given), "d")
    total, inherent = given.get(("M", "ar")), given.get(("M", "ad"))
    if total is None and ("Mf", "ar") in given and inherent is not None:
        total = given["Mf", "ar"] + inherent * (1.0 - given["Mf", "ar"])
    return CoalBasis(total, inherent, given.get(("A", ash_basis)), ash_basis)


def _share(given: Given, basis: CoalBasis, *quantities: str) -> float | None:
    """Return a share as received of the first of ``quantities`` that is given on any basis; None for none."""
    for quantity in quantities:
        for b in BASES:
            if (quantity, b) in given:
                return basis.convert(given[quantity, b], b, "ar")
    return None


def _needed(symbol: str, value: float | None) -> float:
    if value is None:
        raise BasisError("analysis_symbol_missing", symbol=symbol)
    return value


def _heating_value(given: Given, basis: CoalBasis, hydrogen: float) -> float | None:
    """Return the net heating value as received [J/kg]; from the gross one with ``hydrogen`` [kg/kg as received]."""
    for b in BASES:
        if ("Qnet", b) in given:
            return basis.convert_net(given["Qnet", b], b, "ar")
    for b in BASES:
        if ("Qgr", b) in given:
            return basis.net_from_gross(given["Qgr", b], basis.convert(hydrogen, "ar", b), b, "ar")
    return None


def _from_ultimate(given: Given, basis: CoalBasis) -> Coal:
    parts = {
        "moisture": basis.moisture("ar"),
        "ash": basis.dry_ash() * basis.per_dry("ar"),
    }
    for symbol in ("C", "H", "N", "S"):
        quantities = ("St", "S") if symbol == "S" else (symbol,)
        parts[_OF_SYMBOL[symbol]] = _needed(f"{symbol}ar", _share(given, basis, *quantities))
    oxygen = _share(given, basis, "O")
    parts["oxygen"] = 1.0 - sum(parts.values()) if oxygen is None else oxygen
    total = sum(parts.values())
    if abs(total - 1.0) > SUM_TOLERANCE or parts["oxygen"] < 0.0:
        raise BasisError("coal_sum_wrong", **sum_fields({name: parts[name] for name in PARTS}))
    heat, estimate = _heating_value(given, basis, parts["hydrogen"]), mendeleev(parts)
    if heat is None:
        return Coal(parts, estimate, frozenset({"coal_heating_value"}))
    _check_heat(heat, estimate)
    return Coal(parts, heat, frozenset())


def _check_heat(heat: float, estimate: float) -> None:
    if abs(heat - estimate) > MENDELEEV_MISFIT * max(heat, estimate):
        raise BasisError(
            "coal_heating_value_contradicts", given=f"{heat / 1e6:.4g}", estimate=f"{estimate / 1e6:.4g}"
        )


def _from_proximate(given: Given, basis: CoalBasis) -> Coal:
    """Hydrogen and nitrogen by the relations above; carbon and oxygen close the sum and the heating value."""
    moisture, ash = basis.moisture("ar"), basis.dry_ash() * basis.per_dry("ar")
    volatile, sulphur = _share(given, basis, "V"), _needed("St_ar", _share(given, basis, "St", "S"))
    fixed = _share(given, basis, "FC")
    if volatile is None and fixed is not None:
        volatile = 1.0 - moisture - ash - fixed
    volatile = _needed("Vdaf", volatile)
    if fixed is None:
        fixed = basis.fixed_carbon(volatile, "ar")
    four = {"moisture": moisture, "ash": ash, "volatile matter": volatile, "fixed carbon": fixed}
    if abs(sum(four.values()) - 1.0) > SUM_TOLERANCE:
        raise BasisError("coal_sum_wrong", **sum_fields(four))
    percent = [100.0 * share for share in (fixed, volatile, ash, moisture)]
    hydrogen, nitrogen = bee_hydrogen(*percent) / 100.0, (BEE_N[0] - BEE_N[1] * percent[1]) / 100.0
    combustible = 1.0 - moisture - ash
    nitrogen *= combustible  # the relation is for coals with little ash: 2 % of a gangue would be too much
    parts = {"hydrogen": hydrogen, "nitrogen": nitrogen, "sulphur": sulphur, "ash": ash, "moisture": moisture}
    rest = combustible - hydrogen - nitrogen - sulphur
    heat = _heating_value(given, basis, hydrogen)
    estimated = {"coal_carbon", "coal_hydrogen", "coal_oxygen", "coal_nitrogen"}
    if heat is None:
        parts["carbon"] = min(bee_carbon(*percent) / 100.0, rest)
        estimated.add("coal_heating_value")
    else:
        other = MENDELEEV_H * hydrogen + MENDELEEV_O * sulphur - MENDELEEV_M * moisture
        parts["carbon"] = (heat - other + MENDELEEV_O * rest) / (MENDELEEV_C + MENDELEEV_O)
    most_oxygen = min(MOST_OXYGEN * combustible, rest)
    limit = mendeleev({**parts, "carbon": rest, "oxygen": 0.0})
    least = mendeleev({**parts, "carbon": rest - most_oxygen, "oxygen": most_oxygen})
    if parts["carbon"] > rest and heat is not None and heat <= limit * (1.0 + MENDELEEV_MISFIT):
        parts["carbon"] = rest  # the formula is not better than that: a coal without oxygen
    parts["oxygen"] = rest - parts["carbon"]
    if hydrogen <= 0.0 or not 0.0 <= parts["oxygen"] <= most_oxygen:
        heat = mendeleev(parts) if heat is None else heat
        band = f"{max(least, 0.0) / 1e6:.4g} .. {limit / 1e6:.4g}"
        raise BasisError("analysis_heating_value_outside", given=f"{heat / 1e6:.4g}", band=band)
    return Coal(parts, mendeleev(parts) if heat is None else heat, frozenset(estimated))


def bee_hydrogen(fixed: float, volatile: float, ash: float, moisture: float) -> float:
    """Return the hydrogen [% as received] of a coal from its proximate analysis [% as received]."""
    a, b, c, m, n = BEE_H
    return a * fixed + b * (volatile - c * ash) - m * moisture**2 * (1.0 - n * moisture)


def bee_carbon(fixed: float, volatile: float, ash: float, moisture: float) -> float:
    """Return the carbon [% as received] of a coal from its proximate analysis [% as received]."""
    a, b, c, m, n = BEE_C
    return a * fixed + b * (volatile + c * ash) - moisture * (m - n * moisture)
