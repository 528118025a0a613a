"""Heaters, drains, gland steam and pumps of a coal unit's cycle: every balance written down and checked by itself."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.kernels import pump, steam
from plantsim.processes.coal_unit import flows, heaters, work
from plantsim.processes.coal_unit.codes import (
    CONDENSATE_PRESSURE,
    DRAIN_CONDENSER,
    DRAIN_COOLER_APPROACH,
    DRAIN_FORWARD,
    DRAIN_HOTWELL,
    DRAIN_NEXT,
    DRAIN_TO,
    EXTRACTION_PRESSURE,
    FEEDWATER_PRESSURE,
    GLAND_FROM_HP_EXHAUST,
    GLAND_FROM_HP_INLET,
    GLAND_FROM_IP_EXHAUST,
    GLAND_FROM_IP_INLET,
    GLAND_SHARE,
    GLAND_TO,
    GLAND_TO_CONDENSER,
    GLAND_TO_HEATER,
    HEATER_OUT,
    HEATER_STATE,
    LOSS_OF_WHOLE_FEEDWATER,
    OPEN,
    PUMP_BY_TURBINE,
    PUMP_TURBINE_EXHAUST_PRESSURE,
    PUMP_TURBINE_SHARE,
    PUMP_TURBINE_SOURCE,
    REHEAT_SINGLE,
    RETURN_TO_HOTWELL,
    TERMINAL_DIFFERENCE,
)
from plantsim.vocabulary.status import (
    INCOMPLETE,
    INFEASIBLE_FLOW,
    INFEASIBLE_ORDER,
    INFEASIBLE_PINCH,
    INFEASIBLE_THERMAL,
    OK,
    OUTSIDE_RANGE,
)

NAN = math.nan
ETA = 0.98
MPA = 1e6


saturated_at = plain(steam.saturation_temperature)


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


# ---------------------------------------------------------------- one heater


M, SHARE, HEAT, EXTRA, OWN = 0.91, 0.12, 0.12 * 730e3, 6e3, 0.0


@pytest.mark.parametrize(("drain", "own"), [(DRAIN_NEXT, 0.0), (DRAIN_HOTWELL, 410e3), (DRAIN_FORWARD, 0.0)])
def test_a_closed_heater_s_steam_gives_what_its_water_takes(drain, own):
    """98 % of what steam and drains give up above the drain's level; a drain pumped forward is no water here."""
    x = cycle(drain_to=[drain])
    d = state(
        point_enthalpy=[2910e3],
        drain_enthalpy=[640e3],
        water_outlet_enthalpy=[870e3],
        water_inlet_enthalpy=[590e3],
    )
    a = plain(flows.closed_extraction)(x, d, 0, M, SHARE, HEAT, EXTRA, own)
    water = M - (SHARE + a if drain == DRAIN_FORWARD else 0.0)
    given_up = ETA * (a * (2910e3 - 640e3) + HEAT - SHARE * 640e3)
    assert water * (870e3 - 590e3) == pytest.approx(given_up + EXTRA + own * (a + SHARE), rel=1e-12)
    assert 0.05 < a < 0.2


@pytest.mark.parametrize("convention", [LOSS_OF_WHOLE_FEEDWATER, 0])
def test_an_open_heater_mixes_all(convention):
    """All that enters leaves at 980 kJ/kg. 2 % of what steam and drains give above inlet or outlet are lost."""
    x = cycle(heater_kind=[OPEN], open_heater_loss=convention)
    d = state(point_enthalpy=[2990e3], water_outlet_enthalpy=[980e3], water_inlet_enthalpy=[610e3])
    a = plain(flows.open_extraction)(x, d, 0, M, SHARE, HEAT, EXTRA)
    base = 610e3 if convention == LOSS_OF_WHOLE_FEEDWATER else 980e3
    lost = (1 - ETA) * (a * (2990e3 - base) + HEAT - SHARE * base)
    brought = a * 2990e3 + HEAT + (M - a - SHARE) * 610e3 + EXTRA
    assert brought - lost == pytest.approx(M * 980e3, rel=1e-12)
    assert 0.05 < a < 0.2


