"""The work of a coal unit's cycle by hand: the feed pump's turbine, steam stage by stage, both balances."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.kernels import steam
from plantsim.processes.coal_unit import work
from plantsim.processes.coal_unit.codes import (
    DRAIN_FORWARD,
    DRAIN_NEXT,
    EXTRACTION_PRESSURE,
    GLAND_FROM_HP_EXHAUST,
    GLAND_FROM_HP_INLET,
    GLAND_FROM_IP_EXHAUST,
    GLAND_FROM_IP_INLET,
    GLAND_SHARE,
    GLAND_TO_CONDENSER,
    OPEN,
    PUMP_BY_TURBINE,
    PUMP_TURBINE_EXHAUST_PRESSURE,
    PUMP_TURBINE_SHARE,
    PUMP_TURBINE_SOURCE,
    REHEAT_SINGLE,
)
from plantsim.vocabulary.status import (
    INCOMPLETE,
    INFEASIBLE_FLOW,
    INFEASIBLE_THERMAL,
    OK,
)

NAN = math.nan
ETA = 0.98
MPA = 1e6


def changed(record, **values):
    return fields(**{**vars(record), **values})


def cycle(n=1, **values):
    """What describes a cycle of n heaters, all closed with cascading drains."""
    x = fields(
        heater_count=n,
        heater_kind=[0] * n,
        heater_state=[0] * n,
        drain_to=[DRAIN_NEXT] * n,
        heater_efficiency=ETA,
        open_heater_loss=0,
        drain_cooler_approach=[NAN] * n,
        extraction_loss=[0.05] * n,
        extraction_fraction=[NAN] * n,
        heater_water_pressure=[0.0] * n,
        heater_efficiency_ratio=[1.0] * n,
        gland_flow_count=0,
        gland_share=[],
        gland_source=[],
        gland_to=[],
        gland_enthalpy=[],
        economiser_from=0,
        economiser_to=0,
        heat_return_to=0,
        condensate_pump_efficiency=0.78,
        feed_pump_efficiency=0.83,
        deaerator_height=21.0,
        condensate_external_heat=0.0,
        reheat=REHEAT_SINGLE,
        feed_pump_drive=0,
        feedwater_pressure=20 * MPA,
        condensate_pressure=1.8 * MPA,
    )
    return changed(x, **values)


def state(n=1, **values):
    """Numbers of a cycle's state that no test hangs on unless it says so."""
    arrays = [
        "point_enthalpy",
        "drain_enthalpy",
        "water_outlet_enthalpy",
        "water_inlet_enthalpy",
        "outlet_level",
        "extraction_share",
        "drain_share",
        "water_share",
        "gland_into_share",
        "gland_into_heat",
        "heat_from_outside",
        "drain_pump_rise",
        "heater_pressure",
        "heater_saturation_temperature",
        "water_outlet_temperature",
        "water_inlet_temperature",
        "drain_temperature",
        "point_pressure",
        "point_difference",
        "onward_share",
    ]
    d = fields(
        **{name: [0.0] * n for name in arrays},
        heater_efficiency_now=[ETA] * n,
        fits_heaters=0,
        leaks_join=0,
        line_drop=1.0,
        gland_heater_share=0.0,
        gland_heater_heat=0.0,
        gland_condenser_share=0.0,
        gland_condenser_heat=0.0,
        hotwell_enthalpy=140e3,
        drain_hotwell_share=0.0,
        drain_hotwell_heat=0.0,
        return_share=0.0,
        return_enthalpy=0.0,
        external_heat=0.0,
        off_design=0,
        highest_open_heater=0,
        feed_line_pressure=20 * MPA,
        condensate_line_pressure=1.8 * MPA,
        design_status_variable=0,
    )
    return changed(d, **values)


def drive(fit=0, **values):
    x = cycle(
        3,
        heater_kind=[0, OPEN, 0],
        feed_pump_drive=PUMP_BY_TURBINE,
        pump_turbine_source=0,
        pump_turbine_share=NAN,
        pump_turbine_drop=0.0,
        pump_turbine_mechanical_efficiency=0.97,
        pump_turbine_efficiency=0.81,
        pump_turbine_exhaust_pressure=6.5e3,
        **values,
    )
    d = state(
        3,
        highest_open_heater=2,
        point_enthalpy=[3100e3, 3180e3, 2700e3],
        point_pressure=[4 * MPA, 0.9 * MPA, 0.1 * MPA],
        feed_pump_share=1.02,
        feed_pump_rise=27e3,
    )
    return plain(work.drive_feed_pump)(x, d, fit), x, d


