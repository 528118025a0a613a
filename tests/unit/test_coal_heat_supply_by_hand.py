"""Heat supply of coal units: what it takes and how the fuel is split, with enthalpies and entropies of steam tables."""

from __future__ import annotations

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.processes.coal_unit import codes
from plantsim.processes.coal_unit import heat_supply as h
from plantsim.vocabulary.status import INCOMPLETE, INFEASIBLE_FLOW, INFEASIBLE_ORDER, OK

# steam tables (Cengel and Boles, 7th ed., tables ), kJ/kg and kJ/(kg K)
STEAM = (500e3, 2961.0e3, 7272.5)  # 0.5 MPa, 250 degC
FEEDWATER = (10e6, 855.8e3, 2317.4)  # 10 MPa, 200 degC
BACK = (343.15, 293.07e3 + 0.7e3, 954.8)  # 70 degC
FRESH = (293.15, 83.91e3 + 0.9e3, 296.4)  # 20 degC
PART = 0.8  # of the network's condensate comes back
T_0 = 281.15
NO_REHEAT = codes.REHEAT_SINGLE - 1


def unit(**values):
    x = fields(
        heat_supply=codes.HEAT_STAGE, heat_stage=2, heater_count=5, heat_return_part=PART,
        heat_return_temperature=BACK[0], make_up_temperature=FRESH[0], condensate_pressure=1e6,
        heat_exchanger_efficiency=0.97, lp_minimum_share=0.2, plant_lp_flow=150.0, lp_cooling_flow=9.0,
        design_air_temperature=T_0, design_air_humidity=0.6, heating_exhaust_pressure=0.0, reheat=NO_REHEAT,
        heat_supply_pressure=float("nan"), heat_valve_most=1.25, ip_exhaust_pressure=4e5,
        extraction_pressure=np.array([1.3e6, 5.2e5, 2.1e5, 1.1e5, 5.5e4]),
    )  # fmt: skip
    x.__dict__.update(values)
    return x


def point(heat=80e6, steam=0.0):
    return fields(heat=heat, steam_demand=steam, ambient_temperature=0.0, ambient_humidity=0.0)


def cycle(**values):
    """A cycle with 25 % of the main steam onward of the second stage and 11 % taken there."""
    d = fields(
        heat_place=1, heat_share=0.11, return_share=0.0, return_enthalpy=0.0, heat_steam_enthalpy=STEAM[1],
        onward_share=np.array([0.8, 0.62, 0.5, 0.4, 0.3]), inlet_share=np.array([1.0, 0.85, 0.55]),
        point_pressure=np.array([1.2e6, STEAM[0], 2e5, 1e5, 5e4]), cylinder_exhaust_pressure=np.array([3e6, 4e5, 6e3]),
        cylinder_exhaust_enthalpy=np.array([3.0e6, 2.9e6, 2.4e6]),
        cylinder_inlet_entropy=np.array([6400.0, 7300.0, 7350.0]),
        design_exhaust_enthalpy=2.38e6, specific_work=1.15e6, specific_heat_input=2.7e6,
        feed_line_pressure=FEEDWATER[0],
        feedwater_enthalpy=FEEDWATER[1], reheat_share=0.87, lp_without_work=0, condensing_temperature=352.0,
        exhaust_share=0.66, specific_condenser_heat=1.5e6,
    )  # fmt: skip
    d.__dict__.update(values)
    return d


RETURNED = PART * BACK[1] + (1 - PART) * FRESH[1]
RETURNED_ENTROPY = PART * BACK[2] + (1 - PART) * FRESH[2]


def test_water_that_comes_back_is_a_mixture_of_condensate_and_fresh_water():
    x, d, y = unit(), cycle(), fields()
    assert plain(h.begin_heat)(x, d, point(), y) == OK
    assert d.return_enthalpy == pytest.approx(RETURNED, rel=2e-4)
    assert (d.heat_place, d.lp_without_work) == (1, 0)
    plain(h.begin_heat)(unit(heat_supply=codes.HEAT_ZERO_OUTPUT), d, point(), y)
    assert d.lp_without_work == 1


@pytest.mark.parametrize(("stage", "status"), [(0, INCOMPLETE), (1, OK), (5, OK), (6, INCOMPLETE)])
def test_a_stage_that_the_unit_has(stage, status):
    d, y = cycle(), fields()
    assert plain(h.begin_heat)(unit(heat_stage=stage), d, point(), y) == status
    crossover = cycle(heat_place=-1)
    assert (
        plain(h.begin_heat)(unit(heat_supply=codes.HEAT_CROSSOVER, heat_stage=stage), crossover, point(), y)
        == OK
    )
    assert crossover.heat_place == -1