@pytest.mark.parametrize("drain", [DRAIN_NEXT, DRAIN_FORWARD])
def test_a_heater_with_heat_enough_takes_no_steam(drain):
    """Drains alone bring the water above its level: off design the outlet rises, at design the share is negative."""
    x = cycle(drain_to=[drain])
    d = state(
        point_enthalpy=[2910e3], drain_enthalpy=[640e3], water_inlet_enthalpy=[590e3], outlet_level=[600e3]
    )
    assert plain(flows.closed_heater)(x, d, 0, M, SHARE, HEAT, EXTRA, OWN) < 0.0
    assert d.water_outlet_enthalpy == [600e3]
    d.off_design = 1
    assert plain(flows.closed_heater)(x, d, 0, M, SHARE, HEAT, EXTRA, 50e3) == 0.0
    water = M - (SHARE if drain == DRAIN_FORWARD else 0.0)
    given_up = ETA * (HEAT - SHARE * 640e3) + EXTRA + 50e3 * SHARE
    assert d.water_outlet_enthalpy[0] == pytest.approx(590e3 + given_up / water, rel=1e-12)
    d.outlet_level = [870e3]
    assert plain(flows.closed_heater)(x, d, 0, M, SHARE, HEAT, EXTRA, OWN) > 0.0
    assert d.water_outlet_enthalpy == [870e3]


def test_a_heater_out_of_service_lets_drains_and_water_pass():
    x = cycle(2, drain_to=[DRAIN_NEXT, DRAIN_HOTWELL])
    d = state(2, water_inlet_enthalpy=[590e3, 300e3])
    kernel = plain(flows.pass_by)
    kernel(x, d, 0, M, SHARE, HEAT, EXTRA)
    assert (d.drain_enthalpy[0], d.outlet_level[0]) == (pytest.approx(730e3), 590e3)
    assert d.water_outlet_enthalpy[0] == pytest.approx(590e3 + EXTRA / M)
    kernel(
        x, d, 1, M, SHARE, HEAT, EXTRA
    )  # the lowest, into the hotwell: above 140 kJ/kg its drain warms the water
    assert d.water_outlet_enthalpy[1] == pytest.approx(300e3 + (EXTRA + SHARE * (730e3 - 140e3)) / M)
    kernel(x, d, 0, M, 0.0, 0.0, 0.0)
    assert d.drain_enthalpy[0] == 590e3
    kernel(changed(x, drain_to=[DRAIN_NEXT, DRAIN_CONDENSER]), d, 1, M, SHARE, HEAT, EXTRA)
    assert d.water_outlet_enthalpy[1] == pytest.approx(300e3 + EXTRA / M)


# ---------------------------------------------------------------- gland steam


def test_gland_steam_by_destination():
    """Five flows: one to heater 2, one to the gland heater, one to the condenser, one not given, one to heater 1."""
    x = cycle(
        2,
        gland_flow_count=5,
        gland_share=[0.011, 0.004, 0.003, NAN, 0.002],
        gland_enthalpy=[3200e3, NAN, 2800e3, NAN, NAN],
        gland_source=[
            GLAND_FROM_HP_INLET,
            GLAND_FROM_HP_EXHAUST,
            GLAND_FROM_IP_INLET,
            0,
            GLAND_FROM_IP_EXHAUST,
        ],
        gland_to=[2, GLAND_TO_HEATER, GLAND_TO_CONDENSER, 99, 1],
    )
    d = state(
        2, cylinder_inlet_enthalpy=[3400e3, 3530e3, 0.0], cylinder_exhaust_enthalpy=[3030e3, 3010e3, 0.0]
    )
    assert plain(flows.place_gland_flows)(x, d) == OK
    assert d.gland_into_share == [0.002, 0.011]
    assert d.gland_into_heat == pytest.approx([0.002 * 3010e3, 0.011 * 3200e3])
    assert (d.gland_heater_share, d.gland_heater_heat) == (0.004, pytest.approx(0.004 * 3030e3))
    assert (d.gland_condenser_share, d.gland_condenser_heat) == (0.003, pytest.approx(0.003 * 2800e3))
    assert d.gland_line_loss == pytest.approx(0.011 * 200e3 + 0.003 * 730e3)
    nowhere = changed(x, gland_to=[3, 0, 11, 99, 1])
    assert plain(flows.place_gland_flows)(nowhere, d) == INCOMPLETE
    assert d.design_status_variable == GLAND_TO
    leaving = plain(work.gland_leaving)
    assert [leaving(x, s) for s in (GLAND_FROM_HP_INLET, GLAND_FROM_HP_EXHAUST, GLAND_FROM_IP_EXHAUST)] == [
        0.011,
        0.004,
        0.002,
    ]


# ---------------------------------------------------------------- heat from outside


@pytest.mark.parametrize(
    ("start", "end", "places"),
    [(0, 0, (3, 3)), (3, 2, (2, 1)), (4, 0, (3, 3)), (9, 1, (3, 0)), (2, 3, (1, 1)), (1, 1, (0, 0))],
)
def test_heaters_that_are_bypassed(start, end, places):
    """From the lower one up; the lowest of four where nothing is said."""
    assert plain(flows.bypassed_heaters)(cycle(4, economiser_from=start, economiser_to=end)) == places


