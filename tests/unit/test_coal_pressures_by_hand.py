"""Stage groups of a coal unit by hand: the cone law, pressures at another flow, heaters by transfer units."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields, plain

from plantsim.processes.coal_unit import pressures
from plantsim.processes.coal_unit.codes import (
    CONDENSATE_PUMP_AT_SPEED,
    FEED_PUMP_AT_SPEED,
    HEAT_CROSSOVER,
    HEAT_NONE,
    HEAT_STAGE,
    HEAT_ZERO_OUTPUT,
    HEATER_OUT,
    HP,
    IP,
    LP,
    OPEN,
    PASSAGES_NEW,
    REHEAT_SINGLE,
    STEAM_THROTTLED,
)

NAN = math.nan
MPA = 1e6


def changed(record, **values):
    return fields(**{**vars(record), **values})


def test_stodola_s_constant_and_its_inverse():
    k = plain(pressures.squared_constant)(250.0, 9 * MPA, 4 * MPA, 280e3)
    assert k == pytest.approx(250**2 * 280e3 / (81 - 16) / 1e12)
    before = plain(pressures.pressure_before)
    assert before(k, 250.0, 4 * MPA, 280e3) == pytest.approx(9 * MPA)
    assert before(k, 125.0, 1 * MPA, 260e3) == pytest.approx(math.sqrt(1e12 + 125**2 * 260e3 / k))
    assert before(0.0, 125.0, 1 * MPA, 260e3) == 1 * MPA
    none = plain(pressures.squared_constant)
    assert none(250.0, 4 * MPA, 4 * MPA, 280e3) == none(0.0, 9 * MPA, 4 * MPA, 280e3) == 0.0
    part = plain(pressures.scaled)
    assert part(9 * MPA, 4 * MPA, 0.6) == pytest.approx(math.sqrt(16 + 0.36 * 65) * MPA)
    assert part(9 * MPA, 5e3, 0.6) == pytest.approx(math.sqrt(5e3**2 + 0.36 * (81e12 - 5e3**2)))
    assert part(1e3, 5e3, 2.0) == 5e3


def stages(**values):
    """One extraction in each cylinder, at the HP exhaust in the first."""
    x = fields(
        heater_count=3,
        main_steam_pressure=16.7 * MPA,
        main_steam_loss=0.03,
        pressure_control=0,
        valve_reserve=0.0,
        least_pressure_share=0.3,
        hp_exhaust_pressure=4 * MPA,
        hot_reheat_pressure=3.6 * MPA,
        ip_exhaust_pressure=0.9 * MPA,
        intercept_valve_loss=0.02,
        crossover_loss=0.025,
        extraction_pressure=[3.8 * MPA, 1.5 * MPA, 0.1 * MPA],
        reheat=REHEAT_SINGLE,
        heat_supply=HEAT_NONE,
        heat_supply_pressure=NAN,
        flow_passages=0,
        plant_inlet_constant=[0.0] * 3,
        plant_stage_constant=[0.0] * 3,
    )
    d = fields(
        cylinder_stop=[1, 2, 3],
        cylinder_inlet_pressure=[16 * MPA, 3.5 * MPA, 0.88 * MPA],
        cylinder_exhaust_pressure=[4 * MPA, 0.9 * MPA, 5e3],
        cylinder_inlet_enthalpy=[3400e3, 3530e3, 3010e3],
        cylinder_exhaust_enthalpy=[3050e3, 3000e3, 2400e3],
        inlet_share=[0.99, 0.85, 0.7],
        onward_share=[0.86, 0.78, 0.64],
        point_pressure=[3.8 * MPA, 1.5 * MPA, 0.1 * MPA],
        point_pressure_volume=[255e3, 280e3, 170e3],
        inlet_constant=[0.0] * 3,
        stage_constant=[0.0] * 3,
        design_inlet_flow=[0.0] * 3,
        heat_place=-1,
        heat_share=0.0,
        condensing_pressure=5e3,
        step_pressure=[0.0] * 3,
        step_inlet_pressure=[0.0] * 3,
        steam_pressure=0.0,
        reheat_pressure=0.0,
    )
    return changed(x, **{k: v for k, v in values.items() if hasattr(x, k)}), changed(
        d, **{k: v for k, v in values.items() if hasattr(d, k)}
    )


def constant(m, p, p_out, pv):
    return m * m * pv / (p * p - p_out * p_out)


def test_constants_of_every_group():
    """p v of dry steam is Callendar's at the inlets, the expansion's at the extractions."""
    x, d = stages()
    plain(pressures.find_constants)(x, d, 300.0)
    pv = [0.2308 * (h - 1943e3) for h in (3400e3, 3530e3, 3010e3)]
    # the HP's last group lies between the extraction and its exhaust pressure, which is higher: none
    assert d.inlet_constant == pytest.approx(
        [
            constant(297.0, 16 * MPA, 3.8 * MPA, pv[0]),
            constant(255.0, 3.5 * MPA, 1.5 * MPA, pv[1]),
            constant(210.0, 0.88 * MPA, 0.1 * MPA, pv[2]),
        ],
        rel=1e-9,
    )
    assert d.stage_constant == pytest.approx(
        [0.0, constant(234.0, 1.5 * MPA, 0.9 * MPA, 280e3), constant(192.0, 0.1 * MPA, 5e3, 170e3)], rel=1e-9
    )
    assert [plain(pressures.first_of_cylinder)(d, c) for c in (HP, IP, LP)] == [0, 1, 2]


def test_constants_are_the_plant_s_unless_its_passages_are_new():
    x, d = stages()
    plain(pressures.set_constants)(x, d, 300.0, True)
    own = (list(d.inlet_constant), list(d.stage_constant))
    assert (x.plant_inlet_constant, x.plant_stage_constant) == own
    assert d.design_inlet_flow == pytest.approx([297.0, 255.0, 210.0])
    d.inlet_constant, d.stage_constant = [9.0] * 3, [9.0] * 3
    plain(pressures.set_constants)(x, d, 330.0, False)
    assert (d.inlet_constant, d.stage_constant) == own
    assert d.design_inlet_flow == pytest.approx([326.7, 280.5, 231.0])
    x.flow_passages = PASSAGES_NEW
    plain(pressures.set_constants)(x, d, 330.0, False)
    assert d.inlet_constant == pytest.approx([1.21 * k for k in own[0]])
    assert (x.plant_inlet_constant, x.plant_stage_constant) == own


def test_pressures_at_another_flow_from_the_condenser_upward():
    """At 240 kg/s each group by its constant; the HP's extraction keeps its ratio to the exhaust."""
    x, d = stages()
    plain(pressures.set_constants)(x, d, 300.0, True)
    d.heat_share = 0.0
    change = plain(pressures.follow_flow)(x, d, 240.0)
    k_in, k = d.inlet_constant, d.stage_constant
    pv = [0.2308 * (h - 1943e3) for h in (3400e3, 3530e3, 3010e3)]
    lp_point = math.sqrt(5e3**2 + (240 * 0.64) ** 2 * 170e3 / k[2])
    lp_in = math.sqrt(lp_point**2 + (240 * 0.7) ** 2 * pv[2] / k_in[2])
    ip_out = lp_in / 0.975
    ip_point = math.sqrt(ip_out**2 + (240 * 0.78) ** 2 * 280e3 / k[1])
    ip_in = math.sqrt(ip_point**2 + (240 * 0.85) ** 2 * pv[1] / k_in[1])
    reheat = ip_in / 0.98
    hp_out = reheat * 4 / 3.6
    hp_point = hp_out * 3.8 / 4
    hp_in = math.sqrt(hp_point**2 + (240 * 0.99) ** 2 * pv[0] / k_in[0])
    assert d.point_pressure == pytest.approx([hp_point, ip_point, lp_point], rel=1e-9)
    assert d.cylinder_inlet_pressure == pytest.approx([hp_in, ip_in, lp_in], rel=1e-9)
    assert d.cylinder_exhaust_pressure[:2] == pytest.approx([hp_out, ip_out], rel=1e-9)
    assert d.reheat_pressure == pytest.approx(reheat)
    assert d.steam_pressure == pytest.approx(hp_in / 0.97)
    steps = [hp_point / (3.8 * MPA) - 1, ip_point / (1.5 * MPA) - 1, lp_point / (0.1 * MPA) - 1]
    inlets = [hp_in / (16 * MPA) - 1, ip_in / (3.5 * MPA) - 1, lp_in / (0.88 * MPA) - 1]
    assert d.step_pressure == pytest.approx(steps)
    assert d.step_inlet_pressure == pytest.approx(inlets)
    assert change == pytest.approx(max(abs(s) for s in (*steps, *inlets)))


