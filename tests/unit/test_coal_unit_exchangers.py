"""No stream is warmed above its source: heaters, economiser, network, steam of the boiler. Values from steam tables."""

from __future__ import annotations

import pytest
from coal_unit_rows import complete, declaration, read_reference, rows

from plantsim.kernels.steam import h_pT, saturation_pressure, saturation_temperature, vapour_enthalpy
from plantsim.processes.coal_unit.kernel import entry
from plantsim.vocabulary.status import INFEASIBLE_ORDER, INFEASIBLE_PINCH, OK

ZERO = 273.15
N200, N300, N600 = "n200-12.75-535-535", "n300-16.67-537-537", "n600-24.2-566-566"
CROSSOVER = {"heat_supply": 1.0, "heat_return_temperature": 80 + ZERO}


def point(name, load=1.0, heat=0.0, **values):
    """Return (x, d, y, name of the variable at fault) of one point of a reference."""
    x, d, o, first, y = rows([complete({**read_reference(name), **values})])
    o["load"], o["heat"] = load, heat
    entry(x, d, o, first, y, 0, 1)
    return x[0], d[0], y[0], declaration().name_of_code(int(y[0].status_variable))


def last(name, value):
    """Return the terminal differences of a reference with another one at its lowest heater [K]."""
    return (*read_reference(name)["terminal_difference"][:-1], value)


def test_an_economiser_at_a_heater_that_is_too_hot_is_refused_with_both_temperatures():
    outlet = {"low_economiser_gas_outlet": 100 + ZERO}
    _x, d, y, blamed = point(N300, **outlet, economiser_from=3.0, economiser_to=3.0)
    assert (y.status, blamed, y.exchanger_number) == (INFEASIBLE_PINCH, "low_economiser_gas_outlet", 3)
    assert y.exchanger_hot_temperature == pytest.approx(100 + ZERO)
    # feedwater behind the deaerator, 0.81 MPa less 6 %: saturated at 168.4 degC, and a pump to 20.6 MPa behind it
    assert saturation_temperature(0.7614e6) - ZERO == pytest.approx(168.37, abs=0.05)
    assert y.exchanger_cold_temperature - ZERO == pytest.approx(172.5, abs=0.5)
    low = point(N300, **outlet, economiser_from=7.0, economiser_to=7.0)[2]
    assert low.status == OK
    assert (
        low.exchanger_hot_temperature != low.exchanger_hot_temperature
    )  # not known where nothing is at fault
    assert low.economiser_heat > 1e6


def test_a_stated_heat_is_looked_at_like_a_stated_outlet():
    """9 MW cool the gas of 300 MW from 135 degC by some 25 K: enough for heater 7, uphill at heater 4."""
    at = {"low_economiser_heat": 9e6}
    assert point(N300, **at, economiser_from=7.0, economiser_to=7.0)[2].status == OK
    _x, _d, y, blamed = point(N300, **at, economiser_from=4.0, economiser_to=4.0)
    assert (y.status, blamed) == (INFEASIBLE_PINCH, "low_economiser_heat")
    assert y.exchanger_cold_temperature > y.exchanger_hot_temperature


@pytest.mark.parametrize("load", [1.0, 0.6])
def test_wet_steam_warms_water_to_its_saturation_at_most(load):
    assert point(N300, load, terminal_difference=last(N300, 0.0))[2].status == OK
    _x, d, y, blamed = point(N300, load, terminal_difference=last(N300, -3.0))
    assert (y.status, blamed, y.exchanger_number) == (INFEASIBLE_PINCH, "terminal_difference", 8)
    assert y.exchanger_cold_temperature - y.exchanger_hot_temperature == pytest.approx(3.0, abs=1e-9)
    if load == 1.0:  # 0.02567 MPa less 6 %: 64.2 degC by the tables
        assert y.exchanger_hot_temperature - ZERO == pytest.approx(64.17, abs=0.02)


def test_superheated_steam_warms_water_above_saturation_as_far_as_its_superheat_goes():
    """Heater 1 of the N300: what the steam has above saturation warms the water behind where it condenses."""
    first = read_reference(N300)["terminal_difference"]
    _x, d, y, _ = point(N300)
    assert y.status == OK  # the sheet's -1.6 K
    given_up = 0.98 * d.extraction_share[0] * (d.point_enthalpy[0] - vapour_enthalpy(d.heater_pressure[0]))
    t_s = d.heater_saturation_temperature[0]
    most = given_up / ((h_pT(20.58e6, t_s + 2.0) - h_pT(20.58e6, t_s - 2.0)) / 4.0)
    assert most > 1.6
    fits = point(N300, terminal_difference=(-0.9 * most, *first[1:]))[2]
    beyond = point(N300, terminal_difference=(-1.2 * most, *first[1:]))
    assert fits.status == OK
    assert (beyond[2].status, beyond[3], beyond[2].exchanger_number) == (
        INFEASIBLE_PINCH,
        "terminal_difference",
        1,
    )
    assert beyond[2].exchanger_hot_temperature == pytest.approx(t_s, abs=1e-6)  # where it begins to condense
    assert beyond[2].exchanger_cold_temperature == pytest.approx(t_s + 0.2 * most, abs=0.15 * most)