def test_heat_from_outside_goes_by_the_rise_of_the_heaters():
    x = cycle(3, economiser_from=3, economiser_to=2)
    d = state(
        3, external_heat=12e3, outlet_level=[800e3, 500e3, 320e3], water_inlet_enthalpy=[500e3, 320e3, 200e3]
    )
    plain(flows.share_heat_from_outside)(x, d)
    assert d.heat_from_outside == pytest.approx([0.0, 12e3 * 180 / 300, 12e3 * 120 / 300])
    d.outlet_level = [800e3, 300e3, 150e3]  # no rise anywhere: in equal parts
    plain(flows.share_heat_from_outside)(x, d)
    assert d.heat_from_outside == pytest.approx([0.0, 6e3, 6e3])
    d.outlet_level, d.water_inlet_enthalpy = [800e3, 500e3, 190e3], [500e3, 320e3, 200e3]
    plain(flows.share_heat_from_outside)(x, d)  # one that has heat enough takes none
    assert d.heat_from_outside == pytest.approx([0.0, 12e3, 0.0])
    none = state(0)
    plain(flows.share_heat_from_outside)(cycle(0), none)


# ---------------------------------------------------------------- a whole line


def line(lowest=DRAIN_HOTWELL, third=DRAIN_FORWARD, **values):
    """Five heaters: two closed above an open one, below it one whose drain is pumped forward, and the lowest."""
    x = cycle(
        5,
        heater_kind=[0, 0, OPEN, 0, 0],
        drain_to=[DRAIN_NEXT, DRAIN_NEXT, DRAIN_NEXT, third, lowest],
        gland_flow_count=2,
        gland_share=[0.006, 0.004],
        gland_source=[GLAND_FROM_HP_INLET, GLAND_FROM_HP_EXHAUST],
        gland_to=[3, GLAND_TO_HEATER],
        gland_enthalpy=[NAN, NAN],
    )
    d = state(
        5,
        highest_open_heater=3,
        cylinder_inlet_enthalpy=[3400e3, 3500e3, 3000e3],
        cylinder_exhaust_enthalpy=[3030e3, 3000e3, 2400e3],
        point_enthalpy=[3100e3, 3020e3, 3150e3, 2850e3, 2600e3],
        drain_enthalpy=[930e3, 800e3, 0.0, 450e3, 250e3],
        outlet_level=[1180e3, 900e3, 720e3, 430e3, 300e3],
        water_outlet_enthalpy=[1180e3, 900e3, 720e3, 430e3, 300e3],
        water_inlet_enthalpy=[900e3, 745e3, 434e3, 300e3, 145e3],
        heater_pressure=[5e6, 2e6, 1e6, 0.13e6, 0.05e6],
        drain_pump_rise=[0.0, 0.0, 0.0, 1.5e3 * (third == DRAIN_FORWARD), 0.9e3 * (lowest == DRAIN_FORWARD)],
        water_inlet_temperature=[488.0, 450.0, 375.0, 344.0, 307.0],
        **values,
    )
    return x, d


