"""What a coking plant measures: used where an input takes it, else compared with the model through [record]."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from coke_rows import row_of, solve_rows, solved

from plantsim.engine.calibrate import calibrate_plant, comparable, compare_record
from plantsim.io.plants import reference_plant
from plantsim.library import library
from plantsim.vocabulary.case import Reported, Value
from plantsim.vocabulary.status import OK, OUTSIDE_RANGE

LIB = library()
NH3, N, H2S, S = 0.017031, 0.014007, 0.034076, 0.03206  # kg/mol
NEAR = 2e-4
USED = (  # inputs of the model
    "gas_hydrogen", "gas_methane", "gas_ethylene", "gas_carbon_monoxide", "gas_carbon_dioxide", "gas_oxygen",
    "gas_hydrogen_sulphide", "raw_gas_hydrogen_sulphide", "coke_yield", "tar_yield", "benzol_yield", "ammonia_yield",
    "coal_heating_value", "flue_oxygen", "flue_temperature", "raw_gas_temperature", "coke_temperature",
    "cdq_vent_co", "cdq_vent_h2", "cdq_vent_o2", "cdq_vent_ch4", "flue_nox", "flue_so2", "flue_dust", "cdq_vent_so2",
    "quench_water", "process_water", "process_steam", "still_steam", "wet_coke_moisture",
)  # fmt: skip
COMPARED = (  # outputs that [record] takes
    "gas_yield", "gas_made", "gas_heating_value", "gas_nitrogen_content", "heating_gas_flow", "surplus_gas_flow",
    "blast_furnace_gas_flow", "dry_flue_gas_flow", "flue_oxygen_content", "chimney_gas_temperature",
    "wet_heat_consumption", "cdq_steam_per_coke", "cdq_power_per_coke", "cdq_burnt_share", "cdq_loop_co2",
    "cdq_boiler_gas_temperature", "cdq_gas_behind_boiler", "cdq_coke_temperature", "riser_steam_flow",
    "flue_boiler_steam_flow", "steam_demand", "ammonia_caught", "ammonium_sulphate_made", "sulphur_made", "liquor_flow",
    "waste_water_flow", "fresh_water_flow", "tower_make_up", "demineralised_water", "cdq_coke_ash", "coke_sulphur",
    "cdq_coke_net_heating_value", "coke_moisture", "so2_concentration", "nox_concentration", "ammonia_slip",
)  # fmt: skip


def test_everything_on_an_engineer_s_sheet_is_used_or_compared():
    declaration = LIB.declaration("coke_oven")
    assert {n for n in USED if declaration.variables[n].role != "input"} == set()
    plant = reference_plant("top-charged-6m", LIB)
    plant = replace(plant, record=tuple(Reported(n, Value(1.0), {}) for n in COMPARED))
    assert tuple(f.name for f in comparable(plant, LIB)) == COMPARED


def test_measured_ammonia_takes_its_nitrogen_from_the_gas():
    """2.6 kg/t: 2.14 kg of nitrogen, the rest of what is in neither coke nor tar leaves as nitrogen gas."""
    found = solve_rows(row_of(ammonia_yield=2.6e-3))
    x, d, y = found.x[0], found.d[0], found.y[0]
    assert d["ammonia_share"] == pytest.approx(2.6e-3, rel=1e-12)
    gas = (
        x["coal_nitrogen"] * (1 - x["coke_nitrogen_share"])
        - 2.6e-3 * N / NH3
        - d["tar_share"] * x["tar_nitrogen"]
    )
    assert d["nitrogen_in_gas"] == pytest.approx(gas, rel=NEAR)
    salt = y["dry_coal_flow"] * 2.6e-3 / NH3 / 2 * 0.132134
    assert y["ammonium_sulphate_made"] == pytest.approx(salt, rel=NEAR)
    assert abs(y["nitrogen_residual"]) < 1e-12


@pytest.mark.parametrize(
    "ultimate", [{}, {"coal_carbon": 0.775, "coal_hydrogen": 0.045, "coal_oxygen": 0.045}]
)
def test_measured_sulphide_of_the_raw_gas(ultimate):
    """6 g/Nm3 before desulphurisation, beside 5 % organic sulphur: what the raw gas holds, and less in the coke."""
    found = solve_rows(row_of(raw_gas_hydrogen_sulphide=6e-3, **ultimate))
    x, d, y = found.x[0], found.d[0], found.y[0]
    assert y["status"] == OK
    per_coal = d["gas_amount"] * 0.02241396954  # Nm3/kg
    held = d["sulphide_share"] * (1 - x["organic_sulphur_share"]) / per_coal
    assert held == pytest.approx(6e-3, rel=1e-6)
    left = x["coal_sulphur"] - d["sulphide_share"] * S / H2S - d["tar_share"] * x["tar_sulphur"]
    assert d["sulphur_in_coke"] == pytest.approx(left, rel=NEAR)
    for name in ("sulphur_residual", "hydrogen_residual", "carbon_residual", "plant_sulphur_residual"):
        assert abs(y[name]) < 1e-9


def test_what_the_coal_does_not_hold_is_refused_by_name():
    declaration = LIB.declaration("coke_oven")
    for name, value in (("raw_gas_hydrogen_sulphide", 25e-3), ("ammonia_yield", 8e-3)):
        found = solve_rows(row_of(**{name: value, "coal_nitrogen": 0.008}))
        assert (found.status[0], declaration.name_of_code(int(found.blame[0]))) == (OUTSIDE_RANGE, name)


def test_nitrogen_of_the_gas_is_that_of_coal_and_air():
    """Of 100 mol of cleaned gas 0.5 of oxygen bring 0.5/0.21 x 0.79 of nitrogen."""
    found = solve_rows(row_of())
    d, y = found.d[0], found.y[0]
    air = 0.005 / 0.21 * 0.79
    coal = d["nitrogen_in_gas"] / (2 * N) / d["gas_amount"]
    assert y["gas_nitrogen_content"] == pytest.approx(air + coal, rel=NEAR)


def test_flue_gas_of_the_cems():
    """At the oxygen that is there: what is emitted at 8 % oxygen is the same mass in the gas that there is."""
    y = solved(flue_oxygen=0.06)
    at_8 = y["dry_flue_gas_flow"] * (0.209 - y["flue_oxygen_content"]) / (0.209 - 0.08)
    assert y["nox_rate"] == pytest.approx(at_8 * y["nox_concentration"], rel=2e-3)


def test_measured_burn_off_and_steam_are_met_by_air_and_circulating_gas():
    """A plant whose air is 70 Nm3/t and that believes in 90: fitted to its burn-off it finds the 70."""
    true = solved(quenching=1, cdq_air=70 / 1000)
    plant = reference_plant("top-charged-6m", LIB)
    values = {**plant.values, "quenching": Value(1), "cdq_air": Value(90 / 1000)}
    figure = Reported("cdq_burnt_share", Value(float(true["cdq_burnt_share"]), sd=2e-5), {})
    plant = replace(plant, values=values, record=(figure,))
    (before,) = compare_record(plant, LIB).figures
    assert before.disagrees
    fit = calibrate_plant(plant, LIB, ["cdq_air"])
    (unknown,) = fit.unknowns
    assert unknown.fitted == pytest.approx(70 / 1000, rel=0.02)
    assert np.isfinite(unknown.fitted)
