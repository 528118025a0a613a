"""A coal unit fitted to its own record: hidden inputs are found, and a figure that contradicts the others is named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plantsim.engine.calibrate import calibrate_plant, model_figure
from plantsim.engine.evaluate import solve_process
from plantsim.engine.rows import plant_rows
from plantsim.io.plants import reference_plant
from plantsim.library import library
from plantsim.processes import load
from plantsim.vocabulary.case import Plant, Reported, Value

HIDDEN = {"hp_efficiency": 0.80, "lp_efficiency": 0.805, "exhaust_pressure": 5.7e3}
LEAKAGE = 0.13
SEEN = ("net_coal_rate", "main_steam_flow", "operating_exhaust_pressure", "heat_rate")
SD = (0.002, 0.003, 0.01, 0.002)  # relative


@pytest.fixture(scope="module")
def plant() -> Plant:
    found = reference_plant("n300-16.67-w-flame", library())
    return replace(found, values={**found.values, "air_pressure": Value(82e3, "kPa")})


def figures(plant: Plant, names: tuple[str, ...] = SEEN) -> dict[str, float]:
    lib = library()
    x, year = plant_rows(lib.declaration("coal_unit"), [plant])
    solved = solve_process(load("coal_unit"), lib, x, year, 1)
    return {name: float(model_figure(solved, name)[0]) for name in names}


def record(seen: dict[str, float], **wrong: float) -> tuple[Reported, ...]:
    """Return the record of what was seen, each figure times what it is wrong by."""
    return tuple(
        Reported(name, Value(seen[name] * wrong.get(name, 1.0), "", sd=sd * seen[name]))
        for name, sd in zip(SEEN, SD, strict=True)
    )


@pytest.fixture(scope="module")
def seen(plant) -> dict[str, float]:
    hidden = {name: replace(plant.values[name], si=si) for name, si in HIDDEN.items()}
    return figures(replace(plant, values={**plant.values, **hidden}))


def test_hidden_efficiencies_and_exhaust_pressure_are_found(plant, seen):
    """The three move net coal rate, steam flow and exhaust pressure; what was known before keeps a small part."""
    fit = calibrate_plant(replace(plant, record=record(seen)), library(), tuple(HIDDEN))
    assert fit.status == "ok"
    for u in fit.unknowns:
        assert abs(u.fitted - HIDDEN[u.name]) < 2.0 * u.sd, u.name
        assert not u.at_bound
    assert not any(c.disagrees for c in fit.figures)
    exhaust = next(u for u in fit.unknowns if u.name == "exhaust_pressure")
    assert exhaust.fitted == pytest.approx(HIDDEN["exhaust_pressure"], rel=0.01)
    again = figures(fit.plant)
    assert again["net_coal_rate"] == pytest.approx(seen["net_coal_rate"], rel=0.002)


def test_leakage_of_the_air_heater_is_found_from_the_fans(plant):
    """Induced and forced draught both move the air that leaks; the flue gas temperature is measured with it."""
    fans = ("draught_fan_power", "forced_fan_power")
    guess = replace(plant.values["air_heater_leakage"], sd=0.03)  # 8 +- 3 %
    plant = replace(plant, values={**plant.values, "air_heater_leakage": guess})
    leaking = {"air_heater_leakage": replace(guess, si=LEAKAGE)}
    seen = figures(replace(plant, values={**plant.values, **leaking}), fans)
    told = tuple(Reported(name, Value(si, "", sd=0.003 * si)) for name, si in seen.items())
    fit = calibrate_plant(replace(plant, record=told), library(), ("air_heater_leakage",))
    (u,) = fit.unknowns
    assert abs(u.fitted - LEAKAGE) < 2.0 * u.sd
    assert u.sd < 0.3 * u.width
    assert u.fitted == pytest.approx(LEAKAGE, abs=0.005)


def test_cleanliness_is_found_from_the_exhaust_pressure(plant):
    """The surface rests on the maker's sheet with a clean condenser: what is above its pressure is dirt."""
    clean = Value(0.85, "1")
    values = {**plant.values, "design_cleanliness": clean, "condenser_cleanliness": replace(clean, sd=0.1)}
    guess = replace(plant, values=values)
    names = ("operating_exhaust_pressure", "net_coal_rate")
    dirty = replace(guess, values={**values, "condenser_cleanliness": Value(0.68, "1")})
    seen, new = figures(dirty, names), figures(guess, names)
    assert seen["operating_exhaust_pressure"] > 1.03 * new["operating_exhaust_pressure"]
    assert seen["net_coal_rate"] > new["net_coal_rate"]
    told = tuple(Reported(name, Value(si, "", sd=0.002 * si)) for name, si in seen.items())
    fit = calibrate_plant(replace(guess, record=told), library(), ("condenser_cleanliness",))
    (u,) = fit.unknowns
    assert u.fitted == pytest.approx(0.68, abs=0.005)
    assert not u.at_bound
    # without the sheet's own factor the given pressure is today's, and dirt that was always there moves nothing
    today = {n: v for n, v in dirty.values.items() if n != "design_cleanliness"}
    assert figures(replace(plant, values=today), names) == pytest.approx(new, rel=1e-9)


def test_the_figure_that_contradicts_the_others_is_named(plant, seen):
    """A steam flow 6 % too low fits no efficiency that also gives the coal rate and the heat rate."""
    wrong = replace(plant, record=record(seen, main_steam_flow=0.94))
    fit = calibrate_plant(wrong, library(), tuple(HIDDEN))
    pulls = {c.reported.name: abs(c.pull) for c in fit.figures}
    assert max(pulls, key=lambda name: pulls[name]) == "main_steam_flow"
    flow = next(c for c in fit.figures if c.reported.name == "main_steam_flow")
    assert flow.disagrees
    assert np.isfinite(flow.after)