@pytest.mark.parametrize(
    ("lowest", "third"),
    [(DRAIN_HOTWELL, DRAIN_FORWARD), (DRAIN_CONDENSER, DRAIN_NEXT), (DRAIN_FORWARD, DRAIN_CONDENSER)],
)
@pytest.mark.parametrize("back", [0.0, 0.05])
@pytest.mark.parametrize("to_hotwell", [0, RETURN_TO_HOTWELL])
def test_mass_and_heat_of_every_heater(lowest, third, back, to_hotwell):
    """Each balance by itself: 98 % of what is given up above the drain's level warms the water."""
    x, d = line(lowest, third, return_share=back, return_enthalpy=330e3 if back else 0.0, external_heat=5e3)
    x.heat_return_to = to_hotwell
    d.drain_enthalpy[3] = plain(steam.liquid_enthalpy)(0.13e6)
    assert plain(flows.close_flows)(x, d) == OK
    a, h, h_d = d.extraction_share, d.point_enthalpy, d.drain_enthalpy
    h_i, h_o = d.water_inlet_enthalpy, d.water_outlet_enthalpy
    gland = 0.006 * 3400e3
    gland_heater = ETA * 0.004 * (3030e3 - 140e3)
    # two heaters of feedwater
    assert 1.0 * (h_o[0] - h_i[0]) == pytest.approx(ETA * a[0] * (h[0] - h_d[0]), rel=1e-10)
    assert 1.0 * (h_o[1] - h_i[1]) == pytest.approx(
        ETA * (a[1] * (h[1] - h_d[1]) + a[0] * (h_d[0] - h_d[1])), rel=1e-10
    )
    drains = a[0] + a[1]
    assert d.drain_share[:2] == pytest.approx([a[0], drains])
    # the open heater: drains, gland steam, steam, water from below and what comes back from the network
    here = back if not to_hotwell else 0.0
    water = 1.0 - a[2] - drains - 0.006 - here
    lost = (1 - ETA) * (a[2] * (h[2] - h_o[2]) + drains * (h_d[1] - h_o[2]) + 0.006 * (3400e3 - h_o[2]))
    mixed = a[2] * h[2] + drains * h_d[1] + gland + water * h_i[2] + here * 330e3 - lost
    assert mixed == pytest.approx(1.0 * h_o[2], rel=1e-9)
    assert d.water_share[2] == pytest.approx(water, rel=1e-12)
    # below it, with what is pumped forward from the lowest
    forward = lowest == DRAIN_FORWARD
    below = (d.water_share[4] * 300e3 + d.drain_share[4] * (h_d[4] + 0.9e3)) / (
        d.water_share[4] + d.drain_share[4]
    )
    assert h_i[3] == pytest.approx(below if forward else 300e3, rel=1e-9)
    through = water - (a[3] if third == DRAIN_FORWARD else 0.0)
    assert d.water_share[3] == pytest.approx(through, rel=1e-12)
    assert through * (h_o[3] - h_i[3]) == pytest.approx(ETA * a[3] * (h[3] - h_d[3]), rel=1e-9)
    above = a[3] if third == DRAIN_NEXT else 0.0
    out = a[4] + above
    last = through - (out if lowest == DRAIN_FORWARD else 0.0)
    assert (d.water_share[4], d.condensate_share) == (
        pytest.approx(last, rel=1e-12),
        pytest.approx(last, rel=1e-12),
    )
    hotwell = out * (h_d[4] - 140e3) if lowest == DRAIN_HOTWELL else 0.0
    hotwell += back * (330e3 - 140e3) if to_hotwell else 0.0
    taken = ETA * (a[4] * (h[4] - h_d[4]) + above * (h_d[3] - h_d[4]))
    assert last * (300e3 - 145e3) == pytest.approx(taken + gland_heater + hotwell + 5e3, rel=1e-9)
    # what stands above a drain pumped forward is a mixture of both
    if third == DRAIN_FORWARD:
        assert h_i[2] == pytest.approx((through * h_o[3] + a[3] * (h_d[3] + 1.5e3)) / water, rel=1e-9)
    assert h_i[4] == pytest.approx(145e3 + (gland_heater + hotwell) / last, rel=1e-9)
    # into the condenser and the hotwell
    to_condenser = (a[3] if third == DRAIN_CONDENSER else 0.0) + (out if lowest == DRAIN_CONDENSER else 0.0)
    assert d.drain_condenser_share == pytest.approx(to_condenser)
    heat_of = (a[3] * h_d[3] if third == DRAIN_CONDENSER else 0.0) + (
        out * h_d[4] if lowest == DRAIN_CONDENSER else 0.0
    )
    assert d.drain_condenser_heat == pytest.approx(heat_of)
    assert d.feed_pump_share == 1.0
    lifted = d.drain_share[3] * 1.5e3 * (third == DRAIN_FORWARD) + d.drain_share[4] * 0.9e3 * forward
    assert d.lift_pump_power == pytest.approx(lifted)
    assert d.feedwater_enthalpy == h_o[0]
    # the loss of all heaters, by their definition
    gave = a[0] * (h[0] - h_d[0]) + a[1] * (h[1] - h_d[1]) + a[0] * (h_d[0] - h_d[1]) + a[3] * (h[3] - h_d[3])
    gave += a[4] * (h[4] - h_d[4]) + above * (h_d[3] - h_d[4]) + 0.004 * (3030e3 - 140e3)
    d.drain_enthalpy[2] = h_o[2]
    assert plain(work.heater_loss)(x, d) == pytest.approx(0.02 * gave + lost, rel=1e-9)


def cooled(place, lowest, pressure):
    """The line with a drain cooler at one heater, 6 K above its water."""
    x, d = line(lowest, DRAIN_NEXT)
    x.drain_cooler_approach[place] = 6.0
    d.heater_saturation_temperature = [
        saturated_at(5e6),
        saturated_at(2e6),
        saturated_at(1e6),
        saturated_at(0.13e6),
        saturated_at(0.05e6),
    ]
    d.heater_pressure[place] = pressure
    d.heater_saturation_temperature[place] = saturated_at(pressure)
    assert plain(flows.close_flows)(x, d) == OK
    return d


