"""Energy, steam, power and water of a coking plant and what the indicator counts of them, term by term."""

from __future__ import annotations

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.processes.coke_oven import accounts, cdq_results, codes, indicators, quenching, services
from plantsim.vocabulary.status import INFEASIBLE_FLOW, OK

EQUIVALENT = 0.1229 * 29.3076 / 3.6  # J of standard coal per J of power

WATER_SHARES = (
    "turbine_cooling", "tower_drift_share", "condensate_return", "low_pressure_blowdown", "boiler_water_loss",
    "cdq_blowdown", "waste_water_reused", "blowdown_reused",
)  # fmt: skip


def test_energy_that_crosses_the_fence():
    """120 mol/s of underfiring gas with 400 kJ/mol, 7 % of it blast-furnace gas; 30 kg/s of coal.

    4 % of the raw gas leak into the flues. 0.5 g of benzol vapours per kg of coke, 85 % of them led into the gas,
    and 0.1 g of the ovens.
    """
    x = fields(
        raw_gas_leakage=0.04,
        voc_emission=0.0005,
        voc_treatment=codes.VOC_RETURNED,
        voc_returned_share=0.85,
        oven_voc=0.0001,
    )
    d = fields(
        coal_net_heat=30e6, gas_chemical_heat=5.9e6, fuel_heat=4e5, bfg_heat_share=0.07, tar_share=0.036,
        tar_chemical_heat=1.3e6, benzol_share=0.011, benzol_chemical_heat=0.44e6,
    )  # fmt: skip
    y = fields(reheat_gas=3e6, coke_rate=22.0)
    assert plain(accounts.energy_flows)(x, d, 30.0, 120.0, y) == OK
    assert (y.coal_heat, y.coal_net_heating_value) == (900e6, 30e6)
    assert y.gas_heat == pytest.approx(0.96 * 177e6, rel=1e-12)
    assert y.blast_furnace_gas_in == pytest.approx(0.07 * 48e6, rel=1e-12)
    vapours = 0.0005 * 22  # kg/s
    assert (y.voc_made_flow, y.voc_returned_flow) == pytest.approx(
        (vapours + 0.0022, 0.85 * vapours), rel=1e-12
    )
    given = 0.96 * 177e6 + 0.85 * vapours * 40e6 - 0.93 * 48e6 - 3e6
    assert y.coke_oven_gas_out == pytest.approx(given, rel=1e-12)
    assert (y.tar_flow, y.tar_heat) == pytest.approx((28.8 * 0.036, 28.8 * 1.3e6), rel=1e-12)
    benzol = 28.8 * 0.011 - vapours - 0.0022
    assert (y.benzol_flow, y.benzol_heat) == pytest.approx((benzol, benzol * 40e6), rel=1e-12)
    assert plain(accounts.energy_flows)(x, d, 30.0, 470.0, y) == INFEASIBLE_FLOW
    x.voc_treatment = 1 - codes.VOC_RETURNED
    assert plain(accounts.energy_flows)(x, d, 30.0, 120.0, y) == OK
    assert y.coke_oven_gas_out == pytest.approx(0.96 * 177e6 - 0.93 * 48e6 - 3e6, rel=1e-12)
    assert y.benzol_flow == pytest.approx(benzol, rel=1e-12)
    x.voc_emission = 0.015  # more vapours than there is benzol
    assert plain(accounts.energy_flows)(x, d, 30.0, 120.0, y) == INFEASIBLE_FLOW
    assert y.status_variable == codes.VOC_EMISSION


def flows():
    return fields(
        coal_heat=900e6, coke_heat=640e6, coke_oven_gas_out=110e6, tar_heat=39e6, benzol_heat=13e6,
        blast_furnace_gas_in=3e6, power_demand=4.1e6, steam_short_heat=7e6, liquor_heat=2e6, steam_surplus_heat=5e6,
        cdq_steam_heat_net=45e6, cdq_steam_heat_gross=52e6, turbine_steam_used=8e6, cdq_gross_power=15e6,
        cdq_reheat_heat=4e6, surplus_turbine_heat=1.7e6, surplus_steam_power=0.3e6,
    )  # fmt: skip


