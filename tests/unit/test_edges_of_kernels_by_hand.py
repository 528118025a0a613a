"""Where a kernel leaves its range: what is held, what is refused and with which code; wet steam near critical."""

from __future__ import annotations

import math

import numpy as np
import pytest
from aluminium_rows import row_of, solve_rows
from plain_kernels import fields, plain

from plantsim.kernels import cell_voltage, sncr, steam
from plantsim.processes.aluminium_cell.dynamics import alumina_demand, simulate
from plantsim.processes.coal_unit import desulphurisation, turbine_cycle, unknown
from plantsim.processes.coal_unit.codes import (
    FGD_INSTALLED,
    FGD_REMOVAL,
    HEAT_RATE,
    REAGENT_SOLUTION,
    REAGENT_UREA,
    SCR_INSTALLED,
    SNCR_INSTALLED,
)
from plantsim.vocabulary.status import INFEASIBLE_FLOW, NOT_FINITE, OK, OUTSIDE_RANGE

NAN = math.nan


def refused(found, code):
    return all(math.isnan(v) for v in found[:-1]) and found[-1] == code


# ---------------------------------------------------------------- cell


def test_voltages_at_the_ends_of_their_laws():
    """No anode is smaller than 0.01 cm2, no bath has less than 1e-4 wt%, no density is below 0.01 A/cm2."""
    limiting = plain(cell_voltage.limiting_factor)
    assert limiting(0.04, 0.0) == pytest.approx(0.01**-0.1 * (2.0 - 0.4) * 1e4, rel=1e-12)
    assert limiting(0.04, 2.1) == pytest.approx(21000.0**-0.1 * (2.0 - 0.4) * 1e4, rel=1e-12)
    assert limiting(-0.01, 2.1) == pytest.approx(-0.4 * 21000.0**-0.1 * 1e4, rel=1e-12)
    reaction = plain(cell_voltage.reaction_density)
    assert reaction(0.027) == pytest.approx(0.0029 * 2.7**0.56 * 1e4, rel=1e-12)
    assert reaction(0.0) == pytest.approx(0.0029 * 1e-4**0.56 * 1e4, rel=1e-12)
    assert plain(cell_voltage.anode_reaction)(1230.0, 0.0, 52.0) == pytest.approx(
        1230.0 / 12533.0 * math.log(100.0 / 52.0), rel=1e-12
    )
    cathode = plain(cell_voltage.cathode)
    thermal = 8.31446261815324 * 1230.0 / (1.5 * 96485.33212) * (1.375 - 0.25 * 1.1)
    assert cathode(1230.0, 6400.0, 1.1) == pytest.approx(thermal * math.log(0.64 / 0.257), rel=1e-12)
    assert cathode(1230.0, 0.0, 1.1) == pytest.approx(thermal * math.log(0.01 / 0.257), rel=1e-12)
    concentration = plain(cell_voltage.anode_concentration)
    half = 8.31446261815324 * 1230.0 / (2.0 * 96485.33212)
    for i, i_c, share in ((8000.0, 16000.0, 0.5), (16000.0, 16000.0, 0.98), (8000.0, -1.0, 0.98)):
        assert concentration(1230.0, i, i_c) == pytest.approx(-half * math.log(1 - share), rel=1e-12)
    reversible = plain(cell_voltage.reversible)
    by_hand = 1.896 - 0.000572 * 1230.0 - 2 * 8.31446261815324 * 1230.0 / (12 * 96485.33212) * math.log(1e-9)
    assert reversible(1230.0, 0.0) == pytest.approx(by_hand, rel=1e-12)


@pytest.fixture(scope="module")
def cell():
    solved = solve_rows(row_of())
    return solved.x, solved.d


def test_ledge_melts_with_its_latent_heat(cell):
    """A kelvin more superheat than at rest: film coefficient times area, over 310 kJ/kg, in a minute."""
    x, d = cell
    hotter = x.copy()
    hotter["superheat"] += 1.0
    h = simulate(hotter, d, np.full(1, 400e3), np.full(1, alumina_demand(x)))
    molten = float(x["ledge_film_coefficient"][0] * x["ledge_area"][0]) * 60.0 / 310e3
    assert h.bath_mass[1] - h.bath_mass[0] == pytest.approx(molten, rel=1e-6)
    assert h.ledge[0] - h.ledge[1] == pytest.approx(molten / (3000.0 * x["ledge_area"][0]), rel=1e-6)


def test_a_bath_that_is_never_fed_keeps_a_millionth_of_alumina(cell):
    x, d = cell
    h = simulate(x, d, np.full(900, 400e3), np.zeros(900))
    assert h.alumina[-1] == pytest.approx(1e-6 * h.bath_mass[-1], rel=1e-6)