@pytest.mark.parametrize(
    ("place", "lowest", "pressure"),
    [(4, DRAIN_HOTWELL, 0.05e6), (4, DRAIN_CONDENSER, 0.05e6), (3, DRAIN_FORWARD, 0.3e6)],
)
def test_a_cooled_drain_follows_the_water_that_is_mixed(place, lowest, pressure):
    """Gland steam and the drain in the hotwell warm the lowest heater's water, a drain pumped forward the next."""
    d = cooled(place, lowest, pressure)
    T = plain(steam.T_ph)(1.8 * MPA, d.water_inlet_enthalpy[place]) + 6.0
    assert d.drain_temperature[place] == pytest.approx(T, abs=1e-6)
    assert d.drain_enthalpy[place] == pytest.approx(plain(steam.h_pT)(pressure, T), abs=1e-2)
    first = {4: 145e3, 3: 300e3}[place]
    assert d.water_inlet_enthalpy[place] > first + 1e3 or lowest == DRAIN_FORWARD


def test_off_design_water_carries_what_a_heater_has_too_much():
    """The second heater takes no steam: the first one's water comes in warmer than its level."""
    x, d = line()
    d.off_design, d.outlet_level[1] = 1, 746e3
    assert plain(flows.close_flows)(x, d) == OK
    a, h, h_d = d.extraction_share, d.point_enthalpy, d.drain_enthalpy
    assert a[1] == 0.0
    warmed = d.water_inlet_enthalpy[1] + ETA * a[0] * (h_d[0] - h_d[1])
    assert d.water_outlet_enthalpy[1] == pytest.approx(warmed, rel=1e-9)
    assert d.water_inlet_enthalpy[0] == pytest.approx(d.water_outlet_enthalpy[1], rel=1e-9)
    T = plain(steam.T_ph)(20 * MPA, d.water_inlet_enthalpy[0])
    assert d.water_inlet_temperature[0] == pytest.approx(T, rel=1e-6)
    rise = d.water_outlet_enthalpy[0] - d.water_inlet_enthalpy[0]
    assert rise == pytest.approx(ETA * a[0] * (h[0] - h_d[0]), rel=1e-9)


def test_an_open_heater_has_no_drain_into_the_hotwell():
    def share(drain):
        x = cycle(1, heater_kind=[OPEN], drain_to=[drain])
        d = state(
            1, highest_open_heater=1, point_enthalpy=[2990e3], water_outlet_enthalpy=[500e3], outlet_level=[500e3],
            water_inlet_enthalpy=[150e3], drain_enthalpy=[600e3], feedwater_enthalpy=520e3,
        )  # fmt: skip
        assert plain(flows.close_flows)(x, d) == OK
        return d.extraction_share[0], d.feedwater_enthalpy

    assert share(DRAIN_HOTWELL) == share(DRAIN_NEXT) == share(DRAIN_FORWARD)
    assert share(DRAIN_NEXT)[1] == 520e3  # what leaves it goes through the pump first


def test_a_feed_pump_below_closed_heaters_pumps_the_condensate():
    x = cycle(1, drain_to=[DRAIN_CONDENSER])
    d = state(1, extraction_share=[0.05], water_share=[0.93], drain_share=[0.05])
    assert plain(flows.finish_flows)(x, d, 0.93) == OK
    assert d.feed_pump_share == 0.93


@pytest.mark.parametrize("convention", [LOSS_OF_WHOLE_FEEDWATER, 0])
def test_loss_of_an_open_heater(convention):
    x = cycle(1, heater_kind=[OPEN], open_heater_loss=convention)
    d = state(
        1, extraction_share=[0.06], point_enthalpy=[2990e3], drain_enthalpy=[720e3], water_inlet_enthalpy=[430e3],
        gland_into_share=[0.01], gland_into_heat=[0.01 * 3300e3],
    )  # fmt: skip
    base = 430e3 if convention == LOSS_OF_WHOLE_FEEDWATER else 720e3
    assert plain(work.heater_loss)(x, d) == pytest.approx(
        0.02 * (0.06 * (2990e3 - base) + 0.01 * (3300e3 - base))
    )


def test_steam_does_not_run_backwards():
    x, d = line()
    d.outlet_level[1] = 700e3  # below its inlet
    assert plain(flows.close_flows)(x, d) == INFEASIBLE_FLOW
    assert d.design_status_variable == EXTRACTION_PRESSURE


