"""States of coal units and kiln lines that cannot be, each with its code and blame; balances that lead up to them."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields, plain

from plantsim.kernels import steam
from plantsim.processes.cement_kiln import codes as kiln_codes
from plantsim.processes.cement_kiln import kernel as kiln
from plantsim.processes.cement_kiln import powers
from plantsim.processes.coal_unit import codes, flows, turbine_cycle, water
from plantsim.vocabulary.status import (
    INFEASIBLE_FLOW,
    INFEASIBLE_PINCH,
    INFEASIBLE_THERMAL,
    NO_CONVERGENCE,
    NOT_FINITE,
    OK,
    OUTSIDE_RANGE,
)

NAN = math.nan
CLOSED = 0

# ---------------------------------------------------------------- the sheet's extraction

M, SHARE, HEAT, EXTRA, A = 0.91, 0.12, 0.12 * 730e3, 6e3, 0.083


def held(kind, drain=codes.DRAIN_NEXT, loss=0, own=0.0):
    x = fields(
        extraction_fraction=[A], heater_kind=[kind], drain_to=[drain], open_heater_loss=loss, heater_efficiency=0.98,
        heater_efficiency_ratio=[NAN],
    )  # fmt: skip
    d = fields(
        point_enthalpy=[2910e3], drain_enthalpy=[640e3], water_outlet_enthalpy=[870e3], water_inlet_enthalpy=[590e3],
        heater_efficiency_now=[NAN],
    )  # fmt: skip
    assert plain(flows.held_extraction)(x, d, 0, M, SHARE, HEAT, EXTRA, own) == A
    assert x.heater_efficiency_ratio[0] == pytest.approx(d.heater_efficiency_now[0] / 0.98, rel=1e-12)
    return d.heater_efficiency_now[0]


@pytest.mark.parametrize(
    ("drain", "own"), [(codes.DRAIN_NEXT, 0.0), (codes.DRAIN_HOTWELL, 41e3), (codes.DRAIN_FORWARD, 0.0)]
)
def test_efficiency_of_a_closed_heater_whose_steam_is_the_sheet_s(drain, own):
    """What the water takes, less what else warms it, over what steam and drains give up above the drain's level."""
    passing = M - (SHARE + A if drain == codes.DRAIN_FORWARD else 0.0)
    taken = passing * (870e3 - 590e3) - EXTRA - own * (A + SHARE)
    given_up = A * (2910e3 - 640e3) + HEAT - SHARE * 640e3
    assert held(CLOSED, drain, own=own) == pytest.approx(taken / given_up, rel=1e-12)


def test_efficiency_of_an_open_heater_whose_steam_is_the_sheet_s():
    """Lost of the whole feedwater: all is counted from the inlet; else steam and drains cool to the outlet."""
    whole = (M * 280e3 - EXTRA) / (A * (2910e3 - 590e3) + HEAT - SHARE * 590e3)
    assert held(codes.OPEN, loss=codes.LOSS_OF_WHOLE_FEEDWATER) == pytest.approx(whole, rel=1e-12)
    water_alone = ((M - SHARE - A) * 280e3 - EXTRA) / (A * (2910e3 - 870e3) + HEAT - SHARE * 870e3)
    assert held(codes.OPEN) == pytest.approx(water_alone, rel=1e-12)


# ---------------------------------------------------------------- the condenser by its water


def by_flow(monkeypatch, flow, leaks=None, **values):
    """A cycle of 1.1 MJ/kg of work that gives off 1.9 MJ/kg at 300 K, 2 kJ/kg more for each kelvin."""
    solve = plain(turbine_cycle.solve_cycle)
    monkeypatch.setitem(solve.__globals__, "first_condensing", plain(turbine_cycle.first_condensing))
    fitted = []

    def cycle(x, d, fit):
        fitted.append(bool(fit))
        d.specific_work, d.specific_condenser_heat = (
            1.1e6,
            1.9e6 + 2e3 * (d.condensing_temperature - 300.0),
        )
        return OK if leaks is None else leaks

    monkeypatch.setitem(solve.__globals__, "cycle_with_leaks", cycle)
    x = fields(
        heater_count=7, condenser=codes.CONDENSER_FLOW, cooling_water_temperature=293.0, cooling_water_flow=flow,
        condenser_terminal_difference=4.0, rated_power=300e6, mechanical_efficiency=0.99, generator_efficiency=0.985,
        exhaust_pressure=5e3, cooling_water_rise=NAN,
    )  # fmt: skip
    x.__dict__.update(values)
    d = fields(design_status_variable=0, hotwell_enthalpy=0.0)
    return solve(x, d, 1), d, fitted


