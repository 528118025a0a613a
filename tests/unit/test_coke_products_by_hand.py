"""Products of a kilogram of dry coal, the ovens' heat and the flue gas: term by term, with molar masses written out."""

from __future__ import annotations

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.kernels import gas as g
from plantsim.processes.coke_oven import codes, coke_heat, flue_gas, oven, products, raw_gas
from plantsim.vocabulary.status import (
    INFEASIBLE_FLOW,
    INFEASIBLE_ORDER,
    INFEASIBLE_PINCH,
    INFEASIBLE_THERMAL,
    OK,
)

C, H, O, N, S = 0.012011, 0.001008, 0.015999, 0.014007, 0.03206  # noqa: E741 (kg/mol)
WATER, NH3, H2S, BENZENE = 2 * H + O, N + 3 * H, S + 2 * H, 6 * C + 6 * H
NAN = float("nan")
NEAR = 2e-4  # molar masses of the kernels are those of their source


def coal(**values):
    x = fields(
        coal_volatile_matter=0.262, coal_ash=0.104, coal_moisture=0.108, moisture_removed=0.013, coal_nitrogen=0.0144,
        coal_sulphur=0.0071, coke_temperature=1283.15, coke_yield=NAN, tar_yield=NAN, benzol_yield=NAN,
        pyrolysis_water=0.021, ammonia_nitrogen_share=0.15, coke_nitrogen_share=0.55, sulphide_sulphur_share=0.27,
        tar_hydrogen=0.056, tar_oxygen=0.019, tar_nitrogen=0.011, tar_sulphur=0.0078, gas_hydrogen=0.58,
        gas_methane=0.265, gas_ethylene=0.026, gas_carbon_monoxide=0.084, gas_carbon_dioxide=0.025, gas_oxygen=0.006,
        organic_sulphur_share=0.06, gas_hydrogen_sulphide=150e-6, ammonia_yield=NAN, raw_gas_hydrogen_sulphide=NAN,
        residual_hydrogen=0.0037, residual_oxygen=0.0052, coal_carbon=NAN, coal_hydrogen=NAN, coal_oxygen=NAN,
    )  # fmt: skip
    x.__dict__.update(values)
    return x


def made(**values):
    x, d = coal(**values), fields(raw_gas=np.zeros(28), coke_oven_gas=np.zeros(28))
    assert plain(products.products)(x, d) == OK
    return x, d


V = 0.262 / 0.896  # volatile matter of daf coal
TAR = 0.896 * (-0.1836 + 1.53 * V - 2.6 * V**2)
BENZOL = 0.896 * (-0.016 + 0.144 * V - 0.16 * V**2)
COKE = 1.0319 - 0.75 * 0.262 - 6.7e-5 * 1010.0
AMMONIA, SULPHIDE = 0.0144 * 0.15 * NH3 / N, 0.0071 * 0.27 * H2S / S
N_GAS = 0.0144 * 0.30 - 0.011 * TAR
MAKE_UP = 0.58 * 2 * H + 0.265 * (C + 4 * H) + 0.026 * (2 * C + 4 * H) + 0.084 * (C + O) + 0.025 * (C + 2 * O)
GAS = (1 - COKE - TAR - BENZOL - 0.021 - AMMONIA - SULPHIDE - N_GAS) / MAKE_UP  # mol of make-up


def test_yields_by_formula():
    """Yao Zhaozhang: coke 103.19 - 0.75 V - 0.0067 t; tar and benzol of daf coal by squares of V."""
    _, d = made()
    assert d.coke_share == pytest.approx(COKE, rel=1e-12)
    assert (d.tar_share, d.benzol_share) == pytest.approx((TAR, BENZOL), rel=1e-9)
    assert d.ammonia_share == pytest.approx(AMMONIA, rel=NEAR)
    assert d.sulphide_share == pytest.approx(SULPHIDE, rel=NEAR)
    assert d.charge_water == pytest.approx(0.095 / 0.905, rel=1e-12)
    _, d = made(coke_yield=0.768, tar_yield=0.031, benzol_yield=0.0083)
    assert (d.coke_share, d.tar_share, d.benzol_share) == (0.768, 0.031, 0.0083)


