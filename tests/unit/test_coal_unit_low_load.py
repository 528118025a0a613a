"""What is held when a measure acts, and limits that units have: by hand, or by the figures of a sheet."""

from __future__ import annotations

import numpy as np
import pytest
from coal_unit_rows import complete, declaration, read_reference, resolve, rows

from plantsim.kernels import condenser_cooling, psychrometrics
from plantsim.kernels.gas import mass
from plantsim.processes.coal_unit.kernel import entry
from plantsim.vocabulary.status import OK

ZERO = 273.15
N200, N300, BED = "n200-12.75-535-535", "n300-16.67-537-537", "n300-16.67-fluidised-bed"
NET = declaration().variables["hold"].options["net_power"]


def points(name, loads, values=None, **operating):
    """Return (x, d, o, first, y) of a reference at some loads, one plant."""
    x, d, o, first, y = rows([complete({**read_reference(name), **(values or {})})])
    o, y = np.repeat(o, len(loads)), np.repeat(y, len(loads))
    o["load"] = loads
    for key, value in operating.items():
        o[key] = value
    first = np.array([0, len(loads)])
    entry(x, d, o, first, y, 0, 1)
    return x, d, o, first, y


# --- net power held ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [N200, N300, BED])
def test_held_net_power_is_sent_out_at_every_load(name):
    """Full load of the plant as it is: its rate is what it says; else that net power times the load."""
    x, _d, _o, _first, y = points(name, [1.0, 0.8, 0.5], hold=NET)
    assert (y["status"] == OK).all()
    net = x["rated_power"][0] * (1.0 - x["auxiliary_power_rate"][0])
    assert y["net_power"] == pytest.approx(net * np.array([1.0, 0.8, 0.5]), rel=1e-9)
    assert (y["energy_residual"] < 1e-9).all()
    assert (y["mass_residual"] < 1e-9).all()


def test_a_measure_that_saves_own_power_leaves_net_power_and_saves_fuel():
    x, d, o, first, y = points(N300, [0.7], hold=NET)
    before = y.copy()
    x["draught_fan_recovery"], x["air_fan_recovery"] = 0.9, 0.9
    resolve(x, d, o, y, first)
    assert y["status"][0] == OK
    assert y["net_power"][0] == pytest.approx(before["net_power"][0], rel=1e-9)
    less = before["auxiliary_power"][0] - y["auxiliary_power"][0]
    assert less > 0.2e6
    assert before["gross_power"][0] - y["gross_power"][0] == pytest.approx(less, rel=1e-6)
    # the fuel of that power: its share of the coal's heat, nearly (marginal heat is a little less than the mean)
    share = (before["coal_heat"][0] - y["coal_heat"][0]) / before["coal_heat"][0]
    assert share == pytest.approx(less / before["gross_power"][0], rel=0.15)


def test_net_power_and_heat_are_both_held():
    heat = {"heat_supply": 1.0, "heat_supply_pressure": 0.25e6}
    x, d, o, first, y = points(N200, [0.8], heat, hold=NET, heat=60e6)
    before = y.copy()
    x["lp_efficiency"] += 0.02
    resolve(x, d, o, y, first)
    for solved in (before, y):
        assert solved["status"][0] == OK
        assert solved["heat_supplied"][0] == pytest.approx(60e6, rel=1e-6)
        assert solved["net_power"][0] == pytest.approx(0.8 * 200e6 * 0.912, rel=1e-9)
    assert y["coal_heat"][0] < before["coal_heat"][0]


def test_a_stated_net_power_is_held_with_heat_from_the_flue_gas():
    economiser = {"low_economiser_gas_outlet": 105 + ZERO, "economiser_from": 7.0, "economiser_to": 7.0}
    _x, _d, _o, _first, y = points(N300, [0.75], economiser, hold=NET, net_power_wanted=200e6)
    assert y["status"][0] == OK
    assert y["economiser_heat"][0] > 1e6
    assert y["net_power"][0] == pytest.approx(200e6, rel=1e-9)


