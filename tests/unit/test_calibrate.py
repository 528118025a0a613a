"""Calibration to a plant's own record: what was hidden is found, what contradicts is named, bounds hold."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from plantsim.engine.calibrate import (
    calibrate_plant,
    comparable,
    compare_record,
    default_unknowns,
    fitted_case,
    model_figure,
)
from plantsim.engine.evaluate import solve_process
from plantsim.engine.rank import rank_case
from plantsim.engine.rows import plant_rows
from plantsim.io.cases import read_case
from plantsim.io.plants import reference_plant
from plantsim.library import library
from plantsim.processes import load
from plantsim.report.calibration import calibration_tables
from plantsim.vocabulary.case import Plant, Reported, Value, scalar
from plantsim.vocabulary.problems import BadInput, Problems

HIDDEN = {"cell_voltage": 4.05, "current_efficiency": 0.915}


@pytest.fixture(scope="module")
def plant() -> Plant:
    return reference_plant(next(r for r in library().references if "240" in r), library())


def with_values(plant: Plant, values: dict[str, float]) -> Plant:
    changed = {name: replace(plant.values[name], si=si) for name, si in values.items()}
    return replace(plant, values={**plant.values, **changed})


def figures(plant: Plant, *names: str) -> dict[str, float]:
    lib = library()
    x, year = plant_rows(lib.declaration(plant.process), [plant])
    solved = solve_process(load(plant.process), lib, x, year, 1)
    return {name: float(model_figure(solved, name)[0]) for name in names}


def reported(values: dict[str, float], relative_sd: float, method: str = "") -> tuple[Reported, ...]:
    return tuple(Reported(name, Value(si, "", sd=relative_sd * si)) for name, si in values.items())


def test_hidden_inputs_are_found(plant):
    truth = with_values(plant, HIDDEN)
    seen = figures(truth, "liquid_ac_power", "metal_rate")
    start = replace(plant, record=reported(seen, 1e-5))
    fit = calibrate_plant(start, library(), tuple(HIDDEN))
    assert fit.status == "ok"
    for u in fit.unknowns:
        assert u.fitted == pytest.approx(HIDDEN[u.name], rel=1e-4)
        assert abs(u.fitted - u.given) > 10 * u.sd
        assert u.sd < 0.05 * u.width  # the record narrows what is known
        assert not u.at_bound
    assert not any(c.disagrees for c in fit.figures)
    again = figures(fit.plant, *seen)
    assert again == pytest.approx(seen, rel=1e-5)


def test_one_input_and_one_figure_share_their_uncertainty_by_their_squares(plant):
    """Power is reported a percent higher, to a percent; the voltage is known to ``width``.

    With t = slope * width / sd of the record the fit moves the voltage by t / (1 + t2) of the misfit in sd times its
    width, and leaves width / sqrt(1 + t2) of its uncertainty: least squares of one straight line and one known value.
    """
    volt = scalar(plant.values["cell_voltage"])
    here, beside = (
        figures(with_values(plant, {"cell_voltage": v}), "liquid_ac_power")["liquid_ac_power"]
        for v in (volt, volt + 0.01)
    )
    slope = (beside - here) / 0.01
    told = (Reported("liquid_ac_power", Value(1.01 * here, "", sd=0.01 * here)),)
    (fitted,) = calibrate_plant(replace(plant, record=told), library(), ("cell_voltage",)).unknowns
    t = slope * fitted.width / (0.01 * here)
    assert fitted.sd == pytest.approx(fitted.width / math.sqrt(1 + t * t), rel=1e-3)
    assert fitted.fitted - volt == pytest.approx(fitted.width * t / (1 + t * t), rel=1e-2)


def test_a_weak_record_hardly_moves_what_is_known(plant):
    seen = {k: 1.05 * v for k, v in figures(plant, "liquid_ac_power").items()}
    fit = calibrate_plant(replace(plant, record=reported(seen, 0.5)), library(), ("cell_voltage",))
    (u,) = fit.unknowns
    assert abs(u.fitted - u.given) < 0.1 * u.width
    assert u.sd == pytest.approx(u.width, rel=0.02)


def test_the_search_stops_at_a_bound_and_says_so(plant):
    seen = {k: 3.0 * v for k, v in figures(plant, "liquid_ac_power").items()}
    fit = calibrate_plant(replace(plant, record=reported(seen, 1e-4)), library(), ("cell_voltage",))
    (u,) = fit.unknowns
    low, high = library().declaration(plant.process).variables["cell_voltage"].bounds
    assert u.at_bound
    assert u.fitted == pytest.approx(high, rel=1e-6)
    assert low < high
    assert fit.figures[0].disagrees


def test_the_figure_that_contradicts_the_others_is_named(plant):
    seen = figures(plant, "liquid_ac_power", "metal_rate")
    names = ("liquid_ac_power", "liquid_ac_power", "metal_rate")
    factors = (1.0, 1.0, 1.0)
    good = [
        Reported(n, Value(seen[n] * f, "", sd=2e-3 * seen[n])) for n, f in zip(names, factors, strict=True)
    ]
    wrong = Reported(
        "liquid_ac_power", Value(1.06 * seen["liquid_ac_power"], "", sd=2e-3 * seen["liquid_ac_power"])
    )
    fit = calibrate_plant(replace(plant, record=(*good, wrong)), library(), ("cell_voltage",))
    pulls = [abs(c.pull) for c in fit.figures]
    assert int(np.argmax(pulls)) == 3
    assert fit.figures[3].disagrees
    pairs = {(c.first.value.si, c.second.value.si) for c in fit.contradictions}
    assert (good[0].value.si, wrong.value.si) in pairs
    worst = next(c for c in fit.contradictions if c.second is wrong)
    assert abs(worst.difference) > 2 * worst.sd


def test_a_residual_is_told_in_the_record_s_own_sd(plant):
    """Efficiency known to 1 point, recorded 2.52 points higher to 0.14: the fit ends 0.35 sd off, which agrees.

    By hand, one unknown of width w and one record of sd s at a distance d: what is left is d s^2/(w^2 + s^2). That d is
    2.5 sd of both together says how far the input had to go, and stands with the input.
    """
    known = replace(plant.values["current_efficiency"], sd=0.01)
    plant = replace(plant, values={**plant.values, "current_efficiency": known})
    seen = float(known.si) + 0.0252
    record = (Reported("operating_efficiency", Value(seen, "", sd=0.0014)),)
    fit = calibrate_plant(replace(plant, record=record), library(), ("current_efficiency",))
    (c,), (u,) = fit.figures, fit.unknowns
    left = 0.0252 * 0.0014**2 / (0.01**2 + 0.0014**2)
    assert seen - c.after == pytest.approx(left, rel=1e-3)
    assert c.pull == pytest.approx(-0.346, abs=1e-3)
    assert not c.disagrees
    assert (u.fitted - u.given) / u.width == pytest.approx(2.47, abs=0.01)
    (verdict,) = [
        row[-1] for t in calibration_tables(fit, library(), "en") if t.key == "record" for row in t.rows
    ]
    assert verdict == "agrees (0.3 sd)"


def test_what_cannot_be_fitted_is_refused(plant):
    some = replace(plant, record=reported(figures(plant, "liquid_ac_power"), 0.01))
    with pytest.raises(BadInput, match=r"cannot be fitted|不能拟合") as error:
        calibrate_plant(some, library(), ("line_current",))
    assert "cell_voltage" in error.value.problems.errors[0].fields["known"]
    with pytest.raises(BadInput, match=r"reports no figure|没有模型可计算"):
        calibrate_plant(replace(plant, record=()), library())
    assert "cell_voltage" in default_unknowns(plant, library())


FILE = """
schema = 1
[plant]
id = "line"
process = "aluminium_cell"
reference = "{reference}"
altitude = "1800 m"
[record]
liquid_ac_power = [
  {{ value = "13600 kWh/t", sd = "40 kWh/t", method = "direct", status = "measured" }},
  {{ value = "13500 kWh/t", method = "heat_losses", status = "public", at = {{ load = 1 }} }},
]
[calibration]
fit = [{fit}]
"""


def read(tmp_path, text: str):
    file = tmp_path / "line.toml"
    file.write_text(text, encoding="utf-8")
    problems = Problems()
    return read_case(file, library(), problems), problems


def reference_id() -> str:
    return next(r for r in library().references if "240" in r)


def test_a_case_asks_for_its_calibration(tmp_path):
    text = FILE.format(reference=reference_id(), fit='"cell_voltage"').replace(", at = { load = 1 }", "")
    case, problems = read(tmp_path, text)
    assert not problems.errors
    (plant,) = case.plants
    assert plant.fit == ("cell_voltage",)
    assert [r.value.origin.method for r in plant.record] == ["direct", "heat_losses"]
    fitted = fitted_case(case, library(), problems)
    (after,) = fitted.plants
    assert after.fit == ()
    before, now = (compare_record(p, library()).figures[0] for p in (plant, after))
    record = before.reported.value.si
    assert abs(now.after - record) < abs(before.after - record)
    assert "[calibration]" in after.values["cell_voltage"].origin.note
    assert after.values["cell_voltage"].sd < 0.2
    row = rank_case(fitted, library(), problems).plants[0]
    assert row.record_gap == pytest.approx(now.after - record, rel=1e-9)
    assert fitted_case(fitted, library(), problems) == fitted


def test_words_of_the_file_are_checked(tmp_path):
    case, problems = read(
        tmp_path, FILE.format(reference=reference_id(), fit='"line_current", "cell_voltag"')
    )
    codes = [p.code for p in problems.errors]
    assert case is None or not case.plants
    assert "cannot_be_fitted" in codes
    assert "variable_unknown_near" in codes
    assert any(
        p.key.startswith("record.liquid_ac_power") and p.key.endswith("at.load") for p in problems.errors
    )


def test_records_of_inputs_are_no_figures(plant):
    odd = replace(plant, record=(Reported("cell_voltage", Value(4.0, "V")),))
    assert comparable(odd, library()) == ()
    assert compare_record(odd, library()).figures == ()
    assert math.isnan(
        compare_record(replace(plant, record=reported(figures(plant, "liquid_ac_power"), 0.1)), library())
        .figures[0]
        .pull
    )
