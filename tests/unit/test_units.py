"""Units at the door: every unit of the table against pint, and what people really write."""

from __future__ import annotations

import math
import pickle
import string
import tomllib
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from plantsim.vocabulary.units import UnitError, UnitTable

ROOT = Path(__file__).parents[2]
DATA = tomllib.loads((ROOT / "models/common/units.toml").read_text(encoding="utf-8"))
TABLE = UnitTable(DATA)
SITE = 81489.2  # Pa, standard pressure at 1800 m

pint = pytest.importorskip("pint")
UREG = pint.UnitRegistry()
UREG.define("CNY = [money]")
UREG.define("fen = CNY / 100")
UREG.define("normal_cubic_metre = [normal_gas] = Nm3")
UREG.define("operating_year = [operating_year]")  # "per year" is kept apart from seconds
UREG.define("gce = 29.3076 kilojoule = _ = gram_coal")  # GB/T 2589: 29 307.6 kJ/kg
UREG.define("kgf_cm2 = 98066.5 pascal")

# What pint calls our atoms, where the names differ
PINT_NAMES = {
    "1": "1", "%": "percent", "‰": "permille", "g": "gram", "t": "metric_ton", "kt": "kilometric_ton",
    "Mt": "megametric_ton", "gCO2": "gram", "kgCO2": "kilogram", "tCO2": "metric_ton",
    "MtCO2": "megametric_ton", "min": "minute", "h": "hour", "d": "day", "a": "operating_year", "r": "1",
    "L": "liter", "kcal": "kilointernational_calorie", "Mcal": "megainternational_calorie",
    "Gcal": "gigainternational_calorie", "mmHg": "millimeter_Hg", "mmH2O": "(9.80665 pascal)",
    "at": "technical_atmosphere", "atm": "standard_atmosphere", "kgf": "kilogram_force", "kgce": "kilogce",
    "tce": "megagce", "Nm3": "normal_cubic_metre", "um": "micrometer", "ug": "microgram",
    "uohm": "microohm", "mohm": "milliohm", "Ah": "ampere_hour", "kAh": "kiloampere_hour", "S": "siemens",
    "C": "coulomb", "Wh": "watt_hour", "kWh": "kilowatt_hour", "MWh": "megawatt_hour",
    "GWh": "gigawatt_hour", "TWh": "terawatt_hour", "元": "CNY", "ata": "technical_atmosphere",
    "month": "(operating_year / 12)",
}  # fmt: skip
PREFIXES = {"百万": "1000000", "千": "1000", "万": "10000", "亿": "100000000"}


def in_pint(symbol: str) -> pint.Quantity:
    """Return one ``symbol`` of our table as pint understands it."""

    def atom(token: str) -> str:
        for prefix, times in PREFIXES.items():
            if token.startswith(prefix):
                return f"({times} * {atom(token[len(prefix) :])})"
        if token in PINT_NAMES:
            return PINT_NAMES[token]
        if token[-1] in "23" and token not in {"Nm3"} and not token.startswith("tCO"):
            return f"({PINT_NAMES.get(token[:-1], token[:-1])}**{token[-1]})"
        return token

    def product(text: str) -> str:
        return " * ".join(atom(token) for token in text.split())

    above, _, below = symbol.partition("/")
    text = product(above)
    if below:
        inner = below.strip("()")
        top, _, bottom = inner.partition("/")
        text += f" / (({product(top)})" + (f" / ({product(bottom)})" if bottom else "") + ")"
    return UREG.Quantity(1, "dimensionless") * UREG.parse_expression(text)


PLAIN = [
    (quantity, unit)
    for quantity in TABLE.quantities()
    for unit in TABLE.units_of(quantity)
    if not unit.endswith(("(g)", "(vac)")) and (quantity, unit) not in {("temperature", "°C"), ("time", "a")}
]


@pytest.mark.parametrize(("quantity", "unit"), PLAIN)
def test_factor_agrees_with_pint(quantity: str, unit: str) -> None:
    theirs = in_pint(unit).to(in_pint(TABLE.si_unit(quantity)).units).magnitude
    theirs /= in_pint(TABLE.si_unit(quantity)).magnitude
    assert TABLE.to_si(1, unit, quantity) == pytest.approx(theirs, rel=4e-15)


