"""A catalyst before the boiler of a whole line at 300, 280 and 255 °C: what it reaches, and what is said of it."""

from __future__ import annotations

import math

import pytest
from cement_kiln_rows import row_of, solve_rows
from test_cement_catalyst_by_hand import MOLAR_VOLUME, R, activity

from plantsim.library import library
from plantsim.report.ranking_notes import ranking_notes

RAW, TARGET, MOST = 600e-6, 45e-6, 10e-6  # kg/Nm3: NOx before it, NOx asked for, slip that is allowed
PER_NOX = 46.005 / 17.031  # mol of NH3 per mol of NOx, from kg over kg


def line(celsius: float):
    x = row_of(
        preheater_exit_temperature=celsius + 273.15, scr=1, sncr=0, nox_after_scr=TARGET,
        raw_nox_concentration=RAW, ammonia_limit=MOST,
    )  # fmt: skip
    y = solve_rows(x).y[0]
    assert y["status"] == 0
    return x, y


@pytest.mark.parametrize(("celsius", "nox"), [(300.0, 89.0), (280.0, 147.0)])
def test_inside_the_window_slip_is_held_and_what_is_missed_is_said(celsius, nox):
    """Plug flow by hand: activity of 86 % or so at its guarantee, aged and colder; conversion where 10 mg/Nm3 slip.

    Colder by 20 K it reaches less; either way less than is asked for, and no more slips than the limit.
    """
    x, y = line(celsius)
    T = celsius + 273.15
    oxygen = y["preheater_gas_o2"] / (1 - y["preheater_gas_h2o"])
    in_gas = RAW * (0.21 - oxygen) / (0.21 - x["reference_oxygen"][0])  # kg/Nm3 of dry gas as it is
    y_no = in_gas / 0.046005 * MOLAR_VOLUME * (1 - y["preheater_gas_h2o"])
    kc = 2.68e-17 * math.exp(243e3 / (R * T)) * y_no * x["air_pressure"][0] / (R * T)
    proved = x["scr_conversion"][0]
    fresh = activity(proved, proved + x["scr_slip_guaranteed"][0] / y_no, kc)
    colder = math.exp(-x["scr_activity_energy"][0] / R * (1 / T - 1 / x["scr_design_temperature"][0]))
    there = fresh * colder * x["scr_activity_left"][0]
    slip = MOST * PER_NOX / RAW
    reached = 1 - y["nox_concentration"] / RAW
    assert activity(reached, reached + slip, kc) == pytest.approx(there, rel=1e-6)
    assert y["ammonia_slip"] == pytest.approx(MOST, rel=1e-12)
    assert y["nox_concentration"] * 1e6 == pytest.approx(nox, abs=1.0)
    assert y["nox_wanted"] < y["nox_concentration"]  # the caution's two figures
    assert y["scr_least_allowed"] <= y["scr_gas_temperature"] <= y["scr_most_allowed"]


def test_below_the_window_nothing_is_dosed():
    """255 °C: 25 K below the catalyst's 280 °C. NOx leaves as it came, nothing slips, no reagent is used."""
    _, y = line(255.0)
    assert (y["nox_concentration"], y["ammonia_slip"], y["ammonia_flow"], y["scr_ratio"]) == (
        RAW,
        0.0,
        0.0,
        0.0,
    )
    assert y["scr_least_allowed"] - y["scr_gas_temperature"] == pytest.approx(25.0, abs=1e-6)


PLANT = """schema = 1
[plant]
id = "{id}"
name = {{ zh = "{id}", en = "{id}" }}
process = "cement_kiln"
reference = "cn-5000-5stage-3rd"
altitude = "1800 m"
[values]
preheater_exit_temperature = "{celsius} °C"
[[operation]]
load = "100 %"
hours = "7000 h"
[[proposal]]
id = "{id}-scr"
retrofit = "scr_denitrification"
"""


@pytest.mark.parametrize(
    ("lang", "window", "missed"),
    [("en", "no ammonia is dosed", "does not reach"), ("zh", "不喷氨", "达不到控制目标")],
)
def test_a_ranking_says_window_and_target(rank_plants, lang, window, missed):
    plants = {f"at{t}": PLANT.format(id=f"at{t}", celsius=t) for t in (300, 255)}
    ranking = rank_plants(plants)
    said = {r.plant.id: [code for code, _ in r.warnings] for r in ranking.proposals}
    notes = "\n".join(ranking_notes(ranking, library(), lang))
    assert said["at255"].count("falls_below") >= 1
    assert window in notes
    assert missed in notes
    hot = [dict(r.warnings)["falls_below"]["variable"] for r in ranking.proposals if r.plant.id == "at300"]
    assert hot == ["nox_wanted"]