def test_ip_exhaust_too_cold_for_the_network():
    _x, _d, y, blamed = point(N600, 0.75, 400e6, **CROSSOVER)
    assert (y.status, blamed) == (INFEASIBLE_PINCH, "heat_return_temperature")
    assert y.heating_steam_pressure == pytest.approx(saturation_pressure(y.exchanger_hot_temperature))
    assert y.exchanger_hot_temperature < 80 + ZERO == y.exchanger_cold_temperature
    assert point(N600, 0.75, 400e6, **CROSSOVER, heat_supply_pressure=0.1033e6)[2].status == OK


@pytest.mark.parametrize(("supply", "status"), [(100.0, OK), (130.0, INFEASIBLE_PINCH)])
def test_the_network_heater_gives_no_water_above_its_steam(supply, status):
    """200 MW template at 75 %: 0.125 MPa at the crossover, saturated at 106 degC."""
    _x, _d, y, blamed = point(N200, 0.75, 100e6, **CROSSOVER, network_supply_temperature=supply + ZERO)
    assert y.status == status
    if status != OK:
        assert blamed == "network_supply_temperature"
        assert y.exchanger_hot_temperature == pytest.approx(saturation_temperature(y.heating_steam_pressure))


def test_back_pressure_warms_no_water_above_its_exhaust():
    """45 kPa: 78.7 degC."""
    form = {"heat_supply": 4.0, "heating_exhaust_pressure": 45e3}
    assert point(N200, 0.75, 200e6, **form, network_supply_temperature=75 + ZERO)[2].status == OK
    _x, _d, y, blamed = point(N200, 0.75, 200e6, **form, network_supply_temperature=85 + ZERO)
    assert (y.status, blamed) == (INFEASIBLE_PINCH, "network_supply_temperature")
    assert y.exchanger_hot_temperature - ZERO == pytest.approx(78.7, abs=0.1)


def test_steam_below_the_networks_pressure_is_refused():
    form = {"heat_supply": 2.0, "heat_stage": 5.0}
    assert point(N200, 0.75, 60e6, **form, network_steam_pressure=0.25e6)[2].status == OK
    _x, _d, y, blamed = point(N200, 0.75, 60e6, **form, network_steam_pressure=0.4e6)
    assert (y.status, blamed) == (INFEASIBLE_ORDER, "network_steam_pressure")
    assert y.heating_steam_pressure < 0.4e6
    assert y.exchanger_cold_temperature - ZERO == pytest.approx(143.6, abs=0.1)  # at 0.4 MPa


@pytest.mark.parametrize(
    ("pressure", "status"),
    [(0.1033e6, OK), (0.129e6, OK), (0.13e6, INFEASIBLE_ORDER), (0.4e6, INFEASIBLE_ORDER)],
)
def test_a_crossover_pressure_beyond_a_valve_is_refused(pressure, status):
    """The N600's crossover is made for 0.1033 MPa; 1.25 times that is 0.1291."""
    _x, _d, y, blamed = point(N600, 0.75, 400e6, **CROSSOVER, heat_supply_pressure=pressure)
    assert y.status == status
    assert blamed == ("" if status == OK else "heat_supply_pressure")


def test_another_crossover_pressure_is_another_turbine():
    """With new passages the stage groups end at 0.4 MPa, and the design point is solved for it."""
    x, d, o, first, y = rows([complete(read_reference(N600))])
    entry(x, d, o, first, y, 0, 1)
    before = d[0].design_ip_drop, y[0].heat_rate
    x["ip_exhaust_pressure"], x["flow_passages"], x["ip_efficiency"] = 0.4e6, 1, x["ip_efficiency"]
    entry(x, d, o, first, y, 0, 1)
    assert y[0].status == OK
    assert d[0].cylinder_exhaust_pressure[1] == pytest.approx(0.4e6, rel=1e-3)
    assert d[0].design_ip_drop < 0.75 * before[0]  # of 3.6 to 0.1 MPa, without the last 0.4 to 0.1
    x["heat_supply"], x["heat_supply_pressure"], o["load"], o["heat"] = 1, 0.4e6, 0.75, 400e6
    entry(x, d, o, first, y, 0, 1)
    assert y[0].status == OK


def test_stages_at_another_drop_work_worse():
    """2 r - r^2 of the design's efficiency with r = sqrt(design drop / drop): 0.9714 for 1.44 times the drop."""
    x, d, y, _ = point(N200, 0.6, 60e6, **CROSSOVER, heat_supply_pressure=0.3e6)
    drop = (d.cylinder_inlet_enthalpy[1] - d.cylinder_exhaust_enthalpy[1]) / d.cylinder_efficiency[1]
    r = (d.design_ip_drop / drop) ** 0.5
    assert r > 1.1  # less drop: IP inlet falls with the load, the exhaust is held above the design's
    part = 1.0 - x.part_flow_loss * (1.0 - y.main_steam_flow * d.inlet_share[1] / d.design_inlet_flow[1]) ** 2
    assert d.cylinder_efficiency[1] / x.ip_efficiency == pytest.approx(part * (2 * r - r * r), rel=1e-6)
    free = point(N200, 0.6)[1]
    assert free.cylinder_efficiency[1] > d.cylinder_efficiency[1]