# ---------------------------------------------------------------- denitration


@pytest.mark.parametrize(
    ("kernel", "sound", "limits"),
    [
        (
            sncr.calibrate_rise,
            {"eta": 0.5, "nsr": 1.3, "eta_max": 0.8, "w": 0.9},
            {"eta": -0.01, "nsr": 0.0, "eta_max": (0.0, 1.01), "w": 0.0},
        ),
        (
            sncr.reduction,
            {"T": 1200.0, "nsr": 1.3, "T_best": 1220.0, "cold": 70.0, "hot": 90.0, "eta_max": 0.8, "a": 1.1},
            {"nsr": -0.01, "cold": 0.0, "hot": 0.0, "eta_max": (0.0, 1.01), "a": -0.1},
        ),
        (
            sncr.ratio_for,
            {"eta": 0.5, "T": 1200.0, "T_best": 1220.0, "cold": 70.0, "hot": 90.0, "eta_max": 0.8, "a": 1.1},
            {"eta": -0.01, "cold": 0.0, "hot": 0.0, "eta_max": (0.0, 1.01), "a": 0.0},
        ),
    ],
)
def test_each_input_of_the_window_has_its_range(kernel, sound, limits):
    run = plain(kernel)
    value, code = run(*sound.values())
    assert code == OK
    assert value > 0.0
    for name, beyond in limits.items():
        for at in beyond if isinstance(beyond, tuple) else (beyond,):
            assert refused(run(*{**sound, name: at}.values()), OUTSIDE_RANGE), name


def test_more_than_the_window_gives():
    """0.8 * 0.9 = 0.72 at the most, and one NH3 takes one NO."""
    assert refused(plain(sncr.calibrate_rise)(0.721, 1.3, 0.8, 0.9), INFEASIBLE_FLOW)
    assert refused(plain(sncr.calibrate_rise)(0.5, 0.49, 0.8, 0.9), INFEASIBLE_FLOW)
    a, code = plain(sncr.calibrate_rise)(0.5, 0.5, 0.8, 0.9)
    assert (a, code) == (pytest.approx(-math.log(1 - 0.5 / 0.72) / 0.5, rel=1e-12), OK)
    w = math.exp(-((20 / 70) ** 2))
    assert refused(plain(sncr.ratio_for)(0.8001 * w, 1200.0, 1220.0, 70.0, 90.0, 0.8, 1.1), INFEASIBLE_FLOW)
    needed = -math.log(1 - 0.5 / (0.8 * w)) / 1.1
    found = plain(sncr.ratio_for)(0.5, 1200.0, 1220.0, 70.0, 90.0, 0.8, 1.1)
    assert found == (pytest.approx(needed, rel=1e-12), OK)
    assert plain(sncr.ratio_for)(0.5, 1200.0, 1220.0, 70.0, 90.0, 0.8, 9.0) == (0.5, OK)
    assert plain(sncr.reduction)(1200.0, 0.2, 1220.0, 70.0, 90.0, 0.8, 9.0) == (0.2, OK)


# ---------------------------------------------------------------- steam


@pytest.mark.parametrize("p", [17e6, 20e6, 21.9e6])
def test_wet_steam_near_the_critical_point_is_at_saturation(p):
    """Between saturated liquid and vapour above 16.5 MPa, by enthalpy and by entropy: IF97 has 638.90 K at 20 MPa."""
    T = plain(steam.saturation_temperature)(p)
    liquid, vapour = plain(steam.liquid_enthalpy)(p), plain(steam.vapour_enthalpy)(p)
    if p == 20e6:
        assert pytest.approx(638.90, abs=0.01) == T
        assert (liquid, vapour) == (pytest.approx(1827.1e3, rel=1e-4), pytest.approx(2411.4e3, rel=1e-4))
    for share in (0.1, 0.5, 0.9):
        assert plain(steam.T_ph)(p, liquid + share * (vapour - liquid)) == pytest.approx(T, rel=1e-9)
    s_liquid = plain(steam.s_ph)(p, liquid)
    s_vapour = plain(steam.s_ph)(p, vapour)
    assert s_vapour - s_liquid == pytest.approx((vapour - liquid) / T, rel=1e-5)
    for share in (0.1, 0.5, 0.9):
        h = plain(steam.h_ps)(p, s_liquid + share * (s_vapour - s_liquid))
        assert h == pytest.approx(liquid + share * (vapour - liquid), rel=1e-6)


# ---------------------------------------------------------------- coal unit