# --- air heater ------------------------------------------------------------------------------------------------------


def test_air_heater_leakage_of_the_125_mw_sheet():
    """58, 58 and 52 t/h leak into 563, 521 and 331 t/h of gas: 52/58 is (331/563)^0.2055."""
    exponent = declaration().variables["air_heater_leakage_exponent"].default
    for gas, leak in ((521.0, 58.0), (331.0, 52.0)):
        assert 58.0 * (gas / 563.0) ** exponent == pytest.approx(leak, rel=0.02)
    _x, d, _o, _first, y = points(N200, [1.0, 0.6])
    leaks = y["leak_air"] * mass(d[0].combustion_air)
    gases = [mass(n) for n in y["boiler_gas"]]
    assert leaks[0] / gases[0] == pytest.approx(0.08, rel=1e-9)
    assert leaks[1] / leaks[0] == pytest.approx((gases[1] / gases[0]) ** 0.2, rel=3e-3)  # by moles
    assert leaks[1] / gases[1] > 0.105  # 8 % by 0.7^-0.8


def test_fall_of_the_flue_gas_temperature_lies_between_its_two_sources():
    v = declaration().variables["flue_gas_temperature_fall"]
    # sheet: 126 degC with 58 t/h of air of 35 degC in 521, 115 with 52 in 331, at 125 and 75 MW (cp ratio 0.97)
    free = [
        t + 0.97 * leak / gas * (t - 35.0) for t, leak, gas in ((126.0, 58.0, 521.0), (115.0, 52.0, 331.0))
    ]
    sheet = (free[0] - free[1]) / 0.4
    paper = (132.0 - 118.0 + 136.0 - 121.0) / 2.0 / 0.25
    assert sheet == pytest.approx(21.5, abs=0.5)
    assert v.default == pytest.approx((sheet + paper) / 2.0, abs=0.5)
    assert v.typical[0] <= sheet < paper <= v.typical[1]


# --- fluidised bed ---------------------------------------------------------------------------------------------------


def test_a_bed_loses_efficiency_at_low_load_and_its_primary_fan_keeps_working():
    x, _d, _o, _first, y = points(BED, [1.0, 0.45])
    assert (y["status"] == OK).all()
    assert y["boiler_efficiency_found"][1] < y["boiler_efficiency_found"][0] - 0.005
    air = y["primary_air_flow"] * (1.0 + y["leak_air"] / (y["primary_air_flow"] + y["secondary_air_flow"]))
    assert air[1] / air[0] == pytest.approx(0.65, rel=1e-9)  # the least that keeps the bed moving
    # rise: 9 kPa of bed and 9 of ducts by the square of the flow, 12.8 of 18 kPa; times the flow 0.46, and valves' loss
    assert 0.46 < y["primary_fan_power"][1] / y["primary_fan_power"][0] < 0.85
    rise = 9.0 + 9.0 * 0.65**2
    assert rise / 18.0 * 0.65 == pytest.approx(0.4624, abs=1e-3)


def test_carbon_in_fly_ash_rises_by_the_missing_load():
    _x, d, _o, _first, y = points(BED, [1.0])
    full = d[0].unburnt_carbon
    x, d, _o, _first, y = points(BED, [0.5])
    load = y["boiler_heat"][0] / x["reference_boiler_heat"][0]
    fly = 0.04 + 0.02 * (1.0 - load)
    ash = d[0].fly_ash_ratio * (1.0 - fly)
    assert d[0].unburnt_carbon - full == pytest.approx(ash * (fly / (1.0 - fly) - 0.04 / 0.96), rel=1e-9)


def test_slip_above_its_limit_is_in_the_results():
    """8 mg/m3 behind an SNCR alone: 10.5 ppm (17.03 g in 22.4 litres)."""
    _x, _d, _o, _first, y = points(BED, [1.0, 0.5])
    assert y["ammonia_slip_allowed"] == pytest.approx(8.0 / 17.031 * 22.414e-6, rel=0.01)
    assert y["ammonia_slip"][0] < y["ammonia_slip_allowed"][0]
    assert y["ammonia_slip"][1] > y["ammonia_slip_allowed"][1]


