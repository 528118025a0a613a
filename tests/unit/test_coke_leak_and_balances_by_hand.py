"""Ovens that leak, what their balances leave over, and the plant's exergy: each term beside the kernels."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.kernels import combustion, gas, steam
from plantsim.processes.coke_oven import codes, exergy, leakage, residuals
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE

C, H, O, N, S, WATER = 12.011e-3, 1.008e-3, 15.999e-3, 14.007e-3, 32.06e-3, 18.015e-3  # noqa: E741  kg/mol
R, T_0 = 8.31446261815324, 298.15
LATENT = 44.004e3 / WATER  # J/kg at 25 degC: 285.83 - 241.826 kJ/mol
TAR = {"tar_hydrogen": 0.053, "tar_oxygen": 0.017, "tar_nitrogen": 0.011, "tar_sulphur": 0.0061}
TAR_C = 1 - sum(TAR.values())


def mixture(**amounts):
    n = np.zeros(gas.SPECIES)
    for name, amount in amounts.items():
        n[gas.SPECIES_NAMES.index(name)] = amount
    return n


RAW = {
    "H2": 8.9,
    "CH4": 4.1,
    "CO": 1.1,
    "CO2": 0.4,
    "N2": 0.3,
    "H2O": 6.7,
    "NH3": 0.15,
    "H2S": 0.09,
    "C6H6": 0.13,
}
ATOMS = {  # C, H, O, N, S of a mole
    "H2": (0, 2, 0, 0, 0), "CH4": (1, 4, 0, 0, 0), "CO": (1, 0, 1, 0, 0), "CO2": (1, 0, 2, 0, 0), "N2": (0, 0, 0, 2, 0),
    "H2O": (0, 2, 1, 0, 0), "NH3": (0, 3, 0, 1, 0), "H2S": (0, 2, 0, 0, 1), "C6H6": (6, 6, 0, 0, 0),
}  # fmt: skip
IN_GAS = [sum(n * ATOMS[k][i] for k, n in RAW.items()) for i in range(5)]  # mol per kg dry coal
OF_TAR = (TAR_C, TAR["tar_hydrogen"], TAR["tar_oxygen"], TAR["tar_nitrogen"], TAR["tar_sulphur"])
IN_TAR = [0.037 * share / m for share, m in zip(OF_TAR, (C, H, O, N, S), strict=True)]
ALL = [a + b for a, b in zip(IN_GAS, IN_TAR, strict=True)]


# ---------------------------------------------------------------- leak


def ovens(**change):
    x = fields(**TAR, **{
        "raw_gas_leakage": 0.037, "pyrolysis_water": 0.041, "surface_loss_share": 0.087, "flue_temperature": 571.0,
        "flue_oxygen": float("nan"), "reaction_heat": -0.21e6, **change,
    })  # fmt: skip
    d = fields(
        raw_gas=mixture(**RAW), raw_gas_elements=np.full(6, 3.0), tar_share=0.037,
        fuel_elements=np.array([0.31, 1.9, 0.11, 0.07, 0.003, 0.0]),
        flue_elements=np.empty(6), flue_gas=np.empty(gas.SPECIES), air=mixture(O2=0.205, N2=0.77, H2O=0.025),
        operating_air_ratio=1.31, gas_chemical_heat=6.1e6, tar_chemical_heat=1.37e6, benzol_chemical_heat=0.41e6,
        light_chemical_heat=0.083e6, charge_water=0.113, fuel_demand=2.9e6, fuel_heat=371e3, coke_heat_out=1.03e6,
        gas_heat_out=0.31e6, tar_heat_out=0.047e6, light_heat_out=0.013e6, water_heat_out=0.71e6,
    )  # fmt: skip
    return x, d


def test_elements_of_the_raw_gas():
    x, d = ovens()
    plain(leakage.raw_gas_elements)(x, d)
    assert d.raw_gas_elements == pytest.approx([*ALL, 0.0], rel=1e-4)


def test_leak_burns_with_the_gas():
    x, d = ovens()
    d.raw_gas_elements = np.array([*ALL, 0.0])
    assert plain(leakage.burn_together)(x, d, 0.0051) == OK
    e = d.fuel_elements + 0.0051 * d.raw_gas_elements
    assert d.flue_elements == pytest.approx(e, rel=1e-13)
    need = e[0] + e[1] / 4 + e[4] - e[2] / 2
    assert d.flue_air == pytest.approx(1.31 * need / 0.205, rel=1e-12)
    assert d.flue_gas[gas.O2] == pytest.approx(0.31 * need, rel=1e-12)
    # by the oxygen measured in dry gas
    x.flue_oxygen = combustion.dry_share(d.flue_gas, gas.O2)
    d.operating_air_ratio = 9.0
    assert plain(leakage.burn_together)(x, d, 0.0051) == OK
    assert d.operating_air_ratio == pytest.approx(1.31, rel=1e-10)
    x.flue_oxygen = 0.3
    assert plain(leakage.burn_together)(x, d, 0.0051) == OUTSIDE_RANGE


def test_ovens_that_leak():
    """Fuel and leak bring what is wanted, what surfaces lose of both, and what the flue gas carries."""
    x, d = ovens()
    assert plain(leakage.leaking_ovens)(x, d) == OK
    leaked = 0.037 * (6.1e6 + 1.37e6 + 0.41e6 + 0.083e6)
    assert d.leaked_heat == pytest.approx(leaked, rel=1e-12)
    assert d.leaked_carbon == pytest.approx(0.037 * ALL[0] * C, rel=1e-4)
    moles = d.fuel_demand / 371e3  # of underfiring gas per kg of dry coal
    e = d.fuel_elements + 0.037 / moles * np.array([*ALL, 0.0])
    flue = np.empty(gas.SPECIES)
    combustion.burn(e, d.air, 1.31, flue)
    carried = moles * gas.sensible_h(flue, 571.0, T_0)
    latent = 0.037 * (0.113 + 0.041) * LATENT
    wanted = 1.03e6 + 0.31e6 + 0.047e6 + 0.013e6 + 0.71e6 - 0.21e6
    brought = d.fuel_demand + leaked
    assert brought == pytest.approx(wanted + 0.087 * brought + carried + latent, rel=1e-4)
    assert d.surface_heat == pytest.approx(0.087 * brought, rel=1e-12)
    assert d.flue_heat == pytest.approx(carried + latent, rel=1e-4)
    assert d.flue_share == pytest.approx(d.flue_heat / brought, rel=1e-12)


@pytest.mark.parametrize(
    ("change", "of_d", "code", "blamed"),
    [
        ({"flue_oxygen": 0.3}, {}, OUTSIDE_RANGE, codes.AIR_RATIO),
        ({}, {"coke_heat_out": -3e6}, INFEASIBLE_THERMAL, codes.RAW_GAS_LEAKAGE),
        ({"surface_loss_share": 0.63}, {}, INFEASIBLE_THERMAL, codes.RAW_GAS_LEAKAGE),
    ],
)
def test_ovens_that_cannot_be_heated(change, of_d, code, blamed):
    x, d = ovens(**change)
    d.__dict__.update(of_d)
    assert plain(leakage.leaking_ovens)(x, d) == code
    assert d.design_status_variable == blamed


# ---------------------------------------------------------------- what is left over

COKE = {"coke_carbon": 0.861, "coke_hydrogen": 0.0031, "coke_oxygen": 0.0043, "coke_nitrogen": 0.0107,
        "coke_sulphur": 0.0064, "coke_ash": 0.1145}  # fmt: skip


def test_elements_that_are_left_over():
    """Dry coal less coke of 76.3 %, tar of 3.7 % and raw gas, without the water that was charged."""
    x = fields(
        **TAR,
        coal_nitrogen=0.0131,
        coal_sulphur=0.0087,
        coal_ash=0.097,
        coal_carbon=0.77,
        coal_hydrogen=0.047,
    )
    d = fields(
        product_elements=np.full(6, 3.0), raw_gas=mixture(**RAW), charge_water=0.113, coke_share=0.763, tar_share=0.037,
        own_carbon=0.771, own_hydrogen=0.0473, own_oxygen=0.061,
    )  # fmt: skip
    y = fields(**COKE)
    plain(residuals.element_residuals)(x, d, y)
    water = 0.113 / WATER
    assert y.carbon_residual == pytest.approx(0.771 - 0.763 * 0.861 - (IN_GAS[0] + IN_TAR[0]) * C, abs=2e-6)
    hydrogen = 0.0473 - 0.763 * 0.0031 - (IN_GAS[1] - 2 * water + IN_TAR[1]) * H
    assert y.hydrogen_residual == pytest.approx(hydrogen, abs=2e-6)
    oxygen = 0.061 - 0.763 * 0.0043 - (IN_GAS[2] - water + IN_TAR[2]) * O
    assert y.oxygen_residual == pytest.approx(oxygen, abs=2e-6)
    nitrogen = 0.0131 - 0.763 * 0.0107 - (IN_GAS[3] + IN_TAR[3]) * N
    assert y.nitrogen_residual == pytest.approx(nitrogen, abs=2e-6)
    assert y.sulphur_residual == pytest.approx(
        0.0087 - 0.763 * 0.0064 - (IN_GAS[4] + IN_TAR[4]) * S, abs=1e-6
    )
    assert y.ash_residual == pytest.approx(0.097 - 0.763 * 0.1145, rel=1e-9)
    assert (y.analysis_gap_carbon, y.analysis_gap_hydrogen) == (pytest.approx(-0.001), pytest.approx(-0.0003))


def test_energy_that_is_left_over():
    x = fields(raw_gas_leakage=0.037, pyrolysis_water=0.041)
    d = fields(benzol_chemical_heat=0.41e6, light_chemical_heat=0.083e6)
    names = (
        "coke_sensible_heat", "gas_sensible_heat", "tar_sensible_heat", "light_sensible_heat", "water_sensible_heat",
        "flue_gas_heat", "surface_loss",
    )  # fmt: skip
    parts = dict(zip(names, (51e6, 17e6, 2.9e6, 0.71e6, 31e6, 19e6, 13e6), strict=True))
    y = fields(
        coke_pushed_flow=37.0, coke_net_heating_value=28.7e6, gas_heat=0.29e9, tar_heat=0.067e9, coal_heat=1.53e9,
        underfiring_power=0.147e9, **parts,
    )  # fmt: skip
    plain(residuals.energy_residual)(x, d, 48.5, y)
    out = (
        37 * 28.7e6 + 0.29e9 + 0.067e9 + 48.5 * 0.963 * 0.493e6 - 48.5 * 0.041 * LATENT + sum(parts.values())
    )
    assert y.energy_residual == pytest.approx((1.53e9 + 0.147e9 - out) / 1.53e9, rel=1e-4)


def test_carbon_of_the_plant():
    x = fields(
        **TAR,
        blast_furnace_gas_share=0.41,
        bfg_moisture=0.037,
        bfg_carbon_monoxide=0.233,
        bfg_carbon_dioxide=0.207,
    )
    d = fields(own_carbon=0.771, gas_carbon=0.067, gas_chemical_heat=6.1e6)
    y = fields(
        dry_coal_flow=48.5, coke_pushed_flow=37.0, coke_carbon=0.861, cdq_burnt_carbon=0.37, tar_flow=1.71,
        benzol_flow=0.47, voc_made_flow=0.019, coke_oven_gas_out=0.171e9, voc_returned_heat=0.0031e9,
        combustion_co2_rate=9.7,
    )  # fmt: skip
    plain(residuals.plant_carbon)(x, d, 431.0, y)
    coal = 48.5 * 0.771
    bought = 0.41 * 0.963 * 431 * 0.44 * C
    benzene = 6 * 12.011 / 78.114
    out = (
        37 * 0.861 - 0.37 + 1.71 * TAR_C + 0.489 * benzene + 0.067 * 0.1679e9 / 6.1e6 + 9.7 * 12.011 / 44.009
    )
    assert y.plant_carbon_residual == pytest.approx((coal + bought - out) / coal, rel=1e-4)


# ---------------------------------------------------------------- exergy


def test_ratios_of_fuels():
    """Szargut 1988: coal and coke 1.0437 + (0.1896 h + 0.0617 o + 0.0428 n)/c; tar with its sulphur."""
    by_hand = 1.0437 + (0.1896 * 0.047 + 0.0617 * 0.061 + 0.0428 * 0.0131) / 0.77
    assert exergy.solid_ratio(0.77, 0.047, 0.061, 0.0131) == pytest.approx(by_hand, rel=1e-13)
    h = 0.053 / TAR_C
    by_hand = 1.0401 + 0.1728 * h + 0.0432 * 0.017 / TAR_C + 0.2169 * 0.0061 / TAR_C * (1 - 2.0628 * h)
    assert exergy.liquid_ratio(TAR_C, 0.053, 0.017, 0.0061) == pytest.approx(by_hand, rel=1e-13)


def test_exergy_of_gases():
    """Standard values in kJ/mol: H2 236.10, CH4 831.65, C2H4 1361.10, CO 275.10, CO2 19.87, N2 0.72, O2 3.97."""
    n = {"H2": 8.9, "CH4": 4.1, "C2H4": 0.37, "CO": 1.1, "CO2": 0.4, "N2": 0.3, "O2": 0.07}
    standard = {
        "H2": 236.10,
        "CH4": 831.65,
        "C2H4": 1361.10,
        "CO": 275.10,
        "CO2": 19.87,
        "N2": 0.72,
        "O2": 3.97,
    }
    by_hand = 1000 * sum(n[k] * standard[k] for k in n)
    assert plain(exergy.own_gas_exergy)(fields(coke_oven_gas=mixture(**n))) == pytest.approx(
        by_hand, rel=1e-12
    )
    x = fields(bfg_moisture=0.037, bfg_carbon_monoxide=0.233, bfg_carbon_dioxide=0.207, bfg_hydrogen=0.031)
    shares = {275.10e3: 0.233, 236.10e3: 0.031, 19.87e3: 0.207, 0.72e3: 1 - 0.233 - 0.207 - 0.031}
    by_hand = 0.037 * (9.49e3 + R * T_0 * log(0.037))
    by_hand += sum(0.963 * n * (e + R * T_0 * log(0.963 * n)) for e, n in shares.items())
    assert plain(exergy.bought_gas_exergy)(x) == pytest.approx(by_hand, rel=1e-12)
    assert exergy.part(0.0, 275.10e3) == 0.0


def test_exergy_of_warmth():
    assert exergy.warming_exergy(3e6, 311.0, 377.0) == pytest.approx(
        3e6 * (1 - T_0 * log(377 / 311) / 66), rel=1e-13
    )
    assert exergy.warming_exergy(3e6, 377.0, 377.0) == 0.0
    x = fields(steam_pressure=0.6e6, feedwater_temperature=377.0)
    T, net = steam.saturation_temperature(0.6e6), 2.31e6
    warming = 4270 * (T - 377)
    by_hand = (net - warming) * (1 - T_0 / T) + warming * (1 - T_0 * log(T / 377) / (T - 377))
    assert plain(exergy.low_pressure_share)(x, net) == pytest.approx(by_hand / net, rel=1e-12)


@pytest.mark.parametrize("grid", [3.1e6, -3.1e6])
def test_exergy_of_the_plant(grid):
    x = fields(
        **TAR, blast_furnace_gas_share=0.41, bfg_moisture=0.037, bfg_carbon_monoxide=0.233, bfg_carbon_dioxide=0.207,
        bfg_hydrogen=0.031, coal_nitrogen=0.0131, coal_sulphur=0.0087, steam_pressure=0.6e6,
        feedwater_temperature=377.0,
    )  # fmt: skip
    d = fields(
        own_carbon=0.771, own_hydrogen=0.0473, own_oxygen=0.061, gas_chemical_heat=6.1e6,
        coke_oven_gas=mixture(H2=8.9, CH4=4.1, C2H4=0.37, CO=1.1, CO2=0.4, N2=0.3, O2=0.07),
    )  # fmt: skip
    y = fields(
        dry_coal_flow=48.5, coal_heat=1.53e9, heat_bought=5.3e6, grid_power=grid, coke_heat=1.06e9, cdq_coke_flow=36.6,
        coke_oven_gas_out=0.171e9, tar_heat=0.067e9, benzol_heat=0.019e9, heat_supplied=7.9e6, **COKE,
    )  # fmt: skip
    plain(exergy.plant_exergy)(x, d, 431.0, 2.31e6, y)
    share = plain(exergy.low_pressure_share)(x, 2.31e6)
    into = 431 * 0.41 * plain(exergy.bought_gas_exergy)(x) + 1.53e9 * exergy.solid_ratio(
        0.771, 0.0473, 0.061, 0.0131
    )
    into += 48.5 * 0.0087 * 9.417e6 + share * 5.3e6 + max(0.0, grid)
    out = 1.06e9 * exergy.solid_ratio(0.861, 0.0031, 0.0043, 0.0107) + 36.6 * 0.0064 * 9.417e6
    out += 0.171e9 / 6.1e6 * plain(exergy.own_gas_exergy)(d)
    out += 0.067e9 * exergy.liquid_ratio(TAR_C, 0.053, 0.017, 0.0061) + 0.019e9 * 3293.0 / 3135.6
    out += share * 7.9e6 + max(0.0, -grid)
    assert (y.exergy_in, y.exergy_out) == (pytest.approx(into, rel=1e-12), pytest.approx(out, rel=1e-12))
    assert y.exergy_efficiency == pytest.approx(out / into, rel=1e-12)
    x.blast_furnace_gas_share = 0.0
    plain(exergy.plant_exergy)(x, d, 431.0, 2.31e6, y)
    bought = 431 * 0.41 * plain(exergy.bought_gas_exergy)(x)
    assert y.exergy_in == pytest.approx(into - bought, rel=1e-12)
