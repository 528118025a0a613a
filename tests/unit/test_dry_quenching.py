"""Dry quenching as a stage: loop gas, what is refused, standby, fan control, turbine kinds, last economiser."""

from __future__ import annotations

import numpy as np
import pytest
from cdq_rows import blamed, coke, plants, quenched

from plantsim.kernels.gas_flow import MOLAR_VOLUME
from plantsim.processes.coke_oven.burn_off import carbon_enthalpy, lost_heat
from plantsim.processes.coke_oven.loop_fan import loop_fan
from plantsim.processes.coke_oven.loop_gas import loop_balance
from plantsim.vocabulary import status

N2, O2, CO2, H2O, CO, H2, CH4, SO2 = range(8)


def solved(**values):
    code, y = quenched(plants(**values))
    assert code == status.OK, (code, blamed(y))
    return y


def test_loop_gas_of_a_worked_example():
    """80 Nm3 of air and 5 of nitrogen per tonne, vent 68 % N2, 8 % CO, 13 % CO2: vent 100 Nm3, 11.3 kg of carbon.

    The example divides air 79 to 21. Its vent holds more oxygen than its air brings: hydrogen and oxygen here are
    what closes it, as water of another source would.
    """
    vent = (0.79 * 80 + 5) / 0.68
    rest = 0.11 * vent  # water, with no hydrogen left unburnt
    oxygen = vent * (0.08 + 2 * 0.13) + rest - 2 * 0.2095 * 80
    dry = vent - rest
    gas, carbon, code = loop_balance(
        80.0, 0.0, 5.0 - 0.0005 * 80, 2 * rest, oxygen, 0.0, 0.0, 0.08 * vent / dry, 0.0, 0.0, 0.0
    )
    assert code == status.OK
    assert sum(gas) == pytest.approx(100.3, abs=0.1)
    assert gas[CO2] / sum(gas) == pytest.approx(0.13, abs=1e-4)
    assert carbon / MOLAR_VOLUME * 12.011e-3 == pytest.approx(11.3, abs=0.05)


def test_loop_gas_keeps_the_shares_that_were_asked_for():
    gas, carbon, code = loop_balance(3.5, 0.01, 0.2, 1.0, 0.1, 0.05, 0.003, 0.05, 0.02, 0.004, 0.001)
    assert code == status.OK
    dry = sum(gas) - gas[H2O]
    assert [gas[i] / dry for i in (CO, H2, O2, CH4)] == pytest.approx([0.05, 0.02, 0.004, 0.001])
    assert gas[CO2] + gas[CO] + gas[CH4] == pytest.approx(carbon)
    assert gas[SO2] == pytest.approx(0.003 * carbon)


@pytest.mark.parametrize(
    "arguments",
    [
        (3.5, 0.0, 0.2, 0.1, 0.0, 0.0, 0.0, 0.05, 0.02, 0.0, 0.0),  # more hydrogen in the vent than there is
        (0.5, 0.0, 0.2, 3.0, 0.0, 0.0, 0.0, 0.05, 0.0, 0.0, 0.0),  # too little air for the gas given off
    ],
)
def test_a_vent_that_cannot_be_is_refused(arguments):
    assert loop_balance(*arguments)[2] == status.INFEASIBLE_FLOW


def test_the_variable_to_blame_is_named():
    code, y = quenched(plants(cdq_air=0.01, cdq_volatile_release=0.9))
    assert (code, blamed(y)) == (status.INFEASIBLE_FLOW, "cdq_air")
    code, y = quenched(plants(cdq_steam_temperature=885.0, cdq_circulating_gas=2.2, cdq_air=0.06))
    assert (code, blamed(y)) == (status.INFEASIBLE_PINCH, "cdq_steam_temperature")
    code, y = quenched(plants(cdq_turbine=2, cdq_extraction_share=0.99, surplus_steam_used=1.0))
    assert (code, blamed(y)) == (status.INFEASIBLE_FLOW, "cdq_extraction_share")
    code, y = quenched(plants(cdq_turbine=2, cdq_extraction_pressure=0.11e6))
    assert (code, blamed(y)) == (status.INFEASIBLE_ORDER, "cdq_extraction_pressure")
    code, y = quenched(plants(cdq_reheat=1, cdq_reheat_pressure=12e6))
    assert (code, blamed(y)) == (status.INFEASIBLE_ORDER, "cdq_reheat_pressure")
    code, y = quenched(plants(cdq_gas_inlet_temperature=470.0))
    assert (code, blamed(y)) == (status.INFEASIBLE_PINCH, "cdq_gas_inlet_temperature")
    code, y = quenched(plants(), coke(temperature=400.0))
    assert (code, blamed(y)) == (status.OUTSIDE_RANGE, "cdq_circulating_gas")


