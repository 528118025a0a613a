"""The grate cooler: cross flow against its closed solution, transfer units by their power, shares by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from plain_kernels import fields, plain

from plantsim.processes.cement_kiln import cooler
from plantsim.processes.cement_kiln.codes import EFFICIENCY, MEASURED, MODELLED, VENT_HELD


def taken_by_air(units: float, capacity: float) -> float:
    """Share of the solid's heat that air in cross flow takes, neither mixed (Nusselt 1911; Mason's series 1955)."""
    across = units * capacity

    def rest(of: float, n: int) -> float:
        return 1.0 - math.exp(-of) * sum(of**m / math.factorial(m) for m in range(n + 1))

    return sum(rest(units, n) * rest(across, n) for n in range(60)) / units


@pytest.mark.parametrize(("units", "capacity"), [(3.1, 1.7), (1.2, 1.5), (0.6, 2.2)])
def test_the_bed_is_a_heat_exchanger_in_cross_flow(units, capacity):
    """The first 0.4 of the air sees the first 0.4 of the grate; 8 layers and 24 columns err by less than 0.5 %."""
    first, second, tapped, left = plain(cooler.bed_shares)(
        units, capacity, 1.0, 1.0, 0.375, 0.75, 0.875, np.zeros((16, 64))
    )
    hottest, recovered, to_boiler = (taken_by_air(units, share * capacity) for share in (0.375, 0.75, 0.875))
    assert first == pytest.approx(hottest, rel=0.005)
    assert second == pytest.approx(recovered - hottest, rel=0.008)
    assert tapped == pytest.approx(to_boiler - recovered, abs=0.004)
    assert left == pytest.approx(1.0 - taken_by_air(units, capacity), abs=0.004)


@pytest.mark.parametrize("density", [0.8, 1.3])
def test_a_zone_is_a_bed_of_its_own(density):
    """Half the grate with 0.8 or 1.3 times the air of the rest: NTU ~ G^-0.4; what leaves it then meets the rest."""
    units, capacity, zone = 1.9, 1.6, 0.5
    of_zone = zone * density / (zone * density + 1.0 - zone)  # share of the air
    first, second, tapped, left = plain(cooler.bed_shares)(
        units, capacity, zone, density, 0.5 * of_zone, of_zone, 1.0, np.zeros((16, 64))
    )
    dense = units * density**-0.4
    half, whole = (taken_by_air(dense, share * density * capacity) for share in (0.25, 0.5))
    assert first == pytest.approx(half, rel=0.005)
    assert second == pytest.approx(whole - half, rel=0.008)
    assert first + second + tapped + left == pytest.approx(1.0, rel=1e-12)


def test_a_column_of_which_a_part_is_recovered_counts_in_part():
    """At 24 columns 0.40 of the air is 9.6 columns: 0.6 of the way between 9 and 10."""
    shares = [
        plain(cooler.bed_shares)(2.1, 1.6, 1.0, 1.0, 0.1, columns / 24, 1.0, np.zeros((16, 64)))
        for columns in (9.0, 9.6, 10.0)
    ]
    both = [first + second for first, second, _, _ in shares]
    assert both[1] == pytest.approx(0.4 * both[0] + 0.6 * both[2], rel=1e-12)
    for recovered in (1.0, 0.6):
        all_of_it = plain(cooler.bed_shares)(2.1, 1.6, 1.0, 1.0, 0.3, recovered, 1.0, np.zeros((16, 64)))
        assert sum(all_of_it) == pytest.approx(1.0, rel=1e-12)


def test_transfer_units_fall_with_the_power_of_0_4_of_the_air():
    """What rises through the grate is the air per kg of clinker times the load."""
    x = fields(cooler_transfer=7.3, reference_cooling_air=1.9)
    by_hand = 7.3 * (1.9 / (0.85 * 1.6)) ** 0.4
    assert plain(cooler.transfer_units)(x, 0.85, 1.6) == pytest.approx(by_hand, rel=1e-12)


def test_capacity_of_the_air_over_that_of_the_clinker():
    """1.75 Nm3/kg of 31.6 J/(mol K) against 1 101 J/(kg K)."""
    by_hand = 1.75 / (8.314462618 * 273.15 / 101325.0) * 31.6 / 1101.0
    assert plain(cooler.air_capacity)(1.75) == pytest.approx(by_hand, rel=1e-9)


def test_shares_with_lumps_that_keep_their_heat():
    """6 % of the heat takes no part: the bed's shares are of the other 94 %, and a fitted 0.97 of them is recovered.

    1.7 Nm3/kg of moist air at a load of 0.85, as warm as 5 % of the clinker's heat makes it: 0.05 over the air's
    capacity of the way to the clinker; a quarter of the vent air, the hottest, goes to the boiler.
    """
    x = fields(
        cooler_model=EFFICIENCY + 1, cooler_transfer=2.6, reference_cooling_air=1.9, cooler_idle_share=0.06,
        cooler_gain=0.97, cooling_air_hold=VENT_HELD + 1, reference_recovered_air=1.1, cooling_air=1.8,
        middle_take_off=0.25, humidity_ratio=0.012,
    )  # fmt: skip
    vapour = 0.012 * (0.2095 * 31.998 + 0.7905 * 28.014) / 18.015  # mol per mol of dry air
    capacity = 1.7 / 0.022413969 * 31.6 / 1101.0
    units = 2.6 * (1.9 / (0.85 * 1.7)) ** 0.4
    bed = plain(cooler.bed_shares)(units, capacity, 1.0, 1.0, 0.3, 0.7, 0.775, np.zeros((16, 64)))
    way = 0.05 / capacity
    secondary, tertiary, boiler = (
        0.05 * air + (1 - way) * share for air, share in zip((0.3, 0.4, 0.075), bed[:3], strict=True)
    )
    left = way + (1 - way) * bed[3]
    dry = 1.7 / 0.022413969 / (1 + vapour)
    found = plain(cooler.cooler_shares)(x, 0.85, MODELLED, 0.3, 0.7, dry, 0.05, np.zeros((16, 64)))
    assert found[0] == pytest.approx(0.97 * 0.94 * secondary, rel=1e-6)
    assert found[1] == pytest.approx(0.97 * 0.94 * tertiary, rel=1e-6)
    assert found[2] == pytest.approx(boiler / (1.05 - secondary - tertiary - left), rel=1e-6)
    assert found[3] == pytest.approx(0.06 + 0.94 * left, rel=1e-6)


@pytest.mark.parametrize(("model", "held"), [(EFFICIENCY, MODELLED), (EFFICIENCY + 1, MEASURED)])
def test_shares_from_what_is_given(model, held):
    """73 % of the heat to the air, 0.28 parts in 0.77 of it to the kiln; clinker leaves with 0.186 + 54e-6 t kcal/kg K.

    t in degC: 1 400 before, 110 behind, 18 of the surroundings. The boiler's 0.35 of the vent air is no hotter than
    the rest of it.
    """
    x = fields(
        cooler_model=model, held_efficiency=0.73, ambient_temperature=291.15, clinker_temperature=383.15,
        burning_temperature=1673.15, middle_take_off=0.35,
    )  # fmt: skip
    found = plain(cooler.cooler_shares)(x, 0.85, held, 0.28, 0.77, 76.0, 0.05, np.zeros((16, 64)))
    h = {t: t * (0.186 + 54e-6 * t) for t in (18.0, 110.0, 1400.0)}
    kept = (h[110.0] - h[18.0]) / (h[1400.0] - h[18.0])
    assert found == pytest.approx((0.73 * 28 / 77, 0.73 * 49 / 77, 0.35, kept), rel=1e-9)


def test_air_of_a_given_heat():
    """From 300 to 900 K, J/mol (Cengel and Boles, A-18, A-19, A-23): N2 18 167, O2 19 192, vapour 21 862.

    Argon counts as nitrogen, so that dry air has 28.85 g/mol.
    """
    x = fields(ambient_temperature=300.0, humidity_ratio=0.020)
    heat = 0.7905 * 18167.0 + 0.2095 * 19192.0 + 0.020 * 28.85 / 18.015 * 21862.0  # per mole of dry air
    assert plain(cooler.air_temperature)(x, 62.0, 62.0 * heat) == pytest.approx(900.0, abs=0.5)
    assert plain(cooler.air_temperature)(x, 0.0, 62.0 * heat) == 300.0
