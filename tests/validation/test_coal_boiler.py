"""The boiler against a maker-style predicted performance sheet, and sensitivities worked out a second way.

Sheet: 125 MW class, coal of 42.5 % ash, losses by PTC 4 over the higher heating value (a design prediction; maker not
named). Two conventions decide the agreement and are inputs: the reference temperature of 25 degC, and that the
printed gas temperature is the one after leakage. Air and gas are compared at the sheet's own coal flow.
"""

from __future__ import annotations

import numpy as np
import pytest
from coal_unit_rows import coal, read_reference, run

from plantsim.kernels.combustion import burn, dry_share
from plantsim.kernels.gas import CO2, H2O, O2, SPECIES, mass
from plantsim.kernels.humid_air import DRY_AIR_O2, humid_air, humidity_ratio

ZERO = 273.15
HHV = 3200 * 4186.8  # J/kg
SHEET_COAL = {
    "coal_carbon": 0.3299, "coal_hydrogen": 0.0251, "coal_oxygen": 0.0872, "coal_nitrogen": 0.0068,
    "coal_sulphur": 0.006, "coal_ash": 0.425, "coal_moisture": 0.12,
}  # fmt: skip
# air-heater gas in, out and combustion air, coal [t/h]; gas temperatures [degC]; losses and efficiency [% of HHV]
POINTS = {
    "125 MW": {
        "gas": 521, "gas_out": 579, "air": 470, "coal": 89.4, "T_out": 126, "T_in": 298,
        "dry_gas": 4.40, "hydrogen": 4.44, "fuel_moisture": 2.38, "efficiency": 86.52,
    },
    "HP heaters out": {
        "gas": 545, "gas_out": 601, "air": 491, "coal": 93.4, "T_out": 110, "T_in": 243,
        "dry_gas": 3.64, "hydrogen": 4.38, "fuel_moisture": 2.34, "efficiency": 87.44,
    },
}  # fmt: skip


def by_method(name: str, **values):
    """Return a reference unit whose efficiency is left to the method."""
    return {**read_reference(name), "boiler_efficiency": float("nan"), **values}


def sheet(point: str, **changes):
    p, air = POINTS[point], np.zeros(SPECIES)
    humid_air(35 + ZERO, 101325.0, 0.70, DRY_AIR_O2, air)
    unburnt = 0.0140 * HHV / 33727e3 / 0.425  # the sheet's 1.40 % loss, as carbon per ash
    in_ash = unburnt / (1.0 + unburnt)
    values = {
        **SHEET_COAL, "coal_heating_value": HHV - 20.6e6 * 0.0251 - 2.3e6 * 0.12, "boiler_method": 1.0,
        "boiler_reference_temperature": 25 + ZERO, "boiler_air_temperature": 35 + ZERO,
        "combustion_air_humidity": humidity_ratio(air), "economiser_oxygen": 0.0356, "carbon_monoxide": 0.0,
        "rated_flue_gas_temperature": p["T_out"] + ZERO, "rated_economiser_gas_temperature": p["T_in"] + ZERO,
        "air_heater_leakage": p["gas_out"] / p["gas"] - 1.0, "fly_ash_carbon": in_ash,
        "bottom_ash_carbon": in_ash, "furnace_sulphur_capture": 0.0, "scr": 0.0,
    }  # fmt: skip
    return p, run(by_method("n200-12.75-535-535", **{**values, **changes}))


@pytest.mark.parametrize("point", POINTS)
def test_predicted_performance_sheet(point):
    p, (_x, d, _o, y) = sheet(point)
    assert y.status == 0
    per_sheet = p["coal"] / y.coal_flow  # t/h at the sheet's coal
    air = (y.primary_air_flow + y.secondary_air_flow) * mass(d.combustion_air)
    assert air * per_sheet == pytest.approx(p["air"], rel=0.01)
    assert mass(y.boiler_gas) * per_sheet == pytest.approx(p["gas"], rel=0.01)
    assert mass(y.flue_gas) * per_sheet == pytest.approx(p["gas_out"], rel=0.01)
    assert 100 * y.loss_dry_gas == pytest.approx(p["dry_gas"], abs=0.06)
    assert 100 * y.loss_hydrogen == pytest.approx(p["hydrogen"], abs=0.02)
    assert 100 * y.loss_fuel_moisture == pytest.approx(p["fuel_moisture"], abs=0.02)
    assert 100 * y.loss_unburnt_carbon == pytest.approx(1.40, abs=0.005)
    # 1.5 points of the sheet's losses are not itemised and 0.9 points are credits
    assert 100 * y.boiler_efficiency_higher == pytest.approx(p["efficiency"], abs=1.0)