@pytest.mark.parametrize("flow", [9000.0, 15000.0])
def test_the_rise_takes_up_the_condenser_s_heat(monkeypatch, flow):
    """300 MW over 1.1 MJ/kg and both efficiencies: 279.7 kg/s; water of 293 K rises until it takes their heat."""
    status, d, fitted = by_flow(monkeypatch, flow)
    assert (status, fitted[0], any(fitted[1:])) == (OK, True, False)
    rise = d.condensing_temperature - 293.0 - 4.0
    heat = 300e6 / (1.1e6 * 0.99 * 0.985) * (1.9e6 + 2e3 * (d.condensing_temperature - 300.0))
    taken = flow * (steam.h_pT(0.2e6, 293.0 + rise) - steam.h_pT(0.2e6, 293.0))
    assert taken == pytest.approx(heat, rel=2e-4)  # whatever the water's pressure
    assert len(fitted) <= 5
    assert d.condensing_pressure == pytest.approx(
        steam.saturation_pressure(d.condensing_temperature), rel=1e-9
    )


def test_refusals_of_a_cycle(monkeypatch):
    status, d, fitted = by_flow(monkeypatch, 900.0)  # would rise by 150 K
    assert (status, d.design_status_variable) == (OUTSIDE_RANGE, codes.COOLING_WATER_FLOW)
    status, d, fitted = by_flow(monkeypatch, 9000.0, heater_count=11)
    assert (status, d.design_status_variable, fitted) == (OUTSIDE_RANGE, codes.HEATER_COUNT, [])
    status, _, fitted = by_flow(monkeypatch, 9000.0, leaks=INFEASIBLE_FLOW)
    assert (status, fitted) == (INFEASIBLE_FLOW, [True])
    status, d, fitted = by_flow(monkeypatch, 9000.0, condenser_terminal_difference=NAN)
    assert (d.design_status_variable, fitted) == (codes.CONDENSER_TERMINAL_DIFFERENCE, [])
    assert status != OK
    status, d, fitted = by_flow(monkeypatch, NAN)
    assert (d.design_status_variable, fitted) == (codes.COOLING_WATER_FLOW, [])
    status, d, fitted = by_flow(monkeypatch, NAN, condenser=codes.CONDENSER_RISE)
    assert (d.design_status_variable, fitted) == (codes.COOLING_WATER_RISE, [])
    status, d, fitted = by_flow(monkeypatch, NAN, condenser=codes.CONDENSER_RISE, cooling_water_rise=9.5)
    assert (status, d.condensing_temperature, fitted) == (OK, 306.5, [True])


def test_gland_steam_that_never_agrees_is_blamed(monkeypatch):
    """Shares passing the cylinders are brought together; what the sheet is turned into begins anew each time."""
    solve = plain(turbine_cycle.cycle_with_leaks)
    monkeypatch.setitem(solve.__globals__, "forget_shares", lambda d: None)
    seen = []

    def cycle(settles):
        def run(x, d, fit):
            seen.append(x.hp_efficiency)
            x.hp_efficiency = 0.5
            if len(seen) <= settles:
                d.passing_share[1] += 0.01
            return OK

        return run

    for settles, code in ((3, OK), (99, NO_CONVERGENCE)):
        seen.clear()
        monkeypatch.setitem(solve.__globals__, "cycle_at", cycle(settles))
        x = fields(hp_efficiency=0.87, ip_efficiency=0.91, lp_efficiency=0.89)
        d = fields(leaks_join=True, passing_share=[1.0, 0.9, 0.8], design_status_variable=0)
        assert solve(x, d, True) == code
        assert set(seen) == {0.87}
        assert len(seen) == (4 if code == OK else 12)
    assert d.design_status_variable == codes.GLAND_SHARE