def test_gas_takes_the_rest_of_the_mass():
    _, d = made()
    shares = {g.H2: 0.58, g.CH4: 0.265, g.C2H4: 0.026, g.CO: 0.084, g.CO2: 0.025}
    for species, share in shares.items():
        assert d.raw_gas[species] == pytest.approx(share * GAS, rel=1e-3)
    assert d.raw_gas[g.N2] == pytest.approx(N_GAS / (2 * N), rel=NEAR)
    assert d.raw_gas[g.H2O] == pytest.approx((0.095 / 0.905 + 0.021) / WATER, rel=NEAR)
    assert d.raw_gas[g.NH3] == pytest.approx(AMMONIA / NH3, rel=NEAR)
    assert d.raw_gas[g.H2S] == pytest.approx(SULPHIDE / H2S, rel=NEAR)
    assert d.raw_gas[g.C6H6] == pytest.approx(BENZOL / BENZENE, rel=NEAR)
    assert d.dry_gas_share == pytest.approx(GAS * MAKE_UP + N_GAS, rel=1e-3)


def test_gas_as_it_is_sold_holds_the_air_that_leaked_in():
    """0.6 % oxygen of 21 % in air: 0.006 / 0.204 mol of air per mol of dry, washed gas."""
    _, d = made()
    dry = sum(d.raw_gas[i] for i in (g.H2, g.CH4, g.C2H4, g.CO, g.CO2, g.N2))
    air = dry * 0.006 / 0.204
    assert d.gas_amount == pytest.approx(dry + air, rel=1e-12)
    assert d.coke_oven_gas[g.O2] / d.gas_amount == pytest.approx(0.006, rel=1e-12)
    assert d.coke_oven_gas[g.N2] == pytest.approx(d.raw_gas[g.N2] + 0.79 * air, rel=1e-12)
    assert d.coke_oven_gas[[g.H2O, g.NH3, g.H2S, g.C6H6]].tolist() == [0.0] * 4
    carbon = C * (d.raw_gas[g.CO] + d.raw_gas[g.CO2] + d.raw_gas[g.CH4] + 2 * d.raw_gas[g.C2H4])
    assert d.gas_carbon == pytest.approx(carbon, rel=NEAR)


def test_elements_of_coke_and_of_the_coal():
    _, d = made()
    coke = {
        "hydrogen": 0.0037, "oxygen": 0.0052, "nitrogen": 0.0144 * 0.55 / COKE,
        "sulphur": (0.0071 * 0.73 - 0.0078 * TAR) / COKE, "ash": 0.104 / COKE,
    }  # fmt: skip
    for name, share in coke.items():
        assert getattr(d, f"coke_share_{name}") == pytest.approx(share, rel=NEAR), name
    assert d.coke_share_carbon == pytest.approx(1 - sum(coke.values()), rel=NEAR)
    r = d.raw_gas
    tar_carbon = 1 - 0.056 - 0.019 - 0.011 - 0.0078
    carbon = COKE * d.coke_share_carbon + TAR * tar_carbon + BENZOL * 6 * C / BENZENE + d.gas_carbon
    assert d.own_carbon == pytest.approx(carbon, rel=NEAR)
    bound = (
        TAR * 0.056
        + BENZOL * 6 * H / BENZENE
        + 0.021 * 2 * H / WATER
        + AMMONIA * 3 * H / NH3
        + SULPHIDE * 2 * H / H2S
    )
    hydrogen = COKE * 0.0037 + bound + H * (2 * r[g.H2] + 4 * r[g.CH4] + 4 * r[g.C2H4])
    assert d.own_hydrogen == pytest.approx(hydrogen, rel=NEAR)
    oxygen = COKE * 0.0052 + TAR * 0.019 + 0.021 * O / WATER + O * (r[g.CO] + 2 * r[g.CO2])
    assert d.own_oxygen == pytest.approx(oxygen, rel=NEAR)