def counted(**values):
    x = fields(
        coal_heating_value_error=0.01, coke_heating_value_error=-0.02, power_equal_value=2.47,
        recovered_energy_basis=0, steam_credit=0,
    )  # fmt: skip
    x.__dict__.update(values)
    y = flows()
    plain(accounts.counted)(x, 2.3e6, 2.76e6, y)
    plain(accounts.by_convention)(x, y)
    return y


FUELS = 909e6 + 3e6 + EQUIVALENT * 4.1e6 - 0.98 * 640e6 - (110e6 + 39e6 + 13e6)
GROSS = 2.76 / 2.3
BY_CONVENTION = {
    "steam_net": 7e6 - (45e6 + 4e6 + 2e6 + 5e6 + 1.7e6),
    "steam_gross": 7e6 * GROSS - (52e6 + 4e6 + 2e6 + (5e6 + 1.7e6) * GROSS),
    "power_equivalent": 7e6 - (EQUIVALENT * 15.3e6 + 2e6 + 5e6 + 8e6),
    "power_equal_value": 7e6 - (2.47 * 15.3e6 + 2e6 + 5e6 + 8e6),
}


@pytest.mark.parametrize(
    ("basis", "credit", "word"),
    [
        (codes.BASIS_STEAM_HEAT, 1 - codes.CREDIT_GROSS, "steam_net"),
        (codes.BASIS_STEAM_HEAT, codes.CREDIT_GROSS, "steam_gross"),
        (codes.BASIS_POWER_EQUAL_VALUE, 0, "power_equal_value"),
        (-1, codes.CREDIT_GROSS, "power_equivalent"),
    ],
)
def test_recovered_energy_by_each_convention(basis, credit, word):
    y = counted(recovered_energy_basis=basis, steam_credit=credit)
    assert y.convention_balance == pytest.approx(FUELS + BY_CONVENTION[word], rel=1e-9)
    year = {n: np.array([v]) for n, v in vars(y).items()} | {"coke_rate": np.array([22.0])}
    beside = getattr(indicators, f"coke_unit_energy_{word}")(year)[0]
    assert beside == pytest.approx((FUELS + BY_CONVENTION[word]) / 22.0, rel=1e-9)
    assert indicators.coke_unit_energy(year)[0] == pytest.approx(beside, rel=1e-9)
    meter = FUELS + BY_CONVENTION["steam_net"] + 4e6  # a meter of live steam knows nothing of reheating
    assert indicators.coke_unit_energy_steam_meter(year)[0] == pytest.approx(meter / 22.0, rel=1e-9)


def test_each_level_of_2025_has_its_own_corrections():
    year = {
        "convention_balance": np.array([90e6]), "coke_rate": np.array([22.0]), "correction_fuel": np.array([1e5]),
        "correction_raw_material": np.array([3e5]), "correction_age": np.array([0.7e5]),
        "correction_wet_quenching": np.array([13e5]),
    }  # fmt: skip
    energy = 90e6 / 22
    found = [getattr(indicators, f"coke_energy_2025_level_{n}")(year)[0] for n in (1, 2, 3)]
    assert found == pytest.approx([energy - 4.7e5, energy - 4e5, energy - 17.7e5], rel=1e-12)
    year["coke_rate"] = np.zeros(1)
    assert np.isnan(indicators.coke_energy_2025_level_3(year)[0])