@pytest.mark.parametrize("celsius", [-273.15, -40.0, 0.0, 25.0, 535.0, 960.5])
def test_temperature_agrees_with_pint(celsius: float) -> None:
    theirs = UREG.Quantity(celsius, "degC").to("kelvin").magnitude
    assert TABLE.to_si(celsius, "°C", "temperature") == pytest.approx(theirs, abs=1e-13)


def test_the_table_is_whole() -> None:
    TABLE.check()
    for quantity in TABLE.quantities():
        assert TABLE.label(quantity, "en")
        assert any("\u4e00" <= c <= "\u9fff" for c in TABLE.label(quantity, "zh"))
        assert TABLE.to_si(1, TABLE.si_unit(quantity), quantity) == 1.0


# Exact definitions, for what pint does not know
@pytest.mark.parametrize(
    ("text", "quantity", "si"),
    [
        ("1 kgce", "energy", 29_307_600.0),
        ("7000 kcal", "energy", 29_307_600.0),
        ("1 gce/kWh", "coal_rate", 29_307.6 / 3_600_000),
        ("3600 kJ/kWh", "heat_rate", 1.0),
        ("1 kgce/t", "specific_coal", 29_307.6),
        ("1 a", "time", 8760 * 3600.0),
        ("20 a", "life", 20.0),
        ("1 t/a", "annual_mass", 1000.0),
        ("1 万tce/a", "annual_energy", 1e4 * 29_307.6e6),
        ("1 mmHg", "pressure", 133.322387415),
        ("1 ata", "pressure", 98_066.5),
        ("0.36 CNY/kWh", "electricity_price", 1e-7),
        ("36 分/千瓦时", "electricity_price", 1e-7),
        ("29307.6 CNY/tce", "energy_price", 1e-6),
        ("50 mg/m3", "concentration", 50e-6),
        ("8 %", "annual_rate", 0.08),
    ],
)
def test_exact_definitions(text: str, quantity: str, si: float) -> None:
    assert TABLE.parse(text, quantity).si == pytest.approx(si, rel=3e-16)


@pytest.mark.parametrize(
    ("text", "quantity", "si"),
    [
        ("12.75 MPa", "pressure", 12.75e6),
        ("84.2 %", "efficiency", 0.842),
        ("84.2%", "efficiency", 0.842),
        ("610 t/h", "mass_flow", 610 / 3.6),
        ("318 gce/kWh", "coal_rate", 2.588838),
        ("318 g/(kW·h)", "coal_rate", 2.588838),
        ("318 克标煤/千瓦时", "coal_rate", 2.588838),
        ("318 克标准煤／千瓦时", "coal_rate", 2.588838),
        ("45e6 CNY", "money", 45e6),
        ("4500 万元", "money", 45e6),
        ("4,500 万元", "money", 45e6),
        ("0.45亿元", "money", 45e6),
        ("4.5×10⁷ 元", "money", 45e6),
        ("4.5x10^7 CNY", "money", 45e6),
        ("1 800 m", "length", 1800.0),
        ("1\u2009800 米", "length", 1800.0),
        ("1\u202f800.5m", "length", 1800.5),
        ("１２．７５　ＭＰａ", "pressure", 12.75e6),
        ("８４％", "efficiency", 0.84),
        ("－40 ℃", "temperature", 233.15),
        ("−40 °C", "temperature", 233.15),
        ("535 ℃", "temperature", 808.15),
        ("535摄氏度", "temperature", 808.15),
        ("85 度", "temperature", 358.15),
        ("12 ℃", "temperature_difference", 12.0),
        ("1.2E3 kPa", "pressure", 1.2e6),
        ("5.6 千帕", "pressure", 5600.0),
        ("0.9 MPa(a)", "pressure", 0.9e6),
        ("13 MPa（绝压）", "pressure", 13e6),
        ("100 万度", "energy", 3.6e12),
        ("1 亿千瓦时", "energy", 3.6e14),
        ("14000 吨标准煤/年", "annual_energy", 14000 * 29_307.6e6),
        ("1.4万吨标煤/a", "annual_energy", 14000 * 29_307.6e6),
        ("145 kt/a", "annual_mass", 145e6),
        ("145万吨/年", "annual_mass", 1.45e9),
        ("5000 t/d", "mass_flow", 5e6 / 86400),
        ("32.5 万标方/小时", "normal_volume_flow", 325000 / 3600),
        ("325000 Nm³/h", "normal_volume_flow", 325000 / 3600),
        ("325000 m3(标)/h", "normal_volume_flow", 325000 / 3600),
        ("20.04 MJ/kg", "specific_energy", 20.04e6),
        ("4786 大卡/公斤", "specific_energy", 4786 * 4186.8),
        ("1.05 kJ/(kg·℃)", "specific_heat", 1050.0),
        ("1.05 千焦/(千克·摄氏度)", "specific_heat", 1050.0),
        ("1.05 kJ/kg/K", "specific_heat", 1050.0),
        ("2800 W/(m²·K)", "heat_transfer_coefficient", 2800.0),
        ("0.5810 tCO₂/MWh", "emission_factor", 0.581e3 / 3.6e9),
        ("2.66 吨二氧化碳/吨标煤", "emission_factor", 2660 / 29_307.6e6),
        ("200 元/千瓦", "specific_capex_power", 0.2),
        ("900 元/(吨/年)", "specific_capex_capacity", 0.9),
        ("0.85 A/cm²", "current_density", 8500.0),
        ("500 kA", "current", 500e3),
        ("3.92 伏", "voltage", 3.92),
        ("0.5 μΩ", "resistance", 0.5e-6),
        ("3000 转/分", "rotational_speed", 50.0),
        ("3000 1/min", "rotational_speed", 50.0),
        ("20 台", "count", 20.0),
        ("120", "count", 120.0),
        ("5 kwh", "energy", 18e6),
        ("5 KW", "power", 5e3),
        ("5 Mpa", "pressure", 5e6),
        ("5 KPA", "pressure", 5e3),
        ("35 mg/NM3", "concentration", 35e-6),
        (".5 m", "length", 0.5),
        ("5. m", "length", 5.0),
    ],
)
def test_what_people_write(text: str, quantity: str, si: float) -> None:
    parsed = TABLE.parse(text, quantity)
    assert parsed.si == pytest.approx(si, rel=3e-16)
    assert parsed.text == text
    assert parsed.unit in TABLE.units_of(quantity)