def test_the_largest_change_counts_wherever_it_is():
    for place in range(3):
        for name in ("point_pressure", "cylinder_inlet_pressure"):
            x, d = stages()
            plain(pressures.set_constants)(x, d, 300.0, True)
            plain(pressures.follow_flow)(x, d, 300.0)
            settled = getattr(d, name)[place]
            getattr(d, name)[place] = settled / 3
            found = plain(pressures.follow_flow)(x, d, 300.0)
            step = (d.step_pressure if name == "point_pressure" else d.step_inlet_pressure)[place]
            assert step > 1.5
            assert found == pytest.approx(max(abs(n) for n in (*d.step_pressure, *d.step_inlet_pressure)))


def test_several_extractions_of_one_cylinder():
    """Two in the LP cylinder: the lower one first, from the condenser upward."""
    x, d = stages()
    d.cylinder_stop, d.onward_share = [0, 0, 3], [0.66, 0.62, 0.6]
    d.point_pressure, d.stage_constant = [0.5 * MPA, 0.2 * MPA, 0.05 * MPA], [4.0, 9.0, 30.0]
    d.inlet_constant = [1.0, 1.0, 2.0]
    plain(pressures.follow_flow)(x, d, 200.0)
    p = 5e3
    by_hand = []
    for share, pv, k in ((0.6, 170e3, 30.0), (0.62, 280e3, 9.0), (0.66, 255e3, 4.0)):
        p = math.sqrt(p * p + (200 * share) ** 2 * pv / k)
        by_hand.append(p)
    assert d.point_pressure == pytest.approx(by_hand[::-1], rel=1e-9)