def test_a_cycle_without_heaters_warms_its_water_by_gland_steam_alone():
    x = cycle(
        0,
        gland_flow_count=1,
        gland_share=[0.004],
        gland_source=[GLAND_FROM_HP_INLET],
        gland_to=[GLAND_TO_HEATER],
        gland_enthalpy=[NAN],
    )
    d = state(
        0,
        cylinder_inlet_enthalpy=[3400e3, 0.0, 0.0],
        feedwater_enthalpy=150e3,
        external_heat=3e3,
        return_share=0.1,
        return_enthalpy=300e3,
    )
    assert plain(flows.close_flows)(x, d) == OK
    assert d.feedwater_enthalpy == pytest.approx(150e3 + ETA * 0.004 * 3260e3 + 3e3 + 0.1 * 160e3)
    assert (d.condensate_share, d.feed_pump_share, d.lift_pump_power) == (1.0, 1.0, 0.0)


def test_pumps_between_two_open_heaters():
    """Water of the lower open heater: its own, its steam, its gland steam and the drain of the closed one above."""
    x = cycle(4, heater_kind=[0, OPEN, 0, OPEN], drain_to=[DRAIN_FORWARD, DRAIN_NEXT, DRAIN_NEXT, DRAIN_NEXT])
    d = state(
        4,
        highest_open_heater=2,
        extraction_share=[0.05, 0.06, 0.04, 0.03],
        water_share=[0.95, 0.89, 0.89, 0.8],
        drain_share=[0.05, 0.0, 0.04, 0.0],
        gland_into_share=[0.0, 0.0, 0.0, 0.02],
        drain_pump_rise=[9e3, 0.0, 0.0, 0.0],
        drain_enthalpy=[930e3, 0.0, 500e3, 0.0],
        water_inlet_enthalpy=[745e3, 500e3, 304e3, 150e3],
        water_outlet_enthalpy=[1000e3, 720e3, 500e3, 300e3],
    )
    assert plain(flows.finish_flows)(x, d, 0.8) == OK
    assert d.feed_pump_share == pytest.approx(0.95)
    assert d.lift_pump_power == pytest.approx(0.05 * 9e3 + (0.8 + 0.03 + 0.02 + 0.04) * 4e3)
    assert d.feedwater_enthalpy == pytest.approx((0.95 * 1000e3 + 0.05 * 939e3) / 1.0)
    d.drain_share[2] = 0.04
    x.drain_to[2] = DRAIN_CONDENSER
    plain(flows.finish_flows)(x, d, 0.8)
    assert d.lift_pump_power == pytest.approx(0.05 * 9e3 + (0.8 + 0.03 + 0.02) * 4e3)


# ---------------------------------------------------------------- levels


def test_which_heater_is_open_or_out():
    assert plain(heaters.highest_open)(cycle(3, heater_kind=[0, OPEN, OPEN])) == 2
    assert plain(heaters.highest_open)(cycle(2)) == 0
    x = cycle(2, heater_state=[HEATER_OUT, HEATER_OUT], heater_kind=[0, OPEN])
    assert [bool(plain(heaters.out_of_service)(x, i)) for i in (0, 1)] == [True, False]
    assert not plain(heaters.out_of_service)(cycle(1), 0)
    at = plain(heaters.line_pressure)
    x = cycle(4)
    d = state(4, highest_open_heater=2)
    assert [at(x, d, i) for i in (0, 1, 2)] == [20 * MPA, 20 * MPA, 1.8 * MPA]
    d.highest_open_heater = 0
    assert at(x, d, 3) == 20 * MPA


def levels(n=2, point=(4.0 * MPA, 0.5 * MPA), **values):
    x = cycle(n, heater_kind=[0, OPEN][:n], drain_to=[DRAIN_NEXT, DRAIN_NEXT][:n])
    d = state(
        n,
        point_pressure=list(point),
        point_enthalpy=[3100e3, 3000e3],
        **{"point_difference": [3.0, 0.0], **values},
    )
    return x, d


def test_outlets_are_a_terminal_difference_below_saturation():
    x, d = levels()
    assert plain(heaters.outlet_levels)(x, d) == OK
    t_s = saturated_at(3.8 * MPA)
    assert d.highest_open_heater == 2
    assert d.heater_pressure == pytest.approx([3.8 * MPA, 0.475 * MPA])
    assert d.heater_saturation_temperature[0] == pytest.approx(t_s)
    assert d.water_outlet_temperature[0] == pytest.approx(t_s - 3)
    assert (
        d.outlet_level[0]
        == d.water_outlet_enthalpy[0]
        == pytest.approx(plain(steam.h_pT)(20 * MPA, t_s - 3), rel=1e-9)
    )
    assert d.outlet_level[1] == pytest.approx(plain(steam.liquid_enthalpy)(0.475 * MPA))
    assert d.water_outlet_temperature[1] == pytest.approx(saturated_at(0.475 * MPA))
    above = levels(point_difference=[-2.0, 0.0])[1]  # a desuperheater
    assert plain(heaters.outlet_levels)(x, above) == OK
    assert above.outlet_level[0] == pytest.approx(plain(steam.h_pT)(20 * MPA, t_s + 2), rel=1e-9)


