"""Dry, semi-dry and wet desulphurisation of a kiln's gas: amounts, water and power by hand."""

from __future__ import annotations

import math

import pytest
from cement_gas_rows import MOLAR_VOLUME, cleaned

R = 8.314462618
FGD = {
    "raw_so2_concentration": 900e-6, "so2_target": 30e-6, "fgd_liquid_ratio": 0.012, "fgd_liquid_exponent": 0.8,
    "fgd_least_liquid": 0.3, "fgd_calcium_ratio": 1.03, "fgd_limestone_purity": 0.9, "fgd_slurry_density": 1110.0,
    "fgd_pump_head": 20.0, "fgd_pump_efficiency": 0.72, "fgd_oxygen_ratio": 2.5, "fgd_natural_oxidation": 0.15,
    "fgd_blower_rise": 80e3, "fgd_blower_efficiency": 0.68, "fgd_grinding_work": 126e3, "fgd_bleed": 0.1,
    "gypsum_moisture": 0.1, "fgd_approach": 18.0, "fgd_pressure_loss": 1500.0, "fgd_other_work": 1.1e3,
    "fan_drive_efficiency": 0.94, "gypsum_used": 0.9, "fgd_residue_used": 0.6,
}  # fmt: skip
WET_GAS = 120.0 / (0.07 * 18.015 + 0.29 * 44.009 + 0.045 * 31.998 + 0.595 * 28.014) * 1000 * MOLAR_VOLUME
VOLUME = WET_GAS * 0.93 * (21 - 4.5 / 0.93) / 11
MOST = {"fgd_most_removal": 0.97}


def test_wet_limestone():
    """From 900 to 30 mg: gypsum 172.16, limestone 100.09, CO2 44.01 and bound water 36.03 per 64.06 of SO2."""
    y, status = cleaned(desulphurisation=3, **FGD, **MOST)
    assert status == 0
    moles = 870e-6 * VOLUME / 64.058  # kmol/s
    limestone = moles * 1.03 * 100.086 / 0.9
    assert (y.so2_concentration, y.lime_flow) == (30e-6, 0.0)
    assert y.limestone_flow == pytest.approx(limestone, rel=1e-4)
    solids = moles * 172.164 + limestone - moles * 100.086
    assert y.gypsum_flow == pytest.approx(solids / 0.9, rel=1e-4)
    assert (y.gypsum_sold, y.fgd_solids_stored) == pytest.approx((0.9 * y.gypsum_flow, 0.1 * y.gypsum_flow))
    assert y.cleaning_co2_flow == pytest.approx(moles * 44.009, rel=1e-4)
    # Magnus: pressure 6.112 hPa exp(17.62 t / (243.12 + t)); enthalpy of the gas from 380 K down to saturation
    kmol = WET_GAS / MOLAR_VOLUME
    cp = (0.29 * 41.8 + 0.045 * 29.7 + 0.595 * 29.2) / 0.93  # dry, J/(mol K) near 360 K
    t, dry, vapour = 50.0, kmol * 0.93, kmol * 0.07
    for _ in range(60):
        p = 611.2 * math.exp(17.62 * t / (243.12 + t))
        evaporated = dry * p / (82e3 - p) - vapour
        heat = (dry * cp + vapour * 34.0) * (106.85 - t)
        t += 0.2 * (heat - evaporated * 18.015 * (2501 - 2.36 * t)) / (dry * cp * 5)
    water = evaporated * 18.015e-3
    bound = moles * 36.03
    assert y.fgd_water_flow == pytest.approx(water * 1.1 + bound + y.gypsum_flow * 0.1, rel=0.02)
    # slurry of the removal 96.67 %, against 97 % with all pumps: NTU 3.401 of 3.507, to the power 1 / 0.8
    volume = (kmol + evaporated) * R * (t + 273.15) / 82e3
    slurry = 0.012 * (math.log(30 / 900) / math.log(0.03)) ** 1.25 * volume
    k = 0.4 / 1.4
    pumps = slurry * 1110 * 9.80665 * 20 / 0.72
    air = 1000 * 0.5 * moles * 0.85 * 2.5 / 0.21
    blower = air * R * 291 / k * ((162 / 82) ** k - 1) / 0.68
    fan = kmol * R * 380 / k * ((82 / 80.5) ** k - 1) / 0.78 / 0.94
    power = pumps + blower + fan + 126e3 * limestone + 1.1e3 * WET_GAS
    assert y.fgd_power == pytest.approx(power, rel=0.01)
    assert y.cleaning_power == pytest.approx(y.fgd_power + y.filter_power, rel=1e-12)


def test_semi_dry_takes_more_lime_and_less_water():
    wet, _ = cleaned(desulphurisation=3, **FGD, **MOST)
    y, status = cleaned(desulphurisation=2, **FGD, **MOST)
    assert status == 0
    moles = 870e-6 * VOLUME / 64.058
    lime = moles * 1.7 * 74.092 / 0.88
    assert (y.lime_flow, y.limestone_flow) == (pytest.approx(lime, rel=1e-4), 0.0)
    assert y.fgd_residue_flow == pytest.approx(moles * 129.1425 + lime - moles * 74.092, rel=1e-4)
    assert y.fgd_solids_stored == pytest.approx(0.4 * y.fgd_residue_flow)
    assert 0.5 < y.fgd_water_flow / wet.fgd_water_flow < 0.8  # 18 K short of saturation, nothing bled
    assert y.cleaning_co2_flow == 0.0


def test_dry_lime_stops_at_the_most_it_removes():
    y, _ = cleaned(desulphurisation=1, **FGD, fgd_most_removal=0.65)
    assert y.so2_concentration == pytest.approx(315e-6, rel=1e-12)
    assert y.so2_wanted == 30e-6
    moles = 585e-6 * VOLUME / 64.058
    assert y.lime_flow == pytest.approx(moles * 1.7 * 74.092 / 0.88, rel=1e-4)
    assert y.fgd_water_flow == 0.0


def test_the_law_of_the_pumps_ends_at_the_fewest():
    few, _ = cleaned(desulphurisation=3, **{**FGD, "so2_target": 899e-6}, **MOST)
    least, _ = cleaned(desulphurisation=3, **{**FGD, "so2_target": 899e-6, "fgd_least_liquid": 0.6}, **MOST)
    assert least.fgd_power > few.fgd_power > 0.0
