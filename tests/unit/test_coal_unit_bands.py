"""A typical band is never narrower than the references, the validation cases and the facts that it is drawn for."""

from __future__ import annotations

import tomllib

import pytest

from plantsim.library import library

LIB = library()
DECLARED = LIB.declaration("coal_unit").variables
STATED = [r.path for r in LIB.references.values() if r.process == "coal_unit"]
STATED += sorted((LIB.folder / "coal_unit" / "validation").glob("*.toml"))
# what published cases give: the 125 MW boiler sheet, the 1000 and 660 MW design cases, the CHP papers
FACTS = [
    ("air_heater_leakage", "%", (10.3, 15.7)),
    ("economiser_oxygen", "%", (3.56,)),
    ("flue_gas_temperature_fall", "K", (21.5, 27.5, 56.0, 60.0)),
    ("coal_ash", "%", (8.9, 42.5)),
    ("coal_moisture", "%", (12.0, 37.6)),
    ("boiler_efficiency", "%", (92.1, 95.0)),
    ("main_steam_pressure", "MPa", (12.75, 24.2, 28.0)),
    ("main_steam_temperature", "degC", (535.0, 600.0)),
    ("hot_reheat_temperature", "degC", (535.0, 610.0)),
    ("exhaust_pressure", "kPa", (5.4, 11.0, 14.0)),
    ("hp_efficiency", "%", (87.9,)),
    ("ip_efficiency", "%", (88.3,)),
    ("lp_efficiency", "%", (87.0,)),
    ("generator_efficiency", "%", (98.8, 98.95)),
    ("heat_supply_pressure", "MPa", (0.199, 0.4, 0.543, 0.896)),
    ("heating_exhaust_pressure", "kPa", (30.0, 54.0)),
    ("terminal_difference", "K", (-1.7, 2.8)),
]


def outside(name, given, unit):
    """Return the amounts that lie outside the band of a variable."""
    v = DECLARED[name]
    low, high = v.typical
    rounding = 1e-9 * max(abs(low), abs(high))
    found = [LIB.units.parse(one, v.quantity, default_unit=unit).si for one in given]
    return [si for si in found if not low - rounding <= si <= high + rounding]


@pytest.mark.parametrize("path", STATED, ids=lambda p: p.stem)
def test_bands_hold_the_references(path):
    for name, given in tomllib.loads(path.read_text(encoding="utf-8"))["values"].items():
        v = DECLARED.get(name)
        if v is None or v.typical is None or v.options:
            continue
        unit = given.get("unit", v.unit) if isinstance(given, dict) else v.unit
        given = given["value"] if isinstance(given, dict) else given
        assert not outside(name, given if isinstance(given, list) else [given], unit), name


@pytest.mark.parametrize(("name", "unit", "amounts"), FACTS)
def test_bands_hold_published_figures(name, unit, amounts):
    assert not outside(name, amounts, unit)
