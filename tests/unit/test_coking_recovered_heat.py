"""Recovered heat of a coking plant against figures worked by hand: order of temperatures, reheat, vapours, leaks, work.

Steam by IAPWS tables: 0.6 MPa boils at 158.83 degC, vapour 2756.1 kJ/kg and 6.7592 kJ/(kg K); 6 kPa: water 151.5 and
0.5209, vapour 2566.6 and 8.3290; water of 104 degC 435.9 kJ/kg.
"""

from __future__ import annotations

import numpy as np
import pytest
from cdq_rows import blamed, plants, quenched
from coke_rows import indicator, row_of, solve_rows, solved, status_of

from plantsim.kernels.combustion import LOWER_HEATING_VALUE
from plantsim.kernels.gas import C6H6, MOLAR_MASS
from plantsim.processes.coke_oven.coke_heat import atoms_per_mass, coke_enthalpy
from plantsim.processes.coke_oven.exergy import (
    bought_gas_exergy,
    coke_exergy,
    low_pressure_share,
    solid_ratio,
)
from plantsim.processes.coke_oven.oven import BENZOL_LATENT
from plantsim.vocabulary import status

ULTRA = {
    "cdq_steam_pressure": 13.7e6,
    "cdq_steam_temperature": 844.15,
    "cdq_reheat": 1,
}
NET = (2756.1 - 435.9) * 1e3  # J per kg of low-pressure steam


def celsius(t: float) -> float:
    return t + 273.15


# --- order of temperatures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("quenching", [0, 1])
def test_steam_colder_than_its_feedwater_is_refused_and_no_step_leads_there(quenching):
    energies = [
        indicator(quenching=quenching, feedwater_temperature=celsius(t)) for t in (104, 150, 157, 158, 158.8)
    ]
    slopes = np.diff(energies) / np.diff([104, 150, 157, 158, 158.8])
    # steam of 180 kg/t or so: 4.2 kJ/kg per kelvin are 0.026 kgce/t
    assert slopes == pytest.approx(np.full(4, -0.0265), abs=0.002)
    hot = solved(quenching=quenching, feedwater_temperature=celsius(159))
    assert status_of(hot) == (status.INFEASIBLE_ORDER, "feedwater_temperature")
    assert hot["exchanger_hot_temperature"] == pytest.approx(celsius(158.83), abs=0.01)
    assert hot["exchanger_cold_temperature"] == celsius(159)


@pytest.mark.parametrize(
    ("values", "variable"),
    [
        ({"cdq_steam_pressure": 14e6, "cdq_steam_temperature": celsius(300)}, "cdq_steam_temperature"),
        (
            {
                "cdq_steam_pressure": 0.95e6,
                "cdq_feedwater_temperature": celsius(178),
                "cdq_steam_temperature": celsius(300),
            },
            "cdq_feedwater_temperature",
        ),
        (  # exhaust of 0.13 MPa condenses at 107 degC
            {"cdq_turbine": 3, "cdq_back_pressure": 0.13e6, "cdq_feedwater_temperature": celsius(120)},
            "cdq_back_pressure",
        ),
    ],
)
def test_dry_quenching_keeps_the_order_of_water_and_steam(values, variable):
    code, y = quenched(plants(**values))
    assert (code, blamed(y)) == (status.INFEASIBLE_ORDER, variable)


def test_risers_that_boil_hotter_than_their_gas_are_refused():
    y = solved(riser_recovery=1, riser_outlet_temperature=celsius(150))
    assert status_of(y) == (status.INFEASIBLE_PINCH, "riser_outlet_temperature")
    assert y["exchanger_cold_temperature"] == pytest.approx(celsius(158.83), abs=0.01)


# --- reheat ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [{}, ULTRA], ids=["high", "ultra-high"])
def test_the_credit_is_the_boiler_s_duty_whatever_its_level(level):
    y = solved(quenching=1, cdq_blowdown=0.0, cdq_availability=1.0, **level)
    assert y["credit_steam_net"] == pytest.approx(y["cdq_boiler_duty"], rel=1e-9)