def test_a_first_state_at_part_load():
    x, d = stages()
    x = changed(
        x,
        reference_main_steam_flow=300.0,
        temperature_held_from=0.7,
        main_steam_temperature=811.0,
        main_steam_temperature_fall=90.0,
        hot_reheat_temperature=810.0,
        reheat_temperature_fall=140.0,
        part_flow_loss=0.08,
        feed_pump_control=FEED_PUMP_AT_SPEED,
        feedwater_pressure=20 * MPA,
        condensate_pump_control=0,
        condensate_pressure=1.8 * MPA,
        extraction_loss=[0.05] * 3,
    )
    d = changed(d, reheat_pressure=3.6 * MPA, efficiency_factor=[0.0] * 3, highest_open_heater=2)
    plain(pressures.guess_operation)(x, d, 0.6)
    of = plain(pressures.scaled)
    assert d.cylinder_inlet_pressure == pytest.approx([of(p * MPA, 5e3, 0.6) for p in (16, 3.5, 0.88)])
    assert d.cylinder_exhaust_pressure == pytest.approx([of(4 * MPA, 5e3, 0.6), of(0.9 * MPA, 5e3, 0.6), 5e3])
    assert d.point_pressure == pytest.approx([of(p * MPA, 5e3, 0.6) for p in (3.8, 1.5, 0.1)])
    assert d.reheat_pressure == pytest.approx(of(3.6 * MPA, 5e3, 0.6))
    assert d.steam_pressure == pytest.approx(d.cylinder_inlet_pressure[HP] / 0.97)
    assert (d.steam_temperature, d.reheat_temperature) == (pytest.approx(811 - 9), pytest.approx(810 - 14))
    assert d.feed_line_pressure == pytest.approx(d.steam_pressure + 3.3 * MPA * 0.36)
    assert d.efficiency_factor == pytest.approx([1 - 0.08 * 0.16] * 3)