def test_cooling_water_in_circulation():
    """Given, or heat over 4.18 kJ/(kg K) and its rise; none of a dry condenser; else not known."""
    run = plain(water.circulating)

    def x(**values):
        both = {"condenser": codes.CONDENSER_RISE, "cooling_water_flow": NAN, "cooling_water_rise": 9.0}
        return fields(**{**both, **values})

    y = fields(condenser_heat=390e6)
    assert run(x(), y) == pytest.approx(390e6 / (4180.0 * 9.0), rel=3e-3)
    assert run(x(cooling_water_flow=8000.0), y) == 8000.0
    assert run(x(condenser=codes.CONDENSER_DRY), y) == 0.0
    assert run(x(), fields(condenser_heat=0.0)) == 0.0
    assert math.isnan(run(x(cooling_water_rise=NAN), y))


# ---------------------------------------------------------------- kiln line

SOUND = {
    "heat_consumption": 3.1e6, "vent_air_volume": 0.9, "recovered_air_volume": 0.8, "secondary_temperature": 1300.0,
    "tertiary_temperature": 1150.0, "vent_air_temperature": 540.0, "boiler_air_temperature": 620.0,
    "cooled_clinker_temperature": 370.0, "calciner_oxygen": 0.02, "calcination_degree": 0.93,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "blamed"),
    [
        ({}, OK, 0),
        ({"heat_consumption": 0.0}, NOT_FINITE, 0),
        ({"heat_consumption": 1.001e8}, NOT_FINITE, 0),
        ({"heat_consumption": 0.999e8}, OK, 0),
        ({"vent_air_volume": 0.0}, INFEASIBLE_FLOW, kiln_codes.COOLING_AIR),
        ({"recovered_air_volume": 0.0}, INFEASIBLE_FLOW, kiln_codes.COOLING_AIR),
        ({"secondary_temperature": 1723.2}, INFEASIBLE_PINCH, kiln_codes.COOLER_EFFICIENCY),
        ({"tertiary_temperature": 1723.2}, INFEASIBLE_PINCH, kiln_codes.COOLER_EFFICIENCY),
        ({"vent_air_temperature": 1723.2}, INFEASIBLE_PINCH, kiln_codes.COOLER_EFFICIENCY),
        ({"vent_air_temperature": 287.9}, INFEASIBLE_PINCH, kiln_codes.COOLER_EFFICIENCY),
        ({"boiler_air_temperature": 287.9}, INFEASIBLE_PINCH, kiln_codes.COOLER_EFFICIENCY),
        ({"cooled_clinker_temperature": 287.9}, INFEASIBLE_PINCH, kiln_codes.COOLER_EFFICIENCY),
        ({"calciner_oxygen": -0.001}, INFEASIBLE_FLOW, kiln_codes.EXIT_OXYGEN),
        ({"calcination_degree": -0.001}, INFEASIBLE_THERMAL, kiln_codes.KILN_FUEL_SHARE),
        ({"calcination_degree": 1.001}, INFEASIBLE_THERMAL, kiln_codes.KILN_FUEL_SHARE),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be(monkeypatch, change, code, blamed):
    """Air no hotter than burning clinker, 1 723 K, nothing colder than the air outside, 288 K."""
    run = plain(kiln.line_status)
    monkeypatch.setitem(run.__globals__, "clinker_status", lambda x, y: OK)
    x = fields(burning_temperature=1723.0, ambient_temperature=288.0)
    y = fields(**{**SOUND, **change}, status_variable=0)
    assert run(x, y) == code
    assert y.status_variable == blamed


def test_a_damper_whose_law_gives_no_power():
    x = fields(
        air_pressure=95e3, fan_control=powers.DAMPER, vane_recovery=0.3, damper_constant=0.5, damper_slope=-0.75,
        damper_curvature=0.25,
    )  # fmt: skip
    y = fields(status_variable=0)
    assert plain(powers.id_fan)(x, None, y, 80.0, 600.0, 6e3) == OUTSIDE_RANGE
    assert y.status_variable == powers.FAN_CONTROL
