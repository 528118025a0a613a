"""Coal bases: hand-calculated examples, ways there and back, and what is refused."""

from __future__ import annotations

import itertools
import math
import string
import tomllib
from pathlib import Path

import pytest

from plantsim.vocabulary import basis
from plantsim.vocabulary.basis import BasisError, CoalBasis, parse_symbol

TEXTS = tomllib.loads(
    (Path(__file__).parents[2] / "plantsim/vocabulary/messages_units.toml").read_text(encoding="utf-8")
)
COAL = CoalBasis(total_moisture=0.08, inherent_moisture=0.02, ash=0.30, ash_basis="ad")


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        ("Mt", ("M", "ar")), ("M_t", ("M", "ar")), ("Mar", ("M", "ar")), ("Mad", ("M", "ad")),
        ("Mf", ("Mf", "ar")), ("Aar", ("A", "ar")), ("Ad", ("A", "d")), ("Aad", ("A", "ad")),
        ("Vdaf", ("V", "daf")), ("V_daf", ("V", "daf")), ("St,d", ("St", "d")), ("Std", ("St", "d")),
        ("St_ar", ("St", "ar")), ("St.ad", ("St", "ad")), ("Sar", ("S", "ar")), ("Sd", ("S", "d")),
        ("Sad", ("S", "ad")), ("Sp,d", ("Sp", "d")), ("So,daf", ("So", "daf")), ("FCad", ("FC", "ad")),
        ("FCd", ("FC", "d")), ("Car", ("C", "ar")), ("Had", ("H", "ad")), ("Oad", ("O", "ad")),
        ("Ndaf", ("N", "daf")), ("Qnet_ar", ("Qnet", "ar")), ("Qnet,ar", ("Qnet", "ar")),
        ("Qnet,v,ar", ("Qnet", "ar")), ("Qnet,p,ar", ("Qnet,p", "ar")), ("Qnet_p_ad", ("Qnet,p", "ad")),
        ("Qgr_ad", ("Qgr", "ad")), ("Qgr,v,d", ("Qgr", "d")),
        ("Ｖｄａｆ", ("V", "daf")),
    ],
)  # fmt: skip
def test_symbols(symbol: str, expected: tuple[str, str]) -> None:
    assert parse_symbol(symbol) == expected


@pytest.mark.parametrize(
    "symbol", ["", "M", "A", "vdaf", "Axx", "Qgr,p,ar", "A,v,d", "A,p,d", "Mdaf", "Qnet", "灰分", "Vdaff"]
)
def test_unknown_symbols(symbol: str) -> None:
    with pytest.raises(BasisError) as caught:
        parse_symbol(symbol)
    assert caught.value.code == "symbol_unknown"


def test_total_moisture_by_hand() -> None:
    # Mf 6 %, Mad 2 %: 6 + 2 * 94/100 = 7.88 %
    assert basis.total_moisture(0.06, 0.02) == pytest.approx(0.0788, rel=1e-14)


@pytest.mark.parametrize(
    ("value", "start", "to", "expected"),
    [
        (30.0, "ad", "ar", 30 * 92 / 98),
        (30.0, "ad", "d", 30 / 0.98),
        (30.0, "ar", "d", 30 / 0.92),
        (25.0, "ad", "daf", 25 * 100 / (100 - 2 - 30)),  # Vad to Vdaf
        (35.0, "daf", "ar", 35 * 0.92 * (1 - 0.30 / 0.98)),
        (35.0, "daf", "d", 35 * (1 - 0.30 / 0.98)),
    ],
)
def test_shares_by_hand(value: float, start: str, to: str, expected: float) -> None:
    assert COAL.convert(value, start, to) == pytest.approx(expected, rel=1e-14)


def test_net_heating_value_by_hand() -> None:
    # Qgr,ad 23 000 kJ/kg, Had 3.5 %, Mt 8 %, Mad 2 %:
    # (23 000 - 206*3.5) * 92/98 - 23*8 = 22 279 * 0.938775510 - 184 = 20 730.979592 kJ/kg
    assert COAL.net_from_gross(23e6, 0.035) == pytest.approx(20_730_979.591_836_7, rel=1e-13)


