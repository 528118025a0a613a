"""Fuel gas of a coking plant in Nm3/h: made, burnt and given to others, by hand from its heat."""

from __future__ import annotations

import pytest
from coke_rows import row_of, solve_rows, solved

from plantsim.processes.coke_oven.tables import tables

HOUR = 3600.0


def test_gas_of_a_plant_that_heats_with_its_own():
    """164.9 t/h of coal: 2.61 GJ/t into the flues at 17.5 MJ/Nm3 are some 24,600 Nm3/h of the gas made."""
    y = solved()
    coal = 110 * 38.5 * 740.0 / (19 * HOUR)
    burnt = y["dry_heat_consumption"] * coal / y["gas_heating_value"]
    assert y["heating_gas_flow"] == pytest.approx(burnt, rel=1e-9)
    assert y["heating_gas_flow"] * HOUR == pytest.approx(24_600, rel=0.03)
    assert y["gas_made"] == pytest.approx(coal * y["gas_yield"], rel=1e-12)
    assert y["surplus_gas_flow"] == pytest.approx(y["coke_oven_gas_out"] / y["gas_heating_value"], rel=1e-9)
    assert (y["blast_furnace_gas_flow"], y["reheat_gas_flow"]) == (0.0, 0.0)


def test_mixed_gas_and_reheating():
    """Nine tenths of the volume is blast-furnace gas: CO 23, H2 1.5 % dry, 4 % moist are 2.95 MJ/Nm3."""
    bfg = {"bfg_carbon_monoxide": 0.23, "bfg_hydrogen": 0.015, "bfg_moisture": 0.04}
    y = solved(
        blast_furnace_gas_share=0.9, denitration=1, flue_temperature=473.15, scr_temperature=503.15, **bfg
    )
    assert y["blast_furnace_gas_flow"] == pytest.approx(9.0 * y["heating_gas_flow"], rel=1e-9)
    per_volume = 0.96 * (0.23 * 282.98e3 + 0.015 * 241.83e3) / 0.0224140
    assert y["blast_furnace_gas_in"] == pytest.approx(y["blast_furnace_gas_flow"] * per_volume, rel=1e-3)
    assert y["reheat_gas_flow"] == pytest.approx(y["reheat_gas"] / y["gas_heating_value"], rel=1e-12)
    assert y["reheat_gas_flow"] > 0.0
    given = y["gas_made"] - y["heating_gas_flow"] - y["reheat_gas_flow"]
    assert y["surplus_gas_flow"] == pytest.approx(given, rel=1e-12)


def test_run_shows_gas_and_water():
    s = solve_rows(row_of(quenching=1))
    y, by_key = s.y[0], {t.key: t for t in tables(s.x[0], s.d[0], s.year.o[0], s.y[0])}
    gas = by_key["coke_gas"].rows
    assert [round(r[1]) for r in gas] == [
        round(HOUR * y[n])
        for n in (
            "gas_made",
            "heating_gas_flow",
            "blast_furnace_gas_flow",
            "reheat_gas_flow",
            "surplus_gas_flow",
        )
    ]
    assert gas[0][2] == pytest.approx(sum(r[2] for r in gas[1:]), rel=1e-9)
    *parts, whole = by_key["coke_water"].rows
    for column in (1, 2, 3):
        assert sum(r[column] for r in parts) == pytest.approx(whole[column], rel=1e-9)
    assert whole[1] == pytest.approx(3.6 * y["fresh_water_flow"], rel=1e-12)


def test_water_that_is_not_known_is_a_dash():
    s = solve_rows(row_of(quenching=1, tower_air_temperature=311.0, tower_air_humidity=1.0))
    (water,) = (t for t in tables(s.x[0], s.d[0], s.year.o[0], s.y[0]) if t.key == "coke_water")
    assert s.status[0] == 0
    assert (water.rows[0][1], water.rows[-1][1]) == (None, None)
    assert water.rows[1][1] > 0.0
    assert "—" in water.notes[0]["en"]