def test_an_ultimate_analysis_gives_the_products_that_hold_its_elements():
    _, first = made()
    own = {
        "coal_carbon": first.own_carbon,
        "coal_hydrogen": first.own_hydrogen,
        "coal_oxygen": first.own_oxygen,
    }
    _, again = made(**own)
    assert again.coke_share == pytest.approx(first.coke_share, rel=1e-9)
    assert again.raw_gas == pytest.approx(first.raw_gas, rel=1e-9)
    _, richer = made(**{**own, "coal_hydrogen": own["coal_hydrogen"] + 0.001})
    # hydrogen is given to gas in the proportions of its make-up, whose carbon coke then lacks, and its own hydrogen
    h_make_up = H * (2 * 0.58 + 4 * 0.265 + 4 * 0.026)
    per_h = C * (0.265 + 2 * 0.026) / h_make_up
    per_o = (0.084 + 0.025) * C / (O * (0.084 + 2 * 0.025))
    change = -per_h * 0.001 / (1 - 0.0037 * (1 + per_h) - 0.0052 * (1 + per_o))
    assert richer.coke_share - first.coke_share == pytest.approx(change, rel=1e-3)
    more = (0.001 - 0.0037 * change) / h_make_up * 0.58
    assert richer.raw_gas[g.H2] - first.raw_gas[g.H2] == pytest.approx(more, rel=1e-3)


# ---------------------------------------------------------------- heats


def test_heat_of_coke_by_merrick():
    """Einstein terms at 380 and 1 800 K; ash 754 + 0.586 t J/(kg K)."""
    share = (0.86, 0.004, 0.006, 0.009, 0.007)
    atoms = sum(v / m for v, m in zip(share, (C, H, O, N, S), strict=True))
    assert coke_heat.atoms_per_mass(*share) == pytest.approx(atoms, rel=1e-9)

    def char(T):
        return 380 / np.expm1(380 / T) + 2 * 1800 / np.expm1(1800 / T)

    t = 1010.0
    ash = 754 * (t - 25) + 0.586 / 2 * (t**2 - 25**2)
    by_hand = 8.314462618 * atoms * (char(1283.15) - char(298.15)) + 0.114 * ash
    assert plain(coke_heat.coke_enthalpy)(1283.15, atoms, 0.114) == pytest.approx(by_hand, rel=1e-9)


def test_heat_of_tar_and_benzol_and_water():
    """Water from the liquid at 25 degC: 2 442 kJ/kg and 25 986 J/mol to 1 000 K (JANAF 26.000)."""
    d = fields(tar_share=0.036, benzol_share=0.011, raw_gas=np.zeros(28))
    x = fields(tar_latent_heat=0.41e6, tar_heat_capacity=1950.0)
    assert plain(oven.tar_heat)(x, d, 1000.0) == pytest.approx(0.036 * (0.41e6 + 1950 * 701.85), rel=1e-12)
    assert plain(oven.light_heat)(d, 1000.0) == pytest.approx(0.011 * 433e3, rel=1e-12)
    d.raw_gas[g.NH3] = 0.2  # 32.6 kJ/mol at 1 000 K (JANAF 32.637)
    assert plain(oven.light_heat)(d, 1000.0) == pytest.approx(0.011 * 433e3 + 0.2 * 32637, rel=3e-3)
    assert plain(oven.steam_heat_of_water)(1000.0) == pytest.approx(2442.0e3 + 26000 / WATER, rel=1e-3)
    d.raw_gas[:] = 0.0
    d.raw_gas[g.H2], d.raw_gas[g.CO], d.raw_gas[g.CO2] = (
        9.0,
        4.0,
        1.5,
    )  # JANAF at 1 000 K: 20.680, 21.690, 33.405
    d.raw_gas[g.H2O] = 7.0  # no part of the dry gas
    assert plain(oven.dry_gas_heat)(d, 1000.0) == pytest.approx(9 * 20680 + 4 * 21690 + 1.5 * 33405, rel=3e-3)