@pytest.mark.parametrize(
    ("change", "status", "blamed"),
    [
        ({"point_pressure": [30 * MPA, 0.5 * MPA]}, OUTSIDE_RANGE, EXTRACTION_PRESSURE),
        ({"feed_line_pressure": 3.7 * MPA}, INFEASIBLE_ORDER, FEEDWATER_PRESSURE),
        ({"point_enthalpy": [1000e3, 3000e3]}, OUTSIDE_RANGE, TERMINAL_DIFFERENCE),
    ],
)
def test_levels_that_cannot_be(change, status, blamed):
    x, d = levels()
    d = changed(d, **change)
    assert (plain(heaters.outlet_levels)(x, d), d.design_status_variable) == (status, blamed)


def test_the_lowest_heater_has_no_next_one_and_its_line_its_own_pump():
    x = cycle(2, heater_kind=[OPEN, 0])
    d = state(
        2, point_pressure=[0.5 * MPA, 0.1 * MPA], point_difference=[0.0, 3.0], point_enthalpy=[3000e3, 2700e3]
    )
    assert (plain(heaters.outlet_levels)(x, d), d.design_status_variable) == (INCOMPLETE, DRAIN_TO)
    x.drain_to = [DRAIN_NEXT, DRAIN_CONDENSER]
    assert plain(heaters.outlet_levels)(x, d) == OK
    d.condensate_line_pressure = 0.09 * MPA
    assert (plain(heaters.outlet_levels)(x, d), d.design_status_variable) == (
        INFEASIBLE_ORDER,
        CONDENSATE_PRESSURE,
    )
    x.heater_state = [0, HEATER_OUT]
    assert plain(heaters.outlet_levels)(x, d) == OK


def test_the_pump_above_an_open_heater():
    """The highest one's is the feed pump, 21 m below it; another lifts to the condensate line's pressure."""
    p = 0.475 * MPA
    t_s, v, h = (
        saturated_at(p),
        plain(steam.liquid_volume)(p),
        plain(steam.liquid_enthalpy)(p),
    )
    d = state(
        2,
        highest_open_heater=1,
        heater_pressure=[p, p],
        heater_saturation_temperature=[t_s, t_s],
        water_outlet_enthalpy=[h, h],
    )
    out, T = plain(heaters.pump_above)(cycle(2), d, 0)
    by_hand = plain(pump.pump_outlet_enthalpy)(p + 9.80665 * 21 / v, h, 20 * MPA, 0.83)
    assert out == pytest.approx(by_hand, rel=1e-7)
    assert d.feed_pump_rise == pytest.approx(by_hand - h, rel=1e-4)
    assert pytest.approx(plain(steam.T_ph)(20 * MPA, out), rel=1e-7) == T
    lifted, T = plain(heaters.pump_above)(cycle(2), d, 1)
    assert lifted == pytest.approx(h + (1.8 * MPA - p) * v / 0.78, rel=1e-9)
    assert pytest.approx(plain(steam.T_ph)(1.8 * MPA, lifted), rel=1e-6) == T


def test_condensate_before_the_lowest_heater():
    p = 5e3
    h, v = plain(steam.liquid_enthalpy)(p), plain(steam.liquid_volume)(p)
    d = state(
        1,
        highest_open_heater=1,
        condensing_pressure=p,
        condensing_temperature=saturated_at(p),
        hotwell_enthalpy=h,
    )
    x = cycle(1, condensate_external_heat=2.5e3)
    found, T = plain(heaters.base_condensate)(x, d)
    rise = (1.8 * MPA - p) * v / 0.78
    assert d.condensate_pump_rise == pytest.approx(rise, rel=1e-9)
    assert found == pytest.approx(h + rise + 2.5e3, rel=1e-9)
    assert pytest.approx(plain(steam.T_ph)(1.8 * MPA, found), rel=1e-6) == T
    d.highest_open_heater = 0  # the feed pump stands here too
    found, T = plain(heaters.base_condensate)(x, d)
    by_hand = plain(pump.pump_outlet_enthalpy)(1.8 * MPA, h + rise, 20 * MPA, 0.83)
    assert found == pytest.approx(by_hand + 2.5e3, rel=1e-6)
    assert d.feed_pump_rise == pytest.approx(by_hand - h - rise, rel=1e-3)
    assert pytest.approx(plain(steam.T_ph)(20 * MPA, found), rel=1e-6) == T