def test_heat_of_what_burns_is_that_of_the_coke():
    """Burning all of a coke gives its heating value, wherever its heat of formation comes from."""
    shares = (0.86, 0.003, 0.004, 0.01, 0.006)
    from plantsim.kernels.combustion import (
        MOLAR_MASS_C,
        MOLAR_MASS_H,
        MOLAR_MASS_N,
        MOLAR_MASS_O,
        MOLAR_MASS_S,
    )

    masses = (MOLAR_MASS_C, MOLAR_MASS_H, MOLAR_MASS_O, MOLAR_MASS_N, MOLAR_MASS_S)
    h = carbon_enthalpy(*shares, 28.9e6)
    amounts = [share / mass for share, mass in zip(shares, masses, strict=True)]
    assert lost_heat(*amounts, h) == pytest.approx(28.9e6, rel=1e-12)


def test_wet_quenching_takes_water_and_leaves_the_coke():
    y = solved(quenching=0)
    assert y.cdq_coke_flow == y.coke_pushed_flow
    assert y.cdq_burnt_heat == y.cdq_steam_flow == y.cdq_own_power == 0.0
    assert y.quench_water_flow == pytest.approx(0.5 * 37.5)
    assert y.coke_moisture == pytest.approx(0.04)
    assert np.isnan(y.cdq_coke_temperature)


def test_standby_quenches_wet_what_the_shaft_does_not_take():
    full, part = solved(cdq_availability=1.0), solved(cdq_availability=0.9)
    assert part.cdq_steam_flow == pytest.approx(0.9 * full.cdq_steam_flow)
    assert part.cdq_own_power == pytest.approx(0.9 * full.cdq_own_power)
    assert part.cdq_steam_per_coke == pytest.approx(full.cdq_steam_per_coke)
    assert full.quench_water_flow == 0.0
    assert part.quench_water_flow == pytest.approx(0.1 * 0.5 * 37.5)
    assert part.coke_moisture == pytest.approx(0.1 * 0.04 + 0.9 * 0.002)
    assert part.cdq_dust_flow > full.cdq_dust_flow


def test_capacity_bounds_what_goes_into_the_shaft():
    y = solved(cdq_capacity=30.0, cdq_availability=1.0)
    assert y.cdq_dry_flow == pytest.approx(30.0)
    assert y.quench_water_flow == pytest.approx(0.5 * 7.5)
    larger = solved(cdq_capacity=60.0, cdq_availability=1.0)
    assert larger.cdq_dry_flow == pytest.approx(37.5)
    assert larger.cdq_coke_temperature < y.cdq_coke_temperature  # a shaft at part load cools further


def test_coke_heat_and_ash_go_on_with_the_coke():
    y = solved()
    before = y.coke_pushed_flow * y.coke_net_heating_value
    assert y.cdq_coke_flow * y.cdq_coke_net_heating_value + y.cdq_burnt_heat == pytest.approx(
        before, rel=1e-12
    )
    assert y.cdq_coke_flow * y.cdq_coke_ash == pytest.approx(y.coke_pushed_flow * y.coke_ash, rel=1e-12)
    assert 0.0 < y.cdq_breeze_flow < 0.05 * y.cdq_coke_flow


def test_variable_speed_saves_at_part_load_most():
    def saved(capacity):
        damper = solved(cdq_capacity=capacity)
        speed = solved(cdq_capacity=capacity, cdq_fan_control=1)
        return 1 - speed.cdq_fan_power / damper.cdq_fan_power

    assert 0.0 < saved(37.5) < saved(50.0)


def test_fan_power_at_altitude():
    """81 kPa instead of 101.3: volume and shaft resistance grow; 30 to 60 % more power for the same gas."""
    low, high = solved(), solved(air_pressure=81e3)
    assert 1.3 < high.cdq_fan_power / low.cdq_fan_power < 1.6


