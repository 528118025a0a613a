"""Heat runs downhill in every exchanger of a coal unit: each end and bend by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.kernels import steam
from plantsim.processes.coal_unit import exchangers
from plantsim.processes.coal_unit.codes import (
    DRAIN_COOLER_APPROACH,
    HEAT_BACK_PRESSURE,
    HEAT_CROSSOVER,
    HEAT_NONE,
    HEAT_RETURN_TEMPERATURE,
    HEATER_OUT,
    LOW_ECONOMISER_GAS_OUTLET,
    LOW_ECONOMISER_HEAT,
    NETWORK_STEAM_PRESSURE,
    NETWORK_SUPPLY_TEMPERATURE,
    OPEN,
    TERMINAL_DIFFERENCE,
)
from plantsim.vocabulary.status import INFEASIBLE_ORDER, INFEASIBLE_PINCH, OK

NAN = math.nan
MPA = 1e6
h_pT, t_s, T_ph, h_v = (
    plain(f) for f in (steam.h_pT, steam.saturation_temperature, steam.T_ph, steam.vapour_enthalpy)
)


def changed(record, **values):
    return fields(**{**vars(record), **values})


def out():
    return fields(
        status_variable=0,
        exchanger_hot_temperature=NAN,
        exchanger_cold_temperature=NAN,
        exchanger_number=0,
        heating_steam_pressure=NAN,
    )


# ---------------------------------------------------------------- heaters


def heater(p=2 * MPA, h=3100e3, t_out=None, t_in=420.0, drain=430.0, share=0.06, **values):
    """The second of two heaters, in the feedwater's line."""
    T = t_s(p)
    t_out = T - 3 if t_out is None else t_out
    line = 20 * MPA
    x = fields(
        heater_count=2,
        heater_kind=[0, 0],
        heater_state=[0, 0],
        heater_efficiency=0.98,
        drain_to=[0, 0],
        heater_water_pressure=[0.0, 0.0],
        feedwater_pressure=line,
        condensate_pressure=1.8 * MPA,
    )
    d = fields(
        heater_pressure=[0.0, p],
        heater_saturation_temperature=[T + 40, T],
        point_enthalpy=[0.0, h],
        extraction_share=[0.0, share],
        water_share=[1.0, 0.9],
        water_outlet_enthalpy=[0.0, h_pT(line, t_out)],
        outlet_level=[0.0, h_pT(line, t_out)],
        water_inlet_enthalpy=[0.0, h_pT(line, t_in)],
        water_inlet_temperature=[0.0, t_in],
        water_outlet_temperature=[0.0, t_out],
        drain_temperature=[T + 5, drain],
        feed_line_pressure=line,
        condensate_line_pressure=1.8 * MPA,
        highest_open_heater=0,
        heat_from_outside=[0.0, 0.0],
        gland_into_share=[0.0, 0.0],
        heater_efficiency_now=[0.98, 0.98],
        line_drop=1.0,
    )
    return x, changed(d, **values), out()


def test_a_heater_that_is_sound():
    x, d, y = heater()
    assert plain(exchangers.check_heater)(x, d, y, 1) == OK
    assert y.exchanger_number == 0


@pytest.mark.parametrize(
    ("above", "share", "sound"), [(2.0, 0.06, True), (2.0, 0.0015, False), (70.0, 0.06, False)]
)
def test_superheat_warms_water_above_saturation(above, share, sound):
    """Where the steam begins to condense the water may be at saturation at most: 2 K take 9 kJ/kg of 0.06 * 300."""
    p = 2 * MPA
    x, d, y = heater(t_out=t_s(p) + above, share=share)
    assert (plain(exchangers.check_heater)(x, d, y, 1) == OK) is sound
    status, t_hot, t_cold = plain(exchangers.desuperheater)(x, d, 1, t_s(p) + above)
    bend = T_ph(20 * MPA, d.water_outlet_enthalpy[1] - 0.98 * share / 0.9 * (3100e3 - h_v(p)))
    ends = {(T_ph(p, 3100e3), t_s(p) + above), (t_s(p), bend)}
    nearest = min(ends, key=lambda e: e[0] - e[1])
    assert (t_hot, t_cold) == (pytest.approx(nearest[0], abs=1e-3), pytest.approx(nearest[1], abs=1e-3))
    if not sound:
        assert (status, y.status_variable, y.exchanger_number) == (INFEASIBLE_PINCH, TERMINAL_DIFFERENCE, 2)
        assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (t_hot, t_cold)