@pytest.mark.parametrize(
    ("form", "made_for"),
    [(codes.HEAT_STAGE, 5.2e5), (codes.HEAT_CROSSOVER, 4e5), (codes.HEAT_ZERO_OUTPUT, 4e5)],
)
def test_a_valve_holds_a_quarter_above_what_the_place_is_made_for(form, made_for):
    """Stage 2 is made for 0.52 MPa, the crossover for 0.4 MPa; back pressure has no valve there."""

    def begun(pressure, form=form, **values):
        x, d, y = (
            unit(heat_supply=form, heat_supply_pressure=pressure, **values),
            cycle(heat_place=-1),
            fields(),
        )
        return plain(h.begin_heat)(x, d, point(), y), getattr(y, "status_variable", None)

    assert begun(1.249 * made_for) == (OK, None)
    assert begun(1.251 * made_for) == (INFEASIBLE_ORDER, codes.HEAT_SUPPLY_PRESSURE)
    assert begun(1.251 * made_for, heat_valve_most=1.3) == (OK, None)
    assert begun(2.0 * made_for, codes.HEAT_BACK_PRESSURE, heating_exhaust_pressure=50e3) == (OK, None)


def test_back_pressure_condenses_at_the_network_s_pressure():
    """50 kPa: 81.33 degC, water of 340.5 kJ/kg (Cengel and Boles, table A-5)."""
    d, y = cycle(), fields()
    x = unit(heat_supply=codes.HEAT_BACK_PRESSURE, heating_exhaust_pressure=50e3)
    assert plain(h.begin_heat)(x, d, point(), y) == OK
    assert d.condensing_temperature == pytest.approx(354.47, abs=0.02)
    assert (d.condensing_pressure, d.hotwell_enthalpy) == (50e3, pytest.approx(340.5e3, rel=3e-4))
    assert plain(h.follow_heat)(x, d, point(), 270.0) == 0.0
    x.heating_exhaust_pressure = float("nan")
    assert plain(h.begin_heat)(x, d, point(), y) == INCOMPLETE


def test_useful_heat_and_the_flow_that_follows_from_it():
    """0.97 of what the steam gives off; with the LP cylinder without output all but the cooling flow."""
    d = cycle(return_enthalpy=RETURNED)
    useful = 0.97 * (STEAM[1] - RETURNED)
    assert plain(h.useful_heat)(unit(), d) == pytest.approx(useful, rel=1e-12)
    x = unit(heat_supply=codes.HEAT_ZERO_OUTPUT)
    d.heat_place = -1
    assert plain(h.share_at_place)(d) == pytest.approx(0.55 + 0.11, rel=1e-12)
    assert plain(h.flow_for_heat)(x, d, point()) == pytest.approx((80e6 / useful + 9.0) / 0.66, rel=1e-9)
    x = unit(heat_supply=codes.HEAT_BACK_PRESSURE)
    assert plain(h.flow_for_heat)(x, d, point()) == pytest.approx(80e6 / (1.5e6 * 0.97), rel=1e-9)


def test_heating_steam_follows_the_demand():
    useful = 0.97 * (STEAM[1] - RETURNED)
    d = cycle(return_enthalpy=RETURNED)
    change = plain(h.follow_heat)(unit(), d, point(), 270.0)
    share = 80e6 / useful / 270.0
    assert (d.heat_share, d.return_share) == (pytest.approx(share, rel=1e-9), pytest.approx(share, rel=1e-9))
    assert change == pytest.approx(abs(share - 0.11), rel=1e-9)
    d = cycle(return_enthalpy=RETURNED)
    plain(h.follow_heat)(unit(), d, point(900e6), 270.0)
    assert d.heat_share == pytest.approx(0.95 * (0.62 + 0.11), rel=1e-9)
    d = cycle(return_enthalpy=RETURNED, heat_place=-1)
    plain(h.follow_heat)(unit(heat_supply=codes.HEAT_ZERO_OUTPUT), d, point(), 270.0)
    assert d.heat_share == pytest.approx(0.66 - 9.0 / 270.0, rel=1e-9)
    plain(h.follow_heat)(unit(heat_supply=codes.HEAT_ZERO_OUTPUT), d, point(), 5.0)
    assert d.heat_share == 0.0  # less than the cooling flow


def test_exergy_of_the_heat_counts_the_entropy_that_comes_back():
    """Steam at 0.5 MPa and 250 degC, s 7.2725; of the return 80 % at 70 degC (0.9548) and 20 % at 20 degC (0.2964)."""
    taken = 31.0 * (STEAM[1] - RETURNED)
    by_hand = taken - T_0 * 31.0 * (STEAM[2] - RETURNED_ENTROPY)
    found = plain(h.heat_exergy)(unit(), cycle(), point(), taken, 31.0)
    assert found == pytest.approx(by_hand, rel=5e-4)