def test_excess_air_and_oxygen_of_the_sheet():
    """20 % excess air is printed with 3.56 % O2 and 15.50 % CO2, dry; unburnt carbon explains part of the CO2."""
    d, n = sheet("125 MW")[1][1], np.zeros(SPECIES)
    burn(d.coal_elements, d.combustion_air, 1.20, n)
    assert 100 * dry_share(n, O2) == pytest.approx(3.56, abs=0.02)
    assert 100 * dry_share(n, CO2) == pytest.approx(15.50, abs=0.2)


@pytest.mark.parametrize("point", POINTS)
def test_conventions_decide_the_dry_gas_loss(point):
    """With 35 degC as reference and the printed temperature as leak-free it comes out 0.65 to 0.83 points too low."""
    wrong = {"boiler_reference_temperature": 35 + ZERO, "flue_gas_temperature_basis": 1.0}
    p, (_x, _d, _o, y) = sheet(point, **wrong)
    assert 0.60 < p["dry_gas"] - 100 * y.loss_dry_gas < 0.88


PANXIAN = {
    "rated_flue_gas_temperature": 140 + ZERO, "economiser_oxygen": 0.06, "fly_ash_carbon": 0.04,
    "bottom_ash_carbon": 0.04, "air_heater_leakage": 0.0, "furnace_sulphur_capture": 0.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "step", "points"),
    [
        ("rated_flue_gas_temperature", 10.0, -0.53),
        ("economiser_oxygen", 0.01, -0.40),
        ("fly_ash_carbon", 0.01, -0.52),
    ],
)
def test_sensitivities_of_a_panxian_type_coal(name, step, points):
    """Against a second calculation by GB/T 10184's simplified equations: each within 0.05 points."""
    before = run(by_method("n200-12.75-535-535", **PANXIAN))[3]
    after = run(by_method("n200-12.75-535-535", **{**PANXIAN, name: PANXIAN[name] + step}))[3]
    assert 100 * (after.boiler_efficiency_found - before.boiler_efficiency_found) == pytest.approx(
        points, abs=0.05
    )
    assert 100 * before.boiler_efficiency_found == pytest.approx(
        91.3, abs=0.8
    )  # 40 K less surface loss there


def test_published_1000_mw_lignite_is_plausible():
    """92.1 % published; O2 5 %, carbon 1 %, reference and air 20 degC and surface loss 0.28 % are assumed here."""
    assumed = {
        "rated_flue_gas_temperature": 148 + ZERO, "flue_gas_temperature_basis": 1.0, "economiser_oxygen": 0.05,
        "fly_ash_carbon": 0.01, "bottom_ash_carbon": 0.01, "boiler_reference_temperature": 20 + ZERO,
        "boiler_air_temperature": 20 + ZERO, "radiation_method": 2.0, "radiation_loss": 0.0028,
    }  # fmt: skip
    y = run(by_method("n600-24.2-566-566", **coal("lignite_1000mw"), **assumed))[3]
    print(
        f"1000 MW lignite boiler: {100 * y.boiler_efficiency_found:.2f} % (published 92.1 %), assumed {assumed}"
    )
    assert 100 * y.boiler_efficiency_found == pytest.approx(92.1, abs=0.5)


@pytest.mark.parametrize(("name", "mg"), [("panzhou", 3800), ("shuicheng", 5850), ("gangue_washery", 10400)])
def test_raw_sulphur_dioxide_of_the_coals(name, mg):
    """Remembered raw concentrations at 6 % O2, with a tenth of the sulphur left in the ash: within 1.5 %."""
    y = run(by_method("n300-16.67-537-537", **coal(name), economiser_oxygen=0.06))[3]
    dry = (y.boiler_gas.sum() - y.boiler_gas[H2O]) * 0.0224140
    assert y.boiler_so2 / dry * 1e6 == pytest.approx(mg, rel=0.015)