def test_wet_steam_and_cold_drains():
    p = 0.05 * MPA
    x, d, y = heater(p, 2500e3, t_out=t_s(p) + 0.5, t_in=320.0, drain=330.0)
    assert plain(exchangers.check_heater)(x, d, y, 1) == INFEASIBLE_PINCH
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (t_s(p), t_s(p) + 0.5)
    x, d, y = heater(t_in=431.0)  # a drain colder than the water that cools it
    assert plain(exchangers.check_heater)(x, d, y, 1) == INFEASIBLE_PINCH
    assert (y.status_variable, y.exchanger_number) == (DRAIN_COOLER_APPROACH, 2)
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (430.0, 431.0)
    x, d, y = heater(t_in=490.0, drain=495.0)
    assert plain(exchangers.check_heater)(x, d, y, 1) == INFEASIBLE_PINCH
    assert y.exchanger_hot_temperature == t_s(2 * MPA)


def test_a_heater_below_one_that_is_out():
    """Nothing comes from above: without steam it warms to its own saturation at most."""
    T = t_s(2 * MPA)
    for t_out, sound in ((T - 0.1, True), (T + 0.1, False)):
        x, d, y = heater(share=0.0, t_out=t_out)
        x.heater_state = [HEATER_OUT, 0]
        assert (plain(exchangers.check_heater)(x, d, y, 1) == OK) is sound
    x, d, y = heater(share=0.0, t_out=T + 9)
    d.water_inlet_enthalpy[1] = d.water_outlet_enthalpy[1] / (1 + 0.5e-9)  # as little is none
    assert plain(exchangers.check_heater)(x, d, y, 1) == OK
    d.water_inlet_enthalpy[1] = d.water_outlet_enthalpy[1] / (1 + 2e-9)
    assert plain(exchangers.check_heater)(x, d, y, 1) == INFEASIBLE_PINCH


def test_a_heater_without_steam_is_warmed_by_drains_at_most():
    """From above comes a drain of saturation + 5 K."""
    T = t_s(2 * MPA)
    line = 20 * MPA
    for t_out, sound in ((T + 4.9, True), (T + 5.1, False)):
        x, d, y = heater(share=0.0, t_out=t_out)
        assert (plain(exchangers.check_heater)(x, d, y, 1) == OK) is sound
    assert (y.status_variable, y.exchanger_number) == (TERMINAL_DIFFERENCE, 2)
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (T + 5, pytest.approx(T + 5.1))
    x, d, y = heater(share=0.0, t_out=T - 9)
    d.water_outlet_enthalpy[1] = h_pT(line, T + 9.0)  # what it has too much of stands in the enthalpy
    assert plain(exchangers.check_heater)(x, d, y, 1) == INFEASIBLE_PINCH
    assert y.exchanger_cold_temperature == pytest.approx(T + 9, abs=1e-3)
    x, d, y = heater(share=0.0, t_out=T + 9)
    d.water_inlet_enthalpy[1] = d.water_outlet_enthalpy[1]  # it warms nothing
    assert plain(exchangers.check_heater)(x, d, y, 1) == OK


# ---------------------------------------------------------------- network, low-temperature economiser


def network(form=HEAT_CROSSOVER, p=0.5 * MPA, h=2950e3, supply=NAN, back=340.0, **values):
    x = fields(
        heat_supply=form,
        network_supply_temperature=supply,
        network_steam_pressure=NAN,
        heat_return_temperature=back,
        **{"heat_return_part": 0.8, **values},
    )
    d = fields(
        heat_place=-1,
        cylinder_exhaust_pressure=[0.0, p, 0.0],
        point_pressure=[9.0],
        heat_steam_enthalpy=h,
        return_enthalpy=300e3,
        condensing_temperature=360.0,
    )
    y = out()
    return plain(exchangers.check_network)(x, d, fields(heat=1e8, steam_demand=0.0), y), y