def test_pumps_at_speed_follow_the_square_of_the_flow():
    """Half of the flow: a quarter of 3.3 MPa above the steam; the condensate line above the open heater's pressure."""
    x, d = stages()
    x = changed(
        x,
        reference_main_steam_flow=300.0,
        feed_pump_control=FEED_PUMP_AT_SPEED,
        feedwater_pressure=20 * MPA,
        condensate_pump_control=CONDENSATE_PUMP_AT_SPEED,
        condensate_pressure=1.8 * MPA,
        extraction_loss=[0.03, 0.05, 0.07],
    )
    for place in (1, 2):
        d = changed(
            d,
            steam_pressure=9 * MPA,
            highest_open_heater=place,
            condensate_line_pressure=0.0,
            point_pressure=[1.9 * MPA, 0.8 * MPA, 0.05 * MPA],
        )
        plain(pressures.follow_pumps)(x, d, 150.0)
        loss = (0.03, 0.05)[place - 1]
        design, now = ((3.8, 1.9), (1.5, 0.8))[place - 1]
        assert d.feed_line_pressure == pytest.approx(9 * MPA + 0.25 * 3.3 * MPA)
        assert d.condensate_line_pressure == pytest.approx(
            (now * (1 - loss) + 0.25 * (1.8 - design * (1 - loss))) * MPA
        )
    for still in (
        {
            "feed_pump_control": FEED_PUMP_AT_SPEED + 1,
            "condensate_pump_control": CONDENSATE_PUMP_AT_SPEED + 1,
        },
    ):
        d = changed(d, feed_line_pressure=7.0, condensate_line_pressure=8.0)
        plain(pressures.follow_pumps)(changed(x, **still), d, 150.0)
        assert (d.feed_line_pressure, d.condensate_line_pressure) == (7.0, 8.0)


def test_pressure_that_heating_steam_must_have():
    held = plain(pressures.regulated_pressure)
    x, d = stages(heat_share=0.1)
    assert held(x, d, 0.4 * MPA) == 0.4 * MPA
    assert held(changed(x, heat_supply_pressure=0.5 * MPA), d, 0.4 * MPA) == 0.5 * MPA
    assert held(changed(x, heat_supply_pressure=0.5 * MPA), d, 0.6 * MPA) == 0.6 * MPA
    assert held(changed(x, heat_supply=HEAT_ZERO_OUTPUT), d, 0.4 * MPA) == 0.9 * MPA
    assert held(changed(x, heat_supply=HEAT_ZERO_OUTPUT), d, 1.1 * MPA) == 1.1 * MPA
    assert (
        held(changed(x, heat_supply_pressure=0.5 * MPA), changed(d, heat_share=0.0), 0.4 * MPA) == 0.4 * MPA
    )
    before = plain(pressures.exhaust_before)
    crossover = changed(x, heat_supply=HEAT_CROSSOVER, heat_supply_pressure=1.2 * MPA)
    assert before(crossover, d, IP) == 1.2 * MPA == d.cylinder_exhaust_pressure[IP]
    assert before(changed(crossover, heat_supply=HEAT_STAGE), d, IP) == pytest.approx(0.88 / 0.975 * MPA)
    for place in (0, 1):
        assert before(crossover, changed(d, heat_place=place), IP) == pytest.approx(0.88 / 0.975 * MPA)
    assert before(changed(x, reheat=0), d, HP) == 3.5 * MPA
    assert before(x, d, HP) == pytest.approx(3.5 / 0.98 * 4 / 3.6 * MPA)
    ratio = plain(pressures.pipe_ratio)
    assert (ratio(x, HP, 0), ratio(x, IP, 1), ratio(x, IP, 2)) == (
        pytest.approx(0.95),
        1.0,
        pytest.approx(1 / 9),
    )
    # at a stage the valve stands behind that stage
    at_stage, state = stages(
        heat_share=0.1, heat_supply=HEAT_STAGE, heat_supply_pressure=1.9 * MPA, heat_place=1
    )
    plain(pressures.set_constants)(at_stage, state, 300.0, True)
    plain(pressures.follow_flow)(at_stage, state, 240.0)
    assert state.point_pressure[1] == 1.9 * MPA