def test_steam_that_drives_the_feed_pump():
    status, _, d = drive()
    s = plain(steam.s_ph)(0.9 * MPA, 3180e3)
    drop = 0.81 * (3180e3 - plain(steam.h_ps)(6.5e3, s))
    assert status == OK
    assert d.pump_turbine_flow_share == pytest.approx(1.02 * 27e3 / (0.97 * drop), rel=1e-9)
    assert d.pump_turbine_exhaust_enthalpy == pytest.approx(3180e3 - drop, rel=1e-12)
    status, x, d = drive(1)
    x.pump_turbine_share = 0.034
    assert plain(work.drive_feed_pump)(x, d, 1) == OK
    assert x.pump_turbine_drop == pytest.approx(1.02 * 27e3 / (0.97 * 0.034))
    assert d.pump_turbine_flow_share == pytest.approx(0.034)
    x.pump_turbine_drop = 900e3
    assert plain(work.drive_feed_pump)(x, d, 0) == OK
    assert d.pump_turbine_flow_share == pytest.approx(1.02 * 27e3 / (0.97 * 900e3))
    x.pump_turbine_drop = 3100e3
    assert (plain(work.drive_feed_pump)(x, d, 0), d.design_status_variable) == (
        INFEASIBLE_THERMAL,
        PUMP_TURBINE_SHARE,
    )


def test_what_a_feed_pump_s_turbine_lacks():
    _, x, d = drive()
    x.pump_turbine_source = 1
    assert plain(work.drive_feed_pump)(x, d, 0) == OK
    x.pump_turbine_source = 0
    x.pump_turbine_exhaust_pressure = NAN
    assert (plain(work.drive_feed_pump)(x, d, 0), d.design_status_variable) == (
        INCOMPLETE,
        PUMP_TURBINE_EXHAUST_PRESSURE,
    )
    x.pump_turbine_exhaust_pressure = 2 * MPA  # above the source
    assert (plain(work.drive_feed_pump)(x, d, 0), d.design_status_variable) == (
        INFEASIBLE_THERMAL,
        PUMP_TURBINE_EXHAUST_PRESSURE,
    )
    place = plain(work.pump_turbine_place)
    assert [place(changed(x, pump_turbine_source=s), d) for s in (0, 1, 3, 4)] == [1, 0, 2, -1]
    x.pump_turbine_source = 4
    assert (plain(work.drive_feed_pump)(x, d, 0), d.design_status_variable) == (
        INCOMPLETE,
        PUMP_TURBINE_SOURCE,
    )
    x.feed_pump_drive = PUMP_BY_TURBINE + 1
    assert plain(work.drive_feed_pump)(x, d, 0) == OK
    assert (d.pump_turbine_flow_share, d.pump_turbine_exhaust_enthalpy) == (0.0, 140e3)


def turbine(heat_place=-1, **values):
    """HP with one extraction at its exhaust, IP with one, LP with one; gland steam from all four places."""
    x = cycle(
        3,
        gland_flow_count=4,
        gland_share=[0.01, 0.02, 0.003, 0.004],
        gland_to=[GLAND_TO_CONDENSER] * 4,
        gland_enthalpy=[NAN] * 4,
        gland_source=[GLAND_FROM_HP_INLET, GLAND_FROM_HP_EXHAUST, GLAND_FROM_IP_INLET, GLAND_FROM_IP_EXHAUST],
        pump_turbine_source=2,
        feed_pump_drive=PUMP_BY_TURBINE,
        **values,
    )
    d = state(
        3,
        heat_place=heat_place,
        heat_share=0.11,
        extraction_share=[0.08, 0.05, 0.04],
        point_enthalpy=[3050e3, 3200e3, 2650e3],
        point_pressure=[4 * MPA, 1.5 * MPA, 0.1 * MPA],
        pump_turbine_flow_share=0.035,
        cylinder_inlet_enthalpy=[3400e3, 3540e3, 3010e3],
        cylinder_exhaust_enthalpy=[3050e3, 3010e3, 2380e3],
        cylinder_exhaust_pressure=[4 * MPA, 0.9 * MPA, 5e3],
        cylinder_inlet_pressure=[16 * MPA, 3.6 * MPA, 0.89 * MPA],
        inlet_share=[0.0] * 3,
        cylinder_work=[0.0] * 3,
        passing_share=[0.0] * 3,
    )
    return x, d