def test_steam_that_is_warm_enough_for_the_network():
    status, y = network(supply=400.0)
    assert (status, y.heating_steam_pressure) == (OK, 0.5 * MPA)
    T = t_s(0.5 * MPA)
    status, y = network(back=T + 1)
    assert (status, y.status_variable) == (INFEASIBLE_PINCH, HEAT_RETURN_TEMPERATURE)
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (
        pytest.approx(T),
        pytest.approx(T + 1),
    )
    # superheat of 200 of 2650 kJ/kg warms the last of the water above the bend
    bend = 200.0 / 2650.0
    before = 2950e3 - h_v(0.5 * MPA)
    share = before / 2650e3
    most = (T - share * 340) / (1 - share)  # where the water is at saturation at the bend
    assert share == pytest.approx(bend, rel=0.02)
    assert network(supply=most - 0.1)[0] == OK
    status, y = network(supply=most + 0.1)
    assert (status, y.status_variable) == (INFEASIBLE_PINCH, NETWORK_SUPPLY_TEMPERATURE)
    assert y.exchanger_hot_temperature == pytest.approx(T)


def test_pressure_that_the_network_needs_and_back_pressure():
    status, y = _with_pressure(0.6 * MPA)
    assert (status, y.status_variable) == (INFEASIBLE_ORDER, NETWORK_STEAM_PRESSURE)
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (
        pytest.approx(t_s(0.5 * MPA)),
        pytest.approx(t_s(0.6 * MPA)),
    )
    assert _with_pressure(0.5 * MPA)[0] == OK
    status, y = network(HEAT_BACK_PRESSURE, supply=361.0)
    assert (status, y.status_variable) == (INFEASIBLE_PINCH, NETWORK_SUPPLY_TEMPERATURE)
    assert network(HEAT_BACK_PRESSURE, supply=359.0)[0] == network(HEAT_BACK_PRESSURE)[0] == OK
    assert network(HEAT_NONE, supply=999.0, back=999.0)[0] == OK


def test_wet_steam_and_fresh_water_for_the_network():
    """Wet steam has no superheat; water that does not come back may be hotter than the steam."""
    T = t_s(0.5 * MPA)
    wet = h_v(0.5 * MPA) - 100e3
    assert network(h=wet, supply=T - 0.01)[0] == OK
    status, y = network(h=wet, supply=T + 0.01)
    assert (status, y.exchanger_hot_temperature) == (INFEASIBLE_PINCH, pytest.approx(T))
    fresh = {"heat_return_part": 0.0}
    assert network(back=T + 5, supply=T - 5, **fresh)[0] == OK
    assert network(back=T + 5, supply=T + 4, **fresh)[0] == INFEASIBLE_PINCH


def _with_pressure(needed):
    x = fields(
        heat_supply=HEAT_CROSSOVER,
        network_supply_temperature=NAN,
        network_steam_pressure=needed,
        heat_return_temperature=340.0,
        heat_return_part=0.8,
    )
    d = fields(
        heat_place=0,
        cylinder_exhaust_pressure=[0.0, 9.0, 0.0],
        point_pressure=[0.5 * MPA],
        heat_steam_enthalpy=2950e3,
        return_enthalpy=300e3,
    )
    y = out()
    return plain(exchangers.check_network)(x, d, fields(heat=1e8, steam_demand=0.0), y), y