def test_percent_is_exact_to_the_last_bit() -> None:
    for thousandths in range(1, 1000):
        assert TABLE.parse(f"{thousandths / 10} %", "efficiency").si == thousandths / 1000
        assert TABLE.to_si(thousandths / 10, "%", "efficiency") == thousandths / 1000


def test_a_value_is_rounded_only_once() -> None:
    for text in ("318", "0.1", "29.3076", "123456.789", "1e-9"):
        exact = Fraction(text) * Fraction("29.3076") / 3600
        assert TABLE.parse(f"{text} gce/kWh", "coal_rate").si == float(exact)


def test_bare_numbers_take_the_default_unit_and_only_that() -> None:
    assert TABLE.parse(84.2, "efficiency", "%").si == 0.842
    assert TABLE.parse("84.2", "efficiency", default_unit="%").si == 0.842
    assert TABLE.parse(np.float64(535), "temperature", "°C").si == 808.15
    assert TABLE.parse(np.int64(5), "pressure", "MPa").si == 5e6
    assert TABLE.parse("84.2 %", "efficiency", default_unit="1").si == 0.842
    with pytest.raises(UnitError) as caught:
        TABLE.parse(84.2, "efficiency")
    assert caught.value.code == "unit_missing"
    assert "%" in caught.value.fields["allowed"]


@pytest.mark.parametrize(
    ("text", "si"),
    [
        ("0.24 MPa(g)", 0.24e6 + SITE),
        ("0.24 MPa（表压）", 0.24e6 + SITE),
        ("0.24 MPag", 0.24e6 + SITE),
        ("0.24 兆帕(表)", 0.24e6 + SITE),
        ("2.4 barg", 0.24e6 + SITE),
        ("-2 kPa(g)", SITE - 2e3),
        ("94 %(vac)", 0.06 * SITE),
        ("94％（真空度）", 0.06 * SITE),
        ("76 kPa(vac)", SITE - 76e3),
        ("76 kPa（真空）", SITE - 76e3),
        ("570 mmHg(vac)", SITE - 570 * 133.322387415),
    ],
)
def test_gauge_and_vacuum_count_from_the_site(text: str, si: float) -> None:
    assert TABLE.parse(text, "pressure", site_pressure=SITE).si == pytest.approx(si, rel=1e-14)
    with pytest.raises(UnitError) as caught:
        TABLE.parse(text, "pressure")
    assert caught.value.code == "unit_needs_site_pressure"
    assert caught.value.fields["text"] == text


