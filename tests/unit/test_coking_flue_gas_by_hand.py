"""A coking plant's flue gas in dryer and boiler, its books of energy and its sheet of products, term by term."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.kernels import gas, steam
from plantsim.processes.coke_oven import books, codes, flue_gas, tables
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, OK

NAN = math.nan
LATENT = 44.004e3 / 18.015e-3  # J/kg at 25 degC: 285.83 - 241.826 kJ/mol


def flue():
    n = np.zeros(gas.SPECIES)
    for name, amount in {"N2": 5.1, "CO2": 0.5, "H2O": 1.3, "O2": 0.4}.items():
        n[gas.SPECIES_NAMES.index(name)] = amount
    return n


def heat(T):
    """Enthalpy of the flue gas of a mole of fuel [J]."""
    return plain(gas.mixture_h)(flue(), T)


# ---------------------------------------------------------------- dryer


def run_dryer(n, **change):
    x = fields(
        moisture_removed=0.04, coal_moisture=0.10, dryer_efficiency=0.81, moisture_heat=codes.DRYING_BY_FLUE_GAS,
    )  # fmt: skip
    x.__dict__.update(change)
    y = fields(exchanger_hot_temperature=NAN, exchanger_cold_temperature=NAN, status_variable=0)
    d = fields(flue_gas=flue(), charge_water=0.0638)
    return plain(flue_gas.dryer)(x, d, n, 30.0, 481.0, y), y


# 30 kg/s of dry coal from 1/9 to 0.0638 kg/kg; vapour leaves at 80 degC
DRYING = 30.0 * (1 / 9 - 0.0638) * (LATENT + 1870.0 * 55.0) / 0.81


def test_drying_takes_the_water_s_heat_from_the_flue_gas():
    n = DRYING / (heat(481.0) - heat(420.0))
    (T, status), y = run_dryer(n)
    assert (pytest.approx(420.0, abs=0.01), OK) == (T, status)
    assert y.drying_heat == pytest.approx(DRYING, rel=1e-4)
    assert math.isnan(y.exchanger_hot_temperature)  # nothing to tell
    assert math.isnan(y.exchanger_cold_temperature)
    (T, status), y = run_dryer(n, moisture_heat=1 - codes.DRYING_BY_FLUE_GAS)  # steam does it
    assert (T, status) == (481.0, OK)
    assert y.drying_heat == pytest.approx(DRYING, rel=1e-4)
    (T, status), y = run_dryer(n, moisture_removed=0.0)
    assert (T, status, y.drying_heat) == (481.0, OK, 0.0)


@pytest.mark.parametrize(("T_out", "code"), [(363.2, OK), (363.1, INFEASIBLE_THERMAL)])
def test_gas_leaves_the_dryer_ten_kelvin_above_its_vapour(T_out, code):
    (T, status), y = run_dryer(DRYING / (heat(481.0) - heat(T_out)))
    assert status == code
    if code == OK:
        assert pytest.approx(T_out, abs=0.01) == T
    else:
        assert (T, y.status_variable) == (481.0, codes.MOISTURE_REMOVED)
        found = (y.exchanger_hot_temperature, y.exchanger_cold_temperature)
        assert found == pytest.approx((T_out, 353.15), abs=0.01)


# ---------------------------------------------------------------- boiler


def run_boiler(**change):
    x = fields(
        flue_boiler=codes.BOILER_STEAM, flue_boiler_outlet_temperature=441.0, flue_boiler_loss=0.023,
        steam_pressure=0.6e6, flue_boiler_pinch=9.0, feedwater_temperature=377.0,
    )  # fmt: skip
    x.__dict__.update(change)
    y = fields(exchanger_hot_temperature=NAN, exchanger_cold_temperature=NAN, status_variable=0)
    return plain(flue_gas.boiler)(x, fields(flue_gas=flue()), 730.0, 561.0, y), y


def test_steam_of_the_flue_gas():
    """730 mol/s of fuel, its flue gas from 561 to 441 K; water at 377 K becomes saturated steam of 0.6 MPa."""
    (T, status), y = run_boiler()
    given = 730.0 * (heat(561.0) - heat(441.0))
    assert (pytest.approx(441.0, abs=0.2), OK) == (T, status)
    assert y.flue_boiler_heat == pytest.approx(given, rel=1e-3)
    per_steam = steam.vapour_enthalpy(0.6e6) - steam.h_pT(0.6e6, 377.0)
    assert y.flue_boiler_steam_flow == pytest.approx(0.977 * y.flue_boiler_heat / per_steam, rel=1e-9)
    assert (y.flue_boiler_gas_inlet, y.flue_boiler_gas_outlet) == (561.0, T)
    assert math.isnan(y.exchanger_hot_temperature)
    (T, status), y = run_boiler(flue_boiler=1 - codes.BOILER_STEAM)
    assert (T, status, y.flue_boiler_heat, y.flue_boiler_steam_flow) == (561.0, OK, 0.0, 0.0)
    assert math.isnan(y.flue_boiler_gas_inlet)


def test_no_steam_of_gas_that_is_colder_than_it_boils():
    (T, status), y = run_boiler(steam_pressure=8e6)  # boils at 568 K
    assert (T, y.status_variable) == (561.0, codes.FLUE_BOILER_OUTLET_TEMPERATURE)
    assert status != OK
    boils = steam.saturation_temperature(8e6)
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (561.0, boils)


# ---------------------------------------------------------------- books, sheet


def test_energy_that_stays_in_the_plant():
    """Each heat by itself: coal and gas bought less coke, gas, tar and benzol; steam and power bought less sold."""
    x = {"raw_gas_leakage": np.array([0.02]), "tar_net_heating_value": np.array([36e6])}
    d = {
        "fuel_demand": np.array([2.8e6]), "fuel_heat": np.array([4e5]), "bfg_heat_share": np.array([0.07]),
        "coal_net_heat": np.array([30e6]), "gas_chemical_heat": np.array([5.9e6]), "tar_share": np.array([0.036]),
        "benzol_chemical_heat": np.array([0.44e6]), "benzol_share": np.array([0.011]),
    }  # fmt: skip
    y = {
        "dry_coal_flow": 30.0, "reheat_gas": 3e6, "coke_pushed_flow": 22.5, "coke_net_heating_value": 29e6,
        "cdq_burnt_heat": 5.1e6, "voc_returned_heat": 0.31e6, "voc_made_flow": 0.013, "steam_short_heat": 7e6,
        "steam_surplus_heat": 5.3e6, "turbine_steam_used": 8.9e6, "liquor_heat": 2.1e6, "power_demand": 4.1e6,
        "cdq_gross_power": 15.7e6, "surplus_steam_power": 0.0,
    }  # fmt: skip
    y = {k: np.array([v]) for k, v in y.items()}
    flues = 30 * 2.8e6
    left = 30 * 0.98  # kg/s whose gas does not leak
    bought = 0.07 * flues
    sold = left * 5.9e6 - 0.93 * flues - 3e6 + 0.31e6
    coke = 22.5 * 29e6 - 5.1e6
    others = left * (0.036 * 36e6 + 0.44e6) - 0.013 * 40e6
    by_hand = 900e6 + bought - coke - sold - others + 7e6 - 5.3e6 - 8.9e6 - 2.1e6 + 4.1e6 - 15.7e6
    assert books.energy(x, d, None, y)[0] == pytest.approx(by_hand, rel=1e-12)
    d["benzol_share"] = np.array([0.0])  # none is made: no vapours either
    d["benzol_chemical_heat"] = np.array([0.0])
    without = by_hand + left * 0.44e6 - 0.013 * 40e6
    assert books.energy(x, d, None, y)[0] == pytest.approx(without, rel=1e-12)


def sheet():
    y = {
        "status": OK, "coke_rate": 22.0, "dry_coal_flow": 30.0, "gas_yield": 0.333, "gas_heating_value": 17.9e6,
        "liquor_flow": 4.2, "coal_net_heating_value": 30.1e6, "coke_net_heating_value": 28.7e6,
        "coke_sensible_heat": 37e6, "gas_sensible_heat": 14e6, "tar_sensible_heat": 2.1e6, "light_sensible_heat": 1.7e6,
        "water_sensible_heat": 12.7e6, "flue_gas_heat": 19e6, "surface_loss": 9e6,
        "counted_coal_heat": 903e6, "counted_gas_in": 6e6, "counted_power_use": 4.1e6, "counted_coke_heat": 640e6,
        "counted_products_heat": 170e6, "counted_steam_net": 7e6, "counted_steam_gross": 7.9e6,
        "credit_steam_net": 45e6, "credit_steam_gross": 52e6, "credit_steam_meter": 41e6,
        "credit_power_equivalent": 15.7e6, "credit_power_equal_value": 39e6, "coal_heat": 903e6, "coke_heat": 640e6,
        "exergy_in": 950e6,
        "exergy_out": 840e6, "exergy_efficiency": 0.884, "cdq_exergy_in": 30e6, "cdq_exergy_out": 19e6,
        "cdq_exergy_efficiency": 0.633,
    }  # fmt: skip
    d = {"coke_share": 0.755, "tar_share": 0.036, "benzol_share": 0.0113}
    own = (tables._heat(y), tables._products(d, y), *tables._energy(y), tables._exergy(y))
    return {t.key: t for t in own}


def test_products_per_tonne_of_dry_coal():
    """Shares times 100 or 1000; 4.2 of 30 kg/s of liquor are 140 kg/t."""
    row = sheet()["products"].rows[0]
    assert row == pytest.approx((75.5, 333.0, 17.9, 36.0, 11.3, 140.0, 30.1, 28.7), rel=1e-12)


def test_heat_of_the_ovens_per_tonne_of_dry_coal_and_in_percent():
    mega, percent = sheet()["oven_heat"].rows
    flows = [37e6, 14e6, 2.1e6, 1.7e6, 12.7e6, 19e6, 9e6]
    whole = 95.5e6
    assert mega[1:] == pytest.approx([*(f / 30e3 for f in flows), whole / 30e3], rel=1e-12)
    assert percent[1:] == pytest.approx([*(100 * f / whole for f in flows), 100.0], rel=1e-12)


def test_energy_per_tonne_of_coke_by_every_convention():
    """Taken 903 + 6 + 4.1 - 640 - 170 = 103.1 MW, with steam bought less the credit; 29.3076 MJ/kgce."""
    tonne = 22.0 * 29307.6
    bought = (7e6, 7.9e6, 7e6, 7e6, 7e6)
    credit = (45e6, 52e6, 41e6, 15.7e6, 39e6)
    row = sheet()["coke_energy"].rows[0]
    by_hand = [(103.1e6 + b - c) / tonne for b, c in zip(bought, credit, strict=True)]
    assert row == pytest.approx([*by_hand, 9.03e6 / tonne, -6.4e6 / tonne], rel=1e-12)
    assert sheet()["coke_recovered"].rows[0] == pytest.approx([c / tonne for c in credit], rel=1e-12)


def test_exergy_per_tonne_of_coke():
    """W over kg/s of coke, in MJ/t."""
    plant, quenched = sheet()["coke_exergy"].rows
    assert plant[1:] == pytest.approx((950e6 / 22e3, 840e6 / 22e3, 88.4), rel=1e-12)
    assert quenched[1:] == pytest.approx((30e6 / 22e3, 19e6 / 22e3, 63.3), rel=1e-12)