# --- cold end --------------------------------------------------------------------------------------------------------

DRY = {"condenser": 4.0, "exhaust_pressure": 15e3, "cooling_air_flow": 25000.0}


@pytest.mark.parametrize("load", [1.0, 0.6])
def test_a_choked_last_stage_gains_nothing_from_colder_air(load):
    """15 kPa by design, half of it where the last stage chokes, times its flow."""
    exhaust, rate = [], []
    for t in (-5.0, -15.0, -25.0):
        x, d, _o, _first, y = points(N300, [load], DRY, ambient_temperature=t + ZERO)
        assert y["status"][0] == OK
        part = y["main_steam_flow"][0] * d[0].inlet_share[2] / d[0].design_inlet_flow[2]
        assert d[0].condensing_pressure == pytest.approx(0.5 * part * 15e3, rel=1e-6)
        exhaust.append(d[0].condensing_pressure)
        rate.append(y["heat_rate"][0])
    assert exhaust[1] == pytest.approx(exhaust[2], rel=1e-8)
    assert rate[1] == pytest.approx(rate[2], rel=1e-8)


def test_the_makers_least_pressure_is_held():
    _x, d, _o, _first, y = points(
        N300, [0.6], DRY | {"least_exhaust_pressure": 9e3}, ambient_temperature=258.15
    )
    assert y["status"][0] == OK
    assert d[0].condensing_pressure == 9e3


def test_with_an_annulus_its_loss_decides():
    _x, d, _o, _first, y = points(N300, [1.0], DRY | {"annulus_area": 14.0}, ambient_temperature=258.15)
    assert y["status"][0] == OK
    assert d[0].condensing_pressure < 0.4 * 15e3


@pytest.mark.parametrize("t", [10.0, 0.02, 0.0, -5.0, -20.0, -40.0])
def test_a_tower_in_frost(t):
    _x, _d, _o, _first, y = points(BED, [0.75], ambient_temperature=t + ZERO)
    assert y["status"][0] == OK
    assert y["water_inlet_temperature_found"][0] >= 5.0 + ZERO  # what least_tower_water lets out
    assert y["water_evaporated"][0] > 0.0


def test_frost_goes_on_where_dew_ends():
    """No step at 0 degC, and the pressures over ice of the tables: 401.8 Pa at -5, 103.3 Pa at -20 degC."""
    assert psychrometrics.saturation_over(ZERO - 5.0) == pytest.approx(401.8, abs=0.2)
    assert psychrometrics.saturation_over(ZERO - 20.0) == pytest.approx(103.3, abs=0.1)
    warm, cold = (
        psychrometrics.saturated_enthalpy(ZERO + step, 83e3, psychrometrics.CP_AIR, psychrometrics.M_AIR)
        for step in (0.02, -0.02)
    )
    assert warm - cold == pytest.approx(
        0.04 * 1.8e3, rel=0.35
    )  # J/kg: 1.0 of air and 0.8 of vapour and more of it
    # ASHRAE, saturated air at -10 degC and 101.325 kPa: 1.60 g/kg
    assert psychrometrics.air_humidity(263.15, 1.0, 101325.0) == pytest.approx(1.60e-3, abs=0.02e-3)


def test_water_is_not_let_out_colder_than_allowed():
    w = psychrometrics.air_humidity(258.15, 0.7, 83e3)
    held, _, status = condenser_cooling.cooling_tower(2e8, 12000.0, 11000.0, 1.5, 258.15, w, 83e3, 281.15)
    assert (status, held) == (OK, 281.15)


def test_water_of_zero_degrees_cools_a_condenser():
    surface = {"condenser": 3.0, "cooling_water_source": 0.0}
    _x, _d, _o, _first, y = points(N300, [1.0], surface, water_temperature=ZERO)
    assert y["status"][0] == OK