def test_exergy_of_back_pressure_heat_is_carnot_s():
    x = unit(heat_supply=codes.HEAT_BACK_PRESSURE)
    o = point()
    o.ambient_temperature = 268.0
    assert plain(h.heat_exergy)(x, cycle(), o, 70e6, 31.0) == pytest.approx(70e6 * (1 - 268 / 352), rel=1e-12)


@pytest.mark.parametrize("reheat", [False, True])
def test_exergy_that_the_boiler_gives(reheat):
    """Feedwater at 2.3174, main steam at 6.4 kJ/(kg K); reheated from 3 MPa, 300 degC (6.5412) to 7.3."""
    x = unit(reheat=codes.REHEAT_SINGLE if reheat else NO_REHEAT)
    d = cycle(cylinder_exhaust_enthalpy=np.array([2994.3e3, 2.9e6, 2.4e6]))
    risen = 6400.0 - FEEDWATER[2] + (0.87 * (7300.0 - 6541.2) if reheat else 0.0)
    assert plain(h.boiler_exergy)(x, d, point()) == pytest.approx(2.7e6 - T_0 * risen, rel=5e-4)


def finished(x, d, heat, m=270.0, **y):
    y = fields(condenser_heat=200e6, boiler_heat=730e6, **y)
    status = plain(h.finish_heat)(x, d, point(heat), y, m)
    return y, status


def test_what_is_supplied_and_the_shares_of_the_fuel():
    x, d = unit(), cycle(return_enthalpy=RETURNED)
    flow = 270.0 * 0.11
    taken = flow * (STEAM[1] - RETURNED)
    y, status = finished(x, d, 0.97 * taken)
    assert status == OK
    assert y.heating_steam_flow == pytest.approx(flow, rel=1e-12)
    assert y.make_up_flow == pytest.approx(0.2 * flow, rel=1e-12)
    assert y.heat_supplied == pytest.approx(0.97 * taken, rel=1e-12)
    assert y.heat_share_by_quantity == pytest.approx(taken / 730e6, rel=1e-12)
    kept = flow * (STEAM[1] - 2.38e6)
    assert y.heat_share_by_drop == pytest.approx(kept / (270.0 * 1.15e6 + kept), rel=1e-12)
    exergy = taken - T_0 * flow * (STEAM[2] - RETURNED_ENTROPY)
    boiler = plain(h.boiler_exergy)(x, d, point())
    assert y.heat_share_by_exergy == pytest.approx(exergy / (270.0 * boiler), rel=5e-4)
    d.design_exhaust_enthalpy = 3.0e6
    assert finished(x, d, 0.97 * taken)[0].heat_share_by_drop == 0.0


def test_back_pressure_gives_the_condenser_s_heat():
    x = unit(heat_supply=codes.HEAT_BACK_PRESSURE)
    y, status = finished(x, cycle(), 190e6)
    assert (status, y.condenser_heat) == (OK, 0.0)
    assert y.heat_supplied == pytest.approx(0.97 * 200e6, rel=1e-12)
    assert y.heat_share_by_quantity == pytest.approx(200 / 730, rel=1e-12)
    kept = 270.0 * 0.66 * (2.4e6 - 2.38e6)
    assert y.heat_share_by_drop == pytest.approx(kept / (270.0 * 1.15e6 + kept), rel=1e-12)


def test_a_demand_that_is_not_met_or_starves_the_last_cylinder_is_refused():
    x, d = unit(), cycle(return_enthalpy=RETURNED)
    most = 0.97 * 270.0 * 0.11 * (STEAM[1] - RETURNED)
    assert finished(x, d, most * 1.00001)[1] == INFEASIBLE_FLOW
    assert finished(x, d, most * 0.9)[1] == OK
    x.lp_minimum_share = 0.55 * 270.0 / 150.0 + 1e-6
    assert finished(x, d, most)[1] == INFEASIBLE_FLOW
    d.lp_without_work = 1
    assert finished(x, d, most)[1] == OK


def test_without_a_demand_nothing_is_given():
    y, status = finished(unit(heat_supply=codes.HEAT_NONE), cycle(), 80e6)
    assert (status, y.heat_supplied, y.heating_steam_flow, y.heat_share_by_exergy) == (OK, 0.0, 0.0, 0.0)
    assert plain(h.heat_led)(unit(heat_supply=codes.HEAT_ZERO_OUTPUT), point()) is True
    assert plain(h.heat_led)(unit(), point()) is False
    assert plain(h.heat_led)(unit(heat_supply=codes.HEAT_ZERO_OUTPUT), point(0.0)) is False


def test_work_that_heating_steam_does_no_more():
    assert plain(h.work_kept_back)(unit(), cycle()) == pytest.approx(2961e3 - 2.4e6, rel=1e-12)
    assert plain(h.work_kept_back)(unit(), cycle(heat_share=0.0)) == 0.0
    assert plain(h.work_kept_back)(unit(), cycle(heat_steam_enthalpy=2.3e6)) == 0.0
