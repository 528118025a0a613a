"""A coal from what its laboratory gives: ultimate analysis, or proximate analysis and heating value.

Mass fractions [kg/kg] and heating values [J/kg]. What an analysis does not give is estimated, and named, so
that nobody takes it for measured. A process says on which basis it takes its coal: as received (boilers), as fired
behind a mill that dries (kilns), dry (coking).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from plantsim.vocabulary.basis import (
    BASES,
    MOISTURE_HEAT,
    NET_AT_PRESSURE,
    BasisError,
    CoalBasis,
    total_moisture,
)

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
HEAT = "heating_value"
VOLATILE = "volatile_matter"
COAL_VARIABLES = tuple(f"coal_{part}" for part in (*PARTS, HEAT))
AS_RECEIVED, AS_FIRED, DRY = "as_received", "as_fired", "dry"
COMBUSTIBLE = ("carbon", "hydrogen", "oxygen", "nitrogen", "sulphur")
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

# How far two figures of one analysis may differ: shares by rounding; heating values by what GB/T 213 allows between
# laboratories (0.3 MJ/kg, remembered), and 0.01 kg/kg of hydrogen more where that is estimated
HEAT_TOLERANCE, HEAT_TOLERANCE_ESTIMATED = 0.3e6, 0.5e6  # J/kg

MOST_OXYGEN = 0.45  # kg/kg dry ash free: wood, at 0.44, is no coal any more

_OF_SYMBOL = {"C": "carbon", "H": "hydrogen", "O": "oxygen", "N": "nitrogen", "S": "sulphur", "St": "sulphur"}

Given = Mapping[tuple[str, str], float]  # (quantity, basis) as parse_symbol reads them -> SI


@dataclass(frozen=True)
class Coal:
    """A coal as received: ``parts`` by the names of PARTS, heating value, and which of them were estimated.

    inherent_moisture: Mad; volatile: as received; None where not given.
    """

    parts: Mapping[str, float]
    heating_value: float
    estimated: frozenset[str]
    inherent_moisture: float | None = None
    volatile: float | None = None

    def variables(self, basis: str = AS_RECEIVED, usual_moisture: float = 0.0) -> dict[str, float]:
        """Return the values by the names of COAL_VARIABLES, volatile matter beside them where it is given.

        As fired: with the moisture of the air-dried sample, else ``usual_moisture`` [kg/kg], at most the total one.
        Dry: all but the moisture, which stays as received. Net heating values as GB/T 213 converts them.
        """
        total = self.parts["moisture"]
        left = {AS_RECEIVED: total, DRY: 0.0}.get(basis)
        if left is None:
            left = min(total, usual_moisture if self.inherent_moisture is None else self.inherent_moisture)
        shares = {**self.parts, VOLATILE: 0.0 if self.volatile is None else self.volatile}
        moved, heat = at_moisture(shares, self.heating_value, left)
        found = {f"coal_{name}": moved[name] for name in self.parts} | {"coal_heating_value": heat}
        if basis == DRY:
            found["coal_moisture"] = total
        if self.volatile is not None:
            found[f"coal_{VOLATILE}"] = moved[VOLATILE]
        return found

    def estimates(self, basis: str = AS_RECEIVED) -> frozenset[str]:
        """Return the names of the variables that are estimated on this basis."""
        dried = basis == AS_FIRED and self.inherent_moisture is None
        return self.estimated | ({"coal_moisture"} if dried else frozenset())


def at_moisture(parts: Mapping[str, float], heat: float, moisture: float) -> tuple[dict[str, float], float]:
    """Return (parts [kg/kg], net heating value [J/kg]) of the same coal with another moisture [kg/kg] (GB/T 213)."""
    ratio = (1.0 - moisture) / (1.0 - parts["moisture"])
    moved = {name: share * ratio for name, share in parts.items()} | {"moisture": moisture}
    if moisture == parts["moisture"]:
        return dict(parts), heat
    return moved, (heat + MOISTURE_HEAT * parts["moisture"]) * ratio - MOISTURE_HEAT * moisture


def with_heating_value(
    parts: Mapping[str, float], heat: float, wanted: float, kept: frozenset[str] = frozenset()
) -> dict[str, float]:
    """Return the parts of COMBUSTIBLE of a coal of another heating value: the same coal with more or less ash.

    parts: of the known coal with its ``moisture`` [kg/kg], heat: its net heating value [J/kg] on that basis; wanted:
    the other one; kept: parts that are given for it. Raises BasisError analysis_heating_value_outside.
    """
    moisture = parts["moisture"]
    evaporation = MOISTURE_HEAT * moisture
    share = (wanted + evaporation) / (heat + evaporation)
    combustible = sum(parts[name] for name in COMBUSTIBLE)
    if not 0.0 < share * combustible <= 1.0 - moisture:
        most = (heat + evaporation) / combustible * (1.0 - moisture) - evaporation
        raise BasisError(
            "analysis_heating_value_outside", given=f"{wanted / 1e6:.4g}", band=f"0 .. {most / 1e6:.4g}"
        )
    return {name: share * parts[name] for name in COMBUSTIBLE if name not in kept}


def read_coal(analysis: str, given: Given) -> Coal:
    """Return the coal of an analysis, ``proximate`` or ``ultimate``.

    Raises BasisError: analysis_symbol_missing, analysis_contradicts, coal_sum_wrong, coal_heating_value_contradicts,
    analysis_heating_value_outside, and those of CoalBasis.
    """
    basis = _basis_of(given)
    _check_bases(given, basis)
    found = _from_ultimate(given, basis) if analysis == "ultimate" else _from_proximate(given, basis)
    return replace(found, inherent_moisture=basis.inherent_moisture, volatile=_share(given, basis, "V"))


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


def _check_bases(given: Given, basis: CoalBasis) -> None:
    """Refuse what is given on two bases, or as gross and net, and is not the same coal on both."""
    total, inherent = basis.total_moisture, basis.inherent_moisture
    if total is not None and inherent is not None and total < inherent - ROUNDED:
        _contradicts(f"Mt {_percent(total)}", f"Mad {_percent(inherent)}", f"Mt >= {_percent(inherent)}")
    if total is not None and inherent is not None and ("Mf", "ar") in given:
        _compare("Mt", total, "Mf", given["Mf", "ar"], total_moisture(given["Mf", "ar"], inherent))
    for quantities in (("A",), ("V",), ("FC",), ("C",), ("H",), ("O",), ("N",), ("St", "S")):
        places = [(q, b) for q in quantities for b in BASES if (q, b) in given]
        for q, b in places[1:]:
            first = places[0]
            expected = basis.convert(given[q, b], b, first[1])
            _compare(_symbol(*first), given[first], _symbol(q, b), given[q, b], expected)
    for q, convert in (("Qnet", basis.convert_net), ("Qgr", basis.convert)):
        places = [(q, b) for b in BASES if (q, b) in given]
        for place in places[1:]:
            first = places[0]
            _compare_heat(first, given[first], place, given[place], convert(given[place], place[1], first[1]))


ROUNDED = 5e-4  # kg/kg: a moisture is written to 0.1 %


def _symbol(quantity: str, basis: str) -> str:
    return f"{quantity},{basis}" if len(quantity) > 1 else f"{quantity}{basis}"


def _percent(share: float) -> str:
    return f"{100.0 * share:.4g} %"


def _mega(heat: float) -> str:
    return f"{heat / 1e6:.4g} MJ/kg"


def _contradicts(one: str, other: str, expected: str) -> None:
    raise BasisError("analysis_contradicts", one=one, other=other, expected=expected)


def _compare(symbol: str, value: float, other: str, given: float, expected: float) -> None:
    """Refuse a share [kg/kg] that is not what another figure makes of it."""
    if abs(value - expected) > SUM_TOLERANCE:
        shown = f"{symbol} {_percent(expected)}"
        _contradicts(f"{symbol} {_percent(value)}", f"{other} {_percent(given)}", shown)


def _compare_heat(
    one: tuple[str, str],
    value: float,
    other: tuple[str, str],
    given: float,
    expected: float,
    tolerance: float = HEAT_TOLERANCE,
) -> None:
    """Refuse a heating value [J/kg] that is not what another one makes of it."""
    if abs(value - expected) > tolerance:
        symbol = _symbol(*one)
        _contradicts(
            f"{symbol} {_mega(value)}", f"{_symbol(*other)} {_mega(given)}", f"{symbol} {_mega(expected)}"
        )


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


def _heating_value(
    given: Given, basis: CoalBasis, hydrogen: float, estimated: bool
) -> tuple[float | None, bool]:
    """Return the net heating value as received [J/kg], and whether it rests on the estimated hydrogen.

    hydrogen: [kg/kg as received]; the gross value needs it (GB/T 213). Both may be given: they must agree.
    """
    net = gross = None
    for b in reversed(BASES):
        if ("Qnet", b) in given:
            net = basis.convert_net(given["Qnet", b], b, "ar")
        if ("Qgr", b) in given:
            of_gross = ("Qgr", b)
            gross = basis.net_from_gross(given[of_gross], basis.convert(hydrogen, "ar", b), b, "ar")
    if net is not None and gross is not None:
        tolerance = HEAT_TOLERANCE_ESTIMATED if estimated else HEAT_TOLERANCE
        _compare_heat(("Qnet", "ar"), net, of_gross, given[of_gross], gross, tolerance)
    if net is not None:
        return net, False
    return gross, estimated and gross is not None


def _at_constant_volume(given: Given, basis: CoalBasis, parts: Mapping[str, float]) -> Given:
    """Return what is given with a net heating value at constant pressure as one at constant volume, as received.

    parts: hydrogen, oxygen and nitrogen [kg/kg as received]. Both may be given: they must agree.
    """
    found = dict(given)
    for b in BASES:
        if (NET_AT_PRESSURE, b) in given:
            hydrogen = basis.convert(parts["hydrogen"], "ar", b)
            gases = basis.convert(parts["oxygen"] + parts["nitrogen"], "ar", b)
            place = (NET_AT_PRESSURE, b)
            net = basis.net_from_pressure(given[place], hydrogen, gases, b)
            known = found.setdefault(("Qnet", "ar"), net)
            _compare_heat(("Qnet", "ar"), known, place, given[place], net)
    return found


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
    given = _at_constant_volume(given, basis, parts)
    heat, _ = _heating_value(given, basis, parts["hydrogen"], estimated=False)
    estimate = mendeleev(parts)
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
    """Elements that are given are taken; hydrogen and nitrogen else by the relations above, and carbon and oxygen close
    the sum and the heating value.
    """
    four = _four(given, basis)
    percent = [100.0 * four[name] for name in ("fixed carbon", "volatile matter", "ash", "moisture")]
    combustible = 1.0 - four["moisture"] - four["ash"]
    known = {name: _share(given, basis, symbol) for symbol, name in _OF_SYMBOL.items() if symbol in "CHON"}
    sulphur = _needed("St_ar", _share(given, basis, "St", "S"))
    estimated = {f"coal_{name}" for name, value in known.items() if value is None}
    hydrogen, carbon, oxygen = known["hydrogen"], known["carbon"], known["oxygen"]
    parts = {"sulphur": sulphur, "ash": four["ash"], "moisture": four["moisture"]}
    parts["hydrogen"] = bee_hydrogen(*percent) / 100.0 if hydrogen is None else hydrogen
    # the relation is for coals with little ash: 2 % of a gangue would be too much
    nitrogen = (BEE_N[0] - BEE_N[1] * percent[1]) / 100.0 * combustible
    parts["nitrogen"] = nitrogen if known["nitrogen"] is None else known["nitrogen"]
    # 3 % of oxygen too much or too little is 2 kJ/kg of a value at constant pressure
    rest = combustible - parts["hydrogen"] - parts["nitrogen"] - sulphur
    guess = rest - (bee_carbon(*percent) / 100.0 if carbon is None else carbon)
    gases = parts | {"oxygen": max(0.0, guess) if oxygen is None else oxygen}
    given = _at_constant_volume(given, basis, gases)
    heat, by_estimate = _heating_value(given, basis, parts["hydrogen"], hydrogen is None)
    if heat is None or by_estimate:
        estimated.add("coal_heating_value")
    if carbon is not None:
        return _with_carbon(parts, carbon, oxygen, heat, frozenset(estimated))
    _close(parts, combustible, heat, bee_carbon(*percent) / 100.0)
    if oxygen is not None and abs(oxygen - parts["oxygen"]) > OXYGEN_MISFIT:
        _contradicts(
            f"Oar {_percent(oxygen)}",
            f"Qnet,ar {_mega(mendeleev(parts) if heat is None else heat)}",
            f"Oar {_percent(parts['oxygen'])}",
        )
    return Coal(parts, mendeleev(parts) if heat is None else heat, frozenset(estimated))


OXYGEN_MISFIT = 0.03  # kg/kg: what Mendeleev's formula leaves open at 3 % of the heating value


def _four(given: Given, basis: CoalBasis) -> dict[str, float]:
    """Return moisture, ash, volatile matter and fixed carbon as received. Raises BasisError."""
    moisture, ash = basis.moisture("ar"), basis.dry_ash() * basis.per_dry("ar")
    volatile, fixed = _share(given, basis, "V"), _share(given, basis, "FC")
    if volatile is None and fixed is not None:
        volatile = 1.0 - moisture - ash - fixed
    volatile = _needed("Vdaf", volatile)
    if fixed is None:
        fixed = basis.fixed_carbon(volatile, "ar")
    four = {"moisture": moisture, "ash": ash, "volatile matter": volatile, "fixed carbon": fixed}
    if abs(sum(four.values()) - 1.0) > SUM_TOLERANCE:
        raise BasisError("coal_sum_wrong", **sum_fields(four))
    return four


def _with_carbon(
    parts: dict[str, float],
    carbon: float,
    oxygen: float | None,
    heat: float | None,
    estimated: frozenset[str],
) -> Coal:
    """Return a coal whose carbon is given beside its proximate analysis: oxygen by difference where it is not."""
    parts["carbon"] = carbon
    parts["oxygen"] = 1.0 - sum(parts.values()) if oxygen is None else oxygen
    if parts["oxygen"] < 0.0 or abs(sum(parts.values()) - 1.0) > SUM_TOLERANCE:
        raise BasisError("coal_sum_wrong", **sum_fields({name: parts[name] for name in PARTS}))
    estimate = mendeleev(parts)
    if heat is not None:
        _check_heat(heat, estimate)
    return Coal(parts, estimate if heat is None else heat, estimated)


def _close(parts: dict[str, float], combustible: float, heat: float | None, by_relation: float) -> None:
    """Write carbon and oxygen: from the heating value, or ``by_relation`` [kg/kg]. Raises BasisError."""
    hydrogen, sulphur, moisture = parts["hydrogen"], parts["sulphur"], parts["moisture"]
    rest = combustible - hydrogen - parts["nitrogen"] - sulphur
    if heat is None:
        parts["carbon"] = min(by_relation, rest)
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


def bee_hydrogen(fixed: float, volatile: float, ash: float, moisture: float) -> float:
    """Return the hydrogen [% as received] of a coal from its proximate analysis [% as received]."""
    a, b, c, m, n = BEE_H
    return a * fixed + b * (volatile - c * ash) - m * moisture**2 * (1.0 - n * moisture)


def bee_carbon(fixed: float, volatile: float, ash: float, moisture: float) -> float:
    """Return the carbon [% as received] of a coal from its proximate analysis [% as received]."""
    a, b, c, m, n = BEE_C
    return a * fixed + b * (volatile + c * ash) - moisture * (m - n * moisture)
