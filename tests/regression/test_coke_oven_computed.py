"""Oven balances against computed ones: closed first-principles references by a second implementation, not plant data.

COMPUTED_A, B, C: 26 % Vd, 10.5 % Ad, 10 % moisture, coke 1000 degC, raw gas 700 degC, surface loss 10 %, reaction heat
zero. A: coke-oven gas, air ratio 1.25, flue gas 260 degC. B: blast-furnace gas of 3.17 MJ/Nm3 wet with 7 %
moisture, 1.2, 250 degC. C: 93 % of it by volume; its air ratio and flue temperature are not stated and taken as B's.
"""

from __future__ import annotations

import pytest
from coke_rows import BALANCE_B, indicator, solved

from plantsim.processes.coke_oven.coke_heat import atoms_per_mass, coke_enthalpy

A: dict[str, float] = {}
C = {**BALANCE_B, "blast_furnace_gas_share": 0.93}
HALF_PERCENT = 0.005
# what A's products hold, rounded as a laboratory prints it: the other way to the same balance
ULTIMATE = {"coal_carbon": 0.7734, "coal_hydrogen": 0.0439, "coal_oxygen": 0.0567}


@pytest.mark.parametrize("analysis", [{}, ULTIMATE], ids=["proximate", "ultimate"])
@pytest.mark.parametrize(
    ("inputs", "fuel", "flue_share"),
    [(A, 2644.4e3, 0.114), (BALANCE_B, 2841.4e3, 0.168), (C, 2770.4e3, 0.150)],
    ids=["A", "B", "C"],
)
def test_heat_input_of_the_computed_balances(inputs, fuel, flue_share, analysis):
    y = solved(**inputs, **analysis)
    assert y["dry_heat_consumption"] == pytest.approx(fuel, rel=HALF_PERCENT)
    assert 1.0 - y["heat_efficiency"] == pytest.approx(flue_share, abs=0.002)


def test_parts_of_balance_a():
    y = solved(**A)
    coal = y["dry_coal_flow"]
    assert y["operating_coke_yield"] == pytest.approx(0.7699, rel=1e-9)
    assert y["tar_flow"] / coal == pytest.approx(0.0371, abs=5e-5)
    assert (y["benzol_flow"] + y["voc_made_flow"]) / coal == pytest.approx(0.0110, abs=5e-5)
    heats = {"coke": 1096.9, "gas": 387.8, "tar": 64.9, "light": 24.8, "water": 504.6}
    for name, wanted in heats.items():
        # the reference's gas holds more nitrogen than its coal can give, this one closes: its heat is 1.7 % more
        tolerance = 0.03 if name in {"gas", "light"} else HALF_PERCENT
        assert y[f"{name}_sensible_heat"] / coal == pytest.approx(wanted * 1e3, rel=tolerance), name
    assert y["wet_heat_consumption"] == pytest.approx(2380e3, rel=HALF_PERCENT)
    assert y["equivalent_heat_consumption"] == pytest.approx(2293e3, rel=HALF_PERCENT)
    assert y["gas_yield"] == pytest.approx(0.344, rel=0.04)
    assert y["gas_heating_value"] == pytest.approx(17.76e6, rel=0.01)


@pytest.mark.parametrize(
    ("moisture", "fuel", "at_7_percent"),
    [(0.06, 2414.4, 2298.6), (0.07, 2470.1, 2297.2), (0.10, 2644.4, 2293.0), (0.11, 2705.1, 2291.6)],
)
def test_moisture(moisture, fuel, at_7_percent):
    y = solved(**A, coal_moisture=moisture)
    assert y["dry_heat_consumption"] == pytest.approx(fuel * 1e3, rel=HALF_PERCENT)
    assert y["equivalent_heat_consumption"] == pytest.approx(at_7_percent * 1e3, rel=HALF_PERCENT)


@pytest.mark.parametrize(
    ("change", "low", "high"),
    [
        ({"flue_temperature": 563.15}, 45, 51),
        ({"air_ratio": 1.40}, 36, 44),
        ({"surface_loss_share": 0.11}, 31, 37),
        ({"coke_temperature": 1323.15}, 90, 98),
        ({"raw_gas_temperature": 1003.15}, 38, 44),
        ({"coal_volatile_matter": 0.27}, 7, 12),
    ],
    ids=lambda c: next(iter(c)) if isinstance(c, dict) else "",
)
def test_sensitivities_of_balance_a(change, low, high):
    """MJ per t of dry coal; computed 45 to 50, 40, 34, 94, 41 and 9."""
    more = solved(**{**A, **change})["dry_heat_consumption"] - solved(**A)["dry_heat_consumption"]
    assert low <= more / 1e3 <= high


@pytest.mark.parametrize(
    ("degrees", "kilojoules"),
    [(100, 62.1), (200, 163.6), (400, 421.4), (600, 729.9), (800, 1069.8), (950, 1338.4), (1050, 1522.4)],
)
def test_enthalpy_of_coke(degrees, kilojoules):
    """Merrick's enthalpy of coke with 12.5 % of ash; the reference's char is not stated: 0.3 % of hydrogen fits it."""
    atoms = atoms_per_mass(0.855, 0.003, 0.002, 0.009, 0.006)
    assert coke_enthalpy(degrees + 273.15, atoms, 0.125) / 1e3 == pytest.approx(kilojoules, rel=0.006)


@pytest.mark.parametrize(
    ("convention", "wet", "dry"),
    [
        ("steam_net", 138.5, 108.1),
        ("steam_gross", 141.3, 104.1),
        ("power_equivalent", 138.5, 137.7),
        ("power_equal_value", 138.5, 113.0),
    ],
)
def test_conventions_of_the_documented_plant(convention, wet, dry):
    """Our own figures, as docs/*/explanation/coke_oven.md shows them: change both together."""
    name = f"coke_unit_energy_{convention}"
    assert indicator(name) == pytest.approx(wet, abs=0.06)
    assert indicator(name, quenching=1) == pytest.approx(dry, abs=0.06)