def test_heat_that_the_flues_must_bring():
    d = fields(
        coke_heat_out=1.1e6, gas_heat_out=0.42e6, tar_heat_out=0.07e6, light_heat_out=0.02e6, water_heat_out=0.44e6,
        flue_share=0.14,
    )  # fmt: skip
    x = fields(reaction_heat=0.05e6, surface_loss_share=0.10)
    assert plain(oven.heat_demand)(x, d) == OK
    demand = 2.1e6 / 0.76
    assert d.fuel_demand == pytest.approx(demand, rel=1e-12)
    assert (d.surface_heat, d.flue_heat) == pytest.approx((0.10 * demand, 0.14 * demand), rel=1e-12)
    x.surface_loss_share = 0.5601
    assert plain(oven.heat_demand)(x, d) == INFEASIBLE_THERMAL


@pytest.mark.parametrize("measured", [NAN, 30.2e6])
def test_heating_values_of_coal_and_coke_close(measured):
    d = fields(
        coke_share=0.77, coke_share_carbon=0.862, coke_share_sulphur=0.006, coke_share_hydrogen=0.004,
        coke_share_oxygen=0.005, coke_oven_gas=np.zeros(28), raw_gas=np.zeros(28), tar_share=0.036, benzol_share=0.011,
    )  # fmt: skip
    d.coke_oven_gas[g.H2], d.coke_oven_gas[g.CH4], d.coke_oven_gas[g.CO] = 8.4, 3.9, 1.2
    d.raw_gas[g.C6H6], d.raw_gas[g.NH3], d.raw_gas[g.H2S] = 0.14, 0.11, 0.06
    x = fields(
        coke_carbon_heat=33.1e6, tar_net_heating_value=36.5e6, pyrolysis_water=0.021, reaction_heat=0.05e6,
        coal_heating_value=measured,
    )  # fmt: skip
    assert plain(oven.heating_values)(x, d) == OK
    # kJ/mol, net: H2 241.8, CH4 802.3, CO 283.0, C6H6 gas 3 169.5, NH3 316.8, H2S 518.0; H2 119.96 MJ/kg
    gas = 8.4 * 241.8e3 + 3.9 * 802.3e3 + 1.2 * 283.0e3
    benzol, light = 0.14 * 3169.5e3 - 0.011 * 433e3, 0.11 * 316.8e3 + 0.06 * 518.0e3
    coke = 0.862 * 33.1e6 + 0.006 * 9.26e6 + 119.96e6 * (0.004 - 2.016 / 15.999 * 0.005)
    others = gas + 0.036 * 36.5e6 + benzol + light - 0.021 * 2442e3 - 0.05e6
    assert d.gas_chemical_heat == pytest.approx(gas, rel=1e-3)
    assert d.benzol_chemical_heat == pytest.approx(benzol, rel=1e-3)
    assert d.light_chemical_heat == pytest.approx(light, rel=2e-3)
    if measured > 0.0:
        assert d.coal_net_heat == measured
        assert d.coke_heating_value == pytest.approx((measured - others) / 0.77, rel=1e-3)
    else:
        assert d.coke_heating_value == pytest.approx(coke, rel=1e-4)
        assert d.coal_net_heat == pytest.approx(others + 0.77 * coke, rel=1e-3)