@pytest.mark.parametrize(
    ("p_in", "values", "p"),
    [
        (12.0, {}, 12 / 0.97),
        (16.5, {}, 16.7),
        (18.0, {}, 18.0),
        (3.0, {}, 0.3 * 16.7),
        (12.0, {"pressure_control": STEAM_THROTTLED}, 16.7),
        (18.0, {"pressure_control": STEAM_THROTTLED}, 18.0),
        (12.0, {"valve_reserve": 0.05}, 12 / 0.97 / 0.95),
        (16.0, {"valve_reserve": 0.05}, 16.7),
        (16.4, {"valve_reserve": 0.05}, 16.7),
    ],
)
def test_pressure_of_the_boiler(p_in, values, p):
    """Sliding 3 % above the stages, no more than rated before the valves are open, no less than 30 % of it."""
    assert plain(pressures.boiler_pressure)(stages(**values)[0], p_in * MPA) == pytest.approx(p * MPA)


def test_temperatures_efficiencies_and_a_drop_that_heat_supply_changes():
    x = fields(
        temperature_held_from=0.6,
        reference_main_steam_flow=300.0,
        main_steam_temperature=811.0,
        main_steam_temperature_fall=90.0,
        hot_reheat_temperature=810.0,
        reheat_temperature_fall=140.0,
        part_flow_loss=0.08,
    )
    d = fields(
        inlet_share=[0.99, 0.85, 0.6],
        design_inlet_flow=[297.0, 255.0, 210.0],
        efficiency_factor=[0.0] * 3,
        heat_share=0.1,
        heat_place=-1,
        cylinder_inlet_enthalpy=[0.0, 3530e3, 0.0],
        cylinder_exhaust_enthalpy=[0.0, 3130e3, 0.0],
        cylinder_efficiency=[0.0, 0.9, 0.0],
        design_ip_drop=600e3,
    )
    plain(pressures.follow_temperatures)(x, d, 150.0)
    assert (d.steam_temperature, d.reheat_temperature) == (pytest.approx(811 - 9), pytest.approx(810 - 14))
    plain(pressures.follow_temperatures)(x, d, 200.0)
    assert (d.steam_temperature, d.reheat_temperature) == (811.0, 810.0)
    off = math.sqrt(600 / (400 / 0.9)) - 1
    assert plain(pressures.other_drop_factor)(d) == pytest.approx(1 - off**2)
    plain(pressures.follow_efficiency)(x, d, 240.0)
    by_flow = [
        1 - 0.08 * (1 - 240 * s / f) ** 2
        for s, f in zip((0.99, 0.85, 0.6), (297.0, 255.0, 210.0), strict=True)
    ]
    assert d.efficiency_factor == pytest.approx([by_flow[0], by_flow[1] * (1 - off**2), by_flow[2]])
    for change in ({"heat_share": 0.0}, {"heat_place": 1}, {"heat_place": 0}):
        other = changed(d, efficiency_factor=[0.0] * 3, **change)
        plain(pressures.follow_efficiency)(x, other, 240.0)
        assert other.efficiency_factor[1] == pytest.approx(by_flow[1])
    factor = plain(pressures.other_drop_factor)
    assert (
        factor(changed(d, design_ip_drop=0.0))
        == factor(changed(d, cylinder_exhaust_enthalpy=[0.0, 3600e3, 0.0]))
        == 1.0
    )
    assert factor(changed(d, design_ip_drop=9000e3)) == 0.2