def economiser(heat=0.0, gas_in=400.0, stated=NAN, t_in=330.0, t_out=370.0, flow=200.0):
    from plantsim.kernels import gas

    n = np.zeros(gas.SPECIES)
    n[gas.N2], n[gas.H2O] = 7000.0, 800.0
    x = fields(
        heater_count=2,
        economiser_from=2,
        economiser_to=1,
        low_economiser_heat=stated,
        heater_water_pressure=[0.0, 0.0],
        feedwater_pressure=1.0,
        condensate_pressure=1.0,
    )
    d = fields(
        water_inlet_enthalpy=[h_pT(1.8 * MPA, 350.0), h_pT(1.8 * MPA, t_in)],
        water_outlet_enthalpy=[h_pT(1.8 * MPA, t_out), h_pT(1.8 * MPA, 350.0)],
        water_share=[0.9, 0.8],
        feed_line_pressure=1.8 * MPA,
        condensate_line_pressure=1.8 * MPA,
        highest_open_heater=0,
        line_drop=1.0,
    )
    y = changed(out(), economiser_heat=heat, flue_gas=n, flue_gas_temperature=gas_in, main_steam_flow=flow)
    return plain(exchangers.check_economiser)(x, d, y), y


def test_gas_is_warmer_than_condensate_at_both_ends():
    """7.8 kmol/s of gas give 5 MW by falling 21 K, against condensate from 330 to 370 K."""
    assert economiser(5e6)[0] == OK
    status, y = economiser(5e6, t_in=381.0)
    assert (status, y.status_variable, y.exchanger_number) == (INFEASIBLE_PINCH, LOW_ECONOMISER_GAS_OUTLET, 2)
    assert y.exchanger_cold_temperature == pytest.approx(381.0, abs=1e-3)
    status, y = economiser(5e6, t_out=401.0, stated=5e6)
    assert (status, y.status_variable) == (INFEASIBLE_PINCH, LOW_ECONOMISER_HEAT)
    assert (y.exchanger_hot_temperature, y.exchanger_cold_temperature) == (
        400.0,
        pytest.approx(401.0, abs=1e-3),
    )
    status, y = economiser(5e6, flow=20.0)  # all of the condensate would come warmer than what it joins
    found = T_ph(1.8 * MPA, h_pT(1.8 * MPA, 330.0) + 5e6 / 16.0)
    assert (status, y.exchanger_cold_temperature) == (INFEASIBLE_PINCH, pytest.approx(found, abs=1e-3))
    assert economiser(0.0, t_in=500.0)[0] == OK


def test_which_heaters_are_looked_at():
    """An open one, or one out of service, warms nothing by a terminal difference."""
    for kind, state, sound in ((0, 0, False), (OPEN, 0, True), (0, HEATER_OUT, True)):
        x, d, y = heater(t_in=431.0)
        x = changed(
            x,
            heater_kind=[OPEN, kind],
            heater_state=[0, state],
            heat_supply=HEAT_NONE,
            reheat=0,
            condenser=0,
            main_steam_temperature=811.0,
            hot_reheat_temperature=811.0,
        )
        d = changed(
            d,
            steam_pressure=15 * MPA,
            steam_temperature=811.0,
            reheat_pressure=3 * MPA,
            reheat_temperature=811.0,
        )
        y = changed(
            y, economiser_heat=0.0, saturation_found=NAN, economiser_gas_temperature=NAN, bypass_rise=0.0,
            condenser_heat=0.0, feedwater_temperature=540.0,
        )  # fmt: skip
        assert (
            plain(exchangers.check_exchangers)(x, d, fields(heat=0.0, steam_demand=0.0), y) == OK
        ) is sound
    hot = changed(x, heat_supply=HEAT_CROSSOVER, network_steam_pressure=0.6 * MPA)
    d = changed(d, heat_place=-1, cylinder_exhaust_pressure=[0.0, 0.5 * MPA, 0.0], heat_steam_enthalpy=2950e3)
    of_network = changed(
        hot, network_supply_temperature=NAN, heat_return_temperature=340.0, heat_return_part=0.8
    )
    assert (
        plain(exchangers.check_exchangers)(of_network, d, fields(heat=1e8, steam_demand=0.0), y)
        == INFEASIBLE_ORDER
    )
    d.steam_temperature = 500.0
    assert plain(exchangers.check_exchangers)(x, d, fields(heat=0.0, steam_demand=0.0), y) == INFEASIBLE_ORDER
