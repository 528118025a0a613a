"""Gas that a plant burns or makes, as what flows in operation: heat over heating value, by hand."""

from __future__ import annotations

import pytest
from plain_kernels import fields

from plantsim.library import library
from plantsim.report.plant_energy import energy_table, heating_value
from plantsim.vocabulary.case import Outcome
from plantsim.vocabulary.declarations import DeclarationError, read_declaration

LIB = library()
SECONDS = 8000 * 3600.0
CASE = fields(accounting={}, price_deck="guizhou-2026")


def solved(ledger, yearly=None):
    return fields(ledger=ledger, yearly=yearly or {}, seconds=SECONDS)


def table(process, ledger, yearly=None):
    return energy_table(CASE, fields(id="p", process=process), solved(ledger, yearly), LIB, "en")


def column(t, key):
    place = [c.key for c in t.columns].index(key)
    return [row[place] for row in t.rows]


def test_natural_gas_of_a_cast_house_in_cubic_metres_per_hour():
    """150 kt at 0.5 GJ/t in 8000 h: 9.375 GJ/h; over 35.588 MJ/Nm3 that is 263.43 Nm3/h."""
    t = table("aluminium_cell", {"natural_gas": 75_000e9, "electricity": 1e15})
    assert column(t, "gas_flow") == [pytest.approx(9375.0 / 35.588, rel=1e-12), None, None]
    assert "35.59 MJ/Nm3" in t.notes[-1]["en"]
    assert "天然气" in t.notes[-1]["zh"]


def test_a_plant_that_makes_gas_shows_it_by_its_own_heating_value():
    """1 PJ sold in 8000 h at 17.76 MJ/Nm3 are 7038.3 Nm3/h, though it leaves the plant."""
    t = table("coke_oven", {"coke_oven_gas": -1e15}, {"gas_heating_value": 17.76e6})
    assert column(t, "gas_flow")[0] == pytest.approx(1e6 / 17.76 / 8.0, rel=1e-12)
    unknown = table("coke_oven", {"coke_oven_gas": -1e15}, {"gas_heating_value": float("nan")})
    assert "gas_flow" not in [c.key for c in unknown.columns]


def test_no_column_of_gas_where_there_is_none():
    assert "gas_flow" not in [c.key for c in table("coal_unit", {"electricity": -1e15}).columns]


def test_every_gas_counted_by_heat_has_a_heating_value():
    gases = {c for c in LIB.carriers if c.endswith("_gas") and LIB.carriers[c]["quantity"] == "energy"}
    assert gases >= {"natural_gas", "coke_oven_gas", "blast_furnace_gas"}
    nothing: Outcome = solved({})
    for carrier in gases:
        value = heating_value("coal_unit", nothing, carrier, LIB)
        assert value is not None
        assert 3e6 < value < 40e6, carrier


@pytest.mark.parametrize("name", ["missing", "capacity"])
def test_a_heating_value_is_an_output_of_its_kind(name):
    data = {
        "process": {"heating_values": {"natural_gas": name}},
        "capacity": {
            "role": "output", "quantity": "mass_flow", "unit": "t/h", "label": {"en": "a", "zh": "b"},
        },
    }  # fmt: skip
    with pytest.raises(DeclarationError, match="heating value of natural_gas"):
        read_declaration("plant", data, {}, LIB.units)