@pytest.mark.parametrize(
    ("value", "quantity", "code", "hints"),
    [
        ("5 mPa", "pressure", "unit_case", {"nearest": "MPa"}),
        ("5 mpa", "pressure", "unit_case", {"nearest": "MPa"}),
        ("5 mpa(g)", "pressure", "unit_case", {"nearest": "MPa(g)"}),
        ("5 mW", "power", "unit_case", {"nearest": "MW"}),
        ("5 mwh", "energy", "unit_case", {"nearest": "MWh"}),
        ("5 MT", "mass", "unit_case", {"nearest": "Mt"}),
        ("5 Mg", "mass", "unit_case", {"nearest": "mg"}),
        ("5 CNY/mwh", "energy_price", "unit_case", {"nearest": "CNY/MWh"}),
        ("5 MV", "voltage", "unit_case", {"nearest": "mV"}),
        ("5 kJ", "power", "unit_wrong_quantity", {"meant_en": "energy", "meant_zh": "能量"}),
        ("5 kPa(g)", "pressure_difference", "unit_wrong_quantity", {"meant_en": "absolute pressure"}),
        ("5 tce", "mass", "unit_wrong_quantity", {"meant_en": "energy"}),
        ("5 m3/h", "normal_volume_flow", "unit_wrong_quantity", {"meant_en": "actual volume flow"}),
        ("5 t/a", "mass_flow", "unit_wrong_quantity", {}),
        ("5 kg/cm2", "pressure", "unit_unknown", {}),
        ("5 kgce/t熟料", "specific_coal", "unit_unknown", {}),
        ("5 CNY/t/a", "specific_capex_capacity", "unit_unknown", {}),
        ("5", "pressure", "unit_missing", {}),
        ("MPa", "pressure", "number_unreadable", {}),
        ("", "pressure", "number_unreadable", {}),
        ("约 5 MPa", "pressure", "number_unreadable", {}),
        ("5 5 MPa", "pressure", "number_unreadable", {}),
        ("5 1/2 m", "length", "number_unreadable", {}),
        ("1.2.3 MPa", "pressure", "number_unreadable", {}),
        (True, "count", "number_unreadable", {"text": "True"}),
        (np.True_, "count", "number_unreadable", {}),
        (None, "count", "number_unreadable", {}),
        ([5], "count", "number_unreadable", {}),
        (5j, "count", "number_unreadable", {}),
        ("5-7 MPa", "pressure", "number_range", {}),
        ("5 ~ 7 MPa", "pressure", "number_range", {}),
        ("5至7 MPa", "pressure", "number_range", {}),
        ("1,5 MPa", "pressure", "number_grouping", {}),
        ("1,0000 t", "mass", "number_grouping", {}),
        ("nan MPa", "pressure", "number_not_finite", {}),
        ("-inf", "pressure", "number_not_finite", {}),
        (math.nan, "count", "number_not_finite", {}),
        (math.inf, "count", "number_not_finite", {}),
        ("1e999999999 m", "length", "number_not_finite", {}),
        ("1e-999999999 m", "length", "number_not_finite", {}),
        ("1e300 亿tce/a", "energy", "unit_unknown", {}),
        ("1e300 万tce", "energy", "number_not_finite", {}),
        (10**400, "count", "number_not_finite", {}),
        ("-300 ℃", "temperature", "below_absolute_zero", {}),
        ("-1 kPa", "pressure", "below_absolute_zero", {}),
        ("5 MPa", "presure", "quantity_unknown", {}),
    ],
)
def test_refusals(value: object, quantity: str, code: str, hints: dict[str, str]) -> None:
    with pytest.raises(UnitError) as caught:
        TABLE.parse(value, quantity)  # type: ignore[arg-type]
    assert caught.value.code == code
    for field, text in hints.items():
        assert caught.value.fields[field] == text


def test_refusals_that_need_a_site() -> None:
    for text, code in (
        ("94 kPa(vac)", "below_absolute_zero"),
        ("-76 kPa(vac)", "vacuum_negative"),
        ("-94 kPa(g)", "below_absolute_zero"),
        ("101 %(vac)", "below_absolute_zero"),
    ):
        with pytest.raises(UnitError) as caught:
            TABLE.parse(text, "pressure", site_pressure=SITE)
        assert caught.value.code == code
    for site in (0.0, -5.0):
        with pytest.raises(UnitError) as caught:
            TABLE.parse("5 kPa(g)", "pressure", site_pressure=site)
        assert caught.value.code == "site_pressure_invalid"