def test_steam_is_followed_stage_by_stage():
    x, d = turbine()
    assert plain(work.follow_steam)(x, d) == OK
    hp = 0.99
    cold = hp - 0.08 - 0.02
    ip = cold - 0.003
    after = ip - 0.05 - 0.035  # the pump's turbine is fed at the second
    lp = after - 0.004 - 0.11
    assert d.inlet_share == pytest.approx([hp, ip, lp])
    assert d.reheat_share == pytest.approx(cold)
    assert d.onward_share == pytest.approx([hp - 0.08, after, lp - 0.04])
    assert d.heat_steam_enthalpy == 3010e3
    works = [hp * 350e3, ip * 340e3 + after * 190e3, lp * 360e3 + (lp - 0.04) * 270e3]
    assert d.cylinder_work == pytest.approx(works)
    assert d.specific_work == pytest.approx(sum(works))
    assert d.exhaust_share == pytest.approx(lp - 0.04)
    x, d = turbine(heat_place=1, reheat=0)
    assert plain(work.follow_steam)(x, d) == OK
    assert (d.heat_steam_enthalpy, d.reheat_share) == (3200e3, 0.0)
    assert d.onward_share[1] == pytest.approx(after - 0.11)
    assert d.inlet_share[2] == pytest.approx(after - 0.11 - 0.004)
    d.heat_share = 0.95
    assert (plain(work.follow_steam)(x, d), d.design_status_variable) == (
        INFEASIBLE_FLOW,
        EXTRACTION_PRESSURE,
    )
    x, d = turbine()
    d.cylinder_exhaust_enthalpy = [3999e3, 3999e3, 3999e3]
    d.point_enthalpy = [3999e3] * 3
    assert (plain(work.follow_steam)(x, d), d.design_status_variable) == (
        INFEASIBLE_FLOW,
        EXTRACTION_PRESSURE,
    )
    x, d = turbine(heat_place=0)  # at the first extraction
    assert plain(work.follow_steam)(x, d) == OK
    assert d.onward_share[0] == pytest.approx(hp - 0.08 - 0.11)
    assert d.heat_steam_enthalpy == 3050e3
    none = changed(
        x, heater_count=0, gland_share=[1.1, 0.02, 0.003, 0.004], feed_pump_drive=PUMP_BY_TURBINE + 1
    )
    assert (plain(work.follow_steam)(none, d), d.design_status_variable) == (INFEASIBLE_FLOW, GLAND_SHARE)


@pytest.mark.parametrize("drive_of", [PUMP_BY_TURBINE, PUMP_BY_TURBINE + 1])
def test_balances_of_the_whole_cycle(drive_of):
    """Everything that crosses the border, by hand: residuals are what is left of each."""
    x = cycle(
        0,
        feed_pump_drive=drive_of,
        main_steam_heat_loss=2e3,
        cold_reheat_heat_loss=3e3,
        condensate_external_heat=1.1e3,
        pump_turbine_mechanical_efficiency=0.97,
    )
    d = state(
        0,
        hot_reheat_enthalpy=3540e3,
        cylinder_exhaust_enthalpy=[3050e3, 3010e3, 2380e3],
        main_steam_enthalpy=3402e3,
        feedwater_enthalpy=1180e3,
        reheat_share=0.89,
        exhaust_share=0.6,
        pump_turbine_flow_share=0.03,
        pump_turbine_exhaust_enthalpy=2500e3,
        drain_condenser_share=0.05,
        drain_condenser_heat=0.05 * 260e3,
        gland_condenser_share=0.004,
        gland_condenser_heat=0.004 * 3000e3,
        gland_line_loss=700.0,
        gland_heater_share=0.002,
        gland_heater_heat=0.002 * 2900e3,
        drain_hotwell_share=0.07,
        feed_pump_share=1.01,
        feed_pump_rise=26e3,
        lift_pump_power=300.0,
        condensate_share=0.8,
        condensate_pump_rise=2.2e3,
        external_heat=4e3,
        heat_share=0.1,
        heat_steam_enthalpy=3010e3,
        return_share=0.09,
        return_enthalpy=350e3,
        specific_work=1150e3,
    )
    plain(work.close_balances)(x, d)
    taken_up = 3402e3 - 1180e3 + 0.89 * (3540e3 - 3050e3 + 3e3)
    assert d.specific_heat_input == pytest.approx(taken_up)
    condenser = 0.6 * 2240e3 + 0.03 * 2360e3 + 0.05 * 120e3 + 0.004 * 2860e3
    assert d.specific_condenser_heat == pytest.approx(condenser)
    by_turbine = drive_of == PUMP_BY_TURBINE
    losses = (
        2e3
        + 0.89 * 3e3
        + 700
        + 0.02 * 0.002 * (2900e3 - 140e3)
        + (1.01 * 26e3 * (1 / 0.97 - 1) if by_turbine else 0.0)
    )
    assert d.specific_losses == pytest.approx(losses)
    brought = taken_up + 300 + 0.8 * 2.2e3 + 0.8 * 1.1e3 + 4e3 + (0.0 if by_turbine else 1.01 * 26e3)
    left = brought - (0.1 * 3010e3 - 0.09 * 350e3) - 1150e3 - condenser - losses
    assert d.cycle_energy_residual == pytest.approx(abs(left) / taken_up, rel=1e-9)
    assert d.cycle_mass_residual == pytest.approx(
        abs(0.6 + 0.03 + 0.05 + 0.07 + 0.004 + 0.002 - 0.8), rel=1e-9
    )


def test_a_drain_that_is_pumped_behind_the_highest_heater():
    found = [
        plain(work.forward_reaches_top)(x)
        for x in (
            cycle(1, drain_to=[DRAIN_FORWARD]),
            cycle(1),
            cycle(0),
            cycle(1, drain_to=[DRAIN_FORWARD], heater_kind=[OPEN]),
        )
    ]
    assert [bool(f) for f in found] == [True, False, False, False]
    assert np.isfinite(ETA)