def steam(**values):
    x = fields(process_steam=0.11, still_steam=0.13, moisture_heat=0, surplus_steam_used=0.6)
    y = fields(
        cdq_coke_flow=22.0, liquor_flow=3.7, drying_heat=1.9e6, riser_steam_flow=0.9, flue_boiler_steam_flow=0.7,
        cdq_export_heat=1.5e6, cdq_export_own_heat=1.1e6, liquor_heat=2e6,
    )  # fmt: skip
    for name, value in values.items():
        setattr(x if hasattr(x, name) else y, name, value)
    plain(services.low_pressure_steam)(x, 2.3e6, y)
    plain(services.turbine_steam)(x, y)
    return y


DEMAND = 0.11 * 22 + 0.13 * 3.7


def test_steam_of_the_plant():
    """Needed 2.901 kg/s and 0.826 for drying; 1.6 recovered; the turbine gives 1.1 MW of the rest.

    And 0.4 MW of a lower pressure, of which others take 60 %.
    """
    y = steam()
    short = (DEMAND + 1.9 / 2.3 - 1.6) * 2.3e6
    assert y.steam_demand == pytest.approx(DEMAND + 1.9 / 2.3, rel=1e-12)
    assert y.steam_short_heat == pytest.approx(short, rel=1e-12)
    assert (y.steam_surplus_heat, y.steam_unused_heat, y.turbine_steam_own) == (0.0, 0.0, 1.1e6)
    assert y.turbine_steam_used == pytest.approx(1.1e6 + 0.6 * 0.4e6, rel=1e-12)
    assert y.heat_bought == pytest.approx(short - 1.1e6, rel=1e-12)
    assert y.heat_supplied == pytest.approx(2e6 + 0.6 * 0.4e6, rel=1e-12)
    dried = steam(moisture_heat=codes.DRYING_BY_FLUE_GAS)
    assert dried.steam_demand == pytest.approx(DEMAND, rel=1e-12)


def test_more_steam_than_is_needed_counts_as_far_as_somebody_takes_it():
    y = steam(riser_steam_flow=3.0, moisture_heat=codes.DRYING_BY_FLUE_GAS)
    surplus = 0.6 * (3.7 - DEMAND) * 2.3e6
    assert (y.steam_short_heat, y.heat_bought) == (0.0, 0.0)
    assert y.steam_surplus_heat == pytest.approx(surplus, rel=1e-12)
    assert y.steam_unused_heat == pytest.approx(surplus * 0.4 / 0.6, rel=1e-12)
    assert y.turbine_steam_used == pytest.approx(0.6 * 1.5e6, rel=1e-12)
    assert y.heat_supplied == pytest.approx(surplus + 0.6 * 1.5e6 + 2e6, rel=1e-12)
    part = steam(riser_steam_flow=2.0, moisture_heat=codes.DRYING_BY_FLUE_GAS)
    short = (DEMAND - 2.7) * 2.3e6
    assert part.turbine_steam_used == pytest.approx(short + 0.6 * (1.5e6 - short), rel=1e-12)
    assert part.heat_bought == pytest.approx(0.0, abs=1e-6)
    assert part.heat_supplied == pytest.approx(0.6 * (1.5e6 - short) + 2e6, rel=1e-12)