def test_net_heating_value_from_dry_basis_by_hand() -> None:
    # Qgr,d 24 000 kJ/kg, Hd 4 %, Mt 10 %: (24 000 - 824) * 0.9 - 230 = 20 628.4 kJ/kg
    coal = CoalBasis(total_moisture=0.10)
    assert coal.net_from_gross(24e6, 0.04, "d", "ar") == pytest.approx(20_628_400.0, rel=1e-14)


def test_net_to_net_by_hand() -> None:
    # Qnet,ad 22 000 kJ/kg: (22 000 + 23*2) * 92/98 - 23*8 = 20 512.244898 kJ/kg
    assert COAL.convert_net(22e6, "ad", "ar") == pytest.approx(20_512_244.897_959_2, rel=1e-13)


def test_fixed_carbon_by_hand() -> None:
    assert COAL.fixed_carbon(0.25, "ad") == pytest.approx(1 - 0.02 - 0.30 - 0.25, rel=1e-13)
    assert COAL.fixed_carbon(0.35, "daf") == pytest.approx(0.65, rel=1e-14)


@pytest.mark.parametrize(("one", "two"), list(itertools.product(basis.BASES, repeat=2)))
def test_there_and_back(one: str, two: str) -> None:
    assert COAL.convert(COAL.convert(0.25, one, two), two, one) == pytest.approx(0.25, rel=1e-14)
    assert COAL.convert_net(COAL.convert_net(20e6, one, two), two, one) == pytest.approx(20e6, rel=1e-14)
    net = COAL.net_from_gross(23e6, 0.035, one, two)
    assert COAL.gross_from_net(net, 0.035, two, one) == pytest.approx(23e6, rel=1e-14)
    via_dry = COAL.convert_net(COAL.net_from_gross(23e6, 0.035, one, "d"), "d", two)
    assert via_dry == pytest.approx(net, rel=1e-14)


def test_the_basis_of_the_ash_does_not_matter() -> None:
    for name in ("ar", "ad", "d"):
        same = CoalBasis(0.08, 0.02, COAL.convert(0.30, "ad", name), name)
        assert same.dry_ash() == pytest.approx(COAL.dry_ash(), rel=1e-14)


def _refused(call: object, *arguments: object) -> BasisError:
    with pytest.raises(BasisError) as caught:
        call(*arguments)  # type: ignore[operator]
    error = caught.value
    for language in ("en", "zh"):
        template = TEXTS[error.code][language]
        named = {field for _, field, _, _ in string.Formatter().parse(template) if field}
        assert named == set(error.fields), (error.code, language)
    return error


def test_refusals() -> None:
    error = _refused(CoalBasis(inherent_moisture=0.02).convert, 0.3, "ad", "ar")
    assert (error.code, error.fields["symbol"]) == ("basis_moisture_missing", "Mt")
    error = _refused(CoalBasis(total_moisture=0.08).convert, 0.3, "ad", "ar")
    assert (error.code, error.fields["symbol"]) == ("basis_moisture_missing", "Mad")
    assert _refused(CoalBasis(0.08, 0.02).convert, 0.3, "daf", "ar").code == "basis_ash_missing"
    assert _refused(COAL.convert, 0.3, "db", "ar").code == "basis_unknown"
    assert _refused(COAL.convert, 0.3, "db", "db").code == "basis_unknown"
    assert _refused(CoalBasis, 0.08, 0.02, 0.3, "daf").code == "basis_unknown"
    assert _refused(CoalBasis, 8.0).code == "basis_fraction_outside"  # per cent given for a fraction
    assert _refused(CoalBasis, -0.01).code == "basis_fraction_outside"
    assert _refused(CoalBasis, math.nan).code == "basis_fraction_outside"
    assert _refused(CoalBasis, 0.3, None, 0.8, "ar").code == "basis_sum_over_100"
    assert _refused(COAL.fixed_carbon, 0.75, "ad").code == "basis_sum_over_100"
    error = _refused(basis.check_sum, {"Mar": 0.08, "Aar": 0.4, "Var": 0.3, "FCar": 0.3})
    assert error.fields["total"] == "108 %"
    assert _refused(parse_symbol, "X").code == "symbol_unknown"
    basis.check_sum({"Mar": 0.08, "Aar": 0.32, "Var": 0.3, "FCar": 0.3005})  # rounding of the parts