def test_nearest_units_help() -> None:
    with pytest.raises(UnitError) as caught:
        TABLE.parse("98 kgc/t", "specific_coal")
    assert caught.value.fields["nearest"].split(", ")[0] == "kgce/t"


def test_arrays_are_converted_like_numbers() -> None:
    celsius = np.array([-40.0, 0.0, 535.0, np.nan])
    kelvin = TABLE.to_si(celsius, "°C", "temperature")
    np.testing.assert_allclose(kelvin, [233.15, 273.15, 808.15, np.nan], rtol=3e-16)
    np.testing.assert_allclose(TABLE.from_si(kelvin, "°C", "temperature"), celsius, atol=1e-12)
    rates = np.array([280.0, 318.0])
    np.testing.assert_allclose(TABLE.to_si(rates, "gce/kWh", "coal_rate"), rates * 29.3076 / 3600, rtol=4e-16)


@pytest.mark.parametrize(
    ("si", "unit", "quantity", "text"),
    [
        (12.75e6, "MPa", "pressure", "12.75 MPa"),
        (0.842, "%", "efficiency", "84.2 %"),
        (14000 * 29_307.6e6, "tce/a", "annual_energy", "14000 tce/a"),
        (123456 * 29_307.6e6, "吨标煤/年", "annual_energy", "123500 tce/a"),
        (5.6e3, "kPa(g)", "pressure", "-75.89 kPa(g)"),
        (1e-7, "CNY/kWh", "electricity_price", "0.36 CNY/kWh"),
        (7, "1", "count", "7"),
    ],
)
def test_format(si: float, unit: str, quantity: str, text: str) -> None:
    assert TABLE.format(si, unit, quantity, site_pressure=SITE) == text
    again = TABLE.parse(text, quantity, site_pressure=SITE).si
    assert again == pytest.approx(si, rel=1e-3)


def test_a_faulty_table_is_named() -> None:
    faulty = {**DATA, "quantity": {"power": {**DATA["quantity"]["power"], "units": ["kW", "kJ"]}}}
    with pytest.raises(UnitError) as caught:
        UnitTable(faulty).check()
    assert caught.value.code == "unit_table_invalid"
    assert caught.value.fields["entry"] == "quantity.power"
    assert "kJ" in caught.value.fields["reason"]
    with pytest.raises(UnitError):
        UnitTable({})


def test_every_error_has_its_text_in_both_languages() -> None:
    texts = tomllib.loads((ROOT / "plantsim/vocabulary/messages_units.toml").read_text(encoding="utf-8"))
    seen = set()
    for value, quantity, site in [
        ("5 mPa", "pressure", None), ("5 kJ", "power", None), ("5 x", "power", None), ("5", "power", None),
        ("x", "power", None), ("1,5 m", "length", None), ("5-7 m", "length", None), ("nan", "length", None),
        ("5 kPa(g)", "pressure", None), ("5 kPa(g)", "pressure", -1.0), ("-5 kPa(vac)", "pressure", SITE),
        ("-5 kPa", "pressure", None), ("5", "lenght", None),
    ]:  # fmt: skip
        with pytest.raises(UnitError) as caught:
            TABLE.parse(value, quantity, site_pressure=site)
        error = caught.value
        seen.add(error.code)
        for language in ("en", "zh"):
            template = texts[error.code][language]
            named = {field for _, field, _, _ in string.Formatter().parse(template) if field}
            assert named <= set(error.fields), (error.code, language)
            assert value[:40] in template.format(**error.fields) or error.code in {
                "quantity_unknown", "site_pressure_invalid",
            }  # fmt: skip
    assert len(seen) == 13
    for code, by_language in texts.items():
        assert set(by_language) == {"en", "zh"}, code


def test_errors_travel_between_processes() -> None:
    with pytest.raises(UnitError) as caught:
        TABLE.parse("5 kJ", "power")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), again.code, again.fields) == (UnitError, caught.value.code, caught.value.fields)


@pytest.mark.parametrize("quantity", ["temperature", "temperature_difference"])
def test_degrees_are_no_kilowatt_hours(quantity):
    """度 is a degree of temperature and a kilowatt hour: neither quantity takes the other's unit."""
    assert TABLE.parse("85 度", quantity).unit in {"°C", "K"}
    with pytest.raises(UnitError) as caught:
        TABLE.parse("20 kWh", quantity)
    assert caught.value.code == "unit_wrong_quantity"
    assert TABLE.parse("20 度", "energy").si == 20 * 3.6e6