def test_a_higher_level_at_equal_duty_moves_the_credit_by_blowdown_alone():
    high, ultra = solved(quenching=1), solved(quenching=1, **ULTRA)
    assert ultra["cdq_boiler_duty"] == pytest.approx(high["cdq_boiler_duty"], rel=1e-9)
    # 1 % of blowdown: boiling water of 13.7 MPa (1563 kJ/kg) of less steam, of 9.81 MPa (1400 kJ/kg)
    lost = [
        0.01 * m * (h - 443) * 1e3
        for m, h in ((high["cdq_steam_flow"], 1400.0), (ultra["cdq_steam_flow"], 1563.0))
    ]
    moved = high["credit_steam_net"] - ultra["credit_steam_net"]
    assert moved == pytest.approx(lost[1] - lost[0], abs=2e-4 * high["credit_steam_net"])
    assert abs(moved) < 5e-4 * high["credit_steam_net"]


def test_a_meter_of_live_steam_reads_less_by_the_reheat():
    s = solve_rows(row_of(quenching=1, **ULTRA))
    y = s.y[0]
    meter, net = (s.indicators[f"coke_unit_energy_steam_{k}"][0] for k in ("meter", "net"))
    assert (meter - net) * y["coke_rate"] == pytest.approx(y["cdq_reheat_heat"], rel=1e-9)
    assert y["cdq_reheat_heat"] > 0.1 * y["cdq_steam_heat_net"]
    assert s.indicators["coke_unit_energy"][0] == pytest.approx(net, rel=1e-12)
    plain = solve_rows(row_of(quenching=1)).indicators
    assert plain["coke_unit_energy_steam_meter"][0] == plain["coke_unit_energy_steam_net"][0]


# --- vapours of the by-product plant ---------------------------------------------------------------------------


def test_heat_of_returned_vapours_by_hand():
    """150 g per tonne of coke, 92 % of it caught, as benzol: benzene of 40.1 MJ/kg."""
    none, back = solved(), solved(voc_treatment=1)
    heating_value = LOWER_HEATING_VALUE[C6H6] / MOLAR_MASS[C6H6] - BENZOL_LATENT
    assert heating_value == pytest.approx(40.1e6, rel=2e-3)
    caught = 0.92 * 150e-6 * none["coke_rate"]
    gained = back["coke_oven_gas_out"] - none["coke_oven_gas_out"]
    assert gained == pytest.approx(caught * heating_value, rel=1e-9)
    tce = gained * 8760 * 3600 / 29307.6e6
    assert tce == pytest.approx(209, abs=2)
    assert none["voc_rate"] - back["voc_rate"] == pytest.approx(caught, rel=1e-9)
    for y in (none, back):  # vapours came out of the benzol: nothing is made of nothing
        made = y["benzol_flow"] + y["voc_rate"] + y["voc_returned_flow"]
        assert made == pytest.approx(y["dry_coal_flow"] * 0.0110, rel=0.01)
        assert abs(y["plant_carbon_residual"]) < 1e-9


def test_more_vapour_than_benzol_is_refused():
    y = solved(voc_emission=2e-3, benzol_yield=1e-3)
    assert status_of(y) == (status.INFEASIBLE_FLOW, "voc_emission")


# --- surplus steam and extraction ------------------------------------------------------------------------------

RICH = {"riser_recovery": 1, "flue_boiler": 1, "process_steam": 0.05, "still_steam": 0.06}


def test_power_of_surplus_steam_by_hand():
    y = solved(**RICH, surplus_steam_turbine=2)
    surplus = y["steam_recovered"] - y["steam_demand"]
    wetness = (6.7592 - 0.5209) / (8.3290 - 0.5209)
    ideal = 2756.1 - (151.5 + wetness * (2566.6 - 151.5))  # kJ/kg
    power = surplus * 0.70 * ideal * 1e3 * 0.98 * 0.965
    assert y["surplus_steam_power"] == pytest.approx(power, rel=2e-3)
    assert y["surplus_turbine_heat"] == pytest.approx(surplus * NET, rel=1e-3)
    assert y["steam_unused_heat"] == 0.0
    without = solved(**RICH)
    assert without["steam_unused_heat"] == pytest.approx(surplus * NET, rel=1e-3)
    own_use = 0.03 * y["surplus_steam_power"]
    saved = without["grid_power"] - y["grid_power"]
    assert saved == pytest.approx(y["surplus_steam_power"] - own_use, rel=1e-9)