def test_underfiring_with_blast_furnace_gas():
    """30 % of a gas with 22 % CO, 21 % CO2, 4 % H2 dry and 5 % water in 70 % of coke-oven gas."""
    d = fields(fuel=np.zeros(28), flue_gas=np.ones(28), coke_oven_gas=np.zeros(28), gas_amount=15.0)
    d.coke_oven_gas[g.H2], d.coke_oven_gas[g.CH4], d.coke_oven_gas[g.N2] = 9.0, 4.5, 1.5
    x = fields(
        blast_furnace_gas_share=0.3,
        bfg_moisture=0.05,
        bfg_carbon_monoxide=0.22,
        bfg_carbon_dioxide=0.21,
        bfg_hydrogen=0.04,
    )
    plain(oven.underfiring_gas)(x, d)
    lean = 0.3 * 0.95
    by_hand = {
        g.CO: lean * 0.22, g.CO2: lean * 0.21, g.H2: 0.7 * 0.6 + lean * 0.04, g.N2: 0.7 * 0.1 + lean * 0.53,
        g.H2O: 0.3 * 0.05, g.CH4: 0.7 * 0.3,
    }  # fmt: skip
    assert {i: d.fuel[i] for i in by_hand} == pytest.approx(by_hand, rel=1e-12)
    assert d.fuel.sum() == pytest.approx(1.0, rel=1e-12)
    bfg = lean * (0.22 * 282.98 + 0.04 * 241.82)
    whole = bfg + 0.7 * (0.6 * 241.82 + 0.3 * 802.3)
    assert d.fuel_heat == pytest.approx(whole * 1e3, rel=1e-3)
    assert d.bfg_heat_share == pytest.approx(bfg / whole, rel=1e-3)


# ---------------------------------------------------------------- flue gas and raw gas


def test_heat_that_drying_takes():
    """Water from 0.1211 to 0.1050 kg per kg of dry coal: 2 442 kJ/kg, 1.87 kJ/(kg K) to 80 degC, 83 % of it useful."""
    x = fields(moisture_removed=0.013, coal_moisture=0.108, dryer_efficiency=0.83, moisture_heat=0)
    d, y = fields(charge_water=0.095 / 0.905), fields()
    assert plain(flue_gas.dryer)(x, d, 100.0, 30.0, 500.0, y) == (500.0, OK)
    water = 30.0 * (0.108 / 0.892 - 0.095 / 0.905)
    assert y.drying_heat == pytest.approx(water * (2442e3 + 1870 * 55) / 0.83, rel=1e-3)


def test_reheating_burns_gas_for_what_is_missing():
    """From 450 to 480 K, nitrogen of 29.46 J/(mol K); 0.9 of the burner's heat."""
    n2 = np.zeros(28)
    n2[g.N2] = 3.1
    x, d, y = fields(reheat_efficiency=0.9), fields(flue_gas=n2), fields(reheat_gas=5e4)
    assert plain(flue_gas.heated)(x, d, 40.0, 450.0, 480.0, y) == 480.0
    assert y.reheat_gas == pytest.approx(5e4 + 40 * 3.1 * 29.46 * 30 / 0.9, rel=2e-3)
    before = y.reheat_gas
    assert plain(flue_gas.heated)(x, d, 40.0, 490.0, 480.0, y) == 490.0
    assert y.reheat_gas == before


def test_catalyst_and_desulphurisation_cool_the_gas():
    x = fields(
        desulphurisation=codes.DESULPHURISATION_DRY, desulphurisation_drop=14.0, denitration=codes.SCR_LOW_TEMPERATURE,
        scr_temperature=470.0, scr_temperature_drop=6.0, reheat_efficiency=0.9,
    )  # fmt: skip
    d, y = fields(flue_gas=np.ones(28)), fields(reheat_gas=0.0)
    assert plain(flue_gas.catalyst)(x, d, 40.0, 500.0, y) == 480.0
    assert (y.scr_gas_temperature, y.reheat_gas) == (486.0, 0.0)
    assert plain(flue_gas.catalyst)(x, d, 40.0, 480.0, y) == 464.0
    assert y.reheat_gas > 0.0