def test_an_absorber_that_takes_all_is_refused_by_its_name():
    x = fields(
        fgd=FGD_INSTALLED, air_pressure=82e3, fgd_capacity=NAN, reference_filter_flow=15000.0, fgd_removal=1.0,
        reference_free_removal=0.0,
    )  # fmt: skip
    y = fields()
    left, co2, status = plain(desulphurisation.run_fgd)(
        x, y, 1.31, 0.03, 396.0, 13800.0, 1150.0, 385.0, 1040.0
    )
    assert (left, co2, status, y.status_variable) == (1.31, 0.0, OUTSIDE_RANGE, FGD_REMOVAL)


@pytest.mark.parametrize(
    ("heat", "code"), [(99.9e6, OK), (100.1e6, NOT_FINITE), (0.0, NOT_FINITE), (NAN, NOT_FINITE)]
)
def test_a_cycle_s_heat_is_finite(monkeypatch, heat, code):
    """Up to 100 MJ per kg of steam: far above any; beyond, something ran away, and the heat rate is blamed."""
    solve = plain(turbine_cycle.cycle_at)
    for part in (
        "expand", "outlet_levels", "inlet_levels", "close_flows", "drive_feed_pump", "follow_steam",
    ):  # fmt: skip
        monkeypatch.setitem(solve.__globals__, part, lambda *_: OK)

    def close(x, d):
        d.specific_heat_input = heat

    monkeypatch.setitem(solve.__globals__, "close_balances", close)
    d = fields(design_status_variable=0)
    assert solve(None, d, 1) == code
    assert d.design_status_variable == (0 if code == OK else HEAT_RATE)


@pytest.mark.parametrize(
    "failing", ["expand", "outlet_levels", "inlet_levels", "close_flows", "drive_feed_pump", "follow_steam"]
)
def test_a_cycle_ends_at_the_part_that_fails(monkeypatch, failing):
    parts = ["expand", "outlet_levels", "inlet_levels", "close_flows", "drive_feed_pump", "follow_steam"]
    solve = plain(turbine_cycle.cycle_at)
    asked = []
    for part in (*parts, "close_balances"):
        status = INFEASIBLE_FLOW if part == failing else OK
        monkeypatch.setitem(
            solve.__globals__, part, lambda *_, part=part, status=status: asked.append(part) or status
        )
    assert solve(None, fields(design_status_variable=0), 1) == INFEASIBLE_FLOW
    assert asked == parts[: parts.index(failing) + 1]


@pytest.mark.parametrize(
    ("reagent", "dosed"),
    [
        (REAGENT_UREA, {"urea", "co2_reagents", "co2_direct"}),
        (REAGENT_SOLUTION, {"ammonia_solution"}),
        (0, {"ammonia"}),  # as it is
    ],
)
def test_what_is_not_known_of_a_boiler_without_nox(reagent, dosed):
    """What leaves and what is dosed against it; without a catalyst or injection nothing is dosed."""
    always = {
        "boiler_nox", "nox", "nox_concentration", "scr_inlet_concentration", "emission_to_national_limit",
        "emission_to_ultra_low_limit",
    }  # fmt: skip
    cleaned = {
        "scr_reduction", "scr_temperature_margin", "ammonia_ratio", "ammonia_slip", "slip_to_limit",
        "so3_concentration", "scr_power",
    }  # fmt: skip
    for scr, sncr_there, marked in (
        (SCR_INSTALLED, 1 - SNCR_INSTALLED, always | cleaned | dosed),
        (1 - SCR_INSTALLED, SNCR_INSTALLED, always | cleaned | dosed),
        (1 - SCR_INSTALLED, 1 - SNCR_INSTALLED, always),
    ):
        y = fields()
        plain(unknown.mark_nox)(fields(scr=scr, sncr=sncr_there, reagent=reagent), y)
        assert set(vars(y)) == marked
        assert all(math.isnan(v) for v in vars(y).values())


@pytest.mark.parametrize(
    ("p", "h", "quality"),
    [
        (1e6, 400e3, 0.0),
        (1e6, 2900e3, 1.0),
        (1e6, 4300e3, 1.0),  # above 800 degC
        (20e6, 1750e3, 0.0),  # region 3 below saturation (1 827 kJ/kg), above 350 degC
        (20e6, 2450e3, 1.0),  # region 3 above saturation (2 411 kJ/kg)
        (25e6, 2500e3, 0.0),  # above the critical pressure there is no steam
        (20e6, 0.7 * 1827.1e3 + 0.3 * 2411.4e3, 0.3),
        (200e6, 400e3, NAN),
    ],
)
def test_quality_in_every_region(p, h, quality):
    assert plain(steam.x_ph)(p, h) == pytest.approx(quality, abs=1e-3, nan_ok=True)
