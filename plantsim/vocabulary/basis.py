"""Coal and coke analyses between their bases: as received, air dried, dry, dry ash free.

Mass fractions [kg/kg] and heating values [J/kg] throughout; per cent and kJ/kg stop at the door.

    ar   as received (收到基)        with the total moisture Mt
    ad   air dried (空气干燥基)       with the moisture of the analysis sample Mad
    d    dry (干燥基)
    daf  dry ash free (干燥无灰基)

Whatever is a share of the dry coal (ash, volatile matter, fixed carbon, elements other than the water's,
gross heating value) converts by the ratio of what is left of the coal. A net heating value also carries the
heat that evaporates the coal's own moisture, so it converts by its own functions.

Sources: GB/T 483 (symbols and bases), GB/T 213 (heating values), GB/T 211 (total moisture). Their formulas
were written down from memory and, for GB/T 213, compared with coal laboratory software in public use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from plantsim.vocabulary.errors import CodedError

BASES = ("ar", "ad", "d", "daf")

# GB/T 213, Qnet,v,ar = (Qgr,v,ad - 206 Had) (100 - Mt)/(100 - Mad) - 23 Mt, with Q in kJ/kg and the rest in %
HYDROGEN_HEAT = 20_600_000.0  # J per kg of hydrogen: evaporation of the water that it burns to
MOISTURE_HEAT = 2_300_000.0  # J per kg of moisture: its evaporation at constant volume

# At constant pressure, as boiler codes count (ISO 1928, ASME PTC 4): Qnet,p = Qgr,v - 212 H - 0.8 (O + N) - 24.4 M,
# in kJ/kg and %; from the gross heating value at constant volume, the bomb's (remembered)
HYDROGEN_HEAT_AT_PRESSURE = 21_200_000.0  # J per kg of hydrogen
GAS_WORK_AT_PRESSURE = 80_000.0  # J per kg of oxygen and nitrogen
MOISTURE_HEAT_AT_PRESSURE = 2_440_000.0  # J per kg of moisture

NET_AT_PRESSURE = "Qnet,p"  # the quantity of a net heating value at constant pressure

SUM_TOLERANCE = 1e-3  # analyses are rounded to 0.01 % in each part

# Longest first, so that St is not read as S; moistures have their own rules
_QUANTITIES = ("Qnet", "Qgr", "FC", "St", "Ss", "Sp", "So", "Cl", "A", "V", "C", "H", "O", "N", "S", "F", "P")
_SYMBOL = re.compile(
    rf"(?P<quantity>{'|'.join(_QUANTITIES)})[\s,._]*(?:(?P<state>v|p)[\s,._]*)?[({{]?(?P<basis>daf|ar|ad|d)[)}}]?"
)
_MOISTURES = {"Mt": ("M", "ar"), "Mar": ("M", "ar"), "Mad": ("M", "ad"), "Mf": ("Mf", "ar")}


class BasisError(CodedError):
    """An analysis that cannot be converted.

    Codes: basis_unknown, symbol_unknown, basis_moisture_missing, basis_ash_missing, basis_fraction_outside,
    basis_sum_over_100.
    """


def parse_symbol(symbol: str) -> tuple[str, str]:
    """Return (quantity, basis) of a symbol in the notation of GB/T 483.

    "Vdaf" is ("V", "daf"); "St,d", "St_d" and "Std" are ("St", "d"); "Qnet_ar" and "Qnet,v,ar" are
    ("Qnet", "ar"), at constant volume. Moistures: "Mt" is ("M", "ar"), "Mad" is ("M", "ad"), and the free
    moisture "Mf" is ("Mf", "ar"). A net value at constant pressure is another quantity: "Qnet,p,ar" is
    ("Qnet,p", "ar"); gross values are a bomb's, at constant volume. Raises BasisError symbol_unknown.
    """
    text = normalize("NFKC", symbol).strip()
    moisture = _MOISTURES.get(re.sub(r"[\s,._]", "", text))
    if moisture:
        return moisture
    match = _SYMBOL.fullmatch(text)
    if match is None or (match["state"] and not match["quantity"].startswith("Q")):
        raise BasisError("symbol_unknown", symbol=text[:40])
    if match["state"] == "p":
        if match["quantity"] != "Qnet":
            raise BasisError("symbol_unknown", symbol=text[:40])
        return NET_AT_PRESSURE, match["basis"]
    return match["quantity"], match["basis"]


def total_moisture(free: float, inherent: float) -> float:
    """Return the total moisture Mt [kg/kg as received].

    free: free moisture Mf [kg/kg as received]; inherent: moisture Mad of the air-dried sample [kg/kg of it].
    Mt = Mf + Mad (100 - Mf)/100 (GB/T 211). Raises BasisError basis_fraction_outside.
    """
    _fraction("Mf", free)
    _fraction("Mad", inherent)
    return free + inherent * (1.0 - free)


def check_sum(parts: dict[str, float]) -> None:
    """Raise BasisError basis_sum_over_100 if parts of one coal on one basis come to more than all of it.

    parts: mass fractions [kg/kg] by symbol, for instance Mar, Aar, Var, FCar.
    """
    for symbol, value in parts.items():
        if not 0.0 <= value <= 1.0:
            _outside(symbol, value)
    total = sum(parts.values())
    if total > 1.0 + SUM_TOLERANCE:
        listed = " + ".join(f"{symbol} {_percent(value)}" for symbol, value in parts.items())
        raise BasisError("basis_sum_over_100", parts=listed, total=_percent(total))


@dataclass(frozen=True)
class CoalBasis:
    """What ties the bases of one coal together: its moistures and its ash.

    total_moisture: Mt [kg/kg as received]; inherent_moisture: Mad [kg/kg air dried]; ash: [kg/kg] on
    ``ash_basis`` (one of BASES but daf). Each may be None; what needs it then raises BasisError.
    """

    total_moisture: float | None = None
    inherent_moisture: float | None = None
    ash: float | None = None
    ash_basis: str = "d"

    def __post_init__(self) -> None:
        if self.ash_basis not in BASES or self.ash_basis == "daf":
            raise BasisError("basis_unknown", basis=str(self.ash_basis), allowed="ar, ad, d")
        if self.total_moisture is not None:
            _fraction("Mt", self.total_moisture)
        if self.inherent_moisture is not None:
            _fraction("Mad", self.inherent_moisture)
        if self.ash is None:
            return
        _fraction(f"A{self.ash_basis}", self.ash)
        moisture = {"ar": ("Mt", self.total_moisture), "ad": ("Mad", self.inherent_moisture)}
        symbol, value = moisture.get(self.ash_basis, ("", None))
        if value is not None:
            check_sum({symbol: value, f"A{self.ash_basis}": self.ash})

    def moisture(self, basis: str) -> float:
        """Return the moisture [kg/kg] of the coal on ``basis``; none on d and daf. Raises BasisError."""
        if basis not in BASES:
            raise BasisError("basis_unknown", basis=str(basis)[:40], allowed=", ".join(BASES))
        if basis in ("d", "daf"):
            return 0.0
        value = self.total_moisture if basis == "ar" else self.inherent_moisture
        if value is None:
            raise BasisError("basis_moisture_missing", symbol="Mt" if basis == "ar" else "Mad", basis=basis)
        return value

    def dry_ash(self) -> float:
        """Return the ash Ad [kg/kg dry]. Raises BasisError basis_ash_missing, basis_moisture_missing."""
        if self.ash is None:
            raise BasisError("basis_ash_missing")
        return self.ash / (1.0 - self.moisture(self.ash_basis))

    def per_dry(self, basis: str) -> float:
        """Return how much dry coal is in one unit of coal on ``basis`` [kg/kg]; more than 1 for daf."""
        if basis != "daf":
            return 1.0 - self.moisture(basis)
        combustible = 1.0 - self.dry_ash()
        if combustible <= 0.0:
            _outside("Ad", self.dry_ash())
        return 1.0 / combustible

    def convert(self, value: float, basis: str, to: str) -> float:
        """Return a share or a gross heating value of ``basis`` on the basis ``to``, in the unit of ``value``.

        Not for moistures nor for net heating values. Raises BasisError when a moisture or the ash that the
        way needs is missing; equal bases need neither.
        """
        if basis == to and basis in BASES:
            return value
        return value * self.per_dry(to) / self.per_dry(basis)

    def net_from_gross(self, gross: float, hydrogen: float, basis: str = "ad", to: str = "ar") -> float:
        """Return the net heating value [J/kg] on the basis ``to``, at constant volume.

        gross: gross heating value [J/kg] on ``basis``; hydrogen: [kg/kg] on ``basis``, without that of the
        moisture. GB/T 213 (remembered, high confidence); with Qgr,ad and Had, in kJ/kg and %, it reads
        Qnet,ar = (Qgr,ad - 206 Had) (100 - Mt)/(100 - Mad) - 23 Mt.
        """
        _fraction(f"H{basis}", hydrogen)
        dry_part = self.convert(gross - HYDROGEN_HEAT * hydrogen, basis, to)
        return dry_part - MOISTURE_HEAT * self.moisture(to)

    def gross_from_net(self, net: float, hydrogen: float, basis: str = "ar", to: str = "ad") -> float:
        """Return the gross heating value [J/kg] on the basis ``to``: the inverse of :meth:`net_from_gross`.

        net: net heating value [J/kg] on ``basis``; hydrogen: [kg/kg] on the basis ``to``, without that of the
        moisture.
        """
        _fraction(f"H{to}", hydrogen)
        dry_part = self.convert(net + MOISTURE_HEAT * self.moisture(basis), basis, to)
        return dry_part + HYDROGEN_HEAT * hydrogen

    def net_from_pressure(self, net: float, hydrogen: float, gases: float, basis: str) -> float:
        """Return the net heating value [J/kg as received] at constant volume from that at constant pressure.

        net: Qnet,p [J/kg] on ``basis``; hydrogen: H, gases: O + N [kg/kg], both on it. GB/T 213 and ISO 1928, in kJ/kg
        and %: Qgr,v = Qnet,p + 212 H + 0.8 (O + N) + 24.4 M, and Qnet,v follows from it; 40 kJ/kg more is usual.
        """
        gross = net + HYDROGEN_HEAT_AT_PRESSURE * hydrogen + GAS_WORK_AT_PRESSURE * gases
        gross += MOISTURE_HEAT_AT_PRESSURE * self.moisture(basis)
        return self.net_from_gross(gross, hydrogen, basis, "ar")

    def convert_net(self, net: float, basis: str, to: str) -> float:
        """Return the net heating value [J/kg] of ``basis`` on the basis ``to``.

        Qnet,ar = (Qnet,ad + 23 Mad) (100 - Mt)/(100 - Mad) - 23 Mt and its likes (GB/T 213).
        """
        if basis == to and basis in BASES:
            return net
        carried = self.convert(net + MOISTURE_HEAT * self.moisture(basis), basis, to)
        return carried - MOISTURE_HEAT * self.moisture(to)

    def fixed_carbon(self, volatile: float, basis: str) -> float:
        """Return the fixed carbon [kg/kg] on ``basis``: what moisture, ash and volatile matter leave.

        volatile: volatile matter [kg/kg] on ``basis``. GB/T 212. Raises BasisError basis_sum_over_100.
        """
        ash = 0.0 if basis == "daf" else self.convert(self.dry_ash(), "d", basis)
        parts = {f"M{basis}": self.moisture(basis), f"A{basis}": ash, f"V{basis}": volatile}
        check_sum(parts)
        return max(0.0, 1.0 - sum(parts.values()))


def _fraction(symbol: str, value: float) -> None:
    """Raise BasisError basis_fraction_outside unless 0 <= value < 1: some dry coal must be left."""
    if not 0.0 <= value < 1.0:
        _outside(symbol, value)


def _outside(symbol: str, value: float) -> None:
    raise BasisError("basis_fraction_outside", symbol=symbol, value=_percent(value))


def _percent(value: float) -> str:
    return f"{100.0 * value:.4g} %"
