"""Records that ended a whole case: figures of zero, values at a bound; and no bad end without a word."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from plantsim import api
from plantsim.engine.calibrate import calibrate_plant, compare_record, figure_sd, fitted_case, record_sd
from plantsim.io.plants import reference_plant
from plantsim.library import library
from plantsim.vocabulary.case import Case, Origin, Reported, Value, scalar
from plantsim.vocabulary.problems import BadInput, Problems

UNIT = reference_plant("n300-16.67-537-537", library())


def reported(name: str, si: float, unit: str = "", sd: float | None = None, **at: float) -> Reported:
    where = {n: Value(v) for n, v in at.items()}
    return Reported(name, Value(si, unit, Origin(evidence="measured"), sd), where)


def test_a_temperature_has_an_uncertainty_in_kelvin_and_a_zero_one_of_its_unit():
    """Feedwater of 273 degC: 2 K, not the 5.46 K that 1 % of 546.15 K are. Zero: a thousandth of a MW is 1 kW."""
    lib = library()
    assert record_sd(Value(546.15, "degC"), lib, "temperature") == 2.0
    assert record_sd(Value(546.15, "degC", sd=0.5), lib, "temperature") == 0.5
    assert figure_sd(reported("heat_supplied", 0.0, "MW"), UNIT, lib) == 1e3
    assert figure_sd(reported("heat_supplied", 2e7, "MW"), UNIT, lib) == pytest.approx(2e5)


def net_rate() -> float:
    found = compare_record(replace(UNIT, record=(reported("net_coal_rate", 1.0),)), library())
    return found.figures[0].after


def test_a_figure_of_zero_without_sd_is_compared_and_fitted():
    record = (reported("heat_supplied", 0.0, "MW"), reported("net_coal_rate", 1.01 * net_rate()))
    plant = replace(UNIT, record=record)
    assert [c.disagrees for c in compare_record(plant, library()).figures] == [False, False]
    fit = calibrate_plant(plant, library(), ("boiler_efficiency",))
    assert fit.status == "ok"
    assert fit.figures[0].after == 0.0
    assert abs(fit.figures[1].after / scalar(record[1].value) - 1) < 0.01


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("off", [1.0, 1 + 1e-10, 1 - 1e-10])
def test_a_value_at_its_bound_is_fitted(side, off):
    """Up to rounding, since files may give a bound in another unit."""
    name = "air_heater_leakage"
    bound = library().declaration("coal_unit").variables[name].bounds[side]
    value = replace(UNIT.values[name], si=bound * off)
    plant = replace(
        UNIT, values={**UNIT.values, name: value}, record=(reported("net_coal_rate", net_rate()),)
    )
    fit = calibrate_plant(plant, library(), (name,))
    low, high = library().declaration("coal_unit").variables[name].bounds
    assert low - 1e-9 <= fit.unknowns[0].fitted <= high + 1e-9


def test_what_is_exactly_known_is_not_fitted():
    exact = replace(UNIT.values["boiler_efficiency"], sd=0.0)
    plant = replace(
        UNIT,
        values={**UNIT.values, "boiler_efficiency": exact},
        record=(reported("net_coal_rate", 1.01 * net_rate()),),
    )
    fit = calibrate_plant(plant, library(), ("boiler_efficiency", "air_heater_leakage"))
    assert [u.name for u in fit.unknowns] == ["air_heater_leakage"]
    with pytest.raises(BadInput):
        calibrate_plant(plant, library(), ("boiler_efficiency",))


def test_a_fit_that_runs_away_is_a_problem_of_its_plant_alone():
    """A coal rate in the wrong unit, 250 times too small: the search leaves all that has a solution."""
    wild = replace(
        UNIT,
        record=(reported("net_coal_rate", net_rate() / 250.0),),
        fit=("boiler_efficiency", "exhaust_pressure"),
    )
    hot = replace(
        UNIT, id="hot", record=(reported("net_coal_rate", net_rate(), load=0.2),), fit=("boiler_efficiency",)
    )
    fine = replace(
        UNIT, id="fine", record=(reported("net_coal_rate", net_rate()),), fit=("boiler_efficiency",)
    )
    case = Case({}, "", "", "", None, (), {}, (wild, hot, fine))
    problems = Problems()
    found = fitted_case(case, library(), problems)
    assert [p.fit for p in found.plants][2] == ()
    assert scalar(found.plants[2].values["boiler_efficiency"]) > 0.5
    for p in found.plants:
        assert scalar(p.values["boiler_efficiency"]) == scalar(p.values["boiler_efficiency"])
    assert "fit_failed" in [p.code for p in problems.warnings]


# --- no bad end without a word -------------------------------------------------------------------------------


@pytest.fixture
def case(root, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(root / "tests/data/two_potlines", folder)
    return folder


def break_one(case):
    file = sorted((case / "plants").glob("*.toml"))[0]
    file.write_text(file.read_text(encoding="utf-8").replace("cell_voltage", "cell_votage"), encoding="utf-8")
    return file


def test_load_case_raises_for_a_bad_plant_or_returns_its_problems(case):
    assert api.load_case(case).problems == () or all(
        p.severity == "warning" for p in api.load_case(case).problems
    )
    break_one(case)
    with pytest.raises(BadInput) as caught:
        api.load_case(case)
    codes = [p.code for p in caught.value.problems.errors]
    read = api.load_case(case, strict=False)
    assert [p.code for p in read.problems if p.severity == "error"] == codes
    assert len(read.plants) == 1


@pytest.mark.parametrize("verb", ["rank", "run"])
def test_a_failed_fit_is_shown_and_so_is_why_the_code_is_not_0(case, run_python, verb):
    files = {f: f.read_text(encoding="utf-8") for f in sorted((case / "plants").glob("*.toml"))}
    file, text = next((f, t) for f, t in files.items() if "[record]" not in t)
    file.write_text(text + '\n[calibration]\nfit = ["cathode_voltage_drop"]\n', encoding="utf-8")
    done = run_python(["-m", "plantsim", "--lang", "en", verb, str(case)], expected=1)
    assert "reports no figure" in done.stderr or "cannot be fitted" in done.stderr
    assert done.stderr.rstrip().splitlines()[-1].startswith("Exit code 1: 1 errors")
    chinese = run_python(["-m", "plantsim", "--lang", "zh", verb, str(case)], expected=1)
    assert chinese.stderr.rstrip().splitlines()[-1].startswith("退出码 1")
