"""Heaters, drains and gland steam of a coal unit: every balance written down and checked by itself."""

from __future__ import annotations

import math

import pytest
from plain_kernels import fields, plain

from plantsim.kernels import steam
from plantsim.processes.coal_unit import flows, work
from plantsim.processes.coal_unit.codes import (
    DRAIN_CONDENSER,
    DRAIN_FORWARD,
    DRAIN_HOTWELL,
    DRAIN_NEXT,
    EXTRACTION_PRESSURE,
    GLAND_FROM_HP_EXHAUST,
    GLAND_FROM_HP_INLET,
    GLAND_FROM_IP_EXHAUST,
    GLAND_FROM_IP_INLET,
    GLAND_TO,
    GLAND_TO_CONDENSER,
    GLAND_TO_HEATER,
    LOSS_OF_WHOLE_FEEDWATER,
    OPEN,
    REHEAT_SINGLE,
    RETURN_TO_HOTWELL,
)
from plantsim.vocabulary.status import (
    INCOMPLETE,
    INFEASIBLE_FLOW,
    OK,
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