def test_steam_goes_first_to_the_plant_then_to_others_then_to_the_turbine():
    y = solved(**RICH, surplus_steam_turbine=2, surplus_steam_used=0.4)
    surplus = (y["steam_recovered"] - y["steam_demand"]) * NET
    assert y["steam_surplus_heat"] == pytest.approx(0.4 * surplus, rel=1e-3)
    assert y["surplus_turbine_heat"] == pytest.approx(0.6 * surplus, rel=1e-3)


def test_admission_needs_a_turbine_and_works_while_it_runs():
    refused = solved(**RICH, surplus_steam_turbine=1)
    assert status_of(refused) == (status.INFEASIBLE_FLOW, "surplus_steam_turbine")
    back = solved(**RICH, surplus_steam_turbine=1, quenching=1, cdq_turbine=3)
    assert status_of(back) == (status.INFEASIBLE_FLOW, "surplus_steam_turbine")
    y = solved(**RICH, surplus_steam_turbine=1, quenching=1, cdq_availability=0.9)
    own = solved(**RICH, surplus_steam_turbine=2, quenching=1, cdq_availability=0.9)
    assert y["surplus_steam_power"] == pytest.approx(0.9 * own["surplus_steam_power"], rel=1e-9)
    assert y["steam_unused_heat"] == pytest.approx(0.1 * own["surplus_turbine_heat"], rel=1e-9)


def test_steam_of_the_risers_spares_extraction_and_makes_power():
    """An extraction turbine gives what is wanted; steam that risers bring stays in it down to the condenser."""
    extraction = {"quenching": 1, "cdq_turbine": 2, "cdq_extraction_share": 0.5, "cdq_availability": 1.0}
    bare, risers = solved(**extraction), solved(**extraction, riser_recovery=1)
    assert max(bare["heat_bought"], risers["heat_bought"]) < 1e-9 * bare["steam_short_heat"]
    spared = bare["cdq_export_heat"] - risers["cdq_export_heat"]
    assert spared == pytest.approx(risers["riser_steam_flow"] * NET, rel=1e-3)
    # steam of 0.8 MPa and 2810 kJ/kg or so from 0.8 MPa to 6 kPa gives 600 kJ/kg of its 2370 above feedwater
    gained = risers["cdq_gross_power"] - bare["cdq_gross_power"]
    assert 0.22 < gained / spared < 0.30
    assert bare["cdq_export_heat"] == pytest.approx(bare["steam_demand"] * NET, rel=1e-3)


def test_steam_of_too_low_a_pressure_does_not_serve_the_plant():
    y = solved(quenching=1, cdq_turbine=2, cdq_extraction_pressure=0.5e6, cdq_extraction_share=0.5)
    assert y["cdq_export_heat"] == 0.0
    assert y["heat_bought"] == y["steam_short_heat"]


def test_steam_is_bought_while_dry_quenching_stands():
    y = solved(quenching=1, cdq_turbine=2, cdq_extraction_share=0.5, cdq_availability=0.9)
    assert y["heat_bought"] == pytest.approx(0.1 * y["steam_short_heat"], rel=1e-9)


# --- leaks -----------------------------------------------------------------------------------------------------


def test_leaking_raw_gas_by_hand():
    """3 % of gas (6.1), tar (1.37), benzol and light products: 0.24 MJ/kg of coal burn in the flues beside the fuel."""
    tight, leaky = solved(), solved(raw_gas_leakage=0.03)
    for name in ("gas_heat", "tar_heat", "liquor_flow", "gas_sensible_heat", "water_sensible_heat"):
        assert leaky[name] == pytest.approx(0.97 * tight[name], rel=1e-12), name
    coal = tight["dry_coal_flow"]
    light = 0.014 * 0.14 * 18.6e6 + 0.007 * 0.2 * 34.08 / 32.06 * 15.2e6  # ammonia 22.6 MJ/kg of N, sulphide
    chemical = 0.03 * (tight["gas_heat"] + tight["tar_heat"] + 0.011 * 40.1e6 * coal + light * coal)
    assert leaky["leaked_gas_heat"] == pytest.approx(chemical, rel=0.01)
    # heat that raw gas no longer takes away and what burns, less surface and flue gas of what leaked
    spared = 0.03 * sum(tight[f"{k}_sensible_heat"] for k in ("gas", "tar", "light", "water"))
    less = (tight["underfiring_power"] - leaky["underfiring_power"]) / tight["underfiring_power"]
    most = (spared + chemical) / (0.9 - 0.116) / tight["underfiring_power"]
    assert 0.75 * most < less < most
    carbon = leaky["combustion_co2_rate"] - tight["combustion_co2_rate"]
    assert carbon > 0.0  # tar and benzol hold more carbon per heat than the gas that they replace
    for y in (tight, leaky):
        assert abs(y["energy_residual"]) < 1e-9
        assert abs(y["plant_carbon_residual"]) < 1e-9