MAIN = {"main_steam_pressure": 20e6, "main_steam_temperature": 360 + ZERO, "feedwater_pressure": 24e6}
REHEAT = {
    "hot_reheat_pressure": 11e6,
    "hp_exhaust_pressure": 11.5e6,
    "hot_reheat_temperature": 315 + ZERO,
    "extraction_pressure": (12e6, 11.5e6, 1.64e6, 0.81e6, 0.3385e6, 0.135e6, 0.0659e6, 0.02567e6),
    # superheated there too: saturation is at 324.7 and 321.4 degC
    "extraction_temperature": (490 + ZERO, 480 + ZERO, *read_reference(N300)["extraction_temperature"][2:]),
    "hp_efficiency": 0.8,
}


@pytest.mark.parametrize(
    ("values", "blamed", "saturation"), [(MAIN, "main_steam", 365.75), (REHEAT, "hot_reheat", 318.08)]
)
def test_steam_below_its_saturation_is_refused(values, blamed, saturation):
    _x, _d, y, name = point(N300, **values)
    assert (y.status, name) == (INFEASIBLE_ORDER, f"{blamed}_temperature")
    assert y.saturation_found - ZERO == pytest.approx(saturation, abs=0.01)


def test_steam_that_falls_below_its_saturation_at_low_load_is_refused():
    """Throttled, so that 12.75 MPa (329.35 degC) stay; 490 degC less 300 K times a missing flow of 0.6 is 310."""
    fall = {"main_steam_temperature_fall": 300.0, "temperature_held_from": 1.0, "pressure_control": 1.0}
    fall["main_steam_temperature"] = 490 + ZERO
    assert point(N200, 0.5, **fall)[2].status == OK
    _x, _d, y, name = point(N200, 0.3, **fall)
    assert (y.status, name) == (INFEASIBLE_ORDER, "main_steam_temperature")
    assert y.saturation_found - ZERO == pytest.approx(329.35, abs=0.02)


@pytest.mark.parametrize("load", [1.0, 0.6])
def test_gas_behind_the_economiser_is_warmer_than_its_feedwater(load):
    """Feedwater of N300 is near 272 degC at full load: gas of 260 degC behind it would have warmed it for nothing."""
    given = {"rated_economiser_gas_temperature": 260 + ZERO, "economiser_gas_temperature_fall": 50.0}
    _x, _d, y, blamed = point(N300, load, **given)
    assert (y.status, blamed) == (INFEASIBLE_PINCH, "rated_economiser_gas_temperature")
    fallen = 50 * (1 - load)  # with the load, nearly
    assert y.exchanger_hot_temperature - ZERO == pytest.approx(260 - fallen, abs=3.0)
    assert y.exchanger_cold_temperature == y.feedwater_temperature > y.exchanger_hot_temperature
    assert point(N300, load, rated_economiser_gas_temperature=370 + ZERO)[2].status == OK


def test_a_network_does_not_give_heat_back():
    """A return of 110 degC behind a supply of 100: refused with both."""
    network = {**CROSSOVER, "heat_return_temperature": 110 + ZERO, "network_supply_temperature": 100 + ZERO}
    _x, _d, y, blamed = point(N300, heat=60e6, **network)
    assert (y.status, blamed) == (INFEASIBLE_PINCH, "heat_return_temperature")
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (100 + ZERO, 110 + ZERO)
    fine = {**network, "heat_return_temperature": 60 + ZERO}
    assert point(N300, heat=60e6, **fine)[2].status == OK
    assert point(N300, heat=0.0, **network)[2].status == OK  # nobody is heated


@pytest.mark.parametrize(
    ("inlet", "rise", "fine"), [(20.0, 8.0, True), (20.0, 14.0, False), (36.0, 0.0, False)]
)
def test_cooling_water_is_colder_than_the_steam_that_it_condenses(inlet, rise, fine):
    """At 5 kPa steam condenses at 32.9 degC."""
    stated = {"condenser": 0, "exhaust_pressure": 5e3, "cooling_water_temperature": inlet + ZERO}
    stated["cooling_water_rise"] = rise if rise else float("nan")
    _x, _d, y, blamed = point(N200, **stated)
    assert (y.status == OK) == fine
    if not fine:
        assert (y.status, blamed) == (INFEASIBLE_PINCH, "cooling_water_temperature")
        assert y.exchanger_hot_temperature - ZERO == pytest.approx(32.87, abs=0.02)
        assert y.exchanger_cold_temperature == pytest.approx(inlet + rise + ZERO, rel=1e-12)