def test_heaters_by_their_transfer_units():
    """ln(whole/left) at design; UA goes with the water to the power 0.6, so that units go with it to the power -0.4."""
    x = fields(
        heater_count=5,
        heater_kind=[0, 0, OPEN, 0, 0],
        heater_state=[0, 0, 0, HEATER_OUT, 0],
        terminal_difference=[3.0, -1.0, 0.0, 4.0, 90.0],
        heater_conductance_exponent=0.6,
    )
    d = fields(
        heater_units=[9.0] * 5,
        heater_water=[0.0] * 5,
        water_share=[1.0, 1.0, 0.9, 0.8, 0.7],
        heater_saturation_temperature=[520.0, 480.0, 440.0, 400.0, 350.0],
        water_inlet_temperature=[480.0, 445.0, 400.0, 350.0, 310.0],
        step_difference=[9.0] * 5,
        point_difference=[3.0, -1.0, 0.0, 4.0, 90.0],
    )
    plain(pressures.size_heaters)(x, d, 300.0)
    assert d.heater_units == pytest.approx([math.log(40 / 3), 0.0, 0.0, 0.0, 0.0])
    assert d.heater_water == pytest.approx([300.0, 300.0, 270.0, 240.0, 210.0])
    d.point_difference[0] = 5.0
    plain(pressures.follow_heaters)(x, d, 300.0)
    assert d.point_difference[0] == pytest.approx(3.0)  # at design flow as at design
    d.heater_units[4] = 2.0
    change = plain(pressures.follow_heaters)(x, d, 180.0)
    first, last = 40 * math.exp(-math.log(40 / 3) * 0.6**-0.4), 40 * math.exp(-2.0 * 0.6**-0.4)
    assert d.point_difference == pytest.approx([first, -1.0, 0.0, 4.0, last])
    assert d.step_difference == pytest.approx([first - 3, 0.0, 0.0, 0.0, last - 90])
    assert change == pytest.approx(90 - last)
    d.point_difference = [50.0, -1.0, 0.0, 4.0, last]
    assert plain(pressures.follow_heaters)(x, d, 180.0) == pytest.approx(
        50 - first
    )  # the largest, not the last
    d.water_inlet_temperature[0] = 530.0  # warmer than the steam: nothing is left
    plain(pressures.follow_heaters)(x, d, 180.0)
    assert d.point_difference[0] == 0.0


def test_pressures_of_the_sheet():
    x = fields(
        main_steam_temperature=811.0,
        hot_reheat_temperature=810.0,
        main_steam_pressure=16.7 * MPA,
        hot_reheat_pressure=3.6 * MPA,
        hp_exhaust_pressure=4 * MPA,
        ip_exhaust_pressure=0.9 * MPA,
        main_steam_loss=0.03,
        intercept_valve_loss=0.02,
        crossover_loss=0.025,
        reheat=REHEAT_SINGLE,
        heater_count=2,
        extraction_pressure=[4 * MPA, 1 * MPA],
        terminal_difference=[2.0, 0.0],
        feedwater_pressure=20 * MPA,
        condensate_pressure=1.8 * MPA,
        exhaust_loss=21e3,
        heater_efficiency=0.98,
        heater_efficiency_ratio=[1.0, 1.0],
    )
    d = fields(
        cylinder_exhaust_pressure=[0.0] * 3,
        cylinder_inlet_pressure=[0.0] * 3,
        point_pressure=[0.0] * 2,
        point_difference=[0.0] * 2,
        efficiency_factor=[0.0] * 3,
        heater_efficiency_now=[0.0] * 2,
    )
    plain(pressures.design_pressures)(x, d)
    assert (d.steam_temperature, d.reheat_temperature, d.steam_pressure, d.reheat_pressure) == (
        811.0,
        810.0,
        16.7 * MPA,
        3.6 * MPA,
    )
    assert d.cylinder_exhaust_pressure[:2] == [4 * MPA, 0.9 * MPA]
    assert d.cylinder_inlet_pressure == pytest.approx(
        [16.7 * 0.97 * MPA, 3.6 * 0.98 * MPA, 0.9 * 0.975 * MPA]
    )
    assert (d.point_pressure, d.point_difference, d.efficiency_factor) == (
        [4 * MPA, 1 * MPA],
        [2.0, 0.0],
        [1.0] * 3,
    )
    assert (d.feed_line_pressure, d.condensate_line_pressure) == (20 * MPA, 1.8 * MPA)
    assert (d.exhaust_loss_now, d.exhaust_loss_slope, d.off_design, d.heat_place, d.lp_without_work) == (
        21e3,
        0.0,
        0,
        -1,
        0,
    )
    assert (d.heat_share, d.return_share, d.external_heat) == (0.0, 0.0, 0.0)
    plain(pressures.design_pressures)(changed(x, reheat=0), d)
    assert d.cylinder_inlet_pressure[IP] == 4 * MPA
