"""The steady states of a cell by hand: whatever the search does, the heat released must be the heat lost."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields, plain

from plantsim.processes.aluminium_cell import cell, heat_balance
from plantsim.processes.aluminium_cell.codes import COVER, DISTANCE, HOLD_DISTANCE, HOLD_VOLTAGE, LINING
from plantsim.vocabulary.status import INFEASIBLE_THERMAL, OK, OUTSIDE_RANGE

LIQUIDUS = 1225.0
D = fields(
    conductivity_constant=1.4,
    conductivity_slope=-1100.0,
    current_density=8200.0,
    bubble_thickness=0.0049,
    saturation_factor=0.0985,
    saturation_exponent=4.3,
    reaction_density=52.0,
    limiting_factor=4600.0,
    weight_ratio=1.13,
    bubble_coverage=0.52,
    liquidus_temperature=LIQUIDUS,
    excess_aluminium_fluoride=0.104,
    bath_lithium=0.014,
)


def line(**values):
    x = fields(
        line_current=242e3,
        reference_current=236e3,
        current_efficiency=0.921,
        efficiency_offset=0.013,
        efficiency_per_superheat=-0.0021,
        efficiency_per_alf3=0.31,
        efficiency_per_lif=-0.47,
        distance_floor=0.040,
        floor_shift=0.002,
        efficiency_per_cm=0.017,
        efficiency_loss_below_floor=0.09,
        efficiency_ceiling=0.955,
        anode_voltage_drop=0.31,
        cathode_voltage_drop=0.34,
        external_voltage_drop=0.17,
        anode_effect_frequency=0.13,
        anode_effect_duration=110.0,
        anode_effect_overvoltage=23.0,
        cell_voltage=4.02,
        ledge_film_coefficient=640.0,
        ledge_area=46.0,
        ambient_temperature=296.0,
        side_wall_resistance=0.021,
        ledge_conductivity=1.35,
        top_conductance=190.0,
        bottom_conductance=34.0,
        superheat=8.0,
        anode_cathode_distance=0.046,
        alumina_content=0.027,
        cathode_area_ratio=1.19,
        thermal_handle=0,
        cover_limit=0.2,
        lining_limit=0.1,
        superheat_window=4.0,
        minimum_superheat=5.0,
        ledge_floor=0.01,
        ledge_thickness=0.05,
    )
    x.__dict__.update(values)
    return x


def excess(x, superheat, distance, top, bottom, voltage=None):
    """Heat released less heat lost: V less busbars and what the reaction binds, through film, top and bottom."""
    t = LIQUIDUS + superheat
    fixed, gradient = plain(cell.voltage_terms)(x, D, t)
    volts = fixed + gradient * distance if voltage is None else voltage
    eta = plain(cell.efficiency)(x, D, superheat, distance)
    released = 242e3 * (volts - 0.17 * 242 / 236 - 1.648 - 0.48 * eta)
    return released - (top + bottom) * (t - 296.0) - 640 * 46 * superheat


def balanced(**values):
    """A line whose top loses what closes the balance at its own superheat and distance."""
    x = line(**values)
    left = excess(x, 8.0, 0.046, 0.0, x.bottom_conductance)
    x.top_conductance = left / (LIQUIDUS + 8.0 - 296.0)
    return x


def test_surplus_at_a_held_distance_and_at_a_held_voltage():
    x = line()
    kernel = plain(heat_balance.surplus)
    found, far = kernel(x, D, fields(hold=0), 9.0, 0.044, 180.0, 30.0)
    assert (found, far) == (pytest.approx(excess(x, 9.0, 0.044, 180.0, 30.0), rel=1e-9), 0.044)
    found, far = kernel(x, D, fields(hold=HOLD_VOLTAGE), 9.0, 0.044, 180.0, 30.0)
    fixed, gradient = plain(cell.voltage_terms)(x, D, LIQUIDUS + 9.0)
    assert far == pytest.approx((4.02 - fixed) / gradient)
    assert found == pytest.approx(excess(x, 9.0, far, 180.0, 30.0, 4.02), rel=1e-9)


@pytest.mark.parametrize("hold", [HOLD_DISTANCE, HOLD_VOLTAGE])
@pytest.mark.parametrize("more", [0.97, 1.0, 1.02])
def test_a_free_superheat_closes_the_heat(hold, more):
    x = balanced()
    top = x.top_conductance * more
    status, superheat, far = plain(heat_balance.free_superheat)(x, D, fields(hold=hold), 0.046, top, 34.0)
    assert status == OK
    volts = 4.02 if hold == HOLD_VOLTAGE else None
    assert excess(x, superheat, far, top, 34.0, volts) == pytest.approx(0.0, abs=1e-5)
    if hold == HOLD_DISTANCE:
        assert far == 0.046
        assert (superheat > 8.0) is (more < 1.0)
        if more == 1.0:
            assert superheat == pytest.approx(8.0, abs=1e-9)


@pytest.mark.parametrize(("factor", "most"), [(0.97, 5), (1.04, 5), (0.8, 9)])
def test_a_search_takes_few_steps(monkeypatch, factor, most):
    """By secants: the surplus is asked for a few times only."""
    x = balanced()
    whole = plain(heat_balance.free_superheat)
    asked, own = [], whole.__globals__["surplus"]

    def counted(*args):
        asked.append(args[3])
        return own(*args)

    monkeypatch.setitem(whole.__globals__, "surplus", counted)
    status, superheat, _ = whole(x, D, fields(hold=0), 0.046, x.top_conductance * factor, 34.0)
    assert status == OK
    assert len(asked) <= most
    first = excess(x, 8.0, 0.046, x.top_conductance * factor, 34.0)
    assert asked[:2] == [8.0, pytest.approx(8 + first / (640 * 46 + x.top_conductance * factor + 34))]
    assert asked[-1] == superheat


def test_a_search_that_steps_out_halves_what_is_left(monkeypatch):
    """A surplus that falls slowly and then steeply: secants leave the range, halving finds the end."""
    whole = plain(heat_balance.free_superheat)
    for place in (0.3, 11.0, 47.0, 59.9):
        asked = []

        def surplus(x, d, o, superheat, far, top, bottom, place=place, asked=asked):
            asked.append(superheat)
            return 1e6 * math.tanh(3.0 * (place - superheat)), far

        monkeypatch.setitem(whole.__globals__, "surplus", surplus)
        status, superheat, _ = whole(balanced(), D, fields(hold=0), 0.046, 200.0, 34.0)
        assert (status, superheat) == (OK, pytest.approx(place, abs=1e-9))
        assert len(asked) < 40
        assert all(0.0 <= s <= 60.0 for s in asked)


def test_a_cell_that_freezes_or_overheats():
    """At 0 K of superheat it loses more than it releases; at 60 K it releases more than it loses."""
    x = balanced()
    free = plain(heat_balance.free_superheat)
    for factor, end in ((1.9, 0.0), (0.01, None)):
        top = x.top_conductance * factor if end == 0.0 else -3000.0
        status, superheat, _ = free(x, D, fields(hold=0), 0.046, top, 34.0)
        assert status == INFEASIBLE_THERMAL
        assert superheat == (0.0 if end == 0.0 else 60.0)
        assert (excess(x, superheat, 0.046, top, 34.0) <= 0.0) is (end == 0.0)


def test_a_distance_that_holds_the_superheat():
    x = balanced()
    for superheat, top in (
        (8.0, x.top_conductance),
        (10.0, x.top_conductance),
        (8.0, 1.03 * x.top_conductance),
    ):
        far = plain(heat_balance.distance_for)(x, D, superheat, top, 34.0)
        assert excess(x, superheat, far, top, 34.0) == pytest.approx(0.0, abs=1e-5)
    assert far > 0.046
    assert plain(heat_balance.distance_for)(x, D, 8.0, 1e4, 34.0) == 0.25
    assert plain(heat_balance.distance_for)(x, D, 8.0, -1e4, 34.0) == -0.25


@pytest.mark.parametrize(("handle", "limit"), [(COVER, 0.2), (LINING, 0.1)])
def test_cover_and_lining_go_as_far_as_they_must_or_can(handle, limit):
    """The handle is asked for a change of one conductance; where it ends, the superheat drifts."""
    o = fields(hold=0)
    for asked in (0.05, -0.05, 0.6):
        x = balanced(thermal_handle=handle, bottom_conductance=60.0)
        moved = "top_conductance" if handle == COVER else "bottom_conductance"
        was = getattr(x, moved)
        setattr(x, moved, was / (1 + asked * limit / 0.1))  # now it loses too little, or too much
        now = getattr(x, moved)
        status, superheat, far, top, bottom = plain(heat_balance.hold_superheat)(x, D, o)
        factor, other = (top, bottom) if handle == COVER else (bottom, top)
        assert (status, far, other) == (OK, 0.046, 1.0)
        wanted = was / now
        assert factor == pytest.approx(min(wanted, 1 + limit), rel=1e-9)
        assert excess(
            x, superheat, far, top * x.top_conductance, bottom * x.bottom_conductance
        ) == pytest.approx(0.0, abs=1e-4)
        assert (superheat == 8.0) is (wanted <= 1 + limit)


def test_the_distance_as_a_handle_stops_at_its_floor():
    o = fields(hold=0)
    x = balanced(thermal_handle=DISTANCE)
    x.top_conductance *= 1.02
    status, superheat, far, top, bottom = plain(heat_balance.hold_superheat)(x, D, o)
    assert (status, superheat, top, bottom) == (OK, 8.0, 1.0, 1.0)
    assert far == pytest.approx(plain(heat_balance.distance_for)(x, D, 8.0, x.top_conductance, 34.0))
    x.top_conductance *= 0.6  # it would go far below 4.0 - 0.2 cm
    status, superheat, far, _, _ = plain(heat_balance.hold_superheat)(x, D, o)
    assert (status, far) == (OK, pytest.approx(0.038))
    assert superheat > 8.0
    assert excess(x, superheat, far, x.top_conductance, 34.0) == pytest.approx(0.0, abs=1e-4)
    x.anode_cathode_distance = 0.036  # a line that is below it already goes no lower
    assert plain(heat_balance.hold_superheat)(x, D, o)[2] == 0.036


def test_a_steady_state_is_written_down():
    x, y = balanced(), fields(status_variable=0)
    assert plain(heat_balance.steady_state)(x, D, fields(hold=0), y) == OK
    assert y.operating_superheat == pytest.approx(8.0, abs=1e-9)
    assert y.operating_temperature == pytest.approx(LIQUIDUS + 8.0)
    assert (y.operating_distance, y.top_loss_factor, y.bottom_loss_factor) == (0.046, 1.0, 1.0)
    assert y.operating_efficiency == pytest.approx(plain(cell.efficiency)(x, D, 8.0, 0.046))
    assert y.operating_ledge_thickness == pytest.approx(
        1.35 * ((LIQUIDUS - 296) / (640 * y.operating_superheat) - 0.021)
    )
    assert y.insulation_power == pytest.approx(0.0, abs=1e-4)
    cold = balanced()
    cold.top_conductance *= 1.9
    assert plain(heat_balance.steady_state)(cold, D, fields(hold=0), y) == INFEASIBLE_THERMAL
    assert (y.operating_superheat, y.status_variable) == (0.0, heat_balance.SUPERHEAT)
    drop = LIQUIDUS + 8.0 - 296
    assert y.insulation_power == pytest.approx(0.9 / 1.9 * cold.top_conductance * drop, rel=1e-9)
    assert y.insulation_to_restore == pytest.approx(
        0.9 / 1.9 * cold.top_conductance / (cold.top_conductance + 34)
    )
    assert math.isfinite(y.operating_ledge_thickness)


@pytest.mark.parametrize("hold", [HOLD_DISTANCE, HOLD_VOLTAGE])
def test_a_held_distance_or_voltage_moves_no_handle(hold):
    x, y = balanced(thermal_handle=COVER), fields(status_variable=0)
    x.top_conductance *= 1.02
    fixed, gradient = plain(cell.voltage_terms)(x, D, LIQUIDUS + 8.0)
    x.cell_voltage = fixed + gradient * 0.046
    assert plain(heat_balance.steady_state)(x, D, fields(hold=hold), y) == OK
    assert (y.top_loss_factor, y.bottom_loss_factor) == (1.0, 1.0)
    assert y.operating_superheat != 8.0
    assert plain(heat_balance.steady_state)(x, D, fields(hold=0), y) == OK
    assert (y.top_loss_factor, y.operating_superheat) == (pytest.approx(1 / 1.02), 8.0)


@pytest.mark.parametrize(
    ("state", "hold", "status", "blamed"),
    [
        ({"operating_superheat": 12.1}, 0, INFEASIBLE_THERMAL, "SUPERHEAT"),
        ({"operating_superheat": 12.1}, HOLD_DISTANCE, OK, ""),
        ({"operating_superheat": 12.1}, HOLD_VOLTAGE, OK, ""),
        ({"operating_superheat": 4.9}, HOLD_VOLTAGE, INFEASIBLE_THERMAL, "MINIMUM_SUPERHEAT"),
        ({"operating_ledge_thickness": 0.009}, 0, INFEASIBLE_THERMAL, "LEDGE_THICKNESS"),
        ({"operating_distance": 0.0}, HOLD_VOLTAGE, OUTSIDE_RANGE, "CELL_VOLTAGE"),
        ({"operating_distance": 0.25}, HOLD_DISTANCE, OUTSIDE_RANGE, "ANODE_CATHODE_DISTANCE"),
        ({"operating_distance": 0.249}, 0, OK, ""),
    ],
)
def test_what_is_blamed_for_a_state_that_cannot_be(state, hold, status, blamed):
    y = fields(
        **{
            "operating_superheat": 8.0,
            "operating_ledge_thickness": 0.05,
            "operating_distance": 0.046,
            "status_variable": 0,
            **state,
        }
    )
    assert plain(heat_balance.acceptable)(line(), fields(hold=hold), y) == status
    assert y.status_variable == (getattr(heat_balance, blamed) if blamed else 0)