def test_fan_of_the_treated_gas():
    """800 + 1 100 + 900 Pa; isentropic with 1.38 from 86 kPa less that, at the chimney's 410 K."""
    x = fields(
        flue_boiler=codes.BOILER_STEAM, denitration=codes.SCR_LOW_TEMPERATURE, air_pressure=86e3,
        flue_fan_efficiency=0.7,
        desulphurisation=codes.DESULPHURISATION_DRY, flue_boiler_pressure_drop=800.0, scr_pressure_drop=1100.0,
        desulphurisation_pressure_drop=900.0, moisture_removed=0.0,
    )  # fmt: skip
    d, y = fields(flue_gas=np.full(28, 0.1)), fields(chimney_gas_temperature=410.0)
    assert plain(flue_gas.flue_fan)(x, d, 300.0, y) == OK
    p, k = 86e3 - 2800, 0.38 / 1.38
    volume = 300 * 2.8 * 8.314462618 * 410 / p
    work = p / k * ((86e3 / p) ** k - 1)
    assert y.flue_fan_power == pytest.approx(volume * work / 0.7, rel=1e-6)


def riser(**values):
    x = fields(
        riser_recovery=codes.RISER_STEAM, riser_outlet_temperature=780.0, raw_gas_temperature=1020.0, riser_use=0.8,
        riser_loss=0.06, tar_latent_heat=0.41e6, tar_heat_capacity=1950.0, pyrolysis_water=0.021,
        liquor_circulation=5.5, liquor_heat_drop=7.0, steam_pressure=0.6e6, raw_gas_leakage=0.04,
    )  # fmt: skip
    x.__dict__.update(values)
    d = fields(raw_gas=np.zeros(28), tar_share=0.036, benzol_share=0.0, charge_water=0.0)
    d.raw_gas[g.H2O] = 0.021 / WATER
    y = fields()
    return x, d, y, plain(raw_gas.risers)(x, d, 30.0, 2.3e6, y)


def test_risers_take_a_share_of_the_heat_between_their_temperatures():
    """0.036 kg of tar of 1 950 J/(kg K) and 0.021 kg of water, 40 J/(mol K) at 900 K (JANAF); 4 % leak before.

    Steam of 0.6 MPa boils at 432.0 K.
    """
    x, _, y, status = riser()
    assert status == OK
    taken = 0.8 * 240.0 * (0.036 * 1950 + 0.021 / WATER * 40.0)
    assert y.riser_heat == pytest.approx(30 * 0.96 * taken, rel=0.01)
    assert y.riser_steam_flow == pytest.approx(y.riser_heat * 0.94 / 2.3e6, rel=1e-12)
    assert y.raw_gas_cooled_to == pytest.approx(1020 - 0.8 * 240, abs=2.0)
    assert riser(riser_outlet_temperature=1020.0)[3] == INFEASIBLE_ORDER
    assert riser(riser_outlet_temperature=432.5)[3] == OK
    assert riser(riser_outlet_temperature=431.5)[3] == INFEASIBLE_PINCH  # colder than what it heats
    _, _, y, status = riser(riser_recovery=1 - codes.RISER_STEAM)
    assert (status, y.riser_heat, y.raw_gas_cooled_to) == (OK, 0.0, 1020.0)


def test_heat_of_the_circulating_liquor():
    x, d, y, _ = riser()
    assert plain(raw_gas.liquor)(x, d, 30.0, y) == INFEASIBLE_FLOW  # what this thin gas cannot bring
    assert y.liquor_heat == pytest.approx(30 * 5.5 * 4190 * 7.0, rel=1e-12)
    left = (y.raw_gas_cooled_to - 355.15) * (0.036 * 1950 + 0.021 / WATER * 36.3)
    x.liquor_circulation = 0.97 * 0.96 * left / (4190 * 7.0)
    assert plain(raw_gas.liquor)(x, d, 30.0, y) == OK
    x.liquor_circulation *= 1.06
    assert plain(raw_gas.liquor)(x, d, 30.0, y) == INFEASIBLE_FLOW


def test_steam_by_its_heat():
    """0.6 MPa: vapour 2 756.2 kJ/kg; feedwater of 104 degC, 436.3 kJ/kg."""
    net, gross = plain(raw_gas.steam_gain)(fields(steam_pressure=0.6e6, feedwater_temperature=377.15))
    assert gross == pytest.approx(2756.2e3, rel=2e-4)
    assert net == pytest.approx(2756.2e3 - 436.3e3, rel=3e-4)