def test_power_and_water_of_the_plant():
    x = fields(
        plant_power=0.12e6,
        still_power=0.05e6,
        voc_treatment=codes.VOC_RETURNED,
        voc_power=0.008e6,
        process_water=0.9,
        cdq_station_use=0.03,
    )
    y = fields(
        coke_rate=22.0, liquor_flow=3.7, cdq_own_power=2.1e6, flue_fan_power=0.3e6, cdq_gross_power=15e6,
        quench_water_flow=1.3, cdq_makeup_water_flow=0.6, surplus_steam_power=0.7e6,
    )  # fmt: skip
    plain(services.electricity)(x, y)
    demand = 0.12e6 * 22 + 0.05e6 * 3.7 + 2.1e6 + 0.3e6 + 0.03 * 0.7e6
    assert y.power_demand == pytest.approx(demand + 0.008e6 * 22, rel=1e-12)
    assert y.grid_power == pytest.approx(demand + 0.008e6 * 22 - 15e6 - 0.7e6, rel=1e-12)
    x.voc_treatment = 1 - codes.VOC_RETURNED
    plain(services.electricity)(x, y)
    assert y.power_demand == pytest.approx(demand, rel=1e-12)
    x.__dict__.update(
        process_steam=0.1,
        still_steam=0.1,
        moisture_heat=codes.DRYING_BY_FLUE_GAS,
        surplus_steam_used=1.0,
        surplus_steam_turbine=codes.POWER_NONE,
        **dict.fromkeys(WATER_SHARES, 0.0),
        treatment_waste_share=0.2,
        process_waste_share=0.3,
        tower_cycles=4.0,
    )
    y.__dict__.update(
        riser_steam_flow=0.0, flue_boiler_steam_flow=0.0, cdq_export_heat=0.0, cdq_export_own_heat=0.0, liquor_heat=0.0,
        cdq_coke_flow=22.0, cdq_steam_flow=0.0, cdq_condenser_heat=0.0, coke_water_flow=0.2, semi_dry_water=0.1,
    )  # fmt: skip
    assert plain(services.services)(x, 2.3e6, y) == OK
    assert y.power_demand == pytest.approx(demand - 0.03 * 0.7e6, rel=1e-12)  # no turbine, no own use of it
    assert y.fresh_water_flow == pytest.approx(0.9 * 22 + 1.3 + 0.2 + 0.1 + 0.6 / 0.8, rel=1e-12)
    steam = 0.1 * 22 + 0.1 * 3.7
    assert y.waste_water_flow == pytest.approx(3.7 + steam + 0.3 * 0.9 * 22 + 0.6 * 0.2 / 0.8, rel=1e-12)


def test_quenching_partly_wet():
    """4 of 24 kg/s wet: 0.55 kg of water and 40 g of dust each; 7 g of dust of each dry one; 5 and 0.3 % moisture."""
    x = fields(
        quench_water=0.55,
        wet_quench_dust=40e-6,
        cdq_stack_dust=7e-6,
        wet_coke_moisture=0.05,
        dry_coke_moisture=0.003,
    )
    y = fields(coke_pushed_flow=24.0, cdq_coke_flow=23.8)
    plain(cdq_results.write_wet)(x, y, 4.0)
    assert y.quench_water_flow == pytest.approx(2.2, rel=1e-12)
    assert y.coke_water_flow == pytest.approx(4 * 5 / 95 + 19.8 * 0.3 / 99.7, rel=1e-12)
    assert y.cdq_dust_flow == pytest.approx(4 * 40e-6 + 20 * 7e-6, rel=1e-12)
    assert y.coke_moisture == pytest.approx((0.05 * 4 + 0.003 * 20) / 24, rel=1e-12)


def test_coke_that_is_made():
    d = fields(
        coke_share=0.77, coke_share_carbon=0.861, coke_share_hydrogen=0.004, coke_share_oxygen=0.006,
        coke_share_nitrogen=0.009, coke_share_sulphur=0.007, coke_share_ash=0.113, coke_heating_value=29.1e6,
    )  # fmt: skip
    y = fields(cdq_coke_flow=22.9, cdq_burnt_heat=6e6)
    plain(quenching.push)(fields(coke_temperature=1270.0), d, 30.0, y)
    plain(quenching.coke_made)(y)
    assert (y.coke_rate, y.coke_pushed_flow) == (22.9, pytest.approx(23.1, rel=1e-12))
    assert y.coke_heat == pytest.approx(23.1 * 29.1e6 - 6e6, rel=1e-12)
    elements = ("carbon", "hydrogen", "oxygen", "nitrogen", "sulphur", "ash")
    assert [getattr(y, f"coke_{e}") for e in elements] == [getattr(d, f"coke_share_{e}") for e in elements]