def test_a_drain_is_cooled_towards_the_water():
    p = 0.5 * MPA
    t_s = saturated_at(p)
    x = cycle(1, drain_cooler_approach=[6.0])
    d = state(
        1,
        heater_pressure=[p],
        heater_saturation_temperature=[t_s],
        water_inlet_temperature=[390.0],
        point_enthalpy=[2900e3],
    )
    assert plain(heaters.drain_level)(x, d, 0) == OK
    assert d.drain_temperature == [396.0]
    assert d.drain_enthalpy[0] == pytest.approx(plain(steam.h_pT)(p, 396.0), rel=1e-9)
    for approach, inlet in ((NAN, 390.0), (6.0, t_s - 5.0)):  # no cooler, or one with nothing to do
        d.water_inlet_temperature, x.drain_cooler_approach = [inlet], [approach]
        assert plain(heaters.drain_level)(x, d, 0) == OK
        assert (d.drain_temperature[0], d.drain_enthalpy[0]) == (
            t_s,
            pytest.approx(plain(steam.liquid_enthalpy)(p)),
        )
    d.point_enthalpy = [600e3]
    assert (plain(heaters.drain_level)(x, d, 0), d.design_status_variable) == (
        OUTSIDE_RANGE,
        DRAIN_COOLER_APPROACH,
    )


def inlets(**values):
    """A closed heater above an open one above a closed one, whose drain is pumped forward."""
    x = cycle(3, heater_kind=[0, OPEN, 0], drain_to=[DRAIN_NEXT, DRAIN_NEXT, DRAIN_FORWARD], **values)
    d = state(
        3,
        point_pressure=[3 * MPA, 0.6 * MPA, 0.1 * MPA],
        point_difference=[2.0, 0.0, 3.0],
        point_enthalpy=[3100e3, 3000e3, 2700e3],
        condensing_pressure=5e3,
        condensing_temperature=saturated_at(5e3),
        hotwell_enthalpy=plain(steam.liquid_enthalpy)(5e3),
    )
    assert plain(heaters.outlet_levels)(x, d) == OK
    return x, d


def test_water_flows_from_below():
    x, d = inlets()
    assert plain(heaters.inlet_levels)(x, d) == OK
    base, t = plain(heaters.base_condensate)(x, d)
    assert (d.water_inlet_enthalpy[2], d.water_inlet_temperature[2]) == (base, t)
    assert d.water_inlet_enthalpy[1] == d.water_outlet_enthalpy[2]
    assert d.water_inlet_temperature[1] == d.water_outlet_temperature[2]
    assert d.water_inlet_enthalpy[0] == plain(heaters.pump_above)(x, d, 1)[0]
    assert (d.feedwater_enthalpy, d.final_feedwater_temperature) == (
        d.water_outlet_enthalpy[0],
        d.water_outlet_temperature[0],
    )
    assert (d.drain_temperature[1], d.drain_enthalpy[1]) == (
        d.heater_saturation_temperature[1],
        d.water_outlet_enthalpy[1],
    )
    p = 0.095 * MPA
    assert d.drain_pump_rise == [
        0.0,
        0.0,
        pytest.approx((1.8 * MPA - p) * plain(steam.liquid_volume)(p) / 0.78),
    ]


def test_water_passes_a_heater_that_is_out():
    x, d = inlets(heater_state=[HEATER_OUT, 0, 0])
    assert plain(heaters.inlet_levels)(x, d) == OK
    h, t = plain(heaters.pump_above)(x, d, 1)
    assert (
        d.water_outlet_enthalpy[0]
        == d.outlet_level[0]
        == d.water_inlet_enthalpy[0]
        == d.feedwater_enthalpy
        == h
    )
    assert d.water_outlet_temperature[0] == t
    assert (d.drain_temperature[0], d.drain_pump_rise[0]) == (d.heater_saturation_temperature[0], 0.0)
    x, d = inlets(heater_state=[0, 0, HEATER_OUT])  # its drain cannot be pumped forward
    assert (plain(heaters.inlet_levels)(x, d), d.design_status_variable) == (OUTSIDE_RANGE, HEATER_STATE)


@pytest.mark.parametrize(("place", "blamed"), [(1, EXTRACTION_PRESSURE), (2, TERMINAL_DIFFERENCE)])
def test_water_is_warmed_in_every_heater(place, blamed):
    x, d = inlets()
    d.water_outlet_enthalpy[place] = 100e3
    assert (plain(heaters.inlet_levels)(x, d), d.design_status_variable) == (INFEASIBLE_PINCH, blamed)
    if place == 1:
        d.off_design = 1
        assert plain(heaters.inlet_levels)(x, d) != INFEASIBLE_PINCH


# ---------------------------------------------------------------- the feed pump's turbine, work, balances


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