def test_fan_at_its_design_point_takes_ideal_power():
    curve = (0.37073425, 0.97250253, -0.34240761)
    power, into_gas, code = loop_fan(
        2500.0, 0.029, 440.0, 101325.0, 3000.0, 5000.0, 1.0, 0.0, 0.8, 0.95, 1.0, curve
    )
    volume = 2500.0 * 8.31446 * 440.0 / (101325.0 - 5000.0)
    assert code == status.OK
    assert power == pytest.approx(volume * 8000.0 / 0.8 / 0.95, rel=1e-5)
    assert into_gas == pytest.approx(0.95 * power)


def test_kinds_of_turbine():
    condensing, extraction, back, none = (
        solved(cdq_turbine=kind, cdq_availability=1.0) for kind in (1, 2, 3, 0)
    )
    assert condensing.cdq_gross_power > extraction.cdq_gross_power > back.cdq_gross_power > 0.0
    assert none.cdq_gross_power == 0.0
    assert condensing.cdq_export_steam_flow == 0.0
    assert extraction.cdq_export_steam_flow == pytest.approx(0.2 * extraction.cdq_steam_flow)
    assert none.cdq_export_heat > back.cdq_export_heat > extraction.cdq_export_heat > 0.0
    for y in (condensing, extraction, back, none):  # water in is steam given away and blowdown
        water = y.cdq_export_steam_flow + 0.01 * y.cdq_steam_flow
        assert y.cdq_makeup_water_flow == pytest.approx(water, rel=1e-12)


def test_reheat_heat_is_seen_by_power_and_not_by_a_steam_meter():
    high = solved(cdq_turbine_efficiency=0.86)
    ultra = solved(
        cdq_turbine_efficiency=0.86,
        cdq_steam_pressure=13.7e6,
        cdq_steam_temperature=844.15,
        cdq_reheat=1,
    )
    assert ultra.cdq_gross_power / high.cdq_gross_power == pytest.approx(1.08, abs=0.04)
    assert ultra.cdq_steam_heat_net < high.cdq_steam_heat_net
    assert ultra.cdq_steam_heat_net + ultra.cdq_reheat_heat == pytest.approx(
        high.cdq_steam_heat_net, rel=0.01
    )


def test_a_colder_inlet_takes_more_heat_from_the_coke():
    """At the same gas flow: the boiler gets colder gas, the last economiser the gain."""
    warm, cold = solved(), solved(cdq_gas_inlet_temperature=388.15)  # 130 and 115 degC
    assert cold.cdq_water_heat > warm.cdq_water_heat
    assert cold.cdq_coke_temperature < warm.cdq_coke_temperature
    assert cold.cdq_boiler_gas_temperature < warm.cdq_boiler_gas_temperature
    assert cold.cdq_boiler_duty + cold.cdq_water_heat > warm.cdq_boiler_duty + warm.cdq_water_heat


def test_the_last_economiser_does_not_boil_its_water():
    y = solved(cdq_boiler_outlet_temperature=493.15, cdq_gas_inlet_temperature=383.15)
    assert y.cdq_unused_heat > 0.0
    assert abs(y.cdq_energy_residual) < 1e-9


def test_heat_of_steam_gross_and_net_differ_by_the_feed():
    y = solved()
    feed = (y.cdq_steam_heat_gross - y.cdq_steam_heat_net) / y.cdq_steam_flow
    assert feed == pytest.approx(443e3, abs=4e3)  # water of 104 degC at 9.81 MPa


def test_vented_carbon_monoxide_is_lost_heat():
    """The same steam's worth of burning costs more coke where CO is vented."""
    burnt, vented = solved(cdq_vent_co=0.005), solved(cdq_vent_co=0.08)
    assert vented.cdq_vent_co_heat == pytest.approx(vented.cdq_vent_co_flow * 10.10e6, rel=2e-3)
    gain_burnt = burnt.cdq_steam_flow / burnt.cdq_burnt_heat
    assert vented.cdq_burnt_heat > burnt.cdq_burnt_heat
    assert vented.cdq_steam_flow / vented.cdq_burnt_heat < gain_burnt