def test_a_small_leak_moves_little_and_measured_oxygen_is_kept():
    tight, drop = solved(), solved(raw_gas_leakage=1e-9)
    assert drop["underfiring_power"] == pytest.approx(tight["underfiring_power"], rel=1e-8)
    y = solved(raw_gas_leakage=0.05, flue_oxygen=0.06)
    assert y["flue_oxygen_content"] == pytest.approx(0.06, abs=1e-12)


# --- exergy ----------------------------------------------------------------------------------------------------


def test_exergy_of_coke_s_heat_is_its_integral():
    atoms, ash = atoms_per_mass(0.86, 0.0025, 0.003, 0.009, 0.006), 0.12
    T = np.linspace(298.15, 1323.15, 20001)
    h = np.array([coke_enthalpy(t, atoms, ash) for t in T])
    middle = 0.5 * (T[1:] + T[:-1])
    by_hand = np.sum(np.diff(h) * (1.0 - 298.15 / middle))
    assert coke_exergy(1323.15, atoms, ash) == pytest.approx(by_hand, rel=1e-7)


def test_exergy_of_a_gas_by_hand():
    """Blast-furnace gas of 25.3 % CO, 20 % CO2, 2 % H2, dry, with 7 % of moisture."""
    shares = {"CO": 0.253 * 0.93, "CO2": 0.20 * 0.93, "H2": 0.02 * 0.93, "N2": 0.527 * 0.93, "H2O": 0.07}
    standard = {"CO": 275.10, "CO2": 19.87, "H2": 236.10, "N2": 0.72, "H2O": 9.49}
    by_hand = sum(n * (1e3 * standard[k] + 8.314463 * 298.15 * np.log(n)) for k, n in shares.items())
    assert bought_gas_exergy(row_of()[0]) == pytest.approx(by_hand, rel=1e-6)
    # graphite: 410.26 kJ/mol of exergy over 393.5 of heat is 1.0426, the ratio of pure carbon 1.0437
    assert solid_ratio(1.0, 0.0, 0.0, 0.0) == pytest.approx(410.26 / 393.5, rel=2e-3)


def test_exergy_of_low_pressure_steam_by_hand():
    """Vapour of 0.6 MPa 6.7592, water of 104 degC 1.3464 kJ/(kg K): 2320 less 298.15 x 5.4128 kJ/kg are 0.304 of it."""
    by_hand = 1.0 - 298.15 * (6.7592 - 1.3464) / (2756.1 - 435.9)
    assert low_pressure_share(row_of()[0], NET) == pytest.approx(by_hand, rel=2e-3)


def test_exergy_of_dry_quenching_by_hand():
    """Steam of 9.81 MPa and 540 degC: 3478.4 kJ/kg, 6.7385; water of 104 degC: 443 and 1.346 kJ/(kg K)."""
    y = solved(quenching=1, cdq_last_economiser=0, cdq_gas_inlet_temperature=celsius(165))
    per_steam = 3478.4 - 443.0 - 298.15 * (6.7385 - 1.346)
    assert y["cdq_exergy_out"] == pytest.approx(y["cdq_steam_flow"] * per_steam * 1e3, rel=2e-3)
    assert 0.4 < y["cdq_exergy_efficiency"] < 0.7
    ultra = solved(quenching=1, **ULTRA)
    assert ultra["cdq_exergy_efficiency"] > solved(quenching=1)["cdq_exergy_efficiency"]


def test_dry_quenching_raises_the_plant_s_exergy_efficiency():
    wet, dry = solved(), solved(quenching=1)
    gained = dry["exergy_out"] - dry["exergy_in"] - wet["exergy_out"] + wet["exergy_in"]
    power = wet["grid_power"] - dry["grid_power"]
    burnt = solid_ratio(dry["coke_carbon"], 0.0025, 0.003, 0.0073) * dry["cdq_burnt_heat"]
    assert gained == pytest.approx(power - burnt, rel=0.05)
    assert dry["exergy_efficiency"] > wet["exergy_efficiency"]
